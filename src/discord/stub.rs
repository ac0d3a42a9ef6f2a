//! A stub of Discord on loopback for the tests of this folder: it gives scripted replies, one per
//! request, may break the connection instead, and keeps what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::rest::{Rest, RestTimings};

/// What the stub does with one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Answers.
    Say(u16, Vec<(&'static str, &'static str)>, String),
    /// Breaks the connection without an answer.
    Break,
    /// Never answers.
    Hang,
}

/// Answers with that status and body.
pub fn say(status: u16, body: &Value) -> Reply {
    Reply::Say(status, Vec::new(), body.to_string())
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Method and path, such as `POST /api/v10/users/@me/channels`.
    pub line: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Asked {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; of a multipart body its `payload_json`.
    pub fn json(&self) -> Value {
        let text = match self.body.split_once("name=\"payload_json\"") {
            Some((_, rest)) => {
                rest.split_once("\r\n\r\n").and_then(|(_, rest)| rest.split_once("\r\n--")).map_or("", |(json, _)| json)
            }
            None => &self.body,
        };
        serde_json::from_str(text).unwrap_or(Value::Null)
    }
}

/// The stub.
pub struct Stub {
    /// Speaks to the stub, with short pauses.
    pub rest: Rest,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// Time-outs that fit tests.
pub fn timings() -> RestTimings {
    let ms = Duration::from_millis;
    RestTimings {
        connect: ms(500),
        total: ms(500),
        answer: ms(200),
        answer_budget: ms(600),
        patience: ms(0),
        pause: ms(1),
    }
}

impl Stub {
    /// Starts a stub that gives these replies in turn, then 500 for ever.
    pub async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = asked.clone();
        tokio::spawn(async move {
            let mut replies = replies.into_iter();
            let mut hanging = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let Some(request) = read(&mut stream).await else { continue };
                kept.lock().unwrap().push(request);
                match replies.next().unwrap_or_else(|| say(500, &Value::Null)) {
                    Reply::Break => drop(stream),
                    Reply::Hang => hanging.push(stream),
                    Reply::Say(status, headers, body) => write(stream, status, &headers, &body).await,
                }
            }
        });
        let rest = Rest::with_timings(Some(&origin), &SecretString::from("secret"), timings()).unwrap();
        Self { rest, asked }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Method and path of what was asked so far, without `/api/v10`.
    pub fn lines(&self) -> Vec<String> {
        self.asked().iter().map(|asked| asked.line.replace("/api/v10", "")).collect()
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head = loop {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        body.extend_from_slice(&chunk[..count]);
    }
    Some(Asked { line, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

async fn write(mut stream: TcpStream, status: u16, headers: &[(&str, &str)], body: &str) {
    let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let _ = stream.write_all(format!("{text}\r\n{body}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
