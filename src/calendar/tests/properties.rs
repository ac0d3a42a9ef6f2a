//! Properties: nothing that is typed stops a parser, canonical texts read back, occurrences ascend.

use proptest::prelude::*;

use super::*;

/// Words that parsers know, in any order: nearer to sense than random text.
fn wordy() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "mon",
        "tue",
        "sundays",
        "mon-fri",
        "weekdays",
        "daily",
        "every",
        "other",
        "first",
        "last",
        "second",
        "2",
        "weeks",
        "week",
        "from",
        "2026-03-09",
        "24",
        "dec",
        "feb",
        "30",
        "at",
        "8",
        "18:00",
        "6pm",
        "6",
        "pm",
        ",",
        "and",
        "of",
        "the",
        "month",
        "in",
        "1h30",
        "hours",
        "a",
        "tomorrow",
        "today",
        "next",
        "this",
        "on",
        "*",
        "*/2",
        "0",
        "1-5",
        "noon",
        "25:00",
        "99",
        "2027",
        "-",
        "to",
        "none",
        "utc",
        "@",
        "1st",
        "T",
        "é",
        "１８",
    ]);
    let joints = prop::sample::select(vec![" ", " ", " ", "", ",", "-"]);
    prop::collection::vec((words, joints), 0..9)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, joint)| [word, joint]).collect())
}

fn read_everything(text: &str) {
    let zone = zone("America/New_York");
    let now = utc("2026-03-08 06:59");
    let misread = [
        Recurrence::parse(text, today()).err(),
        text.parse::<Recurrence>().err(),
        when(text, now, zone).err(),
        moment(text, now, zone).err(),
        duration(text).err(),
        text.parse::<Leads>().err(),
        text.parse::<Lead>().err(),
        text.parse::<QuietHours>().err(),
        text.parse::<Zone>().err(),
        Zone::from_stored(text).err(),
        text.parse::<OccurrenceId>().err(),
    ];
    let _ = Zone::suggest(text, 25);
    for misread in misread.into_iter().flatten() {
        assert!(misread.what().chars().count() <= MAX_ECHO);
        assert!(!misread.to_string().contains(char::is_control));
        assert!(!misread.why().is_empty() && !misread.example().is_empty());
    }
    if let Ok(Typed::Once(moment)) = when(text, now, zone) {
        assert!(moment.at > now);
        assert_eq!(to_civil(moment.at, zone), moment.local);
    }
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    (0u32..24, 0u32..60).prop_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

fn any_weekday() -> impl Strategy<Value = chrono::Weekday> {
    (0u8..7).prop_map(|day| chrono::Weekday::try_from(day).unwrap())
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0u64..47_000).prop_map(|days| FIRST_DATE + chrono::Days::new(days))
}

fn cron_field(first: u32, last: u32, most: usize) -> impl Strategy<Value = String> {
    let number = first..=last;
    prop_oneof![
        2 => Just("*".to_owned()),
        1 => (2..=last).prop_map(|step| format!("*/{step}")),
        1 => (first..=last, first..=last).prop_map(|(one, other)| format!("{}-{}", one.min(other), one.max(other))),
        2 => prop::collection::vec(number.prop_map(|n| n.to_string()), 1..=most).prop_map(|all| all.join(",")),
    ]
}

fn any_cron() -> impl Strategy<Value = Recurrence> {
    let fields =
        (cron_field(0, 59, 5), cron_field(0, 23, 5), cron_field(1, 31, 9), cron_field(1, 12, 5), cron_field(0, 7, 4));
    fields.prop_filter_map("too dense or never", |(minute, hour, day, month, weekday)| {
        format!("{minute} {hour} {day} {month} {weekday}").parse().ok()
    })
}

fn any_recurrence() -> impl Strategy<Value = Recurrence> {
    let cadence = prop_oneof![
        Just(Cadence::EveryWeek),
        (2u32..=52, any_date()).prop_map(|(weeks, counted_from)| Cadence::EveryFewWeeks { weeks, counted_from }),
    ];
    let slots = prop::collection::vec((any_weekday(), any_time()), 1..=MAX_SLOTS);
    let weekly = (slots, cadence).prop_map(|(slots, cadence)| {
        let slots = slots.into_iter().map(|(day, time)| Slot { day, time });
        Recurrence::Weekly(Weekly::new(slots, cadence).unwrap())
    });
    let nth = (0usize..5).prop_map(|n| Nth::ALL[n]);
    let monthly = prop::collection::vec((nth, any_weekday(), any_time()), 1..=MAX_SLOTS).prop_map(|slots| {
        let slots = slots.into_iter().map(|(nth, day, time)| MonthlySlot { nth, day, time });
        Recurrence::Monthly(Monthly::new(slots).unwrap())
    });
    let once =
        (any_date(), any_time()).prop_map(|(date, time)| Recurrence::Once(Once::new(date.and_time(time)).unwrap()));
    prop_oneof![3 => weekly, 3 => monthly, 1 => once, 3 => any_cron()]
}

fn any_zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(Vec::from(ZONES)).prop_map(zone)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_a_parser(text in "\\PC{0,60}") {
        read_everything(&text);
    }

    #[test]
    fn no_bytes_stop_a_parser(text in any::<String>()) {
        read_everything(&text);
    }

    #[test]
    fn no_order_of_known_words_stops_a_parser(text in wordy()) {
        read_everything(&text);
    }

    #[test]
    fn no_long_text_stops_a_parser(text in "[a-z0-9:, *]{300,500}") {
        read_everything(&text);
    }

    #[test]
    fn what_is_read_is_read_back_from_its_canonical_text(text in wordy()) {
        if let Ok(read) = Recurrence::parse(&text, today()) {
            prop_assert_eq!(read.to_string().parse::<Recurrence>(), Ok(read));
        }
        if let Ok(read) = text.parse::<Leads>() {
            prop_assert_eq!(read.to_string().parse::<Leads>(), Ok(read));
        }
        if let Ok(read) = text.parse::<QuietHours>() {
            prop_assert_eq!(read.to_string().parse::<QuietHours>(), Ok(read));
        }
    }

    #[test]
    fn every_recurrence_reads_back_from_its_canonical_text(recurrence in any_recurrence()) {
        let text = recurrence.to_string();
        prop_assert!(text.chars().count() <= MAX_TYPED, "{}", text);
        prop_assert_eq!(text.parse::<Recurrence>(), Ok(recurrence.clone()));
        prop_assert!(!recurrence.words().is_empty());
    }

    #[test]
    fn leads_and_ids_read_back(minutes in 1u32..=MAX_LEAD_MINUTES, date in any_date(), at in any_time()) {
        let lead = Lead::of_minutes(minutes).unwrap();
        prop_assert_eq!(lead.to_string().parse::<Lead>(), Ok(lead));
        let id = OccurrenceId::of(date.and_time(at));
        prop_assert_eq!(id.to_string().parse::<OccurrenceId>(), Ok(id));
    }

    #[test]
    fn quiet_hours_read_back(from in any_time(), to in any_time()) {
        let quiet = QuietHours::new(from, to);
        prop_assert_eq!(quiet.to_string().parse::<QuietHours>(), Ok(quiet));
    }

    #[test]
    fn occurrences_ascend_within_their_window_each_once(
        recurrence in any_recurrence(), zone in any_zone(), start in any_date(), days in 1i64..400,
    ) {
        let from = start.and_time(NaiveTime::MIN).and_utc();
        let until = from + chrono::TimeDelta::days(days);
        let all: Vec<Planned> = occurrences(&recurrence, &Span::ALWAYS, zone, from, until).collect();
        for pair in all.windows(2) {
            prop_assert!(pair[0].starts_at < pair[1].starts_at);
            prop_assert!(pair[0].id != pair[1].id);
        }
        for planned in &all {
            prop_assert!(from <= planned.starts_at && planned.starts_at < until);
            prop_assert_eq!(to_civil(planned.starts_at, zone), planned.starts_local);
        }
        // Two windows that touch hold what one window over both holds.
        let middle = from + chrono::TimeDelta::days(days / 2);
        let halves: Vec<Planned> = occurrences(&recurrence, &Span::ALWAYS, zone, from, middle)
            .chain(occurrences(&recurrence, &Span::ALWAYS, zone, middle, until))
            .collect();
        prop_assert_eq!(all, halves);
    }

    #[test]
    fn starts_skip_nothing(recurrence in any_recurrence(), start in any_date(), days in 0i64..60) {
        let from = start.and_time(NaiveTime::MIN);
        let until = from.checked_add_signed(chrono::TimeDelta::days(days)).unwrap();
        let whole: Vec<NaiveDateTime> = recurrence.starts(from, until).collect();
        let by_day: Vec<NaiveDateTime> = (0..days)
            .flat_map(|day| {
                let from = from + chrono::TimeDelta::days(day);
                recurrence.starts(from, from + chrono::TimeDelta::days(1))
            })
            .collect();
        prop_assert_eq!(whole, by_day);
    }

    #[test]
    fn civil_time_and_instants_agree(date in any_date(), at in any_time(), zone in any_zone()) {
        let local = date.and_time(at);
        let there = resolved(local, zone);
        match there.note {
            Note::Exact | Note::Fold => prop_assert_eq!(to_civil(there.at, zone), local),
            Note::Gap { moved_by } => prop_assert_eq!(to_civil(there.at, zone), local + moved_by),
        }
        let bounds = day_bounds(date, zone);
        prop_assert!(bounds.starts_at <= bounds.ends_at);
        if there.note == Note::Exact {
            prop_assert!(bounds.starts_at <= there.at && there.at < bounds.ends_at);
        }
    }
}
