//! What people, or the clock, can make milestones do.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{sheets, today_of};
use crate::calendar::{Zone, to_civil};
use crate::deps::Deps;
use crate::groups::{self, Group, actions as members};
use crate::ids::{GroupId, GuildId, Member, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::recovery::cards;
use crate::recovery::model::Sheet;
use crate::recovery::model::milestone::{Heard, MILESTONES_LIMIT, Milestone, Milestones, Yearly};
use crate::recovery::plan::milestones as plan;
use crate::recovery::store::shared::{self as store, Mark};
use crate::refusal::{Refusal, Stop};

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

/// The kind of envelope that announces a mark.
pub const MARK: &str = "recovery.milestone";
/// Rows a tick takes at once.
const BATCH: u32 = 100;
/// How long an announcement is worth making: until the evening of its day.
const HOLDS: TimeDelta = TimeDelta::hours(12);

/// The ids an announcement is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    guild: GuildId,
    user: UserId,
    group: GroupId,
    milestone: u32,
    days: u32,
}

/// Keys of a member's announcements.
pub(super) fn prefix(user: UserId) -> String {
    format!("stone:{user}/")
}

fn gone() -> Refusal {
    Refusal::new("That milestone is not here any more.", "", "`/milestone` shows yours.")
}

/// A member's milestones.
///
/// # Errors
/// When a database cannot be read.
pub async fn all(deps: &Deps, member: Member) -> Result<Milestones, Stop> {
    sheets::load(deps, member, Sheet::Milestones).await
}

/// One of a member's milestones, and the group it is announced in.
///
/// # Errors
/// Refused when it is gone.
pub async fn find(deps: &Deps, member: Member, number: u32) -> Result<(Milestone, Option<Group>), Stop> {
    let milestone = all(deps, member).await?.find(number).cloned().ok_or_else(gone)?;
    let mut tx = deps.database.write().await?;
    let group = store::mark_of(&mut tx, member, number).await?;
    let group = match group {
        Some(group) => groups::store::find_in(&mut tx, group).await?,
        None => None,
    };
    tx.commit().await?;
    Ok((milestone, group))
}

/// Begins to count.
///
/// # Errors
/// Refused when there are as many as fit.
pub async fn add(deps: &Deps, member: Member, called: String, since: NaiveDate) -> Result<Milestone, Stop> {
    let alter = |milestones: &mut Milestones| {
        if milestones.all.len() >= MILESTONES_LIMIT {
            return Err(Refusal::new(
                format!("You count {MILESTONES_LIMIT} things, and that is as many as fit."),
                "",
                "Remove one in `/milestone`, and there is room again.",
            )
            .into());
        }
        milestones.last = milestones.last.saturating_add(1);
        let one = Milestone { number: milestones.last, called, since, ..Milestone::default() };
        milestones.all.push(one.clone());
        Ok(one)
    };
    Ok(sheets::change(deps, member, Sheet::Milestones, alter).await?.1)
}

/// Changes one milestone and has its next mark reckoned anew, in one transaction. `group` says where it is announced
/// from now on; none leaves that as it is.
async fn change(
    deps: &Deps,
    member: Member,
    number: u32,
    group: Option<GroupId>,
    alter: impl FnOnce(&mut Milestone),
) -> Result<Milestone, Stop> {
    let (_, zone) = super::belonging(deps, member).await?;
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let mut milestones: Milestones = sheets::load_in(deps, &mut tx, member, Sheet::Milestones).await?;
    let one = milestones.find_mut(number).ok_or_else(gone)?;
    alter(one);
    let one = one.clone();
    sheets::keep(deps, &mut tx, member, Sheet::Milestones, &milestones).await?;
    let group = match group {
        Some(group) => Some(group),
        None => store::mark_of(&mut tx, member, number).await?,
    };
    outbox::cancel_matching(&mut tx, now, &format!("{}{number}/", prefix(member.user)), "changed").await?;
    keep_next(&mut tx, member, &one, group, zone, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(one)
}

async fn keep_next(
    tx: &mut Tx,
    member: Member,
    one: &Milestone,
    group: Option<GroupId>,
    zone: Zone,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    match group.zip(plan::next_mark(one, zone, now)) {
        Some((group, (days, at))) => {
            store::keep_mark(tx, &Mark { member, milestone: one.number, group, days, at }, now).await
        }
        None => store::drop_mark(tx, member, one.number).await,
    }
}

/// Records a slip; everything before it stays.
///
/// # Errors
/// Refused when the milestone is gone.
pub async fn slip(
    deps: &Deps,
    member: Member,
    number: u32,
    on: NaiveDate,
    since: NaiveDate,
) -> Result<Milestone, Stop> {
    change(deps, member, number, None, |one| plan::slip(one, on, since)).await
}

/// Announces a milestone in a group at these marks, as the member chose.
///
/// # Errors
/// Refused when the milestone is gone.
pub async fn announce(
    deps: &Deps,
    member: Member,
    number: u32,
    group: GroupId,
    marks: Vec<u32>,
) -> Result<Milestone, Stop> {
    change(deps, member, number, Some(group), |one| one.marks = marks).await
}

/// Nobody hears of it any more.
///
/// # Errors
/// Refused when the milestone is gone.
pub async fn quiet(deps: &Deps, member: Member, number: u32) -> Result<Milestone, Stop> {
    change(deps, member, number, None, |one| one.marks.clear()).await
}

/// Chooses whether the day is marked each year, and to whom; `group` is where, and whose zone it is in.
///
/// # Errors
/// Refused when the milestone is gone, or for a mark by direct message without a yes to those.
pub async fn yearly(
    deps: &Deps,
    member: Member,
    number: u32,
    group: GroupId,
    yearly: Yearly,
) -> Result<Milestone, Stop> {
    if yearly == Yearly::Privately && members::consents(deps, member).await?.direct_messages != Some(true) {
        return Err(Refusal::new(
            "I would tell you by direct message, and I only write to people who said yes to that.",
            "",
            "`/privacy` turns direct messages on; then choose it again.",
        )
        .into());
    }
    change(deps, member, number, Some(group), |one| one.yearly = yearly).await
}

/// Removes a milestone with everything it counted.
///
/// # Errors
/// When a database cannot be written.
pub async fn remove(deps: &Deps, member: Member, number: u32) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let mut milestones: Milestones = sheets::load_in(deps, &mut tx, member, Sheet::Milestones).await?;
    milestones.all.retain(|one| one.number != number);
    sheets::keep(deps, &mut tx, member, Sheet::Milestones, &milestones).await?;
    store::drop_mark(&mut tx, member, number).await?;
    outbox::cancel_matching(&mut tx, now, &format!("{}{number}/", prefix(member.user)), "removed").await?;
    tx.commit().await?;
    Ok(())
}

/// Enqueues the announcements that are due.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub(super) async fn tick(deps: &Deps) -> anyhow::Result<()> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let due = store::marks_due(&mut tx, now, BATCH).await?;
        for mark in &due {
            say(deps, &mut tx, mark, now).await?;
        }
        tx.commit().await?;
        if due.is_empty() {
            return Ok(());
        }
        deps.courier.ring();
    }
}

async fn say(deps: &Deps, tx: &mut Tx, mark: &Mark, now: DateTime<Utc>) -> anyhow::Result<()> {
    let member = mark.member;
    let group = groups::store::find_in(tx, mark.group).await?;
    let milestones: Milestones = super::for_drawing(sheets::load_in(deps, tx, member, Sheet::Milestones).await)?;
    let (Some(group), Some(one)) = (group, milestones.find(mark.milestone)) else {
        return Ok(store::drop_mark(tx, member, mark.milestone).await?);
    };
    let heard = plan::heard(one, mark.days).filter(|_| deps.roster.group(group.id).is_some() && now - mark.at < HOLDS);
    if let Some(heard) = heard {
        let subject = Subject {
            guild: member.guild,
            user: member.user,
            group: group.id,
            milestone: mark.milestone,
            days: mark.days,
        };
        let envelope = NewEnvelope {
            class: Class::Prompt,
            dedupe_key: format!("{}{}/{}/{}", prefix(member.user), mark.milestone, mark.days, mark.at.timestamp()),
            guild: member.guild,
            place: place(heard, &group, member),
            kind: MARK,
            subject: serde_json::to_value(subject)?,
            due_at: mark.at,
            expires_at: mark.at + HOLDS,
        };
        outbox::enqueue(tx, now, &envelope).await?;
    }
    let zone = groups::store::settings::find_in(tx, member).await?.zone_in(&group);
    Ok(keep_next(tx, member, one, Some(group.id), zone, now).await?)
}

fn place(heard: Heard, group: &Group, member: Member) -> Place {
    match heard {
        Heard::Group => Place::Channel(group.channel),
        Heard::Member => Place::Direct(member.user),
    }
}

/// Draws an announcement at the moment it is sent, if it is still true and still wanted.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let member = Member { guild: subject.guild, user: subject.user };
    let milestones = super::for_drawing(all(deps, member).await)?;
    let Some(one) = milestones.find(subject.milestone) else { return Ok(Drawn::Gone("removed")) };
    if !super::for_drawing(members::belongs(deps, member, subject.group).await)? {
        return Ok(Drawn::Gone("left"));
    }
    let group = super::for_drawing(members::find(deps, subject.group).await)?;
    let zone = groups::store::settings::find(deps.database.read(), member).await?.zone_in(&group);
    let day = to_civil(envelope.due_at, zone).date();
    // A day off is the member who lives in another zone by now.
    let is_true = plan::days(one.since, day).abs_diff(subject.days) <= 1;
    let heard = plan::heard(one, subject.days).filter(|_| is_true);
    Ok(match (heard, envelope.place) {
        (Some(Heard::Group), Place::Channel(_)) => {
            Drawn::Card(cards::milestones::announcement(member.user, one, subject.days))
        }
        (Some(Heard::Member), Place::Direct(_)) => match members::reach::held_back(deps, member, &group).await? {
            Some(instead) => instead,
            None => Drawn::Card(cards::milestones::reminded(one)),
        },
        (None | Some(Heard::Group | Heard::Member), _) => Drawn::Gone("changed"),
    })
}

/// The member's today.
///
/// # Errors
/// Refused when they belong to no group here.
pub async fn today(deps: &Deps, member: Member) -> Result<NaiveDate, Stop> {
    let (_, zone) = super::belonging(deps, member).await?;
    Ok(today_of(deps, zone))
}
