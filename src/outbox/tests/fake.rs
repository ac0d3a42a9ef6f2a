//! The fake itself: what the tests lean on.

use super::*;
use crate::outbox::fake::{Fault, REMEMBERED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE};

#[tokio::test]
async fn the_nonce_is_remembered_for_its_window_and_no_longer() {
    let clock = Clock::manual(noon());
    let fake = Fake::new(clock.clone());
    let (card, nonce) = (Card::text("a"), Nonce::of("a"));
    let first = fake.send(channel(1), &card, &nonce).await.unwrap();
    clock.advance_to(noon() + REMEMBERED - seconds(1));
    assert_eq!(fake.send(channel(1), &card, &nonce).await.unwrap(), first);
    assert_ne!(fake.send(channel(2), &card, &nonce).await.unwrap(), first);
    clock.advance_to(noon() + REMEMBERED);
    assert_ne!(fake.send(channel(1), &card, &nonce).await.unwrap(), first);
}

#[tokio::test]
async fn a_lost_answer_leaves_the_effect_or_not_as_scripted() {
    let fake = Fake::new(Clock::manual(noon()));
    fake.fault_at(1, Fault::LostBefore);
    fake.fault_at(2, Fault::LostAfter);
    for seen in [0, 1] {
        let lost = fake.send(channel(1), &Card::text("a"), &Nonce::of("a")).await;
        assert!(matches!(lost, Err(SendError::Unsure(_))));
        assert_eq!(fake.messages_at(channel(1)).len(), seen);
    }
}

#[tokio::test]
async fn a_place_that_refuses_refuses_everything_until_it_accepts() {
    let fake = Fake::new(Clock::manual(noon()));
    let (card, nonce) = (Card::text("a"), Nonce::of("a"));
    fake.refuse(channel(1), UNKNOWN_CHANNEL);
    let refused = SendError::Refused { code: UNKNOWN_CHANNEL };
    assert_eq!(fake.send(channel(1), &card, &nonce).await, Err(refused.clone()));
    assert_eq!(fake.find(channel(1), &card, noon()).await, Err(refused));
    fake.accept(channel(1));
    let id = fake.send(channel(1), &card, &nonce).await.unwrap();
    fake.delete(channel(1), id).await.unwrap();
    assert_eq!(fake.edit(channel(1), id, &card).await, Err(SendError::Refused { code: UNKNOWN_MESSAGE }));
}
