//! Sessions: the series a group holds, and reminders that are never silently missed.
//!
//! We promise: a reminder for one (occurrence, lead, place) is seen once, on time, or says that it is
//! late; nothing is said after the start; the hour people agreed on survives clock changes, because a
//! series keeps civil time and a zone, never an instant. Nothing is saved before somebody has seen what
//! comes of it. Whoever was told a time that does not hold any more is told what does, once, at once, in
//! the same place; who was told nothing hears nothing.
//!
//! ```text
//! an occurrence:  planned ──skip──▶ skipped       a series:  on ──pause──▶ paused ──resume──▶ on
//!                    │ ├──cancel──▶ cancelled                  └──remove──▶ removed ──put back──▶ on
//!                    │ └──move────▶ moved
//!                    ◀──undo── (each, while its start is ahead)
//! a draft:        waiting ──save──▶ saved        waiting ──discard, an hour──▶ gone
//! ```
//! Who comes is the member's and the facilitators' alone: an answer takes two taps and can be changed until the
//! start; a place that comes free goes to the next on the waitlist; there are never more people than places, and
//! nobody loses one they have. Attendance is never published. Somebody who missed two in a row hears of it only if
//! they wished to, once, kindly.
//!
//! ```text
//! a place:        none ──going, late──▶ waiting ──one is free──▶ held
//!                  ◀──maybe, can't───────┘ ◀──maybe, can't, left────┘
//! a member at a session:  (unmarked) ──chosen──▶ attended ◀──corrected──▶ missed
//!                              └──that's everybody──▶ missed, or excused (said so, away, no place)
//! ```
//! A series knows when its next reminder is due (`next_at`) and up to when everything due is in the
//! outbox (`planned_until`). A tick takes the series that are due, enqueues what fell due since, and
//! moves both marks, all in one transaction; an outage only makes the span longer. Every change goes the
//! same way: see `actions`.

pub mod actions;
pub mod cards;
pub mod commands;
pub mod exchange;
pub mod ics;
pub mod listing;
pub mod model;
pub mod plan;
pub mod practice;
pub mod store;
#[cfg(test)]
pub(in crate::sessions) mod tests;

pub use model::Series;
