//! How members' own settings are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::calendar::{QuietHours, Weekdays, Zone};
use crate::groups::model::{Away, Settings};
use crate::ids::{GroupId, Member};

type Tx<'a> = Transaction<'a, Sqlite>;
/// The columns of settings, in the order of [`read`].
pub type Row = (Option<String>, String, Option<i64>, Option<i64>, i64);

const SETTINGS: &str =
    "SELECT zone, quiet, away_since, away_until, revision FROM member_settings WHERE guild_id = ? AND user_id = ?";
const KEEP: &str = "INSERT INTO member_settings (guild_id, user_id, zone, quiet, away_since, away_until) VALUES (?, ?, ?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id) DO UPDATE SET zone = excluded.zone, quiet = excluded.quiet, \
    away_since = excluded.away_since, away_until = excluded.away_until, revision = revision + 1";
const FORGET: &str = "DELETE FROM member_settings WHERE guild_id = ? AND user_id = ?";
const SET_DAYS: &str = "UPDATE support_group SET checkin_days = ?, checkin_next_at = ? WHERE id = ?";
const SWITCH_OFF: &str = "UPDATE support_group SET checkin_at = NULL, checkin_next_at = NULL WHERE id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[SETTINGS, KEEP, FORGET, SET_DAYS, SWITCH_OFF];

/// Settings from the columns `zone, quiet, away_since, away_until, revision`; the default when there are none.
///
/// # Errors
/// When they are not ours.
pub fn read(row: Option<Row>) -> sqlx::Result<Settings> {
    let Some((zone, quiet, since, until, revision)) = row else { return Ok(Settings::default()) };
    let strange = |what: &str| sqlx::Error::Decode(format!("member settings with a {what} that cannot be read").into());
    let instant = |at: i64| DateTime::from_timestamp(at, 0).ok_or_else(|| strange("moment"));
    let away = match since {
        Some(since) => Some(Away { since: instant(since)?, until: until.map(instant).transpose()? }),
        None => None,
    };
    Ok(Settings {
        zone: zone.map(|zone| Zone::from_stored(&zone)).transpose().map_err(|_| strange("zone"))?,
        quiet: quiet.parse::<QuietHours>().map_err(|_| strange("quiet"))?,
        away,
        revision,
    })
}

/// What a member set; the default when nothing.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn find(pool: &SqlitePool, member: Member) -> sqlx::Result<Settings> {
    read(sqlx::query_as(SETTINGS).bind(member.guild).bind(member.user).fetch_optional(pool).await?)
}

/// What a member set, as it stands inside a write transaction.
///
/// # Errors
/// As [`find`].
pub async fn find_in(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<Settings> {
    read(sqlx::query_as(SETTINGS).bind(member.guild).bind(member.user).fetch_optional(&mut **tx).await?)
}

/// Keeps what a member set, as a new revision.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, member: Member, settings: &Settings) -> sqlx::Result<()> {
    sqlx::query(KEEP)
        .bind(member.guild)
        .bind(member.user)
        .bind(settings.zone.map(Zone::name))
        .bind(settings.quiet.to_string())
        .bind(settings.away.map(|away| away.since.timestamp()))
        .bind(settings.away.and_then(|away| away.until).map(|until| until.timestamp()))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes what a member set.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(FORGET).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps on which days a group is asked, and when next.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_days(
    tx: &mut Tx<'_>,
    group: GroupId,
    days: Weekdays,
    next_at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    let next_at = next_at.map(|at| at.timestamp());
    sqlx::query(SET_DAYS).bind(days.to_string()).bind(next_at).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that a group is not asked any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn switch_off(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<()> {
    sqlx::query(SWITCH_OFF).bind(group).execute(&mut **tx).await?;
    Ok(())
}
