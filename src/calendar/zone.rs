//! Zones, and the way between civil time (what a clock on the wall shows) and instants.
//!
//! Nothing here knows the present moment, and no abbreviation or fixed offset stands for a zone:
//! the hour people agreed on must survive clock changes.

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use serde::{Deserialize, Serialize};

use super::misread::{Misread, clean, kept_as_text};
use super::zone_names::{ABBREVIATIONS, AMENDED, COMMON, LINKS};

/// Most names that [`Zone::suggest`] returns: Discord shows at most 25 choices while one types.
pub const MAX_SUGGESTIONS: usize = 25;

/// First civil date that is reckoned with: no schedule is older.
pub const FIRST_DATE: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// Last civil date that is reckoned with: the compiled-in clock changes and the `cron` crate end
/// with the century. Nothing is planned after it.
pub const LAST_DATE: NaiveDate = match NaiveDate::from_ymd_opt(2099, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// Longest stretch, in hours, between an instant and the same civil time read as UTC, with room
/// to spare: offsets have run from -16 to +16 hours.
const FARTHEST_OFFSET_HOURS: i64 = 17;

/// An IANA time zone under its present name, such as `America/New_York`, or `Etc/UTC`.
///
/// It is never a link to a renamed zone (`US/Eastern`), an abbreviation (`EST`) or a fixed offset
/// (`Etc/GMT+5`): see [`Zone::from_str`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Tz);

/// What resolving a civil time to an instant took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// The civil time happens exactly once.
    Exact,
    /// The civil time is skipped by a clock change and was moved forward by the length of the gap.
    Gap {
        /// The length of the gap: one hour nearly everywhere, a day in Apia in 2011.
        moved_by: TimeDelta,
    },
    /// The civil time happens twice; the first is taken.
    Fold,
}

/// A civil time made an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// The instant, in whole seconds.
    pub at: DateTime<Utc>,
    /// Whether the civil time had to be moved or chosen.
    pub note: Note,
}

impl Zone {
    /// Coordinated Universal Time, `Etc/UTC`: for operators and tests, not where anybody lives.
    pub const UTC: Self = Self(Tz::Etc__UTC);

    /// The canonical name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// A zone that was stored once: like parsing, but a name that has become a link since (as
    /// `Europe/Kiev` did) is followed instead of refused, so that an upgrade silences nobody.
    ///
    /// # Errors
    /// When no zone ever had this name.
    pub fn from_stored(name: &str) -> Result<Self, Misread> {
        match link_target(&name.trim().to_lowercase()) {
            Some(zone) => Ok(zone),
            None => name.parse(),
        }
    }

    /// Up to `limit` (at most [`MAX_SUGGESTIONS`]) zones that somebody who typed `prefix` may mean,
    /// best first: names that begin with it, then cities, then words inside names, links and
    /// abbreviations by what they stand for, then names spelt almost so. A few common ones when
    /// nothing is typed.
    pub fn suggest(prefix: &str, limit: usize) -> Vec<Self> {
        let limit = limit.min(MAX_SUGGESTIONS);
        let typed: String = prefix.trim().chars().take(64).collect::<String>().to_lowercase();
        let typed = typed.replace(' ', "_");
        if typed.is_empty() {
            return COMMON.iter().filter_map(|n| exact(&n.to_lowercase())).take(limit).collect();
        }
        let ranked_by = |rank: fn(&str, &str) -> Option<u32>| -> Vec<(u32, &str, Self)> {
            let all = all().iter().map(|(lower, zone)| (lower, *zone, 0));
            let others = others().iter().map(|(lower, zone)| (lower, *zone, AFTER_NAMES));
            all.chain(others)
                .filter_map(|(lower, zone, behind)| match rank(lower, &typed)? {
                    0 => Some((0, lower.as_str(), zone)),
                    near => Some((near + behind, lower.as_str(), zone)),
                })
                .collect()
        };
        let mut ranked = ranked_by(rank);
        if ranked.is_empty() {
            ranked = ranked_by(misspelt);
        }
        ranked.sort_unstable_by_key(|(rank, lower, _)| (*rank, *lower));
        let mut seen = std::collections::HashSet::new();
        ranked.retain(|(_, _, zone)| seen.insert(*zone));
        ranked.into_iter().map(|(_, _, zone)| zone).take(limit).collect()
    }

    /// Seconds that local clocks are ahead of UTC at `at` (negative in the west).
    pub fn offset_at(self, at: DateTime<Utc>) -> i32 {
        let tz = match amended(self.0) {
            Some((from, like)) if at.timestamp() >= from => like,
            _ => self.0,
        };
        tz.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
    }

    /// The first instant after `from`, up to and including `until`, at which the local clocks are
    /// changed. Meant for windows of days to a few weeks: one that holds two changes which cancel
    /// each other is not looked into.
    pub fn change_between(self, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let before = self.offset_at(from);
        if until <= from || self.offset_at(until) == before {
            return None;
        }
        first_where(from, until, |at| self.offset_at(at) != before)
    }

    /// The offsets, in seconds, that `civil` may have: none in a gap, two in a fold.
    fn offsets_of(self, civil: NaiveDateTime) -> MappedLocalTime<i32> {
        if amended(self.0).is_none() {
            let offsets = self.0.offset_from_local_datetime(&civil);
            return offsets.map(|offset| offset.fix().local_minus_utc());
        }
        let utc = civil.and_utc();
        let ahead = |hours| utc.checked_add_signed(TimeDelta::hours(hours)).unwrap_or(utc);
        let early = self.offset_at(ahead(-FARTHEST_OFFSET_HOURS));
        let late = self.offset_at(ahead(FARTHEST_OFFSET_HOURS));
        let fits = |offset: i32| self.offset_at(less(utc, offset)) == offset;
        match (fits(early), fits(late)) {
            (true, true) if early == late => MappedLocalTime::Single(early),
            (true, true) => MappedLocalTime::Ambiguous(early, late),
            (true, false) => MappedLocalTime::Single(early),
            (false, true) => MappedLocalTime::Single(late),
            (false, false) => MappedLocalTime::None,
        }
    }
}

/// From which second since 1970 on a zone keeps the time of another, if it does.
fn amended(tz: Tz) -> Option<(i64, Tz)> {
    AMENDED.iter().find(|(zone, _, _)| *zone == tz).map(|(_, from, like)| (*from, *like))
}

fn less(at: DateTime<Utc>, seconds: i32) -> DateTime<Utc> {
    at.checked_sub_signed(TimeDelta::seconds(i64::from(seconds))).unwrap_or(at)
}

/// The civil time that clocks in `zone` show at `at`.
pub fn to_civil(at: DateTime<Utc>, zone: Zone) -> NaiveDateTime {
    let utc = at.naive_utc();
    let ahead = TimeDelta::seconds(i64::from(zone.offset_at(at)));
    utc.checked_add_signed(ahead).unwrap_or(utc)
}

/// The instant at which clocks in `zone` show `civil`. In a gap the civil time is moved forward by
/// the length of the gap; in a fold the first of the two is taken.
pub fn resolved(civil: NaiveDateTime, zone: Zone) -> Resolved {
    let (offset, note) = match zone.offsets_of(civil) {
        MappedLocalTime::Single(only) => (only, Note::Exact),
        // The first is the one while the clocks are further ahead.
        MappedLocalTime::Ambiguous(one, other) => (one.max(other), Note::Fold),
        MappedLocalTime::None => match change_over(civil, zone) {
            Some(change) => {
                let seconds = i64::from(change.after) - i64::from(change.before);
                let moved_by = TimeDelta::seconds(seconds);
                (change.before, Note::Gap { moved_by })
            }
            None => (zone.offset_at(civil.and_utc()), Note::Exact),
        },
    };
    Resolved { at: less(civil.and_utc(), offset), note }
}

/// A clock change: when, and the offsets on both sides, in seconds ahead of UTC.
pub(super) struct Change {
    pub(super) at: DateTime<Utc>,
    pub(super) before: i32,
    pub(super) after: i32,
}

/// The change that skips `civil`, which lies in a gap: local time is before it until the change and
/// after it from then on, so the change is found by halving.
pub(super) fn change_over(civil: NaiveDateTime, zone: Zone) -> Option<Change> {
    let around = TimeDelta::hours(FARTHEST_OFFSET_HOURS);
    let from = civil.and_utc().checked_sub_signed(around)?;
    let until = civil.and_utc().checked_add_signed(around)?;
    let at = first_where(from, until, |at| to_civil(at, zone) > civil)?;
    let just_before = at.checked_sub_signed(TimeDelta::seconds(1))?;
    Some(Change { at, before: zone.offset_at(just_before), after: zone.offset_at(at) })
}

/// The first whole second after `from`, up to `until`, at which `holds` is true, for a question
/// that is false at first and stays true once it is true.
fn first_where(
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    holds: impl Fn(DateTime<Utc>) -> bool,
) -> Option<DateTime<Utc>> {
    let (mut no, mut yes) = (from.timestamp(), until.timestamp());
    while yes - no > 1 {
        let middle = no + (yes - no) / 2;
        if holds(DateTime::from_timestamp(middle, 0)?) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    DateTime::from_timestamp(yes, 0)
}

impl FromStr for Zone {
    type Err = Misread;

    /// Reads an IANA name in any case. `UTC` is read as `Etc/UTC`, the one short form allowed.
    ///
    /// # Errors
    /// Links (`US/Eastern`), abbreviations (`EST`), fixed offsets (`Etc/GMT+5`, `UTC+2`) and
    /// unknown names; the example is the zone that was probably meant.
    fn from_str(text: &str) -> Result<Self, Misread> {
        let typed = clean(text, "America/New_York")?;
        if let Some(zone) = exact(&typed) {
            return Ok(zone);
        }
        if typed == "utc" {
            return Ok(Self::UTC);
        }
        if let Some((_, meant)) = ABBREVIATIONS.iter().find(|(short, _)| *short == typed) {
            let why = "an abbreviation does not say when the clocks change: name a city of the zone";
            return Err(Misread::new(text, why, *meant));
        }
        if let Some(meant) = link_target(&typed) {
            let why = format!("it is an old name of {meant}");
            return Err(Misread::new(text, why, meant.name()));
        }
        let fixed = ["etc/gmt", "gmt+", "gmt-", "utc+", "utc-", "+", "-"];
        if fixed.iter().any(|start| typed.starts_with(start)) {
            let why = "a fixed offset does not follow clock changes: name a city of the zone";
            return Err(Misread::new(text, why, "America/New_York"));
        }
        let nearest = Self::suggest(&typed, 1).first().map_or("America/New_York", |z| z.name());
        Err(Misread::new(text, "there is no time zone of that name", nearest))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

kept_as_text!(Zone);

/// All zones by their lower-case names, sorted by them.
fn all() -> &'static [(String, Zone)] {
    static ALL: OnceLock<Vec<(String, Zone)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut zones: Vec<(String, Zone)> = TZ_VARIANTS
            .iter()
            .filter(|tz| is_canonical(tz.name()))
            .map(|tz| (tz.name().to_lowercase(), Zone(*tz)))
            .collect();
        zones.sort_by(|one, other| one.0.cmp(&other.0));
        zones
    })
}

/// Links and abbreviations in lower case, with what they stand for.
fn others() -> &'static [(String, Zone)] {
    static OTHERS: OnceLock<Vec<(String, Zone)>> = OnceLock::new();
    OTHERS.get_or_init(|| {
        LINKS
            .iter()
            .chain(ABBREVIATIONS)
            .filter_map(|(name, target)| Some((name.to_lowercase(), exact(&target.to_lowercase())?)))
            .collect()
    })
}

/// Whether a name of the tz database is one that is accepted.
pub(super) fn is_canonical(name: &str) -> bool {
    name == "Etc/UTC" || (!name.starts_with("Etc/") && link_index(&name.to_lowercase()).is_none())
}

fn named(lower: &str) -> Option<(&'static str, Zone)> {
    let all = all();
    let index = all.binary_search_by(|(name, _)| name.as_str().cmp(lower)).ok()?;
    all.get(index).map(|(name, zone)| (name.as_str(), *zone))
}

fn exact(lower: &str) -> Option<Zone> {
    named(lower).map(|(_, zone)| zone)
}

fn link_index(lower: &str) -> Option<usize> {
    LINKS.binary_search_by(|(link, _)| link.to_lowercase().as_str().cmp(lower)).ok()
}

fn link_target(lower: &str) -> Option<Zone> {
    let (_, target) = LINKS.get(link_index(lower)?)?;
    exact(&target.to_lowercase())
}

/// What is added to the rank of a link or an abbreviation that only begins or sounds like what was
/// typed, so that zones of that name come first.
const AFTER_NAMES: u32 = 5;

/// How well a lower-case zone name answers what was typed; smaller is better, `None` is not at all.
fn rank(lower: &str, typed: &str) -> Option<u32> {
    let city = lower.rsplit('/').next().unwrap_or(lower);
    if lower == typed || city == typed {
        return Some(0);
    }
    if lower.starts_with(typed) {
        return Some(1);
    }
    if city.starts_with(typed) {
        return Some(2);
    }
    if lower.split(['/', '_', '-']).any(|word| word.starts_with(typed)) {
        return Some(3);
    }
    if lower.contains(typed) {
        return Some(4);
    }
    None
}

/// How far a lower-case zone name is from what was typed with a slip or two.
fn misspelt(lower: &str, typed: &str) -> Option<u32> {
    let city = lower.rsplit('/').next().unwrap_or(lower);
    let typed = typed.rsplit('/').next().unwrap_or(typed);
    let allowed = match typed.len() {
        0..=3 => return None,
        4..=6 => 1,
        _ => 2,
    };
    if city.len().abs_diff(typed.len()) > allowed {
        return None;
    }
    let apart = distance(city, typed);
    (usize::try_from(apart).is_ok_and(|apart| apart <= allowed)).then_some(apart)
}

/// How many letters must be put in, left out, exchanged or swapped with their neighbour to make
/// one word of the other.
fn distance(one: &str, other: &str) -> u32 {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last: Vec<u32> = Vec::new();
    let mut last: Vec<u32> = (0u32..).take(other.len() + 1).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![last.first().map_or(0, |n| n + 1)];
        for (j, b) in other.iter().enumerate() {
            let exchanged = last.get(j).map_or(u32::MAX, |n| n + u32::from(a != b));
            let left_out = last.get(j + 1).map_or(u32::MAX, |n| n + 1);
            let put_in = row.get(j).map_or(u32::MAX, |n| n + 1);
            let mut best = exchanged.min(left_out).min(put_in);
            let swapped = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped && let Some(n) = before_last.get(j - 1) {
                best = best.min(n + 1);
            }
            row.push(best);
        }
        before_last = last;
        last = row;
    }
    last.last().copied().unwrap_or(u32::MAX)
}
