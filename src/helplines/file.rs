//! Reading the file of helplines, with every problem listed by its line.

use std::fmt;
use std::ops::Range;

use chrono_tz::Tz;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::entry::{CountryEntry, FinderEntry, LineEntry};
use super::{Country, CountryCode, Finder, Helpline};

/// The only format this version reads.
const FORMAT: i64 = 1;
/// Largest file, in bytes; ours has a quarter of a million.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;
/// Most countries: ISO 3166-1 has about 250.
pub const MAX_COUNTRIES: usize = 300;
/// Most lines over all countries.
pub const MAX_LINES: usize = 5_000;
/// Most international directories.
pub const MAX_FINDERS: usize = 16;
/// Problems listed before the rest is only counted.
pub const MAX_PROBLEMS: usize = 200;

/// One thing that is wrong with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What is wrong, as a sentence without a full stop.
    pub what: String,
}

/// Everything that is wrong with the file, in the order of its lines; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// At most [`MAX_PROBLEMS`].
    pub list: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.list.len() + self.more;
        write!(out, "the file of helplines has {all} problem{}", if all == 1 { "" } else { "s" })?;
        for problem in &self.list {
            write!(out, "\n  line {}: {}", problem.line, problem.what)?;
        }
        if self.more > 0 {
            write!(out, "\n  and {} more", self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// What a file holds, each country with its lines.
pub(super) struct Contents {
    pub(super) countries: Vec<(Country, Vec<Helpline>)>,
    pub(super) international: Vec<Finder>,
}

/// Collects problems with their places while the file is walked.
struct Reader<'a> {
    text: &'a str,
    found: Vec<(usize, String)>,
}

/// Reads the whole file.
pub(super) fn read(text: &str) -> Result<Contents, Problems> {
    let mut reader = Reader { text, found: Vec::new() };
    let contents = reader.file();
    if reader.found.is_empty() { Ok(contents) } else { Err(reader.problems()) }
}

impl Reader<'_> {
    fn file(&mut self) -> Contents {
        let mut contents = Contents { countries: Vec::new(), international: Vec::new() };
        if self.text.len() > MAX_FILE_BYTES {
            self.say(0, format!("the file has {} bytes; at most {MAX_FILE_BYTES} are read", self.text.len()));
            return contents;
        }
        let (root, errors) = DeTable::parse_recoverable(self.text);
        if !errors.is_empty() {
            // What stands after a slip of syntax cannot be trusted, so only the slips are told.
            for error in errors {
                self.say(error.span().map_or(0, |span| span.start), error.message().to_owned());
            }
            return contents;
        }
        let mut format_seen = false;
        for (key, value) in root.into_inner() {
            match key.get_ref().as_ref() {
                "format" => {
                    format_seen = true;
                    self.format(value);
                }
                "international" => contents.international = self.finders(value),
                "country" => contents.countries = self.countries(value),
                unknown => self.say(key.span().start, format!("unknown key {unknown:?}")),
            }
        }
        if !format_seen {
            self.say(0, format!("`format = {FORMAT}` is missing"));
        }
        contents
    }

    fn format(&mut self, value: Spanned<DeValue<'_>>) {
        let place = value.span().start;
        if i64::deserialize(ValueDeserializer::from(value)) != Ok(FORMAT) {
            self.say(place, format!("this version reads only `format = {FORMAT}`"));
        }
    }

    fn finders(&mut self, value: Spanned<DeValue<'_>>) -> Vec<Finder> {
        let entries = self.array("international", value, MAX_FINDERS);
        entries
            .into_iter()
            .filter_map(|entry| {
                let span = entry.span();
                let typed: FinderEntry = self.entry(entry)?;
                self.checked(&span, typed.check())
            })
            .collect()
    }

    fn countries(&mut self, value: Spanned<DeValue<'_>>) -> Vec<(Country, Vec<Helpline>)> {
        let mut room = MAX_LINES;
        let entries = self.array("country", value, MAX_COUNTRIES);
        entries.into_iter().filter_map(|entry| self.country(entry, &mut room)).collect()
    }

    fn country(&mut self, entry: Spanned<DeValue<'_>>, room: &mut usize) -> Option<(Country, Vec<Helpline>)> {
        let span = entry.span();
        let DeValue::Table(mut table) = entry.into_inner() else {
            self.say(span.start, "a country is a table".to_owned());
            return None;
        };
        let lines = table.remove("line");
        let typed = self.entry::<CountryEntry>(Spanned::new(span.clone(), DeValue::Table(table)));
        let country = typed.and_then(|typed| self.checked(&span, typed.check()));
        let Some(lines) = lines else {
            self.say(span.start, "a country without lines; leave it out".to_owned());
            return None;
        };
        // Lines of a country that is wrong are read all the same, so that their problems are told too.
        let (code, zone) = country.as_ref().map_or((CountryCode::UNKNOWN, Tz::UTC), |known| (known.code, known.zone));
        let lines = self.array("line", lines, *room);
        *room = room.saturating_sub(lines.len());
        let lines = lines
            .into_iter()
            .filter_map(|line| {
                let span = line.span();
                let typed: LineEntry = self.entry(line)?;
                self.checked(&span, typed.check(code, zone))
            })
            .collect();
        Some((country?, lines))
    }

    fn array<'i>(&mut self, key: &str, value: Spanned<DeValue<'i>>, most: usize) -> Vec<Spanned<DeValue<'i>>> {
        let place = value.span().start;
        match value.into_inner() {
            DeValue::Array(entries) if entries.len() <= most => entries.into_iter().collect(),
            DeValue::Array(entries) => {
                self.say(place, format!("{} of {key}; only {most} more fit", entries.len()));
                Vec::new()
            }
            _ => {
                self.say(place, format!("{key} is written as [[{key}]]"));
                Vec::new()
            }
        }
    }

    fn entry<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>) -> Option<T> {
        let span = value.span();
        T::deserialize(ValueDeserializer::from(value))
            .map_err(|error| {
                let place = error.span().map_or(span.start, |span| span.start);
                self.say(place, error.message().replace('\n', " "));
            })
            .ok()
    }

    fn checked<T>(&mut self, span: &Range<usize>, outcome: Result<T, Vec<String>>) -> Option<T> {
        outcome
            .map_err(|sentences| {
                for sentence in sentences {
                    self.say(span.start, sentence);
                }
            })
            .ok()
    }

    fn say(&mut self, place: usize, what: String) {
        self.found.push((place, what));
    }

    fn problems(mut self) -> Problems {
        self.found.sort_by_key(|(place, _)| *place);
        let more = self.found.len().saturating_sub(MAX_PROBLEMS);
        let bytes = self.text.as_bytes();
        let (mut seen, mut line) = (0, 1);
        let list = self.found.into_iter().take(MAX_PROBLEMS).map(|(place, what)| {
            let place = place.min(bytes.len());
            line += bytes.get(seen..place).map_or(0, |part| part.iter().filter(|byte| **byte == b'\n').count());
            seen = place;
            Problem { line, what }
        });
        Problems { list: list.collect(), more }
    }
}
