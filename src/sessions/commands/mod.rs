//! `/schedule`, `/sessions`, `/deliveries`, and the buttons that belong to them.

mod attending;
mod board;
mod calendars;
mod exceptions;
mod files;
mod holidays;
mod listings;
mod series;
mod typed;

use super::actions;
use super::cards;
use super::model::{Going, Occurrence, Series};
use super::plan;
use crate::calendar::moment_words;
use crate::discord::{Asked, Bot, Choices, Ctx, Pressed, Slice, choices};
use crate::groups::Group;
use crate::groups::actions as groups;
use crate::groups::commands::{facilitated, groups_here, pressed_group};
use crate::ids::{ChangeId, DraftId, SeriesId};
use crate::refusal::{Refusal, Stop};

/// How many occurrences a card shows ahead.
const SHOWN: usize = 5;

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "again", "discard", "elsewhere", "feed-new", "feed-off", "holiday", "import-discard", "import-save", "leads",
    "look", "mine", "missed", "missednote", "missedwhy", "noleads", "notewish", "ownleads", "practice_done",
    "practice_end", "remove", "resume", "roll", "rollclose", "rsvp", "save", "typedleads", "undo", "unroll",
    "voice", "why",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "sessions",
        commands: || vec![schedule(), sessions(), board::deliveries(), super::practice::commands::practice()],
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: None,
    }
}

/// The group's sessions and their reminders
#[poise::command(
    slash_command,
    guild_only,
    subcommands(
        "series::add",
        "series::edit",
        "series::list",
        "series::show",
        "attending::who",
        "attending::attendance",
        "board::preview",
        "exceptions::skip",
        "exceptions::move_one",
        "exceptions::cancel",
        "holidays::holidays",
        "listings::discord_events",
        "files::export",
        "files::import",
        "series::pause",
        "series::resume",
        "series::remove"
    ),
    subcommand_required
)]
async fn schedule(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Your sessions: what comes next, and your calendar
#[poise::command(
    slash_command,
    guild_only,
    subcommands("next", "calendars::calendar", "calendars::calendar_feed"),
    subcommand_required
)]
async fn sessions(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// What comes next, in your own time zone
#[poise::command(slash_command, guild_only)]
async fn next(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let shown = calendars::shown(ctx.data(), &asked).await?;
    let next = actions::upcoming(deps, &shown, &asked.roles, 8).await?;
    let answers = actions::attending::mine_of(deps, asked.member()?, &next).await?;
    asked.reply(&cards::upcoming(&next, &answers, deps.clock.now())).await
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    if attending::press(bot, &pressed).await? {
        return Ok(());
    }
    let asked = &pressed.asked;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    let [id] = args.as_slice() else { return Err(Refusal::old_button().into()) };
    match pressed.press.verb.as_str() {
        "save" => save(bot, asked, read(id)?).await,
        "discard" => {
            actions::discard(&bot.deps, read(id)?, asked.user).await?;
            asked.update(&cards::discarded()).await
        }
        "remove" => {
            let series = pressed_series(bot, asked, read(id)?).await?;
            let (series, told) = actions::go(&bot.deps, series.id, Going::Removed).await?;
            asked.update(&cards::removed(&series, told)).await
        }
        "resume" => {
            let series = pressed_series(bot, asked, read(id)?).await?;
            asked.update(&resumed(bot, series.id).await?).await
        }
        "undo" => {
            let group = actions::change_group(&bot.deps, read::<ChangeId>(id)?).await?;
            let group = pressed_group(bot, asked, group).await?;
            let (stands, told) = actions::undo(&bot.deps, group.id, read(id)?).await?;
            asked.update(&cards::undone(&stands, told)).await
        }
        "again" => {
            let group = pressed_group(bot, asked, read(id)?).await?;
            asked.update(&cards::again(actions::again(&bot.deps, &group, None).await?)).await
        }
        "import-save" => files::pressed(bot, asked, id, true).await,
        "import-discard" => files::pressed(bot, asked, id, false).await,
        "feed-new" => calendars::pressed_feed(bot, asked, id, true).await,
        "feed-off" => calendars::pressed_feed(bot, asked, id, false).await,
        "practice_done" => super::practice::commands::done(bot, asked, read(id)?).await,
        "practice_end" => super::practice::commands::end(bot, asked, read(id)?).await,
        "holiday" => holidays::chosen(bot, &pressed, id).await,
        "elsewhere" => asked.reply(&cards::elsewhere()).await,
        _ => Err(Refusal::old_button().into()),
    }
}

async fn save(bot: &Bot, asked: &Asked, draft: DraftId) -> Result<(), Stop> {
    pressed_group(bot, asked, actions::draft_group(&bot.deps, draft).await?).await?;
    let saved = actions::save(&bot.deps, draft, asked.user).await?;
    let next = plan::upcoming(&saved.series, bot.deps.clock.now(), SHOWN);
    asked.update(&cards::saved(&saved.series, &next, saved.is_new, saved.told)).await
}

async fn resumed(bot: &Bot, series: SeriesId) -> Result<crate::card::Card, Stop> {
    let (series, told) = actions::go(&bot.deps, series, Going::On).await?;
    let next = plan::upcoming(&series, bot.deps.clock.now(), 1).pop();
    Ok(cards::resumed(&series, next.as_ref(), told))
}

fn read<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}

async fn pressed_series(bot: &Bot, asked: &Asked, series: SeriesId) -> Result<Series, Stop> {
    let series = actions::find_any(&bot.deps, series).await?;
    pressed_group(bot, asked, series.group).await?;
    Ok(series)
}

/// The series of that title (or number) in this guild, with its group.
pub(super) async fn named_series(
    ctx: &Ctx<'_>,
    asked: &Asked,
    title: &str,
    group: Option<&str>,
) -> Result<(Group, Series), Stop> {
    let deps = &ctx.data().deps;
    let only = match group {
        Some(_) => Some(groups::choose(deps, asked.guild, group).await?.id),
        None => None,
    };
    let all = match asked.guild {
        Some(guild) => actions::of_guild(deps, guild).await?,
        None => Vec::new(),
    };
    if all.is_empty() {
        // Says how a group is started.
        groups::choose(deps, asked.guild, None).await?;
    }
    let wanted = title.trim().to_lowercase();
    let mut found = Vec::new();
    for (group, series) in all {
        if only.is_some_and(|only| only != group.id) {
            continue;
        }
        for series in series {
            if series.details.title.to_lowercase() == wanted || series.id.to_string() == wanted {
                found.push((group.clone(), series));
            }
        }
    }
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => {
            let what = "Several groups have a session of that title.";
            Err(Refusal::new(what, "", "Say which group with the `group` option.").into())
        }
        (None, _) => {
            let now = "Pick one of the titles that come up while you type.";
            Err(Refusal::new("No session has that title.", "", now).into())
        }
    }
}

/// The same, for somebody who may change it.
async fn own_series(ctx: &Ctx<'_>, asked: &Asked, title: &str, group: Option<&str>) -> Result<(Group, Series), Stop> {
    let (group, series) = named_series(ctx, asked, title, group).await?;
    groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    Ok((group, series))
}

/// The series of this server whose title was typed already; all of them while none was.
async fn named_so_far(ctx: &Ctx<'_>) -> Vec<Series> {
    let Some(guild) = Asked::of(ctx).guild else { return Vec::new() };
    let named = ctx.args.iter().find(|option| option.name == "title").and_then(|option| match option.value {
        poise::serenity_prelude::ResolvedValue::String(text) => Some(text.trim().to_lowercase()),
        _ => None,
    });
    let all = actions::of_guild(&ctx.data().deps, guild).await.unwrap_or_default();
    let fits = |series: &Series| match &named {
        Some(named) => series.details.title.to_lowercase() == *named || series.id.to_string() == *named,
        None => true,
    };
    all.into_iter().flat_map(|(_, series)| series).filter(fits).collect()
}

/// Single sessions, with their titles, that fit what was typed so far.
fn single(all: impl IntoIterator<Item = (String, Occurrence)>, partial: &str) -> Choices {
    let wanted = partial.to_lowercase();
    choices(all.into_iter().filter_map(|(title, one)| {
        let words = format!("{} · {title}", moment_words(one.time.starts_local));
        let fits = words.to_lowercase().contains(&wanted) || one.id.to_string().contains(&wanted);
        fits.then(|| (words, one.id.to_string()))
    }))
}

/// Titles of this server's sessions that fit what was typed so far.
pub(super) async fn titles(ctx: Ctx<'_>, partial: &str) -> Choices {
    let asked = Asked::of(&ctx);
    let Some(guild) = asked.guild else { return choices([]) };
    let all = actions::of_guild(&ctx.data().deps, guild).await.unwrap_or_default();
    let wanted = partial.to_lowercase();
    let several = all.len() > 1;
    choices(all.iter().flat_map(|(group, series)| {
        let wanted = &wanted;
        series.iter().filter(move |one| one.details.title.to_lowercase().contains(wanted.as_str())).map(move |one| {
            let title = &one.details.title;
            match several {
                true => (format!("{title} · {}", group.name), one.id.to_string()),
                false => (title.clone(), title.clone()),
            }
        })
    }))
}
