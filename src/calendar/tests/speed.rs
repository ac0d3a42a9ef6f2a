//! A year's preview must be cheap: it is drawn while somebody waits. Generous, because a debug
//! build on a busy machine is slow; the benches measure what is promised.

use std::time::Instant;

use super::*;

#[test]
fn a_year_of_one_series_is_drawn_at_once() {
    for text in [
        "mon,wed,fri 18:00",
        "daily 08:00,20:00",
        "first,third tue 18:00",
        "0 18 * * 1-5",
    ] {
        let recurrence = recurrence(text);
        let zone = zone("America/New_York");
        let best = (0..20)
            .map(|_| {
                let began = Instant::now();
                let count = occurrences(
                    &recurrence,
                    &Span::ALWAYS,
                    zone,
                    utc("2026-01-01 00:00"),
                    utc("2027-01-01 00:00"),
                )
                .count();
                assert!(count >= 24);
                began.elapsed()
            })
            .min()
            .unwrap();
        assert!(best.as_millis() < 20, "{text} took {best:?} at best");
    }
}
