//! The directory of helplines, in memory: which line is right for a person, and is it open now?
//!
//! What we promise here:
//! - Every line carries where we know it from and when that was last known to be right (`verified_on`).
//! - "24/7" is said only of lines whose source says so for every hour; hours we are not sure of are told as words.
//! - Hours are reckoned in the line's own zone, over clock changes and midnight; nothing here asks the clock.
//! - Nothing is read from disk or network after start: a crisis answer needs only this memory.
//! - A file with a mistake is refused whole, with every problem by its line; the directory in use stays in force.
//!
//! The data is `config/helplines.toml`, built in and kept by hand; its header explains each key.
//! Reading order: [`Directory`], [`Helpline`], [`Hours`], then [`LineEntry`], which checks what people type.

mod check;
mod country;
mod directory;
mod do_not_use;
mod entry;
mod file;
mod hours;
mod line;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;

pub use check::{MAX_ADDRESS, MAX_LIST, MAX_NAME, MAX_NUMBER, MAX_SENTENCE};
pub use country::{Country, CountryCode, Emergency};
pub use directory::{Ask, Directory, MAX_SUGGESTIONS, Offer, Stale};
pub use do_not_use::must_not_be_used;
pub use entry::{ClosureEntry, Finder, LineEntry, SpanEntry};
pub use file::{MAX_COUNTRIES, MAX_FILE_BYTES, MAX_FINDERS, MAX_LINES, MAX_PROBLEMS, Problem, Problems};
pub use hours::{Closure, Hours, MAX_CLOSURES, MAX_SPANS, Span, Standing, Weekly};
pub use line::{Helpline, Reach, Topic, Way};

/// A line that nobody looked up again for so many days may have changed.
pub const FRESH_DAYS: i64 = 365;
