//! The courier with the fake messenger, on a clock that stands still.

use std::time::Duration;

use super::*;
use crate::ids::MessageId;
use crate::outbox::fake::{Fault, Wanted};

#[tokio::test]
async fn what_is_due_is_sent_and_what_is_not_waits_for_its_time() {
    let world = World::new().await;
    let running = world.start();
    world.enqueue(&fact("now", channel(1))).await;
    world.enqueue(&NewEnvelope { due_at: noon() + seconds(60), ..fact("soon", person(1)) }).await;
    world.bell.ring_and_wait().await;
    assert_eq!((world.seen("now"), world.seen("soon")), (1, 0));
    // The clock alone wakes it, too.
    world.clock.advance_to(noon() + seconds(60));
    until(|| world.seen("soon") == 1).await;
    world.bell.ring_and_wait().await;
    let sent = world.delivery("soon").await;
    assert_eq!((sent.state, sent.message, sent.attempts), (State::Sent, Some(MessageId::new(2)), 1));
    assert_eq!(sent.settled_at, Some(noon() + seconds(60)));
    running.stop().await;
}

#[tokio::test]
async fn the_same_fact_queued_twice_is_seen_once() {
    let world = World::new().await;
    assert!(world.enqueue(&fact("a", channel(1))).await);
    assert!(!world.enqueue(&fact("a", channel(2))).await);
    let running = world.start();
    world.bell.ring_and_wait().await;
    assert!(!world.enqueue(&fact("a", channel(1))).await);
    world.bell.ring_and_wait().await;
    assert_eq!(world.seen("a"), 1);
    running.stop().await;
}

#[tokio::test]
async fn classes_are_begun_in_their_order() {
    let world = World::new().await;
    let all = CLASSES.iter().rev().flat_map(|class| {
        (0..10).map(move |n| NewEnvelope {
            class: *class,
            ..fact(&format!("{class:?}/{n}"), channel(*class as i64 * 100 + n))
        })
    });
    world.enqueue_all(all).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    let order: Vec<String> = world.fake.messages().into_iter().map(|message| message.card.text).collect();
    let nonces: HashMap<Nonce, usize> = CLASSES
        .iter()
        .enumerate()
        .flat_map(|(rank, class)| (0..10).map(move |n| (Nonce::of(&format!("{class:?}/{n}")), rank)))
        .collect();
    let begun: Vec<usize> =
        world.fake.calls().into_iter().filter_map(|call| nonces.get(&call.nonce?).copied()).collect();
    assert_eq!(order.len(), 50);
    assert!(begun.is_sorted(), "{begun:?}");
    running.stop().await;
}

#[tokio::test]
async fn a_hanging_lower_class_never_delays_a_higher_one() {
    for pair in CLASSES.windows(2) {
        let world = World::new().await;
        let low = (0..40).map(|n| NewEnvelope { class: pair[1], ..fact(&format!("low/{n}"), channel(n)) });
        world.enqueue_all(low).await;
        world.fake.fault_always(Wanted::Send, Fault::HangBefore);
        let running = world.start();
        world.fake.until_hung(crate::outbox::policy::slots(pair[1])).await;
        world.fake.mend();
        world.enqueue(&NewEnvelope { class: pair[0], ..fact("high", channel(99)) }).await;
        world.bell.ring();
        until(|| world.seen("high") == 1).await;
        assert_eq!(world.fake.messages().len(), 1);
        running.kill().await;
    }
}

#[tokio::test]
async fn one_place_gets_one_post_at_a_time_and_does_not_hold_up_others() {
    let world = World::new().await;
    world.enqueue_all((0..100).map(|n| fact(&format!("a/{n}"), channel(1)))).await;
    world.enqueue_all((0..30).map(|n| fact(&format!("b/{n}"), channel(2 + n % 3)))).await;
    world.fake.fault_at(1, Fault::HangBefore);
    let running = world.start();
    until(|| world.fake.messages().len() == 30).await;
    assert_eq!(world.fake.messages_at(channel(1)).len(), 0);
    running.kill().await;
    let running = world.start();
    world.settle_all().await;
    assert_eq!(world.fake.messages().len(), 130);
    assert_eq!(world.fake.most_at_once().1, 1);
    let order: Vec<String> = world.fake.messages_at(channel(1)).into_iter().map(|message| message.card.text).collect();
    assert_eq!(order, (0..100).map(|n| format!("a/{n}")).collect::<Vec<_>>());
    running.stop().await;
}

#[tokio::test]
async fn posts_to_many_places_run_side_by_side_up_to_their_slots() {
    let world = World::new().await;
    world.enqueue_all((0..100).map(|n| fact(&n.to_string(), channel(n)))).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    assert_eq!(world.fake.most_at_once(), (crate::outbox::policy::slots(Class::Reminder), 1));
    running.stop().await;
}

#[tokio::test]
async fn what_is_gone_is_cancelled_and_what_is_later_waits() {
    let world = World::new().await;
    world.draws("gone", Drawing::Give(Drawn::Gone("moved")));
    world.draws("later", Drawing::Give(Drawn::Later(noon() + seconds(600))));
    world.draws("later", Drawing::Give(Drawn::Later(noon() - seconds(5))));
    world.enqueue_all([fact("gone", channel(1)), fact("later", channel(2))]).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    let gone = world.delivery("gone").await;
    assert_eq!((gone.state, gone.reason.as_deref()), (State::Cancelled, Some("moved")));
    assert_eq!((world.state("later").await, world.delivery("later").await.attempts), (State::Pending, 0));
    world.pass(seconds(599)).await;
    assert!(world.fake.calls().is_empty());
    // A later that lies behind does not spin: it is a second ahead.
    world.pass(seconds(1)).await;
    assert_eq!(world.seen("later"), 0);
    world.pass(seconds(1)).await;
    assert_eq!((world.seen("later"), world.seen("gone")), (1, 0));
    running.stop().await;
}

#[tokio::test]
async fn later_beyond_its_time_is_expired_and_visible() {
    let world = World::new().await;
    world.draws("a", Drawing::Give(Drawn::Later(noon() + TimeDelta::hours(9))));
    world.enqueue(&fact("a", channel(1))).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    world.pass(TimeDelta::hours(1)).await;
    let expired = world.delivery("a").await;
    assert_eq!((expired.state, expired.reason.as_deref()), (State::Expired, Some("late")));
    running.stop().await;
}

#[tokio::test]
async fn a_drawing_that_fails_or_panics_is_tried_again_and_harms_nobody_else() {
    let world = World::new().await;
    for _ in 0..3 {
        world.draws("fails", Drawing::Fail);
        world.draws("panics", Drawing::Panic);
    }
    world.enqueue_all([fact("fails", channel(1)), fact("panics", channel(2)), fact("fine", channel(3))]).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    assert_eq!((world.seen("fine"), world.fake.messages().len()), (1, 1));
    for wait in [1, 2, 4] {
        assert_eq!(world.fake.messages().len(), 1);
        world.pass(seconds(wait)).await;
    }
    assert_eq!((world.seen("fails"), world.seen("panics")), (1, 1));
    running.stop().await;
}

#[tokio::test]
async fn a_wait_is_honoured_and_leaves_no_doubt() {
    let world = World::new().await;
    world.fake.fault_at(1, Fault::Wait(Duration::from_millis(4_200)));
    world.enqueue(&fact("a", channel(1))).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    world.pass(seconds(5)).await;
    assert_eq!(world.fake.calls().len(), 1);
    world.pass(seconds(1)).await;
    assert_eq!(world.seen("a"), 1);
    running.stop().await;
    // Asked to wait beyond the window, it is posted without a look: nothing can have been seen.
    world.fake.fault_at(1, Fault::Resting(Duration::from_secs(600)));
    world.enqueue(&fact("b", channel(1))).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    world.pass(seconds(601)).await;
    assert_eq!(world.seen("b"), 1);
    assert!(world.fake.calls().iter().all(|call| call.wanted == Wanted::Send));
    running.stop().await;
}

#[tokio::test]
async fn a_refusing_place_settles_at_once_with_the_code() {
    let world = World::new().await;
    world.fake.refuse(person(1), 50007);
    world.enqueue_all([fact("closed", person(1)), fact("open", person(2))]).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    let refused = world.delivery("closed").await;
    assert_eq!((refused.state, refused.reason.as_deref()), (State::Undeliverable, Some("50007")));
    assert_eq!((world.seen("open"), world.fake.calls().len()), (1, 2));
    running.stop().await;
}

#[tokio::test]
async fn an_outage_changes_nothing_but_the_hour() {
    for class in CLASSES {
        for fault in [Fault::LostBefore, Fault::LostAfter] {
            let world = World::new().await;
            // Everything fails for twenty minutes, looks included; what is posted first is posted for all.
            world.fake.fault_at(1, fault);
            world.fake.fault_always(Wanted::Send, Fault::LostBefore);
            world.fake.fault_always(Wanted::Find, Fault::LostBefore);
            world.enqueue(&NewEnvelope { class, ..fact("a", channel(1)) }).await;
            let running = world.start();
            world.bell.ring_and_wait().await;
            for _ in 0..120 {
                world.pass(seconds(10)).await;
            }
            world.fake.mend();
            world.pass(seconds(60)).await;
            assert_eq!((world.seen("a"), world.state("a").await), (1, State::Sent), "{class:?} {fault:?}");
            running.stop().await;
        }
    }
}

#[tokio::test]
async fn a_place_that_may_not_be_looked_at_gets_a_concern_again_and_a_reminder_never_twice() {
    for class in CLASSES {
        let world = World::new().await;
        world.fake.fault_at(1, Fault::LostAfter);
        world.fake.fault_always(Wanted::Find, Fault::Refused(50001));
        world.enqueue(&NewEnvelope { class, ..fact("a", channel(1)) }).await;
        let running = world.start();
        world.bell.ring_and_wait().await;
        running.stop().await;
        world.clock.advance_to(noon() + seconds(300));
        let running = world.start();
        world.bell.ring_and_wait().await;
        let delivery = world.delivery("a").await;
        if crate::outbox::policy::rather_twice(class) {
            assert_eq!((world.seen("a"), delivery.state), (2, State::Sent), "{class:?}");
        } else {
            assert_eq!((world.seen("a"), delivery.state), (1, State::Undeliverable), "{class:?}");
            assert_eq!(delivery.reason.as_deref(), Some("unsure"));
        }
        running.stop().await;
    }
}

#[tokio::test]
async fn a_messenger_that_panics_is_an_answer_that_was_lost() {
    let world = World::new().await;
    world.fake.fault_at(1, Fault::Panic);
    world.enqueue(&fact("a", channel(1))).await;
    let running = world.start();
    world.settle_all().await;
    assert_eq!((world.seen("a"), world.state("a").await), (1, State::Sent));
    running.stop().await;
}

#[tokio::test]
async fn what_cannot_be_sent_in_time_expires_and_is_never_posted_after() {
    let world = World::new().await;
    world.fake.fault_always(Wanted::Send, Fault::LostBefore);
    world.enqueue_all((0..3).map(|n| fact(&n.to_string(), channel(n)))).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    world.pass(seconds(3599)).await;
    world.pass(seconds(1)).await;
    world.fake.mend();
    world.pass(TimeDelta::days(1)).await;
    assert_eq!((world.count(State::Expired).await, world.fake.messages().len()), (3, 0));
    assert_eq!(world.delivery("0").await.reason.as_deref(), Some("unsure"));
    running.stop().await;
}

#[tokio::test]
async fn a_cancelled_envelope_is_not_tried_again() {
    let world = World::new().await;
    world.fake.fault_at(1, Fault::HangBefore);
    world.enqueue_all([fact("s/1", channel(1)), fact("s/2", channel(1)), fact("t/1", channel(2))]).await;
    let running = world.start();
    world.fake.until_hung(1).await;
    let mut tx = world.database.write().await.unwrap();
    assert_eq!(cancel_matching(&mut tx, noon(), "s/", "cancelled").await.unwrap(), 2);
    tx.commit().await.unwrap();
    running.kill().await;
    let running = world.start();
    world.settle_all().await;
    assert_eq!((world.seen("s/1"), world.seen("s/2"), world.seen("t/1")), (0, 0, 1));
    running.stop().await;
}

#[tokio::test]
async fn a_full_disk_after_the_post_never_posts_twice_and_loses_nothing() {
    let world = World::new().await;
    world
        .sql(
            "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN OLD.state = 'sending'
             BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
        )
        .await;
    world.enqueue_all((0..5).map(|n| fact(&n.to_string(), channel(n)))).await;
    let running = world.start();
    until(|| world.fake.messages().len() == 5).await;
    assert_eq!(world.count(State::Sending).await, 5);
    world.sql("DROP TRIGGER full").await;
    world.bell.ring_and_wait().await;
    assert_eq!((world.count(State::Sent).await, world.fake.calls().len()), (5, 5));
    running.stop().await;
}

#[tokio::test]
async fn a_full_disk_before_the_post_posts_nothing_until_there_is_room() {
    let world = World::new().await;
    world
        .sql(
            "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.state = 'sending'
             BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
        )
        .await;
    world.enqueue(&fact("a", channel(1))).await;
    let running = world.start();
    for _ in 0..50 {
        world.state("a").await;
    }
    assert!(world.fake.calls().is_empty());
    world.sql("DROP TRIGGER full").await;
    world.bell.ring_and_wait().await;
    assert_eq!(world.seen("a"), 1);
    running.stop().await;
}

#[tokio::test]
async fn a_claim_whose_commit_only_seemed_to_fail_is_taken_up_again() {
    let world = World::new().await;
    world.fake.fault_at(1, Fault::HangBefore);
    world.enqueue(&fact("hangs", channel(1))).await;
    let running = world.start();
    world.fake.until_hung(1).await;
    // As after a disk error: the next claim fails, though an earlier one is in the file and nobody has it.
    world.enqueue(&fact("stray", channel(2))).await;
    world
        .sql(
            "UPDATE outbox SET state = 'sending', attempts = 1, claimed_at = 1773144000 WHERE dedupe_key = 'stray';
             CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.dedupe_key = 'next'
             BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END",
        )
        .await;
    world.enqueue(&fact("next", channel(3))).await;
    world.bell.ring();
    for _ in 0..50 {
        world.state("next").await;
    }
    world.sql("DROP TRIGGER full").await;
    until(|| world.fake.messages().len() == 2).await;
    assert_eq!((world.seen("stray"), world.seen("next"), world.fake.calls().len()), (1, 1, 3));
    running.kill().await;
}

#[tokio::test]
async fn a_stop_settles_what_is_on_its_way_and_takes_nothing_more() {
    let world = World::new().await;
    world.enqueue_all((0..200).map(|n| fact(&n.to_string(), channel(n)))).await;
    let running = world.start();
    until(|| !world.fake.calls().is_empty()).await;
    running.stop().await;
    let sent = world.count(State::Sent).await;
    assert_eq!((world.count(State::Sending).await, sent + world.count(State::Pending).await), (0, 200));
    assert_eq!(usize::try_from(sent).unwrap(), world.fake.messages().len());
    assert!(sent < 200);
}

#[tokio::test]
async fn an_envelope_forgotten_on_its_way_leaves_nothing_behind() {
    let world = World::new().await;
    world.draws("a", Drawing::Hang);
    world.enqueue(&fact("a", person(1))).await;
    let running = world.start();
    world.bell.ring();
    while world.count(State::Sending).await == 0 {}
    let mut tx = world.database.write().await.unwrap();
    assert_eq!(kept::forget_direct(&mut tx, GUILD, UserId::new(1), DateTime::<Utc>::MAX_UTC).await.unwrap(), 1);
    tx.commit().await.unwrap();
    running.kill().await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    assert!(world.fake.calls().is_empty());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_due_at_once_are_each_seen_once() {
    let world = World::new().await;
    let many =
        (0..5000_usize).map(|n| NewEnvelope { class: CLASSES[n % 5], ..fact(&n.to_string(), channel(n as i64 % 700)) });
    world.enqueue_all(many).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    let mut seen: Vec<usize> = world.fake.messages().iter().map(|message| message.card.text.parse().unwrap()).collect();
    seen.sort_unstable();
    assert!(seen.into_iter().eq(0..5000));
    assert_eq!((world.count(State::Sent).await, world.fake.most_at_once().1), (5000, 1));
    running.stop().await;
}

#[tokio::test]
async fn a_single_place_with_a_long_queue_drains() {
    let world = World::new().await;
    world.enqueue_all((0..500).map(|n| fact(&n.to_string(), channel(1)))).await;
    let running = world.start();
    world.bell.ring_and_wait().await;
    assert_eq!(world.count(State::Sent).await, 500);
    running.stop().await;
}
