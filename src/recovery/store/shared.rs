//! How marks to announce, shared wins, and what a group wants to see of them are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::calendar::Recurrence;
use crate::ids::{ChannelId, GroupId, GuildId, Member, UserId};
use crate::recovery::model::goal::Setup;

type Tx<'a> = Transaction<'a, Sqlite>;

const KEEP_MARK: &str = "INSERT INTO milestone_due (guild_id, user_id, milestone, group_id, mark, next_at, set_at) VALUES (?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id, milestone) DO UPDATE SET group_id = excluded.group_id, mark = excluded.mark, \
    next_at = excluded.next_at, set_at = excluded.set_at";
const DROP_MARK: &str = "DELETE FROM milestone_due WHERE guild_id = ? AND user_id = ? AND milestone = ?";
const MARKS_DUE: &str = "SELECT guild_id, user_id, milestone, group_id, mark, next_at FROM milestone_due WHERE next_at <= ? ORDER BY next_at LIMIT ?";
const MARK_OF: &str = "SELECT group_id FROM milestone_due WHERE guild_id = ? AND user_id = ? AND milestone = ?";
const NEXT: &str = "SELECT MIN(at) FROM (SELECT MIN(next_at) AS at FROM milestone_due UNION ALL \
    SELECT MIN(digest_next_at) FROM recovery_setup WHERE digest_next_at IS NOT NULL)";
const FORGET_MARKS: &str = "DELETE FROM milestone_due WHERE guild_id = ? AND user_id = ? AND set_at <= ?";
const SHARE: &str = "INSERT INTO shared_win (guild_id, user_id, win, group_id, shared_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id, win) DO NOTHING";
const SHARED_SINCE: &str = "SELECT user_id, win FROM shared_win WHERE group_id = ? AND shared_at > ? AND shared_at <= ? ORDER BY shared_at LIMIT ?";
const FORGET_SHARED: &str = "DELETE FROM shared_win WHERE guild_id = ? AND user_id = ? AND shared_at <= ?";
const PRUNE_SHARED: &str = "DELETE FROM shared_win WHERE shared_at <= ?";
const SETUP: &str = "SELECT wins_channel_id, digest FROM recovery_setup WHERE group_id = ?";
const KEEP_SETUP: &str = "INSERT INTO recovery_setup (group_id, wins_channel_id, digest, digest_next_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (group_id) DO UPDATE SET wins_channel_id = excluded.wins_channel_id, digest = excluded.digest, \
    digest_next_at = excluded.digest_next_at";
const DIGESTS_DUE: &str = "SELECT group_id, digest, digest_next_at FROM recovery_setup WHERE digest_next_at IS NOT NULL AND digest_next_at <= ? LIMIT ?";
const SET_DIGEST: &str = "UPDATE recovery_setup SET digest_next_at = ?, digest = CASE WHEN ? IS NULL THEN NULL ELSE digest END WHERE group_id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    KEEP_MARK,
    DROP_MARK,
    MARKS_DUE,
    MARK_OF,
    NEXT,
    FORGET_MARKS,
    SHARE,
    SHARED_SINCE,
    FORGET_SHARED,
    PRUNE_SHARED,
    SETUP,
    KEEP_SETUP,
    DIGESTS_DUE,
    SET_DIGEST,
];

/// A mark that is to be announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Whose it is.
    pub member: Member,
    /// Which milestone.
    pub milestone: u32,
    /// Where it is announced.
    pub group: GroupId,
    /// At how many days.
    pub days: u32,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps the next mark of a milestone.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_mark(tx: &mut Tx<'_>, mark: &Mark, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(KEEP_MARK)
        .bind(mark.member.guild)
        .bind(mark.member.user)
        .bind(mark.milestone)
        .bind(mark.group)
        .bind(mark.days)
        .bind(mark.at.timestamp())
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes the mark of a milestone.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_mark(tx: &mut Tx<'_>, member: Member, milestone: u32) -> sqlx::Result<()> {
    sqlx::query(DROP_MARK).bind(member.guild).bind(member.user).bind(milestone).execute(&mut **tx).await?;
    Ok(())
}

/// Where a milestone is announced; none when it is not.
///
/// # Errors
/// When the database cannot be read.
pub async fn mark_of(tx: &mut Tx<'_>, member: Member, milestone: u32) -> sqlx::Result<Option<GroupId>> {
    let query = sqlx::query_scalar(MARK_OF).bind(member.guild).bind(member.user).bind(milestone);
    query.fetch_optional(&mut **tx).await
}

/// Marks that are due, up to `limit`, earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn marks_due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<Mark>> {
    let rows: Vec<(GuildId, UserId, u32, GroupId, u32, i64)> =
        sqlx::query_as(MARKS_DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    rows.into_iter()
        .map(|(guild, user, milestone, group, days, at)| {
            let at = DateTime::from_timestamp(at, 0).ok_or_else(strange)?;
            Ok(Mark { member: Member { guild, user }, milestone, group, days, at })
        })
        .collect()
}

fn strange() -> sqlx::Error {
    sqlx::Error::Decode("a row of shared things that cannot be read".into())
}

/// When a mark or a digest is due next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps that a member shared a win with a group; false when it was shared already.
///
/// # Errors
/// When the database cannot be written.
pub async fn share(
    tx: &mut Tx<'_>,
    member: Member,
    win: u32,
    group: GroupId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let query = sqlx::query(SHARE).bind(member.guild).bind(member.user).bind(win).bind(group).bind(now.timestamp());
    Ok(query.execute(&mut **tx).await?.rows_affected() > 0)
}

/// Who shared which win with a group after `since` and up to `until`, oldest first, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn shared(
    pool: &SqlitePool,
    group: GroupId,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: u32,
) -> sqlx::Result<Vec<(UserId, u32)>> {
    let query = sqlx::query_as(SHARED_SINCE).bind(group).bind(since.timestamp()).bind(until.timestamp());
    query.bind(limit).fetch_all(pool).await
}

/// Removes what a member had shared or set to be announced by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET_MARKS, FORGET_SHARED] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes that wins were shared before `before`; they stay on their members' sheets.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE_SHARED).bind(before.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// What a group wants to see of shared things; nothing special when it did not choose.
///
/// # Errors
/// When the database cannot be read, or the row is not ours.
pub async fn setup(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Setup> {
    let row: Option<(Option<ChannelId>, Option<String>)> =
        sqlx::query_as(SETUP).bind(group).fetch_optional(pool).await?;
    let Some((channel, digest)) = row else { return Ok(Setup::default()) };
    let digest = digest.map(|text| text.parse::<Recurrence>()).transpose().map_err(|_| strange())?;
    Ok(Setup { channel, digest })
}

/// Keeps what a group wants to see, and when it is summed up next.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_setup(
    tx: &mut Tx<'_>,
    group: GroupId,
    setup: &Setup,
    next_at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query(KEEP_SETUP)
        .bind(group)
        .bind(setup.channel)
        .bind(setup.digest.as_ref().map(ToString::to_string))
        .bind(next_at.map(|at| at.timestamp()))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Groups whose week is to be summed up: when it was due, and the pattern.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn digests_due(
    tx: &mut Tx<'_>,
    now: DateTime<Utc>,
    limit: u32,
) -> sqlx::Result<Vec<(GroupId, Recurrence, DateTime<Utc>)>> {
    let rows: Vec<(GroupId, String, i64)> =
        sqlx::query_as(DIGESTS_DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    rows.into_iter()
        .map(|(group, digest, at)| {
            let digest = digest.parse::<Recurrence>().map_err(|_| strange())?;
            Ok((group, digest, DateTime::from_timestamp(at, 0).ok_or_else(strange)?))
        })
        .collect()
}

/// Keeps when a group's week is summed up next; none switches it off.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_digest(tx: &mut Tx<'_>, group: GroupId, next_at: Option<DateTime<Utc>>) -> sqlx::Result<()> {
    let at = next_at.map(|at| at.timestamp());
    sqlx::query(SET_DIGEST).bind(at).bind(at).bind(group).execute(&mut **tx).await?;
    Ok(())
}
