//! What can be asked of the program on the command line, and the way there.

mod check;
#[cfg(feature = "sandbox")]
pub mod demo;
mod files;
mod helplines;
mod invite;
mod preview;
mod receipt;
pub mod rekey;
mod run;
mod scan;
#[cfg(feature = "sandbox")]
pub mod stage;
#[cfg(feature = "sandbox")]
pub mod story;
#[cfg(feature = "sandbox")]
pub mod transcript;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use secrecy::SecretString;

use crate::app::Ended;
use crate::config::{Config, Overrides};
use crate::discord::Rest;
use crate::discord::gateway::Trouble;
use crate::discord::rest::CallError;

/// What `--help` says besides the commands and their options.
const MORE: &str = "\
Environment:
  DISCORD_TOKEN       The bot's token from Discord's developer portal
  DISCORD_TOKEN_FILE  A file that holds the token, instead
  DAYMARK_KEY         The operator's key itself, as from an environment file, instead of a key file
  DISCORD_API_BASE    Another REST origin than Discord's, such as http://127.0.0.1:3100

Exit codes:
  0  Done, or stopped by SIGTERM or SIGINT
  1  A fault of ours, or the world's
  2  Something the operator can put right; the last sentence says what";

/// Daymark, a Discord bot for peer-support groups: session reminders, private check-ins, and a way to a
/// human when somebody needs one.
#[derive(Debug, Parser)]
#[command(name = "daymark", version, after_help = MORE)]
pub struct Cli {
    /// The configuration file (default: daymark.toml, if it is there)
    #[arg(long, env = "DAYMARK_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data file, instead of the one the configuration names
    #[arg(long, env = "DAYMARK_DATABASE", global = true, value_name = "FILE")]
    database: Option<PathBuf>,
    /// The operator's key file, instead of the one the configuration names
    #[arg(long, env = "DAYMARK_KEY_FILE", global = true, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// What is logged, such as info or daymark=debug; Discord, HTTP and SQL crates never say more than warnings
    #[arg(long, env = "DAYMARK_LOG", global = true, value_name = "LEVELS")]
    log: Option<String>,
    /// How the log is written, on standard error
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Human)]
    pub log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

impl Cli {
    /// What is logged: what was asked for, else everything that matters to an operator; a demo is
    /// watched for its transcript.
    pub fn log(&self) -> &str {
        #[cfg(feature = "sandbox")]
        let usual = if matches!(self.command, Command::Demo(_)) { "off" } else { "info" };
        #[cfg(not(feature = "sandbox"))]
        let usual = "info";
        self.log.as_deref().unwrap_or(usual)
    }
}

/// How the log is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Human,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot (needs DISCORD_TOKEN or DISCORD_TOKEN_FILE)
    Run,
    /// Watch a week of a peer-support group, with nothing but this machine
    #[cfg(feature = "sandbox")]
    Demo(demo::Options),
    /// Say what is missing before the bot can work: configuration, token, intents, permissions
    Check,
    /// List what will be said, where and when, without sending anything
    Preview(preview::Options),
    /// Read texts from standard input (one JSON string a line) and write a verdict for each
    Scan(scan::Options),
    /// List helplines whose facts are older than a year
    Helplines(helplines::Options),
    /// Copy the data, or the members' keys, while the bot may be running
    Backup(files::Backup),
    /// Put a copy back in place of the data
    Restore(files::Restore),
    /// Change the operator's key; every word stays readable. Stop the bot first
    Rekey(rekey::Options),
    /// Look up that somebody was forgotten, by the code they were given
    Receipt(receipt::Options),
    /// Print the link that brings the bot into a server
    Invite(invite::Options),
}

/// Does what was asked.
///
/// # Errors
/// What the operator can put right, or our fault.
pub fn run(cli: Cli) -> Result<(), Ended> {
    let overrides = Overrides {
        database: cli.database,
        key_file: cli.key_file,
        api_base: std::env::var("DISCORD_API_BASE").ok().filter(|base| !base.is_empty()),
        key: std::env::var("DAYMARK_KEY").ok().filter(|key| !key.trim().is_empty()).map(SecretString::from),
    };
    let config =
        || Config::load(cli.config.as_deref(), &overrides).map_err(|error| Ended::Configuration(error.to_string()));
    match cli.command {
        Command::Scan(options) => scan::run(&options),
        Command::Helplines(options) => helplines::run(&config()?, &options),
        Command::Run => block_on(run::run(config()?)),
        #[cfg(feature = "sandbox")]
        Command::Demo(options) => block_on(demo::run(options)),
        Command::Check => block_on(check::run(config()?)),
        Command::Preview(options) => block_on(preview::run(config()?, options)),
        Command::Backup(options) => block_on(files::backup(config()?, options)),
        Command::Restore(options) => block_on(files::restore(config()?, options)),
        Command::Rekey(options) => block_on(rekey::run(config()?, options)),
        Command::Receipt(options) => block_on(receipt::run(config()?, options)),
        Command::Invite(options) => block_on(invite::run(config()?, options)),
    }
}

fn block_on(work: impl Future<Output = Result<(), Ended>>) -> Result<(), Ended> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// What it means for the operator that Discord did not answer a question.
fn unanswered(rest: &Rest, error: &CallError) -> Ended {
    match error {
        CallError::Refused { status: 401, .. } => Ended::Configuration(Trouble::Token.to_string()),
        CallError::NotReached => Ended::Fault(anyhow::anyhow!(
            "{} cannot be reached. Check this machine's network, and DISCORD_API_BASE if it is set.",
            rest.origin()
        )),
        other => Ended::Fault(anyhow::anyhow!("Discord could not be asked: {other}. Try again in a minute.")),
    }
}

/// Writes a line to standard output; a reader that went away is no fault.
fn say(line: impl std::fmt::Display) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}
