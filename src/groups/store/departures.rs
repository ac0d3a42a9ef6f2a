//! How it is kept who left a guild, and which guilds the bot was removed from. No decisions here.
//!
//! A departure is erased only when Discord has confirmed it since the program started: a restored backup may hold
//! one of somebody who has been back for long.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::ids::{GuildId, Member, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

/// Stands for the bot itself: it was removed from the guild. No person has this id.
pub const THE_BOT: UserId = UserId::new(0);
/// How many are looked at in one go when their time is over, so that nobody waits long for the write lock.
pub const BATCH: i64 = 100;

// Somebody about whom nothing is kept leaves no trace by leaving.
const NOTE: &str = "INSERT INTO departure (guild_id, user_id, left_at, confirmed_at) SELECT ?1, ?2, ?3, ?3 WHERE ?4 \
    OR EXISTS (SELECT 1 FROM consent WHERE guild_id = ?1 AND user_id = ?2) \
    OR EXISTS (SELECT 1 FROM member_settings WHERE guild_id = ?1 AND user_id = ?2) \
    OR EXISTS (SELECT 1 FROM membership m JOIN support_group g ON g.id = m.group_id WHERE g.guild_id = ?1 AND m.user_id = ?2) \
    ON CONFLICT (guild_id, user_id) DO UPDATE SET confirmed_at = excluded.confirmed_at";
const DROP: &str = "DELETE FROM departure WHERE guild_id = ? AND user_id = ?";
const OVER: &str =
    "SELECT guild_id, user_id FROM departure WHERE left_at <= ? AND confirmed_at >= ? ORDER BY left_at LIMIT ?";
const IN_GUILD: &str = "SELECT user_id FROM departure WHERE guild_id = ? AND user_id <> 0";
const KNOWN: &str = "SELECT user_id FROM consent WHERE guild_id = ?1 UNION SELECT user_id FROM member_settings WHERE guild_id = ?1 \
    UNION SELECT m.user_id FROM membership m JOIN support_group g ON g.id = m.group_id WHERE g.guild_id = ?1";
const GUILDS: &str = "SELECT id, left_at IS NOT NULL FROM guild ORDER BY id";
const WITH_KEY: &str = "SELECT user_id FROM member_key WHERE guild_id = ?";

/// Every statement of this file on the data file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[NOTE, DROP, OVER, IN_GUILD, KNOWN, GUILDS];
/// Every statement of this file on `keys.db`.
pub const KEY_STATEMENTS: &[&str] = &[WITH_KEY];

/// Keeps since when somebody is gone, if anything is kept about them (`has_key` says so of what other files hold), and
/// that this was confirmed now; who was gone already stays so since then.
///
/// # Errors
/// When the database cannot be written.
pub async fn note(tx: &mut Tx<'_>, member: Member, has_key: bool, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(NOTE).bind(member.guild).bind(member.user).bind(now.timestamp()).bind(has_key);
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Somebody is here (again); whether they had been gone.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_one(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<bool> {
    let query = sqlx::query(DROP).bind(member.guild).bind(member.user);
    Ok(query.execute(&mut **tx).await?.rows_affected() > 0)
}

/// Who has been gone since before then, as it was confirmed since that other moment; up to [`BATCH`], longest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn over(
    pool: &SqlitePool,
    before: DateTime<Utc>,
    confirmed_since: DateTime<Utc>,
) -> sqlx::Result<Vec<Member>> {
    let query = sqlx::query_as(OVER).bind(before.timestamp()).bind(confirmed_since.timestamp()).bind(BATCH);
    let rows: Vec<(GuildId, UserId)> = query.fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(guild, user)| Member { guild, user }).collect())
}

/// Who is gone from a guild.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_guild(pool: &SqlitePool, guild: GuildId) -> sqlx::Result<Vec<UserId>> {
    sqlx::query_scalar(IN_GUILD).bind(guild).fetch_all(pool).await
}

/// Everybody about whom something is kept in a guild, as far as the data file knows.
///
/// # Errors
/// When the database cannot be read.
pub async fn known(pool: &SqlitePool, guild: GuildId) -> sqlx::Result<Vec<UserId>> {
    sqlx::query_scalar(KNOWN).bind(guild).fetch_all(pool).await
}

/// Everybody who has a key in a guild.
///
/// # Errors
/// When `keys.db` cannot be read.
pub async fn with_key(keys: &SqlitePool, guild: GuildId) -> sqlx::Result<Vec<UserId>> {
    sqlx::query_scalar(WITH_KEY).bind(guild).fetch_all(keys).await
}

/// Every guild of which something is kept, and whether the bot was removed from it, as far as it knows.
///
/// # Errors
/// When the database cannot be read.
pub async fn guilds(pool: &SqlitePool) -> sqlx::Result<Vec<(GuildId, bool)>> {
    sqlx::query_as(GUILDS).fetch_all(pool).await
}
