//! Looking at what is kept, changing it, and being forgotten, through the front door.

use chrono::TimeDelta;

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

/// Every id in the data file that is this person's.
async fn traces(scene: &Scene, name: &str) -> Vec<String> {
    let id = scene.person(name).id().to_string();
    scene.rows().await.lines().filter(|line| line.contains(&id)).map(str::to_owned).collect()
}

async fn keys(scene: &Scene) -> i64 {
    let pool = scene.stage.app().unwrap().deps().database.read_keys();
    sqlx::query_scalar("SELECT COUNT(*) FROM member_key").fetch_one(pool).await.unwrap()
}

#[tokio::test]
async fn after_forget_me_no_row_and_no_key_is_left_and_nothing_more_is_sent() {
    let mut scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "Write a line").await;
    scene.writes("Ana", "something nobody shall ever read").await;
    scene.presses("Ben", "Good").await;
    scene.writes_directly("Ana", HARD_WORDS).await;
    scene.presses("Ana", "Ask for a person here").await;
    scene.presses("Ana", "Post it").await;
    assert_eq!(scene.in_staff("would like someone").len(), 1);
    scene.inbox("Ana");
    assert_eq!(keys(&scene).await, 2);
    assert!(!traces(&scene, "Ana").await.is_empty());
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    let said = scene.presses("Ana", "Forget me").await;
    assert!(said.contains("I have forgotten you here"), "{said}");
    assert_eq!(traces(&scene, "Ana").await, Vec::<String>::new());
    assert_eq!(keys(&scene).await, 1, "Ben's is untouched");
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    assert_eq!(traces(&scene, "Ana").await, Vec::<String>::new());
    let said = scene.runs("Ana", "/privacy").await;
    assert!(said.contains("Groups you belong to\nnone") && said.contains("Check-in answers\nnone"), "{said}");
    // No direct message any more: that yes is forgotten too.
    scene.wait(TimeDelta::hours(2)).await;
    let before = scene.inbox("Ana").len();
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!(scene.inbox("Ana").len(), before);
    scene.presses("Ana", "Open the note").await;
    scene.end().await;
}

#[tokio::test]
async fn forgetting_twice_at_once_and_again_is_no_fault() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    let sure = scene.only("Ana");
    let ana = scene.person("Ana");
    let (one, other) = tokio::join!(ana.press(&sure, "Forget me"), ana.press(&sure, "Forget me"));
    for answer in [one, other] {
        let said = answer.unwrap().text();
        assert!(said.contains("I have forgotten you here"), "{said}");
    }
    scene.stage.settle().await;
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    let said = scene.presses("Ana", "Forget me").await;
    assert!(said.contains("I have forgotten you here"), "{said}");
    assert_eq!(traces(&scene, "Ana").await, Vec::<String>::new());
    scene.end().await;
}

#[tokio::test]
async fn a_stranger_sees_that_nothing_is_kept_and_can_be_forgotten_all_the_same() {
    let scene = Scene::with_members(MONDAY).await;
    let said = scene.runs("Dee", "/privacy").await;
    assert!(said.contains("Check-in answers\nnone"), "{said}");
    scene.presses("Dee", "Forget me").await;
    let said = scene.presses("Dee", "Forget me").await;
    assert!(said.contains("I have forgotten you here"), "{said}");
    assert_eq!(traces(&scene, "Dee").await, Vec::<String>::new());
    scene.end().await;
}

#[tokio::test]
async fn every_switch_works_both_ways_and_at_once() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/privacy").await;
    for what in ["Keep check-ins", "Direct messages", "Notice words"] {
        let said = scene.presses("Ana", &format!("{what}: turn off")).await;
        assert!(said.contains(&format!("{what}: turn on")), "{said}");
    }
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!((scene.inbox("Ana").len(), scene.in_channel("private note").len()), (0, 0));
    scene.presses("Ana", "Notice words: turn on").await;
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!((scene.inbox("Ana").len(), scene.in_channel("private note").len()), (0, 1));
    scene.presses("Ana", "Direct messages: turn on").await;
    scene.wait(TimeDelta::hours(2)).await;
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!((scene.inbox("Ana").len(), scene.in_channel("private note").len()), (1, 1));
    assert!(is_pointer(&scene.inbox("Ana")[0]));
    scene.end().await;
}

#[tokio::test]
async fn leaving_keeps_what_was_kept_locked_and_coming_back_is_asked_anew() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Good").await;
    scene.runs("Ana", "/leave").await;
    scene.presses("Ana", "Leave").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    let prompt = scene.in_channel("How are you today?").remove(0);
    let said = scene.presses_on("Ana", &prompt, "Low").await.text();
    assert!(said.contains("This is for members"), "{said}");
    scene.presses("Ana", "Join").await;
    for _ in 0..3 {
        scene.presses("Ana", "Yes, that's okay").await;
    }
    let said = scene.runs("Ana", "/checkin").await;
    assert!(said.contains("So far: Good."), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn what_one_server_forgets_another_keeps() {
    let scene = Scene::with_members(MONDAY).await;
    let owner = scene.stage.sandbox.person("Omar");
    let lake = scene.stage.sandbox.guild("Lakeside", &owner);
    let den = lake.channel("den", daymark::sandbox::Kind::Text);
    let ana = scene.person("Ana").at(&scene.stage.channel).unwrap();
    lake.member(&ana, &[]);
    scene.stage.settle().await;
    owner.at(&den).unwrap().run("/group setup zone:Europe/Berlin channel:#den country:DE").await.unwrap();
    let there = ana.at(&den).unwrap();
    let mut card = there.run("/join").await.unwrap().only().unwrap().clone();
    for _ in 0..3 {
        card = there.press(&card, "Yes, that's okay").await.unwrap().only().unwrap().clone();
    }
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    let left = traces(&scene, "Ana").await;
    assert_eq!(left.len(), 4, "one membership and three decisions at Lakeside: {left:?}");
    let lake_id = lake.id().to_string();
    assert!(left.iter().all(|line| line.contains(&lake_id) || line.starts_with("membership: 2 ")), "{left:?}");
    scene.end().await;
}

/// Everything that lies in the folder of the bot's files, as one stretch of bytes.
fn on_disk(scene: &Scene) -> Vec<u8> {
    let files = std::fs::read_dir(scene.stage.folder()).unwrap();
    files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn a_destroyed_key_is_nowhere_on_the_disk() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Good").await;
    let pool = scene.stage.app().unwrap().deps().database.read_keys();
    let key: Vec<u8> = sqlx::query_scalar("SELECT wrapped FROM member_key").fetch_one(pool).await.unwrap();
    let lies_there = |scene: &Scene| on_disk(scene).windows(key.len()).any(|part| part == key);
    assert!(lies_there(&scene));
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert!(!lies_there(&scene));
    assert!(!scene.stage.app().unwrap().deps().database.is_unfolded());
    scene.end().await;
}

#[tokio::test]
async fn a_restored_backup_brings_back_nobody_who_was_forgotten() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    for name in ["Ana", "Ben"] {
        scene.presses(name, "Good").await;
    }
    let data = scene.stage.folder().join("daymark.db");
    let copy = scene.stage.folder().join("copy.db");
    daymark::database::back_up(&data, &copy, false).await.unwrap();
    scene.wait(TimeDelta::minutes(1)).await;
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    for _ in 0..2 {
        scene.stage.stop_bot().await;
        daymark::database::restore(&copy, &data, false).await.unwrap();
        scene.stage.start_bot().await.unwrap();
        assert_eq!(traces(&scene, "Ana").await, Vec::<String>::new());
        assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1, "Ben's stays");
    }
    // Whoever comes back is here again, and stays when the bot starts anew.
    scene.wait(TimeDelta::minutes(1)).await;
    scene.joins("Ana", [true, true, true]).await;
    let back = traces(&scene, "Ana").await;
    assert_eq!(back.len(), 4, "a membership and three decisions: {back:?}");
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    assert_eq!(traces(&scene, "Ana").await, back);
    scene.end().await;
}
