//! The one error of this module: what was typed cannot be read, why, and what would work.

use std::fmt;

/// Longest part of somebody's input that a [`Misread`] repeats, in characters. Enough to find the
/// wrong word again; too short to carry a message through an error card.
pub const MAX_ECHO: usize = 40;

/// Longest text that any parser here looks at, in characters. The longest canonical recurrence
/// (21 weekly slots at 21 different times, every 52 weeks) needs fewer than 300.
pub const MAX_TYPED: usize = 400;

/// What somebody typed cannot be read. Names the part that is wrong, says why, and shows an
/// example that works. [`fmt::Display`] gives one sentence fit for a card:
/// `"25:00" cannot be read: hours go from 0 to 23; for example: 18:00`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Misread {
    what: String,
    why: String,
    example: String,
}

impl Misread {
    /// A misreading of `part`, which is cut to [`MAX_ECHO`] characters and loses control and
    /// invisible characters here, so that no caller can forget it. `why` continues
    /// "… cannot be read: " and starts in lower case; `example` is text that parses.
    pub fn new(part: &str, why: impl Into<String>, example: impl Into<String>) -> Self {
        Self { what: echo(part), why: why.into(), example: example.into() }
    }

    /// The part that is wrong, at most [`MAX_ECHO`] characters. Empty when nothing was typed.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Why it is wrong, in words.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// Something that would be accepted in its place.
    pub fn example(&self) -> &str {
        &self.example
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.what.is_empty() {
            write!(f, "Nothing could be read: ")?;
        } else {
            write!(f, "\"{}\" cannot be read: ", self.what)?;
        }
        write!(f, "{}; for example: {}", self.why, self.example)
    }
}

/// `part` without control and invisible characters, cut to [`MAX_ECHO`] with `…` as its last one.
fn echo(part: &str) -> String {
    let seen: String = part.trim().chars().filter(|c| visible(*c)).collect();
    if seen.chars().count() <= MAX_ECHO {
        return seen;
    }
    let mut cut: String = seen.chars().take(MAX_ECHO - 1).collect();
    cut.push('…');
    cut
}

/// Whether a character shows something: not a control, not zero-width, not a direction mark.
fn visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The text to be read: of bounded length, lower case, without invisible characters, single
/// spaces, straight dashes.
///
/// # Errors
/// When there is nothing to read, or more than [`MAX_TYPED`] characters.
pub(super) fn clean(text: &str, example: &str) -> Result<String, Misread> {
    if text.chars().nth(MAX_TYPED).is_some() {
        let why = format!("it is longer than {MAX_TYPED} characters");
        return Err(Misread::new(text, why, example));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            _ if c.is_whitespace() => out.push(' '),
            _ if visible(c) => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if out.is_empty() {
        return Err(Misread::new("", "it is empty", example));
    }
    Ok(out)
}

/// Gives a type that parses from and prints as text the two conversions that serde needs to keep
/// it as a string.
macro_rules! kept_as_text {
    ($kept:ty) => {
        impl TryFrom<String> for $kept {
            type Error = $crate::calendar::Misread;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
        impl From<$kept> for String {
            fn from(kept: $kept) -> String {
                kept.to_string()
            }
        }
    };
}
pub(super) use kept_as_text;
