//! Occurrences: a recurrence in a zone, as instants.
//!
//! What is here is what was planned. Skipped, moved and cancelled occurrences, and holidays, are
//! exceptions that the slices keep by [`OccurrenceId`].

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::misread::{Misread, kept_as_text};
use super::reading::iso_date;
use super::recurrence::{Recurrence, Span, Starts};
use super::words::{moment_words, note_words};
use super::zone::{Note, Resolved, Zone, resolved, to_civil};

/// Which occurrence of a series: its originally planned civil start, kept when it is moved.
///
/// As text `2026-03-10T19:00`, which sorts as time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OccurrenceId(NaiveDateTime);

impl OccurrenceId {
    /// The id of what was planned to start at `civil`; seconds are dropped.
    pub fn of(civil: NaiveDateTime) -> Self {
        let minute = civil.with_second(0).and_then(|c| c.with_nanosecond(0));
        Self(minute.unwrap_or(civil))
    }

    /// The originally planned civil start.
    pub fn planned_local(self) -> NaiveDateTime {
        self.0
    }
}

impl fmt::Display for OccurrenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M"))
    }
}

impl FromStr for OccurrenceId {
    type Err = Misread;

    /// Reads exactly what `Display` writes.
    ///
    /// # Errors
    /// Anything else.
    fn from_str(text: &str) -> Result<Self, Misread> {
        let shape = || Misread::new(text, "it is not the id of an occurrence", "2026-03-10T19:00");
        let (date, time) = text.split_once('T').ok_or_else(shape)?;
        if date.len() != 10 || time.len() != 5 {
            return Err(shape());
        }
        let date = iso_date(date).ok_or_else(shape)??;
        let time = chrono::NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| shape())?;
        let id = Self(date.and_time(time));
        if id.to_string() == text { Ok(id) } else { Err(shape()) }
    }
}

kept_as_text!(OccurrenceId);

/// An occurrence as its recurrence plans it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Planned {
    /// The originally planned civil start.
    pub id: OccurrenceId,
    /// What clocks in the zone show at the start; differs from the id in a gap only.
    pub starts_local: NaiveDateTime,
    /// The instant of the start.
    pub starts_at: DateTime<Utc>,
    /// What a clock change did to it.
    pub note: Note,
}

impl Planned {
    /// The occurrence planned for a civil time in a zone.
    pub fn at(civil: NaiveDateTime, zone: Zone) -> Self {
        let Resolved { at, note } = resolved(civil, zone);
        let starts_local = match note {
            Note::Exact | Note::Fold => civil,
            Note::Gap { .. } => to_civil(at, zone),
        };
        Self { id: OccurrenceId::of(civil), starts_local, starts_at: at, note }
    }

    /// `Tuesday 10 March, 19:00`.
    pub fn words(&self) -> String {
        moment_words(self.starts_local)
    }

    /// What a clock change did, as a sentence for the card; `None` when it did nothing.
    pub fn note_words(&self, zone: Zone) -> Option<String> {
        note_words(self.id.0, Resolved { at: self.starts_at, note: self.note }, zone)
    }
}

/// The occurrences of a recurrence within a window of instants; from [`occurrences`].
pub struct Occurrences<'a> {
    starts: Starts<'a>,
    /// A civil start that was looked at and is still to come.
    ahead: Option<NaiveDateTime>,
    ready: VecDeque<Planned>,
    zone: Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    last: Option<DateTime<Utc>>,
}

/// The occurrences that start from `from` up to but not including `until` and whose planned date is
/// in `span`, in strictly ascending order of their instants. Lazy: taking five costs five.
///
/// When a clock change moves an occurrence onto the start of another of the same recurrence (the
/// day that Apia skipped, for something daily), there is one meeting, and it has the id of the one
/// that was planned for that time.
pub fn occurrences<'a>(
    recurrence: &'a Recurrence,
    span: &Span,
    zone: Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Occurrences<'a> {
    // A gap moves a start by at most a day; two make sure.
    let margin = TimeDelta::days(2);
    let (first, after) = span.civil_bounds();
    let earliest = to_civil(from, zone).checked_sub_signed(margin).unwrap_or(first);
    let latest = to_civil(until, zone).checked_add_signed(margin).unwrap_or(after);
    Occurrences {
        starts: recurrence.starts(earliest.max(first), latest.min(after)),
        ahead: None,
        ready: VecDeque::new(),
        zone,
        from,
        until,
        last: None,
    }
}

impl Occurrences<'_> {
    /// Whether the enumeration ended at [`MAX_STARTS`](super::MAX_STARTS) and not at the end of the
    /// window. To go on, ask again from just after the last one.
    pub fn ended_by_limit(&self) -> bool {
        self.starts.ended_by_limit()
    }

    /// Puts the next occurrence into `ready`, and, if it was moved forward, those that it may have
    /// been moved past.
    fn fill(&mut self) -> Option<()> {
        let civil = self.ahead.take().or_else(|| self.starts.next())?;
        let first = Planned::at(civil, self.zone);
        self.ready.push_back(first);
        if let Note::Gap { .. } = first.note {
            let mut reach = first.starts_local;
            for civil in self.starts.by_ref() {
                if civil > reach {
                    self.ahead = Some(civil);
                    break;
                }
                let planned = Planned::at(civil, self.zone);
                reach = reach.max(planned.starts_local);
                self.ready.push_back(planned);
            }
            let moved = |planned: &Planned| matches!(planned.note, Note::Gap { .. });
            self.ready.make_contiguous().sort_by_key(|p| (p.starts_at, moved(p), p.id));
        }
        Some(())
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Planned;

    fn next(&mut self) -> Option<Planned> {
        loop {
            if self.ready.is_empty() {
                self.fill()?;
            }
            let planned = self.ready.pop_front()?;
            if planned.starts_at >= self.until {
                self.until = DateTime::<Utc>::MIN_UTC;
                return None;
            }
            if planned.starts_at < self.from || self.last.is_some_and(|last| planned.starts_at <= last) {
                continue;
            }
            self.last = Some(planned.starts_at);
            return Some(planned);
        }
    }
}
