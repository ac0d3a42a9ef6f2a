//! What goes on while the bot runs: the planner's and the lister's rounds, and which slice draws what.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::Ended;
use crate::clock::Bell;
use crate::deps::Deps;
use crate::discord::Rest;
use crate::outbox::{self, Drawn, Envelope};
use crate::sessions::actions::attending;
use crate::{alumni, checkins, crisis, groups, privacy, recovery, sessions};

/// How long a failed planning tick waits before the next.
const TICK_AGAIN: TimeDelta = TimeDelta::seconds(5);

/// Brings groups and sessions to what the configuration declares.
pub(super) async fn apply_declared(deps: &Deps) -> Result<(), Ended> {
    for (group, declared) in groups::actions::apply_declared(deps).await? {
        sessions::actions::apply_declared(deps, &group, &declared.series).await?;
    }
    Ok(())
}

/// Leads each kind of envelope to the slice that draws it.
pub(super) fn draws(deps: &Deps, rest: &Rest) -> outbox::DrawFn {
    let (deps, rest) = (deps.clone(), rest.clone());
    Arc::new(move |envelope: Envelope| -> BoxFuture<'static, anyhow::Result<Drawn>> {
        let (deps, rest) = (deps.clone(), rest.clone());
        Box::pin(async move {
            match envelope.kind.as_str() {
                sessions::actions::REMINDER | sessions::actions::CORRECTION => {
                    sessions::actions::draw(&deps, &envelope).await
                }
                attending::DIRECT | attending::CAME_FREE | attending::PLACE | attending::MISSED => {
                    attending::draw(&deps, &rest, &envelope).await
                }
                checkins::actions::prompts::PROMPT
                | checkins::actions::prompts::DIRECT
                | checkins::actions::prompts::UNUSED
                | checkins::actions::sharing::SHARE
                | checkins::actions::silence::NOTE
                | checkins::actions::silence::TELL => checkins::actions::prompts::draw(&deps, &envelope).await,
                crisis::actions::hand::HAND_UP => crisis::actions::hand::draw(&deps, &envelope).await,
                crisis::actions::HELLO => Ok(crisis::actions::draw_hello()),
                crisis::actions::lines::OLD => Ok(crisis::actions::lines::draw_old(&deps, &envelope)),
                crisis::places::actions::NOTICE => crisis::places::actions::draw(&deps, &envelope),
                crisis::actions::postvention::NOTE => crisis::actions::postvention::draw(&deps, &envelope),
                crisis::actions::concerns::CALL
                | crisis::actions::concerns::TRUTH
                | crisis::actions::concerns::NOTICE => crisis::actions::concerns::draw(&deps, &envelope).await,
                alumni::actions::steps::OFFER
                | alumni::actions::steps::ANSWERED
                | alumni::actions::steps::GRADUATED
                | alumni::actions::touches::TOUCH
                | alumni::mentors::actions::ASK
                | alumni::actions::companions::ASK
                | alumni::actions::companions::DUE
                | alumni::actions::companions::NEWS
                | alumni::notes::actions::NOTE
                | alumni::notes::actions::WAITS
                | alumni::notes::actions::NEWS
                | alumni::mentors::actions::NEWS => alumni::actions::draw(&deps, &envelope).await,
                kind => match recovery::actions::draw(&deps, &envelope).await? {
                    Some(drawn) => Ok(drawn),
                    None => Err(anyhow::anyhow!("nobody draws envelopes of kind {kind}")),
                },
            }
        })
    })
}

/// The planner: asks every slice what fell due, then waits for the next moment or a ring.
pub(super) async fn plan(deps: Deps, listing: Bell, cancel: CancellationToken) {
    let started = deps.clock.now();
    let mut pruned_on = None;
    while !cancel.is_cancelled() {
        let round = deps.planner.round();
        let now = deps.clock.now();
        let mut next = tick(&deps, now).await;
        if deps.database.is_unfolded() {
            deps.database.fold().await;
            if deps.database.is_unfolded() {
                next = next.into_iter().chain([now + TICK_AGAIN]).min();
            }
        }
        if pruned_on != Some(now.date_naive()) {
            match prune(&deps, started, now).await {
                Ok(()) => pruned_on = Some(now.date_naive()),
                Err(error) => tracing::error!(error = format!("{error:#}"), "pruning failed"),
            }
        }
        let next = next.into_iter().chain(tomorrow(now)).min();
        deps.planner.finish(round);
        listing.ring();
        tokio::select! {
            () = cancel.cancelled() => {}
            () = deps.planner.wait(round, &deps.clock, next) => {}
        }
    }
}

/// The lister: keeps the servers' events in step. Apart from the planner, because it waits for Discord.
pub(super) async fn list_ahead(deps: Deps, rest: Rest, listing: Bell, cancel: CancellationToken) {
    while !cancel.is_cancelled() {
        let round = listing.round();
        let done = tokio::select! {
            () = cancel.cancelled() => return,
            done = sessions::actions::list_ahead(&deps, &rest) => done,
        };
        let next = done.unwrap_or_else(|error| {
            tracing::error!(error = format!("{error:#}"), "events could not be brought up to date, trying again soon");
            Some(deps.clock.now() + TICK_AGAIN)
        });
        listing.finish(round);
        tokio::select! {
            () = cancel.cancelled() => {}
            () = listing.wait(round, &deps.clock, next) => {}
        }
    }
}

/// Asks the slices, each by itself: what is wrong with one keeps nothing of another from being said.
async fn tick(deps: &Deps, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let asked = [
        ("concerns", crisis::actions::concerns::tick(deps).await),
        ("sessions", sessions::actions::tick(deps).await),
        ("check-ins", checkins::actions::prompts::tick(deps).await),
        ("recovery", recovery::actions::tick(deps).await),
        ("alumni", alumni::actions::tick(deps).await),
    ];
    let next = asked.map(|(slice, next)| {
        next.unwrap_or_else(|error| {
            tracing::error!(slice, error = format!("{error:#}"), "planning failed, trying again soon");
            Some(now + TICK_AGAIN)
        })
    });
    next.into_iter().flatten().min()
}

async fn prune(deps: &Deps, started: DateTime<Utc>, now: DateTime<Utc>) -> anyhow::Result<()> {
    sessions::actions::prune(deps, now).await?;
    crisis::actions::concerns::prune(deps, now).await?;
    sessions::practice::actions::prune(deps, now).await?;
    checkins::actions::prune(deps, now).await?;
    alumni::actions::prune(deps, now).await?;
    recovery::actions::prune(deps, now).await?;
    privacy::actions::prune(deps, started, now).await
}

/// When the next day begins, for what is done once a day; days are counted in UTC here, since nobody sees them.
fn tomorrow(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(now.date_naive().succ_opt()?.and_time(chrono::NaiveTime::MIN).and_utc())
}
