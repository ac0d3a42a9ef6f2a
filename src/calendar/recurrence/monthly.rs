//! Monthly slots: the first Tuesday, the last Friday.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::weekly::{MAX_SLOTS, times_codes, times_words};
use super::whole_minute;
use crate::calendar::misread::Misread;
use crate::calendar::weekdays::{day_code, day_name};
use crate::calendar::words::list_words;

/// Which of a month's Tuesdays (or other days). There is no fifth: not every month has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last, which is the fourth or the fifth.
    Last,
}

impl Nth {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Last];

    /// The word in canonical texts and in sentences: `first`.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Fourth => "fourth",
            Self::Last => "last",
        }
    }

    /// The date in that month, if the month is one that is reckoned with.
    fn date_in(self, year: i32, month: u32, day: Weekday) -> Option<NaiveDate> {
        let n = match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Last => {
                return NaiveDate::from_weekday_of_month_opt(year, month, day, 5)
                    .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, day, 4));
            }
        };
        NaiveDate::from_weekday_of_month_opt(year, month, day, n)
    }
}

/// Such a day and a time on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MonthlySlot {
    /// Which one of the month.
    pub nth: Nth,
    /// The day of the week.
    pub day: Weekday,
    /// The time on that day, in whole minutes.
    pub time: NaiveTime,
}

/// Monthly slots, sorted, each once; at least one, at most [`MAX_SLOTS`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Monthly {
    slots: Vec<MonthlySlot>,
}

impl Monthly {
    /// Checks slots; sorts them and drops repetitions.
    ///
    /// # Errors
    /// No slot, or more than [`MAX_SLOTS`]; a time with seconds.
    pub fn new(slots: impl IntoIterator<Item = MonthlySlot>) -> Result<Self, Misread> {
        let mut slots: Vec<MonthlySlot> = slots.into_iter().collect();
        for slot in &slots {
            whole_minute(slot.time)?;
        }
        slots.sort_by_key(|slot| (slot.nth, slot.day.num_days_from_monday(), slot.time));
        slots.dedup();
        if slots.is_empty() {
            return Err(Misread::new("", "a monthly pattern needs a day and a time", "first tue 18:00"));
        }
        if slots.len() > MAX_SLOTS {
            let why = format!("a series has at most {MAX_SLOTS} monthly slots");
            return Err(Misread::new(&slots.len().to_string(), why, "first,third tue 18:00"));
        }
        Ok(Self { slots })
    }

    /// The slots, by first to last, from Monday, by time.
    pub fn slots(&self) -> &[MonthlySlot] {
        &self.slots
    }

    /// The starts of one month in order, each once: the fourth Friday may also be the last.
    pub(super) fn starts_in(&self, year: i32, month: u32) -> Vec<NaiveDateTime> {
        let mut starts: Vec<NaiveDateTime> = self
            .slots
            .iter()
            .filter_map(|slot| Some(slot.nth.date_in(year, month, slot.day)?.and_time(slot.time)))
            .collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Which ones of a weekday have the same times, with those times, by first slot.
    fn by_times(&self) -> Vec<(Vec<Nth>, Weekday, Vec<NaiveTime>)> {
        let mut groups: Vec<(Vec<Nth>, Weekday, Vec<NaiveTime>)> = Vec::new();
        let mut done: Vec<(Nth, Weekday)> = Vec::new();
        for slot in &self.slots {
            if done.contains(&(slot.nth, slot.day)) {
                continue;
            }
            done.push((slot.nth, slot.day));
            let same = |other: &&MonthlySlot| other.nth == slot.nth && other.day == slot.day;
            let times: Vec<NaiveTime> = self.slots.iter().filter(same).map(|s| s.time).collect();
            match groups.iter_mut().find(|(_, day, at)| *day == slot.day && *at == times) {
                Some((nths, _, _)) => nths.push(slot.nth),
                None => groups.push((vec![slot.nth], slot.day, times)),
            }
        }
        groups
    }

    pub(super) fn words(&self) -> String {
        let said: Vec<String> = self
            .by_times()
            .iter()
            .map(|(nths, day, times)| {
                let nths: Vec<&str> = nths.iter().map(|nth| nth.word()).collect();
                format!("the {} {} at {}", list_words(&nths), day_name(*day), times_words(times))
            })
            .collect();
        format!("every month on {}", list_words(&said))
    }
}

impl fmt::Display for Monthly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<String> = self
            .by_times()
            .iter()
            .map(|(nths, day, times)| {
                let nths: Vec<&str> = nths.iter().map(|nth| nth.word()).collect();
                format!("{} {} {}", nths.join(","), day_code(*day), times_codes(times))
            })
            .collect();
        f.write_str(&groups.join(", "))
    }
}
