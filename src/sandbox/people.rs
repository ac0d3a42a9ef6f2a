//! What do people do? They write, react, run commands, press buttons, fill in forms, and read.
//!
//! A [`Person`] acts through the world, never over HTTP, and may only do what the Discord client
//! would let them. Acts that the bot has to answer wait for the answer.

mod acts;
mod answers;
mod mentions;
mod reads;

use std::sync::Arc;

use serde_json::json;

pub use answers::Answer;

use super::permissions::{ADD_REACTIONS, ATTACH_FILES, MANAGE_MESSAGES, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS};
use super::places::{Channel, Guild};
use super::posting::Draft;
use super::state::{FileState, MessageState, Shared, World, kind};
use super::typed::Typist;
use super::validate::MAX_CONTENT;
use super::view::MessageView;
use super::wire;

/// Why something a person tried did not work, as the Discord client would say it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// The client does not let them.
    #[error("{0}")]
    Client(String),
    /// A command was not answered in time.
    #[error("The application did not respond")]
    NoResponse,
    /// A button or select was not answered in time.
    #[error("This interaction failed")]
    Failed,
    /// A form was not answered in time.
    #[error("Something went wrong. Try again.")]
    FormFailed,
    /// The answer was deferred and never came.
    #[error("The application is still thinking")]
    StillThinking,
}

fn no<T>(said: impl Into<String>) -> Result<T, Declined> {
    Err(Declined::Client(said.into()))
}

/// Where somebody does something: a name (`#general`, `DM`), an id, a channel, a message's channel.
#[derive(Debug, Clone, Copy)]
pub enum Spot<'a> {
    /// A name, with or without `#`; `DM` is the direct conversation with the bot.
    Named(&'a str),
    /// An id.
    Id(u64),
}

impl<'a> From<&'a str> for Spot<'a> {
    fn from(name: &'a str) -> Self {
        Spot::Named(name)
    }
}

impl<'a> From<&'a String> for Spot<'a> {
    fn from(name: &'a String) -> Self {
        Spot::Named(name)
    }
}

impl From<u64> for Spot<'_> {
    fn from(id: u64) -> Self {
        Spot::Id(id)
    }
}

impl From<&Channel> for Spot<'_> {
    fn from(channel: &Channel) -> Self {
        Spot::Id(channel.id())
    }
}

impl From<&MessageView> for Spot<'_> {
    fn from(message: &MessageView) -> Self {
        Spot::Id(message.channel)
    }
}

/// Somebody. Clones are the same person, possibly looking at another channel.
#[derive(Clone)]
pub struct Person {
    shared: Arc<Shared>,
    id: u64,
    looks_at: Option<u64>,
}

impl Person {
    pub(crate) fn new(shared: Arc<Shared>, id: u64) -> Person {
        Person { shared, id, looks_at: None }
    }

    /// Their id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Their name.
    pub fn name(&self) -> String {
        self.shared.look(|world| world.display_name(self.id))
    }

    /// How a message names them.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// The same person, looking at another channel: commands are run there.
    ///
    /// # Errors
    /// When they can see no such channel.
    pub fn at<'a>(&self, spot: impl Into<Spot<'a>>) -> Result<Person, Declined> {
        let spot = spot.into();
        let channel = self.shared.change(|world| self.find(world, spot))?;
        Ok(Person { looks_at: Some(channel), ..self.clone() })
    }

    /// The same person, looking at the direct conversation with the bot.
    pub fn in_dm(&self) -> Person {
        let channel = self.shared.change(|world| world.dm_channel(self.id));
        Person { looks_at: Some(channel), ..self.clone() }
    }

    /// The channel they look at: the one chosen, else the first text channel they see, else the DM.
    fn place(&self, world: &mut World) -> u64 {
        let first = |world: &World| {
            let mut text = world.channels.values().filter(|channel| channel.kind == kind::TEXT);
            text.find(|channel| world.can_read(channel.id, self.id)).map(|channel| channel.id)
        };
        self.looks_at.or_else(|| first(world)).unwrap_or_else(|| world.dm_channel(self.id))
    }

    fn typist(&self, world: &mut World) -> Typist {
        Typist { user: self.id, channel: self.place(world) }
    }

    /// The channel a spot names, if they can see it.
    fn find(&self, world: &mut World, spot: Spot<'_>) -> Result<u64, Declined> {
        let found = match spot {
            Spot::Named("DM" | "dm") => Some(world.dm_channel(self.id)),
            Spot::Id(id) => Some(id),
            Spot::Named(name) => {
                let here = self.place(world);
                let guild = world.channels.get(&here).and_then(|channel| channel.guild);
                let theirs =
                    world.guilds.values().filter(|guild| guild.members.contains_key(&self.id)).map(|guild| guild.id);
                let guilds: Vec<u64> = guild.into_iter().chain(theirs).collect();
                guilds.iter().find_map(|guild| world.channel_named(*guild, name, self.id))
            }
        };
        match found.filter(|id| world.can_read(*id, self.id)) {
            Some(id) => Ok(id),
            None => no(format!("{} sees no channel {spot:?}", world.display_name(self.id))),
        }
    }

    /// Posts a message. `@Name`, `@role` and `#channel` become mentions where they name one.
    ///
    /// # Errors
    /// What the client says when they may not write there, or the text is empty or too long.
    pub fn say<'a>(&self, spot: impl Into<Spot<'a>>, text: &str) -> Result<MessageView, Declined> {
        self.write(spot.into(), text, None, Vec::new(), None)
    }

    /// Posts a message with a file.
    ///
    /// # Errors
    /// As for [`Person::say`].
    pub fn say_with_file<'a>(
        &self,
        spot: impl Into<Spot<'a>>,
        text: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<MessageView, Declined> {
        self.write(spot.into(), text, None, vec![(name.to_owned(), bytes.to_vec())], None)
    }

    /// Answers a message; its author is pinged.
    ///
    /// # Errors
    /// As for [`Person::say`].
    pub fn reply(&self, to: &MessageView, text: &str) -> Result<MessageView, Declined> {
        self.write(Spot::Id(to.channel), text, Some(to.id), Vec::new(), None)
    }

    /// Writes to the bot directly.
    ///
    /// # Errors
    /// When they share no guild with the bot, or the text is empty or too long.
    pub fn dm(&self, text: &str) -> Result<MessageView, Declined> {
        let willing = self.shared.look(|world| world.shares_guild(self.id));
        if !willing {
            return no("Your message could not be delivered.");
        }
        self.write(Spot::Named("DM"), text, None, Vec::new(), None)
    }

    /// Has a file at hand, to choose it in a command's option by its name.
    pub fn has_file(&self, name: &str, bytes: &[u8]) {
        self.shared.change(|world| {
            let id = world.fresh_id();
            let bytes = Arc::new(bytes.to_vec());
            let file = FileState { id, name: name.to_owned(), description: None, content_type: None, bytes };
            world.at_hand.push((self.id, file));
        });
    }

    fn write(
        &self,
        spot: Spot<'_>,
        text: &str,
        replies: Option<u64>,
        files: Vec<(String, Vec<u8>)>,
        id: Option<u64>,
    ) -> Result<MessageView, Declined> {
        if text.chars().count() > MAX_CONTENT {
            return no("Your message is too long.");
        }
        if text.trim().is_empty() && files.is_empty() {
            return no("A message cannot be empty.");
        }
        self.shared.change(|world| {
            let channel = self.find(world, spot)?;
            self.may_write(world, channel, !files.is_empty())?;
            if let Some(earlier) = replies {
                world
                    .messages
                    .get(&earlier)
                    .filter(|message| message.only_for.is_none())
                    .ok_or_else(|| Declined::Client("You cannot reply to this message.".to_owned()))?;
            }
            let content = world.with_mentions(channel, text);
            let files = files
                .into_iter()
                .map(|(name, bytes)| FileState {
                    id: world.fresh_id(),
                    name,
                    description: None,
                    content_type: None,
                    bytes: Arc::new(bytes),
                })
                .collect();
            let id = world.post(Draft {
                channel,
                author: self.id,
                body: json!({"content": content}),
                files,
                kind: if replies.is_some() { 19 } else { 0 },
                replies_to: replies.map(|id| (channel, id)),
                id,
                ..Draft::default()
            });
            self.show(world, id)
        })
    }

    fn may_write(&self, world: &World, channel: u64, with_files: bool) -> Result<(), Declined> {
        let Some(found) = world.channels.get(&channel) else {
            return no("This channel is gone.");
        };
        if !found.takes_text() {
            return no("You cannot write in this kind of channel.");
        }
        let bit = if found.thread.is_some() { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
        let bits = bit | if with_files { ATTACH_FILES } else { 0 };
        if world.may(channel, self.id) & bits != bits {
            return no("You do not have permission to send messages in this channel.");
        }
        if found.thread.as_ref().is_some_and(|thread| thread.locked) {
            return no("This thread is locked.");
        }
        Ok(())
    }

    /// The current view of a message they can see; it counts as read.
    fn show(&self, world: &mut World, id: u64) -> Result<MessageView, Declined> {
        let message = self.own_sight(world, id)?.clone();
        if let Some(user) = world.users.get_mut(&self.id) {
            user.unread.remove(&id);
        }
        Ok(world.view(&message))
    }

    fn own_sight<'w>(&self, world: &'w World, id: u64) -> Result<&'w MessageState, Declined> {
        match world.messages.get(&id).filter(|message| world.sees(message, self.id)) {
            Some(message) => Ok(message),
            None => no("This message is not there (any more)."),
        }
    }

    /// Edits an own message.
    ///
    /// # Errors
    /// When it is not theirs or gone.
    pub fn edit(&self, message: &MessageView, text: &str) -> Result<MessageView, Declined> {
        self.shared.change(|world| {
            if self.own_sight(world, message.id)?.author != self.id {
                return no("You can only edit your own messages.");
            }
            let content = world.with_mentions(message.channel, text);
            world.edit(message.id, &json!({"content": content}), Vec::new());
            self.show(world, message.id)
        })
    }

    /// Deletes an own message, or another's with the permission to. An ephemeral one is dismissed.
    ///
    /// # Errors
    /// When they may not.
    pub fn delete(&self, message: &MessageView) -> Result<(), Declined> {
        self.shared.change(|world| {
            let found = self.own_sight(world, message.id)?;
            let may = found.author == self.id
                || found.only_for == Some(self.id)
                || world.may(found.channel, self.id) & MANAGE_MESSAGES != 0;
            if !may {
                return no("You do not have permission to delete this message.");
            }
            world.delete(message.id);
            Ok(())
        })
    }

    /// Reacts with an emoji.
    ///
    /// # Errors
    /// When they may not.
    pub fn react(&self, message: &MessageView, emoji: &str) -> Result<(), Declined> {
        self.shared.change(|world| {
            let found = self.own_sight(world, message.id)?;
            let there = found.reactions.iter().any(|(name, _)| name == emoji);
            if found.only_for.is_some() || (!there && world.may(found.channel, self.id) & ADD_REACTIONS == 0) {
                return no("You cannot react to this message.");
            }
            world.react(message.id, self.id, emoji);
            Ok(())
        })
    }

    /// Takes an own reaction back.
    pub fn unreact(&self, message: &MessageView, emoji: &str) {
        self.shared.change(|world| world.unreact(message.id, self.id, emoji));
    }

    /// Joins a guild.
    pub fn join(&self, guild: &Guild) {
        self.shared.change(|world| world.join(guild.id(), self.id));
    }

    /// Leaves a guild.
    pub fn leave(&self, guild: &Guild) {
        self.shared.change(|world| world.leave(guild.id(), self.id));
    }

    /// Stops or allows direct messages from the bot.
    pub fn refuses_dms(&self, on: bool) {
        self.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&self.id) {
                user.refuses_dms = on;
            }
        });
    }

    /// Sets the language of their client, such as `de`.
    pub fn speaks(&self, locale: &str) {
        self.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&self.id) {
                locale.clone_into(&mut user.locale);
            }
        });
    }

    /// Enters a voice channel, or leaves voice with `None`.
    pub fn voice(&self, guild: &Guild, channel: Option<&Channel>) {
        self.shared.change(|world| {
            let Some(found) = world.guilds.get_mut(&guild.id()) else {
                return;
            };
            match channel {
                Some(channel) => found.voice.insert(self.id, channel.id()),
                None => found.voice.remove(&self.id),
            };
            if let Some(found) = world.guilds.get(&guild.id()) {
                let data = world.voice_state(found, self.id, channel.map(Channel::id));
                world.dispatch("VOICE_STATE_UPDATE", Some(guild.id()), data);
            }
        });
    }

    /// Starts typing somewhere.
    pub fn types<'a>(&self, spot: impl Into<Spot<'a>>) {
        let spot = spot.into();
        self.shared.change(|world| {
            let Ok(channel) = self.find(world, spot) else { return };
            let data =
                json!({"channel_id": wire::id(channel), "user_id": wire::id(self.id), "timestamp": world.now() / 1000});
            world.dispatch_in(channel, "TYPING_START", data);
        });
    }

    /// Starts a public thread.
    ///
    /// # Errors
    /// When they see no such channel.
    pub fn starts_thread<'a>(&self, spot: impl Into<Spot<'a>>, name: &str) -> Result<Channel, Declined> {
        let spot = spot.into();
        let id = self.shared.change(|world| {
            let channel = self.find(world, spot)?;
            let Some(parent) = world.channels.get(&channel).cloned() else {
                return no("This channel is gone.");
            };
            let id = world.fresh_id();
            world.open_thread(&parent, id, self.id, false, &json!({"name": name}));
            Ok(id)
        })?;
        Ok(Channel::new(Arc::clone(&self.shared), id))
    }
}

impl Person {
    /// Posts in a forum: a thread with a first message.
    ///
    /// # Errors
    /// When they see no such forum, may not post there, or title or text do not fit.
    pub fn posts_in_forum<'a>(
        &self,
        spot: impl Into<Spot<'a>>,
        title: &str,
        text: &str,
    ) -> Result<(Channel, MessageView), Declined> {
        let spot = spot.into();
        if !(1..=100).contains(&title.chars().count()) {
            return no("A post needs a title of 1 to 100 characters.");
        }
        let thread = self.shared.change(|world| {
            let channel = self.find(world, spot)?;
            let parent = world.channels.get(&channel).filter(|found| found.kind == kind::FORUM).cloned();
            let Some(parent) = parent else {
                return no("This is not a forum.");
            };
            if world.may(channel, self.id) & SEND_MESSAGES == 0 {
                return no("You do not have permission to post in this forum.");
            }
            let id = world.fresh_id();
            world.open_thread(&parent, id, self.id, false, &json!({"name": title}));
            Ok(id)
        })?;
        // Discord gives the first message the id of its thread.
        let first = self.write(Spot::Id(thread), text, None, Vec::new(), Some(thread))?;
        Ok((Channel::new(Arc::clone(&self.shared), thread), first))
    }
}
