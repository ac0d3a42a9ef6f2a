//! How a group's steps, and who is on which, are kept. No decisions here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::calendar::Weekdays;
use crate::groups::model::Step;
use crate::ids::{GroupId, Member, RoleId, StepId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const OF_GROUP: &str =
    "SELECT id, group_id, name, days, reminders, role_id FROM group_step WHERE group_id = ? ORDER BY place, id";
const ONE: &str = "SELECT id, group_id, name, days, reminders, role_id FROM group_step WHERE id = ?";
const OF_MEMBER: &str = "SELECT s.id, s.group_id, s.name, s.days, s.reminders, s.role_id FROM group_step s \
    JOIN member_step m ON m.step_id = s.id WHERE m.group_id = ? AND m.user_id = ?";
const OF_MEMBERS: &str = "SELECT m.user_id, s.id, s.group_id, s.name, s.days, s.reminders, s.role_id FROM group_step s \
    JOIN member_step m ON m.step_id = s.id WHERE m.group_id = ?";
const KEEP: &str = "INSERT INTO group_step (group_id, place, name, days, reminders, role_id) \
    VALUES (?1, (SELECT COALESCE(MAX(place), 0) + 1 FROM group_step WHERE group_id = ?1), ?2, ?3, ?4, ?5) \
    ON CONFLICT (group_id, name) DO UPDATE SET name = excluded.name, days = excluded.days, \
    reminders = excluded.reminders, role_id = excluded.role_id";
const RENAME: &str = "UPDATE OR IGNORE group_step SET name = ? WHERE id = ?";
const PLACE: &str = "UPDATE group_step SET place = ? WHERE id = ?";
const PEOPLE: &str = "SELECT COUNT(*) FROM member_step WHERE step_id = ?";
const REMOVE: &str =
    "DELETE FROM group_step WHERE id = ? AND NOT EXISTS (SELECT 1 FROM member_step m WHERE m.step_id = group_step.id)";
const PUT: &str = "INSERT INTO member_step (group_id, guild_id, user_id, step_id, since_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (group_id, user_id) DO UPDATE SET step_id = excluded.step_id, since_at = excluded.since_at";
const SINCE: &str = "SELECT since_at FROM member_step WHERE group_id = ? AND user_id = ?";
const LEAVE: &str = "DELETE FROM member_step WHERE group_id = ? AND user_id = ?";
const LEAVE_ALL: &str = "DELETE FROM member_step WHERE guild_id = ? AND user_id = ?";
const FORGET: &str = "DELETE FROM member_step WHERE guild_id = ? AND user_id = ? AND since_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[OF_GROUP, ONE, OF_MEMBER, OF_MEMBERS, KEEP, RENAME, PLACE, PEOPLE, REMOVE, PUT, SINCE, LEAVE, LEAVE_ALL, FORGET];

#[derive(FromRow)]
struct Row {
    id: StepId,
    group_id: GroupId,
    name: String,
    days: String,
    reminders: bool,
    role_id: Option<RoleId>,
}

#[derive(FromRow)]
struct OnStep {
    user_id: UserId,
    #[sqlx(flatten)]
    step: Row,
}

impl Row {
    fn read(self) -> sqlx::Result<Step> {
        let days = if self.days.is_empty() { Ok(Weekdays::NONE) } else { self.days.parse() };
        Ok(Step {
            id: self.id,
            group: self.group_id,
            name: self.name,
            days: days.map_err(|_| sqlx::Error::Decode("a step with days that cannot be read".into()))?,
            reminders: self.reminders,
            role: self.role_id,
        })
    }
}

/// A group's steps, the one with the most support first.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn of_group(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Vec<Step>> {
    let rows: Vec<Row> = sqlx::query_as(OF_GROUP).bind(group).fetch_all(pool).await?;
    rows.into_iter().map(Row::read).collect()
}

/// A group's steps, as they stand inside a write transaction.
///
/// # Errors
/// As [`of_group`].
pub async fn of_group_in(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<Vec<Step>> {
    let rows: Vec<Row> = sqlx::query_as(OF_GROUP).bind(group).fetch_all(&mut **tx).await?;
    rows.into_iter().map(Row::read).collect()
}

/// One step.
///
/// # Errors
/// As [`of_group`].
pub async fn find(pool: &SqlitePool, step: StepId) -> sqlx::Result<Option<Step>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(step).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// The step a member is on.
///
/// # Errors
/// As [`of_group`].
pub async fn of_member(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<Step>> {
    let row: Option<Row> = sqlx::query_as(OF_MEMBER).bind(group).bind(user).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// The step a member is on, as it stands inside a write transaction.
///
/// # Errors
/// As [`of_group`].
pub async fn of_member_in(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<Option<Step>> {
    let row: Option<Row> = sqlx::query_as(OF_MEMBER).bind(group).bind(user).fetch_optional(&mut **tx).await?;
    row.map(Row::read).transpose()
}

/// The steps of all of a group's members who are on one.
///
/// # Errors
/// As [`of_group`].
pub async fn of_members(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<HashMap<UserId, Step>> {
    let rows: Vec<OnStep> = sqlx::query_as(OF_MEMBERS).bind(group).fetch_all(&mut **tx).await?;
    rows.into_iter().map(|row| Ok((row.user_id, row.step.read()?))).collect()
}

/// Adds a step below the others, or changes the one of that name.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx<'_>,
    group: GroupId,
    name: &str,
    days: Weekdays,
    reminders: bool,
    role: Option<RoleId>,
) -> sqlx::Result<()> {
    sqlx::query(KEEP)
        .bind(group)
        .bind(name)
        .bind(days.to_string())
        .bind(reminders)
        .bind(role)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Gives a step another name; false when another step of the group has it.
///
/// # Errors
/// When the database cannot be written.
pub async fn rename(tx: &mut Tx<'_>, step: StepId, name: &str) -> sqlx::Result<bool> {
    Ok(sqlx::query(RENAME).bind(name).bind(step).execute(&mut **tx).await?.rows_affected() > 0)
}

/// Puts a group's steps in this order.
///
/// # Errors
/// When the database cannot be written.
pub async fn order(tx: &mut Tx<'_>, steps: &[StepId]) -> sqlx::Result<()> {
    for (place, step) in (1_i64..).zip(steps) {
        sqlx::query(PLACE).bind(place).bind(step).execute(&mut **tx).await?;
    }
    Ok(())
}

/// How many people are on a step.
///
/// # Errors
/// When the database cannot be read.
pub async fn people(tx: &mut Tx<'_>, step: StepId) -> sqlx::Result<i64> {
    sqlx::query_scalar(PEOPLE).bind(step).fetch_one(&mut **tx).await
}

/// Removes a step that nobody is on; whether it was removed.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, step: StepId) -> sqlx::Result<bool> {
    Ok(sqlx::query(REMOVE).bind(step).execute(&mut **tx).await?.rows_affected() > 0)
}

/// Puts a member on a step.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(
    tx: &mut Tx<'_>,
    group: GroupId,
    member: Member,
    step: StepId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(PUT).bind(group).bind(member.guild).bind(member.user).bind(step).bind(now.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Since when a member is on their step.
///
/// # Errors
/// When the database cannot be read.
pub async fn since(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(SINCE).bind(group).bind(user).fetch_optional(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Takes a member who left a group off its steps.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(LEAVE).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Takes a member who left the guild off every step there.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave_all(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(LEAVE_ALL).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    Ok(())
}

/// Removes the steps a member had been put on by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}
