//! What responders read of a concern, and what the member reads of it.
//!
//! Responders see that somebody needs a person, never what they wrote, unless the member chose to say it.

mod asking;
mod circles;

pub use asking::{Became, hand_up_became, hand_up_preview, take_back, taken_back, truth, words_form};
pub use circles::{duty_added, duty_removed, list, notice, rota, set_up, switched_off, telling, told};

use crate::card::{Button, Card, Press, Style, inert};
use crate::crisis::lexicon::{Level, Topic};
use crate::crisis::model::Noticed;
use crate::crisis::model::concern::{Concern, Handed, Kind, LOAD, State};
use crate::ids::{ChannelId, GroupId, MessageId, RoleId, UserId};

/// Whom a call pings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Callees {
    /// People on call.
    pub users: Vec<UserId>,
    /// A role.
    pub role: Option<RoleId>,
}

impl Callees {
    fn ping(&self, card: Card) -> Card {
        let card = self.users.iter().fold(card, |card, user| card.ping_user(*user));
        self.role.into_iter().fold(card, Card::ping_role)
    }

    fn lead(&self) -> String {
        let users = self.users.iter().map(|user| format!("<@{user}> "));
        users.chain(self.role.map(|role| format!("<@&{role}> "))).collect()
    }
}

fn press(verb: &str, group: GroupId, user: UserId) -> Press {
    Press::new("crisis", verb).arg(group).arg(user)
}

fn waiting_buttons(group: GroupId, user: UserId) -> [Button; 2] {
    [
        Button::new("I'm here", press("here", group, user)).style(Style::Primary),
        Button::new("Close", press("closed", group, user)),
    ]
}

fn wish(user: UserId) -> String {
    format!("<@{user}> would like someone to reach out. A short \"I'm here\" is enough.")
}

/// What somebody chose to say, as a quotation that can neither ping nor format.
fn quoted(words: &str) -> String {
    let lines: Vec<String> = words.lines().map(|line| format!("> {}", inert(line))).collect();
    format!("They say:\n{}", lines.join("\n"))
}

/// The call for a person, by that person's own wish, with what they chose to say.
pub fn hand_up(user: UserId, group: GroupId, callees: &Callees, words: Option<&str>) -> Card {
    let said = words.map(|words| format!("\n{}", quoted(words))).unwrap_or_default();
    let card = Card::text(format!("{}{}{said}", callees.lead(), wish(user))).buttons(waiting_buttons(group, user));
    callees.ping(card)
}

/// The call that words raised: level and topic, where they stand, and never the words.
pub fn noticed((user, group): (UserId, GroupId), callees: &Callees, about: &str, link: &str) -> Card {
    let card = Card::text(format!(
        "{}Some words of <@{user}> may mean that they need a person ({about}).\n{link}\n\
         An automatic word check says so, and can be wrong. They were shown helplines. They know that this group \
         tells its responders, but did not ask for it.",
        callees.lead()
    ))
    .buttons(waiting_buttons(group, user));
    callees.ping(card)
}

/// Level and topics in words.
pub fn about(noticed: Option<Noticed>) -> String {
    let Some(noticed) = noticed else { return "they asked for a person".to_owned() };
    let level = match noticed.level {
        Level::None | Level::ConcernOther | Level::Low => "low",
        Level::High => "high",
        Level::Imminent => "imminent",
    };
    let topics: Vec<&str> = noticed.topics.iter().map(topic_words).collect();
    if topics.is_empty() { level.to_owned() } else { format!("{level}: {}", topics.join(", ")) }
}

const fn topic_words(topic: Topic) -> &'static str {
    match topic {
        Topic::Suicide => "thoughts of suicide",
        Topic::SelfHarm => "self-harm",
        Topic::Overdose => "alcohol or drugs",
        Topic::DomesticViolence => "not safe with somebody",
        Topic::EatingDisorder => "eating",
        Topic::DirectedAbuse => "words against somebody",
        Topic::Bereavement => "a loss",
    }
}

/// A wider circle is called.
pub fn call_again(concern: &Concern, callees: &Callees, minutes: u32) -> Card {
    let user = concern.member.user;
    let what = match concern.state {
        State::Backup => match concern.responder {
            Some(responder) => format!("<@{responder}> is with <@{user}> and would like a second person."),
            None => format!("Somebody is with <@{user}> and would like a second person."),
        },
        State::Waiting if concern.handed.is_some() => {
            format!("<@{user}> is handed on. Could one of you take over?")
        }
        State::Waiting | State::Answered | State::Unanswered | State::Closed | State::Withdrawn => {
            format!("Nobody has answered <@{user}> for {minutes} minutes. Could one of you say \"I'm here\"?")
        }
    };
    let card =
        Card::text(format!("{}{what}", callees.lead())).buttons(waiting_buttons(concern.group, concern.member.user));
    callees.ping(card)
}

/// A call after somebody pressed: who is there, and what can be done next.
pub fn standing(concern: &Concern, words: Option<&str>) -> Card {
    let (group, user) = (concern.group, concern.member.user);
    let first = match concern.kind {
        Kind::Asked => format!("<@{user}> would like someone to reach out."),
        Kind::Noticed => format!("Words of <@{user}> ({}).", about(concern.noticed)),
    };
    let first = match concern.source.filter(|_| concern.kind == Kind::Noticed && !concern.state.is_over()) {
        Some(source) => format!("{first}\n{}", link(concern.member.guild, source)),
        None => first,
    };
    let said = words.map(|words| format!("\n{}", quoted(words))).unwrap_or_default();
    let there = concern.responder.map(|who| format!("<@{who}>")).unwrap_or_else(|| "Somebody".to_owned());
    match concern.state {
        State::Waiting | State::Unanswered => {
            Card::text(format!("{first}{said}\nNobody is there yet.")).buttons(waiting_buttons(group, user))
        }
        State::Answered => Card::text(format!("{first}{said}\n{there} is here for them.")).buttons([
            Button::new("Need backup", press("backup", group, user)),
            Button::new("Hand on", press("hand_on", group, user)),
            Button::new("Close", press("closed", group, user)),
        ]),
        State::Backup => Card::text(format!("{first}{said}\n{there} is here and would like a second person."))
            .buttons(waiting_buttons(group, user)),
        State::Closed => Card::text(format!("{first}\nClosed. Thank you.")),
        State::Withdrawn => Card::text(format!("{first}\nThey took it back. Nothing more is needed.")),
    }
}

/// The responder who is there now: what helps, and what the one before handed on.
pub fn you_are_here(concern: &Concern, loaded: bool) -> Card {
    let user = concern.member.user;
    let mut lines = vec![format!(
        "Thank you. Write to <@{user}> yourself, something short: \"Hi, I saw you'd like somebody. I'm here, take your time.\""
    )];
    if concern.kind == Kind::Noticed {
        lines.push(
            "They did not ask for it. A gentle \"how are you tonight?\" is better than the word check's words."
                .to_owned(),
        );
    }
    lines.extend(concern.handed.map(|handed| format!("Handed on to you: {}", handed_words(handed))));
    if loaded {
        lines.push(format!("You hold {LOAD} or more now. That is a lot. \"Hand on\" is always all right."));
    }
    lines.push("You need not fix anything. If a life is in danger, call the emergency number; helplines take calls from you, too.".to_owned());
    Card::text(lines.join("\n"))
}

/// What is handed on, in words.
pub const fn handed_words(handed: Handed) -> &'static str {
    match handed {
        Handed::Talked => "We talked, and they would like somebody a little longer.",
        Handed::NoAnswer => "I wrote, and they have not answered so far.",
        Handed::NotAlone => "Somebody is with them now.",
        Handed::TimeUp => "My time is up.",
    }
}

/// What may be handed on: fixed words, seen only by the next responder.
pub fn hand_on(group: GroupId, user: UserId) -> Card {
    let button = |handed: &Handed| {
        Button::new(handed_words(*handed).trim_end_matches('.'), press("handed", group, user).arg(handed.word()))
    };
    Handed::ALL.iter().map(button).fold(
        Card::text("What should the next one know? Only whoever says \"I'm here\" next sees it."),
        |card, button| card.buttons([button]),
    )
}

/// It was handed on.
pub fn handed_on() -> Card {
    Card::text("Handed on. The responders are called again. Thank you for the time you gave.")
}

/// After closing: for the responder alone, kept nowhere.
pub fn debrief() -> Card {
    Card::panel(
        "That was somebody's hard moment, and you were there",
        "You did not have to fix it. If you like, before you go on:\n\
         • Put both feet on the floor and breathe out slowly, a few times.\n\
         • What is yours to carry from this, and what is theirs?\n\
         • Whom could you tell that it was a hard talk, without telling the story?\n\n\
         If it stays with you, `/helplines` is for you as well, and `/oncall remove` takes you off the rota, no reason needed.",
    )
    .footer("Only you see this, and nothing of it is kept.")
}

/// Nothing happened, because it is over.
pub fn over(concern: &Concern) -> Card {
    Card::text(match concern.state {
        State::Withdrawn => "They took it back. Nothing more is needed.",
        State::Waiting | State::Answered | State::Backup | State::Unanswered | State::Closed => {
            "This is closed already. Thank you for looking."
        }
    })
}

/// Somebody else is there.
pub fn taken(who: UserId) -> Card {
    Card::text(format!("<@{who}> is there already. If a second person is wanted, they press \"Need backup\"."))
}

/// They are there already.
pub fn already_here() -> Card {
    Card::text("You're there already. \"Need backup\" calls a second person, \"Hand on\" calls another.")
}

/// Nobody is there yet.
pub fn nobody_yet() -> Card {
    Card::text("Nobody is there yet. Press \"I'm here\" first.")
}

/// The member presses their own call.
pub fn own_call() -> Card {
    Card::text("This is your own. The others can press it. If you don't need it any more, `/now` takes it back.")
}

/// A link to the message where words stand.
pub fn link(guild: crate::ids::GuildId, (channel, message): (ChannelId, MessageId)) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}
