//! A guild's own words over the shared lexicon: added, removed, allowed.

use super::compile::compile;
use super::compiled::Compiled;
use super::error::{LexiconError, Problem, Problems};
use super::reader::{Token, View};
use super::verdict::{Level, PhraseId, Topic};
use super::vocabulary::{Builder, NUMBER, UNKNOWN};

/// How many words a guild may add, remove and allow, each: a list that people can still read.
pub const MAX_GUILD_WORDS: usize = 500;
/// Longest word of a guild, in characters.
pub const MAX_GUILD_WORD: usize = 200;

/// A phrase that a guild adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuildPhrase {
    /// Its name, unique among the guild's and the shared phrases.
    pub id: PhraseId,
    /// Its pattern, in the language of the lexicon files; classes are not available.
    pub pattern: String,
    /// Level when it stands.
    pub level: Level,
    /// What it is about.
    pub topic: Topic,
    /// The language whose rules (negation, other persons and so on) apply, such as `en`.
    pub language: String,
}

/// What a guild changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overlay {
    /// Phrases added.
    pub add: Vec<GuildPhrase>,
    /// Shared phrases that are not looked for.
    pub remove: Vec<PhraseId>,
    /// Patterns whose words never count, such as the name of the group's favourite band.
    pub allow: Vec<String>,
}

/// A guild's words, compiled.
#[derive(Debug)]
pub(super) struct Layer {
    /// Its phrases, and its allowed words as masks.
    pub compiled: Compiled,
    removed: Vec<bool>,
}

impl Layer {
    /// Compiles a guild's words over a base; every problem is noted.
    pub fn new(base: &Compiled, overlay: &Overlay) -> Result<Layer, LexiconError> {
        let mut problems = Problems::default();
        let mut removed = vec![false; base.phrases.len()];
        for (list, what) in
            [(overlay.add.len(), "added"), (overlay.remove.len(), "removed"), (overlay.allow.len(), "allowed")]
        {
            if list > MAX_GUILD_WORDS {
                problems.add("guild words", list, format!("{list} words are {what}; the limit is {MAX_GUILD_WORDS}"));
            }
        }
        for (nth, id) in overlay.remove.iter().enumerate().take(MAX_GUILD_WORDS) {
            match base.phrases.iter().position(|phrase| phrase.id == *id) {
                Some(index) => removed[index] = true,
                None => problems.add("guild words", nth + 1, format!("there is no phrase `{id}`")),
            }
        }
        let source = written(base, overlay, &mut problems);
        problems.into_result()?;
        let mut compiled = compile(&[("guild words", &source)]).map_err(|error| by_entry(error, overlay.add.len()))?;
        for (phrase, added) in compiled.phrases.iter_mut().zip(&overlay.add) {
            let language = base.languages.iter().position(|(code, _)| **code == *added.language);
            phrase.language = language.unwrap_or(0) as u8;
        }
        Ok(Layer { compiled, removed })
    }

    /// Whether a shared phrase is switched off.
    pub fn is_removed(&self, index: u16) -> bool {
        self.removed.get(usize::from(index)) == Some(&true)
    }

    /// The words of a text with the numbers of this layer's vocabulary.
    pub fn tokens(&self, view: &View) -> Vec<Token> {
        let number = |token: &Token| {
            let text = view.text(*token);
            let id =
                self.compiled.vocabulary.look(text).map(|(id, _)| id).or_else(|| self.compiled.vocabulary.stem(text));
            Token { id: id.unwrap_or(if token.id == NUMBER { NUMBER } else { UNKNOWN }), ..*token }
        };
        view.tokens.iter().map(number).collect()
    }
}

/// Lines before the first entry of a guild's words as a file.
const HEAD_LINES: usize = 2;
/// Lines of an added phrase there, and of an allowed pattern.
const ADD_LINES: usize = 5;
const ALLOW_LINES: usize = 4;

/// Names entries instead of lines: the number within its own list.
fn by_entry(error: LexiconError, added: usize) -> LexiconError {
    let number = |line: usize| {
        let at = line.saturating_sub(HEAD_LINES + 1);
        if at < added * ADD_LINES { at / ADD_LINES + 1 } else { (at - added * ADD_LINES) / ALLOW_LINES + 1 }
    };
    let problems = error.problems.into_iter().map(|problem| Problem { line: number(problem.line), ..problem });
    LexiconError { problems: problems.collect() }
}

/// A guild's words as a lexicon file. Words that are common in any language are common here too, so that
/// a pattern of nothing else is refused.
fn written(base: &Compiled, overlay: &Overlay, problems: &mut Problems) -> String {
    let common: Vec<&str> = base.common.iter().map(|id| base.vocabulary.word(*id)).collect();
    let mut source = format!("language = \"guild\"\ncommon = {}\n", toml::Value::from(common.join(" ")));
    for (nth, phrase) in overlay.add.iter().enumerate().take(MAX_GUILD_WORDS) {
        if phrase.pattern.chars().count() > MAX_GUILD_WORD {
            problems.add("guild words", nth + 1, format!("a word is at most {MAX_GUILD_WORD} characters"));
        }
        if base.phrases.iter().any(|known| known.id == phrase.id) {
            problems.add("guild words", nth + 1, format!("the id `{}` is used twice", phrase.id));
        }
        if !base.languages.iter().any(|(code, _)| **code == *phrase.language) {
            problems.add("guild words", nth + 1, format!("there is no language `{}`", phrase.language));
        }
        if let Err(what) = super::pattern::parse(&phrase.pattern, &mut Builder::new()) {
            problems.add("guild words", nth + 1, format!("`{}`: {what}", phrase.pattern));
        }
        let (id, any) = (toml::Value::from(phrase.id.as_str()), toml::Value::from(phrase.pattern.as_str()));
        source.push_str(&format!(
            "[[phrase]]\nid = {id}\nlevel = \"{}\"\ntopic = \"{}\"\nany = [{any}]\n",
            phrase.level, phrase.topic
        ));
    }
    for (nth, pattern) in overlay.allow.iter().enumerate().take(MAX_GUILD_WORDS) {
        if pattern.chars().count() > MAX_GUILD_WORD {
            problems.add("guild words", nth + 1, format!("a word is at most {MAX_GUILD_WORD} characters"));
        }
        if let Err(what) = super::pattern::parse(pattern, &mut Builder::new()) {
            problems.add("guild words", nth + 1, format!("`{pattern}`: {what}"));
        }
        let any = toml::Value::from(pattern.as_str());
        source.push_str(&format!("[[mask]]\nid = \"guild.allow.{nth}\"\nrule = \"allowed\"\nany = [{any}]\n"));
    }
    source
}
