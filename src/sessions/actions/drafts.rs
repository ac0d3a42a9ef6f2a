//! What is wanted of a series, shown to somebody before it is saved.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Tx;
use super::series::{alter, before, fits, insert, may_edit, plus, record};
use crate::deps::Deps;
use crate::groups::model::Source;
use crate::ids::{DraftId, GroupId, UserId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::model::{DRAFT_KEPT, Details, Draft, Going, Series};
use crate::sessions::store;

/// What pressing Save gave.
pub struct Saved {
    /// The series as it stands.
    pub series: Series,
    /// Whether it is new.
    pub is_new: bool,
    /// How many corrections are told because of it.
    pub told: usize,
}

/// Keeps what is wanted of a series for [`DRAFT_KEPT`]; nothing of the schedule changes yet.
///
/// # Errors
/// Refused when it could not be saved: the title is taken, the group is full, it never happens, a lead is
/// longer than the gap between sessions.
pub async fn draft(
    deps: &Deps,
    group: GroupId,
    user: UserId,
    changes: Option<&Series>,
    details: &Details,
) -> Result<DraftId, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now, before(now)).await?;
    fits(&mut tx, group, changes.map(|series| series.id), details, now).await?;
    if let Some(series) = changes {
        may_edit(series, details)?;
    }
    let changes = changes.map(|series| (series.id, series.revision));
    let id = store::drafts::keep(&mut tx, group, user, changes, details, plus(now, DRAFT_KEPT)).await?;
    tx.commit().await?;
    Ok(id)
}

/// The group a draft is for, so that the presser's standing can be checked.
///
/// # Errors
/// Refused when the draft is gone.
pub async fn draft_group(deps: &Deps, draft: DraftId) -> Result<GroupId, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    Ok(store::drafts::find(&mut connection, draft).await?.ok_or_else(gone)?.group)
}

fn gone() -> Refusal {
    Refusal::new("That draft is not there any more.", "A draft is kept for an hour.", "Run the command once more.")
}

/// The draft as its owner may still press it.
async fn waiting(tx: &mut Tx, id: DraftId, user: UserId, now: DateTime<Utc>) -> Result<Draft, Stop> {
    let draft = store::drafts::find(tx, id).await?.ok_or_else(gone)?;
    if draft.user != user {
        let why = "Whoever drafted it decides.";
        return Err(Refusal::new("That draft is somebody else's.", why, "Run the command for one of your own.").into());
    }
    if draft.expires_at <= now {
        return Err(gone().into());
    }
    Ok(draft)
}

/// Saves a draft. Saving it again gives the same series and changes nothing.
///
/// # Errors
/// Refused when the draft is gone or somebody else's, or the schedule changed so that it does not fit.
pub async fn save(deps: &Deps, id: DraftId, user: UserId) -> Result<Saved, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let draft = waiting(&mut tx, id, user, now).await?;
    let series = match draft.changes {
        Some((series, _)) => store::find(&mut tx, series).await?,
        None => None,
    };
    let saved = match (draft.saved, series) {
        (true, Some(series)) => return Ok(Saved { series, is_new: false, told: 0 }),
        (true, None) => return Err(gone().into()),
        (false, Some(series)) => {
            let unchanged = draft.changes.is_some_and(|(_, revision)| revision == series.revision);
            if !unchanged || series.going == Going::Removed {
                return Err(Refusal::new(
                    "The session was changed meanwhile.",
                    "Somebody else was quicker.",
                    "Look at `/schedule show`, and edit again.",
                )
                .into());
            }
            fits(&mut tx, draft.group, Some(series.id), &draft.details, now).await?;
            let was = serde_json::to_value(&series.details)?;
            let (series, told) = alter(deps, &mut tx, &series, &draft.details, series.source, now).await?;
            record(deps, &mut tx, "schedule.edit", &series, was).await?;
            Saved { series, is_new: false, told }
        }
        (false, None) if draft.changes.is_some() => return Err(gone().into()),
        (false, None) => {
            fits(&mut tx, draft.group, None, &draft.details, now).await?;
            let series = insert(&mut tx, draft.group, &draft.details, Source::Discord, now).await?;
            record(deps, &mut tx, "schedule.add", &series, Value::Null).await?;
            Saved { series, is_new: true, told: 0 }
        }
    };
    store::drafts::saved(&mut tx, id, &saved.series, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    deps.courier.ring();
    Ok(saved)
}

/// Throws a draft away; one that was saved stays saved.
///
/// # Errors
/// Refused when it is somebody else's.
pub async fn discard(deps: &Deps, id: DraftId, user: UserId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    let draft = waiting(&mut tx, id, user, deps.clock.now()).await?;
    if draft.saved {
        let now = "`/schedule remove` takes the session off.";
        return Err(Refusal::new("It was saved already.", "", now).into());
    }
    store::drafts::drop_one(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}
