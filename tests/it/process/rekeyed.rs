//! The operator's key is changed while the bot runs, and the change is killed wherever it may be: nobody notices.

use std::time::Instant;

use daymark::ids::{GuildId, Member, UserId};
use daymark::vault::{Holder, MasterKey, MemberKey};
use sqlx::{Connection, SqliteConnection};

use super::files::{LINE, answered, shown, writes};
use super::{PATIENCE, Running, World, copy};

async fn keys(world: &World) -> SqliteConnection {
    SqliteConnection::connect(&format!("sqlite://{}", world.path("data/keys.db").display())).await.unwrap()
}

async fn in_force(world: &World) -> String {
    let mut keys = keys(world).await;
    let found = sqlx::query_scalar("SELECT fingerprint FROM installation").fetch_one(&mut keys).await.unwrap();
    keys.close().await.unwrap();
    found
}

async fn wrapped(world: &World) -> Vec<(Member, Vec<u8>)> {
    let mut keys = keys(world).await;
    let rows: Vec<(GuildId, UserId, Vec<u8>)> =
        sqlx::query_as("SELECT guild_id, user_id, wrapped FROM member_key").fetch_all(&mut keys).await.unwrap();
    keys.close().await.unwrap();
    rows.into_iter().map(|(guild, user, wrapped)| (Member { guild, user }, wrapped)).collect()
}

/// How many of the members' keys a key opens.
async fn opens(world: &World, key: &MasterKey) -> usize {
    let all = wrapped(world).await;
    let holder = |member: Member| Holder { member: member.user.snowflake(), scope: member.guild.snowflake() };
    all.iter().filter(|(member, wrapped)| MemberKey::from_wrapped(key, holder(*member), wrapped).is_ok()).count()
}

async fn until(words: &str, mut holds: impl AsyncFnMut() -> bool) {
    let since = Instant::now();
    while !holds().await {
        assert!(since.elapsed() < PATIENCE, "never: {words}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_key_is_changed_while_the_bot_runs_and_killed_at_any_point() {
    let world = answered().await;
    let first = MasterKey::load(&world.path("data/daymark.key")).unwrap();
    copy(&world.path("data/daymark.key"), &world.path("first.key"));
    let old_rows = wrapped(&world).await;
    let next = world.path("data/daymark.key.next");
    let bot = world.run().await;
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));

    // Killed with the new key drawn and nothing wrapped by it: somebody else holds the keys just then.
    let mut held = keys(&world).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut held).await.unwrap();
    let change = Running::start(world.daymark(&["rekey"]));
    until("a new key is drawn", async || next.exists()).await;
    world.tell(&["rekey"]).await.refused(2, &["another `daymark rekey` is running"]);
    assert_eq!(change.kill().await.code, None, "killed, not ended");
    sqlx::query("ROLLBACK").execute(&mut held).await.unwrap();
    held.close().await.unwrap();
    assert_eq!(in_force(&world).await, first.fingerprint());
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));

    // Killed with the keys wrapped anew and the file still the old one: somebody reads the keys just then, so that
    // what was wrapped before cannot be folded away.
    let mut reading = keys(&world).await;
    sqlx::query("BEGIN").execute(&mut reading).await.unwrap();
    sqlx::query("SELECT fingerprint FROM installation").fetch_one(&mut reading).await.unwrap();
    let change = Running::start(world.daymark(&["rekey"]));
    until("the keys are wrapped anew", async || in_force(&world).await != first.fingerprint()).await;
    assert_eq!(change.kill().await.code, None, "killed, not ended");
    sqlx::query("ROLLBACK").execute(&mut reading).await.unwrap();
    reading.close().await.unwrap();
    assert_eq!(std::fs::read(world.path("data/daymark.key")).unwrap(), std::fs::read(world.path("first.key")).unwrap());
    assert_eq!(shown(&world).await.as_deref(), Some(LINE), "the bot finds the new key by itself");
    // Who comes just now gets a key that the new one opens.
    let ben = world.sandbox.person("Ben");
    world.guild.member(&ben, &[]);
    let ben = ben.at(&world.channel).unwrap();
    writes(&ben, "sat on the steps").await;
    assert_eq!((opens(&world, &first).await, wrapped(&world).await.len()), (0, 2));
    // A power cut, and a start before the change is finished.
    bot.kill().await;
    let mut bot = world.run().await;
    bot.until_said("daymark rekey").await;
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));

    // Run again, it finishes; and the bot runs on and starts anew as if nothing had been.
    let said = world.tell(&["rekey"]).await;
    assert!(said.fine().starts_with("Done. data/daymark.key is the new key"), "{said:?}");
    assert!(!next.exists());
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));
    bot.stop().await;
    let bot = world.run().await;
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));
    let second = MasterKey::load(&world.path("data/daymark.key")).unwrap();
    assert_eq!((opens(&world, &first).await, opens(&world, &second).await), (0, 2));

    // Another one in one go, beside a bot that still has the key before in memory.
    world.tell(&["rekey"]).await.fine();
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));
    assert_eq!((opens(&world, &first).await, opens(&world, &second).await), (0, 0));
    bot.stop().await;

    // The old key opens nothing: not what is kept, and nothing of what was kept is left on the disk.
    for (path, bytes) in world.files().into_iter().filter(|(path, _)| path.display().to_string().contains("keys.db")) {
        for (_, old) in &old_rows {
            assert!(!bytes.windows(old.len()).any(|part| part == old.as_slice()), "{}", path.display());
        }
    }
    copy(&world.path("first.key"), &world.path("data/daymark.key"));
    world.tell(&["run"]).await.refused(2, &["is not the key this database was begun with"]);
    world.left_tidy().await;
}

/// Root changes the key for a bot that is another user: the new file is that user's, or the bot could not read it.
#[tokio::test]
async fn the_new_key_belongs_to_whom_the_data_belongs() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let world = answered().await;
    let is_root = std::fs::metadata(world.database()).unwrap().uid() == 0;
    if is_root {
        for name in ["data/daymark.db", "data/keys.db", "data/daymark.key"] {
            chown(world.path(name), Some(12345), Some(12346)).unwrap();
        }
    }
    world.tell(&["rekey"]).await.fine();
    let (data, key) = (std::fs::metadata(world.database()), std::fs::metadata(world.path("data/daymark.key")));
    let (data, key) = (data.unwrap(), key.unwrap());
    assert_eq!((key.uid(), key.gid(), key.mode() & 0o777), (data.uid(), data.gid(), 0o600));
    for name in ["data/keys.db-wal", "data/keys.db-shm"] {
        assert!(
            std::fs::metadata(world.path(name)).is_ok_and(|about| about.uid() == data.uid())
                || !world.path(name).exists()
        );
    }
}

/// Killed as soon as it has begun, again and again, wherever that is.
#[tokio::test]
async fn a_change_of_key_that_is_killed_again_and_again_loses_nothing() {
    let world = answered().await;
    let bot = world.run().await;
    for _ in 0..6 {
        let lock = world.path("data/daymark.rekey-lock");
        let _ = std::fs::remove_file(&lock);
        let change = Running::start(world.daymark(&["rekey"]));
        until("it has begun", async || lock.exists()).await;
        change.kill().await;
        assert_eq!(shown(&world).await.as_deref(), Some(LINE));
    }
    world.tell(&["rekey"]).await.fine();
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));
    bot.stop().await;
    let bot = world.run().await;
    assert_eq!(shown(&world).await.as_deref(), Some(LINE));
    bot.stop().await;
    world.left_tidy().await;
}
