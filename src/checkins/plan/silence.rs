//! When somebody who asked for it is written to after days of silence, and when somebody else is told. Pure.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::super::model::{NOTE_HOUR, Next, Quiet, Silence, TELL_AFTER, Tell};
use crate::calendar::{Weekdays, Zone, resolved, to_civil};
use crate::groups::model::{Away, Settings};

/// Longest that missed days are counted ahead: thirty asked days of a group that is asked once a week.
const LOOK_AHEAD: usize = 30 * 7 + 8;

/// The last local day that counts as heard of: an answer, the wish itself, something they set,
/// or the end of a pause.
pub fn heard_on(quiet: &Quiet, answered_on: Option<NaiveDate>, away: Option<Away>, zone: Zone) -> NaiveDate {
    let heard = to_civil(quiet.heard_at, zone).date();
    let back = away.and_then(|away| away.until).map(|until| to_civil(until, zone).date());
    [Some(heard), answered_on, back].into_iter().flatten().max().unwrap_or(heard)
}

/// The morning after so many asked days were missed.
pub fn note_at(heard_on: NaiveDate, after: u8, asked: Weekdays, zone: Zone) -> Option<DateTime<Utc>> {
    let days = heard_on.iter_days().skip(1).take(LOOK_AHEAD);
    let last = days.filter(|day| asked.contains(chrono::Datelike::weekday(day))).nth(usize::from(after) - 1)?;
    let morning = last.succ_opt()?.and_time(NaiveTime::from_hms_opt(NOTE_HOUR, 0, 0)?);
    Some(resolved(morning, zone).at)
}

/// What comes next.
pub fn next(silence: &Silence, settings: &Settings, asked: Weekdays, zone: Zone, now: DateTime<Utc>) -> Next {
    if let Some(away) = settings.away.filter(|away| away.holds(now)) {
        // Who is away without an end is looked at again when they are back.
        return away.until.map_or(Next::Rest, Next::Wait);
    }
    let due = match silence.noted_at {
        None => note_at(silence.heard_on, silence.after, asked, zone).map(|at| (at, Next::Note)),
        Some(noted) if silence.tells => noted.checked_add_signed(TELL_AFTER).map(|at| (at, Next::Tell)),
        Some(_) => None,
    };
    match due {
        Some((at, step)) => {
            let at = settings.not_quiet_from(at, zone);
            if at > now { Next::Wait(at) } else { step }
        }
        None => Next::Rest,
    }
}

/// Whether somebody is still to be told in this stretch.
pub fn tells(quiet: &Quiet) -> bool {
    quiet.tell != Tell::Nobody && quiet.told_at.is_none()
}
