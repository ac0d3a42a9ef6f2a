//! A small memory of unwrapped keys, so that a year of answers is not unwrapped one by one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Holder, MemberKey, VaultError};

/// Keys kept in memory at once: more members than are active within minutes, in about 300 kB.
pub const MAX_CACHED_KEYS: usize = 1024;

/// Unwrapped keys by holder; the one used longest ago makes room. A key that leaves is wiped once nobody uses it.
#[derive(Default)]
pub(super) struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    entries: HashMap<Holder, Entry>,
    /// Counts uses; never wraps in practice.
    uses: u64,
}

struct Entry {
    /// The wrapped form it came from: a member who was forgotten and came back has another.
    wrapped: Box<[u8]>,
    key: Arc<MemberKey>,
    last_use: u64,
}

impl Cache {
    /// The holder's key, from memory if it came from these same wrapped bytes, else unwrapped now.
    pub(super) fn key(
        &self,
        holder: Holder,
        wrapped: &[u8],
        unwrap: impl FnOnce() -> Result<MemberKey, VaultError>,
    ) -> Result<Arc<MemberKey>, VaultError> {
        if let Some(key) = self.kept().find(holder, wrapped) {
            return Ok(key);
        }
        let key = Arc::new(unwrap()?);
        self.kept().keep(holder, wrapped, &key);
        Ok(key)
    }

    pub(super) fn forget(&self, member: u64) {
        self.kept().entries.retain(|holder, _| holder.member != member);
    }

    #[cfg(test)]
    pub(super) fn holders(&self) -> Vec<Holder> {
        self.kept().entries.keys().copied().collect()
    }

    /// A panic elsewhere cannot leave the map half changed, so its poison is passed over.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&mut self, holder: Holder, wrapped: &[u8]) -> Option<Arc<MemberKey>> {
        self.uses += 1;
        let entry = self.entries.get_mut(&holder).filter(|entry| *entry.wrapped == *wrapped)?;
        entry.last_use = self.uses;
        Some(Arc::clone(&entry.key))
    }

    fn keep(&mut self, holder: Holder, wrapped: &[u8], key: &Arc<MemberKey>) {
        if self.entries.len() >= MAX_CACHED_KEYS && !self.entries.contains_key(&holder) {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.last_use).map(|(holder, _)| *holder);
            if let Some(oldest) = oldest {
                self.entries.remove(&oldest);
            }
        }
        let entry = Entry { wrapped: wrapped.into(), key: Arc::clone(key), last_use: self.uses };
        self.entries.insert(holder, entry);
    }
}
