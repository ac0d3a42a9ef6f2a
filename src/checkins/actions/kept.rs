//! What is kept about a member by this slice, and for how long.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{place, store, wishes_place};
use crate::deps::Deps;
use crate::groups::actions as members;
use crate::groups::part::{Part, seconds};
use crate::ids::Member;
use crate::refusal::Stop;
use crate::vault::Place;

/// This slice's part of what is kept about a member, opened with their key.
///
/// # Errors
/// When a database cannot be read.
pub async fn export(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let pool = deps.database.read();
    let mut answers = Part::new(
        "checkin_answers",
        "Check-in answers",
        "Because you said yes to keeping them; locked with your own key.",
    )
    .for_days(deps.config.retention.answers);
    for one in store::kept::answers(pool, member).await? {
        let answer = members::kept::opened(deps, member, place(member, one.prompt), &one.sealed).await;
        answers.push(json!({
            "day": one.on_date, "group": one.name,
            "answered_at": seconds(one.answered_at), "changed_at": seconds(one.edited_at),
            "answer": answer,
        }));
    }
    let mut wishes = Part::new(
        "checkin_wishes",
        "What you chose to be asked, and what helps you",
        "So that check-ins fit you; locked with your own key.",
    );
    if let Some(sealed) = store::wishes(pool, member).await? {
        wishes.push(members::kept::opened(deps, member, wishes_place(member), &sealed).await);
    }
    let mut direct = Part::new("checkin_direct", "Check-ins by direct message", "Because you asked for them.");
    for (group, at, next_at) in store::kept::direct(pool, member).await? {
        direct.push(json!({"group": group, "at": at, "next_at": next_at.map(seconds)}));
    }
    let mut parts = vec![answers, wishes, direct];
    parts.extend(beyond(deps, member).await?);
    Ok(parts)
}

/// What was shared, and what a member wished for beyond their answers.
async fn beyond(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let row = |table, column| move |row| Place { table, column, member: member.user.snowflake(), row };
    let mut shares = Part::new(
        "shares",
        "What you shared, and with whom",
        "So that you can take it back; the words are locked with your own key.",
    )
    .for_days(u32::try_from(super::sharing::SHARES_KEPT.num_days()).unwrap_or_default());
    let place = row("checkin_share", "sealed");
    members::kept::fill(deps, member, &mut shares, store::kept::SHARES, "shared", place).await?;
    let mut counted =
        Part::new("weather", "Whether you are counted in the group's weather", "So that it is asked once.");
    let nothing = row("checkin_counted", "");
    members::kept::fill(deps, member, &mut counted, store::kept::COUNTED, "", nothing).await?;
    let mut quiet = Part::new("reach_out", "What you wished for when you go quiet", "Because you asked for it.");
    let nothing = row("checkin_quiet", "");
    members::kept::fill(deps, member, &mut quiet, store::kept::QUIET, "", nothing).await?;
    Ok(vec![shares, counted, quiet])
}

/// Removes answers given before then, and windows without answers that closed before then, in small batches.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, before: DateTime<Utc>) -> anyhow::Result<()> {
    loop {
        let mut tx = deps.database.write().await?;
        let removed = store::kept::prune(&mut tx, before).await?;
        tx.commit().await?;
        if removed == 0 {
            return Ok(());
        }
    }
}
