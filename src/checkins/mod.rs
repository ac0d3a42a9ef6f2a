//! Check-ins: two taps, private, never a duty.
//!
//! We promise: one press is a whole answer; only the person who gave it can read it; an answer can be
//! changed until its window closes, early and late are fine, and missing one is nothing. Nothing is kept
//! before the person agreed to that. What is typed goes past the word check, and what comes of that is
//! shown to the writer alone.
//!
//! A window belongs to one local day of the group: it opens with the first answer or the prompt, and
//! closes three hours after the next local midnight, so that "today" still works at 00:20.

pub mod actions;
pub mod cards;
pub mod chart;
pub mod commands;
pub mod model;
pub mod plan;
pub mod store;
#[cfg(test)]
mod tests;
