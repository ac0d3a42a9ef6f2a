//! `/group setup|list`, `/join`, `/leave`, and the buttons that belong to them.

mod me;

use std::time::Duration;

use futures::future::BoxFuture;

use super::actions;
use super::cards;
use super::model::{Group, Purpose, Source, Wanted};
use crate::calendar::{Weekdays, Zone, time_of_day};
use crate::card::{Card, inert};
use crate::config::NAME_LIMIT;
use crate::deps::Deps;
use crate::discord::startup_check::{self, Checked};
use crate::discord::{Asked, Bot, Choices, Ctx, Happened, PartialChannel, Pressed, RoleArg, Slice, choices};
use crate::helplines::FRESH_DAYS;
use crate::ids::{ChannelId, GroupId, GuildId, RoleId};
use crate::refusal::{Refusal, Stop};

/// Longest that setting up waits to hear from Discord what is missing.
const LOOK_WITHIN: Duration = Duration::from_secs(5);

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "audit", "back", "consent", "join", "leave", "stay",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "groups",
        commands: || vec![group(), join(), leave(), me::me(), me::away()],
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: Some(happened),
    }
}

/// Set up and look at support groups
#[poise::command(slash_command, guild_only, subcommands("setup", "list", "audit"), subcommand_required)]
async fn group(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Start a support group in a channel, or change one
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "each is one option of the command, as Discord shows it")]
async fn setup(
    ctx: Ctx<'_>,
    #[description = "Time zone the group's hours are meant in, such as America/New_York"]
    #[autocomplete = "zones"]
    zone: String,
    #[description = "Where reminders and check-ins are posted"]
    #[channel_types("Text", "News", "Voice")]
    channel: PartialChannel,
    #[description = "Country most members live in; decides which helplines come first"]
    #[autocomplete = "countries"]
    country: String,
    #[description = "Role that may change the group"] facilitators: Option<RoleArg>,
    #[description = "Where facilitators are asked to come when somebody wants a person"]
    #[channel_types("Text")]
    facilitator_channel: Option<PartialChannel>,
    #[description = "Local hour of the daily check-in, such as 09:00; `off` for none"] checkin: Option<String>,
    #[description = "Notice words in the channel that may mean somebody needs a person"] noticing: Option<bool>,
    #[description = "What the group is called; needed only when there are several"] name: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let guild = asked.member()?.guild;
    let known = actions::here(&bot.deps, asked.guild).await?;
    // Without a name the only group there is is meant; the first one is called like its channel.
    let only = if known.len() == 1 { known.first().map(|group| group.name.clone()) } else { None };
    let name = named(name.or(only), &channel)?;
    let before = known.iter().find(|group| group.name.to_lowercase() == name.to_lowercase());
    match before {
        Some(group) => actions::require_facilitator(group, &asked.roles, asked.may_manage_guild())?,
        None if asked.may_manage_guild() => {}
        None => {
            return Err(Refusal::new(
                "Starting a group is for people who may manage this server.",
                "",
                "Ask one of them to run `/group setup`.",
            )
            .into());
        }
    }
    let wanted = Wanted {
        guild,
        name,
        zone: zone.parse::<Zone>().map_err(misread)?,
        channel: text_channel(bot, &channel).await?,
        country: country_code(bot, &country)?,
        facilitator_role: facilitators
            .map(|role| RoleId::from_snowflake(role.get()))
            .or(before.and_then(|group| group.facilitator_role)),
        facilitator_channel: match &facilitator_channel {
            Some(channel) => Some(text_channel(bot, channel).await?),
            None => before.and_then(|group| group.facilitator_channel),
        },
        noticing: noticing.or(before.map(|group| group.noticing)).unwrap_or(true),
        checkin: match checkin.as_deref().map(str::trim) {
            None => before.and_then(|group| group.checkin.as_ref().map(|checkin| (checkin.at, checkin.days))),
            Some(word) if word.eq_ignore_ascii_case("off") => None,
            Some(text) => Some((time_of_day(text).map_err(misread)?, days_of(before))),
        },
        source: Source::Discord,
    };
    let group = actions::set_up(&bot.deps, &wanted).await?;
    // What Discord cannot say right now is said by `daymark check` later; the group stands all the same.
    let looked = tokio::time::timeout(LOOK_WITHIN, startup_check::look(&bot.rest, &[checked(&group)])).await;
    let findings = looked.ok().and_then(Result::ok).and_then(|mut found| found.pop()).unwrap_or_default();
    let lacks = findings.into_iter().map(|finding| (finding.what, format!("{} {}", finding.why, finding.fix)));
    let zone = before.map(|group| group.zone).filter(|zone| *zone != group.zone).map(cards::zone_changed);
    asked.reply(&cards::set_up(&group, zone.into_iter().chain(lacks))).await
}

/// The days on which a group is asked; another hour keeps them.
fn days_of(before: Option<&Group>) -> Weekdays {
    before.and_then(|group| group.checkin.as_ref()).map_or(Weekdays::ALL, |checkin| checkin.days)
}

/// Show the groups of this server
#[poise::command(slash_command, guild_only)]
async fn list(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let groups = actions::here(&ctx.data().deps, asked.guild).await?;
    if groups.is_empty() {
        actions::choose(&ctx.data().deps, asked.guild, None).await?;
    }
    let facilitates =
        groups.iter().any(|group| actions::require_facilitator(group, &asked.roles, asked.may_manage_guild()).is_ok());
    let old = if facilitates { old_lines(&ctx.data().deps, asked.member()?.guild) } else { 0 };
    asked.reply(&cards::list(&groups, old)).await
}

/// How many helplines that a guild added were not looked up for over a year.
fn old_lines(deps: &Deps, guild: GuildId) -> usize {
    let today = deps.clock.now().date_naive();
    deps.roster.care().lines(guild).iter().filter(|line| line.age_days(today) > FRESH_DAYS).count()
}

/// Look through what facilitators changed, newest first
#[poise::command(slash_command, guild_only)]
async fn audit(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = actions::choose(deps, asked.guild, group.as_deref()).await?;
    asked.reply(&changes(deps, &asked, &group, i64::MAX).await?).await
}

/// One page of a group's record, for its facilitators.
async fn changes(deps: &Deps, asked: &Asked, group: &Group, before: i64) -> Result<Card, Stop> {
    actions::require_facilitator(group, &asked.roles, asked.may_manage_guild())?;
    let (page, more) = actions::kept::changes(deps, group.id, before).await?;
    let lines: Vec<cards::Changed> = page
        .iter()
        .map(|change| cards::Changed {
            at: change.at,
            actor: change.actor,
            what: &change.what,
            about: change.about,
            was: &change.was,
            became: &change.became,
        })
        .collect();
    let older = page.last().filter(|_| more).map(|last| last.id);
    Ok(cards::changes(group, &lines, older, deps.config.retention.changes))
}

/// Join a support group here; you choose what may be kept
#[poise::command(slash_command, guild_only)]
async fn join(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let group = actions::choose(&ctx.data().deps, asked.guild, group.as_deref()).await?;
    take_in(ctx.data(), &asked, group.id).await
}

/// Leave a support group, and be forgotten if you wish
#[poise::command(slash_command, guild_only)]
async fn leave(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let group = actions::choose(&ctx.data().deps, asked.guild, group.as_deref()).await?;
    if !actions::belongs(&ctx.data().deps, asked.member()?, group.id).await? {
        return Err(Refusal::new("You are not in that group.", "", "`/join` takes you in.").into());
    }
    asked.reply(&cards::leave(&group)).await
}

async fn take_in(bot: &Bot, asked: &Asked, group: GroupId) -> Result<(), Stop> {
    let group = actions::find(&bot.deps, group).await?;
    let member = asked.member()?;
    let consents = actions::consents(&bot.deps, member).await?;
    if actions::belongs(&bot.deps, member, group.id).await? && consents.next_question().is_none() {
        return asked.reply(&cards::already_in(&group, &consents)).await;
    }
    actions::join(&bot.deps, member, group.id).await?;
    match consents.next_question() {
        Some(question) => asked.reply(&cards::welcome(&group, question, &places(bot, group.id))).await,
        None => {
            let tells = actions::care::tell_once(&bot.deps, member.user, group.id).await?;
            asked.reply(&cards::joined(&group, &consents, tells)).await
        }
    }
}

/// The places besides a group's own channel in which words are looked at.
fn places(bot: &Bot, group: GroupId) -> Vec<ChannelId> {
    bot.deps.roster.places().of_group(group).into_iter().map(|(channel, _)| channel).collect()
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("join", [group]) => take_in(bot, asked, group_of(bot, asked, group).await?).await,
        ("consent", [group, purpose, answer]) => {
            let group = group_of(bot, asked, group).await?;
            let purpose = Purpose::of_word(purpose).ok_or_else(Refusal::old_button)?;
            let consents = actions::decide(&bot.deps, asked.member()?, purpose, *answer == "yes").await?;
            match consents.next_question() {
                Some(question) => {
                    let tells = bot.deps.roster.care().tells(group);
                    asked.update(&cards::question(group, question, tells, &places(bot, group))).await
                }
                None => {
                    let tells = actions::care::tell_once(&bot.deps, asked.user, group).await?;
                    asked.update(&cards::joined(&actions::find(&bot.deps, group).await?, &consents, tells)).await
                }
            }
        }
        ("leave", [group]) => {
            let group = actions::find(&bot.deps, group_of(bot, asked, group).await?).await?;
            actions::leave(&bot.deps, asked.member()?, group.id).await?;
            asked.update(&cards::left(&group)).await
        }
        ("audit", [group, before]) => {
            let group = actions::find(&bot.deps, group_of(bot, asked, group).await?).await?;
            let before = before.parse().map_err(|_| Refusal::old_button())?;
            asked.update(&changes(&bot.deps, asked, &group, before).await?).await
        }
        ("back", []) => me::back(bot, asked).await,
        ("stay", []) => asked.update(&cards::stayed()).await,
        _ => Err(Refusal::old_button().into()),
    }
}

/// A group named in a custom id: it must be of the guild the press came from.
async fn group_of(bot: &Bot, asked: &Asked, text: &str) -> Result<GroupId, Stop> {
    let group = actions::find(&bot.deps, text.parse().map_err(|_| Refusal::old_button())?).await?;
    if Some(group.guild) == asked.guild { Ok(group.id) } else { Err(Refusal::old_button().into()) }
}

fn happened<'a>(bot: &'a Bot, happened: &'a Happened) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(async move {
        match happened {
            Happened::GuildJoined(guild) => actions::arrive(&bot.deps, *guild).await,
            Happened::GuildLeft(guild) => actions::depart(&bot.deps, *guild).await,
            Happened::MemberLeft(member) => actions::leaving::gone(&bot.deps, *member).await,
            Happened::MemberJoined(member) => actions::leaving::returned(&bot.deps, *member).await,
            Happened::FreshReady => look_around(bot).await,
            Happened::ChannelGone(..) => Ok(()),
        }
    })
}

/// After a fresh start or a lost session: says in the log what keeps a group from being served.
async fn look_around(bot: &Bot) -> Result<(), Stop> {
    let groups = crate::groups::store::all(bot.deps.database.read()).await?;
    let checked: Vec<Checked> = groups.iter().map(checked).collect();
    for (group, findings) in groups.iter().zip(startup_check::look(&bot.rest, &checked).await?) {
        for finding in findings {
            tracing::warn!(guild = %group.guild, group = %group.id, "{finding}");
        }
    }
    Ok(())
}

/// What `startup_check` looks at for a group.
pub fn checked(group: &Group) -> Checked {
    Checked {
        guild: group.guild,
        channel: group.channel,
        facilitator_channel: group.facilitator_channel.unwrap_or(group.channel),
        facilitator_role: group.facilitator_role,
        given_role: None,
    }
}

fn named(name: Option<String>, channel: &PartialChannel) -> Result<String, Refusal> {
    let name = name.or_else(|| channel.name.clone()).unwrap_or_else(|| "Group".to_owned());
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_LIMIT {
        return Err(Refusal::new(
            "That name does not fit.",
            format!("A group's name has 1 to {NAME_LIMIT} characters."),
            "For example: `name:Evening group`",
        ));
    }
    Ok(name)
}

/// What a person typed could not be read: the part, made inert, the reason, an example.
pub fn misread(misread: crate::calendar::Misread) -> Refusal {
    let what = match misread.what() {
        "" => "There is nothing to read.".to_owned(),
        part => format!("“{}” cannot be read.", inert(part)),
    };
    let mut why = misread.why().chars();
    let why: String = why.next().into_iter().flat_map(char::to_uppercase).chain(why).chain(['.']).collect();
    Refusal::new(what, why, format!("For example: `{}`", misread.example().replace(", or ", "`, or `")))
}

/// A channel that can be written to, checked with Discord before anything is kept.
async fn text_channel(bot: &Bot, channel: &PartialChannel) -> Result<ChannelId, Stop> {
    let id = ChannelId::from_snowflake(channel.id.get());
    match startup_check::can_speak(&bot.rest, id).await? {
        Ok(()) => Ok(id),
        Err(finding) => Err(Refusal::new(finding.what, finding.why, finding.fix).into()),
    }
}

fn country_code(bot: &Bot, text: &str) -> Result<String, Refusal> {
    match bot.deps.helplines.find_country(text) {
        Some(country) => Ok(country.code.as_str().to_owned()),
        None => Err(Refusal::new(
            "I don't know that country.",
            "Helplines are kept by country.",
            "Pick one that comes up while you type, such as `country:US`.",
        )),
    }
}

/// Zones that fit what was typed so far.
pub async fn zones(_: Ctx<'_>, partial: &str) -> Choices {
    choices(Zone::suggest(partial, 25).into_iter().map(|zone| (zone.to_string(), zone.to_string())))
}

/// Countries that fit what was typed so far.
pub async fn countries(ctx: Ctx<'_>, partial: &str) -> Choices {
    let found = ctx.data().deps.helplines.suggest(partial);
    choices(found.into_iter().map(|(code, name)| (name.to_owned(), code.to_string())))
}

/// The group that a command means, for somebody who may change it: the named one, or the only one here.
///
/// # Errors
/// Refused when there is no such group, or the person does not facilitate it; when the database cannot be read.
pub async fn facilitated(bot: &Bot, asked: &Asked, name: Option<&str>) -> Result<Group, Stop> {
    let group = actions::choose(&bot.deps, asked.guild, name).await?;
    actions::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    Ok(group)
}

/// The group that a press is about, for somebody who may change it. A custom id carries no authority, so the group
/// must be of the server the press comes from.
///
/// # Errors
/// As [`facilitated`].
pub async fn pressed_group(bot: &Bot, asked: &Asked, group: GroupId) -> Result<Group, Stop> {
    let group = actions::find(&bot.deps, group).await?;
    if Some(group.guild) != asked.guild {
        return Err(Refusal::old_button().into());
    }
    actions::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    Ok(group)
}

/// The groups of this server that fit what was typed so far.
pub async fn groups_here(ctx: Ctx<'_>, partial: &str) -> Choices {
    let asked = Asked::of(&ctx);
    let groups = actions::here(&ctx.data().deps, asked.guild).await.unwrap_or_default();
    let wanted = partial.to_lowercase();
    choices(
        groups
            .into_iter()
            .filter(|group| group.name.to_lowercase().contains(&wanted))
            .map(|group| (group.name.clone(), group.name)),
    )
}
