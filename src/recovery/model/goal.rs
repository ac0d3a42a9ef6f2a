//! Goals in small steps, and small wins.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::Recurrence;
use crate::ids::ChannelId;

/// Most goals of one member at a time: more is a burden, not a plan.
pub const GOALS_LIMIT: usize = 10;
/// Most steps of one goal: one row of buttons.
pub const STEPS_LIMIT: usize = 5;
/// Most characters of a goal or a step: it stands on a button.
pub const GOAL_LIMIT: u16 = 100;
/// Most days kept of one step: a season, enough to see it going.
pub const DAYS_KEPT: usize = 100;
/// Most characters of a win.
pub const WIN_LIMIT: u16 = 300;
/// Most wins kept: the oldest go.
pub const WINS_LIMIT: usize = 500;

/// How often a step is meant to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Once.
    Once,
}

/// One step of a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number, among all of the member's goals and steps.
    pub number: u32,
    /// What it is.
    pub what: String,
    /// How often.
    pub rhythm: Rhythm,
    /// On which days it was done, oldest first.
    pub done_on: Vec<NaiveDate>,
}

/// One goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Its number, among all of the member's goals and steps.
    pub number: u32,
    /// What it is.
    pub what: String,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// A member's goals. This is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goals {
    /// The number that was given last.
    pub last: u32,
    /// Each.
    pub all: Vec<Goal>,
}

impl Goals {
    /// The goal of that number.
    pub fn find(&self, number: u32) -> Option<&Goal> {
        self.all.iter().find(|goal| goal.number == number)
    }

    /// The step of that number, and its goal.
    pub fn step(&self, number: u32) -> Option<(&Goal, &Step)> {
        self.all.iter().find_map(|goal| Some((goal, goal.steps.iter().find(|step| step.number == number)?)))
    }

    /// The next number.
    pub fn take_number(&mut self) -> u32 {
        self.last = self.last.saturating_add(1);
        self.last
    }
}

/// One small win.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Win {
    /// Its number among the member's.
    pub number: u32,
    /// What it is.
    pub what: String,
    /// The local day it was written.
    pub on: NaiveDate,
}

/// A member's wins. This is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wins {
    /// The number that was given last.
    pub last: u32,
    /// Each, oldest first.
    pub all: Vec<Win>,
}

/// What a group wants to see of what its members share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Where shared wins are posted; none: the group's own channel.
    pub channel: Option<ChannelId>,
    /// When the week's shared wins are summed up; none: not at all.
    pub digest: Option<Recurrence>,
}
