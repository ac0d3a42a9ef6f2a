//! What happens when words were noticed. Pure.

pub mod concern;

use chrono::{DateTime, Utc};

use crate::crisis::lexicon::{Level, Topic};
use crate::crisis::model::{COOLDOWN, Noticed};
use crate::roster::Wishes;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing at all.
    Nothing,
    /// A direct message to the person; if it is refused, the neutral line.
    Private,
    /// The neutral line with a button, in the channel it was written in.
    NeutralLine,
}

/// Decides. `watched` says whether the channel's words are checked, `last` what this person was pointed
/// to before and when.
pub fn decide(
    noticed: Noticed,
    watched: bool,
    wishes: Wishes,
    last: Option<(Level, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> Step {
    if !watched || wishes.noticing == Some(false) || !speaks_for_a_pointer(noticed) {
        return Step::Nothing;
    }
    if !may_point(noticed.level, last, now) {
        return Step::Nothing;
    }
    match wishes.direct_messages {
        Some(true) => Step::Private,
        Some(false) | None => Step::NeutralLine,
    }
}

/// Whether somebody who was pointed to `last` may be shown a pointer of that level now.
pub fn may_point(level: Level, last: Option<(Level, DateTime<Utc>)>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|(before, at)| level > before || now - at >= COOLDOWN)
}

/// Whether there is a pointer for this: any level but none, or grief. Abuse aimed at somebody else is for
/// moderators' own rules; the abuser is offered no helpline.
pub fn speaks_for_a_pointer(noticed: Noticed) -> bool {
    match noticed.level {
        Level::None => noticed.topics.contains(Topic::Bereavement),
        Level::ConcernOther | Level::Low | Level::High | Level::Imminent => true,
    }
}
