//! Daymark: reminders, private check-ins and a way to a human, for peer-support groups.
//!
//! # What it promises
//! Reminders are seen once and on time, or say that they are late. A check-in is two taps and private. A
//! crisis answer waits for nothing and always shows a way to a human. Nobody is exposed, ranked, or kept
//! after asking to be forgotten.
//!
//! # Reading order
//! 1. [`ids`], [`clock`], [`card`], [`refusal`]: the small words everything is said in.
//! 2. [`calendar`]: pure time. [`outbox`]: how something is said exactly once.
//! 3. One slice, [`sessions`], file by file: `mod`, `model`, `plan`, `cards`, `store`, `actions`,
//!    `commands`. Every other slice ([`groups`], [`checkins`], [`crisis`],
//!    [`recovery`], [`alumni`], [`privacy`]) has the same files.
//! 4. [`discord`]: the only adaptor. [`app`]: where everything is put together.
//! 5. [`web`]: the door for calendar programs. [`sandbox`]: a stand-in for Discord, for the demo and the tests.
//!
//! # Who may import whom
//! ```text
//! clock ids database helplines coping vault crisis::lexicon -> nothing of ours    calendar -> nothing of ours
//! card refusal -> ids    roster -> ids crisis::lexicon helplines    config -> ids calendar
//! outbox -> clock ids card database
//! deps -> clock config database vault helplines coping outbox roster ids crisis::lexicon
//! discord -> ids card refusal deps helplines outbox clock, never a slice      groups -> all above
//! crisis -> all above, groups    sessions -> + groups    recovery -> + groups, crisis
//! checkins -> + groups, crisis, sessions, recovery
//! alumni -> + groups, crisis    privacy -> every slice's export / forget / prune    web -> sessions, discord, deps
//! app -> everything    cli -> app and below
//! sandbox -> nothing of ours    main -> app cli    nobody imports app but cli and main
//! ```
//! The lexicon engine stands apart from the crisis slice (it imports nothing of ours), because every form
//! that takes words is read by it; the roster is what a crisis answer knows when the database is gone, also the
//! helplines that a guild added.
//! Check-ins read of sessions what there is to practise at home and when somebody was there, because both are
//! shown where a member looks at their own days; sessions know nothing of check-ins.
//! Alumni ask crisis to read the notes that are typed there, as everything that is typed into a form is.
//! Check-ins ask `recovery` what helped somebody, so that there is one memory of it; `coping` is the library both take
//! their skills from. The table is enforced by `tests/it/tidy.rs`.

pub mod alumni;
pub mod app;
pub mod calendar;
pub mod card;
pub mod checkins;
pub mod cli;
pub mod clock;
pub mod config;
pub mod coping;
pub mod crisis;
pub mod database;
pub mod deps;
pub mod discord;
pub mod groups;
pub mod helplines;
pub mod ids;
pub mod outbox;
pub mod privacy;
pub mod recovery;
pub mod refusal;
pub mod roster;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod sessions;
pub mod vault;
pub mod web;
