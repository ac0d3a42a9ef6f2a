//! What is kept about a member by this slice.

use serde_json::json;

use crate::deps::Deps;
use crate::groups::actions::kept::fill;
use crate::groups::part::{Part, seconds};
use crate::ids::Member;
use crate::refusal::Stop;
use crate::sessions::model::attending::{ANSWERS_KEPT, ATTENDANCE_KEPT};
use crate::sessions::store;
use crate::vault::Place;

/// This slice's part of what is kept about a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn export(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let mut held = Part::new("sessions_held", "Sessions you hold", "So that members know who is there.");
    for (title, group) in store::kept::held(deps.database.read(), member).await? {
        held.push(json!({"session": title, "group": group}));
    }
    let mut drafts = Part::new(
        "session_drafts",
        "Sessions you drafted",
        "So that a press on Save finds them; a draft lasts an hour.",
    );
    for (details, until) in store::kept::drafted(deps.database.read(), member).await? {
        let details: serde_json::Value = serde_json::from_str(&details)?;
        drafts.push(json!({"draft": details, "until": seconds(until)}));
    }
    let mut parts = vec![held, drafts];
    parts.extend(attended(deps, member).await?);
    Ok(parts)
}

/// Answers, attendance, reminders, notes, the calendar's address, home practice.
async fn attended(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let row = |table| move |row| Place { table, column: "reason", member: member.user.snowflake(), row };
    let days = |kept: chrono::TimeDelta| u32::try_from(kept.num_days()).unwrap_or_default();
    let parts = [
        (
            Part::new("session_answers", "What you answered to sessions", "So that places and company can be planned.")
                .for_days(days(ANSWERS_KEPT)),
            store::kept::ANSWERED,
            "session_answer",
        ),
        (
            Part::new(
                "attendance",
                "Sessions you were at, or not",
                "So that somebody who is missed can be asked after.",
            )
            .for_days(days(ATTENDANCE_KEPT)),
            store::kept::ATTENDED,
            "session_attendance",
        ),
        (
            Part::new("session_reminders", "Your own reminders of sessions", "Because you asked for them."),
            store::kept::WISHED,
            "session_wish",
        ),
        (
            Part::new(
                "missed_note_decisions",
                "Whether you want a note when you are missed",
                "So that you are asked once, and your answer counts.",
            ),
            store::kept::NOTE_ASKED,
            "missed_note_consent",
        ),
        (
            Part::new("missed_notes", "Notes after you missed two sessions", "Because you wished for them."),
            store::kept::MISSED,
            "session_missed",
        ),
        (
            Part::new("calendar_address", "The address of your calendar", "So that it goes on working."),
            store::kept::ADDRESS,
            "calendar_feed",
        ),
        (
            Part::new("practice", "Days on which you marked a home practice", "So that you can look back."),
            store::kept::PRACTISED,
            "practice_mark",
        ),
    ];
    let mut filled = Vec::new();
    for (mut part, statement, table) in parts {
        fill(deps, member, &mut part, statement, "reason", row(table)).await?;
        filled.push(part);
    }
    Ok(filled)
}
