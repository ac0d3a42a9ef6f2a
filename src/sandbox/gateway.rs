//! What flows over the gateway? Sessions, their sequence numbers, who gets which event, and replay.
//!
//! The socket itself is in `socket.rs`; here is what is known about sessions and connections.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::permissions::VIEW_CHANNEL;
use super::state::{MessageState, World};
use super::wire::{self, INTENT_CONTENT, INTENT_MEMBERS, INTENT_PRESENCES};

/// Events a session keeps for a resume; more missed ones make the session invalid, as at Discord.
const MAX_REPLAY: usize = 4_096;
/// Sessions remembered; the oldest go first.
const MAX_SESSIONS: usize = 16;
/// Payloads that may wait for a slow connection before it is cut.
const MAX_WAITING: usize = 8_192;

/// What a connection is told to do.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// Send this payload.
    Send(Value),
    /// Send this text as it is.
    Text(String),
    /// Close with this code.
    Close(u16),
    /// Drop the connection without a close frame.
    Cut,
}

/// One identified session.
#[derive(Debug)]
pub(crate) struct Session {
    id: String,
    intents: u64,
    shard: (u64, u64),
    seq: u64,
    sent: u64,
    replay: VecDeque<(u64, Value)>,
    connection: Option<u64>,
    lost: bool,
}

/// All sessions and connections.
#[derive(Debug, Default)]
pub(crate) struct Gateway {
    sessions: Vec<Session>,
    connections: BTreeMap<u64, mpsc::Sender<Order>>,
    last_connection: u64,
    pub(crate) identified: u64,
    pub(crate) resumed: u64,
    pub(crate) heartbeats: u64,
}

impl Gateway {
    /// A new connection: its number and the orders it has to follow.
    pub(crate) fn connect(&mut self) -> (u64, mpsc::Receiver<Order>) {
        let (orders, follow) = mpsc::channel(MAX_WAITING);
        self.last_connection += 1;
        self.connections.insert(self.last_connection, orders);
        (self.last_connection, follow)
    }

    /// A connection is gone; its session stays for a resume unless the bot closed it politely.
    pub(crate) fn disconnect(&mut self, connection: u64, politely: bool) {
        self.connections.remove(&connection);
        if politely {
            self.sessions.retain(|session| session.connection != Some(connection));
        }
        for session in &mut self.sessions {
            if session.connection == Some(connection) {
                session.connection = None;
            }
        }
    }

    /// Gives an order to one connection. One that does not keep up is cut.
    pub(crate) fn order(&mut self, connection: u64, order: Order) {
        let Some(orders) = self.connections.get(&connection) else {
            return;
        };
        if orders.try_send(order).is_err() {
            self.disconnect(connection, false);
        }
    }

    /// Gives an order to every connection.
    pub(crate) fn order_all(&mut self, order: &Order) {
        let all: Vec<u64> = self.connections.keys().copied().collect();
        for connection in all {
            self.order(connection, order.clone());
        }
    }

    /// No session can be resumed any more.
    pub(crate) fn forget_sessions(&mut self) {
        self.sessions.clear();
    }

    /// Sessions go deaf without notice.
    pub(crate) fn lose_sessions(&mut self) {
        for session in &mut self.sessions {
            session.lost = true;
        }
    }

    /// True if a session has a live connection.
    pub(crate) fn connected(&self) -> bool {
        self.sessions.iter().any(|session| session.connection.is_some() && !session.lost)
    }

    /// Number of the last event handed to the newest session's connection.
    pub(crate) fn dispatched(&self) -> u64 {
        self.sessions.last().map_or(0, |session| session.sent)
    }

    /// Numbers of events that wait in sessions.
    pub(crate) fn pending(&self) -> u64 {
        self.sessions.last().map_or(0, |session| session.seq - session.sent)
    }

    /// The session a connection speaks for.
    pub(crate) fn session_of(&self, connection: u64) -> Option<&Session> {
        self.sessions.iter().find(|session| session.connection == Some(connection))
    }

    /// Queues an event in one session and hands over what may go out.
    fn push(&mut self, index: usize, event: &str, data: Value, held: bool) {
        let Some(session) = self.sessions.get_mut(index) else {
            return;
        };
        if session.lost {
            return;
        }
        session.seq += 1;
        let payload = json!({"op": 0, "s": session.seq, "t": event, "d": data});
        session.replay.push_back((session.seq, payload));
        if session.replay.len() > MAX_REPLAY {
            session.replay.pop_front();
        }
        if !held {
            self.flush(index);
        }
    }

    /// Hands everything not yet sent to a session's connection.
    fn flush(&mut self, index: usize) {
        let Some(session) = self.sessions.get_mut(index) else {
            return;
        };
        let Some(connection) = session.connection else { return };
        let waiting: Vec<Value> =
            session.replay.iter().filter(|(seq, _)| *seq > session.sent).map(|(_, payload)| payload.clone()).collect();
        session.sent = session.seq;
        for payload in waiting {
            self.order(connection, Order::Send(payload));
        }
    }

    /// Hands over everything that was withheld.
    pub(crate) fn flush_all(&mut self) {
        for index in 0..self.sessions.len() {
            self.flush(index);
        }
    }
}

impl Session {
    fn wants(&self, event: &str, guild: Option<u64>) -> bool {
        let home = guild.map_or(0, |id| (id >> 22) % self.shard.1.max(1));
        home == self.shard.0 && intent_of(event, guild.is_some()).is_none_or(|intent| self.intents & intent != 0)
    }

    /// The intents it identified with.
    pub(crate) fn intents(&self) -> u64 {
        self.intents
    }
}

/// The intents (any of them) an event needs; `None` for those every session gets.
fn intent_of(event: &str, in_guild: bool) -> Option<u64> {
    let pick = |guild: u64, direct: u64| if in_guild { guild } else { direct };
    Some(match event {
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => pick(1 << 9, 1 << 12),
        "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE" | "MESSAGE_REACTION_REMOVE_ALL" => pick(1 << 10, 1 << 13),
        "TYPING_START" => pick(1 << 11, 1 << 14),
        "CHANNEL_PINS_UPDATE" => pick(1, 1 << 12),
        "GUILD_MEMBER_ADD" | "GUILD_MEMBER_REMOVE" | "GUILD_MEMBER_UPDATE" => INTENT_MEMBERS,
        "GUILD_BAN_ADD" | "GUILD_BAN_REMOVE" => 1 << 2,
        "VOICE_STATE_UPDATE" => 1 << 7,
        "PRESENCE_UPDATE" => INTENT_PRESENCES,
        event if event.starts_with("GUILD_SCHEDULED_EVENT_") => 1 << 16,
        event if ["GUILD_", "CHANNEL_", "THREAD_"].iter().any(|start| event.starts_with(start)) => 1,
        _ => return None,
    })
}

impl World {
    /// Dispatches an event of a guild (or of none) to every session that wants it.
    pub(crate) fn dispatch(&mut self, event: &str, guild: Option<u64>, data: Value) {
        let aside = event == "GUILD_DELETE" || event == "GUILD_CREATE";
        if !aside && !guild.is_none_or(|id| self.bot_is_in(id)) {
            return;
        }
        let held = self.faults.no_events;
        for index in 0..self.gateway.sessions.len() {
            if self.gateway.sessions.get(index).is_some_and(|session| session.wants(event, guild)) {
                self.gateway.push(index, event, data.clone(), held);
            }
        }
    }

    /// Dispatches an event to every session, whatever its intents.
    pub(crate) fn dispatch_raw(&mut self, event: &str, data: &Value) {
        let held = self.faults.no_events;
        for index in 0..self.gateway.sessions.len() {
            self.gateway.push(index, event, data.clone(), held);
        }
    }

    /// True if the bot is a member of a guild that is available.
    pub(crate) fn bot_is_in(&self, guild: u64) -> bool {
        self.guilds.get(&guild).is_some_and(|found| found.members.contains_key(&self.bot) && !found.unavailable)
    }

    /// Dispatches something that happened in a channel, if the bot can see it.
    pub(crate) fn dispatch_in(&mut self, channel: u64, event: &str, mut data: Value) {
        if self.may(channel, self.bot) & VIEW_CHANNEL == 0 {
            return;
        }
        let guild = self.channels.get(&channel).and_then(|found| found.guild);
        if let Some(guild) = guild {
            data["guild_id"] = wire::id(guild);
        }
        self.dispatch(event, guild, data);
    }

    /// Dispatches a message, with its content only where the intents allow. Ephemeral ones never go out.
    pub(crate) fn dispatch_message(&mut self, event: &str, message: &MessageState) {
        if message.only_for.is_some() || self.may(message.channel, self.bot) & VIEW_CHANNEL == 0 {
            return;
        }
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        if guild.is_some_and(|id| !self.bot_is_in(id)) {
            return;
        }
        let full = self.message_event(message);
        let shown = self.content_is_shown(message);
        let blank = wire::without_content(full.clone());
        let held = self.faults.no_events;
        for index in 0..self.gateway.sessions.len() {
            let Some(session) = self.gateway.sessions.get(index) else {
                continue;
            };
            if session.wants(event, guild) {
                let whole = shown || session.intents & INTENT_CONTENT != 0;
                let data = if whole { full.clone() } else { blank.clone() };
                self.gateway.push(index, event, data, held);
            }
        }
    }

    /// Dispatches a member's change: to every session if it is the bot's own, else by intent.
    pub(crate) fn dispatch_member_update(&mut self, guild: u64, who: u64) {
        let Some(found) = self.guilds.get(&guild) else { return };
        let data = self.member(found, who);
        if who == self.bot {
            if self.bot_is_in(guild) {
                self.dispatch_raw("GUILD_MEMBER_UPDATE", &data);
            }
        } else {
            self.dispatch("GUILD_MEMBER_UPDATE", Some(guild), data);
        }
    }

    /// Sends GUILD_CREATE to every session that wants guilds.
    pub(crate) fn dispatch_guild_create(&mut self, guild: u64) {
        if !self.bot_is_in(guild) {
            return;
        }
        for index in 0..self.gateway.sessions.len() {
            let Some(session) = self.gateway.sessions.get(index) else {
                continue;
            };
            if !session.wants("GUILD_CREATE", Some(guild)) {
                continue;
            }
            let Some(found) = self.guilds.get(&guild) else { continue };
            let data = self.guild_create(found, session.intents);
            let held = self.faults.no_events;
            self.gateway.push(index, "GUILD_CREATE", data, held);
        }
    }

    /// Starts a session on a connection: READY, then every guild.
    pub(crate) fn identify(&mut self, connection: u64, intents: u64, shard: (u64, u64)) {
        self.gateway.identified += 1;
        let id = format!("session{}", self.gateway.identified);
        if self.gateway.sessions.len() >= MAX_SESSIONS {
            self.gateway.sessions.remove(0);
        }
        self.gateway.sessions.push(Session {
            id: id.clone(),
            intents,
            shard,
            seq: 0,
            sent: 0,
            replay: VecDeque::new(),
            connection: Some(connection),
            lost: false,
        });
        let index = self.gateway.sessions.len() - 1;
        let here: Vec<u64> =
            self.bot_guilds().map(|guild| guild.id).filter(|guild| (guild >> 22) % shard.1.max(1) == shard.0).collect();
        let guilds: Vec<Value> =
            here.iter().map(|guild| json!({"id": wire::id(*guild), "unavailable": true})).collect();
        let ready = json!({
            "v": 10, "user": self.own_user(), "guilds": guilds, "session_id": id,
            "resume_gateway_url": self.gateway_url(), "shard": [shard.0, shard.1],
            "application": {"id": wire::id(self.app.id), "flags": self.application_flags()},
            "private_channels": [], "relationships": [], "presences": [], "session_type": "normal",
        });
        self.gateway.push(index, "READY", ready, false);
        if intents & 1 == 0 {
            return;
        }
        let held = self.faults.no_events;
        for guild in here {
            let Some(found) = self.guilds.get(&guild) else { continue };
            if found.unavailable {
                continue;
            }
            let data = self.guild_create(found, intents);
            self.gateway.push(index, "GUILD_CREATE", data, held);
        }
    }

    /// Takes a session up again: everything after `seq`, then RESUMED. False if that is impossible.
    pub(crate) fn resume(&mut self, connection: u64, session_id: &str, seq: u64) -> bool {
        let held = self.faults.no_events;
        let found = self.gateway.sessions.iter().position(|session| session.id == session_id && !session.lost);
        let Some(index) = found else { return false };
        let Some(session) = self.gateway.sessions.get_mut(index) else {
            return false;
        };
        let oldest = session.replay.front().map_or(session.seq + 1, |(first, _)| *first);
        if seq > session.seq || seq + 1 < oldest {
            self.gateway.sessions.remove(index);
            return false;
        }
        session.sent = seq;
        let before = session.connection.replace(connection);
        if let Some(before) = before.filter(|before| *before != connection) {
            self.gateway.order(before, Order::Cut);
        }
        self.gateway.resumed += 1;
        self.gateway.flush(index);
        self.gateway.push(index, "RESUMED", json!({"_trace": []}), held);
        true
    }

    /// Answers op 8 with one chunk.
    pub(crate) fn request_members(&mut self, connection: u64, ask: &Value) {
        let guild = ask["guild_id"].as_str().and_then(|text| text.parse().ok()).or_else(|| ask["guild_id"].as_u64());
        let Some(found) = guild.and_then(|id: u64| self.guilds.get(&id)) else {
            return;
        };
        let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
        let wanted: Option<Vec<u64>> = match &ask["user_ids"] {
            Value::Array(list) => Some(list.iter().filter_map(number).collect()),
            Value::Null => None,
            one => Some(number(one).into_iter().collect()),
        };
        let query = ask["query"].as_str().unwrap_or("").to_lowercase();
        let limit = usize::try_from(ask["limit"].as_u64().unwrap_or(0)).unwrap_or(0);
        let named = |who: &u64| self.users.get(who).is_some_and(|user| user.name.to_lowercase().starts_with(&query));
        let chosen: Vec<u64> = match &wanted {
            Some(ids) => ids.iter().copied().filter(|who| found.members.contains_key(who)).collect(),
            None => {
                found.members.keys().copied().filter(named).take(if limit == 0 { usize::MAX } else { limit }).collect()
            }
        };
        let missing: Vec<Value> =
            wanted.into_iter().flatten().filter(|who| !chosen.contains(who)).map(wire::id).collect();
        let data = json!({
            "guild_id": wire::id(found.id), "members": chosen.iter().map(|who| self.member(found, *who)).collect::<Vec<_>>(),
            "chunk_index": 0, "chunk_count": 1, "not_found": missing, "nonce": ask["nonce"],
        });
        let held = self.faults.no_events;
        let index = self.gateway.sessions.iter().position(|session| session.connection == Some(connection));
        if let Some(index) = index {
            self.gateway.push(index, "GUILD_MEMBERS_CHUNK", data, held);
        }
    }

    /// The address of the gateway.
    pub(crate) fn gateway_url(&self) -> String {
        format!("{}/", self.origin.replacen("http", "ws", 1))
    }
}
