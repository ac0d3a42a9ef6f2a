//! From a text to words: what is read, what is skipped, and where each word stands.
//!
//! Skipped: code, links, mentions, custom emoji, quoted lines, invisible characters, marks and
//! decoration. Opened: spoilers, bold, struck text. Every word keeps its place in the original.

use super::fold::{self, Kind};
use super::mend;
use super::vocabulary::{NUMBER, Nearness, UNKNOWN, Vocabulary, WordId};

/// How much of a text is read, in bytes: sixteen times the longest message Discord allows.
pub(super) const MAX_BYTES: usize = 65_536;
/// Longest word, in folded bytes; the rest of it is passed over.
pub(super) const MAX_WORD: usize = 64;
/// Longest quotation, in words, that counts as one.
const MAX_QUOTE: usize = 60;

/// One word of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Token {
    /// Its number in the vocabulary.
    pub id: WordId,
    /// [`Token::CLAUSE`] and the others.
    pub flags: u8,
    /// First byte in the original.
    pub start: u32,
    /// Byte after the last one in the original.
    pub end: u32,
    /// First byte in the folded text.
    pub from: u32,
    /// Byte after the last one in the folded text.
    pub to: u32,
}

impl Token {
    /// A comma, bracket, colon or line stands before it.
    pub const CLAUSE: u8 = 1;
    /// It stands inside quotation marks.
    pub const QUOTED: u8 = 2;
    /// No space stands between it and the word before.
    pub const GLUED: u8 = 4;
    /// A sentence begins with it.
    pub const SENTENCE: u8 = 8;
    /// A line begins with it.
    pub const LINE: u8 = 16;
    /// It was read through a repair.
    pub const MENDED: u8 = 32;
    /// It begins with a capital letter.
    pub const CAPITAL: u8 = 64;
    /// A question mark ends the sentence it stands in (set on the last word only).
    pub const QUESTION: u8 = 128;

    /// Whether a flag is set.
    pub fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// A text as words. Kept between texts so that nothing is allocated for most of them.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The plain text (view A), words only.
    pub folded: String,
    /// The words in order.
    pub tokens: Vec<Token>,
    /// First and past-the-last word of each sentence.
    pub sentences: Vec<(u32, u32)>,
    /// A marker of laughter was seen.
    pub joke: bool,
    /// Digits were read as letters somewhere.
    pub leet: bool,
    /// Scripts were mixed inside a word somewhere.
    pub mixed: bool,
    /// Single letters seen, apart from those that are words.
    singles: u32,
    /// Words glued to the word before by a symbol.
    glued: u32,
    /// Words at the begin of a sentence or line.
    breaks: u32,
    quotes: Vec<(u32, u32)>,
    pub(super) spare: String,
}

impl View {
    /// The folded text of a word.
    pub fn text(&self, token: Token) -> &str {
        self.folded.get(token.from as usize..token.to as usize).unwrap_or("")
    }

    fn clear(&mut self) {
        self.folded.clear();
        self.tokens.clear();
        self.sentences.clear();
        self.quotes.clear();
        (self.joke, self.leet, self.mixed) = (false, false, false);
        (self.singles, self.glued, self.breaks) = (0, 0, 0);
    }

    /// Reads a text; what was in the view before is gone.
    pub fn read(&mut self, text: &str, vocabulary: &Vocabulary) {
        self.clear();
        let mut end = text.len().min(MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut reader = Reader {
            text: &text[..end],
            at: 0,
            pending: Token::SENTENCE | Token::LINE,
            view: self,
            vocabulary,
            double: None,
            single: None,
            chunk: 0,
            dotted: false,
            dead: 0,
        };
        reader.run();
        if self.singles >= 2 || (self.glued > 0 && self.singles + self.glued >= 1) {
            mend::join(self, vocabulary);
        }
        if self.leet || self.mixed {
            mend::second_look(self, vocabulary);
        }
        self.mark_quotes();
        self.part();
    }

    /// Marks the words of each quotation, unless everything is one quotation.
    fn mark_quotes(&mut self) {
        let quotes = std::mem::take(&mut self.quotes);
        let all = self.tokens.len();
        for &(from, to) in &quotes {
            let inside = self.tokens.iter().filter(|token| token.start >= from && token.end <= to).count();
            if inside == 0 || inside >= all || inside > MAX_QUOTE {
                continue;
            }
            for token in self.tokens.iter_mut().filter(|token| token.start >= from && token.end <= to) {
                token.flags |= Token::QUOTED;
            }
        }
        self.quotes = quotes;
    }

    /// Parts the words into sentences. A text with a line or a stop after nearly every word is one
    /// sentence written for effect.
    fn part(&mut self) {
        if self.breaks <= 1 {
            if !self.tokens.is_empty() {
                self.sentences.push((0, self.tokens.len() as u32));
            }
            return;
        }
        let count = |flag: u8| self.tokens.iter().filter(|token| token.has(flag)).count().max(1);
        let (words, lines, stops) = (self.tokens.len(), count(Token::LINE), count(Token::SENTENCE));
        let lines_part = words >= lines * 5 / 2;
        let stops_part = words >= stops * 7 / 4 || stops <= 2;
        let mut begin = 0u32;
        for at in 1..words {
            let token = self.tokens[at];
            let parts = (token.has(Token::SENTENCE) && stops_part) || (token.has(Token::LINE) && lines_part);
            if parts {
                self.sentences.push((begin, at as u32));
                begin = at as u32;
            }
        }
        if words > 0 {
            self.sentences.push((begin, words as u32));
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Flags for the next word.
    pending: u8,
    view: &'a mut View,
    vocabulary: &'a Vocabulary,
    /// Where an open double quotation began.
    double: Option<u32>,
    /// Where an open single quotation began.
    single: Option<u32>,
    /// First word of the present run of characters without space.
    chunk: usize,
    /// A dot was seen between words of that run.
    dotted: bool,
    /// Lengths of backtick runs known to have no partner further on (bits 1 to 3).
    dead: u8,
}

impl Reader<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte < 128 {
                match fold::ASCII[usize::from(byte)] {
                    Kind::Letter | Kind::Digit => self.word(true),
                    Kind::Space => self.space(byte),
                    Kind::Nothing => self.at += 1,
                    _ => self.symbol(byte),
                }
            } else {
                self.wide();
            }
        }
        if let Some(last) = self.view.tokens.last_mut()
            && self.text.trim_end().ends_with(['?', '？', '؟'])
        {
            last.flags |= Token::QUESTION;
        }
    }

    fn space(&mut self, byte: u8) {
        self.at += 1;
        self.chunk = self.view.tokens.len();
        self.dotted = false;
        self.pending &= !Token::GLUED;
        if byte == b'\n' {
            self.pending |= Token::LINE | Token::CLAUSE;
            self.single = None;
        }
        if self.text.as_bytes().get(self.at) == Some(&b'>') && (byte == b'\n' || self.at == 0) {
            self.quoted_line();
        }
    }

    /// A line that repeats somebody's words: `> text`, or everything after `>>> `.
    fn quoted_line(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with(">>> ") {
            self.at = self.text.len();
        } else if rest.starts_with("> ") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }

    fn symbol(&mut self, byte: u8) {
        let next = self.text.as_bytes().get(self.at + 1).copied().unwrap_or(b' ');
        match byte {
            b'`' => return self.code(),
            b'<' => return self.tag(),
            b'>' if self.at == 0 => {
                self.quoted_line();
                if self.at == 0 {
                    self.at = 1;
                }
                return;
            }
            b'"' => self.double_quote(),
            b'\'' => self.apostrophe(),
            b':' if next == b'/' && self.text.as_bytes().get(self.at + 2) == Some(&b'/') => return self.link(),
            b':' => return self.colon(next),
            b'/' if self.dotted && self.view.tokens.len() > self.chunk => return self.link(),
            b'.' | b'!' | b'?' => return self.stop(byte, next),
            b',' | b';' | b'(' | b')' | b'[' | b']' => self.pending |= Token::CLAUSE,
            b'$' | b'@' if next.is_ascii_alphabetic() => return self.leading(byte),
            b'#' | b'-' | b'*' | b'_' | b'~' | b'|' | b'/' | b'+' | b'&' | b'\\' => {}
            _ => {}
        }
        if byte == b'-' && next == b'-' || byte == b' ' {
            self.pending |= Token::CLAUSE;
        }
        self.glue();
        self.at += 1;
    }

    /// A symbol stands inside a run without space: the next word is glued to the one before.
    fn glue(&mut self) {
        if self.view.tokens.len() > self.chunk {
            self.pending |= Token::GLUED;
        }
    }

    fn stop(&mut self, byte: u8, next: u8) {
        let rest = &self.text.as_bytes()[self.at..];
        if byte == b'.' && next == b'.' {
            let dots = rest.iter().take_while(|b| **b == b'.').count();
            self.at += dots;
            self.pending |= Token::CLAUSE;
            return;
        }
        if byte == b'?' {
            self.question();
        }
        if byte == b'.' && (next.is_ascii_alphanumeric() || next >= 128) {
            self.dotted = true;
            self.glue();
        } else if byte == b'!' && next.is_ascii_alphanumeric() {
            self.glue();
        } else {
            self.pending |= Token::SENTENCE;
        }
        self.at += 1;
    }

    fn question(&mut self) {
        if let Some(last) = self.view.tokens.last_mut() {
            last.flags |= Token::QUESTION;
        }
    }

    fn double_quote(&mut self) {
        match self.double.take() {
            Some(open) => self.view.quotes.push((open, self.at as u32)),
            None => self.double = Some(self.at as u32),
        }
        self.pending |= Token::CLAUSE;
    }

    /// A single quotation mark that does not stand inside a word.
    fn apostrophe(&mut self) {
        let before = self.text[..self.at].chars().next_back();
        let after = self.text[self.at..].chars().nth(1);
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if !inside(before) && inside(after) {
            self.single = Some(self.at as u32);
        } else if !inside(after)
            && let Some(open) = self.single.take()
        {
            self.view.quotes.push((open, self.at as u32));
        }
    }

    /// Code between backticks: everything up to a run of as many backticks.
    fn code(&mut self) {
        let rest = &self.text[self.at..];
        let run = rest.bytes().take_while(|b| *b == b'`').count();
        let kind = run.min(3);
        let inside = &rest[run..];
        let found = if self.dead >> kind & 1 == 1 { None } else { inside.find(&"```"[..kind]) };
        match found {
            Some(length) => {
                self.at += run + length;
                self.at += self.text[self.at..].bytes().take_while(|b| *b == b'`').count();
                self.pending |= Token::CLAUSE;
            }
            None => {
                self.dead |= 1 << kind;
                self.at += run;
            }
        }
        self.glue();
    }

    /// A mention, custom emoji, timestamp or link in angle brackets.
    fn tag(&mut self) {
        let rest = &self.text.as_bytes()[self.at + 1..];
        let marked = matches!(rest.first(), Some(b'@' | b'#' | b':' | b'a' | b't' | b'/' | b'i' | b'h'));
        let close = rest.iter().take(120).position(|b| matches!(b, b'>' | b' ' | b'\n'));
        match close {
            Some(length) if marked && rest[length] == b'>' => {
                let inner = &self.text[self.at + 1..self.at + 1 + length];
                self.view.joke |= inner.starts_with([':', 'a']) && is_laughing(inner);
                self.at += length + 2;
            }
            _ => self.at += 1,
        }
    }

    /// A colon: an emoji name such as `:skull:`, or the end of a clause.
    fn colon(&mut self, next: u8) {
        if next.is_ascii_alphabetic() {
            let rest = &self.text.as_bytes()[self.at + 1..];
            let name = rest
                .iter()
                .take(40)
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-'))
                .count();
            if rest.get(name) == Some(&b':') {
                self.view.joke |= is_laughing(&self.text[self.at + 1..self.at + 1 + name]);
                self.at += name + 2;
                return;
            }
        }
        self.pending |= Token::CLAUSE;
        self.at += 1;
    }

    /// A link: the words of this run are dropped and the rest of it is passed over.
    fn link(&mut self) {
        let keep = self.chunk.min(self.view.tokens.len());
        self.view.tokens.truncate(keep);
        let rest = &self.text[self.at..];
        self.at += rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.pending |= Token::CLAUSE;
    }

    /// A dollar or at sign that begins a word: a letter if that gives a known word.
    fn leading(&mut self, byte: u8) {
        let count = self.view.tokens.len();
        if byte == b'@' || count > self.chunk {
            self.glue();
            self.at += 1;
            return;
        }
        let (at, pending) = (self.at, self.pending);
        self.word(true);
        if self.view.tokens.last().is_none_or(|token| token.id == UNKNOWN || token.start < at as u32) {
            self.view.tokens.truncate(count);
            (self.at, self.pending) = (at + 1, pending);
        }
    }

    /// One character that is not ASCII.
    fn wide(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        match fold::kind(c) {
            Kind::Letter | Kind::Digit => return self.word(true),
            Kind::Single => return self.single(c),
            Kind::Space => {
                self.chunk = self.view.tokens.len();
                self.dotted = false;
                self.pending &= !Token::GLUED;
            }
            Kind::Stop => {
                if matches!(c, '？' | '؟') {
                    self.question();
                }
                self.pending |= Token::SENTENCE;
            }
            Kind::Comma => self.pending |= Token::CLAUSE,
            Kind::Apostrophe => self.apostrophe(),
            Kind::Nothing => {}
            Kind::Symbol => self.wide_symbol(c),
        }
        self.at += c.len_utf8();
    }

    fn wide_symbol(&mut self, c: char) {
        let at = self.at as u32;
        match c {
            '“' | '„' | '«' | '「' | '『' | '《' | '〈' | '‹' | '‟' if self.double.is_none() => {
                self.double = Some(at)
            }
            '”' | '“' | '»' | '」' | '』' | '》' | '〉' | '›' | '‟' | '«' => {
                if let Some(open) = self.double.take() {
                    self.view.quotes.push((open, at));
                }
            }
            '😂' | '🤣' | '💀' | '☠' | '😹' | '😆' | '😜' | '🤪' | '😝' | '😅' => {
                self.view.joke = true
            }
            _ => {}
        }
        self.glue();
    }

    /// One character of a script without spaces.
    fn single(&mut self, c: char) {
        let from = self.view.folded.len();
        fold::fold(c, &mut self.view.folded);
        let start = self.at;
        self.at += c.len_utf8();
        self.push(from, start, None);
    }

    /// A word of letters and digits, with symbols in it if they stand for letters.
    fn word(&mut self, symbols: bool) {
        let (start, from) = (self.at, self.view.folded.len());
        let odd = self.scan_word(symbols);
        let length = self.view.folded.len() - from;
        if length == 0 {
            self.at = self.at.max(start + 1);
            while !self.text.is_char_boundary(self.at) {
                self.at += 1;
            }
            return;
        }
        if length > MAX_WORD {
            let mut to = from + MAX_WORD;
            while !self.view.folded.is_char_boundary(to) {
                to -= 1;
            }
            self.view.folded.truncate(to);
        }
        let word = &self.view.folded[from..];
        let known = self.vocabulary.look(word).map(|(id, near)| (id, near != Nearness::Exact));
        if known.is_none() {
            let (id, mended) = mend::word(self.view, from, self.vocabulary);
            if id == UNKNOWN && odd && symbols {
                self.view.folded.truncate(from);
                self.at = start;
                return self.word(false);
            }
            if id == UNKNOWN && self.several(from, start) {
                return;
            }
            return self.push(from, start, Some((id, mended)));
        }
        self.push(from, start, known);
    }

    /// An unknown word that is several written without spaces: adds each of them.
    fn several(&mut self, from: usize, start: usize) -> bool {
        let cuts = mend::joined(&self.view.folded[from..], self.vocabulary);
        let mut flags = if cuts.is_empty() { 0 } else { std::mem::take(&mut self.pending) & !Token::GLUED };
        self.view.breaks += u32::from(flags & (Token::SENTENCE | Token::LINE) != 0);
        let mut begin = 0;
        for (end, id) in &cuts {
            self.view.tokens.push(Token {
                id: *id,
                flags: flags | Token::MENDED,
                start: start as u32,
                end: self.at as u32,
                from: (from + begin) as u32,
                to: (from + end) as u32,
            });
            (begin, flags) = (*end, 0);
        }
        !cuts.is_empty()
    }

    /// Copies the folded letters of a word; true when symbols stood between them.
    fn scan_word(&mut self, symbols: bool) -> bool {
        let bytes = self.text.as_bytes();
        let mut odd = false;
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                let run = bytes[self.at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                let from = self.view.folded.len();
                self.view.folded.push_str(&self.text[self.at..self.at + run]);
                self.view.folded[from..].make_ascii_lowercase();
                self.at += run;
                continue;
            }
            let next = bytes.get(self.at + 1).copied().unwrap_or(b' ');
            let goes_on = next.is_ascii_alphanumeric() || next >= 128;
            match byte {
                b'\'' if goes_on => self.at += 1,
                b'*' | b'@' | b'$' | b'!' | b'#'
                    if symbols
                        && (next.is_ascii_alphanumeric() || next == byte && byte == b'*' && self.stars_inside()) =>
                {
                    odd = true;
                    self.view.folded.push(byte as char);
                    self.at += 1;
                }
                b'$' | b'@' if symbols && self.view.folded.is_empty() => self.at += 1,
                0..=127 => return odd,
                _ => {
                    let Some(c) = self.text[self.at..].chars().next() else { return odd };
                    match fold::kind(c) {
                        Kind::Letter | Kind::Digit => fold::fold(c, &mut self.view.folded),
                        Kind::Nothing => {}
                        Kind::Apostrophe
                            if self.text[self.at + c.len_utf8()..]
                                .chars()
                                .next()
                                .is_some_and(char::is_alphanumeric) => {}
                        _ => return odd,
                    }
                    self.at += c.len_utf8();
                }
            }
        }
        odd
    }

    /// Whether a run of stars is followed by a letter: censoring, not bold.
    fn stars_inside(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let stars = rest.iter().take_while(|b| **b == b'*').count();
        let bold = stars == 2 && self.text[..self.at].rfind("**").is_some_and(|p| self.at - p < 30);
        !bold && rest.get(stars).is_some_and(u8::is_ascii_alphanumeric)
    }

    /// Adds a word. A word said twice in a row counts once.
    fn push(&mut self, from: usize, start: usize, known: Option<(WordId, bool)>) {
        let to = self.view.folded.len();
        let word = &self.view.folded[from..to];
        let single = known.is_none();
        let (mut id, mended) = known.unwrap_or_else(|| (self.vocabulary.exact(word).unwrap_or(UNKNOWN), false));
        if id == UNKNOWN && word.bytes().all(|b| b.is_ascii_digit()) && !single {
            id = NUMBER;
        }
        let mut flags = std::mem::take(&mut self.pending);
        if mended {
            flags |= Token::MENDED;
        }
        if self.text.as_bytes()[start].is_ascii_uppercase() {
            flags |= Token::CAPITAL;
        }
        self.view.glued += u32::from(flags & Token::GLUED != 0);
        self.view.breaks += u32::from(flags & (Token::SENTENCE | Token::LINE) != 0);
        if !single && word.chars().nth(1).is_none() && !matches!(word, "i" | "a") {
            self.view.singles += 1;
        }
        self.view.joke |= is_laughter(word);
        let token = Token { id, flags, start: start as u32, end: self.at as u32, from: from as u32, to: to as u32 };
        if let Some(last) = self.view.tokens.last_mut()
            && last.id == id
            && id > NUMBER
            && !single
            && flags & Token::SENTENCE == 0
            && (word.len() > 1 || word == "i")
        {
            last.end = token.end;
            return;
        }
        if word == "www" || word == "http" || word == "https" {
            let next = self.text[self.at..].chars().next();
            if word == "www" && next == Some('.') {
                self.view.tokens.push(token);
                return self.link();
            }
        }
        self.view.tokens.push(token);
    }
}

/// Whether an emoji's name laughs.
fn is_laughing(name: &str) -> bool {
    ["joy", "skull", "laugh", "kekw", "lul", "lmao", "rofl", "lol"].iter().any(|part| name.contains(part))
}

/// Whether a word laughs or says that it jokes.
fn is_laughter(word: &str) -> bool {
    (2..=7).contains(&word.len())
        && matches!(
            word,
            "lol"
                | "lmao"
                | "lmfao"
                | "rofl"
                | "haha"
                | "hahaha"
                | "lolol"
                | "xd"
                | "jk"
                | "jks"
                | "joking"
                | "kidding"
                | "lul"
                | "lulz"
                | "kek"
                | "kekw"
                | "hehe"
                | "ahaha"
                | "ahahaha"
                | "bahaha"
                | "jaja"
                | "jajaja"
                | "kkkk"
                | "mdr"
                | "ptdr"
        )
}
