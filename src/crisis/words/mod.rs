//! A guild's own words over the shared lexicon, and how readily its channels are answered.
//!
//! We promise: what facilitators change is in force within a second and after every restart; a pattern that
//! cannot be used is refused with the part and the reason, and what was in force stays in force; looking at
//! words needs no database. A test explains itself to the person who typed it alone and is kept nowhere;
//! a dry run reads messages once, keeps nothing and tells counts by phrase only.

pub mod actions;
pub mod cards;
pub mod commands;
pub mod model;
pub mod store;
