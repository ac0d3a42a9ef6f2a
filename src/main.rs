//! The program `daymark`: arguments, logging, exit codes.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use daymark::app::Ended;
use daymark::cli::{Cli, LogFormat};
use daymark::clock::Clock;
use serde_json::json;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// Gives back what start-up has freed, which glibc's allocator keeps: see `Cargo.toml`.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Crates that may say no more than this, whatever the operator sets: at `info` they print members' words,
/// at `debug` whole bodies and keys; serenity prints a frame that is no JSON at `warn` (seen by running them).
const CAPPED: &[(&str, Level)] = &[
    ("serenity", Level::ERROR),
    ("poise", Level::ERROR),
    ("sqlx", Level::WARN),
    ("hyper", Level::WARN),
    ("hyper_util", Level::WARN),
    ("reqwest", Level::WARN),
    ("h2", Level::WARN),
    ("rustls", Level::WARN),
    ("tungstenite", Level::WARN),
    ("tokio_tungstenite", Level::WARN),
    ("axum", Level::WARN),
];

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logging(cli.log(), cli.log_format);
    let format = cli.log_format;
    match daymark::cli::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Ended::Configuration(sentence)) => {
            say_why(format, &sentence);
            ExitCode::from(2)
        }
        Err(Ended::Fault(error)) => {
            say_why(format, &format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

/// The last sentence, whatever levels are logged; in JSON it looks like every other line.
fn say_why(format: LogFormat, sentence: &str) {
    match format {
        LogFormat::Human => eprintln!("daymark: {sentence}"),
        LogFormat::Json => {
            let at = Clock::system().now().to_rfc3339();
            eprintln!("{}", json!({"timestamp": at, "level": "ERROR", "fields": {"message": sentence}}));
        }
    }
}

fn start_logging(wanted: &str, format: LogFormat) {
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|error| {
        eprintln!("daymark: the log setting cannot be read ({error}); using info");
        EnvFilter::new("info")
    });
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let layer: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Human => layer.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => layer.json().boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(filter.and(filter_fn(is_allowed)))).init();
}

/// A filter of its own, because a directive such as `serenity::gateway=trace` would win over any cap
/// that is only another directive.
fn is_allowed(about: &Metadata<'_>) -> bool {
    let target = about.target();
    let capped = CAPPED
        .iter()
        .find(|(name, _)| target.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")));
    capped.is_none_or(|(_, most)| about.level() <= most)
}
