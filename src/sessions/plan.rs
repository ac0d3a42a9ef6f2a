//! Which occurrences are held, which reminders should be seen, and what is to be told when something
//! changes. Pure.

pub mod attending;

use std::collections::VecDeque;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::model::{Correction, Exception, Going, Occurrence, Reminder, Series, Told};
use crate::calendar::{self, OccurrenceId, Occurrences, Planned, to_civil};

/// How far ahead the next reminder is looked for: two years cover every yearly pattern and its leap days
/// but the rarest; a series without one in that time is asked about again when it is edited.
pub const HORIZON: TimeDelta = TimeDelta::days(2 * 366);
/// Longest span a tick catches up on: what was due before that started long ago.
const CATCH_UP: TimeDelta = TimeDelta::days(15);

/// The occurrences that are held, soonest first; from [`occurrences`].
pub struct Held<'a> {
    series: &'a Series,
    planned: Option<Occurrences<'a>>,
    ahead: Option<Occurrence>,
    moved: VecDeque<Occurrence>,
}

/// The occurrences of a series that are held and start from `from` up to but not including `until`, at
/// the times at which they are held. Lazy: taking five costs five.
pub fn occurrences(series: &Series, from: DateTime<Utc>, until: DateTime<Utc>) -> Held<'_> {
    if series.going != Going::On {
        return Held { series, planned: None, ahead: None, moved: VecDeque::new() };
    }
    let details = &series.details;
    let mut moved: Vec<Occurrence> = series
        .exceptions
        .iter()
        .filter(|(_, exception)| matches!(exception, Exception::Moved(_)))
        .filter_map(|(id, _)| occurrence(series, *id))
        .filter(|occurrence| (from..until).contains(&occurrence.starts_at()))
        .collect();
    moved.sort_by_key(|occurrence| (occurrence.starts_at(), occurrence.id));
    let planned = calendar::occurrences(&details.recurrence, &details.span(), details.zone, from, until);
    Held { series, planned: Some(planned), ahead: None, moved: moved.into() }
}

impl Iterator for Held<'_> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        if self.ahead.is_none() {
            let exceptions = &self.series.exceptions;
            let planned = self.planned.as_mut()?.find(|planned| !exceptions.contains_key(&planned.id));
            self.ahead = planned.map(|time| Occurrence { id: time.id, time });
        }
        match (self.ahead, self.moved.front()) {
            (Some(planned), Some(moved)) if moved.starts_at() < planned.starts_at() => self.moved.pop_front(),
            (Some(_), _) => self.ahead.take(),
            (None, _) => self.moved.pop_front(),
        }
    }
}

/// The occurrence of that id as the pattern plans it, whatever became of it; none when the pattern does
/// not have it, or its date lies outside the dates of the series.
pub fn planned(series: &Series, id: OccurrenceId) -> Option<Planned> {
    let local = id.planned_local();
    let details = &series.details;
    let until = local.checked_add_signed(TimeDelta::minutes(1))?;
    let starts = details.recurrence.starts(local, until).next() == Some(local);
    (starts && details.span().contains(local.date())).then(|| Planned::at(local, details.zone))
}

/// The occurrence of that id at the time at which it is held; none when it is not held.
pub fn occurrence(series: &Series, id: OccurrenceId) -> Option<Occurrence> {
    if series.going != Going::On {
        return None;
    }
    let planned = planned(series, id)?;
    match series.exceptions.get(&id) {
        None => Some(Occurrence { id, time: planned }),
        Some(Exception::Moved(local)) => Some(Occurrence { id, time: Planned::at(*local, series.details.zone) }),
        Some(Exception::Skipped | Exception::Cancelled) => None,
    }
}

/// The next occurrences that begin after `after`.
pub fn upcoming(series: &Series, after: DateTime<Utc>, count: usize) -> Vec<Occurrence> {
    occurrences(series, after, plus(after, HORIZON))
        .filter(|occurrence| occurrence.starts_at() > after)
        .take(count)
        .collect()
}

/// What is held after `now` on the local days from `first` to `last`, both included.
pub fn on_days(series: &Series, first: NaiveDate, last: NaiveDate, now: DateTime<Utc>) -> Vec<Occurrence> {
    let zone = series.details.zone;
    let from = calendar::day_bounds(first, zone).starts_at.max(now);
    occurrences(series, from, calendar::day_bounds(last, zone).ends_at)
        .filter(|occurrence| occurrence.starts_at() > now)
        .collect()
}

/// The reminders of a series due after `from` and up to `until`, soonest first. What would be seen only
/// after its session began is left out by the courier, which knows when that is.
pub fn reminders(series: &Series, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Reminder> {
    let leads = &series.details.leads;
    let Some(longest) = leads.iter().map(|lead| lead.length()).max() else {
        return Vec::new();
    };
    let mut reminders: Vec<Reminder> = occurrences(series, from, plus(until, longest + TimeDelta::minutes(1)))
        .flat_map(|occurrence| {
            leads.iter().filter_map(move |lead| {
                let remind_at = lead.remind_at(occurrence.starts_at());
                (remind_at > from && remind_at <= until).then_some(Reminder { occurrence, lead, remind_at })
            })
        })
        .collect();
    reminders.sort_by_key(|reminder| reminder.remind_at);
    reminders
}

/// When the first reminder after `after` is due; none when there is none within two years.
pub fn next_reminder(series: &Series, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let leads = &series.details.leads;
    let longest = leads.iter().map(|lead| lead.length()).max()?;
    let mut best: Option<DateTime<Utc>> = None;
    for occurrence in occurrences(series, after, plus(after, HORIZON)) {
        let soonest_possible = occurrence.starts_at().checked_sub_signed(longest)?;
        if best.is_some_and(|best| soonest_possible >= best) {
            break;
        }
        let due = leads.iter().map(|lead| lead.remind_at(occurrence.starts_at())).filter(|at| *at > after);
        best = due.chain(best).min();
    }
    best
}

/// From when on reminders are due for a series planned up to `planned_until`: an outage longer than any
/// lead can bridge is not gone through session by session.
pub fn catch_up_from(planned_until: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    planned_until.max(now.checked_sub_signed(CATCH_UP).unwrap_or(planned_until))
}

/// What holds for an occurrence now.
pub fn standing(series: &Series, id: OccurrenceId) -> Told {
    occurrence(series, id).map_or(Told::Off, |occurrence| Told::At(occurrence.starts_at()))
}

/// What has to be told at one place after a change. `told` is what was said there last about each
/// occurrence; `touched` are occurrences that the change was about, told or not.
///
/// Whoever was told something that does not hold any more is told what does. Who was told nothing is
/// told something only when no reminder of a touched occurrence will come any more although its start is
/// ahead. Nothing is told about what has started.
pub fn corrections(
    series: &Series,
    told: &[(OccurrenceId, Told)],
    touched: &[OccurrenceId],
    now: DateTime<Utc>,
) -> Vec<Correction> {
    let mut corrections: Vec<Correction> =
        told.iter().filter_map(|(id, was)| corrected(series, *id, *was, now)).collect();
    let next = upcoming(series, now, 1).pop().map(|occurrence| Told::At(occurrence.starts_at()));
    let next_is_told = corrections.iter().any(|correction| correction.now == Told::Off);
    for id in touched.iter().filter(|id| told.iter().all(|(known, _)| known != *id)) {
        let stands = standing(series, *id);
        if let Told::At(starts_at) = stands
            && starts_at > now
            && is_past_reminding(series, starts_at, now)
            && !(next_is_told && next == Some(stands))
        {
            corrections.push(Correction { occurrence: *id, was: None, now: stands, expires_at: starts_at });
        }
    }
    corrections
}

fn is_past_reminding(series: &Series, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let leads = &series.details.leads;
    !leads.is_empty() && leads.iter().all(|lead| lead.remind_at(starts_at) <= now)
}

fn corrected(series: &Series, id: OccurrenceId, was: Told, now: DateTime<Utc>) -> Option<Correction> {
    let stands = standing(series, id);
    let expires_at = match (was, stands) {
        (_, Told::At(starts_at)) => starts_at,
        (Told::At(starts_at), Told::Off) => starts_at,
        (Told::Off, Told::Off) => return None,
    };
    (was != stands && expires_at > now).then_some(Correction {
        occurrence: id,
        was: Some(was),
        now: stands,
        expires_at,
    })
}

/// The occurrences whose reminders may have been due already, of those that are held after `now`: what an
/// edit of the pattern is about.
pub fn within_leads(series: &Series, now: DateTime<Utc>) -> Vec<OccurrenceId> {
    let longest = series.details.leads.iter().map(|lead| lead.length()).max().unwrap_or_default();
    occurrences(series, now, plus(now, longest + TimeDelta::minutes(1))).map(|occurrence| occurrence.id).collect()
}

/// Exceptions that lie ahead and do not fit the pattern any more.
pub fn orphans(series: &Series, now: DateTime<Utc>) -> usize {
    let today = to_civil(now, series.details.zone);
    series.exceptions.keys().filter(|id| id.planned_local() > today && planned(series, **id).is_none()).count()
}

fn plus(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
