//! The small language phrases are written in.
//!
//! | written | means |
//! | --- | --- |
//! | `want to die` | these words in this order; words of the language's `filler` class may stand between |
//! | `(a\|b c)` | one of these |
//! | `[a\|b c]` or `(a\|b c)?` | perhaps one of these |
//! | `<name>` | the class of that name in the same file |
//! | `~3` | at most three words that are not in the `stop` class |
//! | `~~3` | at most three words of any kind |
//! | `#` | a number |
//! | `intihar*` | every word that begins so |
//! | `^` `$` | begin and end of a clause |
//! | `!x` | what follows is not `x` |
//!
//! Words are folded as texts are. Scripts without spaces are cut into characters.

use super::fold::{self, Kind};
use super::vocabulary::{Builder, WordId};

/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 8;
/// Longest pattern, in characters.
const MAX_LENGTH: usize = 4_000;
/// Longest gap, in words.
const MAX_GAP: u8 = 8;

/// A parsed pattern, its words by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// One folded word.
    Word(WordId),
    /// Every word with this beginning, by the number of the stem.
    Stem(WordId),
    /// Any number.
    Number,
    /// At most so many words; of any kind, or only those that do not stop a gap.
    Gap(u8, bool),
    /// One after the other.
    Row(Vec<Part>),
    /// One of these.
    Either(Vec<Part>),
    /// Perhaps.
    Maybe(Box<Part>),
    /// A class of the same file.
    Class(Box<str>),
    /// Begin of a clause.
    Start,
    /// End of a clause.
    End,
    /// Not followed by.
    Not(Box<Part>),
}

/// Reads a pattern and enters its words; the error says what is wrong in words.
pub(super) fn parse(text: &str, builder: &mut Builder) -> Result<Part, String> {
    if text.len() > MAX_LENGTH {
        return Err(format!("the pattern is longer than {MAX_LENGTH} characters"));
    }
    let part = Parser { text, at: 0, builder }.either(0, None)?;
    if is_empty(&part) { Err("the pattern is empty".to_owned()) } else { Ok(part) }
}

fn is_empty(part: &Part) -> bool {
    match part {
        Part::Row(parts) | Part::Either(parts) => parts.iter().all(is_empty),
        Part::Maybe(part) => is_empty(part),
        _ => false,
    }
}

/// Cuts plain words as a text is cut and gives each, folded, to `found`.
pub(super) fn words(text: &str, mut found: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            found(word);
            word.clear();
        }
    };
    for c in text.chars() {
        let kind = if c.is_ascii() { fold::ASCII[c as usize & 127] } else { fold::kind(c) };
        match kind {
            Kind::Letter | Kind::Digit => fold::fold(c, &mut word),
            Kind::Apostrophe | Kind::Nothing => {}
            Kind::Single => {
                end(&mut word);
                fold::fold(c, &mut word);
                end(&mut word);
            }
            Kind::Space | Kind::Stop | Kind::Comma | Kind::Symbol => end(&mut word),
        }
    }
    end(&mut word);
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    builder: &'a mut Builder,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn either(&mut self, depth: usize, close: Option<char>) -> Result<Part, String> {
        if depth > MAX_DEPTH {
            return Err(format!("brackets are nested deeper than {MAX_DEPTH}"));
        }
        let mut choices = vec![self.row(depth)?];
        while self.peek() == Some('|') {
            self.at += 1;
            choices.push(self.row(depth)?);
        }
        if self.peek() != close {
            return Err(match (self.peek(), close) {
                (Some(c), _) => format!("`{c}` closes a bracket that was not opened"),
                (None, Some(c)) => format!("`{c}` is missing"),
                (None, None) => "the pattern ends too early".to_owned(),
            });
        }
        self.at += close.map_or(0, char::len_utf8);
        if choices.len() > 1 && choices.iter().any(is_empty) {
            return Err("one of the alternatives is empty; write [a|b] for something that may be absent".to_owned());
        }
        Ok(match choices.pop() {
            Some(only) if choices.is_empty() => only,
            Some(last) => {
                choices.push(last);
                Part::Either(choices)
            }
            None => Part::Row(Vec::new()),
        })
    }

    fn row(&mut self, depth: usize) -> Result<Part, String> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                '|' | ')' | ']' => break,
                ' ' | '\t' | '\n' => self.at += 1,
                _ => self.item(c, depth, &mut parts)?,
            }
        }
        Ok(match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                Part::Row(parts)
            }
            None => Part::Row(Vec::new()),
        })
    }

    fn item(&mut self, c: char, depth: usize, parts: &mut Vec<Part>) -> Result<(), String> {
        self.at += c.len_utf8();
        match c {
            '(' => {
                let inner = self.either(depth + 1, Some(')'))?;
                let perhaps = self.peek() == Some('?');
                self.at += usize::from(perhaps);
                parts.push(if perhaps { Part::Maybe(Box::new(inner)) } else { inner });
            }
            '[' => parts.push(Part::Maybe(Box::new(self.either(depth + 1, Some(']'))?))),
            '<' => parts.push(Part::Class(self.name()?)),
            '~' => {
                let wide = self.peek() == Some('~');
                self.at += usize::from(wide);
                parts.push(Part::Gap(self.gap()?, wide));
            }
            '#' => parts.push(Part::Number),
            '^' => parts.push(Part::Start),
            '$' => parts.push(Part::End),
            '!' => {
                let mut next = Vec::new();
                let Some(c) = self.peek() else { return Err("`!` stands before nothing".to_owned()) };
                self.item(c, depth + 1, &mut next)?;
                parts.push(Part::Not(Box::new(Part::Row(next))));
            }
            _ => {
                self.at -= c.len_utf8();
                self.literal(parts)?;
            }
        }
        Ok(())
    }

    fn name(&mut self) -> Result<Box<str>, String> {
        let rest = self.rest();
        let length = rest.find('>').ok_or("`<` without `>`")?;
        self.at += length + 1;
        Ok(rest[..length].into())
    }

    fn gap(&mut self) -> Result<u8, String> {
        let digit = self.peek().and_then(|c| c.to_digit(10)).ok_or("`~` wants a number, such as ~3")? as u8;
        self.at += 1;
        if digit == 0 || digit > MAX_GAP || self.peek().is_some_and(|c| c.is_ascii_digit()) {
            return Err(format!("a gap is between 1 and {MAX_GAP} words"));
        }
        Ok(digit)
    }

    fn literal(&mut self, parts: &mut Vec<Part>) -> Result<(), String> {
        let rest = self.rest();
        let ends = |c: char| {
            matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '^' | '$' | '!' | '*')
                || c.is_whitespace()
        };
        let text = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if text.is_empty() {
            return Err(format!("`{}` cannot stand here", rest.chars().next().unwrap_or(' ')));
        }
        self.at += text.len();
        let stem = self.peek() == Some('*');
        self.at += usize::from(stem);
        // Only the last of them is a stem, and which is the last shows at the end.
        let (mut last, mut is_full) = (String::new(), false);
        words(text, |word| {
            if !last.is_empty() {
                enter(self.builder.word(&last).map(Part::Word), parts, &mut is_full);
                last.clear();
            }
            last.push_str(word);
        });
        if last.is_empty() {
            return Err(format!("`{text}` holds no letter"));
        }
        let part =
            if stem { self.builder.stem(&last).map(Part::Stem) } else { self.builder.word(&last).map(Part::Word) };
        enter(part, parts, &mut is_full);
        if is_full { Err("the lexicon has too many words".to_owned()) } else { Ok(()) }
    }
}

fn enter(part: Option<Part>, parts: &mut Vec<Part>, is_full: &mut bool) {
    match part {
        Some(part) => parts.push(part),
        None => *is_full = true,
    }
}
