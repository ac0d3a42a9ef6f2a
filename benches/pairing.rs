//! Pairing the largest round there is, with a year of meetings behind it: the goal is under 50 ms.

use daymark::recovery::plan::pairing::{Known, pair};

fn main() {
    divan::main();
}

/// Five hundred people who met over `rounds` rounds, a tenth of whom want to avoid somebody.
fn year(rounds: u32) -> (Vec<usize>, Known) {
    let people: Vec<usize> = (0..500).collect();
    let mut known = Known::default();
    for one in (0..500).step_by(10) {
        known.block(one, (one + 17) % 500);
    }
    for round in 1..=rounds {
        for group in pair(&people, &known, round) {
            for (at, one) in group.iter().enumerate() {
                for other in group.iter().skip(at + 1) {
                    known.meet(*one, *other, round);
                }
            }
        }
    }
    (people, known)
}

#[divan::bench(args = [0, 26, 52])]
fn five_hundred_people_after_so_many_rounds(bencher: divan::Bencher<'_, '_>, rounds: u32) {
    let (people, known) = year(rounds);
    bencher.bench(|| pair(&people, &known, rounds + 1));
}

#[divan::bench]
fn four_hundred_of_five_hundred_after_a_year(bencher: divan::Bencher<'_, '_>) {
    let (people, known) = year(52);
    let here: Vec<usize> = people.into_iter().filter(|one| one % 5 != 0).collect();
    bencher.bench(|| pair(&here, &known, 53));
}
