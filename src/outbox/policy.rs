//! What happens to an envelope next, given what is known about it and this moment. Pure: no I/O, no
//! clock, no chance.
//!
//! The one hard case is doubt: a post whose answer was lost may have been seen. While Discord still
//! knows the nonce, posting again cannot show twice. After that we look before we post; and where
//! looking is refused, the class decides whether silence or a repeat does less harm.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::envelope::{Class, Envelope, Place};
use super::messenger::SendError;
use crate::ids::{EnvelopeId, MessageId};

/// How long after the first doubtful attempt a post may simply be repeated under the same nonce.
/// Discord remembers a nonce for "a few minutes"
/// (<https://docs.discord.com/developers/resources/message#create-message>, `enforce_nonce`); two of
/// them, measured from before the first post, plus [`SEND_LIMIT`] for the repeat to leave, stay within.
pub const NONCE_WINDOW: TimeDelta = TimeDelta::minutes(2);
/// How long one call to Discord may take before its end counts as unknown. Longer than any queue the
/// messenger keeps, short enough that [`NONCE_WINDOW`] holds.
pub const SEND_LIMIT: Duration = Duration::from_secs(60);
/// How far before the first doubtful attempt a search begins, because Discord's clock and ours differ.
pub const LOOK_BACK: TimeDelta = TimeDelta::seconds(30);
/// The longest pause between two attempts; an hour-bound reminder wants to know soon that Discord is back.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The HTTP status of a token that is not accepted: it says nothing about the envelope.
pub const UNAUTHORIZED: u32 = 401;

/// How many posts may be on their way at once when one more of this class begins. Each class leaves
/// slots free for the higher ones, so that a lower class never delays a higher one. Sixteen posts at
/// three a second each stay under Discord's 50 requests a second.
pub const fn slots(class: Class) -> usize {
    match class {
        Class::Answer => 16,
        Class::Concern => 14,
        Class::Reminder => 12,
        Class::Prompt => 8,
        Class::Digest => 4,
    }
}

/// Whether showing it twice does less harm than not showing it.
pub const fn rather_twice(class: Class) -> bool {
    match class {
        Class::Answer | Class::Concern => true,
        Class::Reminder | Class::Prompt | Class::Digest => false,
    }
}

/// One attempt to send an envelope: what is known when it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// How urgent it is.
    pub class: Class,
    /// How often sending was begun, this time included.
    pub attempts: u32,
    /// When this attempt was taken up.
    pub claimed_at: DateTime<Utc>,
    /// When the first attempt began that may have been seen without our knowing.
    pub first_at: Option<DateTime<Utc>>,
    /// From then on it is not sent any more.
    pub expires_at: DateTime<Utc>,
}

/// What has just happened in an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The card is drawn and nothing was tried yet.
    Ready,
    /// The card could not be drawn.
    Undrawn,
    /// A post came back.
    Posted(Result<MessageId, SendError>),
    /// A look at the place came back.
    Looked(Result<Option<MessageId>, SendError>),
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Post it (again: under the same nonce).
    Post,
    /// Look whether it is there already, from this moment on; what then happens is asked again.
    LookThenPost {
        /// Where the search begins.
        since: DateTime<Utc>,
    },
    /// It was posted: settle.
    Sent(MessageId),
    /// Put it back until then.
    TryAgain {
        /// When it is tried next; never after it expires.
        at: DateTime<Utc>,
    },
    /// It cannot be delivered: settle.
    Undeliverable(Reason),
    /// Its time is over: settle.
    Expired(Reason),
}

/// Why an envelope was not (surely) seen. Kept as a word or a number, shown to facilitators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its time was over and nothing had been posted.
    Late,
    /// It may have been seen, and there was no way to find out.
    Unsure,
    /// Discord refused it with this code.
    Refused(u32),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Late => f.write_str("late"),
            Self::Unsure => f.write_str("unsure"),
            Self::Refused(code) => code.fmt(f),
        }
    }
}

impl Attempt {
    /// The attempt that began when `envelope` was claimed.
    pub fn of(envelope: &Envelope, claimed_at: DateTime<Utc>) -> Self {
        Self {
            class: envelope.class,
            attempts: envelope.attempts,
            claimed_at,
            first_at: envelope.first_at,
            expires_at: envelope.expires_at,
        }
    }

    /// Takes in what has just happened at `now` and says what to do next. Only `first_at` changes: a
    /// lost answer starts the doubt, a look that finds nothing ends it.
    pub fn next(&mut self, now: DateTime<Utc>, event: &Event) -> Step {
        match event {
            Event::Ready => self.begin(now),
            Event::Undrawn => self.retry(now, pause(self.attempts)),
            Event::Posted(Ok(message)) | Event::Looked(Ok(Some(message))) => Step::Sent(*message),
            Event::Posted(Err(error)) => self.not_posted(now, error),
            Event::Looked(Ok(None)) => {
                self.first_at = None;
                self.begin(now)
            }
            Event::Looked(Err(error)) => self.not_looked(now, error),
        }
    }

    fn begin(&self, now: DateTime<Utc>) -> Step {
        if now >= self.expires_at {
            return Step::Expired(self.why_expired());
        }
        match self.first_at {
            None => Step::Post,
            // A clock that was set back cannot say how old the doubt is: then we look.
            Some(first_at) if first_at <= now && now - first_at < NONCE_WINDOW => Step::Post,
            Some(first_at) => Step::LookThenPost { since: first_at.checked_sub_signed(LOOK_BACK).unwrap_or(first_at) },
        }
    }

    fn not_posted(&mut self, now: DateTime<Utc>, error: &SendError) -> Step {
        match error {
            SendError::Wait(wait) | SendError::Resting(wait) => self.retry(now, whole(*wait)),
            SendError::Unsure(_) => {
                self.first_at.get_or_insert(self.claimed_at);
                self.retry(now, pause(self.attempts))
            }
            SendError::Refused { code: UNAUTHORIZED } => self.retry(now, LONGEST_PAUSE),
            SendError::Refused { code } => Step::Undeliverable(Reason::Refused(*code)),
        }
    }

    fn not_looked(&self, now: DateTime<Utc>, error: &SendError) -> Step {
        match error {
            SendError::Wait(wait) | SendError::Resting(wait) => self.retry(now, whole(*wait)),
            SendError::Refused { code: UNAUTHORIZED } => self.retry(now, LONGEST_PAUSE),
            SendError::Unsure(_) | SendError::Refused { .. } if rather_twice(self.class) => {
                if now < self.expires_at {
                    Step::Post
                } else {
                    Step::Expired(self.why_expired())
                }
            }
            // An outage passes, and looking changes nothing: look again.
            SendError::Unsure(_) => self.retry(now, pause(self.attempts)),
            SendError::Refused { .. } => Step::Undeliverable(Reason::Unsure),
        }
    }

    fn retry(&self, now: DateTime<Utc>, wait: Duration) -> Step {
        if now >= self.expires_at {
            return Step::Expired(self.why_expired());
        }
        let at = TimeDelta::from_std(wait).ok().and_then(|wait| now.checked_add_signed(wait));
        Step::TryAgain { at: at.map_or(self.expires_at, |at| at.min(self.expires_at)) }
    }

    fn why_expired(&self) -> Reason {
        if self.first_at.is_some() { Reason::Unsure } else { Reason::Late }
    }
}

/// The pause after that many attempts: 1 s, 2 s, 4 s and so on up to [`LONGEST_PAUSE`].
pub fn pause(attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(6);
    Duration::from_secs(1 << doublings).min(LONGEST_PAUSE)
}

/// Whether a refusal with this reason says that the card itself was wrong (HTTP 400, an empty message, an
/// invalid form body), which no place and no person can be blamed for.
pub fn our_mistake(reason: &str) -> bool {
    matches!(reason, "400" | "50006" | "50035")
}

/// A wait that Discord asked for, in whole seconds and never too short: our clock cuts off fractions,
/// so that up to a second more has passed than it says.
fn whole(wait: Duration) -> Duration {
    let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
    Duration::from_secs(seconds.saturating_add(1))
}

/// A due envelope that may be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Our own number.
    pub id: EnvelopeId,
    /// How urgent it is.
    pub class: Class,
    /// Where it goes.
    pub place: Place,
}

/// Which of the candidates (most urgent first) are begun now, while `in_flight` posts are on their way:
/// one per place, and only so many of a class as [`slots`] says.
pub fn choose(candidates: &[Candidate], in_flight: usize) -> Vec<EnvelopeId> {
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let free = in_flight + chosen.len() < slots(candidate.class);
        if free && chosen.iter().all(|other| other.place != candidate.place) {
            chosen.push(*candidate);
        }
    }
    chosen.into_iter().map(|candidate| candidate.id).collect()
}
