//! How prompts by direct message, and prompts that nobody uses, are kept. No decisions here.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sqlx::{FromRow, Row as _, Sqlite, SqlitePool, Transaction};

use crate::checkins::model::Direct;
use crate::groups::model::Settings;
use crate::groups::store::settings;
use crate::ids::{GroupId, GuildId, Member, PromptId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const DUE: &str = "SELECT d.group_id, d.guild_id, d.user_id, d.at, d.next_at, d.unused, s.zone, s.quiet, s.away_since, s.away_until, s.revision \
    FROM checkin_direct d LEFT JOIN member_settings s ON s.guild_id = d.guild_id AND s.user_id = d.user_id \
    WHERE d.next_at IS NOT NULL AND d.next_at <= ? ORDER BY d.next_at LIMIT ?";
const ANSWERED: &str = "SELECT user_id FROM checkin_answer WHERE prompt_id = ?";
const ASKED: &str = "UPDATE checkin_direct SET next_at = k.next_at, unused = k.unused, reckoned_with = k.revision \
    FROM (SELECT value ->> 0 AS group_id, value ->> 1 AS user_id, value ->> 2 AS next_at, value ->> 3 AS unused, value ->> 4 AS revision \
    FROM json_each(?)) AS k WHERE checkin_direct.group_id = k.group_id AND checkin_direct.user_id = k.user_id";
const STALE: &str = "SELECT d.group_id, d.guild_id, d.user_id, d.at, d.next_at, d.unused FROM checkin_direct d \
    JOIN member_settings s ON s.guild_id = d.guild_id AND s.user_id = d.user_id \
    WHERE s.revision <> d.reckoned_with AND d.next_at IS NOT NULL LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM checkin_direct WHERE next_at IS NOT NULL";
const ONE: &str =
    "SELECT group_id, guild_id, user_id, at, next_at, unused FROM checkin_direct WHERE group_id = ? AND user_id = ?";
const KEEP: &str = "INSERT INTO checkin_direct (group_id, guild_id, user_id, at, next_at, unused, reckoned_with) VALUES (?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (group_id, user_id) DO UPDATE SET at = excluded.at, next_at = excluded.next_at, unused = excluded.unused, \
    reckoned_with = excluded.reckoned_with";
const REMOVE: &str = "DELETE FROM checkin_direct WHERE group_id = ? AND user_id = ?";
const COUNT: &str = "SELECT COUNT(*) FROM checkin_direct WHERE guild_id = ? AND user_id = ?";
const REST: &str = "SELECT counted_from, rests FROM checkin_rest WHERE group_id = ?";
const KEEP_REST: &str = "INSERT INTO checkin_rest (group_id, counted_from, rests) VALUES (?, ?, ?) \
    ON CONFLICT (group_id) DO UPDATE SET counted_from = excluded.counted_from, rests = excluded.rests";
const UNUSED: &str = "SELECT COUNT(*) FROM checkin_prompt p WHERE p.group_id = ?1 AND p.on_date >= ?2 AND p.on_date > COALESCE( \
    (SELECT MAX(q.on_date) FROM checkin_prompt q WHERE q.group_id = ?1 \
    AND EXISTS (SELECT 1 FROM checkin_answer a WHERE a.prompt_id = q.id)), '')";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[DUE, ANSWERED, ASKED, STALE, NEXT, ONE, KEEP, REMOVE, COUNT, REST, KEEP_REST, UNUSED];

#[derive(FromRow)]
struct Row {
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    at: String,
    next_at: Option<i64>,
    unused: u32,
}

impl Row {
    fn read(self) -> sqlx::Result<Direct> {
        let strange = || sqlx::Error::Decode("a prompt with an hour that cannot be read".into());
        Ok(Direct {
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            at: NaiveTime::parse_from_str(&self.at, "%H:%M").map_err(|_| strange())?,
            next_at: self.next_at.and_then(|at| DateTime::from_timestamp(at, 0)),
            unused: self.unused,
        })
    }
}

/// Prompts by direct message that are due, up to `limit`, earliest first, with what their members set.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<(Direct, Settings)>> {
    let rows = sqlx::query(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        let quiet: Option<String> = row.try_get("quiet")?;
        let settings: Option<settings::Row> = match quiet {
            Some(quiet) => Some((
                row.try_get("zone")?,
                quiet,
                row.try_get("away_since")?,
                row.try_get("away_until")?,
                row.try_get("revision")?,
            )),
            None => None,
        };
        Ok((Row::from_row(row)?.read()?, settings::read(settings)?))
    };
    rows.iter().map(read).collect()
}

/// Who answered a window.
///
/// # Errors
/// When the database cannot be read.
pub async fn answered(tx: &mut Tx<'_>, prompt: PromptId) -> sqlx::Result<Vec<UserId>> {
    sqlx::query_scalar(ANSWERED).bind(prompt).fetch_all(&mut **tx).await
}

/// Keeps when members are asked next and what came of the prompts so far, for many at once; each with the
/// revision of the settings it was reckoned with.
///
/// # Errors
/// When the database cannot be written.
pub async fn asked(tx: &mut Tx<'_>, after: &[(Direct, i64)]) -> sqlx::Result<()> {
    let row = |(direct, revision): &(Direct, i64)| {
        let next_at = direct.next_at.map(|at| at.timestamp());
        serde_json::json!([direct.group, direct.member.user, next_at, direct.unused, revision])
    };
    let rows = serde_json::Value::Array(after.iter().map(row).collect());
    sqlx::query(ASKED).bind(rows.to_string()).execute(&mut **tx).await?;
    Ok(())
}

/// Prompts reckoned with settings that changed since, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn stale(tx: &mut Tx<'_>, limit: u32) -> sqlx::Result<Vec<Direct>> {
    let rows: Vec<Row> = sqlx::query_as(STALE).bind(limit).fetch_all(&mut **tx).await?;
    rows.into_iter().map(Row::read).collect()
}

/// When the next prompt by direct message is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// A member's prompt by direct message.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<Direct>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(group).bind(user).fetch_optional(pool).await?;
    row.map(Row::read).transpose()
}

/// A member's prompt by direct message, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_in(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<Option<Direct>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(group).bind(user).fetch_optional(&mut **tx).await?;
    row.map(Row::read).transpose()
}

/// Keeps a member's prompt by direct message; `revision` is that of the settings it was reckoned with.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, direct: &Direct, revision: i64) -> sqlx::Result<()> {
    sqlx::query(KEEP)
        .bind(direct.group)
        .bind(direct.member.guild)
        .bind(direct.member.user)
        .bind(direct.at.format("%H:%M").to_string())
        .bind(direct.next_at.map(|at| at.timestamp()))
        .bind(direct.unused)
        .bind(revision)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes a member's prompt by direct message.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// How many groups ask a member directly.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// From which day on a group's unused prompts are counted, and whether the prompt rests.
///
/// # Errors
/// When the database cannot be read.
pub async fn rest(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<(NaiveDate, bool)> {
    let row: Option<(String, bool)> = sqlx::query_as(REST).bind(group).fetch_optional(&mut **tx).await?;
    let Some((from, rests)) = row else { return Ok((NaiveDate::MIN, false)) };
    let from = from.parse().map_err(|_| sqlx::Error::Decode("a day that cannot be read".into()))?;
    Ok((from, rests))
}

/// Keeps from which day on a group's unused prompts are counted, and whether the prompt rests.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_rest(tx: &mut Tx<'_>, group: GroupId, from: NaiveDate, rests: bool) -> sqlx::Result<()> {
    sqlx::query(KEEP_REST).bind(group).bind(from.to_string()).bind(rests).execute(&mut **tx).await?;
    Ok(())
}

/// How many windows of a group since `from`, and since the last one anybody used, nobody used.
///
/// # Errors
/// When the database cannot be read.
pub async fn unused(tx: &mut Tx<'_>, group: GroupId, from: NaiveDate) -> sqlx::Result<u32> {
    // A day before all others sorts before every date that is kept.
    let from = if from == NaiveDate::MIN { String::new() } else { from.to_string() };
    sqlx::query_scalar(UNUSED).bind(group).bind(from).fetch_one(&mut **tx).await
}
