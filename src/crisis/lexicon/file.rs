//! What a lexicon file may hold, as written. See `config/lexicon/en.toml` for an example of each.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// One language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The language's code, such as `en`.
    pub language: String,
    /// Words too common to look for; patterns are found by their rarer words.
    #[serde(default)]
    pub common: String,
    /// Innocent words that must never be read as a misspelling of a phrase's word.
    #[serde(default)]
    pub innocent: String,
    /// Words whose slips (a letter dropped, doubled, or its neighbour hit) are read as meant.
    #[serde(default)]
    pub core: String,
    /// Letters written in one with the next word (Arabic "and", "so").
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Word classes of the rules: filler, stop, opener, closer, first, second, third, generic, auxiliary, joiner, elided.
    #[serde(default)]
    pub slots: BTreeMap<String, Spanned<Vec<String>>>,
    /// Named classes for patterns.
    #[serde(default)]
    pub classes: BTreeMap<String, Spanned<Vec<String>>>,
    /// Other spellings of a word.
    #[serde(default)]
    pub spellings: BTreeMap<String, Spanned<String>>,
    /// Phrases that worry.
    #[serde(default)]
    pub phrase: Vec<Spanned<Phrase>>,
    /// Words around a phrase that change what it means.
    #[serde(default)]
    pub context: Vec<Spanned<Context>>,
    /// Idioms, titles, games: words that are not looked at.
    #[serde(default)]
    pub mask: Vec<Spanned<Mask>>,
}

/// A phrase that worries.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrase {
    /// Stable name, unique over all files.
    pub id: String,
    /// Level when it stands.
    pub level: String,
    /// What it is about.
    pub topic: String,
    /// Its patterns.
    pub any: Vec<Spanned<String>>,
    /// Whether the subject before it must be the writer.
    #[serde(default)]
    pub subject: bool,
    /// Rules that do not apply to it.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Tags that contexts ask for.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Only used in channels set to sensitive.
    #[serde(default)]
    pub sensitive: bool,
    /// Sentences that must reach the level.
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the tests"))]
    pub examples: Vec<String>,
    /// Sentences that must not fire.
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the tests"))]
    pub quiet: Vec<String>,
    /// Why it is here.
    #[serde(default)]
    #[allow(dead_code, reason = "notes are for the reader of the file")]
    pub why: String,
}

/// Words around a phrase that change what it means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Context {
    /// Stable name.
    pub id: String,
    /// The rule it stands for.
    pub rule: String,
    /// Where it stands: before, after, over, earlier, later, sentence, message.
    #[serde(rename = "where")]
    pub place: String,
    /// How many words may lie between it and the phrase (before, after).
    #[serde(default)]
    pub within: u8,
    /// The level it gives to the phrase; absent if it only cancels other rules.
    pub gives: Option<String>,
    /// Rules it cancels.
    #[serde(default)]
    pub cancels: Vec<String>,
    /// Only for these topics.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Only for phrases with one of these tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Its patterns.
    pub any: Vec<Spanned<String>>,
    /// Why it is here.
    #[serde(default)]
    #[allow(dead_code, reason = "notes are for the reader of the file")]
    pub why: String,
}

/// Words that are not looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mask {
    /// Stable name.
    pub id: String,
    /// The rule it stands for: title, game, hyperbole, support.
    pub rule: String,
    /// Its patterns.
    pub any: Vec<Spanned<String>>,
    /// Why it is here.
    #[serde(default)]
    #[allow(dead_code, reason = "notes are for the reader of the file")]
    pub why: String,
}

/// The files that are part of the binary: name and content.
pub(super) const EMBEDDED: [(&str, &str); 15] = [
    ("en.toml", include_str!("../../../config/lexicon/en.toml")),
    ("es.toml", include_str!("../../../config/lexicon/es.toml")),
    ("pt.toml", include_str!("../../../config/lexicon/pt.toml")),
    ("fr.toml", include_str!("../../../config/lexicon/fr.toml")),
    ("de.toml", include_str!("../../../config/lexicon/de.toml")),
    ("it.toml", include_str!("../../../config/lexicon/it.toml")),
    ("nl.toml", include_str!("../../../config/lexicon/nl.toml")),
    ("pl.toml", include_str!("../../../config/lexicon/pl.toml")),
    ("ru.toml", include_str!("../../../config/lexicon/ru.toml")),
    ("tr.toml", include_str!("../../../config/lexicon/tr.toml")),
    ("ar.toml", include_str!("../../../config/lexicon/ar.toml")),
    ("hi.toml", include_str!("../../../config/lexicon/hi.toml")),
    ("ja.toml", include_str!("../../../config/lexicon/ja.toml")),
    ("ko.toml", include_str!("../../../config/lexicon/ko.toml")),
    ("zh.toml", include_str!("../../../config/lexicon/zh.toml")),
];

/// The line of a byte, counted from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}
