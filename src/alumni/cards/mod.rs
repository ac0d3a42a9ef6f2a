//! What is said about steps, graduating, and keeping in touch. Moving is never a test that somebody passes or fails.

pub mod companions;

use chrono::NaiveDate;

use super::actions::steps::Question;
use super::model::{AskedBy, Felt, HOURS, MARKS, Touch};
use crate::card::{Button, Card, Press, Select, Style, inert};
use crate::groups::{Group, Step};
use crate::ids::{GroupId, StepOfferId, UserId};

fn asks(step: &Step) -> String {
    if step.days.is_empty() { "none".to_owned() } else { step.days.words() }
}

fn reminders(step: &Step) -> &'static str {
    if step.reminders { "go on" } else { "pause" }
}

/// A group's steps, for facilitators; `notes` are what keeps a role from being given, with what to do.
pub fn steps(group: &Group, steps: &[Step], notes: impl IntoIterator<Item = (String, String)>) -> Card {
    if steps.is_empty() {
        return Card::panel(
            format!("{} has no steps yet", inert(&group.name)),
            "Steps say how support tapers: on which days somebody is asked by direct message, and whether their own \
             reminders go on. Start with five that most programs have, and change them with `/steps set`.",
        )
        .buttons([Button::new("Start with five", Press::new("alumni", "preset").arg(group.id)).style(Style::Primary)])
        .footer("Only you see this.");
    }
    let mut card = Card::panel(
        format!("Steps of {}", inert(&group.name)),
        "The most support comes first. `/member step` asks somebody; nothing changes before they say yes.",
    );
    for (at, step) in steps.iter().enumerate() {
        let role = step.role.map(|role| format!("\nRole: <@&{role}>")).unwrap_or_default();
        let words = format!("Direct check-ins: {}\nOwn session reminders {}{role}", asks(step), reminders(step));
        let last = at > 0 && at + 1 == steps.len();
        let alumni = if last { "\nThe last step: people here are alumni" } else { "" };
        card = card.field(inert(&step.name), format!("{words}{alumni}"));
    }
    notes.into_iter().fold(card, |card, (what, fix)| card.field(what, fix)).footer("Only you see this.")
}

/// A step was removed.
pub fn removed(step: &Step) -> Card {
    Card::text(format!(
        "**{}** is gone. Nobody was on it; whoever was being asked about it is not any more.",
        inert(&step.name)
    ))
}

/// What a facilitator reads after asking somebody.
pub fn asked(group: &Group, user: UserId, to: &Step, direct: bool) -> Card {
    let how = if direct {
        "I asked them by direct message, outside their quiet hours."
    } else {
        "They take no direct messages, so a line in the channel waits for them; only they can open it."
    };
    let told = match group.facilitator_channel {
        Some(channel) => format!("What they say is told in <#{channel}>."),
        None => "This group has no channel of its facilitators, so I can tell you nowhere what they say: \
                 `/group setup facilitator_channel:` gives me one."
            .to_owned(),
    };
    Card::text(format!(
        "<@{user}> is asked about **{}**. {how}\nNothing changes before they say yes. {told}",
        inert(&to.name)
    ))
}

/// A question was taken back.
pub fn withdrawn(user: UserId) -> Card {
    Card::text(format!("Taken back. <@{user}> is not asked any more, and nothing has changed."))
}

/// The line for somebody who takes no direct messages. It says nothing but that there is a question.
pub fn line(user: UserId, offer: StepOfferId) -> Card {
    Card::text(format!("<@{user}>, a facilitator has a question for you. Whenever you like; only you can open it."))
        .buttons([Button::new("Open", Press::new("alumni", "open").arg(offer))])
}

/// The question itself.
pub fn question(question: &Question) -> Card {
    let to = &question.to;
    let asker = question.offer.by.map_or_else(|| "A facilitator".to_owned(), |by| format!("<@{by}>"));
    let mut card = Card::panel(
        format!("Would “{}” fit you now?", inert(&to.name)),
        format!(
            "{asker} asks, for {}. Nothing changes unless you say yes, and both answers are fine. You can ask for more \
             support again at any time with `/step up`, without a reason.",
            inert(&question.group.name)
        ),
    );
    if let Some(from) = &question.from {
        card = card.field("Where you are", inert(&from.name));
    }
    card = card
        .field("Check-ins by direct message, if you have them", asks(to))
        .field("Your own session reminders, if you have them", reminders(to));
    if let Some(role) = to.role {
        card = card.field("Role", format!("<@&{role}>"));
    }
    let press = |verb: &str| Press::new("alumni", verb).arg(question.offer.id);
    card.buttons([
        Button::new("Yes, that fits", press("yes")).style(Style::Primary),
        Button::new("Not now", press("no")),
    ])
    .footer("The facilitators are told yes or no, nothing else.")
}

/// They said yes to a step.
pub fn moved(to: &Step) -> Card {
    Card::text(format!(
        "Done. You're on **{}** now. Check-ins by direct message: {}. Your own session reminders {}.\n`/step up` asks for \
         more support again, whenever you want it.",
        inert(&to.name),
        asks(to),
        reminders(to)
    ))
}

/// They said no.
pub fn stayed() -> Card {
    Card::text("Okay, everything stays as it is. Thank you for saying so.")
}

/// They said yes to the last step, or look at it later: what stays, what stops, and what they can choose.
pub fn graduated(group: &Group, step: &Step, since: NaiveDate, in_guild: bool) -> Card {
    let mut buttons = vec![
        Button::new("Ask me now and then", Press::new("alumni", "touches").arg(group.id)).style(Style::Primary),
        Button::new("Tell the group", Press::new("alumni", "share").arg(group.id)),
        // What somebody counts is theirs, with their own tools: there the day is named, and marked each year if they like.
        Button::new("Keep this day", Press::new("recovery", "stone_new").arg(since)),
    ];
    let data = if in_guild {
        buttons.push(Button::new("Erase what you keep", Press::new("privacy", "forget")));
        "Kept, locked with your key, unless you erase it. That asks once more first."
    } else {
        "Kept, locked with your key. `/privacy` in the server erases it, and asks once more first."
    };
    Card::panel(
        format!("You're on “{}” now", inert(&step.name)),
        "You walked this way yourself. However it goes from here, there is a way back up, and it needs no reason.",
    )
    .field("What stays", "You belong to the group. `/checkin`, `/helplines` and asking for a person work as before.")
    .field("What stops", format!("Direct check-ins: {}. Your own session reminders {}.", asks(step), reminders(step)))
    .field("What I have kept", data)
    .field(
        "If you like",
        "I can ask how you are after 30, 60 and 90 days, 6 and 12 months: one tap, only you see it. And this day can be \
         kept as a milestone, marked each year for you alone or with the group.",
    )
    .buttons(buttons)
    .footer("Each is your choice. Doing nothing is one too.")
}

/// What facilitators read about the answer.
pub fn answered(user: UserId, to: &Step, yes: bool) -> Card {
    let name = inert(&to.name);
    Card::text(if yes {
        format!("<@{user}> said yes to **{name}** and is there now.")
    } else {
        format!("<@{user}> would rather not move to **{name}** for now. Nothing has changed.")
    })
}

/// What the group reads, because the graduate wants it.
pub fn shared(user: UserId, step: &Step) -> Card {
    Card::text(format!(
        "<@{user}> is on **{}** now, and wanted you to know. Thank you for walking along.",
        inert(&step.name)
    ))
}

/// It was told.
pub fn told() -> Card {
    Card::text("Told, in the group's channel.")
}

/// Where somebody is, and the way up.
pub fn mine(group: &Group, step: Option<&Step>) -> Card {
    let card = match step {
        Some(step) => Card::panel(
            format!("You're on “{}”", inert(&step.name)),
            format!("Direct check-ins: {}. Your own session reminders {}.", asks(step), reminders(step)),
        ),
        None => Card::panel("You're on no step", "Everything is sent as you set it up."),
    };
    card.buttons([more(group.id)]).footer("Only you see this.")
}

/// The way up: one press, no reason.
pub fn up(group: &Group) -> Card {
    Card::panel(
        "More support again",
        format!(
            "You don't have to explain anything. One tap lets the people of {} who help know that you would like \
             somebody to reach out; together you find the step that fits.",
            inert(&group.name)
        ),
    )
    .buttons([more(group.id)])
    .footer("Only you see this. Wanting more support is a good reason by itself.")
}

fn more(group: GroupId) -> Button {
    Button::new("Ask for more support", Press::new("crisis", "handup").arg(group)).style(Style::Primary)
}

/// Asks for the hour of touches.
pub fn hours(group: GroupId) -> Card {
    Card::text("At which hour may I ask? In your own time zone, outside your quiet hours, by direct message.").select(
        Select {
            press: Press::new("alumni", "hour").arg(group),
            placeholder: "Your hour".to_owned(),
            options: HOURS.into_iter().map(|hour| (hour.to_owned(), hour.to_owned())).collect(),
            choose: (1, 1),
        },
    )
}

/// Touches are agreed.
pub fn touches_agreed(touch: &Touch) -> Card {
    let first = touch.next_at.map(|at| format!(" The first one comes <t:{}:D>.", at.timestamp())).unwrap_or_default();
    Card::text(format!(
        "Good, I'll ask now and then.{first} When two in a row go unused, I stop by myself and say so.\n\
         Rather a person than me? `/step companion` in the server asks somebody of your choice."
    ))
    .buttons([stop_button(touch.group)])
}

fn stop_button(group: GroupId) -> Button {
    Button::new("Stop asking", Press::new("alumni", "stop").arg(group))
}

fn mark_words(mark: usize) -> &'static str {
    match MARKS.get(mark) {
        Some(30) => "A month",
        Some(60) => "Two months",
        Some(90) => "Three months",
        Some(182) => "Half a year",
        Some(_) | None => "A year",
    }
}

fn felt_label(felt: Felt) -> &'static str {
    match felt {
        Felt::Good => "Good",
        Felt::Mixed => "Mixed",
        Felt::Call => "Could use a call",
    }
}

/// A touch.
pub fn touch(touch: &Touch, group: &Group, (mark, last): (usize, bool), by: AskedBy) -> Card {
    let asks = match by {
        AskedBy::Bot => "How are you?".to_owned(),
        AskedBy::Companion(user) => format!("<@{user}> asks: how are you?"),
        AskedBy::BotInstead(user) => format!("<@{user}> could not ask this time, so I do: how are you?"),
        AskedBy::BotForSomebodyGone => "Whoever was to ask is not there any more, so I do: how are you?".to_owned(),
    };
    let mut text = format!(
        "{} since you moved on from {}. {asks} One tap is enough, and only you see it.",
        mark_words(mark),
        inert(&group.name)
    );
    if last {
        text.push_str("\nThe last one went unused, which is fine. If this one does too, I stop asking.");
    }
    let press = |felt: Felt| Press::new("alumni", "felt").arg(touch.id).arg(mark).arg(felt.word());
    let buttons = Felt::ALL.into_iter().map(|felt| Button::new(felt_label(felt), press(felt)));
    Card::text(text).buttons(buttons.chain([stop_button(touch.group)]))
}

/// The reply to an answer.
pub fn felt(felt: Felt, group: &Group) -> Card {
    match felt {
        Felt::Good => Card::text("That's good to hear. Until next time."),
        Felt::Mixed => Card::text("Thank you for saying so. Mixed is allowed.").buttons([more(group.id)]),
        Felt::Call => Card::text(format!(
            "Good that you say so. One more tap asks somebody of {} to reach out to you; you need no reason.",
            inert(&group.name)
        ))
        .buttons([more(group.id)]),
    }
}

/// Touches ended because they want it.
pub fn stopped() -> Card {
    Card::text("Okay, I don't ask any more, and what you answered is erased. `/step mine` and `/helplines` still work.")
}
