//! Who left while the bot was away, and what becomes of what was kept when the time of grace is over.
//!
//! Only Discord's own word is a leave: that a member, or the guild, is unknown. No answer, another answer, or an
//! outage is none. And nothing is erased on an old word: it is asked for anew after every start, because a restored
//! backup may tell of somebody who has been back for long.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use rand::seq::SliceRandom;

use super::{Why, forget_as};
use crate::deps::Deps;
use crate::discord::Bot;
use crate::groups::actions as groups;
use crate::groups::store::{self, departures};
use crate::ids::{GuildId, Member, UserId};
use crate::privacy::store as everywhere;
use crate::refusal::Stop;

/// What Discord says of a member who is not there
/// (<https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes>).
const UNKNOWN_MEMBER: u32 = 10007;
/// What it says of a guild that the bot is not in.
const UNKNOWN_GUILD: u32 = 10004;
/// The most guilds that are looked through after one fresh start; with more, the others have their turn at another.
const GUILDS: usize = 100;
/// The most pages of a guild's members that are read after a fresh start: 20,000 members, in 20 calls.
const PAGES: usize = 20;
/// The most members looked up one by one in a guild after a fresh start; the others come another time. At two
/// calls a second that is less than two minutes in the background.
const LOOKUPS: usize = 200;

/// Finds out who left, and which guilds removed the bot, while it was away. What cannot be looked up stays as it
/// is until another time.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn reconcile(bot: &Bot) -> Result<(), Stop> {
    let mut guilds = departures::guilds(bot.deps.database.read()).await?;
    guilds.shuffle(&mut rand::rng());
    for (guild, is_removed) in guilds.into_iter().take(GUILDS) {
        match bot.rest.guild(guild).await {
            Ok(_) => {
                if is_removed {
                    groups::arrive(&bot.deps, guild).await?;
                }
                reconcile_members(bot, guild).await?;
            }
            Err(error) if error.code() == Some(UNKNOWN_GUILD) => {
                tracing::info!(%guild, "removed from a guild while away");
                groups::depart(&bot.deps, guild).await?;
            }
            Err(error) => tracing::debug!(%guild, %error, "a guild cannot be looked up, which is no leave"),
        }
    }
    Ok(())
}

async fn reconcile_members(bot: &Bot, guild: GuildId) -> Result<(), Stop> {
    let deps = &bot.deps;
    let pool = deps.database.read();
    let gone: BTreeSet<UserId> = departures::in_guild(pool, guild).await?.into_iter().collect();
    let mut known: BTreeSet<UserId> = departures::known(pool, guild).await?.into_iter().collect();
    known.extend(departures::with_key(deps.database.read_keys(), guild).await?);
    known.extend(&gone);
    if known.is_empty() {
        return Ok(());
    }
    let present = present(bot, guild).await;
    for user in gone.intersection(&present) {
        groups::leaving::returned(deps, Member { guild, user: *user }).await?;
    }
    let mut doubtful: Vec<UserId> = known.difference(&present).copied().collect();
    // So that everybody has their turn, when there are more than are looked up at once.
    doubtful.shuffle(&mut rand::rng());
    for user in doubtful.into_iter().take(LOOKUPS) {
        let member = Member { guild, user };
        match bot.rest.member(member).await {
            Err(error) if error.code() == Some(UNKNOWN_MEMBER) => groups::leaving::gone(deps, member).await?,
            Err(error) => tracing::debug!(%guild, %error, "a member cannot be looked up, which is no leave"),
            Ok(_) if gone.contains(&user) => groups::leaving::returned(deps, member).await?,
            Ok(_) => {}
        }
    }
    Ok(())
}

/// Who is in the guild, as far as it can be read; being missing here says nothing yet.
async fn present(bot: &Bot, guild: GuildId) -> BTreeSet<UserId> {
    let mut present = BTreeSet::new();
    let mut after = None;
    for _ in 0..PAGES {
        let Ok(page) = bot.rest.members(guild, after).await else { break };
        let Some(last) = page.iter().map(|member| member.user).max() else { break };
        present.extend(page.iter().map(|member| member.user));
        if after.is_some_and(|after| last <= after) {
            break;
        }
        after = Some(last);
    }
    present
}

/// Erases what was kept of people whose time of grace is over, and of guilds that removed the bot that long ago, as
/// far as Discord has confirmed it since `started`.
///
/// # Errors
/// When a database cannot be written; the next time goes on with what is left.
pub async fn end_grace(deps: &Deps, started: DateTime<Utc>, now: DateTime<Utc>) -> anyhow::Result<()> {
    let before = now - TimeDelta::days(i64::from(deps.config.retention.grace));
    loop {
        let over = departures::over(deps.database.read(), before, started).await?;
        if over.is_empty() {
            return Ok(());
        }
        for member in over {
            if member.user == departures::THE_BOT {
                erase_guild(deps, member.guild).await?;
            } else {
                forget_as(deps, member, Why::Gone).await?;
            }
        }
    }
}

/// Erases everything about a guild: the keys of everybody there first, then every row.
async fn erase_guild(deps: &Deps, guild: GuildId) -> anyhow::Result<()> {
    // Written to first, so that nothing is sealed with a fresh key in between.
    let mut tx = deps.database.write().await?;
    let mut people: BTreeSet<UserId> = departures::known(deps.database.read(), guild).await?.into_iter().collect();
    people.extend(departures::with_key(deps.database.read_keys(), guild).await?);
    let mut keys = deps.database.write_keys().await?;
    store::destroy_guild_keys(&mut keys, guild).await?;
    keys.commit().await?;
    everywhere::erase_guild(&mut tx, guild).await?;
    tx.commit().await?;
    for user in people {
        deps.vault.forget(user.snowflake());
        deps.roster.forget(Member { guild, user });
    }
    deps.database.fold().await;
    tracing::info!(%guild, "erased, after the time of grace");
    Ok(())
}
