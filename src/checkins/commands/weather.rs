//! `/checkin-weather`, and what a group agrees to beyond asking.

use super::super::actions::silence;
use super::super::actions::weather;
use super::super::cards;
use super::super::model::Seen;
use super::group_id;
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::cards as group_cards;
use crate::groups::commands::groups_here;
use crate::groups::{Group, actions as groups};
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// How the group's last week was, blurred and without names
#[poise::command(slash_command, guild_only, rename = "checkin-weather")]
pub async fn checkin_weather(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = groups::choose(deps, asked.guild, group.as_deref()).await?;
    let member = asked.member()?;
    let belongs = groups::belongs(deps, member, group.id).await?;
    let facilitates = groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild()).is_ok();
    let agreed = weather::agreed(deps, group.id).await?;
    let may = match agreed.weather {
        Seen::Off => false,
        Seen::Facilitators => facilitates,
        Seen::All => facilitates || belongs,
    };
    if !may {
        let now = "A facilitator decides with the group who sees it: `/checkin-setup`";
        return Err(Refusal::new(cards::not_for_you(agreed.weather), "", now).into());
    }
    let counted = if belongs { Some(weather::counted(deps, member).await? == Some(true)) } else { None };
    match weather::weather(deps, &group).await? {
        Some(weather) => asked.reply(&cards::weather(&group, &weather, counted)).await,
        None => asked.reply(&cards::too_few(&group, counted)).await,
    }
}

/// The presses of this file.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    match (pressed.press.verb.as_str(), args) {
        ("count_me", [group, to]) | ("may_count", [group, _, to]) => count_me(bot, asked, group, *to == "yes").await,
        ("setup_back", [group]) => {
            let group = super::choosing::facilitated(bot, asked, group).await?;
            let setup = super::super::actions::setup(&bot.deps, group.id).await?;
            asked.update(&cards::setup(&group, &setup)).await
        }
        ("agreed", [group]) => {
            let group = super::choosing::facilitated(bot, asked, group).await?;
            show(bot, asked, &group).await
        }
        ("agree_weather", [group]) => {
            let group = super::choosing::facilitated(bot, asked, group).await?;
            let seen = pressed.values.first().and_then(|word| Seen::of_word(word)).ok_or_else(Refusal::old_button)?;
            weather::agree(&bot.deps, group.id, |agreed| agreed.weather = seen).await?;
            show(bot, asked, &group).await
        }
        ("agree_quiet", [group]) => {
            let group = super::choosing::facilitated(bot, asked, group).await?;
            let after = match pressed.values.first().map(String::as_str) {
                Some("never") => None,
                Some(after) => Some(
                    after.parse().ok().filter(|after| silence::is_offered(*after)).ok_or_else(Refusal::old_button)?,
                ),
                None => return Err(Refusal::old_button().into()),
            };
            weather::agree(&bot.deps, group.id, |agreed| agreed.quiet_after = after).await?;
            show(bot, asked, &group).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

async fn show(bot: &Bot, asked: &Asked, group: &Group) -> Result<(), Stop> {
    asked.update(&cards::agreed(group, weather::agreed(&bot.deps, group.id).await?)).await
}

async fn count_me(bot: &Bot, asked: &Asked, group: &str, yes: bool) -> Result<(), Stop> {
    let group = groups::find(&bot.deps, group_id(group)?).await?;
    if asked.guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    let member = Member { guild: group.guild, user: asked.user };
    let belongs = groups::belongs(&bot.deps, member, group.id).await?;
    if yes && !belongs {
        return asked.reply(&group_cards::join_first(&group)).await;
    }
    // A no always holds; of somebody who never said yes and does not belong there is nothing to keep.
    if belongs || weather::counted(&bot.deps, member).await?.is_some() {
        weather::count_me(&bot.deps, member, yes).await?;
    }
    asked.reply(&cards::counted(yes)).await
}
