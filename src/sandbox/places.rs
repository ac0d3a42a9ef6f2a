//! Where do people meet? Guilds, roles and channels as tests, stories and the demo build them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::people::Person;
use super::permissions::{self, DEFAULT_EVERYONE};
use super::state::{ChannelState, GuildState, MemberState, Overwrite, RoleState, Shared, World, kind};
use super::view::MessageView;
use super::wire;

/// Lines of a dump per list.
const MAX_DUMPED: usize = 25;

/// Kinds of channels that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    Text,
    /// Voice, with its own text chat.
    Voice,
    /// Announcements.
    Announcement,
    /// A forum, where every post is a thread.
    Forum,
    /// A heading over other channels.
    Category,
    /// A stage.
    Stage,
}

impl Kind {
    fn number(self) -> u64 {
        match self {
            Kind::Text => kind::TEXT,
            Kind::Voice => kind::VOICE,
            Kind::Announcement => kind::ANNOUNCEMENT,
            Kind::Forum => kind::FORUM,
            Kind::Category => kind::CATEGORY,
            Kind::Stage => kind::STAGE,
        }
    }
}

/// A guild.
#[derive(Clone)]
pub struct Guild {
    shared: Arc<Shared>,
    id: u64,
}

/// A role of a guild.
#[derive(Clone)]
pub struct Role {
    shared: Arc<Shared>,
    guild: u64,
    id: u64,
}

/// A channel or thread.
#[derive(Clone)]
pub struct Channel {
    shared: Arc<Shared>,
    id: u64,
}

/// Makes a guild with its owner.
pub(crate) fn found_guild(shared: &Arc<Shared>, name: &str, owner: u64) -> Guild {
    let id = shared.change(|world| {
        let (id, now) = (world.fresh_id(), world.now());
        let everyone = RoleState {
            id,
            name: "@everyone".to_owned(),
            permissions: DEFAULT_EVERYONE,
            ..RoleState::default()
        };
        let member = MemberState {
            joined_ms: now,
            ..MemberState::default()
        };
        world.guilds.insert(
            id,
            GuildState {
                id,
                name: name.to_owned(),
                owner,
                roles: [(id, everyone)].into(),
                members: [(owner, member)].into(),
                voice: [].into(),
                unavailable: false,
            },
        );
        id
    });
    Guild {
        shared: Arc::clone(shared),
        id,
    }
}

impl World {
    /// Lets somebody into a guild and tells the bot.
    pub(crate) fn join(&mut self, guild: u64, who: u64) {
        let now = self.now();
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        if found.members.contains_key(&who) {
            return;
        }
        found.members.insert(
            who,
            MemberState {
                joined_ms: now,
                ..MemberState::default()
            },
        );
        if let Some(found) = self.guilds.get(&guild) {
            let member = self.member(found, who);
            self.dispatch("GUILD_MEMBER_ADD", Some(guild), member);
        }
    }

    /// Adds a role at the bottom, as Discord does: those above move up.
    fn add_role(&mut self, guild: u64, mut role: RoleState) -> u64 {
        role.id = self.fresh_id();
        role.position = 1;
        let id = role.id;
        if let Some(found) = self.guilds.get_mut(&guild) {
            for other in found.roles.values_mut().filter(|other| other.position > 0) {
                other.position += 1;
            }
        }
        self.put_role(guild, role, "GUILD_ROLE_CREATE");
        id
    }
}

impl Guild {
    /// Its id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.shared.look(|world| {
            world
                .guilds
                .get(&self.id)
                .map(|guild| guild.name.clone())
                .unwrap_or_default()
        })
    }

    /// Renames it.
    pub fn rename(&self, name: &str) {
        self.shared.change(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                name.clone_into(&mut guild.name);
            }
            if let Some(json) = world.guilds.get(&self.id).map(|guild| world.guild_json(guild)) {
                world.dispatch("GUILD_UPDATE", Some(self.id), json);
            }
        });
    }

    /// Sets what @everyone may do.
    pub fn everyone(&self, permissions: u64) {
        self.change_role(self.id, |role| role.permissions = permissions);
    }

    fn change_role(&self, role: u64, change: impl FnOnce(&mut RoleState)) {
        self.shared.change(|world| {
            let found = world
                .guilds
                .get(&self.id)
                .and_then(|guild| guild.roles.get(&role))
                .cloned();
            if let Some(mut changed) = found {
                change(&mut changed);
                world.put_role(self.id, changed, "GUILD_ROLE_UPDATE");
            }
        });
    }

    /// Makes a role below all others.
    pub fn role(&self, name: &str, permissions: u64) -> Role {
        let role = RoleState {
            name: name.to_owned(),
            permissions,
            ..RoleState::default()
        };
        let id = self.shared.change(|world| world.add_role(self.id, role));
        Role {
            shared: Arc::clone(&self.shared),
            guild: self.id,
            id,
        }
    }

    /// Makes a channel.
    pub fn channel(&self, name: &str, kind: Kind) -> Channel {
        let id = self.shared.change(|world| {
            let id = world.fresh_id();
            let position = i64::try_from(world.channels.len()).unwrap_or(0);
            let name = name.trim_start_matches('#').to_owned();
            let channel = ChannelState {
                id,
                guild: Some(self.id),
                kind: kind.number(),
                name,
                position,
                ..ChannelState::default()
            };
            world.add_channel(channel);
            id
        });
        Channel {
            shared: Arc::clone(&self.shared),
            id,
        }
    }

    /// The channel or thread of this name, if there is one.
    pub fn find_channel(&self, name: &str) -> Option<Channel> {
        let wanted = name.trim_start_matches('#');
        let id = self.shared.look(|world| {
            let fits = |channel: &&ChannelState| channel.guild == Some(self.id) && channel.name == wanted;
            world.channels.values().find(fits).map(|channel| channel.id)
        })?;
        Some(Channel {
            shared: Arc::clone(&self.shared),
            id,
        })
    }

    /// Lets somebody in, with roles.
    pub fn member(&self, person: &Person, roles: &[&Role]) {
        self.shared.change(|world| world.join(self.id, person.id()));
        for role in roles {
            self.give(person, role);
        }
    }

    /// Gives a role.
    pub fn give(&self, person: &Person, role: &Role) {
        self.shared
            .change(|world| world.set_role(self.id, person.id(), role.id, true));
    }

    /// Takes a role.
    pub fn take(&self, person: &Person, role: &Role) {
        self.shared
            .change(|world| world.set_role(self.id, person.id(), role.id, false));
    }

    /// Throws somebody out.
    pub fn kick(&self, person: &Person) {
        self.shared.change(|world| world.leave(self.id, person.id()));
    }

    /// True if somebody is a member.
    pub fn has(&self, person: &Person) -> bool {
        self.shared.look(|world| {
            world
                .guilds
                .get(&self.id)
                .is_some_and(|guild| guild.members.contains_key(&person.id()))
        })
    }

    /// Names of a member's roles.
    pub fn roles_of(&self, person: &Person) -> Vec<String> {
        self.shared.look(|world| {
            let Some(guild) = world.guilds.get(&self.id) else {
                return Vec::new();
            };
            let roles = guild
                .members
                .get(&person.id())
                .into_iter()
                .flat_map(|member| member.roles.iter());
            roles
                .filter_map(|role| guild.roles.get(role))
                .map(|role| role.name.clone())
                .collect()
        })
    }

    /// Invites the bot, with these permissions on its own role.
    pub fn add_bot(&self, permissions: u64) {
        self.shared.change(|world| {
            let (bot, now, name) = (world.bot, world.now(), world.app.name.clone());
            let there = world
                .guilds
                .get(&self.id)
                .is_none_or(|guild| guild.members.contains_key(&bot));
            if there {
                return;
            }
            let role = RoleState {
                name,
                permissions,
                bot: Some(bot),
                ..RoleState::default()
            };
            let role = world.add_role(self.id, role);
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.members.insert(
                    bot,
                    MemberState {
                        roles: [role].into(),
                        joined_ms: now,
                        ..MemberState::default()
                    },
                );
            }
            world.dispatch_guild_create(self.id);
        });
    }

    /// Throws the bot out.
    pub fn remove_bot(&self) {
        self.shared.change(|world| {
            let bot = world.bot;
            world.leave(self.id, bot);
        });
    }

    /// Sets what the bot's own role may do.
    pub fn bot_permissions(&self, permissions: u64) {
        let role = self.bot_role();
        self.change_role(role, |role| role.permissions = permissions);
    }

    /// Moves the bot's own role; higher positions stand above.
    pub fn bot_position(&self, position: i64) {
        let role = self.bot_role();
        self.change_role(role, |role| role.position = position);
    }

    fn bot_role(&self) -> u64 {
        self.shared.look(|world| {
            let roles = world
                .guilds
                .get(&self.id)
                .into_iter()
                .flat_map(|guild| guild.roles.values());
            roles
                .filter(|role| role.bot == Some(world.bot))
                .map(|role| role.id)
                .next()
                .unwrap_or(0)
        })
    }

    /// Makes the guild unavailable (an outage at Discord) or available again.
    pub fn outage(&self, on: bool) {
        self.shared.change(|world| {
            if on {
                world.dispatch(
                    "GUILD_DELETE",
                    Some(self.id),
                    json!({"id": wire::id(self.id), "unavailable": true}),
                );
            }
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.unavailable = on;
            }
            if !on {
                world.dispatch_guild_create(self.id);
            }
        });
    }

    /// Deletes the guild with all its channels.
    pub fn delete(&self) {
        self.shared.change(|world| {
            let bot = world.bot;
            let channels: Vec<u64> = world
                .channels
                .values()
                .filter(|channel| channel.guild == Some(self.id))
                .map(|channel| channel.id)
                .collect();
            world.leave(self.id, bot);
            for channel in channels {
                world.remove_channel(channel);
            }
            let id = wire::id(self.id);
            world.scheduled.retain(|_, event| event["guild_id"] != id);
            world.guilds.remove(&self.id);
        });
    }

    /// The scheduled events, as JSON.
    pub fn scheduled_events(&self) -> Vec<Value> {
        self.shared.look(|world| world.scheduled_of(self.id))
    }

    /// What a person may do in this guild, channels aside.
    pub fn permissions_of(&self, person: &Person) -> u64 {
        self.shared.look(|world| {
            let now = world.now();
            world
                .guilds
                .get(&self.id)
                .map_or(0, |guild| permissions::in_guild(guild, person.id(), now))
        })
    }
}

impl Role {
    /// Its id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// How a message names it.
    pub fn mention(&self) -> String {
        format!("<@&{}>", self.id)
    }

    fn change(&self, change: impl FnOnce(&mut RoleState)) {
        Guild {
            shared: Arc::clone(&self.shared),
            id: self.guild,
        }
        .change_role(self.id, change);
    }

    /// Lets everybody ping it, or not.
    pub fn mentionable(&self, on: bool) {
        self.change(|role| role.mentionable = on);
    }

    /// Sets what it may do.
    pub fn permissions(&self, permissions: u64) {
        self.change(|role| role.permissions = permissions);
    }

    /// Moves it; higher positions stand above.
    pub fn position(&self, position: i64) {
        self.change(|role| role.position = position);
    }

    /// Deletes it.
    pub fn delete(&self) {
        self.shared.change(|world| world.remove_role(self.guild, self.id));
    }
}

impl Channel {
    pub(crate) fn new(shared: Arc<Shared>, id: u64) -> Channel {
        Channel { shared, id }
    }

    /// Its id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Its name with `#`.
    pub fn name(&self) -> String {
        self.shared.look(|world| world.channel_label(self.id))
    }

    /// How a message names it.
    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }

    fn overwrite(&self, target: u64, member: bool, allow: u64, deny: u64) {
        self.shared.change(|world| {
            if let Some(channel) = world.channels.get_mut(&self.id) {
                channel.overwrites.insert(target, Overwrite { member, allow, deny });
            }
            world.channel_changed(self.id);
        });
    }

    /// Allows and denies to a role.
    pub fn overwrite_role(&self, role: &Role, allow: u64, deny: u64) {
        self.overwrite(role.id, false, allow, deny);
    }

    /// Allows and denies to @everyone.
    pub fn overwrite_everyone(&self, allow: u64, deny: u64) {
        let guild = self
            .shared
            .look(|world| world.channels.get(&self.id).and_then(|channel| channel.guild));
        self.overwrite(guild.unwrap_or(0), false, allow, deny);
    }

    /// Allows and denies to one person.
    pub fn overwrite_person(&self, person: &Person, allow: u64, deny: u64) {
        self.overwrite(person.id(), true, allow, deny);
    }

    /// Allows and denies to the bot.
    pub fn overwrite_bot(&self, allow: u64, deny: u64) {
        let bot = self.shared.look(|world| world.bot);
        self.overwrite(bot, true, allow, deny);
    }

    /// Puts it under a category.
    pub fn under(&self, category: &Channel) {
        self.shared.change(|world| {
            if let Some(channel) = world.channels.get_mut(&self.id) {
                channel.parent = Some(category.id);
            }
            world.channel_changed(self.id);
        });
    }

    /// Renames it.
    pub fn rename(&self, name: &str) {
        self.shared.change(|world| {
            if let Some(channel) = world.channels.get_mut(&self.id) {
                name.trim_start_matches('#').clone_into(&mut channel.name);
            }
            world.channel_changed(self.id);
        });
    }

    /// Deletes it with its threads and messages.
    pub fn delete(&self) {
        self.shared.change(|world| world.remove_channel(self.id));
    }

    /// True while it exists.
    pub fn exists(&self) -> bool {
        self.shared.look(|world| world.channels.contains_key(&self.id))
    }

    /// Archives a thread or opens it again.
    pub fn archive(&self, on: bool) {
        self.shared.change(|world| {
            let now = world.now();
            let thread = world
                .channels
                .get_mut(&self.id)
                .and_then(|channel| channel.thread.as_mut());
            if let Some(thread) = thread {
                thread.archived = on;
                thread.archived_ms = now;
            }
            world.channel_changed(self.id);
        });
    }

    /// Locks a thread or unlocks it.
    pub fn lock(&self, on: bool) {
        self.shared.change(|world| {
            let thread = world
                .channels
                .get_mut(&self.id)
                .and_then(|channel| channel.thread.as_mut());
            if let Some(thread) = thread {
                thread.locked = on;
            }
            world.channel_changed(self.id);
        });
    }

    /// True for an archived thread.
    pub fn is_archived(&self) -> bool {
        self.shared.look(|world| {
            world
                .channels
                .get(&self.id)
                .and_then(|channel| channel.thread.as_ref())
                .is_some_and(|thread| thread.archived)
        })
    }

    /// Its threads, archived ones too.
    pub fn threads(&self) -> Vec<Channel> {
        let ids: Vec<u64> = self.shared.look(|world| {
            let mine = |channel: &&ChannelState| channel.thread.is_some() && channel.parent == Some(self.id);
            world.channels.values().filter(mine).map(|channel| channel.id).collect()
        });
        ids.into_iter()
            .map(|id| Channel::new(Arc::clone(&self.shared), id))
            .collect()
    }

    /// Everything that stands in it, oldest first, ephemeral messages left out; marks nothing as read.
    pub fn messages(&self) -> Vec<MessageView> {
        self.shared.look(|world| world.visible(self.id))
    }
}

impl World {
    /// The messages of a channel that all who may look there see.
    pub(crate) fn visible(&self, channel: u64) -> Vec<MessageView> {
        let messages = self.message_ids(channel).filter_map(|id| self.messages.get(&id));
        messages
            .filter(|message| message.only_for.is_none() && message.flags & super::state::flag::LOADING == 0)
            .map(|message| self.view(message))
            .collect()
    }
}

/// What is known now, in lines.
pub(crate) fn dump(world: &World) -> String {
    let mut lines = vec![format!(
        "gateway: connected {}, identified {}, resumed {}, events sent {}, waiting {}",
        world.gateway.connected(),
        world.gateway.identified,
        world.gateway.resumed,
        world.gateway.dispatched(),
        world.gateway.pending()
    )];
    lines.push("messages (newest last):".to_owned());
    let newest: Vec<_> = world.messages.values().rev().take(MAX_DUMPED).collect();
    for message in newest.into_iter().rev() {
        let view = world.view(message);
        let whom = message
            .only_for
            .map_or_else(String::new, |who| format!(" (only for {})", world.display_name(who)));
        lines.push(format!(
            "  {}{whom} {}: {}",
            view.channel_name,
            view.author,
            view.text().replace('\n', " | ")
        ));
    }
    lines.push("interactions (newest last):".to_owned());
    let newest: Vec<_> = world.interactions.values().rev().take(MAX_DUMPED).collect();
    for one in newest.into_iter().rev() {
        lines.push(format!(
            "  {}: {} -> {:?}",
            world.display_name(one.user),
            one.what,
            one.ack
        ));
    }
    lines.push("requests (newest last):".to_owned());
    let skipped = world.log.entries.len().saturating_sub(MAX_DUMPED);
    for entry in world.log.entries.iter().skip(skipped) {
        lines.push(format!("  {} {} -> {}", entry.method, entry.path, entry.status));
    }
    lines.join("\n")
}
