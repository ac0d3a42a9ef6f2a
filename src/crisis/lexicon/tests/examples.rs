//! Every phrase fires in its example sentences and stays quiet in its counter-examples.

use super::super::file::{EMBEDDED, File};
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
