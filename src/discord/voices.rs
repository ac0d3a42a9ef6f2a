//! Who is in which voice channel, in memory: what the gateway tells while we are connected, and nothing more.
//!
//! Discord names everybody who is in voice when a session begins (`voice_states` of GUILD_CREATE) and tells every
//! change after (VOICE_STATE_UPDATE); both need the GUILD_VOICE_STATES intent, which is not privileged
//! (<https://docs.discord.com/developers/events/gateway#gateway-intents>). It is looked at only when a facilitator
//! takes attendance from a voice channel; it is never logged and never kept on disk.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::ids::{ChannelId, GuildId, UserId};

/// Most people in voice that are remembered, over all guilds: a hundred large servers at once. Beyond that newcomers
/// are not remembered, which at worst leaves somebody to be marked by hand.
const VOICES_LIMIT: usize = 10_000;

/// Who is in which voice channel. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Voices(Arc<RwLock<HashMap<(GuildId, UserId), ChannelId>>>);

impl Voices {
    /// A new session begins: what was known may be over.
    pub(super) fn clear(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// A guild is there with these people in voice; it replaces what was known of it.
    pub(super) fn begin(&self, guild: GuildId, people: impl IntoIterator<Item = (UserId, ChannelId)>) {
        self.end(guild);
        for (user, channel) in people {
            self.change(guild, user, Some(channel));
        }
    }

    /// A guild is gone.
    pub(super) fn end(&self, guild: GuildId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).retain(|(of, _), _| *of != guild);
    }

    /// Somebody entered a channel, or left voice.
    pub(super) fn change(&self, guild: GuildId, user: UserId, channel: Option<ChannelId>) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match channel {
            Some(channel) if all.len() < VOICES_LIMIT || all.contains_key(&(guild, user)) => {
                all.insert((guild, user), channel);
            }
            Some(_) => {}
            None => {
                all.remove(&(guild, user));
            }
        }
    }

    /// Who is in a channel now, by id.
    pub fn in_channel(&self, guild: GuildId, channel: ChannelId) -> Vec<UserId> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let here = all.iter().filter(|((of, _), at)| *of == guild && **at == channel).map(|((_, user), _)| *user);
        let mut here: Vec<UserId> = here.collect();
        here.sort_unstable();
        here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_where_they_went_last_until_they_leave() {
        let voices = Voices::default();
        let (guild, other) = (GuildId::new(1), GuildId::new(2));
        let (here, there) = (ChannelId::new(10), ChannelId::new(11));
        let user = UserId::new;
        voices.begin(guild, [(user(5), here), (user(4), here)]);
        voices.change(other, user(5), Some(here));
        assert_eq!(voices.in_channel(guild, here), [user(4), user(5)]);
        voices.change(guild, user(5), Some(there));
        voices.change(guild, user(4), None);
        assert_eq!(voices.in_channel(guild, here), []);
        assert_eq!(voices.in_channel(guild, there), [user(5)]);
        voices.begin(guild, [(user(6), here)]);
        assert_eq!(voices.in_channel(guild, there), []);
        voices.end(guild);
        assert_eq!(voices.in_channel(guild, here), []);
        assert_eq!(voices.in_channel(other, here), [user(5)]);
        voices.clear();
        assert_eq!(voices.in_channel(other, here), []);
    }

    #[test]
    fn it_never_grows_beyond_its_limit() {
        let voices = Voices::default();
        let (guild, channel) = (GuildId::new(1), ChannelId::new(10));
        for id in 0..=VOICES_LIMIT {
            voices.change(guild, UserId::new(i64::try_from(id).unwrap()), Some(channel));
        }
        assert_eq!(voices.in_channel(guild, channel).len(), VOICES_LIMIT);
    }
}
