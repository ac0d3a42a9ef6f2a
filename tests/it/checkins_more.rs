//! Check-ins in depth: the second step, what is asked, and what comes of what is typed.

use daymark::cli::story;
use sqlx::Executor as _;

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

/// Nobody would say this by chance.
const CANARY: &str = "xylophone-quartz-canary";

async fn chooses(scene: &Scene, name: &str, options: &[&str], select: &str) -> String {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let answer = story::choose(&scene.person(name), &options, select).await;
    let answer = answer.unwrap_or_else(|no| panic!("{name} chooses {options:?}: {no}\n{}", scene.stage.sandbox.dump()));
    scene.stage.settle().await;
    answer.text()
}

/// Fills in the named fields of the form that is open.
async fn fills(scene: &Scene, name: &str, fields: &[(&str, &str)]) -> String {
    let person = scene.person(name);
    let form = person.modal().unwrap();
    let answer = person.submit(&form, fields).await.unwrap();
    scene.stage.settle().await;
    answer.text()
}

#[tokio::test]
async fn every_statement_is_understood_by_the_schema() {
    let scene = Scene::empty(MONDAY).await;
    for sql in daymark::checkins::store::STATEMENTS.iter().chain(daymark::groups::store::STATEMENTS) {
        let prepared = scene.read().prepare(sqlx::SqlSafeStr::into_sql_str(*sql)).await;
        assert!(prepared.is_ok(), "{sql}: {:?}", prepared.err());
    }
    scene.end().await;
}

#[tokio::test]
async fn the_first_tap_is_a_whole_answer_and_the_second_step_leaves_out_what_one_likes() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    assert!(scene.presses("Ana", "Okay").await.contains("Okay is good to know"));
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    let more = scene.presses("Ana", "A little more").await;
    assert!(more.contains("Energy") && more.contains("Sleep") && !more.contains("Urge") && !more.contains("Medication"), "{more}");
    let more = chooses(&scene, "Ana", &["Badly"], "sleep").await;
    assert!(more.contains("Sleep: badly"), "{more}");
    let more = chooses(&scene, "Ana", &["Lonely", "Tired"], "hungry").await;
    assert!(more.contains("lonely and tired"), "{more}");
    let done = scene.presses("Ana", "Done").await;
    assert!(done.contains("Lonely is heavy to carry") && done.contains("If you like: one message to one person"), "{done}");
    assert_eq!(done.matches("If you like").count(), 1, "one suggestion at most");
    scene.end().await;
}

#[tokio::test]
async fn what_helped_once_is_what_is_offered_next_time() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    assert!(scene.presses("Ana", "Low").await.contains("If you like: breathe out"));
    scene.presses("Ana", "Not for me").await;
    assert!(scene.presses("Ana", "Low").await.contains("If you like: name five things"));
    assert!(scene.presses("Ana", "This helps me").await.contains("I'll offer you this again"));
    scene.at("tue 09:05").await;
    scene.runs("Ana", "/checkin").await;
    assert!(scene.presses("Ana", "Low").await.contains("This helped you before: name five things"));
    scene.end().await;
}

#[tokio::test]
async fn words_of_the_second_step_are_kept_locked_and_can_be_changed_until_the_window_closes() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Sam", "/checkin-setup").await;
    scene.presses("Sam", "Your own questions").await;
    let setup = fills(&scene, "Sam", &[("own1", "Did you go @everyone outside today?"), ("own2", "\u{200B}")]).await;
    assert!(setup.contains("outside today?") && !setup.contains("@everyone"), "{setup}");
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "In your words").await;
    let form = scene.person("Ana").modal().unwrap();
    let labels: Vec<&str> = form.fields.iter().map(|field| field.label.as_str()).collect();
    assert_eq!(labels, ["One small win", "One line for today", "Did you go @everyone outside today?"]);
    let long = format!("{CANARY} {}", "ß".repeat(1000 - CANARY.len() - 1));
    let kept = fills(&scene, "Ana", &[("win", "🌱🌱🌱"), ("line", &long), ("own1", "**no** <@1> שלום")]).await;
    assert!(kept.contains("a win, a line and the group's questions"), "{kept}");
    assert!(!kept.contains(CANARY), "what was written is not shown again unasked");
    scene.presses("Ana", "In your words").await;
    let form = scene.person("Ana").modal().unwrap();
    assert_eq!(form.fields[0].value, "🌱🌱🌱");
    assert_eq!(form.fields[1].value, long);
    assert_eq!(form.fields[2].value, "**no** <@1> שלום");
    // Emptied is taken away; blanks that cannot be seen count as empty.
    let kept = fills(&scene, "Ana", &[("win", ""), ("line", "\u{200B}\u{200D} "), ("own1", "yes")]).await;
    assert!(kept.contains("low and the group's questions"), "{kept}");
    assert!(!scene.rows().await.contains(CANARY));
    scene.at("tue 03:01").await;
    assert!(scene.presses("Ana", "In your words").await.contains("has closed"));
    assert!(scene.presses("Ana", "Done").await.contains("has closed"));
    scene.end().await;
}

#[tokio::test]
async fn hard_words_in_any_field_are_answered_with_the_pointer_and_kept_for_the_writer() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Really hard").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "In your words").await;
    scene.writes("Ana", HARD_WORDS).await;
    assert!(is_pointer(&scene.only("Ana")));
    assert_eq!(scene.in_staff("").len(), 0, "nobody else is told");
    scene.presses("Ana", "In your words").await;
    assert_eq!(scene.person("Ana").modal().unwrap().fields[0].value, HARD_WORDS, "and it is kept");
    scene.end().await;
}

#[tokio::test]
async fn hard_words_get_their_pointer_also_when_the_window_has_closed() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "In your words").await;
    scene.at("tue 03:01").await;
    scene.writes("Ana", HARD_WORDS).await;
    assert!(scene.only("Ana").text().contains("has closed"));
    assert!(scene.person("Ana").sees_privately().iter().any(is_pointer));
    scene.end().await;
}

#[tokio::test]
async fn a_hand_goes_up_only_after_a_preview() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "A little more").await;
    let preview = scene.presses("Ana", "I'd like someone to reach out").await;
    assert!(preview.contains("I would post this") && preview.contains("Nothing you wrote is passed on"), "{preview}");
    assert_eq!(scene.in_staff("would like someone").len(), 0);
    scene.presses("Ana", "Post it").await;
    assert_eq!(scene.in_staff("would like someone").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_group_chooses_what_it_asks_and_a_member_hides_or_adds_for_themselves() {
    let scene = Scene::with_members(MONDAY).await;
    assert!(scene.runs("Ana", "/checkin-setup").await.contains("for the group's facilitators"));
    scene.runs("Sam", "/checkin-setup").await;
    let setup = chooses(&scene, "Sam", &["urge or craving, 0 to 10", "one line"], "what may be asked").await;
    assert!(setup.contains("urge or craving, 0 to 10 and one line"), "{setup}");
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Okay").await;
    let more = scene.presses("Ana", "A little more").await;
    assert!(more.contains("Urge or craving") && !more.contains("Energy"), "{more}");
    scene.presses("Ana", "What I'm asked").await;
    let mine = chooses(&scene, "Ana", &["Medication as planned", "Sleep"], "what i may ask").await;
    assert!(mine.contains("you may be asked: sleep and medication as planned."), "{mine}");
    scene.presses("Ana", "Okay").await;
    let more = scene.presses("Ana", "A little more").await;
    assert!(more.contains("Medication") && !more.contains("Urge"), "{more}");
    let more = chooses(&scene, "Ana", &["As planned"], "medication").await;
    assert!(more.contains("Medication: as planned"), "{more}");
    // Ben is asked what the group chose, and sees nothing of Ana's wishes.
    scene.runs("Ben", "/checkin").await;
    scene.presses("Ben", "Okay").await;
    let more = scene.presses("Ben", "A little more").await;
    assert!(more.contains("Urge") && !more.contains("Medication"), "{more}");
    let more = chooses(&scene, "Ben", &["8"], "urge").await;
    assert!(more.contains("0 to 10: 8"), "{more}");
    let done = scene.presses("Ben", "Done").await;
    assert!(done.contains("strong urge") && done.contains("Talk to somebody"), "{done}");
    // Nothing of this stands in clear.
    let rows = scene.rows().await;
    assert!(!rows.contains("medication") && !rows.contains("hidden"), "{rows}");
    scene.presses("Ana", "What I'm asked").await;
    scene.presses("Ana", "Only how I am").await;
    assert!(!scene.presses("Ana", "Okay").await.contains("A little more"));
    scene.end().await;
}

#[tokio::test]
async fn privacy_shows_and_forgets_what_was_chosen() {
    let scene = Scene::with_members(MONDAY).await;
    assert!(!scene.runs("Ana", "/privacy").await.contains("What you chose"));
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "This helps me").await;
    assert!(scene.runs("Ana", "/privacy").await.contains("What you chose to be asked, and what helps you"));
    let before = scene.number("SELECT COUNT(*) FROM checkin_wishes").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert_eq!((before, scene.number("SELECT COUNT(*) FROM checkin_wishes").await), (1, 0));
    scene.end().await;
}

#[tokio::test]
async fn two_devices_at_once_lose_nothing_and_an_old_button_is_answered_kindly() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    let phone = scene.only("Ana");
    let ana = scene.person("Ana");
    scene.presses("Ana", "A little more").await;
    let card = scene.only("Ana");
    let select = |words: &str| card.controls().find(|one| one.label.starts_with(words)).unwrap().custom_id.clone();
    let (energy, sleep) = (select("Energy"), select("Sleep"));
    let (one, two, three) = tokio::join!(
        ana.choose(&card, &energy, &["Plenty"]),
        ana.choose(&card, &sleep, &["Well"]),
        ana.choose(&card, &energy, &["Plenty"])
    );
    one.unwrap();
    two.unwrap();
    three.unwrap();
    scene.stage.settle().await;
    let more = chooses(&scene, "Ana", &["None of these"], "hungry").await;
    assert!(more.contains("Energy: plenty") && more.contains("Sleep: well") && more.contains("none of these"), "{more}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    scene.at("2026-03-10 10:00").await;
    let old = scene.presses_on("Ana", &phone, "Done").await;
    assert!(old.text().contains("has closed"), "{}", old.text());
    scene.end().await;
}

#[tokio::test]
async fn nothing_is_chosen_or_kept_by_those_who_did_not_agree() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Chidi", [false, false, false]).await;
    scene.at("mon 09:01").await;
    assert!(scene.presses("Chidi", "Okay").await.contains("May I keep your check-ins?"));
    scene.presses("Ana", "Okay").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "What I'm asked").await;
    let card = scene.only("Ana");
    // Dee is in no group, and cannot see the card; the press is refused whoever sends it.
    assert!(scene.person("Dee").press(&card, "Only how I am").await.is_err());
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_wishes").await, 0);
    scene.end().await;
}
