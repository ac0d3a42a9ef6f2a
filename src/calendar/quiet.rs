//! Quiet hours: the part of every local day in which nothing is said unasked.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::misread::{Misread, clean, kept_as_text};
use super::reading::{Token, hour_of, tokens};
use super::words::time_words;
use super::zone::{Zone, to_civil};

/// Most clock changes that one stretch of quiet hours is followed across. Stretches are shorter
/// than a day, and no zone ever changed its clocks twice in one.
const MAX_CHANGES: usize = 4;

/// Civil times between which it is quiet, every day, `from` included and `to` not; across midnight
/// when `from` is later than `to`; never when they are equal.
///
/// It is quiet whenever the clock on the wall says so: an hour that happens twice is quiet twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuietHours {
    from: NaiveTime,
    to: NaiveTime,
}

impl QuietHours {
    /// No quiet hours.
    pub const NONE: Self = Self { from: NaiveTime::MIN, to: NaiveTime::MIN };

    /// Quiet from `from` up to `to`; none when they are equal. Seconds are dropped.
    pub fn new(from: NaiveTime, to: NaiveTime) -> Self {
        let (from, to) = (whole_minutes(from), whole_minutes(to));
        if from == to { Self::NONE } else { Self { from, to } }
    }

    /// When quiet begins each day.
    pub fn from(self) -> NaiveTime {
        self.from
    }

    /// When quiet ends; on the next day when not later than [`QuietHours::from`].
    pub fn to(self) -> NaiveTime {
        self.to
    }

    /// Whether it is never quiet.
    pub fn is_none(self) -> bool {
        self.from == self.to
    }

    /// Whether it is quiet at a time of day.
    fn covers(self, time: NaiveTime) -> bool {
        if self.from <= self.to { self.from <= time && time < self.to } else { self.from <= time || time < self.to }
    }

    /// Whether it is quiet at `at` for somebody in `zone`.
    pub fn holds(self, at: DateTime<Utc>, zone: Zone) -> bool {
        self.covers(to_civil(at, zone).time())
    }

    /// The first moment from `at` on at which it is not quiet; `None` when it is not quiet at `at`.
    pub fn ends_after(self, at: DateTime<Utc>, zone: Zone) -> Option<DateTime<Utc>> {
        if !self.holds(at, zone) {
            return None;
        }
        let mut at = at;
        for _ in 0..=MAX_CHANGES {
            let end = at.checked_add_signed(ahead(to_civil(at, zone).time(), self.to))?;
            let Some(change) = zone.change_between(at, end) else {
                return Some(end);
            };
            if !self.holds(change, zone) {
                return Some(change);
            }
            at = change;
        }
        Some(at)
    }

    /// The first moment of the quiet stretch that `at` lies in; `None` when it is not quiet at
    /// `at`. It is quiet at that moment itself: see [`QuietHours::last_moment_before`].
    pub fn starts_before(self, at: DateTime<Utc>, zone: Zone) -> Option<DateTime<Utc>> {
        if !self.holds(at, zone) {
            return None;
        }
        let second = TimeDelta::seconds(1);
        let mut at = at;
        for _ in 0..=MAX_CHANGES {
            let start = at.checked_sub_signed(ahead(self.from, to_civil(at, zone).time()))?;
            let before = start.checked_sub_signed(second)?;
            let Some(change) = zone.change_between(before, at) else {
                return Some(start);
            };
            let before = change.checked_sub_signed(second)?;
            if !self.holds(before, zone) {
                return Some(change);
            }
            at = before;
        }
        Some(at)
    }

    /// The last whole minute before the quiet stretch that `at` lies in, at which a reminder that
    /// would fall into it may still be said; `None` when it is not quiet at `at`.
    pub fn last_moment_before(self, at: DateTime<Utc>, zone: Zone) -> Option<DateTime<Utc>> {
        self.starts_before(at, zone)?.checked_sub_signed(TimeDelta::minutes(1))
    }

    /// `from 22:00 to 07:00`; `no quiet hours` when there are none.
    pub fn words(self) -> String {
        if self.is_none() {
            return "no quiet hours".to_owned();
        }
        format!("from {} to {}", time_words(self.from), time_words(self.to))
    }
}

/// How long a clock takes from one time of day to the next `to`; nothing when they are equal.
fn ahead(from: NaiveTime, to: NaiveTime) -> TimeDelta {
    let apart = to.signed_duration_since(from).num_seconds();
    TimeDelta::seconds(apart.rem_euclid(24 * 60 * 60))
}

fn whole_minutes(time: NaiveTime) -> NaiveTime {
    use chrono::Timelike;
    NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time)
}

impl FromStr for QuietHours {
    type Err = Misread;

    /// Reads `22:00-07:00`, `10pm to 7am`, `from 22 to 7`, and `none`. Bare hours are on the
    /// 24-hour clock.
    ///
    /// # Errors
    /// When there are not exactly two times of day.
    fn from_str(text: &str) -> Result<Self, Misread> {
        const EXAMPLE: &str = "22:00-07:00";
        let cleaned = clean(text, EXAMPLE)?;
        if cleaned == "none" || cleaned == "off" {
            return Ok(Self::NONE);
        }
        let shape = || Misread::new(&cleaned, "quiet hours are two times of day", EXAMPLE);
        let body = cleaned.strip_prefix("from ").unwrap_or(&cleaned);
        let ends = [" to ", " until ", " till ", "-"].iter().find_map(|between| body.split_once(between));
        let (from, to) = ends.ok_or_else(shape)?;
        let one = |text: &str| -> Result<NaiveTime, Misread> {
            match tokens(text.trim())?.as_slice() {
                [piece] => match piece.token {
                    Token::Time(time) => Ok(time),
                    Token::Number(hour) => hour_of(hour, &piece.raw),
                    _ => Err(shape()),
                },
                _ => Err(shape()),
            }
        };
        Ok(Self::new(one(from)?, one(to)?))
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            return f.write_str("none");
        }
        write!(f, "{}-{}", time_words(self.from), time_words(self.to))
    }
}

kept_as_text!(QuietHours);
