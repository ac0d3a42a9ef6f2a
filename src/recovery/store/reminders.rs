//! How own reminders are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::calendar::{Recurrence, Zone};
use crate::ids::{GuildId, Member, ReminderId, UserId};
use crate::recovery::model::reminder::{Going, Reminder};

type Tx<'a> = Transaction<'a, Sqlite>;

const ADD: &str = "INSERT INTO own_reminder (guild_id, user_id, state, recurrence, zone, sealed, next_at, reckoned_with, changed_at) \
    VALUES (?, ?, ?, ?, ?, x'', ?, ?, ?) RETURNING id";
const SEAL: &str = "UPDATE own_reminder SET sealed = ? WHERE id = ?";
const ONE: &str = "SELECT id, guild_id, user_id, state, recurrence, zone, sealed, next_at, snoozed_until, paused_at FROM own_reminder WHERE id = ?";
const OF_MEMBER: &str = "SELECT id, guild_id, user_id, state, recurrence, zone, sealed, next_at, snoozed_until, paused_at FROM own_reminder \
    WHERE guild_id = ? AND user_id = ? AND (state = 'on' OR snoozed_until IS NOT NULL) ORDER BY due_at, id";
const DUE: &str = "SELECT id, guild_id, user_id, state, recurrence, zone, sealed, next_at, snoozed_until, paused_at FROM own_reminder \
    WHERE due_at IS NOT NULL AND state <> 'draft' AND due_at <= ? \
    AND NOT EXISTS (SELECT 1 FROM departure d WHERE d.guild_id = own_reminder.guild_id AND d.user_id = own_reminder.user_id) \
    ORDER BY due_at LIMIT ?";
const STALE: &str = "SELECT r.id, r.guild_id, r.user_id, r.state, r.recurrence, r.zone, r.sealed, r.next_at, r.snoozed_until, r.paused_at \
    FROM own_reminder r JOIN member_settings s ON s.guild_id = r.guild_id AND s.user_id = r.user_id \
    WHERE s.revision <> r.reckoned_with AND r.state = 'on' AND r.recurrence IS NOT NULL LIMIT ?";
const NEXT: &str = "SELECT MIN(due_at) FROM own_reminder WHERE due_at IS NOT NULL AND state <> 'draft' \
    AND NOT EXISTS (SELECT 1 FROM departure d WHERE d.guild_id = own_reminder.guild_id AND d.user_id = own_reminder.user_id)";
const SET: &str = "UPDATE own_reminder SET state = ?, recurrence = ?, zone = ?, next_at = ?, snoozed_until = ?, changed_at = ? WHERE id = ?";
const RECKONED: &str = "UPDATE own_reminder SET zone = ?, next_at = ?, reckoned_with = ? WHERE id = ?";
const PAUSE: &str = "UPDATE own_reminder SET paused_at = ? WHERE guild_id = ? AND user_id = ?";
const REMOVE: &str = "DELETE FROM own_reminder WHERE id = ?";
const COUNT: &str = "SELECT COUNT(*) FROM own_reminder WHERE guild_id = ? AND user_id = ?";
const COUNT_AHEAD: &str = "SELECT COUNT(*) FROM own_reminder WHERE guild_id = ? AND user_id = ? \
    AND (state <> 'over' OR snoozed_until IS NOT NULL)";
const FORGET: &str = "DELETE FROM own_reminder WHERE guild_id = ? AND user_id = ? AND changed_at <= ?";
const PRUNE: &str = "DELETE FROM own_reminder WHERE (state = 'draft' AND changed_at <= ?) \
    OR (state = 'over' AND snoozed_until IS NULL AND changed_at <= ?)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[ADD, SEAL, ONE, OF_MEMBER, DUE, STALE, NEXT, SET, RECKONED, PAUSE, REMOVE, COUNT, COUNT_AHEAD, FORGET, PRUNE];

/// A reminder with what is sealed of it.
pub type Kept = (Reminder, Vec<u8>);

#[derive(FromRow)]
struct Row {
    id: ReminderId,
    guild_id: GuildId,
    user_id: UserId,
    state: Going,
    recurrence: Option<String>,
    zone: String,
    sealed: Vec<u8>,
    next_at: Option<i64>,
    snoozed_until: Option<i64>,
    paused_at: Option<i64>,
}

impl Row {
    fn read(self) -> sqlx::Result<Kept> {
        let strange = |what: &str| sqlx::Error::Decode(format!("a reminder with a {what} that cannot be read").into());
        let instant = |at: i64| DateTime::from_timestamp(at, 0).ok_or_else(|| strange("moment"));
        let recurrence = self.recurrence.map(|text| text.parse::<Recurrence>()).transpose();
        let reminder = Reminder {
            id: self.id,
            member: Member { guild: self.guild_id, user: self.user_id },
            going: self.state,
            recurrence: recurrence.map_err(|_| strange("recurrence"))?,
            zone: Zone::from_stored(&self.zone).map_err(|_| strange("zone"))?,
            next_at: self.next_at.map(instant).transpose()?,
            snoozed_until: self.snoozed_until.map(instant).transpose()?,
            paused_at: self.paused_at.map(instant).transpose()?,
        };
        Ok((reminder, self.sealed))
    }
}

/// Adds a reminder without its words, and gives its number; they are sealed for that number next.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, new: &Reminder, revision: i64, now: DateTime<Utc>) -> sqlx::Result<ReminderId> {
    sqlx::query_scalar(ADD)
        .bind(new.member.guild)
        .bind(new.member.user)
        .bind(new.going)
        .bind(new.recurrence.as_ref().map(ToString::to_string))
        .bind(new.zone.name())
        .bind(new.next_at.map(|at| at.timestamp()))
        .bind(revision)
        .bind(now.timestamp())
        .fetch_one(&mut **tx)
        .await
}

/// Keeps the sealed words of a reminder.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_sealed(tx: &mut Tx<'_>, id: ReminderId, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query(SEAL).bind(sealed).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// A reminder by its number.
///
/// # Errors
/// When the database cannot be read, or the row is not ours.
pub async fn find(pool: &SqlitePool, id: ReminderId) -> sqlx::Result<Option<Kept>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(id).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// A reminder by its number, inside a write transaction.
///
/// # Errors
/// As [`find`].
pub async fn find_in(tx: &mut Tx<'_>, id: ReminderId) -> sqlx::Result<Option<Kept>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(id).fetch_optional(&mut **tx).await?;
    row.map(Row::read).transpose()
}

/// The reminders of a member that will still be said, soonest first.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn of_member(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<Kept>> {
    let rows: Vec<Row> = sqlx::query_as(OF_MEMBER).bind(member.guild).bind(member.user).fetch_all(pool).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Reminders that are due, up to `limit`, earliest first.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<Reminder>> {
    let rows: Vec<Row> = sqlx::query_as(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    rows.into_iter().map(|row| Ok(row.read()?.0)).collect()
}

/// Repeating reminders reckoned with settings that changed since, up to `limit`.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn stale(tx: &mut Tx<'_>, limit: u32) -> sqlx::Result<Vec<Reminder>> {
    let rows: Vec<Row> = sqlx::query_as(STALE).bind(limit).fetch_all(&mut **tx).await?;
    rows.into_iter().map(|row| Ok(row.read()?.0)).collect()
}

/// When the next reminder is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps everything of a reminder but its words.
///
/// # Errors
/// When the database cannot be written.
pub async fn set(tx: &mut Tx<'_>, reminder: &Reminder, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(SET)
        .bind(reminder.going)
        .bind(reminder.recurrence.as_ref().map(ToString::to_string))
        .bind(reminder.zone.name())
        .bind(reminder.next_at.map(|at| at.timestamp()))
        .bind(reminder.snoozed_until.map(|at| at.timestamp()))
        .bind(now.timestamp())
        .bind(reminder.id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps what was reckoned anew because the member's settings changed.
///
/// # Errors
/// When the database cannot be written.
pub async fn reckoned(tx: &mut Tx<'_>, reminder: &Reminder, revision: i64) -> sqlx::Result<()> {
    let next_at = reminder.next_at.map(|at| at.timestamp());
    let query = sqlx::query(RECKONED).bind(reminder.zone.name()).bind(next_at).bind(revision).bind(reminder.id);
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Removes a reminder.
///
/// # Errors
/// Keeps that a member paused their reminders, whatever they are about, for the time they are away.
///
/// # Errors
/// When the database cannot be written.
pub async fn pause(tx: &mut Tx<'_>, member: Member, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(PAUSE).bind(now.timestamp()).bind(member.guild).bind(member.user);
    query.execute(&mut **tx).await?;
    Ok(())
}

/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, id: ReminderId) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// How many reminders are kept for a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// How many reminders of a member will still be said, or wait for a yes.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_ahead(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT_AHEAD).bind(member.guild).bind(member.user).fetch_one(&mut **tx).await
}

/// Removes every reminder that a member had set by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Removes drafts that nobody confirmed since `drafts`, and what was said for the last time before `over`.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, drafts: DateTime<Utc>, over: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE).bind(drafts.timestamp()).bind(over.timestamp()).execute(&mut **tx).await?;
    Ok(())
}
