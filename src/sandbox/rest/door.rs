//! How does a request get in and out? Reading the body, faults, limits, the log, headers, dropped lines.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State, WebSocketUpgrade};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::body::{decode, read_body};
use super::line::Line;
use super::{Call, Reply, Verb, answer};
use crate::sandbox::errors::{Refusal, refusal};
use crate::sandbox::faults::Harm;
use crate::sandbox::limits::Allowance;
use crate::sandbox::log::{Recorded, route_of};
use crate::sandbox::state::Shared;

/// What every handler holds.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) shared: Arc<Shared>,
    pub(crate) stop: watch::Receiver<bool>,
}

/// Takes a gateway connection, unless Discord is away.
pub(crate) async fn upgrade(
    State(door): State<Door>,
    ConnectInfo(line): ConnectInfo<Line>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if door.shared.look(|world| world.faults.outage) {
        line.cut();
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.on_upgrade(move |socket| crate::sandbox::socket::run(door.shared, socket, door.stop))
}

/// A file of a message, for anyone who follows its link.
fn attachment(shared: &Shared, path: &str) -> Response {
    let id: u64 = path.split('/').nth(3).and_then(|id| id.parse().ok()).unwrap_or(0);
    let bytes = shared.look(|world| {
        let posted = world.messages.values().flat_map(|message| message.files.iter());
        let mut files = posted.chain(world.at_hand.iter().map(|(_, file)| file));
        files.find(|file| file.id == id).map(|file| Arc::clone(&file.bytes))
    });
    match bytes {
        Some(bytes) => Body::from(bytes.as_ref().clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Takes any other request.
pub(crate) async fn enter(
    State(door): State<Door>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    let shared = door.shared;
    let full = request.uri().path().to_owned();
    if full.starts_with("/attachments/") || full.starts_with("/ephemeral-attachments/") {
        return attachment(&shared, &full);
    }
    let Some(path) = full.strip_prefix("/api/v10").map(str::to_owned) else {
        return refused(&refusal(0));
    };
    let query = request.uri().query().unwrap_or("").to_owned();
    let mut call = Call {
        verb: Verb::parse(request.method()),
        method: request.method().as_str().to_owned(),
        segments: path.split('/').filter(|part| !part.is_empty()).map(decode).collect(),
        path,
        query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        authorization: request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned(),
        ..Call::default()
    };
    let read = read_body(&mut call, request).await;
    let route = route_of(&call.path);
    let (harm, allowance) = shared.look(|world| {
        let harm = world.faults.strike(&call.method, &call.path);
        (harm, world.limiter.count(&call.method, &call.path, &route))
    });
    let visit = Visit { shared, line, call, query, route, allowance };
    // In a task of its own: a request that arrived takes effect even if the bot hangs up meanwhile.
    match tokio::spawn(visit.run(harm, read)).await {
        Ok(response) => response,
        Err(_) => server_error(500),
    }
}

/// One request on its way through.
struct Visit {
    shared: Arc<Shared>,
    line: Line,
    call: Call,
    query: String,
    route: String,
    allowance: Allowance,
}

impl Visit {
    async fn run(mut self, harm: Option<Harm>, read: Result<(), Refusal>) -> Response {
        if harm == Some(Harm::HeldBefore) {
            self.wait_for_release().await;
        }
        let response = self.play(harm.as_ref(), read);
        if harm == Some(Harm::HeldAfter) {
            self.wait_for_release().await;
        }
        response
    }

    async fn wait_for_release(&self) {
        let mut notice = self.shared.change(|world| {
            world.faults.held += 1;
            world.faults.release_notice()
        });
        // The sender lives in the world, which outlives this.
        let _ = notice.changed().await;
        self.shared.change(|world| world.faults.held = world.faults.held.saturating_sub(1));
    }

    /// Plays the harm, or acts and answers.
    fn play(&mut self, harm: Option<&Harm>, read: Result<(), Refusal>) -> Response {
        let harmed = harm.is_some();
        match harm {
            Some(Harm::Status(status)) => self.leave(server_error(*status), *status, false, harmed, false),
            Some(Harm::Refused { status, code }) => {
                let no = Refusal { status: *status, ..refusal(*code) };
                let no = Refusal { code: *code, ..no };
                self.leave(refused(&no), *status, false, harmed, false)
            }
            Some(Harm::RateLimited { retry_after, scope }) => {
                let response = limited(*retry_after, scope.word());
                self.leave(response, 429, false, harmed, scope.word() == "shared")
            }
            Some(Harm::DroppedBefore) => {
                self.line.cut();
                self.leave(StatusCode::OK.into_response(), 0, false, harmed, false)
            }
            Some(Harm::StatusAfter(status)) => {
                let _ = self.act(read);
                self.leave(server_error(*status), *status, true, harmed, false)
            }
            Some(Harm::Garbage) => {
                let _ = self.act(read);
                self.leave("<html>not what you expected".into_response(), 200, true, harmed, false)
            }
            Some(Harm::DroppedAfter) => {
                let _ = self.act(read);
                self.line.cut();
                self.leave(StatusCode::OK.into_response(), 0, true, harmed, false)
            }
            Some(Harm::HeldBefore | Harm::HeldAfter) | None => {
                if let Some(global) = self.allowance.refused {
                    let scope = if global { "global" } else { "user" };
                    let response = limited(self.allowance.reset_after, scope);
                    return self.leave(response, 429, false, harmed, false);
                }
                let (response, status) = self.act(read);
                self.leave(response, status, true, harmed, false)
            }
        }
    }

    fn act(&mut self, read: Result<(), Refusal>) -> (Response, u16) {
        let outcome = read.and_then(|()| self.shared.change(|world| answer(world, &self.call)));
        match outcome {
            Ok(Reply::Json(status, value)) => (json_response(status, &value), status),
            Ok(Reply::Empty) => (StatusCode::NO_CONTENT.into_response(), 204),
            Err(no) => (refused(&no), no.status),
        }
    }

    /// Logs the request and puts the limit headers on the answer.
    fn leave(
        &mut self,
        mut response: Response,
        status: u16,
        effective: bool,
        harmed: bool,
        shared_scope: bool,
    ) -> Response {
        let now = self.shared.change(|world| {
            let entry = Recorded {
                number: 0,
                method: self.call.method.clone(),
                path: self.call.path.clone(),
                query: std::mem::take(&mut self.query),
                route: self.route.clone(),
                body: Some(std::mem::take(&mut self.call.body)).filter(|body| !body.is_null()),
                files: self.call.uploads.iter().map(|file| (file.name.clone(), file.bytes.len())).collect(),
                status,
                effective,
                at: world.now(),
            };
            world.log.add(entry, shared_scope, harmed);
            world.now()
        });
        let wait = self.allowance.reset_after.as_secs_f64();
        let headers = [
            ("x-ratelimit-limit", self.allowance.limit.to_string()),
            ("x-ratelimit-remaining", self.allowance.remaining.to_string()),
            ("x-ratelimit-reset-after", format!("{wait:.3}")),
            ("x-ratelimit-reset", format!("{:.3}", seconds(now) + wait)),
            ("x-ratelimit-bucket", self.allowance.bucket.clone()),
        ];
        for (name, value) in headers {
            put_header(&mut response, name, &value);
        }
        put_header(&mut response, "date", &http_date(now));
        response
    }
}

#[allow(clippy::cast_precision_loss, reason = "a header with milliseconds")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1_000.0
}

fn http_date(ms: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(ms).unwrap_or(chrono::DateTime::UNIX_EPOCH);
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn put_header(response: &mut Response, name: &'static str, value: &str) {
    let name = HeaderName::from_static(name);
    if let Ok(value) = HeaderValue::from_str(value)
        && !response.headers().contains_key(&name)
    {
        response.headers_mut().insert(name, value);
    }
}

fn json_response(status: u16, value: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn refused(no: &Refusal) -> Response {
    json_response(no.status, &no.body())
}

/// What stands between Discord and the bot answers 5xx: sometimes JSON, sometimes a page.
fn server_error(status: u16) -> Response {
    if status == 500 {
        return json_response(500, &json!({"message": "500: Internal Server Error", "code": 0}));
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, [(header::CONTENT_TYPE, "text/html")], "<html><head><title>upstream error</title></head></html>")
        .into_response()
}

fn limited(wait: Duration, scope: &str) -> Response {
    let seconds = wait.as_secs_f64();
    let global = scope == "global";
    let mut response = json_response(
        429,
        &json!({"message": "You are being rate limited.", "retry_after": (seconds * 1000.0).ceil() / 1000.0, "global": global}),
    );
    put_header(&mut response, "retry-after", &format!("{}", wait.as_secs() + u64::from(wait.subsec_nanos() > 0)));
    put_header(
        &mut response,
        "x-ratelimit-scope",
        match scope {
            "global" => "global",
            "shared" => "shared",
            _ => "user",
        },
    );
    if global {
        put_header(&mut response, "x-ratelimit-global", "true");
    }
    response
}
