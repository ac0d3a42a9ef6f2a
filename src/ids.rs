//! The identifiers that everything else speaks in: Discord's snowflakes and our own row numbers.
//!
//! Every kind of id is a type of its own, so that a channel can never be passed where a member is
//! meant. All are positive and fit SQLite's signed 64-bit integers (Discord's snowflakes use 63 bits,
//! <https://docs.discord.com/developers/reference#snowflakes>).

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(i64);

        impl $name {
            /// Wraps a raw number as Discord or SQLite gave it.
            pub const fn new(raw: i64) -> Self {
                Self(raw)
            }

            /// Wraps a snowflake; numbers beyond 63 bits, which Discord never gives, become zero.
            pub fn from_snowflake(raw: u64) -> Self {
                Self(i64::try_from(raw).unwrap_or(0))
            }

            /// The raw number.
            pub const fn raw(self) -> i64 {
                self.0
            }

            /// The raw number as Discord's libraries want it; a negative one becomes zero.
            pub fn snowflake(self) -> u64 {
                u64::try_from(self.0).unwrap_or(0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(/// A Discord server.
    GuildId);
id!(/// A Discord channel, thread or direct-message channel.
    ChannelId);
id!(/// A person on Discord.
    UserId);
id!(/// A role in a guild.
    RoleId);
id!(/// A message on Discord.
    MessageId);
id!(/// One support group inside a guild (our own row).
    GroupId);
id!(/// One series of sessions (our own row).
    SeriesId);
id!(/// A series that waits to be saved (our own row).
    DraftId);
id!(/// A schedule read from a file that waits to be saved (our own row).
    ImportId);
id!(/// One change of a group's schedule that can be taken back (our own row).
    ChangeId);
id!(/// One envelope of the outbox (our own row).
    EnvelopeId);
id!(/// One check-in window of a group: the prompt of one local day (our own row).
    PromptId);
id!(/// One own reminder of a member (our own row).
    ReminderId);
id!(/// One concern: somebody asked for a person, or words worried (our own row).
    ConcernId);
id!(/// Something a member shared, or is about to share (our own row).
    ShareId);
id!(/// One home practice of a group (our own row).
    PracticeId);
id!(/// One step of a group's way down from daily care (our own row).
    StepId);
id!(/// One question whether a member would like to be on another step (our own row).
    StepOfferId);
id!(/// One alum's touches (our own row).
    TouchId);
id!(/// One match of a mentor and a member (our own row).
    MentorMatchId);
id!(/// One caring note of an alum (our own row).
    CaringNoteId);
/// One person in one guild: the unit that consents, quiet hours, keys and "forget me" are about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Member {
    /// The guild the person is in.
    pub guild: GuildId,
    /// The person.
    pub user: UserId,
}
