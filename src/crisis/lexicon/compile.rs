//! From files to one compiled lexicon, with every problem noted on the way.

use std::collections::{HashMap, HashSet};

use toml::Spanned;

use super::compiled::{Bloom, Compiled, Context, Entry, Mask, Owner, Phrase, Place, Rules, Triggers};
use super::error::{LexiconError, Problems};
use super::file::{self, File};
use super::grammar::{Slots, Words};
use super::lower::{Classes, Lowering, Shape};
use super::pattern::{self, Part};
use super::verdict::{Level, PhraseId, Rule, Topic};
use super::vocabulary::{Builder, Quickly, WordId};

/// How many patterns one file may hold.
const MAX_PATTERNS: usize = 8_000;
/// What a common word weighs, at the least, when the rarest needed word of a pattern is chosen; a
/// rare word weighs 1. The first words of a file's list weigh most.
const COMMON: u32 = 60;
/// How many different tags there may be.
const MAX_TAGS: usize = 32;

/// A pattern waiting to be lowered.
struct Waiting {
    part: Part,
    language: u8,
    owner: Owner,
    at: usize,
}

/// Gathers all files before anything is lowered: a stem in one covers words of another.
#[derive(Default)]
struct Gathered<'t> {
    builder: Builder,
    compiled: Compiled,
    waiting: Vec<Waiting>,
    classes: Vec<Classes>,
    slots: Vec<Vec<(String, Vec<Part>, usize)>>,
    sources: Vec<(&'t str, &'t str)>,
    common: Vec<(u32, String)>,
    ids: HashSet<String>,
    tags: Vec<String>,
    problems: Problems,
}

/// Compiles files given as name and content.
pub(super) fn compile(files: &[(&str, &str)]) -> Result<Compiled, LexiconError> {
    let mut gathered = Gathered { builder: Builder::new(), ..Gathered::default() };
    for (name, text) in files {
        gathered.sources.push((name, text));
        match toml::from_str::<File>(text) {
            Ok(file) => gathered.file(file),
            Err(error) => {
                let line = error.span().map_or(1, |span| file::line_of(text, span.start));
                gathered.problems.add(name, line, error.message());
            }
        }
    }
    gathered.finish()
}

impl Gathered<'_> {
    fn problem(&mut self, source: usize, at: usize, what: impl Into<String>) {
        let (name, text) = self.sources[source];
        self.problems.add(name, file::line_of(text, at), what);
    }

    fn file(&mut self, file: File) {
        let source = self.sources.len() - 1;
        let language = self.classes.len() as u8;
        if self.compiled.languages.iter().any(|(code, _)| **code == *file.language) {
            self.problem(source, 0, format!("language `{}` has two files", file.language));
        }
        self.compiled.languages.push((file.language.as_str().into(), Slots::default()));
        let before = self.builder.len();
        self.classes(source, &file);
        self.words(&file, source);
        let count = self.waiting.len();
        for phrase in file.phrase {
            self.phrase(source, language, phrase);
        }
        for context in file.context {
            self.context(source, language, context);
        }
        for mask in file.mask {
            self.mask(source, language, mask);
        }
        if self.waiting.len() - count > MAX_PATTERNS {
            self.problem(source, 0, format!("more than {MAX_PATTERNS} patterns in one file"));
        }
        self.builder.prefixed(before, &file.prefixes);
    }

    /// Classes and slots.
    fn classes(&mut self, source: usize, file: &File) {
        let mut classes = Classes::default();
        for (name, patterns) in &file.classes {
            let parts: Vec<Part> =
                patterns.get_ref().iter().filter_map(|text| self.parsed(source, patterns.span().start, text)).collect();
            classes.insert(name.as_str().into(), Part::Either(parts));
        }
        let mut slots = Vec::new();
        for (name, patterns) in &file.slots {
            let at = patterns.span().start;
            let parts = patterns.get_ref().iter().filter_map(|text| self.parsed(source, at, text)).collect();
            slots.push((name.clone(), parts, at));
        }
        self.classes.push(classes);
        self.slots.push(slots);
    }

    /// Common, innocent and core words, and other spellings.
    fn words(&mut self, file: &File, source: usize) {
        let (mut rank, builder) = (0, &mut self.builder);
        pattern::words(&file.common, |word| {
            self.common.push((rank, word.to_owned()));
            rank += 1;
        });
        pattern::words(&file.innocent, |word| builder.plain(word));
        pattern::words(&file.core, |word| {
            if let Some(id) = builder.word(word) {
                builder.core(id);
            }
        });
        let mut bad = Vec::new();
        for (word, others) in &file.spellings {
            match pattern::parse(word, builder) {
                Ok(Part::Word(id)) => pattern::words(others.get_ref(), |other| builder.spelling(other, id)),
                _ => bad.push((others.span().start, format!("spellings are of one word, not of `{word}`"))),
            }
        }
        for (at, what) in bad {
            self.problem(source, at, what);
        }
    }

    fn parsed(&mut self, source: usize, at: usize, text: &str) -> Option<Part> {
        match pattern::parse(text, &mut self.builder) {
            Ok(part) => Some(part),
            Err(what) => {
                self.problem(source, at, format!("`{text}`: {what}"));
                None
            }
        }
    }

    fn patterns(&mut self, source: usize, at: usize, language: u8, owner: Owner, any: &[Spanned<String>]) {
        if any.is_empty() {
            self.problem(source, at, "there is no pattern");
        }
        for text in any {
            let at = text.span().start;
            if let Some(part) = self.parsed(source, at, text.get_ref()) {
                self.waiting.push(Waiting { part, language, owner, at });
            }
        }
    }

    fn named(&mut self, source: usize, at: usize, id: &str) {
        if id.trim().is_empty() {
            self.problem(source, at, "an id is missing");
        } else if !self.ids.insert(id.to_owned()) {
            self.problem(source, at, format!("the id `{id}` is used twice"));
        }
    }

    fn rules(&mut self, source: usize, at: usize, words: &[String]) -> Rules {
        let mut rules = Rules::default();
        for word in words {
            match Rule::parse(word) {
                Some(rule) => rules.0 |= 1 << rule as u8,
                None => self.problem(source, at, format!("there is no rule `{word}`")),
            }
        }
        rules
    }

    fn rule(&mut self, source: usize, at: usize, word: &str) -> Rule {
        Rule::parse(word).unwrap_or_else(|| {
            self.problem(source, at, format!("there is no rule `{word}`"));
            Rule::Statement
        })
    }

    fn level(&mut self, source: usize, at: usize, word: &str) -> Level {
        Level::parse(word).unwrap_or_else(|| {
            self.problem(
                source,
                at,
                format!("there is no level `{word}`; levels are none, concern_other, low, high, imminent"),
            );
            Level::None
        })
    }

    fn topic(&mut self, source: usize, at: usize, word: &str) -> Topic {
        Topic::parse(word).unwrap_or_else(|| {
            self.problem(source, at, format!("there is no topic `{word}`"));
            Topic::Suicide
        })
    }

    fn tags(&mut self, source: usize, at: usize, tags: &[String]) -> u32 {
        let mut bits = 0;
        for tag in tags {
            let nth = self.tags.iter().position(|known| known == tag).unwrap_or_else(|| {
                self.tags.push(tag.clone());
                self.tags.len() - 1
            });
            if nth >= MAX_TAGS {
                self.problem(source, at, format!("more than {MAX_TAGS} different tags"));
            }
            bits |= 1 << (nth % MAX_TAGS);
        }
        bits
    }

    fn phrase(&mut self, source: usize, language: u8, phrase: Spanned<file::Phrase>) {
        let at = phrase.span().start;
        let phrase = phrase.into_inner();
        self.named(source, at, &phrase.id);
        let compiled = Phrase {
            id: PhraseId::from(phrase.id.as_str()),
            level: self.level(source, at, &phrase.level),
            topic: self.topic(source, at, &phrase.topic),
            language,
            subject: phrase.subject,
            sensitive: phrase.sensitive,
            ignore: self.rules(source, at, &phrase.ignore),
            tags: self.tags(source, at, &phrase.tags),
        };
        let owner = Owner::Phrase(self.compiled.phrases.len() as u16);
        self.compiled.phrases.push(compiled);
        self.patterns(source, at, language, owner, &phrase.any);
    }

    fn context(&mut self, source: usize, language: u8, context: Spanned<file::Context>) {
        let at = context.span().start;
        let context = context.into_inner();
        self.named(source, at, &context.id);
        let place = match context.place.as_str() {
            "before" => Place::Before,
            "after" => Place::After,
            "over" => Place::Over,
            "earlier" => Place::Earlier,
            "later" => Place::Later,
            "sentence" => Place::Sentence,
            "message" => Place::Message,
            other => {
                self.problem(source, at, format!("there is no place `{other}`"));
                Place::Sentence
            }
        };
        let compiled = Context {
            id: context.id.as_str().into(),
            rule: self.rule(source, at, &context.rule),
            place,
            within: context.within,
            gives: context.gives.as_deref().map(|word| self.level(source, at, word)),
            cancels: self.rules(source, at, &context.cancels),
            topics: context.topics.iter().map(|word| self.topic(source, at, word)).collect(),
            tags: self.tags(source, at, &context.tags),
            language,
        };
        let owner = Owner::Context(self.compiled.contexts.len() as u16);
        self.compiled.contexts.push(compiled);
        self.patterns(source, at, language, owner, &context.any);
    }

    fn mask(&mut self, source: usize, language: u8, mask: Spanned<file::Mask>) {
        let at = mask.span().start;
        let mask = mask.into_inner();
        self.named(source, at, &mask.id);
        let rule = self.rule(source, at, &mask.rule);
        let owner = Owner::Mask(self.compiled.masks.len() as u16);
        self.compiled.masks.push(Mask { id: mask.id.as_str().into(), rule });
        self.patterns(source, at, language, owner, &mask.any);
    }

    fn finish(mut self) -> Result<Compiled, LexiconError> {
        let builder = std::mem::take(&mut self.builder);
        let mut common = vec![0u32; builder.len()];
        for (rank, word) in &self.common {
            if let Some(id) = builder.id(word) {
                common[usize::from(id)] = common[usize::from(id)].max(COMMON + 4_000 / (rank + 4));
            }
        }
        let sorted = builder.sorted();
        let mut lowering = Lowering::new(&builder, &sorted, &common, self.classes.len());
        let slots = std::mem::take(&mut self.slots);
        for (source, slots) in slots.into_iter().enumerate() {
            self.lower_slots(source, slots, &mut lowering);
        }
        let mut shared = Shared::default();
        let (mut pairs, mut context_pairs) = (Vec::new(), Vec::new());
        for waiting in std::mem::take(&mut self.waiting) {
            let language = usize::from(waiting.language);
            match lowering.pattern(&waiting.part, waiting.language, &self.classes[language]) {
                Ok(shape) => match waiting.owner {
                    Owner::Context(_) => {
                        enlist(&mut self.compiled.context_entries, &mut shared, &mut context_pairs, &waiting, shape)
                    }
                    owner if !self.may_be_common(owner) && lowering.is_common(&shape) => {
                        self.problem(
                            language,
                            waiting.at,
                            "the pattern would match nearly everything: it is one common word",
                        );
                    }
                    Owner::Phrase(_) | Owner::Mask(_) => {
                        enlist(&mut self.compiled.entries, &mut shared, &mut pairs, &waiting, shape)
                    }
                },
                Err(what) => self.problem(language, waiting.at, what),
            }
        }
        self.compiled.grammar = std::mem::take(&mut lowering.grammar);
        drop(lowering);
        self.compiled.triggers = Triggers::new(builder.len(), &mut pairs);
        self.compiled.context_triggers = Triggers::new(builder.len(), &mut context_pairs);
        self.compiled.common = (2..common.len()).filter(|id| common[*id] > 0).map(|id| id as WordId).collect();
        (self.compiled.firsts, self.compiled.blooms) = (shared.firsts, shared.blooms);
        let entries = &self.compiled.entries;
        let of_phrases =
            pairs.iter().filter(|(_, entry)| matches!(entries[usize::from(*entry)].owner, Owner::Phrase(_)));
        self.compiled.vocabulary = builder.build(of_phrases.map(|(word, _)| *word));
        self.problems.into_result()?;
        Ok(self.compiled)
    }

    /// Whether a pattern may be a single common word: only contexts, and the masks of our own files.
    fn may_be_common(&self, owner: Owner) -> bool {
        match owner {
            Owner::Phrase(_) => false,
            Owner::Mask(index) => self.compiled.masks[usize::from(index)].rule != Rule::Allowed,
            Owner::Context(_) => true,
        }
    }

    fn lower_slots(&mut self, source: usize, slots: Vec<(String, Vec<Part>, usize)>, lowering: &mut Lowering<'_>) {
        let mut found = HashMap::new();
        for (name, parts, at) in slots {
            if name == "filler" {
                match lowering.part(&Part::Either(parts), source as u8, &self.classes[source]) {
                    Ok((node, first)) => {
                        let slots = &mut self.compiled.languages[source].1;
                        slots.filler = Some(node);
                        slots.filler_heads = vec![0; first.iter().max().map_or(0, |id| usize::from(*id / 64) + 1)];
                        first.iter().for_each(|id| slots.filler_heads[usize::from(*id / 64)] |= 1 << (*id % 64));
                    }
                    Err(what) => self.problem(source, at, what),
                }
                continue;
            }
            match lowering.words(&Part::Either(parts)) {
                Ok(mut words) => {
                    words.sort_unstable();
                    words.dedup();
                    found.insert(name, Words(words.into_boxed_slice()));
                }
                Err(what) => self.problem(source, at, what),
            }
        }
        let slots = &mut self.compiled.languages[source].1;
        slots.stop = found.remove("stop").unwrap_or_default();
        slots.opener = found.remove("opener").unwrap_or_default();
        slots.closer = found.remove("closer").unwrap_or_default();
        slots.first = found.remove("first").unwrap_or_default();
        slots.second = found.remove("second").unwrap_or_default();
        slots.third = found.remove("third").unwrap_or_default();
        slots.generic = found.remove("generic").unwrap_or_default();
        slots.auxiliary = found.remove("auxiliary").unwrap_or_default();
        slots.elided = found.remove("elided").unwrap_or_default();
        slots.joiner = found.remove("joiner").unwrap_or_default();
        if let Some(name) = found.into_keys().next() {
            self.problem(source, 0, format!("there is no slot `{name}`"));
        }
    }
}

/// What patterns share: rows of first words and needed sets, each kept once.
#[derive(Default)]
struct Shared {
    firsts: Vec<WordId>,
    rows: HashMap<Vec<WordId>, u32, Quickly>,
    blooms: Vec<Bloom>,
    places: HashMap<Bloom, u16, Quickly>,
}

impl Shared {
    fn row(&mut self, words: &[WordId]) -> (u32, u16) {
        let mut words = words.to_vec();
        words.sort_unstable();
        words.dedup();
        let count = words.len() as u16;
        if let Some(at) = self.rows.get(&words) {
            return (*at, count);
        }
        let at = self.firsts.len() as u32;
        self.firsts.extend(&words);
        self.rows.insert(words, at);
        (at, count)
    }

    fn bloom(&mut self, bloom: Bloom) -> u16 {
        // Beyond the numbers there are, a pattern is only tried more often than it need be.
        let next = self.blooms.len().min(usize::from(u16::MAX)) as u16;
        let at = *self.places.entry(bloom).or_insert(next);
        if at == next && usize::from(next) == self.blooms.len() {
            self.blooms.push(bloom);
        }
        at
    }
}

fn enlist(
    entries: &mut Vec<Entry>,
    shared: &mut Shared,
    pairs: &mut Vec<(WordId, u16)>,
    waiting: &Waiting,
    shape: Shape,
) {
    let nth = entries.len() as u16;
    let set = |at: usize| shape.needs.get(at).map_or(Bloom::ALL, |words| words.iter().collect());
    let also = [set(1), set(2), shape.first.iter().collect()].map(|bloom| shared.bloom(bloom));
    let (firsts, first_count) = shared.row(&shape.first);
    entries.push(Entry {
        root: shape.root,
        firsts,
        first_count,
        also,
        language: waiting.language,
        owner: waiting.owner,
    });
    pairs.extend(shape.needs.iter().take(1).flat_map(|words| words.iter()).map(|word| (*word, nth)));
}
