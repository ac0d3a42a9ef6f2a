//! How members' wishes to be written to after days of silence are kept. No decisions here.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::checkins::model::{QUIET_TEXT, Quiet, Tell};
use crate::ids::{GroupId, GuildId, Member, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const DUE: &str = "SELECT group_id, guild_id, user_id, tell, buddy_id, agreed_at, heard_at, noted_at, told_at, next_at \
    FROM checkin_quiet WHERE next_at IS NOT NULL AND next_at <= ? AND text_version = ? ORDER BY next_at LIMIT ?";
const STALE: &str = "SELECT q.group_id, q.guild_id, q.user_id, q.tell, q.buddy_id, q.agreed_at, q.heard_at, q.noted_at, q.told_at, q.next_at \
    FROM checkin_quiet q JOIN member_settings s ON s.guild_id = q.guild_id AND s.user_id = q.user_id \
    WHERE s.revision <> q.reckoned_with AND q.text_version = ? LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM checkin_quiet WHERE next_at IS NOT NULL AND text_version = ?";
const ONE: &str = "SELECT group_id, guild_id, user_id, tell, buddy_id, agreed_at, heard_at, noted_at, told_at, next_at \
    FROM checkin_quiet WHERE group_id = ? AND user_id = ?";
const OF_MEMBER: &str = "SELECT group_id, guild_id, user_id, tell, buddy_id, agreed_at, heard_at, noted_at, told_at, next_at \
    FROM checkin_quiet WHERE guild_id = ? AND user_id = ? ORDER BY group_id";
const KEEP: &str = "INSERT INTO checkin_quiet (group_id, guild_id, user_id, tell, buddy_id, text_version, agreed_at, heard_at, noted_at, told_at, next_at, reckoned_with) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (group_id, user_id) DO UPDATE SET tell = excluded.tell, \
    buddy_id = excluded.buddy_id, text_version = excluded.text_version, agreed_at = excluded.agreed_at, heard_at = excluded.heard_at, \
    noted_at = excluded.noted_at, told_at = excluded.told_at, next_at = excluded.next_at, reckoned_with = excluded.reckoned_with";
const HEARD: &str = "UPDATE checkin_quiet SET heard_at = ?1, noted_at = NULL, told_at = NULL, next_at = ?1 WHERE group_id = ?2 AND user_id = ?3";
const LOOK_AGAIN: &str = "UPDATE checkin_quiet SET next_at = ? WHERE group_id = ?";
const REMOVE: &str = "DELETE FROM checkin_quiet WHERE group_id = ? AND user_id = ?";
const REMOVE_ALL: &str = "DELETE FROM checkin_quiet WHERE guild_id = ? AND user_id = ?";
const RELIEVE: &str = "UPDATE checkin_quiet SET tell = 'nobody', buddy_id = NULL WHERE guild_id = ? AND buddy_id = ?";
const ANSWERED_ON: &str = "SELECT MAX(p.on_date) FROM checkin_answer a JOIN checkin_prompt p ON p.id = a.prompt_id \
    WHERE p.group_id = ? AND a.user_id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[DUE, STALE, NEXT, ONE, OF_MEMBER, KEEP, HEARD, LOOK_AGAIN, REMOVE, REMOVE_ALL, RELIEVE, ANSWERED_ON];

#[derive(FromRow)]
struct Row {
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    tell: String,
    buddy_id: Option<UserId>,
    agreed_at: i64,
    heard_at: i64,
    noted_at: Option<i64>,
    told_at: Option<i64>,
    next_at: Option<i64>,
}

impl Row {
    fn read(self) -> sqlx::Result<Quiet> {
        let strange =
            |what: &str| sqlx::Error::Decode(format!("a wish about silence with a {what} that cannot be read").into());
        let instant = |at: i64| DateTime::from_timestamp(at, 0).ok_or_else(|| strange("moment"));
        let tell = match (self.tell.as_str(), self.buddy_id) {
            ("nobody", _) => Tell::Nobody,
            ("facilitators", _) => Tell::Facilitators,
            ("buddy", Some(buddy)) => Tell::Buddy(buddy),
            _ => return Err(strange("person")),
        };
        Ok(Quiet {
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            tell,
            agreed_at: instant(self.agreed_at)?,
            heard_at: instant(self.heard_at)?,
            noted_at: self.noted_at.map(instant).transpose()?,
            told_at: self.told_at.map(instant).transpose()?,
            next_at: self.next_at.map(instant).transpose()?,
        })
    }
}

fn read(rows: Vec<Row>) -> sqlx::Result<Vec<Quiet>> {
    rows.into_iter().map(Row::read).collect()
}

/// Wishes that are to be looked at now (those to older words rest until they are agreed to anew), up to `limit`, longest waiting first.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<Quiet>> {
    read(sqlx::query_as(DUE).bind(now.timestamp()).bind(QUIET_TEXT).bind(limit).fetch_all(&mut **tx).await?)
}

/// Wishes of members who changed what they set since they were looked at, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn stale(tx: &mut Tx<'_>, limit: u32) -> sqlx::Result<Vec<Quiet>> {
    read(sqlx::query_as(STALE).bind(QUIET_TEXT).bind(limit).fetch_all(&mut **tx).await?)
}

/// When a wish is to be looked at next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).bind(QUIET_TEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// A member's wish in a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<Quiet>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(group).bind(user).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// Every wish of a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_member(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<Quiet>> {
    read(sqlx::query_as(OF_MEMBER).bind(member.guild).bind(member.user).fetch_all(pool).await?)
}

/// Keeps a member's wish; `revision` is that of the settings it was reckoned with.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, quiet: &Quiet, revision: i64) -> sqlx::Result<()> {
    let (tell, buddy) = match quiet.tell {
        Tell::Nobody => ("nobody", None),
        Tell::Facilitators => ("facilitators", None),
        Tell::Buddy(buddy) => ("buddy", Some(buddy)),
    };
    sqlx::query(KEEP)
        .bind(quiet.group)
        .bind(quiet.member.guild)
        .bind(quiet.member.user)
        .bind(tell)
        .bind(buddy)
        .bind(QUIET_TEXT)
        .bind(quiet.agreed_at.timestamp())
        .bind(quiet.heard_at.timestamp())
        .bind(quiet.noted_at.map(|at| at.timestamp()))
        .bind(quiet.told_at.map(|at| at.timestamp()))
        .bind(quiet.next_at.map(|at| at.timestamp()))
        .bind(revision)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Somebody was heard of: their stretch of silence is over. True when they wished to be written to.
///
/// # Errors
/// When the database cannot be written.
pub async fn heard(tx: &mut Tx<'_>, group: GroupId, user: UserId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(HEARD).bind(now.timestamp()).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(done.rows_affected() > 0)
}

/// Has every wish of a group looked at again, because what the group agreed to has changed.
///
/// # Errors
/// When the database cannot be written.
pub async fn look_again(tx: &mut Tx<'_>, group: GroupId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(LOOK_AGAIN).bind(now.timestamp()).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// Removes a member's wish in a group.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Removes every wish of a member.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(REMOVE_ALL).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    relieve(tx, member).await
}

/// Takes a person out of every wish that names them.
///
/// # Errors
/// When the database cannot be written.
pub async fn relieve(tx: &mut Tx<'_>, buddy: Member) -> sqlx::Result<()> {
    sqlx::query(RELIEVE).bind(buddy.guild).bind(buddy.user).execute(&mut **tx).await?;
    Ok(())
}

/// The last day a member answered a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn answered_on(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<Option<NaiveDate>> {
    let day: Option<String> = sqlx::query_scalar(ANSWERED_ON).bind(group).bind(user).fetch_one(&mut **tx).await?;
    let strange = |_| sqlx::Error::Decode("a check-in window with a date that cannot be read".into());
    day.map(|day| day.parse().map_err(strange)).transpose()
}
