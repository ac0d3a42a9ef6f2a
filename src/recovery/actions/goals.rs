//! What people, or the clock, can make goals and small wins do.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::sheets;
use crate::deps::Deps;
use crate::groups::{self, Group, actions as members};
use crate::ids::{ChannelId, GroupId, GuildId, Member, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::recovery::cards;
use crate::recovery::cards::goals::DIGEST_SHOWN;
use crate::recovery::model::Sheet;
use crate::recovery::model::goal::{GOALS_LIMIT, Goal, Goals, Rhythm, Setup, Step, WINS_LIMIT, Win, Wins};
use crate::recovery::plan::{goals as plan, reminding};
use crate::recovery::store::shared as store;
use crate::refusal::{Refusal, Stop};

/// The kind of envelope that carries a shared win.
pub const WIN: &str = "recovery.win";
/// The kind of envelope that sums up a week of shared wins.
pub const DIGEST: &str = "recovery.digest";
/// Rows a tick takes at once.
const BATCH: u32 = 100;
/// How long a shared win is worth posting late.
const WIN_HOLDS: TimeDelta = TimeDelta::hours(24);
/// What a digest looks back on.
const WEEK: TimeDelta = TimeDelta::days(7);
/// How long it is kept that a win was shared: longer than any digest looks back.
const SHARED_KEPT: TimeDelta = TimeDelta::days(60);

/// The ids a shared win is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct WinSubject {
    guild: GuildId,
    user: UserId,
    win: u32,
}

/// The ids a digest is drawn from, and up to when it looks, in UTC seconds.
#[derive(Debug, Serialize, Deserialize)]
struct DigestSubject {
    group: GroupId,
    until: i64,
}

/// Keys of a member's shared wins.
pub(super) fn prefix(user: UserId) -> String {
    format!("win:{user}/")
}

fn gone() -> Refusal {
    Refusal::new("That goal is not here any more.", "", "`/goal` shows yours.")
}

/// A member's goals.
///
/// # Errors
/// When a database cannot be read.
pub async fn all(deps: &Deps, member: Member) -> Result<Goals, Stop> {
    sheets::load(deps, member, Sheet::Goals).await
}

/// Writes a goal anew, or changes the one of that number; a step that keeps its words keeps its days.
///
/// # Errors
/// Refused when there are as many goals as fit, or it is gone.
pub async fn write(
    deps: &Deps,
    member: Member,
    number: u32,
    what: String,
    steps: Vec<(Rhythm, String)>,
) -> Result<Goal, Stop> {
    let alter = |goals: &mut Goals| {
        let before = goals.find(number).cloned();
        if before.is_none() && number != 0 {
            return Err(gone().into());
        }
        if before.is_none() && goals.all.len() >= GOALS_LIMIT {
            return Err(Refusal::new(
                format!("You have {GOALS_LIMIT} goals, and that is as many as fit."),
                "",
                "Let one go in `/goal`, and there is room again.",
            )
            .into());
        }
        let known: Vec<Step> = before.as_ref().map(|goal| goal.steps.clone()).unwrap_or_default();
        let steps: Vec<Step> = steps
            .into_iter()
            .map(|(rhythm, what)| match known.iter().find(|step| step.what == what) {
                Some(step) => Step { rhythm, ..step.clone() },
                None => Step { number: goals.take_number(), what, rhythm, done_on: Vec::new() },
            })
            .collect();
        let number = if before.is_some() { number } else { goals.take_number() };
        let goal = Goal { number, what, steps };
        match goals.all.iter_mut().find(|one| one.number == goal.number) {
            Some(one) => *one = goal.clone(),
            None => goals.all.push(goal.clone()),
        }
        Ok(goal)
    };
    Ok(sheets::change(deps, member, Sheet::Goals, alter).await?.1)
}

/// One tap on a step.
///
/// # Errors
/// Refused when it is gone.
pub async fn tap(deps: &Deps, member: Member, step: u32, today: NaiveDate) -> Result<Goal, Stop> {
    on_step(deps, member, step, |step| plan::tap(step, today)).await
}

/// A step is done, said from its reminder.
///
/// # Errors
/// When a database cannot be written; a step that is gone is no error.
pub async fn done(deps: &Deps, member: Member, step: u32, today: NaiveDate) -> Result<(), Stop> {
    match on_step(deps, member, step, |step| plan::done(step, today)).await {
        Ok(_) | Err(Stop::Refusal(_)) => Ok(()),
        Err(fault @ Stop::Fault(_)) => Err(fault),
    }
}

async fn on_step(deps: &Deps, member: Member, step: u32, alter: impl Fn(&mut Step)) -> Result<Goal, Stop> {
    let alter = |goals: &mut Goals| {
        let found = goals.all.iter_mut().find_map(|goal| {
            alter(goal.steps.iter_mut().find(|one| one.number == step)?);
            Some(goal.clone())
        });
        found.ok_or_else(|| gone().into())
    };
    Ok(sheets::change(deps, member, Sheet::Goals, alter).await?.1)
}

/// A goal has ended.
///
/// # Errors
/// When a database cannot be written.
pub async fn end(deps: &Deps, member: Member, number: u32) -> Result<(), Stop> {
    let alter = |goals: &mut Goals| {
        goals.all.retain(|goal| goal.number != number);
        Ok(())
    };
    sheets::change(deps, member, Sheet::Goals, alter).await?;
    Ok(())
}

/// A member's wins.
///
/// # Errors
/// When a database cannot be read.
pub async fn wins(deps: &Deps, member: Member) -> Result<Wins, Stop> {
    sheets::load(deps, member, Sheet::Wins).await
}

/// Keeps a win.
///
/// # Errors
/// When a database cannot be written.
pub async fn keep_win(deps: &Deps, member: Member, what: String, on: NaiveDate) -> Result<Win, Stop> {
    let alter = |wins: &mut Wins| {
        wins.last = wins.last.saturating_add(1);
        let win = Win { number: wins.last, what, on };
        wins.all.push(win.clone());
        if wins.all.len() > WINS_LIMIT {
            wins.all.remove(0);
        }
        Ok(win)
    };
    Ok(sheets::change(deps, member, Sheet::Wins, alter).await?.1)
}

/// One of a member's wins.
///
/// # Errors
/// Refused when it is gone.
pub async fn win(deps: &Deps, member: Member, number: u32) -> Result<Win, Stop> {
    let found = wins(deps, member).await?.all.into_iter().find(|win| win.number == number);
    found.ok_or_else(|| Refusal::new("That one is not here any more.", "", "`/win` shows yours.").into())
}

/// Takes a win back; what waits to be posted of it is not.
///
/// # Errors
/// When a database cannot be written.
pub async fn drop_win(deps: &Deps, member: Member, number: u32) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let mut wins: Wins = sheets::load_in(deps, &mut tx, member, Sheet::Wins).await?;
    wins.all.retain(|win| win.number != number);
    sheets::keep(deps, &mut tx, member, Sheet::Wins, &wins).await?;
    outbox::cancel_matching(&mut tx, now, &format!("{}{number}/", prefix(member.user)), "removed").await?;
    tx.commit().await?;
    Ok(())
}

/// What a group wants to see.
///
/// # Errors
/// When the database cannot be read.
pub async fn setup(deps: &Deps, group: GroupId) -> Result<Setup, Stop> {
    Ok(store::setup(deps.database.read(), group).await?)
}

/// Keeps what a group wants to see.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_up(deps: &Deps, group: &Group, setup: &Setup) -> Result<(), Stop> {
    let next_at = setup.digest.as_ref().and_then(|digest| reminding::next_after(digest, group.zone, deps.clock.now()));
    let setup = Setup { digest: setup.digest.clone().filter(|_| next_at.is_some()), ..setup.clone() };
    let mut tx = deps.database.write().await?;
    store::keep_setup(&mut tx, group.id, &setup, next_at).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(())
}

/// Where a group's shared wins are posted.
///
/// # Errors
/// When the database cannot be read.
pub async fn wins_channel(deps: &Deps, group: &Group) -> Result<ChannelId, Stop> {
    Ok(setup(deps, group.id).await?.channel.unwrap_or(group.channel))
}

/// Posts a win where the group wants to see it; pressing twice posts once.
///
/// # Errors
/// Refused when it is gone.
pub async fn share(deps: &Deps, member: Member, number: u32, group: &Group) -> Result<ChannelId, Stop> {
    win(deps, member, number).await?;
    let channel = wins_channel(deps, group).await?;
    let now = deps.clock.now();
    let subject = WinSubject { guild: member.guild, user: member.user, win: number };
    let envelope = NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("{}{number}/{}", prefix(member.user), group.id),
        guild: member.guild,
        place: Place::Channel(channel),
        kind: WIN,
        subject: serde_json::to_value(subject)?,
        due_at: now,
        expires_at: now + WIN_HOLDS,
    };
    let mut tx = deps.database.write().await?;
    store::share(&mut tx, member, number, group.id, now).await?;
    outbox::enqueue(&mut tx, now, &envelope).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(channel)
}

/// Enqueues the digests that are due.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub(super) async fn tick(deps: &Deps) -> anyhow::Result<()> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let due = store::digests_due(&mut tx, now, BATCH).await?;
        for (id, digest, at) in &due {
            let group = groups::store::find_in(&mut tx, *id).await?;
            let next = group.as_ref().and_then(|group| reminding::next_after(digest, group.zone, now));
            store::set_digest(&mut tx, *id, next).await?;
            if let Some(group) = group.filter(|group| deps.roster.group(group.id).is_some()) {
                outbox::enqueue(&mut tx, now, &digest_envelope(&group, *at)?).await?;
            }
        }
        tx.commit().await?;
        if due.is_empty() {
            return Ok(());
        }
        deps.courier.ring();
    }
}

fn digest_envelope(group: &Group, at: DateTime<Utc>) -> anyhow::Result<NewEnvelope> {
    Ok(NewEnvelope {
        class: Class::Digest,
        dedupe_key: format!("wins:{}/{}", group.id, at.timestamp()),
        guild: group.guild,
        place: Place::Channel(group.channel),
        kind: DIGEST,
        subject: serde_json::to_value(DigestSubject { group: group.id, until: at.timestamp() })?,
        due_at: at,
        expires_at: at + TimeDelta::days(1),
    })
}

/// Draws a shared win, or the digest of a week, at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    if envelope.kind == WIN {
        let subject: WinSubject = serde_json::from_value(envelope.subject.clone())?;
        let member = Member { guild: subject.guild, user: subject.user };
        let wins = super::for_drawing(wins(deps, member).await)?;
        let found = wins.all.iter().find(|win| win.number == subject.win);
        return Ok(found.map_or(Drawn::Gone("removed"), |win| Drawn::Card(cards::goals::shared(member.user, win))));
    }
    let subject: DigestSubject = serde_json::from_value(envelope.subject.clone())?;
    let until = DateTime::from_timestamp(subject.until, 0).unwrap_or(envelope.due_at);
    let shared = store::shared(deps.database.read(), subject.group, until - WEEK, until, DIGEST_SHOWN).await?;
    let mut shown = Vec::new();
    for (user, number) in shared {
        let member = Member { guild: envelope.guild, user };
        // Who left the group is not named in it any more.
        if !super::for_drawing(members::belongs(deps, member, subject.group).await)? {
            continue;
        }
        let wins = super::for_drawing(wins(deps, member).await)?;
        shown.extend(wins.all.into_iter().find(|win| win.number == number).map(|win| (user, win)));
    }
    Ok(if shown.is_empty() { Drawn::Gone("nothing_shared") } else { Drawn::Card(cards::goals::digest(&shown)) })
}

/// Removes that wins were shared a while ago; they stay on their members' sheets.
///
/// # Errors
/// When the database cannot be written.
pub(super) async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - SHARED_KEPT).await?;
    tx.commit().await?;
    Ok(())
}
