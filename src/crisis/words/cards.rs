//! What facilitators read about the words that are looked for.

use super::actions::Taken;
use super::model::{Change, DryRun, Entry};
use crate::card::{Card, inert};
use crate::crisis::lexicon::{Explanation, Level, Rule, Sensitivity, Step, Topic};
use crate::ids::ChannelId;

/// Characters kept free for saying that there is more.
const MORE_ROOM: usize = 90;
/// Most steps of an explanation that are shown; a sentence rarely has more than three.
const STEPS: usize = 12;
/// Most characters of the words as they were read that are shown.
const READ_AS: usize = 900;

/// The guild's own words and the channels that are not balanced.
pub fn list(
    entries: &[Entry],
    sensitivities: &[(ChannelId, Sensitivity)],
    places: &[(ChannelId, String)],
    shared: usize,
) -> Card {
    let body = format!(
        "{shared} shared phrases are looked for here. What this server changed is below.\n\
         Change it with `/words add`, `/words remove`, `/words allow`, `/words sensitivity`. \
         Try a sentence with `/words test`, a channel with `/words dry-run`."
    );
    let mut card =
        Card::panel("Words here", body).footer("Only you see this. A word check can be wrong in both directions.");
    let channels: Vec<String> =
        sensitivities.iter().map(|(channel, sensitivity)| format!("<#{channel}>: {sensitivity}")).collect();
    if !channels.is_empty() {
        card = card.field("Channels that are not balanced", clipped(&channels, 900));
    }
    let places: Vec<String> =
        places.iter().map(|(channel, group)| format!("<#{channel}> for {}", inert(group))).collect();
    if !places.is_empty() {
        card = card.field("Looked at besides a group's own channel", clipped(&places, 900));
    }
    for (title, kind) in [("Looked for besides", "add"), ("No longer looked for", "remove"), ("Never counted", "allow")]
    {
        let lines: Vec<String> = entries.iter().filter(|entry| entry.change.kind() == kind).map(line).collect();
        if !lines.is_empty() {
            card = card.field(title, clipped(&lines, 1000));
        }
    }
    if entries.is_empty() { card.field("Changes", "None yet.") } else { card }
}

fn line(entry: &Entry) -> String {
    match &entry.change {
        Change::Add { pattern, level, topic, .. } => {
            format!("`{}` {} · {level} · {}", entry.name(), inert(pattern), about(*topic))
        }
        Change::Remove(phrase) => format!("`{phrase}`"),
        Change::Allow(pattern) => format!("`{}` {}", entry.name(), inert(pattern)),
    }
}

fn clipped(lines: &[String], room: usize) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        if text.chars().count() + line.chars().count() + MORE_ROOM > room {
            text.push_str(&format!("and {} more; names come up while you type in `/words remove`", lines.len() - at));
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// A change is in force.
pub fn changed(entry: &Entry) -> Card {
    let words = inert(entry.change.words());
    Card::text(match &entry.change {
        Change::Add { level, topic, .. } => format!(
            "Done. From now on “{words}” counts as {level} ({}). It is called `{}`.\nTry it with `/words test`.",
            about(*topic),
            entry.name()
        ),
        Change::Remove(phrase) => {
            format!(
                "Done. `{phrase}` is not looked for in this server any more.\n`/words remove` with the same name puts it back."
            )
        }
        Change::Allow(_) => format!(
            "Done. Words that fit “{words}” never count in this server. It is called `{}`.\nTry it with `/words test`.",
            entry.name()
        ),
    })
}

/// Something was taken off the list, or a shared phrase switched off.
pub fn removed(taken: &Taken) -> Card {
    match taken {
        Taken::Off(entry) => changed(entry),
        Taken::Back(Entry { change: Change::Remove(phrase), .. }) => {
            Card::text(format!("Done. `{phrase}` is looked for again."))
        }
        Taken::Back(entry) => Card::text(format!("Done. “{}” is off the list.", inert(entry.change.words()))),
    }
}

/// How readily a channel is answered now.
pub fn sensitivity(channel: ChannelId, sensitivity: Sensitivity) -> Card {
    let means = match sensitivity {
        Sensitivity::Quiet => "Only plain statements are answered. Passive thoughts and slang are left alone.",
        Sensitivity::Balanced => "Plain statements and clear passive thoughts are answered. This is the default.",
        Sensitivity::Sensitive => {
            "Ambiguous words, slang with a laugh and exaggeration are answered too. Expect more notes that were not needed."
        }
    };
    Card::text(format!("<#{channel}> is now {sensitivity}. {means}"))
}

/// How a verdict came about, step by step.
pub fn explained(explanation: &Explanation, sensitivity: Sensitivity) -> Card {
    let verdict = &explanation.verdict;
    let title = match verdict.level {
        Level::None => "Nothing would be shown".to_owned(),
        level => format!("This would be answered as {level}"),
    };
    let topics: Vec<&str> = verdict.topics.iter().map(about).collect();
    let mut body = match (verdict.phrase.as_ref(), verdict.rule) {
        (Some(phrase), Some(rule)) => format!("`{phrase}` decided: {}.", because(rule)),
        _ => "No phrase of the list stands in it.".to_owned(),
    };
    if !topics.is_empty() {
        body.push_str(&format!("\nAbout: {}.", topics.join(", ")));
    }
    let read: String = explanation.normalised.chars().take(READ_AS).collect();
    let mut card =
        Card::panel(title, body).field("Read as", if read.is_empty() { "—".to_owned() } else { inert(&read) });
    for (at, step) in explanation.steps.iter().take(STEPS).enumerate() {
        card = card.field(format!("{}. {}", at + 1, step.phrase), told(step));
    }
    if explanation.steps.len() > STEPS {
        card = card.field("And more", format!("{} further findings.", explanation.steps.len() - STEPS));
    }
    card.footer(format!("Sensitivity here: {sensitivity}. Only you see this; the sentence is kept nowhere."))
}

fn told(step: &Step) -> String {
    let by = step.context.as_ref().map(|id| format!(" (`{id}`)")).unwrap_or_default();
    format!("{} by itself → {} here: {}{by}", step.level, step.outcome, because(step.rule))
}

/// What a channel's last messages would have led to.
pub fn dry_run(channel: ChannelId, found: &DryRun) -> Card {
    let answered: usize = found.tallies.iter().map(|tally| tally.count).sum();
    let body = match (found.read, answered) {
        (0, _) => format!("There are no messages by people in <#{channel}> that I can read."),
        (read, 0) => format!("I read {} of <#{channel}>. None would have been answered.", messages(read)),
        (read, answered) => format!(
            "I read {} of <#{channel}>. {answered} would have been answered, by these phrases.\n\
             If one keeps being wrong here, switch it off with `/words remove` or allow the words with `/words allow`.",
            messages(read)
        ),
    };
    let lines: Vec<String> =
        found.tallies.iter().map(|tally| format!("{} × `{}` ({})", tally.count, tally.phrase, tally.level)).collect();
    let card = Card::panel("Dry run", body).footer("Only you see this. Nobody was answered and nothing was kept.");
    if lines.is_empty() { card } else { card.field("By phrase", clipped(&lines, 1000)) }
}

fn messages(count: usize) -> String {
    if count == 1 { "1 message".to_owned() } else { format!("{count} messages") }
}

/// A topic in words.
pub const fn about(topic: Topic) -> &'static str {
    match topic {
        Topic::Suicide => "suicide",
        Topic::SelfHarm => "self-harm",
        Topic::Overdose => "substance use",
        Topic::DomesticViolence => "violence at home",
        Topic::EatingDisorder => "eating",
        Topic::DirectedAbuse => "abuse aimed at somebody",
        Topic::Bereavement => "grief",
    }
}

/// A rule as a reason.
pub const fn because(rule: Rule) -> &'static str {
    match rule {
        Rule::Statement => "the words stand as they are",
        Rule::Negation => "they are said not to be so",
        Rule::OtherPerson => "they are about somebody else",
        Rule::NoPerson => "they are not about a person",
        Rule::Past => "they are about a past that is over",
        Rule::Support => "they support, teach or ask somebody else",
        Rule::Condition => "they only suppose it",
        Rule::Hyperbole => "they exaggerate",
        Rule::Quotation => "they are quoted",
        Rule::Title => "they belong to a film, song or book",
        Rule::Game => "they are about a game or a program",
        Rule::Joke => "a laugh stands beside them",
        Rule::Abuse => "they are aimed at somebody as abuse",
        Rule::Bereavement => "they grieve for somebody",
        Rule::Time => "a time within about a day stands beside them",
        Rule::Means => "the means are at hand",
        Rule::Farewell => "it is a farewell",
        Rule::Allowed => "this server allowed these words",
        Rule::Sensitivity => "this channel leaves such words alone",
        Rule::Present => "it is said to be happening now",
    }
}
