//! What goals and small wins say.

use chrono::NaiveDate;

use super::{ONLY_YOU, button, press};
use crate::calendar::date_words;
use crate::card::{Button, Card, Input, Modal, Select, Style, inert};
use crate::groups::Group;
use crate::ids::{ChannelId, GroupId, UserId};
use crate::recovery::model::goal::{GOAL_LIMIT, Goal, Goals, Rhythm, Setup, Step, WIN_LIMIT, Win, Wins};
use crate::recovery::plan::goals::is_done;

/// Most wins on the card of one's own.
const WINS_SHOWN: usize = 10;
/// Most wins in a digest: a phone screen or two.
pub const DIGEST_SHOWN: u32 = 15;
/// Most characters of a step on a button.
const LABEL: usize = 70;

const fn rhythm_words(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Daily => "every day",
        Rhythm::Weekly => "every week",
        Rhythm::Once => "once",
    }
}

fn step_line(step: &Step, today: NaiveDate) -> String {
    let mark = if is_done(step, today) { "✅" } else { "▫️" };
    let often = match (step.rhythm, step.done_on.len()) {
        (Rhythm::Once, _) | (_, 0) => String::new(),
        (Rhythm::Daily | Rhythm::Weekly, 1) => " · done once so far".to_owned(),
        (Rhythm::Daily | Rhythm::Weekly, count) => format!(" · done {count} times so far"),
    };
    format!("{mark} {} · {}{often}", inert(&step.what), rhythm_words(step.rhythm))
}

/// All of a member's goals.
pub fn list(goals: &Goals, today: NaiveDate) -> Card {
    let new = button("A new goal", "goal_new").style(Style::Primary);
    if goals.all.is_empty() {
        return Card::panel(
            "Goals",
            "Something you'd like, in steps so small that a bad day doesn't stop them. Only you see them.",
        )
        .buttons([new])
        .footer(ONLY_YOU);
    }
    let line = |goal: &Goal| {
        let steps: Vec<String> = goal.steps.iter().map(|step| step_line(step, today)).collect();
        format!("**{}**\n{}", inert(&goal.what), steps.join("\n"))
    };
    let body: String = goals.all.iter().map(line).collect::<Vec<_>>().join("\n\n").chars().take(4000).collect();
    let options = goals.all.iter().map(|goal| (goal.number.to_string(), goal.what.clone())).collect();
    Card::panel("Goals", body)
        .select(Select { press: press("goal"), placeholder: "Open one".into(), options, choose: (1, 1) })
        .buttons([new])
        .footer(ONLY_YOU)
}

/// One goal; each step is a button.
pub fn one(goal: &Goal, today: NaiveDate) -> Card {
    let steps: Vec<String> = goal.steps.iter().map(|step| step_line(step, today)).collect();
    let body = if steps.is_empty() { "No steps yet.".to_owned() } else { steps.join("\n") };
    let mut card = Card::panel(inert(&goal.what), body);
    if !goal.steps.is_empty() {
        card = card.buttons(goal.steps.iter().map(|step| {
            let done = is_done(step, today);
            let label: String = step.what.chars().take(LABEL).collect();
            let tap = press("goal_tap").arg(goal.number).arg(step.number);
            let words = if done { format!("Undo: {label}") } else { format!("Done: {label}") };
            Button::new(words, tap).style(if done { Style::Plain } else { Style::Positive })
        }));
        card = card.select(Select {
            press: press("goal_remind"),
            placeholder: "Remind me of a step".into(),
            options: goal.steps.iter().map(|step| (step.number.to_string(), step.what.clone())).collect(),
            choose: (1, 1),
        });
    }
    card.buttons([
        Button::new("Change it", press("goal_change").arg(goal.number)),
        Button::new("I got there", press("goal_end").arg(goal.number).arg("reached")),
        Button::new("Let it go", press("goal_end").arg(goal.number).arg("gone")),
        button("All goals", "goals"),
    ])
    .footer(ONLY_YOU)
}

/// The form for a goal.
pub fn form(goal: Option<&Goal>) -> Modal {
    let step = |step: &Step| match step.rhythm {
        Rhythm::Daily => format!("daily: {}", step.what),
        Rhythm::Weekly => format!("weekly: {}", step.what),
        Rhythm::Once => step.what.clone(),
    };
    let steps = goal.map(|goal| goal.steps.iter().map(step).collect::<Vec<_>>().join("\n")).unwrap_or_default();
    Modal {
        press: press("goal_wrote").arg(goal.map_or(0, |goal| goal.number)),
        title: "A goal in small steps".into(),
        inputs: vec![
            Input {
                id: "what".into(),
                label: "What would you like".into(),
                placeholder: "Sleep better".into(),
                value: goal.map(|goal| goal.what.clone()).unwrap_or_default(),
                long: false,
                required: true,
                limit: GOAL_LIMIT,
            },
            Input {
                id: "steps".into(),
                label: "Up to five small steps, a line each".into(),
                placeholder: "daily: phone away at ten\nweekly: a walk with Mo\nbuy an alarm clock".into(),
                value: steps,
                long: true,
                required: false,
                limit: 600,
            },
        ],
    }
}

/// The form for when to be reminded of a step.
pub fn remind_form(step: &Step) -> Modal {
    Modal {
        press: press("goal_reminded").arg(step.number),
        title: "Remind me".into(),
        inputs: vec![Input {
            id: "when".into(),
            label: "When".into(),
            placeholder: "every day 21:00, or every sat 10am".into(),
            value: String::new(),
            long: false,
            required: true,
            limit: crate::recovery::model::reminder::WHEN_LIMIT,
        }],
    }
}

/// A goal has ended.
pub fn ended(reached: bool) -> Card {
    Card::text(if reached {
        "You got there. That was you, step by step."
    } else {
        "Okay, it's gone. Letting go of a goal is a decision, too."
    })
    .buttons([button("All goals", "goals"), button("Write it down as a win", "win_new")])
}

/// The form for a win.
pub fn win_form() -> Modal {
    Modal {
        press: press("win_wrote"),
        title: "A small win".into(),
        inputs: vec![Input {
            id: "what".into(),
            label: "Only you see it, unless you share it".into(),
            placeholder: "Got up before ten. That counts.".into(),
            value: String::new(),
            long: true,
            required: true,
            limit: WIN_LIMIT,
        }],
    }
}

/// A win is kept; it can be shared.
pub fn win_kept(win: &Win) -> Card {
    Card::text(format!("Kept: {}\n-# Only you see it, locked with your own key.", inert(&win.what))).buttons([
        Button::new("Share it with the group", press("win_share").arg(win.number)),
        button("My wins", "wins"),
        Button::new("Take it back", press("win_drop").arg(win.number)),
    ])
}

/// A member's own wins, newest first.
pub fn wins(wins: &Wins) -> Card {
    let new = button("Write one", "win_new").style(Style::Primary);
    if wins.all.is_empty() {
        return Card::panel("Small wins", "Nothing is too small. Getting up counts.").buttons([new]).footer(ONLY_YOU);
    }
    let line = |win: &Win| format!("**{}** {}", date_words(win.on), inert(&win.what));
    let lines: Vec<String> = wins.all.iter().rev().take(WINS_SHOWN).map(line).collect();
    let body: String = lines.join("\n").chars().take(4000).collect();
    Card::panel("Small wins", body).buttons([new]).footer(ONLY_YOU)
}

/// What would be posted, and where, before it is: exactly that.
pub fn share_preview(user: UserId, win: &Win, group: GroupId, channel: ChannelId, digest: bool) -> Card {
    let again = if digest { " It is also in the week's summary of what people shared." } else { "" };
    Card::panel(
        "Share it?",
        format!(
            "I would post this in <#{channel}>; everybody who can read that channel sees it.{again}\n\n> {}",
            shared(user, win).text
        ),
    )
    .buttons([
        Button::new("Post it", press("win_post").arg(win.number).arg(group)).style(Style::Primary),
        button("Keep it to myself", "wins"),
    ])
    .footer(ONLY_YOU)
}

/// A win that its member shared.
pub fn shared(user: UserId, win: &Win) -> Card {
    Card::text(format!("<@{user}> shares a small win: {}", inert(&win.what))).silently()
}

/// It is on its way.
pub fn posted(channel: ChannelId) -> Card {
    Card::text(format!("It's on its way to <#{channel}>."))
}

/// It is taken back.
pub fn dropped() -> Card {
    Card::text("Okay, it's gone. What you shared already stays where it is.")
}

/// The week's shared wins, and nothing else.
pub fn digest(shared: &[(UserId, Win)]) -> Card {
    let lines: Vec<String> = shared.iter().map(|(user, win)| format!("• <@{user}>: {}", inert(&win.what))).collect();
    let body: String = lines.join("\n").chars().take(4000).collect();
    Card::panel("Small wins of the week", body)
        .footer("Only what people shared themselves. `/win` keeps one of yours.")
        .silently()
}

/// What a group wants to see, for its facilitators.
pub fn setup(group: &Group, setup: &Setup, buddies: &str) -> Card {
    let channel = setup.channel.unwrap_or(group.channel);
    let digest = setup.digest.as_ref().map_or("off".to_owned(), |digest| digest.words());
    Card::panel(
        format!("Shared things of {}", inert(&group.name)),
        "Nobody has to share anything; what is not shared stays locked.",
    )
    .field("Shared wins", format!("posted in <#{channel}>"))
    .field("Summed up", digest)
    .field("Buddies", buddies)
    .footer("Change it with `/recovery-setup wins: digest: buddies:`")
}
