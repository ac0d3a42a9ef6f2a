//! Concerns through the front door: who is called, in which order, what they see, and that the member hears the
//! truth.

use chrono::TimeDelta;
use daymark::cli::story;

use crate::stage::{HARD_WORDS, MONDAY, Scene};

const NOTE: &str = "private note here for someone";
const WORDS: &str = "a bad evening, please write to me";

/// The evening group lets responders be told; Sam is one of them.
async fn with_responders(from: &str) -> Scene {
    let scene = Scene::with_members(MONDAY).await;
    scene.stage.facilitators.mentionable(true);
    let role = scene.stage.guild.role("Responders", 0);
    role.mentionable(true);
    scene.stage.guild.give(&scene.person("Sam"), &role);
    let line = format!("/concerns on channel:#staff role:@Responders minutes:10 next:@Facilitators from:{from}");
    let said = scene.runs("Priya", &line).await;
    assert!(said.contains("Concerns in Evening group"), "{said}");
    scene
}

#[tokio::test]
async fn a_call_that_nobody_answers_widens_and_then_the_member_is_told_the_truth() {
    let mut scene = with_responders("never").await;
    assert_eq!(scene.in_channel("New here").len(), 0, "nothing is told of anybody, so there is no news");
    let said = scene.runs("Sam", "/oncall add days:mon from:08:00 until:12:00").await;
    assert!(said.contains("on call in Evening group: Monday"), "{said}");
    assert!(scene.runs("Sam", "/oncall who").await.contains("<@"));
    let now = scene.runs("Ben", "/now").await;
    assert!(now.contains("988") && now.contains("911"), "{now}");
    let preview = scene.presses("Ben", "Ask for a person here").await;
    assert!(
        preview.contains("Everybody who can read that channel") && preview.contains("unless you add words"),
        "{preview}"
    );
    scene.presses("Ben", "Add words").await;
    // What Ben chooses to say to the responders is shown to them, and sealed at rest.
    let posted = story::write(&scene.person("Ben"), WORDS).await.unwrap();
    assert!(posted.text().contains("If nobody answers within 10 minutes"), "{}", posted.text());
    scene.stage.settle().await;
    let call = scene.in_staff("would like someone to reach out").remove(0);
    assert!(call.text().contains(WORDS) && call.pings.people == ["Sam"] && call.pings.roles.is_empty(), "{call:?}");
    assert!(!scene.rows().await.contains(WORDS), "in clear at rest");
    // Ten minutes later all responders, then the next circle, also over a restart.
    scene.wait(TimeDelta::minutes(10)).await;
    let wider = scene.in_staff("Nobody has answered");
    assert_eq!((wider.len(), wider[0].pings.roles.as_slice()), (1, ["Responders".to_owned()].as_slice()));
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.wait(TimeDelta::minutes(10)).await;
    let widest = scene.in_staff("Nobody has answered");
    assert_eq!((widest.len(), widest[1].pings.roles.as_slice()), (2, ["Facilitators".to_owned()].as_slice()));
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    scene.wait(TimeDelta::minutes(10)).await;
    let note = scene.in_channel(NOTE).remove(0);
    let other = scene.presses_on("Chidi", &note, "Open the note").await;
    assert!(other.text().contains("for somebody else") && !other.text().contains("Nobody"), "{}", other.text());
    let truth = scene.presses_on("Ben", &note, "Open the note").await;
    assert!(truth.text().contains("nobody has answered yet") && truth.text().contains("Open"), "{}", truth.text());
    // Somebody comes after all, is told what helps, calls a second person, and closes.
    let said = scene.presses_on("Sam", &widest[1], "I'm here").await;
    assert!(said.text().contains("is here for them"), "{}", said.text());
    assert!(scene.only("Sam").text().contains("Write to <@"), "{}", scene.only("Sam").text());
    let call = scene.in_staff("would like someone to reach out").pop().unwrap();
    assert!(call.text().contains(WORDS), "{}", call.text());
    let late = scene.presses_on("Priya", &wider[0], "I'm here").await;
    assert!(late.text().contains("is there already"), "{}", late.text());
    scene.presses("Sam", "Need backup").await;
    assert_eq!(scene.in_staff("would like a second person").len(), 2);
    scene.presses("Priya", "I'm here").await;
    scene.presses("Sam", "Close").await;
    assert!(scene.only("Sam").text().contains("you were there"), "{}", scene.only("Sam").text());
    assert_eq!(scene.in_staff(WORDS).iter().filter(|message| message.text().contains("Closed")).count(), 0);
    let log = scene.runs("Sam", "/concerns list").await;
    for step in ["raised", "called (on call)", "called (responders)", "called (next)", "nobody answered", "closed"] {
        assert!(log.contains(step), "{step}: {log}");
    }
    // Ids only, and gone after thirty days.
    scene.wait(TimeDelta::days(31)).await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM concern").await, 0);
    assert_eq!(scene.number("SELECT COUNT(*) FROM concern_step").await, 0);
}

#[tokio::test]
async fn the_truth_comes_directly_to_who_agreed_and_in_the_channel_when_that_is_refused() {
    let scene = with_responders("never").await;
    for name in ["Ana", "Ben"] {
        scene.runs(name, "/now").await;
        scene.presses(name, "Ask for a person here").await;
        scene.presses(name, "Post it").await;
    }
    // Ben changes his mind: nobody is called any more.
    let said = scene.presses("Ben", "Take it back").await;
    assert!(said.contains("taken back"), "{said}");
    assert_eq!(scene.in_staff("They took it back").len(), 1, "whoever was called may stand down");
    scene.wait(TimeDelta::minutes(21)).await;
    assert_eq!(scene.in_staff("Nobody has answered").len(), 1);
    assert!(scene.inbox("Ana")[0].text().contains("nobody has answered yet"), "{}", scene.inbox("Ana")[0].text());
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    // Asked again, with direct messages refused.
    scene.person("Ana").refuses_dms(true);
    scene.presses("Ana", "Ask again").await;
    assert!(scene.presses("Ana", "Post it").await.contains("It's posted"));
    scene.wait(TimeDelta::minutes(25)).await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    let truth = scene.presses("Ana", "Open the note").await;
    assert!(truth.contains("nobody has answered yet"), "{truth}");
    // Who takes it hands it on; the next one sees the fixed words, and nobody else does.
    let call = scene.in_staff("Nobody has answered").pop().unwrap();
    scene.presses_on("Sam", &call, "I'm here").await;
    scene.presses("Sam", "Hand on").await;
    scene.presses("Sam", "My time is up").await;
    let call = scene.in_staff("is handed on").pop().unwrap();
    assert!(call.pings.roles == ["Responders"] && !call.text().contains("time is up"), "{}", call.text());
    let stranger = scene.person("Ana").press(&call, "I'm here").await;
    assert!(stranger.is_err(), "she cannot even see it");
    scene.presses_on("Priya", &call, "I'm here").await;
    // She sees who opened the list that she is on, besides who says that they are there.
    scene.runs("Sam", "/concerns list").await;
    let said = scene.runs("Ana", "/privacy").await;
    assert!(
        said.contains(&format!("{}: the list of concerns, with one of yours", scene.person("Sam").mention())),
        "{said}"
    );
    assert!(scene.only("Priya").text().contains("My time is up"), "{}", scene.only("Priya").text());
    // Forgetting leaves nothing of her, of her words or of her calls.
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    let rows = scene.rows().await;
    assert!(!rows.contains(&scene.person("Ana").id().to_string()), "{rows}");
    scene.presses_on("Priya", &call, "Close").await;
    assert!(scene.only("Priya").text().contains("not kept any more"), "{}", scene.only("Priya").text());
    scene.end().await;
}

#[tokio::test]
async fn words_raise_a_concern_only_about_members_who_know() {
    let scene = with_responders("high").await;
    let raised = || scene.in_staff("may mean that they need a person").len();
    assert_eq!(scene.in_channel("New here").len(), 1);
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!(raised(), 0, "she joined when nobody was told");
    scene.presses("Ana", "What it means for me").await;
    assert!(scene.presses("Ana", "They may be told").await.contains("may be told"));
    scene.wait(TimeDelta::hours(2)).await;
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!((raised(), scene.inbox("Ana").len()), (1, 2), "the pointer comes all the same");
    let call = scene.in_staff("may mean that they need a person").remove(0);
    let text = call.text();
    assert!(
        text.contains("high: thoughts of suicide") && text.contains("/channels/") && !text.contains(HARD_WORDS),
        "{text}"
    );
    assert_eq!(call.pings.roles, ["Responders"]);
    // Who did not ask is told of nobody's silence.
    scene.wait(TimeDelta::minutes(30)).await;
    assert_eq!((scene.in_channel(NOTE).len(), scene.inbox("Ana").len()), (0, 2));
    scene.presses_on("Sam", &call, "Close").await;
    assert!(scene.only("Sam").text().contains("you were there"));
    // A no holds at once, and who joins now is told and can say no from the start.
    assert!(scene.runs("Ana", "/privacy").await.contains("may be told, without your words"));
    scene.presses("Ana", "When my words worry").await;
    scene.presses("Ana", "Not about me").await;
    scene.wait(TimeDelta::hours(2)).await;
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!(raised(), 0, "the first one is closed and says so");
    scene.runs("Dee", "/join").await;
    scene.presses("Dee", "No, thanks").await;
    let asked = scene.presses("Dee", "No, thanks").await;
    assert!(asked.contains("lets its responders know"), "{asked}");
    let joined = scene.presses("Dee", "Yes, that's okay").await;
    assert!(joined.contains("responders may be told"), "{joined}");
    scene.says("Dee", HARD_WORDS).await;
    assert_eq!(raised(), 1);
    assert_eq!(scene.inbox("Ana").len(), 3);
    assert!(scene.runs("Priya", "/concerns off").await.contains("Nobody is told of words"));
    scene.end().await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_nothing_is_lost() {
    let scene = with_responders("high").await;
    scene
        .refuses(&[
            ("Ana", "/concerns on channel:#evening-group role:@Responders", "for the group's facilitators"),
            ("Priya", "/concerns on channel:#evening-group role:@Responders", "the group's own channel"),
            ("Priya", "/concerns on channel:#staff role:@Responders from:loud", "no level"),
            ("Ana", "/oncall add days:mon from:08:00 until:12:00", "for the group's responders"),
            ("Sam", "/oncall add days:someday from:08:00 until:12:00", "cannot be read"),
            ("Sam", "/oncall add days:mon from:08:00 until:08:00", "no time"),
            ("Ana", "/concerns list", "for the group's facilitators"),
        ])
        .await;
    let said = scene.runs("Sam", "/oncall remove").await;
    assert!(said.contains("not on the rota"), "{said}");
    for custom_id in ["d1:crisis:here:1:x", "d1:crisis:here:99:5", "d1:crisis:handed:1:5:nothing", "d1:crisis:tell:1"] {
        let message = scene.bot_left_button(&scene.stage.staff, custom_id).await;
        let answer = scene.presses_on("Sam", &message, "Press").await;
        assert!(answer.text().contains("older message"), "{custom_id}: {}", answer.text());
    }
    scene.end().await;
}
