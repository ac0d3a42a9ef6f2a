//! `/step`, and the presses of whoever has moved on.

use super::super::actions::{companions, steps, touches};
use super::super::model::Felt;
use super::super::{cards, plan};
use super::{belonging, own, read};
use crate::calendar::time_of_day;
use crate::discord::{Asked, Bot, Ctx, Pressed, UserArg};
use crate::groups::actions as groups;
use crate::groups::commands::{groups_here, misread};
use crate::ids::{Member, UserId};
use crate::refusal::{Refusal, Stop};

/// Your own step, and the way back up
#[poise::command(
    slash_command,
    guild_only,
    rename = "step",
    subcommands("up", "mine", "companion"),
    subcommand_required
)]
pub(super) async fn step_command(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Ask for more support again; no reason needed
#[poise::command(slash_command, guild_only)]
async fn up(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let (_, group) = belonging(bot, &asked, group.as_deref()).await?;
    asked.reply(&cards::up(&group)).await
}

/// See which step you are on, and what you can choose there
#[poise::command(slash_command, guild_only)]
async fn mine(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let (member, group) = belonging(bot, &asked, group.as_deref()).await?;
    let step = steps::of_member(&bot.deps, group.id, asked.user).await?;
    let all = steps::steps(&bot.deps, group.id).await?;
    match &step {
        Some(step) if plan::is_last(&all, step.id) => {
            let since = steps::moved_on(&bot.deps, &group, member).await?;
            asked.reply(&cards::graduated(&group, step, since, true)).await
        }
        Some(_) | None => asked.reply(&cards::mine(&group, step.as_ref())).await,
    }
}

/// After graduating: choose a person who asks how you are now and then, in my place
#[poise::command(slash_command, guild_only)]
async fn companion(
    ctx: Ctx<'_>,
    #[description = "An alum, or a facilitator; they are asked first. Leave it out to see who it is"] who: Option<
        UserArg,
    >,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let (member, group) = belonging(bot, &asked, group.as_deref()).await?;
    if let Some(who) = who {
        companions::choose(&bot.deps, &group, member, UserId::from_snowflake(who.get())).await?;
    }
    let now = companions::of_member(&bot.deps, group.id, asked.user).await?;
    asked.reply(&cards::companions::mine(group.id, now.as_ref())).await
}

/// The presses about touches.
pub(super) async fn touched(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    match (pressed.press.verb.as_str(), args) {
        ("touches", [group]) => {
            let (_, group) = own(bot, asked, group).await?;
            asked.reply(&cards::hours(group.id)).await
        }
        ("hour", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            let hour = pressed.values.first().ok_or_else(Refusal::old_button)?;
            let at = time_of_day(hour).map_err(misread)?;
            let touch = touches::agree(deps, &group, member, at).await?;
            asked.update(&cards::touches_agreed(&touch)).await
        }
        ("stop", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            touches::stop(deps, group.id, member).await?;
            asked.update(&cards::stopped()).await
        }
        ("felt", [touch, mark, felt]) => {
            let felt = Felt::of_word(felt).ok_or_else(Refusal::old_button)?;
            let group = touches::answer(deps, asked.user, read(touch)?, read(mark)?, felt).await?;
            asked.reply(&cards::felt(felt, &group)).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

/// The presses about companions.
pub(super) async fn companions(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    match (pressed.press.verb.as_str(), args) {
        ("t_open", [touch]) => {
            let (touch, companion, group) = companions::chosen(deps, asked.user, read(touch)?).await?;
            asked.reply(&cards::companions::open(&touch, &companion, &group)).await
        }
        ("t_yes", [touch]) => {
            let touch = read(touch)?;
            let (_, _, group) = companions::chosen(deps, asked.user, touch).await?;
            // Who belongs to the group may, and so may its facilitators, who need not have joined.
            let member = Member { guild: group.guild, user: asked.user };
            if !groups::belongs(deps, member, group.id).await? {
                groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
            }
            companions::answer(deps, asked.user, touch, true).await?;
            asked.update(&cards::companions::agreed()).await
        }
        ("t_no", [touch]) => {
            companions::answer(deps, asked.user, read(touch)?, false).await?;
            asked.update(&cards::companions::declined()).await
        }
        ("t_take", [touch, mark]) => {
            let touch = companions::take(deps, asked.user, read(touch)?, read(mark)?).await?;
            asked.update(&cards::companions::taken(&touch)).await
        }
        ("t_bot", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            companions::leave_to_bot(deps, group.id, member).await?;
            asked.update(&cards::companions::left_to_bot()).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}
