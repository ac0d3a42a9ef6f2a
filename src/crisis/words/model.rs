//! What a guild can change about the words that are looked for.

use crate::crisis::lexicon::{GuildPhrase, Level, Overlay, PhraseId, Topic};

/// Most changes one guild keeps, of all kinds together: a list that people can still read, and compiled
/// in a few milliseconds.
pub const MOST: usize = 500;
/// Most messages a dry run reads: three pages of Discord's, some seconds of waiting.
pub const MOST_DRY: u16 = 300;
/// How many messages a dry run reads unless more are asked for.
pub const USUAL_DRY: u16 = 100;

/// What one change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A pattern that is looked for besides.
    Add {
        /// The pattern.
        pattern: String,
        /// The level when it stands.
        level: Level,
        /// What it is about.
        topic: Topic,
        /// The language whose rules apply.
        language: String,
    },
    /// A shared phrase that is not looked for here.
    Remove(PhraseId),
    /// A pattern whose words never count here.
    Allow(String),
}

impl Change {
    /// The word of its kind in the database.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add",
            Self::Remove(_) => "remove",
            Self::Allow(_) => "allow",
        }
    }

    /// The pattern, or the phrase that is switched off.
    pub fn words(&self) -> &str {
        match self {
            Self::Add { pattern, .. } | Self::Allow(pattern) => pattern,
            Self::Remove(phrase) => phrase.as_str(),
        }
    }
}

/// A change that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Our number for it.
    pub id: i64,
    /// What it does.
    pub change: Change,
}

impl Entry {
    /// What people call it: `guild.12`, or the shared phrase that it switches off.
    pub fn name(&self) -> String {
        match &self.change {
            Change::Add { .. } | Change::Allow(_) => format!("guild.{}", self.id),
            Change::Remove(phrase) => phrase.to_string(),
        }
    }
}

/// The changes as the engine takes them.
pub fn overlay(entries: &[Entry]) -> Overlay {
    let mut overlay = Overlay::default();
    for entry in entries {
        match &entry.change {
            Change::Add { pattern, level, topic, language } => overlay.add.push(GuildPhrase {
                id: PhraseId::from(entry.name().as_str()),
                pattern: pattern.clone(),
                level: *level,
                topic: *topic,
                language: language.clone(),
            }),
            Change::Remove(phrase) => overlay.remove.push(phrase.clone()),
            Change::Allow(pattern) => overlay.allow.push(pattern.clone()),
        }
    }
    overlay
}

/// One line of a dry run: the phrase that decided, the level, and how many messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The phrase.
    pub phrase: PhraseId,
    /// The level its messages got.
    pub level: Level,
    /// How many.
    pub count: usize,
}

/// What a dry run found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryRun {
    /// How many messages were read.
    pub read: usize,
    /// What would have been answered, most first.
    pub tallies: Vec<Tally>,
}
