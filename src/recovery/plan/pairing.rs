//! Who meets whom next: pairs (and one three when the number is odd) inside a group. Pure.
//!
//! The promise: nobody is paired twice in a round, blocks are never crossed, and nobody meets somebody again in a round
//! that could be seated without anybody meeting again. That is exact for pairs, and for a three among up to fifteen
//! people; among more, so many threes are tried that one that fits is as good as always found.
//!
//! How: for the free case there is the round-robin schedule that every chess club uses (the circle method): people keep
//! a seat for as long as they take part, the round says who faces whom, and in n-1 rounds everybody meets everybody
//! once. Where the circle does not fit (an odd number, whose third meets two at a time; blocks, skips, people who came
//! and went), a perfect matching is looked for: first among people who never met, then among those who met once, and
//! so on, so that whoever must meet again has met as seldom as can be. What then still costs is mended by exchanges
//! until no exchange makes it better. What a meeting costs grows with how often, and how lately, two have met.

use std::collections::{HashMap, HashSet};

use super::matching::perfect;

/// Most people in one round: beyond that the group is a crowd, and pairing takes long.
pub const PEOPLE_LIMIT: usize = 500;
/// Most passes of mending: each goes over every pair once, and the first few do nearly everything.
const PASSES: usize = 60;
/// What a pair that must not be costs: more than any sum of others.
const NEVER: u64 = 1 << 50;
/// What meeting once more costs, before it is told how lately it was.
const AGAIN: u64 = 1 << 20;

/// Up to so many people every three is tried. Among more, most have not met for long, and the first few fit.
const EVERY_THREE: usize = 15;
/// Threes tried beyond that, divided by the number of people.
const THREES_TRIED: usize = 2_500;

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
        // Squared, so that nobody meets somebody a third time while others have met once.
        u64::from(met.times).pow(2) * AGAIN + u64::from(met.last)
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
    let (_, mut pairs) = best.unwrap_or_default();
    mend(&mut pairs, known);
    let by_circle = meetings(pairs, known);
    let cost = sum(&by_circle, known);
    if cost == 0 && seated(&by_circle) == people.len() {
        return by_circle;
    }
    // Whoever sits alone costs more than any meeting.
    let whole_cost = |all: &[Vec<usize>]| ((people.len() - seated(all)), sum(all, known));
    match exact(&people, known, round) {
        Some(exact) if whole_cost(&exact) < whole_cost(&by_circle) => exact,
        Some(_) | None => by_circle,
    }
}

fn seated(meetings: &[Vec<usize>]) -> usize {
    meetings.iter().map(Vec::len).sum()
}

fn sum(meetings: &[Vec<usize>], known: &Known) -> u64 {
    let pairs = meetings.iter().flat_map(|group| {
        group.iter().enumerate().flat_map(|(at, one)| group.iter().skip(at + 1).map(|other| (*one, *other)))
    });
    pairs.map(|(one, other)| known.cost(one, other)).sum()
}

/// Seats everybody so that the two who have met most often among those who sit together have met as seldom as can be:
/// first only people who never met, then those who met once, and so on. None when blocks leave somebody alone.
fn exact(people: &[usize], known: &Known, round: u32) -> Option<Vec<Vec<usize>>> {
    let most = known.met.values().map(|met| met.times).max().unwrap_or(0);
    (0..=most).find_map(|times| {
        let near = |one: &usize| {
            let may = |other: &usize| {
                one != other && !known.is_blocked(*one, *other) && known.met(*one, *other).times <= times
            };
            let mut near: Vec<usize> = (0..people.len()).filter(|at| may(&people[*at])).collect();
            // Whoever is met first here is paired first, so that few of those who must meet again do.
            near.sort_by_key(|at| known.cost(*one, people[*at]));
            near
        };
        let near: Vec<Vec<usize>> = people.iter().map(near).collect();
        let found = if people.len().is_multiple_of(2) { twos(&near) } else { twos_and_a_three(&near, round) };
        let found = found?;
        Some(mended(found.into_iter().map(|group| group.into_iter().map(|at| people[at]).collect()).collect(), known))
    })
}

/// A seating with its pairs exchanged for as long as that makes it better; a three stays as it is.
fn mended(all: Vec<Vec<usize>>, known: &Known) -> Vec<Vec<usize>> {
    let (threes, twos): (Vec<_>, Vec<_>) = all.into_iter().partition(|group| group.len() == 3);
    let mut pairs: Seats = twos.iter().filter_map(|two| Some((*two.first()?, Some(*two.get(1)?)))).collect();
    mend(&mut pairs, known);
    threes.into_iter().chain(pairs.into_iter().map(|(one, other)| [one].into_iter().chain(other).collect())).collect()
}

fn named(mate: &[usize]) -> Vec<Vec<usize>> {
    mate.iter().enumerate().filter(|(one, other)| one < *other).map(|(one, other)| vec![one, *other]).collect()
}

fn twos(near: &[Vec<usize>]) -> Option<Vec<Vec<usize>>> {
    Some(named(&perfect(near, &vec![true; near.len()])?))
}

/// Everybody in pairs but for one three, each of whom may sit with both others.
fn twos_and_a_three(near: &[Vec<usize>], round: u32) -> Option<Vec<Vec<usize>>> {
    let count = near.len();
    let mut tries = if count <= EVERY_THREE { usize::MAX } else { THREES_TRIED / count };
    let first = usize::try_from(round).unwrap_or(0) % count;
    for one in (0..count).map(|ahead| (first + ahead) % count) {
        // A three whose pair matches by itself is found at once.
        let mut left = vec![true; count];
        left[one] = false;
        if let Some(mate) = perfect(near, &left) {
            let host = near[one].iter().find(|other| near[one].contains(&mate[**other]));
            if let Some(host) = host.copied() {
                let mut all: Vec<Vec<usize>> = named(&mate).into_iter().filter(|two| !two.contains(&host)).collect();
                all.push(vec![host, mate[host], one]);
                return Some(all);
            }
        }
        for (at, two) in near[one].iter().copied().enumerate() {
            for three in near[one].iter().skip(at + 1).copied().filter(|three| near[two].contains(three)) {
                tries = tries.checked_sub(1)?;
                let mut left = vec![true; count];
                for seat in [one, two, three] {
                    left[seat] = false;
                }
                if let Some(mate) = perfect(near, &left) {
                    return Some(named(&mate).into_iter().chain([vec![one, two, three]]).collect());
                }
            }
        }
    }
    None
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
