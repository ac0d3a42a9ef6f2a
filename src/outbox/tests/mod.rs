//! A small world for the outbox: a real database file, a clock that stands still, a Discord in memory,
//! and couriers that can be stopped or killed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod courier;
mod crash;
mod fake;
mod policy;
mod store;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::fake::Fake;
use super::store as kept;
use super::*;
use crate::card::Card;
use crate::clock::{Bell, Clock};
use crate::database::Database;
use crate::ids::{ChannelId, GuildId, UserId};

/// 2026-03-10T12:00:00Z, an ordinary Tuesday.
fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_144_000, 0).unwrap()
}

fn seconds(n: i64) -> TimeDelta {
    TimeDelta::seconds(n)
}

fn channel(n: i64) -> Place {
    Place::Channel(ChannelId::new(n))
}

fn person(n: i64) -> Place {
    Place::Direct(UserId::new(n))
}

const GUILD: GuildId = GuildId::new(1);
const CLASSES: [Class; 5] = [Class::Answer, Class::Concern, Class::Reminder, Class::Prompt, Class::Digest];
const STATES: [State; 6] =
    [State::Pending, State::Sending, State::Sent, State::Expired, State::Undeliverable, State::Cancelled];

/// A reminder for one place, due at noon and worth sending for an hour.
fn fact(key: &str, place: Place) -> NewEnvelope {
    NewEnvelope {
        class: Class::Reminder,
        dedupe_key: key.into(),
        guild: GUILD,
        place,
        kind: "test.card",
        subject: serde_json::json!({ "n": 1 }),
        due_at: noon(),
        expires_at: noon() + TimeDelta::hours(1),
    }
}

/// What the next drawings of a key give; without one, a card that says the key.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there are a handful")]
enum Drawing {
    Give(Drawn),
    Fail,
    Panic,
    Hang,
}

type Script = Arc<Mutex<HashMap<String, Vec<Drawing>>>>;

struct World {
    _folder: TempDir,
    database: Database,
    clock: Clock,
    fake: Fake,
    bell: Bell,
    script: Script,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("daymark.db")).await.unwrap();
        let clock = Clock::manual(noon());
        let fake = Fake::new(clock.clone());
        Self { _folder: folder, database, clock, fake, bell: Bell::default(), script: Script::default() }
    }

    fn start(&self) -> Running {
        self.start_with(Arc::new(self.fake.clone()))
    }

    fn start_with(&self, messenger: Arc<dyn Messenger>) -> Running {
        let script = self.script.clone();
        let draw: DrawFn = Arc::new(move |envelope| {
            let mut script = script.lock().unwrap();
            let planned =
                script.get_mut(&envelope.dedupe_key).and_then(|list| (!list.is_empty()).then(|| list.remove(0)));
            drop(script);
            async move {
                match planned {
                    None => Ok(Drawn::Card(Card::text(envelope.dedupe_key))),
                    Some(Drawing::Give(drawn)) => Ok(drawn),
                    Some(Drawing::Fail) => Err(anyhow::anyhow!("scripted")),
                    Some(Drawing::Panic) => panic!("scripted: drawing panics"),
                    Some(Drawing::Hang) => std::future::pending().await,
                }
            }
            .boxed()
        });
        let courier = Courier::new(self.clock.clone(), self.database.clone(), messenger, draw, self.bell.clone());
        let cancel = CancellationToken::new();
        Running { handle: tokio::spawn(courier.run(cancel.clone())), cancel }
    }

    fn draws(&self, key: &str, drawing: Drawing) {
        self.script.lock().unwrap().entry(key.into()).or_default().push(drawing);
    }

    async fn enqueue(&self, envelope: &NewEnvelope) -> bool {
        let mut tx = self.database.write().await.unwrap();
        let new = enqueue(&mut tx, self.clock.now(), envelope).await.unwrap();
        tx.commit().await.unwrap();
        new
    }

    async fn enqueue_all(&self, envelopes: impl IntoIterator<Item = NewEnvelope>) {
        let mut tx = self.database.write().await.unwrap();
        for envelope in envelopes {
            assert!(enqueue(&mut tx, self.clock.now(), &envelope).await.unwrap());
        }
        tx.commit().await.unwrap();
    }

    async fn delivery(&self, key: &str) -> Delivery {
        let found = kept::list_matching(self.database.read(), key).await.unwrap();
        found.into_iter().find(|delivery| delivery.dedupe_key == key).unwrap()
    }

    async fn state(&self, key: &str) -> State {
        self.delivery(key).await.state
    }

    async fn count(&self, state: State) -> i64 {
        let counts = kept::count(self.database.read()).await.unwrap();
        counts.into_iter().find(|(counted, _)| *counted == state).map_or(0, |(_, count)| count)
    }

    /// Moves the clock and lets the courier do all that is due then.
    async fn pass(&self, time: TimeDelta) {
        self.clock.advance_to(self.clock.now() + time);
        self.bell.ring_and_wait().await;
    }

    /// Lets time pass second by second until nothing waits any more.
    async fn settle_all(&self) {
        self.bell.ring_and_wait().await;
        for _ in 0..4000 {
            if self.count(State::Pending).await == 0 {
                return;
            }
            self.pass(seconds(1)).await;
        }
        panic!("something waits for ever");
    }

    async fn sql(&self, sql: &'static str) {
        let mut tx = self.database.write().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// How often a message that says `key` can be seen.
    fn seen(&self, key: &str) -> usize {
        self.fake.messages().iter().filter(|message| message.card.text == key).count()
    }
}

struct Running {
    handle: JoinHandle<()>,
    cancel: CancellationToken,
}

impl Running {
    async fn stop(self) {
        self.cancel.cancel();
        self.handle.await.unwrap();
    }

    /// As SIGKILL: nothing more happens from here on.
    async fn kill(self) {
        self.handle.abort();
        let _ = self.handle.await;
    }
}

/// Waits, without a clock, until something is so.
async fn until(mut so: impl FnMut() -> bool) {
    while !so() {
        tokio::task::yield_now().await;
    }
}
