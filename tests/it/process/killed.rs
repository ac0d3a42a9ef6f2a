//! Killed in the middle of sending, and started again: what members see does not change.

use chrono::{SubsecRound, TimeDelta, Timelike};
use daymark::app;
use daymark::clock::Clock;
use daymark::sandbox::{Harm, SandboxOptions};
use daymark::{groups, sessions};
use sqlx::{Connection, SqliteConnection};

use super::{PATIENCE, Running, World};

/// Declares a session in half an hour whose reminder fell due five minutes ago, as a bot that was set up
/// ten minutes ago and stopped would have left it.
pub async fn declare_a_reminder_due_now(world: &World) {
    let now = Clock::system().now();
    let starts = now.with_second(0).unwrap().trunc_subsecs(0) + TimeDelta::minutes(30);
    let when = starts.format("%a %H:%M").to_string().to_lowercase();
    world.declare(&format!("[[group.series]]\ntitle = \"Evening\"\nwhen = \"{when}\"\nleads = \"35m\"\n"));
    let deps = app::open(world.config(), Clock::manual(now - TimeDelta::minutes(10))).await.unwrap();
    for (group, declared) in groups::actions::apply_declared(&deps).await.unwrap() {
        sessions::actions::apply_declared(&deps, &group, &declared.series).await.unwrap();
    }
    deps.database.close().await;
}

/// Lets the crash lie five minutes back: longer than Discord remembers a nonce.
async fn five_minutes_pass(world: &World) {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", world.database().display())).await.unwrap();
    let aged =
        sqlx::query("UPDATE outbox SET claimed_at = claimed_at - 300, next_at = next_at - 300 WHERE state = 'sending'");
    assert_eq!(aged.execute(&mut connection).await.unwrap().rows_affected(), 1);
    connection.close().await.unwrap();
}

async fn check(when: Harm, later: bool) {
    let mut options = SandboxOptions { token: "x".to_owned(), ..SandboxOptions::default() };
    if later {
        options.nonce_window_ms = 0;
    }
    let world = World::with(options).await;
    declare_a_reminder_due_now(&world).await;
    world.sandbox.faults().next("POST", "/channels/*/messages", when.clone());
    let bot = Running::start(world.daymark(&["run"]));
    world.sandbox.until(PATIENCE, |sandbox| sandbox.faults().held() == 1).await.unwrap();
    assert_eq!(bot.kill().await.code, None, "killed, not ended");
    world.sandbox.faults().release();
    assert_eq!(world.outbox().await, [("sending", 1)].into(), "it was killed in the middle of sending");
    if later {
        five_minutes_pass(&world).await;
    }
    let mut command = world.daymark(&["run"]);
    command.env("DAYMARK_LOG", "daymark=debug");
    let mut bot = world.run_with(command).await;
    bot.until_said("kind=\"session.reminder\" attempts=2").await;
    bot.stop().await;
    let seen: Vec<String> = world.ana.reads(&world.channel).iter().map(|message| message.text()).collect();
    assert_eq!(seen.len(), 1, "{when:?}, later: {later}: {seen:?}");
    assert!(seen[0].contains("**Evening** starts"), "{seen:?}");
    assert_eq!(world.outbox().await, [("sent", 1)].into());
    world.left_tidy().await;
}

#[tokio::test]
async fn a_reminder_whose_post_was_not_taken_when_the_bot_was_killed_is_seen_once() {
    check(Harm::HeldBefore, false).await;
}

#[tokio::test]
async fn a_reminder_that_was_posted_when_the_bot_was_killed_is_seen_once() {
    check(Harm::HeldAfter, false).await;
}

#[tokio::test]
async fn a_bot_that_comes_back_too_late_for_the_nonce_looks_first() {
    check(Harm::HeldAfter, true).await;
    check(Harm::HeldBefore, true).await;
}
