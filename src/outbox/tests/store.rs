//! The store on a real SQLite file.

use sqlx::Row;

use super::kept::*;
use super::*;
use crate::ids::{EnvelopeId, MessageId};

async fn write<T>(
    world: &World,
    run: impl AsyncFnOnce(&mut sqlx::Transaction<'static, sqlx::Sqlite>) -> sqlx::Result<T>,
) -> T {
    let mut tx = world.database.write().await.unwrap();
    let value = run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    value
}

async fn claim_due(world: &World) -> Vec<Envelope> {
    let now = world.clock.now();
    write(world, async |tx| {
        let ids: Vec<EnvelopeId> = find_due(tx, now).await?.iter().map(|candidate| candidate.id).collect();
        claim(tx, now, &ids).await
    })
    .await
}

/// A world with one envelope in each state, keyed by its word.
async fn one_of_each() -> World {
    let world = World::new().await;
    for (n, state) in (1..).zip(STATES) {
        world.enqueue(&fact(state.word(), channel(n))).await;
    }
    let claimed = claim_due(&world).await;
    let now = world.clock.now();
    write(&world, async |tx| {
        for envelope in &claimed {
            let ending = match envelope.dedupe_key.as_str() {
                "sent" => Ending::Sent(MessageId::new(9)),
                "expired" => Ending::Expired("late".into()),
                "undeliverable" => Ending::Undeliverable("50007".into()),
                "cancelled" => Ending::Cancelled("moved".into()),
                "pending" => {
                    let back = Release { next_at: now, first_at: None, attempts: 0 };
                    release(tx, now, envelope.id, envelope.attempts, back).await?;
                    continue;
                }
                _ => continue,
            };
            settle(tx, now, envelope.id, envelope.attempts, &ending).await?;
        }
        Ok(())
    })
    .await;
    for state in STATES {
        assert_eq!(world.state(state.word()).await, state);
    }
    world
}

#[tokio::test]
async fn every_statement_prepares_and_none_reads_the_whole_table_in_the_hot_path() {
    let world = World::new().await;
    for (name, sql) in STATEMENTS {
        let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let mut tx = world.database.write().await.unwrap();
        let plan = sqlx::query(explain).fetch_all(&mut *tx).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        for step in plan {
            let detail: String = step.get("detail");
            let whole = detail.starts_with("SCAN outbox") && !detail.contains("INDEX");
            assert!(!whole || *name == "COUNT", "{name}: {detail}");
        }
    }
}

#[tokio::test]
async fn a_second_enqueue_of_the_same_fact_changes_nothing_in_any_state() {
    let world = one_of_each().await;
    for state in STATES {
        let before = world.delivery(state.word()).await;
        let other = NewEnvelope { class: Class::Digest, due_at: noon() + seconds(5), ..fact(state.word(), person(3)) };
        assert!(!world.enqueue(&other).await);
        assert_eq!(world.delivery(state.word()).await, before);
    }
}

#[tokio::test]
async fn an_enqueue_that_is_rolled_back_never_was() {
    let world = World::new().await;
    let mut tx = world.database.write().await.unwrap();
    assert!(enqueue(&mut tx, noon(), &fact("a", channel(1))).await.unwrap());
    drop(tx);
    assert!(world.enqueue(&fact("a", channel(1))).await);
}

#[tokio::test]
async fn what_was_queued_comes_back_whole() {
    let world = World::new().await;
    let queued = NewEnvelope {
        class: Class::Concern,
        subject: serde_json::json!({ "occurrence": [12, "x"] }),
        ..fact("k/ü", person(5))
    };
    world.enqueue(&queued).await;
    let claimed = claim_due(&world).await.remove(0);
    assert_eq!((claimed.class, claimed.place, claimed.guild), (queued.class, queued.place, queued.guild));
    assert_eq!((claimed.dedupe_key.as_str(), claimed.kind.as_str()), ("k/ü", "test.card"));
    assert_eq!(
        (claimed.subject, claimed.due_at, claimed.expires_at),
        (queued.subject, queued.due_at, queued.expires_at)
    );
    assert_eq!((claimed.attempts, claimed.first_at, claimed.nonce), (1, None, Nonce::of("k/ü")));
}

#[tokio::test]
async fn cancelling_touches_what_waits_and_keeps_what_is_being_sent_from_coming_back() {
    for whole_guild in [true, false] {
        let world = one_of_each().await;
        let cancelled = write(&world, async |tx| {
            if whole_guild {
                return cancel_guild(tx, noon(), GUILD, "closed").await;
            }
            let mut count = 0;
            for state in STATES {
                count += cancel_matching(tx, noon(), state.word(), "closed").await?;
            }
            Ok(count)
        });
        assert_eq!(cancelled.await, 2);
        for state in STATES {
            let after = world.delivery(state.word()).await;
            let expected = if state == State::Pending { State::Cancelled } else { state };
            assert_eq!(after.state, expected);
        }
        assert_eq!(world.delivery("pending").await.reason.as_deref(), Some("closed"));
        let rescued = write(&world, async |tx| rescue(tx, noon(), &[]).await).await;
        assert_eq!((rescued, world.state("sending").await), (1, State::Cancelled));
    }
}

#[tokio::test]
async fn a_cancelled_envelope_that_is_posted_all_the_same_is_sent() {
    let world = World::new().await;
    world.enqueue(&fact("a", channel(1))).await;
    let claimed = claim_due(&world).await.remove(0);
    let ended = write(&world, async |tx| {
        cancel_matching(tx, noon(), "a", "moved").await?;
        settle(tx, noon(), claimed.id, claimed.attempts, &Ending::Sent(MessageId::new(4))).await
    });
    assert!(ended.await);
    let delivery = world.delivery("a").await;
    assert_eq!((delivery.state, delivery.reason, delivery.message), (State::Sent, None, Some(MessageId::new(4))));
}

#[tokio::test]
async fn an_envelope_cancelled_while_it_is_sent_does_not_come_back() {
    let world = World::new().await;
    world.enqueue(&fact("a", channel(1))).await;
    let claimed = claim_due(&world).await.remove(0);
    let back = Release { next_at: noon() + seconds(9), first_at: None, attempts: 1 };
    let released = write(&world, async |tx| {
        cancel_matching(tx, noon(), "a", "moved").await?;
        release(tx, noon(), claimed.id, claimed.attempts, back).await
    });
    assert!(released.await);
    let delivery = world.delivery("a").await;
    assert_eq!((delivery.state, delivery.reason.as_deref()), (State::Cancelled, Some("moved")));
    assert_eq!(delivery.settled_at, Some(noon()));
}

#[tokio::test]
async fn a_prefix_means_itself_and_nothing_like_it() {
    for (prefix, mut hit) in [
        ("session:1/", vec!["session:1/a", "session:1/b"]),
        ("session:1", vec!["session:1/a", "session:1/b", "session:12/a"]),
        ("a%", vec!["a%b"]),
        ("a_", vec!["a_b"]),
        ("ü", vec!["ü😀", "üa"]),
        ("", vec![]),
        ("SESSION:1/", vec![]),
    ] {
        let world = World::new().await;
        let keys = ["session:1/a", "session:1/b", "session:12/a", "session:2/a", "a%b", "axb", "a_b", "üa", "ü😀", "v"];
        world.enqueue_all(keys.map(|key| fact(key, channel(1)))).await;
        write(&world, async |tx| cancel_matching(tx, noon(), prefix, "moved").await).await;
        let mut cancelled = Vec::new();
        for key in keys {
            if world.state(key).await == State::Cancelled {
                cancelled.push(key);
            }
        }
        cancelled.sort_unstable();
        hit.sort_unstable();
        assert_eq!(cancelled, hit, "{prefix}");
    }
}

#[tokio::test]
async fn forgetting_a_person_leaves_no_row_of_theirs_and_every_row_of_others() {
    let world = World::new().await;
    let elsewhere = NewEnvelope { guild: GuildId::new(2), ..fact("other guild", person(5)) };
    world.enqueue_all([fact("a", person(5)), fact("b", person(6)), fact("c", channel(5)), elsewhere]).await;
    let cancelled = write(&world, async |tx| cancel_direct(tx, noon(), GUILD, UserId::new(5), "forgotten").await);
    assert_eq!(cancelled.await, 1);
    let removed = write(&world, async |tx| forget_direct(tx, GUILD, UserId::new(5), DateTime::<Utc>::MAX_UTC).await);
    assert_eq!(removed.await, 1);
    assert_eq!(world.count(State::Pending).await, 3);
    assert_eq!(write(&world, async |tx| forget_matching(tx, "", DateTime::<Utc>::MAX_UTC).await).await, 0);
    assert_eq!(write(&world, async |tx| forget_matching(tx, "b", DateTime::<Utc>::MAX_UTC).await).await, 1);
    assert_eq!(write(&world, async |tx| forget_guild(tx, GUILD).await).await, 1);
    assert_eq!(world.count(State::Pending).await, 1);
}

#[tokio::test]
async fn what_is_due_comes_by_class_then_by_time_and_not_where_another_is_being_sent() {
    let world = World::new().await;
    let at = |class, key: &str, place, due: i64| NewEnvelope {
        class,
        due_at: noon() + seconds(due),
        ..fact(key, channel(place))
    };
    world
        .enqueue_all([
            at(Class::Digest, "digest", 1, -90),
            at(Class::Reminder, "later", 2, -10),
            at(Class::Reminder, "earlier", 3, -20),
            at(Class::Answer, "answer", 4, 0),
            at(Class::Answer, "not yet", 5, 1),
            NewEnvelope { expires_at: noon(), ..at(Class::Answer, "too late", 6, -60) },
        ])
        .await;
    let keys: Vec<String> = claim_due(&world).await.into_iter().map(|envelope| envelope.dedupe_key).collect();
    assert_eq!(keys, ["answer", "earlier", "later", "digest"]);
    world.enqueue_all([at(Class::Answer, "busy", 2, -5), at(Class::Answer, "same number", 0, -5)]).await;
    world.enqueue(&fact("a person of that number", person(2))).await;
    let keys: Vec<String> = claim_due(&world).await.into_iter().map(|envelope| envelope.dedupe_key).collect();
    assert_eq!(keys, ["same number", "a person of that number"]);
}

#[tokio::test]
async fn a_claim_takes_an_envelope_once() {
    let world = World::new().await;
    world.enqueue(&fact("a", channel(1))).await;
    let id = claim_due(&world).await[0].id;
    assert!(claim_due(&world).await.is_empty());
    assert!(write(&world, async |tx| claim(tx, noon(), &[id]).await).await.is_empty());
}

#[tokio::test]
async fn an_end_for_an_attempt_that_is_over_changes_nothing() {
    let world = one_of_each().await;
    for state in STATES {
        let before = world.delivery(state.word()).await;
        let wrong = if state == State::Sending { before.attempts + 1 } else { before.attempts };
        let back = Release { next_at: noon(), first_at: None, attempts: 0 };
        let changed = write(&world, async |tx| {
            let settled = settle(tx, noon(), before.id, wrong, &Ending::Sent(MessageId::new(1))).await?;
            Ok(settled | release(tx, noon(), before.id, wrong, back).await?)
        });
        assert!(!changed.await, "{state:?}");
        assert_eq!(world.delivery(state.word()).await, before);
    }
}

#[tokio::test]
async fn a_rescue_brings_back_only_what_was_being_sent_and_as_doubtful() {
    let world = one_of_each().await;
    let known = world.delivery("sending").await.id;
    assert_eq!(write(&world, async |tx| rescue(tx, noon(), &[known]).await).await, 0);
    let now = noon() + seconds(9);
    assert_eq!(write(&world, async |tx| rescue(tx, now, &[]).await).await, 1);
    for state in STATES {
        let expected = if state == State::Sending { State::Pending } else { state };
        assert_eq!(world.state(state.word()).await, expected);
    }
    let doubts: Vec<_> =
        claim_due(&world).await.into_iter().map(|envelope| (envelope.dedupe_key, envelope.first_at)).collect();
    assert_eq!(doubts, [("pending".into(), None), ("sending".into(), Some(noon()))]);
}

#[tokio::test]
async fn a_rescue_after_the_clock_went_back_waits_for_nothing() {
    let world = World::new().await;
    world.enqueue(&fact("a", channel(1))).await;
    claim_due(&world).await;
    let yesterday = noon() - TimeDelta::days(1);
    assert_eq!(write(&world, async |tx| rescue(tx, yesterday, &[]).await).await, 1);
    let due = write(&world, async |tx| find_due(tx, yesterday).await);
    assert_eq!(due.await.len(), 1);
}

#[tokio::test]
async fn what_expires_says_whether_it_may_have_been_seen() {
    let world = World::new().await;
    world.enqueue_all([fact("never tried", channel(1)), fact("in doubt", channel(2))]).await;
    claim_due(&world).await;
    write(&world, async |tx| rescue(tx, noon(), &[]).await).await;
    world.sql("UPDATE outbox SET first_at = NULL WHERE dedupe_key = 'never tried'").await;
    let over = noon() + TimeDelta::hours(1);
    assert_eq!(write(&world, async |tx| expire(tx, over - seconds(1)).await).await, 0);
    assert_eq!(write(&world, async |tx| expire(tx, over).await).await, 2);
    assert_eq!(world.delivery("never tried").await.reason.as_deref(), Some("late"));
    assert_eq!(world.delivery("in doubt").await.reason.as_deref(), Some("unsure"));
    let settled_at = world.delivery("in doubt").await.settled_at;
    assert_eq!(settled_at, Some(over));
}

#[tokio::test]
async fn the_next_moment_is_the_earliest_ahead_and_never_after_an_expiry() {
    let world = World::new().await;
    let next = async || write(&world, async |tx| next_at(tx, noon()).await).await;
    assert_eq!(next().await, None);
    world.enqueue(&fact("due", channel(1))).await;
    assert_eq!(next().await, None);
    world.enqueue(&NewEnvelope { due_at: noon() + seconds(90), ..fact("soon", channel(2)) }).await;
    assert_eq!(next().await, Some(noon() + seconds(90)));
    let backwards =
        NewEnvelope { due_at: noon() + seconds(80), expires_at: noon() + seconds(40), ..fact("x", channel(3)) };
    world.enqueue(&backwards).await;
    assert_eq!(next().await, Some(noon() + seconds(40)));
}

#[tokio::test]
async fn pruning_removes_in_batches_what_is_settled_and_over() {
    let world = one_of_each().await;
    let many = (0..PRUNE_BATCH + 3).map(|n| fact(&format!("old/{n}"), channel(100 + n)));
    world.enqueue_all(many).await;
    write(&world, async |tx| cancel_matching(tx, noon(), "old/", "moved").await).await;
    // Settled at noon, but until it expires the same fact could be queued again.
    assert_eq!(write(&world, async |tx| prune(tx, noon() + TimeDelta::hours(1)).await).await, 0);
    let later = noon() + TimeDelta::days(30);
    let batch = u64::try_from(PRUNE_BATCH).unwrap();
    assert_eq!(write(&world, async |tx| prune(tx, later).await).await, batch);
    assert_eq!(write(&world, async |tx| prune(tx, later).await).await, 3 + 4);
    assert_eq!(write(&world, async |tx| prune(tx, later).await).await, 0);
    assert_eq!((world.count(State::Pending).await, world.count(State::Sending).await), (1, 1));
}

#[tokio::test]
async fn a_list_shows_what_was_asked_for_newest_first() {
    let world = one_of_each().await;
    let other = NewEnvelope { guild: GuildId::new(2), ..fact("elsewhere", channel(77)) };
    world.enqueue(&other).await;
    world.enqueue(&NewEnvelope { due_at: noon() + seconds(60), ..fact("newer", channel(78)) }).await;
    let listed = async |since, states: &[State]| -> Vec<String> {
        let found = list(world.database.read(), GUILD, since, states).await.unwrap();
        found.into_iter().map(|delivery| delivery.dedupe_key).collect()
    };
    assert_eq!(listed(noon(), &[State::Expired, State::Undeliverable]).await, ["undeliverable", "expired"]);
    assert_eq!(listed(noon(), &[State::Pending]).await, ["newer", "pending"]);
    assert_eq!(listed(noon() + seconds(1), &STATES).await, ["newer"]);
    assert!(listed(noon(), &[]).await.is_empty());
    for state in STATES {
        let expected = if state == State::Pending { 3 } else { 1 };
        assert_eq!(world.count(state).await, expected);
    }
}

#[test]
fn a_state_is_kept_as_its_word() {
    let words: Vec<String> = STATES.iter().map(|state| format!("{state:?}").to_lowercase()).collect();
    assert_eq!(words, STATES.map(State::word));
}
