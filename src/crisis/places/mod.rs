//! Where words are looked at besides a group's own channel: forums, the chat of voice channels, other channels.
//!
//! We promise: only facilitators name such a place; the group is told of it once, quietly, and whoever joins
//! reads of it before they say yes or no; threads and forum posts follow the place they are in; what somebody
//! wished about noticing counts there as well.

pub mod actions;
pub mod cards;
pub mod store;
