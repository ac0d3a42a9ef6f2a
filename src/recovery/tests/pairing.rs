//! Pairing people: nobody twice, no block crossed, nobody again before it must be.

use std::collections::HashSet;

use proptest::prelude::*;

use crate::recovery::plan::pairing::{Known, pair};

/// Pairs for so many rounds and remembers who met; gives how often anybody met somebody again before everybody else.
fn rounds(people: &[usize], known: &mut Known, count: u32) -> Vec<Vec<Vec<usize>>> {
    (1..=count)
        .map(|round| {
            let meetings = pair(people, known, round);
            for group in &meetings {
                for (at, one) in group.iter().enumerate() {
                    for other in &group[at + 1..] {
                        known.meet(*one, *other, round);
                    }
                }
            }
            meetings
        })
        .collect()
}

fn holds(people: &[usize], known: &Known, meetings: &[Vec<usize>]) {
    let mut seen = HashSet::new();
    for group in meetings {
        assert!(group.len() == 2 || group.len() == 3, "{group:?}");
        for (at, one) in group.iter().enumerate() {
            assert!(people.contains(one) && seen.insert(*one), "{one} is there twice, or should not be");
            assert!(group[at + 1..].iter().all(|other| !known.is_blocked(*one, *other)), "{group:?} crosses a block");
        }
    }
}

#[test]
fn everybody_meets_everybody_before_anybody_meets_again_from_two_to_five_hundred_over_a_year() {
    for count in (2..=60).chain([99, 100, 128, 250, 333, 499, 500]) {
        let people: Vec<usize> = (0..count).collect();
        let mut known = Known::default();
        for (at, meetings) in rounds(&people, &mut known, 52).iter().enumerate() {
            holds(&people, &known, meetings);
            let there: usize = meetings.iter().map(Vec::len).sum();
            assert_eq!(there, count, "round {at} of {count}: everybody has somebody");
            let threes = meetings.iter().filter(|group| group.len() == 3).count();
            assert_eq!(threes, usize::from(count % 2 == 1), "round {at} of {count}");
        }
        odd_ones_meet_again_as_late_and_as_seldom_as_counting_allows(count, &known);
        // In an even group a pair meets again only when everybody has met: as often as the rounds ask for, no more.
        if count % 2 == 0 {
            let most = 52_u32.div_ceil(u32::try_from(count - 1).unwrap());
            let least = 52 / u32::try_from(count - 1).unwrap();
            for one in 0..count {
                for other in one + 1..count {
                    let times = known.met(one, other).times;
                    assert!((least..=most).contains(&times), "{one} and {other} of {count} met {times} times");
                }
            }
        }
    }
}

/// How many meetings there were, and how many of them were not the first of two people.
fn again(count: usize, known: &Known) -> (usize, usize) {
    let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
    let times = pairs.map(|(one, other)| usize::try_from(known.met(one, other).times).unwrap());
    times.fold((0, 0), |(all, again), times| (all + times, again + times.saturating_sub(1)))
}

/// In an odd group the three meet two at a time, so a year holds more meetings than pairs from a size on: how many must
/// be repeats is a matter of counting, and there are no more than that; but for the last round or two before everybody
/// has met everybody, where nobody knows whether a seating without repeats exists at all, and a few are made.
fn odd_ones_meet_again_as_late_and_as_seldom_as_counting_allows(count: usize, known: &Known) {
    if count.is_multiple_of(2) {
        return;
    }
    let (all, again) = again(count, known);
    let necessary = all.saturating_sub(count * (count - 1) / 2);
    assert!(again <= necessary + count / 3, "{count}: {again} met again, {necessary} had to");
    let times = (0..count).flat_map(|one| (one + 1..count).map(move |other| known.met(one, other).times));
    let (least, most) = times.fold((u32::MAX, 0), |(least, most), times| (least.min(times), most.max(times)));
    assert!(most - least <= 2, "{count}: some met {least} times and some {most}");
}

/// Whether these people can be seated in pairs, and one three if they are odd, with nobody meeting again and no block
/// crossed; by trying everything.
fn can_be_seated(left: &[usize], known: &Known, three: bool) -> bool {
    let fits = |one: usize, other: usize| !known.is_blocked(one, other) && known.met(one, other).times == 0;
    let Some((one, rest)) = left.split_first() else { return true };
    let without = |gone: &[usize]| rest.iter().copied().filter(|other| !gone.contains(other)).collect::<Vec<_>>();
    let friends: Vec<usize> = rest.iter().copied().filter(|other| fits(*one, *other)).collect();
    friends.iter().any(|two| can_be_seated(&without(&[*two]), known, three))
        || three
            && friends.iter().enumerate().any(|(at, two)| {
                let mut thirds = friends[at + 1..].iter().filter(|third| fits(*two, **third));
                thirds.any(|third| can_be_seated(&without(&[*two, *third]), known, false))
            })
}

#[test]
fn who_cannot_be_paired_is_in_no_meeting_and_a_three_crosses_no_block() {
    let mut known = Known::default();
    known.block(0, 1);
    assert_eq!(pair(&[0, 1], &known, 1), Vec::<Vec<usize>>::new());
    assert_eq!(pair(&[0], &known, 1), Vec::<Vec<usize>>::new());
    for round in 1..10 {
        let meetings = pair(&[0, 1, 2], &known, round);
        holds(&[0, 1, 2], &known, &meetings);
        assert_eq!(meetings.len(), 1);
    }
    let three = pair(&[4, 5, 6], &known, 1);
    assert_eq!((three.len(), three[0].len()), (1, 3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nobody_meets_again_in_a_round_that_could_be_seated_without_it(
        count in 2usize..10,
        met in prop::collection::vec((0usize..10, 0usize..10), 0..30),
        blocks in prop::collection::vec((0usize..10, 0usize..10), 0..6),
        round in 1u32..60,
    ) {
        let mut known = Known::default();
        met.iter().filter(|(one, other)| one != other).for_each(|(one, other)| known.meet(*one, *other, 1));
        blocks.iter().filter(|(one, other)| one != other).for_each(|(one, other)| known.block(*one, *other));
        let people: Vec<usize> = (0..count).collect();
        let meetings = pair(&people, &known, round);
        holds(&people, &known, &meetings);
        if can_be_seated(&people, &known, count % 2 == 1) {
            prop_assert_eq!(meetings.iter().map(Vec::len).sum::<usize>(), count, "somebody is alone: {:?}", meetings);
            for group in &meetings {
                for (at, one) in group.iter().enumerate() {
                    prop_assert!(group[at + 1..].iter().all(|other| known.met(*one, *other).times == 0), "{:?}", meetings);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_year_of_any_size_with_blocks_crosses_none_and_repeats_nobody_early(
        count in 2usize..=500,
        blocks in prop::collection::vec((0usize..500, 0usize..500), 0..20),
    ) {
        let mut known = Known::default();
        blocks.iter().filter(|(one, other)| one != other).for_each(|(one, other)| known.block(*one, *other));
        let people: Vec<usize> = (0..count).collect();
        for meetings in rounds(&people, &mut known, 52) {
            holds(&people, &known, &meetings);
        }
        // From 120 people on, a year does not come near to everybody having met everybody, blocks or not.
        if count >= 120 {
            prop_assert_eq!(again(count, &known).1, 0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whoever_comes_goes_skips_or_blocks_nobody_is_paired_twice_and_no_block_is_crossed(
        count in 2usize..60,
        blocks in prop::collection::vec((0usize..60, 0usize..60), 0..40),
        skips in prop::collection::vec(prop::collection::hash_set(0usize..60, 0..12), 12),
    ) {
        let mut known = Known::default();
        for (one, other) in blocks.iter().filter(|(one, other)| one != other) {
            known.block(*one, *other);
        }
        for (at, skipping) in skips.iter().enumerate() {
            let here: Vec<usize> = (0..count).filter(|one| !skipping.contains(one)).collect();
            let round = u32::try_from(at + 1).unwrap();
            let meetings = pair(&here, &known, round);
            holds(&here, &known, &meetings);
            prop_assert_eq!(&meetings, &pair(&here, &known, round), "the same is paired alike");
            for group in &meetings {
                for (at, one) in group.iter().enumerate() {
                    for other in &group[at + 1..] {
                        known.meet(*one, *other, round);
                    }
                }
            }
        }
    }
}
