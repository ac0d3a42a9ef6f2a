//! What can be done with messages? Post, read, edit, delete, react, pin.

use serde_json::{Value, json};

use super::{Call, Outcome, Reply, Verb, body_id, ok, parse_id};
use crate::sandbox::errors::{Refusal, refusal, wrong_method};
use crate::sandbox::permissions::{
    ADD_REACTIONS, ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, PIN_MESSAGES, READ_MESSAGE_HISTORY,
};
use crate::sandbox::posting::Draft;
use crate::sandbox::state::{MessageState, World};
use crate::sandbox::{validate, wire};

const MAX_HISTORY: u64 = 100;
const MAX_PINS: usize = 50;
const MAX_KINDS_OF_REACTION: usize = 20;

/// `/channels/{channel}/messages` and what is below it.
pub(crate) fn answer(world: &mut World, call: &Call, channel: u64, rest: &[&str]) -> Outcome {
    match (call.verb, rest) {
        (Verb::Post, []) => post(world, call, channel),
        (Verb::Get, []) => history(world, call, channel),
        (Verb::Post, ["bulk-delete"]) => bulk_delete(world, call, channel),
        (Verb::Get, ["pins"]) => pins_page(world, channel),
        (Verb::Put | Verb::Delete, ["pins", id]) => pin(world, call, channel, parse_id(id)),
        (Verb::Get, [id]) => {
            world.need(channel, READ_MESSAGE_HISTORY)?;
            let message = find(world, channel, parse_id(id))?;
            ok(world.message_for_bot(message))
        }
        (Verb::Patch, [id]) => edit(world, call, channel, parse_id(id)),
        (Verb::Delete, [id]) => {
            world.need(channel, 0)?;
            let message = find(world, channel, parse_id(id))?;
            let (id, own) = (message.id, message.author == world.bot);
            let direct = world.channels.get(&channel).is_some_and(|found| found.guild.is_none());
            if !own && direct {
                return Err(refusal(50003));
            }
            world.need(channel, if own { 0 } else { MANAGE_MESSAGES })?;
            world.delete(id);
            Ok(Reply::Empty)
        }
        (_, [id, "reactions", more @ ..]) => reactions(world, call, channel, parse_id(id), more),
        (_, [] | [_] | ["pins", _]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

fn find(world: &World, channel: u64, id: u64) -> Result<&MessageState, Refusal> {
    let found = world.messages.get(&id);
    found.filter(|message| message.channel == channel && message.only_for.is_none()).ok_or_else(|| refusal(10008))
}

/// Checks and makes the draft of a message; shared with forum posts.
pub(crate) fn draft(world: &mut World, body: &Value, call: &Call, channel: u64) -> Result<Draft, Refusal> {
    validate::message(body)?;
    validate::not_empty(body, call.uploads.len())?;
    let embeds = body["embeds"].as_array().is_some_and(|list| !list.is_empty());
    let bits = if embeds { EMBED_LINKS } else { 0 } | if call.uploads.is_empty() { 0 } else { ATTACH_FILES };
    world.need(channel, bits)?;
    let replies_to = reference(world, body, channel)?;
    let files = world.take_files(&call.uploads, body);
    let kind = if replies_to.is_some() { 19 } else { 0 };
    Ok(Draft { channel, author: world.bot, body: body.clone(), files, kind, replies_to, ..Draft::default() })
}

fn reference(world: &World, body: &Value, channel: u64) -> Result<Option<(u64, u64)>, Refusal> {
    let Some(id) = body_id(&body["message_reference"]["message_id"]) else {
        return Ok(None);
    };
    if find(world, channel, id).is_ok() {
        return match world.need(channel, READ_MESSAGE_HISTORY) {
            Ok(_) => Ok(Some((channel, id))),
            Err(_) => Err(refusal(160_002)),
        };
    }
    if body["message_reference"]["fail_if_not_exists"].as_bool() == Some(false) {
        return Ok(None);
    }
    Err(Refusal::field("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"))
}

fn post(world: &mut World, call: &Call, channel: u64) -> Outcome {
    world.need_to_write(channel)?;
    let nonce = match &call.body["nonce"] {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let draft = draft(world, &call.body, call, channel)?;
    let key = nonce.map(|nonce| (channel, world.bot, nonce));
    if call.body["enforce_nonce"].as_bool() == Some(true) {
        let earlier = key.as_ref().and_then(|key| world.nonces.get(key)).copied();
        let fresh = earlier.filter(|(_, at)| world.now().saturating_sub(*at) < world.spans.nonce_ms);
        if let Some(message) = fresh.and_then(|(id, _)| world.messages.get(&id)) {
            return ok(world.message_json(message));
        }
    }
    let id = world.post(draft);
    if let Some(key) = key {
        world.remember_nonce(key, id);
    }
    let message = world.messages.get(&id).ok_or_else(|| refusal(10008))?;
    ok(world.message_json(message))
}

fn history(world: &mut World, call: &Call, channel: u64) -> Outcome {
    let found = world.need(channel, 0)?;
    if !found.takes_text() {
        return Err(refusal(50008));
    }
    if world.may(channel, world.bot) & READ_MESSAGE_HISTORY == 0 {
        return ok(json!([]));
    }
    let limit = call.number("limit").unwrap_or(50);
    if limit == 0 || limit > MAX_HISTORY {
        return Err(Refusal::field("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."));
    }
    let limit = usize::try_from(limit).unwrap_or(50);
    let shown = |id: &u64| world.messages.get(id).is_some_and(|message| message.only_for.is_none());
    let all = || world.message_ids(channel).filter(shown);
    let mut ids: Vec<u64> = if let Some(around) = call.number("around") {
        let mut older: Vec<u64> = all().rev().filter(|id| *id <= around).take(limit / 2 + 1).collect();
        older.extend(all().filter(|id| *id > around).take(limit / 2));
        older.truncate(limit);
        older
    } else if let Some(after) = call.number("after") {
        all().filter(|id| *id > after).take(limit).collect()
    } else {
        let before = call.number("before").unwrap_or(u64::MAX);
        all().rev().filter(|id| *id < before).take(limit).collect()
    };
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ok(ids.iter().filter_map(|id| world.messages.get(id)).map(|message| world.message_for_bot(message)).collect())
}

fn edit(world: &mut World, call: &Call, channel: u64, id: u64) -> Outcome {
    world.need(channel, 0)?;
    let message = find(world, channel, id)?;
    if message.author != world.bot {
        let flags_only = call.body.as_object().is_some_and(|body| body.keys().all(|key| key == "flags"));
        if !flags_only {
            return Err(refusal(50005));
        }
        world.need(channel, MANAGE_MESSAGES)?;
    }
    if world.channels.get(&channel).and_then(|found| found.thread.as_ref()).is_some_and(|thread| thread.archived) {
        return Err(refusal(50083));
    }
    validate::change(&call.body, find(world, channel, id)?.flags)?;
    world.still_says_something(id, &call.body, call.uploads.len())?;
    let files = world.take_files(&call.uploads, &call.body);
    world.edit(id, &call.body, files);
    let message = find(world, channel, id)?;
    ok(world.message_for_bot(message))
}

fn bulk_delete(world: &mut World, call: &Call, channel: u64) -> Outcome {
    world.need(channel, MANAGE_MESSAGES)?;
    let ids: Vec<u64> = call.body["messages"].as_array().into_iter().flatten().filter_map(body_id).collect();
    if !(2..=100).contains(&ids.len()) {
        return Err(refusal(50016));
    }
    let fortnight_ago = world.now().saturating_sub(14 * 24 * 3_600_000);
    if ids.iter().filter_map(|id| world.messages.get(id)).any(|message| message.at_ms < fortnight_ago) {
        return Err(refusal(50034));
    }
    let gone: Vec<u64> = ids.into_iter().filter(|id| find(world, channel, *id).is_ok()).collect();
    for id in &gone {
        world.drop_message(*id);
    }
    let data = json!({"ids": gone.iter().map(|id| wire::id(*id)).collect::<Vec<_>>(), "channel_id": wire::id(channel)});
    world.dispatch_in(channel, "MESSAGE_DELETE_BULK", data);
    Ok(Reply::Empty)
}

fn reactions(world: &mut World, call: &Call, channel: u64, id: u64, rest: &[&str]) -> Outcome {
    world.need(channel, READ_MESSAGE_HISTORY)?;
    find(world, channel, id)?;
    let bot = world.bot;
    match (call.verb, rest) {
        (Verb::Put, [emoji, "@me"]) => {
            let emoji = known_emoji(emoji)?;
            let message = find(world, channel, id)?;
            let there = message.reactions.iter().any(|(name, _)| *name == emoji);
            let kinds = message.reactions.len();
            if !there {
                world.need(channel, ADD_REACTIONS)?;
                if kinds >= MAX_KINDS_OF_REACTION {
                    return Err(refusal(30010));
                }
            }
            world.react(id, bot, &emoji);
            Ok(Reply::Empty)
        }
        (Verb::Delete, [emoji, who]) => {
            let who = if *who == "@me" { bot } else { parse_id(who) };
            if who != bot {
                world.need(channel, MANAGE_MESSAGES)?;
            }
            let emoji = known_emoji(emoji)?;
            world.unreact(id, who, &emoji);
            Ok(Reply::Empty)
        }
        (Verb::Delete, []) => {
            world.need(channel, MANAGE_MESSAGES)?;
            if let Some(message) = world.messages.get_mut(&id) {
                message.reactions.clear();
            }
            let data = json!({"channel_id": wire::id(channel), "message_id": wire::id(id)});
            world.dispatch_in(channel, "MESSAGE_REACTION_REMOVE_ALL", data);
            Ok(Reply::Empty)
        }
        (Verb::Get, [emoji]) => {
            let emoji = known_emoji(emoji)?;
            let message = find(world, channel, id)?;
            let people = message.reactions.iter().filter(|(name, _)| *name == emoji).flat_map(|(_, who)| who.iter());
            ok(people.map(|who| world.user_json(*who)).collect())
        }
        (_, _) => Err(wrong_method()),
    }
}

/// Unicode emoji are taken as they are; plain letters are not one.
fn known_emoji(text: &str) -> Result<String, Refusal> {
    let custom = text.rsplit_once(':').is_some_and(|(_, id)| id.parse::<u64>().is_ok());
    if custom || (!text.is_empty() && !text.is_ascii() && text.chars().count() <= 12) {
        return Ok(text.to_owned());
    }
    Err(refusal(10014))
}

/// Pins and unpins.
pub(crate) fn pin(world: &mut World, call: &Call, channel: u64, id: u64) -> Outcome {
    world.need(channel, 0)?;
    let powers = world.may(channel, world.bot);
    let direct = world.channels.get(&channel).is_some_and(|found| found.guild.is_none());
    if !direct && powers & (MANAGE_MESSAGES | PIN_MESSAGES) == 0 {
        return Err(refusal(50013));
    }
    let wanted = call.verb == Verb::Put;
    if find(world, channel, id)?.pinned == wanted {
        return Ok(Reply::Empty);
    }
    if wanted && pinned(world, channel).count() >= MAX_PINS {
        return Err(refusal(30003));
    }
    if let Some(message) = world.messages.get_mut(&id) {
        message.pinned = wanted;
    }
    world.touch(id);
    let data = json!({"channel_id": wire::id(channel), "last_pin_timestamp": null});
    world.dispatch_in(channel, "CHANNEL_PINS_UPDATE", data);
    if wanted {
        let author = world.bot;
        world.post(Draft { channel, author, kind: 6, replies_to: Some((channel, id)), ..Draft::default() });
    }
    Ok(Reply::Empty)
}

fn pinned(world: &World, channel: u64) -> impl Iterator<Item = &MessageState> {
    world.message_ids(channel).rev().filter_map(|id| world.messages.get(&id)).filter(|message| message.pinned)
}

/// `GET /channels/{channel}/pins`, the older route.
pub(crate) fn pins(world: &World, channel: u64) -> Outcome {
    world.need(channel, READ_MESSAGE_HISTORY)?;
    ok(pinned(world, channel).map(|message| world.message_for_bot(message)).collect())
}

fn pins_page(world: &World, channel: u64) -> Outcome {
    world.need(channel, READ_MESSAGE_HISTORY)?;
    let items: Vec<Value> = pinned(world, channel)
        .map(|message| json!({"pinned_at": crate::sandbox::snowflake::iso(message.at_ms), "message": world.message_for_bot(message)}))
        .collect();
    ok(json!({"items": items, "has_more": false}))
}
