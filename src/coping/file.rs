//! Reading and checking a file of skills. All problems are said at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Breath, ID_LIMIT, Library, NAME_LIMIT, Need, Problems, SKILLS_LIMIT, STEPS_LIMIT, Skill, TEXT_LIMIT};

/// Longest that a rhythm takes: an answer on Discord can be changed for 15 minutes.
const LONGEST_BREATH_SECONDS: u32 = 300;
/// Shortest part of a rhythm: Discord takes about one change a second.
const SHORTEST_PART_SECONDS: u8 = 2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    needs: BTreeMap<String, Vec<String>>,
    skill: Vec<RawSkill>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSkill {
    id: String,
    name: String,
    line: String,
    minutes: u16,
    when: String,
    caution: String,
    source: String,
    steps: Vec<String>,
    breath: Option<Breath>,
}

impl Library {
    /// Reads a file of skills.
    ///
    /// # Errors
    /// Everything that is wrong with it: each line names the skill, the part and what fits there.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let file: RawFile = toml::from_str(text).map_err(|error| Problems(vec![error.to_string()]))?;
        let mut problems = Vec::new();
        if file.skill.is_empty() || file.skill.len() > SKILLS_LIMIT {
            problems.push(format!("there are {} skills; 1 to {SKILLS_LIMIT} fit", file.skill.len()));
        }
        let mut seen = BTreeSet::new();
        for skill in &file.skill {
            if !seen.insert(skill.id.clone()) {
                problems.push(format!("skill \"{}\" is there twice", skill.id));
            }
            check(skill, &mut problems);
        }
        let mut needs = BTreeMap::new();
        for (word, ids) in &file.needs {
            let Some(need) = Need::of_word(word) else {
                problems
                    .push(format!("needs.{word} is not known; known are: {}", Need::ALL.map(Need::word).join(", ")));
                continue;
            };
            let mut places = Vec::new();
            for id in ids {
                match file.skill.iter().position(|skill| skill.id == *id) {
                    Some(place) => places.push(place),
                    None => problems.push(format!("needs.{word} names \"{id}\", and there is no such skill")),
                }
            }
            needs.insert(need, places);
        }
        for need in Need::ALL {
            if needs.get(&need).is_none_or(Vec::is_empty) {
                problems.push(format!("needs.{} names no skill", need.word()));
            }
        }
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        Ok(Self { skills: file.skill.into_iter().map(RawSkill::checked).collect(), needs })
    }
}

impl RawSkill {
    fn checked(self) -> Skill {
        let Self { id, name, line, minutes, when, caution, source, steps, breath } = self;
        Skill { id, name, line, minutes, when, caution, source, steps, breath }
    }
}

fn check(skill: &RawSkill, problems: &mut Vec<String>) {
    let mut wrong = |what: String| problems.push(format!("skill \"{}\": {what}", skill.id));
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if skill.id.is_empty() || skill.id.len() > ID_LIMIT || !skill.id.chars().all(fits) {
        wrong(format!("its id has 1 to {ID_LIMIT} of a-z, 0-9 and _"));
    }
    let texts = [
        ("name", &skill.name, NAME_LIMIT),
        ("line", &skill.line, TEXT_LIMIT),
        ("when", &skill.when, TEXT_LIMIT),
        ("caution", &skill.caution, TEXT_LIMIT),
        ("source", &skill.source, TEXT_LIMIT),
    ];
    let steps = skill.steps.iter().map(|step| ("a step", step, TEXT_LIMIT));
    for (part, text, limit) in texts.into_iter().chain(steps) {
        let count = text.chars().count();
        if text.trim().is_empty() || count > limit {
            wrong(format!("{part} has {count} characters; 1 to {limit} fit"));
        }
    }
    if !(1..=60).contains(&skill.minutes) {
        wrong(format!("it takes {} minutes; 1 to 60 fit", skill.minutes));
    }
    if skill.steps.is_empty() || skill.steps.len() > STEPS_LIMIT {
        wrong(format!("it has {} steps; 1 to {STEPS_LIMIT} fit", skill.steps.len()));
    }
    if let Some(breath) = skill.breath {
        let seconds = u32::from(breath.in_seconds) + u32::from(breath.out_seconds);
        let whole = seconds * u32::from(breath.rounds);
        if breath.in_seconds.min(breath.out_seconds) < SHORTEST_PART_SECONDS
            || !(1..=LONGEST_BREATH_SECONDS).contains(&whole)
        {
            wrong(format!(
                "its breath takes {whole} seconds; in and out are {SHORTEST_PART_SECONDS} or more, all of it at most {LONGEST_BREATH_SECONDS}"
            ));
        }
    }
}
