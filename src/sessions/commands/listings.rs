//! `/schedule discord-events`.

use super::{facilitated, groups_here};
use crate::discord::{Asked, Ctx, startup_check};
use crate::refusal::{Refusal, Stop};
use crate::sessions::{actions, cards};

/// Show the group's sessions among the server's events
#[poise::command(slash_command, guild_only, rename = "discord-events")]
pub(super) async fn discord_events(
    ctx: Ctx<'_>,
    #[description = "Whether they are shown; leave it out to see how it stands"] show: Option<bool>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    if show == Some(true)
        && let Err(finding) = startup_check::can_list(&bot.rest, group.guild).await?
    {
        return Err(Refusal::new(finding.what, finding.why, finding.fix).into());
    }
    if let Some(on) = show {
        actions::switch_listing(&bot.deps, &group, on).await?;
    }
    let listing = actions::listed(&bot.deps, group.id).await?;
    let (count, left_out) = actions::shown_now(&bot.deps, group.id).await?;
    let mut card = cards::listing(&group, listing.as_ref(), count, show.is_some());
    if listing.is_some_and(|listing| listing.on) {
        card = cards::left_out_of_events(card, left_out);
    }
    asked.reply(&card).await
}
