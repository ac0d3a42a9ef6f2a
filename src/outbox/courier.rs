//! The courier: the one loop that takes due envelopes, has their cards drawn, and sends them.
//!
//! An envelope is `sending`, and committed as such, before anything of it leaves; so whatever happens
//! after, the next courier knows that it may have been seen. One post per place is on its way at a time,
//! and each class leaves slots free for the higher ones (`policy::slots`).

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::task::{self, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use super::envelope::Envelope;
use super::messenger::{Messenger, SendError};
use super::policy::{self, Attempt, Event, SEND_LIMIT, Step};
use super::store::{self, Ending, Release};
use crate::card::Card;
use crate::clock::{Bell, Clock};
use crate::database::Database;
use crate::ids::{EnvelopeId, MessageId};

/// How long drawing a card may take: it reads a few rows, at most renders a picture.
pub const DRAW_LIMIT: Duration = Duration::from_secs(30);
/// How long a stopping courier waits for what is on its way: the program promises to be gone within ten seconds,
/// and closing the files takes a moment.
pub const STOP_LIMIT: Duration = Duration::from_secs(8);
/// The shortest pause after the database failed.
const DATABASE_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause after the database failed again and again.
const LONGEST_DATABASE_PAUSE: Duration = Duration::from_secs(5);

/// Draws the card of an envelope at send time. The same envelope must be drawn in the same words each
/// time (see `Messenger::find`), except in the panel's small print.
pub type DrawFn = Arc<dyn Fn(Envelope) -> BoxFuture<'static, anyhow::Result<Drawn>> + Send + Sync>;

/// What drawing an envelope gave.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one lives for the moment between drawing and posting")]
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

/// What one turn at the outbox gave.
struct Turn {
    /// Claimed, to be sent now.
    claimed: Vec<Envelope>,
    claimed_at: DateTime<Utc>,
    /// Whether there is nothing more to take before something changes.
    done: bool,
    /// When something more is due.
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
        let mut senders = Senders { strays: true, ..Senders::default() };
        let mut failures = 0;
        loop {
            senders.collect();
            let stopping = cancel.is_cancelled();
            if stopping && senders.is_idle() {
                return;
            }
            let round = self.bell.round();
            let turn = match self.turn(&senders, stopping).await {
                Ok(turn) => turn,
                Err(sqlx::Error::PoolClosed) => return,
                Err(error) => {
                    // What ended stays in memory: a full disk or a locked file costs time, nothing else.
                    // The commit may have succeeded all the same, so the next turn looks for strays.
                    senders.strays = true;
                    failures += 1;
                    error!(%error, failures, "the outbox cannot be read or written; trying again");
                    tokio::time::sleep(database_pause(failures)).await;
                    continue;
                }
            };
            failures = 0;
            senders.strays = false;
            senders.ended.clear();
            for envelope in turn.claimed {
                senders.start(envelope.id, self.clone().deliver(envelope, turn.claimed_at));
            }
            if !turn.done || (stopping && senders.is_idle()) {
                continue;
            }
            if senders.is_idle() {
                self.bell.finish(round);
            }
            tokio::select! {
                true = senders.one_came_back() => {}
                () = cancel.cancelled(), if !stopping => {}
                () = self.bell.wait(round, &self.clock, turn.next_at), if !stopping => {}
            }
        }
    }

    /// One short transaction: keeps how attempts ended and, unless we are stopping, expires what is too
    /// late and claims what may be begun now.
    async fn turn(&self, senders: &Senders, stopping: bool) -> sqlx::Result<Turn> {
        let mut tx = self.database.write().await?;
        let now = self.clock.now();
        for (envelope, end) in &senders.ended {
            match end {
                End::Settle(ending) => store::settle(&mut tx, now, envelope.id, envelope.attempts, ending).await?,
                End::Release(back) => store::release(&mut tx, now, envelope.id, envelope.attempts, *back).await?,
            };
        }
        let mut rescued = 0;
        if senders.strays {
            let under_way: Vec<EnvelopeId> = senders.under_way.values().copied().collect();
            rescued = store::rescue(&mut tx, now, &under_way).await?;
        }
        let mut turn = Turn { claimed: Vec::new(), claimed_at: now, done: true, next_at: None };
        let mut expired = 0;
        if !stopping {
            expired = store::expire(&mut tx, now).await?;
            let chosen = policy::choose(&store::find_due(&mut tx, now).await?, senders.tasks.len());
            if !chosen.is_empty() {
                turn.claimed = store::claim(&mut tx, now, &chosen).await?;
            }
            turn.done = turn.claimed.is_empty() && expired == 0;
            if turn.done {
                turn.next_at = store::next_at(&mut tx, now).await?;
            }
        }
        tx.commit().await?;
        if rescued > 0 {
            info!(count = rescued, "taken up again: what was being sent when the last run ended");
        }
        if expired > 0 {
            warn!(count = expired, "envelopes expired before they could be sent");
        }
        Ok(turn)
    }

    /// Sends one claimed envelope, and gives how that ended.
    async fn deliver(self, envelope: Envelope, claimed_at: DateTime<Utc>) -> (Envelope, End) {
        let mut attempt = Attempt::of(&envelope, claimed_at);
        let end = self.attempt(&envelope, &mut attempt).await;
        tell(&envelope, &end);
        (envelope, end)
    }

    /// Draws, posts, looks: whatever the policy says next, until it says how the attempt ends.
    async fn attempt(&self, envelope: &Envelope, attempt: &mut Attempt) -> End {
        let drawn = contained(DRAW_LIMIT, async { (self.draw)(envelope.clone()).await }).await;
        let (card, mut event) = match drawn {
            Some(Ok(Drawn::Card(card))) => (card, Event::Ready),
            Some(Ok(Drawn::Gone(reason))) => return End::Settle(Ending::Cancelled(reason.into())),
            Some(Ok(Drawn::Later(at))) => return self.later(attempt, at),
            Some(Err(_)) | None => {
                let (kind, attempts) = (envelope.kind.as_str(), envelope.attempts);
                error!(envelope = %envelope.id, kind, attempts, "a card could not be drawn");
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
}

/// The attempts that are on their way, and those that came back and are not kept yet.
#[derive(Default)]
struct Senders {
    tasks: JoinSet<(Envelope, End)>,
    under_way: HashMap<task::Id, EnvelopeId>,
    ended: Vec<(Envelope, End)>,
    /// Whether envelopes may be kept as being sent that nobody here sends.
    strays: bool,
}

impl Senders {
    fn start(&mut self, id: EnvelopeId, attempt: impl Future<Output = (Envelope, End)> + Send + 'static) {
        let task = self.tasks.spawn(attempt);
        self.under_way.insert(task.id(), id);
    }

    fn is_idle(&self) -> bool {
        self.tasks.is_empty() && self.ended.is_empty()
    }

    /// Takes in every attempt that has come back.
    fn collect(&mut self) {
        while let Some(joined) = self.tasks.try_join_next_with_id() {
            self.came_back(joined);
        }
    }

    /// Waits for an attempt to come back; `false` when none is on its way.
    async fn one_came_back(&mut self) -> bool {
        let Some(joined) = self.tasks.join_next_with_id().await else { return false };
        self.came_back(joined);
        true
    }

    fn came_back(&mut self, joined: Result<(task::Id, (Envelope, End)), JoinError>) {
        match joined {
            Ok((task, ended)) => {
                self.under_way.remove(&task);
                self.ended.push(ended);
            }
            Err(error) => {
                // What others wrote is contained, so this is a mistake of ours; the next turn rescues it.
                let envelope = self.under_way.remove(&error.id());
                error!(?envelope, "a sender was lost");
                self.strays = true;
            }
        }
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
