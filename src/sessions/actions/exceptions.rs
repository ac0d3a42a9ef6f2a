//! Single occurrences: skipped, cancelled, moved, and taken back.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Tx, enqueue_due, settle};
use crate::calendar::{OccurrenceId, moment_words};
use crate::deps::Deps;
use crate::ids::{ChangeId, GroupId, SeriesId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::model::{Exception, Going, OCCURRENCES_AT_ONCE, Occurrence, Series, Step};
use crate::sessions::{plan, store};

/// Which occurrences a person means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one of that id.
    One(OccurrenceId),
    /// Everything held on these local days, both included.
    Days(NaiveDate, NaiveDate),
    /// Everything held on these local days.
    Among(Vec<NaiveDate>),
}

/// What was changed.
#[derive(Debug)]
pub struct Excepted {
    /// The number under which it can be taken back.
    pub change: ChangeId,
    /// Each occurrence as it was held, with its series.
    pub were: Vec<(Series, Occurrence)>,
    /// How many corrections are told because of it.
    pub told: usize,
}

/// Makes occurrences exceptions: of one series, or of every series of the group. What waits is cancelled
/// and what was told is corrected in the same transaction.
///
/// # Errors
/// Refused when nothing is held then, too much would change at once, or a move would not work.
pub async fn except(
    deps: &Deps,
    group: GroupId,
    only: Option<SeriesId>,
    which: Which,
    exception: Exception,
) -> Result<Excepted, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let all = store::of_group(&mut tx, group).await?;
    let all: Vec<Series> = all.into_iter().filter(|series| only.is_none_or(|only| only == series.id)).collect();
    let were: Vec<(Series, Occurrence)> = all
        .iter()
        .flat_map(|series| meant(series, &which, now).into_iter().map(|occurrence| (series.clone(), occurrence)))
        .collect();
    if were.is_empty() {
        return Err(nothing_then(&all, now).into());
    }
    if were.len() > OCCURRENCES_AT_ONCE {
        return Err(Refusal::new(
            format!("That would change {} sessions.", were.len()),
            format!("Up to {OCCURRENCES_AT_ONCE} can be changed at once, so that it can be looked over."),
            "Name fewer days, or `/schedule pause` the series.",
        )
        .into());
    }
    if let Exception::Moved(to) = exception {
        may_move(&were, to, now)?;
    }
    let steps: Vec<Step> = were
        .iter()
        .map(|(series, occurrence)| Step {
            series: series.id,
            occurrence: occurrence.id,
            before: series.exceptions.get(&occurrence.id).copied(),
            after: back_to_plan(occurrence.id, exception),
        })
        .collect();
    let change = store::drafts::keep_change(&mut tx, group, &steps, now).await?;
    let told = apply(deps, &mut tx, &steps, now).await?;
    record(deps, &mut tx, (group, "schedule.except", change), &steps).await?;
    tx.commit().await?;
    deps.planner.ring();
    deps.courier.ring();
    Ok(Excepted { change, were, told })
}

/// Moving an occurrence back to where it was planned makes it no exception any more.
fn back_to_plan(id: OccurrenceId, exception: Exception) -> Option<Exception> {
    (exception != Exception::Moved(id.planned_local())).then_some(exception)
}

fn meant(series: &Series, which: &Which, now: DateTime<Utc>) -> Vec<Occurrence> {
    match which {
        Which::One(id) => {
            plan::occurrence(series, *id).into_iter().filter(|occurrence| occurrence.starts_at() > now).collect()
        }
        Which::Days(first, last) => plan::on_days(series, *first, *last, now),
        Which::Among(days) => {
            let mut days = days.clone();
            days.sort_unstable();
            days.dedup();
            days.iter().flat_map(|day| plan::on_days(series, *day, *day, now)).collect()
        }
    }
}

fn nothing_then(all: &[Series], now: DateTime<Utc>) -> Refusal {
    let next = all
        .iter()
        .filter_map(|series| Some((plan::upcoming(series, now, 1).pop()?, series)))
        .min_by_key(|(occurrence, _)| occurrence.starts_at());
    let next = match next {
        Some((occurrence, series)) => {
            format!("Next comes {} on {}.", crate::card::inert(&series.details.title), occurrence.time.words())
        }
        None => "`/schedule list` shows what is planned.".to_owned(),
    };
    Refusal::new("No session lies ahead then.", "It may have begun, or be skipped already.", next)
}

fn may_move(were: &[(Series, Occurrence)], to: chrono::NaiveDateTime, now: DateTime<Utc>) -> Result<(), Refusal> {
    let [(series, occurrence)] = were else {
        let times: Vec<String> = were.iter().map(|(_, occurrence)| occurrence.time.words()).collect();
        return Err(Refusal::new(
            "More than one session is held then.",
            "Only one is moved at a time.",
            format!("Pick one that comes up while you type in `on`: {}", times.join("; ")),
        ));
    };
    let moved = crate::calendar::Planned::at(to, series.details.zone).starts_at;
    if moved <= now {
        let example = "Name a moment ahead, such as `to:thu 18:30`.";
        return Err(Refusal::new(format!("{} is past already.", moment_words(to)), "", example));
    }
    let taken = plan::occurrences(series, moved, moved + chrono::TimeDelta::minutes(1)).next();
    if let Some(taken) = taken {
        let what = if taken.id == occurrence.id {
            "It is held then already."
        } else {
            "Another session of this series is held then."
        };
        return Err(Refusal::new(what, "", "Name another moment, such as `to:thu 18:30`."));
    }
    Ok(())
}

/// Keeps steps and brings every series they are about in line.
pub(super) async fn apply(deps: &Deps, tx: &mut Tx, steps: &[Step], now: DateTime<Utc>) -> Result<usize, Stop> {
    let mut told = 0;
    let mut about: Vec<SeriesId> = steps.iter().map(|step| step.series).collect();
    about.sort_unstable();
    about.dedup();
    for id in about {
        let Some(before) = store::find(tx, id).await? else { continue };
        enqueue_due(deps, tx, &before, now).await?;
        let mut touched = Vec::new();
        for step in steps.iter().filter(|step| step.series == id) {
            store::except(tx, id, step.occurrence, step.after, now).await?;
            touched.push(step.occurrence);
        }
        store::touch(tx, id, now).await?;
        if let Some(after) = store::find(tx, id).await? {
            told += settle(deps, tx, &after, &touched, now).await?;
        }
    }
    Ok(told)
}

/// Keeps in the group's record which occurrences were what, and became what.
pub(super) async fn record(
    deps: &Deps,
    tx: &mut Tx,
    (group, what, change): (GroupId, &'static str, ChangeId),
    steps: &[Step],
) -> Result<(), Stop> {
    let list = |side: fn(&Step) -> Option<Exception>| -> Result<serde_json::Value, serde_json::Error> {
        let mut list = serde_json::Map::new();
        for step in steps {
            let stands = side(step).map_or(Ok("as planned".into()), serde_json::to_value)?;
            list.insert(format!("{}/{}", step.series, step.occurrence), stands);
        }
        Ok(list.into())
    };
    let (was, became) = (list(|step| step.before)?, list(|step| step.after)?);
    Ok(crate::groups::actions::kept::record(deps, tx, (group, what, Some(change.raw())), was, became).await?)
}

/// The group whose schedule a change was about, so that the presser's standing can be checked.
///
/// # Errors
/// Refused when it is too old to be remembered.
pub async fn change_group(deps: &Deps, change: ChangeId) -> Result<GroupId, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    Ok(store::drafts::find_change(&mut connection, change).await?.ok_or_else(Refusal::old_button)?.group)
}

/// Takes a change back, as far as its occurrences lie ahead and nobody changed them since; gives what
/// holds again and how many corrections are told.
///
/// # Errors
/// Refused when it was taken back already, or nothing of it can be.
pub async fn undo(
    deps: &Deps,
    group: GroupId,
    change: ChangeId,
) -> Result<(Vec<(Series, Option<Occurrence>)>, usize), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let Some(found) = store::drafts::find_change(&mut tx, change).await?.filter(|change| change.group == group) else {
        return Err(Refusal::old_button().into());
    };
    if found.undone {
        return Err(Refusal::new("That was taken back already.", "", "`/schedule list` shows how things stand.").into());
    }
    let mut back = Vec::new();
    for step in found.steps {
        let Some(series) = store::find(&mut tx, step.series).await?.filter(|series| series.going == Going::On) else {
            continue;
        };
        let unchanged = series.exceptions.get(&step.occurrence).copied() == step.after;
        let reversed = Step { before: step.after, after: step.before, ..step };
        let mut then = series.clone();
        match step.before {
            Some(exception) => then.exceptions.insert(step.occurrence, exception),
            None => then.exceptions.remove(&step.occurrence),
        };
        let ahead = |series: &Series| {
            plan::occurrence(series, step.occurrence).is_some_and(|occurrence| occurrence.starts_at() > now)
        };
        let is_over = plan::occurrence(&series, step.occurrence).is_some() && !ahead(&series);
        if unchanged && ahead(&then) && !is_over {
            back.push(reversed);
        }
    }
    if back.is_empty() {
        return Err(Refusal::new(
            "That cannot be taken back any more.",
            "The time has passed, or it was changed again.",
            "`/schedule show` shows how things stand.",
        )
        .into());
    }
    let told = apply(deps, &mut tx, &back, now).await?;
    store::drafts::undo_change(&mut tx, change, now).await?;
    record(deps, &mut tx, (group, "schedule.undo", change), &back).await?;
    let mut stands = Vec::new();
    for step in &back {
        if let Some(series) = store::find(&mut tx, step.series).await? {
            let occurrence = plan::occurrence(&series, step.occurrence);
            stands.push((series, occurrence));
        }
    }
    tx.commit().await?;
    deps.planner.ring();
    deps.courier.ring();
    Ok((stands, told))
}
