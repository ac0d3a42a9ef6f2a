//! Who meets whom next: pairs (and one three when the number is odd) inside a group. Pure.
//!
//! The promise: nobody is paired twice in a round, blocks are never crossed, and nobody meets somebody again while
//! there is still somebody they have not met, as far as everybody's wishes allow it together.
//!
//! How: who meets whom is a perfect matching of the people at the lowest cost, where meeting again costs more the
//! more often (and the more lately) two have met. For the free case there is the round-robin schedule that every
//! chess club uses (the circle method): n-1 rounds in which everybody meets everybody once. A greedy matching can
//! paint itself into a corner long before that, so the circle is tried first: people keep a seat for as long as they
//! take part, and the round says who faces whom. Where the circle does not fit (blocks, skips, people who came
//! and went), the greedy pairs are mended by exchanges until no exchange makes it better.

use std::collections::{HashMap, HashSet};

/// Most people in one round: beyond that the group is a crowd, and pairing takes long.
pub const PEOPLE_LIMIT: usize = 500;
/// Most passes of mending: each goes over every pair once, and the first few do nearly everything.
const PASSES: usize = 60;
/// What a pair that must not be costs: more than any sum of others.
const NEVER: u64 = 1 << 40;
/// What meeting once more costs, before it is told how lately it was.
const AGAIN: u64 = 1 << 20;

/// Who sits with whom; with the empty seat of an odd number somebody sits alone.
type Seats = Vec<(usize, Option<usize>)>;

/// How often two have met, and in which round last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// How often.
    pub times: u32,
    /// In which round last, from 1.
    pub last: u32,
}

/// What is known about people when they are paired. People are small numbers here; the caller keeps who is who.
#[derive(Clone, Debug, Default)]
pub struct Known {
    met: HashMap<(usize, usize), Met>,
    blocked: HashSet<(usize, usize)>,
}

fn key(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

impl Known {
    /// Remembers that two met in a round.
    pub fn meet(&mut self, one: usize, other: usize, round: u32) {
        let met = self.met.entry(key(one, other)).or_default();
        met.times = met.times.saturating_add(1);
        met.last = met.last.max(round);
    }

    /// Two must not be paired; it does not matter who said so.
    pub fn block(&mut self, one: usize, other: usize) {
        self.blocked.insert(key(one, other));
    }

    /// Whether two must not be paired.
    pub fn is_blocked(&self, one: usize, other: usize) -> bool {
        self.blocked.contains(&key(one, other))
    }

    /// How often two have met.
    pub fn met(&self, one: usize, other: usize) -> Met {
        self.met.get(&key(one, other)).copied().unwrap_or_default()
    }

    fn cost(&self, one: usize, other: usize) -> u64 {
        if self.is_blocked(one, other) {
            return NEVER;
        }
        let met = self.met(one, other);
        u64::from(met.times) * AGAIN + u64::from(met.last)
    }
}

/// Pairs people for a round. Each of `people` is in at most one meeting, of two or (once, when the number is odd)
/// three; who is left over when blocks leave nobody for them is in none. `round` counts from 1.
///
/// More than [`PEOPLE_LIMIT`] people are paired up to that number.
pub fn pair(people: &[usize], known: &Known, round: u32) -> Vec<Vec<usize>> {
    let mut people: Vec<usize> = people.iter().copied().take(PEOPLE_LIMIT).collect();
    people.sort_unstable();
    people.dedup();
    if people.len() < 2 {
        return Vec::new();
    }
    let mut best: Option<(u64, Seats)> = None;
    for turn in turns(people.len(), round) {
        let pairs = circle(&people, turn);
        let cost = whole(&pairs, known);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, pairs));
        }
        // Nobody met anybody again: it cannot be better.
        if cost == 0 {
            break;
        }
    }
    let (cost, mut pairs) = best.unwrap_or_default();
    if cost > 0 {
        mend(&mut pairs, known);
    }
    meetings(pairs, known)
}

/// The turns of the circle, beginning with the one of this round.
fn turns(people: usize, round: u32) -> impl Iterator<Item = usize> {
    let seats = if people.is_multiple_of(2) { people } else { people + 1 };
    let rounds = (seats - 1).max(1);
    let first = usize::try_from(round.saturating_sub(1)).unwrap_or(0) % rounds;
    (0..rounds).map(move |ahead| (first + ahead) % rounds)
}

/// Who faces whom in a turn of the circle; the empty seat of an odd number faces somebody, too.
fn circle(people: &[usize], turn: usize) -> Seats {
    let seats = if people.len().is_multiple_of(2) { people.len() } else { people.len() + 1 };
    let at = |seat: usize| people.get(seat).copied();
    let around = seats - 1;
    // The last seat stays; the others turn.
    let seat = |place: usize| if place == 0 { seats - 1 } else { (turn + place) % around };
    let facing = |place: usize| if place == 0 { turn % around } else { (turn + around - place) % around };
    (0..seats / 2)
        .filter_map(|place| {
            let (one, other) = (at(seat(place)), at(facing(place)));
            match (one, other) {
                (Some(one), other) => Some((one, other)),
                (None, Some(other)) => Some((other, None)),
                (None, None) => None,
            }
        })
        .collect()
}

fn whole(pairs: &[(usize, Option<usize>)], known: &Known) -> u64 {
    pairs.iter().map(|(one, other)| other.map_or(0, |other| known.cost(*one, other))).sum()
}

/// Exchanges partners between pairs for as long as that makes the round better.
fn mend(pairs: &mut [(usize, Option<usize>)], known: &Known) {
    let cost = |one: usize, other: Option<usize>| other.map_or(0, |other| known.cost(one, other));
    for _ in 0..PASSES {
        let mut better = false;
        for first in 0..pairs.len() {
            // What costs nothing is fine as it is; it may still help another.
            if pairs.get(first).is_none_or(|(one, other)| cost(*one, *other) == 0) {
                continue;
            }
            for second in 0..pairs.len() {
                let (Some(&(a, b)), Some(&(c, d))) = (pairs.get(first), pairs.get(second)) else { continue };
                let now = cost(a, b) + cost(c, d);
                if first == second || now == 0 {
                    continue;
                }
                let crossed = cost(a, d) + cost(c, b);
                let swapped = match (b, d) {
                    (Some(b), Some(d)) => known.cost(a, c) + known.cost(b, d),
                    // The one who is alone sits down with somebody, and another is alone.
                    (Some(b), None) => known.cost(c, a).min(known.cost(c, b)),
                    (None, Some(_)) | (None, None) => u64::MAX,
                };
                let next = match (b, d) {
                    _ if crossed.min(swapped) >= now => continue,
                    _ if crossed <= swapped => ((a, d), (c, b)),
                    (Some(b), Some(d)) => ((a, Some(c)), (b, Some(d))),
                    (Some(b), None) if known.cost(c, a) <= known.cost(c, b) => ((c, Some(a)), (b, None)),
                    (Some(b), None) => ((c, Some(b)), (a, None)),
                    (None, _) => continue,
                };
                if let Some(slot) = pairs.get_mut(first) {
                    *slot = next.0;
                }
                if let Some(slot) = pairs.get_mut(second) {
                    *slot = next.1;
                }
                better = true;
            }
        }
        if !better {
            return;
        }
    }
}

/// Pairs that may be, and whoever is left sits down where it costs least and nothing is crossed.
fn meetings(pairs: Seats, known: &Known) -> Vec<Vec<usize>> {
    let mut met = Vec::new();
    let mut left = Vec::new();
    for (one, other) in pairs {
        match other {
            Some(other) if !known.is_blocked(one, other) => met.push(vec![one, other]),
            Some(other) => left.extend([one, other]),
            None => left.push(one),
        }
    }
    // Two who are left over for different reasons may well meet each other.
    let mut alone: Vec<usize> = Vec::new();
    for one in left {
        match alone.iter().position(|other| !known.is_blocked(one, *other)) {
            Some(at) => met.push(vec![alone.remove(at), one]),
            None => alone.push(one),
        }
    }
    for one in alone {
        let cost = |group: &&mut Vec<usize>| group.iter().map(|other| known.cost(one, *other)).sum::<u64>();
        let place = met.iter_mut().filter(|group| group.len() == 2).min_by_key(cost);
        if let Some(group) = place.filter(|group| group.iter().all(|other| !known.is_blocked(one, *other))) {
            group.push(one);
        }
    }
    met
}
