//! The commands that end by themselves: `scan`, `invite`, `check`, `preview`, `helplines`, `--help`.

use chrono::{Datelike, TimeDelta};
use daymark::clock::Clock;
use daymark::sandbox::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use daymark::sandbox::{Harm, Privileged, SandboxOptions};
use serde_json::{Value, json};

use super::{CRISIS, Ended, Running, World};

/// Scans these bytes in a folder without any configuration, with nothing in the environment.
async fn scan(arguments: &[&str], input: &[u8]) -> Ended {
    let world = World::new().await;
    let arguments: Vec<&str> = ["scan"].into_iter().chain(arguments.iter().copied()).collect();
    let mut scan = Running::start(world.bare(&arguments));
    // Written from a thread of its own: it answers while it reads.
    let mut typed = scan.input.take().unwrap();
    let input = input.to_vec();
    let typist = std::thread::spawn(move || std::io::Write::write_all(&mut typed, &input));
    let ended = scan.end().await;
    typist.join().unwrap().unwrap();
    assert!(world.files().is_empty(), "it needs no files and makes none");
    ended
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[tokio::test]
async fn scan_answers_every_line_in_order_and_goes_on_after_bad_ones() {
    let none = json!({"level": "none", "topics": [], "phrase": null});
    let error = json!({"error": "not a JSON string"});
    let found = json!({"level": "high", "topics": ["suicide"], "phrase": "which one is the lexicon's to say"});
    let crisis = format!("\"{CRISIS}\"");
    let table: &[(&[u8], &Value)] = &[
        (b"\"hello\"", &none),
        (crisis.as_bytes(), &found),
        (b"", &error),
        (b"hello", &error),
        (b"42", &error),
        (b"null", &error),
        (b"{\"text\": \"i want to die\"}", &error),
        (b"[\"i want to die\"]", &error),
        (b"\"open", &error),
        (b"\"one\" \"two\"", &error),
        (b"\xff\xfe", &error),
        (b"\"not utf-8 \xff\"", &none),
        (b"\"half a pair \\ud800\"", &none),
        (b"\"\\u0000 i want to d\\u0069e\"", &found),
        (b"\"\"", &none),
        (b"  \"spaces\"  ", &none),
        (b"\"line end of another system\"\r", &none),
        (crisis.as_bytes(), &found),
    ];
    let input = table.iter().flat_map(|(line, _)| line.iter().chain(b"\n")).copied().collect::<Vec<u8>>();
    let ended = scan(&[], &input).await;
    let mut answers = lines(ended.fine());
    assert_eq!(answers.len(), table.len());
    for ((line, expected), answer) in table.iter().zip(&mut answers) {
        if answer["phrase"].is_string() {
            answer["phrase"] = found["phrase"].clone();
        }
        let answer = &*answer;
        assert_eq!(answer, *expected, "{}", String::from_utf8_lossy(line));
    }
    assert_eq!(ended.err, "");
}

#[tokio::test]
async fn scan_takes_nothing_and_a_last_line_without_an_end() {
    assert_eq!(scan(&[], b"").await.fine(), "");
    assert_eq!(lines(scan(&[], b"\"hello\"").await.fine()).len(), 1);
    assert_eq!(lines(scan(&[], b"\n").await.fine()), [json!({"error": "not a JSON string"})]);
}

#[tokio::test]
async fn scan_explains_and_keeps_to_its_shape() {
    let ended = scan(&["--explain"], format!("\"{CRISIS}\"\n\"hello\"\nx\n").as_bytes()).await;
    let answers = lines(ended.fine());
    assert_eq!(answers[0]["level"], "high");
    assert!(answers[0]["explanation"]["steps"].as_array().is_some_and(|steps| !steps.is_empty()), "{}", answers[0]);
    assert_eq!(answers[0]["explanation"]["normalised"], CRISIS);
    assert_eq!(answers[1]["level"], "none");
    assert_eq!(answers[2], json!({"error": "not a JSON string"}));
}

#[tokio::test]
async fn scan_goes_through_a_hundred_thousand_lines() {
    const LINES: usize = 100_000;
    let mut input = "\"good morning, see you all tonight\"\n".repeat(LINES - 1);
    input.push_str(&format!("\"{CRISIS}\"\n"));
    let ended = scan(&[], input.as_bytes()).await;
    assert_eq!(ended.fine().lines().count(), LINES);
    assert!(ended.out.lines().last().is_some_and(|line| line.contains("\"level\":\"high\"")));
}

#[tokio::test]
async fn scan_says_which_sensitivities_there_are() {
    let world = World::new().await;
    let mut scan = Running::start(world.bare(&["scan", "--sensitivity", "loud"]));
    scan.ends_input();
    let ended = scan.end().await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("quiet, balanced or sensitive"), "{}", ended.err);
}

#[tokio::test]
async fn invite_prints_a_link_with_what_the_bot_needs() {
    let world = World::new().await;
    let wanted = |id: u64| {
        let bits = daymark::discord::startup_check::INVITED_WITH;
        format!(
            "https://discord.com/oauth2/authorize?client_id={id}&scope=bot+applications.commands&permissions={bits}\n"
        )
    };
    let given = Running::start(world.bare(&["invite", "--application", "123456789"])).end().await;
    assert_eq!(given.fine(), wanted(123_456_789));
    assert_eq!(world.sandbox.counters().requests, 0);
    assert_eq!(world.tell(&["invite"]).await.fine(), wanted(world.sandbox.application_id()));
    Running::start(world.bare(&["invite"])).end().await.refused(2, &["DISCORD_TOKEN is not set", "--application ID"]);
    let mut command = world.daymark(&["invite"]);
    command.env("DISCORD_TOKEN", "other");
    Running::start(command).end().await.refused(2, &["Discord refuses the token"]);
    let mut command = world.daymark(&["invite"]);
    command.env("DISCORD_API_BASE", "http://127.0.0.1:1");
    Running::start(command).end().await.refused(1, &["http://127.0.0.1:1 cannot be reached"]);
}

#[tokio::test]
async fn check_says_what_is_missing_and_changes_nothing() {
    let world = World::new().await;
    let ended = world.tell(&["check"]).await;
    assert!(ended.fine().contains("No group is set up yet"), "{}", ended.out);
    assert!(
        ended.out.contains("There is no database yet: data/daymark.db is made at the first start"),
        "{}",
        ended.out
    );
    assert!(world.files().is_empty(), "a check makes nothing");
    world.declare("");
    let ended = world.tell(&["check"]).await;
    assert!(ended.fine().contains("Evening group: fine."), "{}", ended.out);
    super::refused::install(&world).await;
    let before = world.files();
    let ended = world.tell(&["check"]).await;
    assert!(before == world.files(), "a check changes no file");
    for line in [
        "Configuration, key, database, lexicon and helplines: fine.",
        "Token: Discord knows it.",
        "Intents: fine.",
        "Evening group: fine.",
    ] {
        assert!(ended.fine().contains(line), "{line}:\n{}", ended.out);
    }
    world.channel.overwrite_bot(0, SEND_MESSAGES);
    let ended = world.tell(&["check"]).await;
    ended.refused(2, &["cannot do its work until this is put right"]);
    assert!(ended.out.contains("In the group's channel I lack \"Send Messages\"."), "{}", ended.out);
    world.channel.overwrite_bot(0, VIEW_CHANNEL);
    assert!(world.tell(&["check"]).await.out.contains("I cannot see the group's channel."));
    let changed: Vec<String> =
        world.sandbox.requests().into_iter().filter(|asked| asked.method != "GET").map(|asked| asked.path).collect();
    assert_eq!(changed, Vec::<String>::new());
    world.guild.remove_bot();
    let ended = world.tell(&["check"]).await;
    ended.refused(2, &["cannot do its work"]);
    assert!(ended.out.contains("I am not in that server.") && ended.out.contains("daymark invite"), "{}", ended.out);
    let mut command = world.daymark(&["check"]);
    command.env("DISCORD_TOKEN", "other");
    Running::start(command).end().await.refused(2, &["Discord refuses the token"]);
    world.sandbox.faults().always("*", "**", Harm::Status(500));
    world.tell(&["check"]).await.refused(1, &["Discord could not be asked"]);
}

#[tokio::test]
async fn check_tells_of_missing_intents_and_lets_the_bot_run_without_them() {
    let options = SandboxOptions { token: "x".to_owned(), privileged: Privileged::NONE, ..SandboxOptions::default() };
    let world = World::with(options).await;
    let ended = world.tell(&["check"]).await;
    for sentence in ["The message content intent is off.", "The server members intent is off.", "Switch on"] {
        assert!(ended.fine().contains(sentence), "{sentence}:\n{}", ended.out);
    }
}

#[tokio::test]
async fn preview_lists_what_will_be_said_and_with_past_what_was() {
    let world = World::new().await;
    let now = Clock::system().now();
    world.tell(&["preview"]).await.refused(2, &["there is no database data/daymark.db"]);
    assert!(world.files().is_empty(), "a look makes no database");
    super::killed::declare_a_reminder_due_now(&world).await;
    // The reminder that is due now was yesterday's future; what comes is the one a week later.
    let ended = world.tell(&["preview"]).await;
    let next = (now + TimeDelta::days(7)).format("%Y").to_string();
    assert!(ended.fine().contains("Evening group (Etc/UTC, channel "), "{}", ended.out);
    let reminders: Vec<&str> =
        ended.out.lines().filter(|line| line.contains("reminder of Evening, 35 minutes before")).collect();
    assert_eq!(reminders.len(), 2, "{}", ended.out);
    assert!(reminders[0].contains(&next) || now.ordinal() > 350, "{reminders:?}");
    assert!(!world.tell(&["preview", "--days", "1"]).await.fine().contains("reminder of"));
    assert_eq!(world.tell(&["preview", "--past"]).await.fine(), "");
    assert_eq!(world.tell(&["preview", "--days", "0"]).await.code, Some(2));
    let mut bot = world.run().await;
    world.sandbox.until(super::PATIENCE, |_| !world.ana.reads(&world.channel).is_empty()).await.unwrap();
    // Looked at while the bot runs.
    world.tell(&["preview"]).await.fine();
    bot.ends_input();
    bot.stop().await;
    let past = world.tell(&["preview", "--past"]).await;
    let lines: Vec<&str> = past.fine().lines().collect();
    assert!(lines.len() == 2 && lines[0].contains(": 1 sent (") && lines[1].contains("  sent "), "{lines:?}");
    assert!(
        lines[1].contains("session.reminder") && lines[1].contains(&format!("channel {}", world.channel.id())),
        "{lines:?}"
    );
    world.left_tidy().await;
}

#[tokio::test]
async fn helplines_lists_what_was_verified_long_ago() {
    let world = World::new().await;
    let all = Running::start(world.bare(&["helplines", "--older-than", "0"])).end().await;
    let (count, of) = counted(all.fine());
    assert!(count > 100 && count <= of, "{count} of {of}");
    assert_eq!(all.out.lines().count(), count + 1);
    let none = Running::start(world.bare(&["helplines", "--older-than", "36500"])).end().await;
    assert_eq!(counted(none.fine()), (0, of));
    std::fs::write(world.path("daymark.toml"), "helplines = \"nowhere.toml\"\n").unwrap();
    Running::start(world.bare(&["helplines"])).end().await.refused(2, &["nowhere.toml cannot be read"]);
}

/// The two numbers of the last line.
fn counted(out: &str) -> (usize, usize) {
    let words: Vec<&str> = out.lines().last().unwrap().split(' ').collect();
    assert_eq!(words[1], "of", "{out}");
    (words[0].parse().unwrap(), words[2].parse().unwrap())
}

#[tokio::test]
async fn help_names_every_command_variable_and_exit_code() {
    let world = World::new().await;
    for arguments in [&["--help"][..], &["help"]] {
        let ended = Running::start(world.bare(arguments)).end().await;
        let mut wanted = vec![
            "run",
            "demo",
            "check",
            "preview",
            "scan",
            "helplines",
            "backup",
            "restore",
            "rekey",
            "receipt",
            "invite",
        ];
        wanted.extend(["--config", "--database", "--key-file", "--log", "--log-format", "Exit codes"]);
        wanted.extend(["DAYMARK_CONFIG", "DAYMARK_DATABASE", "DAYMARK_KEY_FILE", "DAYMARK_LOG"]);
        wanted.extend(["DISCORD_TOKEN", "DISCORD_TOKEN_FILE", "DISCORD_API_BASE", "DAYMARK_KEY "]);
        for word in wanted {
            assert!(ended.fine().contains(word), "{word} is not in:\n{}", ended.out);
        }
    }
    // What stands in the environment is nobody's business.
    let mut command = world.daymark(&["--help"]);
    command.env("DISCORD_TOKEN", "planted-token").env("DAYMARK_KEY_FILE", "/run/planted-path");
    let ended = Running::start(command).end().await;
    assert!(!ended.fine().contains("planted-token"), "{}", ended.out);
    for arguments in [&[][..], &["nonsense"], &["run", "--nonsense"], &["demo", "--speed", "2"]] {
        assert_eq!(Running::start(world.bare(arguments)).end().await.code, Some(2), "{arguments:?}");
    }
}
