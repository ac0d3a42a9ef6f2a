//! Would Discord take this message? Lengths, counts and shapes of content, embeds and mentions.
//!
//! Limits are from Discord's documentation ("Create Message", "Embed Limits").

use serde_json::Value;

use super::components;
use super::errors::{FormErrors, Refusal, refusal};
use super::state::flag;

/// Characters of a message.
pub(crate) const MAX_CONTENT: usize = 2_000;
const MAX_EMBEDS: usize = 10;
const MAX_EMBED_TOTAL: usize = 6_000;
const MAX_FIELDS: usize = 25;
const MAX_NONCE: usize = 25;
const MAX_MENTION_IDS: usize = 100;

/// Checks that the body is an object; an empty body counts as an empty object.
pub(crate) fn object(body: &Value) -> Result<(), Refusal> {
    match body {
        Value::Object(_) | Value::Null => Ok(()),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(Refusal::field("", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"))
        }
    }
}

/// Checks everything of a message body but whether it is empty.
pub(crate) fn message(body: &Value) -> Result<(), Refusal> {
    change(body, 0)
}

/// Checks the body of an edit; a message that has a V2 layout keeps it.
pub(crate) fn change(body: &Value, flags_before: u64) -> Result<(), Refusal> {
    object(body)?;
    let mut form = FormErrors::default();
    let content = optional_text(&mut form, "content", &body["content"]);
    form.length("content", content.trim(), 0, MAX_CONTENT);
    nonce(&mut form, body);
    let v2 = (body["flags"].as_u64().unwrap_or(0) | flags_before) & flag::COMPONENTS_V2 != 0;
    if v2 && (!content.is_empty() || body["embeds"].as_array().is_some_and(|list| !list.is_empty())) {
        form.add(
            "flags",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2",
        );
    }
    if !body["flags"].is_null() && !body["flags"].is_u64() {
        form.add("flags", "NUMBER_TYPE_COERCE", "Value is not int.");
    }
    embeds(&mut form, &body["embeds"]);
    allowed_mentions(&mut form, &body["allowed_mentions"]);
    components::message(&mut form, &body["components"], v2);
    form.finish()
}

/// Checks that a message says something: text, embed, file, component, sticker or poll.
pub(crate) fn not_empty(body: &Value, files: usize) -> Result<(), Refusal> {
    let text = body["content"].as_str().is_some_and(|text| !text.trim().is_empty());
    let list = |name: &str| body[name].as_array().is_some_and(|list| !list.is_empty());
    let something =
        text || files > 0 || list("embeds") || list("components") || list("sticker_ids") || body["poll"].is_object();
    if something { Ok(()) } else { Err(refusal(50006)) }
}

/// A text that may be missing or null; anything else is an error.
fn optional_text<'a>(form: &mut FormErrors, path: &str, value: &'a Value) -> &'a str {
    match value {
        Value::String(text) => text,
        Value::Null => "",
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            form.add(path, "STRING_TYPE_CONVERT", "Could not interpret \"{}\" as string.");
            ""
        }
    }
}

fn nonce(form: &mut FormErrors, body: &Value) {
    match &body["nonce"] {
        Value::String(text) => form.length("nonce", text, 0, MAX_NONCE),
        Value::Null | Value::Number(_) => {}
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            form.add("nonce", "NONCE_TYPE_INVALID", "Must be a string or an integer.");
        }
    }
}

/// Checks a list of embeds and their sum of characters.
fn embeds(form: &mut FormErrors, value: &Value) {
    let list = match value {
        Value::Null => return,
        Value::Array(list) => list,
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            form.add("embeds", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return;
        }
    };
    if list.len() > MAX_EMBEDS {
        form.add("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
        return;
    }
    let mut total = 0;
    for (index, one) in list.iter().enumerate() {
        total += embed(form, &format!("embeds.{index}"), one);
    }
    if total > MAX_EMBED_TOTAL {
        form.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
}

/// Checks one embed; the number of characters that count towards the sum.
fn embed(form: &mut FormErrors, path: &str, one: &Value) -> usize {
    if !one.is_object() {
        form.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return 0;
    }
    let mut total = 0;
    let texts = [
        ("title", &one["title"], 256),
        ("description", &one["description"], 4_096),
        ("footer.text", &one["footer"]["text"], 2_048),
        ("author.name", &one["author"]["name"], 256),
    ];
    for (name, value, most) in texts {
        let at = format!("{path}.{name}");
        let text = optional_text(form, &at, value);
        form.length(&at, text, 0, most);
        total += text.chars().count();
    }
    total += fields(form, path, &one["fields"]);
    let shown = ["title", "description", "url", "image", "thumbnail", "author", "footer", "fields", "timestamp"];
    if shown.iter().all(|name| one[*name].is_null()) {
        form.required(&format!("{path}.description"));
    }
    for name in ["footer", "author"] {
        let inner = if name == "footer" { "text" } else { "name" };
        if one[name].is_object() && one[name][inner].as_str().is_none_or(str::is_empty) {
            form.required(&format!("{path}.{name}.{inner}"));
        }
    }
    links(form, path, one);
    if one["color"].as_u64().is_some_and(|color| color > 0xFF_FFFF) {
        form.add(&format!("{path}.color"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.");
    }
    if one["timestamp"].as_str().is_some_and(|text| super::snowflake::parse_iso(text).is_none()) {
        form.add(&format!("{path}.timestamp"), "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601.");
    }
    total
}

fn fields(form: &mut FormErrors, path: &str, value: &Value) -> usize {
    let Some(list) = value.as_array() else { return 0 };
    let at = format!("{path}.fields");
    if list.len() > MAX_FIELDS {
        form.add(&at, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
        return 0;
    }
    let mut total = 0;
    for (index, field) in list.iter().enumerate() {
        for (name, most) in [("name", 256), ("value", 1_024)] {
            let at = format!("{at}.{index}.{name}");
            let text = optional_text(form, &at, &field[name]);
            form.length(&at, text.trim(), 1, most);
            total += text.chars().count();
        }
    }
    total
}

fn links(form: &mut FormErrors, path: &str, one: &Value) {
    let checks = [
        ("url", &one["url"], false),
        ("image.url", &one["image"]["url"], true),
        ("thumbnail.url", &one["thumbnail"]["url"], true),
        ("author.url", &one["author"]["url"], false),
        ("author.icon_url", &one["author"]["icon_url"], true),
        ("footer.icon_url", &one["footer"]["icon_url"], true),
    ];
    for (name, value, file_ok) in checks {
        let Some(text) = value.as_str() else { continue };
        let web = text.starts_with("https://") || text.starts_with("http://");
        let fits = web || (file_ok && text.starts_with("attachment://"));
        if !fits {
            form.add(&format!("{path}.{name}"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https').");
        }
    }
}

fn allowed_mentions(form: &mut FormErrors, value: &Value) {
    let Some(allowed) = value.as_object() else {
        if !value.is_null() {
            form.add("allowed_mentions", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        }
        return;
    };
    let parse: Vec<&str> =
        allowed.get("parse").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    for (index, word) in parse.iter().enumerate() {
        if !matches!(*word, "users" | "roles" | "everyone") {
            form.add(
                &format!("allowed_mentions.parse.{index}"),
                "BASE_TYPE_CHOICES",
                "Value must be one of ('users', 'everyone', 'roles').",
            );
        }
    }
    for list in ["users", "roles"] {
        let count = allowed.get(list).and_then(Value::as_array).map_or(0, Vec::len);
        form.count(&format!("allowed_mentions.{list}"), count, 0, MAX_MENTION_IDS);
        if count > 0 && parse.contains(&list) {
            form.add(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                &format!("parse:[\"{list}\"] and {list}: [ids...] are mutually exclusive."),
            );
        }
    }
}
