//! Being written to after some days of silence, for those who asked for it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::ids::{GroupId, Member, UserId};

/// The version of the words members agree to.
pub const QUIET_TEXT: i64 = 1;
/// After how many missed days somebody is written to, to choose from.
pub const QUIET_AFTER: [u8; 4] = [3, 5, 7, 14];
/// How long it may stay quiet after the note before somebody else is told: long enough to read it twice.
pub const TELL_AFTER: TimeDelta = TimeDelta::days(2);
/// Local hour of the note: late enough for everybody to be awake, early enough to find somebody that day.
pub const NOTE_HOUR: u32 = 11;

/// Who else is told, if it stays quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// Nobody.
    Nobody,
    /// The facilitators.
    Facilitators,
    /// One person they named.
    Buddy(UserId),
}

/// A member's wish to be written to, and where this stretch of silence stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The group whose silence counts.
    pub group: GroupId,
    /// The member.
    pub member: Member,
    /// Who else is told.
    pub tell: Tell,
    /// Since when they wish so.
    pub agreed_at: DateTime<Utc>,
    /// When they were last heard of otherwise than by an answer: when they agreed, or changed what they set.
    pub heard_at: DateTime<Utc>,
    /// When they were written to in this stretch.
    pub noted_at: Option<DateTime<Utc>>,
    /// When the other was told in this stretch.
    pub told_at: Option<DateTime<Utc>>,
    /// When to look again; none: not before something changes.
    pub next_at: Option<DateTime<Utc>>,
}

/// What is known of somebody's silence at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The last day that counts as heard of: an answer, the wish itself, or coming back.
    pub heard_on: NaiveDate,
    /// After how many missed days they are written to.
    pub after: u8,
    /// When they were written to in this stretch.
    pub noted_at: Option<DateTime<Utc>>,
    /// Whether somebody is still to be told.
    pub tells: bool,
}

/// What comes next in a stretch of silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing before that moment.
    Wait(DateTime<Utc>),
    /// They are written to.
    Note,
    /// The other is told.
    Tell,
    /// Nothing more until they are heard of.
    Rest,
}
