//! What do people see? Messages, forms and happenings as read from a screen, not as wire objects.

mod read;

use std::sync::Arc;

use serde_json::Value;

use super::components::kind;
pub(crate) use read::modal_view;

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
            parts.extend(embed.fields.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]));
            parts.push(&embed.footer);
        }
        for control in self.controls() {
            parts.push(&control.label);
            parts.extend(control.options.iter().flat_map(|option| [option.label.as_str(), &option.description]));
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
        self.controls().filter(|one| one.kind == kind::BUTTON && !one.disabled).map(|one| one.label.as_str()).collect()
    }
}
