//! How does it look on the wire? State turned into Discord's JSON objects.

use serde_json::{Value, json};

use super::permissions;
use super::snowflake::iso;
use super::state::{ChannelState, FileState, GuildState, MessageState, RoleState, UserState, World, flag, kind};

/// Application flags that say which privileged intents an unverified bot may use.
const PRESENCE_LIMITED: u64 = 1 << 13;
const MEMBERS_LIMITED: u64 = 1 << 15;
const CONTENT_LIMITED: u64 = 1 << 19;

/// Gateway intents that are privileged.
pub(crate) const INTENT_MEMBERS: u64 = 1 << 1;
pub(crate) const INTENT_PRESENCES: u64 = 1 << 8;
pub(crate) const INTENT_CONTENT: u64 = 1 << 15;

/// An id as Discord writes it.
pub(crate) fn id(value: u64) -> Value {
    Value::String(value.to_string())
}

/// An id that may be missing.
pub(crate) fn maybe_id(value: Option<u64>) -> Value {
    value.map_or(Value::Null, id)
}

/// A user object.
pub(crate) fn user(user: &UserState) -> Value {
    json!({
        "id": id(user.id), "username": user.name, "global_name": user.display, "discriminator": "0",
        "avatar": null, "bot": user.bot, "system": false, "public_flags": 0, "flags": 0,
        "banner": null, "accent_color": null, "avatar_decoration_data": null,
    })
}

/// A role object.
pub(crate) fn role(role: &RoleState) -> Value {
    let tags = role.bot.map_or_else(|| json!({}), |bot| json!({"bot_id": id(bot)}));
    json!({
        "id": id(role.id), "name": role.name, "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": null, "tertiary_color": null},
        "hoist": role.hoist, "icon": null, "unicode_emoji": null, "position": role.position,
        "permissions": role.permissions.to_string(), "managed": role.bot.is_some(),
        "mentionable": role.mentionable, "flags": 0, "tags": tags,
    })
}

/// An emoji in reactions: a Unicode one, or `name:id`.
pub(crate) fn emoji(text: &str) -> Value {
    match text.rsplit_once(':') {
        Some((name, number)) if number.parse::<u64>().is_ok() => json!({"id": number, "name": name}),
        Some(_) | None => json!({"id": null, "name": text}),
    }
}

impl World {
    /// A user object by id; a ghost for somebody unknown.
    pub(crate) fn user_json(&self, who: u64) -> Value {
        match self.users.get(&who) {
            Some(found) => user(found),
            None => {
                json!({"id": id(who), "username": "deleted_user", "global_name": null, "discriminator": "0", "avatar": null})
            }
        }
    }

    /// The bot's own user, as `/users/@me` and READY show it.
    pub(crate) fn own_user(&self) -> Value {
        let mut json = self.user_json(self.bot);
        json["mfa_enabled"] = json!(true);
        json["verified"] = json!(true);
        json["email"] = Value::Null;
        json["locale"] = json!("en-US");
        json["premium_type"] = json!(0);
        json
    }

    /// A member object without its user (as inside messages and `resolved`).
    pub(crate) fn partial_member(&self, guild: &GuildState, who: u64) -> Value {
        let Some(member) = guild.members.get(&who) else {
            return Value::Null;
        };
        json!({
            "nick": member.nick, "avatar": null, "banner": null,
            "roles": member.roles.iter().map(|role| id(*role)).collect::<Vec<_>>(),
            "joined_at": iso(member.joined_ms), "premium_since": null, "deaf": false, "mute": false,
            "flags": 0, "pending": false,
            "communication_disabled_until": member.timeout_until_ms.map(iso),
        })
    }

    /// A full member object.
    pub(crate) fn member(&self, guild: &GuildState, who: u64) -> Value {
        let mut member = self.partial_member(guild, who);
        if member.is_object() {
            member["user"] = self.user_json(who);
            member["guild_id"] = id(guild.id);
        }
        member
    }

    /// A channel object of any kind.
    pub(crate) fn channel_json(&self, channel: &ChannelState) -> Value {
        if channel.kind == kind::DM {
            let recipient = channel.recipient.map(|who| self.user_json(who));
            return json!({
                "id": id(channel.id), "type": kind::DM, "flags": 0,
                "last_message_id": maybe_id(channel.last_message), "recipients": recipient.into_iter().collect::<Vec<_>>(),
            });
        }
        let overwrites: Vec<Value> = channel
            .overwrites
            .iter()
            .map(|(target, over)| {
                json!({
                    "id": id(*target), "type": u8::from(over.member),
                    "allow": over.allow.to_string(), "deny": over.deny.to_string(),
                })
            })
            .collect();
        let mut json = json!({
            "id": id(channel.id), "guild_id": maybe_id(channel.guild), "type": channel.kind,
            "name": channel.name, "topic": channel.topic, "parent_id": maybe_id(channel.parent),
            "position": channel.position, "nsfw": channel.nsfw, "flags": 0,
            "rate_limit_per_user": channel.slow_seconds, "last_message_id": maybe_id(channel.last_message),
            "permission_overwrites": overwrites,
        });
        if channel.kind == kind::VOICE || channel.kind == kind::STAGE {
            json["bitrate"] = json!(64_000);
            json["user_limit"] = json!(0);
        }
        if channel.kind == kind::FORUM {
            json["available_tags"] = Value::Array(channel.tags.clone());
        }
        if let Some(thread) = &channel.thread {
            json["owner_id"] = id(thread.owner);
            json["message_count"] = json!(self.message_ids(channel.id).count());
            json["total_message_sent"] = json["message_count"].clone();
            json["member_count"] = json!(thread.members.len().min(50));
            json["applied_tags"] = json!(thread.tags.iter().map(|tag| id(*tag)).collect::<Vec<_>>());
            json["thread_metadata"] = json!({
                "archived": thread.archived, "auto_archive_duration": thread.auto_archive_minutes,
                "archive_timestamp": iso(thread.archived_ms), "locked": thread.locked,
                "create_timestamp": iso(thread.created_ms), "invitable": true,
            });
        }
        json
    }

    /// A channel object by id, or null.
    pub(crate) fn channel_by_id(&self, channel: u64) -> Value {
        self.channels.get(&channel).map_or(Value::Null, |found| self.channel_json(found))
    }

    /// A channel as it stands inside interactions and `resolved`, with the permissions of a user.
    pub(crate) fn partial_channel(&self, channel: u64, who: u64) -> Value {
        let mut json = self.channel_by_id(channel);
        if json.is_object() {
            json["permissions"] = Value::String(self.may(channel, who).to_string());
        }
        json
    }

    /// The guild object of REST.
    pub(crate) fn guild_json(&self, guild: &GuildState) -> Value {
        json!({
            "id": id(guild.id), "name": guild.name, "icon": null, "icon_hash": null, "splash": null,
            "discovery_splash": null, "owner_id": id(guild.owner), "region": "us-west",
            "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
            "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
            "roles": guild.roles.values().map(role).collect::<Vec<_>>(), "emojis": [], "stickers": [],
            "features": [], "mfa_level": 0, "application_id": null, "system_channel_id": null,
            "system_channel_flags": 0, "rules_channel_id": null, "max_presences": null,
            "max_members": 500_000, "vanity_url_code": null, "description": null, "banner": null,
            "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US",
            "public_updates_channel_id": null, "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50, "nsfw_level": 0, "premium_progress_bar_enabled": false,
            "safety_alerts_channel_id": null, "incidents_data": null,
            "approximate_member_count": guild.members.len(), "approximate_presence_count": guild.members.len(),
        })
    }

    /// The payload of GUILD_CREATE, as much of it as a session's intents show.
    pub(crate) fn guild_create(&self, guild: &GuildState, intents: u64) -> Value {
        let mut json = self.guild_json(guild);
        let everybody = intents & INTENT_PRESENCES != 0 && intents & INTENT_MEMBERS != 0;
        let members: Vec<Value> = guild
            .members
            .keys()
            .filter(|who| everybody || **who == self.bot || guild.voice.contains_key(who))
            .map(|who| self.member(guild, *who))
            .collect();
        let mine = |channel: &&ChannelState| channel.guild == Some(guild.id);
        let (threads, channels): (Vec<_>, Vec<_>) =
            self.channels.values().filter(mine).partition(|channel| channel.thread.is_some());
        let threads: Vec<Value> = threads
            .into_iter()
            .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
            .filter(|channel| self.can_read(channel.id, self.bot))
            .map(|channel| self.channel_json(channel))
            .collect();
        let joined = guild.members.get(&self.bot).map_or(0, |member| member.joined_ms);
        json["joined_at"] = json!(iso(joined));
        json["large"] = json!(guild.members.len() > 50);
        json["unavailable"] = json!(false);
        json["member_count"] = json!(guild.members.len());
        json["members"] = Value::Array(members);
        json["channels"] = Value::Array(channels.into_iter().map(|channel| self.channel_json(channel)).collect());
        json["threads"] = Value::Array(threads);
        json["voice_states"] =
            Value::Array(guild.voice.iter().map(|(who, at)| self.voice_state(guild, *who, Some(*at))).collect());
        json["presences"] = json!([]);
        json["stage_instances"] = json!([]);
        json["soundboard_sounds"] = json!([]);
        json["guild_scheduled_events"] = Value::Array(self.scheduled_of(guild.id));
        json
    }

    /// The scheduled events of a guild.
    pub(crate) fn scheduled_of(&self, guild: u64) -> Vec<Value> {
        let wanted = id(guild);
        self.scheduled.values().filter(|event| event["guild_id"] == wanted).cloned().collect()
    }

    /// A voice state.
    pub(crate) fn voice_state(&self, guild: &GuildState, who: u64, at: Option<u64>) -> Value {
        json!({
            "guild_id": id(guild.id), "channel_id": maybe_id(at), "user_id": id(who),
            "member": self.member(guild, who), "session_id": format!("voice{who}"), "deaf": false,
            "mute": false, "self_deaf": false, "self_mute": false, "self_video": false,
            "suppress": false, "request_to_speak_timestamp": null,
        })
    }

    fn file_json(&self, message: &MessageState, file: &FileState) -> Value {
        let url = format!("{}/attachments/{}/{}/{}", self.origin, message.channel, file.id, file.name);
        json!({
            "id": id(file.id), "filename": file.name, "size": file.bytes.len(), "url": url, "proxy_url": url,
            "content_type": file.content_type, "description": file.description,
            "ephemeral": message.only_for.is_some(),
        })
    }

    fn reactions_json(&self, message: &MessageState) -> Vec<Value> {
        let shape = |(name, who): &(String, std::collections::BTreeSet<u64>)| {
            json!({
                "emoji": emoji(name), "count": who.len(), "me": who.contains(&self.bot), "me_burst": false,
                "count_details": {"burst": 0, "normal": who.len()}, "burst_colors": [],
            })
        };
        message.reactions.iter().map(shape).collect()
    }

    /// A message object, as REST and interactions show it.
    pub(crate) fn message_json(&self, message: &MessageState) -> Value {
        self.message_at_depth(message, true)
    }

    fn message_at_depth(&self, message: &MessageState, with_reply: bool) -> Value {
        let mut json = json!({
            "id": id(message.id), "channel_id": id(message.channel), "author": self.user_json(message.author),
            "content": message.content, "timestamp": iso(message.at_ms),
            "edited_timestamp": message.edited_ms.map(iso), "tts": false,
            "mention_everyone": message.mention_everyone,
            "mentions": message.mentions.iter().map(|who| self.user_json(*who)).collect::<Vec<_>>(),
            "mention_roles": message.mention_roles.iter().map(|role| id(*role)).collect::<Vec<_>>(),
            "attachments": message.files.iter().map(|file| self.file_json(message, file)).collect::<Vec<_>>(),
            "embeds": if message.flags & flag::SUPPRESS_EMBEDS == 0 { message.embeds.clone() } else { Vec::new() },
            "components": message.components, "reactions": self.reactions_json(message),
            "pinned": message.pinned, "type": message.kind, "flags": message.flags,
        });
        if let Some(nonce) = &message.nonce {
            json["nonce"] = nonce.clone();
        }
        if message.by_webhook {
            json["webhook_id"] = id(self.app.id);
        }
        if message.author == self.bot {
            json["application_id"] = id(self.app.id);
        }
        if let Some(metadata) = &message.interaction {
            json["interaction_metadata"] = metadata.clone();
        }
        if let Some((channel, replied)) = message.replies_to {
            let guild = self.channels.get(&channel).and_then(|found| found.guild);
            json["message_reference"] =
                json!({"type": 0, "message_id": id(replied), "channel_id": id(channel), "guild_id": maybe_id(guild)});
            if with_reply && message.kind == 19 {
                let earlier = self.messages.get(&replied);
                json["referenced_message"] =
                    earlier.map_or(Value::Null, |earlier| self.message_at_depth(earlier, false));
            }
        }
        if let Some(thread) = message.thread {
            json["thread"] = self.channel_by_id(thread);
        }
        json
    }

    /// A message with the content taken out, as a bot without the content intent gets it over REST.
    pub(crate) fn message_for_bot(&self, message: &MessageState) -> Value {
        let json = self.message_json(message);
        if self.app.privileged & INTENT_CONTENT != 0 || self.content_is_shown(message) {
            json
        } else {
            without_content(json)
        }
    }

    /// True if a bot sees this message's content even without the content intent.
    pub(crate) fn content_is_shown(&self, message: &MessageState) -> bool {
        let direct = self.channels.get(&message.channel).is_some_and(|channel| channel.guild.is_none());
        direct || message.author == self.bot || message.mentions.contains(&self.bot)
    }

    /// A message as MESSAGE_CREATE carries it: with guild and partial member.
    pub(crate) fn message_event(&self, message: &MessageState) -> Value {
        let mut json = self.message_json(message);
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        if let Some(guild) = guild.and_then(|guild| self.guilds.get(&guild)) {
            json["guild_id"] = id(guild.id);
            if !message.by_webhook || message.author == self.bot {
                json["member"] = self.partial_member(guild, message.author);
            }
        }
        json
    }

    /// The application object.
    pub(crate) fn application_json(&self) -> Value {
        json!({
            "id": id(self.app.id), "name": self.app.name, "icon": null, "description": "",
            "bot_public": true, "bot_require_code_grant": false, "verify_key": "0".repeat(64),
            "owner": self.user_json(self.app.owner), "team": null, "flags": self.application_flags(),
            "bot": self.user_json(self.bot), "rpc_origins": [], "redirect_uris": [],
            "approximate_guild_count": self.bot_guilds().count(), "integration_types_config": {"0": {}},
        })
    }

    /// Application flags, from the privileged intents switched on.
    pub(crate) fn application_flags(&self) -> u64 {
        let pairs = [
            (INTENT_PRESENCES, PRESENCE_LIMITED),
            (INTENT_MEMBERS, MEMBERS_LIMITED),
            (INTENT_CONTENT, CONTENT_LIMITED),
        ];
        pairs.iter().filter(|(intent, _)| self.app.privileged & intent != 0).map(|(_, flag)| flag).sum()
    }

    /// The guilds the bot is in.
    pub(crate) fn bot_guilds(&self) -> impl Iterator<Item = &GuildState> {
        self.guilds.values().filter(|guild| guild.members.contains_key(&self.bot))
    }

    /// The entry of `GET /users/@me/guilds`.
    pub(crate) fn guild_entry(&self, guild: &GuildState) -> Value {
        let allowed = permissions::in_guild(guild, self.bot, self.now());
        json!({
            "id": id(guild.id), "name": guild.name, "icon": null, "banner": null,
            "owner": guild.owner == self.bot, "permissions": allowed.to_string(), "features": [],
        })
    }
}

/// Blanks what the content intent protects.
pub(crate) fn without_content(mut json: Value) -> Value {
    json["content"] = Value::String(String::new());
    for list in ["embeds", "attachments", "components"] {
        json[list] = Value::Array(Vec::new());
    }
    json
}
