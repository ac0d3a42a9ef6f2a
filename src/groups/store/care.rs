//! How a group's own ways of caring are kept: whom it lets be told of concerns, and which members know that.
//! No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::crisis::lexicon::Level;
use crate::ids::{ChannelId, GroupId, Member, RoleId, UserId};
use crate::roster::Circles;

type Tx<'a> = Transaction<'a, Sqlite>;
type CirclesRow = (GroupId, ChannelId, RoleId, Option<RoleId>, u32, String);

const CIRCLES: &str =
    "SELECT group_id, channel_id, role_id, next_role_id, minutes, raised_from FROM concern_setup ORDER BY group_id";
const KEEP_CIRCLES: &str = "INSERT INTO concern_setup (group_id, channel_id, role_id, next_role_id, minutes, raised_from, changed_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (group_id) DO UPDATE SET channel_id = excluded.channel_id, \
    role_id = excluded.role_id, next_role_id = excluded.next_role_id, minutes = excluded.minutes, \
    raised_from = excluded.raised_from, changed_at = excluded.changed_at";
const DROP_CIRCLES: &str = "DELETE FROM concern_setup WHERE group_id = ?";
const TOLD: &str = "SELECT user_id, group_id, wanted FROM concern_told";
const KEEP_TOLD: &str = "INSERT INTO concern_told (group_id, user_id, wanted, told_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (group_id, user_id) DO UPDATE SET wanted = excluded.wanted, told_at = excluded.told_at";
const FORGET_TOLD: &str = "DELETE FROM concern_told WHERE user_id = ? AND told_at <= ? \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?)";

const QUIET: &str = "SELECT group_id, since FROM group_quiet";
const KEEP_QUIET: &str = "INSERT INTO group_quiet (group_id, since) VALUES (?, ?) \
    ON CONFLICT (group_id) DO UPDATE SET since = excluded.since";
const DROP_QUIET: &str = "DELETE FROM group_quiet WHERE group_id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[CIRCLES, KEEP_CIRCLES, DROP_CIRCLES, TOLD, KEEP_TOLD, FORGET_TOLD, QUIET, KEEP_QUIET, DROP_QUIET];

/// Whom every group lets be told.
///
/// # Errors
/// When the database cannot be read.
pub async fn circles(pool: &SqlitePool) -> sqlx::Result<Vec<(GroupId, Circles)>> {
    let rows: Vec<CirclesRow> = sqlx::query_as(CIRCLES).fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .map(|(group, channel, role, next, minutes, from)| {
            // The one other word there is, "never", is no level.
            (group, Circles { channel, role: Some(role), next, minutes, from: Level::parse(&from) })
        })
        .collect())
}

/// Keeps whom a group lets be told; `role` is the responders'.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_circles(
    tx: &mut Tx<'_>,
    group: GroupId,
    circles: &Circles,
    role: RoleId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(KEEP_CIRCLES)
        .bind(group)
        .bind(circles.channel)
        .bind(role)
        .bind(circles.next)
        .bind(circles.minutes)
        .bind(circles.from.map_or("never", Level::word))
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps that a group lets nobody be told any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_circles(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<()> {
    sqlx::query(DROP_CIRCLES).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// Since when each quiet group is quiet.
///
/// # Errors
/// When the database cannot be read.
pub async fn quiet(pool: &SqlitePool) -> sqlx::Result<Vec<(GroupId, DateTime<Utc>)>> {
    let rows: Vec<(GroupId, i64)> = sqlx::query_as(QUIET).fetch_all(pool).await?;
    Ok(rows.into_iter().filter_map(|(group, since)| Some((group, DateTime::from_timestamp(since, 0)?))).collect())
}

/// Keeps that a group is quiet from now on.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_quiet(tx: &mut Tx<'_>, group: GroupId, since: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(KEEP_QUIET).bind(group).bind(since.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that a group is quiet no more.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_quiet(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<()> {
    sqlx::query(DROP_QUIET).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// Every member who was told that a group tells its responders, and whether they want that.
///
/// # Errors
/// When the database cannot be read.
pub async fn told(pool: &SqlitePool) -> sqlx::Result<Vec<(UserId, GroupId, bool)>> {
    sqlx::query_as(TOLD).fetch_all(pool).await
}

/// Keeps that a member was told, and what they want.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_told(
    tx: &mut Tx<'_>,
    group: GroupId,
    user: UserId,
    wanted: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(KEEP_TOLD).bind(group).bind(user).bind(wanted).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes what a member had been told by then in the groups of a guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_told(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(FORGET_TOLD).bind(member.user).bind(until.timestamp()).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}
