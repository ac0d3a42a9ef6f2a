//! Does the stand-in keep its promises? Against serenity itself, and against a plain REST client.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests say so by failing")]

mod gateway;
mod interactions;
mod lines;
mod rest;
mod rules;
mod shapes;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use serenity::all::{
    Client, Context, EventHandler, GatewayIntents, Guild, HttpBuilder, Interaction, Message, RawEventHandler, Ready,
};
use serenity::async_trait;

use super::{Declined, Sandbox, SandboxOptions};

/// Real time no test needs; reaching it is a failure.
const GENEROUS: Duration = Duration::from_secs(20);

/// A clock that stands where it is put: 2026-03-10T18:00:00Z at first.
#[derive(Clone)]
struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    fn new() -> ManualClock {
        ManualClock(Arc::new(AtomicI64::new(1_773_165_600_000)))
    }

    fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    fn options(&self) -> SandboxOptions {
        let hand = Arc::clone(&self.0);
        SandboxOptions { now: Arc::new(move || hand.load(Ordering::SeqCst)), ..SandboxOptions::default() }
    }
}

/// What the little bot saw.
#[derive(Default)]
struct Diary {
    ready: AtomicU64,
    guilds: AtomicU64,
    messages: std::sync::Mutex<Vec<String>>,
    unknown: std::sync::Mutex<Vec<String>>,
    events: AtomicU64,
}

struct LittleBot(Arc<Diary>);

#[async_trait]
impl RawEventHandler for LittleBot {
    async fn raw_event(&self, _: Context, event: serenity::all::Event) {
        if let serenity::all::Event::Unknown(unknown) = &event {
            self.0.unknown.lock().unwrap().push(format!("{} {}", unknown.kind, unknown.value));
        }
        self.0.events.fetch_add(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl EventHandler for LittleBot {
    async fn ready(&self, _: Context, _: Ready) {
        self.0.ready.fetch_add(1, Ordering::SeqCst);
    }

    async fn guild_create(&self, _: Context, _: Guild, _: Option<bool>) {
        self.0.guilds.fetch_add(1, Ordering::SeqCst);
    }

    async fn message(&self, ctx: Context, message: Message) {
        self.0.messages.lock().unwrap().push(message.content.clone());
        if message.content == "ping" {
            message.channel_id.say(&ctx.http, "pong").await.expect("pong");
        }
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        interactions::answer(&ctx, interaction).await;
    }
}

/// Starts the little bot. It ends when the task is aborted.
async fn little_bot(sandbox: &Sandbox, intents: GatewayIntents) -> (Arc<Diary>, tokio::task::JoinHandle<()>) {
    let diary = Arc::new(Diary::default());
    let http = HttpBuilder::new(sandbox.token()).proxy(sandbox.origin()).ratelimiter_disabled(true).build();
    let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .event_handler(LittleBot(Arc::clone(&diary)))
        .raw_event_handler(LittleBot(Arc::clone(&diary)))
        .await
        .expect("client");
    let task = tokio::spawn(Box::pin(async move {
        run(&mut client).await;
    }));
    (diary, task)
}

async fn run(client: &mut Client) {
    if let Err(error) = client.start().await {
        tracing::debug!(%error, "the little bot stopped");
    }
}

/// A plain REST client with the bot's token.
struct Rest {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Rest {
    fn new(sandbox: &Sandbox) -> Rest {
        Rest {
            client: reqwest::Client::new(),
            base: format!("{}/api/v10", sandbox.origin()),
            token: format!("Bot {}", sandbox.token()),
        }
    }

    async fn try_send(&self, method: &str, path: &str, body: Option<&Value>) -> reqwest::Result<reqwest::Response> {
        let method = method.parse().expect("method");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request.header("authorization", &self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await
    }

    /// Status and body.
    async fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let body = Some(body).filter(|body| !body.is_null());
        let response = self.try_send(method, path, body.as_ref()).await.expect("an answer");
        let status = response.status().as_u16();
        let text = response.text().await.expect("text");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    async fn post(&self, channel: u64, body: Value) -> (u16, Value) {
        self.send("POST", &format!("/channels/{channel}/messages"), body).await
    }
}

/// A sandbox with one guild, one channel and Ann in it.
struct Riverside {
    sandbox: Sandbox,
    guild: super::Guild,
    general: super::Channel,
    ann: super::Person,
}

async fn riverside(options: SandboxOptions) -> Riverside {
    let sandbox = Sandbox::start(options).await.expect("a port");
    let ann = sandbox.person("Ann");
    let owner = sandbox.person("Olga");
    let guild = sandbox.guild("Riverside", &owner);
    let general = guild.channel("general", super::Kind::Text);
    guild.member(&ann, &[]);
    Riverside { sandbox, guild, general, ann }
}

#[tokio::test]
async fn a_serenity_bot_connects_talks_and_sees_what_people_do() {
    let world = riverside(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::all()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    world.ann.say("#general", "ping").unwrap();
    let answered = |_: &Sandbox| world.general.messages().iter().any(|message| message.content == "pong");
    world.sandbox.until(GENEROUS, answered).await.unwrap();
    assert_eq!(diary.ready.load(Ordering::SeqCst), 1);
    let read = world.ann.reads("#general");
    assert_eq!(read.iter().map(|one| one.author.as_str()).collect::<Vec<_>>(), ["Ann", "Daymark"]);
    let said = world.sandbox.requests().into_iter().next_back().unwrap();
    assert_eq!((said.method.as_str(), said.route.as_str(), said.status), ("POST", "/channels/{id}/messages", 200));
    assert!(diary.unknown.lock().unwrap().is_empty(), "{:?}", diary.unknown.lock().unwrap());
    bot.abort();
}
