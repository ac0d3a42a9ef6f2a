//! A group's schedule as a file, and a file as a schedule: looked over first, then saved as a whole or not at
//! all.

use crate::deps::Deps;
use crate::groups::{Group, model::Source};
use crate::ids::{GroupId, ImportId, UserId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::exchange::{self, FileChange};
use crate::sessions::model::{
    DRAFT_KEPT, Details, Exceptions, Going, Imported, OCCURRENCES_AT_ONCE, SERIES_PER_GROUP, Series, Step,
};
use crate::sessions::store::{self, feeds, imports};
use crate::sessions::{ics, plan};

use super::exceptions::{apply, record as record_steps};
use super::series::{alter, fits, insert, may_edit, record};

/// The schedule of a group as a file of ours.
///
/// # Errors
/// When the database cannot be read.
pub async fn export_toml(deps: &Deps, group: GroupId) -> anyhow::Result<String> {
    let mut connection = deps.database.read().acquire().await?;
    exchange::to_toml(&store::of_group(&mut connection, group).await?, deps.clock.now())
}

/// The schedule of a group as a calendar that can be read back without loss.
///
/// # Errors
/// When the database cannot be read.
pub async fn export_calendar(deps: &Deps, group: &Group) -> anyhow::Result<String> {
    let mut connection = deps.database.read().acquire().await?;
    let changed = feeds::changed(&mut connection, group.id).await?;
    let entries = store::of_group(&mut connection, group.id).await?.into_iter().map(|series| ics::Entry {
        changed_at: changed.get(&series.id).copied().unwrap_or_default(),
        guild: group.guild,
        series,
    });
    Ok(ics::export(&entries.collect::<Vec<_>>(), deps.clock.now()))
}

/// The series of a group, to read a file on top of.
///
/// # Errors
/// When the database cannot be read.
pub async fn known(deps: &Deps, group: GroupId) -> Result<Vec<Series>, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    Ok(store::of_group(&mut connection, group).await?)
}

/// Keeps what a file would change until it is saved; none when it changes nothing.
///
/// # Errors
/// Refused when it could not be saved as a whole.
pub async fn draft_import(
    deps: &Deps,
    group: GroupId,
    user: UserId,
    wanted: Vec<(Details, Exceptions)>,
) -> Result<Option<(ImportId, Vec<FileChange>)>, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    imports::prune(&mut tx, now).await?;
    let existing = store::of_group(&mut tx, group).await?;
    let changes = exchange::changes(&existing, wanted, now);
    if changes.is_empty() {
        return Ok(None);
    }
    let new = changes.iter().filter(|change| change.of.is_none()).count();
    if existing.len() + new > SERIES_PER_GROUP {
        let what = format!("The file has {new} new series, and {} are on the schedule.", existing.len());
        let why = format!("A group has up to {SERIES_PER_GROUP} series.");
        return Err(
            Refusal::new(what, why, "Take some out of the file, or off the schedule with `/schedule remove`.").into()
        );
    }
    let differ: usize = changes.iter().map(|change| change.exceptions.len()).sum();
    if differ > OCCURRENCES_AT_ONCE {
        let what = format!("The file changes {differ} single sessions.");
        let why = format!("Up to {OCCURRENCES_AT_ONCE} can be changed at once, so that it can be looked over.");
        return Err(Refusal::new(what, why, "Split the file.").into());
    }
    for change in changes.iter().filter(|change| change.alters) {
        fits(&mut tx, group, change.of.map(|(series, _)| series), &change.details, now)
            .await
            .map_err(|stop| about(stop, &change.details))?;
        if let Some(series) = change.of.and_then(|(id, _)| existing.iter().find(|series| series.id == id)) {
            may_edit(series, &change.details)?;
        }
    }
    let id = imports::keep(&mut tx, group, user, &changes, now + DRAFT_KEPT).await?;
    tx.commit().await?;
    Ok(Some((id, changes)))
}

/// A refusal that names the session it is about.
fn about(stop: Stop, details: &Details) -> Stop {
    match stop {
        Stop::Refusal(refusal) => {
            let what = format!("{}: {}", crate::card::inert(&details.title), refusal.what);
            Stop::Refusal(Refusal { what, ..refusal })
        }
        Stop::Fault(error) => Stop::Fault(error),
    }
}

fn gone() -> Refusal {
    Refusal::new(
        "That file is not there any more.",
        "It was saved, or more than an hour ago.",
        "Run `/schedule import` again.",
    )
}

/// The group that a file was read for, so that the presser's standing can be checked.
///
/// # Errors
/// Refused when it is gone.
pub async fn import_group(deps: &Deps, id: ImportId) -> Result<GroupId, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    Ok(imports::find(&mut connection, id, deps.clock.now()).await?.ok_or_else(gone)?.0)
}

/// Throws away what a file would change.
///
/// # Errors
/// Refused when it is somebody else's.
pub async fn discard_import(deps: &Deps, id: ImportId, user: UserId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    let found = imports::find(&mut tx, id, deps.clock.now()).await?;
    if found.ok_or_else(gone)?.1 != user {
        return Err(not_yours().into());
    }
    imports::drop_one(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

fn not_yours() -> Refusal {
    Refusal::new(
        "Somebody else gave that file.",
        "Whoever gave it decides.",
        "Run `/schedule import` with one of your own.",
    )
}

/// Saves what a file changes, all of it in one transaction.
///
/// # Errors
/// Refused when it is gone or somebody else's, or the schedule was changed meanwhile; nothing is changed then.
pub async fn save_import(deps: &Deps, id: ImportId, user: UserId) -> Result<Imported, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let (group, owner, changes) = imports::find(&mut tx, id, now).await?.ok_or_else(gone)?;
    if owner != user {
        return Err(not_yours().into());
    }
    let mut done = Imported::default();
    for change in changes {
        let series = match change.of {
            None => {
                fits(&mut tx, group, None, &change.details, now).await?;
                done.made += 1;
                let made = insert(&mut tx, group, &change.details, Source::Discord, now).await?;
                record(deps, &mut tx, "schedule.add", &made, serde_json::Value::Null).await?;
                made
            }
            Some((id, revision)) => {
                let found = store::find(&mut tx, id).await?;
                let Some(found) = found.filter(|one| one.revision == revision && one.going != Going::Removed) else {
                    let why = "Somebody else was quicker.";
                    return Err(Refusal::new(
                        "The schedule was changed meanwhile.",
                        why,
                        "Run `/schedule import` again.",
                    )
                    .into());
                };
                if change.alters {
                    fits(&mut tx, group, Some(id), &change.details, now).await?;
                    let was = serde_json::to_value(&found.details)?;
                    let (altered, told) = alter(deps, &mut tx, &found, &change.details, found.source, now).await?;
                    record(deps, &mut tx, "schedule.edit", &altered, was).await?;
                    done.changed += 1;
                    done.told += told;
                    altered
                } else {
                    found
                }
            }
        };
        let steps: Vec<Step> = change
            .exceptions
            .into_iter()
            .filter(|(occurrence, _)| plan::planned(&series, *occurrence).is_some_and(|one| one.starts_at > now))
            .map(|(occurrence, exception)| Step {
                series: series.id,
                occurrence,
                before: series.exceptions.get(&occurrence).copied(),
                after: Some(exception),
            })
            .collect();
        done.single += steps.len();
        done.told += apply(deps, &mut tx, &steps, now).await?;
        if !steps.is_empty() {
            record_steps(deps, &mut tx, (group, "schedule.except", None), &steps).await?;
        }
    }
    imports::drop_one(&mut tx, id).await?;
    tx.commit().await?;
    deps.planner.ring();
    deps.courier.ring();
    Ok(done)
}
