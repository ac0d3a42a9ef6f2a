//! What do people do that the bot has to answer? Commands, buttons, selects, forms, menus.

use serde_json::{Map, Value, json};

use super::{Answer, Declined, Person, no};
use crate::sandbox::components::{is_select, kind as component};
use crate::sandbox::interactions::{Deed, kind};
use crate::sandbox::state::{MessageState, World};
use crate::sandbox::typed::Typist;
use crate::sandbox::view::{Choice, MessageView, ModalView};
use crate::sandbox::wire;

impl Person {
    /// Types a slash command and waits for the answer: `/group setup zone:Europe/Berlin channel:#general`.
    ///
    /// # Errors
    /// What the client says about a line that does not fit, or that no answer came.
    pub async fn run(&self, line: &str) -> Result<Answer, Declined> {
        let id = self.shared.change(|world| {
            let typist = self.typist(world);
            let typed = world.read_line(line, typist, false).map_err(Declined::Client)?;
            Ok(world.interact(Deed {
                kind: kind::COMMAND,
                user: self.id,
                channel: typist.channel,
                data: typed.data,
                did: line.trim().to_owned(),
                source: None,
                name: Some(typed.name),
            }))
        })?;
        self.wait_for(id).await
    }

    /// Types a slash command up to an option the bot completes; what it suggests.
    ///
    /// # Errors
    /// As for [`Person::run`].
    pub async fn autocomplete(&self, line: &str) -> Result<Vec<Choice>, Declined> {
        let id = self.shared.change(|world| {
            let typist = self.typist(world);
            let typed = world.read_line(line, typist, true).map_err(Declined::Client)?;
            Ok(world.interact(Deed {
                kind: kind::AUTOCOMPLETE,
                user: self.id,
                channel: typist.channel,
                data: typed.data,
                did: format!("typed {line}"),
                source: None,
                name: Some(typed.name),
            }))
        })?;
        Ok(self.wait_for(id).await?.choices)
    }

    /// Presses a button, named by its label, its custom id, or its number from 1.
    ///
    /// # Errors
    /// When there is no such button, it is disabled or a link, or no answer came.
    pub async fn press(&self, message: &MessageView, which: &str) -> Result<Answer, Declined> {
        let id = self.shared.change(|world| {
            let found = self.own_sight(world, message.id)?.clone();
            let buttons: Vec<Value> =
                controls(&found).into_iter().filter(|one| one["type"].as_u64() == Some(component::BUTTON)).collect();
            let button = pick(&buttons, "label", which)?;
            if button["disabled"].as_bool() == Some(true) {
                return no(format!("The button \"{which}\" is disabled."));
            }
            let Some(custom_id) = button["custom_id"].as_str() else {
                return no(format!("The button \"{which}\" opens a web page."));
            };
            let label = button["label"].as_str().or(button["emoji"]["name"].as_str()).unwrap_or("");
            let data = json!({"component_type": component::BUTTON, "custom_id": custom_id, "id": button["id"]});
            Ok(world.interact(self.on_message(&found, data, format!("pressed \"{label}\""))))
        })?;
        self.wait_for(id).await
    }

    fn on_message(&self, message: &MessageState, data: Value, did: String) -> Deed {
        Deed {
            kind: kind::COMPONENT,
            user: self.id,
            channel: message.channel,
            data,
            did,
            source: Some(message.id),
            name: None,
        }
    }

    /// Chooses in a select, named by its placeholder, custom id or number; options by label or value,
    /// people, roles and channels by name.
    ///
    /// # Errors
    /// When select or option do not exist, too few or too many are chosen, or no answer came.
    pub async fn choose(&self, message: &MessageView, select: &str, options: &[&str]) -> Result<Answer, Declined> {
        let id = self.shared.change(|world| {
            let found = self.own_sight(world, message.id)?.clone();
            let selects: Vec<Value> = controls(&found).into_iter().filter(|one| one["type"].as_u64().is_some_and(is_select)).collect();
            let menu = pick(&selects, "placeholder", select)?;
            if menu["disabled"].as_bool() == Some(true) {
                return no(format!("The menu \"{select}\" is disabled."));
            }
            let least = menu["min_values"].as_u64().unwrap_or(1);
            let most = menu["max_values"].as_u64().unwrap_or(1);
            let count = u64::try_from(options.len()).unwrap_or(u64::MAX);
            if count < least || count > most {
                return no(format!("Choose between {least} and {most} options."));
            }
            let typist = Typist { user: self.id, channel: found.channel };
            let mut resolved = Map::new();
            let values = options.iter().map(|option| world.chosen(&menu, option, typist, &mut resolved)).collect::<Result<Vec<_>, _>>()?;
            let mut data = json!({"component_type": menu["type"], "custom_id": menu["custom_id"], "id": menu["id"], "values": values});
            if !resolved.is_empty() {
                data["resolved"] = Value::Object(resolved);
            }
            let words: Vec<String> = options.iter().map(|option| format!("\"{option}\"")).collect();
            Ok(world.interact(self.on_message(&found, data, format!("chose {}", words.join(", ")))))
        })?;
        self.wait_for(id).await
    }

    /// Fills in the open form and sends it. Fields by label or custom id; others keep what stands in them.
    ///
    /// # Errors
    /// When the form is not open, a field does not exist or does not fit, or no answer came.
    pub async fn submit(&self, form: &ModalView, fields: &[(&str, &str)]) -> Result<Answer, Declined> {
        let id = self.shared.change(|world| {
            let open = world.users.get(&self.id).and_then(|user| user.modal.clone());
            let Some(open) = open.filter(|open| open.interaction == form.interaction) else {
                return no("This form is not open (any more).");
            };
            let components = filled(form, fields, &open.form)?;
            let Some(opener) = world.interactions.get(&open.interaction) else {
                return no("This form has expired.");
            };
            let (channel, source) = (opener.channel, opener.source);
            let data = json!({"custom_id": form.custom_id, "components": components});
            let source = source.filter(|id| world.messages.contains_key(id));
            let did = format!("sent the form \"{}\"", form.title);
            Ok(world.interact(Deed { kind: kind::MODAL, user: self.id, channel, data, did, source, name: None }))
        })?;
        let answer = self.wait_for(id).await?;
        self.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&self.id) {
                user.modal = user.modal.take().filter(|open| open.interaction != form.interaction);
            }
        });
        Ok(answer)
    }

    /// Uses a command of a message's context menu.
    ///
    /// # Errors
    /// When there is no such command for them, or no answer came.
    pub async fn message_menu(&self, message: &MessageView, command: &str) -> Result<Answer, Declined> {
        let id = self.shared.change(|world| {
            let found = self.own_sight(world, message.id)?.clone();
            let typist = Typist { user: self.id, channel: found.channel };
            let known = world.find_command(command, 3, typist).map_err(Declined::Client)?;
            let mut data =
                json!({"id": wire::id(known.id), "name": known.name, "type": 3, "target_id": wire::id(found.id)});
            if let Some(guild) = known.guild {
                data["guild_id"] = wire::id(guild);
            }
            data["resolved"]["messages"][found.id.to_string()] = world.message_json(&found);
            Ok(world.interact(Deed {
                kind: kind::COMMAND,
                user: self.id,
                channel: found.channel,
                data,
                did: format!("chose \"{command}\" on a message of {}", world.display_name(found.author)),
                source: None,
                name: Some(command.to_owned()),
            }))
        })?;
        self.wait_for(id).await
    }

    /// Uses a command of a person's context menu.
    ///
    /// # Errors
    /// As for [`Person::message_menu`].
    pub async fn user_menu(&self, on: &Person, command: &str) -> Result<Answer, Declined> {
        let id = self.shared.change(|world| {
            let typist = self.typist(world);
            let known = world.find_command(command, 2, typist).map_err(Declined::Client)?;
            let mut data =
                json!({"id": wire::id(known.id), "name": known.name, "type": 2, "target_id": wire::id(on.id)});
            let mut resolved = Map::new();
            world.resolve_user(&on.id.to_string(), typist, &mut resolved).map_err(Declined::Client)?;
            data["resolved"] = Value::Object(resolved);
            Ok(world.interact(Deed {
                kind: kind::COMMAND,
                user: self.id,
                channel: typist.channel,
                data,
                did: format!("chose \"{command}\" on {}", world.display_name(on.id)),
                source: None,
                name: Some(command.to_owned()),
            }))
        })?;
        self.wait_for(id).await
    }

    /// What an earlier answer has become by now: late follow-ups and edits are in it.
    pub fn later(&self, answer: &Answer) -> Answer {
        self.shared.look(|world| {
            let view = |id: u64| world.messages.get(&id).map(|message| world.view(message));
            let Some(one) = world.interactions.get(&answer.interaction) else {
                return answer.clone();
            };
            let on_source = one.original.is_some() && one.original == one.source;
            let ids = one.original.filter(|_| !on_source).into_iter().chain(one.followups.iter().copied());
            let messages: Vec<MessageView> = ids.filter_map(view).collect();
            let updated = one.source.filter(|_| on_source).and_then(view);
            self.mark(world, &messages);
            Answer { messages, updated, ..answer.clone() }
        })
    }
}

impl World {
    /// The value of a chosen option, with its entry in `resolved` where it names somebody.
    fn chosen(
        &self,
        menu: &Value,
        option: &str,
        typist: Typist,
        resolved: &mut Map<String, Value>,
    ) -> Result<Value, Declined> {
        let found = match menu["type"].as_u64() {
            Some(component::USER_SELECT) => self.resolve_user(option, typist, resolved),
            Some(component::ROLE_SELECT) => self.resolve_role(option, typist, resolved),
            Some(component::CHANNEL_SELECT) => self.resolve_channel(menu, option, typist, resolved),
            Some(component::MENTIONABLE_SELECT) => {
                self.resolve_user(option, typist, resolved).or_else(|_| self.resolve_role(option, typist, resolved))
            }
            Some(_) | None => {
                let list = menu["options"].as_array().map_or(&[][..], Vec::as_slice);
                let fits =
                    |one: &&Value| one["label"].as_str() == Some(option) || one["value"].as_str() == Some(option);
                let labels: Vec<&str> = list.iter().filter_map(|one| one["label"].as_str()).collect();
                let found = list.iter().find(fits).map(|one| one["value"].clone());
                found.ok_or_else(|| format!("There is no option \"{option}\"; there is: {}.", labels.join(", ")))
            }
        };
        found.map_err(Declined::Client)
    }
}

/// All buttons and selects of a message, in reading order.
fn controls(message: &MessageState) -> Vec<Value> {
    let mut found = Vec::new();
    gather(&message.components, &mut found, 0);
    found
}

fn gather(list: &[Value], found: &mut Vec<Value>, depth: usize) {
    if depth > 8 {
        return;
    }
    for one in list {
        let number = one["type"].as_u64().unwrap_or(0);
        if number == component::BUTTON || is_select(number) {
            found.push(one.clone());
        }
        gather(one["components"].as_array().map_or(&[][..], Vec::as_slice), found, depth + 1);
        if one["accessory"].is_object() {
            gather(std::slice::from_ref(&one["accessory"]), found, depth + 1);
        }
    }
}

/// Picks by visible text, custom id, or number from 1.
fn pick(list: &[Value], text: &str, which: &str) -> Result<Value, Declined> {
    let by_text = list.iter().find(|one| one[text].as_str().is_some_and(|label| label.eq_ignore_ascii_case(which)));
    let by_id = || list.iter().find(|one| one["custom_id"].as_str() == Some(which));
    let by_emoji = || list.iter().find(|one| one["emoji"]["name"].as_str() == Some(which));
    let by_number = || which.parse::<usize>().ok().and_then(|n| list.get(n.checked_sub(1)?));
    let found = by_text.or_else(by_id).or_else(by_emoji).or_else(by_number);
    found.cloned().ok_or_else(|| {
        let labels: Vec<&str> =
            list.iter().map(|one| one[text].as_str().or(one["custom_id"].as_str()).unwrap_or("")).collect();
        Declined::Client(format!("There is no \"{which}\" here; there is: {}.", labels.join(", ")))
    })
}

/// The form's components with values, as the client sends them.
fn filled(form: &ModalView, fields: &[(&str, &str)], raw: &Value) -> Result<Vec<Value>, Declined> {
    for (name, _) in fields {
        if !form.fields.iter().any(|field| field.label == *name || field.custom_id == *name) {
            let labels: Vec<&str> = form.fields.iter().map(|field| field.label.as_str()).collect();
            return no(format!("The form has no field \"{name}\"; it has: {}.", labels.join(", ")));
        }
    }
    let mut components = Vec::new();
    for row in raw["components"].as_array().into_iter().flatten() {
        let labelled = row["type"].as_u64() == Some(component::LABEL);
        let input = if labelled { &row["component"] } else { &row["components"][0] };
        let Some(field) = form.fields.iter().find(|field| input["custom_id"].as_str() == Some(&field.custom_id)) else {
            continue;
        };
        let given = fields.iter().find(|(name, _)| field.label == *name || field.custom_id == *name);
        let text = given.map_or(field.value.as_str(), |(_, text)| text);
        let count = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if field.required && count == 0 {
            return no(format!("The field \"{}\" is required.", field.label));
        }
        if count > field.max_length || (count > 0 && count < field.min_length) {
            return no(format!(
                "The field \"{}\" takes {} to {} characters.",
                field.label, field.min_length, field.max_length
            ));
        }
        let value = json!({"type": input["type"], "custom_id": field.custom_id, "value": text});
        components.push(if labelled {
            json!({"type": component::LABEL, "component": value})
        } else {
            json!({"type": component::ROW, "components": [value]})
        });
    }
    Ok(components)
}
