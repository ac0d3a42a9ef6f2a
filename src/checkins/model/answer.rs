//! One member's answer, part by part.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// How somebody is, in five words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Really hard.
    Hard,
    /// Low.
    Low,
    /// So-so.
    Mixed,
    /// Okay.
    Okay,
    /// Good.
    Good,
}

impl Mood {
    /// From hardest to best, as the buttons stand.
    pub const ALL: [Self; 5] = [Self::Hard, Self::Low, Self::Mixed, Self::Okay, Self::Good];

    /// The number in custom ids.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|mood| *mood == self).unwrap_or(0) + 1
    }

    /// The mood of that number.
    pub fn of_number(text: &str) -> Option<Self> {
        text.parse::<usize>().ok().and_then(|number| Self::ALL.get(number.checked_sub(1)?).copied())
    }
}

/// One of five, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rating(u8);

impl Rating {
    /// The highest.
    pub const MOST: u8 = 5;

    /// The number, 1 to 5.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Rating {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        if (1..=Self::MOST).contains(&number) { Ok(Self(number)) } else { Err("a rating is 1 to 5") }
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

/// How strong an urge or craving is, 0 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Urge(u8);

impl Urge {
    /// The strongest.
    pub const MOST: u8 = 10;

    /// The number, 0 to 10.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Urge {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        if number <= Self::MOST { Ok(Self(number)) } else { Err("an urge is 0 to 10") }
    }
}

impl From<Urge> for u8 {
    fn from(urge: Urge) -> Self {
        urge.0
    }
}

/// What may be behind a hard hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Halt {
    /// Hungry.
    Hungry,
    /// Angry.
    Angry,
    /// Lonely.
    Lonely,
    /// Tired.
    Tired,
}

impl Halt {
    /// In the order of the word.
    pub const ALL: [Self; 4] = [Self::Hungry, Self::Angry, Self::Lonely, Self::Tired];

    /// The word in a select.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hungry => "hungry",
            Self::Angry => "angry",
            Self::Lonely => "lonely",
            Self::Tired => "tired",
        }
    }
}

/// Medication, against the member's own plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// As planned.
    AsPlanned,
    /// Partly, or at another time.
    Partly,
    /// Not today.
    NotToday,
}

impl Taken {
    /// In the order they are offered.
    pub const ALL: [Self; 3] = [Self::AsPlanned, Self::Partly, Self::NotToday];

    /// The word in a select.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AsPlanned => "planned",
            Self::Partly => "partly",
            Self::NotToday => "not",
        }
    }
}

/// An answer to one of the group's own questions, with the question as it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The question.
    pub question: String,
    /// What they wrote.
    pub text: String,
}

/// One member's answer to one window. This is what is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// How they are.
    pub mood: Option<Mood>,
    /// What they wrote.
    pub line: Option<String>,
    /// Energy, from none to plenty.
    pub energy: Option<Rating>,
    /// Sleep, from hardly any to good.
    pub sleep: Option<Rating>,
    /// Urge or craving.
    pub urge: Option<Urge>,
    /// Hungry, angry, lonely, tired; an empty set says none of these, nothing says not answered.
    pub halt: Option<BTreeSet<Halt>>,
    /// Medication.
    pub medication: Option<Taken>,
    /// One small win.
    pub win: Option<String>,
    /// The group's own questions.
    pub own: Vec<Own>,
}

/// What a member changes in their answer. Nothing takes that part away again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// How they are.
    Mood(Mood),
    /// What they wrote.
    Line(Option<String>),
    /// Energy.
    Energy(Option<Rating>),
    /// Sleep.
    Sleep(Option<Rating>),
    /// Urge or craving.
    Urge(Option<Urge>),
    /// Hungry, angry, lonely, tired.
    Halt(Option<BTreeSet<Halt>>),
    /// Medication.
    Medication(Option<Taken>),
    /// One small win.
    Win(Option<String>),
    /// An own question of the group, and the answer.
    Own(String, Option<String>),
}

impl Answer {
    /// Makes one change.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Mood(mood) => self.mood = Some(mood),
            Change::Line(line) => self.line = line,
            Change::Energy(energy) => self.energy = energy,
            Change::Sleep(sleep) => self.sleep = sleep,
            Change::Urge(urge) => self.urge = urge,
            Change::Halt(halt) => self.halt = halt,
            Change::Medication(medication) => self.medication = medication,
            Change::Win(win) => self.win = win,
            Change::Own(question, text) => {
                self.own.retain(|own| own.question != question);
                self.own.extend(text.map(|text| Own { question, text }));
            }
        }
    }

    /// What was written to an own question.
    pub fn own_text(&self, question: &str) -> Option<&str> {
        self.own.iter().find(|own| own.question == question).map(|own| own.text.as_str())
    }

    /// Whether words were written.
    pub fn has_words(&self) -> bool {
        self.line.is_some() || self.win.is_some() || !self.own.is_empty()
    }
}

/// What somebody typed into a form, as it is kept: without blanks around it, up to `limit` characters;
/// nothing when there is nothing to be seen in it (blanks, zero-width and direction characters only).
pub fn words_of(typed: &str, limit: u16) -> Option<String> {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
    };
    let kept: String = typed.trim().chars().take(usize::from(limit)).collect();
    (!kept.chars().all(unseen)).then_some(kept)
}
