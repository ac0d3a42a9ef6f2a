//! Privacy: what is kept about somebody, shown to them, changed by them, and forgotten at their word.
//!
//! We promise: after "forget me" the member's key is gone, their rows are gone, and what waited for them
//! is cancelled, in that order: a crash in between leaves nothing that can be read. The same happens to what is
//! kept of somebody who left the server and did not come back within the time of grace, and what is kept long
//! enough is erased a little every day. A copy of everything is made in memory, for the member alone.

pub mod actions;
pub mod cards;
pub mod commands;
pub mod copy;
pub mod store;
