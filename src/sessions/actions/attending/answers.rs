//! Answers to one occurrence, and the places that come of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use super::{CAME_FREE, PLACE, Tx, addressee, at_key, is_admitted, may_write, reason_place, series_in, takes_direct};
use crate::calendar::OccurrenceId;
use crate::deps::Deps;
use crate::groups::model::Shared;
use crate::groups::{Group, actions as members};
use crate::ids::{Member, RoleId, SeriesId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};
use crate::sessions::cards::attending as cards;
use crate::sessions::model::attending::{Audience, Entry, Mine, Reply, Seat, SeenBy, Tally, Who, Why};
use crate::sessions::model::{Occurrence, Series};
use crate::sessions::plan::{self, attending as attend};
use crate::sessions::store::{self, answers as kept};

/// The table whose column holds sealed reasons.
const TABLE: &str = "session_answer";
/// Occurrences with a waitlist that one tick looks at: far more than meet at once.
const WAITED_FOR: u32 = 1_000;

/// What an answer led to.
pub enum Asking {
    /// It is kept.
    Kept {
        /// The series.
        series: Series,
        /// The answer as it stands.
        mine: Mine,
        /// How many answered what, where everybody may see it.
        tally: Option<Tally>,
        /// Whether the member is asked now for a note when they are missed.
        asks: bool,
    },
    /// The card was from before it moved; nothing is kept until they say whether the new time works.
    Moved(Series, Occurrence),
    /// It is for members of the group, and they have not joined.
    JoinFirst(Group),
}

/// The ids a notice about a place is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct PlaceSubject {
    series: SeriesId,
    occurrence: OccurrenceId,
    starts_at: DateTime<Utc>,
    user: Option<UserId>,
}

/// Keeps somebody's answer to one occurrence, and gives places that come free to the next on the waitlist, in one
/// transaction. `told` is when the card they pressed said that it starts.
///
/// # Errors
/// Refused when it has begun, does not take place, or is for others.
pub async fn answer(
    deps: &Deps,
    (member, roles): (Member, &[RoleId]),
    (id, occurrence): (SeriesId, OccurrenceId),
    told: DateTime<Utc>,
    reply: Reply,
) -> Result<Asking, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let series = series_in(&mut tx, id).await?;
    let held = match attend::meets(&series, occurrence, told, now) {
        attend::Meets::Ahead(held) => held,
        attend::Meets::Moved(held) => return Ok(Asking::Moved(series, held)),
        attend::Meets::Begun => return Err(begun(&series, now).into()),
        attend::Meets::Off => return Err(off(&series, now).into()),
    };
    if !is_admitted(&mut tx, &series, member, roles).await? {
        drop(tx);
        return match series.details.audience {
            Audience::Members => Ok(Asking::JoinFirst(members::find(deps, series.group).await?)),
            Audience::Role(_) | Audience::Alumni(_) => Err(for_others(&series).into()),
        };
    }
    kept::clear(&mut tx, id, occurrence).await?;
    let entries = kept::entries(&mut tx, id, occurrence).await?;
    let seating = attend::seat(series.details.capacity, &entries, member.user, reply);
    kept::keep(&mut tx, (id, occurrence), member, reply, (seating.seat, seating.turn), now).await?;
    for user in &seating.promoted {
        promote(deps, &mut tx, &series, &held, Member { user: *user, ..member }, now).await?;
    }
    let after = kept::entries(&mut tx, id, occurrence).await?;
    let asks = super::own::asks_for_note(deps, &mut tx, series.group, member, now).await?;
    tx.commit().await?;
    if !seating.promoted.is_empty() {
        deps.courier.ring();
    }
    let tally = shown_tally(&series, &after);
    Ok(Asking::Kept { mine: attend::mine(held, &after, member.user), series, tally, asks })
}

fn shown_tally(series: &Series, entries: &[Entry]) -> Option<Tally> {
    series.details.counts_public.then(|| attend::tally(entries))
}

fn next_words(series: &Series, now: DateTime<Utc>) -> String {
    match plan::upcoming(series, now, 1).pop() {
        Some(next) => format!("The next one is <t:{}:F>.", next.starts_at().timestamp()),
        None => "`/sessions next` shows what comes next.".to_owned(),
    }
}

fn begun(series: &Series, now: DateTime<Utc>) -> Refusal {
    Refusal::new(
        "That session has begun or is over.",
        "Answers are taken until the start. If you are on your way, just come.",
        next_words(series, now),
    )
}

fn off(series: &Series, now: DateTime<Utc>) -> Refusal {
    let what = "That session does not take place.";
    Refusal::new(what, "It was called off or taken off the schedule since.", next_words(series, now))
}

/// An occurrence that is held and has not begun, with its series.
async fn still_ahead(
    tx: &mut Tx,
    id: SeriesId,
    occurrence: OccurrenceId,
    now: DateTime<Utc>,
) -> Result<(Series, Occurrence), Stop> {
    let series = series_in(tx, id).await?;
    let held = plan::occurrence(&series, occurrence).ok_or_else(|| off(&series, now))?;
    if held.starts_at() <= now {
        return Err(begun(&series, now).into());
    }
    Ok((series, held))
}

fn for_others(series: &Series) -> Refusal {
    let why = match series.details.audience {
        Audience::Alumni(_) => "It is for alumni.",
        Audience::Members | Audience::Role(_) => "It is for people with a certain role.",
    };
    Refusal::new("That session is for others.", why, "If it should be for you too, a facilitator can put that right.")
}

/// Gives somebody on the waitlist a place, and lets them know.
async fn promote(
    deps: &Deps,
    tx: &mut Tx,
    series: &Series,
    held: &Occurrence,
    member: Member,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    kept::hold(tx, series.id, held.id, member.user).await?;
    let turn =
        kept::entries(tx, series.id, held.id).await?.iter().find(|one| one.user == member.user).map(|one| one.turn);
    let Some(known) = deps.roster.group(series.group) else { return Ok(()) };
    let direct = takes_direct(deps, member);
    let key = format!("{}/free-{}", at_key(series, held), turn.unwrap_or_default());
    let (kind, place, dedupe_key) = match direct {
        true => (CAME_FREE, Place::Direct(member.user), format!("{key}/direct-{}/dm", member.user)),
        false => (PLACE, Place::Channel(known.channel), format!("{key}/channel")),
    };
    let subject = PlaceSubject {
        series: series.id,
        occurrence: held.id,
        starts_at: held.starts_at(),
        user: direct.then_some(member.user),
    };
    let new = NewEnvelope {
        class: Class::Reminder,
        dedupe_key,
        guild: known.guild,
        place,
        kind,
        subject: serde_json::to_value(subject)?,
        due_at: now,
        expires_at: held.starts_at(),
    };
    outbox::enqueue(tx, now, &new).await?;
    Ok(())
}

/// Gives places that came free otherwise (somebody left or was forgotten, a facilitator made room) to the next.
pub(super) async fn fill_places(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut connection = deps.database.read().acquire().await?;
    let waited_for = kept::waited_for(&mut connection, WAITED_FOR).await?;
    drop(connection);
    for (id, occurrence) in waited_for {
        let mut tx = deps.database.write().await?;
        let Some(series) = store::find(&mut tx, id).await? else { continue };
        let Some(known) = deps.roster.group(series.group) else { continue };
        let Some(held) = plan::occurrence(&series, occurrence).filter(|held| held.starts_at() > now) else { continue };
        kept::clear(&mut tx, id, occurrence).await?;
        let entries = kept::entries(&mut tx, id, occurrence).await?;
        let promoted = attend::promoted(series.details.capacity, &entries);
        for user in &promoted {
            promote(deps, &mut tx, &series, &held, Member { guild: known.guild, user: *user }, now).await?;
        }
        tx.commit().await?;
        if !promoted.is_empty() {
            deps.courier.ring();
        }
    }
    Ok(())
}

/// Draws a notice about a place.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: PlaceSubject = serde_json::from_value(envelope.subject.clone())?;
    let mut connection = deps.database.read().acquire().await?;
    let Some(series) = store::find(&mut connection, subject.series).await? else { return Ok(Drawn::Gone("removed")) };
    let Some(held) = plan::occurrence(&series, subject.occurrence) else { return Ok(Drawn::Gone("changed")) };
    if held.starts_at() != subject.starts_at {
        return Ok(Drawn::Gone("changed"));
    }
    if held.starts_at() <= deps.clock.now() {
        return Ok(Drawn::Gone("started"));
    }
    let Some(member) = addressee(envelope) else {
        return Ok(Drawn::Card(cards::place_taken_up(&series, &held)));
    };
    let entries = kept::entries(&mut connection, series.id, held.id).await?;
    drop(connection);
    if !entries.iter().any(|one| one.user == member.user && one.seat == Seat::Held && one.belongs) {
        return Ok(Drawn::Gone("given_up"));
    }
    let group = crate::groups::store::find(deps.database.read(), series.group).await?;
    let Some(group) = group else { return Ok(Drawn::Gone("removed")) };
    Ok(match may_write(deps, member, &group, Some(held.starts_at())).await? {
        Ok(()) => Drawn::Card(cards::came_free(&series, &held)),
        Err(otherwise) => otherwise,
    })
}

/// What somebody answered to one occurrence; a place that came free counts as heard of.
///
/// # Errors
/// Refused when it is not ahead any more.
pub async fn look(
    deps: &Deps,
    member: Member,
    id: SeriesId,
    occurrence: OccurrenceId,
) -> Result<(Series, Mine, Option<Tally>), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let (series, held) = still_ahead(&mut tx, id, occurrence, now).await?;
    let entries = kept::entries(&mut tx, id, occurrence).await?;
    kept::seen(&mut tx, id, occurrence, member.user).await?;
    tx.commit().await?;
    let tally = shown_tally(&series, &entries);
    Ok((series, attend::mine(held, &entries, member.user), tally))
}

/// What somebody answered to each of these; what came free for them counts as heard of.
///
/// # Errors
/// When the database cannot be written.
pub async fn mine_of(
    deps: &Deps,
    member: Member,
    shown: &[(String, Series, Occurrence)],
) -> Result<Vec<Option<Mine>>, Stop> {
    let mut all = Vec::with_capacity(shown.len());
    let mut unseen = Vec::new();
    let mut connection = deps.database.read().acquire().await?;
    for (_, series, held) in shown {
        let entries = kept::entries(&mut connection, series.id, held.id).await?;
        let mine = attend::mine(*held, &entries, member.user);
        if mine.came_free {
            unseen.push((series.id, held.id));
        }
        all.push(mine.reply.map(|_| mine));
    }
    drop(connection);
    if !unseen.is_empty() {
        let mut tx = deps.database.write().await?;
        for (series, occurrence) in unseen {
            kept::seen(&mut tx, series, occurrence, member.user).await?;
        }
        tx.commit().await?;
    }
    Ok(all)
}

/// How many answered what to one occurrence, where everybody may see it.
///
/// # Errors
/// When the database cannot be read.
pub async fn tally(
    connection: &mut SqliteConnection,
    series: &Series,
    occurrence: OccurrenceId,
) -> sqlx::Result<Option<Tally>> {
    if !series.details.counts_public {
        return Ok(None);
    }
    Ok(shown_tally(series, &kept::entries(connection, series.id, occurrence).await?))
}

/// Keeps why somebody cannot come, sealed with their key, and who may know.
///
/// # Errors
/// Refused when they did not say that they cannot come, or it has begun.
pub async fn keep_why(
    deps: &Deps,
    member: Member,
    (id, occurrence): (SeriesId, OccurrenceId),
    why: Why,
) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    still_ahead(&mut tx, id, occurrence, now).await?;
    let Some(number) = kept::number(&mut tx, id, occurrence, member.user).await? else {
        let what = "A reason goes with “Can't make it”, and your answer is another one by now.";
        return Err(Refusal::new(what, "", "Nothing was kept. Press “Can't make it” first if that is so.").into());
    };
    let plain = Zeroizing::new(serde_json::to_vec(&why)?);
    let sealed = members::seal(deps, member, reason_place(TABLE, member.user, number), &plain).await?;
    kept::keep_reason(&mut tx, number, &sealed).await?;
    tx.commit().await?;
    Ok(())
}

/// What a facilitator may see of the answers to one occurrence.
///
/// # Errors
/// When a database cannot be read.
pub async fn who(deps: &Deps, group: &Group, series: &Series, held: Occurrence) -> Result<(Who, Tally), Stop> {
    let mut connection = deps.database.read().acquire().await?;
    let entries = kept::entries(&mut connection, series.id, held.id).await?;
    let sealed = kept::reasons(&mut connection, series.id, held.id).await?;
    drop(connection);
    let tally = attend::tally(&entries);
    let mut with_reasons: Vec<_> = entries.into_iter().map(|entry| (entry, None)).collect();
    for (number, user, sealed) in sealed {
        let member = Member { guild: group.guild, user };
        let Some(plain) = members::open(deps, member, reason_place(TABLE, user, number), &sealed).await? else {
            continue;
        };
        let why: Why = serde_json::from_slice(&plain)?;
        if let (SeenBy::Facilitators, Some((_, reason))) =
            (why.seen_by, with_reasons.iter_mut().find(|(entry, _)| entry.user == user))
        {
            *reason = Some(why.reason);
        }
    }
    let shared = with_reasons.iter().filter(|(_, reason)| reason.is_some()).map(|(entry, _)| entry.user);
    members::kept::look(deps, group.id, Shared::Reason, shared).await?;
    Ok((Who { occurrence: held, entries: with_reasons }, tally))
}
