//! The grammar of custom ids: how a press travels through Discord and comes back.
//!
//! ```text
//! d1:checkins:mood:42:3          version : slice : verb : argument : argument
//! ```
//! The version comes first, so that a button drawn by an older Daymark is recognised as such and gets a
//! kind sentence instead of a wrong action. A custom id carries no authority and no words of a person:
//! ids and small numbers only. A `:` inside an argument (a civil time such as `19:00`) travels as `~`.
//!
//! Discord takes 1 to 100 characters
//! (<https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id>).

use crate::card::Press;

/// Most characters of a custom id.
pub const CUSTOM_ID_LIMIT: usize = 100;
/// Most arguments of a press; more means that state belongs in the database.
pub const ARGS_LIMIT: usize = 8;
/// The version this build writes and reads.
const VERSION: &str = "d1";

/// Why a press cannot become a custom id: a mistake of ours, found by tests.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A part is empty or holds a character that is not allowed there.
    #[error("the {part} of the press {slice}:{verb} holds what a custom id cannot")]
    Part {
        /// Which part.
        part: &'static str,
        /// The slice.
        slice: String,
        /// The verb.
        verb: String,
    },
    /// The custom id would be too long, or has too many arguments.
    #[error("the press {slice}:{verb} does not fit a custom id")]
    Long {
        /// The slice.
        slice: String,
        /// The verb.
        verb: String,
    },
}

/// Why a custom id is not a press of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It was written by another version of this grammar.
    #[error("the custom id is of another version")]
    OtherVersion,
    /// It was never ours, or is damaged.
    #[error("the custom id is not ours")]
    Foreign,
}

/// Writes a press as a custom id.
///
/// # Errors
/// Refuses what could not be read back or is longer than Discord takes.
pub fn encode(press: &Press) -> Result<String, EncodeError> {
    let wrong = |part| EncodeError::Part { part, slice: press.slice.clone(), verb: press.verb.clone() };
    if !is_name(&press.slice) {
        return Err(wrong("slice"));
    }
    if !is_name(&press.verb) {
        return Err(wrong("verb"));
    }
    let mut id = format!("{VERSION}:{}:{}", press.slice, press.verb);
    for arg in &press.args {
        if !arg.chars().all(|c| is_plain(c) || c == ':') {
            return Err(wrong("argument"));
        }
        id.push(':');
        id.push_str(&arg.replace(':', "~"));
    }
    if id.len() > CUSTOM_ID_LIMIT || press.args.len() > ARGS_LIMIT {
        return Err(EncodeError::Long { slice: press.slice.clone(), verb: press.verb.clone() });
    }
    Ok(id)
}

/// Reads a custom id back.
///
/// # Errors
/// Says whether it is of another version or not ours at all. Never panics, whatever it is given.
pub fn decode(id: &str) -> Result<Press, DecodeError> {
    if id.len() > CUSTOM_ID_LIMIT {
        return Err(DecodeError::Foreign);
    }
    let mut parts = id.split(':');
    match parts.next() {
        Some(VERSION) => {}
        Some(other) if is_version(other) => return Err(DecodeError::OtherVersion),
        _ => return Err(DecodeError::Foreign),
    }
    let (Some(slice), Some(verb)) = (parts.next(), parts.next()) else { return Err(DecodeError::Foreign) };
    let args: Vec<String> = parts.map(|arg| arg.replace('~', ":")).collect();
    let plain = args.iter().all(|arg| arg.chars().all(|c| is_plain(c) || c == ':'));
    if !is_name(slice) || !is_name(verb) || !plain || args.len() > ARGS_LIMIT {
        return Err(DecodeError::Foreign);
    }
    Ok(Press { slice: slice.into(), verb: verb.into(), args })
}

fn is_name(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '/' | ',' | '@' | '=')
}

fn is_version(part: &str) -> bool {
    part.strip_prefix('d').is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(press: Press, id: &str) {
        assert_eq!(encode(&press).as_deref(), Ok(id));
        assert_eq!(decode(id), Ok(press));
    }

    #[test]
    fn presses_become_custom_ids_and_come_back() {
        check(Press::new("checkins", "mood").arg(42).arg(3), "d1:checkins:mood:42:3");
        check(Press::new("crisis", "hand-up"), "d1:crisis:hand-up");
        check(Press::new("sessions", "rsvp").arg("2026-03-10T19:00"), "d1:sessions:rsvp:2026-03-10T19~00");
        check(Press::new("x", "y").arg("").arg(""), "d1:x:y::");
    }

    #[test]
    fn what_cannot_be_read_back_is_not_built() {
        for press in [
            Press::new("", "x"),
            Press::new("x", ""),
            Press::new("Groups", "x"),
            Press::new("a:b", "x"),
            Press::new("x", "y").arg("two words"),
            Press::new("x", "y").arg("50%"),
            Press::new("x", "y").arg("a~b"),
            Press::new("x", "y").arg("naïve"),
            Press::new("x", "y").arg("1".repeat(100)),
            (0..9).fold(Press::new("x", "y"), Press::arg),
        ] {
            assert!(encode(&press).is_err(), "{press:?}");
        }
    }

    #[test]
    fn foreign_and_older_custom_ids_are_told_apart() {
        for (id, error) in [
            ("d0:checkins:mood", DecodeError::OtherVersion),
            ("d2:checkins:mood:1", DecodeError::OtherVersion),
            ("", DecodeError::Foreign),
            ("d1", DecodeError::Foreign),
            ("d1:checkins", DecodeError::Foreign),
            ("d1::mood", DecodeError::Foreign),
            ("dx:checkins:mood", DecodeError::Foreign),
            ("d1:checkins:mood:two words", DecodeError::Foreign),
            ("poll_yes", DecodeError::Foreign),
        ] {
            assert_eq!(decode(id), Err(error), "{id}");
        }
    }

    proptest! {
        #[test]
        fn every_press_that_can_be_built_comes_back(
            slice in "[a-z0-9_-]{1,12}",
            verb in "[a-z0-9_-]{1,12}",
            args in proptest::collection::vec("[A-Za-z0-9_.+/,@=:-]{0,20}", 0..10),
        ) {
            let press = Press { slice, verb, args };
            if let Ok(id) = encode(&press) {
                prop_assert!(id.len() <= CUSTOM_ID_LIMIT);
                prop_assert_eq!(decode(&id), Ok(press));
            }
        }

        #[test]
        fn reading_never_panics_and_what_is_read_is_written_the_same(id in "(d[0-9]:)?\\PC{0,120}") {
            if let Ok(press) = decode(&id) {
                prop_assert_eq!(encode(&press), Ok(id));
            }
        }
    }
}
