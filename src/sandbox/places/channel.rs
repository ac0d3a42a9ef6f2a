//! What can be done to a channel or thread from outside Discord's API?

use std::sync::Arc;

use super::{Channel, Role};
use crate::sandbox::people::Person;
use crate::sandbox::state::{ChannelState, Overwrite, Shared};
use crate::sandbox::view::MessageView;

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
        let guild = self.shared.look(|world| world.channels.get(&self.id).and_then(|channel| channel.guild));
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
            let thread = world.channels.get_mut(&self.id).and_then(|channel| channel.thread.as_mut());
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
            let thread = world.channels.get_mut(&self.id).and_then(|channel| channel.thread.as_mut());
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
        ids.into_iter().map(|id| Channel::new(Arc::clone(&self.shared), id)).collect()
    }

    /// Everything that stands in it, oldest first, ephemeral messages left out; marks nothing as read.
    pub fn messages(&self) -> Vec<MessageView> {
        self.shared.look(|world| world.visible(self.id))
    }
}
