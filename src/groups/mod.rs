//! Groups: one support group inside a guild, who belongs to it, and what each person agreed to.
//!
//! We promise: nothing is kept or sent that was not agreed to; a "no" is as easy as a "yes" and is
//! asked in plain words; leaving is always open; a group can be declared in the configuration or set up
//! from Discord, and both lead to the same rows. What a member agreed to is kept with the version of the
//! words they were asked with.

pub mod actions;
pub mod cards;
pub mod commands;
pub mod model;
pub mod part;
pub mod store;
#[cfg(test)]
mod tests;

pub use model::{Group, Purpose, Step};
