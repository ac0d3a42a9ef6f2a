//! Every call to Discord over HTTP goes through [`Rest`]: one client with time-outs, one limiter, one
//! place where an answer becomes a result. serenity's own HTTP client is never used.
//!
//! - [`call`]: what a call is, how its answer is read, and which failures are tried again.
//! - [`messages`]: posting, finding, editing, deleting; implements the outbox's port.
//! - [`answers`]: answers to interactions, which wait behind nothing.
//! - [`guilds`]: guilds, channels, members, roles, commands. [`scheduled`]: what a server shows under Events.
//!
//! What is retried: calls that change nothing when repeated, and answers to interactions (Discord says
//! "already acknowledged" to a repeated one, which then counts as success). What is not: posting a
//! message; the outbox decides about that, because only it knows whether a repeat may be seen.
//!
//! Nothing here logs a body, an address (webhook addresses hold a secret) or a name.

pub mod answers;
pub mod call;
pub mod guilds;
pub mod messages;
pub mod scheduled;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

pub use answers::Answering;
pub use call::{Call, CallError, Retry};

use super::limits::{Held, Limiter};
use crate::card::File;
use crate::clock::monotonic;
use crate::ids::UserId;

/// Where Discord's API lives unless an operator says otherwise.
pub const DEFAULT_ORIGIN: &str = "https://discord.com";
/// The version of the API that every path is under
/// (<https://docs.discord.com/developers/reference#api-versioning>).
pub const API_PATH: &str = "/api/v10";
/// Where Discord keeps files that people give (<https://docs.discord.com/developers/reference#signed-attachment-cdn-urls>).
const FILE_HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// Largest answer that is read; a guild with thousands of channels and roles stays below.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;
/// How long an idle connection is kept for the next call.
const IDLE: Duration = Duration::from_secs(45);
/// How Discord asks clients to name themselves
/// (<https://docs.discord.com/developers/reference#user-agent>).
const USER_AGENT: &str = concat!("DiscordBot (https://crates.io/crates/daymark, ", env!("CARGO_PKG_VERSION"), ")");

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct RestTimings {
    /// Opening a connection.
    pub connect: Duration,
    /// One try of an ordinary call, from sending to the last byte of the answer.
    pub total: Duration,
    /// One try of an answer to an interaction; short, so that a second fits into its three seconds.
    pub answer: Duration,
    /// From the arrival of an interaction to the last moment an answer can help
    /// (<https://docs.discord.com/developers/interactions/receiving-and-responding>: 3 s).
    pub answer_budget: Duration,
    /// How long a message may wait for its turn before the outbox is told to come back.
    pub patience: Duration,
    /// First pause before an idempotent call is tried again; it doubles.
    pub pause: Duration,
}

impl Default for RestTimings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            total: Duration::from_secs(10),
            answer: Duration::from_millis(1200),
            answer_budget: Duration::from_millis(2800),
            patience: Duration::from_secs(5),
            pause: Duration::from_millis(200),
        }
    }
}

/// Why no client could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetUpError {
    /// The token cannot be sent as a header.
    #[error(
        "the Discord token holds characters that no token has. Copy it again from the developer portal (Bot, Reset Token) and set DISCORD_TOKEN to it, without quotes or spaces."
    )]
    Token,
    /// The origin is no address.
    #[error(
        "{0} is not an address Daymark can speak to. Set DISCORD_API_BASE to something like http://127.0.0.1:3100, or leave it out."
    )]
    Origin(String),
    /// The system refuses, such as for lack of certificates.
    #[error("no HTTPS client can be made on this system: {0}")]
    Client(String),
}

/// The way to Discord. Cheap to clone; all clones share connections and limits.
#[derive(Clone)]
pub struct Rest(Arc<Inner>);

struct Inner {
    client: reqwest::Client,
    origin: String,
    token: SecretString,
    bearer: HeaderValue,
    timings: RestTimings,
    limiter: Limiter,
    direct: messages::DirectChannels,
    me: OnceLock<UserId>,
    application: OnceLock<u64>,
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest").field("origin", &self.0.origin).finish_non_exhaustive()
    }
}

impl Rest {
    /// A client for `origin` ([`DEFAULT_ORIGIN`] when none is given) that speaks as the bot with this
    /// token. It follows no redirects and uses no system proxy, so that nothing but the origin is ever
    /// spoken to.
    ///
    /// # Errors
    /// When the token or the origin cannot be used at all; nothing is sent yet.
    pub fn new(origin: Option<&str>, token: &SecretString) -> Result<Self, SetUpError> {
        Self::with_timings(origin, token, RestTimings::default())
    }

    /// As [`Rest::new`], with other time-outs.
    ///
    /// # Errors
    /// As [`Rest::new`].
    pub fn with_timings(origin: Option<&str>, token: &SecretString, timings: RestTimings) -> Result<Self, SetUpError> {
        let origin =
            origin.unwrap_or(DEFAULT_ORIGIN).trim().trim_end_matches('/').trim_end_matches(API_PATH).to_owned();
        let parsed = url::Url::parse(&origin).map_err(|_| SetUpError::Origin(origin.clone()))?;
        if !matches!(parsed.scheme(), "http" | "https") || parsed.host_str().is_none() || parsed.path() != "/" {
            return Err(SetUpError::Origin(origin));
        }
        let plain = bare_token(token.expose_secret());
        let mut bearer = HeaderValue::from_str(&format!("Bot {plain}")).map_err(|_| SetUpError::Token)?;
        if plain.is_empty() || !plain.chars().all(|c| c.is_ascii_graphic()) {
            return Err(SetUpError::Token);
        }
        bearer.set_sensitive(true);
        let client = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .https_only(parsed.scheme() == "https")
            .connect_timeout(timings.connect)
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|error| SetUpError::Client(error.without_url().to_string()))?;
        Ok(Self(Arc::new(Inner {
            client,
            origin,
            token: SecretString::from(plain.to_owned()),
            bearer,
            timings,
            limiter: Limiter::default(),
            direct: messages::DirectChannels::default(),
            me: OnceLock::new(),
            application: OnceLock::new(),
        })))
    }

    /// The origin every call goes to, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// How many invalid requests (401, 403, 429) the last ten minutes hold; Discord bans at 10,000.
    pub fn invalid_count(&self) -> u32 {
        self.0.limiter.invalid_count()
    }

    /// The token, for the gateway's IDENTIFY.
    pub(super) fn token(&self) -> &SecretString {
        &self.0.token
    }

    /// Our client, for serenity's HTTP type, which is never used but must be made.
    pub(super) fn client(&self) -> reqwest::Client {
        self.0.client.clone()
    }

    /// Remembers who we are, as READY says it, so that nobody has to ask.
    pub(super) fn remember_me(&self, me: UserId, application: u64) {
        let _ = self.0.me.set(me);
        let _ = self.0.application.set(application);
    }

    /// Makes a call, waits its turn, and tries again as the call allows.
    ///
    /// # Errors
    /// As [`CallError`] tells them apart.
    pub(crate) async fn run(&self, call: Call<'_>) -> Result<Value, CallError> {
        let started = call.started.unwrap_or_else(monotonic);
        let patience = call.patience.unwrap_or(self.0.timings.patience);
        let mut tries = 0;
        loop {
            tries += 1;
            let permit = match self.0.limiter.admit(call.route(), call.priority, patience).await {
                Ok(permit) => permit,
                Err(Held::Wait(wait)) => return Err(CallError::Limited(wait)),
                Err(Held::Rest(rest)) => return Err(CallError::Resting(rest)),
            };
            let outcome = self.attempt(&call, started).await;
            if let Ok(answer) = &outcome {
                permit.heard(&answer.told);
            }
            drop(permit);
            let error = match outcome {
                Ok(answer) => match answer.into_result() {
                    Ok(body) => return Ok(body),
                    Err(error) => error,
                },
                Err(error) => error,
            };
            if tries > 1 && call.retry.is_done_by(&error) {
                return Ok(Value::Null);
            }
            let spent = monotonic().saturating_duration_since(started);
            match call.retry.pause(&error, tries, spent, &self.0.timings) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(error),
            }
        }
    }

    /// The bytes of a file that somebody gave to a command, up to `most` of them: from Discord's own file
    /// servers or the origin we speak to, and from nowhere else. The token does not go with it.
    ///
    /// # Errors
    /// As [`CallError`]; unsure when it lies elsewhere.
    pub async fn attachment(&self, address: &str, most: usize) -> Result<Vec<u8>, CallError> {
        let url = url::Url::parse(address).map_err(|_| CallError::Unsure("the file has no address"))?;
        let ours = url.origin().ascii_serialization() == self.0.origin;
        let discords = url.scheme() == "https" && url.host_str().is_some_and(|host| FILE_HOSTS.contains(&host));
        let path = ["/attachments/", "/ephemeral-attachments/"].iter().any(|start| url.path().starts_with(start));
        if !(ours || discords) || !path {
            return Err(CallError::Unsure("the file is not at Discord"));
        }
        let request = self.0.client.get(url).timeout(self.0.timings.total);
        let mut response = request.send().await.map_err(|error| CallError::lost(&error))?;
        match response.status().as_u16() {
            200..=299 => {}
            status @ 500..=599 => return Err(CallError::Server(status)),
            status => return Err(CallError::Refused { status, code: 0 }),
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| CallError::lost(&error))? {
            let room = most.saturating_sub(bytes.len());
            bytes.extend(chunk.iter().take(room));
            if chunk.len() >= room {
                break;
            }
        }
        Ok(bytes)
    }

    /// One try: sends, and reads the answer to its end.
    async fn attempt(&self, call: &Call<'_>, started: std::time::Instant) -> Result<call::Answer, CallError> {
        let url = format!("{}{API_PATH}{}", self.0.origin, call.path);
        let mut request = self.0.client.request(call.method.clone(), url).headers(self.headers(call));
        request = request.timeout(call.retry.try_time(monotonic().saturating_duration_since(started), &self.0.timings));
        request = match (&call.body, call.files) {
            (Some(body), []) => request.json(body),
            (Some(body), files) => request.multipart(form(body, files)?),
            (None, _) => request,
        };
        let mut response = request.send().await.map_err(|error| CallError::lost(&error))?;
        let status = response.status().as_u16();
        let told = call::told(status, response.headers());
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| CallError::lost(&error))? {
            if bytes.len() + chunk.len() > ANSWER_LIMIT {
                return Err(CallError::Unsure("the answer is too large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(call::Answer::read(status, told, &bytes))
    }

    fn headers(&self, call: &Call<'_>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if call.signed {
            headers.insert(AUTHORIZATION, self.0.bearer.clone());
        }
        if let Some(reason) = call.reason
            && let Ok(reason) = HeaderValue::from_str(&percent(reason))
        {
            headers.insert("X-Audit-Log-Reason", reason);
        }
        headers
    }
}

/// A token as Discord gave it, without what people paste around it.
fn bare_token(token: &str) -> &str {
    let token = token.trim();
    token.strip_prefix("Bot ").unwrap_or(token).trim()
}

/// A body with files
/// (<https://docs.discord.com/developers/reference#uploading-files>).
fn form(body: &Value, files: &[File]) -> Result<reqwest::multipart::Form, CallError> {
    let json = |text: String| reqwest::multipart::Part::text(text).mime_str("application/json");
    let payload = json(body.to_string()).map_err(|_| CallError::Unsure("the body cannot be written"))?;
    let mut form = reqwest::multipart::Form::new().part("payload_json", payload);
    for (n, file) in files.iter().take(super::render::FILES_LIMIT).enumerate() {
        let part = reqwest::multipart::Part::bytes(file.bytes.clone())
            .file_name(file.name.clone())
            .mime_str(kind_of(&file.name))
            .map_err(|_| CallError::Unsure("the body cannot be written"))?;
        form = form.part(format!("files[{n}]"), part);
    }
    Ok(form)
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("csv") => "text/csv",
        Some("ics") => "text/calendar",
        Some("txt" | "md" | "story") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Percent-encodes what is neither a letter nor a digit (audit log reasons take 1 to 512 such characters,
/// <https://docs.discord.com/developers/resources/audit-log>).
fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if out.len() > 500 {
            break;
        }
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
