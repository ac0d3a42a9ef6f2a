//! Takes every event in the order it came: notes the sign of life, counts it, and gives it a turn in its
//! lane. What must be in order (a new session, who belongs to which thread) happens here, at once;
//! everything else on the program's own runtime.

use serenity::all::{ChannelType, Context, Event, GuildChannel, RawEventHandler};
use serenity::async_trait;
use tokio::runtime::Handle;

use super::connection::Shards;
use super::turns::Lane;
use super::{Gateway, dispatch};
use crate::clock::monotonic;
use crate::ids::{ChannelId, GuildId, UserId};

/// Where serenity puts the events of one connection.
pub(super) struct Incoming {
    pub gateway: Gateway,
    pub connection: u64,
    pub shards: Shards,
    pub runtime: Handle,
}

#[async_trait]
impl RawEventHandler for Incoming {
    async fn raw_event(&self, ctx: Context, event: Event) {
        self.take(ctx, event);
    }
}

impl Incoming {
    /// Nothing in here waits, so that events stay in order.
    fn take(&self, ctx: Context, event: Event) {
        if !self.note(&event) {
            return;
        }
        let gateway = self.gateway.clone();
        let counted = gateway.0.sessions.arrived();
        let Some(waiting) = gateway.0.lanes.join(lane(&event)) else { return };
        let (shards, event) = (self.shards.clone(), Box::new(event));
        let work = async move {
            // Dropped last, whatever happens: the event is handled.
            let _counted = counted;
            let handle = async {
                let _turn = waiting.turn().await;
                // Made only now: what waits in a flood stays small.
                Box::pin(dispatch::event(&gateway, &ctx, &shards, *event)).await;
            };
            gateway.0.over.run_until_cancelled(handle).await;
        };
        self.gateway.0.tracker.spawn_on(work, &self.runtime);
    }

    /// Notes what an event tells about the connection; says whether it belongs to the current one.
    fn note(&self, event: &Event) -> bool {
        let now = monotonic();
        {
            let mut pulse = self.gateway.pulse();
            if pulse.connection != self.connection {
                return false;
            }
            pulse.event(now);
            match event {
                Event::Ready(_) | Event::Resumed(_) => pulse.ready(now),
                Event::GuildCreate(create) => {
                    pulse.guild.get_or_insert(GuildId::from_snowflake(create.guild.id.get()));
                }
                Event::GuildMembersChunk(_) => pulse.answered(),
                _ => {}
            }
        }
        self.note_voices(event);
        match event {
            Event::Ready(ready) => {
                let ready = &ready.ready;
                self.gateway
                    .0
                    .bot
                    .rest
                    .remember_me(UserId::from_snowflake(ready.user.id.get()), ready.application.id.get());
                self.gateway.0.bot.deps.roster.fall_behind();
                self.gateway.0.sessions.begin();
            }
            Event::GuildCreate(create) => create.guild.threads.iter().for_each(|thread| self.note_thread(thread)),
            Event::ThreadCreate(create) => {
                let thread = ChannelId::from_snowflake(create.thread.id.get());
                self.gateway.remember_title(thread, &create.thread.name);
                self.note_thread(&create.thread);
            }
            Event::ThreadUpdate(update) => self.note_thread(&update.thread),
            Event::ThreadListSync(sync) => sync.threads.iter().for_each(|thread| self.note_thread(thread)),
            Event::ThreadDelete(delete) => {
                self.gateway.forget_thread(ChannelId::from_snowflake(delete.thread.id.get()))
            }
            _ => {}
        }
        true
    }

    /// Keeps in step who is in which voice channel. Bots are left out where Discord says that they are one.
    fn note_voices(&self, event: &Event) {
        let voices = &self.gateway.0.bot.voices;
        let guild_of = |id: serenity::all::GuildId| GuildId::from_snowflake(id.get());
        let user_of = |id: serenity::all::UserId| UserId::from_snowflake(id.get());
        let channel_of = |id: serenity::all::ChannelId| ChannelId::from_snowflake(id.get());
        match event {
            Event::Ready(_) => voices.clear(),
            Event::GuildCreate(create) => {
                let states = create.guild.voice_states.values();
                let here = states.filter_map(|state| Some((user_of(state.user_id), channel_of(state.channel_id?))));
                voices.begin(guild_of(create.guild.id), here);
            }
            Event::GuildDelete(delete) => voices.end(guild_of(delete.guild.id)),
            Event::VoiceStateUpdate(update) => {
                let state = &update.voice_state;
                let is_bot = state.member.as_ref().is_some_and(|member| member.user.bot);
                if let (Some(guild), false) = (state.guild_id, is_bot) {
                    voices.change(guild_of(guild), user_of(state.user_id), state.channel_id.map(channel_of));
                }
            }
            _ => {}
        }
    }

    fn note_thread(&self, thread: &GuildChannel) {
        if let Some(parent) = thread.parent_id {
            self.gateway
                .remember_thread(ChannelId::from_snowflake(thread.id.get()), ChannelId::from_snowflake(parent.get()));
        }
    }
}

fn lane(event: &Event) -> Lane {
    match event {
        Event::InteractionCreate(_) => Lane::Interaction,
        Event::MessageCreate(_) | Event::MessageUpdate(_) => Lane::Words,
        Event::Unknown(unknown) if unknown.kind == "INTERACTION_CREATE" => Lane::Interaction,
        Event::Unknown(unknown) if unknown.kind.starts_with("MESSAGE_") => Lane::Words,
        _ => Lane::Around,
    }
}

/// Whether a channel of this type is a thread.
pub(super) fn is_thread(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::NewsThread | ChannelType::PublicThread | ChannelType::PrivateThread)
}
