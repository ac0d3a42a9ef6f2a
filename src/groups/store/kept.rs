//! What is kept about a member in the tables of this slice, for the copy they are given. No decisions here.

use sqlx::SqlitePool;

use crate::groups::model::Purpose;
use crate::ids::Member;

const MEMBERSHIPS: &str = "SELECT g.name, m.joined_at, m.left_at FROM membership m JOIN support_group g ON g.id = m.group_id \
    WHERE g.guild_id = ? AND m.user_id = ? ORDER BY m.joined_at";
const DECISIONS: &str = "SELECT purpose, given, text_version, decided_at FROM consent WHERE guild_id = ? AND user_id = ? \
    ORDER BY decided_at, purpose";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[MEMBERSHIPS, DECISIONS];

/// The groups of a guild that somebody belongs or belonged to: name, since when, until when.
///
/// # Errors
/// When the database cannot be read.
pub async fn memberships(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<(String, i64, Option<i64>)>> {
    sqlx::query_as(MEMBERSHIPS).bind(member.guild).bind(member.user).fetch_all(pool).await
}

/// Everything somebody said yes or no to, with the version of the words, and when.
///
/// # Errors
/// When the database cannot be read.
pub async fn decisions(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<(Purpose, bool, i64, i64)>> {
    sqlx::query_as(DECISIONS).bind(member.guild).bind(member.user).fetch_all(pool).await
}

/// What a slice's statement gives of a member's rows: each row's open columns as a JSON object, its number, and what
/// is sealed in it. The statement takes the guild and the user.
pub type Written = (String, i64, Option<Vec<u8>>);

/// Runs such a statement, one of a slice's own.
///
/// # Errors
/// When the database cannot be read.
pub async fn written(pool: &SqlitePool, statement: &'static str, member: Member) -> sqlx::Result<Vec<Written>> {
    sqlx::query_as(statement).bind(member.guild).bind(member.user).fetch_all(pool).await
}
