//! What the second step says: selects and forms for what is asked besides the mood.

use chrono::NaiveTime;

use super::super::model::{
    Answer, Change, Halt, LINE_LIMIT, Question, Rating, Setup, Skill, Taken, Urge, WORDS_LIMIT, Window,
};
use super::{mood_words, skill_words};
use crate::calendar::{Zone, date_words, list_words, time_words};
use crate::card::{Button, Card, Input, Modal, Press, Select, Style};
use crate::ids::{GroupId, PromptId};

/// Selects on one card; with the row of buttons they fill Discord's five rows.
const PAGE: usize = 4;
/// What a select sends to leave a question open again.
const OPEN: &str = "open";
/// What a select sends for "none of these".
const NONE: &str = "none";

/// A question in a few words, as lists name it.
pub const fn question_words(question: Question) -> &'static str {
    match question {
        Question::Energy => "energy",
        Question::Sleep => "sleep",
        Question::Urge => "urge or craving, 0 to 10",
        Question::Halt => "hungry, angry, lonely or tired",
        Question::Medication => "medication as planned",
        Question::Win => "one small win",
        Question::Line => "one line",
        Question::Own => "the group's own questions",
    }
}

pub(super) fn energy_words(rating: Rating) -> &'static str {
    match rating.number() {
        1 => "none left",
        2 => "a little",
        3 => "some",
        4 => "enough",
        _ => "plenty",
    }
}

pub(super) fn sleep_words(rating: Rating) -> &'static str {
    match rating.number() {
        1 => "hardly any",
        2 => "badly",
        3 => "so-so",
        4 => "okay",
        _ => "well",
    }
}

const fn halt_words(halt: Halt) -> &'static str {
    match halt {
        Halt::Hungry => "Hungry",
        Halt::Angry => "Angry",
        Halt::Lonely => "Lonely",
        Halt::Tired => "Tired",
    }
}

pub(super) const fn taken_words(taken: Taken) -> &'static str {
    match taken {
        Taken::AsPlanned => "as planned",
        Taken::Partly => "partly, or at another time",
        Taken::NotToday => "not today",
    }
}

/// The second step: up to four selects a page, the words, and a person.
pub fn more(window: &Window, answer: &Answer, asked: &[Question], page: usize) -> Card {
    let selects: Vec<Question> = asked.iter().copied().filter(|one| Question::SELECTS.contains(one)).collect();
    let pages = selects.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let mut card = Card::text(format!(
        "**{}, a little more.** Leave out whatever you like; it's kept as you choose it.{}",
        date_words(window.on_date),
        so_far(answer)
    ));
    for question in selects.iter().skip(page * PAGE).take(PAGE) {
        card = card.select(select(window.id, *question, answer, page));
    }
    let mut buttons = Vec::new();
    if page + 1 < pages {
        buttons.push(Button::new("Next", Press::new("checkins", "more").arg(window.id).arg(page + 1)));
    }
    if asked.iter().any(|one| Question::WORDS.contains(one)) {
        buttons.push(Button::new("In your words", Press::new("checkins", "words").arg(window.id)));
    }
    buttons.push(Button::new("I'd like someone to reach out", Press::new("crisis", "handup")));
    buttons.push(Button::new("What I'm asked", Press::new("checkins", "mine").arg(window.group)));
    buttons.push(Button::new("Done", Press::new("checkins", "done").arg(window.id)).style(Style::Primary));
    card.buttons(buttons)
}

fn so_far(answer: &Answer) -> String {
    let mut parts = Vec::new();
    parts.extend(answer.mood.map(|mood| mood_words(mood).to_lowercase()));
    parts.extend(answer.win.as_ref().map(|_| "a win".to_owned()));
    parts.extend(answer.line.as_ref().map(|_| "a line".to_owned()));
    if !answer.own.is_empty() {
        parts.push("the group's questions".to_owned());
    }
    if parts.is_empty() { String::new() } else { format!("\n-# Kept so far: {}.", list_words(&parts)) }
}

fn select(prompt: PromptId, question: Question, answer: &Answer, page: usize) -> Select {
    let leave = (OPEN.to_owned(), "Leave it open".to_owned());
    let rated = |words: fn(Rating) -> &'static str| {
        let ratings = (1..=Rating::MOST).filter_map(|number| Rating::try_from(number).ok());
        ratings.map(|rating| (rating.number().to_string(), capital(words(rating)))).collect::<Vec<_>>()
    };
    let (name, value, mut options, most) = match question {
        Question::Energy => ("Energy", answer.energy.map(|one| energy_words(one).to_owned()), rated(energy_words), 1),
        Question::Sleep => ("Sleep", answer.sleep.map(|one| sleep_words(one).to_owned()), rated(sleep_words), 1),
        Question::Urge => {
            let options = (0..=Urge::MOST).map(|number| (number.to_string(), urge_label(number))).collect();
            ("Urge or craving, 0 to 10", answer.urge.map(|urge| urge.number().to_string()), options, 1)
        }
        Question::Halt => {
            let mut options: Vec<_> =
                Halt::ALL.map(|halt| (halt.word().to_owned(), halt_words(halt).to_owned())).into();
            options.push((NONE.to_owned(), "None of these".to_owned()));
            ("Hungry, angry, lonely, tired", answer.halt.as_ref().map(halt_value), options, 4)
        }
        Question::Medication | Question::Win | Question::Line | Question::Own => {
            let options = Taken::ALL.map(|taken| (taken.word().to_owned(), capital(taken_words(taken)))).into();
            ("Medication", answer.medication.map(|taken| taken_words(taken).to_owned()), options, 1)
        }
    };
    options.push(leave);
    Select {
        press: Press::new("checkins", "set").arg(prompt).arg(question.word()).arg(page),
        placeholder: match value {
            Some(value) => format!("{name}: {value}"),
            None => name.to_owned(),
        },
        options,
        choose: (1, most),
    }
}

fn urge_label(number: u8) -> String {
    match number {
        0 => "0 · none".to_owned(),
        Urge::MOST => "10 · as strong as it gets".to_owned(),
        number => number.to_string(),
    }
}

pub(super) fn halt_value(named: &std::collections::BTreeSet<Halt>) -> String {
    if named.is_empty() {
        return "none of these".to_owned();
    }
    list_words(&named.iter().map(|halt| halt_words(*halt).to_lowercase()).collect::<Vec<_>>())
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What was chosen in a select of [`more`]; nothing when it is none of its values.
pub fn chosen(question: Question, values: &[String]) -> Option<Change> {
    let first = values.first()?.as_str();
    let is_open = values.iter().any(|value| value == OPEN);
    let rating = || first.parse::<u8>().ok().and_then(|number| Rating::try_from(number).ok());
    let picked =
        |change: fn(Option<Rating>) -> Change| if is_open { Some(change(None)) } else { Some(change(Some(rating()?))) };
    match question {
        Question::Energy => picked(Change::Energy),
        Question::Sleep => picked(Change::Sleep),
        Question::Urge if is_open => Some(Change::Urge(None)),
        Question::Urge => Some(Change::Urge(Some(Urge::try_from(first.parse::<u8>().ok()?).ok()?))),
        Question::Halt if is_open => Some(Change::Halt(None)),
        Question::Halt => {
            let named = |value: &String| Halt::ALL.into_iter().find(|halt| halt.word() == value);
            let real = values.iter().filter(|value| *value != NONE);
            Some(Change::Halt(Some(real.map(named).collect::<Option<_>>()?)))
        }
        Question::Medication if is_open => Some(Change::Medication(None)),
        Question::Medication => {
            Some(Change::Medication(Some(Taken::ALL.into_iter().find(|taken| taken.word() == first)?)))
        }
        Question::Win | Question::Line | Question::Own => None,
    }
}

/// The form for everything that is answered in words; none when nothing is.
pub fn words_form(prompt: PromptId, setup: &Setup, asked: &[Question], before: &Answer) -> Option<Modal> {
    let input = |id: &str, label: &str, placeholder: &str, value: Option<&str>, limit| Input {
        id: id.into(),
        label: label.into(),
        placeholder: placeholder.into(),
        value: value.unwrap_or_default().into(),
        long: true,
        required: false,
        limit,
    };
    let mut inputs = Vec::new();
    if asked.contains(&Question::Win) {
        let hint = "Getting up counts";
        inputs.push(input("win", "One small win", hint, before.win.as_deref(), WORDS_LIMIT));
    }
    if asked.contains(&Question::Line) {
        let hint = "Whatever you'd like to remember about today";
        inputs.push(input("line", "One line for today", hint, before.line.as_deref(), LINE_LIMIT));
    }
    if asked.contains(&Question::Own) {
        for (at, question) in setup.own.iter().enumerate() {
            let id = format!("own{}", at + 1);
            inputs.push(input(&id, question, "", before.own_text(question), WORDS_LIMIT));
        }
    }
    (!inputs.is_empty()).then(|| Modal {
        press: Press::new("checkins", "wrote").arg(prompt),
        title: "Only you can read this".into(),
        inputs,
    })
}

/// A suggestion was marked.
pub fn marked(skill: Skill, helps: bool) -> Card {
    Card::text(if helps {
        format!("Noted. On such a day I'll offer you this again: {}", skill_words(skill))
    } else {
        "Okay, I won't offer you that one again.".to_owned()
    })
}

/// What a member is asked, to choose from.
///
/// `direct` is the member's own hour, their zone, and whether the prompts go on (they rest when unused);
/// `counted` says whether they are counted in the group's weather.
pub fn mine(
    group: GroupId,
    choosable: &[Question],
    asked: &[Question],
    direct: Option<(NaiveTime, Zone, bool)>,
    counted: bool,
) -> Card {
    let names: Vec<&str> = asked.iter().map(|question| question_words(*question)).collect();
    let now = if names.is_empty() { "only how you are".to_owned() } else { list_words(&names) };
    let options = choosable.iter().map(|one| (one.word().to_owned(), capital(question_words(*one)))).collect();
    Card::panel(
        "Your check-ins",
        format!(
            "After the first tap you may be asked: {now}.\n\nChoose what you'd like to be asked. \
             Nobody sees what you choose, and it's locked like your answers."
        ),
    )
    .select(Select {
        press: Press::new("checkins", "mine_ask").arg(group),
        placeholder: "What I may ask you".into(),
        options,
        choose: (1, u8::try_from(choosable.len()).unwrap_or(1)),
    })
    .field("Asked by direct message", direct_words(direct))
    .buttons([
        Button::new("Only how I am", Press::new("checkins", "mine_none").arg(group)),
        Button::new("My own hour", Press::new("checkins", "hour").arg(group)),
        super::quiet_button(group),
        super::counted_button(group, counted),
    ])
    .footer("Only you see this.")
}

fn direct_words(direct: Option<(NaiveTime, Zone, bool)>) -> String {
    match direct {
        None => "no".to_owned(),
        Some((at, zone, true)) => format!("every day at {}, {zone}", time_words(at)),
        Some((at, zone, false)) => {
            format!(
                "at {}, {zone}; resting, because they weren't of use. A check-in starts them again.",
                time_words(at)
            )
        }
    }
}
