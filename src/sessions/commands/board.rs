//! `/schedule preview` and `/deliveries`.

use chrono::TimeDelta;

use super::{facilitated, groups_here};
use crate::discord::{Asked, Ctx, PartialChannel, startup_check};
use crate::ids::ChannelId;
use crate::refusal::{Refusal, Stop};
use crate::sessions::{actions, cards};

/// How many days a preview shows when nobody says otherwise.
const PREVIEW_DAYS: i64 = 14;

/// What will be said, where and when; nothing is sent
#[poise::command(slash_command, guild_only)]
pub(super) async fn preview(
    ctx: Ctx<'_>,
    #[description = "How many days, up to a year"]
    #[min = 1]
    #[max = 366]
    days: Option<i64>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    let days = days.unwrap_or(PREVIEW_DAYS).clamp(1, 366);
    let now = deps.clock.now();
    let until = now.checked_add_signed(TimeDelta::days(days)).unwrap_or(now);
    let mut connection = deps.database.read().acquire().await?;
    let said = actions::preview(&mut connection, &group, now, until).await?;
    asked.reply(&cards::preview(&group, days, &said)).await
}

/// What went out, what did not and why, with ways to try again
#[poise::command(slash_command, guild_only)]
pub(super) async fn deliveries(
    ctx: Ctx<'_>,
    #[description = "Post what did not arrive in this channel instead"]
    #[channel_types("Text", "News")]
    send_in: Option<PartialChannel>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    if let Some(channel) = send_in {
        let channel = ChannelId::from_snowflake(channel.id.get());
        if let Err(finding) = startup_check::can_speak(&bot.rest, channel).await? {
            return Err(Refusal::new(finding.what, finding.why, finding.fix).into());
        }
        return asked.reply(&cards::again(actions::again(&bot.deps, &group, Some(channel)).await?)).await;
    }
    let counts = actions::deliveries(&bot.deps, &group).await?;
    let lost = actions::lost(&bot.deps, &group).await?;
    let listing = actions::listed(&bot.deps, group.id).await?;
    asked.reply(&cards::events_trouble(cards::deliveries(&group, &counts, &lost), listing.as_ref())).await
}
