//! `Rest` against a stub on loopback: what is repeated, what is not, and what every request carries.

use std::time::Duration;

use chrono::DateTime;
use serde_json::{Value, json};

use super::answers::Callback;
use super::{Answering, CallError, Rest};
use crate::card::{Button, Card, File, Press};
use crate::clock::monotonic;
use crate::discord::limits::Priority;
use crate::discord::stub::{Reply, Stub, say};
use crate::ids::{ChannelId, GuildId, Member, MessageId, RoleId, UserId};
use crate::outbox::{Messenger, Nonce, Place, SendError};

const PLACE: Place = Place::Channel(ChannelId::new(5));

fn posted() -> Reply {
    say(200, &json!({"id": "77"}))
}

fn nonce() -> Nonce {
    Nonce::of("test:1")
}

fn answering() -> Answering {
    Answering { interaction: 8, application: 9, token: "tok".into(), arrived: monotonic() }
}

#[tokio::test]
async fn a_post_is_never_repeated_here_and_says_what_is_sure() {
    let refused = |code| json!({"code": code, "message": "words that are not kept"});
    let table = [
        (posted(), Ok(MessageId::new(77))),
        (say(403, &refused(50007)), Err(SendError::Refused { code: 50007 })),
        (say(400, &Value::Null), Err(SendError::Refused { code: 400 })),
        (say(401, &refused(0)), Err(SendError::Resting(Duration::from_secs(60)))),
        (say(429, &json!({"retry_after": 1.5, "global": false})), Err(SendError::Wait(Duration::from_millis(1500)))),
        (say(500, &Value::Null), Err(SendError::Unsure("HTTP 500".into()))),
        (say(502, &Value::Null), Err(SendError::Unsure("HTTP 502".into()))),
        (say(302, &Value::Null), Err(SendError::Refused { code: 302 })),
        (Reply::Break, Err(SendError::Unsure("the connection broke".into()))),
        (Reply::Hang, Err(SendError::Unsure("no answer in time".into()))),
        (say(200, &json!({})), Err(SendError::Unsure("the answer has no id".into()))),
    ];
    for (reply, expected) in table {
        let stub = Stub::start(vec![reply.clone()]).await;
        assert_eq!(stub.rest.send(PLACE, &Card::text("hi"), &nonce()).await, expected, "{reply:?}");
        assert_eq!(stub.asked().len(), 1, "{reply:?}");
    }
}

#[tokio::test]
async fn what_was_never_reached_was_surely_not_posted() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let rest = Rest::new(Some(&origin), &"secret".into()).unwrap();
    assert!(matches!(rest.send(PLACE, &Card::text("hi"), &nonce()).await, Err(SendError::Wait(_))));
}

#[tokio::test]
async fn every_body_says_whom_it_pings_and_a_post_carries_its_nonce() {
    let ok = || say(200, &json!({"id": "77"}));
    let stub = Stub::start(vec![ok(), ok(), ok(), ok(), ok(), ok()]).await;
    let card = Card::text("@everyone").ping_role(RoleId::new(3));
    stub.rest.send(PLACE, &card, &nonce()).await.unwrap();
    stub.rest.edit(PLACE, MessageId::new(1), &card).await.unwrap();
    stub.rest.send_now(PLACE, &card, &nonce()).await.unwrap();
    let body = crate::discord::render::message(&card, 64);
    stub.rest.answer(&answering(), Callback::Message, Some(body.clone()), &[]).await.unwrap();
    stub.rest.follow_up(&answering(), body.clone(), &[]).await.unwrap();
    stub.rest.edit_answer(&answering(), body, &[]).await.unwrap();
    let asked = stub.asked();
    for request in &asked {
        let json = request.json();
        let pings = if json["data"].is_null() { &json["allowed_mentions"] } else { &json["data"]["allowed_mentions"] };
        assert_eq!(
            pings,
            &json!({"parse": [], "users": [], "roles": ["3"], "replied_user": false}),
            "{}",
            request.line
        );
    }
    for post in [&asked[0], &asked[2]] {
        assert_eq!(post.json()["nonce"], nonce().as_str());
        assert_eq!(post.json()["enforce_nonce"], true);
        assert_eq!(post.header("authorization"), Some("Bot secret"));
        assert!(post.header("user-agent").unwrap().starts_with("DiscordBot ("));
    }
    // A path that holds a token of its own needs no other.
    assert!(asked[3..].iter().all(|request| request.header("authorization").is_none()));
}

#[tokio::test]
async fn a_call_that_may_be_repeated_survives_a_bad_minute() {
    let trouble = [say(502, &Value::Null), Reply::Break, say(503, &Value::Null)];
    let stub = Stub::start(trouble.into_iter().chain([say(200, &json!({"id": "4", "flags": 0}))]).collect()).await;
    assert_eq!(stub.rest.application().await.unwrap().id, 4);
    assert_eq!(stub.asked().len(), 4);
    let stub = Stub::start(vec![say(403, &json!({"code": 50001}))]).await;
    assert_eq!(stub.rest.guild(GuildId::new(1)).await, Err(CallError::Refused { status: 403, code: 50001 }));
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_lost_first_answer_is_repeated_and_already_acknowledged_means_it_arrived() {
    let acknowledged = || say(400, &json!({"code": 40060}));
    let done = || Reply::Say(204, Vec::new(), String::new());
    let table = [
        (vec![Reply::Break, acknowledged()], Ok(())),
        (vec![Reply::Break, done()], Ok(())),
        (vec![say(502, &Value::Null), say(500, &Value::Null), done()], Ok(())),
        (vec![Reply::Hang, acknowledged()], Ok(())),
        (vec![acknowledged()], Err(CallError::Refused { status: 400, code: 40060 })),
        (vec![say(404, &json!({"code": 10062}))], Err(CallError::Refused { status: 404, code: 10062 })),
    ];
    for (replies, expected) in table {
        let count = replies.len();
        let stub = Stub::start(replies.clone()).await;
        assert_eq!(
            stub.rest.answer(&answering(), Callback::Message, Some(json!({})), &[]).await,
            expected,
            "{replies:?}"
        );
        assert_eq!(stub.asked().len(), count, "{replies:?}");
    }
}

#[tokio::test]
async fn an_answer_is_given_up_when_its_time_is_over() {
    let stub = Stub::start(vec![say(502, &Value::Null); 50]).await;
    let mut late = answering();
    late.arrived = monotonic().checked_sub(Duration::from_secs(3)).unwrap();
    assert_eq!(stub.rest.answer(&late, Callback::Later, None, &[]).await, Err(CallError::Server(502)));
    // It is tried once however late it is: Discord's clock may be kinder than ours.
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_followup_is_rather_seen_twice_than_not_at_all() {
    let stub = Stub::start(vec![Reply::Break, say(503, &Value::Null), posted()]).await;
    stub.rest.follow_up(&answering(), json!({}), &[]).await.unwrap();
    assert_eq!(stub.lines(), vec!["POST /webhooks/9/tok"; 3]);
}

#[tokio::test]
async fn a_crisis_answer_is_repeated_under_one_nonce_until_it_is_sure() {
    let stub = Stub::start(vec![
        Reply::Break,
        say(500, &Value::Null),
        say(429, &json!({"retry_after": 0.01, "global": false})),
        posted(),
    ])
    .await;
    assert_eq!(stub.rest.send_now(PLACE, &Card::text("help"), &nonce()).await, Ok(MessageId::new(77)));
    let nonces: Vec<Value> = stub.asked().iter().map(|request| request.json()["nonce"].clone()).collect();
    assert_eq!(nonces, vec![Value::from(nonce().as_str()); 4]);
    let stub = Stub::start(vec![say(403, &json!({"code": 50007}))]).await;
    assert_eq!(stub.rest.send_now(PLACE, &Card::text("help"), &nonce()).await, Err(SendError::Refused { code: 50007 }));
}

#[tokio::test]
async fn a_used_up_bucket_tells_the_outbox_when_to_come_back() {
    let used_up = vec![
        ("x-ratelimit-bucket", "b"),
        ("x-ratelimit-limit", "5"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset-after", "30.0"),
    ];
    let stub = Stub::start(vec![Reply::Say(200, used_up, json!({"id": "77"}).to_string()), posted()]).await;
    stub.rest.send(PLACE, &Card::text("hi"), &nonce()).await.unwrap();
    let held = stub.rest.send(PLACE, &Card::text("hi"), &nonce()).await;
    assert!(matches!(held, Err(SendError::Wait(wait)) if wait > Duration::from_secs(25)), "{held:?}");
    // Another channel is another bucket, and an answer to an interaction waits for nothing.
    stub.rest.send(Place::Channel(ChannelId::new(6)), &Card::text("hi"), &nonce()).await.unwrap();
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn too_many_refusals_lead_to_a_rest() {
    let stub = Stub::start(vec![say(403, &json!({"code": 50013})); 1000]).await;
    // Answers to interactions pass the limit of the second, so that this takes no minute.
    for _ in 0..1000 {
        assert!(stub.rest.answer(&answering(), Callback::Later, None, &[]).await.is_err());
    }
    let rested = stub.rest.send(PLACE, &Card::text("hi"), &nonce()).await;
    assert!(matches!(rested, Err(SendError::Resting(_))), "{rested:?}");
    assert_eq!(stub.rest.invalid_count(), 1000);
}

#[tokio::test]
async fn a_direct_channel_is_opened_once_and_forgotten_when_it_is_gone() {
    let gone = say(404, &json!({"code": 10003}));
    let channel = || say(200, &json!({"id": "55"}));
    let stub = Stub::start(vec![channel(), posted(), posted(), gone, channel(), posted()]).await;
    let place = Place::Direct(UserId::new(4));
    for expected in [
        Ok(MessageId::new(77)),
        Ok(MessageId::new(77)),
        Err(SendError::Refused { code: 10003 }),
        Ok(MessageId::new(77)),
    ] {
        assert_eq!(stub.rest.send(place, &Card::text("hi"), &nonce()).await, expected);
    }
    let (open, post) = ("POST /users/@me/channels", "POST /channels/55/messages");
    assert_eq!(stub.lines(), [open, post, post, post, open, post]);
    assert_eq!(stub.asked()[0].json(), json!({"recipient_id": "4"}));
}

#[tokio::test]
async fn a_lost_post_is_found_again_by_what_it_shows() {
    let card = Card::text("Session at 18:00").buttons([Button::new("Coming", Press::new("sessions", "yes"))]);
    let shown = |id: u64, author: &str, at: &str, custom_id: &str| {
        json!({
            "id": id.to_string(), "author": {"id": author}, "timestamp": at, "content": "Session at 18:00", "embeds": [], "attachments": [],
            "components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "Coming", "custom_id": custom_id}]}],
        })
    };
    let (me, press, new, old) =
        ("9", "d1:sessions:yes", "2026-03-10T18:00:00.000000+00:00", "2026-03-10T17:00:00+00:00");
    let since = DateTime::parse_from_rfc3339("2026-03-10T18:00:10Z").unwrap().to_utc();
    let table = [
        (vec![shown(3, "8", new, press), shown(2, me, new, press)], Some(MessageId::new(2))),
        (vec![shown(3, me, new, "d1:sessions:no")], None),
        (vec![shown(3, "8", new, press), shown(2, me, old, press)], None),
        (vec![], None),
    ];
    for (history, expected) in table {
        let stub = Stub::start(vec![say(200, &json!({"id": me})), say(200, &Value::from(history))]).await;
        assert_eq!(stub.rest.find(PLACE, &card, since).await, Ok(expected));
    }
    let page: Vec<Value> = (0..100).map(|n| shown(1000 - n, "8", new, press)).collect();
    let stub = Stub::start(vec![
        say(200, &json!({"id": me})),
        say(200, &Value::from(page)),
        say(200, &json!([shown(5, me, new, press)])),
    ])
    .await;
    assert_eq!(stub.rest.find(PLACE, &card, since).await, Ok(Some(MessageId::new(5))));
    assert_eq!(stub.lines()[2], "GET /channels/5/messages?limit=100&before=901");
}

#[tokio::test]
async fn deleting_what_is_gone_is_no_error() {
    let stub = Stub::start(vec![say(404, &json!({"code": 10008})), say(404, &json!({"code": 10003}))]).await;
    assert_eq!(stub.rest.delete(PLACE, MessageId::new(1)).await, Ok(()));
    assert_eq!(stub.rest.delete(PLACE, MessageId::new(1)).await, Err(SendError::Refused { code: 10003 }));
}

#[tokio::test]
async fn files_travel_with_their_description() {
    let stub = Stub::start(vec![posted()]).await;
    let mut card = Card::text("chart");
    card.files.push(File { name: "week.png".into(), bytes: vec![1, 2, 3], description: "a rising line".into() });
    stub.rest.send(PLACE, &card, &nonce()).await.unwrap();
    let request = &stub.asked()[0];
    assert!(request.header("content-type").unwrap().starts_with("multipart/form-data"));
    assert_eq!(
        request.json()["attachments"],
        json!([{"id": "0", "filename": "week.png", "description": "a rising line"}])
    );
    assert!(request.body.contains("name=\"files[0]\"; filename=\"week.png\""));
    assert_eq!(request.json()["enforce_nonce"], true);
}

#[tokio::test]
async fn a_reason_goes_into_the_audit_log_in_a_form_headers_take() {
    let stub = Stub::start(vec![Reply::Say(204, Vec::new(), String::new())]).await;
    let member = Member { guild: GuildId::new(1), user: UserId::new(2) };
    stub.rest.add_role(member, RoleId::new(3), "joined a group: été").await.unwrap();
    assert_eq!(stub.lines(), ["PUT /guilds/1/members/2/roles/3"]);
    assert_eq!(stub.asked()[0].header("x-audit-log-reason"), Some("joined%20a%20group%3A%20%C3%A9t%C3%A9"));
}

#[tokio::test]
async fn catching_up_reads_forward_and_knows_whose_words_they_are() {
    let message = |id: &str, kind: u8, bot: bool| json!({"id": id, "type": kind, "author": {"id": "4", "bot": bot}, "content": "w", "timestamp": "2026-03-10T18:00:00Z"});
    let stub = Stub::start(vec![say(
        200,
        &json!([message("12", 0, false), message("11", 19, true), message("10", 7, false)]),
    )])
    .await;
    let read = stub.rest.messages(ChannelId::new(5), Some(MessageId::new(9))).await.unwrap();
    assert_eq!(
        read.iter().map(|message| (message.message.raw(), message.is_words)).collect::<Vec<_>>(),
        [(10, false), (11, false), (12, true)]
    );
    assert_eq!(stub.lines(), ["GET /channels/5/messages?limit=100&after=9"]);
}

#[test]
fn a_token_or_origin_that_cannot_work_is_refused_with_a_sentence() {
    for token in ["", "  ", "two words", "line\nbreak", "ümlaut "] {
        assert!(Rest::new(None, &token.into()).is_err(), "{token:?}");
    }
    for origin in ["", "discord.com", "ftp://x", "http://", "http://127.0.0.1:1/some/path"] {
        assert!(Rest::new(Some(origin), &"x".into()).is_err(), "{origin:?}");
    }
    for (given, origin) in
        [("http://127.0.0.1:3100/", "http://127.0.0.1:3100"), ("https://discord.com/api/v10", "https://discord.com")]
    {
        assert_eq!(Rest::new(Some(given), &"Bot x".into()).unwrap().origin(), origin);
    }
    let shown = format!("{:?}", Rest::new(None, &"sesame".into()).unwrap());
    assert!(!shown.contains("sesame"), "{shown}");
    assert_eq!(
        Rest::link(Some(GuildId::new(1)), ChannelId::new(2), MessageId::new(3)),
        "https://discord.com/channels/1/2/3"
    );
}

#[tokio::test]
async fn one_sender_at_a_time_stands_in_a_channel_and_an_urgent_one_passes() {
    let stub = Stub::start(vec![Reply::Hang, posted()]).await;
    let slow = tokio::spawn({
        let rest = stub.rest.clone();
        async move { rest.send(PLACE, &Card::text("slow"), &nonce()).await }
    });
    while stub.asked().is_empty() {
        tokio::task::yield_now().await;
    }
    let direct = stub.rest.direct_channel(UserId::new(1), Priority::Urgent).await;
    assert!(direct.is_ok());
    assert!(matches!(slow.await.unwrap(), Err(SendError::Unsure(_))));
}
