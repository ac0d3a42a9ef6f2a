//! What a member's own tools hold.

pub mod buddy;
pub mod goal;
pub mod milestone;
pub mod reminder;
pub mod safety_plan;
pub mod skill;

/// A member's sealed sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The safety plan.
    SafetyPlan,
    /// Words for bad days.
    BadDays,
    /// What helped, and what did not.
    Skills,
    /// Milestones.
    Milestones,
    /// Goals.
    Goals,
    /// Small wins.
    Wins,
}

impl Sheet {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::SafetyPlan, Self::BadDays, Self::Skills, Self::Milestones, Self::Goals, Self::Wins];

    /// The word it is kept as.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SafetyPlan => "safety_plan",
            Self::BadDays => "bad_days",
            Self::Skills => "skills",
            Self::Milestones => "milestones",
            Self::Goals => "goals",
            Self::Wins => "wins",
        }
    }
}
