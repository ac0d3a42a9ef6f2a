//! `/remind me|list|edit`, and the buttons of reminders.

use chrono::DateTime;

use super::super::actions::reminding::{self as actions, Set};
use super::super::cards::reminding as cards;
use super::super::model::reminder::{ABOUT_LIMIT, About, Kind, Reminder, Snooze};
use super::super::plan::reminding as plan;
use super::{member_of, screen, typed, words_of};
use crate::discord::{Asked, Bot, Choices, Ctx, Pressed, choices};
use crate::groups::Purpose;
use crate::groups::actions as groups;
use crate::groups::commands::misread;
use crate::ids::ReminderId;
use crate::recovery::actions::belonging;
use crate::refusal::{Refusal, Stop};

/// An example of what a reminder is about.
const EXAMPLE: &str = "`what:Call the clinic`";

/// Reminders for yourself, by direct message
#[poise::command(slash_command, guild_only, subcommands("me", "list", "edit"), subcommand_required)]
pub async fn remind(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Be reminded of something; only you see it
#[poise::command(slash_command, guild_only)]
async fn me(
    ctx: Ctx<'_>,
    #[description = "When, such as: tomorrow 9am, in 2 hours, every weekday at 8, tue 18:30"] when: String,
    #[description = "What about; it is locked, and the message does not show it unless you want"] what: String,
    #[description = "What kind of thing it is, if it is one of these"]
    #[autocomplete = "kinds"]
    about: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let member = asked.member()?;
    screen(bot, &asked, member, &[&what, &when]).await?;
    let (_, zone) = belonging(&bot.deps, member).await?;
    let words = words_of(&what, ABOUT_LIMIT, "reminder", EXAMPLE)?;
    let kind = kind(about.as_deref().unwrap_or_default())?;
    let when = plan::when(&when, bot.deps.clock.now(), zone).map_err(misread)?;
    let about = About { words, kind, open: false };
    match actions::set(&bot.deps, member, zone, &when, &about).await? {
        Set::On(reminder) => {
            let quiet = quiet(bot, &reminder).await?;
            asked.reply(&cards::set(&reminder, &about, &when.words, quiet)).await
        }
        Set::Asking(reminder) => asked.reply(&cards::asking(&reminder, &when.words)).await,
    }
}

/// See your reminders
#[poise::command(slash_command, guild_only)]
async fn list(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let all = actions::list(&ctx.data().deps, asked.member()?).await?;
    asked.reply(&cards::list(&all, 0)).await
}

/// Change when a reminder comes, or what it is about
#[poise::command(slash_command, guild_only)]
async fn edit(
    ctx: Ctx<'_>,
    #[description = "Which reminder"]
    #[autocomplete = "mine"]
    which: String,
    #[description = "When, such as: tomorrow 9am, in 2 hours, every weekday at 8"] when: Option<String>,
    #[description = "What about"] what: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let typed = [what.as_deref().unwrap_or_default(), when.as_deref().unwrap_or_default(), &which];
    screen(bot, &asked, asked.member()?, &typed).await?;
    let id = meant(bot, &asked, &which).await?;
    change(bot, &asked, id, when.as_deref(), what.as_deref()).await
}

fn kind(word: &str) -> Result<Kind, Refusal> {
    Kind::of_word(word).ok_or_else(|| {
        Refusal::new(
            "I don't know that kind of reminder.",
            "",
            "It is `about:medication`, `about:appointment`, or nothing.",
        )
    })
}

async fn kinds(_: Ctx<'_>, partial: &str) -> Choices {
    let partial = partial.to_lowercase();
    let all = ["medication", "appointment"].into_iter().filter(|kind| kind.starts_with(&partial));
    choices(all.map(|kind| (kind.to_owned(), kind.to_owned())))
}

/// The person's own reminders, shown to them alone while they type.
async fn mine(ctx: Ctx<'_>, partial: &str) -> Choices {
    let asked = Asked::of(&ctx);
    let Ok(member) = asked.member() else { return choices([]) };
    let all = actions::list(&ctx.data().deps, member).await.unwrap_or_default();
    let wanted = partial.to_lowercase();
    let fitting = all.into_iter().filter(|one| one.about.words.to_lowercase().contains(&wanted));
    choices(fitting.map(|one| (cards::short(&one.about.words), one.reminder.id.to_string())))
}

/// The reminder that somebody names: by what autocomplete gave, or by its words.
async fn meant(bot: &Bot, asked: &Asked, which: &str) -> Result<ReminderId, Stop> {
    let all = actions::list(&bot.deps, asked.member()?).await?;
    let wanted = which.trim().to_lowercase();
    let fits: Vec<ReminderId> = all
        .iter()
        .filter(|one| one.reminder.id.to_string() == wanted || one.about.words.to_lowercase().contains(&wanted))
        .map(|one| one.reminder.id)
        .collect();
    let by_number = all.iter().map(|one| one.reminder.id).find(|id| id.to_string() == wanted);
    match (by_number, fits.as_slice()) {
        (Some(id), _) => Ok(id),
        (None, [id]) => Ok(*id),
        (None, []) => Err(Refusal::new(
            "No reminder of yours is called that.",
            "",
            "Pick one that comes up while you type, or open one in `/remind list`.",
        )
        .into()),
        (None, _) => Err(Refusal::new(
            "Several of your reminders are called that.",
            "",
            "Pick one that comes up while you type, or open one in `/remind list`.",
        )
        .into()),
    }
}

async fn quiet(bot: &Bot, reminder: &Reminder) -> Result<crate::calendar::QuietHours, Stop> {
    Ok(groups::settings::settings(&bot.deps, reminder.member).await?.quiet)
}

async fn change(bot: &Bot, asked: &Asked, id: ReminderId, when: Option<&str>, what: Option<&str>) -> Result<(), Stop> {
    let (reminder, _) = actions::find(&bot.deps, asked.user, id).await?;
    let (_, zone) = belonging(&bot.deps, reminder.member).await?;
    let what = what.map(|what| words_of(what, ABOUT_LIMIT, "reminder", EXAMPLE)).transpose()?;
    let when = when.filter(|when| !when.trim().is_empty());
    let when = when.map(|when| plan::when(when, bot.deps.clock.now(), zone).map_err(misread)).transpose()?;
    let understood = when.as_ref().map(|when| when.words.clone());
    let changed = actions::change(&bot.deps, asked.user, id, when.as_ref().map(|when| (when, zone)), |about| {
        if let Some(what) = what {
            about.words = what;
        }
    });
    let (reminder, about) = changed.await?;
    let quiet = quiet(bot, &reminder).await?;
    asked
        .reply(&match understood {
            Some(understood) => cards::set(&reminder, &about, &understood, quiet),
            None => cards::one(&reminder, &about, quiet),
        })
        .await
}

fn id(text: &str) -> Result<ReminderId, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}

/// The presses of reminders.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    match (pressed.press.verb.as_str(), args) {
        ("show", [one]) => {
            let (_, about) = actions::find(deps, asked.user, id(one)?).await?;
            asked.reply(&cards::shown(&about)).await
        }
        ("done", [one, _due]) => {
            let (reminder, about) = actions::find(deps, asked.user, id(one)?).await?;
            super::super::actions::done(deps, &reminder, &about).await?;
            asked.update(&cards::done(&reminder)).await
        }
        ("snooze", [one, due, how]) => {
            let due =
                due.parse().ok().and_then(|due| DateTime::from_timestamp(due, 0)).ok_or_else(Refusal::old_button)?;
            let how = Snooze::of_word(how).ok_or_else(Refusal::old_button)?;
            let (reminder, until) = actions::snooze(deps, asked.user, id(one)?, due, how).await?;
            asked.update(&cards::put_off(&reminder, until)).await
        }
        ("stop", [one]) => {
            actions::remove(deps, asked.user, id(one)?).await?;
            asked.update(&cards::stopped()).await
        }
        ("change", [one]) => {
            let (reminder, about) = actions::find(deps, asked.user, id(one)?).await?;
            let time = match &reminder.recurrence {
                Some(recurrence) => recurrence.words(),
                None => "now once".to_owned(),
            };
            asked.show(&cards::form(reminder.id, &about, &time)).await
        }
        ("changed", [one]) => {
            let (what, when) = (typed(pressed, "what"), typed(pressed, "when"));
            screen(bot, asked, member_of(bot, asked)?, &[what, when]).await?;
            change(bot, asked, id(one)?, Some(when), Some(what)).await
        }
        ("open" | "close", [one]) => {
            let open = pressed.press.verb == "open";
            let (reminder, about) =
                actions::change(deps, asked.user, id(one)?, None, |about| about.open = open).await?;
            asked.update(&cards::one(&reminder, &about, quiet(bot, &reminder).await?)).await
        }
        ("agree", [one]) => {
            let (reminder, about) = actions::agree(deps, asked.user, id(one)?).await?;
            let words = match (&reminder.recurrence, reminder.next_at) {
                (Some(recurrence), _) => recurrence.words(),
                (None, at) => at.map(|at| plan::moment_words(at, reminder.zone)).unwrap_or_default(),
            };
            asked.update(&cards::set(&reminder, &about, &words, quiet(bot, &reminder).await?)).await
        }
        ("decline", [one]) => {
            let (reminder, _) = actions::remove(deps, asked.user, id(one)?).await?;
            groups::decide(deps, reminder.member, Purpose::DirectMessages, false).await?;
            asked.update(&cards::declined()).await
        }
        ("reminders", page) => {
            let page = page.first().map_or(Ok(0), |page| page.parse()).map_err(|_| Refusal::old_button())?;
            let all = actions::list(deps, member_of(bot, asked)?).await?;
            asked.update(&cards::list(&all, page)).await
        }
        ("reminder", []) => {
            let chosen = pressed.values.first().ok_or_else(Refusal::old_button)?;
            let (reminder, about) = actions::find(deps, asked.user, id(chosen)?).await?;
            asked.update(&cards::one(&reminder, &about, quiet(bot, &reminder).await?)).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

/// Every reminder rests while its member is away.
pub async fn pause_all(bot: &Bot, asked: &Asked) -> Result<(), Stop> {
    actions::pause_all(&bot.deps, member_of(bot, asked)?).await?;
    asked.reply(&cards::paused_all()).await
}
