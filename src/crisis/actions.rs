//! What happens when words were noticed, and when somebody presses what came of it.
//!
//! Nothing here waits for the database: groups and wishes come from the roster, helplines and lexicon
//! live in memory, and the answer goes straight to Discord (`sending`).

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::cards::{self, Here};
use super::lexicon::Sensitivity;
use super::model::{EDIT_FRESH, Note, Noticed, OPEN_FOR};
use super::plan::{self, Step};
use super::sending::{Answer, Pointing, within};
use crate::deps::Deps;
use crate::discord::{Bot, Spoken};
use crate::helplines::CountryCode;
use crate::ids::{ChannelId, GroupId, GuildId, Member, RoleId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Nonce, Place, SendError};
use crate::refusal::Stop;
use crate::roster::{Known, Wishes};

/// The kind of envelope that asks for a person.
pub const HAND_UP: &str = "crisis.hand_up";
/// The kind of envelope that answers a direct message which calls for no pointer.
pub const HELLO: &str = "crisis.hello";
/// What the sealed notes of neutral lines are for; part of what they are sealed with.
const NOTES: &str = "crisis note";
/// Longest that a call for a person waits for the database.
const KEEP_WITHIN: Duration = Duration::from_secs(3);
/// Longest that the person who asked for one waits to hear whether the call is posted.
const HAND_WITHIN: Duration = Duration::from_secs(15);

/// What is to be answered: what was noticed in whose words, and where they are looked after.
#[derive(Clone, Debug)]
pub struct Found {
    /// What was noticed.
    pub noticed: Noticed,
    /// Who wrote it.
    pub member: Member,
    /// What follows, but for what the member was shown lately.
    pub step: Step,
    /// The group, as far as it is known.
    pub known: Option<Known>,
}

/// Looks at a message once and answers it if its words call for that.
///
/// # Errors
/// When Discord takes neither the direct message nor the line, and never will.
pub async fn heard(bot: &Bot, spoken: &Spoken) -> Result<(), Stop> {
    if spoken.edited && bot.deps.clock.now() - spoken.at > EDIT_FRESH {
        return Ok(());
    }
    if let Some(known) = watched(&bot.deps, spoken) {
        bot.deps.roster.heard(spoken.channel, known.group, spoken.message);
    }
    match look(&bot.deps, spoken) {
        Some(found) => answer(bot, spoken, &found, false).await,
        None if spoken.guild.is_none() && !spoken.edited => greet(&bot.deps, spoken.author).await,
        None => Ok(()),
    }
}

/// Somebody wrote to the bot directly, and nothing in it called for a pointer: they are told what can be done
/// here, once a day at most, whatever they wrote. Silence would leave them waiting for a person.
async fn greet(deps: &Deps, user: UserId) -> Result<(), Stop> {
    let now = deps.clock.now();
    let envelope = NewEnvelope {
        class: Class::Answer,
        dedupe_key: format!("{}{}", hello_prefix(user), now.date_naive()),
        guild: deps.roster.home(user).unwrap_or(GuildId::new(0)),
        place: Place::Direct(user),
        kind: HELLO,
        subject: serde_json::json!({}),
        due_at: now,
        expires_at: now + chrono::TimeDelta::hours(1),
    };
    let mut tx = deps.database.write().await?;
    outbox::enqueue(&mut tx, now, &envelope).await?;
    tx.commit().await?;
    deps.courier.ring();
    Ok(())
}

fn hello_prefix(user: UserId) -> String {
    format!("hello:{user}/")
}

/// The group whose watched channel or thread this was written in.
fn watched(deps: &Deps, spoken: &Spoken) -> Option<Known> {
    spoken.guild?;
    let here = deps.roster.at(spoken.channel);
    here.or_else(|| deps.roster.at(spoken.parent?)).filter(|known| known.noticing)
}

/// Looks at the words; nothing when nobody looks here, the member wishes that nobody looks, or the words
/// call for no answer.
pub fn look(deps: &Deps, spoken: &Spoken) -> Option<Found> {
    if spoken.words.trim().is_empty() {
        return None;
    }
    let direct = spoken.guild.is_none();
    let known = if direct { only(deps.roster.groups_of(spoken.author)) } else { Some(watched(deps, spoken)?) };
    // A direct message to the bot counts for the guild the person is known in; nothing else is asked there.
    let guild = spoken.guild.or_else(|| deps.roster.home(spoken.author)).unwrap_or(GuildId::new(0));
    let member = Member { guild, user: spoken.author };
    let wishes = if direct {
        let refuses = deps.roster.refuses_noticing(spoken.author);
        Wishes { direct_messages: Some(true), noticing: refuses.then_some(false) }
    } else {
        deps.roster.wishes(member)
    };
    if wishes.noticing == Some(false) {
        return None;
    }
    let verdict = deps.lexicon.check(&spoken.words, Sensitivity::Balanced);
    let noticed = Noticed::from(&verdict);
    let step = plan::decide(noticed, true, wishes, None, deps.clock.now());
    if step == Step::Nothing {
        return None;
    }
    if !direct {
        let phrase = verdict.phrase.as_ref().map(|phrase| phrase.as_str());
        tracing::debug!(channel = %spoken.channel, level = %noticed.level, phrase, "words noticed");
    }
    Some(Found { noticed, member, step, known })
}

/// Answers what was found, unless the member was shown a pointer lately.
///
/// # Errors
/// As [`heard`].
pub async fn answer(bot: &Bot, spoken: &Spoken, found: &Found, late: bool) -> Result<(), Stop> {
    let now = bot.deps.clock.now();
    let Some(pointing) = Pointing::begin(&bot.deps.roster, found.member, found.noticed.level, now) else {
        return Ok(());
    };
    let answer = drawn(&bot.deps, bot, spoken, found, late)?;
    let done = answer.send(pointing).await;
    if spoken.guild.is_some() {
        tracing::info!(guild = %found.member.guild, channel = %spoken.channel, level = %found.noticed.level, late, sent = done.is_ok(), "words answered");
    } else {
        tracing::info!(level = %found.noticed.level, sent = done.is_ok(), "words answered directly");
    }
    Ok(done?)
}

/// Draws everything an answer may need, so that sending it again needs nothing more.
fn drawn(deps: &Deps, bot: &Bot, spoken: &Spoken, found: &Found, late: bool) -> Result<Answer, Stop> {
    let private = (found.step == Step::Private).then(|| pointer(deps, found, late));
    let line = match (&found.known, spoken.guild) {
        (Some(known), Some(_)) => {
            let (author, noticed) = (spoken.author, found.noticed);
            let note = Note { author, group: known.group, noticed, at: deps.clock.now(), late };
            let note = deps.vault.seal_token(NOTES, &note.bytes())?;
            Some((spoken.channel, cards::neutral_line(&note, late)))
        }
        (None, _) | (_, None) => None,
    };
    let (message, level) = (spoken.message, found.noticed.level);
    Ok(Answer { rest: bot.rest.clone(), to: spoken.author, private, line, key: format!("{message}:{level}") })
}

/// The pointer for what was found.
pub fn pointer(deps: &Deps, found: &Found, late: bool) -> crate::card::Card {
    let candidates = match &found.known {
        Some(known) => vec![known.clone()],
        None => deps.roster.groups_of(found.member.user),
    };
    cards::pointer(&Here { late, ..here_of(deps, &candidates) }, found.noticed)
}

/// The card that somebody who presses the button of a neutral line sees, and whether it is the pointer
/// for them.
pub fn opened(
    deps: &Deps,
    presser: UserId,
    from: (Option<GuildId>, ChannelId),
    note: &str,
) -> (crate::card::Card, bool) {
    let now = deps.clock.now();
    let note = deps.vault.open_token(NOTES, note).ok().and_then(|bytes| Note::read(&bytes));
    let candidates = match note.and_then(|note| deps.roster.group(note.group)) {
        Some(known) => vec![known],
        None => groups_for(deps, from.0, from.1, presser),
    };
    let here = here_of(deps, &candidates);
    match note {
        Some(note) if note.author == presser && now - note.at < OPEN_FOR => {
            (cards::pointer(&Here { late: note.late, ..here }, note.noticed), true)
        }
        Some(note) if note.author != presser => (cards::not_yours(&here), false),
        Some(_) | None => (cards::note_over(&here), false),
    }
}

/// The pointer for a text that was typed into a form, if its words call for one. A member who muted
/// noticing sees none.
pub fn pointer_for(deps: &Deps, member: Member, text: &str) -> Option<crate::card::Card> {
    if deps.roster.wishes(member).noticing == Some(false) {
        return None;
    }
    let noticed = Noticed::from(&deps.lexicon.check(text, Sensitivity::Balanced));
    let candidates = groups_in(deps, Some(member.guild), member.user);
    plan::speaks_for_a_pointer(noticed).then(|| cards::pointer(&here_of(deps, &candidates), noticed))
}

/// Where helplines are looked for when only the country is known, or not even that.
pub fn here(deps: &Deps, country: Option<CountryCode>) -> Here<'_> {
    Here { directory: &deps.helplines, country, group: None, late: false, now: deps.clock.now() }
}

/// Where helplines are looked for: in the country of these groups, if they agree on one.
pub fn here_of<'a>(deps: &'a Deps, candidates: &[Known]) -> Here<'a> {
    let group = only(candidates.to_vec()).map(|known| known.group);
    Here { group, ..here(deps, country_of(candidates)) }
}

/// The country of these groups, if they agree on one.
pub fn country_of(candidates: &[Known]) -> Option<CountryCode> {
    let first = candidates.first()?;
    let same = candidates.iter().all(|known| known.country == first.country);
    CountryCode::parse(&first.country).filter(|_| same)
}

/// The groups that may be meant by a person who speaks from there: the channel's, else their own, else
/// every group of the guild. One when it is clear, several when it is not.
pub fn groups_for(deps: &Deps, guild: Option<GuildId>, channel: ChannelId, user: UserId) -> Vec<Known> {
    match deps.roster.at(channel) {
        Some(known) => vec![known],
        None => groups_in(deps, guild, user),
    }
}

fn groups_in(deps: &Deps, guild: Option<GuildId>, user: UserId) -> Vec<Known> {
    let mine = deps.roster.groups_of(user);
    let mine: Vec<Known> = mine.into_iter().filter(|known| guild.is_none_or(|guild| known.guild == guild)).collect();
    if !mine.is_empty() {
        return mine;
    }
    guild.or_else(|| deps.roster.home(user)).map(|guild| deps.roster.in_guild(guild)).unwrap_or_default()
}

/// The only one, if there is only one.
fn only(mut candidates: Vec<Known>) -> Option<Known> {
    if candidates.len() == 1 { candidates.pop() } else { None }
}

/// The ids a call for a person is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    user: UserId,
    group: GroupId,
    role: Option<RoleId>,
}

/// What became of a call for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// It is posted.
    Posted,
    /// It was posted within the last minutes.
    Already,
    /// It could not be posted yet; the courier goes on trying.
    Trying,
    /// It was not posted.
    Failed,
}

/// Posts the call for a person and says what became of it. It is kept in the outbox first, so that it
/// survives a crash, and then posted at once with the same nonce, so that the courier's repeat shows
/// nothing; when the database does not answer, it is posted all the same.
pub async fn raise_hand(bot: &Bot, user: UserId, known: &Known) -> Hand {
    let now = bot.deps.clock.now();
    if bot.deps.roster.hand_is_up(user, known.group, now) {
        return Hand::Already;
    }
    let kept = match tokio::time::timeout(KEEP_WITHIN, enqueue_hand(&bot.deps, user, known, now)).await {
        Ok(Ok(is_new)) => Some(is_new),
        Ok(Err(error)) => {
            tracing::error!(error = format!("{error:#}"), "call for a person could not be kept, posting it directly");
            None
        }
        Err(_) => {
            tracing::error!("the database does not answer, posting a call for a person directly");
            None
        }
    };
    let card = cards::hand_up(user, known.facilitator_role);
    let nonce = Nonce::of(&dedupe_key(user, known, now));
    let sent = within(HAND_WITHIN, bot.rest.send_now(Place::Channel(known.facilitator_channel), &card, &nonce)).await;
    if kept.is_some() {
        bot.deps.courier.ring();
    }
    match sent {
        Ok(_) => {
            bot.deps.roster.hand_posted(user, known.group, now);
            if kept == Some(false) { Hand::Already } else { Hand::Posted }
        }
        Err(error) => {
            tracing::warn!(group = %known.group, %error, "call for a person is not posted");
            match error {
                SendError::Refused { .. } => Hand::Failed,
                SendError::Wait(_) | SendError::Unsure(_) | SendError::Resting(_) if kept.is_some() => Hand::Trying,
                SendError::Wait(_) | SendError::Unsure(_) | SendError::Resting(_) => Hand::Failed,
            }
        }
    }
}

async fn enqueue_hand(deps: &Deps, user: UserId, known: &Known, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let envelope = NewEnvelope {
        class: Class::Concern,
        dedupe_key: dedupe_key(user, known, now),
        guild: known.guild,
        place: Place::Channel(known.facilitator_channel),
        kind: HAND_UP,
        subject: serde_json::to_value(Subject { user, group: known.group, role: known.facilitator_role })?,
        due_at: now,
        expires_at: now + chrono::TimeDelta::hours(12),
    };
    let mut tx = deps.database.write().await?;
    let is_new = outbox::enqueue(&mut tx, now, &envelope).await?;
    outbox::store::begun_beside(&mut tx, now, &envelope.dedupe_key).await?;
    tx.commit().await?;
    Ok(is_new)
}

/// One call in five minutes is enough: pressing twice posts once.
fn dedupe_key(user: UserId, known: &Known, now: DateTime<Utc>) -> String {
    format!("{}{}/{}", hand_prefix(user), known.group, now.timestamp() / 300)
}

/// What the keys of a person's calls begin with.
pub(super) fn hand_prefix(user: UserId) -> String {
    format!("hand_up:{user}/")
}

/// Removes every call for a person, and every answer to a direct message, that a member had caused by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    for prefix in [hand_prefix(member.user), hello_prefix(member.user)] {
        outbox::store::forget_matching(tx, &prefix, until).await?;
    }
    Ok(())
}

/// Draws a call for a person, or the answer to a direct message, at the moment it is sent.
///
/// # Errors
/// When the ids cannot be read.
pub fn draw(envelope: &Envelope) -> anyhow::Result<Drawn> {
    if envelope.kind == HELLO {
        return Ok(Drawn::Card(cards::hello()));
    }
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    Ok(Drawn::Card(cards::hand_up(subject.user, subject.role)))
}

/// Turns noticing off for somebody, in memory even when it cannot be kept right now.
///
/// # Errors
/// When the database cannot be written; until the next start it is off all the same.
pub async fn mute(deps: &Deps, member: Member) -> Result<(), Stop> {
    let wishes = deps.roster.wishes(member);
    deps.roster.wish(member, Wishes { noticing: Some(false), ..wishes });
    crate::groups::actions::decide(deps, member, crate::groups::Purpose::Noticing, false).await?;
    Ok(())
}
