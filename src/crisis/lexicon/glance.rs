//! A glance at a text before it is read: most everyday messages hold no word that any phrase is found
//! by, and for those nothing more has to be done.
//!
//! A glance only answers for texts of plain Latin words: no digit beside a letter, no symbol that could
//! stand for a letter or part one, no spelled-out words, no letter three times in a row. For those it
//! asks exactly what reading would ask about each word. Everything else is read. So a glance never
//! changes a verdict; a test compares both over all rows and random texts.

use super::mend;
use super::reader::MAX_BYTES;
use super::vocabulary::Vocabulary;

/// Longest word a glance looks at, in letters.
const LONGEST: usize = 40;

/// Whether it is certain that no phrase of this vocabulary's lexicon can be found in the text.
pub(super) fn is_cold(text: &str, vocabulary: &Vocabulary) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() > MAX_BYTES {
        return false;
    }
    let (mut at, mut singles) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                let Some(length) = cold_word(&bytes[at..], &mut singles, vocabulary) else { return false };
                at += length;
            }
            b' ' | b'\n' | b',' | b'"' | b'(' | b')' | b';' | b'\'' => at += 1,
            b'.' | b'!' | b'?' if !next.is_ascii_alphanumeric() && next < 128 => at += 1,
            b':' if matches!(next, b' ' | b'\n' | b')' | b'(') => at += 1,
            b'-' if next == b' ' => at += 1,
            _ => return false,
        }
    }
    true
}

/// The length of the word that begins here if it is plain and no phrase is found by it.
fn cold_word(bytes: &[u8], singles: &mut u32, vocabulary: &Vocabulary) -> Option<usize> {
    let mut room = [0u8; LONGEST];
    let (mut length, mut at, mut run) = (0, 0, 1u32);
    let (mut doubled, mut digits) = (false, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            let lower = byte.to_ascii_lowercase();
            if length > 0 && room[length - 1] == lower {
                run += 1;
                doubled = true;
            } else {
                run = 1;
            }
            digits += usize::from(byte.is_ascii_digit());
            if run >= 3 && !byte.is_ascii_digit() || length == LONGEST {
                return None;
            }
            room[length] = lower;
            length += 1;
        } else if byte != b'\'' || !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
            break;
        }
        at += 1;
    }
    if digits > 0 && digits < length {
        return None;
    }
    if length == 1 && !matches!(room[0], b'i' | b'a') {
        *singles += 1;
        if *singles > 1 {
            return None;
        }
    }
    let word = std::str::from_utf8(&room[..length]).ok()?;
    (!vocabulary.is_hot_spelling(word, doubled) && !mend::may_be_joined(word)).then_some(at)
}
