//! Daymark: reminders, private check-ins and a way to a human, for peer-support groups.

pub mod calendar;
pub mod crisis;
pub mod helplines;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod vault;
