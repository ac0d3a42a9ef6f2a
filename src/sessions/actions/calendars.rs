//! Calendars that other programs read: as a file, and as a feed at an address that nobody can guess.
//!
//! An address is 256 random bits. Only its hash is kept, so whoever reads the database cannot read along, and
//! we cannot show it a second time: a new one takes its place.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::deps::Deps;
use crate::groups::actions::kept::record;
use crate::groups::{self, Group};
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};
use crate::sessions::ics;
use crate::sessions::model::{FeedKept, FeedOf};
use crate::sessions::store::{self, feeds};

/// Bytes of the secret part of an address.
const SECRET: usize = 32;
/// Characters of the secret part as it is written.
const WRITTEN: usize = 43;

/// The calendar of some groups, as they stand now.
///
/// # Errors
/// When the database cannot be read.
pub async fn calendar(deps: &Deps, groups: &[Group]) -> anyhow::Result<String> {
    let mut connection = deps.database.read().acquire().await?;
    let mut entries = Vec::new();
    for group in groups {
        let changed = feeds::changed(&mut connection, group.id).await?;
        for series in store::of_group(&mut connection, group.id).await? {
            let changed_at = changed.get(&series.id).copied().unwrap_or_default();
            entries.push(ics::Entry { series, guild: group.guild, changed_at });
        }
    }
    drop(connection);
    Ok(ics::calendar(&entries, deps.clock.now()))
}

/// The calendar at an address; none when there is no such address (any more), or nobody it is for.
///
/// # Errors
/// When the database cannot be read.
pub async fn feed(deps: &Deps, secret: &str) -> anyhow::Result<Option<String>> {
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
    if shown.is_empty() { Ok(None) } else { Ok(Some(calendar(deps, &shown).await?)) }
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
