//! How what members share is kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::checkins::model::{Share, ShareState, With};
use crate::ids::{ChannelId, GroupId, GuildId, Member, ShareId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const DRAFT: &str = "INSERT INTO checkin_share (group_id, guild_id, user_id, sealed, state, made_at) \
    VALUES (?, ?, ?, x'', 'drafted', ?) RETURNING id";
const SEAL: &str = "UPDATE checkin_share SET sealed = ? WHERE id = ?";
const FIND: &str =
    "SELECT id, group_id, guild_id, user_id, sealed, state, place, place_id, made_at FROM checkin_share WHERE id = ?";
const DRAFTS_SINCE: &str = "SELECT COUNT(*) FROM checkin_share WHERE guild_id = ? AND user_id = ? AND made_at > ?";
const SHARES_SINCE: &str =
    "SELECT COUNT(*) FROM checkin_share WHERE guild_id = ? AND user_id = ? AND made_at > ? AND state <> 'drafted'";
const SHARED: &str = "UPDATE checkin_share SET state = 'shared', place = ?, place_id = ?, shared_at = ? WHERE id = ? AND state = 'drafted'";
const TAKE_BACK: &str = "UPDATE checkin_share SET state = 'taken_back', sealed = x'' WHERE id = ? AND state = 'shared'";
const LATEST: &str = "SELECT id, group_id, guild_id, user_id, sealed, state, place, place_id, made_at FROM checkin_share \
    WHERE guild_id = ? AND user_id = ? AND state = 'shared' ORDER BY shared_at DESC, id DESC LIMIT ?";
const OF_MEMBER: &str = "SELECT id FROM checkin_share WHERE guild_id = ? AND user_id = ? AND state = 'shared'";
const COUNT: &str = "SELECT COUNT(*) FROM checkin_share WHERE guild_id = ? AND user_id = ? AND state = 'shared'";
const UNSHARE: &str = "INSERT INTO checkin_unshare (share_id, since) VALUES (?, ?) ON CONFLICT (share_id) DO NOTHING";
const UNSHARING: &str = "SELECT share_id FROM checkin_unshare ORDER BY since LIMIT ?";
const UNSHARED: &str = "DELETE FROM checkin_unshare WHERE share_id = ?";
const PRUNE_DRAFTS: &str = "DELETE FROM checkin_share WHERE state = 'drafted' AND made_at < ?";
const PRUNE: &str = "DELETE FROM checkin_share WHERE made_at < ?";
const PRUNE_UNSHARING: &str = "DELETE FROM checkin_unshare WHERE since < ?";
const FORGET: &str = "DELETE FROM checkin_share WHERE guild_id = ? AND user_id = ? AND made_at <= ?";
const FORGET_WITH: &str =
    "DELETE FROM checkin_share WHERE guild_id = ? AND place = 'person' AND place_id = ? AND made_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    DRAFT,
    SEAL,
    FIND,
    DRAFTS_SINCE,
    SHARES_SINCE,
    SHARED,
    TAKE_BACK,
    LATEST,
    OF_MEMBER,
    COUNT,
    UNSHARE,
    UNSHARING,
    UNSHARED,
    PRUNE_DRAFTS,
    PRUNE,
    PRUNE_UNSHARING,
    FORGET,
    FORGET_WITH,
];

#[derive(FromRow)]
struct Row {
    id: ShareId,
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    sealed: Vec<u8>,
    state: ShareState,
    place: Option<String>,
    place_id: Option<i64>,
    made_at: i64,
}

impl Row {
    fn read(self) -> sqlx::Result<Share> {
        let strange = || sqlx::Error::Decode("a share with a place or instant that cannot be read".into());
        let with = match (self.place.as_deref(), self.place_id) {
            (None, _) => None,
            (Some("channel"), Some(id)) => Some(With::Channel(ChannelId::new(id))),
            (Some("facilitators"), Some(id)) => Some(With::Facilitators(ChannelId::new(id))),
            (Some("person"), Some(id)) => Some(With::Person(UserId::new(id))),
            (Some(_), _) => return Err(strange()),
        };
        Ok(Share {
            id: self.id,
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            sealed: self.sealed,
            state: self.state,
            with,
            made_at: DateTime::from_timestamp(self.made_at, 0).ok_or_else(strange)?,
        })
    }
}

const fn place_of(with: With) -> (&'static str, i64) {
    match with {
        With::Channel(channel) => ("channel", channel.raw()),
        With::Facilitators(channel) => ("facilitators", channel.raw()),
        With::Person(user) => ("person", user.raw()),
    }
}

/// Begins a draft, empty yet, and gives its number: what is sealed is bound to that.
///
/// # Errors
/// When the database cannot be written.
pub async fn draft(tx: &mut Tx<'_>, group: GroupId, member: Member, now: DateTime<Utc>) -> sqlx::Result<ShareId> {
    sqlx::query_scalar(DRAFT)
        .bind(group)
        .bind(member.guild)
        .bind(member.user)
        .bind(now.timestamp())
        .fetch_one(&mut **tx)
        .await
}

/// Keeps what a draft holds.
///
/// # Errors
/// When the database cannot be written.
pub async fn seal(tx: &mut Tx<'_>, share: ShareId, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query(SEAL).bind(sealed).bind(share).execute(&mut **tx).await?;
    Ok(())
}

/// A share by its number.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, share: ShareId) -> sqlx::Result<Option<Share>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(share).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// A share, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_in(tx: &mut Tx<'_>, share: ShareId) -> sqlx::Result<Option<Share>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(share).fetch_optional(&mut **tx).await?;
    row.map(Row::read).transpose()
}

/// How many previews a member made since then, and how many of them they shared.
///
/// # Errors
/// When the database cannot be read.
pub async fn since(tx: &mut Tx<'_>, member: Member, since: DateTime<Utc>) -> sqlx::Result<(i64, i64)> {
    let mut counts = [0, 0];
    for (count, statement) in counts.iter_mut().zip([DRAFTS_SINCE, SHARES_SINCE]) {
        *count = sqlx::query_scalar(statement)
            .bind(member.guild)
            .bind(member.user)
            .bind(since.timestamp())
            .fetch_one(&mut **tx)
            .await?;
    }
    Ok((counts[0], counts[1]))
}

/// A draft becomes shared; false when it was none any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn shared(tx: &mut Tx<'_>, share: ShareId, with: With, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let (place, id) = place_of(with);
    let done = sqlx::query(SHARED).bind(place).bind(id).bind(now.timestamp()).bind(share).execute(&mut **tx).await?;
    Ok(done.rows_affected() == 1)
}

/// A share is taken back: what it held is gone at once, and its message is to be deleted.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_back(tx: &mut Tx<'_>, share: ShareId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(TAKE_BACK).bind(share).execute(&mut **tx).await?;
    sqlx::query(UNSHARE).bind(share).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// What a member shared last, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(pool: &SqlitePool, member: Member, limit: i64) -> sqlx::Result<Vec<Share>> {
    let rows: Vec<Row> =
        sqlx::query_as(LATEST).bind(member.guild).bind(member.user).bind(limit).fetch_all(pool).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Everything a member shared that was not taken back.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_member(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<Vec<ShareId>> {
    sqlx::query_scalar(OF_MEMBER).bind(member.guild).bind(member.user).fetch_all(&mut **tx).await
}

/// How many shares of a member stand.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Shares whose messages are to be deleted, longest waiting first.
///
/// # Errors
/// When the database cannot be read.
pub async fn unsharing(pool: &SqlitePool, limit: u32) -> sqlx::Result<Vec<ShareId>> {
    sqlx::query_scalar(UNSHARING).bind(limit).fetch_all(pool).await
}

/// The message of a share is deleted.
///
/// # Errors
/// When the database cannot be written.
pub async fn unshared(tx: &mut Tx<'_>, share: ShareId) -> sqlx::Result<()> {
    sqlx::query(UNSHARED).bind(share).execute(&mut **tx).await?;
    Ok(())
}

/// Removes drafts older than `drafts`, and everything older than `shares`.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, drafts: DateTime<Utc>, shares: DateTime<Utc>) -> sqlx::Result<()> {
    for (statement, before) in [(PRUNE_DRAFTS, drafts), (PRUNE, shares), (PRUNE_UNSHARING, shares)] {
        sqlx::query(statement).bind(before.timestamp()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes what a member had shared by then, and what was shared with them alone.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET, FORGET_WITH] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}
