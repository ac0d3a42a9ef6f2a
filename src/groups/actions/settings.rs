//! What members set for themselves, and how a group's prompt is changed without setting the group up again.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::super::model::{Away, Group, Settings};
use super::super::store::settings as store;
use crate::calendar::Weekdays;
use crate::deps::Deps;
use crate::ids::Member;
use crate::refusal::Stop;

/// What a member set.
///
/// # Errors
/// When the database cannot be read.
pub async fn settings(deps: &Deps, member: Member) -> Result<Settings, Stop> {
    Ok(store::find(deps.database.read(), member).await?)
}

/// Changes what a member set, in one write transaction, and has everything reckoned anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn change_settings(
    deps: &Deps,
    member: Member,
    change: impl FnOnce(&mut Settings),
) -> Result<Settings, Stop> {
    let mut tx = deps.database.write().await?;
    let mut settings = store::find_in(&mut tx, member).await?;
    change(&mut settings);
    store::keep(&mut tx, member, &settings).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(settings)
}

/// A member is away from now on; nothing is sent to them unasked until then, or until they say so.
///
/// # Errors
/// When the database cannot be written.
pub async fn go_away(deps: &Deps, member: Member, until: Option<DateTime<Utc>>) -> Result<Settings, Stop> {
    let since = deps.clock.now();
    change_settings(deps, member, |settings| settings.away = Some(Away { since, until })).await
}

/// A member is back; whether they had been away.
///
/// # Errors
/// When the database cannot be written.
pub async fn come_back(deps: &Deps, member: Member) -> Result<bool, Stop> {
    if settings(deps, member).await?.away.is_none() {
        return Ok(false);
    }
    change_settings(deps, member, |settings| settings.away = None).await?;
    Ok(true)
}

/// Changes the days on which a group is asked.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_prompt_days(deps: &Deps, group: &Group, days: Weekdays) -> Result<Group, Stop> {
    let next = group.checkin.as_ref().and_then(|one| super::next_prompt(deps.clock.now(), one.at, days, group.zone));
    let mut tx = deps.database.write().await?;
    store::set_days(&mut tx, group.id, days, next).await?;
    let was = group.checkin.as_ref().map(|one| one.days.to_string());
    let about = (group.id, "checkins.days", None);
    super::kept::record(deps, &mut tx, about, json!({"days": was}), json!({"days": days.to_string()})).await?;
    tx.commit().await?;
    deps.planner.ring();
    super::find(deps, group.id).await
}

/// A group is not asked any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn switch_prompt_off(deps: &Deps, group: &Group) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::switch_off(&mut tx, group.id).await?;
    let was = super::kept::written(group)["checkin"].clone();
    let about = (group.id, "checkins.off", None);
    super::kept::record(deps, &mut tx, about, json!({"checkin": was}), json!({"checkin": null})).await?;
    tx.commit().await?;
    Ok(())
}
