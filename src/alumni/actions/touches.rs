//! Touches: after graduation, "how are you?" at the marks and the hour a graduate agreed to.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::model::{AskedBy, Felt, MARKS, Touch};
use super::super::{cards, plan, store};
use super::{Tx, key, steps};
use crate::deps::Deps;
use crate::groups::model::{CONSENT_TEXT, Purpose, Standing};
use crate::groups::{self, Group, actions as members};
use crate::ids::{GroupId, Member, TouchId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// The kind of envelope that asks a graduate how they are.
pub const TOUCH: &str = "alumni.touch";
/// Touches a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;
/// How long a touch is worth sending: the mark is a day, and a week later it is still the same question.
const WORTH: TimeDelta = TimeDelta::days(7);
/// How long somebody who cannot be asked now is left alone before we look again.
const AGAIN: TimeDelta = TimeDelta::days(1);

#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    touch: TouchId,
    mark: usize,
    last: bool,
    #[serde(default)]
    by: AskedBy,
}

/// Keeps that a graduate wants to be asked, at that hour.
///
/// # Errors
/// Refused when they are not on the last step, said no to direct messages, or every mark is over.
pub async fn agree(deps: &Deps, group: &Group, member: Member, at: NaiveTime) -> Result<Touch, Stop> {
    let now = deps.clock.now();
    steps::graduate(deps, group, member).await?;
    if members::consents(deps, member).await?.direct_messages != Some(true) {
        return Err(Refusal::new(
            "I only write directly to people who said yes to that.",
            "",
            "`/privacy` turns direct messages on; then choose your hour again with `/step mine`.",
        )
        .into());
    }
    let since = groups::store::steps::since(deps.database.read(), group.id, member.user).await?.unwrap_or(now);
    let zone = members::settings::settings(deps, member).await?.zone_in(group);
    let Some((mark, next)) = plan::first_ahead(since, 0, at, zone, now) else {
        return Err(Refusal::new("It has been more than a year.", "Every touch lies behind you.", "").into());
    };
    let touch = Touch {
        id: TouchId::new(0),
        group: group.id,
        member,
        at,
        graduated_at: since,
        mark,
        next_at: Some(next),
        unused: 0,
    };
    let mut tx = deps.database.write().await?;
    store::touches::agree(&mut tx, &touch, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(touch)
}

/// A graduate does not want to be asked any more; what they answered goes with it.
///
/// # Errors
/// When the database cannot be written.
pub async fn stop(deps: &Deps, group: GroupId, member: Member) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    store::touches::remove(&mut tx, group, member.user).await?;
    outbox::cancel_matching(&mut tx, now, &format!("{}touch/", key(member, group)), "switched_off").await?;
    tx.commit().await?;
    Ok(())
}

/// Enqueues the touches that fell due, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let due = store::touches::due(&mut tx, now, BATCH).await?;
        if due.is_empty() {
            break;
        }
        for touch in &due {
            ask(deps, &mut tx, touch, now).await?;
        }
        tx.commit().await?;
        deps.courier.ring();
    }
    next(deps).await
}

/// When the next touch is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(store::touches::next(deps.database.read()).await?)
}

async fn ask(deps: &Deps, tx: &mut Tx, touch: &Touch, now: DateTime<Utc>) -> anyhow::Result<()> {
    // Leaving, or a no to direct messages, ends it; who comes back is asked anew whether they want it.
    let agreed = groups::store::agreed_in(tx, touch.member, touch.group, Purpose::DirectMessages, CONSENT_TEXT).await?;
    let group = groups::store::find_in(tx, touch.group).await?;
    let (true, Some(group)) = (agreed, group) else {
        return Ok(store::touches::remove(tx, touch.group, touch.member.user).await?);
    };
    let settings = groups::store::settings::find_in(tx, touch.member).await?;
    let served = deps.roster.group(group.id).is_some();
    if !served || settings.is_away(now) || members::care::quiet_since(deps, group.id).is_some() {
        let until = settings.away.and_then(|away| away.until).filter(|until| *until > now);
        let next_at = Some(until.unwrap_or(now + AGAIN));
        return Ok(store::touches::keep(tx, &Touch { next_at, ..touch.clone() }).await?);
    }
    let zone = settings.zone_in(&group);
    let mark = plan::newest_due(touch, zone, now);
    let (after, last) = plan::after_sending(touch, mark, zone, now);
    let by = super::companions::asked_by(tx, touch, mark).await?;
    let envelope = NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("{}touch/{}/{mark}", key(touch.member, group.id), touch.graduated_at.timestamp()),
        guild: group.guild,
        place: Place::Direct(touch.member.user),
        kind: TOUCH,
        subject: serde_json::to_value(Subject { touch: touch.id, mark, last, by })?,
        due_at: settings.not_quiet_from(touch.next_at.unwrap_or(now), zone),
        expires_at: now + WORTH,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    Ok(store::touches::keep(tx, &after).await?)
}

/// Draws a touch at the moment it is sent.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(touch) = store::touches::find(pool, subject.touch).await? else {
        return Ok(Drawn::Gone("switched_off"));
    };
    let Some(group) = groups::store::find(pool, touch.group).await? else { return Ok(Drawn::Gone("removed")) };
    if let Some(instead) = members::reach::held_back(deps, touch.member, &group).await? {
        return Ok(instead);
    }
    let by = match subject.by {
        // Who left since is not spoken for.
        AskedBy::Companion(user) => {
            let standing = groups::store::standing(pool, group.id, user).await?;
            if standing == Standing::Left { AskedBy::BotForSomebodyGone } else { subject.by }
        }
        AskedBy::Bot | AskedBy::BotInstead(_) | AskedBy::BotForSomebodyGone => subject.by,
    };
    Ok(Drawn::Card(cards::touch(&touch, &group, (subject.mark, subject.last), by)))
}

/// Keeps what a graduate answered, sealed, and gives the group it belongs to.
///
/// # Errors
/// Refused when the touches are somebody else's, or gone.
pub async fn answer(deps: &Deps, user: UserId, touch: TouchId, mark: usize, felt: Felt) -> Result<Group, Stop> {
    let now = deps.clock.now();
    let found = store::touches::find(deps.database.read(), touch).await?.filter(|touch| touch.member.user == user);
    let touch = found.filter(|_| mark < MARKS.len()).ok_or_else(Refusal::old_button)?;
    let group = members::find(deps, touch.group).await?;
    if !members::belongs(deps, touch.member, group.id).await? {
        return Err(Refusal::new("You have left this group.", "", "`/join` takes you in again.").into());
    }
    let zone = members::settings::settings(deps, touch.member).await?.zone_in(&group);
    let plain = Zeroizing::new(serde_json::to_vec(&felt)?);
    let mut tx = deps.database.write().await?;
    let Some(touch) = store::touches::of_member(&mut tx, group.id, user).await? else {
        return Err(Refusal::old_button().into());
    };
    let sealed = members::seal(deps, touch.member, place(&touch, mark), &plain).await?;
    store::touches::answer(&mut tx, touch.id, mark, &sealed, now).await?;
    store::touches::keep(&mut tx, &plan::after_answer(&touch, zone, now)).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(group)
}

/// The vault's place of an answer: ten numbers for each row of touches, more than there are marks.
fn place(touch: &Touch, mark: usize) -> crate::vault::Place<'static> {
    let row = touch.id.raw().saturating_mul(10).saturating_add(i64::try_from(mark).unwrap_or(0));
    crate::vault::Place { table: "alumni_touch_answer", column: "sealed", member: touch.member.user.snowflake(), row }
}
