//! The rule book, run: who may import whom, where SQL and the clock live, how files begin, how long
//! functions are. What can be checked by reading is checked here, so that nobody has to remember it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Longest function, in lines from `fn` to its closing brace.
const FUNCTION_LINES: usize = 70;

struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The text up to the unit tests at the end of a file, without comments.
    fn code(&self) -> String {
        let body = self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    fn module(&self) -> String {
        let inner = self.path.trim_start_matches("src/");
        if inner.starts_with("crisis/lexicon") {
            return "crisis::lexicon".to_owned();
        }
        inner.split(['/', '.']).next().unwrap_or_default().to_owned()
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.push(Source { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The table of `lib.rs`: what each module may use of ours. A new arrow changes both and says why.
fn may_import() -> BTreeMap<&'static str, Vec<&'static str>> {
    let small = [
        "ids",
        "clock",
        "card",
        "refusal",
        "database",
        "vault",
        "helplines",
        "coping",
        "calendar",
        "config",
        "roster",
        "outbox",
        "deps",
        "crisis::lexicon",
    ];
    let with = |more: &[&'static str]| small.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>();
    BTreeMap::from([
        ("ids", vec![]),
        ("clock", vec![]),
        ("database", vec![]),
        ("helplines", vec![]),
        ("coping", vec![]),
        ("vault", vec![]),
        ("calendar", vec![]),
        ("crisis::lexicon", vec![]),
        ("sandbox", vec![]),
        ("card", vec!["ids"]),
        ("refusal", vec!["ids", "card"]),
        ("roster", vec!["ids", "crisis::lexicon", "helplines"]),
        ("config", vec!["ids", "calendar"]),
        ("outbox", vec!["clock", "ids", "card", "database"]),
        (
            "deps",
            vec![
                "clock",
                "config",
                "database",
                "vault",
                "helplines",
                "coping",
                "outbox",
                "roster",
                "ids",
                "crisis::lexicon",
            ],
        ),
        ("discord", vec!["ids", "card", "refusal", "deps", "helplines", "outbox", "clock"]),
        ("groups", with(&["discord"])),
        ("crisis", with(&["discord", "groups"])),
        ("sessions", with(&["discord", "groups"])),
        // Check-ins ask what helped somebody, so that there is one memory of it.
        ("checkins", with(&["discord", "groups", "crisis", "sessions", "recovery"])),
        // What is typed into a member's own tools is read by the word check, and what comes of it is the pointer.
        ("recovery", with(&["discord", "groups", "crisis"])),
        // What is typed into a caring note is read by the word check.
        ("alumni", with(&["discord", "groups", "crisis"])),
        ("privacy", with(&["discord", "groups", "crisis", "sessions", "checkins", "recovery", "alumni"])),
        // Feeds are drawn by sessions; whether we are well is asked of the gateway.
        ("web", with(&["discord", "sessions"])),
        ("app", with(&["discord", "groups", "crisis", "sessions", "checkins", "recovery", "alumni", "privacy", "web"])),
        (
            "cli",
            with(&[
                "discord", "groups", "crisis", "sessions", "checkins", "recovery", "alumni", "privacy", "app",
                "sandbox",
            ]),
        ),
        ("lib", vec![]),
        ("main", vec![]),
    ])
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let table = may_import();
    let used = Regex::new(r"\bcrate::(crisis::lexicon|[a-z_]+)").unwrap();
    let grouped = Regex::new(r"\buse crate::\{([^}]*)\}").unwrap();
    let mut wrong = Vec::new();
    for source in sources("src") {
        let module = source.module();
        let Some(allowed) = table.get(module.as_str()) else {
            wrong.push(format!("{}: the table does not know the module {module}", source.path));
            continue;
        };
        let code = source.code();
        let mut names: Vec<String> = used.captures_iter(&code).map(|found| found[1].to_owned()).collect();
        for group in grouped.captures_iter(&code) {
            names.extend(
                group[1]
                    .split(',')
                    .map(|part| part.trim().split("::").next().unwrap_or_default().to_owned())
                    .filter(|name| !name.is_empty()),
            );
        }
        for name in names {
            let inside = name == module
                || (module == "crisis::lexicon" && name == "crisis")
                || (module == "crisis" && name == "crisis::lexicon");
            if !inside && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{} uses crate::{name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn role_files_hold_only_their_role() {
    let mut wrong = Vec::new();
    let mut ban = |source: &Source, pattern: &str, why: &str| {
        if Regex::new(pattern).unwrap().is_match(&source.code()) {
            wrong.push(format!("{}: {why}", source.path));
        }
    };
    let slices = ["groups", "sessions", "checkins", "crisis", "recovery", "alumni", "privacy"];
    for source in sources("src").iter().filter(|source| slices.contains(&source.module().as_str())) {
        match source.path.rsplit('/').next().unwrap_or_default() {
            "model.rs" => ban(
                source,
                r"\bsqlx::(query|Transaction|SqlitePool)|\basync\b|crate::(clock|discord|outbox|database)",
                "a model holds no I/O",
            ),
            "plan.rs" => ban(
                source,
                r"\bsqlx\b|\basync\b|\brand\b|crate::(clock|discord|outbox|database|deps)",
                "a plan is pure",
            ),
            "cards.rs" => ban(
                source,
                r"\bsqlx\b|\basync\b|crate::(clock|discord|outbox|database|deps)",
                "cards decide nothing and do nothing",
            ),
            "store.rs" => ban(
                source,
                r"crate::(clock|discord|outbox|deps)|\.now\(\)",
                "a store decides nothing and knows no clock",
            ),
            "commands.rs" => {
                ban(source, r"sqlx::query|\bclock\.now\(\).*[<>]", "commands hold no SQL and no decisions")
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sql_stays_in_the_stores() {
    let sql = Regex::new(r#""\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|PRAGMA|VACUUM|BEGIN) "#).unwrap();
    let wrong: Vec<String> = sources("src")
        .iter()
        .filter(|source| {
            !source.is_test()
                && !source.path.ends_with("store.rs")
                && !source.path.contains("/store/")
                && source.path != "src/database.rs"
        })
        .filter(|source| sql.is_match(&source.code()))
        .map(|source| source.path.clone())
        .collect();
    assert!(wrong.is_empty(), "SQL outside a store: {wrong:?}");
}

#[test]
fn only_the_clock_asks_what_time_it_is() {
    let asks = Regex::new(r"\b(Utc|Local|SystemTime|Instant)::now\(\)").unwrap();
    let wrong: Vec<String> = sources("src")
        .iter()
        // The sandbox stands for another company's servers; they have a clock of their own.
        .filter(|source| source.path != "src/clock.rs" && source.module() != "sandbox" && !source.is_test())
        .filter(|source| asks.is_match(&source.code()))
        .map(|source| source.path.clone())
        .collect();
    assert!(wrong.is_empty(), "these ask the time themselves: {wrong:?}");
}

#[test]
fn every_file_begins_by_saying_what_it_is_for() {
    let wrong: Vec<String> = sources("src")
        .into_iter()
        .chain(sources("tests"))
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(wrong.is_empty(), "no header: {wrong:?}");
}

#[test]
fn functions_fit_on_a_screen() {
    let begins = Regex::new(r"^(\s*)(pub(\([a-z]+\))? )?(const )?(async )?fn ([a-z_0-9]+)").unwrap();
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| !source.is_test()) {
        let lines: Vec<&str> = source.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(found) = begins.captures(line) else { continue };
            let close = format!("{}}}", &found[1]);
            let length = lines[at..].iter().position(|line| *line == close).map_or(1, |last| last + 1);
            if length > FUNCTION_LINES && !line.trim_end().ends_with(';') {
                wrong.push(format!("{}:{} {} has {length} lines", source.path, at + 1, &found[6]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_mean_nothing_name_nothing() {
    let vague = Regex::new(r"\b(mod|struct|enum|trait|type) \w*(Service|Manager|Handler|Util|Helper|Common|Hotline|Ticketing|service|manager|util|helper|common)s?\b").unwrap();
    let getter = Regex::new(r"\bfn get_").unwrap();
    let wrong: Vec<String> = sources("src")
        .iter()
        .filter(|source| vague.is_match(&source.code()) || getter.is_match(&source.code()))
        .map(|source| source.path.clone())
        .collect();
    assert!(wrong.is_empty(), "vague names in {wrong:?}");
}

#[test]
fn tests_neither_sleep_nor_hide() {
    let bad = Regex::new(r"(thread|time)::sleep\(|#\[ignore").unwrap();
    let wrong: Vec<String> = sources("tests")
        .iter()
        .chain(&sources("src").into_iter().filter(Source::is_test).collect::<Vec<_>>())
        .filter(|source| source.path != "tests/it/tidy.rs" && bad.is_match(&source.code()))
        .map(|source| source.path.clone())
        .collect();
    assert!(wrong.is_empty(), "these sleep or are ignored: {wrong:?}");
}

#[test]
fn nothing_is_left_for_later() {
    let later = Regex::new(r"(?i)(\b(todo|fixme|xxx)\b|unimplemented|not yet implemented)").unwrap();
    let wrong: Vec<String> = sources("src")
        .iter()
        .filter(|source| source.text.lines().any(|line| later.is_match(line)))
        .map(|source| source.path.clone())
        .collect();
    assert!(wrong.is_empty(), "unfinished: {wrong:?}");
}

#[test]
fn the_readme_names_every_key_of_the_example_configuration() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = std::fs::read_to_string(root.join("config/daymark.example.toml")).unwrap();
    // Keys that are off by default stand there as comments.
    let setting = Regex::new(r"(?m)^# ((?:[a-z_]+ = |\[).*)$").unwrap();
    let table: toml::Table = setting.replace_all(&example, "$1").parse().unwrap();
    let mut keys = Vec::new();
    collect("", &toml::Value::Table(table), &mut keys);
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let section = readme.split("<!-- keys:").nth(1).and_then(|rest| rest.split("| environment |").next()).unwrap();
    let code = Regex::new(r"`([^`]+)`").unwrap();
    let mut named: Vec<String> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .flat_map(|line| {
            let cell = format!("`{}", line.split(" |").next().unwrap_or_default());
            code.captures_iter(&cell).map(|found| found[1].to_owned()).collect::<Vec<_>>()
        })
        .collect();
    keys.sort();
    named.sort();
    assert_eq!(named, keys);
}

fn collect(prefix: &str, value: &toml::Value, keys: &mut Vec<String>) {
    let under = |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| collect(&under(key), value, keys)),
        toml::Value::Array(rows) if rows.iter().all(toml::Value::is_table) => {
            rows.iter().for_each(|row| collect(prefix, row, keys));
        }
        _ => keys.push(prefix.to_owned()),
    }
}
