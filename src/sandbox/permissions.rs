//! Who may do what where? Discord's rules: owner, administrator, @everyone, roles, overwrites.
//!
//! Source: Discord's documentation, "Permissions", with its order of overwrites.

use super::state::{ChannelState, GuildState, World};

/// Create, edit and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Kick members.
pub const KICK_MEMBERS: u64 = 1 << 1;
/// Everything, past every overwrite.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Change the guild.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// Add a reaction nobody added yet.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// See a channel.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write in a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete and pin others' messages.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was said before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Ping @everyone and every role.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Join a voice channel.
pub const CONNECT: u64 = 1 << 20;
/// Speak in a voice channel.
pub const SPEAK: u64 = 1 << 21;
/// Change own nickname.
pub const CHANGE_NICKNAME: u64 = 1 << 26;
/// Change others' nicknames.
pub const MANAGE_NICKNAMES: u64 = 1 << 27;
/// Give and take roles below the own one.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Edit and delete scheduled events of others.
pub const MANAGE_EVENTS: u64 = 1 << 33;
/// Archive, lock and delete threads.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Start public threads.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Start private threads.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// Write in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// Put a member into time-out.
pub const MODERATE_MEMBERS: u64 = 1 << 40;
/// Create scheduled events, and edit own ones.
pub const CREATE_EVENTS: u64 = 1 << 44;
/// Pin messages.
pub const PIN_MESSAGES: u64 = 1 << 51;

/// Every bit Discord has named so far.
pub const ALL: u64 = (1 << 53) - 1;

/// What @everyone may do in a new guild.
pub const DEFAULT_EVERYONE: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | ADD_REACTIONS
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | CONNECT
    | SPEAK
    | CHANGE_NICKNAME
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What the bot's own role may do unless the world says otherwise.
pub const DEFAULT_BOT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | SEND_MESSAGES_IN_THREADS
    | CREATE_PUBLIC_THREADS
    | MANAGE_EVENTS
    | CREATE_EVENTS;

/// What one may do in a direct conversation.
const IN_A_DM: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_APPLICATION_COMMANDS
    | MENTION_EVERYONE;

/// What a member in time-out keeps.
const IN_TIMEOUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// Guild-wide permissions of a member; 0 for somebody who is not one.
pub(crate) fn in_guild(guild: &GuildState, user: u64, now_ms: i64) -> u64 {
    let Some(member) = guild.members.get(&user) else {
        return 0;
    };
    if guild.owner == user {
        return ALL;
    }
    let everyone = guild.roles.get(&guild.id).map_or(0, |role| role.permissions);
    let granted =
        member.roles.iter().filter_map(|id| guild.roles.get(id)).fold(everyone, |sum, role| sum | role.permissions);
    if granted & ADMINISTRATOR != 0 {
        return ALL;
    }
    if member.timeout_until_ms.is_some_and(|until| until > now_ms) {
        return granted & IN_TIMEOUT;
    }
    granted
}

/// Permissions of a user in a channel: guild-wide ones, then the overwrites of @everyone, roles, member.
pub(crate) fn in_channel(world: &World, channel: &ChannelState, user: u64) -> u64 {
    let Some(guild) = channel.guild.and_then(|id| world.guilds.get(&id)) else {
        let takes_part = channel.recipient == Some(user) || user == world.bot;
        return if takes_part { IN_A_DM } else { 0 };
    };
    let base = in_guild(guild, user, world.now());
    if base == ALL || base == 0 {
        return base;
    }
    let place = match (&channel.thread, channel.parent) {
        (Some(_), Some(parent)) => world.channels.get(&parent).unwrap_or(channel),
        (Some(_) | None, _) => channel,
    };
    let granted = with_overwrites(guild, place, user, base);
    if granted & VIEW_CHANNEL == 0 {
        return 0;
    }
    match &channel.thread {
        Some(thread) if thread.private => {
            let inside = thread.members.contains(&user) || granted & MANAGE_THREADS != 0;
            if inside { granted } else { 0 }
        }
        Some(_) | None => granted,
    }
}

fn with_overwrites(guild: &GuildState, place: &ChannelState, user: u64, base: u64) -> u64 {
    let mut granted = base;
    if let Some(everyone) = place.overwrites.get(&guild.id) {
        granted = granted & !everyone.deny | everyone.allow;
    }
    let (mut allow, mut deny) = (0, 0);
    let roles = guild.members.get(&user).into_iter().flat_map(|member| member.roles.iter());
    for overwrite in roles.filter_map(|role| place.overwrites.get(role)) {
        allow |= overwrite.allow;
        deny |= overwrite.deny;
    }
    granted = granted & !deny | allow;
    if let Some(own) = place.overwrites.get(&user) {
        granted = granted & !own.deny | own.allow;
    }
    granted
}

/// True if `user` stands above a role: owner, or a higher highest role.
pub(crate) fn outranks(guild: &GuildState, user: u64, position: i64) -> bool {
    guild.owner == user || highest(guild, user) > position
}

/// The position of a member's highest role; 0 for @everyone alone.
pub(crate) fn highest(guild: &GuildState, user: u64) -> i64 {
    let roles = guild.members.get(&user).into_iter().flat_map(|member| member.roles.iter());
    roles.filter_map(|id| guild.roles.get(id)).map(|role| role.position).max().unwrap_or(0)
}
