//! Who we are, and what we ask about guilds, channels, members, roles and commands.

use reqwest::Method;
use serde_json::Value;
use zeroize::Zeroizing;

use super::messages::{id_of, snowflake};
use super::{Call, CallError, Rest};
use crate::discord::limits::Priority;
use crate::ids::{ChannelId, GuildId, Member, MessageId, RoleId, UserId};

/// Members asked for at a time: the most Discord gives.
pub const MEMBERS_PAGE: usize = 1000;

/// What `GET /gateway/bot` says
/// (<https://docs.discord.com/developers/events/gateway#get-gateway-bot>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayFacts {
    /// Where to connect.
    pub url: String,
    /// How many connections Discord recommends.
    pub shards: u64,
    /// How many more sessions may be begun today.
    pub sessions_left: u64,
    /// When that number is full again, in milliseconds from now.
    pub resets_after_ms: u64,
}

/// What an application is allowed
/// (<https://docs.discord.com/developers/resources/application#application-object-application-flags>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApplicationFacts {
    /// The application's id, which goes into the invite link.
    pub id: u64,
    /// Its flags.
    pub flags: u64,
}

impl ApplicationFacts {
    /// Whether it may read the words of messages.
    pub fn may_read_words(&self) -> bool {
        self.flags & (1 << 18 | 1 << 19) != 0
    }

    /// Whether it is told of members who come and go.
    pub fn may_see_members(&self) -> bool {
        self.flags & (1 << 14 | 1 << 15) != 0
    }
}

/// A role of a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFacts {
    /// The role.
    pub id: RoleId,
    /// Its permission bits.
    pub permissions: u64,
    /// How high it stands; a bot can give only roles below its own highest.
    pub position: i64,
    /// Whether an integration owns it, so that nobody can be given it.
    pub managed: bool,
    /// Whether anyone may mention it; otherwise a mention of it reaches nobody.
    pub mentionable: bool,
}

/// A guild, as far as permissions need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildFacts {
    /// The guild.
    pub id: GuildId,
    /// Who owns it and therefore may everything.
    pub owner: UserId,
    /// Its roles.
    pub roles: Vec<RoleFacts>,
}

/// Whom a channel's overwrite is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverwriteFor {
    /// Everybody with the role (the guild's own id is everyone).
    Role(RoleId),
    /// One person.
    User(UserId),
}

/// A channel's exception to the guild's permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// Whom it is about.
    pub about: OverwriteFor,
    /// Bits it gives.
    pub allow: u64,
    /// Bits it takes.
    pub deny: u64,
}

/// A channel or thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelFacts {
    /// The channel.
    pub id: ChannelId,
    /// The guild it belongs to; none for direct messages.
    pub guild: Option<GuildId>,
    /// Discord's channel type (<https://docs.discord.com/developers/resources/channel#channel-object-channel-types>).
    pub kind: u64,
    /// The channel a thread belongs to, or the category of a channel.
    pub parent: Option<ChannelId>,
    /// Its exceptions to the guild's permissions.
    pub overwrites: Vec<Overwrite>,
}

impl ChannelFacts {
    /// Whether messages can be posted in a channel of this type: text, announcement, voice and stage
    /// chat, and threads.
    pub fn takes_messages(&self) -> bool {
        matches!(self.kind, 0 | 2 | 5 | 10 | 11 | 12 | 13)
    }

    /// Whether it is a thread, whose permissions are its parent's.
    pub fn is_thread(&self) -> bool {
        matches!(self.kind, 10..=12)
    }
}

/// A thread or forum post that is not archived. The title is wiped when this is dropped.
pub struct ThreadFacts {
    /// The thread.
    pub id: ChannelId,
    /// The channel or forum it is in.
    pub parent: ChannelId,
    /// What its author called it.
    pub title: Zeroizing<String>,
    /// The newest message in it, which may be deleted.
    pub newest: Option<MessageId>,
}

/// A member of a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberFacts {
    /// The person.
    pub user: UserId,
    /// Their roles, without everyone's.
    pub roles: Vec<RoleId>,
    /// Whether it is a bot.
    pub is_bot: bool,
}

impl Rest {
    /// Our own user id; asked once.
    ///
    /// # Errors
    /// As [`CallError`]; 401 when the token is refused.
    pub async fn me(&self) -> Result<UserId, CallError> {
        if let Some(me) = self.0.me.get() {
            return Ok(*me);
        }
        let me = UserId::new(id_of(&self.run(read("/users/@me", "/users/@me".into(), 0)).await?)?);
        Ok(*self.0.me.get_or_init(|| me))
    }

    /// Our application's id; asked once.
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn application_id(&self) -> Result<u64, CallError> {
        match self.0.application.get() {
            Some(id) => Ok(*id),
            None => Ok(self.application().await?.id),
        }
    }

    /// Our application and its flags, as they are now.
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn application(&self) -> Result<ApplicationFacts, CallError> {
        let found = self.run(read("/applications/@me", "/applications/@me".into(), 0)).await?;
        let facts = ApplicationFacts { id: id_of(&found)?.unsigned_abs(), flags: found["flags"].as_u64().unwrap_or(0) };
        let _ = self.0.application.set(facts.id);
        Ok(facts)
    }

    /// Where the gateway is and how many sessions are left.
    ///
    /// # Errors
    /// As [`CallError`]; `Unsure` when the answer is not what Discord would say.
    pub async fn gateway_bot(&self) -> Result<GatewayFacts, CallError> {
        let found = self.run(read("/gateway/bot", "/gateway/bot".into(), 0)).await?;
        let url = found["url"].as_str().ok_or(CallError::Unsure("the answer has no gateway address"))?;
        let limit = &found["session_start_limit"];
        Ok(GatewayFacts {
            url: url.trim_end_matches('/').to_owned(),
            shards: found["shards"].as_u64().unwrap_or(1),
            sessions_left: limit["remaining"].as_u64().unwrap_or(1),
            resets_after_ms: limit["reset_after"].as_u64().unwrap_or(0),
        })
    }

    /// A guild with its roles.
    ///
    /// # Errors
    /// As [`CallError`]; gone when we are not in it.
    pub async fn guild(&self, guild: GuildId) -> Result<GuildFacts, CallError> {
        let found = self.run(read("/guilds/{guild}", format!("/guilds/{guild}"), guild.snowflake())).await?;
        Ok(GuildFacts {
            id: guild,
            owner: UserId::new(snowflake(&found["owner_id"]).unwrap_or(0)),
            roles: found["roles"].as_array().into_iter().flatten().filter_map(role).collect(),
        })
    }

    /// A channel or thread.
    ///
    /// # Errors
    /// As [`CallError`]; gone when it does not exist, 50001 when we may not see it.
    pub async fn channel(&self, channel: ChannelId) -> Result<ChannelFacts, CallError> {
        let found = self.run(read("/channels/{channel}", format!("/channels/{channel}"), channel.snowflake())).await?;
        let overwrites =
            found["permission_overwrites"].as_array().into_iter().flatten().filter_map(overwrite).collect();
        Ok(ChannelFacts {
            id: channel,
            guild: snowflake(&found["guild_id"]).map(GuildId::new),
            kind: found["type"].as_u64().unwrap_or(u64::MAX),
            parent: snowflake(&found["parent_id"]).map(ChannelId::new),
            overwrites,
        })
    }

    /// The threads and forum posts of a guild that we see and that are not archived
    /// (<https://docs.discord.com/developers/resources/guild#list-active-guild-threads>).
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn active_threads(&self, guild: GuildId) -> Result<Vec<ThreadFacts>, CallError> {
        let path = format!("/guilds/{guild}/threads/active");
        let call = read("/guilds/{guild}/threads/active", path, guild.snowflake()).priority(Priority::Background);
        let found = self.run(call).await?;
        let thread = |one: &Value| {
            Some(ThreadFacts {
                id: ChannelId::new(id_of(one).ok()?),
                parent: ChannelId::new(snowflake(&one["parent_id"])?),
                title: Zeroizing::new(one["name"].as_str().unwrap_or_default().to_owned()),
                newest: snowflake(&one["last_message_id"]).map(MessageId::new),
            })
        };
        Ok(found["threads"].as_array().into_iter().flatten().filter_map(thread).collect())
    }

    /// One member of a guild.
    ///
    /// # Errors
    /// As [`CallError`]; gone when the person is not a member.
    pub async fn member(&self, member: Member) -> Result<MemberFacts, CallError> {
        let path = format!("/guilds/{}/members/{}", member.guild, member.user);
        let found = self.run(read("/guilds/{guild}/members/{user}", path, member.guild.snowflake())).await?;
        member_facts(&found).ok_or(CallError::Unsure("the answer is not a member"))
    }

    /// Ourselves as a member of a guild.
    ///
    /// # Errors
    /// As [`Rest::member`].
    pub async fn own_member(&self, guild: GuildId) -> Result<MemberFacts, CallError> {
        let user = self.me().await?;
        self.member(Member { guild, user }).await
    }

    /// Up to [`MEMBERS_PAGE`] members after that person, by id. Needs the members intent.
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn members(&self, guild: GuildId, after: Option<UserId>) -> Result<Vec<MemberFacts>, CallError> {
        let after = after.map_or(0, UserId::raw);
        let path = format!("/guilds/{guild}/members?limit={MEMBERS_PAGE}&after={after}");
        let call = read("/guilds/{guild}/members", path, guild.snowflake()).priority(Priority::Background);
        let found = self.run(call).await?;
        Ok(found.as_array().into_iter().flatten().filter_map(member_facts).collect())
    }

    /// Gives a member a role; having it already is no error.
    ///
    /// # Errors
    /// As [`CallError`]; 50013 when the role is not below our own.
    pub async fn add_role(&self, member: Member, role: RoleId, reason: &str) -> Result<(), CallError> {
        self.change_role(Method::PUT, member, role, reason).await
    }

    /// Takes a role from a member; not having it is no error.
    ///
    /// # Errors
    /// As [`Rest::add_role`].
    pub async fn remove_role(&self, member: Member, role: RoleId, reason: &str) -> Result<(), CallError> {
        self.change_role(Method::DELETE, member, role, reason).await
    }

    async fn change_role(&self, method: Method, member: Member, role: RoleId, reason: &str) -> Result<(), CallError> {
        let path = format!("/guilds/{}/members/{}/roles/{role}", member.guild, member.user);
        let mut call =
            Call::idempotent(method, "/guilds/{guild}/members/{user}/roles/{role}", path, member.guild.snowflake());
        call.reason = Some(reason);
        self.run(call).await.map(|_| ())
    }

    /// Our commands as Discord has them, everywhere or (for trying out) in one guild.
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn commands(&self, guild: Option<GuildId>) -> Result<Vec<Value>, CallError> {
        let (template, path, major) = self.commands_path(guild).await?;
        // With localisations, so that what is compared is whole.
        let call = read(template, format!("{path}?with_localizations=true"), major).priority(Priority::Background);
        match self.run(call).await? {
            Value::Array(commands) => Ok(commands),
            _ => Err(CallError::Unsure("the answer is not a list")),
        }
    }

    /// Replaces all our commands.
    ///
    /// # Errors
    /// As [`CallError`]; 50035 when Discord finds a command wrong.
    pub async fn replace_commands(&self, guild: Option<GuildId>, commands: &[Value]) -> Result<(), CallError> {
        let (template, path, major) = self.commands_path(guild).await?;
        let call = Call::idempotent(Method::PUT, template, path, major)
            .body(Value::Array(commands.to_vec()))
            .priority(Priority::Background);
        self.run(call).await.map(|_| ())
    }

    async fn commands_path(&self, guild: Option<GuildId>) -> Result<(&'static str, String, u64), CallError> {
        let application = self.application_id().await?;
        Ok(match guild {
            None => ("/applications/{application}/commands", format!("/applications/{application}/commands"), 0),
            Some(guild) => (
                "/applications/{application}/guilds/{guild}/commands",
                format!("/applications/{application}/guilds/{guild}/commands"),
                guild.snowflake(),
            ),
        })
    }
}

fn read(template: &'static str, path: String, major: u64) -> Call<'static> {
    Call::idempotent(Method::GET, template, path, major)
}

/// Permission bits, which Discord writes as text because they outgrew 53 bits.
fn bits(value: &Value) -> u64 {
    value.as_str().and_then(|bits| bits.parse().ok()).unwrap_or(0)
}

fn role(role: &Value) -> Option<RoleFacts> {
    Some(RoleFacts {
        id: RoleId::new(id_of(role).ok()?),
        permissions: bits(&role["permissions"]),
        position: role["position"].as_i64().unwrap_or(0),
        managed: role["managed"].as_bool().unwrap_or(false),
        mentionable: role["mentionable"].as_bool().unwrap_or(false),
    })
}

fn overwrite(overwrite: &Value) -> Option<Overwrite> {
    let id = id_of(overwrite).ok()?;
    let about = match overwrite["type"].as_u64() {
        Some(0) => OverwriteFor::Role(RoleId::new(id)),
        _ => OverwriteFor::User(UserId::new(id)),
    };
    Some(Overwrite { about, allow: bits(&overwrite["allow"]), deny: bits(&overwrite["deny"]) })
}

fn member_facts(member: &Value) -> Option<MemberFacts> {
    Some(MemberFacts {
        user: UserId::new(id_of(&member["user"]).ok()?),
        roles: member["roles"].as_array()?.iter().filter_map(snowflake).map(RoleId::new).collect(),
        is_bot: member["user"]["bot"].as_bool().unwrap_or(false),
    })
}
