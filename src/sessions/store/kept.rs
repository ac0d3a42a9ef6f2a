//! What is kept about a member in the tables of this slice, for the copy they are given. No decisions here.

use sqlx::SqlitePool;

use crate::ids::Member;

const HELD: &str = "SELECT s.title, g.name FROM series s JOIN support_group g ON g.id = s.group_id \
    WHERE g.guild_id = ? AND s.host_id = ? ORDER BY s.id";
const DRAFTED: &str = "SELECT d.details, d.expires_at FROM series_draft d JOIN support_group g ON g.id = d.group_id \
    WHERE g.guild_id = ? AND d.user_id = ? ORDER BY d.id";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[HELD, DRAFTED];

/// The sessions that name somebody as the one who holds them, with the group's name.
///
/// # Errors
/// When the database cannot be read.
pub async fn held(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(HELD).bind(member.guild).bind(member.user).fetch_all(pool).await
}

/// The drafts of sessions that wait for somebody's press, as JSON, and until when.
///
/// # Errors
/// When the database cannot be read.
pub async fn drafted(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as(DRAFTED).bind(member.guild).bind(member.user).fetch_all(pool).await
}
