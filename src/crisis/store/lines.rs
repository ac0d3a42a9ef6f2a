//! How helplines that facilitators added are kept. No decisions here.

use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::ids::GuildId;

const GUILDS: &str = "SELECT DISTINCT guild_id FROM own_helpline ORDER BY guild_id";
const OF_GUILD: &str = "SELECT * FROM own_helpline WHERE guild_id = ? ORDER BY id";
const KEEP: &str = "INSERT INTO own_helpline (guild_id, country, name, about, topic, call, text, chat, hours, source, verified_on) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (guild_id, name) DO UPDATE SET country = excluded.country, \
    about = excluded.about, topic = excluded.topic, call = excluded.call, text = excluded.text, chat = excluded.chat, \
    hours = excluded.hours, source = excluded.source, verified_on = excluded.verified_on";
const COUNT: &str = "SELECT COUNT(*) FROM own_helpline WHERE guild_id = ?";
const DROP: &str = "DELETE FROM own_helpline WHERE guild_id = ? AND name = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[GUILDS, OF_GUILD, KEEP, COUNT, DROP];

/// A line as a facilitator typed it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct OwnLine {
    /// ISO 3166-1.
    pub country: String,
    /// As people know it.
    pub name: String,
    /// One sentence.
    pub about: String,
    /// What it is for, in the directory's words.
    pub topic: String,
    /// Number to call.
    pub call: Option<String>,
    /// Number for text messages.
    pub text: Option<String>,
    /// Address of a chat.
    pub chat: Option<String>,
    /// `24/7`, or when it is open, in words.
    pub hours: String,
    /// Where it is known from.
    pub source: String,
    /// The day on which that was right, such as 2026-04-22.
    pub verified_on: String,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    #[sqlx(flatten)]
    line: OwnLine,
}

/// The guilds that added lines.
///
/// # Errors
/// When the database cannot be read.
pub async fn guilds(pool: &SqlitePool) -> sqlx::Result<Vec<GuildId>> {
    sqlx::query_scalar(GUILDS).fetch_all(pool).await
}

/// The lines of a guild with their numbers, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_guild(pool: &SqlitePool, guild: GuildId) -> sqlx::Result<Vec<(i64, OwnLine)>> {
    let rows: Vec<Row> = sqlx::query_as(OF_GUILD).bind(guild).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.line)).collect())
}

/// Keeps a line, in place of the one of that name.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Transaction<'_, Sqlite>, guild: GuildId, line: &OwnLine) -> sqlx::Result<()> {
    sqlx::query(KEEP)
        .bind(guild)
        .bind(&line.country)
        .bind(&line.name)
        .bind(&line.about)
        .bind(&line.topic)
        .bind(&line.call)
        .bind(&line.text)
        .bind(&line.chat)
        .bind(&line.hours)
        .bind(&line.source)
        .bind(&line.verified_on)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// How many lines a guild has.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(tx: &mut Transaction<'_, Sqlite>, guild: GuildId) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(guild).fetch_one(&mut **tx).await
}

/// Removes the line of that name; whether there was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop(tx: &mut Transaction<'_, Sqlite>, guild: GuildId, name: &str) -> sqlx::Result<bool> {
    Ok(sqlx::query(DROP).bind(guild).bind(name).execute(&mut **tx).await?.rows_affected() > 0)
}
