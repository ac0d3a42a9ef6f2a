//! `daymark backup` and `daymark restore`.

use std::path::PathBuf;

use clap::Args;

use super::say;
use crate::app::{self, Ended};
use crate::config::Config;
use crate::database::{self, Database};
use crate::groups::store::Forgotten;
use crate::privacy;

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
/// into what was put aside. Whoever was forgotten since the copy was made stays forgotten.
pub async fn restore(config: Config, options: Restore) -> Result<(), Ended> {
    let _lock = app::lock(&config.database)?;
    let forgotten = forgotten(&config).await;
    let kept = database::restore(&options.from, &config.database, options.keys)
        .await
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    if !forgotten.is_empty() {
        let database =
            Database::open(&config.database).await.map_err(|error| Ended::Configuration(error.to_string()))?;
        let carried = privacy::actions::carry_over(&database, &forgotten).await;
        database.fold().await;
        database.close().await;
        carried?;
    }
    match kept {
        Some(aside) => say(format_args!(
            "Restored. What was there before is kept as {}; delete it when you no longer need it.",
            aside.display()
        )),
        None => say("Restored."),
    }
    Ok(())
}

/// Who was forgotten, as far as it can be read: a restore may be wanted because it cannot.
async fn forgotten(config: &Config) -> Vec<Forgotten> {
    if !config.database.exists() || !Database::has_keys(&config.database) {
        return Vec::new();
    }
    let database = match Database::open_existing(&config.database).await {
        Ok(database) => database,
        Err(error) => {
            tracing::warn!(%error, "who was forgotten cannot be read before the restore");
            return Vec::new();
        }
    };
    let found = privacy::actions::forgotten(&database).await;
    database.close().await;
    found.unwrap_or_else(|error| {
        tracing::warn!(error = format!("{error:#}"), "who was forgotten cannot be read before the restore");
        Vec::new()
    })
}
