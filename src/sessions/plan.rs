//! Which reminders should be seen, given a series and a span of time. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::{Reminder, Series};
use crate::calendar::{Leads, OccurrenceId, Planned, Recurrence, Span, Zone, occurrences};

/// How far ahead the next reminder is looked for: two years cover every yearly pattern and its leap days
/// but the rarest; a series without one in that time is asked about again when it is edited.
const HORIZON: TimeDelta = TimeDelta::days(2 * 366);
/// Longest span a tick catches up on: what was due before that started long ago.
const CATCH_UP: TimeDelta = TimeDelta::days(15);

/// The reminders of a series due after `from` and up to `until`, soonest first. What would be seen only
/// after its session began is left out by the courier, which knows when that is.
pub fn reminders(series: &Series, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Reminder> {
    due(&series.recurrence, series.zone, &series.leads, from, until)
}

/// When the first reminder after `after` is due; none when there is none within two years.
pub fn next_reminder(
    recurrence: &Recurrence,
    zone: Zone,
    leads: &Leads,
    after: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let longest = leads.iter().map(|lead| lead.length()).max()?;
    let mut best: Option<DateTime<Utc>> = None;
    for occurrence in occurrences(recurrence, &Span::ALWAYS, zone, after, plus(after, HORIZON)) {
        let soonest_possible = occurrence.starts_at.checked_sub_signed(longest)?;
        if best.is_some_and(|best| soonest_possible >= best) {
            break;
        }
        let due = leads.iter().map(|lead| lead.remind_at(occurrence.starts_at)).filter(|at| *at > after);
        best = due.chain(best).min();
    }
    best
}

/// The next occurrences that begin after `after`.
pub fn upcoming(recurrence: &Recurrence, zone: Zone, after: DateTime<Utc>, count: usize) -> Vec<Planned> {
    occurrences(recurrence, &Span::ALWAYS, zone, after, plus(after, HORIZON))
        .filter(|occurrence| occurrence.starts_at > after)
        .take(count)
        .collect()
}

/// From when on reminders are due for a series planned up to `planned_until`: an outage longer than any
/// lead can bridge is not gone through session by session.
pub fn catch_up_from(planned_until: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    planned_until.max(now.checked_sub_signed(CATCH_UP).unwrap_or(planned_until))
}

fn due(recurrence: &Recurrence, zone: Zone, leads: &Leads, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Reminder> {
    let Some(longest) = leads.iter().map(|lead| lead.length()).max() else {
        return Vec::new();
    };
    let mut reminders: Vec<Reminder> =
        occurrences(recurrence, &Span::ALWAYS, zone, from, plus(until, longest + TimeDelta::minutes(1)))
            .flat_map(|occurrence| {
                leads.iter().filter_map(move |lead| {
                    let remind_at = lead.remind_at(occurrence.starts_at);
                    (remind_at > from && remind_at <= until).then_some(Reminder { occurrence, lead, remind_at })
                })
            })
            .collect();
    reminders.sort_by_key(|reminder| reminder.remind_at);
    reminders
}

fn plus(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The occurrence of that id, if the pattern still has it.
pub fn occurrence(recurrence: &Recurrence, zone: Zone, id: OccurrenceId) -> Option<Planned> {
    let local = id.planned_local();
    let until = local.checked_add_signed(TimeDelta::minutes(1))?;
    recurrence.starts(local, until).next().filter(|start| *start == local).map(|start| Planned::at(start, zone))
}
