//! How does one gateway connection run? Hello, identify or resume, heartbeats, and the orders of the world.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use super::gateway::Order;
use super::state::Shared;
use super::wire::{INTENT_CONTENT, INTENT_MEMBERS, INTENT_PRESENCES};

/// Discord closes a connection that sends a larger payload (4002).
const MAX_PAYLOAD_BYTES: usize = 4_096;
/// Every intent Discord has named.
const ALL_INTENTS: u64 = (1 << 26) - 1;

/// How a connection goes on after a payload.
enum Next {
    Stay,
    Close(u16),
}

/// Runs one connection until it ends.
pub(crate) async fn run(shared: Arc<Shared>, mut socket: WebSocket, mut stop: watch::Receiver<bool>) {
    let (connection, mut orders) = shared.change(|world| world.gateway.connect());
    let (silent, interval) = shared.look(|world| (world.faults.no_hello, world.spans.heartbeat_ms));
    if !silent {
        let hello = json!({"op": 10, "d": {"heartbeat_interval": interval, "_trace": ["sandbox"]}});
        if send(&mut socket, &hello).await.is_err() {
            shared.change(|world| world.gateway.disconnect(connection, false));
            return;
        }
    }
    let politely = converse(&shared, &mut socket, connection, &mut orders, &mut stop).await;
    shared.change(|world| world.gateway.disconnect(connection, politely));
}

/// The conversation; true if the bot closed it for good (1000 or 1001).
async fn converse(
    shared: &Arc<Shared>,
    socket: &mut WebSocket,
    connection: u64,
    orders: &mut mpsc::Receiver<Order>,
    stop: &mut watch::Receiver<bool>,
) -> bool {
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(Order::Send(payload)) => {
                    if send(socket, &payload).await.is_err() {
                        return false;
                    }
                }
                Some(Order::Text(text)) => {
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        return false;
                    }
                }
                Some(Order::Close(code)) => {
                    close(socket, code).await;
                    return false;
                }
                Some(Order::Cut) | None => return false,
            },
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(text))) => match hear(shared, connection, text.as_str()) {
                    Next::Stay => {}
                    Next::Close(code) => {
                        close(socket, code).await;
                        return false;
                    }
                },
                Some(Ok(Message::Close(frame))) => {
                    return frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                }
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => {}
                Some(Err(_)) | None => return false,
            },
            _ = stop.changed() => {
                close(socket, 1001).await;
                return false;
            }
        }
    }
}

async fn send(socket: &mut WebSocket, payload: &Value) -> Result<(), axum::Error> {
    socket.send(Message::Text(payload.to_string().into())).await
}

async fn close(socket: &mut WebSocket, code: u16) {
    let reason = match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4009 => "Session timed out.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "",
    };
    // The other side may be gone already: then there is nobody to tell.
    let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
}

/// Acts on one payload of the bot.
fn hear(shared: &Arc<Shared>, connection: u64, text: &str) -> Next {
    if text.len() > MAX_PAYLOAD_BYTES {
        return Next::Close(4002);
    }
    let Ok(payload) = serde_json::from_str::<Value>(text) else {
        return Next::Close(4002);
    };
    let (op, data) = (payload["op"].as_u64(), &payload["d"]);
    let known = shared.look(|world| world.gateway.session_of(connection).is_some());
    match op {
        Some(1) => {
            shared.change(|world| {
                world.gateway.heartbeats += 1;
                if !world.faults.no_acks {
                    world.gateway.order(connection, Order::Send(json!({"op": 11, "d": null})));
                }
            });
            Next::Stay
        }
        Some(2) if known => Next::Close(4005),
        Some(2) => identify(shared, connection, data),
        Some(6) => resume(shared, connection, data),
        Some(3 | 4 | 8 | 31) if !known => Next::Close(4003),
        Some(8) => {
            shared.change(|world| request_members(world, connection, data));
            Next::Stay
        }
        Some(3 | 4 | 31) => Next::Stay,
        Some(_) | None => Next::Close(4001),
    }
}

fn request_members(world: &mut super::state::World, connection: u64, data: &Value) {
    let intents = world.gateway.session_of(connection).map_or(0, super::gateway::Session::intents);
    let whole_list = data["user_ids"].is_null() && data["query"].as_str().unwrap_or("").is_empty();
    if !whole_list || intents & INTENT_MEMBERS != 0 {
        world.request_members(connection, data);
    }
}

fn bare(token: &str) -> &str {
    token.strip_prefix("Bot ").unwrap_or(token)
}

fn identify(shared: &Arc<Shared>, connection: u64, data: &Value) -> Next {
    shared.change(|world| {
        if bare(data["token"].as_str().unwrap_or("")) != world.token {
            return Next::Close(4004);
        }
        let Some(intents) = data["intents"].as_u64().filter(|intents| *intents & !ALL_INTENTS == 0) else {
            return Next::Close(4013);
        };
        let privileged = INTENT_MEMBERS | INTENT_PRESENCES | INTENT_CONTENT;
        if intents & privileged & !world.app.privileged != 0 {
            return Next::Close(4014);
        }
        let shard = match (data["shard"][0].as_u64(), data["shard"][1].as_u64()) {
            (Some(id), Some(total)) if id < total => (id, total),
            (None, None) => (0, 1),
            (Some(_) | None, Some(_) | None) => return Next::Close(4010),
        };
        if !world.faults.no_ready {
            world.identify(connection, intents, shard);
        }
        Next::Stay
    })
}

fn resume(shared: &Arc<Shared>, connection: u64, data: &Value) -> Next {
    shared.change(|world| {
        if bare(data["token"].as_str().unwrap_or("")) != world.token {
            return Next::Close(4004);
        }
        if world.faults.no_ready {
            return Next::Stay;
        }
        let session = data["session_id"].as_str().unwrap_or("");
        if !world.resume(connection, session, data["seq"].as_u64().unwrap_or(0)) {
            world.gateway.order(connection, Order::Send(json!({"op": 9, "d": false})));
        }
        Next::Stay
    })
}
