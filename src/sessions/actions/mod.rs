//! What people, or the clock, can make a series do.
//!
//! Everything that changes a series goes the same way, in one transaction: what fell due before the change
//! is enqueued first, then the change is kept, then `settle` cancels what waits and no longer holds, and
//! queues a correction for everybody who was told something that is not true any more.

pub mod attending;
mod board;
mod calendars;
mod drafts;
mod exceptions;
mod holidays;
mod imports;
pub mod kept;
mod listings;
mod series;

pub use board::{again, deliveries, lost, missed, preview};
pub use calendars::{RolesSeen, calendar, feed, feed_kept, renew_feed, revoke_feed};
pub use drafts::{Saved, discard, draft, draft_group, save};
pub use exceptions::{Excepted, Which, change_group, except, undo};
pub use holidays::{drop_day, keep_day, proposed, take_off};
pub use imports::{
    discard_import, draft_import, export_calendar, export_toml, import_group, known, save_import, still_there,
};
pub use listings::{list_ahead, listed, next_listing, shown_now, switch_listing};
use series::not_there;
pub use series::{
    add, apply_declared, find, find_any, forget, forget_rest, go, of_guild, prune, schedule, sketch, upcoming,
};

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};

use super::cards;
use super::model::{Correction, LATE_AFTER, Occurrence, Reminder, Series, Told};
use super::{plan, store};
use crate::calendar::{Lead, OccurrenceId};
use crate::deps::Deps;
use crate::ids::{GuildId, SeriesId};
use crate::outbox::store::Standing;
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};

/// How long a series that cannot be read is left alone: soon enough after somebody mended its row, and few lines
/// in the log until then.
const PARKED: TimeDelta = TimeDelta::hours(1);
/// Series a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;
/// The kind of envelope that carries a reminder.
pub const REMINDER: &str = "session.reminder";
/// The kind of envelope that tells of a change to those who were told something else.
pub const CORRECTION: &str = "session.change";

type Tx = Transaction<'static, Sqlite>;

/// The ids a reminder is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct RemindSubject {
    series: SeriesId,
    occurrence: OccurrenceId,
    /// When it starts, as the reminder says; none in envelopes of the first build.
    #[serde(default)]
    starts_at: Option<DateTime<Utc>>,
    /// How long before; none in envelopes of the first build.
    #[serde(default)]
    lead: Option<Lead>,
}

/// The ids a correction is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct CorrectSubject {
    series: SeriesId,
    occurrence: OccurrenceId,
    was: Option<Told>,
    now: Told,
    /// What comes next when this does not take place, as it was known then.
    next: Option<OccurrenceId>,
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
            enqueue_due(deps, &mut tx, series, now).await?;
        }
        tx.commit().await?;
        deps.courier.ring();
    }
    attending::tick(deps, now).await?;
    next(deps.database.read()).await
}

/// When something of this slice is due next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &sqlx::SqlitePool) -> anyhow::Result<Option<DateTime<Utc>>> {
    let series = store::next(pool).await?;
    let members = store::wishes::next(pool).await?;
    Ok([series, members].into_iter().flatten().min())
}

/// Enqueues what fell due for one series up to `now`, and moves its marks.
async fn enqueue_due(deps: &Deps, tx: &mut Tx, series: &Series, now: DateTime<Utc>) -> anyhow::Result<()> {
    let from = plan::catch_up_from(series.planned_until, now);
    if let Some(known) = deps.roster.group(series.group) {
        for reminder in plan::reminders(series, from, now) {
            let place = Place::Channel(known.channel);
            outbox::enqueue(tx, now, &envelope(series, &reminder, known.guild, place)?).await?;
        }
    }
    store::planned(tx, series.id, now, plan::next_reminder(series, now)).await?;
    attending::catch_up(deps, tx, series.group, now).await
}

fn envelope(series: &Series, reminder: &Reminder, guild: GuildId, place: Place) -> anyhow::Result<NewEnvelope> {
    let starts_at = reminder.occurrence.starts_at();
    let subject = RemindSubject {
        series: series.id,
        occurrence: reminder.occurrence.id,
        starts_at: Some(starts_at),
        lead: Some(reminder.lead),
    };
    Ok(NewEnvelope {
        class: Class::Reminder,
        dedupe_key: dedupe_key(series, reminder),
        guild,
        place,
        kind: REMINDER,
        subject: serde_json::to_value(subject)?,
        due_at: reminder.remind_at,
        expires_at: starts_at,
    })
}

fn key_prefix(series: SeriesId) -> String {
    format!("session:{series}/")
}

/// Names the fact that one occurrence is reminded of with one lead in the group's channel.
pub fn dedupe_key(series: &Series, reminder: &Reminder) -> String {
    format!("{}/lead-{}/channel", at_key(series, &reminder.occurrence), reminder.lead)
}

/// Names what is about one occurrence at the moment at which it is held. What was moved names its new time too, and
/// so does a series whose zone was changed: that is another fact.
fn at_key(series: &Series, occurrence: &Occurrence) -> String {
    let at = if occurrence.is_moved() { format!("/at-{}", occurrence.time.id) } else { String::new() };
    let zone = if series.zone_turn > 0 { format!("/zone-{}", series.zone_turn) } else { String::new() };
    format!("{}{}{at}{zone}", key_prefix(series.id), occurrence.id)
}

/// What an envelope says about which occurrence, as far as it is ours.
fn says(series: &Series, fact: &Standing) -> Option<(OccurrenceId, Told)> {
    match fact.kind.as_str() {
        REMINDER | attending::DIRECT | attending::CAME_FREE | attending::PLACE => {
            let subject: RemindSubject = serde_json::from_value(fact.subject.clone()).ok()?;
            let planned = || plan::planned(series, subject.occurrence).map(|planned| planned.starts_at);
            Some((subject.occurrence, Told::At(subject.starts_at.or_else(planned)?)))
        }
        CORRECTION => {
            let subject: CorrectSubject = serde_json::from_value(fact.subject.clone()).ok()?;
            Some((subject.occurrence, subject.now))
        }
        _ => None,
    }
}

/// Brings what waits and what was told in line with a series as it is after a change: see the file's head.
/// `touched` are occurrences that the change was about. Gives how many corrections are told.
async fn settle(
    deps: &Deps,
    tx: &mut Tx,
    after: &Series,
    touched: &[OccurrenceId],
    now: DateTime<Utc>,
) -> anyhow::Result<usize> {
    let mut told: HashMap<Place, BTreeMap<OccurrenceId, Told>> = HashMap::new();
    for fact in outbox::store::standing(tx, &key_prefix(after.id), now).await? {
        let Some((occurrence, said)) = says(after, &fact) else { continue };
        let holds = plan::standing(after, occurrence) == said;
        if !holds {
            outbox::cancel_matching(tx, now, &fact.dedupe_key, "changed").await?;
        }
        if fact.seen || holds {
            told.entry(fact.place).or_default().insert(occurrence, said);
        }
    }
    let mut count = 0;
    if let Some(known) = deps.roster.group(after.group) {
        let home = Place::Channel(known.channel);
        told.entry(home).or_default();
        for (place, told) in told {
            let told: Vec<(OccurrenceId, Told)> = told.into_iter().collect();
            let touched = if place == home { touched } else { &[] };
            for correction in plan::corrections(after, &told, touched, now) {
                let new = correct(after, &correction, known.guild, place, now)?;
                count += usize::from(outbox::enqueue(tx, now, &new).await?);
            }
        }
    }
    store::planned(tx, after.id, now, plan::next_reminder(after, now)).await?;
    store::wishes::look_again(tx, after.group, now).await?;
    Ok(count)
}

fn correct(
    series: &Series,
    correction: &Correction,
    guild: GuildId,
    place: Place,
    now: DateTime<Utc>,
) -> anyhow::Result<NewEnvelope> {
    let at = match place {
        Place::Channel(channel) => format!("channel-{channel}"),
        Place::Direct(user) => format!("direct-{user}"),
    };
    let next = plan::upcoming(series, now, 1).pop().map(|occurrence| occurrence.id);
    let subject = CorrectSubject {
        series: series.id,
        occurrence: correction.occurrence,
        was: correction.was,
        now: correction.now,
        next: next.filter(|_| correction.now == Told::Off),
    };
    Ok(NewEnvelope {
        class: Class::Reminder,
        dedupe_key: format!("{}{}/change-{}/{at}", key_prefix(series.id), correction.occurrence, series.revision),
        guild,
        place,
        kind: CORRECTION,
        subject: serde_json::to_value(subject)?,
        due_at: now,
        expires_at: correction.expires_at,
    })
}

/// Draws a reminder or a correction at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    if envelope.kind == CORRECTION {
        return draw_correction(deps, envelope).await;
    }
    let subject: RemindSubject = serde_json::from_value(envelope.subject.clone())?;
    let now = deps.clock.now();
    let mut connection = deps.database.read().acquire().await?;
    let Some(series) = store::find(&mut connection, subject.series).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    let Some(occurrence) = plan::occurrence(&series, subject.occurrence) else {
        return Ok(Drawn::Gone("changed"));
    };
    if subject.starts_at.is_some_and(|told| told != occurrence.starts_at()) {
        return Ok(Drawn::Gone("changed"));
    }
    if occurrence.starts_at() <= now {
        return Ok(Drawn::Gone("started"));
    }
    let shortest = series.details.leads.iter().last();
    let last = subject.lead.is_none_or(|lead| shortest.is_none_or(|shortest| lead <= shortest));
    let late = now - envelope.due_at >= LATE_AFTER;
    let tally = attending::tally(&mut connection, &series, occurrence.id).await?;
    drop(connection);
    let card = cards::reminder(&series, &occurrence, last, late, tally);
    Ok(Drawn::Card(super::practice::actions::told(deps, &series, card).await?))
}

async fn draw_correction(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: CorrectSubject = serde_json::from_value(envelope.subject.clone())?;
    let mut connection = deps.database.read().acquire().await?;
    let Some(series) = store::find(&mut connection, subject.series).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    if plan::standing(&series, subject.occurrence) != subject.now {
        return Ok(Drawn::Gone("changed"));
    }
    let held = plan::occurrence(&series, subject.occurrence);
    if held.is_some_and(|occurrence| occurrence.starts_at() <= deps.clock.now()) {
        return Ok(Drawn::Gone("started"));
    }
    drop(connection);
    if let Place::Direct(user) = envelope.place {
        let Some(group) = crate::groups::store::find(deps.database.read(), series.group).await? else {
            return Ok(Drawn::Gone("removed"));
        };
        let member = crate::ids::Member { guild: group.guild, user };
        if let Err(otherwise) = attending::may_write(deps, member, &group, None).await? {
            return Ok(otherwise);
        }
    }
    let next = subject.next.and_then(|next| plan::occurrence(&series, next));
    let late = deps.clock.now() - envelope.due_at >= LATE_AFTER;
    Ok(Drawn::Card(cards::correction(&series, subject.was, held.as_ref(), next.as_ref(), late)))
}
