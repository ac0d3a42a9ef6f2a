//! Days since a date that a member chose, with everything before a slip kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Most milestones of one member: what somebody counts at a time fits one card.
pub const MILESTONES_LIMIT: usize = 10;
/// Most characters of what a milestone is called.
pub const CALLED_LIMIT: u16 = 60;
/// Most stretches kept of one milestone: the oldest are joined beyond that, so that no day is lost.
pub const STRETCHES_LIMIT: usize = 200;
/// Most marks of one milestone.
pub const MARKS_LIMIT: usize = 20;
/// Longest mark, in days: a hundred years.
pub const LONGEST_MARK: u32 = 36_500;
/// Earliest date: nobody counts from before they were born.
pub const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// One stretch of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Its first day.
    pub from: NaiveDate,
    /// The day it ended; the days before that count.
    pub until: NaiveDate,
}

/// What a member counts. This is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Its number among the member's.
    pub number: u32,
    /// What they call it.
    pub called: String,
    /// The first day of the present stretch.
    pub since: NaiveDate,
    /// The stretches before, oldest first.
    pub before: Vec<Stretch>,
    /// The days at which it is announced, because they chose so, in order; empty: never.
    pub marks: Vec<u32>,
    /// Whether the day comes up each year, and to whom.
    #[serde(default)]
    pub yearly: Yearly,
}

/// Whether an anniversary is marked, and where: as its member chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Yearly {
    /// It passes quietly.
    #[default]
    Unmarked,
    /// By direct message, to the member alone.
    Privately,
    /// In the group's channel.
    InChannel,
}

impl Yearly {
    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unmarked => "none",
            Self::Privately => "mine",
            Self::InChannel => "group",
        }
    }

    /// The choice of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Unmarked, Self::Privately, Self::InChannel].into_iter().find(|yearly| yearly.word() == word)
    }
}

/// To whom a day of a milestone is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Its member alone.
    Member,
    /// The group, in its channel.
    Group,
}

/// A member's milestones. This is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Milestones {
    /// The number that was given last.
    pub last: u32,
    /// Each.
    pub all: Vec<Milestone>,
}

impl Milestones {
    /// The milestone of that number.
    pub fn find(&self, number: u32) -> Option<&Milestone> {
        self.all.iter().find(|one| one.number == number)
    }

    /// The same, to be changed.
    pub fn find_mut(&mut self, number: u32) -> Option<&mut Milestone> {
        self.all.iter_mut().find(|one| one.number == number)
    }
}
