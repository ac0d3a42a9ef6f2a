//! How series, their exceptions, changes and drafts are kept. No decisions here.

pub mod answers;
pub mod attendance;
pub mod kept;
pub mod wishes;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::{FromRow, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::model::attending::Audience;
use super::model::{Change, Details, Draft, Exception, Exceptions, Going, Series, Step, Venue};
use crate::calendar::{Holiday, OccurrenceId, Recurrence, Zone};
use crate::groups::model::Source;
use crate::ids::{ChangeId, ChannelId, DraftId, GroupId, Member, RoleId, SeriesId, UserId};

pub mod feeds;
pub mod imports;
pub mod listings;

type Tx<'a> = Transaction<'a, Sqlite>;

const ONE: &str = "SELECT * FROM series WHERE id = ?";
const OF_GROUP: &str = "SELECT * FROM series WHERE group_id = ? AND removed_at IS NULL ORDER BY id";
const OF_GROUP_ALL: &str = "SELECT id FROM series WHERE group_id = ? ORDER BY id";
const DUE: &str = "SELECT * FROM series \
    WHERE next_at IS NOT NULL AND removed_at IS NULL AND next_at <= ? ORDER BY next_at LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM series WHERE next_at IS NOT NULL AND removed_at IS NULL";
const PLANNED: &str = "UPDATE series SET planned_until = ?, next_at = ? WHERE id = ?";
const PARK: &str = "UPDATE series SET next_at = ? WHERE id = ?";
const ADD: &str = "INSERT INTO series (group_id, source, planned_until, created_at, title, recurrence, zone, minutes, leads, \
    starts_on, ends_on, venue_channel_id, venue_address, venue_link, host_id, ping_role_id, \
    audience, audience_role_id, capacity, counts_public) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
const CHANGE: &str = "UPDATE series SET source = ?, title = ?, recurrence = ?, zone = ?, minutes = ?, leads = ?, \
    starts_on = ?, ends_on = ?, venue_channel_id = ?, venue_address = ?, venue_link = ?, host_id = ?, \
    ping_role_id = ?, audience = ?, audience_role_id = ?, capacity = ?, counts_public = ?, \
    revision = revision + 1, changed_at = ? WHERE id = ?";
const TOUCH: &str = "UPDATE series SET revision = revision + 1, changed_at = ? WHERE id = ?";
const GO: &str = "UPDATE series SET paused_at = ?2, removed_at = ?3, next_at = CASE WHEN ?3 IS NULL THEN next_at END, \
    revision = revision + 1, changed_at = ?4 WHERE id = ?1";
const EXCEPTIONS: &str = "SELECT series_id, occurrence, kind, moved_to FROM series_exception \
    WHERE series_id IN (SELECT value FROM json_each(?)) ORDER BY series_id, occurrence";
const EXCEPT: &str = "INSERT INTO series_exception (series_id, occurrence, kind, moved_to, made_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (series_id, occurrence) DO UPDATE SET kind = excluded.kind, moved_to = excluded.moved_to, made_at = excluded.made_at";
const UNEXCEPT: &str = "DELETE FROM series_exception WHERE series_id = ? AND occurrence = ?";
const KEEP_CHANGE: &str = "INSERT INTO schedule_change (group_id, steps, made_at) VALUES (?, ?, ?) RETURNING id";
const FIND_CHANGE: &str = "SELECT group_id, steps, undone_at IS NOT NULL FROM schedule_change WHERE id = ?";
const UNDO_CHANGE: &str = "UPDATE schedule_change SET undone_at = ? WHERE id = ? AND undone_at IS NULL";
const PRUNE_CHANGES: &str = "DELETE FROM schedule_change WHERE made_at < ?";
const PRUNE_DRAFTS: &str = "DELETE FROM series_draft WHERE expires_at <= ?";
const PRUNE_EXCEPTIONS: &str =
    "DELETE FROM series_exception WHERE occurrence < ?1 AND COALESCE(moved_to, occurrence) < ?1";
const KEEP_DRAFT: &str = "INSERT INTO series_draft (group_id, user_id, series_id, revision, details, expires_at) \
    VALUES (?, ?, ?, ?, ?, ?) RETURNING id";
const FIND_DRAFT: &str = "SELECT id, group_id, user_id, series_id, revision, details, expires_at, saved_at IS NOT NULL AS saved \
    FROM series_draft WHERE id = ?";
const SAVED_DRAFT: &str = "UPDATE series_draft SET saved_at = ?, series_id = ?, revision = ? WHERE id = ?";
const DROP_DRAFT: &str = "DELETE FROM series_draft WHERE id = ? AND saved_at IS NULL";
const FORGET_DRAFTS: &str = "DELETE FROM series_draft WHERE user_id = ?1 \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?2) \
    AND NOT EXISTS (SELECT 1 FROM membership m JOIN support_group g ON g.id = m.group_id WHERE m.user_id = ?1 AND g.guild_id = ?2)";
const FORGET_HOST: &str = "UPDATE series SET host_id = NULL WHERE host_id = ?1 \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?2) \
    AND NOT EXISTS (SELECT 1 FROM membership m JOIN support_group g ON g.id = m.group_id WHERE m.user_id = ?1 AND g.guild_id = ?2)";

const OWN_HOLIDAYS: &str = "SELECT on_date, name FROM group_holiday WHERE group_id = ? ORDER BY on_date";
const KEEP_HOLIDAY: &str = "INSERT INTO group_holiday (group_id, on_date, name) VALUES (?, ?, ?) \
    ON CONFLICT (group_id, on_date) DO UPDATE SET name = excluded.name";
const DROP_HOLIDAY: &str = "DELETE FROM group_holiday WHERE group_id = ? AND on_date = ?";
const PRUNE_HOLIDAYS: &str = "DELETE FROM group_holiday WHERE group_id = ? AND on_date < ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    ONE,
    OF_GROUP,
    OF_GROUP_ALL,
    DUE,
    NEXT,
    PLANNED,
    PARK,
    ADD,
    CHANGE,
    TOUCH,
    GO,
    EXCEPTIONS,
    EXCEPT,
    UNEXCEPT,
    KEEP_CHANGE,
    FIND_CHANGE,
    UNDO_CHANGE,
    PRUNE_CHANGES,
    PRUNE_DRAFTS,
    PRUNE_EXCEPTIONS,
    KEEP_DRAFT,
    FIND_DRAFT,
    SAVED_DRAFT,
    DROP_DRAFT,
    FORGET_DRAFTS,
    FORGET_HOST,
    OWN_HOLIDAYS,
    KEEP_HOLIDAY,
    DROP_HOLIDAY,
    PRUNE_HOLIDAYS,
];

/// A row that this binary cannot read; the database was changed by something else.
#[derive(Debug, thiserror::Error)]
#[error("series {series} has a {column} that cannot be read")]
pub struct BadRow {
    /// The series.
    pub series: SeriesId,
    column: &'static str,
}

#[derive(FromRow)]
struct Row {
    id: SeriesId,
    group_id: GroupId,
    title: String,
    recurrence: String,
    zone: String,
    minutes: u32,
    leads: String,
    source: Source,
    planned_until: i64,
    next_at: Option<i64>,
    removed_at: Option<i64>,
    starts_on: Option<String>,
    ends_on: Option<String>,
    venue_channel_id: Option<ChannelId>,
    venue_address: Option<String>,
    venue_link: Option<String>,
    host_id: Option<UserId>,
    ping_role_id: Option<RoleId>,
    audience: String,
    audience_role_id: Option<RoleId>,
    capacity: Option<u32>,
    counts_public: bool,
    paused_at: Option<i64>,
    revision: i64,
}

impl Row {
    fn read(self) -> Result<Series, BadRow> {
        let bad = |column| BadRow { series: self.id, column };
        Ok(Series {
            id: self.id,
            group: self.group_id,
            details: Details {
                recurrence: self.recurrence.parse::<Recurrence>().map_err(|_| bad("recurrence"))?,
                zone: Zone::from_stored(&self.zone).map_err(|_| bad("zone"))?,
                leads: self.leads.parse().map_err(|_| bad("leads"))?,
                title: self.title,
                starts_on: date(self.starts_on.as_deref()).map_err(|()| bad("starts_on"))?,
                ends_on: date(self.ends_on.as_deref()).map_err(|()| bad("ends_on"))?,
                minutes: self.minutes,
                venue: Venue { channel: self.venue_channel_id, address: self.venue_address, link: self.venue_link },
                host: self.host_id,
                ping: self.ping_role_id,
                audience: Audience::of_word(&self.audience, self.audience_role_id).ok_or_else(|| bad("audience"))?,
                capacity: self.capacity,
                counts_public: self.counts_public,
            },
            source: self.source,
            going: match (self.removed_at, self.paused_at) {
                (Some(_), _) => Going::Removed,
                (None, Some(_)) => Going::Paused,
                (None, None) => Going::On,
            },
            exceptions: Exceptions::new(),
            revision: self.revision,
            planned_until: DateTime::from_timestamp(self.planned_until, 0).ok_or_else(|| bad("planned_until"))?,
            next_at: self.next_at.and_then(|at| DateTime::from_timestamp(at, 0)),
        })
    }
}

fn date(text: Option<&str>) -> Result<Option<NaiveDate>, ()> {
    text.map(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| ())).transpose()
}

/// Reads rows and gives each series its exceptions; one row that cannot be read is an error.
async fn complete(connection: &mut SqliteConnection, rows: Vec<Row>) -> anyhow::Result<Vec<Series>> {
    let (all, bad) = readable(connection, rows).await?;
    match bad.into_iter().next() {
        Some(error) => Err(error.into()),
        None => Ok(all),
    }
}

/// Reads rows and gives each series its exceptions; those that cannot be read come apart, so that they stop no
/// other.
async fn readable(connection: &mut SqliteConnection, rows: Vec<Row>) -> sqlx::Result<(Vec<Series>, Vec<BadRow>)> {
    let (mut all, mut bad) = (Vec::new(), Vec::new());
    for row in rows {
        match row.read() {
            Ok(series) => all.push(series),
            Err(error) => bad.push(error),
        }
    }
    if all.is_empty() {
        return Ok((all, bad));
    }
    let ids: Vec<SeriesId> = all.iter().map(|series| series.id).collect();
    let ids = serde_json::json!(ids).to_string();
    let found: Vec<(SeriesId, String, String, Option<String>)> =
        sqlx::query_as(EXCEPTIONS).bind(ids).fetch_all(connection).await?;
    let mut exceptions: HashMap<SeriesId, Exceptions> = HashMap::new();
    for (series, occurrence, kind, moved_to) in found {
        match exception(&occurrence, &kind, moved_to.as_deref()) {
            Some((occurrence, exception)) => {
                exceptions.entry(series).or_default().insert(occurrence, exception);
            }
            // Without its exceptions a series would be reminded of at hours that were called off.
            None => {
                all.retain(|one| one.id != series);
                bad.push(BadRow { series, column: "exception" });
            }
        }
    }
    for series in &mut all {
        series.exceptions = exceptions.remove(&series.id).unwrap_or_default();
    }
    Ok((all, bad))
}

fn exception(occurrence: &str, kind: &str, moved_to: Option<&str>) -> Option<(OccurrenceId, Exception)> {
    let exception = match (kind, moved_to) {
        ("skipped", None) => Exception::Skipped,
        ("cancelled", None) => Exception::Cancelled,
        ("moved", Some(to)) => Exception::Moved(to.parse::<OccurrenceId>().ok()?.planned_local()),
        _ => return None,
    };
    Some((occurrence.parse().ok()?, exception))
}

/// One series, also one that was removed.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find(connection: &mut SqliteConnection, series: SeriesId) -> anyhow::Result<Option<Series>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(series).fetch_optional(&mut *connection).await?;
    Ok(complete(connection, row.into_iter().collect()).await?.pop())
}

/// The series of a group that were not removed, oldest first.
///
/// # Errors
/// As [`find`].
pub async fn of_group(connection: &mut SqliteConnection, group: GroupId) -> anyhow::Result<Vec<Series>> {
    let rows: Vec<Row> = sqlx::query_as(OF_GROUP).bind(group).fetch_all(&mut *connection).await?;
    complete(connection, rows).await
}

/// The numbers of every series a group has or had.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_group_all(connection: &mut SqliteConnection, group: GroupId) -> sqlx::Result<Vec<SeriesId>> {
    sqlx::query_scalar(OF_GROUP_ALL).bind(group).fetch_all(connection).await
}

/// Series with a reminder due, up to `limit` in all, earliest first, and those that cannot be read.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<(Vec<Series>, Vec<BadRow>)> {
    let rows: Vec<Row> = sqlx::query_as(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    readable(tx, rows).await
}

/// Looks at a series not before `at`; what it was planned up to stays.
///
/// # Errors
/// When the database cannot be written.
pub async fn park(tx: &mut Tx<'_>, series: SeriesId, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PARK).bind(at.timestamp()).bind(series).execute(&mut **tx).await?;
    Ok(())
}

/// When the next reminder of any series is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Moves a series' marks after its due reminders were enqueued.
///
/// # Errors
/// When the database cannot be written.
pub async fn planned(
    tx: &mut Tx<'_>,
    series: SeriesId,
    until: DateTime<Utc>,
    next_at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    let query = sqlx::query(PLANNED).bind(until.timestamp()).bind(next_at.map(|at| at.timestamp())).bind(series);
    query.execute(&mut **tx).await?;
    Ok(())
}

macro_rules! bind_details {
    ($query:expr, $details:expr) => {
        $query
            .bind(&$details.title)
            .bind($details.recurrence.to_string())
            .bind($details.zone.name())
            .bind($details.minutes)
            .bind($details.leads.to_string())
            .bind($details.starts_on.map(|date| date.to_string()))
            .bind($details.ends_on.map(|date| date.to_string()))
            .bind($details.venue.channel)
            .bind(&$details.venue.address)
            .bind(&$details.venue.link)
            .bind($details.host)
            .bind($details.ping)
            .bind($details.audience.word())
            .bind($details.audience.role())
            .bind($details.capacity)
            .bind($details.counts_public)
    };
}

/// Keeps a new series; its reminders are due from `now` on.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(
    tx: &mut Tx<'_>,
    group: GroupId,
    details: &Details,
    source: Source,
    now: DateTime<Utc>,
) -> sqlx::Result<SeriesId> {
    let query = sqlx::query_scalar(ADD).bind(group).bind(source).bind(now.timestamp()).bind(now.timestamp());
    bind_details!(query, details).fetch_one(&mut **tx).await
}

/// Changes what a series is, and raises its revision.
///
/// # Errors
/// When the database cannot be written.
pub async fn change(
    tx: &mut Tx<'_>,
    series: SeriesId,
    details: &Details,
    source: Source,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = bind_details!(sqlx::query(CHANGE).bind(source), details);
    query.bind(now.timestamp()).bind(series).execute(&mut **tx).await?;
    Ok(())
}

/// Raises the revision of a series whose exceptions change.
///
/// # Errors
/// When the database cannot be written.
pub async fn touch(tx: &mut Tx<'_>, series: SeriesId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(TOUCH).bind(now.timestamp()).bind(series).execute(&mut **tx).await?;
    Ok(())
}

/// Pauses a series, resumes it, ends it or puts it back, and raises its revision.
///
/// # Errors
/// When the database cannot be written, or another series has its title meanwhile.
pub async fn go(tx: &mut Tx<'_>, series: SeriesId, going: Going, now: DateTime<Utc>) -> sqlx::Result<()> {
    let (paused_at, removed_at) = match going {
        Going::On => (None, None),
        Going::Paused => (Some(now.timestamp()), None),
        Going::Removed => (None, Some(now.timestamp())),
    };
    let query = sqlx::query(GO).bind(series).bind(paused_at).bind(removed_at).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Makes an occurrence an exception, or takes that back.
///
/// # Errors
/// When the database cannot be written.
pub async fn except(
    tx: &mut Tx<'_>,
    series: SeriesId,
    occurrence: OccurrenceId,
    exception: Option<Exception>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let (kind, moved_to): (&str, Option<NaiveDateTime>) = match exception {
        None => {
            sqlx::query(UNEXCEPT).bind(series).bind(occurrence.to_string()).execute(&mut **tx).await?;
            return Ok(());
        }
        Some(Exception::Skipped) => ("skipped", None),
        Some(Exception::Cancelled) => ("cancelled", None),
        Some(Exception::Moved(to)) => ("moved", Some(to)),
    };
    let moved_to = moved_to.map(|to| OccurrenceId::of(to).to_string());
    let query = sqlx::query(EXCEPT).bind(series).bind(occurrence.to_string()).bind(kind).bind(moved_to);
    query.bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Remembers a change so that it can be taken back.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_change(
    tx: &mut Tx<'_>,
    group: GroupId,
    steps: &[Step],
    now: DateTime<Utc>,
) -> anyhow::Result<ChangeId> {
    let steps = serde_json::to_string(steps)?;
    Ok(sqlx::query_scalar(KEEP_CHANGE).bind(group).bind(steps).bind(now.timestamp()).fetch_one(&mut **tx).await?)
}

/// A change as it is remembered.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find_change(connection: &mut SqliteConnection, change: ChangeId) -> anyhow::Result<Option<Change>> {
    let row: Option<(GroupId, String, bool)> =
        sqlx::query_as(FIND_CHANGE).bind(change).fetch_optional(connection).await?;
    let Some((group, steps, undone)) = row else { return Ok(None) };
    Ok(Some(Change { group, steps: serde_json::from_str(&steps)?, undone }))
}

/// Marks a change as taken back.
///
/// # Errors
/// When the database cannot be written.
pub async fn undo_change(tx: &mut Tx<'_>, change: ChangeId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(UNDO_CHANGE).bind(now.timestamp()).bind(change).execute(&mut **tx).await?;
    Ok(())
}

/// Drops drafts that expired, changes made before `before`, and exceptions that lie before it too.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, now: DateTime<Utc>, before: DateTime<Utc>) -> sqlx::Result<()> {
    imports::prune(tx, now).await?;
    sqlx::query(PRUNE_DRAFTS).bind(now.timestamp()).execute(&mut **tx).await?;
    sqlx::query(PRUNE_CHANGES).bind(before.timestamp()).execute(&mut **tx).await?;
    let day = OccurrenceId::of(before.naive_utc()).to_string();
    sqlx::query(PRUNE_EXCEPTIONS).bind(day).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps a draft.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_draft(
    tx: &mut Tx<'_>,
    group: GroupId,
    user: UserId,
    changes: Option<(SeriesId, i64)>,
    details: &Details,
    expires_at: DateTime<Utc>,
) -> anyhow::Result<DraftId> {
    let query = sqlx::query_scalar(KEEP_DRAFT).bind(group).bind(user).bind(changes.map(|(series, _)| series));
    let query = query.bind(changes.map(|(_, revision)| revision)).bind(serde_json::to_string(details)?);
    Ok(query.bind(expires_at.timestamp()).fetch_one(&mut **tx).await?)
}

#[derive(FromRow)]
struct DraftRow {
    id: DraftId,
    group_id: GroupId,
    user_id: UserId,
    series_id: Option<SeriesId>,
    revision: Option<i64>,
    details: String,
    expires_at: i64,
    saved: bool,
}

/// A draft.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find_draft(connection: &mut SqliteConnection, draft: DraftId) -> anyhow::Result<Option<Draft>> {
    let row: Option<DraftRow> = sqlx::query_as(FIND_DRAFT).bind(draft).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Draft {
        id: row.id,
        group: row.group_id,
        user: row.user_id,
        changes: row.series_id.zip(row.revision),
        details: serde_json::from_str(&row.details)?,
        expires_at: DateTime::from_timestamp(row.expires_at, 0).unwrap_or_default(),
        saved: row.saved,
    }))
}

/// Marks a draft as saved as that series.
///
/// # Errors
/// When the database cannot be written.
pub async fn saved_draft(tx: &mut Tx<'_>, draft: DraftId, series: &Series, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(SAVED_DRAFT).bind(now.timestamp()).bind(series.id).bind(series.revision).bind(draft);
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Drops a draft that was not saved.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_draft(tx: &mut Tx<'_>, draft: DraftId) -> sqlx::Result<()> {
    sqlx::query(DROP_DRAFT).bind(draft).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets what names a person who belongs to no group of the guild (any more): their drafts, and that they hold
/// sessions. Comes after their memberships are gone; whoever has come back since keeps what is theirs.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    imports::forget(tx, member).await?;
    for statement in [FORGET_DRAFTS, FORGET_HOST] {
        sqlx::query(statement).bind(member.user).bind(member.guild).execute(&mut **tx).await?;
    }
    Ok(())
}

/// The days off of a group's own, soonest first.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn own_holidays(connection: &mut SqliteConnection, group: GroupId) -> anyhow::Result<Vec<Holiday>> {
    let rows: Vec<(String, String)> = sqlx::query_as(OWN_HOLIDAYS).bind(group).fetch_all(connection).await?;
    rows.into_iter().map(|(on, name)| Ok(Holiday { on: on.parse()?, name })).collect()
}

/// Keeps a day off of a group's own.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_holiday(tx: &mut Tx<'_>, group: GroupId, day: &Holiday) -> sqlx::Result<()> {
    sqlx::query(KEEP_HOLIDAY).bind(group).bind(day.on.to_string()).bind(&day.name).execute(&mut **tx).await?;
    Ok(())
}

/// Drops a day off of a group's own; gives whether it was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_holiday(tx: &mut Tx<'_>, group: GroupId, on: NaiveDate) -> sqlx::Result<bool> {
    let query = sqlx::query(DROP_HOLIDAY).bind(group).bind(on.to_string());
    Ok(query.execute(&mut **tx).await?.rows_affected() > 0)
}

/// Drops a group's own days before a date.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune_holidays(tx: &mut Tx<'_>, group: GroupId, before: NaiveDate) -> sqlx::Result<()> {
    sqlx::query(PRUNE_HOLIDAYS).bind(group).bind(before.to_string()).execute(&mut **tx).await?;
    Ok(())
}
