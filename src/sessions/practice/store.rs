//! How home practice is kept. No decisions here.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use super::model::{Kind, Practice};
use crate::ids::{GroupId, Member, PracticeId, SeriesId};

type Tx<'a> = Transaction<'a, Sqlite>;

const ADD: &str = "INSERT INTO practice (group_id, series_id, kind, minutes, words, until_on, set_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id";
const FIND: &str = "SELECT id, group_id, series_id, kind, minutes, words, until_on, set_at FROM practice WHERE id = ? AND ended_at IS NULL";
const OPEN: &str = "SELECT id, group_id, series_id, kind, minutes, words, until_on, set_at FROM practice \
    WHERE group_id = ?1 AND ended_at IS NULL AND (until_on IS NULL OR until_on >= ?2) \
    AND (series_id IS NULL OR ?3 IS NULL OR series_id = ?3) ORDER BY id";
const END: &str = "UPDATE practice SET ended_at = ? WHERE id = ? AND ended_at IS NULL";
const MARK: &str = "INSERT INTO practice_mark (practice_id, guild_id, user_id, on_date, marked_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (practice_id, user_id, on_date) DO NOTHING";
const DAYS: &str = "SELECT COUNT(*) FROM practice_mark WHERE practice_id = ? AND user_id = ?";
const IS_MARKED: &str =
    "SELECT EXISTS (SELECT 1 FROM practice_mark WHERE practice_id = ? AND user_id = ? AND on_date = ?)";
const COUNT: &str = "SELECT COUNT(*) FROM practice_mark WHERE guild_id = ? AND user_id = ?";
const PRUNE: &str = "DELETE FROM practice WHERE ended_at < ?1 OR until_on < ?2";
const FORGET: &str = "DELETE FROM practice_mark WHERE guild_id = ? AND user_id = ? AND marked_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[ADD, FIND, OPEN, END, MARK, DAYS, IS_MARKED, COUNT, PRUNE, FORGET];

#[derive(FromRow)]
struct Row {
    id: PracticeId,
    group_id: GroupId,
    series_id: Option<SeriesId>,
    kind: Kind,
    minutes: Option<u32>,
    words: Option<String>,
    until_on: Option<String>,
    set_at: i64,
}

impl Row {
    fn read(self) -> sqlx::Result<Practice> {
        let strange = || sqlx::Error::Decode("a practice with a day or instant that cannot be read".into());
        Ok(Practice {
            id: self.id,
            group: self.group_id,
            series: self.series_id,
            kind: self.kind,
            minutes: self.minutes,
            words: self.words,
            until_on: self.until_on.map(|day| day.parse().map_err(|_| strange())).transpose()?,
            set_at: DateTime::from_timestamp(self.set_at, 0).ok_or_else(strange)?,
        })
    }
}

/// Adds a practice, whatever number it carries, and gives the one it got.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, practice: &Practice) -> sqlx::Result<PracticeId> {
    sqlx::query_scalar(ADD)
        .bind(practice.group)
        .bind(practice.series)
        .bind(practice.kind)
        .bind(practice.minutes)
        .bind(&practice.words)
        .bind(practice.until_on.map(|day| day.to_string()))
        .bind(practice.set_at.timestamp())
        .fetch_one(&mut **tx)
        .await
}

/// A practice that was not ended.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, practice: PracticeId) -> sqlx::Result<Option<Practice>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(practice).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// What there is to do in a group on a local day: of one series and of the whole group, or all of it.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(
    pool: &SqlitePool,
    group: GroupId,
    today: NaiveDate,
    series: Option<SeriesId>,
) -> sqlx::Result<Vec<Practice>> {
    let rows: Vec<Row> = sqlx::query_as(OPEN).bind(group).bind(today.to_string()).bind(series).fetch_all(pool).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Ends a practice; whether it went on until now.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(tx: &mut Tx<'_>, practice: PracticeId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    Ok(sqlx::query(END).bind(now.timestamp()).bind(practice).execute(&mut **tx).await?.rows_affected() > 0)
}

/// Marks a practice as done on a local day.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark(
    tx: &mut Tx<'_>,
    practice: PracticeId,
    member: Member,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(MARK).bind(practice).bind(member.guild).bind(member.user).bind(on.to_string());
    query.bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// On how many days a member marked a practice.
///
/// # Errors
/// When the database cannot be read.
pub async fn days(pool: &SqlitePool, practice: PracticeId, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(DAYS).bind(practice).bind(member.user).fetch_one(pool).await
}

/// Whether a member marked a practice on a local day.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_marked(pool: &SqlitePool, practice: PracticeId, member: Member, on: NaiveDate) -> sqlx::Result<bool> {
    sqlx::query_scalar(IS_MARKED).bind(practice).bind(member.user).bind(on.to_string()).fetch_one(pool).await
}

/// How many marks of a member are kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Removes practices, with their marks, that ended before then.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    let day = before.date_naive().to_string();
    sqlx::query(PRUNE).bind(before.timestamp()).bind(day).execute(&mut **tx).await?;
    Ok(())
}

/// Removes what a member had marked by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}
