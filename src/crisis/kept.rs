//! What is kept about a member by this slice: that they asked for a person, and when.

use serde_json::json;

use super::actions::hand::hand_prefix;
use super::store;
use crate::deps::Deps;
use crate::groups::actions::kept::fill;
use crate::groups::part::{Part, instant};
use crate::ids::Member;
use crate::outbox;
use crate::refusal::Stop;
use crate::vault::Place;

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
    let mut concerns =
        Part::new("concerns", "Concerns about you", "So that whoever looks after one knows what was done.")
            .for_days(deps.config.retention.concerns);
    let words = |row| Place { table: "concern", column: "words", member: member.user.snowflake(), row };
    fill(deps, member, &mut concerns, store::CONCERNS_OF, "what_you_said", words).await?;
    let mut told = Part::new(
        "concern_wishes",
        "Whether responders may be told of you unasked",
        "So that nobody is told against your word.",
    );
    fill(deps, member, &mut told, store::TOLD_OF, "", words).await?;
    let mut on_call = Part::new("on_call", "When you are on call", "So that whoever asks for a person reaches you.");
    fill(deps, member, &mut on_call, store::ON_CALL_OF, "", words).await?;
    Ok(vec![hands, concerns, told, on_call])
}
