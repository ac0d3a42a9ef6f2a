//! The safety plan in six parts, and words for bad days.
//!
//! The parts are those of Stanley and Brown: "Safety planning intervention: a brief intervention to mitigate
//! suicide risk", Cognitive and Behavioral Practice 19 (2012), <https://suicidesafetyplan.com>.

use serde::{Deserialize, Serialize};

/// Most characters of one part: a phone screen, and six of them fit a card.
pub const PART_LIMIT: u16 = 800;
/// Most characters of each of the words for bad days.
pub const WORDS_LIMIT: u16 = 500;

/// One part of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Warning signs that a hard time begins.
    Signs,
    /// What I can do by myself.
    Myself,
    /// People and places that take my mind off it.
    Places,
    /// People I can ask for help.
    People,
    /// Professionals and helplines.
    Professionals,
    /// Making the space around me safer.
    Safer,
}

impl Part {
    /// In the order of the plan, which is the order in which it is used.
    pub const ALL: [Self; 6] =
        [Self::Signs, Self::Myself, Self::Places, Self::People, Self::Professionals, Self::Safer];

    /// Its number, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|part| *part == self).unwrap_or(0) + 1
    }

    /// The part of that number.
    pub fn of_number(text: &str) -> Option<Self> {
        Self::ALL.get(text.parse::<usize>().ok()?.checked_sub(1)?).copied()
    }

    /// The part that follows.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }
}

/// A member's plan. This is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SafetyPlan {
    parts: [Option<String>; 6],
}

impl SafetyPlan {
    /// What stands in a part.
    pub fn part(&self, part: Part) -> Option<&str> {
        self.parts.get(part.number() - 1)?.as_deref()
    }

    /// Writes a part, or empties it.
    pub fn write(&mut self, part: Part, words: Option<String>) {
        if let Some(slot) = self.parts.get_mut(part.number() - 1) {
            *slot = words;
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(Option::is_none)
    }
}

/// A member's words for bad days, for somebody who wants to help. This is sealed; nobody sees it before the member
/// hands it over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BadDays {
    /// What helps me.
    pub helps: Option<String>,
    /// What not to say.
    pub not_to_say: Option<String>,
    /// Whom to ask.
    pub whom: Option<String>,
}

impl BadDays {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.helps.is_none() && self.not_to_say.is_none() && self.whom.is_none()
    }
}
