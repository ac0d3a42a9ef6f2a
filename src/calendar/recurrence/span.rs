//! From which local date to which a series runs.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::calendar::misread::Misread;
use crate::calendar::words::full_date_words;
use crate::calendar::zone::{FIRST_DATE, LAST_DATE};

/// A span of local dates, both ends included; an end that is not set is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
}

impl Span {
    /// From ever until for ever.
    pub const ALWAYS: Self = Self { starts_on: None, ends_on: None };

    /// A span from `starts_on` to `ends_on`, both included.
    ///
    /// # Errors
    /// When the end is before the start.
    pub fn new(starts_on: Option<NaiveDate>, ends_on: Option<NaiveDate>) -> Result<Self, Misread> {
        if let (Some(start), Some(end)) = (starts_on, ends_on)
            && end < start
        {
            let why = format!("the end is before the start, {start}");
            return Err(Misread::new(&end.to_string(), why, start.to_string()));
        }
        Ok(Self { starts_on, ends_on })
    }

    /// The first local date, if there is one.
    pub fn starts_on(&self) -> Option<NaiveDate> {
        self.starts_on
    }

    /// The last local date, if there is one.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        self.ends_on
    }

    /// Whether something planned to start on `date` is in the span.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.starts_on.is_none_or(|start| start <= date) && self.ends_on.is_none_or(|end| date <= end)
    }

    /// A human phrase: `from Monday 9 March 2026 until Friday 29 May 2026`; `at all` when open.
    pub fn words(&self) -> String {
        match (self.starts_on, self.ends_on) {
            (None, None) => "at all".to_owned(),
            (Some(start), None) => format!("from {} on", full_date_words(start)),
            (None, Some(end)) => format!("until {}", full_date_words(end)),
            (Some(start), Some(end)) => {
                format!("from {} until {}", full_date_words(start), full_date_words(end))
            }
        }
    }

    /// The half-open range of civil times in the span, within the dates that are reckoned with.
    pub(in crate::calendar) fn civil_bounds(&self) -> (NaiveDateTime, NaiveDateTime) {
        let first = self.starts_on.unwrap_or(FIRST_DATE).max(FIRST_DATE);
        let last = self.ends_on.unwrap_or(LAST_DATE).min(LAST_DATE);
        let after = last.succ_opt().unwrap_or(last);
        (first.and_time(NaiveTime::MIN), after.and_time(NaiveTime::MIN))
    }
}
