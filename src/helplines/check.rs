//! The rules that what people type is checked against, each told as a sentence.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::entry::{ClosureEntry, LineEntry, SpanEntry, boxed};
use super::hours::{Closure, Hours, Span, Weekly};
use super::{Reach, Way};

/// Longest name of a line; Discord's limit for a field name is 256, a card wants less.
pub const MAX_NAME: usize = 100;
/// Longest sentence about a line, in characters, so that a card with two lines stays readable.
pub const MAX_SENTENCE: usize = 160;
/// Longest web address, in characters.
pub const MAX_ADDRESS: usize = 300;
/// Longest phone number as written, in characters.
pub const MAX_NUMBER: usize = 32;
/// Entries in one list (topics, languages, more numbers, sources, aliases).
pub const MAX_LIST: usize = 16;
/// Fewest digits after a `+`: fewer is a short number with a country code in front, which nobody can dial.
const MIN_FULL_DIGITS: usize = 9;
/// Most digits after a `+` (ITU-T E.164).
const MAX_FULL_DIGITS: usize = 15;
/// Ways of saying that a line never closes; only lines with `always_open` may use them.
const NEVER_CLOSES: [&str; 7] = ["24/7", "24x7", "24 hours", "24-hour", "day and night", "day or night", "the clock"];

/// Collects what is wrong with one entry.
#[derive(Default)]
pub(super) struct Wrong(pub(super) Vec<String>);

/// The three keys for hours, of a line or of one way.
struct HoursEntry<'a> {
    prefix: &'static str,
    always: bool,
    open: Option<&'a [SpanEntry]>,
    unknown: Option<&'a str>,
}

impl Wrong {
    pub(super) fn id(&mut self, id: &str) {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || id.len() > 40 || !id.bytes().all(good) {
            self.0.push(format!("id {id:?} is not 1 to 40 of a-z, 0-9 and -"));
        }
    }

    pub(super) fn text(&mut self, key: &str, text: &str, longest: usize) {
        let length = text.chars().count();
        if text.trim().is_empty() {
            self.0.push(format!("{key} is missing"));
        } else if length > longest {
            self.0.push(format!("{key} has {length} characters; at most {longest} fit"));
        } else if text.chars().any(char::is_control) {
            self.0.push(format!("{key} holds a line break or another control character"));
        }
    }

    pub(super) fn list(&mut self, key: &str, length: usize, fewest: usize) {
        if length < fewest {
            self.0.push(format!("{key} is empty"));
        } else if length > MAX_LIST {
            self.0.push(format!("{key} has {length} entries; at most {MAX_LIST} fit"));
        }
    }

    pub(super) fn language(&mut self, code: &str) {
        if !(2..=3).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.0.push(format!("language {code:?} is not a code such as en or yue"));
        }
    }

    pub(super) fn number(&mut self, key: &str, number: &str) {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let good = |c: char| c.is_ascii_digit() || " +-()*#".contains(c);
        if digits < 2 || number.len() > MAX_NUMBER || !number.chars().all(good) {
            self.0.push(format!("{key}: {number:?} is not a number that can be dialled"));
        } else if number.starts_with('+') && !(MIN_FULL_DIGITS..=MAX_FULL_DIGITS).contains(&digits) {
            self.0.push(format!(
                "{key}: {number:?} has {digits} digits after the +; a short number takes no country code"
            ));
        } else if number.rfind('+').is_some_and(|place| place > 0) {
            self.0.push(format!("{key}: {number:?} has a + inside"));
        }
    }

    pub(super) fn address(&mut self, key: &str, address: &str) {
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c);
        let whole = rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.') && !rest.contains(bad));
        if !whole || address.chars().count() > MAX_ADDRESS {
            self.0.push(format!("{key}: {address:?} is not a web address"));
        }
    }

    pub(super) fn sources(&mut self, sources: &[String]) {
        self.list("sources", sources.len(), 1);
        for source in sources {
            self.address("sources", source);
        }
    }

    pub(super) fn date(&mut self, typed: Option<&toml::value::Datetime>) -> Option<NaiveDate> {
        let date = typed.filter(|typed| typed.time.is_none()).and_then(|typed| typed.date);
        let date = date.and_then(|d| NaiveDate::from_ymd_opt(i32::from(d.year), d.month.into(), d.day.into()));
        if date.is_none() {
            self.0.push("verified_on is missing or not a date such as 2026-04-22".to_owned());
        }
        date
    }

    pub(super) fn zone(&mut self, typed: Option<&str>, otherwise: Tz) -> Tz {
        let Some(typed) = typed else { return otherwise };
        typed.parse().unwrap_or_else(|_| {
            self.0.push(format!("zone {typed:?} is not an IANA zone such as Europe/London"));
            otherwise
        })
    }

    pub(super) fn closures(&mut self, typed: &[ClosureEntry]) -> Vec<Closure> {
        let parsed = typed.iter().map(|entry| Closure::parse(&entry.from, &entry.to));
        parsed.filter_map(|closure| closure.map_err(|sentence| self.0.push(sentence)).ok()).collect()
    }

    pub(super) fn line_hours(&mut self, line: &LineEntry, zone: Tz, closures: &[Closure]) -> Option<Hours> {
        let (open, unknown) = (line.open.as_deref(), line.hours_unknown.as_deref());
        let typed = HoursEntry { prefix: "", always: line.always_open, open, unknown };
        let before = self.0.len();
        let hours = self.hours(&typed, zone, closures);
        if hours.is_none() && self.0.len() == before {
            self.0.push("no hours: give one of always_open, open, hours_unknown".to_owned());
        }
        if !closures.is_empty() && !matches!(hours, Some(Hours::Weekly(_))) {
            self.0.push("`shut` needs `open`".to_owned());
        }
        hours
    }

    fn hours(&mut self, typed: &HoursEntry<'_>, zone: Tz, closures: &[Closure]) -> Option<Hours> {
        let prefix = typed.prefix;
        match (typed.always, typed.open, typed.unknown) {
            (false, None, None) => None,
            (true, None, None) => Some(Hours::AlwaysOpen),
            (false, None, Some(words)) => Some(Hours::Unknown(words.into())),
            (false, Some(spans), None) => {
                let before = self.0.len();
                let spans: Vec<Span> = spans
                    .iter()
                    .map(|span| Span::parse(&span.days, &span.from, &span.to))
                    .filter_map(|span| span.map_err(|sentence| self.0.push(format!("{prefix}open: {sentence}"))).ok())
                    .collect();
                if self.0.len() > before {
                    return None;
                }
                let weekly = Weekly::new(zone, spans, closures.to_vec());
                weekly.map_err(|sentence| self.0.push(format!("{prefix}{sentence}"))).ok().map(Hours::Weekly)
            }
            _ => {
                self.0.push(format!("more than one of {prefix}always_open, {prefix}open, {prefix}hours_unknown"));
                None
            }
        }
    }

    pub(super) fn ways(&mut self, line: &LineEntry, zone: Tz, closures: &[Closure]) -> Vec<Way> {
        let before = self.0.len();
        let ways: Vec<Way> = [
            self.call(line, zone, closures),
            self.text_way(line, zone, closures),
            self.chat(line, zone, closures),
            self.whatsapp(line, zone, closures),
        ]
        .into_iter()
        .flatten()
        .collect();
        if ways.is_empty() && self.0.len() == before {
            self.0.push("no way to reach it: give one of call, text, chat, whatsapp".to_owned());
        }
        ways
    }

    fn call(&mut self, line: &LineEntry, zone: Tz, closures: &[Closure]) -> Option<Way> {
        let typed = HoursEntry {
            prefix: "call_",
            always: line.call_always_open,
            open: line.call_open.as_deref(),
            unknown: line.call_hours_unknown.as_deref(),
        };
        let own_hours = self.hours(&typed, zone, closures);
        self.list("also_call", line.also_call.len(), 0);
        for number in line.call.iter().chain(&line.also_call) {
            self.number("call", number);
        }
        if line.call.is_none() && (own_hours.is_some() || line.call_note.is_some() || !line.also_call.is_empty()) {
            self.0.push("also_call, call_note and call hours need `call`".to_owned());
        }
        Some(Way {
            reach: Reach::Call,
            address: line.call.as_deref()?.into(),
            also: boxed(line.also_call.clone()),
            first_word: None,
            note: line.call_note.as_deref().map(Into::into),
            own_hours,
        })
    }

    fn text_way(&mut self, line: &LineEntry, zone: Tz, closures: &[Closure]) -> Option<Way> {
        let typed = HoursEntry {
            prefix: "text_",
            always: line.text_always_open,
            open: line.text_open.as_deref(),
            unknown: line.text_hours_unknown.as_deref(),
        };
        let own_hours = self.hours(&typed, zone, closures);
        if line.text.is_none() && (own_hours.is_some() || line.text_word.is_some()) {
            self.0.push("text_word and text hours need `text`".to_owned());
        }
        let number = line.text.as_deref()?;
        self.number("text", number);
        Some(written(Reach::Text, number, line.text_word.as_deref(), own_hours))
    }

    fn whatsapp(&mut self, line: &LineEntry, zone: Tz, closures: &[Closure]) -> Option<Way> {
        let typed = HoursEntry {
            prefix: "whatsapp_",
            always: line.whatsapp_always_open,
            open: line.whatsapp_open.as_deref(),
            unknown: line.whatsapp_hours_unknown.as_deref(),
        };
        let own_hours = self.hours(&typed, zone, closures);
        if line.whatsapp.is_none() && (own_hours.is_some() || line.whatsapp_word.is_some()) {
            self.0.push("whatsapp_word and whatsapp hours need `whatsapp`".to_owned());
        }
        let number = line.whatsapp.as_deref()?;
        self.number("whatsapp", number);
        if !number.starts_with('+') {
            self.0.push(format!("whatsapp: {number:?} needs + and the country code"));
        }
        Some(written(Reach::Whatsapp, number, line.whatsapp_word.as_deref(), own_hours))
    }

    fn chat(&mut self, line: &LineEntry, zone: Tz, closures: &[Closure]) -> Option<Way> {
        let typed = HoursEntry {
            prefix: "chat_",
            always: line.chat_always_open,
            open: line.chat_open.as_deref(),
            unknown: line.chat_hours_unknown.as_deref(),
        };
        let own_hours = self.hours(&typed, zone, closures);
        if line.chat.is_none() && own_hours.is_some() {
            self.0.push("chat hours need `chat`".to_owned());
        }
        let address = line.chat.as_deref()?;
        self.address("chat", address);
        Some(written(Reach::Chat, address, None, own_hours))
    }

    pub(super) fn never_closes(&mut self, line: &LineEntry, hours: Option<&Hours>) {
        if hours == Some(&Hours::AlwaysOpen) {
            return;
        }
        let own = [("name", line.name.as_str()), ("about", line.about.as_str())];
        for (key, text) in own.into_iter().chain(line.optional_texts()) {
            let text = text.to_lowercase();
            if let Some(claim) = NEVER_CLOSES.iter().find(|claim| text.contains(**claim)) {
                self.0.push(format!("{key} says {claim:?}, but the line is not always_open"));
            }
        }
    }
}

fn written(reach: Reach, address: &str, first_word: Option<&str>, own_hours: Option<Hours>) -> Way {
    Way {
        reach,
        address: address.into(),
        also: Vec::new(),
        first_word: first_word.map(Into::into),
        note: None,
        own_hours,
    }
}
