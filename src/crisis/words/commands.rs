//! `/words`: what is looked for here, for facilitators.

use super::actions;
use super::cards;
use super::model::{Change, MOST_DRY, USUAL_DRY};
use crate::card::inert;
use crate::crisis::lexicon::{Level, MAX_GUILD_WORD, Sensitivity, Topic};
use crate::crisis::places;
use crate::discord::{Asked, ChannelType, Choices, Command, Ctx, PartialChannel, choices, startup_check};
use crate::groups::commands::{facilitated, groups_here};
use crate::ids::{ChannelId, GuildId};
use crate::refusal::{Refusal, Stop};
use crate::roster::PlaceKind;

/// Most characters of a sentence that is tried out: as long as a message of Discord's.
const TEST_LIMIT: usize = 2000;

/// The command, for the slice.
pub fn command() -> Command {
    words()
}

/// See, change and try the words that are looked for here
#[poise::command(
    slash_command,
    guild_only,
    subcommands("list", "add", "remove", "allow", "test", "dry_run", "sensitivity", "watch", "unwatch"),
    subcommand_required
)]
async fn words(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Show what this server changed about the words
#[poise::command(slash_command, guild_only)]
async fn list(ctx: Ctx<'_>) -> Result<(), Stop> {
    let (asked, guild) = facilitator(&ctx).await?;
    let deps = &ctx.data().deps;
    let (entries, channels) = (actions::list(deps, guild).await?, actions::sensitivities(deps, guild).await?);
    let places = places::actions::list(deps, guild);
    asked.reply(&cards::list(&entries, &channels, &places, deps.lexicon.phrases().len())).await
}

/// Look for more words
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "Words, such as: (going|want) to the blue door"] pattern: String,
    #[description = "How serious: low, high, imminent or concern_other"]
    #[autocomplete = "levels"]
    level: String,
    #[description = "What it is about"]
    #[autocomplete = "topics"]
    topic: String,
    #[description = "Language whose rules apply, such as en (the default)"] language: Option<String>,
) -> Result<(), Stop> {
    let (asked, guild) = facilitator(&ctx).await?;
    let change = Change::Add {
        pattern: pattern_of(&pattern)?,
        level: level_of(&level)?,
        topic: topic_of(&topic)?,
        language: language.map_or_else(|| "en".to_owned(), |language| language.trim().to_lowercase()),
    };
    let entry = actions::change(&ctx.data().deps, guild, change).await?;
    asked.reply(&cards::changed(&entry)).await
}

/// Take words off the list, switch a shared phrase off, or put it back
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Ctx<'_>,
    #[description = "Its name, such as guild.3 or en.suicide.slang"]
    #[autocomplete = "names"]
    phrase: String,
) -> Result<(), Stop> {
    let (asked, guild) = facilitator(&ctx).await?;
    let taken = actions::remove(&ctx.data().deps, guild, &phrase).await?;
    asked.reply(&cards::removed(&taken)).await
}

/// Name words that never count here
#[poise::command(slash_command, guild_only)]
async fn allow(
    ctx: Ctx<'_>,
    #[description = "Words, such as the name of a band: want to die band"] pattern: String,
) -> Result<(), Stop> {
    let (asked, guild) = facilitator(&ctx).await?;
    let entry = actions::change(&ctx.data().deps, guild, Change::Allow(pattern_of(&pattern)?)).await?;
    asked.reply(&cards::changed(&entry)).await
}

/// Try a sentence and see step by step what would happen
#[poise::command(slash_command, guild_only)]
async fn test(ctx: Ctx<'_>, #[description = "The sentence; only you see it"] text: String) -> Result<(), Stop> {
    let (asked, guild) = facilitator(&ctx).await?;
    if text.chars().count() > TEST_LIMIT {
        let why = format!("A message has at most {TEST_LIMIT} characters.");
        return Err(Refusal::new("That is too long to try.", why, "Try one sentence at a time.").into());
    }
    let (explanation, sensitivity) = actions::explain(&ctx.data().deps, guild, asked.channel, &text);
    asked.reply(&cards::explained(&explanation, sensitivity)).await
}

/// Count what a channel's last messages would have led to
#[poise::command(slash_command, guild_only, rename = "dry-run")]
async fn dry_run(
    ctx: Ctx<'_>,
    #[description = "The channel"]
    #[channel_types("Text", "News", "Voice", "Stage")]
    channel: PartialChannel,
    #[description = "How many messages, at most 300; 100 unless you say"]
    #[min = 1]
    #[max = 300]
    last: Option<u16>,
) -> Result<(), Stop> {
    let (asked, guild) = facilitator(&ctx).await?;
    if !may_read(&channel) {
        return Err(unseen("A dry run only tells about what you may read."));
    }
    asked.defer().await?;
    let id = ChannelId::from_snowflake(channel.id.get());
    if let Err(finding) = startup_check::can_read(&ctx.data().rest, id).await? {
        return Err(Refusal::new(finding.what, finding.why, finding.fix).into());
    }
    let found = actions::dry_run(ctx.data(), guild, id, last.unwrap_or(USUAL_DRY).clamp(1, MOST_DRY)).await?;
    asked.reply(&cards::dry_run(id, &found)).await
}

/// Choose how readily a channel is answered
#[poise::command(slash_command, guild_only)]
async fn sensitivity(
    ctx: Ctx<'_>,
    #[description = "How readily: quiet, balanced or sensitive"]
    #[autocomplete = "sensitivities"]
    sensitivity: String,
    #[description = "The channel; this one unless you say"]
    #[channel_types("Text", "News", "Forum", "Voice")]
    channel: Option<PartialChannel>,
) -> Result<(), Stop> {
    let (asked, guild) = facilitator(&ctx).await?;
    let wanted = Sensitivity::parse(&sensitivity.trim().to_lowercase())
        .ok_or_else(|| unread("sensitivity", &sensitivity, "quiet, balanced or sensitive", "sensitivity:quiet"))?;
    let id = channel.map_or(asked.channel, |channel| ChannelId::from_snowflake(channel.id.get()));
    actions::set_sensitivity(&ctx.data().deps, guild, id, wanted).await?;
    asked.reply(&cards::sensitivity(id, wanted)).await
}

/// Also look at words in another place of the group, such as a forum
#[poise::command(slash_command, guild_only)]
async fn watch(
    ctx: Ctx<'_>,
    #[description = "The forum or channel; its posts and threads belong to it"]
    #[channel_types("Text", "News", "Forum", "Voice", "Stage")]
    channel: PartialChannel,
    #[description = "Which group; only needed when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (asked, bot) = (Asked::of(&ctx), ctx.data());
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    if !may_read(&channel) {
        return Err(unseen("Nobody is looked at where you cannot look yourself."));
    }
    let id = ChannelId::from_snowflake(channel.id.get());
    asked.defer().await?;
    if let Err(finding) = startup_check::can_listen(&bot.rest, id).await? {
        return Err(Refusal::new(finding.what, finding.why, finding.fix).into());
    }
    let kind = if channel.kind == ChannelType::Forum { PlaceKind::Forum } else { PlaceKind::Channel };
    places::actions::watch(&bot.deps, &group, id, kind).await?;
    asked.reply(&places::cards::watched(&group, id, kind)).await
}

/// No longer look at words in a place that was added
#[poise::command(slash_command, guild_only)]
async fn unwatch(
    ctx: Ctx<'_>,
    #[description = "The forum or channel"]
    #[channel_types("Text", "News", "Forum", "Voice", "Stage")]
    channel: PartialChannel,
    #[description = "Which group; only needed when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let (asked, bot) = (Asked::of(&ctx), ctx.data());
    let group = facilitated(bot, &asked, group.as_deref()).await?;
    let id = ChannelId::from_snowflake(channel.id.get());
    places::actions::unwatch(&bot.deps, &group, id).await?;
    asked.reply(&places::cards::unwatched(id)).await
}

/// Somebody named a channel that they cannot read.
fn unseen(why: &'static str) -> Stop {
    Refusal::new("You cannot read that channel yourself.", why, "Pick a channel whose messages you can see.").into()
}

async fn facilitator(ctx: &Ctx<'_>) -> Result<(Asked, GuildId), Stop> {
    let asked = Asked::of(ctx);
    let deps = &ctx.data().deps;
    let guild = actions::require_facilitator(deps, asked.guild, &asked.roles, asked.may_manage_guild()).await?;
    Ok((asked, guild))
}

/// Whether the person who runs the command may read what was written in a channel, as Discord tells with
/// the option.
fn may_read(channel: &PartialChannel) -> bool {
    channel.permissions.is_none_or(|may| may.administrator() || may.view_channel() && may.read_message_history())
}

fn pattern_of(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_GUILD_WORD {
        return Err(Refusal::new(
            "That pattern does not fit.",
            format!("A pattern has 1 to {MAX_GUILD_WORD} characters."),
            "For example: `pattern:(going|want) to the blue door`",
        ));
    }
    if is_glued(text) {
        return Err(Refusal::new(
            "Brackets hold whole words.",
            "An ending beside a bracket would be looked for as a word of its own, and never be found.",
            "For example: `pattern:(walking|walked) to the blue door`",
        ));
    }
    Ok(text.to_owned())
}

/// Whether a bracket touches a letter outside it, as in `walk(ing|ed)`.
fn is_glued(pattern: &str) -> bool {
    let letters: Vec<char> = pattern.chars().collect();
    letters.windows(2).any(|pair| match pair {
        [before, '(' | '['] => before.is_alphanumeric(),
        [')' | ']', after] => after.is_alphanumeric(),
        _ => false,
    })
}

fn level_of(text: &str) -> Result<Level, Refusal> {
    Level::parse(&text.trim().to_lowercase())
        .filter(|level| *level > Level::None)
        .ok_or_else(|| unread("level", text, "low, high, imminent or concern_other", "level:low"))
}

fn topic_of(text: &str) -> Result<Topic, Refusal> {
    let words: Vec<&str> = Topic::ALL.iter().map(|topic| topic.word()).collect();
    Topic::parse(&text.trim().to_lowercase()).ok_or_else(|| unread("topic", text, &words.join(", "), "topic:suicide"))
}

fn unread(what: &str, text: &str, known: &str, example: &str) -> Refusal {
    Refusal::new(
        format!("There is no {what} “{}”.", inert(text)),
        format!("It is one of {known}."),
        format!("For example: `{example}`"),
    )
}

async fn levels(_: Ctx<'_>, partial: &str) -> Choices {
    offered([Level::Low, Level::High, Level::Imminent, Level::ConcernOther].map(Level::word), partial)
}

async fn topics(_: Ctx<'_>, partial: &str) -> Choices {
    let wanted = partial.to_lowercase();
    let fits = |topic: &Topic| topic.word().contains(&wanted) || cards::about(*topic).contains(&wanted);
    let all = Topic::ALL.into_iter().filter(fits);
    choices(all.map(|topic| (cards::about(topic).to_owned(), topic.word().to_owned())))
}

async fn sensitivities(_: Ctx<'_>, partial: &str) -> Choices {
    offered([Sensitivity::Quiet, Sensitivity::Balanced, Sensitivity::Sensitive].map(Sensitivity::word), partial)
}

fn offered(words: impl IntoIterator<Item = &'static str>, partial: &str) -> Choices {
    let wanted = partial.to_lowercase();
    choices(words.into_iter().filter(|word| word.contains(&wanted)).map(|word| (word.to_owned(), word.to_owned())))
}

/// The guild's own words first, then the shared phrases.
async fn names(ctx: Ctx<'_>, partial: &str) -> Choices {
    let Ok((_, guild)) = facilitator(&ctx).await else { return choices([]) };
    let deps = &ctx.data().deps;
    let wanted = partial.to_lowercase();
    let own = actions::list(deps, guild).await.unwrap_or_default();
    let own = own.into_iter().map(|entry| {
        let what = match &entry.change {
            Change::Add { .. } => "take off",
            Change::Remove(_) => "put back",
            Change::Allow(_) => "count again",
        };
        (format!("{what}: {}", entry.change.words()), entry.name())
    });
    let shared = deps.lexicon.phrases().into_iter().map(|listed| {
        (format!("switch off: {} ({}, {})", listed.id, listed.level, cards::about(listed.topic)), listed.id.to_string())
    });
    choices(own.chain(shared).filter(|(name, _)| name.to_lowercase().contains(&wanted)))
}
