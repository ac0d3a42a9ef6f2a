//! How a group's weather is kept, what it agreed to, and who may be counted. No decisions here.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::checkins::model::{Agreed, Seen, Spread, Weather};
use crate::ids::{GroupId, Member, PromptId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const AGREED: &str = "SELECT weather, quiet_after FROM checkin_agreed WHERE group_id = ?";
const KEEP_AGREED: &str = "INSERT INTO checkin_agreed (group_id, weather, quiet_after, changed_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (group_id) DO UPDATE SET weather = excluded.weather, quiet_after = excluded.quiet_after, changed_at = excluded.changed_at";
const COUNTED: &str =
    "SELECT given FROM checkin_counted WHERE guild_id = ? AND user_id = ? AND (text_version = ? OR given = 0)";
const KEEP_COUNTED: &str = "INSERT INTO checkin_counted (guild_id, user_id, given, text_version, decided_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id) DO UPDATE SET given = excluded.given, text_version = excluded.text_version, decided_at = excluded.decided_at";
// Only of people who belong to the group, let their check-ins be kept, and let themselves be counted.
const ANSWERS: &str = "SELECT a.user_id, a.prompt_id, a.sealed FROM checkin_answer a \
    JOIN checkin_prompt p ON p.id = a.prompt_id \
    JOIN membership m ON m.group_id = p.group_id AND m.user_id = a.user_id AND m.left_at IS NULL \
    JOIN checkin_counted w ON w.guild_id = a.guild_id AND w.user_id = a.user_id AND w.given = 1 AND w.text_version = ?1 \
    JOIN consent c ON c.guild_id = a.guild_id AND c.user_id = a.user_id AND c.purpose = 'checkins' AND c.given = 1 AND c.text_version = ?2 \
    WHERE p.group_id = ?3 AND p.on_date BETWEEN ?4 AND ?5 ORDER BY a.user_id, p.on_date LIMIT ?6";
const WEATHER: &str = "SELECT hard, low, mixed, okay, good FROM checkin_weather WHERE group_id = ? AND week_on = ?";
const KEEP_WEATHER: &str = "INSERT INTO checkin_weather (group_id, week_on, hard, low, mixed, okay, good, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
const PRUNE_WEATHER: &str = "DELETE FROM checkin_weather WHERE made_at < ?";
const FORGET_COUNTED: &str = "DELETE FROM checkin_counted WHERE guild_id = ? AND user_id = ? AND decided_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[AGREED, KEEP_AGREED, COUNTED, KEEP_COUNTED, ANSWERS, WEATHER, KEEP_WEATHER, PRUNE_WEATHER, FORGET_COUNTED];

/// What a group agreed to beyond asking; the default when it has not chosen.
///
/// # Errors
/// When the database cannot be read.
pub async fn agreed(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Agreed> {
    Ok(read(sqlx::query_as(AGREED).bind(group).fetch_optional(pool).await?))
}

/// The same, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn agreed_in(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<Agreed> {
    Ok(read(sqlx::query_as(AGREED).bind(group).fetch_optional(&mut **tx).await?))
}

fn read(row: Option<(Seen, Option<u8>)>) -> Agreed {
    row.map_or_else(Agreed::default, |(weather, quiet_after)| Agreed { weather, quiet_after })
}

/// Keeps what a group agreed to.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_agreed(tx: &mut Tx<'_>, group: GroupId, agreed: Agreed, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(KEEP_AGREED).bind(group).bind(agreed.weather).bind(agreed.quiet_after);
    query.bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Whether a member lets themselves be counted; none when they were not asked with these words.
///
/// # Errors
/// When the database cannot be read.
pub async fn counted(pool: &SqlitePool, member: Member, version: i64) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar(COUNTED).bind(member.guild).bind(member.user).bind(version).fetch_optional(pool).await
}

/// Keeps whether a member lets themselves be counted.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_counted(
    tx: &mut Tx<'_>,
    member: Member,
    given: bool,
    version: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(KEEP_COUNTED).bind(member.guild).bind(member.user).bind(given).bind(version);
    query.bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Somebody's sealed answer that may be counted.
pub type Counted = (UserId, PromptId, Vec<u8>);

/// The sealed answers of a week that may be counted, up to `limit`. `versions` are those of the words for
/// being counted and for keeping check-ins.
///
/// # Errors
/// When the database cannot be read.
pub async fn answers(
    tx: &mut Tx<'_>,
    group: GroupId,
    (from, until): (NaiveDate, NaiveDate),
    versions: (i64, i64),
    limit: u32,
) -> sqlx::Result<Vec<Counted>> {
    sqlx::query_as(ANSWERS)
        .bind(versions.0)
        .bind(versions.1)
        .bind(group)
        .bind(from.to_string())
        .bind(until.to_string())
        .bind(limit)
        .fetch_all(&mut **tx)
        .await
}

/// The weather of a week, if it was reckoned.
///
/// # Errors
/// When the database cannot be read.
pub async fn weather(tx: &mut Tx<'_>, group: GroupId, week_on: NaiveDate) -> sqlx::Result<Option<Weather>> {
    let row: Option<(u32, u32, u32, u32, u32)> =
        sqlx::query_as(WEATHER).bind(group).bind(week_on.to_string()).fetch_optional(&mut **tx).await?;
    Ok(row.map(|(hard, low, mixed, okay, good)| Weather { week_on, about: [hard, low, mixed, okay, good] }))
}

/// Keeps the weather of a week, once and for all.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, group: GroupId, weather: &Weather, now: DateTime<Utc>) -> sqlx::Result<()> {
    let about: Spread = weather.about;
    let query = sqlx::query(KEEP_WEATHER).bind(group).bind(weather.week_on.to_string());
    let query = about.into_iter().fold(query, sqlx::query::Query::bind);
    query.bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes weathers reckoned before then.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE_WEATHER).bind(before.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes whether a member lets themselves be counted, as they had said by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET_COUNTED).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}
