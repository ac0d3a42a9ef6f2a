//! What `/me` and `/away` say.

use chrono::{DateTime, Utc};

use super::super::model::{Away, Settings};
use crate::calendar::{Zone, time_words, to_civil};
use crate::card::{Button, Card, Press, Style, inert};
use crate::ids::GroupId;

/// What somebody set for themselves.
pub fn me(settings: &Settings, zone: Zone, now: DateTime<Utc>, groups: &[(GroupId, String)]) -> Card {
    let whose = if settings.zone.is_some() { "yours" } else { "your group's" };
    let quiet = if settings.quiet.is_none() {
        "none".to_owned()
    } else {
        format!("{}, every day: I send you nothing then", settings.quiet.words())
    };
    let mut card = Card::panel("What you set", "Change it with `/me zone:` and `/me quiet:`.")
        .field("Your time", format!("{zone} ({whose}), where it is {} now", time_words(to_civil(now, zone).time())))
        .field("Quiet hours", quiet);
    if let Some(away) = settings.away.filter(|away| away.holds(now)) {
        card = card.field("Away", until(away));
    }
    let one = groups.len() == 1;
    let label = |name: &str| if one { "My check-ins".to_owned() } else { format!("Check-ins: {}", short(name)) };
    let mut buttons: Vec<Button> = groups
        .iter()
        .take(4)
        .map(|(id, name)| Button::new(label(name), Press::new("checkins", "mine").arg(id)))
        .collect();
    if settings.away.is_some_and(|away| away.holds(now)) {
        buttons.push(back_button());
    }
    card = if buttons.is_empty() { card } else { card.buttons(buttons) };
    let label = |name: &str| if one { "My reminders".to_owned() } else { format!("Reminders: {}", short(name)) };
    let reminders: Vec<Button> = groups
        .iter()
        .take(5)
        .map(|(id, name)| Button::new(label(name), Press::new("sessions", "mine").arg(id)))
        .collect();
    card = if reminders.is_empty() { card } else { card.buttons(reminders) };
    card.footer("Only you see this. Quiet hours never hold back an answer to you.")
}

fn short(name: &str) -> String {
    name.chars().take(60).collect()
}

fn until(away: Away) -> String {
    match away.until {
        Some(until) => format!("until <t:{}:F>", until.timestamp()),
        None => "until you say so".to_owned(),
    }
}

/// The button that ends being away.
pub fn back_button() -> Button {
    Button::new("I'm back", Press::new("groups", "back")).style(Style::Primary)
}

/// Somebody is away now.
pub fn away(away: Away, understood: Option<&str>) -> Card {
    let when = match (away.until, understood) {
        (Some(until), Some(words)) => format!("until <t:{}:F> ({})", until.timestamp(), inert(words)),
        (_, _) => until(away),
    };
    Card::text(format!(
        "Okay, you're away {when}. I send you nothing directly until then. Nobody is told, and it needs no reason.\n\
         Only your own reminders of a medication or an appointment go on, if you have some."
    ))
    .buttons([back_button(), Button::new("Pause those, too", Press::new("recovery", "away_all"))])
}

/// Somebody is back.
pub fn back(was_away: bool) -> Card {
    Card::text(if was_away { "Welcome back." } else { "You're here already. Good." })
}
