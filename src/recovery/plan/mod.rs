//! What should happen with a member's own tools, given their state and a moment. Pure.

pub mod breathing;
pub mod goals;
pub mod matching;
pub mod milestones;
pub mod pairing;
pub mod reminding;
