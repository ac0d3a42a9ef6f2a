//! Who has a place, which of a member's own reminders are due, and who was missed. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::model::attending::{Entry, Mark, Mine, Reply, Seat, Tally, Was};
use super::super::model::{Occurrence, Series};
use super::{HORIZON, occurrence, occurrences, plus};
use crate::calendar::{Lead, Leads, OccurrenceId, QuietHours, Zone};
use crate::ids::UserId;

/// No stretch of quiet hours lasts longer, so no reminder is moved further.
const QUIET_AT_MOST: TimeDelta = TimeDelta::days(1);

/// What a press on a session's button meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meets {
    /// It is ahead, at the time that the button's card said.
    Ahead(Occurrence),
    /// It is ahead, at another time.
    Moved(Occurrence),
    /// It has begun.
    Begun,
    /// It does not take place.
    Off,
}

/// What a press on a button of this occurrence meets, drawn when it was to start at `told`.
pub fn meets(series: &Series, id: OccurrenceId, told: DateTime<Utc>, now: DateTime<Utc>) -> Meets {
    match occurrence(series, id) {
        None => Meets::Off,
        Some(held) if held.starts_at() <= now => Meets::Begun,
        Some(held) if held.starts_at() != told => Meets::Moved(held),
        Some(held) => Meets::Ahead(held),
    }
}

/// What an answer does to the places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seating {
    /// The place of whoever answered.
    pub seat: Seat,
    /// Their turn.
    pub turn: i64,
    /// Who else gets a place now, in the order of the waitlist.
    pub promoted: Vec<UserId>,
}

/// Answers for somebody. Who has a place keeps it, also when the number of places was lowered; who asks anew goes
/// to the end of the waitlist; a free place goes to the first on it.
pub fn seat(capacity: Option<u32>, entries: &[Entry], user: UserId, reply: Reply) -> Seating {
    let before = entries.iter().find(|entry| entry.user == user);
    let last = entries.iter().map(|entry| entry.turn).max().unwrap_or(0);
    let (seat, turn) = match before {
        Some(before) if reply.comes() && before.belongs && before.seat != Seat::None => (before.seat, before.turn),
        _ if reply.comes() => (Seat::Waiting, last.saturating_add(1)),
        Some(before) => (Seat::None, before.turn),
        None => (Seat::None, last.saturating_add(1)),
    };
    let mut after: Vec<Entry> = entries.iter().copied().filter(|entry| entry.user != user).collect();
    after.push(Entry { user, reply, seat, turn, unseen: false, belongs: true });
    let promoted = promoted(capacity, &after);
    let seat = if promoted.contains(&user) { Seat::Held } else { seat };
    Seating { seat, turn, promoted: promoted.into_iter().filter(|one| *one != user).collect() }
}

/// Who on the waitlist gets a place now, first come first served. Never more than there are places; whoever left
/// neither holds one nor gets one.
pub fn promoted(capacity: Option<u32>, entries: &[Entry]) -> Vec<UserId> {
    let belong = || entries.iter().filter(|entry| entry.belongs);
    let held = belong().filter(|entry| entry.seat == Seat::Held).count();
    let mut waiting: Vec<&Entry> = belong().filter(|entry| entry.seat == Seat::Waiting).collect();
    waiting.sort_by_key(|entry| entry.turn);
    let free = match capacity {
        None => waiting.len(),
        Some(capacity) => usize::try_from(capacity).unwrap_or(usize::MAX).saturating_sub(held),
    };
    waiting.into_iter().take(free).map(|entry| entry.user).collect()
}

/// What somebody sees of their own answer.
pub fn mine(occurrence: Occurrence, entries: &[Entry], user: UserId) -> Mine {
    let own = entries.iter().find(|entry| entry.user == user);
    let before = |own: &Entry| {
        entries.iter().filter(|one| one.belongs && one.seat == Seat::Waiting && one.turn <= own.turn).count()
    };
    Mine {
        occurrence,
        reply: own.map(|own| own.reply),
        seat: own.map_or(Seat::None, |own| own.seat),
        waiting: own.filter(|own| own.seat == Seat::Waiting).map_or(0, before),
        came_free: own.is_some_and(|own| own.unseen && own.seat == Seat::Held),
    }
}

/// How many answered what, of those who still belong.
pub fn tally(entries: &[Entry]) -> Tally {
    let mut tally = Tally::default();
    for entry in entries.iter().filter(|entry| entry.belongs) {
        let part = match (entry.seat, entry.reply) {
            (Seat::Waiting, _) => &mut tally.waiting,
            (Seat::Held | Seat::None, Reply::Going) => &mut tally.going,
            (Seat::Held | Seat::None, Reply::Late) => &mut tally.late,
            (Seat::Held | Seat::None, Reply::Maybe) => &mut tally.maybe,
            (Seat::Held | Seat::None, Reply::Cannot) => &mut tally.cannot,
        };
        *part += 1;
    }
    tally
}

/// One reminder of a member's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnReminder {
    /// What it reminds of.
    pub occurrence: Occurrence,
    /// How long before they wished it; of several that fall on the same moment the one nearest to the start.
    pub lead: Lead,
    /// When it should be seen.
    pub due_at: DateTime<Utc>,
    /// The moment they wished, when that lies in their quiet hours: it is seen before these begin.
    pub wished_at: Option<DateTime<Utc>>,
}

/// What becomes of a reminder of a member's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is sent.
    Send,
    /// Its moment lies in quiet hours that had begun already: unless it was sent before, it is left out.
    LeaveOut,
}

/// How a member wishes to be reminded.
#[derive(Clone, Copy, Debug)]
pub struct Wished<'a> {
    /// How long before.
    pub leads: &'a Leads,
    /// When nothing is sent to them.
    pub quiet: QuietHours,
    /// The zone they live in.
    pub zone: Zone,
}

/// A member's own reminders of one occurrence, soonest first.
pub fn own_reminders(held: Occurrence, wished: Wished<'_>) -> Vec<OwnReminder> {
    let mut all: Vec<OwnReminder> = Vec::new();
    // Longest first, so that of two on the same moment the one nearest to the start stays.
    for lead in wished.leads.iter() {
        let at = lead.remind_at(held.starts_at());
        let moved = wished.quiet.last_moment_before(at, wished.zone);
        let one = OwnReminder { occurrence: held, lead, due_at: moved.unwrap_or(at), wished_at: moved.map(|_| at) };
        all.retain(|other| other.due_at != one.due_at);
        all.push(one);
    }
    all.sort_by_key(|one| one.due_at);
    all
}

/// What is due of a member's own reminders of a series after `from` and up to `until`.
pub fn own_due(
    series: &Series,
    wished: Wished<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<(OwnReminder, Fate)> {
    let Some(longest) = wished.leads.iter().map(Lead::length).max() else { return Vec::new() };
    let within = |at: DateTime<Utc>| at > from && at <= until;
    let last = plus(until, longest + QUIET_AT_MOST + TimeDelta::minutes(1));
    let mut due: Vec<(OwnReminder, Fate)> = occurrences(series, from, last)
        .flat_map(|held| own_reminders(held, wished))
        .filter_map(|one| match one.wished_at {
            _ if within(one.due_at) => Some((one, Fate::Send)),
            Some(wished_at) if within(wished_at) => Some((one, Fate::LeaveOut)),
            Some(_) | None => None,
        })
        .collect();
    due.sort_by_key(|(one, _)| one.due_at);
    due
}

/// When something of a member's own reminders of a series is due next after `after`.
pub fn own_next(series: &Series, wished: Wished<'_>, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let longest = wished.leads.iter().map(Lead::length).max()?;
    let mut best: Option<DateTime<Utc>> = None;
    for held in occurrences(series, after, plus(after, HORIZON)) {
        let soonest = held.starts_at().checked_sub_signed(longest + QUIET_AT_MOST)?;
        if best.is_some_and(|best| soonest >= best) {
            break;
        }
        let moments = own_reminders(held, wished).into_iter().flat_map(|one| [Some(one.due_at), one.wished_at]);
        best = moments.flatten().filter(|at| *at > after).chain(best).min();
    }
    best
}

/// Whether somebody is written to because they were missed. `marks` are their past in this series, newest first.
///
/// They missed the last two that they were not excused from; they had been there before, so they are somebody who
/// comes; and no note was written since they were last at any session of the group (`noted` is the session that
/// the last note was about).
pub fn is_missed_twice(marks: &[Mark], noted: Option<DateTime<Utc>>, last_there: Option<DateTime<Utc>>) -> bool {
    let mut counted = marks.iter().filter(|mark| mark.was != Was::Excused);
    let two = counted.by_ref().take(2).filter(|mark| mark.was == Was::Missed).count() == 2;
    let comes = counted.any(|mark| mark.was == Was::Attended);
    let once = noted.is_none_or(|noted| last_there.is_some_and(|there| there > noted));
    two && comes && once
}
