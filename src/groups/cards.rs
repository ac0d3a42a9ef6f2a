//! What groups say: setting up, joining, agreeing, leaving.

mod changes;
pub mod me;

pub use changes::{Changed, changes};

use super::model::{Consents, Group, Purpose};
use crate::calendar::{Zone, time_words};
use crate::card::{Button, Card, Press, Style, inert};
use crate::ids::{ChannelId, GroupId};

/// Characters kept free for saying that there is more.
const MORE_ROOM: usize = 80;

/// A group stands as it was wanted; `notes` are what is missing or has changed, with what to do.
pub fn set_up(group: &Group, notes: impl IntoIterator<Item = (String, String)>) -> Card {
    let card = Card::panel(
        format!("{} is ready", inert(&group.name)),
        "Next: `/schedule add` for your first session. Members come in with `/join`.",
    )
    .field("Channel", format!("<#{}>", group.channel))
    .field("Time zone", group.zone.to_string())
    .field("Country for helplines", group.country.clone())
    .field("Facilitators", facilitators(group))
    .field("Daily check-in", checkin(group))
    .field("Noticing words", noticing(group));
    notes.into_iter().fold(card, |card, (what, fix)| card.field(what, fix))
}

/// What a facilitator must know after a group's zone was changed.
pub fn zone_changed(before: Zone) -> (String, String) {
    let sessions = "Sessions already on the schedule".to_owned();
    (sessions, format!("They keep their hours in {before}. Take them off and add them again to move them."))
}

/// The groups of a guild, for facilitators; `old` counts the helplines they added that are over a year old.
pub fn list(groups: &[Group], old: usize) -> Card {
    let mut card = Card::panel("Groups here", "Change one by running `/group setup` with its name again.");
    for (at, group) in groups.iter().enumerate() {
        let value = format!(
            "<#{}> · {}\nCheck-in: {}\nNoticing words: {}",
            group.channel,
            group.zone,
            checkin(group),
            noticing(group)
        );
        let name = inert(&group.name);
        if card.room() < name.chars().count() + value.chars().count() + MORE_ROOM {
            return card.field("And more", format!("{} more. Names come up while you type.", groups.len() - at));
        }
        card = card.field(name, value);
    }
    match old {
        0 => card,
        old => card.footer(format!("Helplines of yours not looked up for over a year: {old}. See /helpline list.")),
    }
}

fn facilitators(group: &Group) -> String {
    match group.facilitator_role {
        Some(role) => format!("<@&{role}>, and people who may manage this server"),
        None => "people who may manage this server".to_owned(),
    }
}

fn checkin(group: &Group) -> String {
    match &group.checkin {
        Some(checkin) => format!("{}, {}", checkin.days.words(), time_words(checkin.at)),
        None => "off".to_owned(),
    }
}

fn noticing(group: &Group) -> String {
    if group.noticing { "on, for people who did not say no" } else { "off" }.to_owned()
}

/// The first thing a joining member reads, with the first question.
pub fn welcome(group: &Group, question: Purpose, places: &[ChannelId]) -> Card {
    let (title, body) = words(question);
    let also = also(question, places);
    Card::panel(
        format!("Welcome to {}", inert(&group.name)),
        format!("Three small questions, each your choice. Any answer is fine, and you can change it later with `/privacy`.\n\n**{title}**\n{body}{also}"),
    )
    .buttons(yes_or_no(group.id, question))
    .footer("Only you see this.")
}

/// The next question.
pub fn question(group: GroupId, purpose: Purpose, tells: bool, places: &[ChannelId]) -> Card {
    let (title, body) = words(purpose);
    let body = if tells && purpose == Purpose::Noticing { NOTICING_TELLS } else { body };
    Card::panel(title, format!("{body}{}", also(purpose, places)))
        .buttons(yes_or_no(group, purpose))
        .footer("Only you see this.")
}

/// The places besides the group's own channel in which words are looked at, where that is asked about.
fn also(purpose: Purpose, places: &[ChannelId]) -> String {
    if purpose != Purpose::Noticing || places.is_empty() {
        return String::new();
    }
    let places: Vec<String> = places.iter().map(|channel| format!("<#{channel}>")).collect();
    format!(" It also looks in {}.", places.join(", "))
}

/// What is asked about noticing where the group tells its responders.
const NOTICING_TELLS: &str = "In the group's channel, a simple word check can notice when somebody may need a person. \
    Then I offer a private note with helplines. I keep none of your words. This group also lets its responders know \
    that you may need a person: how serious, what about, and a link, never your words. `/privacy` turns that off for \
    you, and the note stays. It can be wrong.";

fn yes_or_no(group: GroupId, purpose: Purpose) -> [Button; 2] {
    let press = |answer: &str| Press::new("groups", "consent").arg(group).arg(purpose.word()).arg(answer);
    [Button::new("Yes, that's okay", press("yes")).style(Style::Primary), Button::new("No, thanks", press("no"))]
}

/// What is asked for a purpose: a heading and plain words, written for a reading age of twelve.
pub fn words(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Checkins => (
            "May I keep your check-ins?",
            "Once a day I can ask how you are. If you say yes, I keep your answers for you. \
             They are locked with a key of your own. Nobody else here can read them.",
        ),
        Purpose::DirectMessages => (
            "May I write to you directly?",
            "Only when it is for you alone, such as a private note after something heavy. \
             If you say no, I only answer where you ask me.",
        ),
        Purpose::Noticing => (
            "May I notice certain words?",
            "In the group's channel, a simple word check can notice when somebody may need a person. \
             Then I offer a private note with helplines. I keep none of your words and tell nobody. \
             It can be wrong.",
        ),
    }
}

/// The end of joining.
pub fn joined(group: &Group, consents: &Consents, tells: bool) -> Card {
    let mut card = Card::panel(format!("You're in {}", inert(&group.name)), decisions(consents));
    if tells && consents.noticing != Some(false) {
        card = card.field(
            "Here, responders may be told",
            "When strong words of yours are noticed, this group's responders may be told that you may need a person, \
             without your words. `/privacy` turns that off.",
        );
    }
    card
        .field("Good to know", "`/checkin` says how you are, `/sessions next` shows what comes next, `/helplines` finds somebody to talk to, `/privacy` changes your choices, `/leave` takes you out again.")
        .footer("Only you see this.")
}

/// What somebody agreed to, one line each.
pub fn decisions(consents: &Consents) -> String {
    let line = |purpose, yes: &str, no: &str, open: &str| match consents.of(purpose) {
        Some(true) => format!("✅ {yes}"),
        Some(false) => format!("➖ {no}"),
        None => format!("➖ {open}"),
    };
    [
        line(
            Purpose::Checkins,
            "I keep your check-ins, locked.",
            "I keep no check-ins of yours.",
            "Check-ins: not asked yet, so I keep none.",
        ),
        line(
            Purpose::DirectMessages,
            "I may write to you directly.",
            "I never write to you directly.",
            "Direct messages: not asked yet, so I send none.",
        ),
        line(
            Purpose::Noticing,
            "I notice certain words and offer a private note.",
            "I do not check your words.",
            "Noticing words: not asked yet. In the group's channel I may offer you a note; I keep nothing.",
        ),
    ]
    .join("\n")
}

/// Somebody who belongs already asks to join.
pub fn already_in(group: &Group, consents: &Consents) -> Card {
    Card::panel(format!("You're already in {}", inert(&group.name)), decisions(consents))
        .footer("Change any of this with /privacy. Only you see this.")
}

/// Asks what leaving should mean.
pub fn leave(group: &Group) -> Card {
    Card::panel(
        format!("Leave {}?", inert(&group.name)),
        "You can come back any time with `/join`.\n\n\
         **Leave**: I keep nothing new and don't write to you. What I have kept stays locked, and yours.\n\
         **Leave and forget me**: I also erase what I keep about you in this server. That cannot be undone.",
    )
    .buttons([
        Button::new("Leave", Press::new("groups", "leave").arg(group.id)).style(Style::Primary),
        Button::new("Leave and forget me", Press::new("privacy", "forget")).style(Style::Danger),
        Button::new("Stay", Press::new("groups", "stay")),
    ])
    .footer("Only you see this.")
}

/// Somebody left.
pub fn left(group: &Group) -> Card {
    Card::text(format!(
        "You've left {}. Thank you for the time you shared. `/join` brings you back whenever you like, and `/helplines` always works.",
        inert(&group.name)
    ))
}

/// Somebody stays after all.
pub fn stayed() -> Card {
    Card::text("Good. Nothing changed.")
}

/// Somebody presses something of a group they have not joined.
pub fn join_first(group: &Group) -> Card {
    Card::text(format!("This is for members of {}. Joining takes a moment and three questions.", inert(&group.name)))
        .buttons([Button::new("Join", Press::new("groups", "join").arg(group.id)).style(Style::Primary)])
}
