//! What privacy says.

use chrono::TimeDelta;

use super::actions::{Kept, LOOKS_SHOWN};
use crate::card::{Button, Card, File, Press, Style, inert};
use crate::checkins::model::Tell;
use crate::groups::{Purpose, store::looks::Look};

/// What is kept about somebody, with a switch for each thing they can agree to.
pub fn kept(kept: &Kept) -> Card {
    let groups = if kept.groups.is_empty() {
        "none".to_owned()
    } else {
        kept.groups.iter().map(|name| inert(name)).collect::<Vec<_>>().join(", ")
    };
    let answers = match kept.answers_since {
        Some(since) => {
            let until = since + TimeDelta::days(i64::from(kept.answers_days));
            format!(
                "{}, since <t:{}:D>, locked with your own key\nEach is kept {} days; the oldest goes <t:{}:D>",
                kept.answers,
                since.timestamp(),
                kept.answers_days,
                until.timestamp()
            )
        }
        None => "none".to_owned(),
    };
    let mut card = Card::panel("What I keep about you here", crate::groups::cards::decisions(&kept.consents))
        .field("Groups you belong to", groups)
        .field("Check-in answers", answers);
    if kept.checkin_wishes {
        card = card.field("What you chose to be asked", "locked with your own key");
    }
    if let Some(tools) = crate::recovery::cards::kept(&kept.recovery) {
        card = card.field("Your own tools, locked with your own key", tools);
    }
    if let Some(sessions) = sessions(kept) {
        card = card.field("Your sessions", sessions);
    }
    if let Some(since) = kept.feed_since {
        let until = "`/sessions calendar-feed` takes it away";
        card = card.field("The address of your calendar", format!("since <t:{}:D>; {until}", since.timestamp()));
    }
    if let Some(set) = settings(kept) {
        card = card.field("What you set", set);
    }
    if kept.concerns > 0 {
        let words = format!("{}; ids and times, gone after 30 days; words you chose to send are locked", kept.concerns);
        card = card.field("Calls for a person, and concerns", words);
    }
    for (_, name, told) in &kept.tells {
        let words = if *told { "may be told, without your words" } else { "are not told about you" };
        card = card.field(format!("When words worry: responders of {}", inert(name)), words);
    }
    let choices = kept
        .tells
        .iter()
        .take(5)
        .map(|(group, ..)| Button::new("When my words worry", Press::new("crisis", "told").arg(group)));
    let choices: Vec<Button> = choices.collect();
    if !choices.is_empty() {
        card = card.buttons(choices);
    }
    if let Some(more) = beyond_answers(kept) {
        card = card.field("Beyond your answers", more);
    }
    if let Some(looks) = looks(kept) {
        card = card.field("Who looked at what you shared", looks);
    }
    card = how_long(kept, card);
    let mut last = beyond_switches(kept);
    last.push(Button::new("Send me a copy", Press::new("privacy", "copy")));
    last.push(Button::new("Forget me", Press::new("privacy", "forget")).style(Style::Danger));
    card.buttons(Purpose::ALL.into_iter().map(|purpose| switch(purpose, kept.consents.of(purpose) == Some(true))))
        .buttons(last)
        .footer("Your words in channels are looked at once and never kept. Only you see this.")
}

fn sessions(kept: &Kept) -> Option<String> {
    let of = &kept.sessions;
    let mut lines = Vec::new();
    if of.answers > 0 {
        let what = "whether you come; a reason is locked with your own key; kept for 30 days";
        lines.push(format!("Answers: {}, {what}", of.answers));
    }
    if of.attendance > 0 {
        lines.push(format!("Attendance: {}, seen by facilitators alone; kept for half a year", of.attendance));
    }
    if of.wishes > 0 {
        lines.push("Reminders of your own, or a note when you are missed: `/me` shows them".to_owned());
    }
    if of.notes > 0 {
        lines.push(format!("Notes after missing two in a row: {}, a reason locked with your own key", of.notes));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What check-ins lead to besides being kept: being counted, being written to, sharing, practising.
fn beyond_answers(kept: &Kept) -> Option<String> {
    let mut lines = Vec::new();
    lines.extend(kept.counted.map(|yes| {
        if yes {
            "Group weather: counted, blurred and without your name; your moods are opened in memory for it".to_owned()
        } else {
            "Group weather: left out".to_owned()
        }
    }));
    for quiet in &kept.quiet {
        let told = match quiet.tell {
            Tell::Nobody => "nobody else is told".to_owned(),
            Tell::Facilitators => "then the facilitators are told that it is quiet".to_owned(),
            Tell::Buddy(buddy) => format!("then <@{buddy}> is told that it is quiet"),
        };
        lines.push(format!(
            "When you go quiet I write to you once; {told} (agreed <t:{}:D>)",
            quiet.agreed_at.timestamp()
        ));
    }
    if kept.shares > 0 {
        lines.push(format!("Shared by you: {}; `/share` takes it back", kept.shares));
    }
    for (group, step) in &kept.steps {
        lines.push(format!("Your step in {}: {}; facilitators and you can see it", inert(group), inert(step)));
    }
    if kept.alumni.offers > 0 {
        lines.push(format!("Questions about steps: {}, with your yes or no; kept for 90 days", kept.alumni.offers));
    }
    if kept.alumni.listings > 0 {
        lines.push("You can be found as an alum; `/mentor offer` shows for what and takes you out".to_owned());
    }
    if kept.alumni.matches > 0 {
        lines.push(format!("Mentoring: {}, so that the same two are not matched twice", kept.alumni.matches));
    }
    if kept.alumni.touches > 0 {
        lines.push(
            "I ask how you are now and then after moving on; your answers are locked with your own key".to_owned(),
        );
    }
    if kept.alumni.asks > 0 {
        lines.push("Somebody chose you to ask how they are, and you were asked or said yes".to_owned());
    }
    if kept.alumni.notes > 0 {
        let how = "locked with your own key; `/caring notes` takes them away";
        lines.push(format!("Caring notes you wrote: {}, {how}", kept.alumni.notes));
    }
    if kept.alumni.wishes > 0 {
        lines.push("Caring notes reach you now and then; `/caring notes` stops them".to_owned());
    }
    if kept.practice_days > 0 {
        lines.push(format!("Home practice you marked: {}", kept.practice_days));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Who looked at what they shared, one line each.
fn looks(kept: &Kept) -> Option<String> {
    let shown = usize::try_from(LOOKS_SHOWN).unwrap_or(usize::MAX);
    let line = |look: &Look| {
        let who = look.by.map_or("Somebody I forgot".to_owned(), |by| format!("<@{by}>"));
        format!("{who}: {}, <t:{}:f>", look.what.words(), look.last_at.timestamp())
    };
    let mut lines: Vec<String> = kept.looks.iter().take(shown).map(line).collect();
    if kept.looks.len() > shown {
        lines.push("and more, in your copy".to_owned());
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn beyond_switches(kept: &Kept) -> Vec<Button> {
    let mut buttons = Vec::new();
    if let Some(yes) = kept.counted {
        let (label, to) = if yes { ("Weather: leave me out", "no") } else { ("Weather: count me", "yes") };
        buttons.push(Button::new(label, Press::new("privacy", "count").arg(to)));
    }
    if !kept.quiet.is_empty() {
        buttons.push(Button::new("Don't write when I'm quiet", Press::new("privacy", "quiet_no")));
    }
    buttons
}

/// What else is kept, and until when.
fn how_long(kept: &Kept, mut card: Card) -> Card {
    for (title, count, days) in &kept.others {
        let until = days.map(|days| format!(", each kept {days} days")).unwrap_or_default();
        card = card.field(*title, format!("{count}{until}"));
    }
    card.field(
        "Until when",
        format!(
            "The rest until you change it or ask me to forget you. If you leave this server, everything is erased {} later, unless you come back.",
            if kept.grace_days == 1 { "a day".to_owned() } else { format!("{} days", kept.grace_days) }
        ),
    )
}

fn settings(kept: &Kept) -> Option<String> {
    let mut lines = Vec::new();
    lines.extend(kept.settings.zone.map(|zone| format!("Time zone: {zone}")));
    if !kept.settings.quiet.is_none() {
        lines.push(format!("Quiet hours {}", kept.settings.quiet.words()));
    }
    if let Some(away) = kept.settings.away {
        lines.push(match away.until {
            Some(until) => format!("Away since <t:{}:D>, until <t:{}:f>", away.since.timestamp(), until.timestamp()),
            None => format!("Away since <t:{}:D>", away.since.timestamp()),
        });
    }
    if kept.duties > 0 {
        lines.push("Hours on call, see `/oncall who`".to_owned());
    }
    if kept.asked_directly {
        lines.push("A check-in by direct message at your own hour".to_owned());
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn switch(purpose: Purpose, on: bool) -> Button {
    let what = match purpose {
        Purpose::Checkins => "Keep check-ins",
        Purpose::DirectMessages => "Direct messages",
        Purpose::Noticing => "Notice words",
    };
    let (label, to) = if on { (format!("{what}: turn off"), "no") } else { (format!("{what}: turn on"), "yes") };
    Button::new(label, Press::new("privacy", "set").arg(purpose.word()).arg(to))
}

/// Asks once more before forgetting.
pub fn forget_sure() -> Card {
    Card::panel("Forget everything about you here?", "Your check-ins, your choices and your memberships in this server are erased at once, what you shared is taken back, and the key that locks them is destroyed. Nobody here can bring them back, and old backup copies lose them when old keys are deleted.")
        .buttons([
            Button::new("Forget me", Press::new("privacy", "forget_yes")).style(Style::Danger),
            Button::new("Keep it", Press::new("privacy", "forget_no")),
        ])
        .footer("Only you see this.")
}

/// It is done.
pub fn forgotten(receipt: &str) -> Card {
    Card::text(format!(
        "Done. I have forgotten you here, also whether you wanted your words to be noticed: in a group's channel they may be \
         noticed again. `/helplines` still works for you, and `/join` starts anew whenever you like. Take care.\n\
         Your receipt: `{receipt}`. With it, whoever runs this bot can look up that this was done."
    ))
}

/// The copy of everything, or one file of several.
pub fn copy(rows: usize, number: usize, of: usize, file: File) -> Card {
    let text = if of == 1 {
        format!(
            "Here is everything I keep about you in this server ({rows} entries): a page to read, and the same as JSON.\nOnly you see this. Keep it where only you look."
        )
    } else {
        format!("File {number} of {of}. Each is whole in itself. Only you see this.")
    };
    Card { files: vec![file], ..Card::text(text) }
}

/// It was not done.
pub fn not_forgotten() -> Card {
    Card::text("Okay. Nothing changed.")
}
