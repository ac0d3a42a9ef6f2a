//! Composition: opens, wires, starts and stops the parts in order. Decides nothing.
//!
//! Order of opening: what only needs reading (lexicon, helplines, declared countries), the lock, the operator's
//! key, the database; then memory and declared groups; then courier, planner and gateway begin. Stopping goes the other way: no new work, what is in
//! flight is settled within ten seconds, the files are closed.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::clock::{Bell, Clock};
use crate::config::Config;
use crate::coping::Library;
use crate::crisis::lexicon::Lexicon;
use crate::database::{Database, OpenError};
use crate::deps::Deps;
use crate::discord::gateway::{Gateway, Timings, Trouble};
use crate::discord::rest::RestTimings;
use crate::discord::voices::Voices;
use crate::discord::{Bot, Rest, Slice};
use crate::helplines::Directory;
use crate::outbox::{Courier, Drawn, Envelope};
use crate::refusal::Stop;
use crate::roster::Roster;
use crate::sessions::actions::attending;
use crate::vault::{MasterKey, Vault};
use crate::{alumni, checkins, crisis, groups, outbox, privacy, recovery, sessions, web};

/// How long what is in flight may take to settle at the end.
const STOP_WITHIN: Duration = Duration::from_secs(10);
/// How long a failed planning tick waits before the next.
const TICK_AGAIN: TimeDelta = TimeDelta::seconds(5);

/// How long things with Discord may take: the defaults are for Discord, a stage on loopback is quicker.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// Connecting and staying connected.
    pub gateway: Timings,
    /// Single calls.
    pub rest: RestTimings,
}

/// Why the bot did not start, or stopped by itself.
#[derive(Debug)]
pub enum Ended {
    /// Something the operator can put right; exit code 2.
    Configuration(String),
    /// Our fault, or the world's; exit code 1.
    Fault(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Ended {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refusal(refusal) => Self::Configuration(refusal.to_string()),
            Stop::Fault(error) => Self::Fault(error),
        }
    }
}

/// What lies below Discord, opened for writing, and the lock that keeps everybody else from that.
pub struct Opened {
    /// The parts.
    pub deps: Deps,
    /// Held while we run; the system lets go of it when the process ends, however it ends.
    lock: std::fs::File,
}

impl std::ops::Deref for Opened {
    type Target = Deps;

    fn deref(&self) -> &Deps {
        &self.deps
    }
}

/// Every slice, in the order in which its commands are listed.
pub fn slices() -> Vec<Slice> {
    vec![
        groups::commands::slice(),
        sessions::commands::slice(),
        checkins::commands::slice(),
        recovery::commands::slice(),
        crisis::commands::slice(),
        alumni::commands::slice(),
        privacy::commands::slice(),
    ]
}

/// The words and lines that are read once, at start. Cheap to clone.
#[derive(Clone)]
pub struct Read {
    lexicon: Lexicon,
    helplines: Arc<Directory>,
    coping: Arc<Library>,
}

/// Reads the lexicon and the helplines that a configuration names.
///
/// # Errors
/// Everything that is wrong with one of them.
pub fn read(config: &Config) -> Result<Read, Ended> {
    // One after the other: side by side is 15 ms faster and costs 1 MiB at idle (measured), which is dearer.
    let lexicon = made_apart(|| open_lexicon(config.lexicon.as_deref()), Lexicon::copied)?;
    let helplines = made_apart(|| open_helplines(config.helplines.as_deref()), Directory::copied)?;
    let coping = Library::embedded()
        .map_err(|problems| Ended::Configuration(format!("The coping skills cannot be used.\n{problems}")))?;
    Ok(Read { lexicon, helplines: Arc::new(helplines), coping: Arc::new(coping) })
}

/// Opens everything that lies below Discord. Nothing is made or changed before it is sure that the configuration
/// can be used and that no other Daymark works on these files.
///
/// # Errors
/// One sentence for each thing the operator can put right.
pub async fn open(config: Config, clock: Clock) -> Result<Opened, Ended> {
    let read = read(&config)?;
    open_with(config, clock, read).await
}

/// As [`open`], with words and lines that were read before: where many bots are started in one process.
///
/// # Errors
/// As [`open`].
pub async fn open_with(mut config: Config, clock: Clock, read: Read) -> Result<Opened, Ended> {
    know_countries(&mut config, &read)?;
    let lock = lock(&config.database)?;
    let vault = open_vault(&config)?;
    let database = Database::open(&config.database).await.map_err(|error| Ended::Configuration(error.to_string()))?;
    let deps = Deps {
        clock,
        config: Arc::new(config),
        database,
        vault: Arc::new(vault),
        helplines: read.helplines,
        coping: read.coping,
        roster: Arc::new(Roster::default()),
        lexicon: read.lexicon,
        courier: Bell::default(),
        planner: Bell::default(),
        acting: None,
    };
    if let Err(sentence) = groups::actions::check_key(&deps).await? {
        deps.database.close().await;
        return Err(Ended::Configuration(sentence));
    }
    Ok(Opened { deps, lock })
}

/// Brings the countries of declared groups to the codes of the helplines.
///
/// # Errors
/// Names every group whose country has no helplines.
pub fn know_countries(config: &mut Config, read: &Read) -> Result<(), Ended> {
    let mut problems = Vec::new();
    for (index, group) in config.groups.iter_mut().enumerate() {
        match read.helplines.find_country(&group.country) {
            Some(country) => group.country = country.code.to_string(),
            None => problems.push(format!(
                "group[{}].country \"{}\" is no country of the helplines; write one of theirs, such as \"US\" or \"GB\"",
                index + 1,
                group.country
            )),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Ended::Configuration(problems.join("\n"))) }
}

/// A key is made only for an installation that has no data yet: where members' keys exist, a missing key
/// file is a loss to be told, not a reason for a fresh key that opens nothing.
fn open_vault(config: &Config) -> Result<Vault, Ended> {
    Ok(Vault::new(master(config, !Database::has_keys(&config.database))?))
}

/// The operator's key, from wherever the configuration says; only a key file is made when there is none.
///
/// # Errors
/// One sentence that says what is wrong with it, and no part of it.
pub fn master(config: &Config, may_make: bool) -> Result<MasterKey, Ended> {
    let said = |error: &dyn std::fmt::Display| Ended::Configuration(error.to_string());
    match (&config.key, &config.key_command) {
        (Some(key), _) => MasterKey::from_text(key.expose_secret())
            .map_err(|why| Ended::Configuration(format!("DAYMARK_KEY cannot be used: {why}"))),
        (None, Some(command)) => MasterKey::from_command(command).map_err(|error| said(&error)),
        (None, None) if may_make => MasterKey::load_or_create(&config.key_file).map_err(|error| said(&error)),
        (None, None) => MasterKey::load(&config.key_file).map_err(|error| said(&error)),
    }
}

/// Makes something on a thread of its own and keeps a copy of it. Reading and compiling leave several times as
/// much rubbish behind as what they make; the allocator gives a thread's memory back only when the thread itself
/// has let go of all of it, so it drops the original after the copy was made (measured: 10 MiB less at idle).
fn made_apart<T: Send + Sync>(
    make: impl FnOnce() -> Result<T, Ended> + Send,
    copy: impl FnOnce(&T) -> T,
) -> Result<T, Ended> {
    let (give, take) = std::sync::mpsc::sync_channel::<Arc<T>>(0);
    let (done, wait) = std::sync::mpsc::sync_channel::<()>(0);
    std::thread::scope(|scope| {
        let thread = scope.spawn(move || {
            let made = Arc::new(make()?);
            if give.send(Arc::clone(&made)).is_ok() {
                // An error means that nobody copies any more, which is the same.
                let _ = wait.recv();
            }
            Ok(())
        });
        let kept = take.recv().map(|made| copy(&made));
        drop(done);
        match thread.join() {
            Ok(ended) => ended.and_then(|()| Ok(kept?)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Opens the built-in lexicon, or the files of a folder.
///
/// # Errors
/// Every problem of the files.
pub fn open_lexicon(folder: Option<&Path>) -> Result<Lexicon, Ended> {
    let lexicon = match folder {
        Some(folder) => Lexicon::load(folder),
        None => Lexicon::embedded(),
    };
    lexicon.map_err(|error| Ended::Configuration(format!("The lexicon cannot be used.\n{error}")))
}

/// The vault, if its key is there already; nothing is made.
///
/// # Errors
/// When the key cannot be used, or is missing where members' keys need it.
pub fn existing_vault(config: &Config) -> Result<Option<Vault>, Ended> {
    if config.key_is_a_file() && !Database::has_keys(&config.database) && !config.key_file.exists() {
        return Ok(None);
    }
    Ok(Some(Vault::new(master(config, false)?)))
}

/// Opens the built-in helplines, or those of a file.
///
/// # Errors
/// Every problem of the file.
pub fn open_helplines(path: Option<&Path>) -> Result<Directory, Ended> {
    let Some(path) = path else {
        return Directory::embedded().map_err(|problems| Ended::Configuration(problems.to_string()));
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Ended::Configuration(format!("{} cannot be read: {error}", path.display())))?;
    Directory::parse(&text).map_err(|problems| Ended::Configuration(format!("{}: {problems}", path.display())))
}

/// Keeps a second bot from running on the same data (two couriers would say everything twice), and anybody from
/// taking the data away from under one that runs.
///
/// # Errors
/// When one is running.
pub fn lock(database: &Path) -> Result<std::fs::File, Ended> {
    let path = database.with_extension("lock");
    let said = |why: String| Ended::Configuration(format!("{}: {why}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|source| {
            Ended::Configuration(OpenError::Folder { path: folder.to_path_buf(), source }.to_string())
        })?;
    }
    let file = std::fs::File::create(&path).map_err(|error| {
        let reason = format!("its lock {} cannot be made: {error}", path.display());
        Ended::Configuration(OpenError::Sqlite { path: database.to_path_buf(), reason }.to_string())
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(said(
            "another Daymark is running on this database. Stop it first, or give this one a database of its own."
                .to_owned(),
        )),
        Err(std::fs::TryLockError::Error(error)) => Err(said(error.to_string())),
    }
}

/// The running bot.
pub struct App {
    _lock: std::fs::File,
    deps: Deps,
    gateway: Gateway,
    cancel: CancellationToken,
    courier: JoinHandle<()>,
    planner: JoinHandle<()>,
    lister: JoinHandle<()>,
    /// Rung by the planner after every round, since whatever it was about may have to be shown.
    listing: Bell,
    connection: JoinHandle<Result<(), Trouble>>,
    /// The door for calendar programs, where the configuration opens one.
    door: Option<Door>,
}

struct Door {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl App {
    /// Wires the parts and begins to work. Returns as soon as everything is under way; whether Discord
    /// answers shows in [`App::ended`].
    ///
    /// # Errors
    /// When the database cannot be read or written, or a declared group does not fit.
    pub async fn start(opened: Opened, token: SecretString, pace: Pace) -> Result<Self, Ended> {
        let Opened { deps, lock } = opened;
        let listener = match &deps.config.http {
            Some(http) => Some(web::open(http).await.map_err(Ended::Configuration)?),
            None => None,
        };
        privacy::actions::forget_again(&deps.database).await?;
        groups::actions::load_roster(&deps).await?;
        crisis::actions::lines::load(&deps).await?;
        crisis::words::actions::load(&deps).await?;
        crisis::places::actions::load(&deps).await?;
        apply_declared(&deps).await?;
        let rest = Rest::with_timings(deps.config.api_base.as_deref(), &token, pace.rest)?;
        let bot = Bot { deps: deps.clone(), rest: rest.clone(), slices: Arc::new(slices()), voices: Voices::default() };
        let cancel = CancellationToken::new();
        let courier = Courier::new(
            deps.clock.clone(),
            deps.database.clone(),
            Arc::new(rest.clone()),
            draws(&deps, &rest),
            deps.courier.clone(),
        );
        let courier = tokio::spawn(courier.run(cancel.child_token()));
        let listing = Bell::default();
        let planner = tokio::spawn(plan(deps.clone(), listing.clone(), cancel.child_token()));
        let lister = list_ahead(deps.clone(), bot.rest.clone(), listing.clone(), cancel.child_token());
        let lister = tokio::spawn(lister);
        let gateway = Gateway::new(bot, pace.gateway);
        let connection = tokio::spawn(gateway.clone().run(cancel.child_token()));
        let door = match listener {
            Some(listener) => {
                let address = listener.local_addr()?;
                tracing::info!(%address, "calendar feeds and health can be asked for");
                let task = web::run(listener, deps.clone(), gateway.clone(), rest, cancel.child_token());
                Some(Door { address, task: tokio::spawn(task) })
            }
            None => None,
        };
        Ok(Self { _lock: lock, deps, gateway, cancel, courier, planner, lister, listing, connection, door })
    }

    /// The parts below Discord.
    pub fn deps(&self) -> &Deps {
        &self.deps
    }

    /// The connection.
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Where calendar programs can ask, if anywhere.
    pub fn door(&self) -> Option<SocketAddr> {
        self.door.as_ref().map(|door| door.address)
    }

    /// Returns when a part has ended that never should, with the reason: the connection for good, or the
    /// planner, the courier or the lister at all.
    pub async fn ended(&mut self) -> Ended {
        first_end(&mut self.connection, &mut self.planner, &mut self.courier, &mut self.lister).await
    }

    /// Returns when everything that is due is done: every event up to number `dispatched` of this
    /// session was handled, planner and courier have been round since, and nothing new has come of it.
    pub async fn settle(&self, dispatched: impl Fn() -> u64) {
        loop {
            let before = dispatched();
            self.gateway.until_handled(before).await;
            self.deps.planner.ring_and_wait().await;
            self.listing.ring_and_wait().await;
            self.deps.courier.ring_and_wait().await;
            if dispatched() == before {
                return;
            }
        }
    }

    /// The next moment at which something is due, as far as the database knows.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_moment(&self) -> anyhow::Result<Option<DateTime<Utc>>> {
        let pool = self.deps.database.read();
        let sessions = sessions::actions::next(pool).await?;
        let checkins = checkins::actions::prompts::next(&self.deps).await?;
        let recovery = recovery::actions::next(&self.deps).await?;
        let concerns = crisis::store::next(pool).await?;
        let alumni = alumni::actions::next(&self.deps).await?;
        let mut connection = pool.acquire().await?;
        let outbox = outbox::store::next_at(&mut connection, self.deps.clock.now()).await?;
        let listing = sessions::actions::next_listing(&self.deps).await?;
        Ok([sessions, checkins, recovery, concerns, alumni, outbox, listing].into_iter().flatten().min())
    }

    /// Ends at once, in the middle of whatever is done, as a crash would; for tests of what a crash leaves.
    pub async fn kill(self) {
        for part in [&self.courier, &self.planner, &self.lister] {
            part.abort();
        }
        self.connection.abort();
        self.cancel.cancel();
        if let Some(door) = self.door {
            door.task.abort();
            over(door.task).await;
        }
        over(self.courier).await;
        over(self.planner).await;
        over(self.lister).await;
        over(self.connection).await;
        self.deps.database.close().await;
    }

    /// Stops: no new work, what is in flight is settled, the files are closed.
    pub async fn stop(self) {
        self.cancel.cancel();
        let parts = async {
            if let Some(door) = self.door {
                over(door.task).await;
            }
            over(self.connection).await;
            over(self.planner).await;
            over(self.lister).await;
            over(self.courier).await;
        };
        if tokio::time::timeout(STOP_WITHIN, parts).await.is_err() {
            tracing::warn!("not everything was settled in time; it goes on at the next start");
        }
        self.deps.database.close().await;
    }
}

/// Waits for a part's end. A task can be waited for only once, and one that ended by itself was waited for in
/// [`App::ended`]; why it did was told there, here only its end counts.
async fn over<T>(part: JoinHandle<T>) {
    if !part.is_finished() {
        let _ = part.await;
    }
}

/// The first of the parts to end, as a reason for the operator. Without any one of them members would miss what
/// they rely on, and nobody would know.
async fn first_end(
    connection: &mut JoinHandle<Result<(), Trouble>>,
    planner: &mut JoinHandle<()>,
    courier: &mut JoinHandle<()>,
    lister: &mut JoinHandle<()>,
) -> Ended {
    let broke = |part: &str, end: Result<(), JoinError>| match end {
        Ok(()) => Ended::Fault(anyhow::anyhow!("{part} ended. Start Daymark again; it goes on where it was.")),
        Err(error) => Ended::Fault(
            anyhow::Error::new(error)
                .context(format!("{part} broke off. Start Daymark again; it goes on where it was")),
        ),
    };
    tokio::select! {
        end = connection => match end {
            Ok(Err(trouble)) if trouble.is_configuration() => Ended::Configuration(trouble.to_string()),
            Ok(Err(trouble)) => Ended::Fault(trouble.into()),
            Ok(Ok(())) => broke("the connection to Discord", Ok(())),
            Err(error) => broke("the connection to Discord", Err(error)),
        },
        end = planner => broke("the planner, which finds what is due,", end),
        end = courier => broke("the courier, which sends what is due,", end),
        end = lister => broke("the lister, which keeps the servers' events in step,", end),
    }
}

async fn apply_declared(deps: &Deps) -> Result<(), Ended> {
    for (group, declared) in groups::actions::apply_declared(deps).await? {
        sessions::actions::apply_declared(deps, &group, &declared.series).await?;
    }
    Ok(())
}

/// Leads each kind of envelope to the slice that draws it.
fn draws(deps: &Deps, rest: &Rest) -> outbox::DrawFn {
    let (deps, rest) = (deps.clone(), rest.clone());
    Arc::new(move |envelope: Envelope| -> BoxFuture<'static, anyhow::Result<Drawn>> {
        let (deps, rest) = (deps.clone(), rest.clone());
        Box::pin(async move {
            match envelope.kind.as_str() {
                sessions::actions::REMINDER | sessions::actions::CORRECTION => {
                    sessions::actions::draw(&deps, &envelope).await
                }
                attending::DIRECT | attending::CAME_FREE | attending::PLACE | attending::MISSED => {
                    attending::draw(&deps, &rest, &envelope).await
                }
                checkins::actions::prompts::PROMPT
                | checkins::actions::prompts::DIRECT
                | checkins::actions::prompts::UNUSED
                | checkins::actions::sharing::SHARE
                | checkins::actions::silence::NOTE
                | checkins::actions::silence::TELL => checkins::actions::prompts::draw(&deps, &envelope).await,
                crisis::actions::hand::HAND_UP => crisis::actions::hand::draw(&deps, &envelope).await,
                crisis::actions::HELLO => Ok(crisis::actions::draw_hello()),
                crisis::actions::lines::OLD => Ok(crisis::actions::lines::draw_old(&deps, &envelope)),
                crisis::places::actions::NOTICE => crisis::places::actions::draw(&deps, &envelope),
                crisis::actions::postvention::NOTE => crisis::actions::postvention::draw(&deps, &envelope),
                crisis::actions::concerns::CALL
                | crisis::actions::concerns::TRUTH
                | crisis::actions::concerns::NOTICE => crisis::actions::concerns::draw(&deps, &envelope).await,
                alumni::actions::steps::OFFER
                | alumni::actions::steps::ANSWERED
                | alumni::actions::steps::GRADUATED
                | alumni::actions::touches::TOUCH
                | alumni::mentors::actions::ASK
                | alumni::actions::companions::ASK
                | alumni::actions::companions::DUE
                | alumni::actions::companions::NEWS
                | alumni::notes::actions::NOTE
                | alumni::notes::actions::WAITS
                | alumni::notes::actions::NEWS
                | alumni::mentors::actions::NEWS => alumni::actions::draw(&deps, &envelope).await,
                kind => match recovery::actions::draw(&deps, &envelope).await? {
                    Some(drawn) => Ok(drawn),
                    None => Err(anyhow::anyhow!("nobody draws envelopes of kind {kind}")),
                },
            }
        })
    })
}

/// The planner: asks every slice what fell due, then waits for the next moment or a ring.
async fn plan(deps: Deps, listing: Bell, cancel: CancellationToken) {
    let started = deps.clock.now();
    let mut pruned_on = None;
    while !cancel.is_cancelled() {
        let round = deps.planner.round();
        let now = deps.clock.now();
        let mut next = tick(&deps, now).await;
        if deps.database.is_unfolded() {
            deps.database.fold().await;
            if deps.database.is_unfolded() {
                next = next.into_iter().chain([now + TICK_AGAIN]).min();
            }
        }
        if pruned_on != Some(now.date_naive()) {
            match prune(&deps, started, now).await {
                Ok(()) => pruned_on = Some(now.date_naive()),
                Err(error) => tracing::error!(error = format!("{error:#}"), "pruning failed"),
            }
        }
        let next = next.into_iter().chain(tomorrow(now)).min();
        deps.planner.finish(round);
        listing.ring();
        tokio::select! {
            () = cancel.cancelled() => {}
            () = deps.planner.wait(round, &deps.clock, next) => {}
        }
    }
}

/// The lister: keeps the servers' events in step. Apart from the planner, because it waits for Discord.
async fn list_ahead(deps: Deps, rest: Rest, listing: Bell, cancel: CancellationToken) {
    while !cancel.is_cancelled() {
        let round = listing.round();
        let done = tokio::select! {
            () = cancel.cancelled() => return,
            done = sessions::actions::list_ahead(&deps, &rest) => done,
        };
        let next = done.unwrap_or_else(|error| {
            tracing::error!(error = format!("{error:#}"), "events could not be brought up to date, trying again soon");
            Some(deps.clock.now() + TICK_AGAIN)
        });
        listing.finish(round);
        tokio::select! {
            () = cancel.cancelled() => {}
            () = listing.wait(round, &deps.clock, next) => {}
        }
    }
}

/// Asks the slices, each by itself: what is wrong with one keeps nothing of another from being said.
async fn tick(deps: &Deps, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let asked = [
        ("concerns", crisis::actions::concerns::tick(deps).await),
        ("sessions", sessions::actions::tick(deps).await),
        ("check-ins", checkins::actions::prompts::tick(deps).await),
        ("recovery", recovery::actions::tick(deps).await),
        ("alumni", alumni::actions::tick(deps).await),
    ];
    let next = asked.map(|(slice, next)| {
        next.unwrap_or_else(|error| {
            tracing::error!(slice, error = format!("{error:#}"), "planning failed, trying again soon");
            Some(now + TICK_AGAIN)
        })
    });
    next.into_iter().flatten().min()
}

async fn prune(deps: &Deps, started: DateTime<Utc>, now: DateTime<Utc>) -> anyhow::Result<()> {
    sessions::actions::prune(deps, now).await?;
    crisis::actions::concerns::prune(deps, now).await?;
    sessions::practice::actions::prune(deps, now).await?;
    checkins::actions::prune(deps, now).await?;
    alumni::actions::prune(deps, now).await?;
    recovery::actions::prune(deps, now).await?;
    privacy::actions::prune(deps, started, now).await
}

/// When the next day begins, for what is done once a day; days are counted in UTC here, since nobody sees them.
fn tomorrow(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(now.date_naive().succ_opt()?.and_time(chrono::NaiveTime::MIN).and_utc())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn goes_on<T: Send + 'static>() -> JoinHandle<T> {
        tokio::spawn(std::future::pending())
    }

    fn breaks_off() -> JoinHandle<()> {
        tokio::spawn(async { panic!("for the test") })
    }

    #[tokio::test]
    async fn a_part_that_breaks_off_ends_the_program_with_a_sentence_and_is_waited_for_once() {
        for (courier, name) in [(true, "the courier"), (false, "the planner")] {
            let mut connection = goes_on();
            let mut planner = if courier { goes_on() } else { breaks_off() };
            let mut courier = if courier { breaks_off() } else { goes_on() };
            let ended = first_end(&mut connection, &mut planner, &mut courier, &mut goes_on()).await;
            let Ended::Fault(error) = ended else { panic!("a fault") };
            let said = format!("{error:#}");
            assert!(said.contains(name) && said.contains("Start Daymark again"), "{said}");
            for part in [courier, planner] {
                part.abort();
                over(part).await;
            }
        }
    }

    #[tokio::test]
    async fn a_refused_token_is_the_operators_to_put_right_and_waited_for_once() {
        let mut connection = tokio::spawn(async { Err(Trouble::Token) });
        let ended = first_end(&mut connection, &mut goes_on(), &mut goes_on(), &mut goes_on()).await;
        assert!(matches!(ended, Ended::Configuration(said) if said.contains("refuses the token")));
        over(connection).await;
    }

    #[test]
    fn a_declared_country_is_one_of_the_helplines() {
        let declared = |country: &str| {
            let text = format!(
                "[[group]]\nguild = '1'\nname = 'Evening'\nzone = 'Europe/London'\nchannel = '2'\ncountry = '{country}'\n"
            );
            Config::parse(&text, "test.toml", &crate::config::Overrides::default())
        };
        let mut config = declared("uk").unwrap();
        let read = read(&config).ok().unwrap();
        assert!(know_countries(&mut config, &read).is_ok());
        assert_eq!(config.groups[0].country, "GB");
        let mut config = declared("XQ").unwrap();
        let said = know_countries(&mut config, &read).err();
        assert!(
            matches!(said, Some(Ended::Configuration(said)) if said.contains("group[1].country \"XQ\"") && said.contains("\"US\""))
        );
    }
}
