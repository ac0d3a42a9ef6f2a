//! How a member's sealed sheets are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::ids::Member;
use crate::recovery::model::Sheet;

type Tx<'a> = Transaction<'a, Sqlite>;

const ONE: &str = "SELECT sealed FROM recovery_sheet WHERE guild_id = ? AND user_id = ? AND sheet = ?";
const KEEP: &str = "INSERT INTO recovery_sheet (guild_id, user_id, sheet, sealed, changed_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id, sheet) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at";
const REMOVE: &str = "DELETE FROM recovery_sheet WHERE guild_id = ? AND user_id = ? AND sheet = ?";
const NAMES: &str = "SELECT sheet FROM recovery_sheet WHERE guild_id = ? AND user_id = ? ORDER BY sheet";
const FORGET: &str = "DELETE FROM recovery_sheet WHERE guild_id = ? AND user_id = ? AND changed_at <= ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[ONE, KEEP, REMOVE, NAMES, FORGET];

/// A member's sealed sheet.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, member: Member, sheet: Sheet) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar(ONE).bind(member.guild).bind(member.user).bind(sheet.word()).fetch_optional(pool).await
}

/// A member's sealed sheet, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_in(tx: &mut Tx<'_>, member: Member, sheet: Sheet) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar(ONE).bind(member.guild).bind(member.user).bind(sheet.word()).fetch_optional(&mut **tx).await
}

/// Keeps a member's sealed sheet in place of the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx<'_>,
    member: Member,
    sheet: Sheet,
    sealed: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(KEEP).bind(member.guild).bind(member.user).bind(sheet.word());
    query.bind(sealed).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes a member's sheet.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, member: Member, sheet: Sheet) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(member.guild).bind(member.user).bind(sheet.word()).execute(&mut **tx).await?;
    Ok(())
}

/// Which sheets a member has.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<Sheet>> {
    let words: Vec<String> = sqlx::query_scalar(NAMES).bind(member.guild).bind(member.user).fetch_all(pool).await?;
    Ok(Sheet::ALL.into_iter().filter(|sheet| words.iter().any(|word| word == sheet.word())).collect())
}

/// Removes every sheet that a member had written by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}
