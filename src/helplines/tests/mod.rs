//! Tables over the built-in directory and what can be asked of it.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

mod hours;
mod reading;

/// The built-in directory, parsed once.
pub(in crate::helplines) fn embedded() -> &'static Directory {
    static DIRECTORY: LazyLock<Directory> = LazyLock::new(|| Directory::embedded().unwrap_or_else(|e| panic!("{e}")));
    &DIRECTORY
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn code(text: &str) -> CountryCode {
    CountryCode::parse(text).unwrap()
}

fn every_line() -> impl Iterator<Item = &'static Arc<Helpline>> {
    embedded().countries().flat_map(|(country, _)| embedded().all_lines(country))
}

/// A Wednesday, 12:00 in London.
fn noon() -> DateTime<Utc> {
    at("2026-11-18T12:00:00Z")
}

// ---- the built-in file ------------------------------------------------------------------------------------------

#[test]
fn the_built_in_directory_is_whole() {
    assert_eq!(embedded().countries().count(), 64);
    assert!(embedded().line_count() >= 371, "{}", embedded().line_count());
    assert!(embedded().international()[0].website.contains("findahelpline.com"));
}

#[test]
fn every_line_says_where_it_is_known_from_and_when_it_was_right() {
    let first = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap();
    for line in every_line() {
        assert!(line.sources.iter().all(|source| source.starts_with("http")), "{}", line.id);
        assert!(line.verified_on >= first, "{}", line.id);
        assert!(line.independent_sources >= 1, "{}", line.id);
    }
}

#[test]
fn every_country_has_an_emergency_number_or_an_honest_note() {
    for (country, name) in embedded().countries() {
        let emergency = embedded().emergency(country).unwrap();
        assert!(emergency.number.is_some() || emergency.note.is_some(), "{name}");
        assert!(!emergency.unsure || emergency.note.is_some(), "{name}: unsure, but the member is not told why");
    }
}

#[test]
fn lines_with_two_sources_come_first_in_each_country() {
    for (country, name) in embedded().countries() {
        let lines = embedded().all_lines(country);
        assert!(lines.is_sorted_by_key(|line| line.independent_sources < 2), "{name}");
    }
}

/// Country, id, ways, always open.
type Row = (&'static str, &'static str, &'static [(Reach, &'static str)], bool);

#[rustfmt::skip]
const SIX_COUNTRIES: &[Row] = &[
    (
        "US",
        "us-988-suicide-crisis-lifeline",
        &[
            (Reach::Call, "988"),
            (Reach::Text, "988"),
            (Reach::Chat, "https://988lifeline.org/chat/"),
        ],
        true,
    ),
    (
        "US",
        "us-crisis-text-line",
        &[(Reach::Text, "741741")],
        true,
    ),
    (
        "CA",
        "ca-9-8-8-suicide-crisis-helpline",
        &[(Reach::Call, "988"), (Reach::Text, "988")],
        true,
    ),
    ("GB", "gb-samaritans", &[(Reach::Call, "116 123")], true),
    ("GB", "gb-shout-85258", &[(Reach::Text, "85258")], true),
    (
        "IE",
        "ie-samaritans-ireland",
        &[(Reach::Call, "116 123")],
        true,
    ),
    // Older lists give a short code; the directory checked in 2026-03 gives this number.
    (
        "IE",
        "ie-text-about-it-spunout",
        &[
            (Reach::Text, "086 1800 280"),
            (Reach::Whatsapp, "+353861804253"),
        ],
        true,
    ),
    (
        "AU",
        "au-lifeline",
        &[(Reach::Call, "13 11 14"), (Reach::Text, "0477 13 11 14")],
        true,
    ),
    (
        "NZ",
        "nz-1737-need-to-talk",
        &[(Reach::Call, "1737"), (Reach::Text, "1737")],
        true,
    ),
    (
        "NZ",
        "nz-lifeline-aotearoa",
        &[(Reach::Call, "0800 543 354"), (Reach::Text, "4357")],
        false,
    ),
];

#[test]
fn the_best_lines_of_six_countries_are_there() {
    for (country, id, ways, always) in SIX_COUNTRIES {
        let line = embedded().line(id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(line.country, code(country), "{id}");
        assert_eq!(line.is_always_open(), *always, "{id}");
        for (reach, address) in *ways {
            assert!(line.ways.iter().any(|way| way.reach == *reach && &*way.address == *address), "{id} {address}");
        }
    }
    for (country, emergency) in
        [("US", "911"), ("CA", "911"), ("GB", "999"), ("IE", "112"), ("AU", "000"), ("NZ", "111")]
    {
        assert_eq!(embedded().emergency(code(country)).unwrap().number.as_deref(), Some(emergency));
    }
}

#[test]
fn the_first_offer_is_the_line_a_person_there_would_name() {
    for (country, topic, first) in [
        ("US", Topic::SuicideCrisis, "us-988-suicide-crisis-lifeline"),
        ("US", Topic::GeneralCrisis, "us-988-suicide-crisis-lifeline"),
        ("US", Topic::SubstanceUse, "us-samhsa-s-national-helpline"),
        ("US", Topic::DomesticViolence, "us-national-domestic-violence-hotline"),
        ("US", Topic::Veterans, "us-veterans-crisis-line"),
        ("CA", Topic::SuicideCrisis, "ca-9-8-8-suicide-crisis-helpline"),
        ("CA", Topic::Youth, "ca-kids-help-phone"),
        ("GB", Topic::SuicideCrisis, "gb-samaritans"),
        ("GB", Topic::DomesticViolence, "gb-national-domestic-abuse-helpline"),
        ("IE", Topic::SuicideCrisis, "ie-samaritans-ireland"),
        ("IE", Topic::Youth, "ie-childline-by-ispcc"),
        ("AU", Topic::SuicideCrisis, "au-lifeline"),
        ("AU", Topic::SubstanceUse, "au-national-alcohol-and-other-drug"),
        ("NZ", Topic::SuicideCrisis, "nz-1737-need-to-talk"),
        ("NL", Topic::SuicideCrisis, "nl-113-zelfmoordpreventie"),
        ("KR", Topic::SuicideCrisis, "kr-109"),
        ("DE", Topic::SuicideCrisis, "de-telefonseelsorge"),
        ("FR", Topic::SuicideCrisis, "fr-3114"),
        ("BR", Topic::SuicideCrisis, "br-cvv-centro-de-valorizacao-da-vida"),
    ] {
        let offers = embedded().lines(code(country), &Ask::about(topic), noon());
        assert_eq!(offers.first().map(|offer| &*offer.line.id), Some(first), "{country} {topic}");
    }
}

// ---- asking -----------------------------------------------------------------------------------------------------

#[test]
fn an_open_line_comes_before_one_that_is_shut() {
    for (country, _) in embedded().countries() {
        for topic in Topic::ALL {
            for hour in 0..24 {
                let moment = noon() + TimeDelta::hours(hour);
                let offers = embedded().lines(country, &Ask::about(topic), moment);
                assert!(offers.is_sorted_by_key(|offer| offer.standing), "{country} {topic} {moment}");
            }
        }
    }
}

#[test]
fn written_ways_come_first_when_asked() {
    let ask = Ask { written_first: true, ..Ask::about(Topic::SuicideCrisis) };
    let offers = embedded().lines(code("GB"), &ask, noon());
    assert_eq!(&*offers[0].line.id, "gb-shout-85258");
    let line = embedded().line("au-lifeline").unwrap();
    assert_eq!(line.ways_at(noon(), true)[0].reach, Reach::Text);
    assert_eq!(line.ways_at(noon(), false)[0].reach, Reach::Call);
}

#[test]
fn a_line_in_a_language_of_the_person_comes_first_among_open_ones() {
    let ask = Ask { languages: vec!["sv-SE".to_owned()], ..Ask::about(Topic::SuicideCrisis) };
    let offers = embedded().lines(code("FI"), &ask, at("2026-11-19T10:00:00Z"));
    assert_eq!(&*offers[0].line.id, "fi-mieli-kristelefon-swedish", "Thursday 12:00 in Helsinki");
    let ask = Ask { languages: vec!["en-GB".to_owned()], ..Ask::about(Topic::SuicideCrisis) };
    let offers = embedded().lines(code("FR"), &ask, at("2026-11-18T15:00:00Z"));
    assert_eq!(&*offers[0].line.id, "fr-sos-help-english-language-listening");
}

#[test]
fn a_country_without_the_topic_falls_back_to_what_is_near() {
    assert!(embedded().lines(code("TR"), &Ask::about(Topic::SuicideCrisis), noon()).is_empty());
    let near = embedded().nearest(code("SE"), &Ask::about(Topic::EatingDisorder), noon());
    assert!(near.iter().any(|offer| &*offer.line.id == "se-mind-sjalvmordslinjen"));
    let here = embedded().nearest(code("US"), &Ask::about(Topic::EatingDisorder), noon());
    assert!(here[0].line.is_about(Topic::EatingDisorder));
    let ids: Vec<_> = here.iter().map(|offer| &offer.line.id).collect();
    assert!(ids.iter().enumerate().all(|(i, id)| !ids[..i].contains(id)), "no line twice");
    assert!(embedded().nearest(code("AQ"), &Ask::about(Topic::Grief), noon()).is_empty());
}

#[test]
fn countries_are_found_by_what_people_type() {
    for (typed, first) in [
        ("uk", "GB"),
        ("UK", "GB"),
        ("Scotland", "GB"),
        ("usa", "US"),
        ("America", "US"),
        ("u.s.", "US"),
        ("us", "US"),
        ("Türkiye", "TR"),
        ("turkiye", "TR"),
        ("Turkey", "TR"),
        ("turk", "TR"),
        ("holland", "NL"),
        ("deutsch", "DE"),
        ("espana", "ES"),
        ("日本", "JP"),
        ("россия", "RU"),
        ("zealand", "NZ"),
        ("kingdom", "GB"),
        ("  IE ", "IE"),
        ("한국", "KR"),
        ("osterreich", "AT"),
    ] {
        let found = embedded().suggest(typed);
        assert_eq!(found.first().map(|(country, _)| *country), Some(code(first)), "{typed}");
    }
    assert_eq!(embedded().suggest("").len(), MAX_SUGGESTIONS);
    assert!(embedded().suggest("qqqq").is_empty());
    assert_eq!(embedded().find_country("uk").unwrap().code, code("GB"));
    assert!(embedded().find_country("united").is_none(), "a part of a name is not a country");
}

#[test]
fn a_country_code_is_two_letters() {
    assert_eq!(CountryCode::parse(" gb ").unwrap().as_str(), "GB");
    for bad in ["", "g", "gbr", "1a", "é", "g-", "日"] {
        assert_eq!(CountryCode::parse(bad), None, "{bad}");
    }
}

#[test]
fn what_is_old_is_listed_oldest_first() {
    let on = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let stale = embedded().stale(on, 365);
    assert!(stale.is_sorted_by_key(|entry| -entry.age_days));
    assert!(stale.iter().all(|entry| entry.age_days > 365));
    assert!(embedded().stale(on, 36_500).is_empty());
    assert_eq!(embedded().stale(on, 0).len(), embedded().line_count() + embedded().international().len());
}

#[test]
fn a_guild_can_add_its_own_line() {
    let entry = LineEntry {
        id: "guild-1".to_owned(),
        name: "Our house".to_owned(),
        about: "Somebody of the clinic answers.".to_owned(),
        topics: vec![Topic::GeneralCrisis],
        call: Some("+20 2 1234 5678".to_owned()),
        hours_unknown: Some("Office hours.".to_owned()),
        sources: vec!["https://clinic.example/contact".to_owned()],
        independent_sources: Some(1),
        verified_on: "2026-11-01".parse().ok(),
        ..LineEntry::default()
    };
    let line = entry.clone().check(code("EG"), chrono_tz::Africa::Cairo).unwrap();
    let wider = embedded().with_lines(vec![line]);
    assert_eq!(wider.lines(code("EG"), &Ask::about(Topic::GeneralCrisis), noon()).len(), 1);
    assert!(wider.emergency(code("EG")).is_none());
    let unsourced = LineEntry { sources: Vec::new(), ..entry };
    assert_eq!(unsourced.check(code("EG"), chrono_tz::Africa::Cairo).unwrap_err(), ["sources is empty"]);
}

proptest! {
    #[test]
    fn looking_up_never_panics(typed in "\\PC{0,20}", language in "\\PC{0,8}") {
        let _ = embedded().suggest(&typed);
        let _ = embedded().find_country(&typed);
        let ask = Ask { languages: vec![language], ..Ask::about(Topic::SuicideCrisis) };
        let _ = embedded().nearest(code("US"), &ask, noon());
    }
}
