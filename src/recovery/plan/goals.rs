//! Steps of a goal: read, done, counted. Pure.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::calendar::Recurrence;
use crate::recovery::model::goal::{DAYS_KEPT, GOAL_LIMIT, Rhythm, STEPS_LIMIT, Step};
use crate::refusal::Refusal;

/// Shortest time between two digests: it is about a week.
const WEEK: TimeDelta = TimeDelta::days(7);

/// Reads the steps of a goal, a line each: `daily: ten minutes outside`, `weekly: call Rita`, or just the step.
///
/// # Errors
/// Refused when there are more than fit, or one is too long.
pub fn steps(text: &str) -> Result<Vec<(Rhythm, String)>, Refusal> {
    let mut steps = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (rhythm, what) = match line.split_once(':') {
            Some((word, what)) if word.trim().eq_ignore_ascii_case("daily") => (Rhythm::Daily, what),
            Some((word, what)) if word.trim().eq_ignore_ascii_case("weekly") => (Rhythm::Weekly, what),
            Some(_) | None => (Rhythm::Once, line),
        };
        let what = what.trim();
        let count = what.chars().count();
        if count == 0 || count > usize::from(GOAL_LIMIT) {
            return Err(Refusal::new(
                format!("Step {} has {count} characters; 1 to {GOAL_LIMIT} fit.", steps.len() + 1),
                "",
                "A step is small, such as: `daily: ten minutes outside`",
            ));
        }
        steps.push((rhythm, what.to_owned()));
    }
    if steps.len() > STEPS_LIMIT {
        return Err(Refusal::new(
            format!("That's {} steps, and {STEPS_LIMIT} fit.", steps.len()),
            "A goal with a few steps is easier to keep in view.",
            "Make the rest another goal.",
        ));
    }
    Ok(steps)
}

/// Whether a step is done as far as today asks for it.
pub fn is_done(step: &Step, today: NaiveDate) -> bool {
    match step.rhythm {
        Rhythm::Daily => step.done_on.contains(&today),
        Rhythm::Weekly => step.done_on.iter().any(|day| day.iso_week() == today.iso_week()),
        Rhythm::Once => !step.done_on.is_empty(),
    }
}

/// One tap: a step is done today, or, when that was a slip of the finger, not.
pub fn tap(step: &mut Step, today: NaiveDate) {
    if is_done(step, today) {
        match step.rhythm {
            Rhythm::Daily => step.done_on.retain(|day| *day != today),
            Rhythm::Weekly => step.done_on.retain(|day| day.iso_week() != today.iso_week()),
            Rhythm::Once => step.done_on.clear(),
        }
        return;
    }
    done(step, today);
}

/// A step is done today; saying so twice changes nothing.
pub fn done(step: &mut Step, today: NaiveDate) {
    if is_done(step, today) {
        return;
    }
    step.done_on.push(today);
    if step.done_on.len() > DAYS_KEPT {
        step.done_on.remove(0);
    }
}

/// Whether a pattern comes about once a week.
pub fn is_weekly(recurrence: &Recurrence) -> bool {
    recurrence.shortest_gap().is_some_and(|gap| gap >= WEEK)
}
