//! What is said to people who come to a session, or do not: answers, places, their own reminders, and the note to
//! somebody who was missed. Warm, never a reproach.

use super::schedule::fit;
use super::{lately, reminder_text, venue};
use crate::calendar::{Lead, moment_words};
use crate::card::{Button, Card, FIELD_LIMIT, Input, Modal, People, Press, Select, Style, inert};
use crate::groups::Group;
use crate::ids::{GroupId, SeriesId};
use crate::sessions::model::attending::{
    Audience, Entry, MARKED_AT_ONCE, Mine, Reason, Reply, Roll, Seat, SeenBy, Tally, Who, Wish,
};
use crate::sessions::model::{Details, Occurrence, Series};

/// The leads offered without typing, shortest first: what fits one select and most days.
const LEADS_OFFERED: [&str; 12] = ["10m", "15m", "30m", "45m", "1h", "2h", "3h", "4h", "8h", "12h", "1d", "2d"];
/// Most characters of leads that are typed; five of them never need more.
const LEADS_TYPED: u16 = 60;

/// The words on the button of an answer.
fn label(reply: Reply) -> &'static str {
    match reply {
        Reply::Going => "Going",
        Reply::Late => "Late",
        Reply::Maybe => "Maybe",
        Reply::Cannot => "Can't make it",
    }
}

/// The buttons by which people answer to one occurrence. They name the time they were drawn for, so that a press
/// on an old card is noticed.
pub fn answer_row(series: SeriesId, occurrence: &Occurrence, chosen: Option<Reply>) -> Vec<Button> {
    let at = occurrence.starts_at().timestamp();
    let press = |reply: Reply| Press::new("sessions", "rsvp").arg(series).arg(occurrence.id).arg(at).arg(reply.word());
    let style = |reply| if chosen == Some(reply) { Style::Primary } else { Style::Plain };
    Reply::ALL.into_iter().map(|reply| Button::new(label(reply), press(reply)).style(style(reply))).collect()
}

fn when(occurrence: &Occurrence) -> String {
    let at = occurrence.starts_at().timestamp();
    format!("<t:{at}:F> (<t:{at}:R>)")
}

/// How many come, for everybody where a facilitator allowed it.
pub fn tally_words(tally: &Tally, details: &Details) -> String {
    let coming = tally.going + tally.late;
    let mut words = match details.capacity {
        Some(capacity) => format!("{coming} of {capacity} places taken"),
        None if coming == 1 => "1 is coming".to_owned(),
        None => format!("{coming} are coming"),
    };
    if tally.maybe > 0 {
        words.push_str(&format!(", {} maybe", tally.maybe));
    }
    if tally.waiting > 0 {
        words.push_str(&format!(", {} on the waitlist", tally.waiting));
    }
    words
}

/// What somebody answered, in a few words, for a line of a list.
pub fn mine_words(mine: &Mine) -> Option<String> {
    let reply = mine.reply?;
    Some(match (mine.seat, reply) {
        (Seat::Waiting, _) => format!("you are number {} on the waitlist", mine.waiting),
        (Seat::Held, _) if mine.came_free => "a place came free, and it is yours".to_owned(),
        (Seat::Held | Seat::None, Reply::Going) => "you're going".to_owned(),
        (Seat::Held | Seat::None, Reply::Late) => "you're coming late".to_owned(),
        (Seat::Held | Seat::None, Reply::Maybe) => "you said maybe".to_owned(),
        (Seat::Held | Seat::None, Reply::Cannot) => "you said you can't make it".to_owned(),
    })
}

/// The reply to an answer, and what somebody sees when they look at theirs.
pub fn mine(series: &Series, mine: &Mine, tally: Option<Tally>) -> Card {
    let (title, when) = (inert(&series.details.title), when(&mine.occurrence));
    let first = match (mine.seat, mine.reply) {
        (_, None) => format!("**{title}** · {when}\nYou haven't answered. That's fine."),
        (Seat::Waiting, Some(_)) => format!(
            "**{title}** is full for {when}. You are number {} on the waitlist.\nIf a place comes free, it is yours, \
             and I let you know.",
            mine.waiting
        ),
        (Seat::Held, Some(_)) if mine.came_free => {
            format!("A place came free, and it is yours: **{title}**, {when}.")
        }
        (Seat::Held | Seat::None, Some(Reply::Going)) => format!("You're going: **{title}**, {when}."),
        (Seat::Held | Seat::None, Some(Reply::Late)) => {
            format!("You're coming a little late. Thank you for saying: **{title}**, {when}.")
        }
        (Seat::Held | Seat::None, Some(Reply::Maybe)) => format!("Maybe it is: **{title}**, {when}."),
        (Seat::Held | Seat::None, Some(Reply::Cannot)) => {
            format!(
                "Okay, not this time: **{title}**, {when}.\nIt needs no reason. If you like to give one, choose who may see it."
            )
        }
    };
    let place = venue(&series.details.venue).map(|place| format!("\n{place}")).unwrap_or_default();
    let mut card = Card::text(format!("{first}{place}"))
        .buttons(answer_row(series.id, &mine.occurrence, mine.reply))
        .buttons([Button::new("My reminders", Press::new("sessions", "mine").arg(series.group))]);
    if mine.reply == Some(Reply::Cannot) {
        for seen_by in [SeenBy::Facilitators, SeenBy::Nobody] {
            card = card.select(reasons(series.id, &mine.occurrence, seen_by));
        }
    }
    let own = "Only you and the facilitators see your answer. You can change it until the start.";
    card.footer(match tally {
        Some(tally) => format!("{}. {own}", tally_words(&tally, &series.details)),
        None => own.to_owned(),
    })
}

fn reasons(series: SeriesId, occurrence: &Occurrence, seen_by: SeenBy) -> Select {
    let placeholder = match seen_by {
        SeenBy::Facilitators => "Tell the facilitators why",
        SeenBy::Nobody => "Note it for myself only",
    };
    Select {
        press: Press::new("sessions", "why").arg(series).arg(occurrence.id).arg(seen_by.word()),
        placeholder: placeholder.to_owned(),
        options: Reason::ALL.into_iter().map(|one| (one.word().to_owned(), reason_label(one).to_owned())).collect(),
        choose: (1, 1),
    }
}

fn reason_label(reason: Reason) -> &'static str {
    match reason {
        Reason::Unwell => "I'm not well",
        Reason::Transport => "Getting there",
        Reason::Childcare => "Childcare",
        Reason::Work => "Work or school",
        Reason::Appointment => "Another appointment",
        Reason::NotUpToIt => "Not up to it",
        Reason::Other => "Something else",
    }
}

/// A reason, as facilitators read it about somebody.
fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Unwell => "not well",
        Reason::Transport => "getting there",
        Reason::Childcare => "childcare",
        Reason::Work => "work or school",
        Reason::Appointment => "another appointment",
        Reason::NotUpToIt => "not up to it",
        Reason::Other => "something else",
    }
}

/// A reason was kept.
pub fn why_kept(seen_by: SeenBy) -> Card {
    Card::text(match seen_by {
        SeenBy::Facilitators => {
            "Thank you. The facilitators can see it; nobody else can, and `/privacy` shows you who looked. Take care of yourself."
        }
        SeenBy::Nobody => "Noted, locked with your own key. Only you know. Take care of yourself.",
    })
}

/// A press on a card that tells an old time.
pub fn has_moved(series: &Series, held: &Occurrence) -> Card {
    Card::text(format!(
        "That card is from before **{}** moved. It now starts {}. Does that work for you?",
        inert(&series.details.title),
        when(held)
    ))
    .buttons(answer_row(series.id, held, None))
}

/// A reminder of a member's own, by direct message.
pub fn own_reminder(series: &Series, occurrence: &Occurrence, last: bool, late: bool) -> Card {
    let mut card = Card::text(reminder_text(series, occurrence)).buttons(answer_row(series.id, occurrence, None));
    if let Some(link) = series.details.venue.link.as_ref().filter(|_| last) {
        card = card.buttons([Button::link("Join", link)]);
    }
    lately(card, late)
}

/// A place came free for somebody, by direct message.
pub fn came_free(series: &Series, occurrence: &Occurrence) -> Card {
    Card::text(format!(
        "A place came free, and it is yours: **{}**, {}.\nIf it doesn't suit you any more, one tap gives it to the next.",
        inert(&series.details.title),
        when(occurrence)
    ))
    .buttons(answer_row(series.id, occurrence, Some(Reply::Going)))
}

/// A place came free for somebody who takes no direct messages: said in the channel, and names nobody.
pub fn place_taken_up(series: &Series, occurrence: &Occurrence) -> Card {
    Card::text(format!(
        "A place came free for **{}**, {}, and went to the next on the waitlist.",
        inert(&series.details.title),
        when(occurrence)
    ))
    .buttons([Button::new("Is it mine?", Press::new("sessions", "look").arg(series.id).arg(occurrence.id))])
}

/// What facilitators see of the answers to one occurrence.
pub fn who(series: &Series, who: &Who, tally: &Tally) -> Card {
    let title = format!("Who comes to {}", inert(&series.details.title));
    let mut card =
        Card::panel(title, format!("{}\n{}", who.occurrence.time.words(), tally_words(tally, &series.details)));
    let here = || who.entries.iter().filter(|(entry, _)| entry.belongs);
    let mut part = |name: &str, takes: &dyn Fn(&Entry) -> bool| {
        let lines: Vec<String> = here()
            .filter(|(entry, _)| takes(entry))
            .map(|(entry, reason)| match reason {
                Some(reason) => format!("<@{}> · {}", entry.user, reason_words(*reason)),
                None => format!("<@{}>", entry.user),
            })
            .collect();
        if !lines.is_empty() {
            card = std::mem::take(&mut card).field(format!("{name} ({})", lines.len()), fit(&lines, FIELD_LIMIT));
        }
    };
    part("Going", &|entry| entry.seat == Seat::Held && entry.reply == Reply::Going);
    part("Late", &|entry| entry.seat == Seat::Held && entry.reply == Reply::Late);
    part("Maybe", &|entry| entry.reply == Reply::Maybe);
    part("Can't make it", &|entry| entry.reply == Reply::Cannot);
    part("Waitlist, in order", &|entry| entry.seat == Seat::Waiting);
    card.footer("Only you see this. Reasons are shown where the member chose so; nobody has to answer.")
}

/// Attendance as a facilitator marks it.
pub fn roll(series: &Series, roll: &Roll) -> Card {
    let there: Vec<String> = roll.attended.iter().map(|user| format!("<@{user}>")).collect();
    let mut body = match roll.closed {
        true => "Everybody is marked. You can still correct it.",
        false => "Choose who was there, as often as you like. When everybody is in, press “That's everybody”.",
    }
    .to_owned();
    if roll.left_out > 0 {
        let people = if roll.left_out == 1 { "1 person is" } else { "Some people are" };
        body.push_str(&format!("\n{people} not in the group and left out."));
    }
    let press = |verb: &str| Press::new("sessions", verb).arg(series.id).arg(roll.occurrence.id);
    let select = |verb: &str, placeholder: &str| People {
        press: press(verb),
        placeholder: placeholder.to_owned(),
        choose: (1, MARKED_AT_ONCE),
    };
    let mut card = Card::panel(
        format!("{} · {}", inert(&series.details.title), moment_words(roll.occurrence.time.starts_local)),
        body,
    )
    .field(
        format!("There ({})", there.len()),
        if there.is_empty() { "nobody marked yet".to_owned() } else { fit(&there, FIELD_LIMIT) },
    );
    if !roll.shared.is_empty() {
        let lines: Vec<String> =
            roll.shared.iter().map(|(user, reason)| format!("<@{user}> · {}", reason_words(*reason))).collect();
        card = card.field("What was in the way, as people shared it", fit(&lines, FIELD_LIMIT));
    }
    let mut buttons = Vec::new();
    if series.details.venue.channel.is_some() {
        buttons.push(Button::new("Take who is in voice now", press("voice")));
    }
    if !roll.closed {
        buttons.push(Button::new("That's everybody", press("rollclose")).style(Style::Primary));
    }
    card = card.people(select("roll", "Who was there")).people(select("unroll", "Take somebody off again"));
    card = if buttons.is_empty() { card } else { card.buttons(buttons) };
    card.footer("Only you see this. Attendance is never published.")
}

/// What a member wishes of a group's sessions.
pub fn wishes(group: &Group, wish: Option<&Wish>, direct: bool) -> Card {
    let leads = wish.map(|wish| &wish.leads).filter(|leads| !leads.is_empty());
    let note = wish.is_some_and(|wish| wish.missed_note);
    let own = match leads {
        Some(leads) => format!("{}, by direct message, outside your quiet hours", leads.words()),
        None => "none; the group's channel is reminded all the same".to_owned(),
    };
    let note_words = if note {
        "on: after two in a row I write you once, kindly, never a reproach"
    } else {
        "off. If you like: when you miss two sessions in a row, I write you one kind line. Nobody else is told"
    };
    let mut card = Card::panel(format!("Your reminders for {}", inert(&group.name)), "")
        .field("Before a session", own)
        .field("A note when you are missed", note_words);
    if !direct {
        let why = "You said that I don't write to you directly. `/privacy` turns that on; then choose again.";
        card = card.field("First", why);
        return card.footer("Only you see this.");
    }
    let options = LEADS_OFFERED.into_iter().filter_map(|text| Some((text, text.parse::<Lead>().ok()?)));
    card = card.select(Select {
        press: Press::new("sessions", "leads").arg(group.id),
        placeholder: "Remind me before, up to five".to_owned(),
        options: options.map(|(text, lead)| (text.to_owned(), lead.words())).collect(),
        choose: (1, 5),
    });
    let group = group.id;
    let mut buttons = vec![Button::new("Type my own", Press::new("sessions", "ownleads").arg(group))];
    if leads.is_some() {
        buttons.push(Button::new("No reminders", Press::new("sessions", "noleads").arg(group)));
    }
    buttons.push(note_button(group, !note));
    card.buttons(buttons).footer("Only you see this.")
}

fn note_button(group: GroupId, on: bool) -> Button {
    let (label, to) = if on { ("Yes, write me if I'm missed", "on") } else { ("No notes when I'm missed", "off") };
    Button::new(label, Press::new("sessions", "missednote").arg(group).arg(to))
}

/// Asks below an answer, once, whether somebody wants a note when they are missed.
pub fn ask_for_note(mut card: Card, series: &Series, occurrence: &Occurrence) -> Card {
    card.text.push_str(
        "\n\nOne question, and I ask it once: if you miss two sessions in a row, may I send you one kind line by direct \
         message? Nobody else is told, and there is nothing to explain. `/me` changes it at any time.",
    );
    let press = |word: &str| Press::new("sessions", "notewish").arg(series.id).arg(occurrence.id).arg(word);
    card.buttons([Button::new("Yes, write me if I'm missed", press("yes")), Button::new("No, thanks", press("no"))])
}

/// What was said to that question, above the answer as it stands.
pub fn note_kept(mut card: Card, yes: bool) -> Card {
    let kept = match yes {
        true => "Thank you. If you miss two sessions in a row, I write you once, kindly. `/me` changes it.",
        false => "Okay, no such notes. `/me` changes it if you ever want to.",
    };
    card.text = if card.text.is_empty() { kept.to_owned() } else { format!("{kept}\n\n{}", card.text) };
    card
}

/// The form for leads that are not offered.
pub fn own_leads(group: GroupId, wish: Option<&Wish>) -> Modal {
    Modal {
        press: Press::new("sessions", "typedleads").arg(group),
        title: "Your reminders".to_owned(),
        inputs: vec![Input {
            id: "leads".to_owned(),
            label: "How long before, such as: 1d 90m 20m".to_owned(),
            placeholder: "1d 90m 20m".to_owned(),
            value: wish.filter(|wish| !wish.leads.is_empty()).map(|wish| wish.leads.to_string()).unwrap_or_default(),
            long: false,
            required: true,
            limit: LEADS_TYPED,
        }],
    }
}

/// The note to somebody who was missed.
pub fn missed(series: &Series, next: Option<&Occurrence>, note: i64) -> Card {
    let next = next.map(|next| format!("\nThe next one is {}.", when(next))).unwrap_or_default();
    let text = format!(
        "We missed you at **{}** the last two times. That's all right: nothing is asked of you, and you are welcome \
         whenever you come.{next}\nIf something is in the way, one tap tells me what. You choose whether the \
         facilitators hear of it.",
        inert(&series.details.title)
    );
    let press = |reason: Reason| Press::new("sessions", "missed").arg(note).arg(reason.word());
    Card::text(text)
        .buttons(Reason::ON_THE_NOTE.into_iter().map(|one| Button::new(reason_label(one), press(one))))
        .buttons([
            Button::new("I'd like to talk", Press::new("crisis", "handup").arg(series.group)).style(Style::Primary),
            Button::new("No more such notes", Press::new("sessions", "missednote").arg(series.group).arg("off")),
        ])
}

/// Asks who may know what was in the way.
pub fn missed_who(note: i64, reason: Reason) -> Card {
    let press = |seen_by: SeenBy| Press::new("sessions", "missedwhy").arg(note).arg(reason.word()).arg(seen_by.word());
    let more = match reason {
        Reason::NotUpToIt => "Some days are like that. May the facilitators know?",
        Reason::Unwell | Reason::Transport | Reason::Childcare | Reason::Work | Reason::Appointment | Reason::Other => {
            "May the facilitators know? Sometimes there is a way."
        }
    };
    Card::text(format!("Thank you for telling me. {more}")).buttons([
        Button::new("Let them know", press(SeenBy::Facilitators)).style(Style::Primary),
        Button::new("Keep it between us", press(SeenBy::Nobody)),
    ])
}

/// Notes after missing two in a row were switched.
pub fn missed_note_off() -> Card {
    Card::text("Okay, no more such notes. `/me` turns them on again.")
}

/// For whom a series is, in words; none when it is for all members.
pub(super) fn for_whom(audience: Audience) -> Option<String> {
    match audience {
        Audience::Members => None,
        Audience::Role(role) => Some(format!("people with <@&{role}>")),
        Audience::Alumni(role) => Some(format!("alumni, who are the people with <@&{role}>")),
    }
}

/// For whom a series is, and how many fit, as fields of its facts; nothing where nothing was chosen.
pub fn facts(mut card: Card, details: &Details) -> Card {
    if let Some(whom) = for_whom(details.audience) {
        card = card.field("For", whom);
    }
    if let Some(capacity) = details.capacity {
        card = card.field("Places", format!("{capacity}, then a waitlist"));
    }
    if details.counts_public {
        card = card.field("Answers", "everybody sees how many come, never who");
    }
    card
}
