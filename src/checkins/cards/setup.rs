//! What facilitators see when they choose what their group is asked.

use super::super::model::{OWN_LIMIT, OWN_QUESTIONS, Question, Setup};
use super::question_words;
use crate::calendar::list_words;
use crate::card::{Button, Card, Input, Modal, Press, Select, inert};
use crate::groups::Group;
use crate::ids::GroupId;

/// What a group asks, to choose from.
pub fn setup(group: &Group, setup: &Setup) -> Card {
    let names: Vec<&str> = setup.questions.iter().map(|question| question_words(*question)).collect();
    let now = if names.is_empty() { "nothing more".to_owned() } else { list_words(&names) };
    let own = match setup.own.as_slice() {
        [] => "none".to_owned(),
        own => own.iter().map(|question| inert(question)).collect::<Vec<_>>().join("\n"),
    };
    let options = Question::FOR_GROUPS.map(|one| (one.word().to_owned(), question_words(one).to_owned())).into();
    Card::panel(
        format!("Check-ins of {}", inert(&group.name)),
        "How somebody is comes first, and is a whole answer. What you choose here is asked after it, and only if \
         they like. Each member can leave out any of it. Nobody but the member sees an answer.",
    )
    .field("Asked besides", now)
    .field("Your own questions", own)
    .select(Select {
        press: Press::new("checkins", "setup_ask").arg(group.id),
        placeholder: "What may be asked besides".into(),
        options,
        choose: (1, u8::try_from(Question::FOR_GROUPS.len()).unwrap_or(1)),
    })
    .buttons([
        Button::new("Your own questions", Press::new("checkins", "setup_own").arg(group.id)),
        Button::new("Ask nothing more", Press::new("checkins", "setup_none").arg(group.id)),
    ])
    .footer("Only you see this.")
}

/// The form for a group's own questions.
pub fn own_form(group: GroupId, setup: &Setup) -> Modal {
    let input = |at: usize| Input {
        id: format!("own{}", at + 1),
        label: if at == 0 { "First question" } else { "Second question" }.into(),
        placeholder: "Did you go outside today?".into(),
        value: setup.own.get(at).cloned().unwrap_or_default(),
        long: false,
        required: false,
        limit: OWN_LIMIT,
    };
    Modal {
        press: Press::new("checkins", "setup_wrote").arg(group),
        title: "Your own questions".into(),
        inputs: (0..OWN_QUESTIONS).map(input).collect(),
    }
}
