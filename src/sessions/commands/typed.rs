//! Reading what facilitators type: every option at the door, each with its own refusal.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::calendar::{
    Assumed, Leads, Misread, Note, OccurrenceId, Recurrence, Zone, full_date_words, moment, time_of_day, to_civil,
};
use crate::config::{MINUTES, NAME_LIMIT};
use crate::discord::{PartialChannel, RoleArg, UserArg};
use crate::groups::Group;
use crate::groups::commands::misread;
use crate::ids::{ChannelId, RoleId, UserId};
use crate::refusal::Refusal;
use crate::sessions::actions::Which;
use crate::sessions::model::attending::{Audience, MOST_PLACES};
use crate::sessions::model::{ADDRESS_LIMIT, DEFAULT_LEADS, Details, LINK_LIMIT, Occurrence, RANGE_DAYS, Series};

/// The options of `/schedule add` and `/schedule edit` as they come.
pub(super) struct Typed {
    pub(super) title: Option<String>,
    pub(super) when: Option<String>,
    pub(super) leads: Option<String>,
    pub(super) length: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) starts: Option<String>,
    pub(super) ends: Option<String>,
    pub(super) channel: Option<PartialChannel>,
    pub(super) address: Option<String>,
    pub(super) link: Option<String>,
    pub(super) host: Option<UserArg>,
    pub(super) ping: Option<RoleArg>,
    pub(super) audience: Option<String>,
    pub(super) audience_role: Option<RoleArg>,
    pub(super) capacity: Option<i64>,
    pub(super) counts: Option<bool>,
}

/// What was understood.
pub(super) struct Read {
    pub(super) details: Details,
    pub(super) assumed: Vec<Assumed>,
    /// What else should be looked over before it is saved.
    pub(super) notes: Vec<String>,
}

/// Reads the options on top of a series as it is, or of nothing.
pub(super) fn read(
    typed: Typed,
    clear: Option<&str>,
    group: &Group,
    series: Option<&Series>,
    now: DateTime<Utc>,
) -> Result<Read, Refusal> {
    let zone = match &typed.zone {
        Some(text) => text.parse::<Zone>().map_err(misread)?,
        None => series.map_or(group.zone, |series| series.details.zone),
    };
    let today = to_civil(now, zone).date();
    let (mut assumed, mut notes) = (Vec::new(), Vec::new());
    let recurrence = match (typed.when, series) {
        (Some(text), _) => {
            let reading = Recurrence::read(&text, today).map_err(misread)?;
            assumed = reading.assumed;
            reading.recurrence
        }
        (None, Some(series)) => series.details.recurrence.clone(),
        (None, None) => return Err(no_pattern()),
    };
    is_on_the_clock(&recurrence, now, zone)?;
    let mut details = match series {
        Some(series) => Details { recurrence, zone, ..series.details.clone() },
        None => Details::plain(String::new(), recurrence, zone, read_minutes(None)?, Leads::default()),
    };
    if let Some(title) = typed.title {
        details.title = read_title(&title)?;
    }
    if typed.length.is_some() {
        details.minutes = read_minutes(typed.length.as_deref())?;
    }
    match typed.leads {
        Some(text) => details.leads = text.parse().map_err(misread)?,
        None if series.is_none() => details.leads = usual_leads(&details, &mut notes)?,
        None => {}
    }
    for (text, date) in [(typed.starts, &mut details.starts_on), (typed.ends, &mut details.ends_on)] {
        match text.as_deref().map(str::trim) {
            None => {}
            Some(word) if is_none(word) => *date = None,
            Some(text) => *date = Some(read_date(text, now, zone)?),
        }
    }
    read_place(&mut details, typed.channel, typed.address, typed.link)?;
    details.host = typed.host.map(|host| UserId::from_snowflake(host.get())).or(details.host);
    if let Some(role) = typed.ping {
        details.ping = Some(read_role(role, group)?);
    }
    read_audience(&mut details, typed.audience.as_deref(), typed.audience_role, group)?;
    if let Some(places) = typed.capacity {
        details.capacity = read_capacity(places)?;
    }
    details.counts_public = typed.counts.unwrap_or(details.counts_public);
    read_clear(&mut details, clear)?;
    if let Some(last) = details.ends_on {
        notes.push(format!("The last day is {}.", full_date_words(last)));
    }
    Ok(Read { details, assumed, notes })
}

/// What happens once is meant exactly as it is typed: an hour that the clocks leave out is refused. A pattern may meet
/// one now and then, and the card says so.
fn is_on_the_clock(recurrence: &Recurrence, now: DateTime<Utc>, zone: Zone) -> Result<(), Refusal> {
    let Recurrence::Once(once) = recurrence else { return Ok(()) };
    match crate::calendar::resolved(once.start(), zone).note {
        Note::Exact | Note::Fold => Ok(()),
        Note::Gap { .. } => moment(&recurrence.to_string(), now, zone).map(|_| ()).map_err(misread),
    }
}

fn no_pattern() -> Refusal {
    Refusal::new("A session needs a time.", "", "For example: `when:mon,wed,fri 18:00`")
}

pub(super) fn is_none(word: &str) -> bool {
    word.eq_ignore_ascii_case("none")
}

/// The usual leads, without those that would reach back past the session before.
pub(super) fn usual_leads(details: &Details, notes: &mut Vec<String>) -> Result<Leads, Refusal> {
    let usual: Leads = DEFAULT_LEADS.parse().map_err(misread)?;
    let gap = details.recurrence.shortest_gap().unwrap_or(TimeDelta::MAX);
    let fitting = Leads::new(usual.iter().filter(|lead| lead.length() <= gap)).map_err(misread)?;
    if fitting != usual {
        notes.push("The reminder a day before is left out, because the sessions are closer together.".to_owned());
    }
    Ok(fitting)
}

fn read_place(
    details: &mut Details,
    channel: Option<PartialChannel>,
    address: Option<String>,
    link: Option<String>,
) -> Result<(), Refusal> {
    if let Some(channel) = channel {
        details.venue.channel = Some(ChannelId::from_snowflake(channel.id.get()));
    }
    if let Some(text) = address {
        details.venue.address = read_address(&text)?;
    }
    match link.as_deref().map(str::trim) {
        None => {}
        Some(word) if is_none(word) || word.is_empty() => details.venue.link = None,
        Some(text) => details.venue.link = Some(read_link(text)?),
    }
    Ok(())
}

/// An address or room on one line; none for `none`.
pub(super) fn read_address(text: &str) -> Result<Option<String>, Refusal> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_none(&text) || text.is_empty() {
        return Ok(None);
    }
    let length = text.chars().count();
    if length > ADDRESS_LIMIT {
        return Err(Refusal::new(
            format!("The address has {length} characters."),
            format!("Up to {ADDRESS_LIMIT} fit."),
            "For example: `address:12 River Street, room 4`",
        ));
    }
    Ok(Some(text))
}

pub(super) fn read_link(text: &str) -> Result<String, Refusal> {
    let refused = |why: &str| {
        Refusal::new("That link does not work here.", why, "For example: `link:https://meet.example.org/evening`")
    };
    let url = url::Url::parse(text).map_err(|_| refused("It is not a complete web address."))?;
    if url.scheme() != "https" {
        return Err(refused("It has to begin with https://, so that nobody can read along."));
    }
    if url.host_str().is_none() || !url.username().is_empty() || url.password().is_some() {
        return Err(refused("It holds a name or password, which everybody in the channel would see."));
    }
    if url.as_str().len() > LINK_LIMIT {
        return Err(refused(&format!("It is longer than {LINK_LIMIT} characters.")));
    }
    Ok(url.as_str().to_owned())
}

/// For whom a series is: a word, a role, or both. A role alone means the people who hold it.
fn read_audience(
    details: &mut Details,
    word: Option<&str>,
    role: Option<RoleArg>,
    group: &Group,
) -> Result<(), Refusal> {
    let role = role.map(|role| RoleId::from_snowflake(role.get()));
    // The role that everybody has carries the number of the server.
    if role.is_some_and(|role| role.raw() == group.guild.raw()) {
        let why = "Everybody has that role, so it says nothing.";
        return Err(Refusal::new("That role does not work here.", why, "For example: `audience:members`"));
    }
    let word = word.map(|word| word.trim().to_lowercase());
    let known = role.or(details.audience.role());
    details.audience = match (word.as_deref(), known) {
        (None, _) => match (role, details.audience) {
            (None, unchanged) => unchanged,
            (Some(role), Audience::Alumni(_)) => Audience::Alumni(role),
            (Some(role), Audience::Members | Audience::Role(_)) => Audience::Role(role),
        },
        (Some("members"), _) if role.is_none() => Audience::Members,
        (Some("members"), _) => {
            let why = "Members of the group need no role.";
            return Err(Refusal::new(
                "Members and a role do not fit together.",
                why,
                "For example: `audience:members`",
            ));
        }
        (Some("role"), Some(role)) => Audience::Role(role),
        (Some("alumni"), Some(role)) => Audience::Alumni(role),
        (Some("role" | "alumni"), None) => {
            return Err(Refusal::new(
                "Which role do they have?",
                "I know alumni and others by a role of this server.",
                "For example: `audience:alumni audience_role:@Alumni`",
            ));
        }
        (Some(other), _) => {
            return Err(Refusal::new(
                format!(
                    "I don't know the audience “{}”.",
                    crate::card::inert(&other.chars().take(40).collect::<String>())
                ),
                "It is members, role or alumni.",
                "For example: `audience:alumni audience_role:@Alumni`",
            ));
        }
    };
    Ok(())
}

/// How many can come; zero takes the limit off.
pub(super) fn read_capacity(places: i64) -> Result<Option<u32>, Refusal> {
    match u32::try_from(places) {
        Ok(0) => Ok(None),
        Ok(places) if places <= MOST_PLACES => Ok(Some(places)),
        Ok(_) | Err(_) => Err(Refusal::new(
            "That number of places does not fit.",
            format!("1 to {MOST_PLACES} work; 0 takes the limit off."),
            "For example: `capacity:12`",
        )),
    }
}

fn read_role(role: RoleArg, group: &Group) -> Result<RoleId, Refusal> {
    let id = RoleId::from_snowflake(role.get());
    // The role that everybody has carries the number of the server.
    if id.raw() == group.guild.raw() {
        return Err(Refusal::new(
            "Reminders do not ping everybody.",
            "People would get pings that they did not ask for.",
            "Make a role that people can take, and name that.",
        ));
    }
    Ok(id)
}

fn read_clear(details: &mut Details, clear: Option<&str>) -> Result<(), Refusal> {
    for word in clear.unwrap_or_default().split([',', ' ']).filter(|word| !word.is_empty()) {
        match word.to_lowercase().as_str() {
            "channel" => details.venue.channel = None,
            "host" => details.host = None,
            "ping" => details.ping = None,
            _ => {
                let why = "Channel, host and ping can be taken off; the others take `none`.";
                return Err(Refusal::new("I don't know what to take off.", why, "For example: `clear:channel, ping`"));
            }
        }
    }
    Ok(())
}

pub(super) fn read_title(title: &str) -> Result<String, Refusal> {
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = title.chars().count();
    if length == 0 || length > NAME_LIMIT {
        return Err(Refusal::new(
            format!("The title has {length} characters."),
            format!("1 to {NAME_LIMIT} fit, so that it can be read on a phone."),
            "For example: `title:Evening group`",
        ));
    }
    Ok(title)
}

fn read_minutes(length: Option<&str>) -> Result<u32, Refusal> {
    let Some(text) = length else { return Ok(60) };
    let length = crate::calendar::duration(text).map_err(misread)?;
    u32::try_from(length.num_minutes()).ok().filter(|minutes| MINUTES.contains(minutes)).ok_or_else(|| {
        Refusal::new(
            "That length does not fit.",
            format!("A session lasts {} minutes to {} hours.", MINUTES.start(), MINUTES.end() / 60),
            "For example: `length:90m`",
        )
    })
}

/// A day as people type it: `today`, `tue`, `10 march`, `2026-03-10`. It is read as the last minute of that
/// day, so that today is never past.
pub(super) fn read_date(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<NaiveDate, Refusal> {
    if let Ok(date) = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        && (crate::calendar::FIRST_DATE..=crate::calendar::LAST_DATE).contains(&date)
    {
        return Ok(date);
    }
    let read = moment(&format!("{} 23:59", text.trim()), now, zone);
    read.map(|moment| moment.local.date())
        .map_err(|error| misread(Misread::new(error.what(), error.why(), "2026-03-10")))
}

/// Which occurrences `on` and `until` mean.
pub(super) fn read_which(on: &str, until: Option<&str>, now: DateTime<Utc>, zone: Zone) -> Result<Which, Refusal> {
    if until.is_none()
        && let Ok(id) = on.trim().parse::<OccurrenceId>()
    {
        return Ok(Which::One(id));
    }
    let day = |text: &str| match text.trim().parse::<OccurrenceId>() {
        Ok(id) => Ok(id.planned_local().date()),
        Err(_) => read_date(text, now, zone),
    };
    let first = day(on)?;
    let last = until.map_or(Ok(first), day)?;
    let days = last.signed_duration_since(first).num_days();
    if days < 0 {
        let why = format!("{} comes before {}.", full_date_words(last), full_date_words(first));
        return Err(Refusal::new("The end is before the start.", why, "For example: `on:2026-12-24 until:2027-01-01`"));
    }
    if days > RANGE_DAYS {
        return Err(Refusal::new(
            format!("That is {} days.", days + 1),
            format!("Up to {} can be named at once.", RANGE_DAYS + 1),
            "`/schedule pause` lets a session rest for as long as you like.",
        ));
    }
    Ok(Which::Days(first, last))
}

/// The moment to which one occurrence is moved. An hour alone is meant on the day on which it is held.
pub(super) fn read_to(
    to: &str,
    occurrence: Option<&Occurrence>,
    now: DateTime<Utc>,
    zone: Zone,
) -> Result<chrono::NaiveDateTime, Refusal> {
    if let (true, Ok(time), Some(occurrence)) = (is_hour(to), time_of_day(to), occurrence) {
        let local = occurrence.time.starts_local.date().and_time(time);
        let text = local.format("%Y-%m-%d %H:%M").to_string();
        return moment(&text, now, zone).map(|moment| moment.local).map_err(misread);
    }
    moment(to, now, zone).map(|moment| moment.local).map_err(misread)
}

/// Whether a text is nothing but an hour: `19:30`, `7pm`, `7 pm`.
fn is_hour(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let bare = lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm")).unwrap_or(&lower).trim_end();
    bare.starts_with(|c: char| c.is_ascii_digit()) && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
}
