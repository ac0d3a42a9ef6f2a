//! What people, or the clock, can make buddies do.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::calendar::Recurrence;
use crate::deps::Deps;
use crate::groups::model::{CONSENT_TEXT, Standing};
use crate::groups::{self, Group, actions as members};
use crate::ids::{GroupId, Member, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::recovery::cards::buddies as cards;
use crate::recovery::model::buddy::{MEETINGS_KEPT, Rounds, Willing};
use crate::recovery::plan::pairing::{Known, PEOPLE_LIMIT, pair};
use crate::recovery::plan::reminding;
use crate::recovery::store::buddies as store;
use crate::refusal::{Refusal, Stop};

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

/// The kind of envelope that says that a round is near.
pub const SOON: &str = "recovery.buddy_soon";
/// The kind of envelope that says who it is.
pub const MET: &str = "recovery.buddy";
/// Groups a tick takes at once.
const BATCH: u32 = 20;
/// How long it is worth saying who it is.
const HOLDS: TimeDelta = TimeDelta::days(2);

/// The ids a message about a round is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    group: GroupId,
    round: u32,
    user: UserId,
}

/// Switches buddies of a group on, changes when they are paired, or switches them off; nothing leaves it as it is.
/// Gives what is now, in words for the card.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_up(deps: &Deps, group: &Group, cadence: Option<Option<Recurrence>>) -> Result<String, Stop> {
    let now = deps.clock.now();
    if let Some(cadence) = cadence {
        let rounds = store::rounds(deps.database.read(), group.id).await?;
        let before = rounds.as_ref().map_or(1, |rounds| rounds.round);
        let was = rounds.map_or(Value::Null, |rounds| json!({"paired": rounds.recurrence.to_string()}));
        let mut tx = deps.database.write().await?;
        let next = cadence.and_then(|recurrence| {
            let next_at = reminding::next_after(&recurrence, group.zone, now)?;
            Some((recurrence, next_at))
        });
        match next.clone() {
            Some((recurrence, next_at)) => {
                let round = store::last_round(&mut tx, group.id).await?.saturating_add(1).max(before);
                // Within a day of it there is nobody to be warned any more.
                let warned = next_at - now < crate::recovery::model::buddy::WARNED_BEFORE;
                let rounds = Rounds { group: group.id, recurrence, round, next_at, warned };
                store::keep_rounds(&mut tx, &rounds).await?;
            }
            None => {
                store::end_rounds(&mut tx, group.id).await?;
                outbox::cancel_matching(&mut tx, now, &format!("buddy:{}/", group.id), "switched_off").await?;
            }
        }
        let became = next.as_ref().map_or(Value::Null, |(recurrence, _)| json!({"paired": recurrence.to_string()}));
        if was != became {
            members::kept::record(deps, &mut tx, (group.id, "buddies.rounds", None), was, became).await?;
        }
        tx.commit().await?;
        deps.planner.ring();
    }
    Ok(cards::rounds_words(store::rounds(deps.database.read(), group.id).await?.as_ref()))
}

/// What somebody sees of the buddies of a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(deps: &Deps, member: Member, group: &Group) -> Result<(Option<Rounds>, Option<Willing>, i64), Stop> {
    let pool = deps.database.read();
    let rounds = store::rounds(pool, group.id).await?;
    let willing = store::mine(pool, group.id, member.user).await?;
    Ok((rounds, willing, store::blocked_by(pool, member).await?))
}

/// Somebody wants to be paired.
///
/// # Errors
/// Refused without a yes to direct messages, by which they would hear who it is.
pub async fn join(deps: &Deps, member: Member, group: &Group) -> Result<(), Stop> {
    if members::consents(deps, member).await?.direct_messages != Some(true) {
        return Err(Refusal::new(
            "I tell you who your buddy is by direct message, and I only write to people who said yes to that.",
            "",
            "`/privacy` turns direct messages on; then press \"I'm in\" again.",
        )
        .into());
    }
    let mut tx = deps.database.write().await?;
    store::join(&mut tx, group.id, member, deps.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody does not want to be paired any more; what waits for them of it is not sent.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave(deps: &Deps, user: UserId, group: &Group) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::leave(&mut tx, group.id, user).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody leaves the next round out, or does not any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn skip(deps: &Deps, user: UserId, group: &Group, skips: bool) -> Result<(), Stop> {
    let round = store::rounds(deps.database.read(), group.id).await?.map(|rounds| rounds.round);
    let mut tx = deps.database.write().await?;
    store::skip(&mut tx, group.id, user, round.filter(|_| skips)).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody does not want to be paired with somebody again; that person is not told.
///
/// # Errors
/// When the database cannot be written.
pub async fn block(deps: &Deps, member: Member, other: UserId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::block(&mut tx, member, other, deps.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody is open to everybody again.
///
/// # Errors
/// When the database cannot be written.
pub async fn unblock(deps: &Deps, member: Member) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::unblock(&mut tx, member).await?;
    tx.commit().await?;
    Ok(())
}

/// With whom somebody is paired in a round.
///
/// # Errors
/// When the database cannot be read.
pub async fn others(deps: &Deps, group: &Group, round: u32, user: UserId) -> Result<Vec<UserId>, Stop> {
    Ok(store::with(deps.database.read(), group.id, round, user).await?)
}

/// Warns of rounds and pairs people, where that is due.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub(super) async fn tick(deps: &Deps) -> anyhow::Result<()> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let due = store::due(&mut tx, now, BATCH).await?;
        for rounds in &due {
            round(deps, &mut tx, rounds, now).await?;
        }
        tx.commit().await?;
        if due.is_empty() {
            return Ok(());
        }
        deps.courier.ring();
    }
}

async fn round(deps: &Deps, tx: &mut Tx, rounds: &Rounds, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(group) = groups::store::find_in(tx, rounds.group).await? else {
        return Ok(store::end_rounds(tx, rounds.group).await?);
    };
    let is_served = deps.roster.group(group.id).is_some();
    let willing = if is_served { present(deps, tx, &group, rounds.round, now).await? } else { Vec::new() };
    if !rounds.warned && now < rounds.next_at {
        for user in &willing {
            let expires_at = rounds.next_at;
            enqueue(tx, &group, rounds, *user, (SOON, "soon"), (now, expires_at)).await?;
        }
        return Ok(store::keep_rounds(tx, &Rounds { warned: true, ..rounds.clone() }).await?);
    }
    for user in &willing {
        enqueue(tx, &group, rounds, *user, (MET, "met"), (now, now + HOLDS)).await?;
    }
    meet(tx, &group, rounds.round, &willing, now).await?;
    match reminding::next_after(&rounds.recurrence, group.zone, now) {
        Some(next_at) => {
            let round = rounds.round.saturating_add(1);
            Ok(store::keep_rounds(tx, &Rounds { round, next_at, warned: false, ..rounds.clone() }).await?)
        }
        None => Ok(store::end_rounds(tx, group.id).await?),
    }
}

/// Who is in a round: willing, not skipping, not away, and open to direct messages.
async fn present(
    deps: &Deps,
    tx: &mut Tx,
    group: &Group,
    round: u32,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<UserId>> {
    let limit = u32::try_from(PEOPLE_LIMIT).unwrap_or(u32::MAX);
    let mut present = Vec::new();
    for willing in store::willing(tx, group.id, limit).await? {
        let member = Member { guild: group.guild, user: willing.user };
        let agreed = deps.roster.wishes(member).direct_messages == Some(true);
        let away = groups::store::settings::find_in(tx, member).await?.is_away(now);
        if agreed && !away && willing.skips != Some(round) {
            present.push(willing.user);
        }
    }
    Ok(present)
}

/// Pairs the people of a round and keeps who met whom.
async fn meet(tx: &mut Tx, group: &Group, round: u32, present: &[UserId], now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut numbers: HashMap<UserId, usize> = HashMap::new();
    let mut people: Vec<UserId> = Vec::new();
    let mut number = |user: UserId, people: &mut Vec<UserId>| {
        *numbers.entry(user).or_insert_with(|| {
            people.push(user);
            people.len() - 1
        })
    };
    let mut known = Known::default();
    let met = store::met(tx, group.id).await?;
    for meeting in met.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
        for (at, (round, _, one)) in meeting.iter().enumerate() {
            for (_, _, other) in meeting.iter().skip(at + 1) {
                known.meet(number(*one, &mut people), number(*other, &mut people), *round);
            }
        }
    }
    for (one, other) in store::blocks(tx, group.guild).await? {
        known.block(number(one, &mut people), number(other, &mut people));
    }
    let here: Vec<usize> = present.iter().map(|user| number(*user, &mut people)).collect();
    for (at, meeting) in pair(&here, &known, round).iter().enumerate() {
        for user in meeting.iter().filter_map(|one| people.get(*one)) {
            let member = Member { guild: group.guild, user: *user };
            store::meet(tx, group.id, round, member, u32::try_from(at).unwrap_or(u32::MAX), now).await?;
        }
    }
    Ok(())
}

async fn enqueue(
    tx: &mut Tx,
    group: &Group,
    rounds: &Rounds,
    user: UserId,
    (kind, word): (&'static str, &str),
    (due_at, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<()> {
    let envelope = NewEnvelope {
        class: Class::Prompt,
        // The moment names the round beyond doubt, also after buddies were switched off and on.
        dedupe_key: format!("buddy:{}/{}/{word}/{user}", group.id, rounds.next_at.timestamp()),
        guild: group.guild,
        place: Place::Direct(user),
        kind,
        subject: serde_json::to_value(Subject { group: group.id, round: rounds.round, user })?,
        due_at,
        expires_at,
    };
    outbox::enqueue(tx, due_at, &envelope).await?;
    Ok(())
}

/// Draws a message about a round at the moment it is sent, outside the member's quiet hours.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(group) = groups::store::find(pool, subject.group).await? else { return Ok(Drawn::Gone("removed")) };
    let member = Member { guild: group.guild, user: subject.user };
    let agreed = groups::store::consents(pool, member, CONSENT_TEXT).await?.direct_messages == Some(true);
    if !agreed || store::mine(pool, group.id, subject.user).await?.is_none() {
        return Ok(Drawn::Gone("stopped"));
    }
    if groups::store::standing(pool, group.id, subject.user).await? != Standing::Joined {
        return Ok(Drawn::Gone("left"));
    }
    let now = deps.clock.now();
    let settings = groups::store::settings::find(pool, member).await?;
    if settings.is_away(now) {
        return Ok(Drawn::Gone("away"));
    }
    let from = settings.not_quiet_from(now, settings.zone_in(&group));
    if from > now {
        return Ok(Drawn::Later(from));
    }
    if envelope.kind == SOON {
        return Ok(Drawn::Card(cards::soon(&group)));
    }
    let others = store::with(pool, group.id, subject.round, subject.user).await?;
    Ok(Drawn::Card(cards::met(&group, subject.round, &others)))
}

/// Removes who met whom long ago.
///
/// # Errors
/// When the database cannot be written.
pub(super) async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - MEETINGS_KEPT).await?;
    tx.commit().await?;
    Ok(())
}
