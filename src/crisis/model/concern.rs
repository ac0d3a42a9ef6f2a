//! A concern: somebody asked for a person, or words worried and the group wants its responders told.

use chrono::{DateTime, Datelike, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::Noticed;
use crate::calendar::{Weekdays, Zone, to_civil};
use crate::ids::{ChannelId, ConcernId, GroupId, Member, MessageId, UserId};

/// Most concerns a responder holds before the rota calls others first: two hard conversations at a time are
/// already much.
pub const LOAD: i64 = 2;
/// Most people on call who are pinged at once: more would each wait for the others.
pub const CALLED: usize = 3;
/// Most hours one responder may put into a group's rota, and most that a rota holds: as many as a card shows.
pub const DUTIES: usize = 7;
/// Most stretches of hours in one rota.
pub const ROTA: usize = 50;
/// Most letters of what somebody may say to the responders: a few sentences.
pub const WORDS_LIMIT: u16 = 500;
/// How long each circle has where a group said nothing.
pub const MINUTES: u32 = 10;

/// Declares a closed set of words as they are kept.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(rename_all = "snake_case")]
        #[sqlx(rename_all = "snake_case")]
        pub enum $name { $($(#[$one])* $variant),+ }

        impl $name {
            /// All of them, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word it is kept as, and travels as.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads [`Self::word`] back.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words!(
    /// Where a concern comes from.
    Kind {
        /// The member asked for a person.
        Asked = "asked",
        /// Words worried.
        Noticed = "noticed",
    }
);

words!(
    /// Where a concern stands; the arrows are in the slice's head.
    State {
        /// Somebody was called, nobody answered yet.
        Waiting = "waiting",
        /// A responder is there.
        Answered = "answered",
        /// A responder is there and called for another.
        Backup = "backup",
        /// Every circle was called and nobody answered.
        Unanswered = "unanswered",
        /// A responder closed it.
        Closed = "closed",
        /// The member took it back.
        Withdrawn = "withdrawn",
    }
);

impl State {
    /// Whether nothing more happens to it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }
}

words!(
    /// Who is called, from the nearest to the widest.
    Circle {
        /// Responders who are on call at this hour.
        OnCall = "on_call",
        /// Everybody with the responders' role.
        Responders = "responders",
        /// The role after them, or the facilitators.
        Next = "next",
    }
);

words!(
    /// How the member was told that nobody answered.
    Told {
        /// They were not.
        No = "no",
        /// By direct message.
        Direct = "direct",
        /// By a note in the group's channel that only they can open.
        Line = "line",
    }
);

words!(
    /// What one responder hands on to the next: fixed words, so that nothing is written about a member.
    Handed {
        /// They talked.
        Talked = "talked",
        /// The member did not answer.
        NoAnswer = "no_answer",
        /// Somebody is with the member.
        NotAlone = "not_alone",
        /// The responder's time is up.
        TimeUp = "time_up",
    }
);

words!(
    /// What happened to a concern, for its log.
    What {
        /// It was raised.
        Raised = "raised",
        /// It was raised again while it was open.
        Again = "again",
        /// A circle was called.
        Called = "called",
        /// Somebody said "I'm here".
        Here = "here",
        /// The one who is there called for another.
        Backup = "backup",
        /// It was handed on.
        Handed = "handed",
        /// Nobody answered.
        Unanswered = "unanswered",
        /// The member was told that.
        Told = "told",
        /// It was closed.
        Closed = "closed",
        /// The member took it back.
        Withdrawn = "withdrawn",
    }
);

/// One concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Our number.
    pub id: ConcernId,
    /// The group.
    pub group: GroupId,
    /// Whom it is about.
    pub member: Member,
    /// Where it comes from.
    pub kind: Kind,
    /// What was noticed, unless they asked themselves.
    pub noticed: Option<Noticed>,
    /// Where the words stand.
    pub source: Option<(ChannelId, MessageId)>,
    /// What they chose to say, sealed.
    pub words: Option<Vec<u8>>,
    /// Where it stands.
    pub state: State,
    /// Who was called last.
    pub circle: Circle,
    /// Who is there.
    pub responder: Option<UserId>,
    /// What the one before handed on.
    pub handed: Option<Handed>,
    /// How the member was told that nobody answered.
    pub told: Told,
    /// When it is looked at next.
    pub next_at: Option<DateTime<Utc>>,
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
    /// Counts the calls.
    pub round: i64,
}

/// One line of a concern's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: What,
    /// Who did it; none: the member, or the clock.
    pub actor: Option<UserId>,
    /// Who was called.
    pub circle: Option<Circle>,
}

/// Hours of the week in which a responder is on call, in the group's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The responder.
    pub user: UserId,
    /// The days on which it begins.
    pub days: Weekdays,
    /// From when.
    pub from: NaiveTime,
    /// Until when; not later than `from`: on the next day.
    pub until: NaiveTime,
}

impl Duty {
    /// Whether they are on call at that moment.
    pub fn holds(&self, at: DateTime<Utc>, zone: Zone) -> bool {
        let local = to_civil(at, zone);
        let (time, today) = (local.time(), local.weekday());
        let begins = |day| self.days.contains(day);
        if self.from < self.until {
            begins(today) && self.from <= time && time < self.until
        } else {
            (begins(today) && time >= self.from) || (begins(today.pred()) && time < self.until)
        }
    }
}
