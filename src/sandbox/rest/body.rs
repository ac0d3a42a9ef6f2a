//! What came in the body? JSON, or a multipart form with files.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;

use super::Call;
use crate::sandbox::errors::{Refusal, refusal};
use crate::sandbox::posting::Upload;

/// Largest body taken: ten files of 10 MiB and a little.
const MAX_BODY_BYTES: usize = 110 * 1024 * 1024;
/// Files of one message.
const MAX_FILES: usize = 10;

/// Undoes percent-encoding of one path segment.
pub(crate) fn decode(segment: &str) -> String {
    let (mut bytes, raw) = (Vec::new(), segment.as_bytes());
    let mut at = 0;
    while let Some(byte) = raw.get(at) {
        let hex = raw.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *byte == b'%') {
            Some(value) => {
                bytes.push(value);
                at += 3;
            }
            None => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads JSON or multipart into the call. The refusal is what Discord says to a body it cannot read.
pub(crate) async fn read_body(call: &mut Call, request: Request) -> Result<(), Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    if kind.starts_with("multipart/form-data") {
        return read_multipart(call, request).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES).await.map_err(|_| refusal(40005))?;
    if bytes.is_empty() {
        return Ok(());
    }
    call.body = serde_json::from_slice(&bytes).map_err(|_| refusal(50109))?;
    Ok(())
}

async fn read_multipart(call: &mut Call, request: Request) -> Result<(), Refusal> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| refusal(50109))?;
    while let Some(field) = form.next_field().await.map_err(|_| refusal(50109))? {
        let name = field.name().unwrap_or("").to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| refusal(40005))?;
        if name == "payload_json" {
            call.body = serde_json::from_slice(&bytes).map_err(|_| refusal(50109))?;
            continue;
        }
        if bytes.len() as u64 > crate::sandbox::interactions::ATTACHMENT_LIMIT {
            return Err(refusal(40005));
        }
        let slot = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']')).and_then(|n| n.parse().ok());
        if let Some(file_name) = file_name {
            call.uploads.push(Upload { slot, name: file_name, content_type, bytes: Arc::new(bytes.to_vec()) });
        }
    }
    if call.uploads.len() > MAX_FILES {
        return Err(Refusal::field("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length."));
    }
    Ok(())
}
