//! How series are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use super::model::{Series, WantedSeries};
use crate::calendar::{Recurrence, Zone};
use crate::ids::{GroupId, SeriesId};

type Tx<'a> = Transaction<'a, Sqlite>;

const ONE: &str = "SELECT id, group_id, title, recurrence, zone, minutes, leads, planned_until, next_at FROM series \
    WHERE id = ? AND removed_at IS NULL";
const OF_GROUP: &str = "SELECT id, group_id, title, recurrence, zone, minutes, leads, planned_until, next_at FROM series \
    WHERE group_id = ? AND removed_at IS NULL ORDER BY id";
const DUE: &str = "SELECT id, group_id, title, recurrence, zone, minutes, leads, planned_until, next_at FROM series \
    WHERE next_at IS NOT NULL AND removed_at IS NULL AND next_at <= ? ORDER BY next_at LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM series WHERE next_at IS NOT NULL AND removed_at IS NULL";
const PLANNED: &str = "UPDATE series SET planned_until = ?, next_at = ? WHERE id = ?";
const PARK: &str = "UPDATE series SET next_at = ? WHERE id = ?";
const ADD: &str = "INSERT INTO series (group_id, title, recurrence, zone, minutes, leads, source, planned_until, next_at, created_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
const CHANGE: &str = "UPDATE series SET title = ?, recurrence = ?, zone = ?, minutes = ?, leads = ?, source = ?, \
    planned_until = ?, next_at = ? WHERE id = ?";
const REMOVE: &str = "UPDATE series SET removed_at = ?, next_at = NULL WHERE id = ? AND removed_at IS NULL";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[ONE, OF_GROUP, DUE, NEXT, PLANNED, PARK, ADD, CHANGE, REMOVE];

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
    planned_until: i64,
    next_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Series, BadRow> {
        let bad = |column| BadRow { series: self.id, column };
        Ok(Series {
            id: self.id,
            group: self.group_id,
            title: self.title,
            recurrence: self.recurrence.parse::<Recurrence>().map_err(|_| bad("recurrence"))?,
            zone: Zone::from_stored(&self.zone).map_err(|_| bad("zone"))?,
            minutes: self.minutes,
            leads: self.leads.parse().map_err(|_| bad("leads"))?,
            planned_until: DateTime::from_timestamp(self.planned_until, 0).ok_or_else(|| bad("planned_until"))?,
            next_at: self.next_at.and_then(|at| DateTime::from_timestamp(at, 0)),
        })
    }
}

/// One series, unless it was removed.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find(pool: &SqlitePool, series: SeriesId) -> anyhow::Result<Option<Series>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(series).fetch_optional(pool).await?;
    Ok(row.map(Row::read).transpose()?)
}

fn sorted(rows: Vec<Row>) -> (Vec<Series>, Vec<BadRow>) {
    let (mut series, mut bad) = (Vec::new(), Vec::new());
    for row in rows {
        match row.read() {
            Ok(one) => series.push(one),
            Err(error) => bad.push(error),
        }
    }
    (series, bad)
}

/// The series of a group that can be read, oldest first; the others are told when they are due.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_group(pool: &SqlitePool, group: GroupId) -> anyhow::Result<Vec<Series>> {
    Ok(sorted(sqlx::query_as(OF_GROUP).bind(group).fetch_all(pool).await?).0)
}

/// Series with a reminder due, up to `limit` in all, earliest first, and those that cannot be read.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<(Vec<Series>, Vec<BadRow>)> {
    Ok(sorted(sqlx::query_as(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?))
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
    sqlx::query(PLANNED)
        .bind(until.timestamp())
        .bind(next_at.map(|at| at.timestamp()))
        .bind(series)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps a new series; its reminders are due from `now` on.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(
    tx: &mut Tx<'_>,
    wanted: &WantedSeries,
    next_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> sqlx::Result<SeriesId> {
    sqlx::query_scalar(ADD)
        .bind(wanted.group)
        .bind(&wanted.title)
        .bind(wanted.recurrence.to_string())
        .bind(wanted.zone.name())
        .bind(wanted.minutes)
        .bind(wanted.leads.to_string())
        .bind(wanted.source)
        .bind(now.timestamp())
        .bind(next_at.map(|at| at.timestamp()))
        .bind(now.timestamp())
        .fetch_one(&mut **tx)
        .await
}

/// Changes a series; its reminders are due from `now` on.
///
/// # Errors
/// When the database cannot be written.
pub async fn change(
    tx: &mut Tx<'_>,
    series: SeriesId,
    wanted: &WantedSeries,
    next_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(CHANGE)
        .bind(&wanted.title)
        .bind(wanted.recurrence.to_string())
        .bind(wanted.zone.name())
        .bind(wanted.minutes)
        .bind(wanted.leads.to_string())
        .bind(wanted.source)
        .bind(now.timestamp())
        .bind(next_at.map(|at| at.timestamp()))
        .bind(series)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends a series.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, series: SeriesId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(now.timestamp()).bind(series).execute(&mut **tx).await?;
    Ok(())
}
