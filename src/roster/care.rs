//! What the crisis path must know of a group's own ways of caring when the database is gone: who is told of
//! concerns, and which members know that.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

use crate::crisis::lexicon::Level;
use crate::helplines::Helpline;
use crate::ids::{ChannelId, GroupId, GuildId, RoleId, UserId};

/// Most people remembered who counted a false alarm within the last hour.
const COUNTED_LIMIT: usize = 4_096;

/// Whom a group lets be told when somebody may need a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circles {
    /// Where responders look.
    pub channel: ChannelId,
    /// The responders' role; none where the group has neither responders nor facilitators by role.
    pub role: Option<RoleId>,
    /// The role that is called when no responder answers.
    pub next: Option<RoleId>,
    /// How many minutes each circle has to answer.
    pub minutes: u32,
    /// From which level words raise a concern by themselves; none: only members themselves raise one.
    pub from: Option<Level>,
}

/// A group's own ways of caring, in memory.
#[derive(Debug, Default)]
pub struct Care {
    circles: RwLock<HashMap<GroupId, Circles>>,
    told: RwLock<HashMap<(UserId, GroupId), bool>>,
    lines: RwLock<HashMap<GuildId, Vec<Arc<Helpline>>>>,
    quiet: RwLock<HashMap<GroupId, DateTime<Utc>>>,
    counted: RwLock<HashMap<(UserId, GroupId), DateTime<Utc>>>,
}

impl Care {
    /// Keeps whom a group lets be told, or that it lets nobody.
    pub fn set_circles(&self, group: GroupId, circles: Option<Circles>) {
        put(&self.circles, group, circles);
    }

    /// Whom a group lets be told; none when it did not say.
    pub fn circles(&self, group: GroupId) -> Option<Circles> {
        self.circles.read().unwrap_or_else(PoisonError::into_inner).get(&group).copied()
    }

    /// Whether a group's responders are told when words worry.
    pub fn tells(&self, group: GroupId) -> bool {
        self.circles(group).is_some_and(|circles| circles.from.is_some())
    }

    /// Keeps that a member knows that the group's responders may be told, and whether they want that.
    pub fn set_told(&self, user: UserId, group: GroupId, wanted: Option<bool>) {
        put(&self.told, (user, group), wanted);
    }

    /// What a member wants who knows that the group's responders may be told; none: they were not told.
    pub fn told(&self, user: UserId, group: GroupId) -> Option<bool> {
        self.told.read().unwrap_or_else(PoisonError::into_inner).get(&(user, group)).copied()
    }

    /// Keeps the helplines that a guild added.
    pub fn set_lines(&self, guild: GuildId, lines: Vec<Helpline>) {
        put(&self.lines, guild, Some(lines.into_iter().map(Arc::new).collect()));
    }

    /// The helplines that a guild added.
    pub fn lines(&self, guild: GuildId) -> Vec<Arc<Helpline>> {
        self.lines.read().unwrap_or_else(PoisonError::into_inner).get(&guild).cloned().unwrap_or_default()
    }

    /// Keeps since when a group is quiet after a death in its community, or that it is not any more.
    pub fn set_quiet(&self, group: GroupId, since: Option<DateTime<Utc>>) {
        put(&self.quiet, group, since);
    }

    /// Since when a group is quiet after a death in its community: what is cheerful rests, and what is asked is
    /// asked softly.
    pub fn quiet_since(&self, group: GroupId) -> Option<DateTime<Utc>> {
        self.quiet.read().unwrap_or_else(PoisonError::into_inner).get(&group).copied()
    }

    /// Whether a person may count a false alarm in a group now; remembers it, in memory alone.
    pub fn may_count(&self, user: UserId, group: GroupId, now: DateTime<Utc>, again: TimeDelta) -> bool {
        let mut counted = self.counted.write().unwrap_or_else(PoisonError::into_inner);
        counted.retain(|_, at| now - *at < again);
        // A full memory counts one more rather than none.
        match counted.len() < COUNTED_LIMIT {
            true => counted.insert((user, group), now).is_none(),
            false => true,
        }
    }

    /// Forgets everything about a member in these groups.
    pub fn forget(&self, user: UserId, groups: impl Fn(GroupId) -> bool) {
        let mut counted = self.counted.write().unwrap_or_else(PoisonError::into_inner);
        counted.retain(|(known, group), _| *known != user || !groups(*group));
        drop(counted);
        let mut told = self.told.write().unwrap_or_else(PoisonError::into_inner);
        told.retain(|(known, group), _| *known != user || !groups(*group));
    }
}

/// Keeps or removes one entry.
fn put<K: std::hash::Hash + Eq, V>(map: &RwLock<HashMap<K, V>>, key: K, value: Option<V>) {
    let mut map = map.write().unwrap_or_else(PoisonError::into_inner);
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}
