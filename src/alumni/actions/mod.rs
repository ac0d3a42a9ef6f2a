//! What people, or the clock, can make alumni do.

pub mod companions;
pub mod kept;
pub mod steps;
pub mod touches;

use chrono::{DateTime, TimeDelta, Utc};

use super::{mentors, notes, store};
use crate::deps::Deps;
use crate::ids::{GroupId, Member};
use crate::outbox::{self, Drawn, Envelope};

/// How long a question about a step is remembered.
const OFFERS_KEPT: TimeDelta = TimeDelta::days(90);
/// How long touches that are over, and their answers, are kept: a year after the last of them.
const TOUCHES_KEPT: TimeDelta = TimeDelta::days(730);

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

/// What the keys of a member's envelopes begin with; nothing else begins so.
pub(in crate::alumni) fn key(member: Member, group: GroupId) -> String {
    format!("alumni:{}/{}/{group}/", member.guild, member.user)
}

/// Draws an envelope of this slice at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    match envelope.kind.as_str() {
        touches::TOUCH => touches::draw(deps, envelope).await,
        companions::ASK | companions::DUE | companions::NEWS => companions::draw(deps, envelope).await,
        mentors::actions::ASK | mentors::actions::NEWS => mentors::actions::draw(deps, envelope).await,
        notes::actions::NOTE | notes::actions::WAITS | notes::actions::NEWS => {
            notes::actions::draw(deps, envelope).await
        }
        _ => steps::draw(deps, envelope).await,
    }
}

/// Does what the clock, or somebody's leaving, asks of this slice, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    // Each by itself: what is wrong with one keeps nothing of another from being said.
    let mentors = mentors::actions::tick(deps, deps.clock.now()).await.map(|()| None);
    // Companions are told before their touch is planned, so that a touch that fell due with it finds what they said.
    let done = [mentors, companions::tick(deps).await, touches::tick(deps).await, notes::actions::tick(deps).await];
    let mut all = Vec::with_capacity(done.len());
    for one in done {
        all.push(one?);
    }
    Ok(all.into_iter().flatten().min())
}

/// When something of this slice is due next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let all = [companions::next(deps).await?, touches::next(deps).await?, notes::actions::next(deps).await?];
    Ok(all.into_iter().flatten().min())
}

/// What is kept of a member here: questions about steps, and groups that ask them how they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptOf {
    /// Questions about steps.
    pub offers: i64,
    /// Groups that ask them now and then after graduation.
    pub touches: i64,
    /// Directories they stand in.
    pub listings: i64,
    /// Matches of theirs, as mentor or with one.
    pub matches: i64,
    /// Caring notes they wrote.
    pub notes: i64,
    /// Groups from which caring notes reach them.
    pub wishes: i64,
    /// People who chose them to be the one who asks.
    pub asks: i64,
}

/// Counts what is kept of a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(deps: &Deps, member: Member) -> anyhow::Result<KeptOf> {
    let pool = deps.database.read();
    let (listings, matches) = mentors::store::count(pool, member).await?;
    let (notes, wishes) = notes::store::count(pool, member).await?;
    Ok(KeptOf {
        notes,
        wishes,
        asks: store::companions::count(pool, member).await?,
        listings,
        matches,
        offers: store::count(pool, member).await?,
        touches: store::touches::count(pool, member).await?,
    })
}

/// Removes what a member had left by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    store::forget(tx, member, until).await?;
    mentors::store::forget(tx, member, until).await?;
    notes::store::forget(tx, member, until).await?;
    let prefix = format!("alumni:{}/{}/", member.guild, member.user);
    outbox::store::forget_matching(tx, &prefix, until).await.map(drop)
}

/// Removes what is not needed any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - OFFERS_KEPT).await?;
    store::touches::prune(&mut tx, now - TOUCHES_KEPT).await?;
    notes::actions::prune(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}
