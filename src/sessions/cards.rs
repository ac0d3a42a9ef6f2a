//! What sessions say: reminders, schedules, confirmations.

use chrono::{DateTime, Utc};

use super::model::Series;
use crate::calendar::Planned;
use crate::card::{Button, Card, Press, inert};

/// Characters that a list of sessions may fill, so that the panel (6000) has room for what was missed.
const LIST_ROOM: usize = 5000;

/// The reminder of one occurrence. Discord shows the times in each reader's own zone.
pub fn reminder(series: &Series, occurrence: &Planned, late: bool) -> Card {
    let at = occurrence.starts_at.timestamp();
    let title = inert(&series.title);
    let mut text = format!("**{title}** starts <t:{at}:R>.\n<t:{at}:F> · {} minutes", series.minutes);
    if let Some(note) = occurrence.note_words(series.zone) {
        text.push('\n');
        text.push_str(&note);
    }
    // Small print does not count when the courier looks whether a card like this was posted before, so a
    // reminder that is drawn again after a crash is still recognised when it has become late meanwhile.
    let card = Card::text(text);
    if late { card.footer("This reminder comes late. Sorry about that.") } else { card }
}

/// A series stands as it was wanted.
pub fn added(series: &Series, next: &[Planned]) -> Card {
    let mut card = Card::panel(
        format!("{} is on the schedule", inert(&series.title)),
        format!("{}, {} time, {} minutes.", upper_first(&series.recurrence.words()), series.zone, series.minutes),
    )
    .field("Next", next_lines(series, next));
    card = card.field("Reminders", leads_words(series));
    card.buttons([Button::new("Take it off again", Press::new("sessions", "remove").arg(series.id))])
}

fn next_lines(series: &Series, next: &[Planned]) -> String {
    let lines: Vec<String> = next
        .iter()
        .map(|planned| {
            let note = planned.note_words(series.zone);
            let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
            format!("{} · <t:{}:R>{note}", planned.words(), planned.starts_at.timestamp())
        })
        .collect();
    if lines.is_empty() { "nothing in the next two years".to_owned() } else { lines.join("\n") }
}

fn leads_words(series: &Series) -> String {
    if series.leads.is_empty() {
        return "none".to_owned();
    }
    format!("{}, in the group's channel", series.leads.words())
}

/// What did not reach the group lately, as counts by reason.
pub struct Missed {
    /// How often.
    pub count: u32,
    /// Why, in words.
    pub why: String,
}

/// The schedule of a group, for anybody in the guild; facilitators also see what was not delivered.
pub fn list(group: &str, all: &[(Series, Option<Planned>)], missed: &[Missed]) -> Card {
    if all.is_empty() {
        return Card::text(format!(
            "{} has no sessions yet. A facilitator adds one: `/schedule add title:Evening group when:mon,wed,fri 18:00`",
            inert(group)
        ));
    }
    let mut card = Card::panel(format!("Sessions of {}", inert(group)), "");
    let mut room = LIST_ROOM;
    for (at, (series, next)) in all.iter().enumerate() {
        let next = match next {
            Some(planned) => format!("next <t:{0}:F> (<t:{0}:R>)", planned.starts_at.timestamp()),
            None => "nothing ahead".to_owned(),
        };
        let (name, when) = (inert(&series.title), upper_first(&series.recurrence.words()));
        let value = format!("{when}, {} time\n{next}\nReminders: {}", series.zone, series.leads);
        let taken = name.chars().count() + value.chars().count();
        if taken > room {
            card = card.field("And more", format!("{} more. They are reminded of all the same.", all.len() - at));
            break;
        }
        room -= taken;
        card = card.field(name, value);
    }
    if !missed.is_empty() {
        let lines: Vec<String> = missed.iter().map(|missed| format!("{} × {}", missed.count, missed.why)).collect();
        card.panel.get_or_insert_default().fields.truncate(crate::card::FIELDS_LIMIT - 1);
        card = card.field("Not delivered in the last 7 days", lines.join("\n"));
    }
    card
}

/// What comes next for a member.
pub fn upcoming(next: &[(String, Series, Planned)], now: DateTime<Utc>) -> Card {
    if next.is_empty() {
        return Card::text("Nothing is planned for the next two weeks.");
    }
    let lines: Vec<String> = next
        .iter()
        .map(|(_, series, planned)| {
            let at = planned.starts_at.timestamp();
            let when = if planned.starts_at <= now { "now".to_owned() } else { format!("<t:{at}:R>") };
            format!("**{}** · <t:{at}:F> · {when}", inert(&series.title))
        })
        .collect();
    Card::panel("What comes next", lines.join("\n")).footer("Times are shown in your own time zone. Only you see this.")
}

/// A series was taken off the schedule.
pub fn removed(title: &str) -> Card {
    Card::text(format!("{} is off the schedule. No more reminders for it.", inert(title)))
}

/// What a delivery reason means to a facilitator.
pub fn reason_words(reason: &str) -> String {
    match reason {
        "10003" => "the channel is gone; run `/group setup` with another one".to_owned(),
        "50001" | "50013" | "403" => {
            "I may not write in the channel; give me View Channel, Send Messages and Embed Links there".to_owned()
        }
        "50007" => "the person takes no direct messages".to_owned(),
        "late" => "it was too late: the session had begun".to_owned(),
        "unsure" => "Discord did not say whether it arrived".to_owned(),
        other => format!("Discord refused it ({other})"),
    }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => String::new(),
    }
}
