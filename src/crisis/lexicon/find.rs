//! Which phrases, masks and contexts stand in a text, and where.

use std::cell::Cell;

use super::compiled::{Bloom, Compiled, Entry, Owner, Place, Triggers};
use super::grammar::Matcher;
use super::reader::Token;
use super::vocabulary::UNKNOWN;

/// How many phrases and masks are kept for one text. A person writes a handful; more is spam, and
/// the first ones already decide.
const MAX_FOUND: usize = 96;
/// How many contexts are kept for one text.
const MAX_CONTEXTS: usize = 400;

/// Something found: what, in which sentence, from which word to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of the phrase, mask or context.
    pub index: u16,
    /// The sentence.
    pub sentence: u32,
    /// First word, counted over the whole text.
    pub start: u32,
    /// Past the last word.
    pub end: u32,
}

impl Found {
    /// Whether both share a word.
    pub fn overlaps(self, other: Found) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the other lies within this one.
    pub fn holds(self, other: Found) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Everything found in a text.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Phrases.
    pub phrases: Vec<Found>,
    /// Masks.
    pub masks: Vec<Found>,
    /// Contexts.
    pub contexts: Vec<Found>,
}

/// Finds phrases and masks. `tokens` carry the numbers of this lexicon's vocabulary.
pub(super) fn phrases(
    lexicon: &Compiled,
    tokens: &[Token],
    sentences: &[(u32, u32)],
    work: &Cell<u64>,
    found: &mut Findings,
) {
    search(lexicon, &lexicon.triggers, &lexicon.entries, tokens, sentences, work, &mut |_| true, &mut |entry, at| {
        match entry.owner {
            Owner::Phrase(index) => keep(&mut found.phrases, MAX_FOUND, Found { index, ..at }),
            Owner::Mask(index) => keep(&mut found.masks, MAX_FOUND, Found { index, ..at }),
            Owner::Context(_) => {}
        }
    });
}

/// Finds the contexts of the languages that have phrases in the text.
pub(super) fn contexts(
    lexicon: &Compiled,
    languages: u32,
    tokens: &[Token],
    sentences: &[(u32, u32)],
    work: &Cell<u64>,
    found: &mut Findings,
) {
    search(
        lexicon,
        &lexicon.context_triggers,
        &lexicon.context_entries,
        tokens,
        sentences,
        work,
        &mut |entry| languages >> entry.language & 1 == 1,
        &mut |entry, at| {
            if let Owner::Context(index) = entry.owner {
                keep(&mut found.contexts, MAX_CONTEXTS, Found { index, ..at });
            }
        },
    );
}

fn keep(list: &mut Vec<Found>, most: usize, found: Found) {
    if list.len() < most {
        list.push(found);
    }
}

#[allow(clippy::too_many_arguments, reason = "one loop shared by phrases and contexts")]
fn search(
    lexicon: &Compiled,
    triggers: &Triggers,
    entries: &[Entry],
    tokens: &[Token],
    sentences: &[(u32, u32)],
    work: &Cell<u64>,
    wanted: &mut dyn FnMut(&Entry) -> bool,
    emit: &mut dyn FnMut(&Entry, Found),
) {
    let mut due: Vec<u16> = Vec::new();
    for (nth, &(from, to)) in sentences.iter().enumerate() {
        let sentence = &tokens[from as usize..to as usize];
        due.clear();
        let bloom: Bloom = sentence.iter().map(|token| &token.id).collect();
        let may = |entry: &Entry| lexicon.may_match(entry, &bloom);
        let mut last = UNKNOWN;
        for token in sentence {
            if token.id != UNKNOWN && token.id != last {
                due.extend(triggers.of(token.id).iter().copied().filter(|entry| {
                    let entry = &entries[usize::from(*entry)];
                    may(entry) && wanted(entry)
                }));
                if due.len() > 4 * entries.len() {
                    due.sort_unstable();
                    due.dedup();
                }
            }
            last = token.id;
        }
        due.sort_unstable();
        due.dedup();
        let mut rest = &due[..];
        while let Some(first) = rest.first() {
            let language = entries[usize::from(*first)].language;
            let count = rest.iter().take_while(|entry| entries[usize::from(**entry)].language == language).count();
            let matcher = Matcher::new(&lexicon.grammar, &lexicon.languages[usize::from(language)].1, sentence, work);
            for entry in &rest[..count] {
                let entry = &entries[usize::from(*entry)];
                let every = matches!(entry.owner, Owner::Context(index) if lexicon.contexts[usize::from(index)].place == Place::Before);
                attempt(lexicon, entry, every, &matcher, &mut |start, end| {
                    emit(entry, Found { index: 0, sentence: nth as u32, start: from + start, end: from + end })
                });
            }
            rest = &rest[count..];
        }
    }
}

/// Tries one pattern at every word it may begin with; tells the longest match, or every one.
fn attempt(lexicon: &Compiled, entry: &Entry, every: bool, matcher: &Matcher<'_>, emit: &mut dyn FnMut(u32, u32)) {
    for (at, token) in matcher.tokens().iter().enumerate() {
        if !lexicon.may_begin(entry, token.id) {
            continue;
        }
        if matcher.is_spent() {
            return;
        }
        let ends = matcher.ends(entry.root, at);
        if every {
            let mut left = ends;
            while left != 0 {
                emit(at as u32, at as u32 + left.trailing_zeros());
                left &= left - 1;
            }
        } else if ends != 0 {
            emit(at as u32, at as u32 + 63 - ends.leading_zeros());
        }
    }
}
