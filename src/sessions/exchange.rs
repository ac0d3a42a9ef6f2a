//! A group's schedule as a file, and back: what a file can say, our own form of it (TOML), and what a file
//! would change. Pure.
//!
//! A file adds and changes; it never takes away. What stands on the schedule and not in the file stays as it
//! is, and so does what a file does not say of a session: who holds it, for whom it is, how many can come, whether it
//! rests. A file of ours says all of it, so that it makes the same schedule in an empty group; a calendar of ours says
//! it in words of its own, without the join link, because calendars are handed on.

use std::fmt::Display;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Details, Exception, Exceptions, Going, Series};
use super::plan;
use crate::calendar::{Misread, OccurrenceId, Planned, Recurrence, Zone};
use crate::ids::SeriesId;
use crate::refusal::Refusal;

/// What stands for nobody and nothing, where a missing line means that it stays as it is.
pub const NONE: &str = "none";
/// Largest file, in bytes: twenty-five series with a year of exceptions each are a tenth of it.
pub const FILE_LIMIT: usize = 128 * 1024;
/// Longest line, in bytes; the longest of ours (a year of dates) stays below.
pub const LINE_LIMIT: usize = 4_000;
/// Most exceptions of one series in a file: a year of daily sessions.
pub const EXCEPTIONS_LIMIT: usize = 400;
/// The version of our form.
const VERSION: u32 = 1;

/// A series as a file says it, before it is checked against what fits.
#[derive(Debug, Default)]
pub struct Offered {
    /// The line in the file on which it begins.
    pub line: usize,
    /// Its title.
    pub title: String,
    /// When it meets.
    pub recurrence: Option<Recurrence>,
    /// Its zone; none: the group's.
    pub zone: Option<Zone>,
    /// How long, in minutes; none: an hour.
    pub minutes: Option<u32>,
    /// Reminders as text; none: the file does not say.
    pub leads: Option<String>,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Address or room.
    pub address: Option<String>,
    /// Whether the file can say the join link, so that a missing one means that there is none.
    pub says_link: bool,
    /// Join link.
    pub link: Option<String>,
    /// Whether the file can say the channel and the ping.
    pub says_channel: bool,
    /// Channel's number.
    pub channel: Option<i64>,
    /// Role's number.
    pub ping: Option<i64>,
    /// Who holds it, or `none`; none: the file does not say, as with all below.
    pub host: Option<String>,
    /// For whom: `members`, `role` or `alumni`.
    pub audience: Option<String>,
    /// The role of those it is for.
    pub audience_role: Option<i64>,
    /// How many can come; 0: everybody.
    pub capacity: Option<i64>,
    /// Whether everybody sees how many come.
    pub counts: Option<bool>,
    /// Whether it rests.
    pub paused: Option<bool>,
    /// Occurrences that differ, by their originally planned civil start.
    pub exceptions: Exceptions,
}

/// A series as a file wants it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What it is.
    pub details: Details,
    /// Whether it rests; none: as it is.
    pub paused: Option<bool>,
    /// Occurrences that differ.
    pub exceptions: Exceptions,
}

/// What the file changes about one series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// The series and its revision when it was looked at; none: a new one.
    pub of: Option<(SeriesId, i64)>,
    /// What it is from then on.
    pub details: Details,
    /// Whether anything of that is new.
    pub alters: bool,
    /// Whether it rests from then on; none: as it is.
    #[serde(default)]
    pub paused: Option<bool>,
    /// Occurrences that become exceptions.
    pub exceptions: Vec<(OccurrenceId, Exception)>,
}

/// Names the line, what is wrong with it, and what works.
pub fn wrong(line: usize, what: impl Display, why: impl Into<String>, now: impl Into<String>) -> Refusal {
    Refusal::new(format!("Line {line}: {what}"), why, now)
}

/// A part of a file that the calendar does not understand.
pub fn misread(line: usize, part: &str, error: &Misread) -> Refusal {
    let what = format!("{part} “{}” cannot be read.", error.what());
    wrong(line, what, format!("{}.", error.why()), format!("For example: `{}`", error.example()))
}

/// The text of a file: not too large, whole characters, no endless lines.
///
/// # Errors
/// Names the line and what is wrong with it.
pub fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() > FILE_LIMIT {
        let why = format!("Up to {} KiB are read.", FILE_LIMIT / 1024);
        return Err(Refusal::new("The file is too large.", why, "`/schedule export` shows what one looks like."));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        wrong(line, "it is no text in UTF-8.", "Other encodings would garble titles.", "Save the file as UTF-8.")
    })?;
    if let Some(at) = text.lines().position(|line| line.len() > LINE_LIMIT) {
        let why = format!("Lines have up to {LINE_LIMIT} characters.");
        return Err(wrong(at + 1, "it is too long.", why, "`/schedule export` shows what a file looks like."));
    }
    Ok(text)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default)]
    series: Vec<toml::Spanned<Entry>>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    title: String,
    when: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    leads: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ping: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience_role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cancelled: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    moved: Vec<Moved>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Written {
    version: u32,
    series: Vec<Entry>,
}

/// The schedule in our own form; exceptions that lie ahead of `now` alone.
///
/// # Errors
/// When it cannot be written, which the tests exclude.
pub fn to_toml(all: &[Series], now: DateTime<Utc>) -> anyhow::Result<String> {
    let series = all.iter().map(|series| entry(series, now)).collect();
    let text = toml::to_string(&Written { version: VERSION, series })?;
    Ok(format!(
        "# A group's sessions, written by Daymark. Change it and give it to /schedule import: what is new is added,\n\
         # what differs is changed, what is missing here stays as it is. Nothing is saved before you said so.\n\
         # Numbers are Discord's, of people, roles and channels of one server.\n{text}"
    ))
}

fn entry(series: &Series, now: DateTime<Utc>) -> Entry {
    let details = &series.details;
    let mut entry = Entry {
        title: details.title.clone(),
        when: details.recurrence.to_string(),
        zone: Some(details.zone.name().to_owned()),
        minutes: Some(details.minutes.into()),
        leads: Some(if details.leads.is_empty() { NONE.to_owned() } else { details.leads.to_string() }),
        starts_on: details.starts_on.map(|date| date.to_string()),
        ends_on: details.ends_on.map(|date| date.to_string()),
        address: details.venue.address.clone(),
        link: details.venue.link.clone(),
        channel: details.venue.channel.map(|channel| channel.to_string()),
        ping: details.ping.map(|role| role.to_string()),
        host: Some(details.host.map_or(NONE.to_owned(), |host| host.to_string())),
        audience: Some(details.audience.word().to_owned()),
        audience_role: details.audience.role().map(|role| role.to_string()),
        capacity: Some(details.capacity.unwrap_or(0).into()),
        counts: Some(details.counts_public),
        paused: Some(series.going == Going::Paused),
        ..Entry::default()
    };
    for (id, exception) in &series.exceptions {
        if !lies_ahead(series, *id, *exception, now) {
            continue;
        }
        match exception {
            Exception::Skipped => entry.skipped.push(id.to_string()),
            Exception::Cancelled => entry.cancelled.push(id.to_string()),
            Exception::Moved(to) => {
                entry.moved.push(Moved { from: id.to_string(), to: OccurrenceId::of(*to).to_string() });
            }
        }
    }
    entry
}

/// Reads our own form.
///
/// # Errors
/// Names the first line that is not understood.
pub fn from_toml(text: &str) -> Result<Vec<Offered>, Refusal> {
    let example = "`/schedule export` shows what a file looks like.";
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        let said: String = error.message().chars().take(150).collect();
        wrong(line, "it is not understood.", format!("{}.", said.trim_end_matches('.').replace('\n', " ")), example)
    })?;
    if file.version != VERSION {
        let why = format!("This build reads version {VERSION}.");
        return Err(Refusal::new(format!("The file says version {}.", file.version), why, example));
    }
    file.series
        .into_iter()
        .map(|spanned| {
            let line = line_of(text, spanned.span().start);
            offered(spanned.into_inner(), line)
        })
        .collect()
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn offered(entry: Entry, line: usize) -> Result<Offered, Refusal> {
    let number = |part: &str, text: Option<String>| match text.map(|text| text.trim().parse::<i64>()) {
        None => Ok(None),
        Some(Ok(number)) if number > 0 => Ok(Some(number)),
        Some(_) => {
            Err(wrong(line, format!("{part} is no number of Discord's."), "", "For example: `1204567890123456789`"))
        }
    };
    let date = |part: &str, text: Option<String>| match text.map(|text| text.trim().parse::<NaiveDate>()) {
        None => Ok(None),
        Some(Ok(date)) if (crate::calendar::FIRST_DATE..=crate::calendar::LAST_DATE).contains(&date) => Ok(Some(date)),
        Some(_) => {
            Err(wrong(line, format!("{part} is no date that is reckoned with."), "", "For example: `2026-03-09`"))
        }
    };
    let minutes = entry.minutes.map(|minutes| u32::try_from(minutes).unwrap_or(u32::MAX));
    let moment = |text: &str| text.trim().parse::<OccurrenceId>().map_err(|error| misread(line, "the session", &error));
    let mut exceptions = Exceptions::new();
    for text in &entry.skipped {
        exceptions.insert(moment(text)?, Exception::Skipped);
    }
    for text in &entry.cancelled {
        exceptions.insert(moment(text)?, Exception::Cancelled);
    }
    for Moved { from, to } in &entry.moved {
        exceptions.insert(moment(from)?, Exception::Moved(moment(to)?.planned_local()));
    }
    Ok(Offered {
        line,
        recurrence: Some(entry.when.parse().map_err(|error| misread(line, "when", &error))?),
        zone: entry
            .zone
            .map(|zone| Zone::from_stored(&zone).map_err(|error| misread(line, "zone", &error)))
            .transpose()?,
        minutes,
        leads: entry.leads,
        starts_on: date("starts_on", entry.starts_on)?,
        ends_on: date("ends_on", entry.ends_on)?,
        address: entry.address,
        says_link: true,
        says_channel: true,
        link: entry.link,
        channel: number("channel", entry.channel)?,
        ping: number("ping", entry.ping)?,
        host: entry.host,
        audience: entry.audience,
        audience_role: number("audience_role", entry.audience_role)?,
        capacity: entry.capacity,
        counts: entry.counts,
        paused: entry.paused,
        exceptions,
        title: entry.title,
    })
}

/// Whether an occurrence that differs still matters: its plan lies ahead, or the time to which it was moved.
pub(super) fn lies_ahead(series: &Series, id: OccurrenceId, exception: Exception, now: DateTime<Utc>) -> bool {
    let Some(planned) = plan::planned(series, id) else { return false };
    let held = match exception {
        Exception::Moved(to) => Planned::at(to, series.details.zone).starts_at,
        Exception::Skipped | Exception::Cancelled => planned.starts_at,
    };
    planned.starts_at > now || held > now
}

/// Whether a file may still say what becomes of an occurrence: not when it has begun, as it stands now.
pub(super) fn is_open(series: &Series, id: OccurrenceId, wanted: Exception, now: DateTime<Utc>, is_new: bool) -> bool {
    match series.exceptions.get(&id) {
        Some(stands) => lies_ahead(series, id, *stands, now),
        None if is_new => lies_ahead(series, id, wanted, now),
        None => plan::planned(series, id).is_some_and(|planned| planned.starts_at > now),
    }
}

/// What a file changes: for each series what it becomes, as far as that is new. Saving this and reading the
/// same file again changes nothing.
pub fn changes(existing: &[Series], wanted: Vec<Wanted>, now: DateTime<Utc>) -> Vec<FileChange> {
    let mut all = Vec::new();
    for Wanted { details, paused, exceptions } in wanted {
        let title = details.title.to_lowercase();
        let known = existing.iter().find(|series| series.details.title.to_lowercase() == title);
        let after = Series {
            details: details.clone(),
            going: Going::On,
            ..known.cloned().unwrap_or_else(|| Series::sketch(crate::ids::GroupId::new(0), details.clone(), now))
        };
        let exceptions: Vec<(OccurrenceId, Exception)> = exceptions
            .into_iter()
            .filter(|(id, exception)| after.exceptions.get(id) != Some(exception))
            .filter(|(id, exception)| is_open(&after, *id, *exception, now, known.is_none()))
            .collect();
        let alters = known.is_none_or(|known| known.details != details);
        let rests = known.is_some_and(|known| known.going == Going::Paused);
        let paused = paused.filter(|paused| *paused != rests);
        if alters || paused.is_some() || !exceptions.is_empty() {
            let of = known.map(|known| (known.id, known.revision));
            all.push(FileChange { of, details, alters, paused, exceptions });
        }
    }
    all
}
