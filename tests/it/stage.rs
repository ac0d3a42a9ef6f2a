//! The scene that every test plays on: the sandbox, the real bot, one clock, people by name. Thin: what
//! is done here is done by the stage of the demo; this adds only what tests ask of it at the end.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use daymark::app::Pace;
use daymark::calendar::{Zone, resolved};
use daymark::cli::stage::Stage;
use daymark::cli::story;
use daymark::clock::Clock;
use daymark::discord::gateway::Timings;
use daymark::outbox::{Delivery, State};
use daymark::sandbox::{Answer, Channel, MessageView, Person};
use sqlx::SqlitePool;

/// The Monday morning on which most tests begin, in the group's zone.
pub const MONDAY: &str = "2026-03-02 08:40";
/// The words that call for a pointer, whatever becomes of the lexicon.
pub const HARD_WORDS: &str = "i want to die";
/// Says of a card that it is a pointer, in any language: only pointers offer not to notice words any more.
const POINTER_BUTTON: &str = "d1:crisis:mute";
/// Words shorter than this occur by chance in any file.
const TELLING: usize = 12;

/// A stage with the zone its hours are meant in, and what people said on it.
pub struct Scene {
    pub stage: Stage,
    pub zone: Zone,
    said: Mutex<BTreeSet<(String, String)>>,
}

/// The group's zone.
pub fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}

/// A local moment of the group, such as `2026-03-02 08:40`.
pub fn moment(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    resolved(local, zone()).at
}

/// The pace of a supervisor that soon notices when nothing comes any more.
pub fn watchful() -> Pace {
    let ms = Duration::from_millis;
    let pace = daymark::cli::stage::pace();
    Pace { gateway: Timings { probe: ms(100), silence: ms(1500), look: ms(25), ..pace.gateway }, ..pace }
}

impl Scene {
    /// Everybody is there, the bot is not started.
    pub async fn dark(at: &str) -> Self {
        let clock = Clock::manual(moment(at));
        let stage = Stage::build(clock, "Priya", "Sam", &["Ana", "Ben", "Chidi", "Dee"]).await.unwrap();
        Self { stage, zone: zone(), said: Mutex::default() }
    }

    /// The bot runs; there is no group yet.
    pub async fn empty(at: &str) -> Self {
        let mut scene = Self::dark(at).await;
        scene.stage.start_bot().await.unwrap();
        scene
    }

    /// The evening group is set up with a check-in at nine; nobody has joined.
    pub async fn with_group(at: &str) -> Self {
        let scene = Self::empty(at).await;
        scene
            .runs(
                "Priya",
                "/group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators \
                 facilitator_channel:#staff checkin:09:00 name:Evening group",
            )
            .await;
        scene
    }

    /// No check-in is asked from now on: what is about years need not go through every morning of them.
    pub async fn without_mornings(&self) {
        let said = self
            .runs(
                "Priya",
                "/group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators \
                 facilitator_channel:#staff checkin:off name:Evening group",
            )
            .await;
        assert!(!said.contains("09:00"), "{said}");
    }

    /// The evening group with Ana, who says yes to everything, and Ben, who wants no direct messages.
    /// Chidi and Dee have not joined.
    pub async fn with_members(at: &str) -> Self {
        let scene = Self::with_group(at).await;
        scene.joins("Ana", [true, true, true]).await;
        scene.joins("Ben", [true, false, true]).await;
        scene
    }

    /// The same with sessions on Monday, Wednesday and Friday at six, a day and a quarter of an hour before.
    pub async fn with_sessions(at: &str) -> Self {
        let scene = Self::with_members(at).await;
        scene.adds("Sam", "/schedule add title:Evening group when:mon,wed,fri 18:00 leads:1d 15m length:90m").await;
        scene
    }

    pub fn person(&self, name: &str) -> Person {
        self.stage.person(name).unwrap()
    }

    /// Joins and answers the three questions: check-ins, direct messages, noticing.
    pub async fn joins(&self, name: &str, yes: [bool; 3]) {
        self.runs(name, "/join").await;
        for yes in yes {
            self.presses(name, if yes { "Yes, that's okay" } else { "No, thanks" }).await;
        }
    }

    /// Notes that somebody said this, when they say it without the scene.
    pub fn note(&self, name: &str, words: &str) {
        self.said.lock().unwrap().insert((name.to_owned(), words.to_owned()));
    }

    /// Says something in the group's channel.
    pub async fn says(&self, name: &str, words: &str) {
        self.note(name, words);
        self.person(name).say(&self.stage.channel, words).unwrap();
        self.stage.settle().await;
    }

    /// Writes to the bot directly.
    pub async fn writes_directly(&self, name: &str, words: &str) {
        self.note(name, words);
        self.person(name).dm(words).unwrap();
        self.stage.settle().await;
    }

    /// Runs a command in the group's channel and gives what there is to read.
    pub async fn runs(&self, name: &str, line: &str) -> String {
        let answer = self.asks(name, line).await;
        assert!(answer.is_private(), "{line} is answered in public: {}", answer.text());
        answer.text()
    }

    /// Drafts a session, saves it, and gives what there is to read of both.
    pub async fn adds(&self, name: &str, line: &str) -> String {
        let draft = self.runs(name, line).await;
        let saved = self.presses(name, "Save").await;
        assert!(saved.contains("on the schedule"), "{line}: {saved}");
        format!("{draft}\n{saved}")
    }

    /// Runs a command and gives the whole answer.
    pub async fn asks(&self, name: &str, line: &str) -> Answer {
        let answer = self
            .person(name)
            .run(line)
            .await
            .unwrap_or_else(|no| panic!("{name} {line}: {no}\n{}", self.stage.sandbox.dump()));
        self.stage.settle().await;
        answer
    }

    /// What Discord's client, or a command that was not answered, tells them.
    pub async fn is_not_let(&self, name: &str, line: &str) -> String {
        match self.person(name).run(line).await {
            Ok(answer) => panic!("{name} {line} was answered: {}", answer.text()),
            Err(no) => no.to_string(),
        }
    }

    /// Presses the newest button of that name that they can see, and gives what there is to read.
    pub async fn presses(&self, name: &str, which: &str) -> String {
        let answer = story::press(&self.person(name), &self.stage, which).await;
        let answer = answer.unwrap_or_else(|no| panic!("{name} presses {which}: {no}\n{}", self.stage.sandbox.dump()));
        self.stage.settle().await;
        answer.text()
    }

    /// Presses a button of this very message.
    pub async fn presses_on(&self, name: &str, message: &MessageView, which: &str) -> Answer {
        let answer = self.person(name).press(message, which).await;
        let answer = answer.unwrap_or_else(|no| panic!("{name} presses {which}: {no}\n{}", self.stage.sandbox.dump()));
        self.stage.settle().await;
        answer
    }

    /// Fills in the form that is open and gives what there is to read.
    pub async fn writes(&self, name: &str, words: &str) -> String {
        self.note(name, words);
        let answer = story::write(&self.person(name), words).await;
        let answer = answer.unwrap_or_else(|no| panic!("{name} writes: {no}\n{}", self.stage.sandbox.dump()));
        self.stage.settle().await;
        // What follows the first answer belongs to it.
        self.person(name).later(&answer).text()
    }

    /// Lets time pass until the next such local moment: `tue 09:00`, or a whole date.
    pub async fn at(&self, moment: &str) {
        let to = story::moment_of(self.stage.clock.now(), self.zone, moment).unwrap();
        self.stage.advance_to(to).await.unwrap();
    }

    pub async fn wait(&self, length: TimeDelta) {
        self.stage.advance_to(self.stage.clock.now() + length).await.unwrap();
    }

    /// What stands in the group's channel, as Ana reads it.
    pub fn channel(&self) -> Vec<MessageView> {
        self.person("Ana").reads(&self.stage.channel)
    }

    /// What the bot said in the group's channel that holds these words.
    pub fn in_channel(&self, words: &str) -> Vec<MessageView> {
        self.channel().into_iter().filter(|message| self.is_bot(message) && message.text().contains(words)).collect()
    }

    /// What stands where facilitators talk, as Sam reads it.
    pub fn in_staff(&self, words: &str) -> Vec<MessageView> {
        let staff = self.person("Sam").reads(&self.stage.staff);
        staff.into_iter().filter(|message| self.is_bot(message) && message.text().contains(words)).collect()
    }

    /// The direct messages of the bot to somebody.
    pub fn inbox(&self, name: &str) -> Vec<MessageView> {
        self.person(name).inbox().into_iter().filter(|message| self.is_bot(message)).collect()
    }

    /// The newest thing shown to this person alone. Nobody else sees it.
    pub fn only(&self, name: &str) -> MessageView {
        let mut mine = self.person(name).sees_privately();
        let newest = mine.pop().unwrap_or_else(|| panic!("{name} is shown nothing"));
        for other in self.stage.people().iter().filter(|other| other.name() != name) {
            assert_eq!(other.look(&newest), None, "{} sees what is for {name}", other.name());
        }
        newest
    }

    pub fn is_bot(&self, message: &MessageView) -> bool {
        message.author_id == self.stage.sandbox.bot_id()
    }

    pub fn read(&self) -> &SqlitePool {
        self.stage.app().unwrap().deps().database.read()
    }

    /// Every row of the data file, as text, to compare.
    pub async fn rows(&self) -> String {
        rows(self.read()).await
    }

    /// Each line is answered with a kind no, seen by this person alone, that holds the words; and nothing
    /// changes. Lines are of: who, what they run, the words.
    pub async fn refuses(&self, table: &[(&str, &str, &str)]) {
        let before = self.rows().await;
        for (who, line, words) in table {
            let said = self.runs(who, line).await;
            assert!(said.contains(words), "{who} {line:.120}: {said}");
            self.is_kind(&said);
            assert_eq!(self.rows().await, before, "{who} {line:.120} changed something");
        }
    }

    /// No fault, no inner words, no ping in what somebody reads.
    pub fn is_kind(&self, said: &str) {
        for bad in ["reference", "rror:", "panicked", "None", "Some(", "@everyone", "SQL"] {
            assert!(!said.contains(bad), "{bad:?} in: {said}");
        }
        assert!(!said.trim().is_empty());
    }

    /// Posts a message as the bot with one button, whatever its custom id: what an older bot, or a hostile
    /// one with our token, could have left in a channel.
    pub async fn bot_left_button(&self, channel: &Channel, custom_id: &str) -> MessageView {
        self.bot_left(channel, custom_id, None).await
    }

    /// The same with a select that offers one value, when one is given.
    pub async fn bot_left(&self, channel: &Channel, custom_id: &str, value: Option<&str>) -> MessageView {
        let url = format!("{}/api/v10/channels/{}/messages", self.stage.sandbox.origin(), channel.id());
        let button = match value {
            None => serde_json::json!({"type": 2, "style": 2, "label": "Press", "custom_id": custom_id}),
            Some(value) => serde_json::json!({
                "type": 3, "custom_id": custom_id, "options": [{"label": value, "value": value}],
            }),
        };
        let body = serde_json::json!({
            "content": "from before", "allowed_mentions": {"parse": []},
            "components": [{"type": 1, "components": [button]}],
        });
        let request =
            reqwest::Client::new().post(url).header("authorization", format!("Bot {}", self.stage.sandbox.token()));
        let posted: serde_json::Value = request.json(&body).send().await.unwrap().json().await.unwrap();
        let id: u64 = posted["id"].as_str().unwrap_or_else(|| panic!("{custom_id}: {posted}")).parse().unwrap();
        channel.messages().into_iter().find(|message| message.id == id).unwrap()
    }

    /// A number that the database gives.
    pub async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.read()).await.unwrap()
    }

    /// What became of what was to be sent in the guild.
    pub async fn deliveries(&self, states: &[State]) -> Vec<Delivery> {
        let guild = daymark::ids::GuildId::from_snowflake(self.stage.guild.id());
        daymark::outbox::store::list(self.read(), guild, DateTime::UNIX_EPOCH, states).await.unwrap()
    }

    /// What holds at the end of every test: nothing is under way, nobody waits for an answer, no answer
    /// went unread, and nobody but the author of hard words was ever shown a pointer.
    pub async fn end(self) {
        self.stage.settle().await;
        self.nothing_is_under_way().await;
        self.nobody_is_exposed();
        self.nothing_is_kept_in_clear();
    }

    async fn nothing_is_under_way(&self) {
        if self.stage.app().is_ok() {
            let sending = self.deliveries(&[State::Sending]).await;
            assert!(sending.is_empty(), "left as being sent: {sending:?}");
        }
        assert_eq!(self.stage.sandbox.unanswered(), Vec::<String>::new());
        for person in self.stage.people() {
            let unread = person.unread().into_iter().filter(|message| self.is_bot(message));
            let private = unread.filter(|message| message.ephemeral || message.channel_name.starts_with("DM"));
            let unread: Vec<String> = private.map(|message| message.text()).collect();
            assert_eq!(unread, Vec::<String>::new(), "{} did not read this", person.name());
        }
    }

    /// Reads every person's view of everything.
    fn nobody_is_exposed(&self) {
        let said = self.said.lock().unwrap();
        let writers: BTreeSet<&str> = said.iter().map(|(name, _)| name.as_str()).collect();
        for person in self.stage.people() {
            for channel in [&self.stage.channel, &self.stage.staff] {
                for message in person.reads(channel).into_iter().filter(|message| self.is_bot(message)) {
                    let text = message.text();
                    assert!(!is_pointer(&message), "a pointer in {}: {text}", channel.name());
                    let asks_for_a_person = text.contains("would like someone to reach out");
                    // A group may let its responders be called, where only they read it.
                    let calls = [
                        "may mean that they need a person",
                        "Words of <@",
                        "say \"I'm here\"?",
                        "second person",
                        "take over?",
                    ];
                    let calls = channel.id() == self.stage.staff.id() && calls.iter().any(|words| text.contains(words));
                    assert!(message.pings.is_none() || asks_for_a_person || calls, "pings nobody asked for: {text}");
                    for (name, words) in said.iter().filter(|(_, words)| words.chars().count() >= TELLING) {
                        assert!(!text.contains(words.as_str()), "{name}'s words in {}: {text}", channel.name());
                    }
                }
            }
            let own = person.sees_privately().into_iter().chain(person.inbox());
            for message in own.filter(|message| self.is_bot(message)) {
                assert!(
                    !is_pointer(&message) || writers.contains(person.name().as_str()),
                    "{} wrote nothing and sees {}",
                    person.name(),
                    message.text()
                );
            }
        }
    }

    /// No words that somebody said or wrote stand in any file of the bot's.
    fn nothing_is_kept_in_clear(&self) {
        let said = self.said.lock().unwrap();
        let telling: Vec<&String> =
            said.iter().map(|(_, words)| words).filter(|words| words.chars().count() >= TELLING).collect();
        let any = telling.iter().map(|words| regex::escape(words)).collect::<Vec<_>>().join("|");
        let any = regex::bytes::Regex::new(&any).unwrap();
        for file in files(&self.stage.folder()).into_iter().filter(|_| !telling.is_empty()) {
            let bytes = std::fs::read(&file).unwrap_or_default();
            let found = any.find(&bytes).map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned());
            assert_eq!(found, None, "somebody's words are in {}", file.display());
        }
    }
}

/// Whether a message is a pointer to helplines for somebody who wrote hard words.
pub fn is_pointer(message: &MessageView) -> bool {
    message.controls().any(|control| control.custom_id.starts_with(POINTER_BUTTON))
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Every row of every table, as text.
pub async fn rows(pool: &SqlitePool) -> String {
    // One statement over all tables, made from the schema: hundreds of tests look at everything, often.
    let made = r"SELECT group_concat(one, ' UNION ALL ') FROM (
        SELECT 'SELECT ''' || t.name || ': '' || ' || group_concat('quote(' || c.name || ')', ' || '' '' || ')
            || ' || char(10) AS line FROM ' || t.name AS one
        FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_sqlx%' GROUP BY t.name)";
    let sql: String = sqlx::query_scalar(made).fetch_one(pool).await.unwrap();
    let sql = format!("SELECT line FROM ({sql}) ORDER BY line");
    let lines: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await.unwrap();
    lines.concat()
}
