//! What can exist: a note, and somebody's wish for notes.

use chrono::{DateTime, TimeDelta, Utc};

use crate::ids::{CaringNoteId, GroupId, Member};

/// Most characters of a note: what fits a postcard, as the letters of the trials did.
pub const NOTE_LIMIT: u16 = 300;
/// Most notes one alum has at a time: eight are two years of four each, and fit one card.
pub const NOTES_PER_AUTHOR: i64 = 8;
/// Days of a quarter of a year; one note falls into each, so that there are four a year at most.
pub const QUARTER_DAYS: u64 = 91;
/// Earliest day of a quarter on which its note comes.
pub const FIRST_DAY: u64 = 21;
/// Over how many days of a quarter notes are spread. Two quarters' notes are at least 91 - 42 = 49 days apart.
pub const SPREAD_DAYS: u64 = 42;
/// The first local hour at which notes come, and over how many hours they are spread: when people are up.
pub const HOURS: (u32, u32) = (10, 8);
/// Nobody gets two notes in less time, also not from two groups.
pub const SHORTEST_GAP: TimeDelta = TimeDelta::days(30);
/// How long a draft waits for its writer.
pub const DRAFT_KEPT: TimeDelta = TimeDelta::days(1);
/// How long a note that was kept back stays readable for its writer.
pub const DECLINED_KEPT: TimeDelta = TimeDelta::days(30);
/// How long it is remembered who got which note, once they do not want them any more.
pub const SENT_KEPT: TimeDelta = TimeDelta::days(730);

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Our number.
    pub id: CaringNoteId,
    /// The group it is for.
    pub group: GroupId,
    /// Who wrote it.
    pub author: Member,
    /// Where it is.
    pub state: NoteState,
}

/// Where a note is; the arrows are in the module's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum NoteState {
    /// Its writer looks at it.
    Draft,
    /// A facilitator is to read it.
    Waiting,
    /// It goes out now and then.
    Approved,
    /// A facilitator kept it back.
    Declined,
}

/// Somebody's wish for notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The group whose notes they want.
    pub group: GroupId,
    /// Who.
    pub member: Member,
    /// When they agreed.
    pub agreed_at: DateTime<Utc>,
    /// Which quarter is next.
    pub slot: u32,
    /// When its note is due.
    pub next_at: DateTime<Utc>,
}

/// How often, and when last, somebody got a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Got {
    /// How often.
    pub times: u32,
    /// When last.
    pub last: Option<DateTime<Utc>>,
}
