//! Counting days, and when a mark is reached. Pure.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, Utc};

use crate::calendar::{Zone, full_date_words, resolved, to_civil};
use crate::recovery::model::milestone::{
    EARLIEST, Heard, LONGEST_MARK, MARKS_LIMIT, Milestone, STRETCHES_LIMIT, Stretch, Yearly,
};
use crate::refusal::Refusal;

/// The hour at which a mark is announced, on the member's clock: when people are up.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(10, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// The marks that are offered; any others can be typed.
pub const OFFERED: &str = "1, 7, 30, 60, 90, 180, 365";

/// The days of a stretch that goes on: the first day is day 0, a day later is one day.
pub fn days(since: NaiveDate, today: NaiveDate) -> u32 {
    u32::try_from(today.signed_duration_since(since).num_days()).unwrap_or(0)
}

/// All days that were counted, the present stretch and those before.
pub fn total(milestone: &Milestone, today: NaiveDate) -> u32 {
    let before: u32 = milestone.before.iter().map(|one| days(one.from, one.until)).sum();
    before.saturating_add(days(milestone.since, today))
}

/// The longest stretch there was.
pub fn longest(milestone: &Milestone, today: NaiveDate) -> u32 {
    let before = milestone.before.iter().map(|one| days(one.from, one.until));
    before.chain([days(milestone.since, today)]).max().unwrap_or(0)
}

/// Records a slip without taking anything away: the stretch is kept as it was, and a new one begins.
pub fn slip(milestone: &mut Milestone, slipped_on: NaiveDate, since: NaiveDate) {
    let ended = slipped_on.max(milestone.since);
    milestone.before.push(Stretch { from: milestone.since, until: ended });
    // Beyond the limit the two oldest are joined into one of the same length: no day is lost.
    while milestone.before.len() > STRETCHES_LIMIT {
        let oldest = milestone.before.remove(0);
        if let Some(next) = milestone.before.first_mut() {
            let length = u64::from(days(oldest.from, oldest.until));
            next.from = next.from.checked_sub_days(Days::new(length)).unwrap_or(next.from);
        }
    }
    milestone.since = since.max(ended);
}

/// A date that somebody counts from.
///
/// # Errors
/// Refused in the future and before 1900.
pub fn counted_from(text: &str, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let typed = text.trim().to_lowercase();
    let date = match typed.as_str() {
        "" | "today" => Some(today),
        "yesterday" => today.pred_opt(),
        _ => date(&typed, today),
    };
    let example = || format!("For example: `{}`, `today`, or `5 march 2025`", today.format("%Y-%m-%d"));
    let Some(date) = date else {
        return Err(Refusal::new(
            format!("“{}” is no date I can read.", crate::card::inert(&short(text))),
            "",
            example(),
        ));
    };
    if date > today {
        return Err(Refusal::new(
            format!("{} is still ahead.", full_date_words(date)),
            "Days are counted from a date that has been.",
            example(),
        ));
    }
    if date < EARLIEST {
        return Err(Refusal::new("That is before 1900.", "Days are counted from 1900 on.", example()));
    }
    Ok(date)
}

fn short(text: &str) -> String {
    text.trim().chars().take(40).collect()
}

/// Reads `2025-03-05`, `5 march 2025`, `march 5 2025`, or `5 march`, which is the last one that has been.
fn date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let plain = text.replace(',', " ");
    let words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "of" && *word != "the").collect();
    let joined = words.join(" ");
    if let Ok(date) = NaiveDate::parse_from_str(&joined, "%Y-%m-%d") {
        return Some(date);
    }
    let day = |word: &str| {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day))
    };
    let month = |word: &str| word.parse::<chrono::Month>().ok().map(|month| month.number_from_month());
    let (day, month) = match words.as_slice() {
        [one, two, ..] => day(one).zip(month(two)).or_else(|| day(two).zip(month(one)))?,
        _ => return None,
    };
    match words.get(2) {
        Some(year) if words.len() == 3 => {
            NaiveDate::from_ymd_opt(year.parse().ok().filter(|year| *year >= 1000)?, month, day)
        }
        Some(_) => None,
        None => (0..8)
            .filter_map(|back| NaiveDate::from_ymd_opt(today.year() - back, month, day))
            .find(|date| *date <= today),
    }
}

/// The marks that somebody typed, in order, each once.
///
/// # Errors
/// Refused for what is no number of days, for zero, and for more than fit.
pub fn marks(text: &str) -> Result<Vec<u32>, Refusal> {
    let example = || format!("For example: `{OFFERED}`");
    let mut marks = Vec::new();
    for word in text.split([',', ' ', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        let said = crate::card::inert(&short(word));
        match word.parse::<u32>() {
            Ok(0) => return Err(Refusal::new("A mark of 0 days is every first day.", "Marks begin at 1.", example())),
            Ok(days) if days <= LONGEST_MARK => marks.push(days),
            Ok(_) => {
                let why = format!("{LONGEST_MARK} days, a hundred years, is the longest.");
                return Err(Refusal::new(format!("“{said}” days is further than I count."), why, example()));
            }
            Err(_) => return Err(Refusal::new(format!("“{said}” is no number of days."), "", example())),
        }
    }
    marks.sort_unstable();
    marks.dedup();
    if marks.len() > MARKS_LIMIT {
        return Err(Refusal::new(format!("That's {} marks, and {MARKS_LIMIT} fit.", marks.len()), "", example()));
    }
    Ok(marks)
}

/// The day of an anniversary; who counts from the 29th of February has it on the 28th in other years.
pub fn anniversary(since: NaiveDate, years: u32) -> Option<NaiveDate> {
    since.checked_add_months(Months::new(years.checked_mul(12)?))
}

/// Which anniversary so many days are, if they are one.
pub fn years(since: NaiveDate, days: u32) -> Option<u32> {
    let day = since.checked_add_days(Days::new(u64::from(days)))?;
    let years = u32::try_from(day.year() - since.year()).ok().filter(|years| *years > 0)?;
    (anniversary(since, years)? == day).then_some(years)
}

/// To whom it is said that so many days are reached; nobody unless its member chose so.
pub fn heard(milestone: &Milestone, days: u32) -> Option<Heard> {
    let yearly = if years(milestone.since, days).is_some() { milestone.yearly } else { Yearly::Unmarked };
    match (milestone.marks.contains(&days), yearly) {
        (true, _) | (false, Yearly::InChannel) => Some(Heard::Group),
        (false, Yearly::Privately) => Some(Heard::Member),
        (false, Yearly::Unmarked) => None,
    }
}

/// The next mark or anniversary after `now`, in days, and when it is said: at ten in the morning of its day, on the
/// member's clock.
pub fn next_mark(milestone: &Milestone, zone: Zone, now: DateTime<Utc>) -> Option<(u32, DateTime<Utc>)> {
    let due = |count: u32| {
        let day = milestone.since.checked_add_days(Days::new(u64::from(count)))?;
        let at = resolved(day.and_time(HOUR), zone).at;
        (at > now).then_some((count, at))
    };
    let passed = u32::try_from(to_civil(now, zone).year() - milestone.since.year()).unwrap_or(0);
    let yearly = (milestone.yearly != Yearly::Unmarked).then_some([passed.max(1), passed.saturating_add(1)]);
    let days_of = |years: u32| anniversary(milestone.since, years).map(|day| days(milestone.since, day));
    let yearly = yearly.into_iter().flatten().filter_map(days_of).filter(|days| *days <= LONGEST_MARK);
    yearly.chain(milestone.marks.iter().copied()).filter_map(due).min_by_key(|(_, at)| *at)
}
