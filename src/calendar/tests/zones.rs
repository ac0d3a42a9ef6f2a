//! Names of zones, suggestions, and the way to instants and back in all of them.

use chrono_tz::TZ_VARIANTS;

use super::super::zone::is_canonical;
use super::super::zone_names::{ABBREVIATIONS, COMMON, LINKS};
use super::*;

#[test]
fn names_are_read_in_any_case_and_shown_as_they_are() {
    for (typed, shown) in [
        ("america/new_york", "America/New_York"),
        (" EUROPE/LONDON ", "Europe/London"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Europe/Oslo", "Europe/Oslo"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("utc", "Etc/UTC"),
        ("Etc/UTC", "Etc/UTC"),
    ] {
        assert_eq!(zone(typed).to_string(), shown);
    }
}

#[test]
fn what_is_not_the_name_of_a_zone_is_refused_with_the_one_that_is() {
    for (typed, meant) in [
        ("US/Eastern", "America/New_York"),
        ("us/pacific", "America/Los_Angeles"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("GB", "Europe/London"),
        ("EST", "America/New_York"),
        ("est5edt", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("GMT", "Europe/London"),
        ("Zulu", "Etc/UTC"),
        ("New York", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        ("Europe/Lodnon", "Europe/London"),
        ("Etc/GMT+5", "America/New_York"),
        ("UTC+2", "America/New_York"),
        ("+02:00", "America/New_York"),
        ("nowhere at all", "America/New_York"),
    ] {
        let misread = typed.parse::<Zone>().unwrap_err();
        assert_eq!(misread.example(), meant, "{typed}: {misread}");
        assert_eq!(misread.what(), typed);
    }
    assert_eq!(Zone::from_stored("Europe/Kiev").unwrap().name(), "Europe/Kyiv");
    assert_eq!(Zone::from_stored("Europe/Kyiv").unwrap().name(), "Europe/Kyiv");
    assert!(Zone::from_stored("Europe/Atlantis").is_err());
}

#[test]
fn the_tables_of_names_fit_the_zones_that_are_compiled_in() {
    let sorted =
        |table: &[(&str, &str)]| table.windows(2).all(|pair| pair[0].0.to_lowercase() < pair[1].0.to_lowercase());
    assert!(sorted(LINKS));
    for (name, target) in LINKS {
        assert!(TZ_VARIANTS.iter().any(|tz| tz.name() == *name), "{name} is no name");
        assert_eq!(zone(target).name(), *target);
        assert!(name.parse::<Zone>().is_err() || *name == "UTC", "{name}");
    }
    for (_, target) in ABBREVIATIONS {
        assert_eq!(zone(target).name(), *target);
    }
    for name in COMMON {
        assert_eq!(zone(name).name(), *name);
    }
    for tz in TZ_VARIANTS.iter().filter(|tz| is_canonical(tz.name())) {
        assert!(tz.name().contains('/'), "{} looks like an abbreviation", tz.name());
        assert_eq!(zone(tz.name()).name(), tz.name());
    }
    assert_eq!(TZ_VARIANTS.iter().filter(|tz| is_canonical(tz.name())).count(), 419);
}

#[test]
fn suggestions_put_what_was_meant_first() {
    for (typed, meant) in [
        ("new", "America/New_York"),
        ("new york", "America/New_York"),
        ("lond", "Europe/London"),
        ("Londno", "Europe/London"),
        ("berln", "Europe/Berlin"),
        ("est", "America/New_York"),
        ("us/e", "America/New_York"),
        ("calcutta", "Asia/Kolkata"),
        ("america/los", "America/Los_Angeles"),
        ("angeles", "America/Los_Angeles"),
        ("howe", "Australia/Lord_Howe"),
        ("", "America/New_York"),
    ] {
        let found: Vec<&str> = Zone::suggest(typed, 5).into_iter().map(Zone::name).collect();
        assert!(found.iter().take(3).any(|name| *name == meant), "{typed}: {found:?}");
    }
    assert_eq!(Zone::suggest("a", 100).len(), MAX_SUGGESTIONS);
    assert!(Zone::suggest("qqqqqq", 25).is_empty());
    assert!(Zone::suggest("a", 0).is_empty());
}

#[test]
fn every_change_of_every_zone_resolves_forward_in_gaps_and_first_in_folds() {
    let hour = chrono::TimeDelta::hours(1);
    for tz in TZ_VARIANTS.iter().filter(|tz| is_canonical(tz.name())) {
        let zone = zone(tz.name());
        let mut at = utc("2024-01-01 00:00");
        while at < utc("2030-01-01 00:00") {
            let next = at + chrono::TimeDelta::days(7);
            let Some(change) = zone.change_between(at, next) else {
                at = next;
                continue;
            };
            for minutes in (-240..=240).step_by(10) {
                let local = to_civil(change, zone) + chrono::TimeDelta::minutes(minutes);
                let ours = resolved(local, zone);
                let shown = to_civil(ours.at, zone);
                match ours.note {
                    Note::Exact => assert_eq!(shown, local, "{zone}"),
                    Note::Fold => {
                        assert_eq!(shown, local, "{zone}");
                        assert!(ours.at < change, "{zone}: the first one");
                    }
                    Note::Gap { moved_by } => {
                        assert_eq!(shown, local + moved_by, "{zone}");
                        assert!(moved_by <= hour * 3 && ours.at >= change, "{zone}");
                    }
                }
            }
            at = next;
        }
    }
}

#[test]
fn words_say_moments_and_how_far_they_are() {
    assert_eq!(moment_words(civil("2026-03-10 19:00")), "Tuesday 10 March, 19:00");
    assert_eq!(full_moment_words(civil("2026-12-24 08:05")), "Thursday 24 December 2026, 08:05");
    assert_eq!(list_words(&["a", "b", "c"]), "a, b and c");
    assert_eq!(list_words::<&str>(&[]), "");
    let zone = zone("America/New_York");
    let now = resolved(civil("2026-03-07 18:00"), zone).at;
    for (local, words) in [
        ("2026-03-07 18:00", "now"),
        ("2026-03-07 18:15", "in 15 minutes"),
        ("2026-03-07 19:30", "in 1 hour 30 minutes"),
        ("2026-03-08 00:00", "in 6 hours"),
        ("2026-03-08 18:00", "tomorrow"),
        ("2026-03-08 00:01", "tomorrow"),
        ("2026-03-11 09:00", "in 4 days"),
        ("2026-03-07 17:45", "15 minutes ago"),
    ] {
        let at = resolved(civil(local), zone).at;
        assert_eq!(until_words(now, at, zone), words, "{local}");
    }
    let late = resolved(civil("2026-03-07 01:00"), zone).at;
    let today = resolved(civil("2026-03-07 18:00"), zone).at;
    assert_eq!(until_words(late, today, zone), "today");
}
