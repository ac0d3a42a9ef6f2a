//! Would Discord take these buttons, selects and forms?
//!
//! Classic rows and the layout of Components V2; limits are from Discord's "Component Reference".

use std::collections::HashSet;

use serde_json::Value;

use super::errors::{FormErrors, Refusal};

const MAX_ROWS: usize = 5;
const MAX_ROW_BUTTONS: usize = 5;
const MAX_CUSTOM_ID: usize = 100;
const MAX_LABEL: usize = 80;
const MAX_OPTIONS: usize = 25;
const MAX_V2: usize = 40;
const MAX_V2_TEXT: usize = 4_000;
/// Depth of nesting followed; Discord nests at most four deep.
const MAX_DEPTH: usize = 6;

/// Discord's numbers for kinds of components.
pub(crate) mod kind {
    pub(crate) const ROW: u64 = 1;
    pub(crate) const BUTTON: u64 = 2;
    pub(crate) const STRING_SELECT: u64 = 3;
    pub(crate) const TEXT_INPUT: u64 = 4;
    pub(crate) const USER_SELECT: u64 = 5;
    pub(crate) const ROLE_SELECT: u64 = 6;
    pub(crate) const MENTIONABLE_SELECT: u64 = 7;
    pub(crate) const CHANNEL_SELECT: u64 = 8;
    pub(crate) const SECTION: u64 = 9;
    pub(crate) const TEXT: u64 = 10;
    pub(crate) const THUMBNAIL: u64 = 11;
    pub(crate) const GALLERY: u64 = 12;
    pub(crate) const FILE: u64 = 13;
    pub(crate) const SEPARATOR: u64 = 14;
    pub(crate) const CONTAINER: u64 = 17;
    pub(crate) const LABEL: u64 = 18;
}

/// True for every kind of select menu.
pub(crate) fn is_select(kind: u64) -> bool {
    matches!(
        kind,
        kind::STRING_SELECT | kind::USER_SELECT | kind::ROLE_SELECT | kind::MENTIONABLE_SELECT | kind::CHANNEL_SELECT
    )
}

#[derive(Default)]
struct Tally {
    ids: HashSet<String>,
    count: usize,
    text: usize,
}

/// Checks the components of a message.
pub(crate) fn message(form: &mut FormErrors, value: &Value, v2: bool) {
    let Some(list) = value.as_array() else {
        if !value.is_null() {
            form.add("components", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }
        return;
    };
    let mut tally = Tally::default();
    if !v2 && list.len() > MAX_ROWS {
        form.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        return;
    }
    for (index, one) in list.iter().enumerate() {
        let path = format!("components.{index}");
        match one["type"].as_u64() {
            Some(kind::ROW) => row(form, &path, one, &mut tally),
            Some(9 | 10 | 12 | 13 | 14 | 17) if v2 => block(form, &path, one, &mut tally, 0),
            Some(_) | None => {
                form.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
            }
        }
    }
    if v2 && tally.count + list.len() > MAX_V2 {
        form.add("components", "BASE_TYPE_MAX_LENGTH", "Must be 40 or fewer components in total.");
    }
    if v2 && tally.text > MAX_V2_TEXT {
        form.add("components", "COMPONENT_MAX_TOTAL_CHARACTERS", "Must be 4000 or fewer in total characters.");
    }
}

/// Checks a block of Components V2 and what is inside it.
fn block(form: &mut FormErrors, path: &str, one: &Value, tally: &mut Tally, depth: usize) {
    if depth > MAX_DEPTH {
        form.add(path, "COMPONENT_TOO_DEEP", "Nested too deep.");
        return;
    }
    tally.count += 1;
    match one["type"].as_u64() {
        Some(kind::ROW) => row(form, path, one, tally),
        Some(kind::BUTTON) => button(form, path, one, tally),
        Some(kind::TEXT) => {
            let text = one["content"].as_str().unwrap_or("");
            form.length(&format!("{path}.content"), text, 1, MAX_V2_TEXT);
            tally.text += text.chars().count();
        }
        Some(kind::SECTION | kind::THUMBNAIL | kind::GALLERY | kind::FILE | kind::SEPARATOR | kind::CONTAINER) => {}
        Some(_) | None => {
            form.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", "This type of component cannot stand here.");
        }
    }
    if one["type"].as_u64() == Some(kind::SECTION) {
        let count = one["components"].as_array().map_or(0, Vec::len);
        form.count(&format!("{path}.components"), count, 1, 3);
        if one["accessory"].is_object() {
            block(form, &format!("{path}.accessory"), &one["accessory"], tally, depth + 1);
        } else {
            form.required(&format!("{path}.accessory"));
        }
    }
    if matches!(one["type"].as_u64(), Some(kind::SECTION | kind::CONTAINER)) {
        for (index, inner) in one["components"].as_array().into_iter().flatten().enumerate() {
            block(form, &format!("{path}.components.{index}"), inner, tally, depth + 1);
        }
    }
}

fn row(form: &mut FormErrors, path: &str, one: &Value, tally: &mut Tally) {
    let Some(list) = one["components"].as_array() else {
        form.required(&format!("{path}.components"));
        return;
    };
    form.count(&format!("{path}.components"), list.len(), 1, MAX_ROW_BUTTONS);
    let selects = list.iter().filter(|inner| inner["type"].as_u64().is_some_and(is_select)).count();
    if selects > 0 && list.len() > 1 {
        form.add(
            &format!("{path}.components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        );
    }
    for (index, inner) in list.iter().take(MAX_ROW_BUTTONS).enumerate() {
        tally.count += 1;
        let path = format!("{path}.components.{index}");
        match inner["type"].as_u64() {
            Some(kind::BUTTON) => button(form, &path, inner, tally),
            Some(kind) if is_select(kind) => select(form, &path, inner, tally),
            Some(_) | None => {
                form.add(
                    &format!("{path}.type"),
                    "UNION_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
                );
            }
        }
    }
}

fn custom_id(form: &mut FormErrors, path: &str, one: &Value, tally: &mut Tally) {
    let at = format!("{path}.custom_id");
    let Some(text) = one["custom_id"].as_str() else {
        form.required(&at);
        return;
    };
    form.length(&at, text, 1, MAX_CUSTOM_ID);
    if !tally.ids.insert(text.to_owned()) {
        form.add(&at, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
}

fn button(form: &mut FormErrors, path: &str, one: &Value, tally: &mut Tally) {
    let label = one["label"].as_str().unwrap_or("");
    form.length(&format!("{path}.label"), label, 0, MAX_LABEL);
    match one["style"].as_u64() {
        Some(1..=4) => {
            if !one["url"].is_null() {
                form.add(path, "COMPONENT_CUSTOM_ID_WITH_URL", "A custom id and url cannot both be specified");
            }
            custom_id(form, path, one, tally);
        }
        Some(5) => {
            let url = one["url"].as_str().unwrap_or("");
            form.length(&format!("{path}.url"), url, 1, 512);
            if !["http://", "https://", "discord://"].iter().any(|scheme| url.starts_with(scheme)) {
                form.add(
                    &format!("{path}.url"),
                    "URL_TYPE_INVALID_SCHEME",
                    "Scheme must be one of ('http', 'https', 'discord').",
                );
            }
        }
        Some(6) => return,
        Some(_) | None => {
            form.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).");
        }
    }
    if label.is_empty() && !one["emoji"].is_object() {
        form.add(path, "BUTTON_COMPONENT_INVALID_LABEL_EMOJI", "A button must have a label or an emoji.");
    }
}

fn select(form: &mut FormErrors, path: &str, one: &Value, tally: &mut Tally) {
    custom_id(form, path, one, tally);
    form.length(&format!("{path}.placeholder"), one["placeholder"].as_str().unwrap_or(""), 0, 150);
    let least = one["min_values"].as_u64().unwrap_or(1);
    let most = one["max_values"].as_u64().unwrap_or(1);
    if least > 25 || most == 0 || most > 25 || least > most {
        form.add(
            &format!("{path}.max_values"),
            "NUMBER_TYPE_MAX",
            "min_values and max_values must be between 0 and 25, in order.",
        );
    }
    if one["type"].as_u64() != Some(kind::STRING_SELECT) {
        return;
    }
    let empty = Vec::new();
    let options = one["options"].as_array().unwrap_or(&empty);
    let at = format!("{path}.options");
    form.count(&at, options.len(), 1, MAX_OPTIONS);
    if usize::try_from(most).unwrap_or(0) > options.len() {
        form.add(
            &format!("{path}.max_values"),
            "BASE_TYPE_BAD_LENGTH",
            "max_values is greater than the number of options.",
        );
    }
    let mut values = HashSet::new();
    for (index, option) in options.iter().take(MAX_OPTIONS).enumerate() {
        for name in ["label", "value"] {
            form.length(&format!("{at}.{index}.{name}"), option[name].as_str().unwrap_or(""), 1, 100);
        }
        form.length(&format!("{at}.{index}.description"), option["description"].as_str().unwrap_or(""), 0, 100);
        if !values.insert(option["value"].as_str().unwrap_or("")) {
            form.add(
                &format!("{at}.{index}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}

/// Checks a modal.
pub(crate) fn modal(form_value: &Value) -> Result<(), Refusal> {
    let mut form = FormErrors::default();
    form.length("data.custom_id", form_value["custom_id"].as_str().unwrap_or(""), 1, MAX_CUSTOM_ID);
    form.length("data.title", form_value["title"].as_str().unwrap_or(""), 1, 45);
    let empty = Vec::new();
    let rows = form_value["components"].as_array().unwrap_or(&empty);
    form.count("data.components", rows.len(), 1, MAX_ROWS);
    let mut tally = Tally::default();
    for (index, row) in rows.iter().take(MAX_ROWS).enumerate() {
        let path = format!("data.components.{index}");
        match row["type"].as_u64() {
            Some(kind::ROW) => {
                let inner = row["components"].as_array().unwrap_or(&empty);
                form.count(&format!("{path}.components"), inner.len(), 1, 1);
                for one in inner.iter().take(1) {
                    input(&mut form, &format!("{path}.components.0"), one, &mut tally, true);
                }
            }
            Some(kind::LABEL) => {
                form.length(&format!("{path}.label"), row["label"].as_str().unwrap_or(""), 1, 45);
                form.length(&format!("{path}.description"), row["description"].as_str().unwrap_or(""), 0, 100);
                input(&mut form, &format!("{path}.component"), &row["component"], &mut tally, false);
            }
            Some(kind::TEXT) => {}
            Some(_) | None => {
                form.add(
                    &format!("{path}.type"),
                    "UNION_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (1, 10, 18).",
                );
            }
        }
    }
    form.finish()
}

fn input(form: &mut FormErrors, path: &str, one: &Value, tally: &mut Tally, labelled: bool) {
    if !labelled && one["type"].as_u64().is_some_and(is_select) {
        select(form, path, one, tally);
        return;
    }
    if one["type"].as_u64() != Some(kind::TEXT_INPUT) {
        form.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (4,).");
        return;
    }
    custom_id(form, path, one, tally);
    if !matches!(one["style"].as_u64(), Some(1 | 2)) {
        form.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
    }
    if labelled {
        form.length(&format!("{path}.label"), one["label"].as_str().unwrap_or(""), 1, 45);
    }
    form.length(&format!("{path}.placeholder"), one["placeholder"].as_str().unwrap_or(""), 0, 100);
    form.length(&format!("{path}.value"), one["value"].as_str().unwrap_or(""), 0, 4_000);
    let least = one["min_length"].as_u64().unwrap_or(0);
    let most = one["max_length"].as_u64().unwrap_or(4_000);
    if most == 0 || most > 4_000 || least > most {
        form.add(
            &format!("{path}.max_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 4000, and not below min_length.",
        );
    }
}
