//! `/schedule holidays`, and the choice below its card.

use super::typed::read_date;
use super::{facilitated, groups_here, pressed_group, read};
use crate::calendar::Holiday;
use crate::config::NAME_LIMIT;
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::refusal::{Refusal, Stop};
use crate::sessions::model::Exception;
use crate::sessions::{actions, cards};

/// Days off on which the group would meet; you choose which are skipped
#[poise::command(slash_command, guild_only)]
pub(super) async fn holidays(
    ctx: Ctx<'_>,
    #[description = "Add a day of your own, such as: 2026-12-28"] add: Option<String>,
    #[description = "What your day is called, such as: Between the years"] called: Option<String>,
    #[description = "Take a day of your own off the list, such as: 2026-12-28"] forget: Option<String>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let now = deps.clock.now();
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    if let Some(text) = forget {
        actions::drop_day(deps, &group, read_date(&text, now, group.zone)?).await?;
    }
    if let Some(text) = add {
        let on = read_date(&text, now, group.zone)?;
        actions::keep_day(deps, &group, &Holiday { on, name: read_name(called.as_deref())? }).await?;
    }
    asked.reply(&cards::holidays(&group, &actions::proposed(deps, &group).await?)).await
}

fn read_name(called: Option<&str>) -> Result<String, Refusal> {
    let name = called.unwrap_or("Day off").split_whitespace().collect::<Vec<_>>().join(" ");
    let length = name.chars().count();
    if length == 0 || length > NAME_LIMIT {
        let why = format!("1 to {NAME_LIMIT} fit.");
        return Err(Refusal::new(format!("The name has {length} characters."), why, "For example: `called:Retreat`"));
    }
    Ok(name)
}

/// The chosen days are skipped.
pub(super) async fn chosen(bot: &Bot, pressed: &Pressed, group: &str) -> Result<(), Stop> {
    let group = pressed_group(bot, &pressed.asked, read(group)?).await?;
    let days = pressed.values.iter().map(|day| read(day)).collect::<Result<Vec<_>, _>>()?;
    let done = actions::take_off(&bot.deps, &group, days).await?;
    pressed.asked.update(&cards::excepted(done.change, &done.were, Exception::Skipped, done.told)).await
}
