//! Whatever a check-in can be fed: words of every kind, presses at once, from last week, or answered too late;
//! and that nothing of it lies anywhere in clear.

use std::time::Duration;

use crate::stage::{MONDAY, Scene, is_pointer};
use chrono::TimeDelta;

/// Longest real time that a test waits for the bot to do something.
const PATIENCE: Duration = Duration::from_secs(20);

/// Words as they are typed, and whether there is anything in them to be kept.
fn typed() -> Vec<(&'static str, String, bool)> {
    vec![
        ("at the limit", "ж".repeat(1000), true),
        ("one too many for a line, as a client without limits sends it", "z".repeat(1001), true),
        ("4,000 characters", "q".repeat(4000), true),
        ("only emoji", "😀😬🫠😵‍💫".to_owned(), true),
        ("right to left", "أنا متعب اليوم \u{202E}olleh".to_owned(), true),
        ("zero-width between letters", "ze\u{200B}ro\u{2060}wi\u{FEFF}dth".to_owned(), true),
        ("nothing but what cannot be seen", "\u{200B}\u{200D}\u{FEFF}\u{202E} \u{2066}".to_owned(), false),
        ("markdown", "# **b** ||s|| [x](https://evil.example) ```code```".to_owned(), true),
        ("mentions", "@everyone @here <@1> <@&2> <#3>".to_owned(), true),
        ("what looks like a query", "'); DROP TABLE checkin_answer; --".to_owned(), true),
        ("control characters", "\u{0}\u{1}\u{7}\u{1B}[31mred".to_owned(), true),
        ("blanks", " \n\t ".to_owned(), false),
        ("nothing", String::new(), false),
    ]
}

#[tokio::test]
async fn whatever_is_typed_is_answered_kindly_kept_once_and_shared_inert() {
    let scene = Scene::with_members(MONDAY).await;
    let ana = scene.person("Ana");
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Okay").await;
    let thanks = scene.only("Ana");
    for (what, words, kept) in typed() {
        let form = ana.press(&thanks, "Write a line").await.unwrap().form().unwrap().clone();
        let sent = ana.submit(&form, &[("line", &words)]).await;
        if words.chars().count() > 1000 {
            // Discord's client and Discord itself refuse what is longer than the field; nothing is lost.
            let no = sent.unwrap_err().to_string();
            assert!(no.contains("1000 characters"), "{what}: {no}");
            ana.closes_modal();
            continue;
        }
        let said = sent.unwrap().text();
        scene.stage.settle().await;
        assert_eq!(said.contains("Your words are kept, locked"), kept, "{what}: {said}");
        scene.is_kind(&said);
        let again = ana.press(&thanks, "Write a line").await.unwrap().form().unwrap().clone();
        let expected = if kept { words.trim() } else { "" };
        assert_eq!(again.fields[0].value.trim(), expected, "{what}: it comes back as it was");
        ana.closes_modal();
        assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1, "{what}");
        if kept {
            // Shown to somebody else, it is inert.
            ana.press(&thanks, "Share").await.unwrap();
            let options = ["My line".to_owned()];
            let preview = daymark::cli::story::choose(&ana, &options, "share this").await.unwrap().text();
            for bad in ["@everyone", "@here", "<@1>", "<@&2>", "https://", "**b**", "||s||", "\u{202E}", "\u{7}"] {
                assert!(!preview.contains(bad), "{what}: {bad:?} works in {preview:?}");
            }
        }
    }
    scene.end().await;
}

#[tokio::test]
async fn presses_at_once_from_last_week_or_answered_too_late_lose_and_double_nothing() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    let (ana, ben) = (scene.person("Ana"), scene.person("Ben"));
    let prompt = scene.in_channel("How are you today?").remove(0);
    // Two devices, and somebody else, at once.
    let (one, other, his) =
        tokio::join!(ana.press(&prompt, "Low"), ana.press(&prompt, "Good"), ben.press(&prompt, "Okay"));
    let card = one.unwrap().only().unwrap().clone();
    assert!(other.unwrap().is_private() && his.unwrap().is_private());
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 2);
    // Two devices sharing at once share once.
    ana.press(&card, "Share").await.unwrap();
    daymark::cli::story::choose(&ana, &["How I am".to_owned()], "share this").await.unwrap();
    let preview = scene.only("Ana");
    let (one, other) =
        tokio::join!(ana.press(&preview, "Post in the channel"), ana.press(&preview, "Post in the channel"));
    let said = [one.unwrap().text(), other.unwrap().text()].join("\n");
    assert!(said.contains("Shared in") && said.contains("older message"), "{said}");
    scene.stage.settle().await;
    assert_eq!(scene.in_channel("shares something").len(), 1);
    // The file is busy until the token of a press has expired: Discord takes no answer to it any more, the tap is
    // kept all the same, and asking again says so.
    let path = scene.stage.folder().join("daymark.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let mut holder = pool.acquire().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *holder).await.unwrap();
    scene.stage.sandbox.drain_requests();
    let pressing = tokio::spawn(async move { ben.press(&prompt, "Really hard").await });
    let asked_for_time = |sandbox: &daymark::sandbox::Sandbox| {
        sandbox.requests().iter().any(|request| request.path.ends_with("/callback"))
    };
    scene.stage.sandbox.until(PATIENCE, asked_for_time).await.unwrap();
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::minutes(16));
    sqlx::query("ROLLBACK").execute(&mut *holder).await.unwrap();
    let shown = pressing.await.unwrap().map(|answer| answer.text()).unwrap_or_default();
    assert_eq!(shown, "", "an expired interaction cannot be answered");
    scene.stage.settle().await;
    let again = scene.runs("Ben", "/checkin").await;
    assert!(again.contains("So far: Really hard."), "{again}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 2);
    // A week later every one of these buttons says so kindly, and changes nothing.
    scene.wait(TimeDelta::days(7)).await;
    let before = scene.number("SELECT COUNT(*) FROM checkin_answer").await;
    let prompt = scene.in_channel("How are you today?").remove(0);
    for which in ["Good", "Write a line"] {
        let said = scene.presses_on("Ana", &prompt, which).await.text();
        assert!(said.contains("has closed. That's fine."), "{which}: {said}");
    }
    let said = scene.presses_on("Ana", &preview, "Take it back").await.text();
    assert!(said.contains("taken back"), "{said}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, before);
    scene.end().await;
}

/// Nobody would say these by chance; each is planted in another place.
const CANARIES: [&str; 5] = [
    "zephyr-canary-line-quartz",
    "zephyr-canary-win-marble",
    "zephyr-canary-own-basalt",
    "zephyr-canary-note-gneiss",
    "zephyr-canary-late-schist",
];

#[tokio::test]
async fn planted_words_are_found_in_no_file_no_log_file_and_no_backup() {
    let scene = Scene::with_members(MONDAY).await;
    let ana = scene.person("Ana");
    scene.runs("Sam", "/checkin-setup").await;
    scene.presses("Sam", "Your own questions").await;
    let form = scene.person("Sam").modal().unwrap();
    scene.person("Sam").submit(&form, &[("own1", "Outside today?")]).await.unwrap();
    scene.runs("Sam", "/practice set kind:journal").await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "In your words").await;
    let form = ana.modal().unwrap();
    let fields = [("line", CANARIES[0]), ("win", CANARIES[1]), ("own1", CANARIES[2])];
    ana.submit(&form, &fields).await.unwrap();
    scene.runs("Ana", "/share").await;
    daymark::cli::story::choose(&ana, &["All of it".to_owned()], "share this").await.unwrap();
    scene.runs("Ana", "/practice show").await;
    scene.presses("Ana", "Share a note").await;
    let form = ana.modal().unwrap();
    ana.submit(&form, &[("note", CANARIES[3])]).await.unwrap();
    scene.presses("Ana", "Post in the channel").await;
    // A form that comes after its window has closed is not kept, and not logged.
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Write a line").await;
    let form = ana.modal().unwrap();
    scene.at("tue 03:01").await;
    let late = ana.submit(&form, &[("line", CANARIES[4])]).await.unwrap();
    assert!(late.text().contains("has closed"), "{}", late.text());
    scene.stage.settle().await;
    assert!(!scene.person("Ana").sees_privately().iter().any(is_pointer));
    let data = scene.stage.folder().join("daymark.db");
    daymark::database::back_up(&data, &scene.stage.folder().join("copy.db"), false).await.unwrap();
    daymark::database::back_up(&data, &scene.stage.folder().join("copy-keys.db"), true).await.unwrap();
    let rows = scene.rows().await;
    let files: Vec<_> = std::fs::read_dir(scene.stage.folder()).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.iter().any(|file| file.ends_with("daymark.db-wal")), "{files:?}");
    for canary in CANARIES {
        assert!(!rows.contains(canary), "{canary} is in a row");
        for file in &files {
            let bytes = std::fs::read(file).unwrap_or_default();
            let found = bytes.windows(canary.len()).any(|part| part == canary.as_bytes());
            assert!(!found, "{canary} is in {}", file.display());
        }
    }
    // With the member's key they are all there.
    scene.runs("Ana", "/share day:2026-03-02").await;
    let all = daymark::cli::story::choose(&ana, &["All of it".to_owned()], "share this").await.unwrap().text();
    assert!(CANARIES[..3].iter().all(|canary| all.contains(&canary.replace('-', "\\-"))), "{all}");
    // So they are in what her copy holds in memory, before it is packed, and in nobody else's.
    let held = copy_in_memory(&scene, "Ana").await;
    assert!(CANARIES[..3].iter().all(|canary| held.contains(canary)), "{held}");
    for other in ["Ben", "Sam", "Priya"] {
        let held = copy_in_memory(&scene, other).await;
        assert!(CANARIES.iter().all(|canary| !held.contains(canary)), "in {other}'s: {held}");
    }
    // Without it they are not: the key is destroyed, the row stays as a backup would hold it.
    let keys = scene.stage.app().unwrap().deps().database.read_keys();
    sqlx::query("DELETE FROM member_key").execute(keys).await.unwrap();
    let user = scene.person("Ana").id();
    scene.stage.app().unwrap().deps().vault.forget(user);
    scene.runs("Ana", "/share day:2026-03-02").await;
    assert!(scene.only("Ana").text().contains("no check-in to share"));
    let held = copy_in_memory(&scene, "Ana").await;
    assert!(CANARIES.iter().all(|canary| !held.contains(canary)), "without the key: {held}");
    scene.end().await;
}

/// Everything that somebody's copy is made of, as it lies in memory.
async fn copy_in_memory(scene: &Scene, name: &str) -> String {
    let deps = scene.stage.app().unwrap().deps();
    let guild = daymark::ids::GuildId::from_snowflake(scene.stage.guild.id());
    let user = daymark::ids::UserId::from_snowflake(scene.person(name).id());
    let parts = daymark::privacy::actions::parts(deps, daymark::ids::Member { guild, user }).await.unwrap();
    parts.iter().map(|part| format!("{} {:?}\n", part.name, part.rows)).collect()
}
