//! Public holidays by country, reckoned from the rules in `config/holidays.toml`, so that no year runs out.
//!
//! They are only ever proposed: whether a group meets is the facilitator's to say.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;

/// The rules that come with the program.
const EMBEDDED: &str = include_str!("../../config/holidays.toml");

/// One day off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The local date.
    pub on: NaiveDate,
    /// What it is called.
    pub name: String,
}

#[derive(Deserialize)]
struct File {
    country: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    code: String,
    besides: String,
    days: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    name: String,
    rule: String,
    #[serde(default)]
    observed: Observed,
}

/// When a holiday that falls on a weekend is taken.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Observed {
    /// Not at all.
    #[default]
    None,
    /// Saturday gives Friday, Sunday gives Monday.
    Nearest,
    /// Either gives the next weekday that is no holiday itself.
    Monday,
}

/// The holidays of a country (ISO code) from `first` to `last`, both included, in order; days off in their
/// place are named so. None for a country without rules here.
pub fn holidays(country: &str, first: NaiveDate, last: NaiveDate) -> Vec<Holiday> {
    let Ok(file) = toml::from_str::<File>(EMBEDDED) else { return Vec::new() };
    let Some(country) = file.country.into_iter().find(|known| known.code.eq_ignore_ascii_case(country)) else {
        return Vec::new();
    };
    // A holiday of January may be taken in December before.
    let mut all: Vec<Holiday> = (first.year()..=last.year() + 1).flat_map(|year| of_year(&country, year)).collect();
    all.retain(|holiday| (first..=last).contains(&holiday.on));
    all.sort();
    all
}

/// Which days of a country are not known here, in words for facilitators; none for a country without rules here.
pub fn besides(country: &str) -> Option<String> {
    let file: File = toml::from_str(EMBEDDED).ok()?;
    file.country.into_iter().find(|known| known.code.eq_ignore_ascii_case(country)).map(|known| known.besides)
}

fn of_year(country: &Country, year: i32) -> Vec<Holiday> {
    let days: Vec<(&Rule, NaiveDate)> = country
        .days
        .iter()
        .flat_map(|rule| dates(&rule.rule, year).into_iter().map(move |date| (rule, date)))
        .collect();
    let mut taken: Vec<NaiveDate> = days.iter().map(|(_, date)| *date).collect();
    let mut all = Vec::new();
    for (rule, date) in days {
        all.push(Holiday { on: date, name: rule.name.clone() });
        if let Some(instead) = observed(rule.observed, date, &taken) {
            taken.push(instead);
            all.push(Holiday { on: instead, name: format!("{} (observed)", rule.name) });
        }
    }
    all
}

fn observed(observed: Observed, date: NaiveDate, taken: &[NaiveDate]) -> Option<NaiveDate> {
    let weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    if !weekend(date) {
        return None;
    }
    match observed {
        Observed::None => None,
        Observed::Nearest if date.weekday() == Weekday::Sat => date.pred_opt(),
        Observed::Nearest => date.succ_opt(),
        Observed::Monday => date.iter_days().skip(1).take(7).find(|day| !weekend(*day) && !taken.contains(day)),
    }
}

/// The dates of a rule in a year; the head of the file says what a rule can be.
fn dates(rule: &str, year: i32) -> Vec<NaiveDate> {
    let words: Vec<&str> = rule.split(' ').collect();
    let one = match words.as_slice() {
        ["brigid"] => brigid(year),
        ["on", listed @ ..] => {
            let all = listed.iter().filter_map(|text| text.parse::<NaiveDate>().ok());
            return all.filter(|date| date.year() == year).collect();
        }
        ["easter", days] => days
            .parse::<i64>()
            .ok()
            .and_then(|days| easter(year)?.checked_add_signed(chrono::TimeDelta::try_days(days)?)),
        [day, "before", date] => {
            weekday(day).zip(in_year(date, year)).and_then(|(day, date)| back_to(day, date.pred_opt()?))
        }
        ["last", day, month] => {
            let after = month.parse::<u32>().ok().and_then(|month| {
                NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(chrono::Months::new(1))?.pred_opt()
            });
            weekday(day).zip(after).and_then(|(day, last)| back_to(day, last))
        }
        [nth, day, month] => {
            let nth = nth.get(..1).and_then(|digit| digit.parse::<u8>().ok());
            nth.zip(weekday(day))
                .zip(month.parse::<u32>().ok())
                .and_then(|((nth, day), month)| NaiveDate::from_weekday_of_month_opt(year, month, day, nth))
        }
        [date] => in_year(date, year),
        _ => None,
    };
    one.into_iter().collect()
}

/// The first Monday of February, unless the first of February is a Friday: then that day
/// (Ireland, since 2023).
fn brigid(year: i32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 2, 1)?;
    if first.weekday() == Weekday::Fri {
        return Some(first);
    }
    NaiveDate::from_weekday_of_month_opt(year, 2, Weekday::Mon, 1)
}

fn in_year(date: &str, year: i32) -> Option<NaiveDate> {
    format!("{year:04}-{date}").parse().ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    word.parse().ok()
}

/// The last such weekday on or before a date.
fn back_to(day: Weekday, date: NaiveDate) -> Option<NaiveDate> {
    let back = (7 + date.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7;
    date.checked_sub_days(Days::new(u64::from(back)))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm ("Meeus, Jones, Butcher";
/// J. Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(country: &str, year: i32, expected: &[&str]) {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
        let found: Vec<String> =
            holidays(country, first, last).iter().map(|holiday| holiday.on.format("%m-%d").to_string()).collect();
        assert_eq!(found, expected, "{country} {year}");
    }

    #[test]
    fn published_years_come_out_as_they_were_published() {
        let us = [
            "01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25",
        ];
        check("US", 2026, &us);
        check("GB", 2026, &["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-26", "12-28"]);
        let gb = ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-25", "12-26", "12-27", "12-28"];
        check("GB", 2021, &gb);
        check("IE", 2026, &["01-01", "02-02", "03-17", "04-06", "05-04", "06-01", "08-03", "10-26", "12-25", "12-26"]);
        check("CA", 2025, &["01-01", "04-18", "05-19", "07-01", "09-01", "09-30", "10-13", "11-11", "12-25", "12-26"]);
        check("AU", 2025, &["01-01", "01-26", "01-27", "04-18", "04-21", "04-25", "06-09", "12-25", "12-26"]);
        let nz = ["01-01", "01-02", "02-06", "04-18", "04-21", "04-25", "06-02", "06-20", "10-27", "12-25", "12-26"];
        check("NZ", 2025, &nz);
        check("DE", 2026, &[]);
    }

    /// From the Python package `holidays` 0.109, which is kept by others from the same laws.
    const INDEPENDENT: &[(&str, i32, &str)] = &[
        ("US", 2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
        ("US", 2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
        ("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"),
        ("US", 2027, "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"),
        ("US", 2028, "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25"),
        ("US", 2029, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-11 11-12 11-22 12-25"),
        ("US", 2030, "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
        ("US", 2031, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
        ("US", 2032, "01-01 01-19 02-16 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"),
        ("GB", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        ("GB", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        ("GB", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"),
        ("GB", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28"),
        ("GB", 2028, "01-01 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
        ("GB", 2029, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"),
        ("GB", 2030, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"),
        ("GB", 2031, "01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26"),
        ("GB", 2032, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28"),
        ("IE", 2024, "01-01 02-05 03-17 04-01 05-06 06-03 08-05 10-28 12-25 12-26"),
        ("IE", 2025, "01-01 02-03 03-17 04-21 05-05 06-02 08-04 10-27 12-25 12-26"),
        ("IE", 2026, "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25 12-26"),
        ("IE", 2027, "01-01 02-01 03-17 03-29 05-03 06-07 08-02 10-25 12-25 12-26"),
        ("IE", 2028, "01-01 02-07 03-17 04-17 05-01 06-05 08-07 10-30 12-25 12-26"),
        ("IE", 2029, "01-01 02-05 03-17 04-02 05-07 06-04 08-06 10-29 12-25 12-26"),
        ("IE", 2030, "01-01 02-01 03-17 04-22 05-06 06-03 08-05 10-28 12-25 12-26"),
        ("IE", 2031, "01-01 02-03 03-17 04-14 05-05 06-02 08-04 10-27 12-25 12-26"),
        ("IE", 2032, "01-01 02-02 03-17 03-29 05-03 06-07 08-02 10-25 12-25 12-26"),
        ("NZ", 2024, "01-01 01-02 02-06 03-29 04-01 04-25 06-03 06-28 10-28 12-25 12-26"),
        ("NZ", 2025, "01-01 01-02 02-06 04-18 04-21 04-25 06-02 06-20 10-27 12-25 12-26"),
        ("NZ", 2026, "01-01 01-02 02-06 04-03 04-06 04-25 04-27 06-01 07-10 10-26 12-25 12-26 12-28"),
        ("NZ", 2027, "01-01 01-02 01-04 02-06 02-08 03-26 03-29 04-25 04-26 06-07 06-25 10-25 12-25 12-26 12-27 12-28"),
        ("NZ", 2028, "01-01 01-02 01-03 01-04 02-06 02-07 04-14 04-17 04-25 06-05 07-14 10-23 12-25 12-26"),
        ("NZ", 2029, "01-01 01-02 02-06 03-30 04-02 04-25 06-04 07-06 10-22 12-25 12-26"),
        ("NZ", 2030, "01-01 01-02 02-06 04-19 04-22 04-25 06-03 06-21 10-28 12-25 12-26"),
        ("NZ", 2031, "01-01 01-02 02-06 04-11 04-14 04-25 06-02 07-11 10-27 12-25 12-26"),
        ("NZ", 2032, "01-01 01-02 02-06 03-26 03-29 04-25 04-26 06-07 07-02 10-25 12-25 12-26 12-27 12-28"),
    ];

    #[test]
    fn nine_years_equal_an_independent_reckoning() {
        for (country, year, days) in INDEPENDENT {
            check(country, *year, &days.split(' ').collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_rule_of_the_file_gives_days_in_the_years_to_come() {
        let file: File = toml::from_str(EMBEDDED).unwrap();
        assert_eq!(file.country.len(), 6);
        for country in &file.country {
            assert!(besides(&country.code).is_some_and(|words| words.ends_with('.')), "{}", country.code);
        }
        assert_eq!(besides("DE"), None);
        for rule in file.country.iter().flat_map(|country| &country.days) {
            for year in 2026..2031 {
                assert_eq!(dates(&rule.rule, year).len(), 1, "{} in {year}", rule.name);
            }
        }
    }
}
