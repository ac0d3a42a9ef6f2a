//! Tests of the calendar: tables, properties, and a second reckoning by jiff with its own copy of
//! the tz database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::*;

mod bad_input;
mod leads;
mod properties;
mod quiet;
mod reckoner;
mod recurrences;
mod times;
mod typed;
mod zones;

/// The zones of the tables, each with a reason: north, south, half an hour, history, none, a day.
const ZONES: [&str; 7] = [
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Pacific/Apia",
];

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

/// `2026-03-08 02:30`.
fn civil(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

/// `2026-03-08 02:30`, in UTC.
fn utc(text: &str) -> DateTime<Utc> {
    civil(text).and_utc()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// Monday 2 March 2026: "today" wherever a text is read.
fn today() -> NaiveDate {
    date("2026-03-02")
}

fn recurrence(text: &str) -> Recurrence {
    Recurrence::parse(text, today()).unwrap_or_else(|misread| panic!("{text}: {misread}"))
}
