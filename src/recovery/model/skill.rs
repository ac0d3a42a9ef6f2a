//! A group's own coping skills.

use crate::coping::Skill;

/// Most skills of its own that a group has: one select.
pub const OWN_SKILLS_LIMIT: i64 = 25;

/// One skill that a facilitator wrote for the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSkill {
    /// Our number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Step by step.
    pub steps: Vec<String>,
    /// Who should take care with it; may be empty.
    pub caution: String,
}

impl OwnSkill {
    /// The same as a skill of the library, under an id that no skill of the library can have.
    pub fn as_skill(&self, group: &str) -> Skill {
        Skill {
            id: format!("own-{}", self.id),
            name: self.name.clone(),
            line: self.steps.first().cloned().unwrap_or_default(),
            minutes: 5,
            when: format!("From {group}."),
            caution: self.caution.clone(),
            source: String::new(),
            steps: self.steps.clone(),
            breath: None,
        }
    }
}
