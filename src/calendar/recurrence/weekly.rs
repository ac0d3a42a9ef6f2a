//! Weekly slots: days and times, every week or every few weeks.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use super::whole_minute;
use crate::calendar::misread::Misread;
use crate::calendar::weekdays::{WEEK_STARTS, Weekdays, day_code, day_name};
use crate::calendar::words::{full_date_words, list_words, time_words};
use crate::calendar::zone::{FIRST_DATE, LAST_DATE};

/// Most slots of one series: three a day, every day. It keeps canonical texts shorter than what
/// the parser reads.
pub const MAX_SLOTS: usize = 21;

/// Most weeks between two weeks of a series: a year.
pub const MAX_EVERY_WEEKS: u32 = 52;

/// A day of the week and a time on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// The day.
    pub day: Weekday,
    /// The time on that day, in whole minutes.
    pub time: NaiveTime,
}

/// Which weeks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cadence {
    /// All of them.
    EveryWeek,
    /// One week in `weeks`.
    EveryFewWeeks {
        /// 2 to [`MAX_EVERY_WEEKS`].
        weeks: u32,
        /// A date in a week that counts; weeks start on Monday. It only says which weeks count: when
        /// a series begins is its [`Span`](super::Span).
        counted_from: NaiveDate,
    },
}

/// Weekly slots, sorted from Monday, each once; at least one, at most [`MAX_SLOTS`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Weekly {
    slots: Vec<Slot>,
    cadence: Cadence,
}

impl Weekly {
    /// Checks slots and cadence; sorts the slots and drops repetitions.
    ///
    /// # Errors
    /// No slot, or more than [`MAX_SLOTS`]; a time with seconds; weeks or an anchor out of range.
    pub fn new(slots: impl IntoIterator<Item = Slot>, cadence: Cadence) -> Result<Self, Misread> {
        let mut slots: Vec<Slot> = slots.into_iter().collect();
        for slot in &slots {
            whole_minute(slot.time)?;
        }
        slots.sort_by_key(|slot| (slot.day.num_days_from_monday(), slot.time));
        slots.dedup();
        if slots.is_empty() {
            return Err(Misread::new("", "a weekly pattern needs a day and a time", "mon 18:00"));
        }
        if slots.len() > MAX_SLOTS {
            let why = format!("a series has at most {MAX_SLOTS} weekly slots");
            return Err(Misread::new(&slots.len().to_string(), why, "daily 08:00,20:00"));
        }
        let cadence = match cadence {
            Cadence::EveryWeek | Cadence::EveryFewWeeks { weeks: 1, .. } => Cadence::EveryWeek,
            Cadence::EveryFewWeeks { weeks, counted_from } => {
                if !(2..=MAX_EVERY_WEEKS).contains(&weeks) {
                    let why = format!("a series comes at least every {MAX_EVERY_WEEKS} weeks");
                    return Err(Misread::new(&format!("every {weeks} weeks"), why, "every 2 weeks tue 18:00"));
                }
                if !(FIRST_DATE..=LAST_DATE).contains(&counted_from) {
                    let why = format!("only dates from {FIRST_DATE} to {LAST_DATE} are reckoned");
                    return Err(Misread::new(&counted_from.to_string(), why, "2026-03-09"));
                }
                Cadence::EveryFewWeeks { weeks, counted_from: week_of(counted_from) }
            }
        };
        Ok(Self { slots, cadence })
    }

    /// The slots, from Monday, by time within a day.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Which weeks count; an anchor is the Monday of its week.
    pub fn cadence(&self) -> Cadence {
        self.cadence
    }

    /// How many weeks lie between two weeks that count: 1 for every week.
    pub fn every_weeks(&self) -> u32 {
        match self.cadence {
            Cadence::EveryWeek => 1,
            Cadence::EveryFewWeeks { weeks, .. } => weeks,
        }
    }

    /// The first day of the last week that counts and does not start after `date`.
    pub(super) fn first_week(&self, date: NaiveDate) -> Option<NaiveDate> {
        let week = week_of(date);
        match self.cadence {
            Cadence::EveryWeek => Some(week),
            Cadence::EveryFewWeeks { weeks, counted_from } => {
                let passed = week.signed_duration_since(counted_from).num_days().div_euclid(7);
                let over = passed.rem_euclid(i64::from(weeks));
                week.checked_sub_days(Days::new(7 * u64::try_from(over).ok()?))
            }
        }
    }

    /// Days that have the same times, with those times, by first day.
    fn by_times(&self) -> Vec<(Weekdays, Vec<NaiveTime>)> {
        let mut groups: Vec<(Weekdays, Vec<NaiveTime>)> = Vec::new();
        for day in Weekdays::ALL.iter() {
            let times: Vec<NaiveTime> = self.slots.iter().filter(|s| s.day == day).map(|s| s.time).collect();
            if times.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|(_, same)| *same == times) {
                Some((days, _)) => *days = days.with(day),
                None => groups.push((Weekdays::one(day), times)),
            }
        }
        groups
    }

    pub(super) fn words(&self) -> String {
        let groups = self.by_times();
        match self.cadence {
            Cadence::EveryWeek => {
                let said: Vec<String> = groups
                    .iter()
                    .map(|(days, times)| format!("every {} at {}", days_words(*days), times_words(times)))
                    .collect();
                list_words(&said)
            }
            Cadence::EveryFewWeeks { weeks, counted_from } => {
                let said: Vec<String> = groups
                    .iter()
                    .map(|(days, times)| {
                        let names: Vec<&str> = days.iter().map(day_name).collect();
                        format!("on {} at {}", list_words(&names), times_words(times))
                    })
                    .collect();
                let said = list_words(&said);
                format!("every {weeks} weeks {said}, counted from the week of {}", full_date_words(counted_from))
            }
        }
    }
}

/// The Monday of the week that `date` is in.
pub(super) fn week_of(date: NaiveDate) -> NaiveDate {
    date.week(WEEK_STARTS).checked_first_day().unwrap_or(date)
}

/// The first date from `from` on that is one of `days`, if there is one.
pub(in crate::calendar) fn first_on(from: NaiveDate, days: Weekdays) -> Option<NaiveDate> {
    from.iter_days().take(7).find(|date| days.contains(date.weekday()))
}

fn days_words(days: Weekdays) -> String {
    if days == Weekdays::ALL {
        return "day".to_owned();
    }
    if days == Weekdays::WORKING {
        return "weekday (Monday to Friday)".to_owned();
    }
    let names: Vec<&str> = days.iter().map(day_name).collect();
    list_words(&names)
}

pub(super) fn times_words(times: &[NaiveTime]) -> String {
    let times: Vec<String> = times.iter().map(|time| time_words(*time)).collect();
    list_words(&times)
}

pub(super) fn times_codes(times: &[NaiveTime]) -> String {
    let times: Vec<String> = times.iter().map(|time| time_words(*time)).collect();
    times.join(",")
}

impl fmt::Display for Weekly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Cadence::EveryFewWeeks { weeks, counted_from } = self.cadence {
            write!(f, "every {weeks} weeks from {counted_from} ")?;
        }
        let groups: Vec<String> = self
            .by_times()
            .iter()
            .map(|(days, times)| {
                let codes: Vec<&str> = days.iter().map(day_code).collect();
                format!("{} {}", codes.join(","), times_codes(times))
            })
            .collect();
        f.write_str(&groups.join(", "))
    }
}
