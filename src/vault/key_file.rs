//! The file of the operator's key: one line, readable by its owner alone, made whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::master::random;
use super::{KeyTextError, MasterKey, VaultError};

/// Largest key file, in bytes; a key has 60. What is larger is something else.
pub const MAX_KEY_FILE_BYTES: u64 = 4096;

/// Why the key file cannot be used. Names the file, never its content.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is no such file.
    #[error("there is no key file {}; put it back from where it was kept. Without it nothing that members wrote can be read; to begin anew, move the database away too", .0.display())]
    Missing(PathBuf),
    /// Others can read or change it.
    #[error("the key file {} is open to others (mode {mode:03o}); run: chmod 600 {}", path.display(), quoted(path))]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It does not hold a key.
    #[error("the key file {} cannot be used: {why}", path.display())]
    NotAKey {
        /// The file.
        path: PathBuf,
        /// What is wrong with its text.
        why: KeyTextError,
    },
    /// It is a folder, a device, or far too large.
    #[error("{} is not a key file", .0.display())]
    NotAFile(PathBuf),
    /// It could not be read.
    #[error("the key file {} cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It could not be made.
    #[error("the key file {} cannot be made: {source}. Make its folder writable for this user, or point `key_file` somewhere else", path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No key could be drawn.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl MasterKey {
    /// Reads the key file. Use this when wrapped keys exist already: a new key could open none of them.
    ///
    /// # Errors
    /// Missing, open to others, not a key, or not readable: one sentence each.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let about = fs::metadata(path).map_err(|source| unreadable(path, source))?;
        if !about.is_file() || about.len() > MAX_KEY_FILE_BYTES {
            return Err(KeyFileError::NotAFile(path.to_owned()));
        }
        let file = File::open(path).map_err(|source| unreadable(path, source))?;
        refuse_exposed(path, &file)?;
        // Room for the whole file from the start, so that no copy is left behind by growing.
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_FILE_BYTES as usize));
        let mut limited = file.take(MAX_KEY_FILE_BYTES);
        limited.read_to_end(&mut bytes).map_err(|source| unreadable(path, source))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| KeyTextError::NotAKey);
        text.and_then(Self::from_text).map_err(|why| KeyFileError::NotAKey { path: path.to_owned(), why })
    }

    /// Reads the key file, or makes it with a new random key on first start: mode 0600, whole or not at all, and
    /// never over a file that is there. When several processes start at once, all get the same key.
    ///
    /// # Errors
    /// As [`MasterKey::load`], and when the file cannot be made. An existing file is never changed.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyFileError> {
        match Self::load(path) {
            Err(KeyFileError::Missing(_)) => {}
            outcome => return outcome,
        }
        let key = Self::generate()?;
        match publish(path, key.to_line().as_bytes())? {
            Published::Ours => Ok(key),
            Published::Theirs => Self::load(path),
        }
    }
}

/// Whose key became the file.
enum Published {
    Ours,
    Theirs,
}

/// Writes the line beside the place and links it there: the link is made whole, and only if nothing is there. The
/// folder is made if it is not there yet.
fn publish(path: &Path, line: &[u8]) -> Result<Published, KeyFileError> {
    let failed = |source| KeyFileError::Create { path: path.to_owned(), source };
    let mut tail = [0_u8; 8];
    random(&mut tail)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let draft = Draft(folder.join(format!(".daymark-key-{:016x}", u64::from_be_bytes(tail))));
    write_new(&draft.0, line).map_err(failed)?;
    let published = match fs::hard_link(&draft.0, path) {
        Ok(()) => Published::Ours,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Published::Theirs,
        Err(error) => return Err(failed(error)),
    };
    drop(draft);
    // So that the name survives a loss of power too.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(published)
}

/// A file that is removed again whatever happens.
struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        // If this fails, a draft of mode 0600 stays behind: nothing uses it and nobody else can read it.
        let _ = fs::remove_file(&self.0);
    }
}

fn write_new(path: &Path, line: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(line)?;
    file.sync_all()
}

#[cfg(unix)]
fn refuse_exposed(path: &Path, file: &File) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt;
    // Asked of the open file, so that nothing can be swapped in between.
    let mode = file.metadata().map_err(|source| unreadable(path, source))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyFileError::Exposed { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn refuse_exposed(_: &Path, _: &File) -> Result<(), KeyFileError> {
    Ok(())
}

fn unreadable(path: &Path, source: io::Error) -> KeyFileError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound => KeyFileError::Missing(path),
        _ => KeyFileError::Read { path, source },
    }
}

/// The path as a shell takes it.
fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    if shown.chars().all(plain) { shown } else { format!("'{}'", shown.replace('\'', r"'\''")) }
}
