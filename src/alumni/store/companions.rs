//! How companions are kept: who asks a graduate how they are. No decisions here.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::alumni::model::{Companion, CompanionState};
use crate::ids::{GroupId, GuildId, Member, TouchId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const FIND: &str = "SELECT touch_id, user_id, state, told_mark, taken_mark FROM touch_companion WHERE touch_id = ?";
const CHOOSE: &str = "INSERT INTO touch_companion (touch_id, guild_id, user_id, state, asked_at) VALUES (?, ?, ?, 'asked', ?) \
    ON CONFLICT (touch_id) DO UPDATE SET user_id = excluded.user_id, state = 'asked', asked_at = excluded.asked_at, \
    told_mark = NULL, taken_mark = NULL";
const AGREE: &str = "UPDATE touch_companion SET state = 'agreed' WHERE touch_id = ? AND state = 'asked'";
const TAKE: &str = "UPDATE touch_companion SET taken_mark = ? WHERE touch_id = ?";
const TOLD: &str = "UPDATE touch_companion SET told_mark = ? WHERE touch_id = ?";
const REMOVE: &str = "DELETE FROM touch_companion WHERE touch_id = ?";
const DUE: &str = "SELECT c.touch_id FROM touch_companion c JOIN alumni_touch t ON t.id = c.touch_id \
    WHERE c.state = 'agreed' AND t.next_at IS NOT NULL AND t.next_at - ?1 <= ?2 \
    AND (c.told_mark IS NULL OR c.told_mark <> t.mark) ORDER BY t.next_at LIMIT ?3";
const NEXT: &str = "SELECT MIN(t.next_at - ?) FROM touch_companion c JOIN alumni_touch t ON t.id = c.touch_id \
    WHERE c.state = 'agreed' AND t.next_at IS NOT NULL AND (c.told_mark IS NULL OR c.told_mark <> t.mark)";
const GONE_LEFT: &str = "UPDATE touch_companion SET state = 'gone', user_id = NULL WHERE state <> 'gone' AND EXISTS \
    (SELECT 1 FROM membership b JOIN alumni_touch t ON t.id = touch_companion.touch_id \
    WHERE b.group_id = t.group_id AND b.user_id = touch_companion.user_id AND b.left_at IS NOT NULL)";
const FORGET: &str =
    "UPDATE touch_companion SET state = 'gone', user_id = NULL WHERE guild_id = ? AND user_id = ? AND asked_at <= ?";
const COUNT: &str = "SELECT COUNT(*) FROM touch_companion WHERE guild_id = ? AND user_id = ?";
const OF_MEMBER: &str = "SELECT c.touch_id, c.user_id, c.state, c.told_mark, c.taken_mark FROM touch_companion c \
    JOIN alumni_touch t ON t.id = c.touch_id WHERE t.group_id = ? AND t.user_id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[FIND, CHOOSE, AGREE, TAKE, TOLD, REMOVE, DUE, NEXT, GONE_LEFT, FORGET, COUNT, OF_MEMBER];

#[derive(FromRow)]
struct Row {
    touch_id: TouchId,
    user_id: Option<UserId>,
    state: CompanionState,
    told_mark: Option<i64>,
    taken_mark: Option<i64>,
}

impl Row {
    fn read(self) -> Companion {
        let mark = |mark: Option<i64>| mark.and_then(|mark| usize::try_from(mark).ok());
        Companion {
            touch: self.touch_id,
            user: self.user_id,
            state: self.state,
            told: mark(self.told_mark),
            taken: mark(self.taken_mark),
        }
    }
}

fn mark_column(mark: usize) -> i64 {
    i64::try_from(mark).unwrap_or(i64::MAX)
}

/// Who asks, for some touches.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, touch: TouchId) -> sqlx::Result<Option<Companion>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(touch).fetch_optional(pool).await?;
    Ok(row.map(Row::read))
}

/// Who asks, as it stands inside a write transaction.
///
/// # Errors
/// As [`find`].
pub async fn find_in(tx: &mut Tx<'_>, touch: TouchId) -> sqlx::Result<Option<Companion>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(touch).fetch_optional(&mut **tx).await?;
    Ok(row.map(Row::read))
}

/// Who asks a graduate of a group.
///
/// # Errors
/// As [`find`].
pub async fn of_member(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<Companion>> {
    let row: Option<Row> = sqlx::query_as(OF_MEMBER).bind(group).bind(user).fetch_optional(pool).await?;
    Ok(row.map(Row::read))
}

/// Keeps whom a graduate chose, in the place of whoever was chosen before.
///
/// # Errors
/// When the database cannot be written.
pub async fn choose(
    tx: &mut Tx<'_>,
    touch: TouchId,
    guild: GuildId,
    user: UserId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(CHOOSE).bind(touch).bind(guild).bind(user).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that the chosen one said yes; whether they were still asked.
///
/// # Errors
/// When the database cannot be written.
pub async fn agree(tx: &mut Tx<'_>, touch: TouchId) -> sqlx::Result<bool> {
    Ok(sqlx::query(AGREE).bind(touch).execute(&mut **tx).await?.rows_affected() > 0)
}

/// Keeps that they ask at that mark.
///
/// # Errors
/// When the database cannot be written.
pub async fn take(tx: &mut Tx<'_>, touch: TouchId, mark: usize) -> sqlx::Result<()> {
    sqlx::query(TAKE).bind(mark_column(mark)).bind(touch).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that they were told of that mark.
///
/// # Errors
/// When the database cannot be written.
pub async fn told(tx: &mut Tx<'_>, touch: TouchId, mark: usize) -> sqlx::Result<()> {
    sqlx::query(TOLD).bind(mark_column(mark)).bind(touch).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that nobody but the bot asks.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, touch: TouchId) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(touch).execute(&mut **tx).await?;
    Ok(())
}

/// Touches that are due within `ahead`, whose companion does not know it yet, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, ahead: TimeDelta, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<TouchId>> {
    let query = sqlx::query_scalar(DUE).bind(ahead.num_seconds()).bind(now.timestamp()).bind(limit);
    query.fetch_all(&mut **tx).await
}

/// When somebody is to be told next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool, ahead: TimeDelta) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).bind(ahead.num_seconds()).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps that companions who left the group are not there any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn note_left(tx: &mut Tx<'_>) -> sqlx::Result<()> {
    sqlx::query(GONE_LEFT).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets that a member was chosen by then; who chose them is told that nobody is there.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// How many people chose a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}
