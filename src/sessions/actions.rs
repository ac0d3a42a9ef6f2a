//! What people, or the clock, can make a series do.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};

use super::cards;
use super::model::{LATE_AFTER, Reminder, SERIES_PER_GROUP, Series, WantedSeries};
use super::{plan, store};
use crate::calendar::{Lead, OccurrenceId, Planned};
use crate::config::DeclaredSeries;
use crate::deps::Deps;
use crate::groups::{self, Group};
use crate::ids::{GroupId, SeriesId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// Series a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;
/// How long a series that cannot be read is left alone: soon enough after somebody mended its row, and few lines
/// in the log until then.
const PARKED: TimeDelta = TimeDelta::hours(1);
/// The kind of envelope that carries a reminder.
pub const REMINDER: &str = "session.reminder";
/// How far `/sessions` looks ahead.
const AHEAD: TimeDelta = TimeDelta::days(14);

/// The ids a reminder is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    series: SeriesId,
    occurrence: OccurrenceId,
}

/// Puts a series on the schedule.
///
/// # Errors
/// Refused when the title is taken, the group has as many as fit, or the pattern never happens.
pub async fn add(deps: &Deps, wanted: &WantedSeries) -> Result<(Series, Vec<Planned>), Stop> {
    let now = deps.clock.now();
    let there = store::of_group(deps.database.read(), wanted.group).await?;
    if there.iter().any(|series| series.title.to_lowercase() == wanted.title.to_lowercase()) {
        return Err(Refusal::new(
            "A session with that title is on the schedule already.",
            "",
            "Give this one another title, such as `title:Evening group 2`.",
        )
        .into());
    }
    if there.len() >= SERIES_PER_GROUP {
        return Err(Refusal::new(
            "The schedule is full.",
            format!("A group has up to {SERIES_PER_GROUP} series."),
            "Take one off with `/schedule remove` first.",
        )
        .into());
    }
    let next = plan::upcoming(&wanted.recurrence, wanted.zone, now, 5);
    if next.is_empty() {
        return Err(never_happens(wanted).into());
    }
    let next_at = plan::next_reminder(&wanted.recurrence, wanted.zone, &wanted.leads, now);
    let mut tx = deps.database.write().await?;
    let id = store::add(&mut tx, wanted, next_at, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok((find(deps, id).await?, next))
}

fn never_happens(wanted: &WantedSeries) -> Refusal {
    Refusal::new(
        format!("“{}” never happens from now on.", wanted.recurrence.words()),
        "A schedule needs at least one day ahead.",
        "For example: `when:mon,wed,fri 18:00`",
    )
}

/// Brings a group's series to what the configuration declares. Series that were declared once and are
/// not any more stay until somebody removes them, because members may rely on them.
///
/// # Errors
/// When the database cannot be written.
pub async fn apply_declared(deps: &Deps, group: &Group, declared: &[DeclaredSeries]) -> Result<(), Stop> {
    let now = deps.clock.now();
    let there = store::of_group(deps.database.read(), group.id).await?;
    for one in declared {
        let wanted = WantedSeries {
            group: group.id,
            title: one.title.clone(),
            recurrence: one.when.clone(),
            zone: group.zone,
            minutes: one.minutes,
            leads: one.leads.clone(),
            source: groups::model::Source::File,
        };
        match there.iter().find(|series| series.title.to_lowercase() == one.title.to_lowercase()) {
            None => {
                add(deps, &wanted).await?;
            }
            Some(series) if same(series, &wanted) => {}
            Some(series) => {
                let next_at = plan::next_reminder(&wanted.recurrence, wanted.zone, &wanted.leads, now);
                let mut tx = deps.database.write().await?;
                store::change(&mut tx, series.id, &wanted, next_at, now).await?;
                outbox::cancel_matching(&mut tx, now, &key_prefix(series.id), "changed").await?;
                tx.commit().await?;
            }
        }
    }
    deps.planner.ring();
    Ok(())
}

fn same(series: &Series, wanted: &WantedSeries) -> bool {
    series.title == wanted.title
        && series.recurrence == wanted.recurrence
        && series.zone == wanted.zone
        && series.minutes == wanted.minutes
        && series.leads == wanted.leads
}

/// Takes a series off the schedule; reminders that wait are cancelled in the same breath.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(deps: &Deps, series: &Series) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    store::remove(&mut tx, series.id, now).await?;
    outbox::cancel_matching(&mut tx, now, &key_prefix(series.id), "removed").await?;
    tx.commit().await?;
    Ok(())
}

/// The series of that number.
///
/// # Errors
/// Refused when it was removed.
pub async fn find(deps: &Deps, series: SeriesId) -> Result<Series, Stop> {
    let found = store::find(deps.database.read(), series).await?;
    found.ok_or_else(|| {
        Refusal::new("That session is not on the schedule any more.", "", "`/schedule list` shows what is.").into()
    })
}

/// The series of a group with what comes next in each.
///
/// # Errors
/// When the database cannot be read.
pub async fn schedule(deps: &Deps, group: GroupId) -> Result<Vec<(Series, Option<Planned>)>, Stop> {
    let now = deps.clock.now();
    let all = store::of_group(deps.database.read(), group).await?;
    Ok(all
        .into_iter()
        .map(|series| {
            let next = plan::upcoming(&series.recurrence, series.zone, now, 1).pop();
            (series, next)
        })
        .collect())
}

/// What comes next in the given groups within a fortnight, soonest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn upcoming(deps: &Deps, groups: &[Group], count: usize) -> Result<Vec<(String, Series, Planned)>, Stop> {
    let now = deps.clock.now();
    let mut next = Vec::new();
    for group in groups {
        for series in store::of_group(deps.database.read(), group.id).await? {
            let planned = plan::upcoming(&series.recurrence, series.zone, now, count);
            next.extend(
                planned
                    .into_iter()
                    .filter(|planned| planned.starts_at - now <= AHEAD)
                    .map(|planned| (group.name.clone(), series.clone(), planned)),
            );
        }
    }
    next.sort_by_key(|(_, _, planned)| planned.starts_at);
    next.truncate(count);
    Ok(next)
}

/// Enqueues every reminder that fell due, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let (due, bad) = store::due(&mut tx, now, BATCH).await?;
        if due.is_empty() && bad.is_empty() {
            break;
        }
        for row in &bad {
            tracing::error!(series = %row.series, error = %row, "reminders wait until this row is mended");
            store::park(&mut tx, row.series, now + PARKED).await?;
        }
        for series in &due {
            plan_one(deps, &mut tx, series, now).await?;
        }
        tx.commit().await?;
        deps.courier.ring();
    }
    Ok(store::next(deps.database.read()).await?)
}

async fn plan_one(
    deps: &Deps,
    tx: &mut Transaction<'static, Sqlite>,
    series: &Series,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let from = plan::catch_up_from(series.planned_until, now);
    let place = deps.roster.group(series.group);
    for reminder in plan::reminders(series, from, now) {
        if let Some(known) = &place {
            outbox::enqueue(tx, now, &envelope(series, &reminder, known)?).await?;
        }
    }
    let next_at = plan::next_reminder(&series.recurrence, series.zone, &series.leads, now);
    store::planned(tx, series.id, now, next_at).await?;
    Ok(())
}

fn envelope(series: &Series, reminder: &Reminder, known: &crate::roster::Known) -> anyhow::Result<NewEnvelope> {
    Ok(NewEnvelope {
        class: Class::Reminder,
        dedupe_key: dedupe_key(series.id, reminder.occurrence.id, reminder.lead),
        guild: known.guild,
        place: Place::Channel(known.channel),
        kind: REMINDER,
        subject: serde_json::to_value(Subject { series: series.id, occurrence: reminder.occurrence.id })?,
        due_at: reminder.remind_at,
        expires_at: reminder.occurrence.starts_at,
    })
}

fn key_prefix(series: SeriesId) -> String {
    format!("session:{series}/")
}

/// Names the fact that one occurrence is reminded of with one lead in the group's channel.
pub fn dedupe_key(series: SeriesId, occurrence: OccurrenceId, lead: Lead) -> String {
    format!("{}{occurrence}/lead-{lead}/channel", key_prefix(series))
}

/// Draws a reminder at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let now = deps.clock.now();
    let Some(series) = store::find(deps.database.read(), subject.series).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    let Some(occurrence) = plan::occurrence(&series.recurrence, series.zone, subject.occurrence) else {
        return Ok(Drawn::Gone("changed"));
    };
    if occurrence.starts_at <= now {
        return Ok(Drawn::Gone("started"));
    }
    Ok(Drawn::Card(cards::reminder(&series, &occurrence, now - envelope.due_at >= LATE_AFTER)))
}

/// What did not reach a guild's channels in the last seven days, as counts by reason.
///
/// # Errors
/// When the database cannot be read.
pub async fn missed(deps: &Deps, group: &Group) -> Result<Vec<cards::Missed>, Stop> {
    let since = deps.clock.now() - TimeDelta::days(7);
    let states = [outbox::State::Expired, outbox::State::Undeliverable];
    let mut counts = std::collections::BTreeMap::<String, u32>::new();
    for delivery in outbox::store::list(deps.database.read(), group.guild, since, &states).await? {
        if delivery.kind == REMINDER && delivery.place == Place::Channel(group.channel) {
            *counts.entry(delivery.reason.unwrap_or_default()).or_default() += 1;
        }
    }
    Ok(counts.into_iter().map(|(reason, count)| cards::Missed { count, why: cards::reason_words(&reason) }).collect())
}
