//! Cards and modals as Discord's JSON: a classic embed, action rows, attachments.
//!
//! What is too long is cut with an ellipsis as a last resort and logged without its words: the tests hold
//! every card of every slice against [`Card::problems`], so a cut means a mistake of ours, and a message
//! that arrives shortened is better than one that Discord refuses. Every body names whom it may ping
//! (`allowed_mentions`), because Discord pings everybody the text mentions when that is missing.
//!
//! Sources: <https://docs.discord.com/developers/resources/message>,
//! <https://docs.discord.com/developers/components/reference>.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::press::{self, CUSTOM_ID_LIMIT};
use crate::card::{
    BODY_LIMIT, BUTTONS_LIMIT, Button, Card, FIELD_LIMIT, FIELDS_LIMIT, INPUT_LIMIT, INPUTS_LIMIT, Input, LABEL_LIMIT,
    Leads, MODAL_TITLE_LIMIT, Modal, OPTIONS_LIMIT, Panel, People, Pings, Press, ROWS_LIMIT, Row, Select, Style,
    TEXT_LIMIT, TITLE_LIMIT,
};

/// Message flag: only the person who is answered sees it
/// (<https://docs.discord.com/developers/resources/message#message-object-message-flags>).
pub const EPHEMERAL: u64 = 1 << 6;
/// Message flag: devices stay quiet.
pub const SILENT: u64 = 1 << 12;
/// Most characters of a panel's small print.
const FOOTER_LIMIT: usize = 2048;
/// Most characters of a panel altogether.
const PANEL_LIMIT: usize = 6000;
/// Most characters of a select's placeholder.
const PLACEHOLDER_LIMIT: usize = 150;
/// Most characters of an option's label or value, and of an input's placeholder.
const OPTION_LIMIT: usize = 100;
/// Most characters above an input.
const INPUT_LABEL_LIMIT: usize = 45;
/// Most ids in one list of `allowed_mentions`.
const PINGS_LIMIT: usize = 100;
/// Most files on a message.
pub const FILES_LIMIT: usize = 10;
/// Most characters of a file's description.
const DESCRIPTION_LIMIT: usize = 1024;
/// Longest address of a link button.
const LINK_LIMIT: usize = 512;
/// Choices shown while somebody types.
pub const CHOICES_LIMIT: usize = 25;

/// Component types (<https://docs.discord.com/developers/components/reference#component-object-component-types>).
const ACTION_ROW: u8 = 1;
const BUTTON: u8 = 2;
const STRING_SELECT: u8 = 3;
const USER_SELECT: u8 = 5;
const TEXT_INPUT: u8 = 4;

/// The body that posts a card as a new message; `flags` are added to the card's own.
pub fn message(card: &Card, flags: u64) -> Value {
    let mut body = Map::new();
    if !card.text.is_empty() {
        body.insert("content".into(), cut("text", &card.text, TEXT_LIMIT).into());
    }
    if let Some(panel) = &card.panel {
        body.insert("embeds".into(), json!([embed(panel)]));
    }
    if !card.rows.is_empty() {
        body.insert("components".into(), rows(&card.rows));
    }
    if !card.files.is_empty() {
        body.insert("attachments".into(), attachments(card));
    }
    let flags = flags | if card.silent { SILENT } else { 0 };
    if flags != 0 {
        body.insert("flags".into(), flags.into());
    }
    body.insert("allowed_mentions".into(), allowed_mentions(&card.pings));
    Value::Object(body)
}

/// The body that replaces a message by a card: whatever the card lacks is taken away.
pub fn replacement(card: &Card) -> Value {
    json!({
        "content": cut("text", &card.text, TEXT_LIMIT),
        "embeds": card.panel.iter().map(embed).collect::<Vec<_>>(),
        "components": rows(&card.rows),
        "attachments": attachments(card),
        "allowed_mentions": allowed_mentions(&card.pings),
    })
}

/// The body that shows a modal.
pub fn modal(modal: &Modal) -> Value {
    if modal.inputs.is_empty() || modal.inputs.len() > INPUTS_LIMIT {
        tracing::error!(
            slice = modal.press.slice,
            verb = modal.press.verb,
            inputs = modal.inputs.len(),
            "a modal has a wrong number of inputs"
        );
    }
    let inputs: Vec<Value> = modal.inputs.iter().take(INPUTS_LIMIT).map(input).collect();
    json!({
        "custom_id": custom_id(&modal.press).unwrap_or_else(|| "d1:unknown:unknown".into()),
        "title": cut("modal title", &modal.title, MODAL_TITLE_LIMIT),
        "components": inputs,
    })
}

/// The body that offers choices while somebody types: (shown, sent).
pub fn choices(choices: &[(String, String)]) -> Value {
    let choices: Vec<Value> = choices
        .iter()
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .take(CHOICES_LIMIT)
        .map(|(name, value)| json!({"name": cut("choice", name, OPTION_LIMIT), "value": cut("choice", value, OPTION_LIMIT)}))
        .collect();
    json!({"choices": choices})
}

/// Whom a message may ping, and nobody else.
pub fn allowed_mentions(pings: &Pings) -> Value {
    let users: Vec<String> = distinct(pings.users.iter().map(ToString::to_string));
    let roles: Vec<String> = distinct(pings.roles.iter().map(ToString::to_string));
    json!({"parse": [], "users": users, "roles": roles, "replied_user": false})
}

/// Whether a message read back from Discord shows this card: same text, same panel, same buttons. Small
/// print does not count, as `outbox::messenger::same_words` promises.
pub fn shows(found: &Value, card: &Card) -> bool {
    essence(found) == essence(&message(card, 0))
}

/// The words and custom ids of a message, as they survive the way through Discord (which trims text and
/// adds fields of its own).
fn essence(message: &Value) -> Vec<String> {
    let mut words = vec![trimmed(&message["content"])];
    for embed in message["embeds"].as_array().into_iter().flatten() {
        words.push(trimmed(&embed["title"]));
        words.push(trimmed(&embed["description"]));
        for field in embed["fields"].as_array().into_iter().flatten() {
            words.push(trimmed(&field["name"]));
            words.push(trimmed(&field["value"]));
        }
    }
    for row in message["components"].as_array().into_iter().flatten() {
        for part in row["components"].as_array().into_iter().flatten() {
            words.push(trimmed(&part["custom_id"]));
            words.push(trimmed(&part["url"]));
        }
    }
    for file in message["attachments"].as_array().into_iter().flatten() {
        words.push(trimmed(&file["filename"]));
    }
    words.retain(|word| !word.is_empty());
    words
}

fn trimmed(text: &Value) -> String {
    text.as_str().unwrap_or_default().trim().to_owned()
}

fn distinct(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    ids.filter(|id| seen.insert(id.clone())).take(PINGS_LIMIT).collect()
}

/// Cuts at a character boundary and says so in the log, without the words.
fn cut(part: &'static str, text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    tracing::warn!(part, length, limit, "a card is too long and was cut");
    if limit == 0 {
        return String::new();
    }
    let mut kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    kept.push('\u{2026}');
    kept
}

/// Discord refuses empty text in some places; a zero-width space stands in.
fn said(part: &'static str, text: &str, limit: usize) -> String {
    if text.trim().is_empty() { "\u{200B}".into() } else { cut(part, text, limit) }
}

fn embed(panel: &Panel) -> Value {
    let mut left = PANEL_LIMIT;
    let mut take = |part, text: &str, limit: usize| {
        let kept = cut(part, text, limit.min(left));
        left = left.saturating_sub(kept.chars().count());
        kept
    };
    let mut embed = Map::new();
    let title = take("title", &panel.title, TITLE_LIMIT);
    let footer = take("footer", &panel.footer, FOOTER_LIMIT);
    let mut fields = Vec::new();
    if panel.fields.len() > FIELDS_LIMIT {
        tracing::warn!(fields = panel.fields.len(), "a panel has too many fields and was cut");
    }
    for (name, value) in panel.fields.iter().take(FIELDS_LIMIT) {
        let name = take("field name", &said("field name", name, TITLE_LIMIT), TITLE_LIMIT);
        let value = take("field", &said("field", value, FIELD_LIMIT), FIELD_LIMIT);
        if !name.is_empty() && !value.is_empty() {
            fields.push(json!({"name": name, "value": value}));
        }
    }
    let body = take("body", &panel.body, BODY_LIMIT);
    if !title.is_empty() {
        embed.insert("title".into(), title.into());
    }
    if !body.is_empty() {
        embed.insert("description".into(), body.into());
    }
    if !fields.is_empty() {
        embed.insert("fields".into(), fields.into());
    }
    if !footer.is_empty() {
        embed.insert("footer".into(), json!({"text": footer}));
    }
    Value::Object(embed)
}

fn rows(rows: &[Row]) -> Value {
    if rows.len() > ROWS_LIMIT {
        tracing::warn!(rows = rows.len(), "a card has too many rows and was cut");
    }
    // Discord refuses a message in which two components carry the same custom id.
    let mut seen = HashSet::new();
    let rendered: Vec<Value> = rows
        .iter()
        .take(ROWS_LIMIT)
        .map(|row| match row {
            Row::Buttons(buttons) => {
                if buttons.len() > BUTTONS_LIMIT {
                    tracing::warn!(buttons = buttons.len(), "a row has too many buttons and was cut");
                }
                buttons.iter().filter_map(|one| button(one, &mut seen)).take(BUTTONS_LIMIT).collect::<Vec<_>>()
            }
            Row::Select(one) => select(one, &mut seen).into_iter().collect(),
            Row::People(one) => people(one, &mut seen).into_iter().collect(),
        })
        .filter(|parts| !parts.is_empty())
        .map(|parts| json!({"type": ACTION_ROW, "components": parts}))
        .collect();
    Value::Array(rendered)
}

fn button(button: &Button, seen: &mut HashSet<String>) -> Option<Value> {
    let mut out = Map::new();
    out.insert("type".into(), BUTTON.into());
    match &button.leads {
        Leads::Press(press) => {
            out.insert("style".into(), style(button.style).into());
            out.insert("custom_id".into(), fresh(custom_id(press)?, seen)?.into());
        }
        Leads::Link(address) => {
            if address.len() > LINK_LIMIT || !address.starts_with("http") {
                tracing::error!(
                    length = address.len(),
                    "a link button has an address that Discord refuses and was left out"
                );
                return None;
            }
            out.insert("style".into(), 5.into());
            out.insert("url".into(), address.as_str().into());
        }
    }
    if !button.label.is_empty() {
        out.insert("label".into(), cut("button", &button.label, LABEL_LIMIT).into());
    } else if button.emoji.is_none() {
        out.insert("label".into(), "\u{2026}".into());
    }
    if let Some(emoji) = button.emoji {
        out.insert("emoji".into(), json!({"name": emoji}));
    }
    Some(Value::Object(out))
}

fn style(style: Style) -> u8 {
    match style {
        Style::Primary => 1,
        Style::Plain => 2,
        Style::Positive => 3,
        Style::Danger => 4,
    }
}

fn select(select: &Select, seen: &mut HashSet<String>) -> Option<Value> {
    let id = fresh(custom_id(&select.press)?, seen)?;
    if select.options.len() > OPTIONS_LIMIT {
        tracing::warn!(options = select.options.len(), "a select has too many options and was cut");
    }
    let options: Vec<Value> = select
        .options
        .iter()
        .take(OPTIONS_LIMIT)
        .map(|(value, label)| json!({"value": said("option value", value, OPTION_LIMIT), "label": said("option", label, OPTION_LIMIT)}))
        .collect();
    if options.is_empty() {
        tracing::error!(
            slice = select.press.slice,
            verb = select.press.verb,
            "a select has no options and was left out"
        );
        return None;
    }
    let (least, most) = select.choose;
    let most = usize::from(most).clamp(1, options.len());
    let mut out = json!({
        "type": STRING_SELECT,
        "custom_id": id,
        "min_values": usize::from(least).min(most),
        "max_values": most,
        "options": options,
    });
    if !select.placeholder.is_empty() {
        out["placeholder"] = cut("placeholder", &select.placeholder, PLACEHOLDER_LIMIT).into();
    }
    Some(out)
}

fn people(people: &People, seen: &mut HashSet<String>) -> Option<Value> {
    let (least, most) = people.choose;
    let most = usize::from(most).clamp(1, OPTIONS_LIMIT);
    let mut out = json!({
        "type": USER_SELECT,
        "custom_id": fresh(custom_id(&people.press)?, seen)?,
        "min_values": usize::from(least).min(most),
        "max_values": most,
    });
    if !people.placeholder.is_empty() {
        out["placeholder"] = cut("placeholder", &people.placeholder, PLACEHOLDER_LIMIT).into();
    }
    Some(out)
}

fn input(input: &Input) -> Value {
    let limit = input.limit.clamp(1, INPUT_LIMIT);
    let mut out = json!({
        "type": TEXT_INPUT,
        "custom_id": cut("input id", &input.id, CUSTOM_ID_LIMIT),
        "label": said("input label", &input.label, INPUT_LABEL_LIMIT),
        "style": if input.long { 2 } else { 1 },
        "required": input.required,
        "max_length": limit,
    });
    if !input.placeholder.is_empty() {
        out["placeholder"] = cut("input placeholder", &input.placeholder, OPTION_LIMIT).into();
    }
    if !input.value.is_empty() {
        out["value"] = cut("input value", &input.value, usize::from(limit)).into();
    }
    json!({"type": ACTION_ROW, "components": [out]})
}

fn attachments(card: &Card) -> Value {
    if card.files.len() > FILES_LIMIT {
        tracing::warn!(files = card.files.len(), "a card has too many files and was cut");
    }
    let files: Vec<Value> = card
        .files
        .iter()
        .take(FILES_LIMIT)
        .enumerate()
        .map(|(id, file)| {
            let mut out = json!({"id": id.to_string(), "filename": file.name});
            if !file.description.is_empty() {
                out["description"] = cut("file description", &file.description, DESCRIPTION_LIMIT).into();
            }
            out
        })
        .collect();
    Value::Array(files)
}

fn custom_id(press: &Press) -> Option<String> {
    match press::encode(press) {
        Ok(id) => Some(id),
        Err(error) => {
            tracing::error!(%error, "a button cannot be drawn and was left out");
            None
        }
    }
}

fn fresh(id: String, seen: &mut HashSet<String>) -> Option<String> {
    if seen.insert(id.clone()) {
        return Some(id);
    }
    tracing::error!(id, "two components of a card lead to the same press; the second was left out");
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::card::File;
    use crate::ids::{RoleId, UserId};

    fn check(card: &Card, flags: u64, expected: Value) {
        assert_eq!(message(card, flags), expected);
    }

    fn nobody() -> Value {
        json!({"parse": [], "users": [], "roles": [], "replied_user": false})
    }

    #[test]
    fn plain_text_pings_nobody_unless_said() {
        check(&Card::text("hello @everyone"), 0, json!({"content": "hello @everyone", "allowed_mentions": nobody()}));
        let card = Card::text("hi").ping_role(RoleId::new(3)).ping_user(UserId::new(4)).ping_user(UserId::new(4));
        check(
            &card.silently(),
            EPHEMERAL,
            json!({"content": "hi", "flags": 4160, "allowed_mentions": {"parse": [], "users": ["4"], "roles": ["3"], "replied_user": false}}),
        );
    }

    #[test]
    fn a_panel_its_buttons_and_its_files_become_an_embed_rows_and_attachments() {
        let mut card = Card::panel("T", "B")
            .field("n", "v")
            .footer("small")
            .buttons([
                Button::new("Yes", Press::new("x", "yes").arg(1)).style(Style::Primary).emoji("🙂"),
                Button::link("Site", "https://example.org"),
            ])
            .select(Select {
                press: Press::new("x", "pick"),
                placeholder: "Pick".into(),
                options: vec![("a".into(), "A".into())],
                choose: (1, 9),
            });
        card.files.push(File { name: "c.png".into(), bytes: vec![1], description: "a chart".into() });
        check(
            &card,
            0,
            json!({
                "embeds": [{"title": "T", "description": "B", "fields": [{"name": "n", "value": "v"}], "footer": {"text": "small"}}],
                "components": [
                    {"type": 1, "components": [
                        {"type": 2, "style": 1, "custom_id": "d1:x:yes:1", "label": "Yes", "emoji": {"name": "🙂"}},
                        {"type": 2, "style": 5, "url": "https://example.org", "label": "Site"},
                    ]},
                    {"type": 1, "components": [{
                        "type": 3, "custom_id": "d1:x:pick", "placeholder": "Pick", "min_values": 1, "max_values": 1,
                        "options": [{"value": "a", "label": "A"}],
                    }]},
                ],
                "attachments": [{"id": "0", "filename": "c.png", "description": "a chart"}],
                "allowed_mentions": nobody(),
            }),
        );
    }

    #[test]
    fn a_replacement_takes_away_what_the_card_lacks() {
        assert_eq!(
            replacement(&Card::text("done")),
            json!({"content": "done", "embeds": [], "components": [], "attachments": [], "allowed_mentions": nobody()})
        );
    }

    #[test]
    fn a_modal_has_one_row_per_input() {
        let shown = modal(&Modal {
            press: Press::new("x", "say"),
            title: "t".repeat(60),
            inputs: vec![Input {
                id: "line".into(),
                label: "One line".into(),
                placeholder: String::new(),
                value: "before".into(),
                long: false,
                required: true,
                limit: 9999,
            }],
        });
        assert_eq!(shown["title"].as_str().unwrap().chars().count(), MODAL_TITLE_LIMIT);
        assert_eq!(
            shown["components"],
            json!([{"type": 1, "components": [{
                "type": 4, "custom_id": "line", "label": "One line", "style": 1, "required": true, "max_length": 4000, "value": "before",
            }]}])
        );
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_character_and_fits() {
        let card = Card {
            text: "ü".repeat(3000),
            panel: Some(Panel {
                title: "t".repeat(400),
                body: "b".repeat(5000),
                fields: (0..40).map(|n| (format!("{n}"), "v".repeat(2000))).collect(),
                footer: "f".repeat(3000),
            }),
            rows: (0..7)
                .map(|row| {
                    Row::Buttons(
                        (0..7).map(|n| Button::new("l".repeat(99), Press::new("x", "y").arg(row).arg(n))).collect(),
                    )
                })
                .collect(),
            ..Card::default()
        };
        let body = message(&card, 0);
        assert_eq!(body["content"].as_str().unwrap().chars().count(), TEXT_LIMIT);
        assert!(body["content"].as_str().unwrap().ends_with('\u{2026}'));
        assert_eq!(body["components"].as_array().unwrap().len(), 5);
        let embed = &body["embeds"][0];
        let total: usize = essence(&json!({"embeds": [embed]})).iter().map(|text| text.chars().count()).sum();
        assert!(total <= PANEL_LIMIT, "{total}");
        assert!(embed["fields"].as_array().unwrap().len() <= FIELDS_LIMIT);
    }

    #[test]
    fn a_button_that_cannot_come_back_is_left_out() {
        let card = Card::text("x").buttons([
            Button::new("a", Press::new("x", "y")),
            Button::new("again", Press::new("x", "y")),
            Button::new("b", Press::new("x", "y").arg("two words")),
            Button::link("c", "javascript:x"),
        ]);
        assert_eq!(message(&card, 0)["components"][0]["components"].as_array().unwrap().len(), 1);
        let empty = Card::text("x").buttons([Button::new("b", Press::new("X", "y"))]);
        assert_eq!(message(&empty, 0)["components"], json!([]));
    }

    #[test]
    fn a_card_is_recognised_as_discord_gives_it_back() {
        let card = Card::panel("T", " body\n").field("n", "v").buttons([Button::new("Yes", Press::new("x", "yes"))]);
        let found = json!({
            "id": "1", "content": "",
            "embeds": [{"type": "rich", "title": "T", "description": "body", "fields": [{"name": "n", "value": "v", "inline": false}]}],
            "components": [{"type": 1, "id": 1, "components": [{"type": 2, "id": 2, "style": 2, "label": "Yes", "custom_id": "d1:x:yes"}]}],
            "attachments": [],
        });
        assert!(shows(&found, &card));
        assert!(!shows(&found, &Card::panel("T", "other")));
        assert!(!shows(&found, &Card::text("body")));
    }
}
