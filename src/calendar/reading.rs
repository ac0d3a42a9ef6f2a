//! The words that times and dates are typed in, cut into tokens. Shared by recurrences and by
//! moments, so that a spelling works in both or in neither.
//!
//! A word that is not known here is refused; nothing is skipped because it was not understood.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::misread::Misread;
use super::weekdays::{Weekdays, day_named};
use super::zone::{FIRST_DATE, LAST_DATE};

/// What one word, or a few that belong together, says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A time of day, with minutes or with am/pm: it cannot be anything else.
    Time(NaiveTime),
    /// A number that may be an hour, a day of the month, a year or a count.
    Number(u32),
    /// `1st`, `first`, `24th`.
    Ordinal(u32),
    /// `last`.
    Last,
    /// One day of the week, named once: `tue`.
    Day(Weekday),
    /// Days that can only be meant again and again: `mondays`, `mon-fri`, `weekdays`, `daily`.
    Days(Weekdays),
    Month(u32),
    Date(NaiveDate),
    Today,
    Tomorrow,
    Next,
    This,
    Every,
    Other,
    At,
    On,
    From,
    Of,
    The,
    And,
    /// `week`, `weeks`.
    Week,
    /// `weekly`.
    Weekly,
    /// `fortnightly`, `fortnight`.
    Fortnight,
    /// `month`, as in "of the month".
    MonthWord,
    /// `monthly`.
    Monthly,
}

/// A token and the text it was read from, for saying what is wrong.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) token: Token,
    pub(super) raw: String,
}

/// Cuts a cleaned text into tokens.
///
/// # Errors
/// At the first word that is not known or not possible, which is named.
pub(super) fn tokens(cleaned: &str) -> Result<Vec<Piece>, Misread> {
    let words = words(cleaned);
    let mut pieces = Vec::with_capacity(words.len());
    let mut rest = words.iter().map(String::as_str).peekable();
    while let Some(word) = rest.next() {
        let half = rest.peek().copied().and_then(half_of_day);
        if let (Some(half), true) = (half, starts_with_digit(word)) {
            let raw = format!("{word} {}", rest.next().unwrap_or_default());
            let time = clock(word, Some(half), &raw)?;
            pieces.push(Piece { token: Token::Time(time), raw });
            continue;
        }
        if matches!(word, "to" | "through" | "thru" | "-") {
            range_of_days(&mut pieces, word, rest.next().unwrap_or_default())?;
            continue;
        }
        read_word(word, &mut pieces)?;
    }
    Ok(pieces)
}

/// Makes of the day before "to" and the day after it the days between, both included.
fn range_of_days(pieces: &mut [Piece], to: &str, last: &str) -> Result<(), Misread> {
    match (pieces.last_mut(), day_named(last)) {
        (Some(piece), Some(last_day)) if let Token::Day(first) = piece.token => {
            piece.token = Token::Days(Weekdays::between(first, last_day));
            piece.raw = format!("{} {to} {last}", piece.raw);
            Ok(())
        }
        _ => {
            let why = "a day of the week must stand on both sides of it";
            Err(Misread::new(to, why, "mon to fri 9am"))
        }
    }
}

/// Why a number that is not said to be an hour cannot be read.
pub(super) fn bare_number(number: u32, raw: &str) -> Misread {
    if let Some(time) = NaiveTime::from_hms_opt(number / 100, number % 100, 0)
        && raw.len() == 4
    {
        let why = "hours and minutes are written with a colon";
        return Misread::new(raw, why, time.format("%H:%M").to_string());
    }
    let hour = if number < 24 { number } else { 18 };
    let why = "a bare number may be a day or an hour";
    Misread::new(raw, why, format!("mon at {hour}:00"))
}

/// The words of a text: cut at spaces, and at commas and their like, which become words.
fn words(cleaned: &str) -> Vec<String> {
    let spaced: String = cleaned
        .chars()
        .flat_map(|c| match c {
            ',' | ';' | '&' | '+' => vec![' ', ',', ' '],
            '@' => vec![' ', '@', ' '],
            other => vec![other],
        })
        .collect();
    spaced.split_whitespace().map(str::to_owned).collect()
}

fn read_word(word: &str, pieces: &mut Vec<Piece>) -> Result<(), Misread> {
    if let Some(token) = known(word).or_else(|| counted(word)) {
        pieces.push(Piece { token, raw: word.to_owned() });
        return Ok(());
    }
    if let Some((date, time)) = word.split_once('t')
        && let Some(date) = iso_date(date)
        && starts_with_digit(time)
    {
        pieces.push(Piece { token: Token::Date(date?), raw: word.to_owned() });
        let time = clock(time, None, word)?;
        pieces.push(Piece { token: Token::Time(time), raw: word.to_owned() });
        return Ok(());
    }
    let token = if let Some(date) = iso_date(word) {
        Token::Date(date?)
    } else if let Some(days) = day_list(word) {
        days
    } else if let Some(time) = clock_word(word) {
        Token::Time(time?)
    } else {
        return Err(unknown(word));
    };
    pieces.push(Piece { token, raw: word.to_owned() });
    Ok(())
}

/// Why a word that is no token is none.
fn unknown(word: &str) -> Misread {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits == 8 && word.contains(['-', '.']) && !word.contains(':') {
        let why = "a date in figures begins with the year";
        return Misread::new(word, why, "2026-12-24 18:00, or 24 dec 2026 18:00");
    }
    if digits > 0 && word.contains('/') {
        let why = "a date with slashes is read differently from country to country";
        return Misread::new(word, why, "3 apr 18:00, or 2026-04-03 18:00");
    }
    let why = match word {
        "bi-weekly" | "biweekly" => "it may mean twice a week or every two weeks",
        "midnight" => "it may mean the start or the end of that day",
        "morning" | "afternoon" | "evening" | "night" | "tonight" | "later" | "soon" => "it names no time of day",
        "seconds" | "sec" | "secs" => "seconds are not counted here",
        "hour" | "hours" | "h" | "minutes" | "minute" | "min" | "mins" | "m" => {
            "lengths are read after the word \"in\", and nothing repeats by the hour or the minute"
        }
        "hourly" | "minutely" | "yearly" | "annually" => {
            "only weekly and monthly patterns have a word; cron has the rest"
        }
        _ if starts_with_digit(word) && word.contains('-') => {
            "a span is not a time: say when it starts, and how long it lasts elsewhere"
        }
        _ if starts_with_digit(word) => "it is neither a time, a date nor a number here",
        _ => "this word is not known here",
    };
    let example = match word {
        "bi-weekly" | "biweekly" => "every 2 weeks tue 18:00, or mon,thu 18:00",
        "midnight" => "tomorrow 00:00",
        "hourly" => "0 * * * *",
        "hour" | "hours" | "h" | "minutes" | "minute" | "min" | "mins" | "m" => "in 2 hours",
        "yearly" | "annually" => "0 9 24 12 *",
        _ => "mon,wed 18:00, or 24 dec 18:00",
    };
    Misread::new(word, why, example)
}

fn known(word: &str) -> Option<Token> {
    if let Some(day) = day_named(word) {
        return Some(Token::Day(day));
    }
    if let Some(month) = month_named(word) {
        return Some(Token::Month(month));
    }
    Some(match word {
        "," | "and" => Token::And,
        "@" | "at" => Token::At,
        "on" => Token::On,
        "from" | "starting" | "since" => Token::From,
        "of" | "in" => Token::Of,
        "the" => Token::The,
        "every" | "each" => Token::Every,
        "other" => Token::Other,
        "next" => Token::Next,
        "this" => Token::This,
        "last" => Token::Last,
        "first" => Token::Ordinal(1),
        "second" => Token::Ordinal(2),
        "third" => Token::Ordinal(3),
        "fourth" => Token::Ordinal(4),
        "fifth" => Token::Ordinal(5),
        "two" => Token::Number(2),
        "three" => Token::Number(3),
        "four" => Token::Number(4),
        "noon" => Token::Time(NaiveTime::from_hms_opt(12, 0, 0)?),
        "today" => Token::Today,
        "tomorrow" => Token::Tomorrow,
        "daily" | "everyday" | "day" | "days" => Token::Days(Weekdays::ALL),
        "weekday" | "weekdays" => Token::Days(Weekdays::WORKING),
        "weekend" | "weekends" => Token::Days(Weekdays::WEEKEND),
        "week" | "weeks" => Token::Week,
        "weekly" => Token::Weekly,
        "fortnight" | "fortnightly" => Token::Fortnight,
        "month" => Token::MonthWord,
        "monthly" => Token::Monthly,
        _ => return None,
    })
}

/// `24` and `24th`.
fn counted(word: &str) -> Option<Token> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, ending) = word.split_at(end);
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let number = digits.parse().ok()?;
    match ending {
        "" => Some(Token::Number(number)),
        "st" | "nd" | "rd" | "th" => Some(Token::Ordinal(number)),
        _ => None,
    }
}

/// `mondays`, `mon-fri`, `mon/wed/fri`.
fn day_list(word: &str) -> Option<Token> {
    if let Some(day) = word.strip_suffix('s').and_then(day_named) {
        return Some(Token::Days(Weekdays::one(day)));
    }
    if let Some((first, last)) = word.split_once('-') {
        let days = Weekdays::between(day_named(first)?, day_named(last)?);
        return Some(Token::Days(days));
    }
    if word.contains('/') {
        let days: Option<Weekdays> = word.split('/').map(day_named).collect();
        return days.map(Token::Days);
    }
    None
}

/// `2026-12-24`; inside, why it is no date.
pub(super) fn iso_date(word: &str) -> Option<Result<NaiveDate, Misread>> {
    let mut parts = word.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits =
        |part: &str, most: usize| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Some(date_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, word))
}

/// The date of a year, a month from 1 to 12 and a day of the month.
///
/// # Errors
/// When the calendar has no such day, or it is not between [`FIRST_DATE`] and [`LAST_DATE`].
pub(super) fn date_of(year: i32, month: u32, day: u32, raw: &str) -> Result<NaiveDate, Misread> {
    if !(FIRST_DATE.year()..=LAST_DATE.year()).contains(&year) {
        let why = format!("only the years {} to {} are reckoned", FIRST_DATE.year(), LAST_DATE.year());
        return Err(Misread::new(raw, why, "2026-12-24"));
    }
    if !(1..=12).contains(&month) {
        return Err(Misread::new(raw, "months run from 1 to 12", "2026-12-24"));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let last = days_in(year, month);
        let why = format!("{} {year} has days 1 to {last}", month_name(month));
        Misread::new(raw, why, format!("{year}-{month:02}-{last}"))
    })
}

/// How many days a month has, 28 to 31.
pub(super) fn days_in(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap_or(28)
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is `am` (false) or `pm` (true).
fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m." | "a.m" => Some(false),
        "pm" | "p.m." | "p.m" => Some(true),
        _ => None,
    }
}

/// `18:00`, `18.00`, `6pm`, `6:30pm`; inside, why it is no time.
fn clock_word(word: &str) -> Option<Result<NaiveTime, Misread>> {
    if !starts_with_digit(word) {
        return None;
    }
    let letters = word.find(|c: char| c.is_ascii_alphabetic());
    let (digits, half) = match letters {
        Some(at) => {
            let (digits, ending) = word.split_at_checked(at)?;
            (digits, Some(half_of_day(ending)?))
        }
        None => (word, None),
    };
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.');
    let ends_well = digits.bytes().last().is_some_and(|b| b.is_ascii_digit());
    if !plain || !ends_well || (half.is_none() && !digits.contains([':', '.'])) {
        return None;
    }
    Some(clock(digits, half, word))
}

/// The time of `8`, `8:30` or `8.30`, with am (false) or pm (true) if that was said.
fn clock(digits: &str, half: Option<bool>, raw: &str) -> Result<NaiveTime, Misread> {
    let mut parts = digits.split([':', '.']);
    let hour = parts.next().unwrap_or_default();
    let minute = parts.next();
    if parts.next().is_some() && raw.contains('.') {
        return Err(unknown(raw));
    }
    if digits.matches(':').count() > 1 {
        return Err(Misread::new(raw, "times have hours and minutes, nothing finer", "18:00"));
    }
    let number = |part: &str| -> Option<u32> {
        let fits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if fits { part.parse().ok() } else { None }
    };
    let shape = || Misread::new(raw, "it is not a time of day", "18:00, or 6:30pm");
    let hour = number(hour).ok_or_else(shape)?;
    let minute = match minute {
        Some(part) if part.len() == 2 => number(part).ok_or_else(shape)?,
        Some(_) => return Err(Misread::new(raw, "minutes have two digits", "18:05")),
        None => 0,
    };
    if minute > 59 {
        return Err(Misread::new(raw, "minutes go from 00 to 59", "18:00"));
    }
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => {
            return Err(Misread::new(raw, "with am or pm, hours go from 1 to 12", "6pm"));
        }
        Some(pm) => hour % 12 + if pm { 12 } else { 0 },
        None => hour,
    };
    if hour == 24 {
        return Err(Misread::new(raw, "a day ends at 23:59: say 00:00 of the day after", "00:00"));
    }
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or_else(|| Misread::new(raw, "hours go from 0 to 23", "18:00"))
}

/// A bare number as an hour of the day, 0 to 23, for "at 8".
pub(super) fn hour_of(number: u32, raw: &str) -> Result<NaiveTime, Misread> {
    NaiveTime::from_hms_opt(number, 0, 0).ok_or_else(|| Misread::new(raw, "hours go from 0 to 23", "18:00"))
}

/// The month that a lower-case word names: `dec`, `december`.
pub(super) fn month_named(word: &str) -> Option<u32> {
    Some(match word {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    })
}

/// The full English name of a month from 1 to 12.
pub(super) fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = month.clamp(1, 12) - 1;
    NAMES.get(index as usize).copied().unwrap_or("December")
}
