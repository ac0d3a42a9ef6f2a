//! The pointer: a way to a human, for the person who wrote.

use chrono::{DateTime, Utc};

use super::words::{Language, Words};
use super::{Here, finder};
use crate::card::{Button, Card, Press, Style, inert};
use crate::crisis::lexicon::{Level, Topic};
use crate::crisis::model::Noticed;
use crate::helplines::{Ask, Helpline, Offer, Reach, Standing, Topic as Line, Way};

/// Most helplines on one card: more is a wall, and choosing is hard on a bad evening.
pub(super) const SHOWN: usize = 2;
/// Most lines that a group added which are shown beside them.
const OWN_SHOWN: usize = 1;

/// The card that shows a way to a human, for the person who wrote; `phrase` is what was found, for "this was
/// wrong".
pub fn pointer(here: &Here<'_>, noticed: Noticed, phrase: Option<&str>) -> Card {
    let words = here.language.words();
    if noticed.topics.contains(Topic::Bereavement) && noticed.level <= Level::ConcernOther {
        let card = Card::panel(words.title_loss, words.loss);
        return with_buttons(with_ways(card, here, Line::Grief), here, phrase);
    }
    if noticed.level == Level::ConcernOther {
        return worried(here, noticed, phrase);
    }
    let mut lines = Vec::new();
    if noticed.level == Level::Imminent {
        lines.push(emergency(here, noticed));
    }
    lines.push(opening(words, noticed).to_owned());
    lines.extend(safety_line(words, noticed).map(str::to_owned));
    let card = Card::panel(title(words, noticed), lines.join("\n\n"));
    with_buttons(with_ways(card, here, line_topic(noticed)), here, phrase)
}

fn with_ways(card: Card, here: &Here<'_>, topic: Line) -> Card {
    ways(here, topic, SHOWN).into_iter().fold(card, |card, (name, value)| card.field(name, value))
}

fn with_buttons(card: Card, here: &Here<'_>, phrase: Option<&str>) -> Card {
    let words = here.language.words();
    let [person, why, more] = first_buttons(here);
    let wrong = phrase.map(|phrase| {
        let press = Press::new("crisis", "wrong").arg(phrase);
        Button::new(words.wrong, here.group.iter().fold(press, Press::arg))
    });
    let mute = Button::new(words.mute, press(here, "mute"));
    let late = if here.late { format!("{} ", words.late) } else { String::new() };
    let told = if here.tells { format!(" {}", here.language.more().responders_told) } else { String::new() };
    card.footer(format!("{late}{}{told}", words.word_check))
        .buttons([person, why, more])
        .buttons(wrong.into_iter().chain([mute]))
}

/// The buttons that every card with ways to a human has: a person, the reasons, more helplines.
pub(super) fn first_buttons(here: &Here<'_>) -> [Button; 3] {
    let words = here.language.words();
    [
        Button::new(words.person, press(here, "handup")).style(Style::Primary),
        Button::new(words.why, press(here, "why")),
        Button::new(words.more, press(here, "more")),
    ]
}

/// The press may come from elsewhere, such as a direct message: the group goes with it.
fn press(here: &Here<'_>, verb: &str) -> Press {
    here.group.iter().fold(Press::new("crisis", verb), Press::arg)
}

/// Neutral whenever a glance at the screen could be dangerous.
fn title(words: &Words, noticed: Noticed) -> &'static str {
    if noticed.topics.contains(Topic::DomesticViolence) { words.title_private } else { words.title }
}

fn opening(words: &Words, noticed: Noticed) -> &'static str {
    if noticed.topics.contains(Topic::DomesticViolence) {
        words.opening_home
    } else if noticed.topics.contains(Topic::EatingDisorder) {
        words.opening_eating
    } else if noticed.level == Level::Low {
        words.opening_low
    } else {
        words.opening
    }
}

fn safety_line(words: &Words, noticed: Noticed) -> Option<&'static str> {
    if noticed.topics.contains(Topic::DomesticViolence) {
        Some(words.device)
    } else if noticed.topics.contains(Topic::Overdose) {
        Some(words.not_alone)
    } else {
        None
    }
}

/// A line with the emergency number filled in; where our sources are weak, it says so.
pub(super) fn with_number(here: &Here<'_>, line: &str) -> String {
    let words = here.language.words();
    let emergency = here.country.and_then(|country| here.directory.emergency(country));
    let number = emergency.and_then(|emergency| emergency.number.as_deref());
    let line = line.replace("{number}", number.unwrap_or(words.emergency_local));
    match emergency {
        Some(emergency) if emergency.unsure && number.is_some() => format!("{line} {}", words.emergency_unsure),
        Some(_) | None => line,
    }
}

fn emergency(here: &Here<'_>, noticed: Noticed) -> String {
    let words = here.language.words();
    let call = with_number(here, words.emergency);
    if noticed.topics.contains(Topic::DomesticViolence) { call } else { format!("{call} {}", words.taken) }
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

/// For somebody who worries about another person.
fn worried(here: &Here<'_>, noticed: Noticed, phrase: Option<&str>) -> Card {
    let words = here.language.words();
    let home = noticed.topics.contains(Topic::DomesticViolence);
    let title = if home { words.title_private } else { words.title_worried };
    let card =
        Card::panel(title, worried_words(here, noticed)).field(words.danger_now, with_number(here, words.call_number));
    with_buttons(with_ways(card, here, line_topic(noticed)), here, phrase)
}

/// First aid and words that fit the topic: general advice of the sources named above and, for an overdose, of
/// the Red Cross (call, stay, recovery position). No method, no dose.
pub(super) fn worried_words(here: &Here<'_>, noticed: Noticed) -> String {
    let words = here.language.words();
    let about = |topic| noticed.topics.contains(topic);
    if about(Topic::Overdose) {
        with_number(here, words.worried_overdose)
    } else if about(Topic::DomesticViolence) {
        words.worried_home.to_owned()
    } else if about(Topic::Suicide) || about(Topic::SelfHarm) {
        words.worried_suicide.to_owned()
    } else if about(Topic::EatingDisorder) {
        words.worried_eating.to_owned()
    } else {
        words.worried.to_owned()
    }
}

/// "Why I might not call": four reasons with one honest line each. What a line does about the police is said
/// only where a source of the directory says it.
pub fn reasons(here: &Here<'_>, noticed: Option<Noticed>) -> Card {
    let more = here.language.more();
    let topic = noticed.map_or(Line::SuicideCrisis, line_topic);
    // What the directory says of a line is English, which half a Spanish card should not be.
    let reads = here.language != Language::Es;
    let known = offers(here, topic).into_iter().take(SHOWN).filter(|_| reads).find_map(|offer| {
        let policy = offer.line.police_policy.as_deref()?;
        Some(more.why_police_known.replace("{name}", &offer.line.name).replace("{policy}", policy))
    });
    let police = known.unwrap_or_else(|| more.why_police.1.to_owned());
    let [person, _, lines] = first_buttons(here);
    Card::panel(more.why_title, "")
        .field(more.why_police.0, police)
        .field(more.why_small.0, more.why_small.1)
        .field(more.why_quiet.0, more.why_quiet.1)
        .field(more.why_before.0, more.why_before.1)
        .footer(more.only_you)
        .buttons([person, lines])
}

fn offers(here: &Here<'_>, topic: Line) -> Vec<Offer> {
    let languages = vec![here.language.code().to_owned()];
    let ask = Ask { topic, written_first: true, languages };
    here.country.map(|country| here.directory.nearest(country, &ask, here.now)).unwrap_or_default()
}

/// One or two ways to a human: a name, and how to reach it. Never empty.
pub(super) fn ways(here: &Here<'_>, topic: Line, count: usize) -> Vec<(String, String)> {
    let offers = offers(here, topic);
    let open = offers.iter().any(|offer| offer.standing != Standing::Shut);
    let mut fields: Vec<(String, String)> =
        offers.iter().take(count).map(|offer| (offer.line.name.to_string(), describe(here, offer))).collect();
    let fits = |line: &&Helpline| line.is_about(topic) || line.is_about(Line::GeneralCrisis);
    let own: Vec<&Helpline> = here.own.iter().map(|line| &**line).filter(fits).take(OWN_SHOWN).collect();
    if fields.is_empty() || !open {
        fields.truncate(count.saturating_sub(1).max(1));
        fields.extend(finder(here.directory));
    }
    fields.extend(own.into_iter().map(|line| own_field(here, line)));
    fields
}

/// A line that the group added, after the official ones.
pub(super) fn own_field(here: &Here<'_>, line: &Helpline) -> (String, String) {
    let standing = line.standing(here.now);
    let offer = Offer { line: std::sync::Arc::new(line.clone()), standing };
    (inert(&line.name), format!("{}\n-# {}", describe(here, &offer), here.language.more().lines_own))
}

/// How a line is reached and when.
pub(super) fn describe(here: &Here<'_>, offer: &Offer) -> String {
    let words = here.language.words();
    let mut parts: Vec<String> =
        offer.line.ways_at(here.now, true).into_iter().take(3).map(|one| way(words, one)).collect();
    parts.push(when(words, offer, here.now));
    parts.join("\n")
}

fn when(words: &Words, offer: &Offer, now: DateTime<Utc>) -> String {
    let hours = || words.hours.replace("{hours}", offer.line.hours().words().trim_end_matches('.'));
    match offer.standing {
        Standing::Open if offer.line.is_always_open() => words.always_open.to_owned(),
        Standing::Open => words.open_now.to_owned(),
        Standing::Unknown => hours(),
        Standing::Shut => match offer.line.opens_at(now) {
            Some(at) => words.opens.replace("{when}", &format!("<t:{}:R>", at.timestamp())),
            None => hours(),
        },
    }
}

fn way(words: &Words, way: &Way) -> String {
    let send = |word: &str| format!(" ({})", words.send.replace("{word}", word));
    let first_word = way.first_word.as_deref().map(send).unwrap_or_default();
    let note = way.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    match way.reach {
        Reach::Call => format!("{} **{}**{note}", words.call, way.address),
        Reach::Text => format!("{} **{}**{first_word}", words.text, way.address),
        Reach::Chat => format!("{}: {}", words.chat, way.address),
        Reach::Whatsapp => format!("WhatsApp **{}**{first_word}", way.address),
    }
}
