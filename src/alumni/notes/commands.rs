//! `/caring`, and the buttons that belong to it.

use super::{actions, cards, plan};
use crate::alumni::actions::steps;
use crate::alumni::commands::{belonging, own, read};
use crate::crisis::commands::screen;
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::Group;
use crate::groups::commands::{facilitated, groups_here, pressed_group};
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// Short notes that want no answer, from alumni to whoever wishes for some
#[poise::command(slash_command, guild_only, subcommands("notes", "write", "review"), subcommand_required)]
pub(in crate::alumni) async fn caring(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Choose whether a kind note reaches you a few times a year, and see the ones you wrote
#[poise::command(slash_command, guild_only)]
async fn notes(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (member, group) = belonging(ctx.data(), &asked, group.as_deref()).await?;
    asked.reply(&mine(ctx.data(), &group, member).await?).await
}

/// As an alum: write a note; a facilitator reads it before it reaches anybody
#[poise::command(slash_command, guild_only)]
async fn write(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (member, group) = belonging(ctx.data(), &asked, group.as_deref()).await?;
    steps::graduate(&ctx.data().deps, &group, member).await?;
    asked.show(&cards::form(group.id)).await
}

/// As a facilitator: read the notes that wait, and let them go out or keep them back
#[poise::command(slash_command, guild_only)]
async fn review(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    reviewed(ctx.data(), &asked, &group).await
}

async fn reviewed(bot: &Bot, asked: &Asked, group: &Group) -> Result<(), Stop> {
    match actions::waiting(&bot.deps, group).await? {
        Some((note, words, waiting)) => asked.reply(&cards::review(&note, &words, waiting)).await,
        None => asked.reply(&cards::nothing_waits()).await,
    }
}

async fn mine(bot: &Bot, group: &Group, member: Member) -> Result<crate::card::Card, Stop> {
    let (wish, notes) = actions::mine(&bot.deps, group, member.user).await?;
    let may_write = match steps::graduate(&bot.deps, group, member).await {
        Ok(_) => true,
        Err(Stop::Refusal(_)) => false,
        Err(fault) => return Err(fault),
    };
    Ok(cards::mine(group, wish.as_ref(), &notes, may_write))
}

/// The presses of this file.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    match (pressed.press.verb.as_str(), args) {
        ("n_wish", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            actions::wish(deps, &group, member).await?;
            asked.update(&cards::wished(group.id)).await
        }
        ("n_stop", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            actions::stop(deps, group.id, member).await?;
            asked.reply(&cards::stopped()).await
        }
        ("n_write", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            steps::graduate(deps, &group, member).await?;
            asked.show(&cards::form(group.id)).await
        }
        ("n_wrote", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            wrote(bot, pressed, &group, member).await
        }
        ("n_hand", [note]) => {
            let group = actions::hand_in(deps, asked.user, read(note)?).await?;
            asked.update(&cards::handed(&group)).await
        }
        ("n_drop", [note]) => {
            actions::take_back(deps, asked.user, read(note)?).await?;
            asked.update(&cards::taken_back()).await
        }
        ("n_out", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            let chosen = pressed.values.first().ok_or_else(Refusal::old_button)?;
            actions::take_back(deps, asked.user, read(chosen)?).await?;
            asked.update(&mine(bot, &group, member).await?).await
        }
        ("n_review", [group]) => {
            let group = pressed_group(bot, asked, read(group)?).await?;
            reviewed(bot, asked, &group).await
        }
        ("n_yes" | "n_no", [note]) => {
            let approve = pressed.press.verb == "n_yes";
            let id = read(note)?;
            pressed_group(bot, asked, actions::group_of(deps, id).await?).await?;
            actions::settle(deps, id, approve).await?;
            asked.update(&cards::settled(approve)).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

async fn wrote(bot: &Bot, pressed: &Pressed, group: &Group, member: Member) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let typed = pressed.inputs.get("note").map_or("", |text| text.as_str());
    screen(bot, asked, member, &[typed]).await?;
    let words = plan::words(typed)?;
    let note = actions::write(&bot.deps, group, member, &words).await?;
    asked.reply(&cards::preview(group, &note, &words)).await
}
