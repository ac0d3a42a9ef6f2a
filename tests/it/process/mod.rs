//! The program as an operator meets it: the real binary in a process of its own, with a clean environment,
//! against a stand-in for Discord in this process. Nothing here waits for a time to pass; it waits for
//! what the program says, for what Discord sees, and for the program to end.

mod demo;
mod files;
mod full_disk;
mod killed;
mod logs;
mod refused;
mod rekeyed;
mod run;
mod tools;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use daymark::config::{Config, Overrides};
use daymark::database::Database;
use daymark::outbox::{self, State};
use daymark::sandbox::permissions::VIEW_CHANNEL;
use daymark::sandbox::{Channel, Guild, Kind, Person, Sandbox, SandboxOptions};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::sync::watch;

/// Only a failure waits that long.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Words that make the bot answer, and nothing else in these tests.
pub const CRISIS: &str = "i want to die";

/// A guild on the stand-in for Discord, and a folder for one installation.
pub struct World {
    pub sandbox: Sandbox,
    pub guild: Guild,
    pub channel: Channel,
    pub staff: Channel,
    pub owner: Person,
    pub ana: Person,
    folder: TempDir,
}

impl World {
    pub async fn new() -> Self {
        Self::with(SandboxOptions { token: "x".to_owned(), ..SandboxOptions::default() }).await
    }

    pub async fn with(options: SandboxOptions) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        let owner = sandbox.person("Priya");
        let guild = sandbox.guild("Riverside", &owner);
        guild.bot_permissions(daymark::discord::startup_check::INVITED_WITH);
        let channel = guild.channel("evening-group", Kind::Text);
        let staff = guild.channel("staff", Kind::Text);
        staff.overwrite_everyone(0, VIEW_CHANNEL);
        staff.overwrite_bot(VIEW_CHANNEL, 0);
        let ana = sandbox.person("Ana");
        guild.member(&ana, &[]);
        let (owner, ana) = (owner.at(&channel).unwrap(), ana.at(&channel).unwrap());
        let folder = tempfile::Builder::new().prefix("daymark-it-").tempdir().unwrap();
        Self { sandbox, guild, channel, staff, owner, ana, folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.path("data/daymark.db")
    }

    /// Declares the evening group, with more lines for it, and the rest of a configuration after it.
    pub fn declare(&self, more: &str) {
        let text = format!(
            "[[group]]\nguild = \"{}\"\nname = \"Evening group\"\nzone = \"Etc/UTC\"\nchannel = \"{}\"\nfacilitator_channel = \"{}\"\ncountry = \"US\"\n{more}",
            self.guild.id(),
            self.channel.id(),
            self.staff.id()
        );
        std::fs::write(self.path("daymark.toml"), text).unwrap();
    }

    /// The configuration as the program itself reads it, for what is prepared in this process.
    pub fn config(&self) -> Config {
        let overrides = Overrides {
            database: Some(self.database()),
            key_file: Some(self.path("data/daymark.key")),
            api_base: Some(self.sandbox.origin()),
            ..Overrides::default()
        };
        Config::load(Some(&self.path("daymark.toml")), &overrides).unwrap()
    }

    /// The program with nothing in its environment but what is set here and after.
    pub fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daymark"));
        command.args(arguments).env_clear().current_dir(self.folder.path());
        command
    }

    /// The program, pointed to the stand-in for Discord with its token.
    pub fn daymark(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command.env("DISCORD_API_BASE", self.sandbox.origin()).env("DISCORD_TOKEN", self.sandbox.token());
        command
    }

    /// Starts the bot, and returns when it has logged in and its commands stand.
    pub async fn run(&self) -> Running {
        self.run_with(self.daymark(&["run"])).await
    }

    /// The same with a command of the caller's.
    pub async fn run_with(&self, command: Command) -> Running {
        let mut running = Running::start(command);
        running.until_said("commands are registered").await;
        let ready = self.sandbox.until(PATIENCE, |sandbox| sandbox.connected() && sandbox.dispatched() > 1).await;
        ready.unwrap_or_else(|dump| panic!("{dump}\n{}", running.err.text()));
        running
    }

    /// What a program that ends by itself left behind, said and answered.
    pub async fn tell(&self, arguments: &[&str]) -> Ended {
        Running::start(self.daymark(arguments)).end().await
    }

    /// How many envelopes are in each state.
    pub async fn outbox(&self) -> BTreeMap<&'static str, i64> {
        let database = Database::open(&self.database()).await.unwrap();
        let counts = outbox::store::count(database.read()).await.unwrap();
        database.close().await;
        counts.into_iter().map(|(state, count)| (state.word(), count)).collect()
    }

    /// Holds after every scenario: nothing is kept as being sent, and everybody got an answer.
    pub async fn left_tidy(&self) {
        assert_eq!(self.outbox().await.get(State::Sending.word()), None, "an envelope is left sending");
        assert_eq!(self.sandbox.unanswered(), Vec::<String>::new());
    }

    /// Every file of the installation with its content, to be compared later.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.folder.path()).unwrap().to_path_buf();
                    found.insert(name, std::fs::read(&path).unwrap());
                }
            }
        }
        found
    }
}

/// What one of a process' streams has brought so far.
struct Heard(watch::Receiver<(Vec<u8>, bool)>);

impl Heard {
    fn listen(mut stream: impl Read + Send + 'static) -> Self {
        let (tell, heard) = watch::channel((Vec::new(), false));
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count @ 1..) = stream.read(&mut bytes) {
                tell.send_modify(|(all, _)| all.extend_from_slice(&bytes[..count]));
            }
            tell.send_modify(|(_, over)| *over = true);
        });
        Self(heard)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.borrow().0).into_owned()
    }

    /// Waits until `count` stretches of text hold `words`; says whether that came before the end.
    async fn until(&mut self, words: &str, count: usize) -> bool {
        let there = |all: &[u8]| String::from_utf8_lossy(all).matches(words).count() >= count;
        let wait = self.0.wait_for(|(all, over)| *over || there(all));
        tokio::time::timeout(PATIENCE, wait).await.is_ok_and(|heard| heard.is_ok_and(|heard| there(&heard.0)))
    }

    async fn until_over(&mut self) -> bool {
        tokio::time::timeout(PATIENCE, self.0.wait_for(|(_, over)| *over)).await.is_ok_and(|heard| heard.is_ok())
    }
}

/// A running program; killed when it is dropped.
pub struct Running {
    child: Child,
    input: Option<ChildStdin>,
    out: Heard,
    err: Heard,
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (out, err) = (Heard::listen(child.stdout.take().unwrap()), Heard::listen(child.stderr.take().unwrap()));
        Self { input: child.stdin.take(), child, out, err }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Types into it; a program that has ended hears nothing.
    pub fn types(&mut self, text: &[u8]) {
        if let Some(input) = &mut self.input {
            let _ = input.write_all(text);
            let _ = input.flush();
        }
    }

    /// Ends its standard input.
    pub fn ends_input(&mut self) {
        self.input = None;
    }

    /// Waits until it has written `words` to standard error.
    pub async fn until_said(&mut self, words: &str) {
        assert!(self.err.until(words, 1).await, "it never said {words:?}:\n{}", self.err.text());
    }

    /// Waits until it has written `words` to standard output.
    pub async fn until_shown(&mut self, words: &str) {
        self.until_shown_times(words, 1).await;
    }

    /// Waits until it has written `words` to standard output that many times.
    pub async fn until_shown_times(&mut self, words: &str, count: usize) {
        let shown = self.out.until(words, count).await;
        assert!(shown, "it never showed {words:?} {count} times:\n{}\n{}", self.out.text(), self.err.text());
    }

    /// What it has written to standard error so far.
    pub fn said(&self) -> String {
        self.err.text()
    }

    pub fn signal(&self, signal: Signal) {
        // Not reaped before `end` or the drop, so the number still means this process.
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Asks it to stop, and waits for its end, which is quick and clean.
    pub async fn stop(self) -> Ended {
        let asked = std::time::Instant::now();
        self.signal(Signal::TERM);
        let ended = self.end().await;
        assert!(asked.elapsed() < Duration::from_secs(10), "it took {:?} to stop:\n{}", asked.elapsed(), ended.err);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        ended
    }

    /// Ends it as a power cut would.
    pub async fn kill(self) -> Ended {
        self.signal(Signal::KILL);
        self.end().await
    }

    /// Waits for its end.
    pub async fn end(mut self) -> Ended {
        self.input = None;
        let over = self.out.until_over().await && self.err.until_over().await;
        let (out, err) = (self.out.text(), self.err.text());
        assert!(over, "it does not end:\n{out}\n{err}");
        let code = self.child.wait().unwrap().code();
        Ended { code, out, err }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    /// It ended with this exit code, wrote nothing to standard output, and one sentence that holds each of
    /// these words.
    #[track_caller]
    pub fn refused(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.err.matches("daymark: ").count(), 1, "one sentence, not:\n{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in:\n{}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }

    /// It did what was asked.
    #[track_caller]
    pub fn fine(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:?}");
        &self.out
    }
}

/// Copies a file of the installation.
pub fn copy(from: &Path, to: &Path) {
    std::fs::copy(from, to).unwrap();
}
