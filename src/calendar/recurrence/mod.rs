//! Recurrences: patterns of civil time, without a zone and without exceptions.
//!
//! A [`Recurrence`] says when something starts on the clocks of the people who meet: in weekly
//! slots, on certain weekdays of the month, once, or by five cron fields. It does not know a zone
//! (see `occurrence.rs`), holidays, or moved and cancelled occurrences (exceptions by occurrence
//! id, elsewhere). Times are whole minutes.
//!
//! - `parse.rs`, `groups.rs`: reading what people type.
//! - `weekly.rs`, `monthly.rs`, `fields.rs` (cron): the forms; what each can hold.
//! - `starts.rs`: enumerating civil starts.
//! - `span.rs`: from which date to which date a series runs.

use std::fmt;

use chrono::{NaiveDateTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use super::misread::{Misread, kept_as_text};
use super::words::full_moment_words;
use super::zone::{FIRST_DATE, LAST_DATE};

mod fields;
mod groups;
mod monthly;
mod parse;
mod span;
mod starts;
mod weekly;

pub use fields::{Cron, MAX_STARTS_A_DAY, MAX_STARTS_AN_HOUR};
pub use monthly::{Monthly, MonthlySlot, Nth};
pub use parse::Reading;
pub(super) use parse::looks_like_cron;
pub use span::Span;
pub use starts::{MAX_STARTS, Starts};
pub(super) use weekly::first_on;
pub use weekly::{Cadence, MAX_EVERY_WEEKS, MAX_SLOTS, Slot, Weekly};

/// How many starts [`Recurrence::shortest_gap`] looks at: three weeks of the densest pattern, more
/// than a century of a monthly one.
pub const GAP_SAMPLE: usize = 2_000;

/// When something starts, in civil time.
///
/// `Display` gives the canonical text, which reads back to the same value
/// (`mon,wed,fri 18:00`, `every 2 weeks from 2026-03-09 tue 18:00`, `first,third tue 18:00`,
/// `2026-12-24 18:00`, `0 18 * * 1-5`); [`Recurrence::words`] gives a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Recurrence {
    /// On certain days of the week, every week or every few weeks.
    Weekly(Weekly),
    /// On certain weekdays of every month, such as the first Tuesday.
    Monthly(Monthly),
    /// Once.
    Once(Once),
    /// By five cron fields.
    Cron(Cron),
}

kept_as_text!(Recurrence);

/// A single civil start, in whole minutes, between [`FIRST_DATE`] and [`LAST_DATE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Once(NaiveDateTime);

impl Once {
    /// Checks a civil time.
    ///
    /// # Errors
    /// When it has seconds, or lies outside the dates that are reckoned with.
    pub fn new(start: NaiveDateTime) -> Result<Self, Misread> {
        let text = start.to_string();
        if start.second() != 0 || start.nanosecond() != 0 {
            return Err(Misread::new(&text, "times are whole minutes", "2026-12-24 18:00"));
        }
        if !(FIRST_DATE..=LAST_DATE).contains(&start.date()) {
            let why = format!("only dates from {FIRST_DATE} to {LAST_DATE} are reckoned");
            return Err(Misread::new(&text, why, "2026-12-24 18:00"));
        }
        Ok(Self(start))
    }

    /// The civil start.
    pub fn start(self) -> NaiveDateTime {
        self.0
    }
}

impl Recurrence {
    /// The civil starts from `from` up to but not including `until`, in ascending order, each
    /// once. At most [`MAX_STARTS`]; [`Starts::ended_by_limit`] says whether there may be more.
    pub fn starts(&self, from: NaiveDateTime, until: NaiveDateTime) -> Starts<'_> {
        Starts::new(self, from, until)
    }

    /// The first civil start within `span`.
    ///
    /// # Errors
    /// When nothing ever happens in it: the series would be silent, which nobody wants.
    pub fn first_start(&self, span: &Span) -> Result<NaiveDateTime, Misread> {
        let (from, until) = span.civil_bounds();
        self.starts(from, until).next().ok_or_else(|| {
            let why = format!("it never happens {}", span.words());
            Misread::new(&self.to_string(), why, "mon,wed 18:00")
        })
    }

    /// The shortest civil time between two starts, over the first [`GAP_SAMPLE`] of them; `None`
    /// for what happens once.
    pub fn shortest_gap(&self) -> Option<TimeDelta> {
        let (from, until) = Span::ALWAYS.civil_bounds();
        let mut before = None;
        self.starts(from, until)
            .take(GAP_SAMPLE)
            .filter_map(|start| Some(start.signed_duration_since(before.replace(start)?)))
            .min()
    }

    /// A human phrase: `every Monday, Wednesday and Friday at 18:00`.
    pub fn words(&self) -> String {
        match self {
            Self::Weekly(weekly) => weekly.words(),
            Self::Monthly(monthly) => monthly.words(),
            Self::Once(once) => format!("once, on {}", full_moment_words(once.0)),
            Self::Cron(cron) => cron.words(),
        }
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekly(weekly) => weekly.fmt(f),
            Self::Monthly(monthly) => monthly.fmt(f),
            Self::Once(once) => write!(f, "{}", once.0.format("%Y-%m-%d %H:%M")),
            Self::Cron(cron) => cron.fmt(f),
        }
    }
}

/// `time`, if it is a whole minute.
fn whole_minute(time: chrono::NaiveTime) -> Result<chrono::NaiveTime, Misread> {
    if time.second() != 0 || time.nanosecond() != 0 {
        return Err(Misread::new(&time.to_string(), "times are whole minutes", "18:00"));
    }
    Ok(time)
}
