//! How windows and answers are kept. No decisions here.

pub mod kept;
pub mod prompts;
pub mod sharing;
pub mod silence;
pub mod weather;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::model::{Setup, Window, read_questions};
use crate::ids::{GroupId, Member, PromptId};

type Tx<'a> = Transaction<'a, Sqlite>;

const OPEN: &str = "INSERT INTO checkin_prompt (group_id, on_date, opens_at, closes_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (group_id, on_date) DO UPDATE SET on_date = excluded.on_date RETURNING id, group_id, on_date, closes_at";
const FIND: &str = "SELECT id, group_id, on_date, closes_at FROM checkin_prompt WHERE id = ?";
const ANSWER: &str = "SELECT sealed FROM checkin_answer WHERE prompt_id = ? AND user_id = ?";
const KEEP: &str = "INSERT INTO checkin_answer (prompt_id, guild_id, user_id, sealed, answered_at, edited_at) VALUES (?, ?, ?, ?, ?, ?) \
    ON CONFLICT (prompt_id, user_id) DO UPDATE SET sealed = excluded.sealed, edited_at = excluded.edited_at";
const BETWEEN: &str = "SELECT p.id, p.on_date, a.sealed FROM checkin_answer a JOIN checkin_prompt p ON p.id = a.prompt_id \
    WHERE a.guild_id = ? AND a.user_id = ? AND p.group_id = ? AND p.on_date BETWEEN ? AND ? ORDER BY p.on_date";
const LAST: &str = "SELECT p.id, p.group_id, p.on_date, p.closes_at FROM checkin_answer a JOIN checkin_prompt p ON p.id = a.prompt_id \
    WHERE a.guild_id = ? AND a.user_id = ? AND p.group_id = ? AND p.on_date BETWEEN ? AND ? ORDER BY p.on_date DESC LIMIT 1";
const TOTAL: &str = "SELECT COUNT(*) FROM checkin_answer";
const COUNT: &str = "SELECT COUNT(*), MIN(answered_at) FROM checkin_answer WHERE guild_id = ? AND user_id = ?";
const FORGET: &str = "DELETE FROM checkin_answer WHERE guild_id = ? AND user_id = ? AND answered_at <= ?";
const SETUP: &str = "SELECT questions, own_1, own_2, offer_after FROM checkin_setup WHERE group_id = ?";
const KEEP_SETUP: &str = "INSERT INTO checkin_setup (group_id, questions, own_1, own_2, offer_after, changed_at) VALUES (?, ?, ?, ?, ?, ?) \
    ON CONFLICT (group_id) DO UPDATE SET questions = excluded.questions, own_1 = excluded.own_1, own_2 = excluded.own_2, \
    offer_after = excluded.offer_after, changed_at = excluded.changed_at";
const WISHES: &str = "SELECT sealed FROM checkin_wishes WHERE guild_id = ? AND user_id = ?";
const KEEP_WISHES: &str = "INSERT INTO checkin_wishes (guild_id, user_id, sealed, changed_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at";
const FORGET_DIRECT: &str = "DELETE FROM checkin_direct WHERE guild_id = ? AND user_id = ?";
const FORGET_WISHES: &str = "DELETE FROM checkin_wishes WHERE guild_id = ? AND user_id = ? AND changed_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    OPEN,
    FIND,
    ANSWER,
    BETWEEN,
    LAST,
    KEEP,
    TOTAL,
    COUNT,
    FORGET,
    SETUP,
    KEEP_SETUP,
    WISHES,
    KEEP_WISHES,
    FORGET_WISHES,
    FORGET_DIRECT,
];

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

/// A sealed answer, with its window and its day.
pub type Kept = (PromptId, NaiveDate, Vec<u8>);

/// A member's sealed answers to a group, by day, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn between(
    pool: &SqlitePool,
    member: Member,
    group: GroupId,
    from: NaiveDate,
    until: NaiveDate,
) -> sqlx::Result<Vec<Kept>> {
    let rows: Vec<(PromptId, String, Vec<u8>)> = sqlx::query_as(BETWEEN)
        .bind(member.guild)
        .bind(member.user)
        .bind(group)
        .bind(from.to_string())
        .bind(until.to_string())
        .fetch_all(pool)
        .await?;
    let strange = || sqlx::Error::Decode("a check-in window with a date that cannot be read".into());
    rows.into_iter().map(|(id, date, sealed)| Ok((id, date.parse().map_err(|_| strange())?, sealed))).collect()
}

/// The last window of a group that a member answered, from one day to another.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_answered(
    pool: &SqlitePool,
    member: Member,
    group: GroupId,
    from: NaiveDate,
    until: NaiveDate,
) -> sqlx::Result<Option<Window>> {
    let row: Option<Row> = sqlx::query_as(LAST)
        .bind(member.guild)
        .bind(member.user)
        .bind(group)
        .bind(from.to_string())
        .bind(until.to_string())
        .fetch_optional(pool)
        .await?;
    row.map(window).transpose()
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

/// Removes every answer and wish that a member had given by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET, FORGET_WISHES] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes when a member is asked directly.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_direct(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(FORGET_DIRECT).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    Ok(())
}

/// What a group asks; the default when it has not chosen.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn setup(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Setup> {
    read_setup(sqlx::query_as(SETUP).bind(group).fetch_optional(pool).await?)
}

/// What a group asks, as it stands inside a write transaction.
///
/// # Errors
/// As [`setup`].
pub async fn setup_in(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<Setup> {
    read_setup(sqlx::query_as(SETUP).bind(group).fetch_optional(&mut **tx).await?)
}

fn read_setup(row: Option<(String, Option<String>, Option<String>, u32)>) -> sqlx::Result<Setup> {
    let Some((questions, first, second, offer_after)) = row else { return Ok(Setup::default()) };
    let questions =
        read_questions(&questions).ok_or_else(|| sqlx::Error::Decode("a question that nobody knows".into()))?;
    Ok(Setup { questions, own: [first, second].into_iter().flatten().collect(), offer_after })
}

/// Keeps what a group asks.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_setup(tx: &mut Tx<'_>, group: GroupId, setup: &Setup, now: DateTime<Utc>) -> sqlx::Result<()> {
    let questions: Vec<&str> = setup.questions.iter().map(|question| question.word()).collect();
    sqlx::query(KEEP_SETUP)
        .bind(group)
        .bind(questions.join(","))
        .bind(setup.own.first())
        .bind(setup.own.get(1))
        .bind(setup.offer_after)
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A member's sealed wishes.
///
/// # Errors
/// When the database cannot be read.
pub async fn wishes(pool: &SqlitePool, member: Member) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar(WISHES).bind(member.guild).bind(member.user).fetch_optional(pool).await
}

/// A member's sealed wishes, as they stand inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn wishes_in(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar(WISHES).bind(member.guild).bind(member.user).fetch_optional(&mut **tx).await
}

/// Keeps a member's sealed wishes in place of the ones before.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_wishes(tx: &mut Tx<'_>, member: Member, sealed: &[u8], now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(KEEP_WISHES)
        .bind(member.guild)
        .bind(member.user)
        .bind(sealed)
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
