//! What an envelope is: a named fact, a place, a deadline, and where it is on its way.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::ids::{ChannelId, EnvelopeId, GuildId, MessageId, UserId};

/// How urgent an envelope is; a lower class never delays a higher one. Ordered from most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Class {
    /// Belongs to somebody who is waiting for it now.
    Answer,
    /// Somebody asked for a person.
    Concern,
    /// Has an hour.
    Reminder,
    /// Asks, and can wait a little.
    Prompt,
    /// Sums up, and can wait.
    Digest,
}

impl Class {
    /// The word it is kept as.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Concern => "concern",
            Self::Reminder => "reminder",
            Self::Prompt => "prompt",
            Self::Digest => "digest",
        }
    }
}

/// Where an envelope is on its way; the arrows are in the module's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum State {
    /// Waits for its time.
    Pending,
    /// Is being sent.
    Sending,
    /// Was seen to be posted.
    Sent,
    /// Its time was over before it could be sent.
    Expired,
    /// Discord refuses it for good.
    Undeliverable,
    /// It no longer applies.
    Cancelled,
}

impl State {
    /// Every state, in the order of the arrows.
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Sending, Self::Sent, Self::Expired, Self::Undeliverable, Self::Cancelled];

    /// The word it is kept as.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Expired => "expired",
            Self::Undeliverable => "undeliverable",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A channel or thread of a guild.
    Channel(ChannelId),
    /// A direct message to somebody who agreed to direct messages.
    Direct(UserId),
}

/// The mark by which Discord recognises a repeated post within minutes (`enforce_nonce`): 25 characters
/// at most, derived from the dedupe key, so that a retry after a crash carries the same one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Nonce(String);

impl Nonce {
    /// The nonce of a fact.
    pub fn of(dedupe_key: &str) -> Self {
        let digest = Sha256::digest(dedupe_key.as_bytes());
        // 12 bytes are 24 hexadecimal digits: within Discord's 25, and never two facts alike.
        Self(digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect())
    }

    /// A nonce as it was kept.
    pub fn kept(text: String) -> Self {
        Self(text)
    }

    /// Its characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A fact to be told, before it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEnvelope {
    /// How urgent it is.
    pub class: Class,
    /// Names the fact, such as `session:12/2026-03-10T19:00/lead-15m/channel`.
    pub dedupe_key: String,
    /// The guild it is about.
    pub guild: GuildId,
    /// Where it goes.
    pub place: Place,
    /// Which card is drawn at send time, such as `session.reminder`.
    pub kind: &'static str,
    /// The ids the card is drawn from; never words of a person.
    pub subject: serde_json::Value,
    /// When it should be seen.
    pub due_at: DateTime<Utc>,
    /// From then on it is not sent any more.
    pub expires_at: DateTime<Utc>,
}

/// A kept envelope.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Our own number.
    pub id: EnvelopeId,
    /// How urgent it is.
    pub class: Class,
    /// Names the fact.
    pub dedupe_key: String,
    /// The guild it is about.
    pub guild: GuildId,
    /// Where it goes.
    pub place: Place,
    /// Which card is drawn at send time.
    pub kind: String,
    /// The ids the card is drawn from.
    pub subject: serde_json::Value,
    /// When it should be seen.
    pub due_at: DateTime<Utc>,
    /// From then on it is not sent any more.
    pub expires_at: DateTime<Utc>,
    /// How often sending was begun, this time included.
    pub attempts: u32,
    /// Discord's mark against repeats.
    pub nonce: Nonce,
    /// When the first attempt began that may have been seen without our knowing (its answer was lost, or
    /// we crashed); `None` while every attempt so far is known to have posted nothing.
    pub first_at: Option<DateTime<Utc>>,
}

/// What became of an envelope, for people who look whether things were delivered. A direct place names
/// the person it goes to: show that to nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Our own number.
    pub id: EnvelopeId,
    /// How urgent it is.
    pub class: Class,
    /// Names the fact.
    pub dedupe_key: String,
    /// The guild it is about.
    pub guild: GuildId,
    /// Where it goes.
    pub place: Place,
    /// Which card is drawn at send time.
    pub kind: String,
    /// When it should be seen.
    pub due_at: DateTime<Utc>,
    /// From then on it is not sent any more.
    pub expires_at: DateTime<Utc>,
    /// Where it is on its way.
    pub state: State,
    /// Why it expired (`late`, or `unsure` when it may have been seen all the same), is undeliverable
    /// (`unsure` or Discord's code) or cancelled (the canceller's word).
    pub reason: Option<String>,
    /// How often sending was begun.
    pub attempts: u32,
    /// Discord's id once it is sent.
    pub message: Option<MessageId>,
    /// When it reached its end.
    pub settled_at: Option<DateTime<Utc>>,
}
