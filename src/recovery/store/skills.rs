//! How a group's own coping skills are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::ids::GroupId;
use crate::recovery::model::skill::OwnSkill;

type Tx<'a> = Transaction<'a, Sqlite>;

const ADD: &str = "INSERT INTO group_skill (group_id, name, steps, caution, created_at) VALUES (?, ?, ?, ?, ?)";
const OF_GROUP: &str = "SELECT id, name, steps, caution FROM group_skill WHERE group_id = ? ORDER BY id";
const COUNT: &str = "SELECT COUNT(*) FROM group_skill WHERE group_id = ?";
const REMOVE: &str = "DELETE FROM group_skill WHERE group_id = ? AND id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[ADD, OF_GROUP, COUNT, REMOVE];

/// Adds a skill to a group, and gives its number.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, group: GroupId, skill: &OwnSkill, now: DateTime<Utc>) -> sqlx::Result<i64> {
    let query = sqlx::query(ADD).bind(group).bind(&skill.name).bind(skill.steps.join("\n")).bind(&skill.caution);
    Ok(query.bind(now.timestamp()).execute(&mut **tx).await?.last_insert_rowid())
}

/// A group's own skills, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_group(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Vec<OwnSkill>> {
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(OF_GROUP).bind(group).fetch_all(pool).await?;
    let read = |(id, name, steps, caution): (i64, String, String, String)| OwnSkill {
        id,
        name,
        steps: steps.lines().map(str::to_owned).collect(),
        caution,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// How many skills of its own a group has.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(group).fetch_one(&mut **tx).await
}

/// Removes a skill of a group; whether it was there.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, group: GroupId, id: i64) -> sqlx::Result<bool> {
    Ok(sqlx::query(REMOVE).bind(group).bind(id).execute(&mut **tx).await?.rows_affected() > 0)
}
