//! What is kept about a member by this slice, and for how long.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

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
        let answer = opened(deps, member, place(member, one.prompt), &one.sealed).await;
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
        wishes.push(opened(deps, member, wishes_place(member), &sealed).await);
    }
    let mut direct = Part::new("checkin_direct", "Check-ins by direct message", "Because you asked for them.");
    for (group, at, next_at) in store::kept::direct(pool, member).await? {
        direct.push(json!({"group": group, "at": at, "next_at": next_at.map(seconds)}));
    }
    Ok(vec![answers, wishes, direct])
}

/// A sealed value, opened; words that say so where it does not open, because one damaged value must not keep
/// somebody from everything else that is theirs.
async fn opened(deps: &Deps, member: Member, place: Place<'static>, sealed: &[u8]) -> Value {
    let plain = members::open(deps, member, place, sealed).await.ok().flatten();
    plain
        .and_then(|plain| serde_json::from_slice(&plain).ok())
        .unwrap_or_else(|| "this cannot be opened any more".into())
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
