//! What can be done with members? Read, list, search, give and take roles, edit, kick.

use serde_json::{Value, json};

use super::{Call, Outcome, Reply, Verb, body_id, ok, parse_id};
use crate::sandbox::errors::{FormErrors, Refusal, refusal, wrong_method};
use crate::sandbox::permissions::{
    ALL, CHANGE_NICKNAME, KICK_MEMBERS, MANAGE_NICKNAMES, MANAGE_ROLES, MODERATE_MEMBERS, highest, in_guild, outranks,
};
use crate::sandbox::snowflake::parse_iso;
use crate::sandbox::state::{GuildState, World, kind};
use crate::sandbox::wire::{self, INTENT_MEMBERS};

const MAX_PAGE: u64 = 1_000;

/// `/guilds/{guild}/members` and what is below it.
pub(crate) fn answer(world: &mut World, call: &Call, guild: u64, rest: &[&str]) -> Outcome {
    let found = world.bot_guild(guild)?;
    match (call.verb, rest) {
        (Verb::Get, []) => list(world, call, found),
        (Verb::Get, ["search"]) => {
            let query = call.query("query").unwrap_or("").to_lowercase();
            let limit = usize::try_from(call.number("limit").unwrap_or(1).clamp(1, MAX_PAGE)).unwrap_or(1);
            let fits = |who: &&u64| {
                let nick = found.members.get(who).and_then(|member| member.nick.as_deref()).unwrap_or("");
                let user = world.users.get(who);
                let named = user.is_some_and(|user| {
                    user.name.to_lowercase().starts_with(&query) || user.display.to_lowercase().starts_with(&query)
                });
                named || nick.to_lowercase().starts_with(&query)
            };
            ok(found.members.keys().filter(fits).take(limit).map(|who| world.member(found, *who)).collect())
        }
        (Verb::Get, [who]) => {
            let who = parse_id(who);
            if !world.users.contains_key(&who) {
                return Err(refusal(10013));
            }
            member_of(found, who)?;
            ok(world.member(found, who))
        }
        (Verb::Put | Verb::Delete, [who, "roles", role]) => {
            give_or_take(world, call, guild, parse_id(who), parse_id(role))
        }
        (Verb::Patch, ["@me"]) => {
            world.need_in_guild(guild, CHANGE_NICKNAME)?;
            let bot = world.bot;
            rename(world, guild, bot, &call.body)?;
            finish(world, guild, bot)
        }
        (Verb::Patch, [who]) => edit(world, call, guild, parse_id(who)),
        (Verb::Delete, [who]) => {
            let who = parse_id(who);
            world.need_in_guild(guild, KICK_MEMBERS)?;
            above(world, guild, who)?;
            world.leave(guild, who);
            Ok(Reply::Empty)
        }
        (_, [] | [_] | [_, "roles", _]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

fn member_of(guild: &GuildState, who: u64) -> Result<(), Refusal> {
    if guild.members.contains_key(&who) { Ok(()) } else { Err(refusal(10007)) }
}

fn list(world: &World, call: &Call, guild: &GuildState) -> Outcome {
    if world.app.privileged & INTENT_MEMBERS == 0 {
        return Err(refusal(50001));
    }
    let limit = call.number("limit").unwrap_or(1);
    if limit == 0 || limit > MAX_PAGE {
        return Err(Refusal::field("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 1000."));
    }
    let after = call.number("after").unwrap_or(0);
    let page = guild.members.keys().filter(|who| **who > after).take(usize::try_from(limit).unwrap_or(1));
    ok(page.map(|who| world.member(guild, *who)).collect())
}

/// The bot must stand above a member to act on them.
fn above(world: &World, guild: u64, who: u64) -> Result<(), Refusal> {
    let found = world.bot_guild(guild)?;
    member_of(found, who)?;
    let below = found.owner != who && outranks(found, world.bot, highest(found, who));
    if below || who == world.bot { Ok(()) } else { Err(refusal(50013)) }
}

fn give_or_take(world: &mut World, call: &Call, guild: u64, who: u64, role: u64) -> Outcome {
    let found = world.bot_guild(guild)?;
    member_of(found, who)?;
    let position = found.roles.get(&role).ok_or_else(|| refusal(10011))?;
    let (position, managed) = (position.position, position.bot.is_some());
    world.need_in_guild(guild, MANAGE_ROLES)?;
    if role == guild || managed {
        return Err(refusal(50028));
    }
    if !outranks(world.bot_guild(guild)?, world.bot, position) {
        return Err(refusal(50013));
    }
    world.set_role(guild, who, role, call.verb == Verb::Put);
    Ok(Reply::Empty)
}

fn rename(world: &mut World, guild: u64, who: u64, body: &Value) -> Result<(), Refusal> {
    if body.get("nick").is_none() {
        return Ok(());
    }
    let mut form = FormErrors::default();
    let nick = body["nick"].as_str().unwrap_or("");
    form.length("nick", nick, 0, 32);
    form.finish()?;
    if let Some(member) = world.guilds.get_mut(&guild).and_then(|found| found.members.get_mut(&who)) {
        member.nick = Some(nick.to_owned()).filter(|nick| !nick.is_empty());
    }
    Ok(())
}

fn finish(world: &mut World, guild: u64, who: u64) -> Outcome {
    world.dispatch_member_update(guild, who);
    let found = world.bot_guild(guild)?;
    ok(world.member(found, who))
}

fn edit(world: &mut World, call: &Call, guild: u64, who: u64) -> Outcome {
    let body = &call.body;
    let needed =
        [("nick", MANAGE_NICKNAMES), ("roles", MANAGE_ROLES), ("communication_disabled_until", MODERATE_MEMBERS)];
    let bits = needed.iter().filter(|(field, _)| body.get(*field).is_some()).fold(0, |sum, (_, bit)| sum | bit);
    member_of(world.bot_guild(guild)?, who)?;
    world.need_in_guild(guild, bits)?;
    above(world, guild, who)?;
    if let Some(list) = body["roles"].as_array() {
        let found = world.bot_guild(guild)?;
        let wanted: std::collections::BTreeSet<u64> = list.iter().filter_map(body_id).collect();
        let now: std::collections::BTreeSet<u64> =
            found.members.get(&who).map(|member| member.roles.clone()).unwrap_or_default();
        for role in wanted.symmetric_difference(&now) {
            let position = found.roles.get(role).ok_or_else(|| refusal(10011))?.position;
            if !outranks(found, world.bot, position) {
                return Err(refusal(50013));
            }
        }
        if let Some(member) = world.guilds.get_mut(&guild).and_then(|found| found.members.get_mut(&who)) {
            member.roles = wanted;
        }
    }
    if body.get("communication_disabled_until").is_some() {
        let until = body["communication_disabled_until"].as_str().and_then(parse_iso);
        let found = world.bot_guild(guild)?;
        if until.is_some() && in_guild(found, who, world.now()) == ALL {
            return Err(refusal(50013));
        }
        if let Some(member) = world.guilds.get_mut(&guild).and_then(|found| found.members.get_mut(&who)) {
            member.timeout_until_ms = until;
        }
    }
    rename(world, guild, who, body)?;
    finish(world, guild, who)
}

impl World {
    /// Gives a role or takes it, and tells the bot.
    pub(crate) fn set_role(&mut self, guild: u64, who: u64, role: u64, give: bool) {
        let Some(member) = self.guilds.get_mut(&guild).and_then(|found| found.members.get_mut(&who)) else {
            return;
        };
        let changed = if give { member.roles.insert(role) } else { member.roles.remove(&role) };
        if changed {
            self.dispatch_member_update(guild, who);
        }
    }

    /// Somebody (or the bot) is no longer in a guild.
    pub(crate) fn leave(&mut self, guild: u64, who: u64) {
        let user = self.user_json(who);
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        if found.members.remove(&who).is_none() {
            return;
        }
        found.voice.remove(&who);
        if who == self.bot {
            found.roles.retain(|_, role| role.bot != Some(who));
            self.commands.retain(|_, command| command.guild != Some(guild));
            self.dispatch("GUILD_DELETE", Some(guild), json!({"id": wire::id(guild)}));
            return;
        }
        for channel in
            self.channels.values_mut().filter(|channel| channel.guild == Some(guild) && channel.kind != kind::DM)
        {
            if let Some(thread) = &mut channel.thread {
                thread.members.remove(&who);
            }
        }
        self.dispatch("GUILD_MEMBER_REMOVE", Some(guild), json!({"guild_id": wire::id(guild), "user": user}));
    }
}
