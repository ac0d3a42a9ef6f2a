//! Calendars that other programs read: as a file, and as a feed at an address that nobody can guess.
//!
//! What is for a role or for alumni stands in the calendars of those people alone, and never in a group's.
//!
//! An address is 256 random bits. Only its hash is kept, so whoever reads the database cannot read along, and
//! we cannot show it a second time: a new one takes its place.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use rand::RngCore;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::attending::roles_now;
use crate::deps::Deps;
use crate::discord::Rest;
use crate::discord::rest::CallError;
use crate::groups::actions::kept::record;
use crate::groups::{self, Group};
use crate::ids::{Member, RoleId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::ics;
use crate::sessions::model::{FeedKept, FeedOf};
use crate::sessions::store::{self, feeds};

/// Bytes of the secret part of an address.
const SECRET: usize = 32;
/// Characters of the secret part as it is written.
const WRITTEN: usize = 43;

/// How long it is remembered which roles somebody has, for their calendar: as long as calendar programs are told
/// to wait.
const ROLES_FRESH: TimeDelta = TimeDelta::minutes(5);
/// Of how many people at a time.
const ROLES_SEEN: usize = 1_000;

/// When it was said, and which roles they were.
type Seen = (DateTime<Utc>, Vec<RoleId>);

/// Which roles people have, as Discord said a moment ago, so that an address that is asked for over and over asks
/// Discord once.
#[derive(Clone, Default)]
pub struct RolesSeen(Arc<Mutex<HashMap<Member, Seen>>>);

impl RolesSeen {
    async fn of(&self, rest: &Rest, member: Member, now: DateTime<Utc>) -> Result<Vec<RoleId>, CallError> {
        {
            let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, roles)) = seen.get(&member).filter(|(at, _)| now - *at < ROLES_FRESH) {
                return Ok(roles.clone());
            }
        }
        let roles = roles_now(rest, member).await?;
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= ROLES_SEEN {
            seen.clear();
        }
        seen.insert(member, (now, roles.clone()));
        Ok(roles)
    }
}

/// The calendar of some groups, as they stand now: what is for all of their members, and what is for the people
/// with one of these roles.
///
/// # Errors
/// When the database cannot be read.
pub async fn calendar(deps: &Deps, groups: &[Group], roles: &[RoleId]) -> anyhow::Result<String> {
    Ok(drawn(deps, entries(deps, groups).await?, roles))
}

fn drawn(deps: &Deps, mut entries: Vec<ics::Entry>, roles: &[RoleId]) -> String {
    entries.retain(|entry| entry.series.details.audience.admits(true, roles));
    ics::calendar(&entries, deps.clock.now())
}

async fn entries(deps: &Deps, groups: &[Group]) -> anyhow::Result<Vec<ics::Entry>> {
    let mut connection = deps.database.read().acquire().await?;
    let mut entries = Vec::new();
    for group in groups {
        let changed = feeds::changed(&mut connection, group.id).await?;
        for series in store::of_group(&mut connection, group.id).await? {
            let changed_at = changed.get(&series.id).copied().unwrap_or_default();
            entries.push(ics::Entry { series, guild: group.guild, changed_at });
        }
    }
    Ok(entries)
}

/// The calendar at an address; none when there is no such address (any more), or nobody it is for.
///
/// # Errors
/// When the database cannot be read, or Discord does not say which roles somebody has and a session is for a role:
/// then nothing is shown rather than too little or too much.
pub async fn feed(deps: &Deps, rest: &Rest, seen: &RolesSeen, secret: &str) -> anyhow::Result<Option<String>> {
    if secret.len() != WRITTEN {
        return Ok(None);
    }
    let Some(of) = feeds::find(deps.database.read(), &hash(secret)).await? else { return Ok(None) };
    let (guild, wanted) = match of {
        FeedOf::Member(member) => (member.guild, groups::store::joined(deps.database.read(), member).await?),
        FeedOf::Group(guild, group) => (guild, vec![group]),
    };
    let mut shown = groups::store::in_guild(deps.database.read(), guild).await?;
    // A group that we do not serve (any more) is not in the roster.
    shown.retain(|group| wanted.contains(&group.id) && deps.roster.group(group.id).is_some());
    if shown.is_empty() {
        return Ok(None);
    }
    let entries = entries(deps, &shown).await?;
    let roles = match of {
        FeedOf::Member(member) if entries.iter().any(|entry| !entry.series.details.audience.is_everybody()) => {
            seen.of(rest, member, deps.clock.now()).await?
        }
        FeedOf::Member(_) | FeedOf::Group(..) => Vec::new(),
    };
    Ok(Some(drawn(deps, entries, &roles)))
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What there is of a feed.
///
/// # Errors
/// Refused when feeds are switched off here.
pub async fn feed_kept(deps: &Deps, of: FeedOf) -> Result<FeedKept, Stop> {
    offered(deps)?;
    Ok(FeedKept { since: feeds::since(deps.database.read(), of).await?, address: None })
}

fn offered(deps: &Deps) -> Result<&crate::config::Http, Refusal> {
    deps.config.http.as_ref().ok_or_else(|| {
        Refusal::new(
            "Calendar addresses are switched off here.",
            "The person who runs me has not opened a way in for calendar programs.",
            "`/sessions calendar` gives you the same as a file.",
        )
    })
}

/// Makes a new address and takes the one before away.
///
/// # Errors
/// Refused when feeds are switched off here, or the member belongs to no group.
pub async fn renew_feed(deps: &Deps, of: FeedOf) -> Result<FeedKept, Stop> {
    let http = offered(deps)?;
    if let FeedOf::Member(member) = of {
        needs_group(deps, member).await?;
    }
    let now = deps.clock.now();
    let mut bytes = [0_u8; SECRET];
    rand::rng().fill_bytes(&mut bytes);
    let secret = URL_SAFE_NO_PAD.encode(bytes);
    let mut tx = deps.database.write().await?;
    feeds::keep(&mut tx, of, &hash(&secret), now).await?;
    if let FeedOf::Group(_, group) = of {
        record(deps, &mut tx, (group, "schedule.feed", None), Value::Null, json!({"address": "a new one"})).await?;
    }
    tx.commit().await?;
    Ok(FeedKept { since: Some(now), address: Some(format!("{}/calendar/{secret}.ics", http.public_url())) })
}

async fn needs_group(deps: &Deps, member: Member) -> Result<(), Stop> {
    if groups::actions::joined(deps, member).await?.is_empty() {
        let why = "Your calendar shows the sessions of your groups.";
        return Err(Refusal::new("You belong to no group here yet.", why, "`/join` takes you into one.").into());
    }
    Ok(())
}

/// Takes an address away; whoever asks for it finds nothing from then on.
///
/// # Errors
/// When the database cannot be written.
pub async fn revoke_feed(deps: &Deps, of: FeedOf) -> Result<FeedKept, Stop> {
    let mut tx = deps.database.write().await?;
    if let (true, FeedOf::Group(_, group)) = (feeds::revoke(&mut tx, of).await?, of) {
        record(deps, &mut tx, (group, "schedule.feed", None), json!({"address": "one"}), Value::Null).await?;
    }
    tx.commit().await?;
    Ok(FeedKept { since: None, address: None })
}
