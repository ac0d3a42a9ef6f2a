//! How people's answers to sessions, and the places that come of them, are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::calendar::OccurrenceId;
use crate::ids::{Member, SeriesId, UserId};
use crate::sessions::model::attending::{Entry, Reply, Seat};

type Tx<'a> = Transaction<'a, Sqlite>;

// A place of somebody who left the group is free; with a role as audience, membership says nothing.
const ENTRIES: &str = "SELECT a.user_id, a.answer, a.seat, a.turn, a.unseen, \
    s.audience <> 'members' OR EXISTS (SELECT 1 FROM membership m \
        WHERE m.group_id = s.group_id AND m.user_id = a.user_id AND m.left_at IS NULL) AS belongs \
    FROM session_answer a JOIN series s ON s.id = a.series_id \
    WHERE a.series_id = ? AND a.occurrence = ? ORDER BY a.turn, a.id";
const CLEAR: &str = "DELETE FROM session_answer WHERE series_id = ?1 AND occurrence = ?2 \
    AND EXISTS (SELECT 1 FROM series s WHERE s.id = ?1 AND s.audience = 'members' AND NOT EXISTS (SELECT 1 FROM membership m \
        WHERE m.group_id = s.group_id AND m.user_id = session_answer.user_id AND m.left_at IS NULL))";
const KEEP: &str = "INSERT INTO session_answer (series_id, occurrence, guild_id, user_id, answer, seat, turn, answered_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (series_id, occurrence, user_id) DO UPDATE SET answer = excluded.answer, seat = excluded.seat, \
    turn = excluded.turn, unseen = 0, answered_at = excluded.answered_at, \
    reason = CASE WHEN excluded.answer = 'cannot' THEN reason END";
const HOLD: &str = "UPDATE session_answer SET seat = 'held', unseen = 1 \
    WHERE series_id = ? AND occurrence = ? AND user_id = ? AND seat = 'waiting'";
const SEEN: &str =
    "UPDATE session_answer SET unseen = 0 WHERE series_id = ? AND occurrence = ? AND user_id = ? AND unseen = 1";
const WAITED_FOR: &str = "SELECT DISTINCT series_id, occurrence FROM session_answer WHERE seat = 'waiting' LIMIT ?";
const NUMBER: &str =
    "SELECT id FROM session_answer WHERE series_id = ? AND occurrence = ? AND user_id = ? AND answer = 'cannot'";
const KEEP_REASON: &str = "UPDATE session_answer SET reason = ? WHERE id = ?";
const REASONS: &str = "SELECT id, user_id, reason FROM session_answer \
    WHERE series_id = ? AND occurrence = ? AND reason IS NOT NULL ORDER BY id";
const OF_MEMBER: &str = "SELECT series_id, occurrence FROM session_answer \
    WHERE guild_id = ? AND user_id = ? AND occurrence >= ? ORDER BY occurrence LIMIT ?";
const COUNT: &str = "SELECT COUNT(*) FROM session_answer WHERE guild_id = ? AND user_id = ?";
const FORGET: &str = "DELETE FROM session_answer WHERE guild_id = ? AND user_id = ? AND answered_at <= ?";
const PRUNE: &str = "DELETE FROM session_answer WHERE answered_at < ?1 AND occurrence < ?2";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[ENTRIES, CLEAR, KEEP, HOLD, SEEN, WAITED_FOR, NUMBER, KEEP_REASON, REASONS, OF_MEMBER, COUNT, FORGET, PRUNE];

#[derive(FromRow)]
struct Row {
    user_id: UserId,
    answer: Reply,
    seat: Seat,
    turn: i64,
    unseen: bool,
    belongs: bool,
}

/// The answers to one occurrence, by turn.
///
/// # Errors
/// When the database cannot be read.
pub async fn entries(
    connection: &mut SqliteConnection,
    series: SeriesId,
    occurrence: OccurrenceId,
) -> sqlx::Result<Vec<Entry>> {
    let rows: Vec<Row> =
        sqlx::query_as(ENTRIES).bind(series).bind(occurrence.to_string()).fetch_all(connection).await?;
    let read = |row: Row| Entry {
        user: row.user_id,
        reply: row.answer,
        seat: row.seat,
        turn: row.turn,
        unseen: row.unseen,
        belongs: row.belongs,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Removes the answers of people who left the group, so that nobody comes back to a place that was given away.
///
/// # Errors
/// When the database cannot be written.
pub async fn clear(tx: &mut Tx<'_>, series: SeriesId, occurrence: OccurrenceId) -> sqlx::Result<()> {
    sqlx::query(CLEAR).bind(series).bind(occurrence.to_string()).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps somebody's answer; a reason they gave stays only while they cannot come.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx<'_>,
    (series, occurrence): (SeriesId, OccurrenceId),
    member: Member,
    reply: Reply,
    (seat, turn): (Seat, i64),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(KEEP).bind(series).bind(occurrence.to_string()).bind(member.guild).bind(member.user);
    query.bind(reply).bind(seat).bind(turn).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Gives somebody on the waitlist a place.
///
/// # Errors
/// When the database cannot be written.
pub async fn hold(tx: &mut Tx<'_>, series: SeriesId, occurrence: OccurrenceId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(HOLD).bind(series).bind(occurrence.to_string()).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Somebody looked at their answer.
///
/// # Errors
/// When the database cannot be written.
pub async fn seen(tx: &mut Tx<'_>, series: SeriesId, occurrence: OccurrenceId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(SEEN).bind(series).bind(occurrence.to_string()).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Occurrences with a waitlist, up to `limit`.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn waited_for(connection: &mut SqliteConnection, limit: u32) -> sqlx::Result<Vec<(SeriesId, OccurrenceId)>> {
    let rows: Vec<(SeriesId, String)> = sqlx::query_as(WAITED_FOR).bind(limit).fetch_all(connection).await?;
    rows.into_iter().map(|(series, id)| Ok((series, occurrence(&id)?))).collect()
}

pub(super) fn occurrence(text: &str) -> sqlx::Result<OccurrenceId> {
    text.parse().map_err(|_| sqlx::Error::Decode("an occurrence that cannot be read".into()))
}

/// The number of somebody's answer that they cannot come, to which a reason is bound.
///
/// # Errors
/// When the database cannot be read.
pub async fn number(
    tx: &mut Tx<'_>,
    series: SeriesId,
    occurrence: OccurrenceId,
    user: UserId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar(NUMBER).bind(series).bind(occurrence.to_string()).bind(user).fetch_optional(&mut **tx).await
}

/// Keeps a sealed reason.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_reason(tx: &mut Tx<'_>, answer: i64, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query(KEEP_REASON).bind(sealed).bind(answer).execute(&mut **tx).await?;
    Ok(())
}

/// The sealed reasons of one occurrence: the answer's number, whose, and what.
///
/// # Errors
/// When the database cannot be read.
pub async fn reasons(
    connection: &mut SqliteConnection,
    series: SeriesId,
    occurrence: OccurrenceId,
) -> sqlx::Result<Vec<(i64, UserId, Vec<u8>)>> {
    sqlx::query_as(REASONS).bind(series).bind(occurrence.to_string()).fetch_all(connection).await
}

/// The occurrences from `from` on that a member answered to, up to `limit`.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn of_member(
    connection: &mut SqliteConnection,
    member: Member,
    from: OccurrenceId,
    limit: u32,
) -> sqlx::Result<Vec<(SeriesId, OccurrenceId)>> {
    let query = sqlx::query_as(OF_MEMBER).bind(member.guild).bind(member.user).bind(from.to_string()).bind(limit);
    let rows: Vec<(SeriesId, String)> = query.fetch_all(connection).await?;
    rows.into_iter().map(|(series, id)| Ok((series, occurrence(&id)?))).collect()
}

/// How many answers of a member are kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Removes what a member had answered by then, and their reasons with it.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Removes answers given before `before` to what was held before it.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    let day = OccurrenceId::of(before.naive_utc()).to_string();
    sqlx::query(PRUNE).bind(before.timestamp()).bind(day).execute(&mut **tx).await?;
    Ok(())
}
