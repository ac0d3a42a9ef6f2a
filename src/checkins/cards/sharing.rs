//! What sharing says: what can be shared, how it will look, and that it is on its way or gone.

use super::super::model::{Answer, NOTE_LIMIT, Part, Setup, Share, Shared, Window, With};
use super::mood_words;
use super::more::{energy_words, halt_value, sleep_words, taken_words};
use crate::calendar::date_words;
use crate::card::{BODY_LIMIT, Button, Card, Input, Modal, Press, Select, Style, inert};
use crate::groups::Group;
use crate::ids::{PracticeId, PromptId, ShareId, UserId};

/// Most characters of one shared part once it is made inert; five such parts fit a panel.
const PART_LIMIT: usize = BODY_LIMIT / 5;

/// The button that begins sharing an answer.
pub fn share_button(prompt: PromptId) -> Button {
    Button::new("Share", Press::new("checkins", "share").arg(prompt).arg(0))
}

/// What of an answer could be shared, with its heading, in the order of [`Part::ALL`] without all of it.
fn parts(answer: &Answer, setup: &Setup) -> Vec<(Part, String, String)> {
    let own = |at: usize| {
        let question = setup.own.get(at)?;
        Some((question.clone(), answer.own_text(question)?.to_owned()))
    };
    let said = |part: Part| -> Option<(String, String)> {
        let (heading, words) = match part {
            Part::All => return None,
            Part::Mood => ("How it is", mood_words(answer.mood?).to_owned()),
            Part::Energy => ("Energy", energy_words(answer.energy?).to_owned()),
            Part::Sleep => ("Sleep", sleep_words(answer.sleep?).to_owned()),
            Part::Urge => ("Urge or craving, 0 to 10", answer.urge?.number().to_string()),
            Part::Halt => ("Hungry, angry, lonely, tired", halt_value(answer.halt.as_ref()?)),
            Part::Medication => ("Medication", taken_words(answer.medication?).to_owned()),
            Part::Win => ("One small win", answer.win.clone()?),
            Part::Line => ("In their words", answer.line.clone()?),
            Part::First => return own(0),
            Part::Second => return own(1),
        };
        Some((heading.to_owned(), words))
    };
    Part::ALL.into_iter().filter_map(|part| said(part).map(|(heading, words)| (part, heading, words))).collect()
}

/// One part of an answer, or all of it, as it would be shared; nothing when it is not there.
pub fn part_of(window: &Window, answer: &Answer, setup: &Setup, part: Part) -> Option<Shared> {
    let wanted = parts(answer, setup).into_iter().filter(|(one, ..)| part == Part::All || *one == part);
    let parts: Vec<(String, String)> = wanted.map(|(_, heading, words)| (heading, words)).collect();
    (!parts.is_empty()).then_some(Shared::Answer { on_date: window.on_date, parts })
}

/// What of an answer can be shared, and what was shared lately and can be taken back.
pub fn share_what(
    found: Option<(&Window, &Answer, &Setup)>,
    with: Option<UserId>,
    lately: &[Share],
    group: &Group,
) -> Card {
    let offered = found.map(|(window, answer, setup)| (window, parts(answer, setup)));
    let mut card = match &offered {
        Some((window, parts)) if !parts.is_empty() => {
            let names = |part: Part, heading: &str| match part {
                Part::Line => "My line".to_owned(),
                Part::Mood => "How I am".to_owned(),
                _ => heading.chars().take(90).collect(),
            };
            let mut options: Vec<(String, String)> =
                parts.iter().map(|(part, heading, _)| (part.word().to_owned(), names(*part, heading))).collect();
            if options.len() > 1 {
                options.push((Part::All.word().to_owned(), "All of it".to_owned()));
            }
            let whom = with.map(|user| format!(" with <@{user}>")).unwrap_or_default();
            Card::text(format!(
                "**{}.** What would you like to share{whom}? You see it first, and you can take it back.",
                date_words(window.on_date)
            ))
            .select(Select {
                press: Press::new("checkins", "share_pick").arg(window.id).arg(with.map_or(0, UserId::raw)),
                placeholder: "Share this, and nothing else".into(),
                options,
                choose: (1, 1),
            })
        }
        Some(_) | None => Card::text(
            "There is no check-in to share yet. After a `/checkin` you can share one thing of it; `/mood` shares a picture.",
        ),
    };
    if !lately.is_empty() {
        card.text.push_str("\nWhat you shared lately can be taken back:");
        card = card.buttons(lately.iter().map(|share| take_back_button(take_back_words(share, group), share.id)));
    }
    card
}

fn take_back_words(share: &Share, group: &Group) -> String {
    let whom = match share.with {
        Some(With::Channel(_)) if share.group == group.id => "in the channel",
        Some(With::Channel(_)) => "in another channel",
        Some(With::Facilitators(_)) => "with facilitators",
        Some(With::Person(_)) | None => "with one person",
    };
    format!("Take back: {}, {whom}", share.made_at.format("%-d %b"))
}

fn take_back_button(label: impl Into<String>, share: ShareId) -> Button {
    Button::new(label, Press::new("checkins", "unshare").arg(share))
}

/// Something shared, as those see it with whom it is shared. Nobody is pinged, and nothing in it works as
/// a mention, a link or markdown.
pub fn shared(author: UserId, shared: &Shared, with: Option<With>, share: Option<ShareId>) -> Card {
    let (lead, body) = match shared {
        Shared::Answer { on_date, parts } => {
            let said = parts.iter().map(|(heading, words)| format!("**{}**\n{}", inert(heading), fitting(words)));
            (format!("<@{author}> shares something of {}.", date_words(*on_date)), said.collect::<Vec<_>>().join("\n"))
        }
        Shared::Chart { .. } => (format!("<@{author}> shares how their days were."), String::new()),
        Shared::Practice { title, note } => {
            (format!("<@{author}> shares a note on home practice."), format!("**{}**\n{}", inert(title), fitting(note)))
        }
    };
    let mut card = if body.is_empty() { Card::text(lead) } else { Card { text: lead, ..Card::panel("", body) } };
    card = card.silently();
    match (with, share) {
        (Some(With::Person(_)), _) => {
            card.text.push_str("\n-# It is for you alone. You get it because you said yes to direct messages; `/privacy` in your server changes that.");
            card
        }
        (_, Some(share)) => card.buttons([take_back_button("Take it back", share)]),
        (_, None) => card,
    }
}

/// Words of a member made inert, line by line, and cut where they would not fit.
fn fitting(words: &str) -> String {
    let calm = |text: &str| text.lines().map(inert).collect::<Vec<_>>().join("\n");
    let mut kept: String = words.chars().take(PART_LIMIT).collect();
    let mut out = calm(&kept);
    let whole = kept.chars().count() == words.chars().count();
    if whole && out.chars().count() <= PART_LIMIT {
        return out;
    }
    while out.chars().count() >= PART_LIMIT {
        // Every character becomes two at most, so dropping half of what is over is never too much.
        let over = (out.chars().count() - PART_LIMIT) / 2 + 1;
        kept = kept.chars().take(kept.chars().count().saturating_sub(over)).collect();
        out = calm(&kept);
    }
    out.push('…');
    out
}

/// The preview: exactly what will be seen, and with whom it can be shared.
pub fn share_preview(mut seen: Card, share: ShareId, group: &Group, with: Option<UserId>) -> Card {
    let to = |place: &str| Press::new("checkins", "share_to").arg(share).arg(place);
    let mut buttons = Vec::new();
    let whom = match with {
        Some(user) => {
            buttons.push(Button::new("Send it", to("person").arg(user)).style(Style::Primary));
            format!("<@{user}> alone sees this, by direct message, when they can be written to")
        }
        None => {
            buttons.push(Button::new("Post in the channel", to("channel")));
            if group.facilitator_channel.is_some() {
                buttons.push(Button::new("To the facilitators", to("facilitators")));
            }
            format!("This is what will be seen, in <#{}> or where facilitators talk, and nothing else", group.channel)
        }
    };
    buttons.push(Button::new("Not now", Press::new("checkins", "share_no")));
    seen.text = format!("{whom}:\n\n{}", seen.text);
    seen.rows.clear();
    let one = if with.is_none() { "\n-# For one person: `/share with:`" } else { "" };
    seen.text.push_str(one);
    seen.silent = false;
    seen.buttons(buttons)
}

/// It is on its way.
pub fn share_sent(share: ShareId, with: With) -> Card {
    let told = match with {
        With::Channel(channel) => format!("Shared in <#{channel}>."),
        With::Facilitators(_) => "Shared where the facilitators talk.".to_owned(),
        With::Person(user) => format!("It goes to <@{user}>, when they can be written to."),
    };
    Card::text(format!("{told} You can take it back whenever you like: here, or with `/share`."))
        .buttons([take_back_button("Take it back", share)])
}

/// It was not shared.
pub fn not_shared() -> Card {
    Card::text("Okay. Nothing was shared.")
}

/// It was taken back.
pub fn taken_back(gone: bool) -> Card {
    Card::text(if gone {
        "It's taken back. Nobody can see it here any more; somebody may have read it before."
    } else {
        "It's taken back. Discord can't be reached right now: the message is deleted as soon as it can."
    })
}

/// The form for a note on a home practice that is to be shared.
pub fn note_form(practice: PracticeId) -> Modal {
    Modal {
        press: Press::new("checkins", "share_note").arg(practice),
        title: "Share a note".into(),
        inputs: vec![Input {
            id: "note".into(),
            label: "You see it before anybody else does".into(),
            placeholder: "What you noticed, what was hard, what helped".into(),
            value: String::new(),
            long: true,
            required: true,
            limit: NOTE_LIMIT,
        }],
    }
}
