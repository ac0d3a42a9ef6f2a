//! Being written to after days of silence, for those who asked for it, once in each stretch; and telling
//! somebody else what the member agreed to be told, which is never what they said.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::super::cards;
use super::super::model::{Next, QUIET_AFTER, Quiet, Silence, Tell};
use super::super::plan::silence as plan;
use super::super::store::{silence as store, weather};
use super::sharing::{not_now, reachable};
use crate::calendar::Weekdays;
use crate::deps::Deps;
use crate::groups::model::{CONSENT_TEXT, Settings, Standing};
use crate::groups::{self, Group, Purpose, actions as members};
use crate::ids::{GroupId, Member, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// The kind of envelope that carries the note to somebody who has gone quiet.
pub const NOTE: &str = "checkin.quiet";
/// The kind of envelope that tells somebody else.
pub const TELL: &str = "checkin.told";
/// Wishes a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;
/// How long a note or a word to somebody else is worth sending.
const WORTH: TimeDelta = TimeDelta::days(3);

/// The ids a note is drawn from, and which stretch of silence it is about.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    group: GroupId,
    user: UserId,
    heard_at: DateTime<Utc>,
}

/// A member's wish in a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(deps: &Deps, group: GroupId, user: UserId) -> Result<Option<Quiet>, Stop> {
    Ok(store::find(deps.database.read(), group, user).await?)
}

/// After how many missed days a member of this group is written to.
///
/// # Errors
/// Refused when the group has not agreed to it.
pub async fn after(deps: &Deps, group: &Group) -> Result<u8, Stop> {
    weather::agreed(deps.database.read(), group.id).await?.quiet_after.ok_or_else(|| {
        Refusal::new(
            "This group has not agreed to being written to after silence.",
            "",
            "A facilitator turns it on with `/checkin-setup`; you can ask one.",
        )
        .into()
    })
}

/// A member wishes to be written to, and says who else is told.
///
/// # Errors
/// Refused when the group has not agreed, when they take no direct messages, when there are no facilitators
/// to be told, or when the person they name cannot be reached.
pub async fn wish(deps: &Deps, member: Member, group: &Group, tell: Tell) -> Result<Quiet, Stop> {
    after(deps, group).await?;
    if members::consents(deps, member).await?.direct_messages != Some(true) {
        return Err(Refusal::new(
            "I only write directly to people who said yes to that.",
            "",
            "`/privacy` turns direct messages on; then choose this again.",
        )
        .into());
    }
    match tell {
        Tell::Nobody => {}
        Tell::Facilitators if group.facilitator_channel.is_some() => {}
        Tell::Facilitators => {
            return Err(Refusal::new(
                "This group has no place where only facilitators talk.",
                "",
                "You can name one person with `/reach-out buddy:`, or nobody.",
            )
            .into());
        }
        Tell::Buddy(buddy) => reachable(deps, member, group, buddy).await?,
    }
    let now = deps.clock.now();
    let quiet = Quiet {
        group: group.id,
        member,
        tell,
        agreed_at: now,
        heard_at: now,
        noted_at: None,
        told_at: None,
        next_at: Some(now),
    };
    let settings = members::settings::settings(deps, member).await?;
    let mut tx = deps.database.write().await?;
    store::keep(&mut tx, &quiet, settings.revision).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(quiet)
}

/// A member does not wish to be written to any more; what waits is cancelled.
///
/// # Errors
/// When the database cannot be written.
pub async fn stop(deps: &Deps, group: GroupId, user: UserId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::remove(&mut tx, group, user).await?;
    outbox::store::cancel_matching(&mut tx, deps.clock.now(), &key_prefix(group, user), "switched_off").await?;
    tx.commit().await?;
    Ok(())
}

/// A member wishes nobody else to be told, now and later; they are still written to.
///
/// # Errors
/// When the database cannot be written.
pub async fn tell_nobody(deps: &Deps, group: GroupId, user: UserId) -> Result<(), Stop> {
    let Some(quiet) = find(deps, group, user).await? else { return Ok(()) };
    let settings = members::settings::settings(deps, quiet.member).await?;
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    store::keep(&mut tx, &Quiet { tell: Tell::Nobody, next_at: Some(now), ..quiet }, settings.revision).await?;
    outbox::store::cancel_matching(&mut tx, now, &format!("{}told/", key_prefix(group, user)), "switched_off").await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(())
}

/// A person does not wish to be told of anybody's silence any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn relieve(deps: &Deps, buddy: Member) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::relieve(&mut tx, buddy).await?;
    tx.commit().await?;
    Ok(())
}

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

/// Looks at the wishes that are due; whether there may be more of them.
pub(super) async fn look(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let mut tx = deps.database.write().await?;
    let stale = store::stale(&mut tx, BATCH).await?;
    for quiet in &stale {
        // Whoever changes what they set is there: that ends a stretch of silence like an answer does.
        let heard = Quiet { heard_at: now, noted_at: None, told_at: None, ..quiet.clone() };
        step(deps, &mut tx, heard, now).await?;
    }
    let due = if stale.is_empty() { store::due(&mut tx, now, BATCH).await? } else { Vec::new() };
    for quiet in &due {
        step(deps, &mut tx, quiet.clone(), now).await?;
    }
    tx.commit().await?;
    if !due.is_empty() {
        deps.courier.ring();
    }
    Ok(!stale.is_empty() || !due.is_empty())
}

/// Does what comes next for one wish, and keeps when to look again.
async fn step(deps: &Deps, tx: &mut Tx, mut quiet: Quiet, now: DateTime<Utc>) -> anyhow::Result<()> {
    // Leaving the group, or having no check-ins kept any more, ends this too.
    if !groups::store::agreed_in(tx, quiet.member, quiet.group, Purpose::Checkins, CONSENT_TEXT).await? {
        return Ok(store::remove(tx, quiet.group, quiet.member.user).await?);
    }
    let settings = groups::store::settings::find_in(tx, quiet.member).await?;
    quiet.next_at = match groups::store::find_in(tx, quiet.group).await? {
        Some(group) if deps.roster.group(group.id).is_some() => next_at(tx, &mut quiet, &group, &settings, now).await?,
        // A group that is not served is looked at again when somebody sets something, or the bot is back
        // and somebody answers.
        Some(_) | None => Some(now + TimeDelta::days(1)),
    };
    Ok(store::keep(tx, &quiet, settings.revision).await?)
}

async fn next_at(
    tx: &mut Tx,
    quiet: &mut Quiet,
    group: &Group,
    settings: &Settings,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let Some(after) = weather::agreed_in(tx, group.id).await?.quiet_after else { return Ok(None) };
    let zone = settings.zone_in(group);
    let answered_on = store::answered_on(tx, group.id, quiet.member.user).await?;
    let asked = group.checkin.as_ref().map_or(Weekdays::ALL, |checkin| checkin.days);
    let step = groups::store::steps::of_member_in(tx, group.id, quiet.member.user).await?;
    // Nobody is missed on a day on which they are not asked.
    let asked = step
        .map_or(asked, |step| step.days.iter().filter(|day| asked.contains(*day)).fold(Weekdays::NONE, Weekdays::with));
    if asked.is_empty() {
        return Ok(Some(now + TimeDelta::days(1)));
    }
    let heard_on = plan::heard_on(quiet, answered_on, settings.away, zone);
    loop {
        let silence = Silence { heard_on, after, noted_at: quiet.noted_at, tells: plan::tells(quiet) };
        match plan::next(&silence, settings, asked, zone, now) {
            Next::Wait(at) => return Ok(Some(at)),
            Next::Rest => return Ok(None),
            Next::Note => {
                outbox::enqueue(tx, now, &envelope(quiet, group, NOTE, Place::Direct(quiet.member.user), now)?).await?;
                quiet.noted_at = Some(now);
            }
            Next::Tell => {
                let place = match quiet.tell {
                    Tell::Nobody => None,
                    Tell::Facilitators => group.facilitator_channel.map(Place::Channel),
                    Tell::Buddy(buddy) => Some(Place::Direct(buddy)),
                };
                if let Some(place) = place {
                    outbox::enqueue(tx, now, &envelope(quiet, group, TELL, place, now)?).await?;
                }
                quiet.told_at = Some(now);
            }
        }
    }
}

fn key_prefix(group: GroupId, user: UserId) -> String {
    format!("quiet:{user}/{group}/")
}

fn envelope(
    quiet: &Quiet,
    group: &Group,
    kind: &'static str,
    place: Place,
    now: DateTime<Utc>,
) -> anyhow::Result<NewEnvelope> {
    let user = quiet.member.user;
    let what = if kind == NOTE { "note" } else { "told" };
    Ok(NewEnvelope {
        class: Class::Prompt,
        // One in a stretch: the stretch is named by when they were heard of last, and by when it was noted.
        dedupe_key: format!("{}{what}/{}", key_prefix(group.id, user), quiet.noted_at.unwrap_or(now).timestamp()),
        guild: group.guild,
        place,
        kind,
        subject: serde_json::to_value(Subject { group: group.id, user, heard_at: quiet.heard_at })?,
        due_at: now,
        expires_at: now + WORTH,
    })
}

/// Draws a note, or a word to somebody else, at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(quiet) = store::find(pool, subject.group, subject.user).await? else {
        return Ok(Drawn::Gone("switched_off"));
    };
    let Some(group) = groups::store::find(pool, subject.group).await? else { return Ok(Drawn::Gone("removed")) };
    if quiet.heard_at != subject.heard_at {
        return Ok(Drawn::Gone("answered"));
    }
    let consents = groups::store::consents(pool, quiet.member, CONSENT_TEXT).await?;
    if consents.checkins != Some(true) || consents.direct_messages != Some(true) {
        return Ok(Drawn::Gone("no_consent"));
    }
    if groups::store::standing(pool, group.id, subject.user).await? != Standing::Joined {
        return Ok(Drawn::Gone("left"));
    }
    let settings = groups::store::settings::find(pool, quiet.member).await?;
    if settings.is_away(deps.clock.now()) {
        return Ok(Drawn::Gone("away"));
    }
    let to = match (envelope.kind == NOTE, envelope.place) {
        (true, _) => Some(subject.user),
        (false, Place::Direct(buddy)) if quiet.tell == Tell::Buddy(buddy) => Some(buddy),
        (false, Place::Channel(_)) if quiet.tell == Tell::Facilitators => None,
        (false, _) => return Ok(Drawn::Gone("switched_off")),
    };
    if let Some(to) = to
        && let Some(instead) = not_now(deps, &group, to).await?
    {
        return Ok(instead);
    }
    Ok(Drawn::Card(if envelope.kind == NOTE {
        cards::quiet_note(&group, quiet.tell)
    } else {
        cards::quiet_told(&group, subject.user, to.is_some())
    }))
}

/// Whether a number of missed days can be chosen.
pub fn is_offered(after: u8) -> bool {
    QUIET_AFTER.contains(&after)
}

/// Removes every trace of a member's wishes, also where others named them.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx, member: Member) -> sqlx::Result<()> {
    store::forget(tx, member).await
}

/// Removes what told of a member's silence by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_told(tx: &mut Tx, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    outbox::store::forget_matching(tx, &format!("quiet:{}/", member.user), until).await.map(drop)
}
