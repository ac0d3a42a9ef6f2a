//! How it is kept who was at a session, and to whom a note was written because they were missed. No decisions here.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::answers::occurrence as read_occurrence;
use crate::calendar::OccurrenceId;
use crate::ids::{GroupId, GuildId, Member, SeriesId, UserId};
use crate::sessions::model::attending::{Mark, MissedNote, Was};

type Tx<'a> = Transaction<'a, Sqlite>;

const MARK: &str = "INSERT INTO session_attendance (series_id, occurrence, guild_id, user_id, was, on_date, starts_at, marked_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (series_id, occurrence, user_id) DO UPDATE SET was = excluded.was, marked_at = excluded.marked_at";
const UNMARK: &str = "DELETE FROM session_attendance WHERE series_id = ? AND occurrence = ? AND user_id = ?";
const MARKED: &str =
    "SELECT user_id, was FROM session_attendance WHERE series_id = ? AND occurrence = ? ORDER BY marked_at, user_id";
const PAST: &str = "SELECT starts_at, was FROM session_attendance \
    WHERE series_id = ? AND user_id = ? ORDER BY starts_at DESC LIMIT ?";
const LAST_THERE: &str = "SELECT MAX(a.starts_at) FROM session_attendance a JOIN series s ON s.id = a.series_id \
    WHERE s.group_id = ? AND a.user_id = ? AND a.was = 'attended'";
const LAST_NOTED: &str = "SELECT MAX(n.starts_at) FROM session_missed n JOIN series s ON s.id = n.series_id \
    WHERE s.group_id = ? AND n.user_id = ?";
const WAS_EVER: &str =
    "SELECT EXISTS (SELECT 1 FROM session_attendance WHERE series_id = ? AND user_id = ? AND was = 'attended')";
const ATTENDED_ON: &str = "SELECT DISTINCT on_date FROM session_attendance \
    WHERE guild_id = ? AND user_id = ? AND was = 'attended' AND on_date >= ? AND on_date <= ? ORDER BY on_date";
const JOINED_BY: &str = "SELECT user_id FROM membership \
    WHERE group_id = ? AND left_at IS NULL AND joined_at <= ? ORDER BY user_id";
const BEGAN: &str = "SELECT created_at FROM series WHERE id = ?";
const CLOSE: &str = "INSERT INTO session_roll (series_id, occurrence, closed_at) VALUES (?, ?, ?) \
    ON CONFLICT (series_id, occurrence) DO NOTHING";
const CLOSED: &str = "SELECT EXISTS (SELECT 1 FROM session_roll WHERE series_id = ? AND occurrence = ?)";
const NOTE: &str = "INSERT INTO session_missed (series_id, occurrence, guild_id, user_id, starts_at, noted_at) \
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (series_id, occurrence, user_id) DO NOTHING RETURNING id";
const FIND_NOTE: &str = "SELECT id, series_id, occurrence, guild_id, user_id FROM session_missed WHERE id = ?";
const KEEP_REASON: &str = "UPDATE session_missed SET reason = ? WHERE id = ?";
const REASONS: &str = "SELECT id, user_id, reason FROM session_missed \
    WHERE series_id = ? AND starts_at >= ? AND reason IS NOT NULL ORDER BY noted_at DESC, id DESC LIMIT ?";
const COUNT: &str = "SELECT COUNT(*) FROM session_attendance WHERE guild_id = ? AND user_id = ?";
const COUNT_NOTES: &str = "SELECT COUNT(*) FROM session_missed WHERE guild_id = ? AND user_id = ?";
const FORGET: &str = "DELETE FROM session_attendance WHERE guild_id = ? AND user_id = ? AND marked_at <= ?";
const FORGET_NOTES: &str = "DELETE FROM session_missed WHERE guild_id = ? AND user_id = ? AND noted_at <= ?";
const PRUNE: &str = "DELETE FROM session_attendance WHERE starts_at < ?";
const PRUNE_NOTES: &str = "DELETE FROM session_missed WHERE starts_at < ?";
const PRUNE_ROLLS: &str = "DELETE FROM session_roll WHERE closed_at < ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    MARK,
    UNMARK,
    MARKED,
    PAST,
    LAST_THERE,
    LAST_NOTED,
    WAS_EVER,
    ATTENDED_ON,
    JOINED_BY,
    BEGAN,
    CLOSE,
    CLOSED,
    NOTE,
    FIND_NOTE,
    KEEP_REASON,
    REASONS,
    COUNT,
    COUNT_NOTES,
    FORGET,
    FORGET_NOTES,
    PRUNE,
    PRUNE_NOTES,
    PRUNE_ROLLS,
];

/// One occurrence whose attendance is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The series.
    pub series: SeriesId,
    /// The occurrence.
    pub occurrence: OccurrenceId,
    /// When it began.
    pub starts_at: DateTime<Utc>,
    /// The local date on which it was held.
    pub on_date: NaiveDate,
}

/// Keeps whether somebody was there.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark(tx: &mut Tx<'_>, held: Held, member: Member, was: Was, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(MARK).bind(held.series).bind(held.occurrence.to_string());
    let query = query.bind(member.guild).bind(member.user).bind(was).bind(held.on_date.to_string());
    query.bind(held.starts_at.timestamp()).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes whether somebody was there.
///
/// # Errors
/// When the database cannot be written.
pub async fn unmark(tx: &mut Tx<'_>, held: Held, user: UserId) -> sqlx::Result<()> {
    sqlx::query(UNMARK).bind(held.series).bind(held.occurrence.to_string()).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Who is marked for an occurrence, in the order in which they were.
///
/// # Errors
/// When the database cannot be read.
pub async fn marked(
    connection: &mut SqliteConnection,
    series: SeriesId,
    occurrence: OccurrenceId,
) -> sqlx::Result<Vec<(UserId, Was)>> {
    sqlx::query_as(MARKED).bind(series).bind(occurrence.to_string()).fetch_all(connection).await
}

/// Somebody's last `limit` marks in a series, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn past(tx: &mut Tx<'_>, series: SeriesId, user: UserId, limit: u32) -> sqlx::Result<Vec<Mark>> {
    let rows: Vec<(i64, Was)> = sqlx::query_as(PAST).bind(series).bind(user).bind(limit).fetch_all(&mut **tx).await?;
    let read = |(at, was)| Some(Mark { starts_at: DateTime::from_timestamp(at, 0)?, was });
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The start of the session of a group that somebody was at last, and of the one that the last note to them was
/// about.
///
/// # Errors
/// When the database cannot be read.
pub async fn last(
    tx: &mut Tx<'_>,
    group: GroupId,
    user: UserId,
) -> sqlx::Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
    let there: Option<i64> = sqlx::query_scalar(LAST_THERE).bind(group).bind(user).fetch_one(&mut **tx).await?;
    let noted: Option<i64> = sqlx::query_scalar(LAST_NOTED).bind(group).bind(user).fetch_one(&mut **tx).await?;
    let at = |at: Option<i64>| at.and_then(|at| DateTime::from_timestamp(at, 0));
    Ok((at(there), at(noted)))
}

/// Whether somebody was ever at a session of a series, as far as it is kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn was_ever(tx: &mut Tx<'_>, series: SeriesId, user: UserId) -> sqlx::Result<bool> {
    sqlx::query_scalar(WAS_EVER).bind(series).bind(user).fetch_one(&mut **tx).await
}

/// The local dates from `from` to `until`, both included, on which this member attended at least one session in
/// this guild, each once, oldest first. A date is the one on the wall where the session was held (the zone of its
/// series, at the time at which it was really held). Dates older than
/// [`ATTENDANCE_KEPT`](crate::sessions::model::attending::ATTENDANCE_KEPT) are not kept; a session whose
/// attendance nobody marked gives none, so a missing date does not say that they were absent. For the member's own
/// eyes: attendance is never published.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn attended_on(
    pool: &SqlitePool,
    member: Member,
    from: NaiveDate,
    until: NaiveDate,
) -> sqlx::Result<Vec<NaiveDate>> {
    let query = sqlx::query_scalar(ATTENDED_ON).bind(member.guild).bind(member.user);
    let rows: Vec<String> = query.bind(from.to_string()).bind(until.to_string()).fetch_all(pool).await?;
    let strange = || sqlx::Error::Decode("a date that cannot be read".into());
    rows.into_iter().map(|date| date.parse().map_err(|_| strange())).collect()
}

/// Who belongs to a group, and had joined by then.
///
/// # Errors
/// When the database cannot be read.
pub async fn joined_by(tx: &mut Tx<'_>, group: GroupId, by: DateTime<Utc>) -> sqlx::Result<Vec<UserId>> {
    sqlx::query_scalar(JOINED_BY).bind(group).bind(by.timestamp()).fetch_all(&mut **tx).await
}

/// When a series was put on the schedule; what its pattern gives before that was never held.
///
/// # Errors
/// When the database cannot be read.
pub async fn began(connection: &mut SqliteConnection, series: SeriesId) -> sqlx::Result<DateTime<Utc>> {
    let at: i64 = sqlx::query_scalar(BEGAN).bind(series).fetch_one(connection).await?;
    DateTime::from_timestamp(at, 0).ok_or_else(|| sqlx::Error::Decode("a moment that cannot be read".into()))
}

/// Keeps that everybody is marked; gives whether that is new.
///
/// # Errors
/// When the database cannot be written.
pub async fn close(tx: &mut Tx<'_>, held: Held, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let query = sqlx::query(CLOSE).bind(held.series).bind(held.occurrence.to_string()).bind(now.timestamp());
    Ok(query.execute(&mut **tx).await?.rows_affected() > 0)
}

/// Whether everybody is marked.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_closed(
    connection: &mut SqliteConnection,
    series: SeriesId,
    occurrence: OccurrenceId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(CLOSED).bind(series).bind(occurrence.to_string()).fetch_one(connection).await
}

/// Keeps that somebody is written to because they were missed; none when that was kept before.
///
/// # Errors
/// When the database cannot be written.
pub async fn note(tx: &mut Tx<'_>, held: Held, member: Member, now: DateTime<Utc>) -> sqlx::Result<Option<i64>> {
    let query = sqlx::query_scalar(NOTE).bind(held.series).bind(held.occurrence.to_string());
    let query = query.bind(member.guild).bind(member.user).bind(held.starts_at.timestamp()).bind(now.timestamp());
    query.fetch_optional(&mut **tx).await
}

/// A note.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find_note(connection: &mut SqliteConnection, note: i64) -> sqlx::Result<Option<MissedNote>> {
    let row: Option<(i64, SeriesId, String, GuildId, UserId)> =
        sqlx::query_as(FIND_NOTE).bind(note).fetch_optional(connection).await?;
    let Some((id, series, occurrence, guild, user)) = row else { return Ok(None) };
    Ok(Some(MissedNote { id, series, occurrence: read_occurrence(&occurrence)?, member: Member { guild, user } }))
}

/// Keeps the sealed reason that somebody gave on a note.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_reason(tx: &mut Tx<'_>, note: i64, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query(KEEP_REASON).bind(sealed).bind(note).execute(&mut **tx).await?;
    Ok(())
}

/// The sealed reasons on notes about sessions of a series since `since`, newest first, up to `limit`: the note's
/// number, whose, and what.
///
/// # Errors
/// When the database cannot be read.
pub async fn reasons(
    connection: &mut SqliteConnection,
    series: SeriesId,
    since: DateTime<Utc>,
    limit: u32,
) -> sqlx::Result<Vec<(i64, UserId, Vec<u8>)>> {
    sqlx::query_as(REASONS).bind(series).bind(since.timestamp()).bind(limit).fetch_all(connection).await
}

/// How many marks and how many notes of a member are kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<(i64, i64)> {
    let marks = sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await?;
    let notes = sqlx::query_scalar(COUNT_NOTES).bind(member.guild).bind(member.user).fetch_one(pool).await?;
    Ok((marks, notes))
}

/// Removes a member's marks and notes up to then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET, FORGET_NOTES] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes what is about sessions before `before`.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [PRUNE, PRUNE_NOTES, PRUNE_ROLLS] {
        sqlx::query(statement).bind(before.timestamp()).execute(&mut **tx).await?;
    }
    Ok(())
}
