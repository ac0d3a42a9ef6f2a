//! `/buddy`, and its buttons.

use super::super::actions::{belonging, buddies as actions};
use super::super::cards::{buddies as cards, which_group};
use super::{member_of, own_group};
use crate::calendar::Recurrence;
use crate::card::Card;
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::Group;
use crate::groups::commands::misread;
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// Talk to somebody of your group now and then; you choose
#[poise::command(slash_command, guild_only)]
pub async fn buddy(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let member = asked.member()?;
    let (all, _) = belonging(&bot.deps, member).await?;
    match all.as_slice() {
        [only] => asked.reply(&shown(bot, member, only).await?).await,
        several => {
            let names: Vec<_> = several.iter().map(|group| (group.id, group.name.clone())).collect();
            asked.reply(&which_group(&names, "buddy_of")).await
        }
    }
}

/// Reads how often people are paired; none switches it off.
pub fn cadence(text: &str) -> Result<Option<Recurrence>, Refusal> {
    // On Monday mornings, when a week is still ahead.
    let pattern = match text.trim().to_lowercase().as_str() {
        "weekly" => "mon 10:00",
        "monthly" => "first mon 10:00",
        "off" => return Ok(None),
        _ => {
            return Err(Refusal::new(
                "People are paired weekly, monthly, or not at all.",
                "",
                "For example: `buddies:weekly`, `buddies:monthly`, `buddies:off`",
            ));
        }
    };
    pattern.parse().map(Some).map_err(misread)
}

async fn shown(bot: &Bot, member: Member, group: &Group) -> Result<Card, Stop> {
    let (rounds, willing, blocked) = actions::look(&bot.deps, member, group).await?;
    Ok(cards::mine(group, rounds.as_ref(), willing, blocked))
}

/// The presses of buddies.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let member = member_of(bot, asked)?;
    let (verb, [group, rest @ ..]) = (pressed.press.verb.as_str(), args) else {
        return Err(Refusal::old_button().into());
    };
    let group = own_group(bot, member, group).await?;
    match (verb, rest) {
        ("buddy_of", []) => {}
        ("buddy_join", []) => actions::join(deps, member, &group).await?,
        ("buddy_skip", []) => actions::skip(deps, member.user, &group, true).await?,
        ("buddy_unskip", []) => actions::skip(deps, member.user, &group, false).await?,
        ("buddy_open", []) => actions::unblock(deps, member).await?,
        ("buddy_stop", []) => {
            actions::leave(deps, member.user, &group).await?;
            return asked.update(&cards::stopped()).await;
        }
        ("buddy_which", [round]) => {
            let round = round.parse().map_err(|_| Refusal::old_button())?;
            let others = actions::others(deps, &group, round, member.user).await?;
            return asked.reply(&cards::which(&group, &others)).await;
        }
        ("buddy_block", [other]) => {
            let other = other.parse().map_err(|_| Refusal::old_button())?;
            actions::block(deps, member, other).await?;
            return asked.reply(&cards::blocked()).await;
        }
        _ => return Err(Refusal::old_button().into()),
    }
    asked.update(&shown(bot, member, &group).await?).await
}
