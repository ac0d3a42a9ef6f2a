//! Countries: their code, names and emergency numbers.

use std::fmt;

use chrono_tz::Tz;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A country code of ISO 3166-1 alpha-2 in shape: two capital letters. Whether the directory knows the country is
/// another question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Stands for a code that could not be read; no country has it (user-assigned in ISO 3166-1).
    pub(super) const UNKNOWN: Self = Self(*b"ZZ");

    /// Reads `GB` or `gb`; `None` for anything but two letters. Names and aliases such as `UK` are for
    /// [`Directory::find_country`](super::Directory::find_country).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two capital letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII letters get in, so this is always text.
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A country of the directory.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// Its English name, at most 60 characters.
    pub name: Box<str>,
    /// Its name in its own language, if it differs.
    pub own_name: Option<Box<str>>,
    /// The zone in which the hours of its lines are meant unless a line says otherwise.
    pub zone: Tz,
    /// Its emergency numbers.
    pub emergency: Emergency,
    /// Code, names and aliases, folded for searching.
    pub(super) keys: Vec<Box<str>>,
}

/// The numbers for danger to life in one country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emergency {
    /// The number to call; `None` only if the note says so.
    pub number: Option<Box<str>>,
    /// The ambulance, where it has a number of its own.
    pub ambulance: Option<Box<str>>,
    /// The police, where they have a number of their own.
    pub police: Option<Box<str>>,
    /// One sentence for the member.
    pub note: Option<Box<str>>,
    /// True if the sources are weak or disagree: the card must say so.
    pub unsure: bool,
}

/// Folds a name for searching: no accents, no case, letters and digits only, single spaces.
pub(super) fn folded(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
