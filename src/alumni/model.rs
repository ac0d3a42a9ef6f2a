//! What can exist: a question whether somebody would like to be on another step, and touches after graduation.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::Weekdays;
use crate::ids::{GroupId, Member, StepId, StepOfferId, TouchId, UserId};

/// Most steps of a group: what fits one card, and more than any program has.
pub const STEPS_PER_GROUP: usize = 10;
/// Most characters of a step's name.
pub const STEP_NAME_LIMIT: usize = 40;
/// How long a question waits for an answer: long enough for a holiday, short enough to still be meant.
pub const OFFER_WAITS: TimeDelta = TimeDelta::days(14);
/// After how many days a graduate is asked how they are: a month, two, three, half a year, a year.
pub const MARKS: [u64; 5] = [30, 60, 90, 182, 365];
/// After this many unused touches in a row they stop by themselves.
pub const UNUSED_LIMIT: u32 = 2;
/// The hours offered for touches.
pub const HOURS: [&str; 8] = ["08:00", "09:00", "10:00", "12:00", "15:00", "17:00", "19:00", "20:00"];

/// A question whether a member would like to be on another step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Our number.
    pub id: StepOfferId,
    /// The group.
    pub group: GroupId,
    /// Who is asked.
    pub member: Member,
    /// Where they would be.
    pub step: StepId,
    /// The facilitator who asks; none when they were forgotten since.
    pub by: Option<UserId>,
    /// What became of it.
    pub state: OfferState,
    /// When it was asked.
    pub offered_at: DateTime<Utc>,
}

/// Where a question is on its way; the arrows are in the module's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum OfferState {
    /// Waits for an answer.
    Open,
    /// They said yes, and it is done.
    Agreed,
    /// They said no.
    Declined,
    /// A facilitator took it back.
    Withdrawn,
    /// Nobody answered.
    Expired,
}

/// The steps that are offered to a group that has none: name, days of check-ins by direct message, reminders.
pub const PRESET: [(&str, Weekdays, bool); 5] = [
    ("PHP", Weekdays::ALL, true),
    ("IOP 5 days", Weekdays::WORKING, true),
    ("IOP 3 days", THREE_DAYS, true),
    ("Outpatient", ONE_DAY, true),
    ("Alumni", Weekdays::NONE, false),
];
/// Monday, Wednesday and Friday, as most three-day programs meet.
const THREE_DAYS: Weekdays = Weekdays::MON_WED_FRI;
/// Once a week, on the day it begins.
const ONE_DAY: Weekdays = Weekdays::MON;

/// A graduate's touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Our number.
    pub id: TouchId,
    /// The group they graduated from.
    pub group: GroupId,
    /// Whose.
    pub member: Member,
    /// At which local hour they are asked.
    pub at: NaiveTime,
    /// From when the days are counted.
    pub graduated_at: DateTime<Utc>,
    /// Which of [`MARKS`] is next; its length: none is left.
    pub mark: usize,
    /// When it is due; none: resting, or none is left.
    pub next_at: Option<DateTime<Utc>>,
    /// How many in a row went unused.
    pub unused: u32,
}

/// Who asks a graduate, in the place of the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Companion {
    /// For which touches.
    pub touch: TouchId,
    /// Who; none when they left or were forgotten.
    pub user: Option<UserId>,
    /// Whether they said yes.
    pub state: CompanionState,
    /// Of which mark they were told last.
    pub told: Option<usize>,
    /// For which mark they said that they ask.
    pub taken: Option<usize>,
}

/// Where it stands with a companion; a no leaves none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum CompanionState {
    /// They are asked.
    Asked,
    /// They said yes.
    Agreed,
    /// They left the group, or were forgotten.
    Gone,
}

/// From whom a touch comes, as the graduate reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedBy {
    /// The bot, because nobody else was to ask.
    #[default]
    Bot,
    /// The companion, who said that they ask.
    Companion(UserId),
    /// The bot, because the companion could not this time.
    BotInstead(UserId),
    /// The bot, because the companion is not there any more.
    BotForSomebodyGone,
}

/// What a graduate answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Felt {
    /// Good.
    Good,
    /// Mixed.
    Mixed,
    /// Could use a call.
    Call,
}

impl Felt {
    /// In the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Good, Self::Mixed, Self::Call];

    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Mixed => "mixed",
            Self::Call => "call",
        }
    }

    /// The answer of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|felt| felt.word() == word)
    }
}
