//! What the safety plan and the words for bad days say.
//!
//! Titles and order follow the Stanley-Brown Safety Plan; the examples are ours, and name no method.

use super::{ONLY_YOU, block, button, press};
use crate::card::{Button, Card, File, Input, Modal, Press, Select, Style};
use crate::ids::{ChannelId, GroupId, UserId};
use crate::recovery::model::safety_plan::{BadDays, PART_LIMIT, Part, SafetyPlan, WORDS_LIMIT};

/// Most characters of one part on the card; six of them fit one panel, and the file holds all.
const SHOWN: usize = 800;

/// What a part is called.
pub const fn part_title(part: Part) -> &'static str {
    match part {
        Part::Signs => "My warning signs",
        Part::Myself => "What I can do by myself",
        Part::Places => "People and places that take my mind off it",
        Part::People => "People I can ask for help",
        Part::Professionals => "Professionals and helplines",
        Part::Safer => "Making it safer around me",
    }
}

const fn part_words(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Signs => (
            "How do you notice that a hard time begins? Thoughts, feelings, what you do or stop doing.",
            "I stop answering messages. I sleep at noon. I think that everybody would rather I weren't there.",
        ),
        Part::Myself => (
            "What takes you through ten minutes, without anybody else?",
            "A shower. The playlist from last summer. Walking to the bridge and back.",
        ),
        Part::Places => (
            "With whom, or where, does your head get a break? You don't have to talk about it there.",
            "The library. My sister's kitchen. The dog park at four.",
        ),
        Part::People => (
            "Whom could you tell that it is bad? Names and numbers, so that you need not look for them.",
            "Mo, 555 0100, also at night. Aunt Rita.",
        ),
        Part::Professionals => (
            "Who does this for a living? Therapist, clinic, a helpline you would really use.",
            "Dr. Okafor, 555 0123, weekdays. The text line from `/helplines`.",
        ),
        Part::Safer => (
            "What could be put further away while it is bad, and who would keep it for you?",
            "Mo keeps the box for me. I give the car keys to Rita.",
        ),
    }
}

/// There is no plan yet.
pub fn begin() -> Card {
    Card::panel(
        "A plan for hard hours",
        "Six short parts, in the order in which they help: what you notice, what you can do, who is there. \
         It is easiest to write on an ordinary day. Leave out what you like; you can change every part later.\n\n\
         I keep it locked with a key of your own. Nobody else here can read it. `/privacy` erases it.",
    )
    .buttons([
        button("Start", "plan_step1").style(Style::Primary),
        button("My words for bad days", "words"),
        Button::new("Talk to somebody", Press::new("crisis", "more")),
    ])
    .footer("It does not replace talking to somebody. Only you see this.")
}

/// One step of writing the plan.
pub fn step(part: Part, plan: &SafetyPlan) -> Card {
    let (question, example) = part_words(part);
    let mut card = Card::panel(
        format!("{} of 6. {}", part.number(), part_title(part)),
        format!("{question}\n\n*For example:* {example}"),
    );
    if let Some(words) = plan.part(part) {
        card = card.field("So far", block(words, SHOWN));
    }
    let write = Button::new("Write", press("plan_write").arg(part.number()).arg("on")).style(Style::Primary);
    let mut buttons = vec![write];
    if let Some(next) = part.next() {
        buttons.push(button("Skip this", &format!("plan_step{}", next.number())));
    }
    buttons.push(button("That's enough for now", "plan_done"));
    card.buttons(buttons).footer(ONLY_YOU)
}

/// The form for one part; `walking` says that the next step follows.
pub fn form(part: Part, plan: &SafetyPlan, walking: bool) -> Modal {
    let (_, example) = part_words(part);
    Modal {
        press: press("plan_wrote").arg(part.number()).arg(if walking { "on" } else { "one" }),
        title: part_title(part).into(),
        inputs: vec![Input {
            id: "part".into(),
            label: "Only you can read this".into(),
            placeholder: example.chars().take(100).collect(),
            value: plan.part(part).unwrap_or_default().into(),
            long: true,
            required: false,
            limit: PART_LIMIT,
        }],
    }
}

/// The whole plan.
pub fn plan(plan: &SafetyPlan) -> Card {
    let mut card = Card::panel("My plan for hard hours", "From top to bottom. Skip a step whenever it is not enough.");
    for part in Part::ALL {
        if let Some(words) = plan.part(part) {
            card = card.field(format!("{}. {}", part.number(), part_title(part)), block(words, SHOWN));
        }
    }
    let options = Part::ALL.map(|part| (part.number().to_string(), format!("{}. {}", part.number(), part_title(part))));
    card.select(Select {
        press: press("plan_edit"),
        placeholder: "Change a part".into(),
        options: options.into(),
        choose: (1, 1),
    })
    .buttons([
        Button::new("Talk to somebody", Press::new("crisis", "more")).style(Style::Primary),
        button("Keep it as a file", "plan_file"),
        button("My words for bad days", "words"),
        button("Erase it", "plan_erase"),
    ])
    .footer("If your life is in danger, call your local emergency number. Locked with your own key; only you see this.")
}

/// The plan as a file.
pub fn file(plan: &SafetyPlan) -> Card {
    let mut text = String::from("My plan for hard hours\n\n");
    for part in Part::ALL {
        let words = plan.part(part).unwrap_or("(left open)");
        text.push_str(&format!("{}. {}\n{words}\n\n", part.number(), part_title(part)));
    }
    text.push_str("If your life is in danger, call your local emergency number.\n");
    let mut card = Card::text("Here it is. Once you save it, it is not locked any more: keep it where only you look.");
    card.files.push(File {
        name: "my-plan.txt".into(),
        bytes: text.into_bytes(),
        description: "Your plan for hard hours, as text".into(),
    });
    card
}

/// Asks before erasing.
pub fn erase_sure() -> Card {
    Card::text("Erase your whole plan? It can't be brought back.")
        .buttons([button("Erase it", "plan_erase_yes").style(Style::Danger), button("Keep it", "plan")])
}

/// It is erased.
pub fn erased() -> Card {
    Card::text("Your plan is erased. `/plan` starts a new one whenever you like.")
}

fn words_fields(mut card: Card, words: &BadDays) -> Card {
    let parts = [("What helps me", &words.helps), ("What not to say", &words.not_to_say), ("Whom to ask", &words.whom)];
    for (name, value) in parts {
        if let Some(value) = value {
            card = card.field(name, block(value, SHOWN));
        }
    }
    card
}

/// The words for bad days, for the member alone.
pub fn words(words: &BadDays) -> Card {
    let card = Card::panel(
        "My words for bad days",
        "For somebody who wants to help you: what helps, what not to say, whom to ask. \
         Nobody sees this until you hand it over, and then exactly this.",
    );
    let write = if words.is_empty() { "Write them" } else { "Change them" };
    let mut buttons = vec![button(write, "words_write").style(Style::Primary)];
    if !words.is_empty() {
        buttons.push(button("Hand it over", "words_hand"));
        buttons.push(button("Erase it", "words_erase"));
    }
    words_fields(card, words).buttons(buttons).footer(ONLY_YOU)
}

/// The form for the words for bad days.
pub fn words_form(words: &BadDays) -> Modal {
    let input = |id: &str, label: &str, hint: &str, value: &Option<String>| Input {
        id: id.into(),
        label: label.into(),
        placeholder: hint.into(),
        value: value.clone().unwrap_or_default(),
        long: true,
        required: false,
        limit: WORDS_LIMIT,
    };
    Modal {
        press: press("words_wrote"),
        title: "My words for bad days".into(),
        inputs: vec![
            input("helps", "What helps me", "Sit with me. Ask about the dog.", &words.helps),
            input("not", "What not to say", "\"Others have it worse.\"", &words.not_to_say),
            input("whom", "Whom to ask", "Mo, 555 0100", &words.whom),
        ],
    }
}

/// What would be posted, and where, before it is: exactly that.
pub fn hand_preview(group: GroupId, channel: ChannelId, user: UserId, words: &BadDays) -> Card {
    let mut card = handed(user, words);
    card.text = format!(
        "I would post this where the facilitators look, <#{channel}>. Everybody who can read that channel will see it:\n\n{}",
        card.text
    );
    card.buttons([
        Button::new("Post it", press("words_post").arg(group)).style(Style::Primary),
        button("Not now", "words"),
    ])
}

/// A member's words for bad days, handed over by themselves.
pub fn handed(user: UserId, words: &BadDays) -> Card {
    let card = Card::text(format!("<@{user}> hands you their words for bad days."));
    words_fields(card, words).footer("They chose to show this here.")
}

/// They are handed over.
pub fn handed_over(channel: ChannelId) -> Card {
    Card::text(format!("It's on its way to <#{channel}>. If nobody answers soon, please don't wait: `/helplines`"))
}

/// They are erased.
pub fn words_erased() -> Card {
    Card::text("Your words for bad days are erased.")
}
