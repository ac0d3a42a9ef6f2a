//! What people, or the clock, can make mentoring do.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Listing, Match, MatchState, OPEN_LIMIT, Topic};
use super::{cards, plan, store};
use crate::alumni::actions::{key, steps};
use crate::deps::Deps;
use crate::groups::{self, Group, actions as members};
use crate::ids::{GroupId, Member, MentorMatchId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// The kind of envelope that asks an alum whether they would be somebody's mentor.
pub const ASK: &str = "alumni.mentor_ask";
/// The kind of envelope that tells one of the two what became of it.
pub const NEWS: &str = "alumni.mentor_news";
/// How long a question, or news, is worth sending.
const WORTH: TimeDelta = TimeDelta::days(14);
/// Matches settled in one write transaction after people left.
const BATCH: u32 = 100;

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

/// What somebody is told about a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The alum said yes.
    Matched,
    /// The alum said not now.
    Declined,
    /// The other one ended it, or left.
    Ended,
}

#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    matching: MentorMatchId,
    group: GroupId,
    user: UserId,
    news: Option<News>,
}

async fn needs_direct(deps: &Deps, member: Member) -> Result<(), Stop> {
    if members::consents(deps, member).await?.direct_messages == Some(true) {
        return Ok(());
    }
    let now = "`/privacy` turns direct messages on; then try again.";
    Err(Refusal::new("Mentoring needs direct messages, and you said no to those.", "", now).into())
}

/// Puts an alum into the directory, or changes what they can be found for.
///
/// # Errors
/// Refused when they are not on the last step, or mentor without direct messages.
pub async fn list(
    deps: &Deps,
    group: &Group,
    member: Member,
    change: impl FnOnce(&mut Listing),
) -> Result<Listing, Stop> {
    let now = deps.clock.now();
    steps::graduate(deps, group, member).await?;
    let mut tx = deps.database.write().await?;
    let known = store::listings_in(&mut tx, group.id).await?.into_iter().find(|one| one.member == member);
    let fresh = Listing { group: group.id, member, topics: Vec::new(), capacity: 1, listed_at: now };
    let mut listing = known.unwrap_or(fresh);
    change(&mut listing);
    if listing.topics.is_empty() {
        return Err(Refusal::new("First choose what for.", "", "The select above the other one has the topics.").into());
    }
    store::list(&mut tx, &listing).await?;
    tx.commit().await?;
    Ok(listing)
}

/// Takes an alum out of the directory. Who they mentor already stays until one of them ends it.
///
/// # Errors
/// When the database cannot be written.
pub async fn unlist(deps: &Deps, group: GroupId, user: UserId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::unlist(&mut tx, group, user).await?;
    tx.commit().await?;
    Ok(())
}

/// What an alum can be found for.
///
/// # Errors
/// When the database cannot be read.
pub async fn listing(deps: &Deps, group: GroupId, member: Member) -> Result<Option<Listing>, Stop> {
    Ok(listings(deps, group).await?.into_iter().find(|one| one.member == member))
}

/// Who can be found in a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn listings(deps: &Deps, group: GroupId) -> Result<Vec<Listing>, Stop> {
    Ok(store::listings(deps.database.read(), group).await?)
}

/// Asks the fitting mentor for a member.
///
/// # Errors
/// Refused when nobody fits, they have enough open, or said no to direct messages.
pub async fn find(deps: &Deps, group: &Group, member: Member, topic: Topic) -> Result<(), Stop> {
    let now = deps.clock.now();
    needs_direct(deps, member).await?;
    let mut tx = deps.database.write().await?;
    let open = store::open_of_in(&mut tx, member).await?;
    if open.iter().filter(|one| one.member == member).count() >= OPEN_LIMIT {
        let why = format!("{OPEN_LIMIT} at a time are the most.");
        return Err(Refusal::new("You have asked enough people for now.", why, "`/mentor mine` shows them.").into());
    }
    let mut listings = Vec::new();
    for listing in store::listings_in(&mut tx, group.id).await? {
        // Whoever takes no direct messages, is away, or stepped back up is not asked now.
        let direct = deps.roster.wishes(listing.member).direct_messages == Some(true);
        let settings = groups::store::settings::find_in(&mut tx, listing.member).await?;
        let joined = groups::store::joined_in(&mut tx, listing.member).await?.contains(&group.id);
        if direct && joined && !settings.is_away(now) {
            listings.push(listing);
        }
    }
    let matches = store::matches_in(&mut tx, group.id).await?;
    let Some(best) = plan::best(&listings, &matches, member.user, topic) else {
        return Err(Refusal::new(
            "Right now there is nobody to ask for that.",
            "Nobody who offered it has room, or you have met already.",
            "Try another topic, or again in a week. A facilitator can help too: `/step up`.",
        )
        .into());
    };
    if let Some(id) = store::ask(&mut tx, group.id, best.member, member.user, topic, now).await? {
        enqueue(&mut tx, (id, group.id), best.member, None, now).await?;
    }
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

async fn enqueue(
    tx: &mut Tx,
    (matching, group): (MentorMatchId, GroupId),
    to: Member,
    news: Option<News>,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let word = match news {
        None => "ask",
        Some(News::Matched) => "matched",
        Some(News::Declined) => "declined",
        Some(News::Ended) => "ended",
    };
    let envelope = NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("{}mentor/{matching}/{word}", key(to, group)),
        guild: to.guild,
        place: Place::Direct(to.user),
        kind: if news.is_none() { ASK } else { NEWS },
        subject: serde_json::to_value(Subject { matching, group, user: to.user, news })?,
        due_at: now,
        expires_at: now + WORTH,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    Ok(())
}

/// Somebody's open matches, on either side.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(deps: &Deps, member: Member) -> Result<Vec<Match>, Stop> {
    Ok(store::open_of(deps.database.read(), member).await?)
}

/// The alum answers.
///
/// # Errors
/// Refused when it is somebody else's to answer, or over.
pub async fn answer(deps: &Deps, user: UserId, id: MentorMatchId, yes: bool) -> Result<Match, Stop> {
    let now = deps.clock.now();
    let found = store::find(deps.database.read(), id).await?.filter(|one| one.mentor.user == user);
    let mut matching = found.ok_or_else(Refusal::old_button)?;
    let mut tx = deps.database.write().await?;
    let (done, news) = if yes {
        (store::accept(&mut tx, id).await?, News::Matched)
    } else {
        (store::end(&mut tx, id, MatchState::Declined, now).await?, News::Declined)
    };
    if !done || (!yes && matching.state != MatchState::Asked) {
        return Err(Refusal::new("That is over already.", "", "`/mentor mine` shows what is open.").into());
    }
    enqueue(&mut tx, (id, matching.group), matching.member, Some(news), now).await?;
    tx.commit().await?;
    deps.courier.ring();
    matching.state = if yes { MatchState::Matched } else { MatchState::Declined };
    Ok(matching)
}

/// One of the two ends it, or takes the question back; the other reads one kind line if they had met.
///
/// # Errors
/// Refused when it is neither's, or over.
pub async fn end(deps: &Deps, user: UserId, id: MentorMatchId) -> Result<(), Stop> {
    let now = deps.clock.now();
    let matching = store::find(deps.database.read(), id).await?.ok_or_else(Refusal::old_button)?;
    let other = matching.other(user).ok_or_else(Refusal::old_button)?;
    let mut tx = deps.database.write().await?;
    if !store::end(&mut tx, id, MatchState::Ended, now).await? {
        return Err(Refusal::new("That is over already.", "", "").into());
    }
    settle(&mut tx, &matching, other, now).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

/// Takes back what waits about a match, and tells the one who stays, if the two had met.
async fn settle(tx: &mut Tx, matching: &Match, stays: Member, now: DateTime<Utc>) -> anyhow::Result<()> {
    for side in [matching.mentor, matching.member] {
        let prefix = format!("{}mentor/{}/", key(side, matching.group), matching.id);
        outbox::cancel_matching(tx, now, &prefix, "ended").await?;
    }
    // Who asked and waits still, hears it as well; an alum who was only asked has lost nobody.
    if matching.state == MatchState::Matched || stays == matching.member {
        enqueue(tx, (matching.id, matching.group), stays, Some(News::Ended), now).await?;
    }
    Ok(())
}

/// Settles the matches of which somebody has left.
///
/// # Errors
/// When the database cannot be written.
pub async fn tick(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    loop {
        let mut tx = deps.database.write().await?;
        let broken = store::broken(&mut tx, BATCH).await?;
        store::unlist_left(&mut tx).await?;
        for matching in &broken {
            store::end(&mut tx, matching.id, MatchState::Ended, now).await?;
            let mut stays = None;
            for side in [matching.mentor, matching.member] {
                if groups::store::joined_in(&mut tx, side).await?.contains(&matching.group) {
                    stays = Some(side);
                }
            }
            if let Some(stays) = stays {
                settle(&mut tx, matching, stays, now).await?;
            }
        }
        tx.commit().await?;
        if broken.is_empty() {
            return Ok(());
        }
        deps.courier.ring();
    }
}

/// Tells whoever stays behind, before a member is forgotten and nothing is left to tell from.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_all(tx: &mut Tx, member: Member, now: DateTime<Utc>) -> anyhow::Result<()> {
    for matching in store::open_of_in(tx, member).await? {
        store::end(tx, matching.id, MatchState::Ended, now).await?;
        if let Some(other) = matching.other(member.user) {
            settle(tx, &matching, other, now).await?;
        }
    }
    Ok(())
}

/// Draws a question or news at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(group) = groups::store::find(pool, subject.group).await? else { return Ok(Drawn::Gone("removed")) };
    let to = Member { guild: group.guild, user: subject.user };
    if let Some(instead) = members::reach::held_back(deps, to, &group).await? {
        return Ok(instead);
    }
    let found = store::find(pool, subject.matching).await?;
    let other = found.as_ref().and_then(|matching| matching.other(to.user)).map(|other| other.user);
    Ok(match (subject.news, found) {
        (None, Some(matching)) if matching.state == MatchState::Asked => Drawn::Card(cards::asked(&matching, &group)),
        (Some(News::Matched), Some(matching)) if matching.state == MatchState::Matched => {
            Drawn::Card(cards::matched(&matching, to.user))
        }
        (Some(News::Declined), _) => Drawn::Card(cards::not_now(&group)),
        (Some(News::Ended), _) => Drawn::Card(cards::ended_for_you(&group, other)),
        (None | Some(News::Matched), _) => Drawn::Gone("over"),
    })
}
