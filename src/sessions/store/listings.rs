//! How it is kept what Discord shows of our sessions. No decisions here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::ids::{GroupId, SeriesId};
use crate::sessions::listing::{Kept, Key, Shown, State};
use crate::sessions::model::{Listing, ListingTrouble};

type Tx<'a> = Transaction<'a, Sqlite>;
type Row = (SeriesId, String, String, Option<i64>, String);

const ALL: &str = "SELECT group_id, is_on, trouble, retry_at FROM group_listing ORDER BY group_id";
const ONE: &str = "SELECT group_id, is_on, trouble, retry_at FROM group_listing WHERE group_id = ?";
const SWITCH: &str = "INSERT INTO group_listing (group_id, is_on) VALUES (?, ?) \
    ON CONFLICT (group_id) DO UPDATE SET is_on = excluded.is_on, trouble = NULL, retry_at = NULL";
const TELL: &str = "UPDATE group_listing SET trouble = ?, retry_at = ? WHERE group_id = ?";
const FINISH: &str = "DELETE FROM group_listing WHERE group_id = ? AND is_on = 0";
const KEPT: &str = "SELECT l.series_id, l.occurrence, l.state, l.scheduled_id, l.shown FROM occurrence_listing l \
    JOIN series s ON s.id = l.series_id WHERE s.group_id = ?";
const NEXT_OVER: &str = "SELECT MIN(starts_at) FROM occurrence_listing";
const PUT: &str = "INSERT INTO occurrence_listing (series_id, occurrence, state, scheduled_id, shown, starts_at) VALUES (?, ?, ?, ?, ?, ?) \
    ON CONFLICT (series_id, occurrence) DO UPDATE SET state = excluded.state, scheduled_id = excluded.scheduled_id, \
    shown = excluded.shown, starts_at = excluded.starts_at";
const DROP: &str = "DELETE FROM occurrence_listing WHERE series_id = ? AND occurrence = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[ALL, ONE, SWITCH, TELL, FINISH, KEPT, NEXT_OVER, PUT, DROP];

fn listing((group, on, trouble, retry_at): (GroupId, bool, Option<String>, Option<i64>)) -> Listing {
    Listing {
        group,
        on,
        trouble: trouble.as_deref().and_then(ListingTrouble::of_word),
        retry_at: retry_at.and_then(|at| DateTime::from_timestamp(at, 0)),
    }
}

/// The groups whose sessions are shown, or are being taken down.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(pool: &SqlitePool) -> sqlx::Result<Vec<Listing>> {
    Ok(sqlx::query_as(ALL).fetch_all(pool).await?.into_iter().map(listing).collect())
}

/// How it stands with one group.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_group(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Option<Listing>> {
    Ok(sqlx::query_as(ONE).bind(group).fetch_optional(pool).await?.map(listing))
}

/// Switches showing on or off.
///
/// # Errors
/// When the database cannot be written.
pub async fn switch(tx: &mut Tx<'_>, group: GroupId, on: bool) -> sqlx::Result<()> {
    sqlx::query(SWITCH).bind(group).bind(on).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps how the last round went.
///
/// # Errors
/// When the database cannot be written.
pub async fn tell(
    tx: &mut Tx<'_>,
    group: GroupId,
    trouble: Option<ListingTrouble>,
    retry_at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    let query = sqlx::query(TELL).bind(trouble.map(ListingTrouble::word)).bind(retry_at.map(|at| at.timestamp()));
    query.bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets that a group once wanted it, after everything is taken down.
///
/// # Errors
/// When the database cannot be written.
pub async fn finish(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<()> {
    sqlx::query(FINISH).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// What is known of a group's. A row that cannot be read counts as one that is not known, and is looked for.
///
/// # Errors
/// When the database cannot be read.
pub async fn kept(pool: &SqlitePool, group: GroupId) -> sqlx::Result<BTreeMap<Key, Kept>> {
    let rows: Vec<Row> = sqlx::query_as(KEPT).bind(group).fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(series, occurrence, state, id, shown)| {
            let state = match (state.as_str(), id) {
                ("intended", None) => State::Intended,
                ("listed", Some(id)) => State::Listed(u64::try_from(id).ok()?),
                ("by_hand", Some(_)) => State::ByHand,
                _ => return None,
            };
            let shown: Shown = serde_json::from_str(&shown).ok()?;
            Some(((series, occurrence.parse().ok()?), Kept { state, shown }))
        })
        .collect())
}

/// When the next one that is shown begins.
///
/// # Errors
/// When the database cannot be read.
pub async fn next_over(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT_OVER).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps how one stands. `id` is Discord's number, also of one that a person took away.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, key: Key, state: State, id: Option<u64>, shown: &Shown) -> anyhow::Result<()> {
    let word = match state {
        State::Intended => "intended",
        State::Listed(_) => "listed",
        State::ByHand => "by_hand",
    };
    let query = sqlx::query(PUT).bind(key.0).bind(key.1.to_string()).bind(word).bind(id.map(u64::cast_signed));
    let query = query.bind(serde_json::to_string(shown)?).bind(shown.starts_at.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Forgets one.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_one(tx: &mut Tx<'_>, key: Key) -> sqlx::Result<()> {
    sqlx::query(DROP).bind(key.0).bind(key.1.to_string()).execute(&mut **tx).await?;
    Ok(())
}
