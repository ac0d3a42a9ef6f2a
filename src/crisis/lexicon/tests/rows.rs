//! Sentences written by hand, by language: what each must give.

use crate::crisis::lexicon::{Level, Lexicon, Sensitivity, Topic};

const ROWS: [(&str, &str); 13] = [
    ("en", include_str!("en.rows")),
    ("en2", include_str!("en2.rows")),
    ("en3", include_str!("en3.rows")),
    ("en4", include_str!("en4.rows")),
    ("en5", include_str!("en5.rows")),
    ("en6", include_str!("en6.rows")),
    ("en7", include_str!("en7.rows")),
    ("en8", include_str!("en8.rows")),
    ("en9", include_str!("en9.rows")),
    ("other", include_str!("other.rows")),
    ("other2", include_str!("other2.rows")),
    ("other3", include_str!("other3.rows")),
    ("other4", include_str!("other4.rows")),
];

/// Whether a verdict is what a row's first word asks for.
fn fits(want: &str, level: Level, abuse: bool) -> bool {
    match want {
        "imminent" | "high" => level >= Level::High,
        "low" => matches!(level, Level::Low | Level::High),
        "fires" => level.fires(),
        "other" => level != Level::None,
        "none" => level == Level::None,
        // A reply to somebody at risk may be read as concern for them; it must not speak to its writer.
        "calm" => !level.fires(),
        // What is known to go wrong: words that ought to be noticed and are not, and the other way round.
        "missed" => level == Level::None,
        "alarmed" => level != Level::None,
        "abuse" => level == Level::None && abuse,
        _ => panic!("unknown word `{want}` in a row"),
    }
}

#[test]
fn every_row_gives_what_it_asks_for() {
    let lexicon = Lexicon::embedded().unwrap();
    let mut wrong = Vec::new();
    for (name, rows) in ROWS {
        for row in rows.lines().filter(|row| !row.trim().is_empty() && !row.starts_with('#')) {
            let (want, text) = row.split_once('|').map(|(want, text)| (want.trim(), text.trim())).unwrap();
            let verdict = lexicon.check(text, Sensitivity::Balanced);
            assert_eq!(verdict, lexicon.explain(text, Sensitivity::Balanced).verdict, "a glance changed `{text}`");
            if !fits(want, verdict.level, verdict.topics.contains(Topic::DirectedAbuse)) {
                let phrase = verdict.phrase.map(|id| id.to_string()).unwrap_or_default();
                wrong.push(format!("{name}: {want} | {text} -> {} ({phrase}, {:?})", verdict.level, verdict.rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
