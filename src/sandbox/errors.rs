//! How does Discord say no? Its JSON error codes, their HTTP statuses, and the nested form errors.
//!
//! Source: Discord's documentation, "Opcodes and Status Codes" (JSON error codes) and what the API
//! answers in practice where the page is silent.

use serde_json::{Map, Value, json};

/// A request Discord would refuse: status, code, sentence, and the nested `errors` of a form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: u64,
    pub(crate) message: String,
    pub(crate) errors: Option<Value>,
}

impl Refusal {
    /// The body as Discord sends it.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }

    /// One wrong field, as code 50035.
    pub(crate) fn field(path: &str, code: &str, message: &str) -> Refusal {
        let mut form = FormErrors::default();
        form.add(path, code, message);
        form.into_refusal()
    }
}

/// The refusal for one of Discord's JSON error codes. `0` is the plain 404 of an unknown route.
pub(crate) fn refusal(code: u64) -> Refusal {
    let (status, message) = match code {
        10003 => (404, "Unknown Channel"),
        10004 => (404, "Unknown Guild"),
        10007 => (404, "Unknown Member"),
        10008 => (404, "Unknown Message"),
        10009 => (404, "Unknown Permission Overwrite"),
        10011 => (404, "Unknown Role"),
        10013 => (404, "Unknown User"),
        10014 => (400, "Unknown Emoji"),
        10015 => (404, "Unknown Webhook"),
        10062 => (404, "Unknown interaction"),
        10063 => (404, "Unknown application command"),
        10070 => (404, "Unknown Guild Scheduled Event"),
        20028 => (429, "The write action you are performing on the channel has hit the write rate limit."),
        30003 => (400, "Maximum number of pins reached for the channel (50)"),
        30005 => (400, "Maximum number of guild roles reached (250)"),
        30010 => (400, "Maximum number of reactions reached (20)"),
        30013 => (400, "Maximum number of guild channels reached (500)"),
        30032 => (400, "Maximum number of application commands reached (100)."),
        30038 => (400, "Maximum number of guild scheduled events reached (100)"),
        40005 => (413, "Request entity too large"),
        40060 => (400, "Interaction has already been acknowledged."),
        50001 => (403, "Missing Access"),
        50003 => (403, "Cannot execute action on a DM channel"),
        50005 => (403, "Cannot edit a message authored by another user"),
        50006 => (400, "Cannot send an empty message"),
        50007 => (403, "Cannot send messages to this user"),
        50008 => (400, "Cannot send messages in a non-text channel"),
        50013 => (403, "Missing Permissions"),
        50016 => (
            400,
            "Provided too few or too many messages to delete. Must provide at least 2 and at most 100 messages to delete.",
        ),
        50019 => (400, "A message can only be pinned to the channel it was sent in."),
        50021 => (403, "Cannot execute action on a system message"),
        50024 => (400, "Cannot execute action on this channel type"),
        50027 => (401, "Invalid Webhook Token"),
        50028 => (400, "Invalid Role"),
        50033 => (400, "Invalid Recipient(s)"),
        50034 => (400, "You can only bulk delete messages that are under 14 days old."),
        50035 => (400, "Invalid Form Body"),
        50083 => (400, "Thread is archived"),
        50109 => (400, "The request body contains invalid JSON."),
        160002 => (400, "You cannot reply without permission to read message history"),
        160004 => (400, "A thread has already been created for this message"),
        160005 => (400, "Thread is locked"),
        160006 => (400, "Maximum number of active threads reached"),
        180000 => (400, "Cannot update a finished event"),
        _ => (404, "404: Not Found"),
    };
    let known = message != "404: Not Found";
    Refusal { status, code: if known { code } else { 0 }, message: message.to_owned(), errors: None }
}

/// 401 with code 0, for a wrong or missing bot token.
pub(crate) fn unauthorized() -> Refusal {
    Refusal { status: 401, code: 0, message: "401: Unauthorized".to_owned(), errors: None }
}

/// 405 with code 0, for a route that exists under another method.
pub(crate) fn wrong_method() -> Refusal {
    Refusal { status: 405, code: 0, message: "405: Method Not Allowed".to_owned(), errors: None }
}

/// Collects every wrong field of a form, so that one answer names them all.
#[derive(Debug, Default)]
pub(crate) struct FormErrors {
    found: Vec<(String, String, String)>,
}

/// No answer lists more wrong fields than this; a hostile body cannot make it grow.
const MAX_FORM_ERRORS: usize = 100;

impl FormErrors {
    /// Adds one error at a dotted path such as `embeds.0.title`; `""` is the form itself.
    pub(crate) fn add(&mut self, path: &str, code: &str, message: &str) {
        if self.found.len() < MAX_FORM_ERRORS {
            self.found.push((path.to_owned(), code.to_owned(), message.to_owned()));
        }
    }

    /// "This field is required".
    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Checks a text's length in characters, as Discord counts (Unicode scalars are close enough).
    pub(crate) fn length(&mut self, path: &str, text: &str, min: usize, max: usize) {
        let count = text.chars().count();
        if count > max {
            self.add(path, "BASE_TYPE_MAX_LENGTH", &format!("Must be {max} or fewer in length."));
        } else if count < min {
            if min == 1 {
                self.required(path);
            } else {
                self.add(path, "BASE_TYPE_MIN_LENGTH", &format!("Must be {min} or more in length."));
            }
        }
    }

    /// Checks how many items a list holds.
    pub(crate) fn count(&mut self, path: &str, count: usize, min: usize, max: usize) {
        if count < min || count > max {
            self.add(path, "BASE_TYPE_BAD_LENGTH", &format!("Must be between {min} and {max} in length."));
        }
    }

    /// True while nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// `Ok` when nothing is wrong, else 50035 with all errors nested.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        if self.is_empty() { Ok(()) } else { Err(self.into_refusal()) }
    }

    fn into_refusal(self) -> Refusal {
        let mut root = Value::Object(Map::new());
        for (path, code, message) in self.found {
            let mut at = &mut root;
            for step in path.split('.').filter(|step| !step.is_empty()) {
                if !at.is_object() {
                    *at = json!({});
                }
                at = &mut at[step];
            }
            let entry = json!({"code": code, "message": message});
            match at["_errors"].as_array_mut() {
                Some(list) => list.push(entry),
                None => at["_errors"] = json!([entry]),
            }
        }
        Refusal { errors: Some(root), ..refusal(50035) }
    }
}
