//! What is kept about a member by this slice, and for how long.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{place, store, wishes_place};
use crate::deps::Deps;
use crate::groups::actions as members;
use crate::groups::part::{Part, seconds};
use crate::ids::Member;
use crate::refusal::Stop;

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
    let kept = store::kept::answers(pool, member).await?;
    let sealed = kept.iter().map(|one| (place(member, one.prompt), one.sealed.as_slice()));
    let opened = members::open_all(deps, member, sealed).await?;
    for (one, plain) in kept.iter().zip(&opened) {
        answers.push(json!({
            "day": one.on_date, "group": one.name,
            "answered_at": seconds(one.answered_at), "changed_at": seconds(one.edited_at),
            "answer": serde_json::from_slice::<Value>(plain)?,
        }));
    }
    let mut wishes = Part::new(
        "checkin_wishes",
        "What you chose to be asked, and what helps you",
        "So that check-ins fit you; locked with your own key.",
    );
    if let Some(sealed) = store::wishes(pool, member).await?
        && let Some(plain) = members::open(deps, member, wishes_place(member), &sealed).await?
    {
        wishes.push(serde_json::from_slice(&plain)?);
    }
    let mut direct = Part::new("checkin_direct", "Check-ins by direct message", "Because you asked for them.");
    for (group, at, next_at) in store::kept::direct(pool, member).await? {
        direct.push(json!({"group": group, "at": at, "next_at": next_at.map(seconds)}));
    }
    Ok(vec![answers, wishes, direct])
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
