//! What home practice says.

use super::model::{Kind, Practice};
use crate::calendar::{date_words, list_words};
use crate::card::{Button, Card, Press, inert};

/// Most characters of a practice in a reminder or below a check-in.
const SHORT: usize = 140;

/// A practice in one line, as a facilitator typed it; not inert yet.
pub fn title(practice: &Practice) -> String {
    let what = match (practice.kind, practice.words.as_deref()) {
        (Kind::Own, Some(words)) => words.to_owned(),
        (kind, Some(words)) => format!("{}: {words}", capital(kind.words())),
        (kind, None) => capital(kind.words()),
    };
    match practice.minutes {
        Some(1) => format!("{what} (1 minute a day)"),
        Some(minutes) => format!("{what} ({minutes} minutes a day)"),
        None => what,
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The same, short enough for a reminder.
pub fn short(practice: &Practice) -> String {
    let title = title(practice);
    if title.chars().count() <= SHORT {
        return inert(&title);
    }
    format!("{}…", inert(&title.chars().take(SHORT).collect::<String>()))
}

/// Practices as one line below something else; empty when there are none.
pub fn line(practices: &[Practice]) -> String {
    let named: Vec<String> = practices.iter().map(short).collect();
    if named.is_empty() { String::new() } else { format!("\nHome practice, if you like: {}.", list_words(&named)) }
}

/// Marks a practice as done.
pub fn done_button(practice: &Practice, several: bool) -> Button {
    let label = match several {
        true => format!("Done: {}", title(practice)).chars().take(60).collect(),
        false => "Practice done".to_owned(),
    };
    Button::new(label, Press::new("sessions", "practice_done").arg(practice.id))
}

fn note_button(practice: &Practice, several: bool) -> Button {
    let label = match several {
        true => format!("Share: {}", title(practice)).chars().take(60).collect(),
        false => "Share a note".to_owned(),
    };
    Button::new(label, Press::new("checkins", "share_practice").arg(practice.id))
}

/// What there is to do at the moment, with the days a member marked; `ends` adds the buttons with which a
/// facilitator ends one.
pub fn list(practices: &[(Practice, i64)], member: bool, ends: bool) -> Card {
    if practices.is_empty() {
        let how = if ends { " `/practice set` sets one." } else { "" };
        return Card::text(format!("There is no home practice at the moment.{how}"));
    }
    let mut card = Card::panel("Home practice", "Something to try between sessions. Whatever you do of it is enough.");
    let several = practices.len() > 1;
    for (practice, days) in practices {
        let until = practice.until_on.map(|day| format!("until {}", date_words(day)));
        let own = (member && *days > 0).then(|| match days {
            1 => "you marked it on one day".to_owned(),
            days => format!("you marked it on {days} days"),
        });
        let facts: Vec<String> = [until, own].into_iter().flatten().collect();
        let facts = if facts.is_empty() { "for as long as it helps".to_owned() } else { facts.join(" · ") };
        card = card.field(inert(&title(practice)).chars().take(250).collect::<String>(), facts);
    }
    if member {
        card = card.buttons(practices.iter().map(|(one, _)| done_button(one, several)));
        card = card.buttons(practices.iter().map(|(one, _)| note_button(one, several)));
    }
    if ends {
        let end = |practice: &Practice| {
            let label: String = format!("End: {}", title(practice)).chars().take(60).collect();
            Button::new(label, Press::new("sessions", "practice_end").arg(practice.id))
        };
        card = card.buttons(practices.iter().map(|(one, _)| end(one)));
    }
    card.footer("Nobody sees who marks what. Only you see this.")
}

/// It stands.
pub fn set(practice: &Practice, session: Option<&str>) -> Card {
    let told = match session {
        Some(title) => format!("with the reminders of {}", inert(title)),
        None => "with the reminders of every session".to_owned(),
    };
    Card::text(format!(
        "It's set: **{}**.\nIt is told {told}, and below check-ins. Members mark it for themselves; nobody sees who does.",
        inert(&title(practice))
    ))
    .buttons([Button::new("End it", Press::new("sessions", "practice_end").arg(practice.id))])
}

/// It has ended.
pub fn ended(practice: &Practice) -> Card {
    Card::text(format!("Ended: {}. It is not told any more.", short(practice)))
}

/// A member marked it.
pub fn marked(practice: &Practice, days: i64) -> Card {
    let days = if days > 1 { format!(" That makes {days} days for you.") } else { String::new() };
    Card::text(format!("Marked for today, for you alone.{days} Good that you tried it."))
        .buttons([note_button(practice, false)])
}
