//! Series as calendars that other programs read, and back: RFC 5545. Pure.
//!
//! - `write.rs`: one series as components; what the pattern allows becomes a rule, the rest dates.
//! - `parts.rs`: a series as one or several recurrences that a rule of RFC 5545 can say.
//! - `zone.rs`: the clocks of a zone as a VTIMEZONE.
//! - `read.rs`: a foreign calendar as series.
//!
//! In a calendar stands what a reminder says in the group's channel: title, hour, length, place. Nobody's
//! name, no join link, nothing about members.

mod parts;
pub mod read;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
pub(in crate::sessions) mod tests;
mod write;
mod zone;

pub use write::{Entry, calendar, export};
pub use zone::zone;

use chrono::NaiveDateTime;
use icalendar::parser::{Parameter, Property};

/// A property whose value is written as it is.
fn plain(name: &'static str, value: impl Into<String>) -> Property<'static> {
    Property { name: name.into(), val: value.into().into(), params: Vec::new() }
}

/// A property whose value is text that people wrote (RFC 5545, 3.3.11); control characters are left out.
fn text(name: &'static str, value: &str) -> Property<'static> {
    let kept: String = value.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    plain(name, kept.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n"))
}

/// A civil time in a zone (form 3 of RFC 5545, 3.3.5).
fn local(name: &'static str, zone: crate::calendar::Zone, times: &[NaiveDateTime]) -> Property<'static> {
    let times: Vec<String> = times.iter().map(|time| civil(*time)).collect();
    let tzid = Parameter { key: "TZID".into(), val: Some(zone.name().into()) };
    Property { name: name.into(), val: times.join(",").into(), params: vec![tzid] }
}

fn civil(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

fn utc(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}
