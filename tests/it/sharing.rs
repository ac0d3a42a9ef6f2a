//! Sharing, the weather, home practice, and being written to after silence: who sees what, and who never.

use chrono::TimeDelta;
use daymark::cli::story;
use daymark::sandbox::{Answer, Harm};

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

/// Words that would do things if they were not made inert. They are never noted as said, because here it is
/// meant that others see them.
const LINE: &str = "I told my sister @everyone **the truth** <@1> https://evil.example";

async fn chooses(scene: &Scene, name: &str, options: &[&str], select: &str) -> String {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let answer = story::choose(&scene.person(name), &options, select).await;
    let answer = answer.unwrap_or_else(|no| panic!("{name} chooses {options:?}: {no}\n{}", scene.stage.sandbox.dump()));
    scene.stage.settle().await;
    answer.text()
}

/// Fills in the only field of the form that is open, without noting it as said.
async fn fills(scene: &Scene, name: &str, words: &str) -> String {
    let person = scene.person(name);
    let form = person.modal().unwrap();
    let field = form.fields[0].custom_id.clone();
    let answer: Answer = person.submit(&form, &[(&field, words)]).await.unwrap();
    scene.stage.settle().await;
    person.later(&answer).text()
}

/// Ana's line of the day, and its preview.
async fn previews(scene: &Scene) -> String {
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "Write a line").await;
    fills(scene, "Ana", LINE).await;
    scene.presses("Ana", "Share").await;
    chooses(scene, "Ana", &["My line"], "share this").await
}

/// Whether these words lie in any of the bot's files.
fn on_disk(scene: &Scene, words: &str) -> bool {
    let files = std::fs::read_dir(scene.stage.folder()).unwrap();
    let bytes: Vec<u8> = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

#[tokio::test]
async fn one_thing_is_shared_after_it_was_seen_and_can_be_taken_back() {
    let mut scene = Scene::with_members(MONDAY).await;
    let preview = previews(&scene).await;
    assert!(preview.contains("This is what will be seen") && preview.contains("I told my sister"), "{preview}");
    assert_eq!(scene.in_channel("shares something").len(), 0, "nothing before the press");
    let said = scene.presses("Ana", "Post in the channel").await;
    assert!(said.contains("Shared in"), "{said}");
    let posted = scene.in_channel("shares something of Monday 2 March");
    assert_eq!(posted.len(), 1);
    let text = posted[0].text();
    assert!(text.contains("I told my sister") && !text.contains("Low"), "the line and nothing else: {text}");
    for bad in ["@everyone", "<@1>", "**the truth**", "https://"] {
        assert!(!text.contains(bad), "{bad}: {text}");
    }
    assert!(posted[0].pings.is_none() && !on_disk(&scene, "I told my sister"));
    // What is changed later changes nothing in what was shared; the day's first draft cannot be shared twice.
    let said = scene.presses_on("Ben", &posted[0], "Take it back").await;
    assert!(said.text().contains("Only the person who shared this"), "{}", said.text());
    // It works after a restart, from the message itself, and from the list.
    scene.stage.stop_bot().await;
    scene.stage.start_bot().await.unwrap();
    let said = scene.presses_on("Ana", &posted[0], "Take it back").await;
    assert!(said.text().contains("It's taken back"), "{}", said.text());
    assert_eq!(scene.in_channel("shares something").len(), 0);
    // When the message is already gone, taking back is no fault.
    scene.runs("Ana", "/share").await;
    chooses(&scene, "Ana", &["How I am"], "share this").await;
    scene.presses("Ana", "To the facilitators").await;
    let posted = scene.in_staff("shares something").remove(0);
    assert!(posted.text().contains("Low") && !posted.text().contains("sister"), "{}", posted.text());
    scene.person("Priya").delete(&posted).unwrap();
    let listed = scene.runs("Ana", "/share").await;
    assert!(listed.contains("Take back: 2 Mar, with facilitators"), "{listed}");
    let said = scene.presses("Ana", "Take back: 2 Mar, with facilitators").await;
    assert!(said.contains("It's taken back"), "{said}");
    assert_eq!(
        scene.number("SELECT COUNT(*) FROM checkin_share WHERE length(sealed) > 0 AND state <> 'drafted'").await,
        0
    );
    scene.end().await;
}

#[tokio::test]
async fn what_discord_does_not_delete_now_is_deleted_when_it_can() {
    let mut scene = Scene::with_members(MONDAY).await;
    previews(&scene).await;
    scene.presses("Ana", "Post in the channel").await;
    let posted = scene.in_channel("shares something").remove(0);
    let fault =
        scene.stage.sandbox.faults().always("DELETE", "/channels/*/messages/*", Harm::Refused { status: 500, code: 0 });
    let said = scene.presses_on("Ana", &posted, "Take it back").await;
    assert!(said.text().contains("as soon as it can"), "{}", said.text());
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_unshare").await, 1);
    scene.stage.sandbox.faults().lift(fault);
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    assert_eq!(scene.in_channel("shares something").len(), 0);
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_unshare").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn one_person_gets_it_only_if_they_said_yes_and_when_they_are_awake() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Chidi", [true, true, true]).await;
    scene.runs("Chidi", "/me quiet:22:00-10:00").await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Okay").await;
    for who in ["Ben", "Dee", "Ana"] {
        let said = scene.runs("Ana", &format!("/share with:@{who}")).await;
        assert!(said.contains("I can't bring it to that person"), "{who}: {said}");
    }
    scene.runs("Ana", "/share with:@Chidi").await;
    let preview = chooses(&scene, "Ana", &["How I am"], "share this").await;
    assert!(preview.contains("alone sees this"), "{preview}");
    scene.presses("Ana", "Send it").await;
    assert_eq!(scene.inbox("Chidi").len(), 0, "quiet until ten");
    scene.at("mon 10:01").await;
    let inbox = scene.inbox("Chidi");
    assert_eq!(inbox.len(), 1);
    assert!(inbox[0].text().contains("Okay") && inbox[0].buttons().is_empty(), "{}", inbox[0].text());
    scene.runs("Ana", "/share").await;
    scene.presses("Ana", "Take back: 2 Mar, with one person").await;
    assert_eq!(scene.inbox("Chidi").len(), 0, "it is gone there, too");
    // Said no in between: it does not arrive.
    scene.at("mon 23:00").await;
    scene.runs("Ana", "/share with:@Chidi").await;
    chooses(&scene, "Ana", &["How I am"], "share this").await;
    scene.presses("Ana", "Send it").await;
    scene.runs("Chidi", "/privacy").await;
    scene.presses("Chidi", "Direct messages: turn off").await;
    scene.at("tue 12:00").await;
    assert_eq!(scene.inbox("Chidi").len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn a_picture_is_shared_as_it_was_and_forget_me_takes_everything_back() {
    let scene = Scene::with_members(MONDAY).await;
    for (day, mood) in [("mon 10:00", "Low"), ("tue 10:00", "Good")] {
        scene.at(day).await;
        scene.runs("Ana", "/checkin").await;
        scene.presses("Ana", mood).await;
    }
    scene.runs("Ana", "/mood").await;
    scene.presses("Ana", "Share this picture").await;
    let preview = scene.only("Ana");
    assert_eq!(preview.attachments.len(), 1, "{}", preview.text());
    scene.presses("Ana", "Post in the channel").await;
    let posted = scene.in_channel("shares how their days were").remove(0);
    let told = posted.attachments[0].description.clone().unwrap();
    assert!(
        told.starts_with("Their mood") && told.contains("2 Mar low; 3 Mar good") && !told.contains("checked in"),
        "{told}"
    );
    assert!(posted.attachments[0].bytes.starts_with(b"\x89PNG"));
    let kept = scene.runs("Ana", "/privacy").await;
    assert!(kept.contains("Shared by you: 1"), "{kept}");
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert_eq!(scene.in_channel("shares how").len(), 0);
    let user = scene.person("Ana").id();
    assert!(!scene.rows().await.contains(&user.to_string()));
    scene.end().await;
}

#[tokio::test]
async fn sessions_attended_are_ticks_in_ones_own_picture_and_not_in_a_shared_one() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Okay").await;
    scene.at("mon 19:40").await;
    scene.runs("Sam", "/schedule attendance title:Evening group").await;
    let card = scene.only("Sam");
    let select = card.controls().find(|one| one.label.starts_with("Who was there")).unwrap().custom_id.clone();
    scene.person("Sam").choose(&card, &select, &["Ana"]).await.unwrap();
    scene.presses("Sam", "That's everybody").await;
    scene.runs("Ana", "/mood").await;
    let told = scene.only("Ana").attachments[0].description.clone().unwrap();
    assert!(told.contains("At a session on 1 day: 2 Mar."), "{told}");
    scene.presses("Ana", "Share this picture").await;
    let told = scene.only("Ana").attachments[0].description.clone().unwrap();
    assert!(!told.contains("session"), "{told}");
    scene.presses("Ana", "Not now").await;
    scene.end().await;
}

/// Everybody on stage belongs to the group and lets themselves be counted, but for those named.
async fn six_people(scene: &Scene, left_out: &[&str]) {
    for name in ["Chidi", "Dee", "Priya", "Sam"] {
        scene.joins(name, [true, false, true]).await;
    }
    for (name, mood) in
        [("Ana", "Low"), ("Ben", "Good"), ("Chidi", "Okay"), ("Dee", "So-so"), ("Priya", "Good"), ("Sam", "Okay")]
    {
        scene.runs(name, "/checkin").await;
        let said = scene.presses(name, mood).await;
        assert!(said.contains("Your group can look at its weather"), "{said}");
        let count = if left_out.contains(&name) { "Leave mine out" } else { "Count mine" };
        scene.presses(name, count).await;
        // It is asked once.
        scene.runs(name, "/checkin").await;
        assert!(!scene.presses(name, mood).await.contains("weather"));
    }
}

#[tokio::test]
async fn the_weather_is_for_five_or_more_blurred_frozen_and_nameless() {
    let scene = Scene::with_members(MONDAY).await;
    six_people(&scene, &["Sam"]).await;
    let too_early = scene.runs("Sam", "/checkin-weather").await;
    assert!(too_early.contains("at least 5 people"), "this week is not over: {too_early}");
    scene.at("2026-03-09 12:00").await;
    let first = scene.runs("Sam", "/checkin-weather").await;
    assert!(first.contains("How the week was in Evening group") && first.contains("Monday 2 March"), "{first}");
    assert!(!first.contains("<@") && !first.contains("Ana"), "{first}");
    // Asking again, a late change, or somebody who is forgotten changes nothing in it.
    assert_eq!(scene.runs("Priya", "/checkin-weather").await, first.replace("Count me in", "Leave me out of"));
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert_eq!(scene.runs("Sam", "/checkin-weather").await, first);
    // Members see it only where the group agreed.
    let no = scene.runs("Ben", "/checkin-weather").await;
    assert!(no.contains("the facilitators look at the weather"), "{no}");
    scene.runs("Sam", "/checkin-setup").await;
    scene.presses("Sam", "Weather and silence").await;
    let agreed = chooses(&scene, "Sam", &["Everybody in the group"], "who may see").await;
    assert!(agreed.contains("everybody in the group"), "{agreed}");
    assert!(scene.runs("Ben", "/checkin-weather").await.contains("How the week was"));
    let no = scene.runs("Ana", "/checkin-weather").await;
    assert!(no.contains("for members of the group"), "{no}");
    scene.end().await;
}

#[tokio::test]
async fn four_who_let_themselves_be_counted_are_no_weather() {
    let scene = Scene::with_members(MONDAY).await;
    six_people(&scene, &["Sam", "Dee"]).await;
    scene.at("2026-03-09 12:00").await;
    let said = scene.runs("Sam", "/checkin-weather").await;
    assert!(said.contains("no weather for last week") && said.contains("at least 5 people"), "{said}");
    scene.is_kind(&said);
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_weather").await, 0);
    // Somebody takes their yes back in /privacy.
    let kept = scene.runs("Ben", "/privacy").await;
    assert!(kept.contains("Group weather: counted, blurred"), "{kept}");
    assert!(scene.presses("Ben", "Weather: leave me out").await.contains("Group weather: left out"));
    scene.end().await;
}

#[tokio::test]
async fn home_practice_is_told_with_reminder_and_check_in_and_marked_for_oneself() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene
        .refuses(&[
            ("Ana", "/practice set kind:journal", "facilitators"),
            ("Sam", "/practice set kind:own", "nothing to do in it"),
            ("Sam", "/practice set kind:homework", "none of the kinds"),
            ("Sam", "/practice set kind:journal until:yesterday", "not a date"),
            ("Sam", "/practice set kind:journal until:2026-03-01", "over already"),
            ("Sam", "/practice set kind:mindfulness minutes:500", "do not fit"),
            ("Sam", &format!("/practice set kind:own words:{}", "x".repeat(301)), "301 characters"),
            ("Dee", "/practice show", "members of the group"),
        ])
        .await;
    let set = scene.runs("Sam", "/practice set kind:mindfulness minutes:10 words:@everyone breathe").await;
    assert!(set.contains("10 minutes a day") && !set.contains("@everyone"), "{set}");
    scene.at("mon 17:46").await;
    let reminder = scene.in_channel("starts").pop().unwrap();
    assert!(reminder.text().contains("Home practice, if you like: Mindfulness"), "{}", reminder.text());
    let card = scene.runs("Ana", "/checkin").await;
    assert!(card.contains("Home practice, if you like"), "{card}");
    let said = scene.presses("Ana", "Practice done").await;
    assert!(said.contains("for you alone"), "{said}");
    assert!(!scene.runs("Ana", "/checkin").await.contains("Home practice"), "it is marked for today");
    scene.at("tue 12:00").await;
    scene.runs("Ana", "/practice show").await;
    assert!(scene.presses("Ana", "Practice done").await.contains("2 days"));
    assert!(scene.runs("Ana", "/privacy").await.contains("Home practice you marked: 2"));
    // A facilitator sees what is set, and nobody's marks.
    let shown = scene.runs("Sam", "/practice show").await;
    assert!(!shown.contains("marked it"), "{shown}");
    // A note can be shared; hard words get their pointer, and the preview comes all the same.
    scene.runs("Ana", "/practice show").await;
    scene.presses("Ana", "Share a note").await;
    let preview = fills(&scene, "Ana", "The third breath **helped**").await;
    assert!(preview.contains("The third breath"), "{preview}");
    scene.presses("Ana", "Post in the channel").await;
    assert_eq!(scene.in_channel("shares a note on home practice").len(), 1);
    scene.runs("Ana", "/practice show").await;
    scene.presses("Ana", "Share a note").await;
    scene.writes("Ana", HARD_WORDS).await;
    assert!(scene.person("Ana").sees_privately().iter().any(is_pointer));
    scene.presses("Ana", "Not now").await;
    scene.runs("Sam", "/practice show").await;
    scene.presses("Sam", "End: Mindfulness: @everyone breathe (10 minutes a day)").await;
    scene.at("wed 17:46").await;
    assert!(!scene.in_channel("starts").pop().unwrap().text().contains("Home practice"));
    scene.end().await;
}

/// The group agrees to notes after three missed days.
async fn agrees_to_notes(scene: &Scene) {
    scene.runs("Sam", "/checkin-setup").await;
    scene.presses("Sam", "Weather and silence").await;
    let agreed = chooses(scene, "Sam", &["After 3 missed days"], "when to write").await;
    assert!(agreed.contains("after 3 missed days"), "{agreed}");
}

#[tokio::test]
async fn who_asked_for_it_is_written_to_once_and_their_buddy_hears_only_that_it_is_quiet() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Chidi", [true, true, true]).await;
    let no = scene.runs("Ana", "/reach-out").await;
    assert!(no.contains("has not agreed"), "{no}");
    agrees_to_notes(&scene).await;
    scene.runs("Ben", "/reach-out").await;
    let no = scene.presses("Ben", "Write to me, tell nobody").await;
    assert!(no.contains("who said yes to that"), "Ben takes no direct messages: {no}");
    assert!(scene.runs("Ana", "/reach-out buddy:@Ben").await.contains("I can't bring it"));
    let card = scene.runs("Ana", "/reach-out buddy:@Chidi").await;
    assert!(card.contains("no need to explain"), "{card}");
    scene.presses("Ana", "Write to me, then tell them").await;
    assert!(scene.runs("Ana", "/privacy").await.contains("When you go quiet I write to you once"));
    // Tuesday, Wednesday and Thursday are missed; Friday morning there is one note.
    scene.at("fri 10:59").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.at("fri 11:00").await;
    let note = scene.inbox("Ana").remove(0);
    assert!(note.text().contains("No need to explain: we are here"), "{}", note.text());
    assert_eq!(scene.inbox("Chidi").len(), 0);
    // Two days are 48 hours, also when the clocks change on Sunday.
    scene.at("sun 12:01").await;
    let told = scene.inbox("Chidi").remove(0);
    assert!(told.text().contains("it has been quiet") && told.pings.is_none(), "{}", told.text());
    scene.at("2026-03-20 12:00").await;
    assert_eq!((scene.inbox("Ana").len(), scene.inbox("Chidi").len()), (1, 1), "one in a stretch");
    // A check-in from the note begins anew; the buddy does not want to be told any more.
    scene.presses_on("Ana", &note, "Check in").await;
    scene.presses("Ana", "Okay").await;
    let said = scene.presses_on("Chidi", &told, "Don't tell me such things").await;
    assert!(said.text().contains("won't tell you any more"), "{}", said.text());
    scene.at("2026-03-27 12:00").await;
    assert_eq!((scene.inbox("Ana").len(), scene.inbox("Chidi").len()), (2, 1));
    let note = scene.inbox("Ana").remove(1);
    assert!(!note.text().contains("As you agreed"), "nobody is told: {}", note.text());
    scene.presses_on("Ana", &note, "Stop these").await;
    scene.at("2026-04-20 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 2);
    scene.end().await;
}

#[tokio::test]
async fn nobody_is_written_to_about_silence_who_is_away_or_took_it_back() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Chidi", [true, true, true]).await;
    agrees_to_notes(&scene).await;
    for name in ["Ana", "Chidi"] {
        scene.runs(name, "/reach-out").await;
        scene.presses(name, "Write to me, then tell facilitators").await;
    }
    scene.runs("Ana", "/away").await;
    scene.at("fri 11:05").await;
    assert_eq!((scene.inbox("Ana").len(), scene.inbox("Chidi").len()), (0, 1));
    let note = scene.inbox("Chidi").remove(0);
    scene.presses_on("Chidi", &note, "Don't tell anybody").await;
    scene.at("mon 12:00").await;
    assert_eq!(scene.in_staff("it has been quiet").len(), 0);
    // Coming back is being heard of.
    scene.presses("Ana", "I'm back").await;
    scene.at("thu 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.at("fri 11:01").await;
    let note = scene.inbox("Ana").remove(0);
    scene.presses_on("Ana", &note, "I'm away for a while").await;
    scene.at("2026-03-30 12:00").await;
    assert_eq!(scene.in_staff("it has been quiet").len(), 0, "away, so nobody is told");
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Don't write when I'm quiet").await;
    let user = scene.person("Chidi").id();
    scene.runs("Chidi", "/privacy").await;
    scene.presses("Chidi", "Forget me").await;
    scene.presses("Chidi", "Forget me").await;
    assert!(!scene.rows().await.contains(&user.to_string()));
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_quiet").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn a_plain_direct_message_is_answered_once_a_day_and_a_hard_tap_never_without_a_way_to_somebody() {
    let scene = Scene::with_members(MONDAY).await;
    for _ in 0..3 {
        scene.writes_directly("Dee", "hello, is anybody there?").await;
    }
    let inbox = scene.inbox("Dee");
    assert_eq!(inbox.len(), 1);
    assert!(inbox[0].text().contains("I'm a bot") && inbox[0].text().contains("/helplines"), "{}", inbox[0].text());
    let said = scene.presses_on("Dee", &inbox[0], "Talk to somebody").await;
    assert!(said.text().contains("988") || said.text().contains("country"), "{}", said.text());
    scene.wait(TimeDelta::days(1)).await;
    scene.writes_directly("Dee", "hello again, then").await;
    assert_eq!(scene.inbox("Dee").len(), 2);
    scene.writes_directly("Dee", HARD_WORDS).await;
    assert!(is_pointer(&scene.inbox("Dee")[2]));
    // A hard tap before any consent.
    scene.joins("Chidi", [false, false, true]).await;
    scene.at("wed 09:00").await;
    let said = scene.presses("Chidi", "Really hard").await;
    assert!(said.contains("May I keep your check-ins?") && said.contains("somebody to talk to"), "{said}");
    assert!(scene.presses("Chidi", "Talk to somebody").await.contains("988"));
    assert!(!scene.presses("Chidi", "Low").await.contains("Talk to somebody"));
    scene.end().await;
}
