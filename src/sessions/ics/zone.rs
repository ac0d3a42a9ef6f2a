//! The clocks of a zone as a VTIMEZONE (RFC 5545, 3.6.5), from our own zones: those know what was decided
//! after the compiled-in tz database was published.
//!
//! What repeats every year by the same rule up to the end of the look ahead is written as that rule, so that
//! a series without an end stays right; what does not (Morocco, a law that changes) is written as dates.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use icalendar::parser::Component;

use super::{civil, plain};
use crate::calendar::{ClockChange, Zone, clock_changes};

/// How many years are looked ahead: long enough for a weekday to stand on each of its seven dates, which
/// tells "the last Sunday" from "the fourth".
const YEARS_AHEAD: i64 = 13;
/// From so many years in a row on, changes are believed to follow a rule.
const A_RULE: usize = 5;
const YEAR: TimeDelta = TimeDelta::days(366);

/// The clocks of a zone from `from` on.
pub fn zone(zone: Zone, from: DateTime<Utc>) -> Component<'static> {
    let until = from.checked_add_signed(TimeDelta::days(YEARS_AHEAD * 366)).unwrap_or(from);
    let changes = clock_changes(zone, from, until);
    let offset = zone.offset_at(from);
    let first = crate::calendar::to_civil(from, zone);
    let mut components = vec![observance("STANDARD", offset, offset, &civil(first))];
    let mut kinds: BTreeMap<(i32, i32), Vec<ClockChange>> = BTreeMap::new();
    for change in changes {
        kinds.entry((change.before, change.after)).or_default().push(change);
    }
    for ((before, after), all) in kinds {
        let name = if after > before { "DAYLIGHT" } else { "STANDARD" };
        let (dates, rule) = split(&all, until);
        if let [first, later @ ..] = dates {
            let mut listed = observance(name, before, after, &civil(first.local()));
            if !later.is_empty() {
                let later: Vec<String> = later.iter().map(|change| civil(change.local())).collect();
                listed.properties.push(plain("RDATE", later.join(",")));
            }
            components.push(listed);
        }
        if let Some((first, rule)) = rule {
            let mut yearly = observance(name, before, after, &civil(first.local()));
            yearly.properties.push(plain("RRULE", rule));
            components.push(yearly);
        }
    }
    Component { name: "VTIMEZONE".into(), properties: vec![plain("TZID", zone.name())], components }
}

fn observance(name: &'static str, before: i32, after: i32, start: &str) -> Component<'static> {
    Component {
        name: name.into(),
        properties: vec![
            plain("DTSTART", start),
            plain("TZOFFSETFROM", offset_text(before)),
            plain("TZOFFSETTO", offset_text(after)),
        ],
        components: Vec::new(),
    }
}

/// `-0500`; with seconds where there are any (RFC 5545, 3.3.14).
fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.abs();
    let text = format!("{sign}{:02}{:02}", all / 3600, all / 60 % 60);
    if all % 60 == 0 { text } else { format!("{text}{:02}", all % 60) }
}

/// The changes that have to be listed, and the rule that the others follow from the first of them on.
fn split(all: &[ClockChange], until: DateTime<Utc>) -> (&[ClockChange], Option<(ClockChange, String)>) {
    let goes_on = all.last().and_then(|last| last.at.checked_add_signed(YEAR)).is_some_and(|next| next > until);
    for at in 0..all.len() {
        let (dates, tail) = all.split_at(at);
        if tail.len() < A_RULE || !goes_on {
            break;
        }
        if let (Some(first), Some(rule)) = (tail.first(), rule(tail)) {
            return (dates, Some((*first, rule)));
        }
    }
    (all, None)
}

/// The yearly rule that these changes follow, if they follow one.
fn rule(changes: &[ClockChange]) -> Option<String> {
    let locals: Vec<_> = changes.iter().map(ClockChange::local).collect();
    let first = locals.first()?;
    let same = |local: &chrono::NaiveDateTime| {
        local.month() == first.month() && local.time() == first.time() && local.weekday() == first.weekday()
    };
    let yearly = locals.windows(2).all(|pair| matches!(pair, [one, next] if next.year() == one.year() + 1));
    if !yearly || !locals.iter().all(same) {
        return None;
    }
    let (month, day) = (first.month(), code(first.weekday()));
    let days: Vec<u32> = locals.iter().map(Datelike::day).collect();
    let nth = |day: u32| (day - 1) / 7 + 1;
    let which = nth(*days.first()?);
    if which <= 4 && days.iter().all(|day| nth(*day) == which) {
        return Some(format!("FREQ=YEARLY;BYMONTH={month};BYDAY={which}{day}"));
    }
    if locals.iter().all(|local| is_last(local.date())) {
        return Some(format!("FREQ=YEARLY;BYMONTH={month};BYDAY=-1{day}"));
    }
    let (least, most) = (days.iter().min()?, days.iter().max()?);
    (most - least == 6).then(|| {
        let days: Vec<String> = (*least..=*most).map(|day| day.to_string()).collect();
        format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={};BYDAY={day}", days.join(","))
    })
}

/// Whether no such weekday comes after it in its month.
fn is_last(date: NaiveDate) -> bool {
    date.checked_add_days(chrono::Days::new(7)).is_none_or(|next| next.month() != date.month())
}

/// A weekday as RFC 5545 writes it.
pub(super) fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
