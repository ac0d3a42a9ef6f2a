//! What goes wrong, and when? The switchboard of failures a test or a demo can play.
//!
//! A fault names requests by method and path pattern (`*` one segment, `**` the rest), says which of
//! them it hits, and what happens to those. Gateway faults act at once or hold until lifted.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use super::gateway::Order;
use super::state::Shared;

/// Rules kept at a time.
const MAX_RULES: usize = 1_000;

/// Which limit a played 429 claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The bot's own, of one route.
    User,
    /// The bot's own, over all routes.
    Global,
    /// One shared with others; does not count towards a ban.
    Shared,
}

impl Scope {
    /// The word of the `X-RateLimit-Scope` header.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Scope::User => "user",
            Scope::Global => "global",
            Scope::Shared => "shared",
        }
    }
}

/// What happens to a request that is hit.
#[derive(Debug, Clone, PartialEq)]
pub enum Harm {
    /// Answered with this status (500, 502, 503 ...) and has no effect.
    Status(u16),
    /// Takes effect, but the answer is this status.
    StatusAfter(u16),
    /// Refused with this status and Discord error code; no effect.
    Refused {
        /// The HTTP status, such as 403.
        status: u16,
        /// The JSON code, such as 50013.
        code: u64,
    },
    /// 429; no effect.
    RateLimited {
        /// How long the bot is told to wait.
        retry_after: Duration,
        /// Whose limit it is.
        scope: Scope,
    },
    /// Takes effect; answered 200 with a body that is not JSON.
    Garbage,
    /// The connection is closed before anything happened.
    DroppedBefore,
    /// It takes effect, then the connection is closed without an answer.
    DroppedAfter,
    /// Waits before taking effect until `release`.
    HeldBefore,
    /// Takes effect, and the answer waits until `release`.
    HeldAfter,
}

/// Names a rule, to lift it or to ask how often it struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultId(u64);

#[derive(Debug, Clone, Copy)]
enum Which {
    Nth(u64),
    Every(u64),
}

#[derive(Debug, Clone)]
struct Rule {
    id: u64,
    method: String,
    pattern: String,
    which: Which,
    matched: u64,
    struck: u64,
    harm: Harm,
}

/// The rules and switches in force.
#[derive(Debug)]
pub(crate) struct FaultBoard {
    rules: Vec<Rule>,
    last_id: u64,
    pub(crate) outage: bool,
    pub(crate) no_hello: bool,
    pub(crate) no_ready: bool,
    pub(crate) no_acks: bool,
    pub(crate) no_events: bool,
    pub(crate) held: u64,
    release: watch::Sender<u64>,
}

impl Default for FaultBoard {
    fn default() -> Self {
        FaultBoard {
            rules: Vec::new(),
            last_id: 0,
            outage: false,
            no_hello: false,
            no_ready: false,
            no_acks: false,
            no_events: false,
            held: 0,
            release: watch::Sender::new(0),
        }
    }
}

impl FaultBoard {
    /// Counts a request against all rules; the first that strikes decides.
    pub(crate) fn strike(&mut self, method: &str, path: &str) -> Option<Harm> {
        if self.outage {
            return Some(Harm::DroppedBefore);
        }
        let mut chosen = None;
        for rule in &mut self.rules {
            let same_method = rule.method == "*" || rule.method.eq_ignore_ascii_case(method);
            if !same_method || !fits(&rule.pattern, path) {
                continue;
            }
            rule.matched += 1;
            let due = match rule.which {
                Which::Nth(n) => rule.matched == n,
                Which::Every(n) => rule.matched.is_multiple_of(n),
            };
            if due && chosen.is_none() {
                rule.struck += 1;
                chosen = Some(rule.harm.clone());
            }
        }
        chosen
    }

    /// A receiver that is told when held requests may go on.
    pub(crate) fn release_notice(&self) -> watch::Receiver<u64> {
        self.release.subscribe()
    }
}

/// True if a path fits a pattern: `*`, `{name}` or `:name` stand for one segment, `**` for the rest.
fn fits(pattern: &str, path: &str) -> bool {
    let mut wanted = pattern.split('/').filter(|part| !part.is_empty());
    let mut given = path.split('/').filter(|part| !part.is_empty());
    loop {
        match (wanted.next(), given.next()) {
            (None, None) | (Some("**"), _) => return true,
            (Some(part), Some(_)) if part == "*" || part.starts_with(['{', ':']) => {}
            (Some(part), Some(segment)) if part == segment => {}
            (Some(_) | None, Some(_) | None) => return false,
        }
    }
}

/// The handle to the switchboard.
#[derive(Clone)]
pub struct Faults {
    pub(crate) shared: Arc<Shared>,
}

impl Faults {
    fn rule(&self, which: Which, method: &str, pattern: &str, harm: Harm) -> FaultId {
        self.shared.look(|world| {
            let board = &mut world.faults;
            board.last_id += 1;
            let id = board.last_id;
            let (method, pattern) = (method.to_owned(), pattern.to_owned());
            if board.rules.len() < MAX_RULES {
                board.rules.push(Rule { id, method, pattern, which, matched: 0, struck: 0, harm });
            }
            FaultId(id)
        })
    }

    /// Harms the next matching request. `method` may be `*`; patterns are below `/api/v10`.
    pub fn next(&self, method: &str, pattern: &str, harm: Harm) -> FaultId {
        self.rule(Which::Nth(1), method, pattern, harm)
    }

    /// Harms the n-th matching request from now, counted from 1.
    pub fn nth(&self, n: u64, method: &str, pattern: &str, harm: Harm) -> FaultId {
        self.rule(Which::Nth(n.max(1)), method, pattern, harm)
    }

    /// Harms every n-th matching request from now on.
    pub fn every(&self, n: u64, method: &str, pattern: &str, harm: Harm) -> FaultId {
        self.rule(Which::Every(n.max(1)), method, pattern, harm)
    }

    /// Harms every matching request until lifted.
    pub fn always(&self, method: &str, pattern: &str, harm: Harm) -> FaultId {
        self.every(1, method, pattern, harm)
    }

    /// How often a rule struck; 0 once it was lifted.
    pub fn struck(&self, id: FaultId) -> u64 {
        self.shared.look(|world| world.faults.rules.iter().find(|rule| rule.id == id.0).map_or(0, |rule| rule.struck))
    }

    /// Takes one rule away.
    pub fn lift(&self, id: FaultId) {
        self.shared.look(|world| world.faults.rules.retain(|rule| rule.id != id.0));
    }

    /// Ends every fault: rules, switches, held requests. Lost sessions stay lost.
    pub fn clear(&self) {
        self.shared.change(|world| {
            let board = &mut world.faults;
            board.rules.clear();
            board.outage = false;
            board.no_hello = false;
            board.no_ready = false;
            board.no_acks = false;
            board.no_events = false;
            world.gateway.flush_all();
        });
        self.release();
    }

    /// How many requests are being held right now.
    pub fn held(&self) -> u64 {
        self.shared.look(|world| world.faults.held)
    }

    /// Lets all held requests go on.
    pub fn release(&self) {
        self.shared.look(|world| world.faults.release.send_modify(|count| *count = count.wrapping_add(1)));
    }

    /// All of Discord away: requests are dropped, gateway connections cut and refused, until `false`.
    pub fn outage(&self, on: bool) {
        self.shared.change(|world| {
            world.faults.outage = on;
            if on {
                world.gateway.order_all(&Order::Cut);
            }
        });
    }

    /// Cuts every gateway connection without a close frame. Sessions can be resumed.
    pub fn cut_gateway(&self) {
        self.shared.change(|world| world.gateway.order_all(&Order::Cut));
    }

    /// Closes every gateway connection with a code (4000, 4004, 4009, 4014 ...). 4007 and 4009 and 1000 and 1001 end the session.
    pub fn close_gateway(&self, code: u16) {
        self.shared.change(|world| {
            world.gateway.order_all(&Order::Close(code));
            if matches!(code, 1000 | 1001 | 4004 | 4007 | 4009 | 4014) {
                world.gateway.forget_sessions();
            }
        });
    }

    /// New connections get no hello while on.
    pub fn withhold_hello(&self, on: bool) {
        self.shared.change(|world| world.faults.no_hello = on);
    }

    /// Identifies are swallowed while on: the handshake never completes.
    pub fn withhold_ready(&self, on: bool) {
        self.shared.change(|world| world.faults.no_ready = on);
    }

    /// Heartbeats are not acknowledged while on (a zombie connection).
    pub fn withhold_acks(&self, on: bool) {
        self.shared.change(|world| world.faults.no_acks = on);
    }

    /// Events pile up unsent while on; they follow, in order, when it ends.
    pub fn withhold_events(&self, on: bool) {
        self.shared.change(|world| {
            world.faults.no_events = on;
            if !on {
                world.gateway.flush_all();
            }
        });
    }

    /// Discord forgets the sessions without telling: connections live, heartbeats are acknowledged,
    /// no event ever comes, and a resume is answered with an invalid session.
    pub fn lose_sessions(&self) {
        self.shared.change(|world| world.gateway.lose_sessions());
    }

    /// Op 7: asks the bot to reconnect and resume.
    pub fn ask_reconnect(&self) {
        self.shared.change(|world| world.gateway.order_all(&Order::Send(serde_json::json!({"op": 7, "d": null}))));
    }

    /// Op 9: invalidates the session; resumable or not.
    pub fn invalidate_session(&self, resumable: bool) {
        self.shared.change(|world| {
            if !resumable {
                world.gateway.forget_sessions();
            }
            world.gateway.order_all(&Order::Send(serde_json::json!({"op": 9, "d": resumable})));
        });
    }

    /// Op 1: asks the bot for a heartbeat now.
    pub fn ask_heartbeat(&self) {
        self.shared.change(|world| world.gateway.order_all(&Order::Send(serde_json::json!({"op": 1, "d": null}))));
    }

    /// Heartbeat interval told to new connections, in milliseconds.
    pub fn heartbeat_interval(&self, ms: u64) {
        self.shared.look(|world| world.spans.heartbeat_ms = ms.max(1));
    }

    /// Sends text that is not even JSON over every connection.
    pub fn gateway_garbage(&self) {
        self.shared.change(|world| world.gateway.order_all(&Order::Text("{not json".to_owned())));
    }

    /// Sends any payload over every connection, as it is.
    pub fn gateway_payload(&self, payload: Value) {
        self.shared.change(|world| world.gateway.order_all(&Order::Send(payload)));
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_fits_what_it_says() {
        let table = [
            ("/channels/*/messages", "/channels/1/messages", true),
            ("/channels/{channel}/messages", "/channels/1/messages", true),
            ("/channels/*/messages", "/channels/1/messages/2", false),
            ("/channels/**", "/channels/1/messages/2", true),
            ("**", "/gateway", true),
            ("/interactions/*/*/callback", "/interactions/1/abc/callback", true),
            ("/gateway", "/gateway/bot", false),
        ];
        for (pattern, path, expected) in table {
            assert_eq!(fits(pattern, path), expected, "{pattern} on {path}");
        }
    }
}
