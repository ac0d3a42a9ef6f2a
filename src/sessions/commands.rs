//! `/schedule add|list|remove`, `/sessions`, and the buttons that belong to them.

use super::actions;
use super::cards;
use super::model::{DEFAULT_LEADS, Series, WantedSeries};
use crate::calendar::{Recurrence, duration, to_civil};
use crate::config::{MINUTES, NAME_LIMIT};
use crate::discord::{Asked, Bot, Choices, Ctx, Pressed, Slice, choices};
use crate::groups::actions as groups;
use crate::groups::commands::{groups_here, misread};
use crate::groups::model::Source;
use crate::ids::SeriesId;
use crate::refusal::{Refusal, Stop};

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "sessions",
        commands: || vec![schedule(), sessions()],
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: None,
    }
}

/// The group's sessions and their reminders
#[poise::command(slash_command, guild_only, subcommands("add", "list", "remove"), subcommand_required)]
async fn schedule(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Put a session on the schedule
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "What it is called, such as Evening group"] title: String,
    #[description = "When it meets, such as: mon,wed,fri 18:00"] when: String,
    #[description = "Reminders before the start, such as: 1d 1h 15m; `none` for no reminders"] leads: Option<String>,
    #[description = "How long it lasts, such as: 90m"] length: Option<String>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = groups::choose(deps, asked.guild, group.as_deref()).await?;
    groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    let wanted = WantedSeries {
        group: group.id,
        title: read_title(&title)?,
        recurrence: Recurrence::parse(&when, to_civil(deps.clock.now(), group.zone).date()).map_err(misread)?,
        zone: group.zone,
        minutes: read_minutes(length.as_deref())?,
        leads: leads.as_deref().unwrap_or(DEFAULT_LEADS).parse().map_err(misread)?,
        source: Source::Discord,
    };
    let (series, next) = actions::add(deps, &wanted).await?;
    asked.reply(&cards::added(&series, &next)).await
}

/// Show the group's sessions
#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = groups::choose(deps, asked.guild, group.as_deref()).await?;
    let facilitates = groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild()).is_ok();
    let missed = if facilitates { actions::missed(deps, &group).await? } else { Vec::new() };
    asked.reply(&cards::list(&group.name, &actions::schedule(deps, group.id).await?, &missed)).await
}

/// Take a session off the schedule
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = groups::choose(deps, asked.guild, group.as_deref()).await?;
    groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    let all = actions::schedule(deps, group.id).await?;
    let wanted = title.trim().to_lowercase();
    let Some((series, _)) = all.into_iter().find(|(series, _)| series.title.to_lowercase() == wanted) else {
        return Err(Refusal::new(
            "No session has that title.",
            "",
            "Pick one of the titles that come up while you type.",
        )
        .into());
    };
    take_off(ctx.data(), &asked, series).await
}

/// What comes next, in your own time zone
#[poise::command(slash_command, guild_only)]
async fn sessions(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let all = groups::here(deps, asked.guild).await?;
    let mine = groups::joined(deps, asked.member()?).await?;
    let shown: Vec<_> = all.iter().filter(|group| mine.is_empty() || mine.contains(&group.id)).cloned().collect();
    asked.reply(&cards::upcoming(&actions::upcoming(deps, &shown, 8).await?, deps.clock.now())).await
}

async fn take_off(bot: &Bot, asked: &Asked, series: Series) -> Result<(), Stop> {
    actions::remove(&bot.deps, &series).await?;
    asked.reply(&cards::removed(&series.title)).await
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("remove", [series]) => {
            let id: SeriesId = series.parse().map_err(|_| Refusal::old_button())?;
            let series = actions::find(&bot.deps, id).await?;
            let group = groups::find(&bot.deps, series.group).await?;
            if Some(group.guild) != asked.guild {
                return Err(Refusal::old_button().into());
            }
            groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
            actions::remove(&bot.deps, &series).await?;
            asked.update(&cards::removed(&series.title)).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

fn read_title(title: &str) -> Result<String, Refusal> {
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = title.chars().count();
    if length == 0 || length > NAME_LIMIT {
        return Err(Refusal::new(
            format!("The title has {length} characters."),
            format!("1 to {NAME_LIMIT} fit, so that it can be read on a phone."),
            "For example: `title:Evening group`",
        ));
    }
    Ok(title)
}

fn read_minutes(length: Option<&str>) -> Result<u32, Refusal> {
    let Some(text) = length else { return Ok(60) };
    let length = duration(text).map_err(misread)?;
    u32::try_from(length.num_minutes()).ok().filter(|minutes| MINUTES.contains(minutes)).ok_or_else(|| {
        Refusal::new(
            "That length does not fit.",
            format!("A session lasts {} minutes to {} hours.", MINUTES.start(), MINUTES.end() / 60),
            "For example: `length:90m`",
        )
    })
}

/// Titles of this server's sessions that fit what was typed so far.
async fn titles(ctx: Ctx<'_>, partial: &str) -> Choices {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let groups = groups::here(deps, asked.guild).await.unwrap_or_default();
    let wanted = partial.to_lowercase();
    let mut titles = Vec::new();
    for group in groups {
        let series = super::store::of_group(deps.database.read(), group.id).await.unwrap_or_default();
        titles.extend(
            series.into_iter().map(|series| series.title).filter(|title| title.to_lowercase().contains(&wanted)),
        );
    }
    choices(titles.into_iter().map(|title| (title.clone(), title)))
}
