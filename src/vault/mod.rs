//! Sealing of personal text with per-member keys.
//!
//! What we promise here:
//! - Every value is sealed with XChaCha20-Poly1305 under a random key of its member. That key is kept wrapped by a
//!   key derived (HKDF-SHA256) from the operator's key. Who loses the wrapped key can never read the values again:
//!   this is how "forget me" reaches old backups.
//! - A sealed value opens only in its own place: table, column, member and row are bound to it. Moved, cut or changed
//!   in one bit, it fails, and the error says no more than that.
//! - Lengths are hidden up to the next power of two.
//! - Keys are wiped from memory when dropped; nothing here prints, logs or formats a key or a text.
//!
//! What this is not: no SQL (the store of wrapped keys is `keys.db`, elsewhere), no rights (who may read is decided
//! before), no protection against an operator who holds both the key file and the databases.
//!
//! Reading order: [`Vault`], then [`MasterKey`] and its file, [`MemberKey`], and the format in [`seal`].

mod cache;
mod key_command;
mod key_file;
mod master;
mod member_key;
mod ring;
mod sealed;
mod token;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;

use std::fmt;

use zeroize::Zeroizing;

pub use cache::MAX_CACHED_KEYS;
pub use key_command::KeyCommandError;
pub use key_file::{KeyFileError, MAX_KEY_FILE_BYTES};
pub use master::{KeyTextError, MasterKey};
pub use member_key::{Holder, MemberKey, rewrap};
pub use ring::Finder;
pub use sealed::{MAX_PLAINTEXT, Place, open, seal};

use cache::Cache;
use ring::Ring;

/// Why a value could not be sealed or opened. Never says anything about the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Shorter than any whole value, or of a length that no whole value has.
    #[error("the sealed value is cut short")]
    Truncated,
    /// Written by a version of the format that this program does not know.
    #[error("the sealed value has version {0}, which this program does not know")]
    UnknownVersion(u8),
    /// Changed, moved, or sealed under another key; which of these is not told.
    #[error("the sealed value does not open with this key in this place")]
    WrongKeyOrPlace,
    /// More than [`MAX_PLAINTEXT`] bytes to seal.
    #[error("the text is too long to be sealed")]
    TooLong,
    /// The operating system gave no random numbers.
    #[error("the operating system gave no random numbers")]
    NoRandomness,
}

/// The master key with a small memory of unwrapped member keys. Shared between tasks; never blocks for long.
pub struct Vault {
    ring: Ring,
    cache: Cache,
}

impl Vault {
    /// A vault over the operator's key, with nothing in memory yet.
    #[must_use]
    pub fn new(master: MasterKey) -> Self {
        Self { ring: Ring::new(master, None), cache: Cache::default() }
    }

    /// The same, for a program during which the operator's key may be changed: `finder` gives the keys that lie where
    /// a new one may lie.
    #[must_use]
    pub fn following(master: MasterKey, finder: Finder) -> Self {
        Self { ring: Ring::new(master, Some(finder)), cache: Cache::default() }
    }

    /// Names the master key in force without giving it away: see [`MasterKey::fingerprint`].
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.ring.current().fingerprint().to_owned()
    }

    /// Whether the key of that fingerprint is in force now, if need be after it was found beside us. Ask in the
    /// transaction in which a new wrapped key is kept: so no key is wrapped by one that was given up.
    #[must_use]
    pub fn accept(&self, fingerprint: &str) -> bool {
        self.ring.accept(fingerprint)
    }

    /// A new random key for a member, wrapped: what is to be kept in `keys.db`.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn new_wrapped_key(&self, holder: Holder) -> Result<Vec<u8>, VaultError> {
        MemberKey::generate()?.wrap(&self.ring.current(), holder)
    }

    /// Seals a value for the member of `place`, whose wrapped key for `scope` is given.
    ///
    /// # Errors
    /// Those of [`MemberKey::from_wrapped`] and [`seal`].
    pub fn seal(&self, wrapped: &[u8], scope: u64, place: Place<'_>, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
        let holder = Holder { member: place.member, scope };
        let key = self.key(holder, wrapped)?;
        seal(&key, place, plaintext)
    }

    /// Opens a value of the member of `place`, whose wrapped key for `scope` is given.
    ///
    /// # Errors
    /// Those of [`MemberKey::from_wrapped`] and [`open`].
    pub fn open(
        &self,
        wrapped: &[u8],
        scope: u64,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let holder = Holder { member: place.member, scope };
        let key = self.key(holder, wrapped)?;
        open(&key, place, sealed)
    }

    fn key(&self, holder: Holder, wrapped: &[u8]) -> Result<std::sync::Arc<MemberKey>, VaultError> {
        self.cache.key(holder, wrapped, || self.ring.unwrap(holder, wrapped))
    }

    /// Drops every key of this member from memory, in every scope; part of "forget me". Call it after the wrapped
    /// keys are destroyed where they are kept, else the next use brings them back.
    pub fn forget(&self, member: u64) {
        self.cache.forget(member);
    }

    /// Seals a small fact for one purpose as letters that a custom id or an address can carry.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn seal_token(&self, purpose: &str, fact: &[u8]) -> Result<String, VaultError> {
        token::seal(&self.ring.current(), purpose, fact)
    }

    /// 32 bytes of chance that come out the same for the same purpose and fact, and that nobody can foretell
    /// without the operator's key: for noise that asking again does not average away.
    #[must_use]
    pub fn chance(&self, purpose: &str, fact: &[u8]) -> [u8; 32] {
        self.ring.current().chance(purpose, fact)
    }

    /// Opens what [`Vault::seal_token`] made for the same purpose.
    ///
    /// # Errors
    /// When it was made for something else, by another installation, or changed.
    pub fn open_token(&self, purpose: &str, text: &str) -> Result<Vec<u8>, VaultError> {
        let mut opened = Err(VaultError::WrongKeyOrPlace);
        for key in self.ring.all() {
            opened = token::open(&key, purpose, text);
            if opened.is_ok() {
                break;
            }
        }
        opened
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Vault").field("fingerprint", &self.fingerprint()).finish_non_exhaustive()
    }
}
