//! Series: changed, paused, removed, declared, looked at. What is drafted first is in `drafts`.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::{Sqlite, Transaction};

use super::{Tx, enqueue_due, settle};
use crate::calendar::{Misread, OccurrenceId};
use crate::config::DeclaredSeries;
use crate::deps::Deps;
use crate::groups::actions::kept::{differing, record as kept_in_record};
use crate::groups::{Group, model::Source};
use crate::ids::{GroupId, GuildId, Member, RoleId, SeriesId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::model::{CHANGES_KEPT, Details, Going, Occurrence, SERIES_PER_GROUP, Series};
use crate::sessions::{plan, store};

/// How far `/sessions` looks ahead.
const AHEAD: TimeDelta = TimeDelta::days(14);

/// A series as it would be, for showing what comes of it before anything is kept.
pub fn sketch(group: GroupId, details: Details, now: DateTime<Utc>) -> Series {
    Series::sketch(group, details, now)
}

/// What the configuration declares is changed there, else the next start would undo it.
pub(super) fn may_edit(series: &Series, wanted: &Details) -> Result<(), Refusal> {
    let now = &series.details;
    let declared = (&now.title, &now.recurrence, now.minutes, &now.leads);
    if series.source == Source::File && declared != (&wanted.title, &wanted.recurrence, wanted.minutes, &wanted.leads) {
        return Err(Refusal::new(
            "Title, time, length and reminders of this session are set in the configuration file.",
            "A change here would be undone at the next start.",
            "Ask the person who runs the bot; place, host and dates can be changed here.",
        ));
    }
    Ok(())
}

pub(super) async fn fits(
    tx: &mut Transaction<'_, Sqlite>,
    group: GroupId,
    this: Option<SeriesId>,
    details: &Details,
    now: DateTime<Utc>,
) -> Result<(), Stop> {
    details.check().map_err(misfit)?;
    let others: Vec<Series> =
        store::of_group(tx, group).await?.into_iter().filter(|series| Some(series.id) != this).collect();
    if others.iter().any(|series| series.details.title.to_lowercase() == details.title.to_lowercase()) {
        let now = "Give this one another title, such as `title:Evening group 2`.";
        return Err(Refusal::new("A session with that title is on the schedule already.", "", now).into());
    }
    if others.len() >= SERIES_PER_GROUP {
        let why = format!("A group has up to {SERIES_PER_GROUP} series.");
        let now = "Take one off with `/schedule remove` first.";
        return Err(Refusal::new("The schedule is full.", why, now).into());
    }
    if plan::upcoming(&sketch(group, details.clone(), now), now, 1).is_empty() {
        return Err(Refusal::new(
            format!("“{}” never happens from now on.", details.recurrence.words()),
            "A schedule needs at least one day ahead.",
            "For example: `when:mon,wed,fri 18:00`",
        )
        .into());
    }
    Ok(())
}

fn misfit(misread: Misread) -> Refusal {
    Refusal::new(
        format!("“{}” does not fit.", misread.what()),
        format!("{}.", upper_first(misread.why())),
        format!("For example: `{}`", misread.example()),
    )
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

pub(super) async fn insert(
    tx: &mut Tx,
    group: GroupId,
    details: &Details,
    source: Source,
    now: DateTime<Utc>,
) -> anyhow::Result<Series> {
    let id = store::add(tx, group, details, source, now).await?;
    let fresh = Series { id, source, ..sketch(group, details.clone(), now) };
    store::planned(tx, id, now, plan::next_reminder(&fresh, now)).await?;
    store::wishes::look_again(tx, group, now).await?;
    Ok(fresh)
}

/// Changes what a series is, and tells those who were told something else.
pub(super) async fn alter(
    deps: &Deps,
    tx: &mut Tx,
    before: &Series,
    details: &Details,
    source: Source,
    now: DateTime<Utc>,
) -> Result<(Series, usize), Stop> {
    enqueue_due(deps, tx, before, now).await?;
    store::change(tx, before.id, details, source, now).await?;
    let after = reload(tx, before.id).await?;
    let touched: Vec<OccurrenceId> = plan::within_leads(&after, now)
        .into_iter()
        .filter(|id| plan::standing(before, *id) != plan::standing(&after, *id))
        .collect();
    let told = settle(deps, tx, &after, &touched, now).await?;
    Ok((after, told))
}

pub(super) async fn reload(tx: &mut Tx, series: SeriesId) -> Result<Series, Stop> {
    store::find(tx, series).await?.ok_or_else(|| Stop::from(not_there()))
}

/// Puts a series on the schedule without asking, for the configuration file and for tests.
///
/// # Errors
/// As [`super::draft`].
pub async fn add(deps: &Deps, group: GroupId, details: &Details, source: Source) -> Result<Series, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    fits(&mut tx, group, None, details, now).await?;
    let series = insert(&mut tx, group, details, source, now).await?;
    record(deps, &mut tx, "schedule.add", &series, Value::Null).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(series)
}

/// Brings a group's series to what the configuration declares. Series that were declared once and are
/// not any more stay until somebody removes them, because members may rely on them.
///
/// # Errors
/// When the database cannot be written.
pub async fn apply_declared(deps: &Deps, group: &Group, declared: &[DeclaredSeries]) -> Result<(), Stop> {
    let now = deps.clock.now();
    for one in declared {
        let wanted = Details::plain(one.title.clone(), one.when.clone(), group.zone, one.minutes, one.leads.clone());
        let mut tx = deps.database.write().await?;
        let there = store::of_group(&mut tx, group.id).await?;
        let known = there.into_iter().find(|series| series.details.title.to_lowercase() == one.title.to_lowercase());
        match known {
            None => {
                drop(tx);
                add(deps, group.id, &wanted, Source::File).await?;
            }
            Some(series) => {
                // What only Discord can say (place, host, dates) stays as it is.
                let now_is = series.details.clone();
                let Details { title, recurrence, zone, minutes, leads, .. } = wanted;
                let wanted = Details { title, recurrence, zone, minutes, leads, ..now_is };
                if wanted != series.details || series.source != Source::File {
                    let was = serde_json::to_value(&series.details)?;
                    let (after, _) = alter(deps, &mut tx, &series, &wanted, Source::File, now).await?;
                    record(deps, &mut tx, "schedule.edit", &after, was).await?;
                    tx.commit().await?;
                }
            }
        }
    }
    deps.planner.ring();
    Ok(())
}

/// Pauses, resumes, removes or puts back a series, and tells those who were told something else; gives the
/// series and how many corrections that were. Reminders that wait are cancelled in the same breath.
///
/// # Errors
/// Refused when it is like that already, or cannot be put back because its title is taken.
pub async fn go(deps: &Deps, id: SeriesId, going: Going) -> Result<(Series, usize), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let before = reload(&mut tx, id).await?;
    if before.going == going {
        let what = match going {
            Going::On => "It goes on already.",
            Going::Paused => "It is paused already.",
            Going::Removed => "That session is not on the schedule any more.",
        };
        return Err(Refusal::new(what, "", "`/schedule list` shows how things stand.").into());
    }
    if before.going == Going::Removed {
        fits(&mut tx, before.group, Some(id), &before.details, now).await?;
    }
    let done = turn(deps, &mut tx, &before, going, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    deps.courier.ring();
    Ok(done)
}

/// Lets a series go on, rest, or end, and tells those who were told something else.
pub(super) async fn turn(
    deps: &Deps,
    tx: &mut Tx,
    before: &Series,
    going: Going,
    now: DateTime<Utc>,
) -> Result<(Series, usize), Stop> {
    enqueue_due(deps, tx, before, now).await?;
    store::go(tx, before.id, going, now).await?;
    let after = reload(tx, before.id).await?;
    let told = settle(deps, tx, &after, &plan::within_leads(&after, now), now).await?;
    let word = |going| match going {
        Going::On => "on",
        Going::Paused => "paused",
        Going::Removed => "removed",
    };
    let (was, became) = (json!({"is": word(before.going)}), json!({"is": word(going)}));
    kept_in_record(deps, tx, (after.group, "schedule.go", Some(before.id.raw())), was, became).await?;
    Ok((after, told))
}

/// Keeps in the group's record what a series was and has become.
pub(super) async fn record(
    deps: &Deps,
    tx: &mut Tx,
    what: &'static str,
    after: &Series,
    was: Value,
) -> Result<(), Stop> {
    let (was, became) = differing(&was, &serde_json::to_value(&after.details)?);
    Ok(kept_in_record(deps, tx, (after.group, what, Some(after.id.raw())), was, became).await?)
}

pub(super) fn not_there() -> Refusal {
    Refusal::new("That session is not on the schedule any more.", "", "`/schedule list` shows what is.")
}

/// The series of that number, also when it was removed.
///
/// # Errors
/// Refused when there never was one.
pub async fn find_any(deps: &Deps, series: SeriesId) -> Result<Series, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    Ok(store::find(&mut connection, series).await?.ok_or_else(not_there)?)
}

/// The series of that number.
///
/// # Errors
/// Refused when it was removed.
pub async fn find(deps: &Deps, series: SeriesId) -> Result<Series, Stop> {
    let found = find_any(deps, series).await?;
    if found.going == Going::Removed { Err(not_there().into()) } else { Ok(found) }
}

/// The series of a group with what comes next in each.
///
/// # Errors
/// When the database cannot be read.
pub async fn schedule(deps: &Deps, group: GroupId) -> Result<Vec<(Series, Option<Occurrence>)>, Stop> {
    let now = deps.clock.now();
    let mut connection = deps.database.read().acquire().await?;
    let all = store::of_group(&mut connection, group).await?;
    Ok(all
        .into_iter()
        .map(|series| {
            let next = plan::upcoming(&series, now, 1).pop();
            (series, next)
        })
        .collect())
}

/// The groups of a guild with their series.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_guild(deps: &Deps, guild: GuildId) -> Result<Vec<(Group, Vec<Series>)>, Stop> {
    let mut all = Vec::new();
    let mut connection = deps.database.read().acquire().await?;
    for group in crate::groups::store::in_guild(deps.database.read(), guild).await? {
        let series = store::of_group(&mut connection, group.id).await?;
        all.push((group, series));
    }
    Ok(all)
}

/// What comes next in the given groups within a fortnight, soonest first, for somebody with these roles: what is for
/// a role or for alumni is for those who have it.
///
/// # Errors
/// When the database cannot be read.
pub async fn upcoming(
    deps: &Deps,
    groups: &[Group],
    roles: &[RoleId],
    count: usize,
) -> Result<Vec<(String, Series, Occurrence)>, Stop> {
    let now = deps.clock.now();
    let mut connection = deps.database.read().acquire().await?;
    let mut next = Vec::new();
    for group in groups {
        for series in store::of_group(&mut connection, group.id).await? {
            if !series.details.audience.admits(true, roles) {
                continue;
            }
            for occurrence in plan::upcoming(&series, now, count) {
                if occurrence.starts_at() - now <= AHEAD {
                    next.push((group.name.clone(), series.clone(), occurrence));
                }
            }
        }
    }
    next.sort_by_key(|(_, _, occurrence)| occurrence.starts_at());
    next.truncate(count);
    Ok(next)
}

/// Drops drafts that expired and changes that are too old to be taken back.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now, before(now)).await?;
    super::attending::prune(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets what names a person: drafts of theirs, and that they hold sessions.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_rest(tx: &mut Transaction<'_, Sqlite>, member: Member) -> sqlx::Result<()> {
    store::forget(tx, member).await
}

/// Forgets what a person had by then: the address of their calendar.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Transaction<'_, Sqlite>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    store::feeds::forget(tx, member, until).await
}

pub(super) fn before(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_signed(CHANGES_KEPT).unwrap_or(now)
}

pub(super) fn plus(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
