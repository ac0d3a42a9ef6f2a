//! Bad input: a refusal that names the part, says why, and shows something that works.

use super::*;

/// What is typed, the part that is named, and why.
#[rustfmt::skip]
const BAD: &[(&str, &str, &str)] = &[
    ("", "", "it is empty"),
    ("   \u{200b}\n", "", "it is empty"),
    ("mon 25:00", "25:00", "hours go from 0 to 23"),
    ("mon 18:60", "18:60", "minutes go from 00 to 59"),
    ("mon 18:5", "18:5", "minutes have two digits"),
    ("mon 18:00:00", "18:00:00", "times have hours and minutes, nothing finer"),
    ("mon 0pm", "0pm", "with am or pm, hours go from 1 to 12"),
    ("mon 18", "18", "a bare number may be a day or an hour"),
    ("mon", "mon", "a time of day must follow it"),
    ("18:00", "18:00", "it names no day of the week"),
    ("mon 18:00 tue", "tue", "a time of day must follow it"),
    ("18:00 mon 19:00", "19:00", "times stand before and after the days, so it is unclear which go together"),
    ("monday evening", "evening", "it names no time of day"),
    ("every moonday 18:00", "moonday", "this word is not known here"),
    ("every 2 days 18:00", "2", "only weeks can be counted"),
    ("every 0 weeks mon 18:00", "every 0 weeks", "weeks are counted from 1 to 52"),
    ("every 53 weeks mon 18:00", "every 53 weeks", "weeks are counted from 1 to 52"),
    ("biweekly mon 18:00", "biweekly", "it may mean twice a week or every two weeks"),
    ("every second tue 18:00", "every second tue", "it may be counted in weeks or within the month"),
    ("fifth fri 18:00", "fifth", "not every month has a fifth one"),
    ("15th 18:00", "15th", "within a month, days of the week are first to fourth, or last"),
    ("first weekday 9am", "weekday", "within a month only single days of the week are counted"),
    ("last day 9am", "day", "within a month only single days of the week are counted"),
    ("monthly tue 18:00", "tue", "it must be said which one of the month"),
    ("first tue 18:00, wed 19:00", "wed", "it must be said which one of the month"),
    ("mon from 2026-03-09 18:00", "from 2026-03-09", "only patterns of every few weeks are counted from a date; start dates are set apart"),
    ("every 2 weeks 24 dec 18:00", "every 2 weeks", "a date happens once, and this says that it comes again"),
    ("feb 30 18:00", "feb 30", "February has days 1 to 29"),
    ("2026-02-30 18:00", "2026-02-30", "February 2026 has days 1 to 28"),
    ("2026-13-01 18:00", "2026-13-01", "months run from 1 to 12"),
    ("2026-12-24", "2026-12-24", "it needs a time of day too"),
    ("03/04 18:00", "03/04", "a date with slashes is read differently from country to country"),
    ("0 0 18 * * 1", "0 0 18 * * 1", "there are more than five fields: seconds and years are not used"),
    ("0 18 * *", "0 18 * *", "there are 4 fields and not five: minute, hour, day of the month, month, weekday"),
    ("@daily", "@daily", "words with @ are not known"),
    ("0 0 30 2 *", "0 0 30 2 *", "it never happens: no such month has such a day"),
    ("0 0 31 4,6,9,11 *", "0 0 31 4,6,9,11 *", "it never happens: no such month has such a day"),
    ("60 18 * * *", "60", "the minute goes from 0 to 59"),
    ("0 24 * * *", "24", "the hour goes from 0 to 23"),
    ("0 18 0 * *", "0", "the day of the month goes from 1 to 31"),
    ("0 18 * 13 *", "13", "the month goes from 1 to 12"),
    ("0 18 * * 8", "8", "the weekday goes from 0 to 7"),
    ("0 18 * * 5-1", "5-1", "the range of the weekday runs backwards"),
    ("0 18 * * 1/0", "1/0", "the step of the weekday goes from 1 to 7"),
    ("0 18 l * *", "l", "L, W, # and ? are not known in the day of the month; \"first tue 18:00\" and \"last fri 17:00\" are"),
    ("0 18 15w * *", "15w", "L, W, # and ? are not known in the day of the month; \"first tue 18:00\" and \"last fri 17:00\" are"),
    ("0 18 * * 2#1", "2#1", "L, W, # and ? are not known in the weekday; \"first tue 18:00\" and \"last fri 17:00\" are"),
    ("0 18 ? * 2", "?", "L, W, # and ? are not known in the day of the month; \"first tue 18:00\" and \"last fri 17:00\" are"),
    ("0 18 * * 1,", "1,", "a comma of the weekday has nothing beside it"),
    ("0 18 * * someday", "someday", "it is not a number or name for the weekday"),
    ("* 18 * * 1", "* 18 * * 1", "it happens 60 times an hour, and 12 is the most"),
    ("*/5 * * * *", "*/5 * * * *", "it happens 288 times a day, and 96 is the most"),
    ("mon 1800", "1800", "hours and minutes are written with a colon"),
    ("mon 24.12.2026 18:00", "24.12.2026", "a date in figures begins with the year"),
    ("24-12-2026 18:00", "24-12-2026", "a date in figures begins with the year"),
    ("mon to 18:00", "to", "a day of the week must stand on both sides of it"),
    ("every 2 hours", "hours", "lengths are read after the word \"in\", and nothing repeats by the hour or the minute"),
    ("daily", "daily", "a time of day must follow it"),
];

#[test]
fn a_recurrence_that_cannot_be_names_its_part_and_the_example_works() {
    for &(typed, what, why) in BAD {
        let misread = Recurrence::parse(typed, today()).unwrap_err();
        assert_eq!((misread.what(), misread.why()), (what, why), "{typed}");
        works(misread.example());
    }
}

/// Every example, of those separated by ", or ", must be read by somebody here.
fn works(examples: &str) {
    let zone = zone("America/New_York");
    let now = utc("2026-03-02 19:20");
    for example in examples.split(", or ") {
        let example = example.rsplit(": ").next().unwrap();
        let read = Recurrence::parse(example, today()).is_ok()
            || Recurrence::parse(&format!("{example} 18:00"), today()).is_ok()
            || when(example, now, zone).is_ok()
            || when(&format!("mon {example}"), now, zone).is_ok()
            || when(&format!("{example} 18:00"), now, zone).is_ok();
        assert!(read, "{example}");
    }
}

#[test]
fn text_without_end_is_refused_before_it_is_looked_at() {
    let long = "mon ".repeat(1500);
    for misread in [
        Recurrence::parse(&long, today()).unwrap_err(),
        when(&long, utc("2026-03-02 19:20"), Zone::UTC).unwrap_err(),
        duration(&long).unwrap_err(),
        long.parse::<Leads>().unwrap_err(),
        long.parse::<QuietHours>().unwrap_err(),
        long.parse::<Zone>().unwrap_err(),
    ] {
        assert_eq!(misread.why(), "it is longer than 400 characters");
        assert_eq!(misread.what(), "mon mon mon mon mon mon mon mon mon mon…");
    }
    assert!(Zone::suggest(&long, 25).is_empty());
    // The longest list that still fits, all of it the same or nearly so, loses nothing.
    let times = "1:00 ".repeat(70) + "2:00";
    let read = recurrence(&format!("mon-sun {times}"));
    assert_eq!(read.to_string(), "mon,tue,wed,thu,fri,sat,sun 01:00,02:00");
}

#[test]
fn a_refusal_shows_little_of_what_was_typed_and_nothing_that_is_not_seen() {
    let text = "a\u{202e}b\u{0}c\u{200b}d".to_owned() + "x".repeat(300).as_str();
    let misread = Recurrence::parse(&text, today()).unwrap_err();
    assert_eq!(misread.what().chars().count(), MAX_ECHO);
    assert!(misread.what().starts_with("abcdxxx") && misread.what().ends_with('…'));
    assert_eq!(
        Recurrence::parse("mon 25:00", today()).unwrap_err().to_string(),
        "\"25:00\" cannot be read: hours go from 0 to 23; for example: 18:00"
    );
    assert_eq!(
        Recurrence::parse("", today()).unwrap_err().to_string(),
        "Nothing could be read: it is empty; for example: mon,wed 18:00"
    );
}

#[test]
fn values_built_by_hand_are_held_to_the_same_limits() {
    use chrono::Weekday;
    let slot = |minute: u32| Slot { day: Weekday::Mon, time: NaiveTime::from_hms_opt(10, minute, 0).unwrap() };
    assert!(Weekly::new([], Cadence::EveryWeek).is_err());
    assert!(Weekly::new((0..22).map(slot), Cadence::EveryWeek).is_err());
    let fits = Recurrence::Weekly(Weekly::new((0..21).map(slot), Cadence::EveryWeek).unwrap());
    assert_eq!(fits.to_string().parse::<Recurrence>(), Ok(fits));
    let seconds = Slot { day: Weekday::Mon, time: NaiveTime::from_hms_opt(10, 0, 1).unwrap() };
    assert!(Weekly::new([seconds], Cadence::EveryWeek).is_err());
    let few = |weeks, counted_from| Weekly::new([slot(0)], Cadence::EveryFewWeeks { weeks, counted_from });
    assert!(few(0, today()).is_err() && few(53, today()).is_err());
    assert!(few(2, NaiveDate::MIN).is_err() && few(2, NaiveDate::MAX).is_err());
    assert_eq!(few(1, today()).unwrap().cadence(), Cadence::EveryWeek);
    assert!(Monthly::new([]).is_err());
    assert!(Once::new(NaiveDateTime::MAX).is_err() && Once::new(civil("1969-12-31 23:59")).is_err());
}

#[test]
fn moments_at_the_ends_of_time_do_not_stop_the_reckoning() {
    let zone = zone("Pacific/Apia");
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, utc("2099-12-31 23:59"), utc("1970-01-01 00:00")] {
        let local = to_civil(at, zone);
        let _ = resolved(local, zone);
        let _ = day_bounds(local.date(), zone);
        let _ = next_midnight(at, zone);
        let _ = next_daily(at, time("00:00"), Weekdays::ALL, zone);
        let _ = until_words(at, utc("2026-03-02 00:00"), zone);
        let _ = until_words(utc("2026-03-02 00:00"), at, zone);
        let quiet: QuietHours = "22:00-07:00".parse().unwrap();
        let _ = (quiet.ends_after(at, zone), quiet.last_moment_before(at, zone));
        for typed in ["in 300 days", "tomorrow 9am", "mon 9am", "24 dec 9am", "next tue 9am", "every 2 weeks mon 9am"] {
            let _ = when(typed, at, zone);
        }
        let _ = occurrences(&recurrence("daily 20:00"), &Span::ALWAYS, zone, at, DateTime::<Utc>::MAX_UTC).next();
        let _ = occurrences(&recurrence("0 * * * *"), &Span::ALWAYS, zone, at, DateTime::<Utc>::MAX_UTC).next();
    }
}
