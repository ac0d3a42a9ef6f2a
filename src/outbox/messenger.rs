//! The port through which everything is sent. Two implementations: Discord over HTTP
//! (`discord::rest`) and a stateful fake for fast tests (`outbox::fake`); one contract suite in
//! `tests/it/contract.rs` runs over both.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use super::envelope::{Nonce, Place};
use crate::card::Card;
use crate::ids::MessageId;

/// Sends, finds, edits and deletes messages.
pub trait Messenger: Send + Sync {
    /// Posts a card. The same nonce within Discord's window posts nothing new and gives the earlier
    /// message's id.
    fn send<'a>(
        &'a self,
        place: Place,
        card: &'a Card,
        nonce: &'a Nonce,
    ) -> BoxFuture<'a, Result<MessageId, SendError>>;

    /// Looks whether a card like this was already posted there by us at or after `since`, and gives the
    /// newest. Cards are alike when they have the [`same_words`].
    fn find<'a>(
        &'a self,
        place: Place,
        card: &'a Card,
        since: DateTime<Utc>,
    ) -> BoxFuture<'a, Result<Option<MessageId>, SendError>>;

    /// Replaces a message of ours.
    fn edit<'a>(&'a self, place: Place, message: MessageId, card: &'a Card) -> BoxFuture<'a, Result<(), SendError>>;

    /// Deletes a message of ours; one that is already gone is no error.
    fn delete(&self, place: Place, message: MessageId) -> BoxFuture<'_, Result<(), SendError>>;
}

/// Why a message did not go out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Discord asks to wait; nothing was posted.
    #[error("asked to wait {} ms", .0.as_millis())]
    Wait(Duration),
    /// No answer, or a server error: it may or may not have been posted.
    #[error("no sure answer: {0}")]
    Unsure(String),
    /// Refused for good: gone, forbidden, or a person who takes no direct messages (50007). The number
    /// is Discord's JSON error code, or the HTTP status where there is none.
    #[error("refused with code {code}")]
    Refused {
        /// Discord's JSON error code, or the HTTP status.
        code: u32,
    },
    /// We have stopped sending for a while, because Discord refused too much lately.
    #[error("resting for {} s after too many refusals", .0.as_secs())]
    Resting(Duration),
}

/// Whether two cards say the same: text, title, body and fields. What may change between two attempts of
/// one envelope is left out: the panel's small print (where a late card says that it is late), buttons,
/// files and pings.
pub fn same_words(one: &Card, other: &Card) -> bool {
    let words =
        |card: &Card| card.panel.clone().map(|panel| (panel.title, panel.body, panel.fields)).unwrap_or_default();
    one.text == other.text && words(one) == words(other)
}
