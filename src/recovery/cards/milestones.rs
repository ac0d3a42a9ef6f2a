//! What milestones say. Nobody is reset to zero.

use chrono::NaiveDate;

use super::{ONLY_YOU, button, press};
use crate::calendar::full_date_words;
use crate::card::{Button, Card, Input, Leads, Modal, Press, Select, Style, inert};
use crate::groups::Group;
use crate::ids::UserId;
use crate::recovery::model::milestone::{CALLED_LIMIT, Milestone, Milestones, Yearly};
use crate::recovery::plan::milestones::{OFFERED, days, longest, total, years};

fn with_number(label: &str, verb: &str, number: u32) -> Button {
    let mut made = button(label, verb);
    made.leads = Leads::Press(press(verb).arg(number));
    made
}

fn day_words(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// All of a member's milestones.
pub fn list(milestones: &Milestones, today: NaiveDate) -> Card {
    if milestones.all.is_empty() {
        return Card::panel(
            "Milestones",
            "Count the days since something that matters to you: sober, in the program, anything. \
             Only you see it, unless you choose to have a mark announced.",
        )
        .buttons([button("Count something", "stone_new").style(Style::Primary)])
        .footer(ONLY_YOU);
    }
    let line = |one: &Milestone| {
        let whole = total(one, today);
        let all = if one.before.is_empty() { String::new() } else { format!(" · {} in all", day_words(whole)) };
        format!("**{}**: {}{all}", inert(&one.called), day_words(days(one.since, today)))
    };
    let options = milestones.all.iter().map(|one| (one.number.to_string(), one.called.clone())).collect();
    Card::panel("Milestones", milestones.all.iter().map(line).collect::<Vec<_>>().join("\n"))
        .select(Select { press: press("stone"), placeholder: "Open one".into(), options, choose: (1, 1) })
        .buttons([button("Count something else", "stone_new")])
        .footer(ONLY_YOU)
}

/// One milestone.
pub fn one(milestone: &Milestone, today: NaiveDate, announced_in: Option<&Group>) -> Card {
    let mut card = Card::panel(
        inert(&milestone.called),
        format!("**{}**, since {}.", day_words(days(milestone.since, today)), full_date_words(milestone.since)),
    );
    if !milestone.before.is_empty() {
        card = card
            .field("In all", day_words(total(milestone, today)))
            .field("Longest stretch", day_words(longest(milestone, today)))
            .field("You came back", times(milestone.before.len()));
    }
    let announced = match announced_in {
        Some(group) if !milestone.marks.is_empty() => {
            let marks: Vec<String> = milestone.marks.iter().map(u32::to_string).collect();
            format!("in <#{}>, at {} days", group.channel, marks.join(", "))
        }
        Some(_) | None => "to nobody".to_owned(),
    };
    card = card.field("Announced", announced);
    let day = day_of_year(milestone.since);
    let yearly = match (milestone.yearly, announced_in) {
        (Yearly::Privately, _) => Some(format!("marked on {day}, by direct message to you")),
        (Yearly::InChannel, Some(group)) => Some(format!("marked on {day}, in <#{}>", group.channel)),
        (Yearly::InChannel, None) | (Yearly::Unmarked, _) => None,
    };
    if let Some(yearly) = yearly {
        card = card.field("Each year", yearly);
    }
    card.buttons([
        with_number("I had a slip", "stone_slip", milestone.number),
        with_number("Announcements", "stone_marks", milestone.number),
        with_number("Each year", "stone_year", milestone.number),
        with_number("Remove it", "stone_remove", milestone.number),
    ])
    .footer(ONLY_YOU)
}

/// A day without its year, such as 5 March.
fn day_of_year(day: NaiveDate) -> String {
    day.format("%-d %B").to_string()
}

fn year_words(years: u32) -> String {
    if years == 1 { "1 year".to_owned() } else { format!("{years} years") }
}

/// Asks whether its anniversary is to be marked, and shows what the group would read.
pub fn year_choice(user: UserId, milestone: &Milestone, group: &Group) -> Card {
    let choice = |yearly: Yearly| press("stone_yearly").arg(milestone.number).arg(group.id).arg(yearly.word());
    Card::panel(
        "Each year",
        format!(
            "{} comes round every year. Some want it marked, some would rather let it pass; both are fine.\n\n\
             In the channel I would post this in <#{}>, where everybody in the group reads it:\n\n> {}",
            day_of_year(milestone.since),
            group.channel,
            marked(user, &year_words(1), milestone)
        ),
    )
    .buttons([
        Button::new("Tell me alone", choice(Yearly::Privately)),
        Button::new("Tell the group", choice(Yearly::InChannel)),
        Button::new("Let it pass", choice(Yearly::Unmarked)),
    ])
    .footer(ONLY_YOU)
}

/// An anniversary, to its member alone. The first line may light up on a screen that others see, so it says nothing.
pub fn reminded(milestone: &Milestone) -> Card {
    Card::text("Today is a day you asked me to keep for you.").buttons([with_number(
        "Show me",
        "stone_day",
        milestone.number,
    )
    .style(Style::Primary)])
}

/// What an anniversary is about, opened by its member.
pub fn day(milestone: &Milestone, today: NaiveDate) -> Card {
    let count = days(milestone.since, today);
    let length = years(milestone.since, count).map_or_else(|| day_words(count), year_words);
    Card::panel(
        inert(&milestone.called),
        format!(
            "**{length}**, since {}. Whatever kind of day it is, it is yours. You need not do anything with it.",
            full_date_words(milestone.since)
        ),
    )
    .buttons([button("Something that helps", "cope"), with_number("Change this", "stone_year", milestone.number)])
    .footer(ONLY_YOU)
}

fn marked(user: UserId, length: &str, milestone: &Milestone) -> String {
    format!("<@{user}> marks **{length}**: {}. They wanted you to know.", inert(&milestone.called))
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// The form for a new milestone; `since` is filled in already when it is known.
pub fn form(since: Option<NaiveDate>) -> Modal {
    let mut from = input("since", "Since when; empty means today", "2026-01-05, or 5 march 2025", 40, false);
    from.value = since.map(|day| day.to_string()).unwrap_or_default();
    Modal {
        press: press("stone_made"),
        title: "Count the days since".into(),
        inputs: vec![input("called", "What is it", "Sober, in the program, smoke-free", CALLED_LIMIT, true), from],
    }
}

fn input(id: &str, label: &str, hint: &str, limit: u16, required: bool) -> Input {
    Input {
        id: id.into(),
        label: label.into(),
        placeholder: hint.into(),
        value: String::new(),
        long: false,
        required,
        limit,
    }
}

/// Asks gently about a slip.
pub fn slip_form(number: u32) -> Modal {
    Modal {
        press: press("stone_slipped").arg(number),
        title: "A slip takes nothing away".into(),
        inputs: vec![
            input("on", "When was it; empty means today", "yesterday, or 2026-03-01", 40, false),
            input("since", "Counting again from; empty means today", "today", 40, false),
        ],
    }
}

/// A slip is recorded. Every day before it still counts.
pub fn slipped(milestone: &Milestone, today: NaiveDate) -> Card {
    Card::panel(
        "You came back",
        format!(
            "It's written down, and nothing is taken away: **{}** in all, and your longest stretch is {}. \
             A slip says nothing about who you are. Coming back is the part that counts.\n\nCounting goes on from {}.",
            day_words(total(milestone, today)),
            day_words(longest(milestone, today)),
            full_date_words(milestone.since)
        ),
    )
    .buttons([
        Button::new("Talk to somebody", Press::new("crisis", "more")).style(Style::Primary),
        button("Something that helps", "cope"),
        button("My plan", "plan"),
    ])
    .footer(ONLY_YOU)
}

/// After a return: tolerance is lower, and the dose from before can be too much. General advice of SAMHSA's Overdose
/// Prevention and Response Toolkit (2024) and of the CDC's overdose prevention pages; no method, no amounts.
pub fn tolerance() -> Card {
    Card::panel(
        "One thing that keeps people alive",
        "After some time without, the body is used to less. What was all right before can be too much now, \
         even a few days later. That is true for opioids above all, and for alcohol and pills, and for mixing them.\n\n\
         If you might use again: not alone, much less than before, and naloxone within reach. \
         If somebody can't be woken or breathes slowly, call the emergency number at once.\n\n\
         If you drank or used every day and stop now, shaking, sweating or confusion needs a doctor today.",
    )
    .buttons([Button::new("Helplines", Press::new("crisis", "more"))])
    .footer("Said to everybody who comes back, whatever it was. Only you see this.")
}

/// The form for the marks.
pub fn marks_form(milestone: &Milestone) -> Modal {
    let marks: Vec<String> = milestone.marks.iter().map(u32::to_string).collect();
    let mut marks_input = input("marks", "At how many days; empty means never", OFFERED, 200, false);
    marks_input.value = marks.join(", ");
    Modal {
        press: press("stone_marked").arg(milestone.number),
        title: "Announcements".into(),
        inputs: vec![marks_input],
    }
}

/// Shows exactly what would be announced, and where, before it is agreed to.
pub fn announce_sure(user: UserId, milestone: &Milestone, group: &Group, marks: &[u32]) -> Card {
    let first = marks.first().copied().unwrap_or(1);
    let list: Vec<String> = marks.iter().map(u32::to_string).collect();
    let mut yes = press("stone_announce").arg(milestone.number).arg(group.id);
    yes = yes.arg(list.join(","));
    Card::panel(
        "Announce it?",
        format!(
            "At {} days, I would post this in <#{}>, where everybody in the group reads it:\n\n> {}\n\n\
             After a slip it waits until a mark is reached again. You can stop it at any time.",
            list.join(", "),
            group.channel,
            announcement(user, milestone, first).text
        ),
    )
    .buttons([
        Button::new("Yes, announce it", yes).style(Style::Primary),
        with_number("No", "stone_quiet", milestone.number),
    ])
    .footer(ONLY_YOU)
}

/// A mark is reached, and its member chose that the group hears of it.
pub fn announcement(user: UserId, milestone: &Milestone, mark: u32) -> Card {
    let length = years(milestone.since, mark).map_or_else(|| day_words(mark), year_words);
    Card::text(marked(user, &length, milestone)).silently()
}

/// Nothing is announced.
pub fn quiet(milestone: &Milestone) -> Card {
    Card::text("Okay. Nobody hears of it but you.").buttons([with_number("Back to it", "stone_open", milestone.number)])
}

/// It is removed.
pub fn removed() -> Card {
    Card::text("It's gone, with everything that was counted. `/milestone` starts anew whenever you like.")
}

/// Asks before removing.
pub fn remove_sure(milestone: &Milestone) -> Card {
    Card::text(format!(
        "Remove \"{}\" and everything it counted? After a slip there is no need to.",
        inert(&milestone.called)
    ))
    .buttons([
        with_number("Remove it", "stone_remove_yes", milestone.number).style(Style::Danger),
        with_number("Keep it", "stone_open", milestone.number),
    ])
}
