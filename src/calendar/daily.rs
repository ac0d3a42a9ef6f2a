//! Local days: when they begin and end, and the next time of day on certain weekdays.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};

use super::misread::Misread;
use super::occurrence::Planned;
use super::recurrence::Recurrence;
use super::weekdays::Weekdays;
use super::zone::{Note, Zone, change_over, resolved, to_civil};

/// A local day as instants: `starts_at` included, `ends_at` not. The days of a zone touch and never
/// overlap. A day that a zone skipped (30 December 2011 in Apia) is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayBounds {
    /// The first instant of the day.
    pub starts_at: DateTime<Utc>,
    /// The first instant of the day after.
    pub ends_at: DateTime<Utc>,
}

/// When the local day `date` begins and ends in `zone`: 23 or 25 hours apart on most days of a
/// clock change.
pub fn day_bounds(date: NaiveDate, zone: Zone) -> DayBounds {
    let after = date.checked_add_days(Days::new(1)).unwrap_or(date);
    DayBounds { starts_at: first_instant(date, zone), ends_at: first_instant(after, zone) }
}

/// The first instant after `after` at which a new local day begins in `zone`.
pub fn next_midnight(after: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    let today = to_civil(after, zone).date();
    // Where clocks go back across midnight, tomorrow's first midnight may already be past.
    (1..=3)
        .filter_map(|days| today.checked_add_days(Days::new(days)))
        .map(|date| first_instant(date, zone))
        .find(|at| *at > after)
        .unwrap_or(after)
}

/// The first instant of a local date: its midnight, or the clock change that skips it.
fn first_instant(date: NaiveDate, zone: Zone) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    let resolved = resolved(midnight, zone);
    match resolved.note {
        Note::Exact | Note::Fold => resolved.at,
        Note::Gap { .. } => change_over(midnight, zone).map_or(resolved.at, |change| change.at),
    }
}

/// Reads a time of day as people type it: `09:00`, `9am`, `18.30`.
///
/// # Errors
/// Names what is not understood; a day of the week beside the time is refused, never dropped.
pub fn time_of_day(text: &str) -> Result<NaiveTime, Misread> {
    let wrong = || Misread::new(text, "it is not one time of day", "09:00");
    let time = match format!("daily {text}").parse::<Recurrence>() {
        Ok(Recurrence::Weekly(weekly)) if weekly.every_weeks() == 1 => match weekly.slots() {
            [first, rest @ ..] if rest.iter().all(|slot| slot.time == first.time) => first.time,
            _ => return Err(wrong()),
        },
        Ok(_) | Err(_) => return Err(wrong()),
    };
    // What is a pattern by itself names a day.
    if text.parse::<Recurrence>().is_ok() {
        let example = time.format("%H:%M").to_string();
        return Err(Misread::new(text, "only the time is needed here, without a day", example));
    }
    Ok(time)
}

/// The first moment after `after` at which clocks in `zone` show `time` on one of `weekdays`; in a
/// gap it is moved forward, in a fold the first is taken. `None` when there are no weekdays.
pub fn next_daily(after: DateTime<Utc>, time: NaiveTime, weekdays: Weekdays, zone: Zone) -> Option<Planned> {
    // Yesterday's may have been moved into today; nine days hold every weekday after that.
    let from = to_civil(after, zone).date().checked_sub_days(Days::new(1))?;
    from.iter_days()
        .take(10)
        .filter(|date| weekdays.contains(date.weekday()))
        .map(|date| Planned::at(date.and_time(time), zone))
        .find(|planned| planned.starts_at > after)
}
