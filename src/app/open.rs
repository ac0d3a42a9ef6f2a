//! Opening: what only needs reading (lexicon, helplines, declared countries), the lock, the operator's key, the
//! database, in this order. Nothing is made or changed before it is sure that the configuration can be used.

use std::path::Path;
use std::sync::Arc;

use secrecy::ExposeSecret as _;

use super::Ended;
use crate::clock::{Bell, Clock};
use crate::config::Config;
use crate::coping::Library;
use crate::crisis::lexicon::Lexicon;
use crate::database::{Database, OpenError};
use crate::deps::Deps;
use crate::groups;
use crate::helplines::Directory;
use crate::roster::Roster;
use crate::vault::{MasterKey, Vault};

/// What lies below Discord, opened for writing, and the lock that keeps everybody else from that.
pub struct Opened {
    /// The parts.
    pub deps: Deps,
    /// Held while we run; the system lets go of it when the process ends, however it ends.
    pub(super) lock: std::fs::File,
}

impl std::ops::Deref for Opened {
    type Target = Deps;

    fn deref(&self) -> &Deps {
        &self.deps
    }
}

/// The words and lines that are read once, at start. Cheap to clone.
#[derive(Clone)]
pub struct Read {
    lexicon: Lexicon,
    helplines: Arc<Directory>,
    coping: Arc<Library>,
}

/// Reads the lexicon and the helplines that a configuration names.
///
/// # Errors
/// Everything that is wrong with one of them.
pub fn read(config: &Config) -> Result<Read, Ended> {
    // One after the other: side by side is 15 ms faster and costs 1 MiB at idle (measured), which is dearer.
    let lexicon = made_apart(|| open_lexicon(config.lexicon.as_deref()), Lexicon::copied)?;
    let helplines = made_apart(|| open_helplines(config.helplines.as_deref()), Directory::copied)?;
    let coping = Library::embedded()
        .map_err(|problems| Ended::Configuration(format!("The coping skills cannot be used.\n{problems}")))?;
    Ok(Read { lexicon, helplines: Arc::new(helplines), coping: Arc::new(coping) })
}

/// Opens everything that lies below Discord. Nothing is made or changed before it is sure that the configuration
/// can be used and that no other Daymark works on these files.
///
/// # Errors
/// One sentence for each thing the operator can put right.
pub async fn open(config: Config, clock: Clock) -> Result<Opened, Ended> {
    let read = read(&config)?;
    open_with(config, clock, read).await
}

/// As [`open`], with words and lines that were read before: where many bots are started in one process.
///
/// # Errors
/// As [`open`].
pub async fn open_with(mut config: Config, clock: Clock, read: Read) -> Result<Opened, Ended> {
    know_countries(&mut config, &read)?;
    let lock = lock(&config.database)?;
    let vault = open_vault(&config)?;
    let database = Database::open(&config.database).await.map_err(|error| Ended::Configuration(error.to_string()))?;
    let deps = Deps {
        clock,
        config: Arc::new(config),
        database,
        vault: Arc::new(vault),
        helplines: read.helplines,
        coping: read.coping,
        roster: Arc::new(Roster::default()),
        lexicon: read.lexicon,
        courier: Bell::default(),
        planner: Bell::default(),
        acting: None,
    };
    if let Err(sentence) = groups::actions::check_key(&deps).await? {
        deps.database.close().await;
        return Err(Ended::Configuration(sentence));
    }
    let next = deps.config.next_key_file();
    if next.exists() {
        tracing::warn!(file = %next.display(), "a new operator's key lies beside the old one: run daymark rekey to finish, or put it into your secret store and delete the file");
    }
    Ok(Opened { deps, lock })
}

/// Brings the countries of declared groups to the codes of the helplines.
///
/// # Errors
/// Names every group whose country has no helplines.
pub fn know_countries(config: &mut Config, read: &Read) -> Result<(), Ended> {
    let mut problems = Vec::new();
    for (index, group) in config.groups.iter_mut().enumerate() {
        match read.helplines.find_country(&group.country) {
            Some(country) => group.country = country.code.to_string(),
            None => problems.push(format!(
                "group[{}].country \"{}\" is no country of the helplines; write one of theirs, such as \"US\" or \"GB\"",
                index + 1,
                group.country
            )),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Ended::Configuration(problems.join("\n"))) }
}

/// A key is made only for an installation that has no data yet: where members' keys exist, a missing key
/// file is a loss to be told, not a reason for a fresh key that opens nothing.
fn open_vault(config: &Config) -> Result<Vault, Ended> {
    Ok(following(config, master(config, !Database::has_keys(&config.database))?))
}

/// The vault of a program during which the key may be changed: a new one lies beside the key file until it takes its
/// place, so it is looked for there first.
fn following(config: &Config, master: MasterKey) -> Vault {
    let places = [Some(config.next_key_file()), config.key_is_a_file().then(|| config.key_file.clone())];
    let found = move || places.iter().flatten().filter_map(|path| MasterKey::load(path).ok()).collect();
    Vault::following(master, Box::new(found))
}

/// The operator's key, from wherever the configuration says; only a key file is made when there is none.
///
/// # Errors
/// One sentence that says what is wrong with it, and no part of it.
pub fn master(config: &Config, may_make: bool) -> Result<MasterKey, Ended> {
    let said = |error: &dyn std::fmt::Display| Ended::Configuration(error.to_string());
    match (&config.key, &config.key_command) {
        (Some(key), _) => MasterKey::from_text(key.expose_secret())
            .map_err(|why| Ended::Configuration(format!("DAYMARK_KEY cannot be used: {why}"))),
        (None, Some(command)) => MasterKey::from_command(command).map_err(|error| said(&error)),
        (None, None) if may_make => MasterKey::load_or_create(&config.key_file).map_err(|error| said(&error)),
        (None, None) => MasterKey::load(&config.key_file).map_err(|error| said(&error)),
    }
}

/// Makes something on a thread of its own and keeps a copy of it. Reading and compiling leave several times as
/// much rubbish behind as what they make; the allocator gives a thread's memory back only when the thread itself
/// has let go of all of it, so it drops the original after the copy was made (measured: 10 MiB less at idle).
fn made_apart<T: Send + Sync>(
    make: impl FnOnce() -> Result<T, Ended> + Send,
    copy: impl FnOnce(&T) -> T,
) -> Result<T, Ended> {
    let (give, take) = std::sync::mpsc::sync_channel::<Arc<T>>(0);
    let (done, wait) = std::sync::mpsc::sync_channel::<()>(0);
    std::thread::scope(|scope| {
        let thread = scope.spawn(move || {
            let made = Arc::new(make()?);
            if give.send(Arc::clone(&made)).is_ok() {
                // An error means that nobody copies any more, which is the same.
                let _ = wait.recv();
            }
            Ok(())
        });
        let kept = take.recv().map(|made| copy(&made));
        drop(done);
        match thread.join() {
            Ok(ended) => ended.and_then(|()| Ok(kept?)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Opens the built-in lexicon, or the files of a folder.
///
/// # Errors
/// Every problem of the files.
pub fn open_lexicon(folder: Option<&Path>) -> Result<Lexicon, Ended> {
    let lexicon = match folder {
        Some(folder) => Lexicon::load(folder),
        None => Lexicon::embedded(),
    };
    lexicon.map_err(|error| Ended::Configuration(format!("The lexicon cannot be used.\n{error}")))
}

/// The vault, if its key is there already; nothing is made.
///
/// # Errors
/// When the key cannot be used, or is missing where members' keys need it.
pub fn existing_vault(config: &Config) -> Result<Option<Vault>, Ended> {
    if config.key_is_a_file() && !Database::has_keys(&config.database) && !config.key_file.exists() {
        return Ok(None);
    }
    Ok(Some(following(config, master(config, false)?)))
}

/// Opens the built-in helplines, or those of a file.
///
/// # Errors
/// Every problem of the file.
pub fn open_helplines(path: Option<&Path>) -> Result<Directory, Ended> {
    let Some(path) = path else {
        return Directory::embedded().map_err(|problems| Ended::Configuration(problems.to_string()));
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Ended::Configuration(format!("{} cannot be read: {error}", path.display())))?;
    Directory::parse(&text).map_err(|problems| Ended::Configuration(format!("{}: {problems}", path.display())))
}

/// Keeps a second bot from running on the same data (two couriers would say everything twice), and anybody from
/// taking the data away from under one that runs.
///
/// # Errors
/// When one is running.
pub fn lock(database: &Path) -> Result<std::fs::File, Ended> {
    let why = "another Daymark is running on this database. Stop it first, or give this one a database of its own.";
    lock_named(database, "lock", why)
}

/// Keeps two changes of the operator's key from running at once; the bot may run beside one.
///
/// # Errors
/// When one is running.
pub fn lock_rekey(database: &Path) -> Result<std::fs::File, Ended> {
    lock_named(database, "rekey-lock", "another `daymark rekey` is running. Wait for it, or end it.")
}

fn lock_named(database: &Path, ending: &str, held: &str) -> Result<std::fs::File, Ended> {
    let path = database.with_extension(ending);
    let said = |why: String| Ended::Configuration(format!("{}: {why}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|source| {
            Ended::Configuration(OpenError::Folder { path: folder.to_path_buf(), source }.to_string())
        })?;
    }
    let file = std::fs::File::create(&path).map_err(|error| {
        let reason = format!("its lock {} cannot be made: {error}", path.display());
        Ended::Configuration(OpenError::Sqlite { path: database.to_path_buf(), reason }.to_string())
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(said(held.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(said(error.to_string())),
    }
}
