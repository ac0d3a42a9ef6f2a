//! What can be done with scheduled events? Create, read, change, delete, with Discord's rules.

use serde_json::{Value, json};

use super::{Call, Outcome, Reply, Verb, body_id, ok, parse_id};
use crate::sandbox::errors::{FormErrors, Refusal, refusal, wrong_method};
use crate::sandbox::permissions::{CREATE_EVENTS, MANAGE_EVENTS};
use crate::sandbox::snowflake::{iso, parse_iso};
use crate::sandbox::state::{World, kind};
use crate::sandbox::wire;

const MAX_EVENTS: usize = 100;
/// Discord takes starts up to five years ahead.
const MAX_AHEAD_MS: i64 = 5 * 366 * 24 * 3_600_000;
const SCHEDULED: u64 = 1;
const COMPLETED: u64 = 3;
const CANCELED: u64 = 4;
const EXTERNAL: u64 = 3;

/// `/guilds/{guild}/scheduled-events` and what is below it.
pub(crate) fn answer(world: &mut World, call: &Call, guild: u64, rest: &[&str]) -> Outcome {
    world.bot_guild(guild)?;
    match (call.verb, rest) {
        (Verb::Get, []) => ok(Value::Array(world.scheduled_of(guild))),
        (Verb::Post, []) => create(world, call, guild),
        (Verb::Get, [id]) => ok(find(world, guild, parse_id(id))?.clone()),
        (Verb::Get, [id, "users"]) => {
            find(world, guild, parse_id(id))?;
            ok(json!([]))
        }
        (Verb::Patch, [id]) => edit(world, call, guild, parse_id(id)),
        (Verb::Delete, [id]) => {
            let event = find(world, guild, parse_id(id))?.clone();
            may_change(world, guild, &event)?;
            world.scheduled.remove(&parse_id(id));
            world.dispatch("GUILD_SCHEDULED_EVENT_DELETE", Some(guild), event);
            Ok(Reply::Empty)
        }
        (_, [] | [_]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

fn find(world: &World, guild: u64, id: u64) -> Result<&Value, Refusal> {
    world.scheduled.get(&id).filter(|event| event["guild_id"] == wire::id(guild)).ok_or_else(|| refusal(10070))
}

/// Own events with CREATE_EVENTS, others' with MANAGE_EVENTS.
fn may_change(world: &World, guild: u64, event: &Value) -> Result<(), Refusal> {
    let own = event["creator_id"] == wire::id(world.bot);
    if own && world.need_in_guild(guild, CREATE_EVENTS).is_ok() {
        return Ok(());
    }
    world.need_in_guild(guild, MANAGE_EVENTS)
}

fn create(world: &mut World, call: &Call, guild: u64) -> Outcome {
    if world.need_in_guild(guild, CREATE_EVENTS).is_err() {
        world.need_in_guild(guild, MANAGE_EVENTS)?;
    }
    let mut event = json!({"status": SCHEDULED, "description": null, "channel_id": null, "entity_metadata": null,
        "scheduled_end_time": null, "recurrence_rule": null, "image": null});
    merge(&mut event, &call.body);
    check(world, guild, &event, true)?;
    if world.scheduled_of(guild).iter().filter(|one| one["status"].as_u64() <= Some(2)).count() >= MAX_EVENTS {
        return Err(refusal(30038));
    }
    let id = world.fresh_id();
    event["id"] = wire::id(id);
    event["guild_id"] = wire::id(guild);
    event["creator_id"] = wire::id(world.bot);
    event["creator"] = world.user_json(world.bot);
    event["entity_id"] = Value::Null;
    event["user_count"] = json!(0);
    normalise(&mut event);
    world.scheduled.insert(id, event.clone());
    world.dispatch("GUILD_SCHEDULED_EVENT_CREATE", Some(guild), event.clone());
    ok(event)
}

fn edit(world: &mut World, call: &Call, guild: u64, id: u64) -> Outcome {
    let before = find(world, guild, id)?.clone();
    may_change(world, guild, &before)?;
    if before["status"].as_u64() >= Some(COMPLETED) {
        return Err(refusal(180_000));
    }
    let mut event = before.clone();
    merge(&mut event, &call.body);
    let moved = call.body["scheduled_start_time"].is_string();
    check(world, guild, &event, moved)?;
    let (from, to) = (before["status"].as_u64(), event["status"].as_u64());
    if from != to && !matches!((from, to), (Some(SCHEDULED), Some(2 | CANCELED)) | (Some(2), Some(COMPLETED))) {
        return Err(Refusal::field(
            "status",
            "GUILD_SCHEDULED_EVENT_STATUS_TRANSITION_INVALID",
            "Invalid Guild Scheduled Event Status Transition",
        ));
    }
    normalise(&mut event);
    world.scheduled.insert(id, event.clone());
    world.dispatch("GUILD_SCHEDULED_EVENT_UPDATE", Some(guild), event.clone());
    ok(event)
}

fn merge(event: &mut Value, body: &Value) {
    let fields = [
        "name",
        "description",
        "channel_id",
        "entity_metadata",
        "privacy_level",
        "scheduled_start_time",
        "scheduled_end_time",
        "entity_type",
        "status",
        "recurrence_rule",
    ];
    for field in fields {
        if let Some(value) = body.get(field) {
            event[field] = value.clone();
        }
    }
}

/// Times as Discord gives them back.
fn normalise(event: &mut Value) {
    for field in ["scheduled_start_time", "scheduled_end_time"] {
        if let Some(at) = event[field].as_str().and_then(parse_iso) {
            event[field] = json!(iso(at));
        }
    }
}

fn check(world: &World, guild: u64, event: &Value, start_is_new: bool) -> Result<(), Refusal> {
    let mut form = FormErrors::default();
    form.length("name", event["name"].as_str().unwrap_or("").trim(), 1, 100);
    form.length("description", event["description"].as_str().unwrap_or(""), 0, 1_000);
    if event["privacy_level"].as_u64() != Some(2) {
        form.add("privacy_level", "BASE_TYPE_CHOICES", "Value must be one of (2,).");
    }
    check_times(&mut form, world.now(), event, start_is_new);
    check_place(&mut form, world, guild, event);
    check_recurrence(&mut form, &event["recurrence_rule"]);
    form.finish()
}

fn check_times(form: &mut FormErrors, now: i64, event: &Value, start_is_new: bool) {
    let start = event["scheduled_start_time"].as_str().and_then(parse_iso);
    let end = event["scheduled_end_time"].as_str().and_then(parse_iso);
    match start {
        None => form.required("scheduled_start_time"),
        Some(at) if start_is_new && at <= now => {
            form.add(
                "scheduled_start_time",
                "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
                "Cannot schedule event in the past.",
            );
        }
        Some(at) if at > now.saturating_add(MAX_AHEAD_MS) => {
            form.add(
                "scheduled_start_time",
                "GUILD_SCHEDULED_EVENT_SCHEDULE_FUTURE",
                "Cannot schedule event that far in the future.",
            );
        }
        Some(_) => {}
    }
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        form.add("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "End time must be after start time.");
    }
}

fn check_place(form: &mut FormErrors, world: &World, guild: u64, event: &Value) {
    match event["entity_type"].as_u64() {
        Some(EXTERNAL) => {
            form.length(
                "entity_metadata.location",
                event["entity_metadata"]["location"].as_str().unwrap_or(""),
                1,
                100,
            );
            if event["scheduled_end_time"].as_str().and_then(parse_iso).is_none() {
                form.required("scheduled_end_time");
            }
            if !event["channel_id"].is_null() {
                form.add("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_INVALID", "External events have no channel.");
            }
        }
        Some(entity @ (1 | 2)) => {
            let channel = body_id(&event["channel_id"]).and_then(|id| world.channels.get(&id));
            let wanted = if entity == 1 { kind::STAGE } else { kind::VOICE };
            if !channel.is_some_and(|channel| channel.kind == wanted && channel.guild == Some(guild)) {
                form.add(
                    "channel_id",
                    "GUILD_SCHEDULED_EVENT_CHANNEL_INVALID",
                    "A voice or stage channel of this server is needed.",
                );
            }
        }
        Some(_) | None => form.add("entity_type", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3)."),
    }
}

/// Discord takes one weekday in weekly rules, and every week or every second one.
fn check_recurrence(form: &mut FormErrors, rule: &Value) {
    if !rule.is_object() {
        return;
    }
    if rule["start"].as_str().and_then(parse_iso).is_none() {
        form.required("recurrence_rule.start");
    }
    let interval = rule["interval"].as_u64().unwrap_or(0);
    match rule["frequency"].as_u64() {
        Some(2) => {
            if !(1..=2).contains(&interval) {
                form.add(
                    "recurrence_rule.interval",
                    "GUILD_SCHEDULED_EVENT_RECURRENCE_INVALID",
                    "Weekly events repeat every week or every second week.",
                );
            }
            if rule["by_weekday"].as_array().is_some_and(|days| days.len() != 1) {
                form.add(
                    "recurrence_rule.by_weekday",
                    "GUILD_SCHEDULED_EVENT_RECURRENCE_INVALID",
                    "Weekly events repeat on one weekday.",
                );
            }
        }
        Some(0 | 1 | 3) if interval == 1 => {}
        Some(_) | None => {
            form.add(
                "recurrence_rule.frequency",
                "GUILD_SCHEDULED_EVENT_RECURRENCE_INVALID",
                "This rule of recurrence is not supported.",
            );
        }
    }
}
