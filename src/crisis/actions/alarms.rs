//! "This was wrong": counting false alarms by phrase, and nothing about who said so.

use crate::crisis::model::FALSE_ALARM_AGAIN;
use crate::crisis::store::alarms as store;
use crate::crisis::words::actions as words;
use crate::deps::Deps;
use crate::ids::{GroupId, UserId};
use crate::refusal::Stop;

/// Counts one more false alarm of a phrase; false when the phrase is none of ours, or the same person counted it
/// within the last hour (which only memory knows).
///
/// # Errors
/// When the database cannot be written.
pub async fn count(deps: &Deps, user: UserId, group: GroupId, phrase: &str) -> Result<bool, Stop> {
    let now = deps.clock.now();
    let guild = deps.roster.group(group).map(|known| known.guild);
    let is_ours = words::phrase(deps, guild, |id| id == phrase).is_some();
    if !is_ours || !deps.roster.care().may_count(user, group, now, FALSE_ALARM_AGAIN) {
        return Ok(false);
    }
    let mut tx = deps.database.write().await?;
    store::count(&mut tx, group, phrase, now.date_naive()).await?;
    tx.commit().await?;
    Ok(true)
}

/// The phrases that members of a group said were wrong, and how often.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_group(deps: &Deps, group: GroupId) -> Result<Vec<(String, i64)>, Stop> {
    Ok(store::of_group(deps.database.read(), group).await?)
}
