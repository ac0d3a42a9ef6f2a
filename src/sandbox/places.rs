//! Where do people meet? Guilds, roles and channels as tests, stories and the demo build them.

mod channel;
mod dump;
mod guild;

use std::sync::Arc;

pub(crate) use dump::dump;

use super::permissions::DEFAULT_EVERYONE;
use super::state::{GuildState, MemberState, RoleState, Shared, World, kind};
use super::view::MessageView;

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
        let everyone =
            RoleState { id, name: "@everyone".to_owned(), permissions: DEFAULT_EVERYONE, ..RoleState::default() };
        let member = MemberState { joined_ms: now, ..MemberState::default() };
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
    Guild { shared: Arc::clone(shared), id }
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
        found.members.insert(who, MemberState { joined_ms: now, ..MemberState::default() });
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
