//! How it is kept what facilitators changed. No decisions here.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::ids::{GroupId, GuildId, Member, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

/// How many changes one page shows; what fits a phone's screen with a line or two each.
pub const PAGE: i64 = 10;
/// How many are removed in one transaction, so that nobody waits long for the write lock.
pub const BATCH: i64 = 500;

const RECORD: &str = "INSERT INTO group_change (guild_id, group_id, actor_id, what, about, was, became, at) \
    SELECT guild_id, id, ?2, ?3, ?4, ?5, ?6, ?7 FROM support_group WHERE id = ?1";
const RECORD_FOR_ALL: &str = "INSERT INTO group_change (guild_id, group_id, actor_id, what, about, was, became, at) \
    VALUES (?1, NULL, ?2, ?3, ?4, ?5, ?6, ?7)";
const LIST: &str = "SELECT id, actor_id, what, about, was, became, at FROM group_change \
    WHERE id < ?2 AND (group_id = ?1 OR (group_id IS NULL AND guild_id = (SELECT guild_id FROM support_group WHERE id = ?1))) \
    ORDER BY id DESC LIMIT ?3";
const BY: &str = "SELECT id, actor_id, what, about, was, became, at FROM group_change \
    WHERE guild_id = ? AND actor_id = ? ORDER BY id DESC LIMIT ?";
const FORGET_ACTOR: &str = "UPDATE group_change SET actor_id = NULL WHERE guild_id = ? AND actor_id = ? AND at <= ?";
const PRUNE: &str =
    "DELETE FROM group_change WHERE id IN (SELECT id FROM group_change WHERE at < ? ORDER BY at LIMIT ?)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[RECORD, RECORD_FOR_ALL, LIST, BY, FORGET_ACTOR, PRUNE];

/// What a change holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One group.
    Group(GroupId),
    /// Every group of a guild.
    Guild(GuildId),
}

impl From<GroupId> for Of {
    fn from(group: GroupId) -> Self {
        Self::Group(group)
    }
}

impl From<GuildId> for Of {
    fn from(guild: GuildId) -> Self {
        Self::Guild(guild)
    }
}

/// Something that was changed in a group: what was done, to which of our things, from what to what. Ids, times
/// and settings only, never anything a member wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it holds for.
    pub of: Of,
    /// Who did it; none when the configuration file did.
    pub actor: Option<UserId>,
    /// What was done: slice or command, a dot, a verb, such as `schedule.skip`.
    pub what: &'static str,
    /// Our own number of what it was done to; none for the group itself.
    pub about: Option<i64>,
    /// How it was; null when it was not there.
    pub was: Value,
    /// How it became; null when it is gone.
    pub became: Value,
}

/// A change as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Our number.
    pub id: i64,
    /// Who; none for the configuration file and for people who were forgotten.
    pub actor: Option<UserId>,
    /// What was done.
    pub what: String,
    /// To what.
    pub about: Option<i64>,
    /// From what.
    pub was: Value,
    /// To what.
    pub became: Value,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    actor_id: Option<UserId>,
    what: String,
    about: Option<i64>,
    was: Option<String>,
    became: Option<String>,
    at: i64,
}

impl Row {
    fn read(self) -> sqlx::Result<Kept> {
        let strange = || sqlx::Error::Decode("a change that cannot be read".into());
        let value = |text: Option<String>| match text {
            Some(text) => serde_json::from_str(&text).map_err(|_| strange()),
            None => Ok(Value::Null),
        };
        Ok(Kept {
            id: self.id,
            actor: self.actor_id,
            what: self.what,
            about: self.about,
            was: value(self.was)?,
            became: value(self.became)?,
            at: DateTime::from_timestamp(self.at, 0).ok_or_else(strange)?,
        })
    }
}

/// Keeps that something was changed, in the caller's transaction: so no change is without its record.
///
/// # Errors
/// When the database cannot be written.
pub async fn record(tx: &mut Tx<'_>, change: &Change, now: DateTime<Utc>) -> sqlx::Result<()> {
    let text = |value: &Value| (!value.is_null()).then(|| value.to_string());
    let query = match change.of {
        Of::Group(group) => sqlx::query(RECORD).bind(group),
        Of::Guild(guild) => sqlx::query(RECORD_FOR_ALL).bind(guild),
    };
    query
        .bind(change.actor)
        .bind(change.what)
        .bind(change.about)
        .bind(text(&change.was))
        .bind(text(&change.became))
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// One page and one more of a group's changes before that number, with those that hold for the whole guild, newest
/// first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(pool: &SqlitePool, group: GroupId, before: i64) -> sqlx::Result<Vec<Kept>> {
    let rows: Vec<Row> = sqlx::query_as(LIST).bind(group).bind(before).bind(PAGE + 1).fetch_all(pool).await?;
    rows.into_iter().map(Row::read).collect()
}

/// What one person changed, newest first, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn by(pool: &SqlitePool, member: Member, limit: i64) -> sqlx::Result<Vec<Kept>> {
    let rows: Vec<Row> = sqlx::query_as(BY).bind(member.guild).bind(member.user).bind(limit).fetch_all(pool).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Removes who it was from what somebody had changed by then; what was changed stays, because others rely on it.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_actor(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET_ACTOR).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Removes up to [`BATCH`] changes older than that; gives how many.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let query = sqlx::query(PRUNE).bind(before.timestamp()).bind(BATCH);
    Ok(query.execute(&mut **tx).await?.rows_affected())
}
