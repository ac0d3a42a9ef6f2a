//! Whose turn it is: a lane for what people wait for, one for words, one for everything around; and the
//! count of what was handled to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit, watch};

/// Interactions worked on at a time; each is mostly waiting for the database or Discord.
const INTERACTIONS: usize = 64;
/// Messages looked at at a time; looking takes microseconds, answering a crisis takes a call.
const WORDS: usize = 32;
/// Joins, leaves and the like worked on at a time.
const AROUND: usize = 8;
/// Events that may wait in one lane. Each holds a few kilobytes; beyond that we are being flooded.
const WAITING_LIMIT: usize = 10_000;

/// Which lane an event takes. A flood in one never delays another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Somebody pressed or typed a command and waits.
    Interaction,
    /// Somebody wrote something.
    Words,
    /// Everything else.
    Around,
}

/// The lanes.
#[derive(Clone, Debug)]
pub struct Lanes(Arc<[Turns; 3]>);

#[derive(Debug)]
struct Turns {
    turns: Semaphore,
    waiting: AtomicUsize,
    dropped: AtomicUsize,
}

/// A place in the queue of a lane; dropping it leaves the queue.
#[derive(Debug)]
pub struct Waiting {
    lanes: Lanes,
    lane: Lane,
}

impl Default for Lanes {
    fn default() -> Self {
        Self(Arc::new([INTERACTIONS, WORDS, AROUND].map(|turns| Turns {
            turns: Semaphore::new(turns),
            waiting: AtomicUsize::new(0),
            dropped: AtomicUsize::new(0),
        })))
    }
}

impl Lanes {
    /// Joins the queue of a lane; nothing when the lane is flooded, which is logged.
    pub fn join(&self, lane: Lane) -> Option<Waiting> {
        let turns = self.turns(lane);
        if turns.waiting.fetch_add(1, Ordering::AcqRel) < WAITING_LIMIT {
            return Some(Waiting { lanes: self.clone(), lane });
        }
        turns.waiting.fetch_sub(1, Ordering::AcqRel);
        let dropped = turns.dropped.fetch_add(1, Ordering::AcqRel) + 1;
        if dropped.is_power_of_two() {
            tracing::error!(?lane, dropped, "too many events at once, some were not looked at");
        }
        None
    }

    fn turns(&self, lane: Lane) -> &Turns {
        match lane {
            Lane::Interaction => &self.0[0],
            Lane::Words => &self.0[1],
            Lane::Around => &self.0[2],
        }
    }
}

impl Waiting {
    /// Returns when it is this one's turn, which lasts as long as the permit.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        self.lanes.turns(self.lane).turns.acquire().await.ok()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.lanes.turns(self.lane).waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    begun: u64,
    handled: u64,
}

/// Counts sessions and what was handled in the current one.
#[derive(Clone, Debug)]
pub struct Sessions(watch::Sender<Count>);

/// One event on its way; dropping it, whatever happened, counts it as handled.
#[derive(Debug)]
pub struct Counted {
    sessions: Sessions,
    session: u64,
}

impl Default for Sessions {
    fn default() -> Self {
        Self(watch::Sender::new(Count::default()))
    }
}

impl Sessions {
    /// A new session begins; what is still on its way from the last one counts no more.
    pub fn begin(&self) {
        self.0.send_modify(|count| *count = Count { begun: count.begun + 1, handled: 0 });
    }

    /// An event of the current session arrived.
    pub fn arrived(&self) -> Counted {
        Counted { sessions: self.clone(), session: self.begun() }
    }

    /// How many sessions were begun.
    pub fn begun(&self) -> u64 {
        self.0.borrow().begun
    }

    /// How many events of the current session were handled.
    pub fn handled(&self) -> u64 {
        self.0.borrow().handled
    }

    /// Returns once that many were handled.
    pub async fn until_handled(&self, wanted: u64) {
        let _ = self.0.subscribe().wait_for(|count| count.handled >= wanted).await;
    }

    /// Returns once that many sessions were begun.
    pub async fn until_begun(&self, wanted: u64) {
        let _ = self.0.subscribe().wait_for(|count| count.begun >= wanted).await;
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.sessions.0.send_modify(|count| {
            if count.begun == self.session {
                count.handled += 1;
            }
        });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_new_session_counts_from_its_ready_and_forgets_the_last() {
        let sessions = Sessions::default();
        sessions.begin();
        let (ready, late) = (sessions.arrived(), sessions.arrived());
        drop(ready);
        assert_eq!(sessions.handled(), 1);
        sessions.begin();
        drop(late);
        assert_eq!(sessions.handled(), 0);
        drop(sessions.arrived());
        sessions.until_handled(1).await;
        sessions.until_begun(2).await;
    }

    #[tokio::test]
    async fn a_flooded_lane_drops_and_leaves_the_others_alone() {
        let lanes = Lanes::default();
        let flood: Vec<Waiting> = (0..WAITING_LIMIT).filter_map(|_| lanes.join(Lane::Words)).collect();
        assert!(lanes.join(Lane::Words).is_none());
        let interaction = lanes.join(Lane::Interaction).unwrap();
        assert!(interaction.turn().await.is_some());
        drop(flood);
        assert!(lanes.join(Lane::Words).is_some());
    }
}
