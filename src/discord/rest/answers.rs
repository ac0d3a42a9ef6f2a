//! Answers to interactions. They are exempt from the global limit
//! (<https://docs.discord.com/developers/interactions/receiving-and-responding>), so they wait behind
//! nothing; the first one has three seconds.

use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Call, CallError, Rest, Retry};
use crate::card::File;
use crate::discord::limits::Priority;

/// What lets us answer one interaction: its id and its token, which lives 15 minutes and is never logged.
#[derive(Clone)]
pub struct Answering {
    /// The interaction.
    pub interaction: u64,
    /// The application it was sent to.
    pub application: u64,
    /// The secret that allows answering.
    pub token: String,
    /// When it arrived here.
    pub arrived: Instant,
}

/// Interaction callback types
/// (<https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callback {
    /// A new message.
    Message = 4,
    /// "Thinking", to be followed by a message.
    Later = 5,
    /// Nothing to see; the message the component sits on may change later.
    Acknowledge = 6,
    /// The message the component sits on changes.
    Update = 7,
    /// Choices while somebody types.
    Choices = 8,
    /// A modal.
    Modal = 9,
}

impl Rest {
    /// The first answer to an interaction.
    ///
    /// # Errors
    /// As [`CallError`]; 10062 when the three seconds were over, 40060 when it had been answered already.
    pub async fn answer(
        &self,
        to: &Answering,
        kind: Callback,
        data: Option<Value>,
        files: &[File],
    ) -> Result<(), CallError> {
        let mut body = json!({"type": kind as u8});
        if let Some(data) = data {
            body["data"] = data;
        }
        let path = format!("/interactions/{}/{}/callback", to.interaction, to.token);
        let mut call = Call::idempotent(Method::POST, "/interactions/{interaction}/{token}/callback", path, 0)
            .body(body)
            .files(files)
            .priority(Priority::Interaction)
            .retry(Retry::FirstAnswer);
        call.signed = false;
        call.started = Some(to.arrived);
        self.run(call).await.map(|_| ())
    }

    /// Replaces the first answer, or fills in a deferred one.
    ///
    /// # Errors
    /// As [`CallError`]; 50027 when the 15 minutes are over.
    pub async fn edit_answer(&self, to: &Answering, body: Value, files: &[File]) -> Result<(), CallError> {
        let path = format!("/webhooks/{}/{}/messages/@original", to.application, to.token);
        self.later(Method::PATCH, "/webhooks/{application}/{token}/messages/@original", path, body, files).await
    }

    /// A further message after the first answer.
    ///
    /// # Errors
    /// As [`Rest::edit_answer`].
    pub async fn follow_up(&self, to: &Answering, body: Value, files: &[File]) -> Result<(), CallError> {
        let path = format!("/webhooks/{}/{}", to.application, to.token);
        self.later(Method::POST, "/webhooks/{application}/{token}", path, body, files).await
    }

    async fn later(
        &self,
        method: Method,
        template: &'static str,
        path: String,
        body: Value,
        files: &[File],
    ) -> Result<(), CallError> {
        let mut call = Call::idempotent(method, template, path, 0)
            .body(body)
            .files(files)
            .priority(Priority::Interaction)
            .retry(Retry::LaterAnswer);
        call.signed = false;
        self.run(call).await.map(|_| ())
    }
}
