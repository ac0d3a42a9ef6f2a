//! Days off: proposed from the public holidays of the group's country and the facilitators' own days, and
//! skipped only when somebody chooses so.

use chrono::{NaiveDate, TimeDelta};

use super::{Excepted, Which, except};
use crate::calendar::{Holiday, holidays, to_civil};
use crate::deps::Deps;
use crate::groups::Group;
use crate::groups::actions::kept::record;
use crate::refusal::{Refusal, Stop};
use crate::sessions::model::{Exception, HOLIDAYS_AHEAD, OWN_HOLIDAYS, ProposedDay};
use crate::sessions::{plan, store};

/// The days off that lie ahead and on which something is held, soonest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn proposed(deps: &Deps, group: &Group) -> Result<Vec<ProposedDay>, Stop> {
    let now = deps.clock.now();
    let today = to_civil(now, group.zone).date();
    let last = today.checked_add_signed(TimeDelta::days(HOLIDAYS_AHEAD)).unwrap_or(today);
    let mut connection = deps.database.read().acquire().await?;
    let mut days = holidays(&group.country, today, last);
    days.extend(store::days::own(&mut connection, group.id).await?);
    days.retain(|day| (today..=last).contains(&day.on));
    days.sort();
    let all = store::of_group(&mut connection, group.id).await?;
    let mut proposed: Vec<ProposedDay> = Vec::new();
    for Holiday { on, name } in days {
        if let Some(known) = proposed.iter_mut().find(|known| known.on == on) {
            known.name = format!("{}, {name}", known.name);
            continue;
        }
        let sessions: usize = all.iter().map(|series| plan::on_days(series, on, on, now).len()).sum();
        if sessions > 0 {
            proposed.push(ProposedDay { on, name, sessions });
        }
    }
    Ok(proposed)
}

/// Skips everything that a group holds on the chosen days.
///
/// # Errors
/// As [`except`].
pub async fn take_off(deps: &Deps, group: &Group, days: Vec<NaiveDate>) -> Result<Excepted, Stop> {
    except(deps, group.id, None, Which::Among(days), Exception::Skipped).await
}

/// Keeps a day of the group's own, or changes what it is called.
///
/// # Errors
/// Refused when the day is past, or there are as many as fit.
pub async fn keep_day(deps: &Deps, group: &Group, day: &Holiday) -> Result<(), Stop> {
    let today = to_civil(deps.clock.now(), group.zone).date();
    if day.on < today {
        return Err(Refusal::new("That day is past.", "", "Name a day ahead, such as `add:2026-12-28`.").into());
    }
    let mut tx = deps.database.write().await?;
    store::days::prune(&mut tx, group.id, today).await?;
    let known = store::days::own(&mut tx, group.id).await?;
    if known.len() >= OWN_HOLIDAYS && known.iter().all(|known| known.on != day.on) {
        let why = format!("A group keeps up to {OWN_HOLIDAYS} days of its own.");
        return Err(Refusal::new("There is no room for another day.", why, "Take one off with `forget`.").into());
    }
    store::days::keep(&mut tx, group.id, day).await?;
    let became = serde_json::json!({"on": day.on.to_string(), "name": day.name});
    record(deps, &mut tx, (group.id, "schedule.holiday", None), serde_json::Value::Null, became).await?;
    tx.commit().await?;
    Ok(())
}

/// Drops a day of the group's own. What was skipped because of it stays skipped.
///
/// # Errors
/// Refused when it is none.
pub async fn drop_day(deps: &Deps, group: &Group, on: NaiveDate) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    if !store::days::drop_one(&mut tx, group.id, on).await? {
        return Err(
            Refusal::new("That is no day of your own.", "", "`/schedule holidays` shows what is proposed.").into()
        );
    }
    let was = serde_json::json!({"on": on.to_string()});
    record(deps, &mut tx, (group.id, "schedule.holiday", None), was, serde_json::Value::Null).await?;
    tx.commit().await?;
    Ok(())
}
