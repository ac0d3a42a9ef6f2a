//! `/postvention`.

use super::concerns::facilitated;
use crate::crisis::actions::postvention as actions;
use crate::crisis::cards::postvention as cards;
use crate::discord::{Asked, Ctx};
use crate::groups::commands::groups_here;
use crate::refusal::Stop;

/// After a death in the community: a quiet group, and help within reach
#[poise::command(slash_command, guild_only, subcommands("on", "off"), subcommand_required)]
pub async fn postvention(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Ask softly, let cheerful posts rest, and pin people who know about loss
#[poise::command(slash_command, guild_only)]
async fn on(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (group, known) = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    let posted = actions::on(ctx.data(), &known).await?;
    asked.reply(&cards::on(&group, posted)).await
}

/// Go on as before
#[poise::command(slash_command, guild_only)]
async fn off(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (group, _) = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    let was_on = actions::off(&ctx.data().deps, group.id).await?;
    asked.reply(&cards::off(&group, was_on)).await
}
