//! When a reminder is due, what follows it, and what it says.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::calendar::{QuietHours, Recurrence, Zone, resolved, to_civil};
use crate::ids::{GuildId, Member, ReminderId, UserId};
use crate::recovery::cards::reminding as cards;
use crate::recovery::model::reminder::{About, Going, Kind, Reminder, Snooze};
use crate::recovery::plan::reminding as plan;

fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    resolved(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), zone()).at
}

fn reminder(recurrence: Option<&str>, next: Option<&str>, snoozed: Option<&str>) -> Reminder {
    Reminder {
        paused_at: None,
        id: ReminderId::new(7),
        member: Member { guild: GuildId::new(1), user: UserId::new(2) },
        going: Going::On,
        recurrence: recurrence.map(|text| text.parse::<Recurrence>().unwrap()),
        zone: zone(),
        next_at: next.map(at),
        snoozed_until: snoozed.map(at),
    }
}

#[test]
fn what_people_type_is_understood_and_what_comes_too_often_is_refused() {
    let now = at("2026-03-02 14:20");
    for (text, first, words) in [
        ("tomorrow 9am", "2026-03-03 09:00", "Tuesday 3 March, 09:00"),
        ("in 2 hours", "2026-03-02 16:20", "Monday 2 March, 16:20"),
        ("every weekday at 8", "2026-03-03 08:00", "every weekday (Monday to Friday) at 08:00"),
        ("tue 18:30", "2026-03-03 18:30", "Tuesday 3 March, 18:30"),
        ("every day 21:00", "2026-03-02 21:00", "every day at 21:00"),
        ("on 3 march at 10", "2026-03-03 10:00", "Tuesday 3 March, 10:00"),
    ] {
        let when = plan::when(text, now, zone()).unwrap_or_else(|misread| panic!("{text}: {misread}"));
        assert_eq!(when.first_at, at(first), "{text}");
        assert!(when.words.starts_with(words), "{text}: {}", when.words);
    }
    for (text, why) in [
        ("*/15 * * * *", "more often than once an hour"),
        ("25:00", "hours go from 0 to 23"),
        ("feb 30 9am", "February"),
        ("soon", "no time of day"),
        ("yesterday 9am", ""),
        ("2026-03-01 09:00", "already past"),
        ("2026-03-08 02:30", "clocks"),
    ] {
        let misread = plan::when(text, now, zone()).unwrap_err();
        assert!(misread.to_string().contains(why), "{text}: {misread}");
    }
}

#[test]
fn after_an_outage_only_the_newest_is_said_and_the_series_goes_on() {
    let now = at("2026-03-05 09:30");
    let due = plan::due(&reminder(Some("daily 08:00"), Some("2026-03-02 08:00"), None), now).unwrap();
    assert_eq!((due.at, due.next_at), (at("2026-03-05 08:00"), Some(at("2026-03-06 08:00"))));
    assert_eq!(due.until, at("2026-03-05 20:00"), "half a day later it is of no use");
    let due = plan::due(&reminder(None, Some("2026-03-02 08:00"), None), now).unwrap();
    assert_eq!((due.at, due.next_at), (at("2026-03-02 08:00"), None));
    assert_eq!(plan::due(&reminder(Some("daily 10:00"), Some("2026-03-05 10:00"), None), now), None);
}

#[test]
fn putting_off_moves_nothing_but_itself() {
    let now = at("2026-03-02 08:12");
    let put_off =
        plan::due(&reminder(Some("daily 08:00"), Some("2026-03-03 08:00"), Some("2026-03-02 08:12")), now).unwrap();
    assert_eq!((put_off.at, put_off.next_at, put_off.snoozed_until), (now, Some(at("2026-03-03 08:00")), None));
    let both = plan::due(
        &reminder(Some("daily 08:00"), Some("2026-03-03 08:00"), Some("2026-03-03 07:59")),
        at("2026-03-03 08:01"),
    );
    assert_eq!(both.unwrap().at, at("2026-03-03 08:00"), "two at once are said once");
    let due = at("2026-03-07 08:00");
    assert_eq!(plan::put_off(Snooze::TenMinutes, due, due, zone()), due + TimeDelta::minutes(10));
    assert_eq!(plan::put_off(Snooze::Tomorrow, due, at("2026-03-07 23:30"), zone()), at("2026-03-08 08:00"));
}

#[test]
fn the_hour_on_the_clock_survives_clock_changes() {
    let daily: Recurrence = "daily 08:00".parse().unwrap();
    for (after, next) in [("2026-03-07 08:00", "2026-03-08 08:00"), ("2026-10-31 08:00", "2026-11-01 08:00")] {
        assert_eq!(plan::next_after(&daily, zone(), at(after)), Some(at(next)));
    }
    let gap: Recurrence = "daily 02:30".parse().unwrap();
    let next = plan::next_after(&gap, zone(), at("2026-03-07 12:00")).unwrap();
    assert_eq!(to_civil(next, zone()).to_string(), "2026-03-08 03:30:00");
    assert!(plan::change_words(&gap, zone(), next).unwrap().contains("does not exist"));
    assert_eq!(plan::change_words(&daily, zone(), at("2026-03-08 08:00")), None);
}

#[test]
fn the_message_keeps_its_words_to_itself_unless_they_are_wanted_there() {
    let about = About { words: "Take the **blue** one".into(), kind: Kind::Medication, open: false };
    let one = reminder(Some("daily 08:00"), Some("2026-03-03 08:00"), None);
    let closed = cards::reminder(&one, &about, at("2026-03-02 08:00"), true);
    assert!(!format!("{closed:?}").contains("blue"));
    assert!(format!("{closed:?}").contains("Taken") && format!("{closed:?}").contains("pharmacist"));
    let open = cards::reminder(&one, &About { open: true, ..about.clone() }, at("2026-03-02 08:00"), false);
    assert!(open.text.contains("blue") && !open.text.contains("**"));
    let quiet: QuietHours = "22:00-09:00".parse().unwrap();
    for card in [
        closed,
        open,
        cards::set(&one, &about, "every day", quiet),
        cards::one(&one, &about, quiet),
        cards::put_off(&one, at("2026-03-02 09:00")),
        cards::done(&one),
    ] {
        assert_eq!(card.problems(), Vec::<String>::new());
    }
    assert!(format!("{:?}", cards::set(&one, &about, "x", quiet)).contains("quiet hours"));
}

/// A phrase made of what was meant, for an independent reckoning.
fn phrase() -> impl Strategy<Value = (String, Option<NaiveDate>, u32, u32)> {
    let time = (0u32..24, 0u32..60);
    let date = prop_oneof![Just(None), (3i64..600).prop_map(Some)];
    (time, date, any::<bool>()).prop_map(|((hour, minute), days, first)| {
        let clock = format!("{hour:02}:{minute:02}");
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        match days.map(|days| today + TimeDelta::days(days)) {
            None => (format!("tomorrow {clock}"), Some(today + TimeDelta::days(1)), hour, minute),
            Some(date) if first => (format!("{clock} on {}", date.format("%-d %b %Y")), Some(date), hour, minute),
            Some(date) => (format!("{} {clock}", date.format("%Y-%m-%d")), Some(date), hour, minute),
        }
    })
}

proptest! {
    #[test]
    fn whatever_is_typed_is_refused_or_lies_ahead(text in "\\PC{0,60}") {
        let now = at("2026-03-02 14:20");
        if let Ok(when) = plan::when(&text, now, zone()) {
            prop_assert!(when.first_at > now);
            prop_assert!(!when.words.is_empty());
        }
    }

    #[test]
    fn a_date_and_a_time_are_that_date_and_that_time((text, date, hour, minute) in phrase()) {
        let now = at("2026-03-02 14:20");
        let local = date.unwrap().and_hms_opt(hour, minute, 0).unwrap();
        match plan::when(&text, now, zone()) {
            Ok(when) => prop_assert_eq!(to_civil(when.first_at, zone()), local, "{}", text),
            // A time that a clock change skips is refused, and nothing else of these.
            Err(misread) => prop_assert!(misread.to_string().contains("clocks"), "{}: {}", text, misread),
        }
    }

    #[test]
    fn a_repeating_reminder_goes_on_and_keeps_its_hour(hour in 4u32..24, minute in 0u32..60, ahead in 0i64..400) {
        let daily: Recurrence = format!("daily {hour:02}:{minute:02}").parse().unwrap();
        let after = at("2026-01-01 00:00") + TimeDelta::days(ahead);
        let next = plan::next_after(&daily, zone(), after).unwrap();
        let local = to_civil(next, zone());
        prop_assert!(next > after && next - after <= TimeDelta::hours(25));
        prop_assert_eq!(local.format("%H:%M").to_string(), format!("{hour:02}:{minute:02}"));
    }
}

#[test]
fn medication_and_appointments_go_on_while_somebody_is_away_unless_they_paused_them_too() {
    let since = at("2026-03-02 12:00");
    let away = crate::groups::model::Away { since, until: None };
    let (before, after) = (since - TimeDelta::days(9), since + TimeDelta::minutes(1));
    for (kind, paused_at, goes_on) in [
        (Kind::Medication, None, true),
        (Kind::Appointment, None, true),
        (Kind::Medication, Some(before), true),
        (Kind::Medication, Some(since), false),
        (Kind::Appointment, Some(after), false),
        (Kind::Anything, None, false),
        (Kind::Goal(1), None, false),
    ] {
        assert_eq!(plan::goes_on_while_away(kind, paused_at, away), goes_on, "{kind:?} {paused_at:?}");
    }
}
