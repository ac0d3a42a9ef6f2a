//! What a home practice is.

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::{GroupId, PracticeId, SeriesId};

/// Most practices of a group at a time: more would not be done, only be missed.
pub const PRACTICES_PER_GROUP: usize = 5;
/// Most characters of a facilitator's own words; they stand in a reminder, on a phone.
pub const WORDS_LIMIT: usize = 300;
/// Longest practice a day, in minutes.
pub const MINUTES_LIMIT: u32 = 120;

/// What there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Kind {
    /// Writing down a thought, what speaks for it and against it.
    ThoughtRecord,
    /// Some minutes of mindfulness.
    Mindfulness,
    /// Writing on a question.
    Journal,
    /// Whatever the facilitator says.
    Own,
}

impl Kind {
    /// In the order they are offered.
    pub const ALL: [Self; 4] = [Self::ThoughtRecord, Self::Mindfulness, Self::Journal, Self::Own];

    /// The words people type.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ThoughtRecord => "thought record",
            Self::Mindfulness => "mindfulness",
            Self::Journal => "journal",
            Self::Own => "own words",
        }
    }

    /// The kind of those words; their beginning is enough.
    pub fn of_words(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_lowercase();
        let begins = |kind: &Self| kind.words().starts_with(&typed);
        (!typed.is_empty()).then(|| Self::ALL.into_iter().find(begins)).flatten()
    }
}

/// One home practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Our number.
    pub id: PracticeId,
    /// The group.
    pub group: GroupId,
    /// The series it belongs to; none: the whole group.
    pub series: Option<SeriesId>,
    /// What there is to do.
    pub kind: Kind,
    /// For how long a day.
    pub minutes: Option<u32>,
    /// The facilitator's words.
    pub words: Option<String>,
    /// The last local date.
    pub until_on: Option<NaiveDate>,
    /// When it was set.
    pub set_at: DateTime<Utc>,
}
