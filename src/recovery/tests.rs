//! Tables over what a member's own tools decide and say.

#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod milestones;
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod pairing;
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod reminding;
