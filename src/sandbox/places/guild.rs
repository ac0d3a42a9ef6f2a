//! What can be done to a guild and its roles from outside Discord's API?

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Channel, Guild, Kind, Role};
use crate::sandbox::people::Person;
use crate::sandbox::permissions;
use crate::sandbox::state::{ChannelState, MemberState, RoleState};
use crate::sandbox::wire;

impl Guild {
    /// Its id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.shared.look(|world| world.guilds.get(&self.id).map(|guild| guild.name.clone()).unwrap_or_default())
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
            let found = world.guilds.get(&self.id).and_then(|guild| guild.roles.get(&role)).cloned();
            if let Some(mut changed) = found {
                change(&mut changed);
                world.put_role(self.id, changed, "GUILD_ROLE_UPDATE");
            }
        });
    }

    /// Makes a role below all others.
    pub fn role(&self, name: &str, permissions: u64) -> Role {
        let role = RoleState { name: name.to_owned(), permissions, ..RoleState::default() };
        let id = self.shared.change(|world| world.add_role(self.id, role));
        Role { shared: Arc::clone(&self.shared), guild: self.id, id }
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
        Channel { shared: Arc::clone(&self.shared), id }
    }

    /// The channel or thread of this name, if there is one.
    pub fn find_channel(&self, name: &str) -> Option<Channel> {
        let wanted = name.trim_start_matches('#');
        let id = self.shared.look(|world| {
            let fits = |channel: &&ChannelState| channel.guild == Some(self.id) && channel.name == wanted;
            world.channels.values().find(fits).map(|channel| channel.id)
        })?;
        Some(Channel { shared: Arc::clone(&self.shared), id })
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
        self.shared.change(|world| world.set_role(self.id, person.id(), role.id, true));
    }

    /// Takes a role.
    pub fn take(&self, person: &Person, role: &Role) {
        self.shared.change(|world| world.set_role(self.id, person.id(), role.id, false));
    }

    /// Throws somebody out.
    pub fn kick(&self, person: &Person) {
        self.shared.change(|world| world.leave(self.id, person.id()));
    }

    /// True if somebody is a member.
    pub fn has(&self, person: &Person) -> bool {
        self.shared
            .look(|world| world.guilds.get(&self.id).is_some_and(|guild| guild.members.contains_key(&person.id())))
    }

    /// Names of a member's roles.
    pub fn roles_of(&self, person: &Person) -> Vec<String> {
        self.shared.look(|world| {
            let Some(guild) = world.guilds.get(&self.id) else {
                return Vec::new();
            };
            let roles = guild.members.get(&person.id()).into_iter().flat_map(|member| member.roles.iter());
            roles.filter_map(|role| guild.roles.get(role)).map(|role| role.name.clone()).collect()
        })
    }

    /// Invites the bot, with these permissions on its own role.
    pub fn add_bot(&self, permissions: u64) {
        self.shared.change(|world| {
            let (bot, now, name) = (world.bot, world.now(), world.app.name.clone());
            let there = world.guilds.get(&self.id).is_none_or(|guild| guild.members.contains_key(&bot));
            if there {
                return;
            }
            let role = RoleState { name, permissions, bot: Some(bot), ..RoleState::default() };
            let role = world.add_role(self.id, role);
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild
                    .members
                    .insert(bot, MemberState { roles: [role].into(), joined_ms: now, ..MemberState::default() });
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
            let roles = world.guilds.get(&self.id).into_iter().flat_map(|guild| guild.roles.values());
            roles.filter(|role| role.bot == Some(world.bot)).map(|role| role.id).next().unwrap_or(0)
        })
    }

    /// Makes the guild unavailable (an outage at Discord) or available again.
    pub fn outage(&self, on: bool) {
        self.shared.change(|world| {
            if on {
                world.dispatch("GUILD_DELETE", Some(self.id), json!({"id": wire::id(self.id), "unavailable": true}));
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
            world.guilds.get(&self.id).map_or(0, |guild| permissions::in_guild(guild, person.id(), now))
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
        Guild { shared: Arc::clone(&self.shared), id: self.guild }.change_role(self.id, change);
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
