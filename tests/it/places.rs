//! Everywhere that words are written, through the front door: forum posts, threads, the chat of voice channels,
//! edits; which places a group has is for its facilitators to say, and the group is told.

use std::time::Duration;

use chrono::TimeDelta;
use daymark::sandbox::permissions::{READ_MESSAGE_HISTORY, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use daymark::sandbox::{Channel, Kind, MessageView};

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

const NOTE: &str = "private note here for someone";

/// The notes of ours in a channel or post.
fn notes(scene: &Scene, channel: &Channel) -> Vec<MessageView> {
    channel.messages().into_iter().filter(|message| scene.is_bot(message) && message.text().contains(NOTE)).collect()
}

/// The evening group with a forum, `#stories`, that is looked at.
async fn with_forum() -> (Scene, Channel) {
    let scene = Scene::with_members(MONDAY).await;
    let forum = scene.stage.guild.channel("stories", Kind::Forum);
    let said = scene.runs("Priya", "/words watch channel:#stories").await;
    assert!(said.contains("Titles and messages of posts"), "{said}");
    (scene, forum)
}

#[tokio::test]
async fn a_forum_posts_title_its_first_message_and_what_follows_are_looked_at() {
    let (scene, forum) = with_forum().await;
    for (name, title, text, wanted) in [
        ("Ben", HARD_WORDS, "that is all", 1),
        ("Chidi", "one more evening", HARD_WORDS, 1),
        ("Dee", "a good week", "the soup was good", 0),
    ] {
        scene.note(name, HARD_WORDS);
        let (post, _) = scene.person(name).posts_in_forum(&forum, title, text).unwrap();
        scene.stage.settle().await;
        assert_eq!(notes(&scene, &post).len(), wanted, "{title}");
        if wanted == 1 {
            let note = notes(&scene, &post).remove(0);
            let other = scene.presses_on("Sam", &note, "Open the note").await;
            assert!(!is_pointer(other.only().unwrap()), "{}", other.text());
            scene.presses_on(name, &note, "Open the note").await;
            assert!(is_pointer(&scene.only(name)));
        }
    }
    // Within a post, by somebody else, and in a later edit.
    let (post, _) = scene.person("Dee").posts_in_forum(&forum, "tea", "anybody?").unwrap();
    scene.stage.settle().await;
    scene.person("Dee").say(&post, HARD_WORDS).unwrap();
    scene.note("Dee", HARD_WORDS);
    scene.stage.settle().await;
    assert_eq!(notes(&scene, &post).len(), 1);
    scene.wait(TimeDelta::hours(2)).await;
    let answer = scene.person("Ben").say(&post, "me").unwrap();
    scene.stage.settle().await;
    scene.person("Ben").edit(&answer, HARD_WORDS).unwrap();
    scene.stage.settle().await;
    assert_eq!(notes(&scene, &post).len(), 2);
    // Nothing of it in the group's channel but that it is told once that the forum is looked at.
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    assert_eq!(scene.in_channel("also looks at").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn whoever_agreed_to_direct_messages_gets_the_pointer_there_after_a_forum_post_too() {
    let (scene, forum) = with_forum().await;
    scene.note("Ana", HARD_WORDS);
    let (post, _) = scene.person("Ana").posts_in_forum(&forum, HARD_WORDS, "sorry").unwrap();
    scene.stage.settle().await;
    assert_eq!(notes(&scene, &post).len(), 0);
    assert!(is_pointer(&scene.inbox("Ana")[0]));
    scene.end().await;
}

#[tokio::test]
async fn the_chat_of_a_voice_channel_is_looked_at_where_the_group_wants_it() {
    let scene = Scene::with_members(MONDAY).await;
    let voice = scene.stage.guild.channel("talk", Kind::Voice);
    scene.note("Ben", HARD_WORDS);
    scene.person("Ben").say(&voice, HARD_WORDS).unwrap();
    scene.stage.settle().await;
    assert_eq!(notes(&scene, &voice).len(), 0, "not before facilitators say so");
    scene.runs("Priya", "/words watch channel:#talk").await;
    scene.person("Ben").say(&voice, HARD_WORDS).unwrap();
    scene.stage.settle().await;
    let note = notes(&scene, &voice).remove(0);
    let pointer = scene.presses_on("Ben", &note, "Open the note").await;
    assert!(is_pointer(pointer.only().unwrap()) && pointer.text().contains("988"), "{}", pointer.text());
    scene.end().await;
}

#[tokio::test]
async fn a_place_is_kept_over_a_restart_and_ends_when_it_is_taken_off_or_deleted() {
    let (mut scene, forum) = with_forum().await;
    let voice = scene.stage.guild.channel("talk", Kind::Voice);
    scene.runs("Priya", "/words watch channel:#talk").await;
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    let listed = scene.runs("Priya", "/words list").await;
    assert!(listed.contains("Looked at besides") && listed.contains("for Evening group"), "{listed}");
    // Whoever joins later reads of it before they answer.
    scene.runs("Dee", "/join").await;
    scene.presses("Dee", "Yes, that's okay").await;
    let question = scene.presses("Dee", "Yes, that's okay").await;
    assert!(question.contains("It also looks in"), "{question}");
    scene.presses("Dee", "No, thanks").await;
    let post = |name: &'static str| scene.person(name).posts_in_forum(&forum, HARD_WORDS, "…").unwrap().0;
    let dees = post("Dee");
    scene.stage.settle().await;
    assert_eq!(notes(&scene, &dees).len(), 0, "who said no is left alone there as well");
    scene.runs("Priya", "/words unwatch channel:#stories").await;
    let bens = post("Ben");
    scene.stage.settle().await;
    assert_eq!(notes(&scene, &bens).len(), 0);
    voice.delete();
    scene.stage.settle().await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM watched_place").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn a_place_that_cannot_be_looked_at_or_answered_in_is_refused_in_words() {
    let (scene, _) = with_forum().await;
    scene.stage.guild.channel("hidden", Kind::Text).overwrite_bot(0, VIEW_CHANNEL);
    scene.stage.guild.channel("mute-forum", Kind::Forum).overwrite_bot(0, SEND_MESSAGES_IN_THREADS);
    scene.stage.guild.channel("no-past", Kind::Text).overwrite_bot(0, READ_MESSAGE_HISTORY);
    scene
        .refuses(&[
            ("Ben", "/words watch channel:#stories", "facilitators"),
            ("Priya", "/words watch channel:#stories", "looked at there already"),
            ("Priya", "/words watch channel:#evening-group", "looked at there already"),
            ("Priya", "/words unwatch channel:#evening-group", "own channel"),
            ("Priya", "/words watch channel:#hidden", "hidden from me"),
            ("Priya", "/words watch channel:#mute-forum", "Send Messages in Threads"),
            ("Priya", "/words watch channel:#no-past", "Read Message History"),
            // A dry run names what is missing as well, instead of finding nothing.
            ("Priya", "/words dry-run channel:#no-past", "Read Message History"),
            ("Priya", "/words dry-run channel:#hidden", "hidden from me"),
        ])
        .await;
    for n in 0..9 {
        scene.stage.guild.channel(&format!("place-{n}"), Kind::Text);
        scene.runs("Priya", &format!("/words watch channel:#place-{n}")).await;
    }
    scene.stage.guild.channel("one-more", Kind::Text);
    scene.refuses(&[("Priya", "/words watch channel:#one-more", "no room for more places")]).await;
    scene.end().await;
}

#[tokio::test]
async fn posts_and_threads_written_while_the_bot_was_away_are_answered_late_and_once() {
    let (mut scene, forum) = with_forum().await;
    let thread = scene.person("Ben").starts_thread(&scene.stage.channel, "late talk").unwrap();
    scene.stage.settle().await;
    scene.stage.kill_bot().await;
    for name in ["Ben", "Chidi", "Dee"] {
        scene.note(name, HARD_WORDS);
    }
    let (titled, _) = scene.person("Chidi").posts_in_forum(&forum, HARD_WORDS, "…").unwrap();
    let (inside, _) = scene.person("Dee").posts_in_forum(&forum, "tea", HARD_WORDS).unwrap();
    scene.person("Ben").say(&thread, HARD_WORDS).unwrap();
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::minutes(10));
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    for place in [&titled, &inside, &thread] {
        let notes = notes(&scene, place);
        assert!(notes.len() == 1 && notes[0].text().contains("It comes late"), "{}: {notes:?}", place.name());
    }
    // Another start answers nothing again.
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    for place in [&titled, &inside, &thread] {
        assert_eq!(notes(&scene, place).len(), 1, "{}", place.name());
    }
    scene.end().await;
}

#[tokio::test]
async fn after_a_lost_session_only_the_newest_posts_are_read() {
    let (mut scene, forum) = with_forum().await;
    scene.stage.kill_bot().await;
    scene.stage.start_bot_with(crate::stage::watchful()).await.unwrap();
    scene.stage.sandbox.faults().lose_sessions();
    scene.note("Ben", HARD_WORDS);
    let (old, _) = scene.person("Ben").posts_in_forum(&forum, "the first of many", HARD_WORDS).unwrap();
    for n in 0..50 {
        scene.person("Dee").posts_in_forum(&forum, &format!("post {n}"), "the soup was good").unwrap();
    }
    scene.note("Chidi", HARD_WORDS);
    let (new, _) = scene.person("Chidi").posts_in_forum(&forum, "the last", HARD_WORDS).unwrap();
    scene.stage.sandbox.faults().cut_gateway();
    let shown = {
        let new = new.clone();
        move || new.messages().iter().any(|message| message.text().contains(NOTE))
    };
    scene.stage.sandbox.until(Duration::from_secs(20), |_| shown()).await.unwrap();
    scene.stage.settle().await;
    assert_eq!(notes(&scene, &old).len(), 0, "fifty threads of one server are read, the newest first");
}
