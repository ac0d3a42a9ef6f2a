//! Keeping what Discord shows among a server's events in step with the schedule.
//!
//! Before one is made it is kept that it will be, and looked whether it is there: a crash or a lost answer in
//! between makes nothing twice. Nothing here holds up a reminder: it has a loop of its own.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::deps::Deps;
use crate::discord::Rest;
use crate::discord::rest::CallError;
use crate::groups::Group;
use crate::groups::actions::kept::record;
use crate::ids::{ChannelId, GroupId, GuildId};
use crate::refusal::Stop;
use crate::sessions::listing::{self, Kept, Key, PER_GUILD, Shown, State, Step};
use crate::sessions::model::{Listing, ListingTrouble};
use crate::sessions::store::{self, listings};

/// How soon it is tried again when Discord is away.
const SOON: TimeDelta = TimeDelta::minutes(1);
/// How soon it is tried again when somebody has to put something right first.
const LATER: TimeDelta = TimeDelta::hours(1);

/// How it stands with one group; none: it was never switched on.
///
/// # Errors
/// When the database cannot be read.
pub async fn listed(deps: &Deps, group: GroupId) -> Result<Option<Listing>, Stop> {
    Ok(listings::of_group(deps.database.read(), group).await?)
}

/// Switches showing on or off.
///
/// # Errors
/// When the database cannot be written.
pub async fn switch_listing(deps: &Deps, group: &Group, on: bool) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    let was = listings::of_group(deps.database.read(), group.id).await?.is_some_and(|listing| listing.on);
    listings::switch(&mut tx, group.id, on).await?;
    if was != on {
        let is = |on: bool| json!({"events": if on { "on" } else { "off" }});
        record(deps, &mut tx, (group.id, "schedule.events", None), is(was), is(on)).await?;
    }
    tx.commit().await?;
    deps.planner.ring();
    Ok(())
}

/// Brings every group's to what is wanted, as far as it is due, and says when to look again.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn list_ahead(deps: &Deps, rest: &Rest) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    let mut seen = BTreeMap::new();
    let mut room: BTreeMap<GuildId, usize> = BTreeMap::new();
    for listing in listings::all(deps.database.read()).await? {
        let Some(known) = deps.roster.group(listing.group) else { continue };
        let room = room.entry(known.guild).or_insert(PER_GUILD);
        let wanted = wanted(deps, &listing, known.channel, *room, now).await?;
        // One whose turn is later takes its room all the same.
        *room -= wanted.len();
        let waits = listing.retry_at.is_some_and(|at| at > now);
        if waits && listing.trouble != Some(ListingTrouble::Full) {
            continue;
        }
        let kept = listings::kept(deps.database.read(), listing.group).await?;
        let mut steps = listing::steps(&wanted, &kept, now);
        if waits {
            // There is no room for more; what is there is kept in step all the same.
            steps.retain(|step| !matches!(step, Step::Make(..)));
        }
        let mut round = Round { deps, rest, guild: known.guild, group: listing.group, seen: &mut seen };
        let trouble = round.take(steps).await?;
        if waits && trouble.is_none() {
            continue;
        }
        let retry_at = trouble.map(|trouble| match trouble {
            ListingTrouble::Away => now + SOON,
            ListingTrouble::Permission | ListingTrouble::Full | ListingTrouble::Refused => now + LATER,
        });
        if trouble != listing.trouble || retry_at != listing.retry_at {
            let mut tx = deps.database.write().await?;
            listings::tell(&mut tx, listing.group, trouble, retry_at).await?;
            tx.commit().await?;
        }
        if !listing.on && trouble.is_none() {
            let mut tx = deps.database.write().await?;
            listings::finish(&mut tx, listing.group).await?;
            tx.commit().await?;
        }
    }
    next_listing(deps).await
}

/// When something will have to be done although nothing changes.
///
/// # Errors
/// When the database cannot be read.
pub async fn next_listing(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    let all = listings::all(deps.database.read()).await?;
    if all.is_empty() {
        return Ok(None);
    }
    let mut moments: Vec<DateTime<Utc>> = all.iter().filter_map(|listing| listing.retry_at).collect();
    moments.extend(listings::next_over(deps.database.read()).await?);
    let mut connection = deps.database.read().acquire().await?;
    for listing in all.iter().filter(|listing| listing.on) {
        for series in store::of_group(&mut connection, listing.group).await? {
            moments.extend(listing::next_in_sight(&series, now));
        }
    }
    Ok(moments.into_iter().filter(|at| *at > now).min())
}

/// What one group should show, as far as there is room: the soonest.
async fn wanted(
    deps: &Deps,
    listing: &Listing,
    home: ChannelId,
    room: usize,
    now: DateTime<Utc>,
) -> anyhow::Result<BTreeMap<Key, Shown>> {
    let mut wanted = Vec::new();
    if listing.on {
        let mut connection = deps.database.read().acquire().await?;
        for series in store::of_group(&mut connection, listing.group).await? {
            wanted.extend(listing::wanted(&series, home, now));
        }
    }
    wanted.sort_by_key(|(_, shown)| shown.starts_at);
    wanted.truncate(room);
    Ok(wanted.into_iter().collect())
}

/// One group's steps on their way.
struct Round<'a> {
    deps: &'a Deps,
    rest: &'a Rest,
    guild: GuildId,
    group: GroupId,
    /// What each server shows, read once a round.
    seen: &'a mut BTreeMap<GuildId, Vec<Value>>,
}

impl Round<'_> {
    /// Takes the steps until one does not get through; says why, if so.
    async fn take(&mut self, steps: Vec<Step>) -> anyhow::Result<Option<ListingTrouble>> {
        for step in steps {
            let done = match step {
                Step::Make(key, shown) => self.make(key, &shown).await?,
                Step::Change(key, id, shown) => self.change(key, id, &shown).await?,
                Step::TakeDown(key, id) => self.take_down(key, id).await?,
                Step::TakeBack(key) => self.take_back(key).await?,
                Step::Drop(key) => {
                    self.forget(key).await?;
                    Ok(())
                }
            };
            if let Err(error) = done {
                let trouble = trouble(&error);
                tracing::warn!(group = %self.group, %error, "the server's events are not up to date");
                return Ok(Some(trouble));
            }
        }
        Ok(None)
    }

    async fn put(&self, key: Key, state: State, id: Option<u64>, shown: &Shown) -> anyhow::Result<()> {
        let mut tx = self.deps.database.write().await?;
        listings::put(&mut tx, key, state, id, shown).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn forget(&self, key: Key) -> anyhow::Result<()> {
        let mut tx = self.deps.database.write().await?;
        listings::drop_one(&mut tx, key).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The number of one that is there already.
    async fn look(&mut self, key: Key) -> Result<Option<u64>, CallError> {
        let me = self.rest.me().await?.snowflake();
        if !self.seen.contains_key(&self.guild) {
            let all = self.rest.scheduled(self.guild).await?;
            self.seen.insert(self.guild, all);
        }
        Ok(self.seen.get(&self.guild).and_then(|all| listing::find(all, key, me)))
    }

    async fn make(&mut self, key: Key, shown: &Shown) -> anyhow::Result<Result<(), CallError>> {
        self.put(key, State::Intended, None, shown).await?;
        let there = match self.look(key).await {
            Ok(there) => there,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(id) = there {
            // It may say something older; that is put right in the same breath.
            return self.change(key, id, shown).await;
        }
        match self.rest.make_scheduled(self.guild, listing::body(key, shown)).await {
            Ok(id) => {
                self.put(key, State::Listed(id), Some(id), shown).await?;
                Ok(Ok(()))
            }
            Err(error) => {
                // Whether it is there is not known; the next round looks anew.
                self.seen.remove(&self.guild);
                Ok(Err(error))
            }
        }
    }

    async fn change(&mut self, key: Key, id: u64, shown: &Shown) -> anyhow::Result<Result<(), CallError>> {
        match self.rest.change_scheduled(self.guild, id, listing::body(key, shown)).await {
            Ok(()) => self.put(key, State::Listed(id), Some(id), shown).await?,
            Err(error) if error.is_gone() => self.put(key, State::ByHand, Some(id), shown).await?,
            Err(error) => return Ok(Err(error)),
        }
        Ok(Ok(()))
    }

    async fn take_down(&mut self, key: Key, id: u64) -> anyhow::Result<Result<(), CallError>> {
        if let Err(error) = self.rest.delete_scheduled(self.guild, id).await {
            return Ok(Err(error));
        }
        self.forget(key).await?;
        Ok(Ok(()))
    }

    async fn take_back(&mut self, key: Key) -> anyhow::Result<Result<(), CallError>> {
        match self.look(key).await {
            Ok(Some(id)) => self.take_down(key, id).await,
            Ok(None) => {
                self.forget(key).await?;
                Ok(Ok(()))
            }
            Err(error) => Ok(Err(error)),
        }
    }
}

fn trouble(error: &CallError) -> ListingTrouble {
    match error {
        // Discord's code for a full list.
        CallError::Refused { code: 30038, .. } => ListingTrouble::Full,
        CallError::Refused { status: 403, .. } => ListingTrouble::Permission,
        CallError::Refused { status: 401, .. } => ListingTrouble::Away,
        CallError::Refused { .. } => ListingTrouble::Refused,
        CallError::Limited(_)
        | CallError::Resting(_)
        | CallError::Server(_)
        | CallError::NotReached
        | CallError::Unsure(_) => ListingTrouble::Away,
    }
}

/// What is known of a group's, for whoever asks how it stands: how many are shown, and how many series are left
/// out because they are not for everybody.
///
/// # Errors
/// When the database cannot be read.
pub async fn shown_now(deps: &Deps, group: GroupId) -> Result<(usize, usize), Stop> {
    let kept: BTreeMap<Key, Kept> = listings::kept(deps.database.read(), group).await?;
    let shown = kept.values().filter(|kept| matches!(kept.state, State::Listed(_))).count();
    let mut connection = deps.database.read().acquire().await?;
    let all = store::of_group(&mut connection, group).await?;
    Ok((shown, all.iter().filter(|series| !series.details.audience.is_everybody()).count()))
}
