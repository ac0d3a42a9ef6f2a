//! Which mentor is asked. Pure.

use std::cmp::Reverse;

use super::model::{Listing, Match, Topic};
use crate::ids::UserId;

/// The mentor to ask for a member: listed for the topic, with room, not the member, and never brought together with
/// them before. Of several, the one with the fewest people at the moment, then the one who named the fewest topics
/// (it is theirs most), then whoever has been listed longest.
pub fn best<'a>(listings: &'a [Listing], matches: &[Match], member: UserId, topic: Topic) -> Option<&'a Listing> {
    let open = |mentor: UserId| matches.iter().filter(|one| one.is_open() && one.mentor.user == mentor).count();
    let met = |mentor: UserId| matches.iter().any(|one| one.mentor.user == mentor && one.member.user == member);
    listings
        .iter()
        .filter(|one| one.member.user != member && one.topics.contains(&topic) && !met(one.member.user))
        .filter(|one| open(one.member.user) < usize::from(one.capacity))
        .max_by_key(|one| {
            let user = one.member.user;
            (Reverse(open(user)), Reverse(one.topics.len()), Reverse(one.listed_at), Reverse(user))
        })
}
