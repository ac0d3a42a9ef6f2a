//! What exists in the sandbox? Users, guilds, channels, messages, interactions: plain data under one lock.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{broadcast, watch};

use super::faults::FaultBoard;
use super::gateway::Gateway;
use super::limits::Limiter;
use super::log::RequestLog;
use super::snowflake::{Now, Snowflakes};
use super::view::Seen;

/// Messages kept over all channels; the oldest go first. A week of a busy group is a few thousand.
pub(crate) const MAX_MESSAGES: usize = 100_000;
/// Interactions remembered. Tokens live 15 minutes, so older ones cannot be answered anyway.
const MAX_INTERACTIONS: usize = 20_000;
/// Unread messages remembered per person.
const MAX_UNREAD: usize = 10_000;
/// Nonces remembered.
const MAX_NONCES: usize = 50_000;

/// A person or the bot.
#[derive(Debug, Clone)]
pub(crate) struct UserState {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) display: String,
    pub(crate) bot: bool,
    pub(crate) refuses_dms: bool,
    pub(crate) dm: Option<u64>,
    pub(crate) locale: String,
    pub(crate) unread: BTreeSet<u64>,
    pub(crate) modal: Option<OpenModal>,
}

/// A modal on somebody's screen.
#[derive(Debug, Clone)]
pub(crate) struct OpenModal {
    pub(crate) interaction: u64,
    pub(crate) form: Value,
}

/// A user's membership of a guild.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemberState {
    pub(crate) roles: BTreeSet<u64>,
    pub(crate) nick: Option<String>,
    pub(crate) joined_ms: i64,
    pub(crate) timeout_until_ms: Option<i64>,
}

/// A role.
#[derive(Debug, Clone, Default)]
pub(crate) struct RoleState {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) position: i64,
    pub(crate) color: u64,
    pub(crate) hoist: bool,
    pub(crate) mentionable: bool,
    pub(crate) bot: Option<u64>,
}

/// A guild.
#[derive(Debug, Clone)]
pub(crate) struct GuildState {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner: u64,
    pub(crate) roles: BTreeMap<u64, RoleState>,
    pub(crate) members: BTreeMap<u64, MemberState>,
    pub(crate) voice: BTreeMap<u64, u64>,
    pub(crate) unavailable: bool,
}

/// What a channel allows or denies to one role or member.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Overwrite {
    pub(crate) member: bool,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

/// The part of a channel only threads have.
#[derive(Debug, Clone, Default)]
pub(crate) struct ThreadState {
    pub(crate) owner: u64,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    pub(crate) private: bool,
    pub(crate) auto_archive_minutes: u64,
    pub(crate) archived_ms: i64,
    pub(crate) created_ms: i64,
    pub(crate) members: BTreeSet<u64>,
    pub(crate) tags: Vec<u64>,
}

/// A channel of a guild, a thread, or a direct conversation with the bot.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChannelState {
    pub(crate) id: u64,
    pub(crate) guild: Option<u64>,
    pub(crate) kind: u64,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    pub(crate) parent: Option<u64>,
    pub(crate) position: i64,
    pub(crate) overwrites: BTreeMap<u64, Overwrite>,
    pub(crate) nsfw: bool,
    pub(crate) slow_seconds: u64,
    pub(crate) recipient: Option<u64>,
    pub(crate) thread: Option<ThreadState>,
    pub(crate) last_message: Option<u64>,
    pub(crate) tags: Vec<Value>,
}

/// Discord's numbers for kinds of channels.
pub(crate) mod kind {
    pub(crate) const TEXT: u64 = 0;
    pub(crate) const DM: u64 = 1;
    pub(crate) const VOICE: u64 = 2;
    pub(crate) const CATEGORY: u64 = 4;
    pub(crate) const ANNOUNCEMENT: u64 = 5;
    pub(crate) const ANNOUNCEMENT_THREAD: u64 = 10;
    pub(crate) const PUBLIC_THREAD: u64 = 11;
    pub(crate) const PRIVATE_THREAD: u64 = 12;
    pub(crate) const STAGE: u64 = 13;
    pub(crate) const FORUM: u64 = 15;
}

impl ChannelState {
    /// True where messages can be posted.
    pub(crate) fn takes_text(&self) -> bool {
        !matches!(self.kind, kind::CATEGORY | kind::FORUM)
    }
}

/// A file of a message.
#[derive(Debug, Clone)]
pub(crate) struct FileState {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Arc<Vec<u8>>,
}

/// Who was really pinged by a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pinged {
    pub(crate) everyone: bool,
    pub(crate) users: Vec<u64>,
    pub(crate) roles: Vec<u64>,
}

/// A message, ephemeral or not.
#[derive(Debug, Clone, Default)]
pub(crate) struct MessageState {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) author: u64,
    pub(crate) content: String,
    pub(crate) at_ms: i64,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) mentions: Vec<u64>,
    pub(crate) mention_roles: Vec<u64>,
    pub(crate) mention_everyone: bool,
    pub(crate) pinged: Pinged,
    pub(crate) allowed_mentions: Option<Value>,
    pub(crate) files: Vec<FileState>,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) reactions: Vec<(String, BTreeSet<u64>)>,
    pub(crate) nonce: Option<Value>,
    pub(crate) pinned: bool,
    pub(crate) kind: u64,
    pub(crate) flags: u64,
    pub(crate) replies_to: Option<(u64, u64)>,
    pub(crate) interaction: Option<Value>,
    pub(crate) by_webhook: bool,
    pub(crate) only_for: Option<u64>,
    pub(crate) thread: Option<u64>,
}

/// Message flags of Discord the sandbox acts upon.
pub(crate) mod flag {
    pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub(crate) const HAS_THREAD: u64 = 1 << 5;
    pub(crate) const EPHEMERAL: u64 = 1 << 6;
    pub(crate) const LOADING: u64 = 1 << 7;
    pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
}

/// How an interaction was first answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ack {
    /// Type 4.
    Message,
    /// Type 5.
    Deferred,
    /// Type 6.
    DeferredUpdate,
    /// Type 7.
    Updated,
    /// Type 8.
    Choices,
    /// Type 9.
    Modal,
}

/// Something a person did that the bot has to answer.
#[derive(Debug, Clone)]
pub(crate) struct InteractionState {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) kind: u64,
    pub(crate) user: u64,
    pub(crate) channel: u64,
    pub(crate) what: String,
    pub(crate) since: Instant,
    pub(crate) at_ms: i64,
    pub(crate) ack: Option<Ack>,
    pub(crate) original: Option<u64>,
    pub(crate) source: Option<u64>,
    pub(crate) followups: Vec<u64>,
    pub(crate) edits: u64,
    pub(crate) choices: Vec<Value>,
    pub(crate) name: Option<String>,
    pub(crate) given_up: bool,
}

/// The application the bot belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Application {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) privileged: u64,
    pub(crate) owner: u64,
}

/// A registered command: its raw JSON with id and version.
#[derive(Debug, Clone)]
pub(crate) struct CommandState {
    pub(crate) id: u64,
    pub(crate) guild: Option<u64>,
    pub(crate) kind: u64,
    pub(crate) name: String,
    pub(crate) json: Value,
}

/// Time-outs that are real time, and windows that follow the sandbox's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spans {
    pub(crate) deadline: Duration,
    pub(crate) patience: Duration,
    pub(crate) nonce_ms: i64,
    pub(crate) token_ms: i64,
    pub(crate) heartbeat_ms: u64,
}

/// Everything, under one lock.
pub(crate) struct World {
    pub(crate) clock: Now,
    pub(crate) ids: Snowflakes,
    pub(crate) token: String,
    pub(crate) origin: String,
    pub(crate) app: Application,
    pub(crate) bot: u64,
    pub(crate) spans: Spans,
    pub(crate) users: BTreeMap<u64, UserState>,
    pub(crate) guilds: BTreeMap<u64, GuildState>,
    pub(crate) channels: BTreeMap<u64, ChannelState>,
    pub(crate) messages: BTreeMap<u64, MessageState>,
    pub(crate) by_channel: BTreeSet<(u64, u64)>,
    pub(crate) nonces: HashMap<(u64, u64, String), (u64, i64)>,
    pub(crate) commands: BTreeMap<u64, CommandState>,
    pub(crate) interactions: BTreeMap<u64, InteractionState>,
    pub(crate) scheduled: BTreeMap<u64, Value>,
    /// Files that people have at hand for a command's option, with whose they are.
    pub(crate) at_hand: Vec<(u64, FileState)>,
    pub(crate) gateway: Gateway,
    pub(crate) faults: FaultBoard,
    pub(crate) limiter: Limiter,
    pub(crate) log: RequestLog,
    pub(crate) seen: broadcast::Sender<Seen>,
}

impl World {
    /// The sandbox's time, Unix milliseconds.
    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }

    /// A fresh snowflake.
    pub(crate) fn fresh_id(&mut self) -> u64 {
        let now = self.now();
        self.ids.next(now)
    }

    /// Permissions of a user in a channel; 0 for an unknown channel.
    pub(crate) fn may(&self, channel: u64, user: u64) -> u64 {
        self.channels.get(&channel).map_or(0, |found| super::permissions::in_channel(self, found, user))
    }

    /// Ids of the messages of a channel, oldest first.
    pub(crate) fn message_ids(&self, channel: u64) -> impl DoubleEndedIterator<Item = u64> + '_ {
        self.by_channel.range((channel, 0)..=(channel, u64::MAX)).map(|(_, id)| *id)
    }

    /// Files a message under its id and channel, and drops the oldest when there are too many.
    pub(crate) fn keep(&mut self, message: MessageState) {
        self.by_channel.insert((message.channel, message.id));
        self.messages.insert(message.id, message);
        while self.messages.len() > MAX_MESSAGES {
            let Some((id, old)) = self.messages.pop_first() else {
                break;
            };
            self.by_channel.remove(&(old.channel, id));
        }
    }

    /// Takes a message away, from everywhere it is remembered.
    pub(crate) fn drop_message(&mut self, id: u64) -> Option<MessageState> {
        let gone = self.messages.remove(&id)?;
        self.by_channel.remove(&(gone.channel, id));
        for user in self.users.values_mut() {
            user.unread.remove(&id);
        }
        Some(gone)
    }

    /// Remembers an interaction; forgets the oldest when there are too many.
    pub(crate) fn remember(&mut self, interaction: InteractionState) {
        self.interactions.insert(interaction.id, interaction);
        while self.interactions.len() > MAX_INTERACTIONS {
            self.interactions.pop_first();
        }
    }

    /// Remembers a nonce for its window.
    pub(crate) fn remember_nonce(&mut self, key: (u64, u64, String), message: u64) {
        let (now, window) = (self.now(), self.spans.nonce_ms);
        if self.nonces.len() >= MAX_NONCES {
            self.nonces.retain(|_, (_, at)| now.saturating_sub(*at) < window);
        }
        if self.nonces.len() < MAX_NONCES {
            self.nonces.insert(key, (message, now));
        }
    }

    /// Marks a message as not yet seen by those who can see it.
    pub(crate) fn mark_unread(&mut self, message: &MessageState) {
        for user in self.audience(message) {
            let Some(user) = self.users.get_mut(&user) else {
                continue;
            };
            if user.unread.len() < MAX_UNREAD {
                user.unread.insert(message.id);
            }
        }
    }

    /// The people (no bots, not the author) who can see a message.
    pub(crate) fn audience(&self, message: &MessageState) -> Vec<u64> {
        if let Some(only) = message.only_for {
            return vec![only];
        }
        let Some(channel) = self.channels.get(&message.channel) else {
            return Vec::new();
        };
        let candidates: Vec<u64> = match channel.guild.and_then(|id| self.guilds.get(&id)) {
            Some(guild) => guild.members.keys().copied().collect(),
            None => channel.recipient.into_iter().collect(),
        };
        let human = |id: &u64| self.users.get(id).is_some_and(|user| !user.bot);
        candidates
            .into_iter()
            .filter(|id| *id != message.author && human(id) && self.can_read(channel.id, *id))
            .collect()
    }

    /// True if a user sees what is posted in a channel.
    pub(crate) fn can_read(&self, channel: u64, user: u64) -> bool {
        self.may(channel, user) & super::permissions::VIEW_CHANNEL != 0
    }

    /// True if a user may see a message that exists.
    pub(crate) fn sees(&self, message: &MessageState, user: u64) -> bool {
        match message.only_for {
            Some(only) => only == user,
            None => self.can_read(message.channel, user),
        }
    }

    /// The direct conversation of a user with the bot, opened if need be.
    pub(crate) fn dm_channel(&mut self, user: u64) -> u64 {
        if let Some(open) = self.users.get(&user).and_then(|found| found.dm) {
            return open;
        }
        let id = self.fresh_id();
        let channel = ChannelState { id, kind: kind::DM, recipient: Some(user), ..ChannelState::default() };
        self.channels.insert(id, channel);
        if let Some(found) = self.users.get_mut(&user) {
            found.dm = Some(id);
        }
        id
    }

    /// True if the bot and a user share a guild.
    pub(crate) fn shares_guild(&self, user: u64) -> bool {
        let both = |guild: &GuildState| guild.members.contains_key(&user) && guild.members.contains_key(&self.bot);
        self.guilds.values().any(both)
    }
}

/// The world behind its lock, and the notice that something changed.
pub(crate) struct Shared {
    world: Mutex<World>,
    changed: watch::Sender<u64>,
}

impl Shared {
    /// Puts a world behind its lock.
    pub(crate) fn new(world: World) -> Shared {
        Shared { world: Mutex::new(world), changed: watch::Sender::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world, then tells everybody who waits.
    pub(crate) fn change<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        let result = act(&mut self.lock());
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
        result
    }

    /// Looks at the world without telling anybody. Only read marks may change.
    pub(crate) fn look<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        act(&mut self.lock())
    }

    /// A receiver that is told of each change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}
