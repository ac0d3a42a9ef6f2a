//! How envelopes are kept: every statement that touches the `outbox` table.
//!
//! What changes rows takes the caller's write transaction, so that a fact and its envelope commit
//! together. Nothing here asks what time it is or decides what happens next.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::envelope::{Class, Delivery, Envelope, NewEnvelope, Nonce, Place, State};
use super::policy::Candidate;
use crate::ids::{ChannelId, EnvelopeId, GuildId, MessageId, UserId};

/// How many due envelopes are looked at for one claim. Four times the posts that can be on their way,
/// so that several for one place do not hide the next place.
pub const CANDIDATES: i64 = 64;
/// How many envelopes expire in one transaction, so that nobody waits long for the write lock.
pub const EXPIRE_BATCH: i64 = 500;
/// How many settled envelopes one prune removes, for the same reason.
pub const PRUNE_BATCH: i64 = 500;
/// The most standing facts looked at under one prefix: five leads of the densest pattern for a fortnight
/// are more than anybody posts.
pub const STANDING_LIMIT: i64 = 2_000;
/// The most deliveries one list gives; more than anybody reads in Discord.
pub const LIST_LIMIT: i64 = 100;
/// The most deliveries to one person that are listed for them: a hundred a day for as long as they are kept.
pub const DIRECT_LIMIT: i64 = 10_000;

const ENQUEUE: &str = "
    INSERT INTO outbox (class, dedupe_key, guild_id, place, place_id, kind, subject, due_at, next_at, expires_at, nonce, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, MIN(?8, ?9), ?9, ?10, ?11)
    ON CONFLICT (dedupe_key) DO NOTHING";

// The same for a whole list, in one statement: one round to the database instead of thousands.
const ENQUEUE_ALL: &str = "
    INSERT INTO outbox (class, dedupe_key, guild_id, place, place_id, kind, subject, due_at, next_at, expires_at, nonce, created_at)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
           value ->> 7, MIN(value ->> 7, value ->> 8), value ->> 8, value ->> 9, ?2
    FROM json_each(?1) WHERE true
    ON CONFLICT (dedupe_key) DO NOTHING";

// What is posted beside the outbox may be seen without the courier's knowing.
const BEGUN_BESIDE: &str = "
    UPDATE outbox SET first_at = COALESCE(first_at, ?2) WHERE dedupe_key = ?1 AND state IN ('pending', 'sending')";

// A pending envelope is cancelled; one that is being sent is only kept from being tried again.
const CANCEL_MATCHING: &str = "
    UPDATE outbox
    SET reason = ?3,
        settled_at = CASE state WHEN 'pending' THEN ?4 END,
        state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END
    WHERE dedupe_key >= ?1 AND dedupe_key < ?2 AND state IN ('pending', 'sending')";
const CANCEL_GUILD: &str = "
    UPDATE outbox
    SET reason = ?2,
        settled_at = CASE state WHEN 'pending' THEN ?3 END,
        state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END
    WHERE guild_id = ?1 AND state IN ('pending', 'sending')";
const CANCEL_DIRECT: &str = "
    UPDATE outbox
    SET reason = ?3,
        settled_at = CASE state WHEN 'pending' THEN ?4 END,
        state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END
    WHERE place = 'direct' AND place_id = ?1 AND guild_id = ?2 AND state IN ('pending', 'sending')";

const FORGET_MATCHING: &str = "DELETE FROM outbox WHERE dedupe_key >= ?1 AND dedupe_key < ?2 AND created_at <= ?3";
const FORGET_GUILD: &str = "DELETE FROM outbox WHERE guild_id = ?1";
const FORGET_DIRECT: &str =
    "DELETE FROM outbox WHERE place = 'direct' AND place_id = ?1 AND guild_id = ?2 AND created_at <= ?3";

const EXPIRE: &str = "
    UPDATE outbox
    SET state = 'expired', reason = CASE WHEN first_at IS NULL THEN 'late' ELSE 'unsure' END, settled_at = ?1
    WHERE id IN (SELECT id FROM outbox WHERE state = 'pending' AND expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";

const FIND_DUE: &str = "
    SELECT id, class, place, place_id
    FROM outbox AS due INDEXED BY outbox_due
    WHERE state = 'pending' AND next_at <= ?1 AND expires_at > ?1
      AND NOT EXISTS (
          SELECT 1 FROM outbox AS busy
          WHERE busy.state = 'sending' AND busy.place = due.place AND busy.place_id = due.place_id
      )
    ORDER BY urgency, due_at, id
    LIMIT ?2";

const CLAIM: &str = "
    UPDATE outbox
    SET state = 'sending', attempts = attempts + 1, claimed_at = ?1
    WHERE id IN (SELECT value FROM json_each(?2)) AND state = 'pending'
    RETURNING id, class, dedupe_key, guild_id, place, place_id, kind, subject, due_at, expires_at, attempts, nonce, first_at";

const NEXT_AT: &str = "SELECT MIN(next_at) FROM outbox WHERE state = 'pending' AND next_at > ?1";

const SETTLE: &str = "
    UPDATE outbox
    SET state = ?3, reason = ?4, message_id = ?5, settled_at = ?6
    WHERE id = ?1 AND attempts = ?2 AND state = 'sending'";

const RELEASE: &str = "
    UPDATE outbox
    SET state = CASE WHEN reason IS NULL THEN 'pending' ELSE 'cancelled' END,
        settled_at = CASE WHEN reason IS NULL THEN NULL ELSE ?3 END,
        next_at = MIN(?4, expires_at), first_at = ?5, attempts = ?6
    WHERE id = ?1 AND attempts = ?2 AND state = 'sending'";

const RESCUE: &str = "
    UPDATE outbox
    SET state = CASE WHEN reason IS NULL THEN 'pending' ELSE 'cancelled' END,
        settled_at = CASE WHEN reason IS NULL THEN NULL ELSE ?1 END,
        next_at = MIN(next_at, ?1), first_at = COALESCE(first_at, claimed_at)
    WHERE state = 'sending' AND id NOT IN (SELECT value FROM json_each(?2))";

// A fact that could still be enqueued again must be remembered, so what has not expired stays.
const PRUNE: &str = "
    DELETE FROM outbox
    WHERE id IN (SELECT id FROM outbox WHERE settled_at < ?1 AND expires_at < ?1 ORDER BY settled_at LIMIT ?2)";

const PRUNE_CONCERNS: &str = "
    DELETE FROM outbox
    WHERE id IN (SELECT id FROM outbox WHERE settled_at < ?1 AND expires_at < ?1 AND class = 'concern' ORDER BY settled_at LIMIT ?2)";

const LIST_DIRECT: &str = "
    SELECT id, class, dedupe_key, guild_id, place, place_id, kind, due_at, expires_at, state, reason, attempts, message_id, settled_at
    FROM outbox
    WHERE place = 'direct' AND place_id = ?1 AND guild_id = ?2
    ORDER BY due_at, id
    LIMIT ?3";

const COUNT: &str = "SELECT state, COUNT(*) FROM outbox GROUP BY state";

const LIST: &str = "
    SELECT id, class, dedupe_key, guild_id, place, place_id, kind, due_at, expires_at, state, reason, attempts, message_id, settled_at
    FROM outbox
    WHERE guild_id = ?1 AND due_at >= ?2 AND state IN (SELECT value FROM json_each(?3))
    ORDER BY due_at DESC, id DESC
    LIMIT ?4";

const LIST_MATCHING: &str = "
    SELECT id, class, dedupe_key, guild_id, place, place_id, kind, due_at, expires_at, state, reason, attempts, message_id, settled_at
    FROM outbox
    WHERE dedupe_key >= ?1 AND dedupe_key < ?2
    ORDER BY dedupe_key
    LIMIT ?3";

const TALLY: &str = "
    SELECT state, reason, COALESCE(settled_at - due_at >= ?4, 0), COUNT(*)
    FROM outbox
    WHERE dedupe_key >= ?1 AND dedupe_key < ?2 AND due_at >= ?3
    GROUP BY 1, 2, 3";

// What still holds an hour ahead: said, perhaps said, or waiting; in the order in which people see it.
const STANDING: &str = "
    SELECT id, dedupe_key, place, place_id, kind, subject, state, first_at
    FROM outbox
    WHERE dedupe_key >= ?1 AND dedupe_key < ?2 AND expires_at > ?3
      AND (state IN ('pending', 'sending', 'sent') OR reason = 'unsure')
    ORDER BY state = 'pending', COALESCE(settled_at, claimed_at, created_at), id
    LIMIT ?4";

const FIND: &str = "
    SELECT id, class, dedupe_key, guild_id, place, place_id, kind, subject, due_at, expires_at, attempts, nonce, first_at
    FROM outbox
    WHERE id = ?1 AND guild_id = ?2 AND state IN ('expired', 'undeliverable')";

/// Every statement of this file by name, for the test that prepares them all.
pub const STATEMENTS: &[(&str, &str)] = &[
    ("ENQUEUE", ENQUEUE),
    ("ENQUEUE_ALL", ENQUEUE_ALL),
    ("BEGUN_BESIDE", BEGUN_BESIDE),
    ("CANCEL_MATCHING", CANCEL_MATCHING),
    ("CANCEL_GUILD", CANCEL_GUILD),
    ("CANCEL_DIRECT", CANCEL_DIRECT),
    ("FORGET_MATCHING", FORGET_MATCHING),
    ("FORGET_GUILD", FORGET_GUILD),
    ("FORGET_DIRECT", FORGET_DIRECT),
    ("EXPIRE", EXPIRE),
    ("FIND_DUE", FIND_DUE),
    ("CLAIM", CLAIM),
    ("NEXT_AT", NEXT_AT),
    ("SETTLE", SETTLE),
    ("RELEASE", RELEASE),
    ("RESCUE", RESCUE),
    ("PRUNE", PRUNE),
    ("PRUNE_CONCERNS", PRUNE_CONCERNS),
    ("LIST_DIRECT", LIST_DIRECT),
    ("COUNT", COUNT),
    ("LIST", LIST),
    ("LIST_MATCHING", LIST_MATCHING),
    ("TALLY", TALLY),
    ("STANDING", STANDING),
    ("FIND", FIND),
];

/// Queues a fact in the caller's transaction, and says whether it is new. A fact that is queued or was
/// told already stays exactly as it is, whatever else the second envelope says. Ring the courier's bell
/// after the commit.
///
/// # Errors
/// When the database cannot be written.
pub async fn enqueue(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    envelope: &NewEnvelope,
) -> sqlx::Result<bool> {
    let (place, place_id) = place_columns(envelope.place);
    let done = sqlx::query(ENQUEUE)
        .bind(envelope.class)
        .bind(&envelope.dedupe_key)
        .bind(envelope.guild)
        .bind(place)
        .bind(place_id)
        .bind(envelope.kind)
        .bind(envelope.subject.to_string())
        .bind(envelope.due_at.timestamp())
        .bind(envelope.expires_at.timestamp())
        .bind(Nonce::of(&envelope.dedupe_key).as_str())
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// As [`enqueue`], for many facts at once; says how many of them are new.
///
/// # Errors
/// When the database cannot be written.
pub async fn enqueue_all(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    envelopes: &[NewEnvelope],
) -> sqlx::Result<u64> {
    let row = |envelope: &NewEnvelope| {
        let (place, place_id) = place_columns(envelope.place);
        serde_json::json!([
            envelope.class.word(),
            envelope.dedupe_key,
            envelope.guild,
            place,
            place_id,
            envelope.kind,
            envelope.subject.to_string(),
            envelope.due_at.timestamp(),
            envelope.expires_at.timestamp(),
            Nonce::of(&envelope.dedupe_key).as_str(),
        ])
    };
    let rows = serde_json::Value::Array(envelopes.iter().map(row).collect());
    let query = sqlx::query(ENQUEUE_ALL).bind(rows.to_string()).bind(now.timestamp());
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

/// Notes that somebody posts this fact themselves, under its nonce, from `now` on: once Discord has forgotten
/// the nonce, the courier looks before it posts.
///
/// # Errors
/// When the database cannot be written.
pub async fn begun_beside(tx: &mut Transaction<'_, Sqlite>, now: DateTime<Utc>, dedupe_key: &str) -> sqlx::Result<()> {
    sqlx::query(BEGUN_BESIDE).bind(dedupe_key).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Cancels what waits under keys that begin with `key_prefix`, and keeps what is being sent at this
/// moment from being tried again. Gives how many envelopes that were. End the prefix with the key's
/// separator (`session:1/`, not `session:1`); an empty prefix cancels nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn cancel_matching(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    key_prefix: &str,
    reason: &'static str,
) -> sqlx::Result<u64> {
    let Some((from, to)) = key_range(key_prefix) else { return Ok(0) };
    let query = sqlx::query(CANCEL_MATCHING).bind(from).bind(to).bind(reason).bind(now.timestamp());
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

/// As [`cancel_matching`], for everything about one guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn cancel_guild(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    guild: GuildId,
    reason: &'static str,
) -> sqlx::Result<u64> {
    let query = sqlx::query(CANCEL_GUILD).bind(guild).bind(reason).bind(now.timestamp());
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

/// As [`cancel_matching`], for every direct message to one person about one guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn cancel_direct(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    guild: GuildId,
    user: UserId,
    reason: &'static str,
) -> sqlx::Result<u64> {
    let query = sqlx::query(CANCEL_DIRECT).bind(user).bind(guild).bind(reason).bind(now.timestamp());
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

/// Removes every trace, in whatever state, of keys that begin with `key_prefix`; an empty prefix
/// removes nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_matching(
    tx: &mut Transaction<'_, Sqlite>,
    key_prefix: &str,
    until: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let Some((from, to)) = key_range(key_prefix) else { return Ok(0) };
    Ok(sqlx::query(FORGET_MATCHING)
        .bind(from)
        .bind(to)
        .bind(until.timestamp())
        .execute(&mut **tx)
        .await?
        .rows_affected())
}

/// Removes every trace of one guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_guild(tx: &mut Transaction<'_, Sqlite>, guild: GuildId) -> sqlx::Result<u64> {
    Ok(sqlx::query(FORGET_GUILD).bind(guild).execute(&mut **tx).await?.rows_affected())
}

/// Removes every trace of direct messages to one person about one guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_direct(
    tx: &mut Transaction<'_, Sqlite>,
    guild: GuildId,
    user: UserId,
    until: DateTime<Utc>,
) -> sqlx::Result<u64> {
    Ok(sqlx::query(FORGET_DIRECT)
        .bind(user)
        .bind(guild)
        .bind(until.timestamp())
        .execute(&mut **tx)
        .await?
        .rows_affected())
}

/// Settles up to [`EXPIRE_BATCH`] pending envelopes whose time is over, and gives how many.
///
/// # Errors
/// When the database cannot be written.
pub async fn expire(tx: &mut Transaction<'_, Sqlite>, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let query = sqlx::query(EXPIRE).bind(now.timestamp()).bind(EXPIRE_BATCH);
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

/// The first [`CANDIDATES`] envelopes that are due, most urgent first, then by due time; without those
/// for a place where another is being sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_due(connection: &mut SqliteConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<Candidate>> {
    let rows = sqlx::query(FIND_DUE).bind(now.timestamp()).bind(CANDIDATES).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok(Candidate { id: row.try_get("id")?, class: row.try_get("class")?, place: place(row)? }))
        .collect()
}

/// Takes those of `ids` that are pending for sending, and gives them most urgent first, then by due time.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    ids: &[EnvelopeId],
) -> sqlx::Result<Vec<Envelope>> {
    let ids = serde_json::json!(ids).to_string();
    let rows = sqlx::query(CLAIM).bind(now.timestamp()).bind(ids).fetch_all(&mut **tx).await?;
    let mut envelopes = rows.iter().map(envelope).collect::<sqlx::Result<Vec<_>>>()?;
    envelopes.sort_by_key(|envelope| (envelope.class, envelope.due_at, envelope.id));
    Ok(envelopes)
}

/// The earliest moment after `now` at which a pending envelope is to be tried or expires.
///
/// # Errors
/// When the database cannot be read.
pub async fn next_at(connection: &mut SqliteConnection, now: DateTime<Utc>) -> sqlx::Result<Option<DateTime<Utc>>> {
    let next: Option<i64> = sqlx::query_scalar(NEXT_AT).bind(now.timestamp()).fetch_one(connection).await?;
    next.map(instant).transpose()
}

/// How an envelope ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was posted as this message.
    Sent(MessageId),
    /// Discord refuses it, or it is in doubt for good.
    Undeliverable(String),
    /// Its time is over.
    Expired(String),
    /// It no longer applies.
    Cancelled(String),
}

/// Ends a claimed envelope. One that is gone, or was claimed again since, stays as it is; gives whether
/// it was ended.
///
/// # Errors
/// When the database cannot be written.
pub async fn settle(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    id: EnvelopeId,
    attempts: u32,
    ending: &Ending,
) -> sqlx::Result<bool> {
    let (state, reason, message) = match ending {
        Ending::Sent(message) => (State::Sent, None, Some(*message)),
        Ending::Undeliverable(reason) => (State::Undeliverable, Some(reason), None),
        Ending::Expired(reason) => (State::Expired, Some(reason), None),
        Ending::Cancelled(reason) => (State::Cancelled, Some(reason), None),
    };
    let query =
        sqlx::query(SETTLE).bind(id).bind(attempts).bind(state).bind(reason).bind(message).bind(now.timestamp());
    Ok(query.execute(&mut **tx).await?.rows_affected() == 1)
}

/// What a released envelope goes back with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// When it is tried next; its expiry when that is earlier.
    pub next_at: DateTime<Utc>,
    /// When the first attempt began that may have been seen.
    pub first_at: Option<DateTime<Utc>>,
    /// How many attempts count.
    pub attempts: u32,
}

/// Puts a claimed envelope back; one that was cancelled meanwhile ends as cancelled. One that is gone,
/// or was claimed again since, stays as it is; gives whether it was put back.
///
/// # Errors
/// When the database cannot be written.
pub async fn release(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    id: EnvelopeId,
    attempts: u32,
    release: Release,
) -> sqlx::Result<bool> {
    let query = sqlx::query(RELEASE)
        .bind(id)
        .bind(attempts)
        .bind(now.timestamp())
        .bind(release.next_at.timestamp())
        .bind(release.first_at.map(|at| at.timestamp()))
        .bind(release.attempts);
    Ok(query.execute(&mut **tx).await?.rows_affected() == 1)
}

/// Puts back, as something that may have been seen, everything that is kept as being sent except
/// `under_way`: what a crash left, or a claim whose commit only seemed to fail. Gives how many.
///
/// # Errors
/// When the database cannot be written.
pub async fn rescue(
    tx: &mut Transaction<'_, Sqlite>,
    now: DateTime<Utc>,
    under_way: &[EnvelopeId],
) -> sqlx::Result<u64> {
    let under_way = serde_json::json!(under_way).to_string();
    Ok(sqlx::query(RESCUE).bind(now.timestamp()).bind(under_way).execute(&mut **tx).await?.rows_affected())
}

/// Removes up to [`PRUNE_BATCH`] envelopes that were settled, and expired, before `before`; gives how
/// many. Call it, each time in a transaction of its own, until it gives zero.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Transaction<'_, Sqlite>, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let query = sqlx::query(PRUNE).bind(before.timestamp()).bind(PRUNE_BATCH);
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

/// As [`prune`], for calls for a person and concerns, which are kept for a shorter time.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune_concerns(tx: &mut Transaction<'_, Sqlite>, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let query = sqlx::query(PRUNE_CONCERNS).bind(before.timestamp()).bind(PRUNE_BATCH);
    Ok(query.execute(&mut **tx).await?.rows_affected())
}

/// What was, or waits to be, sent to one person directly about one guild, earliest first, at most [`DIRECT_LIMIT`].
///
/// # Errors
/// When the database cannot be read.
pub async fn list_direct(pool: &SqlitePool, guild: GuildId, user: UserId) -> sqlx::Result<Vec<Delivery>> {
    let rows = sqlx::query(LIST_DIRECT).bind(user).bind(guild).bind(DIRECT_LIMIT).fetch_all(pool).await?;
    rows.iter().map(delivery).collect()
}

/// How many envelopes are in each state; a state without any is left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool) -> sqlx::Result<Vec<(State, i64)>> {
    sqlx::query_as(COUNT).fetch_all(pool).await
}

/// What became of a guild's envelopes that were due at or after `since` and are in one of `states`,
/// newest first, at most [`LIST_LIMIT`].
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    pool: &SqlitePool,
    guild: GuildId,
    since: DateTime<Utc>,
    states: &[State],
) -> sqlx::Result<Vec<Delivery>> {
    let states: Vec<&str> = states.iter().map(|state| state.word()).collect();
    let query = sqlx::query(LIST).bind(guild).bind(since.timestamp());
    let rows = query.bind(serde_json::json!(states).to_string()).bind(LIST_LIMIT).fetch_all(pool).await?;
    rows.iter().map(delivery).collect()
}

/// What became of the facts whose keys begin with `key_prefix`, by key, at most [`LIST_LIMIT`]; for an
/// empty prefix nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_matching(pool: &SqlitePool, key_prefix: &str) -> sqlx::Result<Vec<Delivery>> {
    let Some((from, to)) = key_range(key_prefix) else { return Ok(Vec::new()) };
    let rows = sqlx::query(LIST_MATCHING).bind(from).bind(to).bind(LIST_LIMIT).fetch_all(pool).await?;
    rows.iter().map(delivery).collect()
}

/// How many facts of one kind became what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Where they are on their way.
    pub state: State,
    /// Why, as [`Delivery::reason`] says it.
    pub reason: Option<String>,
    /// Whether they reached their end late.
    pub late: bool,
    /// How many.
    pub count: u32,
}

/// What became of the facts whose keys begin with `key_prefix` and that were due at or after `since`, as counts
/// without a limit; late is what ended `late_after` or more after it was due. For an empty prefix nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn tally(
    pool: &SqlitePool,
    key_prefix: &str,
    since: DateTime<Utc>,
    late_after: TimeDelta,
) -> sqlx::Result<Vec<Tally>> {
    let Some((from, to)) = key_range(key_prefix) else { return Ok(Vec::new()) };
    let query = sqlx::query_as(TALLY).bind(from).bind(to).bind(since.timestamp()).bind(late_after.num_seconds());
    let rows: Vec<(State, Option<String>, bool, u32)> = query.fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(state, reason, late, count)| Tally { state, reason, late, count }).collect())
}

/// A fact that was told, may have been told, or waits, and has not expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Our own number.
    pub id: EnvelopeId,
    /// Names the fact.
    pub dedupe_key: String,
    /// Where it goes, or went.
    pub place: Place,
    /// Which card is drawn.
    pub kind: String,
    /// The ids the card is drawn from.
    pub subject: serde_json::Value,
    /// Whether it waits.
    pub waits: bool,
    /// Whether it was, or may have been, seen.
    pub seen: bool,
}

/// What was told, may have been told, or waits under keys that begin with `key_prefix` and does not expire
/// by `now`; what was told first comes first, what waits comes last. At most [`STANDING_LIMIT`].
///
/// # Errors
/// When the database cannot be read.
pub async fn standing(
    connection: &mut SqliteConnection,
    key_prefix: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Standing>> {
    let Some((from, to)) = key_range(key_prefix) else { return Ok(Vec::new()) };
    let query = sqlx::query(STANDING).bind(from).bind(to).bind(now.timestamp()).bind(STANDING_LIMIT);
    let read = |row: &SqliteRow| {
        let state: State = row.try_get("state")?;
        let subject: &str = row.try_get("subject")?;
        let first_at: Option<i64> = row.try_get("first_at")?;
        Ok(Standing {
            id: row.try_get("id")?,
            dedupe_key: row.try_get("dedupe_key")?,
            place: place(row)?,
            kind: row.try_get("kind")?,
            subject: serde_json::from_str(subject)
                .map_err(|_| sqlx::Error::Decode("a subject that is not JSON".into()))?,
            waits: state == State::Pending,
            seen: state != State::Pending || first_at.is_some(),
        })
    };
    query.fetch_all(connection).await?.iter().map(read).collect()
}

/// An envelope of a guild that expired or is undeliverable, for sending it anew under another key.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_lost(
    connection: &mut SqliteConnection,
    guild: GuildId,
    id: EnvelopeId,
) -> sqlx::Result<Option<Envelope>> {
    let row = sqlx::query(FIND).bind(id).bind(guild).fetch_optional(connection).await?;
    row.as_ref().map(envelope).transpose()
}

/// The keys that begin with `prefix`, as a half-open range. SQLite compares text by its UTF-8 bytes,
/// in which no character lies above the last one of Unicode.
fn key_range(prefix: &str) -> Option<(&str, String)> {
    (!prefix.is_empty()).then(|| (prefix, format!("{prefix}{}", char::MAX)))
}

fn place_columns(place: Place) -> (&'static str, i64) {
    match place {
        Place::Channel(channel) => ("channel", channel.raw()),
        Place::Direct(user) => ("direct", user.raw()),
    }
}

fn place(row: &SqliteRow) -> sqlx::Result<Place> {
    let id: i64 = row.try_get("place_id")?;
    match row.try_get::<&str, _>("place")? {
        "direct" => Ok(Place::Direct(UserId::new(id))),
        _ => Ok(Place::Channel(ChannelId::new(id))),
    }
}

fn instant(seconds: i64) -> sqlx::Result<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| sqlx::Error::Decode("an instant out of range".into()))
}

fn instant_in(row: &SqliteRow, column: &str) -> sqlx::Result<DateTime<Utc>> {
    instant(row.try_get(column)?)
}

fn envelope(row: &SqliteRow) -> sqlx::Result<Envelope> {
    let subject: &str = row.try_get("subject")?;
    let first_at: Option<i64> = row.try_get("first_at")?;
    Ok(Envelope {
        id: row.try_get("id")?,
        class: row.try_get::<Class, _>("class")?,
        dedupe_key: row.try_get("dedupe_key")?,
        guild: row.try_get("guild_id")?,
        place: place(row)?,
        kind: row.try_get("kind")?,
        subject: serde_json::from_str(subject).map_err(|_| sqlx::Error::Decode("a subject that is not JSON".into()))?,
        due_at: instant_in(row, "due_at")?,
        expires_at: instant_in(row, "expires_at")?,
        attempts: row.try_get("attempts")?,
        nonce: Nonce::kept(row.try_get("nonce")?),
        first_at: first_at.map(instant).transpose()?,
    })
}

fn delivery(row: &SqliteRow) -> sqlx::Result<Delivery> {
    let settled_at: Option<i64> = row.try_get("settled_at")?;
    Ok(Delivery {
        id: row.try_get("id")?,
        class: row.try_get("class")?,
        dedupe_key: row.try_get("dedupe_key")?,
        guild: row.try_get("guild_id")?,
        place: place(row)?,
        kind: row.try_get("kind")?,
        due_at: instant_in(row, "due_at")?,
        expires_at: instant_in(row, "expires_at")?,
        state: row.try_get("state")?,
        reason: row.try_get("reason")?,
        attempts: row.try_get("attempts")?,
        message: row.try_get("message_id")?,
        settled_at: settled_at.map(instant).transpose()?,
    })
}
