//! How days off of a group's own are kept. No decisions here.

use chrono::NaiveDate;
use sqlx::{Sqlite, SqliteConnection, Transaction};

use crate::calendar::Holiday;
use crate::ids::GroupId;

type Tx<'a> = Transaction<'a, Sqlite>;

const OWN_HOLIDAYS: &str = "SELECT on_date, name FROM group_holiday WHERE group_id = ? ORDER BY on_date";
const KEEP_HOLIDAY: &str = "INSERT INTO group_holiday (group_id, on_date, name) VALUES (?, ?, ?) \
    ON CONFLICT (group_id, on_date) DO UPDATE SET name = excluded.name";
const DROP_HOLIDAY: &str = "DELETE FROM group_holiday WHERE group_id = ? AND on_date = ?";
const PRUNE_HOLIDAYS: &str = "DELETE FROM group_holiday WHERE group_id = ? AND on_date < ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[OWN_HOLIDAYS, KEEP_HOLIDAY, DROP_HOLIDAY, PRUNE_HOLIDAYS];

/// The days off of a group's own, soonest first.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn own(connection: &mut SqliteConnection, group: GroupId) -> anyhow::Result<Vec<Holiday>> {
    let rows: Vec<(String, String)> = sqlx::query_as(OWN_HOLIDAYS).bind(group).fetch_all(connection).await?;
    rows.into_iter().map(|(on, name)| Ok(Holiday { on: on.parse()?, name })).collect()
}

/// Keeps a day off of a group's own.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, group: GroupId, day: &Holiday) -> sqlx::Result<()> {
    sqlx::query(KEEP_HOLIDAY).bind(group).bind(day.on.to_string()).bind(&day.name).execute(&mut **tx).await?;
    Ok(())
}

/// Drops a day off of a group's own; gives whether it was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_one(tx: &mut Tx<'_>, group: GroupId, on: NaiveDate) -> sqlx::Result<bool> {
    let query = sqlx::query(DROP_HOLIDAY).bind(group).bind(on.to_string());
    Ok(query.execute(&mut **tx).await?.rows_affected() > 0)
}

/// Drops a group's own days before a date.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, group: GroupId, before: NaiveDate) -> sqlx::Result<()> {
    sqlx::query(PRUNE_HOLIDAYS).bind(group).bind(before.to_string()).execute(&mut **tx).await?;
    Ok(())
}
