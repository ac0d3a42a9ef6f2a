//! Durable sending: what is to be said later, or must survive a crash, is an envelope in the database
//! first and a message on Discord after.
//!
//! ```text
//!            enqueue                claim              posted
//! (a fact) ─────────▶ pending ───────────▶ sending ───────────▶ sent
//!                       │  ▲                 │  │
//!               cancel  │  └── retry/release ┘  ├── refused for good ─▶ undeliverable
//!                       ▼                       └── too late ─────────▶ expired
//!                   cancelled                  (pending may expire, too)
//! ```
//! A fact is told at most once (its dedupe key is unique, its nonce is enforced by Discord, and after
//! the nonce window we look before we post) and at least once unless it expired. The words are drawn at
//! send time from ids, so that no personal text waits in the queue.

pub mod courier;
pub mod envelope;
#[cfg(feature = "sandbox")]
pub mod fake;
pub mod messenger;
pub mod policy;
pub mod store;

pub use courier::{Courier, Drawn, DrawFn};
pub use envelope::{Class, Envelope, NewEnvelope, Nonce, Place, State};
pub use messenger::{Messenger, SendError};
pub use store::{cancel_matching, enqueue};
