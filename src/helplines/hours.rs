//! When a line is open: hours in its own zone, reckoned for any moment.
//!
//! Hours are civil time in the line's IANA zone, so an evening line stays an evening line over a clock change.
//! A time that the clock skips counts as the first moment after the gap, a time that comes twice as the first of
//! the two: a line is called open only when it surely is.

use std::fmt;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Spans one line may have; a line with three spans on each day of the week has 21.
pub const MAX_SPANS: usize = 28;

/// Yearly closures one line may have.
pub const MAX_CLOSURES: usize = 16;

/// How many days `opens_at` looks ahead: a whole year of closure and a week.
const LOOK_AHEAD_DAYS: u64 = 374;

/// The longest gap a clock has jumped in our zones, in minutes (Samoa left out a whole day in 2011).
const LONGEST_GAP_MINUTES: i64 = 24 * 60;

const MINUTES_A_DAY: u16 = 24 * 60;

const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_WORDS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The hours of a line, or of one way to reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hours {
    /// Every hour of the year. The only hours that may be called "24/7".
    AlwaysOpen,
    /// A weekly table in the line's own zone.
    Weekly(Weekly),
    /// Not known well enough to reckon with; the words say what is known.
    Unknown(Box<str>),
}

/// Whether a line is open at a given moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Open for sure, by what the directory knows.
    Open,
    /// The directory does not know.
    Unknown,
    /// Not open.
    Shut,
}

impl Hours {
    /// Whether a line with these hours is open at `at`.
    #[must_use]
    pub fn standing(&self, at: DateTime<Utc>) -> Standing {
        match self {
            Self::AlwaysOpen => Standing::Open,
            Self::Unknown(_) => Standing::Unknown,
            Self::Weekly(weekly) if weekly.is_open(at) => Standing::Open,
            Self::Weekly(_) => Standing::Shut,
        }
    }

    /// The next moment at which a line that is shut at `at` opens. `None` if it is open, if its hours are not
    /// known, or if it does not open within a year.
    #[must_use]
    pub fn opens_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::AlwaysOpen | Self::Unknown(_) => None,
            Self::Weekly(weekly) => weekly.opens_at(at),
        }
    }

    /// The hours in plain English, in the line's own time: "Monday to Friday 10:00 to 19:00", "24/7".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::AlwaysOpen => "24/7".to_owned(),
            Self::Unknown(words) => words.to_string(),
            Self::Weekly(weekly) => weekly.to_string(),
        }
    }
}

/// A weekly table of spans with yearly closures, in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weekly {
    zone: Tz,
    spans: Vec<Span>,
    closures: Vec<Closure>,
}

impl Weekly {
    /// A table; the sentence in `Err` says what is wrong with it.
    ///
    /// # Errors
    /// No span, or more than [`MAX_SPANS`] spans or [`MAX_CLOSURES`] closures.
    pub fn new(zone: Tz, spans: Vec<Span>, closures: Vec<Closure>) -> Result<Self, String> {
        if spans.is_empty() {
            return Err("`open` is empty; use hours_unknown if the hours are not known".to_owned());
        }
        if spans.len() > MAX_SPANS {
            return Err(format!("`open` has {} spans; at most {MAX_SPANS} fit", spans.len()));
        }
        if closures.len() > MAX_CLOSURES {
            return Err(format!("`shut` has {} entries; at most {MAX_CLOSURES} fit", closures.len()));
        }
        Ok(Self { zone, spans, closures })
    }

    /// The zone in which the table is meant.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    fn is_open(&self, at: DateTime<Utc>) -> bool {
        let Some(today) = self.local_date(at) else {
            return false;
        };
        // A span that crosses midnight began yesterday; a clock set back at midnight can make it tomorrow already.
        [today.pred_opt(), Some(today), today.succ_opt()]
            .into_iter()
            .flatten()
            .any(|date| self.on(date).any(|(opens, shuts)| opens <= at && at < shuts))
    }

    fn opens_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_open(at) {
            return None;
        }
        let first = self.local_date(at)?.pred_opt()?;
        (0..LOOK_AHEAD_DAYS).find_map(|days| {
            let date = first.checked_add_days(Days::new(days))?;
            self.on(date).map(|(opens, _)| opens).filter(|opens| *opens > at).min()
        })
    }

    /// The spans that begin on this date, as moments: opens, shuts.
    fn on(&self, date: NaiveDate) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        let shut = self.closures.iter().any(|closure| closure.covers(date));
        self.spans.iter().filter(move |span| !shut && span.days.holds(date)).filter_map(move |span| {
            let opens = first_moment(self.zone, minutes_after(date, span.from)?)?;
            let shuts = first_moment(self.zone, minutes_after(date, span.until)?)?;
            (opens < shuts).then_some((opens, shuts))
        })
    }

    fn local_date(&self, at: DateTime<Utc>) -> Option<NaiveDate> {
        let naive = at.naive_utc();
        let offset = self.zone.offset_from_utc_datetime(&naive).fix();
        naive.checked_add_offset(offset).map(|local| local.date())
    }
}

impl fmt::Display for Weekly {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, span) in self.spans.iter().enumerate() {
            let gap = if index == 0 { "" } else { "; " };
            write!(out, "{gap}{} {} to {}", span.days, clock(span.from), clock(span.until))?;
        }
        Ok(())
    }
}

fn minutes_after(date: NaiveDate, minutes: u16) -> Option<NaiveDateTime> {
    date.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
}

/// The first moment at which a clock in `zone` shows `local`, or the first after the gap that swallows it.
fn first_moment(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    (0..=LONGEST_GAP_MINUTES).find_map(|minutes| {
        let shown = local.checked_add_signed(TimeDelta::minutes(minutes))?;
        zone.from_local_datetime(&shown).earliest().map(|moment| moment.with_timezone(&Utc))
    })
}

fn clock(minutes: u16) -> String {
    let shown = if minutes > MINUTES_A_DAY { minutes - MINUTES_A_DAY } else { minutes };
    format!("{:02}:{:02}", shown / 60, shown % 60)
}

/// One stretch of opening on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    days: DaySet,
    /// Minutes after midnight, below 1,440.
    from: u16,
    /// Minutes after the same midnight: above `from`, at most 24 hours after it, so above 1,440 when the line
    /// shuts after midnight.
    until: u16,
}

impl Span {
    /// Reads `days = "mon-fri", from = "10:00", to = "19:00"`; a `to` at or before `from` is on the next day.
    ///
    /// # Errors
    /// A sentence that says which of the three is wrong.
    pub fn parse(days: &str, from: &str, to: &str) -> Result<Self, String> {
        let days = DaySet::parse(days)?;
        let from = parse_clock(from)?;
        let to = parse_clock(to)?;
        if from == MINUTES_A_DAY {
            return Err("`from` can be 23:59 at the latest; write 00:00 of the next day".to_owned());
        }
        if from == to {
            return Err("`from` and `to` are the same; use always_open, or leave the span out".to_owned());
        }
        let until = if to > from { to } else { to + MINUTES_A_DAY };
        Ok(Self { days, from, until })
    }
}

/// `HH:MM` as minutes after midnight, `00:00` to `24:00`.
fn parse_clock(text: &str) -> Result<u16, String> {
    let wrong = || format!("{text:?} is not a time; write it as 09:30, up to 24:00");
    let (hours, minutes) = text.split_once(':').ok_or_else(wrong)?;
    let digits = |part: &str| {
        let two = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if two { part.parse::<u16>().ok() } else { None }
    };
    let (Some(hours), Some(minutes)) = (digits(hours), digits(minutes)) else {
        return Err(wrong());
    };
    let total = hours * 60 + minutes;
    if minutes > 59 || total > MINUTES_A_DAY { Err(wrong()) } else { Ok(total) }
}

/// A set of days of the week; bit 0 is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DaySet(u8);

impl DaySet {
    const DAILY: Self = Self(0b111_1111);

    /// `daily`, `mon`, `mon-fri`, `sun-thu`, `mon,wed,sat-sun`.
    fn parse(text: &str) -> Result<Self, String> {
        if text == "daily" {
            return Ok(Self::DAILY);
        }
        let mut set = 0_u8;
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (day(first, text)?, day(last, text)?);
            let mut now = first;
            while now != last {
                set |= 1 << now;
                now = (now + 1) % 7;
            }
            set |= 1 << last;
        }
        Ok(Self(set))
    }

    fn holds(self, date: NaiveDate) -> bool {
        self.has(date.weekday().num_days_from_monday() as usize)
    }

    fn has(self, day: usize) -> bool {
        self.0 & (1 << day) != 0
    }
}

fn day(name: &str, whole: &str) -> Result<usize, String> {
    let name = name.trim();
    DAY_NAMES
        .iter()
        .position(|known| *known == name)
        .ok_or_else(|| format!("{whole:?} are not days; write daily, mon-fri, or mon,wed,sat"))
}

impl fmt::Display for DaySet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::DAILY {
            return out.write_str("Every day");
        }
        let mut day = 0;
        let mut written = false;
        while day < 7 {
            if !self.has(day) {
                day += 1;
                continue;
            }
            let last = (day..7).take_while(|next| self.has(*next)).last().unwrap_or(day);
            let gap = if written { ", " } else { "" };
            match last - day {
                0 => write!(out, "{gap}{}", DAY_WORDS[day])?,
                1 => write!(out, "{gap}{}, {}", DAY_WORDS[day], DAY_WORDS[last])?,
                _ => write!(out, "{gap}{} to {}", DAY_WORDS[day], DAY_WORDS[last])?,
            }
            written = true;
            day = last + 1;
        }
        Ok(())
    }
}

/// Days of every year on which a line does not open, both ends included; may run over New Year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    from: (u32, u32),
    to: (u32, u32),
}

impl Closure {
    /// Reads `from = "12-29", to = "01-03"` (month and day).
    ///
    /// # Errors
    /// A sentence that says which date is wrong.
    pub fn parse(from: &str, to: &str) -> Result<Self, String> {
        Ok(Self { from: month_and_day(from)?, to: month_and_day(to)? })
    }

    fn covers(&self, date: NaiveDate) -> bool {
        let day = (date.month(), date.day());
        if self.from <= self.to { self.from <= day && day <= self.to } else { day >= self.from || day <= self.to }
    }
}

fn month_and_day(text: &str) -> Result<(u32, u32), String> {
    // 2000 was a leap year, so that 02-29 is a day.
    NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d")
        .map(|date| (date.month(), date.day()))
        .map_err(|_| format!("{text:?} is not a day of the year; write it as 12-29"))
}
