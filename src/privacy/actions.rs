//! Looking at, and forgetting, what is kept about a member. Asks every slice for its part.

use chrono::{DateTime, Utc};

use crate::checkins;
use crate::crisis;
use crate::deps::Deps;
use crate::groups::{
    self,
    model::{Consents, Settings},
};
use crate::ids::Member;
use crate::outbox;
use crate::refusal::Stop;
use crate::sessions;

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
    /// What they set for themselves: zone, quiet hours, being away.
    pub settings: Settings,
    /// What they agreed to.
    pub consents: Consents,
}

/// Counts what is kept about a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(deps: &Deps, member: Member) -> Result<Kept, Stop> {
    let mut names = Vec::new();
    for group in groups::actions::joined(deps, member).await? {
        names.push(groups::actions::find(deps, group).await?.name);
    }
    let (answers, answers_since) = checkins::store::count(deps.database.read(), member).await?;
    Ok(Kept {
        groups: names,
        answers,
        answers_since,
        checkin_wishes: checkins::store::wishes(deps.database.read(), member).await?.is_some(),
        asked_directly: checkins::store::prompts::count(deps.database.read(), member).await? > 0,
        settings: groups::actions::settings::settings(deps, member).await?,
        consents: groups::actions::consents(deps, member).await?,
    })
}

/// Forgets a member: first the key, so that nothing sealed can ever be read again, then every row, then
/// what memory holds.
///
/// # Errors
/// When a database cannot be written; doing it again finishes what is left.
pub async fn forget(deps: &Deps, member: Member) -> Result<(), Stop> {
    // The data file is locked first, so that nothing is sealed with a fresh key in between.
    let mut tx = deps.database.write().await?;
    let mut keys = deps.database.write_keys().await?;
    groups::store::destroy_key(&mut keys, member).await?;
    keys.commit().await?;
    deps.vault.forget(member.user.snowflake());
    checkins::actions::forget(&mut tx, member).await?;
    sessions::actions::forget(&mut tx, member).await?;
    groups::store::forget(&mut tx, member).await?;
    crisis::actions::forget(&mut tx, member).await?;
    outbox::store::forget_direct(&mut tx, member.guild, member.user).await?;
    tx.commit().await?;
    deps.roster.forget(member);
    Ok(())
}
