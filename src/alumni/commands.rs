//! `/steps`, `/step`, `/member`, and the buttons that belong to them.

use super::actions::{steps, touches};
use super::cards;
use super::mentors;
use super::model::{Felt, STEP_NAME_LIMIT};
use crate::calendar::{Weekdays, time_of_day};
use crate::discord::startup_check::{self, Checked};
use crate::discord::{Asked, Bot, Choices, Ctx, Pressed, RoleArg, Slice, UserArg, choices};
use crate::groups::commands::{checked, facilitated, groups_here, misread, pressed_group};
use crate::groups::{Group, Step, actions as groups};
use crate::ids::{Member, RoleId, UserId};
use crate::refusal::{Refusal, Stop};

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "felt", "hour", "m_end", "m_find", "m_no", "m_out", "m_room", "m_topics", "m_yes", "no", "open", "preset",
    "share", "stop", "touches", "yes",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "alumni",
        commands: || vec![steps_command(), step_command(), member_command(), mentors::commands::mentor()],
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: None,
    }
}

/// The steps of a group: how support tapers on the way down
#[poise::command(
    slash_command,
    guild_only,
    rename = "steps",
    subcommands("set", "list", "remove"),
    subcommand_required
)]
async fn steps_command(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Your own step, and the way back up
#[poise::command(slash_command, guild_only, rename = "step", subcommands("up", "mine"), subcommand_required)]
async fn step_command(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Ask a member to another step
#[poise::command(slash_command, guild_only, rename = "member", subcommands("step", "withdraw"), subcommand_required)]
async fn member_command(_: Ctx<'_>) -> Result<(), Stop> {
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
    let notes = missing(bot, &group, &all).await;
    asked.reply(&cards::steps(&group, &all, notes)).await
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
    let notes = missing(bot, &group, &all).await;
    asked.reply(&cards::steps(&group, &all, notes)).await
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

/// Ask for more support again; no reason needed
#[poise::command(slash_command, guild_only)]
async fn up(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let (_, group) = belonging(bot, &asked, group.as_deref()).await?;
    asked.reply(&cards::up(&group)).await
}

/// See which step you are on, and what you can choose there
#[poise::command(slash_command, guild_only)]
async fn mine(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (bot, asked) = (ctx.data(), Asked::of(&ctx));
    let (_, group) = belonging(bot, &asked, group.as_deref()).await?;
    let step = steps::of_member(&bot.deps, group.id, asked.user).await?;
    let all = steps::steps(&bot.deps, group.id).await?;
    match &step {
        Some(step) if super::plan::is_last(&all, step.id) => asked.reply(&cards::graduated(&group, step, true)).await,
        Some(_) | None => asked.reply(&cards::mine(&group, step.as_ref())).await,
    }
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

/// The group a member means: the named one, or the only one they belong to.
pub(in crate::alumni) async fn belonging(
    bot: &Bot,
    asked: &Asked,
    name: Option<&str>,
) -> Result<(Member, Group), Stop> {
    let member = asked.member()?;
    let joined = groups::joined(&bot.deps, member).await?;
    let group = match (name, joined.as_slice()) {
        (None, [only]) => groups::find(&bot.deps, *only).await?,
        (_, _) => groups::choose(&bot.deps, asked.guild, name).await?,
    };
    if !joined.contains(&group.id) {
        return Err(Refusal::new("This is for members of the group.", "", "`/join` takes you in.").into());
    }
    Ok((member, group))
}

/// The group of a button, if the person belongs to it; also pressed in a direct message.
pub(in crate::alumni) async fn own(bot: &Bot, asked: &Asked, group: &str) -> Result<(Member, Group), Stop> {
    let group = groups::find(&bot.deps, read(group)?).await?;
    let member = Member { guild: group.guild, user: asked.user };
    let elsewhere = asked.guild.is_some_and(|guild| guild != group.guild);
    if elsewhere || !groups::belongs(&bot.deps, member, group.id).await? {
        return Err(Refusal::old_button().into());
    }
    Ok((member, group))
}

/// Reads a number of a custom id.
pub(in crate::alumni) fn read<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
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

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
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
                asked.update(&cards::graduated(&question.group, &question.to, asked.guild.is_some())).await
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
        _ => touched(bot, &pressed, &args).await,
    }
}

/// The presses about touches.
async fn touched(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    match (pressed.press.verb.as_str(), args) {
        ("touches", [group]) => {
            let (_, group) = own(bot, asked, group).await?;
            asked.reply(&cards::hours(group.id)).await
        }
        ("hour", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            let hour = pressed.values.first().ok_or_else(Refusal::old_button)?;
            let at = time_of_day(hour).map_err(misread)?;
            let touch = touches::agree(deps, &group, member, at).await?;
            asked.update(&cards::touches_agreed(&touch)).await
        }
        ("stop", [group]) => {
            let (member, group) = own(bot, asked, group).await?;
            touches::stop(deps, group.id, member).await?;
            asked.update(&cards::stopped()).await
        }
        ("felt", [touch, mark, felt]) => {
            let felt = Felt::of_word(felt).ok_or_else(Refusal::old_button)?;
            let group = touches::answer(deps, asked.user, read(touch)?, read(mark)?, felt).await?;
            asked.reply(&cards::felt(felt, &group)).await
        }
        _ => mentors::commands::press(bot, pressed, args).await,
    }
}
