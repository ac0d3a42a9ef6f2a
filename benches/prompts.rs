//! Ten thousand members whose own hour is the same minute: planned in under a quarter of a second, delivered
//! as fast as Discord lets us and not faster, and somebody who writes hard words in the midst of it answered
//! within a second. Over the sandbox with its limits enforced.
//!
//! `cargo bench --bench prompts`; `-- 500 10` takes 500 members and watches the delivery for ten seconds.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use daymark::checkins::actions::prompts;
use daymark::checkins::model::Direct;
use daymark::checkins::store;
use daymark::cli::stage::Stage;
use daymark::clock::Clock;
use daymark::groups;
use daymark::groups::model::{CONSENT_TEXT, Purpose};
use daymark::ids::{GroupId, GuildId, Member, UserId};
use daymark::roster::Wishes;

/// Members whose hour has come.
const MEMBERS: usize = 10_000;
/// How long the delivery is watched: long enough for several windows of every limit.
const WATCHED: u64 = 25;
/// The plan stands within this.
const PLANNED_WITHIN: Duration = Duration::from_millis(250);
/// A crisis answer is seen within this.
const ANSWERED_WITHIN: Duration = Duration::from_secs(1);
/// Discord's limit over all routes, per second
/// (<https://docs.discord.com/developers/topics/rate-limits#global-rate-limit>).
const PER_SECOND: u64 = 50;

fn noon() -> DateTime<Utc> {
    "2026-03-02T17:00:00Z".parse().unwrap()
}

fn main() {
    let mut given = std::env::args().skip(1).filter_map(|arg| arg.parse::<usize>().ok());
    let members = given.next().unwrap_or(MEMBERS);
    let watched = given.next().map_or(WATCHED, |seconds| u64::try_from(seconds).unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run(members, watched));
}

async fn run(members: usize, watched: u64) {
    // Real seconds, because Discord's limits are: the clock runs on from shortly before noon in New York.
    let clock = Clock::scaled(noon() - TimeDelta::minutes(5), 1);
    let mut stage = Stage::build(clock, "Priya", "Sam", &["Ana"]).await.unwrap();
    stage.start_bot().await.unwrap();
    let setup = "/group setup zone:America/New_York channel:#evening-group country:US name:Evening group";
    stage.person("Priya").unwrap().run(setup).await.unwrap();
    let (guild, group) = (GuildId::from_snowflake(stage.guild.id()), GroupId::new(1));
    join_all(&stage, guild, group, members).await;
    plan_and_deliver(&stage, members, watched).await;
    stage.stop_bot().await;
}

/// Lets them join, agree, and choose the hour that is next.
async fn join_all(stage: &Stage, guild: GuildId, group: GroupId, members: usize) {
    let deps = stage.app().unwrap().deps();
    let people: Vec<_> = (0..members).map(|at| stage.sandbox.person(&format!("Member {at}"))).collect();
    let mut tx = deps.database.write().await.unwrap();
    for person in &people {
        stage.guild.member(person, &[]);
        let member = Member { guild, user: UserId::from_snowflake(person.id()) };
        groups::store::join(&mut tx, group, member.user, noon()).await.unwrap();
        for purpose in [Purpose::Checkins, Purpose::DirectMessages] {
            groups::store::decide(&mut tx, member, purpose, true, CONSENT_TEXT, noon()).await.unwrap();
        }
        let at = "12:00:00".parse().unwrap();
        let direct = Direct { group, member, at, next_at: Some(noon() + TimeDelta::days(300)), unused: 0 };
        store::prompts::keep(&mut tx, &direct, 0).await.unwrap();
        deps.roster.wish(member, Wishes { direct_messages: Some(true), noticing: None });
        deps.roster.join(member.user, group);
    }
    tx.commit().await.unwrap();
    stage.settle().await;
}

async fn plan_and_deliver(stage: &Stage, members: usize, watched: u64) {
    let deps = stage.app().unwrap().deps();
    // Now all of their hours have come at once.
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", deps.database.path().display())).await.unwrap();
    let now = deps.clock.now().timestamp();
    sqlx::query("UPDATE checkin_direct SET next_at = ?").bind(now).execute(&pool).await.unwrap();
    stage.sandbox.limits(true);
    let before = stage.sandbox.counters();
    let began = Instant::now();
    prompts::tick(deps).await.unwrap();
    let planned = began.elapsed();
    let queued: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE kind = 'checkin.direct'").fetch_one(&pool).await.unwrap();
    println!("{queued} prompts planned in {planned:?}");
    assert_eq!(usize::try_from(queued).unwrap(), members);
    // Somebody writes hard words while the queue is full.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let ana = stage.person("Ana").unwrap();
    let wrote = Instant::now();
    ana.say(&stage.channel, "i want to die").unwrap();
    let noted = |_: &daymark::sandbox::Sandbox| {
        stage.channel.messages().iter().any(|message| message.text().contains("private note"))
    };
    stage.sandbox.until(Duration::from_secs(30), noted).await.unwrap();
    let answered = wrote.elapsed();
    println!("a crisis answer in the midst of it: {answered:?}");
    tokio::time::sleep(Duration::from_secs(watched)).await;
    let after = stage.sandbox.counters();
    let took = began.elapsed();
    let (asked, limited) = (after.requests - before.requests, after.limited - before.limited);
    let sent: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE state = 'sent'").fetch_one(&pool).await.unwrap();
    println!("in {took:?}: {asked} requests, {sent} delivered, {limited} refused by the limit");
    assert_eq!(limited, 0, "Discord's limit is obeyed, not hit");
    let most = PER_SECOND * (took.as_secs() + 2);
    assert!(asked <= most, "{asked} requests in {took:?} are more than {PER_SECOND} a second");
    assert!(sent > 0, "something is delivered");
    assert!(answered < ANSWERED_WITHIN, "a crisis answer took {answered:?}, {ANSWERED_WITHIN:?} is the limit");
    if !cfg!(debug_assertions) {
        assert!(planned < PLANNED_WITHIN, "planning took {planned:?}, {PLANNED_WITHIN:?} is the limit");
    }
}
