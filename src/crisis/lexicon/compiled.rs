//! What a compiled lexicon is: phrases, contexts and masks, their patterns, and how a pattern is found quickly.

use super::grammar::{Grammar, NodeId, Slots};
use super::verdict::{Level, PhraseId, Rule, Topic, Topics};
use super::vocabulary::{Vocabulary, WordId};

/// A set of rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rules(pub u32);

impl Rules {
    /// Whether the rule is in the set.
    pub fn has(self, rule: Rule) -> bool {
        self.0 >> rule as u8 & 1 == 1
    }
}

/// A phrase, compiled.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub id: PhraseId,
    pub level: Level,
    pub topic: Topic,
    pub language: u8,
    pub subject: bool,
    pub sensitive: bool,
    pub ignore: Rules,
    pub tags: u32,
}

/// Where a context stands in relation to a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It ends where the phrase begins.
    Before,
    /// It begins where the phrase ends.
    After,
    /// It shares a word with the phrase.
    Over,
    /// Anywhere before the phrase in its sentence.
    Earlier,
    /// Anywhere after the phrase in its sentence.
    Later,
    /// Anywhere in its sentence.
    Sentence,
    /// Anywhere in the text.
    Message,
}

/// A context, compiled.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub id: Box<str>,
    pub rule: Rule,
    pub place: Place,
    pub within: u8,
    pub gives: Option<Level>,
    pub cancels: Rules,
    pub topics: Topics,
    pub tags: u32,
    pub language: u8,
}

/// A mask, compiled.
#[derive(Debug, Clone)]
pub(super) struct Mask {
    pub id: Box<str>,
    pub rule: Rule,
}

/// What a pattern belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// An index into the phrases.
    Phrase(u16),
    /// An index into the masks.
    Mask(u16),
    /// An index into the contexts.
    Context(u16),
}

/// A pattern ready to be tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub root: NodeId,
    /// Where the words it may begin with stand in [`Compiled::firsts`], sorted.
    pub firsts: u32,
    /// How many they are.
    pub first_count: u16,
    /// Further sets of words of which one each must stand in the sentence, by their place in
    /// [`Compiled::blooms`]: two needed sets, and the words it may begin with.
    pub also: [u16; 3],
    pub language: u8,
    pub owner: Owner,
}

/// A set of words, near enough: bit `id % 256` for every word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Bloom([u64; 4]);

impl Bloom {
    /// No word.
    pub const NONE: Bloom = Bloom([0; 4]);
    /// Every word.
    pub const ALL: Bloom = Bloom([u64::MAX; 4]);

    /// Whether the word may be in the set.
    pub fn has(&self, id: WordId) -> bool {
        self.0[usize::from(id / 64 % 4)] >> (id % 64) & 1 == 1
    }

    /// Adds a word.
    pub fn insert(&mut self, id: WordId) {
        self.0[usize::from(id / 64 % 4)] |= 1 << (id % 64);
    }

    /// Whether both may share a word.
    pub fn meets(&self, other: &Bloom) -> bool {
        (self.0[0] & other.0[0]) | (self.0[1] & other.0[1]) | (self.0[2] & other.0[2]) | (self.0[3] & other.0[3]) != 0
    }
}

impl<'w> FromIterator<&'w WordId> for Bloom {
    fn from_iter<I: IntoIterator<Item = &'w WordId>>(words: I) -> Bloom {
        let mut bloom = Bloom::NONE;
        words.into_iter().for_each(|id| bloom.insert(*id));
        bloom
    }
}

/// For each word the patterns that need it.
#[derive(Debug, Clone, Default)]
pub(super) struct Triggers {
    offsets: Vec<u32>,
    entries: Vec<u16>,
}

impl Triggers {
    /// Sorts the pairs of a word and a pattern that needs it; `words` is how many words there are.
    pub fn new(words: usize, pairs: &mut Vec<(WordId, u16)>) -> Triggers {
        pairs.sort_unstable();
        pairs.dedup();
        let mut offsets = vec![0u32; words + 1];
        for (word, _) in pairs.iter() {
            offsets[usize::from(*word) + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        Triggers { offsets, entries: pairs.iter().map(|pair| pair.1).collect() }
    }

    /// The patterns that need the word.
    pub fn of(&self, word: WordId) -> &[u16] {
        let at = usize::from(word);
        match (self.offsets.get(at), self.offsets.get(at + 1)) {
            (Some(from), Some(to)) => &self.entries[*from as usize..*to as usize],
            _ => &[],
        }
    }

    fn bytes(&self) -> usize {
        self.offsets.len() * 4 + self.entries.len() * 2
    }
}

/// A lexicon, ready for use.
#[derive(Debug, Clone, Default)]
pub(super) struct Compiled {
    pub vocabulary: Vocabulary,
    pub grammar: Grammar,
    pub languages: Vec<(Box<str>, Slots)>,
    pub phrases: Vec<Phrase>,
    pub contexts: Vec<Context>,
    pub masks: Vec<Mask>,
    /// Patterns of phrases and masks, by language.
    pub entries: Vec<Entry>,
    /// Patterns of contexts, by language.
    pub context_entries: Vec<Entry>,
    pub triggers: Triggers,
    pub context_triggers: Triggers,
    /// Sorted rows of words that patterns may begin with; patterns with the same row share it.
    pub firsts: Vec<WordId>,
    /// Sets of words that several patterns ask for.
    pub blooms: Vec<Bloom>,
    /// Words too common to stand alone as a pattern.
    pub common: Vec<WordId>,
}

impl Compiled {
    /// Whether a pattern may begin with a word.
    pub fn may_begin(&self, entry: &Entry, word: WordId) -> bool {
        let [.., first] = entry.also;
        if !self.blooms.get(usize::from(first)).is_some_and(|bloom| bloom.has(word)) {
            return false;
        }
        let begin = entry.firsts as usize;
        let row = self.firsts.get(begin..begin + usize::from(entry.first_count)).unwrap_or(&[]);
        if row.len() <= 8 { row.contains(&word) } else { row.binary_search(&word).is_ok() }
    }

    /// Whether a sentence with these words may hold what a pattern needs.
    pub fn may_match(&self, entry: &Entry, words: &Bloom) -> bool {
        entry.also.iter().all(|set| self.blooms.get(usize::from(*set)).is_none_or(|bloom| bloom.meets(words)))
    }

    /// Bytes held, near enough.
    pub fn bytes(&self) -> usize {
        self.vocabulary.bytes()
            + self.grammar.bytes()
            + self.firsts.capacity() * 2
            + self.blooms.capacity() * size_of::<Bloom>()
            + self.triggers.bytes()
            + self.context_triggers.bytes()
            + (self.entries.capacity() + self.context_entries.capacity()) * size_of::<Entry>()
            + self.phrases.capacity() * (size_of::<Phrase>() + 32)
            + self.contexts.capacity() * (size_of::<Context>() + 32)
            + self.masks.capacity() * (size_of::<Mask>() + 32)
    }
}
