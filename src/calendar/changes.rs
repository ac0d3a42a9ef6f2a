//! The clock changes of a zone in a span, for whoever has to write them down for another program.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::zone::{Zone, to_civil};

/// How far apart it is looked: no zone has changed its clocks and back within a week since 1970 but for
/// days that nobody plans with.
const STEP: TimeDelta = TimeDelta::days(7);

/// One change of the clocks of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// When.
    pub at: DateTime<Utc>,
    /// Seconds ahead of UTC until then.
    pub before: i32,
    /// Seconds ahead of UTC from then on.
    pub after: i32,
}

impl ClockChange {
    /// What the old clocks showed at that moment.
    pub fn local(&self) -> NaiveDateTime {
        let utc = self.at.naive_utc();
        utc.checked_add_signed(TimeDelta::seconds(self.before.into())).unwrap_or(utc)
    }

    /// The civil times that it skips: from the first one up to but not including the second.
    pub fn gap(&self, zone: Zone) -> Option<(NaiveDateTime, NaiveDateTime)> {
        (self.after > self.before).then(|| (self.local(), to_civil(self.at, zone)))
    }
}

/// The clock changes of a zone after `from` and up to `until`, in order.
pub fn clock_changes(zone: Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<ClockChange> {
    let mut all = Vec::new();
    let mut at = from;
    while at < until {
        let next = at.checked_add_signed(STEP).map_or(until, |next| next.min(until));
        if let Some(change) = zone.change_between(at, next) {
            all.push(ClockChange { at: change, before: zone.offset_at(at), after: zone.offset_at(change) });
        }
        at = next;
    }
    all
}
