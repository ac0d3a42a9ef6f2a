//! How it is kept who looked at what a member had shared. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use super::super::model::Shared;
use crate::ids::{GroupId, Member, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

/// How many are removed in one transaction, so that nobody waits long for the write lock.
pub const BATCH: i64 = 500;

const KEEP: &str = "INSERT INTO shared_look (guild_id, user_id, group_id, what, by_id, times, first_at, last_at) \
    SELECT guild_id, ?2, id, ?3, ?4, 1, ?5, ?5 FROM support_group WHERE id = ?1 \
    ON CONFLICT (guild_id, user_id, group_id, what, by_id) \
    DO UPDATE SET times = times + 1, last_at = MAX(last_at, excluded.last_at)";
const OF: &str = "SELECT g.name, l.what, l.by_id, l.times, l.first_at, l.last_at FROM shared_look l \
    JOIN support_group g ON g.id = l.group_id WHERE l.guild_id = ? AND l.user_id = ? ORDER BY l.last_at DESC, l.id DESC LIMIT ?";
const FORGET: &str = "DELETE FROM shared_look WHERE guild_id = ? AND user_id = ? AND first_at <= ?";
const FORGET_LOOKER: &str = "UPDATE shared_look SET by_id = NULL WHERE guild_id = ? AND by_id = ? AND first_at <= ?";
const PRUNE: &str =
    "DELETE FROM shared_look WHERE id IN (SELECT id FROM shared_look WHERE last_at < ? ORDER BY last_at LIMIT ?)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[KEEP, OF, FORGET, FORGET_LOOKER, PRUNE];

/// That somebody looked at something a member had shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The group's name.
    pub group: String,
    /// At what.
    pub what: Shared,
    /// Who; none for people who were forgotten since.
    pub by: Option<UserId>,
    /// How often.
    pub times: i64,
    /// The first time.
    pub first_at: DateTime<Utc>,
    /// The last time.
    pub last_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    name: String,
    what: Shared,
    by_id: Option<UserId>,
    times: i64,
    first_at: i64,
    last_at: i64,
}

impl Row {
    fn read(self) -> sqlx::Result<Look> {
        let at = |seconds| {
            DateTime::from_timestamp(seconds, 0).ok_or_else(|| sqlx::Error::Decode("a look at no instant".into()))
        };
        Ok(Look {
            group: self.name,
            what: self.what,
            by: self.by_id,
            times: self.times,
            first_at: at(self.first_at)?,
            last_at: at(self.last_at)?,
        })
    }
}

/// Keeps that somebody looks at what a member shared in a group.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx<'_>,
    (group, user, what): (GroupId, UserId, Shared),
    by: UserId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(KEEP).bind(group).bind(user).bind(what).bind(by).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Who looked at what a member had shared, the latest first, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn of(pool: &SqlitePool, member: Member, limit: i64) -> sqlx::Result<Vec<Look>> {
    let rows: Vec<Row> = sqlx::query_as(OF).bind(member.guild).bind(member.user).bind(limit).fetch_all(pool).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Removes that a member was looked at by then, and who they are where they looked themselves; that somebody looked
/// stays, because it is the others'.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET, FORGET_LOOKER] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes up to [`BATCH`] whose last time was before that; gives how many.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<u64> {
    Ok(sqlx::query(PRUNE).bind(before.timestamp()).bind(BATCH).execute(&mut **tx).await?.rows_affected())
}
