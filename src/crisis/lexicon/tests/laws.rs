//! What holds for any text whatever: no panic, positions that map back, work that grows no faster
//! than the text; and lexicons that must be refused.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::crisis::lexicon::{
    GuildPhrase, Level, Lexicon, MAX_GUILD_WORDS, Overlay, PhraseId, Sensitivity, Topic, fuzz, scan,
};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().unwrap());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_explained_with_positions_that_map_back(text in "\\PC{0,200}") {
        fuzz(&LEXICON, text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        fuzz(&LEXICON, &bytes);
    }

    #[test]
    fn words_of_the_lexicon_in_any_order_are_read(words in proptest::collection::vec("(i|want|to|die|kill|myself|not|never|k1ll|d\\.i\\.e|`|\\|\\||\"|'|> |\n|😂|想死|죽고 싶어|умереть|<@1>|https://a|\u{200b})", 0..60), gap in "( |)") {
        fuzz(&LEXICON, words.join(&gap).as_bytes());
    }

    #[test]
    fn work_grows_no_faster_than_the_text(word in "(kill |i want to |k i l l |die\\. |no not never |我想|d1e |`|\"i |a\\.b)", count in 20usize..200) {
        let once = fuzz(&LEXICON, word.repeat(count).as_bytes());
        let twice = fuzz(&LEXICON, word.repeat(count * 2).as_bytes());
        prop_assert!(twice <= once * 3 + 20_000, "{once} then {twice}");
    }
}

#[test]
fn every_refused_lexicon_names_its_file_and_line() {
    let phrase = |id: &str, level: &str, any: &str| {
        format!("[[phrase]]\nid = \"{id}\"\nlevel = \"{level}\"\ntopic = \"suicide\"\nany = [\"{any}\"]\n")
    };
    for (text, line, what) in [
        (phrase("a", "grave", "want to die"), 2, "there is no level `grave`"),
        (phrase("a", "low", ""), 6, "the pattern is empty"),
        (phrase("a", "low", "[perhaps] [never]"), 6, "match everything"),
        (phrase("a", "low", "~3 die"), 6, "match everything"),
        (phrase("a", "low", "(a|b"), 6, "is missing"),
        (phrase("a", "low", "<nothing> die"), 6, "there is no class"),
        (phrase("a", "low", "want to die") + phrase("a", "low", "want to go").as_str(), 7, "used twice"),
        (phrase("a", "low", &"(x ~8 y) ".repeat(9)), 6, "limit is"),
    ] {
        let source = format!("language = \"xx\"\n{text}");
        let error = Lexicon::from_sources(&[("xx.toml", &source)]).unwrap_err();
        assert!(
            error.problems.iter().any(|p| p.file == "xx.toml" && p.line == line && p.what.contains(what)),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_guilds_words_add_remove_and_allow_over_the_shared_lexicon() {
    let add = vec![GuildPhrase {
        id: PhraseId::from("guild.blue"),
        pattern: "blue door".to_owned(),
        level: Level::Low,
        topic: Topic::Suicide,
        language: "en".to_owned(),
    }];
    let overlay =
        Overlay { add, remove: vec![PhraseId::from("en.suicide.slang")], allow: vec!["want to die band".to_owned()] };
    let lexicon = LEXICON.with_overlay(&overlay).unwrap();
    let level = |text: &str| lexicon.check(text, Sensitivity::Balanced).level;
    assert_eq!(level("i walked to the blue door"), Level::Low);
    assert_eq!(level("might just kms"), Level::None);
    assert_eq!(level("the i want to die band plays tonight"), Level::None);
    assert_eq!(level("i want to die"), Level::High);
    assert_eq!(LEXICON.check("might just kms", Sensitivity::Balanced).level, Level::Low);
    let many = Overlay { allow: vec!["x y".to_owned(); MAX_GUILD_WORDS + 1], ..Overlay::default() };
    assert!(LEXICON.with_overlay(&many).is_err());
    let bad = Overlay { allow: vec!["(".to_owned()], remove: vec![PhraseId::from("no.such")], ..Overlay::default() };
    assert_eq!(LEXICON.with_overlay(&bad).unwrap_err().problems.len(), 2);
}

#[test]
fn scan_answers_every_line_and_goes_on_after_a_bad_one() {
    let lines = "\"i want to die\"\n{\"no\": 1}\n\n\"hello\"\n\"\\ud83d good morning\"";
    let mut out = Vec::new();
    scan(lines.as_bytes(), &mut out, &LEXICON, Sensitivity::Balanced, false).unwrap();
    let expected = "{\"level\":\"high\",\"topics\":[\"suicide\"],\"phrase\":\"en.suicide.wish\"}\n{\"error\":\"not a JSON string\"}\n{\"error\":\"not a JSON string\"}\n{\"level\":\"none\",\"topics\":[],\"phrase\":null}\n{\"level\":\"none\",\"topics\":[],\"phrase\":null}\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn the_compiled_lexicon_is_small() {
    assert!(LEXICON.memory() < 3 * 1024 * 1024, "{} bytes", LEXICON.memory());
}

#[test]
fn no_text_costs_more_work_than_is_allowed_and_ordinary_ones_cost_little() {
    for piece in [
        "i want to kill myself but ",
        "k i l l ",
        "no not never ",
        "he said i want to die and ",
        "d1e ",
        "我想死 ",
        "iwanttodie ",
    ] {
        let text: String = piece.chars().cycle().take(4_000).collect();
        let work = fuzz(&LEXICON, text.as_bytes());
        assert!(work <= 70_000, "{piece}: {work}");
    }
    assert!(fuzz(&LEXICON, b"the bus was late again so I walked the last two stops, nice weather") < 2_000);
}

#[test]
fn a_guilds_problem_names_its_entry_and_a_word_alone_must_not_be_common() {
    let add = |pattern: &str| GuildPhrase {
        id: PhraseId::from(format!("guild.{}", pattern.len()).as_str()),
        pattern: pattern.to_owned(),
        level: Level::Low,
        topic: Topic::Suicide,
        language: "en".to_owned(),
    };
    let overlay = Overlay {
        add: vec![add("blue door"), add("[perhaps]"), add("the")],
        allow: vec!["the band".to_owned(), "i".to_owned()],
        ..Overlay::default()
    };
    let problems = LEXICON.with_overlay(&overlay).unwrap_err().problems;
    let seen: Vec<(usize, bool)> = problems.iter().map(|p| (p.line, p.what.contains("everything"))).collect();
    assert_eq!(seen, [(2, true), (3, false), (2, false)], "{problems:?}");
    assert!(
        problems[1].what.contains("one common word") && problems[2].what.contains("one common word"),
        "{problems:?}"
    );
    let many = Overlay { add: (0..5_000).map(|_| add("blue door")).collect(), ..Overlay::default() };
    assert!(LEXICON.with_overlay(&many).unwrap_err().problems[0].what.contains("the limit is 500"));
}

#[test]
fn sensitivity_leaves_low_findings_alone_or_adds_the_ambiguous_ones() {
    let level = |text: &str, sensitivity| LEXICON.check(text, sensitivity).level;
    assert_eq!(level("i hope i never wake up", Sensitivity::Quiet), Level::None);
    assert_eq!(level("i want to die", Sensitivity::Quiet), Level::High);
    assert_eq!(level("i hate my life", Sensitivity::Balanced), Level::None);
    assert_eq!(level("i hate my life", Sensitivity::Sensitive), Level::Low);
}
