//! Enumerating the civil starts of a recurrence, in order, skipping nothing.

use std::collections::VecDeque;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

use super::{Monthly, Recurrence, Weekly};
use crate::calendar::zone::{FIRST_DATE, LAST_DATE};

/// Most starts that one enumeration yields: more than a year (366 days) of the densest pattern
/// allowed, 96 a day. It bounds what a mistaken window can cost; see [`Starts::ended_by_limit`].
pub const MAX_STARTS: usize = 40_000;

/// The civil starts of a recurrence within a window; from [`Recurrence::starts`].
pub struct Starts<'a> {
    source: Source<'a>,
    from: NaiveDateTime,
    until: NaiveDateTime,
    left: usize,
    limited: bool,
}

enum Source<'a> {
    Weekly { weekly: &'a Weekly, week: Option<NaiveDate>, next: usize },
    Monthly { monthly: &'a Monthly, month: Option<NaiveDate>, ready: VecDeque<NaiveDateTime> },
    Once(Option<NaiveDateTime>),
    Cron(Box<cron::OwnedScheduleIterator<Utc>>),
    Nothing,
}

impl<'a> Starts<'a> {
    pub(super) fn new(recurrence: &'a Recurrence, from: NaiveDateTime, until: NaiveDateTime) -> Self {
        let from = from.max(FIRST_DATE.and_time(NaiveTime::MIN));
        let end = LAST_DATE.succ_opt().unwrap_or(LAST_DATE).and_time(NaiveTime::MIN);
        let until = until.min(end);
        let source = if from < until { source(recurrence, from) } else { Source::Nothing };
        Self { source, from, until, left: MAX_STARTS, limited: false }
    }

    /// Whether the enumeration ended at [`MAX_STARTS`] and not at the end of the window. To go on,
    /// ask again from just after the last start.
    pub fn ended_by_limit(&self) -> bool {
        self.limited
    }
}

fn source(recurrence: &Recurrence, from: NaiveDateTime) -> Source<'_> {
    match recurrence {
        Recurrence::Weekly(weekly) => {
            let week = weekly.first_week(from.date());
            Source::Weekly { weekly, week, next: 0 }
        }
        Recurrence::Monthly(monthly) => {
            let month = from.date().with_day(1);
            Source::Monthly { monthly, month, ready: VecDeque::new() }
        }
        Recurrence::Once(once) => Source::Once(Some(once.start())),
        Recurrence::Cron(fields) => {
            // The crate yields what is after the given moment, to the second.
            let before = from.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(from);
            match fields.schedule() {
                Some(schedule) => Source::Cron(Box::new(schedule.after_owned(before.and_utc()))),
                None => Source::Nothing,
            }
        }
    }
}

impl Source<'_> {
    /// The next start, in ascending order, perhaps before the window.
    fn next(&mut self) -> Option<NaiveDateTime> {
        match self {
            Self::Weekly { weekly, week, next } => loop {
                let monday = (*week)?;
                if let Some(slot) = weekly.slots().get(*next) {
                    *next += 1;
                    return Some(day_in_week(monday, slot.day)?.and_time(slot.time));
                }
                *next = 0;
                *week = monday.checked_add_days(Days::new(7 * u64::from(weekly.every_weeks())));
            },
            Self::Monthly { monthly, month, ready } => loop {
                if let Some(start) = ready.pop_front() {
                    return Some(start);
                }
                let first = (*month)?;
                if first > LAST_DATE {
                    return None;
                }
                ready.extend(monthly.starts_in(first.year(), first.month()));
                *month = first.checked_add_months(chrono::Months::new(1));
            },
            Self::Once(start) => start.take(),
            Self::Cron(schedule) => schedule.next().as_ref().map(DateTime::naive_utc),
            Self::Nothing => None,
        }
    }
}

fn day_in_week(monday: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    monday.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))
}

impl Iterator for Starts<'_> {
    type Item = NaiveDateTime;

    fn next(&mut self) -> Option<NaiveDateTime> {
        loop {
            let start = self.source.next()?;
            if start >= self.until {
                self.source = Source::Nothing;
                return None;
            }
            if start < self.from {
                continue;
            }
            if self.left == 0 {
                self.source = Source::Nothing;
                self.limited = true;
                return None;
            }
            self.left -= 1;
            return Some(start);
        }
    }
}
