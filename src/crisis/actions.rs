//! What happens when words were noticed, and when somebody presses what came of it.
//!
//! Nothing here waits for the database: groups and wishes come from the roster, helplines and lexicon
//! live in memory, and the answer goes straight to Discord.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::cards::{self, Here};
use super::lexicon::Sensitivity;
use super::model::{Noticed, OPEN_FOR, Ticket};
use super::plan::{self, Step};
use crate::deps::Deps;
use crate::discord::{Bot, Spoken};
use crate::helplines::CountryCode;
use crate::ids::{ChannelId, GroupId, GuildId, Member, RoleId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Nonce, Place};
use crate::refusal::Stop;
use crate::roster::{Known, Wishes};

/// The kind of envelope that asks for a person.
pub const HAND_UP: &str = "crisis.hand_up";
/// What the sealed tickets of neutral lines are for; part of what they are sealed with.
const TICKETS: &str = "crisis ticket";

/// Looks at a message once and answers it if its words call for that.
///
/// # Errors
/// When Discord takes neither the direct message nor the line.
pub async fn heard(bot: &Bot, spoken: &Spoken) -> Result<(), Stop> {
    if spoken.words.trim().is_empty() {
        return Ok(());
    }
    let known = match spoken.guild {
        Some(_) => {
            bot.deps.roster.at(spoken.channel).or_else(|| spoken.parent.and_then(|parent| bot.deps.roster.at(parent)))
        }
        None => None,
    };
    let direct = spoken.guild.is_none();
    let watched = direct || known.as_ref().is_some_and(|known| known.noticing);
    if !watched {
        return Ok(());
    }
    let verdict = bot.deps.lexicon.check(&spoken.words, Sensitivity::Balanced);
    let noticed = Noticed::from(&verdict);
    // A direct message to the bot counts for the guild the person is known in; nothing else is asked there.
    let guild = spoken.guild.or_else(|| bot.deps.roster.home(spoken.author)).unwrap_or(GuildId::new(0));
    let member = Member { guild, user: spoken.author };
    let wishes = bot.deps.roster.wishes(member);
    let wishes = if direct { Wishes { direct_messages: Some(true), noticing: None } } else { wishes };
    let now = bot.deps.clock.now();
    let step = plan::decide(noticed, watched, wishes, bot.deps.roster.pointed(member), now);
    if step == Step::Nothing {
        return Ok(());
    }
    // Said before sending, so that two messages in one breath lead to one pointer.
    let before = bot.deps.roster.point(member, noticed.level, now);
    let done = answer(bot, spoken, member, noticed, step).await;
    if done.is_err() {
        bot.deps.roster.unpoint(member, before);
    }
    tracing::info!(guild = %guild, channel = %spoken.channel, level = %noticed.level, phrase = verdict.phrase.as_ref().map(|phrase| phrase.as_str()), sent = done.is_ok(), "words noticed");
    done
}

async fn answer(bot: &Bot, spoken: &Spoken, member: Member, noticed: Noticed, step: Step) -> Result<(), Stop> {
    let nonce = Nonce::of(&format!("pointer:{}:{}", spoken.message, noticed.level));
    if step == Step::Private {
        let card = cards::pointer(&here(&bot.deps, country_of(&bot.deps, member.guild)), noticed);
        let sent = bot.rest.send_now(Place::Direct(spoken.author), &card, &nonce).await;
        match sent {
            Ok(_) => return Ok(()),
            Err(error) if spoken.guild.is_none() => return Err(error.into()),
            Err(error) => tracing::info!(%error, "direct pointer not taken, showing the neutral line"),
        }
    }
    let ticket = Ticket { author: spoken.author, guild: member.guild, noticed, at: bot.deps.clock.now() };
    let ticket = bot.deps.vault.seal_token(TICKETS, &ticket.bytes())?;
    let nonce = Nonce::of(&format!("line:{}:{}", spoken.message, noticed.level));
    bot.rest.send_now(Place::Channel(spoken.channel), &cards::neutral_line(&ticket), &nonce).await?;
    Ok(())
}

/// The card that somebody who presses the button of a neutral line sees.
pub fn opened(deps: &Deps, presser: UserId, guild: Option<GuildId>, ticket: &str) -> crate::card::Card {
    let now = deps.clock.now();
    let ticket = deps.vault.open_token(TICKETS, ticket).ok().and_then(|bytes| Ticket::read(&bytes));
    let country = guild.and_then(|guild| country_of(deps, guild));
    match ticket {
        Some(ticket) if ticket.author == presser && now - ticket.at < OPEN_FOR => {
            cards::pointer(&here(deps, country), ticket.noticed)
        }
        Some(_) | None => cards::worried(&here(deps, country)),
    }
}

/// The pointer for a text that was typed into a form, if its words call for one. A member who muted
/// noticing sees none.
pub fn pointer_for(deps: &Deps, member: Member, text: &str) -> Option<crate::card::Card> {
    if deps.roster.wishes(member).noticing == Some(false) {
        return None;
    }
    let noticed = Noticed::from(&deps.lexicon.check(text, Sensitivity::Balanced));
    plan::speaks_for_a_pointer(noticed).then(|| cards::pointer(&here(deps, country_of(deps, member.guild)), noticed))
}

/// Where helplines are looked for.
pub fn here(deps: &Deps, country: Option<CountryCode>) -> Here<'_> {
    Here { directory: &deps.helplines, country, now: deps.clock.now() }
}

/// The country of a guild's first group.
pub fn country_of(deps: &Deps, guild: GuildId) -> Option<CountryCode> {
    deps.roster.in_guild(guild).first().and_then(|known| CountryCode::parse(&known.country))
}

/// Where a person of this guild and channel can be asked for.
pub fn asked_where(deps: &Deps, guild: Option<GuildId>, channel: ChannelId) -> Option<Known> {
    deps.roster.at(channel).or_else(|| deps.roster.in_guild(guild?).into_iter().next())
}

/// The ids a call for a person is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    user: UserId,
    group: GroupId,
    role: Option<RoleId>,
}

/// Posts the call for a person: through the outbox, so that it survives a crash; straight to Discord when
/// the database does not answer.
///
/// # Errors
/// When neither way works.
pub async fn raise_hand(bot: &Bot, user: UserId, known: &Known) -> Result<(), Stop> {
    let now = bot.deps.clock.now();
    match enqueue_hand(&bot.deps, user, known, now).await {
        Ok(()) => {
            bot.deps.courier.ring();
            Ok(())
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "call for a person could not be kept, posting it directly");
            let card = cards::hand_up(user, known.facilitator_role);
            bot.rest
                .send_now(Place::Channel(known.facilitator_channel), &card, &Nonce::of(&dedupe_key(user, known, now)))
                .await?;
            Ok(())
        }
    }
}

async fn enqueue_hand(deps: &Deps, user: UserId, known: &Known, now: DateTime<Utc>) -> anyhow::Result<()> {
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
    outbox::enqueue(&mut tx, now, &envelope).await?;
    tx.commit().await?;
    Ok(())
}

/// One call in five minutes is enough: pressing twice posts once.
fn dedupe_key(user: UserId, known: &Known, now: DateTime<Utc>) -> String {
    format!("{}{}/{}", hand_prefix(user), known.group, now.timestamp() / 300)
}

fn hand_prefix(user: UserId) -> String {
    format!("hand_up:{user}/")
}

/// Removes every call for a person that a member had made by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    outbox::store::forget_matching(tx, &hand_prefix(member.user), until).await.map(drop)
}

/// Draws a call for a person at the moment it is sent.
///
/// # Errors
/// When the ids cannot be read.
pub fn draw(envelope: &Envelope) -> anyhow::Result<Drawn> {
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
