//! How a guild's words and its channels' sensitivities are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::model::{Change, Entry};
use crate::crisis::lexicon::{Level, PhraseId, Sensitivity, Topic};
use crate::ids::{ChannelId, GuildId};

type Tx<'a> = Transaction<'a, Sqlite>;
type Row = (i64, GuildId, String, String, Option<String>, Option<String>, Option<String>);

const ALL: &str = "SELECT w.id, w.guild_id, w.kind, w.words, w.level, w.topic, w.language FROM guild_word w \
    ORDER BY w.guild_id, w.id";
const IN_GUILD: &str = "SELECT w.id, w.guild_id, w.kind, w.words, w.level, w.topic, w.language FROM guild_word w \
    WHERE w.guild_id = ? ORDER BY w.id";
const ADD: &str =
    "INSERT INTO guild_word (guild_id, kind, words, level, topic, language, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
const DROP: &str = "DELETE FROM guild_word WHERE guild_id = ? AND id = ?";
const SENSITIVITIES: &str = "SELECT channel_id, sensitivity FROM channel_sensitivity";
const SENSITIVITIES_IN: &str =
    "SELECT channel_id, sensitivity FROM channel_sensitivity WHERE guild_id = ? ORDER BY channel_id";
const SET_SENSITIVITY: &str = "INSERT INTO channel_sensitivity (channel_id, guild_id, sensitivity) VALUES (?, ?, ?) \
    ON CONFLICT (channel_id) DO UPDATE SET sensitivity = excluded.sensitivity";
const DROP_SENSITIVITY: &str = "DELETE FROM channel_sensitivity WHERE channel_id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] =
    &[ALL, IN_GUILD, ADD, DROP, SENSITIVITIES, SENSITIVITIES_IN, SET_SENSITIVITY, DROP_SENSITIVITY];

fn read(row: Row) -> sqlx::Result<(GuildId, Entry)> {
    let (id, guild, kind, words, level, topic, language) = row;
    let strange = || sqlx::Error::Decode("guild words that cannot be read".into());
    let change = match kind.as_str() {
        "add" => Change::Add {
            pattern: words,
            level: level.as_deref().and_then(Level::parse).ok_or_else(strange)?,
            topic: topic.as_deref().and_then(Topic::parse).ok_or_else(strange)?,
            language: language.ok_or_else(strange)?,
        },
        "remove" => Change::Remove(PhraseId::from(words.as_str())),
        "allow" => Change::Allow(words),
        _ => return Err(strange()),
    };
    Ok((guild, Entry { id, change }))
}

/// Every guild's changes, guild by guild, oldest first.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn all(pool: &SqlitePool) -> sqlx::Result<Vec<(GuildId, Entry)>> {
    sqlx::query_as::<_, Row>(ALL).fetch_all(pool).await?.into_iter().map(read).collect()
}

/// A guild's changes, oldest first.
///
/// # Errors
/// As [`all`].
pub async fn in_guild(pool: &SqlitePool, guild: GuildId) -> sqlx::Result<Vec<Entry>> {
    let rows = sqlx::query_as::<_, Row>(IN_GUILD).bind(guild).fetch_all(pool).await?;
    rows.into_iter().map(|row| read(row).map(|(_, entry)| entry)).collect()
}

/// A guild's changes as they stand inside a write transaction.
///
/// # Errors
/// As [`all`].
pub async fn in_guild_now(tx: &mut Tx<'_>, guild: GuildId) -> sqlx::Result<Vec<Entry>> {
    let rows = sqlx::query_as::<_, Row>(IN_GUILD).bind(guild).fetch_all(&mut **tx).await?;
    rows.into_iter().map(|row| read(row).map(|(_, entry)| entry)).collect()
}

/// Keeps a change; gives its number.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, guild: GuildId, change: &Change, at: DateTime<Utc>) -> sqlx::Result<i64> {
    let (level, topic, language) = match change {
        Change::Add { level, topic, language, .. } => (Some(level.word()), Some(topic.word()), Some(language.as_str())),
        Change::Remove(_) | Change::Allow(_) => (None, None, None),
    };
    let done = sqlx::query(ADD)
        .bind(guild)
        .bind(change.kind())
        .bind(change.words())
        .bind(level)
        .bind(topic)
        .bind(language)
        .bind(at.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(done.last_insert_rowid())
}

/// Takes a change back.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop(tx: &mut Tx<'_>, guild: GuildId, id: i64) -> sqlx::Result<()> {
    sqlx::query(DROP).bind(guild).bind(id).execute(&mut **tx).await?;
    Ok(())
}

fn readable(rows: Vec<(ChannelId, String)>) -> Vec<(ChannelId, Sensitivity)> {
    rows.into_iter().filter_map(|(channel, word)| Some((channel, Sensitivity::parse(&word)?))).collect()
}

/// The channels that are not balanced.
///
/// # Errors
/// When the database cannot be read.
pub async fn sensitivities(pool: &SqlitePool) -> sqlx::Result<Vec<(ChannelId, Sensitivity)>> {
    Ok(readable(sqlx::query_as(SENSITIVITIES).fetch_all(pool).await?))
}

/// The channels of a guild that are not balanced.
///
/// # Errors
/// When the database cannot be read.
pub async fn sensitivities_in(pool: &SqlitePool, guild: GuildId) -> sqlx::Result<Vec<(ChannelId, Sensitivity)>> {
    Ok(readable(sqlx::query_as(SENSITIVITIES_IN).bind(guild).fetch_all(pool).await?))
}

/// Keeps how readily a channel is answered.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_sensitivity(
    tx: &mut Tx<'_>,
    guild: GuildId,
    channel: ChannelId,
    sensitivity: Sensitivity,
) -> sqlx::Result<()> {
    if sensitivity == Sensitivity::Balanced {
        sqlx::query(DROP_SENSITIVITY).bind(channel).execute(&mut **tx).await?;
    } else {
        sqlx::query(SET_SENSITIVITY).bind(channel).bind(guild).bind(sensitivity.word()).execute(&mut **tx).await?;
    }
    Ok(())
}
