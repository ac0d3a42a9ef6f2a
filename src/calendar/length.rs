//! Lengths of time as people type them: `90m`, `1h 30m`, `1h30`, `1.5h`, `2 days`.

use chrono::TimeDelta;

use super::misread::{Misread, clean};

/// Longest length that is read, in days. Longer ones are dates and typed as such.
pub const MAX_LENGTH_DAYS: i64 = 366;

/// Most parts ("1d", "2h", …) that one text may hold. A list of five leads, each of up to four
/// parts.
const MAX_PARTS: usize = 20;

/// The units that lengths are typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
}

impl Unit {
    /// Minutes in the unit, a day being 24 hours.
    fn minutes(self) -> i64 {
        match self {
            Self::Minute => 1,
            Self::Hour => 60,
            Self::Day => 24 * 60,
            Self::Week => 7 * 24 * 60,
        }
    }

    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "m" | "min" | "mins" | "minute" | "minutes" => Self::Minute,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hour,
            "d" | "day" | "days" => Self::Day,
            "w" | "wk" | "wks" | "week" | "weeks" => Self::Week,
            _ => return None,
        })
    }
}

/// One number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The number in hundredths, so that `1.5` needs no floating point.
    hundredths: i64,
    unit: Unit,
    /// Whether a space, a comma or "and" stands between it and the part before.
    apart: bool,
}

/// A length as it was said: days, which follow the calendar, and minutes, which pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    /// Whole days, 0 to 366.
    pub(super) days: i64,
    /// Minutes besides, a fraction of a day among them.
    pub(super) minutes: i64,
}

impl Length {
    /// All of it in minutes, a day being 24 hours.
    pub(super) fn in_minutes(self) -> i64 {
        self.days.saturating_mul(Unit::Day.minutes()).saturating_add(self.minutes)
    }
}

/// Reads how long something lasts: `90m`, `1h 30m`, `1h30`, `1.5h`, `2 hours`, `an hour`.
/// One minute to [`MAX_LENGTH_DAYS`] days, in whole minutes.
///
/// # Errors
/// When a number has no unit, a unit is unknown or said twice, or the length is out of range.
pub fn duration(text: &str) -> Result<TimeDelta, Misread> {
    let cleaned = clean(text, "90m")?;
    let parts = scan(&cleaned, "90m")?;
    let minutes = length(&parts, &cleaned)?.in_minutes();
    TimeDelta::try_minutes(minutes).ok_or_else(|| Misread::new(text, "it is too long", "90m"))
}

/// Adds parts up to one length.
pub(super) fn length(parts: &[Part], raw: &str) -> Result<Length, Misread> {
    let mut total = Length { days: 0, minutes: 0 };
    let mut smallest: Option<Unit> = None;
    for part in parts {
        if smallest.is_some_and(|unit| part.unit >= unit) {
            let why = "the units of one length go from large to small, each once";
            return Err(Misread::new(raw, why, "1d 2h 30m"));
        }
        smallest = Some(part.unit);
        let hundredths = part.hundredths.saturating_mul(part.unit.minutes());
        if hundredths % 100 != 0 {
            return Err(Misread::new(raw, "it is not a whole number of minutes", "1.5h"));
        }
        let minutes = hundredths / 100;
        if part.unit >= Unit::Day {
            total.days = total.days.saturating_add(minutes / Unit::Day.minutes());
            total.minutes = total.minutes.saturating_add(minutes % Unit::Day.minutes());
        } else {
            total.minutes = total.minutes.saturating_add(minutes);
        }
    }
    let minutes = total.in_minutes();
    if minutes < 1 {
        return Err(Misread::new(raw, "the shortest length is one minute", "15m"));
    }
    if minutes > MAX_LENGTH_DAYS * Unit::Day.minutes() {
        let why = format!("the longest length is {MAX_LENGTH_DAYS} days");
        return Err(Misread::new(raw, why, "2 weeks"));
    }
    Ok(total)
}

/// Splits parts where they stand apart: `1d 1h30m` is one day, and an hour and a half.
pub(super) fn apart(parts: Vec<Part>) -> Vec<Vec<Part>> {
    let mut lists: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        match lists.last_mut() {
            Some(list) if !part.apart => list.push(part),
            _ => lists.push(vec![part]),
        }
    }
    lists
}

/// Cuts a cleaned text into numbers with their units. A number after hours that ends the word and
/// has no unit of its own is minutes: `1h30`.
pub(super) fn scan(cleaned: &str, example: &str) -> Result<Vec<Part>, Misread> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = cleaned;
    let mut gap = false;
    while let Some(first) = rest.chars().next() {
        if first == ' ' || first == ',' {
            rest = rest.get(1..).unwrap_or_default();
            gap = true;
            continue;
        }
        if let Some(after) = rest.strip_prefix("and ") {
            rest = after;
            gap = true;
            continue;
        }
        let (hundredths, after) = amount(rest, example)?;
        let unit_text = after.trim_start();
        let end = unit_text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(unit_text.len());
        let (word, after_unit) = unit_text.split_at(end);
        let unit = if word.is_empty() {
            let follows_hours = !gap && parts.last().is_some_and(|p| p.unit == Unit::Hour);
            if !follows_hours || hundredths >= 6000 {
                return Err(Misread::new(rest, "the number has no unit", example));
            }
            Unit::Minute
        } else {
            Unit::named(word)
                .ok_or_else(|| Misread::new(word, "it is not a unit: minutes, hours, days or weeks are", example))?
        };
        if parts.len() == MAX_PARTS {
            return Err(Misread::new(cleaned, "it has too many parts", example));
        }
        parts.push(Part { hundredths, unit, apart: gap });
        rest = if word.is_empty() { after } else { after_unit };
        gap = false;
    }
    Ok(parts)
}

/// The number at the start of a text, in hundredths, and what follows it. `a`, `an` and
/// `half an` count too.
fn amount<'a>(text: &'a str, example: &str) -> Result<(i64, &'a str), Misread> {
    for (word, hundredths) in
        [("half an ", 50), ("half a ", 50), ("an ", 100), ("a ", 100), ("one ", 100), ("two ", 200), ("three ", 300)]
    {
        if let Some(rest) = text.strip_prefix(word) {
            return Ok((hundredths, rest));
        }
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let fits = (1..=5).contains(&whole.len()) && (1..=2).contains(&fraction.len());
    let hundredths = if fits { hundredths(whole, fraction) } else { None };
    match hundredths {
        Some(hundredths) => Ok((hundredths, rest)),
        None => {
            let end = text.find([' ', ',']).unwrap_or(text.len());
            let word = text.get(..end).unwrap_or(text);
            Err(Misread::new(word, "it is not a length of time", example))
        }
    }
}

fn hundredths(whole: &str, fraction: &str) -> Option<i64> {
    let whole: i64 = whole.parse().ok()?;
    let tens: i64 = if fraction.len() == 1 { 10 } else { 1 };
    let fraction: i64 = fraction.parse().ok()?;
    whole.checked_mul(100)?.checked_add(fraction.checked_mul(tens)?)
}
