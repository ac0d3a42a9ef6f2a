//! What was noticed, and the seal that lets only its author open a pointer.

use chrono::{DateTime, TimeDelta, Utc};

use super::lexicon::{Level, Topic, Topics, Verdict};
use crate::ids::{GuildId, UserId};

/// A member is shown one pointer within this time; only a higher level comes sooner. An hour keeps a
/// hard evening from becoming a row of cards, and the card itself stays where it can be found.
pub const COOLDOWN: TimeDelta = TimeDelta::hours(1);
/// How long the button of a neutral line opens its pointer. After that it shows the helplines to anybody.
pub const OPEN_FOR: TimeDelta = TimeDelta::days(7);

/// What was noticed in somebody's words; never the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noticed {
    /// How serious.
    pub level: Level,
    /// What about.
    pub topics: Topics,
}

impl From<&Verdict> for Noticed {
    fn from(verdict: &Verdict) -> Self {
        Self { level: verdict.level, topics: verdict.topics }
    }
}

/// What the button of a neutral line carries, sealed: whom it is for and what was noticed. The seal keeps
/// it from being read or made by anybody who looks at the message, and it needs no database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Whom it is for.
    pub author: UserId,
    /// The guild it was written in.
    pub guild: GuildId,
    /// What was noticed.
    pub noticed: Noticed,
    /// When.
    pub at: DateTime<Utc>,
}

impl Ticket {
    /// The bytes that are sealed: author, guild, moment, level, topics; 22 of them.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(22);
        bytes.extend(self.author.raw().to_be_bytes());
        bytes.extend(self.guild.raw().to_be_bytes());
        // Seconds since 1970 fit 32 bits until 2106.
        bytes.extend(u32::try_from(self.at.timestamp()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.push(
            Level::ALL
                .iter()
                .position(|level| *level == self.noticed.level)
                .and_then(|at| u8::try_from(at).ok())
                .unwrap_or(0),
        );
        bytes.push(self.noticed.topics.iter().fold(0, |bits, topic| bits | bit(topic)));
        bytes
    }

    /// Reads [`Ticket::bytes`] back.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (author, rest) = bytes.split_first_chunk::<8>()?;
        let (guild, rest) = rest.split_first_chunk::<8>()?;
        let (at, rest) = rest.split_first_chunk::<4>()?;
        let [level, topics] = rest else { return None };
        Some(Self {
            author: UserId::new(i64::from_be_bytes(*author)),
            guild: GuildId::new(i64::from_be_bytes(*guild)),
            at: DateTime::from_timestamp(i64::from(u32::from_be_bytes(*at)), 0)?,
            noticed: Noticed {
                level: *Level::ALL.get(usize::from(*level))?,
                topics: Topic::ALL.into_iter().filter(|topic| topics & bit(*topic) != 0).collect(),
            },
        })
    }
}

/// A topic's place in the byte of a ticket: the order of [`Topic::ALL`], which has seven.
fn bit(topic: Topic) -> u8 {
    Topic::ALL.iter().position(|one| *one == topic).map_or(0, |at| 1 << at)
}
