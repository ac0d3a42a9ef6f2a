//! What a crisis answer must know when the database is gone, kept in memory: which channels are
//! watched and how far they were read, where their people live, who belongs to which group, and what
//! members wished.
//!
//! Filled from the database at start and kept in step by `groups` after every commit. Reading never
//! waits. Lost rows only ever lead to less being said to others: an unknown wish counts as "no direct
//! message".

mod care;
mod places;

pub use care::{Care, Circles};
pub use places::{PlaceKind, Places};

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

use crate::crisis::lexicon::{Level, Lexicon, Sensitivity};
use crate::ids::{ChannelId, GroupId, GuildId, Member, MessageId, RoleId, UserId};

/// Most members whose last pointer is remembered; beyond that the oldest is forgotten, which at worst
/// shows a second pointer within the hour.
const POINTED_LIMIT: usize = 10_000;

/// Most channels and threads of which the last message looked at is remembered; beyond that any is
/// forgotten, which at worst leaves a thread out of catching up.
const READ_LIMIT: usize = 4_096;
/// Within this time one call for a person is enough.
pub const HAND_AGAIN: TimeDelta = TimeDelta::minutes(5);
/// Most calls for a person that are remembered as posted; the oldest is forgotten, and the outbox still
/// knows it.
const HANDS_LIMIT: usize = 1_000;

/// What is known of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The group.
    pub group: GroupId,
    /// The guild it is in.
    pub guild: GuildId,
    /// What facilitators call it.
    pub name: String,
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
    joined: RwLock<HashMap<UserId, BTreeSet<GroupId>>>,
    hands: RwLock<HashMap<(UserId, GroupId), DateTime<Utc>>>,
    read: RwLock<ReadSoFar>,
    care: Care,
    lexicons: RwLock<HashMap<GuildId, Lexicon>>,
    places: Places,
    sensitivities: RwLock<HashMap<ChannelId, Sensitivity>>,
}

/// The group a channel or thread belongs to, and the newest message of it that was looked at.
pub type LastRead = (GroupId, MessageId);

/// How far the watched channels were read.
#[derive(Debug, Default)]
struct ReadSoFar {
    /// By channel or thread.
    last: HashMap<ChannelId, LastRead>,
    /// A new session began and what was missed is not read yet: live messages change nothing above.
    behind: bool,
}

/// What somebody was pointed to last, and when.
pub type Pointed = (Level, DateTime<Utc>);

impl Roster {
    /// The groups' own ways of caring.
    pub fn care(&self) -> &Care {
        &self.care
    }

    /// Replaces or adds what is known of a group.
    pub fn know(&self, known: Known) {
        self.groups.write().unwrap_or_else(PoisonError::into_inner).insert(known.group, known);
    }

    /// Forgets a group.
    pub fn drop_group(&self, group: GroupId) {
        self.groups.write().unwrap_or_else(PoisonError::into_inner).remove(&group);
    }

    /// Keeps the lexicon with a guild's own words; none: the shared one counts.
    pub fn know_lexicon(&self, guild: GuildId, lexicon: Option<Lexicon>) {
        let mut all = self.lexicons.write().unwrap_or_else(PoisonError::into_inner);
        match lexicon {
            Some(lexicon) => all.insert(guild, lexicon),
            None => all.remove(&guild),
        };
    }

    /// The lexicon with a guild's own words, if it has any.
    pub fn lexicon(&self, guild: GuildId) -> Option<Lexicon> {
        self.lexicons.read().unwrap_or_else(PoisonError::into_inner).get(&guild).cloned()
    }

    /// Keeps how readily a channel is answered.
    pub fn know_sensitivity(&self, channel: ChannelId, sensitivity: Sensitivity) {
        let mut all = self.sensitivities.write().unwrap_or_else(PoisonError::into_inner);
        if sensitivity == Sensitivity::Balanced {
            all.remove(&channel);
        } else {
            all.insert(channel, sensitivity);
        }
    }

    /// How readily a channel is answered, if it is not balanced.
    pub fn sensitivity(&self, channel: ChannelId) -> Option<Sensitivity> {
        self.sensitivities.read().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
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

    /// The places besides the groups' own channels in which words are looked at.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The group whose words are looked at there: its own channel, or a place it added.
    pub fn listens_at(&self, channel: ChannelId) -> Option<Known> {
        self.at(channel).or_else(|| self.group(self.places.owner(channel)?))
    }

    /// The groups of a guild, in the order they were made.
    pub fn in_guild(&self, guild: GuildId) -> Vec<Known> {
        let groups = self.groups.read().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<Known> = groups.values().filter(|known| known.guild == guild).cloned().collect();
        found.sort_by_key(|known| known.group);
        found
    }

    /// The groups whose channels are watched.
    pub fn watched(&self) -> Vec<Known> {
        let groups = self.groups.read().unwrap_or_else(PoisonError::into_inner);
        groups.values().filter(|known| known.noticing).cloned().collect()
    }

    /// The group of that number.
    pub fn group(&self, group: GroupId) -> Option<Known> {
        self.groups.read().unwrap_or_else(PoisonError::into_inner).get(&group).cloned()
    }

    /// Remembers that a person belongs to a group.
    pub fn join(&self, user: UserId, group: GroupId) {
        self.joined.write().unwrap_or_else(PoisonError::into_inner).entry(user).or_default().insert(group);
    }

    /// Forgets that a person belongs to a group.
    pub fn leave(&self, user: UserId, group: GroupId) {
        self.stays(user, |joined| *joined != group);
    }

    /// Forgets that a person belongs to any group of a guild.
    pub fn leave_guild(&self, member: Member) {
        let there: BTreeSet<GroupId> = self.in_guild(member.guild).iter().map(|known| known.group).collect();
        self.stays(member.user, |joined| !there.contains(joined));
    }

    fn stays(&self, user: UserId, stays: impl Fn(&GroupId) -> bool) {
        let mut joined = self.joined.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(groups) = joined.get_mut(&user) {
            groups.retain(stays);
            if groups.is_empty() {
                joined.remove(&user);
            }
        }
    }

    /// The groups a person belongs to, in the order they were made.
    pub fn groups_of(&self, user: UserId) -> Vec<Known> {
        let mine = self.joined.read().unwrap_or_else(PoisonError::into_inner).get(&user).cloned().unwrap_or_default();
        mine.into_iter().filter_map(|group| self.group(group)).collect()
    }

    /// A guild in which this person belongs to a group or said what they wish; for a direct message,
    /// which comes from none.
    pub fn home(&self, user: UserId) -> Option<GuildId> {
        if let Some(known) = self.groups_of(user).first() {
            return Some(known.guild);
        }
        let wishes = self.wishes.read().unwrap_or_else(PoisonError::into_inner);
        wishes.keys().filter(|member| member.user == user).map(|member| member.guild).min()
    }

    /// Whether this person said anywhere that their words are not to be noticed.
    pub fn refuses_noticing(&self, user: UserId) -> bool {
        let wishes = self.wishes.read().unwrap_or_else(PoisonError::into_inner);
        wishes.iter().any(|(member, wishes)| member.user == user && wishes.noticing == Some(false))
    }

    /// Remembers that the member is pointed to something, if `allows` finds that what they were pointed
    /// to last allows it; gives what was remembered before. Of two messages in one breath one gets it.
    pub fn try_point(
        &self,
        member: Member,
        pointed: Pointed,
        allows: impl FnOnce(Option<Pointed>) -> bool,
    ) -> Option<Option<Pointed>> {
        let mut all = self.pointed.write().unwrap_or_else(PoisonError::into_inner);
        let last = all.get(&member).copied();
        if !allows(last) {
            return None;
        }
        if all.len() >= POINTED_LIMIT && last.is_none() {
            drop_oldest(&mut all, |(_, at)| *at);
        }
        Some(all.insert(member, pointed))
    }

    /// Takes back [`Roster::try_point`] after the pointer could not be sent, unless somebody pointed anew
    /// since.
    pub fn unpoint(&self, member: Member, mine: Pointed, before: Option<Pointed>) {
        let mut pointed = self.pointed.write().unwrap_or_else(PoisonError::into_inner);
        if pointed.get(&member) == Some(&mine) {
            match before {
                Some(before) => pointed.insert(member, before),
                None => pointed.remove(&member),
            };
        }
    }

    /// Remembers that a call for a person was posted.
    pub fn hand_posted(&self, user: UserId, group: GroupId, at: DateTime<Utc>) {
        let mut hands = self.hands.write().unwrap_or_else(PoisonError::into_inner);
        if hands.len() >= HANDS_LIMIT && !hands.contains_key(&(user, group)) {
            drop_oldest(&mut hands, |at| *at);
        }
        hands.insert((user, group), at);
    }

    /// Whether a call for a person was posted within the last [`HAND_AGAIN`].
    pub fn hand_is_up(&self, user: UserId, group: GroupId, now: DateTime<Utc>) -> bool {
        let hands = self.hands.read().unwrap_or_else(PoisonError::into_inner);
        hands.get(&(user, group)).is_some_and(|at| now - at < HAND_AGAIN)
    }

    /// The call for a person was taken back: another may be posted at once.
    pub fn hand_down(&self, user: UserId, group: GroupId) {
        self.hands.write().unwrap_or_else(PoisonError::into_inner).remove(&(user, group));
    }

    /// A new session began: until [`Roster::caught_up`] live messages do not count as the last one read,
    /// because older ones may have been missed.
    pub fn fall_behind(&self) {
        self.read.write().unwrap_or_else(PoisonError::into_inner).behind = true;
    }

    /// Remembers that a message of a watched channel was looked at.
    pub fn heard(&self, channel: ChannelId, group: GroupId, message: MessageId) {
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        if !read.behind {
            read.advance(channel, (group, message));
        }
    }

    /// The channels and threads read so far, with the newest message of each.
    pub fn last_heard(&self) -> HashMap<ChannelId, LastRead> {
        self.read.read().unwrap_or_else(PoisonError::into_inner).last.clone()
    }

    /// What was missed is read up to these messages.
    pub fn caught_up(&self, read_to: impl IntoIterator<Item = (ChannelId, LastRead)>) {
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        for (channel, last) in read_to {
            read.advance(channel, last);
        }
        read.behind = false;
    }

    /// Forgets everything about a member.
    pub fn forget(&self, member: Member) {
        let there: BTreeSet<GroupId> = self.in_guild(member.guild).iter().map(|known| known.group).collect();
        self.care.forget(member.user, |group| there.contains(&group));
        self.leave_guild(member);
        self.wishes.write().unwrap_or_else(PoisonError::into_inner).remove(&member);
        self.pointed.write().unwrap_or_else(PoisonError::into_inner).remove(&member);
        let mut hands = self.hands.write().unwrap_or_else(PoisonError::into_inner);
        hands.retain(|(user, _), _| *user != member.user);
    }

    fn any(&self, wanted: impl Fn(&Known) -> bool) -> Option<Known> {
        let groups = self.groups.read().unwrap_or_else(PoisonError::into_inner);
        groups.values().filter(|known| wanted(known)).min_by_key(|known| known.group).cloned()
    }
}

impl ReadSoFar {
    fn advance(&mut self, channel: ChannelId, (group, message): LastRead) {
        if self.last.len() >= READ_LIMIT
            && !self.last.contains_key(&channel)
            && let Some(any) = self.last.keys().next().copied()
        {
            self.last.remove(&any);
        }
        let last = self.last.entry(channel).or_insert((group, message));
        *last = (group, last.1.max(message));
    }
}

fn drop_oldest<K: Copy + Eq + Hash, V, T: Ord>(map: &mut HashMap<K, V>, age: impl Fn(&V) -> T) {
    let oldest = map.iter().min_by_key(|(_, value)| age(value)).map(|(key, _)| *key);
    if let Some(oldest) = oldest {
        map.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member() -> Member {
        Member { guild: GuildId::new(1), user: UserId::new(2) }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn only_ones_own_pointing_is_taken_back() {
        let roster = Roster::default();
        let (low, high) = ((Level::Low, at(1)), (Level::High, at(2)));
        assert_eq!(roster.try_point(member(), low, |last| last.is_none()), Some(None));
        assert_eq!(roster.try_point(member(), low, |last| last.is_none()), None);
        assert_eq!(roster.try_point(member(), high, |_| true), Some(Some(low)));
        roster.unpoint(member(), low, None);
        assert_eq!(roster.try_point(member(), high, |last| last != Some(high)), None);
        roster.unpoint(member(), high, Some(low));
        assert_eq!(roster.try_point(member(), low, |last| last == Some(low)), Some(Some(low)));
    }

    #[test]
    fn live_messages_move_nothing_while_older_ones_may_be_missing() {
        let roster = Roster::default();
        let (channel, group) = (ChannelId::new(7), GroupId::new(1));
        let last = || roster.last_heard()[&channel].1.raw();
        roster.heard(channel, group, MessageId::new(10));
        roster.fall_behind();
        roster.heard(channel, group, MessageId::new(30));
        assert_eq!(last(), 10);
        roster.caught_up([(channel, (group, MessageId::new(30)))]);
        roster.heard(channel, group, MessageId::new(20));
        assert_eq!(last(), 30);
    }

    #[test]
    fn a_person_belongs_to_the_groups_they_joined_until_they_leave() {
        let roster = Roster::default();
        for (group, guild) in [(1, 1), (2, 1), (3, 9)] {
            roster.know(Known {
                group: GroupId::new(group),
                guild: GuildId::new(guild),
                name: "Evening".into(),
                channel: ChannelId::new(group),
                facilitator_channel: ChannelId::new(group),
                facilitator_role: None,
                country: "US".into(),
                noticing: true,
            });
            roster.join(member().user, GroupId::new(group));
        }
        let mine = || roster.groups_of(member().user).iter().map(|known| known.group.raw()).collect::<Vec<_>>();
        assert_eq!(mine(), [1, 2, 3]);
        roster.leave(member().user, GroupId::new(1));
        assert_eq!(mine(), [2, 3]);
        roster.leave_guild(member());
        assert_eq!(mine(), [3]);
        roster.forget(Member { guild: GuildId::new(9), user: member().user });
        assert_eq!(mine(), Vec::<i64>::new());
    }
}
