//! What facilitators see when they choose what their group is asked.

use super::super::model::{OFFER_AFTER, OWN_LIMIT, OWN_QUESTIONS, Question, Setup};
use super::question_words;
use crate::calendar::{Weekdays, day_name, list_words, time_words};
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
    let mut card = Card::panel(
        format!("Check-ins of {}", inert(&group.name)),
        "How somebody is comes first, and is a whole answer. What you choose here is asked after it, and only if \
         they like. Each member can leave out any of it. Nobody but the member sees an answer.",
    )
    .field("Asked besides", now)
    .field("Your own questions", own)
    .field("Daily prompt", prompt_words(group, setup))
    .select(Select {
        press: Press::new("checkins", "setup_ask").arg(group.id),
        placeholder: "What may be asked besides".into(),
        options,
        choose: (1, u8::try_from(Question::FOR_GROUPS.len()).unwrap_or(1)),
    });
    if group.checkin.is_some() {
        card = card.select(days_select(group.id)).select(after_select(group.id));
    }
    card.buttons([
        Button::new("Your own questions", Press::new("checkins", "setup_own").arg(group.id)),
        Button::new("Ask nothing more", Press::new("checkins", "setup_none").arg(group.id)),
        Button::new("Weather and silence", Press::new("checkins", "agreed").arg(group.id)),
    ])
    .footer("Only you see this.")
}

fn prompt_words(group: &Group, setup: &Setup) -> String {
    match &group.checkin {
        Some(checkin) => format!(
            "{} at {}; after {} that nobody used I offer to switch it off",
            checkin.days.words(),
            time_words(checkin.at),
            setup.offer_after
        ),
        None => "off; `/group setup checkin:09:00` turns it on".to_owned(),
    }
}

fn days_select(group: GroupId) -> Select {
    Select {
        press: Press::new("checkins", "setup_days").arg(group),
        placeholder: "On which days".into(),
        options: Weekdays::ALL.iter().map(|day| (Weekdays::one(day).to_string(), day_name(day).to_owned())).collect(),
        choose: (1, 7),
    }
}

fn after_select(group: GroupId) -> Select {
    Select {
        press: Press::new("checkins", "setup_after").arg(group),
        placeholder: "When to offer switching it off".into(),
        options: OFFER_AFTER.map(|days| (days.to_string(), format!("After {days} that nobody used"))).into(),
        choose: (1, 1),
    }
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

/// Nobody has used the prompt: it is offered for switching off, and rests until then.
pub fn unused(group: &Group, days: u32) -> Card {
    Card::text(format!(
        "The last {days} daily check-ins of {} were not used, so I've stopped posting them for now. \
         That is no failure: some groups talk instead. `/checkin` still works for everybody.",
        inert(&group.name)
    ))
    .buttons([
        Button::new("Switch it off", Press::new("checkins", "prompt_off").arg(group.id)),
        Button::new("Keep asking", Press::new("checkins", "prompt_on").arg(group.id)),
    ])
    .silently()
}

/// The prompt is off.
pub fn switched_off(group: &Group) -> Card {
    Card::text(format!(
        "The daily check-in of {} is off. `/checkin` still works, and `/group setup checkin:09:00` turns it on again.",
        inert(&group.name)
    ))
}

/// The prompt goes on.
pub fn gone_on(group: &Group) -> Card {
    Card::text(format!("The daily check-in of {} goes on, from its next hour.", inert(&group.name)))
}

/// Asks for a member's own hour.
pub fn hour_form(group: GroupId, before: Option<chrono::NaiveTime>) -> Modal {
    Modal {
        press: Press::new("checkins", "hour_wrote").arg(group),
        title: "Your own hour".into(),
        inputs: vec![Input {
            id: "hour".into(),
            label: "When may I ask you, in your time?".into(),
            placeholder: "21:00; empty for not at all".into(),
            value: before.map(crate::calendar::time_words).unwrap_or_default(),
            long: false,
            required: false,
            limit: 20,
        }],
    }
}

/// The prompts by direct message ended.
pub fn stopped_directly() -> Card {
    Card::text("Okay, I won't ask you here any more. `/checkin` in your server works whenever you like.")
}
