//! What helps somebody: offered, guided, remembered.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::sheets;
use crate::coping::{Marks, Need, STEPS_LIMIT, Skill, offers};
use crate::deps::Deps;
use crate::discord::{Asked, Bot};
use crate::groups::{Group, actions as groups};
use crate::ids::Member;
use crate::recovery::cards::coping as cards;
use crate::recovery::model::Sheet;
use crate::recovery::model::skill::{OWN_SKILLS_LIMIT, OwnSkill};
use crate::recovery::plan::breathing;
use crate::recovery::store::skills as store;
use crate::refusal::{Refusal, Stop};

/// How many are offered at once: choosing is hard in a hard moment.
pub const OFFERED: usize = 3;
/// Most people who breathe with us at a time; each costs a change of one card every few seconds, and Discord takes
/// fifty calls a second from us in all.
const BREATHING_LIMIT: usize = 50;
/// Places for people who breathe with us.
static BREATHING: Semaphore = Semaphore::const_new(BREATHING_LIMIT);
/// Longest that one change of the card may take; after that the rhythm is lost.
const BEAT_WITHIN: Duration = Duration::from_secs(4);

/// What a member marked.
///
/// # Errors
/// When a database cannot be read.
pub async fn marks(deps: &Deps, member: Member) -> Result<Marks, Stop> {
    sheets::load(deps, member, Sheet::Skills).await
}

/// Keeps that a skill helped, or is not theirs.
///
/// # Errors
/// When a database cannot be written.
pub async fn mark(deps: &Deps, member: Member, skill: &str, helps: bool) -> Result<(), Stop> {
    let alter = |marks: &mut Marks| {
        marks.mark(skill, helps);
        Ok(())
    };
    sheets::change(deps, member, Sheet::Skills, alter).await?;
    Ok(())
}

/// Every skill there is for a member: the library, and those of their groups.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(deps: &Deps, member: Member) -> Result<Vec<Skill>, Stop> {
    let mut all = deps.coping.all().to_vec();
    for group in groups::joined(deps, member).await? {
        let name = groups::find(deps, group).await?.name;
        all.extend(store::of_group(deps.database.read(), group).await?.iter().map(|one| one.as_skill(&name)));
    }
    Ok(all)
}

/// Three skills for a member, and whether each helped before.
///
/// # Errors
/// When the database cannot be read.
pub async fn offer(deps: &Deps, member: Member, need: Option<Need>) -> Result<Vec<(Skill, bool)>, Stop> {
    let all = all(deps, member).await?;
    let marks = marks(deps, member).await?;
    let every: Vec<&Skill> = all.iter().collect();
    let fitting: Vec<&Skill> = need.map(|need| deps.coping.fitting(need).collect()).unwrap_or_default();
    let offered = offers(&every, &fitting, &marks, OFFERED);
    Ok(offered.into_iter().map(|(skill, theirs)| (skill.clone(), theirs)).collect())
}

/// One skill for a member.
///
/// # Errors
/// Refused when it is gone.
pub async fn find(deps: &Deps, member: Member, id: &str) -> Result<Skill, Stop> {
    let found = all(deps, member).await?.into_iter().find(|skill| skill.id == id);
    found.ok_or_else(|| Refusal::new("That one is not here any more.", "", "`/cope` offers others.").into())
}

/// The own skills of a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_group(deps: &Deps, group: &Group) -> Result<Vec<OwnSkill>, Stop> {
    Ok(store::of_group(deps.database.read(), group.id).await?)
}

/// Adds a skill to a group.
///
/// # Errors
/// Refused when there is no room, or it has more steps than fit.
pub async fn add(deps: &Deps, group: &Group, skill: &OwnSkill) -> Result<(), Stop> {
    if skill.steps.is_empty() || skill.steps.len() > STEPS_LIMIT {
        return Err(Refusal::new(
            format!("A skill has 1 to {STEPS_LIMIT} steps, and this one has {}.", skill.steps.len()),
            "Each line is one step.",
            "Shorter is easier in a hard moment.",
        )
        .into());
    }
    let mut tx = deps.database.write().await?;
    if store::count(&mut tx, group.id).await? >= OWN_SKILLS_LIMIT {
        return Err(Refusal::new(
            format!("The group has {OWN_SKILLS_LIMIT} skills of its own, and that is as many as fit."),
            "",
            "`/cope-setup` takes one away.",
        )
        .into());
    }
    let id = store::add(&mut tx, group.id, skill, deps.clock.now()).await?;
    let steps = json!({"steps": skill.steps.len()});
    groups::kept::record(deps, &mut tx, (group.id, "cope.add", Some(id)), Value::Null, steps).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a skill of a group away.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(deps: &Deps, group: &Group, id: i64) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    if store::remove(&mut tx, group.id, id).await? {
        let was = json!({"is": "there"});
        groups::kept::record(deps, &mut tx, (group.id, "cope.remove", Some(id)), was, Value::Null).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Breathes with somebody: the card changes with every part of the rhythm. It goes on beside everything else, and
/// ends by itself when Discord does not take a change any more.
///
/// # Errors
/// Refused when too many breathe at this moment, or the skill has no rhythm.
pub async fn breathe(bot: &Bot, asked: &Asked, skill: &Skill) -> Result<(), Stop> {
    let breath = skill.breath.ok_or_else(Refusal::old_button)?;
    let Ok(place) = BREATHING.try_acquire() else {
        return Err(Refusal::new(
            "Many people breathe with me right now.",
            "",
            "In for four, out for six, six times: it works without me, too.",
        )
        .into());
    };
    let beats = breathing::beats(breath);
    asked.update(&cards::beat(skill, beats.first().copied())).await?;
    let (clock, asked, skill) = (bot.deps.clock.clone(), asked.clone(), skill.clone());
    let mut at = clock.now();
    tokio::spawn(async move {
        let _place = place;
        for (number, beat) in beats.iter().enumerate() {
            at += TimeDelta::seconds(i64::from(beat.seconds));
            clock.sleep_until(at).await;
            let card = cards::beat(&skill, beats.get(number + 1).copied());
            if !matches!(tokio::time::timeout(BEAT_WITHIN, asked.update(&card)).await, Ok(Ok(()))) {
                return;
            }
        }
    });
    Ok(())
}
