//! What can be done with threads? Start them, post in a forum, archive, join and leave.

use serde_json::{Value, json};

use super::{Call, Outcome, Reply, Verb, body_id, channels, messages, ok, parse_id};
use crate::sandbox::errors::{FormErrors, refusal, wrong_method};
use crate::sandbox::permissions::{
    CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_THREADS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS,
};
use crate::sandbox::snowflake::iso;
use crate::sandbox::state::{ChannelState, ThreadState, World, flag, kind};
use crate::sandbox::wire;

/// `/channels/{channel}/threads...` and `/channels/{channel}/thread-members...`.
pub(crate) fn answer(world: &mut World, call: &Call, channel: u64, rest: &[&str]) -> Outcome {
    match (call.verb, rest) {
        (Verb::Post, ["threads"]) => start(world, call, channel, None),
        (Verb::Get, ["threads", "archived", which]) => archived(world, channel, *which == "private"),
        (Verb::Get, ["thread-members"]) => {
            let found = world.need(channel, 0)?;
            let thread = found.thread.as_ref().ok_or_else(|| refusal(50024))?;
            ok(thread.members.iter().map(|who| thread_member(channel, *who, thread.created_ms)).collect())
        }
        (Verb::Get, ["thread-members", who]) => {
            let found = world.need(channel, 0)?;
            let thread = found.thread.as_ref().ok_or_else(|| refusal(50024))?;
            let who = if *who == "@me" { world.bot } else { parse_id(who) };
            if !thread.members.contains(&who) {
                return Err(refusal(10007));
            }
            ok(thread_member(channel, who, thread.created_ms))
        }
        (Verb::Put | Verb::Delete, ["thread-members", who]) => membership(world, call, channel, who),
        (_, _) => Err(wrong_method()),
    }
}

fn thread_member(thread: u64, who: u64, at: i64) -> Value {
    json!({"id": wire::id(thread), "user_id": wire::id(who), "join_timestamp": iso(at), "flags": 0})
}

fn membership(world: &mut World, call: &Call, channel: u64, who: &str) -> Outcome {
    let found = world.need(channel, 0)?;
    if found.thread.as_ref().ok_or_else(|| refusal(50024))?.archived {
        return Err(refusal(50083));
    }
    let who = if who == "@me" { world.bot } else { parse_id(who) };
    let guild = found.guild;
    if !guild.and_then(|id| world.guilds.get(&id)).is_some_and(|guild| guild.members.contains_key(&who)) {
        return Err(refusal(10013));
    }
    let joins = call.verb == Verb::Put;
    if !joins && who != world.bot {
        world.need(channel, MANAGE_THREADS)?;
    }
    world.thread_membership(channel, who, joins);
    Ok(Reply::Empty)
}

/// Starts a thread: from a message, without one, or as a forum post.
pub(crate) fn start(world: &mut World, call: &Call, channel: u64, message: Option<u64>) -> Outcome {
    if call.verb != Verb::Post {
        return Err(wrong_method());
    }
    let parent = world.need(channel, 0)?.clone();
    let forum = parent.kind == kind::FORUM;
    let plain = matches!(parent.kind, kind::TEXT | kind::ANNOUNCEMENT);
    if !(plain || forum && message.is_none()) {
        return Err(refusal(50024));
    }
    let mut form = FormErrors::default();
    form.length("name", call.body["name"].as_str().unwrap_or(""), 1, 100);
    let minutes = call.body["auto_archive_duration"].as_u64().unwrap_or(4_320);
    if !matches!(minutes, 60 | 1_440 | 4_320 | 10_080) {
        form.add("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).");
    }
    if forum && !call.body["message"].is_object() {
        form.required("message");
    }
    form.finish()?;
    let private = !forum
        && message.is_none()
        && call.body["type"].as_u64().unwrap_or(kind::PRIVATE_THREAD) == kind::PRIVATE_THREAD;
    let bit = match (forum, private) {
        (true, _) => SEND_MESSAGES,
        (false, true) => CREATE_PRIVATE_THREADS,
        (false, false) => CREATE_PUBLIC_THREADS,
    };
    world.need(channel, bit)?;
    let id = match message {
        Some(id) => {
            let found = world.messages.get(&id).filter(|found| found.channel == channel && found.only_for.is_none());
            if found.ok_or_else(|| refusal(10008))?.thread.is_some() {
                return Err(refusal(160_004));
            }
            id
        }
        None => world.fresh_id(),
    };
    let first = if forum { Some(messages::draft(world, &call.body["message"], call, channel)?) } else { None };
    let owner = world.bot;
    world.open_thread(&parent, id, owner, private, &call.body);
    if message.is_some() {
        if let Some(found) = world.messages.get_mut(&id) {
            found.thread = Some(id);
            found.flags |= flag::HAS_THREAD;
        }
        world.touch(id);
    }
    let posted = first.map(|mut draft| {
        (draft.channel, draft.id) = (id, Some(id));
        world.post(draft)
    });
    let mut json = world.channel_by_id(id);
    if let Some(message) = posted.and_then(|id| world.messages.get(&id)) {
        json["message"] = world.message_json(message);
    }
    Ok(Reply::Json(201, json))
}

/// Changes a thread.
pub(crate) fn edit(world: &mut World, call: &Call, channel: u64) -> Outcome {
    channels::check_fields(&call.body)?;
    let powers = world.may(channel, world.bot);
    let thread = world.need(channel, 0)?.thread.clone().ok_or_else(|| refusal(50024))?;
    let reopens = call.body["archived"].as_bool() == Some(false);
    let own = thread.owner == world.bot && !thread.locked;
    let opens_any = reopens && !thread.locked && powers & SEND_MESSAGES_IN_THREADS != 0;
    if powers & MANAGE_THREADS == 0 && !own && !opens_any {
        return Err(refusal(50013));
    }
    if call.body["locked"].as_bool().is_some_and(|locked| locked != thread.locked) && powers & MANAGE_THREADS == 0 {
        return Err(refusal(50013));
    }
    if thread.archived && !reopens {
        return Err(refusal(50083));
    }
    let now = world.now();
    if let Some(found) = world.channels.get_mut(&channel) {
        channels::apply(found, &call.body);
        if let Some(thread) = &mut found.thread {
            if let Some(archived) = call.body["archived"].as_bool().filter(|archived| *archived != thread.archived) {
                thread.archived = archived;
                thread.archived_ms = now;
            }
            thread.locked = call.body["locked"].as_bool().unwrap_or(thread.locked);
            thread.auto_archive_minutes =
                call.body["auto_archive_duration"].as_u64().unwrap_or(thread.auto_archive_minutes);
            if let Some(tags) = call.body["applied_tags"].as_array() {
                thread.tags = tags.iter().filter_map(body_id).collect();
            }
        }
    }
    world.channel_changed(channel);
    ok(world.channel_by_id(channel))
}

fn archived(world: &World, channel: u64, private: bool) -> Outcome {
    world.need(channel, 0)?;
    let mine = |found: &&ChannelState| {
        found.parent == Some(channel)
            && found.thread.as_ref().is_some_and(|thread| thread.archived && thread.private == private)
    };
    let threads: Vec<Value> = world.channels.values().filter(mine).map(|found| world.channel_json(found)).collect();
    ok(json!({"threads": threads, "members": [], "has_more": false}))
}

/// `GET /guilds/{guild}/threads/active`.
pub(crate) fn active(world: &World, guild: u64) -> Outcome {
    world.bot_guild(guild)?;
    let mine = |found: &&ChannelState| {
        found.guild == Some(guild)
            && found.thread.as_ref().is_some_and(|thread| !thread.archived)
            && world.can_read(found.id, world.bot)
    };
    let threads: Vec<Value> = world.channels.values().filter(mine).map(|found| world.channel_json(found)).collect();
    ok(json!({"threads": threads, "members": []}))
}

impl World {
    /// Makes a thread and tells the bot.
    pub(crate) fn open_thread(&mut self, parent: &ChannelState, id: u64, owner: u64, private: bool, body: &Value) {
        let now = self.now();
        let thread = ThreadState {
            owner,
            private,
            auto_archive_minutes: body["auto_archive_duration"].as_u64().unwrap_or(4_320),
            archived_ms: now,
            created_ms: now,
            members: [owner].into(),
            tags: body["applied_tags"].as_array().into_iter().flatten().filter_map(body_id).collect(),
            ..ThreadState::default()
        };
        let kind = match (private, parent.kind) {
            (true, _) => kind::PRIVATE_THREAD,
            (false, kind::ANNOUNCEMENT) => kind::ANNOUNCEMENT_THREAD,
            (false, _) => kind::PUBLIC_THREAD,
        };
        let channel = ChannelState {
            id,
            guild: parent.guild,
            kind,
            name: body["name"].as_str().unwrap_or("thread").to_owned(),
            parent: Some(parent.id),
            thread: Some(thread),
            ..ChannelState::default()
        };
        self.channels.insert(id, channel);
        let mut json = self.channel_by_id(id);
        json["newly_created"] = json!(true);
        if self.can_read(id, self.bot) {
            self.dispatch("THREAD_CREATE", parent.guild, json);
        }
    }

    /// Lets somebody into a thread or out of it, and tells the bot.
    pub(crate) fn thread_membership(&mut self, channel: u64, who: u64, joins: bool) {
        let now = self.now();
        let Some(found) = self.channels.get_mut(&channel) else {
            return;
        };
        let Some(thread) = &mut found.thread else { return };
        let changed = if joins { thread.members.insert(who) } else { thread.members.remove(&who) };
        let (guild, count) = (found.guild, thread.members.len());
        if changed {
            let added = if joins { vec![thread_member(channel, who, now)] } else { Vec::new() };
            let removed = if joins { Vec::new() } else { vec![wire::id(who)] };
            let data = json!({
                "id": wire::id(channel), "guild_id": wire::maybe_id(guild), "member_count": count.min(50),
                "added_members": added, "removed_member_ids": removed,
            });
            self.dispatch("THREAD_MEMBERS_UPDATE", guild, data);
        }
    }
}
