//! How it is kept what members wish to be told of their sessions by direct message. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::ids::{GroupId, GuildId, Member, UserId};
use crate::sessions::model::attending::{NOTE_TEXT, Wish};

type Tx<'a> = Transaction<'a, Sqlite>;

const ONE: &str = "SELECT group_id, guild_id, user_id, leads, missed_note, planned_until, next_at FROM session_wish \
    WHERE group_id = ? AND user_id = ?";
const DUE: &str = "SELECT group_id, guild_id, user_id, leads, missed_note, planned_until, next_at FROM session_wish \
    WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY next_at LIMIT ?";
const DUE_OF: &str = "SELECT group_id, guild_id, user_id, leads, missed_note, planned_until, next_at FROM session_wish \
    WHERE group_id = ? AND next_at <= ?";
const STALE: &str = "SELECT w.group_id, w.guild_id, w.user_id, w.leads, w.missed_note, w.planned_until, w.next_at \
    FROM session_wish w JOIN member_settings s ON s.guild_id = w.guild_id AND s.user_id = w.user_id \
    WHERE s.revision <> w.reckoned_with AND w.leads <> 'none' LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM session_wish WHERE next_at IS NOT NULL";
const KEEP: &str = "INSERT INTO session_wish (group_id, guild_id, user_id, leads, missed_note, planned_until, next_at, changed_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (group_id, user_id) DO UPDATE SET leads = excluded.leads, missed_note = excluded.missed_note, \
    planned_until = excluded.planned_until, next_at = excluded.next_at, changed_at = excluded.changed_at";
const REMOVE: &str = "DELETE FROM session_wish WHERE group_id = ? AND user_id = ?";
const PLANNED: &str = "UPDATE session_wish SET planned_until = ?, next_at = ?, reckoned_with = ? \
    WHERE group_id = ? AND user_id = ?";
const LOOK_AGAIN: &str =
    "UPDATE session_wish SET planned_until = ?1, next_at = ?1 WHERE group_id = ?2 AND leads <> 'none'";
const COUNT: &str = "SELECT COUNT(*) FROM session_wish WHERE guild_id = ? AND user_id = ?";
const FORGET: &str = "DELETE FROM session_wish WHERE guild_id = ? AND user_id = ? AND changed_at <= ?";
const ASK_NOTE: &str = "INSERT INTO missed_note_consent (group_id, guild_id, user_id, given, text_version, asked_at, decided_at) \
    VALUES (?, ?, ?, NULL, ?, ?, NULL) ON CONFLICT DO NOTHING";
const DECIDE_NOTE: &str = "INSERT INTO missed_note_consent (group_id, guild_id, user_id, given, text_version, asked_at, decided_at) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) \
    ON CONFLICT (group_id, user_id) DO UPDATE SET given = excluded.given, text_version = excluded.text_version, \
    decided_at = excluded.decided_at";
const FORGET_NOTE: &str = "DELETE FROM missed_note_consent WHERE guild_id = ? AND user_id = ? \
    AND COALESCE(decided_at, asked_at) <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    ONE,
    DUE,
    DUE_OF,
    STALE,
    NEXT,
    KEEP,
    REMOVE,
    PLANNED,
    LOOK_AGAIN,
    COUNT,
    FORGET,
    ASK_NOTE,
    DECIDE_NOTE,
    FORGET_NOTE,
];

#[derive(FromRow)]
struct Row {
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    leads: String,
    missed_note: bool,
    planned_until: i64,
    next_at: Option<i64>,
}

impl Row {
    fn read(self) -> sqlx::Result<Wish> {
        let strange = |what: &str| sqlx::Error::Decode(format!("a wish with {what} that cannot be read").into());
        Ok(Wish {
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            leads: self.leads.parse().map_err(|_| strange("leads"))?,
            missed_note: self.missed_note,
            planned_until: DateTime::from_timestamp(self.planned_until, 0).ok_or_else(|| strange("a moment"))?,
            next_at: self.next_at.and_then(|at| DateTime::from_timestamp(at, 0)),
        })
    }
}

fn read(rows: Vec<Row>) -> sqlx::Result<Vec<Wish>> {
    rows.into_iter().map(Row::read).collect()
}

/// What a member wishes of a group's sessions, if they said.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find(connection: &mut SqliteConnection, group: GroupId, user: UserId) -> sqlx::Result<Option<Wish>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(group).bind(user).fetch_optional(connection).await?;
    row.map(Row::read).transpose()
}

/// Wishes for which something is due, up to `limit`, earliest first.
///
/// # Errors
/// As [`find`].
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<Wish>> {
    read(sqlx::query_as(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?)
}

/// The wishes about one group for which something is due.
///
/// # Errors
/// As [`find`].
pub async fn due_of(tx: &mut Tx<'_>, group: GroupId, now: DateTime<Utc>) -> sqlx::Result<Vec<Wish>> {
    read(sqlx::query_as(DUE_OF).bind(group).bind(now.timestamp()).fetch_all(&mut **tx).await?)
}

/// Wishes reckoned with settings that changed since, up to `limit`.
///
/// # Errors
/// As [`find`].
pub async fn stale(tx: &mut Tx<'_>, limit: u32) -> sqlx::Result<Vec<Wish>> {
    read(sqlx::query_as(STALE).bind(limit).fetch_all(&mut **tx).await?)
}

/// When something is due next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps a wish.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, wish: &Wish, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(KEEP)
        .bind(wish.group)
        .bind(wish.member.guild)
        .bind(wish.member.user)
        .bind(wish.leads.to_string())
        .bind(wish.missed_note)
        .bind(wish.planned_until.timestamp())
        .bind(wish.next_at.map(|at| at.timestamp()))
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes a wish.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Moves a wish's marks; `revision` is that of the settings it was reckoned with.
///
/// # Errors
/// When the database cannot be written.
pub async fn planned(
    tx: &mut Tx<'_>,
    wish: &Wish,
    until: DateTime<Utc>,
    next_at: Option<DateTime<Utc>>,
    revision: i64,
) -> sqlx::Result<()> {
    let query = sqlx::query(PLANNED).bind(until.timestamp()).bind(next_at.map(|at| at.timestamp())).bind(revision);
    query.bind(wish.group).bind(wish.member.user).execute(&mut **tx).await?;
    Ok(())
}

/// The schedule of a group changed at `at`, up to which everything due is in the outbox: its members' wishes are
/// looked at again.
///
/// # Errors
/// When the database cannot be written.
pub async fn look_again(tx: &mut Tx<'_>, group: GroupId, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(LOOK_AGAIN).bind(at.timestamp()).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that a member is asked for a note when they are missed; gives whether it is the first time.
///
/// # Errors
/// When the database cannot be written.
pub async fn ask_note(tx: &mut Tx<'_>, group: GroupId, member: Member, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let query = sqlx::query(ASK_NOTE).bind(group).bind(member.guild).bind(member.user).bind(NOTE_TEXT);
    Ok(query.bind(now.timestamp()).execute(&mut **tx).await?.rows_affected() > 0)
}

/// Keeps whether a member wants such a note, as they said it.
///
/// # Errors
/// When the database cannot be written.
pub async fn decide_note(
    tx: &mut Tx<'_>,
    group: GroupId,
    member: Member,
    given: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(DECIDE_NOTE).bind(group).bind(member.guild).bind(member.user).bind(given);
    query.bind(NOTE_TEXT).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// In how many groups a member wishes to be told.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Removes what a member had wished by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET, FORGET_NOTE] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}
