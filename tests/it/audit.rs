//! What facilitators change is in the group's record: who, what, when, from what to what. Every command and press that
//! the matrix gives to facilitators and not to members has a row here that says what it leaves in the record, or that
//! it changes nothing; so a new one that changes something cannot forget it.

use std::collections::{BTreeMap, BTreeSet};

use crate::matrix::{self, two_groups};
use crate::stage::{MONDAY, Scene};

/// What running it as the facilitator leaves in the record.
#[derive(Clone, Copy)]
enum Leaves {
    /// A change of this kind.
    Kept(&'static str),
    /// Nothing, because nothing that facilitators set is changed.
    Nothing,
    /// It needs a form, a file or a state that is made in a test of its own, named here.
    In(&'static str),
}
use Leaves::{In, Kept, Nothing};

/// Path, what is run (empty: the line of the matrix), what it leaves. In this order, on one scene.
const COMMANDS: &[(&str, &str, Leaves)] = &[
    ("checkin-setup", "", Nothing),
    ("deliveries", "", Nothing),
    ("group audit", "", Nothing),
    (
        "group setup",
        "/group setup name:Evening group zone:America/New_York channel:#evening-group country:US checkin:10:00",
        Kept("group.setup"),
    ),
    ("concerns list", "", Nothing),
    ("concerns on", "/concerns on channel:#staff role:@Facilitators group:Evening group", Kept("concerns.on")),
    ("oncall add", "", Kept("oncall.add")),
    ("oncall who", "", Nothing),
    ("oncall remove", "", Kept("oncall.remove")),
    ("concerns off", "", Kept("concerns.off")),
    ("helpline add", "", Kept("helpline.add")),
    ("helpline remove", "", Kept("helpline.remove")),
    ("postvention on", "", Kept("postvention.on")),
    ("postvention off", "", Kept("postvention.off")),
    ("practice set", "", Kept("practice.set")),
    ("schedule attendance", "", Nothing),
    ("schedule discord-events", "/schedule discord-events group:Evening group show:True", Kept("schedule.events")),
    ("schedule who", "", Nothing),
    // A draft; saving it is the change.
    ("schedule add", "", Nothing),
    ("schedule edit", "", Nothing),
    ("schedule cancel", "", Kept("schedule.except")),
    (
        "schedule holidays",
        "/schedule holidays group:Evening group add:2026-12-28 called:Break",
        Kept("schedule.holiday"),
    ),
    ("schedule export", "", Nothing),
    ("schedule import", "", In("calendars::a_schedule_goes_into_a_file_and_back_and_is_saved_as_a_whole")),
    ("schedule move", "", Kept("schedule.except")),
    ("schedule preview", "", Nothing),
    ("schedule skip", "", Kept("schedule.except")),
    ("schedule pause", "", Kept("schedule.go")),
    ("schedule resume", "", Kept("schedule.go")),
    ("schedule remove", "", Kept("schedule.go")),
    ("words list", "", Nothing),
    ("words add", "", Kept("words.change")),
    ("words allow", "", Kept("words.change")),
    ("words test", "", Nothing),
    ("words dry-run", "", Nothing),
    ("words sensitivity", "", Kept("words.sensitivity")),
    ("words remove", "", Kept("words.back")),
    ("words watch", "/words watch group:Evening group channel:#staff", Kept("words.watch")),
    ("words unwatch", "/words unwatch group:Evening group channel:#staff", Kept("words.watch")),
    ("cope-setup", "", Nothing),
    ("recovery-setup", "/recovery-setup group:Evening group buddies:weekly", Kept("buddies.rounds")),
    ("steps list", "", Nothing),
    ("steps set", "", Kept("steps.set")),
    ("steps rename", "", Kept("steps.rename")),
    ("steps place", "", Kept("steps.place")),
    ("caring review", "", Nothing),
    ("member step", "", Kept("member.step")),
    ("member withdraw", "", Kept("member.withdraw")),
    ("steps remove", "", Kept("steps.remove")),
];

/// Slice and verb, what is pressed (`None`: the row of the matrix), what it leaves.
const PRESSES: &[(&str, &str, Option<&str>, Leaves)] = &[
    ("checkins", "setup_ask", Some("{group} sleep"), Kept("checkins.setup")),
    ("checkins", "setup_none", None, Kept("checkins.setup")),
    ("checkins", "setup_after", None, Kept("checkins.setup")),
    ("checkins", "setup_days", None, Kept("checkins.days")),
    ("checkins", "setup_own", None, Nothing),
    ("checkins", "setup_wrote", None, In("audit::what_takes_a_form_is_recorded_too")),
    ("checkins", "prompt_off", None, Kept("checkins.off")),
    ("checkins", "prompt_on", None, Kept("checkins.on")),
    ("checkins", "agreed", None, Nothing),
    ("checkins", "agree_quiet", None, Kept("checkins.agreed")),
    ("checkins", "agree_weather", None, Kept("checkins.agreed")),
    ("checkins", "setup_back", None, Nothing),
    // What becomes of a call stands in its own log, beside the call.
    ("crisis", "here", None, Nothing),
    ("crisis", "backup", None, Nothing),
    ("crisis", "closed", None, Nothing),
    ("crisis", "hand_on", None, Nothing),
    ("crisis", "handed", None, Nothing),
    ("groups", "audit", None, Nothing),
    ("recovery", "cope_add", None, Nothing),
    ("recovery", "cope_added", None, In("audit::what_takes_a_form_is_recorded_too")),
    ("sessions", "feed-new", None, In("calendars::a_group_has_an_address_of_its_own_and_health_tells_watchdogs")),
    ("sessions", "feed-off", None, In("calendars::a_group_has_an_address_of_its_own_and_health_tells_watchdogs")),
    ("sessions", "again", None, Nothing),
    ("sessions", "holiday", Some("{group} 2026-03-11"), Kept("schedule.except")),
    ("sessions", "undo", None, Kept("schedule.undo")),
    ("sessions", "roll", Some("{series}:2026-03-02T18~00 {ana}"), Kept("attendance.mark")),
    ("sessions", "voice", None, Nothing),
    ("sessions", "rollclose", Some("{series}:2026-03-02T18~00"), Kept("attendance.close")),
    ("sessions", "unroll", Some("{series}:2026-03-02T18~00 {ana}"), Kept("attendance.unmark")),
    ("sessions", "discard", None, Nothing),
    ("sessions", "save", Some("{another}"), Kept("schedule.add")),
    ("sessions", "remove", None, Kept("schedule.go")),
    ("sessions", "resume", None, Kept("schedule.go")),
    ("alumni", "preset", None, Kept("steps.preset")),
];

/// Tables of what groups have that nobody sets: what was asked and sent, what is kept of calls, and the record itself.
const NOT_SET: &[&str] = &[
    "guild",
    "checkin_prompt",
    "schedule_change",
    "occurrence_listing",
    "concern_step",
    "false_alarm",
    "checkin_weather",
    "checkin_rest",
];

/// What is a member's own in the tables, and yet changed by facilitators.
const SET_FOR_MEMBERS: &[&str] = &["session_attendance", "step_offer", "on_call"];

/// Whether the letters of a row say that facilitators may, and members may not.
fn is_facilitators(letters: &str) -> bool {
    letters.as_bytes()[1] == b'n' && letters.as_bytes()[3] == b'y'
}

#[test]
fn every_facilitators_command_and_press_says_what_it_leaves_in_the_record() {
    let said: BTreeSet<&str> = COMMANDS.iter().map(|(path, ..)| *path).collect();
    let wanted = matrix::COMMANDS.iter().filter(|(_, _, letters)| is_facilitators(letters)).map(|(path, ..)| *path);
    let missing: Vec<_> = wanted.filter(|path| !said.contains(path)).collect();
    assert!(missing.is_empty(), "commands that do not say what they leave in the record: {missing:?}");
    let said: BTreeSet<(&str, &str)> = PRESSES.iter().map(|(slice, verb, ..)| (*slice, *verb)).collect();
    let wanted = matrix::PRESSES.iter().filter(|(.., letters)| is_facilitators(letters));
    let missing: Vec<_> = wanted.map(|row| (row.0, row.1)).filter(|one| !said.contains(one)).collect();
    assert!(missing.is_empty(), "presses that do not say what they leave in the record: {missing:?}");
    let elsewhere = COMMANDS.iter().map(|row| row.2).chain(PRESSES.iter().map(|row| row.3));
    for (file, test) in elsewhere.filter_map(|leaves| if let In(test) = leaves { test.split_once("::") } else { None })
    {
        let path = format!("{}/tests/it/{file}.rs", env!("CARGO_MANIFEST_DIR"));
        let tests = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(tests.contains(&format!("async fn {test}()")), "{path} has no test {test}");
    }
    let known: BTreeSet<&str> = crate::personal::groups_tables().collect();
    let gone: Vec<_> = NOT_SET.iter().filter(|table| !known.contains(*table)).collect();
    assert!(gone.is_empty(), "no tables of groups: {gone:?}");
}

/// The rows of everything that facilitators set, and the kinds of the newest entries of the record with who.
async fn state(scene: &Scene) -> (BTreeSet<String>, Vec<(String, Option<i64>)>) {
    let set: BTreeSet<&str> = crate::personal::groups_tables()
        .filter(|table| !NOT_SET.contains(table))
        .chain(SET_FOR_MEMBERS.iter().copied())
        .collect();
    let rows = scene.rows().await;
    let rows = rows.lines().filter(|row| row.split_once(": ").is_some_and(|(table, _)| set.contains(table)));
    let kept = sqlx::query_as("SELECT what, actor_id FROM group_change ORDER BY id").fetch_all(scene.read()).await;
    (rows.map(str::to_owned).collect(), kept.unwrap())
}

/// Compares what was done with what the row says.
async fn compared(
    scene: &Scene,
    name: &str,
    leaves: Leaves,
    before: (BTreeSet<String>, Vec<(String, Option<i64>)>),
    said: &str,
) -> Option<String> {
    let sam = i64::try_from(scene.person("Sam").id()).unwrap();
    let (rows, kept) = state(scene).await;
    let fresh = &kept[before.1.len()..];
    let changed = rows != before.0;
    match leaves {
        Kept(what) if fresh.iter().any(|one| one.0 == what && one.1 == Some(sam)) => None,
        Nothing if fresh.is_empty() && !changed => None,
        Kept(what) => Some(format!("{name}: {fresh:?} in the record, not {what} ({said})")),
        Nothing => Some(format!("{name}: changed: {changed}, in the record: {fresh:?} ({said})")),
        In(_) => None,
    }
}

#[tokio::test]
async fn every_facilitators_command_leaves_what_the_table_says_in_the_record() {
    let scene = two_groups().await;
    let lines: BTreeMap<&str, &str> = matrix::COMMANDS.iter().map(|(path, line, _)| (*path, *line)).collect();
    let mut wrong = Vec::new();
    for (path, line, leaves) in COMMANDS.iter().filter(|(.., leaves)| !matches!(leaves, In(_))) {
        let line = if line.is_empty() { lines[path] } else { line };
        let before = state(&scene).await;
        let said = scene.runs("Sam", line).await;
        wrong.extend(compared(&scene, path, *leaves, before, &said).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let said = scene.runs("Sam", "/group audit group:Evening group").await;
    assert!(
        said.contains("Steps: one was removed") && said.contains("Words: "),
        "in words, and for the server: {said}"
    );
    let said = scene.asks("Priya", "/group audit group:Other group").await.text();
    assert!(said.contains("Words: ") && !said.contains("Steps: "), "what holds for all groups alone: {said}");
}

#[tokio::test]
async fn every_facilitators_press_leaves_what_the_table_says_in_the_record() {
    let scene = two_groups().await;
    scene.at("mon 18:30").await;
    scene.runs("Sam", "/schedule skip group:Evening group on:2026-03-13").await;
    scene.runs("Sam", "/schedule add group:Evening group title:Another when:tue 12:00").await;
    let draft = scene.number("SELECT MAX(id) FROM series_draft").await;
    let change = scene.number("SELECT MAX(id) FROM schedule_change").await;
    let rows: BTreeMap<(&str, &str), &str> =
        matrix::PRESSES.iter().map(|(slice, verb, args, _)| ((*slice, *verb), *args)).collect();
    let mut wrong = Vec::new();
    for (slice, verb, args, leaves) in PRESSES.iter().filter(|(.., leaves)| !matches!(leaves, In(_))) {
        if *verb == "save" {
            scene.runs("Sam", "/schedule add group:Evening group title:Third when:tue 13:00").await;
        }
        let another = scene.number("SELECT COALESCE(MAX(id), 0) FROM series_draft").await;
        let args = args.unwrap_or_else(|| rows[&(*slice, *verb)]);
        let args = args
            .replace("{group}", "1")
            .replace("{series}", "1")
            .replace("{draft}", &draft.to_string())
            .replace("{another}", &another.to_string())
            .replace("{change}", &change.to_string())
            .replace("{ana}", &scene.person("Ana").id().to_string());
        let (args, value) = args.split_once(' ').map_or((args.as_str(), None), |(args, value)| (args, Some(value)));
        let id = format!("d1:{slice}:{verb}:{args}");
        let left = scene.bot_left(&scene.stage.channel, &id, value).await;
        let before = state(&scene).await;
        let sam = scene.person("Sam");
        let answer = match value {
            Some(value) => sam.choose(&left, &id, &[value]).await,
            None => sam.press(&left, "Press").await,
        };
        let said = answer.unwrap_or_else(|no| panic!("{id}: {no}")).text();
        sam.closes_modal();
        scene.stage.settle().await;
        sam.read_all();
        wrong.extend(compared(&scene, &id, *leaves, before, &said).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_takes_a_form_is_recorded_too() {
    let scene = Scene::with_group(MONDAY).await;
    let newest = async |what: &str| {
        let kept: Vec<String> = sqlx::query_scalar("SELECT what FROM group_change ORDER BY id DESC LIMIT 1")
            .fetch_all(scene.read())
            .await
            .unwrap();
        assert_eq!(kept, [what]);
    };
    let sam = scene.person("Sam");
    scene.runs("Sam", "/checkin-setup").await;
    scene.presses("Sam", "Your own questions").await;
    sam.submit(&sam.modal().unwrap(), &[("own1", "What was kind today?"), ("own2", "")]).await.unwrap();
    newest("checkins.setup").await;
    scene.runs("Sam", "/cope-setup").await;
    scene.presses("Sam", "Add one").await;
    sam.submit(&sam.modal().unwrap(), &[("name", "The song"), ("steps", "Put it on\nSing along"), ("caution", "")])
        .await
        .unwrap();
    newest("cope.add").await;
    let card = scene.only("Sam");
    let select = card.controls().find(|control| control.custom_id.contains("cope_drop")).unwrap().custom_id.clone();
    sam.choose(&card, &select, &["1"]).await.unwrap();
    newest("cope.remove").await;
    scene.runs("Sam", "/practice set kind:journal").await;
    scene.runs("Sam", "/practice show").await;
    scene.presses("Sam", "End it").await;
    newest("practice.end").await;
    // The skill's own words are not in the record, which outlives it.
    let rows = scene.rows().await;
    assert!(!rows.contains("Sing along"), "{rows}");
    sam.read_all();
    scene.end().await;
}

/// Every kind of change that the code keeps is told in words.
#[test]
fn every_change_is_told_in_words() {
    let words = include_str!("../../src/groups/cards/changes.rs");
    let kind = regex::Regex::new(r#"\(\s*[a-z_.]+,\s*"([a-z]+\.[a-z]+)","#).unwrap();
    let mut seen = BTreeSet::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                let mut found: Vec<_> = kind.captures_iter(text).map(|one| one[1].to_owned()).collect();
                seen.append(&mut found.drain(..).collect());
            }
        }
    }
    let told = |what: &&String| words.contains(&format!("\"{what}\" => \""));
    let untold: Vec<_> = seen.iter().filter(|what| !told(what)).collect();
    assert!(untold.is_empty(), "no words for {untold:?}");
    assert!(seen.len() > 20, "{seen:?}");
}
