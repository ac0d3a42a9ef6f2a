//! A member's own key, and its wrapped form.
//!
//! Wrapped, version 1: one byte 1, a nonce of 24 bytes, the 32 bytes of the key encrypted, a tag of 16 bytes.

use std::fmt;

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, ExposeSecretMut, SecretBox};

use super::master::{KEY_BYTES, random, random_key};
use super::{MasterKey, VaultError};

/// The version of the wrapped form.
const VERSION: u8 = 1;
/// Nonce of XChaCha20-Poly1305: long enough to be drawn at random for every value.
pub(super) const NONCE_BYTES: usize = 24;
/// Tag of Poly1305.
pub(super) const TAG_BYTES: usize = 16;
const WRAPPED_BYTES: usize = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/// Whose key it is, and where: bound into the wrapped form, so that wrapped keys cannot be swapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Holder {
    /// Discord's id of the member.
    pub member: u64,
    /// Discord's id of the guild, or another number for what the key is kept apart for; 0 for everywhere.
    pub scope: u64,
}

/// The random key of one member. Wiped from memory when dropped; never printed.
pub struct MemberKey(SecretBox<[u8; KEY_BYTES]>);

impl MemberKey {
    /// A new random key.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn generate() -> Result<Self, VaultError> {
        random_key().map(Self)
    }

    /// This key, wrapped for its holder: 73 bytes, different every time.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn wrap(&self, master: &MasterKey, holder: Holder) -> Result<Vec<u8>, VaultError> {
        let mut wrapped = vec![0_u8; 1 + NONCE_BYTES];
        wrapped[0] = VERSION;
        random(&mut wrapped[1..])?;
        let nonce = *XNonce::from_slice(&wrapped[1..]);
        let cipher = XChaCha20Poly1305::new(master.wrapping().into());
        let copy = |body: &mut [u8; KEY_BYTES]| body.copy_from_slice(self.0.expose_secret());
        let mut body = SecretBox::init_with_mut(copy);
        let tag = cipher
            .encrypt_in_place_detached(&nonce, &bound_to(holder), body.expose_secret_mut())
            .map_err(|_| VaultError::TooLong)?;
        wrapped.extend_from_slice(body.expose_secret());
        wrapped.extend_from_slice(&tag);
        Ok(wrapped)
    }

    /// The key from its wrapped form.
    ///
    /// # Errors
    /// [`VaultError::Truncated`], [`VaultError::UnknownVersion`], or [`VaultError::WrongKeyOrPlace`] for another
    /// master key, another holder, or a changed byte.
    pub fn from_wrapped(master: &MasterKey, holder: Holder, wrapped: &[u8]) -> Result<Self, VaultError> {
        let (version, rest) = wrapped.split_first().ok_or(VaultError::Truncated)?;
        if *version != VERSION {
            return Err(VaultError::UnknownVersion(*version));
        }
        if wrapped.len() < WRAPPED_BYTES {
            return Err(VaultError::Truncated);
        }
        if wrapped.len() > WRAPPED_BYTES {
            return Err(VaultError::WrongKeyOrPlace);
        }
        let (nonce, rest) = rest.split_at(NONCE_BYTES);
        let (body, tag) = rest.split_at(KEY_BYTES);
        let cipher = XChaCha20Poly1305::new(master.wrapping().into());
        let mut key = SecretBox::init_with_mut(|key: &mut [u8; KEY_BYTES]| key.copy_from_slice(body));
        cipher
            .decrypt_in_place_detached(
                XNonce::from_slice(nonce),
                &bound_to(holder),
                key.expose_secret_mut(),
                Tag::from_slice(tag),
            )
            .map_err(|_| VaultError::WrongKeyOrPlace)?;
        Ok(Self(key))
    }

    pub(super) fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.expose_secret().into())
    }
}

impl fmt::Debug for MemberKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MemberKey(..)")
    }
}

/// The same key wrapped by another master key: for changing the operator's key. Sealed values stay as they are.
///
/// # Errors
/// As [`MemberKey::from_wrapped`] under the old key. A key that is wrapped by `new` already gives
/// [`VaultError::WrongKeyOrPlace`]: an interrupted change goes on by trying the new key first.
pub fn rewrap(old: &MasterKey, new: &MasterKey, holder: Holder, wrapped: &[u8]) -> Result<Vec<u8>, VaultError> {
    MemberKey::from_wrapped(old, holder, wrapped)?.wrap(new, holder)
}

/// Associated data of a wrapped key: a name, the version, and two numbers of fixed length.
fn bound_to(holder: Holder) -> Vec<u8> {
    let mut bound = b"daymark wrapped key".to_vec();
    bound.push(VERSION);
    bound.extend_from_slice(&holder.member.to_be_bytes());
    bound.extend_from_slice(&holder.scope.to_be_bytes());
    bound
}
