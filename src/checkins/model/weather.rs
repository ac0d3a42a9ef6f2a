//! The weather of a group: how a week was for it, without anybody in it.

use chrono::NaiveDate;

use super::Mood;

/// Fewest people whose week makes a weather: fewer would be a portrait.
pub const WEATHER_FROM: usize = 5;
/// The version of the words members are asked with whether they may be counted.
pub const COUNTED_TEXT: i64 = 1;
/// Most answers that are opened for one weather: a week of three hundred people.
pub const WEATHER_ANSWERS: u32 = 2_100;

/// Who may see a group's weather.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Seen {
    /// Nobody; it is never reckoned.
    Off,
    /// The facilitators.
    #[default]
    Facilitators,
    /// Everybody in the group.
    All,
}

impl Seen {
    /// In the order they are offered.
    pub const ALL: [Self; 3] = [Self::Off, Self::Facilitators, Self::All];

    /// The word in a select.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Facilitators => "facilitators",
            Self::All => "all",
        }
    }

    /// Who is meant by that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen| seen.word() == word)
    }
}

/// What a group agreed to beyond asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// Who may see its weather.
    pub weather: Seen,
    /// After how many missed days members who wish so are written to; none: never.
    pub quiet_after: Option<u8>,
}

/// How many had which kind of week, from hardest to best.
pub type Spread = [u32; Mood::ALL.len()];

/// A group's weather: numbers with noise in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weather {
    /// The Monday of the week it is about.
    pub week_on: NaiveDate,
    /// About how many had which kind of week.
    pub about: Spread,
}
