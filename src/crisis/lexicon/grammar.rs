//! The compiled patterns, and whether one of them begins at a given word.
//!
//! A pattern is a tree of nodes shared between patterns. Matching a node at a word answers with the
//! set of places where it may end, as the bits of one number: bit k means "k words further on". So
//! a pattern costs at most its own size per word, whatever it is applied to, and nothing is ever
//! tried twice in search of a longer match.

use std::cell::Cell;

use super::reader::Token;
use super::vocabulary::WordId;

/// The number of a node.
pub(super) type NodeId = u32;

/// One piece of a compiled pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// One word.
    Word(WordId),
    /// One word of a set.
    Set(u32),
    /// At most so many words; of any kind, or only those that do not stop a gap.
    Gap(u8, bool),
    /// The nodes `kids[at..at + len]` one after the other.
    Row {
        /// First child.
        at: u32,
        /// Number of children.
        len: u16,
    },
    /// Any of the nodes `kids[at..at + len]`.
    Either {
        /// First child.
        at: u32,
        /// Number of children.
        len: u16,
    },
    /// Any of the nodes in `forks[at..at + len]` whose first word stands here.
    Fork {
        /// First entry.
        at: u32,
        /// Number of entries.
        len: u16,
    },
    /// Perhaps that node.
    Maybe(NodeId),
    /// Not that node.
    Not(NodeId),
    /// A clause begins here.
    Start,
    /// A clause ends here.
    End,
}

/// A sorted set of words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Words(pub Box<[WordId]>);

impl Words {
    /// Whether the word is in the set.
    pub fn has(&self, id: WordId) -> bool {
        holds(&self.0, id)
    }
}

fn holds(sorted: &[WordId], id: WordId) -> bool {
    if sorted.len() <= 8 { sorted.contains(&id) } else { sorted.binary_search(&id).is_ok() }
}

/// Every node of every pattern.
#[derive(Debug, Clone, Default)]
pub(super) struct Grammar {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// Children of rows and choices.
    pub kids: Vec<NodeId>,
    /// Entries of forks, sorted by first word.
    pub forks: Vec<(WordId, NodeId)>,
    /// Words of all sets, one sorted row after the other.
    pub words: Vec<WordId>,
    /// Where each set begins in `words`, and one more for the end.
    pub sets: Vec<u32>,
}

impl Grammar {
    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>()
            + self.kids.capacity() * 4
            + self.forks.capacity() * 8
            + self.words.capacity() * 2
            + self.sets.capacity() * 4
    }

    /// The words of a set.
    pub fn set(&self, set: u32) -> &[WordId] {
        let at = set as usize;
        match (self.sets.get(at), self.sets.get(at + 1)) {
            (Some(from), Some(to)) => self.words.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Adds a sorted set of words.
    pub fn add_set(&mut self, words: &[WordId]) -> u32 {
        if self.sets.is_empty() {
            self.sets.push(0);
        }
        self.words.extend(words);
        self.sets.push(self.words.len() as u32);
        self.sets.len() as u32 - 2
    }
}

/// Word classes of one language that the matcher itself needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    /// May stand between any two parts of a phrase.
    pub filler: Option<NodeId>,
    /// Bit for every word a filler may begin with.
    pub filler_heads: Vec<u64>,
    /// Ends a gap.
    pub stop: Words,
    /// A clause may begin after these.
    pub opener: Words,
    /// A clause may end before these.
    pub closer: Words,
    /// The writer: I, me, we.
    pub first: Words,
    /// The person spoken to.
    pub second: Words,
    /// A person spoken of.
    pub third: Words,
    /// Nobody in particular: people, anyone, who.
    pub generic: Words,
    /// Words between a subject and its verb.
    pub auxiliary: Words,
    /// Joins two clauses with one subject.
    pub joiner: Words,
    /// Begins a sentence whose writer left "I" out: "been thinking about it all day".
    pub elided: Words,
}

/// Matches patterns of one language against one sentence.
pub(super) struct Matcher<'a> {
    grammar: &'a Grammar,
    slots: &'a Slots,
    tokens: &'a [Token],
    work: &'a Cell<u64>,
}

/// How much work one text may cost, in nodes looked at. Ordinary texts need some hundreds; a text
/// built to be expensive is given up after this, with what was found until then.
pub(super) const MAX_WORK: u64 = 60_000;

impl<'a> Matcher<'a> {
    /// Prepares to match in a sentence.
    pub fn new(grammar: &'a Grammar, slots: &'a Slots, tokens: &'a [Token], work: &'a Cell<u64>) -> Matcher<'a> {
        Matcher { grammar, slots, tokens, work }
    }

    /// Whether the work allowed for one text is used up.
    pub fn is_spent(&self) -> bool {
        self.work.get() >= MAX_WORK
    }

    /// The words of the sentence.
    pub fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    /// How many words of filler begin at a word; 0 for none.
    pub fn filler(&self, at: usize) -> usize {
        let (Some(filler), Some(token)) = (self.slots.filler, self.tokens.get(at)) else { return 0 };
        let heads = self.slots.filler_heads.get(usize::from(token.id / 64)).copied().unwrap_or(0);
        if heads >> (token.id % 64) & 1 == 0 {
            return 0;
        }
        let ends = self.ends(filler, at) & !1;
        if ends == 0 { 0 } else { 63 - ends.leading_zeros() as usize }
    }

    fn id(&self, at: usize) -> WordId {
        self.tokens.get(at).map_or(0, |token| token.id)
    }

    /// Whether a clause begins at a word.
    pub fn starts(&self, at: usize) -> bool {
        let mut at = at;
        loop {
            if at == 0
                || self.tokens.get(at).is_some_and(|token| token.has(Token::CLAUSE))
                || self.slots.opener.has(self.id(at - 1))
            {
                return true;
            }
            if self.filler(at - 1) == 0 {
                return false;
            }
            at -= 1;
        }
    }

    /// Whether a clause ends before a word.
    pub fn stops(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.has(Token::CLAUSE) || self.slots.closer.has(token.id))
    }

    /// Where the node may end when it begins at a word: bit k for k words further on.
    pub fn ends(&self, node: NodeId, at: usize) -> u64 {
        self.work.set(self.work.get() + 1);
        match self.grammar.nodes[node as usize] {
            Node::Word(id) => u64::from(at < self.tokens.len() && self.tokens[at].id == id) << 1,
            Node::Set(set) => {
                u64::from(at < self.tokens.len() && holds(self.grammar.set(set), self.tokens[at].id)) << 1
            }
            Node::Gap(most, wide) => self.gap(most, wide, at),
            Node::Row { at: first, len } => {
                self.row(&self.grammar.kids[first as usize..first as usize + usize::from(len)], at)
            }
            Node::Either { at: first, len } => self.grammar.kids[first as usize..first as usize + usize::from(len)]
                .iter()
                .fold(0, |ends, kid| ends | self.ends(*kid, at)),
            Node::Fork { at: first, len } => {
                self.fork(&self.grammar.forks[first as usize..first as usize + usize::from(len)], at)
            }
            Node::Maybe(kid) => 1 | self.ends(kid, at),
            Node::Not(kid) => u64::from(self.ends(kid, at) == 0),
            Node::Start => u64::from(self.starts(at)),
            Node::End => u64::from(self.stops(at)),
        }
    }

    fn gap(&self, most: u8, wide: bool, at: usize) -> u64 {
        let mut ends = 1u64;
        for k in 0..usize::from(most) {
            if at + k >= self.tokens.len() || (!wide && self.slots.stop.has(self.id(at + k))) {
                break;
            }
            ends |= 2 << k;
        }
        ends
    }

    fn fork(&self, entries: &[(WordId, NodeId)], at: usize) -> u64 {
        if at >= self.tokens.len() {
            return 0;
        }
        let id = self.id(at);
        let first = entries.partition_point(|entry| entry.0 < id);
        entries[first..].iter().take_while(|entry| entry.0 == id).fold(0, |ends, entry| ends | self.ends(entry.1, at))
    }

    fn row(&self, kids: &[NodeId], at: usize) -> u64 {
        let mut reached = 1u64;
        for (nth, kid) in kids.iter().enumerate() {
            let mut next = 0u64;
            let mut left = reached;
            while left != 0 {
                let k = left.trailing_zeros() as usize;
                left &= left - 1;
                next |= self.ends(*kid, at + k) << k;
            }
            if next == 0 {
                return 0;
            }
            reached = if nth + 1 < kids.len() { self.over_fillers(next, at) } else { next };
        }
        reached
    }

    /// Places reached, and those reached by passing over fillers.
    fn over_fillers(&self, reached: u64, at: usize) -> u64 {
        let mut all = reached;
        let mut left = reached & !1;
        while left != 0 {
            let k = left.trailing_zeros() as usize;
            left &= left - 1;
            let length = self.filler(at + k);
            if length > 0 && k + length < 64 && all >> (k + length) & 1 == 0 {
                all |= 1 << (k + length);
                left |= 1 << (k + length);
            }
        }
        all
    }
}
