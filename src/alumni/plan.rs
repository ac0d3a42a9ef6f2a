//! Who is a graduate, and when they are asked how they are. Pure.

use chrono::{DateTime, Days, NaiveTime, Utc};

use super::model::{AskedBy, Companion, CompanionState, MARKS, Touch, UNUSED_LIMIT};
use crate::calendar::{Zone, resolved, to_civil};
use crate::groups::Step;
use crate::ids::StepId;

/// Whether a step is the group's last one, whose people are alumni. A group with a single step has no way down.
pub fn is_last(steps: &[Step], step: StepId) -> bool {
    steps.len() > 1 && steps.last().is_some_and(|last| last.id == step)
}

/// When the touch of that mark is due: so many local days after graduation, at the member's hour in their zone.
/// None when there is no such mark.
pub fn touch_at(graduated_at: DateTime<Utc>, mark: usize, at: NaiveTime, zone: Zone) -> Option<DateTime<Utc>> {
    let day = to_civil(graduated_at, zone).date().checked_add_days(Days::new(*MARKS.get(mark)?))?;
    Some(resolved(day.and_time(at), zone).at)
}

/// The first mark that lies ahead, and when; none: all are over.
pub fn first_ahead(
    graduated_at: DateTime<Utc>,
    from: usize,
    at: NaiveTime,
    zone: Zone,
    now: DateTime<Utc>,
) -> Option<(usize, DateTime<Utc>)> {
    let due = |mark| touch_at(graduated_at, mark, at, zone).map(|due| (mark, due));
    (from..MARKS.len()).filter_map(due).find(|(_, due)| *due > now)
}

/// The newest mark that is due: after an outage of months somebody is asked once, not three times.
pub fn newest_due(touch: &Touch, zone: Zone, now: DateTime<Utc>) -> usize {
    let due = |mark: &usize| touch_at(touch.graduated_at, *mark, touch.at, zone).is_some_and(|due| due <= now);
    (touch.mark..MARKS.len()).take_while(due).last().unwrap_or(touch.mark)
}

/// The touches after the one of `mark` was sent; whether that one is the last unless somebody answers.
pub fn after_sending(touch: &Touch, mark: usize, zone: Zone, now: DateTime<Utc>) -> (Touch, bool) {
    let unused = touch.unused.saturating_add(1);
    let rests = unused >= UNUSED_LIMIT;
    let ahead = first_ahead(touch.graduated_at, mark + 1, touch.at, zone, now);
    let next_mark = ahead.map_or(MARKS.len(), |(mark, _)| mark);
    let next_at = ahead.map(|(_, due)| due).filter(|_| !rests);
    (Touch { mark: next_mark, next_at, unused, ..touch.clone() }, rests && ahead.is_some())
}

/// The touches after somebody answered: they go on if they rested.
pub fn after_answer(touch: &Touch, zone: Zone, now: DateTime<Utc>) -> Touch {
    let ahead = first_ahead(touch.graduated_at, touch.mark, touch.at, zone, now);
    Touch {
        mark: ahead.map_or(MARKS.len(), |(mark, _)| mark),
        next_at: ahead.map(|(_, due)| due),
        unused: 0,
        ..touch.clone()
    }
}

/// From whom the touch of that mark comes: from the companion only if they said so for this very one.
pub fn asked_by(companion: Option<&Companion>, mark: usize) -> AskedBy {
    let Some(companion) = companion else { return AskedBy::Bot };
    match (companion.state, companion.user) {
        (CompanionState::Gone, _) | (CompanionState::Agreed, None) => AskedBy::BotForSomebodyGone,
        (CompanionState::Agreed, Some(user)) if companion.taken == Some(mark) => AskedBy::Companion(user),
        (CompanionState::Agreed, Some(user)) => AskedBy::BotInstead(user),
        // Who has not answered yet is not spoken of.
        (CompanionState::Asked, _) => AskedBy::Bot,
    }
}

/// A group's steps in their new order, after one was put in that place, counted from 1; beyond the end it is the last.
pub fn placed(steps: &[Step], step: StepId, to: usize) -> Vec<StepId> {
    let mut order: Vec<StepId> = steps.iter().map(|one| one.id).filter(|one| *one != step).collect();
    order.insert(to.saturating_sub(1).min(order.len()), step);
    order
}
