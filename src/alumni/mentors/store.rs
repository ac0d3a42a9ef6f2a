//! How listings and matches are kept. No decisions here.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use super::model::{Listing, Match, MatchState, Topic};
use crate::ids::{GroupId, GuildId, Member, MentorMatchId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const LISTINGS: &str =
    "SELECT group_id, guild_id, user_id, topics, capacity, listed_at FROM alumni_listing WHERE group_id = ?";
const LIST: &str = "INSERT INTO alumni_listing (group_id, guild_id, user_id, topics, capacity, listed_at) \
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (group_id, user_id) DO UPDATE SET topics = excluded.topics, \
    capacity = excluded.capacity, listed_at = excluded.listed_at";
const UNLIST: &str = "DELETE FROM alumni_listing WHERE group_id = ? AND user_id = ?";
const UNLIST_LEFT: &str = "DELETE FROM alumni_listing WHERE NOT EXISTS (SELECT 1 FROM membership b \
    WHERE b.group_id = alumni_listing.group_id AND b.user_id = alumni_listing.user_id AND b.left_at IS NULL)";
const MATCHES: &str = "SELECT id, group_id, guild_id, mentor_id, member_id, topic, state FROM mentor_match WHERE group_id = ? ORDER BY id";
const FIND: &str = "SELECT id, group_id, guild_id, mentor_id, member_id, topic, state FROM mentor_match WHERE id = ?";
const OPEN_OF: &str = "SELECT id, group_id, guild_id, mentor_id, member_id, topic, state FROM mentor_match \
    WHERE guild_id = ?1 AND (mentor_id = ?2 OR member_id = ?2) AND state IN ('asked', 'matched') ORDER BY id";
const BROKEN: &str = "SELECT m.id, m.group_id, m.guild_id, m.mentor_id, m.member_id, m.topic, m.state FROM mentor_match m \
    WHERE m.state IN ('asked', 'matched') AND (SELECT COUNT(*) FROM membership b WHERE b.group_id = m.group_id \
    AND b.left_at IS NULL AND b.user_id IN (m.mentor_id, m.member_id)) < 2 LIMIT ?";
const ASK: &str = "INSERT INTO mentor_match (group_id, guild_id, mentor_id, member_id, topic, state, made_at) \
    VALUES (?, ?, ?, ?, ?, 'asked', ?) ON CONFLICT DO NOTHING RETURNING id";
const ACCEPT: &str = "UPDATE mentor_match SET state = 'matched' WHERE id = ? AND state = 'asked'";
const END: &str = "UPDATE mentor_match SET state = ?, ended_at = ? WHERE id = ? AND state IN ('asked', 'matched')";
const FORGET_MATCHES: &str =
    "DELETE FROM mentor_match WHERE guild_id = ?1 AND (mentor_id = ?2 OR member_id = ?2) AND made_at <= ?3";
const FORGET_LISTING: &str = "DELETE FROM alumni_listing WHERE guild_id = ? AND user_id = ? AND listed_at <= ?";
const COUNT: &str = "SELECT (SELECT COUNT(*) FROM alumni_listing WHERE guild_id = ?1 AND user_id = ?2), \
    (SELECT COUNT(*) FROM mentor_match WHERE guild_id = ?1 AND (mentor_id = ?2 OR member_id = ?2))";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    LISTINGS,
    LIST,
    UNLIST,
    UNLIST_LEFT,
    MATCHES,
    FIND,
    OPEN_OF,
    BROKEN,
    ASK,
    ACCEPT,
    END,
    FORGET_MATCHES,
    FORGET_LISTING,
    COUNT,
];

#[derive(FromRow)]
struct ListingRow {
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    topics: String,
    capacity: u8,
    listed_at: i64,
}

impl ListingRow {
    fn read(self) -> Listing {
        Listing {
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            topics: self.topics.split(',').filter_map(Topic::of_word).collect(),
            capacity: self.capacity,
            listed_at: DateTime::from_timestamp(self.listed_at, 0).unwrap_or_default(),
        }
    }
}

#[derive(FromRow)]
struct MatchRow {
    id: MentorMatchId,
    group_id: GroupId,
    guild_id: GuildId,
    mentor_id: UserId,
    member_id: UserId,
    topic: String,
    state: MatchState,
}

impl MatchRow {
    fn read(self) -> sqlx::Result<Match> {
        let strange = || sqlx::Error::Decode("a match with a topic that nobody knows".into());
        Ok(Match {
            id: self.id,
            group: self.group_id,
            mentor: Member { guild: self.guild_id, user: self.mentor_id },
            member: Member { guild: self.guild_id, user: self.member_id },
            topic: Topic::of_word(&self.topic).ok_or_else(strange)?,
            state: self.state,
        })
    }
}

fn all(rows: Vec<MatchRow>) -> sqlx::Result<Vec<Match>> {
    rows.into_iter().map(MatchRow::read).collect()
}

/// Who can be found in a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn listings(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Vec<Listing>> {
    let rows: Vec<ListingRow> = sqlx::query_as(LISTINGS).bind(group).fetch_all(pool).await?;
    Ok(rows.into_iter().map(ListingRow::read).collect())
}

/// Who can be found in a group, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn listings_in(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<Vec<Listing>> {
    let rows: Vec<ListingRow> = sqlx::query_as(LISTINGS).bind(group).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(ListingRow::read).collect())
}

/// Keeps that an alum can be found.
///
/// # Errors
/// When the database cannot be written.
pub async fn list(tx: &mut Tx<'_>, listing: &Listing) -> sqlx::Result<()> {
    let topics: Vec<&str> = listing.topics.iter().map(|topic| topic.word()).collect();
    sqlx::query(LIST)
        .bind(listing.group)
        .bind(listing.member.guild)
        .bind(listing.member.user)
        .bind(topics.join(","))
        .bind(listing.capacity)
        .bind(listing.listed_at.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps that somebody cannot be found any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn unlist(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(UNLIST).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Takes everybody who left their group out of the directory: who comes back is asked anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn unlist_left(tx: &mut Tx<'_>) -> sqlx::Result<()> {
    sqlx::query(UNLIST_LEFT).execute(&mut **tx).await?;
    Ok(())
}

/// Every match of a group, also those that are over.
///
/// # Errors
/// When the database cannot be read, or a row is not ours.
pub async fn matches_in(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<Vec<Match>> {
    all(sqlx::query_as(MATCHES).bind(group).fetch_all(&mut **tx).await?)
}

/// One match.
///
/// # Errors
/// As [`matches_in`].
pub async fn find(pool: &SqlitePool, id: MentorMatchId) -> sqlx::Result<Option<Match>> {
    let row: Option<MatchRow> = sqlx::query_as(FIND).bind(id).fetch_optional(pool).await?;
    row.map(MatchRow::read).transpose()
}

/// Somebody's open matches, on either side.
///
/// # Errors
/// As [`matches_in`].
pub async fn open_of(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<Match>> {
    all(sqlx::query_as(OPEN_OF).bind(member.guild).bind(member.user).fetch_all(pool).await?)
}

/// Somebody's open matches, as they stand inside a write transaction.
///
/// # Errors
/// As [`matches_in`].
pub async fn open_of_in(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<Vec<Match>> {
    all(sqlx::query_as(OPEN_OF).bind(member.guild).bind(member.user).fetch_all(&mut **tx).await?)
}

/// Open matches of which somebody has left the group, up to `limit`.
///
/// # Errors
/// As [`matches_in`].
pub async fn broken(tx: &mut Tx<'_>, limit: u32) -> sqlx::Result<Vec<Match>> {
    all(sqlx::query_as(BROKEN).bind(limit).fetch_all(&mut **tx).await?)
}

/// Keeps that an alum is asked, unless the two were brought together before.
///
/// # Errors
/// When the database cannot be written.
pub async fn ask(
    tx: &mut Tx<'_>,
    group: GroupId,
    mentor: Member,
    member: UserId,
    topic: Topic,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<MentorMatchId>> {
    sqlx::query_scalar(ASK)
        .bind(group)
        .bind(mentor.guild)
        .bind(mentor.user)
        .bind(member)
        .bind(topic.word())
        .bind(now.timestamp())
        .fetch_optional(&mut **tx)
        .await
}

/// Keeps that the alum said yes; whether they were still asked.
///
/// # Errors
/// When the database cannot be written.
pub async fn accept(tx: &mut Tx<'_>, id: MentorMatchId) -> sqlx::Result<bool> {
    Ok(sqlx::query(ACCEPT).bind(id).execute(&mut **tx).await?.rows_affected() > 0)
}

/// Keeps that a match is over; whether it was open.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(tx: &mut Tx<'_>, id: MentorMatchId, state: MatchState, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(END).bind(state).bind(now.timestamp()).bind(id).execute(&mut **tx).await?;
    Ok(done.rows_affected() > 0)
}

/// Removes what there was of a member by then, on either side.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET_MATCHES, FORGET_LISTING] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// In how many directories a member stands, and how many matches of theirs are kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}
