//! Mentors: alumni who agreed to be found, and for what.
//!
//! We promise: nobody is listed who did not say so; whoever asks for a mentor is told beforehand that the alum sees
//! their name and topic; both sides say yes; the same two are never brought together twice; either side ends it
//! without a reason, and the other reads one kind line. So does whoever stays behind when the other one leaves.
//!
//! ```text
//! (a member asks) ─▶ asked ── yes ──▶ matched ── either side, or somebody left ──▶ ended
//!                      ├── no ──▶ declined
//!                      └── taken back, or somebody left ──▶ ended
//! ```

pub mod actions;
pub mod cards;
pub mod commands;
pub mod model;
pub mod plan;
pub mod store;
