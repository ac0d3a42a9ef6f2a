//! What else a hard evening needs, through the front door: worry about a friend, the reasons not to call, other
//! languages, a false alarm, a death in the community, a server's own helplines, and every place words stand in.

use chrono::TimeDelta;
use daymark::sandbox::Kind;
use daymark::sandbox::permissions::PIN_MESSAGES;

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

const NOTE: &str = "private note here for someone";

#[tokio::test]
async fn a_friend_who_worries_is_guided_in_private_and_the_author_hears_nothing() {
    let scene = Scene::with_members(MONDAY).await;
    // Dee wants no noticing, so there is nothing but what Ana sees and presses.
    scene.joins("Dee", [false, false, false]).await;
    scene.says("Dee", HARD_WORDS).await;
    let message = scene.channel().into_iter().find(|message| message.text().contains(HARD_WORDS)).unwrap();
    let before = scene.rows().await;
    let answer = scene.person("Ana").message_menu(&message, "I'm worried about this").await.unwrap();
    scene.stage.settle().await;
    let said = answer.text();
    assert!(answer.is_private() && said.contains("Are you thinking about suicide?") && said.contains("911"), "{said}");
    assert!(said.contains("Report Message") && said.contains("Better left out"), "{said}");
    assert!(!said.contains(HARD_WORDS) && !said.contains("Dee"), "{said}");
    assert_eq!(scene.rows().await, before, "nothing is kept");
    assert_eq!((scene.inbox("Dee").len(), scene.in_channel(NOTE).len()), (0, 0));
    // A person can be asked for, in her own name alone.
    let preview = scene.presses("Ana", "I'd like a person, too").await;
    assert!(preview.contains(&scene.person("Ana").mention()) && !preview.contains(&scene.person("Dee").mention()));
    scene.presses("Ana", "Not now").await;
    // On one's own message it is about oneself.
    let own = scene.person("Dee").message_menu(&message, "I'm worried about this").await.unwrap();
    assert!(own.text().contains("I'm glad you asked"), "{}", own.text());
    scene.end().await;
}

#[tokio::test]
async fn who_reads_or_writes_another_language_is_answered_in_it() {
    let scene = Scene::with_members(MONDAY).await;
    // Chidi reads Discord in Spanish; Ben writes it.
    scene.person("Chidi").speaks("es-419");
    scene.says("Chidi", HARD_WORDS).await;
    let note = scene.in_channel(NOTE).remove(0);
    let pointer = scene.presses_on("Chidi", &note, "Open the note").await;
    let said = pointer.text();
    assert!(is_pointer(pointer.only().unwrap()) && said.contains("Me alegra que lo hayas escrito"), "{said}");
    assert!(said.contains("988") && said.contains("Abierto día y noche"), "{said}");
    let why = scene.presses("Chidi", "Por qué quizá no llamaría").await;
    assert!(why.contains("Me da miedo que manden a la policía") && why.contains("No quiero hablar"), "{why}");
    assert!(scene.runs("Chidi", "/now").await.contains("Me alegra que preguntes"));
    assert!(scene.runs("Chidi", "/helplines").await.contains("Alguien con quien hablar"));
    scene.says("Ben", "quiero morirme").await;
    let line = scene.in_channel("Aquí hay una nota privada").remove(0);
    let pointer = scene.presses_on("Ben", &line, "Abrir la nota").await;
    assert!(
        is_pointer(pointer.only().unwrap()) && pointer.text().contains("Pedir una persona aquí"),
        "{}",
        pointer.text()
    );
    assert_eq!(scene.in_channel("Esta nota ya se abrió").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_false_alarm_sends_the_phrase_and_nothing_else_once() {
    let scene = Scene::with_members(MONDAY).await;
    scene.says("Ben", HARD_WORDS).await;
    scene.presses("Ben", "Open the note").await;
    let asked = scene.presses("Ben", "This was wrong").await;
    assert!(asked.contains("Not your name, not your words") && asked.contains("`en."), "{asked}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM false_alarm").await, 0, "nothing is sent before they say so");
    assert!(scene.presses("Ben", "No, leave it").await.contains("Nothing was counted"));
    for counted in ["Counted", "Nothing was counted"] {
        scene.presses("Ben", "This was wrong").await;
        assert!(scene.presses("Ben", "Count it").await.contains(counted));
    }
    assert_eq!(scene.number("SELECT SUM(times) FROM false_alarm").await, 1);
    let forged = scene.bot_left_button(&scene.stage.channel, "d1:crisis:wrong_yes:no.such.phrase:1").await;
    scene.presses_on("Ben", &forged, "Press").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM false_alarm").await, 1);
    let id = scene.person("Ben").id();
    let row: String = sqlx::query_scalar("SELECT group_id || phrase || times || last_on FROM false_alarm")
        .fetch_one(scene.read())
        .await
        .unwrap();
    assert!(!row.contains(&id.to_string()), "{row}");
    assert!(scene.runs("Sam", "/concerns list").await.contains("×1"));
    scene.end().await;
}

#[tokio::test]
async fn a_direct_note_about_home_shows_nothing_until_it_is_opened() {
    let scene = Scene::with_members(MONDAY).await;
    scene.says("Ana", "my husband hit me again last night and I'm scared of him").await;
    let inbox = scene.inbox("Ana");
    assert_eq!(inbox.len(), 1);
    let text = inbox[0].text();
    assert!(text.contains("There is a note for you here") && !is_pointer(&inbox[0]), "{text}");
    let pointer = scene.presses("Ana", "Open the note").await;
    assert!(pointer.contains("not your fault") && pointer.contains("delete this note"), "{pointer}");
    assert!(is_pointer(&scene.only("Ana")));
    scene.end().await;
}

#[tokio::test]
async fn after_a_death_the_group_is_quiet_and_help_is_pinned() {
    let mut scene = Scene::with_members(MONDAY).await;
    let on = scene.runs("Priya", "/postvention on").await;
    assert!(on.contains("is quiet now") && on.contains("I may not pin there") && on.contains("No method"), "{on}");
    scene.stage.channel.overwrite_bot(PIN_MESSAGES, 0);
    scene.wait(TimeDelta::minutes(1)).await;
    let on = scene.runs("Priya", "/postvention on").await;
    assert!(on.contains("posted and pinned"), "{on}");
    let notes = scene.in_channel("Somebody in our community has died");
    assert!(notes.len() == 2 && notes.iter().all(|note| note.silent && note.pings.is_none()), "{notes:?}");
    // Check-ins are asked softly, over a restart as well, until it is switched off.
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.at("mon 09:00").await;
    assert_eq!(scene.in_channel("It's fine to leave it").len(), 1);
    assert!(scene.presses("Ana", "Low").await.contains("Thank you"));
    assert!(scene.runs("Priya", "/postvention off").await.contains("goes on as before"));
    scene.at("tue 09:00").await;
    assert_eq!((scene.in_channel("It's fine to leave it").len(), scene.in_channel("How are you today?").len()), (1, 1));
    scene.refuses(&[("Ana", "/postvention on", "for the group's facilitators")]).await;
    scene.end().await;
}

#[tokio::test]
async fn a_servers_own_helplines_are_checked_and_come_after_the_directorys() {
    let mut scene = Scene::with_members(MONDAY).await;
    let line = |what: &str| {
        format!(
            "/helpline add name:County Warmline about:Listens in the evening. country:US topic:suicide_crisis {what}"
        )
    };
    let good = "hours:24/7 source:https://county.example.org/ verified:2026-02-20";
    scene
        .refuses(&[
            ("Ana", &line(&format!("call:555-010-0199 {good}")), "for facilitators"),
            ("Sam", &line(good), "no way to reach it"),
            ("Sam", &line(&format!("call:1-800-273-8255 {good}")), "must not be shown"),
            ("Sam", &line("call:5550100 hours:24/7 source:nowhere verified:2026-02-20"), "not a web address"),
            (
                "Sam",
                &line("call:5550100 hours:24/7 source:https://a.example.org/ verified:2024-01-01"),
                "not verified lately",
            ),
            (
                "Sam",
                &line("call:5550100 hours:24/7 source:https://a.example.org/ verified:2027-01-01"),
                "not verified lately",
            ),
            ("Sam", &line("call:5550100 hours:24/7 source:https://a.example.org/ verified:soon"), "verified"),
            ("Sam", "/helpline remove name:Nothing", "has that name"),
        ])
        .await;
    let said = scene.runs("Sam", &line(&format!("call:555-010-0199 {good}"))).await;
    assert!(said.contains("County Warmline"), "{said}");
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    // It needs no database any more.
    let listed = scene.runs("Dee", "/helplines").await;
    let (official, own) = (listed.find("988 Suicide").unwrap(), listed.find("County Warmline").unwrap());
    assert!(official < own && listed.contains("Added by your group"), "{listed}");
    assert!(!scene.runs("Dee", "/helplines country:GB").await.contains("County Warmline"));
    scene.says("Ben", HARD_WORDS).await;
    let pointer = scene.presses("Ben", "Open the note").await;
    assert!(pointer.contains("988") && pointer.contains("555-010-0199"), "{pointer}");
    assert!(scene.runs("Ana", "/helpline list").await.contains("Read on 2026-02-20"));
    assert!(scene.runs("Sam", "/helpline remove name:County Warmline").await.contains("taken off"));
    assert!(!scene.runs("Dee", "/helplines").await.contains("County Warmline"));
    scene.end().await;
}

#[tokio::test]
async fn a_servers_own_helpline_that_is_a_year_old_is_told_to_its_facilitators_once_and_quietly() {
    let scene = Scene::with_members(MONDAY).await;
    let add = |name: &str, on: &str| {
        format!(
            "/helpline add name:{name} about:Listens. country:US topic:suicide_crisis hours:24/7 call:555-010-0199 \
             source:https://county.example.org/ verified:{on}"
        )
    };
    scene.runs("Sam", &add("County Warmline", "2026-02-20")).await;
    scene.runs("Sam", &add("River Warmline", "2026-02-24")).await;
    assert!(!scene.runs("Sam", "/group list").await.contains("over a year"));
    scene.at("2027-02-19 12:00").await;
    assert_eq!(scene.in_staff("looked up more than a year ago").len(), 0);
    scene.at("2027-02-27 12:00").await;
    let told = scene.in_staff("looked up more than a year ago");
    assert_eq!(told.len(), 1, "once a month at most");
    assert!(told[0].silent && told[0].pings.is_none() && told[0].text().contains("County Warmline"), "{told:?}");
    assert!(scene.runs("Sam", "/group list").await.contains("over a year: 2"));
    assert!(!scene.runs("Ana", "/group list").await.contains("over a year"), "only who can mend it reads it");
    // Looked up again in time, nothing is said.
    for name in ["County Warmline", "River Warmline"] {
        scene.runs("Sam", &add(name, "2027-02-26")).await;
    }
    assert!(!scene.runs("Sam", "/group list").await.contains("over a year"));
    scene.end().await;
}

#[tokio::test]
async fn a_servers_own_words_count_for_a_friends_worry_and_as_a_false_alarm_by_their_name_alone() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Priya", "/words add pattern:blue door level:high topic:suicide").await;
    let words = "i am going through the blue door tonight";
    scene.says("Ben", words).await;
    // The coach knows the server's words, too: with none it would not ask about suicide.
    let message = scene.channel().into_iter().find(|message| message.text().contains(words)).unwrap();
    let coach = scene.person("Ana").message_menu(&message, "I'm worried about this").await.unwrap();
    scene.stage.settle().await;
    assert!(coach.text().contains("Are you thinking about suicide?"), "{}", coach.text());
    scene.presses("Ben", "Open the note").await;
    let asked = scene.presses("Ben", "This was wrong").await;
    assert!(asked.contains("`guild.1`"), "{asked}");
    assert!(scene.presses("Ben", "Count it").await.contains("Counted"));
    let row: String =
        sqlx::query_scalar("SELECT phrase || times FROM false_alarm").fetch_one(scene.read()).await.unwrap();
    assert_eq!(row, "guild.11");
    assert!(scene.runs("Sam", "/concerns list").await.contains("`guild.1` ×1"));
    scene.end().await;
}

#[tokio::test]
async fn words_in_a_voice_channels_chat_are_heard_where_that_is_the_groups_place() {
    let scene = Scene::with_members(MONDAY).await;
    let voice = scene.stage.guild.channel("evening-voice", Kind::Voice);
    scene.runs("Priya", "/group setup zone:America/New_York channel:#evening-voice country:US name:Voice group").await;
    scene.note("Chidi", HARD_WORDS);
    scene.person("Chidi").say(&voice, HARD_WORDS).unwrap();
    scene.stage.settle().await;
    let note = voice.messages().pop().unwrap();
    assert!(note.text().contains(NOTE), "{}", note.text());
    assert!(!is_pointer(scene.presses_on("Ana", &note, "Open the note").await.only().unwrap()));
    assert!(is_pointer(scene.presses_on("Chidi", &note, "Open the note").await.only().unwrap()));
    scene.end().await;
}
