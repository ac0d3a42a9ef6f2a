//! One helpline: what it is for, how to reach it, when it is open, and where we know it from.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::{CountryCode, Hours, Standing};

/// What a line is for. The words are those of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Thoughts of suicide, one's own or somebody else's; self-harm too.
    SuicideCrisis,
    /// Any crisis, or a hard time.
    GeneralCrisis,
    /// Violence or control by somebody close.
    DomesticViolence,
    /// Sexual violence.
    SexualAssault,
    /// Children and young people.
    Youth,
    /// Peers who listen, not only in a crisis.
    PeerWarmline,
    /// A loss.
    Grief,
    /// Alcohol and other drugs, overdose, gambling.
    SubstanceUse,
    /// LGBTQ+ people.
    Lgbtq,
    /// Eating disorders.
    EatingDisorder,
    /// Older adults.
    OlderAdults,
    /// Pregnancy and new parents.
    Maternal,
    /// Veterans and service members.
    Veterans,
}

impl Topic {
    /// Every topic, in the order of declaration.
    pub const ALL: [Self; 13] = [
        Self::SuicideCrisis,
        Self::GeneralCrisis,
        Self::DomesticViolence,
        Self::SexualAssault,
        Self::Youth,
        Self::PeerWarmline,
        Self::Grief,
        Self::SubstanceUse,
        Self::Lgbtq,
        Self::EatingDisorder,
        Self::OlderAdults,
        Self::Maternal,
        Self::Veterans,
    ];

    /// The word of the file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SuicideCrisis => "suicide_crisis",
            Self::GeneralCrisis => "general_crisis",
            Self::DomesticViolence => "domestic_violence",
            Self::SexualAssault => "sexual_assault",
            Self::Youth => "youth",
            Self::PeerWarmline => "peer_warmline",
            Self::Grief => "grief",
            Self::SubstanceUse => "substance_use",
            Self::Lgbtq => "lgbtq",
            Self::EatingDisorder => "eating_disorder",
            Self::OlderAdults => "older_adults",
            Self::Maternal => "maternal",
            Self::Veterans => "veterans",
        }
    }

    /// The topic with this word; `None` if there is none.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == word)
    }

    /// True if the topic names people rather than a trouble, so that a line for a certain group is what was asked.
    #[must_use]
    pub const fn names_people(self) -> bool {
        matches!(self, Self::Youth | Self::Lgbtq | Self::OlderAdults | Self::Maternal | Self::Veterans)
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A kind of way to reach a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// By voice.
    Call,
    /// By text message.
    Text,
    /// By chat on a web page.
    Chat,
    /// By WhatsApp.
    Whatsapp,
}

impl Reach {
    /// True for the ways on which nobody has to speak.
    #[must_use]
    pub const fn is_written(self) -> bool {
        !matches!(self, Self::Call)
    }
}

/// One way to reach a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Its kind.
    pub reach: Reach,
    /// The number as people there dial it (WhatsApp: with `+`), or the address of the chat.
    pub address: Box<str>,
    /// More numbers; calls only.
    pub also: Vec<Box<str>>,
    /// The word to send first; texts and WhatsApp only. May be a description such as "your ZIP code".
    pub first_word: Option<Box<str>>,
    /// "press 1", or what the other numbers are for; calls only.
    pub note: Option<Box<str>>,
    /// Hours of this way, where they differ from the line's.
    pub(super) own_hours: Option<Hours>,
}

/// A helpline or warmline. Made only by [`LineEntry::check`](super::LineEntry::check), so it is always whole.
#[derive(Clone, Debug)]
pub struct Helpline {
    /// Never changes: `us-988-suicide-crisis-lifeline`; `a-z`, `0-9`, `-`, at most 40 characters.
    pub id: Box<str>,
    /// The country in which its numbers work.
    pub country: CountryCode,
    /// As people know it, at most 100 characters.
    pub name: Box<str>,
    /// One sentence, at most 160 characters.
    pub about: Box<str>,
    /// The people it is for, if not for everybody: "people under 35".
    pub for_whom: Option<Box<str>>,
    /// What it is for, the main topic first; at least one.
    pub topics: Vec<Topic>,
    /// ISO 639 codes; empty if the sources do not say.
    pub languages: Vec<Box<str>>,
    /// At least one, calls first, then text, chat, WhatsApp.
    pub ways: Vec<Way>,
    /// Its web page.
    pub website: Option<Box<str>>,
    /// Kept from sight so that the type cannot be made elsewhere.
    pub(super) hours: Hours,
    /// One sentence that the table of hours cannot hold.
    pub hours_note: Option<Box<str>>,
    /// "free", "normal call rate"; `None` if not known.
    pub cost: Option<Box<str>>,
    /// How deaf and hard-of-hearing people reach it.
    pub deaf: Option<Box<str>>,
    /// Whether they may send police or an ambulance; only where a source says it.
    pub police_policy: Option<Box<str>>,
    /// One more sentence for the member.
    pub note: Option<Box<str>>,
    /// Where we know it from, the best first; at least one address.
    pub sources: Vec<Box<str>>,
    /// How many independent lineages of sources agree; at least 1.
    pub independent_sources: u32,
    /// The day on which the best source says it was right.
    pub verified_on: NaiveDate,
    /// True if the source gives no date and `verified_on` is that of the copy that was read.
    pub dated_by_copy: bool,
}

impl Helpline {
    /// True if the line is for this topic, as its main one or beside others.
    #[must_use]
    pub fn is_about(&self, topic: Topic) -> bool {
        self.topics.contains(&topic)
    }

    /// When it is open, unless a way has hours of its own: see [`Helpline::hours_of`].
    #[must_use]
    pub fn hours(&self) -> &Hours {
        &self.hours
    }

    /// True if "24/7" may be said of the whole line.
    #[must_use]
    pub fn is_always_open(&self) -> bool {
        self.hours == Hours::AlwaysOpen
    }

    /// The hours of one of its ways.
    #[must_use]
    pub fn hours_of<'a>(&'a self, way: &'a Way) -> &'a Hours {
        way.own_hours.as_ref().unwrap_or(&self.hours)
    }

    /// Whether any of its ways is open at `at`; if none is, whether it is not known of any.
    #[must_use]
    pub fn standing(&self, at: DateTime<Utc>) -> Standing {
        self.best_standing(at, |_| true).unwrap_or(Standing::Unknown)
    }

    /// The same for the written ways only; `None` if there is none.
    #[must_use]
    pub fn written_standing(&self, at: DateTime<Utc>) -> Option<Standing> {
        self.best_standing(at, Reach::is_written)
    }

    fn best_standing(&self, at: DateTime<Utc>, wanted: impl Fn(Reach) -> bool) -> Option<Standing> {
        let ways = self.ways.iter().filter(|way| wanted(way.reach));
        ways.map(|way| self.hours_of(way).standing(at)).min()
    }

    /// When a line that is shut on every way opens next; `None` if a way is open, or may be, or none opens within
    /// a year.
    #[must_use]
    pub fn opens_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.standing(at) {
            Standing::Open | Standing::Unknown => None,
            Standing::Shut => self.ways.iter().filter_map(|way| self.hours_of(way).opens_at(at)).min(),
        }
    }

    /// Its ways, best first: open now, then unknown, then shut; among equals the written ones first if asked,
    /// else calls first.
    #[must_use]
    pub fn ways_at(&self, at: DateTime<Utc>, written_first: bool) -> Vec<&Way> {
        let mut ways: Vec<&Way> = self.ways.iter().collect();
        ways.sort_by_key(|way| (self.hours_of(way).standing(at), way.reach.is_written() != written_first));
        ways
    }

    /// Days from `verified_on` to `on`; negative if verified later.
    #[must_use]
    pub fn age_days(&self, on: NaiveDate) -> i64 {
        (on - self.verified_on).num_days()
    }
}
