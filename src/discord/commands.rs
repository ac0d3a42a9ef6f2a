//! Registering what the slices declare: in the background, until it is done, without holding up anything.
//!
//! Discord keeps commands from one start to the next, so they are read first and replaced only when they
//! differ; a command that nobody changed keeps its id and its permissions either way
//! (<https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands>).

use rand::Rng;
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use super::gateway::Gateway;
use super::rest::CallError;
use super::{Command, Rest};

/// What we compare of a command; Discord adds ids and versions of its own.
const COMPARED: [&str; 10] = [
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "type",
    "options",
    "default_member_permissions",
    "contexts",
    "integration_types",
    "nsfw",
];

/// The commands as Discord wants them registered: for installation in guilds; those that work in a guild
/// only are offered nowhere else.
///
/// # Errors
/// When a command cannot be written as JSON, which the tests exclude.
pub fn declared(commands: &[Command]) -> serde_json::Result<Vec<Value>> {
    let mut all = Vec::new();
    for command in commands {
        for created in poise::builtins::create_application_commands(std::iter::once(command)) {
            let mut created = serde_json::to_value(created)?;
            // 0: a guild; 1: direct messages with the bot
            // (<https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-context-types>).
            let contexts: &[u8] = if command.guild_only { &[0] } else { &[0, 1] };
            created["contexts"] = contexts.into();
            // 0: installed in a guild.
            created["integration_types"] = Value::from([0].as_slice());
            if let Value::Object(fields) = &mut created {
                // Deprecated in favour of contexts, and refused beside them by strict checkers.
                fields.remove("dm_permission");
                // 1: a slash command, which serenity leaves unsaid.
                fields.entry("type").or_insert(1.into());
            }
            // The many nulls and empty lists are left out, as Discord's schema wants it.
            all.extend(plain(&created));
        }
    }
    all.sort_by_key(|command| {
        (command["type"].as_u64().unwrap_or(1), command["name"].as_str().unwrap_or_default().to_owned())
    });
    Ok(all)
}

/// Registers the gateway's commands; tries again until it is done or `stop`.
pub(super) async fn register(gateway: Gateway, stop: CancellationToken) {
    let commands = match declared(gateway.commands()) {
        Ok(commands) => commands,
        Err(error) => return tracing::error!(%error, "the commands cannot be written, none are registered"),
    };
    let mut pause = gateway.timings().pause;
    loop {
        let tried = tokio::select! {
            tried = bring_up_to_date(&gateway.bot().rest, &commands) => tried,
            () = stop.cancelled() => return,
        };
        match tried {
            Ok(changed) => {
                tracing::info!(commands = commands.len(), changed, "commands are registered");
                return gateway.say_registered();
            }
            // The gateway says so too, and ends.
            Err(CallError::Refused { status: 401, .. }) => return,
            Err(error) => {
                tracing::warn!(%error, pause_ms = pause.as_millis(), "commands could not be registered, trying again")
            }
        }
        let jittered = pause.mul_f64(rand::rng().random_range(0.75..1.25));
        tokio::select! {
            () = tokio::time::sleep(jittered) => {}
            () = stop.cancelled() => return,
        }
        pause = pause.saturating_mul(2).min(gateway.timings().longest_pause);
    }
}

async fn bring_up_to_date(rest: &Rest, commands: &[Value]) -> Result<bool, CallError> {
    let registered = rest.commands(None).await?;
    if same(commands, &registered) {
        return Ok(false);
    }
    rest.replace_commands(None, commands).await?;
    Ok(true)
}

/// Whether Discord already has these commands.
pub fn same(declared: &[Value], registered: &[Value]) -> bool {
    let mut ours: Vec<String> = declared.iter().map(essence).collect();
    let mut theirs: Vec<String> = registered.iter().map(essence).collect();
    ours.sort();
    theirs.sort();
    ours == theirs
}

/// What of a command people could notice, written one way only.
fn essence(command: &Value) -> String {
    let mut kept: Map<String, Value> =
        COMPARED.iter().filter_map(|field| Some(((*field).to_owned(), plain(command.get(*field)?)?))).collect();
    // A command that names no type is a slash command; Discord always names it.
    kept.entry("type").or_insert(Value::from(1));
    Value::Object(kept).to_string()
}

/// A value without what means "not said": null, false, empty.
fn plain(value: &Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(false) => None,
        // Discord gives a message menu, which takes no description, an empty one.
        Value::String(text) if text.is_empty() => None,
        Value::Array(parts) if parts.is_empty() => None,
        Value::Array(parts) => {
            Some(Value::Array(parts.iter().map(|part| plain(part).unwrap_or(Value::Null)).collect()))
        }
        Value::Object(fields) => {
            let kept: Map<String, Value> =
                fields.iter().filter_map(|(name, field)| Some((name.clone(), plain(field)?))).collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Bool(true) | Value::Number(_) | Value::String(_) => Some(value.clone()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::discord::Ctx;
    use crate::refusal::Stop;

    /// Says hello
    #[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_GUILD")]
    async fn hello(_ctx: Ctx<'_>, #[description = "Whom"] whom: Option<String>) -> Result<(), Stop> {
        drop(whom);
        Ok(())
    }

    /// Says hello anywhere
    #[poise::command(slash_command)]
    async fn anywhere(_ctx: Ctx<'_>) -> Result<(), Stop> {
        Ok(())
    }

    #[test]
    fn what_is_declared_says_where_it_works() {
        let declared = declared(&[hello(), anywhere()]).unwrap();
        let by_name = |name: &str| declared.iter().find(|command| command["name"] == name).unwrap();
        assert_eq!(by_name("hello")["contexts"], json!([0]));
        assert_eq!(by_name("anywhere")["contexts"], json!([0, 1]));
        assert!(
            declared
                .iter()
                .all(|command| command["integration_types"] == json!([0]) && command["dm_permission"].is_null())
        );
    }

    #[test]
    fn what_discord_adds_is_no_difference_and_what_people_see_is() {
        let ours = declared(&[hello(), anywhere()]).unwrap();
        let theirs: Vec<Value> = ours
            .iter()
            .rev()
            .map(|command| {
                let mut command = command.clone();
                command["id"] = "77".into();
                command["version"] = "78".into();
                command["type"] = 1.into();
                command["nsfw"] = false.into();
                command["name_localizations"] = Value::Null;
                command
            })
            .collect();
        assert!(same(&ours, &theirs));
        let mut changed = theirs.clone();
        changed[0]["description"] = "Something else".into();
        assert!(!same(&ours, &changed));
        assert!(!same(&ours, &theirs[1..]));
        assert!(!same(&ours, &[]));
    }
}
