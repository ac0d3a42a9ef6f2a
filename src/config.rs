//! The configuration: one TOML file, a few environment variables, and secrets from the environment or
//! from files. Everything that is wrong is reported at once, each with the key's path; keys that nobody
//! knows are refused, because a misspelt key is a setting that silently does nothing.
//!
//! `config/daymark.example.toml` shows every key; a test loads it and holds it against this file.

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use toml::{Table, Value};

use crate::calendar::{Leads, Recurrence, Zone, time_of_day};
use crate::ids::{ChannelId, GuildId, RoleId};

/// Most groups that can be declared in the file; more belong to several installations.
pub const GROUPS_LIMIT: usize = 200;
/// Most series that can be declared for one group.
pub const SERIES_LIMIT: usize = 25;
/// Longest name of a group and title of a series, in characters.
pub const NAME_LIMIT: usize = 80;
/// Shortest and longest session that can be declared, in minutes.
pub const MINUTES: std::ops::RangeInclusive<u32> = 5..=720;

/// The configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data file; `keys.db` lies beside it.
    pub database: PathBuf,
    /// The operator's key.
    pub key_file: PathBuf,
    /// Another REST origin than Discord's, without a slash at its end.
    pub api_base: Option<String>,
    /// A directory of lexicon files instead of the built-in ones.
    pub lexicon: Option<PathBuf>,
    /// A file of helplines instead of the built-in one.
    pub helplines: Option<PathBuf>,
    /// A program that writes the operator's key to its standard output, with its arguments; then there is no
    /// key file.
    pub key_command: Option<Vec<String>>,
    /// The operator's key itself, from `DAYMARK_KEY`; then there is no key file.
    pub key: Option<SecretString>,
    /// How long each kind of thing is kept.
    pub retention: Retention,
    /// Where calendar programs and watchdogs may ask; none: nowhere.
    pub http: Option<Http>,
    /// Groups declared in the file, applied at every start.
    pub groups: Vec<DeclaredGroup>,
}

/// How long each kind of thing is kept, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// What members write and answer: a bit more than a year, so that a year can be looked back on.
    pub answers: u32,
    /// Calls for a person, and concerns that are settled.
    pub concerns: u32,
    /// What was sent where and when.
    pub deliveries: u32,
    /// What facilitators changed.
    pub changes: u32,
    /// How long what is kept waits for somebody who left the server, or for a server that removed the bot.
    pub grace: u32,
}

impl Retention {
    /// What is kept when the file does not say.
    pub const DEFAULT: Self = Self { answers: 400, concerns: 30, deliveries: 90, changes: 400, grace: 30 };
    /// Fewest and most days of answers: a month is the shortest picture; ten years are an archive.
    pub const ANSWERS: std::ops::RangeInclusive<u32> = 30..=3650;
    /// Of concerns: a week is needed to look after one; a year of them is a file about somebody.
    pub const CONCERNS: std::ops::RangeInclusive<u32> = 7..=365;
    /// Of deliveries: facilitators look a week back; nobody asks after a year.
    pub const DELIVERIES: std::ops::RangeInclusive<u32> = 7..=365;
    /// Of changes.
    pub const CHANGES: std::ops::RangeInclusive<u32> = 30..=3650;
    /// Of grace: a day undoes a slip; beyond a quarter nobody is merely away.
    pub const GRACE: std::ops::RangeInclusive<u32> = 1..=90;
}

impl Default for Retention {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Where calendar programs and watchdogs may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// The address and port that we listen on; port zero: one that is free.
    pub listen: SocketAddr,
    /// How people reach it, without a slash at its end, where something stands in front of it.
    pub public: Option<String>,
}

impl Http {
    /// How people reach it.
    pub fn public_url(&self) -> String {
        self.public.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

/// A group as the file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredGroup {
    /// The guild it is in.
    pub guild: GuildId,
    /// What facilitators call it; with the guild it names the group.
    pub name: String,
    /// Its time zone.
    pub zone: Zone,
    /// Where it is spoken to.
    pub channel: ChannelId,
    /// ISO country code that decides which helplines come first.
    pub country: String,
    /// Who may change it.
    pub facilitator_role: Option<RoleId>,
    /// Where facilitators are asked to come; none: the group's channel.
    pub facilitator_channel: Option<ChannelId>,
    /// Whether words in its channel are checked.
    pub noticing: bool,
    /// Local hour of the daily check-in prompt, such as `09:00`.
    pub checkin_at: Option<chrono::NaiveTime>,
    /// Its sessions.
    pub series: Vec<DeclaredSeries>,
}

/// A series of sessions as the file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredSeries {
    /// Its title; with the group it names the series.
    pub title: String,
    /// When it meets.
    pub when: Recurrence,
    /// How long it lasts, in minutes.
    pub minutes: u32,
    /// How long before the start reminders go out.
    pub leads: Leads,
}

/// Everything that is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.lines())]
pub struct ConfigError {
    /// The file, or where else it came from.
    pub source_name: String,
    /// One sentence for each problem.
    pub problems: Vec<String>,
}

impl ConfigError {
    fn one(source_name: impl Display, problem: impl Display) -> Self {
        Self { source_name: source_name.to_string(), problems: vec![problem.to_string()] }
    }

    fn lines(&self) -> String {
        let mut text = format!("{} cannot be used:", self.source_name);
        for problem in &self.problems {
            text.push_str("\n  - ");
            text.push_str(problem);
        }
        text
    }
}

/// Values from the environment or the command line that stand above the file.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `DAYMARK_DATABASE`.
    pub database: Option<PathBuf>,
    /// `DAYMARK_KEY_FILE`.
    pub key_file: Option<PathBuf>,
    /// `DISCORD_API_BASE`.
    pub api_base: Option<String>,
    /// `DAYMARK_KEY`.
    pub key: Option<SecretString>,
}

impl Config {
    /// Whether the operator's key lies in a file that we keep.
    pub fn key_is_a_file(&self) -> bool {
        self.key.is_none() && self.key_command.is_none()
    }

    /// Where the operator's key comes from, for a sentence; never any part of it.
    pub fn key_named(&self) -> String {
        match (&self.key, &self.key_command) {
            (Some(_), _) => "DAYMARK_KEY".to_owned(),
            (None, Some(command)) => {
                format!("the key_command {}", command.first().map(String::as_str).unwrap_or_default())
            }
            (None, None) => self.key_file.display().to_string(),
        }
    }

    /// Where a new key lies until it takes the place of the old one.
    pub fn next_key_file(&self) -> PathBuf {
        let mut name = self.key_file.as_os_str().to_owned();
        name.push(".next");
        name.into()
    }

    /// Reads the file at `path`, or takes the defaults when there is none and none was asked for.
    ///
    /// # Errors
    /// All problems at once.
    pub fn load(path: Option<&Path>, overrides: &Overrides) -> Result<Self, ConfigError> {
        let default = Path::new("daymark.toml");
        let (text, name) = match path {
            Some(path) => (read(path)?, path.display().to_string()),
            None if default.exists() => (read(default)?, default.display().to_string()),
            None => (String::new(), "the environment".to_owned()),
        };
        Self::parse(&text, &name, overrides)
    }

    /// Reads a configuration from text; `name` is what errors call it.
    ///
    /// # Errors
    /// All problems at once, each with the key's path.
    pub fn parse(text: &str, name: &str, overrides: &Overrides) -> Result<Self, ConfigError> {
        let table: Table =
            text.parse().map_err(|error: toml::de::Error| ConfigError::one(name, error.to_string().trim_end()))?;
        let mut problems = Vec::new();
        let mut reader = Reader { table, path: String::new(), problems: &mut problems };
        let config = read_config(&mut reader, overrides);
        reader.finish(&[
            "database",
            "key_file",
            "key_command",
            "discord",
            "retention",
            "lexicon",
            "helplines",
            "http",
            "group",
        ]);
        if problems.is_empty() { Ok(config) } else { Err(ConfigError { source_name: name.to_owned(), problems }) }
    }
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path)
        .map_err(|error| ConfigError::one(path.display(), format!("it cannot be read: {error}")))
}

fn read_config(reader: &mut Reader<'_>, overrides: &Overrides) -> Config {
    let database = reader.text("database").map(PathBuf::from);
    let key_file = reader.text("key_file").map(PathBuf::from);
    let lexicon = reader.text("lexicon").map(PathBuf::from);
    let helplines = reader.text("helplines").map(PathBuf::from);
    let api_base = reader.section("discord", |discord| {
        let base = discord.text("api_base");
        discord.finish(&["api_base"]);
        base
    });
    let api_base = overrides.api_base.clone().or(api_base.flatten());
    let api_base = api_base.and_then(|text| origin(&text, reader.problems));
    let key_command = reader.command("key_command");
    if key_command.is_some() && overrides.key.is_some() {
        reader.problem("key_command", "and DAYMARK_KEY are both set; keep one");
    }
    let retention = reader.section("retention", read_retention).unwrap_or_default();
    let http = reader.section("http", read_http).flatten();
    let groups = reader.tables("group", GROUPS_LIMIT, read_group);
    same_twice(&groups, |group| format!("{} in guild {}", group.name, group.guild), "group", reader.problems);
    Config {
        database: overrides.database.clone().or(database).unwrap_or_else(|| "data/daymark.db".into()),
        key_file: overrides.key_file.clone().or(key_file).unwrap_or_else(|| "data/daymark.key".into()),
        api_base,
        lexicon,
        helplines,
        key_command,
        key: overrides.key.clone(),
        retention,
        http,
        groups,
    }
}

fn read_retention(reader: &mut Reader<'_>) -> Retention {
    let usual = Retention::DEFAULT;
    let read = Retention {
        answers: reader.number("answers_days", Retention::ANSWERS).unwrap_or(usual.answers),
        concerns: reader.number("concerns_days", Retention::CONCERNS).unwrap_or(usual.concerns),
        deliveries: reader.number("deliveries_days", Retention::DELIVERIES).unwrap_or(usual.deliveries),
        changes: reader.number("changes_days", Retention::CHANGES).unwrap_or(usual.changes),
        grace: reader.number("grace_days", Retention::GRACE).unwrap_or(usual.grace),
    };
    reader.finish(&["answers_days", "concerns_days", "deliveries_days", "changes_days", "grace_days"]);
    read
}

fn read_http(reader: &mut Reader<'_>) -> Option<Http> {
    let listen = reader.text("listen");
    let public = reader.text("public_url");
    reader.required("listen", listen.is_none());
    reader.finish(&["listen", "public_url"]);
    let address = listen.as_deref().and_then(|text| text.trim().parse::<SocketAddr>().ok());
    if listen.is_some() && address.is_none() {
        reader.problem("listen", "wants an address and a port, such as \"127.0.0.1:8080\"");
    }
    let wrong = |url: &url::Url| {
        !matches!(url.scheme(), "http" | "https")
            || !url.has_host()
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
    };
    let public = public.and_then(|text| match url::Url::parse(text.trim()) {
        Ok(url) if !wrong(&url) => Some(url.as_str().trim_end_matches('/').to_owned()),
        _ => {
            reader
                .problem("public_url", "wants the address people reach it at, such as \"https://daymark.example.org\"");
            None
        }
    });
    Some(Http { listen: address?, public })
}

fn read_group(reader: &mut Reader<'_>) -> Option<DeclaredGroup> {
    let guild = reader.id("guild").map(GuildId::new);
    let name = reader.name("name");
    let zone = reader.parsed("zone", str::parse::<Zone>);
    let channel = reader.id("channel").map(ChannelId::new);
    let country = reader.text("country").and_then(|text| country(&text, reader));
    let facilitator_role = reader.optional_id("facilitator_role").map(RoleId::new);
    let facilitator_channel = reader.optional_id("facilitator_channel").map(ChannelId::new);
    let noticing = reader.switch("noticing").unwrap_or(true);
    let checkin_at = reader.parsed("checkin_at", time_of_day);
    let series = reader.tables("series", SERIES_LIMIT, read_series);
    same_twice(&series, |series| series.title.clone(), "series", reader.problems);
    for (key, missing) in [
        ("guild", guild.is_none()),
        ("name", name.is_none()),
        ("zone", zone.is_none()),
        ("channel", channel.is_none()),
        ("country", country.is_none()),
    ] {
        reader.required(key, missing);
    }
    reader.finish(&[
        "guild",
        "name",
        "zone",
        "channel",
        "country",
        "facilitator_role",
        "facilitator_channel",
        "noticing",
        "checkin_at",
        "series",
    ]);
    Some(DeclaredGroup {
        guild: guild?,
        name: name?,
        zone: zone?,
        channel: channel?,
        country: country?,
        facilitator_role,
        facilitator_channel,
        noticing,
        checkin_at,
        series,
    })
}

fn read_series(reader: &mut Reader<'_>) -> Option<DeclaredSeries> {
    let title = reader.name("title");
    let when = reader.parsed("when", str::parse::<Recurrence>);
    let leads = reader.parsed("leads", str::parse::<Leads>);
    let minutes = reader.number("minutes", MINUTES).unwrap_or(60);
    reader.required("title", title.is_none());
    reader.required("when", when.is_none());
    reader.finish(&["title", "when", "minutes", "leads"]);
    Some(DeclaredSeries { title: title?, when: when?, minutes, leads: leads.unwrap_or_default() })
}

fn country(text: &str, reader: &mut Reader<'_>) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(code);
    }
    reader.problem("country", "wants two letters, such as \"US\" or \"GB\"");
    None
}

fn same_twice<T>(all: &[T], name: impl Fn(&T) -> String, kind: &str, problems: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    for one in all {
        let name = name(one);
        if !seen.insert(name.to_lowercase()) {
            problems.push(format!("{kind}: {name} is declared twice; give one of them another name"));
        }
    }
}

/// A REST origin: scheme, host and port, nothing after it.
fn origin(text: &str, problems: &mut Vec<String>) -> Option<String> {
    let sentence =
        "discord.api_base (or DISCORD_API_BASE) wants an origin such as \"http://127.0.0.1:3100\", without a path";
    match url::Url::parse(text) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && matches!(url.path(), "" | "/")
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty() =>
        {
            Some(url.as_str().trim_end_matches('/').to_owned())
        }
        _ => {
            problems.push(sentence.to_owned());
            None
        }
    }
}

/// Takes keys out of a table one by one and collects what is wrong with them.
struct Reader<'a> {
    table: Table,
    path: String,
    problems: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn problem(&mut self, key: &str, sentence: impl Display) {
        let path = self.key(key);
        self.problems.push(format!("{path} {sentence}"));
    }

    fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn required(&mut self, key: &str, missing: bool) {
        let path = self.key(key);
        let told = self.problems.iter().any(|problem| problem.starts_with(&format!("{path} ")));
        if missing && !told {
            self.problem(key, "is missing");
        }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.table.remove(key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            Value::String(_) => {
                self.problem(key, "is empty; leave the key out or give it a value");
                None
            }
            other => {
                self.problem(key, format!("wants a text in quotes, not {}", kind(&other)));
                None
            }
        }
    }

    fn name(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?.trim().to_owned();
        if text.chars().count() > NAME_LIMIT {
            self.problem(key, format!("is longer than {NAME_LIMIT} characters"));
            return None;
        }
        Some(text)
    }

    fn parsed<T, E: Display>(&mut self, key: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let text = self.text(key)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(key, format!("cannot be read: {error}"));
                None
            }
        }
    }

    /// A program with its arguments, as a list of texts; nothing of it ever goes through a shell.
    fn command(&mut self, key: &str) -> Option<Vec<String>> {
        let words = match self.table.remove(key)? {
            Value::Array(words) => words,
            _ => Vec::new(),
        };
        let texts: Option<Vec<String>> = words.iter().map(|word| word.as_str().map(str::to_owned)).collect();
        let texts = texts.filter(|texts| texts.first().is_some_and(|program| !program.trim().is_empty()));
        if texts.is_none() {
            self.problem(
                key,
                "wants a program and its arguments as a list of texts, such as [\"pass\", \"show\", \"daymark\"]",
            );
        }
        texts
    }

    fn switch(&mut self, key: &str) -> Option<bool> {
        match self.table.remove(key)? {
            Value::Boolean(on) => Some(on),
            other => {
                self.problem(key, format!("wants true or false, not {}", kind(&other)));
                None
            }
        }
    }

    fn number(&mut self, key: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let value = self.table.remove(key)?;
        let number =
            value.as_integer().and_then(|number| u32::try_from(number).ok()).filter(|number| range.contains(number));
        if number.is_none() {
            self.problem(key, format!("wants a whole number from {} to {}", range.start(), range.end()));
        }
        number
    }

    fn id(&mut self, key: &str) -> Option<i64> {
        let number = match self.table.remove(key)? {
            Value::String(text) => text.trim().parse::<i64>().ok(),
            Value::Integer(number) => Some(number),
            _ => None,
        };
        let number = number.filter(|number| *number > 0);
        if number.is_none() {
            self.problem(
                key,
                "wants an id as Discord shows it with developer mode on, such as \"1204567890123456789\"",
            );
        }
        number
    }

    fn optional_id(&mut self, key: &str) -> Option<i64> {
        if self.table.contains_key(key) { self.id(key) } else { None }
    }

    fn section<T>(&mut self, key: &str, read: impl FnOnce(&mut Reader<'_>) -> T) -> Option<T> {
        match self.table.remove(key)? {
            Value::Table(table) => {
                let path = self.key(key);
                Some(read(&mut Reader { table, path, problems: self.problems }))
            }
            other => {
                self.problem(key, format!("wants a section [{key}], not {}", kind(&other)));
                None
            }
        }
    }

    fn tables<T>(&mut self, key: &str, limit: usize, read: impl Fn(&mut Reader<'_>) -> Option<T>) -> Vec<T> {
        let rows = match self.table.remove(key) {
            None => return Vec::new(),
            Some(Value::Array(rows)) => rows,
            Some(other) => {
                self.problem(key, format!("wants sections [[{key}]], not {}", kind(&other)));
                return Vec::new();
            }
        };
        if rows.len() > limit {
            self.problem(key, format!("has {} sections, {limit} are the most", rows.len()));
            return Vec::new();
        }
        let mut all = Vec::new();
        for (index, row) in rows.into_iter().enumerate() {
            let path = format!("{}[{}]", self.key(key), index + 1);
            match row {
                Value::Table(table) => all.extend(read(&mut Reader { table, path, problems: self.problems })),
                other => self.problems.push(format!("{path} wants a section, not {}", kind(&other))),
            }
        }
        all
    }

    fn finish(&mut self, known: &[&str]) {
        let left: Vec<String> = self.table.keys().cloned().collect();
        for key in left {
            let near = known.iter().max_by(|a, b| alike(a, &key).total_cmp(&alike(b, &key)));
            let hint = match near {
                Some(near) if alike(near, &key) > 0.6 => format!("; did you mean {near}?"),
                _ => format!("; known here are {}", known.join(", ")),
            };
            self.problem(&key, format!("is not a key of Daymark{hint}"));
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a section",
    }
}

/// How alike two keys are, from 0 to 1: twice the shared letter pairs over all pairs (Dice's coefficient).
fn alike(a: &str, b: &str) -> f32 {
    let pairs = |text: &str| -> Vec<(u8, u8)> { text.bytes().zip(text.bytes().skip(1)).collect() };
    let (left, mut right) = (pairs(a), pairs(b));
    let all = left.len() + right.len();
    let shared = left
        .into_iter()
        .filter(|pair| right.iter().position(|other| other == pair).map(|at| right.swap_remove(at)).is_some());
    let shared = shared.count();
    if all == 0 { 0.0 } else { 2.0 * shared as f32 / all as f32 }
}

/// Reads a secret from the variable `name`, or from the file that `name_FILE` points to.
///
/// # Errors
/// One sentence that says what is missing or malformed; never any part of the secret.
pub fn secret(name: &str, what: &str) -> Result<SecretString, ConfigError> {
    let value = std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let file = std::env::var(format!("{name}_FILE")).ok().filter(|value| !value.trim().is_empty());
    let text = match (value, file) {
        (Some(value), None) => value,
        (None, Some(path)) => std::fs::read_to_string(&path)
            .map_err(|error| ConfigError::one(format!("{name}_FILE"), format!("{path} cannot be read: {error}")))?,
        (Some(_), Some(_)) => {
            return Err(ConfigError::one("the environment", format!("both {name} and {name}_FILE are set; keep one")));
        }
        (None, None) => {
            return Err(ConfigError::one(
                "the environment",
                format!("{name} is not set. Put {what} there, or the path of a file that holds it into {name}_FILE"),
            ));
        }
    };
    let text = text.trim();
    let text = text.strip_prefix("Bot ").unwrap_or(text).trim();
    let printable = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !printable {
        return Err(ConfigError::one(
            "the environment",
            format!(
                "{name} holds something that cannot be {what}: one word of letters, digits, dots, dashes is expected"
            ),
        ));
    }
    Ok(SecretString::from(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, "test.toml", &Overrides::default())
    }

    #[test]
    fn an_empty_file_is_a_configuration() {
        let config = parse("").unwrap();
        assert_eq!(config.database, Path::new("data/daymark.db"));
    }

    #[test]
    fn every_problem_is_said_at_once_with_its_path() {
        let error = parse(
            "databse = 'x'\nkey_file = 3\n[discord]\napi_base = 'ftp://x/y'\n[[group]]\nguild = 'abc'\nzone = 'Mars/Olympus'\n[[group.series]]\nwhen = '25:00'\n",
        )
        .unwrap_err()
        .to_string();
        for part in [
            "databse is not a key of Daymark; did you mean database?",
            "key_file wants a text in quotes, not a number",
            "discord.api_base",
            "group[1].guild wants an id",
            "group[1].zone cannot be read",
            "group[1].name is missing",
            "group[1].series[1].when cannot be read",
            "group[1].series[1].title is missing",
        ] {
            assert!(error.contains(part), "{part} is not in:\n{error}");
        }
    }

    #[test]
    fn retention_has_defaults_and_limits() {
        assert_eq!(parse("").unwrap().retention, Retention::DEFAULT);
        let config = parse("[retention]\nanswers_days = 30\ngrace_days = 1").unwrap();
        assert_eq!(config.retention, Retention { answers: 30, grace: 1, ..Retention::DEFAULT });
        let error = parse("[retention]\nanswers_days = 29\nconcerns_days = 366\ngrace_days = 0\ngrace = 3");
        let error = error.unwrap_err().to_string();
        for part in [
            "retention.answers_days wants a whole number from 30 to 3650",
            "retention.concerns_days wants a whole number from 7 to 365",
            "retention.grace_days wants a whole number from 1 to 90",
            "retention.grace is not a key of Daymark; did you mean grace_days?",
        ] {
            assert!(error.contains(part), "{part} is not in:\n{error}");
        }
    }

    #[test]
    fn a_key_command_is_a_list_of_texts() {
        assert_eq!(
            parse("key_command = ['pass', 'show']").unwrap().key_command,
            Some(vec!["pass".into(), "show".into()])
        );
        for wrong in ["'pass show'", "[]", "['']", "[1]", "['pass', 3]"] {
            let error = parse(&format!("key_command = {wrong}")).unwrap_err().to_string();
            assert!(error.contains("key_command wants a program"), "{error}");
        }
        let overrides = Overrides { key: Some(SecretString::from("planted")), ..Overrides::default() };
        let error = Config::parse("key_command = ['pass']", "test.toml", &overrides).unwrap_err().to_string();
        assert!(error.contains("DAYMARK_KEY are both set") && !error.contains("planted"), "{error}");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,400}") {
            let _ = parse(&text);
        }

        #[test]
        fn no_value_makes_the_reader_panic(key in "database|key_file|group|discord|lexicon", value in "[0-9]{1,20}|\"[a-z:]{0,9}\"|true|\\[\\]|\\{\\}|\\[\\{\\}\\]") {
            let _ = parse(&format!("{key} = {value}"));
        }
    }
}
