//! A stand-in for Discord in memory, for fast tests: places that keep their messages, nonces that are
//! remembered for a while, places that refuse, and calls that are lost before or after they took effect.
//! The contract suite holds it against the real thing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use tokio::sync::watch;

use super::envelope::{Nonce, Place};
use super::messenger::{Messenger, SendError, same_words};
use crate::card::Card;
use crate::clock::Clock;
use crate::ids::MessageId;

/// How often a call yields before and after its effect, so that other tasks run in between.
const YIELDS: usize = 2;
/// How long a nonce is remembered: the least that "a few minutes" can mean.
pub const REMEMBERED: TimeDelta = TimeDelta::minutes(2);
/// Discord's code for a channel that does not exist.
pub const UNKNOWN_CHANNEL: u32 = 10003;
/// Discord's code for a message that does not exist.
pub const UNKNOWN_MESSAGE: u32 = 10008;
/// Discord's code for a person who takes no direct messages.
pub const NO_DIRECT_MESSAGES: u32 = 50007;

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The answer is lost, and nothing has happened.
    LostBefore,
    /// The answer is lost, but it has happened.
    LostAfter,
    /// It never comes back, and nothing has happened.
    HangBefore,
    /// It never comes back, but it has happened.
    HangAfter,
    /// It is asked to wait.
    Wait(Duration),
    /// It is refused with this code.
    Refused(u32),
    /// We have stopped sending for a while.
    Resting(Duration),
    /// The messenger itself panics.
    Panic,
}

/// What a call wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To post.
    Send,
    /// To look.
    Find,
    /// To change.
    Edit,
    /// To delete.
    Delete,
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What it wanted.
    pub wanted: Wanted,
    /// Where.
    pub place: Place,
    /// When.
    pub at: DateTime<Utc>,
    /// Under which nonce, when it wanted to post.
    pub nonce: Option<Nonce>,
}

/// A message that can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Where it is.
    pub place: Place,
    /// What it shows.
    pub card: Card,
    /// The nonce it was posted under.
    pub nonce: Nonce,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
}

/// The stand-in. Clones share everything, so that it outlives couriers that crash.
#[derive(Clone, Debug)]
pub struct Fake {
    clock: Clock,
    state: Arc<Mutex<State>>,
    hung: Arc<watch::Sender<usize>>,
}

#[derive(Debug, Default)]
struct State {
    messages: Vec<Message>,
    /// Nonces outlive the messages that were posted under them.
    nonces: Vec<(Place, Nonce, DateTime<Utc>, MessageId)>,
    refusals: Vec<(Place, u32)>,
    calls: Vec<Call>,
    faults: BTreeMap<usize, Fault>,
    always: Vec<(Wanted, Fault)>,
    in_flight: Vec<Place>,
    most_in_flight: usize,
    most_at_one_place: usize,
    last_id: i64,
}

impl Fake {
    /// A Discord where every place exists and takes everything.
    pub fn new(clock: Clock) -> Self {
        Self { clock, state: Arc::default(), hung: Arc::new(watch::Sender::new(0)) }
    }

    /// From now on that place refuses everything with `code`.
    pub fn refuse(&self, place: Place, code: u32) {
        self.accept(place);
        self.lock().refusals.push((place, code));
    }

    /// From now on that place takes everything again.
    pub fn accept(&self, place: Place) {
        self.lock().refusals.retain(|(refusing, _)| *refusing != place);
    }

    /// Lets the `n`-th call from now (1 is the next one) go wrong.
    pub fn fault_at(&self, n: usize, fault: Fault) {
        let mut state = self.lock();
        let number = state.calls.len() + n.max(1) - 1;
        state.faults.insert(number, fault);
    }

    /// Lets every call of that kind go wrong until [`Fake::mend`], where no other fault is set for it.
    pub fn fault_always(&self, wanted: Wanted, fault: Fault) {
        self.lock().always.push((wanted, fault));
    }

    /// Takes back every fault; refusing places stay.
    pub fn mend(&self) {
        let mut state = self.lock();
        state.faults.clear();
        state.always.clear();
    }

    /// Every message that can be seen, in the order of posting.
    pub fn messages(&self) -> Vec<Message> {
        self.lock().messages.clone()
    }

    /// Every message that can be seen at one place, in the order of posting.
    pub fn messages_at(&self, place: Place) -> Vec<Message> {
        self.lock().messages.iter().filter(|message| message.place == place).cloned().collect()
    }

    /// Every call so far.
    pub fn calls(&self) -> Vec<Call> {
        self.lock().calls.clone()
    }

    /// The most calls that were under way at once: anywhere, and at one place.
    pub fn most_at_once(&self) -> (usize, usize) {
        let state = self.lock();
        (state.most_in_flight, state.most_at_one_place)
    }

    /// Returns once that many calls in all have come to the point where they hang.
    pub async fn until_hung(&self, count: usize) {
        let mut hung = self.hung.subscribe();
        // The sender lives in this fake, so waiting cannot fail while we hold it.
        let _ = hung.wait_for(|so_far| *so_far >= count).await;
    }

    /// How many calls hang or have hung.
    pub fn hung(&self) -> usize {
        *self.hung.borrow()
    }

    async fn hang(&self) {
        self.hung.send_modify(|count| *count += 1);
        std::future::pending().await
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One call: counted, made to fail as scripted, and let through to `effect`.
    async fn call<T>(
        &self,
        wanted: Wanted,
        place: Place,
        nonce: Option<&Nonce>,
        effect: impl FnOnce(&mut State, DateTime<Utc>) -> Result<T, SendError> + Send,
    ) -> Result<T, SendError> {
        let (fault, _under_way) = self.begin(wanted, place, nonce);
        yields().await;
        if fault == Some(Fault::HangBefore) {
            self.hang().await;
        }
        if let Some(fault) = fault {
            before(fault)?;
        }
        let done = {
            let mut state = self.lock();
            let refusal = state.refusals.iter().find(|(refusing, _)| *refusing == place).map(|(_, code)| *code);
            match refusal {
                Some(code) => Err(SendError::Refused { code }),
                None => effect(&mut state, self.clock.now()),
            }
        };
        yields().await;
        match fault {
            Some(Fault::LostAfter) => Err(SendError::Unsure("scripted: lost after".into())),
            Some(Fault::HangAfter) => {
                self.hang().await;
                done
            }
            _ => done,
        }
    }

    fn begin(&self, wanted: Wanted, place: Place, nonce: Option<&Nonce>) -> (Option<Fault>, UnderWay<'_>) {
        let mut state = self.lock();
        let number = state.calls.len();
        state.calls.push(Call { wanted, place, at: self.clock.now(), nonce: nonce.cloned() });
        state.in_flight.push(place);
        state.most_in_flight = state.most_in_flight.max(state.in_flight.len());
        let here = state.in_flight.iter().filter(|other| **other == place).count();
        state.most_at_one_place = state.most_at_one_place.max(here);
        let always = state.always.iter().find(|(kind, _)| *kind == wanted).map(|(_, fault)| *fault);
        let fault = state.faults.remove(&number).or(always);
        (fault, UnderWay { fake: self, place })
    }
}

/// Counts a call as under way until it is dropped, however it ends.
struct UnderWay<'a> {
    fake: &'a Fake,
    place: Place,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut state = self.fake.lock();
        if let Some(index) = state.in_flight.iter().position(|place| *place == self.place) {
            state.in_flight.swap_remove(index);
        }
    }
}

async fn yields() {
    for _ in 0..YIELDS {
        tokio::task::yield_now().await;
    }
}

#[expect(clippy::panic, reason = "a messenger that panics is one of the faults to be survived")]
fn before(fault: Fault) -> Result<(), SendError> {
    match fault {
        Fault::LostBefore => Err(SendError::Unsure("scripted: lost before".into())),
        Fault::Wait(wait) => Err(SendError::Wait(wait)),
        Fault::Refused(code) => Err(SendError::Refused { code }),
        Fault::Resting(wait) => Err(SendError::Resting(wait)),
        Fault::Panic => panic!("scripted: the messenger panics"),
        Fault::HangBefore | Fault::LostAfter | Fault::HangAfter => Ok(()),
    }
}

impl State {
    fn post(&mut self, place: Place, card: &Card, nonce: &Nonce, now: DateTime<Utc>) -> MessageId {
        self.nonces.retain(|(_, _, posted_at, _)| now - *posted_at < REMEMBERED);
        if let Some((_, _, _, id)) = self.nonces.iter().find(|(at, known, _, _)| *at == place && known == nonce) {
            return *id;
        }
        self.last_id += 1;
        let id = MessageId::new(self.last_id);
        self.nonces.push((place, nonce.clone(), now, id));
        self.messages.push(Message { id, place, card: card.clone(), nonce: nonce.clone(), posted_at: now });
        id
    }

    fn message(&mut self, place: Place, id: MessageId) -> Option<&mut Message> {
        self.messages.iter_mut().find(|message| message.place == place && message.id == id)
    }
}

impl Messenger for Fake {
    fn send<'a>(
        &'a self,
        place: Place,
        card: &'a Card,
        nonce: &'a Nonce,
    ) -> BoxFuture<'a, Result<MessageId, SendError>> {
        Box::pin(self.call(Wanted::Send, place, Some(nonce), move |state, now| Ok(state.post(place, card, nonce, now))))
    }

    fn find<'a>(
        &'a self,
        place: Place,
        card: &'a Card,
        since: DateTime<Utc>,
    ) -> BoxFuture<'a, Result<Option<MessageId>, SendError>> {
        Box::pin(self.call(Wanted::Find, place, None, move |state, _| {
            let alike = |message: &&Message| {
                message.place == place && message.posted_at >= since && same_words(&message.card, card)
            };
            Ok(state.messages.iter().rev().find(alike).map(|message| message.id))
        }))
    }

    fn edit<'a>(&'a self, place: Place, message: MessageId, card: &'a Card) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(self.call(Wanted::Edit, place, None, move |state, _| match state.message(place, message) {
            Some(found) => {
                found.card = card.clone();
                Ok(())
            }
            None => Err(SendError::Refused { code: UNKNOWN_MESSAGE }),
        }))
    }

    fn delete(&self, place: Place, message: MessageId) -> BoxFuture<'_, Result<(), SendError>> {
        Box::pin(self.call(Wanted::Delete, place, None, move |state, _| {
            state.messages.retain(|found| !(found.place == place && found.id == message));
            Ok(())
        }))
    }
}
