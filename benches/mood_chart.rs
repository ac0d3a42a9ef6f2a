//! How long a year's chart takes from answers to PNG: under 50 ms, so that `/mood` answers at once.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::time::{Duration, Instant};

use daymark::checkins::chart::{png, svg};
use daymark::checkins::model::{Answer, Mood, Series, Urge};
use daymark::checkins::plan;

const LIMIT: Duration = Duration::from_millis(50);
const ROUNDS: usize = 40;

fn main() {
    let until: chrono::NaiveDate = "2026-03-02".parse().unwrap();
    let answers: Vec<_> = (0..365_u64)
        .filter(|back| back % 6 != 0)
        .map(|back| {
            let mood = Mood::ALL[usize::try_from(back % 5).unwrap()];
            let urge = Urge::try_from(u8::try_from(back % 11).unwrap()).ok();
            (until - chrono::Days::new(back), Answer { mood: Some(mood), urge, ..Answer::default() })
        })
        .collect();
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            let picture = png(&svg(&plan::trend(&answers, until, 365, Some(Series::Urge)))).unwrap();
            assert!(picture.len() > 1_000);
            began.elapsed()
        })
        .collect();
    took.sort();
    let median = took[ROUNDS / 2];
    println!("a year's chart: median {median:?}, slowest {:?}", took[ROUNDS - 1]);
    assert!(median < LIMIT, "a year's chart took {median:?}, {LIMIT:?} is the limit");
}
