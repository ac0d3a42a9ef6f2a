//! How series and their exceptions are kept. No decisions here.

pub mod answers;
pub mod attendance;
pub mod days;
pub mod drafts;
pub mod feeds;
pub mod imports;
pub mod kept;
pub mod listings;
pub mod wishes;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::{FromRow, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::model::attending::Audience;
use super::model::{Details, Exception, Exceptions, Going, Series, Venue};
use crate::calendar::{OccurrenceId, Recurrence, Zone};
use crate::groups::model::Source;
use crate::ids::{ChannelId, GroupId, Member, RoleId, SeriesId, UserId};

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
const CHANGE: &str = "UPDATE series SET source = ?1, title = ?2, recurrence = ?3, zone = ?4, minutes = ?5, leads = ?6, \
    starts_on = ?7, ends_on = ?8, venue_channel_id = ?9, venue_address = ?10, venue_link = ?11, host_id = ?12, \
    ping_role_id = ?13, audience = ?14, audience_role_id = ?15, capacity = ?16, counts_public = ?17, \
    zone_turn = zone_turn + (zone <> ?4), revision = revision + 1, changed_at = ?18 WHERE id = ?19";
const TOUCH: &str = "UPDATE series SET revision = revision + 1, changed_at = ? WHERE id = ?";
const GO: &str = "UPDATE series SET paused_at = ?2, removed_at = ?3, next_at = CASE WHEN ?3 IS NULL THEN next_at END, \
    revision = revision + 1, changed_at = ?4 WHERE id = ?1";
const EXCEPTIONS: &str = "SELECT series_id, occurrence, kind, moved_to FROM series_exception \
    WHERE series_id IN (SELECT value FROM json_each(?)) ORDER BY series_id, occurrence";
const EXCEPT: &str = "INSERT INTO series_exception (series_id, occurrence, kind, moved_to, made_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (series_id, occurrence) DO UPDATE SET kind = excluded.kind, moved_to = excluded.moved_to, made_at = excluded.made_at";
const UNEXCEPT: &str = "DELETE FROM series_exception WHERE series_id = ? AND occurrence = ?";
const PRUNE_EXCEPTIONS: &str =
    "DELETE FROM series_exception WHERE occurrence < ?1 AND COALESCE(moved_to, occurrence) < ?1";
const FORGET_HOST: &str = "UPDATE series SET host_id = NULL WHERE host_id = ?1 \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?2) \
    AND NOT EXISTS (SELECT 1 FROM membership m JOIN support_group g ON g.id = m.group_id WHERE m.user_id = ?1 AND g.guild_id = ?2)";

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
    PRUNE_EXCEPTIONS,
    FORGET_HOST,
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
    zone_turn: i64,
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
            zone_turn: self.zone_turn,
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

/// Drops drafts that expired, changes made before `before`, and exceptions that lie before it too.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, now: DateTime<Utc>, before: DateTime<Utc>) -> sqlx::Result<()> {
    imports::prune(tx, now).await?;
    drafts::prune(tx, now, before).await?;
    let day = OccurrenceId::of(before.naive_utc()).to_string();
    sqlx::query(PRUNE_EXCEPTIONS).bind(day).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets what names a person who belongs to no group of the guild (any more): their drafts, and that they hold
/// sessions. Comes after their memberships are gone; whoever has come back since keeps what is theirs.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    imports::forget(tx, member).await?;
    drafts::forget(tx, member).await?;
    sqlx::query(FORGET_HOST).bind(member.user).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}
