//! What commands has the application? Register, list, change, delete; global and per guild.

use serde_json::{Value, json};

use super::{Call, Outcome, Reply, Verb, ok, parse_id};
use crate::sandbox::commands;
use crate::sandbox::errors::{Refusal, refusal, wrong_method};
use crate::sandbox::state::World;
use crate::sandbox::wire;

/// `/applications/{application}` and what is below it.
pub(crate) fn answer(world: &mut World, call: &Call, rest: &[&str]) -> Outcome {
    let [application, rest @ ..] = rest else {
        return Err(refusal(0));
    };
    if parse_id(application) != world.app.id {
        return Err(refusal(50001));
    }
    match rest {
        ["commands", more @ ..] => commands_of(world, call, None, more),
        ["guilds", guild, "commands", "permissions"] => {
            world.bot_guild(parse_id(guild)).map_err(|_| refusal(50001))?;
            ok(json!([]))
        }
        ["guilds", guild, "commands", more @ ..] => {
            let guild = parse_id(guild);
            world.bot_guild(guild).map_err(|_| refusal(50001))?;
            if let [command, "permissions"] = more {
                return ok(
                    json!({"id": command, "application_id": wire::id(world.app.id), "guild_id": wire::id(guild), "permissions": []}),
                );
            }
            commands_of(world, call, Some(guild), more)
        }
        ["emojis"] if call.verb == Verb::Get => ok(json!({"items": []})),
        ["entitlements" | "skus"] if call.verb == Verb::Get => ok(json!([])),
        _ => Err(refusal(0)),
    }
}

fn commands_of(world: &mut World, call: &Call, guild: Option<u64>, rest: &[&str]) -> Outcome {
    match (call.verb, rest) {
        (Verb::Get, []) => ok(Value::Array(world.commands_of(guild))),
        (Verb::Put, []) => {
            let list = call
                .body
                .as_array()
                .ok_or_else(|| Refusal::field("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"))?;
            commands::check_all(list)?;
            ok(Value::Array(world.overwrite_commands(guild, list)))
        }
        (Verb::Post, []) => {
            commands::check(&call.body)?;
            if world.commands_of(guild).len() >= 100 {
                return Err(refusal(30032));
            }
            let (id, fresh) = world.register(guild, &call.body);
            command(world, guild, id, if fresh { 201 } else { 200 })
        }
        (Verb::Get, [id]) => command(world, guild, parse_id(id), 200),
        (Verb::Patch, [id]) => {
            let Reply::Json(_, mut whole) = command(world, guild, parse_id(id), 200)? else {
                return Err(refusal(10063));
            };
            for (key, value) in call.body.as_object().into_iter().flatten() {
                whole[key] = value.clone();
            }
            commands::check(&whole)?;
            world.commands.remove(&parse_id(id));
            let (fresh, _) = world.register(guild, &whole);
            if let Some(mut moved) = world.commands.remove(&fresh) {
                moved.id = parse_id(id);
                moved.json["id"] = wire::id(moved.id);
                world.commands.insert(moved.id, moved);
            }
            command(world, guild, parse_id(id), 200)
        }
        (Verb::Delete, [id]) => {
            command(world, guild, parse_id(id), 200)?;
            world.commands.remove(&parse_id(id));
            Ok(Reply::Empty)
        }
        (_, [] | [_]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

fn command(world: &World, guild: Option<u64>, id: u64, status: u16) -> Outcome {
    let found = world.commands.get(&id).filter(|command| command.guild == guild);
    found.map(|command| Reply::Json(status, command.json.clone())).ok_or_else(|| refusal(10063))
}
