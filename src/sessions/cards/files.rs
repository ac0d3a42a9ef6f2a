//! What facilitators read about the schedule as a file.

use chrono::{DateTime, Utc};

use super::attending::for_whom;
use super::schedule::fit;
use crate::card::{Button, Card, FIELD_LIMIT, File, Press, Style, inert};
use crate::groups::Group;
use crate::ids::{GroupId, ImportId};
use crate::sessions::exchange::FileChange;
use crate::sessions::model::{Details, Exception, Imported, Series};
use crate::sessions::plan;

/// The schedule as a file.
pub fn exported(group: &Group, name: &str, text: String) -> Card {
    let mut card = Card::panel(
        format!("The schedule of {}", inert(&group.name)),
        "Keep it, change it, or give it to another group with `/schedule import`. Whoever holds a session, and \
         roles and channels, stand in it as numbers.",
    );
    card.files.push(File {
        name: name.to_owned(),
        bytes: text.into_bytes(),
        description: "The group's sessions, one after the other".to_owned(),
    });
    card.footer("Only you see this. A join link stands in it only when it is a .toml file.")
}

/// A file says what is so already.
pub fn nothing_to_import(group: &Group) -> Card {
    Card::text(format!(
        "Everything in the file is on the schedule of **{}** already. Nothing changed.",
        inert(&group.name)
    ))
}

/// Asks whether what a file changes is what was meant.
pub fn confirm_import(
    group: &Group,
    id: ImportId,
    changes: &[FileChange],
    known: &[Series],
    same: usize,
    left: usize,
    now: DateTime<Utc>,
) -> Card {
    let mut card =
        Card::panel(format!("Import into {}?", inert(&group.name)), "Nothing is saved yet. Is this what you mean?");
    let new: Vec<String> =
        changes.iter().filter(|change| change.of.is_none()).map(|change| new_line(change, now)).collect();
    let changed: Vec<String> = changes
        .iter()
        .filter_map(|change| {
            let before = known.iter().find(|series| change.of.is_some_and(|(id, _)| id == series.id))?;
            Some(changed_line(change, before))
        })
        .collect();
    for (name, lines) in [("New", new), ("Changed", changed)] {
        if !lines.is_empty() {
            card = card.field(name, fit(&lines, FIELD_LIMIT));
        }
    }
    let single: Vec<String> = changes.iter().flat_map(single_lines).collect();
    if !single.is_empty() {
        card = card.field("Single sessions", fit(&single, FIELD_LIMIT));
    }
    card.field("Stays as it is", format!("{same} in the file, {left} that are not in it"))
        .buttons([
            Button::new("Save", Press::new("sessions", "import-save").arg(id)).style(Style::Positive),
            Button::new("Discard", Press::new("sessions", "import-discard").arg(id)),
        ])
        .footer("Only you see this. It can be saved for an hour.")
}

fn new_line(change: &FileChange, now: DateTime<Utc>) -> String {
    let details = &change.details;
    let sketch = Series::sketch(GroupId::new(0), details.clone(), now);
    let next = plan::upcoming(&sketch, now, 1).pop();
    let next = next.map_or(String::new(), |next| format!("; next {}", next.time.words()));
    let whom = for_whom(details.audience).map_or(String::new(), |whom| format!("; for {whom}"));
    let rests = if change.paused == Some(true) { "; paused" } else { "" };
    let when = details.recurrence.words();
    format!("**{}**: {when}, {} time{next}{whom}{rests}", inert(&details.title), details.zone)
}

fn changed_line(change: &FileChange, before: &Series) -> String {
    let mut parts = parts(&before.details, &change.details);
    parts.extend(change.paused.map(|paused| if paused { "is paused" } else { "goes on again" }));
    let what = if parts.is_empty() { "single sessions".to_owned() } else { parts.join(", ") };
    let when = if before.details.recurrence == change.details.recurrence {
        String::new()
    } else {
        format!("; now {}", change.details.recurrence.words())
    };
    let whom = match for_whom(change.details.audience) {
        _ if before.details.audience == change.details.audience => String::new(),
        None => "; now for all members".to_owned(),
        Some(whom) => format!("; now for {whom}"),
    };
    format!("**{}**: {what}{when}{whom}", inert(&change.details.title))
}

/// What differs, in the words of the options.
fn parts(before: &Details, after: &Details) -> Vec<&'static str> {
    let table = [
        ("title", before.title != after.title),
        ("time", before.recurrence != after.recurrence),
        ("zone", before.zone != after.zone),
        ("length", before.minutes != after.minutes),
        ("reminders", before.leads != after.leads),
        ("first day", before.starts_on != after.starts_on),
        ("last day", before.ends_on != after.ends_on),
        ("place", before.venue.address != after.venue.address || before.venue.channel != after.venue.channel),
        ("link", before.venue.link != after.venue.link),
        ("ping", before.ping != after.ping),
        ("host", before.host != after.host),
        ("for whom it is", before.audience != after.audience),
        ("places", before.capacity != after.capacity),
        ("who sees how many come", before.counts_public != after.counts_public),
    ];
    table.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

fn single_lines(change: &FileChange) -> Vec<String> {
    let title = inert(&change.details.title);
    let line = |(id, exception): &(crate::calendar::OccurrenceId, Exception)| {
        let was = crate::calendar::moment_words(id.planned_local());
        match exception {
            Exception::Skipped => format!("{title} · {was}: skipped"),
            Exception::Cancelled => format!("{title} · {was}: called off"),
            Exception::Moved(to) => format!("{title} · {was} → {}", crate::calendar::moment_words(*to)),
        }
    };
    change.exceptions.iter().map(line).collect()
}

/// It is saved.
pub fn imported(group: &Group, done: &Imported) -> Card {
    let told = if done.told > 0 { " Those who had been reminded are told in the same place." } else { "" };
    Card::text(format!(
        "Saved for **{}**: {} new, {} changed, {} single sessions.{told} `/schedule list` shows how things stand.",
        inert(&group.name),
        done.made,
        done.changed,
        done.single
    ))
}
