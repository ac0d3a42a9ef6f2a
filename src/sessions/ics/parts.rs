//! A series as recurrences that one rule of RFC 5545 can say: those that start at one time of day each.

use std::collections::BTreeMap;

use chrono::{NaiveTime, Weekday};

use super::zone::code;
use crate::calendar::{Cadence, Monthly, MonthlySlot, Nth, Recurrence, Slot, Weekdays, Weekly};

/// One part of a series, with the rule that says it; none: its dates have to be listed.
pub(super) struct Part {
    pub(super) recurrence: Recurrence,
    pub(super) rule: Option<String>,
}

/// The parts of a recurrence. Every start of it is a start of exactly one part.
pub(super) fn parts(recurrence: &Recurrence) -> Vec<Part> {
    let found = match recurrence {
        Recurrence::Weekly(weekly) => of_weekly(weekly),
        Recurrence::Monthly(monthly) => of_monthly(monthly),
        Recurrence::Cron(cron) => daily(cron).and_then(|weekly| of_weekly(&weekly)),
        Recurrence::Once(_) => None,
    };
    found.unwrap_or_else(|| vec![Part { recurrence: recurrence.clone(), rule: None }])
}

/// Cron fields that only choose weekdays and few times are weekly slots too.
fn daily(cron: &crate::calendar::Cron) -> Option<Weekly> {
    if cron.days_of_month().is_some() || cron.months().is_some() {
        return None;
    }
    let times: Option<Vec<NaiveTime>> = cron
        .hours()
        .flat_map(|hour| cron.minutes().map(move |minute| NaiveTime::from_hms_opt(hour, minute, 0)))
        .collect();
    let times = times?;
    let slots: Vec<Slot> =
        cron.weekdays().iter().flat_map(|day| times.iter().map(move |time| Slot { day, time: *time })).collect();
    Weekly::new(slots, Cadence::EveryWeek).ok()
}

fn of_weekly(weekly: &Weekly) -> Option<Vec<Part>> {
    let mut times: BTreeMap<NaiveTime, Vec<Slot>> = BTreeMap::new();
    for slot in weekly.slots() {
        times.entry(slot.time).or_default().push(*slot);
    }
    let parts = times.into_values().map(|slots| {
        let days: Weekdays = slots.iter().map(|slot| slot.day).collect();
        let days: Vec<&str> = days.iter().map(code).collect();
        let interval = match weekly.every_weeks() {
            1 => String::new(),
            weeks => format!("INTERVAL={weeks};"),
        };
        // Weeks that count begin on Monday, as ours do.
        let rule = format!("FREQ=WEEKLY;{interval}BYDAY={};WKST=MO", days.join(","));
        let recurrence = Recurrence::Weekly(Weekly::new(slots, weekly.cadence()).ok()?);
        Some(Part { recurrence, rule: Some(rule) })
    });
    parts.collect()
}

fn of_monthly(monthly: &Monthly) -> Option<Vec<Part>> {
    let mut times: BTreeMap<NaiveTime, Vec<MonthlySlot>> = BTreeMap::new();
    for slot in monthly.slots() {
        times.entry(slot.time).or_default().push(*slot);
    }
    let parts = times.into_values().map(|slots| {
        let days: Vec<String> = slots.iter().map(|slot| format!("{}{}", number(slot.nth), code(slot.day))).collect();
        let rule = format!("FREQ=MONTHLY;BYDAY={}", days.join(","));
        Some(Part { recurrence: Recurrence::Monthly(Monthly::new(slots).ok()?), rule: Some(rule) })
    });
    parts.collect()
}

fn number(nth: Nth) -> i32 {
    match nth {
        Nth::First => 1,
        Nth::Second => 2,
        Nth::Third => 3,
        Nth::Fourth => 4,
        Nth::Last => -1,
    }
}

/// A weekday by the two letters of RFC 5545.
pub(super) fn day(code: &str) -> Option<Weekday> {
    Weekdays::ALL.iter().find(|day| self::code(*day) == code)
}

/// Which one of the month a number means.
pub(super) fn nth(number: i32) -> Option<Nth> {
    Nth::ALL.into_iter().find(|nth| self::number(*nth) == number)
}
