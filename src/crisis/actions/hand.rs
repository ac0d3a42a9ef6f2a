//! Calling for a person: kept first, posted at once, and posted all the same when nothing can be kept.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::concerns::{self, CALLS_FOR, Kept, Raising};
use crate::card::Card;
use crate::crisis::cards::{self, concern::Callees};
use crate::crisis::model::concern::{Circle, Concern, Kind};
use crate::crisis::sending::within;
use crate::crisis::store;
use crate::deps::Deps;
use crate::discord::Bot;
use crate::ids::{ConcernId, GroupId, Member, RoleId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Nonce, Place, SendError};
use crate::refusal::Stop;
use crate::roster::Known;

/// The kind of envelope that asks for a person.
pub const HAND_UP: &str = "crisis.hand_up";
/// Longest that a call for a person waits for the database.
const KEEP_WITHIN: Duration = Duration::from_secs(3);
/// Longest that the person who asked for one waits to hear whether the call is posted.
const HAND_WITHIN: Duration = Duration::from_secs(15);

/// The ids a call for a person is drawn from; those of older versions hold no concern.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    user: UserId,
    group: GroupId,
    role: Option<RoleId>,
    #[serde(default)]
    concern: Option<ConcernId>,
    #[serde(default)]
    circle: Option<Circle>,
}

/// What became of a call for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// It is posted; whether it is kept, so that others are called when nobody answers.
    Posted(bool),
    /// It is open already.
    Already,
    /// It could not be posted yet; the courier goes on trying.
    Trying,
    /// It was not posted.
    Failed,
}

/// A member asks for a person, with what they chose to say. It is kept first, so that it survives a crash,
/// and then posted at once with the same nonce, so that the courier's repeat shows nothing; when the database
/// does not answer, it is posted all the same.
pub async fn raise_hand(bot: &Bot, member: Member, known: &Known, words: Option<&str>) -> Hand {
    if bot.deps.roster.hand_is_up(member.user, known.group, bot.deps.clock.now()) {
        return Hand::Already;
    }
    raise(bot, Raising { member, known, noticed: None, words }).await
}

/// Raises a concern and posts its first call.
pub(super) async fn raise(bot: &Bot, raising: Raising<'_>) -> Hand {
    let now = bot.deps.clock.now();
    let kept = match tokio::time::timeout(KEEP_WITHIN, enqueue(&bot.deps, raising, now)).await {
        Ok(Ok(kept)) => Some(kept),
        Ok(Err(error)) => {
            tracing::error!(error = format!("{error:#}"), "call for a person could not be kept, posting it directly");
            None
        }
        Err(_) => {
            tracing::error!("the database does not answer, posting a call for a person directly");
            None
        }
    };
    match &kept {
        Some(kept) if !kept.is_new => return Hand::Already,
        Some(_) => bot.deps.planner.ring(),
        None => {}
    }
    if raising.noticed.is_some() && kept.is_some() {
        // Nobody waits for this answer; the courier posts it.
        bot.deps.courier.ring();
        return Hand::Trying;
    }
    let sent = post(bot, raising, kept.as_ref(), now).await;
    if kept.is_some() {
        bot.deps.courier.ring();
    }
    let Raising { member, known, .. } = raising;
    match sent {
        Ok(()) => {
            if raising.noticed.is_none() {
                bot.deps.roster.hand_posted(member.user, known.group, now);
            }
            Hand::Posted(kept.is_some())
        }
        Err(error) => {
            tracing::warn!(group = %known.group, %error, "call for a person is not posted");
            match error {
                SendError::Refused { .. } => Hand::Failed,
                SendError::Wait(_) | SendError::Unsure(_) | SendError::Resting(_) if kept.is_some() => Hand::Trying,
                SendError::Wait(_) | SendError::Unsure(_) | SendError::Resting(_) => Hand::Failed,
            }
        }
    }
}

async fn post(bot: &Bot, raising: Raising<'_>, kept: Option<&Kept>, now: DateTime<Utc>) -> Result<(), SendError> {
    let Raising { member, known, words, .. } = raising;
    let circles = concerns::circles_of(&bot.deps, known);
    let callees = match kept {
        Some(kept) => kept.callees.clone(),
        None => Callees { users: Vec::new(), role: circles.role },
    };
    let card = match raising.noticed {
        None => cards::concern::hand_up(member.user, known.group, &callees, words),
        Some((noticed, source)) => {
            let about = cards::concern::about(Some(noticed));
            let link = cards::concern::link(known.guild, source);
            cards::concern::noticed((member.user, known.group), &callees, &about, &link)
        }
    };
    let nonce = Nonce::of(&match kept {
        Some(kept) => dedupe_key(member.user, known, kept),
        None => format!("{}{}/{}", hand_prefix(member.user), known.group, now.timestamp() / 300),
    });
    within(HAND_WITHIN, bot.rest.send_now(Place::Channel(circles.channel), &card, &nonce)).await.map(drop)
}

async fn enqueue(deps: &Deps, raising: Raising<'_>, now: DateTime<Utc>) -> anyhow::Result<Kept> {
    let Raising { member, known, .. } = raising;
    let circles = concerns::circles_of(deps, known);
    let mut tx = deps.database.write().await?;
    let kept = concerns::keep(deps, &mut tx, raising, now).await?;
    if kept.is_new {
        let subject = Subject {
            user: member.user,
            group: known.group,
            role: circles.role,
            concern: Some(kept.id),
            circle: Some(kept.circle),
        };
        let envelope = NewEnvelope {
            class: Class::Concern,
            dedupe_key: dedupe_key(member.user, known, &kept),
            guild: known.guild,
            place: Place::Channel(circles.channel),
            kind: HAND_UP,
            subject: serde_json::to_value(subject)?,
            due_at: now,
            expires_at: now + CALLS_FOR,
        };
        outbox::enqueue(&mut tx, now, &envelope).await?;
        if raising.noticed.is_none() {
            outbox::store::begun_beside(&mut tx, now, &envelope.dedupe_key).await?;
        }
    }
    tx.commit().await?;
    Ok(kept)
}

/// One call of one concern.
fn dedupe_key(user: UserId, known: &Known, kept: &Kept) -> String {
    format!("{}{}/{}-{}", hand_prefix(user), known.group, kept.id, kept.round)
}

/// What the keys of a person's calls begin with.
pub(in crate::crisis) fn hand_prefix(user: UserId) -> String {
    format!("hand_up:{user}/")
}

/// Removes every call for a person that a member had made by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    outbox::store::forget_matching(tx, &hand_prefix(member.user), until).await?;
    concerns::forget(tx, member, until).await
}

/// Draws a call for a person at the moment it is sent.
///
/// # Errors
/// When the ids, or the database, cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let role = Callees { users: Vec::new(), role: subject.role };
    let Some(id) = subject.concern else {
        return Ok(Drawn::Card(cards::concern::hand_up(subject.user, subject.group, &role, None)));
    };
    let Some(concern) = store::find(deps.database.read(), id).await? else { return Ok(Drawn::Gone("removed")) };
    if concern.state.is_over() {
        return Ok(Drawn::Gone("taken_back"));
    }
    let callees = match (subject.circle, deps.roster.group(concern.group)) {
        (Some(circle), Some(known)) => concerns::callees_of(deps, &known, subject.user, circle).await?,
        (_, _) => role,
    };
    Ok(Drawn::Card(first_call(deps, &concern, &callees).await?))
}

async fn first_call(deps: &Deps, concern: &Concern, callees: &Callees) -> anyhow::Result<Card> {
    let Member { guild, user } = concern.member;
    match (concern.kind, concern.source) {
        (Kind::Noticed, Some(source)) => {
            let about = cards::concern::about(concern.noticed);
            let link = cards::concern::link(guild, source);
            Ok(cards::concern::noticed((user, concern.group), callees, &about, &link))
        }
        (Kind::Noticed | Kind::Asked, _) => {
            let words = match concerns::words_of(deps, concern).await {
                Ok(words) => words,
                Err(Stop::Refusal(refusal)) => anyhow::bail!("{refusal}"),
                Err(Stop::Fault(error)) => return Err(error),
            };
            let words = words.as_deref().map(String::as_str);
            Ok(cards::concern::hand_up(user, concern.group, callees, words))
        }
    }
}
