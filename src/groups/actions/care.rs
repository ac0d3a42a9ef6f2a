//! A group's own ways of caring: whom it lets be told of concerns, and that its members know.

use chrono::{DateTime, Utc};

use super::super::store::care as store;
use crate::deps::Deps;
use crate::ids::{GroupId, UserId};
use crate::refusal::Stop;

/// Fills the memory that the crisis path relies on.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(deps: &Deps) -> anyhow::Result<()> {
    for (group, circles) in store::circles(deps.database.read()).await? {
        deps.roster.care().set_circles(group, Some(circles));
    }
    for (user, group, wanted) in store::told(deps.database.read()).await? {
        deps.roster.care().set_told(user, group, Some(wanted));
    }
    for (group, since) in store::quiet(deps.database.read()).await? {
        deps.roster.care().set_quiet(group, Some(since));
    }
    Ok(())
}

/// Since when a group is quiet after a death in its community; none: it is not. Whatever is cheerful asks this
/// before it is posted.
pub fn quiet_since(deps: &Deps, group: GroupId) -> Option<DateTime<Utc>> {
    deps.roster.care().quiet_since(group)
}

/// A member was told that the group's responders may be told, or changed their mind about it. A no holds at
/// once, also when it cannot be kept right now.
///
/// # Errors
/// When the database cannot be written.
pub async fn tell(deps: &Deps, user: UserId, group: GroupId, wanted: bool) -> Result<(), Stop> {
    if !wanted {
        deps.roster.care().set_told(user, group, Some(false));
    }
    let mut tx = deps.database.write().await?;
    store::keep_told(&mut tx, group, user, wanted, deps.clock.now()).await?;
    tx.commit().await?;
    deps.roster.care().set_told(user, group, Some(wanted));
    Ok(())
}

/// The first time a member is shown the words that say so, where the group tells its responders.
///
/// # Errors
/// As [`tell`].
pub async fn tell_once(deps: &Deps, user: UserId, group: GroupId) -> Result<bool, Stop> {
    let care = deps.roster.care();
    if !care.tells(group) {
        return Ok(false);
    }
    if care.told(user, group).is_none() {
        tell(deps, user, group, true).await?;
    }
    Ok(true)
}
