//! How windows and answers are kept. No decisions here.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::model::Window;
use crate::ids::{GroupId, Member, PromptId};

type Tx<'a> = Transaction<'a, Sqlite>;

const OPEN: &str = "INSERT INTO checkin_prompt (group_id, on_date, opens_at, closes_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (group_id, on_date) DO UPDATE SET on_date = excluded.on_date RETURNING id, group_id, on_date, closes_at";
const FIND: &str = "SELECT id, group_id, on_date, closes_at FROM checkin_prompt WHERE id = ?";
const ANSWER: &str = "SELECT sealed FROM checkin_answer WHERE prompt_id = ? AND user_id = ?";
const KEEP: &str = "INSERT INTO checkin_answer (prompt_id, guild_id, user_id, sealed, answered_at, edited_at) VALUES (?, ?, ?, ?, ?, ?) \
    ON CONFLICT (prompt_id, user_id) DO UPDATE SET sealed = excluded.sealed, edited_at = excluded.edited_at";
const TOTAL: &str = "SELECT COUNT(*) FROM checkin_answer";
const COUNT: &str = "SELECT COUNT(*), MIN(answered_at) FROM checkin_answer WHERE guild_id = ? AND user_id = ?";
const FORGET: &str = "DELETE FROM checkin_answer WHERE guild_id = ? AND user_id = ? AND answered_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[OPEN, FIND, ANSWER, KEEP, TOTAL, COUNT, FORGET];

type Row = (PromptId, GroupId, String, i64);

fn window((id, group, on_date, closes_at): Row) -> sqlx::Result<Window> {
    let strange = || sqlx::Error::Decode("a check-in window with a date or instant that cannot be read".into());
    Ok(Window {
        id,
        group,
        on_date: on_date.parse().map_err(|_| strange())?,
        closes_at: DateTime::from_timestamp(closes_at, 0).ok_or_else(strange)?,
    })
}

/// The window of a group's local day, made if there is none.
///
/// # Errors
/// When the database cannot be written.
pub async fn open(
    tx: &mut Tx<'_>,
    group: GroupId,
    day: NaiveDate,
    now: DateTime<Utc>,
    closes_at: DateTime<Utc>,
) -> sqlx::Result<Window> {
    let row: Row = sqlx::query_as(OPEN)
        .bind(group)
        .bind(day.to_string())
        .bind(now.timestamp())
        .bind(closes_at.timestamp())
        .fetch_one(&mut **tx)
        .await?;
    window(row)
}

/// A window by its number.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, prompt: PromptId) -> sqlx::Result<Option<Window>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(prompt).fetch_optional(pool).await?;
    row.map(window).transpose()
}

/// A member's sealed answer, as it stands outside a transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn answer(pool: &SqlitePool, prompt: PromptId, member: Member) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar(ANSWER).bind(prompt).bind(member.user).fetch_optional(pool).await
}

/// A member's sealed answer, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn answer_in(tx: &mut Tx<'_>, prompt: PromptId, member: Member) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar(ANSWER).bind(prompt).bind(member.user).fetch_optional(&mut **tx).await
}

/// Keeps a member's sealed answer in place of the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx<'_>,
    prompt: PromptId,
    member: Member,
    sealed: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(KEEP)
        .bind(prompt)
        .bind(member.guild)
        .bind(member.user)
        .bind(sealed)
        .bind(now.timestamp())
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// How many answers there are in all.
///
/// # Errors
/// When the database cannot be read.
pub async fn total(pool: &SqlitePool) -> sqlx::Result<i64> {
    sqlx::query_scalar(TOTAL).fetch_one(pool).await
}

/// How many answers of a member are kept, and since when.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    let (count, since): (i64, Option<i64>) =
        sqlx::query_as(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await?;
    Ok((count, since.and_then(|since| DateTime::from_timestamp(since, 0))))
}

/// Removes every answer that a member had given by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp()).execute(&mut **tx).await?;
    Ok(())
}
