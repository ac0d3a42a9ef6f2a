//! Words the vocabulary does not know as written: what they were meant to be.
//!
//! Each repair is tried once, cheapest first, and only a repair that gives a known word counts.

use super::fold::{self, Script};
use super::reader::{Token, View};
use super::vocabulary::{NUMBER, Nearness, UNKNOWN, Vocabulary, WordId};

/// Longest run of single letters that is put together, in letters.
const MAX_RUN: usize = 48;

/// Tells what the folded word from `from` to the end of the view was meant to be.
pub(super) fn word(view: &mut View, from: usize, vocabulary: &Vocabulary) -> (WordId, bool) {
    let mut text = std::mem::take(&mut view.spare);
    text.clear();
    let word = &view.folded[from..];
    let (mut letters, mut odd, mut wide, mut run, mut longest, mut last) = (0u32, 0u32, false, 0u32, 0u32, 0u8);
    for byte in word.bytes() {
        letters += u32::from(byte.is_ascii_lowercase());
        odd += u32::from(!byte.is_ascii_lowercase() && byte < 128);
        wide |= byte >= 128;
        run = if byte == last { run + 1 } else { 1 };
        longest = longest.max(run);
        last = byte;
    }
    let mut found = (UNKNOWN, false);
    if wide {
        found = look_alike(word, &mut text, vocabulary, &mut view.mixed);
    } else if odd > 0 && letters > 0 {
        found = leet(word, &mut text, vocabulary);
        view.leet |= found.0 != UNKNOWN && word.bytes().any(|b| b.is_ascii_digit());
    }
    let word = &view.folded[from..];
    if found.0 == UNKNOWN && odd == 0 && (longest >= 3 || (longest == 2 && word.len() >= 5)) {
        text.clear();
        fold_repeats(word, longest, &mut text, vocabulary, &mut found);
    }
    if found.0 == UNKNOWN
        && let Some(stem) = vocabulary.stem(word)
    {
        found = (stem, false);
    }
    view.spare = text;
    found
}

/// Repeats: `dieeee`, `suiciidal`.
fn fold_repeats(word: &str, longest: u32, text: &mut String, vocabulary: &Vocabulary, found: &mut (WordId, bool)) {
    if longest >= 3 {
        for keep in [1, 2] {
            shorten(word, keep, text);
            let fits = text.len() > 2
                || keep == 2
                || matches!(
                    text.as_str(),
                    "i" | "a"
                        | "to"
                        | "me"
                        | "so"
                        | "do"
                        | "be"
                        | "we"
                        | "he"
                        | "no"
                        | "go"
                        | "is"
                        | "it"
                        | "in"
                        | "on"
                        | "of"
                        | "if"
                        | "my"
                        | "am"
                );
            if fits && let Some(id) = vocabulary.exact(text).filter(|id| *id != UNKNOWN) {
                *found = (id, true);
                return;
            }
        }
    }
    text.clear();
    super::vocabulary::squeeze(word, text);
    if longest >= 3 || text.len() >= 5 {
        if let Some(id) = vocabulary.squeezed(text) {
            *found = (id, true);
        } else if longest >= 3
            && let Some(stem) = vocabulary.stem(text)
        {
            *found = (stem, true);
        }
    }
}

/// Writes the word with every run of three or more of one letter cut down to `keep`.
fn shorten(word: &str, keep: usize, out: &mut String) {
    out.clear();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let run = rest.chars().take_while(|other| *other == c).count();
        let kept = if run >= 3 { keep } else { run };
        (0..kept).for_each(|_| out.push(c));
        rest = &rest[run * c.len_utf8()..];
    }
}

/// Decorated letters and mixed scripts (view B).
fn look_alike(word: &str, text: &mut String, vocabulary: &Vocabulary, mixed: &mut bool) -> (WordId, bool) {
    match fold::script(word) {
        Script::Mixed => {
            fold::lookalikes(word, text);
            let found = plain(text, vocabulary);
            *mixed = true;
            (found, true)
        }
        Script::Plain | Script::Foreign | Script::Lookalike => (UNKNOWN, false),
    }
}

/// Any reading of a plain word: as it stands, without repeats, by its stem.
fn plain(text: &str, vocabulary: &Vocabulary) -> WordId {
    if let Some((id, _)) = vocabulary.look(text) {
        return id;
    }
    let mut squeezed = String::new();
    super::vocabulary::squeeze(text, &mut squeezed);
    vocabulary
        .squeezed(&squeezed)
        .filter(|_| squeezed.len() + 1 < text.len() || squeezed.len() >= 5)
        .or_else(|| vocabulary.stem(text))
        .unwrap_or(UNKNOWN)
}

/// Digits and symbols for letters: `k1ll`, `my5elf`, `s*icide`.
fn leet(word: &str, text: &mut String, vocabulary: &Vocabulary) -> (WordId, bool) {
    for second in [false, true] {
        text.clear();
        let mut whole = true;
        for c in word.chars() {
            match fold::leet(c, second) {
                Some(letter) => text.push(letter),
                None => {
                    whole &= c.is_alphabetic();
                    text.push(c);
                }
            }
        }
        if whole
            && let Some((id, near)) = vocabulary.look(text)
            && (near <= Nearness::Swapped || text.len() >= 6)
        {
            return (id, true);
        }
    }
    text.clear();
    text.extend(word.chars().filter(|c| !matches!(c, '*' | '#')));
    if text.len() * 2 <= word.len() + 1
        && let Some(id) = vocabulary.exact(text)
    {
        return (id, true);
    }
    text.clear();
    text.extend(word.chars().map(|c| if c == '*' || c == '#' { c } else { fold::leet(c, false).unwrap_or(c) }));
    if text.contains(['*', '#'])
        && let Some(id) = vocabulary.starred(text)
    {
        return (id, true);
    }
    (UNKNOWN, false)
}

/// Once a text is known to use digits or foreign letters as Latin ones: the words that alone would
/// be honest numbers or letters ("1 w4nt", "і wаnt").
pub(super) fn second_look(view: &mut View, vocabulary: &Vocabulary) {
    let mut text = String::new();
    for at in 0..view.tokens.len() {
        let token = view.tokens[at];
        text.clear();
        let word = view.text(token);
        if token.id > NUMBER && !word.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        if view.leet && matches!(word, "1" | "4") {
            text.push(if word == "1" { 'i' } else { 'a' });
        } else if view.leet && word.len() > 1 && word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 3 {
            text.extend(word.chars().filter_map(|c| fold::leet(c, false)));
        } else if view.mixed && fold::script(word) == Script::Lookalike {
            fold::lookalikes(word, &mut text);
        } else {
            continue;
        }
        if let Some(id) = vocabulary.exact(&text).filter(|id| *id != UNKNOWN) {
            view.tokens[at].id = id;
            view.tokens[at].flags |= Token::MENDED;
        }
    }
}

/// Letters written apart (`k i l l`, `d.i.e`, `su-ic-ide`): put together where that gives words.
pub(super) fn join(view: &mut View, vocabulary: &Vocabulary) {
    let tokens = std::mem::take(&mut view.tokens);
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let spelled = run_of_letters(view, &tokens[at..]);
        if spelled >= 2 && put_together(view, vocabulary, &tokens[at..at + spelled], &mut kept) {
            at += spelled;
            continue;
        }
        let pieces = run_of_pieces(&tokens[at..]);
        if pieces >= 2
            && tokens[at..at + pieces].iter().any(|t| t.id == UNKNOWN)
            && one_word(view, vocabulary, &tokens[at..at + pieces], &mut kept)
        {
            at += pieces;
            continue;
        }
        kept.push(tokens[at]);
        at += 1;
    }
    view.tokens = kept;
}

fn letters_of(view: &View, token: Token) -> usize {
    let text = view.text(token);
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// How many of the first words are single letters of one spelled word.
fn run_of_letters(view: &View, tokens: &[Token]) -> usize {
    let glued = tokens.get(1).is_some_and(|t| t.has(Token::GLUED));
    let fits = |(at, token): (usize, &Token)| {
        let joined = at == 0 || token.has(Token::GLUED) == glued && !token.has(Token::SENTENCE);
        letters_of(view, *token) == 1 && token.end - token.start <= 16 && joined
    };
    let run = tokens.iter().take(MAX_RUN).enumerate().take_while(|pair| fits((pair.0, pair.1))).count();
    let text = |at: usize| view.text(tokens[at]);
    if run >= 2
        && tokens[..run].iter().all(|t| view.text(*t).chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit()))
    {
        return 0;
    }
    if run == 2 && !glued && matches!((text(0), text(1)), ("i", _) | ("a", _)) { 0 } else { run }
}

/// How many of the first words are written without a space between them.
fn run_of_pieces(tokens: &[Token]) -> usize {
    1 + tokens.iter().skip(1).take(MAX_RUN).take_while(|token| token.has(Token::GLUED)).count()
}

/// Joins single letters and parts them into known words; one unknown word if that fails.
fn put_together(view: &mut View, vocabulary: &Vocabulary, run: &[Token], kept: &mut Vec<Token>) -> bool {
    let from = view.folded.len();
    for token in run {
        let text = view.text(*token).to_owned();
        view.folded.push_str(&text);
    }
    let joined = view.folded[from..].to_owned();
    if !joined.is_ascii() {
        let mut plain = String::new();
        fold::lookalikes(&joined, &mut plain);
        if fold::script(&joined) == Script::Mixed && plain.len() == run.len() {
            view.folded.truncate(from);
            view.folded.push_str(&plain);
        }
    }
    let text = view.folded[from..].to_owned();
    let cuts = part(&text, vocabulary);
    if cuts.is_empty() || text.len() != run.len() {
        return whole(view, vocabulary, run, from, kept);
    }
    let mut begin = 0;
    for (end, id) in cuts {
        let (first, last) = (run[begin], run[end - 1]);
        kept.push(Token {
            id,
            flags: first.flags & !Token::GLUED | Token::MENDED,
            start: first.start,
            end: last.end,
            from: (from + begin) as u32,
            to: (from + end) as u32,
        });
        begin = end;
    }
    true
}

/// A run of letters that is one word or none.
fn whole(view: &mut View, vocabulary: &Vocabulary, run: &[Token], from: usize, kept: &mut Vec<Token>) -> bool {
    if run.len() < 3 {
        view.folded.truncate(from);
        return false;
    }
    let (id, _) = word(view, from, vocabulary);
    push_joined(view, run, from, id, kept);
    true
}

fn push_joined(view: &View, run: &[Token], from: usize, id: WordId, kept: &mut Vec<Token>) {
    if let (Some(first), Some(last)) = (run.first(), run.last()) {
        let flags = first.flags & !Token::GLUED | last.flags & Token::QUESTION | Token::MENDED;
        kept.push(Token {
            id,
            flags,
            start: first.start,
            end: last.end,
            from: from as u32,
            to: view.folded.len() as u32,
        });
    }
}

/// Pieces glued by symbols that are one known word together.
fn one_word(view: &mut View, vocabulary: &Vocabulary, run: &[Token], kept: &mut Vec<Token>) -> bool {
    let from = view.folded.len();
    for token in run {
        let text = view.text(*token).to_owned();
        view.folded.push_str(&text);
    }
    let id = vocabulary.look(&view.folded[from..]).map_or(UNKNOWN, |(id, _)| id);
    if id == UNKNOWN || view.folded.len() - from < 3 {
        view.folded.truncate(from);
        return false;
    }
    push_joined(view, run, from, id, kept);
    true
}

/// How a statement written without spaces begins ("iwanttodie"). Only words that begin so are parted.
const JOINED: [&str; 20] = [
    "iwan", "iwis", "imgo", "imgu", "imma", "iamg", "iams", "imsu", "ihat", "idon", "icant", "ineed", "ikeep", "ifeel",
    "ijust", "wanna", "wantto", "killm", "endmy", "gonna",
];
/// Shortest such word, in letters, and fewest words in it.
const JOINED_LETTERS: usize = 9;
const JOINED_WORDS: usize = 3;

/// Whether a word may be several written without spaces.
pub(super) fn may_be_joined(word: &str) -> bool {
    word.len() >= JOINED_LETTERS && JOINED.iter().any(|begin| word.starts_with(begin))
}

/// The words that an unknown word consists of: where each ends, and which it is; empty if it is not
/// several known words in one.
pub(super) fn joined(word: &str, vocabulary: &Vocabulary) -> Vec<(usize, WordId)> {
    if !may_be_joined(word) {
        return Vec::new();
    }
    let cuts = part(word, vocabulary);
    if cuts.len() >= JOINED_WORDS { cuts } else { Vec::new() }
}

/// Parts letters into the fewest known words: the end of each, and the word. Empty if impossible.
pub(super) fn part(text: &str, vocabulary: &Vocabulary) -> Vec<(usize, WordId)> {
    if !text.is_ascii() || text.len() > MAX_RUN {
        return Vec::new();
    }
    let length = text.len();
    let mut best: Vec<Option<(usize, usize, WordId)>> = vec![None; length + 1];
    best[0] = Some((0, 0, UNKNOWN));
    for end in 1..=length {
        for begin in end.saturating_sub(16)..end {
            let Some((cost, _, _)) = best[begin] else { continue };
            let piece = &text[begin..end];
            if piece.len() == 1 && !matches!(piece, "i" | "a") {
                continue;
            }
            let Some((id, near)) = vocabulary.look(piece).filter(|(id, _)| *id > NUMBER) else { continue };
            let price = if near == Nearness::Exact { 1 } else { 3 };
            if near != Nearness::Exact && piece.len() < 5 {
                continue;
            }
            if best[end].is_none_or(|(old, _, _)| cost + price < old) {
                best[end] = Some((cost + price, begin, id));
            }
        }
    }
    let mut cuts = Vec::new();
    let mut end = length;
    while end > 0 {
        let Some((_, begin, id)) = best[end] else { return Vec::new() };
        cuts.push((end, id));
        end = begin;
    }
    cuts.reverse();
    cuts
}
