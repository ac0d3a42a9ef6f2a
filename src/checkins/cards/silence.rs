//! What is said about silence: to the member who asked for it, and to whom they named.

use super::super::model::Tell;
use crate::card::{Button, Card, Press, Style, inert};
use crate::groups::Group;
use crate::ids::{GroupId, UserId};

fn tell_words(tell: Tell) -> String {
    match tell {
        Tell::Nobody => "nobody else is told".to_owned(),
        Tell::Facilitators => "two days later the facilitators are told that it has been quiet".to_owned(),
        Tell::Buddy(buddy) => format!("two days later <@{buddy}> is told that it has been quiet"),
    }
}

/// What a member chose, and what they can choose. `buddy` is the person they just named.
pub fn reach_out(group: &Group, after: u8, now: Option<Tell>, buddy: Option<UserId>) -> Card {
    let chosen = match now {
        Some(tell) => format!("yes; {}", tell_words(tell)),
        None => "no".to_owned(),
    };
    let press = |tell: &str| Press::new("checkins", "quiet_yes").arg(group.id).arg(tell);
    let mut buttons = Vec::new();
    if let Some(buddy) = buddy {
        let press = press("buddy").arg(buddy);
        buttons.push(Button::new("Write to me, then tell them", press).style(Style::Primary));
    }
    buttons.push(Button::new("Write to me, tell nobody", press("nobody")));
    if group.facilitator_channel.is_some() {
        buttons.push(Button::new("Write to me, then tell facilitators", press("facilitators")));
    }
    if now.is_some() {
        buttons.push(Button::new("Don't write to me", Press::new("checkins", "quiet_no").arg(group.id)));
    }
    let named = match buddy {
        Some(buddy) => format!("\n\nYou named <@{buddy}>."),
        None => "\n\nTo name one person: `/reach-out buddy:`".to_owned(),
    };
    Card::panel(
        "When you go quiet",
        format!(
            "If you like, I write to you once after {after} missed check-ins in {}: no questions, no need to explain. \
             Not while you are away, and not in your quiet hours. One message, and then none until you are back.\n\n\
             If it stays quiet for two more days, somebody can be told that you asked for a hello. They learn that it \
             has been quiet, and nothing of what you ever said here.{named}",
            inert(&group.name)
        ),
    )
    .field("As it is now", chosen)
    .buttons(buttons)
    .footer("Change it whenever you like, here or with /privacy. Only you see this.")
}

/// It is kept.
pub fn quiet_kept(tell: Tell) -> Card {
    Card::text(format!("Okay. If it goes quiet I write to you once, and {}.", tell_words(tell)))
}

/// They are not written to any more.
pub fn quiet_stopped() -> Card {
    Card::text("Okay, I won't write to you about silence, and nobody is told.")
}

/// Nobody else is told.
pub fn quiet_untold() -> Card {
    Card::text("Okay, nobody is told, now or later. I still write to you once when it goes quiet.")
}

/// The one message after some days of silence.
pub fn quiet_note(group: &Group, tell: Tell) -> Card {
    let then = match tell {
        Tell::Nobody => String::new(),
        Tell::Facilitators | Tell::Buddy(_) => {
            format!("\n-# As you agreed, {}, and nothing else. You can change that here.", tell_words(tell))
        }
    };
    let press = |verb: &str| Press::new("checkins", verb).arg(group.id);
    let mut more = vec![Button::new("Stop these", press("quiet_no"))];
    if tell != Tell::Nobody {
        more.insert(0, Button::new("Don't tell anybody", press("quiet_untell")));
    }
    Card::text(format!(
        "It has been quiet for a few days. No need to explain: we are here. {} is still your group.\n\
         You asked me for this one message; there is no other until you are back.{then}",
        inert(&group.name)
    ))
    .buttons([
        Button::new("Check in", press("open")),
        Button::new("I'm away for a while", press("quiet_away")),
        Button::new("I'd like someone to reach out", Press::new("crisis", "handup").arg(group.id)),
    ])
    .buttons(more)
}

/// What the person they named is told: that it has been quiet, and that they asked for a hello.
pub fn quiet_told(group: &Group, user: UserId, directly: bool) -> Card {
    let card = Card::text(format!(
        "<@{user}> asked me to tell you when it has been quiet around them in {}. It has been for some days.\n\
         I know nothing more, and it may mean nothing. A plain hello is enough, no questions needed.",
        inert(&group.name)
    ))
    .silently();
    if directly {
        card.buttons([Button::new("Don't tell me such things", Press::new("checkins", "quiet_relieve").arg(group.id))])
    } else {
        card
    }
}

/// They are not told any more.
pub fn relieved() -> Card {
    Card::text("Okay, I won't tell you any more when somebody has gone quiet. Thank you for having been there.")
}

/// The button that shows what was chosen about silence.
pub fn quiet_button(group: GroupId) -> Button {
    Button::new("When I go quiet", Press::new("checkins", "quiet").arg(group))
}
