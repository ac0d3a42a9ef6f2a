//! What buddies say.

use super::{button, press};
use crate::calendar::{full_moment_words, to_civil};
use crate::card::{Button, Card, Press, Style, inert};
use crate::groups::Group;
use crate::ids::UserId;
use crate::recovery::model::buddy::{Rounds, Willing};

/// One question to begin with; easy, never about what is hard.
const STARTERS: [&str; 16] = [
    "What was the best thing you ate lately?",
    "Which song could you hear on repeat this week?",
    "Where would you like to walk right now?",
    "What did you like doing when you were ten?",
    "What helps you on a slow morning?",
    "Which small thing went right this week?",
    "Tea, coffee, or something else, and why?",
    "What have you learned to do with your hands?",
    "Which film can you watch again and again?",
    "What does your ideal Sunday look like?",
    "Which animal would you keep if you could?",
    "What do you do when you can't sleep?",
    "What's one thing in your room you would never give away?",
    "Who taught you something that stayed?",
    "What would you cook for a guest?",
    "What are you looking forward to, however small?",
];

fn of(label: &str, verb: &str, group: &Group) -> Button {
    Button::new(label, press(verb).arg(group.id))
}

/// What is, and what can be.
pub fn mine(group: &Group, rounds: Option<&Rounds>, willing: Option<Willing>, blocked: i64) -> Card {
    let Some(rounds) = rounds else {
        return Card::text(format!(
            "{} has no buddies yet. A facilitator can switch them on: `/recovery-setup buddies:weekly`",
            inert(&group.name)
        ));
    };
    let when = full_moment_words(to_civil(rounds.next_at, group.zone));
    let Some(willing) = willing else {
        return Card::panel(
            format!("Buddies in {}", inert(&group.name)),
            format!(
                "I pair people who want to, {}. You get a name and one question to begin with, by direct message; \
                 the other one gets yours. You can leave a round out or stop at any time, and nobody is told why.\n\n\
                 Next round: {when}.",
                rounds.recurrence.words()
            ),
        )
        .buttons([of("I'm in", "buddy_join", group).style(Style::Primary)])
        .footer("Only you see this.");
    };
    let skips = willing.skips == Some(rounds.round);
    let state = if skips { "You leave the next round out." } else { "You're in." };
    let mut buttons = vec![
        if skips { of("I'm in after all", "buddy_unskip", group) } else { of("Skip the next", "buddy_skip", group) },
        of("Stop", "buddy_stop", group),
    ];
    if blocked > 0 {
        buttons.push(of("Be open to everybody again", "buddy_open", group));
    }
    Card::panel(format!("Buddies in {}", inert(&group.name)), format!("{state} Next round: {when}."))
        .buttons(buttons)
        .footer("Only you see this.")
}

/// Tomorrow people are paired.
pub fn soon(group: &Group) -> Card {
    Card::text(format!("Tomorrow I pair buddies in {}. Nothing to do if you'd like one.", inert(&group.name)))
        .buttons([of("Skip this one", "buddy_skip", group), of("Stop", "buddy_stop", group)])
}

/// Who it is, and one question to begin with.
pub fn met(group: &Group, round: u32, others: &[UserId]) -> Card {
    if others.is_empty() {
        return Card::text(format!(
            "This time there was nobody free for you in {}. That's about numbers, not about you. Next time again.",
            inert(&group.name)
        ))
        .buttons([of("Stop", "buddy_stop", group)]);
    }
    let names: Vec<String> = others.iter().map(|user| format!("<@{user}>")).collect();
    let who = if others.len() == 1 { "Your buddy is" } else { "You are three this time: you," };
    let starter = starter(group, round);
    let not_again = others.iter().take(2).map(|user| {
        let label =
            if others.len() == 1 { "Not with them again".to_owned() } else { "Not with one of them again".to_owned() };
        Button::new(label, press("buddy_block").arg(group.id).arg(user))
    });
    let mut buttons = vec![of("Skip the next", "buddy_skip", group)];
    if others.len() == 1 {
        buttons.extend(not_again);
    } else {
        buttons.push(Button::new("Not with one of them again", press("buddy_which").arg(group.id).arg(round)));
    }
    buttons.push(of("Stop", "buddy_stop", group));
    Card::text(format!(
        "{who} {}, from {}. Say hello when it suits you; ten minutes are plenty.\nTo begin with: {starter}",
        names.join(" and "),
        inert(&group.name)
    ))
    .buttons(buttons)
}

fn starter(group: &Group, round: u32) -> &'static str {
    let at =
        usize::try_from(group.id.raw().unsigned_abs()).unwrap_or(0).wrapping_add(usize::try_from(round).unwrap_or(0));
    STARTERS.get(at % STARTERS.len()).copied().unwrap_or(STARTERS[0])
}

/// Which of two it is.
pub fn which(group: &Group, others: &[UserId]) -> Card {
    let named: Vec<String> = others.iter().enumerate().map(|(at, user)| format!("{}. <@{user}>", at + 1)).collect();
    let buttons = others
        .iter()
        .take(5)
        .enumerate()
        .map(|(at, user)| Button::new(format!("Number {}", at + 1), press("buddy_block").arg(group.id).arg(user)));
    Card::text(format!("Who shall it be? They are not told.\n{}", named.join("\n"))).buttons(buttons)
}

/// They are not paired again.
pub fn blocked() -> Card {
    Card::text("Okay, I won't pair you again. They are not told.").buttons([
        button("Something that helps", "cope"),
        Button::new("Talk to somebody", Press::new("crisis", "more")),
    ])
}

/// They left it.
pub fn stopped() -> Card {
    Card::text("Okay, no more buddies. `/buddy` starts it again whenever you like.")
}

/// When people are paired, for the facilitators' card.
pub fn rounds_words(rounds: Option<&Rounds>) -> String {
    rounds.map_or_else(
        || "off".to_owned(),
        |rounds| format!("{}, for people who want to (`/buddy`)", rounds.recurrence.words()),
    )
}
