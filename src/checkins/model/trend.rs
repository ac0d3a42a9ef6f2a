//! Moods over time, as they are drawn.

use chrono::{Days, NaiveDate};

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Mood};

/// How far back a chart looks, in days.
pub const SPANS: [u16; 4] = [14, 30, 90, 365];

/// What can be drawn beside the mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Series {
    /// Energy, 1 to 5.
    Energy,
    /// Sleep, 1 to 5.
    Sleep,
    /// Urge or craving, 0 to 10.
    Urge,
}

impl Series {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Energy, Self::Sleep, Self::Urge];

    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Energy => "energy",
            Self::Sleep => "sleep",
            Self::Urge => "urge",
        }
    }

    /// The series of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|series| series.word() == word)
    }

    /// The least and the most it can be.
    pub const fn range(self) -> (u8, u8) {
        match self {
            Self::Energy | Self::Sleep => (1, 5),
            Self::Urge => (0, 10),
        }
    }

    /// What an answer says about it.
    pub fn of(self, answer: &Answer) -> Option<u8> {
        match self {
            Self::Energy => answer.energy.map(u8::from),
            Self::Sleep => answer.sleep.map(u8::from),
            Self::Urge => answer.urge.map(u8::from),
        }
    }
}

/// One day of a trend; a day without an answer is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// The mood.
    pub mood: Option<Mood>,
    /// The second series.
    pub second: Option<u8>,
    /// Whether they checked in at all.
    pub answered: bool,
    /// Whether they were at a session.
    pub attended: bool,
}

/// A stretch of days, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    /// The first day.
    pub from: NaiveDate,
    /// Every day from then on.
    pub days: Vec<Day>,
    /// What is drawn beside the mood.
    pub second: Option<Series>,
}

impl Trend {
    /// The date of a day, counted from zero.
    pub fn date(&self, at: usize) -> NaiveDate {
        self.from.checked_add_days(Days::new(at as u64)).unwrap_or(self.from)
    }

    /// The last day.
    pub fn until(&self) -> NaiveDate {
        self.date(self.days.len().saturating_sub(1))
    }

    /// On how many days they checked in.
    pub fn answered(&self) -> usize {
        self.days.iter().filter(|day| day.answered).count()
    }
}
