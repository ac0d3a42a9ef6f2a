//! How buddies are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::calendar::Recurrence;
use crate::ids::{GroupId, GuildId, Member, UserId};
use crate::recovery::model::buddy::{Rounds, Willing};

type Tx<'a> = Transaction<'a, Sqlite>;

const ROUNDS: &str = "SELECT group_id, recurrence, round, next_at, warned FROM buddy_setup WHERE group_id = ?";
const DUE: &str =
    "SELECT group_id, recurrence, round, next_at, warned FROM buddy_setup WHERE due_at <= ? ORDER BY due_at LIMIT ?";
const NEXT: &str = "SELECT MIN(due_at) FROM buddy_setup";
const KEEP_ROUNDS: &str = "INSERT INTO buddy_setup (group_id, recurrence, round, next_at, warned) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (group_id) DO UPDATE SET recurrence = excluded.recurrence, round = excluded.round, \
    next_at = excluded.next_at, warned = excluded.warned";
const END_ROUNDS: &str = "DELETE FROM buddy_setup WHERE group_id = ?";
const LAST_ROUND: &str = "SELECT COALESCE(MAX(round), 0) FROM buddy_meeting WHERE group_id = ?";
const JOIN: &str = "INSERT INTO buddy_member (group_id, guild_id, user_id, joined_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (group_id, user_id) DO NOTHING";
const LEAVE: &str = "DELETE FROM buddy_member WHERE group_id = ? AND user_id = ?";
const SKIP: &str = "UPDATE buddy_member SET skips = ? WHERE group_id = ? AND user_id = ?";
const WILLING: &str = "SELECT b.user_id, b.skips FROM buddy_member b JOIN membership m ON m.group_id = b.group_id \
    AND m.user_id = b.user_id WHERE b.group_id = ? AND m.left_at IS NULL ORDER BY b.joined_at, b.user_id LIMIT ?";
const MINE: &str = "SELECT user_id, skips FROM buddy_member WHERE group_id = ? AND user_id = ?";
const BLOCK: &str = "INSERT INTO buddy_block (guild_id, user_id, blocked_id, made_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id, blocked_id) DO NOTHING";
const UNBLOCK: &str = "DELETE FROM buddy_block WHERE guild_id = ? AND user_id = ?";
const BLOCKS: &str = "SELECT user_id, blocked_id FROM buddy_block WHERE guild_id = ?";
const BLOCKED_BY: &str = "SELECT COUNT(*) FROM buddy_block WHERE guild_id = ? AND user_id = ?";
const MEET: &str = "INSERT INTO buddy_meeting (group_id, round, user_id, guild_id, meeting, met_at) VALUES (?, ?, ?, ?, ?, ?) \
    ON CONFLICT (group_id, round, user_id) DO NOTHING";
const MET: &str =
    "SELECT round, meeting, user_id FROM buddy_meeting WHERE group_id = ? ORDER BY round, meeting, user_id";
const WITH: &str = "SELECT o.user_id FROM buddy_meeting me JOIN buddy_meeting o ON o.group_id = me.group_id \
    AND o.round = me.round AND o.meeting = me.meeting AND o.user_id <> me.user_id \
    WHERE me.group_id = ? AND me.round = ? AND me.user_id = ? ORDER BY o.user_id";
const COUNT: &str = "SELECT COUNT(*) FROM buddy_member WHERE guild_id = ? AND user_id = ?";
const FORGET_MEMBER: &str = "DELETE FROM buddy_member WHERE guild_id = ? AND user_id = ? AND joined_at <= ?";
const FORGET_BLOCKS: &str =
    "DELETE FROM buddy_block WHERE guild_id = ?1 AND (user_id = ?2 OR blocked_id = ?2) AND made_at <= ?3";
const FORGET_MEETINGS: &str = "DELETE FROM buddy_meeting WHERE guild_id = ? AND user_id = ? AND met_at <= ?";
const PRUNE: &str = "DELETE FROM buddy_meeting WHERE met_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    ROUNDS,
    DUE,
    NEXT,
    KEEP_ROUNDS,
    END_ROUNDS,
    LAST_ROUND,
    JOIN,
    LEAVE,
    SKIP,
    WILLING,
    MINE,
    BLOCK,
    UNBLOCK,
    BLOCKS,
    BLOCKED_BY,
    MEET,
    MET,
    WITH,
    COUNT,
    FORGET_MEMBER,
    FORGET_BLOCKS,
    FORGET_MEETINGS,
    PRUNE,
];

#[derive(FromRow)]
struct Row {
    group_id: GroupId,
    recurrence: String,
    round: u32,
    next_at: i64,
    warned: bool,
}

impl Row {
    fn read(self) -> sqlx::Result<Rounds> {
        let strange = || sqlx::Error::Decode("rounds of buddies that cannot be read".into());
        Ok(Rounds {
            group: self.group_id,
            recurrence: self.recurrence.parse::<Recurrence>().map_err(|_| strange())?,
            round: self.round,
            next_at: DateTime::from_timestamp(self.next_at, 0).ok_or_else(strange)?,
            warned: self.warned,
        })
    }
}

/// When a group's people are paired; none when they are not.
///
/// # Errors
/// When the database cannot be read, or the row is not ours.
pub async fn rounds(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Option<Rounds>> {
    let row: Option<Row> = sqlx::query_as(ROUNDS).bind(group).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// Groups whose round, or its warning, is due, up to `limit`.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<Rounds>> {
    let rows: Vec<Row> = sqlx::query_as(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    rows.into_iter().map(Row::read).collect()
}

/// When a round, or its warning, is due next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps when a group's people are paired.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_rounds(tx: &mut Tx<'_>, rounds: &Rounds) -> sqlx::Result<()> {
    sqlx::query(KEEP_ROUNDS)
        .bind(rounds.group)
        .bind(rounds.recurrence.to_string())
        .bind(rounds.round)
        .bind(rounds.next_at.timestamp())
        .bind(rounds.warned)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A group's people are not paired any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_rounds(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<()> {
    sqlx::query(END_ROUNDS).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// The number of a group's last round; zero when there was none.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_round(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<u32> {
    sqlx::query_scalar(LAST_ROUND).bind(group).fetch_one(&mut **tx).await
}

/// Somebody wants to be paired.
///
/// # Errors
/// When the database cannot be written.
pub async fn join(tx: &mut Tx<'_>, group: GroupId, member: Member, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(JOIN).bind(group).bind(member.guild).bind(member.user).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Somebody does not want to be paired any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(LEAVE).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Somebody leaves a round out, or does not any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn skip(tx: &mut Tx<'_>, group: GroupId, user: UserId, round: Option<u32>) -> sqlx::Result<()> {
    sqlx::query(SKIP).bind(round).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Who of a group wants to be paired and still belongs to it, in the order they came, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn willing(tx: &mut Tx<'_>, group: GroupId, limit: u32) -> sqlx::Result<Vec<Willing>> {
    let rows: Vec<(UserId, Option<u32>)> = sqlx::query_as(WILLING).bind(group).bind(limit).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|(user, skips)| Willing { user, skips }).collect())
}

/// Whether somebody wants to be paired.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<Willing>> {
    let row: Option<(UserId, Option<u32>)> = sqlx::query_as(MINE).bind(group).bind(user).fetch_optional(pool).await?;
    Ok(row.map(|(user, skips)| Willing { user, skips }))
}

/// Somebody does not want to be paired with somebody.
///
/// # Errors
/// When the database cannot be written.
pub async fn block(tx: &mut Tx<'_>, member: Member, blocked: UserId, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(BLOCK).bind(member.guild).bind(member.user).bind(blocked).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Somebody is open to everybody again.
///
/// # Errors
/// When the database cannot be written.
pub async fn unblock(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(UNBLOCK).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    Ok(())
}

/// Who does not want to be paired with whom, in a guild.
///
/// # Errors
/// When the database cannot be read.
pub async fn blocks(tx: &mut Tx<'_>, guild: GuildId) -> sqlx::Result<Vec<(UserId, UserId)>> {
    sqlx::query_as(BLOCKS).bind(guild).fetch_all(&mut **tx).await
}

/// With how many people somebody does not want to be paired.
///
/// # Errors
/// When the database cannot be read.
pub async fn blocked_by(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(BLOCKED_BY).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Somebody is in a meeting of a round.
///
/// # Errors
/// When the database cannot be written.
pub async fn meet(
    tx: &mut Tx<'_>,
    group: GroupId,
    round: u32,
    member: Member,
    meeting: u32,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(MEET).bind(group).bind(round).bind(member.user).bind(member.guild);
    query.bind(meeting).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Who was in which meeting of which round of a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn met(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<Vec<(u32, u32, UserId)>> {
    sqlx::query_as(MET).bind(group).fetch_all(&mut **tx).await
}

/// With whom somebody is paired in a round.
///
/// # Errors
/// When the database cannot be read.
pub async fn with(pool: &SqlitePool, group: GroupId, round: u32, user: UserId) -> sqlx::Result<Vec<UserId>> {
    sqlx::query_scalar(WITH).bind(group).bind(round).bind(user).fetch_all(pool).await
}

/// In how many groups somebody wants to be paired.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Removes everything about a member that was there by then, also what others had said about being paired with them.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET_MEMBER, FORGET_BLOCKS, FORGET_MEETINGS] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes who met whom before `before`.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE).bind(before.timestamp()).execute(&mut **tx).await?;
    Ok(())
}
