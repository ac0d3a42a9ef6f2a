//! How often may the bot ask? Discord's limits and the headers that tell of them.
//!
//! Enforcement is off unless switched on; the headers are there always, and generous while it is off
//! so that an obedient bot is never slowed. Limits run on real time, as a bot waits in real time.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Requests per second over all routes of one bot.
const GLOBAL_PER_SECOND: u32 = 50;
/// Buckets remembered.
const MAX_BUCKETS: usize = 10_000;

/// What a request was told about its limit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Allowance {
    pub(crate) bucket: String,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_after: Duration,
    /// `Some(global)` if the request is refused.
    pub(crate) refused: Option<bool>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    began: Instant,
    used: u32,
}

/// The windows in use.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    enforced: bool,
    global: Option<Window>,
    buckets: HashMap<String, Window>,
}

/// Requests and seconds of a route's window, with the bucket's name. Discord does not publish these;
/// they are the values bots have long seen in headers.
fn window_of(method: &str, route: &str) -> (u32, Duration) {
    match (method, route) {
        ("POST" | "PATCH", "/channels/{id}/messages" | "/channels/{id}/messages/{id}") => (5, Duration::from_secs(5)),
        (method, route) if method != "GET" && route.contains("/reactions/") => (1, Duration::from_millis(250)),
        ("POST", "/users/@me/channels") => (10, Duration::from_secs(10)),
        (_, route) if route.starts_with("/webhooks/") => (5, Duration::from_secs(2)),
        (_, _) => (50, Duration::from_secs(1)),
    }
}

fn take(window: &mut Window, now: Instant, limit: u32, length: Duration) -> Result<u32, Duration> {
    if now.duration_since(window.began) >= length {
        *window = Window { began: now, used: 0 };
    }
    if window.used >= limit {
        return Err((window.began + length).saturating_duration_since(now));
    }
    window.used += 1;
    Ok(limit - window.used)
}

impl Limiter {
    /// A limiter with nothing used.
    pub(crate) fn new(enforced: bool) -> Limiter {
        Limiter { enforced, ..Limiter::default() }
    }

    /// Counts one request. Interaction callbacks are exempt from the global limit.
    pub(crate) fn count(&mut self, method: &str, path: &str, route: &str) -> Allowance {
        let (limit, length) = window_of(method, route);
        let major = path.split('/').filter(|part| !part.is_empty()).nth(1).unwrap_or("");
        let bucket = format!("{:016x}", fold(&format!("{method} {route}")));
        if !self.enforced {
            let reset_after = Duration::from_millis(50);
            return Allowance { bucket, limit, remaining: limit.saturating_sub(1), reset_after, refused: None };
        }
        let now = Instant::now();
        if !route.starts_with("/interactions/") && !route.starts_with("/webhooks/") {
            let global = self.global.get_or_insert(Window { began: now, used: 0 });
            if let Err(wait) = take(global, now, GLOBAL_PER_SECOND, Duration::from_secs(1)) {
                return Allowance { bucket, limit, remaining: 0, reset_after: wait, refused: Some(true) };
            }
        }
        if self.buckets.len() >= MAX_BUCKETS {
            self.buckets.retain(|_, window| now.duration_since(window.began) < Duration::from_secs(10));
        }
        let window = self.buckets.entry(format!("{bucket}:{major}")).or_insert(Window { began: now, used: 0 });
        match take(window, now, limit, length) {
            Ok(remaining) => {
                let reset_after = (window.began + length).saturating_duration_since(now);
                Allowance { bucket, limit, remaining, reset_after, refused: None }
            }
            Err(reset_after) => Allowance { bucket, limit, remaining: 0, reset_after, refused: Some(false) },
        }
    }
}

/// A stable number for a bucket's name (FNV-1a).
fn fold(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
