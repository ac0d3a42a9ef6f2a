//! What people, or the clock, can make a check-in do.

pub mod kept;
pub mod prompts;
pub mod sharing;
pub mod silence;
pub mod weather;

use zeroize::Zeroizing;

use super::model::{Answer, Back, Change, Question, Reply, Series, Setup, Trend, Window, Wishes};
use super::{plan, store};
use crate::deps::Deps;
use crate::groups::model::CONSENT_TEXT;
use crate::groups::{self, Group, Purpose, actions as members};
use crate::ids::{GroupId, GuildId, Member, PromptId, UserId};
use crate::recovery;
use crate::refusal::{Refusal, Stop};
use crate::sessions;

/// Somebody's turn to answer: who, in which group, about which day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who answers; their guild is the group's, also when they press in a direct message.
    pub member: Member,
    /// The group that asks.
    pub group: Group,
    /// The day it is about.
    pub window: Window,
}

/// Whether an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Yes.
    Open,
    /// Its time is over.
    Closed,
    /// They were not asked yet, or said no.
    NotAgreed,
    /// They do not belong to the group.
    NotJoined,
}

/// Whose turn a press of this window is; `guild` is where they pressed, none in a direct message.
///
/// # Errors
/// Refused when the window is of another guild or gone.
pub async fn turn(deps: &Deps, user: UserId, guild: Option<GuildId>, prompt: PromptId) -> Result<Turn, Stop> {
    let window = store::find(deps.database.read(), prompt).await?.ok_or_else(Refusal::old_button)?;
    let group = members::find(deps, window.group).await?;
    if guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    Ok(Turn { member: Member { guild: group.guild, user }, group, window })
}

/// Whether this person may answer now.
///
/// # Errors
/// When the database cannot be read.
pub async fn gate(deps: &Deps, turn: &Turn) -> Result<Gate, Stop> {
    let zone = members::settings::settings(deps, turn.member).await?.zone_in(&turn.group);
    if deps.clock.now() >= plan::closing(&turn.window, zone) {
        return Ok(Gate::Closed);
    }
    if !members::belongs(deps, turn.member, turn.group.id).await? {
        return Ok(Gate::NotJoined);
    }
    match members::consents(deps, turn.member).await?.checkins {
        Some(true) => Ok(Gate::Open),
        Some(false) | None => Ok(Gate::NotAgreed),
    }
}

/// Today's window of a group for a member, opened if the prompt has not come yet; today is the member's.
///
/// # Errors
/// When the database cannot be written.
pub async fn today(deps: &Deps, group: &Group, member: Member) -> Result<Window, Stop> {
    let now = deps.clock.now();
    let day = plan::day_of(now, members::settings::settings(deps, member).await?.zone_in(group));
    let mut tx = deps.database.write().await?;
    let window = store::open(&mut tx, group.id, day, now, plan::closes_at(day, group.zone)).await?;
    tx.commit().await?;
    Ok(window)
}

/// Changes a member's answer. Reading, changing and keeping happen in one write transaction, so that two
/// devices pressing at once lose nothing of each other.
///
/// # Errors
/// When the database cannot be written.
pub async fn answer(deps: &Deps, turn: &Turn, changes: Vec<Change>) -> Result<Answer, Stop> {
    let now = deps.clock.now();
    let (member, window) = (turn.member, &turn.window);
    let mut tx = deps.database.write().await?;
    // Somebody may have left, or said no, since the button was looked at.
    if !groups::store::agreed_in(&mut tx, member, window.group, Purpose::Checkins, CONSENT_TEXT).await? {
        return Err(Refusal::new(
            "I kept nothing: you have left, or said that I may not.",
            "",
            "`/privacy` shows your choices.",
        )
        .into());
    }
    let mut answer = match store::answer_in(&mut tx, window.id, member).await? {
        Some(sealed) => unseal(deps, member, window.id, &sealed).await?.unwrap_or_default(),
        None => Answer::default(),
    };
    for change in changes {
        answer.apply(change);
    }
    let plain = Zeroizing::new(serde_json::to_vec(&answer)?);
    let sealed = members::seal(deps, member, place(member, window.id), &plain).await?;
    store::keep(&mut tx, window.id, member, &sealed, now).await?;
    prompts::used(&mut tx, &turn.group, member, now).await?;
    let was_awaited = store::silence::heard(&mut tx, turn.group.id, member.user, now).await?;
    tx.commit().await?;
    if was_awaited {
        deps.planner.ring();
    }
    Ok(answer)
}

/// The last window of a group that a member answered, from one day to another.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_answered(
    deps: &Deps,
    member: Member,
    group: GroupId,
    from: chrono::NaiveDate,
    until: chrono::NaiveDate,
) -> Result<Option<Window>, Stop> {
    Ok(store::last_answered(deps.database.read(), member, group, from, until).await?)
}

/// A member's answer to a window, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn answered(deps: &Deps, member: Member, prompt: PromptId) -> Result<Option<Answer>, Stop> {
    match store::answer(deps.database.read(), prompt, member).await? {
        Some(sealed) => unseal(deps, member, prompt, &sealed).await,
        None => Ok(None),
    }
}

async fn unseal(deps: &Deps, member: Member, prompt: PromptId, sealed: &[u8]) -> Result<Option<Answer>, Stop> {
    let opened = members::open(deps, member, place(member, prompt), sealed).await?;
    Ok(opened.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

fn place(member: Member, prompt: PromptId) -> crate::vault::Place<'static> {
    crate::vault::Place {
        table: "checkin_answer",
        column: "sealed",
        member: member.user.snowflake(),
        row: prompt.raw(),
    }
}

/// What a group asks.
///
/// # Errors
/// When the database cannot be read.
pub async fn setup(deps: &Deps, group: GroupId) -> Result<Setup, Stop> {
    Ok(store::setup(deps.database.read(), group).await?)
}

/// Keeps what a group asks.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_up(deps: &Deps, group: GroupId, setup: &Setup) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    let was = written(&store::setup_in(&mut tx, group).await?);
    store::keep_setup(&mut tx, group, setup, deps.clock.now()).await?;
    let (was, became) = members::kept::differing(&was, &written(setup));
    if !became.is_null() {
        members::kept::record(deps, &mut tx, (group, "checkins.setup", None), was, became).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What a group asks, as it stands in its record.
fn written(setup: &Setup) -> serde_json::Value {
    let questions: Vec<&str> = setup.questions.iter().map(|question| question.word()).collect();
    serde_json::json!({"questions": questions.join(","), "own": setup.own, "offer_after": setup.offer_after})
}

/// What a member wishes of their check-ins.
///
/// # Errors
/// When the database cannot be read.
pub async fn wishes(deps: &Deps, member: Member) -> Result<Wishes, Stop> {
    let sealed = store::wishes(deps.database.read(), member).await?;
    unseal_wishes(deps, member, sealed).await
}

/// Changes what a member wishes, in one write transaction.
///
/// # Errors
/// When the database cannot be written.
pub async fn wish(deps: &Deps, member: Member, change: impl FnOnce(&mut Wishes)) -> Result<Wishes, Stop> {
    let mut tx = deps.database.write().await?;
    let sealed = store::wishes_in(&mut tx, member).await?;
    let mut wishes = unseal_wishes(deps, member, sealed).await?;
    change(&mut wishes);
    let plain = Zeroizing::new(serde_json::to_vec(&wishes)?);
    let sealed = members::seal(deps, member, wishes_place(member), &plain).await?;
    store::keep_wishes(&mut tx, member, &sealed, deps.clock.now()).await?;
    tx.commit().await?;
    Ok(wishes)
}

async fn unseal_wishes(deps: &Deps, member: Member, sealed: Option<Vec<u8>>) -> Result<Wishes, Stop> {
    let Some(sealed) = sealed else { return Ok(Wishes::default()) };
    let opened = members::open(deps, member, wishes_place(member), &sealed).await?;
    Ok(opened.map(|plain| serde_json::from_slice(&plain)).transpose()?.unwrap_or_default())
}

fn wishes_place(member: Member) -> crate::vault::Place<'static> {
    crate::vault::Place {
        table: "checkin_wishes",
        column: "sealed",
        member: member.user.snowflake(),
        row: member.guild.raw(),
    }
}

/// What a member is asked by a group, and what was asked of the group.
///
/// # Errors
/// When the database cannot be read.
pub async fn asked(deps: &Deps, turn: &Turn) -> Result<(Setup, Vec<Question>), Stop> {
    let setup = setup(deps, turn.group.id).await?;
    let asked = plan::asked(&setup, &wishes(deps, turn.member).await?);
    Ok((setup, asked))
}

/// The reply to an answer.
///
/// # Errors
/// When the database cannot be read.
pub async fn reply(deps: &Deps, turn: &Turn, answer: &Answer) -> Result<Reply, Stop> {
    let setup = setup(deps, turn.group.id).await?;
    let wishes = wishes(deps, turn.member).await?;
    let mut marks = recovery::actions::coping::marks(deps, turn.member).await?;
    marks.adopt(&wishes.helped, &wishes.declined);
    let reply = plan::reply(answer, &setup, &wishes, &deps.coping, &marks);
    let settings = members::settings::settings(deps, turn.member).await?;
    let back = match settings.away {
        None => Back::Here,
        Some(away) if away.holds(deps.clock.now()) => Back::Away,
        Some(_) => {
            members::settings::come_back(deps, turn.member).await?;
            Back::Returned
        }
    };
    Ok(Reply { back, ..reply })
}

/// A member's trend in a group, up to today as they live it.
///
/// # Errors
/// When a database cannot be read.
pub async fn trend(
    deps: &Deps,
    member: Member,
    group: &Group,
    days: u16,
    second: Option<Series>,
) -> Result<Trend, Stop> {
    let zone = members::settings::settings(deps, member).await?.zone_in(group);
    let until = plan::day_of(deps.clock.now(), zone);
    let from = plan::trend(&[], until, days, second).from;
    let kept = store::between(deps.database.read(), member, group.id, from, until).await?;
    let sealed: Vec<_> = kept.iter().map(|(prompt, _, sealed)| (place(member, *prompt), sealed.as_slice())).collect();
    let opened = members::open_all(deps, member, sealed).await?;
    let mut answers = Vec::with_capacity(opened.len());
    for ((_, date, _), plain) in kept.iter().zip(&opened) {
        answers.push((*date, serde_json::from_slice(plain)?));
    }
    let attended = sessions::store::attendance::attended_on(deps.database.read(), member, from, until).await?;
    Ok(plan::with_sessions(plan::trend(&answers, until, days, second), &attended))
}

/// Removes every answer and wish that a member had given by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: chrono::DateTime<chrono::Utc>,
) -> sqlx::Result<()> {
    store::forget(tx, member, until).await?;
    store::sharing::forget(tx, member, until).await?;
    store::weather::forget(tx, member, until).await?;
    silence::forget_told(tx, member, until).await
}

/// Removes when a member is asked directly, and what they wished about silence.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_rest(tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>, member: Member) -> sqlx::Result<()> {
    store::forget_direct(tx, member).await?;
    silence::forget(tx, member).await
}

/// Removes what is not needed any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    sharing::prune(deps, now).await?;
    weather::prune(deps, now).await
}
