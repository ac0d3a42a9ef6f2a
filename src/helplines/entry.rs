//! A line or a country as somebody typed it, and the check that turns it into one of ours.
//!
//! The same check stands before the file and before what a guild adds by command.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;

use super::check::{MAX_NAME, MAX_SENTENCE, Wrong};
use super::country::folded;
use super::{Country, CountryCode, Emergency, Helpline, Hours, Topic, Way};

/// A line as typed; the keys are explained at the top of `config/helplines.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "each key is explained where people edit it")]
pub struct LineEntry {
    pub id: String,
    pub name: String,
    pub about: String,
    pub for_whom: Option<String>,
    pub topics: Vec<Topic>,
    pub languages: Vec<String>,
    pub call: Option<String>,
    pub also_call: Vec<String>,
    pub call_note: Option<String>,
    pub call_always_open: bool,
    pub call_open: Option<Vec<SpanEntry>>,
    pub call_hours_unknown: Option<String>,
    pub text: Option<String>,
    pub text_word: Option<String>,
    pub text_always_open: bool,
    pub text_open: Option<Vec<SpanEntry>>,
    pub text_hours_unknown: Option<String>,
    pub whatsapp: Option<String>,
    pub whatsapp_word: Option<String>,
    pub whatsapp_always_open: bool,
    pub whatsapp_open: Option<Vec<SpanEntry>>,
    pub whatsapp_hours_unknown: Option<String>,
    pub chat: Option<String>,
    pub chat_always_open: bool,
    pub chat_open: Option<Vec<SpanEntry>>,
    pub chat_hours_unknown: Option<String>,
    pub website: Option<String>,
    pub zone: Option<String>,
    pub always_open: bool,
    pub open: Option<Vec<SpanEntry>>,
    pub hours_unknown: Option<String>,
    pub shut: Vec<ClosureEntry>,
    pub hours_note: Option<String>,
    pub cost: Option<String>,
    pub deaf: Option<String>,
    pub police_policy: Option<String>,
    pub note: Option<String>,
    pub sources: Vec<String>,
    pub independent_sources: Option<u32>,
    pub verified_on: Option<toml::value::Datetime>,
    pub dated_by_copy: bool,
}

/// One stretch of opening as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanEntry {
    /// `daily`, `mon-fri`, `mon,wed`.
    pub days: String,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`, up to `24:00`.
    pub to: String,
}

/// Days of every year on which a line does not open, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosureEntry {
    /// `MM-DD`.
    pub from: String,
    /// `MM-DD`, included.
    pub to: String,
}

/// A country as typed, without its lines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CountryEntry {
    code: String,
    name: String,
    own_name: Option<String>,
    aliases: Vec<String>,
    zone: String,
    emergency: Option<String>,
    ambulance: Option<String>,
    police: Option<String>,
    emergency_note: Option<String>,
    emergency_unsure: bool,
}

/// An international directory as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FinderEntry {
    id: String,
    name: String,
    about: String,
    website: String,
    sources: Vec<String>,
    verified_on: Option<toml::value::Datetime>,
    dated_by_copy: bool,
}

/// An international directory of lines: for people whose country is not in ours, or where no line is open now.
#[derive(Clone, Debug)]
pub struct Finder {
    /// Never changes.
    pub id: Box<str>,
    /// As people know it.
    pub name: Box<str>,
    /// One sentence.
    pub about: Box<str>,
    /// Its address.
    pub website: Box<str>,
    /// Where we know it from.
    pub sources: Vec<Box<str>>,
    /// The day on which the best source says it was right.
    pub verified_on: NaiveDate,
    /// True if `verified_on` is the date of the copy that was read.
    pub dated_by_copy: bool,
}

impl LineEntry {
    /// Turns what was typed into a line of `country`, whose hours are meant in `zone` unless it names its own.
    ///
    /// # Errors
    /// Everything that is wrong with it, one sentence each.
    pub fn check(self, country: CountryCode, zone: Tz) -> Result<Helpline, Vec<String>> {
        let mut wrong = Wrong::default();
        wrong.id(&self.id);
        wrong.text("name", &self.name, MAX_NAME);
        wrong.text("about", &self.about, MAX_SENTENCE);
        for (key, text) in self.optional_texts() {
            wrong.text(key, text, MAX_SENTENCE);
        }
        wrong.list("topics", self.topics.len(), 1);
        wrong.list("languages", self.languages.len(), 0);
        for language in &self.languages {
            wrong.language(language);
        }
        if let Some(website) = &self.website {
            wrong.address("website", website);
        }
        wrong.sources(&self.sources);
        let sources_said = self.independent_sources.filter(|count| *count > 0);
        if sources_said.is_none() {
            wrong.0.push("independent_sources is missing; it is at least 1".to_owned());
        }
        let verified_on = wrong.date(self.verified_on.as_ref());
        let zone = wrong.zone(self.zone.as_deref(), zone);
        let closures = wrong.closures(&self.shut);
        let hours = wrong.line_hours(&self, zone, &closures);
        let ways = wrong.ways(&self, zone, &closures);
        wrong.never_closes(&self, hours.as_ref());
        match (hours, verified_on, wrong.0.is_empty()) {
            (Some(hours), Some(verified_on), true) => {
                Ok(self.into_line(country, hours, ways, verified_on, sources_said.unwrap_or(1)))
            }
            _ => Err(wrong.0),
        }
    }

    pub(super) fn optional_texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("for_whom", &self.for_whom),
            ("call_note", &self.call_note),
            ("call_hours_unknown", &self.call_hours_unknown),
            ("text_word", &self.text_word),
            ("text_hours_unknown", &self.text_hours_unknown),
            ("whatsapp_word", &self.whatsapp_word),
            ("whatsapp_hours_unknown", &self.whatsapp_hours_unknown),
            ("chat_hours_unknown", &self.chat_hours_unknown),
            ("hours_unknown", &self.hours_unknown),
            ("hours_note", &self.hours_note),
            ("cost", &self.cost),
            ("deaf", &self.deaf),
            ("police_policy", &self.police_policy),
            ("note", &self.note),
        ]
        .into_iter()
        .filter_map(|(key, text)| text.as_deref().map(|text| (key, text)))
    }

    fn into_line(
        self,
        country: CountryCode,
        hours: Hours,
        ways: Vec<Way>,
        verified_on: NaiveDate,
        independent_sources: u32,
    ) -> Helpline {
        Helpline {
            id: self.id.into(),
            country,
            name: self.name.into(),
            about: self.about.into(),
            for_whom: self.for_whom.map(Into::into),
            topics: self.topics,
            languages: boxed(self.languages),
            ways,
            website: self.website.map(Into::into),
            hours,
            hours_note: self.hours_note.map(Into::into),
            cost: self.cost.map(Into::into),
            deaf: self.deaf.map(Into::into),
            police_policy: self.police_policy.map(Into::into),
            note: self.note.map(Into::into),
            sources: boxed(self.sources),
            independent_sources,
            verified_on,
            dated_by_copy: self.dated_by_copy,
        }
    }
}

impl CountryEntry {
    pub(super) fn check(self) -> Result<Country, Vec<String>> {
        let mut wrong = Wrong::default();
        wrong.text("name", &self.name, MAX_NAME);
        for name in self.aliases.iter().chain(&self.own_name) {
            wrong.text("own_name and aliases", name, MAX_NAME);
        }
        wrong.list("aliases", self.aliases.len(), 0);
        for number in [&self.emergency, &self.ambulance, &self.police].into_iter().flatten() {
            wrong.number("emergency numbers", number);
        }
        if let Some(note) = &self.emergency_note {
            wrong.text("emergency_note", note, MAX_SENTENCE);
        }
        if self.emergency.is_none() && self.emergency_note.is_none() {
            wrong.0.push("neither emergency nor emergency_note; say at least what is not known".to_owned());
        }
        let zone = wrong.zone(Some(&self.zone), Tz::UTC);
        let code = CountryCode::parse(&self.code).filter(|code| code.as_str() == self.code);
        if code.is_none() {
            wrong.0.push(format!("code {:?} is not two capital letters", self.code));
        }
        match code {
            Some(code) if wrong.0.is_empty() => Ok(self.into_country(code, zone)),
            _ => Err(wrong.0),
        }
    }

    fn into_country(self, code: CountryCode, zone: Tz) -> Country {
        let names = [&self.code, &self.name].into_iter().chain(&self.own_name).chain(&self.aliases);
        let keys = names.map(|name| folded(name).into()).collect();
        Country {
            code,
            name: self.name.into(),
            own_name: self.own_name.map(Into::into),
            zone,
            emergency: Emergency {
                number: self.emergency.map(Into::into),
                ambulance: self.ambulance.map(Into::into),
                police: self.police.map(Into::into),
                note: self.emergency_note.map(Into::into),
                unsure: self.emergency_unsure,
            },
            keys,
        }
    }
}

impl FinderEntry {
    pub(super) fn check(self) -> Result<Finder, Vec<String>> {
        let mut wrong = Wrong::default();
        wrong.id(&self.id);
        wrong.text("name", &self.name, MAX_NAME);
        wrong.text("about", &self.about, MAX_SENTENCE);
        wrong.address("website", &self.website);
        wrong.sources(&self.sources);
        match (wrong.date(self.verified_on.as_ref()), wrong.0.is_empty()) {
            (Some(verified_on), true) => Ok(Finder {
                id: self.id.into(),
                name: self.name.into(),
                about: self.about.into(),
                website: self.website.into(),
                sources: boxed(self.sources),
                verified_on,
                dated_by_copy: self.dated_by_copy,
            }),
            _ => Err(wrong.0),
        }
    }
}

pub(super) fn boxed(texts: Vec<String>) -> Vec<Box<str>> {
    texts.into_iter().map(Into::into).collect()
}
