//! What an operator can put right: one sentence that says what is wrong and what to do, exit code 2, and
//! nothing changed.

use std::os::unix::fs::PermissionsExt;

use daymark::app;
use daymark::clock::Clock;
use daymark::sandbox::{Harm, Privileged, SandboxOptions};
use sqlx::{Connection, SqliteConnection};

use super::{Running, World, copy};

/// A world in which the bot was set up before.
async fn installed() -> World {
    let world = World::new().await;
    world.declare("");
    install(&world).await;
    world
}

/// Sets the bot up as its first start would.
pub async fn install(world: &World) {
    let deps = app::open(world.config(), Clock::system()).await.unwrap();
    daymark::groups::actions::apply_declared(&deps).await.unwrap();
    deps.database.close().await;
}

/// The bot is not let run, says these words, asks nothing of Discord, and changes no file.
async fn refuses(world: &World, words: &[&str]) {
    let before = world.files();
    let asked = world.sandbox.counters().requests;
    world.tell(&["run"]).await.refused(2, words);
    assert_eq!(world.sandbox.counters().requests, asked);
    let after = world.files();
    let names =
        |files: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after));
    let changed: Vec<_> =
        before.iter().filter(|(name, bytes)| after.get(*name) != Some(bytes)).map(|(name, _)| name).collect();
    assert!(changed.is_empty(), "changed: {changed:?}");
}

/// Names and values in the environment.
type Variables<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn a_token_that_is_missing_or_malformed_is_told_without_its_text() {
    let world = World::new().await;
    std::fs::write(world.path("empty"), "\n").unwrap();
    std::fs::write(world.path("token"), "planted\u{7}token\n").unwrap();
    let table: &[(Variables, &[&str])] = &[
        (&[], &["DISCORD_TOKEN is not set", "DISCORD_TOKEN_FILE"]),
        (&[("DISCORD_TOKEN", " ")], &["DISCORD_TOKEN is not set"]),
        (&[("DISCORD_TOKEN", "planted token")], &["DISCORD_TOKEN holds something that cannot be"]),
        (&[("DISCORD_TOKEN", "planted\u{1}token")], &["DISCORD_TOKEN holds something that cannot be"]),
        (&[("DISCORD_TOKEN", "plantedé")], &["DISCORD_TOKEN holds something that cannot be"]),
        (
            &[("DISCORD_TOKEN", "planted"), ("DISCORD_TOKEN_FILE", "token")],
            &["both DISCORD_TOKEN and DISCORD_TOKEN_FILE", "keep one"],
        ),
        (&[("DISCORD_TOKEN_FILE", "nowhere")], &["nowhere cannot be read"]),
        (&[("DISCORD_TOKEN_FILE", "empty")], &["DISCORD_TOKEN"]),
        (&[("DISCORD_TOKEN_FILE", "token")], &["DISCORD_TOKEN holds something that cannot be"]),
    ];
    for (environment, words) in table {
        let mut command = world.bare(&["run"]);
        command.env("DISCORD_API_BASE", world.sandbox.origin()).envs(environment.iter().copied());
        let ended = Running::start(command).end().await;
        ended.refused(2, words);
        assert!(!ended.err.contains("planted"), "{}", ended.err);
    }
    assert_eq!(world.sandbox.counters().requests, 0);
}

#[tokio::test]
async fn a_token_comes_from_a_file_as_well() {
    let world = World::new().await;
    std::fs::write(world.path("token"), "Bot x\n").unwrap();
    let mut command = world.daymark(&["run"]);
    command.env_remove("DISCORD_TOKEN").env("DISCORD_TOKEN_FILE", "token");
    world.run_with(command).await.stop().await;
}

#[tokio::test]
async fn a_refused_token_ends_the_bot_at_once() {
    let world = World::new().await;
    let words = ["Discord refuses the token", "Reset Token", "DISCORD_TOKEN"];
    let mut command = world.daymark(&["run"]);
    command.env("DISCORD_TOKEN", "planted-token");
    let ended = Running::start(command).end().await;
    ended.refused(2, &words);
    assert!(!ended.err.contains("planted-token"), "{}", ended.err);
    // 10,000 such answers in ten minutes are a ban.
    assert!(world.sandbox.counters().invalid <= 4, "{:?}", world.sandbox.counters());
    let bot = world.run().await;
    world.sandbox.faults().close_gateway(4004);
    bot.end().await.refused(2, &words);
    world.left_tidy().await;
}

#[tokio::test]
async fn without_privileged_intents_it_works_and_says_what_does_not() {
    let options = SandboxOptions { token: "x".to_owned(), privileged: Privileged::NONE, ..SandboxOptions::default() };
    let world = World::with(options).await;
    world.declare("");
    let mut bot = world.run().await;
    for intent in ["Message Content Intent", "Server Members Intent"] {
        bot.until_said(intent).await;
    }
    assert!(bot.said().contains("words that may mean a crisis are NOT noticed"), "{}", bot.said());
    assert!(world.ana.run("/helplines").await.unwrap().text().contains("988"));
    // Refused even so, it cannot work at all.
    world.sandbox.faults().close_gateway(4014);
    bot.end().await.refused(2, &["Discord refuses the gateway intents", "Privileged Gateway Intents"]);
    world.left_tidy().await;
}

#[tokio::test]
async fn what_does_not_answer_like_discord_is_told() {
    let world = World::new().await;
    world.sandbox.faults().always("GET", "/gateway/bot", Harm::Garbage);
    let ended = world.tell(&["run"]).await;
    ended.refused(2, &["does not answer like Discord's API", "DISCORD_API_BASE"]);
    for base in ["ftp://127.0.0.1", "127.0.0.1:3100", "http://", "http://127.0.0.1:1/api/v10", "nonsense"] {
        let mut command = world.daymark(&["run"]);
        command.env("DISCORD_API_BASE", base);
        Running::start(command).end().await.refused(2, &["DISCORD_API_BASE", "wants an origin"]);
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_configuration_is_said_at_once() {
    let world = World::new().await;
    world.declare("chekin_at = \"09:00\"\n[[group.series]]\nwhen = \"25:00\"\n[[group]]\nguild = \"abc\"\nname = \"Other\"\nzone = \"Mars/Olympus\"\nchannel = 0\ncountry = \"USA\"\nnoticing = \"yes\"\n[[group.series]]\ntitle = \"A\"\nwhen = \"mon 18:00\"\nminutes = 0\nleads = \"soon\"\n[discord]\napi_base = 3\n");
    let words = [
        "daymark.toml cannot be used:",
        "group[1].chekin_at is not a key of Daymark; did you mean checkin_at?",
        "group[1].series[1].when cannot be read",
        "group[1].series[1].title is missing",
        "group[2].guild wants an id",
        "group[2].zone cannot be read",
        "group[2].channel wants an id",
        "group[2].country wants two letters",
        "group[2].noticing wants true or false",
        "group[2].series[1].minutes wants a whole number",
        "group[2].series[1].leads cannot be read",
        "discord.api_base wants a text",
    ];
    refuses(&world, &words).await;
    for arguments in [&["check"][..], &["preview"], &["helplines"], &["invite"], &["backup", "copy.db"]] {
        world.tell(arguments).await.refused(2, &words);
    }
    std::fs::write(world.path("daymark.toml"), "[[group\n").unwrap();
    refuses(&world, &["daymark.toml cannot be used", "line 1"]).await;
    let mut command = world.daymark(&["run"]);
    command.env("DAYMARK_CONFIG", "nowhere.toml");
    Running::start(command).end().await.refused(2, &["nowhere.toml", "cannot be read"]);
}

#[tokio::test]
async fn a_declared_session_that_never_happens_is_told() {
    let world = World::new().await;
    world.declare("[[group.series]]\ntitle = \"Leap\"\nwhen = \"0 18 30 2 *\"\n");
    let ended = world.tell(&["run"]).await;
    ended.refused(2, &["never happens"]);
    assert_eq!(world.sandbox.counters().requests, 0);
}

#[tokio::test]
async fn a_key_file_that_cannot_be_trusted_is_refused_with_what_to_do() {
    let world = installed().await;
    let key = world.path("data/daymark.key");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600, "it is made for its owner alone");
    let kept = std::fs::read_to_string(&key).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    refuses(&world, &["is open to others (mode 644)", "run: chmod 600 data/daymark.key"]).await;
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    for (text, words) in [
        (&kept[..40], "cut short"),
        ("", "empty"),
        ("hunter2\n", "not a key of Daymark"),
        ("daymark-key-v2:abcdef\n", "newer Daymark"),
    ] {
        std::fs::write(&key, text).unwrap();
        refuses(&world, &["data/daymark.key", words]).await;
    }
    std::fs::remove_file(&key).unwrap();
    refuses(&world, &["there is no key file data/daymark.key", "put it back"]).await;
    std::fs::create_dir(&key).unwrap();
    refuses(&world, &["data/daymark.key is not a key file"]).await;
    std::fs::remove_dir(&key).unwrap();
    std::fs::write(&key, &kept).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    world.run().await.stop().await;
}

#[tokio::test]
async fn the_key_of_another_installation_is_told_before_anything_is_written() {
    let (world, other) = (installed().await, installed().await);
    copy(&other.path("data/daymark.key"), &world.path("data/daymark.key"));
    refuses(&world, &["data/daymark.key is not the key this database was begun with", "nothing was changed"]).await;
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_left_as_it_is() {
    for file in ["data/daymark.db", "data/keys.db"] {
        let world = installed().await;
        let path = world.path(file);
        let mut connection = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
        let future = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, x'00', 1)";
        sqlx::query(future).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        refuses(&world, &[file, "written by a newer Daymark", "9999", "nothing was changed"]).await;
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_one_is_told() {
    let world = World::new().await;
    let key = world.path("daymark.key");
    std::fs::write(world.path("text"), "This is a shopping list: milk, bread, batteries. ".repeat(100)).unwrap();
    std::fs::create_dir(world.path("folder")).unwrap();
    for (database, words) in [
        ("folder", ["folder", "cannot be opened"]),
        ("text", ["text", "not a database"]),
        ("text/below.db", ["text", "cannot be made"]),
        // Where nobody may write, not even root.
        ("/proc/daymark.db", ["/proc/daymark.db", "cannot be opened"]),
    ] {
        let mut command = world.daymark(&["run"]);
        command.env("DAYMARK_DATABASE", database).env("DAYMARK_KEY_FILE", &key);
        Running::start(command).end().await.refused(2, &words);
    }
    assert_eq!(std::fs::read_dir(world.path("folder")).unwrap().count(), 0);
    assert!(std::fs::read_to_string(world.path("text")).unwrap().starts_with("This is"));
    assert_eq!(world.sandbox.counters().requests, 0);
}

#[tokio::test]
async fn a_second_bot_on_the_same_data_is_refused_and_the_first_goes_on() {
    let world = World::new().await;
    world.declare("");
    let first = world.run().await;
    let sessions = world.sandbox.sessions();
    world.tell(&["run"]).await.refused(2, &["another Daymark is running on this database", "a database of its own"]);
    assert_eq!(world.sandbox.sessions(), sessions);
    world.ana.run("/join").await.unwrap();
    first.kill().await;
    // What a killed bot held is free again.
    world.run().await.stop().await;
    world.left_tidy().await;
}

#[tokio::test]
async fn a_declared_country_without_helplines_is_told_before_anything_is_made() {
    let world = World::new().await;
    world.declare("");
    let text = std::fs::read_to_string(world.path("daymark.toml")).unwrap();
    std::fs::write(world.path("daymark.toml"), text.replace("\"US\"", "\"XQ\"")).unwrap();
    for arguments in [&["run"][..], &["check"]] {
        world.tell(arguments).await.refused(2, &["group[1].country \"XQ\"", "such as \"US\""]);
    }
    assert_eq!(world.files().len(), 1, "nothing but the configuration");
}
