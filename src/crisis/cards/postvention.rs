//! After a death in the community: what facilitators and members read.
//!
//! After #chatsafe for Communities (Orygen), the Samaritans' guidelines, and the National Suicide Prevention
//! Alliance's advice for community managers: no method, no place, no reasons guessed at, nobody glorified, help
//! within reach, and looking after those who look after others.

use super::Here;
use super::pointer::ways;
use crate::card::{Button, Card, Press, inert};
use crate::groups::Group;
use crate::helplines::Topic as Line;

/// The note for the group's channel, to be pinned.
pub fn note(here: &Here<'_>) -> Card {
    let mut card = Card::panel(
        "For anybody who is hurting",
        "Somebody in our community has died. There is no right way to feel about it, and no right time. \
         Being quiet is fine, and so is being here. If you would like to talk to somebody, these people know about loss:",
    );
    for (name, value) in ways(here, Line::Grief, 2) {
        card = card.field(name, value);
    }
    card = card.field(
        "When we talk about it here",
        "Remember who they were. Leave out how, where, and guesses about why. If it becomes too much, step away: \
         that is caring for yourself.",
    );
    let press = |verb| here.group.iter().fold(Press::new("crisis", verb), Press::arg);
    card.buttons([Button::new("Ask for a person", press("handup")), Button::new("More helplines", press("more"))])
        .footer("/now is there for everybody, at any hour.")
        .silently()
}

/// What is the matter with the note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It stands and is pinned.
    Pinned,
    /// It stands; the bot may not pin.
    Unpinned,
    /// It is on its way.
    Waiting,
}

/// Quiet mode is on: what that does, and the rules for speaking of it.
pub fn on(group: &Group, posted: Posted) -> Card {
    let note = match posted {
        Posted::Pinned => "It is posted and pinned in the group's channel.",
        Posted::Unpinned => {
            "It is posted in the group's channel. I may not pin there: please pin it yourself, or give me *Pin Messages*."
        }
        Posted::Waiting => "It could not be posted yet; I keep trying. Please pin it when it is there.",
    };
    Card::panel(
        format!("{} is quiet now", inert(&group.name)),
        "I'm sorry for your loss, too. Check-ins are asked softly, cheerful posts rest, sessions are reminded of as always.",
    )
    .field("A note with people who know about loss", note)
    .field(
        "When you write about it",
        "• Say that they died, or died by suicide; not \"committed\", not \"at peace now\".\n\
         • No method, no place, no note, no pictures of it.\n\
         • No single reason, and no guesses. Ask the family what may be said.\n\
         • Every message ends with a way to a human.",
    )
    .field(
        "Whom to look for",
        "Those who were close, those who found out first, those who lost somebody before, and yourself. \
         Ask each by name, in private. Anniversaries and birthdays count.",
    )
    .footer("/postvention off ends it, when the group is ready. Weeks are normal.")
}

/// Quiet mode is off.
pub fn off(group: &Group, was_on: bool) -> Card {
    Card::text(if was_on {
        format!(
            "{} goes on as before, from the next check-in. The pinned note stays until you unpin it.",
            inert(&group.name)
        )
    } else {
        format!("{} was not quiet. Nothing changed.", inert(&group.name))
    })
}
