//! `/helpline add|remove|list`. `/helplines` itself stays one word for everybody: Discord lets no command that has
//! subcommands be used by itself.

use crate::crisis::actions::lines as actions;
use crate::crisis::cards;
use crate::crisis::store::lines::OwnLine;
use crate::discord::{Asked, Bot, Choices, Ctx, choices};
use crate::groups::actions as groups;
use crate::groups::commands::countries;
use crate::helplines::Topic;
use crate::ids::GuildId;
use crate::refusal::{Refusal, Stop};

/// Helplines of your own, shown after the directory's
#[poise::command(slash_command, guild_only, subcommands("add", "remove", "list"), subcommand_required)]
pub async fn helpline(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Add a line that you looked up on its own site
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "each is one option of the command, as Discord shows it")]
async fn add(
    ctx: Ctx<'_>,
    #[description = "As people know it, such as County Warmline"] name: String,
    #[description = "One sentence: what it is for"] about: String,
    #[description = "Where it can be reached, such as United States"]
    #[autocomplete = "countries"]
    country: String,
    #[description = "What it is for"]
    #[autocomplete = "topics"]
    topic: String,
    #[description = "When it is open, in words; 24/7 only if its site says so"] hours: String,
    #[description = "The page where you read it, beginning with https://"] source: String,
    #[description = "The day you read it, such as: 2026-04-22"] verified: String,
    #[description = "Number to call"] call: Option<String>,
    #[description = "Number for text messages"] text: Option<String>,
    #[description = "Address of its chat, beginning with https://"] chat: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let guild = facilitating(bot, &asked).await?;
    let country = bot.deps.helplines.find_country(&country).ok_or_else(|| {
        Refusal::new("I don't know that country.", "", "Pick one that comes up while you type, such as `country:US`.")
    })?;
    let tidy = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = OwnLine {
        country: country.code.to_string(),
        name: tidy(name),
        about: tidy(about),
        topic: topic.trim().to_owned(),
        call: call.map(tidy),
        text: text.map(tidy),
        chat: chat.map(tidy),
        hours: tidy(hours),
        source: source.trim().to_owned(),
        verified_on: verified.trim().to_owned(),
    };
    let line = actions::add(&bot.deps, guild, &line, country).await?;
    asked.reply(&cards::own_added(&line)).await
}

/// Take a line of yours off
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Ctx<'_>,
    #[description = "Which line"]
    #[autocomplete = "own_lines"]
    name: String,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let guild = facilitating(ctx.data(), &asked).await?;
    if !actions::remove(&ctx.data().deps, guild, &name).await? {
        let now = "Pick one of the names that come up while you type.";
        return Err(Refusal::new("No line of yours has that name.", "", now).into());
    }
    asked.reply(&cards::own_removed(&name)).await
}

/// Show the lines that were added here, with source and day
#[poise::command(slash_command, guild_only)]
async fn list(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let guild = asked.member()?.guild;
    asked.reply(&cards::own_listed(&deps.roster.care().lines(guild), deps.clock.now().date_naive())).await
}

/// Whoever facilitates a group of this server, or may manage it.
async fn facilitating(bot: &Bot, asked: &Asked) -> Result<GuildId, Stop> {
    let guild = asked.member()?.guild;
    let all = groups::here(&bot.deps, Some(guild)).await?;
    let any = all.iter().any(|group| groups::require_facilitator(group, &asked.roles, false).is_ok());
    if any || asked.may_manage_guild() {
        return Ok(guild);
    }
    Err(Refusal::new("This is for facilitators.", "", "Ask one of them; they can do it in a moment.").into())
}

async fn topics(_: Ctx<'_>, partial: &str) -> Choices {
    let wanted = partial.trim().to_lowercase().replace(' ', "_");
    let fits = Topic::ALL.into_iter().filter(|topic| topic.as_str().contains(&wanted));
    choices(fits.map(|topic| (topic.as_str().replace('_', " "), topic.as_str().to_owned())))
}

async fn own_lines(ctx: Ctx<'_>, partial: &str) -> Choices {
    let Some(guild) = Asked::of(&ctx).guild else { return choices([]) };
    let wanted = partial.to_lowercase();
    let lines = ctx.data().deps.roster.care().lines(guild);
    let fits = lines.iter().filter(|line| line.name.to_lowercase().contains(&wanted));
    choices(fits.map(|line| (line.name.to_string(), line.name.to_string())).collect::<Vec<_>>())
}
