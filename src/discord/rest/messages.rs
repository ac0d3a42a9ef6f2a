//! Posting, finding, editing and deleting messages: the outbox's port, and the crisis answer that does not
//! go through the outbox.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use reqwest::Method;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::call::{UNKNOWN_CHANNEL, UNKNOWN_MESSAGE};
use super::{Call, CallError, Rest, Retry};
use crate::card::Card;
use crate::discord::limits::Priority;
use crate::discord::render;
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::outbox::{Messenger, Nonce, Place, SendError};

/// Direct-message channels remembered; opening one again costs one call.
const DIRECT_LIMIT: usize = 4096;
/// Messages asked for at a time: the most Discord gives
/// (<https://docs.discord.com/developers/resources/message#get-channel-messages>).
pub const PAGE: usize = 100;
/// Pages looked through for a message that may have been posted: 300 messages are more than a busy group
/// writes in the minutes that matter.
const FIND_PAGES: usize = 3;
/// How far Discord's clock may be from ours.
const CLOCKS_APART: TimeDelta = TimeDelta::seconds(30);
/// Most tries of a crisis answer; the nonce keeps it single.
const URGENT_TRIES: u32 = 5;
/// Pause before a crisis answer is tried again; it grows with every try.
const URGENT_PAUSE: Duration = Duration::from_millis(200);
/// Longest a crisis answer waits for a limit of its channel.
const URGENT_PATIENCE: Duration = Duration::from_secs(10);

/// `/channels/{channel}/messages`.
const MESSAGES: &str = "/channels/{channel}/messages";
/// `/channels/{channel}/messages/{message}`.
const MESSAGE: &str = "/channels/{channel}/messages/{message}";

/// `/channels/{channel}/messages/pins/{message}`: the route of today; serenity knows the older one alone
/// (<https://docs.discord.com/developers/resources/message#pin-message>).
const PIN: &str = "/channels/{channel}/messages/pins/{message}";

/// A message as read back from a channel, as far as catching up looks at it. The words are wiped when
/// this is dropped.
pub struct Read {
    /// The message.
    pub message: MessageId,
    /// Who wrote it.
    pub author: UserId,
    /// Whether a person wrote it, in plain words: no bot, no webhook, no notice of Discord's.
    pub is_words: bool,
    /// The words; empty when Discord withholds them.
    pub words: Zeroizing<String>,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// The channels of direct messages, by person.
#[derive(Debug, Default)]
pub(super) struct DirectChannels(Mutex<HashMap<UserId, ChannelId>>);

impl DirectChannels {
    fn known(&self, user: UserId) -> Option<ChannelId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&user).copied()
    }

    fn remember(&self, user: UserId, channel: ChannelId) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= DIRECT_LIMIT {
            // Any will do: the next message to that person opens it again.
            let forgotten: Vec<UserId> = known.keys().take(DIRECT_LIMIT / 8).copied().collect();
            for user in forgotten {
                known.remove(&user);
            }
        }
        known.insert(user, channel);
    }

    fn forget(&self, user: UserId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&user);
    }
}

impl Rest {
    /// Posts a card at once: before everything that is queued, past other senders of the channel, and
    /// again while the answer is unsure (the nonce keeps it single). For the crisis answer alone.
    ///
    /// # Errors
    /// When Discord refuses for good or stays unreachable for several seconds.
    pub async fn send_now(&self, place: Place, card: &Card, nonce: &Nonce) -> Result<MessageId, SendError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let error = match self.post(place, card, nonce, Priority::Urgent).await {
                Ok(message) => return Ok(message),
                Err(error) => error,
            };
            let pause = match error {
                CallError::Server(_) | CallError::Unsure(_) | CallError::NotReached => URGENT_PAUSE * tries,
                CallError::Limited(wait) if wait <= URGENT_PATIENCE => wait,
                CallError::Limited(_) | CallError::Refused { .. } | CallError::Resting(_) => return Err(error.into()),
            };
            if tries >= URGENT_TRIES {
                return Err(error.into());
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// The channel of direct messages with a person; opened once, then remembered.
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn direct_channel(&self, user: UserId, priority: Priority) -> Result<ChannelId, CallError> {
        if let Some(channel) = self.0.direct.known(user) {
            return Ok(channel);
        }
        let call = Call::idempotent(Method::POST, "/users/@me/channels", "/users/@me/channels".into(), 0)
            .body(json!({"recipient_id": user.to_string()}))
            .priority(priority);
        let channel = ChannelId::new(id_of(&self.run(call).await?)?);
        self.0.direct.remember(user, channel);
        Ok(channel)
    }

    /// Up to [`PAGE`] messages of a channel right after `after` (oldest first), or the newest ones
    /// (newest first) when `after` is none.
    ///
    /// # Errors
    /// As [`CallError`]; 403 when the channel's history may not be read.
    pub async fn messages(&self, channel: ChannelId, after: Option<MessageId>) -> Result<Vec<Read>, CallError> {
        let query = after.map(|after| format!("&after={after}")).unwrap_or_default();
        let page = self.page(channel, &query, Priority::Background).await?;
        let mut read: Vec<Read> = page.iter().filter_map(read_message).collect();
        if after.is_some() {
            read.sort_by_key(|message| message.message);
        }
        Ok(read)
    }

    /// Up to [`PAGE`] messages of a channel right before `before`, or the newest ones; newest first.
    ///
    /// # Errors
    /// As [`Rest::messages`].
    pub async fn older_messages(&self, channel: ChannelId, before: Option<MessageId>) -> Result<Vec<Read>, CallError> {
        let query = before.map(|before| format!("&before={before}")).unwrap_or_default();
        let page = self.page(channel, &query, Priority::Normal).await?;
        Ok(page.iter().filter_map(read_message).collect())
    }

    async fn page(&self, channel: ChannelId, query: &str, priority: Priority) -> Result<Vec<Value>, CallError> {
        let path = format!("/channels/{channel}/messages?limit={PAGE}{query}");
        let call = Call::idempotent(Method::GET, MESSAGES, path, channel.snowflake()).priority(priority);
        match self.run(call).await? {
            Value::Array(messages) => Ok(messages),
            _ => Err(CallError::Unsure("the answer is not a list")),
        }
    }

    async fn channel_of(&self, place: Place, priority: Priority) -> Result<ChannelId, CallError> {
        match place {
            Place::Channel(channel) => Ok(channel),
            Place::Direct(user) => self.direct_channel(user, priority).await,
        }
    }

    async fn post(&self, place: Place, card: &Card, nonce: &Nonce, priority: Priority) -> Result<MessageId, CallError> {
        let channel = self.channel_of(place, priority).await?;
        // One sender per channel keeps the order and the bucket; a crisis answer does not queue.
        let _lane = match priority {
            Priority::Background | Priority::Normal => Some(self.0.limiter.lane(channel.snowflake()).await),
            Priority::Urgent | Priority::Interaction => None,
        };
        let mut body = render::message(card, 0);
        body["nonce"] = nonce.as_str().into();
        body["enforce_nonce"] = true.into();
        let call =
            Call::idempotent(Method::POST, MESSAGES, format!("/channels/{channel}/messages"), channel.snowflake())
                .body(body)
                .files(&card.files)
                .priority(priority)
                .retry(Retry::Never);
        let posted = self.run(call).await;
        if let (Err(error), Place::Direct(user)) = (&posted, place)
            && error.code() == Some(UNKNOWN_CHANNEL)
        {
            self.0.direct.forget(user);
        }
        Ok(MessageId::new(id_of(&posted?)?))
    }

    async fn look_for(&self, place: Place, card: &Card, since: DateTime<Utc>) -> Result<Option<MessageId>, CallError> {
        let me = self.me().await?;
        let channel = self.channel_of(place, Priority::Normal).await?;
        let since = since.checked_sub_signed(CLOCKS_APART).unwrap_or(since);
        let mut before = String::new();
        for _ in 0..FIND_PAGES {
            let page = self.page(channel, &before, Priority::Normal).await?;
            for message in &page {
                if written_at(message).is_some_and(|at| at < since) {
                    return Ok(None);
                }
                if snowflake(&message["author"]["id"]) == Some(me.raw()) && render::shows(message, card) {
                    return Ok(Some(MessageId::new(id_of(message)?)));
                }
            }
            match page.last() {
                Some(oldest) if page.len() == PAGE => before = format!("&before={}", id_of(oldest)?),
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    async fn replace(&self, place: Place, message: MessageId, card: &Card) -> Result<(), CallError> {
        let channel = self.channel_of(place, Priority::Normal).await?;
        let _lane = self.0.limiter.lane(channel.snowflake()).await;
        self.replace_in(channel, message, card, Priority::Normal).await
    }

    /// Replaces a message of ours in a channel.
    pub(crate) async fn replace_in(
        &self,
        channel: ChannelId,
        message: MessageId,
        card: &Card,
        priority: Priority,
    ) -> Result<(), CallError> {
        let path = format!("/channels/{channel}/messages/{message}");
        let call = Call::idempotent(Method::PATCH, MESSAGE, path, channel.snowflake())
            .body(render::replacement(card))
            .files(&card.files)
            .priority(priority);
        self.run(call).await.map(|_| ())
    }

    /// Pins a message; needs the permission *Pin Messages*.
    ///
    /// # Errors
    /// As [`CallError`]; 403 when the bot may not pin there.
    pub async fn pin(&self, channel: ChannelId, message: MessageId) -> Result<(), CallError> {
        let path = format!("/channels/{channel}/messages/pins/{message}");
        self.run(Call::idempotent(Method::PUT, PIN, path, channel.snowflake())).await.map(|_| ())
    }

    async fn take_away(&self, place: Place, message: MessageId) -> Result<(), CallError> {
        let channel = self.channel_of(place, Priority::Normal).await?;
        let _lane = self.0.limiter.lane(channel.snowflake()).await;
        let path = format!("/channels/{channel}/messages/{message}");
        let call = Call::idempotent(Method::DELETE, MESSAGE, path, channel.snowflake());
        match self.run(call).await {
            Err(error) if error.code() == Some(UNKNOWN_MESSAGE) => Ok(()),
            other => other.map(|_| ()),
        }
    }

    /// A link to a message that people can follow.
    pub fn link(guild: Option<GuildId>, channel: ChannelId, message: MessageId) -> String {
        let guild = guild.map_or_else(|| "@me".to_owned(), |guild| guild.to_string());
        format!("https://discord.com/channels/{guild}/{channel}/{message}")
    }
}

impl Messenger for Rest {
    fn send<'a>(
        &'a self,
        place: Place,
        card: &'a Card,
        nonce: &'a Nonce,
    ) -> BoxFuture<'a, Result<MessageId, SendError>> {
        Box::pin(async move { Ok(self.post(place, card, nonce, Priority::Normal).await?) })
    }

    fn find<'a>(
        &'a self,
        place: Place,
        card: &'a Card,
        since: DateTime<Utc>,
    ) -> BoxFuture<'a, Result<Option<MessageId>, SendError>> {
        Box::pin(async move { Ok(self.look_for(place, card, since).await?) })
    }

    fn edit<'a>(&'a self, place: Place, message: MessageId, card: &'a Card) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(async move { Ok(self.replace(place, message, card).await?) })
    }

    fn delete(&self, place: Place, message: MessageId) -> BoxFuture<'_, Result<(), SendError>> {
        Box::pin(async move { Ok(self.take_away(place, message).await?) })
    }
}

/// The `id` of an object.
pub(super) fn id_of(object: &Value) -> Result<i64, CallError> {
    snowflake(&object["id"]).ok_or(CallError::Unsure("the answer has no id"))
}

/// A snowflake, which Discord writes as text.
pub(super) fn snowflake(value: &Value) -> Option<i64> {
    value.as_str()?.parse().ok().filter(|id| *id > 0)
}

fn written_at(message: &Value) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc3339(message["timestamp"].as_str()?).ok()?;
    Some(at.with_timezone(&Utc))
}

fn read_message(message: &Value) -> Option<Read> {
    let is_bot = message["author"]["bot"].as_bool().unwrap_or(false);
    // 0 is an ordinary message, 19 a reply (<https://docs.discord.com/developers/resources/message>).
    let is_plain = matches!(message["type"].as_u64(), Some(0 | 19));
    Some(Read {
        message: MessageId::new(id_of(message).ok()?),
        author: UserId::new(snowflake(&message["author"]["id"])?),
        is_words: is_plain && !is_bot && message["webhook_id"].is_null(),
        words: Zeroizing::new(message["content"].as_str().unwrap_or_default().to_owned()),
        at: written_at(message)?,
    })
}
