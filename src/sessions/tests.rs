//! Tables over reminders: which are due, when, and never twice.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::cards;
use super::model::Series;
use super::plan::{next_reminder, reminders, upcoming};
use crate::calendar::{Leads, Recurrence, Zone};
use crate::ids::{GroupId, SeriesId};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn series(when: &str, zone: &str, leads: &str) -> Series {
    Series {
        id: SeriesId::new(1),
        group: GroupId::new(1),
        title: "Evening group".into(),
        recurrence: when.parse::<Recurrence>().unwrap(),
        zone: zone.parse::<Zone>().unwrap(),
        minutes: 90,
        leads: leads.parse().unwrap(),
        planned_until: at("2026-01-01T00:00:00Z"),
        next_at: None,
    }
}

fn check(series: &Series, from: &str, until: &str, expected: &[&str]) {
    let due: Vec<String> = reminders(series, at(from), at(until))
        .into_iter()
        .map(|reminder| {
            format!("{} {} -{}", reminder.remind_at.format("%dT%H:%M"), reminder.occurrence.id, reminder.lead)
        })
        .collect();
    assert_eq!(due, expected);
}

#[test]
fn a_week_of_reminders_comes_in_order() {
    let group = series("mon,wed,fri 18:00", "America/New_York", "1d 15m");
    check(
        &group,
        "2026-03-02T00:00:00Z",
        "2026-03-05T00:00:00Z",
        &["02T22:45 2026-03-02T18:00 -15m", "03T23:00 2026-03-04T18:00 -1d", "04T22:45 2026-03-04T18:00 -15m"],
    );
}

#[test]
fn the_hour_people_agreed_on_survives_the_clock_change() {
    // New York changes on 8 March 2026: 18:00 is 23:00 UTC before and 22:00 UTC after.
    let group = series("fri,mon 18:00", "America/New_York", "15m");
    check(
        &group,
        "2026-03-06T00:00:00Z",
        "2026-03-10T00:00:00Z",
        &["06T22:45 2026-03-06T18:00 -15m", "09T21:45 2026-03-09T18:00 -15m"],
    );
}

#[test]
fn the_edges_of_a_span_belong_to_one_span_only() {
    let group = series("mon 18:00", "Europe/London", "15m");
    let remind_at = at("2026-03-02T17:45:00Z");
    let before = reminders(&group, remind_at - TimeDelta::hours(1), remind_at).len();
    let after = reminders(&group, remind_at, remind_at + TimeDelta::hours(1)).len();
    assert_eq!((before, after), (1, 0));
}

#[test]
fn a_series_without_leads_is_never_reminded_of() {
    let group = Series { leads: Leads::default(), ..series("mon 18:00", "Europe/London", "15m") };
    assert!(reminders(&group, at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")).is_empty());
    assert_eq!(next_reminder(&group.recurrence, group.zone, &group.leads, at("2026-03-01T00:00:00Z")), None);
}

#[test]
fn every_card_fits_discord() {
    let group =
        Series { title: "*".repeat(80), ..series("mon,tue,wed,thu,fri 18:00", "America/New_York", "1d 4h 1h 30m 15m") };
    let next = upcoming(&group.recurrence, group.zone, at("2026-03-06T00:00:00Z"), 5);
    let all = [
        cards::reminder(&group, &next[0], true),
        cards::added(&group, &next),
        cards::list(
            "Evening",
            &vec![(group.clone(), next.first().cloned()); 25],
            &[cards::Missed { count: 3, why: cards::reason_words("50013") }],
        ),
        cards::upcoming(&vec![("Evening".into(), group.clone(), next[0].clone()); 8], at("2026-03-06T00:00:00Z")),
        cards::removed(&group.title),
    ];
    for card in &all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
    }
}

proptest! {
    /// However a span is cut into ticks, the same reminders come out, each once.
    #[test]
    fn ticks_of_any_length_give_every_reminder_once(cuts in proptest::collection::vec(1i64..5000, 1..40), zone in prop::sample::select(vec!["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"])) {
        let group = series("mon,wed,fri 18:00", zone, "1d 1h 15m");
        let start = at("2026-03-01T00:00:00Z");
        let mut from = start;
        let mut pieces = Vec::new();
        for minutes in cuts {
            let until = from + TimeDelta::minutes(minutes);
            pieces.extend(reminders(&group, from, until));
            from = until;
        }
        prop_assert_eq!(pieces, reminders(&group, start, from));
    }

    /// The mark that a tick leaves is exactly the next reminder.
    #[test]
    fn the_next_reminder_is_the_first_of_the_rest(minutes in 0i64..200_000) {
        let group = series("mon,wed,fri 18:00", "America/New_York", "1d 1h 15m");
        let after = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes);
        let first = reminders(&group, after, after + TimeDelta::days(9)).first().map(|reminder| reminder.remind_at);
        prop_assert_eq!(next_reminder(&group.recurrence, group.zone, &group.leads, after), first);
    }
}
