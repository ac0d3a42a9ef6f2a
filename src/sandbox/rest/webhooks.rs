//! How does the bot answer interactions? The callback, the original answer, and follow-ups.

use serde_json::json;

use super::{Call, Outcome, Reply, Verb, ok};
use crate::sandbox::errors::{refusal, wrong_method};
use crate::sandbox::state::{World, flag};
use crate::sandbox::{validate, wire};

/// `POST /interactions/{id}/{token}/callback`.
pub(crate) fn callback(world: &mut World, call: &Call, id: u64, token: &str) -> Outcome {
    let made = world.callback(id, token, &call.body, &call.uploads)?;
    if call.query("with_response") != Some("true") {
        return Ok(Reply::Empty);
    }
    let message = made.and_then(|id| world.messages.get(&id));
    ok(json!({
        "interaction": {
            "id": wire::id(id), "type": 2, "response_message_id": wire::maybe_id(made),
            "response_message_loading": message.is_some_and(|message| message.flags & flag::LOADING != 0),
            "response_message_ephemeral": message.is_some_and(|message| message.only_for.is_some()),
        },
        "resource": message.map(|message| json!({"type": call.body["type"], "message": world.message_json(message)})),
    }))
}

/// `/webhooks/{application}/{token}` and what is below it.
pub(crate) fn answer(world: &mut World, call: &Call, application: u64, token: &str, rest: &[&str]) -> Outcome {
    match (call.verb, rest) {
        (Verb::Post, []) => {
            let made = world.follow_up(application, token, &call.body, &call.uploads)?;
            let message = world.messages.get(&made).ok_or_else(|| refusal(10008))?;
            ok(world.message_json(message))
        }
        (Verb::Get, ["messages", name]) => {
            let message = world.own_message(application, token, name)?;
            ok(world.message_json(message))
        }
        (Verb::Patch, ["messages", name]) => edit(world, call, application, token, name),
        (Verb::Delete, ["messages", name]) => {
            let id = world.own_message(application, token, name)?.id;
            let interaction = world.by_token(application, token)?.id;
            world.delete(id);
            world.count_edit(interaction);
            Ok(Reply::Empty)
        }
        (_, [] | ["messages", _]) => Err(wrong_method()),
        (_, _) => Err(refusal(0)),
    }
}

fn edit(world: &mut World, call: &Call, application: u64, token: &str, name: &str) -> Outcome {
    let message = world.own_message(application, token, name)?;
    let (id, flags) = (message.id, message.flags);
    let interaction = world.by_token(application, token)?.id;
    validate::change(&call.body, flags)?;
    world.still_says_something(id, &call.body, call.uploads.len())?;
    let files = world.take_files(&call.uploads, &call.body);
    world.edit(id, &call.body, files);
    world.count_edit(interaction);
    let message = world.messages.get(&id).ok_or_else(|| refusal(10008))?;
    ok(world.message_json(message))
}
