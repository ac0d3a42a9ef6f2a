//! `/milestone`, and its buttons.

use super::super::actions::{belonging, milestones as actions, today_of};
use super::super::cards::milestones as cards;
use super::super::model::milestone::{CALLED_LIMIT, Milestone, Yearly};
use super::super::plan::milestones as plan;
use super::{member_of, own_group, screen, typed, words_of};
use crate::card::Card;
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::Group;
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// Days since a date that matters to you; only you see them
#[poise::command(slash_command, guild_only)]
pub async fn milestone(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let member = asked.member()?;
    let (_, zone) = belonging(deps, member).await?;
    asked.reply(&cards::list(&actions::all(deps, member).await?, today_of(deps, zone))).await
}

fn number(text: &str) -> Result<u32, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}

/// One milestone, as it stands now.
async fn shown(bot: &Bot, member: Member, number: u32) -> Result<Card, Stop> {
    let (one, group) = actions::find(&bot.deps, member, number).await?;
    Ok(cards::one(&one, actions::today(&bot.deps, member).await?, group.as_ref()))
}

/// The presses of milestones.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let member = member_of(bot, asked)?;
    match (pressed.press.verb.as_str(), args) {
        ("stone_new", []) => asked.show(&cards::form(None)).await,
        ("stone_new", [since]) => {
            let since = since.parse().map_err(|_| Refusal::old_button())?;
            asked.show(&cards::form(Some(since))).await
        }
        ("stone_made", []) => made(bot, pressed, member).await,
        ("stone", []) => {
            let chosen = number(pressed.values.first().ok_or_else(Refusal::old_button)?)?;
            asked.update(&shown(bot, member, chosen).await?).await
        }
        ("stone_open", [one]) => asked.update(&shown(bot, member, number(one)?).await?).await,
        ("stone_slip", [one]) => asked.show(&cards::slip_form(number(one)?)).await,
        ("stone_slipped", [one]) => slipped(bot, pressed, member, number(one)?).await,
        ("stone_marks", [one]) => {
            let (one, _) = actions::find(deps, member, number(one)?).await?;
            asked.show(&cards::marks_form(&one)).await
        }
        ("stone_marked", [one]) => marked(bot, pressed, member, number(one)?).await,
        ("stone_year", [one]) => {
            let (one, group) = where_told(bot, member, number(one)?).await?;
            asked.update(&cards::year_choice(member.user, &one, &group)).await
        }
        ("stone_yearly", [one, group, chosen]) => {
            let group = own_group(bot, member, group).await?;
            let yearly = Yearly::of_word(chosen).ok_or_else(Refusal::old_button)?;
            let one = actions::yearly(deps, member, number(one)?, group.id, yearly).await?;
            asked.update(&shown(bot, member, one.number).await?).await
        }
        ("stone_day", [one]) => {
            let (one, _) = actions::find(deps, member, number(one)?).await?;
            asked.update(&cards::day(&one, actions::today(deps, member).await?)).await
        }
        ("stone_announce", [one, group, marks]) => {
            let group = own_group(bot, member, group).await?;
            let marks = plan::marks(marks).map_err(|_| Refusal::old_button())?;
            let one = actions::announce(deps, member, number(one)?, group.id, marks).await?;
            asked.update(&shown(bot, member, one.number).await?).await
        }
        ("stone_quiet", [one]) => {
            let one = actions::quiet(deps, member, number(one)?).await?;
            asked.update(&cards::quiet(&one)).await
        }
        ("stone_remove", [one]) => {
            let (one, _) = actions::find(deps, member, number(one)?).await?;
            asked.update(&cards::remove_sure(&one)).await
        }
        ("stone_remove_yes", [one]) => {
            actions::remove(deps, member, number(one)?).await?;
            asked.update(&cards::removed()).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

async fn made(bot: &Bot, pressed: &Pressed, member: Member) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let (called, since) = (typed(pressed, "called"), typed(pressed, "since"));
    screen(bot, asked, member, &[called, since]).await?;
    let today = actions::today(deps, member).await?;
    let called = words_of(called, CALLED_LIMIT, "name", "Sober")?;
    let since = plan::counted_from(since, today)?;
    let one = actions::add(deps, member, called, since).await?;
    asked.update(&cards::one(&one, today, None)).await
}

/// A slip is written down; then, in a card of its own, what keeps people alive after a return.
async fn slipped(bot: &Bot, pressed: &Pressed, member: Member, number: u32) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let (on, since) = (typed(pressed, "on"), typed(pressed, "since"));
    screen(bot, asked, member, &[on, since]).await?;
    let today = actions::today(deps, member).await?;
    let (on, since) = (plan::counted_from(on, today)?, plan::counted_from(since, today)?);
    let one = actions::slip(deps, member, number, on, since).await?;
    asked.update(&cards::slipped(&one, today)).await?;
    asked.reply(&cards::tolerance()).await
}

/// A milestone, and the group that would hear of it: where it is told already, else the member's first.
async fn where_told(bot: &Bot, member: Member, number: u32) -> Result<(Milestone, Group), Stop> {
    let (one, told) = actions::find(&bot.deps, member, number).await?;
    let (groups, _) = belonging(&bot.deps, member).await?;
    let group = told.filter(|group| groups.contains(group)).or_else(|| groups.into_iter().next());
    Ok((one, group.ok_or_else(Refusal::old_button)?))
}

async fn marked(bot: &Bot, pressed: &Pressed, member: Member, number: u32) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let text = typed(pressed, "marks");
    screen(bot, asked, member, &[text]).await?;
    let marks = plan::marks(text)?;
    if marks.is_empty() {
        let one = actions::quiet(deps, member, number).await?;
        return asked.update(&cards::quiet(&one)).await;
    }
    let (one, group) = where_told(bot, member, number).await?;
    asked.update(&cards::announce_sure(member.user, &one, &group, &marks)).await
}
