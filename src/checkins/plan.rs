//! Which day a moment belongs to, and until when its answers are taken. Pure.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::calendar::{Zone, day_bounds, to_civil};

/// How long after local midnight a day's answers are still taken: people who check in before they sleep
/// often do so after twelve.
pub const GRACE: TimeDelta = TimeDelta::hours(3);

/// The local day a check-in at `now` is about: the day before while its grace lasts and nothing was
/// asked today yet, else today.
pub fn day_of(now: DateTime<Utc>, zone: Zone) -> NaiveDate {
    let local = to_civil(now, zone);
    to_civil(now.checked_sub_signed(GRACE).unwrap_or(now), zone).date().min(local.date())
}

/// When the window of a local day closes.
pub fn closes_at(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    let end = day_bounds(day, zone).ends_at;
    end.checked_add_signed(GRACE).unwrap_or(end)
}

/// The last prompt that fell due up to `now`, starting from the first one that did: after an outage of
/// days only the newest day is asked about.
pub fn latest_due(
    first: DateTime<Utc>,
    now: DateTime<Utc>,
    next_after: impl Fn(DateTime<Utc>) -> Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    // At most one prompt a day: beyond a year the database is older than anybody's question.
    let later = std::iter::successors(Some(first), |due| next_after(*due).filter(|next| *next <= now));
    later.take(366).last().unwrap_or(first)
}
