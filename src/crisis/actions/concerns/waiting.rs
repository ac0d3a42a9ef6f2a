//! What becomes of concerns that nobody answers in time.

use chrono::{DateTime, TimeDelta, Utc};

use super::circles::{available, circles_of, on_call, patience};
use super::said::{enqueue_call, tell, told};
use super::{Tx, keep_turn};
use crate::crisis::model::concern::{Circle, Concern, State, Told};
use crate::crisis::plan::concern::{self as plan, Happening, Says};
use crate::crisis::store;
use crate::deps::Deps;
use crate::ids::UserId;

/// How long a concern of a group that is not served waits before it is looked at again.
const PARKED: TimeDelta = TimeDelta::hours(1);

/// Looks at every concern whose time is up, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let due = store::due(&mut tx, now).await?;
        if due.is_empty() {
            break;
        }
        for concern in &due {
            look_at(deps, &mut tx, concern, now).await?;
        }
        tx.commit().await?;
        deps.courier.ring();
    }
    Ok(store::next(deps.database.read()).await?)
}

async fn look_at(deps: &Deps, tx: &mut Tx, concern: &Concern, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(known) = deps.roster.group(concern.group) else {
        // The bot was removed; it goes on when it is back.
        return Ok(store::turn(tx, concern.id, stands(concern), Some(now + PARKED), false).await?);
    };
    if concern.state == State::Unanswered {
        return told(deps, tx, concern, &known, now).await;
    }
    let circles = circles_of(deps, &known);
    let on_call = on_call(deps, tx, &known, concern.member.user).await?;
    let available = available(&circles, &known, &on_call);
    let Ok(turn) = plan::turn(concern, Happening::TimeUp, &available, patience(&circles), now) else {
        return Ok(store::turn(tx, concern.id, stands(concern), None, false).await?);
    };
    keep_turn(tx, concern, Happening::TimeUp, turn, now).await?;
    match turn.says {
        Says::Nothing => Ok(()),
        Says::Calls => enqueue_call(tx, concern, &known, (turn.circle, false), (circles.channel, now)).await,
        Says::Truth => {
            let direct = deps.roster.wishes(concern.member).direct_messages == Some(true);
            let told = if direct { Told::Direct } else { Told::Line };
            tell(tx, concern, &known, told, turn.next_at.filter(|_| direct), now).await
        }
    }
}

fn stands(concern: &Concern) -> (State, Circle, Option<UserId>) {
    (concern.state, concern.circle, concern.responder)
}
