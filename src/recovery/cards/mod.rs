//! What a member's own tools say.

pub mod buddies;
pub mod coping;
pub mod goals;
pub mod milestones;
pub mod reminding;
pub mod safety_plan;

use super::actions::Kept;
use super::model::Sheet;
use crate::card::{BUTTONS_LIMIT, Button, Card, Press, ROWS_LIMIT, inert};
use crate::ids::GroupId;

/// The small print of everything here.
const ONLY_YOU: &str = "Locked with your own key. Only you see this.";

/// A button of this slice.
fn button(label: impl Into<String>, verb: &str) -> Button {
    Button::new(label, press(verb))
}

/// A press of this slice.
fn press(verb: &str) -> Press {
    Press::new("recovery", verb)
}

/// What is kept of somebody's tools, a line each; nothing when there is none.
pub fn kept(kept: &Kept) -> Option<String> {
    let mut lines = Vec::new();
    if kept.reminders > 0 {
        lines.push(format!("Reminders: {}", kept.reminders));
    }
    if kept.buddies > 0 {
        lines.push("A buddy now and then".to_owned());
    }
    lines.extend(kept.sheets.iter().map(|sheet| sheet_words(*sheet).to_owned()));
    (!lines.is_empty()).then(|| lines.join("\n"))
}

const fn sheet_words(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::SafetyPlan => "Your plan for hard hours",
        Sheet::BadDays => "Your words for bad days",
        Sheet::Skills => "What helps you",
        Sheet::Milestones => "Your milestones",
        Sheet::Goals => "Your goals",
        Sheet::Wins => "Your small wins",
    }
}

/// What a member wrote, made inert line by line and cut to `limit` characters.
fn block(words: &str, limit: usize) -> String {
    let lines: Vec<String> = words.lines().map(inert).collect();
    let whole = lines.join("\n");
    if whole.chars().count() <= limit {
        return whole;
    }
    let mut cut: String = whole.chars().take(limit.saturating_sub(1)).collect();
    // A backslash at the end would take the meaning of what follows.
    while cut.ends_with('\\') {
        cut.pop();
    }
    cut.push('…');
    cut
}

/// Several groups could be meant.
pub fn which_group(groups: &[(GroupId, String)], verb: &str) -> Card {
    let made =
        |(id, name): &(GroupId, String)| Button::new(name.chars().take(60).collect::<String>(), press(verb).arg(id));
    let rows = groups.chunks(BUTTONS_LIMIT).take(ROWS_LIMIT);
    rows.fold(Card::text("Which group is it for?"), |card, row| card.buttons(row.iter().map(made)))
}
