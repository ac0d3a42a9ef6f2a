//! What facilitators and members read about the schedule.

use chrono::{DateTime, Utc};

use super::board::Missed;
use super::venue;
use crate::calendar::{Assumed, full_date_words, holidays_besides, moment_words};
use crate::card::{Button, Card, FIELD_LIMIT, FIELDS_LIMIT, OPTIONS_LIMIT, Press, Select, Style, inert};
use crate::groups::Group;
use crate::groups::model::Source;
use crate::ids::{ChangeId, DraftId};
use crate::sessions::model::attending::Mine;
use crate::sessions::model::{Details, Exception, Going, HOLIDAYS_AHEAD, Occurrence, ProposedDay, Series};

/// Characters that a list of sessions may fill, so that the panel (6000) has room for what was missed.
const LIST_ROOM: usize = 5000;

/// Asks whether what was understood is what was meant. Nothing is saved yet.
pub fn confirm(draft: DraftId, sketch: &Series, next: &[Occurrence], assumed: &[Assumed], notes: &[String]) -> Card {
    let details = &sketch.details;
    let mut card = facts(
        Card::panel(format!("Save {}?", inert(&details.title)), "Nothing is saved yet. Is this what you mean?"),
        details,
    )
    .field(heading(next.len()), next_lines(details, next));
    let said: Vec<String> = assumed.iter().map(|one| one.words()).chain(notes.iter().cloned()).collect();
    if !said.is_empty() {
        card = card.field("Please check", fit(&said, FIELD_LIMIT));
    }
    card.buttons([
        Button::new("Save", Press::new("sessions", "save").arg(draft)).style(Style::Positive),
        Button::new("Discard", Press::new("sessions", "discard").arg(draft)),
    ])
    .footer("Only you see this. It can be saved for an hour.")
}

fn heading(count: usize) -> String {
    match count {
        0 | 1 => "The next one".to_owned(),
        count => format!("The next {count}"),
    }
}

/// The facts of a series, as fields.
fn facts(card: Card, details: &Details) -> Card {
    let mut when =
        format!("{}, {} time, {} minutes", upper_first(&details.recurrence.words()), details.zone, details.minutes);
    if details.starts_on.is_some() || details.ends_on.is_some() {
        when.push_str(&format!(", {}", details.span().words()));
    }
    let mut card = card.field("When", when).field("Reminders", leads_words(details));
    if let Some(place) = venue(&details.venue) {
        card = card.field("Place", place.trim_start_matches("Where: "));
    }
    if let Some(link) = &details.venue.link {
        // The door took it as a web address, in which nothing can end the brackets.
        card = card.field("Link, in the last reminder", format!("<{link}>"));
    }
    if let Some(host) = details.host {
        card = card.field("Host", format!("<@{host}>"));
    }
    if let Some(role) = details.ping {
        card = card.field("Reminders ping", format!("<@&{role}>, because you asked for it"));
    }
    super::attending::facts(card, details)
}

fn next_lines(details: &Details, next: &[Occurrence]) -> String {
    let lines: Vec<String> = next
        .iter()
        .map(|occurrence| {
            let note = occurrence.time.note_words(details.zone);
            let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
            let moved = if occurrence.is_moved() { " (moved)" } else { "" };
            format!("{} · <t:{}:R>{moved}{note}", occurrence.time.words(), occurrence.starts_at().timestamp())
        })
        .collect();
    if lines.is_empty() { "nothing in the next two years".to_owned() } else { fit(&lines, FIELD_LIMIT) }
}

/// As many lines as fit, and how many more there are.
pub(super) fn fit(lines: &[String], room: usize) -> String {
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let rest = lines.len() - at;
        let more = format!("and {rest} more");
        let taken = out.chars().count() + line.chars().count() + 1;
        let reserve = if rest > 1 { more.chars().count() + 1 } else { 0 };
        if taken + reserve > room {
            out.push_str(&more);
            return out;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.trim_end().to_owned()
}

fn leads_words(details: &Details) -> String {
    if details.leads.is_empty() {
        return "none".to_owned();
    }
    format!("{}, in the group's channel", details.leads.words())
}

/// What telling others of a change came to, for the person who made it.
fn told_words(told: usize) -> &'static str {
    match told {
        0 => "Nobody had been told anything else, so nothing is posted.",
        1 => "Those who had been reminded are told in the same place.",
        _ => "Those who had been reminded are told in the same places.",
    }
}

/// A draft was saved.
pub fn saved(series: &Series, next: &[Occurrence], is_new: bool, told: usize) -> Card {
    let title = inert(&series.details.title);
    let headline = if is_new { format!("{title} is on the schedule") } else { format!("{title} is saved") };
    let card = facts(Card::panel(headline, if told > 0 { told_words(told) } else { "" }), &series.details)
        .field(heading(next.len()), next_lines(&series.details, next));
    card.buttons([Button::new("Take it off again", Press::new("sessions", "remove").arg(series.id))])
}

/// A draft was thrown away.
pub fn discarded() -> Card {
    Card::text("Discarded. Nothing changed.")
}

/// The schedule of a group, for anybody in the guild; facilitators also see what was not delivered.
pub fn list(group: &str, all: &[(Series, Option<Occurrence>)], missed: &[Missed]) -> Card {
    if all.is_empty() {
        return Card::text(format!(
            "{} has no sessions yet. A facilitator adds one: `/schedule add title:Evening group when:mon,wed,fri 18:00`",
            inert(group)
        ));
    }
    let mut card = Card::panel(format!("Sessions of {}", inert(group)), "");
    let mut room = LIST_ROOM;
    for (at, (series, next)) in all.iter().enumerate() {
        let details = &series.details;
        let next = match (series.going, next) {
            (Going::Paused, _) => "paused".to_owned(),
            (Going::On | Going::Removed, Some(next)) => {
                format!("next <t:{0}:F> (<t:{0}:R>)", next.starts_at().timestamp())
            }
            (Going::On | Going::Removed, None) => "nothing ahead".to_owned(),
        };
        let (name, when) = (inert(&details.title), upper_first(&details.recurrence.words()));
        let value = format!("{when}, {} time\n{next}\nReminders: {}", details.zone, details.leads);
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
        card.panel.get_or_insert_default().fields.truncate(FIELDS_LIMIT - 1);
        card = card.field("Not delivered in the last 7 days", fit(&lines, FIELD_LIMIT));
    }
    card
}

/// One series with everything about it.
pub fn show(series: &Series, next: &[Occurrence], now: DateTime<Utc>) -> Card {
    let details = &series.details;
    let body = match series.going {
        Going::On => "",
        Going::Paused => "It is paused: no session takes place and nothing is said until `/schedule resume`.",
        Going::Removed => "It is off the schedule.",
    };
    let mut card = facts(Card::panel(inert(&details.title), body), details);
    if series.going == Going::On {
        card = card.field(heading(next.len()), next_lines(details, next));
    }
    let today = crate::calendar::to_civil(now, details.zone);
    let changed: Vec<String> = series
        .exceptions
        .iter()
        .filter(|(id, exception)| match exception {
            Exception::Moved(to) => *to > today,
            Exception::Skipped | Exception::Cancelled => id.planned_local() > today,
        })
        .map(|(id, exception)| {
            let planned = moment_words(id.planned_local());
            match exception {
                Exception::Skipped => format!("{planned}: skipped"),
                Exception::Cancelled => format!("{planned}: cancelled"),
                Exception::Moved(to) => format!("{planned}: moved to {}", moment_words(*to)),
            }
        })
        .collect();
    if !changed.is_empty() {
        card = card.field("Changed", fit(&changed, FIELD_LIMIT));
    }
    card
}

/// What comes next for a member, with what they answered.
pub fn upcoming(next: &[(String, Series, Occurrence)], mine: &[Option<Mine>], now: DateTime<Utc>) -> Card {
    if next.is_empty() {
        return Card::text("Nothing is planned for the next two weeks.");
    }
    let lines: Vec<String> = next
        .iter()
        .zip(mine.iter().chain(std::iter::repeat(&None)))
        .map(|((_, series, occurrence), mine)| {
            let at = occurrence.starts_at().timestamp();
            let when = if occurrence.starts_at() <= now { "now".to_owned() } else { format!("<t:{at}:R>") };
            let place = venue(&series.details.venue).map(|place| format!("\n{place}")).unwrap_or_default();
            let mine = mine.as_ref().and_then(super::attending::mine_words);
            let mine = mine.map(|mine| format!(" · {mine}")).unwrap_or_default();
            format!("**{}** · <t:{at}:F> · {when}{mine}{place}", inert(&series.details.title))
        })
        .collect();
    Card::panel("What comes next", fit(&lines, 4000))
        .footer("Times are shown in your own time zone. Only you see this.")
}

/// Occurrences were skipped, cancelled or moved.
pub fn excepted(change: ChangeId, were: &[(Series, Occurrence)], exception: Exception, told: usize) -> Card {
    let what = match exception {
        Exception::Skipped => "Skipped",
        Exception::Cancelled => "Cancelled",
        Exception::Moved(_) => "Moved",
    };
    let lines: Vec<String> = were
        .iter()
        .map(|(series, occurrence)| {
            let line = format!("{} · {}", inert(&series.details.title), occurrence.time.words());
            match exception {
                Exception::Moved(to) => format!("{line} → {}", moment_words(to)),
                Exception::Skipped | Exception::Cancelled => line,
            }
        })
        .collect();
    Card::panel(format!("{what}: {}", sessions(were.len())), fit(&lines, 3500))
        .field("Who hears of it", told_words(told))
        .buttons([Button::new("Undo", Press::new("sessions", "undo").arg(change))])
        .footer("Only you see this.")
}

fn sessions(count: usize) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}

/// Days off on which the group would meet. Nothing is skipped before somebody chooses.
pub fn holidays(group: &Group, days: &[ProposedDay]) -> Card {
    let known = match holidays_besides(&group.country) {
        Some(words) => words,
        None => format!("I know no public holidays of {}.", group.country),
    };
    let known = format!("{known} Add a day of your own: `/schedule holidays add:2026-12-28 called:Retreat`");
    if days.is_empty() {
        return Card::text(format!(
            "{} meets on no day off that I know of in the next {HOLIDAYS_AHEAD} days. {known}",
            inert(&group.name)
        ));
    }
    let words = |day: &ProposedDay| format!("{} · {}", full_date_words(day.on), day.name);
    let lines: Vec<String> =
        days.iter().map(|day| format!("{} · {}", inert(&words(day)), sessions(day.sessions))).collect();
    let shown: Vec<&ProposedDay> = days.iter().take(OPTIONS_LIMIT).collect();
    let most = u8::try_from(shown.len()).unwrap_or(1);
    Card::panel(format!("Days off ahead for {}", inert(&group.name)), format!("{}\n\n{known}", fit(&lines, 3500)))
        .select(Select {
            press: Press::new("sessions", "holiday").arg(group.id),
            placeholder: "Choose the days to skip".to_owned(),
            options: shown.iter().map(|day| (day.on.to_string(), words(day).chars().take(100).collect())).collect(),
            choose: (1, most),
        })
        .footer("Only you see this. The group meets on all of these days unless you choose.")
}

/// A change was taken back.
pub fn undone(stands: &[(Series, Option<Occurrence>)], told: usize) -> Card {
    let lines: Vec<String> = stands
        .iter()
        .map(|(series, occurrence)| {
            let when = occurrence.map_or("does not take place".to_owned(), |occurrence| occurrence.time.words());
            format!("{} · {when}", inert(&series.details.title))
        })
        .collect();
    Card::panel(format!("Taken back: {}", sessions(stands.len())), fit(&lines, 3500))
        .field("Who hears of it", told_words(told))
        .footer("Only you see this.")
}

/// A series was paused.
pub fn resting(series: &Series, told: usize) -> Card {
    Card::text(format!("{} is paused. {}", inert(&series.details.title), told_words(told)))
        .buttons([Button::new("Resume", Press::new("sessions", "resume").arg(series.id))])
}

/// A series goes on.
pub fn resumed(series: &Series, next: Option<&Occurrence>, told: usize) -> Card {
    let next = next.map_or("Nothing lies ahead.".to_owned(), |next| format!("Next: {}.", next.time.words()));
    Card::text(format!("{} goes on. {next} {}", inert(&series.details.title), told_words(told)))
}

/// A series was taken off the schedule.
pub fn removed(series: &Series, told: usize) -> Card {
    let title = inert(&series.details.title);
    let mut text = format!("{title} is off the schedule. No more reminders for it. {}", told_words(told));
    if series.source == Source::File {
        text.push_str(
            "\nThe configuration file still names it, so it comes back when I am started again. Ask the person who runs the bot to take it out there too.",
        );
    }
    Card::text(text).buttons([Button::new("Put it back", Press::new("sessions", "resume").arg(series.id))])
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => String::new(),
    }
}
