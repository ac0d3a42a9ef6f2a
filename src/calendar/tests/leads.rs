//! Leads: lists of them, limits, and when a reminder is due.

use super::*;

#[test]
fn lists_of_leads_are_read_sorted_and_kept_once() {
    for (typed, canonical) in [
        ("1d 1h 15m", "1d 1h 15m"),
        ("15m, 1h, 1d", "1d 1h 15m"),
        ("15 minutes and 1 day", "1d 15m"),
        ("90 minutes", "1h30m"),
        ("1d2h", "1d2h"),
        ("60m 1h", "1h"),
        ("14d 1m", "14d 1m"),
        ("2 weeks", "14d"),
        ("none", "none"),
    ] {
        let leads: Leads = typed.parse().unwrap();
        assert_eq!(leads.to_string(), canonical, "{typed}");
        assert_eq!(canonical.parse::<Leads>().unwrap(), leads);
    }
    let leads: Leads = "1d 1h 15m".parse().unwrap();
    assert_eq!(leads.words(), "1 day before, 1 hour before and 15 minutes before");
}

#[test]
fn leads_out_of_range_or_too_many_are_refused() {
    for (typed, why) in [
        ("", "it is empty"),
        ("0m", "the shortest length is one minute"),
        ("15d", "the longest lead is 14 days"),
        ("14d1m", "the longest lead is 14 days"),
        ("6m 5m 4m 3m 2m 1m", "at most 5 leads are kept"),
        ("15", "the number has no unit"),
        ("soon", "it is not a length of time"),
        (",", "it names no length of time"),
    ] {
        assert_eq!(typed.parse::<Leads>().unwrap_err().why(), why, "{typed}");
    }
    assert_eq!("1d 2h".parse::<Lead>().unwrap_err().why(), "one lead is written without spaces");
    assert!(Lead::of_minutes(0).is_err() && Lead::of_minutes(MAX_LEAD_MINUTES + 1).is_err());
}

#[test]
fn a_reminder_is_due_that_much_time_before_the_start() {
    let lead: Lead = "1d".parse().unwrap();
    assert_eq!(lead.remind_at(utc("2026-03-08 22:00")), utc("2026-03-07 22:00"));
    assert_eq!(lead.remind_at(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::MIN_UTC);
    assert_eq!(lead.words(), "1 day before");
}

#[test]
fn a_lead_that_reaches_past_the_start_before_is_refused() {
    for (series, leads, refused) in [
        ("daily 20:00", "1d 1h", None),
        ("daily 20:00", "2d 1h", Some(("2d", "it is longer than the shortest time between two starts, 1 day", "1d"))),
        (
            "mon 18:00, mon 19:00",
            "2h",
            Some(("2h", "it is longer than the shortest time between two starts, 1 hour", "1h")),
        ),
        ("first tue 18:00", "14d", None),
        ("every 2 weeks from 2026-03-09 tue 18:00", "14d", None),
        ("2026-12-24 18:00", "14d", None),
    ] {
        let gap = recurrence(series).shortest_gap();
        let checked = match gap {
            Some(gap) => leads.parse::<Leads>().unwrap().fit_within(gap),
            None => Ok(()),
        };
        let misread = checked.as_ref().err().map(|m| (m.what(), m.why(), m.example()));
        assert_eq!(misread, refused, "{series} with {leads}");
    }
    assert_eq!(recurrence("2026-12-24 18:00").shortest_gap(), None);
    assert!(Leads::default().fit_within(chrono::TimeDelta::zero()).is_ok());
}
