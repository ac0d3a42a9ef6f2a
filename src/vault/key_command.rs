//! The operator's key from a secret store: a program that prints it, run without a shell.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::key_file::MAX_KEY_FILE_BYTES;
use super::{KeyTextError, MasterKey};

/// How long the program may take: a store on the network and a slow disk are quicker, and a start that hangs for
/// ever is nobody's help.
const WITHIN: Duration = Duration::from_secs(10);
/// How long it may go on after it has said everything.
const END_WITHIN: Duration = Duration::from_secs(1);
/// How often we look whether it has ended.
const LOOK: Duration = Duration::from_millis(10);
/// Secrets of ours that the program does not need to see.
const NOT_TOLD: [&str; 2] = ["DISCORD_TOKEN", "DAYMARK_KEY"];

/// Why the program gave no key. Names the program, never anything it said.
#[derive(Debug, thiserror::Error)]
pub enum KeyCommandError {
    /// The list is empty.
    #[error("key_command is empty; name a program and its arguments")]
    Empty,
    /// It cannot be run.
    #[error("the key_command {program} cannot be run: {source}. Name it with its whole path, or put it on PATH")]
    Run {
        /// The program.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It took too long.
    #[error(
        "the key_command {program} said nothing for ten seconds and was ended; run it by hand to see what it waits for"
    )]
    Slow {
        /// The program.
        program: String,
    },
    /// It ended with an error.
    #[error("the key_command {program} failed ({how}); run it by hand to see why")]
    Failed {
        /// The program.
        program: String,
        /// Its exit status.
        how: String,
    },
    /// It said something that is no key.
    #[error("what the key_command {program} printed cannot be used: {why}")]
    NotAKey {
        /// The program.
        program: String,
        /// What is wrong with its text.
        why: KeyTextError,
    },
}

impl MasterKey {
    /// Runs a program with its arguments, as they are, and reads the key from its standard output. Its standard
    /// input is empty, and what it says on standard error is dropped: it could be a secret.
    ///
    /// # Errors
    /// One sentence for each way in which there is no key.
    pub fn from_command(command: &[String]) -> Result<Self, KeyCommandError> {
        let (program, arguments) = command.split_first().ok_or(KeyCommandError::Empty)?;
        let named = || program.clone();
        let mut call = Command::new(program);
        call.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        for secret in NOT_TOLD {
            call.env_remove(secret);
        }
        let mut child = call.spawn().map_err(|source| KeyCommandError::Run { program: named(), source })?;
        let said = hear(&mut child);
        let said = match said.recv_timeout(WITHIN) {
            Ok(said) => said,
            Err(_) => {
                end(&mut child);
                return Err(KeyCommandError::Slow { program: named() });
            }
        };
        if let Some(how) = failed(&mut child) {
            return Err(KeyCommandError::Failed { program: named(), how });
        }
        let text = std::str::from_utf8(&said).map_err(|_| KeyTextError::NotAKey);
        text.and_then(Self::from_text).map_err(|why| KeyCommandError::NotAKey { program: named(), why })
    }
}

/// What the program writes to standard output, up to the size of a key file; sent when it has written all of it.
fn hear(child: &mut Child) -> mpsc::Receiver<Zeroizing<Vec<u8>>> {
    let (tell, heard) = mpsc::sync_channel(1);
    if let Some(out) = child.stdout.take() {
        // Room for all of it from the start, so that no copy is left behind by growing.
        let mut said = Zeroizing::new(Vec::with_capacity(MAX_KEY_FILE_BYTES as usize));
        std::thread::spawn(move || {
            // What was read before an error is no key, and is told as that.
            let _ = out.take(MAX_KEY_FILE_BYTES).read_to_end(&mut said);
            let _ = tell.send(said);
        });
    }
    heard
}

/// How the program failed, if it did; one that goes on for no reason is ended, which is no failure.
fn failed(child: &mut Child) -> Option<String> {
    for _ in 0..END_WITHIN.as_millis() / LOOK.as_millis() {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return None,
            Ok(Some(status)) => return Some(status.to_string()),
            Ok(None) => std::thread::sleep(LOOK),
            Err(error) => return Some(error.to_string()),
        }
    }
    end(child);
    None
}

fn end(child: &mut Child) {
    // It may have ended by itself in this moment.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn run(words: &[&str]) -> Result<MasterKey, KeyCommandError> {
        MasterKey::from_command(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_program_gives_the_key_without_a_shell() {
        let line = MasterKey::generate().unwrap().to_line();
        let key = run(&["printf", "%s\\n", line.trim()]).unwrap();
        assert_eq!(key.to_line().as_str(), line.as_str());
        // A shell would run what is between the backticks, and join these two.
        assert!(matches!(run(&["printf", "`true`", ";", "true"]), Err(KeyCommandError::NotAKey { .. })));
    }

    #[test]
    fn what_gives_no_key_is_told_by_name_and_never_by_what_it_said() {
        let table: &[(&[&str], &str)] = &[
            (&[], "empty"),
            (&["/nowhere/at-all"], "cannot be run"),
            (&["false"], "failed (exit status: 1)"),
            (&["true"], "the key is empty"),
            (&["printf", "planted-secret"], "not a key of Daymark"),
            (&["yes", "planted-secret"], "failed"),
        ];
        for (command, words) in table {
            let said = run(command).map(|_| "a key").unwrap_err().to_string();
            assert!(said.contains(words) && !said.contains("planted"), "{command:?}: {said}");
        }
    }
}
