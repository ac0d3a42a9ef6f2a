//! An embedded stand-in for Discord on loopback, good enough that serenity cannot tell.
//!
//! We promise: what Discord refuses is refused here, with its codes; what people do reaches the bot as
//! Discord would send it; what the bot does is seen by exactly those who would see it at Discord; and
//! anything that can go wrong between the two can be made to go wrong, on request, exactly once.
//!
//! It speaks Discord's wire protocol (REST v10, gateway v10) and knows nothing of the bot behind it.
//! It keeps nothing on disk, listens on 127.0.0.1 alone, and ends with its last handle.
//!
//! The map, one question per file:
//! - `state` what exists, under one lock · `snowflake` ids and time · `permissions` who may do what
//! - `wire` state as JSON · `errors` how Discord says no · `validate`, `components`, `commands` what it takes
//! - `posting` messages · `interactions` commands, buttons, forms and their answers · `typed` typed command lines
//! - `rest/` the routes, with `door` in front: faults, `limits`, `log` · `gateway`, `socket` events and sessions
//! - `people`, `places` what tests, stories and the demo use · `view` what people see · `faults` what breaks

mod commands;
mod components;
mod errors;
mod faults;
mod gateway;
mod interactions;
mod limits;
mod log;
mod people;
pub mod permissions;
mod places;
mod posting;
mod rest;
mod snowflake;
mod socket;
mod state;
mod typed;
mod validate;
mod view;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{broadcast, watch};

pub use faults::{FaultId, Faults, Harm, Scope};
pub use log::{Counters, Recorded};
pub use people::{Answer, Declined, Person, Spot};
pub use places::{Channel, Guild, Kind, Role};
pub use snowflake::Now;
pub use view::{
    AttachmentView, Choice, ControlView, EmbedView, FieldView, Happened, MessageView, ModalView, OptionView, Pings,
    Place, Seen, Style,
};

use faults::FaultBoard;
use gateway::Gateway;
use limits::Limiter;
use log::RequestLog;
use snowflake::Snowflakes;
use state::{Application, Shared, Spans, UserState, World};
use wire::{INTENT_CONTENT, INTENT_MEMBERS, INTENT_PRESENCES};

/// Things seen that a slow watcher may lag behind before it misses the oldest.
const MAX_UNWATCHED: usize = 2_048;

/// How soon a condition is looked at again although nothing changed in the sandbox.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Which privileged intents the application has been given in Discord's developer portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Privileged {
    /// Members joining, leaving, changing; and listing them.
    pub members: bool,
    /// Who is online.
    pub presences: bool,
    /// The text of messages that do not concern the bot.
    pub content: bool,
}

impl Privileged {
    /// All three.
    pub const ALL: Privileged = Privileged { members: true, presences: true, content: true };
    /// None.
    pub const NONE: Privileged = Privileged { members: false, presences: false, content: false };

    fn bits(self) -> u64 {
        let pairs =
            [(self.members, INTENT_MEMBERS), (self.presences, INTENT_PRESENCES), (self.content, INTENT_CONTENT)];
        pairs.iter().filter(|(on, _)| *on).map(|(_, bit)| bit).sum()
    }
}

/// How a sandbox starts.
#[derive(Clone)]
pub struct SandboxOptions {
    /// The clock: Unix milliseconds. Timestamps, ids, the nonce window and token lives follow it.
    pub now: Now,
    /// The bot's token.
    pub token: String,
    /// The bot's name.
    pub bot_name: String,
    /// Privileged intents of the application.
    pub privileged: Privileged,
    /// Real time the bot has for a first answer. Discord: 3 s.
    pub deadline: Duration,
    /// Real time people wait for an answer the bot deferred.
    pub patience: Duration,
    /// How long a nonce is remembered, in milliseconds of the clock. Discord: "a few minutes".
    pub nonce_window_ms: i64,
    /// How long an interaction's token serves, in milliseconds of the clock. Discord: 15 minutes.
    pub token_life_ms: i64,
    /// Heartbeat interval told to the bot, in milliseconds.
    pub heartbeat_ms: u64,
    /// The port; 0 for any free one.
    pub port: u16,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        SandboxOptions {
            now: snowflake::system_clock(),
            // The shape of a Discord token, for clients that check it; it opens nothing.
            token: "MTAwMDAwMDAwMDAwMDAwMDAwMA.sandbox.not-a-real-token-only-for-loopback".to_owned(),
            bot_name: "Daymark".to_owned(),
            privileged: Privileged::ALL,
            deadline: Duration::from_secs(3),
            patience: Duration::from_secs(30),
            nonce_window_ms: 3 * 60 * 1_000,
            token_life_ms: 15 * 60 * 1_000,
            heartbeat_ms: 41_250,
            port: 0,
        }
    }
}

/// Ends the server with the last handle.
struct Server {
    stop: watch::Sender<bool>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// A running stand-in for Discord. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
    address: SocketAddr,
    _server: Arc<Server>,
}

impl Sandbox {
    /// Starts listening on 127.0.0.1.
    ///
    /// # Errors
    /// When the port cannot be opened.
    pub async fn start(options: SandboxOptions) -> std::io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(new_world(options, address)));
        let (stop, stopped) = watch::channel(false);
        let door = rest::door::Door { shared: Arc::clone(&shared), stop: stopped.clone() };
        let router = axum::Router::new()
            .route("/", axum::routing::get(rest::door::upgrade))
            .fallback(rest::door::enter)
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(door)
            .into_make_service_with_connect_info::<rest::line::Line>();
        let mut end = stopped;
        let until_stopped = async move {
            // An error means the last handle is gone, which is the same wish.
            let _ = end.wait_for(|stop| *stop).await;
        };
        let serve = axum::serve(rest::line::CuttableListener(listener), router).with_graceful_shutdown(until_stopped);
        tokio::spawn(std::future::IntoFuture::into_future(serve));
        Ok(Sandbox { shared, address, _server: Arc::new(Server { stop }) })
    }

    /// The REST origin: `http://127.0.0.1:PORT`. Routes are below `/api/v10`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bot's token, without the word `Bot`.
    pub fn token(&self) -> String {
        self.shared.look(|world| world.token.clone())
    }

    /// Id of the application.
    pub fn application_id(&self) -> u64 {
        self.shared.look(|world| world.app.id)
    }

    /// Id of the bot's user.
    pub fn bot_id(&self) -> u64 {
        self.shared.look(|world| world.bot)
    }

    /// The person of this name, new if nobody is called that yet.
    pub fn person(&self, name: &str) -> Person {
        let id = self.shared.change(|world| world.person(name, false));
        Person::new(Arc::clone(&self.shared), id)
    }

    /// Makes a guild. The bot is in it, with its default permissions.
    pub fn guild(&self, name: &str, owner: &Person) -> Guild {
        let guild = places::found_guild(&self.shared, name, owner.id());
        guild.add_bot(permissions::DEFAULT_BOT);
        guild
    }

    /// Makes a guild without the bot.
    pub fn guild_without_bot(&self, name: &str, owner: &Person) -> Guild {
        places::found_guild(&self.shared, name, owner.id())
    }

    /// The switchboard of failures.
    pub fn faults(&self) -> Faults {
        Faults { shared: Arc::clone(&self.shared) }
    }

    /// Switches the enforcement of rate limits; off at the start.
    pub fn limits(&self, on: bool) {
        self.shared.change(|world| world.limiter = Limiter::new(on));
    }

    /// Changes the privileged intents of the application; sessions that run keep theirs.
    pub fn privileged(&self, privileged: Privileged) {
        self.shared.change(|world| world.app.privileged = privileged.bits());
    }

    /// Every request of the bot so far, oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.look(|world| world.log.entries.iter().cloned().collect())
    }

    /// The requests since the last drain; they leave the log. Counters go on.
    pub fn drain_requests(&self) -> Vec<Recorded> {
        self.shared.look(|world| world.log.entries.drain(..).collect())
    }

    /// Totals of requests.
    pub fn counters(&self) -> Counters {
        self.shared.look(|world| world.log.counters)
    }

    /// Number of the last event handed to the current session's connection (READY is 1).
    pub fn dispatched(&self) -> u64 {
        self.shared.look(|world| world.gateway.dispatched())
    }

    /// Events that wait for the current session to come back or events to flow again.
    pub fn undelivered(&self) -> u64 {
        self.shared.look(|world| world.gateway.pending())
    }

    /// True while a session has a live connection.
    pub fn connected(&self) -> bool {
        self.shared.look(|world| world.gateway.connected())
    }

    /// How often the bot identified and how often it resumed.
    pub fn sessions(&self) -> (u64, u64) {
        self.shared.look(|world| (world.gateway.identified, world.gateway.resumed))
    }

    /// Heartbeats received.
    pub fn heartbeats(&self) -> u64 {
        self.shared.look(|world| world.gateway.heartbeats)
    }

    /// The registered commands: global ones, or those of a guild.
    pub fn commands(&self, guild: Option<&Guild>) -> Vec<Value> {
        self.shared.look(|world| world.commands_of(guild.map(Guild::id)))
    }

    /// Sends any event with any payload to every session, whatever its intents.
    pub fn dispatch_raw(&self, event: &str, data: &Value) {
        self.shared.change(|world| world.dispatch_raw(event, data));
    }

    /// Watches what people see, from now on.
    pub fn watch(&self) -> broadcast::Receiver<Seen> {
        self.shared.look(|world| world.seen.subscribe())
    }

    /// The sandbox's time, Unix milliseconds.
    pub fn now(&self) -> i64 {
        self.shared.look(|world| world.now())
    }

    /// Waits until a condition holds, looking again after each change (and every few
    /// milliseconds, for conditions that look outside the sandbox).
    ///
    /// # Errors
    /// A readable account of the world when `most` of real time has passed.
    pub async fn until(&self, most: Duration, condition: impl Fn(&Sandbox) -> bool) -> Result<(), String> {
        let mut changes = self.shared.changes();
        let wait = async {
            while !condition(self) {
                changes.borrow_and_update();
                if condition(self) {
                    break;
                }
                // A condition may also look at the bot, whose changes nobody announces here.
                let _ = tokio::time::timeout(LOOK_AGAIN, changes.changed()).await;
            }
        };
        match tokio::time::timeout(most, wait).await {
            Ok(()) => Ok(()),
            Err(_) => Err(format!("waited {most:?} in vain\n{}", self.dump())),
        }
    }

    /// Interactions the bot never answered, in words.
    pub fn unanswered(&self) -> Vec<String> {
        self.shared.look(|world| {
            let open = world.interactions.values().filter(|one| one.ack.is_none());
            open.map(|one| format!("{}: {}", world.display_name(one.user), one.what)).collect()
        })
    }

    /// What is known now, for a failed test: sessions, the last messages and requests.
    pub fn dump(&self) -> String {
        self.shared.look(|world| places::dump(world))
    }
}

fn new_world(options: SandboxOptions, address: SocketAddr) -> World {
    let spans = Spans {
        deadline: options.deadline,
        patience: options.patience,
        nonce_ms: options.nonce_window_ms,
        token_ms: options.token_life_ms,
        heartbeat_ms: options.heartbeat_ms.max(1),
    };
    let app = Application { id: 0, name: options.bot_name.clone(), privileged: options.privileged.bits(), owner: 0 };
    let mut world = World {
        clock: options.now,
        ids: Snowflakes::default(),
        token: options.token,
        origin: format!("http://{address}"),
        app,
        bot: 0,
        spans,
        users: BTreeMap::new(),
        guilds: BTreeMap::new(),
        channels: BTreeMap::new(),
        messages: BTreeMap::new(),
        by_channel: BTreeSet::new(),
        nonces: HashMap::new(),
        commands: BTreeMap::new(),
        interactions: BTreeMap::new(),
        scheduled: BTreeMap::new(),
        at_hand: Vec::new(),
        gateway: Gateway::default(),
        faults: FaultBoard::default(),
        limiter: Limiter::default(),
        log: RequestLog::default(),
        seen: broadcast::Sender::new(MAX_UNWATCHED),
    };
    world.app.owner = world.person("Operator", false);
    world.bot = world.person(&options.bot_name, true);
    // At Discord the application and its bot have shared one id since 2016.
    world.app.id = world.bot;
    world
}

impl World {
    /// The user of this name, new if there is none.
    fn person(&mut self, name: &str, bot: bool) -> u64 {
        if let Some(found) = self.users.values().find(|user| user.display == name && user.bot == bot) {
            return found.id;
        }
        let id = self.fresh_id();
        let username = name.to_lowercase().replace(' ', "_");
        let user = UserState {
            id,
            name: username,
            display: name.to_owned(),
            bot,
            refuses_dms: false,
            dm: None,
            locale: "en-US".to_owned(),
            unread: BTreeSet::new(),
            modal: None,
        };
        self.users.insert(id, user);
        id
    }
}
