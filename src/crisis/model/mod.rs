//! What was noticed, and the seal that lets only its author open a pointer.

pub mod concern;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::crisis::cards::words::Language;
use crate::crisis::lexicon::{Level, Topic, Topics, Verdict};
use crate::ids::{GroupId, MessageId, UserId};

/// A member is shown one pointer within this time; only a higher level comes sooner. An hour keeps a
/// hard evening from becoming a row of cards, and the card itself stays where it can be found.
pub const COOLDOWN: TimeDelta = TimeDelta::hours(1);
/// An edit older than this is not looked at: Discord sends old edits again when it adds a preview, and
/// what was written long ago is not answered as if it were said now.
pub const EDIT_FRESH: TimeDelta = TimeDelta::minutes(10);
/// How far back is read after a lost session: older words were lived through by now.
pub const CATCH_UP_FOR: TimeDelta = TimeDelta::hours(6);
/// How far back is read at the start of the program, when nothing is known of what was read before.
pub const CATCH_UP_AT_START: TimeDelta = TimeDelta::minutes(15);
/// A pointer that comes later than this after the words says so.
pub const LATE_AFTER: TimeDelta = TimeDelta::minutes(2);
/// How soon after the words a line of ours counts as their answer, when the program started anew.
pub const ANSWERED_WITHIN: TimeDelta = TimeDelta::minutes(1);
/// One person counts a false alarm in a group once within this time, so that one evening counts once.
pub const FALSE_ALARM_AGAIN: TimeDelta = TimeDelta::hours(1);
/// How long the button of a neutral line opens its pointer. After that it shows the helplines.
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
/// it from being read or made by anybody who looks at the message, and it needs no database. The group
/// goes with it because the press may come from elsewhere; the group knows its guild.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Whom it is for.
    pub author: UserId,
    /// The group it was written in.
    pub group: GroupId,
    /// What was noticed.
    pub noticed: Noticed,
    /// When the line was drawn.
    pub at: DateTime<Utc>,
    /// Whether it came late.
    pub late: bool,
    /// The language of the words, as far as it is known.
    pub language: Option<Language>,
    /// The phrase that decided.
    pub phrase: Option<Mark>,
}

/// A phrase's name in three bytes: what fits a note. Two phrases of a lexicon hardly share one (a chance of one
/// in ten with 2,000 phrases), and if they do, a false alarm is counted for the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark([u8; 3]);

impl Mark {
    /// The mark of a phrase's name.
    pub fn of(phrase: &str) -> Self {
        let digest = Sha256::digest(phrase.as_bytes());
        Self([digest[0], digest[1], digest[2]])
    }
}

/// The bit of a note's last byte that says that it came late; the seven topics have the others.
const LATE: u8 = 1 << 7;

/// How many bits of a note's byte hold the level.
const LEVEL_BITS: u8 = 3;
/// Those bits.
const LEVELS: u8 = 0b111;

/// Where a value stands in the list of all of its kind.
fn place<T: PartialEq>(all: &[T], one: T) -> Option<u8> {
    all.iter().position(|known| *known == one).and_then(|at| u8::try_from(at).ok())
}

impl Note {
    /// The bytes that are sealed: author, group, moment, level and language, topics and lateness, phrase; 25 of
    /// them, or 22 without a phrase, as older notes have them.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(25);
        bytes.extend(self.author.raw().to_be_bytes());
        bytes.extend(self.group.raw().to_be_bytes());
        // Seconds since 1970 fit 32 bits until 2106.
        bytes.extend(u32::try_from(self.at.timestamp()).unwrap_or(u32::MAX).to_be_bytes());
        let level = place(&Level::ALL, self.noticed.level).unwrap_or(0);
        // Level in the lower three bits; above them the language, counted from one, and zero for none.
        let language = self.language.and_then(|language| place(&Language::ALL, language)).map_or(0, |at| at + 1);
        bytes.push(level | language << LEVEL_BITS);
        let late = if self.late { LATE } else { 0 };
        bytes.push(self.noticed.topics.iter().fold(late, |bits, topic| bits | bit(topic)));
        bytes.extend(self.phrase.iter().flat_map(|mark| mark.0));
        bytes
    }

    /// Reads [`Note::bytes`] back.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (author, rest) = bytes.split_first_chunk::<8>()?;
        let (group, rest) = rest.split_first_chunk::<8>()?;
        let (at, rest) = rest.split_first_chunk::<4>()?;
        let ([level, topics], rest) = rest.split_first_chunk::<2>()?;
        let phrase = match rest {
            [] => None,
            [one, two, three] => Some(Mark([*one, *two, *three])),
            _ => return None,
        };
        let language = match level >> LEVEL_BITS {
            0 => None,
            at => Some(*Language::ALL.get(usize::from(at) - 1)?),
        };
        Some(Self {
            author: UserId::new(i64::from_be_bytes(*author)),
            group: GroupId::new(i64::from_be_bytes(*group)),
            at: DateTime::from_timestamp(i64::from(u32::from_be_bytes(*at)), 0)?,
            late: topics & LATE != 0,
            language,
            phrase,
            noticed: Noticed {
                level: *Level::ALL.get(usize::from(level & LEVELS))?,
                topics: Topic::ALL.into_iter().filter(|topic| topics & bit(*topic) != 0).collect(),
            },
        })
    }
}

/// A topic's place in the last byte of a note: the order of [`Topic::ALL`], which has seven.
fn bit(topic: Topic) -> u8 {
    Topic::ALL.iter().position(|one| *one == topic).map_or(0, |at| 1 << at)
}

/// The id that every message written at or after that moment is above
/// (<https://docs.discord.com/developers/reference#snowflakes>).
pub fn before_messages_of(at: DateTime<Utc>) -> MessageId {
    /// Milliseconds from the Unix epoch to Discord's.
    const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;
    let since = at.timestamp_millis().saturating_sub(DISCORD_EPOCH_MS).clamp(0, i64::MAX >> 22);
    MessageId::new(((since << 22) - 1).max(0))
}
