//! "This was wrong": counting false alarms by phrase, and nothing about who said so.

use crate::crisis::model::FALSE_ALARM_AGAIN;
use crate::crisis::store::alarms as store;
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
    let is_ours = deps.lexicon.phrases().iter().any(|listed| listed.id.as_str() == phrase);
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
