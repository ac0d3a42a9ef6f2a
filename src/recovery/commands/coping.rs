//! `/cope`, `/cope-setup`, and the buttons of the coping skills.

use super::super::actions::coping as actions;
use super::super::cards::coping as cards;
use super::super::model::skill::OwnSkill;
use super::{facilitated, member_of, screen, seen, typed, words_of};
use crate::coping::{NAME_LIMIT, Need, TEXT_LIMIT};
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::commands::{self as group_commands, groups_here};
use crate::refusal::{Refusal, Stop};

/// Three small things that may help right now; only you see it
#[poise::command(slash_command, guild_only)]
pub async fn cope(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let offered = actions::offer(&ctx.data().deps, asked.member()?, None).await?;
    asked.reply(&cards::offer(&offered)).await
}

/// Add coping skills of your group's own
#[poise::command(slash_command, guild_only, rename = "cope-setup")]
pub async fn cope_setup(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = group_commands::facilitated(ctx.data(), &asked, group.as_deref()).await?;
    asked.reply(&cards::setup(&group, &actions::of_group(deps, &group).await?)).await
}

/// The presses of the coping skills.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let member = member_of(bot, asked)?;
    match (pressed.press.verb.as_str(), args) {
        ("cope", []) => asked.update(&cards::offer(&actions::offer(deps, member, None).await?)).await,
        ("cope_for", []) => {
            let need = pressed.values.first().and_then(|word| Need::of_word(word)).ok_or_else(Refusal::old_button)?;
            asked.update(&cards::offer(&actions::offer(deps, member, Some(need)).await?)).await
        }
        ("cope_all", page) => {
            let page = page.first().map_or(Ok(0), |page| page.parse()).map_err(|_| Refusal::old_button())?;
            asked.update(&cards::all(&actions::all(deps, member).await?, page)).await
        }
        // From a check-in the skill comes beside it, so that the check-in stays.
        ("cope_open", [id]) => {
            let skill = actions::find(deps, member, id).await?;
            asked.reply(&cards::skill(&skill)).await
        }
        ("cope_open", []) => {
            let id = pressed.values.first().ok_or_else(Refusal::old_button)?;
            asked.update(&cards::skill(&actions::find(deps, member, id).await?)).await
        }
        ("cope_step", [id, number]) => {
            let number = number.parse().map_err(|_| Refusal::old_button())?;
            let skill = actions::find(deps, member, id).await?;
            asked.update(&cards::step(&skill, number).unwrap_or_else(|| cards::over(&skill))).await
        }
        ("cope_breathe", [id]) => {
            let skill = actions::find(deps, member, id).await?;
            actions::breathe(bot, asked, &skill).await
        }
        ("cope_mark", [id, how]) => {
            let skill = actions::find(deps, member, id).await?;
            actions::mark(deps, member, &skill.id, *how == "yes").await?;
            asked.update(&cards::marked(*how == "yes")).await
        }
        ("cope_add", [group]) => asked.show(&cards::form(&facilitated(bot, asked, group).await?)).await,
        ("cope_added", [group]) => {
            let (name, steps, caution) = (typed(pressed, "name"), typed(pressed, "steps"), typed(pressed, "caution"));
            screen(bot, asked, member, &[name, steps, caution]).await?;
            let group = facilitated(bot, asked, group).await?;
            let limit = u16::try_from(TEXT_LIMIT).unwrap_or(400);
            let name_limit = u16::try_from(NAME_LIMIT).unwrap_or(60);
            let skill = OwnSkill {
                id: 0,
                name: words_of(name, name_limit, "name", "The song")?,
                steps: steps.lines().filter_map(|line| seen(line, limit)).collect(),
                caution: seen(caution, limit).unwrap_or_default(),
            };
            actions::add(deps, &group, &skill).await?;
            asked.update(&cards::setup(&group, &actions::of_group(deps, &group).await?)).await
        }
        ("cope_drop", [group]) => {
            let group = facilitated(bot, asked, group).await?;
            let id = pressed.values.first().and_then(|id| id.parse().ok()).ok_or_else(Refusal::old_button)?;
            actions::remove(deps, &group, id).await?;
            asked.update(&cards::setup(&group, &actions::of_group(deps, &group).await?)).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}
