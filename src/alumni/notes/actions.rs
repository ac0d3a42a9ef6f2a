//! What people, or the clock, can make caring notes do.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zeroize::Zeroizing;

use super::model::{DECLINED_KEPT, DRAFT_KEPT, NOTES_PER_AUTHOR, Note, NoteState, SENT_KEPT, SHORTEST_GAP, Wish};
use super::{cards, plan, store};
use crate::alumni::actions::{key, steps};
use crate::deps::Deps;
use crate::groups::model::{CONSENT_TEXT, Purpose};
use crate::groups::{self, Group, actions as members};
use crate::ids::{CaringNoteId, GroupId, Member, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};
use crate::vault;

/// The kind of envelope that brings a note to whoever wants some.
pub const NOTE: &str = "alumni.note";
/// The kind of envelope that tells facilitators that a note waits to be read; none of its words are in it.
pub const WAITS: &str = "alumni.note_waits";
/// The kind of envelope that tells a writer what became of their note.
pub const NEWS: &str = "alumni.note_news";
/// How long any of them is worth sending.
const WORTH: TimeDelta = TimeDelta::days(7);
/// How long somebody who cannot be written to now is left alone before we look again.
const AGAIN: TimeDelta = TimeDelta::days(1);
/// Wishes a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 100;

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

/// The ids an envelope about a note is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    note: CaringNoteId,
    group: GroupId,
    user: UserId,
}

fn place(note: &Note) -> vault::Place<'static> {
    vault::Place { table: "caring_note", column: "sealed", member: note.author.user.snowflake(), row: note.id.raw() }
}

fn envelope(
    note: &Note,
    kind: &'static str,
    to: Member,
    place: Place,
    now: DateTime<Utc>,
) -> anyhow::Result<NewEnvelope> {
    Ok(NewEnvelope {
        class: Class::Digest,
        dedupe_key: format!("{}{kind}/{}/{}", key(to, note.group), note.id, now.timestamp()),
        guild: to.guild,
        place,
        kind,
        subject: serde_json::to_value(Subject { note: note.id, group: note.group, user: to.user })?,
        due_at: now,
        expires_at: now + WORTH,
    })
}

async fn words_of(deps: &Deps, note: &Note, sealed: &[u8]) -> Result<Option<String>, Stop> {
    let plain = members::open(deps, note.author, place(note), sealed).await?;
    Ok(plain.map(|plain| String::from_utf8_lossy(&plain).into_owned()))
}

/// Keeps a draft of an alum; nobody else sees it before they hand it in.
///
/// # Errors
/// Refused when they are not on the last step, or have as many notes as fit.
pub async fn write(deps: &Deps, group: &Group, author: Member, words: &str) -> Result<Note, Stop> {
    let now = deps.clock.now();
    steps::graduate(deps, group, author).await?;
    let (have, _) = store::count(deps.database.read(), author).await?;
    if have >= NOTES_PER_AUTHOR {
        let why = format!("{NOTES_PER_AUTHOR} at a time are the most.");
        return Err(Refusal::new("You have written plenty.", why, "`/caring notes` takes one of yours away.").into());
    }
    let mut tx = deps.database.write().await?;
    let id = store::add(&mut tx, group.id, author, now).await?;
    let note = Note { id, group: group.id, author, state: NoteState::Draft };
    let plain = Zeroizing::new(words.as_bytes().to_vec());
    let sealed = members::seal(deps, author, place(&note), &plain).await?;
    store::keep_sealed(&mut tx, id, &sealed).await?;
    tx.commit().await?;
    Ok(note)
}

/// The writer hands their draft in: facilitators may read it from now on, and are told that one waits.
///
/// # Errors
/// Refused when it is somebody else's, gone, or handed in already.
pub async fn hand_in(deps: &Deps, user: UserId, id: CaringNoteId) -> Result<Group, Stop> {
    let now = deps.clock.now();
    let note = own(deps, user, id).await?;
    let group = members::find(deps, note.group).await?;
    steps::graduate(deps, &group, note.author).await?;
    let mut tx = deps.database.write().await?;
    if !store::set(&mut tx, id, (NoteState::Draft, NoteState::Waiting), now).await? {
        return Err(Refusal::old_button().into());
    }
    if let Some(channel) = group.facilitator_channel {
        outbox::enqueue(&mut tx, now, &envelope(&note, WAITS, note.author, Place::Channel(channel), now)?).await?;
    }
    tx.commit().await?;
    deps.courier.ring();
    Ok(group)
}

async fn own(deps: &Deps, user: UserId, id: CaringNoteId) -> Result<Note, Stop> {
    let found = store::find(deps.database.read(), id).await?.map(|(note, _)| note);
    Ok(found.filter(|note| note.author.user == user).ok_or_else(Refusal::old_button)?)
}

/// The writer takes a note back, wherever it is; who got it keeps the message.
///
/// # Errors
/// Refused when it is somebody else's, or gone.
pub async fn take_back(deps: &Deps, user: UserId, id: CaringNoteId) -> Result<Note, Stop> {
    let note = own(deps, user, id).await?;
    let mut tx = deps.database.write().await?;
    store::remove(&mut tx, id).await?;
    tx.commit().await?;
    Ok(note)
}

/// What somebody sees of caring notes in a group: their wish, and what they handed in.
///
/// # Errors
/// When a database cannot be read.
pub async fn mine(deps: &Deps, group: &Group, user: UserId) -> Result<(Option<Wish>, Vec<(Note, String)>), Stop> {
    let pool = deps.database.read();
    let wish = store::wish(pool, group.id, user).await?;
    let mut notes = Vec::new();
    for (note, sealed) in store::of_author(pool, group.id, user).await? {
        if let Some(words) = words_of(deps, &note, &sealed).await? {
            notes.push((note, words));
        }
    }
    Ok((wish, notes))
}

/// The note that waits longest for a facilitator, and how many wait.
///
/// # Errors
/// When a database cannot be read.
pub async fn waiting(deps: &Deps, group: &Group) -> Result<Option<(Note, String, usize)>, Stop> {
    let all = store::waiting(deps.database.read(), group.id).await?;
    for (note, sealed) in &all {
        if let Some(words) = words_of(deps, note, sealed).await? {
            return Ok(Some((note.clone(), words, all.len())));
        }
    }
    Ok(None)
}

/// The group a note is for.
///
/// # Errors
/// Refused when it is gone.
pub async fn group_of(deps: &Deps, id: CaringNoteId) -> Result<GroupId, Stop> {
    Ok(store::find(deps.database.read(), id).await?.map(|(note, _)| note.group).ok_or_else(Refusal::old_button)?)
}

/// A facilitator has read a note: it goes out now and then, or is kept back. Its writer is told, kindly.
///
/// # Errors
/// Refused when another facilitator was faster, or it was taken back.
pub async fn settle(deps: &Deps, id: CaringNoteId, approve: bool) -> Result<(), Stop> {
    let now = deps.clock.now();
    let found = store::find(deps.database.read(), id).await?.map(|(note, _)| note);
    let note = found.ok_or_else(Refusal::old_button)?;
    let to = if approve { NoteState::Approved } else { NoteState::Declined };
    let mut tx = deps.database.write().await?;
    if !store::set(&mut tx, id, (NoteState::Waiting, to), now).await? {
        return Err(Refusal::new(
            "That note is settled already.",
            "Another facilitator was faster, or its writer took it back.",
            "`/caring review` shows what waits.",
        )
        .into());
    }
    let what = if approve { "note.approve" } else { "note.decline" };
    let change = (note.group, what, Some(id.raw()));
    members::kept::record(deps, &mut tx, change, json!({"state": "waiting"}), json!({"approved": approve})).await?;
    let direct = Place::Direct(note.author.user);
    outbox::enqueue(&mut tx, now, &envelope(&note, NEWS, note.author, direct, now)?).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

/// Somebody would like notes now and then.
///
/// # Errors
/// Refused without a yes to direct messages.
pub async fn wish(deps: &Deps, group: &Group, member: Member) -> Result<Wish, Stop> {
    if members::consents(deps, member).await?.direct_messages != Some(true) {
        return Err(Refusal::new(
            "Notes come by direct message, and I only write to people who said yes to that.",
            "",
            "`/privacy` turns direct messages on; then choose it again.",
        )
        .into());
    }
    let now = deps.clock.now();
    if let Some(known) = store::wish(deps.database.read(), group.id, member.user).await? {
        return Ok(known);
    }
    let zone = members::settings::settings(deps, member).await?.zone_in(group);
    let (slot, next_at) = plan::next(member, now, 0, zone, now).ok_or_else(|| anyhow::anyhow!("no day is ahead"))?;
    let wish = Wish { group: group.id, member, agreed_at: now, slot, next_at };
    let mut tx = deps.database.write().await?;
    store::keep_wish(&mut tx, &wish).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(wish)
}

/// Somebody does not want notes any more; one that waits for them is not sent.
///
/// # Errors
/// When the database cannot be written.
pub async fn stop(deps: &Deps, group: GroupId, member: Member) -> Result<(), Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    store::drop_wish(&mut tx, group, member.user).await?;
    outbox::cancel_matching(&mut tx, now, &format!("{}{NOTE}/", key(member, group)), "stopped").await?;
    tx.commit().await?;
    Ok(())
}

/// Enqueues the notes that fell due, removes what people who left had here, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        store::drop_left(&mut tx).await?;
        let due = store::due(&mut tx, now, BATCH).await?;
        for wish in &due {
            send(deps, &mut tx, wish, now).await?;
        }
        tx.commit().await?;
        if due.is_empty() {
            return next(deps).await;
        }
        deps.courier.ring();
    }
}

/// When the next note is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(store::next(deps.database.read()).await?)
}

async fn send(deps: &Deps, tx: &mut Tx, wish: &Wish, now: DateTime<Utc>) -> anyhow::Result<()> {
    let (member, group) = (wish.member, groups::store::find_in(tx, wish.group).await?);
    // A no to direct messages ends it; who changes their mind is asked anew whether they want notes.
    let agreed = groups::store::agreed_in(tx, member, wish.group, Purpose::DirectMessages, CONSENT_TEXT).await?;
    let (true, Some(group)) = (agreed, group) else {
        return Ok(store::drop_wish(tx, wish.group, member.user).await?);
    };
    let settings = groups::store::settings::find_in(tx, member).await?;
    let soon = store::last(tx, member).await?.map(|last| last + SHORTEST_GAP).filter(|until| *until > now);
    let served = deps.roster.group(group.id).is_some();
    let held = settings.is_away(now) || !served || members::care::quiet_since(deps, group.id).is_some();
    if soon.is_some() || held {
        let away = settings.away.and_then(|away| away.until).filter(|until| *until > now);
        let next_at = soon.or(away).unwrap_or(now + AGAIN);
        return Ok(store::keep_wish(tx, &Wish { next_at, ..*wish }).await?);
    }
    let zone = settings.zone_in(&group);
    let notes = store::approved(tx, group.id).await?;
    let got = store::got(tx, group.id, member.user).await?;
    // Where nobody else has written yet, the quarter passes without one.
    if let Some(id) = plan::pick(&notes, &got, member.user) {
        let note = Note { id, group: group.id, author: member, state: NoteState::Approved };
        let due_at = settings.not_quiet_from(now, zone);
        let envelope = envelope(&note, NOTE, member, Place::Direct(member.user), now)?;
        outbox::enqueue(tx, now, &NewEnvelope { due_at, ..envelope }).await?;
        store::sent(tx, wish, id, now).await?;
    }
    match plan::after(wish, zone, now) {
        Some(after) => Ok(store::keep_wish(tx, &after).await?),
        None => Ok(store::drop_wish(tx, wish.group, member.user).await?),
    }
}

/// Draws an envelope about a note at the moment it is sent.
///
/// # Errors
/// When a database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(group) = groups::store::find(pool, subject.group).await? else { return Ok(Drawn::Gone("removed")) };
    let Some((note, sealed)) = store::find(pool, subject.note).await? else { return Ok(Drawn::Gone("taken_back")) };
    if envelope.kind == WAITS {
        let waits = note.state == NoteState::Waiting;
        return Ok(if waits { Drawn::Card(cards::waits(group.id)) } else { Drawn::Gone("over") });
    }
    let to = Member { guild: group.guild, user: subject.user };
    if let Some(instead) = members::reach::held_back(deps, to, &group).await? {
        return Ok(instead);
    }
    if envelope.kind == NEWS {
        return Ok(match note.state {
            NoteState::Approved => Drawn::Card(cards::approved()),
            NoteState::Declined => Drawn::Card(cards::declined()),
            NoteState::Draft | NoteState::Waiting => Drawn::Gone("over"),
        });
    }
    if note.state != NoteState::Approved || store::wish(pool, group.id, to.user).await?.is_none() {
        return Ok(Drawn::Gone("stopped"));
    }
    match words_of(deps, &note, &sealed).await {
        Ok(Some(words)) => Ok(Drawn::Card(cards::note(group.id, &words))),
        Ok(None) => Ok(Drawn::Gone("forgotten")),
        Err(Stop::Refusal(refusal)) => anyhow::bail!("a note cannot be opened: {refusal}"),
        Err(Stop::Fault(error)) => Err(error),
    }
}

/// Removes what is not needed any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(tx: &mut Tx, now: DateTime<Utc>) -> sqlx::Result<()> {
    store::prune(tx, now - DRAFT_KEPT, now - DECLINED_KEPT, now - SENT_KEPT).await
}
