//! `/goal`, `/win`, `/recovery-setup`, and their buttons.

use super::super::actions::{belonging, goals as actions, milestones, reminding};
use super::super::cards::{goals as cards, reminding as reminder_cards, which_group};
use super::super::model::goal::{GOAL_LIMIT, WIN_LIMIT};
use super::super::model::reminder::{About, Kind};
use super::super::plan::{goals as plan, reminding as when_plan};
use super::{member_of, own_group, screen, typed, words_of};
use crate::calendar::Recurrence;
use crate::discord::{Asked, Bot, Ctx, PartialChannel, Pressed};
use crate::groups::actions as groups;
use crate::groups::commands::{facilitated, groups_here, misread};
use crate::ids::{ChannelId, Member};
use crate::refusal::{Refusal, Stop};

/// Your goals in small steps; only you see them
#[poise::command(slash_command, guild_only)]
pub async fn goal(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let member = asked.member()?;
    let today = milestones::today(deps, member).await?;
    asked.reply(&cards::list(&actions::all(deps, member).await?, today)).await
}

/// Keep a small win, for yourself or to share
#[poise::command(slash_command, guild_only)]
pub async fn win(
    ctx: Ctx<'_>,
    #[description = "What it is; leave it out to see yours"] what: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let member = asked.member()?;
    let Some(what) = what else {
        return asked.reply(&cards::wins(&actions::wins(&bot.deps, member).await?)).await;
    };
    screen(bot, &asked, member, &[&what]).await?;
    let kept = keep(bot, member, &what).await?;
    asked.reply(&kept).await
}

async fn keep(bot: &Bot, member: Member, what: &str) -> Result<crate::card::Card, Stop> {
    let today = milestones::today(&bot.deps, member).await?;
    let what = words_of(what, WIN_LIMIT, "win", "`what:Got up before ten`")?;
    Ok(cards::win_kept(&actions::keep_win(&bot.deps, member, what, today).await?))
}

/// Choose where shared wins go, and whether people are paired
#[poise::command(slash_command, guild_only, rename = "recovery-setup")]
pub async fn recovery_setup(
    ctx: Ctx<'_>,
    #[description = "Where shared wins are posted"]
    #[channel_types("Text")]
    wins: Option<PartialChannel>,
    #[description = "When the week's shared wins are summed up, such as: sun 18:00; `off` for not at all"]
    digest: Option<String>,
    #[description = "How often people who want to are paired: weekly, monthly, or off"] buddies: Option<String>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    let mut setup = actions::setup(deps, group.id).await?;
    if let Some(channel) = wins {
        setup.channel = Some(ChannelId::from_snowflake(channel.id.get()));
    }
    match digest.as_deref().map(str::trim) {
        None => {}
        Some(word) if word.eq_ignore_ascii_case("off") => setup.digest = None,
        Some(text) => setup.digest = Some(weekly(text, deps.clock.now().date_naive())?),
    }
    let cadence = buddies.as_deref().map(super::buddies::cadence).transpose()?;
    actions::set_up(deps, &group, &setup).await?;
    let buddies = super::super::actions::buddies::set_up(deps, &group, cadence).await?;
    asked.reply(&cards::setup(&group, &setup, &buddies)).await
}

fn weekly(text: &str, today: chrono::NaiveDate) -> Result<Recurrence, Refusal> {
    let recurrence = Recurrence::parse(text, today).map_err(misread)?;
    if plan::is_weekly(&recurrence) {
        return Ok(recurrence);
    }
    Err(Refusal::new(
        "The week's wins are summed up once a week at most.",
        "More often would be noise.",
        "For example: `digest:sun 18:00`",
    ))
}

fn number(text: &str) -> Result<u32, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}

fn chosen(pressed: &Pressed) -> Result<u32, Refusal> {
    number(pressed.values.first().ok_or_else(Refusal::old_button)?)
}

/// The presses of goals.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let member = member_of(bot, asked)?;
    let today = milestones::today(deps, member).await?;
    let gone = || Refusal::new("That goal is not here any more.", "", "`/goal` shows yours.");
    match (pressed.press.verb.as_str(), args) {
        ("goals", []) => asked.update(&cards::list(&actions::all(deps, member).await?, today)).await,
        ("goal_new", []) => asked.show(&cards::form(None)).await,
        ("goal_change", [one]) => {
            let goals = actions::all(deps, member).await?;
            asked.show(&cards::form(Some(goals.find(number(one)?).ok_or_else(gone)?))).await
        }
        ("goal_wrote", [one]) => {
            let (what, steps) = (typed(pressed, "what"), typed(pressed, "steps"));
            screen(bot, asked, member, &[what, steps]).await?;
            let what = words_of(what, GOAL_LIMIT, "goal", "Sleep better")?;
            let goal = actions::write(deps, member, number(one)?, what, plan::steps(steps)?).await?;
            asked.update(&cards::one(&goal, today)).await
        }
        ("goal", []) => {
            let goals = actions::all(deps, member).await?;
            asked.update(&cards::one(goals.find(chosen(pressed)?).ok_or_else(gone)?, today)).await
        }
        ("goal_tap", [_goal, step]) => {
            let goal = actions::tap(deps, member, number(step)?, today).await?;
            asked.update(&cards::one(&goal, today)).await
        }
        ("goal_end", [one, how]) => {
            actions::end(deps, member, number(one)?).await?;
            asked.update(&cards::ended(*how == "reached")).await
        }
        ("goal_remind", []) => {
            let goals = actions::all(deps, member).await?;
            let (_, step) = goals.step(chosen(pressed)?).ok_or_else(gone)?;
            asked.show(&cards::remind_form(step)).await
        }
        ("goal_reminded", [step]) => remind(bot, pressed, member, number(step)?).await,
        _ => wins(bot, pressed, args, member).await,
    }
}

/// A reminder of a step, as any own reminder: by direct message, with a yes to those.
async fn remind(bot: &Bot, pressed: &Pressed, member: Member, step: u32) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let text = typed(pressed, "when");
    screen(bot, asked, member, &[text]).await?;
    let (_, zone) = belonging(deps, member).await?;
    let goals = actions::all(deps, member).await?;
    let (_, step) = goals.step(step).ok_or_else(Refusal::old_button)?;
    let when = when_plan::when(text, deps.clock.now(), zone).map_err(misread)?;
    let about = About { words: step.what.clone(), kind: Kind::Goal(step.number), open: false };
    match reminding::set(deps, member, zone, &when, &about).await? {
        reminding::Set::On(reminder) => {
            let quiet = groups::settings::settings(deps, member).await?.quiet;
            asked.reply(&reminder_cards::set(&reminder, &about, &when.words, quiet)).await
        }
        reminding::Set::Asking(reminder) => asked.reply(&reminder_cards::asking(&reminder, &when.words)).await,
    }
}

/// The presses of wins.
async fn wins(bot: &Bot, pressed: &Pressed, args: &[&str], member: Member) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    match (pressed.press.verb.as_str(), args) {
        ("wins", []) => asked.update(&cards::wins(&actions::wins(deps, member).await?)).await,
        ("win_new", []) => asked.show(&cards::win_form()).await,
        ("win_wrote", []) => {
            let what = typed(pressed, "what");
            screen(bot, asked, member, &[what]).await?;
            asked.update(&keep(bot, member, what).await?).await
        }
        ("win_drop", [one]) => {
            actions::drop_win(deps, member, number(one)?).await?;
            asked.update(&cards::dropped()).await
        }
        ("win_share", [one]) => {
            let win = actions::win(deps, member, number(one)?).await?;
            let (all, _) = belonging(deps, member).await?;
            match all.as_slice() {
                [only] => preview(bot, pressed, member, &win, only).await,
                several => {
                    let names: Vec<_> = several.iter().map(|group| (group.id, group.name.clone())).collect();
                    asked.update(&which_group(&names, &format!("win_to{}", win.number))).await
                }
            }
        }
        ("win_post", [one, group]) => {
            let group = own_group(bot, member, group).await?;
            let channel = actions::share(deps, member, number(one)?, &group).await?;
            asked.update(&cards::posted(channel)).await
        }
        (verb, [group]) if verb.starts_with("win_to") => {
            let win = actions::win(deps, member, number(verb.trim_start_matches("win_to"))?).await?;
            let group = own_group(bot, member, group).await?;
            preview(bot, pressed, member, &win, &group).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

async fn preview(
    bot: &Bot,
    pressed: &Pressed,
    member: Member,
    win: &super::super::model::goal::Win,
    group: &crate::groups::Group,
) -> Result<(), Stop> {
    let setup = actions::setup(&bot.deps, group.id).await?;
    let channel = setup.channel.unwrap_or(group.channel);
    pressed.asked.update(&cards::share_preview(member.user, win, group.id, channel, setup.digest.is_some())).await
}
