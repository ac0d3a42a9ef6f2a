//! The schedule, through the front door: facilitators draft, save, skip, move, cancel, pause; people read.

use chrono::{DateTime, Utc};
use daymark::calendar::{Zone, resolved};
use daymark::cli::stage::Stage;
use daymark::clock::Clock;
use daymark::sandbox::{Answer, MessageView};

/// A stage with one group in New York, at that local moment.
async fn evening(local: &str) -> Stage {
    let mut stage = Stage::build(Clock::manual(moment(local)), "Priya", "Sam", &["Ana", "Ben"]).await.unwrap();
    stage.start_bot().await.unwrap();
    let setup =
        "/group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators name:Evening";
    run(&stage, "Priya", setup).await;
    stage
}

fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}

fn moment(local: &str) -> DateTime<Utc> {
    resolved(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap(), zone()).at
}

async fn run(stage: &Stage, who: &str, line: &str) -> Answer {
    let answer = stage.person(who).unwrap().run(line).await.unwrap();
    stage.settle().await;
    answer
}

async fn press(stage: &Stage, who: &str, card: &MessageView, label: &str) -> Answer {
    let answer = stage.person(who).unwrap().press(card, label).await.unwrap();
    stage.settle().await;
    answer
}

/// Adds a session and saves it.
async fn add(stage: &Stage, line: &str) {
    let draft = run(stage, "Sam", line).await;
    let card = draft.only().unwrap_or_else(|why| panic!("{why}: {}", draft.text()));
    let saved = press(stage, "Sam", card, "Save").await;
    assert!(saved.text().contains("is on the schedule"), "{}", saved.text());
}

async fn go_to(stage: &Stage, local: &str) {
    stage.advance_to(moment(local)).await.unwrap();
}

/// What the bot posted in the group's channel since `from` messages, as texts.
fn posted(stage: &Stage) -> Vec<String> {
    stage.channel.messages().iter().map(MessageView::text).collect()
}

fn unix(local: &str) -> i64 {
    moment(local).timestamp()
}

fn check(texts: &[String], expected: &[&str]) {
    assert_eq!(texts.len(), expected.len(), "{texts:#?}");
    for (text, expected) in texts.iter().zip(expected) {
        assert!(text.contains(expected), "{expected:?} is not in {text:?}");
    }
}

#[tokio::test]
async fn nothing_is_saved_before_save_is_pressed_and_pressing_twice_saves_once() {
    let stage = evening("2026-03-06 10:00").await;
    let line = "/schedule add title:Evening group when:every sun,mon at 2:30am leads:15m length:90m";
    let draft = run(&stage, "Sam", line).await;
    assert!(draft.is_private());
    let text = draft.text();
    for expected in ["Nothing is saved yet", "The next 5", "02:30 does not exist on Sunday 8 March", "90 minutes"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(run(&stage, "Sam", "/schedule list").await.text().contains("has no sessions yet"));
    let card = draft.only().unwrap().clone();
    // Somebody else's press saves nothing, whoever they are.
    let other = stage.person("Priya").unwrap().press(&card, "Save").await;
    assert!(other.is_err(), "nobody else sees the card");
    assert!(press(&stage, "Sam", &card, "Save").await.text().contains("is on the schedule"));
    let again = stage.person("Sam").unwrap().press(&card, "Save").await;
    stage.settle().await;
    assert!(again.is_err() || !again.unwrap().text().contains("taken"), "pressing again changes nothing");
    let list = run(&stage, "Sam", "/schedule list").await.text();
    assert_eq!(list.matches("Reminders: 15m").count(), 1, "{list}");
}

#[tokio::test]
async fn a_draft_survives_a_restart_and_expires_after_an_hour() {
    let mut stage = evening("2026-03-02 10:00").await;
    let first = run(&stage, "Sam", "/schedule add title:One when:mon 18:00").await;
    stage.kill_bot().await;
    stage.start_bot().await.unwrap();
    assert!(press(&stage, "Sam", first.only().unwrap(), "Save").await.text().contains("One is on the schedule"));
    let second = run(&stage, "Sam", "/schedule add title:Two when:tue 18:00").await;
    go_to(&stage, "2026-03-02 11:00").await;
    let late = press(&stage, "Sam", second.only().unwrap(), "Save").await.text();
    assert!(late.contains("kept for an hour"), "{late}");
    let third = run(&stage, "Sam", "/schedule add title:Three when:wed 18:00").await;
    assert!(press(&stage, "Sam", third.only().unwrap(), "Discard").await.text().contains("Nothing changed"));
    let list = run(&stage, "Sam", "/schedule list").await.text();
    assert!(list.contains("One") && !list.contains("Two") && !list.contains("Three"), "{list}");
}

#[tokio::test]
async fn bad_input_is_refused_with_the_part_and_an_example_and_changes_nothing() {
    let stage = evening("2026-03-02 10:00").await;
    let long = format!("/schedule add when:mon 18:00 title:{}", "x".repeat(6000));
    for (line, expected) in [
        ("/schedule add title:A when:mon 25:00", "25:00"),
        ("/schedule add title:A when:2026-02-30 18:00", "February 2026 has days 1 to 28"),
        ("/schedule add title:A when:0 0 18 * * 1", "seconds"),
        ("/schedule add title:A when:mon 18:00 starts:2026-05-01 ends:2026-04-01", "before the start"),
        ("/schedule add title:A when:mon,tue 18:00 leads:2d", "shortest time between two starts"),
        ("/schedule add title:A when:2026-01-02 18:00", "never happens"),
        ("/schedule add title:A when:mon 18:00 link:http://example.org", "https://"),
        ("/schedule add title:A when:mon 18:00 length:2m", "5 minutes"),
        (long.as_str(), "6000 characters"),
        ("/schedule skip on:2026-03-05", "No session lies ahead"),
        ("/schedule edit title:Nothing when:mon 18:00", "No session has that title"),
    ] {
        match stage.person("Sam").unwrap().run(line).await {
            Ok(answer) => {
                assert!(answer.text().contains(expected), "{line}: {}", answer.text());
                assert!(answer.is_private());
            }
            // Discord's own client does not let it through.
            Err(declined) => assert!(line.len() > 1000, "{line}: {declined}"),
        }
    }
    assert!(run(&stage, "Ana", "/schedule add title:A when:mon 18:00").await.text().contains("facilitators"));
    assert!(run(&stage, "Sam", "/schedule list").await.text().contains("has no sessions yet"));
}

#[tokio::test]
async fn an_edit_is_confirmed_too_and_tells_those_who_were_reminded() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon 18:00 leads:1h 15m").await;
    go_to(&stage, "2026-03-02 17:10").await;
    check(&posted(&stage), &["starts"]);
    let draft = run(&stage, "Sam", "/schedule edit title:Evening group when:mon 19:00 address:Room 4").await;
    assert!(draft.text().contains("Monday 2 March, 19:00"), "{}", draft.text());
    assert_eq!(posted(&stage).len(), 1, "nothing is told before it is saved");
    let saved = press(&stage, "Sam", draft.only().unwrap(), "Save").await.text();
    assert!(saved.contains("told in the same place"), "{saved}");
    let next = format!("The next one is <t:{}:F>", unix("2026-03-02 19:00"));
    check(&posted(&stage), &["starts", "does not take place"]);
    assert!(posted(&stage)[1].contains(&next));
    go_to(&stage, "2026-03-02 20:00").await;
    // At 18:00 one hour before the new time, and a quarter of an hour before; nothing at the old one.
    check(&posted(&stage), &["starts", "does not take place", "Room 4", "Room 4"]);
}

#[tokio::test]
async fn pause_is_silent_and_resume_makes_good() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon,wed 18:00 leads:1h 15m").await;
    go_to(&stage, "2026-03-02 17:10").await;
    run(&stage, "Sam", "/schedule pause title:Evening group").await;
    check(&posted(&stage), &["starts", "does not take place"]);
    assert!(run(&stage, "Sam", "/schedule pause title:Evening group").await.text().contains("paused already"));
    let resumed = run(&stage, "Sam", "/schedule resume title:Evening group").await.text();
    assert!(resumed.contains("Next: Monday 2 March, 18:00"), "{resumed}");
    check(&posted(&stage), &["starts", "does not take place", "after all"]);
    run(&stage, "Sam", "/schedule pause title:Evening group").await;
    go_to(&stage, "2026-03-04 20:00").await;
    assert_eq!(posted(&stage).len(), 4, "{:#?}", posted(&stage));
    assert!(run(&stage, "Sam", "/schedule show title:Evening group").await.text().contains("It is paused"));
}

#[tokio::test]
async fn a_removed_session_can_be_put_back() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon 18:00 leads:15m").await;
    let removed = run(&stage, "Sam", "/schedule remove title:Evening group").await;
    assert!(run(&stage, "Sam", "/schedule list").await.text().contains("has no sessions yet"));
    press(&stage, "Sam", removed.only().unwrap(), "Put it back").await;
    go_to(&stage, "2026-03-02 18:30").await;
    check(&posted(&stage), &["starts"]);
}

#[tokio::test]
async fn a_snow_day_calls_off_everything_today_and_tells_only_those_who_were_reminded() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Noon when:mon,tue 12:00 leads:15m").await;
    add(&stage, "/schedule add title:Night when:mon,tue 20:00 leads:15m").await;
    go_to(&stage, "2026-03-02 11:50").await;
    let called_off = run(&stage, "Sam", "/schedule cancel on:today").await;
    assert!(called_off.text().contains("Cancelled: 2 sessions"), "{}", called_off.text());
    check(&posted(&stage), &["Noon", "does not take place"]);
    go_to(&stage, "2026-03-02 23:00").await;
    assert_eq!(posted(&stage).len(), 2, "nothing is said of what was called off");
    go_to(&stage, "2026-03-03 11:50").await;
    check(&posted(&stage), &["Noon", "does not take place", "Noon"]);
}

#[tokio::test]
async fn a_moved_session_is_reminded_of_at_its_new_time_and_undo_brings_the_old_one_back() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon 18:00 leads:1d 15m").await;
    go_to(&stage, "2026-03-08 20:00").await;
    let before = posted(&stage).len();
    let moved = run(&stage, "Sam", "/schedule move title:Evening group on:2026-03-09 to:20:30").await;
    assert!(moved.text().contains("→ Monday 9 March, 20:30"), "{}", moved.text());
    let told = posted(&stage);
    assert!(told[before].contains("has moved") && told[before].contains(&unix("2026-03-09 20:30").to_string()));
    let back = press(&stage, "Sam", moved.only().unwrap(), "Undo").await;
    assert!(back.text().contains("Monday 9 March, 18:00"), "{}", back.text());
    assert!(posted(&stage)[before + 1].contains("has moved"));
    let again = run(&stage, "Sam", "/schedule move title:Evening group on:2026-03-09T18:00 to:tue 19:00").await;
    assert!(again.text().contains("Tuesday 10 March, 19:00"), "{}", again.text());
    go_to(&stage, "2026-03-10 22:00").await;
    let rest: Vec<String> = posted(&stage).split_off(before + 3);
    check(&rest, &["Moved from Monday 9 March, 18:00", "Moved from Monday 9 March, 18:00"]);
    for text in &rest {
        assert!(text.contains(&unix("2026-03-10 19:00").to_string()), "{text}");
    }
}

#[tokio::test]
async fn reminders_that_wait_in_an_outage_are_cancelled_with_the_session() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon 18:00 leads:15m").await;
    let fault = stage.sandbox.faults().always("POST", "/channels/{id}/messages", daymark::sandbox::Harm::Status(503));
    go_to(&stage, "2026-03-02 17:50").await;
    let called_off = run(&stage, "Sam", "/schedule cancel on:today title:Evening group").await;
    stage.sandbox.faults().lift(fault);
    go_to(&stage, "2026-03-02 17:55").await;
    let said = posted(&stage);
    assert!(said.iter().all(|text| !text.contains("starts")), "{said:#?}");
    press(&stage, "Sam", called_off.only().unwrap(), "Undo").await;
    let said = posted(&stage);
    assert!(said.last().is_some_and(|text| text.contains(&unix("2026-03-02 18:00").to_string())), "{said:#?}");
    go_to(&stage, "2026-03-02 19:00").await;
    assert_eq!(posted(&stage).len(), said.len(), "nothing after the start");
}

#[tokio::test]
async fn a_preview_lists_what_will_be_said_and_sends_nothing() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon,wed 18:00 leads:15m").await;
    run(&stage, "Sam", "/schedule skip on:wed").await;
    let preview = run(&stage, "Sam", "/schedule preview days:7").await;
    assert!(preview.is_private());
    let text = preview.text();
    assert!(text.contains("Monday 2 March 2026, 17:45") && !text.contains("Wednesday 4 March"), "{text}");
    assert!(posted(&stage).is_empty());
}

#[tokio::test]
async fn what_did_not_arrive_is_on_the_board_and_can_be_sent_elsewhere() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon 18:00 leads:1h").await;
    stage.channel.overwrite_bot(0, daymark::sandbox::permissions::SEND_MESSAGES);
    go_to(&stage, "2026-03-02 17:05").await;
    let board = run(&stage, "Sam", "/deliveries").await;
    let text = board.text();
    assert!(text.contains("undeliverable: 1") && text.contains("may not write in the channel"), "{text}");
    assert!(run(&stage, "Ana", "/deliveries").await.text().contains("facilitators"));
    let elsewhere = run(&stage, "Sam", "/deliveries send_in:#staff").await.text();
    assert!(elsewhere.contains("on the way once more"), "{elsewhere}");
    assert!(stage.staff.messages().iter().any(|message| message.text().contains("Evening group")));
    assert!(run(&stage, "Sam", "/deliveries send_in:#staff").await.text().contains("nothing to send again"));
    // Whoever was told there hears of a change there.
    run(&stage, "Sam", "/schedule cancel on:today").await;
    assert!(stage.staff.messages().iter().any(|message| message.text().contains("does not take place")));
}

#[tokio::test]
async fn autocomplete_offers_titles_and_what_lies_ahead() {
    let stage = evening("2026-03-02 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon,wed 18:00").await;
    let sam = stage.person("Sam").unwrap();
    let titles = sam.autocomplete("/schedule edit title:eve").await.unwrap();
    assert_eq!(titles.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>(), ["Evening group"]);
    let days = sam.autocomplete("/schedule skip title:Evening group on:wed").await.unwrap();
    assert!(days[0].name.starts_with("Wednesday 4 March, 18:00"), "{days:?}");
}

#[tokio::test]
async fn holidays_are_proposed_and_skipped_only_when_chosen() {
    let stage = evening("2026-05-20 10:00").await;
    add(&stage, "/schedule add title:Evening group when:mon,wed 18:00 leads:15m").await;
    let card = run(&stage, "Sam", "/schedule holidays add:2026-05-27 called:Retreat").await;
    let text = card.text();
    assert!(text.contains("Memorial Day") && text.contains("Retreat") && !text.contains("Juneteenth"), "{text}");
    assert!(
        text.contains("These are the federal holidays; states have others.")
            && text.contains("`/schedule holidays add:"),
        "{text}"
    );
    assert!(run(&stage, "Sam", "/schedule list").await.text().contains(&unix("2026-05-20 18:00").to_string()));
    let preview = run(&stage, "Sam", "/schedule preview days:10").await.text();
    assert!(preview.contains("Monday 25 May 2026, 17:45"), "proposing changes nothing: {preview}");
    let sam = stage.person("Sam").unwrap();
    let memorial = "Monday 25 May 2026 · Memorial Day";
    let chosen = sam.choose(card.only().unwrap(), "Choose the days to skip", &[memorial]).await.unwrap();
    stage.settle().await;
    assert!(chosen.text().contains("Skipped: 1 session"), "{}", chosen.text());
    let preview = run(&stage, "Sam", "/schedule preview days:10").await.text();
    assert!(!preview.contains("25 May 2026, 17:45") && preview.contains("27 May 2026, 17:45"), "{preview}");
    assert!(run(&stage, "Sam", "/schedule holidays forget:2026-05-27").await.text().contains("Labor Day"));
    assert!(run(&stage, "Sam", "/schedule holidays forget:2026-05-27").await.text().contains("no day of your own"));
    assert!(run(&stage, "Sam", "/schedule holidays add:2026-05-01").await.text().contains("past"));
    assert!(run(&stage, "Ana", "/schedule holidays").await.text().contains("facilitators"));
}
