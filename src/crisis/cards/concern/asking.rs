//! What a member reads who asks for a person: what is posted, what became of it, and the truth when nobody came.

use super::super::Here;
use super::super::pointer::ways;
use super::super::words::Language;
use super::wish;
use crate::card::{Button, Card, Input, Modal, Press, Style};
use crate::crisis::model::concern::WORDS_LIMIT;
use crate::helplines::Topic as Line;
use crate::ids::{ChannelId, GroupId, RoleId, UserId};
use crate::roster::Known;

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
