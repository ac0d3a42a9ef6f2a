//! What facilitators read about what will be said, and about what became of what was to be said. Counts
//! and ids, never the name of a person.

use super::schedule::fit;
use crate::calendar::{full_moment_words, to_civil};
use crate::card::{Button, Card, FIELD_LIMIT, File, Press, inert};
use crate::groups::Group;
use crate::sessions::model::{Counts, Lost, Reminder, Said, Series};

/// Lines of a preview that are shown in the card; the rest comes as a file.
const PREVIEW_LINES: usize = 25;

/// What did not reach the group lately, as counts by reason.
pub struct Missed {
    /// How often.
    pub count: u32,
    /// Why, in words.
    pub why: String,
}

/// The delivery board of one group.
pub fn deliveries(group: &Group, counts: &Counts, lost: &[Lost]) -> Card {
    let body = format!(
        "The last 7 days of reminders and changes.\n\
         On time: {} · late: {} · on their way: {}\n\
         Expired: {} · undeliverable: {} · no longer true: {}",
        counts.on_time, counts.late, counts.waiting, counts.expired, counts.undeliverable, counts.cancelled
    );
    let quiet = match counts.quiet {
        0 => String::new(),
        count => format!("\nLeft out for a member's quiet hours: {count}"),
    };
    let mut card = Card::panel(format!("Deliveries of {}", inert(&group.name)), format!("{body}{quiet}"));
    if lost.is_empty() {
        return card.field("Not delivered", "nothing").footer("Only you see this.");
    }
    let lines: Vec<String> = lost.iter().map(line).collect();
    card = card.field("Not delivered", fit(&lines, FIELD_LIMIT));
    if lost.iter().any(|lost| lost.helps) {
        card = card.buttons([
            Button::new("Try again", Press::new("sessions", "again").arg(group.id)),
            Button::new("Use another channel", Press::new("sessions", "elsewhere").arg(group.id)),
        ]);
    }
    card.footer("Only you see this. The numbers are ids for whoever runs the bot.")
}

fn line(lost: &Lost) -> String {
    let place = lost.channel.map_or("a direct message".to_owned(), |channel| format!("<#{channel}>"));
    let what = lost.title.as_deref().map_or("a session that is gone".to_owned(), inert);
    format!("{} · {what} · <t:{}:f> · {place}: {}", lost.envelope, lost.due_at.timestamp(), reason_words(&lost.reason))
}

/// How another channel is named.
pub fn elsewhere() -> Card {
    Card::text(
        "Run `/deliveries send_in:` and pick the channel: what did not arrive is posted there, once. \
         For everything to come, run `/group setup` with that channel.",
    )
}

/// Something that did not arrive is sent once more.
pub fn again(count: usize) -> Card {
    let what = if count == 1 { "1 message is".to_owned() } else { format!("{count} messages are") };
    Card::text(format!("{what} on the way once more. `/deliveries` shows whether it worked."))
}

/// What one reminder of a preview says.
pub fn preview_words(series: &Series, reminder: &Reminder) -> String {
    let moved = if reminder.occurrence.is_moved() { ", moved" } else { "" };
    let start = crate::calendar::moment_words(reminder.occurrence.time.starts_local);
    format!("reminder of {}, {} ({start}{moved})", series.details.title, reminder.lead.words())
}

/// What will be said in a group, and when. What does not fit the card goes into a file.
pub fn preview(group: &Group, days: i64, said: &[Said]) -> Card {
    let lines: Vec<String> = said
        .iter()
        .map(|said| format!("{}  {}", full_moment_words(to_civil(said.at, group.zone)), said.words))
        .collect();
    let title = format!("The next {days} days of {}", inert(&group.name));
    if lines.is_empty() {
        return Card::panel(title, "Nothing will be said.").footer("Only you see this. Nothing was sent.");
    }
    let shown: Vec<String> = lines.iter().take(PREVIEW_LINES).map(|line| inert(line)).collect();
    let mut body = format!("In <#{}>, {} time:\n{}", group.channel, group.zone, fit(&shown, 3500));
    let mut card = Card::default();
    if lines.len() > PREVIEW_LINES {
        body.push_str(&format!("\nand {} more, in the file", lines.len() - PREVIEW_LINES));
        card.files.push(File {
            name: "preview.txt".to_owned(),
            bytes: lines.join("\n").into_bytes(),
            description: format!("Everything that will be said in the next {days} days, one line each"),
        });
    }
    card.panel = Card::panel(title, body).panel;
    card.footer("Only you see this. Nothing was sent.")
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
        "unsure" => "Discord did not say whether it arrived; look in the channel".to_owned(),
        other => format!("Discord refused it ({other})"),
    }
}
