//! `daymark backup` and `daymark restore`.

use std::path::PathBuf;

use clap::Args;

use super::say;
use crate::app::{self, Ended};
use crate::config::Config;
use crate::database;

/// What `backup` can be told.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write; it must not exist yet
    to: PathBuf,
    /// Copy the members' keys instead of the data. Keep these copies apart and for fewer days: whoever is
    /// forgotten is forgotten in old backups only when the old keys are gone
    #[arg(long)]
    keys: bool,
}

/// What `restore` can be told.
#[derive(Debug, Args)]
pub struct Restore {
    /// A file that `backup` wrote
    from: PathBuf,
    /// It holds the members' keys instead of the data
    #[arg(long)]
    keys: bool,
}

/// Writes a consistent copy; the bot may go on meanwhile.
pub async fn backup(config: Config, options: Backup) -> Result<(), Ended> {
    database::back_up(&config.database, &options.to, options.keys)
        .await
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    say(format_args!("Written: {}", options.to.display()));
    Ok(())
}

/// Puts a checked copy in place; what was there is kept beside it. Not while the bot runs: it would go on writing
/// into what was put aside.
pub async fn restore(config: Config, options: Restore) -> Result<(), Ended> {
    let _lock = app::lock(&config.database)?;
    let kept = database::restore(&options.from, &config.database, options.keys)
        .await
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    match kept {
        Some(aside) => say(format_args!(
            "Restored. What was there before is kept as {}; delete it when you no longer need it.",
            aside.display()
        )),
        None => say("Restored."),
    }
    Ok(())
}
