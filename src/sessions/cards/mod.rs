//! What sessions say in a group's channel: reminders, and corrections of what was told.

pub mod attending;
mod board;
mod calendars;
mod files;
mod schedule;

pub use board::{Missed, again, deliveries, elsewhere, preview, preview_words, reason_words};
pub use calendars::{calendar_file, events_trouble, feed, left_out_of_events, listing};
pub use files::{confirm_import, exported, imported, nothing_to_import};
pub use schedule::{
    confirm, discarded, excepted, holidays, list, removed, resting, resumed, saved, show, undone, upcoming,
};

use super::model::attending::Tally;
use super::model::{Occurrence, Series, Told, Venue};
use crate::card::{Button, Card, inert};

/// The reminder of one occurrence. Discord shows the times in each reader's own zone. `last` is the one
/// nearest to the start: it holds the way in. `tally` is given where everybody may see how many come.
pub fn reminder(series: &Series, occurrence: &Occurrence, last: bool, late: bool, tally: Option<Tally>) -> Card {
    let details = &series.details;
    let text = reminder_text(series, occurrence);
    let mut card = match details.ping {
        Some(role) => Card::text(format!("<@&{role}> {text}")).ping_role(role),
        None => Card::text(text),
    };
    card = card.buttons(attending::answer_row(series.id, occurrence, None));
    if let Some(link) = details.venue.link.as_ref().filter(|_| last) {
        card = card.buttons([Button::link("Join", link)]);
    }
    let tally = tally.map(|tally| attending::tally_words(&tally, details));
    match (tally, late) {
        (Some(tally), true) => card.footer(format!("{tally}. {LATE}")),
        (Some(tally), false) => card.footer(tally),
        (None, late) => lately(card, late),
    }
}

/// What a reminder says, wherever it is said.
fn reminder_text(series: &Series, occurrence: &Occurrence) -> String {
    let details = &series.details;
    let at = occurrence.starts_at().timestamp();
    let title = inert(&details.title);
    let mut text = format!("**{title}** starts <t:{at}:R>.\n<t:{at}:F> · {} minutes", details.minutes);
    if occurrence.is_moved() {
        text.push_str(&format!("\nMoved from {}.", crate::calendar::moment_words(occurrence.id.planned_local())));
    }
    for line in [occurrence.time.note_words(details.zone), venue(&details.venue), host(series)].into_iter().flatten() {
        text.push('\n');
        text.push_str(&line);
    }
    text
}

/// What a late reminder says.
const LATE: &str = "This reminder comes late. Sorry about that.";

/// Small print does not count when the courier looks whether a card like this was posted before, so a
/// card that is drawn again after a crash is still recognised when it has become late meanwhile.
fn lately(card: Card, late: bool) -> Card {
    if late { card.footer(LATE) } else { card }
}

/// Where, in one line; nothing when it is the group's own channel.
fn venue(venue: &Venue) -> Option<String> {
    let channel = venue.channel.map(|channel| format!("<#{channel}>"));
    let address = venue.address.as_deref().map(inert);
    let parts: Vec<String> = [channel, address].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Where: {}", parts.join(" · ")))
}

fn host(series: &Series) -> Option<String> {
    series.details.host.map(|host| format!("With <@{host}>"))
}

/// People were told something about an occurrence, and something else holds now.
pub fn correction(
    series: &Series,
    was: Option<Told>,
    held: Option<&Occurrence>,
    next: Option<&Occurrence>,
    late: bool,
) -> Card {
    let title = inert(&series.details.title);
    let text = match (was, held.map(|occurrence| occurrence.starts_at().timestamp())) {
        (Some(Told::At(before)), Some(at)) => {
            let before = before.timestamp();
            format!("**{title}** has moved: it was to start <t:{before}:F>, and now starts <t:{at}:F> (<t:{at}:R>).")
        }
        (Some(Told::Off), Some(at)) => format!("**{title}** takes place after all: <t:{at}:F> (<t:{at}:R>)."),
        (None, Some(at)) => format!("**{title}** starts <t:{at}:F> (<t:{at}:R>)."),
        (was, None) => {
            let when = match was {
                Some(Told::At(before)) => format!(" on <t:{}:F>", before.timestamp()),
                Some(Told::Off) | None => String::new(),
            };
            let next = next.map(|next| format!("\nThe next one is <t:{}:F>.", next.starts_at().timestamp()));
            format!("**{title}**{when} does not take place.{}", next.unwrap_or_default())
        }
    };
    let mut card = Card::text(match (held, venue(&series.details.venue)) {
        (Some(_), Some(venue)) => format!("{text}\n{venue}"),
        _ => text,
    });
    if let Some(held) = held {
        card = card.buttons(attending::answer_row(series.id, held, None));
    }
    if let (Some(_), Some(link)) = (held, &series.details.venue.link) {
        card = card.buttons([Button::link("Join", link)]);
    }
    if late { card.footer("This comes late. Sorry about that.") } else { card }
}
