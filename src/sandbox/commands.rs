//! Would Discord register this command? Names, lengths, order, nesting and totals of a command tree.
//!
//! Source: Discord's documentation, "Application Commands". Its OpenAPI file misses two of these
//! rules (capitals in names, required options before optional ones).

use std::collections::HashSet;

use serde_json::{Value, json};

use super::errors::{FormErrors, Refusal, refusal};
use super::state::{CommandState, World};
use super::wire;

const MAX_OPTIONS: usize = 25;
const MAX_CHOICES: usize = 25;
const MAX_SLASH: usize = 100;
/// User and message commands: 15 of each since 2025, 5 before; the smaller is the safe one.
const MAX_MENU: usize = 5;
const MAX_TOTAL: usize = 8_000;

/// Discord's numbers for kinds of options.
pub(crate) mod option {
    pub(crate) const SUBCOMMAND: u64 = 1;
    pub(crate) const GROUP: u64 = 2;
    pub(crate) const STRING: u64 = 3;
    pub(crate) const INTEGER: u64 = 4;
    pub(crate) const BOOLEAN: u64 = 5;
    pub(crate) const USER: u64 = 6;
    pub(crate) const CHANNEL: u64 = 7;
    pub(crate) const ROLE: u64 = 8;
    pub(crate) const MENTIONABLE: u64 = 9;
    pub(crate) const NUMBER: u64 = 10;
    pub(crate) const ATTACHMENT: u64 = 11;
}

/// Checks one command as registered.
pub(crate) fn check(command: &Value) -> Result<(), Refusal> {
    let mut form = FormErrors::default();
    check_into(&mut form, "", command);
    form.finish()
}

/// Checks a list of commands as a bulk overwrite.
pub(crate) fn check_all(list: &[Value]) -> Result<(), Refusal> {
    let mut form = FormErrors::default();
    let mut names = HashSet::new();
    for (index, command) in list.iter().enumerate() {
        check_into(&mut form, &index.to_string(), command);
        let key = (kind_of(command), command["name"].as_str().unwrap_or("").to_owned());
        if !names.insert(key) {
            form.add(
                &format!("{index}.name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    form.finish()?;
    let count = |kind: u64| list.iter().filter(|command| kind_of(command) == kind).count();
    if count(1) > MAX_SLASH || count(2) > MAX_MENU || count(3) > MAX_MENU {
        return Err(refusal(30032));
    }
    Ok(())
}

fn kind_of(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn check_into(form: &mut FormErrors, path: &str, command: &Value) {
    let kind = kind_of(command);
    let name = command["name"].as_str().unwrap_or("");
    form.length(&join(path, "name"), name, 1, 32);
    let description = command["description"].as_str().unwrap_or("");
    match kind {
        1 => {
            check_name(form, &join(path, "name"), name);
            form.length(&join(path, "description"), description, 1, 100);
        }
        2 | 3 => {
            if !description.is_empty() || command["options"].as_array().is_some_and(|list| !list.is_empty()) {
                form.add(
                    &join(path, "description"),
                    "APPLICATION_COMMAND_INVALID",
                    "Context menu commands cannot have description or options",
                );
            }
        }
        _ => form.add(&join(path, "type"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3)."),
    }
    check_localizations(form, path, command);
    if command["default_member_permissions"].as_str().is_some_and(|bits| bits.parse::<u64>().is_err()) {
        form.add(&join(path, "default_member_permissions"), "NUMBER_TYPE_COERCE", "Value is not int.");
    }
    check_options(form, path, command, 0);
    if total(command, 0) > MAX_TOTAL {
        form.add(&join(path, "options"), "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
    }
}

/// `^[-_'\p{L}\p{N}...]{1,32}$`, lower case where the letter has one.
fn check_name(form: &mut FormErrors, path: &str, name: &str) {
    let fits = |c: char| (c.is_alphanumeric() || matches!(c, '-' | '_' | '\'')) && !c.is_uppercase();
    if !name.chars().all(fits) {
        form.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn check_localizations(form: &mut FormErrors, path: &str, one: &Value) {
    for (list, most) in [("name_localizations", 32), ("description_localizations", 100)] {
        for (locale, value) in one[list].as_object().into_iter().flatten() {
            let at = join(path, &format!("{list}.{locale}"));
            form.length(&at, value.as_str().unwrap_or(""), 1, most);
            if list == "name_localizations" && kind_of(one) == 1 {
                check_name(form, &at, value.as_str().unwrap_or(""));
            }
        }
    }
}

fn check_options(form: &mut FormErrors, path: &str, parent: &Value, depth: usize) {
    let Some(list) = parent["options"].as_array() else {
        return;
    };
    let at = join(path, "options");
    if list.len() > MAX_OPTIONS {
        form.add(&at, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
        return;
    }
    let nested = |one: &Value| matches!(one["type"].as_u64(), Some(option::SUBCOMMAND | option::GROUP));
    if list.iter().any(nested) && !list.iter().all(nested) {
        form.add(
            &at,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
    let mut names = HashSet::new();
    let mut optional_seen = false;
    for (index, one) in list.iter().enumerate() {
        let at = format!("{at}.{index}");
        let name = one["name"].as_str().unwrap_or("");
        if !names.insert(name) {
            form.add(
                &format!("{at}.name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        let required = one["required"].as_bool().unwrap_or(false);
        if required && optional_seen {
            form.add(
                &at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= !required;
        check_option(form, &at, one, depth);
    }
}

fn check_option(form: &mut FormErrors, at: &str, one: &Value, depth: usize) {
    let name = one["name"].as_str().unwrap_or("");
    form.length(&join(at, "name"), name, 1, 32);
    check_name(form, &join(at, "name"), name);
    form.length(&join(at, "description"), one["description"].as_str().unwrap_or(""), 1, 100);
    check_localizations(form, at, one);
    let kind = one["type"].as_u64().unwrap_or(0);
    match kind {
        option::SUBCOMMAND if depth <= 1 => check_options(form, at, one, 2),
        option::GROUP if depth == 0 => {
            let inner = one["options"].as_array().map_or(&[][..], Vec::as_slice);
            if inner.iter().any(|sub| sub["type"].as_u64() != Some(option::SUBCOMMAND)) {
                form.add(
                    &join(at, "options"),
                    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                    "A group holds sub-commands only",
                );
            }
            check_options(form, at, one, 1);
        }
        option::STRING..=option::ATTACHMENT => check_leaf(form, at, one, kind),
        _ => form.add(
            &join(at, "type"),
            "BASE_TYPE_CHOICES",
            "Value must be one of (1, ..., 11), nested at most two deep.",
        ),
    }
}

fn check_leaf(form: &mut FormErrors, at: &str, one: &Value, kind: u64) {
    let choices = one["choices"].as_array().map_or(&[][..], Vec::as_slice);
    let path = join(at, "choices");
    if choices.len() > MAX_CHOICES {
        form.add(&path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    let takes_choices = matches!(kind, option::STRING | option::INTEGER | option::NUMBER);
    let complete = one["autocomplete"].as_bool().unwrap_or(false);
    if complete && !choices.is_empty() {
        form.add(
            at,
            "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE",
            "choices and autocomplete are mutually exclusive",
        );
    }
    if !takes_choices && (complete || !choices.is_empty()) {
        form.add(
            at,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "choices and autocomplete are for text and numbers only",
        );
    }
    let mut names = HashSet::new();
    for (index, choice) in choices.iter().take(MAX_CHOICES).enumerate() {
        let name = choice["name"].as_str().unwrap_or("");
        form.length(&format!("{path}.{index}.name"), name, 1, 100);
        if !names.insert(name) {
            form.add(
                &format!("{path}.{index}.name"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "Option choice name already exists",
            );
        }
        let fits = match kind {
            option::STRING => choice["value"].as_str().is_some_and(|text| (1..=100).contains(&text.chars().count())),
            option::INTEGER => choice["value"].is_i64() || choice["value"].is_u64(),
            _ => choice["value"].is_number(),
        };
        if !fits {
            form.add(
                &format!("{path}.{index}.value"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID",
                "The value does not fit the type of the option",
            );
        }
    }
    let (least, most) = (one["min_length"].as_u64().unwrap_or(0), one["max_length"].as_u64().unwrap_or(6_000));
    if least > 6_000 || most == 0 || most > 6_000 || least > most {
        form.add(&join(at, "max_length"), "NUMBER_TYPE_MAX", "Lengths must be between 0 and 6000, in order.");
    }
    if let (Some(least), Some(most)) = (one["min_value"].as_f64(), one["max_value"].as_f64())
        && least > most
    {
        form.add(&join(at, "max_value"), "NUMBER_TYPE_MIN", "max_value must not be below min_value.");
    }
}

/// Characters of name, description and choice values, over the whole tree.
fn total(one: &Value, depth: usize) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let choices = one["choices"].as_array().into_iter().flatten();
    let here = length(&one["name"])
        + length(&one["description"])
        + choices.map(|choice| length(&choice["name"]) + length(&choice["value"])).sum::<usize>();
    if depth > 3 {
        return here;
    }
    here + one["options"].as_array().into_iter().flatten().map(|inner| total(inner, depth + 1)).sum::<usize>()
}

impl World {
    /// Registers a command, in place of one of the same name and kind. True if it is new.
    pub(crate) fn register(&mut self, guild: Option<u64>, body: &Value) -> (u64, bool) {
        let kind = kind_of(body);
        let name = body["name"].as_str().unwrap_or("").to_owned();
        let same = |command: &&CommandState| command.guild == guild && command.kind == kind && command.name == name;
        let existing = self.commands.values().find(same).map(|command| command.id);
        let version = self.fresh_id();
        let id = existing.unwrap_or(version);
        let mut json = json!({
            "name_localizations": null, "description": "", "description_localizations": null, "options": [],
            "default_member_permissions": null, "dm_permission": guild.is_none(), "contexts": null,
            "integration_types": [0], "nsfw": false,
        });
        for (key, value) in body.as_object().into_iter().flatten() {
            json[key] = value.clone();
        }
        json["id"] = wire::id(id);
        json["application_id"] = wire::id(self.app.id);
        json["version"] = wire::id(version);
        json["type"] = json!(kind);
        if let Some(guild) = guild {
            json["guild_id"] = wire::id(guild);
        }
        self.commands.insert(id, CommandState { id, guild, kind, name, json });
        (id, existing.is_none())
    }

    /// Replaces all commands of a guild, or all global ones.
    pub(crate) fn overwrite_commands(&mut self, guild: Option<u64>, list: &[Value]) -> Vec<Value> {
        let kept: Vec<u64> = list.iter().map(|body| self.register(guild, body).0).collect();
        self.commands.retain(|id, command| command.guild != guild || kept.contains(id));
        kept.iter().filter_map(|id| self.commands.get(id)).map(|command| command.json.clone()).collect()
    }

    /// The commands of a guild, or the global ones.
    pub(crate) fn commands_of(&self, guild: Option<u64>) -> Vec<Value> {
        self.commands.values().filter(|command| command.guild == guild).map(|command| command.json.clone()).collect()
    }
}
