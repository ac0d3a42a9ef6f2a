//! What the log never holds, whatever an operator asks for: members' words, their names, the token.

use super::{CRISIS, PATIENCE, World};
use daymark::sandbox::SandboxOptions;

/// Not a word of any language, so that finding it means that it was passed on.
const PLANTED: &str = "quibblewort";
const NAME: &str = "Zanthorpe";

/// Says the planted word in every way a member can, and gives what the log then holds.
async fn log_of(levels: &str, format: &str) -> String {
    let token = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.planted.token-that-opens-nothing";
    let world = World::with(SandboxOptions { token: token.to_owned(), ..SandboxOptions::default() }).await;
    world.declare("");
    let member = world.sandbox.person(NAME);
    world.guild.member(&member, &[]);
    let member = member.at(&world.channel).unwrap();
    let mut command = world.daymark(&["--log-format", format, "run"]);
    command.env("DAYMARK_LOG", levels);
    let bot = super::Running::start(command);
    let ready = |sandbox: &daymark::sandbox::Sandbox| sandbox.connected() && !sandbox.commands(None).is_empty();
    world.sandbox.until(PATIENCE, ready).await.unwrap();
    let mut asked = member.run("/join").await.unwrap().only().unwrap().clone();
    for _ in 0..3 {
        asked = member.press(&asked, "Yes, that's okay").await.unwrap().only().unwrap().clone();
    }
    let said = member.say(&world.channel, &format!("hello {PLANTED}")).unwrap();
    member.edit(&said, &format!("hello again {PLANTED}")).unwrap();
    member.say(&world.channel, &format!("{CRISIS} {PLANTED}")).unwrap();
    member.dm(&format!("{PLANTED} {CRISIS}")).unwrap();
    world.sandbox.until(PATIENCE, |_| member.inbox().len() > 1).await.unwrap();
    let today = member.run("/checkin").await.unwrap().only().unwrap().clone();
    let form = member.press(&today, "Write a line").await.unwrap().form().unwrap().clone();
    let field = form.fields[0].custom_id.clone();
    let kept = member.submit(&form, &[(&field, &format!("slept badly, {PLANTED}"))]).await.unwrap();
    // Shared in the channel, it is in every reader's sight and still in no log.
    let what = member.press(kept.only().unwrap(), "Share").await.unwrap().only().unwrap().clone();
    let chosen = member.choose(&what, "Share this, and nothing else", &["My line"]).await.unwrap();
    member.press(chosen.only().unwrap(), "Post in the channel").await.unwrap();
    let shares = |_: &daymark::sandbox::Sandbox| {
        world.channel.messages().iter().any(|message| message.text().contains(&format!("slept badly, {PLANTED}")))
    };
    world.sandbox.until(PATIENCE, shares).await.unwrap();
    member.run(&format!("/helplines country:{PLANTED}")).await.unwrap();
    member.autocomplete(&format!("/helplines country:{PLANTED}")).await.unwrap();
    world.sandbox.dispatch_raw("WORDS_THAT_NOBODY_KNOWS", &serde_json::json!({"content": PLANTED, "name": NAME}));
    world.sandbox.faults().cut_gateway();
    world.sandbox.until(PATIENCE, |sandbox| !sandbox.connected()).await.unwrap();
    world.sandbox.until(PATIENCE, |sandbox| sandbox.connected()).await.unwrap();
    member.run("/privacy").await.unwrap();
    let ended = bot.stop().await;
    world.left_tidy().await;
    for secret in [PLANTED, NAME, &NAME.to_lowercase(), CRISIS, token, "planted.token"] {
        let line = ended.err.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret:?} is in the log at {levels:?}, {format}");
    }
    ended.err
}

#[tokio::test]
async fn at_every_level_the_log_holds_no_words_no_names_and_no_token() {
    let log = log_of("trace", "human").await;
    assert!(log.contains("words noticed") && log.contains("stopping"), "it logs all the same:\n{log}");
}

#[tokio::test]
async fn crates_that_print_words_are_capped_even_when_asked_for_by_name() {
    let asked = "info,serenity=trace,serenity::gateway=trace,hyper=trace,hyper_util=trace,reqwest=trace,sqlx=trace,sqlx::query=trace,tungstenite=trace,tokio_tungstenite=trace,rustls=trace,poise=trace,h2=trace";
    let log = log_of(asked, "json").await;
    let mut lines = 0;
    for line in log.lines() {
        let read: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(read["level"].is_string() && read["timestamp"].is_string(), "{line}");
        lines += 1;
    }
    assert!(lines > 2, "{log}");
}

#[tokio::test]
async fn in_json_the_last_sentence_is_json_too() {
    let world = World::new().await;
    let ended = super::Running::start(world.bare(&["--log-format", "json", "run"])).end().await;
    assert_eq!(ended.code, Some(2));
    for line in ended.err.lines() {
        let read: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(
            read["fields"]["message"].as_str().is_some_and(|said| said.contains("DISCORD_TOKEN is not set")),
            "{line}"
        );
    }
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
}

#[tokio::test]
async fn levels_that_cannot_be_read_are_told_and_do_no_harm() {
    let world = World::new().await;
    let mut command = world.daymark(&["run"]);
    command.env("DAYMARK_LOG", "daymark=loud");
    let bot = world.run_with(command).await;
    assert!(bot.said().contains("the log setting cannot be read"), "{}", bot.said());
    bot.stop().await;
}
