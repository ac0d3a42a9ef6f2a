//! `daymark rekey`: another operator's key, without a word of a member being lost.
//!
//! The bot is stopped for it: the keys of a thousand members are wrapped anew in a blink, and two programs that
//! each believe in another key would be worse than a pause of seconds. It can be broken off at any point, by a
//! power cut too, and run again; each step looks at what is there and goes on from it:
//! ```text
//! draw     a new key lies beside the old one (KEY.next); nothing else has changed
//! rewrap   every member's key is wrapped by the new one, in one transaction, with its fingerprint
//! publish  the old key is kept aside (KEY.before-rekey), and the new one takes its place
//! ```
//! Where the key comes from a secret store or the environment, the operator puts the new one there.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::Args;

use super::say;
use crate::app::{self, Ended};
use crate::config::Config;
use crate::database::Database;
use crate::groups;
use crate::vault::MasterKey;

/// What `rekey` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// Where the new key is written; needed when the key comes from key_command or DAYMARK_KEY
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

/// One step; taking it again changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new key is drawn.
    Draw,
    /// Every member's key is wrapped by it.
    Rewrap,
    /// It takes the place of the old one.
    Publish,
}

impl Step {
    /// In order.
    pub const ALL: [Self; 3] = [Self::Draw, Self::Rewrap, Self::Publish];
}

/// Changes the operator's key.
pub async fn run(config: Config, options: Options) -> Result<(), Ended> {
    let _lock = app::lock(&config.database)?;
    if !Database::has_keys(&config.database) {
        return Err(Ended::Configuration(format!(
            "there is nothing to wrap anew: {} has no members' keys beside it.",
            config.database.display()
        )));
    }
    let next = match (options.to, config.key_is_a_file()) {
        (Some(to), _) => to,
        (None, true) => config.next_key_file(),
        (None, false) => {
            return Err(Ended::Configuration(format!(
                "the key comes from {}: name a file for the new one, such as `daymark rekey --to new.key`, and put it into your store when this is done.",
                config.key_named()
            )));
        }
    };
    for step in Step::ALL {
        take(&config, &next, step).await?;
    }
    if config.key_is_a_file() {
        say(format_args!(
            "Done. {} is the new key; keep a copy of it in a safe place. The old one is kept beside it for backups of the members' keys from before; delete it when they are gone.",
            config.key_file.display()
        ));
    } else {
        say(format_args!(
            "Done. Put the line of {} where {} takes it from, before the next start, and delete the file. Keep the old key for backups of the members' keys from before.",
            next.display(),
            config.key_named()
        ));
    }
    Ok(())
}

/// Takes one step; `next` is where the new key lies until it is published.
///
/// # Errors
/// What the operator can put right; nothing is lost then.
pub async fn take(config: &Config, next: &Path, step: Step) -> Result<(), Ended> {
    let said = |error: &dyn std::fmt::Display| Ended::Configuration(error.to_string());
    match step {
        Step::Draw => MasterKey::load_or_create(next).map(drop).map_err(|error| said(&error)),
        Step::Rewrap => {
            let fresh = MasterKey::load(next).map_err(|error| said(&error))?;
            // Opened before anything of the database is, so that a key that cannot be read is told first.
            let old = app::master(config, false);
            let database = Database::open(&config.database).await.map_err(|error| said(&error))?;
            let done = rewrap(config, &database, old, &fresh).await;
            if done.is_ok() {
                // What was wrapped before is gone from the disk, too.
                database.fold().await;
            }
            database.close().await;
            done
        }
        Step::Publish if config.key_is_a_file() => publish(&config.key_file, next).map_err(|error| {
            Ended::Configuration(format!(
                "{} cannot take the place of {}: {error}. Move it there yourself; the old key is needed for old backups only.",
                next.display(),
                config.key_file.display()
            ))
        }),
        Step::Publish => Ok(()),
    }
}

async fn rewrap(
    config: &Config,
    database: &Database,
    old: Result<MasterKey, Ended>,
    fresh: &MasterKey,
) -> Result<(), Ended> {
    let kept = groups::store::fingerprint(database.read_keys()).await?;
    if kept.as_deref() == Some(fresh.fingerprint()) {
        // Broken off after this step.
        return Ok(());
    }
    let old = old?;
    if kept.as_deref().is_some_and(|kept| kept != old.fingerprint()) {
        return Err(Ended::Configuration(format!(
            "{} is not the key this database was begun with. Put the right key there; nothing was changed.",
            config.key_named()
        )));
    }
    groups::actions::rewrap(database, &old, fresh).await?;
    Ok(())
}

/// The new key takes the old one's place in one move; the old one stays under another name.
fn publish(key_file: &Path, next: &Path) -> std::io::Result<()> {
    let aside = (1..)
        .map(
            |n: u32| {
                if n == 1 { ending(key_file, "before-rekey") } else { ending(key_file, &format!("before-rekey-{n}")) }
            },
        )
        .find(|name| !name.exists());
    if let Some(aside) = aside.filter(|_| key_file.exists()) {
        fs::hard_link(key_file, aside)?;
    }
    fs::rename(next, key_file)?;
    let folder = key_file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // So that the names survive a loss of power too.
    File::open(folder)?.sync_all()
}

fn ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
