//! From a text to a verdict, and to the explanation of it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde::Serialize;

use super::compiled::{Compiled, Phrase};
use super::find::{self, Findings, Found};
use super::glance;
use super::grammar::Matcher;
use super::overlay::Layer;
use super::reader::View;
use super::scope::{Outcome, Reason, Scene};
use super::verdict::{Level, PhraseId, Rule, Sensitivity, Topic, Verdict};

thread_local! {
    /// Room for the words of one text, kept between texts.
    static ROOM: RefCell<View> = RefCell::default();
}

/// One phrase that was seen, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The phrase.
    pub phrase: PhraseId,
    /// The level it has by itself.
    pub level: Level,
    /// Its topic.
    pub topic: Topic,
    /// The level it was left with.
    pub outcome: Level,
    /// The rule that decided.
    pub rule: Rule,
    /// The context or mask in the lexicon file that decided, if one did.
    pub context: Option<String>,
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last one in the text.
    pub end: usize,
}

/// How a verdict came about, for a moderator who tests words. It holds the folded text: show it to
/// the person who typed it and keep it nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The answer, as [`super::Lexicon::check`] gives it.
    pub verdict: Verdict,
    /// The words as the engine read them, sentences parted by ` / `.
    pub normalised: String,
    /// Every phrase that was seen, in reading order.
    pub steps: Vec<Step>,
    /// Work done, in nodes looked at.
    pub work: u64,
}

/// One phrase found in the base or in the guild's words.
struct Candidate<'a> {
    phrase: &'a Phrase,
    found: Found,
    outcome: Outcome,
}

/// Checks a text.
pub(super) fn check(base: &Compiled, layer: Option<&Layer>, text: &str, sensitivity: Sensitivity) -> Verdict {
    if glance::is_cold(text, &base.vocabulary)
        && layer.is_none_or(|layer| glance::is_cold(text, &layer.compiled.vocabulary))
    {
        return Verdict::default();
    }
    in_room(|view| {
        view.read(text, &base.vocabulary);
        let hot = layer.is_some() || view.tokens.iter().any(|token| base.vocabulary.is_hot(token.id));
        if !hot {
            return Verdict::default();
        }
        judge(base, layer, view, sensitivity, &Cell::new(0), |candidates, _| verdict(candidates))
    })
}

/// Checks a text and tells how.
pub(super) fn explain(base: &Compiled, layer: Option<&Layer>, text: &str, sensitivity: Sensitivity) -> Explanation {
    in_room(|view| {
        view.read(text, &base.vocabulary);
        let work = Cell::new(0);
        let (verdict, steps) = judge(base, layer, view, sensitivity, &work, |candidates, view| {
            let steps = candidates.iter().map(|candidate| step(base, view, candidate)).collect();
            (verdict(candidates), steps)
        });
        Explanation { verdict, normalised: normalised(view), steps, work: work.get() }
    })
}

fn in_room<T>(work: impl FnOnce(&mut View) -> T) -> T {
    let mut view = ROOM.with(RefCell::take);
    let result = work(&mut view);
    if view.folded.capacity() <= 64 * 1024 {
        ROOM.with(|room| room.replace(view));
    }
    result
}

fn step(base: &Compiled, view: &View, candidate: &Candidate<'_>) -> Step {
    let tokens = &view.tokens[candidate.found.start as usize..candidate.found.end as usize];
    Step {
        phrase: candidate.phrase.id.clone(),
        level: candidate.phrase.level,
        topic: candidate.phrase.topic,
        outcome: candidate.outcome.level,
        rule: candidate.outcome.rule,
        context: candidate.outcome.reason.map(|reason| match reason {
            Reason::Context(index) => base.contexts[usize::from(index)].id.to_string(),
            Reason::Mask(index) => base.masks[usize::from(index)].id.to_string(),
        }),
        start: tokens.first().map_or(0, |token| token.start as usize),
        end: tokens.last().map_or(0, |token| token.end as usize),
    }
}

fn normalised(view: &View) -> String {
    let sentence = |&(from, to): &(u32, u32)| {
        let words: Vec<&str> = view.tokens[from as usize..to as usize].iter().map(|token| view.text(*token)).collect();
        words.join(" ")
    };
    view.sentences.iter().map(sentence).collect::<Vec<_>>().join(" / ")
}

/// Finds the candidates, decides about each, and hands them on.
fn judge<T>(
    base: &Compiled,
    layer: Option<&Layer>,
    view: &mut View,
    sensitivity: Sensitivity,
    work: &Cell<u64>,
    then: impl FnOnce(&[Candidate<'_>], &View) -> T,
) -> T {
    let mut found = Findings::default();
    find::phrases(base, &view.tokens, &view.sentences, work, &mut found);
    let mut guild = Findings::default();
    let mut seen: Vec<(&Phrase, Found)> = Vec::new();
    if let Some(layer) = layer {
        find::phrases(&layer.compiled, &layer.tokens(view), &view.sentences, work, &mut guild);
        seen.extend(guild.phrases.iter().map(|at| (&layer.compiled.phrases[usize::from(at.index)], *at)));
        found.phrases.retain(|at| !layer.is_removed(at.index));
    }
    seen.extend(found.phrases.iter().map(|at| (&base.phrases[usize::from(at.index)], *at)));
    if seen.is_empty() {
        return then(&[], view);
    }
    let languages = seen.iter().fold(0u32, |languages, (phrase, _)| languages | 1 << phrase.language);
    find::contexts(base, languages, &view.tokens, &view.sentences, work, &mut found);
    let scene = Scene { lexicon: base, view, findings: &found, sensitivity };
    let mut matchers: BTreeMap<(u8, u32), Matcher<'_>> = BTreeMap::new();
    let mut candidates: Vec<Candidate<'_>> = Vec::with_capacity(seen.len());
    for (phrase, at) in &seen {
        let matcher = matchers.entry((phrase.language, at.sentence)).or_insert_with(|| {
            let (from, to) = view.sentences[at.sentence as usize];
            Matcher::new(
                &base.grammar,
                &base.languages[usize::from(phrase.language)].1,
                &view.tokens[from as usize..to as usize],
                work,
            )
        });
        let mut outcome = scene.outcome(phrase, *at, matcher);
        if guild.masks.iter().any(|mask| mask.overlaps(*at)) {
            outcome = Outcome { level: Level::None, rule: Rule::Allowed, reason: None };
        }
        candidates.push(Candidate { phrase, found: *at, outcome });
    }
    cover(&mut candidates);
    then(&candidates, view)
}

/// A finding within a longer, milder one that stands is part of that one.
fn cover(candidates: &mut [Candidate<'_>]) {
    let mild: Vec<(Found, Level, Rule)> = candidates
        .iter()
        .filter(|c| speaks_mildly(c.phrase) && c.outcome.rule == Rule::Statement)
        .map(|c| (c.found, c.phrase.level, mild_rule(c.phrase)))
        .collect();
    for candidate in candidates.iter_mut().filter(|c| c.phrase.level > Level::ConcernOther) {
        for (found, level, rule) in &mild {
            let longer =
                found.end - found.start > candidate.found.end - candidate.found.start || found.holds(candidate.found);
            if longer && found.overlaps(candidate.found) && *level < candidate.outcome.level {
                candidate.outcome = Outcome { level: *level, rule: *rule, reason: None };
            }
        }
    }
}

/// Whether a phrase, when it stands, says that its words are about something else than the writer's
/// own risk. A phrase of level none about suicide is only a cue for contexts and says nothing.
fn speaks_mildly(phrase: &Phrase) -> bool {
    phrase.level == Level::ConcernOther || matches!(phrase.topic, Topic::DirectedAbuse | Topic::Bereavement)
}

fn mild_rule(phrase: &Phrase) -> Rule {
    match phrase.topic {
        Topic::DirectedAbuse => Rule::Abuse,
        Topic::Bereavement => Rule::Bereavement,
        _ => Rule::OtherPerson,
    }
}

/// The highest finding decides; the first of several equal ones names the phrase.
fn verdict(candidates: &[Candidate<'_>]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut best: Option<&Candidate<'_>> = None;
    for candidate in candidates {
        let told = matches!(candidate.phrase.topic, Topic::DirectedAbuse | Topic::Bereavement)
            && candidate.outcome.rule == Rule::Statement;
        if candidate.outcome.level > Level::None || told {
            verdict.topics.insert(candidate.phrase.topic);
        }
        if best.is_none_or(|old| candidate.outcome.level > old.outcome.level) {
            best = Some(candidate);
        }
    }
    if let Some(best) = best {
        verdict.level = best.outcome.level;
        verdict.phrase = Some(best.phrase.id.clone());
        verdict.rule = Some(match (best.outcome.rule, best.phrase.topic) {
            (Rule::Statement, Topic::DirectedAbuse) => Rule::Abuse,
            (Rule::Statement, Topic::Bereavement) => Rule::Bereavement,
            (rule, _) => rule,
        });
    }
    verdict
}
