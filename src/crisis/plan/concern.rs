//! What becomes of a concern when somebody presses, or nobody does. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use crate::calendar::Zone;
use crate::crisis::lexicon::Level;
use crate::crisis::model::concern::{Circle, Concern, Duty, Kind, LOAD, State};
use crate::ids::UserId;

/// How long after telling a member directly it is looked whether that arrived.
const LOOK_AFTER: TimeDelta = TimeDelta::minutes(1);

/// What happens to a concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A responder says that they are there.
    Here(UserId),
    /// The one who is there wants another with them.
    NeedBackup(UserId),
    /// It is over.
    Closed(UserId),
    /// The one who is there hands it on.
    HandedOn(UserId),
    /// The member takes it back.
    Withdrawn,
    /// The time of the circle that was called is up.
    TimeUp,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Where it stands now.
    pub state: State,
    /// Who was called last, this included.
    pub circle: Circle,
    /// Who is there.
    pub responder: Option<UserId>,
    /// When it is looked at next.
    pub next_at: Option<DateTime<Utc>>,
    /// What is said.
    pub says: Says,
}

/// What is said when a concern turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Nothing new.
    Nothing,
    /// A circle is called.
    Calls,
    /// The member is told that nobody answered.
    Truth,
}

/// Why nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum No {
    /// It is over.
    Over,
    /// Somebody else is there.
    Taken(UserId),
    /// They are there already.
    Already,
    /// Nobody is there yet.
    NobodyYet,
}

/// Decides. `circles` are those that the group has now, from the nearest to the widest; each has `patience`
/// to answer.
///
/// # Errors
/// Says why nothing happens.
pub fn turn(
    concern: &Concern,
    happening: Happening,
    circles: &[Circle],
    patience: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Turn, No> {
    if concern.state.is_over() {
        return Err(No::Over);
    }
    let still = Turn {
        state: concern.state,
        circle: concern.circle,
        responder: concern.responder,
        next_at: None,
        says: Says::Nothing,
    };
    let wider = circles.iter().copied().find(|circle| *circle > concern.circle);
    let calls = |state, circle| Turn { state, circle, next_at: Some(now + patience), says: Says::Calls, ..still };
    match happening {
        Happening::Closed(_) => Ok(Turn { state: State::Closed, ..still }),
        Happening::Withdrawn => Ok(Turn { state: State::Withdrawn, ..still }),
        Happening::Here(who) => match (concern.state, concern.responder) {
            (State::Answered | State::Backup, Some(there)) if there == who => Err(No::Already),
            (State::Answered, Some(there)) => Err(No::Taken(there)),
            // Who comes as the second leaves the first where they are.
            (State::Backup, Some(_)) => Ok(Turn { state: State::Answered, ..still }),
            (_, _) => Ok(Turn { state: State::Answered, responder: Some(who), ..still }),
        },
        Happening::NeedBackup(who) => match concern.responder {
            None => Err(No::NobodyYet),
            Some(there) if there != who => Err(No::Taken(there)),
            Some(_) => Ok(calls(State::Backup, wider.unwrap_or(concern.circle))),
        },
        Happening::HandedOn(who) => match concern.responder {
            None => Err(No::NobodyYet),
            Some(there) if there != who => Err(No::Taken(there)),
            Some(_) => {
                let circle = circles.iter().copied().find(|circle| *circle >= Circle::Responders);
                Ok(Turn { responder: None, ..calls(State::Waiting, circle.unwrap_or(concern.circle)) })
            }
        },
        Happening::TimeUp => Ok(match (concern.state, wider) {
            (State::Waiting | State::Backup, Some(wider)) => calls(concern.state, wider),
            (State::Waiting, None) => unanswered(concern.kind, still, now),
            (_, _) => still,
        }),
    }
}

/// Every circle was called. Who asked is told the truth; who did not was promised nobody.
fn unanswered(kind: Kind, still: Turn, now: DateTime<Utc>) -> Turn {
    let state = State::Unanswered;
    match kind {
        Kind::Asked => Turn { state, next_at: Some(now + LOOK_AFTER), says: Says::Truth, ..still },
        Kind::Noticed => Turn { state, ..still },
    }
}

/// Who on the rota is called now: those whose hour it is, the least laden first, without who holds enough
/// already and without the member themselves.
pub fn on_call(
    rota: &[Duty],
    loads: &[(UserId, i64)],
    member: UserId,
    zone: Zone,
    now: DateTime<Utc>,
    most: usize,
) -> Vec<UserId> {
    let load = |user| loads.iter().find(|(known, _)| *known == user).map_or(0, |(_, load)| *load);
    let mut called: Vec<UserId> =
        rota.iter().filter(|duty| duty.holds(now, zone)).map(|duty| duty.user).filter(|user| *user != member).collect();
    called.sort_by_key(|user| (load(*user), *user));
    called.dedup();
    called.retain(|user| load(*user) < LOAD);
    called.truncate(most);
    called
}

/// Whether words of that level raise a concern: the group wants it from some level on, and the member knows
/// and does not mind.
pub fn raises(level: Level, from: Option<Level>, told: Option<bool>) -> bool {
    level.fires() && from.is_some_and(|from| level >= from) && told == Some(true)
}
