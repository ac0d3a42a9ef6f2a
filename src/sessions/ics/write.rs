//! One calendar from series.
//!
//! What can be said by a rule is, so that a calendar program knows the series as one; times that the rule
//! gets wrong or leaves out (RFC 5545 ignores a start that falls into a gap of the clocks, we move it
//! forward) are added as dates. Everything else is listed, for [`AHEAD`] days.
//!
//! An occurrence that was skipped is not there; one that was cancelled or moved says so under its old time,
//! so that a program that showed it changes it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use icalendar::parser::{Calendar, Component, Property};

use super::parts::{Part, parts};
use super::{civil, local, plain, text, utc, zone};
use crate::calendar::{self, Note, OccurrenceId, Planned, Recurrence, Zone, clock_changes, occurrences};
use crate::ids::GuildId;
use crate::sessions::exchange::NONE;
use crate::sessions::model::{Exception, Going, Series, Venue};
use crate::sessions::plan;

/// How many days ahead dates are listed where no rule says them: a year, and a month to spare.
pub(super) const AHEAD: TimeDelta = TimeDelta::days(396);
/// Most dates that are listed for one part: three a day for a year.
const DATES: usize = 1_100;
/// How far back a calendar begins. Exceptions are remembered for thirty days; what lies before them could
/// only be told wrong.
const BACK: TimeDelta = TimeDelta::days(21);
/// How far ahead starts in gaps are added to a rule.
const GAPS_AHEAD: TimeDelta = TimeDelta::days(10 * 366);
/// How often a calendar program should ask again: changes of the same day should be seen that day.
const REFRESH: &str = "PT1H";

/// A series with what the calendar says about it besides.
pub struct Entry {
    /// The series.
    pub series: Series,
    /// The guild it is in, which makes its id one of its own in the world.
    pub guild: GuildId,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// The text of a calendar with these series, as they stand now.
pub fn calendar(entries: &[Entry], now: DateTime<Utc>) -> String {
    written(entries, now, false)
}

/// The same with what only we understand, so that it can be read back as it was.
pub fn export(entries: &[Entry], now: DateTime<Utc>) -> String {
    written(entries, now, true)
}

fn written(entries: &[Entry], now: DateTime<Utc>, ours: bool) -> String {
    let from = begins(now);
    let mut zones: Vec<Zone> = Vec::new();
    let mut written = Vec::new();
    // A session that rests is in no calendar; a file that is read back has to say so.
    let is_in = |going| going == Going::On || (ours && going == Going::Paused);
    for entry in entries.iter().filter(|entry| is_in(entry.series.going)) {
        let of_one = series(entry, from, ours);
        if !of_one.is_empty() && !zones.contains(&entry.series.details.zone) {
            zones.push(entry.series.details.zone);
        }
        written.extend(of_one);
    }
    zones.sort_by_key(|zone| zone.name());
    // A start can be moved into the days before the first one.
    let clocks = from.checked_sub_signed(TimeDelta::days(40)).unwrap_or(from);
    let components = zones.into_iter().map(|one| zone(one, clocks)).chain(written).collect();
    let properties = vec![
        plain("VERSION", "2.0"),
        plain("PRODID", "-//Daymark//Sessions//EN"),
        plain("CALSCALE", "GREGORIAN"),
        plain("METHOD", "PUBLISH"),
        plain("X-WR-CALNAME", "Sessions"),
        Property {
            params: vec![icalendar::parser::Parameter { key: "VALUE".into(), val: Some("DURATION".into()) }],
            ..plain("REFRESH-INTERVAL", REFRESH)
        },
        plain("X-PUBLISHED-TTL", REFRESH),
    ];
    Calendar { properties, components }.to_string()
}

/// The Monday, three weeks back, with which a calendar begins: it moves once a week, so that a program that
/// asks again within the week sees nothing new when nothing is.
fn begins(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.checked_sub_signed(BACK).unwrap_or(now).date_naive();
    let monday = day.week(calendar::WEEK_STARTS).checked_first_day().unwrap_or(day);
    monday.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// What is the same in all components of one part.
struct Same<'a> {
    entry: &'a Entry,
    uid: String,
    /// Whether what only we understand is written, too.
    ours: bool,
}

impl Same<'_> {
    fn component(&self, starts: NaiveDateTime, uid: Option<String>) -> Component<'static> {
        let series = &self.entry.series;
        let details = &series.details;
        let changed = utc(self.entry.changed_at);
        let mut properties = vec![
            plain("UID", uid.unwrap_or_else(|| self.uid.clone())),
            plain("DTSTAMP", changed.clone()),
            plain("LAST-MODIFIED", changed),
            plain("SEQUENCE", series.revision.max(0).to_string()),
            local("DTSTART", details.zone, &[starts]),
            plain("DURATION", format!("PT{}M", details.minutes)),
            text("SUMMARY", &details.title),
        ];
        if let Some(place) = place(&details.venue) {
            properties.push(text("LOCATION", &place));
        }
        Component { name: "VEVENT".into(), properties, components: Vec::new() }
    }
}

impl Same<'_> {
    /// The series in our own words.
    fn ours(&self) -> Vec<Property<'static>> {
        if !self.ours {
            return Vec::new();
        }
        let details = &self.entry.series.details;
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string());
        let mut all = vec![plain("X-DAYMARK-WHEN", details.recurrence.to_string())];
        all.extend(date(details.starts_on).map(|date| plain("X-DAYMARK-STARTS", date)));
        all.extend(date(details.ends_on).map(|date| plain("X-DAYMARK-ENDS", date)));
        all.extend(self.besides());
        all
    }

    /// What no calendar has a word for, besides when it meets: for whom it is above all, so that what is for alumni
    /// is not for everybody once it was read back.
    fn besides(&self) -> Vec<Property<'static>> {
        if !self.ours {
            return Vec::new();
        }
        let series = &self.entry.series;
        let details = &series.details;
        let leads = if details.leads.is_empty() { NONE.to_owned() } else { details.leads.to_string() };
        let yes = |yes: bool| if yes { "TRUE" } else { "FALSE" };
        let mut all = vec![
            plain("X-DAYMARK-LEADS", leads),
            plain("X-DAYMARK-HOST", details.host.map_or(NONE.to_owned(), |host| host.to_string())),
            plain("X-DAYMARK-AUDIENCE", details.audience.word()),
            plain("X-DAYMARK-CAPACITY", details.capacity.unwrap_or(0).to_string()),
            plain("X-DAYMARK-COUNTS", yes(details.counts_public)),
            plain("X-DAYMARK-PAUSED", yes(series.going == Going::Paused)),
        ];
        let role = details.audience.role().map(|role| role.to_string());
        all.extend(role.map(|role| plain("X-DAYMARK-AUDIENCE-ROLE", role)));
        all.extend(details.venue.channel.map(|channel| plain("X-DAYMARK-CHANNEL", channel.to_string())));
        all.extend(details.ping.map(|role| plain("X-DAYMARK-PING", role.to_string())));
        all
    }
}

/// Where it is held. A channel has no name that we know; the way in is for those who read the channel.
fn place(venue: &Venue) -> Option<String> {
    venue.address.clone()
}

fn series(entry: &Entry, from: DateTime<Utc>, ours: bool) -> Vec<Component<'static>> {
    let id = entry.series.id;
    let all = parts(&entry.series.details.recurrence);
    let numbered = all.into_iter().enumerate().flat_map(|(index, part)| {
        // The first part keeps the plain id, so that a series whose times are changed stays the same one.
        let number = if index == 0 { String::new() } else { format!("-{}", index + 1) };
        let same = Same { entry, uid: format!("series-{id}{number}.{}@daymark", entry.guild), ours };
        of_part(&same, &part, from)
    });
    numbered.collect()
}

fn of_part(same: &Same<'_>, part: &Part, from: DateTime<Utc>) -> Vec<Component<'static>> {
    let series = &same.entry.series;
    let (zone, span) = (series.details.zone, series.details.span());
    let first = occurrences(&part.recurrence, &span, zone, from, DateTime::<Utc>::MAX_UTC).next();
    let mut all = Vec::new();
    let mut known = BTreeSet::new();
    if let Some(first) = first {
        // Reckoned from the first day and not from now, so that an hour later nothing has changed.
        let until = plus(plus(from, BACK + TimeDelta::days(7)).max(first.starts_at), AHEAD);
        let whole: BTreeSet<OccurrenceId> =
            occurrences(&series.details.recurrence, &span, zone, from, until).map(|planned| planned.id).collect();
        let dates: Vec<Planned> = occurrences(&part.recurrence, &span, zone, from, until)
            .filter(|planned| whole.contains(&planned.id))
            .take(DATES)
            .collect();
        let by_rule = part.rule.as_deref().filter(|_| first.note == Note::Exact && whole.contains(&first.id));
        match by_rule {
            Some(rule) => {
                known.extend(ahead_ids(series, &part.recurrence, first.starts_at));
                all.push(ruled(same, part, rule, &first));
            }
            None => {
                known.extend(dates.iter().map(|planned| planned.id));
                all.extend(listed(same, &dates));
            }
        }
    }
    all.extend(exceptional(same, part, &known, from));
    all
}

/// The exceptions of a part that a rule beginning at `first` has.
fn ahead_ids(series: &Series, part: &Recurrence, first: DateTime<Utc>) -> Vec<OccurrenceId> {
    let ids = series.exceptions.keys().filter(|id| is_of(part, **id));
    ids.filter(|id| plan::planned(series, **id).is_some_and(|planned| planned.starts_at >= first)).copied().collect()
}

fn is_of(part: &Recurrence, id: OccurrenceId) -> bool {
    let local = id.planned_local();
    let until = local.checked_add_signed(TimeDelta::minutes(1)).unwrap_or(local);
    part.starts(local, until).next() == Some(local)
}

fn ruled(same: &Same<'_>, part: &Part, rule: &str, first: &Planned) -> Component<'static> {
    let series = &same.entry.series;
    let zone = series.details.zone;
    let mut component = same.component(first.starts_local, None);
    component.properties.extend(same.ours());
    let mut rule = rule.to_owned();
    if let Some(last) = series.details.ends_on {
        rule.push_str(&format!(";UNTIL={}", utc(last_moment(last, zone))));
    }
    component.properties.push(plain("RRULE", rule));
    let moved: Vec<NaiveDateTime> = in_gaps(series, part, first.starts_at)
        .into_iter()
        .filter(|planned| !is_skipped(series, planned.id))
        .map(|planned| planned.starts_local)
        .collect();
    if !moved.is_empty() {
        component.properties.push(local("RDATE", zone, &moved));
    }
    let skipped: Vec<NaiveDateTime> = series
        .exceptions
        .keys()
        .filter(|id| is_of(&part.recurrence, **id) && is_skipped(series, **id))
        .filter_map(|id| plan::planned(series, *id))
        .filter(|planned| planned.starts_at >= first.starts_at)
        .map(|planned| planned.starts_local)
        .collect();
    if !skipped.is_empty() {
        component.properties.push(local("EXDATE", zone, &skipped));
    }
    component
}

/// The last second of a local date.
fn last_moment(date: chrono::NaiveDate, zone: Zone) -> DateTime<Utc> {
    calendar::day_bounds(date, zone).ends_at - TimeDelta::seconds(1)
}

fn is_skipped(series: &Series, id: OccurrenceId) -> bool {
    series.exceptions.get(&id) == Some(&Exception::Skipped)
}

/// Starts of a part that a clock change moves forward, as far as they are occurrences of the series.
fn in_gaps(series: &Series, part: &Part, first: DateTime<Utc>) -> Vec<Planned> {
    let (zone, span) = (series.details.zone, series.details.span());
    let mut all = Vec::new();
    for change in clock_changes(zone, first, plus(first, GAPS_AHEAD)) {
        let Some((from, until)) = change.gap(zone) else { continue };
        let skipped = part.recurrence.starts(from, until).filter(|local| span.contains(local.date()));
        for local in skipped {
            let planned = Planned::at(local, zone);
            let end = plus(planned.starts_at, TimeDelta::minutes(1));
            let held = occurrences(&series.details.recurrence, &span, zone, planned.starts_at, end).next();
            if held.is_some_and(|held| held.id == planned.id) {
                all.push(planned);
            }
        }
    }
    all
}

fn listed(same: &Same<'_>, dates: &[Planned]) -> Vec<Component<'static>> {
    let series = &same.entry.series;
    let held: Vec<NaiveDateTime> =
        dates.iter().filter(|planned| !is_skipped(series, planned.id)).map(|planned| planned.starts_local).collect();
    let [first, later @ ..] = held.as_slice() else { return Vec::new() };
    let once = matches!(series.details.recurrence, Recurrence::Once(_));
    if let (true, Some((id, exception))) = (once, series.exceptions.first_key_value()) {
        // What happens once has no other occurrence to differ from.
        return one(same, *id, *exception).into_iter().collect();
    }
    let mut component = same.component(*first, None);
    component.properties.extend(same.ours());
    if !later.is_empty() {
        component.properties.push(local("RDATE", series.details.zone, later));
    }
    let skipped: Vec<NaiveDateTime> =
        dates.iter().filter(|planned| is_skipped(series, planned.id)).map(|planned| planned.starts_local).collect();
    if same.ours && !skipped.is_empty() {
        // They are not in the list; whoever reads the pattern back has to know why.
        component.properties.push(local("EXDATE", series.details.zone, &skipped));
    }
    vec![component]
}

/// What happens once, where it differs from its plan.
fn one(same: &Same<'_>, id: OccurrenceId, exception: Exception) -> Option<Component<'static>> {
    let zone = same.entry.series.details.zone;
    match exception {
        Exception::Skipped => None,
        Exception::Moved(to) => {
            let mut component = same.component(Planned::at(to, zone).starts_local, None);
            component.properties.extend(same.besides());
            Some(component)
        }
        Exception::Cancelled => {
            let mut component = same.component(Planned::at(id.planned_local(), zone).starts_local, None);
            component.properties.push(plain("STATUS", "CANCELLED"));
            Some(component)
        }
    }
}

/// Occurrences that were cancelled or moved, under their old time. One that was moved out of the days before
/// the calendar begins stands for itself.
fn exceptional(
    same: &Same<'_>,
    part: &Part,
    known: &BTreeSet<OccurrenceId>,
    from: DateTime<Utc>,
) -> Vec<Component<'static>> {
    let series = &same.entry.series;
    let zone = series.details.zone;
    if matches!(series.details.recurrence, Recurrence::Once(_)) && !known.is_empty() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (id, exception) in series.exceptions.iter().filter(|(id, _)| is_of(&part.recurrence, **id)) {
        let Some(planned) = plan::planned(series, *id) else { continue };
        let (starts, cancelled) = match exception {
            Exception::Skipped => continue,
            Exception::Cancelled => (planned, true),
            Exception::Moved(to) => (Planned::at(*to, zone), false),
        };
        if known.contains(id) {
            let mut component = same.component(starts.starts_local, None);
            component.properties.push(local("RECURRENCE-ID", zone, &[planned.starts_local]));
            component.properties.push(plain("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" }));
            all.push(component);
        } else if !cancelled && !same.ours && starts.starts_at >= from {
            let uid = format!("series-{}-{}.{}@daymark", series.id, civil(id.planned_local()), same.entry.guild);
            all.push(same.component(starts.starts_local, Some(uid)));
        }
    }
    all
}

fn plus(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
