//! The same question asked of jiff: instants of civil times, and a year of every pattern.

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use super::super::zone::is_canonical;
use super::*;

pub(super) fn jiff_zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap()
}

pub(super) fn to_jiff(local: NaiveDateTime) -> civil::DateTime {
    local.format("%Y-%m-%dT%H:%M:%S").to_string().parse().unwrap()
}

/// The instant in seconds since 1970, and what jiff says about the civil time.
fn reckoned(local: NaiveDateTime, tz: &TimeZone) -> (i64, Note) {
    let ambiguous = tz.to_ambiguous_zoned(to_jiff(local));
    let note = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => Note::Exact,
        AmbiguousOffset::Gap { before, after } => {
            let seconds = i64::from(after.seconds()) - i64::from(before.seconds());
            Note::Gap { moved_by: chrono::TimeDelta::seconds(seconds) }
        }
        AmbiguousOffset::Fold { .. } => Note::Fold,
    };
    let at = ambiguous.compatible().unwrap().timestamp().as_second();
    (at, note)
}

/// Days around which the clocks of a zone change; for zones that do not change, any.
const CHANGES: [(&str, &[&str]); 10] = [
    ("America/New_York", &["2026-03-08", "2026-11-01", "2038-03-14"]),
    ("Europe/London", &["2026-03-29", "2026-10-25"]),
    ("Europe/Berlin", &["2026-03-29", "2026-10-25"]),
    ("Australia/Lord_Howe", &["2026-04-05", "2026-10-04"]),
    ("America/Sao_Paulo", &["2018-02-18", "2018-11-04", "2019-02-17"]),
    ("Asia/Kolkata", &["2026-03-29", "2026-10-25"]),
    ("America/Vancouver", &["2026-03-08", "2026-11-01", "2027-03-14"]),
    ("Africa/Casablanca", &["2026-03-22", "2026-09-20", "2027-02-07"]),
    ("Europe/Chisinau", &["2026-03-29", "2026-10-25"]),
    ("Pacific/Apia", &["2011-12-30", "2011-09-24", "2012-04-01"]),
];

#[test]
fn every_hour_of_every_changeover_weekend_is_the_instant_that_jiff_says() {
    let leads: Leads = "1d 3h 1h 15m 1m".parse().unwrap();
    let (mut gaps, mut folds) = (0, 0);
    for (name, days) in CHANGES {
        let (zone, tz) = (zone(name), jiff_zone(name));
        for day in days {
            let midnight = date(day).and_hms_opt(0, 0, 0).unwrap();
            for quarter in -36 * 4..60 * 4 {
                let local = midnight + chrono::TimeDelta::minutes(15 * quarter);
                let (expected, note) = reckoned(local, &tz);
                let ours = resolved(local, zone);
                assert_eq!((ours.at.timestamp(), ours.note), (expected, note), "{local} {name}");
                gaps += u32::from(matches!(note, Note::Gap { .. }));
                folds += u32::from(note == Note::Fold);
                let once = Recurrence::Once(Once::new(local).unwrap());
                check_reminders(&once, zone, &tz, &leads, expected);
            }
        }
    }
    assert!(gaps > 100 && folds > 20, "{gaps} gaps and {folds} folds were seen");
}

#[test]
fn the_clocks_of_every_zone_change_when_the_newest_tz_database_says() {
    let (from, until) = (utc("2025-01-01 00:00"), utc("2031-01-01 00:00"));
    for tz in chrono_tz::TZ_VARIANTS.iter().filter(|tz| is_canonical(tz.name())) {
        let (zone, theirs) = (zone(tz.name()), jiff_zone(tz.name()));
        let mut ours = Vec::new();
        let mut at = from;
        while at < until {
            let next = at + chrono::TimeDelta::days(7);
            if let Some(change) = zone.change_between(at, next) {
                ours.push((change.timestamp(), zone.offset_at(change)));
            }
            at = next;
        }
        let start = jiff::Timestamp::from_second(from.timestamp()).unwrap();
        let mut offset = theirs.to_offset(start).seconds();
        assert_eq!(zone.offset_at(from), offset, "{zone}");
        let theirs: Vec<(i64, i32)> = theirs
            .following(start)
            .map(|change| (change.timestamp().as_second(), change.offset().seconds()))
            .take_while(|(second, _)| *second < at.timestamp())
            .filter(|(_, after)| std::mem::replace(&mut offset, *after) != *after)
            .collect();
        assert_eq!(ours, theirs, "{zone}: see AMENDED in zone_names.rs");
    }
}

/// One occurrence, found through the whole way, and every lead before it as jiff tells the time.
fn check_reminders(once: &Recurrence, zone: Zone, tz: &TimeZone, leads: &Leads, expected: i64) {
    let at = DateTime::from_timestamp(expected, 0).unwrap();
    let day = chrono::TimeDelta::days(1);
    let found: Vec<Planned> = occurrences(once, &Span::ALWAYS, zone, at - day, at + day).collect();
    let [planned] = found.as_slice() else {
        panic!("{once} in {zone}: {found:?}");
    };
    assert_eq!(planned.starts_at, at);
    for lead in leads.iter() {
        let remind_at = lead.remind_at(planned.starts_at);
        let theirs = jiff::Timestamp::from_second(expected - 60 * i64::from(lead.minutes())).unwrap();
        let shown = theirs.to_zoned(tz.clone()).datetime();
        assert_eq!(to_jiff(to_civil(remind_at, zone)), shown, "{once} in {zone}, {lead}");
    }
}

/// A pattern for us, and the same one for jiff: what starts on a date.
type Rule = fn(civil::Date) -> Vec<civil::Time>;

fn on(is: bool, times: &[(i8, i8)]) -> Vec<civil::Time> {
    let times = times.iter().map(|(hour, minute)| civil::time(*hour, *minute, 0, 0));
    if is { times.collect() } else { Vec::new() }
}

fn weekday(date: civil::Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

const RULES: [(&str, Rule); 9] = [
    ("mon,wed,fri 18:00", |d| on([1, 3, 5].contains(&weekday(d)), &[(18, 0)])),
    ("weekdays 9am, sun 1:30, sun 2:30", |d| {
        if weekday(d) == 7 { on(true, &[(1, 30), (2, 30)]) } else { on(weekday(d) <= 5, &[(9, 0)]) }
    }),
    ("every 3 weeks from 2012-01-03 tue 18:00, sun 2:15", |d| {
        let weeks = (d - weeks_anchor()).get_days().div_euclid(7);
        let times: &[(i8, i8)] = if weekday(d) == 2 { &[(18, 0)] } else { &[(2, 15)] };
        on(weeks.rem_euclid(3) == 0 && [2, 7].contains(&weekday(d)), times)
    }),
    ("first and third tue 18:00, last fri 17:00", |d| {
        let nth = (d.day() - 1) / 7 + 1;
        let last = d.day() + 7 > d.days_in_month();
        let mut times = on(weekday(d) == 2 && (nth == 1 || nth == 3), &[(18, 0)]);
        times.extend(on(weekday(d) == 5 && last, &[(17, 0)]));
        times
    }),
    ("30 2 * * *", |_| on(true, &[(2, 30)])),
    ("0 0 * * 0", |d| on(weekday(d) == 7, &[(0, 0)])),
    ("15 1-3 * 3,4,9-12 sat-sun", |d| {
        let month = [3, 4, 9, 10, 11, 12].contains(&d.month());
        on(month && weekday(d) >= 6, &[(1, 15), (2, 15), (3, 15)])
    }),
    ("0 18 13 * fri", |d| on(d.day() == 13 && weekday(d) == 5, &[(18, 0)])),
    ("0 */4 29,31 * *", |d| on([29, 31].contains(&d.day()), &[(0, 0), (4, 0), (8, 0), (12, 0), (16, 0), (20, 0)])),
];

fn weeks_anchor() -> civil::Date {
    civil::date(2012, 1, 2)
}

/// Every civil start of a year, as jiff places it: by instant, each instant once, the one that was
/// planned for that time before one that a gap moved there.
fn year_by_jiff(rule: Rule, year: i16, tz: &TimeZone) -> Vec<(i64, String)> {
    let mut starts = Vec::new();
    let mut day = civil::date(year, 1, 1).yesterday().unwrap();
    for _ in 0..368 {
        for time in rule(day) {
            let local = day.to_datetime(time);
            let zoned = tz.to_ambiguous_zoned(local).compatible().unwrap();
            let moved = zoned.datetime() != local;
            starts.push((zoned.timestamp().as_second(), moved, local.strftime("%Y-%m-%dT%H:%M").to_string()));
        }
        day = day.tomorrow().unwrap();
    }
    starts.sort();
    starts.dedup_by_key(|(at, _, _)| *at);
    let first = civil::date(year, 1, 1).to_zoned(tz.clone()).unwrap().timestamp().as_second();
    let last = civil::date(year + 1, 1, 1).to_zoned(tz.clone()).unwrap().timestamp().as_second();
    starts.retain(|(at, _, _)| (first..last).contains(at));
    starts.into_iter().map(|(at, _, id)| (at, id)).collect()
}

#[test]
fn a_year_of_every_pattern_in_every_zone_equals_the_reckoning_of_jiff() {
    for name in ZONES {
        let (zone, tz) = (zone(name), jiff_zone(name));
        for year in [2011, 2018, 2026, 2027, 2028, 2044, 2098] {
            let from = resolved(civil(&format!("{year}-01-01 00:00")), zone).at;
            let until = resolved(civil(&format!("{}-01-01 00:00", year + 1)), zone).at;
            for (text, rule) in RULES {
                let recurrence = recurrence(text);
                let ours: Vec<(i64, String)> = occurrences(&recurrence, &Span::ALWAYS, zone, from, until)
                    .map(|planned| (planned.starts_at.timestamp(), planned.id.to_string()))
                    .collect();
                let theirs = year_by_jiff(rule, year, &tz);
                assert_eq!(ours, theirs, "{text} in {name}, {year}");
            }
        }
    }
}

#[test]
fn the_day_that_apia_skipped_is_met_once() {
    let zone = zone("Pacific/Apia");
    let daily = recurrence("daily 18:00");
    let (from, until) = (utc("2011-12-29 00:00"), utc("2012-01-02 00:00"));
    let ids = |recurrence: &Recurrence| -> Vec<String> {
        occurrences(recurrence, &Span::ALWAYS, zone, from, until)
            .map(|planned| format!("{} at {}", planned.id, planned.starts_at.format("%dT%H")))
            .collect()
    };
    let daily = ids(&daily);
    assert_eq!(
        daily,
        [
            "2011-12-28T18:00 at 29T04",
            "2011-12-29T18:00 at 30T04",
            "2011-12-31T18:00 at 31T04",
            "2012-01-01T18:00 at 01T04",
        ]
    );
    assert_eq!(ids(&recurrence("fri 18:00")), ["2011-12-30T18:00 at 31T04"]);
    let hourly = recurrence("30 * * * *");
    let all: Vec<Planned> = occurrences(&hourly, &Span::ALWAYS, zone, from, until).collect();
    assert_eq!(all.len(), 24 * 4, "one an hour of time that passes");
    assert!(all.windows(2).all(|pair| pair[0].starts_at < pair[1].starts_at));
}

#[test]
fn a_start_that_a_gap_moves_past_another_keeps_the_order_of_instants() {
    let zone = zone("America/New_York");
    let pattern = recurrence("sun 2:30, sun 3:00, sun 3:30, sun 4:00");
    let found: Vec<String> =
        occurrences(&pattern, &Span::ALWAYS, zone, utc("2026-03-08 00:00"), utc("2026-03-09 00:00"))
            .map(|planned| format!("{} {}", planned.id, planned.starts_local.format("%H:%M")))
            .collect();
    assert_eq!(found, ["2026-03-08T03:00 03:00", "2026-03-08T03:30 03:30", "2026-03-08T04:00 04:00"]);
    let moved = recurrence("sun 2:30, sun 3:00");
    let found: Vec<Planned> =
        occurrences(&moved, &Span::ALWAYS, zone, utc("2026-03-08 00:00"), utc("2026-03-09 00:00")).collect();
    assert_eq!(found[0].id.to_string(), "2026-03-08T03:00");
    assert_eq!(found[1].starts_local, civil("2026-03-08 03:30"));
    assert_eq!(
        found[1].note_words(zone).unwrap(),
        "02:30 does not exist on Sunday 8 March, because the clocks go forward: it is 03:30 instead."
    );
}

#[test]
fn local_days_begin_where_jiff_says_also_where_midnight_is_skipped() {
    let zones = [
        ("America/Sao_Paulo", 2018),
        ("America/Havana", 2026),
        ("Asia/Beirut", 2024),
        ("America/Asuncion", 2023),
        ("Pacific/Apia", 2011),
        ("America/New_York", 2026),
        ("Australia/Lord_Howe", 2026),
        ("America/Scoresbysund", 2024),
        ("Asia/Kolkata", 2026),
    ];
    for (name, year) in zones {
        let (zone, tz) = (zone(name), jiff_zone(name));
        for day in date(&format!("{year}-01-01")).iter_days().take(366) {
            let bounds = day_bounds(day, zone);
            let start = to_jiff(day.and_time(NaiveTime::MIN)).to_zoned(tz.clone()).unwrap();
            let start = start.start_of_day().unwrap_or(start).timestamp().as_second();
            if name != "Pacific/Apia" {
                assert_eq!(bounds.starts_at.timestamp(), start, "{day} in {name}");
            }
            let next = day_bounds(day.succ_opt().unwrap(), zone);
            assert_eq!(bounds.ends_at, next.starts_at, "{day} in {name}");
            let noon = resolved(day.and_time(time("12:00")), zone);
            if noon.note == Note::Exact {
                assert!(bounds.starts_at < noon.at && noon.at < bounds.ends_at);
                assert_eq!(next_midnight(noon.at, zone), bounds.ends_at, "{day} in {name}");
                assert!(next_midnight(bounds.starts_at, zone) > bounds.starts_at);
            }
        }
    }
    let skipped = day_bounds(date("2011-12-30"), zone("Pacific/Apia"));
    assert_eq!(skipped.starts_at, skipped.ends_at);
    assert_eq!(skipped.starts_at, utc("2011-12-30 10:00"));
}

#[test]
fn a_daily_prompt_keeps_its_hour_across_the_year() {
    for name in ZONES {
        let zone = zone(name);
        let days = Weekdays::WORKING.with(chrono::Weekday::Sun);
        let mut after = utc("2026-01-01 00:00");
        let end = utc("2027-01-01 00:00");
        let mut seen = Vec::new();
        while let Some(next) = next_daily(after, time("02:15"), days, zone).filter(|next| next.starts_at < end) {
            assert!(next.starts_at > after);
            seen.push((next.starts_at, next.id));
            after = next.starts_at;
        }
        let weekly = recurrence("mon-fri,sun 02:15");
        let theirs: Vec<(DateTime<Utc>, OccurrenceId)> =
            occurrences(&weekly, &Span::ALWAYS, zone, utc("2026-01-01 00:01"), end)
                .map(|planned| (planned.starts_at, planned.id))
                .collect();
        assert_eq!(seen, theirs, "{name}");
        assert_eq!(next_daily(after, time("02:15"), Weekdays::NONE, zone), None);
    }
}
