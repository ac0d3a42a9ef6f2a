//! Moments that people type: for own reminders, and for moving an occurrence.
//!
//! A small parser that refuses what it does not know. What it had to assume comes with the result
//! ([`Assumed`]), and the result says what was understood, so that it can be shown before it counts.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

use super::length::{Length, length, scan};
use super::misread::{Misread, clean};
use super::reading::{Piece, Token, tokens};
use super::recurrence::{Recurrence, looks_like_cron};
use super::said::{Assumed, said};
use super::words::{full_moment_words, moment_words, time_words};
use super::zone::{FIRST_DATE, LAST_DATE, Note, Zone, resolved, to_civil};

const EXAMPLE: &str = "tomorrow 9am, in 2 hours, or tue 18:30";

/// A moment that was typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// What clocks in the zone show then.
    pub local: NaiveDateTime,
    /// The instant, in whole seconds, after the moment at which it was typed.
    pub at: DateTime<Utc>,
    /// A gap is possible only where no time of day was typed ("in 2 days"); one that was typed and
    /// does not exist is refused.
    pub note: Note,
    /// What had to be assumed, in the order of reading.
    pub assumed: Vec<Assumed>,
}

/// What was typed for a reminder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Typed {
    /// One moment.
    Once(Moment),
    /// Again and again.
    Repeating {
        /// When.
        recurrence: Recurrence,
        /// What had to be assumed, in the order of reading.
        assumed: Vec<Assumed>,
    },
}

impl Moment {
    /// What was understood, with what was assumed:
    /// `Tuesday 10 March, 15:00. That time is already past today, so tomorrow is meant.`
    /// The year is named when it is not that of `now`.
    pub fn words(&self, now: DateTime<Utc>, zone: Zone) -> String {
        use chrono::Datelike;
        let moment = if to_civil(now, zone).year() == self.local.year() {
            moment_words(self.local)
        } else {
            full_moment_words(self.local)
        };
        with_assumed(&moment, &self.assumed)
    }
}

impl Typed {
    /// What was understood, with what was assumed, as [`Moment::words`] or [`Recurrence::words`].
    pub fn words(&self, now: DateTime<Utc>, zone: Zone) -> String {
        match self {
            Self::Once(moment) => moment.words(now, zone),
            Self::Repeating { recurrence, assumed } => with_assumed(&recurrence.words(), assumed),
        }
    }
}

fn with_assumed(understood: &str, assumed: &[Assumed]) -> String {
    if assumed.is_empty() {
        return understood.to_owned();
    }
    let sentences: Vec<String> = assumed.iter().map(|one| one.words()).collect();
    format!("{understood}. {}", sentences.join(" "))
}

/// Reads a moment or a repetition: `tomorrow 9am`, `in 2 hours`, `in 1h30`, `tue 18:30`,
/// `next tuesday 6pm`, `2026-12-24 18:00`, `24 dec 6pm`, `every weekday at 8`, `0 8 * * 1-5`.
/// `now` is when it was typed, `zone` where.
///
/// # Errors
/// Names the first part that is not understood; a moment that is past, or that a clock change
/// skips, is refused too.
pub fn when(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<Typed, Misread> {
    let cleaned = clean(text, EXAMPLE)?;
    let repeats = looks_like_cron(&cleaned)
        || (relative(&cleaned).is_none() && tokens(&cleaned).is_ok_and(|pieces| pieces.iter().any(repeating)));
    if repeats {
        let today = to_civil(now, zone).date();
        let reading = Recurrence::read(&cleaned, today)?;
        return Ok(Typed::Repeating { recurrence: reading.recurrence, assumed: reading.assumed });
    }
    moment(text, now, zone).map(Typed::Once)
}

/// Whether a word can only be meant again and again.
fn repeating(piece: &Piece) -> bool {
    matches!(piece.token, Token::Every | Token::Days(_) | Token::Weekly | Token::Monthly | Token::Fortnight)
}

/// Reads one moment, as [`when`] does; for moving an occurrence, where nothing can repeat.
///
/// # Errors
/// As [`when`], and for what repeats.
pub fn moment(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<Moment, Misread> {
    let cleaned = clean(text, EXAMPLE)?;
    if let Some(span) = relative(&cleaned) {
        return from_now(span, &cleaned, now, zone);
    }
    if looks_like_cron(&cleaned) {
        return Err(Misread::new(&cleaned, "it repeats, and one moment is needed", "tue 18:30"));
    }
    let pieces = tokens(&cleaned).map_err(|misread| {
        if scan(&cleaned, EXAMPLE).is_ok_and(|parts| !parts.is_empty()) {
            return Misread::new(&cleaned, "a length is read after the word \"in\"", format!("in {cleaned}"));
        }
        misread
    })?;
    if let Some(piece) = pieces.iter().find(|piece| repeating(piece)) {
        return Err(Misread::new(&piece.raw, "it repeats, and one moment is needed", "tue 18:30"));
    }
    let days = pieces.iter().filter(|piece| matches!(piece.token, Token::Day(_))).count();
    if let Some(piece) = pieces.iter().find(|p| matches!(p.token, Token::Ordinal(_) | Token::Last))
        && days > 0
        && !pieces.iter().any(|p| matches!(p.token, Token::Month(_)))
    {
        let why = "it may be once or every month";
        return Err(Misread::new(&piece.raw, why, "every first tue 18:00, or 2026-12-24 18:00"));
    }
    if days > 1 {
        let why = "it names several days, so it may be once or every week";
        return Err(Misread::new(&cleaned, why, "every mon and wed 18:00, or mon 18:00"));
    }
    civil_moment(&pieces, &cleaned, now, zone)
}

/// What follows "in", or stands before "from now".
fn relative(cleaned: &str) -> Option<&str> {
    cleaned.strip_prefix("in ").or_else(|| cleaned.strip_suffix(" from now"))
}

/// A moment that was said as a date, a day, a time, or some of these.
fn civil_moment(pieces: &[Piece], cleaned: &str, now: DateTime<Utc>, zone: Zone) -> Result<Moment, Misread> {
    let said = said(pieces)?;
    let today = to_civil(now, zone).date();
    let Some(time) = said.time else {
        let raw = said.date.as_ref().map_or(cleaned, |(_, raw)| raw.as_str());
        return Err(Misread::new(raw, "it needs a time of day too", format!("{raw} 18:00")));
    };
    let mut assumed = said.assumed.clone();
    let Some((date, raw)) = &said.date else {
        let local = today.and_time(time);
        if resolved(local, zone).at > now {
            return existing(local, now, zone, assumed);
        }
        assumed.insert(0, Assumed::Tomorrow);
        let tomorrow = today.succ_opt().unwrap_or(today);
        return existing(tomorrow.and_time(time), now, zone, assumed);
    };
    let first = date.on_or_after(today, &mut assumed)?;
    let mut day = first;
    if resolved(first.and_time(time), zone).at <= now && !assumed.contains(&Assumed::NextYear) {
        match date.later(first, &mut assumed)? {
            Some(later) => day = later,
            None => {
                let raw = format!("{raw} {}", time_words(time));
                return Err(Misread::new(&raw, "it is already past", "tomorrow 9am"));
            }
        }
    }
    said.agrees(day)?;
    existing(day.and_time(time), now, zone, assumed)
}

/// A moment at a civil time that must exist, and must be ahead.
fn existing(local: NaiveDateTime, now: DateTime<Utc>, zone: Zone, assumed: Vec<Assumed>) -> Result<Moment, Misread> {
    reckoned(local.date())?;
    let resolved = resolved(local, zone);
    if let Note::Gap { .. } = resolved.note {
        let after = to_civil(resolved.at, zone);
        let why = format!("the clocks in {zone} go forward past it on that day");
        return Err(Misread::new(&moment_words(local), why, after.format("%Y-%m-%d %H:%M").to_string()));
    }
    if resolved.at <= now {
        return Err(Misread::new(&full_moment_words(local), "it is already past", "tomorrow 9am"));
    }
    Ok(Moment { local, at: resolved.at, note: resolved.note, assumed })
}

/// "in 2 hours", "in 3 days at 9am".
fn from_now(span: &str, cleaned: &str, now: DateTime<Utc>, zone: Zone) -> Result<Moment, Misread> {
    let (span, time) = match span.split_once(" at ") {
        Some((span, time)) => (span, Some(time)),
        None => (span, None),
    };
    let ahead = length(&scan(span, "in 2 hours")?, cleaned)?;
    let late = || Misread::new(cleaned, format!("nothing is planned after {LAST_DATE}"), "in 2 hours");
    let day = days_ahead(to_civil(now, zone).date(), ahead).ok_or_else(late)?;
    if let Some(time) = time {
        if ahead.minutes != 0 {
            let why = "only whole days can be followed by a time of day";
            return Err(Misread::new(cleaned, why, "in 2 days at 9am"));
        }
        let said = said(&tokens(&format!("at {time}"))?)?;
        return match (said.date, said.time) {
            (None, Some(time)) => existing(day.and_time(time), now, zone, said.assumed),
            _ => Err(Misread::new(time, "it is not a time of day", "in 2 days at 9am")),
        };
    }
    let clock = to_civil(now, zone);
    let mut note = Note::Exact;
    let mut at = now.with_nanosecond(0).unwrap_or(now);
    if ahead.days > 0 {
        let resolved = resolved(day.and_time(clock.time().with_nanosecond(0).unwrap_or_default()), zone);
        (at, note) = (resolved.at, resolved.note);
    }
    let minutes = TimeDelta::try_minutes(ahead.minutes).ok_or_else(late)?;
    let at = at.checked_add_signed(minutes).ok_or_else(late)?;
    let local = to_civil(at, zone);
    reckoned(local.date())?;
    if ahead.minutes > 0 {
        note = Note::Exact;
    }
    Ok(Moment { local, at, note, assumed: Vec::new() })
}

fn days_ahead(today: NaiveDate, ahead: Length) -> Option<NaiveDate> {
    today.checked_add_days(Days::new(u64::try_from(ahead.days).ok()?))
}

fn reckoned(date: NaiveDate) -> Result<(), Misread> {
    if (FIRST_DATE..=LAST_DATE).contains(&date) {
        return Ok(());
    }
    let why = format!("only dates from {FIRST_DATE} to {LAST_DATE} are reckoned");
    Err(Misread::new(&date.to_string(), why, "2026-12-24 18:00"))
}
