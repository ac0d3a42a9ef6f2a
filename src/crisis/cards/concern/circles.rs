//! What is said about whom a group calls: how it is set, what its members are told, the log, the rota.

use chrono::{DateTime, Utc};

use super::about;
use crate::calendar::{Weekdays, time_words};
use crate::card::{Button, Card, Press, inert};
use crate::crisis::model::concern::{Circle, Concern, Duty, State, Step, What};
use crate::groups::Group;
use crate::ids::{GroupId, RoleId, UserId};
use crate::roster::Circles;

/// For members, in the group's channel, when a group begins to tell its responders.
pub fn notice(group: GroupId) -> Card {
    Card::text(
        "**New here:** when a word check finds that somebody may need a person, this group's responders can be told \
         that, without any words. It's your choice.",
    )
    .buttons([Button::new("What it means for me", Press::new("crisis", "told").arg(group))])
    .silently()
}

/// What it means for a member, with the choice.
pub fn telling(group: GroupId, role: Option<RoleId>, told: Option<bool>) -> Card {
    let who = role.map_or_else(|| "the responders".to_owned(), |role| format!("<@&{role}>"));
    let now = match told {
        Some(true) => "Now: they may be told.",
        Some(false) => "Now: they are not told.",
        None => "Now: they are not told, because you have not said.",
    };
    let press = |answer: &str| Press::new("crisis", "tell").arg(group).arg(answer);
    Card::panel(
        "When my words worry",
        format!(
            "A simple word check looks at what is written in this group's channel. If it finds strong words of yours, \
             {who} may be told: that you may need a person, how serious, what about, and a link. Never your words. \
             It can be wrong, and it promises nothing: nobody may be there.\n\n{now}"
        ),
    )
    .buttons([Button::new("They may be told", press("yes")), Button::new("Not about me", press("no"))])
    .footer("Only you see this. /privacy changes it whenever you like.")
}

/// The choice is kept.
pub fn told(wanted: bool) -> Card {
    Card::text(if wanted {
        "Okay. The responders may be told, without your words. `/privacy` changes it."
    } else {
        "Okay. Nobody is told about you unless you ask. `/now` is always there."
    })
}

/// How a group's circles are set.
pub fn set_up(group: &Group, circles: &Circles, fresh: bool) -> Card {
    let next = match circles.next.or(group.facilitator_role) {
        Some(role) => format!("<@&{role}>"),
        None => "nobody; set `next`, or a facilitators' role".to_owned(),
    };
    let from = match circles.from {
        None => "never: only when a member asks".to_owned(),
        Some(level) => format!("from level {level} on, for members who were told and did not say no"),
    };
    let notice = if fresh { "The members are told in the group's channel now." } else { "The members know." };
    let said = if circles.from.is_some() { notice } else { "Members ask with `/now`, or the button on every note." };
    Card::panel(format!("Concerns in {}", inert(&group.name)), said)
        .field("Responders", responders(circles))
        .field("They look in", format!("<#{}>", circles.channel))
        .field("On call first", "who put themselves on the rota with `/oncall add`")
        .field("If nobody answers", format!("after {} minutes: {next}", circles.minutes))
        .field("Words raise one", from)
        .footer("A concern shows a link, level and topic, never words. Its log holds ids only, for 30 days.")
}

fn responders(circles: &Circles) -> String {
    circles.role.map_or_else(|| "nobody".to_owned(), |role| format!("<@&{role}>"))
}

/// Concerns are off.
pub fn switched_off(group: &Group) -> Card {
    Card::text(format!(
        "Concerns are off in {}. Nobody is told of words any more. Who asks for a person is still heard by the facilitators.",
        inert(&group.name)
    ))
}

/// The newest concerns of a group with their logs.
pub fn list(concerns: &[(Concern, Vec<Step>)], wrong: &[(String, i64)]) -> Card {
    let mut card = Card::panel("Concerns of the last 30 days", if concerns.is_empty() { "None." } else { "" });
    if !wrong.is_empty() {
        let lines: Vec<String> = wrong.iter().map(|(phrase, times)| format!("`{phrase}` ×{times}")).collect();
        card = card.field("Phrases that members said were wrong", lines.join("\n"));
    }
    for (concern, steps) in concerns {
        let lines: Vec<String> = steps.iter().map(step_words).collect();
        let name = format!("{} · {}", state_words(concern.state), about(concern.noticed));
        let mut value = format!("<@{}>\n{}", concern.member.user, lines.join("\n"));
        if value.chars().count() > 600 {
            value = value.chars().take(599).chain(['…']).collect();
        }
        if card.room() < name.chars().count() + value.chars().count() + 100 {
            break;
        }
        card = card.field(name, value);
    }
    card.footer("Only you see this. No words are kept here.")
}

const fn state_words(state: State) -> &'static str {
    match state {
        State::Waiting => "waiting",
        State::Answered => "somebody is there",
        State::Backup => "a second person is wanted",
        State::Unanswered => "nobody answered",
        State::Closed => "closed",
        State::Withdrawn => "taken back",
    }
}

fn step_words(step: &Step) -> String {
    let what = match step.what {
        What::Raised => "raised",
        What::Again => "raised again",
        What::Called => "called",
        What::Here => "I'm here",
        What::Backup => "need backup",
        What::Handed => "handed on",
        What::Unanswered => "nobody answered",
        What::Told => "the member was told so",
        What::Closed => "closed",
        What::Withdrawn => "taken back",
    };
    let circle = match step.circle {
        Some(Circle::OnCall) => " (on call)",
        Some(Circle::Responders) => " (responders)",
        Some(Circle::Next) => " (next)",
        None => "",
    };
    let actor = match step.actor {
        Some(actor) if actor.raw() != 0 => format!(" <@{actor}>"),
        Some(_) | None => String::new(),
    };
    format!("<t:{}:t> {what}{circle}{actor}", step.at.timestamp())
}

/// Who is on call when, and now.
pub fn rota(group: &Group, rota: &[Duty], now: &[UserId], at: DateTime<Utc>) -> Card {
    let on: Vec<String> = now.iter().map(|user| format!("<@{user}>")).collect();
    let on = if on.is_empty() { "nobody; the whole role is called".to_owned() } else { on.join(", ") };
    let mut lines: Vec<String> = Vec::new();
    for duty in rota {
        let line = format!("<@{}> {}", duty.user, hours(duty.days, duty));
        if lines.iter().map(String::len).sum::<usize>() + line.len() < 900 {
            lines.push(line);
        }
    }
    let all = if lines.is_empty() { "`/oncall add` puts you on it.".to_owned() } else { lines.join("\n") };
    Card::panel(format!("On call in {}", inert(&group.name)), format!("At <t:{}:t>: {on}", at.timestamp()))
        .field("The week", all)
        .footer("Hours are the group's. Only you see this.")
}

fn hours(days: Weekdays, duty: &Duty) -> String {
    format!("{}, {} to {}", days.words(), time_words(duty.from), time_words(duty.until))
}

/// Somebody is on the rota.
pub fn duty_added(group: &Group, duty: &Duty) -> Card {
    Card::text(format!(
        "You're on call in {}: {}. You are called first then. `/oncall remove` takes you off, no reason needed.",
        inert(&group.name),
        hours(duty.days, duty)
    ))
}

/// Somebody is off the rota.
pub fn duty_removed(group: &Group, were: bool) -> Card {
    Card::text(if were {
        format!("You're off the rota of {}. Thank you for the hours you gave.", inert(&group.name))
    } else {
        format!("You were not on the rota of {}.", inert(&group.name))
    })
}
