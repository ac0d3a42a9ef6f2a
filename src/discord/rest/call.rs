//! What a call is, how its answer is read, and which failures are tried again.

use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::RestTimings;
use crate::card::File;
use crate::discord::limits::{Priority, Route, Scope, Told};
use crate::outbox::SendError;

/// Most tries of an idempotent call.
const IDEMPOTENT_TRIES: u32 = 4;
/// Longest a call that nobody watches waits for a limit before it is given up.
const LONGEST_LIMIT_WAIT: Duration = Duration::from_secs(30);
/// Most tries of an answer to an interaction.
const ANSWER_TRIES: u32 = 8;
/// Pause before an answer to an interaction is tried again.
const ANSWER_PAUSE: Duration = Duration::from_millis(60);
/// Longest that a later answer (edit or followup; its token lives 15 minutes) is tried again.
const LATER_ANSWER_TIME: Duration = Duration::from_secs(20);
/// Least time a try is given, even when the budget is over: a late try costs nothing.
const LEAST_TRY: Duration = Duration::from_millis(500);
/// How long we wait after a 401: the token is refused, and repeating it leads to a ban.
const UNAUTHORISED_REST: Duration = Duration::from_secs(60);
/// How long we wait after a connection could not be opened.
const UNREACHED_WAIT: Duration = Duration::from_secs(2);
/// Discord's JSON code for an interaction that was answered before
/// (<https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>).
pub const ALREADY_ACKNOWLEDGED: u32 = 40060;
/// Discord's JSON code for a message that is gone.
pub const UNKNOWN_MESSAGE: u32 = 10008;
/// Discord's JSON code for a channel that is gone.
pub const UNKNOWN_CHANNEL: u32 = 10003;

/// One call: where it goes, how urgent it is, and what may be repeated.
pub struct Call<'a> {
    /// The method.
    pub method: Method,
    /// The path with its parameters left open; names the bucket.
    pub template: &'static str,
    /// The path below `/api/v10`, with a query if there is one.
    pub path: String,
    /// The major parameter's id, or zero.
    pub major: u64,
    /// How urgent it is.
    pub priority: Priority,
    /// What may be tried again.
    pub retry: Retry,
    /// The JSON body.
    pub body: Option<Value>,
    /// Files that go with the body.
    pub files: &'a [File],
    /// Why, for the guild's audit log.
    pub reason: Option<&'a str>,
    /// Whether the bot's token goes with it (not with calls whose path holds a token of its own).
    pub signed: bool,
    /// Longest wait for a turn, when not the usual.
    pub patience: Option<Duration>,
    /// When the interaction arrived that this answers.
    pub started: Option<Instant>,
}

impl<'a> Call<'a> {
    /// A call that changes nothing when repeated.
    pub fn idempotent(method: Method, template: &'static str, path: String, major: u64) -> Self {
        Self {
            method,
            template,
            path,
            major,
            priority: Priority::Normal,
            retry: Retry::Idempotent,
            body: None,
            files: &[],
            reason: None,
            signed: true,
            patience: None,
            started: None,
        }
    }

    /// The same call with a body.
    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// The same call with files.
    #[must_use]
    pub fn files(mut self, files: &'a [File]) -> Self {
        self.files = files;
        self
    }

    /// The same call, as urgent as that.
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// The same call, repeated like that.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// What the limiter knows it by.
    pub fn route(&self) -> Route {
        let method = match self.method {
            Method::GET => "get",
            Method::POST => "post",
            Method::PUT => "put",
            Method::PATCH => "patch",
            _ => "delete",
        };
        Route { method, template: self.template, major: self.major }
    }
}

/// Which failures are tried again inside [`super::Rest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// None: the outbox decides.
    Never,
    /// Lost connections, server errors and limits, a bounded number of times.
    Idempotent,
    /// The first answer to an interaction: quickly, within its three seconds; "already acknowledged"
    /// after a first try means that the first try arrived.
    FirstAnswer,
    /// A later answer to an interaction: its person waits, so rather twice than not at all.
    LaterAnswer,
}

impl Retry {
    /// How long to pause before the next try after the `tries`-th failed; nothing when it is over.
    pub fn pause(self, error: &CallError, tries: u32, spent: Duration, timings: &RestTimings) -> Option<Duration> {
        let may_help = match error {
            CallError::Server(_) | CallError::NotReached | CallError::Unsure(_) => true,
            CallError::Limited(_) => true,
            CallError::Refused { .. } | CallError::Resting(_) => false,
        };
        let wait = if let CallError::Limited(wait) = error { *wait } else { Duration::ZERO };
        if !may_help {
            return None;
        }
        match self {
            Self::Never => None,
            Self::Idempotent => {
                let pause = timings.pause.saturating_mul(1 << (2 * tries.min(4) - 2));
                (tries < IDEMPOTENT_TRIES && wait <= LONGEST_LIMIT_WAIT).then(|| pause.max(wait))
            }
            Self::FirstAnswer => {
                let pause = ANSWER_PAUSE.saturating_mul(tries).max(wait);
                (tries < ANSWER_TRIES && spent + pause < timings.answer_budget).then_some(pause)
            }
            Self::LaterAnswer => {
                let pause = timings.pause.saturating_mul(tries).max(wait);
                (tries < ANSWER_TRIES && spent + pause < LATER_ANSWER_TIME).then_some(pause)
            }
        }
    }

    /// Whether a refusal of a repeated call says that an earlier try had arrived.
    pub fn is_done_by(self, error: &CallError) -> bool {
        self == Self::FirstAnswer && matches!(error, CallError::Refused { code: ALREADY_ACKNOWLEDGED, .. })
    }

    /// How long one try may take after `spent`.
    pub fn try_time(self, spent: Duration, timings: &RestTimings) -> Duration {
        match self {
            Self::FirstAnswer => timings.answer.min(timings.answer_budget.saturating_sub(spent)).max(LEAST_TRY),
            Self::Never | Self::Idempotent | Self::LaterAnswer => timings.total,
        }
    }
}

/// Why a call failed. Holds codes only: no address, no body, no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Discord refuses, and a repeat would be refused as well.
    #[error("Discord refused with code {code} (HTTP {status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's JSON error code; zero when the answer has none.
        code: u32,
    },
    /// A rate limit holds for that long; nothing happened.
    #[error("Discord's rate limit asks to wait {} ms", .0.as_millis())]
    Limited(Duration),
    /// We rest after too many refusals.
    #[error("resting for {} s after too many refusals", .0.as_secs())]
    Resting(Duration),
    /// Discord has trouble; the call may or may not have taken effect.
    #[error("Discord has trouble (HTTP {0})")]
    Server(u16),
    /// No connection could be opened; nothing happened.
    #[error("Discord cannot be reached")]
    NotReached,
    /// The answer was lost; the call may or may not have taken effect.
    #[error("no sure answer: {0}")]
    Unsure(&'static str),
}

impl CallError {
    /// What a transport error means. The error itself is not kept: it holds the address.
    pub(super) fn lost(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::NotReached
        } else if error.is_builder() {
            Self::Unsure("the call cannot be written")
        } else if error.is_timeout() {
            Self::Unsure("no answer in time")
        } else {
            Self::Unsure("the connection broke")
        }
    }

    /// Discord's JSON code, or the HTTP status where there is none; nothing for other failures.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Refused { status, code: 0 } => Some(u32::from(*status)),
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// Whether what the call was about is gone (404), such as a deleted channel.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Refused { status: 404, .. })
    }
}

impl From<CallError> for SendError {
    fn from(error: CallError) -> Self {
        match error {
            // The token is refused, not the message: it must not be given up.
            CallError::Refused { status: 401, .. } => Self::Resting(UNAUTHORISED_REST),
            CallError::Refused { status, code } => Self::Refused { code: if code == 0 { status.into() } else { code } },
            CallError::Limited(wait) => Self::Wait(wait),
            CallError::Resting(rest) => Self::Resting(rest),
            CallError::NotReached => Self::Wait(UNREACHED_WAIT),
            CallError::Server(status) => Self::Unsure(format!("HTTP {status}")),
            CallError::Unsure(why) => Self::Unsure(why.into()),
        }
    }
}

/// An answer, read to its end.
pub(super) struct Answer {
    status: u16,
    body: Value,
    /// What it says about limits.
    pub told: Told,
}

impl Answer {
    /// Reads an answer; a body that is not JSON counts as none.
    pub fn read(status: u16, mut told: Told, bytes: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(bytes).unwrap_or(Value::Null);
        if status == 429 {
            if let Some(wait) = body["retry_after"].as_f64() {
                told.retry_after = Some(seconds(wait));
            }
            if told.scope.is_none() {
                told.scope = body["global"].as_bool().map(|global| if global { Scope::Global } else { Scope::User });
            }
        }
        Self { status, body, told }
    }

    /// The body of a success, or what the failure means.
    pub fn into_result(self) -> Result<Value, CallError> {
        match self.status {
            200..=299 => Ok(self.body),
            429 => Err(CallError::Limited(self.told.retry_after.unwrap_or(LONGEST_LIMIT_WAIT))),
            408 | 500..=599 => Err(CallError::Server(self.status)),
            status => {
                let code = self.body["code"].as_u64().and_then(|code| u32::try_from(code).ok()).unwrap_or(0);
                Err(CallError::Refused { status, code })
            }
        }
    }
}

/// Reads the limit headers (<https://docs.discord.com/developers/topics/rate-limits#header-format>).
pub(super) fn told(status: u16, headers: &HeaderMap) -> Told {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |name: &str| text(name).and_then(|value| value.parse().ok());
    let wait = |name: &str| text(name).and_then(|value| value.parse().ok()).map(seconds);
    let global = text("x-ratelimit-global").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let scope = match text("x-ratelimit-scope") {
        _ if global => Some(Scope::Global),
        Some("global") => Some(Scope::Global),
        Some("user") => Some(Scope::User),
        Some("shared") => Some(Scope::Shared),
        _ => None,
    };
    Told {
        status,
        bucket: text("x-ratelimit-bucket").map(ToOwned::to_owned),
        limit: number("x-ratelimit-limit"),
        remaining: number("x-ratelimit-remaining"),
        reset_after: wait("x-ratelimit-reset-after"),
        retry_after: wait("retry-after"),
        scope,
    }
}

/// Seconds as Discord writes them, with fractions; nonsense becomes zero.
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn each_class_of_call_repeats_what_helps_and_no_more() {
        let timings = RestTimings::default();
        let ms = Duration::from_millis;
        let refused = CallError::Refused { status: 403, code: 50013 };
        let (server, lost) = (CallError::Server(502), CallError::Unsure("the connection broke"));
        // class, error, tries, spent, pause
        let table = [
            (Retry::Never, lost, 1, ms(0), None),
            (Retry::Never, CallError::Limited(ms(5)), 1, ms(0), None),
            (Retry::Idempotent, lost, 1, ms(0), Some(ms(200))),
            (Retry::Idempotent, server, 2, ms(0), Some(ms(800))),
            (Retry::Idempotent, server, 3, ms(0), Some(ms(3200))),
            (Retry::Idempotent, server, 4, ms(0), None),
            (Retry::Idempotent, CallError::NotReached, 1, ms(0), Some(ms(200))),
            (Retry::Idempotent, CallError::Limited(ms(7000)), 1, ms(0), Some(ms(7000))),
            (Retry::Idempotent, CallError::Limited(ms(70_000)), 1, ms(0), None),
            (Retry::Idempotent, refused, 1, ms(0), None),
            (Retry::Idempotent, CallError::Resting(ms(1)), 1, ms(0), None),
            (Retry::FirstAnswer, lost, 1, ms(100), Some(ms(60))),
            (Retry::FirstAnswer, server, 2, ms(1300), Some(ms(120))),
            (Retry::FirstAnswer, lost, 2, ms(2790), None),
            (Retry::FirstAnswer, refused, 1, ms(0), None),
            (Retry::LaterAnswer, lost, 2, ms(2790), Some(ms(400))),
            (Retry::LaterAnswer, lost, 3, ms(20_000), None),
        ];
        for (class, error, tries, spent, pause) in table {
            assert_eq!(class.pause(&error, tries, spent, &timings), pause, "{class:?} {error:?} {tries} {spent:?}");
        }
    }

    #[test]
    fn a_failed_post_tells_the_outbox_what_is_sure() {
        let second = Duration::from_secs(1);
        let table = [
            (CallError::Refused { status: 403, code: 50007 }, SendError::Refused { code: 50007 }),
            (CallError::Refused { status: 404, code: 0 }, SendError::Refused { code: 404 }),
            (CallError::Refused { status: 401, code: 0 }, SendError::Resting(UNAUTHORISED_REST)),
            (CallError::Limited(second), SendError::Wait(second)),
            (CallError::Resting(second), SendError::Resting(second)),
            (CallError::NotReached, SendError::Wait(UNREACHED_WAIT)),
            (CallError::Server(502), SendError::Unsure("HTTP 502".into())),
            (CallError::Unsure("the connection broke"), SendError::Unsure("the connection broke".into())),
        ];
        for (error, expected) in table {
            assert_eq!(SendError::from(error), expected);
        }
    }

    #[test]
    fn limits_are_read_from_headers_and_body() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("x-ratelimit-bucket", "abc"),
            ("x-ratelimit-limit", "5"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset-after", "1.25"),
            ("x-ratelimit-scope", "shared"),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        let read = Answer::read(429, told(429, &headers), br#"{"message":"...","retry_after":0.5,"global":false}"#);
        assert_eq!(
            read.told,
            Told {
                status: 429,
                bucket: Some("abc".into()),
                limit: Some(5),
                remaining: Some(0),
                reset_after: Some(Duration::from_millis(1250)),
                retry_after: Some(Duration::from_millis(500)),
                scope: Some(Scope::Shared),
            }
        );
        let scope = |body: &[u8]| Answer::read(429, told(429, &HeaderMap::new()), body).told.scope;
        assert_eq!(scope(br#"{"retry_after":1,"global":true}"#), Some(Scope::Global));
        assert_eq!(scope(br#"{"retry_after":1,"global":false}"#), Some(Scope::User));
        assert_eq!(scope(b"<html>"), None);
        assert_eq!(seconds(f64::NAN), Duration::ZERO);
    }
}
