//! Helplines that facilitators add for their server: checked by the rules of the directory, with a source.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use serde_json::{Value, json};

use crate::crisis::cards;
use crate::crisis::store::lines::{self as store, OwnLine};
use crate::deps::Deps;
use crate::groups::actions::kept::record;
use crate::helplines::{Country, CountryCode, FRESH_DAYS, Helpline, LineEntry, Topic, must_not_be_used};
use crate::ids::GuildId;
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// Most lines of one server: more than a card shows.
const LINES: usize = 20;
/// The kind of envelope that tells facilitators which of their lines are old.
pub const OLD: &str = "crisis.old_lines";
/// How long that is worth telling: a month later the next one is due, if there is one.
const OLD_FOR: TimeDelta = TimeDelta::days(30);
/// The hour at which it is told, UTC: nobody waits for it.
const OLD_AT: NaiveTime = NaiveTime::MIN;
/// What stands for a line that never closes.
const ALWAYS: &str = "24/7";

/// Fills the memory that the crisis path relies on.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(deps: &Deps) -> anyhow::Result<()> {
    let mut guilds: Vec<GuildId> = store::guilds(deps.database.read()).await?;
    guilds.dedup();
    for guild in guilds {
        remember(deps, guild).await?;
    }
    Ok(())
}

async fn remember(deps: &Deps, guild: GuildId) -> sqlx::Result<()> {
    let mut lines = Vec::new();
    for (id, own) in store::of_guild(deps.database.read(), guild).await? {
        let Some(country) = CountryCode::parse(&own.country).and_then(|code| deps.helplines.country(code)) else {
            tracing::warn!(%guild, line = id, "a server's own helpline has no country of ours and is left out");
            continue;
        };
        match entry(&own, id).check(country.code, country.zone) {
            Ok(line) => lines.push(line),
            Err(wrong) => {
                tracing::warn!(%guild, line = id, wrong = wrong.join("; "), "a server's own helpline is left out")
            }
        }
    }
    deps.roster.care().set_lines(guild, lines);
    Ok(())
}

fn entry(own: &OwnLine, id: i64) -> LineEntry {
    let always = own.hours == ALWAYS;
    LineEntry {
        id: format!("own-{id}"),
        name: own.name.clone(),
        about: own.about.clone(),
        topics: Topic::parse(&own.topic).into_iter().collect(),
        call: own.call.clone(),
        text: own.text.clone(),
        chat: own.chat.clone(),
        always_open: always,
        hours_unknown: (!always).then(|| own.hours.clone()),
        sources: vec![own.source.clone()],
        independent_sources: Some(1),
        verified_on: own.verified_on.parse().ok(),
        ..LineEntry::default()
    }
}

/// Checks a line as the directory's own are checked.
///
/// # Errors
/// Refused with everything that is wrong with it.
pub fn checked(own: &OwnLine, country: &Country, today: NaiveDate) -> Result<Helpline, Refusal> {
    let example = "For example: `verified:2026-04-22 source:https://example.org/contact hours:24/7`";
    let line = entry(own, 0).check(country.code, country.zone).map_err(|wrong| {
        let mut why = wrong.join(". ");
        why.truncate(why.char_indices().nth(600).map_or(why.len(), |(at, _)| at));
        Refusal::new("That line is not added.", crate::card::inert(&format!("{why}.")), example)
    })?;
    if let Some(why) = must_not_be_used(&line) {
        return Err(Refusal::new(
            "That number must not be shown.",
            format!("It stands in many lists and is wrong: {why}."),
            "Look the line up on its own site, and add the number that stands there.",
        ));
    }
    let age = line.age_days(today);
    if !(0..=FRESH_DAYS).contains(&age) {
        return Err(Refusal::new(
            "That is not verified lately.",
            "A number counts when it was looked up within the last year, and not in the future.",
            example,
        ));
    }
    Ok(line)
}

/// Adds a line, or replaces the one of that name.
///
/// # Errors
/// Refused as [`checked`], or when there are enough.
pub async fn add(deps: &Deps, guild: GuildId, own: &OwnLine, country: &Country) -> Result<Helpline, Stop> {
    let line = checked(own, country, deps.clock.now().date_naive())?;
    let mut tx = deps.database.write().await?;
    crate::groups::store::know_guild(&mut tx, guild, deps.clock.now()).await?;
    store::keep(&mut tx, guild, own).await?;
    let became = json!({"name": own.name, "country": own.country, "verified_on": own.verified_on});
    record(deps, &mut tx, (guild, "helpline.add", None), Value::Null, became).await?;
    if store::count(&mut tx, guild).await? > i64::try_from(LINES).unwrap_or(i64::MAX) {
        return Err(Refusal::new(
            "There is no room for another line.",
            format!("{LINES} are the most for one server."),
            "`/helpline remove` takes one off first.",
        )
        .into());
    }
    tell_when_old(deps, &mut tx, guild, &line).await?;
    tx.commit().await?;
    remember(deps, guild).await?;
    Ok(line)
}

/// Tells the facilitators when a line was looked up more than a year ago: where they talk among themselves, once a
/// month at most, without a ping. Where there is no such place, `/group list` says it.
async fn tell_when_old(
    deps: &Deps,
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    guild: GuildId,
    line: &Helpline,
) -> anyhow::Result<()> {
    let groups = deps.roster.in_guild(guild);
    let Some(known) = groups.iter().find(|known| known.facilitator_channel != known.channel) else { return Ok(()) };
    let Some(on) = line.verified_on.checked_add_signed(TimeDelta::days(FRESH_DAYS + 1)) else { return Ok(()) };
    let (now, due_at) = (deps.clock.now(), on.and_time(OLD_AT).and_utc());
    let envelope = NewEnvelope {
        class: Class::Digest,
        dedupe_key: format!("lines-old:{guild}/{}-{:02}", on.year(), on.month()),
        guild,
        place: Place::Channel(known.facilitator_channel),
        kind: OLD,
        subject: serde_json::json!({"guild": guild}),
        due_at,
        expires_at: due_at + OLD_FOR,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    Ok(())
}

/// Draws that note: the lines that are old at this moment, none when they were looked up again.
pub fn draw_old(deps: &Deps, envelope: &Envelope) -> Drawn {
    let today = deps.clock.now().date_naive();
    let lines = deps.roster.care().lines(envelope.guild);
    let old: Vec<Arc<Helpline>> = lines.into_iter().filter(|line| line.age_days(today) > FRESH_DAYS).collect();
    if old.is_empty() { Drawn::Gone("looked_up_again") } else { Drawn::Card(cards::own_old(&old)) }
}

/// Takes a line off; whether there was one of that name.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(deps: &Deps, guild: GuildId, name: &str) -> Result<bool, Stop> {
    let mut tx = deps.database.write().await?;
    let gone = store::drop(&mut tx, guild, name.trim()).await?;
    if gone {
        record(deps, &mut tx, (guild, "helpline.remove", None), json!({"name": name.trim()}), Value::Null).await?;
    }
    tx.commit().await?;
    remember(deps, guild).await?;
    Ok(gone)
}
