//! What can be done with a guild? Read it, its channels and its roles; make channels and roles.

use serde_json::{Value, json};

use super::{Call, Outcome, Reply, Verb, body_id, channels, ok, parse_id, threads};
use crate::sandbox::errors::{FormErrors, Refusal, refusal, wrong_method};
use crate::sandbox::permissions::{ALL, MANAGE_CHANNELS, MANAGE_ROLES, in_guild, outranks};
use crate::sandbox::state::{ChannelState, RoleState, World, kind};
use crate::sandbox::wire;

const MAX_CHANNELS: usize = 500;
const MAX_ROLES: usize = 250;

/// `/guilds/{guild}` and what is below it, except members and scheduled events.
pub(crate) fn answer(world: &mut World, call: &Call, guild: u64, rest: &[&str]) -> Outcome {
    let found = world.bot_guild(guild)?;
    match (call.verb, rest) {
        (Verb::Get, []) => ok(world.guild_json(found)),
        (Verb::Get, ["preview"]) => ok(world.guild_json(found)),
        (Verb::Get, ["channels"]) => {
            let mine = |channel: &&ChannelState| channel.guild == Some(guild) && channel.thread.is_none();
            ok(world.channels.values().filter(mine).map(|channel| world.channel_json(channel)).collect())
        }
        (Verb::Post, ["channels"]) => create_channel(world, call, guild),
        (Verb::Get, ["roles"]) => ok(found.roles.values().map(wire::role).collect()),
        (Verb::Get, ["roles", role]) => match found.roles.get(&parse_id(role)) {
            Some(role) => ok(wire::role(role)),
            None => Err(refusal(10011)),
        },
        (Verb::Post, ["roles"]) => create_role(world, call, guild),
        (Verb::Patch, ["roles", role]) => edit_role(world, call, guild, parse_id(role)),
        (Verb::Delete, ["roles", role]) => delete_role(world, guild, parse_id(role)),
        (Verb::Get, ["threads", "active"]) => threads::active(world, guild),
        (Verb::Get, ["emojis" | "stickers" | "invites" | "webhooks" | "integrations"]) => ok(json!([])),
        (_, [] | ["channels" | "roles" | "preview"] | ["roles", _] | ["threads", "active"]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

fn create_channel(world: &mut World, call: &Call, guild: u64) -> Outcome {
    world.need_in_guild(guild, MANAGE_CHANNELS)?;
    channels::check_fields(&call.body)?;
    let mut form = FormErrors::default();
    if !call.body["name"].is_string() {
        form.required("name");
    }
    let number = call.body["type"].as_u64().unwrap_or(kind::TEXT);
    if !matches!(number, kind::TEXT | kind::VOICE | kind::CATEGORY | kind::ANNOUNCEMENT | kind::STAGE | kind::FORUM) {
        form.add("type", "BASE_TYPE_CHOICES", "Value must be one of (0, 2, 4, 5, 13, 15).");
    }
    form.finish()?;
    if world.channels.values().filter(|channel| channel.guild == Some(guild)).count() >= MAX_CHANNELS {
        return Err(refusal(30013));
    }
    let id = world.fresh_id();
    let mut channel = ChannelState { id, guild: Some(guild), kind: number, ..ChannelState::default() };
    channels::apply(&mut channel, &call.body);
    let json = world.add_channel(channel);
    Ok(Reply::Json(201, json))
}

fn read_role(role: &mut RoleState, body: &Value) {
    if let Some(name) = body["name"].as_str() {
        name.clone_into(&mut role.name);
    }
    if let Some(bits) = body_id(&body["permissions"]) {
        role.permissions = bits & ALL;
    }
    role.color = body["color"].as_u64().unwrap_or(role.color);
    role.hoist = body["hoist"].as_bool().unwrap_or(role.hoist);
    role.mentionable = body["mentionable"].as_bool().unwrap_or(role.mentionable);
}

fn check_role(world: &World, guild: u64, body: &Value) -> Result<(), Refusal> {
    let mut form = FormErrors::default();
    form.length("name", body["name"].as_str().unwrap_or(""), 0, 100);
    form.finish()?;
    let found = world.bot_guild(guild)?;
    let has = in_guild(found, world.bot, world.now());
    let asked = body_id(&body["permissions"]).unwrap_or(0);
    if asked & !has == 0 { Ok(()) } else { Err(refusal(50013)) }
}

fn create_role(world: &mut World, call: &Call, guild: u64) -> Outcome {
    world.need_in_guild(guild, MANAGE_ROLES)?;
    check_role(world, guild, &call.body)?;
    if world.bot_guild(guild)?.roles.len() >= MAX_ROLES {
        return Err(refusal(30005));
    }
    let id = world.fresh_id();
    let mut role = RoleState { id, name: "new role".to_owned(), position: 1, ..RoleState::default() };
    read_role(&mut role, &call.body);
    let json = wire::role(&role);
    world.put_role(guild, role, "GUILD_ROLE_CREATE");
    ok(json)
}

fn edit_role(world: &mut World, call: &Call, guild: u64, role: u64) -> Outcome {
    world.need_in_guild(guild, MANAGE_ROLES)?;
    check_role(world, guild, &call.body)?;
    let found = world.bot_guild(guild)?;
    let mut changed = found.roles.get(&role).cloned().ok_or_else(|| refusal(10011))?;
    if !outranks(found, world.bot, changed.position) {
        return Err(refusal(50013));
    }
    read_role(&mut changed, &call.body);
    let json = wire::role(&changed);
    world.put_role(guild, changed, "GUILD_ROLE_UPDATE");
    ok(json)
}

fn delete_role(world: &mut World, guild: u64, role: u64) -> Outcome {
    world.need_in_guild(guild, MANAGE_ROLES)?;
    let found = world.bot_guild(guild)?;
    let position = found.roles.get(&role).ok_or_else(|| refusal(10011))?.position;
    if role == guild || !outranks(found, world.bot, position) {
        return Err(refusal(if role == guild { 50028 } else { 50013 }));
    }
    world.remove_role(guild, role);
    Ok(Reply::Empty)
}

impl World {
    /// Adds a channel to a guild and tells the bot; its JSON.
    pub(crate) fn add_channel(&mut self, channel: ChannelState) -> Value {
        let (id, guild) = (channel.id, channel.guild);
        self.channels.insert(id, channel);
        let json = self.channel_by_id(id);
        self.dispatch("CHANNEL_CREATE", guild, json.clone());
        json
    }

    /// Adds or changes a role and tells the bot.
    pub(crate) fn put_role(&mut self, guild: u64, role: RoleState, event: &str) {
        let data = json!({"guild_id": wire::id(guild), "role": wire::role(&role)});
        if let Some(found) = self.guilds.get_mut(&guild) {
            found.roles.insert(role.id, role);
        }
        self.dispatch(event, Some(guild), data);
    }

    /// Takes a role away from the guild and everybody.
    pub(crate) fn remove_role(&mut self, guild: u64, role: u64) {
        if let Some(found) = self.guilds.get_mut(&guild) {
            found.roles.remove(&role);
            for member in found.members.values_mut() {
                member.roles.remove(&role);
            }
        }
        for channel in self.channels.values_mut().filter(|channel| channel.guild == Some(guild)) {
            channel.overwrites.remove(&role);
        }
        let data = json!({"guild_id": wire::id(guild), "role_id": wire::id(role)});
        self.dispatch("GUILD_ROLE_DELETE", Some(guild), data);
    }
}
