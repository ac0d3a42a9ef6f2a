//! Who comes: answers and places, members' own reminders, attendance, and the note to somebody who was missed.

mod answers;
mod own;
mod roll;

pub use answers::{Asking, answer, keep_why, look, mine_of, tally, who};
pub(super) use own::catch_up;
pub use own::{set_leads, set_missed_note, wish};
pub use roll::{close, held_lately, keep_missed_why, mark, note_group, roll, to_mark, unmark};

use chrono::{DateTime, Utc};
use sqlx::{Sqlite, Transaction};

use super::super::model::Series;
use super::super::model::attending::{ANSWERS_KEPT, ATTENDANCE_KEPT, Audience, KeptOf};
use super::super::store::{self, answers as kept_answers, attendance, wishes};
use super::{Tx, at_key};
use crate::deps::Deps;
use crate::discord::Rest;
use crate::discord::rest::CallError;
use crate::groups::{self, Group, actions as members, model::Settings};
use crate::ids::{Member, RoleId, SeriesId, UserId};
use crate::outbox::{Drawn, Envelope, Place};
use crate::refusal::Stop;

/// The kind of envelope that carries a reminder of a member's own.
pub const DIRECT: &str = "session.direct";
/// The kind of envelope that tells somebody that a place came free for them.
pub const CAME_FREE: &str = "session.came_free";
/// The kind of envelope that says in the channel that a place came free, without a name.
pub const PLACE: &str = "session.place";
/// The kind of envelope that carries the note to somebody who was missed.
pub const MISSED: &str = "session.missed";
/// The word by which the delivery board knows what was left out for quiet hours.
pub const QUIET: &str = "quiet";

/// The HTTP status of somebody who is not in the guild.
const NOT_THERE: u16 = 404;

/// Does what fell due: members' own reminders, and places that came free.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub(super) async fn tick(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    own::tick(deps, now).await?;
    answers::fill_places(deps, now).await
}

/// Draws an envelope of these kinds at the moment it is sent.
///
/// # Errors
/// When the database cannot be read, or Discord does not say which roles somebody has.
pub async fn draw(deps: &Deps, rest: &Rest, envelope: &Envelope) -> anyhow::Result<Drawn> {
    match envelope.kind.as_str() {
        CAME_FREE | PLACE => answers::draw(deps, envelope).await,
        MISSED => roll::draw(deps, envelope).await,
        _ => own::draw(deps, rest, envelope).await,
    }
}

/// The roles of somebody, as Discord has them now; none when they are not in the guild any more.
///
/// # Errors
/// When Discord cannot be asked.
pub async fn roles_now(rest: &Rest, member: Member) -> Result<Vec<RoleId>, CallError> {
    match rest.member(member).await {
        Ok(found) => Ok(found.roles),
        Err(CallError::Refused { status: NOT_THERE, .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Whether a direct message may be sent to somebody now, and if not, what becomes of it.
pub(super) async fn may_write(
    deps: &Deps,
    member: Member,
    group: &Group,
    starts_at: Option<DateTime<Utc>>,
) -> anyhow::Result<Result<(), Drawn>> {
    let pool = deps.database.read();
    let consents = groups::store::consents(pool, member, groups::model::CONSENT_TEXT).await?;
    if consents.direct_messages != Some(true) {
        return Ok(Err(Drawn::Gone("no_consent")));
    }
    let settings: Settings = groups::store::settings::find(pool, member).await?;
    let now = deps.clock.now();
    if settings.is_away(now) {
        return Ok(Err(Drawn::Gone("away")));
    }
    let from = settings.not_quiet_from(now, settings.zone_in(group));
    if starts_at.is_some_and(|starts_at| from >= starts_at) {
        return Ok(Err(Drawn::Gone(QUIET)));
    }
    if from > now {
        return Ok(Err(Drawn::Later(from)));
    }
    Ok(Ok(()))
}

/// The person a direct envelope goes to, as a member of the group's guild.
fn addressee(envelope: &Envelope) -> Option<Member> {
    match envelope.place {
        Place::Direct(user) => Some(Member { guild: envelope.guild, user }),
        Place::Channel(_) => None,
    }
}

/// A series with its group, of the guild the person acts in (any in a direct message).
///
/// # Errors
/// Refused when it is gone or of another guild.
pub async fn series_here(
    deps: &Deps,
    guild: Option<crate::ids::GuildId>,
    series: SeriesId,
) -> Result<(Group, Series), Stop> {
    let series = super::find_any(deps, series).await?;
    let group = members::find(deps, series.group).await?;
    if guild.is_some_and(|guild| guild != group.guild) {
        return Err(crate::refusal::Refusal::old_button().into());
    }
    Ok((group, series))
}

/// Whether somebody belongs to those a series is for.
async fn is_admitted(tx: &mut Tx, series: &Series, member: Member, roles: &[RoleId]) -> sqlx::Result<bool> {
    let joined = match series.details.audience {
        Audience::Members => groups::store::joined_in(tx, member).await?.contains(&series.group),
        Audience::Role(_) | Audience::Alumni(_) => false,
    };
    Ok(series.details.audience.admits(joined, roles))
}

/// What of a member's is kept here, as counts.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(deps: &Deps, member: Member) -> Result<KeptOf, Stop> {
    let pool = deps.database.read();
    let (attendance, notes) = attendance::count(pool, member).await?;
    Ok(KeptOf {
        answers: kept_answers::count(pool, member).await?,
        attendance,
        wishes: wishes::count(pool, member).await?,
        notes,
    })
}

/// Removes what a member had answered, wished and attended by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Transaction<'static, Sqlite>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    kept_answers::forget(tx, member, until).await?;
    attendance::forget(tx, member, until).await?;
    wishes::forget(tx, member, until).await?;
    Ok(())
}

/// Removes what was kept for its time.
///
/// # Errors
/// When the database cannot be written.
pub(super) async fn prune(tx: &mut Tx, now: DateTime<Utc>) -> sqlx::Result<()> {
    kept_answers::prune(tx, now.checked_sub_signed(ANSWERS_KEPT).unwrap_or(now)).await?;
    attendance::prune(tx, now.checked_sub_signed(ATTENDANCE_KEPT).unwrap_or(now)).await
}

/// The series of that number inside a transaction, when it is still there.
async fn series_in(tx: &mut Tx, series: SeriesId) -> Result<Series, Stop> {
    Ok(store::find(tx, series).await?.ok_or_else(super::not_there)?)
}

/// Whether somebody agreed to direct messages, as memory knows it.
fn takes_direct(deps: &Deps, member: Member) -> bool {
    deps.roster.wishes(member).direct_messages == Some(true)
}

/// The vault's place of a reason in one of our tables.
fn reason_place(table: &'static str, user: UserId, row: i64) -> crate::vault::Place<'static> {
    crate::vault::Place { table, column: "reason", member: user.snowflake(), row }
}
