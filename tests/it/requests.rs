//! Every request the bot makes, held to rules that others wrote: `twilight-validate` over `twilight-model`,
//! and Discord's own OpenAPI description when `DISCORD_OPENAPI` names the file. What neither of them knows
//! (no ping that was not meant, one message per nonce) is held to the design.
//!
//! A test calls `crate::requests::check(&sandbox)` at its end; nothing else is needed. One that posts with the
//! bot's token itself says with `check_where` which requests were the bot's.
//!
//! Known looseness, made up for here: Discord's description leaves its objects open (so a misspelt field
//! would pass; they are closed here) and allows 4,000 characters of content where 2,000 hold (twilight
//! counts 2,000). Known deviations, let through here:
//! - an embed names no `type`: it is optional in requests, and twilight's model is the one of answers;
//! - a command names neither `type` (1 is meant) nor `version`, which only answers have;
//! - a file of an answer is numbered with text, as the description has it; twilight reads a number;
//! - a moment may end with `Z` (RFC 3339); twilight reads an offset alone;
//! - a scheduled event names no `id`, `guild_id` and `status`: twilight's model is the one of answers;
//! - a button names no `disabled`, a form's input no `value`: twilight fills those in by itself;
//! - `default_member_permissions` of a command is text, as the documentation has it; the description says a
//!   number.

use std::collections::{BTreeSet, HashMap};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use daymark::cli::stage::{Stage, pace};
use daymark::cli::story;
use daymark::clock::Clock;
use daymark::sandbox::{Recorded, Sandbox};
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_model::guild::scheduled_event::{EntityType, GuildScheduledEvent, PrivacyLevel};
use twilight_model::http::interaction::InteractionResponse;
use twilight_validate::{command as commands, message as messages, request as limits};

/// Longest nonce Discord takes (<https://docs.discord.com/developers/resources/message#create-message>).
const NONCE_LIMIT: usize = 25;
/// What `twilight-validate` does not know of a form and of choices
/// (<https://docs.discord.com/developers/interactions/receiving-and-responding>).
const FORM_TITLE_LIMIT: usize = 45;
const FORM_ROWS_LIMIT: usize = 5;
const CHOICES_LIMIT: usize = 25;
const CHOICE_LIMIT: usize = 100;
/// Longest place of a scheduled event
/// (<https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-entity-metadata>).
const PLACE_LIMIT: usize = 100;
/// Longest id of a button, select or form.
const CUSTOM_ID_LIMIT: usize = 100;

/// Every request so far is one that Discord takes, says who may be pinged, and cannot show twice.
#[track_caller]
pub fn check(sandbox: &Sandbox) {
    check_where(sandbox, |_| true);
}

/// The same for some requests only, where a test also speaks to Discord with the bot's token itself.
#[track_caller]
pub fn check_where(sandbox: &Sandbox, by_the_bot: impl Fn(&Recorded) -> bool) {
    let requests = sandbox.requests();
    let wrong: Vec<String> = requests.iter().filter(|request| by_the_bot(request)).flat_map(problems).collect();
    assert!(wrong.is_empty(), "{} requests break rules:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with one request.
pub fn problems(request: &Recorded) -> Vec<String> {
    let mut wrong = Vec::new();
    if request.status == 400 {
        wrong.push("Discord answered 400: the request itself was wrong".to_owned());
    }
    let body = request.body.as_ref();
    match (request.method.as_str(), request.route.as_str(), body) {
        ("POST", "/channels/{id}/messages", Some(body)) => {
            nonce(body, &mut wrong);
            message(body, &mut wrong);
        }
        ("PATCH", "/channels/{id}/messages/{id}" | "/webhooks/{id}/{token}/messages/@original", Some(body))
        | ("POST", "/webhooks/{id}/{token}", Some(body)) => message(body, &mut wrong),
        ("POST", "/interactions/{id}/{token}/callback", Some(body)) => callback(body, &mut wrong),
        ("PUT", "/applications/{id}/commands" | "/applications/{id}/guilds/{id}/commands", Some(body)) => {
            body.as_array().into_iter().flatten().for_each(|one| command(one, &mut wrong));
        }
        ("POST", "/guilds/{id}/scheduled-events", Some(body))
        | ("PATCH", "/guilds/{id}/scheduled-events/{id}", Some(body)) => scheduled(body, &mut wrong),
        ("POST", "/users/@me/channels", Some(_)) | ("GET" | "DELETE" | "PUT", _, None) => {}
        // A new kind of request gets a rule here first.
        (method, route, _) => wrong.push(format!("nobody has said what holds for {method} {route}")),
    }
    described(request, &mut wrong);
    let about = format!("{} {}", request.method, request.route);
    wrong.into_iter().map(|what| format!("{about}: {what}\n    {}", short(&shown(body)))).collect()
}

fn shown(body: Option<&Value>) -> String {
    body.map(ToString::to_string).unwrap_or_default()
}

/// As much of a text as a failed test shows.
fn short(text: &str) -> String {
    text.chars().take(600).collect()
}

fn nonce(body: &Value, wrong: &mut Vec<String>) {
    let fits = |nonce: &str| !nonce.is_empty() && nonce.chars().count() <= NONCE_LIMIT;
    if !body["nonce"].as_str().is_some_and(fits) {
        wrong.push("no nonce of 1 to 25 characters".to_owned());
    }
    if body["enforce_nonce"] != json!(true) {
        wrong.push("the nonce is not enforced, so a repeat would be seen".to_owned());
    }
}

/// A message body: twilight's rules, and nobody is pinged unless the body says so.
fn message(body: &Value, wrong: &mut Vec<String>) {
    if let Some(said) = body.get("content").filter(|said| !said.is_null()) {
        note(wrong, "content", read::<String>(said).and_then(|said| told(messages::content(said))));
    }
    let rich = |embed: &Value| {
        let mut embed = embed.clone();
        embed["type"] = "rich".into();
        read::<Embed>(&embed)
    };
    let embeds: Result<Vec<Embed>, String> = list(body, "embeds").map(rich).collect();
    note(wrong, "embeds", embeds.and_then(|embeds| told(messages::embeds(&embeds))));
    let components: Result<Vec<Component>, String> = list(body, "components").map(read::<Component>).collect();
    note(wrong, "components", components.and_then(|components| told(messages::components(&components, false))));
    for file in list(body, "attachments") {
        note(wrong, "attachments", told(messages::attachment_filename(file["filename"].as_str().unwrap_or_default())));
        if let Some(description) = file["description"].as_str() {
            note(wrong, "attachments", told(messages::attachment_description(description)));
        }
    }
    match body.get("allowed_mentions") {
        None | Some(Value::Null) => wrong.push("it does not say who may be pinged (allowed_mentions)".to_owned()),
        Some(mentions) => {
            note(wrong, "allowed_mentions", read::<AllowedMentions>(mentions).map(drop));
            if mentions["parse"] != json!([]) {
                wrong.push("allowed_mentions lets Discord look for mentions in the text".to_owned());
            }
        }
    }
}

/// An event of the server's: twilight's rules, and what it does not know: one that is held outside of Discord has a
/// place and an end (<https://docs.discord.com/developers/resources/guild-scheduled-event>).
fn scheduled(body: &Value, wrong: &mut Vec<String>) {
    let text = |key: &str| body[key].as_str().unwrap_or_default();
    note(wrong, "name", told(limits::scheduled_event_name(text("name"))));
    note(wrong, "description", told(limits::scheduled_event_description(text("description"))));
    let mut whole = body.clone();
    for (key, value) in [("id", json!("1")), ("guild_id", json!("1")), ("status", json!(1))] {
        if !body[key].is_null() {
            wrong.push(format!("it says its own {key}"));
        }
        whole[key] = value;
    }
    for key in ["scheduled_start_time", "scheduled_end_time"] {
        let text = body[key].as_str().unwrap_or_default();
        if chrono::DateTime::parse_from_rfc3339(text).is_err() {
            wrong.push(format!("{key} is no moment"));
        }
        whole[key] = text.replace('Z', "+00:00").into();
    }
    let found = match read::<GuildScheduledEvent>(&whole) {
        Ok(found) => found,
        Err(error) => return wrong.push(format!("scheduled event: {error}")),
    };
    if (found.entity_type, found.privacy_level) != (EntityType::External, PrivacyLevel::GuildOnly) {
        wrong.push("it is not one of the server alone, held at a place".to_owned());
    }
    let place = found.entity_metadata.and_then(|data| data.location).unwrap_or_default();
    if !(1..=PLACE_LIMIT).contains(&place.chars().count()) {
        wrong.push(format!("its place has not 1 to {PLACE_LIMIT} characters"));
    }
    let starts = found.scheduled_start_time.as_secs();
    if found.scheduled_end_time.is_none_or(|ends| ends.as_secs() <= starts) {
        wrong.push("it does not end after it starts".to_owned());
    }
}

/// The first answer to an interaction.
fn callback(body: &Value, wrong: &mut Vec<String>) {
    let data = &body["data"];
    match body["type"].as_u64() {
        Some(4 | 7) => message(data, wrong),
        Some(5 | 6) if data.is_null() || data.as_object().is_some_and(|data| data.keys().all(|key| key == "flags")) => {
        }
        Some(5 | 6) => wrong.push("a deferred answer says something".to_owned()),
        Some(8) => choices(data, wrong),
        Some(9) => form(data, wrong),
        other => wrong.push(format!("a callback of type {other:?}")),
    }
    // twilight reads embeds as answers hold them, and numbers files with numbers.
    let mut body = body.clone();
    for file in body["data"]["attachments"].as_array_mut().into_iter().flatten() {
        if let Some(number) = file["id"].as_str().and_then(|id| id.parse::<u64>().ok()) {
            file["id"] = number.into();
        }
    }
    for embed in body["data"]["embeds"].as_array_mut().into_iter().flatten() {
        embed["type"] = "rich".into();
    }
    note(wrong, "callback", read::<InteractionResponse>(&body).map(drop));
}

fn choices(data: &Value, wrong: &mut Vec<String>) {
    let offered: Vec<&Value> = list(data, "choices").collect();
    let fits = |text: &Value| text.as_str().is_some_and(|text| (1..=CHOICE_LIMIT).contains(&text.chars().count()));
    if offered.len() > CHOICES_LIMIT || !offered.iter().all(|one| fits(&one["name"]) && fits(&one["value"])) {
        wrong.push("choices that are too many, too long or empty".to_owned());
    }
}

fn form(data: &Value, wrong: &mut Vec<String>) {
    let fits = |key: &str, limit| data[key].as_str().is_some_and(|text| (1..=limit).contains(&text.chars().count()));
    if !fits("title", FORM_TITLE_LIMIT) || !fits("custom_id", CUSTOM_ID_LIMIT) {
        wrong.push("a form's title or id is too long or missing".to_owned());
    }
    let rows: Result<Vec<Component>, String> = list(data, "components").map(read::<Component>).collect();
    note(
        wrong,
        "form",
        rows.and_then(|rows| {
            if rows.is_empty() || rows.len() > FORM_ROWS_LIMIT {
                return Err(format!("a form has 1 to {FORM_ROWS_LIMIT} rows"));
            }
            rows.iter().try_for_each(|row| told(twilight_validate::component::component_v1(row)))
        }),
    );
}

fn command(given: &Value, wrong: &mut Vec<String>) {
    let mut given = given.clone();
    if let Value::Object(fields) = &mut given {
        fields.entry("type").or_insert(1.into());
        fields.entry("version").or_insert("1".into());
        fields.entry("description").or_insert("".into());
    }
    let checked = read::<Command>(&given).and_then(|command| {
        told(commands::command(&command))?;
        told(commands::options(&command.options))?;
        // twilight looks at the name of an option only when it holds no further options.
        command.options.iter().try_for_each(|option| {
            let mut alone = option.clone();
            alone.options = None;
            told(commands::option(&alone))
        })
    });
    note(wrong, given["name"].as_str().unwrap_or("command"), checked);
}

fn list<'a>(body: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    body[key].as_array().into_iter().flatten()
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

fn told<E: std::fmt::Display>(checked: Result<(), E>) -> Result<(), String> {
    checked.map_err(|error| error.to_string())
}

fn note(wrong: &mut Vec<String>, what: &str, checked: Result<(), String>) {
    if let Err(error) = checked {
        wrong.push(format!("{what}: {error}"));
    }
}

/// Discord's own description of its API, with every object closed.
struct Description {
    document: Value,
    built: Mutex<HashMap<String, std::sync::Arc<Validator>>>,
}

static DESCRIPTION: LazyLock<Option<Description>> = LazyLock::new(|| {
    let path = std::env::var_os("DISCORD_OPENAPI").filter(|path| !path.is_empty())?;
    let text =
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("DISCORD_OPENAPI: {}: {error}", path.display()));
    let mut document: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("DISCORD_OPENAPI: {error}"));
    close(&mut document["components"]["schemas"]);
    Some(Description { document, built: Mutex::default() })
});

/// Closes every object that lists its fields, so that a misspelt one is seen. A part of an `allOf` sees
/// only its own fields and stays open.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                if name != "allOf" {
                    close(inner);
                }
            }
            let lists_fields = fields.get("properties").is_some_and(Value::is_object) && fields.contains_key("type");
            if lists_fields && !fields.contains_key("additionalProperties") {
                fields.insert("unevaluatedProperties".to_owned(), false.into());
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Description {
    /// The described path that a path is an instance of; a literal segment wins over a parameter.
    fn path(&self, path: &str) -> Option<&str> {
        let given: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let wanted: Vec<&str> = template.split('/').collect();
            wanted.len() == given.len()
                && wanted.iter().zip(&given).all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
        };
        let paths = self.document["paths"].as_object()?;
        paths.keys().filter(fits).min_by_key(|template| template.matches('{').count()).map(String::as_str)
    }

    fn validator(&self, name: &str, schema: &Value) -> std::sync::Arc<Validator> {
        let mut built = self.built.lock().unwrap();
        let build = || {
            let mut whole = Map::new();
            whole.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
            whole.insert("components".to_owned(), self.document["components"].clone());
            whole.insert("allOf".to_owned(), json!([schema]));
            std::sync::Arc::new(jsonschema::validator_for(&Value::Object(whole)).unwrap())
        };
        built.entry(name.to_owned()).or_insert_with(build).clone()
    }
}

/// The request is one that Discord describes, with a body as Discord describes it.
fn described(request: &Recorded, wrong: &mut Vec<String>) {
    let Some(description) = &*DESCRIPTION else { return };
    let Some(path) = description.path(&request.path) else {
        return wrong.push(format!("Discord describes no path like {}", request.route));
    };
    let method = request.method.to_lowercase();
    let operation = &description.document["paths"][path][&method];
    if operation.is_null() {
        return wrong.push(format!("Discord describes no {} {path}", request.method));
    }
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    match (&request.body, schema.is_null()) {
        (None, _) if operation["requestBody"]["required"] != json!(true) => {}
        (None, _) => wrong.push("it has no body, where Discord wants one".to_owned()),
        (Some(_), true) => wrong.push("it has a body, where Discord wants none".to_owned()),
        (Some(body), false) => {
            let validator = description.validator(&format!("{method} {path}"), schema);
            let body = without_deviations(path, body);
            for error in validator.iter_errors(&body) {
                wrong.push(format!(
                    "Discord's description, at {}: {}",
                    error.instance_path(),
                    short(&error.to_string())
                ));
            }
        }
    }
}

/// The body without what is known to differ and to work all the same.
fn without_deviations(path: &str, body: &Value) -> Value {
    let mut body = body.clone();
    if path.ends_with("/commands") {
        for command in body.as_array_mut().into_iter().flatten() {
            let bits = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
            if let Some(bits) = bits {
                command["default_member_permissions"] = bits.into();
            }
        }
    }
    body
}

/// A week in which the bot makes every kind of request it knows.
const WEEK: &str = "\
start 2026-03-02 08:40 America/New_York
Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff checkin:09:00 name:Evening group
Sam /schedule add title:Evening group when:mon,wed,fri 18:00 leads:1d 15m length:90m link:https://meet.example.org/evening host:Sam ping:@Facilitators address:Room 4
Sam presses Save
Sam /schedule add title:Walk when:never
Sam /schedule show title:Evening group
Sam /schedule preview days:4
Sam /schedule discord-events show:True
Sam /schedule move title:Evening group on:2026-03-11 to:2026-03-12 19:30
Sam presses Undo
Sam /schedule skip on:2026-03-13
Sam presses Undo
Sam /deliveries
Sam /schedule list
Ana /schedule list
Priya /group list
Ana /join
Ana presses Yes, that's okay
Ana presses Yes, that's okay
Ana presses Yes, that's okay
Ben /join
Ben presses Yes, that's okay
Ben presses No, thanks
Ben presses Yes, that's okay
at mon 09:05
Ana /checkin
Ana presses Okay
Ben presses Really hard
Ben presses Write a line
Ben writes Slept three hours. Still here.
Chidi presses So-so
at mon 17:50
Chidi /sessions next
at tue 23:10
Ben: i want to die
Chidi presses Open the note
Ben presses Open the note
Ben presses More helplines
Ben presses Ask for a person here
Ben presses Post it
Ana: i want to die
Ana dm: i want to die
Dee takes no direct messages
at wed 17:56
Ana /privacy
Ana presses Forget me
Ana presses Forget me
Dee /helplines country:GB
Dee /helplines country:Atlantis
Ben /leave
Sam /schedule remove title:Evening group
";

#[tokio::test]
async fn every_kind_of_request_is_one_that_discord_takes() {
    let opening = story::opening(WEEK).unwrap();
    let mut stage =
        Stage::build(Clock::manual(opening.at), "Priya", "Sam", &["Ana", "Ben", "Chidi", "Dee"]).await.unwrap();
    stage.start_bot().await.unwrap();
    for line in WEEK.lines() {
        if let Some(act) = story::act(line).unwrap() {
            let declined = story::play(&mut stage, opening.zone, &act).await.unwrap();
            assert_eq!(declined, None, "{line}");
        }
    }
    for typed in ["/helplines country:Ger", "/group setup zone:Ber"] {
        assert!(!stage.person("Priya").unwrap().autocomplete(typed).await.unwrap().is_empty(), "{typed}");
    }
    stage.stop_bot().await;
    made(
        &stage.sandbox,
        &[
            "GET /applications/{id}/commands",
            "GET /gateway/bot",
            "DELETE /guilds/{id}/scheduled-events/{id}",
            "GET /guilds/{id}/members/{id}",
            "GET /guilds/{id}/scheduled-events",
            "PATCH /guilds/{id}/scheduled-events/{id}",
            "POST /channels/{id}/messages",
            "POST /guilds/{id}/scheduled-events",
            "POST /interactions/{id}/{token}/callback of type 4",
            "POST /interactions/{id}/{token}/callback of type 7",
            "POST /interactions/{id}/{token}/callback of type 8",
            "POST /interactions/{id}/{token}/callback of type 9",
            "POST /users/@me/channels",
            "PUT /applications/{id}/commands",
        ],
    );
    check(&stage.sandbox);
}

/// A bot that finds every handler slow asks for time first, and answers later.
#[tokio::test]
async fn answers_that_come_late_are_ones_that_discord_takes() {
    let opening = story::opening(WEEK).unwrap();
    let mut stage = Stage::build(Clock::manual(opening.at), "Priya", "Sam", &["Ana"]).await.unwrap();
    let mut pace = pace();
    pace.gateway.slow = Duration::ZERO;
    stage.start_bot_with(pace).await.unwrap();
    let setup = "/group setup zone:America/New_York channel:#evening-group country:US name:Evening group";
    for line in [&format!("Priya {setup}"), "Ana /join", "Ana presses Yes, that's okay", "Ana /helplines"] {
        let act = story::act(line).unwrap().unwrap();
        assert_eq!(story::play(&mut stage, opening.zone, &act).await.unwrap(), None, "{line}");
    }
    stage.stop_bot().await;
    made(
        &stage.sandbox,
        &["POST /interactions/{id}/{token}/callback of type 5", "PATCH /webhooks/{id}/{token}/messages/@original"],
    );
    check(&stage.sandbox);
}

/// Each of these kinds was asked of Discord at least once, so that there was something to check.
#[track_caller]
fn made(sandbox: &Sandbox, wanted: &[&str]) {
    let kinds: BTreeSet<String> = sandbox.requests().iter().map(kind).collect();
    let missing: Vec<&&str> = wanted.iter().filter(|wanted| !kinds.contains(**wanted)).collect();
    assert!(missing.is_empty(), "never asked: {missing:?}\nasked: {kinds:#?}");
}

/// A request as the list of what was covered names it.
fn kind(request: &Recorded) -> String {
    let callback = request.body.as_ref().filter(|_| request.route.ends_with("/callback"));
    let callback = callback.map(|body| format!(" of type {}", body["type"])).unwrap_or_default();
    format!("{} {}{callback}", request.method, request.route)
}

#[test]
fn what_breaks_a_rule_is_seen() {
    let mentions = json!({"parse": [], "users": [], "roles": [], "replied_user": false});
    let post = |body: Value| ("POST", "/channels/123456/messages", body);
    let row = |count: usize| {
        let button = |n| json!({"type": 2, "style": 2, "label": "Yes", "custom_id": format!("1/a/{n}")});
        json!([{"type": 1, "components": (0..count).map(button).collect::<Vec<_>>()}])
    };
    let fine = |more: Value| {
        let mut body =
            json!({"content": "hello", "nonce": "n", "enforce_nonce": true, "allowed_mentions": mentions.clone()});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        body
    };
    let answer =
        |kind: u64, data: Value| ("POST", "/interactions/123456/token/callback", json!({"type": kind, "data": data}));
    let command = |name: &str, options: Value| {
        (
            "PUT",
            "/applications/123456/commands",
            json!([{"name": name, "description": "Says hello", "options": options}]),
        )
    };
    let event = |more: Value| {
        let mut body = json!({"name": "Evening", "description": "Kept", "privacy_level": 2, "entity_type": 3,
            "entity_metadata": {"location": "Room 4"}, "scheduled_start_time": "2026-03-02T18:00:00Z",
            "scheduled_end_time": "2026-03-02T19:00:00Z"});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        ("POST", "/guilds/123456/scheduled-events", body)
    };
    let option =
        |name: &str, required: bool| json!({"type": 3, "name": name, "description": "What", "required": required});
    let table = [
        (post(fine(json!({}))), ""),
        (
            post(fine(
                json!({"components": row(5), "embeds": [{"title": "Hello", "fields": [{"name": "a", "value": "b"}]}]}),
            )),
            "",
        ),
        (post(json!({"content": "hello", "nonce": "n", "enforce_nonce": true})), "who may be pinged"),
        (post(fine(json!({"allowed_mentions": {"parse": ["users"]}}))), "look for mentions"),
        (post(fine(json!({"nonce": "12345678901234567890123456"}))), "no nonce"),
        (post(fine(json!({"enforce_nonce": false}))), "not enforced"),
        (post(fine(json!({"content": "x".repeat(2001)}))), "content"),
        (post(fine(json!({"embeds": [{"title": "x".repeat(257)}]}))), "embeds"),
        (post(fine(json!({"components": row(6)}))), "components"),
        (answer(4, json!({"content": "hello"})), "who may be pinged"),
        (answer(7, json!({"content": "hello"})), "who may be pinged"),
        (answer(5, json!({"flags": 64})), ""),
        (answer(5, json!({"flags": 64, "content": "wait"})), "deferred"),
        (answer(9, json!({"title": "x".repeat(46), "custom_id": "1/a", "components": []})), "form"),
        (answer(8, json!({"choices": [{"name": "", "value": "a"}]})), "choices"),
        (command("hello", json!([option("a", true), option("b", false)])), ""),
        (command("Hello", json!([])), "Hello"),
        (command("hello", json!([option("a", false), option("b", true)])), "required"),
        (event(json!({})), ""),
        (event(json!({"name": "x".repeat(101)})), "name"),
        (event(json!({"description": "x".repeat(1001)})), "description"),
        (event(json!({"entity_type": 2})), "held at a place"),
        (event(json!({"privacy_level": 1})), "held at a place"),
        (event(json!({"entity_metadata": {}})), "its place"),
        (event(json!({"scheduled_start_time": "tomorrow"})), "scheduled event"),
        (event(json!({"scheduled_end_time": "2026-03-02T18:00:00Z"})), "does not end"),
        (event(json!({"scheduled_end_time": null})), "scheduled_end_time is no moment"),
        (event(json!({"status": 1})), "its own status"),
        (("POST", "/guilds/123456/bans", json!({})), "nobody has said"),
    ];
    for ((method, path, body), expected) in table {
        let found = problems(&recorded(method, path, body.clone())).join("\n");
        assert!(
            found.contains(expected) && found.is_empty() == expected.is_empty(),
            "{expected:?} in {found:?} for {body}"
        );
    }
}

fn recorded(method: &str, path: &str, body: Value) -> Recorded {
    let route = path.replace("123456", "{id}").replace("/token/", "/{token}/");
    Recorded {
        number: 1,
        method: method.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        route,
        body: Some(body),
        files: Vec::new(),
        status: 200,
        effective: true,
        at: 0,
    }
}

/// What twilight cannot see, Discord's description does, when it is at hand.
#[test]
fn a_misspelt_field_is_seen_by_the_description() {
    let body = json!({"content": "hello", "nonce": "n", "enforce_nonce": true, "allowed_mentions": {"parse": []}, "embed": {}});
    let found = problems(&recorded("POST", "/channels/123456/messages", body));
    assert_eq!(found.is_empty(), DESCRIPTION.is_none(), "{found:?}");
}
