//! Discord's rules of place and rank: threads, forums, roles, events, outages, and what stays unread.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use serenity::all::GatewayIntents;

use super::{GENEROUS, ManualClock, Rest, little_bot, riverside};
use crate::sandbox::permissions::{
    ADMINISTRATOR, DEFAULT_BOT, MANAGE_ROLES, MANAGE_THREADS, SEND_MESSAGES, VIEW_CHANNEL,
};
use crate::sandbox::{Kind, Sandbox};

#[tokio::test]
async fn overwrites_are_applied_in_discords_order() {
    let world = riverside(ManualClock::new().options()).await;
    let staff = world.guild.role("Staff", 0);
    let channel = world.guild.channel("team", Kind::Text);
    channel.overwrite_everyone(0, VIEW_CHANNEL);
    assert!(world.ann.say("#team", "hi").is_err(), "nobody sees it");
    channel.overwrite_role(&staff, VIEW_CHANNEL, 0);
    world.guild.give(&world.ann, &staff);
    assert!(world.ann.say("#team", "hi").is_ok(), "a role opens it");
    channel.overwrite_person(&world.ann, 0, SEND_MESSAGES);
    assert!(world.ann.say("#team", "hi").is_err(), "their own overwrite wins");
    staff.permissions(ADMINISTRATOR);
    assert!(world.ann.say("#team", "hi").is_ok(), "an administrator is past all of it");
    let ben = world.sandbox.person("Ben");
    world.guild.member(&ben, &[]);
    assert!(ben.reads(&channel).is_empty() && ben.unread().is_empty());
    assert_eq!(world.sandbox.person("Olga").unread().len(), 2, "the owner sees everything");
}

#[tokio::test]
async fn roles_are_given_only_from_above() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let role = world.guild.role("Alum", 0);
    let path = format!("/guilds/{}/members/{}/roles/{}", world.guild.id(), world.ann.id(), role.id());
    assert_eq!(rest.send("PUT", &path, Value::Null).await.1["code"], 50013, "without the permission");
    world.guild.bot_permissions(DEFAULT_BOT | MANAGE_ROLES);
    assert_eq!(rest.send("PUT", &path, Value::Null).await.0, 204);
    assert_eq!(world.guild.roles_of(&world.ann), ["Alum"]);
    role.position(99);
    assert_eq!(rest.send("DELETE", &path, Value::Null).await.1["code"], 50013, "it stands above the bot now");
}

#[tokio::test]
async fn threads_wake_lock_and_hide_as_at_discord() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let said = world.ann.say("#general", "a topic").unwrap();
    let path = format!("/channels/{}/messages/{}/threads", world.general.id(), said.id);
    let (status, thread) = rest.send("POST", &path, json!({"name": "topic"})).await;
    assert_eq!((status, thread["id"].as_str()), (201, Some(said.id.to_string().as_str())));
    assert_eq!(rest.send("POST", &path, json!({"name": "again"})).await.1["code"], 160_004);
    let thread = world.guild.find_channel("topic").unwrap();
    thread.archive(true);
    assert_eq!(rest.post(thread.id(), json!({"content": "still on"})).await.0, 200);
    assert!(!thread.is_archived(), "writing opens it again");
    thread.archive(true);
    thread.lock(true);
    assert_eq!(rest.post(thread.id(), json!({"content": "late"})).await.1["code"], 50083);
    world.guild.bot_permissions(DEFAULT_BOT | MANAGE_THREADS);
    assert_eq!(rest.post(thread.id(), json!({"content": "late"})).await.0, 200);
    let forum = world.guild.channel("stories", Kind::Forum);
    let body = json!({"name": "Day one", "message": {"content": "It went well"}});
    let (status, post) = rest.send("POST", &format!("/channels/{}/threads", forum.id()), body).await;
    assert_eq!((status, post["message"]["content"].as_str()), (201, Some("It went well")));
    let active = rest.send("GET", &format!("/guilds/{}/threads/active", world.guild.id()), Value::Null).await.1;
    assert_eq!(active["threads"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn scheduled_events_follow_their_rules() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let path = format!("/guilds/{}/scheduled-events", world.guild.id());
    let good = json!({"name": "Group", "privacy_level": 2, "entity_type": 3, "scheduled_start_time": "2026-03-11T18:00:00Z",
        "scheduled_end_time": "2026-03-11T19:00:00Z", "entity_metadata": {"location": "Room 2"}});
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    let weekly =
        |days: Value| json!({"start": "2026-03-11T18:00:00Z", "frequency": 2, "interval": 1, "by_weekday": days});
    let bad = [
        with("name", json!("")),
        with("name", json!("x".repeat(101))),
        with("scheduled_start_time", json!("2020-03-11T18:00:00Z")),
        with("scheduled_start_time", json!("2036-03-11T18:00:00Z")),
        with("scheduled_end_time", json!("2026-03-11T17:00:00Z")),
        with("scheduled_end_time", Value::Null),
        with("entity_metadata", Value::Null),
        with("entity_type", json!(2)),
        with("privacy_level", json!(1)),
        with("recurrence_rule", weekly(json!([0, 2]))),
    ];
    for body in bad {
        assert_eq!(rest.send("POST", &path, body.clone()).await.1["code"], 50035, "{body}");
    }
    let (status, made) = rest.send("POST", &path, with("recurrence_rule", weekly(json!([2])))).await;
    assert_eq!((status, &made["status"]), (200, &json!(1)));
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    assert_eq!(rest.send("PATCH", &one, json!({"status": 3})).await.1["code"], 50035, "not from planned to over");
    assert_eq!(rest.send("PATCH", &one, json!({"status": 4})).await.0, 200);
    assert_eq!(rest.send("PATCH", &one, json!({"name": "x"})).await.1["code"], 180_000);
    assert_eq!(world.guild.scheduled_events().len(), 1);
}

#[tokio::test]
async fn an_outage_takes_everything_and_gives_it_back() {
    let world = riverside(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::all()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    let rest = Rest::new(&world.sandbox);
    world.sandbox.faults().outage(true);
    world.sandbox.until(GENEROUS, |sandbox| !sandbox.connected()).await.unwrap();
    assert!(rest.try_send("GET", "/users/@me", None).await.is_err());
    world.ann.say("#general", "ping").unwrap();
    assert_eq!(world.sandbox.undelivered(), 1);
    world.sandbox.faults().outage(false);
    // serenity gives up resuming when the way back is refused, and identifies anew: "ping" is lost on it.
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 2).await.unwrap();
    world.ann.say("#general", "ping").unwrap();
    let answered = |_: &Sandbox| world.general.messages().iter().any(|message| message.content == "pong");
    world.sandbox.until(GENEROUS, answered).await.unwrap();
    bot.abort();
}

#[tokio::test]
async fn a_zombie_connection_is_given_up_by_the_bot() {
    let options = crate::sandbox::SandboxOptions { heartbeat_ms: 600, ..ManualClock::new().options() };
    let world = riverside(options).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::all()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    world.sandbox.faults().withhold_acks(true);
    let reconnected = |sandbox: &Sandbox| sandbox.sessions().0 + sandbox.sessions().1 >= 2;
    world.sandbox.until(GENEROUS, reconnected).await.unwrap();
    bot.abort();
}

#[tokio::test]
async fn what_nobody_looked_at_stays_unread() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    rest.post(world.general.id(), json!({"content": format!("hello {}", world.ann.mention())})).await;
    let unread = world.ann.unread();
    assert_eq!(unread.len(), 1);
    assert!(world.ann.is_pinged_by(unread.first().unwrap()));
    assert!(!world.sandbox.person("Olga").is_pinged_by(unread.first().unwrap()));
    assert_eq!(world.ann.read_all().len(), 1);
    assert!(world.ann.unread().is_empty());
    assert_eq!(world.sandbox.person("Olga").unread().len(), 1);
}
