//! Looking at, and forgetting, what is kept about a member. Asks every slice for its part.

use chrono::{DateTime, Utc};

use crate::checkins;
use crate::crisis;
use crate::database::Database;
use crate::deps::Deps;
use crate::groups::{
    self,
    model::{Consents, Settings},
};
use crate::ids::{GroupId, Member};
use crate::outbox;
use crate::recovery;
use crate::refusal::Stop;
use crate::sessions;
use crate::sessions::model::FeedOf;
use crate::sessions::model::attending::KeptOf;

/// What is kept about a member, as counts and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The groups they belong to here, by name.
    pub groups: Vec<String>,
    /// How many check-in answers.
    pub answers: i64,
    /// Since when.
    pub answers_since: Option<DateTime<Utc>>,
    /// Whether choices about their check-ins are kept (what is asked, what helps them).
    pub checkin_wishes: bool,
    /// Whether they are asked by direct message at their own hour.
    pub asked_directly: bool,
    /// What is kept about their sessions: answers, attendance, reminders, notes.
    pub sessions: KeptOf,
    /// Their own tools.
    pub recovery: recovery::actions::Kept,
    /// Since when a calendar program can read their sessions at an address of theirs.
    pub feed_since: Option<DateTime<Utc>>,
    /// How many things they shared stand.
    pub shares: i64,
    /// On how many days they marked a home practice.
    pub practice_days: i64,
    /// Whether they are counted in their group's weather; none when they were not asked.
    pub counted: Option<bool>,
    /// What they wished for when they go quiet, by group.
    pub quiet: Vec<checkins::model::Quiet>,
    /// What they set for themselves: zone, quiet hours, being away.
    pub settings: Settings,
    /// How many concerns about them, their own calls for a person included.
    pub concerns: i64,
    /// How many stretches of hours they are on call.
    pub duties: i64,
    /// The groups they belong to that tell their responders when words worry, and whether of them.
    pub tells: Vec<(GroupId, String, bool)>,
    /// What they agreed to.
    pub consents: Consents,
}

/// Counts what is kept about a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(deps: &Deps, member: Member) -> Result<Kept, Stop> {
    let (mut names, mut tells) = (Vec::new(), Vec::new());
    for group in groups::actions::joined(deps, member).await? {
        let name = groups::actions::find(deps, group).await?.name;
        if deps.roster.care().tells(group) {
            let told = deps.roster.care().told(member.user, group) == Some(true);
            tells.push((group, name.clone(), told));
        }
        names.push(name);
    }
    let (answers, answers_since) = checkins::store::count(deps.database.read(), member).await?;
    Ok(Kept {
        groups: names,
        answers,
        answers_since,
        checkin_wishes: checkins::store::wishes(deps.database.read(), member).await?.is_some(),
        asked_directly: checkins::store::prompts::count(deps.database.read(), member).await? > 0,
        sessions: sessions::actions::attending::count(deps, member).await?,
        recovery: recovery::actions::kept(deps, member).await?,
        feed_since: sessions::store::feeds::since(deps.database.read(), FeedOf::Member(member)).await?,
        shares: checkins::store::sharing::count(deps.database.read(), member).await?,
        practice_days: sessions::practice::store::count(deps.database.read(), member).await?,
        counted: checkins::actions::weather::counted(deps, member).await?,
        quiet: checkins::store::silence::of_member(deps.database.read(), member).await?,
        settings: groups::actions::settings::settings(deps, member).await?,
        concerns: crisis::store::count_of(deps.database.read(), member).await?,
        duties: crisis::store::duties_of(deps.database.read(), member).await?,
        tells,
        consents: groups::actions::consents(deps, member).await?,
    })
}

/// Forgets a member: first the key, so that nothing sealed can ever be read again, then every row, then
/// what memory holds, then what the write-ahead logs still hold of it all.
///
/// # Errors
/// When a database cannot be written; doing it again finishes what is left.
pub async fn forget(deps: &Deps, member: Member) -> Result<(), Stop> {
    // The data file is locked first, so that nothing is sealed with a fresh key in between.
    let mut tx = deps.database.write().await?;
    let mut keys = deps.database.write_keys().await?;
    groups::store::destroy_key(&mut keys, member).await?;
    groups::store::keep_forgotten(&mut keys, member, deps.clock.now()).await?;
    keys.commit().await?;
    deps.vault.forget(member.user.snowflake());
    forget_rows(&mut tx, member, DateTime::<Utc>::MAX_UTC).await?;
    forget_rest(&mut tx, member).await?;
    tx.commit().await?;
    deps.roster.forget(member);
    deps.database.fold().await;
    // Somebody may have been reading, and a place of theirs may be free for the next: the planner looks.
    deps.planner.ring();
    Ok(())
}

/// Removes what a member had left in the tables of every slice by then.
async fn forget_rows(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    checkins::actions::forget(tx, member, until).await?;
    sessions::actions::attending::forget(tx, member, until).await?;
    recovery::actions::forget(tx, member, until).await?;
    sessions::practice::store::forget(tx, member, until).await?;
    groups::store::forget(tx, member, until).await?;
    crisis::actions::forget(tx, member, until).await?;
    sessions::actions::forget(tx, member, until).await?;
    outbox::store::forget_direct(tx, member.guild, member.user, until).await?;
    Ok(())
}

/// Removes what a member had left that does not say since when: only where they did not come back since.
async fn forget_rest(tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>, member: Member) -> sqlx::Result<()> {
    checkins::actions::forget_rest(tx, member).await?;
    sessions::actions::forget_rest(tx, member).await?;
    groups::store::settings::forget(tx, member).await?;
    Ok(())
}

/// Forgets again whoever was forgotten: a restored backup may have brought them back. What is newer than their
/// wish is theirs and stays.
///
/// # Errors
/// When a database cannot be written; nothing of it is half done then.
pub async fn forget_again(database: &Database) -> anyhow::Result<()> {
    let forgotten = groups::store::forgotten(database.read_keys()).await?;
    if forgotten.is_empty() {
        return Ok(());
    }
    let mut keys = database.write_keys().await?;
    groups::store::destroy_forgotten_keys(&mut keys).await?;
    keys.commit().await?;
    let mut tx = database.write().await?;
    for (member, at) in forgotten {
        forget_rows(&mut tx, member, at).await?;
        if groups::store::joined_in(&mut tx, member).await?.is_empty() {
            forget_rest(&mut tx, member).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Who was forgotten, to be carried over when the keys are put back from a backup.
///
/// # Errors
/// When the keys cannot be read.
pub async fn forgotten(database: &Database) -> anyhow::Result<Vec<(Member, DateTime<Utc>)>> {
    Ok(groups::store::forgotten(database.read_keys()).await?)
}

/// Keeps that these were forgotten, and forgets them again.
///
/// # Errors
/// As [`forget_again`].
pub async fn carry_over(database: &Database, forgotten: &[(Member, DateTime<Utc>)]) -> anyhow::Result<()> {
    let mut keys = database.write_keys().await?;
    for (member, at) in forgotten {
        groups::store::keep_forgotten(&mut keys, *member, *at).await?;
    }
    keys.commit().await?;
    forget_again(database).await
}
