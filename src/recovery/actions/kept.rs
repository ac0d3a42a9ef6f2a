//! What is kept about a member by this slice.

use serde_json::json;

use super::sheets;
use crate::deps::Deps;
use crate::groups::actions as members;
use crate::groups::part::Part;
use crate::ids::Member;
use crate::recovery::model::buddy::MEETINGS_KEPT;
use crate::recovery::store;
use crate::refusal::Stop;
use crate::vault::Place;

/// This slice's part of what is kept about a member, opened with their key.
///
/// # Errors
/// When a database cannot be read.
pub async fn export(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let mut own = Part::new("own_sheets", "Your plan, milestones, goals and wins", "So that they are there for you.");
    let pool = deps.database.read();
    for sheet in store::sheets::names(pool, member).await? {
        if let Some(sealed) = store::sheets::find(pool, member, sheet).await? {
            let written = members::kept::opened(deps, member, sheets::place(member, sheet), &sealed).await;
            own.push(json!({"sheet": sheet.word(), "written": written}));
        }
    }
    let mut parts = vec![own];
    let days = u32::try_from(MEETINGS_KEPT.num_days()).unwrap_or_default();
    let others = [
        (Part::new("own_reminders", "Your own reminders", "Because you set them."), store::kept::REMINDERS),
        (
            Part::new("milestone_announcements", "Milestones to be announced", "Because you chose to."),
            store::kept::MARKS,
        ),
        (
            Part::new("shared_wins", "Small wins you shared", "So that the week's can be summed up."),
            store::kept::SHARED,
        ),
        (Part::new("buddy", "Where you want a buddy", "So that you are paired."), store::kept::PAIRED),
        (
            Part::new("buddy_blocks", "Whom you are not paired with", "Because you said so; they are not told."),
            store::kept::BLOCKED,
        ),
        (
            Part::new("buddy_meetings", "When you were paired", "So that nobody is paired twice too soon.")
                .for_days(days),
            store::kept::MET,
        ),
    ];
    let place = |row| Place { table: "own_reminder", column: "sealed", member: member.user.snowflake(), row };
    for (mut part, statement) in others {
        members::kept::fill(deps, member, &mut part, statement, "about", place).await?;
        parts.push(part);
    }
    Ok(parts)
}
