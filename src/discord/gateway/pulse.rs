//! Signs of life of a connection, and what to conclude from them. Pure: every rule is a table below.

use std::time::{Duration, Instant};

use super::{Health, Timings};
use crate::ids::GuildId;

/// What is known of the current connection.
#[derive(Clone, Debug, Default)]
pub struct Pulse {
    /// Its number; events of another one are ignored.
    pub connection: u64,
    /// When it was opened; none while there is none.
    pub opened: Option<Instant>,
    /// When its session became ready or was resumed.
    pub ready: Option<Instant>,
    /// When the last event came.
    pub last_event: Option<Instant>,
    /// When the last heartbeat was answered.
    pub last_ack: Option<Instant>,
    /// The latency as serenity last told it; it changes with every answered heartbeat.
    pub latency: Option<Duration>,
    /// Since when serenity has had no running shard.
    pub gone: Option<Instant>,
    /// When an event was asked for that did not come yet.
    pub asked: Option<Instant>,
    /// Whether an event that was asked for ever came, so that a missing one means something.
    pub answers: bool,
    /// A guild we are in, to ask about.
    pub guild: Option<GuildId>,
}

/// Why a connection is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stuck {
    /// No READY in time.
    #[error("the handshake was never finished")]
    Handshake,
    /// No sign of life.
    #[error("the connection shows no sign of life")]
    Silent,
    /// serenity ended its shard and starts no other.
    #[error("the connection ended without a word")]
    Gone,
    /// Heartbeats are answered, but an event that was asked for never came.
    #[error("the session was lost without a word")]
    Eventless,
}

impl Pulse {
    /// A new connection was opened.
    pub fn opened(&mut self, now: Instant) -> u64 {
        *self = Self { connection: self.connection + 1, opened: Some(now), answers: self.answers, ..Self::default() };
        self.connection
    }

    /// The connection was given up.
    pub fn closed(&mut self) {
        self.opened = None;
        self.ready = None;
    }

    /// An event came.
    pub fn event(&mut self, now: Instant) {
        self.last_event = Some(now);
        self.asked = None;
    }

    /// The session is ready, or goes on after a break.
    pub fn ready(&mut self, now: Instant) {
        self.ready.get_or_insert(now);
    }

    /// An event that we asked for came.
    pub fn answered(&mut self) {
        self.answers = true;
    }

    /// Takes in what serenity says of the last answered heartbeat.
    pub fn latency(&mut self, now: Instant, latency: Option<Duration>) {
        if latency.is_some() && latency != self.latency {
            self.last_ack = Some(now);
        }
        self.latency = latency;
    }

    /// Takes in whether serenity has a running shard.
    pub fn running(&mut self, now: Instant, is_running: bool) {
        self.gone = if is_running { None } else { self.gone.or(Some(now)) };
    }

    /// Whether the connection must be given up.
    pub fn judge(&self, now: Instant, timings: &Timings) -> Option<Stuck> {
        let age = |at: Instant| now.saturating_duration_since(at);
        let opened = self.opened?;
        let Some(ready) = self.ready else {
            return (age(opened) > timings.handshake).then_some(Stuck::Handshake);
        };
        let last = [Some(ready), self.last_event, self.last_ack].into_iter().flatten().max().unwrap_or(ready);
        if age(last) > timings.silence {
            return Some(Stuck::Silent);
        }
        if self.gone.is_some_and(|gone| age(gone) > timings.gone) {
            return Some(Stuck::Gone);
        }
        let missing = self.asked.is_some_and(|asked| age(asked) > timings.quiet_answer);
        (missing && self.answers).then_some(Stuck::Eventless)
    }

    /// The guild to ask about, when it has been so quiet that an event should be asked for.
    pub fn wants_to_ask(&self, now: Instant, timings: &Timings) -> Option<GuildId> {
        let is_judged = self.asked.is_some() && self.answers;
        let since = self.asked.or(self.last_event).or(self.ready)?;
        let due = self.ready.is_some() && !is_judged && now.saturating_duration_since(since) >= timings.quiet;
        self.guild.filter(|_| due)
    }

    /// How the connection is, for people and watchdogs.
    pub fn health(&self, now: Instant, timings: &Timings) -> Health {
        let age = |at: Option<Instant>| at.map(|at| now.saturating_duration_since(at));
        Health {
            connected: self.ready.is_some() && self.judge(now, timings).is_none(),
            connected_for: age(self.ready),
            last_event_age: age(self.last_event),
            heartbeat_age: age(self.last_ack),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::clock::monotonic;

    fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    #[test]
    fn a_handshake_is_given_its_time_and_no_more() {
        let (start, timings) = (monotonic(), Timings::default());
        let mut pulse = Pulse::default();
        assert_eq!(pulse.judge(start + secs(999), &timings), None);
        pulse.opened(start);
        assert_eq!(pulse.judge(start + timings.handshake, &timings), None);
        assert_eq!(pulse.judge(start + timings.handshake + secs(1), &timings), Some(Stuck::Handshake));
        pulse.ready(start + secs(1));
        assert_eq!(pulse.judge(start + secs(20), &timings), None);
    }

    #[test]
    fn any_sign_of_life_counts_and_their_lack_too() {
        let (start, timings) = (monotonic(), Timings::default());
        let mut pulse = Pulse::default();
        pulse.opened(start);
        pulse.ready(start);
        let late = start + timings.silence + secs(1);
        assert_eq!(pulse.judge(late, &timings), Some(Stuck::Silent));
        pulse.latency(start + secs(10), Some(secs(1)));
        assert_eq!(pulse.judge(late, &timings), None);
        // The same latency again is the same heartbeat.
        pulse.latency(start + secs(40), Some(secs(1)));
        assert_eq!(pulse.judge(start + secs(50), &timings), Some(Stuck::Silent));
        pulse.latency(start + secs(50), Some(secs(2)));
        assert_eq!(pulse.judge(start + secs(50), &timings), None);
        assert!(pulse.health(start + secs(50), &timings).connected);
        pulse.closed();
        assert!(!pulse.health(start + secs(50), &timings).connected);
    }

    #[test]
    fn a_shard_that_ended_is_missed_unless_another_is_started() {
        let (start, timings) = (monotonic(), Timings::default());
        let mut pulse = Pulse::default();
        pulse.opened(start);
        pulse.ready(start);
        pulse.running(start, false);
        pulse.running(start + secs(1), false);
        assert_eq!(pulse.judge(start + timings.gone, &timings), None);
        assert_eq!(pulse.judge(start + timings.gone + secs(1), &timings), Some(Stuck::Gone));
        pulse.running(start + secs(3), true);
        assert_eq!(pulse.judge(start + timings.gone + secs(1), &timings), None);
    }

    #[test]
    fn a_missing_event_means_something_only_where_one_ever_came() {
        let (start, timings) = (monotonic(), Timings::default());
        let mut pulse = Pulse::default();
        pulse.opened(start);
        pulse.ready(start);
        pulse.event(start);
        let quiet = start + timings.quiet;
        pulse.latency(quiet, Some(secs(1)));
        assert_eq!(pulse.wants_to_ask(quiet, &timings), None);
        pulse.guild = Some(GuildId::new(1));
        assert_eq!(pulse.wants_to_ask(quiet - secs(1), &timings), None);
        assert_eq!(pulse.wants_to_ask(quiet, &timings), Some(GuildId::new(1)));
        pulse.asked = Some(quiet);
        let late = quiet + timings.quiet_answer + secs(1);
        assert_eq!(pulse.judge(late, &timings), None);
        pulse.answered();
        assert_eq!(pulse.judge(late, &timings), Some(Stuck::Eventless));
        pulse.event(late);
        assert_eq!(pulse.judge(late, &timings), None);
    }
}
