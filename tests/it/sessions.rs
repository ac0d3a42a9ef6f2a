//! Sessions through the front door: what is put on the schedule, reminded of, taken off, and refused.

use chrono::TimeDelta;
use daymark::outbox::State;
use daymark::sandbox::Kind;

use crate::stage::{MONDAY, Scene, moment};

#[tokio::test]
async fn what_does_not_fit_a_schedule_is_refused_kindly_and_changes_nothing() {
    let scene = Scene::with_sessions(MONDAY).await;
    let long = "x".repeat(5900);
    let add = "/schedule add title:A when:";
    scene
        .refuses(&[
            ("Ana", &format!("{add}mon 18:00"), "for the group's facilitators"),
            ("Dee", &format!("{add}mon 18:00"), "for the group's facilitators"),
            ("Ana", "/schedule remove title:Evening group", "for the group's facilitators"),
            ("Sam", &format!("{add}0 18 30 2 *"), "never happens"),
            ("Sam", &format!("{add}2020-01-01 18:00"), "never happens from now on"),
            ("Sam", &format!("{add}whenever you like"), "“whenever” cannot be read"),
            ("Sam", &format!("{add}mon 25:00"), "Hours go from 0 to 23"),
            ("Sam", &format!("{add}* * * * *"), "60 times an hour"),
            ("Sam", &format!("{add}{long}"), "cannot be read"),
            ("Sam", &format!("{add}**@everyone**"), "cannot be read"),
            ("Sam", &format!("{add}mon 18:00 leads:-5m"), "not a length of time"),
            ("Sam", &format!("{add}mon 18:00 leads:2y"), "not a unit"),
            ("Sam", &format!("{add}mon 18:00 leads:{long}"), "cannot be read"),
            ("Sam", &format!("{add}mon 18:00 leads:1m 2m 3m 4m 5m 6m"), "At most 5 leads"),
            ("Sam", &format!("{add}mon 18:00 length:1m"), "5 minutes to 12 hours"),
            ("Sam", &format!("{add}mon 18:00 length:13h"), "5 minutes to 12 hours"),
            ("Sam", &format!("{add}mon 18:00 length:long"), "not a length of time"),
            ("Sam", &format!("{add}mon 18:00 group:Nobody"), "No group has that name"),
            ("Sam", &format!("/schedule add when:mon 18:00 title:{long}"), "5900 characters"),
            ("Sam", "/schedule add when:mon 18:00 title:evening   GROUP", "on the schedule already"),
            ("Sam", "/schedule remove title:Nothing", "No session has that title"),
            ("Sam", &format!("/schedule remove title:{long}"), "No session has that title"),
        ])
        .await;
    scene.end().await;
}

/// Every bad input that issue 3 lists: what is typed, the part that the refusal names, and what it says works.
#[tokio::test]
async fn every_bad_input_names_its_part_and_an_example_that_works_and_changes_nothing() {
    let scene = Scene::with_sessions(MONDAY).await;
    let role = scene.stage.guild.role("Gone", 0);
    let room = scene.stage.guild.channel("gone", Kind::Voice);
    scene.adds("Sam", "/schedule add title:Old when:sat 10:00 leads:1h ping:@Gone").await;
    scene.adds("Sam", "/schedule add title:Older when:sat 12:00 leads:1h channel:#gone").await;
    role.delete();
    room.delete();
    let long = "x".repeat(5900);
    let table = [
        ("add title:A when:mon 25:00", "“25:00”", "18:00"),
        ("add title:A when:feb 30 18:00", "“feb 30”", "1 february 18:00"),
        ("add title:A when:0 0 18 * * 1", "seconds and years are not used", "For example"),
        ("add title:A when:mon 18:00 zone:US/Eastern", "“US/Eastern”", "America/New_York"),
        ("add title:A when:mon 18:00 zone:EST", "“EST”", "America/New_York"),
        ("edit title:Evening group zone:Europe/Kiev", "“Europe/Kiev”", "Europe/Kyiv"),
        ("add title:A when:mon 18:00 starts:2026-05-01 ends:2026-04-01", "before the start", "For example"),
        ("add title:A when:mon,tue 18:00 leads:2d", "shortest time between two starts", "For example"),
        ("add title:A when:0 18 30 2 *", "never happens", "For example"),
        ("add title:A when:2020-01-01 18:00", "never happens from now on", "when:mon,wed,fri 18:00"),
        ("add title:A when:mon 18:00 ends:2020-01-01", "never happens", "when:mon,wed,fri 18:00"),
        ("add title:A when:2026-03-08 02:30", "go forward", "For example"),
        ("add title:A when:2026-03-29 02:30 zone:Europe/Berlin", "go forward", "For example"),
        ("move title:Evening group on:2026-03-09 to:2026-03-08 02:30", "go forward", "For example"),
        ("edit title:Old new_title:New", "The role it names", "`ping`"),
        ("edit title:Older new_title:New", "The channel it is held in", "`channel`"),
        (&format!("add when:mon 18:00 title:{long}"), "The title has 5900 characters", "title:Evening group"),
    ];
    for (line, part, example) in table {
        let line = format!("/schedule {line}");
        scene.refuses(&[("Sam", &line, part), ("Sam", &line, example)]).await;
    }
    scene.end().await;
}

#[tokio::test]
async fn a_series_may_be_in_a_zone_of_its_own() {
    let scene = Scene::with_members(MONDAY).await;
    let offered = scene.person("Sam").autocomplete("/schedule add title:A when:mon 18:00 zone:berl").await.unwrap();
    assert_eq!(offered[0].name, "Europe/Berlin");
    let said = scene.adds("Sam", "/schedule add title:Online when:mon 18:00 zone:Europe/Berlin leads:15m").await;
    assert!(said.contains("Europe/Berlin time"), "{said}");
    scene.at("mon 12:00").await;
    let seen = scene.in_channel("starts");
    assert_eq!(seen.iter().map(|one| one.at).collect::<Vec<_>>(), [moment("2026-03-02 11:45").timestamp_millis()]);
    // Another zone: the hour on the wall stays, the moment moves, and the same occurrence is reminded of at it.
    scene.runs("Sam", "/schedule edit title:Online zone:America/New_York").await;
    scene.presses("Sam", "Save").await;
    scene.at("mon 18:00").await;
    let seen = scene.in_channel("starts");
    assert_eq!(seen.last().unwrap().at, moment("2026-03-02 17:45").timestamp_millis());
    // Who was reminded of the moment that does not hold any more is told, once.
    scene.at("2026-03-09 17:50").await;
    let before = scene.in_channel("Online").len();
    scene.runs("Sam", "/schedule edit title:Online zone:America/Chicago").await;
    scene.presses("Sam", "Save").await;
    assert_eq!(scene.in_channel("Online").len(), before + 1);
    scene.at("2026-03-09 18:46").await;
    assert_eq!(scene.in_channel("Online").len(), before + 2, "and reminded of the one that does");
    scene.end().await;
}

#[tokio::test]
async fn without_a_group_every_command_says_how_one_is_started() {
    let scene = Scene::empty(MONDAY).await;
    for line in [
        "/schedule list",
        "/schedule add title:A when:mon 18:00",
        "/schedule remove title:A",
        "/join",
        "/leave",
        "/group list",
    ] {
        scene.refuses(&[("Priya", line, "There is no group in this server yet")]).await;
    }
    scene
        .refuses(&[("Ana", "/checkin", "for members of a group"), ("Ana", "/sessions next", "Nothing is planned")])
        .await;
    scene.end().await;
}

#[tokio::test]
async fn each_lead_is_seen_once_at_its_time() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 23:00").await;
    let at = |text: &str| moment(text).timestamp_millis();
    scene.at("sat 12:00").await;
    let seen: Vec<(i64, bool)> =
        scene.in_channel("starts").iter().map(|message| (message.at, message.text().contains("late"))).collect();
    let due = ["2026-03-02 17:45", "2026-03-03 18:00", "2026-03-04 17:45", "2026-03-05 18:00", "2026-03-06 17:45"];
    assert_eq!(seen, due.map(|text| (at(text), false)));
    scene.end().await;
}

#[tokio::test]
async fn a_session_taken_off_is_not_reminded_of_any_more() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 17:00").await;
    let said = scene.runs("Sam", "/schedule remove title:evening group").await;
    assert!(said.contains("off the schedule"), "{said}");
    scene.at("wed 20:00").await;
    assert_eq!(scene.in_channel("starts").len(), 0);
    let said = scene.runs("Sam", "/schedule list").await;
    assert!(said.contains("no sessions yet"), "{said}");
    // The title is free again, and the button below the new card takes it off as well.
    scene.adds("Sam", "/schedule add title:Evening group when:thu 18:00 leads:15m").await;
    let said = scene.presses("Sam", "Take it off again").await;
    assert!(said.contains("off the schedule"), "{said}");
    scene.at("fri 12:00").await;
    assert_eq!(scene.in_channel("starts").len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn a_button_that_took_it_off_already_is_refused_kindly() {
    let scene = Scene::with_members(MONDAY).await;
    scene.adds("Sam", "/schedule add title:Once when:thu 18:00 leads:15m").await;
    let card = scene.only("Sam");
    scene.runs("Sam", "/schedule remove title:Once").await;
    let said = scene.presses_on("Sam", &card, "Take it off again").await.text();
    assert!(said.contains("not on the schedule any more"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn a_title_can_neither_ping_nor_format_nor_link() {
    let scene = Scene::with_members(MONDAY).await;
    let title = "@everyone **loud** [x](https://evil.example) ||hid|| \u{202E}back <@&1>";
    let said = scene.adds("Sam", &format!("/schedule add title:{title} when:mon 18:00 leads:15m")).await;
    let inert = |text: &str| {
        !text.contains("**loud**")
            && !text.contains("https://")
            && !text.contains("||hid||")
            && !text.contains('\u{202E}')
            && !text.contains("@everyone")
    };
    assert!(inert(&said), "{said}");
    scene.at("mon 17:50").await;
    let reminder = scene.in_channel("starts").remove(0);
    assert!(inert(&reminder.text()) && reminder.pings.is_none(), "{}", reminder.text());
    for line in ["/schedule list", "/sessions next"] {
        let said = scene.runs("Ana", line).await;
        assert!(inert(&said), "{line}: {said}");
    }
    let said = scene.runs("Sam", &format!("/schedule remove title:{title}")).await;
    assert!(inert(&said), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn the_twenty_sixth_series_of_a_group_is_refused() {
    let scene = Scene::with_members(MONDAY).await;
    for n in 1..=25 {
        scene.adds("Sam", &format!("/schedule add title:Series {n} when:mon {:02}:30 leads:none", n % 24)).await;
    }
    scene.refuses(&[("Sam", "/schedule add title:Series 26 when:mon 18:00", "The schedule is full")]).await;
    for line in ["/schedule list", "/sessions next"] {
        assert!(scene.runs("Ana", line).await.contains("Series 1"), "{line}");
    }
    scene.at("tue 12:00").await;
    assert_eq!(scene.deliveries(&State::ALL).await.iter().filter(|one| one.kind == "session.reminder").count(), 0);
    scene.end().await;
}

#[tokio::test]
async fn members_see_their_own_groups_sessions_and_others_see_all() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.stage.guild.channel("mornings", Kind::Announcement);
    scene.runs("Priya", "/group setup zone:Europe/Berlin channel:#mornings country:DE name:Early birds").await;
    scene.adds("Priya", "/schedule add title:Sunrise when:daily 06:00 group:Early birds").await;
    let said = scene.runs("Ana", "/sessions next").await;
    assert!(said.contains("Evening group") && !said.contains("Sunrise"), "{said}");
    let said = scene.runs("Dee", "/sessions next").await;
    assert!(said.contains("Sunrise"), "{said}");
    scene.at("tue 12:00").await;
    let mornings = scene.stage.guild.find_channel("mornings").unwrap();
    assert_eq!(
        scene.person("Dee").reads(&mornings).iter().filter(|message| message.text().contains("Sunrise")).count(),
        2
    );
    scene.end().await;
}

#[tokio::test]
async fn a_session_added_within_its_leads_is_reminded_of_by_those_that_are_left() {
    let scene = Scene::with_members("2026-03-02 17:30").await;
    scene.adds("Sam", "/schedule add title:Soon when:mon 18:00 leads:1d 1h 15m").await;
    scene.wait(TimeDelta::hours(1)).await;
    let seen = scene.in_channel("starts");
    assert_eq!(seen.len(), 1, "a day and an hour before are over");
    assert_eq!(seen[0].at, moment("2026-03-02 17:45").timestamp_millis());
    scene.end().await;
}

#[tokio::test]
async fn six_o_clock_stays_six_o_clock_over_both_clock_changes() {
    for (start, from, until, starts) in [
        ("2026-03-06 12:00", "sat 12:00", "mon 20:00", ["2026-03-07 18:00", "2026-03-08 18:00", "2026-03-09 18:00"]),
        ("2026-10-30 12:00", "sat 12:00", "mon 20:00", ["2026-10-31 18:00", "2026-11-01 18:00", "2026-11-02 18:00"]),
    ] {
        let scene = Scene::with_members(start).await;
        scene.adds("Sam", "/schedule add title:Daily group when:daily 18:00 leads:15m").await;
        scene.at(from).await;
        scene.at(until).await;
        let seen = scene.in_channel("starts");
        let last: Vec<i64> = seen.iter().rev().take(3).rev().map(|message| message.at).collect();
        assert_eq!(last, starts.map(|text| (moment(text) - TimeDelta::minutes(15)).timestamp_millis()));
        scene.end().await;
    }
}

#[tokio::test]
async fn one_row_that_cannot_be_read_keeps_nothing_else_from_being_said() {
    let mut scene = Scene::with_sessions(MONDAY).await;
    scene.adds("Sam", "/schedule add title:Broken when:mon,wed,fri 18:00 leads:15m").await;
    let database = scene.stage.app().unwrap().deps().database.clone();
    let mut tx = database.write().await.unwrap();
    sqlx::query("UPDATE series SET zone = 'Nowhere/Atall' WHERE title = 'Broken'").execute(&mut *tx).await.unwrap();
    sqlx::query("INSERT INTO support_group (guild_id, name, zone, channel_id, country, noticing, checkin_at, source, checkin_next_at, created_at) \
        SELECT guild_id, 'Broken', 'Nowhere/Atall', 7, country, noticing, checkin_at, source, checkin_next_at, created_at FROM support_group")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    drop(database);
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.at("mon 18:00").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 1);
    assert_eq!(scene.in_channel("Evening group").len(), 1);
    // What waits for somebody to mend it is looked at again, and not at every turn.
    let now = scene.stage.clock.now().timestamp();
    assert!(scene.number("SELECT next_at FROM series WHERE title = 'Broken'").await > now);
    assert!(scene.number("SELECT checkin_next_at FROM support_group WHERE name = 'Broken'").await > now);
    let mut tx = scene.stage.app().unwrap().deps().database.write().await.unwrap();
    sqlx::query("UPDATE series SET zone = 'America/New_York' WHERE title = 'Broken'").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    scene.at("wed 18:00").await;
    assert_eq!(scene.in_channel("Broken").len(), 1);
    scene.end().await;
}
