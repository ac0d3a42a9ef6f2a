//! Crashes: whatever was under way when the process died, each fact is seen exactly once, unless its
//! class prefers to be seen twice rather than not at all.

use super::*;
use crate::outbox::fake::Fault;

/// Where the process dies.
#[derive(Clone, Copy, Debug)]
enum Death {
    /// While a card is drawn.
    Drawing,
    /// In the n-th call, before it took effect.
    Before(usize),
    /// In the n-th call, after it took effect.
    After(usize),
    /// After the answer came, while it is written down.
    Settling,
}

const DEATHS: [Death; 10] = [
    Death::Drawing,
    Death::Before(1),
    Death::After(1),
    Death::Before(3),
    Death::After(3),
    Death::Settling,
    Death::Before(6),
    Death::After(6),
    Death::Before(9),
    Death::After(9),
];

/// Runs a courier and kills it at that point, or when it has nothing left to do before it.
async fn run_and_die(world: &World, death: Death, key: &str) {
    let hung = world.fake.hung();
    match death {
        Death::Drawing => world.draws(key, Drawing::Hang),
        Death::Before(n) => world.fake.fault_at(n, Fault::HangBefore),
        Death::After(n) => world.fake.fault_at(n, Fault::HangAfter),
        Death::Settling => world.sql(FULL).await,
    }
    let running = world.start();
    match death {
        Death::Before(_) | Death::After(_) => {
            tokio::select! {
                () = world.fake.until_hung(hung + 1) => {}
                () = world.bell.ring_and_wait() => {}
            }
        }
        Death::Drawing | Death::Settling => {
            for _ in 0..20 {
                world.count(State::Sending).await;
            }
        }
    }
    running.kill().await;
    world.fake.mend();
    world.sql("DROP TRIGGER IF EXISTS full").await;
    world.script.lock().unwrap().clear();
}

const FULL: &str = "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN OLD.state = 'sending'
                    BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";

/// One fact of each class, each crash in turn with that many seconds of downtime after it, and then a
/// courier that is left in peace.
async fn check(world: &World, deaths: &[Death], downtime: i64) {
    let now = world.clock.now();
    let case = format!("{deaths:?} {downtime} s at {now}");
    let keys: Vec<String> = CLASSES.iter().map(|class| format!("{class:?}: {case}")).collect();
    let facts = CLASSES.iter().zip(&keys).zip(1..).map(|((class, key), place)| NewEnvelope {
        class: *class,
        due_at: now,
        expires_at: now + TimeDelta::hours(2),
        ..fact(key, channel(place))
    });
    world.enqueue_all(facts).await;
    for (death, key) in deaths.iter().zip(keys.iter().cycle()) {
        run_and_die(world, *death, key).await;
        world.clock.advance_to(world.clock.now() + seconds(downtime));
    }
    let running = world.start();
    world.settle_all().await;
    for key in &keys {
        assert_eq!((world.seen(key), world.state(key).await), (1, State::Sent), "{key}");
    }
    running.stop().await;
}

#[tokio::test]
async fn a_fact_is_seen_once_wherever_one_crash_hits_and_however_long_it_lasts() {
    let world = World::new().await;
    for death in DEATHS {
        for downtime in [0, 1, 119, 120, 121, 1200] {
            check(&world, &[death], downtime).await;
        }
    }
}

#[tokio::test]
async fn a_fact_is_seen_once_through_two_crashes() {
    let world = World::new().await;
    for first in DEATHS {
        for second in DEATHS {
            for downtime in [0, 70, 200] {
                check(&world, &[first, second], downtime).await;
            }
        }
    }
}

#[tokio::test]
async fn a_fact_is_seen_once_through_a_crash_loop() {
    let world = World::new().await;
    for downtime in [0, 30, 100, 200] {
        check(&world, &DEATHS, downtime).await;
        check(&world, &[Death::After(3); 6], downtime).await;
    }
}

#[tokio::test]
async fn a_crash_at_any_moment_of_a_busy_round_shows_every_fact_once() {
    let world = World::new().await;
    for moment in (0..400).step_by(8) {
        let now = world.clock.now();
        let keys: Vec<String> = (0..24).map(|n| format!("moment/{moment}/{n}")).collect();
        let facts = keys.iter().zip(0..).map(|(key, n)| NewEnvelope {
            due_at: now,
            expires_at: now + TimeDelta::hours(1),
            ..fact(key, channel(n % 9))
        });
        world.enqueue_all(facts).await;
        for downtime in [1, 150, 1] {
            let running = world.start();
            for _ in 0..moment {
                tokio::task::yield_now().await;
            }
            running.kill().await;
            world.clock.advance_to(world.clock.now() + seconds(downtime));
        }
        let running = world.start();
        world.settle_all().await;
        for key in &keys {
            assert_eq!((world.seen(key), world.state(key).await), (1, State::Sent), "{key}");
        }
        running.stop().await;
    }
}

#[tokio::test]
async fn a_crash_that_outlasts_the_expiry_posts_nothing_and_says_so() {
    for death in DEATHS {
        let world = World::new().await;
        world.enqueue(&fact("a", channel(1))).await;
        run_and_die(&world, death, "a").await;
        let seen = world.seen("a");
        world.clock.advance_to(noon() + TimeDelta::hours(2));
        let running = world.start();
        world.bell.ring_and_wait().await;
        let delivery = world.delivery("a").await;
        assert_eq!(world.seen("a"), seen);
        if delivery.state != State::Sent {
            // Where the end came before the post began, "late" is as true; nothing may claim that after a post.
            let told = delivery.reason.as_deref();
            assert_eq!(delivery.state, State::Expired, "{death:?}");
            assert!(told == Some("unsure") || (told == Some("late") && seen == 0), "{death:?}: {told:?}");
        }
        running.stop().await;
    }
}
