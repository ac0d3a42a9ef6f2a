//! Whether somebody may be written to directly at this moment.

use chrono::TimeDelta;

use super::super::model::{CONSENT_TEXT, Group, Standing};
use super::super::store;
use crate::deps::Deps;
use crate::ids::Member;
use crate::outbox::Drawn;

/// How long somebody who is away until they say so is left alone before it is looked at again.
const AWAY_AGAIN: TimeDelta = TimeDelta::days(1);

/// What becomes of something that would be said to a member directly now, if it may not be: nothing for whoever left
/// or does not want direct messages, later for whoever is away or in their quiet hours.
///
/// # Errors
/// When the database cannot be read.
pub async fn held_back(deps: &Deps, member: Member, group: &Group) -> anyhow::Result<Option<Drawn>> {
    let pool = deps.database.read();
    if store::standing(pool, group.id, member.user).await? != Standing::Joined {
        return Ok(Some(Drawn::Gone("left")));
    }
    if store::consents(pool, member, CONSENT_TEXT).await?.direct_messages != Some(true) {
        return Ok(Some(Drawn::Gone("no_consent")));
    }
    let settings = store::settings::find(pool, member).await?;
    let now = deps.clock.now();
    if settings.is_away(now) {
        let until = settings.away.and_then(|away| away.until);
        return Ok(Some(Drawn::Later(until.unwrap_or(now + AWAY_AGAIN))));
    }
    let from = settings.not_quiet_from(now, settings.zone_in(group));
    Ok((from > now).then_some(Drawn::Later(from)))
}
