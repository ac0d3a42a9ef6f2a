//! The database: how the files are opened, and the two ways in (one writer, many readers).
//!
//! Two SQLite files: the data, and beside it `keys.db` with the members' wrapped keys, so that a
//! forgotten key is gone even where an old backup of the data is kept. Both are in WAL mode with
//! foreign keys, full synchronisation and secure deletion. There is one writing connection; every write
//! transaction begins immediate, so that two never fail each other (SQLite allows one writer).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Sqlite, SqliteConnection, SqlitePool, Transaction};

/// How long a connection waits for another's lock before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long folding the write-ahead log waits for others; somebody may be waiting for an answer meanwhile.
const FOLD_WAITS: Duration = Duration::from_millis(250);
/// Reading connections; more than the two cores of a small machine can use brings nothing.
const READERS: u32 = 3;
/// Page cache of one connection in KiB; the hot pages of a few hundred groups fit.
const CACHE_KIB: u32 = 512;

static DATA: Migrator = sqlx::migrate!("./migrations");
static KEYS: Migrator = sqlx::migrate!("./migrations/keys");

/// The open files. Cloning is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct Database {
    path: PathBuf,
    writer: SqlitePool,
    readers: SqlitePool,
    keys: SqlitePool,
    /// Whether a write-ahead log may still hold what was deleted.
    unfolded: Arc<AtomicBool>,
}

/// Why a database could not be opened, as a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer Daymark has written the file.
    #[error(
        "{path} was written by a newer Daymark (its migration {version} is unknown here). Install that version or restore an older backup; nothing was changed."
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The migration this binary does not know.
        version: i64,
    },
    /// An older Daymark has written the file, and here nothing may be changed.
    #[error(
        "{path} was written by an older Daymark. Make a backup, then `daymark run` brings it up to date; nothing was changed."
    )]
    Older {
        /// The file.
        path: PathBuf,
    },
    /// A migration that was applied has another text here.
    #[error(
        "{path} was set up by a different build (migration {version} differs). Use the build that wrote it; nothing was changed."
    )]
    Different {
        /// The file.
        path: PathBuf,
        /// The migration that differs.
        version: i64,
    },
    /// There is no such file, where one must be.
    #[error("there is no database {path}. Point `database` (DAYMARK_DATABASE) to the one you mean.")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// What is to be restored is something else.
    #[error(
        "{path} is not a backup of Daymark's {what}; nothing was changed. Name a file that `daymark backup` wrote, with --keys for members' keys and without it for the data."
    )]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What was looked for in it.
        what: &'static str,
    },
    /// What is to be restored is damaged.
    #[error("{path} is damaged ({reason}); nothing was changed. Restore another copy.")]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        reason: String,
    },
    /// The folder cannot be made.
    #[error("the folder {path} cannot be made: {source}. Make it, or point `database` somewhere else.")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error(
        "{path} cannot be opened: {reason}. Check that the disk has room and that the file is a SQLite database this user may write."
    )]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        reason: String,
    },
}

impl OpenError {
    /// The same about another file: the one that was named, not the working copy of it.
    fn about(self, named: &Path) -> Self {
        let path = named.to_path_buf();
        match self {
            Self::Newer { version, .. } => Self::Newer { path, version },
            Self::Different { version, .. } => Self::Different { path, version },
            Self::Sqlite { reason, .. } => Self::Unsound { path, reason },
            other => other,
        }
    }
}

impl Database {
    /// Opens (or makes) the data file at `path` and `keys.db` beside it, and brings both up to date.
    ///
    /// # Errors
    /// Says in one sentence what is wrong with which file; a file from a newer version is left as it is.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|source| OpenError::Folder { path: folder.to_path_buf(), source })?;
        }
        let keys_path = keys_beside(path);
        let writer = open_writer(path, &DATA).await?;
        let keys = match open_writer(&keys_path, &KEYS).await {
            Ok(keys) => keys,
            Err(error) => {
                writer.close().await;
                return Err(error);
            }
        };
        let readers = SqlitePoolOptions::new()
            .min_connections(0)
            .max_connections(READERS)
            .connect_with(options(path).read_only(true))
            .await
            .map_err(|error| failed(path, &error))?;
        // A run that ended in the middle may have left a log behind.
        let unfolded = Arc::new(AtomicBool::new(true));
        Ok(Self { path: path.to_path_buf(), writer, readers, keys, unfolded })
    }

    /// Opens what is there for reading alone: no file is made, nothing is migrated, every write is refused. The
    /// keys are opened when they are first asked for.
    ///
    /// # Errors
    /// When there is no data file, or another version of Daymark wrote it.
    pub async fn open_existing(path: &Path) -> Result<Self, OpenError> {
        if !path.exists() {
            return Err(OpenError::Missing { path: path.to_path_buf() });
        }
        let readers = open_reader(path);
        let keys = open_reader(&keys_beside(path));
        let known = check_version(path, &readers, &DATA).await;
        let known = match known {
            Ok(()) if keys_beside(path).exists() => check_version(&keys_beside(path), &keys, &KEYS).await,
            known => known,
        };
        let unfolded = Arc::new(AtomicBool::new(false));
        let found = Self { path: path.to_path_buf(), writer: readers.clone(), readers, keys, unfolded };
        match known {
            Ok(()) => Ok(found),
            Err(error) => {
                found.close().await;
                Err(error)
            }
        }
    }

    /// Opens the members' keys beside a data file at `path` for writing, and the data for reading when it is asked for,
    /// beside a bot that may be running: nothing is made and nothing is migrated.
    ///
    /// # Errors
    /// When there are no keys, or another version of Daymark wrote them.
    pub async fn open_keys(path: &Path) -> Result<Self, OpenError> {
        let keys_path = keys_beside(path);
        if !keys_path.exists() {
            return Err(OpenError::Missing { path: keys_path });
        }
        let looking = open_reader(&keys_path);
        let known = check_version(&keys_path, &looking, &KEYS).await;
        looking.close().await;
        known?;
        let keys = writer(&keys_path).await?;
        let readers = open_reader(path);
        let unfolded = Arc::new(AtomicBool::new(true));
        Ok(Self { path: path.to_path_buf(), writer: readers.clone(), readers, keys, unfolded })
    }

    /// Folds the write-ahead log of the members' keys into its file; whether nobody was in the way.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn fold_keys(&self) -> sqlx::Result<bool> {
        fold(&keys_beside(&self.path)).await
    }

    /// Whether there are members' keys beside a data file at `path`: the mark of an installation that has begun.
    pub fn has_keys(path: &Path) -> bool {
        keys_beside(path).exists()
    }

    /// Folds both write-ahead logs into their files and empties them, so that what was deleted can be read from
    /// the disk no more. Gives up soon when somebody is reading; [`Database::is_unfolded`] says so until it is done.
    pub async fn fold(&self) {
        self.unfolded.store(true, Ordering::Release);
        let mut done = true;
        for path in [self.path.clone(), keys_beside(&self.path)] {
            match fold(&path).await {
                Ok(folded) => done &= folded,
                Err(error) => {
                    tracing::warn!(file = %path.display(), %error, "the write-ahead log cannot be folded, trying again");
                    done = false;
                }
            }
        }
        if done {
            self.unfolded.store(false, Ordering::Release);
        }
    }

    /// Whether a write-ahead log may still hold what was deleted.
    pub fn is_unfolded(&self) -> bool {
        self.unfolded.load(Ordering::Acquire)
    }

    /// Begins a write transaction, immediate; dropping it rolls back.
    ///
    /// # Errors
    /// When the file stays locked beyond the busy time-out or cannot be written.
    pub async fn write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Begins a write transaction on `keys.db`, immediate.
    ///
    /// # Errors
    /// As [`Database::write`].
    pub async fn write_keys(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.keys.begin_with("BEGIN IMMEDIATE").await
    }

    /// Whether the data can be read just now.
    pub async fn answers(&self) -> bool {
        sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM guild").fetch_one(self.read()).await.is_ok()
    }

    /// The reading connections of the data file.
    pub fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// The connection of `keys.db`, for reading one member's wrapped key.
    pub fn read_keys(&self) -> &SqlitePool {
        &self.keys
    }

    /// Where the data file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes every connection, so that the WAL is folded back into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        self.keys.close().await;
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("trusted_schema", "OFF")
        .pragma("cache_size", format!("-{CACHE_KIB}"))
}

/// Makes a file that its owner alone can read, or takes from others what they could read of it; SQLite gives its
/// write-ahead log and index the rights of the file.
fn keep_private(path: &Path) -> Result<(), OpenError> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(path);
    #[cfg(unix)]
    let opened = opened.and_then(|file| {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = file.metadata()?.permissions().mode();
        if mode & 0o077 == 0 { Ok(()) } else { file.set_permissions(std::fs::Permissions::from_mode(mode & 0o700)) }
    });
    opened.map(drop).map_err(|error| OpenError::Sqlite { path: path.to_path_buf(), reason: error.to_string() })
}

async fn open_writer(path: &Path, migrations: &'static Migrator) -> Result<SqlitePool, OpenError> {
    let pool = writer(path).await?;
    let Err(error) = migrate(&pool, migrations).await else { return Ok(pool) };
    // Closed before we say so, or the program would end with files left beside the database.
    pool.close().await;
    Err(match error {
        MigrateError::VersionMissing(version) => OpenError::Newer { path: path.to_path_buf(), version },
        MigrateError::VersionMismatch(version) => OpenError::Different { path: path.to_path_buf(), version },
        other => OpenError::Sqlite { path: path.to_path_buf(), reason: other.to_string() },
    })
}

/// The one writing connection of a file.
async fn writer(path: &Path) -> Result<SqlitePool, OpenError> {
    keep_private(path)?;
    for ending in &ENDINGS[1..] {
        let beside = with_ending(path, ending);
        if beside.exists() {
            keep_private(&beside)?;
        }
    }
    let options = options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON");
    // When SQLite itself rolls back (a full disk does that), sqlx 0.9 goes on counting a transaction that is over
    // and begins no other on that connection, for ever: such a connection is replaced.
    SqlitePoolOptions::new()
        .max_connections(1)
        .before_acquire(|connection, _| Box::pin(std::future::ready(Ok(!connection.is_in_transaction()))))
        .connect_with(options)
        .await
        .map_err(|error| failed(path, &error))
}

/// Brings the schema up to date. A step that the power takes away is simply run again at the next start, so steps
/// are not synced one by one: the first thing written after them syncs them all (the log is one file). A fresh
/// database is ready 50 ms earlier for it.
async fn migrate(pool: &SqlitePool, migrations: &'static Migrator) -> Result<(), MigrateError> {
    sqlx::query("PRAGMA synchronous = NORMAL").execute(pool).await?;
    migrations.run(pool).await?;
    sqlx::query("PRAGMA synchronous = FULL").execute(pool).await?;
    Ok(())
}

/// Read-only would leave a log and its index behind; so it is opened as usual, and writing is switched off.
fn open_reader(path: &Path) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_lazy_with(options(path).create_if_missing(false).pragma("query_only", "ON"))
}

/// Whether exactly the migrations that this binary knows were applied.
async fn check_version(path: &Path, pool: &SqlitePool, known: &Migrator) -> Result<(), OpenError> {
    let applied: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(pool)
            .await
            .map_err(|error| failed(path, &error))?;
    let path = path.to_path_buf();
    for (version, checksum) in &applied {
        match known.iter().find(|one| one.version == *version) {
            None => return Err(OpenError::Newer { path, version: *version }),
            Some(one) if *one.checksum != **checksum => return Err(OpenError::Different { path, version: *version }),
            Some(_) => {}
        }
    }
    if applied.len() < known.iter().count() { Err(OpenError::Older { path }) } else { Ok(()) }
}

/// Folds one write-ahead log; says whether nobody was in the way. A connection of its own, so that waiting here
/// keeps nobody from the writing one.
async fn fold(path: &Path) -> sqlx::Result<bool> {
    let options = options(path).create_if_missing(false).busy_timeout(FOLD_WAITS);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let busy = sqlx::query_scalar::<_, i64>("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await;
    connection.close().await?;
    Ok(busy? == 0)
}

fn failed(path: &Path, error: &sqlx::Error) -> OpenError {
    OpenError::Sqlite { path: path.to_path_buf(), reason: error.to_string() }
}

/// Writes a consistent copy of the data file at `data`, or of `keys.db` beside it, to `to`, which must not exist yet.
/// The files are read as they are: an older installation is not brought up to date by copying it.
///
/// # Errors
/// When there is no database, or the copy exists already or cannot be written.
pub async fn back_up(data: &Path, to: &Path, keys: bool) -> Result<(), OpenError> {
    let from = if keys { keys_beside(data) } else { data.to_path_buf() };
    if !from.exists() {
        return Err(OpenError::Missing { path: from });
    }
    copy(&from, to).await
}

fn keys_beside(path: &Path) -> PathBuf {
    path.with_file_name("keys.db")
}

/// `VACUUM INTO` wants a writable connection of its own that is in no transaction.
async fn copy(from: &Path, to: &Path) -> Result<(), OpenError> {
    if to.exists() {
        return Err(OpenError::Sqlite {
            path: to.to_path_buf(),
            reason: "it exists already; choose another name".into(),
        });
    }
    // SQLite writes into a file that is there as long as it is empty; so the copy is private from its first byte.
    keep_private(to)?;
    let copied = copy_into(from, to).await;
    if copied.is_err() {
        let _ = std::fs::remove_file(to);
    }
    copied
}

async fn copy_into(from: &Path, to: &Path) -> Result<(), OpenError> {
    let mut connection = SqliteConnection::connect_with(&options(from)).await.map_err(|error| failed(from, &error))?;
    let done = sqlx::query("VACUUM INTO ?").bind(to.display().to_string()).execute(&mut connection).await;
    let closed = connection.close().await;
    done.map_err(|error| failed(to, &error))?;
    closed.map_err(|error| failed(from, &error))
}

/// Puts the file at `from` in the place of the data file (or of `keys.db`) after it was opened, checked and
/// found to be of a known version. What was there is renamed, and its new name returned.
///
/// # Errors
/// When `from` is not a sound database of this or an older Daymark; nothing was changed then.
pub async fn restore(from: &Path, data: &Path, keys: bool) -> Result<Option<PathBuf>, OpenError> {
    let (target, migrations) = if keys { (keys_beside(data), &KEYS) } else { (data.to_path_buf(), &DATA) };
    if !from.exists() {
        return Err(OpenError::Sqlite { path: from.to_path_buf(), reason: "there is no such file".into() });
    }
    let fresh = target.with_extension("restoring");
    let moved = |path: &Path, source: std::io::Error| OpenError::Folder { path: path.to_path_buf(), source };
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| moved(folder, error))?;
    }
    // Where a copy was made with other rights, ours is private all the same.
    let copied = keep_private(&fresh).and_then(|()| {
        let mut from = std::fs::File::open(from).map_err(|error| moved(from, error))?;
        let mut to = std::fs::File::create(&fresh).map_err(|error| moved(&fresh, error))?;
        std::io::copy(&mut from, &mut to).map_err(|error| moved(&fresh, error))
    });
    let checked = match copied {
        Ok(_) => check(from, &fresh, migrations, keys).await,
        Err(error) => Err(error),
    };
    if let Err(error) = checked {
        for ending in ENDINGS {
            let _ = std::fs::remove_file(with_ending(&fresh, ending));
        }
        return Err(error);
    }
    let aside = target.exists().then(|| unused(&target));
    if let Some(aside) = &aside {
        // What is still in the write-ahead log belongs to the old file and goes with it.
        for ending in ENDINGS {
            let (old, kept) = (with_ending(&target, ending), with_ending(aside, ending));
            if old.exists() {
                std::fs::rename(&old, &kept).map_err(|error| moved(&old, error))?;
            }
        }
    }
    std::fs::rename(&fresh, &target).map_err(|error| moved(&target, error))?;
    Ok(aside)
}

/// A database, its write-ahead log, and the log's index.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// A name beside `path` that nothing has, so that what an earlier restore put aside stays, too.
fn unused(path: &Path) -> PathBuf {
    let numbered = |n: u32| path.with_extension(format!("before-restore-{n}"));
    let first = path.with_extension("before-restore");
    std::iter::once(first).chain((2..).map(numbered)).find(|name| !name.exists()).unwrap_or_else(|| numbered(0))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Whether the copy at `path` of the file `from` is a sound database of ours and of this kind; then brings it up to
/// date.
async fn check(from: &Path, path: &Path, migrations: &'static Migrator, keys: bool) -> Result<(), OpenError> {
    // An empty file is a sound database, too; only ours has these tables.
    let table = if keys { "member_key" } else { "support_group" };
    let mut connection = SqliteConnection::connect_with(&options(path)).await.map_err(|error| unsound(from, &error))?;
    let found = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .bind(table)
        .fetch_one(&mut connection)
        .await;
    let closed = connection.close().await;
    if found.map_err(|error| unsound(from, &error))? == 0 {
        let what = if keys { "members' keys" } else { "data" };
        return Err(OpenError::NotABackup { path: from.to_path_buf(), what });
    }
    closed.map_err(|error| unsound(from, &error))?;
    let pool = open_writer(path, migrations).await.map_err(|error| error.about(from))?;
    let verdict = sqlx::query_scalar::<_, String>("PRAGMA integrity_check").fetch_one(&pool).await;
    pool.close().await;
    match verdict.map_err(|error| unsound(from, &error))? {
        verdict if verdict == "ok" => Ok(()),
        verdict => Err(OpenError::Unsound { path: from.to_path_buf(), reason: verdict }),
    }
}

fn unsound(path: &Path, error: &sqlx::Error) -> OpenError {
    OpenError::Unsound { path: path.to_path_buf(), reason: error.to_string() }
}
