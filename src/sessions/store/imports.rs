//! How a schedule that was read from a file is kept until somebody saves it. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqliteConnection, Transaction};

use crate::ids::{GroupId, ImportId, Member, UserId};
use crate::sessions::exchange::FileChange;

type Tx<'a> = Transaction<'a, Sqlite>;

const KEEP: &str =
    "INSERT INTO schedule_import (group_id, user_id, changes, expires_at) VALUES (?, ?, ?, ?) RETURNING id";
const FIND: &str = "SELECT group_id, user_id, changes FROM schedule_import WHERE id = ? AND expires_at > ?";
const DROP: &str = "DELETE FROM schedule_import WHERE id = ?";
const PRUNE: &str = "DELETE FROM schedule_import WHERE expires_at <= ?";
const FORGET: &str = "DELETE FROM schedule_import WHERE user_id = ?1 \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?2)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[KEEP, FIND, DROP, PRUNE, FORGET];

/// Keeps what a file would change.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx<'_>,
    group: GroupId,
    user: UserId,
    changes: &[FileChange],
    expires_at: DateTime<Utc>,
) -> anyhow::Result<ImportId> {
    let query = sqlx::query_scalar(KEEP).bind(group).bind(user).bind(serde_json::to_string(changes)?);
    Ok(query.bind(expires_at.timestamp()).fetch_one(&mut **tx).await?)
}

/// What a file would change, for whom it was read, while it can be saved.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find(
    connection: &mut SqliteConnection,
    id: ImportId,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<(GroupId, UserId, Vec<FileChange>)>> {
    let row: Option<(GroupId, UserId, String)> =
        sqlx::query_as(FIND).bind(id).bind(now.timestamp()).fetch_optional(connection).await?;
    row.map(|(group, user, changes)| Ok((group, user, serde_json::from_str(&changes)?))).transpose()
}

/// Drops one that was saved or is not wanted.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_one(tx: &mut Tx<'_>, id: ImportId) -> sqlx::Result<()> {
    sqlx::query(DROP).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// Drops what cannot be saved any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets that a person gave a file.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(FORGET).bind(member.user).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}
