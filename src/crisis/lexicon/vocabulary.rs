//! Which words the lexicon knows, and which misspellings mean them.
//!
//! Flat tables from the hash of a word to its number. Spellings that people really use (swapped
//! letters, repeats, dropped letters of the core words) are entered when the lexicon is compiled,
//! so that an unknown word costs one more look, not a search.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The number of a word. 0 is "not in the lexicon".
pub(super) type WordId = u16;

/// A word the lexicon does not know.
pub(super) const UNKNOWN: WordId = 0;
/// A word of digits.
pub(super) const NUMBER: WordId = 1;

/// How far a spelling is from the word it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// The word itself, or a spelling listed in a file.
    Exact,
    /// Two neighbouring letters swapped.
    Swapped,
    /// One letter missing, doubled or replaced by its neighbour, for core words.
    Slip,
}

/// A word that a hash stands for, and how near the hashed spelling is to it.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    id: WordId,
    near: u8,
}

/// A table from hashes to words, four fifths full. A small bitmap in front answers most misses.
#[derive(Debug, Clone, Default)]
struct Table {
    /// The upper half of the hash; its last two bits hold the nearness and one more, 0 is empty.
    tags: Vec<u32>,
    ids: Vec<WordId>,
    seen: Vec<u64>,
    seen_mask: usize,
}

/// The bits of a tag that do not belong to the hash.
const TAG_NEAR: u32 = 3;

impl Table {
    /// Builds a table; the first of several entries with one hash stands.
    fn new(entries: &[(u64, Slot)]) -> Table {
        if entries.is_empty() {
            return Table::default();
        }
        let size = entries.len() * 5 / 4 + 1;
        let bits = (entries.len() * 8).next_power_of_two().max(64);
        let (tags, ids) = (vec![0; size], vec![UNKNOWN; size]);
        let mut table = Table { tags, ids, seen: vec![0; bits / 64], seen_mask: bits - 1 };
        for (hash, slot) in entries {
            let tag = (hash >> 32) as u32 & !TAG_NEAR;
            let mut at = table.place(*hash);
            while table.tags[at] != 0 && table.tags[at] & !TAG_NEAR != tag {
                at = if at + 1 == size { 0 } else { at + 1 };
            }
            if table.tags[at] == 0 {
                table.tags[at] = tag | u32::from(slot.near + 1);
                table.ids[at] = slot.id;
                let bit = (hash >> 20) as usize & table.seen_mask;
                table.seen[bit / 64] |= 1 << (bit % 64);
            }
        }
        table
    }

    /// Where an entry with that hash is looked for first.
    fn place(&self, hash: u64) -> usize {
        (((hash & 0xffff_ffff) * self.tags.len() as u64) >> 32) as usize
    }

    fn find(&self, hash: u64) -> Option<Slot> {
        if self.tags.is_empty() {
            return None;
        }
        let bit = (hash >> 20) as usize & self.seen_mask;
        if self.seen[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let tag = (hash >> 32) as u32 & !TAG_NEAR;
        let mut at = self.place(hash);
        loop {
            let stored = self.tags[at];
            if stored == 0 {
                return None;
            }
            if stored & !TAG_NEAR == tag {
                return Some(Slot { id: self.ids[at], near: (stored & TAG_NEAR) as u8 - 1 });
            }
            at = if at + 1 == self.tags.len() { 0 } else { at + 1 };
        }
    }

    fn bytes(&self) -> usize {
        self.tags.len() * 6 + self.seen.len() * 8
    }
}

/// The words and their spellings.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    exact: Table,
    near: Table,
    /// All words one after the other, and where each begins.
    words: String,
    begins: Vec<u32>,
    stems: Table,
    /// Bit for the first two bytes of every stem.
    stem_heads: Vec<u64>,
    stem_lengths: u64,
    /// First letter and length of every plain word, sorted, for words with letters starred out.
    starred: Vec<(u8, u8, WordId)>,
    /// Bit for every word that some phrase is found by.
    hot: Vec<u64>,
}

/// Hashes a word, eight bytes at a time.
pub(super) fn hash(bytes: &[u8], seed: u64) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut h = (bytes.len() as u64 ^ seed).wrapping_mul(K);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0u8; 8];
        word.copy_from_slice(chunk);
        h = (h ^ u64::from_le_bytes(word)).wrapping_mul(K);
        h ^= h >> 29;
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut value = 0u64;
        for &byte in rest {
            value = value << 8 | u64::from(byte);
        }
        h = (h ^ value).wrapping_mul(K);
    }
    h ^= h >> 32;
    h.wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// Seed of exact and misspelt entries.
const WORD: u64 = 0;
/// Seed of entries with repeats written once.
const SQUEEZED: u64 = 0x5157;

/// Writes every run of one character once.
pub(super) fn squeeze(word: &str, out: &mut String) {
    let mut last = None;
    for c in word.chars() {
        if last != Some(c) {
            out.push(c);
        }
        last = Some(c);
    }
}

impl Vocabulary {
    /// The word with this spelling, and how near the spelling is.
    pub(super) fn look(&self, word: &str) -> Option<(WordId, Nearness)> {
        let hash = hash(word.as_bytes(), WORD);
        if let Some(slot) = self.exact.find(hash) {
            return Some((slot.id, Nearness::Exact));
        }
        let slot = self.near.find(hash)?;
        Some((slot.id, if slot.near == 1 { Nearness::Swapped } else { Nearness::Slip }))
    }

    /// The word with exactly this spelling.
    pub(super) fn exact(&self, word: &str) -> Option<WordId> {
        self.exact.find(hash(word.as_bytes(), WORD)).map(|slot| slot.id)
    }

    /// The word whose form without repeats is `squeezed`.
    pub(super) fn squeezed(&self, squeezed: &str) -> Option<WordId> {
        self.near.find(hash(squeezed.as_bytes(), SQUEEZED)).map(|slot| slot.id)
    }

    /// The longest stem the word begins with.
    pub(super) fn stem(&self, word: &str) -> Option<WordId> {
        let head = head(word.as_bytes());
        if self.stem_heads.get(head / 64).is_none_or(|bits| bits >> (head % 64) & 1 == 0) {
            return None;
        }
        let longest = word.len().min(63);
        (2..=longest)
            .rev()
            .filter(|length| self.stem_lengths >> length & 1 == 1 && word.is_char_boundary(*length))
            .find_map(|length| self.stems.find(hash(&word.as_bytes()[..length], WORD)).map(|slot| slot.id))
    }

    /// A word in which `*` or `#` stand for letters: the first that fits.
    pub(super) fn starred(&self, pattern: &str) -> Option<WordId> {
        let first = *pattern.as_bytes().first()?;
        let length = u8::try_from(pattern.len()).ok()?;
        let begin = self.starred.partition_point(|entry| (entry.0, entry.1) < (first, length));
        let alike = self.starred[begin..].iter().take_while(|entry| (entry.0, entry.1) == (first, length));
        alike.map(|entry| entry.2).find(|id| {
            let word = self.word(*id).as_bytes();
            word.len() == pattern.len()
                && word.iter().zip(pattern.as_bytes()).all(|(w, p)| w == p || matches!(p, b'*' | b'#' | b'_' | b'-'))
        })
    }

    /// The spelling of a word's number.
    pub(super) fn word(&self, id: WordId) -> &str {
        let at = usize::from(id);
        let begin = self.begins.get(at).map_or(0, |begin| *begin as usize);
        let end = self.begins.get(at + 1).map_or(self.words.len(), |end| *end as usize);
        self.words.get(begin..end).unwrap_or("")
    }

    /// Whether a plain lower-case word is, by whatever repair, one that some phrase is found by.
    /// `doubled` says that a letter stands twice in a row in it.
    pub(super) fn is_hot_spelling(&self, word: &str, doubled: bool) -> bool {
        if let Some((id, _)) = self.look(word) {
            return self.is_hot(id);
        }
        if doubled && word.len() >= 5 {
            let mut room = [0u8; super::reader::MAX_WORD];
            let mut length = 0;
            for &byte in word.as_bytes().iter().take(room.len()) {
                if length == 0 || room[length - 1] != byte {
                    room[length] = byte;
                    length += 1;
                }
            }
            if let Some(slot) = self.near.find(hash(&room[..length], SQUEEZED)) {
                return self.is_hot(slot.id) || self.stem(word).is_some_and(|id| self.is_hot(id));
            }
        }
        self.stem(word).is_some_and(|id| self.is_hot(id))
    }

    /// Whether some phrase is found by this word.
    pub(super) fn is_hot(&self, id: WordId) -> bool {
        self.hot.get(usize::from(id / 64)).is_some_and(|bits| bits >> (id % 64) & 1 == 1)
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.exact.bytes()
            + self.near.bytes()
            + self.stems.bytes()
            + self.stem_heads.len() * 8
            + self.words.len()
            + self.begins.len() * 4
            + self.starred.len() * size_of::<(u8, u8, WordId)>()
            + self.hot.len() * 8
    }
}

/// A quick hasher for words while a lexicon is compiled; the files are not hostile.
#[derive(Debug, Clone, Default)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes, self.0);
    }
}

/// Builds that hasher.
pub(super) type Quickly = BuildHasherDefault<Quick>;

/// Collects words while a lexicon is compiled.
#[derive(Debug, Clone, Default)]
pub(super) struct Builder {
    words: Vec<Box<str>>,
    ids: HashMap<Box<str>, WordId, Quickly>,
    stems: Vec<WordId>,
    spellings: Vec<(Box<str>, WordId)>,
    core: Vec<WordId>,
    plain: Vec<Box<str>>,
}

/// The words that begin so, in a list made by [`Builder::sorted`]; stems included.
pub(super) fn covered(sorted: &[(&str, WordId)], stem: &str) -> Vec<WordId> {
    let first = sorted.partition_point(|(word, _)| *word < stem);
    sorted[first..].iter().take_while(|(word, _)| word.starts_with(stem)).map(|(_, id)| *id).collect()
}

/// How many words a lexicon may know; numbers are 16 bits wide.
pub(super) const MAX_WORDS: usize = 60_000;

impl Builder {
    /// An empty collection with the reserved numbers.
    pub(super) fn new() -> Builder {
        Builder { words: vec!["".into(), "#".into()], ..Builder::default() }
    }

    /// The number of a folded word; `None` when there are too many.
    pub(super) fn word(&mut self, word: &str) -> Option<WordId> {
        if let Some(id) = self.ids.get(word) {
            return Some(*id);
        }
        if self.words.len() >= MAX_WORDS {
            return None;
        }
        let id = self.words.len() as WordId;
        self.words.push(word.into());
        self.ids.insert(word.into(), id);
        Some(id)
    }

    /// How many words there are, the reserved ones included.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of a folded word that was entered.
    pub(super) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// Spells every word entered since `from` also with each of the prefixes.
    pub(super) fn prefixed(&mut self, from: usize, prefixes: &[String]) {
        for prefix in prefixes {
            for id in from.max(2)..self.words.len() {
                let spelling = format!("{prefix}{}", self.words[id]);
                self.spellings.push((spelling.into(), id as WordId));
            }
        }
    }

    /// The number of a stem: every word that begins so.
    pub(super) fn stem(&mut self, stem: &str) -> Option<WordId> {
        let id = self.word(&format!("{stem}*"))?;
        if !self.stems.contains(&id) {
            self.stems.push(id);
        }
        Some(id)
    }

    /// What every word of a stem begins with.
    pub(super) fn beginning(&self, stem: WordId) -> &str {
        self.words.get(usize::from(stem)).map_or("", |word| word.trim_end_matches('*'))
    }

    /// Another spelling of a word.
    pub(super) fn spelling(&mut self, spelling: &str, id: WordId) {
        self.spellings.push((spelling.into(), id));
    }

    /// A word whose slips of the pen are looked for.
    pub(super) fn core(&mut self, id: WordId) {
        self.core.push(id);
    }

    /// An innocent word that must never be read as a misspelling.
    pub(super) fn plain(&mut self, word: &str) {
        self.plain.push(word.into());
    }

    /// Every word by spelling, for [`covered`].
    pub(super) fn sorted(&self) -> Vec<(&str, WordId)> {
        let mut sorted: Vec<(&str, WordId)> =
            self.words.iter().enumerate().skip(1).map(|(id, word)| (&**word, id as WordId)).collect();
        sorted.sort_unstable();
        sorted
    }

    /// Builds the tables; `hot` are the words that phrases are found by.
    pub(super) fn build(self, hot: impl Iterator<Item = WordId>) -> Vocabulary {
        let mut bits = vec![0u64; self.words.len() / 64 + 1];
        hot.for_each(|id| bits[usize::from(id / 64)] |= 1 << (id % 64));
        let mut exact: Vec<(u64, Slot)> = Vec::with_capacity(self.words.len() * 2);
        let mut near: Vec<(u64, Slot)> = Vec::with_capacity(self.words.len() * 12);
        let slot = |id: usize, near: u8| Slot { id: id as WordId, near };
        let words = self.words.iter().enumerate().skip(2).filter(|(_, word)| !word.ends_with('*'));
        for (id, word) in words.clone() {
            exact.push((hash(word.as_bytes(), WORD), slot(id, 0)));
        }
        for (spelling, id) in &self.spellings {
            exact.push((hash(spelling.as_bytes(), WORD), slot(usize::from(*id), 0)));
        }
        for word in &self.plain {
            exact.push((hash(word.as_bytes(), WORD), slot(0, 0)));
        }
        let mut plain = String::new();
        let is_own = |word: &str| word.as_bytes().windows(2).all(|pair| pair[0] != pair[1]);
        for own in [true, false] {
            for (id, word) in words.clone().filter(|(_, word)| word.is_ascii() && is_own(word) == own) {
                plain.clear();
                squeeze(word, &mut plain);
                near.push((hash(plain.as_bytes(), SQUEEZED), slot(id, 2)));
            }
        }
        for (id, word) in words.filter(|(_, word)| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase())) {
            swaps(word, |text| near.push((hash(text, WORD), slot(id, 1))));
        }
        for id in &self.core {
            slips(&self.words[usize::from(*id)], |text| near.push((hash(text, WORD), slot(usize::from(*id), 2))));
        }
        self.finish(&exact, &near, bits)
    }

    fn finish(self, exact: &[(u64, Slot)], near: &[(u64, Slot)], hot: Vec<u64>) -> Vocabulary {
        let exact = Table::new(exact);
        let near = Table::new(near);
        let mut stem_heads = vec![0u64; 1024];
        let mut stems = Vec::new();
        for id in &self.stems {
            let stem = self.words[usize::from(*id)].trim_end_matches('*').as_bytes();
            let head = head(stem);
            stem_heads[head / 64] |= 1 << (head % 64);
            stems.push((hash(stem, WORD), Slot { id: *id, near: 0 }));
        }
        let stem_lengths =
            self.stems.iter().fold(0u64, |lengths, id| lengths | 1 << (self.words[usize::from(*id)].len() - 1).min(63));
        let stems = Table::new(&stems);
        let mut starred: Vec<(u8, u8, WordId)> = Vec::new();
        for (id, word) in self.words.iter().enumerate().skip(2) {
            if (4..=20).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()) {
                starred.push((word.as_bytes()[0], word.len() as u8, id as WordId));
            }
        }
        starred.sort_unstable();
        let mut words = String::new();
        let mut begins = Vec::with_capacity(self.words.len());
        for word in &self.words {
            begins.push(words.len() as u32);
            words.push_str(word);
        }
        Vocabulary { exact, near, words, begins, stems, stem_heads, stem_lengths, starred, hot }
    }
}

/// The first two bytes of a word, as a number.
fn head(word: &[u8]) -> usize {
    match word {
        [first, second, ..] => usize::from(*first) << 8 | usize::from(*second),
        _ => 0,
    }
}

/// Every swap of two neighbouring letters; the first letter stays, people rarely miss it.
fn swaps(word: &str, mut emit: impl FnMut(&[u8])) {
    let mut text = word.as_bytes().to_vec();
    for at in 1..text.len() - 1 {
        if text[at] != text[at + 1] {
            text.swap(at, at + 1);
            emit(&text);
            text.swap(at, at + 1);
        }
    }
}

/// One letter dropped, doubled, or replaced by a neighbour on the keyboard or by its sound.
fn slips(word: &str, mut emit: impl FnMut(&[u8])) {
    let bytes = word.as_bytes();
    let mut text = Vec::with_capacity(bytes.len() + 1);
    for at in 1..bytes.len() {
        text.clear();
        text.extend_from_slice(&bytes[..at]);
        text.extend_from_slice(&bytes[at + 1..]);
        emit(&text);
        text.insert(at, bytes[at]);
        text.insert(at, bytes[at]);
        emit(&text);
        text.remove(at);
        for &near in neighbours(bytes[at]) {
            text[at] = near;
            emit(&text);
            text[at] = bytes[at];
            text.insert(at, near);
            emit(&text);
            text.remove(at);
        }
    }
}

/// Keys beside a letter on a QWERTY keyboard, and letters that sound like it.
fn neighbours(letter: u8) -> &'static [u8] {
    match letter {
        b'a' => b"qwszeo",
        b'b' => b"vghn",
        b'c' => b"xdfvskz",
        b'd' => b"serfcx",
        b'e' => b"wsdrai",
        b'f' => b"drtgcv",
        b'g' => b"ftyhbv",
        b'h' => b"gyujnb",
        b'i' => b"ujkoaye",
        b'j' => b"huiknm",
        b'k' => b"jiolmc",
        b'l' => b"kop",
        b'm' => b"njk",
        b'n' => b"bhjm",
        b'o' => b"iklpau",
        b'p' => b"ol",
        b'q' => b"wa",
        b'r' => b"edft",
        b's' => b"awedxzc",
        b't' => b"rfgy",
        b'u' => b"yhjiao",
        b'v' => b"cfgb",
        b'w' => b"qase",
        b'x' => b"zsdc",
        b'y' => b"tghui",
        b'z' => b"asx",
        _ => b"",
    }
}
