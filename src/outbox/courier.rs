//! The courier: the one loop that takes due envelopes, has their cards drawn, and sends them.
//!
//! An envelope is `sending`, and committed as such, before anything of it leaves; so whatever happens
//! after, the next courier knows that it may have been seen. One post per place is on its way at a time,
//! and each class leaves slots free for the higher ones (`policy::slots`).

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use super::envelope::Envelope;
use super::messenger::{Messenger, SendError};
use super::policy::{self, Attempt, Event, SEND_LIMIT, Step};
use super::store::{self, Ending, Release};
use crate::card::Card;
use crate::clock::{Bell, Clock};
use crate::database::Database;
use crate::ids::MessageId;

/// How long drawing a card may take: it reads a few rows, at most renders a picture.
pub const DRAW_LIMIT: Duration = Duration::from_secs(30);
/// How long a stopping courier waits for what is on its way; service managers give a little more.
pub const STOP_LIMIT: Duration = Duration::from_secs(10);
/// The shortest pause after the database failed.
const DATABASE_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause after the database failed again and again.
const LONGEST_DATABASE_PAUSE: Duration = Duration::from_secs(5);

/// Draws the card of an envelope at send time. The same envelope must be drawn in the same words each
/// time (see `Messenger::find`), except in the panel's small print.
pub type DrawFn = Arc<dyn Fn(Envelope) -> BoxFuture<'static, anyhow::Result<Drawn>> + Send + Sync>;

/// What drawing an envelope gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// This is to be posted.
    Card(Card),
    /// It no longer applies, for a reason from a fixed list of words.
    Gone(&'static str),
    /// Not now (quiet hours): again from then on.
    Later(DateTime<Utc>),
}

/// The loop that sends. There is one at a time for a database.
#[derive(Clone)]
pub struct Courier {
    clock: Clock,
    database: Database,
    messenger: Arc<dyn Messenger>,
    draw: DrawFn,
    bell: Bell,
}

/// How one attempt ended, before it is kept.
#[derive(Debug)]
enum End {
    Settle(Ending),
    Release(Release),
}

/// What must be written, however long it takes.
#[derive(Debug)]
enum Write<'a> {
    /// Whatever an earlier courier left in the middle of being sent goes back.
    Rescue,
    /// How the attempt of this envelope ended.
    Keep(&'a Envelope, End),
}

/// What one look at the outbox gave.
struct Taken {
    envelopes: Vec<Envelope>,
    claimed_at: DateTime<Utc>,
    /// Whether there is no more to take before something changes.
    all: bool,
    next_at: Option<DateTime<Utc>>,
}

impl Courier {
    /// A courier that is rung by `bell` after something was enqueued.
    pub fn new(clock: Clock, database: Database, messenger: Arc<dyn Messenger>, draw: DrawFn, bell: Bell) -> Self {
        Self { clock, database, messenger, draw, bell }
    }

    /// Sends what is due until `cancel`; then takes nothing more, waits up to [`STOP_LIMIT`] for what is
    /// on its way, and returns. What is still on its way then (or when this future is dropped) is taken
    /// up by the next courier as something that may have been seen.
    ///
    /// A round of the bell is finished once everything that was due is settled or put back.
    pub async fn run(self, cancel: CancellationToken) {
        let overdue = async {
            cancel.cancelled().await;
            tokio::time::sleep(STOP_LIMIT).await;
        };
        tokio::select! {
            () = self.work(&cancel) => {}
            () = overdue => warn!("stopped with posts still on their way; the next start looks after them"),
        }
    }

    async fn work(&self, cancel: &CancellationToken) {
        if cancel.run_until_cancelled(self.rescue()).await.is_none() {
            return;
        }
        let mut sending: JoinSet<()> = JoinSet::new();
        let mut failures = 0;
        while !cancel.is_cancelled() {
            while sending.try_join_next().is_some() {}
            let round = self.bell.round();
            match self.take(sending.len()).await {
                Ok(taken) => {
                    failures = 0;
                    for envelope in taken.envelopes {
                        sending.spawn(self.clone().deliver(envelope, taken.claimed_at));
                    }
                    if !taken.all {
                        continue;
                    }
                    if sending.is_empty() {
                        self.bell.finish(round);
                    }
                    tokio::select! {
                        () = cancel.cancelled() => {}
                        Some(_) = sending.join_next() => {}
                        () = self.bell.wait(round, &self.clock, taken.next_at) => {}
                    }
                }
                Err(error) => {
                    failures += 1;
                    error!(%error, failures, "the outbox cannot be read or written; trying again");
                    tokio::select! {
                        () = cancel.cancelled() => {}
                        () = tokio::time::sleep(database_pause(failures)) => {}
                    }
                }
            }
        }
        while sending.join_next().await.is_some() {}
    }

    /// Puts back what an earlier courier left in the middle of being sent.
    async fn rescue(&self) {
        let rescued = self.insist(&Write::Rescue).await;
        if let Some(count) = rescued.filter(|count| *count > 0) {
            info!(count, "envelopes were being sent when the last run ended; they are taken up again");
        }
    }

    /// Expires what is too late and claims what is due, in one transaction.
    async fn take(&self, in_flight: usize) -> sqlx::Result<Taken> {
        let mut tx = self.database.write().await?;
        let now = self.clock.now();
        let expired = store::expire(&mut tx, now).await?;
        let candidates = store::find_due(&mut tx, now).await?;
        let chosen = policy::choose(&candidates, in_flight);
        let envelopes =
            if chosen.is_empty() { Vec::new() } else { store::claim(&mut tx, now, &chosen).await? };
        let all = envelopes.is_empty() && expired == 0;
        let next_at = if all { store::next_at(&mut tx, now).await? } else { None };
        tx.commit().await?;
        if expired > 0 {
            warn!(count = expired, "envelopes expired before they could be sent");
        }
        Ok(Taken { envelopes, claimed_at: now, all, next_at })
    }

    /// Sends one claimed envelope and keeps how that ended.
    async fn deliver(self, envelope: Envelope, claimed_at: DateTime<Utc>) {
        let mut attempt = Attempt::of(&envelope, claimed_at);
        let end = self.attempt(&envelope, &mut attempt).await;
        tell(&envelope, &end);
        self.insist(&Write::Keep(&envelope, end)).await;
    }

    /// Draws, posts, looks: whatever the policy says next, until it says how the attempt ends.
    async fn attempt(&self, envelope: &Envelope, attempt: &mut Attempt) -> End {
        let drawn = contained(DRAW_LIMIT, async { (self.draw)(envelope.clone()).await }).await;
        let (card, mut event) = match drawn {
            Some(Ok(Drawn::Card(card))) => (card, Event::Ready),
            Some(Ok(Drawn::Gone(reason))) => return End::Settle(Ending::Cancelled(reason.into())),
            Some(Ok(Drawn::Later(at))) => return self.later(attempt, at),
            Some(Err(_)) | None => {
                error!(envelope = %envelope.id, kind = envelope.kind, attempts = envelope.attempts, "a card could not be drawn");
                (Card::default(), Event::Undrawn)
            }
        };
        loop {
            let ending = match attempt.next(self.clock.now(), &event) {
                Step::Post => {
                    event = Event::Posted(self.post(envelope, &card).await);
                    continue;
                }
                Step::LookThenPost { since } => {
                    event = Event::Looked(self.look(envelope, &card, since).await);
                    continue;
                }
                Step::TryAgain { at } => {
                    let (first_at, attempts) = (attempt.first_at, attempt.attempts);
                    return End::Release(Release { next_at: at, first_at, attempts });
                }
                Step::Sent(message) => Ending::Sent(message),
                Step::Undeliverable(reason) => Ending::Undeliverable(reason.to_string()),
                Step::Expired(reason) => Ending::Expired(reason.to_string()),
            };
            return End::Settle(ending);
        }
    }

    /// Back until `at`, as if this attempt had not begun; never at once, which would spin.
    fn later(&self, attempt: &Attempt, at: DateTime<Utc>) -> End {
        let soonest = self.clock.now().checked_add_signed(TimeDelta::seconds(1)).unwrap_or(at);
        let attempts = attempt.attempts.saturating_sub(1);
        End::Release(Release { next_at: at.max(soonest), first_at: attempt.first_at, attempts })
    }

    async fn post(&self, envelope: &Envelope, card: &Card) -> Result<MessageId, SendError> {
        let posted =
            contained(SEND_LIMIT, async { self.messenger.send(envelope.place, card, &envelope.nonce).await }).await;
        posted.unwrap_or_else(|| Err(SendError::Unsure("the post did not come back".into())))
    }

    async fn look(
        &self,
        envelope: &Envelope,
        card: &Card,
        since: DateTime<Utc>,
    ) -> Result<Option<MessageId>, SendError> {
        let looked = contained(SEND_LIMIT, async { self.messenger.find(envelope.place, card, since).await }).await;
        looked.unwrap_or_else(|| Err(SendError::Unsure("the look did not come back".into())))
    }

    /// Writes in a short transaction of its own, again and again until it succeeds: a full disk or a
    /// locked file costs time, never what is known. Gives how many rows it was; `None` only when the
    /// database was closed.
    async fn insist(&self, what: &Write<'_>) -> Option<u64> {
        let mut failures = 0;
        loop {
            match self.write(what).await {
                Ok(count) => return Some(count),
                Err(sqlx::Error::PoolClosed) => return None,
                Err(error) => {
                    failures += 1;
                    error!(%error, failures, "the outbox cannot be written; trying again");
                    tokio::time::sleep(database_pause(failures)).await;
                }
            }
        }
    }

    async fn write(&self, what: &Write<'_>) -> sqlx::Result<u64> {
        let mut tx = self.database.write().await?;
        let now = self.clock.now();
        let count = match what {
            Write::Rescue => store::rescue(&mut tx, now, None).await?,
            Write::Keep(envelope, End::Settle(ending)) => {
                u64::from(store::settle(&mut tx, now, envelope.id, envelope.attempts, ending).await?)
            }
            Write::Keep(envelope, End::Release(release)) => {
                u64::from(store::release(&mut tx, now, envelope.id, envelope.attempts, *release).await?)
            }
        };
        tx.commit().await?;
        Ok(count)
    }
}

/// The pause after that many failures of the database in a row.
fn database_pause(failures: u32) -> Duration {
    DATABASE_PAUSE.saturating_mul(1 << failures.min(16)).min(LONGEST_DATABASE_PAUSE)
}

/// Runs somebody else's code so that neither a panic nor a hang in it reaches the loop: both give `None`.
async fn contained<T>(limit: Duration, run: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, AssertUnwindSafe(run).catch_unwind()).await.ok().and_then(Result::ok)
}

/// One log line per end, with ids and states only.
fn tell(envelope: &Envelope, end: &End) {
    let (id, kind, attempts) = (envelope.id, envelope.kind.as_str(), envelope.attempts);
    match end {
        End::Settle(Ending::Sent(message)) => debug!(envelope = %id, kind, attempts, %message, "sent"),
        End::Settle(Ending::Cancelled(reason)) => debug!(envelope = %id, kind, reason, "no longer applies"),
        End::Settle(Ending::Expired(reason)) => warn!(envelope = %id, kind, attempts, reason, "expired"),
        End::Settle(Ending::Undeliverable(reason)) if policy::our_mistake(reason) => {
            error!(envelope = %id, kind, attempts, reason, "Discord does not take this card: a mistake of ours");
        }
        End::Settle(Ending::Undeliverable(reason)) => warn!(envelope = %id, kind, attempts, reason, "undeliverable"),
        End::Release(release) => info!(envelope = %id, kind, attempts, next_at = %release.next_at, "put back"),
    }
}
