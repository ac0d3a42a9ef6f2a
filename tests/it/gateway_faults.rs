//! The gateway against the sandbox's switchboard: whatever serenity 0.12.5 would hang, spin or go deaf on,
//! the supervisor sees, rebuilds and reconciles; whoever waits is answered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use axum::extract::ws::{Message, WebSocketUpgrade};
use daymark::card::{Button, Card, Input, Modal, Press};
use daymark::clock::Clock;
use daymark::config::{Config, Overrides};
use daymark::discord::gateway::{Gateway, Timings, Trouble};
use daymark::discord::rest::RestTimings;
use daymark::discord::{Asked, Bot, Choices, Ctx, Happened, Pressed, Rest, Slice, Spoken, choices};
use daymark::refusal::{Refusal, Stop};
use daymark::sandbox::{Channel, Guild, Harm, Kind, Person, Privileged, Sandbox, SandboxOptions};
use futures::future::BoxFuture;
use secrecy::SecretString;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longest any wait of a test may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the slice below saw, by origin (each test has its own sandbox), and the gate its slow work waits at.
static SEEN: LazyLock<Mutex<Vec<(String, String)>>> = LazyLock::new(Mutex::default);
static GATE: LazyLock<watch::Sender<Vec<String>>> = LazyLock::new(|| watch::Sender::new(Vec::new()));

fn note(bot: &Bot, what: impl Into<String>) {
    SEEN.lock().unwrap().push((bot.rest.origin().to_owned(), what.into()));
}

async fn at_gate(bot: &Bot) {
    let origin = bot.rest.origin().to_owned();
    GATE.subscribe().wait_for(|open| open.contains(&origin)).await.unwrap();
}

fn slice() -> Slice {
    Slice {
        name: "trial",
        commands: || vec![ping(), slow(), broken(), panicking(), refused(), mute()],
        presses: &["*"],
        press: Some(press),
        spoken: Some(spoken),
        happened: Some(happened),
    }
}

fn spoken<'a>(bot: &'a Bot, spoken: &'a Spoken) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(async move {
        note(bot, format!("{}{}", if spoken.edited { "edited: " } else { "said: " }, *spoken.words));
        if spoken.words.starts_with("wait") {
            at_gate(bot).await;
        }
        Ok(())
    })
}

fn happened<'a>(bot: &'a Bot, happened: &'a Happened) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(async move {
        note(bot, format!("{happened:?}"));
        Ok(())
    })
}

fn press(bot: &Bot, pressed: Pressed) -> BoxFuture<'_, Result<(), Stop>> {
    Box::pin(async move {
        let asked = &pressed.asked;
        match pressed.press.verb.as_str() {
            "update" => asked.update(&Card::text("changed")).await,
            "both" => {
                asked.update(&Card::text("changed")).await?;
                asked.reply(&Card::text("and said")).await
            }
            "slow-update" => {
                at_gate(bot).await;
                asked.update(&Card::text("changed late")).await
            }
            "slow-reply" => {
                at_gate(bot).await;
                asked.reply(&Card::text("said late")).await
            }
            "form" => {
                let line = Input {
                    id: "line".into(),
                    label: "Line".into(),
                    placeholder: String::new(),
                    value: String::new(),
                    long: false,
                    required: true,
                    limit: 100,
                };
                asked
                    .show(&Modal { press: Press::new("trial", "submit"), title: "Say".into(), inputs: vec![line] })
                    .await
            }
            "submit" => asked.reply(&Card::text(format!("heard {}", pressed.inputs["line"]))).await,
            "nothing" => Ok(()),
            "panic" => panic!("a press that panics"),
            _ => Err(Refusal::old_button().into()),
        }
    })
}

/// Answers
#[poise::command(slash_command)]
async fn ping(
    ctx: Ctx<'_>,
    #[description = "What"]
    #[autocomplete = "offers"]
    what: Option<String>,
) -> Result<(), Stop> {
    let card = Card::text(format!("pong {}", what.unwrap_or_default())).buttons([
        Button::new("Update", Press::new("trial", "update")),
        Button::new("Both", Press::new("trial", "both")),
        Button::new("Slow update", Press::new("trial", "slow-update")),
        Button::new("Slow reply", Press::new("trial", "slow-reply")),
        Button::new("Form", Press::new("trial", "form")),
    ]);
    let more = card.buttons([
        Button::new("Nothing", Press::new("trial", "nothing")),
        Button::new("Panic", Press::new("trial", "panic")),
        Button::new("Unknown", Press::new("trial", "unknown")),
        Button::new("Gone", Press::new("gone", "gone")),
    ]);
    Asked::of(&ctx).reply(&more).await
}

async fn offers(_: Ctx<'_>, partial: &str) -> Choices {
    choices([(format!("{partial}!"), format!("{partial}-value"))])
}

/// Answers late
#[poise::command(slash_command)]
async fn slow(ctx: Ctx<'_>) -> Result<(), Stop> {
    at_gate(ctx.data()).await;
    Asked::of(&ctx).reply(&Card::text("at last")).await
}

/// Fails
#[poise::command(slash_command)]
async fn broken(_: Ctx<'_>) -> Result<(), Stop> {
    Err(Stop::Fault(anyhow::anyhow!("a secret detail")))
}

/// Panics
#[poise::command(slash_command)]
async fn panicking(_: Ctx<'_>) -> Result<(), Stop> {
    panic!("a secret detail")
}

/// Refuses
#[poise::command(slash_command)]
async fn refused(_: Ctx<'_>) -> Result<(), Stop> {
    Err(Refusal::new("No.", "Because.", "Try something else.").into())
}

/// Says nothing
#[poise::command(slash_command)]
async fn mute(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// A sandbox with one guild, and a gateway that runs against it.
struct Trial {
    sandbox: Sandbox,
    guild: Guild,
    room: Channel,
    ana: Person,
    gateway: Gateway,
    stop: CancellationToken,
    running: JoinHandle<Result<(), Trouble>>,
    _folder: tempfile::TempDir,
}

/// Short pauses, so that a fault is mended within a test; time enough that a busy machine is not a fault.
fn timings() -> Timings {
    let ms = Duration::from_millis;
    Timings {
        handshake: ms(1500),
        probe: ms(100),
        silence: ms(1500),
        gone: ms(300),
        look: ms(50),
        identify_gap: ms(0),
        pause: ms(10),
        longest_pause: ms(50),
        drain: ms(2000),
        ..Timings::default()
    }
}

async fn bot(origin: &str, token: &str, folder: &std::path::Path) -> Bot {
    let overrides = Overrides {
        database: Some(folder.join("daymark.db")),
        key_file: Some(folder.join("daymark.key")),
        ..Overrides::default()
    };
    let config = Config::parse("", "test", &overrides).unwrap();
    let deps = daymark::app::open(config, Clock::system()).await.unwrap().deps;
    let timings = RestTimings { pause: Duration::from_millis(5), ..RestTimings::default() };
    let rest = Rest::with_timings(Some(origin), &SecretString::from(token.to_owned()), timings).unwrap();
    Bot { deps, rest, slices: Arc::new(vec![slice()]), voices: Default::default() }
}

impl Trial {
    /// A sandbox and a gateway that is not running yet.
    async fn prepare(
        options: SandboxOptions,
        timings: Timings,
    ) -> (Sandbox, Guild, Channel, Person, Gateway, tempfile::TempDir) {
        let sandbox = Sandbox::start(options).await.unwrap();
        let ana = sandbox.person("Ana");
        let guild = sandbox.guild("House", &ana);
        let room = guild.channel("room", Kind::Text);
        let folder = tempfile::tempdir().unwrap();
        let gateway = Gateway::new(bot(&sandbox.origin(), &sandbox.token(), folder.path()).await, timings);
        (sandbox, guild, room, ana, gateway, folder)
    }

    /// Runs, and returns when everything of the first session is handled and commands are registered.
    async fn start(options: SandboxOptions, timings: Timings) -> Self {
        let trial = Self::start_unready(options, timings, |_| {}).await;
        within("registering", trial.gateway.until_registered()).await;
        trial.settled().await;
        trial
    }

    async fn start_unready(options: SandboxOptions, timings: Timings, before: impl FnOnce(&Sandbox)) -> Self {
        let (sandbox, guild, room, ana, gateway, folder) = Self::prepare(options, timings).await;
        before(&sandbox);
        let stop = CancellationToken::new();
        let running = tokio::spawn(gateway.clone().run(stop.clone()));
        Self { sandbox, guild, room, ana, gateway, stop, running, _folder: folder }
    }

    /// Returns when a session runs and everything it dispatched was handled.
    async fn settled(&self) {
        self.sandbox.until(PATIENCE, |sandbox| sandbox.connected() && sandbox.undelivered() == 0).await.unwrap();
        within("handling", self.gateway.until_handled(self.sandbox.dispatched())).await;
    }

    async fn sessions(&self, begun: u64) {
        within("a session", self.gateway.until_sessions(begun)).await;
        self.settled().await;
    }

    fn seen(&self) -> Vec<String> {
        let origin = self.sandbox.origin();
        SEEN.lock().unwrap().iter().filter(|(of, _)| *of == origin).map(|(_, what)| what.clone()).collect()
    }

    fn count(&self, what: &str) -> usize {
        self.seen().iter().filter(|seen| seen.as_str() == what).count()
    }

    fn open_gate(&self) {
        let origin = self.sandbox.origin();
        GATE.send_modify(|open| open.push(origin));
    }

    async fn asked(&self, count: usize, of: &str) {
        let wanted =
            |sandbox: &Sandbox| sandbox.requests().iter().filter(|request| request.route.contains(of)).count() >= count;
        self.sandbox.until(PATIENCE, wanted).await.unwrap();
    }

    /// A command is answered: the connection works in both ways.
    async fn works(&self) {
        let answer = self.ana.run("/ping").await.unwrap();
        assert!(answer.text().contains("pong"), "{}", answer.text());
    }

    async fn stops(self) {
        self.stop.cancel();
        assert_eq!(within("stopping", self.running).await.unwrap(), Ok(()));
        self.sandbox.until(PATIENCE, |sandbox| !sandbox.connected()).await.unwrap();
        assert_eq!(self.sandbox.unanswered(), Vec::<String>::new());
        assert!(
            self.sandbox.requests().iter().all(|request| request.path != "/api/v10/gateway"),
            "the fallback was asked for"
        );
    }
}

async fn within<T>(what: &str, work: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => panic!("{what} took too long"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_of_asking_is_answered_and_every_event_is_counted() {
    let trial = Trial::start(SandboxOptions::default(), Timings::default()).await;
    assert_eq!(trial.count("FreshReady"), 1);
    assert_eq!(trial.count(&format!("GuildJoined(GuildId({}))", trial.guild.id())), 1);
    let pong = trial.ana.run("/ping what:x").await.unwrap();
    assert!(pong.is_private() && pong.text().contains("pong x"), "{}", pong.text());
    let offered = trial.ana.autocomplete("/ping what:ab").await.unwrap();
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].name, "ab!");
    let card = pong.only().unwrap().clone();
    assert!(trial.ana.press(&card, "Both").await.unwrap().text().contains("changed"));
    let card = trial.ana.run("/ping").await.unwrap().only().unwrap().clone();
    let form = trial.ana.press(&card, "Form").await.unwrap();
    let heard = trial.ana.submit(form.form().unwrap(), &[("line", "a line")]).await.unwrap();
    assert!(heard.text().contains("heard a line"), "{}", heard.text());
    // A press that has nothing to say is acknowledged (the sandbox would wait for more to come).
    let silent = tokio::spawn({
        let (ana, card) = (trial.ana.clone(), card.clone());
        async move { ana.press(&card, "Nothing").await }
    });
    trial.asked(7, "/callback").await;
    silent.abort();
    for old in ["Unknown", "Gone"] {
        let told = trial.ana.press(&card, old).await.unwrap();
        assert!(told.is_private() && told.text().to_lowercase().contains("button"), "{}", told.text());
    }
    trial.settled().await;
    assert_eq!(trial.gateway.handled(), trial.sandbox.dispatched());
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_is_told_calmly_and_its_reason_stays_in_the_log() {
    let trial = Trial::start(SandboxOptions::default(), Timings::default()).await;
    for failing in ["/broken", "/panicking"] {
        let told = trial.ana.run(failing).await.unwrap();
        assert!(
            told.is_private() && told.text().contains("reference") && !told.text().contains("secret"),
            "{}",
            told.text()
        );
    }
    let told = trial.ana.run("/refused").await.unwrap();
    assert!(told.is_private() && told.text().contains("Because."), "{}", told.text());
    assert!(trial.ana.run("/mute").await.unwrap().is_private());
    let card = trial.ana.run("/ping").await.unwrap().only().unwrap().clone();
    assert!(trial.ana.press(&card, "Panic").await.unwrap().text().contains("reference"));
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_work_keeps_its_person_waiting_visibly_and_answers_in_the_end() {
    let quick = Timings { slow: Duration::from_millis(20), ..Timings::default() };
    let trial = Trial::start(SandboxOptions::default(), quick).await;
    let card = trial.ana.run("/ping").await.unwrap().only().unwrap().clone();
    let other = trial.ana.run("/ping").await.unwrap().only().unwrap().clone();
    let waiting = [
        tokio::spawn({
            let ana = trial.ana.clone();
            async move { ana.run("/slow").await.unwrap() }
        }),
        tokio::spawn({
            let ana = trial.ana.clone();
            async move { ana.press(&card, "Slow update").await.unwrap() }
        }),
        tokio::spawn({
            let ana = trial.ana.clone();
            async move { ana.press(&other, "Slow reply").await.unwrap() }
        }),
    ];
    // Two pongs, then three that are held.
    trial.asked(5, "/callback").await;
    trial.open_gate();
    let mut told = Vec::new();
    for answer in waiting {
        let answer = within("a late answer", answer).await.unwrap();
        assert!(answer.deferred && answer.is_private());
        told.push(format!("{} {}", trial.ana.later(&answer).text(), answer.text()));
    }
    trial.settled().await;
    for (told, words) in told.iter().zip(["at last", "changed late", "said late"]) {
        let late = trial.ana.sees_privately().iter().any(|message| message.text().contains(words));
        assert!(told.contains(words) || late, "{words}: {told}");
    }
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_and_happenings_reach_the_slices_and_bots_do_not() {
    let trial = Trial::start(SandboxOptions::default(), Timings::default()).await;
    let ben = trial.sandbox.person("Ben");
    trial.guild.member(&ben, &[]);
    let said = ben.say(&trial.room, "hello there").unwrap();
    ben.edit(&said, "hello again").unwrap();
    ben.dm("privately").unwrap();
    ben.leave(&trial.guild);
    trial.room.delete();
    trial.guild.outage(true);
    trial.guild.outage(false);
    trial.settled().await;
    let seen = trial.seen();
    for expected in ["said: hello there", "edited: hello again", "said: privately"] {
        assert_eq!(trial.count(expected), 1, "{expected}: {seen:?}");
    }
    let (guild, user, room) = (trial.guild.id(), ben.id(), trial.room.id());
    let member = format!("Member {{ guild: GuildId({guild}), user: UserId({user}) }}");
    assert_eq!(trial.count(&format!("MemberJoined({member})")), 1, "{seen:?}");
    assert_eq!(trial.count(&format!("MemberLeft({member})")), 1, "{seen:?}");
    assert_eq!(trial.count(&format!("ChannelGone(GuildId({guild}), ChannelId({room}))")), 1, "{seen:?}");
    // An outage of the guild is no goodbye.
    assert_eq!(trial.count(&format!("GuildLeft(GuildId({guild}))")), 0, "{seen:?}");
    trial.guild.remove_bot();
    trial.settled().await;
    assert_eq!(trial.count(&format!("GuildLeft(GuildId({guild}))")), 1);
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_words_does_not_delay_whoever_asks() {
    let trial = Trial::start(SandboxOptions::default(), Timings::default()).await;
    for n in 0..80 {
        trial.ana.say(&trial.room, &format!("wait {n}")).unwrap();
    }
    trial.works().await;
    trial.open_gate();
    trial.settled().await;
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handshake_that_never_completes_is_begun_again() {
    let switches: [fn(&Sandbox, bool); 2] =
        [|sandbox, on| sandbox.faults().withhold_hello(on), |sandbox, on| sandbox.faults().withhold_ready(on)];
    for switch in switches {
        let hasty = Timings { handshake: Duration::from_millis(500), ..timings() };
        let trial = Trial::start_unready(SandboxOptions::default(), hasty, |sandbox| switch(sandbox, true)).await;
        trial.asked(3, "/gateway/bot").await;
        assert_eq!(trial.gateway.sessions(), 0);
        assert!(!trial.gateway.health().connected);
        switch(&trial.sandbox, false);
        trial.sessions(1).await;
        assert!(trial.gateway.health().connected);
        within("registering", trial.gateway.until_registered()).await;
        trial.works().await;
        trial.stops().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_zombie_is_given_up_and_what_it_missed_is_reconciled() {
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    trial.sandbox.faults().withhold_acks(true);
    trial.sandbox.until(PATIENCE, |sandbox| sandbox.sessions().0 >= 2).await.unwrap();
    trial.sandbox.faults().withhold_acks(false);
    within("a fresh session", trial.gateway.until_sessions(2)).await;
    trial.settled().await;
    assert!(trial.count("FreshReady") >= 2);
    trial.works().await;
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_connection_resumes_and_loses_nothing() {
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    for round in 0..3 {
        trial.sandbox.faults().cut_gateway();
        trial.ana.say(&trial.room, &format!("during cut {round}")).unwrap();
        trial.sandbox.until(PATIENCE, |sandbox| sandbox.sessions().1 > round).await.unwrap();
        trial.settled().await;
        assert_eq!(trial.count(&format!("said: during cut {round}")), 1);
    }
    trial.sandbox.faults().ask_reconnect();
    trial.sandbox.until(PATIENCE, |sandbox| sandbox.sessions().1 == 4).await.unwrap();
    trial.settled().await;
    assert_eq!((trial.sandbox.sessions(), trial.count("FreshReady")), ((1, 4), 1));
    trial.works().await;
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalid_session_leads_to_a_fresh_one() {
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    trial.sandbox.faults().invalidate_session(false);
    trial.sessions(2).await;
    assert_eq!(trial.count("FreshReady"), 2);
    trial.sandbox.faults().close_gateway(4009);
    trial.sessions(3).await;
    trial.works().await;
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_lost_without_a_word_is_noticed() {
    let curious = Timings { quiet: Duration::from_millis(150), quiet_answer: Duration::from_millis(1000), ..timings() };
    let trial = Trial::start(SandboxOptions::default(), curious).await;
    // One answered question shows that a missing answer would mean something.
    let ready = trial.sandbox.dispatched();
    trial.sandbox.until(PATIENCE, |sandbox| sandbox.dispatched() > ready).await.unwrap();
    trial.settled().await;
    trial.sandbox.faults().lose_sessions();
    trial.sandbox.until(PATIENCE, |sandbox| sandbox.sessions().0 == 2).await.unwrap();
    within("a fresh session", trial.gateway.until_sessions(2)).await;
    trial.works().await;
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_is_waited_out() {
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    trial.sandbox.faults().outage(true);
    trial.sandbox.until(PATIENCE, |sandbox| !sandbox.connected()).await.unwrap();
    let harmed = trial.sandbox.counters().harmed;
    trial.sandbox.until(PATIENCE, |sandbox| sandbox.counters().harmed >= harmed + 4).await.unwrap();
    trial.sandbox.faults().outage(false);
    trial.settled().await;
    trial.works().await;
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_token_ends_with_a_sentence() {
    // At the first question, and in the middle of a session (4004).
    let (sandbox, _guild, _room, _ana, _gateway, folder) = Trial::prepare(SandboxOptions::default(), timings()).await;
    let wrong = Gateway::new(bot(&sandbox.origin(), "wrong.token.here", folder.path()).await, timings());
    assert_eq!(within("ending", wrong.run(CancellationToken::new())).await, Err(Trouble::Token));
    assert_eq!(sandbox.sessions(), (0, 0));
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    trial.sandbox.faults().close_gateway(4004);
    let ended = within("ending", trial.running).await.unwrap();
    assert_eq!(ended, Err(Trouble::Token));
    assert!(Trouble::Token.is_configuration() && Trouble::Token.to_string().contains("DISCORD_TOKEN"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_intent_leaves_everything_on_demand_working() {
    for (privileged, without_words) in
        [(Privileged::NONE, true), (Privileged { members: false, ..Privileged::ALL }, false)]
    {
        let trial = Trial::start(SandboxOptions { privileged, ..SandboxOptions::default() }, timings()).await;
        assert_eq!(trial.gateway.is_without_words(), without_words);
        trial.works().await;
        trial.ana.say(&trial.room, "some words").unwrap();
        trial.settled().await;
        let heard = if without_words { "said: " } else { "said: some words" };
        assert_eq!(trial.count(heard), 1, "{:?}", trial.seen());
        // In the middle of a session: what is left is tried, then only the operator can help.
        trial.sandbox.privileged(Privileged::NONE);
        trial.sandbox.faults().close_gateway(4014);
        if !without_words {
            trial.sessions(2).await;
            assert!(trial.gateway.is_without_words());
            trial.works().await;
            trial.sandbox.faults().close_gateway(4014);
        }
        assert_eq!(within("ending", trial.running).await.unwrap(), Err(Trouble::Intents));
    }
    assert!(Trouble::Intents.to_string().contains("Message Content Intent"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_origin_that_is_not_discord_is_named() {
    for harm in [Harm::Refused { status: 404, code: 0 }, Harm::Garbage] {
        let trial = Trial::start_unready(SandboxOptions::default(), timings(), |sandbox| {
            sandbox.faults().always("GET", "/gateway/bot", harm.clone());
        })
        .await;
        let ended = within("ending", trial.running).await.unwrap().unwrap_err();
        assert!(ended.is_configuration() && ended.to_string().contains(&trial.sandbox.origin()), "{ended}");
        // Nothing was connected to: not even the gateway everybody knows.
        assert_eq!(trial.sandbox.sessions(), (0, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn registering_commands_is_tried_again_and_holds_up_nothing() {
    let mut refused = None;
    let trial = Trial::start_unready(SandboxOptions::default(), timings(), |sandbox| {
        refused = Some(sandbox.faults().always(
            "PUT",
            "/applications/*/commands",
            Harm::Refused { status: 400, code: 50035 },
        ));
    })
    .await;
    trial.sessions(1).await;
    trial.ana.say(&trial.room, "heard all the same").unwrap();
    trial.settled().await;
    assert_eq!(trial.count("said: heard all the same"), 1);
    trial.asked(1, "/commands").await;
    trial.sandbox.faults().lift(refused.unwrap());
    within("registering", trial.gateway.until_registered()).await;
    trial.works().await;
    // What is registered already is not registered again.
    let before = trial.sandbox.requests().iter().filter(|request| request.method == "PUT").count();
    let again = Gateway::new(
        bot(&trial.sandbox.origin(), &trial.sandbox.token(), tempfile::tempdir().unwrap().path()).await,
        timings(),
    );
    let stop = CancellationToken::new();
    let running = tokio::spawn(again.clone().run(stop.clone()));
    within("registering", again.until_registered()).await;
    stop.cancel();
    within("stopping", running).await.unwrap().unwrap();
    assert_eq!(trial.sandbox.requests().iter().filter(|request| request.method == "PUT").count(), before);
    trial.stop.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_decoded_is_counted_by_type_and_its_words_are_still_heard() {
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    trial.sandbox.dispatch_raw("SOMETHING_NEW", &json!({"secret": "words"}));
    trial.sandbox.dispatch_raw(
        "MESSAGE_CREATE",
        &json!({
            "id": "901", "channel_id": trial.room.id().to_string(), "guild_id": trial.guild.id().to_string(), "type": 0,
            "author": {"id": trial.ana.id().to_string()}, "content": "undecodable words", "timestamp": "2026-03-10T18:00:00Z",
        }),
    );
    trial.sandbox.faults().gateway_garbage();
    trial.settled().await;
    let counted = trial.gateway.undecodable();
    assert_eq!(
        counted.iter().map(|(kind, count)| (kind.as_str(), *count)).collect::<Vec<_>>(),
        [("MESSAGE_CREATE", 1), ("SOMETHING_NEW", 1)]
    );
    assert_eq!(trial.count("said: undecodable words"), 1);
    trial.works().await;
    trial.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_callback_is_repeated_until_the_person_sees_it_once() {
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    for harm in [Harm::DroppedBefore, Harm::DroppedAfter, Harm::Status(502), Harm::StatusAfter(500)] {
        let fault = trial.sandbox.faults().next("POST", "/interactions/*/*/callback", harm.clone());
        let answer = trial.ana.run("/ping").await.unwrap();
        assert_eq!(answer.messages.len(), 1, "{harm:?}");
        assert_eq!(trial.sandbox.faults().struck(fault), 1, "{harm:?}");
    }
    trial.stops().await;
}

/// A gateway of its own that closes without a code, which makes serenity spin: what follows must be a
/// new connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_without_a_code_does_not_spin_for_long() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = watch::Sender::new(0_u32);
    let counted = connections.clone();
    let upgrade = move |socket: WebSocketUpgrade| {
        let counted = counted.clone();
        async move {
            socket.on_upgrade(move |mut socket| async move {
                counted.send_modify(|count| *count += 1);
                let send = |value: serde_json::Value| Message::Text(value.to_string().into());
                let _ = socket.send(send(json!({"op": 10, "d": {"heartbeat_interval": 41250}}))).await;
                let _identify = socket.recv().await;
                let ready = json!({"op": 0, "s": 1, "t": "READY", "d": {
                    "v": 10, "user": {"id": "5", "username": "bot", "discriminator": "0000", "avatar": null, "bot": true}, "guilds": [], "session_id": "s",
                    "resume_gateway_url": "ws://127.0.0.1", "application": {"id": "5", "flags": 0}, "shard": [0, 1],
                }});
                let _ = socket.send(send(ready)).await;
                let _ = socket.send(Message::Close(None)).await;
            })
        }
    };
    let facts = json!({"url": format!("ws://{address}"), "shards": 1, "session_start_limit": {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}});
    let router = axum::Router::new()
        .route("/", axum::routing::get(upgrade))
        .route("/api/v10/gateway/bot", axum::routing::get(move || async move { facts.to_string() }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let folder = tempfile::tempdir().unwrap();
    let gateway = Gateway::new(bot(&format!("http://{address}"), "t.o.k", folder.path()).await, timings());
    let stop = CancellationToken::new();
    let running = tokio::spawn(gateway.clone().run(stop.clone()));
    within("new connections", async { connections.subscribe().wait_for(|count| *count >= 3).await.map(|_| ()) })
        .await
        .unwrap();
    within("sessions", gateway.until_sessions(2)).await;
    stop.cancel();
    within("stopping", running).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn breaking_off_ends_everything_in_the_middle() {
    let trial = Trial::start(SandboxOptions::default(), timings()).await;
    trial.ana.say(&trial.room, "wait for ever").unwrap();
    trial.running.abort();
    trial.sandbox.until(PATIENCE, |sandbox| !sandbox.connected()).await.unwrap();
}
