//! Every phrase fires in its example sentences and stays quiet in its counter-examples.

use super::super::file::{EMBEDDED, File};
use super::super::pattern::{self, Part};
use super::super::vocabulary::Builder;
use crate::crisis::lexicon::{Level, Lexicon, Sensitivity, Topic};

#[test]
fn every_phrase_fires_in_its_examples_and_is_quiet_in_its_counter_examples() {
    let lexicon = Lexicon::embedded().unwrap();
    let mut wrong = Vec::new();
    for (name, text) in EMBEDDED {
        let file: File = toml::from_str(text).unwrap();
        for phrase in &file.phrase {
            let phrase = phrase.get_ref();
            let level = Level::parse(&phrase.level).unwrap();
            let sensitivity = if phrase.sensitive { Sensitivity::Sensitive } else { Sensitivity::Balanced };
            let told = matches!(Topic::parse(&phrase.topic), Some(Topic::DirectedAbuse | Topic::Bereavement));
            for example in &phrase.examples {
                let seen = lexicon.explain(example, sensitivity);
                let stands = seen.verdict.level >= level && (level > Level::None || seen.verdict.level == Level::None);
                let named =
                    seen.steps.iter().any(|step| step.phrase.as_str() == phrase.id && (step.outcome >= level || told));
                if !stands || !named {
                    wrong.push(format!(
                        "{name} {}: `{example}` gives {:?}",
                        phrase.id,
                        seen.steps
                            .iter()
                            .map(|s| format!("{} {} {:?} {:?}", s.phrase, s.outcome, s.rule, s.context))
                            .collect::<Vec<_>>()
                    ));
                }
            }
            for quiet in &phrase.quiet {
                let seen = lexicon.explain(quiet, sensitivity);
                if seen.verdict.level.fires() {
                    wrong.push(format!(
                        "{name} {}: `{quiet}` should be quiet: {:?}",
                        phrase.id,
                        seen.steps
                            .iter()
                            .map(|s| format!("{} {} {:?}", s.phrase, s.outcome, s.rule))
                            .collect::<Vec<_>>()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The shortest words a pattern matches: the first of each choice, nothing where nothing is needed.
fn plain(part: &Part, file: &File, builder: &mut Builder, words: &mut Vec<String>) {
    match part {
        Part::Word(word) | Part::Stem(word) => words.push(builder.beginning(*word).to_owned()),
        Part::Number => words.push("7".to_owned()),
        Part::Row(parts) => parts.iter().for_each(|part| plain(part, file, builder, words)),
        Part::Either(parts) => parts.first().into_iter().for_each(|part| plain(part, file, builder, words)),
        Part::Class(name) => {
            let first = file.classes.get(&**name).and_then(|class| class.get_ref().first()).unwrap();
            let part = pattern::parse(first, builder).unwrap();
            plain(&part, file, builder, words);
        }
        Part::Gap(..) | Part::Maybe(_) | Part::Start | Part::End | Part::Not(_) => {}
    }
}

/// Exhaustive: every single pattern of every phrase in every file is found in its plainest sentence.
#[test]
fn every_pattern_is_found_in_its_plainest_sentence() {
    let lexicon = Lexicon::embedded().unwrap();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (name, text) in EMBEDDED {
        let file: File = toml::from_str(text).unwrap();
        let mut builder = Builder::new();
        let gap = if ["ja.toml", "zh.toml", "ko.toml"].contains(&name) { "" } else { " " };
        for phrase in &file.phrase {
            let phrase = phrase.get_ref();
            for any in &phrase.any {
                let mut words = Vec::new();
                let part = pattern::parse(any.get_ref(), &mut builder).unwrap();
                plain(&part, &file, &mut builder, &mut words);
                let sentence = words.join(gap);
                let seen = lexicon.explain(&sentence, Sensitivity::Sensitive);
                tried += 1;
                if !seen.steps.iter().any(|step| step.phrase.as_str() == phrase.id) {
                    wrong.push(format!("{name} {}: `{sentence}` read as `{}`", phrase.id, seen.normalised));
                }
            }
        }
    }
    assert!(tried > 1_500, "{tried} patterns");
    assert!(wrong.is_empty(), "{} of {tried} patterns are not found:\n{}", wrong.len(), wrong.join("\n"));
}
