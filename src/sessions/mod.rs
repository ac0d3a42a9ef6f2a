//! Sessions: the series a group holds, and reminders that are never silently missed.
//!
//! We promise: a reminder for one (occurrence, lead, place) is seen once, on time, or says that it is
//! late; nothing is said after the start; the hour people agreed on survives clock changes, because a
//! series keeps civil time and a zone, never an instant.
//!
//! A series knows when its next reminder is due (`next_at`) and up to when everything due is in the
//! outbox (`planned_until`). A tick takes the series that are due, enqueues what fell due since, and
//! moves both marks, all in one transaction; an outage only makes the span longer.

pub mod actions;
pub mod cards;
pub mod commands;
pub mod model;
pub mod plan;
pub mod store;
#[cfg(test)]
mod tests;

pub use model::Series;
