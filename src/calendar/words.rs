//! Human words for civil moments, spans and lists. English, 24-hour clock, no clock asked.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::reading::month_name;
use super::weekdays::day_name;
use super::zone::{Note, Resolved, Zone, to_civil};

/// `19:00`.
pub fn time_words(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `Tuesday 10 March`.
pub fn date_words(date: NaiveDate) -> String {
    format!("{} {} {}", day_name(date.weekday()), date.day(), month_name(date.month()))
}

/// `Tuesday 10 March 2026`, for dates that may not be in the reader's year.
pub fn full_date_words(date: NaiveDate) -> String {
    format!("{} {}", date_words(date), date.year())
}

/// `Tuesday 10 March, 19:00`.
pub fn moment_words(local: NaiveDateTime) -> String {
    format!("{}, {}", date_words(local.date()), time_words(local.time()))
}

/// `Tuesday 10 March 2026, 19:00`.
pub fn full_moment_words(local: NaiveDateTime) -> String {
    format!("{}, {}", full_date_words(local.date()), time_words(local.time()))
}

/// `Monday, Wednesday and Friday`; empty for an empty list.
pub fn list_words<S: AsRef<str>>(items: &[S]) -> String {
    let Some((last, others)) = items.split_last() else {
        return String::new();
    };
    if others.is_empty() {
        return last.as_ref().to_owned();
    }
    let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
    format!("{} and {}", others.join(", "), last.as_ref())
}

/// `1 hour 30 minutes`, `2 days`, `15 minutes`; a length under a minute, or none, is
/// `less than a minute`.
pub fn length_words(length: TimeDelta) -> String {
    let minutes = length.num_minutes();
    let parts = [(minutes / 1440, "day"), (minutes % 1440 / 60, "hour"), (minutes % 60, "minute")];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    if said.is_empty() {
        return "less than a minute".to_owned();
    }
    said.join(" ")
}

/// How far `at` is from `now` for somebody in `zone`: `now`, `in 15 minutes`, `in 3 hours`,
/// `today`, `tomorrow`, `in 4 days`; days are counted by local dates, hours and minutes as elapsed
/// time rounded to the nearest minute. A moment that is past is `15 minutes ago`, by the same rules
/// without "yesterday".
pub fn until_words(now: DateTime<Utc>, at: DateTime<Utc>, zone: Zone) -> String {
    let apart = at.signed_duration_since(now);
    let minutes = apart.num_seconds().saturating_add(30).div_euclid(60);
    if minutes < 0 {
        let ago = TimeDelta::try_minutes(minutes.saturating_neg()).unwrap_or(TimeDelta::MAX);
        return format!("{} ago", length_words(ago));
    }
    if minutes == 0 {
        return "now".to_owned();
    }
    let days = to_civil(at, zone).date().signed_duration_since(to_civil(now, zone).date()).num_days();
    // Within six hours the length says more than the name of the day, also across midnight.
    if minutes <= 6 * 60 {
        let length = TimeDelta::try_minutes(minutes).unwrap_or(TimeDelta::MAX);
        return format!("in {}", length_words(length));
    }
    match days {
        i64::MIN..=0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        more => format!("in {more} days"),
    }
}

/// What a clock change did to a civil time, as one sentence for the card, or nothing when it did
/// nothing.
pub fn note_words(planned: NaiveDateTime, resolved: Resolved, zone: Zone) -> Option<String> {
    let said = time_words(planned.time());
    match resolved.note {
        Note::Exact => None,
        Note::Gap { .. } => {
            let actual = to_civil(resolved.at, zone);
            let moved = if actual.date() == planned.date() { time_words(actual.time()) } else { moment_words(actual) };
            Some(format!(
                "{said} does not exist on {}, because the clocks go forward: it is {moved} instead.",
                date_words(planned.date()),
            ))
        }
        Note::Fold => Some(format!(
            "{said} happens twice on {}, because the clocks go back: the first one is meant.",
            date_words(planned.date()),
        )),
    }
}
