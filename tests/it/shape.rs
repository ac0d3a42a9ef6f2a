//! The shape of what we ship: statements, migrations, the example configuration, commands, helplines.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use daymark::app;
use daymark::config::{Config, Overrides};
use daymark::database::Database;
use daymark::discord::Command;
use daymark::discord::commands::{declared, same};
use daymark::helplines::Directory;
use daymark::{alumni, checkins, crisis, groups, outbox, privacy, recovery, sessions};
use expect_test::expect;
use serde_json::Value;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Executor as _, SqlSafeStr as _, SqlitePool};

use crate::stage::{MONDAY, Scene, rows};

static DATA: Migrator = sqlx::migrate!("./migrations");
static KEYS: Migrator = sqlx::migrate!("./migrations/keys");

async fn fresh(folder: &std::path::Path) -> Database {
    Database::open(&folder.join("daymark.db")).await.unwrap()
}

#[tokio::test]
async fn every_statement_prepares_against_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let database = fresh(folder.path()).await;
    let named = outbox::store::STATEMENTS.iter().map(|(_, sql)| *sql);
    let lists = [
        groups::store::STATEMENTS,
        groups::store::settings::STATEMENTS,
        groups::store::changes::STATEMENTS,
        groups::store::looks::STATEMENTS,
        groups::store::departures::STATEMENTS,
        groups::store::kept::STATEMENTS,
        sessions::store::kept::STATEMENTS,
        checkins::store::kept::STATEMENTS,
        privacy::store::STATEMENTS,
        groups::store::care::STATEMENTS,
        groups::store::steps::STATEMENTS,
        alumni::store::STATEMENTS,
        alumni::store::touches::STATEMENTS,
        alumni::store::companions::STATEMENTS,
        alumni::notes::store::STATEMENTS,
        alumni::store::kept::STATEMENTS,
        alumni::mentors::store::STATEMENTS,
        crisis::store::STATEMENTS,
        crisis::store::alarms::STATEMENTS,
        crisis::store::lines::STATEMENTS,
        sessions::store::STATEMENTS,
        sessions::store::answers::STATEMENTS,
        sessions::store::days::STATEMENTS,
        sessions::store::drafts::STATEMENTS,
        sessions::store::attendance::STATEMENTS,
        sessions::store::wishes::STATEMENTS,
        sessions::store::feeds::STATEMENTS,
        sessions::store::imports::STATEMENTS,
        sessions::store::listings::STATEMENTS,
        checkins::store::STATEMENTS,
        checkins::store::prompts::STATEMENTS,
        recovery::store::buddies::STATEMENTS,
        recovery::store::kept::STATEMENTS,
        recovery::store::reminders::STATEMENTS,
        recovery::store::shared::STATEMENTS,
        recovery::store::sheets::STATEMENTS,
        recovery::store::skills::STATEMENTS,
        checkins::store::sharing::STATEMENTS,
        checkins::store::silence::STATEMENTS,
        checkins::store::weather::STATEMENTS,
        sessions::practice::store::STATEMENTS,
        crisis::places::store::STATEMENTS,
        crisis::words::store::STATEMENTS,
    ];
    let data = lists.into_iter().flatten().copied().chain(named);
    let keys = groups::store::KEY_STATEMENTS.iter().chain(groups::store::departures::KEY_STATEMENTS).copied();
    let mut count = 0;
    // A pool that may write, since some statements do.
    let data_pool = SqlitePool::connect(&format!("sqlite:{}", database.path().display())).await.unwrap();
    for (pool, sql) in data.map(|sql| (&data_pool, sql)).chain(keys.map(|sql| (database.read_keys(), sql))) {
        if let Err(error) = pool.prepare(sql.into_sql_str()).await {
            panic!("{error}\n{sql}");
        }
        count += 1;
    }
    assert!(count > 50, "{count} statements");
}

#[test]
fn every_statement_of_a_store_is_listed_and_every_list_is_prepared() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let constant = regex::Regex::new(r#"(?m)^(?:pub(?:\([a-z]+\))? )?const ([A-Z_]+): &str ="#).unwrap();
    let sql = regex::Regex::new(r"^\s*(SELECT|INSERT|UPDATE|DELETE)\b").unwrap();
    let here = include_str!("shape.rs");
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if !name.contains("/store.rs") && !name.contains("/store/") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let lists: String = text.split("STATEMENTS").skip(1).filter_map(|part| part.split("];").next()).collect();
            let named: BTreeSet<&str> = lists.split(|c: char| !c.is_ascii_uppercase() && c != '_').collect();
            for found in constant.captures_iter(&text) {
                let value = text[found.get(0).unwrap().end()..].trim_start().trim_start_matches('"');
                assert!(
                    !sql.is_match(value) || named.contains(&found[1]),
                    "{name}: {} is in no list of statements",
                    &found[1]
                );
            }
            let module = name.trim_end_matches(".rs").replace('/', "::");
            assert!(
                !text.contains("pub const STATEMENTS") || here.contains(&format!("{module}::STATEMENTS")),
                "{module}::STATEMENTS is prepared nowhere"
            );
        }
    }
}

/// One row or more for every table, as a year of use leaves them, in the order the keys want.
pub const SAMPLE: &str = "
    INSERT INTO guild VALUES (10, 1700000000, NULL), (11, 1700000000, 1710000000);
    INSERT INTO support_group (id, guild_id, name, zone, channel_id, country, facilitator_role_id, facilitator_channel_id, noticing, checkin_at, checkin_days, source, checkin_next_at, created_at)
        VALUES (1, 10, 'Evening group', 'America/New_York', 20, 'US', 30, 21, 1, '09:00', 'mon,tue,wed,thu,fri,sat,sun', 'discord', 1772460000, 1700000000),
               (2, 11, 'Früh', 'Europe/Berlin', 22, 'DE', NULL, NULL, 0, NULL, 'mon,tue,wed,thu,fri,sat,sun', 'file', NULL, 1700000000);
    INSERT INTO membership VALUES (1, 40, 1700000000, NULL), (1, 41, 1700000000, 1710000000);
    INSERT INTO consent VALUES (10, 40, 'checkins', 1, 1, 1700000000), (10, 40, 'direct_messages', 0, 1, 1700000000), (10, 41, 'noticing', 0, 1, 1700000000);
    INSERT INTO series (id, group_id, title, recurrence, zone, minutes, leads, source, planned_until, next_at, created_at, removed_at)
        VALUES (1, 1, 'Evening group', 'mon,wed,fri 18:00', 'America/New_York', 90, '1d 15m', 'discord', 1772400000, 1772460000, 1700000000, NULL),
               (2, 1, 'Old', 'sun 10:00', 'America/New_York', 60, '', 'file', 1772400000, NULL, 1700000000, 1710000000);
    INSERT INTO series_exception VALUES (1, '2026-03-04T18:00', 'moved', '2026-03-05T19:00', 1772300000), (1, '2026-03-06T18:00', 'skipped', NULL, 1772300000);
    INSERT INTO schedule_change VALUES (1, 1, '[{\"series\":1,\"occurrence\":\"2026-03-06T18:00\",\"before\":null,\"after\":\"skipped\"}]', 1772300000, NULL);
    INSERT INTO series_draft VALUES (1, 1, 40, NULL, NULL, '{}', 1772303600, NULL);
    INSERT INTO group_holiday VALUES (1, '2026-12-28', 'Retreat');
    INSERT INTO calendar_feed VALUES (x'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 10, 40, NULL, 1772300000), (x'ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 10, NULL, 1, 1772300000);
    INSERT INTO group_listing VALUES (1, 1, 'permission', 1772300000), (2, 0, NULL, NULL);
    INSERT INTO occurrence_listing VALUES (1, '2026-03-04T18:00', 'listed', 77, '{}', 1772300000), (1, '2026-03-06T18:00', 'intended', NULL, '{}', 1772300000);
    INSERT INTO schedule_import VALUES (1, 1, 40, '[]', 1772303600);
    INSERT INTO checkin_prompt VALUES (1, 1, '2026-03-01', 1772300000, 1772400000);
    INSERT INTO checkin_answer VALUES (1, 10, 40, x'0102', 1772300100, 1772300200);
    INSERT INTO outbox (id, class, dedupe_key, guild_id, place, place_id, kind, subject, due_at, next_at, expires_at, attempts, nonce, state, reason, claimed_at, message_id, settled_at, created_at)
        VALUES (1, 'reminder', 'session:1/2026-03-02T18:00/lead-15m/channel', 10, 'channel', 20, 'session.reminder', '{\"series\":1,\"occurrence\":\"2026-03-02T18:00\"}', 100, 100, 200, 1, 'n1', 'sent', NULL, 100, 50, 101, 90),
               (2, 'prompt', 'checkin:1/2026-03-01/prompt', 10, 'channel', 20, 'checkin.prompt', '{\"prompt\":1}', 100, 100, 200, 0, 'n2', 'pending', NULL, NULL, NULL, NULL, 90),
               (3, 'concern', 'hand_up:40/1/5', 10, 'channel', 21, 'crisis.hand_up', '{\"user\":40,\"group\":1,\"role\":30}', 100, 100, 200, 1, 'n3', 'undeliverable', '10003', 100, NULL, 101, 90);
    INSERT INTO checkin_setup (group_id, questions, own_1, own_2, changed_at) VALUES (1, 'energy,sleep', 'Did you go outside?', NULL, 1772300000);
    INSERT INTO checkin_wishes VALUES (10, 40, x'0304', 1772300000);
    INSERT INTO member_settings VALUES (10, 40, 'Europe/Berlin', '22:00-07:00', 1772300000, NULL, 3);
    INSERT INTO checkin_direct VALUES (1, 10, 40, '21:00', 1772460000, 2, 3);
    INSERT INTO checkin_rest VALUES (1, '2026-03-01', 0);
    INSERT INTO guild_word VALUES (1, 10, 'add', 'blue door', 'low', 'suicide', 'en', 1772300000), (2, 10, 'remove', 'en.suicide.slang', NULL, NULL, NULL, 1772300000), (3, 10, 'allow', 'want to die band', NULL, NULL, NULL, 1772300000);
    INSERT INTO channel_sensitivity VALUES (1234567, 10, 'quiet');
    INSERT INTO watched_place VALUES (1234568, 1, 'forum', 1772300000);
    INSERT INTO departure (guild_id, user_id, left_at) VALUES (10, 41, 1772300000), (11, 0, 1710000000);
    INSERT INTO group_change VALUES (1, 10, 1, 43, 'schedule.except', 1, '{\"1/2026-03-06T18:00\":\"as planned\"}', '{\"1/2026-03-06T18:00\":\"skipped\"}', 1772300000),
               (2, 10, 1, NULL, 'group.setup', NULL, NULL, '{\"name\":\"Evening group\"}', 1700000000);
    INSERT INTO group_change VALUES (3, 10, NULL, 43, 'words.change', 1, NULL, '{\"kind\":\"allowed\"}', 1772300000);
    INSERT INTO shared_look VALUES (1, 10, 40, 1, 'reason', 43, 2, 1772300000, 1772300100), (2, 10, 40, 1, 'concern', NULL, 1, 1772300000, 1772300000);
    INSERT INTO concern_setup VALUES (1, 21, 31, NULL, 10, 'high', 1772300000);
    INSERT INTO concern_told VALUES (1, 40, 1, 1772300000);
    INSERT INTO on_call VALUES (1, 1, 41, 'mon,tue', '18:00', '22:00', 1772300000);
    INSERT INTO concern (id, group_id, guild_id, user_id, kind, level, topics, source_channel_id, source_message_id, words, state, circle, responder_id, handed, told, next_at, raised_at, round)
        VALUES (1, 1, 10, 40, 'noticed', 'high', 'suicide', 20, 51, NULL, 'answered', 'responders', 41, 'time_up', 'no', NULL, 1772300000, 1),
               (2, 1, 10, 42, 'asked', NULL, '', NULL, NULL, x'0506', 'waiting', 'on_call', NULL, NULL, 'no', 1772460000, 1772300000, 0);
    INSERT INTO group_quiet VALUES (1, 1772300000);
    INSERT INTO own_helpline VALUES (1, 10, 'US', 'County Warmline', 'Listens in the evening.', 'peer_warmline', '555 0100', NULL, NULL, 'Every evening.', 'https://example.org/', '2026-03-01');
    INSERT INTO false_alarm VALUES (1, 'en.die.wish', 2, '2026-03-01');
    INSERT INTO concern_step VALUES (1, 1, 1772300000, 'raised', NULL, NULL), (2, 1, 1772300100, 'here', 41, NULL);
    INSERT INTO session_answer (id, series_id, occurrence, guild_id, user_id, answer, seat, turn, unseen, reason, answered_at)
        VALUES (1, 1, '2026-03-02T18:00', 10, 40, 'cannot', 'none', 1, 0, x'0506', 1772300000),
               (2, 1, '2026-03-02T18:00', 10, 41, 'late', 'held', 2, 1, NULL, 1772300000),
               (3, 1, '2026-03-02T18:00', 10, 42, 'going', 'waiting', 3, 0, NULL, 1772300000);
    INSERT INTO session_attendance VALUES (1, '2026-02-27T18:00', 10, 40, 'attended', '2026-02-27', 1772233200, 1772240000);
    INSERT INTO session_roll VALUES (1, '2026-02-27T18:00', 1772240000);
    INSERT INTO session_wish VALUES (1, 10, 40, '1d 30m', 1, 1772300000, 1772460000, 3, 1772300000);
    INSERT INTO missed_note_consent VALUES (1, 10, 40, 1, 1, 1772300000, 1772300000), (1, 10, 41, NULL, 1, 1772300000, NULL);
    INSERT INTO session_missed VALUES (1, 1, '2026-02-27T18:00', 10, 41, 1772233200, x'0708', 1772240000);
    INSERT INTO own_reminder (id, guild_id, user_id, state, recurrence, zone, sealed, next_at, snoozed_until, reckoned_with, changed_at)
        VALUES (1, 10, 40, 'on', 'daily 08:00', 'America/New_York', x'0506', 1772460000, NULL, 3, 1772300000);
    INSERT INTO milestone_due VALUES (10, 40, 1, 1, 30, 1772460000, 1772300000);
    INSERT INTO shared_win VALUES (10, 40, 1, 1, 1772300000);
    INSERT INTO recovery_setup VALUES (1, 20, 'sun 18:00', 1772460000);
    INSERT INTO buddy_setup (group_id, recurrence, round, next_at, warned) VALUES (1, 'mon 10:00', 3, 1772460000, 0);
    INSERT INTO buddy_member VALUES (1, 10, 40, 1772300000, NULL);
    INSERT INTO buddy_block VALUES (10, 40, 41, 1772300000);
    INSERT INTO buddy_meeting VALUES (1, 2, 40, 10, 0, 1772300000);
    INSERT INTO group_skill VALUES (1, 1, 'The song', 'Put on the song', '', 1772300000);
    INSERT INTO recovery_sheet VALUES (10, 40, 'safety_plan', x'0708', 1772300000);
    INSERT INTO checkin_share VALUES (1, 1, 10, 40, x'05', 'shared', 'person', 41, 1772300000, 1772300100), (2, 1, 10, 40, x'06', 'drafted', NULL, NULL, 1772300000, NULL);
    INSERT INTO checkin_unshare VALUES (1, 1772300200);
    INSERT INTO checkin_agreed VALUES (1, 'all', 5, 1772300000);
    INSERT INTO checkin_counted VALUES (10, 40, 1, 1, 1772300000);
    INSERT INTO checkin_weather VALUES (1, '2026-02-23', 0, 1, 2, 3, 1, 1772300000);
    INSERT INTO checkin_quiet VALUES (1, 10, 40, 'buddy', 41, 1, 1772300000, 1772300000, NULL, NULL, 1772460000, 3);
    INSERT INTO practice VALUES (1, 1, NULL, 'own', 10, 'One walk before noon', '2026-12-20', 1772300000, NULL);
    INSERT INTO practice_mark VALUES (1, 10, 40, '2026-03-01', 1772300000);
    INSERT INTO group_step VALUES (1, 1, 1, 'IOP 3 days', 'mon,wed,fri', 1, 31), (2, 1, 2, 'Alumni', '', 0, NULL);
    INSERT INTO member_step VALUES (1, 10, 40, 2, 1772300000);
    INSERT INTO step_offer VALUES (1, 1, 10, 40, 2, 43, 'agreed', 1772200000, 1772300000), (2, 1, 10, 42, 1, 43, 'open', 1772300000, NULL);
    INSERT INTO alumni_listing VALUES (1, 10, 40, 'first_weeks,work', 2, 1772300000);
    INSERT INTO mentor_match VALUES (1, 1, 10, 40, 42, 'work', 'matched', 1772300000, NULL), (2, 1, 10, 43, 42, 'work', 'declined', 1772300000, 1772310000);
    INSERT INTO alumni_touch VALUES (1, 1, 10, 40, '10:00', 1772300000, 1, 1775300000, 1, 1772300000);
    INSERT INTO alumni_touch_answer VALUES (1, 0, x'0909', 1774900000);
    INSERT INTO touch_companion VALUES (1, 10, 42, 'agreed', 1772300000, 1, NULL);
    INSERT INTO caring_note VALUES (1, 1, 10, 42, x'0a0a', 'approved', 1772300000), (2, 1, 10, 40, x'0b0b', 'waiting', 1772300000);
    INSERT INTO caring_wish VALUES (1, 10, 40, 1, 1780000000, 1772300000);
    INSERT INTO caring_sent VALUES (1, 10, 40, 1, 1774900000);
";
const SAMPLE_KEYS: &str = "
    INSERT INTO member_key VALUES (10, 40, x'0a0b', 1700000000);
    INSERT INTO forgotten (guild_id, user_id, at) VALUES (10, 42, 1700000000);
    INSERT INTO installation VALUES (1, 'fingerprint');
";

async fn migrated(folder: &std::path::Path, migrations: &Migrator, upto: usize) -> SqlitePool {
    let options =
        SqliteConnectOptions::new().filename(folder.join("old.db")).create_if_missing(true).foreign_keys(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let first: Vec<_> = migrations.iter().take(upto).cloned().collect();
    Migrator { migrations: first.into(), ..Migrator::DEFAULT }.run(&pool).await.unwrap();
    pool
}

#[tokio::test]
async fn migrations_keep_every_row_of_an_older_database() {
    for (migrations, sample) in [(&DATA, SAMPLE), (&KEYS, SAMPLE_KEYS)] {
        let statements: Vec<&str> = sample.split(";\n").map(str::trim).filter(|sql| !sql.is_empty()).collect();
        let all = migrations.iter().count();
        for upto in 1..=all {
            let folder = tempfile::tempdir().unwrap();
            let pool = migrated(folder.path(), migrations, upto).await;
            // What the older schema has tables for; the newest one must take all of it.
            let mut kept = 0;
            for sql in &statements {
                match sqlx::raw_sql(sqlx::AssertSqlSafe((*sql).to_owned())).execute(&pool).await {
                    Ok(_) => kept += 1,
                    Err(error) => assert!(upto < all, "{error}\n{sql}"),
                }
            }
            let before = rows(&pool).await;
            migrations.run(&pool).await.unwrap();
            let after = rows(&pool).await;
            assert!(kept > 0 || upto < all);
            // A later migration may add columns at the end of a row.
            for line in before.lines() {
                assert!(after.contains(line), "after {upto} of {all} migrations, {line} is gone");
            }
            let broken: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM pragma_foreign_key_check").fetch_one(&pool).await.unwrap();
            assert_eq!(broken, 0);
        }
    }
}

#[tokio::test]
async fn the_sample_rows_cover_every_table_and_are_read_back_by_the_stores() {
    let folder = tempfile::tempdir().unwrap();
    let database = fresh(folder.path()).await;
    let pool = SqlitePool::connect(&format!("sqlite:{}", database.path().display())).await.unwrap();
    sqlx::raw_sql(SAMPLE).execute(&pool).await.unwrap();
    sqlx::raw_sql(SAMPLE_KEYS).execute(database.read_keys()).await.unwrap();
    for (pool, kind) in [(&pool, "data"), (database.read_keys(), "keys")] {
        let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'").fetch_all(pool).await.unwrap();
        let all = rows(pool).await;
        for table in tables {
            assert!(all.contains(&format!("{table}: ")), "{kind}: no sample row for {table}");
        }
    }
    let groups = groups::store::all(&pool).await.unwrap();
    assert_eq!(groups.len(), 2);
    assert_eq!(sessions::store::of_group(&mut pool.acquire().await.unwrap(), groups[0].id).await.unwrap().len(), 1);
    let listed = outbox::store::list(&pool, groups[0].guild, DateTime::UNIX_EPOCH, &outbox::State::ALL).await.unwrap();
    assert_eq!(listed.len(), 3);
}

#[tokio::test]
async fn every_column_is_explained() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let column = regex::Regex::new(r"^    [a-z_]+ +(INTEGER|TEXT|BLOB)\b").unwrap();
    for folder in [root.clone(), root.join("keys")] {
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
        {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.starts_with("-- "), "{} does not say what it is for", file.display());
            assert_eq!(
                text.matches("CREATE TABLE").count(),
                text.matches("STRICT").count(),
                "{}: a table is not STRICT",
                file.display()
            );
            let lines: Vec<&str> = text.lines().collect();
            for (at, line) in lines.iter().enumerate().filter(|(_, line)| column.is_match(line)) {
                let next_belongs =
                    lines.get(at + 1).is_some_and(|next| next.starts_with("     ") && next.contains("--"));
                let generated = line.contains("GENERATED");
                assert!(line.contains("-- ") || next_belongs || generated, "{}:{}: {line}", file.display(), at + 1);
            }
        }
    }
}

#[test]
fn the_example_configuration_loads_and_shows_every_key() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("config/daymark.example.toml")).unwrap();
    let config = Config::parse(&text, "daymark.example.toml", &Overrides::default()).unwrap();
    assert_eq!((config.groups.len(), config.groups[0].series.len()), (1, 1));
    // What is commented out works as well.
    let key = regex::Regex::new(r"(?m)^# (\[discord\]|lexicon =|helplines =|api_base =|key_command =)").unwrap();
    let all = key.replace_all(&text, "$1").into_owned();
    assert_eq!(key.find_iter(&text).count(), 5);
    let reordered = {
        // A table ends where the next begins, so the one of Discord goes last.
        let (top, rest) = all.split_once("[discord]\n").unwrap();
        let (base, rest) = rest.split_once('\n').unwrap();
        format!("{top}\n{rest}\n[discord]\n{base}\n")
    };
    let config = Config::parse(&reordered, "daymark.example.toml", &Overrides::default()).unwrap();
    assert!(config.lexicon.is_some() && config.helplines.is_some() && config.api_base.is_some());
    assert!(config.key_command.is_some());
    assert_eq!(config.retention, daymark::config::Retention::DEFAULT, "the example shows the defaults");
}

fn commands() -> Vec<Command> {
    app::slices().iter().flat_map(|slice| (slice.commands)()).collect()
}

/// One line for each command and option: name, type, whether it is needed, what people read.
fn tree(options: &Value, depth: usize, out: &mut String) {
    for option in options.as_array().into_iter().flatten() {
        let needed = if option["required"].as_bool() == Some(true) { "!" } else { "" };
        let completed = if option["autocomplete"].as_bool() == Some(true) { " …" } else { "" };
        let kind = match option["type"].as_u64() {
            Some(1) => "",
            Some(2) => " group",
            Some(3) => " text",
            Some(4) => " number",
            Some(6) => " person",
            Some(5) => " yes/no",
            Some(7) => " channel",
            Some(8) => " role",
            Some(11) => " file",
            _ => " ?",
        };
        let (name, said) = (option["name"].as_str().unwrap(), option["description"].as_str().unwrap());
        out.push_str(&format!("{:depth$}{name}{needed}{kind}{completed}: {said}\n", "", depth = depth * 2));
        tree(&option["options"], depth + 1, out);
    }
}

#[test]
fn the_tree_of_commands_is_the_one_people_know() {
    let mut out = String::new();
    for command in declared(&commands()).unwrap() {
        let everywhere =
            if command["contexts"] == serde_json::json!([0, 1]) { " (also in direct messages)" } else { "" };
        let needs =
            command["default_member_permissions"].as_str().map(|bits| format!(" (needs {bits})")).unwrap_or_default();
        out.push_str(&format!(
            "/{}{everywhere}{needs}: {}\n",
            command["name"].as_str().unwrap(),
            command["description"].as_str().filter(|said| !said.is_empty()).unwrap_or("(on a message)")
        ));
        tree(&command["options"], 1, &mut out);
    }
    let expected = expect![[r#"
        /away: Pause what I send you; no reason needed
          until text: Until when, such as: 20 march, fri, or 10 days; leave it out to say later
        /buddy: Talk to somebody of your group now and then; you choose
        /caring: Short notes that want no answer, from alumni to whoever wishes for some
          notes: Choose whether a kind note reaches you a few times a year, and see the ones you wrote
            group text …: Which group, when there are several
          write: As an alum: write a note; a facilitator reads it before it reaches anybody
            group text …: Which group, when there are several
          review: As a facilitator: read the notes that wait, and let them go out or keep them back
            group text …: Which group, when there are several
        /checkin: Say how you are today; only you see it
        /checkin-setup: Choose what your group is asked at check-in
          group text …: Which group, when there are several
        /checkin-weather: How the group's last week was, blurred and without names
          group text …: Which group, when there are several
        /concerns: Who is told when somebody may need a person
          on: Let responders be told; the members are told that they are
            channel! channel: Where responders look
            role! role: Role of the responders
            minutes number: Minutes until the next circle is called; 10 without this
            next role: Role that is called when no responder answers; the facilitators without this
            from text …: Words of this level raise a concern: low, high, imminent, never; high without this
            group text …: Which group, when there are several
          off: Let nobody be told of words any more
            group text …: Which group, when there are several
          list: Show the newest concerns with their logs, and phrases that were wrong
            group text …: Which group, when there are several
        /cope: Three small things that may help right now; only you see it
        /cope-setup: Add coping skills of your group's own
          group text …: Which group, when there are several
        /deliveries: What went out, what did not and why, with ways to try again
          send_in channel: Post what did not arrive in this channel instead
          group text …: Which group
        /goal: Your goals in small steps; only you see them
        /group: Set up and look at support groups
          setup: Start a support group in a channel, or change one
            zone! text …: Time zone the group's hours are meant in, such as America/New_York
            channel! channel: Where reminders and check-ins are posted
            country! text …: Country most members live in; decides which helplines come first
            facilitators role: Role that may change the group
            facilitator_channel channel: Where facilitators are asked to come when somebody wants a person
            checkin text: Local hour of the daily check-in, such as 09:00; `off` for none
            noticing yes/no: Notice words in the channel that may mean somebody needs a person
            name text: What the group is called; needed only when there are several
          list: Show the groups of this server
          audit: Look through what facilitators changed, newest first
            group text …: Which group, when there are several
        /helpline: Helplines of your own, shown after the directory's
          add: Add a line that you looked up on its own site
            name! text: As people know it, such as County Warmline
            about! text: One sentence: what it is for
            country! text …: Where it can be reached, such as United States
            topic! text …: What it is for
            hours! text: When it is open, in words; 24/7 only if its site says so
            source! text: The page where you read it, beginning with https://
            verified! text: The day you read it, such as: 2026-04-22
            call text: Number to call
            text text: Number for text messages
            chat text: Address of its chat, beginning with https://
          remove: Take a line of yours off
            name! text …: Which line
          list: Show the lines that were added here, with source and day
        /helplines (also in direct messages): Find somebody to talk to, right now
          country text …: Where you are, such as United States
        /join: Join a support group here; you choose what may be kept
          group text …: Which group, when there are several
        /leave: Leave a support group, and be forgotten if you wish
          group text …: Which group, when there are several
        /me: See and set your time zone and quiet hours here
          zone text …: The time zone you live in, such as America/Denver; `group` for your group's
          quiet text: Hours in which I send you nothing, such as 22:00-07:00; `none` for none
        /member: Ask a member to another step
          step: Ask a member whether another step fits; nothing changes before their yes
            member! person: Whom to ask
            to! text …: Which step
            group text …: Which group, when there are several
          withdraw: Take back a question that a member has not answered
            member! person: Who was asked
            group text …: Which group, when there are several
        /mentor: Mentors and alumni who agreed to be found
          find: Ask for a mentor; the alum who is asked sees your name and the topic
            group text …: Which group, when there are several
          mine: See your mentoring, and end it without a reason
          directory: See which alumni can be found, and for what
            group text …: Which group, when there are several
          offer: As an alum: choose whether you can be found, what for, and whom you mentor
            group text …: Which group, when there are several
        /milestone: Days since a date that matters to you; only you see them
        /mood: See how your days were; only you see it
        /now (also in direct messages): Ask for a person from your group, or find somebody to talk to, now
        /oncall: When responders are called first
          add: Put yourself on the rota
            days! text: Days on which it begins, such as: mon-fri, or sat,sun
            from! text: From which hour, in the group's time, such as 18:00
            until! text: Until which hour, such as 22:00; 07:00 is the next morning
            group text …: Which group, when there are several
          remove: Take yourself off the rota, no reason needed
            group text …: Which group, when there are several
          who: See who is on call now and in the week
            group text …: Which group, when there are several
        /plan: Your plan for hard hours; only you see it
        /postvention: After a death in the community: a quiet group, and help within reach
          on: Ask softly, let cheerful posts rest, and pin people who know about loss
            group text …: Which group, when there are several
          off: Go on as before
            group text …: Which group, when there are several
        /practice: Something to try between sessions
          set: Set a home practice; it is told with the next reminder and below check-ins
            kind! text …: What to do: thought record, mindfulness, journal, or own words
            words text: Your words for it, such as: Three things that went right today
            minutes number: For how many minutes a day, such as: 10
            session text …: Which session it belongs to; without it, the whole group
            until text: Last day, such as: 2026-12-20
            group text …: Which group, when there are several
          show: See what there is to practise, and mark it for yourself
            group text …: Which group, when there are several
        /privacy: See what is kept about you, change it, or be forgotten
        /reach-out: Choose whether I write to you once when you have gone quiet, and who else is told
          buddy person: One person of your group who is told two days later that it has been quiet
          group text …: Which group, when there are several
        /recovery-setup: Choose where shared wins go, and whether people are paired
          wins channel: Where shared wins are posted
          digest text: When the week's shared wins are summed up, such as: sun 18:00; `off` for not at all
          buddies text: How often people who want to are paired: weekly, monthly, or off
          group text …: Which group, when there are several
        /remind: Reminders for yourself, by direct message
          me: Be reminded of something; only you see it
            when! text: When, such as: tomorrow 9am, in 2 hours, every weekday at 8, tue 18:30
            what! text: What about; it is locked, and the message does not show it unless you want
            about text …: What kind of thing it is, if it is one of these
          list: See your reminders
          edit: Change when a reminder comes, or what it is about
            which! text …: Which reminder
            when text: When, such as: tomorrow 9am, in 2 hours, every weekday at 8
            what text: What about
        /schedule: The group's sessions and their reminders
          add: Put a session on the schedule; you see the next five before it is saved
            title! text: What it is called, such as Evening group
            when! text: When it meets, such as: mon,wed,fri 18:00
            leads text: Reminders before the start, such as: 1d 1h 15m; `none` for no reminders
            length text: How long it lasts, such as: 90m
            zone text …: Time zone its hours are meant in; the group's when you say nothing
            starts text: First day, such as: 2026-03-09
            ends text: Last day, such as: 2026-06-26
            channel channel: Voice or text channel it is held in
            address text: Street address or room
            link text: Link to join, beginning with https://; it comes with the last reminder
            host person: Who holds it
            ping role: Role that reminders ping; nobody is pinged without this
            audience text: For whom: members, role or alumni; members when you say nothing
            audience_role role: The role of those it is for, such as your alumni's
            capacity number: How many can come, then a waitlist; 0 for no limit
            counts yes/no: Let everybody see how many come, never who
            group text …: Which group
          edit: Change a session; you see the next five before it is saved
            title! text …: Which session
            new_title text: A new title
            when text: When it meets, such as: mon,wed,fri 18:00
            leads text: Reminders before the start, such as: 1d 1h 15m; `none` for no reminders
            length text: How long it lasts, such as: 90m
            zone text …: Time zone its hours are meant in
            starts text: First day, such as: 2026-03-09; `none` for no first day
            ends text: Last day, such as: 2026-06-26; `none` for no last day
            channel channel: Voice or text channel it is held in
            address text: Street address or room; `none` for none
            link text: Link to join, beginning with https://; `none` for none
            host person: Who holds it
            ping role: Role that reminders ping
            audience text: For whom: members, role or alumni
            audience_role role: The role of those it is for, such as your alumni's
            capacity number: How many can come, then a waitlist; 0 for no limit
            counts yes/no: Let everybody see how many come, never who
            clear text: Take these off: channel, host, ping
            group text …: Which group
          list: Show the group's sessions
            group text …: Which group
          show: Show everything about one session
            title! text …: Which session
            group text …: Which group
          who: See who comes to a session, as far as people said
            title! text …: Which session
            on text …: Which day, such as: fri, 2026-12-24; the next one when you say nothing
            group text …: Which group
          attendance: Mark who was at a session; nobody else ever sees it
            title! text …: Which session
            on text …: Which day; the last one that began when you say nothing
            group text …: Which group
          preview: What will be said, where and when; nothing is sent
            days number: How many days, up to a year
            group text …: Which group
          skip: Leave out a session or some days, such as a holiday
            on! text …: Which day, such as: 2026-12-24, tomorrow, fri
            until text: Up to which day, such as: 2027-01-01
            title text …: Which session; without it, everything of the group on those days
            group text …: Which group
          move: Hold one session at another time
            title! text …: Which session
            on! text …: Which day, such as: 2026-12-24, tomorrow, fri
            to! text: To when, such as: thu 18:30, or 19:30 for the same day
            group text …: Which group
          cancel: Call off a session, or everything today, such as on a snow day
            on! text …: Which day, such as: today, 2026-12-24, fri
            until text: Up to which day, such as: 2027-01-01
            title text …: Which session; without it, everything of the group on those days
            group text …: Which group
          holidays: Days off on which the group would meet; you choose which are skipped
            add text: Add a day of your own, such as: 2026-12-28
            called text: What your day is called, such as: Between the years
            forget text: Take a day of your own off the list, such as: 2026-12-28
            group text …: Which group
          discord-events: Show the group's sessions among the server's events
            show yes/no: Whether they are shown; leave it out to see how it stands
            group text …: Which group
          export: The group's sessions as a file that can be changed and read back
            calendar yes/no: As a calendar (.ics) instead of a text that can be edited (.toml)
            group text …: Which group
          import: Read the group's sessions from a file; you see what changes before it is saved
            file! file: A file from /schedule export, or a calendar (.ics)
            group text …: Which group
          pause: Let a session rest; nothing is said until you resume it
            title! text …: Which session
            group text …: Which group
          resume: Let a paused session go on
            title! text …: Which session
            group text …: Which group
          remove: Take a session off the schedule
            title! text …: Which session
            group text …: Which group
        /sessions: Your sessions: what comes next, and your calendar
          next: What comes next, in your own time zone
          calendar: Your sessions as a file for your calendar
            group text …: Only this group
          calendar-feed: An address that keeps your calendar up to date by itself
            group text …: The address of a group instead of your own; for its facilitators
        /share: Share one thing of a check-in, or take something back
          with person: One person of your group, to share it with them alone
          day text: Which day's check-in, such as 2026-03-09; without it, your last one
        /step: Your own step, and the way back up
          up: Ask for more support again; no reason needed
            group text …: Which group, when there are several
          mine: See which step you are on, and what you can choose there
            group text …: Which group, when there are several
          companion: After graduating: choose a person who asks how you are now and then, in my place
            who person: An alum, or a facilitator; they are asked first. Leave it out to see who it is
            group text …: Which group, when there are several
        /steps: The steps of a group: how support tapers on the way down
          set: Add a step below the others, or change one
            name! text …: What the step is called, such as IOP 3 days
            days! text: Days of direct check-ins, such as mon,wed,fri; also daily, weekdays, none
            reminders yes/no: Whether members' own session reminders go on; yes without this
            role role: Role of its members; for people who may manage the server
            group text …: Which group, when there are several
          list: Show the steps of the group
            group text …: Which group, when there are several
          rename: Give a step another name; whoever is on it stays on it
            name! text …: Which step
            to! text: What it is called from now on
            group text …: Which group, when there are several
          place: Put a step in another place; the first has the most support, people on the last are alumni
            name! text …: Which step
            to! number: Its place from now on; 1 is the most support
            group text …: Which group, when there are several
          remove: Remove a step that nobody is on
            name! text …: Which step
            group text …: Which group, when there are several
        /win: Keep a small win, for yourself or to share
          what text: What it is; leave it out to see yours
        /words: See, change and try the words that are looked for here
          list: Show what this server changed about the words
          add: Look for more words
            pattern! text: Words, such as: (going|want) to the blue door
            level! text …: How serious: low, high, imminent or concern_other
            topic! text …: What it is about
            language text: Language whose rules apply, such as en (the default)
          remove: Take words off the list, switch a shared phrase off, or put it back
            phrase! text …: Its name, such as guild.3 or en.suicide.slang
          allow: Name words that never count here
            pattern! text: Words, such as the name of a band: want to die band
          test: Try a sentence and see step by step what would happen
            text! text: The sentence; only you see it
          dry-run: Count what a channel's last messages would have led to
            channel! channel: The channel
            last number: How many messages, at most 300; 100 unless you say
          sensitivity: Choose how readily a channel is answered
            sensitivity! text …: How readily: quiet, balanced or sensitive
            channel channel: The channel; this one unless you say
          watch: Also look at words in another place of the group, such as a forum
            channel! channel: The forum or channel; its posts and threads belong to it
            group text …: Which group; only needed when there are several
          unwatch: No longer look at words in a place that was added
            channel! channel: The forum or channel
            group text …: Which group; only needed when there are several
        /I'm worried about this: (on a message)
    "#]];
    expected.assert_eq(&out);
}

#[test]
fn every_command_and_option_says_what_it_is_for_within_discords_limits() {
    fn check(level: &Value, depth: usize, path: &str) -> usize {
        let name = level["name"].as_str().unwrap();
        let said = level["description"].as_str().unwrap_or_default();
        let path = format!("{path}/{name}");
        if level["type"] == 3 && depth == 0 {
            // A message menu is named as people read it, and Discord takes no description.
            assert!(name.chars().count() <= 32 && said.is_empty(), "{path}");
            return name.chars().count();
        }
        let fits = regex::Regex::new(r"^[a-z_-]{1,32}$").unwrap();
        assert!(fits.is_match(name), "{path}");
        assert!((4..=100).contains(&said.chars().count()), "{path}: {said:?}");
        assert!(!said.ends_with('.') && said.chars().next().unwrap().is_uppercase(), "{path}: {said}");
        let options = level["options"].as_array().map_or(&[][..], Vec::as_slice);
        assert!(options.len() <= 25 && depth <= 3, "{path}");
        let needed: Vec<bool> = options.iter().map(|option| option["required"].as_bool().unwrap_or(false)).collect();
        assert!(needed.is_sorted_by(|one, next| one >= next), "{path}: what is needed comes first");
        let inner: usize = options.iter().map(|option| check(option, depth + 1, &path)).sum();
        name.chars().count() + said.chars().count() + inner
    }
    let declared = declared(&commands()).unwrap();
    assert!(declared.len() <= 100);
    for command in &declared {
        let length = check(command, 0, "");
        assert!(length <= 8000, "{} has {length} characters in all", command["name"]);
    }
}

#[tokio::test]
async fn what_is_registered_is_what_is_declared_and_a_restart_registers_nothing() {
    let mut scene = Scene::empty(MONDAY).await;
    let declared = declared(&commands()).unwrap();
    let registered = scene.stage.sandbox.commands(None);
    assert!(same(&declared, &registered), "declared:\n{declared:#?}\nregistered:\n{registered:#?}");
    scene.stage.stop_bot().await;
    scene.stage.sandbox.drain_requests();
    scene.stage.start_bot().await.unwrap();
    scene.stage.app().unwrap().gateway().until_registered().await;
    let asked: Vec<String> = scene
        .stage
        .sandbox
        .requests()
        .iter()
        .filter(|request| request.method == "PUT")
        .map(|request| request.path.clone())
        .collect();
    assert_eq!(asked, Vec::<String>::new(), "the commands were there already");
    scene.end().await;
}

#[test]
fn every_helpline_says_when_it_was_right_and_none_is_from_tomorrow() {
    let directory = Directory::embedded().unwrap();
    let (first, last) = (NaiveDate::from_ymd_opt(2014, 1, 1).unwrap(), NaiveDate::from_ymd_opt(2030, 1, 1).unwrap());
    for code in ["US", "CA", "GB", "IE", "AU", "NZ"] {
        assert!(directory.find_country(code).is_some(), "{code}");
    }
    let mut count = 0;
    for (code, name) in directory.countries() {
        assert!(directory.emergency(code).is_some(), "{name} has no emergency number");
        for line in directory.all_lines(code) {
            assert!(
                line.verified_on > first && line.verified_on < last,
                "{} of {name}: {}",
                line.name,
                line.verified_on
            );
            count += 1;
        }
    }
    assert!(count > 0 && !directory.international().is_empty());
}
