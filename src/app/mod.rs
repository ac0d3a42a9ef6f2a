//! Composition: opens, wires, starts and stops the parts in order. Decides nothing.
//!
//! First everything below Discord is opened (`open`); then memory and declared groups; then courier, planner, lister
//! and gateway begin (`work`). Stopping goes the other way: no new work, what is in flight is settled within ten
//! seconds, the files are closed.

mod open;
mod work;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;

pub use self::open::{
    Opened, Read, existing_vault, know_countries, lock, lock_rekey, master, open, open_helplines, open_lexicon,
    open_with, read,
};
use crate::clock::Bell;
use crate::deps::Deps;
use crate::discord::gateway::{Gateway, Timings, Trouble};
use crate::discord::rest::RestTimings;
use crate::discord::voices::Voices;
use crate::discord::{Bot, Rest, Slice};
use crate::outbox::Courier;
use crate::refusal::Stop;
use crate::{alumni, checkins, crisis, groups, outbox, privacy, recovery, sessions, web};

/// How long what is in flight may take to settle at the end.
const STOP_WITHIN: Duration = Duration::from_secs(10);

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
        work::apply_declared(&deps).await?;
        let rest = Rest::with_timings(deps.config.api_base.as_deref(), &token, pace.rest)?;
        let bot = Bot { deps: deps.clone(), rest: rest.clone(), slices: Arc::new(slices()), voices: Voices::default() };
        let cancel = CancellationToken::new();
        let courier = Courier::new(
            deps.clock.clone(),
            deps.database.clone(),
            Arc::new(rest.clone()),
            work::draws(&deps, &rest),
            deps.courier.clone(),
        );
        let courier = tokio::spawn(courier.run(cancel.child_token()));
        let listing = Bell::default();
        let planner = tokio::spawn(work::plan(deps.clone(), listing.clone(), cancel.child_token()));
        let lister = work::list_ahead(deps.clone(), bot.rest.clone(), listing.clone(), cancel.child_token());
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
