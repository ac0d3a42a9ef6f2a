//! What we say about calendars for other programs.

use crate::card::{Button, Card, File, Press, Style, inert};
use crate::groups::Group;
use crate::sessions::listing::PER_GUILD;
use crate::sessions::model::{FeedKept, Listing, ListingTrouble};

/// The calendar as a file.
pub fn calendar_file(text: String) -> Card {
    let mut card = Card::panel(
        "Your sessions as a calendar",
        "Open the file on your phone or computer to put them into your calendar. It shows how things stand now: \
         when something changes later, run this again, or use `/sessions calendar-feed`.",
    );
    card.files.push(File {
        name: "sessions.ics".to_owned(),
        bytes: text.into_bytes(),
        description: "The sessions as an iCalendar file".to_owned(),
    });
    card.footer("Only you see this. Titles and places stand in it, nothing about you.")
}

/// How a feed stands, and what can be done about it. `group`: it is that group's, not the person's own.
pub fn feed(kept: &FeedKept, group: Option<&Group>) -> Card {
    let whose = match group {
        Some(group) => format!("The calendar address of {}", inert(&group.name)),
        None => "Your calendar address".to_owned(),
    };
    let body = match (&kept.address, kept.since) {
        (Some(address), _) => format!(
            "Subscribe to it in your calendar program; what changes here changes there.\n```\n{address}\n```\n\
             I show it this once. Whoever has it can read the sessions, so keep it to yourself{}.{}",
            if group.is_some() { " and the group" } else { "" },
            if group.is_some() {
                "\nSessions for a role or for alumni are not in it. Whoever those are for has them in a calendar of \
                 their own."
            } else {
                ""
            }
        ),
        (None, Some(since)) => format!(
            "There is one since <t:{}:D>. I keep no copy of it that could be read, so I cannot show it again. \
             A new one takes its place.",
            since.timestamp()
        ),
        (None, None) => "There is none. With one, your calendar program keeps itself up to date: it asks me every \
             hour, and what changes here changes there."
            .to_owned(),
    };
    let id = group.map_or_else(|| "me".to_owned(), |group| group.id.to_string());
    let label = if kept.since.is_some() { "Make a new one" } else { "Make one" };
    let mut buttons = vec![Button::new(label, Press::new("sessions", "feed-new").arg(&id)).style(Style::Primary)];
    if kept.since.is_some() {
        buttons.push(Button::new("Take it away", Press::new("sessions", "feed-off").arg(&id)).style(Style::Danger));
    }
    Card::panel(whose, body)
        .buttons(buttons)
        .footer("Only you see this. Titles, times and places stand in it, nobody's name.")
}

/// Adds to how it stands with the server's events what is not among them, and why.
pub fn left_out_of_events(mut card: Card, series: usize) -> Card {
    let now = match series {
        0 => String::new(),
        1 => " Right now that is one session.".to_owned(),
        several => format!(" Right now those are {several} sessions."),
    };
    card.text.push_str(&format!(
        "\nEverybody on the server can read its events, so what is only for a role or for alumni never stands \
         there.{now} It stands in those people's own calendars: `/sessions calendar`. Of all groups of a server together \
         the soonest {PER_GUILD} sessions are shown; Discord takes 100 events, and people need some."
    ));
    card
}

/// Why sessions are not among the server's events, and what becomes of that.
fn trouble_words(trouble: ListingTrouble) -> &'static str {
    match trouble {
        ListingTrouble::Permission => {
            "I may not make events here. Server Settings, Roles, my role: allow \"Create Events\". I look again within the hour."
        }
        ListingTrouble::Full => {
            "the server shows 100 already, and Discord takes no more. Take some off under Events; I look again within \
             the hour, the soonest sessions first. Reminders go out all the same."
        }
        ListingTrouble::Refused => "Discord refused one. I try again within the hour.",
        ListingTrouble::Away => "Discord did not answer. I try again within a minute.",
    }
}

/// Adds to the delivery board why sessions are not among the server's events, when they should be and are not.
pub fn events_trouble(card: Card, listing: Option<&Listing>) -> Card {
    match listing.and_then(|listing| listing.trouble) {
        None => card,
        Some(trouble) => {
            card.field("The server's events", format!("Not all sessions are among them: {}", trouble_words(trouble)))
        }
    }
}

/// How it stands with the server's events. `changed`: it was switched just now.
pub fn listing(group: &Group, listing: Option<&Listing>, count: usize, changed: bool) -> Card {
    let name = inert(&group.name);
    let off = "`/schedule discord-events show:False` takes them off again.";
    let text = match listing {
        Some(Listing { trouble: Some(trouble), .. }) => {
            format!("The sessions of **{name}** are not all among the server's events: {}", trouble_words(*trouble))
        }
        Some(Listing { on: true, .. }) if changed => format!(
            "I show the sessions of **{name}** among the server's events from now on: the next two weeks, kept in step \
             with everything that is moved or called off.\nOne that somebody deletes there stays deleted. {off}"
        ),
        Some(Listing { on: true, .. }) => {
            let events = if count == 1 { "event" } else { "events" };
            format!("The sessions of **{name}** are shown: {count} {events} now, two weeks ahead. {off}")
        }
        Some(Listing { on: false, .. }) if changed => {
            format!("I take the sessions of **{name}** off the server's events.")
        }
        Some(Listing { on: false, .. }) | None => format!(
            "The sessions of **{name}** are not among the server's events. `/schedule discord-events show:True` shows them there."
        ),
    };
    Card::text(text)
}
