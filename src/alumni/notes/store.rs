//! How notes, wishes for them, and who got which are kept. No decisions here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use super::model::{Got, Note, NoteState, Wish};
use crate::ids::{CaringNoteId, GroupId, GuildId, Member, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const ADD: &str = "INSERT INTO caring_note (group_id, guild_id, user_id, sealed, state, changed_at) \
    VALUES (?, ?, ?, x'', 'draft', ?) RETURNING id";
const SEAL: &str = "UPDATE caring_note SET sealed = ? WHERE id = ?";
const DROP_DRAFTS: &str = "DELETE FROM caring_note WHERE group_id = ? AND user_id = ? AND state = 'draft'";
const FIND: &str = "SELECT id, group_id, guild_id, user_id, state, sealed FROM caring_note WHERE id = ?";
const OF_AUTHOR: &str = "SELECT id, group_id, guild_id, user_id, state, sealed FROM caring_note \
    WHERE group_id = ? AND user_id = ? AND state <> 'draft' ORDER BY id";
const WAITING: &str = "SELECT id, group_id, guild_id, user_id, state, sealed FROM caring_note \
    WHERE group_id = ? AND state = 'waiting' ORDER BY changed_at, id";
const APPROVED: &str = "SELECT id, user_id FROM caring_note WHERE group_id = ? AND state = 'approved' ORDER BY id";
const SET: &str = "UPDATE caring_note SET state = ?, changed_at = ? WHERE id = ? AND state = ?";
const REMOVE: &str = "DELETE FROM caring_note WHERE id = ?";
const WISH_OF: &str =
    "SELECT group_id, guild_id, user_id, agreed_at, slot, next_at FROM caring_wish WHERE group_id = ? AND user_id = ?";
const DUE: &str = "SELECT group_id, guild_id, user_id, agreed_at, slot, next_at FROM caring_wish \
    WHERE next_at <= ? ORDER BY next_at LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM caring_wish";
const KEEP_WISH: &str = "INSERT INTO caring_wish (group_id, guild_id, user_id, slot, next_at, agreed_at) \
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (group_id, user_id) DO UPDATE SET slot = excluded.slot, \
    next_at = excluded.next_at, agreed_at = excluded.agreed_at";
const DROP_WISH: &str = "DELETE FROM caring_wish WHERE group_id = ? AND user_id = ?";
const SENT: &str = "INSERT INTO caring_sent (group_id, guild_id, user_id, note_id, sent_at) VALUES (?, ?, ?, ?, ?)";
const GOT: &str =
    "SELECT note_id, COUNT(*), MAX(sent_at) FROM caring_sent WHERE group_id = ? AND user_id = ? GROUP BY note_id";
const LAST: &str = "SELECT MAX(sent_at) FROM caring_sent WHERE guild_id = ? AND user_id = ?";
const NOTES_LEFT: &str = "DELETE FROM caring_note WHERE NOT EXISTS (SELECT 1 FROM membership b \
    WHERE b.group_id = caring_note.group_id AND b.user_id = caring_note.user_id AND b.left_at IS NULL)";
const WISHES_LEFT: &str = "DELETE FROM caring_wish WHERE NOT EXISTS (SELECT 1 FROM membership b \
    WHERE b.group_id = caring_wish.group_id AND b.user_id = caring_wish.user_id AND b.left_at IS NULL)";
const SENT_LEFT: &str = "DELETE FROM caring_sent WHERE NOT EXISTS (SELECT 1 FROM membership b \
    WHERE b.group_id = caring_sent.group_id AND b.user_id = caring_sent.user_id AND b.left_at IS NULL)";
const FORGET_NOTES: &str = "DELETE FROM caring_note WHERE guild_id = ? AND user_id = ? AND changed_at <= ?";
const FORGET_WISHES: &str = "DELETE FROM caring_wish WHERE guild_id = ? AND user_id = ? AND agreed_at <= ?";
const FORGET_SENT: &str = "DELETE FROM caring_sent WHERE guild_id = ? AND user_id = ? AND sent_at <= ?";
const PRUNE_NOTES: &str =
    "DELETE FROM caring_note WHERE (state = 'draft' AND changed_at <= ?) OR (state = 'declined' AND changed_at <= ?)";
const PRUNE_SENT: &str = "DELETE FROM caring_sent WHERE sent_at <= ? AND NOT EXISTS (SELECT 1 FROM caring_wish w \
    WHERE w.group_id = caring_sent.group_id AND w.user_id = caring_sent.user_id)";
const COUNT: &str = "SELECT (SELECT COUNT(*) FROM caring_note WHERE guild_id = ?1 AND user_id = ?2), \
    (SELECT COUNT(*) FROM caring_wish WHERE guild_id = ?1 AND user_id = ?2)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    ADD,
    SEAL,
    DROP_DRAFTS,
    FIND,
    OF_AUTHOR,
    WAITING,
    APPROVED,
    SET,
    REMOVE,
    WISH_OF,
    DUE,
    NEXT,
    KEEP_WISH,
    DROP_WISH,
    SENT,
    GOT,
    LAST,
    NOTES_LEFT,
    WISHES_LEFT,
    SENT_LEFT,
    FORGET_NOTES,
    FORGET_WISHES,
    FORGET_SENT,
    PRUNE_NOTES,
    PRUNE_SENT,
    COUNT,
];

/// A note with its sealed words.
pub type Kept = (Note, Vec<u8>);

#[derive(FromRow)]
struct NoteRow {
    id: CaringNoteId,
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    state: NoteState,
    sealed: Vec<u8>,
}

impl NoteRow {
    fn read(self) -> Kept {
        let author = Member { guild: self.guild_id, user: self.user_id };
        (Note { id: self.id, group: self.group_id, author, state: self.state }, self.sealed)
    }
}

#[derive(FromRow)]
struct WishRow {
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    agreed_at: i64,
    slot: u32,
    next_at: i64,
}

impl WishRow {
    fn read(self) -> Wish {
        Wish {
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            agreed_at: DateTime::from_timestamp(self.agreed_at, 0).unwrap_or_default(),
            slot: self.slot,
            next_at: DateTime::from_timestamp(self.next_at, 0).unwrap_or_default(),
        }
    }
}

/// Adds a draft without its words, in the place of an older draft of the same writer, and gives its number.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, group: GroupId, author: Member, now: DateTime<Utc>) -> sqlx::Result<CaringNoteId> {
    sqlx::query(DROP_DRAFTS).bind(group).bind(author.user).execute(&mut **tx).await?;
    let query = sqlx::query_scalar(ADD).bind(group).bind(author.guild).bind(author.user).bind(now.timestamp());
    query.fetch_one(&mut **tx).await
}

/// Keeps the sealed words of a note.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_sealed(tx: &mut Tx<'_>, id: CaringNoteId, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query(SEAL).bind(sealed).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// One note.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, id: CaringNoteId) -> sqlx::Result<Option<Kept>> {
    let row: Option<NoteRow> = sqlx::query_as(FIND).bind(id).fetch_optional(pool).await?;
    Ok(row.map(NoteRow::read))
}

/// What somebody wrote for a group and handed in, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_author(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Vec<Kept>> {
    let rows: Vec<NoteRow> = sqlx::query_as(OF_AUTHOR).bind(group).bind(user).fetch_all(pool).await?;
    Ok(rows.into_iter().map(NoteRow::read).collect())
}

/// The notes of a group that wait to be read, the one that waits longest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Vec<Kept>> {
    let rows: Vec<NoteRow> = sqlx::query_as(WAITING).bind(group).fetch_all(pool).await?;
    Ok(rows.into_iter().map(NoteRow::read).collect())
}

/// The notes of a group that go out, with who wrote them.
///
/// # Errors
/// When the database cannot be read.
pub async fn approved(tx: &mut Tx<'_>, group: GroupId) -> sqlx::Result<Vec<(CaringNoteId, UserId)>> {
    sqlx::query_as(APPROVED).bind(group).fetch_all(&mut **tx).await
}

/// Brings a note from one state to another; whether it was in that state.
///
/// # Errors
/// When the database cannot be written.
pub async fn set(
    tx: &mut Tx<'_>,
    id: CaringNoteId,
    (from, to): (NoteState, NoteState),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(SET).bind(to).bind(now.timestamp()).bind(id).bind(from).execute(&mut **tx).await?;
    Ok(done.rows_affected() > 0)
}

/// Removes a note, and with it who got it.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, id: CaringNoteId) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// Somebody's wish for a group's notes.
///
/// # Errors
/// When the database cannot be read.
pub async fn wish(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<Wish>> {
    let row: Option<WishRow> = sqlx::query_as(WISH_OF).bind(group).bind(user).fetch_optional(pool).await?;
    Ok(row.map(WishRow::read))
}

/// Wishes whose note is due, up to `limit`, earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<Vec<Wish>> {
    let rows: Vec<WishRow> = sqlx::query_as(DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(WishRow::read).collect())
}

/// When the next note is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps a wish as it is now.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_wish(tx: &mut Tx<'_>, wish: &Wish) -> sqlx::Result<()> {
    sqlx::query(KEEP_WISH)
        .bind(wish.group)
        .bind(wish.member.guild)
        .bind(wish.member.user)
        .bind(wish.slot)
        .bind(wish.next_at.timestamp())
        .bind(wish.agreed_at.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes a wish.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_wish(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<()> {
    sqlx::query(DROP_WISH).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that somebody got a note.
///
/// # Errors
/// When the database cannot be written.
pub async fn sent(tx: &mut Tx<'_>, wish: &Wish, note: CaringNoteId, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(SENT).bind(wish.group).bind(wish.member.guild).bind(wish.member.user);
    query.bind(note).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Which notes of a group somebody got, how often, and when last.
///
/// # Errors
/// When the database cannot be read.
pub async fn got(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<HashMap<CaringNoteId, Got>> {
    let rows: Vec<(CaringNoteId, u32, i64)> = sqlx::query_as(GOT).bind(group).bind(user).fetch_all(&mut **tx).await?;
    let read = |(id, times, last)| (id, Got { times, last: DateTime::from_timestamp(last, 0) });
    Ok(rows.into_iter().map(read).collect())
}

/// When somebody got a note last, from any group of the guild.
///
/// # Errors
/// When the database cannot be read.
pub async fn last(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<Option<DateTime<Utc>>> {
    let query = sqlx::query_scalar(LAST).bind(member.guild).bind(member.user);
    let at: Option<i64> = query.fetch_one(&mut **tx).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Removes what people who left their group had written, wished for, and got.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_left(tx: &mut Tx<'_>) -> sqlx::Result<()> {
    for statement in [NOTES_LEFT, WISHES_LEFT, SENT_LEFT] {
        sqlx::query(statement).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes what there was of a member by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET_NOTES, FORGET_WISHES, FORGET_SENT] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes drafts and notes that were kept back by then, and who got what long ago and wants none any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(
    tx: &mut Tx<'_>,
    drafts: DateTime<Utc>,
    declined: DateTime<Utc>,
    sent: DateTime<Utc>,
) -> sqlx::Result<()> {
    let query = sqlx::query(PRUNE_NOTES).bind(drafts.timestamp()).bind(declined.timestamp());
    query.execute(&mut **tx).await?;
    sqlx::query(PRUNE_SENT).bind(sent.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// How many notes a member has written, and from how many groups they want some.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}
