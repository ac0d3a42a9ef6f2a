//! The two ways in which something does not happen: a refusal, which is a kind no with a way forward,
//! and a fault, which is our problem and never the person's.

use crate::card::Card;

/// A kind no: what is not done, why, and what the person can do now. Shown as it is, never logged as
/// an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is not done, in one short sentence.
    pub what: String,
    /// Why, in one short sentence; may be empty when the first sentence says it.
    pub why: String,
    /// What works instead, best with an example; may be empty when nothing does.
    pub now: String,
}

impl Refusal {
    /// Builds a refusal from its three sentences.
    pub fn new(what: impl Into<String>, why: impl Into<String>, now: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), now: now.into() }
    }

    /// A button, select or form that is no longer understood.
    pub fn old_button() -> Self {
        Self::new(
            "That button is from an older message.",
            "What it belonged to has changed since.",
            "Run the command again for a fresh one.",
        )
    }

    /// The refusal as a card; the reply that carries it is ephemeral.
    pub fn card(&self) -> Card {
        Card::text(self.to_string())
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [&self.what, &self.why, &self.now];
        let mut first = true;
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !first {
                f.write_str("\n")?;
            }
            f.write_str(part)?;
            first = false;
        }
        Ok(())
    }
}

/// Why an action stopped: the person's to change, or ours to mend.
#[derive(Debug)]
pub enum Stop {
    /// A kind no.
    Refusal(Refusal),
    /// Our problem; the chain is logged once, the person gets a calm sentence and a reference number.
    Fault(anyhow::Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}
