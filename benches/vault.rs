//! What sealing costs: an answer of 200 bytes in under 10 microseconds, a year of answers opened for a chart in
//! under 5 milliseconds. `cargo bench --bench vault` shows both.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use daymark::vault::{Holder, MasterKey, Place, Vault};
use divan::{Bencher, black_box};

/// A member with a key, as the bot holds both.
struct Desk {
    vault: Vault,
    wrapped: Vec<u8>,
}

const MEMBER: u64 = 1_204_567_890_123_456_789;
const GUILD: u64 = 1_204_567_890_123_456_790;

impl Desk {
    fn new() -> Self {
        let vault = Vault::new(MasterKey::generate().unwrap());
        let wrapped = vault.new_wrapped_key(Holder { member: MEMBER, scope: GUILD }).unwrap();
        Self { vault, wrapped }
    }

    fn seal(&self, row: i64, text: &[u8]) -> Vec<u8> {
        self.vault.seal(&self.wrapped, GUILD, place(row), text).unwrap()
    }
}

fn place(row: i64) -> Place<'static> {
    Place { table: "checkin_answer", column: "sealed", member: MEMBER, row }
}

fn main() {
    divan::main();
}

/// One answer with a line, 200 bytes as JSON.
#[divan::bench]
fn sealing_an_answer(bencher: Bencher<'_, '_>) {
    let (desk, text) = (Desk::new(), [b'x'; 200]);
    bencher.bench(|| desk.seal(black_box(7), black_box(&text)));
}

/// The same, opened.
#[divan::bench]
fn opening_an_answer(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    let sealed = desk.seal(7, &[b'x'; 200]);
    bencher.bench(|| desk.vault.open(&desk.wrapped, GUILD, place(7), black_box(&sealed)).unwrap());
}

/// Every day of a year, with a key that has to be unwrapped first.
#[divan::bench]
fn opening_a_year_of_answers(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    let year: Vec<(i64, Vec<u8>)> = (0..365).map(|day| (day, desk.seal(day, &[b'x'; 200]))).collect();
    bencher.bench(|| {
        desk.vault.forget(MEMBER);
        year.iter()
            .map(|(day, sealed)| desk.vault.open(&desk.wrapped, GUILD, place(*day), sealed).unwrap().len())
            .sum::<usize>()
    });
}
