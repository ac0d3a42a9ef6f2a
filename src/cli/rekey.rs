//! `daymark rekey`: another operator's key, without a word of a member being lost, while the bot runs.
//!
//! It can be broken off at any point, by a power cut too, and run again; each step looks at what is there and goes on
//! from it:
//! ```text
//! draw     a new key lies beside the old one (KEY.next); nothing else has changed
//! rewrap   every member's key is wrapped by the new one, in one transaction, with its fingerprint
//! publish  the old key is kept aside (KEY.before-rekey), and the new one takes its place
//! ```
//! Because the second step is one transaction, every member's key is wrapped by one and the same key at any moment,
//! and that key's fingerprint stands beside them. A bot that runs, or starts, between two steps finds the new key
//! where it lies (KEY.next, then KEY) at the first member's key that the old one does not open, and asks which one is
//! in force in the transaction that keeps a new member's key: see `vault::Vault::accept`. Ten thousand keys take a
//! tenth of a second, and nothing waits for it but somebody's very first answer.
//!
//! Where the key comes from a secret store or the environment, the new one stays at KEY.next, where the bot finds it,
//! until the operator has put it there; in a file of another name no bot would find it, so then it must be stopped.

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
    /// Where the new key is written; with another place than usual the bot must be stopped
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

/// How often the log of the keys is folded before we say that somebody was in the way; each try waits a moment.
const FOLDS: usize = 8;

/// Changes the operator's key.
pub async fn run(config: Config, options: Options) -> Result<(), Ended> {
    if !Database::has_keys(&config.database) {
        return Err(Ended::Configuration(format!(
            "there is nothing to wrap anew: {} has no members' keys beside it.",
            config.database.display()
        )));
    }
    let _one = app::lock_rekey(&config.database)?;
    let next = options.to.unwrap_or_else(|| config.next_key_file());
    // A bot that runs looks for the new key in one place only.
    let _alone = if next == config.next_key_file() { None } else { Some(app::lock(&config.database)?) };
    if !config.key_is_a_file() && next.exists() {
        let (old, fresh) = (app::master(&config, false)?, MasterKey::load(&next));
        if fresh.is_ok_and(|fresh| fresh.fingerprint() == old.fingerprint()) {
            return Err(Ended::Configuration(format!(
                "{} holds the key that is in use already, from the last change. Delete that file, then run this again.",
                next.display()
            )));
        }
    }
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
            "Done. Put the line of {} where {} takes it from, and then delete the file. Keep the old key for backups of the members' keys from before.",
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
        Step::Draw => {
            MasterKey::load_or_create(next).map_err(|error| said(&error))?;
            // Root may do this for a bot that is another user, and that must be able to read it.
            given_to_the_owner_of(&config.database, next)
                .map_err(|error| Ended::Configuration(format!("{} cannot be given to the bot's user: {error}", next.display())))
        }
        Step::Rewrap => {
            let fresh = MasterKey::load(next).map_err(|error| said(&error))?;
            // Opened before anything of the database is, so that a key that cannot be read is told first.
            let old = app::master(config, false);
            let database = Database::open_keys(&config.database).await.map_err(|error| said(&error))?;
            let mut done = rewrap(config, &database, old, &fresh).await;
            if done.is_ok() {
                done = fold(&database).await;
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

/// Folds the log of the members' keys, so that what was wrapped before is gone from the disk, too.
async fn fold(database: &Database) -> Result<(), Ended> {
    for _ in 0..FOLDS {
        if database.fold_keys().await? {
            return Ok(());
        }
    }
    Err(Ended::Configuration(
        "the members' keys are wrapped anew, and what was wrapped before may still lie in the log of keys.db: another program is reading it. Run `daymark rekey` once more, which finishes it.".to_owned(),
    ))
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

/// Gives a file to whom another belongs, where that is somebody else.
fn given_to_the_owner_of(other: &Path, path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let (wanted, found) = (fs::metadata(other)?, fs::metadata(path)?);
        if (wanted.uid(), wanted.gid()) != (found.uid(), found.gid()) {
            std::os::unix::fs::chown(path, Some(wanted.uid()), Some(wanted.gid()))?;
        }
    }
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
