//! What is kept about a member by this slice.

use serde_json::json;

use crate::deps::Deps;
use crate::groups::part::{Part, seconds};
use crate::ids::Member;
use crate::refusal::Stop;
use crate::sessions::store;

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
    Ok(vec![held, drafts])
}
