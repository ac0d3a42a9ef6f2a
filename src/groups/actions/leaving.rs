//! Leaving a guild and coming back: what is kept of somebody waits for them for a while.

use super::super::store::{self, departures};
use crate::deps::Deps;
use crate::ids::Member;
use crate::refusal::Stop;

/// A person left the guild: they belong to no group there any more, nothing is sent to them, and what is kept of
/// them waits as long as the configuration says. Saying it again changes nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn gone(deps: &Deps, member: Member) -> Result<(), Stop> {
    let now = deps.clock.now();
    let has_key = store::key(deps.database.read_keys(), member).await?.is_some();
    let mut tx = deps.database.write().await?;
    departures::note(&mut tx, member, has_key, now).await?;
    store::leave_all(&mut tx, member, now).await?;
    store::steps::leave_all(&mut tx, member).await?;
    store::withdraw_all(&mut tx, member).await?;
    crate::outbox::store::cancel_direct(&mut tx, now, member.guild, member.user, "left").await?;
    tx.commit().await?;
    deps.roster.leave_guild(member);
    super::withdraw_wishes(deps, member);
    // A place of theirs may be free for the next.
    deps.planner.ring();
    Ok(())
}

/// A person is in the guild again: what waited for them is theirs as before.
///
/// # Errors
/// When the database cannot be written.
pub async fn returned(deps: &Deps, member: Member) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    departures::drop_one(&mut tx, member).await?;
    tx.commit().await?;
    // What rested while they were gone is looked at again.
    deps.planner.ring();
    Ok(())
}
