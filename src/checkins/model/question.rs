//! What can be asked besides the mood: by the group's choice, and by the member's own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Most characters of a group's own question; Discord shows that many above an input.
pub const OWN_LIMIT: u16 = 45;
/// Most own questions of a group; with a win and a line they fill a form.
pub const OWN_QUESTIONS: usize = 2;

/// One thing that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Energy.
    Energy,
    /// Sleep.
    Sleep,
    /// Urge or craving; never unless the group or the member switched it on.
    Urge,
    /// Hungry, angry, lonely, tired.
    Halt,
    /// Medication as planned; only by the member's own wish.
    Medication,
    /// One small win.
    Win,
    /// One line.
    Line,
    /// The group's own questions.
    Own,
}

impl Question {
    /// In the order they are asked.
    pub const ALL: [Self; 8] =
        [Self::Energy, Self::Sleep, Self::Urge, Self::Halt, Self::Medication, Self::Win, Self::Line, Self::Own];
    /// What a group can choose; its own questions are there when it wrote some.
    pub const FOR_GROUPS: [Self; 6] = [Self::Energy, Self::Sleep, Self::Urge, Self::Halt, Self::Win, Self::Line];
    /// What a group asks before it chose.
    pub const AT_FIRST: [Self; 5] = [Self::Energy, Self::Sleep, Self::Halt, Self::Win, Self::Line];
    /// What is answered in a select.
    pub const SELECTS: [Self; 5] = [Self::Energy, Self::Sleep, Self::Urge, Self::Halt, Self::Medication];
    /// What is answered in words.
    pub const WORDS: [Self; 3] = [Self::Win, Self::Line, Self::Own];

    /// The word in custom ids and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Energy => "energy",
            Self::Sleep => "sleep",
            Self::Urge => "urge",
            Self::Halt => "halt",
            Self::Medication => "medication",
            Self::Win => "win",
            Self::Line => "line",
            Self::Own => "own",
        }
    }

    /// The question of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.word() == word)
    }
}

/// Reads a comma-separated list of questions; an unknown word is none.
pub fn read_questions(text: &str) -> Option<BTreeSet<Question>> {
    text.split(',').filter(|word| !word.is_empty()).map(Question::of_word).collect()
}

/// What a group asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Chosen from the list.
    pub questions: BTreeSet<Question>,
    /// Up to two of its own.
    pub own: Vec<String>,
    /// After how many prompts in a row that nobody used switching off is offered.
    pub offer_after: u32,
}

/// After how many unused prompts switching off is offered, to choose from.
pub const OFFER_AFTER: [u32; 4] = [7, 14, 21, 30];

impl Default for Setup {
    fn default() -> Self {
        Self { questions: Question::AT_FIRST.into_iter().collect(), own: Vec::new(), offer_after: 14 }
    }
}

/// What a member wishes of their check-ins. This is sealed: that somebody wants to be asked about urges or
/// medication is theirs alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// Not to be asked.
    pub hidden: BTreeSet<Question>,
    /// To be asked although the group does not.
    pub added: BTreeSet<Question>,
    /// What they marked as helpful before that was kept with their own tools; read, never written.
    pub helped: Vec<String>,
    /// What they did not want to be offered, as far as it was marked before then.
    pub declined: Vec<String>,
    /// That their check-ins are not to be counted on `/mood`.
    pub uncounted: bool,
}
