//! Sharing exactly one thing, after it was seen, and taking it back.
//!
//! What is previewed is kept sealed as a draft, and what is posted is that draft: a later change of the
//! answer changes nothing in it. The post goes through the outbox like everything else, drawn from the
//! sealed draft at the moment it is sent, so that no words wait in the queue. Taking back empties the
//! draft in the same transaction that cancels the post; a message that is out already is deleted, at once
//! or as soon as Discord lets us.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::model::{DRAFTS_A_DAY, SHARES_A_DAY, SHARES_LISTED, Share, ShareState, Shared, With};
use super::super::store::sharing as store;
use super::super::{cards, chart};
use crate::card::{Card, File};
use crate::deps::Deps;
use crate::discord::Bot;
use crate::groups::model::{CONSENT_TEXT, Standing};
use crate::groups::{self, Group, actions as members};
use crate::ids::{Member, ShareId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, Messenger, NewEnvelope, Place, SendError, State};
use crate::refusal::{Refusal, Stop};

/// The kind of envelope that carries what a member shares.
pub const SHARE: &str = "checkin.share";
/// How long a share to one person waits for their waking hours or their coming back.
const WAITS_FOR_SOMEBODY: TimeDelta = TimeDelta::days(7);
/// How long a share waits for Discord.
const WAITS: TimeDelta = TimeDelta::hours(12);
/// How long somebody away without an end is left alone before we look again.
const AWAY_AGAIN: TimeDelta = TimeDelta::days(1);
/// How long a draft can be shared; after that the day it is about is another one.
const DRAFT_KEPT: TimeDelta = TimeDelta::days(1);
/// How long shares are remembered, so that they can be taken back from the list; the outbox remembers
/// their messages as long.
pub(super) const SHARES_KEPT: TimeDelta = TimeDelta::days(80);
/// Longest that a press to take back waits for a post that is on its way at that moment.
const ON_ITS_WAY: Duration = Duration::from_secs(2);
/// Messages deleted in one go after a fresh start; the rest follows with the next.
const UNSHARED_AT_ONCE: u32 = 100;

/// The ids a share is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    share: ShareId,
}

fn key_prefix(share: ShareId) -> String {
    format!("checkin_share:{share}/")
}

fn place(share: &Share) -> crate::vault::Place<'static> {
    crate::vault::Place {
        table: "checkin_share",
        column: "sealed",
        member: share.member.user.snowflake(),
        row: share.id.raw(),
    }
}

/// Keeps what a member is about to share, sealed, for the preview.
///
/// # Errors
/// Refused when they previewed too much today.
pub async fn draft(deps: &Deps, member: Member, group: &Group, shared: &Shared) -> Result<ShareId, Stop> {
    let now = deps.clock.now();
    let plain = Zeroizing::new(serde_json::to_vec(shared)?);
    let mut tx = deps.database.write().await?;
    let (drafts, _) = store::since(&mut tx, member, now - TimeDelta::days(1)).await?;
    if drafts >= DRAFTS_A_DAY {
        return Err(too_much("previews", DRAFTS_A_DAY).into());
    }
    let id = store::draft(&mut tx, group.id, member, now).await?;
    let share =
        Share { id, group: group.id, member, sealed: Vec::new(), state: ShareState::Drafted, with: None, made_at: now };
    let sealed = members::seal(deps, member, place(&share), &plain).await?;
    store::seal(&mut tx, id, &sealed).await?;
    tx.commit().await?;
    Ok(id)
}

fn too_much(what: &str, limit: i64) -> Refusal {
    Refusal::new(
        format!("That is a lot of {what} for one day."),
        format!("{limit} are the most, so that nobody is flooded."),
        "Tomorrow it goes on.",
    )
}

/// A member's own share.
///
/// # Errors
/// Refused when it is gone or somebody else's.
pub async fn own(deps: &Deps, user: UserId, share: ShareId) -> Result<Share, Stop> {
    match store::find(deps.database.read(), share).await? {
        Some(share) if share.member.user == user => Ok(share),
        Some(_) => Err(Refusal::new("Only the person who shared this can take it back.", "", "").into()),
        None => Err(Refusal::old_button().into()),
    }
}

/// What a share holds; nothing when it was taken back or its member's key was destroyed.
///
/// # Errors
/// When a database cannot be read.
pub async fn opened(deps: &Deps, share: &Share) -> Result<Option<Shared>, Stop> {
    if share.sealed.is_empty() {
        return Ok(None);
    }
    let opened = members::open(deps, share.member, place(share), &share.sealed).await?;
    Ok(opened.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

/// What a share looks like to those who see it; `share` adds the button that takes it back.
///
/// # Errors
/// When the picture cannot be drawn.
pub async fn card(author: UserId, shared: &Shared, with: Option<With>, share: Option<ShareId>) -> anyhow::Result<Card> {
    let mut card = cards::shared(author, shared, with, share);
    if let Some(trend) = shared.trend() {
        let description = chart::alt(&trend, false).replacen("Your mood", "Their mood", 1);
        card.files.push(File { name: "mood.png".to_owned(), bytes: chart::draw(trend).await?, description });
    }
    Ok(card)
}

/// Whether something can be brought to this person: they belong to the group and agreed to direct messages.
/// One sentence for both, so that it does not tell which.
///
/// # Errors
/// Refused otherwise.
pub async fn reachable(deps: &Deps, from: Member, group: &Group, user: UserId) -> Result<(), Stop> {
    let person = Member { guild: group.guild, user };
    let belongs = members::belongs(deps, person, group.id).await?;
    let agreed = members::consents(deps, person).await?.direct_messages == Some(true);
    if user != from.user && belongs && agreed {
        return Ok(());
    }
    Err(Refusal::new(
        "I can't bring it to that person.",
        "I only write to other people of your group who said yes to direct messages.",
        "You can share it in the channel, or tell them yourself.",
    )
    .into())
}

/// Shares a draft: from now on it is on its way.
///
/// # Errors
/// Refused when it was shared already or is too old, when they shared too much today, or when they or the
/// person it goes to do not belong to the group.
pub async fn share(deps: &Deps, share: &Share, group: &Group, with: With) -> Result<(), Stop> {
    let now = deps.clock.now();
    if !members::belongs(deps, share.member, group.id).await? {
        return Err(Refusal::new("You have left this group.", "", "`/join` takes you in again.").into());
    }
    let (place, class, waits) = match with {
        With::Channel(channel) | With::Facilitators(channel) => (Place::Channel(channel), Class::Answer, WAITS),
        With::Person(user) => {
            reachable(deps, share.member, group, user).await?;
            (Place::Direct(user), Class::Prompt, WAITS_FOR_SOMEBODY)
        }
    };
    let mut tx = deps.database.write().await?;
    let (_, shares) = store::since(&mut tx, share.member, now - TimeDelta::days(1)).await?;
    if shares >= SHARES_A_DAY {
        return Err(too_much("sharing", SHARES_A_DAY).into());
    }
    if now - share.made_at >= DRAFT_KEPT || !store::shared(&mut tx, share.id, with, now).await? {
        return Err(Refusal::old_button().into());
    }
    let envelope = NewEnvelope {
        class,
        dedupe_key: format!("{}post", key_prefix(share.id)),
        guild: group.guild,
        place,
        kind: SHARE,
        subject: serde_json::to_value(Subject { share: share.id })?,
        due_at: now,
        expires_at: now + waits,
    };
    outbox::enqueue(&mut tx, now, &envelope).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

/// Draws a share at the moment it is sent.
///
/// # Errors
/// When a database cannot be read, or the picture cannot be drawn.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(share) = store::find(pool, subject.share).await? else { return Ok(Drawn::Gone("removed")) };
    if share.state != ShareState::Shared {
        return Ok(Drawn::Gone("taken_back"));
    }
    let Some(group) = groups::store::find(pool, share.group).await? else { return Ok(Drawn::Gone("removed")) };
    if let Some(With::Person(user)) = share.with
        && let Some(instead) = not_now(deps, &group, user).await?
    {
        return Ok(instead);
    }
    let shared = match opened(deps, &share).await {
        Ok(Some(shared)) => shared,
        Ok(None) => return Ok(Drawn::Gone("removed")),
        Err(Stop::Fault(error)) => return Err(error),
        Err(Stop::Refusal(refusal)) => anyhow::bail!("a share is refused: {refusal}"),
    };
    Ok(Drawn::Card(card(share.member.user, &shared, share.with, Some(share.id)).await?))
}

/// Why somebody is not written to right now, if they are not.
///
/// # Errors
/// When the database cannot be read.
pub async fn not_now(deps: &Deps, group: &Group, user: UserId) -> anyhow::Result<Option<Drawn>> {
    let (pool, now) = (deps.database.read(), deps.clock.now());
    let member = Member { guild: group.guild, user };
    if groups::store::standing(pool, group.id, user).await? != Standing::Joined {
        return Ok(Some(Drawn::Gone("left")));
    }
    if groups::store::consents(pool, member, CONSENT_TEXT).await?.direct_messages != Some(true) {
        return Ok(Some(Drawn::Gone("no_consent")));
    }
    let settings = groups::store::settings::find(pool, member).await?;
    if let Some(away) = settings.away.filter(|away| away.holds(now)) {
        return Ok(Some(Drawn::Later(away.until.unwrap_or(now + AWAY_AGAIN))));
    }
    let from = settings.not_quiet_from(now, settings.zone_in(group));
    Ok((from > now).then_some(Drawn::Later(from)))
}

/// What a member shared last and can take back.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(deps: &Deps, member: Member) -> Result<Vec<Share>, Stop> {
    Ok(store::latest(deps.database.read(), member, SHARES_LISTED).await?)
}

/// Takes a share back. True when nothing of it is to be seen any more; false when its message goes as
/// soon as Discord lets us.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_back(bot: &Bot, share: ShareId) -> Result<bool, Stop> {
    let deps = &bot.deps;
    let mut tx = deps.database.write().await?;
    unshare(&mut tx, share, deps.clock.now()).await?;
    tx.commit().await?;
    if delete(bot, share).await? {
        return Ok(true);
    }
    // It may be on its way at this very moment: once that is over, it can be found and deleted.
    let _ = tokio::time::timeout(ON_ITS_WAY, deps.courier.ring_and_wait()).await;
    delete(bot, share).await
}

async fn unshare(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    share: ShareId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::take_back(tx, share, now).await?;
    outbox::store::cancel_matching(tx, now, &key_prefix(share), "taken_back").await.map(drop)
}

/// Takes back everything a member shared; for "forget me". What cannot be deleted now goes later.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_back_all(bot: &Bot, member: Member) -> Result<(), Stop> {
    let mut tx = bot.deps.database.write().await?;
    let shares = store::of_member(&mut tx, member).await?;
    for share in &shares {
        unshare(&mut tx, *share, bot.deps.clock.now()).await?;
    }
    tx.commit().await?;
    for share in shares {
        delete(bot, share).await?;
    }
    Ok(())
}

/// Deletes what was to be deleted while Discord could not be reached.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn catch_up(bot: &Bot) -> Result<(), Stop> {
    for share in store::unsharing(bot.deps.database.read(), UNSHARED_AT_ONCE).await? {
        delete(bot, share).await?;
    }
    Ok(())
}

/// Deletes the message of a share, if it has one. False when that has to wait.
async fn delete(bot: &Bot, share: ShareId) -> Result<bool, Stop> {
    let sent = outbox::store::list_matching(bot.deps.database.read(), &key_prefix(share)).await?;
    for delivery in sent {
        match (delivery.state, delivery.message) {
            (State::Pending | State::Sending, _) => return Ok(false),
            (State::Sent, Some(message)) => match bot.rest.delete(delivery.place, message).await {
                // Whatever cannot be reached for good (the channel is gone, we may not) is not ours to delete.
                Ok(()) | Err(SendError::Refused { .. }) => {}
                Err(error) => {
                    tracing::warn!(%share, %error, "a message that was taken back is not deleted yet");
                    return Ok(false);
                }
            },
            (State::Sent | State::Expired | State::Undeliverable | State::Cancelled, _) => {}
        }
    }
    let mut tx = bot.deps.database.write().await?;
    store::unshared(&mut tx, share).await?;
    tx.commit().await?;
    Ok(true)
}

/// Removes drafts of yesterday and shares of a season ago.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - DRAFT_KEPT, now - SHARES_KEPT).await?;
    tx.commit().await?;
    Ok(())
}
