//! What is kept about a member by this slice, for the copy they are given.

use crate::alumni::store::kept;
use crate::deps::Deps;
use crate::groups::actions::kept::fill;
use crate::groups::part::Part;
use crate::ids::Member;
use crate::refusal::Stop;
use crate::vault::Place;

/// This slice's part of what is kept about a member, opened with their key.
///
/// # Errors
/// When a database cannot be read.
pub async fn export(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let days = |kept: chrono::TimeDelta| u32::try_from(kept.num_days()).unwrap_or_default();
    let all = [
        (Part::new("steps", "The step you are on", "So that what you are sent fits it."), kept::STEPS),
        (
            Part::new("step_questions", "What you were asked about steps", "So that nobody asks you twice.")
                .for_days(days(super::OFFERS_KEPT)),
            kept::QUESTIONS,
        ),
        (
            Part::new("touches", "When you are asked how you are after moving on", "Because you agreed to it.")
                .for_days(days(super::TOUCHES_KEPT)),
            kept::TOUCHES,
        ),
        (
            Part::new("touch_answers", "How you said you were", "For you alone.").for_days(days(super::TOUCHES_KEPT)),
            kept::ANSWERS,
        ),
        (Part::new("alumni_listing", "What you can be found for", "Because you agreed to it."), kept::LISTED),
        (
            Part::new("asking_for_others", "People who chose you to ask how they are", "Because you agreed to it."),
            kept::ASKING,
        ),
        (Part::new("caring_wish", "Caring notes that reach you", "Because you wished for them."), kept::WISHES),
        (
            Part::new("caring_sent", "Which caring notes reached you", "So that you get none twice too soon.")
                .for_days(days(crate::alumni::notes::model::SENT_KEPT)),
            kept::SENT,
        ),
        (Part::new("mentoring", "Your mentoring", "So that the same two are not matched twice."), kept::MATCHES),
    ];
    let place = |row| Place { table: "alumni_touch_answer", column: "sealed", member: member.user.snowflake(), row };
    let mut parts = Vec::with_capacity(all.len());
    for (mut part, statement) in all {
        fill(deps, member, &mut part, statement, "answer", place).await?;
        parts.push(part);
    }
    let mut written =
        Part::new("caring_notes", "Caring notes you wrote", "So that people who wished for some get them.");
    let place = |row| Place { table: "caring_note", column: "sealed", member: member.user.snowflake(), row };
    fill(deps, member, &mut written, kept::NOTES, "words", place).await?;
    parts.push(written);
    Ok(parts)
}
