//! How much one person can ask for at once: far more than fingers can press, far less than a script can. Helplines
//! and everything else of the crisis slice are never counted: an answer there waits for nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::ids::UserId;
use crate::refusal::Refusal;

/// The slice whose answers never wait.
pub(super) const NEVER_WAITS: &str = "crisis";
/// People counted at once; more than press within some seconds. Beyond that everybody begins anew.
const PEOPLE_LIMIT: usize = 10_000;

/// Who asked how often since when.
#[derive(Default)]
pub(super) struct Hurry(Mutex<HashMap<UserId, (Instant, u32)>>);

impl Hurry {
    /// Counts one more of this person's, at this moment.
    ///
    /// # Errors
    /// Refused when it is more than `most` `within` that time.
    pub fn count(&self, user: UserId, now: Instant, most: u32, within: Duration) -> Result<(), Refusal> {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() >= PEOPLE_LIMIT {
            asked.retain(|_, (since, _)| now.duration_since(*since) < within);
            if asked.len() >= PEOPLE_LIMIT {
                asked.clear();
            }
        }
        let (since, count) = asked.entry(user).or_insert((now, 0));
        if now.duration_since(*since) >= within {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        if *count <= most {
            return Ok(());
        }
        let left = within.saturating_sub(now.duration_since(*since)).as_secs() + 1;
        Err(Refusal::new(
            "That was a lot at once.",
            "I keep room for everybody.",
            format!("Try again in {left} seconds. `/helplines` always works."),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_their_own_count_and_it_begins_anew() {
        let (hurry, begin, within) = (Hurry::default(), crate::clock::monotonic(), Duration::from_secs(10));
        let ask = |user: i64, seconds: u64| {
            hurry.count(UserId::new(user), begin + Duration::from_secs(seconds), 3, within).is_ok()
        };
        assert_eq!([0, 1, 2, 3, 9].map(|at| ask(1, at)), [true, true, true, false, false]);
        assert!(ask(2, 3), "somebody else");
        assert!(ask(1, 10), "later");
    }

    #[test]
    fn a_crowd_does_not_fill_the_memory() {
        let (hurry, begin) = (Hurry::default(), crate::clock::monotonic());
        for user in 0..3 * PEOPLE_LIMIT as i64 {
            let _ = hurry.count(UserId::new(user), begin, 3, Duration::from_secs(10));
        }
        assert!(hurry.0.lock().unwrap_or_else(PoisonError::into_inner).len() <= PEOPLE_LIMIT);
    }
}
