//! The days and times of a typed pattern: `mon 18:00, thu 19:30`, `first and third tue 18:00`.

use chrono::{NaiveDate, NaiveTime};

use super::weekly::{first_on, week_of};
use super::{Cadence, Monthly, MonthlySlot, Nth, Slot, Weekly};
use crate::calendar::misread::Misread;
use crate::calendar::reading::{Piece, Token, bare_number, hour_of};
use crate::calendar::said::{Assumed, SaidDate};
use crate::calendar::weekdays::{Weekdays, day_code};

const EXAMPLE: &str = "mon,wed 18:00";

/// Refuses a date to count from where weeks are not counted.
pub(super) fn refuse_anchor(counted_from: Option<(SaidDate, String)>) -> Result<(), Misread> {
    match counted_from {
        Some((_, raw)) => {
            let why = "only patterns of every few weeks are counted from a date; start dates are set apart";
            Err(Misread::new(&raw, why, "every 2 weeks from 2026-03-09 tue 18:00"))
        }
        None => Ok(()),
    }
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
pub(super) struct Body {
    groups: Vec<Group>,
    /// Whether days are counted within the month.
    pub(super) monthly: bool,
}

impl Body {
    /// Reads what is left of a text when dates and "every 2 weeks" are taken out.
    ///
    /// # Errors
    /// At the first word that does not belong, and when days or times are missing.
    pub(super) fn read(pieces: &[Piece], assumed: &mut Vec<Assumed>) -> Result<Self, Misread> {
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
                        return Err(Misread::new(&piece.raw, why, "first tue 18:00, or cron for dates: 0 18 1 * *"));
                    }
                    group.days(days);
                }
                Token::Time(time) => group.time(time, &piece.raw)?,
                Token::Number(number) if hour_may_follow => {
                    let time = hour_of(number, &piece.raw)?;
                    assumed.extend(Assumed::day_clock(time));
                    group.time(time, &piece.raw)?;
                }
                Token::Number(number) => return Err(bare_number(number, &piece.raw)),
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
            let times: Vec<String> = group.times.iter().map(|time| time.format("%H:%M").to_string()).collect();
            let raw = times.join(" ");
            return Err(Misread::new(&raw, "it names no day of the week", EXAMPLE));
        }
        if let Some(dates) = group.dates.iter().find(|dates| dates.days.is_empty()) {
            let word = dates.nths.last().map_or("", |nth| nth.word());
            return Err(Misread::new(word, "a day of the week must follow it", "first tue 18:00"));
        }
        if group.times.is_empty() {
            let days: Weekdays = group.dates.iter().flat_map(|dates| dates.days.iter()).collect();
            let codes: Vec<&str> = days.iter().map(day_code).collect();
            let raw = match days {
                Weekdays::ALL => "daily".to_owned(),
                Weekdays::WORKING => "weekdays".to_owned(),
                _ => codes.join(","),
            };
            let example = format!("{raw} 18:00");
            return Err(Misread::new(&raw, "a time of day must follow it", example));
        }
        self.groups.push(group);
        Ok(())
    }

    fn dates(&self) -> impl Iterator<Item = (&Dates, &[NaiveTime])> {
        self.groups.iter().flat_map(|g| g.dates.iter().map(|dates| (dates, g.times.as_slice())))
    }

    /// The slots of a monthly pattern.
    pub(super) fn monthly_slots(&self) -> Result<Monthly, Misread> {
        let mut slots = Vec::new();
        for (dates, times) in self.dates() {
            if dates.nths.is_empty() {
                let days: Vec<&str> = dates.days.iter().map(day_code).collect();
                let why = "it must be said which one of the month";
                return Err(Misread::new(&days.join(","), why, "first tue 18:00, or last fri 17:00"));
            }
            for nth in &dates.nths {
                for day in dates.days.iter() {
                    slots.extend(times.iter().map(|time| MonthlySlot { nth: *nth, day, time: *time }));
                }
            }
        }
        Monthly::new(slots)
    }

    /// The slots of a weekly pattern, and which weeks count: see [`Recurrence::parse`](super::Recurrence::parse).
    pub(super) fn weekly(
        &self,
        weeks: Option<u32>,
        counted_from: Option<(SaidDate, String)>,
        today: Option<NaiveDate>,
    ) -> Result<Weekly, Misread> {
        let slots: Vec<Slot> = self
            .dates()
            .flat_map(|(dates, times)| {
                dates.days.iter().flat_map(move |day| times.iter().map(move |time| Slot { day, time: *time }))
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
                return Err(Misread::new(&raw, "it needs the year", "every 2 weeks from 2026-03-09 tue 18:00"));
            }
            (None, None) => {
                let why = "it must be said from which date the weeks are counted";
                let raw = format!("every {weeks} weeks");
                return Err(Misread::new(&raw, why, "every 2 weeks from 2026-03-09 tue 18:00"));
            }
        };
        let days: Weekdays = slots.iter().map(|slot| slot.day).collect();
        let counted_from = week_of(first_on(from, days).unwrap_or(from));
        Weekly::new(slots, Cadence::EveryFewWeeks { weeks, counted_from })
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
            _ => self.dates.push(Dates { nths: vec![nth], days: Weekdays::NONE }),
        }
    }

    fn days(&mut self, days: Weekdays) {
        match self.dates.last_mut() {
            Some(dates) => dates.days = dates.days.or(days),
            None => self.dates.push(Dates { nths: Vec::new(), days }),
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

/// Which one of the month a number means.
pub(super) fn nth(n: u32, raw: &str) -> Result<Nth, Misread> {
    match n {
        1 => Ok(Nth::First),
        2 => Ok(Nth::Second),
        3 => Ok(Nth::Third),
        4 => Ok(Nth::Fourth),
        5 => Err(Misread::new(raw, "not every month has a fifth one", "last fri 17:00")),
        _ => {
            let why = "within a month, days of the week are first to fourth, or last";
            Err(Misread::new(raw, why, "first tue 18:00, or cron for dates: 0 18 15 * *"))
        }
    }
}
