//! The one door of ours: calendar feeds for calendar programs, `/health` for watchdogs. Closed unless the
//! configuration opens it.
//!
//! It shows nothing to whoever cannot name a secret address, says the same about an address that never was
//! and one that was taken away, and logs neither. Everything is bounded: connections, the time one may take,
//! the size of what is read.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use sha2::{Digest, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Http;
use crate::deps::Deps;
use crate::discord::rest::CallError;
use crate::discord::{Gateway, Rest};
use crate::sessions;
use crate::sessions::actions::RolesSeen;

/// Connections at a time; calendar programs come once an hour and stay for milliseconds.
const CONNECTIONS: usize = 128;
/// Requests at work at a time, so that the database is there for the group first.
const AT_WORK: usize = 8;
/// How long the head of a request may take to arrive.
const HEAD: Duration = Duration::from_secs(5);
/// How long a request may wait and work.
const WORK: Duration = Duration::from_secs(10);
/// How long a connection may last in all.
const LIFE: Duration = Duration::from_secs(20);
/// Largest head of a request.
const HEAD_BYTES: usize = 16 * 1024;
/// How long to wait when the system gives no more connections.
const BREATH: Duration = Duration::from_millis(100);

/// What requests are answered from.
#[derive(Clone)]
struct Desk {
    deps: Deps,
    gateway: Gateway,
    rest: Rest,
    roles: RolesSeen,
    at_work: Arc<Semaphore>,
}

/// Opens the door.
///
/// # Errors
/// A sentence for the operator when the address cannot be listened on.
pub async fn open(http: &Http) -> Result<TcpListener, String> {
    TcpListener::bind(http.listen).await.map_err(|error| {
        format!(
            "http.listen = \"{}\" cannot be listened on: {error}. Choose an address of this machine and a port that is free, or leave [http] out.",
            http.listen
        )
    })
}

/// Answers until `stop`; then takes nobody in any more and lets those inside finish.
pub async fn run(listener: TcpListener, deps: Deps, gateway: Gateway, rest: Rest, stop: CancellationToken) {
    let at_work = Arc::new(Semaphore::new(AT_WORK));
    let desk = Desk { deps, gateway, rest, roles: RolesSeen::default(), at_work };
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    let inside = TaskTracker::new();
    let routes = routes(desk);
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            // Who finds no seat is sent away at once.
            Ok((stream, _)) => {
                if let Ok(seat) = Arc::clone(&seats).try_acquire_owned() {
                    inside.spawn(serve(stream, seat, routes.clone(), stop.clone()));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    inside.close();
    inside.wait().await;
}

fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/calendar/{file}", get(calendar))
        .fallback(|| async { not_found() })
        .with_state(desk)
}

async fn serve(stream: TcpStream, seat: OwnedSemaphorePermit, routes: Router, stop: CancellationToken) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    let mut connection = std::pin::pin!(tokio::time::timeout(LIFE, connection));
    // What ends a connection early is the other side's; there is nobody to tell.
    tokio::select! {
        _ = &mut connection => {}
        () = stop.cancelled() => {
            let _ = tokio::time::timeout(WORK.min(Duration::from_secs(2)), &mut connection).await;
        }
    }
    drop(seat);
}

async fn calendar(State(desk): State<Desk>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(secret) = file.strip_suffix(".ics") else { return not_found() };
    let found = tokio::time::timeout(WORK, async {
        let _turn = desk.at_work.acquire().await?;
        sessions::actions::feed(&desk.deps, &desk.rest, &desk.roles, secret).await
    });
    match found.await {
        Ok(Ok(Some(text))) => feed(text, &headers),
        Ok(Ok(None)) => not_found(),
        Ok(Err(error)) if error.is::<CallError>() => {
            // The program that asks keeps what it has and comes again.
            tracing::warn!(%error, "a calendar feed waits until Discord says who has which role");
            unwell()
        }
        Ok(Err(error)) => {
            tracing::error!(error = format!("{error:#}"), "a calendar feed could not be drawn");
            unwell()
        }
        Err(_) => unwell(),
    }
}

fn feed(text: String, headers: &HeaderMap) -> Response {
    let digest: String = Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digest}\"");
    let asked = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = asked.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*");
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    put(&mut response, ETAG, &tag);
    put(&mut response, CACHE_CONTROL, "private, max-age=300");
    if !known {
        put(&mut response, CONTENT_TYPE, "text/calendar; charset=utf-8");
        put(&mut response, CONTENT_DISPOSITION, "inline; filename=\"sessions.ics\"");
    }
    sealed(response)
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// What keeps a browser from guessing, and from telling others where it was.
fn sealed(mut response: Response) -> Response {
    put(&mut response, axum::http::header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(&mut response, REFERRER_POLICY, "no-referrer");
    response
}

fn not_found() -> Response {
    let mut response = (StatusCode::NOT_FOUND, "Not found\n").into_response();
    put(&mut response, CACHE_CONTROL, "no-store");
    sealed(response)
}

fn unwell() -> Response {
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, "Try again later\n").into_response();
    put(&mut response, axum::http::header::RETRY_AFTER, "60");
    put(&mut response, CACHE_CONTROL, "no-store");
    sealed(response)
}

async fn health(State(desk): State<Desk>) -> Response {
    let database = tokio::time::timeout(WORK, async {
        let _turn = desk.at_work.acquire().await.ok()?;
        desk.deps.database.answers().await.then_some(())
    });
    let database = matches!(database.await, Ok(Some(())));
    let gateway = desk.gateway.health().connected;
    let well = database && gateway;
    let line = format!(
        "{{\"status\":\"{}\",\"database\":{database},\"gateway\":{gateway}}}\n",
        if well { "ok" } else { "unwell" }
    );
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut response = (status, line).into_response();
    put(&mut response, CONTENT_TYPE, "application/json");
    put(&mut response, CACHE_CONTROL, "no-store");
    sealed(response)
}
