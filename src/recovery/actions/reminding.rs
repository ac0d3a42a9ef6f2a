//! What people, or the clock, can make an own reminder do.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::cards;
use super::super::model::reminder::{
    About, DRAFT_KEPT, Going, LATE_AFTER, OVER_KEPT, REMINDERS_LIMIT, Reminder, Snooze, When,
};
use super::super::plan::reminding as plan;
use super::super::store::reminders as store;
use crate::calendar::Zone;
use crate::deps::Deps;
use crate::groups::actions as members;
use crate::groups::model::{Away, CONSENT_TEXT};
use crate::groups::{self, Purpose};
use crate::ids::{Member, ReminderId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place, State};
use crate::refusal::{Refusal, Stop};
use crate::vault;

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

/// The kind of envelope that carries an own reminder.
pub const REMINDER: &str = "recovery.reminder";
/// Rows a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;
/// How long a single reminder of somebody who is away is left alone before it is looked at again.
const AWAY_AGAIN: TimeDelta = TimeDelta::days(1);

/// The ids a reminder is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    reminder: ReminderId,
}

/// What became of a wish to be reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    /// It is on.
    On(Reminder),
    /// It waits for a yes to direct messages.
    Asking(Reminder),
}

fn place(reminder: &Reminder) -> vault::Place<'static> {
    vault::Place {
        table: "own_reminder",
        column: "sealed",
        member: reminder.member.user.snowflake(),
        row: reminder.id.raw(),
    }
}

fn prefix(id: ReminderId) -> String {
    format!("remind:{id}/")
}

/// Sets a reminder, or keeps it until the member says yes to direct messages.
///
/// # Errors
/// Refused when they said no to direct messages, or have as many reminders as fit.
pub async fn set(deps: &Deps, member: Member, zone: Zone, when: &When, about: &About) -> Result<Set, Stop> {
    let agreed = members::consents(deps, member).await?.direct_messages;
    if agreed == Some(false) {
        return Err(said_no().into());
    }
    let now = deps.clock.now();
    let going = if agreed == Some(true) { Going::On } else { Going::Draft };
    let mut reminder = Reminder {
        id: ReminderId::new(0),
        member,
        going,
        recurrence: when.recurrence.clone(),
        zone,
        next_at: Some(when.first_at),
        snoozed_until: None,
        paused_at: None,
    };
    let mut tx = deps.database.write().await?;
    if store::count_ahead(&mut tx, member).await? >= REMINDERS_LIMIT {
        return Err(Refusal::new(
            format!("You have {REMINDERS_LIMIT} reminders, and that is as many as I keep."),
            "",
            "`/remind list` shows them; take one away, and there is room again.",
        )
        .into());
    }
    let revision = groups::store::settings::find_in(&mut tx, member).await?.revision;
    reminder.id = store::add(&mut tx, &reminder, revision, now).await?;
    seal(deps, &mut tx, &reminder, about).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(if going == Going::On { Set::On(reminder) } else { Set::Asking(reminder) })
}

/// Somebody who said no to direct messages wants a reminder.
fn said_no() -> Refusal {
    Refusal::new(
        "I can't remind you: a reminder comes by direct message, and you said no to those.",
        "That stands until you change it.",
        "`/privacy` turns direct messages on. Then run `/remind me` again.",
    )
}

async fn seal(deps: &Deps, tx: &mut Tx, reminder: &Reminder, about: &About) -> Result<(), Stop> {
    let plain = Zeroizing::new(serde_json::to_vec(about)?);
    let sealed = members::seal(deps, reminder.member, place(reminder), &plain).await?;
    Ok(store::keep_sealed(tx, reminder.id, &sealed).await?)
}

/// A reminder of the person who asks, with its words.
///
/// # Errors
/// Refused when it is gone or somebody else's.
pub async fn find(deps: &Deps, user: UserId, id: ReminderId) -> Result<(Reminder, About), Stop> {
    let kept = store::find(deps.database.read(), id).await?;
    let (reminder, sealed) = kept.filter(|(one, _)| one.member.user == user).ok_or_else(gone)?;
    let about = open(deps, &reminder, &sealed).await?.ok_or_else(gone)?;
    Ok((reminder, about))
}

fn gone() -> Refusal {
    Refusal::new("That reminder is not here any more.", "", "`/remind list` shows yours, `/remind me` sets a new one.")
}

async fn open(deps: &Deps, reminder: &Reminder, sealed: &[u8]) -> Result<Option<About>, Stop> {
    let plain = members::open(deps, reminder.member, place(reminder), sealed).await?;
    Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

/// One line of a member's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The reminder.
    pub reminder: Reminder,
    /// Its words.
    pub about: About,
    /// Why the last one did not reach them, if it did not.
    pub lost: Option<Lost>,
}

/// Why a reminder did not reach its member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Discord took no direct message.
    Closed,
    /// It was too late.
    Late,
    /// They were away, or had said no to direct messages meanwhile.
    Withheld,
}

/// The reminders of a member that will still be said, soonest first, with their words.
///
/// # Errors
/// When a database cannot be read.
pub async fn list(deps: &Deps, member: Member) -> Result<Vec<Listed>, Stop> {
    let kept = store::of_member(deps.database.read(), member).await?;
    let sealed: Vec<_> = kept.iter().map(|(one, sealed)| (place(one), sealed.as_slice())).collect();
    let opened = members::open_all(deps, member, sealed).await?;
    let mut all = Vec::with_capacity(opened.len());
    for ((reminder, _), plain) in kept.into_iter().zip(&opened) {
        let lost = lost(deps, reminder.id).await?;
        all.push(Listed { reminder, about: serde_json::from_slice(plain)?, lost });
    }
    Ok(all)
}

async fn lost(deps: &Deps, id: ReminderId) -> Result<Option<Lost>, Stop> {
    let all = outbox::store::list_matching(deps.database.read(), &prefix(id)).await?;
    let last = all.into_iter().max_by_key(|delivery| delivery.due_at);
    Ok(last.and_then(|delivery| match delivery.state {
        State::Undeliverable => Some(Lost::Closed),
        State::Expired => Some(Lost::Late),
        State::Cancelled if matches!(delivery.reason.as_deref(), Some("no_consent" | "away")) => Some(Lost::Withheld),
        State::Pending | State::Sending | State::Sent | State::Cancelled => None,
    }))
}

/// The member said yes to direct messages: the reminder that waited for it is on. Its time may have passed.
///
/// # Errors
/// Refused when it is gone, or the time it was for is past.
pub async fn agree(deps: &Deps, user: UserId, id: ReminderId) -> Result<(Reminder, About), Stop> {
    let (mut reminder, about) = find(deps, user, id).await?;
    members::decide(deps, reminder.member, Purpose::DirectMessages, true).await?;
    let now = deps.clock.now();
    if reminder.next_at.is_none_or(|at| at <= now) {
        reminder.next_at = match &reminder.recurrence {
            Some(recurrence) => plan::next_after(recurrence, reminder.zone, now),
            None => None,
        };
    }
    if reminder.next_at.is_none() {
        return Err(Refusal::new("The time for that reminder is past by now.", "", "Set it anew: `/remind me`").into());
    }
    reminder.going = Going::On;
    let mut tx = deps.database.write().await?;
    store::set(&mut tx, &reminder, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok((reminder, about))
}

/// Takes a reminder away, with everything that waits of it.
///
/// # Errors
/// Refused when it is gone or somebody else's.
pub async fn remove(deps: &Deps, user: UserId, id: ReminderId) -> Result<(Reminder, About), Stop> {
    let found = find(deps, user, id).await?;
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    outbox::cancel_matching(&mut tx, now, &prefix(id), "stopped").await?;
    store::remove(&mut tx, id).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(found)
}

/// Changes when a reminder is due, what it is about, or how it is shown. What waits at the old time is not said.
///
/// # Errors
/// Refused when it is gone or somebody else's.
pub async fn change(
    deps: &Deps,
    user: UserId,
    id: ReminderId,
    when: Option<(&When, Zone)>,
    alter: impl FnOnce(&mut About),
) -> Result<(Reminder, About), Stop> {
    let (mut reminder, mut about) = find(deps, user, id).await?;
    alter(&mut about);
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    if let Some((when, zone)) = when {
        reminder.recurrence = when.recurrence.clone();
        reminder.next_at = Some(when.first_at);
        reminder.zone = zone;
        reminder.snoozed_until = None;
        if reminder.going == Going::Over {
            reminder.going = Going::On;
        }
        outbox::cancel_matching(&mut tx, now, &prefix(id), "changed").await?;
        store::set(&mut tx, &reminder, now).await?;
    }
    seal(deps, &mut tx, &reminder, &about).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok((reminder, about))
}

/// Puts a reminder off; the series stays where it is.
///
/// # Errors
/// Refused when it is gone or somebody else's.
pub async fn snooze(
    deps: &Deps,
    user: UserId,
    id: ReminderId,
    due: DateTime<Utc>,
    snooze: Snooze,
) -> Result<(Reminder, DateTime<Utc>), Stop> {
    let (mut reminder, _) = find(deps, user, id).await?;
    let now = deps.clock.now();
    let until = plan::put_off(snooze, due, now, reminder.zone);
    reminder.snoozed_until = Some(until);
    let mut tx = deps.database.write().await?;
    store::set(&mut tx, &reminder, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok((reminder, until))
}

/// Enqueues the reminders that are due.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub(super) async fn tick(deps: &Deps) -> anyhow::Result<()> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let stale = store::stale(&mut tx, BATCH).await?;
        for reminder in &stale {
            reckon_anew(&mut tx, reminder, now).await?;
        }
        tx.commit().await?;
        if stale.is_empty() {
            break;
        }
    }
    loop {
        let mut tx = deps.database.write().await?;
        let due = store::due(&mut tx, now, BATCH).await?;
        for reminder in &due {
            say(deps, &mut tx, reminder, now).await?;
        }
        tx.commit().await?;
        if due.is_empty() {
            return Ok(());
        }
        deps.courier.ring();
    }
}

/// A repeating reminder follows its member into another zone: eight in the morning is theirs.
async fn reckon_anew(tx: &mut Tx, reminder: &Reminder, now: DateTime<Utc>) -> anyhow::Result<()> {
    let settings = groups::store::settings::find_in(tx, reminder.member).await?;
    let mut moved = reminder.clone();
    if let (Some(zone), Some(recurrence)) = (settings.zone, &reminder.recurrence)
        && zone != reminder.zone
        // What is due already is said first.
        && reminder.next_at.is_some_and(|at| at > now)
    {
        moved.zone = zone;
        moved.next_at = plan::next_after(recurrence, zone, now).or(reminder.next_at);
    }
    Ok(store::reckoned(tx, &moved, settings.revision).await?)
}

async fn say(deps: &Deps, tx: &mut Tx, reminder: &Reminder, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(due) = plan::due(reminder, now) else { return Ok(()) };
    let settings = groups::store::settings::find_in(tx, reminder.member).await?;
    let mut after = Reminder { next_at: due.next_at, snoozed_until: due.snoozed_until, ..reminder.clone() };
    let away = settings.away.filter(|away| away.holds(now));
    let rests = match away {
        Some(away) => !goes_on(deps, tx, reminder, away).await?,
        None => false,
    };
    if rests && reminder.recurrence.is_none() {
        // They asked for quiet; what comes once is said when they are back, not lost.
        let until = settings.away.and_then(|away| away.until).unwrap_or(now + AWAY_AGAIN);
        after = Reminder { going: Going::Over, next_at: None, snoozed_until: Some(until), ..after };
        return Ok(store::set(tx, &after, now).await?);
    }
    if !rests {
        let subject = serde_json::to_value(Subject { reminder: reminder.id })?;
        let envelope = NewEnvelope {
            class: Class::Reminder,
            dedupe_key: format!("{}{}", prefix(reminder.id), due.at.timestamp()),
            guild: reminder.member.guild,
            place: Place::Direct(reminder.member.user),
            kind: REMINDER,
            subject,
            due_at: due.at,
            expires_at: due.until,
        };
        outbox::enqueue(tx, now, &envelope).await?;
    }
    if after.next_at.is_none() {
        after.going = Going::Over;
    }
    Ok(store::set(tx, &after, now).await?)
}

/// Whether a reminder is said although its member is away, by what it is about.
async fn goes_on(deps: &Deps, tx: &mut Tx, reminder: &Reminder, away: Away) -> anyhow::Result<bool> {
    let Some((_, sealed)) = store::find_in(tx, reminder.id).await? else { return Ok(false) };
    let about = super::for_drawing(open(deps, reminder, &sealed).await)?;
    Ok(about.is_some_and(|about| plan::goes_on_while_away(about.kind, reminder.paused_at, away)))
}

/// The member pauses every reminder of theirs for the time they are away.
///
/// # Errors
/// When the database cannot be written.
pub async fn pause_all(deps: &Deps, member: Member) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::pause(&mut tx, member, deps.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Draws a reminder at the moment it is sent. It was asked for at that time, so quiet hours do not hold it back.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some((reminder, sealed)) = store::find(pool, subject.reminder).await? else {
        return Ok(Drawn::Gone("stopped"));
    };
    let consents = groups::store::consents(pool, reminder.member, CONSENT_TEXT).await?;
    if consents.direct_messages != Some(true) {
        return Ok(Drawn::Gone("no_consent"));
    }
    let now = deps.clock.now();
    let about = match open(deps, &reminder, &sealed).await {
        Ok(Some(about)) => about,
        Ok(None) => return Ok(Drawn::Gone("forgotten")),
        Err(Stop::Refusal(refusal)) => anyhow::bail!("a reminder cannot be opened: {refusal}"),
        Err(Stop::Fault(error)) => return Err(error),
    };
    let away = groups::store::settings::find(pool, reminder.member).await?.away.filter(|away| away.holds(now));
    if away.is_some_and(|away| !plan::goes_on_while_away(about.kind, reminder.paused_at, away)) {
        return Ok(Drawn::Gone("away"));
    }
    let late = now - envelope.due_at >= LATE_AFTER;
    Ok(Drawn::Card(cards::reminding::reminder(&reminder, &about, envelope.due_at, late)))
}

/// Removes drafts that nobody confirmed, and what was said for the last time a while ago.
///
/// # Errors
/// When the database cannot be written.
pub(super) async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - DRAFT_KEPT, now - OVER_KEPT).await?;
    tx.commit().await?;
    Ok(())
}
