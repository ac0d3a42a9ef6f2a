//! What a typed moment says, before it is set against today: a date or a day, and a time.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};

use super::misread::Misread;
use super::reading::{Piece, Token, bare_number, date_of, days_in, hour_of, month_name};
use super::recurrence::first_on;
use super::weekdays::{Weekdays, day_name};
use super::words::full_date_words;

/// Something that was not said and had to be taken one way. It is never silent: whoever shows the
/// result shows [`Assumed::words`] with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assumed {
    /// The time is already past today, so tomorrow's is meant.
    Tomorrow,
    /// That time is already past on this weekday today, so the day a week from now is meant.
    NextWeek,
    /// That date is already past this year, so next year's is meant.
    NextYear,
    /// "next Tuesday" was taken as the first Tuesday after today.
    ComingDay(Weekday),
    /// A bare hour from 1 to 12 was read on the 24-hour clock.
    DayClock(NaiveTime),
}

impl Assumed {
    /// What a bare hour assumes: nothing when it can only be on the 24-hour clock.
    pub(super) fn day_clock(time: NaiveTime) -> Option<Self> {
        (1..=12).contains(&time.hour()).then_some(Self::DayClock(time))
    }

    /// One sentence for the card.
    pub fn words(self) -> String {
        match self {
            Self::Tomorrow => "That time is already past today, so tomorrow is meant.".to_owned(),
            Self::NextWeek => "That time is already past today, so next week is meant.".to_owned(),
            Self::NextYear => "That date is already past this year, so next year is meant.".to_owned(),
            Self::ComingDay(day) => format!("\"next\" was read as the {} that comes first.", day_name(day)),
            Self::DayClock(time) => {
                format!("The hour was read on the 24-hour clock, as {}.", super::words::time_words(time))
            }
        }
    }
}

/// A day as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SaidDate {
    Today,
    Tomorrow,
    /// `tue`, and whether "next" stood before it.
    Weekday {
        day: Weekday,
        next: bool,
    },
    /// `24 dec`.
    DayOfYear {
        day: u32,
        month: u32,
    },
    Full(NaiveDate),
}

/// A date, a time, and what had to be assumed to read them.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) date: Option<(SaidDate, String)>,
    /// A day of the week said besides a date: it must agree with it.
    beside: Option<Weekday>,
    pub(super) time: Option<NaiveTime>,
    pub(super) assumed: Vec<Assumed>,
}

/// Reads a date and a time, in either order.
///
/// # Errors
/// At the first word that does not belong in one moment, or is there twice.
pub(super) fn said(pieces: &[Piece]) -> Result<Said, Misread> {
    let mut said = Said::default();
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        if let Some((date, used)) = date_at(pieces, index)? {
            let raw: Vec<&str> = pieces.iter().skip(index).take(used).map(|p| p.raw.as_str()).collect();
            said.put_date(date, &raw.join(" "))?;
            index += used;
            continue;
        }
        match piece.token {
            Token::Time(time) => said.put_time(time, &piece.raw)?,
            Token::Number(number) if follows_at(pieces, index) => {
                let time = hour_of(number, &piece.raw)?;
                said.put_time(time, &piece.raw)?;
                said.assumed.extend(Assumed::day_clock(time));
            }
            Token::Number(number) => return Err(bare_number(number, &piece.raw)),
            Token::On | Token::The | Token::At => {}
            Token::And if piece.raw == "," => {}
            _ => {
                let why = "it does not belong in one date and time";
                return Err(Misread::new(&piece.raw, why, "24 dec 18:00"));
            }
        }
        index += 1;
    }
    Ok(said)
}

fn follows_at(pieces: &[Piece], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| pieces.get(before));
    before.is_some_and(|piece| piece.token == Token::At)
}

/// The date that begins at `index`, and of how many pieces it is made.
///
/// # Errors
/// When it is a date that cannot be.
pub(super) fn date_at(pieces: &[Piece], index: usize) -> Result<Option<(SaidDate, usize)>, Misread> {
    let rest = pieces.get(index..).unwrap_or_default();
    let token = |ahead: usize| rest.get(ahead).map(|piece| piece.token);
    let raw = rest.first().map_or("", |piece| piece.raw.as_str());
    Ok(match (token(0), token(1)) {
        (Some(Token::Date(date)), _) => Some((SaidDate::Full(date), 1)),
        (Some(Token::Today), _) => Some((SaidDate::Today, 1)),
        (Some(Token::Tomorrow), _) => Some((SaidDate::Tomorrow, 1)),
        (Some(Token::Day(day)), _) => Some((SaidDate::Weekday { day, next: false }, 1)),
        (Some(Token::Next), Some(Token::Day(day))) => Some((SaidDate::Weekday { day, next: true }, 2)),
        (Some(Token::This), Some(Token::Day(day))) => Some((SaidDate::Weekday { day, next: false }, 2)),
        (Some(Token::Next | Token::This), _) => {
            let why = "only a day of the week can follow it";
            return Err(Misread::new(raw, why, "next tuesday 18:00"));
        }
        _ => month_and_day(rest)?,
    })
}

/// `24 dec`, `24th of december`, `dec 24, 2026`: what it says, and of how many pieces it is made.
fn month_and_day(rest: &[Piece]) -> Result<Option<(SaidDate, usize)>, Misread> {
    let token = |ahead: usize| rest.get(ahead).map(|piece| piece.token);
    let raw = |ahead: usize| rest.get(ahead).map_or("", |piece| piece.raw.as_str());
    let (day, month, used) = match (token(0), token(1), token(2)) {
        (Some(Token::Number(day) | Token::Ordinal(day)), Some(Token::Month(month)), _)
        | (Some(Token::Month(month)), Some(Token::Number(day) | Token::Ordinal(day)), _) => (day, month, 2),
        (Some(Token::Ordinal(day)), Some(Token::Of), Some(Token::Month(month))) if raw(1) == "of" => (day, month, 3),
        (Some(Token::Month(_)), _, _) => {
            return Err(Misread::new(raw(0), "a month needs a day", "24 dec 18:00"));
        }
        _ => return Ok(None),
    };
    let text: Vec<&str> = (0..used).map(raw).collect();
    let text = text.join(" ");
    let comma = usize::from(token(used) == Some(Token::And) && raw(used) == ",");
    if let Some(Token::Number(year)) = token(used + comma)
        && year >= 1000
    {
        let text = format!("{text} {year}");
        let year = i32::try_from(year).unwrap_or(i32::MAX);
        let date = date_of(year, month, day, &text)?;
        return Ok(Some((SaidDate::Full(date), used + comma + 1)));
    }
    // 2024 is a leap year: this refuses what no year has.
    let last = days_in(2024, month);
    if !(1..=last).contains(&day) {
        let name = month_name(month);
        let why = format!("{name} has days 1 to {last}");
        return Err(Misread::new(&text, why, format!("1 {} 18:00", name.to_lowercase())));
    }
    Ok(Some((SaidDate::DayOfYear { day, month }, used)))
}

impl Said {
    fn put_date(&mut self, date: SaidDate, raw: &str) -> Result<(), Misread> {
        let twice = || Misread::new(raw, "there is another day before it, and one moment has one", "tue 18:30");
        match (&self.date, date) {
            (None, _) => {}
            (Some((SaidDate::Weekday { day, next: false }, _)), SaidDate::Full(_) | SaidDate::DayOfYear { .. }) => {
                self.beside = Some(*day);
            }
            (Some((SaidDate::Full(_) | SaidDate::DayOfYear { .. }, _)), SaidDate::Weekday { day, next: false })
                if self.beside.is_none() =>
            {
                self.beside = Some(day);
                return Ok(());
            }
            _ => return Err(twice()),
        }
        self.date = Some((date, raw.to_owned()));
        Ok(())
    }

    fn put_time(&mut self, time: NaiveTime, raw: &str) -> Result<(), Misread> {
        if self.time.is_some() {
            return Err(Misread::new(raw, "there is another time before it, and one moment has one", "tue 18:30"));
        }
        self.time = Some(time);
        Ok(())
    }

    /// Whether `date` is the day of the week that was said besides.
    pub(super) fn agrees(&self, date: NaiveDate) -> Result<(), Misread> {
        match self.beside {
            Some(day) if day != date.weekday() => {
                let why = format!("the date that goes with it is {}", full_date_words(date));
                Err(Misread::new(day_name(day), why, date.to_string()))
            }
            _ => Ok(()),
        }
    }
}

impl SaidDate {
    /// The first date from `today` on that was meant; a date with its year may be in the past.
    pub(super) fn on_or_after(self, today: NaiveDate, assumed: &mut Vec<Assumed>) -> Result<NaiveDate, Misread> {
        let late = || Misread::new(&today.to_string(), "the day after it is not reckoned", "2026-12-24 18:00");
        match self {
            Self::Today => Ok(today),
            Self::Tomorrow => today.succ_opt().ok_or_else(late),
            Self::Full(date) => Ok(date),
            Self::Weekday { day, next } => {
                let from = if next { today.succ_opt().ok_or_else(late)? } else { today };
                if next {
                    assumed.push(Assumed::ComingDay(day));
                }
                first_on(from, Weekdays::one(day)).ok_or_else(late)
            }
            Self::DayOfYear { day, month } => {
                let raw = format!("{day} {}", month_name(month));
                let this_year = date_of(today.year(), month, day, &raw)?;
                if this_year >= today {
                    return Ok(this_year);
                }
                assumed.push(Assumed::NextYear);
                date_of(today.year().saturating_add(1), month, day, &raw)
            }
        }
    }

    /// The same day one period later, when the moment itself turned out to be past.
    pub(super) fn later(self, date: NaiveDate, assumed: &mut Vec<Assumed>) -> Result<Option<NaiveDate>, Misread> {
        match self {
            Self::Weekday { .. } => {
                assumed.push(Assumed::NextWeek);
                Ok(date.checked_add_days(Days::new(7)))
            }
            Self::DayOfYear { day, month } => {
                assumed.push(Assumed::NextYear);
                let raw = format!("{day} {}", month_name(month));
                date_of(date.year().saturating_add(1), month, day, &raw).map(Some)
            }
            Self::Today | Self::Tomorrow | Self::Full(_) => Ok(None),
        }
    }
}
