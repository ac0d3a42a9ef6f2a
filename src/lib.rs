//! Daymark: reminders, private check-ins and a way to a human, for peer-support groups.

pub mod calendar;
pub mod card;
pub mod clock;
pub mod crisis;
pub mod database;
pub mod helplines;
pub mod ids;
pub mod outbox;
pub mod refusal;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod vault;
