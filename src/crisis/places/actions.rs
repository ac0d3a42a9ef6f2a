//! Adding and dropping places in which words are looked at.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{cards, store};
use crate::deps::Deps;
use crate::groups::{Group, actions::kept};
use crate::ids::{ChannelId, GroupId, GuildId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};
use crate::roster::PlaceKind;

/// The kind of envelope that tells a group of a place.
pub const NOTICE: &str = "crisis.place";
/// Most places of one group: each is read again after an outage.
pub const MOST_PLACES: usize = 10;
/// What could not be told for so long is not told at all.
const NOTICE_FOR: TimeDelta = TimeDelta::days(2);

/// The ids a notice is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    group: GroupId,
    channel: ChannelId,
}

/// Fills the memory that the message path relies on.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(deps: &Deps) -> anyhow::Result<()> {
    for (channel, group, kind) in store::all(deps.database.read()).await? {
        deps.roster.places().watch(channel, group, kind);
    }
    Ok(())
}

/// Looks at the words in a place from now on, and tells the group once.
///
/// # Errors
/// Refused when it is looked at already, or there are too many places.
pub async fn watch(deps: &Deps, group: &Group, channel: ChannelId, kind: PlaceKind) -> Result<(), Stop> {
    if deps.roster.listens_at(channel).is_some() {
        return Err(
            Refusal::new("Words are looked at there already.", "", "`/words list` shows all such places.").into()
        );
    }
    if deps.roster.places().of_group(group.id).len() >= MOST_PLACES {
        return Err(Refusal::new(
            "There is no room for more places.",
            format!("{MOST_PLACES} are the most, because each is read again after an outage."),
            "Take one off with `/words unwatch` first.",
        )
        .into());
    }
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    // What is left of a group that is gone gives way.
    store::drop(&mut tx, channel).await?;
    store::add(&mut tx, channel, (group.id, kind), now).await?;
    kept::record(deps, &mut tx, (group.id, "words.watch", None), json!(null), json!({"channel": channel})).await?;
    if group.noticing {
        let envelope = NewEnvelope {
            class: Class::Prompt,
            dedupe_key: format!("notice:{}/{channel}/{}", group.id, now.timestamp()),
            guild: group.guild,
            place: Place::Channel(group.channel),
            kind: NOTICE,
            subject: serde_json::to_value(Subject { group: group.id, channel })?,
            due_at: now,
            expires_at: now + NOTICE_FOR,
        };
        outbox::enqueue(&mut tx, now, &envelope).await?;
    }
    tx.commit().await?;
    deps.roster.places().watch(channel, group.id, kind);
    deps.courier.ring();
    Ok(())
}

/// Looks at the words there no more.
///
/// # Errors
/// Refused when they are not looked at, or because it is a group's own channel.
pub async fn unwatch(deps: &Deps, group: &Group, channel: ChannelId) -> Result<(), Stop> {
    if !deps.roster.places().of_group(group.id).iter().any(|(place, _)| *place == channel) {
        return Err(Refusal::new(
            "That is not one of the places added for this group.",
            "Its own channel is looked at as long as noticing is on.",
            "`/words list` shows the places; `/group setup noticing:False` turns noticing off.",
        )
        .into());
    }
    let mut tx = deps.database.write().await?;
    store::drop(&mut tx, channel).await?;
    kept::record(deps, &mut tx, (group.id, "words.watch", None), json!({"channel": channel}), json!(null)).await?;
    tx.commit().await?;
    deps.roster.places().unwatch(channel);
    Ok(())
}

/// A channel was deleted: nothing is left to look at.
///
/// # Errors
/// When the database cannot be written.
pub async fn gone(deps: &Deps, channel: ChannelId) -> Result<(), Stop> {
    if !deps.roster.places().unwatch(channel) {
        return Ok(());
    }
    let mut tx = deps.database.write().await?;
    store::drop(&mut tx, channel).await?;
    tx.commit().await?;
    Ok(())
}

/// The places added in a guild, with the name of the group each belongs to.
pub fn list(deps: &Deps, guild: GuildId) -> Vec<(ChannelId, String)> {
    let groups = deps.roster.in_guild(guild);
    let places = |known: &crate::roster::Known| {
        let name = known.name.clone();
        deps.roster.places().of_group(known.group).into_iter().map(move |(channel, _)| (channel, name.clone()))
    };
    groups.iter().flat_map(places).collect()
}

/// Draws the notice at the moment it is sent.
///
/// # Errors
/// When the ids cannot be read.
pub fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let there = deps.roster.places().of_group(subject.group).iter().any(|(place, _)| *place == subject.channel);
    Ok(if there { Drawn::Card(cards::notice(subject.channel)) } else { Drawn::Gone("switched_off") })
}
