//! How touches and their sealed answers are kept. No decisions here.

use chrono::{DateTime, NaiveTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::alumni::model::Touch;
use crate::ids::{GroupId, GuildId, Member, TouchId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const FIND: &str =
    "SELECT id, group_id, guild_id, user_id, at, graduated_at, mark, next_at, unused FROM alumni_touch WHERE id = ?";
const OF_MEMBER: &str = "SELECT id, group_id, guild_id, user_id, at, graduated_at, mark, next_at, unused \
    FROM alumni_touch WHERE group_id = ? AND user_id = ?";
const DUE: &str = "SELECT id, group_id, guild_id, user_id, at, graduated_at, mark, next_at, unused \
    FROM alumni_touch WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY next_at LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM alumni_touch WHERE next_at IS NOT NULL";
const AGREE: &str = "INSERT INTO alumni_touch (group_id, guild_id, user_id, at, graduated_at, mark, next_at, unused, agreed_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?) \
    ON CONFLICT (group_id, user_id) DO UPDATE SET at = excluded.at, graduated_at = excluded.graduated_at, \
    mark = excluded.mark, next_at = excluded.next_at, unused = 0, agreed_at = excluded.agreed_at";
const KEEP: &str = "UPDATE alumni_touch SET mark = ?, next_at = ?, unused = ? WHERE id = ?";
const REMOVE: &str = "DELETE FROM alumni_touch WHERE group_id = ? AND user_id = ?";
const ANSWER: &str = "INSERT INTO alumni_touch_answer (touch_id, mark, sealed, answered_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (touch_id, mark) DO UPDATE SET sealed = excluded.sealed, answered_at = excluded.answered_at";
const FORGET: &str = "DELETE FROM alumni_touch WHERE guild_id = ? AND user_id = ? AND agreed_at <= ?";
const COUNT: &str = "SELECT COUNT(*) FROM alumni_touch WHERE guild_id = ? AND user_id = ?";
const PRUNE: &str = "DELETE FROM alumni_touch WHERE next_at IS NULL AND graduated_at < ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[FIND, OF_MEMBER, DUE, NEXT, AGREE, KEEP, REMOVE, ANSWER, FORGET, COUNT, PRUNE];

#[derive(FromRow)]
struct Row {
    id: TouchId,
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    at: String,
    graduated_at: i64,
    mark: i64,
    next_at: Option<i64>,
    unused: u32,
}

impl Row {
    fn read(self) -> sqlx::Result<Touch> {
        let strange = || sqlx::Error::Decode("a touch that cannot be read".into());
        Ok(Touch {
            id: self.id,
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            at: NaiveTime::parse_from_str(&self.at, "%H:%M").map_err(|_| strange())?,
            graduated_at: DateTime::from_timestamp(self.graduated_at, 0).ok_or_else(strange)?,
            mark: usize::try_from(self.mark).map_err(|_| strange())?,
            next_at: self.next_at.and_then(|at| DateTime::from_timestamp(at, 0)),
            unused: self.unused,
        })
    }
}

fn mark_column(mark: usize) -> i64 {
    i64::try_from(mark).unwrap_or(i64::MAX)
}

/// Touches by number.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find(pool: &SqlitePool, touch: TouchId) -> sqlx::Result<Option<Touch>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(touch).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// Touches by number, as they stand inside a write transaction.
///
/// # Errors
/// As [`find`].
pub async fn find_in(tx: &mut Tx<'_>, touch: TouchId) -> sqlx::Result<Option<Touch>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(touch).fetch_optional(&mut **tx).await?;
    row.map(Row::read).transpose()
}

/// A member's touches of a group, as they stand inside a write transaction.
///
/// # Errors
/// As [`find`].
pub async fn of_member(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<Option<Touch>> {
    let row: Option<Row> = sqlx::query_as(OF_MEMBER).bind(group).bind(user).fetch_optional(&mut **tx).await?;
    row.map(Row::read).transpose()
}

/// Touches that are due, up to `limit`, earliest first.
///
/// # Errors
/// As [`find`].
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<Touch>> {
    let rows: Vec<Row> = sqlx::query_as(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    rows.into_iter().map(Row::read).collect()
}

/// When the next touch is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps that a member agreed, or chose another hour; the number of `touch` is not looked at.
///
/// # Errors
/// When the database cannot be written.
pub async fn agree(tx: &mut Tx<'_>, touch: &Touch, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(AGREE)
        .bind(touch.group)
        .bind(touch.member.guild)
        .bind(touch.member.user)
        .bind(touch.at.format("%H:%M").to_string())
        .bind(touch.graduated_at.timestamp())
        .bind(mark_column(touch.mark))
        .bind(touch.next_at.map(|at| at.timestamp()))
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps which touch is next.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, touch: &Touch) -> sqlx::Result<()> {
    sqlx::query(KEEP)
        .bind(mark_column(touch.mark))
        .bind(touch.next_at.map(|at| at.timestamp()))
        .bind(touch.unused)
        .bind(touch.id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes a member's touches of a group, with what they answered.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps a sealed answer.
///
/// # Errors
/// When the database cannot be written.
pub async fn answer(
    tx: &mut Tx<'_>,
    touch: TouchId,
    mark: usize,
    sealed: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(ANSWER).bind(touch).bind(mark_column(mark)).bind(sealed).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Removes what a member had agreed to by then, with what they answered.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// How many groups ask a member how they are after graduation.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Removes touches that are over, of people who graduated before then.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE).bind(before.timestamp()).execute(&mut **tx).await?;
    Ok(())
}
