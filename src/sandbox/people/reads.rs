//! What do people see, and what have they not looked at yet?

use super::{Person, Spot};
use crate::sandbox::permissions::{READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use crate::sandbox::state::{MessageState, World, flag};
use crate::sandbox::view::{MessageView, ModalView, modal_view};

impl Person {
    /// What stands in a channel, oldest first; nothing if they cannot see it. All of it counts as read.
    pub fn reads<'a>(&self, spot: impl Into<Spot<'a>>) -> Vec<MessageView> {
        let spot = spot.into();
        self.shared.look(|world| {
            let Ok(channel) = self.find(world, spot) else {
                return Vec::new();
            };
            let history = world.may(channel, self.id) & (READ_MESSAGE_HISTORY | VIEW_CHANNEL);
            if history != READ_MESSAGE_HISTORY | VIEW_CHANNEL {
                return Vec::new();
            }
            let views = world.visible(channel);
            self.mark(world, &views);
            views
        })
    }

    /// The direct conversation with the bot, oldest first.
    pub fn inbox(&self) -> Vec<MessageView> {
        self.reads("DM")
    }

    /// Everything shown to them alone and not dismissed, oldest first.
    pub fn sees_privately(&self) -> Vec<MessageView> {
        self.shared.look(|world| {
            let mine =
                |message: &&MessageState| message.only_for == Some(self.id) && message.flags & flag::LOADING == 0;
            let views: Vec<MessageView> =
                world.messages.values().filter(mine).map(|message| world.view(message)).collect();
            self.mark(world, &views);
            views
        })
    }

    /// A message as it is now, if they can see it.
    pub fn look(&self, message: &MessageView) -> Option<MessageView> {
        self.shared.look(|world| self.show(world, message.id).ok())
    }

    pub(super) fn mark(&self, world: &mut World, views: &[MessageView]) {
        if let Some(user) = world.users.get_mut(&self.id) {
            for view in views {
                user.unread.remove(&view.id);
            }
        }
    }

    /// Messages they could see and that no call here has shown them yet.
    pub fn unread(&self) -> Vec<MessageView> {
        self.shared.look(|world| {
            let ids: Vec<u64> =
                world.users.get(&self.id).map(|user| user.unread.iter().copied().collect()).unwrap_or_default();
            let messages =
                ids.iter().filter_map(|id| world.messages.get(id)).filter(|message| world.sees(message, self.id));
            messages.map(|message| world.view(message)).collect()
        })
    }

    /// Reads everything unread.
    pub fn read_all(&self) -> Vec<MessageView> {
        let views = self.unread();
        self.shared.look(|world| self.mark(world, &views));
        views
    }

    /// The form on their screen.
    pub fn modal(&self) -> Option<ModalView> {
        self.shared.look(|world| {
            let open = world.users.get(&self.id)?.modal.as_ref()?;
            Some(modal_view(open.interaction, &open.form))
        })
    }

    /// Closes the form without sending it.
    pub fn closes_modal(&self) {
        self.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&self.id) {
                user.modal = None;
            }
        });
    }

    /// True if a message pinged them: by name, by a role of theirs, or with everybody.
    pub fn is_pinged_by(&self, message: &MessageView) -> bool {
        self.shared.look(|world| {
            let Some(found) = world.messages.get(&message.id) else {
                return false;
            };
            let guild = world.channels.get(&found.channel).and_then(|channel| channel.guild);
            let member = guild.and_then(|id| world.guilds.get(&id)).and_then(|guild| guild.members.get(&self.id));
            let by_role =
                member.is_some_and(|member| found.pinged.roles.iter().any(|role| member.roles.contains(role)));
            let meant = found.pinged.users.contains(&self.id) || by_role || found.pinged.everyone;
            meant && world.sees(found, self.id)
        })
    }
}
