//! Tables of hours over clock changes, midnight and New Year.

use super::*;

fn weekly(zone: &str, spans: &[(&str, &str, &str)], closed: &[(&str, &str)]) -> Hours {
    let spans = spans.iter().map(|(days, from, to)| Span::parse(days, from, to).unwrap()).collect();
    let closed = closed.iter().map(|(from, to)| Closure::parse(from, to).unwrap()).collect();
    Hours::Weekly(Weekly::new(zone.parse().unwrap(), spans, closed).unwrap())
}

/// Each row: the moment, whether it is open, and when it opens next if it is shut.
fn check_hours(hours: &Hours, rows: &[(&str, bool, &str)]) {
    for (moment, open, next) in rows {
        let expected = if *open { Standing::Open } else { Standing::Shut };
        assert_eq!(hours.standing(at(moment)), expected, "{moment}");
        let next = (!next.is_empty()).then(|| at(next));
        assert_eq!(hours.opens_at(at(moment)), next, "{moment}");
    }
}

#[test]
fn office_hours_open_and_shut_on_the_minute() {
    let hours = weekly("Europe/London", &[("mon-fri", "10:00", "19:00")], &[]);
    check_hours(
        &hours,
        &[
            ("2026-11-18T09:59:59Z", false, "2026-11-18T10:00:00Z"),
            ("2026-11-18T10:00:00Z", true, ""),
            ("2026-11-18T18:59:59Z", true, ""),
            ("2026-11-18T19:00:00Z", false, "2026-11-19T10:00:00Z"),
            ("2026-11-20T19:00:00Z", false, "2026-11-23T10:00:00Z"),
            // Summer time: the same wall clock, an hour earlier in UTC.
            ("2026-07-01T09:00:00Z", true, ""),
            ("2026-07-01T18:00:00Z", false, "2026-07-02T09:00:00Z"),
            // The Friday before the clocks change to the Monday after.
            ("2026-10-23T18:00:00Z", false, "2026-10-26T10:00:00Z"),
        ],
    );
}

#[test]
fn a_night_line_stays_open_over_midnight_and_over_the_clock_change() {
    let hours = weekly("Europe/Tallinn", &[("daily", "19:00", "07:00")], &[]);
    check_hours(
        &hours,
        &[
            ("2026-11-18T21:59:00Z", true, ""),
            ("2026-11-18T22:00:00Z", true, ""),
            ("2026-11-19T04:59:59Z", true, ""),
            ("2026-11-19T05:00:00Z", false, "2026-11-19T17:00:00Z"),
            // The night the clock goes forward is an hour shorter, the one it goes back an hour longer.
            ("2026-03-29T03:59:59Z", true, ""),
            ("2026-03-29T04:00:00Z", false, "2026-03-29T16:00:00Z"),
            ("2026-10-25T04:59:59Z", true, ""),
            ("2026-10-25T05:00:00Z", false, "2026-10-25T17:00:00Z"),
        ],
    );
}

#[test]
fn a_weekend_night_belongs_to_the_day_on_which_it_began() {
    let hours = weekly("Europe/Bucharest", &[("fri-sun", "19:00", "07:00")], &[]);
    check_hours(
        &hours,
        &[
            ("2026-11-20T17:00:00Z", true, ""),
            ("2026-11-23T04:00:00Z", true, ""),
            ("2026-11-23T05:00:00Z", false, "2026-11-27T17:00:00Z"),
        ],
    );
}

#[test]
fn a_skipped_time_is_the_first_moment_after_the_gap_and_a_doubled_one_the_first() {
    let gap = weekly("America/New_York", &[("sun", "02:30", "05:00")], &[]);
    check_hours(
        &gap,
        &[
            ("2026-03-08T06:59:59Z", false, "2026-03-08T07:00:00Z"),
            ("2026-03-08T07:00:00Z", true, ""),
            ("2026-03-08T09:00:00Z", false, "2026-03-15T06:30:00Z"),
        ],
    );
    let fold = weekly("America/New_York", &[("sun", "01:30", "05:00")], &[]);
    check_hours(
        &fold,
        &[
            ("2026-11-01T05:29:59Z", false, "2026-11-01T05:30:00Z"),
            // Through the second pass of the doubled hour it stays open.
            ("2026-11-01T06:10:00Z", true, ""),
            ("2026-11-01T09:59:59Z", true, ""),
            ("2026-11-01T10:00:00Z", false, "2026-11-08T06:30:00Z"),
        ],
    );
    let swallowed = weekly("America/New_York", &[("sun", "02:10", "02:50")], &[]);
    check_hours(&swallowed, &[("2026-03-08T06:59:00Z", false, "2026-03-15T06:10:00Z")]);
}

#[test]
fn midnight_ends_at_midnight_also_where_the_clock_changes_there() {
    // In Beirut the clock goes from 24:00 to 01:00, and back from 24:00 to 23:00.
    let hours = weekly("Asia/Beirut", &[("daily", "09:00", "24:00")], &[]);
    check_hours(
        &hours,
        &[
            ("2026-03-28T21:59:59Z", true, ""),
            ("2026-03-28T22:00:00Z", false, "2026-03-29T06:00:00Z"),
            ("2026-10-24T21:30:00Z", true, ""),
            ("2026-10-24T22:00:00Z", false, "2026-10-25T07:00:00Z"),
        ],
    );
}

#[test]
fn a_yearly_closure_runs_over_new_year() {
    let hours = weekly("Asia/Tokyo", &[("daily", "16:00", "21:00")], &[("12-29", "01-03")]);
    check_hours(
        &hours,
        &[
            ("2026-12-28T08:00:00Z", true, ""),
            ("2026-12-29T08:00:00Z", false, "2027-01-04T07:00:00Z"),
            ("2027-01-03T08:00:00Z", false, "2027-01-04T07:00:00Z"),
            ("2027-01-04T08:00:00Z", true, ""),
        ],
    );
    let never = weekly("UTC", &[("daily", "08:00", "09:00")], &[("01-01", "12-31")]);
    check_hours(&never, &[("2026-06-01T08:30:00Z", false, "")]);
}

#[test]
fn hours_that_are_not_known_are_never_called_open() {
    let hours = Hours::Unknown("Limited hours.".into());
    assert_eq!(hours.standing(noon()), Standing::Unknown);
    assert_eq!(hours.opens_at(noon()), None);
    assert_eq!(Hours::AlwaysOpen.standing(noon()), Standing::Open);
    assert_eq!(Hours::AlwaysOpen.opens_at(noon()), None);
}

#[test]
fn hours_are_told_in_words() {
    let words = weekly("UTC", &[("mon-fri", "10:00", "19:00"), ("sat", "10:00", "16:00")], &[]).words();
    assert_eq!(words, "Monday to Friday 10:00 to 19:00; Saturday 10:00 to 16:00");
    assert_eq!(weekly("UTC", &[("daily", "19:00", "07:00")], &[]).words(), "Every day 19:00 to 07:00");
    assert_eq!(
        weekly("UTC", &[("mon,wed,fri-sun", "08:00", "24:00")], &[]).words(),
        "Monday, Wednesday, Friday to Sunday 08:00 to 24:00"
    );
    assert_eq!(weekly("UTC", &[("sun-mon", "08:00", "09:00")], &[]).words(), "Monday, Sunday 08:00 to 09:00");
    assert_eq!(Hours::AlwaysOpen.words(), "24/7");
}

#[test]
fn the_ends_of_time_do_not_panic() {
    let hours = weekly("Pacific/Auckland", &[("daily", "09:00", "17:00")], &[]);
    for moment in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let _ = (hours.standing(moment), hours.opens_at(moment));
    }
}

#[test]
fn a_line_with_a_shut_chat_and_an_open_phone_is_open() {
    let line = embedded().line("br-cvv-centro-de-valorizacao-da-vida").unwrap();
    let early = at("2026-11-18T08:00:00Z"); // 05:00 in São Paulo
    assert_eq!(line.standing(early), Standing::Open);
    assert_eq!(line.written_standing(early), Some(Standing::Shut));
    assert_eq!(line.ways_at(early, true)[0].reach, Reach::Call, "an open way before a shut one");
    assert_eq!(line.opens_at(early), None);
    let evening = embedded().line("gb-calm-campaign-against-living").unwrap();
    assert_eq!(evening.opens_at(noon()), Some(at("2026-11-18T17:00:00Z")));
}

proptest! {
    #[test]
    fn a_span_never_panics(days in "[a-z,\\-]{0,12}", from in "[0-9:]{0,6}", to in "\\PC{0,6}") {
        let _ = Span::parse(&days, &from, &to);
        let _ = Closure::parse(&from, &to);
    }

    #[test]
    fn a_shut_line_is_open_when_it_says_it_opens(minute in 0_i64..(6 * 366 * 24 * 60), line in 0_usize..400) {
        let lines: Vec<_> = every_line().collect();
        let line = lines[line % lines.len()];
        let moment = at("2024-01-01T00:00:00Z") + TimeDelta::minutes(minute);
        if let Some(opens) = line.opens_at(moment) {
            prop_assert!(opens > moment);
            prop_assert_eq!(line.standing(opens), Standing::Open);
            prop_assert_eq!(line.standing(opens - TimeDelta::seconds(1)), Standing::Shut);
            let between = moment + (opens - moment) / 2;
            prop_assert_eq!(line.standing(between), Standing::Shut);
        }
    }
}
