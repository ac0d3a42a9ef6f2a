//! The places besides a group's own channel in which its people's words are looked at, in memory.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::ids::{ChannelId, GroupId};

/// What kind of place words are looked at in, besides a group's own channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// A channel with messages, such as the chat of a voice channel.
    Channel,
    /// A forum: it has posts alone.
    Forum,
}

impl PlaceKind {
    /// Its word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Forum => "forum",
        }
    }

    /// Reads [`PlaceKind::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Channel, Self::Forum].into_iter().find(|kind| kind.word() == word)
    }
}

/// Those places, by channel.
#[derive(Debug, Default)]
pub struct Places(RwLock<HashMap<ChannelId, (GroupId, PlaceKind)>>);

impl Places {
    /// Keeps that words are looked at in a place of a group's.
    pub fn watch(&self, channel: ChannelId, group: GroupId, kind: PlaceKind) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(channel, (group, kind));
    }

    /// Keeps that they are not any more; whether they were.
    pub fn unwatch(&self, channel: ChannelId) -> bool {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&channel).is_some()
    }

    /// The places of a group besides its own channel, in order of their ids.
    pub fn of_group(&self, group: GroupId) -> Vec<(ChannelId, PlaceKind)> {
        let places = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<(ChannelId, PlaceKind)> = places
            .iter()
            .filter(|(_, (owner, _))| *owner == group)
            .map(|(channel, (_, kind))| (*channel, *kind))
            .collect();
        found.sort_by_key(|(channel, _)| *channel);
        found
    }

    /// The group whose place this is.
    pub fn owner(&self, channel: ChannelId) -> Option<GroupId> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&channel).map(|(group, _)| *group)
    }
}
