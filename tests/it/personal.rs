//! What is kept, said once: every table says whose it is, for how long, and where its owner finds it in their copy;
//! `docs/privacy.md` is written from that and from the comments of the schema's columns, so that it cannot drift.
//!
//! A new table needs a row in `TABLES`; then `UPDATE_EXPECT=1 cargo test --test it personal::` writes the document.

use std::collections::BTreeMap;

/// Whose a table is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// A member's own; removed by "forget me", and in the copy they are given under these names.
    Members(&'static [&'static str]),
    /// A group's, set by its facilitators.
    Groups,
    /// The bot's own working.
    Bot,
}
use Whose::{Bot, Groups, Members};

const UNTIL: &str = "until it is changed, the member is forgotten, or the server is";
const WHILE_THERE: &str = "as long as the group is there";

/// Table, whose it is, how long a row is kept.
const TABLES: &[(&str, Whose, &str)] = &[
    ("guild", Groups, "until 30 days (`retention.grace_days`) after the bot was removed"),
    ("support_group", Groups, "until 30 days (`retention.grace_days`) after the bot was removed"),
    ("membership", Members(&["memberships"]), UNTIL),
    ("consent", Members(&["decisions"]), UNTIL),
    ("member_settings", Members(&["settings"]), UNTIL),
    ("departure", Members(&["settings"]), "30 days (`retention.grace_days`); then everything of the member is erased"),
    ("group_change", Members(&["changes"]), "400 days (`retention.changes_days`); who it was goes with \"forget me\""),
    ("shared_look", Members(&["looks"]), "half a year; who looked goes with their \"forget me\""),
    ("series", Groups, WHILE_THERE),
    ("series_exception", Groups, WHILE_THERE),
    ("schedule_change", Groups, "a month"),
    ("series_draft", Members(&["session_drafts"]), "an hour"),
    ("group_holiday", Groups, "until the day is past"),
    ("checkin_prompt", Groups, "400 days (`retention.answers_days`)"),
    ("checkin_setup", Groups, WHILE_THERE),
    ("checkin_rest", Groups, WHILE_THERE),
    ("checkin_answer", Members(&["checkin_answers"]), "400 days (`retention.answers_days`)"),
    ("checkin_wishes", Members(&["checkin_wishes"]), UNTIL),
    ("checkin_direct", Members(&["checkin_direct"]), UNTIL),
    (
        "outbox",
        Members(&["direct_messages", "calls_for_a_person"]),
        "90 days (`retention.deliveries_days`), calls for a person 30 (`retention.concerns_days`)",
    ),
    ("session_answer", Members(&["session_answers"]), "30 days"),
    ("session_attendance", Members(&["attendance"]), "half a year"),
    ("session_roll", Groups, "half a year"),
    ("session_wish", Members(&["session_reminders"]), UNTIL),
    ("missed_note_consent", Members(&["missed_note_decisions"]), UNTIL),
    ("session_missed", Members(&["missed_notes"]), "half a year"),
    ("calendar_feed", Members(&["calendar_address"]), UNTIL),
    ("group_listing", Groups, WHILE_THERE),
    ("occurrence_listing", Groups, WHILE_THERE),
    ("checkin_share", Members(&["shares"]), "80 days; a draft one day"),
    ("checkin_unshare", Bot, "until Discord has deleted the message"),
    ("checkin_agreed", Groups, WHILE_THERE),
    ("checkin_counted", Members(&["weather"]), UNTIL),
    ("checkin_weather", Groups, "four weeks; it names nobody"),
    ("checkin_quiet", Members(&["reach_out"]), UNTIL),
    ("practice", Groups, WHILE_THERE),
    ("practice_mark", Members(&["practice"]), "half a year after the practice has ended"),
    ("concern_setup", Groups, WHILE_THERE),
    ("concern_told", Members(&["concern_wishes"]), UNTIL),
    ("on_call", Members(&["on_call"]), UNTIL),
    ("concern", Members(&["concerns"]), "30 days (`retention.concerns_days`)"),
    ("concern_step", Groups, "as long as its concern; who was there for somebody, and when"),
    ("false_alarm", Groups, "as long as the group is there; it names nobody"),
    ("group_quiet", Groups, WHILE_THERE),
    ("own_helpline", Groups, WHILE_THERE),
    ("schedule_import", Members(&["session_drafts"]), "an hour"),
    ("guild_word", Groups, WHILE_THERE),
    ("channel_sensitivity", Groups, WHILE_THERE),
    ("watched_place", Groups, WHILE_THERE),
    ("own_reminder", Members(&["own_reminders"]), "until it is removed; a month after it was said for the last time"),
    ("recovery_sheet", Members(&["own_sheets"]), UNTIL),
    ("group_skill", Groups, WHILE_THERE),
    ("milestone_due", Members(&["milestone_announcements"]), "until it was announced for the last time"),
    ("shared_win", Members(&["shared_wins"]), "60 days"),
    ("recovery_setup", Groups, WHILE_THERE),
    ("buddy_setup", Groups, WHILE_THERE),
    ("buddy_member", Members(&["buddy"]), UNTIL),
    ("buddy_block", Members(&["buddy_blocks"]), UNTIL),
    ("buddy_meeting", Members(&["buddy_meetings"]), "two years"),
    ("group_step", Groups, WHILE_THERE),
    ("member_step", Members(&["steps"]), "until they are on another one, leave the group, or are forgotten"),
    ("step_offer", Members(&["step_questions"]), "90 days"),
    ("alumni_touch", Members(&["touches"]), "until it is stopped; two years after graduation"),
    ("alumni_touch_answer", Members(&["touch_answers"]), "as long as the touches it belongs to"),
    ("alumni_listing", Members(&["alumni_listing"]), "until they take themselves out, leave, or are forgotten"),
    ("mentor_match", Members(&["mentoring"]), UNTIL),
    (
        "caring_note",
        Members(&["caring_notes"]),
        "until its writer takes it back, leaves, or is forgotten; a draft one day, one that was kept back 30",
    ),
    ("caring_wish", Members(&["caring_wish"]), "until they want none any more, leave, or are forgotten"),
    ("caring_sent", Members(&["caring_sent"]), "as long as the note, and while they want notes; two years after that"),
    (
        "touch_companion",
        Members(&["asking_for_others"]),
        "as long as the touches it belongs to; who it was goes when they leave or are forgotten",
    ),
    ("member_key", Members(&["decisions"]), "until \"forget me\"; it opens what is sealed, and nothing else does"),
    ("forgotten", Bot, "for good: it keeps an old backup from bringing somebody back"),
    ("installation", Bot, "for good"),
];

/// The tables that hold what groups have.
pub fn groups_tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().filter(|(_, whose, _)| *whose == Groups).map(|(table, ..)| *table)
}

struct Column {
    name: String,
    sealed: bool,
    said: String,
}

#[derive(Default)]
struct Table {
    file: &'static str,
    columns: Vec<Column>,
}

/// The comment of a column, with what goes on in the line below.
fn comment(lines: &[&str]) -> String {
    let own = lines[0].split_once("-- ").map(|(_, said)| said.trim().to_owned()).unwrap_or_default();
    let goes_on = lines.iter().skip(1).map(|line| line.trim()).take_while(|line| {
        line.starts_with("-- ") || line.starts_with("CHECK") || line.starts_with("CASE") || line.starts_with(')')
    });
    let more: Vec<&str> = goes_on.filter_map(|line| line.split_once("-- ").map(|(_, said)| said.trim())).collect();
    [own]
        .into_iter()
        .chain(more.into_iter().map(str::to_owned))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every table of the schema with its columns, in the order in which they came.
fn schema() -> (Vec<String>, BTreeMap<String, Table>) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let create = regex::Regex::new(r"^CREATE TABLE ([a-z_]+) \($").unwrap();
    let column = regex::Regex::new(r"^    ([a-z_0-9]+) +(INTEGER|TEXT|BLOB|REAL)\b").unwrap();
    let alter =
        regex::Regex::new(r"^ALTER TABLE ([a-z_]+) ADD COLUMN ([a-z_0-9]+) +(INTEGER|TEXT|BLOB|REAL)\b").unwrap();
    let (mut order, mut tables) = (Vec::new(), BTreeMap::<String, Table>::new());
    for (folder, file) in [(root.clone(), "daymark.db"), (root.join("keys"), "keys.db")] {
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.is_file());
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            let mut inside = None;
            for (at, line) in lines.iter().enumerate() {
                if let Some(found) = create.captures(line) {
                    order.push(found[1].to_owned());
                    inside = Some(found[1].to_owned());
                    tables.insert(found[1].to_owned(), Table { file, columns: Vec::new() });
                } else if let (Some(found), Some(table)) = (column.captures(line), &inside) {
                    let one = Column {
                        name: found[1].into(),
                        sealed: &found[2] == "BLOB" && !line.contains("SHA-256"),
                        said: comment(&lines[at..]),
                    };
                    tables.get_mut(table).unwrap().columns.push(one);
                } else if let Some(found) = alter.captures(line) {
                    let one = Column {
                        name: found[2].into(),
                        sealed: &found[3] == "BLOB" && !line.contains("SHA-256"),
                        said: comment(&lines[at..]),
                    };
                    tables.get_mut(&found[1]).unwrap_or_else(|| panic!("{line}")).columns.push(one);
                } else if line.starts_with(')') {
                    inside = None;
                } else if line.starts_with("DROP TABLE") {
                    let gone = line.trim_start_matches("DROP TABLE ").trim_end_matches(';');
                    order.retain(|table| table != gone);
                    tables.remove(gone);
                } else if let Some((from, to)) =
                    line.strip_prefix("ALTER TABLE ").and_then(|rest| rest.split_once(" RENAME TO "))
                {
                    let to = to.trim_end_matches(';').to_owned();
                    if let Some(table) = tables.remove(from) {
                        order.iter_mut().filter(|name| *name == from).for_each(|name| name.clone_from(&to));
                        tables.insert(to, table);
                    }
                }
            }
        }
    }
    (order, tables)
}

#[test]
fn every_table_says_whose_it_is_and_its_owner_finds_it_in_their_copy() {
    let (order, tables) = schema();
    let known: Vec<&str> = TABLES.iter().map(|(table, ..)| *table).collect();
    for table in &order {
        assert!(known.contains(&table.as_str()), "{table} has no row in TABLES: whose is it, and how long is it kept?");
    }
    for table in &known {
        assert!(order.iter().any(|name| name == table), "{table} is in TABLES and not in the schema");
    }
    let sources: String = sources();
    for (table, whose, _) in TABLES {
        let names_a_person = tables[*table].columns.iter().any(|column| column.name == "user_id" || column.sealed);
        match whose {
            Members(parts) => {
                assert!(!parts.is_empty(), "{table} is a member's and in no part of their copy");
                for part in *parts {
                    assert!(sources.contains(&format!("\"{part}\"")), "{table}: no slice gives a part {part:?}");
                }
            }
            Groups => assert!(!names_a_person, "{table} holds what is a member's, and is said to be a group's"),
            Bot => assert!(!names_a_person || *table == "forgotten", "{table} holds what is a member's"),
        }
    }
}

/// Every file in which a slice gives its part of a copy.
fn sources() -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut all, mut folders) = (String::new(), vec![root]);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                if text.contains("Part::new(") {
                    all.push_str(&text);
                }
            }
        }
    }
    all
}

fn document() -> String {
    let (order, tables) = schema();
    let mut out = String::new();
    for (name, whose, kept) in order.iter().map(|table| TABLES.iter().find(|(name, ..)| name == table).unwrap()) {
        let table = &tables[*name];
        let owner = match whose {
            Members(_) => "a member's own",
            Groups => "the group's",
            Bot => "the bot's",
        };
        out.push_str(&format!("### `{name}` ({owner}, in `{}`)\n\nKept {kept}.\n\n", table.file));
        out.push_str("| column | how | what |\n| --- | --- | --- |\n");
        for column in &table.columns {
            let how = if column.sealed { "**sealed**" } else { "clear" };
            let said = column.said.replace('|', "\\|");
            out.push_str(&format!("| `{}` | {how} | {said} |\n", column.name));
        }
        out.push('\n');
    }
    out
}

#[test]
fn the_document_says_what_the_schema_says() {
    const BEGIN: &str = "<!-- from the schema; UPDATE_EXPECT=1 cargo test --test it personal:: writes it -->\n";
    const END: &str = "<!-- end of what is from the schema -->\n";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/privacy.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}\n{}{END}{after}", document());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    } else {
        assert!(
            text == wanted,
            "docs/privacy.md has drifted; UPDATE_EXPECT=1 cargo test --test it personal:: writes it"
        );
    }
}

/// Where what is logged goes, for a test that looks for a line.
#[derive(Clone, Default)]
struct Heard(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The people of the sample rows, as ids that nothing else looks like.
fn with_ids(sample: &str) -> String {
    let id = regex::Regex::new(r"\b(4[0-3])\b").unwrap();
    id.replace_all(sample, "9911000000000000$1").into_owned()
}

#[tokio::test]
async fn forgetting_leaves_nothing_of_anybody_in_any_table_and_needs_no_net() {
    for person in 40..=43 {
        let folder = tempfile::tempdir().unwrap();
        let overrides = daymark::config::Overrides {
            database: Some(folder.path().join("daymark.db")),
            key_file: Some(folder.path().join("daymark.key")),
            ..Default::default()
        };
        let config = daymark::config::Config::parse("", "test", &overrides).unwrap();
        let clock = daymark::clock::Clock::manual(crate::stage::moment(crate::stage::MONDAY));
        let deps = daymark::app::open(config, clock).await.map_err(|_| "it opens").unwrap();
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", deps.database.path().display())).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(with_ids(crate::shape::SAMPLE))).execute(&pool).await.unwrap();
        let id = 991_100_000_000_000_000 + person;
        let left = async || {
            let rows = crate::stage::rows(&pool).await;
            rows.lines().filter(|row| row.contains(&id.to_string())).map(str::to_owned).collect::<Vec<_>>()
        };
        assert!(!left().await.is_empty(), "{person} is in no sample row");
        let heard = Heard::default();
        let out = heard.clone();
        let listening = tracing_subscriber::fmt().with_writer(move || out.clone()).finish();
        let _listening = tracing::subscriber::set_default(listening);
        let member =
            daymark::ids::Member { guild: daymark::ids::GuildId::new(10), user: daymark::ids::UserId::new(id) };
        daymark::privacy::actions::forget(&deps, member).await.map_err(|_| "it is done").unwrap();
        assert_eq!(left().await, Vec::<String>::new(), "person {person}");
        let said = String::from_utf8(heard.0.lock().unwrap().clone()).unwrap();
        assert!(!said.contains("net alone"), "a slice forgets to forget: {said}");
        pool.close().await;
        deps.database.close().await;
    }
}
