//! What is kept about a member by this slice: that they asked for a person, and when.

use serde_json::json;

use super::actions::hand_prefix;
use crate::deps::Deps;
use crate::groups::part::{Part, instant};
use crate::ids::Member;
use crate::outbox;
use crate::refusal::Stop;

/// This slice's part of what is kept about a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn export(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let mut hands = Part::new("calls_for_a_person", "Times you asked for a person", "So that nobody posts it twice.")
        .for_days(deps.config.retention.concerns);
    for call in outbox::store::list_matching(deps.database.read(), &hand_prefix(member.user)).await? {
        if call.guild == member.guild {
            hands.push(json!({"asked_at": instant(call.due_at), "what_became_of_it": call.state.word()}));
        }
    }
    Ok(vec![hands])
}
