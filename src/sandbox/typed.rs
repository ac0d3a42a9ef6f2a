//! What did a person mean by `/group setup zone:Europe/Berlin channel:#general`?
//!
//! Resolves a typed line against the registered commands the way the Discord client does, and says
//! what the client would say when it does not fit. No I/O; the world is only read.

use serde_json::{Map, Value, json};

use super::commands::option;
use super::permissions;
use super::state::{CommandState, World};
use super::wire;

/// Longest line looked at, in bytes.
const MAX_LINE: usize = 20_000;

/// A resolved line: the `data` of the interaction.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) data: Value,
    pub(crate) name: String,
}

/// Who types, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typist {
    pub(crate) user: u64,
    pub(crate) channel: u64,
}

type Said<T> = Result<T, String>;

impl World {
    /// Resolves a typed line. With `completing`, the last option is the one being typed.
    pub(crate) fn read_line(&self, line: &str, who: Typist, completing: bool) -> Said<Typed> {
        if line.len() > MAX_LINE {
            return Err("This is too long to be a command.".to_owned());
        }
        let line = if completing { line.trim_start() } else { line.trim() };
        let bare = line.strip_prefix('/').ok_or("A command begins with a slash.")?;
        let (name, mut rest) = split_word(bare);
        let command = self.find_command(name, 1, who)?;
        let mut level = &command.json;
        let mut path = name.to_owned();
        let mut steps = Vec::new();
        loop {
            let options = level["options"].as_array().map_or(&[][..], Vec::as_slice);
            let nested =
                options.iter().any(|one| matches!(one["type"].as_u64(), Some(option::SUBCOMMAND | option::GROUP)));
            if !nested {
                break;
            }
            let (word, after) = split_word(rest);
            let found = options.iter().find(|one| one["name"].as_str() == Some(word));
            level = found.ok_or_else(|| {
                let known: Vec<&str> = options.iter().filter_map(|one| one["name"].as_str()).collect();
                format!("/{path} has no \"{word}\"; there is: {}.", known.join(", "))
            })?;
            steps.push(level);
            path = format!("{path} {word}");
            rest = after;
        }
        let mut resolved = Map::new();
        let mut options = self.read_options(level, rest, &path, who, completing, &mut resolved)?;
        for step in steps.iter().rev() {
            options = vec![json!({"name": step["name"], "type": step["type"], "options": options})];
        }
        let mut data = json!({"id": wire::id(command.id), "name": command.name, "type": 1, "options": options});
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        if let Some(guild) = command.guild {
            data["guild_id"] = wire::id(guild);
        }
        Ok(Typed { data, name: path })
    }

    /// Finds a command this person is shown here, by name and kind.
    pub(crate) fn find_command(&self, name: &str, kind: u64, who: Typist) -> Said<&CommandState> {
        let guild = self.channels.get(&who.channel).and_then(|channel| channel.guild);
        let here = |command: &&CommandState| {
            command.kind == kind && command.name == name && (command.guild.is_none() || command.guild == guild)
        };
        let mut found: Vec<&CommandState> = self.commands.values().filter(here).collect();
        found.sort_by_key(|command| command.guild.is_none());
        let command = found.first().ok_or_else(|| {
            let known: Vec<String> =
                self.commands.values().filter(|one| one.kind == kind).map(|one| format!("/{}", one.name)).collect();
            format!("There is no command \"{name}\" here. Registered: {}.", known.join(" "))
        })?;
        self.may_use(command, guild, who)?;
        Ok(command)
    }

    fn may_use(&self, command: &CommandState, guild: Option<u64>, who: Typist) -> Said<()> {
        let contexts = command.json["contexts"].as_array();
        let context = u64::from(guild.is_none());
        let by_context = contexts.is_none_or(|list| list.iter().any(|one| one.as_u64() == Some(context)));
        let by_flag = guild.is_some() || contexts.is_some() || command.json["dm_permission"].as_bool() != Some(false);
        if !by_context || !by_flag {
            return Err(format!(
                "\"{}\" is not offered {}.",
                command.name,
                if guild.is_none() { "in direct messages" } else { "in servers" }
            ));
        }
        if guild.is_none_or(|id| !self.bot_is_in(id)) && guild.is_some() {
            return Err(format!("There is no command \"{}\" here: the bot is not in this server.", command.name));
        }
        let powers = self.may(who.channel, who.user);
        if powers & permissions::VIEW_CHANNEL == 0 {
            return Err("You cannot see this channel.".to_owned());
        }
        if powers & permissions::USE_APPLICATION_COMMANDS == 0 {
            return Err("You do not have permission to use commands here.".to_owned());
        }
        let needed = command.json["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
        let guild = guild.and_then(|id| self.guilds.get(&id));
        if let (Some(needed), Some(guild)) = (needed, guild) {
            let has = permissions::in_guild(guild, who.user, self.now());
            let admin = has == permissions::ALL;
            if !admin && (needed == 0 || has & needed != needed) {
                return Err(format!("You do not have permission to use \"{}\".", command.name));
            }
        }
        Ok(())
    }

    fn read_options(
        &self,
        level: &Value,
        rest: &str,
        path: &str,
        who: Typist,
        completing: bool,
        resolved: &mut Map<String, Value>,
    ) -> Said<Vec<Value>> {
        let declared = level["options"].as_array().map_or(&[][..], Vec::as_slice);
        let given = cut(rest, declared, path)?;
        let last = given.len().wrapping_sub(1);
        let mut options = Vec::new();
        for (index, (name, text)) in given.iter().enumerate() {
            let Some(one) = declared.iter().find(|one| one["name"].as_str() == Some(name)) else {
                continue;
            };
            let kind = one["type"].as_u64().unwrap_or(0);
            if completing && index == last {
                if !one["autocomplete"].as_bool().unwrap_or(false) {
                    return Err(format!("\"{name}\" of /{path} is not completed by the bot."));
                }
                options.push(json!({"name": name, "type": kind, "value": text, "focused": true}));
                continue;
            }
            let value = self.read_value(one, text.trim(), who, resolved).map_err(|why| format!("{name}: {why}"))?;
            options.push(json!({"name": name, "type": kind, "value": value}));
        }
        if !completing {
            for one in declared.iter().filter(|one| one["required"].as_bool().unwrap_or(false)) {
                let name = one["name"].as_str().unwrap_or("");
                if !given.iter().any(|(given, _)| *given == name) {
                    return Err(format!("/{path}: the option \"{name}\" is required."));
                }
            }
        }
        Ok(options)
    }

    fn read_value(&self, one: &Value, text: &str, who: Typist, resolved: &mut Map<String, Value>) -> Said<Value> {
        let choices = one["choices"].as_array().map_or(&[][..], Vec::as_slice);
        if !choices.is_empty() {
            let fits = |choice: &&Value| {
                choice["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(text))
                    || plain(&choice["value"]) == text
            };
            let names = || choices.iter().filter_map(|choice| choice["name"].as_str()).collect::<Vec<_>>().join(", ");
            let found = choices.iter().find(fits);
            return found
                .map(|choice| choice["value"].clone())
                .ok_or_else(|| format!("\"{text}\" is not one of: {}.", names()));
        }
        match one["type"].as_u64().unwrap_or(0) {
            option::STRING => {
                let count = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
                let (least, most) =
                    (one["min_length"].as_u64().unwrap_or(0), one["max_length"].as_u64().unwrap_or(6_000));
                if count < least || count > most {
                    return Err(format!("must be between {least} and {most} characters."));
                }
                Ok(json!(text))
            }
            option::INTEGER => {
                let number: i64 = text.parse().map_err(|_| format!("\"{text}\" is not a whole number."))?;
                in_range(one, text)?;
                Ok(json!(number))
            }
            option::NUMBER => {
                in_range(one, text)?;
                let number: f64 = text.parse().map_err(|_| format!("\"{text}\" is not a number."))?;
                Ok(json!(number))
            }
            option::BOOLEAN => match text.to_lowercase().as_str() {
                "true" | "yes" => Ok(json!(true)),
                "false" | "no" => Ok(json!(false)),
                _ => Err(format!("\"{text}\" is neither True nor False.")),
            },
            option::USER => self.resolve_user(text, who, resolved),
            option::CHANNEL => self.resolve_channel(one, text, who, resolved),
            option::ROLE => self.resolve_role(text, who, resolved),
            option::MENTIONABLE => {
                self.resolve_user(text, who, resolved).or_else(|_| self.resolve_role(text, who, resolved))
            }
            option::ATTACHMENT => self.resolve_file(text, who, resolved),
            _ => Err("this kind of option cannot be typed.".to_owned()),
        }
    }

    /// A person by `@Name`, `<@id>` or id, with the entry of `resolved`.
    pub(crate) fn resolve_user(&self, text: &str, who: Typist, resolved: &mut Map<String, Value>) -> Said<Value> {
        let guild =
            self.channels.get(&who.channel).and_then(|channel| channel.guild).and_then(|id| self.guilds.get(&id));
        let wanted = text.trim_start_matches('@');
        let number: Option<u64> = text.trim_matches(['<', '@', '!', '>']).parse().ok();
        let here = |id: &u64| guild.is_none_or(|guild| guild.members.contains_key(id));
        let fits = |user: &&super::state::UserState| {
            Some(user.id) == number
                || user.display.eq_ignore_ascii_case(wanted)
                || user.name.eq_ignore_ascii_case(wanted)
        };
        let mut found: Vec<u64> = self.users.values().filter(fits).map(|user| user.id).collect();
        found.sort_by_key(|id| !here(id));
        let id = *found.first().ok_or_else(|| format!("there is nobody called \"{text}\"."))?;
        put(resolved, "users", id, self.user_json(id));
        if let Some(guild) = guild.filter(|guild| guild.members.contains_key(&id)) {
            let mut member = self.partial_member(guild, id);
            member["permissions"] = json!(self.may(who.channel, id).to_string());
            put(resolved, "members", id, member);
        }
        Ok(wire::id(id))
    }

    /// A file that the person has at hand, by name, with the entry of `resolved`.
    pub(crate) fn resolve_file(&self, text: &str, who: Typist, resolved: &mut Map<String, Value>) -> Said<Value> {
        let mine = self.at_hand.iter().rev().filter(|(owner, _)| *owner == who.user);
        let (_, file) =
            mine.clone().find(|(_, file)| file.name == text).ok_or_else(|| format!("you have no file \"{text}\"."))?;
        let url = format!("{}/ephemeral-attachments/{}/{}/{}", self.origin, who.channel, file.id, file.name);
        let json = json!({
            "id": wire::id(file.id), "filename": file.name, "size": file.bytes.len(), "url": url, "proxy_url": url,
            "content_type": file.content_type, "ephemeral": true,
        });
        put(resolved, "attachments", file.id, json);
        Ok(wire::id(file.id))
    }

    /// A role by `@name`, `<@&id>` or id, with the entry of `resolved`.
    pub(crate) fn resolve_role(&self, text: &str, who: Typist, resolved: &mut Map<String, Value>) -> Said<Value> {
        let guild =
            self.channels.get(&who.channel).and_then(|channel| channel.guild).and_then(|id| self.guilds.get(&id));
        let guild = guild.ok_or("there are no roles here.")?;
        let wanted = text.trim_start_matches('@');
        let number: Option<u64> = text.trim_matches(['<', '@', '&', '>']).parse().ok();
        let fits = |role: &&super::state::RoleState| {
            Some(role.id) == number || role.name.trim_start_matches('@').eq_ignore_ascii_case(wanted)
        };
        let role = guild.roles.values().find(fits).ok_or_else(|| format!("there is no role \"{text}\"."))?;
        put(resolved, "roles", role.id, wire::role(role));
        Ok(wire::id(role.id))
    }

    /// A channel by `#name`, `<#id>` or id, with the entry of `resolved`.
    pub(crate) fn resolve_channel(
        &self,
        one: &Value,
        text: &str,
        who: Typist,
        resolved: &mut Map<String, Value>,
    ) -> Said<Value> {
        let guild =
            self.channels.get(&who.channel).and_then(|channel| channel.guild).ok_or("there are no channels here.")?;
        let id = self.channel_named(guild, text, who.user).ok_or_else(|| format!("there is no channel \"{text}\"."))?;
        let kinds = one["channel_types"].as_array().map_or(&[][..], Vec::as_slice);
        let kind = self.channels.get(&id).map_or(0, |channel| channel.kind);
        if !kinds.is_empty() && !kinds.iter().any(|one| one.as_u64() == Some(kind)) {
            return Err(format!("\"{text}\" is not a kind of channel that can be chosen here."));
        }
        put(resolved, "channels", id, self.partial_channel(id, who.user));
        Ok(wire::id(id))
    }

    /// A channel of a guild that a person can see, by `#name`, `name`, `<#id>` or id.
    pub(crate) fn channel_named(&self, guild: u64, text: &str, who: u64) -> Option<u64> {
        let wanted = text.trim_start_matches('#');
        let number: Option<u64> = text.trim_matches(['<', '#', '>']).parse().ok();
        let fits = |channel: &&super::state::ChannelState| {
            channel.guild == Some(guild) && (Some(channel.id) == number || channel.name.eq_ignore_ascii_case(wanted))
        };
        self.channels.values().filter(fits).map(|channel| channel.id).find(|id| self.can_read(*id, who))
    }
}

fn put(resolved: &mut Map<String, Value>, list: &str, id: u64, value: Value) {
    let entry = resolved.entry(list).or_insert_with(|| json!({}));
    entry[id.to_string()] = value;
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn in_range(one: &Value, text: &str) -> Said<()> {
    let number: f64 = text.parse().map_err(|_| format!("\"{text}\" is not a number."))?;
    if one["min_value"].as_f64().is_some_and(|least| number < least) {
        return Err(format!("must be at least {}.", one["min_value"]));
    }
    if one["max_value"].as_f64().is_some_and(|most| number > most) {
        return Err(format!("must be at most {}.", one["max_value"]));
    }
    Ok(())
}

fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(' ').unwrap_or((text, ""))
}

/// Cuts `a:one two b:three` into its options. A value goes on until the next known ` name:`.
fn cut<'a>(rest: &'a str, declared: &'a [Value], path: &str) -> Said<Vec<(&'a str, &'a str)>> {
    let rest = rest.trim_start();
    if rest.trim().is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = declared.iter().filter_map(|one| one["name"].as_str()).collect();
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for name in &names {
        let mark = format!("{name}:");
        let hit = |at: &usize| *at == 0 || rest.as_bytes().get(at.wrapping_sub(1)) == Some(&b' ');
        if let Some(at) = rest.match_indices(&mark).map(|(at, _)| at).find(hit) {
            starts.push((at, name));
        }
    }
    starts.sort_unstable();
    if starts.first().is_none_or(|(at, _)| *at != 0) {
        let known = if names.is_empty() { "no options".to_owned() } else { names.join(", ") };
        return Err(format!("/{path} does not know \"{rest}\"; it has: {known}."));
    }
    let mut cuts = Vec::new();
    for (index, (at, name)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(rest.len(), |(next, _)| *next);
        let from = at + name.len() + 1;
        cuts.push((*name, rest.get(from..end).unwrap_or("")));
    }
    Ok(cuts)
}
