//! The lexicon engine: from a text to a verdict that can be explained.
//!
//! What is promised here: a [`Verdict`] depends on the text, the lexicon and the sensitivity and on
//! nothing else; it names the phrase and the rule that decided and never holds the text; every
//! phrase lives in a file that people can read and change; the time grows with the length of the
//! text and no further; no text makes it panic.
//!
//! What is not promised: that a person is in danger, or that they are not. It is a word check.
//!
//! Reading order: [`Lexicon`] here, then `reader` (from a text to words, with `fold` and `mend`),
//! `glance` (what needs no reading), `pattern` (the language of phrases), `lower` and
//! `compile` (from files to nodes), `compiled` (what comes of it), `grammar` and
//! `find` (where patterns stand), `scope` (what the words around them make of them), `check`
//! (verdict and explanation), `overlay` (a guild's own words), `scan` (the line protocol).

mod check;
mod compile;
mod compiled;
mod error;
mod file;
mod find;
mod fold;
mod glance;
mod grammar;
mod lower;
mod mend;
mod overlay;
mod pattern;
mod reader;
mod scan;
mod scope;
#[cfg(test)]
mod tests;
mod verdict;
mod vocabulary;

use std::path::Path;
use std::sync::Arc;

pub use check::{Explanation, Step};
pub use error::{LexiconError, Problem};
pub use overlay::{GuildPhrase, MAX_GUILD_WORD, MAX_GUILD_WORDS, Overlay};
pub use scan::scan;
pub use verdict::{Level, PhraseId, Rule, Sensitivity, Topic, Topics, Verdict};

/// A phrase of a lexicon, as a list of words shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub id: PhraseId,
    /// Its level when it stands.
    pub level: Level,
    /// What it is about.
    pub topic: Topic,
}

/// Phrases and rules, compiled. Cheap to clone; every clone shares one copy.
#[derive(Debug, Clone)]
pub struct Lexicon {
    base: Arc<compiled::Compiled>,
    layer: Option<Arc<overlay::Layer>>,
}

impl Lexicon {
    /// The lexicon that is part of the binary.
    ///
    /// # Errors
    /// Every problem in the files, with its line; a test keeps them free of problems.
    pub fn embedded() -> Result<Lexicon, LexiconError> {
        Lexicon::from_sources(&file::EMBEDDED)
    }

    /// The lexicon in a directory: each `*.toml` there replaces the embedded file of that name, and
    /// new names are added.
    ///
    /// # Errors
    /// A directory or file that cannot be read, and every problem in the files.
    pub fn load(dir: &Path) -> Result<Lexicon, LexiconError> {
        let unreadable = |error: std::io::Error, path: &Path| LexiconError {
            problems: vec![Problem { file: path.display().to_string(), line: 1, what: error.to_string() }],
        };
        let mut names: Vec<std::path::PathBuf> = std::fs::read_dir(dir)
            .map_err(|error| unreadable(error, dir))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .collect();
        names.sort();
        let mut files: Vec<(String, String)> =
            file::EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        for path in names {
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(error, &path))?;
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            match files.iter_mut().find(|file| file.0 == name) {
                Some(file) => file.1 = text,
                None => files.push((name, text)),
            }
        }
        let sources: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Lexicon::from_sources(&sources)
    }

    /// A lexicon from files given as name and content.
    ///
    /// # Errors
    /// Every problem in the files.
    pub fn from_sources(files: &[(&str, &str)]) -> Result<Lexicon, LexiconError> {
        Ok(Lexicon { base: Arc::new(compile::compile(files)?), layer: None })
    }

    /// This lexicon with a guild's words over it. The base is shared, not copied; words of an
    /// earlier overlay are replaced.
    ///
    /// # Errors
    /// Every problem in the words; the entry's number stands where a file has its line.
    pub fn with_overlay(&self, overlay: &Overlay) -> Result<Lexicon, LexiconError> {
        let layer = overlay::Layer::new(&self.base, overlay)?;
        Ok(Lexicon { base: Arc::clone(&self.base), layer: Some(Arc::new(layer)) })
    }

    /// The verdict about a text. Pure; at most [`MAX_TEXT_BYTES`] are read.
    pub fn check(&self, text: &str, sensitivity: Sensitivity) -> Verdict {
        check::check(&self.base, self.layer.as_deref(), text, sensitivity)
    }

    /// The verdict about a text, and how it came about.
    pub fn explain(&self, text: &str, sensitivity: Sensitivity) -> Explanation {
        check::explain(&self.base, self.layer.as_deref(), text, sensitivity)
    }

    /// Every phrase that is looked for, in the order of the files, the guild's own last.
    pub fn phrases(&self) -> Vec<Listed> {
        let listed =
            |phrase: &compiled::Phrase| Listed { id: phrase.id.clone(), level: phrase.level, topic: phrase.topic };
        let removed = |index: usize| self.layer.as_ref().is_some_and(|layer| layer.is_removed(index as u16));
        let base = self
            .base
            .phrases
            .iter()
            .enumerate()
            .filter(|(index, _)| !removed(*index))
            .map(|(_, phrase)| listed(phrase));
        let own = self.layer.iter().flat_map(|layer| layer.compiled.phrases.iter().map(listed));
        base.chain(own).collect()
    }

    /// Whether the shared lexicon has a phrase of that name.
    pub fn has_phrase(&self, id: &PhraseId) -> bool {
        self.base.phrases.iter().any(|phrase| phrase.id == *id)
    }

    /// A copy that shares nothing with this one, not even memory; the guild's words are not copied.
    pub fn copied(&self) -> Lexicon {
        let mut base = compiled::Compiled::clone(&self.base);
        for phrase in &mut base.phrases {
            phrase.id = PhraseId::from(phrase.id.as_str());
        }
        Lexicon { base: Arc::new(base), layer: None }
    }

    /// How much memory the compiled lexicon holds, in bytes, near enough; the base counts once
    /// however many clones and overlays share it.
    pub fn memory(&self) -> usize {
        self.base.bytes() + self.layer.as_ref().map_or(0, |layer| layer.compiled.bytes())
    }
}

/// How much of a text is read, in bytes.
pub const MAX_TEXT_BYTES: usize = reader::MAX_BYTES;

/// Entry for a fuzzer: reads any bytes as text and checks that the explanation is sound. Returns
/// the work done, so that a fuzzer can also look for texts that cost too much.
pub fn fuzz(lexicon: &Lexicon, data: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(data);
    let explanation = lexicon.explain(&text, Sensitivity::Sensitive);
    for step in &explanation.steps {
        assert!(text.get(step.start..step.end).is_some(), "positions map back to the text");
    }
    assert_eq!(explanation.verdict, lexicon.check(&text, Sensitivity::Sensitive), "explain and check agree");
    explanation.work
}
