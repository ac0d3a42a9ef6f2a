//! What a group's weather gives away about anybody in it: nothing that is sure.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::super::cards;
use super::super::model::{Mood, Spread, WEATHER_FROM, Weather};
use super::super::plan::weather::{blurred, spread, week_of};
use crate::ids::UserId;

fn moods(text: &str) -> Vec<(UserId, Mood)> {
    let one = |(at, digit): (usize, char)| {
        (UserId::new(i64::try_from(at).unwrap() + 1), Mood::of_number(&digit.to_string()).unwrap())
    };
    text.chars().enumerate().map(one).collect()
}

/// Bytes as good as chance, for a number of a key and a bucket.
fn chance(key: u32) -> impl Fn(usize) -> [u8; 32] {
    move |bucket| Sha256::digest(format!("{key}/{bucket}")).into()
}

/// How likely a number is shown for a true one: the two-sided geometric distribution with ratio 1/2, what
/// lies below zero shown as zero.
fn likely(shown: u32, count: u32) -> f64 {
    let halves = |times: u32| 0.5_f64.powi(i32::try_from(times).unwrap());
    if shown > 0 { halves(shown.abs_diff(count)) / 3.0 } else { halves(count) * 2.0 / 3.0 }
}

fn likely_view(view: Spread, truth: Spread) -> f64 {
    view.into_iter().zip(truth).map(|(shown, count)| likely(shown, count)).product()
}

#[test]
fn fewer_than_five_people_make_no_weather_however_much_they_answered() {
    assert_eq!(spread(moods("1234")), None);
    let often: Vec<_> = (0..4).flat_map(|_| moods("5555")).collect();
    assert_eq!(spread(often), None);
    assert_eq!(spread(moods("12345")), Some([1, 1, 1, 1, 1]));
    assert_eq!(WEATHER_FROM, 5);
}

#[test]
fn everybody_counts_once_with_their_middle_mood() {
    let ana = UserId::new(1);
    let mut all: Vec<_> = moods("33333");
    all.extend([(ana, Mood::Hard), (ana, Mood::Hard)]);
    assert_eq!(spread(all.clone()), Some([1, 0, 4, 0, 0]), "so-so, really hard twice");
    all.extend([(ana, Mood::Good), (ana, Mood::Good), (ana, Mood::Good)]);
    assert_eq!(spread(all.clone()), Some([0, 0, 5, 0, 0]), "of six the lower middle");
}

#[test]
fn the_noise_is_what_it_is_said_to_be() {
    let rounds = 30_000_u32;
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    for key in 0..rounds {
        *seen.entry(blurred([3, 0, 0, 0, 0], chance(key))[0]).or_default() += 1;
    }
    for shown in 0..8 {
        let share = f64::from(seen.get(&shown).copied().unwrap_or(0)) / f64::from(rounds);
        assert!((share - likely(shown, 3)).abs() < 0.012, "{shown}: {share} where {} is expected", likely(shown, 3));
    }
}

/// For every single member of every group: a view with them and the view without them cannot be told apart
/// with certainty, nor can the moods they may have had.
#[test]
fn no_member_can_be_read_out_of_the_difference_of_two_views() {
    for text in ["111111", "155555", "123451", "2222233333", "5555555555551", "12345123451234512345"] {
        let all = moods(text);
        let with = spread(all.clone()).unwrap();
        for (member, mood) in &all {
            let without = spread(all.iter().copied().filter(|(user, _)| user != member)).unwrap();
            // Whatever can be shown in any bucket: a product of what can be shown in each, of which one differs.
            let at = mood.number() - 1;
            for shown in 0..60 {
                let (here, there) = (likely(shown, with[at]), likely(shown, without[at]));
                assert!(here > 0.0 && there > 0.0, "{text}: {shown} is possible in one world only");
                let ratio = here / there;
                assert!((0.5..=2.0).contains(&ratio), "{text}, {member}: {shown} is {ratio} times as likely");
            }
            for other in Mood::ALL {
                let mut changed = without;
                changed[other.number() - 1] += 1;
                for view in [with, without, [0; 5], [9; 5], [0, 12, 0, 3, 1]] {
                    let ratio = likely_view(view, with) / likely_view(view, changed);
                    assert!((0.25..=4.0).contains(&ratio), "{text}: {mood:?} or {other:?}: {ratio}");
                }
            }
        }
    }
}

/// The same by trial: under many keys, the views that come up with a member come up without them, about as often.
#[test]
fn views_with_and_without_a_member_come_up_alike() {
    let (with, without) = ([1, 0, 3, 1, 1], [0, 0, 3, 1, 1]);
    let count = |spread: Spread, from: u32| {
        let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
        for key in from..from + 20_000 {
            *seen.entry(blurred(spread, chance(key))[0]).or_default() += 1;
        }
        seen
    };
    let (with, without) = (count(with, 0), count(without, 1_000_000));
    for (shown, times) in with.iter().filter(|(_, times)| **times > 400) {
        let ratio = f64::from(*times) / f64::from(without.get(shown).copied().unwrap_or(0).max(1));
        assert!((0.4..=2.5).contains(&ratio), "{shown}: {ratio}");
    }
    assert!(with.keys().filter(|shown| **shown < 4).all(|shown| without.contains_key(shown)));
}

#[test]
fn the_week_is_the_last_whole_one() {
    let zone = super::zone();
    for (now, week) in [
        ("2026-03-09T12:00:00Z", "2026-03-02"),
        ("2026-03-15T23:00:00Z", "2026-03-02"),
        // Monday, but the night's answers still belong to Sunday until three.
        ("2026-03-09T06:59:00Z", "2026-02-23"),
        ("2026-03-09T07:00:00Z", "2026-03-02"),
    ] {
        assert_eq!(week_of(super::at(now), zone).to_string(), week, "{now}");
    }
}

#[test]
fn the_card_names_nobody_and_fits() {
    let group = super::group();
    let weather = Weather { week_on: "2026-03-02".parse().unwrap(), about: [0, 1, 400, 2, 7] };
    for card in [cards::weather(&group, &weather, Some(true)), cards::too_few(&group, None)] {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
        let text = format!("{card:?}");
        assert!(!text.contains("<@"), "{text}");
    }
}
