//! When a reminder is due, what follows it, and what was typed. Pure.

use chrono::{DateTime, Days, TimeDelta, Utc};

use crate::calendar::{
    self, Misread, Note, Recurrence, Span, Typed, Zone, full_moment_words, occurrences, resolved, to_civil,
};
use crate::groups::model::Away;
use crate::recovery::model::reminder::{AGAIN_HOLDS, Kind, ONCE_HOLDS, Reminder, SHORTEST_GAP, Snooze, When};

/// How far ahead the next time is looked for: a cron pattern may name 29 February, which is eight years away at most.
const HORIZON: TimeDelta = TimeDelta::days(9 * 366);

/// Reads when somebody wants to be reminded.
///
/// # Errors
/// Names the part that cannot be read, is past, never comes, or comes too often.
pub fn when(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<When, Misread> {
    let typed = calendar::when(text, now, zone)?;
    let words = typed.words(now, zone);
    match typed {
        Typed::Once(moment) => Ok(When { recurrence: None, first_at: moment.at, words }),
        Typed::Repeating { recurrence, .. } => {
            if recurrence.shortest_gap().is_some_and(|gap| gap < SHORTEST_GAP) {
                return Err(Misread::new(text, "it comes more often than once an hour", "every day 09:00"));
            }
            let never = || Misread::new(text, "it never comes", "every day 09:00");
            let first_at = next_after(&recurrence, zone, now).ok_or_else(never)?;
            // A date that is said as something that repeats happens once.
            let once = matches!(recurrence, Recurrence::Once(_));
            Ok(When { recurrence: (!once).then_some(recurrence), first_at, words })
        }
    }
}

/// The first time after `after` at which a repeating reminder is due.
pub fn next_after(recurrence: &Recurrence, zone: Zone, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let from = after.checked_add_signed(TimeDelta::seconds(1))?;
    let until = after.checked_add_signed(HORIZON)?;
    occurrences(recurrence, &Span::ALWAYS, zone, from, until).next().map(|planned| planned.starts_at)
}

/// What a due reminder makes us do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// What is said was due then; after an outage only the newest is said.
    pub at: DateTime<Utc>,
    /// From then on it is not worth saying.
    pub until: DateTime<Utc>,
    /// When it is due next by itself.
    pub next_at: Option<DateTime<Utc>>,
    /// What is left of being put off.
    pub snoozed_until: Option<DateTime<Utc>>,
}

/// What is due of a reminder at `now`; nothing when nothing is.
pub fn due(reminder: &Reminder, now: DateTime<Utc>) -> Option<Due> {
    let snoozed = reminder.snoozed_until.filter(|at| *at <= now);
    let first = reminder.next_at.filter(|at| *at <= now);
    let own = first.map(|first| match &reminder.recurrence {
        Some(recurrence) => {
            let later = occurrences(recurrence, &Span::ALWAYS, reminder.zone, first, plus(now, TimeDelta::seconds(1)));
            later.last().map_or(first, |planned| planned.starts_at.max(first))
        }
        None => first,
    });
    let at = [snoozed, own].into_iter().flatten().max()?;
    let next_at = match (&reminder.recurrence, first) {
        (Some(recurrence), Some(_)) => next_after(recurrence, reminder.zone, now),
        (None, Some(_)) => None,
        (_, None) => reminder.next_at,
    };
    let until = match &reminder.recurrence {
        Some(_) => {
            plus(at, AGAIN_HOLDS).min(next_at.unwrap_or(DateTime::<Utc>::MAX_UTC)).max(plus(now, TimeDelta::minutes(1)))
        }
        None => plus(at, ONCE_HOLDS).max(plus(now, TimeDelta::minutes(1))),
    };
    let snoozed_until = reminder.snoozed_until.filter(|at| *at > now);
    Some(Due { at, until, next_at, snoozed_until })
}

fn plus(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Until when a reminder is put off that was due at `due`, when the member presses at `now`. Tomorrow is the same
/// time of day on the clocks of `zone`, also across a clock change.
pub fn put_off(snooze: Snooze, due: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    match snooze {
        Snooze::TenMinutes => plus(now, TimeDelta::minutes(10)),
        Snooze::Hour => plus(now, TimeDelta::hours(1)),
        Snooze::Tomorrow => {
            let day = to_civil(now, zone).date();
            let tomorrow = day.checked_add_days(Days::new(1)).unwrap_or(day);
            resolved(tomorrow.and_time(to_civil(due, zone).time()), zone).at
        }
    }
}

/// Whether a reminder is said although its member is away. A holiday does not need the group, but the body still needs
/// its medication, and an appointment stands; so those two go on, unless the member paused them, too, since they went.
pub fn goes_on_while_away(kind: Kind, paused_at: Option<DateTime<Utc>>, away: Away) -> bool {
    match kind {
        Kind::Medication | Kind::Appointment => paused_at.is_none_or(|at| at < away.since),
        Kind::Anything | Kind::Goal(_) => false,
    }
}

/// A moment as a member in `zone` reads it, with what a clock change does to a repeating one that day.
pub fn moment_words(at: DateTime<Utc>, zone: Zone) -> String {
    full_moment_words(to_civil(at, zone))
}

/// What a clock change does to the next of a repeating reminder, as a sentence; nothing on most days.
pub fn change_words(recurrence: &Recurrence, zone: Zone, next_at: DateTime<Utc>) -> Option<String> {
    let until = next_at.checked_add_signed(TimeDelta::seconds(1))?;
    let planned = occurrences(recurrence, &Span::ALWAYS, zone, next_at, until).next()?;
    match planned.note {
        Note::Exact => None,
        Note::Gap { .. } | Note::Fold => planned.note_words(zone),
    }
}
