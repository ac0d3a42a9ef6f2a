//! Which route is this, and what does it do? Discord's REST API, version 10, on the sandbox's world.
//!
//! `door` takes requests off the wire, plays faults and limits, and logs; the other files answer.

mod applications;
mod body;
mod channels;
pub(crate) mod door;
mod guilds;
pub(crate) mod line;
mod members;
mod messages;
mod scheduled;
mod threads;
mod webhooks;

use axum::http::Method;
use serde_json::{Value, json};

use super::errors::{Refusal, refusal, unauthorized, wrong_method};
use super::permissions::{SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use super::posting::Upload;
use super::state::{ChannelState, GuildState, World};

/// One request, read and cut up.
#[derive(Debug, Default)]
pub(crate) struct Call {
    pub(crate) verb: Verb,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) authorization: String,
    pub(crate) body: Value,
    pub(crate) uploads: Vec<Upload>,
}

/// The HTTP methods Discord's routes know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    /// Any other.
    #[default]
    Other,
}

impl Verb {
    /// Reads a method.
    pub(crate) fn parse(method: &Method) -> Verb {
        match *method {
            Method::GET => Verb::Get,
            Method::POST => Verb::Post,
            Method::PUT => Verb::Put,
            Method::PATCH => Verb::Patch,
            Method::DELETE => Verb::Delete,
            _ => Verb::Other,
        }
    }
}

/// A good answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reply {
    /// Status and JSON.
    Json(u16, Value),
    /// 204.
    Empty,
}

/// What a route answers.
pub(crate) type Outcome = Result<Reply, Refusal>;

/// 200 with JSON.
pub(crate) fn ok(value: Value) -> Outcome {
    Ok(Reply::Json(200, value))
}

impl Call {
    /// A query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A number in the query.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.query(name)?.parse().ok()
    }
}

/// An id in a path; what is no number names nothing.
pub(crate) fn parse_id(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}

/// An id in a body, as text or number.
pub(crate) fn body_id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Answers one request.
pub(crate) fn answer(world: &mut World, call: &Call) -> Outcome {
    let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
    let open = matches!(segments.first(), Some(&"interactions"))
        || matches!(segments.as_slice(), ["webhooks", _, _, ..])
        || segments == ["gateway"];
    if !open && call.authorization != format!("Bot {}", world.token) {
        return Err(unauthorized());
    }
    match segments.as_slice() {
        ["gateway"] => ok(json!({"url": world.gateway_url()})),
        ["gateway", "bot"] => ok(json!({
            "url": world.gateway_url(), "shards": 1,
            "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1},
        })),
        ["users", rest @ ..] => users(world, call, rest),
        ["applications", "@me"] | ["oauth2", "applications", "@me"] if call.verb == Verb::Get => {
            ok(world.application_json())
        }
        ["applications", rest @ ..] => applications::answer(world, call, rest),
        ["guilds", guild, "scheduled-events", rest @ ..] => scheduled::answer(world, call, parse_id(guild), rest),
        ["guilds", guild, "members", rest @ ..] => members::answer(world, call, parse_id(guild), rest),
        ["guilds", guild, rest @ ..] => guilds::answer(world, call, parse_id(guild), rest),
        ["channels", channel, rest @ ..] => channels::answer(world, call, parse_id(channel), rest),
        ["interactions", id, token, "callback"] if call.verb == Verb::Post => {
            webhooks::callback(world, call, parse_id(id), token)
        }
        ["webhooks", application, token, rest @ ..] => {
            webhooks::answer(world, call, parse_id(application), token, rest)
        }
        _ => Err(refusal(0)),
    }
}

fn users(world: &mut World, call: &Call, rest: &[&str]) -> Outcome {
    match (call.verb, rest) {
        (Verb::Get, ["@me"]) => ok(world.own_user()),
        (Verb::Patch, ["@me"]) => {
            if let Some(name) = call.body["username"].as_str() {
                let bot = world.bot;
                if let Some(user) = world.users.get_mut(&bot) {
                    name.clone_into(&mut user.name);
                    name.clone_into(&mut user.display);
                }
            }
            ok(world.own_user())
        }
        (Verb::Get, ["@me", "guilds"]) => {
            ok(Value::Array(world.bot_guilds().map(|guild| world.guild_entry(guild)).collect()))
        }
        (Verb::Delete, ["@me", "guilds", guild]) => {
            let guild = parse_id(guild);
            if !world.bot_is_in(guild) {
                return Err(refusal(10004));
            }
            let bot = world.bot;
            world.leave(guild, bot);
            Ok(Reply::Empty)
        }
        (Verb::Post, ["@me", "channels"]) => {
            let who = body_id(&call.body["recipient_id"]).unwrap_or(0);
            let known = world.users.get(&who).is_some_and(|user| !user.bot);
            if !known {
                return Err(refusal(50033));
            }
            let channel = world.dm_channel(who);
            ok(world.channel_by_id(channel))
        }
        (Verb::Get, [who]) => match world.users.get(&parse_id(who)) {
            Some(user) => ok(super::wire::user(user)),
            None => Err(refusal(10013)),
        },
        (_, [_] | ["@me", "channels" | "guilds"]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

impl World {
    /// A guild the bot is in; 10004 otherwise.
    pub(crate) fn bot_guild(&self, guild: u64) -> Result<&GuildState, Refusal> {
        self.guilds.get(&guild).filter(|_| self.bot_is_in(guild)).ok_or_else(|| refusal(10004))
    }

    /// The bot needs these guild-wide permissions; 50013 otherwise.
    pub(crate) fn need_in_guild(&self, guild: u64, bits: u64) -> Result<(), Refusal> {
        let found = self.bot_guild(guild)?;
        let has = super::permissions::in_guild(found, self.bot, self.now());
        if has & bits == bits { Ok(()) } else { Err(refusal(50013)) }
    }

    /// A channel the bot can see, with these permissions: 10003, 50001 or 50013 otherwise.
    pub(crate) fn need(&self, channel: u64, bits: u64) -> Result<&ChannelState, Refusal> {
        let found = self.channels.get(&channel).ok_or_else(|| refusal(10003))?;
        if found.guild.is_some_and(|guild| !self.bot_is_in(guild)) {
            return Err(refusal(50001));
        }
        let has = self.may(channel, self.bot);
        if has & VIEW_CHANNEL == 0 {
            return Err(refusal(50001));
        }
        if has & bits == bits { Ok(found) } else { Err(refusal(50013)) }
    }

    /// A channel the bot can write in.
    pub(crate) fn need_to_write(&self, channel: u64) -> Result<&ChannelState, Refusal> {
        let found = self.need(channel, 0)?;
        if !found.takes_text() {
            return Err(refusal(50008));
        }
        let bit = if found.thread.is_some() { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
        if let Some(thread) = found.thread.as_ref().filter(|thread| thread.locked) {
            let manages = self.may(channel, self.bot) & super::permissions::MANAGE_THREADS != 0;
            if !manages {
                return Err(refusal(if thread.archived { 50083 } else { 160_005 }));
            }
        }
        if let Some(who) = found.recipient {
            let willing = self.users.get(&who).is_some_and(|user| !user.refuses_dms);
            if !willing || !self.shares_guild(who) {
                return Err(refusal(50007));
            }
        }
        self.need(channel, bit)
    }
}
