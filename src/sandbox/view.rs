//! What do people see? Messages, forms and happenings as read from a screen, not as wire objects.

use std::sync::Arc;

use serde_json::Value;

use super::components::{is_select, kind};
use super::state::{MessageState, World, flag, kind as channel_kind};

/// A message as somebody sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageView {
    /// Its id.
    pub id: u64,
    /// Id of its channel.
    pub channel: u64,
    /// Name of its channel, with `#`; `DM with Name` for a direct conversation.
    pub channel_name: String,
    /// Id of who wrote it.
    pub author_id: u64,
    /// Display name of who wrote it.
    pub author: String,
    /// The text, with mentions as ids (`<@1>`).
    pub content: String,
    /// Its embeds.
    pub embeds: Vec<EmbedView>,
    /// Buttons and selects, row by row. V2 layouts are flattened in reading order.
    pub rows: Vec<Vec<ControlView>>,
    /// Text blocks of a Components V2 layout, in reading order.
    pub blocks: Vec<String>,
    /// True if only one person sees it.
    pub ephemeral: bool,
    /// Its files.
    pub attachments: Vec<AttachmentView>,
    /// Who was really pinged.
    pub pings: Pings,
    /// True if it carries the flag that suppresses notifications.
    pub silent: bool,
    /// True if it was edited since it was posted.
    pub edited: bool,
    /// True if it is pinned.
    pub pinned: bool,
    /// Its nonce, as text.
    pub nonce: Option<String>,
    /// The message it answers.
    pub replies_to: Option<u64>,
    /// The thread started from it.
    pub thread: Option<u64>,
    /// Reactions: emoji and the names of who reacted.
    pub reactions: Vec<(String, Vec<String>)>,
    /// When it was posted, Unix milliseconds.
    pub at: i64,
    /// Discord's number for the kind of message: 0 plain, 6 pinned, 19 reply, 20 answer to a command.
    pub kind: u64,
}

/// An embed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EmbedView {
    /// Title, empty if there is none.
    pub title: String,
    /// Description, empty if there is none.
    pub description: String,
    /// Name and value of each field.
    pub fields: Vec<(String, String)>,
    /// Footer, empty if there is none.
    pub footer: String,
    /// Author line, empty if there is none.
    pub author: String,
    /// Link of the image, if any.
    pub image: Option<String>,
    /// Colour.
    pub color: Option<u64>,
}

/// What a button looks like, or which kind of select it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Blurple.
    Primary,
    /// Grey.
    Secondary,
    /// Green.
    Success,
    /// Red.
    Danger,
    /// Opens a web page.
    Link,
    /// A list of given options.
    Select,
    /// A list of people, roles or channels.
    Picker,
    /// Anything else.
    Other,
}

/// A button or a select menu.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlView {
    /// Label of a button, placeholder of a select.
    pub label: String,
    /// Emoji of a button.
    pub emoji: Option<String>,
    /// Look or kind.
    pub style: Style,
    /// Custom id, empty for a link.
    pub custom_id: String,
    /// Where a link leads.
    pub url: Option<String>,
    /// True if it cannot be used.
    pub disabled: bool,
    /// Options of a select.
    pub options: Vec<OptionView>,
    /// Discord's number for the kind of component.
    pub kind: u64,
}

/// An option of a select.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionView {
    /// What people read.
    pub label: String,
    /// What the bot gets.
    pub value: String,
    /// The smaller line below.
    pub description: String,
    /// True if it is chosen beforehand.
    pub chosen: bool,
}

/// A file.
#[derive(Debug, Clone, PartialEq)]
pub struct AttachmentView {
    /// Its name.
    pub name: String,
    /// Its alternative text.
    pub description: Option<String>,
    /// What is in it.
    pub bytes: Arc<Vec<u8>>,
}

/// Who was really pinged: allowed by `allowed_mentions`, by permissions, and able to see the message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pings {
    /// `@everyone` or `@here`.
    pub everyone: bool,
    /// Display names of people.
    pub people: Vec<String>,
    /// Names of roles.
    pub roles: Vec<String>,
}

impl Pings {
    /// True if nobody was pinged.
    pub fn is_none(&self) -> bool {
        !self.everyone && self.people.is_empty() && self.roles.is_empty()
    }
}

/// A form on somebody's screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ModalView {
    /// The interaction that opened it.
    pub interaction: u64,
    /// Its heading.
    pub title: String,
    /// Its custom id.
    pub custom_id: String,
    /// Its fields, from above.
    pub fields: Vec<FieldView>,
}

/// A text field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldView {
    /// What people read above it.
    pub label: String,
    /// Its custom id.
    pub custom_id: String,
    /// The grey text in it.
    pub placeholder: String,
    /// What stands in it beforehand.
    pub value: String,
    /// True if it must be filled.
    pub required: bool,
    /// True for several lines.
    pub long: bool,
    /// Least characters.
    pub min_length: u64,
    /// Most characters.
    pub max_length: u64,
}

/// A suggestion of autocompletion.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What people read.
    pub name: String,
    /// What the bot gets.
    pub value: Value,
}

/// Where something was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a channel everybody allowed can read; its name with `#`.
    Channel(String),
    /// In the direct conversation between the bot and this person.
    Dm(String),
    /// Shown to one person alone.
    OnlyFor {
        /// Their name.
        person: String,
        /// Where they were, with `#`, or `DM`.
        channel: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// A message appeared.
    Posted,
    /// It changed.
    Edited,
    /// It went away.
    Deleted,
    /// Somebody reacted to it.
    Reacted {
        /// With what.
        emoji: String,
        /// Who.
        by: String,
    },
    /// A form opened.
    Modal(ModalView),
    /// Somebody used a command, a button, a select or a form.
    Interaction {
        /// Who.
        person: String,
        /// What they did, in words: `/help`, `pressed "Yes"`.
        did: String,
    },
}

/// One thing people saw, as it happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// When, Unix milliseconds of the sandbox's clock.
    pub at: i64,
    /// Name of the guild, if it was in one.
    pub guild: Option<String>,
    /// Where.
    pub place: Place,
    /// Display name of who caused it.
    pub author: String,
    /// The message it is about.
    pub message: Option<MessageView>,
    /// What happened.
    pub kind: Happened,
}

impl MessageView {
    /// Everything a human would read: text, embeds, blocks, labels, file names, joined by new lines.
    pub fn text(&self) -> String {
        let mut parts: Vec<&str> = vec![&self.content];
        parts.extend(self.blocks.iter().map(String::as_str));
        for embed in &self.embeds {
            parts.extend([embed.author.as_str(), &embed.title, &embed.description]);
            parts.extend(
                embed
                    .fields
                    .iter()
                    .flat_map(|(name, value)| [name.as_str(), value.as_str()]),
            );
            parts.push(&embed.footer);
        }
        for control in self.controls() {
            parts.push(&control.label);
            parts.extend(
                control
                    .options
                    .iter()
                    .flat_map(|option| [option.label.as_str(), &option.description]),
            );
        }
        parts.extend(self.attachments.iter().filter_map(|file| file.description.as_deref()));
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }

    /// Every button and select, in reading order.
    pub fn controls(&self) -> impl Iterator<Item = &ControlView> {
        self.rows.iter().flatten()
    }

    /// Labels of the buttons that can be pressed.
    pub fn buttons(&self) -> Vec<&str> {
        self.controls()
            .filter(|one| one.kind == kind::BUTTON && !one.disabled)
            .map(|one| one.label.as_str())
            .collect()
    }
}

impl World {
    /// A message as people see it.
    pub(crate) fn view(&self, message: &MessageState) -> MessageView {
        let (mut rows, mut blocks) = (Vec::new(), Vec::new());
        read_components(&message.components, &mut rows, &mut blocks, 0);
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let guild = guild.and_then(|id| self.guilds.get(&id));
        let role = |id: &u64| {
            guild
                .and_then(|guild| guild.roles.get(id))
                .map(|role| role.name.clone())
        };
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
            nonce: message
                .nonce
                .as_ref()
                .map(|nonce| nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned)),
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
                format!(
                    "DM with {}",
                    found.recipient.map_or_else(String::new, |who| self.display_name(who))
                )
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
            (Some(who), Some(_)) => Place::OnlyFor {
                person: self.display_name(who),
                channel: "DM".to_owned(),
            },
            (Some(who), None) => Place::OnlyFor {
                person: self.display_name(who),
                channel: self.channel_label(channel),
            },
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
        let guild = guild
            .and_then(|id| self.guilds.get(&id))
            .map(|guild| guild.name.clone());
        // Nobody watching is fine.
        let _ = self.seen.send(Seen {
            at: self.now(),
            guild,
            place,
            author,
            message,
            kind,
        });
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
        fields: fields
            .map(|field| (text(&field["name"]), text(&field["value"])))
            .collect(),
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
    let label = if is_select(number) {
        &one["placeholder"]
    } else {
        &one["label"]
    };
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
    ModalView {
        interaction,
        title: text(&form["title"]),
        custom_id: text(&form["custom_id"]),
        fields,
    }
}
