//! Stories: scripts of what people do and when, one act a line, played on a [`Stage`].
//!
//! ```text
//! # a comment                                  == A heading, printed as it is
//! start 2026-03-02 08:55 America/New_York      (first line: when and in which zone)
//! at tue 09:00      wait 2h                    (time passes; everything due happens on the way)
//! Ana: good morning                            (said in the group's channel)
//! Ana in #staff: hello      Ana dm: hello
//! Ana /checkin
//! Ana presses Okay                             (the newest button of that name, or its number)
//! Ana chooses Hungry, Tired in Hungry          (in the newest select whose words begin so)
//! Ana picks "I'm worried about this" on: hard words    (a message menu, on the newest message that holds them)
//! Ana writes Slept badly, but I'm here         (into the first field of the form that is open)
//! Ana takes no direct messages      Ana takes direct messages      Ana leaves      Ana comes back
//! Discord goes down      Discord comes back      the bot is killed      the bot starts
//! ```
//! In the story files of the tests, lines that begin with `|` hold what the bot said then; the runner
//! fills them in.

use anyhow::{Context as _, bail};
use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};

use super::stage::Stage;
use crate::calendar::{self, Zone, resolved, to_civil};
use crate::sandbox::{Answer, Declined, MessageView, Person, Style};

/// One line of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A heading.
    Heading(String),
    /// Time passes until the next such local moment.
    At(String),
    /// Time passes.
    Wait(TimeDelta),
    /// Somebody says something; the channel's name, or none for the group's.
    Says(String, Option<String>, String),
    /// Somebody writes to the bot directly.
    Direct(String, String),
    /// Somebody runs a command.
    Runs(String, String),
    /// Somebody presses a button, by its label or number.
    Presses(String, String),
    /// Somebody picks a message menu, on the newest message of the channel that holds the words.
    Picks(String, String, String),
    /// Somebody chooses options in a select, named by how its words begin.
    Chooses(String, Vec<String>, String),
    /// Somebody fills in the first field of an open form and sends it.
    Writes(String, String),
    /// Somebody takes direct messages, or does not any more.
    TakesDirect(String, bool),
    /// Somebody leaves the guild, or comes back.
    Here(String, bool),
    /// Discord answers nothing, or does again.
    Discord(bool),
    /// The bot is ended in the middle of things, or started.
    Bot(bool),
}

/// When a story begins, and in which zone its hours are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The first moment.
    pub at: DateTime<Utc>,
    /// The zone.
    pub zone: Zone,
}

/// Reads the first line of a story that is not a comment.
///
/// # Errors
/// Says what is expected there.
pub fn opening(text: &str) -> anyhow::Result<Opening> {
    let wanted = "a story begins with: start 2026-03-02 08:55 America/New_York";
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).context(wanted)?;
    let mut parts = line.strip_prefix("start ").context(wanted)?.split_whitespace();
    let (Some(day), Some(time), Some(zone)) = (parts.next(), parts.next(), parts.next()) else { bail!(wanted) };
    let local = NaiveDateTime::parse_from_str(&format!("{day} {time}"), "%Y-%m-%d %H:%M").context(wanted)?;
    let zone = zone.parse::<Zone>().map_err(|error| anyhow::anyhow!(error.to_string()))?;
    Ok(Opening { at: resolved(local, zone).at, zone })
}

/// Reads one line of a story; nothing for comments, empty lines, the opening and what the bot said.
///
/// # Errors
/// Says what cannot be read, with the ways a line can look.
pub fn act(line: &str) -> anyhow::Result<Option<Act>> {
    let line = line.trim();
    if line.is_empty() || line.starts_with(['#', '|']) || line.starts_with("start ") {
        return Ok(None);
    }
    if let Some(heading) = line.strip_prefix("==") {
        return Ok(Some(Act::Heading(heading.trim().to_owned())));
    }
    if let Some(found) = scene(line)? {
        return Ok(Some(found));
    }
    let Some((who, rest)) = line.split_once([' ', ':']) else { bail!("cannot read: {line}\n{HOW}") };
    let said_here = line[who.len()..].starts_with(':');
    let (who, rest) = (who.to_owned(), rest.trim());
    if said_here {
        return Ok(Some(Act::Says(who, None, rest.to_owned())));
    }
    if let Some((channel, words)) = rest.strip_prefix("in #").and_then(|rest| rest.split_once(':')) {
        return Ok(Some(Act::Says(who, Some(channel.trim().to_owned()), words.trim().to_owned())));
    }
    if let Some(words) = rest.strip_prefix("dm:") {
        return Ok(Some(Act::Direct(who, words.trim().to_owned())));
    }
    if rest.starts_with('/') {
        return Ok(Some(Act::Runs(who, rest.to_owned())));
    }
    for verb in ["presses ", "press "] {
        if let Some(which) = rest.strip_prefix(verb) {
            return Ok(Some(Act::Presses(who, which.trim().trim_matches('"').to_owned())));
        }
    }
    if let Some((options, select)) = rest.strip_prefix("chooses ").and_then(|rest| rest.rsplit_once(" in ")) {
        let options = options.split(", ").map(|option| option.trim().to_owned()).collect();
        return Ok(Some(Act::Chooses(who, options, select.trim().to_owned())));
    }
    if let Some((menu, words)) = rest.strip_prefix("picks \"").and_then(|rest| rest.split_once("\" on:")) {
        return Ok(Some(Act::Picks(who, menu.to_owned(), words.trim().to_owned())));
    }
    for verb in ["writes ", "write "] {
        if let Some(words) = rest.strip_prefix(verb) {
            return Ok(Some(Act::Writes(who, words.trim().to_owned())));
        }
    }
    match rest {
        "takes no direct messages" => Ok(Some(Act::TakesDirect(who, false))),
        "takes direct messages" => Ok(Some(Act::TakesDirect(who, true))),
        "leaves" => Ok(Some(Act::Here(who, false))),
        "comes back" => Ok(Some(Act::Here(who, true))),
        _ => bail!("cannot read: {line}\n{HOW}"),
    }
}

/// How a line can look, for somebody who types one.
pub const HOW: &str = "  NAME: some words   NAME /helplines   NAME presses Okay   NAME writes a line   NAME dm: hello";

fn scene(line: &str) -> anyhow::Result<Option<Act>> {
    Ok(Some(match line {
        "Discord goes down" => Act::Discord(false),
        "Discord comes back" => Act::Discord(true),
        "the bot is killed" => Act::Bot(false),
        "the bot starts" => Act::Bot(true),
        _ => {
            if let Some(moment) = line.strip_prefix("at ") {
                Act::At(moment.trim().to_owned())
            } else if let Some(length) = line.strip_prefix("wait ") {
                Act::Wait(calendar::duration(length).map_err(|error| anyhow::anyhow!(error.to_string()))?)
            } else {
                return Ok(None);
            }
        }
    }))
}

/// Plays one act and returns when everything that came of it is done. What Discord's client tells the
/// person instead of doing it comes back as a sentence.
///
/// # Errors
/// When the act names nobody or nothing on stage, or the bot cannot be started.
pub async fn play(stage: &mut Stage, zone: Zone, act: &Act) -> anyhow::Result<Option<String>> {
    let told = match act {
        Act::Heading(_) => Ok(()),
        Act::At(moment) => {
            let to = moment_of(stage.clock.now(), zone, moment)?;
            stage.advance_to(to).await?;
            Ok(())
        }
        Act::Wait(length) => {
            let to = stage.clock.now().checked_add_signed(*length).context("too long a wait")?;
            stage.advance_to(to).await?;
            Ok(())
        }
        Act::Says(who, None, words) => stage.person(who)?.say(&stage.channel, words).map(drop),
        Act::Says(who, Some(channel), words) => stage.person(who)?.say(channel.as_str(), words).map(drop),
        Act::Direct(who, words) => stage.person(who)?.dm(words).map(drop),
        Act::Runs(who, command) => stage.person(who)?.run(command).await.map(drop),
        Act::Presses(who, which) => press(&stage.person(who)?, stage, which).await.map(drop),
        Act::Picks(who, menu, words) => {
            let person = stage.person(who)?;
            let seen = person.reads(&stage.channel);
            let message = seen.iter().rev().find(|message| message.text().contains(words.as_str()));
            let message = message.with_context(|| format!("{who} sees no message with these words: {words}"))?;
            person.message_menu(message, menu).await.map(drop)
        }
        Act::Chooses(who, options, select) => choose(&stage.person(who)?, options, select).await.map(drop),
        Act::Writes(who, words) => write(&stage.person(who)?, words).await.map(drop),
        Act::TakesDirect(who, yes) => {
            stage.person(who)?.refuses_dms(!yes);
            Ok(())
        }
        Act::Here(who, here) => {
            let person = stage.person(who)?;
            if *here {
                person.join(&stage.guild)
            } else {
                person.leave(&stage.guild)
            }
            Ok(())
        }
        Act::Discord(up) => {
            stage.sandbox.faults().outage(!up);
            if *up {
                stage.until_connected().await?;
            }
            Ok(())
        }
        Act::Bot(true) => {
            stage.start_bot().await?;
            Ok(())
        }
        Act::Bot(false) => {
            stage.kill_bot().await;
            Ok(())
        }
    };
    stage.settle().await;
    Ok(told.err().map(|declined| format!("({declined})")))
}

/// The next local moment that `tue 09:00` or `2026-03-08 18:00` names.
///
/// # Errors
/// Says how a moment can look.
pub fn moment_of(now: DateTime<Utc>, zone: Zone, text: &str) -> anyhow::Result<DateTime<Utc>> {
    let wanted = || format!("cannot read the moment: {text} (such as: tue 09:00, or 2026-03-08 18:00)");
    if let Ok(local) = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M") {
        return Ok(resolved(local, zone).at);
    }
    let (day, time) = text.split_once(' ').with_context(wanted)?;
    let day: chrono::Weekday = day.parse().map_err(|_| anyhow::anyhow!(wanted()))?;
    let time = chrono::NaiveTime::parse_from_str(time.trim(), "%H:%M").with_context(wanted)?;
    let today = to_civil(now, zone).date();
    (0..=7)
        .filter_map(|days| today.checked_add_signed(TimeDelta::days(days)))
        .filter(|date| date.weekday() == day)
        .map(|date| resolved(date.and_time(time), zone).at)
        .find(|at| *at >= now)
        .with_context(wanted)
}

/// Chooses in the newest select that the person alone can see and whose words begin so.
///
/// # Errors
/// What Discord's client says when there is none, or no answer came.
pub async fn choose(person: &Person, options: &[String], select: &str) -> Result<Answer, Declined> {
    let mut seen: Vec<MessageView> = person.sees_privately();
    seen.extend(person.inbox());
    seen.sort_by_key(|message| message.id);
    let wanted = select.to_lowercase();
    let found = seen.iter().rev().find_map(|message| {
        let mut selects =
            message.controls().filter(|control| !control.options.is_empty() || control.style == Style::Picker);
        selects.find(|one| one.label.to_lowercase().starts_with(&wanted)).map(|one| (message, one.custom_id.clone()))
    });
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    match found {
        Some((message, id)) => person.choose(message, &id, &options).await,
        None => Err(Declined::Client(format!("{} sees nothing to choose called \"{select}\"", person.name()))),
    }
}

/// Presses the newest button of that name that the person can see.
///
/// # Errors
/// What Discord's client says when there is none, or no answer came.
pub async fn press(person: &Person, stage: &Stage, which: &str) -> Result<Answer, Declined> {
    let mut seen: Vec<MessageView> = person.sees_privately();
    seen.extend(person.inbox());
    for channel in [&stage.channel, &stage.staff] {
        // Who may not read a channel sees nothing there.
        seen.extend(person.reads(channel));
    }
    seen.sort_by_key(|message| message.id);
    let numbered = which.parse::<usize>().is_ok();
    let found = seen.iter().rev().find(|message| {
        let buttons = message.buttons();
        if numbered { !buttons.is_empty() } else { buttons.iter().any(|label| label.eq_ignore_ascii_case(which)) }
    });
    match found {
        Some(message) => {
            let label = message.buttons().into_iter().find(|label| label.eq_ignore_ascii_case(which)).unwrap_or(which);
            person.press(message, label).await
        }
        None => Err(Declined::Client(format!("{} sees no button \"{which}\"", person.name()))),
    }
}

/// Fills in the first field of the form that is open, and sends it.
///
/// # Errors
/// What Discord's client says when none is open, or no answer came.
pub async fn write(person: &Person, words: &str) -> Result<Answer, Declined> {
    let form = person.modal().ok_or_else(|| Declined::Client(format!("{} has no form open", person.name())))?;
    let field = form.fields.first().map(|field| field.custom_id.clone()).unwrap_or_default();
    person.submit(&form, &[(field.as_str(), words)]).await
}
