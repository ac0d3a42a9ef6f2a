//! From parsed patterns to shared nodes, and what each pattern needs and begins with.

use std::collections::HashMap;
use std::rc::Rc;

use super::grammar::{Grammar, Node, NodeId};
use super::pattern::Part;
use super::vocabulary::{self, Builder, NUMBER, Quickly, WordId};

/// Longest text a pattern may span, in words.
pub(super) const MAX_SPAN: usize = 60;
/// How many nodes a lexicon may have.
const MAX_NODES: usize = 400_000;

/// What is known about a node.
#[derive(Debug, Clone, Default)]
struct Facts {
    /// Words it may begin with.
    first: Rc<Vec<WordId>>,
    /// It may begin with any word.
    anything: bool,
    /// It may match no word at all.
    nullable: bool,
    /// Sets of words of which at least one each stands in every match, with their weights,
    /// lightest first.
    needs: Vec<(u32, Rc<Vec<WordId>>)>,
    /// Fewest and most words.
    span: (usize, usize),
}

/// What the engine must know of a finished pattern.
#[derive(Debug)]
pub(super) struct Shape {
    /// Root node.
    pub root: NodeId,
    /// Words it may begin with.
    pub first: Rc<Vec<WordId>>,
    /// Words of which at least one stands in every match; at most [`MAX_NEEDS`] such sets, the
    /// rarest first.
    pub needs: Vec<Rc<Vec<WordId>>>,
}

/// How many sets of needed words are kept for a pattern.
const MAX_NEEDS: usize = 3;

/// Turns parts into nodes.
pub(super) struct Lowering<'a> {
    /// The result.
    pub grammar: Grammar,
    builder: &'a Builder,
    sorted: &'a [(&'a str, WordId)],
    common: &'a [u32],
    /// Every word that is a number.
    numbers: Vec<WordId>,
    /// Classes lowered so far, by language; nothing yet for one that is just being lowered.
    classes: Vec<HashMap<Box<str>, Option<NodeId>, Quickly>>,
    sets: HashMap<Vec<WordId>, u32, Quickly>,
    /// Every node once: patterns share what they have in common.
    known: HashMap<Node, NodeId, Quickly>,
    lists: HashMap<(bool, Vec<NodeId>), NodeId, Quickly>,
    facts: Vec<Option<Rc<Facts>>>,
}

/// The classes of a language as parsed.
pub(super) type Classes = HashMap<Box<str>, Part, Quickly>;

impl<'a> Lowering<'a> {
    /// Begins with an empty grammar; `sorted` are the words of `builder`.
    pub fn new(
        builder: &'a Builder,
        sorted: &'a [(&'a str, WordId)],
        common: &'a [u32],
        languages: usize,
    ) -> Lowering<'a> {
        let digits = sorted.iter().filter(|(word, _)| word.bytes().all(|b| b.is_ascii_digit()));
        Lowering {
            grammar: Grammar::default(),
            builder,
            sorted,
            common,
            numbers: std::iter::once(NUMBER).chain(digits.map(|(_, id)| *id)).collect(),
            classes: vec![HashMap::default(); languages],
            sets: HashMap::default(),
            known: HashMap::default(),
            lists: HashMap::default(),
            facts: Vec::new(),
        }
    }

    /// Lowers a whole pattern and checks that it is usable.
    pub fn pattern(&mut self, part: &Part, language: u8, classes: &Classes) -> Result<Shape, String> {
        let root = self.node(part, language, classes)?;
        let facts = self.facts(root);
        if facts.nullable || facts.anything {
            return Err(
                "the pattern would match everything: it must begin with a word, and hold one that is not optional"
                    .to_owned(),
            );
        }
        if facts.span.1 > MAX_SPAN {
            return Err(format!("the pattern may span {} words; the limit is {MAX_SPAN}", facts.span.1));
        }
        if facts.needs.is_empty() {
            return Err("the pattern would match everything: no word is needed".to_owned());
        }
        let needs = facts.needs.iter().map(|(_, words)| Rc::clone(words)).collect();
        Ok(Shape { root, first: Rc::clone(&facts.first), needs })
    }

    /// Whether a pattern is nothing but one common word: too wide for a phrase.
    pub fn is_common(&self, shape: &Shape) -> bool {
        let common = |id: &WordId| self.common.get(usize::from(*id)).is_some_and(|weight| *weight > 0);
        match self.grammar.nodes[shape.root as usize] {
            Node::Word(id) => common(&id),
            Node::Set(set) => self.grammar.set(set).iter().any(common),
            _ => false,
        }
    }

    /// Lowers a part that is not a pattern of its own; also the words it may begin with.
    pub fn part(&mut self, part: &Part, language: u8, classes: &Classes) -> Result<(NodeId, Rc<Vec<WordId>>), String> {
        let node = self.node(part, language, classes)?;
        Ok((node, Rc::clone(&self.facts(node).first)))
    }

    /// The words of a slot.
    pub fn words(&self, part: &Part) -> Result<Vec<WordId>, String> {
        match part {
            Part::Word(word) => Ok(vec![*word]),
            Part::Stem(stem) => Ok(vocabulary::covered(self.sorted, self.builder.beginning(*stem))),
            Part::Number => Ok(self.numbers.clone()),
            Part::Either(parts) => {
                parts.iter().map(|part| self.words(part)).collect::<Result<Vec<_>, _>>().map(|lists| lists.concat())
            }
            _ => Err("only single words can stand here".to_owned()),
        }
    }

    fn push(&mut self, node: Node) -> Result<NodeId, String> {
        if let Some(known) = self.known.get(&node) {
            return Ok(*known);
        }
        if self.grammar.nodes.len() >= MAX_NODES {
            return Err(format!("the lexicon has more than {MAX_NODES} nodes"));
        }
        self.grammar.nodes.push(node);
        let id = self.grammar.nodes.len() as NodeId - 1;
        self.known.insert(node, id);
        Ok(id)
    }

    fn set(&mut self, mut ids: Vec<WordId>) -> Result<NodeId, String> {
        ids.sort_unstable();
        ids.dedup();
        if let [only] = ids[..] {
            return self.push(Node::Word(only));
        }
        let index = match self.sets.get(&ids) {
            Some(index) => *index,
            None => {
                let index = self.grammar.add_set(&ids);
                self.sets.insert(ids, index);
                index
            }
        };
        self.push(Node::Set(index))
    }

    fn list(&mut self, kids: Vec<NodeId>, is_row: bool) -> Result<NodeId, String> {
        let key = (is_row, kids);
        if let Some(node) = self.lists.get(&key) {
            return Ok(*node);
        }
        let at = self.grammar.kids.len() as u32;
        let len = u16::try_from(key.1.len()).map_err(|_| "a choice has too many parts".to_owned())?;
        self.grammar.kids.extend(&key.1);
        let node = self.push(if is_row { Node::Row { at, len } } else { Node::Either { at, len } })?;
        self.lists.insert(key, node);
        Ok(node)
    }

    fn node(&mut self, part: &Part, language: u8, classes: &Classes) -> Result<NodeId, String> {
        match part {
            Part::Word(id) => self.push(Node::Word(*id)),
            Part::Stem(_) | Part::Number => {
                let words = self.words(part)?;
                self.set(words)
            }
            Part::Gap(most, wide) => self.push(Node::Gap(*most, *wide)),
            Part::Start => self.push(Node::Start),
            Part::End => self.push(Node::End),
            Part::Maybe(inner) => {
                let kid = self.node(inner, language, classes)?;
                self.push(Node::Maybe(kid))
            }
            Part::Not(inner) => {
                let kid = self.node(inner, language, classes)?;
                self.push(Node::Not(kid))
            }
            Part::Row(parts) => {
                let kids =
                    parts.iter().map(|part| self.node(part, language, classes)).collect::<Result<Vec<_>, _>>()?;
                self.list(kids, true)
            }
            Part::Either(parts) => self.either(parts, language, classes),
            Part::Class(name) => self.class(name, language, classes),
        }
    }

    fn class(&mut self, name: &str, language: u8, classes: &Classes) -> Result<NodeId, String> {
        let nth = usize::from(language);
        match self.classes[nth].get(name) {
            Some(Some(node)) => return Ok(*node),
            Some(None) => return Err(format!("class <{name}> contains itself")),
            None => {}
        }
        let part = classes.get(name).ok_or_else(|| format!("there is no class <{name}>"))?;
        self.classes[nth].insert(name.into(), None);
        let node = self.node(part, language, classes)?;
        self.classes[nth].insert(name.into(), Some(node));
        Ok(node)
    }

    /// A choice: single words become one set, rows that begin with a word are found by it.
    fn either(&mut self, parts: &[Part], language: u8, classes: &Classes) -> Result<NodeId, String> {
        let (mut words, mut forks, mut kids) = (Vec::new(), Vec::new(), Vec::new());
        let mut flat: Vec<&Part> = Vec::new();
        flatten(parts, &mut flat);
        for part in flat {
            match part {
                Part::Word(_) | Part::Stem(_) | Part::Number => words.extend(self.words(part)?),
                Part::Row(row) if matches!(row.first(), Some(Part::Word(_))) => {
                    let Some(Part::Word(first)) = row.first() else { continue };
                    forks.push((*first, self.node(part, language, classes)?));
                }
                _ => kids.push(self.node(part, language, classes)?),
            }
        }
        if !words.is_empty() {
            kids.push(self.set(words)?);
        }
        if forks.len() > 2 {
            forks.sort_unstable();
            let at = self.grammar.forks.len() as u32;
            let len = u16::try_from(forks.len()).map_err(|_| "a choice has too many parts".to_owned())?;
            self.grammar.forks.extend(forks);
            kids.push(self.push(Node::Fork { at, len })?);
        } else {
            kids.extend(forks.into_iter().map(|(_, node)| node));
        }
        if let [only] = kids[..] { Ok(only) } else { self.list(kids, false) }
    }

    fn facts(&mut self, node: NodeId) -> Rc<Facts> {
        if let Some(Some(facts)) = self.facts.get(node as usize) {
            return Rc::clone(facts);
        }
        let facts = match self.grammar.nodes[node as usize] {
            Node::Word(id) => self.of_words(vec![id]),
            Node::Set(set) => {
                let words = self.grammar.set(set).to_vec();
                self.of_words(words)
            }
            Node::Gap(most, _) => {
                Facts { anything: true, nullable: true, span: (0, usize::from(most)), ..Facts::default() }
            }
            Node::Start | Node::End | Node::Not(_) => Facts { nullable: true, ..Facts::default() },
            Node::Maybe(kid) => {
                let kid = self.facts(kid);
                Facts {
                    first: Rc::clone(&kid.first),
                    anything: kid.anything,
                    nullable: true,
                    needs: Vec::new(),
                    span: (0, kid.span.1),
                }
            }
            Node::Row { at, len } => self.of_row(at as usize, usize::from(len)),
            Node::Either { at, len } => {
                let kids: Vec<NodeId> = self.grammar.kids[at as usize..at as usize + usize::from(len)].to_vec();
                self.of_choice(&kids)
            }
            Node::Fork { at, len } => {
                let kids: Vec<NodeId> =
                    self.grammar.forks[at as usize..at as usize + usize::from(len)].iter().map(|fork| fork.1).collect();
                self.of_choice(&kids)
            }
        };
        let facts = Rc::new(facts);
        if self.facts.len() <= node as usize {
            self.facts.resize(self.grammar.nodes.len(), None);
        }
        self.facts[node as usize] = Some(Rc::clone(&facts));
        facts
    }

    fn of_words(&self, words: Vec<WordId>) -> Facts {
        let weight = words.iter().map(|id| self.common.get(usize::from(*id)).copied().unwrap_or(0).max(1)).sum();
        let words = Rc::new(words);
        Facts { first: Rc::clone(&words), needs: vec![(weight, words)], span: (1, 1), ..Facts::default() }
    }

    fn of_row(&mut self, at: usize, len: usize) -> Facts {
        let mut row = Facts { nullable: true, ..Facts::default() };
        for nth in at..at + len {
            let kid = self.facts(self.grammar.kids[nth]);
            if row.nullable {
                if row.first.is_empty() {
                    row.first = Rc::clone(&kid.first);
                } else {
                    Rc::make_mut(&mut row.first).extend(&*kid.first);
                }
                row.anything |= kid.anything;
                row.nullable = kid.nullable;
            }
            row.span = (row.span.0 + kid.span.0, row.span.1 + kid.span.1);
            row.needs.extend(kid.needs.iter().cloned());
        }
        row.needs.sort_by_key(|need| need.0);
        row.needs.truncate(MAX_NEEDS);
        row
    }

    fn of_choice(&mut self, kids: &[NodeId]) -> Facts {
        let mut choice = Facts { span: (usize::MAX, 0), ..Facts::default() };
        let (mut needs, mut first) = (Some((0, Vec::new())), Vec::new());
        for kid in kids {
            let kid = self.facts(*kid);
            first.extend(&*kid.first);
            choice.anything |= kid.anything;
            choice.nullable |= kid.nullable;
            choice.span = (choice.span.0.min(kid.span.0), choice.span.1.max(kid.span.1));
            match (&mut needs, kid.needs.first()) {
                (Some((weight, words)), Some((more, others))) => {
                    words.extend(others.iter().copied());
                    *weight += more;
                }
                _ => needs = None,
            }
        }
        first.sort_unstable();
        first.dedup();
        choice.first = Rc::new(first);
        if let Some((weight, mut words)) = needs {
            words.sort_unstable();
            words.dedup();
            choice.needs.push((weight, Rc::new(words)));
        }
        choice
    }
}

fn flatten<'p>(parts: &'p [Part], flat: &mut Vec<&'p Part>) {
    for part in parts {
        match part {
            Part::Either(inner) => flatten(inner, flat),
            other => flat.push(other),
        }
    }
}
