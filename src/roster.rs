//! What a crisis answer must know when the database is gone, kept in memory: which channels are
//! watched, where their people live, and what members wished.
//!
//! Filled from the database at start and kept in step by `groups` after every commit. Reading never
//! waits. Lost rows only ever lead to less being said to others: an unknown wish counts as "no direct
//! message".

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::ids::{ChannelId, GroupId, GuildId, Member, RoleId};

/// What is known of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The group.
    pub group: GroupId,
    /// The guild it is in.
    pub guild: GuildId,
    /// Where it is spoken to.
    pub channel: ChannelId,
    /// Where facilitators are asked to come.
    pub facilitator_channel: ChannelId,
    /// Whom to call there.
    pub facilitator_role: Option<RoleId>,
    /// ISO country code of most of its people.
    pub country: String,
    /// Whether words in its channel are checked.
    pub noticing: bool,
}

/// What a member wished, as far as they said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Direct messages: yes, no, or not asked yet.
    pub direct_messages: Option<bool>,
    /// Noticing words: yes, no, or not asked yet.
    pub noticing: Option<bool>,
}

/// Groups and wishes, in memory.
#[derive(Debug, Default)]
pub struct Roster {
    groups: RwLock<HashMap<GroupId, Known>>,
    wishes: RwLock<HashMap<Member, Wishes>>,
}

impl Roster {
    /// Replaces or adds what is known of a group.
    pub fn know(&self, known: Known) {
        self.groups.write().unwrap_or_else(PoisonError::into_inner).insert(known.group, known);
    }

    /// Forgets a group.
    pub fn drop_group(&self, group: GroupId) {
        self.groups.write().unwrap_or_else(PoisonError::into_inner).remove(&group);
    }

    /// Keeps what a member wished; wishes that say nothing are forgotten.
    pub fn wish(&self, member: Member, wishes: Wishes) {
        let mut all = self.wishes.write().unwrap_or_else(PoisonError::into_inner);
        if wishes == Wishes::default() {
            all.remove(&member);
        } else {
            all.insert(member, wishes);
        }
    }

    /// What the member wished.
    pub fn wishes(&self, member: Member) -> Wishes {
        self.wishes.read().unwrap_or_else(PoisonError::into_inner).get(&member).copied().unwrap_or_default()
    }

    /// The group whose channel this is.
    pub fn at(&self, channel: ChannelId) -> Option<Known> {
        self.any(|known| known.channel == channel)
    }

    /// The groups of a guild, in the order they were made.
    pub fn in_guild(&self, guild: GuildId) -> Vec<Known> {
        let groups = self.groups.read().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<Known> = groups.values().filter(|known| known.guild == guild).cloned().collect();
        found.sort_by_key(|known| known.group);
        found
    }

    /// The group of that number.
    pub fn group(&self, group: GroupId) -> Option<Known> {
        self.groups.read().unwrap_or_else(PoisonError::into_inner).get(&group).cloned()
    }

    fn any(&self, wanted: impl Fn(&Known) -> bool) -> Option<Known> {
        let groups = self.groups.read().unwrap_or_else(PoisonError::into_inner);
        groups.values().filter(|known| wanted(known)).min_by_key(|known| known.group).cloned()
    }
}
