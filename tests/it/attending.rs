//! Who comes: answers, places, own reminders, attendance and the note to somebody who was missed, through the
//! front door.

use chrono::NaiveDate;
use daymark::cli::story;
use daymark::ids::{GuildId, Member, UserId};
use daymark::sandbox::{Kind, MessageView};
use daymark::sessions::store::attendance::attended_on;

use crate::stage::{MONDAY, Scene};

async fn chooses(scene: &Scene, name: &str, options: &[&str], select: &str) -> String {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let answer = story::choose(&scene.person(name), &options, select).await;
    let answer = answer.unwrap_or_else(|no| panic!("{name} chooses in {select}: {no}\n{}", scene.stage.sandbox.dump()));
    scene.stage.settle().await;
    answer.text()
}

/// The newest card in the channel that can be answered to.
fn newest(scene: &Scene) -> MessageView {
    let all = scene.channel();
    all.into_iter().rev().find(|message| message.buttons().contains(&"Going")).unwrap()
}

/// What the bot wrote to somebody directly that holds these words.
fn written(scene: &Scene, name: &str, words: &str) -> Vec<String> {
    let all = scene.inbox(name).into_iter().map(|message| message.text());
    all.filter(|text| text.contains(words)).collect()
}

async fn edits(scene: &Scene, line: &str) {
    scene.runs("Sam", line).await;
    scene.presses("Sam", "Save").await;
}

#[tokio::test]
async fn an_answer_is_two_taps_private_and_can_be_changed_until_the_start() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 17:50").await;
    let monday = newest(&scene);
    let said = scene.presses("Ana", "Going").await;
    assert!(said.contains("You're going") && said.contains("Only you and the facilitators"), "{said}");
    scene.only("Ana");
    // Below the answer the same buttons change it.
    let said = scene.presses("Ana", "Late").await;
    assert!(said.contains("coming a little late"), "{said}");
    let said = scene.presses_on("Ben", &monday, "Can't make it").await.text();
    assert!(said.contains("It needs no reason"), "{said}");
    let said = chooses(&scene, "Ben", &["Childcare"], "Tell the facilitators").await;
    assert!(said.contains("The facilitators can see it") && said.contains("shows you who looked"), "{said}");
    assert!(!scene.runs("Ben", "/privacy").await.contains("Who looked"), "nobody did yet");
    let said = scene.presses_on("Dee", &monday, "Going").await.text();
    assert!(said.contains("for members of Evening group"), "{said}");
    // Who comes is for facilitators.
    let said = scene.runs("Sam", "/schedule who title:Evening group").await;
    assert!(said.contains("Late (1)") && said.contains("childcare") && !said.contains("Going ("), "{said}");
    scene.refuses(&[("Ana", "/schedule who title:Evening group", "for the group's facilitators")]).await;
    // Whoever shared a reason sees who looked at it; whoever shared none was not looked at.
    let said = scene.runs("Ben", "/privacy").await;
    let looked =
        format!("Who looked at what you shared\n{}: your reason for not coming, <t:", scene.person("Sam").mention());
    assert!(said.contains(&looked), "{said}");
    assert!(!scene.runs("Ana", "/privacy").await.contains("Who looked"));
    let said = scene.runs("Ana", "/sessions next").await;
    assert!(said.contains("you're coming late"), "{said}");
    // Any session of the days ahead can be looked at, by what comes up while typing or by its day.
    let offered = scene.person("Sam").autocomplete("/schedule who title:Evening group on:").await.unwrap();
    let fortnight = ["02", "04", "06", "09", "11", "13"].map(|day| format!("2026-03-{day}T18:00"));
    for id in &fortnight {
        assert!(offered.iter().any(|choice| choice.value.to_string().contains(id)), "{id}: {offered:?}");
        let said = scene.runs("Sam", &format!("/schedule who title:Evening group on:{id}")).await;
        assert_eq!(said.contains("Late (1)"), id == "2026-03-02T18:00", "{id}: {said}");
    }
    let said = scene.runs("Sam", "/schedule who title:Evening group on:fri").await;
    assert!(said.contains("Friday 6 March, 18:00"), "{said}");
    scene
        .refuses(&[
            ("Sam", "/schedule who title:Evening group on:sat", "Nothing of it lies ahead then"),
            ("Sam", "/schedule who title:Evening group on:feb 30", "February has days"),
            ("Sam", "/schedule who title:Evening group on:2026-02-27T18:00", "It is held next on Monday 2 March"),
            ("Ana", "/schedule who title:Evening group on:fri", "for the group's facilitators"),
        ])
        .await;
    // A reason for oneself is for nobody else, and goes when the answer changes.
    scene.presses_on("Ben", &monday, "Can't make it").await;
    chooses(&scene, "Ben", &["I'm not well"], "Note it for myself").await;
    let said = scene.runs("Sam", "/schedule who title:Evening group").await;
    assert!(said.contains("Can't make it (1)") && !said.contains("not well") && !said.contains("childcare"), "{said}");
    scene.presses_on("Ben", &monday, "Maybe").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM session_answer WHERE reason IS NOT NULL").await, 0);
    // Nobody sees how many come where that is not switched on.
    assert!(!monday.text().contains("coming"), "{}", monday.text());

    scene.at("mon 18:01").await;
    let said = scene.presses_on("Ana", &monday, "Going").await.text();
    assert!(said.contains("has begun or is over") && said.contains("The next one is"), "{said}");
    // Wednesday's reminder was seen on Tuesday; then it moves, and moves back off the schedule.
    scene.at("tue 18:30").await;
    let wednesday = newest(&scene);
    scene.runs("Sam", "/schedule move title:Evening group on:wed to:thu 18:30").await;
    let said = scene.presses_on("Ana", &wednesday, "Going").await.text();
    assert!(said.contains("from before") && said.contains("Does that work for you?"), "{said}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM session_answer WHERE occurrence = '2026-03-04T18:00'").await, 0);
    let said = scene.presses("Ana", "Going").await;
    assert!(said.contains("You're going"), "{said}");
    scene.runs("Sam", "/schedule cancel title:Evening group on:thu").await;
    let said = scene.presses_on("Ana", &wednesday, "Going").await.text();
    assert!(said.contains("does not take place"), "{said}");
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn a_place_that_comes_free_goes_to_the_next_and_names_nobody() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Chidi", [true, true, true]).await;
    let said =
        scene.adds("Sam", "/schedule add title:Small circle when:mon 18:00 leads:1h capacity:1 counts:true").await;
    assert!(said.contains("1, then a waitlist") && said.contains("never who"), "{said}");
    scene.at("mon 17:00").await;
    let card = newest(&scene);
    assert!(card.text().contains("0 of 1 places taken"), "{}", card.text());
    scene.presses_on("Ana", &card, "Going").await;
    for (name, number) in [("Ben", 1), ("Chidi", 2)] {
        let said = scene.presses_on(name, &card, "Going").await.text();
        assert!(said.contains("is full") && said.contains(&format!("number {number} on the waitlist")), "{said}");
        assert!(said.contains(&format!("1 of 1 places taken, {number} on the waitlist")), "{said}");
    }
    // Ben takes no direct messages: the channel hears of it without a name.
    scene.presses_on("Ana", &card, "Can't make it").await;
    let line = scene.in_channel("A place came free").remove(0);
    assert!(!line.text().contains("Ben") && line.pings.is_none(), "{}", line.text());
    let said = scene.presses_on("Chidi", &line, "Is it mine?").await.text();
    assert!(said.contains("number 1 on the waitlist"), "{said}");
    let said = scene.presses_on("Ben", &line, "Is it mine?").await.text();
    assert!(said.contains("A place came free, and it is yours"), "{said}");
    // Chidi takes them.
    scene.presses_on("Ben", &card, "Maybe").await;
    assert_eq!(written(&scene, "Chidi", "A place came free, and it is yours").len(), 1);
    assert_eq!(scene.in_channel("A place came free").len(), 1);
    let said = scene.presses_on("Ben", &card, "Late").await.text();
    assert!(said.contains("number 1 on the waitlist"), "{said}");
    // Somebody leaves: their place goes on, and coming back does not take it away again.
    scene.runs("Chidi", "/leave").await;
    scene.presses("Chidi", "Leave").await;
    let said = scene.runs("Ben", "/sessions next").await;
    assert!(said.contains("a place came free, and it is yours"), "{said}");
    scene.joins("Chidi", [true, true, true]).await;
    let said = scene.presses_on("Chidi", &card, "Going").await.text();
    assert!(said.contains("number 1 on the waitlist"), "{said}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM session_answer WHERE seat = 'held'").await, 1);
    // A larger room.
    edits(&scene, "/schedule edit title:Small circle capacity:2").await;
    assert_eq!(written(&scene, "Chidi", "A place came free, and it is yours").len(), 2);
    assert_eq!(scene.number("SELECT COUNT(*) FROM session_answer WHERE seat = 'held'").await, 2);
    let said = scene.runs("Sam", "/schedule who title:Small circle").await;
    assert!(said.contains("2 of 2 places taken") && said.contains("Late (1)") && said.contains("Going (1)"), "{said}");
    // Who was told directly that a place is theirs is told directly that it moves.
    scene.runs("Sam", "/schedule move title:Small circle on:mon to:19:00").await;
    assert_eq!(written(&scene, "Chidi", "has moved").len(), 1);
    assert_eq!(scene.in_channel("has moved").len(), 1);
    // Three press in the same breath: one place is one place.
    scene.adds("Sam", "/schedule add title:Chair when:mon 18:30 leads:1h capacity:1").await;
    scene.at("mon 17:30").await;
    let chair = newest(&scene);
    let (ana, ben, chidi) = (scene.person("Ana"), scene.person("Ben"), scene.person("Chidi"));
    let (one, two, three) =
        tokio::join!(ana.press(&chair, "Going"), ben.press(&chair, "Going"), chidi.press(&chair, "Late"));
    let said: Vec<String> = [one, two, three].into_iter().map(|answer| answer.unwrap().text()).collect();
    scene.stage.settle().await;
    assert_eq!(said.iter().filter(|text| text.contains("on the waitlist")).count(), 2, "{said:?}");
    let held = "SELECT COUNT(*) FROM session_answer a JOIN series s ON s.id = a.series_id \
        WHERE s.title = 'Chair' AND a.seat = 'held'";
    assert_eq!(scene.number(held).await, 1);
    scene.end().await;
}

#[tokio::test]
async fn own_reminders_keep_out_of_quiet_hours_and_a_change_is_told_once() {
    let scene = Scene::with_sessions(MONDAY).await;
    edits(&scene, "/schedule edit title:Evening group link:https://meet.example.org/evening").await;
    scene.runs("Ben", "/me").await;
    let said = scene.presses("Ben", "My reminders").await;
    assert!(said.contains("I don't write to you directly"), "{said}");
    scene.runs("Ana", "/me quiet:15:30-17:00").await;
    scene.presses("Ana", "My reminders").await;
    let said = chooses(&scene, "Ana", &["2h", "30m"], "Remind me before").await;
    assert!(said.contains("2 hours before and 30 minutes before"), "{said}");

    // Two hours before lies in her quiet hours: it comes just before them; the way in comes with the last.
    scene.at("mon 15:28").await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 0);
    scene.at("mon 17:29").await;
    let first = written(&scene, "Ana", "starts");
    assert_eq!(first.len(), 1);
    assert!(!first[0].contains("Join"), "{}", first[0]);
    scene.at("mon 17:31").await;
    let all = written(&scene, "Ana", "starts");
    assert!(all.len() == 2 && all[1].contains("Join"), "{all:?}");
    // Two taps work there as well.
    let reminder = scene.inbox("Ana").pop().unwrap();
    let said = scene.presses_on("Ana", &reminder, "Going").await.text();
    assert!(said.contains("You're going"), "{said}");

    // What was told directly is corrected directly, once, outside quiet hours.
    scene.at("wed 15:40").await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 3);
    scene.runs("Sam", "/schedule move title:Evening group on:wed to:19:00").await;
    scene.at("wed 16:59").await;
    assert_eq!(written(&scene, "Ana", "has moved").len(), 0);
    scene.at("wed 20:00").await;
    assert_eq!(written(&scene, "Ana", "has moved").len(), 1);
    assert_eq!(scene.in_channel("has moved").len(), 1);
    // Two more, for the new time: at five and at half past six.
    assert_eq!(written(&scene, "Ana", "Moved from").len(), 2);

    // Chosen when the quiet hours have begun: left out, and the board says so without a name.
    scene.at("fri 14:00").await;
    scene.runs("Ana", "/me").await;
    scene.presses("Ana", "My reminders").await;
    scene.presses("Ana", "No reminders").await;
    scene.at("fri 15:45").await;
    scene.presses("Ana", "Type my own").await;
    let said = scene.writes("Ana", "2h 15m").await;
    assert!(said.contains("2 hours before and 15 minutes before"), "{said}");
    scene.at("fri 17:40").await;
    // The correction says when it now starts, too.
    assert_eq!(written(&scene, "Ana", "starts").len(), 6);
    let said = scene.runs("Sam", "/deliveries").await;
    assert!(said.contains("Left out for a member's quiet hours: 1") && !said.contains("Ana"), "{said}");
    scene.at("fri 17:46").await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 7);

    // Away, or having said no for that day, is heard.
    scene.runs("Ana", "/away").await;
    scene.at("mon 18:30").await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 7);
    scene.presses("Ana", "I'm back").await;
    scene.at("wed 14:00").await;
    let card = newest(&scene);
    scene.presses_on("Ana", &card, "Can't make it").await;
    scene.at("wed 18:30").await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 7);
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn whoever_missed_two_in_a_row_and_wished_for_it_is_written_to_once() {
    let scene = Scene::with_sessions(MONDAY).await;
    let voice = scene.stage.guild.channel("Circle", Kind::Voice);
    edits(&scene, "/schedule edit title:Evening group channel:Circle").await;
    for name in ["Ana", "Ben"] {
        scene.person(name).voice(&scene.stage.guild, Some(&voice));
    }
    scene.runs("Ana", "/me").await;
    scene.presses("Ana", "My reminders").await;
    let said = scene.presses("Ana", "Yes, write me if I'm missed").await;
    assert!(said.contains("once, kindly, never a reproach"), "{said}");
    scene
        .refuses(&[
            ("Ana", "/schedule attendance title:Evening group", "for the group's facilitators"),
            ("Sam", "/schedule attendance title:Evening group", "No session of it was held lately"),
        ])
        .await;
    // Dee is in voice too, and does not belong to the group.
    scene.person("Dee").voice(&scene.stage.guild, Some(&voice));
    scene.at("mon 18:10").await;
    scene.runs("Sam", "/schedule attendance title:Evening group").await;
    let said = scene.presses("Sam", "Take who is in voice now").await;
    assert!(said.contains("There (2)"), "{said}");
    let said = scene.presses("Sam", "That's everybody").await;
    assert!(said.contains("Everybody is marked"), "{said}");
    for name in ["Ana", "Ben", "Dee"] {
        scene.person(name).voice(&scene.stage.guild, None);
    }
    let evening = async |when: &str, there: &[&str]| {
        scene.at(when).await;
        scene.runs("Sam", "/schedule attendance title:Evening group").await;
        let said = chooses(&scene, "Sam", there, "Who was there").await;
        scene.presses("Sam", "That's everybody").await;
        said
    };
    let said = evening("wed 19:30", &["Ben", "Dee"]).await;
    assert!(said.contains("There (1)") && said.contains("not in the group"), "{said}");
    assert_eq!(written(&scene, "Ana", "We missed you").len(), 0);
    evening("fri 19:30", &["Ben"]).await;
    let note = scene.inbox("Ana").pop().unwrap();
    assert!(note.text().contains("We missed you at") && note.text().contains("The next one is"), "{}", note.text());
    assert_eq!(written(&scene, "Ben", "We missed you").len(), 0);
    // What was in the way is hers to share; a person is one tap away.
    let said = scene.presses_on("Ana", &note, "Getting there").await.text();
    assert!(said.contains("May the facilitators know?"), "{said}");
    scene.presses("Ana", "Let them know").await;
    let said = scene.runs("Sam", "/schedule attendance title:Evening group").await;
    assert!(said.contains("getting there"), "{said}");
    let said = scene.presses_on("Ana", &note, "I'd like to talk").await.text();
    assert!(said.contains("Ask for a person"), "{said}");
    // Any session of the last week can be looked at again.
    let offered = scene.person("Sam").autocomplete("/schedule attendance title:Evening group on:").await.unwrap();
    assert!(offered.len() >= 3, "{offered:?}");
    let said = scene.runs("Sam", "/schedule attendance title:Evening group on:mon").await;
    assert!(said.contains("Monday 2 March, 18:00") && said.contains("There (2)"), "{said}");
    let said = scene.runs("Sam", "/schedule attendance title:Evening group on:2026-03-04").await;
    assert!(said.contains("Wednesday 4 March, 18:00") && said.contains("There (1)"), "{said}");
    scene
        .refuses(&[("Sam", "/schedule attendance title:Evening group on:sat", "No session of it was held then")])
        .await;
    // Never twice for one stretch; a new stretch begins only after she was there.
    evening("mon 19:30", &["Ben"]).await;
    assert_eq!(written(&scene, "Ana", "We missed you").len(), 1);
    evening("wed 19:30", &["Ben", "Ana"]).await;
    evening("fri 19:30", &["Ben"]).await;
    assert_eq!(written(&scene, "Ana", "We missed you").len(), 1);
    // Saying so beforehand is no missing.
    scene.at("mon 17:50").await;
    let card = newest(&scene);
    scene.presses_on("Ana", &card, "Can't make it").await;
    evening("mon 19:30", &["Ben"]).await;
    assert_eq!(written(&scene, "Ana", "We missed you").len(), 1);
    evening("wed 19:30", &["Ben"]).await;
    assert_eq!(written(&scene, "Ana", "We missed you").len(), 2);
    // Attendance is for facilitators, and for her own picture.
    assert!(scene.channel().iter().all(|message| !message.text().contains("There (")));
    let ana = scene.person("Ana").id();
    let member = Member { guild: GuildId::from_snowflake(scene.stage.guild.id()), user: UserId::from_snowflake(ana) };
    let march = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let dates = attended_on(scene.read(), member, march(1), march(31)).await.unwrap();
    assert_eq!(dates, [march(2), march(11)]);
    assert_eq!(attended_on(scene.read(), member, march(3), march(11)).await.unwrap(), [march(11)]);
    // Everything about her sessions is shown to her, and goes with her.
    let said = scene.runs("Ana", "/privacy").await;
    assert!(said.contains("Attendance: 8") && said.contains("Answers: 1") && said.contains("in a row: 2"), "{said}");
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    let rows = scene.rows().await;
    assert!(!rows.contains(&ana.to_string()), "{rows}");
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn a_session_is_for_those_it_is_for() {
    let scene = Scene::with_members(MONDAY).await;
    let alumni = scene.stage.guild.role("Alumni", 0);
    let add = "/schedule add title:Alumni circle when:mon 18:00 leads:1h";
    scene
        .refuses(&[
            ("Sam", &format!("{add} audience:alumni"), "Which role do they have?"),
            ("Sam", &format!("{add} audience:friends"), "I don't know the audience"),
            ("Sam", &format!("{add} audience:members audience_role:@Alumni"), "do not fit together"),
            ("Sam", &format!("{add} audience_role:@everyone"), "That role does not work here"),
        ])
        .await;
    let said = scene.is_not_let("Sam", &format!("{add} capacity:-1")).await;
    assert!(!said.is_empty());
    let said = scene.adds("Sam", &format!("{add} audience:alumni audience_role:@Alumni")).await;
    assert!(said.contains("alumni, who are the people with"), "{said}");
    scene.stage.guild.give(&scene.person("Chidi"), &alumni);
    scene.stage.guild.give(&scene.person("Ana"), &alumni);
    scene.runs("Ana", "/me").await;
    scene.presses("Ana", "My reminders").await;
    chooses(&scene, "Ana", &["45m", "30m"], "Remind me before").await;
    scene.at("mon 17:16").await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 1);
    let card = newest(&scene);
    let said = scene.presses_on("Chidi", &card, "Going").await.text();
    assert!(said.contains("You're going"), "{said}");
    let said = scene.presses_on("Ben", &card, "Going").await.text();
    assert!(said.contains("for others") && said.contains("for alumni"), "{said}");
    // In a direct message, where Discord tells no roles, they are asked for.
    let direct = scene.inbox("Ana").pop().unwrap();
    let said = scene.presses_on("Ana", &direct, "Maybe").await.text();
    assert!(said.contains("Maybe it is"), "{said}");
    // Who is not of the audience any more is not reminded of it.
    scene.stage.guild.take(&scene.person("Ana"), &alumni);
    scene.at("mon 17:31").await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 1);
    let said = scene.presses_on("Ana", &direct, "Going").await.text();
    assert!(said.contains("for alumni"), "{said}");
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn a_reminder_of_ones_own_that_comes_late_says_so_and_none_comes_after_the_start() {
    let mut scene = Scene::with_sessions(MONDAY).await;
    scene.runs("Ana", "/me").await;
    scene.presses("Ana", "My reminders").await;
    chooses(&scene, "Ana", &["45m"], "Remind me before").await;
    // The bot is away from five past five until half past: the one of a quarter past is late by then.
    scene.at("mon 17:05").await;
    scene.stage.kill_bot().await;
    scene.stage.clock.advance_to(crate::stage::moment("2026-03-02 17:30"));
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    let late = written(&scene, "Ana", "starts");
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(late[0].contains("late"), "{late:?}");
    // On Wednesday it is away until the session has begun: nothing is said about it then.
    scene.at("wed 17:05").await;
    scene.stage.kill_bot().await;
    scene.stage.clock.advance_to(crate::stage::moment("2026-03-04 18:05"));
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    scene.wait(chrono::TimeDelta::hours(2)).await;
    assert_eq!(written(&scene, "Ana", "starts").len(), 1);
    // On Friday everything is well, and it says nothing of being late.
    scene.at("fri 17:16").await;
    let all = written(&scene, "Ana", "starts");
    assert!(all.len() == 2 && !all[1].contains("late"), "{all:?}");
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn a_note_when_missed_is_asked_for_once_below_an_answer_and_what_was_said_counts() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.joins("Chidi", [true, true, true]).await;
    scene.at("mon 17:50").await;
    let question = "One question, and I ask it once";
    let monday = newest(&scene);
    // Ana says yes; the question is gone, the answer stays.
    let said = scene.presses_on("Ana", &monday, "Going").await.text();
    assert!(said.contains(question) && said.contains("Nobody else is told"), "{said}");
    let said = scene.presses("Ana", "Yes, write me if I'm missed").await;
    assert!(
        said.contains("I write you once, kindly") && said.contains("You're going") && !said.contains(question),
        "{said}"
    );
    // Chidi says no, and Ben, who takes no direct messages, is not asked.
    scene.presses_on("Chidi", &monday, "Can't make it").await;
    let said = scene.presses("Chidi", "No, thanks").await;
    assert!(said.contains("no such notes") && said.contains("not this time"), "{said}");
    assert!(!scene.presses_on("Ben", &monday, "Going").await.text().contains(question));
    // It is kept as a decision with the version of its words, and nobody is asked again, whatever they said.
    assert_eq!(scene.number("SELECT COUNT(*) FROM missed_note_consent WHERE text_version = 1 AND given = 1").await, 1);
    assert_eq!(scene.number("SELECT COUNT(*) FROM missed_note_consent WHERE text_version = 1 AND given = 0").await, 1);
    for name in ["Ana", "Chidi"] {
        let said = scene.presses_on(name, &monday, "Late").await.text();
        assert!(!said.contains(question), "{name}: {said}");
    }
    // Dee looks at the question and says nothing: that is no yes, and she is not asked again.
    scene.joins("Dee", [true, true, true]).await;
    assert!(scene.presses_on("Dee", &monday, "Maybe").await.text().contains(question));
    assert!(!scene.presses_on("Dee", &monday, "Going").await.text().contains(question));
    scene.runs("Dee", "/me").await;
    let said = scene.presses("Dee", "My reminders").await;
    assert!(said.contains("off. If you like"), "{said}");
    let copy = scene.runs("Ana", "/privacy").await;
    assert!(copy.contains("a note when you are missed"), "{copy}");
    // Who missed two in a row is written to when they said yes, and only then.
    let all = ["Ana", "Ben", "Chidi", "Dee"].as_slice();
    for (when, there) in [("mon 19:30", all), ("wed 19:30", &["Ben"]), ("fri 19:30", &["Ben"])] {
        scene.at(when).await;
        scene.runs("Sam", "/schedule attendance title:Evening group").await;
        chooses(&scene, "Sam", there, "Who was there").await;
        scene.presses("Sam", "That's everybody").await;
    }
    let missed = |name: &str| written(&scene, name, "We missed you").len();
    assert_eq!((missed("Ana"), missed("Chidi"), missed("Dee"), missed("Ben")), (1, 0, 0, 0));
    scene.presses("Ana", "No more such notes").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM missed_note_consent WHERE given = 1").await, 0, "taken back");
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}
