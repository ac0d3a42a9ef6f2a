//! From an event to the slices: commands through poise, buttons and forms through our own grammar, words
//! and happenings to whoever listens. Whoever waits is answered, also when a slice is slow or fails.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use poise::{FrameworkContext, FrameworkOptions};
use serde_json::{Value, json};
use serenity::all::{
    ActionRowComponent, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, Context, Event,
    Interaction, Message, MessageType, MessageUpdateEvent, ModalInteraction, ResolvedValue, UnknownEvent,
};
use zeroize::Zeroizing;

use super::Gateway;
use super::connection::Shards;
use super::hurry::NEVER_WAITS;
use super::incoming::is_thread;
use crate::card::Press;
use crate::clock::monotonic;
use crate::discord::rest::Answering;
use crate::discord::rest::answers::Callback;
use crate::discord::{Asked, Bot, Command, Happened, Pressed, Spoken, on_error, press, render};
use crate::ids::{ChannelId, GuildId, Member, MessageId, UserId};
use crate::refusal::{Refusal, Stop};

/// What poise works with: our commands, and nothing of its own that speaks.
pub(super) fn options(commands: Vec<Command>) -> FrameworkOptions<Bot, Stop> {
    #[expect(deprecated, reason = "poise has no constructor without it for an error type like ours")]
    FrameworkOptions {
        commands,
        on_error: |_| Box::pin(async {}),
        event_handler: |_, _| Box::pin(async { Ok(()) }),
        listener: (),
        pre_command: |_| Box::pin(async {}),
        post_command: |_| Box::pin(async {}),
        command_check: None,
        skip_checks_for_owners: false,
        allowed_mentions: Some(serenity::all::CreateAllowedMentions::new()),
        reply_callback: None,
        manual_cooldowns: true,
        require_cache_for_guild_check: false,
        prefix_options: poise::PrefixFrameworkOptions::default(),
        owners: std::collections::HashSet::new(),
        initialize_owners: false,
        initialized_team_roles: None,
        __non_exhaustive: (),
    }
}

/// Handles one event to its end.
pub(super) async fn event(gateway: &Gateway, ctx: &Context, shards: &Shards, event: Event) {
    match event {
        Event::InteractionCreate(create) => match create.interaction {
            Interaction::Command(asked) => Box::pin(command(gateway, ctx, shards, &asked)).await,
            Interaction::Autocomplete(asked) => autocomplete(gateway, ctx, shards, &asked).await,
            Interaction::Component(pressed) => component(gateway, &pressed).await,
            Interaction::Modal(submitted) => modal(gateway, &submitted).await,
            _ => {}
        },
        Event::MessageCreate(create) => {
            if let Some(spoken) = written(gateway, create.message) {
                heard(gateway, &spoken).await;
            }
        }
        Event::MessageUpdate(update) => {
            if let Some(spoken) = edited(gateway, update) {
                heard(gateway, &spoken).await;
            }
        }
        Event::Unknown(unknown) => undecodable(gateway, &unknown).await,
        other => {
            if let Some(happened) = happening(&other) {
                tell(gateway, &happened).await;
            }
        }
    }
}

/// What an event means for the slices, if anything.
fn happening(event: &Event) -> Option<Happened> {
    let guild = |id: serenity::all::GuildId| GuildId::from_snowflake(id.get());
    let user = |id: serenity::all::UserId| UserId::from_snowflake(id.get());
    let channel = |id: serenity::all::ChannelId| ChannelId::from_snowflake(id.get());
    match event {
        Event::Ready(_) => Some(Happened::FreshReady),
        Event::GuildCreate(create) if !create.guild.unavailable => Some(Happened::GuildJoined(guild(create.guild.id))),
        // An unavailable guild is an outage of Discord's, not a goodbye.
        Event::GuildDelete(delete) if !delete.guild.unavailable => Some(Happened::GuildLeft(guild(delete.guild.id))),
        Event::GuildMemberAdd(add) if !add.member.user.bot => {
            Some(Happened::MemberJoined(Member { guild: guild(add.member.guild_id), user: user(add.member.user.id) }))
        }
        Event::GuildMemberRemove(remove) if !remove.user.bot => {
            Some(Happened::MemberLeft(Member { guild: guild(remove.guild_id), user: user(remove.user.id) }))
        }
        Event::ChannelDelete(delete) => {
            Some(Happened::ChannelGone(guild(delete.channel.guild_id), channel(delete.channel.id)))
        }
        Event::ThreadDelete(delete) if is_thread(delete.thread.kind) => {
            Some(Happened::ChannelGone(guild(delete.thread.guild_id), channel(delete.thread.id)))
        }
        _ => None,
    }
}

async fn tell(gateway: &Gateway, happened: &Happened) {
    for slice in gateway.bot().slices.iter() {
        if let Some(listener) = slice.happened
            && let Err(stop) = guarded(gateway, listener(gateway.bot(), happened)).await
        {
            on_error::unasked(&stop, "happened", slice.name);
        }
    }
}

/// Every listener hears the words at once: a slow one never delays a crisis answer.
async fn heard(gateway: &Gateway, spoken: &Spoken) {
    let listeners = gateway.bot().slices.iter().filter_map(|slice| slice.spoken.map(|listener| (slice.name, listener)));
    let hearing = listeners.map(|(name, listener)| async move {
        if let Err(stop) = guarded(gateway, listener(gateway.bot(), spoken)).await {
            on_error::unasked(&stop, "spoken", name);
        }
    });
    futures::future::join_all(hearing).await;
}

/// A message as somebody wrote it; nothing for bots, webhooks and notices of Discord's.
fn written(gateway: &Gateway, message: Message) -> Option<Spoken> {
    let is_words = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if !is_words || message.author.bot || message.webhook_id.is_some() {
        return None;
    }
    let channel = ChannelId::from_snowflake(message.channel_id.get());
    Some(Spoken {
        guild: message.guild_id.map(|id| GuildId::from_snowflake(id.get())),
        channel,
        parent: gateway.parent_of(channel),
        message: MessageId::from_snowflake(message.id.get()),
        author: UserId::from_snowflake(message.author.id.get()),
        words: gateway.with_title(channel, MessageId::from_snowflake(message.id.get()), message.content),
        edited: false,
        at: at(message.timestamp),
    })
}

/// An edit as somebody made it; nothing when Discord only added a preview.
fn edited(gateway: &Gateway, update: MessageUpdateEvent) -> Option<Spoken> {
    let author = update.author?;
    let edited_at = update.edited_timestamp?;
    if author.bot || update.webhook_id.flatten().is_some() {
        return None;
    }
    let channel = ChannelId::from_snowflake(update.channel_id.get());
    Some(Spoken {
        guild: update.guild_id.map(|id| GuildId::from_snowflake(id.get())),
        channel,
        parent: gateway.parent_of(channel),
        message: MessageId::from_snowflake(update.id.get()),
        author: UserId::from_snowflake(author.id.get()),
        words: Zeroizing::new(update.content?),
        edited: true,
        at: at(edited_at),
    })
}

fn at(timestamp: serenity::all::Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp(timestamp.unix_timestamp(), 0).unwrap_or_default()
}

async fn command(gateway: &Gateway, ctx: &Context, shards: &Shards, interaction: &CommandInteraction) {
    let asked = Asked::by_command(&gateway.bot().rest, interaction);
    let bot = gateway.bot().on_the_word_of(asked.user);
    let Some(framework) = framework(gateway, &bot, ctx, shards, interaction) else { return };
    if !gateway.0.never_wait.contains(&interaction.data.name)
        && let Err(refusal) = counted(gateway, &asked)
    {
        return on_error::answer(&asked, refusal.into(), "command", "").await;
    }
    let work = Box::pin(async {
        let (sent, data) = (AtomicBool::new(false), tokio::sync::Mutex::new(Box::new(asked.clone()) as _));
        let options = interaction.data.options();
        let mut tree = Vec::new();
        poise::dispatch_interaction(framework, interaction, &sent, &data, &options, &mut tree)
            .await
            .map_err(on_error::stop_of)
    });
    attend(gateway, &asked, "command", &interaction.data.name, work).await;
}

/// Choices while somebody types; computed as poise would, but sent our way.
async fn autocomplete(gateway: &Gateway, ctx: &Context, shards: &Shards, interaction: &CommandInteraction) {
    let bot = gateway.bot();
    let asked = Asked::by_command(&bot.rest, interaction);
    let Some(framework) = framework(gateway, bot, ctx, shards, interaction) else { return };
    let kind = poise::CommandInteractionType::Autocomplete;
    let work = async {
        let (sent, data) = (AtomicBool::new(false), tokio::sync::Mutex::new(Box::new(asked.clone()) as _));
        let options = interaction.data.options();
        let mut tree = Vec::new();
        let ctx =
            poise::extract_command_and_run_checks(framework, interaction, kind, &sent, &data, &options, &mut tree)
                .await
                .map_err(on_error::stop_of)?;
        let typed = ctx.args.iter().find_map(|option| match &option.value {
            ResolvedValue::Autocomplete { value, .. } => Some((option.name, *value)),
            _ => None,
        });
        let suggest = typed.and_then(|(name, value)| {
            let parameter = ctx.command().parameters.iter().find(|parameter| parameter.name == name)?;
            Some(parameter.autocomplete_callback?(ctx, value))
        });
        let choices = match suggest {
            Some(suggest) => serde_json::to_value(suggest.await)?,
            None => json!({"choices": []}),
        };
        asked.offer(choices).await?;
        Ok(())
    };
    // Nobody waits for choices: without them a person simply types on.
    if let Err(Stop::Fault(error)) = guarded(gateway, work).await {
        on_error::log("autocomplete", &interaction.data.name, &error);
    }
}

fn framework<'a>(
    gateway: &'a Gateway,
    bot: &'a Bot,
    ctx: &'a Context,
    shards: &'a Shards,
    interaction: &CommandInteraction,
) -> Option<FrameworkContext<'a, Bot, Stop>> {
    Some(FrameworkContext {
        serenity_context: ctx,
        // A bot's user id is its application's, except for very old bots; nothing of ours asks poise.
        bot_id: serenity::all::UserId::new(interaction.application_id.get()),
        options: &gateway.0.options,
        user_data: bot,
        shard_manager: shards.get()?,
    })
}

async fn component(gateway: &Gateway, interaction: &ComponentInteraction) {
    let asked = Asked::by_component(&gateway.bot().rest, interaction);
    let values = match &interaction.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        ComponentInteractionDataKind::UserSelect { values } => values.iter().map(ToString::to_string).collect(),
        ComponentInteractionDataKind::RoleSelect { values } => values.iter().map(ToString::to_string).collect(),
        ComponentInteractionDataKind::ChannelSelect { values } => values.iter().map(ToString::to_string).collect(),
        ComponentInteractionDataKind::MentionableSelect { values } => values.iter().map(ToString::to_string).collect(),
        ComponentInteractionDataKind::Button | ComponentInteractionDataKind::Unknown(_) => Vec::new(),
    };
    pressed(gateway, asked, &interaction.data.custom_id, values, BTreeMap::new()).await;
}

async fn modal(gateway: &Gateway, interaction: &ModalInteraction) {
    let asked = Asked::by_modal(&gateway.bot().rest, interaction);
    let parts = interaction.data.components.iter().flat_map(|row| &row.components);
    let inputs = parts
        .filter_map(|part| match part {
            ActionRowComponent::InputText(input) => {
                Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
            }
            _ => None,
        })
        .collect();
    pressed(gateway, asked, &interaction.data.custom_id, Vec::new(), inputs).await;
}

async fn pressed(
    gateway: &Gateway,
    asked: Asked,
    custom_id: &str,
    values: Vec<String>,
    inputs: BTreeMap<String, String>,
) {
    let press: Press = match press::decode(custom_id) {
        Ok(press) => press,
        Err(error) => {
            tracing::info!(%error, "an old or foreign button was pressed");
            return on_error::answer(&asked, Refusal::old_button().into(), "press", "").await;
        }
    };
    let bot = gateway.bot();
    let Some((name, receiver)) = bot
        .slices
        .iter()
        .find(|slice| slice.name == press.slice && slice.reads(&press.verb))
        .and_then(|slice| Some((slice.name, slice.press?)))
    else {
        return on_error::answer(&asked, Refusal::old_button().into(), "press", "").await;
    };
    if name != NEVER_WAITS
        && let Err(refusal) = counted(gateway, &asked)
    {
        return on_error::answer(&asked, refusal.into(), "press", name).await;
    }
    let verb = press.verb.clone();
    let bot = &bot.on_the_word_of(asked.user);
    let work = receiver(bot, Pressed { asked: asked.clone(), press, values, inputs });
    attend(gateway, &asked, &format!("press {verb}"), name, work).await;
}

/// Counts what one person asks for.
fn counted(gateway: &Gateway, asked: &Asked) -> Result<(), Refusal> {
    let timings = &gateway.0.timings;
    gateway.0.hurry.count(asked.user, monotonic(), timings.at_once, timings.at_once_within)
}

/// Does the work for somebody who waits: keeps them waiting visibly when it is slow, and tells them when
/// it fails. Nobody is left without an answer.
async fn attend(
    gateway: &Gateway,
    asked: &Asked,
    what: &str,
    slice: &str,
    work: impl Future<Output = Result<(), Stop>>,
) {
    let slow = gateway.0.timings.slow;
    let held = asked.clone();
    let watch = tokio::spawn(async move {
        tokio::time::sleep(slow).await;
        if let Err(error) = held.hold().await {
            tracing::warn!(%error, "a slow answer could not be announced");
        }
    });
    let done = guarded(gateway, work).await;
    watch.abort();
    match done {
        Ok(()) if asked.is_waiting().await => {
            if asked.message.is_some() {
                // A press that changes nothing visible: stop the button's spinner.
                let _ = asked.hold().await;
            } else {
                tracing::warn!(what, slice, "the work ended without an answer");
                let _ = asked.reply(&crate::card::Card::text("Done.")).await;
            }
        }
        Ok(()) => {}
        Err(stop) => on_error::answer(asked, stop, what, slice).await,
    }
}

/// Runs a slice's work within the time it has; a panic is a fault like any other.
async fn guarded(gateway: &Gateway, work: impl Future<Output = Result<(), Stop>>) -> Result<(), Stop> {
    let most = gateway.0.timings.work;
    let caught = AssertUnwindSafe(work).catch_unwind();
    match tokio::time::timeout(most, caught).await {
        Ok(Ok(result)) => result,
        Ok(Err(_panic)) => Err(Stop::Fault(anyhow::anyhow!("it panicked"))),
        Err(_) => Err(Stop::Fault(anyhow::anyhow!("it took more than {} s and was stopped", most.as_secs()))),
    }
}

/// What serenity could not decode: counted by type; words are still heard, and somebody who waits is told.
async fn undecodable(gateway: &Gateway, unknown: &UnknownEvent) {
    gateway.count_unknown(&unknown.kind);
    match unknown.kind.as_str() {
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" => {
            if let Some(spoken) = raw_words(gateway, &unknown.value, unknown.kind == "MESSAGE_UPDATE") {
                heard(gateway, &spoken).await;
            }
        }
        "INTERACTION_CREATE" => tell_not_understood(gateway, &unknown.value).await,
        _ => {}
    }
}

fn raw_words(gateway: &Gateway, message: &Value, edited: bool) -> Option<Spoken> {
    let id = |value: &Value| value.as_str().and_then(|text| text.parse::<i64>().ok());
    let is_words = matches!(message["type"].as_u64(), None | Some(0 | 19));
    if !is_words || message["author"]["bot"].as_bool() == Some(true) || !message["webhook_id"].is_null() {
        return None;
    }
    let time = if edited { &message["edited_timestamp"] } else { &message["timestamp"] };
    let channel = ChannelId::new(id(&message["channel_id"])?);
    Some(Spoken {
        guild: id(&message["guild_id"]).map(GuildId::new),
        channel,
        parent: gateway.parent_of(channel),
        message: MessageId::new(id(&message["id"])?),
        author: UserId::new(id(&message["author"]["id"])?),
        words: gateway.with_title(
            channel,
            MessageId::new(id(&message["id"])?),
            message["content"].as_str()?.to_owned(),
        ),
        edited,
        at: DateTime::parse_from_rfc3339(time.as_str()?).ok()?.with_timezone(&Utc),
    })
}

async fn tell_not_understood(gateway: &Gateway, interaction: &Value) {
    let number = |value: &Value| value.as_str().and_then(|text| text.parse::<u64>().ok());
    let (Some(id), Some(application), Some(token)) =
        (number(&interaction["id"]), number(&interaction["application_id"]), interaction["token"].as_str())
    else {
        return;
    };
    let to = Answering { interaction: id, application, token: token.to_owned(), arrived: monotonic() };
    let card = on_error::fault_card(&on_error::log("interaction", "", &anyhow::anyhow!("it could not be decoded")));
    let answer =
        gateway.bot().rest.answer(&to, Callback::Message, Some(render::message(&card, render::EPHEMERAL)), &[]);
    if let Err(error) = answer.await {
        tracing::warn!(%error, "a person could not be told that something failed");
    }
}
