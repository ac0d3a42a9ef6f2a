//! `/sessions calendar|calendar-feed`.

use super::{facilitated, groups_here, pressed_group, read};
use crate::discord::{Asked, Bot, Ctx};
use crate::groups::Group;
use crate::groups::actions as groups;
use crate::refusal::Stop;
use crate::sessions::model::FeedOf;
use crate::sessions::{actions, cards};

/// The groups whose sessions a person is shown: their own, or all of the server for who is in none.
pub(super) async fn shown(bot: &Bot, asked: &Asked) -> Result<Vec<Group>, Stop> {
    let all = groups::here(&bot.deps, asked.guild).await?;
    let mine = groups::joined(&bot.deps, asked.member()?).await?;
    Ok(all.into_iter().filter(|group| mine.is_empty() || mine.contains(&group.id)).collect())
}

/// Your sessions as a file for your calendar
#[poise::command(slash_command, guild_only)]
pub(super) async fn calendar(
    ctx: Ctx<'_>,
    #[description = "Only this group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let shown = match group {
        Some(_) => vec![groups::choose(&bot.deps, asked.guild, group.as_deref()).await?],
        None => shown(bot, &asked).await?,
    };
    asked.reply(&cards::calendar_file(actions::calendar(&bot.deps, &shown, &asked.roles).await?)).await
}

/// An address that keeps your calendar up to date by itself
#[poise::command(slash_command, guild_only, rename = "calendar-feed")]
pub(super) async fn calendar_feed(
    ctx: Ctx<'_>,
    #[description = "The address of a group instead of your own; for its facilitators"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = match group {
        Some(_) => Some(facilitated(ctx.data(), &asked, group.as_deref()).await?),
        None => None,
    };
    let kept = actions::feed_kept(deps, of(&asked, group.as_ref())?).await?;
    asked.reply(&cards::feed(&kept, group.as_ref())).await
}

fn of(asked: &Asked, group: Option<&Group>) -> Result<FeedOf, Stop> {
    match group {
        Some(group) => Ok(FeedOf::Group(group.guild, group.id)),
        None => Ok(FeedOf::Member(asked.member()?)),
    }
}

/// A button of the card about an address: a new one, or none.
pub(super) async fn pressed_feed(bot: &Bot, asked: &Asked, id: &str, renew: bool) -> Result<(), Stop> {
    let group = match id {
        "me" => None,
        id => Some(pressed_group(bot, asked, read(id)?).await?),
    };
    let of = of(asked, group.as_ref())?;
    let kept = match renew {
        true => actions::renew_feed(&bot.deps, of).await?,
        false => actions::revoke_feed(&bot.deps, of).await?,
    };
    asked.update(&cards::feed(&kept, group.as_ref())).await
}
