//! What people, or the clock, can make a member's own tools do.

pub mod buddies;
pub mod coping;
pub mod goals;
pub mod kept;
pub mod milestones;
pub mod reminding;
pub mod safety_plan;
pub mod sheets;

use chrono::{DateTime, NaiveDate, Utc};

use super::model::Sheet;
use super::model::reminder::{About, Kind, Reminder};
use super::store;
use crate::calendar::{Zone, to_civil};
use crate::deps::Deps;
use crate::groups::actions as members;
use crate::groups::{self, Group};
use crate::ids::Member;
use crate::outbox::{self, Drawn, Envelope};
use crate::refusal::{Refusal, Stop};

/// Does what fell due, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    // Each by itself: what is wrong with one keeps nothing of another from being said.
    let done =
        [reminding::tick(deps).await, milestones::tick(deps).await, goals::tick(deps).await, buddies::tick(deps).await];
    for one in done {
        one?;
    }
    next(deps).await
}

/// When something of this slice is due next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let pool = deps.database.read();
    let all =
        [store::reminders::next(pool).await?, store::shared::next(pool).await?, store::buddies::next(pool).await?];
    Ok(all.into_iter().flatten().min())
}

/// Draws an envelope of this slice at the moment it is sent; nothing when it is another's.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Option<Drawn>> {
    Ok(match envelope.kind.as_str() {
        reminding::REMINDER => Some(reminding::draw(deps, envelope).await?),
        milestones::MARK => Some(milestones::draw(deps, envelope).await?),
        goals::WIN | goals::DIGEST => Some(goals::draw(deps, envelope).await?),
        buddies::SOON | buddies::MET => Some(buddies::draw(deps, envelope).await?),
        safety_plan::HANDED => Some(safety_plan::draw(deps, envelope).await?),
        _ => None,
    })
}

/// Removes what is not needed any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    goals::prune(deps, now).await?;
    buddies::prune(deps, now).await?;
    reminding::prune(deps, now).await
}

/// Removes everything that a member had left here by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::reminders::forget(tx, member, until).await?;
    store::sheets::forget(tx, member, until).await?;
    store::shared::forget(tx, member, until).await?;
    store::buddies::forget(tx, member, until).await?;
    let prefixes = [safety_plan::prefix(member.user), milestones::prefix(member.user), goals::prefix(member.user)];
    for prefix in prefixes {
        outbox::store::forget_matching(tx, &prefix, until).await?;
    }
    Ok(())
}

/// What a draw needs of an action: a refusal has nobody to be told to there.
fn for_drawing<T>(given: Result<T, Stop>) -> anyhow::Result<T> {
    given.map_err(|stop| match stop {
        Stop::Refusal(refusal) => anyhow::anyhow!("refused while drawing: {refusal}"),
        Stop::Fault(error) => error,
    })
}

/// The member says that what a reminder is about is done.
///
/// # Errors
/// When the database cannot be written.
pub async fn done(deps: &Deps, reminder: &Reminder, about: &About) -> Result<(), Stop> {
    match about.kind {
        Kind::Goal(step) => goals::done(deps, reminder.member, step, today_of(deps, reminder.zone)).await,
        Kind::Anything | Kind::Medication | Kind::Appointment => Ok(()),
    }
}

/// The local date in a zone.
pub fn today_of(deps: &Deps, zone: Zone) -> NaiveDate {
    to_civil(deps.clock.now(), zone).date()
}

/// What is kept about a member here, as counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Own reminders.
    pub reminders: i64,
    /// In how many groups they want to be paired.
    pub buddies: i64,
    /// Which of the sealed sheets there are.
    pub sheets: Vec<Sheet>,
}

/// Counts what is kept about a member here.
///
/// # Errors
/// When the database cannot be read.
pub async fn kept(deps: &Deps, member: Member) -> Result<Kept, Stop> {
    let pool = deps.database.read();
    Ok(Kept {
        reminders: store::reminders::count(pool, member).await?,
        buddies: store::buddies::count(pool, member).await?,
        sheets: store::sheets::names(pool, member).await?,
    })
}

/// The groups of a member, and the zone they live in.
///
/// # Errors
/// Refused when they belong to no group here.
pub async fn belonging(deps: &Deps, member: Member) -> Result<(Vec<Group>, Zone), Stop> {
    let mut all = Vec::new();
    for group in members::joined(deps, member).await? {
        all.push(members::find(deps, group).await?);
    }
    let Some(first) = all.first() else {
        return Err(Refusal::new("This is for members of a group.", "", "`/join` takes you in.").into());
    };
    let zone = groups::store::settings::find(deps.database.read(), member).await?.zone_in(first);
    Ok((all, zone))
}
