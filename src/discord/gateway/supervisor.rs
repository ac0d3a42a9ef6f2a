//! Opens connections, watches over them, and rebuilds what is stuck: with growing pauses, never beyond
//! what Discord allows, and never where only a person can mend it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::Rng;
use serenity::all::GatewayIntents;
use serenity::gateway::GatewayError;
use tokio_util::sync::CancellationToken;

use super::connection::{Connection, Shards, Target};
use super::incoming::Incoming;
use super::pulse::Stuck;
use super::{Gateway, Timings, Trouble};
use crate::clock::monotonic;
use crate::discord::rest::guilds::GatewayFacts;
use crate::discord::rest::{CallError, DEFAULT_ORIGIN};

/// Longest wait for Discord's daily number of sessions to be full again: a day.
const LONGEST_SESSION_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// What we ask for besides the privileged intents
/// (<https://docs.discord.com/developers/events/gateway#gateway-intents>).
fn plain_intents() -> GatewayIntents {
    GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::GUILD_VOICE_STATES
        | GatewayIntents::DIRECT_MESSAGES
}

/// How a connection ended.
#[derive(Debug)]
enum End {
    Stopped,
    Stuck(Stuck),
    /// serenity gave up, with Discord's reason if there was one.
    Ended(Option<GatewayError>),
}

/// Where we are between connections.
struct Course {
    intents: GatewayIntents,
    failures: u32,
    last_opened: Option<Instant>,
}

impl Gateway {
    /// Stays connected until `stop`.
    pub(super) async fn supervise(&self, stop: &CancellationToken) -> Result<(), Trouble> {
        let mut course = Course {
            intents: plain_intents() | GatewayIntents::GUILD_MEMBERS | GatewayIntents::MESSAGE_CONTENT,
            failures: 0,
            last_opened: None,
        };
        while !stop.is_cancelled() {
            let Some(facts) = self.where_to(&mut course, stop).await? else { break };
            if !self.wait_for_turn(&course, &facts, stop).await {
                break;
            }
            let opened = monotonic();
            course.last_opened = Some(opened);
            let end = self.connect(&facts, course.intents, stop).await?;
            self.pulse().closed();
            match end {
                End::Stopped => break,
                End::Ended(Some(GatewayError::InvalidAuthentication)) => return Err(Trouble::Token),
                End::Ended(Some(GatewayError::DisallowedGatewayIntents)) if course.intents != plain_intents() => {
                    course.intents = self.allowed_intents(course.intents).await;
                    continue;
                }
                End::Ended(Some(GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents)) => {
                    return Err(Trouble::Intents);
                }
                End::Ended(error) => {
                    tracing::warn!(reason = error.map(|error| error.to_string()), "the gateway connection ended")
                }
                End::Stuck(stuck) => tracing::warn!(reason = %stuck, "the gateway connection is stuck and is rebuilt"),
            }
            course.failures = if since(opened) >= self.0.timings.good_after { 0 } else { course.failures + 1 };
            self.pause(course.failures, stop).await;
        }
        Ok(())
    }

    /// Asks our origin where the gateway is; nothing when stopped meanwhile.
    async fn where_to(&self, course: &mut Course, stop: &CancellationToken) -> Result<Option<GatewayFacts>, Trouble> {
        let rest = &self.0.bot.rest;
        loop {
            let asked = tokio::select! {
                asked = rest.gateway_bot() => asked,
                () = stop.cancelled() => return Ok(None),
            };
            let wrong = |why: String| Trouble::Origin { origin: rest.origin().to_owned(), why };
            match asked {
                Ok(facts) => {
                    check_address(rest.origin(), &facts.url).map_err(wrong)?;
                    if facts.shards > 1 {
                        tracing::warn!(shards = facts.shards, "Discord recommends several connections; one is used");
                    }
                    return Ok(Some(facts));
                }
                Err(CallError::Refused { status: 401, .. }) => return Err(Trouble::Token),
                Err(CallError::Refused { status, .. }) => {
                    return Err(wrong(format!("GET /gateway/bot answered HTTP {status}")));
                }
                Err(CallError::Unsure(why)) if why.starts_with("the answer") => return Err(wrong(why.to_owned())),
                Err(error) => tracing::warn!(%error, "Discord cannot be asked where the gateway is, trying again"),
            }
            course.failures += 1;
            self.pause(course.failures, stop).await;
            if stop.is_cancelled() {
                return Ok(None);
            }
        }
    }

    /// Waits until Discord allows another IDENTIFY; says whether to go on.
    async fn wait_for_turn(&self, course: &Course, facts: &GatewayFacts, stop: &CancellationToken) -> bool {
        let gap =
            course.last_opened.map_or(Duration::ZERO, |last| self.0.timings.identify_gap.saturating_sub(since(last)));
        let wait = if facts.sessions_left == 0 {
            let wait = Duration::from_millis(facts.resets_after_ms).min(LONGEST_SESSION_WAIT);
            tracing::error!(seconds = wait.as_secs(), "Discord allows no more sessions today, waiting");
            wait.max(gap)
        } else {
            gap
        };
        sleep_unless(wait, stop).await
    }

    async fn pause(&self, failures: u32, stop: &CancellationToken) {
        let wait = pause(failures, &self.0.timings, rand::rng().random_range(0.75..1.25));
        sleep_unless(wait, stop).await;
    }

    /// Opens a connection and watches over it to its end.
    async fn connect(
        &self,
        facts: &GatewayFacts,
        intents: GatewayIntents,
        stop: &CancellationToken,
    ) -> Result<End, Trouble> {
        let shards = Shards::default();
        let connection = self.pulse().opened(monotonic());
        let incoming = Incoming {
            gateway: self.clone(),
            connection,
            shards: shards.clone(),
            runtime: tokio::runtime::Handle::current(),
        };
        let target = Target { url: facts.url.clone(), intents };
        let mut open = Connection::open(&self.0.bot.rest, target, shards, Arc::new(incoming))
            .map_err(|error| Trouble::Thread(error.to_string()))?;
        let end = self.watch_over(&mut open, stop).await;
        open.close().await;
        Ok(end)
    }

    async fn watch_over(&self, open: &mut Connection, stop: &CancellationToken) -> End {
        let timings = self.0.timings;
        let mut look = tokio::time::interval(timings.look);
        let mut probed = monotonic();
        loop {
            tokio::select! {
                () = stop.cancelled() => return End::Stopped,
                end = &mut open.ended => return End::Ended(end.ok().flatten()),
                _ = look.tick() => {}
            }
            let latency = open.latency().await;
            let now = monotonic();
            let (stuck, is_ready, ask) = {
                let mut pulse = self.pulse();
                pulse.latency(now, latency);
                pulse.running(now, open.is_running());
                let ask = pulse.wants_to_ask(now, &timings);
                if ask.is_some() {
                    pulse.asked = Some(now);
                }
                (pulse.judge(now, &timings), pulse.ready.is_some(), ask)
            };
            if let Some(stuck) = stuck {
                return End::Stuck(stuck);
            }
            if is_ready && now.saturating_duration_since(probed) >= timings.probe {
                probed = now;
                open.probe().await;
            }
            if let (Some(guild), Ok(me)) = (ask, self.0.bot.rest.me().await) {
                open.ask(guild, me).await;
            }
        }
    }

    /// Some of the privileged intents were refused: keeps those the application is allowed, and says
    /// loudly what is missing.
    async fn allowed_intents(&self, asked: GatewayIntents) -> GatewayIntents {
        let mut intents = plain_intents();
        if let Ok(facts) = self.0.bot.rest.application().await {
            intents.set(GatewayIntents::GUILD_MEMBERS, facts.may_see_members());
            intents.set(GatewayIntents::MESSAGE_CONTENT, facts.may_read_words());
        }
        if intents == asked {
            intents = plain_intents();
        }
        if !intents.contains(GatewayIntents::MESSAGE_CONTENT) {
            self.0.without_words.send_replace(true);
            tracing::error!(
                "Discord refuses the message content intent: words that may mean a crisis are NOT noticed. Switch on \"Message Content Intent\" at https://discord.com/developers/applications (Bot, Privileged Gateway Intents) and start again. Everything on demand works without it."
            );
        }
        if !intents.contains(GatewayIntents::GUILD_MEMBERS) {
            tracing::error!(
                "Discord refuses the server members intent: people who leave are noticed late. Switch on \"Server Members Intent\" at https://discord.com/developers/applications (Bot, Privileged Gateway Intents) and start again."
            );
        }
        intents
    }
}

fn since(moment: Instant) -> Duration {
    monotonic().saturating_duration_since(moment)
}

/// Sleeps, unless stopped; says whether to go on.
pub(crate) async fn sleep_unless(wait: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        () = tokio::time::sleep(wait) => !stop.is_cancelled(),
        () = stop.cancelled() => false,
    }
}

/// How long to pause after that many failures in a row: doubling, bounded, and spread by `jitter` so that
/// many bots do not come back at the same moment.
fn pause(failures: u32, timings: &Timings, jitter: f64) -> Duration {
    if failures == 0 {
        return Duration::ZERO;
    }
    let doubled = timings.pause.saturating_mul(1 << (failures - 1).min(16));
    doubled.min(timings.longest_pause).mul_f64(jitter)
}

/// Whether that is an address of a gateway our origin may send us to.
fn check_address(origin: &str, address: &str) -> Result<(), String> {
    let parsed = url::Url::parse(address).map_err(|_| "its gateway address is no address".to_owned())?;
    let is_secure = parsed.scheme() == "wss";
    if !is_secure && parsed.scheme() != "ws" {
        return Err("its gateway address is no ws:// or wss:// address".into());
    }
    if origin == DEFAULT_ORIGIN && !is_secure {
        return Err("its gateway address is not encrypted".into());
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_are_bounded() {
        let timings = Timings::default();
        let secs = |failures| pause(failures, &timings, 1.0).as_secs();
        assert_eq!([0, 1, 2, 3, 7, 8, 40, u32::MAX].map(secs), [0, 1, 2, 4, 64, 120, 120, 120]);
        assert_eq!(pause(2, &timings, 0.75), Duration::from_millis(1500));
    }

    #[test]
    fn only_a_websocket_address_is_connected_to() {
        let local = "http://127.0.0.1:3100";
        let table = [
            (DEFAULT_ORIGIN, "wss://gateway.discord.gg", true),
            (DEFAULT_ORIGIN, "ws://gateway.discord.gg", false),
            (local, "ws://127.0.0.1:3100", true),
            (local, "wss://gateway.discord.gg", true),
            (local, "http://127.0.0.1:3100", false),
            (local, "", false),
        ];
        for (origin, address, fits) in table {
            assert_eq!(check_address(origin, address).is_ok(), fits, "{origin} {address}");
        }
    }
}
