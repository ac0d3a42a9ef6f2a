//! How false alarms are counted: by group and phrase, nothing about who said so. No decisions here.

use chrono::NaiveDate;
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::ids::GroupId;

/// Most phrases that are listed: as many as one card shows.
const LISTED: u32 = 15;

const COUNT: &str = "INSERT INTO false_alarm (group_id, phrase, times, last_on) VALUES (?, ?, 1, ?) \
    ON CONFLICT (group_id, phrase) DO UPDATE SET times = times + 1, last_on = excluded.last_on";
const OF_GROUP: &str = "SELECT phrase, times FROM false_alarm WHERE group_id = ? ORDER BY times DESC, phrase LIMIT ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[COUNT, OF_GROUP];

/// Counts one more.
///
/// # Errors
/// When the database cannot be written.
pub async fn count(
    tx: &mut Transaction<'_, Sqlite>,
    group: GroupId,
    phrase: &str,
    today: NaiveDate,
) -> sqlx::Result<()> {
    sqlx::query(COUNT).bind(group).bind(phrase).bind(today.to_string()).execute(&mut **tx).await?;
    Ok(())
}

/// The phrases that were wrong most often in a group, and how often.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_group(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as(OF_GROUP).bind(group).bind(LISTED).fetch_all(pool).await
}
