//! What a check-in is: a window of one day, and one answer to it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, PromptId};

/// Most characters of the one line; a paragraph belongs to a person, not to a form.
pub const LINE_LIMIT: u16 = 1000;

/// How somebody is, in five words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Really hard.
    Hard,
    /// Low.
    Low,
    /// So-so.
    Mixed,
    /// Okay.
    Okay,
    /// Good.
    Good,
}

impl Mood {
    /// From hardest to best, as the buttons stand.
    pub const ALL: [Self; 5] = [Self::Hard, Self::Low, Self::Mixed, Self::Okay, Self::Good];

    /// The number in custom ids.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|mood| *mood == self).unwrap_or(0) + 1
    }

    /// The mood of that number.
    pub fn of_number(text: &str) -> Option<Self> {
        text.parse::<usize>().ok().and_then(|number| Self::ALL.get(number.checked_sub(1)?).copied())
    }
}

/// One member's answer to one window. This is what is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How they are.
    pub mood: Option<Mood>,
    /// What they wrote.
    pub line: Option<String>,
}

/// The window of one local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Our number.
    pub id: PromptId,
    /// The group that is asked.
    pub group: GroupId,
    /// The local day it is about.
    pub on_date: NaiveDate,
    /// Answers are taken and changed until then.
    pub closes_at: DateTime<Utc>,
}
