//! What people type for a series, what is made of it, and in which words it is said.

use chrono::Weekday;

use super::*;

/// What was typed, the canonical text, the words.
#[rustfmt::skip]
const READ: &[(&str, &str, &str)] = &[
    ("mon,wed,fri 18:00", "mon,wed,fri 18:00", "every Monday, Wednesday and Friday at 18:00"),
    ("MON, Wed & Fri 6pm", "mon,wed,fri 18:00", "every Monday, Wednesday and Friday at 18:00"),
    ("every mon and wed at 6pm", "mon,wed 18:00", "every Monday and Wednesday at 18:00"),
    ("Every Monday, Wednesday, and Friday at 6:30 PM", "mon,wed,fri 18:30", "every Monday, Wednesday and Friday at 18:30"),
    ("mon/wed/fri 18.00", "mon,wed,fri 18:00", "every Monday, Wednesday and Friday at 18:00"),
    ("mon wed fri @ 18:00", "mon,wed,fri 18:00", "every Monday, Wednesday and Friday at 18:00"),
    ("6 p.m. mondays", "mon 18:00", "every Monday at 18:00"),
    ("mon 18:00, thu 19:30", "mon 18:00, thu 19:30", "every Monday at 18:00 and every Thursday at 19:30"),
    ("thu 19:30; mon 18:00", "mon 18:00, thu 19:30", "every Monday at 18:00 and every Thursday at 19:30"),
    ("weekdays 9am", "mon,tue,wed,thu,fri 09:00", "every weekday (Monday to Friday) at 09:00"),
    ("every weekday at 8", "mon,tue,wed,thu,fri 08:00", "every weekday (Monday to Friday) at 08:00"),
    ("mon-fri 12:00", "mon,tue,wed,thu,fri 12:00", "every weekday (Monday to Friday) at 12:00"),
    ("mon–fri noon", "mon,tue,wed,thu,fri 12:00", "every weekday (Monday to Friday) at 12:00"),
    ("monday to friday 9am", "mon,tue,wed,thu,fri 09:00", "every weekday (Monday to Friday) at 09:00"),
    ("mon thru thu, sat at 9am", "mon,tue,wed,thu,sat 09:00", "every Monday, Tuesday, Wednesday, Thursday and Saturday at 09:00"),
    ("mon - wed 18:00", "mon,tue,wed 18:00", "every Monday, Tuesday and Wednesday at 18:00"),
    ("weekends 10:00", "sat,sun 10:00", "every Saturday and Sunday at 10:00"),
    ("fri-mon 7:05", "mon,fri,sat,sun 07:05", "every Monday, Friday, Saturday and Sunday at 07:05"),
    ("daily 20:00", "mon,tue,wed,thu,fri,sat,sun 20:00", "every day at 20:00"),
    ("every day at 8am and 8pm", "mon,tue,wed,thu,fri,sat,sun 08:00,20:00", "every day at 08:00 and 20:00"),
    ("every day at 8 and 20", "mon,tue,wed,thu,fri,sat,sun 08:00,20:00", "every day at 08:00 and 20:00"),
    ("12am sat", "sat 00:00", "every Saturday at 00:00"),
    ("sat 12:15pm", "sat 12:15", "every Saturday at 12:15"),
    ("weekly on tue 18:00", "tue 18:00", "every Tuesday at 18:00"),
    ("every week on tue, 18:00", "tue 18:00", "every Tuesday at 18:00"),
    ("every 2 weeks tue 18:00", "every 2 weeks from 2026-03-02 tue 18:00", "every 2 weeks on Tuesday at 18:00, counted from the week of Monday 2 March 2026"),
    ("tue 18:00 every two weeks", "every 2 weeks from 2026-03-02 tue 18:00", "every 2 weeks on Tuesday at 18:00, counted from the week of Monday 2 March 2026"),
    ("every other tue 18:00", "every 2 weeks from 2026-03-02 tue 18:00", "every 2 weeks on Tuesday at 18:00, counted from the week of Monday 2 March 2026"),
    ("fortnightly tue 18:00", "every 2 weeks from 2026-03-02 tue 18:00", "every 2 weeks on Tuesday at 18:00, counted from the week of Monday 2 March 2026"),
    ("every 3rd week from 12 march mon,tue 18:00", "every 3 weeks from 2026-03-16 mon,tue 18:00", "every 3 weeks on Monday and Tuesday at 18:00, counted from the week of Monday 16 March 2026"),
    ("first tue 18:00", "first tue 18:00", "every month on the first Tuesday at 18:00"),
    ("last fri 17:00", "last fri 17:00", "every month on the last Friday at 17:00"),
    ("every last friday at 5pm", "last fri 17:00", "every month on the last Friday at 17:00"),
    ("1st and 3rd tue 18:00", "first,third tue 18:00", "every month on the first and third Tuesday at 18:00"),
    ("first tue and third thu 18:00", "first tue 18:00, third thu 18:00", "every month on the first Tuesday at 18:00 and the third Thursday at 18:00"),
    ("every second tuesday of the month 18:00", "second tue 18:00", "every month on the second Tuesday at 18:00"),
    ("monthly on the first monday at 6pm", "first mon 18:00", "every month on the first Monday at 18:00"),
    ("18:00 on the first monday of every month", "first mon 18:00", "every month on the first Monday at 18:00"),
    ("2026-12-24 18:00", "2026-12-24 18:00", "once, on Thursday 24 December 2026, 18:00"),
    ("2026-12-24T18:00", "2026-12-24 18:00", "once, on Thursday 24 December 2026, 18:00"),
    ("24 dec 6pm", "2026-12-24 18:00", "once, on Thursday 24 December 2026, 18:00"),
    ("dec 24th, 2027 at 6pm", "2027-12-24 18:00", "once, on Friday 24 December 2027, 18:00"),
    ("1 mar 18:00", "2027-03-01 18:00", "once, on Monday 1 March 2027, 18:00"),
    ("Thursday 24 December 2026, 18:00", "2026-12-24 18:00", "once, on Thursday 24 December 2026, 18:00"),
    ("0 18 * * 1-5", "0 18 * * 1-5", "every weekday (Monday to Friday) at 18:00"),
    ("0 18 * * MON,wed", "0 18 * * 1,3", "every Monday and Wednesday at 18:00"),
    ("0 18 * * 0", "0 18 * * 0", "every Sunday at 18:00"),
    ("0 18 * * 7", "0 18 * * 0", "every Sunday at 18:00"),
    ("0 18 * * 5-7", "0 18 * * 0,5,6", "every Friday, Saturday and Sunday at 18:00"),
    ("0 18 * * sat-sun", "0 18 * * 0,6", "every Saturday and Sunday at 18:00"),
    ("*/30 9-17 * * *", "*/30 9-17 * * *", "every day at :00 and :30 of 9 hours, from 09:00 to 17:30"),
    ("0,15,30,45 8 1 jan-mar,dec *", "*/15 8 1 1-3,12 *", "on day 1 of January, February, March and December at 08:00, 08:15, 08:30 and 08:45"),
    ("0 18 13 * 5", "0 18 13 * 5", "on day 13 of every month, when that is a Friday at 18:00"),
    ("0 9 29 2 *", "0 9 29 2 *", "on day 29 of February at 09:00"),
];

#[test]
fn what_people_type_is_read_kept_and_said() {
    for (typed, canonical, words) in READ {
        let read = recurrence(typed);
        assert_eq!(read.to_string(), *canonical, "{typed}");
        assert_eq!(read.words(), *words, "{typed}");
        assert_eq!(canonical.parse::<Recurrence>().as_ref(), Ok(&read), "{typed}");
    }
}

#[test]
fn a_bare_hour_is_said_to_be_on_the_24_hour_clock_where_that_matters() {
    let assumed = |text| Recurrence::read(text, today()).unwrap().assumed;
    assert_eq!(assumed("every tue at 6"), [Assumed::DayClock(time("06:00"))]);
    assert_eq!(assumed("every tue at 18"), []);
    assert_eq!(assumed("every tue at 6pm"), []);
    assert_eq!(assumed("1 mar 18:00"), [Assumed::NextYear]);
}

#[test]
fn text_that_depends_on_the_day_it_is_read_is_not_canonical() {
    for text in ["every 2 weeks tue 18:00", "24 dec 18:00", "tomorrow 18:00", "every 2 weeks from 9 mar tue 18:00"] {
        assert!(text.parse::<Recurrence>().is_err(), "{text}");
        assert!(Recurrence::parse(text, today()).is_ok(), "{text}");
    }
}

fn starts(text: &str, from: &str, until: &str) -> Vec<String> {
    recurrence(text).starts(civil(from), civil(until)).map(|at| at.format("%m-%d %H:%M").to_string()).collect()
}

#[test]
fn starts_are_in_order_from_included_until_not() {
    assert_eq!(
        starts("mon 18:00, thu 19:30, thu 9:00", "2026-03-02 18:00", "2026-03-09 18:00"),
        ["03-02 18:00", "03-05 09:00", "03-05 19:30"]
    );
    assert_eq!(starts("mon 18:00", "2026-03-02 18:01", "2026-03-09 18:00"), [""; 0]);
    assert_eq!(starts("0 18 * * *", "2026-03-02 18:00", "2026-03-03 18:00"), ["03-02 18:00"]);
    assert_eq!(starts("2026-12-24 18:00", "2026-12-24 18:00", "2026-12-24 18:01"), ["12-24 18:00"]);
    assert_eq!(starts("2026-12-24 18:00", "2026-12-24 18:01", "2027-12-24 18:01"), [""; 0]);
    assert_eq!(starts("mon 18:00", "2026-03-09 00:00", "2026-03-02 00:00"), [""; 0], "an empty window");
}

#[test]
fn every_few_weeks_is_counted_from_the_first_slot_on_or_after_the_anchor() {
    // 2026-03-04 is a Wednesday: this week's Tuesday is past, so the next one is the first.
    let pattern = Recurrence::parse("every 2 weeks tue 18:00", date("2026-03-04")).unwrap();
    let all: Vec<String> = pattern
        .starts(civil("2026-02-01 00:00"), civil("2026-04-10 00:00"))
        .map(|at| at.format("%m-%d").to_string())
        .collect();
    assert_eq!(all, ["02-10", "02-24", "03-10", "03-24", "04-07"]);
    // The new year, a leap day and a year of 53 weeks do not disturb the count.
    let long = Recurrence::parse("every 3 weeks from 2024-02-26 thu 18:00", today()).unwrap();
    let all: Vec<NaiveDateTime> = long.starts(civil("2024-01-01 00:00"), civil("2033-01-01 00:00")).collect();
    assert!(all.windows(2).all(|pair| (pair[1] - pair[0]).num_days() == 21));
    assert_eq!(all[2], civil("2024-02-29 18:00"));
}

#[test]
fn monthly_days_are_where_a_calendar_shows_them() {
    assert_eq!(
        starts("first tue 18:00", "2026-01-01 00:00", "2026-05-01 00:00"),
        ["01-06 18:00", "02-03 18:00", "03-03 18:00", "04-07 18:00"]
    );
    assert_eq!(
        starts("last fri 17:00", "2026-01-01 00:00", "2026-05-01 00:00"),
        ["01-30 17:00", "02-27 17:00", "03-27 17:00", "04-24 17:00"]
    );
    // In February 2026 the fourth Friday is the last one: one start, not two.
    assert_eq!(starts("fourth fri 17:00, last fri 17:00", "2026-02-01 00:00", "2026-03-01 00:00"), ["02-27 17:00"]);
}

#[test]
fn cron_counts_weekdays_as_people_write_them() {
    let day_of = |text: &str| -> Vec<Weekday> {
        use chrono::Datelike;
        recurrence(text).starts(civil("2026-03-02 00:00"), civil("2026-03-09 00:00")).map(|at| at.weekday()).collect()
    };
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    for (field, days) in [
        ("0", vec![Sun]),
        ("7", vec![Sun]),
        ("1", vec![Mon]),
        ("6", vec![Sat]),
        ("1-5", vec![Mon, Tue, Wed, Thu, Fri]),
        ("5-7", vec![Fri, Sat, Sun]),
        ("sun", vec![Sun]),
        ("fri-sun", vec![Fri, Sat, Sun]),
        ("sun-tue", vec![Mon, Tue, Sun]),
        ("*/2", vec![Tue, Thu, Sat, Sun]),
        ("1/3", vec![Mon, Thu, Sun]),
        ("*", vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun]),
        ("0-7", vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun]),
    ] {
        assert_eq!(day_of(&format!("0 18 * * {field}")), days, "{field}");
    }
}

#[test]
fn a_date_that_comes_only_on_some_leap_days_is_found() {
    let rare = recurrence("0 9 29 2 1");
    let first = rare.first_start(&Span::new(Some(today()), None).unwrap()).unwrap();
    assert_eq!(first, civil("2044-02-29 09:00"));
}

#[test]
fn a_span_bounds_a_series_and_one_without_a_start_is_refused() {
    let span = Span::new(Some(date("2026-03-03")), Some(date("2026-03-10"))).unwrap();
    let weekly = recurrence("tue 18:00");
    let zone = zone("Pacific/Apia");
    let ids: Vec<String> = occurrences(&weekly, &span, zone, utc("2026-01-01 00:00"), utc("2027-01-01 00:00"))
        .map(|planned| planned.id.to_string())
        .collect();
    assert_eq!(ids, ["2026-03-03T18:00", "2026-03-10T18:00"]);
    assert_eq!(weekly.first_start(&span), Ok(civil("2026-03-03 18:00")));
    let short = Span::new(Some(date("2026-03-04")), Some(date("2026-03-09"))).unwrap();
    assert_eq!(
        weekly.first_start(&short).unwrap_err().to_string(),
        "\"tue 18:00\" cannot be read: it never happens from Wednesday 4 March 2026 until Monday 9 March 2026; for example: mon,wed 18:00"
    );
    assert!(Span::new(Some(date("2026-03-04")), Some(date("2026-03-03"))).is_err());
    assert!(span.contains(date("2026-03-10")) && !span.contains(date("2026-03-11")));
}

#[test]
fn an_enumeration_that_is_cut_short_says_so() {
    let dense = recurrence("*/15 * * * *");
    let mut starts = dense.starts(civil("2026-01-01 00:00"), civil("2026-12-31 00:00"));
    assert_eq!(starts.by_ref().count(), 364 * 96);
    assert!(!starts.ended_by_limit());
    let mut starts = dense.starts(civil("2026-01-01 00:00"), civil("2028-01-01 00:00"));
    assert_eq!(starts.by_ref().count(), MAX_STARTS);
    assert!(starts.ended_by_limit());
    let mut all = occurrences(&dense, &Span::ALWAYS, Zone::UTC, utc("2026-01-01 00:00"), utc("2028-01-01 00:00"));
    assert!(all.by_ref().count() > MAX_STARTS - 1000);
    assert!(all.ended_by_limit());
}

#[test]
fn weekdays_are_listed_from_monday_or_as_the_reader_counts() {
    let days = Weekdays::WEEKEND.with(Weekday::Wed);
    assert_eq!(days.iter().collect::<Vec<_>>(), [Weekday::Wed, Weekday::Sat, Weekday::Sun]);
    assert_eq!(days.iter_from(Weekday::Sun).collect::<Vec<_>>(), [Weekday::Sun, Weekday::Wed, Weekday::Sat]);
    assert_eq!(Weekdays::between(Weekday::Sat, Weekday::Mon).count(), 3);
    assert!(Weekdays::NONE.is_empty());
}

#[test]
fn patterns_are_kept_as_text_by_serde() {
    let read: Recurrence = serde_json::from_str("\"every mon at 6pm\"").unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), "\"mon 18:00\"");
    assert!(serde_json::from_str::<Zone>("\"US/Eastern\"").unwrap_err().to_string().contains("America/New_York"));
}
