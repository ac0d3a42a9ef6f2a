//! Alumni: the way down from daily care, step by step, and staying connected afterwards.
//!
//! We promise: nobody is moved without their own yes; what they are sent tapers exactly as their step says; asking
//! for more support again needs no reason. A graduate is asked how they are only if they agreed, at their hour, and
//! not any more when two in a row went unused. What they answer is sealed and shown to nobody. They may choose a person
//! who asks in the bot's place; where that person cannot, or is gone, the bot asks by itself and says so.
//!
//! ```text
//!                     yes, and the role could be changed
//! (a facilitator asks) ─▶ open ───────────────▶ agreed
//!                          ├── no ────────────▶ declined
//!                          ├── a facilitator ─▶ withdrawn
//!                          └── a fortnight ───▶ expired
//! ```
//! The steps themselves, and who is on which, are kept by [`crate::groups`], because check-ins and sessions ask them.

pub mod actions;
pub mod cards;
pub mod commands;
pub mod mentors;
pub mod model;
pub mod notes;
pub mod plan;
pub mod store;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
