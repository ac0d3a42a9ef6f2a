//! Companions: a graduate may choose a person who asks how they are, in the place of the bot. Only with that
//! person's yes; and where they cannot, the bot asks by itself and says so.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::super::model::{AskedBy, Companion, CompanionState, Touch};
use super::super::{cards, plan, store};
use super::{Tx, key};
use crate::deps::Deps;
use crate::groups::{self, Group, actions as members};
use crate::ids::{GroupId, Member, TouchId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// The kind of envelope that asks somebody whether they would be the one who asks.
pub const ASK: &str = "alumni.companion_ask";
/// The kind of envelope that tells them, a day before, that a touch is due.
pub const DUE: &str = "alumni.companion_due";
/// The kind of envelope that tells the graduate what they said.
pub const NEWS: &str = "alumni.companion_news";
/// How long before a touch its companion is told: a day to say that they ask.
pub const AHEAD: TimeDelta = TimeDelta::days(1);
/// How long a question, or news, is worth sending.
const WORTH: TimeDelta = TimeDelta::days(14);
/// Companions told in one write transaction.
const BATCH: u32 = 100;

#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    touch: TouchId,
    group: GroupId,
    user: UserId,
    mark: usize,
    yes: bool,
}

fn too_late() -> Refusal {
    Refusal::new("That is over already.", "It was changed since, or the day has passed.", "")
}

/// A graduate chooses who asks them. Somebody of the group is asked by direct message; anybody else can only be a
/// facilitator, and finds a line where facilitators talk.
///
/// # Errors
/// Refused without touches, for themselves, and for somebody who cannot be asked.
pub async fn choose(deps: &Deps, group: &Group, member: Member, who: UserId) -> Result<(), Stop> {
    let now = deps.clock.now();
    if who == member.user {
        return Err(Refusal::new("That's you.", "", "Choose somebody else, or leave it to me.").into());
    }
    let other = Member { guild: member.guild, user: who };
    let joined = members::belongs(deps, other, group.id).await?;
    let direct = joined && members::consents(deps, other).await?.direct_messages == Some(true);
    let place = match (direct, joined, group.facilitator_channel) {
        (true, ..) => Place::Direct(who),
        (false, false, Some(channel)) => Place::Channel(channel),
        (false, true, _) | (false, false, None) => {
            let now = "Choose somebody else of the group, or leave it to me.";
            return Err(Refusal::new("I can't ask that person right now.", "", now).into());
        }
    };
    let mut tx = deps.database.write().await?;
    let Some(touch) = store::touches::of_member(&mut tx, group.id, member.user).await? else {
        let now = "`/step mine` has the button \"Ask me now and then\".";
        return Err(Refusal::new("First agree to be asked now and then.", "", now).into());
    };
    take_back(&mut tx, &touch, now).await?;
    store::companions::choose(&mut tx, touch.id, member.guild, who, now).await?;
    enqueue(&mut tx, &touch, ASK, (other, place), (now, now + WORTH), true).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

/// Cancels what waits of a companion.
async fn take_back(tx: &mut Tx, touch: &Touch, now: DateTime<Utc>) -> anyhow::Result<()> {
    if let Some(user) = store::companions::find_in(tx, touch.id).await?.and_then(|one| one.user) {
        let other = Member { guild: touch.member.guild, user };
        outbox::cancel_matching(tx, now, &format!("{}companion/{}/", key(other, touch.group), touch.id), "changed")
            .await?;
    }
    Ok(())
}

async fn enqueue(
    tx: &mut Tx,
    touch: &Touch,
    kind: &'static str,
    (to, place): (Member, Place),
    (due_at, expires_at): (DateTime<Utc>, DateTime<Utc>),
    yes: bool,
) -> anyhow::Result<()> {
    let subject = Subject { touch: touch.id, group: touch.group, user: to.user, mark: touch.mark, yes };
    let at = due_at.timestamp();
    let envelope = NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("{}companion/{}/{kind}/{}/{at}/{yes}", key(to, touch.group), touch.id, touch.mark),
        guild: to.guild,
        place,
        kind,
        subject: serde_json::to_value(subject)?,
        due_at,
        expires_at,
    };
    outbox::enqueue(tx, due_at, &envelope).await?;
    Ok(())
}

/// The graduate leaves it to the bot again.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave_to_bot(deps: &Deps, group: GroupId, member: Member) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    if let Some(touch) = store::touches::of_member(&mut tx, group, member.user).await? {
        take_back(&mut tx, &touch, now).await?;
        store::companions::remove(&mut tx, touch.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Who asks a graduate; none: the bot.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_member(deps: &Deps, group: GroupId, user: UserId) -> Result<Option<Companion>, Stop> {
    Ok(store::companions::of_member(deps.database.read(), group, user).await?)
}

/// The touches for which this person was chosen, and their group.
///
/// # Errors
/// Refused when it was somebody else, or is over.
pub async fn chosen(deps: &Deps, user: UserId, touch: TouchId) -> Result<(Touch, Companion, Group), Stop> {
    let pool = deps.database.read();
    let companion = store::companions::find(pool, touch).await?.ok_or_else(too_late)?;
    if companion.user != Some(user) {
        return Err(Refusal::new("That is for somebody else.", "Only they can open it.", "").into());
    }
    let touch = store::touches::find(pool, touch).await?.ok_or_else(too_late)?;
    let group = members::find(deps, touch.group).await?;
    Ok((touch, companion, group))
}

/// The chosen one says yes or no, or ends it later, which is a no as well. The graduate is told.
///
/// # Errors
/// Refused when it was somebody else, or is over.
pub async fn answer(deps: &Deps, user: UserId, touch: TouchId, yes: bool) -> Result<(), Stop> {
    let (touch, ..) = chosen(deps, user, touch).await?;
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    if yes {
        if !store::companions::agree(&mut tx, touch.id).await? {
            return Err(too_late().into());
        }
    } else {
        take_back(&mut tx, &touch, now).await?;
        store::companions::remove(&mut tx, touch.id).await?;
    }
    let to = (touch.member, Place::Direct(touch.member.user));
    enqueue(&mut tx, &touch, NEWS, to, (now, now + WORTH), yes).await?;
    tx.commit().await?;
    deps.courier.ring();
    deps.planner.ring();
    Ok(())
}

/// The chosen one asks at this mark.
///
/// # Errors
/// Refused when it was somebody else, or the day has passed.
pub async fn take(deps: &Deps, user: UserId, touch: TouchId, mark: usize) -> Result<Touch, Stop> {
    let (touch, companion, _) = chosen(deps, user, touch).await?;
    if companion.state != CompanionState::Agreed || touch.mark != mark || touch.next_at.is_none() {
        return Err(too_late().into());
    }
    let mut tx = deps.database.write().await?;
    store::companions::take(&mut tx, touch.id, mark).await?;
    tx.commit().await?;
    Ok(touch)
}

/// Tells companions whose touch is due within a day.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        store::companions::note_left(&mut tx).await?;
        let due = store::companions::due(&mut tx, AHEAD, now, BATCH).await?;
        for touch in &due {
            tell(deps, &mut tx, *touch, now).await?;
        }
        tx.commit().await?;
        if due.is_empty() {
            return next(deps).await;
        }
        deps.courier.ring();
    }
}

/// When somebody is to be told next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(store::companions::next(deps.database.read(), AHEAD).await?)
}

async fn tell(deps: &Deps, tx: &mut Tx, touch: TouchId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let found = store::touches::find_in(tx, touch).await?;
    let companion = store::companions::find_in(tx, touch).await?.and_then(|one| one.user);
    let (Some(touch), Some(user)) = (found, companion) else { return Ok(()) };
    store::companions::told(tx, touch.id, touch.mark).await?;
    let group = groups::store::find_in(tx, touch.group).await?;
    let other = Member { guild: touch.member.guild, user };
    let joined = groups::store::joined_in(tx, other).await?.contains(&touch.group);
    let direct = joined && deps.roster.wishes(other).direct_messages == Some(true);
    let place = match (direct, joined, group.and_then(|group| group.facilitator_channel)) {
        (true, ..) => Place::Direct(user),
        (false, false, Some(channel)) => Place::Channel(channel),
        // Nothing reaches them; the bot asks by itself, and says so.
        (false, true, _) | (false, false, None) => return Ok(()),
    };
    let until = touch.next_at.unwrap_or(now).max(now);
    enqueue(tx, &touch, DUE, (other, place), (now, until), true).await
}

/// From whom the touch of a mark comes. That somebody is gone is said once; then it is the bot that asks.
pub(super) async fn asked_by(tx: &mut Tx, touch: &Touch, mark: usize) -> anyhow::Result<AskedBy> {
    let companion = store::companions::find_in(tx, touch.id).await?;
    let by = plan::asked_by(companion.as_ref(), mark);
    if by == AskedBy::BotForSomebodyGone {
        store::companions::remove(tx, touch.id).await?;
    }
    Ok(by)
}

/// Draws an envelope about a companion at the moment it is sent.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(group) = groups::store::find(pool, subject.group).await? else { return Ok(Drawn::Gone("removed")) };
    let Some(touch) = store::touches::find(pool, subject.touch).await? else { return Ok(Drawn::Gone("stopped")) };
    if let Place::Direct(user) = envelope.place
        && let Some(instead) = members::reach::held_back(deps, Member { guild: group.guild, user }, &group).await?
    {
        return Ok(instead);
    }
    if envelope.kind == NEWS {
        return Ok(Drawn::Card(cards::companions::news(subject.yes)));
    }
    let companion = store::companions::find(pool, touch.id).await?.filter(|one| one.user == Some(subject.user));
    let Some(companion) = companion else { return Ok(Drawn::Gone("changed")) };
    let in_channel = matches!(envelope.place, Place::Channel(_));
    Ok(match (envelope.kind == ASK, companion.state) {
        (true, CompanionState::Asked) if in_channel => Drawn::Card(cards::companions::line(subject.user, touch.id)),
        (true, CompanionState::Asked) => Drawn::Card(cards::companions::question(&touch, &group)),
        (false, CompanionState::Agreed) if in_channel => Drawn::Card(cards::companions::line(subject.user, touch.id)),
        (false, CompanionState::Agreed) if touch.mark == subject.mark => {
            Drawn::Card(cards::companions::due(&touch, &group, subject.mark))
        }
        (_, CompanionState::Asked | CompanionState::Agreed | CompanionState::Gone) => Drawn::Gone("over"),
    })
}
