//! What the coping skills say.

use super::{block, button, press};
use crate::card::{Button, Card, Input, Modal, Press, Select, Style, inert};
use crate::coping::{NAME_LIMIT, Need, Skill};
use crate::groups::Group;
use crate::recovery::model::skill::OwnSkill;
use crate::recovery::plan::breathing::Beat;

/// Most skills on one page of the whole list: a select takes 25.
const PAGE: usize = 25;

const fn need_words(need: Need) -> &'static str {
    match need {
        Need::HardDay => "A hard day, fear, or all of it at once",
        Need::Urge => "An urge or a craving",
        Need::Hungry => "I haven't eaten",
        Need::Angry => "Anger",
        Need::Lonely => "Feeling alone",
        Need::Tired => "Worn out",
    }
}

/// Three things that may help.
pub fn offer(offered: &[(Skill, bool)]) -> Card {
    if offered.is_empty() {
        return Card::text("You've said no to everything I have, and that's all right. Maybe a person is better now.")
            .buttons([
                button("All of them", "cope_all"),
                Button::new("Talk to somebody", Press::new("crisis", "more")),
            ]);
    }
    let line = |(skill, theirs): &(Skill, bool)| {
        let helped = if *theirs { " · helped you before" } else { "" };
        format!("**{}** · about {} min{helped}\n{}", inert(&skill.name), skill.minutes, inert(&skill.when))
    };
    let lines: Vec<String> = offered.iter().map(line).collect();
    let open = |(skill, _): &(Skill, bool)| Button::new(skill.name.clone(), press("cope_open").arg(&skill.id));
    Card::panel("Three things that may help", lines.join("\n\n"))
        .buttons(offered.iter().map(open))
        .select(Select {
            press: press("cope_for"),
            placeholder: "What is it?".into(),
            options: Need::ALL.map(|need| (need.word().to_owned(), need_words(need).to_owned())).into(),
            choose: (1, 1),
        })
        .buttons([
            button("All of them", "cope_all"),
            button("My plan", "plan"),
            Button::new("Talk to somebody", Press::new("crisis", "more")),
        ])
        .footer("Only you see this.")
}

/// Every skill, a page at a time.
pub fn all(skills: &[Skill], page: usize) -> Card {
    let pages = skills.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let shown = skills.iter().skip(page * PAGE).take(PAGE);
    let mut card = Card::text("Everything I know that may help.").select(Select {
        press: press("cope_open"),
        placeholder: "Open one".into(),
        options: shown.map(|skill| (skill.id.clone(), skill.name.clone())).collect(),
        choose: (1, 1),
    });
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(Button::new("Back", press("cope_all").arg(page - 1)));
    }
    if page + 1 < pages {
        turns.push(Button::new("Next", press("cope_all").arg(page + 1)));
    }
    if !turns.is_empty() {
        card = card.buttons(turns);
    }
    card
}

/// One skill, before it begins.
pub fn skill(skill: &Skill) -> Card {
    let mut card = Card::panel(
        inert(&skill.name),
        format!("About {} minutes, {} steps.\n{}", skill.minutes, skill.steps.len(), inert(&skill.when)),
    );
    if !skill.caution.is_empty() {
        card = card.field("Take care", inert(&skill.caution));
    }
    if !skill.source.is_empty() {
        card = card.footer(format!("From: {}. In our own words.", skill.source));
    }
    let mut buttons = vec![Button::new("Begin", step_press(skill, 1)).style(Style::Primary)];
    if skill.breath.is_some() {
        buttons.push(Button::new("Breathe with me", press("cope_breathe").arg(&skill.id)));
    }
    buttons.push(button("Something else", "cope"));
    card.buttons(buttons)
}

fn step_press(skill: &Skill, number: usize) -> Press {
    press("cope_step").arg(&skill.id).arg(number)
}

/// One step; none when it is over.
pub fn step(skill: &Skill, number: usize) -> Option<Card> {
    let words = skill.steps.get(number.checked_sub(1)?)?;
    let next = if number < skill.steps.len() { "Next" } else { "Done" };
    let card = Card::panel(
        format!("{} · {number} of {}", inert(&skill.name), skill.steps.len()),
        format!("{}\n\nTake the time it takes.", block(words, 1000)),
    );
    Some(card.buttons([
        Button::new(next, step_press(skill, number + 1)).style(Style::Primary),
        Button::new("Stop here", step_press(skill, skill.steps.len() + 1)),
    ]))
}

/// It is over: did it help?
pub fn over(skill: &Skill) -> Card {
    let mark = |how: &str| press("cope_mark").arg(&skill.id).arg(how);
    Card::text("That's it. You gave it a try, and that counts, whatever it did.\nShall I remember it?").buttons([
        Button::new("It helped", mark("yes")).style(Style::Positive),
        Button::new("Not for me", mark("no")),
        button("Something else", "cope"),
        Button::new("Talk to somebody", Press::new("crisis", "more")),
    ])
}

/// It was marked.
pub fn marked(helps: bool) -> Card {
    Card::text(if helps {
        "Good. I'll offer it first next time."
    } else {
        "Okay. I won't offer it again; `/cope` still has it under \"All of them\"."
    })
    .buttons([button("Something else", "cope"), Button::new("Talk to somebody", Press::new("crisis", "more"))])
}

/// One part of breathing together; none: it is over.
pub fn beat(skill: &Skill, beat: Option<Beat>) -> Card {
    let Some(beat) = beat else { return over(skill) };
    let words = if beat.inward { "Breathe in" } else { "And out, slowly" };
    Card::panel(words, format!("{} seconds · {} of {}", beat.seconds, beat.round, beat.rounds))
}

/// A group's own skills, for its facilitators.
pub fn setup(group: &Group, own: &[OwnSkill]) -> Card {
    let names = if own.is_empty() {
        "none yet".to_owned()
    } else {
        own.iter().map(|skill| inert(&skill.name)).collect::<Vec<_>>().join("\n")
    };
    let mut card = Card::panel(
        format!("Coping skills of {}", inert(&group.name)),
        "Besides the built-in ones, `/cope` offers what you add here to everybody in the group.",
    )
    .field("The group's own", names)
    .buttons([Button::new("Add one", press("cope_add").arg(group.id)).style(Style::Primary)]);
    if !own.is_empty() {
        card = card.select(Select {
            press: press("cope_drop").arg(group.id),
            placeholder: "Take one away".into(),
            options: own.iter().map(|skill| (skill.id.to_string(), skill.name.clone())).collect(),
            choose: (1, 1),
        });
    }
    card.footer("Everybody in the group can read these.")
}

/// The form for one of a group's own skills.
pub fn form(group: &Group) -> Modal {
    let input = |id: &str, label: &str, hint: &str, long, required, limit| Input {
        id: id.into(),
        label: label.into(),
        placeholder: hint.into(),
        value: String::new(),
        long,
        required,
        limit,
    };
    let name_limit = u16::try_from(NAME_LIMIT).unwrap_or(60);
    Modal {
        press: press("cope_added").arg(group.id),
        title: "A skill of your group's own".into(),
        inputs: vec![
            input("name", "What it is called", "The song", false, true, name_limit),
            input("steps", "Step by step, a line each", "Put on the song\nSing along, or hum", true, true, 2000),
            input("caution", "Who should take care with it", "Not while driving", false, false, 200),
        ],
    }
}
