//! Durable sending: what is to be said later, or must survive a crash, is an envelope in the database
//! first and a message on Discord after.
//!
//! ```text
//!            enqueue                claim              posted
//! (a fact) ─────────▶ pending ───────────▶ sending ───────────▶ sent
//!                       │  ▲                 │  │
//!               cancel  │  └── release ──────┘  ├── refused for good ─▶ undeliverable
//!                       ▼      rescue            ├── too late ─────────▶ expired (so may pending)
//!                   cancelled                   └── no longer true ───▶ cancelled
//! ```
//! - A fact is told at most once: its key is unique, its nonce is enforced by Discord, and after the
//!   nonce window we look before we post. Only an answer or a concern may show twice, where Discord lets
//!   us neither look nor know.
//! - It is told at least once unless it expired, no longer applies, or cannot be delivered; and each of
//!   these is kept with its reason for facilitators to see.
//! - The words are drawn at send time from ids, so that no personal text waits in the queue.
//! - A lower class never delays a higher one, and one place gets one post at a time.
//!
//! Reading order: [`envelope`] (what is kept), [`policy`] (what happens next), [`store`] (how it is
//! kept), [`messenger`] (the port), [`courier`] (the loop).

pub mod courier;
pub mod envelope;
#[cfg(feature = "sandbox")]
pub mod fake;
pub mod messenger;
pub mod policy;
pub mod store;
#[cfg(all(test, feature = "sandbox"))]
mod tests;

pub use courier::{Courier, DrawFn, Drawn};
pub use envelope::{Class, Delivery, Envelope, NewEnvelope, Nonce, Place, State};
pub use messenger::{Messenger, SendError};
pub use store::{cancel_matching, enqueue};
