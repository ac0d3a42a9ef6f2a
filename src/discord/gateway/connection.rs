//! One connection: serenity's shard, on a thread and a runtime of its own.
//!
//! The runtime has one thread, whose tasks run in the order they were made
//! (<https://docs.rs/tokio/latest/tokio/runtime/index.html#current-thread-runtime-behavior-at-the-time-of-writing>),
//! so that events reach us in the order Discord sent them although serenity makes a task of each. Dropping
//! the runtime drops whatever is stuck, socket included. A shard that spins (after a close without a code)
//! spins on this thread alone, and ends with the next payload we ask it to send.

use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use futures::StreamExt;
use secrecy::ExposeSecret;
use serenity::all::{
    ChunkGuildFilter, GatewayIntents, HttpBuilder, RawEventHandler, ShardId, ShardManager, ShardManagerOptions,
    ShardMessenger,
};
use serenity::gateway::GatewayError;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::discord::Rest;
use crate::ids::{GuildId, UserId};

/// The only shard.
const SHARD: ShardId = ShardId(0);
/// A heartbeat of ours (<https://docs.discord.com/developers/events/gateway-events#heartbeat>).
const HEARTBEAT: &str = r#"{"op":1,"d":null}"#;
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_millis(100);
/// How long looking at serenity's own books may take; it holds that lock for moments only.
const LOOK: Duration = Duration::from_secs(1);

/// The shards of a connection, as soon as its thread has made them.
pub(super) type Shards = Arc<OnceLock<Arc<ShardManager>>>;

/// Where and as whom to connect.
pub(super) struct Target {
    /// The address of the gateway, as our origin gave it.
    pub url: String,
    /// The intents to ask for.
    pub intents: GatewayIntents,
}

/// An open connection.
pub(super) struct Connection {
    shards: Shards,
    incoming: Weak<dyn RawEventHandler>,
    /// Tells how serenity ended, when it ends by itself.
    pub ended: oneshot::Receiver<Option<GatewayError>>,
    stop: CancellationToken,
}

impl Connection {
    /// Opens a connection on a thread of its own; events go to `incoming`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn open(
        rest: &Rest,
        target: Target,
        shards: Shards,
        incoming: Arc<dyn RawEventHandler>,
    ) -> std::io::Result<Self> {
        let (tell, ended) = oneshot::channel();
        let stop = CancellationToken::new();
        let watched = Arc::downgrade(&incoming);
        let thread = Thread { rest: rest.clone(), target, shards: shards.clone(), incoming, stop: stop.clone() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::Builder::new().name("gateway".into()).spawn(move || {
            let end = runtime.block_on(thread.hold());
            runtime.shutdown_background();
            let _ = tell.send(end);
        })?;
        Ok(Self { shards, incoming: watched, ended, stop })
    }

    /// Whether serenity has a running shard: it and the queue of shards hold our receiver of events.
    /// serenity tells nobody when a shard ends, and drops what it held.
    pub fn is_running(&self) -> bool {
        self.incoming.strong_count() > 1
    }

    /// The latency of the last answered heartbeat, as serenity has it.
    pub async fn latency(&self) -> Option<Duration> {
        self.look(|info| info.latency).await.flatten()
    }

    /// Sends a heartbeat: its answer is a sign of life, and a shard that spins on a dead socket ends.
    pub async fn probe(&self) {
        if let Some(shard) = self.shard().await {
            shard.websocket_message(HEARTBEAT.into());
        }
    }

    /// Asks for an event: who we are in that guild.
    pub async fn ask(&self, guild: GuildId, me: UserId) {
        if let Some(shard) = self.shard().await {
            let filter = ChunkGuildFilter::UserIds(vec![serenity::all::UserId::new(me.snowflake().max(1))]);
            shard.chunk_guild(serenity::all::GuildId::new(guild.snowflake().max(1)), Some(1), false, filter, None);
        }
    }

    /// Says goodbye if there is anybody to say it to, and drops everything.
    pub async fn close(self) {
        if let Some(shard) = self.shard().await {
            shard.shutdown_clean();
            // A shard that spins or hangs does not hear it; the socket is dropped either way.
            tokio::time::sleep(GOODBYE).await;
        }
        self.stop.cancel();
    }

    async fn shard(&self) -> Option<ShardMessenger> {
        self.look(|info| info.runner_tx.clone()).await
    }

    async fn look<T>(&self, part: impl FnOnce(&serenity::all::ShardRunnerInfo) -> T) -> Option<T> {
        let shards = self.shards.get()?;
        let runners = tokio::time::timeout(LOOK, shards.runners.lock()).await.ok()?;
        runners.get(&SHARD).map(part)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// What the thread works with.
struct Thread {
    rest: Rest,
    target: Target,
    shards: Shards,
    incoming: Arc<dyn RawEventHandler>,
    stop: CancellationToken,
}

impl Thread {
    /// Runs serenity's shard until it ends by itself or is stopped. serenity's HTTP client is never
    /// used; should it ever be, it speaks to our origin with our client, past no proxy.
    async fn hold(self) -> Option<GatewayError> {
        let http = HttpBuilder::new(self.rest.token().expose_secret())
            .client(self.rest.client())
            .proxy(self.rest.origin())
            .ratelimiter_disabled(true)
            .build();
        let (shards, mut ended) = ShardManager::new(ShardManagerOptions {
            data: Arc::default(),
            event_handlers: Vec::new(),
            raw_event_handlers: vec![self.incoming],
            framework: Arc::default(),
            shard_index: 0,
            shard_init: 1,
            shard_total: 1,
            // The address is given, never asked for: serenity would fall back to the public gateway.
            ws_url: Arc::new(tokio::sync::Mutex::new(self.target.url)),
            http: Arc::new(http),
            intents: self.target.intents,
            presence: None,
        });
        let _ = self.shards.set(shards.clone());
        if shards.initialize().is_err() {
            return None;
        }
        tokio::select! {
            end = ended.next() => end.and_then(Result::err),
            () = self.stop.cancelled() => None,
        }
    }
}
