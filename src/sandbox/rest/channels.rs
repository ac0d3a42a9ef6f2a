//! What can be done with a channel? Read it, change it, delete it, overwrite permissions, type in it.

use serde_json::{Value, json};

use super::{Call, Outcome, Reply, Verb, body_id, messages, ok, parse_id, threads};
use crate::sandbox::errors::{FormErrors, Refusal, refusal, wrong_method};
use crate::sandbox::permissions::{MANAGE_CHANNELS, MANAGE_ROLES, MANAGE_THREADS, SEND_MESSAGES};
use crate::sandbox::state::{ChannelState, Overwrite, World, kind};
use crate::sandbox::wire;

/// `/channels/{channel}` and what is below it.
pub(crate) fn answer(world: &mut World, call: &Call, channel: u64, rest: &[&str]) -> Outcome {
    match (call.verb, rest) {
        (Verb::Get, []) => {
            world.need(channel, 0)?;
            ok(world.channel_by_id(channel))
        }
        (Verb::Patch, []) => edit(world, call, channel),
        (Verb::Delete, []) => delete(world, channel),
        (Verb::Post, ["typing"]) => {
            world.need(channel, SEND_MESSAGES)?;
            Ok(Reply::Empty)
        }
        (Verb::Put, ["permissions", target]) => overwrite(world, call, channel, parse_id(target)),
        (Verb::Delete, ["permissions", target]) => {
            world.need(channel, MANAGE_ROLES)?;
            let target = parse_id(target);
            let gone = world.channels.get_mut(&channel).and_then(|found| found.overwrites.remove(&target));
            gone.ok_or_else(|| refusal(10009))?;
            world.channel_changed(channel);
            Ok(Reply::Empty)
        }
        (Verb::Get, ["pins"]) => messages::pins(world, channel),
        (Verb::Put | Verb::Delete, ["pins", id]) => messages::pin(world, call, channel, parse_id(id)),
        (_, ["messages", id, "threads"]) => threads::start(world, call, channel, Some(parse_id(id))),
        (_, ["messages", more @ ..]) => messages::answer(world, call, channel, more),
        (_, ["threads" | "thread-members", ..]) => threads::answer(world, call, channel, rest),
        (_, [] | ["typing"] | ["permissions", _] | ["pins", ..]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

fn edit(world: &mut World, call: &Call, channel: u64) -> Outcome {
    let found = world.need(channel, 0)?;
    if found.kind == kind::DM {
        return Err(refusal(50024));
    }
    if found.thread.is_some() {
        return threads::edit(world, call, channel);
    }
    world.need(channel, MANAGE_CHANNELS)?;
    check_fields(&call.body)?;
    if call.body["permission_overwrites"].is_array() {
        world.need(channel, MANAGE_ROLES)?;
    }
    if let Some(found) = world.channels.get_mut(&channel) {
        apply(found, &call.body);
    }
    world.channel_changed(channel);
    ok(world.channel_by_id(channel))
}

/// Checks the fields of a channel body.
pub(crate) fn check_fields(body: &Value) -> Result<(), Refusal> {
    let mut form = FormErrors::default();
    if let Some(name) = body["name"].as_str() {
        form.length("name", name, 1, 100);
    }
    if let Some(topic) = body["topic"].as_str() {
        form.length("topic", topic, 0, 4_096);
    }
    if body["rate_limit_per_user"].as_u64().is_some_and(|seconds| seconds > 21_600) {
        form.add("rate_limit_per_user", "NUMBER_TYPE_MAX", "int value should be less than or equal to 21600.");
    }
    form.finish()
}

/// Puts the fields of a body onto a channel.
pub(crate) fn apply(channel: &mut ChannelState, body: &Value) {
    if let Some(name) = body["name"].as_str() {
        channel.name = if matches!(channel.kind, kind::TEXT | kind::ANNOUNCEMENT | kind::FORUM) {
            name.trim().to_lowercase().replace(' ', "-")
        } else {
            name.trim().to_owned()
        };
    }
    if body.get("topic").is_some() {
        channel.topic = body["topic"].as_str().map(str::to_owned);
    }
    if body.get("parent_id").is_some() {
        channel.parent = body_id(&body["parent_id"]);
    }
    if let Some(position) = body["position"].as_i64() {
        channel.position = position;
    }
    if let Some(nsfw) = body["nsfw"].as_bool() {
        channel.nsfw = nsfw;
    }
    if let Some(seconds) = body["rate_limit_per_user"].as_u64() {
        channel.slow_seconds = seconds;
    }
    if let Some(list) = body["available_tags"].as_array() {
        channel.tags.clone_from(list);
    }
    if let Some(list) = body["permission_overwrites"].as_array() {
        channel.overwrites = list.iter().filter_map(|one| Some((body_id(&one["id"])?, read_overwrite(one)))).collect();
    }
}

fn read_overwrite(one: &Value) -> Overwrite {
    let bits = |value: &Value| body_id(value).unwrap_or(0);
    Overwrite { member: one["type"].as_u64() == Some(1), allow: bits(&one["allow"]), deny: bits(&one["deny"]) }
}

fn overwrite(world: &mut World, call: &Call, channel: u64, target: u64) -> Outcome {
    let found = world.need(channel, MANAGE_ROLES)?;
    if found.thread.is_some() || found.guild.is_none() {
        return Err(refusal(50024));
    }
    let guild = found.guild.and_then(|id| world.guilds.get(&id));
    let known = guild.is_some_and(|guild| guild.roles.contains_key(&target) || guild.members.contains_key(&target));
    if !known {
        return Err(refusal(10009));
    }
    if let Some(found) = world.channels.get_mut(&channel) {
        found.overwrites.insert(target, read_overwrite(&call.body));
    }
    world.channel_changed(channel);
    Ok(Reply::Empty)
}

fn delete(world: &mut World, channel: u64) -> Outcome {
    let found = world.need(channel, 0)?;
    if found.kind == kind::DM {
        return ok(world.channel_json(found));
    }
    world.need(channel, if found.thread.is_some() { MANAGE_THREADS } else { MANAGE_CHANNELS })?;
    let json = world.channel_by_id(channel);
    world.remove_channel(channel);
    ok(json)
}

impl World {
    /// Tells the bot that a channel or thread changed.
    pub(crate) fn channel_changed(&mut self, channel: u64) {
        let Some(found) = self.channels.get(&channel) else {
            return;
        };
        let (guild, event) = (found.guild, if found.thread.is_some() { "THREAD_UPDATE" } else { "CHANNEL_UPDATE" });
        let json = self.channel_json(found);
        self.dispatch(event, guild, json);
    }

    /// Takes a channel away with its threads and messages.
    pub(crate) fn remove_channel(&mut self, channel: u64) {
        let Some(found) = self.channels.get(&channel) else {
            return;
        };
        let (guild, is_thread) = (found.guild, found.thread.is_some());
        let json = if is_thread {
            json!({"id": wire::id(channel), "guild_id": wire::maybe_id(guild), "parent_id": wire::maybe_id(found.parent), "type": found.kind})
        } else {
            self.channel_json(found)
        };
        let threads: Vec<u64> = self
            .channels
            .values()
            .filter(|inner| inner.thread.is_some() && inner.parent == Some(channel))
            .map(|inner| inner.id)
            .collect();
        for thread in threads {
            self.remove_channel(thread);
        }
        let ids: Vec<u64> = self.message_ids(channel).collect();
        for id in ids {
            self.drop_message(id);
        }
        self.channels.remove(&channel);
        self.dispatch(if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" }, guild, json);
    }
}
