//! A calendar, ours or anybody's, as series. What cannot be kept as it is said is refused with its line, so
//! that nobody believes in a schedule that is not there.
//!
//! Before the parser sees a file it is counted through: how deep it is nested, and how many entries it has.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};
use icalendar::parser::{Component, read_calendar, unfold};

use super::parts::{day, nth};
use crate::calendar::{
    Cadence, Monthly, MonthlySlot, OccurrenceId, Once, Recurrence, Slot, Weekdays, Weekly, Zone, occurrences, to_civil,
};
use crate::refusal::Refusal;
use crate::sessions::exchange::{EXCEPTIONS_LIMIT, Offered, misread, wrong};
use crate::sessions::model::Exception;

/// Most entries of a file: more than a full schedule with its exceptions has.
const ENTRIES: usize = 1_000;
/// How deep a calendar is nested: an alarm in an entry in a calendar, or a change of clocks in a zone.
const DEPTH: usize = 3;

/// Reads a calendar; times without a zone are meant in `home`.
///
/// # Errors
/// Names the first line that cannot be kept as it is said.
pub fn series(text: &str, home: Zone) -> Result<Vec<Offered>, Refusal> {
    let lines = entries(text)?;
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).map_err(|error| {
        let line = error.split("at line ").nth(1).and_then(|rest| rest.split(',').next()?.parse().ok());
        wrong(
            line.unwrap_or(1),
            "it is not understood as a calendar.",
            "",
            "Export it once more from your calendar program.",
        )
    })?;
    let all: Vec<&Component<'_>> = calendar.components.iter().filter(|one| one.name == "VEVENT").collect();
    let mut found: Vec<(String, Offered)> = Vec::new();
    for (index, component) in all.iter().enumerate() {
        let entry = Entry { component, line: lines.get(index).copied().unwrap_or(1), home };
        // What was called off as a whole is no session.
        let off = entry.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"));
        if entry.value("RECURRENCE-ID").is_none() && !off {
            entry.begin(&mut found)?;
        }
    }
    for (index, component) in all.iter().enumerate() {
        let entry = Entry { component, line: lines.get(index).copied().unwrap_or(1), home };
        if entry.value("RECURRENCE-ID").is_some() {
            entry.except(&mut found)?;
        }
    }
    Ok(found.into_iter().map(|(_, offered)| offered).collect())
}

/// The lines on which entries begin.
fn entries(text: &str) -> Result<Vec<usize>, Refusal> {
    let (mut depth, mut lines) = (0_usize, Vec::new());
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:")) {
            depth += 1;
            if depth > DEPTH {
                return Err(wrong(at + 1, "it is nested too deep.", "No calendar program writes that.", ""));
            }
            if line.get(6..).is_some_and(|name| name.eq_ignore_ascii_case("VEVENT")) {
                if depth != 2 {
                    return Err(wrong(at + 1, "an entry stands in another one.", "", ""));
                }
                lines.push(at + 1);
            }
            if lines.len() > ENTRIES {
                let why = format!("Up to {ENTRIES} are read.");
                return Err(wrong(at + 1, "there are too many entries.", why, "Export the group's calendar alone."));
            }
        } else if line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("END:")) {
            depth = depth.saturating_sub(1);
        }
    }
    Ok(lines)
}

struct Entry<'a> {
    component: &'a Component<'a>,
    line: usize,
    home: Zone,
}

impl Entry<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.component.find_prop(name).map(|property| property.val.as_ref().trim())
    }

    fn wrong(&self, what: &str, why: &str, now: &str) -> Refusal {
        wrong(self.line, what, why, now)
    }

    /// The civil times of a property, and the zone they are meant in.
    fn times(&self, name: &str) -> Result<Vec<(NaiveDateTime, Zone)>, Refusal> {
        let mut all = Vec::new();
        for property in self.component.properties.iter().filter(|property| property.name == name) {
            let tzid = property.params.iter().find(|one| one.key == "TZID").and_then(|one| one.val.as_ref());
            let zone = match tzid {
                Some(name) => Zone::from_stored(name.as_ref().trim_matches('"'))
                    .map_err(|error| misread(self.line, "the time zone", &error))?,
                None => self.home,
            };
            for text in property.val.as_ref().split(',') {
                all.push(self.time(text.trim(), zone)?);
                if all.len() > EXCEPTIONS_LIMIT {
                    return Err(self.wrong("it lists too many dates.", "", "Use a rule such as every Monday."));
                }
            }
        }
        Ok(all)
    }

    fn time(&self, text: &str, zone: Zone) -> Result<(NaiveDateTime, Zone), Refusal> {
        if text.len() == 8 {
            return Err(self.wrong(
                "it lasts all day.",
                "A session needs an hour.",
                "Give it a time in your calendar program.",
            ));
        }
        let bare = text.strip_suffix('Z').unwrap_or(text);
        let time = NaiveDateTime::parse_from_str(bare, "%Y%m%dT%H%M%S").ok().filter(|time| {
            (crate::calendar::FIRST_DATE..=crate::calendar::LAST_DATE).contains(&time.date()) && time.second() == 0
        });
        let Some(time) = time else {
            return Err(self.wrong(
                "its time cannot be read.",
                "",
                "For example: `DTSTART;TZID=America/New_York:20260309T180000`",
            ));
        };
        // A time in UTC is meant as an instant; people meet by the clocks of the group.
        Ok(if bare.len() < text.len() { (to_civil(time.and_utc(), zone), zone) } else { (time, zone) })
    }

    /// Takes up a series, or one more part of one of ours.
    fn begin(&self, found: &mut Vec<(String, Offered)>) -> Result<(), Refusal> {
        let title = self.value("SUMMARY").unwrap_or_default().to_owned();
        let uid = self.value("UID").unwrap_or_default().to_owned();
        let Some((start, zone)) = self.times("DTSTART")?.first().copied() else {
            return Err(self.wrong("it does not say when it begins.", "", ""));
        };
        let ours = self.value("X-DAYMARK-WHEN");
        let same = |known: &&mut (String, Offered)| ours.is_some() && known.1.title.eq_ignore_ascii_case(&title);
        let at = match found.iter_mut().find(same) {
            Some(known) => {
                // A further part is known by the first one's title; its exceptions name it by its own id.
                known.0 = format!("{} {uid}", known.0);
                found.len()
            }
            None => {
                let offered = self.offered(title.clone(), start, zone, ours)?;
                found.push((uid, offered));
                found.len()
            }
        };
        let excluded = self.times("EXDATE")?;
        let known = found.iter_mut().take(at).find(|known| known.1.title.eq_ignore_ascii_case(&title));
        if let Some((_, offered)) = known {
            for (local, _) in excluded {
                let id = occurrence(offered, local);
                offered.exceptions.insert(id, Exception::Skipped);
            }
        }
        Ok(())
    }

    fn offered(&self, title: String, start: NaiveDateTime, zone: Zone, ours: Option<&str>) -> Result<Offered, Refusal> {
        let date = |name: &str| self.value(name).and_then(|text| text.parse::<NaiveDate>().ok());
        let (recurrence, starts_on, ends_on) = match ours {
            Some(text) => {
                let recurrence = text.parse().map_err(|error| misread(self.line, "X-DAYMARK-WHEN", &error))?;
                (recurrence, date("X-DAYMARK-STARTS"), date("X-DAYMARK-ENDS"))
            }
            None => self.rule(start, zone)?,
        };
        Ok(Offered {
            line: self.line,
            title,
            recurrence: Some(recurrence),
            zone: Some(zone),
            minutes: self.minutes(start)?,
            leads: self.value("X-DAYMARK-LEADS").map(str::to_owned),
            starts_on,
            ends_on,
            address: self.value("LOCATION").filter(|text| !text.is_empty()).map(str::to_owned),
            says_channel: self.value("X-DAYMARK-AUDIENCE").is_some(),
            channel: self.number("X-DAYMARK-CHANNEL")?,
            ping: self.number("X-DAYMARK-PING")?,
            host: self.value("X-DAYMARK-HOST").map(str::to_owned),
            audience: self.value("X-DAYMARK-AUDIENCE").map(str::to_owned),
            audience_role: self.number("X-DAYMARK-AUDIENCE-ROLE")?,
            capacity: self.number("X-DAYMARK-CAPACITY")?,
            counts: self.yes("X-DAYMARK-COUNTS"),
            paused: self.yes("X-DAYMARK-PAUSED"),
            ..Offered::default()
        })
    }

    /// A number in a word of ours.
    fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let read = |text: &str| text.parse().ok().filter(|number: &i64| *number >= 0);
        let Some(text) = self.value(name) else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| self.wrong(&format!("{name} is no number."), "", "Export it once more."))
    }

    fn yes(&self, name: &str) -> Option<bool> {
        self.value(name).map(|text| text.eq_ignore_ascii_case("TRUE"))
    }

    fn minutes(&self, start: NaiveDateTime) -> Result<Option<u32>, Refusal> {
        if let Some(text) = self.value("DURATION") {
            let minutes = duration(text);
            let why = "Sessions last minutes to hours.";
            return minutes
                .map(Some)
                .ok_or_else(|| self.wrong("its length cannot be read.", why, "For example: `DURATION:PT90M`"));
        }
        let Some((end, _)) = self.times("DTEND")?.first().copied() else { return Ok(None) };
        Ok(u32::try_from(end.signed_duration_since(start).num_minutes()).ok())
    }

    /// What a rule of RFC 5545 is to us, with the first and last day.
    fn rule(
        &self,
        start: NaiveDateTime,
        zone: Zone,
    ) -> Result<(Recurrence, Option<NaiveDate>, Option<NaiveDate>), Refusal> {
        let refused = |what: &str| {
            self.wrong(
                &format!("{what} cannot be kept."),
                "Series are weekly, every few weeks, or on weekdays of the month.",
                "Set this one up with `/schedule add`.",
            )
        };
        if self.value("RDATE").is_some() {
            return Err(refused("a list of single dates"));
        }
        let Some(text) = self.value("RRULE") else {
            let once = Once::new(start).map_err(|error| misread(self.line, "the time", &error))?;
            return Ok((Recurrence::Once(once), None, None));
        };
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| refused("that rule"))?;
            parts.insert(name.to_ascii_uppercase(), value.to_ascii_uppercase());
        }
        let mut take = |name: &str| parts.remove(name);
        let (frequency, days) = (take("FREQ").unwrap_or_default(), take("BYDAY"));
        let interval: u32 =
            take("INTERVAL").map_or(Ok(1), |text| text.parse()).map_err(|_| refused("that interval"))?;
        let until = take("UNTIL");
        let weeks_begin = take("WKST");
        if let Some((name, _)) = parts.pop_first() {
            return Err(refused(&format!("the part {} of its rule", name.chars().take(20).collect::<String>())));
        }
        if interval > 1 && weeks_begin.is_some_and(|day| day != "MO") {
            return Err(refused("a week that does not begin on Monday"));
        }
        let ends_on = match until {
            Some(text) if text.len() == 8 => NaiveDate::parse_from_str(&text, "%Y%m%d").ok(),
            Some(text) => Some(self.time(&text, zone)?.0.date()),
            None => None,
        };
        let recurrence = match frequency.as_str() {
            "WEEKLY" => weekly(days.as_deref(), interval, start).ok_or_else(|| refused("that weekly rule"))?,
            "DAILY" if interval == 1 => {
                let all = days.unwrap_or_else(|| "MO,TU,WE,TH,FR,SA,SU".to_owned());
                weekly(Some(&all), 1, start).ok_or_else(|| refused("that daily rule"))?
            }
            "MONTHLY" if interval == 1 => {
                monthly(days.as_deref(), start).ok_or_else(|| refused("that monthly rule"))?
            }
            _ => return Err(refused("how often it repeats")),
        };
        Ok((recurrence, Some(start.date()), ends_on))
    }

    /// Takes up what became of one occurrence.
    fn except(&self, found: &mut [(String, Offered)]) -> Result<(), Refusal> {
        let uid = self.value("UID").unwrap_or_default();
        let Some((_, offered)) = found.iter_mut().find(|(known, _)| known.split(' ').any(|one| one == uid)) else {
            return Err(self.wrong("it changes a session that is not in the file.", "", ""));
        };
        let was = self.times("RECURRENCE-ID")?.first().copied();
        let now = self.times("DTSTART")?.first().copied();
        let (Some((was, _)), Some((now, _))) = (was, now) else { return Ok(()) };
        let cancelled = self.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"));
        let id = occurrence(offered, was);
        if cancelled {
            offered.exceptions.insert(id, Exception::Cancelled);
        } else if now != was {
            offered.exceptions.insert(id, Exception::Moved(now));
        }
        if offered.exceptions.len() > EXCEPTIONS_LIMIT {
            return Err(self.wrong("too many single sessions differ.", "", "Leave out those that are past."));
        }
        Ok(())
    }
}

/// The id of the occurrence that starts at a civil time: itself, or the one that a clock change moved there.
fn occurrence(offered: &Offered, local: NaiveDateTime) -> OccurrenceId {
    let (Some(recurrence), Some(zone)) = (&offered.recurrence, offered.zone) else { return OccurrenceId::of(local) };
    let at = crate::calendar::resolved(local, zone).at;
    let until = at.checked_add_signed(TimeDelta::minutes(1)).unwrap_or(at);
    let found = occurrences(recurrence, &crate::calendar::Span::ALWAYS, zone, at, until).next();
    found.map_or(OccurrenceId::of(local), |planned| planned.id)
}

/// Hours and minutes as RFC 5545 writes them: `PT1H30M`; days and weeks count, too.
fn duration(text: &str) -> Option<u32> {
    let rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (mut number, mut minutes) = (String::new(), 0_u32);
    for c in rest.chars() {
        let unit = match c {
            'T' => continue,
            '0'..='9' if number.len() < 5 => {
                number.push(c);
                continue;
            }
            'W' => 7 * 24 * 60,
            'D' => 24 * 60,
            'H' => 60,
            'M' => 1,
            'S' => 0,
            _ => return None,
        };
        let counted: u32 = std::mem::take(&mut number).parse().ok()?;
        minutes = minutes.checked_add(counted.checked_mul(unit)?)?;
    }
    number.is_empty().then_some(minutes)
}

fn weekly(days: Option<&str>, interval: u32, start: NaiveDateTime) -> Option<Recurrence> {
    let days: Weekdays = match days {
        None => Weekdays::one(start.weekday()),
        Some(text) => text.split(',').map(day).collect::<Option<Weekdays>>()?,
    };
    let slots: Vec<Slot> = days.iter().map(|day| Slot { day, time: start.time() }).collect();
    let cadence = match interval {
        1 => Cadence::EveryWeek,
        weeks => Cadence::EveryFewWeeks { weeks, counted_from: start.date() },
    };
    Weekly::new(slots, cadence).ok().map(Recurrence::Weekly)
}

fn monthly(days: Option<&str>, start: NaiveDateTime) -> Option<Recurrence> {
    let slot = |text: &str| -> Option<MonthlySlot> {
        let at = text.len().checked_sub(2)?;
        let weekday: Weekday = day(text.get(at..)?)?;
        Some(MonthlySlot { nth: nth(text.get(..at)?.parse().ok()?)?, day: weekday, time: start.time() })
    };
    let slots: Vec<MonthlySlot> = days?.split(',').map(slot).collect::<Option<_>>()?;
    Monthly::new(slots).ok().map(Recurrence::Monthly)
}
