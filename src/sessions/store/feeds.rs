//! How the addresses of calendar feeds are kept: by the hash of their secret part alone. No decisions here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::ids::{GroupId, GuildId, Member, SeriesId, UserId};
use crate::sessions::model::FeedOf;

type Tx<'a> = Transaction<'a, Sqlite>;

const CHANGED: &str = "SELECT id, COALESCE(changed_at, created_at) FROM series WHERE group_id = ?";
const FIND: &str = "SELECT guild_id, user_id, group_id FROM calendar_feed WHERE token_hash = ?";
const SINCE: &str = "SELECT made_at FROM calendar_feed WHERE guild_id = ? AND user_id IS ? AND group_id IS ?";
const REVOKE: &str = "DELETE FROM calendar_feed WHERE guild_id = ? AND user_id IS ? AND group_id IS ?";
const KEEP: &str =
    "INSERT INTO calendar_feed (token_hash, guild_id, user_id, group_id, made_at) VALUES (?, ?, ?, ?, ?)";
const FORGET: &str = "DELETE FROM calendar_feed WHERE guild_id = ? AND user_id = ? AND made_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[CHANGED, FIND, SINCE, REVOKE, KEEP, FORGET];

/// When each series of a group was last changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn changed(
    connection: &mut SqliteConnection,
    group: GroupId,
) -> sqlx::Result<HashMap<SeriesId, DateTime<Utc>>> {
    let rows: Vec<(SeriesId, i64)> = sqlx::query_as(CHANGED).bind(group).fetch_all(connection).await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, DateTime::from_timestamp(at, 0)?))).collect())
}

fn columns(of: FeedOf) -> (GuildId, Option<UserId>, Option<GroupId>) {
    match of {
        FeedOf::Member(member) => (member.guild, Some(member.user), None),
        FeedOf::Group(guild, group) => (guild, None, Some(group)),
    }
}

/// Whose feed has that hash.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, hash: &[u8]) -> sqlx::Result<Option<FeedOf>> {
    let row: Option<(GuildId, Option<UserId>, Option<GroupId>)> =
        sqlx::query_as(FIND).bind(hash).fetch_optional(pool).await?;
    Ok(row.and_then(|row| match row {
        (guild, Some(user), None) => Some(FeedOf::Member(Member { guild, user })),
        (guild, None, Some(group)) => Some(FeedOf::Group(guild, group)),
        _ => None,
    }))
}

/// Since when there is a feed; none: there is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn since(pool: &SqlitePool, of: FeedOf) -> sqlx::Result<Option<DateTime<Utc>>> {
    let (guild, user, group) = columns(of);
    let at: Option<i64> = sqlx::query_scalar(SINCE).bind(guild).bind(user).bind(group).fetch_optional(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps an address in place of the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, of: FeedOf, hash: &[u8], now: DateTime<Utc>) -> sqlx::Result<()> {
    revoke(tx, of).await?;
    let (guild, user, group) = columns(of);
    let query = sqlx::query(KEEP).bind(hash).bind(guild).bind(user).bind(group).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Takes an address away; gives whether there was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn revoke(tx: &mut Tx<'_>, of: FeedOf) -> sqlx::Result<bool> {
    let (guild, user, group) = columns(of);
    let done = sqlx::query(REVOKE).bind(guild).bind(user).bind(group).execute(&mut **tx).await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets the address of a member, when it was made by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}
