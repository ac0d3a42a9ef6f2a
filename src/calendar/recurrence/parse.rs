//! Reading recurrences from what people type.

use std::str::FromStr;

use chrono::NaiveDate;

use super::groups::{Body, nth, refuse_anchor};
use super::{Cron, MAX_EVERY_WEEKS, Once, Recurrence};
use crate::calendar::misread::{Misread, clean};
use crate::calendar::reading::{Piece, Token, tokens};
use crate::calendar::said::{Assumed, SaidDate, date_at, said};

const EXAMPLE: &str = "mon,wed 18:00";

/// A recurrence and what had to be assumed to read it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// What was read.
    pub recurrence: Recurrence,
    /// What had to be assumed, in the order of reading; shown with [`Recurrence::words`].
    pub assumed: Vec<Assumed>,
}

impl Recurrence {
    /// Reads what people type: `mon,wed,fri 18:00`, `weekdays 9am`, `every mon and wed at 6pm`,
    /// `daily 20:00`, `mon 18:00, thu 19:30`, `every 2 weeks tue 18:00`,
    /// `every 2 weeks from 2026-03-10 tue 18:00`, `first and third tue 18:00`,
    /// `2026-12-24 18:00`, `24 dec 6pm`, and five cron fields. A bare hour after "at" is on the
    /// 24-hour clock. Whoever calls this shows [`Recurrence::words`] before keeping it.
    ///
    /// `today` is the local date from which "every 2 weeks" is counted when the text names none:
    /// the first slot on or after it is in a week that counts. Dates without a year are the next
    /// such date.
    ///
    /// # Errors
    /// Names the first part that is not understood; nothing is skipped.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, Misread> {
        Self::read(text, today).map(|reading| reading.recurrence)
    }

    /// As [`Recurrence::parse`], with what had to be assumed, for the card that asks whether this
    /// was meant: "every tue at 6" is six in the morning.
    ///
    /// # Errors
    /// As [`Recurrence::parse`].
    pub fn read(text: &str, today: NaiveDate) -> Result<Reading, Misread> {
        read(text, Some(today))
    }
}

impl FromStr for Recurrence {
    type Err = Misread;

    /// Reads canonical text, and all else that does not depend on the date it is read on.
    ///
    /// # Errors
    /// As [`Recurrence::parse`], and when a date or an anchor would depend on today.
    fn from_str(text: &str) -> Result<Self, Misread> {
        read(text, None).map(|reading| reading.recurrence)
    }
}

/// Whether a cleaned text is meant as cron fields, right or wrong.
pub(in crate::calendar) fn looks_like_cron(cleaned: &str) -> bool {
    if cleaned.starts_with('@') && cleaned.len() > 1 && !cleaned.starts_with("@ ") {
        return true;
    }
    let fields: Vec<&str> = cleaned.split(' ').collect();
    let numeric = |field: &&str| {
        field.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '/' | '-' | ',' | '?' | '#' | 'l' | 'w'))
    };
    let counts = (5..=7).contains(&fields.len()) && fields.iter().take(3).all(numeric);
    let starred = fields.len() > 1 && fields.iter().any(|f| *f == "*" || f.starts_with("*/"));
    counts || starred
}

/// Reads a recurrence; `today` is `None` where the text must stand for itself.
fn read(text: &str, today: Option<NaiveDate>) -> Result<Reading, Misread> {
    let cleaned = clean(text, EXAMPLE)?;
    if looks_like_cron(&cleaned) {
        let recurrence = Recurrence::Cron(cleaned.parse::<Cron>()?);
        return Ok(Reading { recurrence, assumed: Vec::new() });
    }
    let mut pieces = tokens(&cleaned)?;
    let counted_from = take_anchor(&mut pieces)?;
    let weeks = take_weeks(&mut pieces)?;
    let dated = |piece: &Piece| {
        matches!(
            piece.token,
            Token::Date(_) | Token::Month(_) | Token::Today | Token::Tomorrow | Token::Next | Token::This
        )
    };
    if pieces.iter().any(dated) {
        let counted = counted_from.as_ref().map(|(_, raw)| raw);
        if let Some(raw) = weeks.as_ref().map(|(_, raw)| raw).or(counted) {
            return Err(Misread::new(
                raw,
                "a date happens once, and this says that it comes again",
                "2026-12-24 18:00",
            ));
        }
        return once(&pieces, today);
    }
    let mut assumed = Vec::new();
    let body = Body::read(&pieces, &mut assumed)?;
    let recurrence = if body.monthly {
        if let Some((_, raw)) = weeks {
            return Err(Misread::new(&raw, "weeks are not counted in a monthly pattern", "first tue 18:00"));
        }
        refuse_anchor(counted_from)?;
        Recurrence::Monthly(body.monthly_slots()?)
    } else {
        Recurrence::Weekly(body.weekly(weeks.map(|(weeks, _)| weeks), counted_from, today)?)
    };
    Ok(Reading { recurrence, assumed })
}

fn once(pieces: &[Piece], today: Option<NaiveDate>) -> Result<Reading, Misread> {
    let said = said(pieces)?;
    let mut assumed = said.assumed.clone();
    let Some((date, raw)) = &said.date else {
        return Err(Misread::new("", "no date was named", "2026-12-24 18:00"));
    };
    let date = match (date, today) {
        (SaidDate::Full(date), _) => *date,
        (_, Some(today)) => date.on_or_after(today, &mut assumed)?,
        (_, None) => return Err(Misread::new(raw, "it needs the year", "2026-12-24 18:00")),
    };
    said.agrees(date)?;
    let Some(time) = said.time else {
        return Err(Misread::new(raw, "it needs a time of day too", format!("{raw} 18:00")));
    };
    let recurrence = Recurrence::Once(Once::new(date.and_time(time))?);
    Ok(Reading { recurrence, assumed })
}

/// Takes "from 2026-03-09" out of the pieces.
fn take_anchor(pieces: &mut Vec<Piece>) -> Result<Option<(SaidDate, String)>, Misread> {
    let Some(at) = pieces.iter().position(|piece| piece.token == Token::From) else {
        return Ok(None);
    };
    let date = match date_at(pieces, at + 1)? {
        Some((SaidDate::Weekday { .. }, _)) | None => {
            let raw = pieces.get(at).map_or("", |piece| piece.raw.as_str());
            return Err(Misread::new(raw, "a date must follow it", "every 2 weeks from 2026-03-09 tue 18:00"));
        }
        Some(date) => date,
    };
    let taken: Vec<Piece> = pieces.drain(at..=at + date.1).collect();
    let raw: Vec<String> = taken.into_iter().map(|piece| piece.raw).collect();
    Ok(Some((date.0, raw.join(" "))))
}

/// Takes "every 2 weeks", "every other week", "weekly" and the like out of the pieces.
fn take_weeks(pieces: &mut Vec<Piece>) -> Result<Option<(u32, String)>, Misread> {
    for at in 0..pieces.len() {
        let token = |ahead: usize| pieces.get(at + ahead).map(|piece| piece.token);
        let (weeks, used) = match (token(0), token(1), token(2)) {
            (Some(Token::Weekly), _, _) => (1, 1),
            (Some(Token::Every), Some(Token::Week), _) => (1, 2),
            (Some(Token::Every), Some(Token::Fortnight), _) => (2, 2),
            (Some(Token::Fortnight), _, _) => (2, 1),
            (Some(Token::Every), Some(Token::Other), Some(Token::Week)) => (2, 3),
            (Some(Token::Every), Some(Token::Other), Some(Token::Day(_))) => (2, 2),
            (Some(Token::Every), Some(Token::Number(n) | Token::Ordinal(n)), Some(Token::Week)) => (n, 3),
            (Some(Token::Every), Some(Token::Ordinal(n)), Some(Token::Day(_))) if n > 1 => {
                ordinal_without_month(pieces, at, n)?;
                continue;
            }
            (Some(Token::Every), Some(Token::Number(_) | Token::Other), _) => {
                let raw = pieces.get(at + 1).map_or("", |piece| piece.raw.as_str());
                let why = "only weeks can be counted";
                return Err(Misread::new(raw, why, "every 2 weeks tue 18:00, or daily 20:00"));
            }
            _ => continue,
        };
        let taken: Vec<String> = pieces.drain(at..at + used).map(|piece| piece.raw).collect();
        let raw = taken.join(" ");
        if !(1..=MAX_EVERY_WEEKS).contains(&weeks) {
            let why = format!("weeks are counted from 1 to {MAX_EVERY_WEEKS}");
            return Err(Misread::new(&raw, why, "every 2 weeks tue 18:00"));
        }
        return Ok(Some((weeks, raw)));
    }
    Ok(None)
}

/// "every second Tuesday" is either; "every second Tuesday of the month" is not.
fn ordinal_without_month(pieces: &[Piece], at: usize, n: u32) -> Result<(), Misread> {
    let monthly = |piece: &Piece| matches!(piece.token, Token::MonthWord | Token::Monthly);
    let several = pieces.iter().filter(|p| matches!(p.token, Token::Ordinal(_) | Token::Last)).count() > 1;
    if several || pieces.iter().any(monthly) {
        return Ok(());
    }
    let raw: Vec<&str> = pieces.iter().skip(at).take(3).map(|piece| piece.raw.as_str()).collect();
    let word = nth(n, "")?.word();
    let why = "it may be counted in weeks or within the month";
    Err(Misread::new(&raw.join(" "), why, format!("every {n} weeks tue 18:00, or {word} tue 18:00")))
}
