//! Groups through the front door: set up, listed, joined, left, declared in the file; and everything that
//! is refused there.

use chrono::TimeDelta;
use daymark::config::{DeclaredGroup, DeclaredSeries};
use daymark::ids::{ChannelId, GuildId, RoleId};
use daymark::sandbox::Kind;
use daymark::sandbox::permissions::{SEND_MESSAGES, VIEW_CHANNEL};

use crate::stage::{MONDAY, Scene, is_pointer, zone};

const HERE: &str = "channel:#evening-group country:US";

#[tokio::test]
async fn what_does_not_fit_a_group_is_refused_kindly_and_changes_nothing() {
    let scene = Scene::with_sessions(MONDAY).await;
    let locked = scene.stage.guild.channel("locked", Kind::Text);
    locked.overwrite_bot(0, SEND_MESSAGES);
    let hidden = scene.stage.guild.channel("hidden", Kind::Text);
    hidden.overwrite_bot(0, VIEW_CHANNEL);
    let zones =
        ["Mars/Olympus", "EST", "US/Eastern", "UTC+2", "**@everyone**", "New York City", "Ἀθῆναι", "\u{202E}niapS"];
    for zone in zones {
        scene
            .refuses(&[("Priya", &format!("/group setup zone:{zone} {HERE}"), "For example: `America/New_York`")])
            .await;
    }
    let long = "x".repeat(81);
    let base = "/group setup zone:Europe/Berlin";
    scene
        .refuses(&[
            ("Priya", &format!("{base} channel:#evening-group country:Atlantis"), "don't know that country"),
            (
                "Priya",
                &format!("{base} channel:#evening-group country:{}", "y".repeat(5000)),
                "don't know that country",
            ),
            ("Priya", &format!("{base} channel:#locked country:US"), "I lack \"Send Messages\""),
            ("Priya", &format!("{base} channel:#hidden country:US"), "I cannot see that channel"),
            ("Priya", &format!("{base} {HERE} facilitator_channel:#locked"), "I lack \"Send Messages\""),
            ("Priya", &format!("{base} {HERE} checkin:25:00"), "“25:00” cannot be read"),
            ("Priya", &format!("{base} {HERE} checkin:{}", "9".repeat(3000)), "cannot be read"),
            ("Priya", &format!("{base} {HERE} name:{long}"), "1 to 80 characters"),
            ("Priya", &format!("{base} {HERE} name:{}", "x".repeat(5900)), "1 to 80 characters"),
        ])
        .await;
    scene.end().await;
}

#[tokio::test]
async fn members_and_wrong_channels_are_kept_out() {
    let scene = Scene::with_members(MONDAY).await;
    for (name, kind) in [("forum", Kind::Forum), ("heading", Kind::Category), ("stage", Kind::Stage)] {
        scene.stage.guild.channel(name, kind);
        let told =
            scene.is_not_let("Priya", &format!("/group setup zone:Europe/Berlin channel:#{name} country:US")).await;
        assert!(told.contains("not a kind of channel"), "{name}: {told}");
    }
    scene
        .refuses(&[
            ("Ana", &format!("/group setup zone:Europe/Berlin {HERE}"), "for the group's facilitators"),
            (
                "Ana",
                &format!("/group setup zone:Europe/Berlin {HERE} name:Another"),
                "for people who may manage this server",
            ),
            (
                "Sam",
                &format!("/group setup zone:Europe/Berlin {HERE} name:Another"),
                "for people who may manage this server",
            ),
        ])
        .await;
    let told = scene.person("Ana").in_dm().run("/join").await.unwrap_err().to_string();
    assert!(told.contains("not offered in direct messages"), "{told}");
    scene.end().await;
}

#[tokio::test]
async fn setting_up_again_changes_what_is_said_and_keeps_the_rest() {
    let scene = Scene::with_members(MONDAY).await;
    let said = scene.runs("Priya", &format!("/group setup zone:Europe/Berlin {HERE} name:evening GROUP")).await;
    for kept in
        ["Europe/Berlin", &scene.stage.facilitators.mention(), "every day, 09:00", "on, for people who did not say no"]
    {
        assert!(said.contains(kept), "{kept} is not in {said}");
    }
    assert_eq!(scene.number("SELECT COUNT(*) FROM support_group").await, 1);
    let said = scene
        .runs("Priya", &format!("/group setup zone:Europe/Berlin {HERE} name:Evening group checkin:off noticing:False"))
        .await;
    assert!(said.contains("Daily check-in\noff") && said.contains("Noticing words\noff"), "{said}");
    let said = scene.runs("Priya", "/group list").await;
    assert!(said.contains("Evening group") && said.contains("Check-in: off"), "{said}");
    scene.at("wed 12:00").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 0, "prompts are off");
    scene.end().await;
}

#[tokio::test]
async fn several_groups_are_told_apart_by_name() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.stage.guild.channel("mornings", Kind::Announcement);
    scene
        .runs(
            "Priya",
            "/group setup zone:Europe/Berlin channel:#mornings country:DE name:Early *birds* @everyone checkin:07:00",
        )
        .await;
    scene
        .refuses(&[
            ("Dee", "/join", "This server has several groups"),
            ("Dee", "/join group:Late birds", "No group has that name"),
            ("Sam", "/schedule list", "This server has several groups"),
            // Sam facilitates the evening group alone.
            (
                "Sam",
                "/schedule add title:Dawn when:mon 06:00 group:Early *birds* @everyone",
                "for the group's facilitators",
            ),
        ])
        .await;
    scene.runs("Dee", "/join group:early *BIRDS* @everyone").await;
    assert!(scene.only("Dee").text().contains(r"Early \*birds\*"), "{}", scene.only("Dee").text());
    scene.runs("Ana", "/join group:Early *birds* @everyone").await;
    let said = scene.runs("Ana", "/checkin").await;
    assert!(said.contains("Which group"), "{said}");
    let said = scene.presses("Ana", "Evening group").await;
    assert!(said.contains("How are you?"), "{said}");
    let offered: Vec<String> = scene
        .person("Dee")
        .autocomplete("/join group:ear")
        .await
        .unwrap()
        .into_iter()
        .map(|choice| choice.name)
        .collect();
    assert_eq!(offered, ["Early *birds* @everyone"]);
    scene.end().await;
}

#[tokio::test]
async fn the_twenty_sixth_group_of_a_server_is_refused() {
    let scene = Scene::empty(MONDAY).await;
    for n in 1..=25 {
        scene.runs("Priya", &format!("/group setup zone:Europe/Berlin {HERE} name:Group {n}")).await;
    }
    scene
        .refuses(&[(
            "Priya",
            &format!("/group setup zone:Europe/Berlin {HERE} name:Group 26"),
            "no room for another group",
        )])
        .await;
    let said = scene.runs("Priya", "/group list").await;
    assert!(said.contains("Group 25"), "{said}");
    let said = scene.runs("Priya", &format!("/group setup zone:Europe/Paris {HERE} name:Group 7")).await;
    assert!(said.contains("Europe/Paris"), "changing one still works: {said}");
    scene.end().await;
}

#[tokio::test]
async fn typing_is_helped_with_zones_countries_and_titles() {
    let scene = Scene::with_sessions(MONDAY).await;
    let offered = async |who: &str, line: &str| {
        let choices = scene.person(who).autocomplete(line).await.unwrap();
        choices.into_iter().map(|choice| choice.name).collect::<Vec<_>>()
    };
    assert!(offered("Priya", "/group setup zone:new y").await.contains(&"America/New_York".to_owned()));
    assert!(
        offered("Priya", "/group setup zone:America/New_York channel:#evening-group country:irel")
            .await
            .contains(&"Ireland".to_owned())
    );
    assert_eq!(offered("Sam", "/schedule remove title:even").await, ["Evening group"]);
    for hostile in ["'; DROP TABLE series; --", "%", "\u{0}", "@everyone", &"z".repeat(3000)] {
        assert_eq!(
            offered("Sam", &format!("/schedule remove title:{hostile}")).await,
            Vec::<String>::new(),
            "{hostile:.20}"
        );
    }
    assert!(offered("Dee", "/helplines country:").await.len() <= 25);
    scene.end().await;
}

#[tokio::test]
async fn a_group_of_another_server_can_be_neither_seen_nor_changed() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 09:00").await;
    let owner = scene.stage.sandbox.person("Omar");
    let lake = scene.stage.sandbox.guild("Lakeside", &owner);
    let den = lake.channel("den", Kind::Text);
    // Sam facilitates at Riverside; here he is anybody.
    let sam = scene.person("Sam");
    lake.member(&sam, &[]);
    scene.stage.settle().await;
    let owner = owner.at(&den).unwrap();
    assert!(owner.run("/schedule list").await.unwrap().text().contains("no group in this server yet"));
    owner.run("/group setup zone:Europe/Berlin channel:#den country:DE").await.unwrap();
    let before = scene.rows().await;
    for (line, words) in [
        ("/schedule add title:Mine when:mon 18:00", "for the group's facilitators"),
        ("/schedule add title:Mine when:mon 18:00 group:Evening group", "No group has that name here"),
        ("/schedule remove title:Evening group group:1", "No group has that name here"),
        ("/join group:Evening group", "No group has that name here"),
    ] {
        let said = sam.at(&den).unwrap().run(line).await.unwrap().text();
        assert!(said.contains(words), "{line}: {said}");
    }
    for id in [
        "d1:groups:join:1",
        "d1:groups:leave:1",
        "d1:groups:consent:1:checkins:yes",
        "d1:sessions:remove:1",
        "d1:checkins:mood:1:3",
        "d1:checkins:line:1",
        "d1:checkins:open:1",
    ] {
        let message = scene.bot_left_button(&den, id).await;
        for person in [&owner, &sam] {
            let answer = person.press(&message, "Press").await.unwrap();
            assert!(answer.is_private() && answer.updated.is_none(), "{id}: {}", answer.text());
            assert!(answer.text().contains("older message"), "{id}: {}", answer.text());
        }
    }
    scene.stage.settle().await;
    assert_eq!(scene.rows().await, before);
    scene.end().await;
}

#[tokio::test]
async fn forged_old_and_foreign_buttons_get_a_kind_no_and_change_nothing() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 09:00").await;
    let long = "x".repeat(100);
    let before = scene.rows().await;
    for id in [
        "d0:checkins:mood:1:3",
        "d2:checkins:mood:1:3",
        "poll_yes",
        "\u{202E}d1:checkins:mood:1:3",
        "d1:",
        "d1:nobody:press",
        "d1:groups:nothing",
        "d1:groups:join:0",
        "d1:groups:join:-1",
        "d1:groups:join:999",
        "d1:groups:join:99999999999999999999",
        "d1:groups:join:1:1",
        "d1:groups:consent:1:everything:yes",
        "d1:groups:consent:999:checkins:yes",
        "d1:sessions:remove:999",
        "d1:sessions:remove:abc",
        "d1:checkins:mood:1:0",
        "d1:checkins:mood:1:6",
        "d1:checkins:mood:1:18446744073709551616",
        "d1:checkins:mood:999:3",
        "d1:checkins:mood:1",
        "d1:checkins:line:x",
        "d1:checkins:write:999",
        "d1:checkins:agree:999",
        "d1:checkins:open:999",
        "d1:crisis:nothing",
        "d1:privacy:set:everything:yes",
        "d1:privacy:nothing",
        "d1:checkins:mood:1:1:1:1:1:1:1:1:1:1:1:1",
        long.as_str(),
    ] {
        let message = scene.bot_left_button(&scene.stage.channel, id).await;
        for name in ["Ana", "Dee"] {
            let answer = scene.presses_on(name, &message, "Press").await;
            assert!(answer.is_private() && answer.updated.is_none(), "{id}: {}", answer.text());
            scene.is_kind(&answer.text());
            assert_eq!(scene.rows().await, before, "{id} pressed by {name} changed something");
        }
    }
    scene.end().await;
}

#[tokio::test]
async fn somebody_who_never_joined_presses_and_is_invited_in() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.at("mon 09:00").await;
    let prompt = scene.in_channel("How are you today?").remove(0);
    let before = scene.rows().await;
    for which in ["Okay", "Write a line"] {
        let said = scene.presses_on("Dee", &prompt, which).await.text();
        assert!(said.contains("This is for members of Evening group"), "{said}");
    }
    let remove = scene.bot_left_button(&scene.stage.channel, "d1:sessions:remove:1").await;
    let said = scene.presses_on("Ana", &remove, "Press").await.text();
    assert!(said.contains("for the group's facilitators"), "{said}");
    assert_eq!(scene.rows().await, before);
    scene.end().await;
}

#[tokio::test]
async fn leaving_the_server_ends_everything_but_a_no_to_noticing() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Dee", [true, true, false]).await;
    for name in ["Ana", "Dee"] {
        scene.person(name).leave(&scene.stage.guild);
    }
    scene.stage.settle().await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM membership WHERE left_at IS NULL").await, 1, "only Ben is left");
    for name in ["Ana", "Dee"] {
        scene.person(name).join(&scene.stage.guild);
    }
    scene.says("Dee", crate::stage::HARD_WORDS).await;
    assert_eq!(scene.in_channel("private note").len(), 0, "Dee said no to noticing");
    scene.says("Ana", crate::stage::HARD_WORDS).await;
    assert_eq!(scene.inbox("Ana").len(), 0, "Ana's yes to direct messages went with her");
    assert_eq!(scene.in_channel("private note").len(), 1);
    scene.presses("Ana", "Open the note").await;
    assert!(is_pointer(&scene.only("Ana")));
    scene.end().await;
}

fn declared(scene: &Scene) -> DeclaredGroup {
    DeclaredGroup {
        guild: GuildId::from_snowflake(scene.stage.guild.id()),
        name: "Evening group".into(),
        zone: zone(),
        channel: ChannelId::from_snowflake(scene.stage.channel.id()),
        country: "US".into(),
        facilitator_role: Some(RoleId::from_snowflake(scene.stage.facilitators.id())),
        facilitator_channel: None,
        noticing: true,
        checkin_at: Some("09:00:00".parse().unwrap()),
        series: vec![DeclaredSeries {
            title: "Evening group".into(),
            when: "mon,wed,fri 18:00".parse().unwrap(),
            minutes: 90,
            leads: "1d 15m".parse().unwrap(),
        }],
    }
}

#[tokio::test]
async fn a_declared_group_is_applied_at_every_start_and_a_second_time_changes_nothing() {
    let mut scene = Scene::dark(MONDAY).await;
    let group = declared(&scene);
    scene.stage.config().groups = vec![group.clone()];
    scene.stage.start_bot().await.unwrap();
    let first = scene.rows().await;
    scene.stage.stop_bot().await;
    scene.stage.start_bot().await.unwrap();
    assert_eq!(scene.rows().await, first);
    scene.joins("Ana", [true, true, true]).await;
    scene.at("mon 18:30").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 1);
    assert_eq!(scene.in_channel("starts").len(), 1);
    let before = scene.rows().await;
    scene.stage.stop_bot().await;
    scene.stage.start_bot().await.unwrap();
    assert_eq!(scene.rows().await, before, "members, prompts and reminders stay as they are");
    // The operator moves the session by an hour; the group keeps its members.
    let mut moved = group.clone();
    moved.series[0].when = "mon,wed,fri 19:00".parse().unwrap();
    scene.stage.stop_bot().await;
    scene.stage.config().groups = vec![moved];
    scene.stage.start_bot().await.unwrap();
    scene.at("wed 18:50").await;
    let reminders = scene.in_channel("starts");
    assert_eq!(reminders.len(), 4, "Monday at six, Monday at seven, then Wednesday at seven twice");
    let seven = crate::stage::moment("2026-03-04 19:00").timestamp();
    assert!(reminders[3].text().contains(&format!("<t:{seven}:F>")), "{}", reminders[3].text());
    scene.wait(TimeDelta::hours(1)).await;
    let removed = scene.person("Sam").run("/schedule remove title:Evening group").await.unwrap().text();
    assert!(removed.contains("comes back when I am started again"), "{removed}");
    scene.end().await;
}

#[tokio::test]
async fn a_prompt_that_fell_due_while_nobody_was_there_is_still_asked_in_a_declared_group() {
    let mut scene = Scene::dark(MONDAY).await;
    scene.stage.config().groups = vec![declared(&scene)];
    scene.stage.start_bot().await.unwrap();
    scene.stage.kill_bot().await;
    scene.at("mon 11:00").await;
    scene.stage.start_bot().await.unwrap();
    assert_eq!(scene.in_channel("How are you today?").len(), 1);
    scene.at("tue 10:00").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 2);
    scene.end().await;
}
