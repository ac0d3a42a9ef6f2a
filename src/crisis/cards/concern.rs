//! What responders read of a concern, and what the member reads of it.
//!
//! Responders see that somebody needs a person, never what they wrote, unless the member chose to say it.

use chrono::{DateTime, Utc};

use super::Here;
use super::pointer::ways;
use super::words::Language;
use crate::calendar::{Weekdays, time_words};
use crate::card::{Button, Card, Input, Modal, Press, Style, inert};
use crate::crisis::lexicon::{Level, Topic};
use crate::crisis::model::Noticed;
use crate::crisis::model::concern::{Circle, Concern, Duty, Handed, Kind, LOAD, State, Step, WORDS_LIMIT, What};
use crate::groups::Group;
use crate::helplines::Topic as Line;
use crate::ids::{ChannelId, GroupId, MessageId, RoleId, UserId};
use crate::roster::{Circles, Known};

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

/// Asks for the words that go with a call.
pub fn words_form(group: GroupId) -> Modal {
    Modal {
        press: Press::new("crisis", "handup_words").arg(group),
        title: "Your words, and post it".into(),
        inputs: vec![Input {
            id: "words".into(),
            label: "Everybody in that channel will read this".into(),
            placeholder: "Such as: a bad evening, somebody to write with would help".into(),
            value: String::new(),
            long: true,
            required: false,
            limit: WORDS_LIMIT,
        }],
    }
}

/// The member took their call back, or there was nothing to take back.
pub fn taken_back(language: Language, taken: bool) -> Card {
    let more = language.more();
    Card::text(if taken { more.taken_back } else { more.nothing_to_take_back })
}

/// The truth for somebody who asked, when nobody answered, with the warm alternatives.
pub fn truth(here: &Here<'_>) -> Card {
    let more = here.language.more();
    let mut card = Card::panel(more.truth_title, more.truth_body);
    for (name, value) in ways(here, Line::GeneralCrisis, 2) {
        card = card.field(name, value);
    }
    let press = |verb| here.group.iter().fold(Press::new("crisis", verb), Press::arg);
    card.buttons([
        Button::new(more.truth_again, press("handup")),
        Button::new(here.language.words().more, press("more")),
    ])
    .footer(more.truth_footer)
}

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

/// What will be posted when somebody asks for a person, before it is: exactly that. Where there is a rota, who
/// is on call at that moment is named first.
pub fn hand_up_preview(
    known: &Known,
    user: UserId,
    (channel, role): (ChannelId, Option<RoleId>),
    rota: bool,
    language: Language,
) -> Card {
    let more = language.more();
    let first = if rota { format!(" {}", more.hand_preview_rota) } else { String::new() };
    let called = role.map(|role| format!("<@&{role}> ")).unwrap_or_default();
    Card::panel(
        more.hand_title,
        format!(
            "{}\n\n> {called}{}\n\n{}{first}",
            in_channel(more.hand_preview, channel),
            wish(user),
            more.hand_preview_after
        ),
    )
    .buttons([
        Button::new(more.hand_post, Press::new("crisis", "handup_yes").arg(known.group)).style(Style::Primary),
        Button::new(more.hand_words, Press::new("crisis", "handup_say").arg(known.group)),
        Button::new(more.hand_not_now, Press::new("crisis", "handup_no")),
    ])
    .footer(more.only_you)
}

fn in_channel(line: &str, channel: ChannelId) -> String {
    line.replace("{channel}", &format!("<#{channel}>"))
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is posted; how long each circle has, where that is kept.
    Posted(Option<u32>),
    /// It is open already.
    Already,
    /// It is tried again.
    Trying,
    /// It could not be posted.
    Failed,
}

/// What became of a call for a person, for the member.
pub fn hand_up_became(group: GroupId, channel: ChannelId, became: Became, language: Language) -> Card {
    let more = language.more();
    let text = |line| Card::text(in_channel(line, channel));
    match became {
        Became::Posted(minutes) => {
            let then = minutes.map(|minutes| format!("{} ", more.hand_then.replace("{minutes}", &minutes.to_string())));
            text(&more.hand_posted.replace("{then}", &then.unwrap_or_default())).buttons([take_back(group, language)])
        }
        Became::Already => text(more.hand_already).buttons([take_back(group, language)]),
        Became::Trying => text(more.hand_trying),
        Became::Failed => text(more.hand_failed),
    }
}

/// The button that takes a call back.
pub fn take_back(group: GroupId, language: Language) -> Button {
    Button::new(language.more().take_back, Press::new("crisis", "take_back").arg(group))
}

/// A link to the message where words stand.
pub fn link(guild: crate::ids::GuildId, (channel, message): (ChannelId, MessageId)) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}
