//! Tables over the engine: what each text must give.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod basics;
mod examples;
mod laws;
mod rows;
