//! What can be shared: one part of one answer, a chart, or a note on a home practice; each as it was
//! previewed.
//!
//! ```text
//! drafted ──share──▶ shared ──take back──▶ taken back        drafted ──a day──▶ gone
//! ```

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Day, Mood, Series, Trend};
use crate::ids::{ChannelId, GroupId, Member, ShareId, UserId};

/// Most shares of one member in a day: a channel stays a conversation, and nobody is flooded by one person.
pub const SHARES_A_DAY: i64 = 10;
/// Most previews of one member in a day; each is a row until the next day.
pub const DRAFTS_A_DAY: i64 = 60;
/// How many of the last shares are listed for taking back; they fill the rows below a card.
pub const SHARES_LISTED: i64 = 4;
/// Most characters of a note on a home practice that is shared.
pub const NOTE_LIMIT: u16 = 1000;

/// A part of an answer that can be shared by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    All,
    /// How they are.
    Mood,
    /// Energy.
    Energy,
    /// Sleep.
    Sleep,
    /// Urge or craving.
    Urge,
    /// Hungry, angry, lonely, tired.
    Halt,
    /// Medication.
    Medication,
    /// One small win.
    Win,
    /// The one line.
    Line,
    /// The answer to the group's first own question.
    First,
    /// The answer to the group's second own question.
    Second,
}

impl Part {
    /// In the order they are offered.
    pub const ALL: [Self; 11] = [
        Self::Mood,
        Self::Line,
        Self::Win,
        Self::First,
        Self::Second,
        Self::Energy,
        Self::Sleep,
        Self::Urge,
        Self::Halt,
        Self::Medication,
        Self::All,
    ];

    /// The word in a select.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mood => "mood",
            Self::Energy => "energy",
            Self::Sleep => "sleep",
            Self::Urge => "urge",
            Self::Halt => "halt",
            Self::Medication => "medication",
            Self::Win => "win",
            Self::Line => "line",
            Self::First => "own1",
            Self::Second => "own2",
        }
    }

    /// The part of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }
}

/// One day of a shared chart: the mood's number (0 for none) and the second series.
type Point = (u8, Option<u8>);

/// What is shared. This is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shared {
    /// Parts of the answer of a day, each with its heading, as they were previewed.
    Answer {
        /// The day.
        on_date: NaiveDate,
        /// Heading and words.
        parts: Vec<(String, String)>,
    },
    /// A chart.
    Chart {
        /// Its first day.
        from: NaiveDate,
        /// Every day from then on.
        days: Vec<Point>,
        /// What is drawn beside the mood.
        second: Option<Series>,
    },
    /// A note on a home practice.
    Practice {
        /// What the practice is.
        title: String,
        /// What they wrote.
        note: String,
    },
}

impl Shared {
    /// A chart to be shared. On which days somebody checked in is not part of it, nor are sessions.
    pub fn chart(trend: &Trend) -> Self {
        let mood = |day: &Day| day.mood.and_then(|mood| u8::try_from(mood.number()).ok()).unwrap_or(0);
        let days = trend.days.iter().map(|day| (mood(day), day.second)).collect();
        Self::Chart { from: trend.from, days, second: trend.second }
    }

    /// The chart as it is drawn; nothing when it is none.
    pub fn trend(&self) -> Option<Trend> {
        let Self::Chart { from, days, second } = self else { return None };
        let mood = |number: u8| Mood::of_number(&number.to_string());
        let day = |(number, value): &Point| {
            let mood = mood(*number);
            Day { mood, second: *value, answered: mood.is_some() || value.is_some(), ..Day::default() }
        };
        Some(Trend { from: *from, days: days.iter().map(day).collect(), second: *second })
    }
}

/// With whom something is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// Everybody in the group's channel.
    Channel(ChannelId),
    /// The facilitators, where they talk.
    Facilitators(ChannelId),
    /// One person, by direct message.
    Person(UserId),
}

/// Where a share is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum ShareState {
    /// It was previewed.
    Drafted,
    /// It is posted, or will be.
    Shared,
    /// It was taken back.
    TakenBack,
}

/// Something a member shared, or is about to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Our number.
    pub id: ShareId,
    /// The group it is shared in.
    pub group: GroupId,
    /// Who shares.
    pub member: Member,
    /// What, sealed.
    pub sealed: Vec<u8>,
    /// Where it is on its way.
    pub state: ShareState,
    /// With whom; none while it is a draft.
    pub with: Option<With>,
    /// When it was previewed.
    pub made_at: DateTime<Utc>,
}
