//! When a note comes, and which. Pure, and without chance: the same person at the same moment gets the same.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveTime, Utc};

use super::model::{FIRST_DAY, Got, HOURS, NOTE_LIMIT, QUARTER_DAYS, SPREAD_DAYS, Wish};
use crate::calendar::{Zone, resolved, to_civil};
use crate::ids::{CaringNoteId, Member, UserId};
use crate::refusal::Refusal;

/// Quarters looked through for the next one: after a hundred years of outage nobody waits for a note.
const QUARTERS_AHEAD: u32 = 400;

/// A number that differs from person to person and from quarter to quarter, and is the same each time it is asked.
/// The upper bits of a snowflake are the millisecond an account was made, which nobody shares with a whole group.
fn seed(member: Member, slot: u32) -> u64 {
    (member.user.snowflake() >> 22).wrapping_add(u64::from(slot).wrapping_mul(29))
}

/// When the note of a quarter comes: on a day and at an hour of that quarter that are the member's own by rule.
pub fn due_at(member: Member, agreed_at: DateTime<Utc>, slot: u32, zone: Zone) -> Option<DateTime<Utc>> {
    let seed = seed(member, slot);
    let day = QUARTER_DAYS.checked_mul(u64::from(slot))? + FIRST_DAY + seed % (SPREAD_DAYS + 1);
    let day = to_civil(agreed_at, zone).date().checked_add_days(Days::new(day))?;
    let (from, over) = HOURS;
    let hour = from + u32::try_from(seed % u64::from(over)).unwrap_or(0);
    Some(resolved(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?), zone).at)
}

/// The first quarter from `slot` on whose note lies ahead, and when; notes that were due during an outage are not
/// made up for.
pub fn next(
    member: Member,
    agreed_at: DateTime<Utc>,
    slot: u32,
    zone: Zone,
    now: DateTime<Utc>,
) -> Option<(u32, DateTime<Utc>)> {
    let ahead = slot..slot.saturating_add(QUARTERS_AHEAD);
    ahead.filter_map(|slot| Some((slot, due_at(member, agreed_at, slot, zone)?))).find(|(_, at)| *at > now)
}

/// The wish after the note of its quarter.
pub fn after(wish: &Wish, zone: Zone, now: DateTime<Utc>) -> Option<Wish> {
    let (slot, next_at) = next(wish.member, wish.agreed_at, wish.slot.saturating_add(1), zone, now)?;
    Some(Wish { slot, next_at, ..*wish })
}

/// Which of a group's notes somebody gets: not their own, and none again before they had every one; of those they had
/// equally often the one they had longest ago, then the oldest.
pub fn pick(
    notes: &[(CaringNoteId, UserId)],
    got: &HashMap<CaringNoteId, Got>,
    reader: UserId,
) -> Option<CaringNoteId> {
    let others = notes.iter().filter(|(_, author)| *author != reader).map(|(id, _)| *id);
    others.min_by_key(|id| (got.get(id).copied().unwrap_or_default(), *id))
}

/// A note's words as they were typed, on one line.
///
/// # Errors
/// Refused when there are none, or more than fit.
pub fn words(typed: &str) -> Result<String, Refusal> {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let example = "For example: Thinking of you. The first months were long for me, too. No need to answer.";
    if !words.chars().any(char::is_alphanumeric) {
        return Err(Refusal::new("There are no words in it yet.", "", example));
    }
    let count = words.chars().count();
    if count > usize::from(NOTE_LIMIT) {
        let why = format!("It has {count} characters, and {NOTE_LIMIT} fit.");
        return Err(Refusal::new("That is longer than a note.", why, example));
    }
    Ok(words)
}
