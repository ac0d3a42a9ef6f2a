//! Which sessions Discord itself shows among a server's events, and what has to be done about it. Pure.
//!
//! ```text
//!  (nothing) ──intend──▶ intended ──made, or found by its mark──▶ listed ──over, taken down──▶ (nothing)
//!                                                                    └──found gone──▶ by hand ──over──▶ (nothing)
//! ```
//! What a person takes away by hand stays away: somebody wanted it so.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::model::{Series, Venue};
use super::plan;
use crate::calendar::OccurrenceId;
use crate::ids::{ChannelId, SeriesId};

/// How far ahead sessions are shown.
pub const AHEAD: TimeDelta = TimeDelta::days(14);
/// What begins sooner is not made any more: Discord refuses what has begun when the call arrives.
pub const TOO_SOON: TimeDelta = TimeDelta::minutes(1);
/// Most sessions that one server shows of ours. Discord takes 100 in all
/// (<https://docs.discord.com/developers/resources/guild-scheduled-event>); people need some of them.
pub const PER_GUILD: usize = 80;
/// Most characters of a place (same source).
const PLACE_LIMIT: usize = 100;

/// Which occurrence of which series.
pub type Key = (SeriesId, OccurrenceId);

/// What is shown of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its title.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub place: String,
}

/// How one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// About to be made; whether it was is not known.
    Intended,
    /// There, under Discord's number.
    Listed(u64),
    /// Taken away by a person.
    ByHand,
}

/// What is known of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How it stands.
    pub state: State,
    /// What it shows.
    pub shown: Shown,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Make it, unless it is found to be there.
    Make(Key, Shown),
    /// Change what it shows.
    Change(Key, u64, Shown),
    /// Take it down.
    TakeDown(Key, u64),
    /// Look whether it was made after all, and take it down if so.
    TakeBack(Key),
    /// Forget it; there is nothing more to do about it.
    Drop(Key),
}

/// What a series should show now, soonest first. Everybody on the server reads it, so a series for a role or for
/// alumni shows nothing.
pub fn wanted(series: &Series, home: ChannelId, now: DateTime<Utc>) -> Vec<(Key, Shown)> {
    if !series.details.audience.is_everybody() {
        return Vec::new();
    }
    let from = plus(now, TOO_SOON);
    plan::occurrences(series, from, plus(plus(now, AHEAD), TimeDelta::seconds(1)))
        .map(|occurrence| {
            let starts_at = occurrence.starts_at();
            let shown = Shown {
                title: series.details.title.clone(),
                starts_at,
                ends_at: plus(starts_at, TimeDelta::minutes(series.details.minutes.into())),
                place: place(&series.details.venue, home),
            };
            ((series.id, occurrence.id), shown)
        })
        .collect()
}

fn place(venue: &Venue, home: ChannelId) -> String {
    match (&venue.address, venue.channel) {
        (Some(address), _) if address.chars().count() <= PLACE_LIMIT => address.clone(),
        (Some(address), _) => format!("{}…", address.chars().take(PLACE_LIMIT - 1).collect::<String>()),
        (None, channel) => format!("<#{}>", channel.unwrap_or(home)),
    }
}

/// When something will have to be done about a series although nothing changes: its next session comes into
/// sight.
pub fn next_in_sight(series: &Series, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if !series.details.audience.is_everybody() {
        return None;
    }
    let next = plan::upcoming(series, plus(now, AHEAD), 1).pop()?;
    next.starts_at().checked_sub_signed(AHEAD)
}

/// What has to be done so that exactly what is wanted is shown.
pub fn steps(wanted: &BTreeMap<Key, Shown>, kept: &BTreeMap<Key, Kept>, now: DateTime<Utc>) -> Vec<Step> {
    let mut steps = Vec::new();
    for (key, kept) in kept {
        let begun = kept.shown.starts_at <= plus(now, TOO_SOON);
        let step = match (wanted.get(key), kept.state) {
            (Some(shown), State::Intended) => Some(Step::Make(*key, shown.clone())),
            (Some(shown), State::Listed(id)) if *shown != kept.shown => Some(Step::Change(*key, id, shown.clone())),
            (Some(_), State::Listed(_) | State::ByHand) => None,
            (None, State::Listed(id)) if !begun => Some(Step::TakeDown(*key, id)),
            (None, State::Intended) if !begun => Some(Step::TakeBack(*key)),
            (None, State::Listed(_) | State::Intended | State::ByHand) => Some(Step::Drop(*key)),
        };
        steps.extend(step);
    }
    let new = wanted.iter().filter(|(key, _)| !kept.contains_key(key));
    let mut new: Vec<Step> = new.map(|(key, shown)| Step::Make(*key, shown.clone())).collect();
    new.sort_by_key(|step| match step {
        Step::Make(_, shown) => Some(shown.starts_at),
        _ => None,
    });
    // Room is made before it is taken.
    steps.sort_by_key(|step| matches!(step, Step::Make(..)));
    steps.extend(new);
    steps
}

/// How one of ours is known again: with the number of its series and its occurrence, which nobody else writes.
pub fn mark((series, occurrence): Key) -> String {
    format!("[{series}/{occurrence}]")
}

/// What is sent to Discord (entity type 3: held outside Discord's voice channels, privacy level 2: for the
/// server alone).
pub fn body(key: Key, shown: &Shown) -> Value {
    let time = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    json!({
        "name": shown.title,
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": shown.place},
        "scheduled_start_time": time(shown.starts_at),
        "scheduled_end_time": time(shown.ends_at),
        "description": format!("Kept up to date by Daymark. {}", mark(key)),
    })
}

/// The number of the one that carries that mark and is ours, among a server's own.
pub fn find(all: &[Value], key: Key, me: u64) -> Option<u64> {
    let mark = mark(key);
    let number = |value: &Value| value.as_str().and_then(|id| id.parse::<u64>().ok());
    all.iter()
        .filter(|one| number(&one["creator_id"]) == Some(me))
        .find(|one| one["description"].as_str().is_some_and(|text| text.ends_with(&mark)))
        .and_then(|one| number(&one["id"]))
}

fn plus(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_460_000 + hours * 3600, 0).unwrap()
    }

    fn shown(hours: i64) -> Shown {
        Shown { title: "Evening".into(), starts_at: at(hours), ends_at: at(hours + 1), place: "Room 4".into() }
    }

    fn key() -> Key {
        (SeriesId::new(3), "2026-03-02T18:00".parse().unwrap())
    }

    #[test]
    fn every_state_leads_to_what_is_wanted_and_nothing_is_made_twice() {
        let (one, now) = (key(), at(0));
        // wanted, kept, what is done
        let table = [
            (Some(5), None, Some(Step::Make(one, shown(5)))),
            (Some(5), Some((State::Intended, 5)), Some(Step::Make(one, shown(5)))),
            (Some(5), Some((State::Listed(9), 5)), None),
            (Some(6), Some((State::Listed(9), 5)), Some(Step::Change(one, 9, shown(6)))),
            (Some(6), Some((State::ByHand, 5)), None),
            (None, Some((State::Listed(9), 5)), Some(Step::TakeDown(one, 9))),
            (None, Some((State::Listed(9), -1)), Some(Step::Drop(one))),
            (None, Some((State::Intended, 5)), Some(Step::TakeBack(one))),
            (None, Some((State::Intended, 0)), Some(Step::Drop(one))),
            (None, Some((State::ByHand, 5)), Some(Step::Drop(one))),
            (None, None, None),
        ];
        for (want, kept, expected) in table {
            let wanted = want.map(|hours| (one, shown(hours))).into_iter().collect();
            let kept = kept.map(|(state, hours)| (one, Kept { state, shown: shown(hours) })).into_iter().collect();
            assert_eq!(steps(&wanted, &kept, now).pop(), expected, "{want:?} {kept:?}");
        }
    }

    #[test]
    fn ours_is_known_by_its_mark_and_its_maker() {
        let made = |creator: &str, about: &str| json!({"id": "77", "creator_id": creator, "description": about});
        let body = body(key(), &shown(5));
        let about = body["description"].as_str().unwrap();
        assert_eq!(find(&[made("1", about)], key(), 1), Some(77));
        assert_eq!(find(&[made("2", about)], key(), 1), None, "somebody else's copy");
        let other = (SeriesId::new(33), key().1);
        assert_eq!(find(&[made("1", about)], other, 1), None);
    }
}
