//! Own reminders through the front door: set in words, said once at their hour, seen by their member alone.

use chrono::TimeDelta;
use daymark::cli::story;
use daymark::outbox::State;

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

/// Nobody would say this by chance.
const CANARY: &str = "marmalade-harbour-canary";

/// Sets a reminder and notes its words, which must be found nowhere in the clear.
async fn set(scene: &Scene, name: &str, when: &str, what: &str) -> String {
    scene.note(name, what);
    scene.runs(name, &format!("/remind me when:{when} what:{what}")).await
}

#[tokio::test]
async fn a_reminder_is_echoed_said_once_at_its_hour_and_shows_its_words_only_when_opened() {
    let scene = Scene::with_members(MONDAY).await;
    let said = set(&scene, "Ana", "tomorrow 9am", &format!("{CANARY} call the clinic")).await;
    assert!(said.contains("Tuesday 3 March, 09:00") && said.contains("America/New_York"), "{said}");
    assert!(said.contains("says only"), "{said}");
    assert!(!scene.rows().await.contains(CANARY));
    scene.at("tue 08:59").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.at("tue 09:01").await;
    let inbox = scene.inbox("Ana");
    assert_eq!(inbox.len(), 1);
    assert!(inbox[0].text().contains("A reminder you set.") && !inbox[0].text().contains(CANARY));
    let shown = scene.presses("Ana", "Show it").await;
    assert!(shown.contains("marmalade"), "{shown}");
    let done = scene.presses("Ana", "Done").await;
    assert!(done.contains("one thing off your mind"), "{done}");
    scene.wait(TimeDelta::days(2)).await;
    assert_eq!(scene.inbox("Ana").len(), 1, "once");
    assert!(scene.runs("Ana", "/remind list").await.contains("You have no reminders"));
    assert_eq!(scene.in_staff("").len() + scene.in_channel("reminder").len(), 0);
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn putting_off_leaves_the_series_alone_and_stop_ends_it() {
    let scene = Scene::with_members(MONDAY).await;
    let said = set(&scene, "Ana", "every day 21:00", "wind down, put the phone away").await;
    assert!(said.contains("every day at 21:00"), "{said}");
    scene.at("mon 21:00").await;
    let said = scene.presses("Ana", "In 10 minutes").await;
    assert!(said.contains("21:10") && said.contains("others stay"), "{said}");
    scene.at("mon 21:10").await;
    assert_eq!(scene.inbox("Ana").len(), 2);
    let said = scene.presses("Ana", "Tomorrow").await;
    assert!(said.contains("Tuesday 3 March 2026, 21:10") || said.contains("Tuesday 3 March 2026, 21:00"), "{said}");
    scene.at("tue 21:15").await;
    assert!((3..=4).contains(&scene.inbox("Ana").len()));
    let said = scene.presses("Ana", "Done").await;
    assert!(said.contains("Wednesday 4 March 2026, 21:00"), "{said}");
    scene.presses("Ana", "Stop").await;
    let before = scene.inbox("Ana").len();
    scene.wait(TimeDelta::days(3)).await;
    assert_eq!(scene.inbox("Ana").len(), before);
    assert_eq!(scene.number("SELECT COUNT(*) FROM own_reminder").await, 0);
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn direct_messages_are_asked_for_in_place_and_a_no_stands() {
    let scene = Scene::with_group(MONDAY).await;
    // Chidi joins and leaves the questions open.
    scene.runs("Chidi", "/join").await;
    let said = set(&scene, "Chidi", "in 2 hours", "take a walk by the river").await;
    assert!(said.contains("One thing first") && said.contains("Monday 2 March, 10:40"), "{said}");
    scene.wait(TimeDelta::minutes(1)).await;
    let said = scene.presses("Chidi", "Yes, and set it").await;
    assert!(said.contains("I'll remind you"), "{said}");
    scene.wait(TimeDelta::hours(2)).await;
    assert_eq!(scene.inbox("Chidi").len(), 1);
    // Ben said no: a kind refusal with the way, and nothing is kept.
    scene.joins("Ben", [true, false, true]).await;
    scene
        .refuses(&[
            ("Ben", "/remind me when:in 2 hours what:walk", "`/privacy` turns direct messages on"),
            ("Dee", "/remind me when:in 2 hours what:walk", "`/join` takes you in"),
            ("Chidi", "/remind me when:25:00 what:walk", "Hours go from 0 to 23"),
            ("Chidi", "/remind me when:feb 30 9am what:walk", "February has days 1 to 29"),
            ("Chidi", "/remind me when:*/15 * * * * what:walk", "more often than once an hour"),
            ("Chidi", "/remind me when:2026-03-01 09:00 what:walk", "already past"),
            ("Chidi", "/remind me when:2026-03-08 02:30 what:walk", "go forward"),
            ("Chidi", "/remind me when:in 2 hours what:walk about:party", "that kind of reminder"),
            ("Chidi", &format!("/remind me when:in 2 hours what:{}", "x".repeat(501)), "501 characters"),
            ("Chidi", "/remind edit which:zebra when:9am", "No reminder of yours"),
        ])
        .await;
    scene.runs("Dee", "/join").await;
    set(&scene, "Dee", "tomorrow 9am", "nothing that is kept").await;
    assert!(scene.presses("Dee", "No, thanks").await.contains("I set nothing"));
    assert_eq!(scene.number("SELECT COUNT(*) FROM own_reminder WHERE state <> 'over'").await, 0);
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn a_list_an_edit_and_words_on_the_screen_by_choice() {
    let scene = Scene::with_members(MONDAY).await;
    set(&scene, "Ana", "every weekday at 8", "the morning dose").await;
    set(&scene, "Ana", "tue 18:30", "dentist, second floor").await;
    let list = scene.runs("Ana", "/remind list").await;
    assert!(list.contains("the morning dose") && list.contains("every weekday") && list.contains("dentist"), "{list}");
    let answer = story::choose(&scene.person("Ana"), &["dentist, second floor".to_owned()], "Open one").await.unwrap();
    scene.stage.settle().await;
    assert!(answer.text().contains("Your reminder"), "{}", answer.text());
    assert!(scene.presses("Ana", "Show the words").await.contains("stand in the message"));
    let said = scene.runs("Ana", "/remind edit which:dentist when:wed 10:00").await;
    assert!(said.contains("Wednesday 4 March, 10:00"), "{said}");
    scene.note("Ana", "dentist, the new one");
    scene.presses("Ana", "Change it").await;
    let form = scene.person("Ana").modal().unwrap();
    assert_eq!(form.fields[0].value, "dentist, second floor");
    let said = scene.writes("Ana", "dentist, the new one").await;
    assert!(said.contains("the new one"), "{said}");
    scene.at("tue 18:31").await;
    let at_the_old_time: Vec<_> = scene.inbox("Ana").into_iter().filter(|one| one.text().contains("dentist")).collect();
    assert_eq!(at_the_old_time.len(), 0, "nothing is said at the old time");
    scene.at("wed 10:00").await;
    let inbox = scene.inbox("Ana");
    assert!(inbox.last().unwrap().text().contains("dentist, the new one"), "the words were wanted on the screen");
    crate::requests::check(&scene.stage.sandbox);
    // Nobody else can press it.
    let kept = scene.runs("Ben", "/remind list").await;
    assert!(kept.contains("You have no reminders"), "{kept}");
    let ana = scene.number("SELECT MIN(id) FROM own_reminder").await;
    let button = scene.bot_left_button(&scene.stage.channel, &format!("d1:recovery:show:{ana}")).await;
    let said = scene.presses_on("Ben", &button, "Press").await.text();
    assert!(said.contains("not here any more"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn hard_words_are_answered_first_and_the_reminder_is_kept_all_the_same() {
    let scene = Scene::with_members(MONDAY).await;
    scene.note("Ana", HARD_WORDS);
    let answer = scene.asks("Ana", &format!("/remind me when:tomorrow 9am what:{HARD_WORDS}")).await;
    let shown = scene.person("Ana").later(&answer);
    assert!(shown.messages.iter().any(is_pointer), "{}", shown.text());
    assert!(shown.text().contains("I'll remind you"), "{}", shown.text());
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn an_outage_makes_it_late_and_away_holds_it_and_quiet_hours_do_not() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/me zone:America/Denver quiet:22:00-07:00").await;
    let said = set(&scene, "Ana", "every day 22:30", "lights out at last").await;
    assert!(said.contains("quiet hours") && said.contains("America/Denver"), "{said}");
    // Half past ten in Denver is half past midnight in New York.
    scene.at("tue 00:31").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    // Another zone: the hour goes along.
    scene.runs("Ana", "/me zone:America/New_York").await;
    scene.at("tue 22:31").await;
    assert_eq!(scene.inbox("Ana").len(), 2);
    scene.stage.kill_bot().await;
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::hours(26));
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    let late = scene.inbox("Ana");
    assert_eq!(late.len(), 3, "only the newest");
    assert!(late[2].text().contains("comes late: it was for 22:30"), "{}", late[2].text());
    // Away: the repeating one is left out, the single one waits until they are back.
    set(&scene, "Ana", "in 1 hour", "water the tomatoes").await;
    scene.runs("Ana", "/away until:2 days").await;
    scene.wait(TimeDelta::hours(26)).await;
    assert_eq!(scene.inbox("Ana").len(), 3);
    scene.wait(TimeDelta::hours(24)).await;
    assert!(scene.inbox("Ana").len() >= 4, "{:?}", scene.inbox("Ana").len());
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn closed_direct_messages_are_said_in_the_list_and_forget_me_leaves_nothing() {
    let scene = Scene::with_members(MONDAY).await;
    set(&scene, "Ana", "every day 9am", "the blue notebook on the shelf").await;
    scene.person("Ana").refuses_dms(true);
    scene.at("mon 09:01").await;
    assert_eq!(scene.deliveries(&[State::Undeliverable]).await.len(), 1);
    let list = scene.runs("Ana", "/remind list").await;
    assert!(list.contains("didn't reach you"), "{list}");
    let kept = scene.runs("Ana", "/privacy").await;
    assert!(kept.contains("Reminders: 1"), "{kept}");
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM own_reminder").await, 0);
    let id = scene.person("Ana").id().to_string();
    assert!(!scene.rows().await.contains(&id));
    scene.wait(TimeDelta::days(2)).await;
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn fifty_reminders_are_as_many_as_are_kept_and_the_next_is_refused_kindly() {
    let scene = Scene::with_members(MONDAY).await;
    for number in 0..50 {
        let said = set(&scene, "Ana", "tomorrow 9am", &format!("stretch number {number}")).await;
        assert!(said.contains("Tuesday 3 March, 09:00"), "{number}: {said}");
    }
    let refused = [("Ana", "/remind me when:tomorrow 10am what:one more", "You have 50 reminders")];
    scene.refuses(&refused).await;
    let said = scene.runs("Ana", "/remind me when:tomorrow 10am what:one more").await;
    assert!(said.contains("/remind list"), "it says what helps: {said}");
    // Somebody else's are their own.
    scene.joins("Dee", [true, true, true]).await;
    assert!(set(&scene, "Dee", "tomorrow 9am", "water the plants").await.contains("I'll remind you"));
    // What was said once makes room for the next.
    scene.at("tue 09:01").await;
    assert_eq!(scene.inbox("Dee").len(), 1);
    assert_eq!(scene.inbox("Ana").len(), 50);
    let said = set(&scene, "Ana", "tomorrow 9am", "one more").await;
    assert!(said.contains("Wednesday 4 March, 09:00"), "{said}");
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn medication_goes_on_while_somebody_is_away_unless_they_pause_it_and_nothing_is_planned_for_who_left() {
    let scene = Scene::with_members(MONDAY).await;
    scene.note("Ana", "the small white ones");
    scene.runs("Ana", "/remind me when:every day 09:00 what:the small white ones about:medication").await;
    set(&scene, "Ana", "every day 09:30", "stretch a little").await;
    let said = scene.runs("Ana", "/away").await;
    assert!(said.contains("medication or an appointment go on"), "{said}");
    scene.at("mon 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 1, "the medication, not the stretching");
    scene.presses("Ana", "Pause those, too").await;
    scene.at("tue 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    // The next time away begins anew.
    scene.presses("Ana", "I'm back").await;
    scene.runs("Ana", "/away").await;
    scene.at("wed 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 2);
    scene.presses("Ana", "I'm back").await;
    // Gone from the server: not one envelope is made for them.
    scene.person("Ana").leave(&scene.stage.guild);
    scene.stage.settle().await;
    let made = scene.number("SELECT COUNT(*) FROM outbox WHERE kind = 'recovery.reminder'").await;
    scene.wait(TimeDelta::days(7)).await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM outbox WHERE kind = 'recovery.reminder'").await, made);
    scene.end().await;
}
