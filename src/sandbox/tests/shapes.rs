//! Does everything decode? Every kind of event through serenity, every object through a second library.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use serenity::all::GatewayIntents;

use super::{GENEROUS, ManualClock, Rest, little_bot, riverside};
use crate::sandbox::permissions::{ALL, VIEW_CHANNEL};
use crate::sandbox::{Happened, Kind, Place, Sandbox};

#[tokio::test]
async fn every_kind_of_event_decodes() {
    let world = riverside(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::all()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    let (guild, ann, rest) = (&world.guild, &world.ann, Rest::new(&world.sandbox));
    guild.bot_permissions(ALL);
    let ben = world.sandbox.person("Ben");
    let role = guild.role("Alum", 0);
    guild.member(&ben, &[&role]);
    guild.take(&ben, &role);
    role.mentionable(true);
    role.delete();
    let voice = guild.channel("voice", Kind::Voice);
    let forum = guild.channel("stories", Kind::Forum);
    voice.overwrite_everyone(0, VIEW_CHANNEL);
    ben.voice(guild, Some(&voice));
    ben.voice(guild, None);
    let said = ann.say("#general", "hello @Ben").unwrap();
    ann.react(&said, "👍").unwrap();
    ann.unreact(&said, "👍");
    let said = ann.edit(&said, "hello again").unwrap();
    ben.reply(&said, "hi").unwrap();
    ann.types("#general");
    let thread = ann.starts_thread("#general", "aside").unwrap();
    ben.say(&thread, "in here").unwrap();
    thread.archive(true);
    ann.posts_in_forum(&forum, "My day", "It went well").unwrap();
    let path = format!("/channels/{}/messages/{}", world.general.id(), said.id);
    rest.send("POST", &format!("{path}/threads"), json!({"name": "from a message"})).await;
    rest.send("PUT", &format!("/channels/{}/pins/{}", world.general.id(), said.id), Value::Null).await;
    let event = json!({"name": "Session", "privacy_level": 2, "entity_type": 3, "scheduled_start_time": "2026-03-11T18:00:00Z",
        "scheduled_end_time": "2026-03-11T19:00:00Z", "entity_metadata": {"location": "#general"}});
    let path = format!("/guilds/{}/scheduled-events", guild.id());
    let (status, made) = rest.send("POST", &path, event).await;
    assert_eq!(status, 200, "{made}");
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    assert_eq!(rest.send("PATCH", &one, json!({"name": "Later"})).await.1["name"], "Later");
    assert_eq!(rest.send("DELETE", &one, Value::Null).await.0, 204);
    ann.dm("hello").unwrap();
    ann.delete(&said).unwrap();
    thread.delete();
    voice.delete();
    ben.leave(guild);
    guild.rename("Lakeside");
    guild.outage(true);
    guild.outage(false);
    guild.remove_bot();
    let handled = |sandbox: &Sandbox| diary.events.load(Ordering::SeqCst) >= sandbox.dispatched();
    world.sandbox.until(GENEROUS, handled).await.unwrap();
    assert!(world.sandbox.dispatched() > 40);
    assert!(diary.unknown.lock().unwrap().is_empty(), "{:#?}", diary.unknown.lock().unwrap());
    bot.abort();
}

/// Decodes as a type of another library.
fn check<T: serde::de::DeserializeOwned>(value: &Value) {
    if let Err(error) = serde_json::from_value::<T>(value.clone()) {
        panic!("{}: {error}\n{value:#}", std::any::type_name::<T>());
    }
}

#[tokio::test]
async fn a_second_library_reads_the_same_objects() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    world.guild.bot_permissions(ALL);
    let (guild, general) = (world.guild.id(), world.general.id());
    let ask = |path: String| {
        let rest = &rest;
        async move { rest.send("GET", &path, Value::Null).await.1 }
    };
    check::<twilight_model::guild::Guild>(&ask(format!("/guilds/{guild}")).await);
    check::<Vec<twilight_model::channel::Channel>>(&ask(format!("/guilds/{guild}/channels")).await);
    check::<Vec<twilight_model::guild::Role>>(&ask(format!("/guilds/{guild}/roles")).await);
    check::<Vec<twilight_model::guild::Member>>(&ask(format!("/guilds/{guild}/members?limit=10")).await);
    check::<twilight_model::user::CurrentUser>(&ask("/users/@me".to_owned()).await);
    check::<twilight_model::oauth::Application>(&ask("/applications/@me".to_owned()).await);
    check::<twilight_model::gateway::connection_info::BotConnectionInfo>(&ask("/gateway/bot".to_owned()).await);
    world.ann.say("#general", "hello").unwrap();
    let embed =
        json!({"title": "T", "description": "D", "fields": [{"name": "a", "value": "b"}], "footer": {"text": "f"}});
    let button = json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}]});
    let layout =
        json!({"flags": 32768, "components": [{"type": 17, "components": [{"type": 10, "content": "# Hi"}, button]}]});
    let (status, posted) = rest.post(general, layout).await;
    assert_eq!(status, 200, "{posted}");
    rest.post(
        general,
        json!({"embeds": [embed], "components": [button], "message_reference": {"message_id": posted["id"]}}),
    )
    .await;
    check::<Vec<twilight_model::channel::Message>>(&ask(format!("/channels/{general}/messages?limit=10")).await);
    let seen = world.ann.reads("#general");
    assert_eq!(seen.get(1).unwrap().text(), "# Hi\nx");
    assert_eq!(seen.get(2).unwrap().replies_to, Some(seen.get(1).unwrap().id));
    let path = format!("/applications/{}/commands", world.sandbox.application_id());
    let option = json!({"type": 3, "name": "zone", "description": "Zone", "required": true});
    let (_, command) = rest.send("POST", &path, json!({"name": "a", "description": "x", "options": [option]})).await;
    check::<twilight_model::application::command::Command>(&command);
}

#[tokio::test]
async fn files_go_up_and_down() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let part = reqwest::multipart::Part::bytes(vec![1, 2, 3]).file_name("trend.png").mime_str("image/png").unwrap();
    let payload = json!({"content": "Your week", "attachments": [{"id": 0, "filename": "trend.png", "description": "A line going up"}]});
    let form = reqwest::multipart::Form::new().text("payload_json", payload.to_string()).part("files[0]", part);
    let url = format!("{}/channels/{}/messages", rest.base, world.general.id());
    let answer = rest.client.post(url).header("authorization", &rest.token).multipart(form).send().await.unwrap();
    let message: Value = answer.json().await.unwrap();
    let link = message["attachments"][0]["url"].as_str().unwrap().to_owned();
    assert_eq!(rest.client.get(link).send().await.unwrap().bytes().await.unwrap().as_ref(), [1, 2, 3]);
    let seen = world.ann.reads("#general").pop().unwrap();
    assert_eq!(seen.text(), "Your week\nA line going up");
    assert_eq!(seen.attachments.first().unwrap().bytes, Arc::new(vec![1, 2, 3]));
    let entry = world.sandbox.requests().pop().unwrap();
    assert_eq!((entry.body, entry.files), (Some(payload), vec![("trend.png".to_owned(), 3)]));
}

#[tokio::test]
async fn watchers_see_things_as_they_happen() {
    let world = riverside(ManualClock::new().options()).await;
    let mut watch = world.sandbox.watch();
    let said = world.ann.say("#general", "one").unwrap();
    world.ann.react(&said, "👍").unwrap();
    world.ann.edit(&said, "two").unwrap();
    world.ann.delete(&said).unwrap();
    let mut kinds = Vec::new();
    while let Ok(seen) = watch.try_recv() {
        assert_eq!((seen.place, seen.guild.as_deref()), (Place::Channel("#general".to_owned()), Some("Riverside")));
        kinds.push((seen.kind, seen.message.unwrap().content));
    }
    let reacted = Happened::Reacted { emoji: "👍".to_owned(), by: "Ann".to_owned() };
    let expected = [(Happened::Posted, "one"), (reacted, "one"), (Happened::Edited, "two"), (Happened::Deleted, "two")];
    assert_eq!(kinds, expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[tokio::test]
async fn hostile_bodies_are_refused_not_fatal() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let app = world.sandbox.application_id();
    let nasty = [
        json!("text"),
        json!([1, 2]),
        json!({"flags": 32768, "components": [{"type": 17, "components": ["x", 1, null]}]}),
        json!({"content": "x", "components": ["x"]}),
        json!({"embeds": ["x"]}),
        json!({"embeds": {"a": 1}}),
        json!({"content": "x", "allowed_mentions": 3}),
        json!({"content": "x", "flags": "y"}),
        json!({"name": {"_errors": 1}, "name_localizations": {"_errors": "X Y", "_errors.a": "X Y"}, "options": [1, {"options": 3}]}),
    ];
    for body in nasty {
        for path in [format!("/channels/{}/messages", world.general.id()), format!("/applications/{app}/commands")] {
            let (status, answer) = rest.send("POST", &path, body.clone()).await;
            assert_eq!(status, 400, "{path} {body} {answer}");
        }
    }
    let raw = rest.client.post(format!("{}/channels/{}/messages", rest.base, world.general.id()));
    let answer = raw.header("authorization", &rest.token).body("{").send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["code"], 50109);
    assert_eq!(rest.post(world.general.id(), json!({"content": "still here"})).await.0, 200);
}
