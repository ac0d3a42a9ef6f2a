//! The words on a chart, and the same chart in words.

use chrono::{Datelike, NaiveDate};

use super::super::cards::mood_words;
use super::super::model::{Day, Mood, Series, Trend};
use crate::calendar::list_words;

/// Most characters of a picture's description on Discord.
const ALT_LIMIT: usize = 1024;
/// Up to that many days are told one by one; more would not fit the description.
const DAY_BY_DAY: usize = 30;

/// What the chart is about.
pub fn title(trend: &Trend) -> String {
    format!("How the days were, {}", span(trend))
}

fn span(trend: &Trend) -> String {
    let (from, until) = (trend.from, trend.until());
    let same_year = from.year() == until.year();
    let from = from.format(if same_year { "%-d %B" } else { "%-d %B %Y" });
    format!("{from} to {}", until.format("%-d %B %Y"))
}

/// A series' name.
pub const fn name(series: Series) -> &'static str {
    match series {
        Series::Energy => "Energy",
        Series::Sleep => "Sleep",
        Series::Urge => "Urge, 0 to 10",
    }
}

/// The marks on a series' own axis.
pub const fn marks(series: Series) -> &'static [(u8, &'static str)] {
    match series {
        Series::Energy => &[(1, "none"), (3, "some"), (5, "plenty")],
        Series::Sleep => &[(1, "none"), (3, "so-so"), (5, "well")],
        Series::Urge => &[(0, "0"), (5, "5"), (10, "10")],
    }
}

/// The chart in words, for people who do not see it; `counted` says on how many days they checked in.
pub fn alt(trend: &Trend, counted: bool) -> String {
    let mut parts = vec![format!("Your mood from {}.", span(trend))];
    if counted {
        parts.push(format!("You checked in on {} of {} days.", trend.answered(), trend.days.len()));
    }
    if trend.answered() == 0 {
        parts.push("There is nothing to draw yet.".to_owned());
    } else if trend.days.len() <= DAY_BY_DAY {
        parts.push(day_by_day(trend));
    } else {
        parts.push(by_month(trend));
    }
    parts.extend(sessions(trend));
    let text = parts.join(" ");
    if text.chars().count() <= ALT_LIMIT { text } else { text.chars().take(ALT_LIMIT - 1).chain(['…']).collect() }
}

/// At which sessions they were; day by day where there is room for it.
fn sessions(trend: &Trend) -> Option<String> {
    let dates: Vec<NaiveDate> =
        trend.days.iter().enumerate().filter(|(_, day)| day.attended).map(|(at, _)| trend.date(at)).collect();
    match dates.len() {
        0 => None,
        count if trend.days.len() <= DAY_BY_DAY => {
            let dates: Vec<String> = dates.iter().map(|date| date.format("%-d %b").to_string()).collect();
            let days = if count == 1 { "day" } else { "days" };
            Some(format!("At a session on {count} {days}: {}.", list_words(&dates)))
        }
        1 => Some("At a session on one day.".to_owned()),
        count => Some(format!("At a session on {count} days.")),
    }
}

fn day_by_day(trend: &Trend) -> String {
    let mut told = Vec::new();
    for (at, day) in trend.days.iter().enumerate() {
        let date = trend.date(at).format("%-d %b");
        let second = match (trend.second, day.second) {
            (Some(series), Some(value)) => format!(", {} {value}", series.word()),
            _ => String::new(),
        };
        match day.mood {
            Some(mood) => told.push(format!("{date} {}{second}", mood_words(mood).to_lowercase())),
            None if !second.is_empty() => told.push(format!("{date}{second}")),
            None => {}
        }
    }
    format!("{}. No mood on the other days.", told.join("; "))
}

fn by_month(trend: &Trend) -> String {
    let mut months: Vec<(NaiveDate, Vec<&Day>)> = Vec::new();
    for (at, day) in trend.days.iter().enumerate() {
        let date = trend.date(at);
        match months.last_mut() {
            Some((first, days)) if (first.year(), first.month()) == (date.year(), date.month()) => days.push(day),
            _ => months.push((date, vec![day])),
        }
    }
    months.iter().map(|(first, days)| month(*first, days, trend.second)).collect::<Vec<_>>().join(" ")
}

fn month(first: NaiveDate, days: &[&Day], second: Option<Series>) -> String {
    let name = first.format("%B");
    let moods: Vec<Mood> = days.iter().filter_map(|day| day.mood).collect();
    let (Some(least), Some(most)) = (moods.iter().min(), moods.iter().max()) else {
        return format!("{name}: no mood.");
    };
    let count = |mood: &Mood| moods.iter().filter(|one| *one == mood).count();
    let top = Mood::ALL.iter().map(count).max().unwrap_or(0);
    let mostly: Vec<String> =
        Mood::ALL.iter().filter(|mood| count(mood) == top).map(|mood| mood_words(*mood).to_lowercase()).collect();
    let range = if least == most {
        String::new()
    } else {
        format!(", from {} to {}", mood_words(*least).to_lowercase(), mood_words(*most).to_lowercase())
    };
    let values: Vec<u32> = days.iter().filter_map(|day| day.second).map(u32::from).collect();
    let beside = match second {
        Some(series) if !values.is_empty() => {
            let mean = f64::from(values.iter().sum::<u32>()) / values.len() as f64;
            format!(", {} {mean:.1} on average", series.word())
        }
        Some(_) | None => String::new(),
    };
    format!("{name}: mostly {}{range}{beside}.", list_words(&mostly))
}
