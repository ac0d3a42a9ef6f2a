//! What a crisis answer must know when the database is gone, kept in memory: which channels are
//! watched, where their people live, and what members wished.
//!
//! Filled from the database at start and kept in step by `groups` after every commit. Reading never
//! waits. Lost rows only ever lead to less being said to others: an unknown wish counts as "no direct
//! message".

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, Utc};

use crate::crisis::lexicon::Level;
use crate::ids::{ChannelId, GroupId, GuildId, Member, RoleId, UserId};

/// Most members whose last pointer is remembered; beyond that the oldest is forgotten, which at worst
/// shows a second pointer within the hour.
const POINTED_LIMIT: usize = 10_000;

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
    pointed: RwLock<HashMap<Member, Pointed>>,
}

/// What somebody was pointed to last, and when.
pub type Pointed = (Level, DateTime<Utc>);

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

    /// A guild in which this person said what they wish; for a direct message, which comes from none.
    pub fn home(&self, user: UserId) -> Option<GuildId> {
        let wishes = self.wishes.read().unwrap_or_else(PoisonError::into_inner);
        wishes.keys().filter(|member| member.user == user).map(|member| member.guild).min()
    }

    /// What the member was pointed to last.
    pub fn pointed(&self, member: Member) -> Option<Pointed> {
        self.pointed.read().unwrap_or_else(PoisonError::into_inner).get(&member).copied()
    }

    /// Remembers that the member is pointed to something, and gives what was remembered before.
    pub fn point(&self, member: Member, level: Level, at: DateTime<Utc>) -> Option<Pointed> {
        let mut pointed = self.pointed.write().unwrap_or_else(PoisonError::into_inner);
        if pointed.len() >= POINTED_LIMIT && !pointed.contains_key(&member) {
            drop_oldest(&mut pointed, |(_, at)| *at);
        }
        pointed.insert(member, (level, at))
    }

    /// Takes back [`Roster::point`] after the pointer could not be sent.
    pub fn unpoint(&self, member: Member, before: Option<Pointed>) {
        let mut pointed = self.pointed.write().unwrap_or_else(PoisonError::into_inner);
        match before {
            Some(before) => pointed.insert(member, before),
            None => pointed.remove(&member),
        };
    }

    /// Forgets everything about a member.
    pub fn forget(&self, member: Member) {
        self.wishes.write().unwrap_or_else(PoisonError::into_inner).remove(&member);
        self.pointed.write().unwrap_or_else(PoisonError::into_inner).remove(&member);
    }

    fn any(&self, wanted: impl Fn(&Known) -> bool) -> Option<Known> {
        let groups = self.groups.read().unwrap_or_else(PoisonError::into_inner);
        groups.values().filter(|known| wanted(known)).min_by_key(|known| known.group).cloned()
    }
}

fn drop_oldest<K: Copy + Eq + Hash, V, T: Ord>(map: &mut HashMap<K, V>, age: impl Fn(&V) -> T) {
    let oldest = map.iter().min_by_key(|(_, value)| age(value)).map(|(key, _)| *key);
    if let Some(oldest) = oldest {
        map.remove(&oldest);
    }
}
