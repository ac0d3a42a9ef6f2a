//! Buddies: pairs of people of one group who want to talk now and then.

use chrono::{DateTime, TimeDelta, Utc};

use crate::calendar::Recurrence;
use crate::ids::{GroupId, UserId};

/// How long before a round people are told of it, so that they can leave it out.
pub const WARNED_BEFORE: TimeDelta = TimeDelta::days(1);
/// How long it is kept who met whom: long enough to meet everybody of a large group first.
pub const MEETINGS_KEPT: TimeDelta = TimeDelta::days(730);

/// When a group's people are paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounds {
    /// The group.
    pub group: GroupId,
    /// When, in the group's civil time.
    pub recurrence: Recurrence,
    /// The number of the next round.
    pub round: u32,
    /// When it is paired.
    pub next_at: DateTime<Utc>,
    /// Whether people were told of it.
    pub warned: bool,
}

/// Somebody who wants to be paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Willing {
    /// Who.
    pub user: UserId,
    /// The round they want to leave out.
    pub skips: Option<u32>,
}
