//! Pure time: recurrence, zones, gaps and folds, quiet hours, and what people type.
//!
//! What repeats is kept in **civil time plus a zone**, so that the hour people agreed on survives
//! clock changes; it becomes instants only here. In a gap a start moves forward by the gap and
//! carries a note for the card; in a fold it is the first of the two.
//!
//! Nothing here asks the time, does I/O, or imports anything else of ours. Parsers are doors: they
//! refuse with a [`Misread`] that names the part, the reason and an example, they never skip a word
//! that they do not know, and what they assumed they say ([`Assumed`]).
//!
//! Reading order: `zone` (civil time and instants), `recurrence` (patterns), `occurrence` (patterns
//! in a zone), `daily`, `lead`, `quiet`, then `typed` and `said` (moments that people type),
//! `reading` and `length` (their words), `words` (ours), `misread`.
//!
//! ```
//! use daymark::calendar::{Recurrence, Span, Zone, occurrences};
//! use chrono::{NaiveDate, TimeZone, Utc};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let today = NaiveDate::from_ymd_opt(2026, 3, 2).ok_or("no such date")?;
//! let series = Recurrence::parse("every mon and wed at 6pm", today)?;
//! assert_eq!(series.to_string(), "mon,wed 18:00");
//!
//! let zone: Zone = "America/New_York".parse()?;
//! let from = Utc.with_ymd_and_hms(2026, 3, 8, 0, 0, 0).unwrap();
//! let until = Utc.with_ymd_and_hms(2026, 3, 15, 0, 0, 0).unwrap();
//! let starts: Vec<String> = occurrences(&series, &Span::ALWAYS, zone, from, until)
//!     .map(|planned| format!("{} = {}", planned.id, planned.starts_at))
//!     .collect();
//! assert_eq!(starts, ["2026-03-09T18:00 = 2026-03-09 22:00:00 UTC", "2026-03-11T18:00 = 2026-03-11 22:00:00 UTC"]);
//! # Ok(())
//! # }
//! ```

mod changes;
mod daily;
mod holidays;
mod lead;
mod length;
mod misread;
mod occurrence;
mod quiet;
mod reading;
mod recurrence;
mod said;
mod typed;
mod weekdays;
mod words;
mod zone;
mod zone_names;

#[cfg(test)]
mod tests;

pub use changes::{ClockChange, clock_changes};
pub use daily::{DayBounds, day_bounds, next_daily, next_midnight, time_of_day};
pub use holidays::{Holiday, besides as holidays_besides, holidays};
pub use lead::{Lead, Leads, MAX_LEAD_MINUTES, MAX_LEADS};
pub use length::{MAX_LENGTH_DAYS, duration};
pub use misread::{MAX_ECHO, MAX_TYPED, Misread};
pub use occurrence::{OccurrenceId, Occurrences, Planned, occurrences};
pub use quiet::QuietHours;
pub use recurrence::{
    Cadence, Cron, GAP_SAMPLE, MAX_EVERY_WEEKS, MAX_SLOTS, MAX_STARTS, MAX_STARTS_A_DAY, MAX_STARTS_AN_HOUR, Monthly,
    MonthlySlot, Nth, Once, Reading, Recurrence, Slot, Span, Starts, Weekly,
};
pub use said::Assumed;
pub use typed::{Moment, Typed, moment, when};
pub use weekdays::{WEEK_STARTS, Weekdays, day_name};
pub use words::{
    date_words, full_date_words, full_moment_words, length_words, list_words, moment_words, note_words, time_words,
    until_words,
};
pub use zone::{FIRST_DATE, LAST_DATE, MAX_SUGGESTIONS, Note, Resolved, Zone, resolved, to_civil};
