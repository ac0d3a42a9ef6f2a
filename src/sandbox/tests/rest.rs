//! The REST door: what is refused with which code, nonces, pings, limits, and faults.

use std::time::Duration;

use serde_json::{Value, json};

use super::{GENEROUS, ManualClock, Rest, riverside};
use crate::sandbox::permissions::{ALL, SEND_MESSAGES, VIEW_CHANNEL};
use crate::sandbox::{Harm, Kind, SandboxOptions, Scope};

#[tokio::test]
async fn a_message_discord_would_refuse_is_refused_with_its_code() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
    let row = |list: Vec<Value>| json!({"type": 1, "components": list});
    let table = [
        (json!({}), 50006),
        (json!({"content": "   "}), 50006),
        (json!({"content": "x".repeat(2001)}), 50035),
        (json!({"content": 7}), 50035),
        (json!({"embeds": [{"title": "x".repeat(257)}]}), 50035),
        (json!({"embeds": [{"description": "x".repeat(4096)}, {"description": "x".repeat(4096)}]}), 50035),
        (json!({"embeds": [{"fields": [{"name": "", "value": "x"}]}]}), 50035),
        (json!({"embeds": vec![json!({"title": "x"}); 11]}), 50035),
        (json!({"content": "x", "components": [row(vec![button("a"), button("a")])]}), 50035),
        (json!({"content": "x", "components": [row((0..6).map(|n| button(&n.to_string())).collect())]}), 50035),
        (json!({"content": "x", "components": vec![row(vec![button("a")]); 6]}), 50035),
        (json!({"content": "x", "nonce": "x".repeat(26)}), 50035),
        (json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}), 50035),
        (json!({"content": "x", "message_reference": {"message_id": "1"}}), 50035),
    ];
    for (body, code) in table {
        let (status, answer) = rest.post(world.general.id(), body.clone()).await;
        assert_eq!((status, answer["code"].as_u64()), (400, Some(code)), "{body} -> {answer}");
    }
    let (_, answer) = rest.post(world.general.id(), json!({"embeds": [{"title": "x".repeat(257)}]})).await;
    assert_eq!(answer["errors"]["embeds"]["0"]["title"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH");
    assert!(world.general.messages().is_empty());
}

#[tokio::test]
async fn what_does_not_exist_or_may_not_be_touched_has_its_own_code() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let forum = world.guild.channel("stories", Kind::Forum);
    let hidden = world.guild.channel("hidden", Kind::Text);
    hidden.overwrite_everyone(0, VIEW_CHANNEL);
    hidden.overwrite_bot(0, VIEW_CHANNEL);
    let quiet = world.guild.channel("quiet", Kind::Text);
    quiet.overwrite_bot(0, SEND_MESSAGES);
    let (app, guild) = (world.sandbox.application_id(), world.guild.id());
    let hello = json!({"content": "hello"});
    let table = [
        ("POST", "/channels/1/messages".to_owned(), hello.clone(), 404, 10003),
        ("POST", format!("/channels/{}/messages", hidden.id()), hello.clone(), 403, 50001),
        ("POST", format!("/channels/{}/messages", quiet.id()), hello.clone(), 403, 50013),
        ("POST", format!("/channels/{}/messages", forum.id()), hello.clone(), 400, 50008),
        ("PATCH", format!("/channels/{}/messages/1", world.general.id()), hello.clone(), 404, 10008),
        ("GET", "/guilds/1".to_owned(), Value::Null, 404, 10004),
        ("GET", format!("/guilds/{guild}/members/1"), Value::Null, 404, 10013),
        ("PUT", format!("/guilds/{guild}/members/{}/roles/1", world.ann.id()), Value::Null, 404, 10011),
        ("GET", format!("/guilds/{guild}/scheduled-events/1"), Value::Null, 404, 10070),
        ("POST", "/interactions/1/x/callback".to_owned(), json!({"type": 5}), 404, 10062),
        ("POST", "/webhooks/1/x".to_owned(), hello.clone(), 404, 10015),
        ("POST", format!("/webhooks/{app}/x"), hello.clone(), 401, 50027),
        ("POST", "/users/@me/channels".to_owned(), json!({"recipient_id": "1"}), 400, 50033),
        ("GET", "/users/1".to_owned(), Value::Null, 404, 10013),
        ("GET", "/nonsense".to_owned(), Value::Null, 404, 0),
    ];
    for (method, path, body, status, code) in table {
        let (got, answer) = rest.send(method, &path, body).await;
        assert_eq!((got, answer["code"].as_u64()), (status, Some(code)), "{method} {path} -> {answer}");
    }
    let stranger = Rest { token: "Bot wrong".to_owned(), ..Rest::new(&world.sandbox) };
    let (status, answer) = stranger.send("GET", "/users/@me", Value::Null).await;
    assert_eq!((status, answer), (401, json!({"message": "401: Unauthorized", "code": 0})));
}

#[tokio::test]
async fn a_repeated_nonce_posts_once_and_only_within_its_window() {
    let clock = ManualClock::new();
    let world = riverside(clock.options()).await;
    let rest = Rest::new(&world.sandbox);
    let body = json!({"content": "soon", "nonce": "abc", "enforce_nonce": true});
    let (_, first) = rest.post(world.general.id(), body.clone()).await;
    let (status, again) = rest.post(world.general.id(), body.clone()).await;
    assert_eq!((status, &again["id"]), (200, &first["id"]));
    clock.advance(10 * 60 * 1_000);
    let (_, later) = rest.post(world.general.id(), body).await;
    assert_ne!(later["id"], first["id"]);
    assert_eq!(world.general.messages().len(), 2);
}

#[tokio::test]
async fn only_who_may_be_pinged_is_pinged() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let role = world.guild.role("Morning", 0);
    let text = format!("{} {} @everyone", world.ann.mention(), role.mention());
    rest.post(world.general.id(), json!({"content": text})).await;
    let loose = world.general.messages().pop().unwrap();
    assert_eq!((loose.pings.people, loose.pings.roles, loose.pings.everyone), (vec!["Ann".to_owned()], vec![], false));
    role.mentionable(true);
    rest.post(world.general.id(), json!({"content": text, "allowed_mentions": {"parse": []}})).await;
    assert!(world.general.messages().pop().unwrap().pings.is_none());
    world.guild.bot_permissions(ALL);
    rest.post(
        world.general.id(),
        json!({"content": text, "allowed_mentions": {"parse": ["everyone"], "roles": [role.id().to_string()]}}),
    )
    .await;
    let chosen = world.general.messages().pop().unwrap();
    assert_eq!(
        (chosen.pings.people, chosen.pings.roles, chosen.pings.everyone),
        (vec![], vec!["Morning".to_owned()], true)
    );
}

#[tokio::test]
async fn somebody_who_refuses_direct_messages_gets_none() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let (_, channel) =
        rest.send("POST", "/users/@me/channels", json!({"recipient_id": world.ann.id().to_string()})).await;
    let id: u64 = channel["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(rest.post(id, json!({"content": "hi"})).await.0, 200);
    assert_eq!(world.ann.unread().len(), 1);
    assert_eq!(world.ann.inbox().len(), 1);
    assert!(world.ann.unread().is_empty());
    world.ann.refuses_dms(true);
    let (status, answer) = rest.post(id, json!({"content": "hi"})).await;
    assert_eq!((status, answer["code"].as_u64()), (403, Some(50007)));
    let stranger = world.sandbox.person("Stranger");
    let (_, channel) =
        rest.send("POST", "/users/@me/channels", json!({"recipient_id": stranger.id().to_string()})).await;
    let id: u64 = channel["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(rest.post(id, json!({"content": "hi"})).await.1["code"], 50007);
}

#[tokio::test]
async fn limits_are_told_always_and_kept_when_switched_on() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let path = format!("/channels/{}/messages", world.general.id());
    for _ in 0..8 {
        assert_eq!(rest.post(world.general.id(), json!({"content": "x"})).await.0, 200);
    }
    world.sandbox.limits(true);
    for left in (0..5).rev() {
        let answer = rest.try_send("POST", &path, Some(&json!({"content": "x"}))).await.unwrap();
        assert_eq!(answer.headers()["x-ratelimit-remaining"], left.to_string().as_str());
    }
    let refused = rest.try_send("POST", &path, Some(&json!({"content": "x"}))).await.unwrap();
    assert_eq!((refused.status().as_u16(), refused.headers()["x-ratelimit-scope"].to_str().unwrap()), (429, "user"));
    assert!(refused.headers().contains_key("retry-after"));
    let body: Value = refused.json().await.unwrap();
    assert!(body["retry_after"].as_f64().unwrap() > 0.0 && body["global"] == false);
    assert_eq!(world.general.messages().len(), 13);
    assert_eq!(world.sandbox.counters().limited, 1);
}

#[tokio::test]
async fn every_fault_does_what_it_says_and_no_more() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let path = format!("/channels/{}/messages", world.general.id());
    let faults = world.sandbox.faults();
    let hit = |harm: Harm| faults.next("POST", "/channels/*/messages", harm);
    let body = json!({"content": "x"});
    let limited = Harm::RateLimited { retry_after: Duration::from_millis(1500), scope: Scope::Shared };
    let table = [
        (Harm::Status(502), Some(502), 0),
        (Harm::StatusAfter(500), Some(500), 1),
        (Harm::Refused { status: 403, code: 50013 }, Some(403), 0),
        (limited, Some(429), 0),
        (Harm::Garbage, Some(200), 1),
        (Harm::DroppedBefore, None, 0),
        (Harm::DroppedAfter, None, 1),
    ];
    for (harm, status, posted) in table {
        let before = world.general.messages().len();
        let id = hit(harm.clone());
        let answer = rest.try_send("POST", &path, Some(&body)).await;
        assert_eq!(answer.ok().map(|answer| answer.status().as_u16()), status, "{harm:?}");
        assert_eq!(world.general.messages().len() - before, posted, "{harm:?}");
        assert_eq!(faults.struck(id), 1);
        assert_eq!(rest.post(world.general.id(), body.clone()).await.0, 200, "once is once: {harm:?}");
    }
    let log = world.sandbox.drain_requests();
    assert_eq!(log.iter().filter(|entry| !entry.effective).count(), 4);
    assert!(world.sandbox.requests().is_empty());
    faults.every(2, "*", "/gateway/**", Harm::Status(503));
    assert_eq!(rest.send("GET", "/gateway/bot", Value::Null).await.0, 200);
    assert_eq!(rest.send("GET", "/gateway/bot", Value::Null).await.0, 503);
}

#[tokio::test]
async fn a_held_request_waits_until_it_is_released() {
    let world = riverside(ManualClock::new().options()).await;
    let faults = world.sandbox.faults();
    for (harm, seen) in [(Harm::HeldBefore, 0), (Harm::HeldAfter, 2)] {
        faults.next("POST", "/channels/*/messages", harm);
        let (rest, channel) = (Rest::new(&world.sandbox), world.general.id());
        let sent = tokio::spawn(async move { rest.post(channel, json!({"content": "x"})).await.0 });
        world.sandbox.until(GENEROUS, |sandbox| sandbox.faults().held() == 1).await.unwrap();
        assert_eq!(world.general.messages().len(), seen);
        faults.release();
        assert_eq!(sent.await.unwrap(), 200);
    }
}

#[tokio::test]
async fn a_token_serves_fifteen_minutes() {
    let clock = ManualClock::new();
    let world = riverside(SandboxOptions { deadline: Duration::from_millis(500), ..clock.options() }).await;
    let rest = Rest::new(&world.sandbox);
    let app = world.sandbox.application_id();
    rest.send("PUT", &format!("/applications/{app}/commands"), json!([{"name": "hello", "description": "x"}])).await;
    let ann = world.ann.clone();
    let asks = tokio::spawn(async move { ann.run("/hello").await });
    world.sandbox.until(GENEROUS, |sandbox| sandbox.unanswered().len() == 1).await.unwrap();
    let id = world.sandbox.shared.look(|world| *world.interactions.keys().next().unwrap());
    let token = format!("interaction-token-{id}");
    let follow = format!("/webhooks/{app}/{token}");
    assert_eq!(rest.send("POST", &follow, json!({"content": "x"})).await.1["code"], 10015, "before the first answer");
    let path = format!("/interactions/{id}/{token}/callback");
    let answer = json!({"type": 4, "data": {"content": "hello", "flags": 64}});
    assert_eq!(rest.send("POST", &path, answer.clone()).await.0, 204);
    assert_eq!(rest.send("POST", &path, answer).await.1["code"], 40060);
    assert_eq!(asks.await.unwrap().unwrap().text(), "hello");
    assert_eq!(rest.send("POST", &follow, json!({"content": "more", "flags": 64})).await.0, 200);
    clock.advance(15 * 60 * 1_000 + 1);
    assert_eq!(rest.send("POST", &follow, json!({"content": "late"})).await.1["code"], 50027);
    assert_eq!(world.ann.sees_privately().len(), 2);
}

#[tokio::test]
async fn commands_are_checked_as_discord_checks_them() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let path = format!("/applications/{}/commands", world.sandbox.application_id());
    let option = |kind: u64, name: &str, required: bool| json!({"type": kind, "name": name, "description": "x", "required": required});
    let with = |options: Value| json!([{"name": "a", "description": "x", "options": options}]);
    let bad = [
        json!([{"name": "Upper", "description": "x"}]),
        json!([{"name": "two words", "description": "x"}]),
        json!([{"name": "a", "description": ""}]),
        json!([{"name": "a", "description": "x".repeat(101)}]),
        json!([{"name": "a", "description": "x"}, {"name": "a", "description": "y"}]),
        with(json!([option(3, "b", false), option(3, "c", true)])),
        with(json!([option(3, "b", false), option(3, "b", false)])),
        with(Value::Array((0..26).map(|n| option(3, &format!("o{n}"), false)).collect())),
        with(json!([option(1, "sub", false), option(3, "b", false)])),
        with(
            json!([{"type": 3, "name": "b", "description": "x", "autocomplete": true, "choices": [{"name": "c", "value": "c"}]}]),
        ),
        with(json!([{"type": 4, "name": "b", "description": "x", "choices": [{"name": "c", "value": "c"}]}])),
    ];
    for body in bad {
        let (status, answer) = rest.send("PUT", &path, body.clone()).await;
        assert_eq!((status, answer["code"].as_u64()), (400, Some(50035)), "{body}");
    }
    let many: Vec<Value> = (0..101).map(|n| json!({"name": format!("c{n}"), "description": "x"})).collect();
    assert_eq!(rest.send("PUT", &path, Value::Array(many)).await.1["code"], 30032);
    let (status, made) = rest.send("POST", &path, json!({"name": "a", "description": "x"})).await;
    assert_eq!(status, 201);
    let (status, again) = rest.send("POST", &path, json!({"name": "a", "description": "y"})).await;
    assert_eq!((status, &again["id"]), (200, &made["id"]));
    assert_eq!(rest.send("PUT", &path, json!([])).await.1, json!([]));
}
