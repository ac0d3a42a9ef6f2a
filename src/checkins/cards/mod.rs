//! What check-ins say.

mod mood;
mod more;
mod setup;
mod sharing;
mod silence;
mod weather;

pub use mood::{mood, nothing_yet};
pub use more::{chosen, marked, mine, more, question_words, words_form};
pub use setup::{gone_on, hour_form, own_form, setup, stopped_directly, switched_off, unused};
pub use sharing::{
    not_shared, note_form, part_of, share_button, share_preview, share_sent, share_what, shared, taken_back,
};
pub use silence::{quiet_button, quiet_kept, quiet_note, quiet_stopped, quiet_told, quiet_untold, reach_out, relieved};
pub use weather::{agreed, counted, counted_button, may_i_count, not_for_you, too_few, weather};

use chrono::NaiveDate;

use super::model::{Answer, Back, Halt, LINE_LIMIT, Mood, Reply, Said, Window};
use crate::calendar::date_words;
use crate::card::{BUTTONS_LIMIT, Button, Card, Input, Modal, Press, ROWS_LIMIT, Style, inert};
use crate::groups::{Group, Step};
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

/// The daily prompt in the channel: quiet, no ping. It is one message for everybody, so it says for which steps the day
/// is one of theirs, where that differs; it names steps, never people, and nobody is kept from answering.
pub fn prompt(window: &Window, whose: Option<&[&Step]>) -> Card {
    let whose = match whose {
        None => String::new(),
        Some([]) => "\n-# A day off for every step. It's here for whoever likes.".to_owned(),
        Some(steps) => {
            let names: Vec<String> = steps.iter().map(|step| inert(&step.name)).collect();
            format!("\n-# Today is a day for {}. Everybody else may answer too, or leave it.", names.join(", "))
        }
    };
    Card::text(format!(
        "**{}.** How are you today?\nOne tap is enough, and only you see your answer.{whose}",
        date_words(window.on_date)
    ))
    .buttons(mood_buttons(window.id))
    .buttons([line_button(window.id)])
    .silently()
}

/// The prompt while a group is quiet after a death in its community: softer, and nothing is expected.
pub fn quiet_prompt(window: &Window) -> Card {
    Card::text(format!(
        "**{}.** If you like, say how today is for you. It's fine to leave it.\nOnly you see your answer, and `/now` is there \
         for everybody.",
        date_words(window.on_date)
    ))
    .buttons(mood_buttons(window.id))
    .buttons([line_button(window.id)])
    .silently()
}

/// The prompt by direct message, at the member's own hour.
pub fn direct_prompt(window: &Window, group: &Group, last: bool) -> Card {
    let rest = if last {
        "\n-# These haven't been of use for a while, so this is the last one for now. Answering starts them again."
    } else {
        ""
    };
    let mut buttons = vec![line_button(window.id)];
    if last {
        buttons.push(Button::new("Keep asking me", Press::new("checkins", "direct_on").arg(group.id)));
    }
    buttons.push(Button::new("Stop asking here", Press::new("checkins", "direct_off").arg(group.id)));
    Card::text(format!(
        "**{}.** How are you today?\nFor {}. One tap is enough, and only you see your answer.{rest}",
        date_words(window.on_date),
        inert(&group.name)
    ))
    .buttons(mood_buttons(window.id))
    .buttons(buttons)
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

/// The answer to an answer: one sentence by rule, at most one suggestion.
pub fn thanks(window: &Window, reply: &Reply) -> Card {
    let mut text = match reply.back {
        Back::Returned => format!("Welcome back. {}", said_words(reply.said)),
        Back::Here | Back::Away => said_words(reply.said).to_owned(),
    };
    if let Some(skill) = &reply.skill {
        let lead = if skill.theirs { "This helped you before:" } else { "If you like:" };
        text.push_str(&format!("\n{lead} {}", skill.line));
    }
    if reply.words {
        text.push_str("\n-# Your words are kept, locked, for you alone.");
    }
    let mut card = Card::text(text);
    let mut buttons = Vec::new();
    if reply.more {
        buttons.push(Button::new("A little more", Press::new("checkins", "more").arg(window.id).arg(0)));
    }
    if reply.line {
        buttons.push(line_button(window.id));
    }
    buttons.push(share_button(window.id));
    if reply.person {
        buttons.push(talk_button());
    }
    if reply.back == Back::Away {
        buttons.push(crate::groups::cards::me::back_button());
    }
    card = card.buttons(buttons);
    match &reply.skill {
        Some(skill) => {
            let mark = |verb: &str| Press::new("checkins", verb).arg(window.id).arg(&skill.id);
            card.buttons([
                Button::new("This helps me", mark("helps")),
                Button::new("Not for me", mark("not_mine")),
                Button::new("Step by step", Press::new("recovery", "cope_open").arg(&skill.id)),
            ])
        }
        None => card,
    }
}

/// Leads to helplines, and from there to a person of the group.
fn talk_button() -> Button {
    Button::new("Talk to somebody", Press::new("crisis", "more"))
}

fn said_words(said: Said) -> &'static str {
    match said {
        Said::Hard => "Thank you for saying so. It's allowed to be this hard, and you don't have to carry it alone.",
        Said::StrongUrge => {
            "That is a strong urge, and you said it out loud. It has a top, and then it goes down again. You don't have to be alone with it."
        }
        Said::SomeUrge => "Thank you for naming the urge. Having one is not the same as following it.",
        Said::Halt(Halt::Lonely) => "Lonely is heavy to carry. Thank you for saying it here.",
        Said::Halt(Halt::Angry) => {
            "Anger often says that something matters. You don't have to do anything with it right now."
        }
        Said::Halt(Halt::Tired) => "Tired makes everything steeper. Today may be a smaller day.",
        Said::Halt(Halt::Hungry) => "Good that you noticed. Bodies ask for things in the middle of everything.",
        Said::LowAndSleepless => "A low day after a bad night. Some of this may be the night, not you.",
        Said::WinOnAGreyDay => "Not an easy day, and something went right in it. Both are true.",
        Said::Mood(Mood::Hard | Mood::Low) => "Thank you for telling me. A low day is allowed to be a low day.",
        Said::Mood(Mood::Mixed) => "So-so it is. That counts, too.",
        Said::Mood(Mood::Okay) => "Okay is good to know. Thank you.",
        Said::Mood(Mood::Good) => "Good to hear. Thank you for telling me.",
        Said::Kept => "Thank you. It's kept for you.",
    }
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

/// Asks, at first use, whether answers may be kept. After `hard`, which is not kept yet, a way to somebody comes
/// first: nobody has to agree to anything for that.
pub fn may_i_keep(prompt: PromptId, hard: bool) -> Card {
    let (title, body) = crate::groups::cards::words(crate::groups::Purpose::Checkins);
    let mut buttons = vec![
        Button::new("Yes, that's okay", Press::new("checkins", "agree").arg(prompt)).style(Style::Primary),
        Button::new("No, thanks", Press::new("checkins", "decline").arg(prompt)),
    ];
    let mut card = Card::panel(title, body);
    if hard {
        card.text =
            "Really hard: thank you for saying so. You don't have to carry it alone. There is somebody to talk \
            to right now, whatever you answer below."
                .to_owned();
        buttons.insert(0, talk_button());
    }
    card.buttons(buttons).footer("Only you see this.")
}

/// They said no.
pub fn declined() -> Card {
    Card::text("That's fine. I keep nothing. `/privacy` changes it whenever you like.")
}

/// Several groups could be meant.
pub fn which_group(groups: &[(GroupId, String)], verb: &str) -> Card {
    let button = |(id, name): &(GroupId, String)| Button::new(name.clone(), Press::new("checkins", verb).arg(id));
    let rows = groups.chunks(BUTTONS_LIMIT).take(ROWS_LIMIT);
    rows.fold(Card::text("Which group is it for?"), |card, row| card.buttons(row.iter().map(button)))
}

/// The window is closed.
pub fn closed(day: NaiveDate) -> Card {
    Card::text(format!("The check-in of {} has closed. That's fine. `/checkin` opens today's.", date_words(day)))
}
