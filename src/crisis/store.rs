//! How concerns, their logs and the rota are kept. No decisions here.

pub mod alarms;
pub mod lines;

use chrono::{DateTime, NaiveTime, Utc};
use sqlx::{FromRow, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::lexicon::{Level, Topic};
use super::model::Noticed;
use super::model::concern::{Circle, Concern, Duty, Handed, Kind, State, Step, Told, What};
use crate::calendar::Weekdays;
use crate::ids::{ChannelId, ConcernId, GroupId, GuildId, Member, MessageId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

/// Most concerns a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 50;
/// Most concerns of the last days that are listed: as many as one card shows.
const LISTED: u32 = 10;

const ONE: &str = "SELECT * FROM concern WHERE id = ?";
const OPEN: &str = "SELECT * FROM concern WHERE group_id = ? AND user_id = ? AND state NOT IN ('closed', 'withdrawn')";
const LATEST: &str = "SELECT * FROM concern WHERE group_id = ? AND user_id = ? ORDER BY id DESC LIMIT 1";
const LIST: &str = "SELECT * FROM concern WHERE group_id = ? ORDER BY id DESC LIMIT ?";
const DUE: &str = "SELECT * FROM concern WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY next_at LIMIT ?";
const NEXT: &str = "SELECT MIN(next_at) FROM concern WHERE next_at IS NOT NULL";
const RAISE: &str = "INSERT INTO concern (group_id, guild_id, user_id, kind, level, topics, source_channel_id, \
    source_message_id, state, circle, next_at, raised_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?) RETURNING id";
const ASKED: &str = "UPDATE concern SET kind = 'asked', level = NULL, topics = '', state = 'waiting', circle = ?2, \
    responder_id = NULL, handed = NULL, words = NULL, told = 'no', next_at = ?3, round = round + 1 WHERE id = ?1";
const SET_WORDS: &str = "UPDATE concern SET words = ? WHERE id = ?";
const TURN: &str =
    "UPDATE concern SET state = ?, circle = ?, responder_id = ?, next_at = ?, round = round + ? WHERE id = ?";
const HAND: &str = "UPDATE concern SET handed = ? WHERE id = ?";
const TELL: &str = "UPDATE concern SET told = ?, next_at = ? WHERE id = ?";
const NOTE: &str = "INSERT INTO concern_step (concern_id, at, what, actor_id, circle) VALUES (?, ?, ?, ?, ?)";
const STEPS: &str = "SELECT at, what, actor_id, circle FROM concern_step WHERE concern_id = ? ORDER BY id";
const LOADS: &str = "SELECT responder_id, COUNT(*) FROM concern WHERE group_id = ? AND responder_id IS NOT NULL \
    AND state IN ('answered', 'backup') GROUP BY responder_id";
const COUNT_OF: &str = "SELECT COUNT(*) FROM concern WHERE guild_id = ? AND user_id = ?";
/// Concerns about a member, for `groups::store::kept::written`.
pub const CONCERNS_OF: &str = "SELECT json_object('kind', c.kind, 'level', c.level, 'topics', c.topics, 'state', c.state, \
    'group', g.name, 'raised_at', strftime('%Y-%m-%dT%H:%M:%SZ', c.raised_at, 'unixepoch'), \
    'steps', (SELECT json_group_array(s.what || ' ' || strftime('%Y-%m-%dT%H:%M:%SZ', s.at, 'unixepoch')) \
    FROM concern_step s WHERE s.concern_id = c.id)), c.id, c.words \
    FROM concern c JOIN support_group g ON g.id = c.group_id WHERE c.guild_id = ? AND c.user_id = ? ORDER BY c.id";
/// Whether responders may be told of a member unasked.
pub const TOLD_OF: &str = "SELECT json_object('group', g.name, 'answer', CASE t.wanted WHEN 1 THEN 'yes' ELSE 'no' END, \
    'told_at', strftime('%Y-%m-%dT%H:%M:%SZ', t.told_at, 'unixepoch')), 0, NULL \
    FROM concern_told t JOIN support_group g ON g.id = t.group_id WHERE g.guild_id = ? AND t.user_id = ? ORDER BY g.id";
/// When a member is on call.
pub const ON_CALL_OF: &str = "SELECT json_object('group', g.name, 'days', o.days, 'from', o.from_at, 'until', o.until_at), 0, NULL \
    FROM on_call o JOIN support_group g ON g.id = o.group_id WHERE g.guild_id = ? AND o.user_id = ? ORDER BY o.id";
const PRUNE: &str = "DELETE FROM concern WHERE raised_at < ?";
const FORGET: &str = "DELETE FROM concern WHERE guild_id = ? AND user_id = ? AND raised_at <= ?";
const FORGET_RESPONDER: &str =
    "UPDATE concern SET responder_id = 0 WHERE responder_id = ?1 AND guild_id = ?2 AND raised_at <= ?3";
const FORGET_ACTOR: &str = "UPDATE concern_step SET actor_id = 0 WHERE actor_id = ?1 AND at <= ?3 \
    AND concern_id IN (SELECT id FROM concern WHERE guild_id = ?2)";
const ROTA: &str =
    "SELECT user_id, days, from_at, until_at FROM on_call WHERE group_id = ? ORDER BY from_at, id LIMIT ?";
const ADD_DUTY: &str =
    "INSERT INTO on_call (group_id, user_id, days, from_at, until_at, added_at) VALUES (?, ?, ?, ?, ?, ?)";
const DROP_DUTIES: &str = "DELETE FROM on_call WHERE group_id = ? AND user_id = ?";
const DUTIES_OF: &str = "SELECT COUNT(*) FROM on_call WHERE user_id = ?1 \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?2)";
const FORGET_DUTIES: &str = "DELETE FROM on_call WHERE user_id = ? AND added_at <= ? \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?)";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    CONCERNS_OF,
    TOLD_OF,
    ON_CALL_OF,
    ONE,
    OPEN,
    LATEST,
    LIST,
    DUE,
    NEXT,
    RAISE,
    ASKED,
    SET_WORDS,
    TURN,
    HAND,
    TELL,
    NOTE,
    STEPS,
    LOADS,
    COUNT_OF,
    PRUNE,
    FORGET,
    FORGET_RESPONDER,
    FORGET_ACTOR,
    ROTA,
    ADD_DUTY,
    DROP_DUTIES,
    DUTIES_OF,
    FORGET_DUTIES,
];

#[derive(FromRow)]
struct Row {
    id: ConcernId,
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    kind: Kind,
    level: Option<String>,
    topics: String,
    source_channel_id: Option<ChannelId>,
    source_message_id: Option<MessageId>,
    words: Option<Vec<u8>>,
    state: State,
    circle: Circle,
    responder_id: Option<UserId>,
    handed: Option<Handed>,
    told: Told,
    next_at: Option<i64>,
    raised_at: i64,
    round: i64,
}

impl From<Row> for Concern {
    fn from(row: Row) -> Self {
        let level = row.level.as_deref().and_then(Level::parse);
        let topics = row.topics.split(',').filter_map(Topic::parse).collect();
        Self {
            id: row.id,
            group: row.group_id,
            member: Member { guild: row.guild_id, user: row.user_id },
            kind: row.kind,
            noticed: level.map(|level| Noticed { level, topics }),
            source: row.source_channel_id.zip(row.source_message_id),
            words: row.words,
            state: row.state,
            circle: row.circle,
            responder: row.responder_id,
            handed: row.handed,
            told: row.told,
            next_at: row.next_at.and_then(|at| DateTime::from_timestamp(at, 0)),
            raised_at: DateTime::from_timestamp(row.raised_at, 0).unwrap_or_default(),
            round: row.round,
        }
    }
}

/// One concern.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, concern: ConcernId) -> sqlx::Result<Option<Concern>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(concern).fetch_optional(pool).await?;
    Ok(row.map(Concern::from))
}

/// The member's open concern in a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<Option<Concern>> {
    let row: Option<Row> = sqlx::query_as(OPEN).bind(group).bind(user).fetch_optional(&mut **tx).await?;
    Ok(row.map(Concern::from))
}

/// The member's latest concern in a group, open or over.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Option<Concern>> {
    let row: Option<Row> = sqlx::query_as(LATEST).bind(group).bind(user).fetch_optional(pool).await?;
    Ok(row.map(Concern::from))
}

/// The newest concerns of a group, at most ten.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(pool: &SqlitePool, group: GroupId) -> sqlx::Result<Vec<Concern>> {
    let rows: Vec<Row> = sqlx::query_as(LIST).bind(group).bind(LISTED).fetch_all(pool).await?;
    Ok(rows.into_iter().map(Concern::from).collect())
}

/// Concerns that are to be looked at, earliest first, at most fifty.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, now: DateTime<Utc>) -> sqlx::Result<Vec<Concern>> {
    let rows: Vec<Row> = sqlx::query_as(DUE).bind(now.timestamp()).bind(BATCH).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(Concern::from).collect())
}

/// When any concern is to be looked at next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps a new concern that waits for `circle` until `next_at`.
///
/// # Errors
/// When the database cannot be written, or the member has an open one in the group.
pub async fn raise(
    tx: &mut Tx<'_>,
    (member, group): (Member, GroupId),
    noticed: Option<(Noticed, (ChannelId, MessageId))>,
    circle: Circle,
    (now, next_at): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<ConcernId> {
    let kind = if noticed.is_some() { Kind::Noticed } else { Kind::Asked };
    let topics = noticed.map(|(noticed, _)| noticed.topics.iter().map(Topic::word).collect::<Vec<_>>().join(","));
    sqlx::query_scalar(RAISE)
        .bind(group)
        .bind(member.guild)
        .bind(member.user)
        .bind(kind)
        .bind(noticed.map(|(noticed, _)| noticed.level.word()))
        .bind(topics.unwrap_or_default())
        .bind(noticed.map(|(_, (channel, _))| channel))
        .bind(noticed.map(|(_, (_, message))| message))
        .bind(circle)
        .bind(next_at.timestamp())
        .bind(now.timestamp())
        .fetch_one(&mut **tx)
        .await
}

/// An open concern becomes one that the member asked for themselves, and begins anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn asked(tx: &mut Tx<'_>, concern: ConcernId, circle: Circle, next_at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(ASKED).bind(concern).bind(circle).bind(next_at.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps what the member chose to say, sealed.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_words(tx: &mut Tx<'_>, concern: ConcernId, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query(SET_WORDS).bind(sealed).bind(concern).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps where a concern stands now; `calls` says whether somebody is called.
///
/// # Errors
/// When the database cannot be written.
pub async fn turn(
    tx: &mut Tx<'_>,
    concern: ConcernId,
    (state, circle, responder): (State, Circle, Option<UserId>),
    next_at: Option<DateTime<Utc>>,
    calls: bool,
) -> sqlx::Result<()> {
    sqlx::query(TURN)
        .bind(state)
        .bind(circle)
        .bind(responder)
        .bind(next_at.map(|at| at.timestamp()))
        .bind(i64::from(calls))
        .bind(concern)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps what is handed on.
///
/// # Errors
/// When the database cannot be written.
pub async fn hand(tx: &mut Tx<'_>, concern: ConcernId, handed: Handed) -> sqlx::Result<()> {
    sqlx::query(HAND).bind(handed).bind(concern).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps how the member was told, and when that is looked at.
///
/// # Errors
/// When the database cannot be written.
pub async fn tell(tx: &mut Tx<'_>, concern: ConcernId, told: Told, next_at: Option<DateTime<Utc>>) -> sqlx::Result<()> {
    sqlx::query(TELL).bind(told).bind(next_at.map(|at| at.timestamp())).bind(concern).execute(&mut **tx).await?;
    Ok(())
}

/// Adds a line to a concern's log.
///
/// # Errors
/// When the database cannot be written.
pub async fn note(tx: &mut Tx<'_>, concern: ConcernId, step: Step) -> sqlx::Result<()> {
    sqlx::query(NOTE)
        .bind(concern)
        .bind(step.at.timestamp())
        .bind(step.what)
        .bind(step.actor)
        .bind(step.circle)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A concern's log, oldest line first.
///
/// # Errors
/// When the database cannot be read.
pub async fn steps(pool: &SqlitePool, concern: ConcernId) -> sqlx::Result<Vec<Step>> {
    let rows: Vec<(i64, What, Option<UserId>, Option<Circle>)> =
        sqlx::query_as(STEPS).bind(concern).fetch_all(pool).await?;
    let read = |(at, what, actor, circle)| Step {
        at: DateTime::from_timestamp(at, 0).unwrap_or_default(),
        what,
        actor,
        circle,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// How many open concerns each responder of a group holds.
///
/// # Errors
/// When the database cannot be read.
pub async fn loads(connection: &mut SqliteConnection, group: GroupId) -> sqlx::Result<Vec<(UserId, i64)>> {
    sqlx::query_as(LOADS).bind(group).fetch_all(connection).await
}

/// How many concerns about a member are kept in a guild.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_of(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT_OF).bind(member.guild).bind(member.user).fetch_one(pool).await
}

/// Removes concerns that were raised before, with their logs.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE).bind(before.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes a member's concerns, their name from those of others, and their hours on the rota.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    let until = until.timestamp();
    sqlx::query(FORGET).bind(member.guild).bind(member.user).bind(until).execute(&mut **tx).await?;
    for sql in [FORGET_RESPONDER, FORGET_ACTOR] {
        sqlx::query(sql).bind(member.user).bind(member.guild).bind(until).execute(&mut **tx).await?;
    }
    sqlx::query(FORGET_DUTIES).bind(member.user).bind(until).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}

fn duty((user, days, from, until): (UserId, String, String, String)) -> Option<Duty> {
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    Some(Duty { user, days: days.parse::<Weekdays>().ok()?, from: time(&from)?, until: time(&until)? })
}

/// A group's rota.
///
/// # Errors
/// When the database cannot be read.
pub async fn rota(connection: &mut SqliteConnection, group: GroupId) -> sqlx::Result<Vec<Duty>> {
    let limit = u32::try_from(super::model::concern::ROTA).unwrap_or(u32::MAX);
    let rows = sqlx::query_as(ROTA).bind(group).bind(limit).fetch_all(connection).await?;
    Ok(rows.into_iter().filter_map(duty).collect())
}

/// Adds hours to a group's rota.
///
/// # Errors
/// When the database cannot be written.
pub async fn add_duty(tx: &mut Tx<'_>, group: GroupId, duty: &Duty, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(ADD_DUTY)
        .bind(group)
        .bind(duty.user)
        .bind(duty.days.to_string())
        .bind(duty.from.format("%H:%M").to_string())
        .bind(duty.until.format("%H:%M").to_string())
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes a responder off a group's rota; gives how many stretches that were.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_duties(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<u64> {
    Ok(sqlx::query(DROP_DUTIES).bind(group).bind(user).execute(&mut **tx).await?.rows_affected())
}

/// Takes somebody who left a guild off all its rotas.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_all_duties(tx: &mut Tx<'_>, member: Member, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(FORGET_DUTIES).bind(member.user).bind(now.timestamp()).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}

/// How many stretches a member has on the rotas of a guild.
///
/// # Errors
/// When the database cannot be read.
pub async fn duties_of(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(DUTIES_OF).bind(member.user).bind(member.guild).fetch_one(pool).await
}
