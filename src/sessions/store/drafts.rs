//! How drafts that wait for a press are kept, and changes that can be taken back. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqliteConnection, Transaction};

use crate::ids::{ChangeId, DraftId, GroupId, Member, SeriesId, UserId};
use crate::sessions::model::{Change, Details, Draft, Series, Step};

type Tx<'a> = Transaction<'a, Sqlite>;

const KEEP_CHANGE: &str = "INSERT INTO schedule_change (group_id, steps, made_at) VALUES (?, ?, ?) RETURNING id";
const FIND_CHANGE: &str = "SELECT group_id, steps, undone_at IS NOT NULL FROM schedule_change WHERE id = ?";
const UNDO_CHANGE: &str = "UPDATE schedule_change SET undone_at = ? WHERE id = ? AND undone_at IS NULL";
const PRUNE_CHANGES: &str = "DELETE FROM schedule_change WHERE made_at < ?";
const PRUNE_DRAFTS: &str = "DELETE FROM series_draft WHERE expires_at <= ?";
const KEEP_DRAFT: &str = "INSERT INTO series_draft (group_id, user_id, series_id, revision, details, expires_at) \
    VALUES (?, ?, ?, ?, ?, ?) RETURNING id";
const FIND_DRAFT: &str = "SELECT id, group_id, user_id, series_id, revision, details, expires_at, saved_at IS NOT NULL AS saved \
    FROM series_draft WHERE id = ?";
const SAVED_DRAFT: &str = "UPDATE series_draft SET saved_at = ?, series_id = ?, revision = ? WHERE id = ?";
const DROP_DRAFT: &str = "DELETE FROM series_draft WHERE id = ? AND saved_at IS NULL";
const FORGET_DRAFTS: &str = "DELETE FROM series_draft WHERE user_id = ?1 \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?2) \
    AND NOT EXISTS (SELECT 1 FROM membership m JOIN support_group g ON g.id = m.group_id WHERE m.user_id = ?1 AND g.guild_id = ?2)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    KEEP_CHANGE,
    FIND_CHANGE,
    UNDO_CHANGE,
    PRUNE_CHANGES,
    PRUNE_DRAFTS,
    KEEP_DRAFT,
    FIND_DRAFT,
    SAVED_DRAFT,
    DROP_DRAFT,
    FORGET_DRAFTS,
];

/// Keeps a draft.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx<'_>,
    group: GroupId,
    user: UserId,
    changes: Option<(SeriesId, i64)>,
    details: &Details,
    expires_at: DateTime<Utc>,
) -> anyhow::Result<DraftId> {
    let query = sqlx::query_scalar(KEEP_DRAFT).bind(group).bind(user).bind(changes.map(|(series, _)| series));
    let query = query.bind(changes.map(|(_, revision)| revision)).bind(serde_json::to_string(details)?);
    Ok(query.bind(expires_at.timestamp()).fetch_one(&mut **tx).await?)
}

#[derive(FromRow)]
struct DraftRow {
    id: DraftId,
    group_id: GroupId,
    user_id: UserId,
    series_id: Option<SeriesId>,
    revision: Option<i64>,
    details: String,
    expires_at: i64,
    saved: bool,
}

/// A draft.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find(connection: &mut SqliteConnection, draft: DraftId) -> anyhow::Result<Option<Draft>> {
    let row: Option<DraftRow> = sqlx::query_as(FIND_DRAFT).bind(draft).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Draft {
        id: row.id,
        group: row.group_id,
        user: row.user_id,
        changes: row.series_id.zip(row.revision),
        details: serde_json::from_str(&row.details)?,
        expires_at: DateTime::from_timestamp(row.expires_at, 0).unwrap_or_default(),
        saved: row.saved,
    }))
}

/// Marks a draft as saved as that series.
///
/// # Errors
/// When the database cannot be written.
pub async fn saved(tx: &mut Tx<'_>, draft: DraftId, series: &Series, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(SAVED_DRAFT).bind(now.timestamp()).bind(series.id).bind(series.revision).bind(draft);
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Drops a draft that was not saved.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_one(tx: &mut Tx<'_>, draft: DraftId) -> sqlx::Result<()> {
    sqlx::query(DROP_DRAFT).bind(draft).execute(&mut **tx).await?;
    Ok(())
}

/// Remembers a change so that it can be taken back.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_change(
    tx: &mut Tx<'_>,
    group: GroupId,
    steps: &[Step],
    now: DateTime<Utc>,
) -> anyhow::Result<ChangeId> {
    let steps = serde_json::to_string(steps)?;
    Ok(sqlx::query_scalar(KEEP_CHANGE).bind(group).bind(steps).bind(now.timestamp()).fetch_one(&mut **tx).await?)
}

/// A change as it is remembered.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find_change(connection: &mut SqliteConnection, change: ChangeId) -> anyhow::Result<Option<Change>> {
    let row: Option<(GroupId, String, bool)> =
        sqlx::query_as(FIND_CHANGE).bind(change).fetch_optional(connection).await?;
    let Some((group, steps, undone)) = row else { return Ok(None) };
    Ok(Some(Change { group, steps: serde_json::from_str(&steps)?, undone }))
}

/// Marks a change as taken back.
///
/// # Errors
/// When the database cannot be written.
pub async fn undo_change(tx: &mut Tx<'_>, change: ChangeId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(UNDO_CHANGE).bind(now.timestamp()).bind(change).execute(&mut **tx).await?;
    Ok(())
}

/// Drops drafts that expired, and changes made before `before`.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, now: DateTime<Utc>, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE_DRAFTS).bind(now.timestamp()).execute(&mut **tx).await?;
    sqlx::query(PRUNE_CHANGES).bind(before.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets the drafts of a person who belongs to no group of the guild (any more).
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(FORGET_DRAFTS).bind(member.user).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}
