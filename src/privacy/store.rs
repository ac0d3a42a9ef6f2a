//! What is removed everywhere, whatever table it stands in: the net below what each slice removes itself. No
//! decisions here.

use sqlx::{Sqlite, Transaction};

use crate::ids::{GuildId, Member};

type Tx<'a> = Transaction<'a, Sqlite>;

const WITH_COLUMN: &str = "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND c.name = ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM pragma_table_info(m.name) o WHERE o.name = ?2))";
const FORGET_GUILD: &str = "DELETE FROM guild WHERE id = ?";

/// Every statement of this file that has a fixed text, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[WITH_COLUMN, FORGET_GUILD];

async fn tables(tx: &mut Tx<'_>, column: &str, other: Option<&str>) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(WITH_COLUMN).bind(column).bind(other).fetch_all(&mut **tx).await
}

/// Removes a member's rows from every table that names a guild, or a group, and a user; gives the tables that had
/// any, which are those whose slice forgot about them.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<Vec<String>> {
    let mut had = Vec::new();
    let ways =
        [("guild_id", "guild_id = ?2"), ("group_id", "group_id IN (SELECT id FROM support_group WHERE guild_id = ?2)")];
    for (column, here) in ways {
        for table in tables(tx, "user_id", Some(column)).await? {
            // The table's name is the schema's own.
            let sql = format!("DELETE FROM \"{table}\" WHERE user_id = ?1 AND {here}");
            let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(member.user).bind(member.guild);
            if query.execute(&mut **tx).await?.rows_affected() > 0 {
                had.push(table);
            }
        }
    }
    Ok(had)
}

/// Removes everything about a guild from every table: what names it, and what belongs to one of its groups.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_guild(tx: &mut Tx<'_>, guild: GuildId) -> sqlx::Result<()> {
    for table in tables(tx, "guild_id", None).await?.into_iter().filter(|table| table != "support_group") {
        let sql = format!("DELETE FROM \"{table}\" WHERE guild_id = ?");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(guild).execute(&mut **tx).await?;
    }
    // Its groups go with it, and with them what belongs to them.
    sqlx::query(FORGET_GUILD).bind(guild).execute(&mut **tx).await?;
    Ok(())
}
