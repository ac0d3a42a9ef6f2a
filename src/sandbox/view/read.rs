//! How is state turned into what people see?

use std::sync::Arc;

use serde_json::Value;

use super::{
    AttachmentView, ControlView, EmbedView, FieldView, Happened, MessageView, ModalView, OptionView, Pings, Place,
    Seen, Style,
};
use crate::sandbox::components::{is_select, kind};
use crate::sandbox::state::{MessageState, World, flag, kind as channel_kind};

impl World {
    /// A message as people see it.
    pub(crate) fn view(&self, message: &MessageState) -> MessageView {
        let (mut rows, mut blocks) = (Vec::new(), Vec::new());
        read_components(&message.components, &mut rows, &mut blocks, 0);
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let guild = guild.and_then(|id| self.guilds.get(&id));
        let role = |id: &u64| guild.and_then(|guild| guild.roles.get(id)).map(|role| role.name.clone());
        let names = |people: &mut dyn Iterator<Item = u64>| people.map(|who| self.display_name(who)).collect();
        MessageView {
            id: message.id,
            channel: message.channel,
            channel_name: self.channel_label(message.channel),
            author_id: message.author,
            author: self.display_name(message.author),
            content: message.content.clone(),
            embeds: if message.flags & flag::SUPPRESS_EMBEDS == 0 {
                message.embeds.iter().map(embed_view).collect()
            } else {
                Vec::new()
            },
            rows,
            blocks,
            ephemeral: message.only_for.is_some(),
            attachments: message
                .files
                .iter()
                .map(|file| AttachmentView {
                    name: file.name.clone(),
                    description: file.description.clone(),
                    bytes: Arc::clone(&file.bytes),
                })
                .collect(),
            pings: Pings {
                everyone: message.pinged.everyone,
                people: names(&mut message.pinged.users.iter().copied()),
                roles: message.pinged.roles.iter().filter_map(role).collect(),
            },
            silent: message.flags & flag::SUPPRESS_NOTIFICATIONS != 0,
            edited: message.edited_ms.is_some(),
            pinned: message.pinned,
            nonce: message.nonce.as_ref().map(|nonce| nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned)),
            replies_to: message.replies_to.map(|(_, id)| id),
            thread: message.thread,
            reactions: message
                .reactions
                .iter()
                .map(|(emoji, who)| (emoji.clone(), names(&mut who.iter().copied())))
                .collect(),
            at: message.at_ms,
            kind: message.kind,
        }
    }

    /// A channel's name as people write it.
    pub(crate) fn channel_label(&self, channel: u64) -> String {
        match self.channels.get(&channel) {
            Some(found) if found.kind == channel_kind::DM => {
                format!("DM with {}", found.recipient.map_or_else(String::new, |who| self.display_name(who)))
            }
            Some(found) => format!("#{}", found.name),
            None => "#unknown".to_owned(),
        }
    }

    /// Tells watchers of something about a message.
    pub(crate) fn show(&self, message: &MessageState, kind: Happened) {
        let view = self.view(message);
        let author = view.author.clone();
        let place = self.place_of(message.channel, message.only_for);
        self.tell(message.channel, place, author, Some(view), kind);
    }

    /// Where something in a channel is seen, by all or by one person.
    pub(crate) fn place_of(&self, channel: u64, only_for: Option<u64>) -> Place {
        let found = self.channels.get(&channel);
        let direct = found.and_then(|found| found.recipient);
        match (only_for, direct) {
            (Some(who), Some(_)) => Place::OnlyFor { person: self.display_name(who), channel: "DM".to_owned() },
            (Some(who), None) => {
                Place::OnlyFor { person: self.display_name(who), channel: self.channel_label(channel) }
            }
            (None, Some(who)) => Place::Dm(self.display_name(who)),
            (None, None) => Place::Channel(self.channel_label(channel)),
        }
    }

    /// Tells watchers of anything.
    pub(crate) fn tell(
        &self,
        channel: u64,
        place: Place,
        author: String,
        message: Option<MessageView>,
        kind: Happened,
    ) {
        let guild = self.channels.get(&channel).and_then(|found| found.guild);
        let guild = guild.and_then(|id| self.guilds.get(&id)).map(|guild| guild.name.clone());
        // Nobody watching is fine.
        let _ = self.seen.send(Seen { at: self.now(), guild, place, author, message, kind });
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}

fn embed_view(embed: &Value) -> EmbedView {
    let fields = embed["fields"].as_array().into_iter().flatten();
    EmbedView {
        title: text(&embed["title"]),
        description: text(&embed["description"]),
        fields: fields.map(|field| (text(&field["name"]), text(&field["value"]))).collect(),
        footer: text(&embed["footer"]["text"]),
        author: text(&embed["author"]["name"]),
        image: embed["image"]["url"].as_str().map(str::to_owned),
        color: embed["color"].as_u64(),
    }
}

fn read_components(list: &[Value], rows: &mut Vec<Vec<ControlView>>, blocks: &mut Vec<String>, depth: usize) {
    if depth > 8 {
        return;
    }
    for one in list {
        let inner = one["components"].as_array().map_or(&[][..], Vec::as_slice);
        match one["type"].as_u64() {
            Some(kind::ROW) => rows.push(inner.iter().map(control_view).collect()),
            Some(kind::TEXT) => blocks.push(text(&one["content"])),
            Some(_) | None => read_components(inner, rows, blocks, depth + 1),
        }
        if one["accessory"]["type"].as_u64() == Some(kind::BUTTON) {
            rows.push(vec![control_view(&one["accessory"])]);
        }
    }
}

fn control_view(one: &Value) -> ControlView {
    let number = one["type"].as_u64().unwrap_or(0);
    let style = match (number, one["style"].as_u64()) {
        (kind::BUTTON, Some(1)) => Style::Primary,
        (kind::BUTTON, Some(2)) => Style::Secondary,
        (kind::BUTTON, Some(3)) => Style::Success,
        (kind::BUTTON, Some(4)) => Style::Danger,
        (kind::BUTTON, Some(5)) => Style::Link,
        (kind::STRING_SELECT, _) => Style::Select,
        (number, _) if is_select(number) => Style::Picker,
        (_, _) => Style::Other,
    };
    let label = if is_select(number) { &one["placeholder"] } else { &one["label"] };
    let option = |option: &Value| OptionView {
        label: text(&option["label"]),
        value: text(&option["value"]),
        description: text(&option["description"]),
        chosen: option["default"].as_bool().unwrap_or(false),
    };
    ControlView {
        label: text(label),
        emoji: one["emoji"]["name"].as_str().map(str::to_owned),
        style,
        custom_id: text(&one["custom_id"]),
        url: one["url"].as_str().map(str::to_owned),
        disabled: one["disabled"].as_bool().unwrap_or(false),
        options: one["options"].as_array().into_iter().flatten().map(option).collect(),
        kind: number,
    }
}

/// A form as people see it.
pub(crate) fn modal_view(interaction: u64, form: &Value) -> ModalView {
    let mut fields = Vec::new();
    for row in form["components"].as_array().into_iter().flatten() {
        let (label, input) = match row["type"].as_u64() {
            Some(kind::LABEL) => (&row["label"], &row["component"]),
            Some(_) | None => (&row["components"][0]["label"], &row["components"][0]),
        };
        if input["custom_id"].is_string() {
            fields.push(FieldView {
                label: text(label),
                custom_id: text(&input["custom_id"]),
                placeholder: text(&input["placeholder"]),
                value: text(&input["value"]),
                required: input["required"].as_bool().unwrap_or(true),
                long: input["style"].as_u64() == Some(2),
                min_length: input["min_length"].as_u64().unwrap_or(0),
                max_length: input["max_length"].as_u64().unwrap_or(4_000),
            });
        }
    }
    ModalView { interaction, title: text(&form["title"]), custom_id: text(&form["custom_id"]), fields }
}
