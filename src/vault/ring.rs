//! The operator's key as a running program holds it: it may be changed beside us (`daymark rekey`), and then the new
//! one is taken from where new keys lie, at the first thing that needs it.
//!
//! A key is taken for one of two reasons only: a member's key that is kept opens with it and with none we have, or
//! its fingerprint is the one that stands beside the members' keys. So a file that somebody drew and never used
//! changes nothing.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Holder, MasterKey, MemberKey, VaultError};

/// Gives the keys that lie where a new one may lie, newest first; what cannot be read is left out.
pub type Finder = Box<dyn Fn() -> Vec<MasterKey> + Send + Sync>;

/// The keys we hold: the one in force, and the one before it, which a value that was read a moment ago may need.
#[derive(Clone)]
struct Held {
    current: Arc<MasterKey>,
    before: Option<Arc<MasterKey>>,
}

/// The key in force, and how another is found.
pub(super) struct Ring {
    held: RwLock<Held>,
    finder: Option<Finder>,
}

impl Ring {
    pub(super) fn new(master: MasterKey, finder: Option<Finder>) -> Self {
        Self { held: RwLock::new(Held { current: Arc::new(master), before: None }), finder }
    }

    /// The key in force.
    pub(super) fn current(&self) -> Arc<MasterKey> {
        self.held().current
    }

    /// The key in force, then the one before it.
    pub(super) fn all(&self) -> impl Iterator<Item = Arc<MasterKey>> {
        let Held { current, before } = self.held();
        std::iter::once(current).chain(before)
    }

    /// A member's key, opened with a key we hold, or with one that was put beside us; that one is in force then.
    pub(super) fn unwrap(&self, holder: Holder, wrapped: &[u8]) -> Result<MemberKey, VaultError> {
        let mut failed = VaultError::WrongKeyOrPlace;
        for key in self.all() {
            match MemberKey::from_wrapped(&key, holder, wrapped) {
                Err(VaultError::WrongKeyOrPlace) => {}
                Err(other) => failed = other,
                opened => return opened,
            }
        }
        for key in self.found() {
            if let Ok(opened) = MemberKey::from_wrapped(&key, holder, wrapped) {
                self.turn_to(key);
                return Ok(opened);
            }
        }
        Err(failed)
    }

    /// Whether the key of that fingerprint is in force, if need be after it was taken from beside us.
    pub(super) fn accept(&self, fingerprint: &str) -> bool {
        if self.current().fingerprint() == fingerprint {
            return true;
        }
        let found = self.found().into_iter().find(|key| key.fingerprint() == fingerprint);
        found.is_some_and(|key| {
            self.turn_to(key);
            true
        })
    }

    fn found(&self) -> Vec<MasterKey> {
        let mut found = self.finder.as_ref().map(|find| find()).unwrap_or_default();
        found.retain(|key| self.all().all(|held| held.fingerprint() != key.fingerprint()));
        found
    }

    fn turn_to(&self, key: MasterKey) {
        // Nothing can fail between reading and writing it, so a panic elsewhere leaves it whole.
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.current.fingerprint() != key.fingerprint() {
            let before = std::mem::replace(&mut held.current, Arc::new(key));
            held.before = Some(before);
        }
    }

    fn held(&self) -> Held {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
