//! What will be said, and what became of what was to be said.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::attending::{DIRECT, QUIET};
use super::{CORRECTION, REMINDER};
use crate::deps::Deps;
use crate::groups::{self, Group};
use crate::ids::{ChannelId, EnvelopeId};
use crate::outbox::{self, Delivery, NewEnvelope, Place, State};
use crate::refusal::{Refusal, Stop};
use crate::sessions::cards;
use crate::sessions::model::{Counts, LATE_AFTER, Lost, Said};
use crate::sessions::{plan, store};

/// How far back the delivery board looks.
const BOARD_DAYS: TimeDelta = TimeDelta::days(7);

/// What will be said in a group's channel after `from` and up to `until`, soonest first: reminders and
/// check-in prompts. Sends nothing and keeps nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn preview(
    connection: &mut SqliteConnection,
    group: &Group,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> anyhow::Result<Vec<Said>> {
    let mut all = Vec::new();
    for series in store::of_group(connection, group.id).await? {
        for reminder in plan::reminders(&series, from, until) {
            all.push(Said { at: reminder.remind_at, words: cards::preview_words(&series, &reminder) });
        }
    }
    if let Some(checkin) = &group.checkin {
        let mut at = from;
        while let Some(next) =
            groups::actions::after_prompt(checkin, group.zone, at).filter(|next| *next <= until && *next > at)
        {
            all.push(Said { at: next, words: "check-in prompt".to_owned() });
            at = next;
        }
    }
    all.sort_by_key(|said| said.at);
    Ok(all)
}

async fn prefixes(deps: &Deps, group: &Group) -> Result<Vec<String>, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    Ok(store::of_group_all(&mut connection, group.id).await?.iter().map(|id| super::key_prefix(*id)).collect())
}

/// What became of a group's reminders and corrections in the last seven days, as counts.
///
/// # Errors
/// When the database cannot be read.
pub async fn deliveries(deps: &Deps, group: &Group) -> Result<Counts, Stop> {
    let mut counts = Counts::default();
    let since = deps.clock.now() - BOARD_DAYS;
    for prefix in prefixes(deps, group).await? {
        for tally in outbox::store::tally(deps.database.read(), &prefix, since, LATE_AFTER).await? {
            let part = match tally.state {
                State::Pending | State::Sending => &mut counts.waiting,
                State::Sent if tally.late => &mut counts.late,
                State::Sent => &mut counts.on_time,
                State::Expired => &mut counts.expired,
                State::Undeliverable => &mut counts.undeliverable,
                State::Cancelled if tally.reason.as_deref() == Some(QUIET) => &mut counts.quiet,
                State::Cancelled => &mut counts.cancelled,
            };
            *part += tally.count;
        }
    }
    Ok(counts)
}

/// What did not arrive in the last seven days and was not made good since, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn lost(deps: &Deps, group: &Group) -> Result<Vec<Lost>, Stop> {
    let now = deps.clock.now();
    let pool = deps.database.read();
    let ours = prefixes(deps, group).await?;
    let states = [State::Expired, State::Undeliverable];
    let all = outbox::store::list(pool, group.guild, now - BOARD_DAYS, &states).await?;
    let is_ours = |one: &&Delivery| ours.iter().any(|prefix| one.dedupe_key.starts_with(prefix.as_str()));
    let mut lost = Vec::new();
    let mut connection = deps.database.read().acquire().await?;
    for delivery in all.iter().filter(is_ours) {
        let again = format!("{}/again-", delivery.dedupe_key);
        if !outbox::store::list_matching(pool, &again).await?.is_empty() {
            continue;
        }
        let envelope = outbox::store::find_lost(&mut connection, group.guild, delivery.id).await?;
        let about = envelope.and_then(|envelope| {
            let series = serde_json::from_value(envelope.subject.get("series")?.clone()).ok()?;
            let occurrence = serde_json::from_value(envelope.subject.get("occurrence")?.clone()).ok()?;
            Some((series, occurrence))
        });
        let series = match about {
            Some((series, _)) => store::find(&mut connection, series).await?,
            None => None,
        };
        let ahead = series
            .as_ref()
            .zip(about)
            .and_then(|(series, (_, occurrence))| plan::occurrence(series, occurrence))
            .is_some_and(|occurrence| occurrence.starts_at() > now);
        let reason = delivery.reason.clone().unwrap_or_default();
        lost.push(Lost {
            envelope: delivery.id,
            channel: match delivery.place {
                Place::Channel(channel) => Some(channel),
                Place::Direct(_) => None,
            },
            title: series.map(|series| series.details.title),
            due_at: delivery.due_at,
            helps: (ahead || delivery.kind == CORRECTION) && delivery.expires_at > now && reason != "unsure",
            reason,
        });
    }
    Ok(lost)
}

/// Sends everything that did not arrive and still helps once more: in the same channel, or in another one.
/// Doing it twice sends nothing twice. Gives how many.
///
/// # Errors
/// Refused when nothing can be sent again.
pub async fn again(deps: &Deps, group: &Group, channel: Option<ChannelId>) -> Result<usize, Stop> {
    let now = deps.clock.now();
    let wanted: Vec<EnvelopeId> =
        lost(deps, group).await?.into_iter().filter(|lost| lost.helps).map(|lost| lost.envelope).collect();
    let mut tx = deps.database.write().await?;
    let mut count = 0;
    for id in wanted {
        let Some(envelope) = outbox::store::find_lost(&mut tx, group.guild, id).await? else { continue };
        let kind = match envelope.kind.as_str() {
            REMINDER => REMINDER,
            CORRECTION => CORRECTION,
            DIRECT => DIRECT,
            _ => continue,
        };
        let place = match (envelope.place, channel) {
            // What is for one person never goes to a channel.
            (Place::Direct(_), Some(_)) => continue,
            (place, None) => place,
            (Place::Channel(_), Some(channel)) => Place::Channel(channel),
        };
        let new = NewEnvelope {
            class: envelope.class,
            dedupe_key: format!("{}/again-{id}", envelope.dedupe_key),
            guild: envelope.guild,
            place,
            kind,
            subject: envelope.subject,
            due_at: envelope.due_at,
            expires_at: envelope.expires_at,
        };
        count += usize::from(outbox::enqueue(&mut tx, now, &new).await?);
    }
    tx.commit().await?;
    if count == 0 {
        return Err(Refusal::new(
            "There is nothing to send again.",
            "What did not arrive is about sessions that have begun, or may have arrived after all.",
            "`/deliveries` shows each with its reason.",
        )
        .into());
    }
    deps.courier.ring();
    Ok(count)
}

/// What did not reach a guild's channels in the last seven days, as counts by reason.
///
/// # Errors
/// When the database cannot be read.
pub async fn missed(deps: &Deps, group: &Group) -> Result<Vec<cards::Missed>, Stop> {
    let mut counts = std::collections::BTreeMap::<String, u32>::new();
    for lost in lost(deps, group).await? {
        *counts.entry(lost.reason).or_default() += 1;
    }
    Ok(counts.into_iter().map(|(reason, count)| cards::Missed { count, why: cards::reason_words(&reason) }).collect())
}
