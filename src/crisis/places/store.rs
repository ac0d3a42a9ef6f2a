//! How the places are kept in which words are looked at. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::ids::{ChannelId, GroupId};
use crate::roster::PlaceKind;

type Tx<'a> = Transaction<'a, Sqlite>;

const ALL: &str = "SELECT channel_id, group_id, kind FROM watched_place ORDER BY channel_id";
const ADD: &str = "INSERT INTO watched_place (channel_id, group_id, kind, added_at) VALUES (?, ?, ?, ?)";
const DROP: &str = "DELETE FROM watched_place WHERE channel_id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[ALL, ADD, DROP];

/// Every place, with the group it belongs to.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn all(pool: &SqlitePool) -> sqlx::Result<Vec<(ChannelId, GroupId, PlaceKind)>> {
    let rows: Vec<(ChannelId, GroupId, String)> = sqlx::query_as(ALL).fetch_all(pool).await?;
    let strange = || sqlx::Error::Decode("a watched place that cannot be read".into());
    rows.into_iter()
        .map(|(channel, group, kind)| Ok((channel, group, PlaceKind::parse(&kind).ok_or_else(strange)?)))
        .collect()
}

/// Keeps a place.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    (group, kind): (GroupId, PlaceKind),
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(ADD).bind(channel).bind(group).bind(kind.word()).bind(at.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Drops a place.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop(tx: &mut Tx<'_>, channel: ChannelId) -> sqlx::Result<()> {
    sqlx::query(DROP).bind(channel).execute(&mut **tx).await?;
    Ok(())
}
