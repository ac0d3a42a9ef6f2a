//! Tables over reminders, exceptions and corrections: which are due, when, and never twice.

pub(in crate::sessions) mod attending;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::actions::sketch;
use super::cards;
use super::model::{Correction, Counts, Details, Exception, Going, Lost, Reminder, Said, Series, Told, Venue};
use super::plan::{self, corrections, next_reminder, reminders, upcoming};
use crate::calendar::{Leads, OccurrenceId, Recurrence, Zone};
use crate::ids::{ChangeId, ChannelId, DraftId, EnvelopeId, GroupId, RoleId, UserId};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn series(when: &str, zone: &str, leads: &str) -> Series {
    let recurrence = when.parse::<Recurrence>().unwrap();
    let zone = zone.parse::<Zone>().unwrap();
    let details = Details::plain("Evening group".into(), recurrence, zone, 90, leads.parse().unwrap());
    sketch(GroupId::new(1), details, at("2026-01-01T00:00:00Z"))
}

fn id(text: &str) -> OccurrenceId {
    text.parse().unwrap()
}

/// A series with exceptions: `2026-03-02T18:00 skipped`, `... cancelled`, `... 2026-03-03T19:00`.
fn with(mut series: Series, exceptions: &[(&str, &str)]) -> Series {
    for (occurrence, what) in exceptions {
        let exception = match *what {
            "skipped" => Exception::Skipped,
            "cancelled" => Exception::Cancelled,
            to => Exception::Moved(id(to).planned_local()),
        };
        series.exceptions.insert(id(occurrence), exception);
    }
    series
}

fn check(series: &Series, from: &str, until: &str, expected: &[&str]) {
    let due: Vec<String> = reminders(series, at(from), at(until))
        .into_iter()
        .map(|reminder| {
            format!("{} {} -{}", reminder.remind_at.format("%dT%H:%M"), reminder.occurrence.time.id, reminder.lead)
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
    let mut group = series("mon 18:00", "Europe/London", "15m");
    group.details.leads = Leads::default();
    assert!(reminders(&group, at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")).is_empty());
    assert_eq!(next_reminder(&group, at("2026-03-01T00:00:00Z")), None);
}

#[test]
fn a_skipped_session_is_never_reminded_of_and_a_moved_one_at_its_new_time() {
    let group = with(
        series("mon,wed,fri 18:00", "America/New_York", "1d 15m"),
        &[("2026-03-02T18:00", "skipped"), ("2026-03-04T18:00", "2026-03-05T12:00"), ("2026-03-06T18:00", "cancelled")],
    );
    check(
        &group,
        "2026-03-01T00:00:00Z",
        "2026-03-08T23:00:00Z",
        &["04T17:00 2026-03-05T12:00 -1d", "05T16:45 2026-03-05T12:00 -15m", "08T22:00 2026-03-09T18:00 -1d"],
    );
}

#[test]
fn dates_bound_a_series_and_what_was_moved_beyond_them_is_held_all_the_same() {
    let mut group = with(series("mon 18:00", "Europe/London", "15m"), &[("2026-03-09T18:00", "2026-03-11T18:00")]);
    group.details.starts_on = NaiveDate::from_ymd_opt(2026, 3, 3);
    group.details.ends_on = NaiveDate::from_ymd_opt(2026, 3, 10);
    let held: Vec<String> =
        upcoming(&group, at("2026-03-01T00:00:00Z"), 5).iter().map(|one| one.time.id.to_string()).collect();
    assert_eq!(held, ["2026-03-11T18:00"]);
}

#[test]
fn an_exception_that_the_pattern_does_not_have_any_more_changes_nothing() {
    let group = with(
        series("tue 18:00", "Europe/London", "15m"),
        &[("2026-03-02T18:00", "2026-03-04T18:00"), ("2026-03-09T18:00", "cancelled")],
    );
    let held: Vec<String> =
        upcoming(&group, at("2026-03-01T00:00:00Z"), 2).iter().map(|one| one.id.to_string()).collect();
    assert_eq!(held, ["2026-03-03T18:00", "2026-03-10T18:00"]);
    assert_eq!(plan::orphans(&group, at("2026-03-01T00:00:00Z")), 2);
}

fn check_corrections(series: &Series, told: &[(&str, Told)], touched: &[&str], now: &str, expected: &[(&str, Told)]) {
    let told: Vec<_> = told.iter().map(|(occurrence, told)| (id(occurrence), *told)).collect();
    let touched: Vec<_> = touched.iter().map(|occurrence| id(occurrence)).collect();
    let found: Vec<(String, Told)> = corrections(series, &told, &touched, at(now))
        .into_iter()
        .map(|Correction { occurrence, now, .. }| (occurrence.to_string(), now))
        .collect();
    let expected: Vec<(String, Told)> = expected.iter().map(|(id, told)| ((*id).to_owned(), *told)).collect();
    assert_eq!(found, expected);
}

#[test]
fn whoever_was_told_something_else_is_told_what_holds_and_nobody_else() {
    let planned = Told::At(at("2026-03-02T18:00:00Z"));
    let moved = Told::At(at("2026-03-02T20:00:00Z"));
    let plain = series("mon 18:00", "Europe/London", "1d 15m");
    let off = with(plain.clone(), &[("2026-03-02T18:00", "cancelled")]);
    let later = with(plain.clone(), &[("2026-03-02T18:00", "2026-03-02T20:00")]);
    let paused = Series { going: Going::Paused, ..plain.clone() };
    let (this, noon) = ("2026-03-02T18:00", "2026-03-02T12:00:00Z");
    // Told of the old time.
    check_corrections(&off, &[(this, planned)], &[this], noon, &[(this, Told::Off)]);
    check_corrections(&later, &[(this, planned)], &[this], noon, &[(this, moved)]);
    check_corrections(&paused, &[(this, planned)], &[], noon, &[(this, Told::Off)]);
    // Told that it is off, and it is on again.
    check_corrections(&plain, &[(this, Told::Off)], &[this], noon, &[(this, planned)]);
    // Told what holds.
    check_corrections(&plain, &[(this, planned)], &[this], noon, &[]);
    check_corrections(&off, &[(this, Told::Off)], &[this], noon, &[]);
    // Told nothing: it is made good only when no reminder will come any more.
    check_corrections(&off, &[], &[this], noon, &[]);
    check_corrections(&later, &[], &[this], noon, &[]);
    check_corrections(&later, &[], &[this], "2026-03-02T19:50:00Z", &[(this, moved)]);
    // Nothing after the start.
    check_corrections(&off, &[(this, planned)], &[this], "2026-03-02T18:00:00Z", &[]);
    check_corrections(&later, &[(this, planned)], &[this], "2026-03-02T20:00:00Z", &[]);
}

#[test]
fn leads_longer_than_the_gap_and_dates_out_of_order_do_not_pass() {
    let mut details = series("mon,tue 18:00", "Europe/London", "1d 15m").details;
    assert_eq!(details.check(), Ok(()));
    details.leads = "2d".parse().unwrap();
    assert!(details.check().unwrap_err().why().contains("shortest time between two starts"));
    details.leads = Leads::default();
    details.starts_on = NaiveDate::from_ymd_opt(2026, 5, 1);
    details.ends_on = NaiveDate::from_ymd_opt(2026, 4, 1);
    assert!(details.check().is_err());
    details.starts_on = NaiveDate::from_ymd_opt(2026, 4, 1);
    assert!(details.check().unwrap_err().why().contains("never happens"));
}

#[test]
fn every_card_fits_discord() {
    let now = at("2026-03-06T00:00:00Z");
    let mut full = series("mon,tue,wed,thu,fri 18:00", "America/New_York", "1d 4h 1h 30m 15m");
    full.details.title = "*".repeat(80);
    full.details.venue = Venue {
        channel: Some(ChannelId::new(i64::MAX)),
        address: Some("(".repeat(200)),
        link: Some(format!("https://{}", "_".repeat(504))),
    };
    full.details.host = Some(UserId::new(i64::MAX));
    full.details.ping = Some(RoleId::new(i64::MAX));
    full.details.ends_on = NaiveDate::from_ymd_opt(2027, 3, 3);
    let next = upcoming(&full, now, 5);
    let days = plan::on_days(&full, now.date_naive(), (now + TimeDelta::days(92)).date_naive(), now);
    for one in &days {
        full.exceptions.insert(one.id, Exception::Moved(one.time.starts_local + TimeDelta::hours(1)));
    }
    let were: Vec<_> = days.iter().take(50).map(|one| (full.clone(), *one)).collect();
    let moved = Exception::Moved(next[0].time.starts_local);
    let reminder = Reminder { occurrence: next[0], lead: "15m".parse().unwrap(), remind_at: now };
    let lost = Lost {
        envelope: EnvelopeId::new(i64::MAX),
        channel: Some(ChannelId::new(i64::MAX)),
        title: Some(full.details.title.clone()),
        due_at: now,
        reason: "10003".into(),
        helps: true,
    };
    let group = crate::groups::Group {
        id: GroupId::new(1),
        guild: crate::ids::GuildId::new(1),
        name: "*".repeat(80),
        zone: full.details.zone,
        channel: ChannelId::new(1),
        country: "US".into(),
        facilitator_role: None,
        facilitator_channel: None,
        noticing: true,
        checkin: None,
        source: crate::groups::model::Source::Discord,
    };
    let said = vec![Said { at: now, words: cards::preview_words(&full, &reminder) }; 400];
    let assumed = Recurrence::read("every tue at 6", now.date_naive()).unwrap().assumed;
    let stands: Vec<_> = were.iter().map(|(series, one)| (series.clone(), Some(*one))).collect();
    let all = [
        cards::reminder(&full, &next[0], true, true, None),
        cards::correction(&full, Some(Told::At(now)), next.first(), None, true),
        cards::correction(&full, Some(Told::At(now)), None, next.first(), true),
        cards::correction(&full, Some(Told::Off), next.first(), None, false),
        cards::correction(&full, None, next.first(), None, false),
        cards::confirm(DraftId::new(1), &full, &next, &assumed, &["x".repeat(200), "y".repeat(2000)]),
        cards::saved(&full, &next, true, 2),
        cards::show(&full, &next, now),
        cards::excepted(ChangeId::new(1), &were, moved, 3),
        cards::undone(&stands, 0),
        cards::resting(&full, 1),
        cards::resumed(&full, next.first(), 0),
        cards::removed(&full, 1),
        cards::preview(&group, 366, &said),
        cards::deliveries(&group, &Counts::default(), &vec![lost; 100]),
        cards::again(3),
        cards::elsewhere(),
        cards::discarded(),
        cards::list(
            "Evening",
            &vec![(full.clone(), next.first().copied()); 25],
            &[cards::Missed { count: 3, why: cards::reason_words("50013") }],
        ),
        cards::upcoming(&vec![("Evening".into(), full.clone(), next[0]); 8], &[], now),
    ];
    for card in &all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
    }
}

#[test]
fn the_way_in_comes_with_the_last_reminder_and_a_ping_only_when_asked_for() {
    let mut group = series("mon 18:00", "Europe/London", "1d 15m");
    group.details.venue.link = Some("https://meet.example.org/evening".into());
    let next = upcoming(&group, at("2026-03-01T00:00:00Z"), 1);
    let early = cards::reminder(&group, &next[0], false, false, None);
    let last = cards::reminder(&group, &next[0], true, false, None);
    // The answers are in both, the way in only in the last.
    assert_eq!((early.rows.len(), last.rows.len()), (1, 2));
    assert!(last.pings.roles.is_empty() && !last.text.contains("<@"));
    group.details.ping = Some(RoleId::new(7));
    let pinging = cards::reminder(&group, &next[0], true, false, None);
    assert!(pinging.pings.roles == [RoleId::new(7)] && pinging.text.contains("<@&7>"));
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
        prop_assert_eq!(next_reminder(&group, after), first);
    }

    /// With any exceptions: the mark is the next reminder, nobody is reminded twice of one lead, and every
    /// reminder comes before its start at the time at which it is held.
    #[test]
    fn exceptions_never_duplicate_and_never_remind_at_an_old_time(
        choices in proptest::collection::vec((0usize..40, 0u8..3, -3000i64..3000), 0..12),
        minutes in 0i64..60_000,
    ) {
        let plain = series("mon,wed,fri 18:00", "America/New_York", "1d 1h 15m");
        let start = at("2026-02-20T00:00:00Z");
        let all = upcoming(&plain, start, 40);
        let mut group = plain;
        for (which, kind, by) in choices {
            let one = all[which];
            let exception = match kind {
                0 => Exception::Skipped,
                1 => Exception::Cancelled,
                _ => Exception::Moved(one.time.starts_local + TimeDelta::minutes(by)),
            };
            group.exceptions.insert(one.id, exception);
        }
        let after = start + TimeDelta::minutes(minutes);
        let due = reminders(&group, after, after + TimeDelta::days(30));
        prop_assert_eq!(next_reminder(&group, after).filter(|at| *at <= after + TimeDelta::days(30)), due.first().map(|one| one.remind_at));
        let mut seen = std::collections::BTreeSet::new();
        for reminder in &due {
            prop_assert!(seen.insert((reminder.occurrence.id, reminder.lead)));
            prop_assert!(reminder.remind_at < reminder.occurrence.starts_at());
            let held = plan::occurrence(&group, reminder.occurrence.id);
            prop_assert_eq!(held, Some(reminder.occurrence));
        }
    }
}

/// The instant of a civil time, as jiff reckons it: forward in a gap, the first in a fold.
fn by_jiff(local: jiff::civil::DateTime, tz: &jiff::tz::TimeZone) -> i64 {
    tz.to_ambiguous_zoned(local).compatible().unwrap().timestamp().as_second()
}

#[test]
fn a_year_of_preview_in_every_zone_equals_what_jiff_reckons() {
    use jiff::civil;
    let zones = [
        ("America/New_York", 2026),
        ("Europe/London", 2026),
        ("Europe/Berlin", 2027),
        ("Australia/Lord_Howe", 2026),
        ("America/Sao_Paulo", 2018),
        ("Asia/Kolkata", 2026),
        ("Pacific/Apia", 2011),
    ];
    let hours = |date: civil::Date| match date.weekday().to_monday_one_offset() {
        1 | 3 | 5 => Some((18, 0)),
        7 => Some((2, 30)),
        _ => None,
    };
    for (name, year) in zones {
        let tz = jiff::tz::TimeZoneDatabase::bundled().get(name).unwrap();
        let recurrence: Recurrence = "mon,wed,fri 18:00, sun 02:30".parse().unwrap();
        let leads: Leads = "1d 1h 15m".parse().unwrap();
        let at = |date: civil::Date| DateTime::from_timestamp(by_jiff(date.at(0, 0, 0, 0), &tz), 0).unwrap();
        let (from, until) = (at(civil::date(year, 1, 1)), at(civil::date(year + 1, 1, 1)));
        let details = Details::plain("Evening".into(), recurrence, name.parse().unwrap(), 90, leads.clone());
        let mut series = Series::sketch(GroupId::new(1), details, from);
        let mut theirs = Vec::new();
        let mut day = civil::date(year, 1, 1).yesterday().unwrap();
        for number in 0.. {
            if day > civil::date(year + 1, 1, 5) {
                break;
            }
            if let Some((hour, minute)) = hours(day) {
                let planned = day.at(hour, minute, 0, 0);
                let id: OccurrenceId = planned.strftime("%Y-%m-%dT%H:%M").to_string().parse().unwrap();
                // Every ninth is skipped, every seventh is held 26 hours later.
                let held = match (number % 9, number % 7) {
                    (0, _) => {
                        series.exceptions.insert(id, Exception::Skipped);
                        None
                    }
                    (_, 0) => {
                        let moved = id.planned_local() + TimeDelta::hours(26);
                        series.exceptions.insert(id, Exception::Moved(moved));
                        Some(by_jiff(planned + jiff::Span::new().hours(26), &tz))
                    }
                    _ => Some(by_jiff(planned, &tz)),
                };
                let reminders = held
                    .into_iter()
                    .flat_map(|start| leads.iter().map(move |lead| start - 60 * i64::from(lead.minutes())));
                theirs.extend(
                    reminders.filter(|at| *at > from.timestamp() && *at <= until.timestamp()).map(|at| (at, id)),
                );
            }
            day = day.tomorrow().unwrap();
        }
        let mut ours: Vec<(i64, OccurrenceId)> = plan::reminders(&series, from, until)
            .into_iter()
            .map(|reminder| (reminder.remind_at.timestamp(), reminder.occurrence.id))
            .collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert!(theirs.len() > 450, "{name}");
        assert_eq!(ours, theirs, "{name} {year}");
    }
}
