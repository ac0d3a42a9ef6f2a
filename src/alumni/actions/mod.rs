//! What people, or the clock, can make alumni do.

pub mod kept;
pub mod steps;
pub mod touches;

use chrono::{DateTime, TimeDelta, Utc};

use super::{mentors, store};
use crate::deps::Deps;
use crate::groups::model::{CONSENT_TEXT, Standing};
use crate::groups::{self, Group};
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
        mentors::actions::ASK | mentors::actions::NEWS => mentors::actions::draw(deps, envelope).await,
        _ => steps::draw(deps, envelope).await,
    }
}

/// Does what the clock, or somebody's leaving, asks of this slice, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    mentors::actions::tick(deps, deps.clock.now()).await?;
    touches::tick(deps).await
}

/// Whether something may be said to a member directly now; if not, what becomes of it.
pub(in crate::alumni) async fn may_write(deps: &Deps, member: Member, group: &Group) -> anyhow::Result<Option<Drawn>> {
    let pool = deps.database.read();
    if groups::store::standing(pool, group.id, member.user).await? != Standing::Joined {
        return Ok(Some(Drawn::Gone("left")));
    }
    if groups::store::consents(pool, member, CONSENT_TEXT).await?.direct_messages != Some(true) {
        return Ok(Some(Drawn::Gone("no_consent")));
    }
    let settings = groups::store::settings::find(pool, member).await?;
    let now = deps.clock.now();
    if settings.is_away(now) {
        let until = settings.away.and_then(|away| away.until);
        return Ok(Some(Drawn::Later(until.unwrap_or(now + TimeDelta::days(1)))));
    }
    let from = settings.not_quiet_from(now, settings.zone_in(group));
    Ok((from > now).then_some(Drawn::Later(from)))
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
}

/// Counts what is kept of a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(deps: &Deps, member: Member) -> anyhow::Result<KeptOf> {
    let pool = deps.database.read();
    let (listings, matches) = mentors::store::count(pool, member).await?;
    Ok(KeptOf {
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
    tx.commit().await?;
    Ok(())
}
