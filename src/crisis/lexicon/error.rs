//! Why a lexicon was refused: every problem at once, each with its file and line.

use std::fmt;

/// One thing wrong in a lexicon file or in a guild's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, or `guild words`.
    pub file: String,
    /// The line, counted from 1; for guild words the number of the entry.
    pub line: usize,
    /// What is wrong and what would be right.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// A lexicon that cannot be used. The one in force before stays in force.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.problems))]
pub struct LexiconError {
    /// Everything that is wrong, in reading order; at most [`LexiconError::LIMIT`] are kept.
    pub problems: Vec<Problem>,
}

impl LexiconError {
    /// How many problems are listed: enough to mend a file in one go, short enough for a reply.
    pub const LIMIT: usize = 100;
}

fn listed(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    format!("the lexicon has {} problem(s)\n{}", problems.len(), lines.join("\n"))
}

/// Collects problems while a lexicon is read.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    /// Notes one problem; beyond the limit they are dropped, the lexicon is refused anyway.
    pub(super) fn add(&mut self, file: &str, line: usize, what: impl Into<String>) {
        if self.found.len() < LexiconError::LIMIT {
            self.found.push(Problem { file: file.to_owned(), line, what: what.into() });
        }
    }

    /// `Ok` when nothing was noted.
    pub(super) fn into_result(self) -> Result<(), LexiconError> {
        if self.found.is_empty() { Ok(()) } else { Err(LexiconError { problems: self.found }) }
    }
}
