//! Calendars for other programs, through the front door and over real HTTP.

use daymark::config::Http;
use daymark::discord::startup_check::CREATE_EVENTS;
use daymark::sandbox::Harm;
use reqwest::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use reqwest::{Client, StatusCode};

use crate::stage::{MONDAY, Scene, watchful};

/// The evening group with a door that is open.
async fn open() -> Scene {
    let mut scene = Scene::dark(MONDAY).await;
    scene.stage.config().http = Some(Http { listen: "127.0.0.1:0".parse().unwrap(), public: None });
    scene.stage.start_bot_with(watchful()).await.unwrap();
    scene
        .runs(
            "Priya",
            "/group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators \
             facilitator_channel:#staff name:Evening group",
        )
        .await;
    scene.joins("Ana", [true, true, true]).await;
    scene.adds("Sam", "/schedule add title:Evening group when:mon,wed,fri 18:00 leads:1d 15m length:90m link:https://meet.example.org/way-in").await;
    scene
}

fn base(scene: &Scene) -> String {
    format!("http://{}", scene.stage.app().unwrap().door().unwrap())
}

/// The address that a card shows, at the port that the system chose.
fn address(scene: &Scene, said: &str) -> String {
    let path = said.split("/calendar/").nth(1).and_then(|rest| rest.split_once(".ics")).map(|(secret, _)| secret);
    format!("{}/calendar/{}.ics", base(scene), path.unwrap_or_else(|| panic!("no address in {said}")))
}

async fn status(address: &str) -> (StatusCode, String) {
    let answer = Client::new().get(address).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_feed_keeps_a_calendar_up_to_date_until_its_address_is_taken_away() {
    let mut scene = open().await;
    let client = Client::new();
    let file = scene.asks("Ana", "/sessions calendar").await;
    let attached = file.messages.iter().flat_map(|message| message.attachments.clone()).next().unwrap();
    let text = String::from_utf8(attached.bytes.as_ref().clone()).unwrap();
    assert_eq!(attached.name, "sessions.ics");
    assert!(text.contains("RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR") && !text.contains("way-in"), "{text}");
    let said = scene.runs("Ana", "/sessions calendar-feed").await;
    assert!(said.contains("There is none"), "{said}");
    let said = scene.presses("Ana", "Make one").await;
    let first = address(&scene, &said);
    let secret = first.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned();
    assert_eq!(secret.len(), 43, "256 bits");
    assert!(!scene.rows().await.contains(&secret), "only a hash is kept");
    assert!(scene.only("Ana").text().contains(&secret));
    let answer = client.get(&first).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers()[CACHE_CONTROL].to_str().unwrap().starts_with("private"));
    let tag = answer.headers()[ETAG].clone();
    assert_eq!(answer.text().await.unwrap(), text, "the feed is the file");
    let head = client.head(&first).send().await.unwrap();
    assert_eq!((head.status(), head.headers()[ETAG].clone()), (StatusCode::OK, tag.clone()));
    assert!(head.bytes().await.unwrap().is_empty());
    let again = |tag: reqwest::header::HeaderValue| client.get(&first).header(IF_NONE_MATCH, tag).send();
    assert_eq!(again(tag.clone()).await.unwrap().status(), StatusCode::NOT_MODIFIED);
    scene.runs("Sam", "/schedule cancel on:wed").await;
    let answer = again(tag).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let text = answer.text().await.unwrap();
    assert!(text.contains("STATUS:CANCELLED") && text.contains("SEQUENCE:1"), "{text}");
    // It outlives a restart; what is not known, not known any more, or guessed, is all the same.
    scene.stage.stop_bot().await;
    scene.stage.start_bot().await.unwrap();
    let first = format!("{}/calendar/{secret}.ics", base(&scene));
    assert_eq!(status(&first).await.0, StatusCode::OK);
    scene.runs("Ana", "/sessions calendar-feed").await;
    let said = scene.presses("Ana", "Make a new one").await;
    let second = address(&scene, &said);
    let gone = status(&first).await;
    assert_eq!(gone.0, StatusCode::NOT_FOUND);
    for other in ["/calendar/", "/calendar", "/", "/calendar/x.ics", "/calendar/../health/x", "/calendar/%00.ics"] {
        assert_eq!(status(&format!("{}{other}", base(&scene))).await, gone, "{other}");
    }
    let unknown = format!("{}/calendar/{}.ics", base(&scene), "A".repeat(43));
    assert_eq!(status(&unknown).await, gone);
    assert_eq!(client.post(&second).send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    let long = client.get(&second).header("x-long", "a".repeat(40_000)).send().await;
    assert!(long.is_err() || long.unwrap().status().is_client_error());
    assert_eq!(status(&second).await.0, StatusCode::OK);
    scene.runs("Ana", "/privacy").await;
    assert!(scene.only("Ana").text().contains("The address of your calendar"));
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert_eq!(status(&second).await, gone, "after forget me nothing is shown");
    assert_eq!(scene.number("SELECT COUNT(*) FROM calendar_feed").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn a_group_has_an_address_of_its_own_and_health_tells_watchdogs() {
    let scene = open().await;
    scene
        .refuses(&[
            ("Ana", "/sessions calendar-feed group:Evening group", "for the group's facilitators"),
            ("Sam", "/sessions calendar group:Morning", "No group has that name"),
        ])
        .await;
    scene.runs("Sam", "/sessions calendar-feed group:Evening group").await;
    let said = scene.presses("Sam", "Make one").await;
    let group = address(&scene, &said);
    assert!(status(&group).await.1.contains("SUMMARY:Evening group"));
    let said = scene.presses("Sam", "Take it away").await;
    assert!(said.contains("There is none"), "{said}");
    let kept = "SELECT COUNT(*) FROM group_change WHERE what = 'schedule.feed' AND actor_id IS NOT NULL";
    assert_eq!(scene.number(kept).await, 2, "made and taken away");
    assert_eq!(status(&group).await.0, StatusCode::NOT_FOUND);
    // Dee belongs to no group, so there is nothing that an address of hers could show.
    scene.runs("Dee", "/sessions calendar-feed").await;
    let said = scene.presses("Dee", "Make one").await;
    assert!(said.contains("You belong to no group"), "{said}");
    let health = format!("{}/health", base(&scene));
    let (well, line) = status(&health).await;
    assert_eq!((well, line.as_str()), (StatusCode::OK, "{\"status\":\"ok\",\"database\":true,\"gateway\":true}\n"));
    scene.stage.sandbox.faults().outage(true);
    let mut told = status(&health).await;
    while told.0 == StatusCode::OK {
        told = status(&health).await;
    }
    assert_eq!(told.0, StatusCode::SERVICE_UNAVAILABLE);
    assert!(told.1.contains("\"gateway\":false") && told.1.contains("\"database\":true"), "{}", told.1);
    scene.stage.sandbox.faults().outage(false);
    scene.stage.until_connected().await.unwrap();
    // The port is taken: a sentence says so, and which setting it is about.
    let taken = scene.stage.app().unwrap().door().unwrap();
    let mut other = Scene::dark(MONDAY).await;
    other.stage.config().http = Some(Http { listen: taken, public: None });
    let error = other.stage.start_bot().await.unwrap_err().to_string();
    assert!(error.contains("http.listen") && error.contains("leave [http] out"), "{error}");
    scene.end().await;
}

#[tokio::test]
async fn without_an_open_door_a_feed_is_refused_and_the_file_works() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.refuses(&[("Ana", "/sessions calendar-feed", "switched off here")]).await;
    let said = scene.runs("Dee", "/sessions calendar").await;
    assert!(said.contains("as a calendar"), "{said}");
    assert_eq!(scene.stage.app().unwrap().door(), None);
    scene.end().await;
}

/// What the server shows under Events: when each begins, and its number.
fn shown(scene: &Scene) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut all: Vec<(String, String)> = scene
        .stage
        .guild
        .scheduled_events()
        .iter()
        .map(|one| {
            assert_eq!((text(&one["name"]), one["entity_type"].as_u64()), ("Evening group".to_owned(), Some(3)));
            let start = text(&one["scheduled_start_time"]);
            (start.get(5..16).unwrap().to_owned(), text(&one["id"]))
        })
        .collect();
    all.sort();
    all
}

fn starts(scene: &Scene) -> Vec<String> {
    shown(scene).into_iter().map(|(at, _)| at).collect()
}

#[tokio::test]
async fn a_servers_events_are_in_step_with_the_schedule_and_nothing_is_shown_twice() {
    let mut scene = Scene::with_sessions(MONDAY).await;
    scene.refuses(&[("Ana", "/schedule discord-events show:True", "for the group's facilitators")]).await;
    let said = scene.runs("Sam", "/schedule discord-events show:True").await;
    assert!(said.contains("from now on"), "{said}");
    let fortnight = ["03-02T23:00", "03-04T23:00", "03-06T23:00", "03-09T22:00", "03-11T22:00", "03-13T22:00"];
    assert_eq!(starts(&scene), fortnight, "the hour survives the clock change");
    // Skipped, moved, called off, each at once and each under the number it had.
    let before = shown(&scene);
    scene.runs("Sam", "/schedule skip on:wed").await;
    scene.runs("Sam", "/schedule move title:Evening group on:2026-03-06 to:2026-03-07 10:00").await;
    scene.runs("Sam", "/schedule cancel on:2026-03-09").await;
    assert_eq!(starts(&scene), ["03-02T23:00", "03-07T15:00", "03-11T22:00", "03-13T22:00"]);
    assert_eq!(shown(&scene)[1].1, before[2].1, "what is moved stays the same one");
    // A restart finds them; the answer to one that comes into sight is lost, and it is not made again.
    let before = shown(&scene);
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    assert_eq!(shown(&scene), before);
    scene.stage.sandbox.faults().next("POST", "/guilds/*/scheduled-events", Harm::DroppedAfter);
    scene.at("2026-03-02 18:05").await;
    let after = ["03-02T23:00", "03-07T15:00", "03-11T22:00", "03-13T22:00", "03-16T22:00"];
    assert_eq!(starts(&scene), after, "what has begun is Discord's to end");
    assert_eq!(scene.number("SELECT COUNT(*) FROM occurrence_listing WHERE state = 'intended'").await, 0);
    // The same with a crash in between, which leaves what was intended.
    scene.stage.sandbox.faults().next("POST", "/guilds/*/scheduled-events", Harm::DroppedAfter);
    scene.at("2026-03-04 18:00").await;
    scene.stage.kill_bot().await;
    scene.stage.start_bot().await.unwrap();
    scene.wait(chrono::TimeDelta::minutes(2)).await;
    assert_eq!(starts(&scene).last().unwrap(), "03-18T22:00");
    assert_eq!(starts(&scene).len(), 6);
    // Somebody takes one away by hand: it stays away, also when it is moved.
    let (_, number) = shown(&scene).into_iter().find(|(at, _)| at == "03-11T22:00").unwrap();
    let guild = scene.stage.guild.id();
    let url = format!("{}/api/v10/guilds/{guild}/scheduled-events/{number}", scene.stage.sandbox.origin());
    let token = format!("Bot {}", scene.stage.sandbox.token());
    Client::new().delete(url).header("authorization", token).send().await.unwrap();
    scene.runs("Sam", "/schedule move title:Evening group on:2026-03-11 to:2026-03-12 18:00").await;
    assert!(!starts(&scene).iter().any(|at| at.starts_with("03-11") || at.starts_with("03-12")));
    // The permission goes: it is said plainly, and made good when it is back.
    scene.stage.guild.bot_permissions(daymark::cli::stage::BOT_PERMISSIONS & !CREATE_EVENTS);
    scene.runs("Sam", "/schedule cancel on:2026-03-13").await;
    let said = scene.runs("Sam", "/schedule discord-events").await;
    assert!(said.contains("allow \"Create Events\""), "{said}");
    scene.refuses(&[("Sam", "/schedule discord-events show:True", "I lack \"Create Events\"")]).await;
    scene.stage.guild.bot_permissions(daymark::cli::stage::BOT_PERMISSIONS);
    scene.wait(chrono::TimeDelta::minutes(61)).await;
    assert!(!starts(&scene).contains(&"03-13T22:00".to_owned()));
    // A paused series is shown no more, and off means off.
    scene.runs("Sam", "/schedule pause title:Evening group").await;
    assert_eq!(starts(&scene), ["03-02T23:00"]);
    scene.runs("Sam", "/schedule resume title:Evening group").await;
    assert!(starts(&scene).len() > 3);
    let said = scene.runs("Sam", "/schedule discord-events show:False").await;
    assert!(said.contains("I take the sessions"), "{said}");
    assert_eq!(starts(&scene), ["03-02T23:00"]);
    for table in ["SELECT COUNT(*) FROM occurrence_listing", "SELECT COUNT(*) FROM group_listing"] {
        assert_eq!(scene.number(table).await, 0, "{table}");
    }
    scene.end().await;
}

/// The file that an answer brings.
fn attached(answer: &daymark::sandbox::Answer) -> (String, Vec<u8>) {
    let file = answer.messages.iter().flat_map(|message| message.attachments.clone()).next().unwrap();
    (file.name, file.bytes.as_ref().clone())
}

#[tokio::test]
async fn a_schedule_goes_into_a_file_and_back_and_is_saved_as_a_whole() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene
        .adds(
            "Sam",
            "/schedule add title:Writing when:first,third tue 10:00 leads:1h address:12 River Street, room 4 host:@Sam",
        )
        .await;
    scene.runs("Sam", "/schedule skip on:2026-03-06").await;
    scene.runs("Sam", "/schedule move title:Evening group on:2026-03-09 to:2026-03-10 19:30").await;
    scene.refuses(&[("Ana", "/schedule export", "for the group's facilitators")]).await;
    let (name, toml) = attached(&scene.asks("Sam", "/schedule export").await);
    assert_eq!(name, "schedule.toml");
    let text = String::from_utf8(toml.clone()).unwrap();
    assert!(text.contains("when = \"mon,wed,fri 18:00\"") && text.contains("2026-03-06T18:00"), "{text}");
    assert!(text.contains(&format!("host = \"{}\"", scene.person("Sam").id())), "{text}");
    let (_, ics) = attached(&scene.asks("Sam", "/schedule export calendar:True").await);
    let sam = scene.person("Sam");
    sam.has_file("same.toml", &toml);
    sam.has_file("same.ics", &ics);
    let before = scene.rows().await;
    for file in ["same.toml", "same.ics"] {
        let said = scene.runs("Sam", &format!("/schedule import file:{file}")).await;
        assert!(said.contains("Nothing changed"), "{file}: {said}");
    }
    assert_eq!(scene.rows().await, before);
    // One is changed, one is new, a single one is called off; the host stays who it is.
    let edited = text.replace("first,third tue 10:00", "first,third tue 11:00")
        + "\n[[series]]\ntitle = \"Walk\"\nwhen = \"sat 10:00\"\nminutes = 45\nleads = \"1h\"\ncancelled = [\"2026-03-14T10:00\"]\n";
    sam.has_file("edited.toml", edited.as_bytes());
    let said = scene.runs("Sam", "/schedule import file:edited.toml").await;
    for part in [
        "Nothing is saved yet",
        "Walk: every Saturday at 10:00",
        "Writing: time; now",
        "called off",
        "1 in the file, 0 that are not in it",
    ] {
        assert!(said.replace("**", "").contains(part), "{part}: {said}");
    }
    let said = scene.presses("Sam", "Save").await;
    assert!(said.contains("1 new, 1 changed, 1 single"), "{said}");
    let said = scene.runs("Sam", "/group audit").await;
    let parts = ["Schedule: single sessions", "Schedule: changed", "Schedule: added", &sam.mention()];
    assert!(parts.iter().all(|part| said.contains(part)), "a file is in the record like what is typed: {said}");
    let said = scene.runs("Sam", "/schedule show title:Writing").await;
    assert!(said.contains("11:00") && said.contains(&scene.person("Sam").id().to_string()), "{said}");
    let said = scene.runs("Sam", "/schedule import file:edited.toml").await;
    assert!(said.contains("Nothing changed"), "reading it again changes nothing: {said}");
    // What somebody changes in between is not overwritten, and nothing of the file is saved.
    sam.has_file(
        "later.toml",
        edited
            .replace("sat 10:00", "sat 09:00")
            .replace("tue 11:00", "tue 12:00")
            .replace("2026-03-14T10", "2026-03-14T09")
            .as_bytes(),
    );
    scene.runs("Sam", "/schedule import file:later.toml").await;
    scene.runs("Priya", "/schedule pause title:Walk").await;
    let before = scene.rows().await;
    let said = scene.presses("Sam", "Save").await;
    assert!(said.contains("changed meanwhile"), "{said}");
    assert_eq!(scene.rows().await, before, "never half");
    let said = scene.presses("Sam", "Discard").await;
    assert!(said.contains("Nothing"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn a_hostile_file_is_refused_with_its_line_and_changes_nothing() {
    let scene = Scene::with_sessions(MONDAY).await;
    let sam = scene.person("Sam");
    let series = |more: &str| format!("version = 1\n\n[[series]]\ntitle = \"Walk\"\nwhen = \"sat 10:00\"\n{more}\n");
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty.toml", b"".to_vec(), "Line 1: it is not understood"),
        ("none.toml", b"version = 1".to_vec(), "There is no session in the file"),
        ("future.toml", b"version = 2".to_vec(), "version 2"),
        ("latin.toml", b"version = 1\n# caf\xe9\n".to_vec(), "Line 2: it is no text in UTF-8"),
        ("zip.bin", vec![0xff; 3_000], "no text in UTF-8"),
        ("large.toml", vec![b'#'; 200_000], "too large"),
        ("line.toml", [b"version = 1\n#".to_vec(), vec![b'a'; 100_000]].concat(), "Line 2: it is too long"),
        ("unknown.toml", series("colour = \"red\"").into_bytes(), "Line 6: it is not understood"),
        ("minutes.toml", series("minutes = 99999999999999").into_bytes(), "Line 3: its length does not fit"),
        ("overflow.toml", series("minutes = 999999999999999999999999").into_bytes(), "Line 6: it is not understood"),
        ("hour.toml", series("").replace("10:00", "25:00").into_bytes(), "Line 3: when “25:00”"),
        ("ends.toml", series("starts_on = \"2026-05-01\"\nends_on = \"2026-04-01\"").into_bytes(), "Line 3"),
        ("past.toml", series("ends_on = \"2020-04-01\"").into_bytes(), "never happens"),
        ("link.toml", series("link = \"http://user:secret@example.org\"").into_bytes(), "Line 3: That link"),
        ("role.toml", series("ping = \"everyone\"").into_bytes(), "Line 3: ping is no number"),
        ("host.toml", series("host = \"Sam\"").into_bytes(), "Line 3: host is no number"),
        ("whom.toml", series("audience = \"friends\"").into_bytes(), "Line 3: audience and audience_role do not fit"),
        ("alumni.toml", series("audience = \"alumni\"").into_bytes(), "and `audience_role = "),
        ("members.toml", series("audience = \"members\"\naudience_role = \"77\"").into_bytes(), "do not fit"),
        ("alone.toml", series("audience_role = \"77\"").into_bytes(), "Line 3: it has an audience_role and no audience"),
        ("places.toml", series("capacity = 501").into_bytes(), "For example: `capacity = 12`"),
        ("minus.toml", series("capacity = -1").into_bytes(), "Line 3: That number of places does not fit"),
        ("counts.toml", series("counts = \"yes\"").into_bytes(), "Line 6: it is not understood"),
        ("nobody.toml", series("host = \"77\"").into_bytes(), "Walk: The person who holds it is not on this server"),
        ("norole.toml", series("ping = \"77\"").into_bytes(), "Walk: The role it names is not on this server"),
        (
            "noalumni.toml",
            series("audience = \"alumni\"\naudience_role = \"77\"").into_bytes(),
            "Name another role with `ping` or `audience_role`",
        ),
        ("nochannel.toml", series("channel = \"77\"").into_bytes(), "Walk: The channel it is held in is not on"),
        (
            "words.ics",
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Walk\nDTSTART:20260309T180000\nX-DAYMARK-CAPACITY:many\nEND:VEVENT\nEND:VCALENDAR\n".to_vec(),
            "Line 2: X-DAYMARK-CAPACITY is no number",
        ),
        (
            "twice.toml",
            (series("") + "[[series]]\ntitle = \"walk\"\nwhen = \"sun 10:00\"\n").into_bytes(),
            "Line 7: a session of that title",
        ),
        (
            "many.toml",
            format!("version = 1\n{}", "[[series]]\ntitle = \"a\"\nwhen = \"sat 10:00\"\n".repeat(2_000)).into_bytes(),
            "series",
        ),
        ("deep.toml", format!("version = {}1{}", "[".repeat(3_000), "]".repeat(3_000)).into_bytes(), "Line 1"),
        (
            "events.ics",
            format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(4_000)).into_bytes(),
            "too many entries",
        ),
        ("nested.ics", format!("BEGIN:VCALENDAR\n{}", "BEGIN:X\n".repeat(9_000)).into_bytes(), "nested too deep"),
        ("broken.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY\n".to_vec(), "not understood as a calendar"),
    ];
    for (name, bytes, words) in table {
        sam.has_file(name, &bytes);
        scene.refuses(&[("Sam", &format!("/schedule import file:{name}"), words)]).await;
    }
    scene.end().await;
}

#[tokio::test]
async fn what_is_for_alumni_is_in_their_calendars_and_never_where_others_read() {
    let scene = open().await;
    scene.joins("Ben", [true, false, true]).await;
    let alumni = scene.stage.guild.role("Alumni", 0);
    scene.stage.guild.give(&scene.person("Ana"), &alumni);
    scene
        .adds("Sam", "/schedule add title:Alumni circle when:tue 19:00 leads:1h audience:alumni audience_role:@Alumni")
        .await;
    // The file of one's own, and what comes next.
    for (name, holds) in [("Ana", true), ("Ben", false), ("Dee", false)] {
        let (_, file) = attached(&scene.asks(name, "/sessions calendar").await);
        let text = String::from_utf8(file).unwrap();
        assert_eq!(text.contains("Alumni circle"), holds, "{name}: {text}");
        assert!(text.contains("Evening group"), "{name}: {text}");
        let (_, file) = attached(&scene.asks(name, "/sessions calendar group:Evening group").await);
        assert_eq!(String::from_utf8(file).unwrap().contains("Alumni circle"), holds, "{name}");
        assert_eq!(scene.runs(name, "/sessions next").await.contains("Alumni circle"), holds, "{name}");
    }
    // The addresses: each person's own, and the group's.
    let mut addresses = Vec::new();
    for name in ["Ana", "Ben"] {
        scene.runs(name, "/sessions calendar-feed").await;
        addresses.push(address(&scene, &scene.presses(name, "Make one").await));
    }
    scene.runs("Sam", "/sessions calendar-feed group:Evening group").await;
    let said = scene.presses("Sam", "Make one").await;
    assert!(said.contains("Sessions for a role or for alumni are not in it"), "{said}");
    addresses.push(address(&scene, &said));
    let asked = |scene: &Scene| {
        let requests = scene.stage.sandbox.requests();
        requests.iter().filter(|one| one.method == "GET" && one.route == "/guilds/{id}/members/{id}").count()
    };
    let before = asked(&scene);
    for (address, holds) in addresses.iter().zip([true, false, false]).cycle().take(9) {
        let (code, text) = status(address).await;
        assert_eq!((code, text.contains("Alumni circle")), (StatusCode::OK, holds), "{text}");
        assert!(text.contains("Evening group"), "{text}");
    }
    assert_eq!(asked(&scene) - before, 2, "Discord is asked once for each person, however often programs come");
    // Who is an alum no more loses it within minutes.
    scene.stage.guild.take(&scene.person("Ana"), &alumni);
    scene.wait(chrono::TimeDelta::minutes(5)).await;
    assert!(!status(&addresses[0]).await.1.contains("Alumni circle"));
    // While Discord does not say who has which role, the program keeps what it has; the group's needs no role.
    scene.wait(chrono::TimeDelta::minutes(5)).await;
    scene.stage.sandbox.faults().outage(true);
    assert_eq!(status(&addresses[0]).await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(status(&addresses[2]).await.0, StatusCode::OK);
    scene.stage.sandbox.faults().outage(false);
    scene.stage.until_connected().await.unwrap();
    scene.end().await;
}

#[tokio::test]
async fn a_servers_events_show_only_what_everybody_may_come_to() {
    let scene = Scene::with_sessions(MONDAY).await;
    scene.stage.guild.role("Alumni", 0);
    let add = "/schedule add title:Alumni circle when:tue 19:00 leads:1h audience:alumni audience_role:@Alumni";
    scene.adds("Sam", add).await;
    let said = scene.runs("Sam", "/schedule discord-events show:True").await;
    assert!(said.contains("never stands there. Right now that is one session."), "{said}");
    let names = || -> Vec<String> {
        let all = scene.stage.guild.scheduled_events();
        all.iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let circles = || names().iter().filter(|name| *name == "Alumni circle").count();
    assert_eq!((names().len(), circles()), (6, 0));
    // It is opened to everybody, and closed again: at once, each time.
    scene.runs("Sam", "/schedule edit title:Alumni circle audience:members").await;
    scene.presses("Sam", "Save").await;
    assert_eq!(circles(), 2);
    scene.runs("Sam", "/schedule edit title:Alumni circle audience_role:@Alumni").await;
    scene.presses("Sam", "Save").await;
    assert_eq!((names().len(), circles()), (6, 0));
    scene.end().await;
}

/// What a calendar of another program says of people goes nowhere: not into the files, not to anybody.
#[tokio::test]
async fn what_a_file_says_of_people_is_found_nowhere() {
    let scene = Scene::with_group(MONDAY).await;
    let sam = scene.person("Sam");
    let ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//quibblewortproduct//EN\r\nBEGIN:VEVENT\r\nUID:quibblewortuid@x\r\n\
        DTSTAMP:20260302T000000Z\r\nDTSTART;TZID=America/New_York:20260303T180000\r\nDURATION:PT1H\r\nSUMMARY:Walk\r\n\
        RRULE:FREQ=WEEKLY\r\nORGANIZER;CN=quibblewortorganizer:mailto:quibblewortmail@example.org\r\n\
        ATTENDEE;CN=\"quibblewortattendee\":mailto:quibblewortmail@example.org\r\nCOMMENT:quibblewortcomment\r\n\
        X-SECRET:quibblewortextra\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    for part in ["product", "uid", "organizer", "mail", "attendee", "comment", "extra"] {
        scene.note("Sam", &format!("quibblewort{part}"));
    }
    sam.has_file("quibblewort.ics", ics.as_bytes());
    let said = scene.runs("Sam", "/schedule import file:quibblewort.ics").await;
    assert!(said.contains("Walk") && said.contains("Nothing is saved yet"), "{said}");
    let saved = scene.presses("Sam", "Save").await;
    assert!(saved.contains("1 new"), "{saved}");
    let record = scene.runs("Sam", "/group audit").await;
    for said in [said, saved, record, scene.rows().await] {
        assert!(!said.contains("quibblewort"), "{said}");
    }
    scene.end().await;
}

#[tokio::test]
async fn a_schedule_moves_whole_into_another_group_and_what_is_gone_is_named() {
    let scene = Scene::with_sessions(MONDAY).await;
    let priya = scene.person("Priya");
    let alumni = scene.stage.guild.role("Alumni", 0);
    let voice = scene.stage.guild.channel("circle", daymark::sandbox::Kind::Voice);
    scene
        .adds(
            "Sam",
            "/schedule add title:Alumni circle when:first,third tue 10:00 leads:1h channel:#circle host:@Sam \
             audience:alumni audience_role:@Alumni capacity:8 counts:True link:https://meet.example.org/circle",
        )
        .await;
    scene.runs("Sam", "/schedule skip on:2026-03-06").await;
    scene.runs("Sam", "/schedule move title:Evening group on:2026-03-04 to:2026-03-14 19:30").await;
    scene.runs("Sam", "/schedule pause title:Alumni circle").await;
    scene.at("2026-03-05 09:00").await;
    scene.stage.guild.channel("morning", daymark::sandbox::Kind::Text);
    scene.runs("Priya", "/group setup zone:Europe/Berlin channel:#morning country:DE name:Morning group").await;
    let before = attached(&scene.asks("Priya", "/schedule export group:Evening group").await).1;
    assert!(String::from_utf8_lossy(&before).contains("2026-03-04T18:00"), "it was moved out of the past");
    priya.has_file("whole.toml", &before);
    let said = scene.runs("Priya", "/schedule import file:whole.toml group:Morning group").await;
    for part in ["for alumni, who are the people with", "paused", "→ Saturday 14 March, 19:30"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    scene.presses("Priya", "Save").await;
    let after = attached(&scene.asks("Priya", "/schedule export group:Morning group").await).1;
    assert_eq!(String::from_utf8(after).unwrap(), String::from_utf8(before.clone()).unwrap());
    let said = scene.runs("Priya", "/group audit group:Morning group").await;
    assert!(
        said.contains("Schedule: added") && said.contains("single sessions"),
        "a file is kept in the record: {said}"
    );
    // What the file does not say stays; what it says otherwise is changed, and said before.
    let minimal = "version = 1\n[[series]]\ntitle = \"Alumni circle\"\nwhen = \"first,third tue 10:00\"\nminutes = 60\n\
                   leads = \"1h\"\ncapacity = 9\npaused = false\n";
    priya.has_file("minimal.toml", minimal.as_bytes());
    let said = scene.runs("Priya", "/schedule import file:minimal.toml group:Morning group").await;
    assert!(said.contains("places") && said.contains("goes on again") && !said.contains("host"), "{said}");
    // The role and the channel are deleted: a file that names them, and an old series, are refused by name.
    alumni.delete();
    voice.delete();
    priya.has_file("old.toml", &before);
    let rows = scene.rows().await;
    for line in [
        "/schedule import file:old.toml group:Morning group",
        "/schedule edit title:Alumni circle new_title:Circle group:Evening group",
    ] {
        let said = scene.runs("Priya", line).await;
        assert!(
            said.contains("Alumni circle: The role it names") || said.contains("Circle: The role it names"),
            "{said}"
        );
    }
    assert_eq!(scene.rows().await, rows);
    let said = scene.runs("Priya", "/schedule edit title:Alumni circle audience:members group:Evening group").await;
    assert!(said.contains("The channel it is held in is not on this server") && said.contains("`channel`"), "{said}");
    let edit = "/schedule edit title:Alumni circle audience:members clear:channel group:Evening group";
    let said = scene.runs("Priya", edit).await;
    assert!(said.contains("Save") || said.contains("Nothing is saved"), "{said}");
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

/// Makes events of others, as people could with the same rights.
async fn fills(scene: &Scene, count: usize) -> Vec<String> {
    let url = format!("{}/api/v10/guilds/{}/scheduled-events", scene.stage.sandbox.origin(), scene.stage.guild.id());
    let token = format!("Bot {}", scene.stage.sandbox.token());
    let mut ids = Vec::new();
    for number in 0..count {
        let body = serde_json::json!({"name": format!("Market {number}"), "description": "somebody else's", "privacy_level": 2,
            "entity_type": 3, "entity_metadata": {"location": "the square"},
            "scheduled_start_time": "2026-06-02T18:00:00Z", "scheduled_end_time": "2026-06-02T19:00:00Z"});
        let made = Client::new().post(&url).header("authorization", &token).json(&body).send().await.unwrap();
        let made: serde_json::Value = made.json().await.unwrap();
        ids.push(made["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned());
    }
    ids
}

/// What was tried of the bot's own, and not of what the test made.
fn tried(scene: &Scene) -> usize {
    let requests = scene.stage.sandbox.requests();
    let ours = requests.iter().filter(|one| one.method == "POST" && one.route == "/guilds/{id}/scheduled-events");
    ours.filter(|one| one.body.as_ref().is_some_and(|body| body["name"] == "Evening group")).count()
}

#[tokio::test]
async fn a_server_that_shows_as_many_events_as_discord_takes_is_said_and_waited_for() {
    let scene = Scene::with_sessions(MONDAY).await;
    let others = fills(&scene, 97).await;
    scene.runs("Sam", "/schedule discord-events show:True").await;
    let ours = |scene: &Scene| {
        let all = scene.stage.guild.scheduled_events();
        let starts = all.iter().filter(|one| one["name"] == "Evening group");
        let mut starts: Vec<String> =
            starts.map(|one| one["scheduled_start_time"].to_string()[6..17].to_owned()).collect();
        starts.sort();
        starts
    };
    assert_eq!(ours(&scene), ["03-02T23:00", "03-04T23:00", "03-06T23:00"], "the soonest fit");
    for line in ["/schedule discord-events", "/deliveries"] {
        let said = scene.runs("Sam", line).await;
        assert!(
            said.contains("the server shows 100 already") && said.contains("Reminders go out all the same"),
            "{said}"
        );
    }
    // However often the schedule changes, it is not tried more than once an hour, and what is there is kept in step.
    let before = tried(&scene);
    assert_eq!(before, 4, "three that fit, and one that did not");
    for _ in 0..5 {
        scene.runs("Sam", "/schedule skip on:2026-03-13").await;
        scene.presses("Sam", "Undo").await;
        scene.wait(chrono::TimeDelta::minutes(5)).await;
    }
    scene.runs("Sam", "/schedule move title:Evening group on:2026-03-04 to:2026-03-05 10:00").await;
    assert_eq!(ours(&scene), ["03-02T23:00", "03-05T15:00", "03-06T23:00"]);
    assert_eq!(tried(&scene), before);
    scene.wait(chrono::TimeDelta::minutes(60)).await;
    assert_eq!(tried(&scene), before + 1);
    // Nothing of it keeps a reminder from anybody; when there is room, the rest comes by itself, each once.
    scene.at("mon 17:46").await;
    assert_eq!(scene.in_channel("starts").len(), 1);
    let token = format!("Bot {}", scene.stage.sandbox.token());
    for id in others.iter().take(10) {
        let guild = scene.stage.guild.id();
        let url = format!("{}/api/v10/guilds/{guild}/scheduled-events/{id}", scene.stage.sandbox.origin());
        Client::new().delete(url).header("authorization", &token).send().await.unwrap();
    }
    scene.wait(chrono::TimeDelta::minutes(61)).await;
    let all = ["03-02T23:00", "03-05T15:00", "03-06T23:00", "03-09T22:00", "03-11T22:00", "03-13T22:00"];
    assert_eq!(ours(&scene)[..6], all);
    let said = scene.runs("Sam", "/deliveries").await;
    assert!(!said.contains("The server's events"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn a_crash_between_the_intent_and_the_making_of_an_event_makes_it_once() {
    let mut scene = Scene::with_sessions(MONDAY).await;
    let intended = "SELECT COUNT(*) FROM occurrence_listing WHERE state = 'intended'";
    // Nothing was made yet; nothing reached Discord; it was made, and nobody heard.
    for (method, harm) in [("GET", Harm::HeldBefore), ("POST", Harm::HeldBefore), ("POST", Harm::HeldAfter)] {
        let faults = scene.stage.sandbox.faults();
        faults.next(method, "/guilds/*/scheduled-events", harm.clone());
        // Nobody waits for what is held here: the bot is killed while it is.
        scene.person("Sam").run("/schedule discord-events show:True").await.unwrap();
        while faults.held() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(scene.number(intended).await, 1, "{method} {harm:?}");
        let there = usize::from(harm == Harm::HeldAfter);
        assert_eq!(scene.stage.guild.scheduled_events().len(), there, "{method} {harm:?}");
        scene.stage.kill_bot().await;
        faults.clear();
        scene.stage.start_bot().await.unwrap();
        scene.stage.settle().await;
        scene.wait(chrono::TimeDelta::minutes(2)).await;
        let fortnight = ["03-02T23:00", "03-04T23:00", "03-06T23:00", "03-09T22:00", "03-11T22:00", "03-13T22:00"];
        assert_eq!(starts(&scene), fortnight, "{method} {harm:?}");
        assert_eq!(scene.number(intended).await, 0, "{method} {harm:?}");
        scene.runs("Sam", "/schedule discord-events show:False").await;
        assert_eq!(scene.stage.guild.scheduled_events().len(), 0, "{method} {harm:?}");
    }
    scene.end().await;
}
