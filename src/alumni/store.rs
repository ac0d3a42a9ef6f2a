//! How questions about steps are kept. No decisions here.

pub mod companions;
pub mod kept;
pub mod touches;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use super::model::{Offer, OfferState};
use crate::ids::{GroupId, GuildId, Member, StepId, StepOfferId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const FIND: &str =
    "SELECT id, group_id, guild_id, user_id, step_id, by_user_id, state, offered_at FROM step_offer WHERE id = ?";
const OPEN_OF: &str = "SELECT id, group_id, guild_id, user_id, step_id, by_user_id, state, offered_at FROM step_offer \
    WHERE group_id = ? AND user_id = ? AND state = 'open'";
const OFFER: &str = "INSERT INTO step_offer (group_id, guild_id, user_id, step_id, by_user_id, state, offered_at) \
    VALUES (?, ?, ?, ?, ?, 'open', ?) ON CONFLICT DO NOTHING RETURNING id";
const SETTLE: &str = "UPDATE step_offer SET state = ?, settled_at = ? WHERE id = ? AND state = 'open'";
const EXPIRE: &str =
    "UPDATE step_offer SET state = 'expired', settled_at = ? WHERE group_id = ? AND state = 'open' AND offered_at <= ?";
const PRUNE: &str = "DELETE FROM step_offer WHERE offered_at < ?";
const FORGET: &str = "DELETE FROM step_offer WHERE guild_id = ? AND user_id = ? AND offered_at <= ?";
const FORGET_ASKER: &str =
    "UPDATE step_offer SET by_user_id = NULL WHERE guild_id = ? AND by_user_id = ? AND offered_at <= ?";
const COUNT: &str = "SELECT COUNT(*) FROM step_offer WHERE guild_id = ? AND user_id = ?";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[FIND, OPEN_OF, OFFER, SETTLE, EXPIRE, PRUNE, FORGET, FORGET_ASKER, COUNT];

#[derive(FromRow)]
struct Row {
    id: StepOfferId,
    group_id: GroupId,
    guild_id: GuildId,
    user_id: UserId,
    step_id: StepId,
    by_user_id: Option<UserId>,
    state: OfferState,
    offered_at: i64,
}

impl Row {
    fn read(self) -> Offer {
        Offer {
            id: self.id,
            group: self.group_id,
            member: Member { guild: self.guild_id, user: self.user_id },
            step: self.step_id,
            by: self.by_user_id,
            state: self.state,
            offered_at: DateTime::from_timestamp(self.offered_at, 0).unwrap_or_default(),
        }
    }
}

/// One question.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(pool: &SqlitePool, offer: StepOfferId) -> sqlx::Result<Option<Offer>> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(offer).fetch_optional(pool).await?;
    Ok(row.map(Row::read))
}

/// The question that waits for a member of a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_of(tx: &mut Tx<'_>, group: GroupId, user: UserId) -> sqlx::Result<Option<Offer>> {
    let row: Option<Row> = sqlx::query_as(OPEN_OF).bind(group).bind(user).fetch_optional(&mut **tx).await?;
    Ok(row.map(Row::read))
}

/// Keeps a new question, unless one waits for that member already.
///
/// # Errors
/// When the database cannot be written.
pub async fn offer(
    tx: &mut Tx<'_>,
    group: GroupId,
    member: Member,
    step: StepId,
    by: UserId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<StepOfferId>> {
    sqlx::query_scalar(OFFER)
        .bind(group)
        .bind(member.guild)
        .bind(member.user)
        .bind(step)
        .bind(by)
        .bind(now.timestamp())
        .fetch_optional(&mut **tx)
        .await
}

/// Ends a question; whether it was still open.
///
/// # Errors
/// When the database cannot be written.
pub async fn settle(tx: &mut Tx<'_>, offer: StepOfferId, state: OfferState, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(SETTLE).bind(state).bind(now.timestamp()).bind(offer).execute(&mut **tx).await?;
    Ok(done.rows_affected() > 0)
}

/// Ends a group's questions that were asked by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn expire(tx: &mut Tx<'_>, group: GroupId, asked_by: DateTime<Utc>, now: DateTime<Utc>) -> sqlx::Result<()> {
    let query = sqlx::query(EXPIRE).bind(now.timestamp()).bind(group).bind(asked_by.timestamp());
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Removes what was asked before then.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(PRUNE).bind(before.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes what a member was asked by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [FORGET, FORGET_ASKER] {
        let query = sqlx::query(statement).bind(member.guild).bind(member.user).bind(until.timestamp());
        query.execute(&mut **tx).await?;
    }
    companions::forget(tx, member, until).await?;
    touches::forget(tx, member, until).await
}

/// How many questions about steps are kept of a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(pool: &SqlitePool, member: Member) -> sqlx::Result<i64> {
    sqlx::query_scalar(COUNT).bind(member.guild).bind(member.user).fetch_one(pool).await
}
