//! One character to its plain form (view A), and look-alikes to Latin letters (view B).
//!
//! View A is used for every text and every phrase: compatibility decomposition, marks and format
//! characters gone, lower case. It keeps what carries meaning: Devanagari vowel signs, kana with
//! their voicing marks, whole Hangul syllables. View B wrecks honest foreign text, so it is only
//! tried for words that mix scripts or are written in decorated letters.

use std::sync::LazyLock;

use unicode_normalization::char::decompose_compatible;

/// What a character is for the reader of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a word in a script that writes spaces between words.
    Letter,
    /// A decimal digit.
    Digit,
    /// A character that is a word of its own here: Han, kana, Hangul.
    Single,
    /// White space.
    Space,
    /// Ends a sentence.
    Stop,
    /// Ends a clause.
    Comma,
    /// An apostrophe of any shape.
    Apostrophe,
    /// Invisible or a mark: as if it were not there.
    Nothing,
    /// Everything else.
    Symbol,
}

/// The kind of an ASCII character, by its byte.
pub(super) const ASCII: [Kind; 128] = ascii();

const fn ascii() -> [Kind; 128] {
    let mut table = [Kind::Symbol; 128];
    let mut byte = 0;
    while byte < 128 {
        let character = byte as u8;
        table[byte] = match character {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => Kind::Space,
            b'.' | b'!' | b'?' => Kind::Stop,
            b',' | b';' | b':' | b'(' | b')' | b'[' | b']' => Kind::Comma,
            b'\'' | b'`' => Kind::Apostrophe,
            0..=8 | 0x0e..=0x1f | 0x7f => Kind::Nothing,
            _ => Kind::Symbol,
        };
        byte += 1;
    }
    table
}

/// Whether a character is invisible or a mark that is put on letters for decoration or stress.
fn is_nothing(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{93c}'
        | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character is a word of its own: scripts without spaces, and Hangul, whose particles
/// are attached without a sign of it.
fn is_single(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

/// The kind of any character that is not ASCII.
pub(super) fn kind(c: char) -> Kind {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{2b9}' | '\u{ff07}' | '\u{b4}' | '\u{55a}' => Kind::Apostrophe,
        '。' | '！' | '？' | '｡' | '؟' | '।' | '॥' | '\u{2028}' | '\u{2029}' | '‼' | '⁉' | '．' => {
            Kind::Stop
        }
        '，' | '、' | '､' | '；' | '：' | '،' | '؛' | '…' | '—' | '–' | '―' | '（' | '）' | '·' | '・' | '～'
        | '〜' => Kind::Comma,
        _ if is_nothing(c) => Kind::Nothing,
        _ if is_single(c) => Kind::Single,
        _ if c.is_whitespace() => Kind::Space,
        _ if c.is_alphabetic()
            || matches!(c, '\u{900}'..='\u{903}' | '\u{93e}'..='\u{94f}' | '\u{962}' | '\u{963}') =>
        {
            Kind::Letter
        }
        _ if c.is_numeric() => folded_kind(c),
        _ => folded_kind(c),
    }
}

/// The kind of what a symbol decomposes to: fullwidth and mathematical letters, circled digits.
fn folded_kind(c: char) -> Kind {
    let mut first = Kind::Symbol;
    let mut seen = 0;
    decompose_compatible(c, |part| {
        seen += 1;
        if part.is_ascii() && part != c {
            let kind = ASCII[part as usize & 127];
            if seen == 1 || (first == Kind::Comma && kind != Kind::Comma) {
                first = kind;
            }
        } else if part != c && part.is_alphabetic() {
            first = Kind::Letter;
        } else if part == c && part.is_numeric() {
            first = Kind::Digit;
        }
    });
    if first == Kind::Symbol && styled(c).is_some() { Kind::Letter } else { first }
}

/// Letters in boxes and circles that have no decomposition, and regional indicators.
fn styled(c: char) -> Option<char> {
    let offset = match c {
        '\u{1f130}'..='\u{1f149}' => c as u32 - 0x1f130,
        '\u{1f150}'..='\u{1f169}' => c as u32 - 0x1f150,
        '\u{1f170}'..='\u{1f189}' => c as u32 - 0x1f170,
        '\u{1f1e6}'..='\u{1f1ff}' => c as u32 - 0x1f1e6,
        _ => return None,
    };
    char::from_u32(u32::from(b'a') + offset)
}

/// Writes the plain form of one character (view A).
pub(super) fn fold(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'ı' => out.push('i'),
        'ł' | 'Ł' => out.push('l'),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' | 'ð' => out.push('d'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        '\u{958}'..='\u{95f}' => decompose_compatible(c, |part| keep(part, out)),
        '\u{3040}'..='\u{30ff}' | '\u{900}'..='\u{dff}' => out.push(c),
        _ if is_single(c) && !matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}') => out.push(c),
        _ => match styled(c) {
            Some(letter) => out.push(letter),
            None => decompose_compatible(c, |part| keep(part, out)),
        },
    }
}

fn keep(part: char, out: &mut String) {
    if is_nothing(part) {
        return;
    }
    for lower in part.to_lowercase() {
        if !is_nothing(lower) {
            out.push(match lower {
                'ı' => 'i',
                'ى' => 'ي',
                other => other,
            });
        }
    }
}

/// Which scripts the letters of a word come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// ASCII only.
    Plain,
    /// One honest script: nothing to fold.
    Foreign,
    /// Cyrillic or Greek that could be read as Latin letters throughout.
    Lookalike,
    /// Scripts mixed inside one word, or decorated letters.
    Mixed,
}

/// Judges a folded word (view A).
pub(super) fn script(word: &str) -> Script {
    let (mut latin, mut lookalike, mut foreign, mut odd) = (false, false, false, false);
    for c in word.chars() {
        match c {
            'a'..='z' => latin = true,
            '\u{430}'..='\u{45f}' | '\u{3b1}'..='\u{3c9}' => {
                if LOOKALIKES.contains(c) {
                    lookalike = true
                } else {
                    foreign = true
                }
            }
            '\u{460}'..='\u{52f}' | '\u{530}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => {
                lookalike = true
            }
            c if c.is_ascii() => {}
            '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{97f}' => foreign = true,
            '\u{e0}'..='\u{24f}' => latin = true,
            '\u{250}'..='\u{2af}' | '\u{1d00}'..='\u{1d7f}' | '\u{a720}'..='\u{a7ff}' => odd = true,
            _ => foreign = true,
        }
    }
    match (latin, lookalike, foreign, odd) {
        (_, false, false, false) => Script::Plain,
        (_, _, _, true) | (true, true, _, _) => Script::Mixed,
        (true, false, true, _) => Script::Mixed,
        (false, true, false, _) => Script::Lookalike,
        _ => Script::Foreign,
    }
}

/// Cyrillic and Greek letters whose usual shape is that of a Latin letter.
const LOOKALIKES: &str = "асеорхуіјѕԁһкмтвнгпиідαοενιρτυκχωβ";

static OPTIONS: LazyLock<decancer::Options> = LazyLock::new(decancer::Options::default);

/// Reads look-alike letters as the Latin letters they resemble (view B).
pub(super) fn lookalikes(word: &str, out: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        match decancer::cure_char(c, *OPTIONS) {
            decancer::Translation::Character(plain) => out.push(plain),
            decancer::Translation::String(plain) => out.push_str(&plain),
            decancer::Translation::None => {}
        }
    }
}

/// The letter a digit or symbol stands for in leet writing; `second` asks for the other reading.
pub(super) fn leet(symbol: char, second: bool) -> Option<char> {
    Some(match symbol {
        '4' | '@' => 'a',
        '3' | '€' => 'e',
        '1' | '!' => {
            if second {
                'l'
            } else {
                'i'
            }
        }
        '0' => 'o',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        '6' => {
            if second {
                'b'
            } else {
                'g'
            }
        }
        '2' => 'z',
        _ => return None,
    })
}
