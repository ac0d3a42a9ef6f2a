//! Sessions: intents, replay after a cut, refused tokens, lost sessions, and events that do not decode.

use std::sync::atomic::Ordering;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use serenity::all::GatewayIntents;
use tokio_tungstenite::tungstenite::Message as Frame;

use super::{GENEROUS, ManualClock, little_bot, riverside};
use crate::sandbox::{Privileged, Sandbox, SandboxOptions};

type Socket = tokio_tungstenite::WebSocketStream<tokio::net::TcpStream>;

/// A raw connection that has said hello and identified.
async fn identify(sandbox: &Sandbox, token: &str, intents: u64) -> Socket {
    let url = format!("{}/?v=10&encoding=json", sandbox.origin().replacen("http", "ws", 1));
    let stream = tokio::net::TcpStream::connect(sandbox.address).await.unwrap();
    let (mut socket, _) = tokio_tungstenite::client_async(url, stream).await.unwrap();
    assert_eq!(hear(&mut socket).await.unwrap()["op"], 10);
    tell(&mut socket, json!({"op": 2, "d": {"token": token, "intents": intents, "properties": {}}})).await;
    socket
}

async fn tell(socket: &mut Socket, payload: Value) {
    socket.send(Frame::Text(payload.to_string().into())).await.unwrap();
}

/// The next payload, or the close code.
async fn hear(socket: &mut Socket) -> Result<Value, Option<u16>> {
    loop {
        match socket.next().await {
            Some(Ok(Frame::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Frame::Close(frame))) => return Err(frame.map(|frame| frame.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(None),
        }
    }
}

#[tokio::test]
async fn a_cut_connection_is_resumed_and_nothing_is_lost() {
    let world = riverside(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::all()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    world.sandbox.faults().cut_gateway();
    for n in 0..5 {
        world.ann.say("#general", &format!("while away {n}")).unwrap();
    }
    let all = |_: &Sandbox| diary.messages.lock().unwrap().len() == 5;
    world.sandbox.until(GENEROUS, all).await.unwrap();
    assert_eq!(world.sandbox.sessions(), (1, 1));
    assert_eq!(diary.ready.load(Ordering::SeqCst), 1);
    let handled = |sandbox: &Sandbox| diary.events.load(Ordering::SeqCst) >= sandbox.dispatched();
    world.sandbox.until(GENEROUS, handled).await.unwrap();
    bot.abort();
}

#[tokio::test]
async fn an_invalid_session_begins_anew() {
    let world = riverside(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::all()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    world.sandbox.faults().ask_reconnect();
    world.sandbox.until(GENEROUS, |sandbox| sandbox.sessions() == (1, 1)).await.unwrap();
    world.sandbox.faults().invalidate_session(false);
    world.sandbox.until(GENEROUS, |_| diary.ready.load(Ordering::SeqCst) == 2).await.unwrap();
    assert_eq!(world.sandbox.sessions(), (2, 1));
    bot.abort();
}

#[tokio::test]
async fn wrong_tokens_and_disallowed_intents_are_turned_away() {
    let options = SandboxOptions { privileged: Privileged::NONE, ..ManualClock::new().options() };
    let world = riverside(options).await;
    let token = world.sandbox.token();
    for (token, intents, code) in [("wrong", 1, 4004), (token.as_str(), 1 << 15, 4014), (token.as_str(), 1 << 60, 4013)]
    {
        let mut socket = identify(&world.sandbox, token, intents).await;
        assert_eq!(hear(&mut socket).await, Err(Some(code)));
    }
}

#[tokio::test]
async fn content_is_blank_without_its_intent_unless_it_concerns_the_bot() {
    let world = riverside(ManualClock::new().options()).await;
    let mut socket = identify(&world.sandbox, &world.sandbox.token(), 1 | 1 << 9 | 1 << 12).await;
    assert_eq!(hear(&mut socket).await.unwrap()["t"], "READY");
    assert_eq!(hear(&mut socket).await.unwrap()["t"], "GUILD_CREATE");
    world.ann.say("#general", "private matters").unwrap();
    world.ann.say("#general", "hello @Daymark").unwrap();
    world.ann.dm("help").unwrap();
    let mut contents = Vec::new();
    for _ in 0..3 {
        contents.push(hear(&mut socket).await.unwrap()["d"]["content"].as_str().unwrap().to_owned());
    }
    assert_eq!(contents, [String::new(), format!("hello <@{}>", world.sandbox.bot_id()), "help".to_owned()]);
    assert_eq!(world.sandbox.dispatched(), 5);
}

#[tokio::test]
async fn a_lost_session_is_silent_and_cannot_be_resumed() {
    let world = riverside(ManualClock::new().options()).await;
    let mut socket = identify(&world.sandbox, &world.sandbox.token(), 1 | 1 << 9 | 1 << 15).await;
    let session = hear(&mut socket).await.unwrap()["d"]["session_id"].clone();
    hear(&mut socket).await.unwrap();
    world.sandbox.faults().lose_sessions();
    world.ann.say("#general", "unheard").unwrap();
    tell(&mut socket, json!({"op": 1, "d": 2})).await;
    assert_eq!(hear(&mut socket).await.unwrap()["op"], 11, "only the heartbeat is answered");
    assert!(!world.sandbox.connected());
    tell(&mut socket, json!({"op": 6, "d": {"token": world.sandbox.token(), "session_id": session, "seq": 2}})).await;
    assert_eq!(hear(&mut socket).await.unwrap(), json!({"op": 9, "d": false}));
}

#[tokio::test]
async fn withheld_things_do_not_come() {
    let world = riverside(ManualClock::new().options()).await;
    let faults = world.sandbox.faults();
    faults.withhold_ready(true);
    let mut socket = identify(&world.sandbox, &world.sandbox.token(), 1).await;
    tell(&mut socket, json!({"op": 1, "d": null})).await;
    assert_eq!(hear(&mut socket).await.unwrap()["op"], 11, "nothing but the heartbeat came");
    faults.clear();
    let mut socket = identify(&world.sandbox, &world.sandbox.token(), 1 | 1 << 9).await;
    hear(&mut socket).await.unwrap();
    hear(&mut socket).await.unwrap();
    faults.withhold_events(true);
    faults.withhold_acks(true);
    world.ann.say("#general", "later").unwrap();
    tell(&mut socket, json!({"op": 1, "d": 2})).await;
    world.sandbox.until(GENEROUS, |sandbox| sandbox.heartbeats() == 2).await.unwrap();
    assert_eq!((world.sandbox.dispatched(), world.sandbox.undelivered()), (2, 1));
    faults.withhold_events(false);
    assert_eq!(hear(&mut socket).await.unwrap()["t"], "MESSAGE_CREATE");
    faults.close_gateway(4000);
    assert_eq!(hear(&mut socket).await, Err(Some(4000)));
}

#[tokio::test]
async fn a_payload_that_does_not_decode_arrives_as_it_is() {
    let world = riverside(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::all()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    world.sandbox.dispatch_raw("MESSAGE_CREATE", &json!({"id": "not a message"}));
    world.sandbox.until(GENEROUS, |_| diary.unknown.lock().unwrap().len() == 1).await.unwrap();
    bot.abort();
}
