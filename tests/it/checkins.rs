//! Check-ins through the front door: presses, lines, windows, consent, and what a form can be fed.

use chrono::TimeDelta;

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

#[tokio::test]
async fn one_press_is_a_whole_answer_and_a_later_one_replaces_it() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    for (which, words) in [
        ("Really hard", "allowed to be this hard"),
        ("Low", "low day"),
        ("So-so", "counts, too"),
        ("Okay", "Okay is good"),
        ("Good", "Good to hear"),
    ] {
        let said = scene.presses("Ana", which).await;
        assert!(said.contains(words), "{which}: {said}");
        assert!(!scene.only("Ana").rows.is_empty());
    }
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    let said = scene.runs("Ana", "/checkin").await;
    assert!(said.contains("So far: Good."), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn a_hard_day_leads_to_somebody_to_talk_to() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    scene.presses("Ben", "Really hard").await;
    let said = scene.presses("Ben", "Talk to somebody").await;
    assert!(said.contains("988") && said.contains("911"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn two_devices_at_once_lose_nothing_of_each_other() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    let prompt = scene.in_channel("How are you today?").remove(0);
    let ana = scene.person("Ana");
    let (one, other, third) =
        tokio::join!(ana.press(&prompt, "Low"), ana.press(&prompt, "Good"), ana.press(&prompt, "Okay"));
    for answer in [one, other, third] {
        assert!(answer.unwrap().is_private());
    }
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    // A mood and a line at once: both are kept.
    let form = ana.press(&prompt, "Write a line").await.unwrap().form().unwrap().clone();
    let (mood, line) =
        tokio::join!(ana.press(&prompt, "Really hard"), ana.submit(&form, &[("line", "a line and a mood at once")]));
    mood.unwrap();
    line.unwrap();
    scene.stage.settle().await;
    let said = scene.runs("Ana", "/checkin").await;
    assert!(said.contains("So far: Really hard."), "{said}");
    scene.presses("Ana", "Write a line").await;
    assert_eq!(ana.modal().unwrap().fields[0].value, "a line and a mood at once");
    ana.closes_modal();
    scene.end().await;
}

#[tokio::test]
async fn whatever_is_written_comes_back_as_it_was_and_is_shown_to_nobody() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    let full = "ф".repeat(1000);
    for words in [
        "😀😬🫠 😵‍💫",
        "أنا متعب اليوم \u{202E}olleh",
        "zero\u{200B}width\u{FEFF} and \u{2060}joined",
        "**bold** ||spoiler|| [link](https://evil.example) @everyone <@1> `code`",
        "'); DROP TABLE checkin_answer; -- \" \\ %s {0}",
        "line one\nline two\r\nline three",
        "\u{0}\u{1}control\u{7}",
        full.as_str(),
    ] {
        scene.presses("Ana", "Write a line").await;
        let said = scene.writes("Ana", words).await;
        assert!(said.contains("kept, locked, for you alone"), "{said}");
        assert!(!said.contains(words) && !said.contains("https://evil"), "it is not repeated: {said}");
        scene.presses("Ana", "Write a line").await;
        assert_eq!(scene.person("Ana").modal().unwrap().fields[0].value.trim(), words.trim());
        scene.person("Ana").closes_modal();
    }
    // Nothing takes the line away again.
    for empty in ["", "   ", "\n\n"] {
        scene.presses("Ana", "Write a line").await;
        let said = scene.writes("Ana", empty).await;
        assert!(!said.contains("kept, locked"), "{said}");
    }
    scene.presses("Ana", "Write a line").await;
    assert_eq!(scene.person("Ana").modal().unwrap().fields[0].value, "");
    let refused = daymark::cli::story::write(&scene.person("Ana"), &"x".repeat(1001)).await.unwrap_err().to_string();
    assert!(refused.contains("0 to 1000 characters"), "{refused}");
    scene.person("Ana").closes_modal();
    scene.end().await;
}

#[tokio::test]
async fn hard_words_in_the_form_are_answered_with_the_pointer_for_the_writer_alone() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Dee", [true, true, false]).await;
    scene.at("mon 09:00").await;
    scene.presses("Ana", "Write a line").await;
    let said = scene.writes("Ana", HARD_WORDS).await;
    assert!(said.contains("988"), "{said}");
    assert!(is_pointer(&scene.only("Ana")));
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1, "the line is kept all the same");
    assert_eq!(scene.channel().len(), 1, "nothing but the prompt is in the channel");
    // Dee said no to noticing.
    scene.presses("Dee", "Write a line").await;
    let said = scene.writes("Dee", HARD_WORDS).await;
    assert!(said.contains("kept, locked") && !is_pointer(&scene.only("Dee")), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn nothing_is_kept_before_a_yes_and_a_no_is_taken() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Dee", [false, false, false]).await;
    scene.at("mon 09:00").await;
    for which in ["Okay", "Write a line"] {
        let said = scene.presses("Dee", which).await;
        assert!(said.contains("May I keep your check-ins?"), "{said}");
    }
    let said = scene.presses("Dee", "No, thanks").await;
    assert!(said.contains("I keep nothing"), "{said}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 0);
    scene.presses("Dee", "Okay").await;
    let said = scene.presses("Dee", "Yes, that's okay").await;
    assert!(said.contains("How are you?"), "{said}");
    scene.presses("Dee", "Okay").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    // The yes is taken back.
    scene.runs("Dee", "/privacy").await;
    scene.presses("Dee", "Keep check-ins: turn off").await;
    let prompt = scene.in_channel("How are you today?").remove(0);
    let said = scene.presses_on("Dee", &prompt, "Good").await.text();
    assert!(said.contains("May I keep your check-ins?"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn a_button_from_last_week_says_that_its_day_has_closed() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 09:00").await;
    let prompt = scene.in_channel("How are you today?").remove(0);
    scene.wait(TimeDelta::days(7)).await;
    let before = scene.rows().await;
    for which in ["Good", "Write a line"] {
        let said = scene.presses_on("Ana", &prompt, which).await.text();
        assert!(said.contains("The check-in of Monday 2 March has closed"), "{said}");
    }
    assert_eq!(scene.rows().await, before);
    scene.end().await;
}

#[tokio::test]
async fn a_form_sent_after_its_day_has_closed_is_told_so_and_hard_words_are_still_answered() {
    let scene = Scene::with_members("2026-03-02 23:50").await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Write a line").await;
    scene.at("tue 03:01").await;
    let said = scene.writes("Ana", "a line that comes too late").await;
    assert!(said.contains("has closed"), "{said}");
    scene.end().await;

    let scene = Scene::with_members("2026-03-02 23:50").await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Write a line").await;
    scene.at("tue 03:01").await;
    let said = scene.writes("Ana", HARD_WORDS).await;
    assert!(said.contains("988") && said.contains("has closed"), "{said}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn midnight_belongs_to_the_day_that_ends() {
    let scene = Scene::with_members("2026-03-07 23:00").await;
    // The clocks go forward at two on Sunday; the window closes three hours after midnight all the same.
    for (at, day) in [
        ("sat 23:30", "Saturday 7 March"),
        ("sun 00:20", "Saturday 7 March"),
        ("sun 03:59", "Saturday 7 March"),
        ("sun 04:00", "Sunday 8 March"),
    ] {
        scene.at(at).await;
        let said = scene.runs("Ana", "/checkin").await;
        assert!(said.contains(day), "{at}: {said}");
    }
    scene.end().await;
}

#[tokio::test]
async fn prompts_come_once_a_day_without_a_sound_or_a_ping() {
    let scene = Scene::with_members(MONDAY).await;
    scene.at("mon 23:00").await;
    scene.at("sun 23:00").await;
    let prompts = scene.in_channel("How are you today?");
    assert_eq!(prompts.len(), 7);
    assert!(prompts.iter().all(|prompt| prompt.silent && prompt.pings.is_none()));
    scene.end().await;
}
