//! The words of the crisis slice: the neutral line, helplines, asking for a person.
//!
//! Wording follows public safe-messaging guidance; [`words`] names the sources: warm, short, no method, no
//! promise, no judgement, a human within reach.

pub mod coach;
pub mod concern;
mod pointer;
pub mod postvention;
pub mod words;

pub use pointer::{pointer, reasons};

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::card::{Button, Card, Press, Style, inert};
use crate::helplines::{Ask, Country, CountryCode, Directory, FRESH_DAYS, Helpline, Topic as Line};
use crate::ids::GroupId;
use crate::roster::Known;
use pointer::{SHOWN, describe, first_buttons, own_field, ways, with_number};
use words::Language;

/// Most helplines that `/helplines` lists.
const LISTED: usize = 6;
/// Most lines that a group added which `/helplines` lists beside them.
const OWN_LISTED: usize = 5;

/// Most groups offered to somebody who wants a person and belongs to several: one row of buttons.
const GROUPS_OFFERED: usize = 5;
/// Most letters of a group's name on a button; Discord takes 80.
const LABEL_LETTERS: usize = 60;

/// The line in the channel. It names nobody and nothing, so that nobody is exposed by it.
pub fn neutral_line(note: &str, late: bool, language: Language) -> Card {
    let words = language.words();
    let late = if late { format!(" {}", words.line_late) } else { String::new() };
    Card::text(format!("{}{late}", words.line)).buttons([open_button(note, language)]).silently()
}

/// The same in a direct message, where even a preview on a locked screen could be dangerous.
pub fn private_line(note: &str, language: Language) -> Card {
    Card::text(language.words().private_line).buttons([open_button(note, language)]).silently()
}

fn open_button(note: &str, language: Language) -> Button {
    // One letter, because the sealed note needs the room of a custom id.
    Button::new(language.words().open_note, Press::new("crisis", "o").arg(note)).style(Style::Primary)
}

/// The line for somebody who asked for a person, when nobody answered: it names nothing either.
pub fn truth_line(note: &str) -> Card {
    let words = Language::En.words();
    Card::text(words.line)
        .buttons([Button::new(words.open_note, Press::new("crisis", "truth").arg(note)).style(Style::Primary)])
        .silently()
}

/// What stays of the line when its note was opened.
pub fn note_opened(language: Language) -> Card {
    Card::text(language.words().line_opened).silently()
}

/// Whether a message of ours with this text is, or was, the line of a note.
pub fn is_note(text: &str) -> bool {
    Language::ALL
        .iter()
        .map(|language| language.words())
        .any(|words| text.starts_with(words.line) || text == words.line_opened)
}

/// Somebody pressed a note that is not theirs: nothing of what it is about, and help all the same.
pub fn not_yours(here: &Here<'_>) -> Card {
    helplines_with(here, here.language.more().not_yours)
}

/// A note that cannot be opened any more.
pub fn note_over(here: &Here<'_>) -> Card {
    helplines_with(here, here.language.more().note_over)
}

fn helplines_with(here: &Here<'_>, words: &str) -> Card {
    let country = here.country.and_then(|country| here.directory.country(country));
    let mut card = match country {
        Some(country) => helplines(here, country),
        None => helplines_anywhere(here),
    };
    if let Some(panel) = &mut card.panel {
        panel.body = format!("{words}\n\n{}", panel.body);
    }
    card
}

/// Where helplines are looked for, when, and for whom.
pub struct Here<'a> {
    /// The directory.
    pub directory: &'a Directory,
    /// The lines that the guild added.
    pub own: Vec<Arc<Helpline>>,
    /// The country of the person, as far as it is known.
    pub country: Option<CountryCode>,
    /// The language they are spoken to in.
    pub language: Language,
    /// The group that the buttons lead to, as far as it is known.
    pub group: Option<GroupId>,
    /// Whether it comes late after the words.
    pub late: bool,
    /// Whether the group's responders may be told of this.
    pub tells: bool,
    /// Now.
    pub now: DateTime<Utc>,
}

fn finder(directory: &Directory) -> Option<(String, String)> {
    let finder = directory.international().first()?;
    Some((finder.name.to_string(), format!("{}\n{}", finder.about, finder.website)))
}

/// The helplines of a country, for `/helplines`.
pub fn helplines(here: &Here<'_>, country: &Country) -> Card {
    let more = here.language.more();
    let mut card = Card::panel(more.lines_title.replace("{country}", &country.name), more.lines_body);
    let mut shown: Vec<Arc<Helpline>> = Vec::new();
    for topic in [
        Line::SuicideCrisis,
        Line::GeneralCrisis,
        Line::SubstanceUse,
        Line::DomesticViolence,
        Line::EatingDisorder,
        Line::PeerWarmline,
    ] {
        let ask = Ask { topic, written_first: false, languages: vec![here.language.code().to_owned()] };
        let offers = here.directory.lines(country.code, &ask, here.now);
        let fresh = offers.into_iter().find(|offer| shown.iter().all(|line| line.id != offer.line.id));
        if let Some(offer) = fresh.filter(|_| shown.len() < LISTED) {
            card = card.field(offer.line.name.to_string(), format!("{}\n{}", offer.line.about, describe(here, &offer)));
            shown.push(offer.line);
        }
    }
    for line in here.own.iter().filter(|line| line.country == country.code).take(OWN_LISTED) {
        let (name, value) = own_field(here, line);
        card = card.field(name, format!("{}\n{value}", inert(&line.about)));
    }
    if let Some((name, value)) = finder(here.directory) {
        card = card.field(name, value);
    }
    if country.emergency.number.is_some() {
        let here = Here { country: Some(country.code), own: Vec::new(), ..*here };
        let words = here.language.words();
        card = card.field(more.lines_emergency, with_number(&here, &format!("{} **{{number}}**", words.call)));
    }
    card.footer(more.lines_footer)
}

/// Nobody knows the country: the directory of directories, and how to ask for one.
pub fn helplines_anywhere(here: &Here<'_>) -> Card {
    let more = here.language.more();
    let mut card = Card::panel(more.lines_anywhere, more.lines_ask_country);
    if let Some((name, value)) = finder(here.directory) {
        card = card.field(name, value);
    }
    card.footer(more.only_you)
}

/// Everything that helps now, for somebody who asks: helplines, a person from the group; calls of theirs that
/// are open can be taken back.
pub fn now(here: &Here<'_>, raised: &[GroupId]) -> Card {
    let more = here.language.more();
    let mut card = Card::panel(more.now_title, with_number(here, more.now_body));
    for (name, value) in ways(here, Line::SuicideCrisis, SHOWN) {
        card = card.field(name, value);
    }
    let back = raised.iter().take(GROUPS_OFFERED - 3).map(|group| concern::take_back(*group, here.language));
    card.buttons(first_buttons(here).into_iter().chain(back)).footer(more.only_you)
}

/// Asks whether the phrase that was wrong is counted, and says what that is.
pub fn wrong(here: &Here<'_>, phrase: &str) -> Card {
    let more = here.language.more();
    let yes = here.group.iter().fold(Press::new("crisis", "wrong_yes").arg(phrase), Press::arg);
    Card::text(more.wrong_ask.replace("{phrase}", phrase))
        .buttons([Button::new(more.wrong_send, yes), Button::new(more.wrong_no, Press::new("crisis", "wrong_no"))])
}

/// It was counted, or not.
pub fn wrong_done(language: Language, counted: bool) -> Card {
    let more = language.more();
    Card::text(if counted { more.wrong_sent } else { more.wrong_not_sent })
}

/// A line was added to the server's own.
pub fn own_added(line: &Helpline) -> Card {
    Card::text(format!(
        "Added: {}. It is shown after the directory's lines, in `/helplines` and on notes about what it is for. \
         Look it up again within a year.",
        inert(&line.name)
    ))
}

/// Lines of the server that nobody looked up again for more than a year, for its facilitators.
pub fn own_old(lines: &[Arc<Helpline>]) -> Card {
    let names: Vec<String> = lines.iter().map(|line| format!("• {}", inert(&line.name))).collect();
    Card::text(format!(
        "When you have a moment: these helplines of yours were looked up more than a year ago.\n{}\nIf the number still \
         stands on its site, `/helpline add` with the same name and today's day renews it; `/helpline remove` takes it off.",
        names.join("\n")
    ))
    .silently()
}

/// A line of the server was taken off.
pub fn own_removed(name: &str) -> Card {
    Card::text(format!("{} is taken off.", inert(name)))
}

/// The server's own lines with source and day; old ones say so.
pub fn own_listed(lines: &[Arc<Helpline>], today: NaiveDate) -> Card {
    let mut card = Card::panel(
        "Lines added here",
        if lines.is_empty() { "None so far. `/helpline add` adds one that you looked up." } else { "" },
    );
    for line in lines {
        let old = if line.age_days(today) > FRESH_DAYS { " · **please look it up again**" } else { "" };
        let source = line.sources.first().map(|source| inert(source)).unwrap_or_default();
        let value = format!("{}\nRead on {} at {source}{old}", inert(&line.about), line.verified_on);
        if card.room() < value.chars().count() + 200 {
            break;
        }
        card = card.field(inert(&line.name), value);
    }
    card.footer("Only you see this.")
}

/// Somebody wants a person and belongs to several groups.
pub fn which_group(groups: &[Known], language: Language) -> Card {
    let more = language.more();
    Card::panel(more.hand_title, more.hand_which)
        .buttons(groups.iter().take(GROUPS_OFFERED).map(|known| {
            let name: String = known.name.chars().take(LABEL_LETTERS).collect();
            Button::new(name, Press::new("crisis", "handup").arg(known.group))
        }))
        .footer(more.only_you)
}

/// The call was not posted.
pub fn hand_up_not_now(language: Language) -> Card {
    Card::text(language.more().hand_nothing)
}

/// There is no group whose people could be asked.
pub fn nobody_here(language: Language) -> Card {
    Card::text(language.more().hand_nobody)
}

/// Words are not noticed any more.
pub fn muted(language: Language) -> Card {
    Card::text(language.more().muted)
}

/// Somebody wrote to the bot directly: what can be done here, and that nobody reads along.
pub fn hello() -> Card {
    Card::text(
        "Hi. I'm a bot, so I can't talk with you, and nobody reads what you write here.\n\
         Here: `/helplines` finds somebody to talk to, any time, and `/now` asks for a person from your group.\n\
         In your server: `/checkin` says how you are, `/sessions next` shows what comes next, `/me` sets your hours, \
         `/privacy` shows what I keep.",
    )
    .buttons([Button::new("Talk to somebody", Press::new("crisis", "more"))])
}
