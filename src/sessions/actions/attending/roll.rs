//! Attendance: who was there, as facilitators mark it, and the note to somebody who was missed.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use super::{MISSED, Tx, addressee, may_write, reason_place, series_in, takes_direct};
use crate::calendar::{OccurrenceId, to_civil};
use crate::deps::Deps;
use crate::groups::actions::kept::record;
use crate::groups::model::{Shared, Standing};
use crate::groups::{self, Group, actions as members};
use crate::ids::{Member, SeriesId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};
use crate::sessions::cards::attending as cards;
use crate::sessions::model::attending::{
    Audience, MARKED_BACK, MARKED_BEFORE, MARKS_LOOKED_AT, MissedNote, NOTE_KEPT, Reply, Roll, Seat, SeenBy, Was, Why,
};
use crate::sessions::model::{Occurrence, Series};
use crate::sessions::plan::{self, attending as attend};
use crate::sessions::store::attendance::Held;
use crate::sessions::store::{self, answers, attendance, wishes};

/// The table whose column holds sealed reasons.
const TABLE: &str = "session_missed";
/// Most shared reasons that are shown to facilitators; older ones were read.
const SHARED: u32 = 25;

/// The ids a note is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct NoteSubject {
    note: i64,
}

/// What of a series was held lately, so that its attendance can be marked, soonest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn held_lately(
    connection: &mut SqliteConnection,
    series: &Series,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Occurrence>> {
    let from = now.checked_sub_signed(MARKED_BACK).unwrap_or(now).max(attendance::began(connection, series.id).await?);
    let until = now.checked_add_signed(MARKED_BEFORE).unwrap_or(now);
    Ok(plan::occurrences(series, from, until).collect())
}

/// The occurrence whose attendance is marked: the one that is named, else the last one that began.
///
/// # Errors
/// Refused when it is not one of the last week, or none was held.
pub async fn to_mark(
    connection: &mut SqliteConnection,
    series: &Series,
    named: Option<OccurrenceId>,
    now: DateTime<Utc>,
) -> Result<Occurrence, Stop> {
    let held = held_lately(connection, series, now).await?;
    let found = held.into_iter().rfind(|held| named.is_none_or(|named| held.id == named));
    Ok(found.ok_or_else(|| {
        Refusal::new(
            "No session of it was held lately.",
            "Attendance can be marked from half an hour before a session until a week after it began.",
            "`/schedule show` shows when it meets.",
        )
    })?)
}

fn held(series: &Series, occurrence: &Occurrence) -> Held {
    Held {
        series: series.id,
        occurrence: occurrence.id,
        starts_at: occurrence.starts_at(),
        on_date: to_civil(occurrence.starts_at(), series.details.zone).date(),
    }
}

/// Attendance of one occurrence as it is marked.
///
/// # Errors
/// When a database cannot be read.
pub async fn roll(deps: &Deps, group: &Group, series: &Series, occurrence: Occurrence) -> Result<Roll, Stop> {
    let now = deps.clock.now();
    let mut connection = deps.database.read().acquire().await?;
    let marked = attendance::marked(&mut connection, series.id, occurrence.id).await?;
    let closed = attendance::is_closed(&mut connection, series.id, occurrence.id).await?;
    let since = now.checked_sub_signed(MARKED_BACK * 2).unwrap_or(now);
    let sealed = attendance::reasons(&mut connection, series.id, since, SHARED).await?;
    drop(connection);
    let mut shared = Vec::new();
    for (note, user, sealed) in sealed {
        let member = Member { guild: group.guild, user };
        if let Some(plain) = members::open(deps, member, reason_place(TABLE, user, note), &sealed).await? {
            let why: Why = serde_json::from_slice(&plain)?;
            if why.seen_by == SeenBy::Facilitators {
                shared.push((user, why.reason));
            }
        }
    }
    members::kept::look(deps, group.id, Shared::Missed, shared.iter().map(|(user, _)| *user)).await?;
    let attended = marked.into_iter().filter(|(_, was)| *was == Was::Attended).map(|(user, _)| user).collect();
    Ok(Roll { occurrence, attended, closed, left_out: 0, shared })
}

/// Marks people as having been there; gives how many were left out because they do not belong to the group.
///
/// # Errors
/// Refused when it is too late or too early.
pub async fn mark(
    deps: &Deps,
    group: &Group,
    (id, occurrence): (SeriesId, OccurrenceId),
    people: &[UserId],
) -> Result<(Series, Occurrence, usize), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let series = series_in(&mut tx, id).await?;
    let occurrence = to_mark(&mut tx, &series, Some(occurrence), now).await?;
    let belong: BTreeSet<UserId> = attendance::joined_by(&mut tx, group.id, now).await?.into_iter().collect();
    let there = attendance::marked(&mut tx, id, occurrence.id).await?;
    let (mut left_out, mut fresh) = (0, 0);
    for user in people.iter().collect::<BTreeSet<_>>() {
        if belong.contains(user) {
            let member = Member { guild: group.guild, user: *user };
            attendance::mark(&mut tx, held(&series, &occurrence), member, Was::Attended, now).await?;
            fresh += usize::from(!there.contains(&(*user, Was::Attended)));
        } else {
            left_out += 1;
        }
    }
    keep_in_record(deps, &mut tx, "attendance.mark", (group, id, occurrence.id), fresh).await?;
    tx.commit().await?;
    Ok((series, occurrence, left_out))
}

/// Keeps in the group's record that so many marks were changed; whose they are stands with the marks alone, so that
/// it goes with whoever is forgotten.
async fn keep_in_record(
    deps: &Deps,
    tx: &mut Tx,
    what: &'static str,
    (group, series, occurrence): (&Group, SeriesId, OccurrenceId),
    people: usize,
) -> sqlx::Result<()> {
    if people == 0 {
        return Ok(());
    }
    let became = json!({"session": occurrence.to_string(), "people": people});
    record(deps, tx, (group.id, what, Some(series.raw())), Value::Null, became).await
}

/// Takes back that people were there. Once everybody is marked, they count as having missed it, and no note is
/// written because of a correction.
///
/// # Errors
/// As [`mark`].
pub async fn unmark(
    deps: &Deps,
    group: &Group,
    (id, occurrence): (SeriesId, OccurrenceId),
    people: &[UserId],
) -> Result<(Series, Occurrence), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let series = series_in(&mut tx, id).await?;
    let occurrence = to_mark(&mut tx, &series, Some(occurrence), now).await?;
    let closed = attendance::is_closed(&mut tx, id, occurrence.id).await?;
    let there = attendance::marked(&mut tx, id, occurrence.id).await?;
    let mut taken_back = 0;
    for user in people.iter().filter(|user| there.contains(&(**user, Was::Attended))) {
        taken_back += 1;
        let member = Member { guild: group.guild, user: *user };
        match closed {
            true => attendance::mark(&mut tx, held(&series, &occurrence), member, Was::Missed, now).await?,
            false => attendance::unmark(&mut tx, held(&series, &occurrence), *user).await?,
        }
    }
    keep_in_record(deps, &mut tx, "attendance.unmark", (group, id, occurrence.id), taken_back).await?;
    tx.commit().await?;
    Ok((series, occurrence))
}

/// Everybody is marked: who was expected and not there missed it, or was excused; and whoever missed two in a row
/// and wished for it is written to, once.
///
/// # Errors
/// Refused before the start, when nobody can have missed it.
pub async fn close(
    deps: &Deps,
    group: &Group,
    (id, occurrence): (SeriesId, OccurrenceId),
) -> Result<(Series, Occurrence), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let series = series_in(&mut tx, id).await?;
    let occurrence = to_mark(&mut tx, &series, Some(occurrence), now).await?;
    if occurrence.starts_at() > now {
        let why = "Somebody may still come through the door.";
        return Err(Refusal::new("The session has not begun.", why, "Press it again once it has.").into());
    }
    let kept = held(&series, &occurrence);
    if attendance::close(&mut tx, kept, now).await? {
        let absent = absent(&mut tx, group, &series, &occurrence).await?;
        let became = json!({"session": occurrence.id.to_string(), "all": "marked"});
        record(deps, &mut tx, (group.id, "attendance.close", Some(id.raw())), Value::Null, became).await?;
        for (member, was) in absent {
            attendance::mark(&mut tx, kept, member, was, now).await?;
            if was == Was::Missed {
                note(deps, &mut tx, group, kept, member, now).await?;
            }
        }
    }
    tx.commit().await?;
    deps.courier.ring();
    Ok((series, occurrence))
}

/// Who was expected and is not marked, and whether they were excused. With a role as audience, whoever answered
/// that they come or was there before is expected; nobody else is.
async fn absent(
    tx: &mut Tx,
    group: &Group,
    series: &Series,
    occurrence: &Occurrence,
) -> anyhow::Result<Vec<(Member, Was)>> {
    let starts_at = occurrence.starts_at();
    let there: BTreeSet<UserId> =
        attendance::marked(tx, series.id, occurrence.id).await?.into_iter().map(|(user, _)| user).collect();
    let entries = answers::entries(tx, series.id, occurrence.id).await?;
    let mut all = Vec::new();
    for user in attendance::joined_by(tx, group.id, starts_at).await? {
        if there.contains(&user) {
            continue;
        }
        let entry = entries.iter().find(|entry| entry.user == user);
        let is_expected = match series.details.audience {
            Audience::Members => true,
            Audience::Role(_) | Audience::Alumni(_) => {
                entry.is_some_and(|entry| entry.reply.comes()) || attendance::was_ever(tx, series.id, user).await?
            }
        };
        if !is_expected {
            continue;
        }
        let member = Member { guild: group.guild, user };
        let away = groups::store::settings::find_in(tx, member).await?.away;
        let was_away = away.is_some_and(|away| away.since <= starts_at && away.holds(starts_at));
        let said_so = entry.is_some_and(|entry| entry.reply == Reply::Cannot || entry.seat == Seat::Waiting);
        all.push((member, if said_so || was_away { Was::Excused } else { Was::Missed }));
    }
    Ok(all)
}

/// Queues the note to somebody who has just missed a session, if the rule and their wish allow it.
async fn note(
    deps: &Deps,
    tx: &mut Tx,
    group: &Group,
    kept: Held,
    member: Member,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let wish = wishes::find(tx, group.id, member.user).await?;
    if !wish.is_some_and(|wish| wish.missed_note) || !takes_direct(deps, member) {
        return Ok(());
    }
    let marks = attendance::past(tx, kept.series, member.user, MARKS_LOOKED_AT).await?;
    let (there, noted) = attendance::last(tx, group.id, member.user).await?;
    if !attend::is_missed_twice(&marks, noted, there) {
        return Ok(());
    }
    let Some(note) = attendance::note(tx, kept, member, now).await? else { return Ok(()) };
    let new = NewEnvelope {
        class: Class::Prompt,
        // Not under the session's name: that somebody was written to is nobody's business, not even as a count.
        dedupe_key: format!("missed:{note}/{}/dm", member.user),
        guild: group.guild,
        place: Place::Direct(member.user),
        kind: MISSED,
        subject: serde_json::to_value(NoteSubject { note })?,
        due_at: now,
        expires_at: now.checked_add_signed(NOTE_KEPT).unwrap_or(now),
    };
    outbox::enqueue(tx, now, &new).await?;
    Ok(())
}

/// Draws a note at the moment it is sent.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: NoteSubject = serde_json::from_value(envelope.subject.clone())?;
    let Some(member) = addressee(envelope) else { return Ok(Drawn::Gone("changed")) };
    let mut connection = deps.database.read().acquire().await?;
    let Some(note) = attendance::find_note(&mut connection, subject.note).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    let Some(series) = store::find(&mut connection, note.series).await? else { return Ok(Drawn::Gone("removed")) };
    let marked = attendance::marked(&mut connection, note.series, note.occurrence).await?;
    if !marked.contains(&(member.user, Was::Missed)) {
        // A facilitator corrected it meanwhile.
        return Ok(Drawn::Gone("was_there"));
    }
    let wish = wishes::find(&mut connection, series.group, member.user).await?;
    if !wish.is_some_and(|wish| wish.missed_note) {
        return Ok(Drawn::Gone("switched_off"));
    }
    drop(connection);
    let pool = deps.database.read();
    let Some(group) = groups::store::find(pool, series.group).await? else { return Ok(Drawn::Gone("removed")) };
    if groups::store::standing(pool, group.id, member.user).await? != Standing::Joined {
        return Ok(Drawn::Gone("left"));
    }
    if let Err(otherwise) = may_write(deps, member, &group, None).await? {
        return Ok(otherwise);
    }
    let next = plan::upcoming(&series, deps.clock.now(), 1).pop();
    Ok(Drawn::Card(cards::missed(&series, next.as_ref(), note.id)))
}

/// The note that a button names, when it is this person's.
///
/// # Errors
/// Refused when it is gone or somebody else's.
pub async fn note_group(deps: &Deps, user: UserId, note: i64) -> Result<MissedNote, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    let found = attendance::find_note(&mut connection, note).await?;
    Ok(found.filter(|note| note.member.user == user).ok_or_else(Refusal::old_button)?)
}

/// Keeps what was in the way, sealed with the member's key, and who may know.
///
/// # Errors
/// As [`note_group`].
pub async fn keep_missed_why(deps: &Deps, user: UserId, note: i64, why: Why) -> Result<(), Stop> {
    let found = note_group(deps, user, note).await?;
    let mut tx = deps.database.write().await?;
    // Somebody may have asked to be forgotten since: then nothing is sealed anew.
    if attendance::find_note(&mut tx, note).await?.is_none() {
        return Err(Refusal::old_button().into());
    }
    let plain = Zeroizing::new(serde_json::to_vec(&why)?);
    let sealed = members::seal(deps, found.member, reason_place(TABLE, user, note), &plain).await?;
    attendance::keep_reason(&mut tx, note, &sealed).await?;
    tx.commit().await?;
    Ok(())
}
