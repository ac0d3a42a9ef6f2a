//! What can exist: topics, listings, and matches.

use chrono::{DateTime, Utc};

use crate::ids::{GroupId, Member, MentorMatchId, UserId};

/// Most people somebody mentors at once; more is a job.
pub const CAPACITY_LIMIT: u8 = 5;
/// Most matches a member has open at once: two people to lean on are enough to begin with.
pub const OPEN_LIMIT: usize = 2;

/// What somebody can be found for. A fixed list, so that no words of a person stand in a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The first weeks after stepping down.
    FirstWeeks,
    /// Work or school.
    Work,
    /// Family and partners.
    Family,
    /// Living sober.
    Sobriety,
    /// Living with moods and anxiety.
    Moods,
    /// Eating.
    Eating,
    /// Trauma.
    Trauma,
    /// Medication, from experience.
    Medication,
    /// Going out and company.
    Company,
}

impl Topic {
    /// In the order they are offered.
    pub const ALL: [Self; 9] = [
        Self::FirstWeeks,
        Self::Work,
        Self::Family,
        Self::Sobriety,
        Self::Moods,
        Self::Eating,
        Self::Trauma,
        Self::Medication,
        Self::Company,
    ];

    /// The word it is kept as.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstWeeks => "first_weeks",
            Self::Work => "work",
            Self::Family => "family",
            Self::Sobriety => "sobriety",
            Self::Moods => "moods",
            Self::Eating => "eating",
            Self::Trauma => "trauma",
            Self::Medication => "medication",
            Self::Company => "company",
        }
    }

    /// The topic of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }
}

/// An alum who agreed to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The group.
    pub group: GroupId,
    /// Who.
    pub member: Member,
    /// What for.
    pub topics: Vec<Topic>,
    /// How many people they mentor at once; zero: found, not matched.
    pub capacity: u8,
    /// When they agreed last.
    pub listed_at: DateTime<Utc>,
}

/// Two people brought together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Our number.
    pub id: MentorMatchId,
    /// The group.
    pub group: GroupId,
    /// The alum.
    pub mentor: Member,
    /// Who asked.
    pub member: Member,
    /// What for.
    pub topic: Topic,
    /// Where it is.
    pub state: MatchState,
}

impl Match {
    /// The other of the two; none when this person is neither.
    pub fn other(&self, user: UserId) -> Option<Member> {
        match user {
            user if user == self.mentor.user => Some(self.member),
            user if user == self.member.user => Some(self.mentor),
            _ => None,
        }
    }

    /// Whether it is asked for or under way.
    pub fn is_open(&self) -> bool {
        matches!(self.state, MatchState::Asked | MatchState::Matched)
    }
}

/// Where a match is; the arrows are in the module's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum MatchState {
    /// The alum is asked.
    Asked,
    /// Both said yes.
    Matched,
    /// The alum said not now.
    Declined,
    /// It is over.
    Ended,
}
