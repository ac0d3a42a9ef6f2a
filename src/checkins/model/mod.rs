//! What a check-in is: a window of one day, and one answer to it.

mod answer;
mod question;
mod sharing;
mod silence;
mod skill;
mod trend;
mod weather;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

pub use answer::{Answer, Change, Halt, Mood, Own, Rating, Taken, Urge, words_of};
pub use question::{OFFER_AFTER, OWN_LIMIT, OWN_QUESTIONS, Question, Setup, Wishes, read_questions};
pub use sharing::{DRAFTS_A_DAY, NOTE_LIMIT, Part, SHARES_A_DAY, SHARES_LISTED, Share, ShareState, Shared, With};
pub use silence::{NOTE_HOUR, Next, QUIET_AFTER, QUIET_TEXT, Quiet, Silence, TELL_AFTER, Tell};
pub use skill::{Need, Skill};
pub use trend::{Day, SPANS, Series, Trend};
pub use weather::{Agreed, COUNTED_TEXT, Seen, Spread, WEATHER_ANSWERS, WEATHER_FROM, Weather};

use crate::ids::{GroupId, Member, PromptId};

/// Most characters of the one line; a paragraph belongs to a person, not to a form.
pub const LINE_LIMIT: u16 = 1000;
/// Most characters of a small win, and of the answer to a group's own question.
pub const WORDS_LIMIT: u16 = 500;

/// The window of one local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Our number.
    pub id: PromptId,
    /// The group that is asked.
    pub group: GroupId,
    /// The local day it is about.
    pub on_date: NaiveDate,
    /// Answers are taken and changed until then.
    pub closes_at: DateTime<Utc>,
}

/// The one sentence that answers an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Really hard: they need not carry it alone.
    Hard,
    /// A strong urge.
    StrongUrge,
    /// An urge.
    SomeUrge,
    /// What is behind it may have a name.
    Halt(Halt),
    /// A low day after a bad night.
    LowAndSleepless,
    /// Not a good day, and a small win all the same.
    WinOnAGreyDay,
    /// The mood by itself.
    Mood(Mood),
    /// Something was said, but no mood.
    Kept,
}

/// The reply to an answer, before it is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The sentence.
    pub said: Said,
    /// At most one suggestion, and whether this member marked it as helpful.
    pub skill: Option<(Skill, bool)>,
    /// Whether words were kept.
    pub words: bool,
    /// Whether there is more to be asked than the mood.
    pub more: bool,
    /// Whether the one line is asked.
    pub line: bool,
    /// Whether a person is offered at once.
    pub person: bool,
    /// Whether they were away.
    pub back: Back,
}

/// Whether somebody who answers was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// They were not.
    Here,
    /// The pause is over, and this is the first answer since.
    Returned,
    /// The pause lasts; answering does not end it.
    Away,
}

/// A member's prompt by direct message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Direct {
    /// The group that asks.
    pub group: GroupId,
    /// Who is asked.
    pub member: Member,
    /// Their own hour, in their own zone.
    pub at: NaiveTime,
    /// When they are asked next; none while it rests because it was not used.
    pub next_at: Option<DateTime<Utc>>,
    /// Prompts in a row that led to nothing.
    pub unused: u32,
}
