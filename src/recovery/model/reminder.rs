//! A reminder that a member set for themselves.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Recurrence, Zone};
use crate::ids::{Member, ReminderId};

/// Most reminders one member has at a time: more than anybody keeps in view, and a bound on what one person
/// can make the bot send.
pub const REMINDERS_LIMIT: i64 = 50;
/// Most characters of what a reminder is about: a note to oneself, not a letter.
pub const ABOUT_LIMIT: u16 = 500;
/// Most characters of when it is due, as it is typed into a form.
pub const WHEN_LIMIT: u16 = 200;
/// Shortest time between two of the same reminder: more often than hourly is noise, and nobody reads it.
pub const SHORTEST_GAP: TimeDelta = TimeDelta::hours(1);
/// From this delay on a reminder says that it is late.
pub const LATE_AFTER: TimeDelta = TimeDelta::minutes(5);
/// How long a single reminder is still worth saying, late: a week's outage is longer than any that we plan for.
pub const ONCE_HOLDS: TimeDelta = TimeDelta::days(7);
/// How long one of a repeating reminder is still worth saying, unless the next one comes first.
pub const AGAIN_HOLDS: TimeDelta = TimeDelta::hours(12);
/// How long a reminder that waits for a yes to direct messages is kept.
pub const DRAFT_KEPT: TimeDelta = TimeDelta::days(1);
/// How long a reminder that was said for the last time is kept, so that it can still be put off.
pub const OVER_KEPT: TimeDelta = TimeDelta::days(30);

/// Where a reminder is on its way; the arrows are in the slice's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Going {
    /// Waits for a yes to direct messages.
    Draft,
    /// Will be said.
    On,
    /// Was said for the last time.
    Over,
}

/// What kind of thing a reminder is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Anything.
    #[default]
    Anything,
    /// A medication of the member's own plan.
    Medication,
    /// An appointment.
    Appointment,
    /// A step of the goal of that number.
    Goal(u32),
}

impl Kind {
    /// The kind that a member names; nothing when it is none.
    pub fn of_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "" | "anything" => Some(Self::Anything),
            "medication" | "meds" | "medicine" => Some(Self::Medication),
            "appointment" => Some(Self::Appointment),
            _ => None,
        }
    }
}

/// What a reminder is about, and how it is shown. This is what is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// What the member wrote.
    pub words: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Whether the words stand in the message; otherwise they are opened by a press, because a message is seen
    /// on a locked screen too.
    pub open: bool,
}

/// One reminder, without what is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Our number.
    pub id: ReminderId,
    /// Whose it is.
    pub member: Member,
    /// Where it is on its way.
    pub going: Going,
    /// When it comes again; none: once.
    pub recurrence: Option<Recurrence>,
    /// The zone its civil time is meant in.
    pub zone: Zone,
    /// When it is due next by itself.
    pub next_at: Option<DateTime<Utc>>,
    /// When it is said once more, because the member put it off.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// When its member paused it for the time they are away, also when it is about a medication or an appointment.
    pub paused_at: Option<DateTime<Utc>>,
}

/// When something is to be said, as it was typed and understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// When it comes again; none: once.
    pub recurrence: Option<Recurrence>,
    /// The first time.
    pub first_at: DateTime<Utc>,
    /// What was understood and what was assumed, in words.
    pub words: String,
}

/// How a reminder can be put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snooze {
    /// Ten minutes.
    TenMinutes,
    /// An hour.
    Hour,
    /// The same time of day tomorrow.
    Tomorrow,
}

impl Snooze {
    /// In the order of the buttons.
    pub const ALL: [Self; 3] = [Self::TenMinutes, Self::Hour, Self::Tomorrow];

    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TenMinutes => "10m",
            Self::Hour => "1h",
            Self::Tomorrow => "1d",
        }
    }

    /// The choice of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|snooze| snooze.word() == word)
    }
}
