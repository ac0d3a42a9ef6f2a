//! Small things that may help, and what for. They are general; a member marks which are theirs.

use serde::{Deserialize, Serialize};

/// What a suggestion is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// A hard or low day.
    HardDay,
    /// An urge.
    Urge,
    /// Hungry.
    Hungry,
    /// Angry.
    Angry,
    /// Lonely.
    Lonely,
    /// Tired.
    Tired,
}

/// One small thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skill {
    /// Out longer than in.
    Breathe,
    /// Five, four, three, two, one.
    Ground,
    /// Once around the block, or to the window.
    Walk,
    /// Ten minutes, then look again.
    Wait,
    /// One message to one person.
    Text,
    /// Something to eat or drink.
    Eat,
    /// Lie down.
    Rest,
    /// Cold water on the hands.
    Water,
}

impl Skill {
    /// Every one.
    pub const ALL: [Self; 8] =
        [Self::Breathe, Self::Ground, Self::Walk, Self::Wait, Self::Text, Self::Eat, Self::Rest, Self::Water];

    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Breathe => "breathe",
            Self::Ground => "ground",
            Self::Walk => "walk",
            Self::Wait => "wait",
            Self::Text => "text",
            Self::Eat => "eat",
            Self::Rest => "rest",
            Self::Water => "water",
        }
    }

    /// The skill of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|skill| skill.word() == word)
    }

    /// What fits a need, the most general first.
    pub const fn fitting(need: Need) -> &'static [Self] {
        match need {
            Need::HardDay => &[Self::Breathe, Self::Ground, Self::Walk, Self::Text, Self::Water, Self::Rest],
            Need::Urge => &[Self::Wait, Self::Text, Self::Walk, Self::Ground, Self::Water],
            Need::Hungry => &[Self::Eat],
            Need::Angry => &[Self::Water, Self::Walk, Self::Breathe],
            Need::Lonely => &[Self::Text, Self::Walk],
            Need::Tired => &[Self::Rest, Self::Breathe],
        }
    }
}
