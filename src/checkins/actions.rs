//! What people, or the clock, can make a check-in do.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Answer, Mood, Window};
use super::{cards, plan, store};
use crate::calendar::to_civil;
use crate::deps::Deps;
use crate::groups::model::CONSENT_TEXT;
use crate::groups::{self, Group, Purpose, actions as members};
use crate::ids::{Member, PromptId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// Groups a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;
/// How long a group that cannot be read is left alone: soon enough after somebody mended its row, and few lines
/// in the log until then.
const PARKED: TimeDelta = TimeDelta::hours(1);
/// The kind of envelope that carries a prompt.
pub const PROMPT: &str = "checkin.prompt";

/// The ids a prompt is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    prompt: PromptId,
}

/// Opens the windows whose hour has come, enqueues their prompts, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let (due, bad) = groups::store::checkin_due(&mut tx, now, BATCH).await?;
        if due.is_empty() && bad.is_empty() {
            break;
        }
        for row in &bad {
            tracing::error!(group = %row.group, error = %row, "check-ins wait until this row is mended");
            groups::store::set_checkin_next(&mut tx, row.group, Some(now + PARKED)).await?;
        }
        for group in &due {
            let Some(checkin) = &group.checkin else {
                groups::store::set_checkin_next(&mut tx, group.id, None).await?;
                continue;
            };
            let due_at = plan::latest_due(checkin.next_at.unwrap_or(now), now, |after| {
                members::after_prompt(checkin, group.zone, after)
            });
            // A group that is not served (the bot was removed) is not asked; it goes on when the bot is back.
            if deps.roster.group(group.id).is_some() {
                let day = to_civil(due_at, group.zone).date();
                let window = store::open(&mut tx, group.id, day, now, plan::closes_at(day, group.zone)).await?;
                outbox::enqueue(&mut tx, now, &envelope(group, &window, due_at)?).await?;
            }
            let next = members::after_prompt(checkin, group.zone, now);
            groups::store::set_checkin_next(&mut tx, group.id, next).await?;
        }
        tx.commit().await?;
        deps.courier.ring();
    }
    Ok(groups::store::checkin_next(deps.database.read()).await?)
}

fn envelope(group: &Group, window: &Window, due_at: DateTime<Utc>) -> anyhow::Result<NewEnvelope> {
    Ok(NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("checkin:{}/{}/prompt", group.id, window.on_date),
        guild: group.guild,
        place: Place::Channel(group.channel),
        kind: PROMPT,
        subject: serde_json::to_value(Subject { prompt: window.id })?,
        due_at,
        expires_at: window.closes_at,
    })
}

/// Draws a prompt at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let Some(window) = store::find(deps.database.read(), subject.prompt).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    let asked =
        groups::store::find(deps.database.read(), window.group).await?.is_some_and(|group| group.checkin.is_some());
    Ok(if asked { Drawn::Card(cards::prompt(&window)) } else { Drawn::Gone("switched_off") })
}

/// Whether an answer may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Yes.
    Open(Window),
    /// Its time is over.
    Closed(Window),
    /// They were not asked yet, or said no.
    NotAgreed(Window),
    /// They do not belong to the group.
    NotJoined(Group),
}

/// Looks up a window and whether this member may answer it.
///
/// # Errors
/// Refused when the window is of another guild or gone.
pub async fn gate(deps: &Deps, member: Member, prompt: PromptId) -> Result<Gate, Stop> {
    let window = store::find(deps.database.read(), prompt).await?.ok_or_else(Refusal::old_button)?;
    let group = members::find(deps, window.group).await?;
    if group.guild != member.guild {
        return Err(Refusal::old_button().into());
    }
    if deps.clock.now() >= window.closes_at {
        return Ok(Gate::Closed(window));
    }
    if !members::belongs(deps, member, group.id).await? {
        return Ok(Gate::NotJoined(group));
    }
    match members::consents(deps, member).await?.checkins {
        Some(true) => Ok(Gate::Open(window)),
        Some(false) | None => Ok(Gate::NotAgreed(window)),
    }
}

/// Today's window of a group, opened if the prompt has not come yet.
///
/// # Errors
/// When the database cannot be written.
pub async fn today(deps: &Deps, group: &Group) -> Result<Window, Stop> {
    let now = deps.clock.now();
    let day = plan::day_of(now, group.zone);
    let mut tx = deps.database.write().await?;
    let window = store::open(&mut tx, group.id, day, now, plan::closes_at(day, group.zone)).await?;
    tx.commit().await?;
    Ok(window)
}

/// What a member changes in their answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// How they are.
    Mood(Mood),
    /// What they wrote; nothing takes the line away again.
    Line(Option<String>),
}

/// Changes a member's answer. Reading, changing and keeping happen in one write transaction, so that two
/// devices pressing at once lose nothing of each other.
///
/// # Errors
/// When the database cannot be written.
pub async fn answer(deps: &Deps, member: Member, window: &Window, change: Change) -> Result<Answer, Stop> {
    let now = deps.clock.now();
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
    match change {
        Change::Mood(mood) => answer.mood = Some(mood),
        Change::Line(line) => answer.line = line,
    }
    let plain = zeroize::Zeroizing::new(serde_json::to_vec(&answer)?);
    let sealed = members::seal(deps, member, place(member, window.id), &plain).await?;
    store::keep(&mut tx, window.id, member, &sealed, now).await?;
    tx.commit().await?;
    Ok(answer)
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

/// Removes every answer that a member had given by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::forget(tx, member, until).await
}
