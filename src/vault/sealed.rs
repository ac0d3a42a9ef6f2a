//! Sealed values.
//!
//! Version 1: one byte 1, a nonce of 24 bytes, the encrypted frame, a tag of 16 bytes. The frame is the length of the
//! text in four bytes, the text, and zeros up to a power of two, at least 32. Version and place are bound to it as
//! associated data, so that a value opens nowhere else.

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{Tag, XNonce};
use zeroize::{Zeroize, Zeroizing};

use super::master::random;
use super::member_key::{NONCE_BYTES, TAG_BYTES};
use super::{MemberKey, VaultError};

/// Longest text that can be sealed, in bytes: far above what Discord lets a member type (4,000 characters), and a
/// bound on the memory that one value can take.
pub const MAX_PLAINTEXT: usize = MAX_FRAME - LENGTH_BYTES;

const VERSION: u8 = 1;
/// The length of the text, big-endian.
const LENGTH_BYTES: usize = 4;
/// Below this all texts look alike: "yes", a number, a mood.
const MIN_FRAME: usize = 32;
const MAX_FRAME: usize = 1024 * 1024;
const HEAD_BYTES: usize = 1 + NONCE_BYTES;

/// Where a value belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// Discord's id of the member whose value it is.
    pub member: u64,
    /// The row's number, fixed before sealing and never changed; 0 in a table with one row for each member.
    pub row: i64,
}

/// Seals a text for one place: different every time, its length hidden up to the next power of two.
///
/// # Errors
/// [`VaultError::TooLong`] above [`MAX_PLAINTEXT`] bytes, [`VaultError::NoRandomness`].
pub fn seal(key: &MemberKey, place: Place<'_>, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
    let length = u32::try_from(plaintext.len()).map_err(|_| VaultError::TooLong)?;
    if plaintext.len() > MAX_PLAINTEXT {
        return Err(VaultError::TooLong);
    }
    let frame = (LENGTH_BYTES + plaintext.len()).next_power_of_two().max(MIN_FRAME);
    // All the room at once: the text is written and encrypted in place, so no copy of it is left behind.
    let mut sealed = Vec::with_capacity(HEAD_BYTES + frame + TAG_BYTES);
    sealed.push(VERSION);
    sealed.resize(HEAD_BYTES, 0);
    random(&mut sealed[1..])?;
    let nonce = *XNonce::from_slice(&sealed[1..]);
    sealed.extend_from_slice(&length.to_be_bytes());
    sealed.extend_from_slice(plaintext);
    sealed.resize(HEAD_BYTES + frame, 0);
    match key.cipher().encrypt_in_place_detached(&nonce, &bound_to(place), &mut sealed[HEAD_BYTES..]) {
        Ok(tag) => {
            sealed.extend_from_slice(&tag);
            Ok(sealed)
        }
        Err(_) => {
            sealed.zeroize();
            Err(VaultError::TooLong)
        }
    }
}

/// Opens a value in its place. The text is wiped from memory when dropped.
///
/// # Errors
/// [`VaultError::Truncated`] and [`VaultError::UnknownVersion`] can be seen without a key;
/// [`VaultError::WrongKeyOrPlace`] is everything else.
pub fn open(key: &MemberKey, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (version, rest) = sealed.split_first().ok_or(VaultError::Truncated)?;
    if *version != VERSION {
        return Err(VaultError::UnknownVersion(*version));
    }
    let frame = sealed.len().checked_sub(HEAD_BYTES + TAG_BYTES).ok_or(VaultError::Truncated)?;
    if !frame.is_power_of_two() || !(MIN_FRAME..=MAX_FRAME).contains(&frame) {
        return Err(VaultError::Truncated);
    }
    let (nonce, rest) = rest.split_at(NONCE_BYTES);
    let (body, tag) = rest.split_at(frame);
    let mut frame = Zeroizing::new(body.to_vec());
    key.cipher()
        .decrypt_in_place_detached(XNonce::from_slice(nonce), &bound_to(place), &mut frame, Tag::from_slice(tag))
        .map_err(|_| VaultError::WrongKeyOrPlace)?;
    let text = text_of(&frame).ok_or(VaultError::WrongKeyOrPlace)?;
    Ok(Zeroizing::new(text.to_vec()))
}

fn text_of(frame: &[u8]) -> Option<&[u8]> {
    let (length, rest) = frame.split_first_chunk::<LENGTH_BYTES>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (text, padding) = rest.split_at_checked(length)?;
    padding.iter().all(|byte| *byte == 0).then_some(text)
}

/// Associated data of a value. Each name stands behind its length, so that no two places look alike.
fn bound_to(place: Place<'_>) -> Vec<u8> {
    let mut bound = b"daymark sealed value".to_vec();
    bound.push(VERSION);
    for name in [place.table, place.column] {
        bound.extend_from_slice(&(name.len() as u64).to_be_bytes());
        bound.extend_from_slice(name.as_bytes());
    }
    bound.extend_from_slice(&place.member.to_be_bytes());
    bound.extend_from_slice(&place.row.to_be_bytes());
    bound
}
