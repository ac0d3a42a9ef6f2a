//! Home practice: what a facilitator sets between sessions, and who marked it done.
//!
//! We promise: it is an offer. It is said with the next reminder of its session and below a check-in;
//! members mark it done for themselves alone, share a note on it if they like (the check-in slice does that,
//! with a preview), and nobody sees who did and who did not.
//!
//! ```text
//! set ──end, last day──▶ over        (a mark stays with its member until they are forgotten)
//! ```

pub mod actions;
pub mod cards;
pub(in crate::sessions) mod commands;
pub mod model;
pub mod store;

pub use model::{Kind, Practice};
