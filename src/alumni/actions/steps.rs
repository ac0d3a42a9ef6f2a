//! Steps: a group defines them, a facilitator asks a member, and only the member's yes moves them.
//!
//! The role is changed before the row: a role that Discord does not let us give is told as a kind no, and nothing
//! is half done. Should we end in between, pressing yes again finishes it, because giving a role twice is no error.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::model::{OFFER_WAITS, Offer, OfferState, PRESET, STEPS_PER_GROUP};
use super::super::{cards, plan, store};
use super::{Tx, key};
use crate::calendar::{Weekdays, to_civil};
use crate::deps::Deps;
use crate::discord::Bot;
use crate::discord::rest::CallError;
use crate::groups::store::steps as kept;
use crate::groups::{self, Group, Step, actions as members};
use crate::ids::{GroupId, Member, RoleId, StepId, StepOfferId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// The kind of envelope that brings a member the question.
pub const OFFER: &str = "alumni.offer";
/// The kind of envelope that tells facilitators the answer.
pub const ANSWERED: &str = "alumni.answered";
/// The kind of envelope that tells the channel of a graduation, because the graduate wants it.
pub const GRADUATED: &str = "alumni.graduated";
/// What Discord's audit log says about a role that changes.
const REASON: &str = "The member agreed to another step";
/// Discord's codes for what is not there: an unknown member, an unknown role
/// (<https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>).
const NOT_THERE: [u32; 2] = [10007, 10011];

#[derive(Debug, Serialize, Deserialize)]
struct OfferSubject {
    offer: StepOfferId,
}

#[derive(Debug, Serialize, Deserialize)]
struct GraduatedSubject {
    group: GroupId,
    user: UserId,
    step: StepId,
}

/// A group's steps, the one with the most support first.
///
/// # Errors
/// When the database cannot be read.
pub async fn steps(deps: &Deps, group: GroupId) -> Result<Vec<Step>, Stop> {
    Ok(kept::of_group(deps.database.read(), group).await?)
}

/// The step of that name.
///
/// # Errors
/// Refused when there is none.
pub async fn named(deps: &Deps, group: GroupId, name: &str) -> Result<Step, Stop> {
    let found =
        steps(deps, group).await?.into_iter().find(|step| step.name.to_lowercase() == name.trim().to_lowercase());
    found.ok_or_else(|| {
        Refusal::new("No step has that name here.", "", "`/steps list` shows them, `/steps set` adds one.").into()
    })
}

/// Adds a step at the end, or changes the one of that name.
///
/// # Errors
/// Refused when there are as many as fit.
pub async fn set(
    deps: &Deps,
    group: GroupId,
    name: &str,
    (days, reminders): (Weekdays, bool),
    role: Option<RoleId>,
) -> Result<Vec<Step>, Stop> {
    let mut tx = deps.database.write().await?;
    let before = kept::of_group_in(&mut tx, group).await?;
    let is_new = !before.iter().any(|step| step.name.to_lowercase() == name.to_lowercase());
    if is_new && before.len() >= STEPS_PER_GROUP {
        let why = format!("{STEPS_PER_GROUP} steps are the most.");
        return Err(Refusal::new("There is no room for another step.", why, "`/steps remove` takes one away.").into());
    }
    kept::keep(&mut tx, group, name, days, reminders, role).await?;
    record(deps, &mut tx, (group, "steps.set", None), &before).await?;
    tx.commit().await?;
    deps.planner.ring();
    steps(deps, group).await
}

/// Keeps what a group's steps were and are now, for its record.
async fn record(
    deps: &Deps,
    tx: &mut Tx,
    change: (GroupId, &'static str, Option<i64>),
    before: &[Step],
) -> sqlx::Result<()> {
    let after = kept::of_group_in(tx, change.0).await?;
    let written = |steps: &[Step]| {
        let mut all = serde_json::Map::new();
        for (place, step) in (1_u32..).zip(steps) {
            let days = step.days.to_string();
            let value = json!({"place": place, "days": days, "reminders": step.reminders, "role": step.role});
            all.insert(step.name.clone(), value);
        }
        Value::Object(all)
    };
    let (was, became) = (written(before), written(&after));
    // What was taken away stands on the left alone, which a comparison by what became would leave out.
    let gone = |was: &Value, became: &Value| match (was, became) {
        (Value::Object(was), Value::Object(became)) => {
            was.iter().filter(|(name, _)| !became.contains_key(*name)).map(|(n, v)| (n.clone(), v.clone())).collect()
        }
        (_, _) => serde_json::Map::new(),
    };
    let left = gone(&was, &became);
    let (mut was, became) = members::kept::differing(&was, &became);
    if !left.is_empty() {
        let mut all = was.as_object().cloned().unwrap_or_default();
        all.extend(left);
        was = Value::Object(all);
    }
    members::kept::record(deps, tx, change, was, became).await
}

/// Gives a step another name; whoever is on it stays.
///
/// # Errors
/// Refused when another step of the group is called so.
pub async fn rename(deps: &Deps, step: &Step, name: &str) -> Result<Vec<Step>, Stop> {
    let mut tx = deps.database.write().await?;
    let before = kept::of_group_in(&mut tx, step.group).await?;
    if !kept::rename(&mut tx, step.id, name).await? {
        let now = "Choose another name; `/steps list` shows those there are.";
        return Err(Refusal::new("Another step is called that already.", "", now).into());
    }
    record(deps, &mut tx, (step.group, "steps.rename", Some(step.id.raw())), &before).await?;
    tx.commit().await?;
    steps(deps, step.group).await
}

/// Puts a step in another place among a group's, counted from 1; beyond the end it is the last. Nobody is moved by it.
///
/// # Errors
/// When the database cannot be written.
pub async fn place(deps: &Deps, step: &Step, to: usize) -> Result<Vec<Step>, Stop> {
    let mut tx = deps.database.write().await?;
    let before = kept::of_group_in(&mut tx, step.group).await?;
    kept::order(&mut tx, &plan::placed(&before, step.id, to)).await?;
    record(deps, &mut tx, (step.group, "steps.place", Some(step.id.raw())), &before).await?;
    tx.commit().await?;
    deps.planner.ring();
    steps(deps, step.group).await
}

/// Gives a group without steps the five that most programs have.
///
/// # Errors
/// Refused when it has some already.
pub async fn preset(deps: &Deps, group: GroupId) -> Result<Vec<Step>, Stop> {
    let mut tx = deps.database.write().await?;
    if !kept::of_group_in(&mut tx, group).await?.is_empty() {
        return Err(Refusal::new("This group has steps already.", "", "`/steps set` changes them one by one.").into());
    }
    for (name, days, reminders) in PRESET {
        kept::keep(&mut tx, group, name, days, reminders, None).await?;
    }
    record(deps, &mut tx, (group, "steps.preset", None), &[]).await?;
    tx.commit().await?;
    steps(deps, group).await
}

/// Removes a step that nobody is on. Questions that lead there end with it.
///
/// # Errors
/// Refused while people are on it.
pub async fn remove(deps: &Deps, step: &Step) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    let before = kept::of_group_in(&mut tx, step.group).await?;
    let people = kept::people(&mut tx, step.id).await?;
    if people > 0 || !kept::remove(&mut tx, step.id).await? {
        let on_it = if people == 1 { "1 person is".to_owned() } else { format!("{people} people are") };
        return Err(Refusal::new(
            "I can't remove that step now.",
            format!("{on_it} on it, and nobody is moved without being asked."),
            "Ask them to another step first with `/member step`.",
        )
        .into());
    }
    record(deps, &mut tx, (step.group, "steps.remove", Some(step.id.raw())), &before).await?;
    tx.commit().await?;
    Ok(())
}

/// The step a member is on.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_member(deps: &Deps, group: GroupId, user: UserId) -> Result<Option<Step>, Stop> {
    Ok(kept::of_member(deps.database.read(), group, user).await?)
}

/// The day on which a member came to the step they are on, on their own calendar; today for who is on none.
///
/// # Errors
/// When the database cannot be read.
pub async fn moved_on(deps: &Deps, group: &Group, member: Member) -> Result<NaiveDate, Stop> {
    let since = kept::since(deps.database.read(), group.id, member.user).await?;
    let zone = members::settings::settings(deps, member).await?.zone_in(group);
    Ok(to_civil(since.unwrap_or(deps.clock.now()), zone).date())
}

/// Asks a member whether they would like to be on another step; whether they are asked by direct message (else
/// by a line in the channel).
///
/// # Errors
/// Refused when they do not belong to the group, are there already, or are being asked something.
pub async fn offer(deps: &Deps, group: &Group, member: Member, to: &Step, by: UserId) -> Result<bool, Stop> {
    let now = deps.clock.now();
    if !members::belongs(deps, member, group.id).await? {
        return Err(Refusal::new("That person is not in the group.", "", "They come in with `/join`.").into());
    }
    let direct = members::consents(deps, member).await?.direct_messages == Some(true);
    let mut tx = deps.database.write().await?;
    if kept::of_member_in(&mut tx, group.id, member.user).await?.is_some_and(|step| step.id == to.id) {
        return Err(Refusal::new("They are on that step already.", "Nothing needs to change.", "").into());
    }
    if !kept::of_group_in(&mut tx, group.id).await?.iter().any(|step| step.id == to.id) {
        return Err(Refusal::new("That step was just removed.", "", "`/steps list` shows the ones there are.").into());
    }
    store::expire(&mut tx, group.id, now - OFFER_WAITS, now).await?;
    let Some(id) = store::offer(&mut tx, group.id, member, to.id, by, now).await? else {
        let open = store::open_of(&mut tx, group.id, member.user).await?;
        let asker = open.and_then(|open| open.by).map_or_else(|| "A facilitator".to_owned(), |by| format!("<@{by}>"));
        return Err(Refusal::new(
            "They are being asked already, and one question at a time is enough.",
            format!("{asker} asked; the answer is still open."),
            "`/member withdraw` takes that question back; then ask anew.",
        )
        .into());
    };
    let envelope = NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("{}{id}/ask", key(member, group.id)),
        guild: group.guild,
        place: if direct { Place::Direct(member.user) } else { Place::Channel(group.channel) },
        kind: OFFER,
        subject: serde_json::to_value(OfferSubject { offer: id })?,
        due_at: now,
        expires_at: now + OFFER_WAITS,
    };
    outbox::enqueue(&mut tx, now, &envelope).await?;
    // Whom it is about stands with the question, under its number, and goes with them.
    members::kept::record(
        deps,
        &mut tx,
        (group.id, "member.step", Some(id.raw())),
        Value::Null,
        json!({"asked": to.name}),
    )
    .await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(direct)
}

/// Takes an open question back.
///
/// # Errors
/// Refused when none is open.
pub async fn withdraw(deps: &Deps, group: &Group, member: Member) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let Some(open) = store::open_of(&mut tx, group.id, member.user).await? else {
        return Err(Refusal::new("Nothing is being asked of them.", "", "").into());
    };
    store::settle(&mut tx, open.id, OfferState::Withdrawn, now).await?;
    let about = (group.id, "member.withdraw", Some(open.id.raw()));
    members::kept::record(deps, &mut tx, about, json!({"step": open.step}), Value::Null).await?;
    outbox::cancel_matching(&mut tx, now, &format!("{}{}/", key(member, group.id), open.id), "withdrawn").await?;
    tx.commit().await?;
    Ok(())
}

/// A question as the person it is for sees it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The question.
    pub offer: Offer,
    /// The group.
    pub group: Group,
    /// Where they are.
    pub from: Option<Step>,
    /// Where they would be.
    pub to: Step,
    /// Whether that is the group's last step.
    pub is_last: bool,
}

/// A question that is open for this person.
///
/// # Errors
/// Refused when it is somebody else's, or over.
pub async fn question(deps: &Deps, user: UserId, offer: StepOfferId) -> Result<Question, Stop> {
    let pool = deps.database.read();
    let offer = store::find(pool, offer).await?.ok_or_else(Refusal::old_button)?;
    if offer.member.user != user {
        return Err(Refusal::new("That is for somebody else.", "Only they can open it.", "").into());
    }
    if offer.state != OfferState::Open || deps.clock.now() - offer.offered_at >= OFFER_WAITS {
        let now = "`/step mine` shows where you are; a facilitator can ask again.";
        return Err(Refusal::new("That question is over.", "", now).into());
    }
    if !members::belongs(deps, offer.member, offer.group).await? {
        return Err(Refusal::new("You have left this group.", "", "`/join` takes you in again.").into());
    }
    let group = members::find(deps, offer.group).await?;
    let steps = kept::of_group(pool, group.id).await?;
    let is_last = plan::is_last(&steps, offer.step);
    let to = steps.into_iter().find(|step| step.id == offer.step).ok_or_else(Refusal::old_button)?;
    let from = kept::of_member(pool, group.id, user).await?;
    Ok(Question { offer, group, from, to, is_last })
}

/// They said yes: the role changes, then the step, and facilitators are told.
///
/// # Errors
/// Refused when the question is over or Discord does not let us change the role; then nothing has changed.
pub async fn agree(bot: &Bot, question: &Question) -> Result<(), Stop> {
    let deps = &bot.deps;
    let (member, group) = (question.offer.member, &question.group);
    let (old, new) = (question.from.as_ref().and_then(|step| step.role), question.to.role);
    change_roles(bot, member, old, new).await?;
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    if !store::settle(&mut tx, question.offer.id, OfferState::Agreed, now).await? {
        drop(tx);
        change_roles(bot, member, new, old).await?;
        return Err(Refusal::new("That question is over.", "It was taken back a moment ago.", "").into());
    }
    kept::put(&mut tx, group.id, member, question.to.id, now).await?;
    if !question.is_last {
        // Whoever is back on the way is with the group again: nobody asks from afar.
        store::touches::remove(&mut tx, group.id, member.user).await?;
    }
    tell(&mut tx, question, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    deps.courier.ring();
    Ok(())
}

/// They said no: nothing changes, and facilitators are told.
///
/// # Errors
/// When the database cannot be written.
pub async fn decline(deps: &Deps, question: &Question) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    if store::settle(&mut tx, question.offer.id, OfferState::Declined, now).await? {
        tell(&mut tx, question, now).await?;
    }
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

async fn tell(tx: &mut Tx, question: &Question, now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    let group = &question.group;
    let envelope = NewEnvelope {
        class: Class::Digest,
        dedupe_key: format!("{}{}/answer", key(question.offer.member, group.id), question.offer.id),
        guild: group.guild,
        place: Place::Channel(group.facilitator_channel.unwrap_or(group.channel)),
        kind: ANSWERED,
        subject: serde_json::to_value(OfferSubject { offer: question.offer.id })?,
        due_at: now,
        expires_at: now + OFFER_WAITS,
    };
    // Where facilitators have no place of their own, the answer would be read by everybody.
    if group.facilitator_channel.is_some() {
        outbox::enqueue(tx, now, &envelope).await?;
    }
    Ok(())
}

/// Gives one role and takes another; when Discord lets us do only one of the two, neither is done.
async fn change_roles(bot: &Bot, member: Member, old: Option<RoleId>, new: Option<RoleId>) -> Result<(), Stop> {
    if old == new {
        return Ok(());
    }
    if let Some(role) = new {
        bot.rest.add_role(member, role, REASON).await.map_err(|error| not_let(&error))?;
    }
    if let Some(role) = old {
        match bot.rest.remove_role(member, role, REASON).await {
            Ok(()) => {}
            // A role that is gone is nobody's any more.
            Err(CallError::Refused { code, .. }) if NOT_THERE.contains(&code) => {}
            Err(error) => {
                if let Some(role) = new {
                    bot.rest.remove_role(member, role, REASON).await.map_err(|error| not_let(&error))?;
                }
                return Err(not_let(&error).into());
            }
        }
    }
    Ok(())
}

fn not_let(error: &CallError) -> Refusal {
    tracing::warn!(%error, "the role of a step could not be changed");
    Refusal::new(
        "Nothing has changed yet: the server does not let me change the role that belongs to this step.",
        "A facilitator can see why with `/steps list`.",
        "Your yes is not lost; press again once they have put it right.",
    )
}

/// Shares a graduation with the group, because the graduate wants it.
///
/// # Errors
/// Refused when they are not on the last step, or in a quiet time after a death.
pub async fn share(deps: &Deps, group: &Group, member: Member) -> Result<(), Stop> {
    let now = deps.clock.now();
    let step = graduate(deps, group, member).await?;
    if members::care::quiet_since(deps, group.id).is_some() {
        let why = "The group is having a quiet time.";
        return Err(Refusal::new("Not right now.", why, "The card stays here; press again later.").into());
    }
    let since = kept::since(deps.database.read(), group.id, member.user).await?.unwrap_or(now);
    let envelope = NewEnvelope {
        class: Class::Answer,
        dedupe_key: format!("{}graduated/{}", key(member, group.id), since.timestamp()),
        guild: group.guild,
        place: Place::Channel(group.channel),
        kind: GRADUATED,
        subject: serde_json::to_value(GraduatedSubject { group: group.id, user: member.user, step: step.id })?,
        due_at: now,
        expires_at: now + chrono::TimeDelta::hours(12),
    };
    let mut tx = deps.database.write().await?;
    outbox::enqueue(&mut tx, now, &envelope).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

/// The last step of a group, for a member who is on it.
///
/// # Errors
/// Refused for everybody else.
pub(in crate::alumni) async fn graduate(deps: &Deps, group: &Group, member: Member) -> Result<Step, Stop> {
    let steps = steps(deps, group.id).await?;
    let on = of_member(deps, group.id, member.user).await?;
    let joined = members::belongs(deps, member, group.id).await?;
    on.filter(|step| joined && plan::is_last(&steps, step.id)).ok_or_else(|| {
        Refusal::new("This is for people on the group's last step.", "", "`/step mine` shows where you are.").into()
    })
}

/// Draws a question, or what became of it, at the moment it is sent.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let pool = deps.database.read();
    if envelope.kind == GRADUATED {
        let subject: GraduatedSubject = serde_json::from_value(envelope.subject.clone())?;
        let on = kept::of_member(pool, subject.group, subject.user).await?;
        return Ok(match on.filter(|on| on.id == subject.step) {
            Some(step) => Drawn::Card(cards::shared(subject.user, &step)),
            None => Drawn::Gone("changed"),
        });
    }
    let subject: OfferSubject = serde_json::from_value(envelope.subject.clone())?;
    let Some(offer) = store::find(pool, subject.offer).await? else { return Ok(Drawn::Gone("removed")) };
    let Some(group) = groups::store::find(pool, offer.group).await? else { return Ok(Drawn::Gone("removed")) };
    let Some(to) = kept::find(pool, offer.step).await? else { return Ok(Drawn::Gone("removed")) };
    let steps = kept::of_group(pool, group.id).await?;
    match (envelope.kind == OFFER, offer.state) {
        (false, OfferState::Agreed) => return Ok(Drawn::Card(cards::answered(offer.member.user, &to, true))),
        (false, OfferState::Declined) => return Ok(Drawn::Card(cards::answered(offer.member.user, &to, false))),
        (true, OfferState::Open) => {}
        (_, OfferState::Open | OfferState::Withdrawn | OfferState::Expired)
        | (true, OfferState::Agreed | OfferState::Declined) => return Ok(Drawn::Gone("over")),
    }
    if let Place::Channel(_) = envelope.place {
        let standing = groups::store::standing(pool, group.id, offer.member.user).await?;
        return Ok(match standing {
            groups::model::Standing::Joined => Drawn::Card(cards::line(offer.member.user, offer.id)),
            groups::model::Standing::Left | groups::model::Standing::Stranger => Drawn::Gone("left"),
        });
    }
    if let Some(instead) = members::reach::held_back(deps, offer.member, &group).await? {
        return Ok(instead);
    }
    let from = kept::of_member(pool, group.id, offer.member.user).await?;
    let is_last = plan::is_last(&steps, to.id);
    Ok(Drawn::Card(cards::question(&Question { offer, group, from, to, is_last })))
}
