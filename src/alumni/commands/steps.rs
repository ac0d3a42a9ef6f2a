//! `/steps` and `/member`: what facilitators do with steps, and what members answer.

use super::super::actions::steps;
use super::super::cards;
use super::super::model::STEP_NAME_LIMIT;
use super::{own, read};
use crate::calendar::Weekdays;
use crate::discord::startup_check::{self, Checked};
use crate::discord::{Asked, Bot, Choices, Ctx, Pressed, RoleArg, UserArg, choices};
use crate::groups::commands::{checked, facilitated, groups_here, misread, pressed_group};
use crate::groups::{Group, Step, actions as groups};
use crate::ids::{Member, RoleId, UserId};
use crate::refusal::{Refusal, Stop};

/// The steps of a group: how support tapers on the way down
#[poise::command(
    slash_command,
    guild_only,
    rename = "steps",
    subcommands("set", "list", "rename", "place", "remove"),
    subcommand_required
)]
pub(super) async fn steps_command(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Ask a member to another step
#[poise::command(slash_command, guild_only, rename = "member", subcommands("step", "withdraw"), subcommand_required)]
pub(super) async fn member_command(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Add a step below the others, or change one
#[poise::command(slash_command, guild_only)]
async fn set(
    ctx: Ctx<'_>,
    #[description = "What the step is called, such as IOP 3 days"]
    #[autocomplete = "step_names"]
    name: String,
    #[description = "Days of direct check-ins, such as mon,wed,fri; also daily, weekdays, none"] days: String,
    #[description = "Whether members' own session reminders go on; yes without this"] reminders: Option<bool>,
    #[description = "Role of its members; for people who may manage the server"] role: Option<RoleArg>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let name = named(&name)?;
    let days = parse_days(&days)?;
    let before = steps::steps(&bot.deps, group.id).await?;
    let before = before.into_iter().find(|step| step.name.to_lowercase() == name.to_lowercase());
    let role = role.map(|role| RoleId::from_snowflake(role.get()));
    if role.is_some() && !asked.may_manage_guild() {
        // A role may open doors all over the server; a facilitator of one group does not hand those out.
        return Err(Refusal::new(
            "Choosing a role is for people who may manage this server.",
            "A role can open more than this group.",
            "Leave `role` out, or ask one of them to run this.",
        )
        .into());
    }
    let reminders = reminders.or(before.as_ref().map(|step| step.reminders)).unwrap_or(true);
    let role = role.or(before.and_then(|step| step.role));
    let all = steps::set(&bot.deps, group.id, &name, (days, reminders), role).await?;
    show(bot, &asked, &group, &all).await
}

/// Show the steps of the group
#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let all = steps::steps(&bot.deps, group.id).await?;
    show(bot, &asked, &group, &all).await
}

/// Give a step another name; whoever is on it stays on it
#[poise::command(slash_command, guild_only)]
async fn rename(
    ctx: Ctx<'_>,
    #[description = "Which step"]
    #[autocomplete = "step_names"]
    name: String,
    #[description = "What it is called from now on"] to: String,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let step = steps::named(&bot.deps, group.id, &name).await?;
    let all = steps::rename(&bot.deps, &step, &named(&to)?).await?;
    show(bot, &asked, &group, &all).await
}

/// Put a step in another place; the first has the most support, people on the last are alumni
#[poise::command(slash_command, guild_only)]
async fn place(
    ctx: Ctx<'_>,
    #[description = "Which step"]
    #[autocomplete = "step_names"]
    name: String,
    #[description = "Its place from now on; 1 is the most support"]
    #[min = 1]
    #[max = 10]
    to: u32,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let step = steps::named(&bot.deps, group.id, &name).await?;
    let all = steps::place(&bot.deps, &step, usize::try_from(to).unwrap_or(usize::MAX)).await?;
    show(bot, &asked, &group, &all).await
}

/// The steps as they are now, with what keeps a role from being given.
async fn show(bot: &Bot, asked: &Asked, group: &Group, all: &[Step]) -> Result<(), Stop> {
    asked.reply(&cards::steps(group, all, missing(bot, group, all).await)).await
}

/// Remove a step that nobody is on
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Ctx<'_>,
    #[description = "Which step"]
    #[autocomplete = "step_names"]
    name: String,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let step = steps::named(&bot.deps, group.id, &name).await?;
    steps::remove(&bot.deps, &step).await?;
    asked.reply(&cards::removed(&step)).await
}

/// Ask a member whether another step fits; nothing changes before their yes
#[poise::command(slash_command, guild_only)]
async fn step(
    ctx: Ctx<'_>,
    #[description = "Whom to ask"] member: UserArg,
    #[description = "Which step"]
    #[autocomplete = "step_names"]
    to: String,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let to = steps::named(&bot.deps, group.id, &to).await?;
    let member = Member { guild: group.guild, user: UserId::from_snowflake(member.get()) };
    let direct = steps::offer(&bot.deps, &group, member, &to, asked.user).await?;
    asked.reply(&cards::asked(&group, member.user, &to, direct)).await
}

/// Take back a question that a member has not answered
#[poise::command(slash_command, guild_only)]
async fn withdraw(
    ctx: Ctx<'_>,
    #[description = "Who was asked"] member: UserArg,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let member = Member { guild: group.guild, user: UserId::from_snowflake(member.get()) };
    steps::withdraw(&bot.deps, &group, member).await?;
    asked.reply(&cards::withdrawn(member.user)).await
}

fn named(name: &str) -> Result<String, Refusal> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > STEP_NAME_LIMIT {
        let why = format!("A step's name has 1 to {STEP_NAME_LIMIT} characters.");
        return Err(Refusal::new("That name does not fit.", why, "For example: `name:IOP 3 days`"));
    }
    Ok(name)
}

fn parse_days(text: &str) -> Result<Weekdays, Refusal> {
    match text.trim().to_lowercase().as_str() {
        "none" | "off" => Ok(Weekdays::NONE),
        "daily" | "every day" | "all" => Ok(Weekdays::ALL),
        "weekdays" => Ok(Weekdays::WORKING),
        days => days.parse().map_err(misread),
    }
}

/// What keeps a step's role from being given, as Discord has it now. What Discord cannot say is left out.
async fn missing(bot: &Bot, group: &Group, steps: &[Step]) -> Vec<(String, String)> {
    let roles = steps.iter().filter_map(|step| step.role);
    let wanted: Vec<Checked> = roles.map(|role| Checked { given_role: Some(role), ..checked(group) }).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let found = startup_check::look(&bot.rest, &wanted).await.unwrap_or_default();
    let mut notes: Vec<(String, String)> =
        found.into_iter().flatten().map(|one| (one.what, format!("{} {}", one.why, one.fix))).collect();
    notes.sort();
    notes.dedup();
    notes
}

async fn step_names(ctx: Ctx<'_>, partial: &str) -> Choices {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let wanted = partial.to_lowercase();
    let mut names = std::collections::BTreeSet::new();
    for group in groups::here(deps, asked.guild).await.unwrap_or_default() {
        let steps = steps::steps(deps, group.id).await.unwrap_or_default();
        names.extend(steps.into_iter().map(|step| step.name));
    }
    choices(names.into_iter().filter(|name| name.to_lowercase().contains(&wanted)).map(|name| (name.clone(), name)))
}

/// The presses about steps.
pub(super) async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    match (pressed.press.verb.as_str(), args) {
        ("preset", [group]) => {
            let group = pressed_group(bot, asked, read(group)?).await?;
            asked.update(&cards::steps(&group, &steps::preset(deps, group.id).await?, [])).await
        }
        ("open", [offer]) => {
            let question = steps::question(deps, asked.user, read(offer)?).await?;
            asked.reply(&cards::question(&question)).await
        }
        ("yes", [offer]) => {
            let question = steps::question(deps, asked.user, read(offer)?).await?;
            steps::agree(bot, &question).await?;
            if question.is_last {
                let since = steps::moved_on(deps, &question.group, question.offer.member).await?;
                asked.update(&cards::graduated(&question.group, &question.to, since, asked.guild.is_some())).await
            } else {
                asked.update(&cards::moved(&question.to)).await
            }
        }
        ("no", [offer]) => {
            let question = steps::question(deps, asked.user, read(offer)?).await?;
            steps::decline(deps, &question).await?;
            asked.update(&cards::stayed()).await
        }
        ("share", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            steps::share(deps, &group, member).await?;
            asked.reply(&cards::told()).await
        }
        _ => super::step::touched(bot, pressed, args).await,
    }
}
