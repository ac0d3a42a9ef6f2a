//! The only adaptor to Discord: everything that knows serenity, poise or a REST path lives here, and
//! nothing here knows a slice.
//!
//! - [`rest`]: every outgoing call; limits, time-outs, retries, the breaker. Implements the outbox's port.
//! - [`gateway`]: the connection and its supervisor; turns what arrives into calls of the slices' handlers.
//! - [`asked`]: one interaction by one person, and the ways to answer it.
//! - [`render`]: cards to Discord's JSON. [`press`]: custom ids to presses and back.
//! - [`voices`]: who is in which voice channel, in memory.
//! - [`commands`]: registering what the slices declare. [`startup_check`]: what is missing, in plain words.
//! - [`on_error`]: a refusal becomes an ephemeral card, a fault a calm sentence with a reference number.

pub mod asked;
pub mod commands;
pub mod gateway;
pub mod limits;
pub mod on_error;
pub mod press;
pub mod render;
pub mod rest;
pub mod startup_check;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod stub;
pub mod voices;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use zeroize::Zeroizing;

pub use asked::{Asked, Pressed};
pub use gateway::Gateway;
pub use rest::Rest;

use crate::deps::Deps;
use crate::ids::{ChannelId, GuildId, Member, MessageId, UserId};
use crate::refusal::Stop;

/// What every handler gets: the parts of the program, and the way to Discord. Cheap to clone.
#[derive(Clone)]
pub struct Bot {
    /// The parts below Discord.
    pub deps: Deps,
    /// Every call to Discord.
    pub rest: Rest,
    /// Every slice, for handlers that route.
    pub slices: Arc<Vec<Slice>>,
    /// Who is in which voice channel.
    pub voices: voices::Voices,
}

impl Bot {
    /// The same, acting on somebody's word.
    #[must_use]
    pub fn on_the_word_of(&self, user: UserId) -> Self {
        Self { deps: self.deps.on_the_word_of(user), ..self.clone() }
    }
}

/// The context of a slash command or message menu, as poise hands it over.
pub type Ctx<'a> = poise::ApplicationContext<'a, Bot, Stop>;
/// A command as poise declares it.
pub type Command = poise::Command<Bot, Stop>;

/// What autocomplete offers.
pub type Choices = poise::serenity_prelude::CreateAutocompleteResponse;
/// A channel as a command option brings it.
pub type PartialChannel = poise::serenity_prelude::PartialChannel;
/// What kind of channel it is, as Discord tells with the option.
pub use poise::serenity_prelude::ChannelType;
/// A role as a command option brings it.
pub type RoleArg = poise::serenity_prelude::RoleId;
/// A person as a command option brings them.
pub type UserArg = poise::serenity_prelude::UserId;

/// The message that a message menu was opened on.
pub type MessageArg = poise::serenity_prelude::Message;
/// A file as a command option brings it.
pub type AttachmentArg = poise::serenity_prelude::Attachment;

/// Builds what autocomplete offers from names and values; Discord shows 25 at most, names up to 100
/// characters.
pub fn choices(offers: impl IntoIterator<Item = (String, String)>) -> Choices {
    offers.into_iter().take(25).fold(Choices::new(), |all, (name, value)| {
        all.add_string_choice(name.chars().take(100).collect::<String>(), value)
    })
}

/// Answers a press, a choice or a submitted modal.
pub type PressFn = for<'a> fn(&'a Bot, Pressed) -> BoxFuture<'a, Result<(), Stop>>;
/// Is told of a message that somebody wrote or edited. There is no reply to it but the crisis answer.
pub type SpokenFn = for<'a> fn(&'a Bot, &'a Spoken) -> BoxFuture<'a, Result<(), Stop>>;
/// Is told of what happened around us.
pub type HappenedFn = for<'a> fn(&'a Bot, &'a Happened) -> BoxFuture<'a, Result<(), Stop>>;

/// What a slice offers to Discord; each slice's `commands.rs` builds one, `app` collects them.
pub struct Slice {
    /// The first part of its custom ids, such as `checkins`.
    pub name: &'static str,
    /// Its slash commands and message menus.
    pub commands: fn() -> Vec<Command>,
    /// The verbs of its presses: what is not listed is never handed to it, so that no list of what can be pressed
    /// misses one. One that ends in `*` stands for every verb that begins so, where a small number follows.
    pub presses: &'static [&'static str],
    /// Answers its presses.
    pub press: Option<PressFn>,
    /// Listens to messages.
    pub spoken: Option<SpokenFn>,
    /// Is told what happened around us.
    pub happened: Option<HappenedFn>,
}

impl Slice {
    /// Whether a verb is one of its presses.
    pub fn reads(&self, verb: &str) -> bool {
        self.presses.iter().any(|listed| match listed.strip_suffix('*') {
            Some(begins) => verb.starts_with(begins),
            None => *listed == verb,
        })
    }
}

/// A message somebody wrote, as far as we look at it. The words are wiped when this is dropped.
pub struct Spoken {
    /// The guild; none in a direct message to the bot.
    pub guild: Option<GuildId>,
    /// The channel or thread it is in.
    pub channel: ChannelId,
    /// The channel a thread belongs to; none outside threads, or when it is not known.
    pub parent: Option<ChannelId>,
    /// The message.
    pub message: MessageId,
    /// Who wrote it.
    pub author: UserId,
    /// The words. Empty when Discord withholds them (the message content intent is off).
    pub words: Zeroizing<String>,
    /// Whether this is a later version of a message we may have seen.
    pub edited: bool,
    /// When it was written or edited.
    pub at: DateTime<Utc>,
}

/// The title of a forum post and its first message, as one text: one person wrote both.
pub fn titled(title: &str, words: &str) -> Zeroizing<String> {
    Zeroizing::new(format!("{title}\n{words}"))
}

/// What happened around us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The gateway is ready with a session that does not continue the last one: things may have been missed.
    FreshReady,
    /// The bot is in this guild now (also said for every guild after a fresh READY).
    GuildJoined(GuildId),
    /// The bot was removed from the guild; an outage of Discord is not this.
    GuildLeft(GuildId),
    /// A person left, or was removed from, the guild.
    MemberLeft(Member),
    /// A person came (back) into the guild.
    MemberJoined(Member),
    /// A channel or thread is gone.
    ChannelGone(GuildId, ChannelId),
}
