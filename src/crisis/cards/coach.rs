//! For somebody who worries about a message of another: how to ask, what not to say, how to report. The author
//! hears nothing of it.
//!
//! After #chatsafe ("responding to somebody at risk"), the Lifeline's advice for helping others online, and the
//! Samaritans' advice for worried users.

use super::Here;
use super::pointer::{with_number, worried_words};
use crate::card::{Button, Card, Press};
use crate::crisis::model::Noticed;

/// Private guidance for the person who pressed.
pub fn coach(here: &Here<'_>, noticed: Noticed) -> Card {
    let words = here.language.words();
    let press = |verb| here.group.iter().fold(Press::new("crisis", verb), Press::arg);
    Card::panel(words.title_worried, worried_words(here, noticed))
        .field(words.danger_now, with_number(here, words.call_number))
        .field(
            "Words that may help",
            "\"I read what you wrote, and I'm glad you did. I'm here. Would you like to talk, or just not be alone?\"",
        )
        .field(
            "Better left out",
            "Promises to keep it secret. \"Others have it worse.\" How, with what, or where. Arguing about reasons. \
             You can say: \"I care about you too much to be the only one who knows.\"",
        )
        .field(
            "Telling Discord",
            "Press and hold the message, or right-click it: *Report Message*, then self-harm. Their safety team reads it.",
        )
        .field(
            "And you",
            "You don't have to carry this by yourself, and what happens does not hang on you. \
             The button below calls somebody for you, in your own name.",
        )
        .buttons([Button::new("I'd like a person, too", press("handup")), Button::new(words.more, press("more"))])
        .footer("Only you see this. The author is told nothing, and nothing is kept.")
}
