//! Noticing words that worry, and showing a way to a human, without exposing anybody.
//!
//! We promise: the answer to a crisis waits for nothing, needs no database, and always holds a way to
//! reach a human now. Only the person who wrote sees what is meant for them; for everybody else there is
//! a line that names nothing. Nobody is told of it unless the person asks for that. Words are looked at
//! once, in memory, and kept nowhere. This does not detect risk: it matches words, and can be wrong.
//!
//! What a person sees, in this order: a direct message if they agreed to direct messages; else a neutral
//! line with a button in the channel, whose press opens the pointer for the author alone. A refused
//! direct message falls back to the line at once.

pub mod actions;
pub mod cards;
mod catching_up;
pub mod commands;
pub mod kept;
pub mod lexicon;
pub mod model;
pub mod plan;
mod sending;
#[cfg(test)]
mod tests;
