//! Who a session is for, what people answer, who was there, and what members wish to be told.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Occurrence;
use crate::calendar::Leads;
use crate::ids::{GroupId, Member, RoleId, UserId};

/// Most places of a session: more people than a group's room or a voice channel would ever hold.
pub const MOST_PLACES: u32 = 500;
/// How long answers and reasons are kept after they were given: until the next few sessions were looked over.
pub const ANSWERS_KEPT: TimeDelta = TimeDelta::days(30);
/// How long attendance is kept: half a year of a member's own picture, and no more.
pub const ATTENDANCE_KEPT: TimeDelta = TimeDelta::days(183);
/// How far back attendance can be marked: who was there last week is still known.
pub const MARKED_BACK: TimeDelta = TimeDelta::days(7);
/// How long before the start attendance can be marked: people come a little early.
pub const MARKED_BEFORE: TimeDelta = TimeDelta::minutes(30);
/// Most people chosen at once: what Discord's select takes.
pub const MARKED_AT_ONCE: u8 = 25;
/// How long a note to somebody who was missed makes sense.
pub const NOTE_KEPT: TimeDelta = TimeDelta::days(3);
/// The version of the words with which members are asked for a note when they are missed; raised when their meaning
/// changes.
pub const NOTE_TEXT: i64 = 1;
/// How many of a member's marks are looked at for the rule of two in a row: enough to find a session they were at
/// behind a month of being excused from daily ones.
pub const MARKS_LOOKED_AT: u32 = 40;

/// For whom a series is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The members of the group.
    #[default]
    Members,
    /// Whoever holds that role.
    Role(RoleId),
    /// Alumni: whoever holds the role that a facilitator named for them.
    Alumni(RoleId),
}

impl Audience {
    /// The word it is kept and written as; the role stands beside it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Role(_) => "role",
            Self::Alumni(_) => "alumni",
        }
    }

    /// The audience of that word and role; none when they do not go together.
    pub fn of_word(word: &str, role: Option<RoleId>) -> Option<Self> {
        match (word, role) {
            ("members", None) => Some(Self::Members),
            ("role", Some(role)) => Some(Self::Role(role)),
            ("alumni", Some(role)) => Some(Self::Alumni(role)),
            _ => None,
        }
    }

    /// The role that decides; none when membership does.
    pub fn role(self) -> Option<RoleId> {
        match self {
            Self::Members => None,
            Self::Role(role) | Self::Alumni(role) => Some(role),
        }
    }

    /// Whether it is for every member of the group, so that it may stand where all of them, and others, read.
    pub fn is_everybody(self) -> bool {
        self.role().is_none()
    }

    /// Whether somebody belongs to it.
    pub fn admits(self, joined: bool, roles: &[RoleId]) -> bool {
        self.role().map_or(joined, |role| roles.contains(&role))
    }
}

/// What somebody answers to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Reply {
    /// They come.
    Going,
    /// They come, but not at the start.
    Late,
    /// They do not know yet.
    Maybe,
    /// They do not come.
    Cannot,
}

impl Reply {
    /// In the order of the buttons.
    pub const ALL: [Self; 4] = [Self::Going, Self::Late, Self::Maybe, Self::Cannot];

    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Going => "going",
            Self::Late => "late",
            Self::Maybe => "maybe",
            Self::Cannot => "cannot",
        }
    }

    /// The answer of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.word() == word)
    }

    /// Whether it takes a place.
    pub const fn comes(self) -> bool {
        matches!(self, Self::Going | Self::Late)
    }
}

/// Whether somebody has a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Seat {
    /// They do not want one.
    None,
    /// They have one.
    Held,
    /// They are on the waitlist.
    Waiting,
}

/// One answer, as the places are given by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub user: UserId,
    /// What they answered.
    pub reply: Reply,
    /// Whether they have a place.
    pub seat: Seat,
    /// Whoever asked for a place earlier has the lower number.
    pub turn: i64,
    /// Whether they got a place from the waitlist and have not looked since.
    pub unseen: bool,
    /// Whether they still belong to those it is for, as far as the database knows; a place of somebody who left is
    /// free.
    pub belongs: bool,
}

/// What somebody answered, as they see it themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mine {
    /// The occurrence, at the time at which it is held.
    pub occurrence: Occurrence,
    /// What they answered; none: nothing.
    pub reply: Option<Reply>,
    /// Whether they have a place.
    pub seat: Seat,
    /// Their number on the waitlist, from 1; zero when they are not on it.
    pub waiting: usize,
    /// Whether a place came free for them that they have not heard of.
    pub came_free: bool,
}

/// How many answered what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Have a place and come in time.
    pub going: usize,
    /// Have a place and come late.
    pub late: usize,
    /// Do not know yet.
    pub maybe: usize,
    /// Do not come.
    pub cannot: usize,
    /// Are on the waitlist.
    pub waiting: usize,
}

/// Why somebody does not come: a short list, so that it takes one tap and says no more than they want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// They are unwell.
    Unwell,
    /// Getting there.
    Transport,
    /// Children to look after.
    Childcare,
    /// Work or school.
    Work,
    /// Another appointment.
    Appointment,
    /// They are not up to it.
    NotUpToIt,
    /// Something else.
    Other,
}

impl Reason {
    /// In the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Unwell, Self::Transport, Self::Childcare, Self::Work, Self::Appointment, Self::NotUpToIt, Self::Other];
    /// Those on the note to somebody who was missed.
    pub const ON_THE_NOTE: [Self; 4] = [Self::Transport, Self::Childcare, Self::Work, Self::NotUpToIt];

    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unwell => "unwell",
            Self::Transport => "transport",
            Self::Childcare => "childcare",
            Self::Work => "work",
            Self::Appointment => "appointment",
            Self::NotUpToIt => "not_up_to_it",
            Self::Other => "other",
        }
    }

    /// The reason of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// Who may know a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenBy {
    /// The group's facilitators.
    Facilitators,
    /// Nobody but the member.
    Nobody,
}

impl SeenBy {
    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Facilitators => "facilitators",
            Self::Nobody => "nobody",
        }
    }

    /// The audience of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Facilitators, Self::Nobody].into_iter().find(|seen_by| seen_by.word() == word)
    }
}

/// A reason and who may know it; kept sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The reason.
    pub reason: Reason,
    /// Who may know it.
    pub seen_by: SeenBy,
}

/// What a facilitator sees of the answers to one occurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The occurrence.
    pub occurrence: Occurrence,
    /// The answers, with the reason where the member shares it; the waitlist in its order.
    pub entries: Vec<(Entry, Option<Reason>)>,
}

/// Whether somebody was at a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Was {
    /// They were there.
    Attended,
    /// They were expected and not there.
    Missed,
    /// They had said so, were away, or had no place.
    Excused,
}

/// One session in a member's past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When it began.
    pub starts_at: DateTime<Utc>,
    /// Whether they were there.
    pub was: Was,
}

/// Who was at one occurrence, as a facilitator marks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    /// The occurrence.
    pub occurrence: Occurrence,
    /// Who was there.
    pub attended: Vec<UserId>,
    /// Whether a facilitator said that everybody is marked.
    pub closed: bool,
    /// Chosen people who do not belong to the group and were left out.
    pub left_out: usize,
    /// What people who were missed shared with the facilitators.
    pub shared: Vec<(UserId, Reason)>,
}

/// What a member wishes to be told of a group's sessions by direct message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The group.
    pub group: GroupId,
    /// The member.
    pub member: Member,
    /// How long before the start they are reminded; none: not at all.
    pub leads: Leads,
    /// Whether they want a kind note after missing two in a row.
    pub missed_note: bool,
    /// What was due up to then is in the outbox.
    pub planned_until: DateTime<Utc>,
    /// When to look next.
    pub next_at: Option<DateTime<Utc>>,
}

/// A note to somebody who was missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedNote {
    /// Our number.
    pub id: i64,
    /// The series they missed.
    pub series: crate::ids::SeriesId,
    /// The second session in a row.
    pub occurrence: crate::calendar::OccurrenceId,
    /// Whom it is for.
    pub member: Member,
}

/// What is kept about somebody's sessions, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptOf {
    /// Answers to sessions.
    pub answers: i64,
    /// Sessions they were, or were not, at.
    pub attendance: i64,
    /// Groups of whose sessions they are told directly.
    pub wishes: i64,
    /// Notes after missing two in a row.
    pub notes: i64,
}
