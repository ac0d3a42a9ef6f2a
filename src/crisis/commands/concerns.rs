//! `/concerns`, `/oncall`, and the buttons on a call.

use crate::calendar::{Weekdays, time_of_day};
use crate::crisis::actions::concerns::{self, Pressed as Became};
use crate::crisis::actions::duty;
use crate::crisis::cards::{self, concern as said, words::Language};
use crate::crisis::lexicon::Level;
use crate::crisis::model::concern::{Concern, Duty, Handed, State};
use crate::crisis::plan::concern::{Happening, No};
use crate::discord::startup_check;
use crate::discord::{Asked, Bot, Ctx, PartialChannel, RoleArg};
use crate::groups::commands::{self as group_commands, groups_here, misread};
use crate::groups::{Group, actions as groups};
use crate::ids::{ChannelId, Member, RoleId, UserId};
use crate::outbox::{Messenger, Place};
use crate::refusal::{Refusal, Stop};
use crate::roster::{Circles, Known};

/// Who is told when somebody may need a person
#[poise::command(slash_command, guild_only, subcommands("on", "off", "list"), subcommand_required)]
pub async fn concerns(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Let responders be told; the members are told that they are
#[poise::command(slash_command, guild_only)]
async fn on(
    ctx: Ctx<'_>,
    #[description = "Where responders look"]
    #[channel_types("Text")]
    channel: PartialChannel,
    #[description = "Role of the responders"] role: RoleArg,
    #[description = "Minutes until the next circle is called; 10 without this"]
    #[min = 2]
    #[max = 120]
    minutes: Option<u32>,
    #[description = "Role that is called when no responder answers; the facilitators without this"] next: Option<
        RoleArg,
    >,
    #[description = "Words of this level raise a concern: low, high, imminent, never; high without this"]
    #[autocomplete = "levels"]
    from: Option<String>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let (group, known) = facilitated(bot, &asked, group.as_deref()).await?;
    let from = match from.as_deref().map(str::trim) {
        None => Some(Level::High),
        Some("never") => None,
        Some(word) => Some(Level::parse(word).filter(|level| level.fires()).ok_or_else(|| {
            Refusal::new(
                "That is no level.",
                "Words are low, high or imminent.",
                "For example: `from:high`, or `from:never`",
            )
        })?),
    };
    let id = ChannelId::from_snowflake(channel.id.get());
    if id == group.channel && from.is_some() {
        return Err(Refusal::new(
            "That is the group's own channel.",
            "Everybody there would read who may need a person.",
            "Choose a channel that only responders can read, or `from:never`.",
        )
        .into());
    }
    if let Err(finding) = startup_check::can_speak(&bot.rest, id).await? {
        return Err(Refusal::new(finding.what, finding.why, finding.fix).into());
    }
    let role = RoleId::from_snowflake(role.get());
    let next = next.map(|role| RoleId::from_snowflake(role.get()));
    let minutes = minutes.unwrap_or(crate::crisis::model::concern::MINUTES);
    let circles = Circles { channel: id, role: Some(role), next, minutes, from };
    let fresh = concerns::set_circles(&bot.deps, &known, circles, role).await?;
    asked.reply(&said::set_up(&group, &circles, fresh)).await
}

/// Let nobody be told of words any more
#[poise::command(slash_command, guild_only)]
async fn off(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (group, _) = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    concerns::drop_circles(&ctx.data().deps, group.id).await?;
    asked.reply(&said::switched_off(&group)).await
}

/// Show the newest concerns with their logs, and phrases that were wrong
#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (group, _) = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    let deps = &ctx.data().deps;
    let wrong = crate::crisis::actions::alarms::of_group(deps, group.id).await?;
    asked.reply(&said::list(&duty::log(deps, group.id).await?, &wrong)).await
}

async fn levels(_: Ctx<'_>, _: &str) -> crate::discord::Choices {
    let offer = |word: &str| (word.to_owned(), word.to_owned());
    crate::discord::choices(["high", "imminent", "low", "never"].map(offer))
}

pub(super) async fn facilitated(bot: &Bot, asked: &Asked, group: Option<&str>) -> Result<(Group, Known), Stop> {
    let group = group_commands::facilitated(bot, asked, group).await?;
    let known = bot.deps.roster.group(group.id).ok_or_else(Refusal::old_button)?;
    Ok((group, known))
}

/// When responders are called first
#[poise::command(slash_command, guild_only, subcommands("add", "remove", "who"), subcommand_required)]
pub async fn oncall(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Put yourself on the rota
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "Days on which it begins, such as: mon-fri, or sat,sun"] days: String,
    #[description = "From which hour, in the group's time, such as 18:00"] from: String,
    #[description = "Until which hour, such as 22:00; 07:00 is the next morning"] until: String,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let (group, known) = responding(bot, &asked, group.as_deref()).await?;
    let days: Weekdays = days.parse().map_err(misread)?;
    let (from, until) = (time_of_day(&from).map_err(misread)?, time_of_day(&until).map_err(misread)?);
    let duty = Duty { user: asked.user, days, from, until };
    duty::add(&bot.deps, &known, &duty).await?;
    asked.reply(&said::duty_added(&group, &duty)).await
}

/// Take yourself off the rota, no reason needed
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let group = groups::choose(&ctx.data().deps, asked.guild, group.as_deref()).await?;
    let were = duty::remove(&ctx.data().deps, group.id, asked.user).await?;
    asked.reply(&said::duty_removed(&group, were)).await
}

/// See who is on call now and in the week
#[poise::command(slash_command, guild_only)]
async fn who(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let (group, _) = responding(bot, &asked, group.as_deref()).await?;
    let (rota, now) = duty::rota(&bot.deps, &group).await?;
    asked.reply(&said::rota(&group, &rota, &now, bot.deps.clock.now())).await
}

async fn responding(bot: &Bot, asked: &Asked, group: Option<&str>) -> Result<(Group, Known), Stop> {
    let group = groups::choose(&bot.deps, asked.guild, group).await?;
    let known = bot.deps.roster.group(group.id).ok_or_else(Refusal::old_button)?;
    require_responder(bot, asked, &known)?;
    Ok((group, known))
}

/// Whether a person may answer a call: who has one of the roles that are called, or may manage the server;
/// everybody who can read it, where no role is called at all.
fn require_responder(bot: &Bot, asked: &Asked, known: &Known) -> Result<(), Refusal> {
    let circles = concerns::circles_of(&bot.deps, known);
    let roles: Vec<RoleId> = [circles.role, circles.next, known.facilitator_role].into_iter().flatten().collect();
    let here = asked.guild == Some(known.guild);
    if here && (roles.is_empty() || roles.iter().any(|role| asked.roles.contains(role)) || asked.may_manage_guild()) {
        return Ok(());
    }
    Err(Refusal::new(
        "This is for the group's responders.",
        "",
        "If you can, write to them yourself. `/helplines` helps helpers, too.",
    ))
}

/// A button on a call (the verb, the group and whom it is about), or one that tells a member what is told of them.
pub(super) async fn press(bot: &Bot, asked: &Asked, verb: &str, args: &[&str]) -> Result<(), Stop> {
    let of_group = |group: &str| group.parse().ok().and_then(|group| bot.deps.roster.group(group));
    match (verb, args) {
        ("truth", [note]) => return truth(bot, asked, note).await,
        ("told", [group]) => {
            return telling(bot, asked, &of_group(group).ok_or_else(Refusal::old_button)?, None).await;
        }
        ("tell", [group, answer]) => {
            return telling(bot, asked, &of_group(group).ok_or_else(Refusal::old_button)?, Some(answer)).await;
        }
        _ => {}
    }
    answered(bot, asked, verb, args).await
}

/// A responder's button.
async fn answered(bot: &Bot, asked: &Asked, verb: &str, args: &[&str]) -> Result<(), Stop> {
    let (known, user, rest) = called(bot, args)?;
    require_responder(bot, asked, &known)?;
    if user == asked.user {
        return asked.reply(&said::own_call()).await;
    }
    let happening = match (verb, rest) {
        ("here", []) => Happening::Here(asked.user),
        ("backup", []) => Happening::NeedBackup(asked.user),
        ("closed", []) => Happening::Closed(asked.user),
        ("hand_on", []) => return asked.reply(&said::hand_on(known.group, user)).await,
        ("handed", [word]) => {
            let handed = Handed::parse(word).ok_or_else(Refusal::old_button)?;
            let became =
                concerns::press(&bot.deps, &known, user, Happening::HandedOn(asked.user), Some(handed)).await?;
            return match became {
                Became::Turned(..) => asked.update(&said::handed_on()).await,
                Became::No(no, concern) => asked.update(&refused(no, &concern)).await,
            };
        }
        _ => return Err(Refusal::old_button().into()),
    };
    match concerns::press(&bot.deps, &known, user, happening, None).await? {
        Became::Turned(concern, loaded) => {
            let words = if concern.state.is_over() { None } else { concerns::shown_words(&bot.deps, &concern).await? };
            asked.update(&said::standing(&concern, words.as_deref().map(String::as_str))).await?;
            match happening {
                Happening::Here(_) => asked.reply(&said::you_are_here(&concern, loaded)).await,
                Happening::Closed(_) => asked.reply(&said::debrief()).await,
                Happening::NeedBackup(_) | Happening::HandedOn(_) | Happening::Withdrawn | Happening::TimeUp => Ok(()),
            }
        }
        Became::No(no, concern) => {
            if no == No::Over
                && let Some(message) = asked.message
            {
                // The old card says how it ended and has no buttons any more.
                let done = bot.rest.edit(Place::Channel(asked.channel), message, &said::standing(&concern, None)).await;
                tracing::debug!(done = done.is_ok(), "an old call was brought up to date");
            }
            asked.reply(&refused(no, &concern)).await
        }
    }
}

fn refused(no: No, concern: &Concern) -> crate::card::Card {
    match no {
        No::Over => said::over(concern),
        No::Taken(who) => said::taken(who),
        No::Already => said::already_here(),
        No::NobodyYet => said::nobody_yet(),
    }
}

fn called<'a, 'b>(bot: &Bot, args: &'a [&'b str]) -> Result<(Known, UserId, &'a [&'b str]), Refusal> {
    let [group, user, rest @ ..] = args else { return Err(Refusal::old_button()) };
    let (Ok(group), Ok(user)) = (group.parse(), user.parse()) else { return Err(Refusal::old_button()) };
    Ok((bot.deps.roster.group(group).ok_or_else(Refusal::old_button)?, user, rest))
}

/// The member takes their call back.
pub(super) async fn take_back(bot: &Bot, asked: &Asked, known: &Known) -> Result<(), Stop> {
    let latest = duty::latest(&bot.deps, known.group, asked.user).await?;
    if latest.is_none_or(|concern| concern.state.is_over()) {
        return asked.update(&said::taken_back(super::reads(asked), false)).await;
    }
    match concerns::press(&bot.deps, known, asked.user, Happening::Withdrawn, None).await? {
        Became::Turned(concern, _) if concern.state == State::Withdrawn => {
            bot.deps.roster.hand_down(asked.user, known.group);
            asked.update(&said::taken_back(super::reads(asked), true)).await
        }
        Became::Turned(..) | Became::No(..) => asked.update(&said::taken_back(super::reads(asked), false)).await,
    }
}

/// What it means for a member that the group tells its responders, and their choice.
async fn telling(bot: &Bot, asked: &Asked, known: &Known, answer: Option<&str>) -> Result<(), Stop> {
    let care = bot.deps.roster.care();
    let member = Member { guild: known.guild, user: asked.user };
    match answer {
        None => {
            let role = care.circles(known.group).and_then(|circles| circles.role);
            asked.reply(&said::telling(known.group, role, care.told(asked.user, known.group))).await
        }
        Some(answer) => {
            if answer == "yes" && !groups::belongs(&bot.deps, member, known.group).await? {
                return asked
                    .reply(&crate::groups::cards::join_first(&groups::find(&bot.deps, known.group).await?))
                    .await;
            }
            groups::care::tell(&bot.deps, asked.user, known.group, answer == "yes").await?;
            asked.update(&said::told(answer == "yes")).await
        }
    }
}

/// Opens a note that tells the truth.
async fn truth(bot: &Bot, asked: &Asked, note: &str) -> Result<(), Stop> {
    let Some((card, is_theirs)) = concerns::opened_truth(&bot.deps, asked.user, note, super::reads(asked)) else {
        return asked
            .reply(&cards::note_over(&crate::crisis::actions::here(&bot.deps, asked.guild, None, Language::En)))
            .await;
    };
    asked.reply(&card).await?;
    if is_theirs {
        super::close_note(bot, asked, Language::En).await;
    }
    Ok(())
}
