//! What every messenger must do alike: the fake that the fast tests lean on, and Discord over HTTP.
#![allow(clippy::expect_used, clippy::panic)]

use chrono::{DateTime, TimeDelta, Utc};
use daymark::card::{Button, Card, Press};
use daymark::clock::Clock;
use daymark::ids::{ChannelId, MessageId, UserId};
use daymark::outbox::fake::{Fake, Fault};
use daymark::outbox::{Messenger, Nonce, Place, SendError};
use futures::FutureExt;
use futures::future::BoxFuture;

/// When the answer of the next post is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nothing was posted.
    Before,
    /// It was posted.
    After,
}

/// A messenger and the other side of it.
pub trait World: Send + Sync {
    /// What is held to the contract.
    fn messenger(&self) -> &dyn Messenger;
    /// The time at which messages are posted there.
    fn now(&self) -> DateTime<Utc>;
    /// An empty channel that takes what we post.
    fn channel(&self) -> Place;
    /// A person who takes direct messages and has none yet.
    fn person(&self) -> Place;
    /// A person who takes no direct messages (50007).
    fn closed_person(&self) -> Place;
    /// A channel that does not exist.
    fn missing(&self) -> Place;
    /// The words of every message that can be seen at a place (text, else the panel's title), in order.
    fn seen(&self, place: Place) -> BoxFuture<'_, Vec<String>>;
    /// Lets the answer of the next post be lost.
    fn lose_next_post(&self, when: Lost) -> BoxFuture<'_, ()>;
}

/// Holds a fresh world to the contract.
pub async fn check(world: &dyn World) {
    a_post_is_seen_once_per_nonce(world).await;
    a_look_finds_what_we_said_and_nothing_else(world).await;
    an_edit_replaces_and_a_delete_removes(world).await;
    a_place_that_does_not_take_it_refuses_for_good(world).await;
    for when in [Lost::Before, Lost::After] {
        a_lost_answer_is_made_good_under_the_same_nonce(world, when).await;
    }
}

async fn send(world: &dyn World, place: Place, card: &Card, key: &str) -> Result<MessageId, SendError> {
    world.messenger().send(place, card, &Nonce::of(key)).await
}

async fn count(world: &dyn World, place: Place, words: &str) -> usize {
    world.seen(place).await.iter().filter(|seen| *seen == words).count()
}

async fn a_post_is_seen_once_per_nonce(world: &dyn World) {
    for place in [world.channel(), world.person()] {
        let card = Card::text("once");
        let first = send(world, place, &card, "once/1").await.expect("the place takes it");
        let again = send(world, place, &card, "once/1").await.expect("the place takes it");
        assert_eq!((first, count(world, place, "once").await), (again, 1), "{place:?}");
        let other = send(world, place, &card, "once/2").await.expect("the place takes it");
        assert_ne!(first, other);
        assert_eq!(count(world, place, "once").await, 2, "{place:?}");
    }
}

async fn a_look_finds_what_we_said_and_nothing_else(world: &dyn World) {
    let since = world.now() - TimeDelta::minutes(5);
    let card = |body: &str, print: &str| {
        let button = Button::new("I will be there", Press::new("sessions", "yes").arg(12));
        Card::panel("Tonight", body).field("Where", "Room 2 & up").footer(print).buttons([button])
    };
    for place in [world.channel(), world.person()] {
        let look = async |card: &Card, since| world.messenger().find(place, card, since).await.expect("we may look");
        let posted = card("at **18:00**, \"sharp\"", "on time");
        assert_eq!(look(&posted, since).await, None, "{place:?}");
        let id = send(world, place, &posted, "look").await.expect("the place takes it");
        assert_eq!(look(&posted, since).await, Some(id), "{place:?}");
        let late = card("at **18:00**, \"sharp\"", "ten minutes late");
        assert_eq!(look(&late, since).await, Some(id), "the small print may change");
        assert_eq!(look(&card("at **19:00**", "on time"), since).await, None, "other words are another card");
        assert_eq!(look(&Card::text("Tonight"), since).await, None, "a text is not a panel");
        assert_eq!(look(&posted, world.now() + TimeDelta::minutes(5)).await, None, "it was posted before");
    }
}

async fn an_edit_replaces_and_a_delete_removes(world: &dyn World) {
    for place in [world.channel(), world.person()] {
        let (old, new) = (Card::text("old words"), Card::text("new words"));
        let id = send(world, place, &old, "edit").await.expect("the place takes it");
        world.messenger().edit(place, id, &new).await.expect("it is ours to edit");
        assert_eq!((count(world, place, "old words").await, count(world, place, "new words").await), (0, 1));
        world.messenger().delete(place, id).await.expect("it is ours to delete");
        assert_eq!(count(world, place, "new words").await, 0);
        world.messenger().delete(place, id).await.expect("gone already is no error");
        let refused = world.messenger().edit(place, id, &new).await;
        assert!(matches!(refused, Err(SendError::Refused { .. })), "{place:?} {refused:?}");
    }
}

async fn a_place_that_does_not_take_it_refuses_for_good(world: &dyn World) {
    let card = Card::text("knock");
    let refused = send(world, world.closed_person(), &card, "closed").await;
    assert_eq!(refused, Err(SendError::Refused { code: 50007 }));
    assert!(world.seen(world.closed_person()).await.is_empty());
    let refused = send(world, world.missing(), &card, "missing").await;
    assert_eq!(refused, Err(SendError::Refused { code: 10003 }));
    let refused = world.messenger().find(world.missing(), &card, world.now()).await;
    assert_eq!(refused, Err(SendError::Refused { code: 10003 }));
}

/// A messenger may try again by itself under the same nonce; if it does not, it says that it is unsure.
async fn a_lost_answer_is_made_good_under_the_same_nonce(world: &dyn World, when: Lost) {
    let words = format!("lost {when:?}");
    let (place, card) = (world.channel(), Card::text(&words));
    world.lose_next_post(when).await;
    let first = send(world, place, &card, &words).await;
    match &first {
        Ok(_) => {}
        Err(SendError::Unsure(_)) => {
            let seen = if when == Lost::After { 1 } else { 0 };
            assert_eq!(count(world, place, &words).await, seen, "{when:?}");
            let since = world.now() - TimeDelta::minutes(5);
            let found = world.messenger().find(place, &card, since).await.expect("we may look");
            assert_eq!(found.is_some(), when == Lost::After, "{when:?}");
        }
        Err(other) => panic!("{when:?}: a lost answer is not {other:?}"),
    }
    let second = send(world, place, &card, &words).await.expect("the place takes it");
    assert_eq!((first.unwrap_or(second), count(world, place, &words).await), (second, 1), "{when:?}");
}

struct FakeWorld {
    clock: Clock,
    fake: Fake,
}

impl World for FakeWorld {
    fn messenger(&self) -> &dyn Messenger {
        &self.fake
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn channel(&self) -> Place {
        Place::Channel(ChannelId::new(11))
    }

    fn person(&self) -> Place {
        Place::Direct(UserId::new(21))
    }

    fn closed_person(&self) -> Place {
        Place::Direct(UserId::new(22))
    }

    fn missing(&self) -> Place {
        Place::Channel(ChannelId::new(12))
    }

    fn seen(&self, place: Place) -> BoxFuture<'_, Vec<String>> {
        let words = |card: Card| if card.text.is_empty() { card.panel.unwrap_or_default().title } else { card.text };
        let seen = self.fake.messages_at(place).into_iter().map(|message| words(message.card)).collect();
        futures::future::ready(seen).boxed()
    }

    fn lose_next_post(&self, when: Lost) -> BoxFuture<'_, ()> {
        self.fake.fault_at(1, if when == Lost::Before { Fault::LostBefore } else { Fault::LostAfter });
        futures::future::ready(()).boxed()
    }
}

#[tokio::test]
async fn the_fake_keeps_the_contract() {
    let clock = Clock::manual(DateTime::from_timestamp(1_773_144_000, 0).expect("a moment"));
    let world = FakeWorld { fake: Fake::new(clock.clone()), clock };
    world.fake.refuse(world.closed_person(), daymark::outbox::fake::NO_DIRECT_MESSAGES);
    world.fake.refuse(world.missing(), daymark::outbox::fake::UNKNOWN_CHANNEL);
    check(&world).await;
}
