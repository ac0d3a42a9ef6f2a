//! Words that are found nowhere: the real program runs with its log at trace, a crowd plants a word of its own in
//! every option, form, message and direct message that the tree of commands and the cards offer, presses every
//! button on the way, and the program is killed, started again, backed up and asked for a copy. Then every file,
//! every log line, every answer to somebody else is searched.
//!
//! What a slice adds is tried by itself: nothing here names a command but where it has to be told apart.

use std::collections::{BTreeMap, BTreeSet};

use daymark::app;
use daymark::discord::commands::declared;
use daymark::sandbox::{Answer, MessageView, Person, Style};
use serde_json::Value;
use sqlx::SqlitePool;

use crate::process::{CRISIS, Running, World};
use crate::stage::rows;

/// Not a word of any language, so that finding it means that it was passed on.
const WORD: &str = "quibblewort";
/// What one person does at most, so that nobody is asked to wait.
const ACTS: usize = 20;
/// Presses that end somebody's part before it is over.
const NOT_PRESSED: [&str; 9] = [
    "privacy:forget",
    "privacy:forget_yes",
    "privacy:set",
    "privacy:copy",
    "groups:leave",
    "checkins:decline",
    "crisis:mute",
    // Those two share exactly what stands above them, which is what they are for.
    "recovery:win_post",
    "recovery:words_post",
];

/// Who plants what where.
struct Garden<'a> {
    world: &'a World,
    /// What each planted word was typed into, by its number.
    beds: Vec<String>,
    people: Vec<Person>,
    /// Buttons and forms that somebody has tried already.
    tried: BTreeSet<String>,
}

impl Garden<'_> {
    fn word(&mut self, bed: impl Into<String>) -> String {
        self.beds.push(bed.into());
        format!("{WORD}{:04}", self.beds.len() - 1)
    }

    /// A new member of the group, whose name is a planted word, too.
    async fn member(&mut self) -> Person {
        let name = self.word("a name");
        let person = self.world.sandbox.person(&name);
        self.world.guild.member(&person, &[]);
        let person = person.at(&self.world.channel).unwrap();
        let mut asked = person.run("/join").await.unwrap().only().unwrap().clone();
        for _ in 0..3 {
            asked = person.press(&asked, "Yes, that's okay").await.unwrap().only().unwrap().clone();
        }
        self.people.push(person.clone());
        person
    }

    /// Every line that a command can be run with: one for each option that takes words, and one without any.
    fn lines(&mut self) -> Vec<(String, bool)> {
        fn leaves<'a>(level: &'a Value, path: String, out: &mut Vec<(String, &'a Value)>) {
            let options = level["options"].as_array().map_or(&[][..], Vec::as_slice);
            let inner: Vec<&Value> =
                options.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).collect();
            if inner.is_empty() {
                out.push((path.clone(), level));
            }
            for option in inner {
                leaves(option, format!("{path} {}", option["name"].as_str().unwrap()), out);
            }
        }
        let commands: Vec<_> = app::slices().iter().flat_map(|slice| (slice.commands)()).collect();
        let tree = declared(&commands).unwrap();
        let mut found = Vec::new();
        for command in tree.iter().filter(|command| command["type"].as_u64() == Some(1)) {
            leaves(command, format!("/{}", command["name"].as_str().unwrap()), &mut found);
        }
        let mut lines = Vec::new();
        for (path, leaf) in found {
            let options = leaf["options"].as_array().map_or(&[][..], Vec::as_slice);
            let words: Vec<&str> = options
                .iter()
                .filter(|option| option["type"].as_u64() == Some(3) && option["choices"].is_null())
                .map(|option| option["name"].as_str().unwrap())
                .collect();
            // A file is not typed; what is in one is tried where files are read.
            if options
                .iter()
                .any(|option| option["type"].as_u64() == Some(11) && option["required"].as_bool() == Some(true))
            {
                continue;
            }
            for planted in std::iter::once(None).chain(words.into_iter().map(Some)) {
                let mut line = path.clone();
                for option in options {
                    let name = option["name"].as_str().unwrap();
                    if planted == Some(name) {
                        let word = self.word(format!("{path} {name}"));
                        line.push_str(&format!(" {name}:{word} a few words"));
                    } else if option["required"].as_bool() == Some(true) {
                        line.push_str(&format!(" {name}:{}", usual(option)));
                    }
                }
                lines.push((line, planted.is_some()));
            }
        }
        lines
    }

    /// Goes where an answer leads: presses what was not pressed yet, and plants words in every form.
    async fn follow(&mut self, person: &Person, answer: Answer) {
        let mut open = vec![answer];
        for _ in 0..ACTS {
            let Some(answer) = open.pop() else { break };
            person.read_all();
            if let Some(form) = &answer.modal {
                let typed: Vec<(String, String)> = form
                    .fields
                    .iter()
                    .map(|field| {
                        let most = usize::try_from(field.max_length).unwrap_or(100).max(1);
                        let word = format!("{} and more", self.word(format!("{} {}", form.title, field.label)));
                        (field.custom_id.clone(), word.chars().take(most).collect())
                    })
                    .collect();
                let typed: Vec<(&str, &str)> = typed.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
                open.extend(person.submit(form, &typed).await.ok());
                continue;
            }
            let messages: Vec<MessageView> = answer.messages.iter().chain(&answer.updated).cloned().collect();
            'messages: for message in messages {
                for control in message.controls().filter(|control| !control.custom_id.is_empty() && !control.disabled) {
                    let kind: String = control.custom_id.split(':').skip(1).take(2).collect::<Vec<_>>().join(":");
                    if NOT_PRESSED.contains(&kind.as_str()) || !self.tried.insert(kind) {
                        continue;
                    }
                    let done = match (control.style, control.options.first()) {
                        (Style::Select, Some(option)) => {
                            person.choose(&message, &control.custom_id, &[option.label.as_str()]).await
                        }
                        _ => person.press(&message, &control.custom_id).await,
                    };
                    // The card may have more to be tried once this led somewhere.
                    open.push(answer.clone());
                    open.extend(done.ok());
                    break 'messages;
                }
            }
        }
    }

    /// What a stretch of bytes holds of what was planted.
    fn found_in(&self, bytes: &[u8]) -> BTreeSet<String> {
        let planted = regex::bytes::Regex::new(&format!("(?i){WORD}([0-9]{{4}})?")).unwrap();
        let wide: Vec<u8> = WORD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let narrow = planted.captures_iter(bytes).map(|found| {
            let number =
                found.get(1).and_then(|number| std::str::from_utf8(number.as_bytes()).ok()?.parse::<usize>().ok());
            number
                .and_then(|number| self.beds.get(number).cloned())
                .unwrap_or_else(|| "a word without its number".into())
        });
        let wide = bytes.windows(wide.len()).any(|part| part == wide).then(|| "wide letters".to_owned());
        narrow.chain(wide).collect()
    }

    /// Nothing planted lies in any file of the installation, or of its temporary folder.
    fn lies_nowhere(&self, when: &str) {
        let mut wrong = BTreeMap::new();
        for (path, bytes) in self.world.files() {
            let found = self.found_in(&bytes);
            if !found.is_empty() {
                wrong.insert(path, found);
            }
        }
        assert!(wrong.is_empty(), "{when}: {wrong:#?}");
    }

    /// Nobody else reads what somebody planted: no channel, no other person's messages.
    fn nobody_else_reads_it(&self) {
        let bot = self.world.sandbox.bot_id();
        for channel in [&self.world.channel, &self.world.staff] {
            for message in channel.messages().iter().filter(|message| message.author_id == bot && !message.ephemeral) {
                assert!(!message.text().to_lowercase().contains(WORD), "in {}: {}", channel.name(), message.text());
            }
        }
    }
}

/// What stands for an option that must be given, and takes no planted word.
fn usual(option: &Value) -> String {
    if let Some(choice) = option["choices"][0]["name"].as_str() {
        return choice.to_owned();
    }
    match option["type"].as_u64() {
        Some(3) => "some words".to_owned(),
        Some(4 | 10) => "1".to_owned(),
        Some(5) => "true".to_owned(),
        Some(6) => "@Ana".to_owned(),
        Some(7) => "#evening-group".to_owned(),
        Some(8) => "@everyone".to_owned(),
        other => panic!("an option of type {other:?} that must be given: teach `usual` one"),
    }
}

async fn start(world: &World) -> Running {
    let mut command = world.daymark(&["run"]);
    command.env("DAYMARK_LOG", "trace").env("TMPDIR", world.path("tmp"));
    world.run_with(command).await
}

async fn reading(path: &std::path::Path) -> SqlitePool {
    SqlitePool::connect(&format!("sqlite://{}", path.display())).await.unwrap()
}

/// Every row of a file's tables in which this number stands.
async fn rows_with(path: &std::path::Path, id: u64) -> Vec<String> {
    let pool = reading(path).await;
    let rows = rows(&pool).await;
    pool.close().await;
    rows.lines().filter(|line| line.contains(&id.to_string())).map(str::to_owned).collect()
}

#[tokio::test]
async fn what_is_planted_anywhere_is_found_nowhere_and_forgetting_leaves_nothing() {
    let world = World::new().await;
    std::fs::create_dir(world.path("tmp")).unwrap();
    world.declare("checkin_at = \"00:00\"\n");
    let bot = start(&world).await;
    let mut garden = Garden { world: &world, beds: Vec::new(), people: Vec::new(), tried: BTreeSet::new() };
    let lines = garden.lines();
    assert!(lines.len() > 25, "{lines:?}");
    for chunk in lines.chunks(6) {
        let person = garden.member().await;
        for (line, planted) in chunk {
            if *planted {
                // Typing alone sends what is typed.
                let _ = person.autocomplete(line).await;
            }
            if let Ok(answer) = person.run(line).await {
                assert!(answer.is_private(), "{line}: {}", answer.text());
                assert!(!answer.text().contains("Something went wrong"), "{line}: {}", answer.text());
                garden.follow(&person, answer).await;
            }
        }
    }
    let ana = garden.member().await;
    say_everything(&mut garden, &ana).await;
    let line = write_a_line(&mut garden, &ana).await;
    set_an_hour(&ana).await;
    garden.lies_nowhere("while it runs");
    // Killed in the middle, with a write-ahead log that nobody folded.
    let first = bot.kill().await;
    garden.lies_nowhere("after it was killed");
    let bot = start(&world).await;
    world.tell(&["backup", "copy.db"]).await.fine();
    world.tell(&["backup", "--keys", "copy-keys.db"]).await.fine();
    copy_holds(&ana, &line).await;
    garden.lies_nowhere("after the backups and the copy");
    garden.nobody_else_reads_it();
    let mut receipt = String::new();
    for person in garden.people.clone() {
        receipt = forget(&person).await;
    }
    let second = bot.stop().await;
    assert!(
        !second.err.contains("by the net alone"),
        "a slice forgets to forget:\n{}",
        second.err.lines().filter(|line| line.contains("net alone")).collect::<String>()
    );
    for ended in [&first, &second] {
        let log = garden.found_in(format!("{}{}", ended.err, ended.out).as_bytes());
        assert!(log.is_empty(), "in the log: {log:?}");
        assert!(ended.err.contains("commands are registered"), "it logs all the same");
    }
    let looked = world.tell(&["receipt", &receipt]).await;
    assert!(looked.fine().contains(&format!("user {} was forgotten", ana.id())), "{looked:?}");
    world.tell(&["receipt", "AAAA-AAAA"]).await.refused(2, &["no receipt AAAA-AAAA is known here"]);
    nothing_is_left_of(&garden, &ana).await;
}

/// Messages, edits, direct messages, threads, and a button that was never ours.
async fn say_everything(garden: &mut Garden<'_>, ana: &Person) {
    let world = garden.world;
    let calm = ana.say(&world.channel, &format!("hello {}", garden.word("a message"))).unwrap();
    ana.edit(&calm, &format!("hello again {}", garden.word("an edit"))).unwrap();
    ana.say(&world.channel, &format!("{CRISIS} {}", garden.word("hard words"))).unwrap();
    ana.dm(&format!("{} {CRISIS}", garden.word("a direct message"))).unwrap();
    let thread = ana.starts_thread(&world.channel, &garden.word("a thread's name")).unwrap();
    ana.say(&thread, &format!("{CRISIS}, {}", garden.word("in a thread"))).unwrap();
    world.sandbox.until(crate::process::PATIENCE, |_| !ana.inbox().is_empty()).await.unwrap();
    let hard = ana.inbox().into_iter().find(|message| !message.buttons().is_empty());
    if let Some(pointer) = hard {
        for button in pointer.buttons() {
            if let Ok(answer) = ana.press(&pointer, button).await {
                garden.follow(ana, answer).await;
            }
        }
    }
}

/// Ana writes a line at check-in, and gives it.
async fn write_a_line(garden: &mut Garden<'_>, ana: &Person) -> String {
    let today = ana.run("/checkin").await.unwrap().only().unwrap().clone();
    let form = ana.press(&today, "Write a line").await.unwrap().form().unwrap().clone();
    let line = format!("{} by the river", garden.word("the line"));
    ana.submit(&form, &[(&form.fields[0].custom_id, &line)]).await.unwrap();
    line
}

/// Ana is asked by direct message at an hour of her own; no planted word is one.
async fn set_an_hour(ana: &Person) {
    let me = ana.run("/me").await.unwrap().only().unwrap().clone();
    let mine = ana.press(&me, "My check-ins").await.unwrap().only().unwrap().clone();
    let form = ana.press(&mine, "My own hour").await.unwrap().form().unwrap().clone();
    ana.submit(&form, &[(&form.fields[0].custom_id, "10:00")]).await.unwrap();
}

/// The copy that Ana asks for holds what she wrote, and reaches her alone.
async fn copy_holds(ana: &Person, line: &str) {
    let card = ana.run("/privacy").await.unwrap().only().unwrap().clone();
    let copy = ana.press(&card, "Send me a copy").await.unwrap();
    let message = copy.only().unwrap();
    assert!(message.ephemeral);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(message.attachments[0].bytes.as_slice())).unwrap();
    let text = std::io::read_to_string(zip.by_name("daymark.json").unwrap()).unwrap();
    assert!(text.contains(line), "the copy lacks what she wrote:\n{text}");
}

/// Gives the receipt.
async fn forget(ana: &Person) -> String {
    let card = ana.run("/privacy").await.unwrap().only().unwrap().clone();
    let sure = ana.press(&card, "Forget me").await.unwrap().only().unwrap().clone();
    let said = ana.press(&sure, "Forget me").await.unwrap().text();
    let code = regex::Regex::new("Your receipt: `([A-Z0-9]{4}-[A-Z0-9]{4})`").unwrap();
    code.captures(&said).unwrap_or_else(|| panic!("{said}"))[1].to_owned()
}

/// Her id is gone from every table but the receipt; a backup from before opens for nobody, and brings nothing back.
async fn nothing_is_left_of(garden: &Garden<'_>, ana: &Person) {
    let world = garden.world;
    let keys = world.path("data/keys.db");
    let receipt_alone = |left: Vec<String>| assert!(left.len() == 1 && left[0].starts_with("forgotten: "), "{left:?}");
    for person in &garden.people {
        assert_eq!(rows_with(&world.database(), person.id()).await, Vec::<String>::new());
        receipt_alone(rows_with(&keys, person.id()).await);
    }
    let before = rows_with(&world.path("copy.db"), ana.id()).await;
    assert!(before.iter().any(|row| row.starts_with("checkin_answer: ")), "the backup is from before: {before:?}");
    world.tell(&["restore", "copy.db"]).await.fine();
    let bot = start(world).await;
    let said = ana.run("/privacy").await.unwrap().text();
    assert!(said.contains("Check-in answers\nnone") && !said.contains(WORD), "{said}");
    bot.stop().await;
    assert_eq!(rows_with(&world.database(), ana.id()).await, Vec::<String>::new());
    receipt_alone(rows_with(&keys, ana.id()).await);
    garden.lies_nowhere("after all of it");
}
