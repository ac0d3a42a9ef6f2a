//! Quiet hours, held against a clock that is looked at every minute.

use super::*;

#[test]
fn quiet_hours_are_read_and_shown() {
    for (typed, canonical) in [
        ("22:00-07:00", "22:00-07:00"),
        ("10pm to 7am", "22:00-07:00"),
        ("from 22 to 7", "22:00-07:00"),
        ("22:30 – 6:15", "22:30-06:15"),
        ("8am until 9am", "08:00-09:00"),
        ("none", "none"),
        ("7:00-7:00", "none"),
        ("off", "none"),
    ] {
        let quiet: QuietHours = typed.parse().unwrap();
        assert_eq!(quiet.to_string(), canonical, "{typed}");
        assert_eq!(canonical.parse::<QuietHours>().unwrap(), quiet);
    }
    for bad in ["", "22:00", "22:00-", "a to b", "22:00 to 25:00", "1-2-3", "tue to wed"] {
        assert!(bad.parse::<QuietHours>().is_err(), "{bad}");
    }
}

#[test]
fn the_ends_of_quiet_are_where_the_clock_on_the_wall_has_them() {
    let days = [
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Europe/London", "2026-10-25"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
        ("America/Sao_Paulo", "2018-02-18"),
        ("America/Sao_Paulo", "2018-11-04"),
        ("Asia/Kolkata", "2026-06-01"),
        ("Pacific/Apia", "2011-12-31"),
    ];
    let minute = chrono::TimeDelta::minutes(1);
    for (name, day) in days {
        let zone = zone(name);
        for hours in
            ["22:00-07:00", "01:00-02:30", "02:30-01:30", "23:30-00:30", "02:00-03:00", "00:00-23:59", "13:00-14:00"]
        {
            let quiet: QuietHours = hours.parse().unwrap();
            let first = resolved(date(day).and_time(time("12:00")), zone).at - chrono::TimeDelta::hours(72);
            let wall: Vec<bool> = (0..96 * 60).map(|n| quiet.holds(first + minute * n, zone)).collect();
            for n in (24 * 60..72 * 60).step_by(7) {
                let at = first + minute * i32::try_from(n).unwrap();
                let (end, start) = (quiet.ends_after(at, zone), quiet.starts_before(at, zone));
                if !wall[n] {
                    assert_eq!((end, start), (None, None));
                    continue;
                }
                let ends = n + wall[n..].iter().position(|quiet| !quiet).unwrap();
                let starts = wall[..n].iter().rposition(|quiet| !quiet).unwrap() + 1;
                let instant = |n: usize| Some(first + minute * i32::try_from(n).unwrap());
                assert_eq!(end, instant(ends), "{hours} at {at} in {name}");
                assert_eq!(start, instant(starts), "{hours} at {at} in {name}");
                let before = quiet.last_moment_before(at, zone);
                assert_eq!(before, instant(starts - 1));
                assert!(!quiet.holds(before.unwrap(), zone));
            }
        }
    }
}

#[test]
fn equal_ends_mean_no_quiet_hours() {
    let none = QuietHours::new(time("22:00"), time("22:00"));
    assert!(none.is_none());
    assert!(!none.holds(utc("2026-03-08 22:00"), Zone::UTC));
    assert_eq!(none.ends_after(utc("2026-03-08 22:00"), Zone::UTC), None);
    assert_eq!(none.words(), "no quiet hours");
}
