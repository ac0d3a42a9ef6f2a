//! What people can make their safety plan and their words for bad days do.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::sheets;
use crate::deps::Deps;
use crate::groups::Group;
use crate::ids::{GuildId, Member, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::recovery::cards;
use crate::recovery::model::Sheet;
use crate::recovery::model::safety_plan::{BadDays, Part, SafetyPlan};
use crate::refusal::Stop;

/// The kind of envelope that carries words for bad days to where facilitators look.
pub const HANDED: &str = "recovery.words";
/// How long handing over is still worth it.
const HOLDS: TimeDelta = TimeDelta::hours(12);
/// Pressing twice within these seconds hands over once.
const ONCE_IN: i64 = 300;

/// The ids that words handed over are drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    guild: GuildId,
    user: UserId,
}

/// A member's plan.
///
/// # Errors
/// When a database cannot be read.
pub async fn plan(deps: &Deps, member: Member) -> Result<SafetyPlan, Stop> {
    sheets::load(deps, member, Sheet::SafetyPlan).await
}

/// Writes one part of a member's plan.
///
/// # Errors
/// When a database cannot be written.
pub async fn write(deps: &Deps, member: Member, part: Part, words: Option<String>) -> Result<SafetyPlan, Stop> {
    let alter = |plan: &mut SafetyPlan| {
        plan.write(part, words);
        Ok(())
    };
    Ok(sheets::change(deps, member, Sheet::SafetyPlan, alter).await?.0)
}

/// A member's words for bad days.
///
/// # Errors
/// When a database cannot be read.
pub async fn words(deps: &Deps, member: Member) -> Result<BadDays, Stop> {
    sheets::load(deps, member, Sheet::BadDays).await
}

/// Keeps a member's words for bad days.
///
/// # Errors
/// When a database cannot be written.
pub async fn keep_words(deps: &Deps, member: Member, words: BadDays) -> Result<(), Stop> {
    let alter = |kept: &mut BadDays| {
        *kept = words;
        Ok(())
    };
    sheets::change(deps, member, Sheet::BadDays, alter).await?;
    Ok(())
}

/// Keys of words that a member handed over.
pub(super) fn prefix(user: UserId) -> String {
    format!("words:{user}/")
}

/// Hands a member's words for bad days to where the facilitators of a group look.
///
/// # Errors
/// When the database cannot be written.
pub async fn hand_over(deps: &Deps, member: Member, group: &Group) -> Result<(), Stop> {
    let now = deps.clock.now();
    let envelope = NewEnvelope {
        class: Class::Concern,
        dedupe_key: format!("{}{}/{}", prefix(member.user), group.id, now.timestamp() / ONCE_IN),
        guild: member.guild,
        place: Place::Channel(group.facilitator_channel.unwrap_or(group.channel)),
        kind: HANDED,
        subject: serde_json::to_value(Subject { guild: member.guild, user: member.user })?,
        due_at: now,
        expires_at: now + HOLDS,
    };
    let mut tx = deps.database.write().await?;
    outbox::enqueue(&mut tx, now, &envelope).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

/// Draws words that were handed over, at the moment they are sent.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let member = Member { guild: subject.guild, user: subject.user };
    let words = super::for_drawing(words(deps, member).await)?;
    Ok(if words.is_empty() {
        Drawn::Gone("erased")
    } else {
        Drawn::Card(cards::safety_plan::handed(member.user, &words))
    })
}
