//! What breaks, and what members see of it: nothing but lateness. Each call of a small day fails in each
//! way; the bot is killed at each moment around a send; places disappear.

use std::time::Duration;

use chrono::TimeDelta;
use daymark::calendar::{resolved, to_civil};
use daymark::outbox::State;
use daymark::sandbox::{Harm, Scope};

use crate::stage::{HARD_WORDS, Scene, is_pointer, moment};

const NOTE: &str = "private note here for someone";
const OPENED: &str = "This note has been opened";
const SOMEONE: &str = "would like someone to reach out";
/// A Monday that begins before the prompt, with no clock change for months.
const EARLY: &str = "2026-05-04 08:40";

/// The evening group meets every day, so that every day can be somebody's bad one.
async fn every_day() -> Scene {
    let scene = Scene::with_members(EARLY).await;
    scene.adds("Sam", "/schedule add title:Evening group when:daily 18:00 leads:1h 15m").await;
    scene
}

/// How much of everything stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    prompts: usize,
    reminders: usize,
    notes: usize,
    direct: usize,
    hands: usize,
}

fn seen(scene: &Scene) -> Seen {
    Seen {
        prompts: scene.in_channel("How are you today?").len(),
        reminders: scene.in_channel("starts").len(),
        notes: scene.in_channel(NOTE).len() + scene.in_channel(OPENED).len(),
        direct: scene.inbox("Ana").iter().filter(|message| is_pointer(message)).count(),
        hands: scene.in_staff(SOMEONE).len(),
    }
}

/// A small day of the group: a prompt and a press, a command, two pointers, a call for a person, two
/// reminders. Everything that somebody waits for is answered.
async fn a_small_day(scene: &Scene) {
    let morning = scene.stage.clock.now();
    scene.stage.advance_to(morning + TimeDelta::minutes(30)).await.unwrap();
    let said = scene.presses("Ana", "Okay").await;
    assert!(said.contains("Okay is good"), "{said}");
    scene.says("Ana", HARD_WORDS).await;
    scene.says("Ben", HARD_WORDS).await;
    let said = scene.presses("Ben", "Open the note").await;
    assert!(said.contains("988"), "{said}");
    scene.presses("Ben", "Ask for a person here").await;
    let said = scene.presses("Ben", "Post it").await;
    assert!(said.contains("It's posted"), "{said}");
    scene.stage.advance_to(morning + TimeDelta::hours(10)).await.unwrap();
    let said = scene.runs("Ben", "/sessions next").await;
    assert!(said.contains("Evening group"), "{said}");
    scene.stage.advance_to(morning + TimeDelta::days(1)).await.unwrap();
}

/// The n-th call of a day fails in this way, for each n, one a day.
async fn each_call_fails(harm: impl Fn(u64) -> Harm) {
    let scene = every_day().await;
    // The first day also opens the channel of direct messages, which is then known.
    a_small_day(&scene).await;
    let before = scene.stage.sandbox.counters().requests;
    a_small_day(&scene).await;
    let calls = scene.stage.sandbox.counters().requests - before;
    assert!(calls >= 10, "a small day has {calls} calls");
    let mut expected = seen(&scene);
    assert_eq!(expected, Seen { prompts: 2, reminders: 4, notes: 4, direct: 2, hands: 2 });
    for n in 1..=calls {
        let fault = scene.stage.sandbox.faults().nth(n, "*", "**", harm(n));
        a_small_day(&scene).await;
        assert_eq!(scene.stage.sandbox.faults().struck(fault), 1, "call {n} was made");
        scene.stage.sandbox.faults().lift(fault);
        expected = Seen {
            prompts: expected.prompts + 1,
            reminders: expected.reminders + 2,
            // One for the words, one that says the truth when nobody came: who asked takes no direct messages.
            notes: expected.notes + 2,
            direct: expected.direct + 1,
            hands: expected.hands + 1,
        };
        assert_eq!(seen(&scene), expected, "call {n} of {calls}: {:?}\n{}", harm(n), scene.stage.sandbox.dump());
    }
    let unsent = scene.deliveries(&[State::Expired, State::Undeliverable, State::Cancelled, State::Pending]).await;
    assert!(unsent.is_empty(), "{unsent:?}");
    scene.end().await;
}

#[tokio::test]
async fn members_see_everything_once_whichever_call_is_answered_500() {
    each_call_fails(|_| Harm::Status(500)).await;
}

#[tokio::test]
async fn members_see_everything_once_whichever_call_took_effect_and_is_answered_502() {
    each_call_fails(|_| Harm::StatusAfter(502)).await;
}

#[tokio::test]
async fn members_see_everything_once_whichever_call_is_lost_before_it_took_effect() {
    each_call_fails(|_| Harm::DroppedBefore).await;
}

#[tokio::test]
async fn members_see_everything_once_whichever_call_is_lost_after_it_took_effect() {
    each_call_fails(|_| Harm::DroppedAfter).await;
}

#[tokio::test]
async fn members_see_everything_once_whichever_call_is_answered_with_nonsense() {
    each_call_fails(|_| Harm::Garbage).await;
}

#[tokio::test]
async fn members_see_everything_once_whichever_call_is_limited() {
    let retry_after = Duration::from_millis(20);
    each_call_fails(|n| Harm::RateLimited { retry_after, scope: if n % 2 == 0 { Scope::User } else { Scope::Global } })
        .await;
}

/// What is on its way when the bot is killed.
#[derive(Clone, Copy, Debug)]
enum Sending {
    Prompt,
    Reminder,
    Hand,
}

/// What becomes of the post that was on its way when the bot was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It never arrives.
    Lost,
    /// It arrives after the bot is gone.
    Arrives,
    /// It had arrived, and only the answer is lost.
    Arrived,
}

/// Brings a post of the next day on its way to where the fault holds it, and kills the bot there.
async fn kill_while_sending(scene: &mut Scene, sending: Sending, fate: Fate) {
    let hour = match sending {
        Sending::Prompt => "09:00:00",
        Sending::Reminder => "17:00:00",
        Sending::Hand => "12:00:00",
    };
    let tomorrow = to_civil(scene.stage.clock.now(), scene.zone).date() + TimeDelta::days(1);
    let due = resolved(tomorrow.and_time(hour.parse().unwrap()), scene.zone).at;
    scene.stage.advance_to(due - TimeDelta::seconds(1)).await.unwrap();
    if matches!(sending, Sending::Hand) {
        scene.says("Ben", HARD_WORDS).await;
        scene.presses("Ben", "Open the note").await;
        scene.presses("Ben", "Ask for a person here").await;
    }
    let faults = scene.stage.sandbox.faults();
    let harm = if fate == Fate::Arrived { Harm::HeldAfter } else { Harm::HeldBefore };
    let before = faults.held();
    faults.next("POST", "/channels/*/messages", harm);
    match sending {
        Sending::Prompt | Sending::Reminder => scene.stage.clock.advance_to(due),
        Sending::Hand => {
            let preview = scene.only("Ben");
            scene.person("Ben").press(&preview, "Post it").await.unwrap();
        }
    }
    scene.stage.sandbox.until(Duration::from_secs(10), |sandbox| sandbox.faults().held() > before).await.unwrap();
    scene.stage.kill_bot().await;
    if fate != Fate::Lost {
        faults.release();
    }
}

#[tokio::test]
async fn what_was_being_sent_when_the_bot_was_killed_is_seen_once() {
    // Away for no time; within the time Discord knows a nonce; after that, when only looking helps.
    let table = [
        (
            Fate::Lost,
            vec![
                (Sending::Prompt, 0),
                (Sending::Reminder, 0),
                (Sending::Reminder, 1),
                (Sending::Reminder, 20),
                (Sending::Hand, 0),
            ],
        ),
        (Fate::Arrives, vec![(Sending::Reminder, 0), (Sending::Reminder, 20), (Sending::Hand, 1)]),
        (
            Fate::Arrived,
            vec![
                (Sending::Prompt, 0),
                (Sending::Prompt, 20),
                (Sending::Reminder, 0),
                (Sending::Reminder, 1),
                (Sending::Reminder, 20),
                (Sending::Hand, 0),
                (Sending::Hand, 20),
            ],
        ),
    ];
    for (fate, sent) in table {
        let mut scene = every_day().await;
        for (sending, away) in sent {
            seen_once_after_a_kill(&mut scene, sending, fate, away).await;
        }
        scene.end().await;
    }
}

async fn seen_once_after_a_kill(scene: &mut Scene, sending: Sending, fate: Fate, away: i64) {
    kill_while_sending(scene, sending, fate).await;
    let since = scene.stage.clock.now().timestamp_millis();
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::minutes(away));
    scene.stage.start_bot().await.unwrap();
    scene.wait(TimeDelta::minutes(5)).await;
    let posted = match sending {
        Sending::Prompt => scene.in_channel("How are you today?"),
        Sending::Reminder => scene.in_channel("starts"),
        Sending::Hand => scene.in_staff(SOMEONE),
    };
    let count = posted.iter().filter(|message| message.at >= since).count();
    assert_eq!(count, 1, "{sending:?} {fate:?}, away for {away} minutes\n{}", scene.stage.sandbox.dump());
    assert!(scene.deliveries(&[State::Pending, State::Sending]).await.is_empty());
}

#[tokio::test]
async fn what_was_being_sent_is_not_sent_any_more_once_its_time_is_over() {
    for (fate, at_most) in [(Fate::Lost, 0), (Fate::Arrives, 1), (Fate::Arrived, 1)] {
        let mut scene = every_day().await;
        kill_while_sending(&mut scene, Sending::Reminder, fate).await;
        let since = scene.stage.clock.now().timestamp_millis();
        scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::hours(2));
        scene.stage.start_bot().await.unwrap();
        scene.wait(TimeDelta::minutes(5)).await;
        let count = scene.in_channel("starts").iter().filter(|message| message.at >= since).count();
        assert!(count <= at_most, "{fate:?}: {count}");
        let said = scene.runs("Sam", "/schedule list").await;
        assert!(said.contains("1 × Discord did not say whether it arrived"), "never a silent miss: {said}");
        scene.end().await;
    }
}

#[tokio::test]
async fn killed_at_any_moment_of_a_reminder_it_is_seen_once() {
    let mut scene = every_day().await;
    for (day, steps) in (0..).zip([0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144]) {
        let due = moment("2026-05-04 17:00") + TimeDelta::days(day);
        scene.stage.advance_to(due - TimeDelta::seconds(1)).await.unwrap();
        scene.stage.clock.advance_to(due);
        for _ in 0..steps {
            tokio::task::yield_now().await;
        }
        scene.stage.kill_bot().await;
        scene.stage.start_bot().await.unwrap();
        scene.wait(TimeDelta::minutes(1)).await;
        let at_five = scene.in_channel("starts").iter().filter(|message| message.at >= due.timestamp_millis()).count();
        assert_eq!(at_five, 1, "killed after {steps} steps\n{}", scene.stage.sandbox.dump());
    }
    scene.end().await;
}

#[tokio::test]
async fn a_busy_database_costs_time_and_nothing_else() {
    let scene = every_day().await;
    scene.at("mon 16:59").await;
    let path = scene.stage.folder().join("daymark.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let mut holder = pool.acquire().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *holder).await.unwrap();
    scene.stage.clock.advance_to(moment("2026-05-04 17:00"));
    // Helplines are read while the planner waits for the file.
    let said = scene.person("Dee").run("/helplines").await.unwrap().text();
    assert!(said.contains("988"), "{said}");
    assert_eq!(scene.in_channel("starts").len(), 0);
    sqlx::query("ROLLBACK").execute(&mut *holder).await.unwrap();
    scene.wait(TimeDelta::seconds(30)).await;
    assert_eq!(scene.in_channel("starts").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_deleted_channel_is_seen_by_facilitators_and_mended_by_setting_up_again() {
    let scene = every_day().await;
    scene.stage.channel.delete();
    scene.at("mon 18:30").await;
    let undelivered = scene.deliveries(&[State::Undeliverable]).await;
    assert_eq!(undelivered.len(), 3, "a prompt and two reminders: {undelivered:?}");
    assert!(undelivered.iter().all(|one| one.reason.as_deref() == Some("10003") && one.attempts == 1));
    let sam = scene.stage.sandbox.person("Sam").at(&scene.stage.staff).unwrap();
    let said = sam.run("/schedule list").await.unwrap().text();
    assert!(said.contains("2 × the channel is gone; run `/group setup` with another one"), "{said}");
    let fresh = scene.stage.guild.channel("new-room", daymark::sandbox::Kind::Text);
    let priya = scene.stage.sandbox.person("Priya").at(&scene.stage.staff).unwrap();
    priya.run("/group setup zone:America/New_York channel:#new-room country:US name:Evening group").await.unwrap();
    scene.at("tue 18:30").await;
    assert_eq!(fresh.messages().iter().filter(|message| message.text().contains("starts")).count(), 2);
    scene.end().await;
}

#[tokio::test]
async fn a_forbidden_channel_is_seen_by_facilitators_alone() {
    let scene = every_day().await;
    scene.stage.channel.overwrite_bot(0, daymark::sandbox::permissions::SEND_MESSAGES);
    scene.at("mon 18:30").await;
    let said = scene.runs("Sam", "/schedule list").await;
    assert!(said.contains("2 × I may not write in the channel"), "{said}");
    let said = scene.runs("Ana", "/schedule list").await;
    assert!(!said.contains("Not delivered"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn removed_from_the_server_the_bot_is_silent_and_goes_on_when_it_is_back() {
    let scene = every_day().await;
    scene.at("mon 12:00").await;
    scene.stage.guild.remove_bot();
    scene.stage.settle().await;
    let before = scene.stage.sandbox.counters();
    scene.at("wed 12:00").await;
    let after = scene.stage.sandbox.counters();
    assert_eq!(scene.in_channel("starts").len(), 0);
    assert_eq!(after.requests, before.requests, "nothing is asked where nobody wants it");
    scene.stage.guild.add_bot(daymark::cli::stage::BOT_PERMISSIONS);
    scene.stage.settle().await;
    scene.at("wed 18:30").await;
    assert_eq!(scene.in_channel("starts").len(), 2);
    scene.at("thu 12:00").await;
    assert_eq!(scene.in_channel("Thursday 7 May").len(), 1);
    scene.end().await;
}
