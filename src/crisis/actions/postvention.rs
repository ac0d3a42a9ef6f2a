//! After a death in the community: the group is quiet, and a note with bereavement resources is posted and pinned.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::here_of;
use crate::crisis::cards::postvention::{self as cards, Posted};
use crate::crisis::cards::words::Language;
use crate::crisis::sending::within;
use crate::deps::Deps;
use crate::discord::Bot;
use crate::groups::actions::kept::record;
use crate::groups::store::care as store;
use crate::ids::GroupId;
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Nonce, Place};
use crate::refusal::Stop;
use crate::roster::Known;

/// The kind of envelope that posts the note.
pub const NOTE: &str = "crisis.postvention";
/// Longest that a facilitator waits to hear whether the note is posted.
const POST_WITHIN: std::time::Duration = std::time::Duration::from_secs(5);

/// The ids a note is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    group: GroupId,
}

/// The group is quiet from now on. The note is kept first, so that it survives a crash, and posted at once with
/// the same nonce, because only then can it be pinned.
///
/// # Errors
/// When the database cannot be written.
pub async fn on(bot: &Bot, known: &Known) -> Result<Posted, Stop> {
    let deps = &bot.deps;
    let now = deps.clock.now();
    let envelope = NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("postvention:{}/{}", known.group, now.timestamp()),
        guild: known.guild,
        place: Place::Channel(known.channel),
        kind: NOTE,
        subject: serde_json::to_value(Subject { group: known.group })?,
        due_at: now,
        expires_at: now + TimeDelta::days(2),
    };
    let mut tx = deps.database.write().await?;
    store::keep_quiet(&mut tx, known.group, now).await?;
    record(deps, &mut tx, (known.group, "postvention.on", None), Value::Null, json!({"quiet": "on"})).await?;
    outbox::enqueue(&mut tx, now, &envelope).await?;
    outbox::store::begun_beside(&mut tx, now, &envelope.dedupe_key).await?;
    tx.commit().await?;
    deps.roster.care().set_quiet(known.group, Some(now));
    let card = cards::note(&here_of(deps, std::slice::from_ref(known), Language::En));
    let nonce = Nonce::of(&envelope.dedupe_key);
    let sent = within(POST_WITHIN, bot.rest.send_now(Place::Channel(known.channel), &card, &nonce)).await;
    deps.courier.ring();
    let Ok(message) = sent else { return Ok(Posted::Waiting) };
    match bot.rest.pin(known.channel, message).await {
        Ok(()) => Ok(Posted::Pinned),
        Err(error) => {
            tracing::info!(channel = %known.channel, %error, "a note is not pinned");
            Ok(Posted::Unpinned)
        }
    }
}

/// The group goes on as before; whether it was quiet.
///
/// # Errors
/// When the database cannot be written.
pub async fn off(deps: &Deps, group: GroupId) -> Result<bool, Stop> {
    let was_on = deps.roster.care().quiet_since(group).is_some();
    let mut tx = deps.database.write().await?;
    store::drop_quiet(&mut tx, group).await?;
    if was_on {
        record(deps, &mut tx, (group, "postvention.off", None), json!({"quiet": "on"}), Value::Null).await?;
    }
    tx.commit().await?;
    deps.roster.care().set_quiet(group, None);
    Ok(was_on)
}

/// Draws the note at the moment it is sent.
///
/// # Errors
/// When the ids cannot be read.
pub fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let quiet = deps.roster.care().quiet_since(subject.group).is_some();
    Ok(match deps.roster.group(subject.group).filter(|_| quiet) {
        Some(known) => Drawn::Card(cards::note(&here_of(deps, &[known], Language::En))),
        None => Drawn::Gone("switched_off"),
    })
}
