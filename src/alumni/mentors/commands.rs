//! `/mentor`, and the buttons that belong to it.

use super::model::{CAPACITY_LIMIT, Topic};
use super::{actions, cards};
use crate::alumni::actions::steps;
use crate::alumni::commands::{belonging, own, read};
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::commands::groups_here;
use crate::refusal::{Refusal, Stop};

/// Mentors and alumni who agreed to be found
#[poise::command(slash_command, guild_only, subcommands("find", "mine", "directory", "offer"), subcommand_required)]
pub(in crate::alumni) async fn mentor(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Ask for a mentor; the alum who is asked sees your name and the topic
#[poise::command(slash_command, guild_only)]
async fn find(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (_, group) = belonging(ctx.data(), &asked, group.as_deref()).await?;
    asked.reply(&cards::find(&group)).await
}

/// See your mentoring, and end it without a reason
#[poise::command(slash_command, guild_only)]
async fn mine(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let matches = actions::mine(&ctx.data().deps, asked.member()?).await?;
    asked.reply(&cards::mine(&matches, asked.user)).await
}

/// See which alumni can be found, and for what
#[poise::command(slash_command, guild_only)]
async fn directory(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (_, group) = belonging(ctx.data(), &asked, group.as_deref()).await?;
    let listings = actions::listings(&ctx.data().deps, group.id).await?;
    asked.reply(&cards::directory(&group, &listings)).await
}

/// As an alum: choose whether you can be found, what for, and whom you mentor
#[poise::command(slash_command, guild_only)]
async fn offer(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let (member, group) = belonging(ctx.data(), &asked, group.as_deref()).await?;
    steps::graduate(deps, &group, member).await?;
    asked.reply(&cards::offer(&group, actions::listing(deps, group.id, member).await?.as_ref())).await
}

/// The presses of this file.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    let chosen = pressed.values.first().map(String::as_str);
    match (pressed.press.verb.as_str(), args) {
        ("m_topics", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            let topics: Vec<Topic> = pressed.values.iter().filter_map(|word| Topic::of_word(word)).collect();
            let listing = actions::list(deps, &group, member, |listing| listing.topics = topics).await?;
            asked.update(&cards::offer(&group, Some(&listing))).await
        }
        ("m_room", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            let room: Option<u8> = chosen.and_then(|room| room.parse().ok()).filter(|room| *room <= CAPACITY_LIMIT);
            let room = room.ok_or_else(Refusal::old_button)?;
            let listing = actions::list(deps, &group, member, |listing| listing.capacity = room).await?;
            asked.update(&cards::offer(&group, Some(&listing))).await
        }
        ("m_out", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            actions::unlist(deps, group.id, member.user).await?;
            asked.update(&cards::out()).await
        }
        ("m_find", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            let topic = chosen.and_then(Topic::of_word).ok_or_else(Refusal::old_button)?;
            actions::find(deps, &group, member, topic).await?;
            asked.update(&cards::asking()).await
        }
        ("m_yes" | "m_no", [matching]) => {
            let yes = pressed.press.verb == "m_yes";
            let matching = actions::answer(deps, asked.user, read(matching)?, yes).await?;
            asked.update(&cards::answered(&matching)).await
        }
        ("m_end", [matching]) => {
            actions::end(deps, asked.user, read(matching)?).await?;
            asked.update(&cards::ended()).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}
