//! `/mood`: one's own days as a picture.

use super::super::model::{SPANS, Series};
use super::super::{actions, cards, chart};
use super::{mine, named};
use crate::discord::{Asked, Bot, Ctx};
use crate::groups::actions as groups;
use crate::ids::{GroupId, Member};
use crate::refusal::{Refusal, Stop};

/// See how your days were; only you see it
#[poise::command(slash_command, guild_only)]
pub async fn mood(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    match mine(bot, &asked).await?.as_slice() {
        [only] => show(bot, &asked, *only, "14", "none", false).await,
        several => asked.reply(&cards::which_group(&named(bot, several).await?, "mood_of")).await,
    }
}

/// Draws the days of the person who asks, and of nobody else.
pub async fn show(
    bot: &Bot,
    asked: &Asked,
    group: GroupId,
    days: &str,
    second: &str,
    update: bool,
) -> Result<(), Stop> {
    let days = days.parse().ok().filter(|days| SPANS.contains(days)).ok_or_else(Refusal::old_button)?;
    let second = if second == "none" { None } else { Some(Series::of_word(second).ok_or_else(Refusal::old_button)?) };
    let group = groups::find(&bot.deps, group).await?;
    if asked.guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    let member = Member { guild: group.guild, user: asked.user };
    let trend = actions::trend(&bot.deps, member, &group, days, second).await?;
    let longest = SPANS.into_iter().max().unwrap_or(days);
    if trend.answered() == 0 && actions::trend(&bot.deps, member, &group, longest, None).await?.answered() == 0 {
        return if update {
            asked.update(&cards::nothing_yet()).await
        } else {
            asked.reply(&cards::nothing_yet()).await
        };
    }
    let counted = !actions::wishes(&bot.deps, member).await?.uncounted;
    let picture = chart::draw(trend.clone()).await?;
    let card = cards::mood(group.id, &trend, picture, counted);
    if update { asked.update(&card).await } else { asked.reply(&card).await }
}

/// Whether the person wants their days counted.
pub async fn count(bot: &Bot, asked: &Asked, group: GroupId, on: bool) -> Result<(), Stop> {
    let group = groups::find(&bot.deps, group).await?;
    let member = Member { guild: group.guild, user: asked.user };
    if asked.guild.is_some_and(|guild| guild != group.guild) || !groups::belongs(&bot.deps, member, group.id).await? {
        return Err(Refusal::old_button().into());
    }
    actions::wish(&bot.deps, member, |wishes| wishes.uncounted = !on).await?;
    Ok(())
}
