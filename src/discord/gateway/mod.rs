//! The connection to Discord's gateway, its supervisor, and the way from an event to the slices.
//!
//! - `connection`: serenity's shard on a thread and runtime of its own, so that it can be thrown away
//!   whole and its events arrive in order.
//! - `supervisor`: opens connections, watches over them, rebuilds what is stuck, within Discord's limits.
//! - `incoming`: takes every event, counts it, and gives it a turn in its lane.
//! - `dispatch`: calls the slices; answers for them when they are slow or fail.
//! - [`pulse`]: signs of life, and what to conclude from them (pure). [`turns`]: lanes and the count.
//!
//! What serenity 0.12.5 does that is mended here: a handshake that is never answered hangs for ever; a
//! close without a code spins a core; a session can be lost without a word; events come as independent
//! tasks without order or back-pressure; the address of the public gateway is a silent fallback.

mod connection;
mod dispatch;
mod hurry;
mod incoming;
pub mod pulse;
mod supervisor;
pub mod turns;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use poise::FrameworkOptions;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use zeroize::Zeroizing;

use self::hurry::Hurry;
use self::pulse::Pulse;
use self::turns::{Lanes, Sessions};
use super::{Bot, Command, titled};
use crate::clock::monotonic;
use crate::ids::{ChannelId, MessageId};
use crate::refusal::Stop;

/// Threads whose parent channel is remembered; the oldest knowledge is thrown away beyond that.
const THREADS_LIMIT: usize = 20_000;
/// New threads whose title waits for their first message, which follows within moments; the oldest goes first.
const TITLES_LIMIT: usize = 64;
/// Kinds of undecodable payloads that are counted apart.
const UNKNOWN_KINDS_LIMIT: usize = 64;

/// How long things may take. The defaults are for Discord; tests shorten them.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// From opening a connection to READY.
    pub handshake: Duration,
    /// How often a heartbeat of our own asks for a sign of life. Discord takes 120 payloads a minute
    /// (<https://docs.discord.com/developers/events/gateway#rate-limiting>).
    pub probe: Duration,
    /// Without any sign of life for that long, a connection is dead.
    pub silence: Duration,
    /// How long serenity may be without a running shard, as it is for a moment when it restarts one.
    pub gone: Duration,
    /// Without any event for that long, one is asked for, to see whether the session still lives.
    pub quiet: Duration,
    /// How long that event may take.
    pub quiet_answer: Duration,
    /// How often we look.
    pub look: Duration,
    /// Least time between two IDENTIFYs
    /// (<https://docs.discord.com/developers/events/gateway#rate-limiting>: one per 5 s).
    pub identify_gap: Duration,
    /// First pause before connecting, or registering commands, again; it doubles.
    pub pause: Duration,
    /// Longest such pause.
    pub longest_pause: Duration,
    /// A connection that lived that long was a good one: the next pause is short again.
    pub good_after: Duration,
    /// A handler slower than that keeps its person waiting visibly, before Discord says that we did not
    /// respond (3 s).
    pub slow: Duration,
    /// Longest a handler may work.
    pub work: Duration,
    /// How long stopping waits for work in flight.
    pub drain: Duration,
    /// How many commands and presses of one person are taken within [`Timings::at_once_within`]; helplines and
    /// asking for a person are never counted.
    pub at_once: u32,
    /// Over what time they are counted.
    pub at_once_within: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        let secs = Duration::from_secs;
        Self {
            handshake: secs(30),
            probe: secs(5),
            silence: secs(30),
            gone: secs(4),
            quiet: secs(180),
            quiet_answer: secs(20),
            look: Duration::from_millis(500),
            identify_gap: secs(5),
            pause: secs(1),
            longest_pause: secs(120),
            good_after: secs(60),
            slow: secs(2),
            work: secs(60),
            drain: secs(8),
            at_once: 25,
            at_once_within: secs(10),
        }
    }
}

/// Why the gateway cannot work until somebody changes something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The token is refused (401, or close code 4004).
    #[error(
        "Discord refuses the token. Copy it again from https://discord.com/developers/applications (your application, Bot, Reset Token) and set DISCORD_TOKEN, or the file DISCORD_TOKEN_FILE names, to it."
    )]
    Token,
    /// Intents are refused even without the privileged ones (close codes 4013, 4014).
    #[error(
        "Discord refuses the gateway intents. Switch on \"Server Members Intent\" and \"Message Content Intent\" at https://discord.com/developers/applications (your application, Bot, Privileged Gateway Intents), then start again."
    )]
    Intents,
    /// What answers at the origin is not Discord's API.
    #[error(
        "{origin} does not answer like Discord's API ({why}). Check DISCORD_API_BASE; leave it out to speak to Discord itself."
    )]
    Origin {
        /// The origin.
        origin: String,
        /// What was wrong.
        why: String,
    },
    /// The system gives no thread.
    #[error("no thread for the gateway: {0}. Raise the limit of processes for this user.")]
    Thread(String),
}

impl Trouble {
    /// Whether the operator can put it right (exit code 2).
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::Token | Self::Intents | Self::Origin { .. } => true,
            Self::Thread(_) => false,
        }
    }
}

/// How the connection is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Whether a session is running and shows signs of life.
    pub connected: bool,
    /// How long the session has been running.
    pub connected_for: Option<Duration>,
    /// When the last event came.
    pub last_event_age: Option<Duration>,
    /// When the last heartbeat was answered.
    pub heartbeat_age: Option<Duration>,
}

/// The gateway. Cheap to clone.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

struct Inner {
    bot: Bot,
    timings: Timings,
    options: FrameworkOptions<Bot, Stop>,
    sessions: Sessions,
    lanes: Lanes,
    pulse: Mutex<Pulse>,
    threads: Mutex<HashMap<ChannelId, ChannelId>>,
    titles: Mutex<VecDeque<(ChannelId, Zeroizing<String>)>>,
    unknown: Mutex<BTreeMap<String, u64>>,
    hurry: Hurry,
    /// The commands that are never counted.
    never_wait: BTreeSet<String>,
    registered: watch::Sender<bool>,
    without_words: watch::Sender<bool>,
    tracker: TaskTracker,
    /// Cancelled when running is over or broken off: whatever is still at work ends at once.
    over: CancellationToken,
}

impl Gateway {
    /// A gateway that is not connected yet.
    pub fn new(bot: Bot, timings: Timings) -> Self {
        let mut commands: Vec<Command> = bot.slices.iter().flat_map(|slice| (slice.commands)()).collect();
        poise::set_qualified_names(&mut commands);
        let never_wait = bot.slices.iter().filter(|slice| slice.name == hurry::NEVER_WAITS);
        let never_wait =
            never_wait.flat_map(|slice| (slice.commands)()).map(|command| command.name.into_owned()).collect();
        Self(Arc::new(Inner {
            timings,
            options: dispatch::options(commands),
            sessions: Sessions::default(),
            lanes: Lanes::default(),
            pulse: Mutex::new(Pulse::default()),
            threads: Mutex::default(),
            titles: Mutex::default(),
            unknown: Mutex::default(),
            hurry: Hurry::default(),
            never_wait,
            registered: watch::Sender::new(false),
            without_words: watch::Sender::new(false),
            tracker: TaskTracker::new(),
            over: CancellationToken::new(),
            bot,
        }))
    }

    /// Connects, stays connected and registers the commands until `stop`; then waits for work in flight.
    /// Dropping the future ends everything in the middle, as a crash would.
    ///
    /// # Errors
    /// When it cannot work until an operator changes something; connections that fail are rebuilt.
    pub async fn run(self, stop: CancellationToken) -> Result<(), Trouble> {
        let _over = self.0.over.clone().drop_guard();
        let end = self.0.over.child_token();
        self.0.tracker.spawn(super::commands::register(self.clone(), end.clone()));
        let result = self.supervise(&stop).await;
        end.cancel();
        self.0.tracker.close();
        if tokio::time::timeout(self.0.timings.drain, self.0.tracker.wait()).await.is_err() {
            tracing::warn!(left = self.0.tracker.len(), "stopped while work was in flight");
        }
        result
    }

    /// How many events of the current session were handled to their end. READY begins a session and
    /// counts as the first; a resumed session goes on counting.
    pub fn handled(&self) -> u64 {
        self.0.sessions.handled()
    }

    /// Returns once `count` events of the current session were handled to their end.
    pub async fn until_handled(&self, count: u64) {
        self.0.sessions.until_handled(count).await;
    }

    /// How many sessions were begun (READYs seen).
    pub fn sessions(&self) -> u64 {
        self.0.sessions.begun()
    }

    /// Returns once `count` sessions were begun.
    pub async fn until_sessions(&self, count: u64) {
        self.0.sessions.until_begun(count).await;
    }

    /// Returns once the commands are known to be registered as they should be.
    pub async fn until_registered(&self) {
        let _ = self.0.registered.subscribe().wait_for(|done| *done).await;
    }

    /// Whether Discord withholds the words of messages (the message content intent was refused).
    pub fn is_without_words(&self) -> bool {
        *self.0.without_words.borrow()
    }

    /// How many payloads could not be decoded, by type.
    pub fn undecodable(&self) -> BTreeMap<String, u64> {
        self.0.unknown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How the connection is.
    pub fn health(&self) -> Health {
        self.pulse().health(monotonic(), &self.0.timings)
    }

    pub(super) fn bot(&self) -> &Bot {
        &self.0.bot
    }

    pub(super) fn commands(&self) -> &[Command] {
        &self.0.options.commands
    }

    pub(super) fn timings(&self) -> &Timings {
        &self.0.timings
    }

    pub(super) fn say_registered(&self) {
        self.0.registered.send_replace(true);
    }

    fn pulse(&self) -> MutexGuard<'_, Pulse> {
        self.0.pulse.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn parent_of(&self, channel: ChannelId) -> Option<ChannelId> {
        self.0.threads.lock().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
    }

    fn remember_thread(&self, thread: ChannelId, parent: ChannelId) {
        let mut threads = self.0.threads.lock().unwrap_or_else(PoisonError::into_inner);
        if threads.len() >= THREADS_LIMIT {
            threads.clear();
        }
        threads.insert(thread, parent);
    }

    /// Keeps the title of a new thread until its first message comes.
    fn remember_title(&self, thread: ChannelId, title: &str) {
        let mut titles = self.0.titles.lock().unwrap_or_else(PoisonError::into_inner);
        titles.truncate(TITLES_LIMIT - 1);
        titles.push_front((thread, Zeroizing::new(title.to_owned())));
    }

    /// What somebody wrote, with the title above it when it begins a forum post: its author wrote both. Discord
    /// gives the first message of a post, and no other message, the id of its channel
    /// (<https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel>).
    fn with_title(&self, channel: ChannelId, message: MessageId, words: String) -> Zeroizing<String> {
        let words = Zeroizing::new(words);
        if channel.raw() != message.raw() {
            return words;
        }
        let mut titles = self.0.titles.lock().unwrap_or_else(PoisonError::into_inner);
        let title = titles.iter().position(|(thread, _)| *thread == channel).and_then(|at| titles.remove(at));
        title.map_or(words.clone(), |(_, title)| titled(&title, &words))
    }

    fn forget_thread(&self, thread: ChannelId) {
        self.0.threads.lock().unwrap_or_else(PoisonError::into_inner).remove(&thread);
    }

    /// Counts a payload that could not be decoded, and logs its type: the first of a kind loudly.
    fn count_unknown(&self, kind: &str) {
        let kind: String = kind.chars().filter(|c| c.is_ascii_uppercase() || *c == '_').take(64).collect();
        let mut unknown = self.0.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        if unknown.len() >= UNKNOWN_KINDS_LIMIT && !unknown.contains_key(&kind) {
            return;
        }
        let count = unknown.entry(kind.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            tracing::warn!(kind, "a payload of this type could not be decoded");
        } else {
            tracing::debug!(kind, count = *count, "a payload of this type could not be decoded");
        }
    }
}
