//! The rota, and looking at concerns.

use serde_json::{Value, json};

use super::concerns;
use crate::crisis::model::concern::{Concern, DUTIES, Duty, Kind, ROTA, Step};
use crate::crisis::store;
use crate::deps::Deps;
use crate::groups::Group;
use crate::groups::actions::{self as members, kept::record};
use crate::groups::model::Shared;
use crate::ids::{GroupId, Member, UserId};
use crate::refusal::{Refusal, Stop};
use crate::roster::Known;

/// Longest that `/now` waits for the database.
const LOOK_WITHIN: std::time::Duration = std::time::Duration::from_millis(300);

/// Puts a responder on the rota.
///
/// # Errors
/// Refused when it names no hours, or the rota is full.
pub async fn add(deps: &Deps, known: &Known, duty: &Duty) -> Result<(), Stop> {
    if duty.from == duty.until || duty.days.is_empty() {
        return Err(Refusal::new(
            "That is no time.",
            "It begins and ends at the same hour.",
            "For example: `/oncall add days:mon-fri from:18:00 until:22:00`",
        )
        .into());
    }
    let mut tx = deps.database.write().await?;
    let rota = store::rota(&mut tx, known.group).await?;
    let own = rota.iter().filter(|one| one.user == duty.user).count();
    if own >= DUTIES || rota.len() >= ROTA {
        return Err(Refusal::new(
            "The rota is full.",
            format!("{DUTIES} stretches of hours fit for one person, {ROTA} for a group."),
            "`/oncall remove` takes yours off; then add them anew.",
        )
        .into());
    }
    store::add_duty(&mut tx, known.group, duty, deps.clock.now()).await?;
    let hours = json!({"days": duty.days.to_string(), "from": hour(duty.from), "until": hour(duty.until)});
    record(deps, &mut tx, (known.group, "oncall.add", None), Value::Null, hours).await?;
    Ok(tx.commit().await?)
}

fn hour(at: chrono::NaiveTime) -> String {
    at.format("%H:%M").to_string()
}

/// Takes a responder off the rota; whether they were on it.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(deps: &Deps, group: GroupId, user: UserId) -> Result<bool, Stop> {
    let mut tx = deps.database.write().await?;
    let gone = store::drop_duties(&mut tx, group, user).await?;
    if gone > 0 {
        record(deps, &mut tx, (group, "oncall.remove", None), json!({"stretches": gone}), Value::Null).await?;
    }
    tx.commit().await?;
    Ok(gone > 0)
}

/// Somebody left the guild: nobody calls them any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn gone(deps: &Deps, member: Member) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::drop_all_duties(&mut tx, member, deps.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Those of these groups in which a call of theirs is open; as far as memory knows, when the database does not
/// answer at once.
pub async fn raised(deps: &Deps, user: UserId, groups: &[Known]) -> Vec<GroupId> {
    let now = deps.clock.now();
    let mut raised = Vec::new();
    for known in groups {
        let latest = tokio::time::timeout(LOOK_WITHIN, store::latest(deps.database.read(), known.group, user)).await;
        let open = match &latest {
            Ok(Ok(latest)) => latest.as_ref().is_some_and(|one| one.kind == Kind::Asked && !one.state.is_over()),
            Ok(Err(_)) | Err(_) => deps.roster.hand_is_up(user, known.group, now),
        };
        if open {
            raised.push(known.group);
        }
        if latest.is_err() {
            break;
        }
    }
    raised
}

/// A group's rota, and who is called at this moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn rota(deps: &Deps, group: &Group) -> Result<(Vec<Duty>, Vec<UserId>), Stop> {
    let known = deps.roster.group(group.id).ok_or_else(Refusal::old_button)?;
    let mut connection = deps.database.read().acquire().await?;
    let rota = store::rota(&mut connection, group.id).await?;
    // Nobody is member zero: the whole rota counts.
    let now = concerns::on_call(deps, &mut connection, &known, UserId::new(0)).await?;
    Ok((rota, now))
}

/// The member's latest concern in a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(deps: &Deps, group: GroupId, user: UserId) -> Result<Option<Concern>, Stop> {
    Ok(store::latest(deps.database.read(), group, user).await?)
}

/// The newest concerns of a group with their logs.
///
/// # Errors
/// When the database cannot be read.
pub async fn log(deps: &Deps, group: GroupId) -> Result<Vec<(Concern, Vec<Step>)>, Stop> {
    let mut all = Vec::new();
    for concern in store::list(deps.database.read(), group).await? {
        let steps = store::steps(deps.database.read(), concern.id).await?;
        all.push((concern, steps));
    }
    let people = all.iter().map(|(concern, _)| concern.member.user);
    members::kept::look(deps, group, Shared::Concern, people).await?;
    Ok(all)
}
