//! What the words around a phrase make of it.
//!
//! Every phrase that was found goes through the same questions, in this order: is it part of an
//! idiom or title, is it quoted, is it part of a longer finding that says something milder, who is
//! its subject, and which contexts of its language reach it. A context may make it quiet, lower or
//! raise it, or cancel what another context says.

use super::compiled::{Compiled, Context, Phrase, Place, Rules};
use super::find::{Findings, Found};
use super::grammar::{Matcher, Slots};
use super::reader::{Token, View};
use super::verdict::{Level, Rule, Sensitivity};

/// How far left a subject is looked for, in words.
const SUBJECT_REACH: usize = 14;
/// How far a context of the same sentence may stand from the phrase, in words.
const SENTENCE_REACH: u32 = 40;

/// What became of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The level that is left.
    pub level: Level,
    /// The rule that decided.
    pub rule: Rule,
    /// The entry of the lexicon file that decided, if one did.
    pub reason: Option<Reason>,
}

/// An entry that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// An index into the contexts.
    Context(u16),
    /// An index into the masks.
    Mask(u16),
}

/// Everything the questions need to see.
pub(super) struct Scene<'a> {
    /// The lexicon with the contexts and slots.
    pub lexicon: &'a Compiled,
    /// The text.
    pub view: &'a View,
    /// What was found in it.
    pub findings: &'a Findings,
    /// How readily the channel wants to be answered.
    pub sensitivity: Sensitivity,
}

/// The subject of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Writer,
    Addressee,
    Somebody,
    Nobody,
    Thing,
}

impl Scene<'_> {
    /// Decides about one phrase.
    pub fn outcome(&self, phrase: &Phrase, found: Found, matcher: &Matcher<'_>) -> Outcome {
        if let Some(mask) = self.findings.masks.iter().find(|mask| mask.overlaps(found)) {
            let rule = self.lexicon.masks[usize::from(mask.index)].rule;
            return Outcome { level: Level::None, rule, reason: Some(Reason::Mask(mask.index)) };
        }
        let subject = if phrase.subject { self.subject(phrase, found, matcher) } else { Subject::Writer };
        let mut outcome = self.contexts(phrase, found, matcher);
        match subject {
            Subject::Writer => {}
            Subject::Somebody => outcome = lower(outcome, Level::ConcernOther, Rule::OtherPerson),
            Subject::Addressee => outcome = lower(outcome, Level::None, Rule::Support),
            Subject::Nobody | Subject::Thing => outcome = lower(outcome, Level::None, Rule::NoPerson),
        }
        if phrase.sensitive && self.sensitivity != Sensitivity::Sensitive {
            outcome = lower(outcome, Level::None, Rule::Sensitivity);
        }
        if self.sensitivity == Sensitivity::Quiet && outcome.level == Level::Low {
            outcome = lower(outcome, Level::None, Rule::Sensitivity);
        }
        outcome
    }

    /// The contexts that reach a phrase, weighed.
    fn contexts(&self, phrase: &Phrase, found: Found, matcher: &Matcher<'_>) -> Outcome {
        let reached: Vec<(u16, &Context)> = self
            .findings
            .contexts
            .iter()
            .filter_map(|context| {
                let rule = &self.lexicon.contexts[usize::from(context.index)];
                (applies(rule, phrase)
                    && self.may_speak(rule, *context)
                    && self.reaches(rule, *context, found, matcher))
                .then_some((context.index, rule))
            })
            .collect();
        let reaching = || reached.iter().copied();
        let cancelled = Rules(reaching().fold(phrase.ignore.0, |rules, (_, context)| rules | context.cancels.0));
        let mut outcome = Outcome { level: phrase.level, rule: Rule::Statement, reason: None };
        let quoted =
            self.view.tokens[found.start as usize..found.end as usize].iter().all(|token| token.has(Token::QUOTED));
        if quoted && !cancelled.has(Rule::Quotation) {
            let said = reaching().any(|(_, context)| is_saying(context));
            outcome = lower(outcome, if said { Level::ConcernOther } else { Level::None }, Rule::Quotation);
        }
        if self.view.joke
            && phrase.level == Level::Low
            && self.sensitivity != Sensitivity::Sensitive
            && !cancelled.has(Rule::Joke)
        {
            outcome = lower(outcome, Level::None, Rule::Joke);
        }
        let mut raised: Option<Outcome> = None;
        for (index, context) in reaching() {
            let Some(gives) = context.gives else { continue };
            if cancelled.has(context.rule) || is_saying(context) {
                continue;
            }
            let other = Outcome { level: gives, rule: context.rule, reason: Some(Reason::Context(index)) };
            if gives > phrase.level {
                raised = raised.filter(|old| old.level >= gives).or(Some(other));
            } else if gives < outcome.level {
                outcome = other;
            }
        }
        match raised {
            Some(raised) if outcome.level == phrase.level => raised,
            _ => outcome,
        }
    }

    /// Words inside a quotation do not tell that the quotation is the writer's own.
    fn may_speak(&self, context: &Context, at: Found) -> bool {
        !context.cancels.has(Rule::Quotation)
            || !self.view.tokens.get(at.start as usize).is_some_and(|token| token.has(Token::QUOTED))
    }

    /// Whether a context stands where it has to.
    fn reaches(&self, context: &Context, at: Found, found: Found, matcher: &Matcher<'_>) -> bool {
        let same = at.sentence == found.sentence;
        let near = same && at.start < found.end + SENTENCE_REACH && found.start < at.end + SENTENCE_REACH;
        match context.place {
            Place::Message => true,
            Place::Sentence => near,
            Place::Earlier => near && at.end <= found.start,
            Place::Later => near && at.start >= found.end,
            Place::Over => same && at.overlaps(found),
            Place::Before => {
                same && at.end <= found.start && self.between(at.end, found.start, matcher) <= u32::from(context.within)
            }
            Place::After => {
                same && at.start >= found.end && self.between(found.end, at.start, matcher) <= u32::from(context.within)
            }
        }
    }

    /// Words between two places, fillers not counted.
    fn between(&self, from: u32, to: u32, matcher: &Matcher<'_>) -> u32 {
        if to - from > 24 {
            return u32::MAX;
        }
        let base =
            self.view.sentences.iter().rev().find(|sentence| sentence.0 <= from).map_or(0, |sentence| sentence.0);
        let (mut at, mut count) = (from, 0);
        while at < to {
            let filler = matcher.filler((at - base) as usize) as u32;
            count += u32::from(filler == 0);
            at += filler.max(1);
        }
        count
    }

    /// Who the phrase is said of.
    fn subject(&self, phrase: &Phrase, found: Found, matcher: &Matcher<'_>) -> Subject {
        let slots = &self.lexicon.languages[usize::from(phrase.language)].1;
        let base = self.view.sentences.get(found.sentence as usize).map_or(0, |sentence| sentence.0) as usize;
        let tokens = &self.view.tokens;
        let (mut unknown, mut crossed) = (0, false);
        let mut at = found.start as usize;
        crossed |= at == base || tokens[at].has(Token::CLAUSE);
        let least = base.max(at.saturating_sub(SUBJECT_REACH));
        while at > least {
            at -= 1;
            let id = tokens[at].id;
            if slots.first.has(id) {
                return Subject::Writer;
            }
            if slots.joiner.has(id) {
                crossed |= unknown == 0;
                if unknown == 0 {
                    return if writer_before(slots, tokens, least, at) {
                        Subject::Writer
                    } else {
                        after_joiner(slots, tokens, least, at)
                    };
                }
                break;
            }
            if slots.second.has(id) {
                return Subject::Addressee;
            }
            if slots.third.has(id) {
                return if crossed && writer_before(slots, tokens, least, at) {
                    Subject::Writer
                } else {
                    Subject::Somebody
                };
            }
            if slots.generic.has(id) {
                return Subject::Nobody;
            }
            if !slots.auxiliary.has(id) && matcher.filler(at - base) == 0 {
                unknown += 1;
            }
            if tokens[at].has(Token::CLAUSE) {
                if unknown == 0 {
                    return if writer_before(slots, tokens, least, at) {
                        Subject::Writer
                    } else {
                        after_joiner(slots, tokens, least, at)
                    };
                }
                break;
            }
        }
        let left_out = at == base && slots.elided.has(tokens[base].id);
        if unknown == 0 || crossed || left_out { Subject::Writer } else { Subject::Thing }
    }
}

/// Whether the writer is named between two places.
fn writer_before(slots: &Slots, tokens: &[Token], from: usize, to: usize) -> bool {
    tokens[from..to].iter().any(|token| slots.first.has(token.id))
}

/// The subject shared across "and": somebody else if one is named, else the writer.
fn after_joiner(slots: &Slots, tokens: &[Token], from: usize, to: usize) -> Subject {
    if tokens[from..to].iter().any(|token| slots.third.has(token.id)) { Subject::Somebody } else { Subject::Writer }
}

/// Whether a context only tells whose words a quotation holds.
fn is_saying(context: &Context) -> bool {
    context.rule == Rule::Quotation && context.gives == Some(Level::ConcernOther)
}

fn lower(outcome: Outcome, level: Level, rule: Rule) -> Outcome {
    if level < outcome.level { Outcome { level, rule, reason: None } } else { outcome }
}

fn applies(context: &Context, phrase: &Phrase) -> bool {
    context.language == phrase.language
        && (context.topics.is_empty() || context.topics.contains(phrase.topic))
        && (context.tags == 0 || context.tags & phrase.tags != 0)
}
