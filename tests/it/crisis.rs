//! Words that worry, through the front door: who is shown what, where, and that a broken database changes
//! nothing about it.

use std::time::Duration;

use chrono::TimeDelta;
use daymark::sandbox::permissions::{EMBED_LINKS, SEND_MESSAGES};
use daymark::sandbox::{Harm, Kind, Privileged};

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

const NOTE: &str = "private note here for someone";

#[tokio::test]
async fn a_pointer_comes_as_each_member_agreed() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Dee", [true, true, false]).await;
    // Ana agreed to direct messages, Ben did not, Chidi was never asked, Dee wants no noticing.
    for (name, direct, lines) in [("Ana", 1, 0), ("Ben", 0, 1), ("Chidi", 0, 2), ("Dee", 0, 2)] {
        scene.says(name, HARD_WORDS).await;
        assert_eq!(scene.inbox(name).len(), direct, "{name}");
        assert_eq!(scene.in_channel(NOTE).len(), lines, "{name}");
    }
    assert!(is_pointer(&scene.inbox("Ana")[0]));
    for note in scene.in_channel(NOTE) {
        assert!(note.silent && note.pings.is_none() && note.replies_to.is_none(), "it exposes nobody: {note:?}");
    }
    scene.end().await;
}

#[tokio::test]
async fn a_note_opens_its_pointer_for_its_author_alone() {
    let scene = Scene::with_members(MONDAY).await;
    scene.says("Ben", HARD_WORDS).await;
    let note = scene.in_channel(NOTE).remove(0);
    for other in ["Ana", "Chidi", "Sam", "Priya"] {
        let answer = scene.presses_on(other, &note, "Open the note").await;
        let said = answer.text();
        assert!(
            answer.is_private() && said.contains("This note is for somebody else.") && said.contains("988"),
            "{said}"
        );
        assert!(!is_pointer(answer.only().unwrap()) && !said.contains("Are you thinking about"), "{said}");
    }
    scene.presses_on("Ben", &note, "Open the note").await;
    assert!(is_pointer(&scene.only("Ben")));
    // Once it was read, nobody is to wonder whom it is for.
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    let opened = scene.in_channel("This note has been opened.");
    assert!(opened.len() == 1 && opened[0].buttons().is_empty(), "{opened:?}");
    scene.end().await;
}

#[tokio::test]
async fn a_note_that_is_over_shows_its_author_the_helplines() {
    let scene = Scene::with_members(MONDAY).await;
    scene.says("Ben", HARD_WORDS).await;
    let note = scene.in_channel(NOTE).remove(0);
    scene.wait(TimeDelta::days(7)).await;
    let answer = scene.presses_on("Ben", &note, "Open the note").await;
    assert!(answer.text().contains("988") && !is_pointer(answer.only().unwrap()), "{}", answer.text());
    scene.end().await;
}

#[tokio::test]
async fn who_wants_no_noticing_is_left_alone_in_direct_messages_too() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Dee", [true, true, false]).await;
    scene.writes_directly("Dee", HARD_WORDS).await;
    // What anybody reads who writes to the bot, whatever it is; nobody looked at the words.
    let inbox = scene.inbox("Dee");
    assert!(inbox.len() == 1 && inbox[0].text().contains("I'm a bot") && !is_pointer(&inbox[0]));
    scene.person("Dee").read_all();
    let answer = scene.person("Dee").in_dm().run("/helplines").await.unwrap();
    assert!(answer.text().contains("988"), "{}", answer.text());
    scene.end().await;
}

#[tokio::test]
async fn country_and_hand_up_are_those_of_the_group_it_was_written_in() {
    let scene = Scene::with_members(MONDAY).await;
    let leeds = scene.stage.guild.channel("leeds", Kind::Text);
    let leaders = scene.stage.guild.channel("leaders", Kind::Text);
    scene
        .runs(
            "Priya",
            "/group setup zone:Europe/London channel:#leeds country:GB facilitator_channel:#leaders name:Leeds",
        )
        .await;
    scene.note("Chidi", HARD_WORDS);
    scene.person("Chidi").say(&leeds, HARD_WORDS).unwrap();
    scene.stage.settle().await;
    let note = leeds.messages().pop().unwrap();
    let pointer = scene.presses_on("Chidi", &note, "Open the note").await;
    assert!(pointer.text().contains("116 123") && !pointer.text().contains("988"), "{}", pointer.text());
    scene.presses("Chidi", "Ask for a person here").await;
    let said = scene.presses("Chidi", "Post it").await;
    assert!(said.contains("It's posted in"), "{said}");
    assert_eq!(leaders.messages().iter().filter(|message| message.text().contains("reach out")).count(), 1);
    assert_eq!(scene.in_staff("reach out").len(), 0);
    // A direct message comes from nowhere: the group that the person joined counts.
    scene.runs("Dee", "/join group:Leeds").await;
    scene.presses("Dee", "Yes, that's okay").await;
    scene.presses("Dee", "Yes, that's okay").await;
    scene.presses("Dee", "Yes, that's okay").await;
    scene.writes_directly("Dee", HARD_WORDS).await;
    let text = scene.inbox("Dee").pop().unwrap().text();
    assert!(text.contains("116 123") && !text.contains("988"), "{text}");
    scene.end().await;
}

#[tokio::test]
async fn what_cannot_be_posted_is_not_called_posted() {
    let scene = Scene::with_members(MONDAY).await;
    scene.says("Ben", HARD_WORDS).await;
    scene.presses("Ben", "Open the note").await;
    let pointer = scene.only("Ben");
    scene.stage.staff.overwrite_bot(0, SEND_MESSAGES);
    scene.presses_on("Ben", &pointer, "Ask for a person here").await;
    let said = scene.presses("Ben", "Post it").await;
    assert!(said.contains("I could not post it") && said.contains("/helplines"), "{said}");
    assert_eq!(scene.in_staff("reach out").len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn an_answer_is_not_lost_in_a_short_outage() {
    let scene = Scene::with_members(MONDAY).await;
    let broken = scene.stage.sandbox.faults().always("POST", "/channels/*/messages", Harm::Status(503));
    scene.says("Ben", HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    scene.stage.sandbox.faults().lift(broken);
    let channel = scene.stage.channel.clone();
    let shown = move || channel.messages().iter().filter(|message| message.text().contains(NOTE)).count();
    scene.stage.sandbox.until(Duration::from_secs(20), |_| shown() > 0).await.unwrap();
    assert_eq!(shown(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_direct_message_that_hangs_does_not_keep_the_note_back() {
    let scene = Scene::with_members(MONDAY).await;
    scene.stage.sandbox.faults().always("POST", "/users/@me/channels", Harm::HeldBefore);
    scene.person("Ana").say(&scene.stage.channel, HARD_WORDS).unwrap();
    let channel = scene.stage.channel.clone();
    let shown = move || channel.messages().iter().any(|message| message.text().contains(NOTE));
    scene.stage.sandbox.until(Duration::from_secs(12), |_| shown()).await.unwrap();
    scene.stage.sandbox.faults().release();
    scene.end().await;
}

#[tokio::test]
async fn an_edit_of_long_ago_is_not_answered_as_if_it_were_new() {
    let scene = Scene::with_members(MONDAY).await;
    let ben = scene.person("Ben");
    let message = ben.say(&scene.stage.channel, "a long day").unwrap();
    scene.stage.settle().await;
    let update = |minutes: i64| {
        let at = scene.stage.clock.now() - TimeDelta::minutes(minutes);
        serde_json::json!({
            "id": message.id.to_string(), "channel_id": scene.stage.channel.id().to_string(),
            "guild_id": scene.stage.guild.id().to_string(), "content": HARD_WORDS, "type": 0, "tts": false,
            "author": {"id": ben.id().to_string(), "username": "ben", "discriminator": "0", "avatar": null},
            "timestamp": at.to_rfc3339(), "edited_timestamp": at.to_rfc3339(), "mentions": [], "mention_roles": [],
            "mention_everyone": false, "attachments": [], "embeds": [], "pinned": false, "flags": 0,
        })
    };
    for (minutes, lines) in [(60, 0), (11, 0), (9, 1)] {
        scene.stage.sandbox.dispatch_raw("MESSAGE_UPDATE", &update(minutes));
        scene.stage.settle().await;
        assert_eq!(scene.in_channel(NOTE).len(), lines, "{minutes} minutes ago");
    }
    scene.end().await;
}

#[tokio::test]
async fn words_written_while_the_bot_was_away_are_answered_late_and_once() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.says("Ben", HARD_WORDS).await;
    scene.stage.kill_bot().await;
    scene.says("Chidi", HARD_WORDS).await;
    scene.says("Ana", HARD_WORDS).await;
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::minutes(10));
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    // Ben was answered before; Chidi gets a note that says that it is late, Ana a direct message.
    assert_eq!(scene.in_channel(NOTE).len(), 2);
    assert_eq!(scene.in_channel("It comes late").len(), 1);
    assert!(scene.inbox("Ana")[0].text().contains("this comes late"), "{}", scene.inbox("Ana")[0].text());
    scene.says("Ben", HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 2);
    // A longer absence: at the start nothing older than a quarter of an hour is read.
    scene.stage.kill_bot().await;
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::hours(2));
    scene.person("Dee").say(&scene.stage.channel, HARD_WORDS).unwrap();
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::minutes(20));
    scene.stage.start_bot().await.unwrap();
    scene.stage.settle().await;
    assert_eq!(scene.in_channel(NOTE).len(), 2);
    scene.end().await;
}

#[tokio::test]
async fn words_missed_in_a_lost_session_are_read_from_where_it_broke_off() {
    let mut scene = Scene::dark(MONDAY).await;
    scene.stage.start_bot_with(crate::stage::watchful()).await.unwrap();
    scene
        .runs("Priya", "/group setup zone:America/New_York channel:#evening-group country:US name:Evening group")
        .await;
    scene.says("Ben", "good morning").await;
    // Discord forgets the session; what was said before the next one begins never comes as an event.
    scene.stage.sandbox.faults().lose_sessions();
    scene.person("Ben").say(&scene.stage.channel, HARD_WORDS).unwrap();
    scene.stage.clock.advance_to(scene.stage.clock.now() + TimeDelta::hours(1));
    scene.stage.sandbox.faults().cut_gateway();
    let channel = scene.stage.channel.clone();
    let shown = move || channel.messages().iter().any(|message| message.text().contains("It comes late"));
    scene.stage.sandbox.until(Duration::from_secs(20), |_| shown()).await.unwrap();
}

#[tokio::test]
async fn a_forged_note_opens_helplines_and_nothing_else() {
    let scene = Scene::with_members(MONDAY).await;
    let before = scene.rows().await;
    for note in
        ["d1:crisis:open:AAAA", "d1:crisis:open:", "d1:crisis:open:----", &format!("d1:crisis:open:{}", "A".repeat(85))]
    {
        let message = scene.bot_left_button(&scene.stage.channel, note).await;
        let answer = scene.presses_on("Dee", &message, "Press").await;
        assert!(answer.is_private() && answer.text().contains("988"), "{note}: {}", answer.text());
    }
    assert_eq!(scene.rows().await, before);
    scene.end().await;
}

#[tokio::test]
async fn only_the_groups_channel_and_its_threads_are_listened_to() {
    let scene = Scene::with_members(MONDAY).await;
    let lounge = scene.stage.guild.channel("lounge", Kind::Text);
    scene.person("Ben").say(&lounge, HARD_WORDS).unwrap();
    scene.person("Sam").say(&scene.stage.staff, HARD_WORDS).unwrap();
    scene.stage.settle().await;
    assert!(lounge.messages().iter().chain(&scene.stage.staff.messages()).all(|message| !scene.is_bot(message)));
    let thread = scene.person("Ben").starts_thread(&scene.stage.channel, "late talk").unwrap();
    scene.person("Ben").say(&thread, HARD_WORDS).unwrap();
    scene.stage.settle().await;
    assert_eq!(thread.messages().iter().filter(|message| message.text().contains(NOTE)).count(), 1);
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn a_group_that_switched_noticing_off_is_not_listened_to() {
    let scene = Scene::with_members(MONDAY).await;
    scene
        .runs(
            "Priya",
            "/group setup zone:America/New_York channel:#evening-group country:US name:Evening group noticing:False",
        )
        .await;
    scene.says("Ben", HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn words_edited_in_later_are_heard_once() {
    let scene = Scene::with_members(MONDAY).await;
    let ben = scene.person("Ben");
    let message = ben.say(&scene.stage.channel, "a long day").unwrap();
    scene.stage.settle().await;
    for _ in 0..3 {
        ben.edit(&message, HARD_WORDS).unwrap();
        scene.stage.settle().await;
    }
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn one_pointer_an_hour_is_enough() {
    let scene = Scene::with_members(MONDAY).await;
    for _ in 0..5 {
        scene.says("Ben", HARD_WORDS).await;
        scene.wait(TimeDelta::minutes(10)).await;
    }
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.wait(TimeDelta::minutes(20)).await;
    scene.says("Ben", HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 2);
    scene.end().await;
}

#[tokio::test]
async fn within_the_hour_only_graver_words_are_pointed_to_again() {
    let scene = Scene::with_members(MONDAY).await;
    for (words, notes) in
        [("i hope i never wake up", 1), ("i hope i never wake up", 1), (HARD_WORDS, 2), (HARD_WORDS, 2)]
    {
        scene.says("Ben", words).await;
        assert_eq!(scene.in_channel(NOTE).len(), notes, "{words}");
    }
    scene.end().await;
}

#[tokio::test]
async fn two_messages_in_one_breath_lead_to_one_pointer() {
    let scene = Scene::with_members(MONDAY).await;
    for _ in 0..4 {
        scene.person("Ben").say(&scene.stage.channel, HARD_WORDS).unwrap();
        scene.person("Ana").say(&scene.stage.channel, HARD_WORDS).unwrap();
    }
    scene.stage.settle().await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.says("Ana", "thank you").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_refused_direct_message_falls_back_to_the_note_at_once() {
    let scene = Scene::with_members(MONDAY).await;
    scene.person("Ana").refuses_dms(true);
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.presses("Ana", "Open the note").await;
    assert!(is_pointer(&scene.only("Ana")));
    scene.end().await;
}

#[tokio::test]
async fn a_direct_message_to_the_bot_is_heard_whoever_writes_it() {
    let scene = Scene::with_members(MONDAY).await;
    for name in ["Ana", "Chidi"] {
        scene.writes_directly(name, HARD_WORDS).await;
        let inbox = scene.inbox(name);
        assert_eq!(inbox.len(), 1, "{name}");
        assert!(is_pointer(&inbox[0]) && inbox[0].text().contains("http"), "{}", inbox[0].text());
    }
    let more = scene.presses("Ana", "More helplines").await;
    assert!(more.contains("988"), "{more}");
    let hand = scene.presses("Chidi", "Ask for a person here").await;
    assert!(!hand.is_empty());
    scene.end().await;
}

#[tokio::test]
async fn a_person_is_asked_for_once_however_often_it_is_pressed() {
    let scene = Scene::with_members(MONDAY).await;
    scene.stage.facilitators.mentionable(true);
    scene.says("Ben", HARD_WORDS).await;
    scene.presses("Ben", "Open the note").await;
    let said = scene.presses("Ben", "Ask for a person here").await;
    assert!(said.contains("Nothing you wrote is passed on"), "{said}");
    assert_eq!(scene.in_staff("would like someone to reach out").len(), 0, "nothing is posted before the second press");
    let preview = scene.only("Ben");
    let ben = scene.person("Ben");
    let (one, other) = tokio::join!(ben.press(&preview, "Post it"), ben.press(&preview, "Post it"));
    one.unwrap();
    other.unwrap();
    scene.stage.settle().await;
    let posted = scene.in_staff("would like someone to reach out");
    assert_eq!(posted.len(), 1);
    assert!(said.contains(&posted[0].content), "the preview is not what is posted: {said}");
    let again = scene.presses("Ben", "Ask for a person here").await;
    assert!(again.contains("I would post this"), "{again}");
    let again = scene.presses("Ben", "Post it").await;
    assert!(again.contains("already posted"), "{again}");
    assert_eq!(scene.in_staff("would like someone to reach out").len(), 1);
    assert_eq!(posted[0].pings.roles, ["Facilitators"]);
    assert!(posted[0].pings.people.is_empty() && posted[0].text().contains(&ben.mention()));
    scene.end().await;
}

#[tokio::test]
async fn muting_is_one_press_and_lasts_over_a_restart() {
    let mut scene = Scene::with_members(MONDAY).await;
    scene.says("Ben", HARD_WORDS).await;
    scene.presses("Ben", "Open the note").await;
    scene.presses("Ben", "Don't notice my words").await;
    scene.wait(TimeDelta::hours(2)).await;
    scene.says("Ben", HARD_WORDS).await;
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.says("Ben", HARD_WORDS).await;
    // The one note was opened; no other came.
    assert_eq!(scene.in_channel("This note has been opened.").len(), 1);
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn helplines_answer_for_every_country_and_for_none() {
    let scene = Scene::with_members(MONDAY).await;
    let long = "z".repeat(5900);
    for (line, words) in [
        ("/helplines", "United States"),
        ("/helplines country:GB", "116 123"),
        ("/helplines country:Ireland", "Ireland"),
        ("/helplines country:canada", "Canada"),
        ("/helplines country:Atlantis", "findahelpline.com"),
        (&format!("/helplines country:{long}"), "findahelpline.com"),
        ("/helplines country:@everyone", "findahelpline.com"),
    ] {
        let said = scene.runs("Dee", line).await;
        assert!(said.contains(words), "{line:.60}: {said}");
    }
    let answer = scene.person("Dee").in_dm().run("/helplines").await.unwrap();
    assert!(answer.is_private() && answer.text().contains("findahelpline.com"), "{}", answer.text());
    scene.end().await;
}

/// What can happen to the files under a running bot.
enum Broken {
    Deleted,
    Locked,
    Overwritten,
}

#[tokio::test]
async fn with_the_database_gone_a_way_to_a_human_is_there_all_the_same() {
    for broken in [Broken::Deleted, Broken::Locked, Broken::Overwritten] {
        let scene = Scene::with_members(MONDAY).await;
        let path = scene.stage.folder().join("daymark.db");
        let mut holder = None;
        match broken {
            Broken::Deleted => {
                for name in ["daymark.db", "daymark.db-wal", "daymark.db-shm", "keys.db", "keys.db-wal", "keys.db-shm"]
                {
                    let _ = std::fs::remove_file(scene.stage.folder().join(name));
                }
            }
            Broken::Locked => {
                let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
                let mut connection = pool.acquire().await.unwrap();
                sqlx::query("BEGIN EXCLUSIVE").execute(&mut *connection).await.unwrap();
                holder = Some(connection);
            }
            Broken::Overwritten => std::fs::write(&path, vec![0x55; 200_000]).unwrap(),
        }
        // The connection's own end is waited for by the bot, not by us: the answer needs no database.
        let answer = scene.person("Dee").run("/helplines").await.unwrap();
        assert!(answer.text().contains("988"), "{}", answer.text());
        let ana = scene.person("Ana");
        ana.say(&scene.stage.channel, HARD_WORDS).unwrap();
        let within = std::time::Duration::from_secs(10);
        scene.stage.sandbox.until(within, |_| ana.inbox().iter().any(is_pointer)).await.unwrap();
        let ben = scene.person("Ben");
        ben.say(&scene.stage.channel, HARD_WORDS).unwrap();
        let channel = scene.stage.channel.clone();
        scene
            .stage
            .sandbox
            .until(within, |_| channel.messages().iter().any(|message| message.text().contains(NOTE)))
            .await
            .unwrap();
        let note = channel.messages().pop().unwrap();
        let answer = ben.press(&note, "Open the note").await.unwrap();
        assert!(is_pointer(answer.only().unwrap()));
        let more = ben.press(answer.only().unwrap(), "More helplines").await.unwrap();
        assert!(more.text().contains("988"), "{}", more.text());
        drop(holder);
    }
}

#[tokio::test]
async fn words_said_while_the_connection_is_cut_are_answered_when_it_is_back() {
    let scene = Scene::with_members(MONDAY).await;
    scene.stage.sandbox.faults().cut_gateway();
    scene.says("Ben", HARD_WORDS).await;
    scene.stage.until_connected().await.unwrap();
    scene.stage.settle().await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.presses("Ben", "Open the note").await;
    assert!(is_pointer(&scene.only("Ben")));
    scene.end().await;
}

#[tokio::test]
async fn without_the_privileged_intents_everything_on_demand_works() {
    let mut scene = Scene::dark(MONDAY).await;
    scene.stage.sandbox.privileged(Privileged::NONE);
    scene.stage.start_bot().await.unwrap();
    assert!(scene.stage.app().unwrap().gateway().is_without_words());
    scene.runs("Priya", "/group setup zone:America/New_York channel:#evening-group country:US checkin:09:00").await;
    scene.joins("Ana", [true, true, true]).await;
    scene.at("mon 09:00").await;
    assert!(scene.presses("Ana", "Really hard").await.contains("allowed to be this hard"));
    assert!(scene.presses("Ana", "Talk to somebody").await.contains("988"));
    assert!(scene.runs("Ana", "/helplines").await.contains("988"));
    scene.presses("Ana", "Write a line").await;
    assert!(scene.writes("Ana", HARD_WORDS).await.contains("988"), "what is typed into a form is ours to read");
    // What needs the words of others says that they are withheld, instead of finding nothing.
    for line in ["/words dry-run channel:#evening-group", "/words watch channel:#staff"] {
        let said = scene.runs("Priya", line).await;
        assert!(said.contains("The message content intent is off"), "{line}: {said}");
    }
    // In the channel Discord withholds the words; in direct messages it does not.
    scene.says("Ana", HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 0);
    scene.wait(TimeDelta::hours(2)).await;
    scene.writes_directly("Ana", HARD_WORDS).await;
    assert!(is_pointer(&scene.inbox("Ana")[0]));
    scene.end().await;
}

#[tokio::test]
async fn where_the_bot_may_not_speak_a_pointer_still_comes_to_those_who_agreed() {
    let scene = Scene::with_members(MONDAY).await;
    scene.stage.channel.overwrite_bot(0, SEND_MESSAGES | EMBED_LINKS);
    scene.says("Ana", HARD_WORDS).await;
    assert!(is_pointer(&scene.inbox("Ana")[0]));
    // There is no way to Ben here; what must not happen is that it costs him the next one.
    scene.says("Ben", HARD_WORDS).await;
    scene.stage.channel.overwrite_bot(SEND_MESSAGES | EMBED_LINKS, 0);
    scene.says("Ben", HARD_WORDS).await;
    assert_eq!(scene.in_channel(NOTE).len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_person_can_be_asked_for_and_faults_stay_calm_with_the_database_gone() {
    let scene = Scene::with_members(MONDAY).await;
    scene.says("Ben", HARD_WORDS).await;
    scene.presses("Ben", "Open the note").await;
    let pointer = scene.only("Ben");
    scene.stage.app().unwrap().deps().database.close().await;
    let ben = scene.person("Ben");
    let preview = ben.press(&pointer, "Ask for a person here").await.unwrap();
    let posted = ben.press(preview.only().unwrap(), "Post it").await.unwrap();
    assert!(posted.text().contains("It's posted in"), "{}", posted.text());
    assert_eq!(scene.in_staff("would like someone to reach out").len(), 1);
    // Muting holds in memory, though it could not be kept.
    let muted = ben.press(&pointer, "Don't notice my words").await.unwrap();
    assert!(muted.is_private(), "{}", muted.text());
    // What does need the database says so calmly, with a reference and a way to a human.
    let answer = scene.person("Ana").run("/checkin").await.unwrap();
    let said = answer.text();
    assert!(answer.is_private() && said.contains("not your fault") && said.contains("/helplines"), "{said}");
    assert!(!said.to_lowercase().contains("pool") && !said.contains("sql"), "{said}");
}
