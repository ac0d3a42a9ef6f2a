//! What the reader of files says about every kind of mistake.

use super::*;

const SMALL: &str = r#"format = 1
[[international]]
id = "find"
name = "Find"
about = "A list."
website = "https://findahelpline.com/"
sources = ["https://findahelpline.com/"]
verified_on = 2026-04-22
[[country]]
code = "GB"
name = "United Kingdom"
zone = "Europe/London"
emergency = "999"
[[country.line]]
id = "gb-one"
name = "One"
about = "Listens."
topics = ["suicide_crisis"]
call = "116 123"
always_open = true
sources = ["https://one.example/"]
independent_sources = 2
verified_on = 2026-04-22
"#;

/// What is replaced in the small file by what, and the line and sentence of the problem.
#[rustfmt::skip]
const MISTAKES: &[(&str, &str, usize, &str)] = &[
    ("format = 1", "format = 2", 1, "this version reads only `format = 1`"),
    ("format = 1\n", "", 1, "`format = 1` is missing"),
    ("format = 1", "format = 1\nhelp = 2", 2, "unknown key \"help\""),
    ("code = \"GB\"", "code = \"gb\"", 9, "code \"gb\" is not two capital letters"),
    ("emergency = \"999\"\n", "", 9, "neither emergency nor emergency_note; say at least what is not known"),
    ("Europe/London", "Europe/Londen", 9, "zone \"Europe/Londen\" is not an IANA zone such as Europe/London"),
    ("name = \"One\"", "name = \"\"", 14, "name is missing"),
    ("\"suicide_crisis\"", "", 14, "topics is empty"),
    ("116 123", "+44 116123", 14, "call: \"+44 116123\" has 8 digits after the +; a short number takes no country code"),
    ("116 123", "call me", 14, "call: \"call me\" is not a number that can be dialled"),
    ("call = \"116 123\"\n", "", 14, "no way to reach it: give one of call, text, chat, whatsapp"),
    ("always_open = true\n", "", 14, "no hours: give one of always_open, open, hours_unknown"),
    ("always_open = true", "always_open = true\nhours_unknown = \"x\"", 14, "more than one of always_open, open, hours_unknown"),
    ("always_open = true", "open = []", 14, "`open` is empty; use hours_unknown if the hours are not known"),
    ("always_open = true", "open = [{ days = \"mon-fry\", from = \"9:00\", to = \"10:00\" }]", 14, "open: \"mon-fry\" are not days; write daily, mon-fri, or mon,wed,sat"),
    ("always_open = true", "open = [{ days = \"daily\", from = \"9:00\", to = \"10:00\" }]", 14, "open: \"9:00\" is not a time; write it as 09:30, up to 24:00"),
    ("always_open = true", "hours_unknown = \"Said to be 24/7.\"", 14, "hours_unknown says \"24/7\", but the line is not always_open"),
    ("always_open = true", "always_open = true\nchat_open = []", 14, "chat_`open` is empty; use hours_unknown if the hours are not known"),
    ("https://one.example/", "one.example", 14, "sources: \"one.example\" is not a web address"),
    ("[\"https://one.example/\"]", "[]", 14, "sources is empty"),
    ("independent_sources = 2\n", "", 14, "independent_sources is missing; it is at least 1"),
];

#[test]
fn every_problem_is_told_with_its_line() {
    assert!(Directory::parse(SMALL).is_ok(), "{:?}", Directory::parse(SMALL).err());
    for (from, to, line, what) in MISTAKES {
        let problems = Directory::parse(&SMALL.replacen(from, to, 1)).err().unwrap_or_else(|| panic!("{to:?} passed"));
        assert!(problems.list.contains(&Problem { line: *line, what: (*what).to_owned() }), "{to:?}: {problems}");
    }
}

#[test]
fn several_problems_are_told_at_once() {
    let text = SMALL
        .replacen("emergency = \"999\"", "emergancy = \"999\"", 1)
        .replacen("116 123", "x", 1)
        .replacen("2\nver", "0\nver", 1);
    let problems = Directory::parse(&text).unwrap_err();
    assert_eq!(problems.list.len(), 3, "{problems}");
    assert_eq!(problems.list[0].line, 13, "{problems}");
    assert!(problems.to_string().starts_with("the file of helplines has 3 problems\n  line 13: "), "{problems}");
}

#[test]
fn ids_countries_and_names_are_there_once() {
    let twice = format!("{SMALL}{}", &SMALL[SMALL.find("[[country]]").unwrap()..]);
    let problems = Directory::parse(&twice).unwrap_err();
    let told: Vec<&str> = problems.list.iter().map(|problem| &*problem.what).collect();
    assert!(told.contains(&"the id \"gb-one\" is used twice"), "{problems}");
    assert!(told.contains(&"the country GB is there twice"), "{problems}");
    assert!(Directory::parse("format = 1").is_err(), "an empty directory");
}

#[test]
fn a_slip_of_syntax_is_told_with_its_line() {
    let problems = Directory::parse(&SMALL.replacen("zone =", "zone", 1)).unwrap_err();
    assert_eq!(problems.list[0].line, 12, "{problems}");
}

#[test]
fn too_much_is_refused() {
    let big = "#".repeat(MAX_FILE_BYTES + 1);
    assert!(Directory::parse(&big).unwrap_err().to_string().contains("at most"));
    let spans = "{ days = \"daily\", from = \"09:00\", to = \"10:00\" },".repeat(MAX_SPANS + 1);
    let text = SMALL.replacen("always_open = true", &format!("open = [{spans}]"), 1);
    assert!(Directory::parse(&text).unwrap_err().to_string().contains("spans; at most"));
    let lines: String = (0..300).map(|n| format!("[[country.line]]\nid = \"x{n}\"\n")).collect();
    let problems = Directory::parse(&format!("{SMALL}{lines}")).unwrap_err();
    assert_eq!(problems.list.len(), MAX_PROBLEMS);
    assert!(problems.more > 0);
}

proptest! {
    #[test]
    fn reading_never_panics(text in "\\PC{0,400}") {
        let _ = Directory::parse(&text);
    }

    #[test]
    fn reading_a_damaged_file_never_panics(place in 0..SMALL.len(), length in 0_usize..30, new in "[ -~\\n\u{e9}]{0,12}") {
        let mut text = SMALL.to_owned();
        text.replace_range(place..(place + length).min(SMALL.len()), &new);
        let _ = Directory::parse(&text);
    }
}
