//! What is kept about a member in the tables of this slice, for the copy they are given, and what has been kept
//! long enough. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use crate::ids::{Member, PromptId};

type Tx<'a> = Transaction<'a, Sqlite>;

/// How many rows are removed in one transaction, so that nobody waits long for the write lock.
pub const BATCH: i64 = 500;

const ANSWERS: &str = "SELECT p.id, p.on_date, g.name, a.answered_at, a.edited_at, a.sealed FROM checkin_answer a \
    JOIN checkin_prompt p ON p.id = a.prompt_id JOIN support_group g ON g.id = p.group_id \
    WHERE a.guild_id = ? AND a.user_id = ? ORDER BY p.on_date, p.id";
const DIRECT: &str = "SELECT g.name, d.at, d.next_at FROM checkin_direct d JOIN support_group g ON g.id = d.group_id \
    WHERE d.guild_id = ? AND d.user_id = ? ORDER BY g.id";
/// A member's shares, for `groups::store::kept::written`.
pub const SHARES: &str = "SELECT json_object('state', s.state, 'with', s.place, 'with_id', s.place_id, 'group', g.name, \
    'made_at', strftime('%Y-%m-%dT%H:%M:%SZ', s.made_at, 'unixepoch'), \
    'shared_at', strftime('%Y-%m-%dT%H:%M:%SZ', s.shared_at, 'unixepoch')), s.id, s.sealed FROM checkin_share s \
    JOIN support_group g ON g.id = s.group_id WHERE s.guild_id = ? AND s.user_id = ? ORDER BY s.id";
/// Whether a member is counted in the weather.
pub const COUNTED: &str = "SELECT json_object('answer', CASE given WHEN 1 THEN 'yes' ELSE 'no' END, \
    'version_of_the_words', text_version, 'decided_at', strftime('%Y-%m-%dT%H:%M:%SZ', decided_at, 'unixepoch')), \
    0, NULL FROM checkin_counted WHERE guild_id = ? AND user_id = ?";
/// What a member wished for when they go quiet.
pub const QUIET: &str = "SELECT json_object('group', g.name, 'tell', q.tell, 'buddy_id', q.buddy_id, \
    'version_of_the_words', q.text_version, 'agreed_at', strftime('%Y-%m-%dT%H:%M:%SZ', q.agreed_at, 'unixepoch'), \
    'heard_at', strftime('%Y-%m-%dT%H:%M:%SZ', q.heard_at, 'unixepoch'), \
    'written_to_at', strftime('%Y-%m-%dT%H:%M:%SZ', q.noted_at, 'unixepoch'), \
    'other_told_at', strftime('%Y-%m-%dT%H:%M:%SZ', q.told_at, 'unixepoch')), 0, NULL \
    FROM checkin_quiet q JOIN support_group g ON g.id = q.group_id WHERE q.guild_id = ? AND q.user_id = ?";
const PRUNE_ANSWERS: &str = "DELETE FROM checkin_answer WHERE rowid IN \
    (SELECT rowid FROM checkin_answer WHERE answered_at < ? ORDER BY answered_at LIMIT ?)";
const PRUNE_PROMPTS: &str = "DELETE FROM checkin_prompt WHERE id IN (SELECT id FROM checkin_prompt p WHERE closes_at < ? \
    AND NOT EXISTS (SELECT 1 FROM checkin_answer a WHERE a.prompt_id = p.id) ORDER BY id LIMIT ?)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[ANSWERS, DIRECT, SHARES, COUNTED, QUIET, PRUNE_ANSWERS, PRUNE_PROMPTS];

/// A sealed answer with what is known of it in clear.
#[derive(Clone, Debug, FromRow)]
pub struct Kept {
    /// The window.
    #[sqlx(rename = "id")]
    pub prompt: PromptId,
    /// The local day it is about.
    pub on_date: String,
    /// The group's name.
    pub name: String,
    /// When it was first given, UTC seconds.
    pub answered_at: i64,
    /// When it was last changed, UTC seconds.
    pub edited_at: i64,
    /// The answer.
    pub sealed: Vec<u8>,
}

/// Every answer of a member, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn answers(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as(ANSWERS).bind(member.guild).bind(member.user).fetch_all(pool).await
}

/// When a member is asked directly: by which group, at which of their hours, and when next.
///
/// # Errors
/// When the database cannot be read.
pub async fn direct(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<(String, String, Option<i64>)>> {
    sqlx::query_as(DIRECT).bind(member.guild).bind(member.user).fetch_all(pool).await
}

/// Removes up to [`BATCH`] answers, and as many windows without any, that are older than that; gives how many rows.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let mut removed = 0;
    for statement in [PRUNE_ANSWERS, PRUNE_PROMPTS] {
        let query = sqlx::query(statement).bind(before.timestamp()).bind(BATCH);
        removed += query.execute(&mut **tx).await?.rows_affected();
    }
    Ok(removed)
}
