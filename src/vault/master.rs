//! The operator's key: its text form, its fingerprint, and the key derived from it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hkdf::Hkdf;
use rand::TryRngCore;
use rand::rngs::OsRng;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::VaultError;

/// Bytes of every key here.
pub(super) const KEY_BYTES: usize = 32;

/// What stands before the Base64 text of the key.
const PREFIX: &str = "daymark-key-v1:";
/// What every version of the prefix begins with.
const ANY_VERSION: &str = "daymark-key-v";
/// Characters of 32 bytes in Base64 with padding.
const BASE64_CHARACTERS: usize = 44;

/// Domain separation for HKDF (RFC 5869): one salt for all, one `info` per purpose. Changing a word here makes
/// every wrapped key unreadable.
const SALT: &[u8] = b"daymark vault";
const INFO_WRAPPING: &[u8] = b"daymark v1 wrap member keys";
const INFO_TOKENS: &[u8] = b"daymark v1 seal tokens";
const INFO_CHANCE: &[u8] = b"daymark v1 chance for ";
const INFO_FINGERPRINT: &[u8] = b"daymark v1 fingerprint";

/// Bytes of the fingerprint: enough to tell installations apart, useless for anything else.
const FINGERPRINT_BYTES: usize = 8;

/// Why a text is not a key. Never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyTextError {
    /// Nothing there.
    #[error("the key is empty; it is one line that begins with daymark-key-v1:")]
    Empty,
    /// Something else, or more than one line.
    #[error("this is not a key of Daymark; a key is one line that begins with daymark-key-v1:")]
    NotAKey,
    /// A key of a later version.
    #[error("the key is of a version that this program does not know; a newer Daymark made it")]
    UnknownVersion,
    /// The text after the prefix is too short.
    #[error("the key is cut short; restore it from where it was kept")]
    Truncated,
    /// The text after the prefix is too long or not Base64.
    #[error("the key is damaged; restore it from where it was kept")]
    Damaged,
}

/// The operator's key. Wiped from memory when dropped; never printed.
pub struct MasterKey {
    secret: SecretBox<[u8; KEY_BYTES]>,
    /// Derived from the secret; wraps the members' keys.
    wrapping: SecretBox<[u8; KEY_BYTES]>,
    /// Derived from the secret; seals small tokens.
    tokens: SecretBox<[u8; KEY_BYTES]>,
    fingerprint: Box<str>,
}

impl MasterKey {
    /// A new random key.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn generate() -> Result<Self, VaultError> {
        random_key().map(Self::from_secret)
    }

    /// Reads `daymark-key-v1:<base64>`, as it stands in the file or in an environment secret. White space around it
    /// is dropped.
    ///
    /// # Errors
    /// One sentence that says what is wrong, without the text.
    pub fn from_text(text: &str) -> Result<Self, KeyTextError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KeyTextError::Empty);
        }
        let Some(encoded) = text.strip_prefix(PREFIX) else {
            return Err(not_our_prefix(text));
        };
        if encoded.len() < BASE64_CHARACTERS {
            return Err(KeyTextError::Truncated);
        }
        if encoded.len() > BASE64_CHARACTERS {
            return Err(KeyTextError::Damaged);
        }
        // The decoder asks for room in steps of three bytes.
        let mut decoded = Zeroizing::new([0_u8; KEY_BYTES + 4]);
        match STANDARD.decode_slice(encoded, decoded.as_mut_slice()) {
            Ok(KEY_BYTES) => {
                let copy = |key: &mut [u8; KEY_BYTES]| key.copy_from_slice(&decoded[..KEY_BYTES]);
                Ok(Self::from_secret(SecretBox::init_with_mut(copy)))
            }
            Ok(_) | Err(_) => Err(KeyTextError::Damaged),
        }
    }

    /// The line for the key file, with its line break.
    pub(super) fn to_line(&self) -> Zeroizing<String> {
        // Room for the whole line from the start, so that no copy is left behind by growing.
        let mut line = Zeroizing::new(String::with_capacity(PREFIX.len() + BASE64_CHARACTERS + 1));
        line.push_str(PREFIX);
        STANDARD.encode_string(self.secret.expose_secret(), &mut line);
        line.push('\n');
        line
    }

    /// Names this key without giving it away: 16 hexadecimal digits derived from it. Keep it beside the wrapped keys
    /// and compare at start, so that the key of another installation is told before anything is written.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    pub(super) fn wrapping(&self) -> &[u8; KEY_BYTES] {
        self.wrapping.expose_secret()
    }

    /// 32 bytes that nobody can foretell without this key, always the same for one purpose and fact.
    pub(super) fn chance(&self, purpose: &str, fact: &[u8]) -> [u8; KEY_BYTES] {
        let mut bytes = [0; KEY_BYTES];
        let derive = Hkdf::<Sha256>::new(Some(self.tokens.expose_secret()), fact);
        expand(&derive, &[INFO_CHANCE, purpose.as_bytes()].concat(), &mut bytes);
        bytes
    }

    pub(super) fn tokens(&self) -> &[u8; KEY_BYTES] {
        self.tokens.expose_secret()
    }

    fn from_secret(secret: SecretBox<[u8; KEY_BYTES]>) -> Self {
        let derive = Hkdf::<Sha256>::new(Some(SALT), secret.expose_secret());
        let wrapping = SecretBox::init_with_mut(|key: &mut [u8; KEY_BYTES]| expand(&derive, INFO_WRAPPING, key));
        let tokens = SecretBox::init_with_mut(|key: &mut [u8; KEY_BYTES]| expand(&derive, INFO_TOKENS, key));
        let mut short = [0_u8; FINGERPRINT_BYTES];
        expand(&derive, INFO_FINGERPRINT, &mut short);
        let fingerprint = short.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
        Self { secret, wrapping, tokens, fingerprint }
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MasterKey({})", self.fingerprint)
    }
}

fn not_our_prefix(text: &str) -> KeyTextError {
    let newer = text.strip_prefix(ANY_VERSION).and_then(|rest| rest.split_once(':'));
    match newer {
        Some((version, _)) if version.parse::<u16>().is_ok_and(|version| version > 1) => KeyTextError::UnknownVersion,
        _ if PREFIX.starts_with(text) => KeyTextError::Truncated,
        _ => KeyTextError::NotAKey,
    }
}

/// HKDF expands up to 255 times 32 bytes; ours are at most 32, so it cannot refuse.
fn expand(derive: &Hkdf<Sha256>, info: &[u8], out: &mut [u8]) {
    let expanded = derive.expand(info, out);
    debug_assert!(expanded.is_ok(), "at most 32 bytes are asked for");
}

/// 32 random bytes from the operating system.
pub(super) fn random_key() -> Result<SecretBox<[u8; KEY_BYTES]>, VaultError> {
    let mut outcome = Ok(());
    let key = SecretBox::init_with_mut(|key: &mut [u8; KEY_BYTES]| outcome = random(key));
    outcome.map(|()| key)
}

/// Fills with random bytes from the operating system.
pub(super) fn random(bytes: &mut [u8]) -> Result<(), VaultError> {
    OsRng.try_fill_bytes(bytes).map_err(|_| VaultError::NoRandomness)
}
