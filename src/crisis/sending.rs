//! Sending the answer to a crisis: at once, past every queue, and again for as long as it may help.
//!
//! A direct message that does not go out within seconds is followed by the line in the channel. When
//! Discord cannot be reached at all, a task of its own goes on trying with the same nonces, so that what
//! arrived unseen is not shown twice; nothing else waits for it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;

use super::lexicon::Level;
use super::plan;
use crate::card::Card;
use crate::clock::monotonic;
use crate::discord::Rest;
use crate::ids::{ChannelId, Member, MessageId, UserId};
use crate::outbox::{Nonce, Place, SendError};
use crate::roster::{Pointed, Roster};

/// Longest that a direct message may take before the line is posted.
const PRIVATE_WITHIN: Duration = Duration::from_secs(5);
/// Longest that one try of the line may take; Discord answers within one second or hangs.
const LINE_WITHIN: Duration = Duration::from_secs(10);
/// How long an answer is tried again while Discord cannot be reached, in real time: Discord's short
/// outages last minutes, and after that catching up finds the words.
const AGAIN_FOR: Duration = Duration::from_secs(600);
/// Pause before an answer is tried again; it doubles with every try.
const AGAIN_PAUSE: Duration = Duration::from_secs(1);
/// Longest such pause.
const AGAIN_LONGEST: Duration = Duration::from_secs(30);
/// Most answers that are tried again at a time: more people than that hardly write hard words within the
/// minutes of one outage, and each holds two small cards.
const AGAIN_LIMIT: usize = 256;

/// Places for answers that are tried again.
static AGAIN: Semaphore = Semaphore::const_new(AGAIN_LIMIT);

/// Everything that is needed to answer one message, drawn beforehand.
pub struct Answer {
    /// The way to Discord.
    pub rest: Rest,
    /// Who wrote it.
    pub to: UserId,
    /// The pointer, if it may be sent directly.
    pub private: Option<Card>,
    /// The line, and where it is posted.
    pub line: Option<(ChannelId, Card)>,
    /// The message and level, for the nonces.
    pub key: String,
}

/// A member counts as pointed to while their answer is under way. Dropping this takes it back, unless the
/// answer stands: what was not sent must not cost them the next one.
pub struct Pointing {
    roster: Arc<Roster>,
    member: Member,
    mine: Pointed,
    before: Option<Pointed>,
    stands: bool,
}

impl Pointing {
    /// Begins to point the member to something; nothing when they were pointed to as much lately.
    pub fn begin(roster: &Arc<Roster>, member: Member, level: Level, now: DateTime<Utc>) -> Option<Self> {
        let mine = (level, now);
        let before = roster.try_point(member, mine, |last| plan::may_point(level, last, now))?;
        Some(Self { roster: roster.clone(), member, mine, before, stands: false })
    }

    /// The answer was sent.
    pub fn stands(mut self) {
        self.stands = true;
    }
}

impl Drop for Pointing {
    fn drop(&mut self) {
        if !self.stands {
            self.roster.unpoint(self.member, self.mine, self.before);
        }
    }
}

impl Answer {
    /// Sends it, or leaves it to a task that goes on trying.
    ///
    /// # Errors
    /// When Discord refuses for good, or too many answers are waiting already.
    pub async fn send(mut self, pointing: Pointing) -> Result<(), SendError> {
        match self.attempt().await {
            Ok(()) => {
                pointing.stands();
                Ok(())
            }
            Err(error @ SendError::Refused { .. }) => Err(error),
            Err(error) => {
                let Ok(place) = AGAIN.try_acquire() else { return Err(error) };
                tracing::warn!(%error, "an answer is not sent yet, trying again");
                tokio::spawn(async move {
                    let _place = place;
                    self.again(pointing).await;
                });
                Ok(())
            }
        }
    }

    async fn again(mut self, pointing: Pointing) {
        let started = monotonic();
        let mut pause = AGAIN_PAUSE;
        while monotonic() - started < AGAIN_FOR {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(AGAIN_LONGEST);
            match self.attempt().await {
                Ok(()) => {
                    tracing::info!("an answer is sent after all");
                    return pointing.stands();
                }
                Err(SendError::Refused { .. }) => break,
                Err(SendError::Wait(_) | SendError::Unsure(_) | SendError::Resting(_)) => {}
            }
        }
        tracing::error!("an answer could not be sent");
    }

    /// Tries the direct message, then the line.
    async fn attempt(&mut self) -> Result<(), SendError> {
        let mut failed = SendError::Refused { code: 0 };
        if let Some(card) = &self.private {
            let nonce = Nonce::of(&format!("pointer:{}", self.key));
            match within(PRIVATE_WITHIN, self.rest.send_now(Place::Direct(self.to), card, &nonce)).await {
                Ok(_) => return Ok(()),
                Err(error) => {
                    tracing::info!(%error, "a direct pointer was not taken");
                    if matches!(error, SendError::Refused { .. }) {
                        self.private = None;
                    }
                    failed = error;
                }
            }
        }
        let Some((channel, card)) = &self.line else { return Err(failed) };
        let nonce = Nonce::of(&format!("line:{}", self.key));
        match within(LINE_WITHIN, self.rest.send_now(Place::Channel(*channel), card, &nonce)).await {
            Ok(_) => Ok(()),
            // The direct message may still get through.
            Err(SendError::Refused { .. }) if self.private.is_some() => Err(failed),
            Err(error) => Err(error),
        }
    }
}

/// A call to Discord that may take so long.
///
/// # Errors
/// Those of the call; unsure when the time is over.
pub async fn within(
    most: Duration,
    sending: impl Future<Output = Result<MessageId, SendError>>,
) -> Result<MessageId, SendError> {
    match tokio::time::timeout(most, sending).await {
        Ok(result) => result,
        Err(_) => Err(SendError::Unsure("no answer in time".to_owned())),
    }
}
