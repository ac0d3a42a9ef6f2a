//! Moments that people type, as of Monday 2 March 2026, 14:20 in New York.

use super::*;

fn now() -> DateTime<Utc> {
    resolved(civil("2026-03-02 14:20"), zone("America/New_York")).at
}

fn understood(text: &str) -> String {
    let zone = zone("America/New_York");
    let typed = when(text, now(), zone).unwrap_or_else(|misread| panic!("{text}: {misread}"));
    typed.words(now(), zone)
}

#[test]
fn what_is_typed_is_understood_and_echoed() {
    const TOMORROW: &str = " That time is already past today, so tomorrow is meant.";
    const CLOCK: &str = " The hour was read on the 24-hour clock, as 08:00.";
    for (typed, words) in [
        ("tomorrow 9am", "Tuesday 3 March, 09:00".to_owned()),
        ("9am tomorrow", "Tuesday 3 March, 09:00".to_owned()),
        ("tomorrow at 8", format!("Tuesday 3 March, 08:00.{CLOCK}")),
        ("today 15:00", "Monday 2 March, 15:00".to_owned()),
        ("3pm", "Monday 2 March, 15:00".to_owned()),
        ("2pm", format!("Tuesday 3 March, 14:00.{TOMORROW}")),
        ("at 8", format!("Tuesday 3 March, 08:00.{TOMORROW}{CLOCK}")),
        ("in 2 hours", "Monday 2 March, 16:20".to_owned()),
        ("2 hours from now", "Monday 2 March, 16:20".to_owned()),
        ("in 1h30", "Monday 2 March, 15:50".to_owned()),
        ("in 1.5h", "Monday 2 March, 15:50".to_owned()),
        ("in an hour", "Monday 2 March, 15:20".to_owned()),
        ("in half an hour", "Monday 2 March, 14:50".to_owned()),
        ("in 90 min", "Monday 2 March, 15:50".to_owned()),
        ("in 1 hour and 5 minutes", "Monday 2 March, 15:25".to_owned()),
        ("in 3 days at 9am", "Thursday 5 March, 09:00".to_owned()),
        ("in 1 week", "Monday 9 March, 14:20".to_owned()),
        ("tue 18:30", "Tuesday 3 March, 18:30".to_owned()),
        ("mon 18:30", "Monday 2 March, 18:30".to_owned()),
        ("mon 9:00", "Monday 9 March, 09:00. That time is already past today, so next week is meant.".to_owned()),
        ("next tuesday 6pm", "Tuesday 3 March, 18:00. \"next\" was read as the Tuesday that comes first.".to_owned()),
        ("next mon 6pm", "Monday 9 March, 18:00. \"next\" was read as the Monday that comes first.".to_owned()),
        ("this friday at noon", "Friday 6 March, 12:00".to_owned()),
        ("2026-12-24 18:00", "Thursday 24 December, 18:00".to_owned()),
        ("24 dec 6pm", "Thursday 24 December, 18:00".to_owned()),
        ("dec 24 6pm", "Thursday 24 December, 18:00".to_owned()),
        ("6pm on the 24th of december", "Thursday 24 December, 18:00".to_owned()),
        ("thu 24 dec 6pm", "Thursday 24 December, 18:00".to_owned()),
        ("24 dec 2027 6pm", "Friday 24 December 2027, 18:00".to_owned()),
        (
            "1 feb 18:00",
            "Monday 1 February 2027, 18:00. That date is already past this year, so next year is meant.".to_owned(),
        ),
        (
            "2 mar 9:00",
            "Tuesday 2 March 2027, 09:00. That date is already past this year, so next year is meant.".to_owned(),
        ),
        ("every weekday at 8", format!("every weekday (Monday to Friday) at 08:00.{CLOCK}")),
        ("tuesdays 18:30", "every Tuesday at 18:30".to_owned()),
        ("daily 20:00", "every day at 20:00".to_owned()),
        ("0 8 * * 1-5", "every weekday (Monday to Friday) at 08:00".to_owned()),
        ("Tuesday 10 March, 19:00", "Tuesday 10 March, 19:00".to_owned()),
    ] {
        assert_eq!(understood(typed), words, "{typed}");
    }
}

#[test]
fn an_hour_passes_and_a_day_is_a_day_across_a_clock_change() {
    let zone = zone("America/New_York");
    let now = resolved(civil("2026-03-07 14:20"), zone).at;
    let day = moment("in 1 day", now, zone).unwrap();
    assert_eq!(day.local, civil("2026-03-08 14:20"));
    assert_eq!(day.at - now, chrono::TimeDelta::hours(23));
    let hours = moment("in 24 hours", now, zone).unwrap();
    assert_eq!(hours.local, civil("2026-03-08 15:20"));
    // Nobody typed 02:30: it is moved, and says so.
    let night = resolved(civil("2026-03-07 02:30"), zone).at;
    let moved = moment("in 1 day", night, zone).unwrap();
    assert_eq!(moved.local, civil("2026-03-08 03:30"));
    assert!(matches!(moved.note, Note::Gap { .. }));
    // In a fold the first one.
    let first = moment("1 nov 1:30", now, zone).unwrap();
    assert_eq!((first.at, first.note), (utc("2026-11-01 05:30"), Note::Fold));
}

#[test]
fn a_time_that_happened_in_the_first_pass_of_a_fold_is_past() {
    let zone = zone("America/New_York");
    let between = utc("2026-11-01 05:45");
    let next = moment("1:30", between, zone).unwrap();
    assert_eq!(next.local, civil("2026-11-02 01:30"));
    assert_eq!(next.assumed, [Assumed::Tomorrow]);
}

/// What is typed, the part that is named, and why.
#[rustfmt::skip]
const UNCLEAR: &[(&str, &str, &str)] = &[
    ("", "", "it is empty"),
    ("tomorrow", "tomorrow", "it needs a time of day too"),
    ("tue", "tue", "it needs a time of day too"),
    ("midnight", "midnight", "it may mean the start or the end of that day"),
    ("tomorrow morning", "morning", "it names no time of day"),
    ("today 9am", "today 09:00", "it is already past"),
    ("2026-01-01 18:00", "2026-01-01 18:00", "it is already past"),
    ("03/04 18:00", "03/04", "a date with slashes is read differently from country to country"),
    ("feb 30 18:00", "feb 30", "February has days 1 to 29"),
    ("feb 29 18:00", "29 February", "February 2026 has days 1 to 28"),
    ("31 apr 18:00", "31 apr", "April has days 1 to 30"),
    ("2026-02-30 18:00", "2026-02-30", "February 2026 has days 1 to 28"),
    ("fri 24 dec 18:00", "Friday", "the date that goes with it is Thursday 24 December 2026"),
    ("mon,wed 18:00", "mon,wed 18:00", "it names several days, so it may be once or every week"),
    ("first tue 18:00", "first", "it may be once or every month"),
    ("2 hours", "2 hours", "a length is read after the word \"in\""),
    ("1700", "1700", "hours and minutes are written with a colon"),
    ("8", "8", "a bare number may be a day or an hour"),
    ("tue 18:00 19:00", "19:00", "there is another time before it, and one moment has one"),
    ("18:00-19:30", "18:00-19:30", "a span is not a time: say when it starts, and how long it lasts elsewhere"),
    ("at 25", "25", "hours go from 0 to 23"),
    ("25:00", "25:00", "hours go from 0 to 23"),
    ("13pm", "13pm", "with am or pm, hours go from 1 to 12"),
    ("24:00", "24:00", "a day ends at 23:59: say 00:00 of the day after"),
    ("in 2", "2", "the number has no unit"),
    ("in 2 fortnights", "fortnights", "it is not a unit: minutes, hours, days or weeks are"),
    ("in 400 days", "in 400 days", "the longest length is 366 days"),
    ("in 0 minutes", "in 0 minutes", "the shortest length is one minute"),
    ("2026-03-08 02:30", "Sunday 8 March, 02:30", "the clocks in America/New_York go forward past it on that day"),
    ("9999-12-31 18:00", "9999-12-31", "only the years 1970 to 2099 are reckoned"),
    ("remind me to call mum", "remind", "this word is not known here"),
    ("0 8 * * * *", "0 8 * * * *", "there are more than five fields: seconds and years are not used"),
];

#[test]
fn what_is_unclear_is_refused_with_what_would_work() {
    let zone = zone("America/New_York");
    for &(typed, part, why) in UNCLEAR {
        let misread = when(typed, now(), zone).unwrap_err();
        assert_eq!((misread.what(), misread.why()), (part, why), "{typed}");
    }
    for repeats in ["every mon 18:00", "daily 20:00", "0 8 * * 1"] {
        let misread = moment(repeats, now(), zone).unwrap_err();
        assert_eq!(misread.why(), "it repeats, and one moment is needed", "{repeats}");
    }
}

#[test]
fn the_example_for_a_time_in_a_gap_is_the_time_after_it() {
    let zone = zone("Europe/Berlin");
    let misread = moment("2026-03-29 02:30", now(), zone).unwrap_err();
    assert_eq!(misread.example(), "2026-03-29 03:30");
    assert!(moment(misread.example(), now(), zone).is_ok());
}

#[test]
fn lengths_are_read_as_people_write_them() {
    for (typed, minutes) in [
        ("90m", 90),
        ("1h 30m", 90),
        ("1h30m", 90),
        ("1h30", 90),
        ("1.5h", 90),
        ("1.5 hours", 90),
        ("2 hours", 120),
        ("an hour", 60),
        ("1 hour, 30 minutes", 90),
        ("1 day and 2 hours", 1560),
        ("2w", 14 * 1440),
        ("0.25h", 15),
        ("1.5d", 2160),
    ] {
        assert_eq!(duration(typed).map(|d| d.num_minutes()), Ok(minutes), "{typed}");
    }
    for bad in [
        "",
        "90",
        "1h 1h",
        "30m 1h",
        "1.33h",
        "0m",
        "-5m",
        "1e3m",
        "367d",
        "h",
        "1h 99",
        "one",
        "99999999999999999999d",
        "1..5h",
    ] {
        assert!(duration(bad).is_err(), "{bad}");
    }
}
