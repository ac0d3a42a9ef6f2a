//! The library of coping skills: read, checked, looked up. Pure; no I/O after start.
//!
//! The file is `config/coping.toml`, built in. Each skill says where it comes from, how long it takes, when it is
//! for and who should take care with it. Check-ins take their one suggestion from it, and `/cope` guides through it,
//! so that there is one library and one memory of what helped.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

mod file;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;

/// Most skills of a library: each is offered in a select of 25 at most, a page at a time.
pub const SKILLS_LIMIT: usize = 100;
/// Most steps of one skill: more is a course.
pub const STEPS_LIMIT: usize = 10;
/// Most characters of a step, a caution or any other text of a skill: a phone screen.
pub const TEXT_LIMIT: usize = 400;
/// Most characters of a skill's id: it travels in custom ids.
pub const ID_LIMIT: usize = 20;
/// Most characters of a skill's name: it stands on a button.
pub const NAME_LIMIT: usize = 60;

/// What something is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

impl Need {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::HardDay, Self::Urge, Self::Hungry, Self::Angry, Self::Lonely, Self::Tired];

    /// The word in the file and in selects.
    pub const fn word(self) -> &'static str {
        match self {
            Self::HardDay => "hard_day",
            Self::Urge => "urge",
            Self::Hungry => "hungry",
            Self::Angry => "angry",
            Self::Lonely => "lonely",
            Self::Tired => "tired",
        }
    }

    /// The need of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.word() == word)
    }
}

/// A rhythm to breathe in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breath {
    /// Seconds of breathing in.
    pub in_seconds: u8,
    /// Seconds of breathing out.
    pub out_seconds: u8,
    /// How often.
    pub rounds: u8,
}

/// One small thing to do, guided step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Its short name in custom ids and sealed marks.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The same as one suggestion.
    pub line: String,
    /// About how long it takes.
    pub minutes: u16,
    /// When it is for.
    pub when: String,
    /// Who should take care with it.
    pub caution: String,
    /// Where it comes from.
    pub source: String,
    /// Step by step; at least one.
    pub steps: Vec<String>,
    /// A rhythm, when it is done in one.
    pub breath: Option<Breath>,
}

/// The library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    skills: Vec<Skill>,
    needs: BTreeMap<Need, Vec<usize>>,
}

/// Everything that is wrong with a file, a line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Library {
    /// The library that is built in.
    ///
    /// # Errors
    /// Everything that is wrong with it, which the tests exclude.
    pub fn embedded() -> Result<Self, Problems> {
        Self::parse(include_str!("../../config/coping.toml"))
    }

    /// Every skill, in the order of the file.
    pub fn all(&self) -> &[Skill] {
        &self.skills
    }

    /// The skill of that id.
    pub fn find(&self, id: &str) -> Option<&Skill> {
        self.skills.iter().find(|skill| skill.id == id)
    }

    /// What fits a need, the most general first.
    pub fn fitting(&self, need: Need) -> impl DoubleEndedIterator<Item = &Skill> {
        let places = self.needs.get(&need).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.skills.get(*place))
    }
}

/// What a member marked. This is sealed: what helps somebody is theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// What helped, by id, newest last.
    pub helped: Vec<String>,
    /// What they do not want to be offered, by id.
    pub declined: Vec<String>,
}

impl Marks {
    /// Keeps that a skill helps, or is not theirs.
    pub fn mark(&mut self, skill: &str, helps: bool) {
        self.helped.retain(|one| one != skill);
        self.declined.retain(|one| one != skill);
        if helps { self.helped.push(skill.to_owned()) } else { self.declined.push(skill.to_owned()) }
    }

    /// Takes over marks from elsewhere that say nothing against these.
    pub fn adopt(&mut self, helped: &[String], declined: &[String]) {
        let known: BTreeSet<String> = self.helped.iter().chain(&self.declined).cloned().collect();
        let new = |one: &&String| !known.contains(*one);
        self.helped.splice(0..0, helped.iter().filter(new).cloned().collect::<Vec<_>>());
        self.declined.extend(declined.iter().filter(new).cloned());
    }
}

/// Up to `count` skills to offer: what helped this member first (the newest first), then what fits, then the rest;
/// nothing that they said is not theirs. True says that it helped before.
pub fn offers<'a>(skills: &[&'a Skill], fitting: &[&'a Skill], marks: &Marks, count: usize) -> Vec<(&'a Skill, bool)> {
    let wanted = |skill: &&&Skill| !marks.declined.contains(&skill.id);
    let pool: &[&Skill] = if fitting.is_empty() { skills } else { fitting };
    let helped = marks.helped.iter().rev().filter_map(|id| pool.iter().find(|skill| skill.id == *id));
    let mut found: Vec<(&Skill, bool)> = helped.map(|skill| (*skill, true)).collect();
    for skill in pool.iter().chain(skills).filter(wanted) {
        if !found.iter().any(|(known, _)| known.id == skill.id) {
            found.push((skill, false));
        }
    }
    found.truncate(count);
    found
}
