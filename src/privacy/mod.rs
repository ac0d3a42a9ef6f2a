//! Privacy: what is kept about somebody, shown to them, changed by them, and forgotten at their word.
//!
//! We promise: after "forget me" the member's key is gone, their rows are gone, and what waited for them
//! is cancelled, in that order: a crash in between leaves nothing that can be read.

pub mod actions;
pub mod cards;
pub mod commands;
