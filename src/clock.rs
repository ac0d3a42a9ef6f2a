//! The one clock. Nothing else in the program asks what time it is.
//!
//! Three clocks share one type: the system's, one that runs at a multiple of it (the demo that stays
//! open), and one that stands still until it is moved (tests and the demo's week). Instants are UTC in
//! whole seconds, because nothing that people see is finer than that.
//!
//! A [`Bell`] wakes a loop early and tells whoever rang when the loop has been round, so that tests and
//! shutdown can wait for work to be finished instead of sleeping.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use tokio::sync::watch;

/// How long a real sleep lasts at most before the clock is asked again, so that a suspended machine or
/// a corrected system clock is noticed within half a minute.
const LONGEST_NAP: Duration = Duration::from_secs(30);

/// A clock that can be cloned cheaply; all clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Kind>);

#[derive(Debug)]
enum Kind {
    System,
    Scaled { started: Instant, from: DateTime<Utc>, speed: u32 },
    Manual(watch::Sender<DateTime<Utc>>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Arc::new(Kind::System))
    }

    /// A clock that starts at `from` and runs `speed` times as fast as the system's (at least once).
    pub fn scaled(from: DateTime<Utc>, speed: u32) -> Self {
        Self(Arc::new(Kind::Scaled { started: Instant::now(), from, speed: speed.max(1) }))
    }

    /// A clock that stands at `at` until [`Clock::advance_to`] moves it.
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Kind::Manual(watch::Sender::new(at.trunc_subsecs(0)))))
    }

    /// Now, in whole seconds of UTC.
    pub fn now(&self) -> DateTime<Utc> {
        match &*self.0 {
            Kind::System => DateTime::<Utc>::from(SystemTime::now()).trunc_subsecs(0),
            Kind::Scaled { started, from, speed } => {
                let passed = started.elapsed().saturating_mul(*speed);
                let passed = TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
                from.checked_add_signed(passed).unwrap_or(*from).trunc_subsecs(0)
            }
            Kind::Manual(now) => *now.borrow(),
        }
    }

    /// Moves a manual clock forward; a moment in the past, or another kind of clock, changes nothing.
    pub fn advance_to(&self, at: DateTime<Utc>) {
        if let Kind::Manual(now) = &*self.0 {
            let at = at.trunc_subsecs(0);
            now.send_if_modified(|current| {
                let moves = at > *current;
                if moves {
                    *current = at;
                }
                moves
            });
        }
    }

    /// Returns once [`Clock::now`] is at or past `at`.
    pub async fn sleep_until(&self, at: DateTime<Utc>) {
        match &*self.0 {
            Kind::Manual(now) => {
                let mut changes = now.subscribe();
                // The sender lives in this clock, so waiting cannot fail while we hold it.
                let _ = changes.wait_for(|current| *current >= at).await;
            }
            Kind::System | Kind::Scaled { .. } => loop {
                let left = (at - self.now()).to_std().unwrap_or(Duration::ZERO);
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep((left / self.speed()).clamp(Duration::from_millis(5), LONGEST_NAP)).await;
            },
        }
    }

    fn speed(&self) -> u32 {
        match &*self.0 {
            Kind::Scaled { speed, .. } => *speed,
            Kind::System | Kind::Manual(_) => 1,
        }
    }
}

/// A stopwatch reading that never goes backwards, for time-outs, rate limits and measured durations.
/// It says nothing about what time it is for people.
pub fn monotonic() -> Instant {
    Instant::now()
}

/// Wakes one loop, from anywhere, and tells when the loop has been round since.
///
/// The loop calls [`Bell::round`] before it looks at its work and [`Bell::finish`] after; whoever rang
/// can wait with [`Bell::ring_and_wait`] until a whole round that began after the ring is finished.
#[derive(Clone, Debug)]
pub struct Bell(Arc<BellState>);

#[derive(Debug)]
struct BellState {
    rung: watch::Sender<u64>,
    finished: watch::Sender<u64>,
}

impl Default for Bell {
    fn default() -> Self {
        Self(Arc::new(BellState { rung: watch::Sender::new(1), finished: watch::Sender::new(0) }))
    }
}

impl Bell {
    /// Asks the loop for another round.
    pub fn ring(&self) {
        self.0.rung.send_modify(|count| *count += 1);
    }

    /// Asks for another round and returns once one that began after this call is finished.
    pub async fn ring_and_wait(&self) {
        let mut finished = self.0.finished.subscribe();
        let mut wanted = 0;
        self.0.rung.send_modify(|count| {
            *count += 1;
            wanted = *count;
        });
        let _ = finished.wait_for(|done| *done >= wanted).await;
    }

    /// The number of the round that begins now: every ring so far is answered by it.
    pub fn round(&self) -> u64 {
        *self.0.rung.borrow()
    }

    /// Says that the round of that number is finished.
    pub fn finish(&self, round: u64) {
        self.0.finished.send_modify(|done| *done = (*done).max(round));
    }

    /// Returns when somebody has rung after `round` began, or when `clock` reaches `at`.
    pub async fn wait(&self, round: u64, clock: &Clock, at: Option<DateTime<Utc>>) {
        let mut rung = self.0.rung.subscribe();
        let ring = rung.wait_for(|count| *count > round);
        match at {
            Some(at) => {
                tokio::select! {
                    _ = ring => {}
                    () = clock.sleep_until(at) => {}
                }
            }
            None => {
                let _ = ring.await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[tokio::test]
    async fn a_manual_clock_only_moves_forward_and_wakes_its_sleepers() {
        let clock = Clock::manual(at(100));
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(at(200)).await }
        });
        clock.advance_to(at(50));
        assert_eq!(clock.now(), at(100));
        clock.advance_to(at(200));
        sleeper.await.unwrap();
    }

    #[tokio::test]
    async fn a_ring_is_answered_by_a_round_that_began_after_it() {
        let bell = Bell::default();
        let clock = Clock::manual(at(0));
        let rounds = tokio::spawn({
            let (bell, clock) = (bell.clone(), clock.clone());
            async move {
                loop {
                    let round = bell.round();
                    bell.finish(round);
                    bell.wait(round, &clock, None).await;
                }
            }
        });
        bell.ring_and_wait().await;
        bell.ring_and_wait().await;
        rounds.abort();
    }
}
