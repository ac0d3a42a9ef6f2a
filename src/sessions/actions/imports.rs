//! A group's schedule as a file, and a file as a schedule: looked over first, then saved as a whole or not at
//! all.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::deps::Deps;
use crate::discord::Rest;
use crate::groups::{Group, model::Source};
use crate::ids::{GroupId, GuildId, ImportId, Member, RoleId, UserId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::exchange::{self, FileChange, Wanted};
use crate::sessions::ics;
use crate::sessions::model::{
    DRAFT_KEPT, Details, Going, Imported, OCCURRENCES_AT_ONCE, SERIES_PER_GROUP, Series, Step,
};
use crate::sessions::store::{self, feeds, imports};

use super::Tx;
use super::exceptions::{self, apply};
use super::series::{alter, fits, insert, may_edit, record, reload, turn};

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
    wanted: Vec<Wanted>,
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

/// Saves what a file changes about one series.
async fn save_one(
    deps: &Deps,
    tx: &mut Tx,
    group: GroupId,
    change: FileChange,
    done: &mut Imported,
    now: DateTime<Utc>,
) -> Result<(), Stop> {
    let mut series = match change.of {
        None => {
            fits(tx, group, None, &change.details, now).await?;
            done.made += 1;
            let series = insert(tx, group, &change.details, Source::Discord, now).await?;
            record(deps, tx, "schedule.add", &series, serde_json::Value::Null).await?;
            series
        }
        Some((id, revision)) => {
            let found = store::find(tx, id).await?;
            let found = found.filter(|one| one.revision == revision && one.going != Going::Removed);
            let found = found.ok_or_else(changed_meanwhile)?;
            done.changed += usize::from(change.alters || change.paused.is_some());
            if change.alters {
                fits(tx, group, Some(id), &change.details, now).await?;
                let was = serde_json::to_value(&found.details)?;
                let (altered, told) = alter(deps, tx, &found, &change.details, found.source, now).await?;
                record(deps, tx, "schedule.edit", &altered, was).await?;
                done.told += told;
                altered
            } else {
                found
            }
        }
    };
    let wanted = change.exceptions.into_iter();
    let steps: Vec<Step> = wanted
        .filter(|(id, exception)| exchange::is_open(&series, *id, *exception, now, change.of.is_none()))
        .map(|(occurrence, exception)| Step {
            series: series.id,
            occurrence,
            before: series.exceptions.get(&occurrence).copied(),
            after: Some(exception),
        })
        .collect();
    done.single += steps.len();
    if !steps.is_empty() {
        done.told += apply(deps, tx, &steps, now).await?;
        let change = store::drafts::keep_change(tx, group, &steps, now).await?;
        exceptions::record(deps, tx, (group, "schedule.except", change), &steps).await?;
    }
    if let Some(paused) = change.paused {
        series = reload(tx, series.id).await?;
        let going = if paused { Going::Paused } else { Going::On };
        if series.going != going {
            done.told += turn(deps, tx, &series, going, now).await?.1;
        }
    }
    Ok(())
}

fn changed_meanwhile() -> Refusal {
    Refusal::new("The schedule was changed meanwhile.", "Somebody else was quicker.", "Run `/schedule import` again.")
}

/// How long Discord may take to say whether what a file names is there.
const LOOK_WITHIN: Duration = Duration::from_secs(2);

/// Checks that the channels, roles and people that some series name are of this server and there still; a file, or
/// a series of long ago, can name others. When Discord cannot say, they are taken as they are.
///
/// # Errors
/// Names the series and the part that is gone.
pub async fn still_there(rest: &Rest, guild: GuildId, all: &[&Details]) -> Result<(), Refusal> {
    tokio::time::timeout(LOOK_WITHIN, look(rest, guild, all)).await.unwrap_or(Ok(()))
}

async fn look(rest: &Rest, guild: GuildId, all: &[&Details]) -> Result<(), Refusal> {
    let roles = |details: &Details| [details.ping, details.audience.role()].into_iter().flatten().collect::<Vec<_>>();
    if all.iter().any(|details| !roles(details).is_empty())
        && let Ok(found) = rest.guild(guild).await
    {
        let known: BTreeSet<RoleId> = found.roles.iter().map(|role| role.id).collect();
        if let Some(details) = all.iter().find(|details| roles(details).iter().any(|role| !known.contains(role))) {
            return Err(missing(details, "The role it names", "Name another role with `ping` or `audience_role`"));
        }
    }
    for channel in all.iter().filter_map(|details| details.venue.channel).collect::<BTreeSet<_>>() {
        let is_here = match rest.channel(channel).await {
            Ok(found) => found.guild == Some(guild),
            Err(error) => !error.is_gone(),
        };
        if let (false, Some(details)) = (is_here, all.iter().find(|details| details.venue.channel == Some(channel))) {
            return Err(missing(details, "The channel it is held in", "Name another channel with `channel`"));
        }
    }
    for host in all.iter().filter_map(|details| details.host).collect::<BTreeSet<_>>() {
        let is_gone = rest.member(Member { guild, user: host }).await.is_err_and(|error| error.is_gone());
        if let (true, Some(details)) = (is_gone, all.iter().find(|details| details.host == Some(host))) {
            return Err(missing(details, "The person who holds it", "Name somebody else with `host`"));
        }
    }
    Ok(())
}

fn missing(details: &Details, part: &str, now: &str) -> Refusal {
    let title = crate::card::inert(&details.title);
    Refusal::new(format!("{title}: {part} is not on this server (any more)."), "", format!("{now}, or take it off."))
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
        save_one(deps, &mut tx, group, change, &mut done, now).await?;
    }
    imports::drop_one(&mut tx, id).await?;
    tx.commit().await?;
    deps.planner.ring();
    deps.courier.ring();
    Ok(done)
}
