//! What we write, read by others: parsed by the icalendar crate, expanded by the rrule crate, and clocks held
//! against jiff.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use icalendar::parser::{Calendar, Component, read_calendar, unfold};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::*;
use crate::calendar::{Leads, Recurrence, Zone};
use crate::ids::{GroupId, GuildId};
use crate::sessions::model::{Details, Exception, Series};
use crate::sessions::plan;

const ZONES: [&str; 12] = [
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Vancouver",
    "Africa/Casablanca",
    "America/Santiago",
    "Pacific/Auckland",
    "Etc/UTC",
];
const PATTERNS: [&str; 14] = [
    "mon,wed,fri 18:00",
    "mon 18:00, thu 19:30",
    "daily 02:30",
    "sun 02:30, sun 03:30",
    "sun 01:30,02:15",
    "every 2 weeks from 2026-01-06 tue 18:00, sat 10:00",
    "every 5 weeks from 2026-02-01 sun 02:00",
    "first tue 18:00",
    "first,third tue 18:00, last fri 17:00",
    "fourth sun 02:30, last sun 02:30",
    "0 18 * * 1-5",
    "30 2 * * 0",
    "0 9,18 1,15 * *",
    "15 1-3 * 3,4,9-12 sat-sun",
];

/// A component of a calendar that was read, as names and values.
struct Read<'a>(&'a Component<'a>);

impl Read<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.0.find_prop(name).map(|property| property.val.as_ref())
    }

    fn locals(&self, name: &str) -> Vec<NaiveDateTime> {
        let values = self.value(name).unwrap_or_default().split(',').filter(|text| !text.is_empty());
        values.map(|text| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap()).collect()
    }

    fn seconds(&self, name: &str) -> i64 {
        let text = self.value(name).unwrap();
        let part = |at: usize| text.get(at..at + 2).map_or(0, |digits| digits.parse::<i64>().unwrap());
        let all = part(1) * 3600 + part(3) * 60 + part(5);
        if text.starts_with('-') { -all } else { all }
    }
}

/// The civil starts that a rule and dates say, each once, up to `until`; by the rrule crate, as if UTC.
fn expand(read: &Read<'_>, rule: Option<&str>, until: NaiveDateTime) -> BTreeSet<NaiveDateTime> {
    let start = read.locals("DTSTART")[0];
    let mut all = BTreeSet::from([start]);
    if let Some(rule) = rule {
        let text = format!("DTSTART:{}Z\nRRULE:{rule}", civil(start));
        let set: rrule::RRuleSet = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        let before = until.and_utc().with_timezone(&rrule::Tz::UTC);
        all.extend(set.before(before).all(20_000).dates.iter().map(|date| date.naive_utc()));
    }
    all.extend(read.locals("RDATE"));
    for left_out in read.locals("EXDATE") {
        all.remove(&left_out);
    }
    all
}

/// The clocks of a zone as a file says: since when which offset holds.
struct Clocks(BTreeMap<i64, i64>);

impl Clocks {
    fn read(zone: &Component<'_>, until: NaiveDateTime) -> Self {
        let mut onsets = BTreeMap::new();
        for part in &zone.components {
            let read = Read(part);
            for local in expand(&read, read.value("RRULE"), until) {
                onsets.insert(local.and_utc().timestamp() - read.seconds("TZOFFSETFROM"), read.seconds("TZOFFSETTO"));
            }
        }
        Self(onsets)
    }

    fn offset_at(&self, at: i64) -> i64 {
        *self.0.range(..=at).next_back().expect("the file begins too late").1
    }

    /// The first instant at which the clocks show it; none in a gap, which a rule leaves out.
    fn resolve(&self, local: NaiveDateTime) -> Option<i64> {
        let all: BTreeSet<i64> = self.0.values().copied().collect();
        let instants = all.iter().map(|offset| (local.and_utc().timestamp() - offset, offset));
        instants
            .filter(|(at, offset)| self.0.first_key_value().unwrap().0 <= at && self.offset_at(*at) == **offset)
            .map(|(at, _)| at)
            .min()
    }

    fn local_of(&self, at: i64) -> NaiveDateTime {
        DateTime::from_timestamp(at + self.offset_at(at), 0).unwrap().naive_utc()
    }
}

/// The instants at which a calendar says that something is held.
fn held(calendar: &Calendar<'_>, until: NaiveDateTime) -> Vec<i64> {
    let clocks: BTreeMap<String, Clocks> = calendar
        .components
        .iter()
        .filter(|one| one.name == "VTIMEZONE")
        .map(|zone| (Read(zone).value("TZID").unwrap().to_owned(), Clocks::read(zone, until + TimeDelta::days(3))))
        .collect();
    let mut all: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let mut single = Vec::new();
    for (changes, one) in
        [false, true].into_iter().flat_map(|changes| calendar.components.iter().map(move |one| (changes, one)))
    {
        let read = Read(one);
        if one.name != "VEVENT" || read.value("RECURRENCE-ID").is_some() != changes {
            continue;
        }
        let tzid = one.find_prop("DTSTART").unwrap().params[0].val.as_ref().unwrap().to_string();
        let clocks = &clocks[&tzid];
        let uid = read.value("UID").unwrap().to_owned();
        let cancelled = read.value("STATUS") == Some("CANCELLED");
        let start = clocks.resolve(read.locals("DTSTART")[0]).expect("a start in a gap");
        if changes {
            let was = clocks.resolve(read.locals("RECURRENCE-ID")[0]).unwrap();
            assert!(all.get_mut(&uid).unwrap().remove(&was), "{uid} has no occurrence at {was}");
            if !cancelled {
                single.push(start);
            }
            continue;
        }
        if cancelled {
            continue;
        }
        let rule = read.value("RRULE").map(|rule| match rule.split_once("UNTIL=") {
            Some((head, end)) => {
                let end = NaiveDateTime::parse_from_str(end, "%Y%m%dT%H%M%SZ").unwrap().and_utc().timestamp();
                format!("{head}UNTIL={}Z", civil(clocks.local_of(end)))
            }
            None => rule.to_owned(),
        });
        let locals = expand(&read, rule.as_deref(), until);
        let known = all.insert(uid.clone(), locals.into_iter().filter_map(|local| clocks.resolve(local)).collect());
        assert!(known.is_none(), "{uid} stands there twice");
    }
    single.extend(all.into_values().flatten());
    single.sort_unstable();
    single
}

/// A series as nobody would think of it, with what became of some of its sessions, and a moment to look at it.
pub(in crate::sessions) fn random(rng: &mut StdRng) -> (Series, DateTime<Utc>) {
    let now = DateTime::from_timestamp(rng.random_range(1_770_000_000..1_860_000_000), 0).unwrap();
    let today = now.date_naive();
    let zone: Zone = ZONES.choose(rng).unwrap().parse().unwrap();
    let recurrence = match rng.random_range(0..15) {
        14 => format!("{} 18:00", today + TimeDelta::days(rng.random_range(0..300))),
        at => PATTERNS[at].to_owned(),
    };
    let recurrence = Recurrence::parse(&recurrence, today).unwrap();
    let once = matches!(recurrence, Recurrence::Once(_));
    let mut details = Details::plain("Evening; group, a\\b".to_owned(), recurrence, zone, 90, Leads::default());
    if !once && rng.random_bool(0.4) {
        details.starts_on = Some(today + TimeDelta::days(rng.random_range(-40..200)));
    }
    if !once && rng.random_bool(0.4) {
        details.ends_on = Some(today + TimeDelta::days(rng.random_range(200..380)));
    }
    let mut series = Series::sketch(GroupId::new(1), details, now);
    let ahead: Vec<_> = plan::occurrences(&series, now, now + TimeDelta::days(300)).collect();
    for _ in 0..rng.random_range(0..6) {
        let Some(one) = ahead.choose(rng) else { break };
        let exception = match rng.random_range(0..3) {
            0 => Exception::Skipped,
            1 => Exception::Cancelled,
            _ => Exception::Moved(one.id.planned_local() + TimeDelta::minutes(rng.random_range(-3_000..6_000))),
        };
        series.exceptions.insert(one.id, exception);
    }
    (series, now)
}

fn written(series: &Series, now: DateTime<Utc>) -> String {
    let entry = Entry { series: series.clone(), guild: GuildId::new(7), changed_at: now - TimeDelta::days(1) };
    calendar(&[entry], now)
}

#[test]
fn two_hundred_calendars_expand_to_exactly_the_occurrences_of_the_preview() {
    let (mut rules, mut all) = (0, 0);
    for seed in 0..200 {
        let mut rng = StdRng::seed_from_u64(seed);
        let (series, now) = random(&mut rng);
        let (from, until) = (now - TimeDelta::days(14), now + TimeDelta::days(390));
        let text = written(&series, now);
        let unfolded = unfold(&text);
        let read = read_calendar(&unfolded).unwrap_or_else(|error| panic!("{seed}: {error}\n{text}"));
        assert!(text.parse::<icalendar::Calendar>().is_ok());
        let mut theirs = held(&read, until.naive_utc() + TimeDelta::days(2));
        theirs.retain(|at| (from.timestamp()..until.timestamp()).contains(at));
        let ours: Vec<i64> =
            plan::occurrences(&series, from, until).map(|occurrence| occurrence.starts_at().timestamp()).collect();
        let told = |all: &[i64]| -> Vec<String> {
            all.iter().map(|at| DateTime::from_timestamp(*at, 0).unwrap().to_string()).collect()
        };
        assert_eq!(
            told(&theirs),
            told(&ours),
            "seed {seed}, {} in {}\n{text}",
            series.details.recurrence,
            series.details.zone
        );
        rules += usize::from(text.contains("\r\nRRULE:FREQ=WEEKLY") || text.contains("\r\nRRULE:FREQ=MONTHLY"));
        all += ours.len();
    }
    assert!(rules > 120 && all > 10_000, "{rules} with a rule, {all} occurrences");
}

#[test]
fn the_clocks_of_every_zone_that_are_written_down_are_those_that_jiff_knows() {
    let from: DateTime<Utc> = "2025-12-01T00:00:00Z".parse().unwrap();
    let last: DateTime<Utc> = "2036-01-01T00:00:00Z".parse().unwrap();
    let db = jiff::tz::TimeZoneDatabase::bundled();
    let mut seen = 0;
    for tz in chrono_tz::TZ_VARIANTS {
        let Ok(ours) = tz.name().parse::<Zone>() else { continue };
        let theirs = db.get(ours.name()).unwrap();
        let clocks = Clocks::read(&zone(ours, from), last.naive_utc() + TimeDelta::days(2));
        let start = jiff::Timestamp::from_second(from.timestamp()).unwrap();
        let moments = theirs.following(start).map(|change| change.timestamp().as_second());
        let moments: Vec<i64> = moments.take_while(|at| *at < last.timestamp()).collect();
        for at in moments.iter().flat_map(|at| [at - 1, *at, at + 86_400]).chain([from.timestamp() + 1]) {
            let offset = theirs.to_offset(jiff::Timestamp::from_second(at).unwrap()).seconds();
            assert_eq!(clocks.offset_at(at), i64::from(offset), "{ours} at {at}");
            seen += 1;
        }
    }
    assert!(seen > 3_000, "{seen}");
}

#[test]
fn a_calendar_says_what_became_of_each_occurrence() {
    let now: DateTime<Utc> = "2026-03-02T13:40:00Z".parse().unwrap();
    let on = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
    let zone: Zone = "America/New_York".parse().unwrap();
    let recurrence = Recurrence::parse("mon,wed,fri 18:00", now.date_naive()).unwrap();
    let mut details = Details::plain(
        "Evening group, with a title that is long enough to be folded äöü; yes".to_owned(),
        recurrence,
        zone,
        90,
        Leads::default(),
    );
    details.starts_on = Some(on("2026-03-02"));
    details.ends_on = Some(on("2026-06-26"));
    details.venue.address = Some("12 River Street,\nroom 4".to_owned());
    details.venue.link = Some("https://meet.example.org/secret".to_owned());
    let mut series = Series::sketch(GroupId::new(1), details, now);
    series.revision = 7;
    for (id, exception) in [
        ("2026-03-04T18:00", Exception::Cancelled),
        ("2026-03-06T18:00", Exception::Skipped),
        ("2026-03-09T18:00", Exception::Moved("2026-03-10T19:30:00".parse().unwrap())),
    ] {
        series.exceptions.insert(id.parse().unwrap(), exception);
    }
    let text = written(&series, now);
    assert!(!text.contains("secret"), "the way in is for those who read the channel");
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    let expected = expect_test::expect![[r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Daymark//Sessions//EN
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        X-WR-CALNAME:Sessions
        REFRESH-INTERVAL;VALUE=DURATION:PT1H
        X-PUBLISHED-TTL:PT1H
        BEGIN:VTIMEZONE
        TZID:America/New_York
        BEGIN:STANDARD
        DTSTART:20251230T190000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0500
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:20260308T020000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0400
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:20261101T020000
        TZOFFSETFROM:-0400
        TZOFFSETTO:-0500
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:series-0.7@daymark
        DTSTAMP:20260301T134000Z
        LAST-MODIFIED:20260301T134000Z
        SEQUENCE:7
        DTSTART;TZID=America/New_York:20260302T180000
        DURATION:PT90M
        SUMMARY:Evening group\, with a title that is long enough to be folded äö
         ü\; yes
        LOCATION:12 River Street\,\nroom 4
        RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;WKST=MO;UNTIL=20260627T035959Z
        EXDATE;TZID=America/New_York:20260306T180000
        END:VEVENT
        BEGIN:VEVENT
        UID:series-0.7@daymark
        DTSTAMP:20260301T134000Z
        LAST-MODIFIED:20260301T134000Z
        SEQUENCE:7
        DTSTART;TZID=America/New_York:20260304T180000
        DURATION:PT90M
        SUMMARY:Evening group\, with a title that is long enough to be folded äö
         ü\; yes
        LOCATION:12 River Street\,\nroom 4
        RECURRENCE-ID;TZID=America/New_York:20260304T180000
        STATUS:CANCELLED
        END:VEVENT
        BEGIN:VEVENT
        UID:series-0.7@daymark
        DTSTAMP:20260301T134000Z
        LAST-MODIFIED:20260301T134000Z
        SEQUENCE:7
        DTSTART;TZID=America/New_York:20260310T193000
        DURATION:PT90M
        SUMMARY:Evening group\, with a title that is long enough to be folded äö
         ü\; yes
        LOCATION:12 River Street\,\nroom 4
        RECURRENCE-ID;TZID=America/New_York:20260309T180000
        STATUS:CONFIRMED
        END:VEVENT
        END:VCALENDAR
    "#]];
    expected.assert_eq(&text.replace("\r\n", "\n"));
    // The same, asked again within the week, is the same to the letter.
    let entry = Entry { series, guild: GuildId::new(7), changed_at: now - TimeDelta::days(1) };
    assert_eq!(calendar(&[entry], now + TimeDelta::hours(30)), text);
}

/// What a file would change of a series, when its form can say everything that this one has.
fn changed(series: &Series, offered: Vec<crate::sessions::exchange::Offered>, now: DateTime<Utc>) -> String {
    let [one] = <[_; 1]>::try_from(offered).unwrap();
    let mut details =
        Details::plain(one.title, one.recurrence.unwrap(), one.zone.unwrap(), one.minutes.unwrap(), Leads::default());
    details.leads = one.leads.unwrap().parse().unwrap();
    (details.starts_on, details.ends_on, details.venue.address) = (one.starts_on, one.ends_on, one.address);
    let wanted = crate::sessions::exchange::Wanted { details, paused: one.paused, exceptions: one.exceptions };
    let changes = crate::sessions::exchange::changes(std::slice::from_ref(series), vec![wanted], now);
    if changes.is_empty() { String::new() } else { format!("{changes:?}\nof {series:?}") }
}

#[test]
fn what_is_exported_and_read_again_changes_nothing() {
    for seed in 0..200 {
        let mut rng = StdRng::seed_from_u64(1_000 + seed);
        let (mut series, now) = random(&mut rng);
        series.details.leads = "1d 15m".parse().unwrap();
        series.details.venue.address = Some("12 River Street, room 4; \"the blue one\"".to_owned());
        let toml = crate::sessions::exchange::to_toml(std::slice::from_ref(&series), now).unwrap();
        let read = crate::sessions::exchange::from_toml(&toml).unwrap();
        assert_eq!(changed(&series, read, now), "", "seed {seed}\n{toml}");
        if matches!(series.details.recurrence, Recurrence::Once(_)) && !series.exceptions.is_empty() {
            // A calendar has one entry for what happens once, and says where that is now.
            continue;
        }
        let entry = Entry { series: series.clone(), guild: GuildId::new(7), changed_at: now };
        let ics = export(&[entry], now);
        let read =
            read::series(&ics, "Etc/UTC".parse().unwrap()).unwrap_or_else(|no| panic!("seed {seed}: {no}\n{ics}"));
        assert_eq!(changed(&series, read, now), "", "seed {seed}\n{ics}");
        // Read into another group it is the same, too: nothing that was left out comes back.
        let read = read::series(&ics, "Etc/UTC".parse().unwrap()).unwrap();
        assert_eq!(read[0].exceptions, series.exceptions, "seed {seed}\n{ics}");
    }
}

#[test]
fn calendars_of_others_become_series_or_are_refused_with_their_line() {
    let one = |lines: &str| {
        format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Group\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    };
    let zone: Zone = "America/New_York".parse().unwrap();
    let table = [
        (
            "DTSTART;TZID=Europe/Berlin:20260309T180000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\nDURATION:PT1H30M",
            Ok("mon,wed 18:00 Europe/Berlin 90"),
        ),
        ("DTSTART:20260309T180000\nDTEND:20260309T190000\nRRULE:FREQ=WEEKLY", Ok("mon 18:00 America/New_York 60")),
        (
            "DTSTART:20260310T220000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO",
            Ok("every 2 weeks from 2026-03-09 tue 18:00 America/New_York 60"),
        ),
        (
            "DTSTART:20260303T180000\nRRULE:FREQ=MONTHLY;BYDAY=1TU,-1FR",
            Ok("first tue 18:00, last fri 18:00 America/New_York 60"),
        ),
        ("DTSTART:20260303T180000\nRRULE:FREQ=DAILY", Ok("mon,tue,wed,thu,fri,sat,sun 18:00 America/New_York 60")),
        ("DTSTART:20260303T180000", Ok("2026-03-03 18:00 America/New_York 60")),
        ("DTSTART;VALUE=DATE:20260303", Err("Line 3: it lasts all day.")),
        ("DTSTART:20260303T180000\nRRULE:FREQ=HOURLY", Err("Line 3: how often it repeats cannot be kept.")),
        (
            "DTSTART:20260303T180000\nRRULE:FREQ=WEEKLY;COUNT=10",
            Err("Line 3: the part COUNT of its rule cannot be kept."),
        ),
        (
            "DTSTART:20260303T180000\nRRULE:FREQ=WEEKLY;INTERVAL=99999999999999",
            Err("Line 3: that interval cannot be kept."),
        ),
        ("DTSTART:99990303T180000", Err("Line 3: its time cannot be read.")),
        ("DTSTART;TZID=Mars/Olympus:20260303T180000", Err("Line 3: the time zone")),
        ("DTSTART:20260303T180000\nRRULE:FREQ=MONTHLY;BYDAY=5TU", Err("Line 3: that monthly rule cannot be kept.")),
        ("BEGIN:X\nBEGIN:X\nEND:X\nEND:X", Err("Line 7: it is nested too deep.")),
        ("DURATION:PT1H", Err("Line 3: it does not say when it begins.")),
    ];
    for (lines, expected) in table {
        match (read::series(&one(lines), zone), expected) {
            (Ok(all), Ok(expected)) => {
                let one = &all[0];
                let told =
                    format!("{} {} {}", one.recurrence.as_ref().unwrap(), one.zone.unwrap(), one.minutes.unwrap_or(60));
                assert_eq!(told, expected, "{lines}");
            }
            (Err(refusal), Err(expected)) => assert!(refusal.to_string().starts_with(expected), "{lines}: {refusal}"),
            (found, _) => panic!("{lines}: {found:?}"),
        }
    }
    let many = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(10_000));
    assert!(read::series(&many, zone).unwrap_err().to_string().contains("too many entries"));
    assert!(read::series("BEGIN:VCALENDAR\nBEGIN:VEVENT\nnonsense", zone).is_err());
}

proptest::proptest! {
    #[test]
    fn no_file_makes_a_reader_panic(text in "(BEGIN:VCALENDAR\n(BEGIN:VEVENT\n)?)?((DTSTART|RRULE|EXDATE|SUMMARY|UID|DURATION)(;TZID=[A-Za-z/]{0,9})?:[0-9TZA-Z=;,\\-\u{e9}]{0,20}\n){0,6}(END:VEVENT\nEND:VCALENDAR\n)?", other in ".{0,200}") {
        let zone: Zone = "America/New_York".parse().unwrap();
        for text in [text, other] {
            let _ = read::series(&text, zone);
            let _ = crate::sessions::exchange::from_toml(&text);
        }
    }
}
