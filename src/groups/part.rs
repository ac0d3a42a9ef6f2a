//! What is kept about somebody, in parts: each slice gives its own, and all of them together are the copy that
//! a member is given. Personal: it lives in memory, on its way to that member.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};

/// One kind of thing that is kept about a member.
#[derive(Clone, PartialEq)]
pub struct Part {
    /// Its name in JSON, such as `checkin_answers`.
    pub name: &'static str,
    /// Its heading for people.
    pub title: &'static str,
    /// Why it is kept, in a plain sentence.
    pub why: &'static str,
    /// How many days each row is kept; none: until the member changes it, leaves, or is forgotten.
    pub days: Option<u32>,
    /// What is kept, one object each.
    pub rows: Vec<Map<String, Value>>,
}

impl Part {
    /// A part without rows.
    pub fn new(name: &'static str, title: &'static str, why: &'static str) -> Self {
        Self { name, title, why, days: None, rows: Vec::new() }
    }

    /// The same part, each row kept that many days.
    #[must_use]
    pub fn for_days(mut self, days: u32) -> Self {
        self.days = Some(days);
        self
    }

    /// The same part with one more row; what is null in it is left out.
    #[must_use]
    pub fn row(mut self, row: Value) -> Self {
        self.push(row);
        self
    }

    /// Adds a row; what is null in it is left out, and anything but an object stands under `value`.
    pub fn push(&mut self, row: Value) {
        let fields = match row {
            Value::Object(fields) => fields,
            other => Map::from_iter([("value".to_owned(), other)]),
        };
        self.rows.push(fields.into_iter().filter(|(_, value)| !value.is_null()).collect());
    }
}

impl std::fmt::Debug for Part {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Part({}, {} rows)", self.name, self.rows.len())
    }
}

/// A moment as it stands in a copy: UTC, to the second.
pub fn instant(at: DateTime<Utc>) -> Value {
    Value::from(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// As [`instant`], for seconds as the tables keep them.
pub fn seconds(at: i64) -> Value {
    DateTime::from_timestamp(at, 0).map_or(Value::Null, instant)
}
