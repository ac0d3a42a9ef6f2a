//! What becomes of something a person did? The interaction sent to the bot, and the bot's answers to it.
//!
//! A first answer is due within three seconds; the token then serves fifteen minutes.

use std::time::Instant;

use serde_json::{Value, json};

use super::components;
use super::errors::{FormErrors, Refusal, refusal};
use super::posting::{Draft, Upload};
use super::state::{Ack, InteractionState, MessageState, OpenModal, World, flag};
use super::validate;
use super::view::{Happened, modal_view};
use super::wire;

/// Discord's numbers for kinds of interactions.
pub(crate) mod kind {
    pub(crate) const COMMAND: u64 = 2;
    pub(crate) const COMPONENT: u64 = 3;
    pub(crate) const AUTOCOMPLETE: u64 = 4;
    pub(crate) const MODAL: u64 = 5;
}

const MAX_SUGGESTIONS: usize = 25;
/// Bytes the bot may attach per file, as told in interactions: 10 MiB.
pub(crate) const ATTACHMENT_LIMIT: u64 = 10 * 1024 * 1024;

/// What a person does, before it is an interaction.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) kind: u64,
    pub(crate) user: u64,
    pub(crate) channel: u64,
    pub(crate) data: Value,
    /// In words, for watchers.
    pub(crate) did: String,
    /// The message it was done on.
    pub(crate) source: Option<u64>,
    /// Name of the command, for `interaction_metadata`.
    pub(crate) name: Option<String>,
}

impl World {
    /// Creates an interaction and sends it to the bot.
    pub(crate) fn interact(&mut self, deed: Deed) -> u64 {
        let id = self.fresh_id();
        let token = format!("interaction-token-{id}");
        let mut json = self.interaction_json(id, &token, &deed);
        if let Some(message) = deed.source.and_then(|id| self.messages.get(&id)) {
            json["message"] = self.message_json(message);
        }
        let guild = self.channels.get(&deed.channel).and_then(|channel| channel.guild);
        if deed.kind != kind::AUTOCOMPLETE {
            let person = self.display_name(deed.user);
            let alone = self.place_of(deed.channel, Some(deed.user));
            let kind = Happened::Interaction { person: person.clone(), did: deed.did.clone() };
            self.tell(deed.channel, alone, person, None, kind);
        }
        let at_ms = self.now();
        self.remember(InteractionState {
            id,
            token,
            kind: deed.kind,
            user: deed.user,
            channel: deed.channel,
            what: deed.did,
            since: Instant::now(),
            at_ms,
            ack: None,
            original: None,
            source: deed.source,
            followups: Vec::new(),
            edits: 0,
            choices: Vec::new(),
            name: deed.name,
            given_up: false,
        });
        self.dispatch("INTERACTION_CREATE", guild, json);
        id
    }

    fn interaction_json(&self, id: u64, token: &str, deed: &Deed) -> Value {
        let guild = self.channels.get(&deed.channel).and_then(|channel| channel.guild);
        let locale = self.users.get(&deed.user).map_or("en-US", |user| user.locale.as_str());
        let owner = guild.map_or_else(|| "0".to_owned(), |guild| guild.to_string());
        let mut json = json!({
            "id": wire::id(id), "application_id": wire::id(self.app.id), "type": deed.kind, "token": token,
            "version": 1, "data": deed.data, "channel_id": wire::id(deed.channel),
            "channel": self.partial_channel(deed.channel, deed.user), "locale": locale, "entitlements": [],
            "entitlement_sku_ids": [], "app_permissions": self.may(deed.channel, self.bot).to_string(),
            "authorizing_integration_owners": {"0": owner}, "context": u8::from(guild.is_none()),
            "attachment_size_limit": ATTACHMENT_LIMIT,
        });
        match guild.and_then(|id| self.guilds.get(&id)) {
            Some(guild) => {
                json["guild_id"] = wire::id(guild.id);
                json["guild_locale"] = json!("en-US");
                json["guild"] = json!({"id": wire::id(guild.id), "locale": "en-US", "features": []});
                json["member"] = self.member(guild, deed.user);
                json["member"]["permissions"] = json!(self.may(deed.channel, deed.user).to_string());
            }
            None => json["user"] = self.user_json(deed.user),
        }
        json
    }

    /// The first answer to an interaction. `Ok` holds the message it made or changed.
    pub(crate) fn callback(
        &mut self,
        id: u64,
        token: &str,
        body: &Value,
        uploads: &[Upload],
    ) -> Result<Option<u64>, Refusal> {
        validate::object(body)?;
        let deadline = self.spans.deadline;
        let found = self.interactions.get(&id).filter(|found| found.token == token).cloned();
        let Some(interaction) = found else {
            return Err(refusal(10062));
        };
        if interaction.ack.is_some() {
            return Err(refusal(40060));
        }
        if interaction.given_up || interaction.since.elapsed() > deadline {
            return Err(refusal(10062));
        }
        let on_message = interaction.source.is_some() && matches!(interaction.kind, kind::COMPONENT | kind::MODAL);
        let answer = body["type"].as_u64();
        let data = &body["data"];
        let completing = interaction.kind == kind::AUTOCOMPLETE;
        let made = match answer {
            Some(4) if !completing => Some(self.answer_message(&interaction, data, uploads)?),
            Some(5) if !completing => Some(self.answer_later(&interaction, data)),
            Some(6) if on_message => {
                self.settle(id, Ack::DeferredUpdate, interaction.source);
                interaction.source
            }
            Some(7) if on_message => self.answer_update(&interaction, data, uploads)?,
            Some(8) if completing => {
                self.answer_choices(&interaction, data)?;
                None
            }
            Some(9) if matches!(interaction.kind, kind::COMMAND | kind::COMPONENT) => {
                self.answer_modal(&interaction, data)?;
                None
            }
            Some(_) | None => {
                return Err(Refusal::field(
                    "type",
                    "INTERACTION_RESPONSE_TYPE_INVALID",
                    "This response type cannot answer this interaction.",
                ));
            }
        };
        Ok(made)
    }

    fn settle(&mut self, id: u64, ack: Ack, original: Option<u64>) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.ack = Some(ack);
            interaction.original = original;
        }
    }

    fn metadata(&self, interaction: &InteractionState) -> Value {
        let guild = self.channels.get(&interaction.channel).and_then(|channel| channel.guild);
        let mut json = json!({
            "id": wire::id(interaction.id), "type": interaction.kind, "user": self.user_json(interaction.user),
            "authorizing_integration_owners": {"0": guild.map_or_else(|| "0".to_owned(), |id| id.to_string())},
        });
        match interaction.kind {
            kind::COMMAND => json["name"] = json!(interaction.name),
            kind::COMPONENT => json["interacted_message_id"] = wire::maybe_id(interaction.source),
            _ => {
                json["triggering_interaction_metadata"] = json!({
                    "id": wire::id(interaction.id), "type": kind::COMMAND, "user": self.user_json(interaction.user),
                    "authorizing_integration_owners": json["authorizing_integration_owners"],
                });
            }
        }
        json
    }

    fn reply_draft(&self, interaction: &InteractionState, body: Value, ephemeral: bool) -> Draft {
        Draft {
            channel: interaction.channel,
            author: self.bot,
            body,
            kind: if interaction.kind == kind::COMMAND { 20 } else { 0 },
            interaction: Some(self.metadata(interaction)),
            by_webhook: true,
            only_for: ephemeral.then_some(interaction.user),
            ..Draft::default()
        }
    }

    fn answer_message(
        &mut self,
        interaction: &InteractionState,
        data: &Value,
        uploads: &[Upload],
    ) -> Result<u64, Refusal> {
        validate::object(data)?;
        validate::message(data).map_err(under_data)?;
        validate::not_empty(data, uploads.len())?;
        let ephemeral = data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0;
        let mut draft = self.reply_draft(interaction, data.clone(), ephemeral);
        draft.files = self.take_files(uploads, data);
        let made = self.post(draft);
        self.settle(interaction.id, Ack::Message, Some(made));
        Ok(made)
    }

    fn answer_later(&mut self, interaction: &InteractionState, data: &Value) -> u64 {
        let ephemeral = data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0;
        let mut draft = self.reply_draft(interaction, json!({}), ephemeral);
        draft.flags = flag::LOADING;
        let made = self.post(draft);
        self.settle(interaction.id, Ack::Deferred, Some(made));
        made
    }

    fn answer_update(
        &mut self,
        interaction: &InteractionState,
        data: &Value,
        uploads: &[Upload],
    ) -> Result<Option<u64>, Refusal> {
        validate::object(data)?;
        let found = interaction.source.and_then(|id| self.messages.get(&id));
        let (source, flags) = found.map(|message| (message.id, message.flags)).ok_or_else(|| refusal(10008))?;
        validate::change(data, flags).map_err(under_data)?;
        self.still_says_something(source, data, uploads.len())?;
        let files = self.take_files(uploads, data);
        self.edit(source, data, files);
        self.settle(interaction.id, Ack::Updated, Some(source));
        Ok(Some(source))
    }

    fn answer_choices(&mut self, interaction: &InteractionState, data: &Value) -> Result<(), Refusal> {
        let empty = Vec::new();
        let list = data["choices"].as_array().unwrap_or(&empty);
        let mut form = FormErrors::default();
        if list.len() > MAX_SUGGESTIONS {
            form.add("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
        }
        for (index, choice) in list.iter().take(MAX_SUGGESTIONS).enumerate() {
            form.length(&format!("data.choices.{index}.name"), choice["name"].as_str().unwrap_or(""), 1, 100);
            match &choice["value"] {
                Value::String(text) => form.length(&format!("data.choices.{index}.value"), text, 1, 100),
                Value::Number(_) => {}
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                    form.required(&format!("data.choices.{index}.value"))
                }
            }
        }
        form.finish()?;
        if let Some(found) = self.interactions.get_mut(&interaction.id) {
            found.choices.clone_from(list);
        }
        self.settle(interaction.id, Ack::Choices, None);
        Ok(())
    }

    fn answer_modal(&mut self, interaction: &InteractionState, data: &Value) -> Result<(), Refusal> {
        components::modal(data)?;
        let view = modal_view(interaction.id, data);
        if let Some(user) = self.users.get_mut(&interaction.user) {
            user.modal = Some(OpenModal { interaction: interaction.id, form: data.clone() });
        }
        self.settle(interaction.id, Ack::Modal, None);
        let place = self.place_of(interaction.channel, Some(interaction.user));
        let bot = self.display_name(self.bot);
        self.tell(interaction.channel, place, bot, None, Happened::Modal(view));
        Ok(())
    }

    /// The interaction a webhook route speaks for, if its token still serves.
    pub(crate) fn by_token(&self, application: u64, token: &str) -> Result<&InteractionState, Refusal> {
        if application != self.app.id {
            return Err(refusal(10015));
        }
        let found =
            self.interactions.values().rev().find(|found| found.token == token).ok_or_else(|| refusal(50027))?;
        if self.now().saturating_sub(found.at_ms) > self.spans.token_ms {
            return Err(refusal(50027));
        }
        if found.ack.is_none() {
            return Err(refusal(10015));
        }
        Ok(found)
    }

    /// The message a webhook route names: `@original` or an id that this interaction made.
    pub(crate) fn own_message(&self, application: u64, token: &str, name: &str) -> Result<&MessageState, Refusal> {
        let interaction = self.by_token(application, token)?;
        let wanted = if name == "@original" { interaction.original } else { name.parse().ok() };
        let id = wanted.ok_or_else(|| refusal(if name == "@original" { 10015 } else { 10008 }))?;
        let mine = interaction.original == Some(id) || interaction.followups.contains(&id);
        self.messages.get(&id).filter(|_| mine).ok_or_else(|| refusal(10008))
    }

    /// Posts a follow-up. The first one after a deferral fills the waiting answer instead.
    pub(crate) fn follow_up(
        &mut self,
        application: u64,
        token: &str,
        body: &Value,
        uploads: &[Upload],
    ) -> Result<u64, Refusal> {
        let interaction = self.by_token(application, token)?.clone();
        validate::message(body)?;
        validate::not_empty(body, uploads.len())?;
        let waiting = interaction.original.filter(|_| interaction.ack == Some(Ack::Deferred));
        let waiting =
            waiting.filter(|id| self.messages.get(id).is_some_and(|message| message.flags & flag::LOADING != 0));
        let files = self.take_files(uploads, body);
        if let Some(original) = waiting {
            self.edit(original, body, files);
            self.count_edit(interaction.id);
            return Ok(original);
        }
        let ephemeral = body["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0;
        let mut draft = self.reply_draft(&interaction, body.clone(), ephemeral);
        draft.files = files;
        draft.kind = if interaction.original.is_some() { 19 } else { 0 };
        draft.replies_to = interaction.original.filter(|_| !ephemeral).map(|id| (interaction.channel, id));
        if draft.replies_to.is_none() {
            draft.kind = 0;
        }
        let made = self.post(draft);
        if let Some(found) = self.interactions.get_mut(&interaction.id) {
            found.followups.push(made);
        }
        Ok(made)
    }

    /// Counts an edit by token, so that whoever waits for the answer sees it is there.
    pub(crate) fn count_edit(&mut self, interaction: u64) {
        if let Some(found) = self.interactions.get_mut(&interaction) {
            found.edits += 1;
        }
    }
}

/// Puts the errors of a message under `data`, where an interaction response keeps it.
fn under_data(mut refused: Refusal) -> Refusal {
    refused.errors = refused.errors.map(|errors| json!({"data": errors}));
    refused
}
