//! Leads: how long before a start a reminder is said.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::length::{apart, length, scan};
use super::misread::{Misread, clean, kept_as_text};
use super::words::length_words;

/// Longest lead, in minutes: 14 days. Native events are kept as far ahead, and nobody plans by a
/// reminder that is older.
pub const MAX_LEAD_MINUTES: u32 = 14 * 24 * 60;

/// Most leads of one series or member: more would be noise.
pub const MAX_LEADS: usize = 5;

const EXAMPLE: &str = "1d 1h 15m";

/// How long before a start: whole minutes, 1 to [`MAX_LEAD_MINUTES`]. Longer is greater.
///
/// `Display` is canonical: `15m`, `1h`, `1d2h30m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lead(u32);

impl Lead {
    /// A lead of so many minutes.
    ///
    /// # Errors
    /// Outside 1 to [`MAX_LEAD_MINUTES`].
    pub fn of_minutes(minutes: u32) -> Result<Self, Misread> {
        Self::checked(i64::from(minutes), &format!("{minutes}m"))
    }

    fn checked(minutes: i64, raw: &str) -> Result<Self, Misread> {
        match u32::try_from(minutes) {
            Ok(0) => Err(Misread::new(raw, "the shortest lead is one minute", "15m")),
            Ok(fits) if fits <= MAX_LEAD_MINUTES => Ok(Self(fits)),
            _ => Err(Misread::new(raw, "the longest lead is 14 days", "14d")),
        }
    }

    /// The lead in minutes.
    pub fn minutes(self) -> u32 {
        self.0
    }

    /// The lead as a length of time.
    pub fn length(self) -> TimeDelta {
        TimeDelta::try_minutes(i64::from(self.0)).unwrap_or(TimeDelta::MAX)
    }

    /// When to remind of something that starts at `starts_at`: that much elapsed time before, so a
    /// lead of a day is 24 hours also across a clock change.
    pub fn remind_at(self, starts_at: DateTime<Utc>) -> DateTime<Utc> {
        starts_at.checked_sub_signed(self.length()).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// `1 hour 30 minutes before`.
    pub fn words(self) -> String {
        format!("{} before", length_words(self.length()))
    }
}

impl FromStr for Lead {
    type Err = Misread;

    /// Reads one lead: `15m`, `90 minutes`, `1d2h`.
    ///
    /// # Errors
    /// When it is no length, out of range, or more than one lead.
    fn from_str(text: &str) -> Result<Self, Misread> {
        let cleaned = clean(text, "15m")?;
        let mut lists = apart(scan(&cleaned, "15m")?);
        match (lists.pop(), lists.is_empty()) {
            (Some(parts), true) => Self::checked(length(&parts, &cleaned)?.in_minutes(), &cleaned),
            (Some(_), false) => Err(Misread::new(&cleaned, "one lead is written without spaces", "1d2h")),
            (None, _) => Err(Misread::new(&cleaned, "it names no length of time", "15m")),
        }
    }
}

impl fmt::Display for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.0 / 1440, 'd'), (self.0 % 1440 / 60, 'h'), (self.0 % 60, 'm')];
        for (count, unit) in parts {
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

kept_as_text!(Lead);

/// Up to [`MAX_LEADS`] leads, distinct, longest first, which is the order in which they are said.
/// It may be empty: `none`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Leads(Vec<Lead>);

impl Leads {
    /// Sorts leads, longest first, and drops repetitions.
    ///
    /// # Errors
    /// When more than [`MAX_LEADS`] are left.
    pub fn new(leads: impl IntoIterator<Item = Lead>) -> Result<Self, Misread> {
        let mut leads: Vec<Lead> = leads.into_iter().collect();
        leads.sort_unstable_by(|one, other| other.cmp(one));
        leads.dedup();
        if leads.len() > MAX_LEADS {
            let all: Vec<String> = leads.iter().map(Lead::to_string).collect();
            let why = format!("at most {MAX_LEADS} leads are kept");
            return Err(Misread::new(&all.join(" "), why, EXAMPLE));
        }
        Ok(Self(leads))
    }

    /// The leads, longest first.
    pub fn iter(&self) -> impl Iterator<Item = Lead> + '_ {
        self.0.iter().copied()
    }

    /// The leads, longest first.
    pub fn as_slice(&self) -> &[Lead] {
        &self.0
    }

    /// Checks that no lead reaches back past the start before: `gap` is the shortest time between
    /// two starts, from [`Recurrence::shortest_gap`](super::Recurrence::shortest_gap).
    ///
    /// # Errors
    /// When the longest lead is longer than `gap`.
    pub fn fit_within(&self, gap: TimeDelta) -> Result<(), Misread> {
        let Some(longest) = self.0.first().filter(|lead| lead.length() > gap) else {
            return Ok(());
        };
        let why = format!("it is longer than the shortest time between two starts, {}", length_words(gap));
        let fits = u32::try_from(gap.num_minutes()).ok().and_then(|minutes| Lead::of_minutes(minutes).ok());
        let example = fits.map_or_else(|| "15m".to_owned(), |lead| lead.to_string());
        Err(Misread::new(&longest.to_string(), why, example))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `1 day before, 1 hour before and 15 minutes before`; `no reminder` when there is none.
    pub fn words(&self) -> String {
        if self.0.is_empty() {
            return "no reminder".to_owned();
        }
        let words: Vec<String> = self.0.iter().map(|lead| lead.words()).collect();
        super::words::list_words(&words)
    }
}

impl FromStr for Leads {
    type Err = Misread;

    /// Reads a list: `1d 1h 15m`, `1 day, 90 minutes`, `none`. What is written without a space is
    /// one lead (`1d2h`); what stands apart is two.
    ///
    /// # Errors
    /// When a part is no length or out of range, or there are too many.
    fn from_str(text: &str) -> Result<Self, Misread> {
        let cleaned = clean(text, EXAMPLE)?;
        if cleaned == "none" {
            return Ok(Self::default());
        }
        let lists = apart(scan(&cleaned, EXAMPLE)?);
        if lists.is_empty() {
            return Err(Misread::new(&cleaned, "it names no length of time", EXAMPLE));
        }
        let leads: Result<Vec<Lead>, Misread> =
            lists.iter().map(|parts| Lead::checked(length(parts, &cleaned)?.in_minutes(), &cleaned)).collect();
        Self::new(leads?)
    }
}

impl fmt::Display for Leads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        let all: Vec<String> = self.0.iter().map(Lead::to_string).collect();
        f.write_str(&all.join(" "))
    }
}

kept_as_text!(Leads);
