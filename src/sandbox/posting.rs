//! What happens when something is posted, edited or deleted? One way for people and bot alike.

use std::sync::Arc;

use serde_json::{Value, json};

use super::components;
use super::errors::{Refusal, refusal};
use super::permissions::{MENTION_EVERYONE, VIEW_CHANNEL};
use super::state::{FileState, MessageState, Pinged, World, flag};
use super::validate;
use super::view::Happened;
use super::wire;

/// Mentions looked for in one message.
const MAX_MENTIONS: usize = 200;

/// A message about to be posted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) channel: u64,
    pub(crate) author: u64,
    /// The body: content, embeds, components, flags, allowed_mentions, nonce.
    pub(crate) body: Value,
    pub(crate) files: Vec<FileState>,
    pub(crate) kind: u64,
    pub(crate) replies_to: Option<(u64, u64)>,
    pub(crate) interaction: Option<Value>,
    pub(crate) by_webhook: bool,
    pub(crate) only_for: Option<u64>,
    /// Bits set on top of those the body may ask for.
    pub(crate) flags: u64,
    /// The id it has to have: a forum post's first message has its thread's.
    pub(crate) id: Option<u64>,
}

/// Flags a body may set itself.
const SETTABLE: u64 = flag::SUPPRESS_EMBEDS | flag::SUPPRESS_NOTIFICATIONS | flag::COMPONENTS_V2;

/// A file as it came in a request.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) slot: Option<u64>,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Arc<Vec<u8>>,
}

impl World {
    /// Posts a message: mentions, unread marks, events, and what watchers see.
    pub(crate) fn post(&mut self, draft: Draft) -> u64 {
        let id = draft.id.unwrap_or_else(|| self.fresh_id());
        let mut message = MessageState {
            id,
            channel: draft.channel,
            author: draft.author,
            at_ms: self.now(),
            files: draft.files,
            kind: draft.kind,
            replies_to: draft.replies_to,
            interaction: draft.interaction,
            by_webhook: draft.by_webhook,
            only_for: draft.only_for,
            nonce: Some(draft.body["nonce"].clone()).filter(|nonce| !nonce.is_null()),
            ..MessageState::default()
        };
        apply_body(&mut message, &draft.body);
        message.flags = draft.body["flags"].as_u64().unwrap_or(0) & SETTABLE | draft.flags;
        if draft.only_for.is_some() {
            message.flags |= flag::EPHEMERAL;
        }
        self.resolve_mentions(&mut message);
        self.wake_thread(draft.channel);
        if draft.only_for.is_none()
            && let Some(channel) = self.channels.get_mut(&draft.channel)
        {
            channel.last_message = Some(id);
        }
        self.keep(message.clone());
        if message.flags & flag::LOADING == 0 {
            self.announce(&message);
        }
        id
    }

    /// Tells bot, people and watchers of a message that can be read now.
    pub(crate) fn announce(&mut self, message: &MessageState) {
        self.mark_unread(message);
        self.dispatch_message("MESSAGE_CREATE", message);
        self.show(message, Happened::Posted);
    }

    /// Changes a message by a PATCH body; files given are added to those kept.
    pub(crate) fn edit(&mut self, id: u64, body: &Value, files: Vec<FileState>) {
        let Some(mut message) = self.messages.get(&id).cloned() else {
            return;
        };
        let was_loading = message.flags & flag::LOADING != 0;
        apply_body(&mut message, body);
        if let Some(kept) = body["attachments"].as_array() {
            let keep: Vec<&str> = kept.iter().filter_map(|one| one["id"].as_str()).collect();
            message.files.retain(|file| keep.contains(&file.id.to_string().as_str()));
        }
        message.files.extend(files);
        if let Some(flags) = body["flags"].as_u64() {
            message.flags =
                message.flags & !flag::SUPPRESS_EMBEDS | flags & (flag::SUPPRESS_EMBEDS | flag::COMPONENTS_V2);
        }
        self.resolve_mentions(&mut message);
        if was_loading {
            message.flags &= !flag::LOADING;
            self.messages.insert(id, message.clone());
            self.announce(&message);
            return;
        }
        let before = self.messages.get(&id).map(|old| old.pinged.clone()).unwrap_or_default();
        message.pinged = before;
        message.edited_ms = Some(self.now());
        self.messages.insert(id, message.clone());
        self.dispatch_message("MESSAGE_UPDATE", &message);
        self.show(&message, Happened::Edited);
    }

    /// An edit may not leave a message empty: 50006.
    pub(crate) fn still_says_something(&self, id: u64, body: &Value, uploads: usize) -> Result<(), Refusal> {
        let message = self.messages.get(&id).ok_or_else(|| refusal(10008))?;
        let mut after = json!({"content": message.content, "embeds": message.embeds, "components": message.components});
        for (key, value) in body.as_object().into_iter().flatten() {
            after[key] = value.clone();
        }
        let kept = body["attachments"].as_array().map_or(message.files.len(), Vec::len);
        validate::not_empty(&after, kept + uploads)
    }

    /// Sends MESSAGE_UPDATE for a message that changed without being edited (pin, reaction, flags).
    pub(crate) fn touch(&mut self, id: u64) {
        if let Some(message) = self.messages.get(&id).cloned() {
            self.dispatch_message("MESSAGE_UPDATE", &message);
        }
    }

    /// Deletes a message.
    pub(crate) fn delete(&mut self, id: u64) {
        let Some(message) = self.drop_message(id) else { return };
        if message.only_for.is_none() {
            let data = json!({"id": wire::id(id), "channel_id": wire::id(message.channel)});
            self.dispatch_in(message.channel, "MESSAGE_DELETE", data);
        }
        self.show(&message, Happened::Deleted);
    }

    /// Adds a reaction; false if it was there already.
    pub(crate) fn react(&mut self, id: u64, who: u64, emoji: &str) -> bool {
        let Some(message) = self.messages.get_mut(&id) else {
            return false;
        };
        let fresh = match message.reactions.iter_mut().find(|(name, _)| name == emoji) {
            Some((_, people)) => people.insert(who),
            None => {
                message.reactions.push((emoji.to_owned(), [who].into()));
                true
            }
        };
        let message = message.clone();
        if fresh {
            self.reaction_event("MESSAGE_REACTION_ADD", &message, who, emoji);
            let by = self.display_name(who);
            self.show(&message, Happened::Reacted { emoji: emoji.to_owned(), by });
        }
        fresh
    }

    /// Takes a reaction away.
    pub(crate) fn unreact(&mut self, id: u64, who: u64, emoji: &str) {
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        let Some((_, people)) = message.reactions.iter_mut().find(|(name, _)| name == emoji) else {
            return;
        };
        if people.remove(&who) {
            message.reactions.retain(|(_, people)| !people.is_empty());
            let message = message.clone();
            self.reaction_event("MESSAGE_REACTION_REMOVE", &message, who, emoji);
        }
    }

    fn reaction_event(&mut self, event: &str, message: &MessageState, who: u64, emoji: &str) {
        let mut data = json!({
            "user_id": wire::id(who), "channel_id": wire::id(message.channel), "message_id": wire::id(message.id),
            "emoji": wire::emoji(emoji), "burst": false, "type": 0, "message_author_id": wire::id(message.author),
        });
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        if let Some(guild) = guild.and_then(|id| self.guilds.get(&id))
            && event == "MESSAGE_REACTION_ADD"
        {
            data["member"] = self.member(guild, who);
        }
        self.dispatch_in(message.channel, event, data);
    }

    fn wake_thread(&mut self, channel: u64) {
        let Some(found) = self.channels.get_mut(&channel) else {
            return;
        };
        let Some(thread) = found.thread.as_mut().filter(|thread| thread.archived) else {
            return;
        };
        thread.archived = false;
        let json = self.channel_by_id(channel);
        self.dispatch_in(channel, "THREAD_UPDATE", json);
    }

    /// Works out whom a message names, and whom of those it really pings.
    fn resolve_mentions(&self, message: &mut MessageState) {
        let text = spoken(message);
        let found = find_mentions(&text);
        let allowed = Allowed::of(message);
        let powers = self.may(message.channel, message.author);
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let guild = guild.and_then(|id| self.guilds.get(&id));
        message.mentions = found.users.iter().copied().filter(|who| allowed.user(*who)).collect();
        message.mentions.retain(|who| self.users.contains_key(who));
        if let Some((_, replied)) = message.replies_to.filter(|_| message.kind == 19 && allowed.reply) {
            let author = self.messages.get(&replied).map(|earlier| earlier.author);
            message.mentions.extend(author.filter(|who| !message.mentions.contains(who)));
        }
        message.mention_roles = found.roles.iter().copied().filter(|role| allowed.role(*role)).collect();
        message.mention_roles.retain(|role| guild.is_some_and(|guild| guild.roles.contains_key(role)));
        message.mention_everyone = found.everyone && allowed.everyone && powers & MENTION_EVERYONE != 0;
        let pingable = |role: &u64| {
            let open = guild.and_then(|guild| guild.roles.get(role)).is_some_and(|role| role.mentionable);
            open || powers & MENTION_EVERYONE != 0
        };
        let sees = |who: &u64| match message.only_for {
            Some(only) => only == *who,
            None => self.may(message.channel, *who) & VIEW_CHANNEL != 0,
        };
        message.pinged = Pinged {
            everyone: message.mention_everyone && guild.is_some() && message.only_for.is_none(),
            users: message.mentions.iter().copied().filter(|who| *who != message.author && sees(who)).collect(),
            roles: message
                .mention_roles
                .iter()
                .copied()
                .filter(|role| message.only_for.is_none() && pingable(role))
                .collect(),
        };
    }

    /// What a person is called.
    pub(crate) fn display_name(&self, who: u64) -> String {
        self.users.get(&who).map_or_else(|| "somebody".to_owned(), |user| user.display.clone())
    }

    /// Turns uploads and the body's `attachments` into files of a message.
    pub(crate) fn take_files(&mut self, uploads: &[Upload], body: &Value) -> Vec<FileState> {
        let entries = body["attachments"].as_array();
        let mut files = Vec::new();
        for upload in uploads {
            let is_own = |entry: &&Value| {
                let id = entry["id"].as_u64().or_else(|| entry["id"].as_str()?.parse().ok());
                id.is_some() && id == upload.slot
            };
            let entry = entries.and_then(|list| list.iter().find(is_own));
            if entries.is_some() && entry.is_none() {
                continue;
            }
            let named = entry.and_then(|entry| entry["filename"].as_str());
            files.push(FileState {
                id: self.fresh_id(),
                name: named.unwrap_or(&upload.name).to_owned(),
                description: entry.and_then(|entry| entry["description"].as_str()).map(str::to_owned),
                content_type: upload.content_type.clone(),
                bytes: Arc::clone(&upload.bytes),
            });
        }
        files
    }
}

/// Puts the fields a body holds onto a message; missing ones stay.
fn apply_body(message: &mut MessageState, body: &Value) {
    match &body["content"] {
        Value::String(text) => message.content = text.trim().to_owned(),
        Value::Null if body.get("content").is_some() => message.content.clear(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {}
    }
    for (name, list) in [("embeds", &mut message.embeds), ("components", &mut message.components)] {
        if let Some(given) = body.get(name) {
            *list = given.as_array().cloned().unwrap_or_default();
        }
    }
    for embed in message.embeds.iter_mut().filter(|embed| embed.is_object()) {
        embed["type"] = json!("rich");
    }
    number_components(&mut message.components, &mut 0, 0);
    if let Some(allowed) = body.get("allowed_mentions").filter(|value| value.is_object()) {
        message.allowed_mentions = Some(allowed.clone());
    }
}

/// Gives each component the `id` Discord gives it.
fn number_components(list: &mut [Value], next: &mut u64, depth: usize) {
    if depth > 8 {
        return;
    }
    for one in list.iter_mut().filter(|one| one.is_object()) {
        *next += 1;
        if one["id"].as_u64().unwrap_or(0) == 0 {
            one["id"] = json!(*next);
        }
        if let Some(inner) = one.get_mut("components").and_then(Value::as_array_mut) {
            number_components(inner, next, depth + 1);
        }
    }
}

/// All text of a message in which mentions count: content and V2 text blocks.
fn spoken(message: &MessageState) -> String {
    let mut text = message.content.clone();
    collect_text(&message.components, &mut text, 0);
    text
}

fn collect_text(list: &[Value], text: &mut String, depth: usize) {
    if depth > 8 {
        return;
    }
    for one in list {
        if one["type"].as_u64() == Some(components::kind::TEXT) {
            text.push('\n');
            text.push_str(one["content"].as_str().unwrap_or(""));
        }
        collect_text(one["components"].as_array().map_or(&[], Vec::as_slice), text, depth + 1);
    }
}

#[derive(Debug, Default)]
struct Mentions {
    users: Vec<u64>,
    roles: Vec<u64>,
    everyone: bool,
}

fn find_mentions(text: &str) -> Mentions {
    let mut found = Mentions { everyone: text.contains("@everyone") || text.contains("@here"), ..Mentions::default() };
    for piece in text.split("<@").skip(1).take(MAX_MENTIONS) {
        let Some((inside, _)) = piece.split_once('>') else {
            continue;
        };
        let (list, digits) = match inside.strip_prefix('&') {
            Some(role) => (&mut found.roles, role),
            None => (&mut found.users, inside.strip_prefix('!').unwrap_or(inside)),
        };
        if let Ok(id) = digits.parse::<u64>()
            && !list.contains(&id)
        {
            list.push(id);
        }
    }
    found
}

/// What a message's `allowed_mentions` lets through.
struct Allowed {
    users: Option<Vec<u64>>,
    roles: Option<Vec<u64>>,
    everyone: bool,
    reply: bool,
}

impl Allowed {
    /// Without the field everything pings; from an interaction or webhook only users do.
    fn of(message: &MessageState) -> Allowed {
        let Some(given) = &message.allowed_mentions else {
            let tame = message.by_webhook.then(Vec::new);
            return Allowed { users: None, roles: tame.clone(), everyone: tame.is_none(), reply: true };
        };
        let parse = |word: &str| given["parse"].as_array().is_some_and(|list| list.iter().any(|one| one == word));
        let ids = |name: &str| {
            let list = given[name].as_array().into_iter().flatten();
            let ids = list.filter_map(|one| one.as_u64().or_else(|| one.as_str()?.parse().ok())).collect();
            if parse(name) { None } else { Some(ids) }
        };
        let reply = given["replied_user"].as_bool().unwrap_or(false);
        Allowed { users: ids("users"), roles: ids("roles"), everyone: parse("everyone"), reply }
    }

    fn user(&self, who: u64) -> bool {
        self.users.as_ref().is_none_or(|list| list.contains(&who))
    }

    fn role(&self, role: u64) -> bool {
        self.roles.as_ref().is_none_or(|list| list.contains(&role))
    }
}
