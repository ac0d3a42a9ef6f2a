//! Days of the week: sets of them, their names, and the order in which people list them.

use std::fmt;
use std::str::FromStr;

use chrono::Weekday;

use super::misread::Misread;

/// The day on which a week starts here: for the order of lists and for counting "every 2 weeks".
/// Monday, as in ISO 8601 and as `WKST` defaults to in RFC 5545.
pub const WEEK_STARTS: Weekday = Weekday::Mon;

/// All seven days, from [`WEEK_STARTS`].
pub(super) const SEVEN: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A set of days of the week. It may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// No day.
    pub const NONE: Self = Self(0);
    /// All seven days.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);
    /// Monday.
    pub const MON: Self = Self(0b000_0001);
    /// Monday, Wednesday and Friday.
    pub const MON_WED_FRI: Self = Self(0b001_0101);

    /// The set of one day.
    pub fn one(day: Weekday) -> Self {
        Self(1 << day.num_days_from_monday())
    }

    /// This set and `day`.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | Self::one(day).0)
    }

    /// The days of either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The days from `first` to `last`, both included, across the end of the week if need be.
    pub fn between(first: Weekday, last: Weekday) -> Self {
        let mut days = Self::one(first);
        let mut day = first;
        while day != last {
            day = day.succ();
            days = days.with(day);
        }
        days
    }

    /// Whether `day` is in the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Self::one(day).0 != 0
    }

    /// Whether there is no day in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many days are in it, 0 to 7.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The days in the order of a week that starts on [`WEEK_STARTS`].
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        self.iter_from(WEEK_STARTS)
    }

    /// The days in the order of a week that starts on `first`, for readers whose week does.
    pub fn iter_from(self, first: Weekday) -> impl Iterator<Item = Weekday> {
        let shift = first.num_days_from_monday() as usize;
        SEVEN.into_iter().cycle().skip(shift).take(SEVEN.len()).filter(move |day| self.contains(*day))
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        days.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The full English name: `Tuesday`.
pub fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// The three letters that canonical texts use: `tue`.
pub(super) fn day_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

/// The day that a lower-case word names: `tue`, `tues`, `tuesday`.
pub(super) fn day_named(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

impl Weekdays {
    /// `every day`, `Monday to Friday`, or the days by name.
    pub fn words(self) -> String {
        let names: Vec<&str> = self.iter().map(day_name).collect();
        match self {
            Self::ALL => "every day".to_owned(),
            _ if self == Self::between(Weekday::Mon, Weekday::Fri) => "Monday to Friday".to_owned(),
            _ => super::words::list_words(&names),
        }
    }
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = self.iter().map(day_code).collect();
        f.write_str(&codes.join(","))
    }
}

impl FromStr for Weekdays {
    type Err = Misread;

    /// Reads `mon,wed,fri`.
    ///
    /// # Errors
    /// Names the first word that is no day; an empty list is refused.
    fn from_str(text: &str) -> Result<Self, Misread> {
        let mut days: Option<Self> = None;
        for word in text.split(',').map(str::trim) {
            let day =
                day_named(word).ok_or_else(|| Misread::new(word, "it is not a day of the week", "mon,wed,fri"))?;
            days = Some(days.map_or(Self::one(day), |days| days.with(day)));
        }
        days.ok_or_else(|| Misread::new(text, "it names no day", "mon,wed,fri"))
    }
}
