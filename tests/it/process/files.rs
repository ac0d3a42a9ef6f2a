//! `backup` and `restore`: what was copied comes back whole, and nothing is lost on the way.

use sqlx::{Connection, SqliteConnection};

use std::os::unix::fs::PermissionsExt as _;

use daymark::cli::rekey::{Step, take};
use daymark::sandbox::Person;

use super::{Running, World, copy};

/// A world in which Ana has answered today's check-in and the bot has stopped.
pub async fn answered() -> World {
    let world = World::new().await;
    world.declare("");
    let bot = world.run().await;
    writes(&world.ana, LINE).await;
    bot.stop().await;
    world
}

pub const LINE: &str = "walked by the river";

/// What Ana wrote, as a bot shows it to her that is started for it; nothing when it cannot any more.
async fn line(world: &World) -> Option<String> {
    let bot = world.run().await;
    let value = shown(world).await;
    bot.stop().await;
    value
}

/// What Ana wrote, as the bot that runs shows it to her; nothing when it cannot any more.
pub async fn shown(world: &World) -> Option<String> {
    let today = world.ana.run("/checkin").await.unwrap().only().unwrap().clone();
    let form = world.ana.press(&today, "Write a line").await.unwrap();
    let value = form.modal.as_ref().map(|form| form.fields[0].value.clone());
    world.ana.closes_modal();
    value.filter(|value| !value.is_empty())
}

/// Somebody joins, agrees to everything and writes a line into today's check-in.
pub async fn writes(person: &Person, words: &str) {
    let mut asked = person.run("/join").await.unwrap().only().unwrap().clone();
    for _ in 0..3 {
        asked = person.press(&asked, "Yes, that's okay").await.unwrap().only().unwrap().clone();
    }
    let today = person.run("/checkin").await.unwrap().only().unwrap().clone();
    let form = person.press(&today, "Write a line").await.unwrap().form().unwrap().clone();
    let field = form.fields[0].custom_id.clone();
    person.submit(&form, &[(&field, words)]).await.unwrap();
}

async fn change(world: &World, sql: &'static str, file: &str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", world.path(file).display())).await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn what_was_backed_up_comes_back_whole() {
    let world = answered().await;
    // While the bot runs.
    let bot = world.run().await;
    assert_eq!(world.tell(&["backup", "copy.db"]).await.fine(), "Written: copy.db\n");
    assert_eq!(world.tell(&["backup", "--keys", "copy-keys.db"]).await.fine(), "Written: copy-keys.db\n");
    bot.stop().await;
    let text = std::fs::read(world.path("copy.db")).unwrap();
    assert!(!text.windows(LINE.len()).any(|part| part == LINE.as_bytes()), "a backup holds nothing in clear");
    change(&world, "DELETE FROM checkin_answer", "data/daymark.db").await;
    change(&world, "DELETE FROM member_key", "data/keys.db").await;
    assert_eq!(line(&world).await, None);
    let ended = world.tell(&["restore", "copy.db"]).await;
    assert!(
        ended.fine().starts_with("Restored. What was there before is kept as data/daymark.before-restore"),
        "{}",
        ended.out
    );
    assert_eq!(line(&world).await, None, "without the key it stays locked");
    world.tell(&["restore", "--keys", "copy-keys.db"]).await.fine();
    assert_eq!(line(&world).await.as_deref(), Some(LINE));
    world.left_tidy().await;
}

#[tokio::test]
async fn a_backup_comes_back_on_a_fresh_machine() {
    let world = answered().await;
    world.tell(&["backup", "copy.db"]).await.fine();
    world.tell(&["backup", "--keys", "copy-keys.db"]).await.fine();
    copy(&world.path("data/daymark.key"), &world.path("copy.key"));
    std::fs::remove_dir_all(world.path("data")).unwrap();
    assert_eq!(world.tell(&["restore", "copy.db"]).await.fine(), "Restored.\n");
    assert_eq!(world.tell(&["restore", "--keys", "copy-keys.db"]).await.fine(), "Restored.\n");
    std::fs::rename(world.path("copy.key"), world.path("data/daymark.key")).unwrap();
    assert_eq!(line(&world).await.as_deref(), Some(LINE));
}

#[tokio::test]
async fn a_second_restore_keeps_what_the_first_put_aside() {
    let world = answered().await;
    world.tell(&["backup", "copy.db"]).await.fine();
    let before = std::fs::read(world.database()).unwrap();
    world.tell(&["restore", "copy.db"]).await.fine();
    world.tell(&["restore", "copy.db"]).await.fine();
    assert_eq!(std::fs::read(world.path("data/daymark.before-restore")).unwrap(), before);
    assert!(world.path("data/daymark.before-restore-2").exists());
}

#[tokio::test]
async fn a_backup_never_overwrites_and_never_begins_a_database() {
    let world = World::new().await;
    for keys in [&["backup", "copy.db"][..], &["backup", "--keys", "copy.db"]] {
        world.tell(keys).await.refused(2, &["there is no database data/"]);
    }
    assert!(world.files().is_empty());
    let world = answered().await;
    std::fs::write(world.path("precious"), "precious").unwrap();
    let before = world.files();
    world.tell(&["backup", "precious"]).await.refused(2, &["precious", "exists already"]);
    world.tell(&["backup", "nowhere/copy.db"]).await.refused(2, &["nowhere/copy.db"]);
    assert_eq!(world.files(), before);
}

#[tokio::test]
async fn what_is_not_a_sound_backup_of_this_kind_is_refused_and_nothing_changes() {
    let world = answered().await;
    world.tell(&["backup", "copy.db"]).await.fine();
    world.tell(&["backup", "--keys", "copy-keys.db"]).await.fine();
    copy(&world.path("copy.db"), &world.path("newer.db"));
    change(&world, "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, x'00', 1)", "newer.db").await;
    let whole = std::fs::read(world.path("copy.db")).unwrap();
    std::fs::write(world.path("half.db"), &whole[..whole.len() / 2]).unwrap();
    let mut torn = whole.clone();
    let middle = torn.len() / 2;
    torn[middle..middle + 8192].fill(0xa5);
    std::fs::write(world.path("torn.db"), torn).unwrap();
    std::fs::write(world.path("empty.db"), "").unwrap();
    std::fs::write(world.path("text.db"), "shopping list").unwrap();
    copy(&world.path("copy.db"), &world.path("other.db"));
    let mut other =
        SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", world.path("album.db").display())).await.unwrap();
    sqlx::query("CREATE TABLE photo (id INTEGER)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let before = world.files();
    let table = [
        (&["restore", "nowhere.db"][..], "there is no such file"),
        (&["restore", "newer.db"], "newer.db was written by a newer Daymark"),
        (&["restore", "half.db"], "half.db is damaged"),
        (&["restore", "torn.db"], "torn.db is damaged"),
        (&["restore", "empty.db"], "empty.db is not a backup of Daymark's data"),
        (&["restore", "text.db"], "text.db is damaged"),
        (&["restore", "album.db"], "album.db is not a backup"),
        (&["restore", "copy-keys.db"], "copy-keys.db is not a backup of Daymark's data"),
        (&["restore", "--keys", "copy.db"], "copy.db is not a backup of Daymark's members' keys"),
        (&["restore", "data"], "data"),
    ];
    for (arguments, words) in table {
        world.tell(arguments).await.refused(2, &[words]);
        let after = world.files();
        assert!(before == after, "{arguments:?} changed {:?}", after.keys().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn nothing_is_restored_from_under_a_running_bot() {
    let world = answered().await;
    world.tell(&["backup", "copy.db"]).await.fine();
    let bot = world.run().await;
    world
        .tell(&["restore", "copy.db"])
        .await
        .refused(2, &["another Daymark is running on this database", "Stop it first"]);
    bot.stop().await;
    assert_eq!(line(&world).await.as_deref(), Some(LINE));
}

#[tokio::test]
async fn old_keys_put_back_open_nothing_of_whoever_was_forgotten_since() {
    let world = answered().await;
    world.tell(&["backup", "copy.db"]).await.fine();
    world.tell(&["backup", "--keys", "copy-keys.db"]).await.fine();
    let bot = world.run().await;
    let kept = world.ana.run("/privacy").await.unwrap().only().unwrap().clone();
    let sure = world.ana.press(&kept, "Forget me").await.unwrap().only().unwrap().clone();
    world.ana.press(&sure, "Forget me").await.unwrap();
    bot.stop().await;
    world.tell(&["restore", "--keys", "copy-keys.db"]).await.fine();
    world.tell(&["restore", "copy.db"]).await.fine();
    for (file, sql) in [
        ("data/keys.db", "SELECT COUNT(*) FROM member_key"),
        ("data/daymark.db", "SELECT COUNT(*) FROM checkin_answer"),
        ("data/daymark.db", "SELECT COUNT(*) FROM membership"),
        ("data/daymark.db", "SELECT COUNT(*) FROM consent"),
    ] {
        let address = format!("sqlite://{}", world.path(file).display());
        let mut connection = SqliteConnection::connect(&address).await.unwrap();
        let count: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        assert_eq!(count, 0, "{sql}");
    }
}

#[tokio::test]
async fn looking_changes_no_file_of_another_version() {
    let world = answered().await;
    change(&world, "DELETE FROM _sqlx_migrations WHERE version = 2", "data/keys.db").await;
    let before = world.files();
    for arguments in [&["preview"][..], &["check"]] {
        world.tell(arguments).await.refused(2, &["keys.db was written by an older Daymark", "daymark run"]);
        assert!(world.files() == before, "{arguments:?} changed something");
    }
}

/// Everybody but the owner is kept from these files.
fn are_private(world: &World, names: &[&str]) {
    for name in names {
        let mode = std::fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name} has mode {mode:o}");
    }
}

#[tokio::test]
async fn the_operators_key_can_be_changed_and_broken_off_at_any_point() {
    let world = answered().await;
    world.tell(&["backup", "copy.db"]).await.fine();
    world.tell(&["backup", "--keys", "copy-keys.db"]).await.fine();
    are_private(&world, &["data/daymark.db", "data/keys.db", "data/daymark.key", "copy.db", "copy-keys.db"]);
    let first = std::fs::read(world.path("data/daymark.key")).unwrap();
    for taken in 0..Step::ALL.len() {
        let before = std::fs::read(world.path("data/daymark.key")).unwrap();
        let config = world.config();
        for step in &Step::ALL[..taken] {
            take(&config, &config.next_key_file(), *step).await.map_err(|_| "it goes on").unwrap();
        }
        // Where the members' keys are wrapped anew and the file is still the old one, the new one is found beside it.
        assert_eq!(line(&world).await.as_deref(), Some(LINE), "{taken} steps");
        let said = world.tell(&["rekey"]).await;
        assert!(said.fine().starts_with("Done. data/daymark.key is the new key"), "{said:?}");
        assert_ne!(std::fs::read(world.path("data/daymark.key")).unwrap(), before);
        assert!(!config.next_key_file().exists());
        assert_eq!(line(&world).await.as_deref(), Some(LINE), "{taken} steps, then all");
    }
    are_private(&world, &["data/daymark.key", "data/daymark.key.before-rekey", "data/daymark.key.before-rekey-2"]);
    // Keys from before open with the key from before, and with no other.
    assert_eq!(std::fs::read(world.path("data/daymark.key.before-rekey")).unwrap(), first);
    world.tell(&["restore", "--keys", "copy-keys.db"]).await.fine();
    world.tell(&["run"]).await.refused(2, &["is not the key this database was begun with"]);
    copy(&world.path("data/daymark.key.before-rekey"), &world.path("data/daymark.key"));
    assert_eq!(line(&world).await.as_deref(), Some(LINE));
    world.left_tidy().await;
}

#[tokio::test]
async fn the_key_can_come_from_a_secret_store_or_the_environment() {
    let world = answered().await;
    std::fs::rename(world.path("data/daymark.key"), world.path("store")).unwrap();
    let declared = std::fs::read_to_string(world.path("daymark.toml")).unwrap();
    std::fs::write(world.path("daymark.toml"), format!("key_command = ['cat', 'store']\n{declared}")).unwrap();
    assert_eq!(line(&world).await.as_deref(), Some(LINE));
    assert!(!world.path("data/daymark.key").exists(), "no other key is made");
    // While the bot runs, the new key lies where it looks.
    let bot = world.run().await;
    world.tell(&["rekey", "--to", "new.key"]).await.refused(2, &["another Daymark is running"]);
    let said = world.tell(&["rekey"]).await;
    assert!(said.fine().contains("Put the line of data/daymark.key.next where the key_command cat takes"), "{said:?}");
    assert_eq!(shown(&world).await.as_deref(), Some(LINE), "the bot goes on");
    bot.stop().await;
    assert_eq!(line(&world).await.as_deref(), Some(LINE), "and starts before the store has the new one");
    copy(&world.path("data/daymark.key.next"), &world.path("store"));
    world.tell(&["rekey"]).await.refused(2, &["data/daymark.key.next", "in use already", "Delete that file"]);
    std::fs::remove_file(world.path("data/daymark.key.next")).unwrap();
    assert_eq!(line(&world).await.as_deref(), Some(LINE));
    let said = world.tell(&["rekey", "--to", "new.key"]).await;
    assert!(said.fine().contains("Put the line of new.key where the key_command cat takes it from"), "{said:?}");
    world.tell(&["run"]).await.refused(2, &["the key_command cat is not the key"]);
    let fresh = std::fs::read_to_string(world.path("new.key")).unwrap();
    std::fs::write(world.path("daymark.toml"), declared).unwrap();
    let mut command = world.daymark(&["check"]);
    command.env("DAYMARK_KEY", fresh.trim());
    let checked = Running::start(command).end().await;
    assert!(checked.out.contains("Configuration, key, database"), "{checked:?}");
    for wrong in ["planted-secret", "daymark-key-v1:planted"] {
        let mut command = world.daymark(&["run"]);
        command.env("DAYMARK_KEY", wrong);
        let ended = Running::start(command).end().await;
        ended.refused(2, &["DAYMARK_KEY cannot be used"]);
        assert!(!ended.err.contains("planted"), "{}", ended.err);
    }
    std::fs::write(world.path("store"), &fresh).unwrap();
    for (command, words) in [
        ("['nowhere-at-all']", "cannot be run"),
        ("['false']", "failed (exit status: 1)"),
        ("['cat', 'daymark.toml']", "cannot be used"),
    ] {
        let text = std::fs::read_to_string(world.path("daymark.toml")).unwrap();
        let text: String =
            text.lines().filter(|line| !line.starts_with("key_command")).map(|line| format!("{line}\n")).collect();
        std::fs::write(world.path("daymark.toml"), format!("key_command = {command}\n{text}")).unwrap();
        world.tell(&["run"]).await.refused(2, &["the key_command ", words]);
    }
    world.left_tidy().await;
}
