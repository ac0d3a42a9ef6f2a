//! Five cron fields, as people write them, over the `cron` crate, which writes them otherwise.
//!
//! People count weekdays from Sunday = 0 (7 is Sunday too) and have no seconds. The crate counts
//! from Sunday = 1 and wants seconds. So the fields are read here into sets, and the crate is given
//! plain numbers of its own kind. It enumerates civil times as if they were UTC, because its
//! arithmetic is wrong around clock changes; zones are resolved in `zone.rs`.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveTime;

use crate::calendar::misread::Misread;
use crate::calendar::reading::{days_in, month_name, month_named};
use crate::calendar::weekdays::{Weekdays, day_name, day_named};
use crate::calendar::words::{list_words, time_words};

/// Most starts in one hour: every five minutes. Who leaves the minute open (`* 18 * * 1`) means
/// once an hour and not sixty times.
pub const MAX_STARTS_AN_HOUR: u32 = 12;

/// Most starts on one day: every quarter of an hour, all day. A denser pattern is a mistake in a
/// bot that speaks to people, and would make a year's preview long.
pub const MAX_STARTS_A_DAY: u32 = 96;

/// Five cron fields: minute, hour, day of the month, month, day of the week.
///
/// **When both the day of the month and the day of the week are restricted, both must hold**:
/// `0 18 13 * 5` is every Friday the 13th, not every Friday and every 13th as in some daemons. Each
/// field is a list of numbers, ranges (`1-5`), steps (`*/15`, `8-18/2`, `5/10`), and, for months
/// and weekdays, English names. `L`, `W`, `#`, `?`, `@daily` and a sixth field are refused.
///
/// The value knows no spelling: `*/30` and `0,30` are equal. Something always happens, at most
/// [`MAX_STARTS_AN_HOUR`] times an hour and [`MAX_STARTS_A_DAY`] times a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cron {
    minutes: Set,
    hours: Set,
    days: Set,
    months: Set,
    /// Sunday is 0.
    weekdays: Set,
}

/// Numbers below 64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Set(u64);

impl Set {
    fn contains(self, number: u32) -> bool {
        number < u64::BITS && self.0 & (1 << number) != 0
    }

    fn insert(&mut self, number: u32) {
        if number < u64::BITS {
            self.0 |= 1 << number;
        }
    }

    fn count(self) -> u32 {
        self.0.count_ones()
    }

    fn iter(self) -> impl Iterator<Item = u32> {
        (0..u64::BITS).filter(move |number| self.contains(*number))
    }
}

/// What one field may hold.
struct Field {
    name: &'static str,
    first: u32,
    last: u32,
    example: &'static str,
    named: fn(&str) -> Option<u32>,
}

const MINUTE: Field = Field { name: "minute", first: 0, last: 59, example: "30 18 * * 1-5", named: |_| None };
const HOUR: Field = Field { name: "hour", first: 0, last: 23, example: "30 18 * * 1-5", named: |_| None };
const DAY: Field = Field { name: "day of the month", first: 1, last: 31, example: "0 18 1,15 * *", named: |_| None };
const MONTH: Field = Field { name: "month", first: 1, last: 12, example: "0 18 1 jan-jun *", named: month_named };
/// Up to 7, which is Sunday again.
const WEEKDAY: Field = Field {
    name: "weekday",
    first: 0,
    last: 7,
    example: "0 18 * * mon,wed",
    named: |word| day_named(word).map(|day| day.num_days_from_sunday()),
};

impl Cron {
    /// Minutes of the hour, 0 to 59, ascending.
    pub fn minutes(&self) -> impl Iterator<Item = u32> {
        self.minutes.iter()
    }

    /// Hours of the day, 0 to 23, ascending.
    pub fn hours(&self) -> impl Iterator<Item = u32> {
        self.hours.iter()
    }

    /// Days of the month, ascending; `None` when every day will do.
    pub fn days_of_month(&self) -> Option<Vec<u32>> {
        (self.days.count() < 31).then(|| self.days.iter().collect())
    }

    /// Months, 1 to 12, ascending; `None` when every month will do.
    pub fn months(&self) -> Option<Vec<u32>> {
        (self.months.count() < 12).then(|| self.months.iter().collect())
    }

    /// Days of the week; [`Weekdays::ALL`] when every day will do.
    pub fn weekdays(&self) -> Weekdays {
        Weekdays::ALL.iter().filter(|day| self.weekdays.contains(day.num_days_from_sunday())).collect()
    }

    /// The pattern for the crate: with seconds, and Sunday as 1.
    pub(super) fn schedule(&self) -> Option<cron::Schedule> {
        let list = |set: Set, all: u32, shift: u32| {
            if set.count() == all {
                return "*".to_owned();
            }
            let numbers: Vec<String> = set.iter().map(|n| (n + shift).to_string()).collect();
            numbers.join(",")
        };
        let text = format!(
            "0 {} {} {} {} {}",
            list(self.minutes, 60, 0),
            list(self.hours, 24, 0),
            list(self.days, 31, 0),
            list(self.months, 12, 0),
            list(self.weekdays, 7, 1),
        );
        cron::Schedule::from_str(&text).ok()
    }

    /// Whether some month that counts has some day that counts, in a leap year. Every date falls
    /// on every weekday within 28 years, 29 February too, so weekdays cannot rule it out.
    fn ever_happens(&self) -> bool {
        self.months.iter().any(|month| self.days.iter().any(|day| day <= days_in(2024, month)))
    }

    pub(super) fn words(&self) -> String {
        format!("{} {}", self.dates_words(), self.times_words())
    }

    fn dates_words(&self) -> String {
        let months = self.months().map(|months| {
            let names: Vec<&str> = months.into_iter().map(month_name).collect();
            list_words(&names)
        });
        let weekdays = self.weekdays();
        let names: Vec<&str> = weekdays.iter().map(day_name).collect();
        let Some(days) = self.days_of_month() else {
            let days = match weekdays {
                Weekdays::ALL => "day".to_owned(),
                Weekdays::WORKING => "weekday (Monday to Friday)".to_owned(),
                _ => list_words(&names),
            };
            return match months {
                Some(months) => format!("every {days} in {months}"),
                None => format!("every {days}"),
            };
        };
        let numbers: Vec<String> = days.iter().map(u32::to_string).collect();
        let label = if numbers.len() == 1 { "day" } else { "days" };
        let months = months.unwrap_or_else(|| "every month".to_owned());
        let said = format!("on {label} {} of {months}", list_words(&numbers));
        if weekdays == Weekdays::ALL {
            return said;
        }
        format!("{said}, when that is a {}", names.join(" or "))
    }

    fn times_words(&self) -> String {
        let mut times = self
            .hours
            .iter()
            .flat_map(|hour| self.minutes.iter().filter_map(move |minute| NaiveTime::from_hms_opt(hour, minute, 0)));
        let count = self.hours.count() * self.minutes.count();
        if count <= 8 {
            let times: Vec<String> = times.map(time_words).collect();
            return format!("at {}", list_words(&times));
        }
        let first = times.next().map(time_words).unwrap_or_default();
        let last = times.last().map(time_words).unwrap_or_default();
        if self.minutes.count() <= 4 {
            let minutes: Vec<String> = self.minutes.iter().map(|m| format!(":{m:02}")).collect();
            let hours = if self.hours.count() == 24 {
                "every hour".to_owned()
            } else {
                format!("{} hours", self.hours.count())
            };
            return format!("at {} of {hours}, from {first} to {last}", list_words(&minutes));
        }
        format!("{count} times, from {first} to {last}")
    }
}

impl FromStr for Cron {
    type Err = Misread;

    /// Reads five fields.
    ///
    /// # Errors
    /// Another number of fields, what the type does not allow, a date that never comes
    /// (`0 0 30 2 *`), or too many starts an hour or a day.
    fn from_str(text: &str) -> Result<Self, Misread> {
        const EXAMPLE: &str = "0 18 * * mon,wed";
        let text = crate::calendar::misread::clean(text, EXAMPLE)?;
        let fields: Vec<&str> = text.split(' ').collect();
        let [minutes, hours, days, months, weekdays] = fields.as_slice() else {
            let why = match fields.len() {
                6 | 7 => "there are more than five fields: seconds and years are not used".to_owned(),
                _ if text.starts_with('@') => "words with @ are not known".to_owned(),
                count => {
                    format!("there are {count} fields and not five: minute, hour, day of the month, month, weekday")
                }
            };
            return Err(Misread::new(&text, why, EXAMPLE));
        };
        let mut weekdays = WEEKDAY.read(weekdays)?;
        if weekdays.contains(7) {
            weekdays.insert(0);
        }
        weekdays.0 &= 0b111_1111;
        let cron = Self {
            minutes: MINUTE.read(minutes)?,
            hours: HOUR.read(hours)?,
            days: DAY.read(days)?,
            months: MONTH.read(months)?,
            weekdays,
        };
        let starts_an_hour = cron.minutes.count();
        if starts_an_hour > MAX_STARTS_AN_HOUR {
            let why = format!("it happens {starts_an_hour} times an hour, and {MAX_STARTS_AN_HOUR} is the most");
            return Err(Misread::new(&text, why, "0 9-17 * * 1-5"));
        }
        let starts_a_day = cron.minutes.count() * cron.hours.count();
        if starts_a_day > MAX_STARTS_A_DAY {
            let why = format!("it happens {starts_a_day} times a day, and {MAX_STARTS_A_DAY} is the most");
            return Err(Misread::new(&text, why, "0 9-17 * * 1-5"));
        }
        if !cron.ever_happens() || cron.schedule().is_none() {
            return Err(Misread::new(&text, "it never happens: no such month has such a day", "0 18 1 * *"));
        }
        Ok(cron)
    }
}

impl Field {
    fn read(&self, text: &str) -> Result<Set, Misread> {
        let mut set = Set(0);
        for item in text.split(',') {
            if item.is_empty() {
                let why = format!("a comma of the {} has nothing beside it", self.name);
                return Err(Misread::new(text, why, self.example));
            }
            let (range, step) = match item.split_once('/') {
                Some((range, step)) => (range, Some(self.step(step, item)?)),
                None => (item, None),
            };
            let (first, last) = if range == "*" {
                // Sunday is not counted twice, else "*/7" would hold 0 and 7 for other reasons.
                (self.first, if self.last == 7 { 6 } else { self.last })
            } else if let Some((first, last)) = range.split_once('-') {
                self.range(first, last, item)?
            } else {
                let first = self.number(range, item)?;
                (first, if step.is_some() { self.last } else { first })
            };
            let mut number = first;
            while number <= last {
                set.insert(number);
                number = number.saturating_add(step.unwrap_or(1));
            }
        }
        Ok(set)
    }

    fn range(&self, first: &str, last: &str, item: &str) -> Result<(u32, u32), Misread> {
        let first = self.number(first, item)?;
        let named_last = (self.named)(last).is_some();
        let mut last = self.number(last, item)?;
        if self.last == 7 && named_last && last == 0 {
            // "sat-sun": a week that ends with Sunday.
            last = 7;
        }
        if first > last {
            let why = format!("the range of the {} runs backwards", self.name);
            return Err(Misread::new(item, why, self.example));
        }
        Ok((first, last))
    }

    fn step(&self, text: &str, item: &str) -> Result<u32, Misread> {
        match digits(text) {
            Some(step) if step >= 1 && step <= self.last => Ok(step),
            _ => {
                let why = format!("the step of the {} goes from 1 to {}", self.name, self.last);
                Err(Misread::new(item, why, self.example))
            }
        }
    }

    fn number(&self, text: &str, item: &str) -> Result<u32, Misread> {
        if let Some(number) = digits(text).or_else(|| (self.named)(text)) {
            if (self.first..=self.last).contains(&number) {
                return Ok(number);
            }
            let why = format!("the {} goes from {} to {}", self.name, self.first, self.last);
            return Err(Misread::new(item, why, self.example));
        }
        let why = if text.contains(['l', 'w', '#', '?', '@']) {
            format!("L, W, # and ? are not known in the {}; \"first tue 18:00\" and \"last fri 17:00\" are", self.name)
        } else {
            format!("it is not a number or name for the {}", self.name)
        };
        Err(Misread::new(item, why, self.example))
    }
}

fn digits(text: &str) -> Option<u32> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// The shortest usual spelling of a field. Numbers at even distances over the whole field are
/// written as a step when there are at least `stepped_from` of them.
fn spelt(set: Set, first: u32, last: u32, stepped_from: usize) -> String {
    let numbers: Vec<u32> = set.iter().collect();
    let all = last - first + 1;
    if set.count() == all {
        return "*".to_owned();
    }
    for step in 2..all {
        let stepped: Vec<u32> = (first..=last).step_by(step as usize).collect();
        if stepped.len() >= stepped_from && stepped == numbers {
            return format!("*/{step}");
        }
    }
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == number => *end = number,
            _ => runs.push((number, number)),
        }
    }
    let runs: Vec<String> = runs
        .iter()
        .map(|(start, end)| match end - start {
            0 => start.to_string(),
            1 => format!("{start},{end}"),
            _ => format!("{start}-{end}"),
        })
        .collect();
    runs.join(",")
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {} {} {}",
            spelt(self.minutes, 0, 59, 2),
            spelt(self.hours, 0, 23, 2),
            spelt(self.days, 1, 31, 3),
            spelt(self.months, 1, 12, 3),
            spelt(self.weekdays, 0, 6, 3),
        )
    }
}
