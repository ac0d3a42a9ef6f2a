//! What actions need besides Discord, in one value that is cheap to clone.
//!
//! The lexicon is here as data (the engine in `crisis::lexicon` imports nothing of ours), so that a
//! modal of any slice can be read by the same words without a slice knowing another.

use std::sync::Arc;

use crate::clock::{Bell, Clock};
use crate::config::Config;
use crate::coping::Library;
use crate::crisis::lexicon::Lexicon;
use crate::database::Database;
use crate::helplines::Directory;
use crate::ids::UserId;
use crate::roster::Roster;
use crate::vault::Vault;

/// The parts of the program below Discord.
#[derive(Clone)]
pub struct Deps {
    /// The one clock.
    pub clock: Clock,
    /// The configuration as it was read at start.
    pub config: Arc<Config>,
    /// The data.
    pub database: Database,
    /// Sealing and opening.
    pub vault: Arc<Vault>,
    /// The helplines, in memory.
    pub helplines: Arc<Directory>,
    /// The coping skills, in memory.
    pub coping: Arc<Library>,
    /// What a crisis answer must know when the database is gone.
    pub roster: Arc<Roster>,
    /// The words that call for a pointer.
    pub lexicon: Lexicon,
    /// Rung after an envelope was enqueued, so that the courier looks at once.
    pub courier: Bell,
    /// Rung after something that changes what is due, so that the planner looks at once.
    pub planner: Bell,
    /// On whose word something is done: whoever pressed or ran the command; nobody for the clock and the file.
    pub acting: Option<UserId>,
}

impl Deps {
    /// The same parts, acting on somebody's word.
    #[must_use]
    pub fn on_the_word_of(&self, user: UserId) -> Self {
        Self { acting: Some(user), ..self.clone() }
    }
}
