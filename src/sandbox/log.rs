//! What did the bot ask of Discord? Every request, in order, with its answer.

use std::collections::VecDeque;

use serde_json::Value;

/// Requests kept; the oldest go first, the counters go on.
const MAX_RECORDED: usize = 100_000;

/// One request of the bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Running number, from 1.
    pub number: u64,
    /// The HTTP method, upper case.
    pub method: String,
    /// The path below `/api/v10`, ids filled in.
    pub path: String,
    /// The query string, without `?`.
    pub query: String,
    /// The path with ids, tokens and emoji replaced: `/channels/{id}/messages`.
    pub route: String,
    /// The JSON body, or `payload_json` of a multipart one.
    pub body: Option<Value>,
    /// Names and sizes in bytes of attached files.
    pub files: Vec<(String, usize)>,
    /// The HTTP status answered; 0 if the connection was dropped instead.
    pub status: u16,
    /// True if the request changed (or read) the world; false if it was harmed or limited before.
    pub effective: bool,
    /// When it came, Unix milliseconds of the sandbox's clock.
    pub at: i64,
}

/// Totals since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// All requests.
    pub requests: u64,
    /// Answers with 401, 403 or 429 (not of scope `shared`): 10,000 in ten minutes are a ban.
    pub invalid: u64,
    /// Answers with 429.
    pub limited: u64,
    /// Requests a fault was played on.
    pub harmed: u64,
}

/// The log of requests.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    pub(crate) entries: VecDeque<Recorded>,
    pub(crate) counters: Counters,
}

impl RequestLog {
    /// Adds one request and counts it.
    pub(crate) fn add(&mut self, mut entry: Recorded, shared_scope: bool, harmed: bool) {
        self.counters.requests += 1;
        self.counters.harmed += u64::from(harmed);
        self.counters.limited += u64::from(entry.status == 429);
        self.counters.invalid += u64::from(matches!(entry.status, 401 | 403 | 429) && !shared_scope);
        entry.number = self.counters.requests;
        self.entries.push_back(entry);
        if self.entries.len() > MAX_RECORDED {
            self.entries.pop_front();
        }
    }
}

/// The path with everything that varies taken out.
pub(crate) fn route_of(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let mut route = String::new();
    for (index, part) in segments.iter().enumerate() {
        let before = |back: usize| index.checked_sub(back).and_then(|at| segments.get(at)).copied();
        let shown = if before(1) == Some("reactions") {
            "{emoji}"
        } else if matches!(before(2), Some("webhooks" | "interactions")) {
            "{token}"
        } else if part.len() >= 5 && part.bytes().all(|byte| byte.is_ascii_digit()) {
            "{id}"
        } else {
            part
        };
        route.push('/');
        route.push_str(shown);
    }
    route
}
