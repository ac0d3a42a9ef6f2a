//! What caring notes say. Nothing here asks for anything.

use super::model::{NOTE_LIMIT, Note, NoteState, Wish};
use crate::card::{Button, Card, Input, Modal, Press, Select, Style, inert};
use crate::groups::Group;
use crate::ids::GroupId;

/// Most characters of a note that stand in a select.
const LABEL: usize = 60;

/// What somebody gets, and what they wrote.
pub fn mine(group: &Group, wish: Option<&Wish>, notes: &[(Note, String)], may_write: bool) -> Card {
    let mut card = Card::panel(
        "Caring notes",
        format!(
            "A few kind lines from somebody of {} who has walked this way, four times a year at most, on no fixed day. \
             No answer is wanted, and one tap stops them.",
            inert(&group.name)
        ),
    );
    card = card.field("You get them", if wish.is_some() { "now and then" } else { "no" });
    for (note, words) in notes {
        let state = match note.state {
            NoteState::Draft | NoteState::Waiting => "A note of yours; a facilitator is to read it",
            NoteState::Approved => "A note of yours; it goes out now and then",
            NoteState::Declined => "A note of yours; a facilitator kept it back",
        };
        card = card.field(state, inert(words));
    }
    if !notes.is_empty() {
        let short = |words: &str| words.chars().take(LABEL).collect::<String>();
        card = card.select(Select {
            press: Press::new("alumni", "n_out").arg(group.id),
            placeholder: "Take one of yours away".to_owned(),
            options: notes.iter().map(|(note, words)| (note.id.to_string(), short(words))).collect(),
            choose: (1, 1),
        });
    }
    let mut buttons = vec![if wish.is_some() {
        Button::new("No more notes", Press::new("alumni", "n_stop").arg(group.id))
    } else {
        Button::new("I'd like some", Press::new("alumni", "n_wish").arg(group.id)).style(Style::Primary)
    }];
    if may_write {
        buttons.push(Button::new("Write one", Press::new("alumni", "n_write").arg(group.id)));
    }
    card.buttons(buttons).footer("Only you see this.")
}

/// They get notes from now on.
pub fn wished(group: GroupId) -> Card {
    Card::text("Good. Now and then a note will come, by direct message, outside your quiet hours. It wants no answer.")
        .buttons([stop_button(group)])
}

fn stop_button(group: GroupId) -> Button {
    Button::new("No more notes", Press::new("alumni", "n_stop").arg(group))
}

/// They get none any more.
pub fn stopped() -> Card {
    Card::text("Okay, no more notes. `/caring notes` brings them back whenever you like.")
}

/// A note, as whoever wants some gets it.
pub fn note(group: GroupId, words: &str) -> Card {
    Card::text(format!("A note from somebody who has walked this way:\n> {}\n-# No need to answer.", inert(words)))
        .buttons([stop_button(group)])
        .silently()
}

/// The form for a note.
pub fn form(group: GroupId) -> Modal {
    Modal {
        press: Press::new("alumni", "n_wrote").arg(group),
        title: "A few kind lines".into(),
        inputs: vec![Input {
            id: "note".into(),
            label: "No questions, no advice, no names".into(),
            placeholder: "Thinking of you. The first months were long for me, too. No need to answer.".into(),
            value: String::new(),
            long: true,
            required: true,
            limit: NOTE_LIMIT,
        }],
    }
}

/// Shows a draft as it would be read, and by whom, before it is handed in.
pub fn preview(group: &Group, note: &Note, words: &str) -> Card {
    Card::panel(
        "Hand it in?",
        format!(
            "People of {} who wished for notes would read this, without your name:\n\n> {}\n\nBefore that a facilitator \
             reads it, with your name. You can take it back at any time; what somebody got stays with them.",
            inert(&group.name),
            inert(words)
        ),
    )
    .buttons([
        Button::new("Hand it in", Press::new("alumni", "n_hand").arg(note.id)).style(Style::Primary),
        Button::new("Not now", Press::new("alumni", "n_drop").arg(note.id)),
    ])
    .footer("Locked with your own key. Only you see this.")
}

/// It is handed in.
pub fn handed(group: &Group) -> Card {
    let told = if group.facilitator_channel.is_some() {
        "The facilitators are told that one waits."
    } else {
        "Facilitators find it with `/caring review`."
    };
    Card::text(format!("Handed in. {told} Thank you for writing it."))
}

/// It is gone.
pub fn taken_back() -> Card {
    Card::text("Okay, it's gone.")
}

/// The line where facilitators talk. None of the words are in it.
pub fn waits(group: GroupId) -> Card {
    Card::text("An alum wrote a caring note. It reaches nobody before one of you has read it.")
        .buttons([Button::new("Read it", Press::new("alumni", "n_review").arg(group))])
        .silently()
}

/// A note as a facilitator reads it.
pub fn review(note: &Note, words: &str, waiting: usize) -> Card {
    let more = if waiting > 1 { format!(" {} more wait.", waiting - 1) } else { String::new() };
    Card::panel(
        "A caring note",
        format!(
            "<@{}> wrote this for people who wished for notes. They will not see who wrote it.\n\n> {}\n\nWhat helps: no \
             question, no advice, no promise, nothing that could hurt on a bad day.{more}",
            note.author.user,
            inert(words)
        ),
    )
    .buttons([
        Button::new("Let it go out", Press::new("alumni", "n_yes").arg(note.id)).style(Style::Primary),
        Button::new("Keep it back", Press::new("alumni", "n_no").arg(note.id)),
    ])
    .footer("Only you see this. The writer is told kindly either way.")
}

/// Nothing waits.
pub fn nothing_waits() -> Card {
    Card::text("No note waits to be read.")
}

/// A facilitator decided.
pub fn settled(approve: bool) -> Card {
    Card::text(if approve {
        "Good, it goes out now and then. Its writer is told."
    } else {
        "Okay, it is kept back. Its writer is told that, kindly and without a reason; you may want to tell them more."
    })
}

/// A writer hears that their note goes out.
pub fn approved() -> Card {
    Card::text("A facilitator read your note, and it goes out now and then. Thank you for writing it.")
}

/// A writer hears that their note is kept back.
pub fn declined() -> Card {
    Card::text(
        "A facilitator read your note, and it stays here for now. That says nothing about you; some words land \
         differently on a hard day. You can ask them about it, or write another: `/caring write`.",
    )
}
