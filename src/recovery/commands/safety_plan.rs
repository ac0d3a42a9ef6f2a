//! `/plan`, and the buttons of the safety plan and the words for bad days.

use super::super::actions::{self, safety_plan, sheets};
use super::super::cards::safety_plan as cards;
use super::super::model::Sheet;
use super::super::model::safety_plan::{BadDays, PART_LIMIT, Part, WORDS_LIMIT};
use super::{member_of, screen, seen, typed};
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::actions as groups;
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// Your plan for hard hours; only you see it
#[poise::command(slash_command, guild_only)]
pub async fn plan(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let member = asked.member()?;
    asked.reply(&shown(ctx.data(), member).await?).await
}

async fn shown(bot: &Bot, member: Member) -> Result<crate::card::Card, Stop> {
    let plan = safety_plan::plan(&bot.deps, member).await?;
    Ok(if plan.is_empty() { cards::begin() } else { cards::plan(&plan) })
}

/// The presses of the plan.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let member = member_of(bot, asked)?;
    match (pressed.press.verb.as_str(), args) {
        // From the pointer the plan comes beside it, so that the helplines stay.
        ("plan", ["beside"]) => asked.reply(&shown(bot, member).await?).await,
        ("plan" | "plan_done", []) => asked.update(&shown(bot, member).await?).await,
        ("plan_write", [part, how]) => {
            let part = Part::of_number(part).ok_or_else(Refusal::old_button)?;
            let plan = safety_plan::plan(deps, member).await?;
            asked.show(&cards::form(part, &plan, *how == "on")).await
        }
        ("plan_edit", []) => {
            let chosen = pressed.values.first().and_then(|number| Part::of_number(number));
            let part = chosen.ok_or_else(Refusal::old_button)?;
            let plan = safety_plan::plan(deps, member).await?;
            asked.show(&cards::form(part, &plan, false)).await
        }
        ("plan_wrote", [part, how]) => {
            let part = Part::of_number(part).ok_or_else(Refusal::old_button)?;
            let words = typed(pressed, "part");
            screen(bot, asked, member, &[words]).await?;
            let plan = safety_plan::write(deps, member, part, seen(words, PART_LIMIT)).await?;
            let card = match part.next() {
                Some(next) if *how == "on" => cards::step(next, &plan),
                Some(_) | None if plan.is_empty() => cards::begin(),
                Some(_) | None => cards::plan(&plan),
            };
            asked.update(&card).await
        }
        ("plan_file", []) => {
            let plan = safety_plan::plan(deps, member).await?;
            asked.reply(&cards::file(&plan)).await
        }
        ("plan_erase", []) => asked.update(&cards::erase_sure()).await,
        ("plan_erase_yes", []) => {
            sheets::remove(deps, member, Sheet::SafetyPlan).await?;
            asked.update(&cards::erased()).await
        }
        (verb, []) if verb.starts_with("plan_step") => {
            let part = verb.strip_prefix("plan_step").and_then(Part::of_number).ok_or_else(Refusal::old_button)?;
            asked.update(&cards::step(part, &safety_plan::plan(deps, member).await?)).await
        }
        _ => words(bot, pressed, args, member).await,
    }
}

/// The presses of the words for bad days.
async fn words(bot: &Bot, pressed: &Pressed, args: &[&str], member: Member) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    match (pressed.press.verb.as_str(), args) {
        ("words", []) => asked.update(&cards::words(&safety_plan::words(deps, member).await?)).await,
        ("words_write", []) => asked.show(&cards::words_form(&safety_plan::words(deps, member).await?)).await,
        ("words_wrote", []) => {
            let parts = ["helps", "not", "whom"].map(|part| typed(pressed, part));
            screen(bot, asked, member, &parts).await?;
            let [helps, not_to_say, whom] = parts.map(|part| seen(part, WORDS_LIMIT));
            let words = BadDays { helps, not_to_say, whom };
            safety_plan::keep_words(deps, member, words.clone()).await?;
            asked.update(&cards::words(&words)).await
        }
        ("words_hand", []) => {
            let (all, _) = actions::belonging(deps, member).await?;
            let words = safety_plan::words(deps, member).await?;
            if words.is_empty() {
                return asked.update(&cards::words(&words)).await;
            }
            let previews = all.iter().map(|group| {
                let channel = group.facilitator_channel.unwrap_or(group.channel);
                (group, cards::hand_preview(group.id, channel, member.user, &words))
            });
            let previews: Vec<_> = previews.collect();
            match previews.as_slice() {
                [(_, only)] => asked.update(only).await,
                several => {
                    let names = several.iter().map(|(group, _)| (group.id, group.name.clone())).collect::<Vec<_>>();
                    asked.update(&super::super::cards::which_group(&names, "words_for")).await
                }
            }
        }
        ("words_for", [group]) => {
            let group = super::own_group(bot, member, group).await?;
            let channel = group.facilitator_channel.unwrap_or(group.channel);
            let words = safety_plan::words(deps, member).await?;
            asked.update(&cards::hand_preview(group.id, channel, member.user, &words)).await
        }
        ("words_post", [group]) => {
            let group = super::own_group(bot, member, group).await?;
            safety_plan::hand_over(deps, member, &groups::find(deps, group.id).await?).await?;
            asked.update(&cards::handed_over(group.facilitator_channel.unwrap_or(group.channel))).await
        }
        ("words_erase", []) => {
            sheets::remove(deps, member, Sheet::BadDays).await?;
            asked.update(&cards::words_erased()).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}
