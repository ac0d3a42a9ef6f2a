//! How fast the lexicon engine is: ordinary messages, messages with a finding, the longest hostile
//! ones, and compiling all languages.

use std::hint::black_box;

use daymark::crisis::lexicon::{Lexicon, Sensitivity};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

fn lexicon() -> Lexicon {
    match Lexicon::embedded() {
        Ok(lexicon) => lexicon,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(2);
        }
    }
}

/// Messages of about 80 bytes, as people write them to each other all day.
const ORDINARY: [&str; 8] = [
    "does anyone know if the group starts at six or at half past six this wednesday??",
    "I tried the new bakery on Oak Street and the cinnamon rolls were really good lol",
    "thanks for the recipe, my sister made it yesterday and everybody loved the sauce",
    "the bus was late again so I walked the last two stops, nice weather for it today",
    "my phone died halfway through the movie, can somebody tell me how the story ends",
    "good morning all, coffee first and then the laundry, wish me luck with the stain",
    "we should plan something for the weekend, maybe the lake if it does not rain hm?",
    "that meeting could have been an email, two hours about the color of the new logo",
];

#[divan::bench]
fn ordinary_messages(bencher: Bencher<'_, '_>) {
    let lexicon = lexicon();
    bencher.counter(ItemsCount::new(ORDINARY.len())).bench_local(|| {
        for text in ORDINARY {
            black_box(lexicon.check(black_box(text), Sensitivity::Balanced));
        }
    });
}

#[divan::bench]
fn a_plain_statement(bencher: Bencher<'_, '_>) {
    let lexicon = lexicon();
    bencher.bench_local(|| {
        black_box(lexicon.check(
            black_box("i have been thinking about killing myself for weeks and nobody knows"),
            Sensitivity::Balanced,
        ))
    });
}

#[divan::bench(args = ["i want to ", "kill ", "k i l l ", "no not never ", "d1e ", "die. ", "我想", "i want to kill myself but "])]
fn four_thousand_hostile_characters(bencher: Bencher<'_, '_>, piece: &str) {
    let lexicon = lexicon();
    let text: String = piece.chars().cycle().take(4_000).collect();
    bencher.bench_local(|| black_box(lexicon.check(black_box(&text), Sensitivity::Balanced)));
}

#[divan::bench(sample_count = 20)]
fn compiling_every_language(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| black_box(Lexicon::embedded().is_ok()));
}
