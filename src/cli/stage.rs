//! A stage: the sandbox, the real bot against it, a small group of people, and one clock. The demo plays
//! on it, and so do the tests; both use nothing but what people can do on Discord.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::app::{self, App, Ended, Pace};
use crate::clock::Clock;
use crate::config::Config;
use crate::discord::gateway::Timings;
use crate::discord::rest::RestTimings;
use crate::sandbox::permissions::VIEW_CHANNEL;
use crate::sandbox::{Channel, Guild, Kind, Person, Role, Sandbox, SandboxOptions};

/// How long the bot may take to log in and register its commands before the stage gives up. Real time;
/// it takes well under a second.
const READY_WITHIN: Duration = Duration::from_secs(20);
/// What the bot is given in the guild, as the link of `daymark invite` asks for it.
pub const BOT_PERMISSIONS: u64 = crate::discord::startup_check::INVITED_WITH;

/// The pace on loopback: nobody limits how often we log in there, and an answer takes no time.
pub fn pace() -> Pace {
    let ms = Duration::from_millis;
    Pace {
        gateway: Timings {
            identify_gap: ms(10),
            pause: ms(20),
            longest_pause: ms(200),
            // Who is played by a script is as quick as one.
            at_once: u32::MAX,
            ..Timings::default()
        },
        rest: RestTimings { pause: ms(5), ..RestTimings::default() },
    }
}

/// Everything that is on stage.
pub struct Stage {
    /// The stand-in for Discord.
    pub sandbox: Sandbox,
    /// The clock that sandbox and bot share.
    pub clock: Clock,
    /// The one guild.
    pub guild: Guild,
    /// The group's channel.
    pub channel: Channel,
    /// Where facilitators talk.
    pub staff: Channel,
    /// The facilitators' role.
    pub facilitators: Role,
    people: Vec<Person>,
    folder: TempDir,
    config: Config,
    app: Option<App>,
}

impl Stage {
    /// Builds the world: a guild with a group's channel and a staff channel, its owner, a facilitator and
    /// the members, by name. The bot is not started yet.
    ///
    /// # Errors
    /// When a port or a temporary folder cannot be had.
    pub async fn build(clock: Clock, owner: &str, facilitator: &str, members: &[&str]) -> anyhow::Result<Self> {
        let sandbox_clock = clock.clone();
        let now = Arc::new(move || sandbox_clock.now().timestamp_millis());
        let sandbox = Sandbox::start(SandboxOptions { now, ..SandboxOptions::default() }).await?;
        let owner = sandbox.person(owner);
        let guild = sandbox.guild("Riverside", &owner);
        let facilitators = guild.role("Facilitators", 0);
        let channel = guild.channel("evening-group", Kind::Text);
        let staff = guild.channel("staff", Kind::Text);
        staff.overwrite_everyone(0, VIEW_CHANNEL);
        staff.overwrite_role(&facilitators, VIEW_CHANNEL, 0);
        guild.bot_permissions(BOT_PERMISSIONS);
        staff.overwrite_bot(VIEW_CHANNEL, 0);
        let facilitator = sandbox.person(facilitator);
        guild.member(&facilitator, &[&facilitators]);
        let mut people = vec![owner, facilitator];
        for name in members {
            let person = sandbox.person(name);
            guild.member(&person, &[]);
            people.push(person);
        }
        let folder = tempfile::Builder::new().prefix("daymark-").tempdir()?;
        let config = Config {
            database: folder.path().join("daymark.db"),
            key_file: folder.path().join("daymark.key"),
            api_base: Some(sandbox.origin()),
            lexicon: None,
            helplines: None,
            key_command: None,
            key: None,
            retention: crate::config::Retention::DEFAULT,
            http: None,
            groups: Vec::new(),
        };
        Ok(Self { sandbox, clock, guild, channel, staff, facilitators, people, folder, config, app: None })
    }

    /// The configuration the bot is started with; change it before [`Stage::start_bot`].
    pub fn config(&mut self) -> &mut Config {
        &mut self.config
    }

    /// The folder with the bot's files.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_path_buf()
    }

    /// Starts the bot and waits until it has logged in and its commands stand.
    ///
    /// # Errors
    /// What the bot says when it cannot start.
    pub async fn start_bot(&mut self) -> anyhow::Result<()> {
        self.start_bot_with(pace()).await
    }

    /// The same with other timings, for tests of what takes long on purpose.
    ///
    /// # Errors
    /// As [`Stage::start_bot`].
    pub async fn start_bot_with(&mut self, pace: Pace) -> anyhow::Result<()> {
        let read = built_in(&self.config).map_err(said)?;
        let deps = app::open_with(self.config.clone(), self.clock.clone(), read).await.map_err(said)?;
        let app = App::start(deps, SecretString::from(self.sandbox.token()), pace).await.map_err(said)?;
        self.app = Some(app);
        self.until_connected().await?;
        self.settle().await;
        Ok(())
    }

    /// Waits until the bot is connected and its commands stand.
    ///
    /// # Errors
    /// When that takes longer than it can.
    pub async fn until_connected(&self) -> anyhow::Result<()> {
        let ready =
            self.sandbox.until(READY_WITHIN, |sandbox| sandbox.connected() && !sandbox.commands(None).is_empty()).await;
        ready.map_err(|dump| anyhow::anyhow!("the bot did not get ready:\n{dump}"))
    }

    /// The running bot.
    ///
    /// # Errors
    /// When it is not running.
    pub fn app(&self) -> anyhow::Result<&App> {
        self.app.as_ref().context("the bot is not running")
    }

    /// Stops the bot as SIGTERM would.
    pub async fn stop_bot(&mut self) {
        if let Some(app) = self.app.take() {
            app.stop().await;
        }
    }

    /// Ends the bot in the middle of whatever it does, as far as that can be done inside one process.
    pub async fn kill_bot(&mut self) {
        if let Some(app) = self.app.take() {
            app.kill().await;
        }
    }

    /// Somebody by name.
    ///
    /// # Errors
    /// When nobody on stage is called that; the sentence names who is.
    pub fn person(&self, name: &str) -> anyhow::Result<Person> {
        let found = self.people.iter().find(|person| person.name().eq_ignore_ascii_case(name));
        found.cloned().map(|person| person.at(&self.channel).unwrap_or(person)).with_context(|| {
            let names: Vec<String> = self.people.iter().map(Person::name).collect();
            format!("nobody here is called {name}; there are {}", names.join(", "))
        })
    }

    /// Everybody on stage, owner and facilitator first.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Returns when the bot has done all that is due and everything that came of it.
    pub async fn settle(&self) {
        if let Some(app) = &self.app {
            let sandbox = self.sandbox.clone();
            app.settle(move || sandbox.dispatched()).await;
        }
    }

    /// Lets time pass until `to`, stopping at every moment at which the bot has something to do, so that
    /// each thing happens at its own time.
    ///
    /// # Errors
    /// When the bot's database cannot be read.
    pub async fn advance_to(&self, to: DateTime<Utc>) -> anyhow::Result<()> {
        self.settle().await;
        while self.clock.now() < to {
            let next = match &self.app {
                Some(app) => app.next_moment().await?,
                None => None,
            };
            // A moment that is not ahead (something is being retried at once) must not stop the clock.
            let step = next.filter(|next| *next > self.clock.now()).unwrap_or(to).min(to);
            self.clock.advance_to(step);
            self.settle().await;
        }
        Ok(())
    }
}

/// The words and lines of the program itself are read once in a process; a test run starts hundreds of bots.
fn built_in(config: &Config) -> Result<app::Read, Ended> {
    static READ: OnceLock<app::Read> = OnceLock::new();
    if config.lexicon.is_some() || config.helplines.is_some() {
        return app::read(config);
    }
    match READ.get() {
        Some(read) => Ok(read.clone()),
        None => {
            let read = app::read(config)?;
            Ok(READ.get_or_init(|| read).clone())
        }
    }
}

fn said(ended: Ended) -> anyhow::Error {
    match ended {
        Ended::Configuration(sentence) => anyhow::anyhow!(sentence),
        Ended::Fault(error) => error,
    }
}
