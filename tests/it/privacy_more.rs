//! Leaving and coming back, the copy, what is kept how long, and what facilitators changed, through the front door.

use std::io::{Cursor, Read as _};

use chrono::TimeDelta;
use daymark::config::Retention;
use daymark::sandbox::Harm;

use crate::stage::{HARD_WORDS, MONDAY, Scene};

/// Every row in the data file in which this number stands.
async fn rows_with(scene: &Scene, id: u64) -> Vec<String> {
    let id = id.to_string();
    scene.rows().await.lines().filter(|line| line.contains(&id)).map(str::to_owned).collect()
}

async fn keys(scene: &Scene) -> i64 {
    let pool = scene.stage.app().unwrap().deps().database.read_keys();
    sqlx::query_scalar("SELECT COUNT(*) FROM member_key").fetch_one(pool).await.unwrap()
}

async fn departures(scene: &Scene) -> i64 {
    scene.number("SELECT COUNT(*) FROM departure").await
}

/// The files of the copy that somebody is given, by name.
async fn copy(scene: &Scene, name: &str) -> Vec<(String, String)> {
    scene.runs(name, "/privacy").await;
    scene.presses(name, "Send me a copy").await;
    let message = scene.only(name);
    assert!(message.ephemeral, "the copy is for one person");
    let mut files = Vec::new();
    for attached in &message.attachments {
        let mut zip = zip::ZipArchive::new(Cursor::new(attached.bytes.as_slice())).unwrap();
        for at in 0..zip.len() {
            let mut text = String::new();
            let mut file = zip.by_index(at).unwrap();
            file.read_to_string(&mut text).unwrap();
            files.push((file.name().unwrap().into_owned(), text));
        }
    }
    files
}

#[tokio::test]
async fn a_copy_holds_everything_for_its_member_alone_and_lies_nowhere() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "Write a line").await;
    scene.writes("Ana", "a <b>heavy</b> morning & a walk").await;
    scene.presses("Ben", "Good").await;
    scene.runs("Ana", "/me zone:Europe/Berlin quiet:22:00-07:00").await;
    scene.writes_directly("Ana", HARD_WORDS).await;
    scene.presses("Ana", "Ask for a person here").await;
    scene.presses("Ana", "Post it").await;
    let files = copy(&scene, "Ana").await;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["daymark.html", "daymark.json"]);
    assert!(files[0].1.contains("a &lt;b&gt;heavy&lt;/b&gt; morning &amp; a walk"), "{}", files[0].1);
    let json: serde_json::Value = serde_json::from_str(&files[1].1).unwrap();
    let kept = &json["kept"];
    let count = |part: &str| kept[part]["rows"].as_array().map_or(0, Vec::len);
    assert_eq!(kept["checkin_answers"]["rows"][0]["answer"]["line"], "a <b>heavy</b> morning & a walk");
    assert_eq!(kept["settings"]["rows"][0]["zone"], "Europe/Berlin");
    let counts = ["memberships", "decisions", "checkin_answers", "settings", "calls_for_a_person"].map(count);
    assert_eq!(counts, [1, 3, 1, 1, 1]);
    assert_eq!(count("changes"), 0, "what facilitators changed is theirs");
    // Somebody who was never here gets an empty one.
    let files = copy(&scene, "Dee").await;
    let json: serde_json::Value = serde_json::from_str(&files[1].1).unwrap();
    let all: usize =
        json["kept"].as_object().unwrap().values().map(|part| part["rows"].as_array().unwrap().len()).sum();
    assert_eq!(all, 0, "{json}");
    // The end looks for the words in every file of the bot's.
    scene.end().await;
}

#[tokio::test]
async fn whoever_leaves_has_thirty_days_to_come_back_and_is_forgotten_then() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    for name in ["Ana", "Ben"] {
        scene.presses(name, "Good").await;
    }
    let (ana, ben, dee) = (scene.person("Ana"), scene.person("Ben"), scene.person("Dee"));
    for person in [&ana, &ben, &dee] {
        person.leave(&scene.stage.guild);
    }
    scene.stage.settle().await;
    assert_eq!(departures(&scene).await, 2, "nothing was kept about Dee, and nothing is");
    assert_eq!(rows_with(&scene, dee.id()).await, Vec::<String>::new());
    scene.wait(TimeDelta::days(29)).await;
    ana.join(&scene.stage.guild);
    scene.stage.settle().await;
    assert_eq!(departures(&scene).await, 1);
    assert_eq!(keys(&scene).await, 2, "both keys are there until the time is over");
    scene.wait(TimeDelta::days(2)).await;
    assert_eq!(rows_with(&scene, ben.id()).await, Vec::<String>::new());
    assert_eq!((keys(&scene).await, departures(&scene).await), (1, 0));
    // What was Ana's is hers as before.
    scene.joins("Ana", [true, true, true]).await;
    let said = scene.runs("Ana", "/privacy").await;
    assert!(said.contains("Check-in answers\n1, since"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn who_left_while_the_bot_was_away_is_found_and_no_failed_look_is_a_leave() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.stage.stop_bot().await;
    scene.person("Ben").leave(&scene.stage.guild);
    // Every way to look fails, in turn.
    for pattern in ["/guilds/*/members/*", "/guilds/*"] {
        let harm = scene.stage.sandbox.faults().always("GET", pattern, Harm::Status(503));
        let listed = scene.stage.sandbox.faults().always("GET", "/guilds/*/members", Harm::Status(403));
        scene.stage.start_bot().await.unwrap();
        assert_eq!(departures(&scene).await, 0, "{pattern}");
        scene.stage.stop_bot().await;
        scene.stage.sandbox.faults().lift(harm);
        scene.stage.sandbox.faults().lift(listed);
    }
    scene.stage.start_bot().await.unwrap();
    let gone = rows_with(&scene, scene.person("Ben").id()).await;
    assert!(gone.iter().any(|row| row.starts_with("departure: ")), "{gone:?}");
    assert_eq!(departures(&scene).await, 1, "Ana is there");
    // He comes back while the bot is away, too.
    scene.stage.stop_bot().await;
    scene.person("Ben").join(&scene.stage.guild);
    scene.stage.start_bot().await.unwrap();
    assert_eq!(departures(&scene).await, 0);
    scene.end().await;
}

#[tokio::test]
async fn a_server_that_removes_the_bot_is_erased_after_the_grace_and_an_outage_is_no_removal() {
    let mut scene = Scene::with_sessions(MONDAY).await;
    let guild = scene.stage.guild.id();
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Good").await;
    scene.stage.guild.outage(true);
    scene.stage.settle().await;
    let left = "SELECT COUNT(*) FROM guild WHERE left_at IS NOT NULL";
    assert_eq!(scene.number(left).await, 0);
    scene.stage.guild.outage(false);
    scene.stage.guild.remove_bot();
    scene.stage.settle().await;
    assert_eq!(scene.number(left).await, 1);
    scene.wait(TimeDelta::days(20)).await;
    scene.stage.guild.add_bot(daymark::cli::stage::BOT_PERMISSIONS);
    scene.stage.settle().await;
    assert_eq!(scene.number(left).await, 0, "back within the time");
    scene.stage.stop_bot().await;
    scene.stage.guild.remove_bot();
    scene.stage.start_bot().await.unwrap();
    assert_eq!(scene.number(left).await, 1, "removed while the bot was away");
    scene.wait(TimeDelta::days(31)).await;
    assert_eq!(rows_with(&scene, guild).await, Vec::<String>::new());
    assert_eq!(scene.rows().await, "", "there was one server alone");
    assert_eq!(keys(&scene).await, 0);
}

#[tokio::test]
async fn what_was_kept_long_enough_goes_by_itself() {
    let mut scene = Scene::dark(MONDAY).await;
    scene.stage.config().retention = Retention { answers: 30, concerns: 7, deliveries: 20, changes: 30, grace: 1 };
    scene.stage.start_bot().await.unwrap();
    let setup = "/group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators \
                 facilitator_channel:#staff checkin:09:00 name:Evening group";
    scene.runs("Priya", setup).await;
    scene.joins("Ana", [true, true, true]).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Good").await;
    scene.writes_directly("Ana", HARD_WORDS).await;
    scene.presses("Ana", "Ask for a person here").await;
    scene.presses("Ana", "Post it").await;
    let said = scene.runs("Ana", "/privacy").await;
    assert!(said.contains("Each is kept 30 days; the oldest goes <t:"), "{said}");
    assert!(said.contains("Times you asked for a person\n1, each kept 7 days"), "{said}");
    assert!(said.contains("everything is erased a day later"), "{said}");
    let concerns = "SELECT COUNT(*) FROM outbox WHERE class = 'concern'";
    let prompts = "SELECT COUNT(*) FROM outbox WHERE class = 'prompt'";
    scene.wait(TimeDelta::days(6)).await;
    assert!(scene.number(concerns).await >= 1);
    scene.wait(TimeDelta::days(3)).await;
    assert_eq!(scene.number(concerns).await, 0);
    assert_eq!(scene.number(prompts).await, 10);
    scene.wait(TimeDelta::days(20)).await;
    assert!(scene.number(prompts).await <= 22);
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    scene.wait(TimeDelta::days(3)).await;
    for table in ["SELECT COUNT(*) FROM checkin_answer", "SELECT COUNT(*) FROM group_change"] {
        assert_eq!(scene.number(table).await, 0, "{table}");
    }
    scene.person("Ana").read_all();
    scene.end().await;
}

#[tokio::test]
async fn facilitators_see_who_changed_what_and_nobody_else_does() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.runs("Sam", "/schedule skip on:2026-03-04").await;
    for hour in 8..20 {
        scene
            .runs(
                "Priya",
                &format!("/group setup zone:America/New_York channel:#evening-group country:US checkin:{hour:02}:00"),
            )
            .await;
    }
    let said = scene.runs("Sam", "/group audit").await;
    let priya = scene.person("Priya").mention();
    assert!(said.contains("Group: set up") && said.contains(&priya) && said.contains("19:00"), "{said}");
    let said = scene.presses("Sam", "Older").await;
    let sam = scene.person("Sam").mention();
    assert!(
        said.contains("Schedule: single sessions") && said.contains("Schedule: added") && said.contains(&sam),
        "{said}"
    );
    assert!(said.contains("as planned → 1/2026-03-04T18:00: skipped") || said.contains("skipped"), "{said}");
    scene.refuses(&[("Ana", "/group audit", "for the group's facilitators")]).await;
    // A facilitator who asks to be forgotten leaves the change, and no name.
    scene.runs("Sam", "/privacy").await;
    scene.presses("Sam", "Forget me").await;
    scene.presses("Sam", "Forget me").await;
    assert_eq!(rows_with(&scene, scene.person("Sam").id()).await, Vec::<String>::new());
    let said = scene.runs("Priya", "/group audit").await;
    assert!(said.contains("Group: set up"), "{said}");
    let said = scene.presses("Priya", "Older").await;
    assert!(said.contains("Schedule: single sessions") && said.contains("somebody I forgot"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn whoever_is_forgotten_gets_a_receipt_that_says_nothing_else() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    let said = scene.presses("Ana", "Forget me").await;
    let receipt = regex::Regex::new("Your receipt: `([A-Z0-9]{4}-[A-Z0-9]{4})`").unwrap();
    let code = receipt.captures(&said).unwrap_or_else(|| panic!("{said}"))[1].to_owned();
    let pool = scene.stage.app().unwrap().deps().database.read_keys();
    let kept: String = sqlx::query_scalar("SELECT receipt FROM forgotten").fetch_one(pool).await.unwrap();
    assert_eq!(kept, code);
    scene.end().await;
}

#[tokio::test]
async fn who_asks_for_too_much_at_once_is_asked_to_wait_but_never_for_a_way_to_a_human() {
    let mut scene = Scene::dark(MONDAY).await;
    let pace = daymark::cli::stage::pace();
    let hour = std::time::Duration::from_secs(3600);
    let gateway = daymark::discord::gateway::Timings { at_once: 3, at_once_within: hour, ..pace.gateway };
    scene.stage.start_bot_with(daymark::app::Pace { gateway, ..pace }).await.unwrap();
    for _ in 0..2 {
        assert!(scene.runs("Ana", "/privacy").await.contains("What I keep about you"));
    }
    scene.presses("Ana", "Forget me").await;
    for line in ["/privacy", "/sessions next"] {
        let said = scene.runs("Ana", line).await;
        assert!(said.contains("That was a lot at once") && said.contains("`/helplines` always works"), "{said}");
    }
    assert!(scene.presses("Ana", "Keep it").await.contains("a lot at once"));
    for _ in 0..5 {
        assert!(scene.runs("Ana", "/helplines").await.contains("112") || !scene.only("Ana").text().contains("at once"));
    }
    assert!(scene.runs("Ben", "/privacy").await.contains("What I keep about you"), "nobody waits for another");
    scene.end().await;
}

#[tokio::test]
async fn one_damaged_value_keeps_nobody_from_the_rest_or_from_being_forgotten() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Good").await;
    scene.runs("Ana", "/me quiet:22:00-07:00").await;
    for damage in [
        // Of a version that nobody knows, cut short, and of another row.
        "UPDATE checkin_answer SET sealed = CAST(x'63' || substr(sealed, 2) AS BLOB)",
        "UPDATE checkin_answer SET sealed = substr(sealed, 1, 9)",
        "UPDATE checkin_answer SET sealed = x''",
    ] {
        let mut tx = scene.stage.app().unwrap().deps().database.write().await.unwrap();
        sqlx::query(damage).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let said = scene.runs("Ana", "/privacy").await;
        assert!(said.contains("Check-in answers\n1, since"), "{said}");
        let files = copy(&scene, "Ana").await;
        let json: serde_json::Value = serde_json::from_str(&files[1].1).unwrap();
        assert_eq!(json["kept"]["checkin_answers"]["rows"][0]["answer"], "this cannot be opened any more");
        assert_eq!(json["kept"]["settings"]["rows"][0]["quiet_hours"], "22:00-07:00");
    }
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert_eq!(rows_with(&scene, scene.person("Ana").id()).await, Vec::<String>::new());
    scene.end().await;
}

#[tokio::test]
async fn a_restored_backup_that_says_somebody_left_erases_nobody_who_is_back() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    for name in ["Ana", "Ben"] {
        scene.presses(name, "Good").await;
    }
    for name in ["Ana", "Ben"] {
        scene.person(name).leave(&scene.stage.guild);
    }
    scene.stage.settle().await;
    let (data, copy) = (scene.stage.folder().join("daymark.db"), scene.stage.folder().join("copy.db"));
    daymark::database::back_up(&data, &copy, false).await.unwrap();
    scene.person("Ana").join(&scene.stage.guild);
    scene.stage.settle().await;
    scene.wait(TimeDelta::days(29)).await;
    scene.stage.stop_bot().await;
    daymark::database::restore(&copy, &data, false).await.unwrap();
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::days(10));
    // Nobody can be looked up: nothing is erased on an old word.
    let deaf = scene.stage.sandbox.faults().always("GET", "/guilds/**", Harm::Status(503));
    scene.stage.start_bot().await.unwrap();
    scene.wait(TimeDelta::days(2)).await;
    assert_eq!((departures(&scene).await, keys(&scene).await), (2, 2));
    scene.stage.sandbox.faults().lift(deaf);
    scene.stage.stop_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.wait(TimeDelta::days(2)).await;
    assert_eq!((departures(&scene).await, keys(&scene).await), (0, 1), "Ana is there, Ben is not");
    let said = scene.runs("Ana", "/privacy").await;
    assert!(said.contains("Check-in answers\n1, since"), "{said}");
    assert_eq!(rows_with(&scene, scene.person("Ben").id()).await, Vec::<String>::new());
    scene.end().await;
}

/// A connection of its own to the data, for what no command can bring about.
async fn writer(scene: &Scene) -> sqlx::SqlitePool {
    let address = format!("sqlite:{}", scene.stage.folder().join("daymark.db").display());
    sqlx::SqlitePool::connect(&address).await.unwrap()
}

/// A number of rows whose text cannot be made smaller, as many years of changes would be.
const MUCH: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) \
    INSERT INTO group_change (guild_id, group_id, actor_id, what, about, was, became, at) \
    SELECT g.guild_id, g.id, ?, 'schedule.edit', 1, NULL, json_object('was', hex(randomblob(1000))), 1772300000 \
    FROM n, support_group g";

#[tokio::test]
async fn a_copy_larger_than_discord_takes_comes_in_several_files() {
    let scene = Scene::with_group(MONDAY).await;
    let sam = scene.person("Sam");
    let writer = writer(&scene).await;
    sqlx::query(MUCH).bind(i64::try_from(sam.id()).unwrap()).execute(&writer).await.unwrap();
    writer.close().await;
    scene.runs("Sam", "/privacy").await;
    scene.presses("Sam", "Send me a copy").await;
    let files: Vec<_> = sam.sees_privately().into_iter().flat_map(|message| message.attachments).collect();
    assert!(files.len() > 1, "{} files", files.len());
    for (at, file) in files.iter().enumerate() {
        assert!(file.name.ends_with(&format!("-{}-of-{}.zip", at + 1, files.len())), "{}", file.name);
        assert!(file.bytes.len() <= 10 * 1024 * 1024, "{} bytes", file.bytes.len());
        let zip = zip::ZipArchive::new(Cursor::new(file.bytes.as_slice())).unwrap();
        assert_eq!(zip.len(), 2, "each is whole in itself");
    }
    sam.read_all();
    scene.end().await;
}

#[tokio::test]
async fn a_value_sealed_by_an_unknown_version_is_told_calmly_and_neither_lost_nor_shown() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Good").await;
    let writer = writer(&scene).await;
    let newer = "UPDATE checkin_answer SET sealed = CAST(x'09' || substr(sealed, 2) AS BLOB)";
    assert_eq!(sqlx::query(newer).execute(&writer).await.unwrap().rows_affected(), 1);
    writer.close().await;
    let kept = "SELECT hex(sealed) FROM checkin_answer";
    let before: String = sqlx::query_scalar(kept).fetch_one(scene.read()).await.unwrap();
    let ana = scene.person("Ana");
    // A fault: a calm sentence with a number, and what she answers now does not take the place of what is there.
    for press in ["Good", "Low"] {
        let button = scene.in_channel("How are you").pop().unwrap();
        let said = scene.presses_on("Ana", &button, press).await.text();
        assert!(said.contains("eference"), "{said}");
        assert!(!said.contains("version") && !said.contains("sealed"), "{said}");
    }
    assert_eq!(sqlx::query_scalar::<_, String>(kept).fetch_one(scene.read()).await.unwrap(), before, "nothing is lost");
    // Everything else that is hers still comes to her, and goes when she wants it.
    scene.runs("Ana", "/privacy").await;
    let said = scene.presses("Ana", "Send me a copy").await;
    assert!(said.contains("everything I keep about you"), "{said}");
    ana.read_all();
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    assert!(scene.presses("Ana", "Forget me").await.contains("Done."));
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 0);
    scene.end().await;
}
