//! What own reminders say.

use chrono::{DateTime, Utc};

use super::{ONLY_YOU, button, press};
use crate::calendar::{QuietHours, time_words, to_civil};
use crate::card::{Button, Card, Input, Leads, Modal, Select, Style, inert};
use crate::ids::ReminderId;
use crate::recovery::actions::reminding::{Listed, Lost};
use crate::recovery::model::reminder::{ABOUT_LIMIT, About, Kind, Reminder, Snooze, WHEN_LIMIT};
use crate::recovery::plan::reminding::{change_words, moment_words};

/// Most reminders on one page of the list: a select takes 25, a phone shows ten.
pub const PAGE: usize = 10;
/// Most characters of a reminder in a list or on a select.
const SHORT: usize = 60;

fn with_id(label: &str, verb: &str, id: ReminderId) -> Button {
    let mut made = button(label, verb);
    made.leads = Leads::Press(press(verb).arg(id));
    made
}

/// The reminder itself, by direct message. What it is about stays closed unless the member wants it open: a message
/// is seen on a locked screen too. Lateness stands in the small print, so that a reminder that is drawn again after
/// a crash is recognised.
pub fn reminder(reminder: &Reminder, about: &About, due_at: DateTime<Utc>, late: bool) -> Card {
    let text = if about.open {
        format!("A reminder you set: {}", inert(&about.words))
    } else {
        "A reminder you set.".to_owned()
    };
    let (id, due) = (reminder.id, due_at.timestamp());
    let done = if about.kind == Kind::Medication { "Taken" } else { "Done" };
    let mut first = vec![Button::new(done, press("done").arg(id).arg(due)).style(Style::Primary)];
    if !about.open {
        first.insert(0, with_id("Show it", "show", id));
    }
    let put_off = Snooze::ALL
        .map(|snooze| Button::new(snooze_words(snooze), press("snooze").arg(id).arg(due).arg(snooze.word())));
    let mut second: Vec<Button> = put_off.into();
    second.push(with_id("Stop", "stop", id));
    let card = Card::text(text).buttons(first).buttons(second);
    if !late {
        return card;
    }
    let was = time_words(to_civil(due_at, reminder.zone).time());
    card.footer(match about.kind {
        Kind::Medication => format!(
            "This comes late: it was for {was}. If you are not sure about a late dose, ask your pharmacist or prescriber first."
        ),
        Kind::Anything | Kind::Appointment | Kind::Goal(_) => format!("This comes late: it was for {was}. Sorry about that."),
    })
}

const fn snooze_words(snooze: Snooze) -> &'static str {
    match snooze {
        Snooze::TenMinutes => "In 10 minutes",
        Snooze::Hour => "In an hour",
        Snooze::Tomorrow => "Tomorrow",
    }
}

/// What a reminder is about, opened by a press.
pub fn shown(about: &About) -> Card {
    Card::text(inert(&about.words)).silently()
}

/// What a reminder became after "done".
pub fn done(reminder: &Reminder) -> Card {
    match next_words(reminder) {
        Some(next) => {
            Card::text(format!("Done. The next one: {next}.")).buttons([with_id("Stop", "stop", reminder.id)])
        }
        None => Card::text("Done. That's one thing off your mind."),
    }
}

/// It was put off.
pub fn put_off(reminder: &Reminder, until: DateTime<Utc>) -> Card {
    let series = if reminder.recurrence.is_some() { " The others stay where they are." } else { "" };
    Card::text(format!("Okay, again {} (<t:{}:R>).{series}", moment_words(until, reminder.zone), until.timestamp()))
        .buttons([with_id("Stop", "stop", reminder.id)])
}

/// It is gone.
pub fn stopped() -> Card {
    Card::text("Okay, it's gone. `/remind me` sets a new one whenever you like.")
}

fn next_words(reminder: &Reminder) -> Option<String> {
    let at = [reminder.next_at, reminder.snoozed_until].into_iter().flatten().min()?;
    Some(format!("{} (<t:{}:R>)", moment_words(at, reminder.zone), at.timestamp()))
}

/// A reminder is set: what was understood, in the member's own time.
pub fn set(reminder: &Reminder, about: &About, understood: &str, quiet: QuietHours) -> Card {
    Card { panel: detail(reminder, about, Some(understood), quiet).panel, ..Card::default() }.buttons(change_buttons(
        reminder,
        about,
        "Take it back",
    ))
}

/// One reminder in full.
pub fn one(reminder: &Reminder, about: &About, quiet: QuietHours) -> Card {
    detail(reminder, about, None, quiet)
        .buttons(change_buttons(reminder, about, "Remove it"))
        .buttons([button("All my reminders", "reminders")])
}

fn detail(reminder: &Reminder, about: &About, understood: Option<&str>, quiet: QuietHours) -> Card {
    let mut lines = Vec::new();
    if let Some(understood) = understood {
        lines.push(format!("**{}**", inert(understood)));
    } else if let Some(recurrence) = &reminder.recurrence {
        lines.push(format!("**{}**", recurrence.words()));
    }
    if let Some(next) = next_words(reminder) {
        let first = if reminder.recurrence.is_some() { "Next" } else { "That is" };
        lines.push(format!("{first}: {next}, your time ({}).", reminder.zone));
    }
    if let (Some(recurrence), Some(next)) = (&reminder.recurrence, reminder.next_at) {
        lines.extend(change_words(recurrence, reminder.zone, next));
    }
    if reminder.next_at.is_some_and(|at| quiet.holds(at, reminder.zone)) {
        lines.push(format!("It lies in your quiet hours ({}). You chose this time, so I send it then.", quiet.words()));
    }
    let screen = if about.open {
        "The words stand in the message."
    } else {
        "The message says only \"A reminder you set\", until you open it."
    };
    let title = if understood.is_some() { "I'll remind you" } else { "Your reminder" };
    Card::panel(title, lines.join("\n"))
        .field("About", inert(&about.words))
        .field("On your screen", screen)
        .footer(ONLY_YOU)
}

fn change_buttons(reminder: &Reminder, about: &About, remove: &str) -> [Button; 3] {
    let open = if about.open { "Hide the words" } else { "Show the words" };
    [
        with_id("Change it", "change", reminder.id),
        with_id(open, if about.open { "close" } else { "open" }, reminder.id),
        with_id(remove, "stop", reminder.id).style(Style::Danger),
    ]
}

/// Asks for direct messages where the reminder was wished for.
pub fn asking(reminder: &Reminder, understood: &str) -> Card {
    Card::panel(
        "One thing first",
        format!(
            "I understood: **{}**, your time ({}).\n\nA reminder comes by direct message. May I write to you directly? \
             Only when it is for you alone, such as a reminder you set or a private note after something heavy.",
            inert(understood),
            reminder.zone
        ),
    )
    .buttons([
        with_id("Yes, and set it", "agree", reminder.id).style(Style::Primary),
        with_id("No, thanks", "decline", reminder.id),
    ])
    .footer(ONLY_YOU)
}

/// They said no to direct messages.
pub fn declined() -> Card {
    Card::text("That's fine. I set nothing and write nothing. `/privacy` changes it whenever you like.")
}

/// The member's reminders, a page of them.
pub fn list(all: &[Listed], page: usize) -> Card {
    if all.is_empty() {
        return Card::text("You have no reminders. `/remind me when:tomorrow 9am what:Call the clinic` sets one.");
    }
    let pages = all.len().div_ceil(PAGE);
    let page = page.min(pages.saturating_sub(1));
    let shown = || all.iter().skip(page * PAGE).take(PAGE);
    let lines: Vec<String> = shown().map(line).collect();
    let options = shown().map(|one| (one.reminder.id.to_string(), short(&one.about.words))).collect();
    let mut card = Card::panel("Your reminders", lines.join("\n")).select(Select {
        press: press("reminder"),
        placeholder: "Open one".into(),
        options,
        choose: (1, 1),
    });
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(Button::new("Back", press("reminders").arg(page - 1)));
    }
    if page + 1 < pages {
        turns.push(Button::new("Next", press("reminders").arg(page + 1)));
    }
    if !turns.is_empty() {
        card = card.buttons(turns);
    }
    card.footer(ONLY_YOU)
}

fn line(one: &Listed) -> String {
    let again =
        one.reminder.recurrence.as_ref().map(|recurrence| format!(" · {}", recurrence.words())).unwrap_or_default();
    let next = next_words(&one.reminder).unwrap_or_else(|| "not again".to_owned());
    let lost = match one.lost {
        Some(Lost::Closed) => "\n-# The last one didn't reach you: Discord took no direct message to you.",
        Some(Lost::Late) => "\n-# The last one was too late to be of use, so it was not sent.",
        Some(Lost::Withheld) => "\n-# The last one was not sent: you were away, or had direct messages off.",
        None => "",
    };
    format!("**{}**{again}\n{next}{lost}", inert(&short(&one.about.words)))
}

/// The first words of a reminder.
pub fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHORT {
        return line;
    }
    line.chars().take(SHORT - 1).chain(['…']).collect()
}

/// The form that changes a reminder; when it stays empty, the time stays.
pub fn form(id: ReminderId, about: &About, time: &str) -> Modal {
    Modal {
        press: press("changed").arg(id),
        title: "Change your reminder".into(),
        inputs: vec![
            Input {
                id: "what".into(),
                label: "What about".into(),
                placeholder: "Call the clinic".into(),
                value: about.words.clone(),
                long: true,
                required: true,
                limit: ABOUT_LIMIT,
            },
            Input {
                id: "when".into(),
                label: "When; empty leaves it as it is".into(),
                placeholder: format!("{time}, tomorrow 9am, in 2 hours").chars().take(100).collect(),
                value: String::new(),
                long: false,
                required: false,
                limit: WHEN_LIMIT,
            },
        ],
    }
}

/// Every reminder rests while they are away.
pub fn paused_all() -> Card {
    Card::text("Okay, those rest as well until you're back.")
}
