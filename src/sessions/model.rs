//! What a series of sessions is.

use chrono::{DateTime, TimeDelta, Utc};

use crate::calendar::{Lead, Leads, Planned, Recurrence, Zone};
use crate::ids::{GroupId, SeriesId};

/// Most series of one group; more would not fit a list that a person can choose from.
pub const SERIES_PER_GROUP: usize = 25;
/// What a session is reminded of when nobody says otherwise: a day and a quarter of an hour before.
pub const DEFAULT_LEADS: &str = "1d 15m";
/// From this delay on a reminder says that it is late.
pub const LATE_AFTER: TimeDelta = TimeDelta::minutes(2);

/// One series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Our number.
    pub id: SeriesId,
    /// The group that meets.
    pub group: GroupId,
    /// What it is called.
    pub title: String,
    /// When it meets, in civil time.
    pub recurrence: Recurrence,
    /// The zone the civil time is meant in.
    pub zone: Zone,
    /// How long it lasts, in minutes.
    pub minutes: u32,
    /// How long before the start reminders go out, longest first.
    pub leads: Leads,
    /// Reminders due up to then are in the outbox.
    pub planned_until: DateTime<Utc>,
    /// When the next one is due.
    pub next_at: Option<DateTime<Utc>>,
}

/// One reminder that should be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What it reminds of.
    pub occurrence: Planned,
    /// How long before.
    pub lead: Lead,
    /// When it should be seen.
    pub remind_at: DateTime<Utc>,
}

/// What is wanted of a series: the values of `/schedule add`, or of a declaration in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedSeries {
    /// The group.
    pub group: GroupId,
    /// Its title there.
    pub title: String,
    /// When it meets.
    pub recurrence: Recurrence,
    /// In which zone.
    pub zone: Zone,
    /// How long, in minutes.
    pub minutes: u32,
    /// Reminders before the start.
    pub leads: Leads,
    /// Where the wish comes from.
    pub source: crate::groups::model::Source,
}
