//! `daymark demo`: the real bot and a stand-in for Discord on this machine, playing a week of a group.

use std::collections::HashMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::say;
use super::stage::Stage;
use super::story::{self, Act};
use super::transcript::{Entry, Reader};
use crate::app::Ended;
use crate::clock::{self, Clock};
use crate::outbox::{self, State};
use crate::sandbox::{Happened, Seen};
use crate::{checkins, sessions};

/// The week that is played when no other script is named.
const WEEK: &str = include_str!("week.story");
/// On a terminal, the pause after each entry, so that eyes can follow; nothing waits when piped.
const PAUSE: Duration = Duration::from_millis(60);
/// How long after it is ready the bot counts as idle, when its memory is read.
const IDLE_AFTER: Duration = Duration::from_secs(2);

/// What `demo` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// Stay open after the group is set up: type as any member, on the real clock
    #[arg(long)]
    stay: bool,
    /// With --stay: how many times as fast as real time the clock runs
    #[arg(long, default_value_t = 1, value_name = "TIMES", requires = "stay", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    speed: u32,
    /// Play this story instead of the built-in week
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
}

/// Plays.
pub async fn run(options: Options) -> Result<(), Ended> {
    let text = match &options.script {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| Ended::Configuration(format!("{} cannot be read: {error}", path.display())))?,
        None => WEEK.to_owned(),
    };
    let opening = story::opening(&text).map_err(|error| Ended::Configuration(error.to_string()))?;
    let clock =
        if options.stay { Clock::scaled(Clock::system().now(), options.speed) } else { Clock::manual(opening.at) };
    let mut stage = Stage::build(clock, "Priya", "Sam", &["Ana", "Ben", "Chidi", "Dee"]).await?;
    let seen = stage.sandbox.watch();
    stage.start_bot().await?;
    let reader = reader(&stage, opening.zone);
    let mut show = Show { reader, seen, colour: std::io::stdout().is_terminal(), pointers: 0 };
    if options.stay {
        stay(&mut stage, &mut show, &text).await?;
    } else {
        play_all(&mut stage, &mut show, &text).await?;
        summary(&stage, &show, opening.at).await?;
    }
    stage.stop_bot().await;
    // Figures belong to the week everybody knows; a script is about something else.
    if options.stay || options.script.is_some() { Ok(()) } else { alone().await }
}

/// What mentions stand for on this stage.
pub fn reader(stage: &Stage, zone: crate::calendar::Zone) -> Reader {
    let mut names = HashMap::new();
    for person in stage.people() {
        names.insert(person.mention(), format!("@{}", person.name()));
    }
    for channel in [&stage.channel, &stage.staff] {
        names.insert(channel.mention(), format!("#{}", channel.name().trim_start_matches('#')));
    }
    names.insert(stage.facilitators.mention(), "@Facilitators".to_owned());
    Reader { zone, bot: "Daymark".to_owned(), names }
}

struct Show {
    reader: Reader,
    seen: Receiver<Seen>,
    colour: bool,
    pointers: u32,
}

impl Show {
    /// Prints everything seen since the last time.
    async fn catch_up(&mut self) {
        loop {
            match self.seen.try_recv() {
                Ok(seen) => self.print(&seen).await,
                Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    async fn print(&mut self, seen: &Seen) {
        let Some(entry) = self.reader.read(seen) else { return };
        if is_pointer(seen) {
            self.pointers += 1;
        }
        let mut out = std::io::stdout();
        // A reader that went away is no fault.
        let _ = write!(out, "{}", entry.columns(self.colour));
        let _ = out.flush();
        if self.colour {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// A pointer is the one card that offers to ask for a person.
fn is_pointer(seen: &Seen) -> bool {
    let new = matches!(seen.kind, Happened::Posted);
    new && seen.message.as_ref().is_some_and(|message| message.buttons().contains(&"Ask for a person here"))
}

async fn play_all(stage: &mut Stage, show: &mut Show, text: &str) -> Result<(), Ended> {
    for (number, line) in text.lines().enumerate() {
        let act = story::act(line).map_err(|error| Ended::Configuration(format!("line {}: {error}", number + 1)))?;
        let Some(act) = act else { continue };
        if let Act::Heading(heading) = &act {
            say(if show.colour { format!("\n\x1b[1m{heading}\x1b[0m") } else { format!("\n{heading}") });
            continue;
        }
        let told = story::play(stage, show.reader.zone, &act)
            .await
            .map_err(|error| Ended::Configuration(format!("line {}: {error:#}", number + 1)))?;
        show.catch_up().await;
        if let Some(told) = told {
            say(told);
        }
    }
    Ok(())
}

/// Plays up to the first leap in time, then does what is typed until the input ends.
async fn stay(stage: &mut Stage, show: &mut Show, text: &str) -> Result<(), Ended> {
    let mut lines: Vec<&str> = text.lines().take_while(|line| !line.starts_with("at ")).collect();
    // The heading of what is not played any more.
    while lines.last().is_some_and(|line| line.trim().is_empty() || line.starts_with("==")) {
        lines.pop();
    }
    let setting: String = lines.iter().map(|line| format!("{line}\n")).collect();
    play_all(stage, show, &setting).await?;
    say("\nNow it is yours. Ctrl-D ends it. Type as anybody here:");
    say(story::HOW);
    let mut typed = BufReader::new(tokio::io::stdin()).split(b'\n');
    loop {
        tokio::select! {
            line = typed.next_segment() => {
                let Some(line) = line? else { return Ok(()) };
                match story::act(&String::from_utf8_lossy(&line)) {
                    Ok(Some(act)) => match story::play(stage, show.reader.zone, &act).await {
                        Ok(Some(told)) => say(told),
                        Ok(None) => {}
                        Err(error) => say(error),
                    },
                    Ok(None) => {}
                    Err(error) => say(error),
                }
                show.catch_up().await;
            }
            seen = show.seen.recv() => match seen {
                Ok(seen) => show.print(&seen).await,
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return Ok(()),
            },
        }
    }
}

async fn summary(stage: &Stage, show: &Show, since: DateTime<Utc>) -> Result<(), Ended> {
    let deps = stage.app()?.deps();
    let guild = crate::ids::GuildId::from_snowflake(stage.guild.id());
    let deliveries = outbox::store::list(deps.database.read(), guild, since - TimeDelta::days(1), &State::ALL).await?;
    let reminders: Vec<_> = deliveries.iter().filter(|delivery| delivery.kind == sessions::actions::REMINDER).collect();
    let sent = reminders.iter().filter(|delivery| delivery.state == State::Sent).count();
    let late = reminders.iter().filter(|delivery| {
        delivery
            .settled_at
            .is_some_and(|at| delivery.state == State::Sent && at - delivery.due_at >= sessions::model::LATE_AFTER)
    });
    let late = late.count();
    let answers = checkins::store::total(deps.database.read()).await?;
    say(format_args!(
        "\nReminders: {} due, {sent} sent, {late} late. Check-ins: {answers} answered. Pointers: {} shown.",
        reminders.len(),
        show.pointers
    ));
    Ok(())
}

/// Starts the bot once more as an operator would, `daymark run` in a process of its own against a stand-in with
/// one group's people, and tells how long it took to be ready and what it keeps resident when it has nothing to do.
async fn alone() -> Result<(), Ended> {
    let stage = Stage::build(Clock::system(), "Priya", "Sam", &["Ana", "Ben"]).await?;
    let folder = stage.folder();
    let began = clock::monotonic();
    let mut bot = tokio::process::Command::new(std::env::current_exe()?)
        .arg("run")
        .env_clear()
        .env("DISCORD_API_BASE", stage.sandbox.origin())
        .env("DISCORD_TOKEN", stage.sandbox.token())
        .env("DAYMARK_DATABASE", folder.join("daymark.db"))
        .env("DAYMARK_KEY_FILE", folder.join("daymark.key"))
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    stage.until_connected().await?;
    let ready = began.elapsed();
    // There is nothing to wait for: idle is when nothing happens.
    tokio::time::sleep(IDLE_AFTER).await;
    let memory = bot.id().and_then(memory).unwrap_or_else(|| "unknown here".to_owned());
    bot.kill().await?;
    say(format_args!(
        "The bot in a process of its own: ready {} ms after its start, {memory} resident when idle.",
        ready.as_millis()
    ));
    Ok(())
}

/// The resident memory of a process, from the kernel's own count (proc(5), `VmRSS`).
fn memory(process: u32) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(format!("{:.1} MiB", kib / 1024.0))
}

/// Plays a story on a stage and gives each act's line with what the bot said after it, for the tests.
///
/// # Errors
/// When a line cannot be read or played.
pub async fn told(stage: &mut Stage, reader: &Reader, text: &str) -> anyhow::Result<String> {
    let mut seen = stage.sandbox.watch();
    let mut out = String::new();
    for line in text.lines().filter(|line| !line.starts_with('|')) {
        out.push_str(line.trim_end());
        out.push('\n');
        let Some(act) = story::act(line)? else { continue };
        if let Some(told) = story::play(stage, reader.zone, &act).await? {
            out.push_str(&format!("| {told}\n"));
        }
        loop {
            match seen.try_recv() {
                Ok(one) => {
                    if let Some(entry) = reader.read(&one).filter(|entry| entry.by_bot) {
                        out.push_str(&quoted(&entry));
                    }
                }
                Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
    }
    Ok(out)
}

fn quoted(entry: &Entry) -> String {
    entry.columns(false).lines().map(|line| format!("| {line}\n")).collect()
}
