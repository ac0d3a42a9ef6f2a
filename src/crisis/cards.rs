//! The words of the pointer, the neutral line and the helplines.
//!
//! Wording follows public safe-messaging guidance: the 988 Lifeline's and Vibrant's advice for online
//! communities, Orygen's #chatsafe guidelines, Samaritans' media guidelines, and Stanley and Brown's
//! safety planning: warm, short, no method, no promise, no judgement, a human within reach.

use chrono::{DateTime, Utc};

use super::lexicon::{Level, Topic};
use super::model::Noticed;
use crate::card::{Button, Card, Press, Style};
use crate::helplines::{Ask, Country, CountryCode, Directory, Helpline, Offer, Reach, Standing, Topic as Line, Way};
use crate::ids::{ChannelId, GroupId, RoleId, UserId};
use crate::roster::Known;

/// Most helplines on one card: more is a wall, and choosing is hard on a bad evening.
const SHOWN: usize = 2;
/// Most helplines that `/helplines` lists.
const LISTED: usize = 6;

/// Most groups offered to somebody who wants a person and belongs to several: one row of buttons.
const GROUPS_OFFERED: usize = 5;
/// Most letters of a group's name on a button; Discord takes 80.
const LABEL_LETTERS: usize = 60;

/// The words of the line in the channel.
const LINE: &str = "There is a private note here for someone. It opens only for the person it is for.";
/// What stays of it.
const LINE_OPENED: &str = "This note has been opened.";

/// The line in the channel. It names nobody and nothing, so that nobody is exposed by it.
pub fn neutral_line(note: &str, late: bool) -> Card {
    let late = if late { " It comes late, because I was away." } else { "" };
    Card::text(format!("{LINE}{late}"))
        .buttons([Button::new("Open the note", Press::new("crisis", "open").arg(note)).style(Style::Primary)])
        .silently()
}

/// What stays of the line when its note was opened.
pub fn note_opened() -> Card {
    Card::text(LINE_OPENED).silently()
}

/// Whether a message of ours with this text is, or was, the line of a note.
pub fn is_note(text: &str) -> bool {
    text.starts_with(LINE) || text == LINE_OPENED
}

/// Somebody pressed a note that is not theirs: nothing of what it is about, and help all the same.
pub fn not_yours(here: &Here<'_>) -> Card {
    helplines_with(here, "This note is for somebody else. If you would like somebody to talk to yourself:")
}

/// A note that cannot be opened any more.
pub fn note_over(here: &Here<'_>) -> Card {
    helplines_with(here, "This note cannot be opened any more. These are there all the same:")
}

fn helplines_with(here: &Here<'_>, words: &str) -> Card {
    let country = here.country.and_then(|country| here.directory.country(country));
    let mut card = match country {
        Some(country) => helplines(here, country),
        None => helplines_anywhere(here),
    };
    if let Some(panel) = &mut card.panel {
        panel.body = format!("{words}\n\n{}", panel.body);
    }
    card
}

/// Where helplines are looked for, and when.
pub struct Here<'a> {
    /// The directory.
    pub directory: &'a Directory,
    /// The country of the person, as far as it is known.
    pub country: Option<CountryCode>,
    /// The group that the buttons lead to, as far as it is known.
    pub group: Option<GroupId>,
    /// Whether it comes late after the words.
    pub late: bool,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The card that shows a way to a human, for the person who wrote.
pub fn pointer(here: &Here<'_>, noticed: Noticed) -> Card {
    if noticed.topics.contains(Topic::Bereavement) && noticed.level <= Level::ConcernOther {
        return bereaved(here);
    }
    if noticed.level == Level::ConcernOther {
        return worried(here, noticed);
    }
    let mut lines = Vec::new();
    if noticed.level == Level::Imminent {
        lines.push(emergency(here, noticed));
    }
    lines.push(opening(noticed).to_owned());
    lines.extend(safety_line(noticed).map(str::to_owned));
    let mut card = Card::panel(title(noticed), lines.join("\n\n"));
    for (name, value) in ways(here, line_topic(noticed), SHOWN) {
        card = card.field(name, value);
    }
    card.footer(word_check(here)).buttons(buttons(here))
}

fn word_check(here: &Here<'_>) -> String {
    let late = if here.late { "I was away when you wrote, so this comes late. " } else { "" };
    format!("{late}An automatic word check wrote this. It can be wrong, it keeps nothing, and only you see this.")
}

/// Neutral whenever a glance at the screen could be dangerous.
fn title(noticed: Noticed) -> &'static str {
    if noticed.topics.contains(Topic::DomesticViolence) {
        "A private note"
    } else {
        "You don't have to be alone with this"
    }
}

fn opening(noticed: Noticed) -> &'static str {
    if noticed.topics.contains(Topic::DomesticViolence) {
        "Some of your words made me think things may not be safe around you. What happens is not your fault."
    } else if noticed.topics.contains(Topic::EatingDisorder) {
        "It sounds like eating and your body are very hard right now. You deserve care, as you are today."
    } else if noticed.level == Level::Low {
        "It sounds like things are heavy. It doesn't have to be \"bad enough\" to talk to somebody."
    } else {
        "It sounds like it hurts a lot right now. I'm glad you wrote it down. \
         There are people who would like to listen, and you can just say \"I'm having a hard time\"."
    }
}

fn safety_line(noticed: Noticed) -> Option<&'static str> {
    if noticed.topics.contains(Topic::DomesticViolence) {
        Some("If somebody may look at your phone, use another one where you can, and delete this note after.")
    } else if noticed.topics.contains(Topic::Overdose) {
        Some("If you can, don't be alone right now. Somebody near you makes everything safer.")
    } else {
        None
    }
}

fn emergency_number(here: &Here<'_>) -> String {
    let emergency = here.country.and_then(|country| here.directory.emergency(country));
    let number = emergency.and_then(|emergency| emergency.number.clone());
    number.map_or_else(|| "your local emergency number".to_owned(), |number| number.to_string())
}

fn emergency(here: &Here<'_>, noticed: Noticed) -> String {
    let call = format!("**If your life is in danger right now, call {}.**", emergency_number(here));
    if noticed.topics.contains(Topic::DomesticViolence) {
        call
    } else {
        format!("{call} If you already took or did something, call now, even if you feel fine.")
    }
}

fn line_topic(noticed: Noticed) -> Line {
    let about = |topic| noticed.topics.contains(topic);
    if about(Topic::DomesticViolence) {
        Line::DomesticViolence
    } else if about(Topic::Suicide) || about(Topic::SelfHarm) {
        Line::SuicideCrisis
    } else if about(Topic::Overdose) {
        Line::SubstanceUse
    } else if about(Topic::EatingDisorder) {
        Line::EatingDisorder
    } else {
        Line::SuicideCrisis
    }
}

fn buttons(here: &Here<'_>) -> [Button; 3] {
    let press = |verb| {
        let press = Press::new("crisis", verb);
        // The press may come from elsewhere, such as a direct message: the group goes with it.
        here.group.iter().fold(press, Press::arg)
    };
    [
        Button::new("Ask for a person here", press("handup")).style(Style::Primary),
        Button::new("More helplines", press("more")),
        Button::new("Don't notice my words", press("mute")),
    ]
}

fn bereaved(here: &Here<'_>) -> Card {
    let mut card = Card::panel(
        "I'm sorry for your loss",
        "Grief has no right way and no timetable. If you would like to talk to somebody, these people know about loss.",
    );
    for (name, value) in ways(here, Line::Grief, SHOWN) {
        card = card.field(name, value);
    }
    card.footer(word_check(here)).buttons(buttons(here))
}

/// For somebody who worries about another person.
fn worried(here: &Here<'_>, noticed: Noticed) -> Card {
    let number = emergency_number(here);
    let title = if noticed.topics.contains(Topic::DomesticViolence) {
        title(noticed)
    } else {
        "If you are worried about someone"
    };
    let mut card =
        Card::panel(title, worried_words(noticed, &number)).field("In danger right now", format!("Call {number}."));
    for (name, value) in ways(here, line_topic(noticed), SHOWN) {
        card = card.field(name, value);
    }
    card.footer(word_check(here)).buttons(buttons(here))
}

/// First aid and words that fit the topic: general advice of the sources named above and, for an
/// overdose, of the Red Cross (call, stay, recovery position). No method, no dose.
fn worried_words(noticed: Noticed, number: &str) -> String {
    let about = |topic| noticed.topics.contains(topic);
    if about(Topic::Overdose) {
        format!(
            "**If somebody may have taken too much, call {number} now, also when you are not sure.**\n\n\
             Stay with them and do what the person on the phone tells you. If they sleep or are drowsy and breathe, \
             lay them on their side. If there is naloxone at hand and it may be opioids, use it."
        )
    } else if about(Topic::DomesticViolence) {
        "You can tell them that it is not their fault, that you believe them, and listen. \
         They know best what is safe when, so let them choose the pace, and don't write where somebody else may read it."
            .to_owned()
    } else if about(Topic::Suicide) || about(Topic::SelfHarm) {
        "You can ask them plainly, in private: \"Are you thinking about suicide?\" Asking does not put the idea there. \
         Then listen. You don't have to fix it. If they may be in danger right now, stay with them if you can.\n\n\
         Helplines also talk with people who worry about somebody."
            .to_owned()
    } else if about(Topic::EatingDisorder) {
        "You can tell them, in private, that you care and that you are there, and listen. Leave weight, food and looks out \
         of it. You don't have to fix it.\n\nHelplines also talk with people who worry about somebody."
            .to_owned()
    } else {
        "You can ask them, in private, how they really are, and listen. You don't have to fix it.\n\n\
         Helplines also talk with people who worry about somebody."
            .to_owned()
    }
}

/// One or two ways to a human: a name, and how to reach it. Never empty.
fn ways(here: &Here<'_>, topic: Line, count: usize) -> Vec<(String, String)> {
    let offers = here
        .country
        .map(|country| {
            here.directory.nearest(country, &Ask { topic, written_first: true, languages: Vec::new() }, here.now)
        })
        .unwrap_or_default();
    let open = offers.iter().any(|offer| offer.standing != Standing::Shut);
    let mut fields: Vec<(String, String)> =
        offers.iter().take(count).map(|offer| (offer.line.name.to_string(), describe(offer, here.now))).collect();
    if fields.is_empty() || !open {
        fields.truncate(count.saturating_sub(1).max(1));
        fields.extend(finder(here.directory));
    }
    fields
}

fn finder(directory: &Directory) -> Option<(String, String)> {
    let finder = directory.international().first()?;
    Some((finder.name.to_string(), format!("{}\n{}", finder.about, finder.website)))
}

fn describe(offer: &Offer, now: DateTime<Utc>) -> String {
    let mut parts: Vec<String> = offer.line.ways_at(now, true).into_iter().take(3).map(way).collect();
    let when = match offer.standing {
        Standing::Open if offer.line.is_always_open() => "Open day and night.".to_owned(),
        Standing::Open => "Open now.".to_owned(),
        Standing::Unknown => format!("Hours: {}.", offer.line.hours().words()),
        Standing::Shut => match offer.line.opens_at(now) {
            Some(at) => format!("Opens <t:{}:R>.", at.timestamp()),
            None => format!("Hours: {}.", offer.line.hours().words()),
        },
    };
    parts.push(when);
    parts.join("\n")
}

fn way(way: &Way) -> String {
    let first_word = way.first_word.as_ref().map(|word| format!(" (send: {word})")).unwrap_or_default();
    let note = way.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    match way.reach {
        Reach::Call => format!("Call **{}**{note}", way.address),
        Reach::Text => format!("Text **{}**{first_word}", way.address),
        Reach::Chat => format!("Chat: {}", way.address),
        Reach::Whatsapp => format!("WhatsApp **{}**{first_word}", way.address),
    }
}

/// The helplines of a country, for `/helplines`.
pub fn helplines(here: &Here<'_>, country: &Country) -> Card {
    let mut card = Card::panel(
        format!("Somebody to talk to in {}", country.name),
        "These are run by other people, not by us. You don't need a big reason to call.",
    );
    let mut shown: Vec<&str> = Vec::new();
    for topic in [
        Line::SuicideCrisis,
        Line::GeneralCrisis,
        Line::SubstanceUse,
        Line::DomesticViolence,
        Line::EatingDisorder,
        Line::PeerWarmline,
    ] {
        let offers =
            here.directory.lines(country.code, &Ask { topic, written_first: false, languages: Vec::new() }, here.now);
        let fresh = offers.iter().find(|offer| !shown.contains(&&*offer.line.id));
        if let Some(offer) = fresh.filter(|_| shown.len() < LISTED) {
            card =
                card.field(offer.line.name.to_string(), format!("{}\n{}", offer.line.about, describe(offer, here.now)));
            // The id lives as long as the directory does.
            if let Some(line) = here.directory.line(&offer.line.id) {
                shown.push(line_id(line));
            }
        }
    }
    if let Some((name, value)) = finder(here.directory) {
        card = card.field(name, value);
    }
    if let Some(number) = &country.emergency.number {
        card = card.field("Emergency", format!("Call **{number}**"));
    }
    card.footer("Only you see this. Numbers change: each line's own site has the last word.")
}

fn line_id(line: &Helpline) -> &str {
    &line.id
}

/// Nobody knows the country: the directory of directories, and how to ask for one.
pub fn helplines_anywhere(here: &Here<'_>) -> Card {
    let mut card =
        Card::panel("Somebody to talk to", "Tell me a country and I'll show its lines: `/helplines country:US`");
    if let Some((name, value)) = finder(here.directory) {
        card = card.field(name, value);
    }
    card.footer("Only you see this.")
}

/// What will be posted when somebody asks for a person, before it is: exactly that.
pub fn hand_up_preview(known: &Known, user: UserId) -> Card {
    let posted = hand_up(user, known.facilitator_role).text;
    Card::panel(
        "Ask for a person",
        format!(
            "I would post this where the facilitators look, <#{}>. Everybody who can read that channel will see it:\n\n\
             > {posted}\n\nNothing you wrote is passed on.",
            known.facilitator_channel
        ),
    )
    .buttons([
        Button::new("Post it", Press::new("crisis", "handup_yes").arg(known.group)).style(Style::Primary),
        Button::new("Not now", Press::new("crisis", "handup_no")),
    ])
    .footer("Only you see this.")
}

/// Somebody wants a person and belongs to several groups.
pub fn which_group(groups: &[Known]) -> Card {
    Card::panel("Ask for a person", "In which group? Nothing is posted yet.")
        .buttons(groups.iter().take(GROUPS_OFFERED).map(|known| {
            let name: String = known.name.chars().take(LABEL_LETTERS).collect();
            Button::new(name, Press::new("crisis", "handup").arg(known.group))
        }))
        .footer("Only you see this.")
}

/// The call for a person, by that person's own wish.
pub fn hand_up(user: UserId, role: Option<RoleId>) -> Card {
    let line = format!("<@{user}> would like someone to reach out. A short \"I'm here\" is enough.");
    match role {
        Some(role) => Card::text(format!("<@&{role}> {line}")).ping_role(role),
        None => Card::text(line),
    }
}

/// The call was posted.
pub fn hand_up_posted(channel: ChannelId) -> Card {
    Card::text(format!(
        "It's posted in <#{channel}>. If nobody answers soon, please don't wait: the helplines are there now. `/helplines`"
    ))
}

/// The call was posted a moment ago already.
pub fn hand_up_already(channel: ChannelId) -> Card {
    Card::text(format!(
        "It is already posted in <#{channel}>, a moment ago. Please don't wait for it: the helplines are there now. `/helplines`"
    ))
}

/// The call could not be posted yet, and is tried again.
pub fn hand_up_trying(channel: ChannelId) -> Card {
    Card::text(format!(
        "I could not post it in <#{channel}> yet. I keep trying, but please don't wait: the helplines are there now. `/helplines`"
    ))
}

/// The call could not be posted.
pub fn hand_up_failed(channel: ChannelId) -> Card {
    Card::text(format!(
        "I could not post it in <#{channel}>. Please don't wait: the helplines are there now. `/helplines`"
    ))
}

/// The call was not posted.
pub fn hand_up_not_now() -> Card {
    Card::text("Okay. Nothing was posted. `/helplines` is always there.")
}

/// There is no group whose people could be asked.
pub fn nobody_here() -> Card {
    Card::text("I can't reach a person for you from here. Please try one of the helplines: `/helplines` shows them.")
}

/// Words are not noticed any more.
pub fn muted() -> Card {
    Card::text(
        "Okay. I won't look at your words any more. `/helplines` works whenever you want it, and `/privacy` turns this on again.",
    )
}

/// Somebody wrote to the bot directly: what can be done here, and that nobody reads along.
pub fn hello() -> Card {
    Card::text(
        "Hi. I'm a bot, so I can't talk with you, and nobody reads what you write here.\n\
         Here: `/helplines` finds somebody to talk to, any time.\n\
         In your server: `/checkin` says how you are, `/sessions` shows what comes next, `/me` sets your hours, \
         `/privacy` shows what I keep.",
    )
    .buttons([Button::new("Talk to somebody", Press::new("crisis", "more"))])
}
