//! Noticing words that worry, and showing a way to a human, without exposing anybody.
//!
//! We promise: the answer to a crisis waits for nothing, needs no database, and always holds a way to
//! reach a human now. Only the person who wrote sees what is meant for them; for everybody else there is
//! a line that names nothing. Nobody is told of it unless the person asks for that, or their group does so
//! and they know. Words are looked at
//! once, in memory, and kept nowhere. This does not detect risk: it matches words, and can be wrong.
//!
//! ```text
//! a concern:  waiting ──"I'm here"──▶ answered ──"need backup"──▶ backup ──another "I'm here"──▶ answered
//!               │ ▲                     │  └──"hand on"──▶ waiting
//!               │ └─(nobody: the next circle is called: on call, all responders, the next role)
//!               ├──(nobody in any circle)──▶ unanswered ──"I'm here"──▶ answered
//!               └── from every state: "close" ──▶ closed, the member's "take it back" ──▶ withdrawn
//! ```
//! A member raises a concern by asking for a person; where the group switched it on, and the member was told
//! and did not say no, words of a certain level raise one as well. Responders see a link, level and topic, and
//! never words, but for those that the member chose to say to them. Its log holds ids only, for thirty days.
//! Who asked is told the truth when nobody answers.
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
pub mod places;
pub mod plan;
mod sending;
pub mod store;
#[cfg(test)]
mod tests;
pub mod words;
