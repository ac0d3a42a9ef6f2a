//! What is missing, in plain words: intents and permissions, what follows from their lack, and how to put
//! it right. The reckoning is pure; two functions ask Discord for what it needs.
//!
//! Permissions are reckoned as Discord says
//! (<https://docs.discord.com/developers/topics/permissions#permission-overwrites>): everyone's role, the
//! member's roles, then the channel's exceptions for everyone, for roles, for the member.

use super::Rest;
use super::asked::ADMINISTRATOR;
use super::rest::CallError;
use super::rest::guilds::{ApplicationFacts, ChannelFacts, GuildFacts, MemberFacts, OverwriteFor};
use crate::ids::{ChannelId, GuildId, RoleId};

/// Permission bits (<https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags>).
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// May post messages.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Links and panels are shown.
pub const EMBED_LINKS: u64 = 1 << 14;
/// May read what was posted before.
pub const READ_HISTORY: u64 = 1 << 16;
/// A mention of everyone, or of a role that not anyone may mention, reaches people.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// May post in threads.
pub const SEND_IN_THREADS: u64 = 1 << 38;
/// May give and take roles.
pub const MANAGE_ROLES: u64 = 1 << 28;

/// May change everybody's events.
pub const MANAGE_EVENTS: u64 = 1 << 33;
/// May make events, and change its own.
pub const CREATE_EVENTS: u64 = 1 << 44;

/// What the invite link asks for: what is used, and nothing more.
pub const INVITED_WITH: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | SEND_IN_THREADS | EMBED_LINKS | READ_HISTORY | CREATE_EVENTS;

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is missing, in one sentence.
    pub what: String,
    /// What follows from it.
    pub why: String,
    /// How to put it right.
    pub fix: String,
    /// Whether the group cannot be served at all without it.
    pub grave: bool,
}

impl Finding {
    fn new(grave: bool, what: impl Into<String>, why: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), fix: fix.into(), grave }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.what, self.why, self.fix)
    }
}

/// A group to be checked: its places, as its configuration has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The guild.
    pub guild: GuildId,
    /// Where the group is spoken to.
    pub channel: ChannelId,
    /// Where facilitators are asked to come.
    pub facilitator_channel: ChannelId,
    /// The role that is called when somebody wants a person, if there is one.
    pub facilitator_role: Option<RoleId>,
    /// A role that is given to members by us, if there is one.
    pub given_role: Option<RoleId>,
}

/// What Discord says about one channel of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelSeen {
    /// It is there; the bits are ours in it.
    There(ChannelFacts, u64),
    /// It does not exist (any more), or belongs to another guild.
    Gone,
    /// It is hidden from us.
    Hidden,
}

/// What Discord says about a group's guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildSeen {
    /// The guild with its roles.
    pub guild: GuildFacts,
    /// Ourselves in it.
    pub own: MemberFacts,
}

/// The intents that are missing, with what does not work without them.
pub fn intents(application: ApplicationFacts) -> Vec<Finding> {
    let portal = PORTAL;
    let mut findings: Vec<Finding> = no_words(application).into_iter().collect();
    if !application.may_see_members() {
        findings.push(Finding::new(
            false,
            "The server members intent is off.",
            "People who leave the server are noticed late.",
            format!("Switch on \"Server Members Intent\" {portal}"),
        ));
    }
    findings
}

/// Where intents are switched on.
const PORTAL: &str =
    "at https://discord.com/developers/applications (your application, Bot, Privileged Gateway Intents).";

/// That Discord withholds the words of messages, if it does.
fn no_words(application: ApplicationFacts) -> Option<Finding> {
    (!application.may_read_words()).then(|| {
        Finding::new(
            false,
            "The message content intent is off.",
            "Words that may mean a crisis are not noticed; everything on demand works.",
            format!("Switch on \"Message Content Intent\" {PORTAL}"),
        )
    })
}

/// What is missing in one channel; `purpose` names it in the sentences, such as "the group's channel".
pub fn channel(seen: &ChannelSeen, purpose: &str) -> Vec<Finding> {
    let (facts, bits) = match seen {
        ChannelSeen::Gone => {
            let fix = "Pick another channel with `/group setup`.";
            return vec![Finding::new(
                true,
                format!("I cannot find {purpose}."),
                "It was deleted, or is in another server.",
                fix,
            )];
        }
        ChannelSeen::Hidden => {
            let fix =
                "In the channel's settings, Permissions, add me and allow \"View Channel\" and \"Send Messages\".";
            return vec![Finding::new(true, format!("I cannot see {purpose}."), "It is hidden from me.", fix)];
        }
        ChannelSeen::There(facts, bits) => (facts, *bits),
    };
    if !facts.takes_messages() {
        let fix = "Pick a text channel with `/group setup`.";
        return vec![Finding::new(
            true,
            format!("Nothing can be posted in {purpose}."),
            "It is a category or a forum.",
            fix,
        )];
    }
    let speak = if facts.is_thread() {
        (SEND_IN_THREADS, "Send Messages in Threads")
    } else {
        (SEND_MESSAGES, "Send Messages")
    };
    let table = [
        (VIEW_CHANNEL, "View Channel", true, "nothing can be posted"),
        (speak.0, speak.1, true, "nothing can be posted"),
        (EMBED_LINKS, "Embed Links", false, "reminders and check-ins lose their panel"),
        (
            READ_HISTORY,
            "Read Message History",
            false,
            "after an outage I cannot see what was posted, so a reminder may be missing or doubled",
        ),
    ];
    let lacking: Vec<_> = table.into_iter().filter(|(bit, ..)| bits & bit == 0).collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    let names = lacking.iter().map(|(_, name, ..)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let mut follows: Vec<&str> = Vec::new();
    for (.., follow) in &lacking {
        if !follows.contains(follow) {
            follows.push(follow);
        }
    }
    let grave = lacking.iter().any(|(_, _, grave, _)| *grave);
    vec![Finding::new(
        grave,
        format!("In {purpose} I lack {names}."),
        format!("Without it {}.", follows.join("; ")),
        "In the channel's settings, Permissions, add my role and allow what is missing.",
    )]
}

/// What keeps us from looking at words in a place and answering there: in a forum or a channel with threads the
/// answer is posted in the thread.
fn listening(seen: &ChannelSeen) -> Result<(), Finding> {
    let ChannelSeen::There(facts, bits) = seen else { return first_grave(channel(seen, "that channel")) };
    let table = [
        (facts.takes_messages() && !facts.is_thread(), SEND_MESSAGES, "Send Messages"),
        (true, SEND_IN_THREADS, "Send Messages in Threads"),
        (true, READ_HISTORY, "Read Message History"),
    ];
    let lacking = table.into_iter().filter(|(needed, bit, _)| *needed && bits & bit == 0);
    let names: Vec<String> = lacking.map(|(_, _, name)| format!("\"{name}\"")).collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(Finding::new(
        true,
        format!("In that channel I lack {}.", names.join(", ")),
        "Without it nobody there could be offered a note.",
        "In the channel's settings, Permissions, add my role and allow what is missing. Then run this again.",
    ))
}

/// What is missing to give a role to members.
pub fn given_role(seen: &GuildSeen, role: RoleId) -> Vec<Finding> {
    let Some(wanted) = seen.guild.roles.iter().find(|known| known.id == role) else {
        return vec![Finding::new(
            false,
            "The role of a step is gone.",
            "Nobody can be moved to that step.",
            "Pick another one with `/steps set`.",
        )];
    };
    let bits = guild_permissions(seen);
    let own = seen.guild.roles.iter().filter(|known| seen.own.roles.contains(&known.id));
    let highest = own.map(|known| known.position).max().unwrap_or(0);
    let mut findings = Vec::new();
    if bits & MANAGE_ROLES == 0 {
        let fix = "Server Settings, Roles, my role: allow \"Manage Roles\".";
        findings.push(Finding::new(false, "I lack \"Manage Roles\".", "Nobody can be moved to that step.", fix));
    }
    if wanted.managed || wanted.position >= highest {
        let fix = "Server Settings, Roles: drag my role above it, or pick another role.";
        findings.push(Finding::new(
            false,
            "The role of a step stands above mine.",
            "Nobody can be moved to that step.",
            fix,
        ));
    }
    findings
}

/// What keeps a mention of the facilitators' role from reaching them where they are asked to come
/// (<https://docs.discord.com/developers/resources/message#allowed-mentions-object>).
pub fn called_role(seen: &GuildSeen, place: &ChannelSeen, role: RoleId) -> Vec<Finding> {
    let Some(called) = seen.guild.roles.iter().find(|known| known.id == role) else {
        return vec![Finding::new(
            false,
            "The facilitators' role is gone.",
            "When somebody asks for a person, nobody is pinged.",
            "Pick another one with `/group setup`.",
        )];
    };
    let ChannelSeen::There(_, bits) = place else { return Vec::new() };
    if called.mentionable || bits & MENTION_EVERYONE != 0 {
        return Vec::new();
    }
    vec![Finding::new(
        false,
        "Discord does not ping the facilitators' role.",
        "When somebody asks for a person, the role's people are named but not notified.",
        "Server Settings, Roles, that role: allow anyone to @mention this role.",
    )]
}

/// Our permission bits in the guild, before any channel's exceptions.
pub fn guild_permissions(seen: &GuildSeen) -> u64 {
    if seen.guild.owner == seen.own.user {
        return u64::MAX;
    }
    let mine = |role: &RoleId| role.raw() == seen.guild.id.raw() || seen.own.roles.contains(role);
    let bits = seen.guild.roles.iter().filter(|role| mine(&role.id)).fold(0, |bits, role| bits | role.permissions);
    if bits & ADMINISTRATOR != 0 { u64::MAX } else { bits }
}

/// Our permission bits in a channel (a thread has its parent's exceptions: hand in the parent).
pub fn channel_permissions(seen: &GuildSeen, channel: &ChannelFacts) -> u64 {
    let base = guild_permissions(seen);
    if base == u64::MAX {
        return base;
    }
    let everyone = RoleId::new(seen.guild.id.raw());
    let (mut bits, mut allow, mut deny) = (base, 0, 0);
    for exception in &channel.overwrites {
        match exception.about {
            OverwriteFor::Role(role) if role == everyone => bits = bits & !exception.deny | exception.allow,
            OverwriteFor::Role(role) if seen.own.roles.contains(&role) => {
                allow |= exception.allow;
                deny |= exception.deny;
            }
            OverwriteFor::Role(_) | OverwriteFor::User(_) => {}
        }
    }
    bits = bits & !deny | allow;
    for exception in &channel.overwrites {
        if exception.about == OverwriteFor::User(seen.own.user) {
            bits = bits & !exception.deny | exception.allow;
        }
    }
    // Who cannot see a channel can do nothing in it.
    if bits & VIEW_CHANNEL == 0 { 0 } else { bits }
}

/// Everything that is missing for one group.
pub fn group(
    seen: &GuildSeen,
    own: &ChannelSeen,
    facilitators: Option<&ChannelSeen>,
    wanted: &Checked,
) -> Vec<Finding> {
    let mut findings = channel(own, "the group's channel");
    if let Some(facilitators) = facilitators {
        findings.extend(channel(facilitators, "the facilitators' channel"));
    }
    if let Some(role) = wanted.facilitator_role {
        findings.extend(called_role(seen, facilitators.unwrap_or(own), role));
    }
    if let Some(role) = wanted.given_role {
        findings.extend(given_role(seen, role));
    }
    findings
}

/// Asks Discord about each group and says what is missing, group by group in the given order.
///
/// # Errors
/// When Discord cannot be asked.
pub async fn look(rest: &Rest, groups: &[Checked]) -> Result<Vec<Vec<Finding>>, CallError> {
    let mut all = Vec::new();
    for wanted in groups {
        let Some(seen) = guild_seen(rest, wanted.guild).await? else {
            let fix = "Invite me again with the link that `daymark invite` prints.";
            all.push(vec![Finding::new(true, "I am not in that server.", "Nothing can be posted.", fix)]);
            continue;
        };
        let own = channel_seen(rest, &seen, wanted.channel).await?;
        let facilitators = if wanted.facilitator_channel == wanted.channel {
            None
        } else {
            Some(channel_seen(rest, &seen, wanted.facilitator_channel).await?)
        };
        all.push(group(&seen, &own, facilitators.as_ref(), wanted));
    }
    Ok(all)
}

/// Whether we can speak in a channel; the finding says what is in the way.
///
/// # Errors
/// When Discord cannot be asked.
pub async fn can_speak(rest: &Rest, id: ChannelId) -> Result<Result<(), Finding>, CallError> {
    Ok(first_grave(channel(&seen_alone(rest, id).await?, "that channel")))
}

/// Whether we can look at words in a channel or forum and answer there; the finding says what is in the way.
///
/// # Errors
/// When Discord cannot be asked.
pub async fn can_listen(rest: &Rest, id: ChannelId) -> Result<Result<(), Finding>, CallError> {
    let able = listening(&seen_alone(rest, id).await?);
    Ok(match no_words(rest.application().await?) {
        Some(finding) if able.is_ok() => Err(finding),
        Some(_) | None => able,
    })
}

/// Whether we can read what was posted in a channel; the finding says what is in the way. Without the history
/// Discord gives an empty list instead of a no, and without the intent messages without words.
///
/// # Errors
/// When Discord cannot be asked.
pub async fn can_read(rest: &Rest, id: ChannelId) -> Result<Result<(), Finding>, CallError> {
    let seen = seen_alone(rest, id).await?;
    let ChannelSeen::There(_, bits) = seen else { return Ok(first_grave(channel(&seen, "that channel"))) };
    if bits & READ_HISTORY != 0 {
        return Ok(no_words(rest.application().await?).map_or(Ok(()), Err));
    }
    Ok(Err(Finding::new(
        true,
        "In that channel I lack \"Read Message History\".",
        "Without it I see none of its messages.",
        "In the channel's settings, Permissions, add my role and allow it. Then run this again.",
    )))
}

/// A channel as we see it, whatever guild it is in.
async fn seen_alone(rest: &Rest, id: ChannelId) -> Result<ChannelSeen, CallError> {
    let guild = match rest.channel(id).await {
        Ok(facts) => facts.guild,
        Err(error) if error.is_gone() => None,
        Err(CallError::Refused { status: 403, .. }) => return Ok(ChannelSeen::Hidden),
        Err(error) => return Err(error),
    };
    let seen = match guild {
        Some(guild) => guild_seen(rest, guild).await?,
        None => None,
    };
    match &seen {
        Some(seen) => channel_seen(rest, seen, id).await,
        None => Ok(ChannelSeen::Gone),
    }
}

fn first_grave(findings: Vec<Finding>) -> Result<(), Finding> {
    match findings.into_iter().find(|finding| finding.grave) {
        Some(finding) => Err(finding),
        None => Ok(()),
    }
}

/// Whether we can show sessions among a server's events; the finding says what is in the way.
///
/// # Errors
/// When Discord cannot be asked.
pub async fn can_list(rest: &Rest, guild: GuildId) -> Result<Result<(), Finding>, CallError> {
    let bits = guild_seen(rest, guild).await?.map_or(0, |seen| guild_permissions(&seen));
    if bits & (CREATE_EVENTS | MANAGE_EVENTS) != 0 {
        return Ok(Ok(()));
    }
    Ok(Err(Finding::new(
        false,
        "I lack \"Create Events\".",
        "Without it I cannot show sessions among the server's events.",
        "Server Settings, Roles, my role: allow \"Create Events\", then run this again.",
    )))
}

async fn guild_seen(rest: &Rest, guild: GuildId) -> Result<Option<GuildSeen>, CallError> {
    let facts = match rest.guild(guild).await {
        Ok(facts) => facts,
        Err(CallError::Refused { status: 403 | 404, .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(GuildSeen { guild: facts, own: rest.own_member(guild).await? }))
}

async fn channel_seen(rest: &Rest, seen: &GuildSeen, id: ChannelId) -> Result<ChannelSeen, CallError> {
    let facts = match rest.channel(id).await {
        Ok(facts) if facts.guild == Some(seen.guild.id) => facts,
        Ok(_) => return Ok(ChannelSeen::Gone),
        Err(error) if error.is_gone() => return Ok(ChannelSeen::Gone),
        Err(CallError::Refused { status: 403, .. }) => return Ok(ChannelSeen::Hidden),
        Err(error) => return Err(error),
    };
    let bits = match facts.parent.filter(|_| facts.is_thread()) {
        Some(parent) => match rest.channel(parent).await {
            Ok(parent) => channel_permissions(seen, &parent),
            Err(CallError::Refused { .. }) => 0,
            Err(error) => return Err(error),
        },
        None => channel_permissions(seen, &facts),
    };
    Ok(if bits & VIEW_CHANNEL == 0 { ChannelSeen::Hidden } else { ChannelSeen::There(facts, bits) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::discord::rest::guilds::{Overwrite, RoleFacts};
    use crate::ids::UserId;

    const ALL: u64 = INVITED_WITH;

    fn role(id: i64, permissions: u64, position: i64) -> RoleFacts {
        RoleFacts { id: RoleId::new(id), permissions, position, managed: false, mentionable: id == 4 }
    }

    /// Guild 1, everyone's role 1, our role 2 at position 5; we are user 9, the owner is user 8.
    fn guild(everyone: u64, ours: u64) -> GuildSeen {
        GuildSeen {
            guild: GuildFacts {
                id: GuildId::new(1),
                owner: UserId::new(8),
                roles: vec![role(1, everyone, 0), role(2, ours, 5), role(3, 0, 7), role(4, 0, 3)],
            },
            own: MemberFacts { user: UserId::new(9), roles: vec![RoleId::new(2)], is_bot: true },
        }
    }

    fn place(kind: u64, overwrites: &[(OverwriteFor, u64, u64)]) -> ChannelFacts {
        let overwrites = overwrites
            .iter()
            .map(|(about, allow, deny)| Overwrite { about: *about, allow: *allow, deny: *deny })
            .collect();
        ChannelFacts { id: ChannelId::new(5), guild: Some(GuildId::new(1)), kind, parent: None, overwrites }
    }

    #[test]
    fn permissions_are_reckoned_in_discords_order() {
        let (everyone, ours, other, me) = (
            OverwriteFor::Role(RoleId::new(1)),
            OverwriteFor::Role(RoleId::new(2)),
            OverwriteFor::Role(RoleId::new(3)),
            OverwriteFor::User(UserId::new(9)),
        );
        let seen = guild(VIEW_CHANNEL, SEND_MESSAGES);
        let both = VIEW_CHANNEL | SEND_MESSAGES;
        type Exceptions<'a> = &'a [(OverwriteFor, u64, u64)];
        let table: [(Exceptions<'_>, u64); 7] = [
            (&[], both),
            (&[(everyone, 0, SEND_MESSAGES)], VIEW_CHANNEL),
            (&[(everyone, 0, SEND_MESSAGES), (ours, SEND_MESSAGES, 0)], both),
            (&[(ours, SEND_MESSAGES, 0), (everyone, 0, SEND_MESSAGES)], both),
            (&[(other, 0, both)], both),
            (&[(ours, EMBED_LINKS, 0), (me, 0, SEND_MESSAGES)], VIEW_CHANNEL | EMBED_LINKS),
            (&[(everyone, 0, VIEW_CHANNEL)], 0),
        ];
        for (overwrites, bits) in table {
            assert_eq!(channel_permissions(&seen, &place(0, overwrites)), bits, "{overwrites:?}");
        }
        let admin = guild(0, ADMINISTRATOR);
        assert_eq!(channel_permissions(&admin, &place(0, &[(everyone, 0, u64::MAX)])), u64::MAX);
        let mut owner = guild(0, 0);
        owner.own.user = UserId::new(8);
        assert_eq!(guild_permissions(&owner), u64::MAX);
    }

    #[test]
    fn each_lack_is_named_with_its_consequence() {
        // kind of channel, bits, grave, words in the finding
        let table: [(u64, u64, bool, &str); 6] = [
            (0, ALL & !SEND_MESSAGES, true, "\"Send Messages\""),
            (0, ALL & !EMBED_LINKS, false, "lose their panel"),
            (0, ALL & !READ_HISTORY & !EMBED_LINKS, false, "\"Embed Links\", \"Read Message History\""),
            (11, ALL & !SEND_IN_THREADS, true, "\"Send Messages in Threads\""),
            (4, ALL, true, "category"),
            (15, ALL, true, "forum"),
        ];
        for (kind, bits, grave, words) in table {
            let findings = channel(&ChannelSeen::There(place(kind, &[]), bits), "the group's channel");
            assert_eq!(findings.len(), 1, "{words}");
            assert_eq!(findings[0].grave, grave, "{words}");
            assert!(findings[0].to_string().contains(words), "{}", findings[0]);
        }
        assert_eq!(channel(&ChannelSeen::There(place(0, &[]), ALL), "x"), []);
        assert_eq!(channel(&ChannelSeen::There(place(11, &[]), ALL & !SEND_MESSAGES), "x"), []);
        assert!(channel(&ChannelSeen::Gone, "x")[0].grave && channel(&ChannelSeen::Hidden, "x")[0].grave);
    }

    #[test]
    fn a_role_above_ours_cannot_be_given() {
        let seen = guild(0, MANAGE_ROLES);
        assert_eq!(given_role(&seen, RoleId::new(4)), []);
        assert_eq!(given_role(&seen, RoleId::new(3)).len(), 1);
        assert_eq!(given_role(&seen, RoleId::new(99)).len(), 1);
        assert_eq!(given_role(&guild(0, 0), RoleId::new(3)).len(), 2);
    }

    #[test]
    fn a_role_that_not_anyone_may_mention_is_named() {
        let there = |bits| ChannelSeen::There(place(0, &[]), bits);
        for (role, bits, found) in [(3, ALL, 1), (4, ALL, 0), (3, ALL | MENTION_EVERYONE, 0), (99, ALL, 1)] {
            let findings = called_role(&guild(0, 0), &there(bits), RoleId::new(role));
            assert_eq!(findings.len(), found, "{role} {bits:b}");
            assert!(findings.iter().all(|finding| !finding.grave));
        }
        assert_eq!(called_role(&guild(0, 0), &ChannelSeen::Gone, RoleId::new(3)), []);
    }

    #[test]
    fn the_invite_asks_for_what_is_used_and_nothing_more() {
        assert_eq!(INVITED_WITH, 1 << 10 | 1 << 11 | 1 << 14 | 1 << 16 | 1 << 38 | 1 << 44);
    }

    #[test]
    fn missing_intents_say_what_does_not_work() {
        let missing = |flags| intents(ApplicationFacts { id: 1, flags }).len();
        assert_eq!(
            [missing(0), missing(1 << 18), missing(1 << 19 | 1 << 15), missing(1 << 18 | 1 << 14)],
            [2, 1, 0, 0]
        );
    }
}
