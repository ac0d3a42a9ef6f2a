//! Reading recurrences from what people type.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};

use super::weekly::{first_on, week_of};
use super::{
    Cadence, Cron, MAX_EVERY_WEEKS, Monthly, MonthlySlot, Nth, Once, Recurrence, Slot, Weekly,
};
use crate::calendar::misread::{Misread, clean};
use crate::calendar::reading::{Piece, Token, hour_of, tokens};
use crate::calendar::said::{Assumed, SaidDate, date_at, said};
use crate::calendar::weekdays::Weekdays;

const EXAMPLE: &str = "mon,wed 18:00";

/// A recurrence and what had to be assumed to read it.
pub(in crate::calendar) struct Reading {
    pub(in crate::calendar) recurrence: Recurrence,
    pub(in crate::calendar) assumed: Vec<Assumed>,
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
        read(text, Some(today)).map(|reading| reading.recurrence)
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
        field.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '*' | '/' | '-' | ',' | '?' | '#' | 'l' | 'w')
        })
    };
    let counts = (5..=7).contains(&fields.len()) && fields.iter().take(3).all(numeric);
    let starred = fields.len() > 1 && fields.iter().any(|f| *f == "*" || f.starts_with("*/"));
    counts || starred
}

/// Reads a recurrence; `today` is `None` where the text must stand for itself.
pub(in crate::calendar) fn read(text: &str, today: Option<NaiveDate>) -> Result<Reading, Misread> {
    let cleaned = clean(text, EXAMPLE)?;
    if looks_like_cron(&cleaned) {
        let recurrence = Recurrence::Cron(cleaned.parse::<Cron>()?);
        return Ok(Reading {
            recurrence,
            assumed: Vec::new(),
        });
    }
    let mut pieces = tokens(&cleaned)?;
    let counted_from = take_anchor(&mut pieces)?;
    let weeks = take_weeks(&mut pieces)?;
    let dated = |piece: &Piece| {
        matches!(
            piece.token,
            Token::Date(_)
                | Token::Month(_)
                | Token::Today
                | Token::Tomorrow
                | Token::Next
                | Token::This
        )
    };
    if pieces.iter().any(dated) {
        if let Some((_, raw)) = weeks.as_ref().or(counted_from
            .as_ref()
            .map(|(_, raw)| (0, raw.clone()))
            .as_ref())
        {
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
            return Err(Misread::new(
                &raw,
                "weeks are not counted in a monthly pattern",
                "first tue 18:00",
            ));
        }
        refuse_anchor(counted_from)?;
        Recurrence::Monthly(body.monthly_slots()?)
    } else {
        Recurrence::Weekly(body.weekly(weeks.map(|(weeks, _)| weeks), counted_from, today)?)
    };
    Ok(Reading {
        recurrence,
        assumed,
    })
}

fn refuse_anchor(counted_from: Option<(SaidDate, String)>) -> Result<(), Misread> {
    match counted_from {
        Some((_, raw)) => {
            let why = "only patterns of every few weeks are counted from a date; start dates are set apart";
            Err(Misread::new(
                &raw,
                why,
                "every 2 weeks from 2026-03-09 tue 18:00",
            ))
        }
        None => Ok(()),
    }
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
        return Err(Misread::new(
            raw,
            "it needs a time of day too",
            format!("{raw} 18:00"),
        ));
    };
    let recurrence = Recurrence::Once(Once::new(date.and_time(time))?);
    Ok(Reading {
        recurrence,
        assumed,
    })
}

/// Takes "from 2026-03-09" out of the pieces.
fn take_anchor(pieces: &mut Vec<Piece>) -> Result<Option<(SaidDate, String)>, Misread> {
    let Some(at) = pieces.iter().position(|piece| piece.token == Token::From) else {
        return Ok(None);
    };
    let date = match date_at(pieces, at + 1)? {
        Some((SaidDate::Weekday { .. }, _)) | None => {
            let raw = pieces.get(at).map_or("", |piece| piece.raw.as_str());
            return Err(Misread::new(
                raw,
                "a date must follow it",
                "every 2 weeks from 2026-03-09 tue 18:00",
            ));
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
            (Some(Token::Every), Some(Token::Number(n) | Token::Ordinal(n)), Some(Token::Week)) => {
                (n, 3)
            }
            (Some(Token::Every), Some(Token::Ordinal(n)), Some(Token::Day(_))) if n > 1 => {
                ordinal_without_month(pieces, at, n)?;
                continue;
            }
            (Some(Token::Every), Some(Token::Number(_) | Token::Other), _) => {
                let raw = pieces.get(at + 1).map_or("", |piece| piece.raw.as_str());
                let why = "only weeks can be counted";
                return Err(Misread::new(
                    raw,
                    why,
                    "every 2 weeks tue 18:00, or daily 20:00",
                ));
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
    let several = pieces
        .iter()
        .filter(|p| matches!(p.token, Token::Ordinal(_) | Token::Last))
        .count()
        > 1;
    if several || pieces.iter().any(monthly) {
        return Ok(());
    }
    let raw: Vec<&str> = pieces
        .iter()
        .skip(at)
        .take(3)
        .map(|piece| piece.raw.as_str())
        .collect();
    let word = nth(n, "")?.word();
    let why = "it may be counted in weeks or within the month";
    Err(Misread::new(
        &raw.join(" "),
        why,
        format!("every {n} weeks tue 18:00, or {word} tue 18:00"),
    ))
}

/// Days that share the times of their group; with ordinals when they are counted in the month.
#[derive(Default)]
struct Dates {
    nths: Vec<Nth>,
    days: Weekdays,
}

/// Dates and the times on them.
#[derive(Default)]
struct Group {
    dates: Vec<Dates>,
    times: Vec<NaiveTime>,
    /// Whether the times were said before the days: then nothing may follow.
    times_first: bool,
}

/// All groups of a pattern.
#[derive(Default)]
struct Body {
    groups: Vec<Group>,
    monthly: bool,
}

impl Body {
    fn read(pieces: &[Piece], assumed: &mut Vec<Assumed>) -> Result<Self, Misread> {
        let mut body = Self::default();
        let mut group = Group::default();
        let mut before = None;
        for piece in pieces {
            let hour_may_follow = match before.replace(piece.token) {
                Some(Token::At) => true,
                Some(Token::And) => !group.times.is_empty(),
                _ => false,
            };
            match piece.token {
                Token::Ordinal(n) => {
                    body.close_if_timed(&mut group)?;
                    group.nth(nth(n, &piece.raw)?);
                }
                Token::Last => {
                    body.close_if_timed(&mut group)?;
                    group.nth(Nth::Last);
                }
                Token::Day(day) => {
                    body.close_if_timed(&mut group)?;
                    group.days(Weekdays::one(day));
                }
                Token::Days(days) => {
                    body.close_if_timed(&mut group)?;
                    if days.count() > 1 && group.awaits_day() {
                        let why = "within a month only single days of the week are counted";
                        return Err(Misread::new(
                            &piece.raw,
                            why,
                            "first tue 18:00, or cron for dates: 0 18 1 * *",
                        ));
                    }
                    group.days(days);
                }
                Token::Time(time) => group.time(time, &piece.raw)?,
                Token::Number(number) if hour_may_follow => {
                    let time = hour_of(number, &piece.raw)?;
                    assumed.push(Assumed::DayClock(time));
                    group.time(time, &piece.raw)?;
                }
                Token::Number(_) => {
                    let why = "a bare number may be a day or an hour";
                    return Err(Misread::new(
                        &piece.raw,
                        why,
                        format!("{EXAMPLE}, or mon at 18"),
                    ));
                }
                Token::At | Token::Every | Token::On | Token::The | Token::And | Token::Of => {}
                Token::MonthWord | Token::Monthly => body.monthly = true,
                _ => return Err(Misread::new(&piece.raw, "it does not belong here", EXAMPLE)),
            }
        }
        body.close(group)?;
        let counted = body.dates().any(|(dates, _)| !dates.nths.is_empty());
        body.monthly |= counted;
        Ok(body)
    }

    /// Days that follow times begin another group, unless the times stand at the very start.
    fn close_if_timed(&mut self, group: &mut Group) -> Result<(), Misread> {
        if group.times.is_empty() || group.times_first {
            return Ok(());
        }
        if group.dates.is_empty() && self.groups.is_empty() {
            group.times_first = true;
            return Ok(());
        }
        self.close(std::mem::take(group))
    }

    fn close(&mut self, group: Group) -> Result<(), Misread> {
        if group.dates.iter().all(|dates| dates.days.is_empty()) {
            let times: Vec<String> = group
                .times
                .iter()
                .map(|time| time.format("%H:%M").to_string())
                .collect();
            let raw = times.join(" ");
            return Err(Misread::new(&raw, "it names no day of the week", EXAMPLE));
        }
        if let Some(dates) = group.dates.iter().find(|dates| dates.days.is_empty()) {
            let word = dates.nths.last().map_or("", |nth| nth.word());
            return Err(Misread::new(
                word,
                "a day of the week must follow it",
                "first tue 18:00",
            ));
        }
        if group.times.is_empty() {
            let days: Vec<&str> = group
                .dates
                .iter()
                .flat_map(|d| d.days.iter())
                .map(crate::calendar::weekdays::day_code)
                .collect();
            let raw = days.join(",");
            let example = format!("{raw} 18:00");
            return Err(Misread::new(&raw, "a time of day must follow it", example));
        }
        self.groups.push(group);
        Ok(())
    }

    fn dates(&self) -> impl Iterator<Item = (&Dates, &[NaiveTime])> {
        self.groups
            .iter()
            .flat_map(|g| g.dates.iter().map(|dates| (dates, g.times.as_slice())))
    }

    fn monthly_slots(&self) -> Result<Monthly, Misread> {
        let mut slots = Vec::new();
        for (dates, times) in self.dates() {
            if dates.nths.is_empty() {
                let days: Vec<&str> = dates
                    .days
                    .iter()
                    .map(crate::calendar::weekdays::day_code)
                    .collect();
                let why = "it must be said which one of the month";
                return Err(Misread::new(
                    &days.join(","),
                    why,
                    "first tue 18:00, or last fri 17:00",
                ));
            }
            for nth in &dates.nths {
                for day in dates.days.iter() {
                    slots.extend(times.iter().map(|time| MonthlySlot {
                        nth: *nth,
                        day,
                        time: *time,
                    }));
                }
            }
        }
        Monthly::new(slots)
    }

    fn weekly(
        &self,
        weeks: Option<u32>,
        counted_from: Option<(SaidDate, String)>,
        today: Option<NaiveDate>,
    ) -> Result<Weekly, Misread> {
        let slots: Vec<Slot> =
            self.dates()
                .flat_map(|(dates, times)| {
                    dates.days.iter().flat_map(move |day| {
                        times.iter().map(move |time| Slot { day, time: *time })
                    })
                })
                .collect();
        let weeks = weeks.unwrap_or(1);
        if weeks == 1 {
            refuse_anchor(counted_from)?;
            return Weekly::new(slots, Cadence::EveryWeek);
        }
        let from = match (counted_from, today) {
            (Some((SaidDate::Full(date), _)), _) => date,
            (Some((date, _)), Some(today)) => date.on_or_after(today, &mut Vec::new())?,
            (None, Some(today)) => today,
            (Some((_, raw)), None) => {
                return Err(Misread::new(
                    &raw,
                    "it needs the year",
                    "every 2 weeks from 2026-03-09 tue 18:00",
                ));
            }
            (None, None) => {
                let why = "it must be said from which date the weeks are counted";
                let raw = format!("every {weeks} weeks");
                return Err(Misread::new(
                    &raw,
                    why,
                    "every 2 weeks from 2026-03-09 tue 18:00",
                ));
            }
        };
        let days: Weekdays = slots.iter().map(|slot| slot.day).collect();
        let counted_from = week_of(first_on(from, days).unwrap_or(from));
        Weekly::new(
            slots,
            Cadence::EveryFewWeeks {
                weeks,
                counted_from,
            },
        )
    }
}

impl Group {
    /// Whether the last word was which one of the month.
    fn awaits_day(&self) -> bool {
        self.dates.last().is_some_and(|dates| dates.days.is_empty())
    }

    fn nth(&mut self, nth: Nth) {
        match self.dates.last_mut() {
            Some(dates) if dates.days.is_empty() => dates.nths.push(nth),
            _ => self.dates.push(Dates {
                nths: vec![nth],
                days: Weekdays::NONE,
            }),
        }
    }

    fn days(&mut self, days: Weekdays) {
        match self.dates.last_mut() {
            Some(dates) => dates.days = dates.days.or(days),
            None => self.dates.push(Dates {
                nths: Vec::new(),
                days,
            }),
        }
    }

    fn time(&mut self, time: NaiveTime, raw: &str) -> Result<(), Misread> {
        if self.times_first {
            let why = "times stand before and after the days, so it is unclear which go together";
            return Err(Misread::new(raw, why, "mon 18:00, thu 19:30"));
        }
        self.times.push(time);
        Ok(())
    }
}

fn nth(n: u32, raw: &str) -> Result<Nth, Misread> {
    match n {
        1 => Ok(Nth::First),
        2 => Ok(Nth::Second),
        3 => Ok(Nth::Third),
        4 => Ok(Nth::Fourth),
        5 => Err(Misread::new(
            raw,
            "not every month has a fifth one",
            "last fri 17:00",
        )),
        _ => {
            let why = "within a month, days of the week are first to fourth, or last";
            Err(Misread::new(
                raw,
                why,
                "first tue 18:00, or cron for dates: 0 18 15 * *",
            ))
        }
    }
}
