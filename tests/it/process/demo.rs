//! `daymark demo`: a week of a group on this machine alone.

use super::{Ended, Running, World};

async fn script(text: &str) -> Ended {
    let world = World::new().await;
    std::fs::write(world.path("tale.story"), text).unwrap();
    Running::start(world.bare(&["demo", "--script", "tale.story"])).end().await
}

/// The number before these words on the summary's line.
fn number(out: &str, before: &str) -> u32 {
    let line = out.lines().find(|line| line.starts_with("Reminders: ")).unwrap_or_else(|| panic!("no summary:\n{out}"));
    let head = &line[..line.find(before).unwrap_or_else(|| panic!("{before:?} is not in {line:?}"))];
    head.rsplit(' ').next().unwrap().parse().unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[tokio::test]
async fn the_demo_plays_a_week_and_sums_it_up() {
    let world = World::new().await;
    let ended = Running::start(world.bare(&["demo"])).end().await;
    let out = ended.fine();
    assert_eq!(ended.err, "");
    assert!(!out.contains('\u{1b}'), "no colours where nobody looks");
    for words in [
        "Monday: the group is set up",
        "#evening-group",
        "only Ana sees",
        "[Join]",
        "988 Suicide & Crisis Lifeline",
        "resident when idle",
    ] {
        assert!(out.contains(words), "{words:?} is not in:\n{out}");
    }
    let (due, sent, late) = (number(out, " due, "), number(out, " sent, "), number(out, " late. "));
    assert!(due >= 5 && sent == due && late == 1, "{due} due, {sent} sent, {late} late");
    assert!(number(out, " answered. ") >= 4 && number(out, " shown.") >= 1);
    assert!(world.files().is_empty(), "it leaves nothing behind");
}

#[tokio::test]
async fn a_script_that_cannot_be_played_names_its_line() {
    const START: &str = "start 2026-03-02 08:55 America/New_York\n";
    for (text, words) in [
        (format!("{START}Ana: hello\nAna jumps\n"), "line 3: cannot read: Ana jumps"),
        (format!("{START}\nZoe: hello\n"), "line 3: nobody here is called Zoe"),
        (format!("{START}at noon\n"), "line 2: cannot read the moment: noon"),
        ("Ana: hello\n".to_owned(), "a story begins with: start 2026-03-02 08:55 America/New_York"),
        ("start 2026-03-02 08:55 Mars/Olympus\n".to_owned(), "Mars/Olympus"),
        (String::new(), "a story begins with"),
    ] {
        script(&text).await.refused(2, &[words]);
    }
    let world = World::new().await;
    Running::start(world.bare(&["demo", "--script", "nowhere"])).end().await.refused(2, &["nowhere cannot be read"]);
}

#[tokio::test]
async fn a_script_is_played() {
    let ended = script("start 2026-03-02 08:55 America/New_York\n== A morning\nAna /helplines country:GB\n").await;
    assert!(ended.fine().contains("A morning") && ended.out.contains("Samaritans"), "{}", ended.out);
    assert_eq!(number(&ended.out, " due, "), 0);
}

#[tokio::test]
async fn a_demo_that_stays_does_what_is_typed_until_the_input_ends() {
    let world = World::new().await;
    let mut demo = Running::start(world.bare(&["demo", "--stay"]));
    demo.until_shown("Type as anybody here").await;
    demo.types(b"Dee /helplines country:GB\n");
    demo.until_shown("Samaritans").await;
    demo.types(b"Zoe: hello\nAna flies\nAna presses Nothing\n\xff\xfe\n\n# a comment\n");
    demo.until_shown("nobody here is called Zoe").await;
    demo.until_shown("cannot read: Ana flies").await;
    demo.until_shown("sees no button \"Nothing\"").await;
    demo.types(b"Ben: i want to die\n");
    demo.until_shown("There is a private note here for someone").await;
    demo.types(b"Ben press 1\n");
    demo.until_shown("You don't have to be alone with this").await;
    demo.ends_input();
    let ended = demo.end().await;
    ended.fine();
    assert!(ended.out.find("Monday: the first check-in").is_none(), "what is not played is not announced");
}
