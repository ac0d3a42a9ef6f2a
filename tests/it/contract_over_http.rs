//! The messenger's contract, held by Discord over HTTP: `Rest` against the sandbox.

use std::time::Duration;

use chrono::{DateTime, Utc};
use daymark::discord::Rest;
use daymark::discord::rest::RestTimings;
use daymark::ids::{ChannelId, UserId};
use daymark::outbox::{Messenger, Place};
use daymark::sandbox::{Channel, Harm, Kind, Person, Sandbox, SandboxOptions};
use futures::FutureExt;
use futures::future::BoxFuture;
use secrecy::SecretString;

use crate::contract::{Lost, World, check};

struct HttpWorld {
    sandbox: Sandbox,
    rest: Rest,
    room: Channel,
    ana: Person,
    closed: Person,
}

impl World for HttpWorld {
    fn messenger(&self) -> &dyn Messenger {
        &self.rest
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.sandbox.now()).expect("a moment")
    }

    fn channel(&self) -> Place {
        Place::Channel(ChannelId::from_snowflake(self.room.id()))
    }

    fn person(&self) -> Place {
        Place::Direct(UserId::from_snowflake(self.ana.id()))
    }

    fn closed_person(&self) -> Place {
        Place::Direct(UserId::from_snowflake(self.closed.id()))
    }

    fn missing(&self) -> Place {
        Place::Channel(ChannelId::new(12))
    }

    fn seen(&self, place: Place) -> BoxFuture<'_, Vec<String>> {
        let messages = match place {
            Place::Channel(_) => self.ana.reads(&self.room),
            Place::Direct(user) if user.snowflake() == self.closed.id() => self.closed.inbox(),
            Place::Direct(_) => self.ana.inbox(),
        };
        let words = messages.into_iter().map(|message| match message.embeds.first() {
            Some(embed) if message.content.is_empty() => embed.title.clone(),
            _ => message.content,
        });
        futures::future::ready(words.collect()).boxed()
    }

    fn lose_next_post(&self, when: Lost) -> BoxFuture<'_, ()> {
        let harm = if when == Lost::Before { Harm::DroppedBefore } else { Harm::DroppedAfter };
        self.sandbox.faults().next("POST", "/channels/*/messages", harm);
        futures::future::ready(()).boxed()
    }
}

#[tokio::test]
async fn discord_over_http_keeps_the_contract() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("loopback is free");
    let (ana, closed) = (sandbox.person("Ana"), sandbox.person("Cleo"));
    let guild = sandbox.guild("House", &ana);
    guild.member(&closed, &[]);
    closed.refuses_dms(true);
    let room = guild.channel("room", Kind::Text);
    let timings = RestTimings { pause: Duration::from_millis(5), ..RestTimings::default() };
    let rest = Rest::with_timings(Some(&sandbox.origin()), &SecretString::from(sandbox.token()), timings).expect("a usable token");
    check(&HttpWorld { sandbox, rest, room, ana, closed }).await;
}
