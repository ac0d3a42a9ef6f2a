//! The directory: every country and line in memory, and the questions one can ask it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::country::folded;
use super::file::{self, Contents, Problem, Problems};
use super::{Country, CountryCode, Emergency, Finder, Helpline, Standing, Topic};

/// The file that is built in.
const EMBEDDED: &str = include_str!("../../config/helplines.toml");

/// Most suggestions: Discord shows at most 25 choices in an autocomplete.
pub const MAX_SUGGESTIONS: usize = 25;

/// All helplines. Never changes once made: share it in an [`Arc`].
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// By English name.
    countries: Vec<Country>,
    /// In the order of the file, best sourced first.
    lines: BTreeMap<CountryCode, Vec<Arc<Helpline>>>,
    international: Vec<Finder>,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The trouble, or the people.
    pub topic: Topic,
    /// True to have lines with text, chat or WhatsApp before those with calls only.
    pub written_first: bool,
    /// Languages the person speaks, as Discord or ISO 639 write them (`en-US`, `es`); empty if not known.
    pub languages: Vec<String>,
}

impl Ask {
    /// A question about a topic, by any way, in any language.
    #[must_use]
    pub fn about(topic: Topic) -> Self {
        Self { topic, written_first: false, languages: Vec::new() }
    }
}

/// A line that answers an [`Ask`].
#[derive(Clone, Debug)]
pub struct Offer {
    /// The line.
    pub line: Arc<Helpline>,
    /// Whether it can be reached at the moment that was asked for.
    pub standing: Standing,
}

/// A line whose facts are old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Id of the line or of the international directory.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Its country; `None` for an international directory.
    pub country: Option<CountryCode>,
    /// When it was last known to be right.
    pub verified_on: NaiveDate,
    /// How many days ago that is.
    pub age_days: i64,
    /// True if even that is only the date of a copy.
    pub dated_by_copy: bool,
}

impl Directory {
    /// The directory that is built in.
    ///
    /// # Errors
    /// Never in a build whose tests pass: the file that is built in is one of them.
    pub fn embedded() -> Result<Self, Problems> {
        Self::parse(EMBEDDED)
    }

    /// A copy that shares nothing with this one, not even memory.
    #[must_use]
    pub fn copied(&self) -> Self {
        let lines = |(code, lines): (&CountryCode, &Vec<Arc<Helpline>>)| {
            (*code, lines.iter().map(|line| Arc::new(Helpline::clone(line))).collect())
        };
        Self {
            countries: self.countries.clone(),
            lines: self.lines.iter().map(lines).collect(),
            international: self.international.clone(),
        }
    }

    /// Reads a file; its keys are explained at the top of `config/helplines.toml`.
    ///
    /// # Errors
    /// Every problem of the file, by line.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let Contents { countries, international } = file::read(text)?;
        let mut directory = Self { international, ..Self::default() };
        for (country, lines) in countries {
            let code = country.code;
            directory.lines.entry(code).or_default().extend(lines.into_iter().map(Arc::new));
            directory.countries.push(country);
        }
        directory.countries.sort_by(|a, b| a.name.cmp(&b.name));
        directory.whole(text)?;
        Ok(directory)
    }

    /// Refuses what only shows in the whole: ids, codes and names used twice, nothing at all.
    fn whole(&self, text: &str) -> Result<(), Problems> {
        let place = |needle: &str| 1 + text.lines().position(|line| line.contains(needle)).unwrap_or(0);
        let mut list = Vec::new();
        if self.countries.is_empty() || self.international.is_empty() {
            list.push(Problem { line: 1, what: "at least one country and one international directory".to_owned() });
        }
        let mut ids = HashMap::new();
        let finders = self.international.iter().map(|finder| &finder.id);
        for id in self.lines.values().flatten().map(|line| &line.id).chain(finders) {
            *ids.entry(id).or_insert(0_usize) += 1;
        }
        for (id, _) in ids.iter().filter(|(_, times)| **times > 1) {
            list.push(Problem { line: place(id), what: format!("the id {id:?} is used twice") });
        }
        let mut keys: HashMap<&str, CountryCode> = HashMap::new();
        let mut seen = Vec::new();
        for country in &self.countries {
            if seen.contains(&country.code) {
                let line = place(&format!("{:?}", country.code.as_str()));
                list.push(Problem { line, what: format!("the country {} is there twice", country.code) });
                continue;
            }
            seen.push(country.code);
            for key in &country.keys {
                let owner = *keys.entry(key).or_insert(country.code);
                if owner != country.code {
                    let what = format!("{key:?} means both {owner} and {}", country.code);
                    list.push(Problem { line: place(&country.name), what });
                }
            }
        }
        list.sort_by_key(|problem| problem.line);
        let more = list.len().saturating_sub(file::MAX_PROBLEMS);
        list.truncate(file::MAX_PROBLEMS);
        if list.is_empty() { Ok(()) } else { Err(Problems { list, more }) }
    }

    /// This directory with a guild's own lines after ours. A line in a country that we do not know can be found by
    /// its code, but has no emergency number.
    #[must_use]
    pub fn with_lines(&self, own: Vec<Helpline>) -> Self {
        let mut wider = self.clone();
        for line in own {
            wider.lines.entry(line.country).or_default().push(Arc::new(line));
        }
        wider
    }

    /// The lines of a country for a topic, best first: open now before unknown before shut; then those that speak a
    /// language of the person, or may; then those for everybody before those for a certain group (unless the topic
    /// names the group); then those whose main topic it is; then written ways if asked; then the order of the file.
    /// Empty if the directory has none: then [`Directory::international`] is what to show.
    #[must_use]
    pub fn lines(&self, country: CountryCode, ask: &Ask, at: DateTime<Utc>) -> Vec<Offer> {
        let here = self.lines.get(&country).map_or(&[][..], Vec::as_slice);
        let spoken: Vec<&str> = ask.languages.iter().map(|tag| language(tag)).collect();
        let mut ranked: Vec<_> = here
            .iter()
            .filter(|line| line.is_about(ask.topic))
            .map(|line| {
                let standing = line.standing(at);
                let tongue = tongue(line, &spoken);
                let narrow = line.for_whom.is_some() && !ask.topic.names_people();
                let written = ask.written_first.then(|| line.written_standing(at).map_or(3, |written| written as u8));
                let aside = !is_main(line, ask.topic);
                let rank = (standing, tongue == Tongue::Other, narrow, aside, written, tongue);
                (rank, Offer { line: Arc::clone(line), standing })
            })
            .collect();
        // A stable sort: among equals the order of the file stays.
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, offer)| offer).collect()
    }

    /// The lines for the topic, then those for any crisis, then those for thoughts of suicide, each best first and
    /// none twice: for a country that has no line, or no open line, for the topic itself.
    #[must_use]
    pub fn nearest(&self, country: CountryCode, ask: &Ask, at: DateTime<Utc>) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        for topic in [ask.topic, Topic::GeneralCrisis, Topic::SuicideCrisis] {
            for offer in self.lines(country, &Ask { topic, ..ask.clone() }, at) {
                if offers.iter().all(|known| known.line.id != offer.line.id) {
                    offers.push(offer);
                }
            }
        }
        offers
    }

    /// Every line of a country in the order of the file.
    #[must_use]
    pub fn all_lines(&self, country: CountryCode) -> &[Arc<Helpline>] {
        self.lines.get(&country).map_or(&[], Vec::as_slice)
    }

    /// The line with this id.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&Arc<Helpline>> {
        self.lines.values().flatten().find(|line| &*line.id == id)
    }

    /// How many lines there are.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.values().map(Vec::len).sum()
    }

    /// The country with this code.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        self.countries.iter().find(|country| country.code == code)
    }

    /// Code and English name of every country, by name.
    pub fn countries(&self) -> impl Iterator<Item = (CountryCode, &str)> {
        self.countries.iter().map(|country| (country.code, &*country.name))
    }

    /// The country that `text` names whole: code, English name, own name, or an alias such as UK or Turkey, in any
    /// case and without accents.
    #[must_use]
    pub fn find_country(&self, text: &str) -> Option<&Country> {
        let wanted = folded(text);
        self.countries.iter().find(|country| country.keys.iter().any(|key| **key == *wanted))
    }

    /// At most [`MAX_SUGGESTIONS`] countries for what somebody has typed so far: whole matches first, then names
    /// that begin with it, then names with a word that does; each by name. All, by name, for an empty text.
    #[must_use]
    pub fn suggest(&self, typed: &str) -> Vec<(CountryCode, &str)> {
        let typed = folded(typed);
        let inner = format!(" {typed}");
        let rank = |key: &str| match key {
            _ if *key == *typed => Some(0),
            _ if key.starts_with(&typed) => Some(1),
            _ if key.contains(&inner) => Some(2),
            _ => None,
        };
        let mut found: Vec<(u8, &Country)> = self
            .countries
            .iter()
            .filter_map(|country| Some((country.keys.iter().filter_map(|key| rank(key)).min()?, country)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().take(MAX_SUGGESTIONS).map(|(_, country)| (country.code, &*country.name)).collect()
    }

    /// The emergency numbers of a country; `None` if the directory does not know the country.
    #[must_use]
    pub fn emergency(&self, code: CountryCode) -> Option<&Emergency> {
        self.country(code).map(|country| &country.emergency)
    }

    /// International directories, the best first; never empty in a directory that was parsed.
    #[must_use]
    pub fn international(&self) -> &[Finder] {
        &self.international
    }

    /// Lines and international directories last verified more than `days` days before `on`, the oldest first.
    #[must_use]
    pub fn stale(&self, on: NaiveDate, days: u32) -> Vec<Stale> {
        let lines = self.lines.values().flatten().map(|line| Stale {
            id: line.id.clone(),
            name: line.name.clone(),
            country: Some(line.country),
            verified_on: line.verified_on,
            age_days: line.age_days(on),
            dated_by_copy: line.dated_by_copy,
        });
        let finders = self.international.iter().map(|finder| Stale {
            id: finder.id.clone(),
            name: finder.name.clone(),
            country: None,
            verified_on: finder.verified_on,
            age_days: (on - finder.verified_on).num_days(),
            dated_by_copy: finder.dated_by_copy,
        });
        let mut stale: Vec<Stale> = lines.chain(finders).filter(|entry| entry.age_days > i64::from(days)).collect();
        stale.sort_by(|a, b| b.age_days.cmp(&a.age_days).then_with(|| a.id.cmp(&b.id)));
        stale
    }
}

/// Whether a line speaks a language of the person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tongue {
    Shared,
    Unsaid,
    Other,
}

fn tongue(line: &Helpline, spoken: &[&str]) -> Tongue {
    if spoken.is_empty() || line.languages.is_empty() {
        return Tongue::Unsaid;
    }
    let shared = line.languages.iter().any(|code| spoken.contains(&language(code)));
    if shared { Tongue::Shared } else { Tongue::Other }
}

/// The language of a tag, without its region; codes that mean the same for a caller become one.
fn language(tag: &str) -> &str {
    match tag.split(['-', '_']).next().unwrap_or(tag) {
        "nb" | "nn" => "no",
        "fil" => "tl",
        "cmn" => "zh",
        code => code,
    }
}

/// True if the line is mainly about the topic. Lines for any crisis are never "beside the point" for one another.
fn is_main(line: &Helpline, topic: Topic) -> bool {
    matches!(topic, Topic::SuicideCrisis | Topic::GeneralCrisis) || line.topics.first() == Some(&topic)
}
