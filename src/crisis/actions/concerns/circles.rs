//! Whom a group calls: its circles, who is on call at this moment, and changing that.

use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::said;
use crate::crisis::cards::concern::Callees;
use crate::crisis::lexicon::Level;
use crate::crisis::model::concern::{CALLED, Circle, MINUTES};
use crate::crisis::plan::concern as plan;
use crate::crisis::store;
use crate::deps::Deps;
use crate::groups::actions::kept::{differing, record};
use crate::groups::store as groups;
use crate::ids::{GroupId, RoleId, UserId};
use crate::refusal::Stop;
use crate::roster::{Circles, Known};

/// Whom a group lets be told: what it set up, else its facilitators, and only when a member asks.
pub fn circles_of(deps: &Deps, known: &Known) -> Circles {
    deps.roster.care().circles(known.group).unwrap_or(Circles {
        channel: known.facilitator_channel,
        role: known.facilitator_role,
        next: None,
        minutes: MINUTES,
        from: None,
    })
}

pub(super) fn patience(circles: &Circles) -> TimeDelta {
    TimeDelta::minutes(i64::from(circles.minutes))
}

/// The role that comes last, unless it is the responders' own.
fn last_role(circles: &Circles, known: &Known) -> Option<RoleId> {
    circles.next.or(known.facilitator_role).filter(|role| Some(*role) != circles.role)
}

/// The circles that a group has at this moment, from the nearest to the widest.
pub(super) fn available(circles: &Circles, known: &Known, on_call: &[UserId]) -> Vec<Circle> {
    let there = [
        (Circle::OnCall, !on_call.is_empty()),
        (Circle::Responders, circles.role.is_some() || last_role(circles, known).is_none()),
        (Circle::Next, last_role(circles, known).is_some()),
    ];
    there.into_iter().filter(|(_, there)| *there).map(|(circle, _)| circle).collect()
}

pub(super) fn callees(circle: Circle, circles: &Circles, known: &Known, on_call: Vec<UserId>) -> Callees {
    match circle {
        Circle::OnCall => Callees { users: on_call, role: None },
        Circle::Responders => Callees { users: Vec::new(), role: circles.role },
        Circle::Next => Callees { users: Vec::new(), role: last_role(circles, known) },
    }
}

/// Who on the rota is called at this moment.
pub(in crate::crisis::actions) async fn on_call(
    deps: &Deps,
    connection: &mut SqliteConnection,
    known: &Known,
    member: UserId,
) -> anyhow::Result<Vec<UserId>> {
    let rota = store::rota(&mut *connection, known.group).await?;
    if rota.is_empty() {
        return Ok(Vec::new());
    }
    let zone = groups::find(deps.database.read(), known.group).await?.map(|group| group.zone);
    let loads = store::loads(connection, known.group).await?;
    let now = deps.clock.now();
    Ok(zone.map(|zone| plan::on_call(&rota, &loads, member, zone, now, CALLED)).unwrap_or_default())
}

/// Whom a circle's call pings, as the rota says at this moment.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::crisis::actions) async fn callees_of(
    deps: &Deps,
    known: &Known,
    member: UserId,
    circle: Circle,
) -> anyhow::Result<Callees> {
    let mut connection = deps.database.read().acquire().await?;
    let on_call = on_call(deps, &mut connection, known, member).await?;
    Ok(callees(circle, &circles_of(deps, known), known, on_call))
}

/// Switches concerns on, or changes how they go; whether the members are told now.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_circles(deps: &Deps, known: &Known, circles: Circles, role: RoleId) -> Result<bool, Stop> {
    let now = deps.clock.now();
    let fresh = circles.from.is_some() && !deps.roster.care().tells(known.group);
    let mut tx = deps.database.write().await?;
    groups::care::keep_circles(&mut tx, known.group, &circles, role, now).await?;
    let was = deps.roster.care().circles(known.group).map_or(Value::Null, |before| written(&before));
    let (was, became) = differing(&was, &written(&circles));
    if !became.is_null() {
        record(deps, &mut tx, (known.group, "concerns.on", None), was, became).await?;
    }
    if fresh {
        said::enqueue_notice(&mut tx, known, now).await?;
    }
    tx.commit().await?;
    deps.roster.care().set_circles(known.group, Some(circles));
    deps.courier.ring();
    Ok(fresh)
}

/// Who is told, as it stands in the group's record.
fn written(circles: &Circles) -> Value {
    json!({
        "channel": circles.channel,
        "role": circles.role,
        "next_role": circles.next,
        "minutes": circles.minutes,
        "from": circles.from.map_or("never", Level::word),
    })
}

/// Switches concerns off: nobody is told of words any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_circles(deps: &Deps, group: GroupId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    groups::care::drop_circles(&mut tx, group).await?;
    if let Some(before) = deps.roster.care().circles(group) {
        record(deps, &mut tx, (group, "concerns.off", None), written(&before), Value::Null).await?;
    }
    tx.commit().await?;
    deps.roster.care().set_circles(group, None);
    Ok(())
}
