//! What check-ins say.

use chrono::NaiveDate;

use super::model::{Answer, LINE_LIMIT, Mood, Window};
use crate::calendar::date_words;
use crate::card::{Button, Card, Input, Modal, OPTIONS_LIMIT, Press, Select, Style};
use crate::ids::{GroupId, PromptId};

/// The words on a mood's button.
pub const fn mood_words(mood: Mood) -> &'static str {
    match mood {
        Mood::Hard => "Really hard",
        Mood::Low => "Low",
        Mood::Mixed => "So-so",
        Mood::Okay => "Okay",
        Mood::Good => "Good",
    }
}

const fn mood_face(mood: Mood) -> &'static str {
    match mood {
        Mood::Hard => "😣",
        Mood::Low => "🙁",
        Mood::Mixed => "😐",
        Mood::Okay => "🙂",
        Mood::Good => "😊",
    }
}

fn mood_buttons(prompt: PromptId) -> Vec<Button> {
    let button = |mood: Mood| {
        Button::new(mood_words(mood), Press::new("checkins", "mood").arg(prompt).arg(mood.number()))
            .emoji(mood_face(mood))
    };
    Mood::ALL.into_iter().map(button).collect()
}

fn line_button(prompt: PromptId) -> Button {
    Button::new("Write a line", Press::new("checkins", "line").arg(prompt))
}

/// The daily prompt in the channel: quiet, no ping.
pub fn prompt(window: &Window) -> Card {
    Card::text(format!(
        "**{}.** How are you today?\nOne tap is enough, and only you see your answer.",
        date_words(window.on_date)
    ))
    .buttons(mood_buttons(window.id))
    .buttons([line_button(window.id)])
    .silently()
}

/// The same, for one person who asked with `/checkin`.
pub fn own_prompt(window: &Window, before: Option<&Answer>) -> Card {
    let said = before
        .and_then(|answer| answer.mood)
        .map(|mood| format!("\nSo far: {}.", mood_words(mood)))
        .unwrap_or_default();
    Card::text(format!("**{}.** How are you?{said}", date_words(window.on_date)))
        .buttons(mood_buttons(window.id))
        .buttons([line_button(window.id)])
}

/// The answer to an answer: one sentence chosen by rule.
pub fn thanks(window: &Window, answer: &Answer) -> Card {
    let sentence = match answer.mood {
        Some(Mood::Hard) => {
            "Thank you for saying so. It's allowed to be this hard, and you don't have to carry it alone."
        }
        Some(Mood::Low) => "Thank you for telling me. A low day is allowed to be a low day.",
        Some(Mood::Mixed) => "So-so it is. That counts, too.",
        Some(Mood::Okay) => "Okay is good to know. Thank you.",
        Some(Mood::Good) => "Good to hear. Thank you for telling me.",
        None if answer.line.is_some() => "Thank you for your line.",
        None => "That's fine. Nothing is written down.",
    };
    let kept = if answer.line.is_some() { "\n-# Your line is kept, locked, for you alone." } else { "" };
    let mut buttons = vec![line_button(window.id)];
    if answer.mood == Some(Mood::Hard) {
        buttons.push(Button::new("Talk to somebody", Press::new("crisis", "more")));
    }
    Card::text(format!("{sentence}{kept}")).buttons(buttons)
}

/// The form for one line.
pub fn line_form(prompt: PromptId, before: Option<&Answer>) -> Modal {
    Modal {
        press: Press::new("checkins", "write").arg(prompt),
        title: "One line for today".into(),
        inputs: vec![Input {
            id: "line".into(),
            label: "Only you can read this".into(),
            placeholder: "Whatever you'd like to remember about today".into(),
            value: before.and_then(|answer| answer.line.clone()).unwrap_or_default(),
            long: true,
            required: false,
            limit: LINE_LIMIT,
        }],
    }
}

/// Asks, at first use, whether answers may be kept.
pub fn may_i_keep(prompt: PromptId) -> Card {
    let (title, body) = crate::groups::cards::words(crate::groups::Purpose::Checkins);
    Card::panel(title, body)
        .buttons([
            Button::new("Yes, that's okay", Press::new("checkins", "agree").arg(prompt)).style(Style::Primary),
            Button::new("No, thanks", Press::new("checkins", "decline")),
        ])
        .footer("Only you see this.")
}

/// They said no.
pub fn declined() -> Card {
    Card::text("That's fine. I keep nothing. `/privacy` changes it whenever you like.")
}

/// Several groups could be meant.
pub fn which_group(groups: &[(GroupId, String)]) -> Card {
    let options = groups.iter().take(OPTIONS_LIMIT).map(|(id, name)| (id.to_string(), name.clone())).collect();
    let press = Press::new("checkins", "choose");
    Card::text("Which group is it for?").select(Select {
        press,
        placeholder: "Choose a group".into(),
        options,
        choose: (1, 1),
    })
}

/// The window is closed.
pub fn closed(day: NaiveDate) -> Card {
    Card::text(format!("The check-in of {} has closed. That's fine. `/checkin` opens today's.", date_words(day)))
}
