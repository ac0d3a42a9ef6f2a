//! A guild's own words, through the front door: they count at once and after a restart, a bad pattern is
//! refused kindly, a test explains itself to one person, a dry run tells counts alone.

use crate::stage::{HARD_WORDS, MONDAY, Scene};

const NOTE: &str = "private note here for someone";
/// Ben agreed to no direct messages, so that what is noticed shows as a line in the channel.
const WHO: &str = "Ben";

#[tokio::test]
async fn words_added_count_at_once_and_after_a_restart_until_they_are_taken_off() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.says(WHO, "i walked to the blue door").await;
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    let said = scene.runs("Priya", "/words add pattern:blue door level:low topic:suicide").await;
    assert!(said.contains("guild.1") && said.contains("blue door"), "{said}");
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.says(WHO, "i walked to the blue door").await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    let listed = scene.runs("Priya", "/words list").await;
    assert!(listed.contains("guild.1") && listed.contains("Looked for besides"), "{listed}");
    scene.runs("Priya", "/words remove phrase:guild.1").await;
    let told = scene.runs("Priya", "/words test text:i walked to the blue door").await;
    assert!(told.contains("Nothing would be shown"), "{told}");
    scene.end().await;
}

#[tokio::test]
async fn a_shared_phrase_can_be_switched_off_words_allowed_and_a_channel_made_quiet() {
    let scene = Scene::with_members(MONDAY).await;
    let said = scene.runs("Priya", "/words remove phrase:en.suicide.slang").await;
    assert!(said.contains("not looked for"), "{said}");
    scene.says(WHO, "might just kms").await;
    scene.runs("Priya", "/words allow pattern:want to die band").await;
    scene.says(WHO, "the i want to die band plays tonight").await;
    scene.runs("Priya", "/words sensitivity sensitivity:quiet").await;
    scene.says(WHO, "i hope i never wake up").await;
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    let listed = scene.runs("Priya", "/words list").await;
    for words in ["en.suicide.slang", "want to die band", "quiet"] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    // Put back and balanced again, the same slang counts.
    let said = scene.runs("Priya", "/words remove phrase:en.suicide.slang").await;
    assert!(said.contains("looked for again"), "{said}");
    scene.runs("Priya", "/words sensitivity sensitivity:balanced").await;
    scene.says(WHO, "might just kms").await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_and_changes_nothing() {
    let scene = Scene::with_members(MONDAY).await;
    scene
        .refuses(&[
            (WHO, "/words list", "facilitators"),
            ("Priya", "/words add pattern:the level:low topic:suicide", "one common word"),
            ("Priya", "/words add pattern:[perhaps] level:low topic:suicide", "match everything"),
            ("Priya", "/words add pattern:(a|b level:low topic:suicide", "is missing"),
            ("Priya", "/words add pattern:walk(ing|ed) there level:low topic:suicide", "hold whole words"),
            ("Priya", "/words add pattern:blue door level:grave topic:suicide", "no level"),
            ("Priya", "/words add pattern:blue door level:low topic:weather", "no topic"),
            ("Priya", "/words add pattern:blue door level:low topic:suicide language:xx", "no language"),
            ("Priya", "/words allow pattern:i", "one common word"),
            ("Priya", "/words remove phrase:en.no.such", "is called"),
            ("Priya", "/words sensitivity sensitivity:loud", "no sensitivity"),
            // What would explode in every message, and what is longer than a pattern.
            ("Priya", &format!("/words add pattern:{} level:low topic:suicide", "(a|b|c) ~8 ".repeat(12)), "limit"),
            ("Priya", &format!("/words allow pattern:{}", "blue ".repeat(60)), "does not fit"),
            ("Priya", "/words allow pattern:", "does not fit"),
        ])
        .await;
    scene.says(WHO, HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_test_explains_itself_and_a_dry_run_tells_counts_alone() {
    let scene = Scene::with_members(MONDAY).await;
    let told = scene.runs("Priya", "/words test text:i don't want to die").await;
    for words in ["Nothing would be shown", "en.suicide.wish", "said not to be so", "en.not"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    scene.says(WHO, "the soup was good").await;
    scene.says(WHO, HARD_WORDS).await;
    let before = scene.rows().await;
    let counted = scene.runs("Priya", "/words dry-run channel:#evening-group").await;
    assert!(counted.contains("1 × ") && counted.contains("en.suicide.wish"), "{counted}");
    assert!(!counted.contains("soup") && !counted.contains("Ben") && !counted.contains(HARD_WORDS), "{counted}");
    assert_eq!(scene.rows().await, before, "a dry run keeps something");
    scene.end().await;
}

/// Puts allowed words of these numbers into the file, and starts the bot again.
async fn restarted_with(scene: &mut Scene, first: i64, last: i64) {
    let mut tx = scene.stage.app().unwrap().deps().database.write().await.unwrap();
    sqlx::query(
        "WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?) \
         INSERT INTO guild_word (guild_id, kind, words, added_at) \
         SELECT (SELECT guild_id FROM guild_word), 'allow', 'tall tower ' || i, 0 FROM n",
    )
    .bind(first)
    .bind(last)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
}

#[tokio::test]
async fn more_words_than_a_guild_keeps_are_refused_and_those_in_force_stay_in_force() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.runs("Priya", "/words add pattern:blue door level:low topic:suicide").await;
    let twice = scene.runs("Priya", "/words add pattern:blue door level:high topic:suicide").await;
    assert!(twice.contains("on your list already"), "{twice}");
    // As many as there may be; a list of five thousand is refused the same way.
    restarted_with(&mut scene, 2, 500).await;
    scene
        .refuses(&[("Priya", "/words add pattern:red door level:low topic:suicide", "500 changes are the most")])
        .await;
    // More than that, as a file of another program's could hold: the shared words count, and the bot is there.
    restarted_with(&mut scene, 501, 5000).await;
    scene.says(WHO, HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.end().await;
}
