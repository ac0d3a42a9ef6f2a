//! After a lost session, and at the start of the program: the words that were written meanwhile in watched
//! channels are looked at once, with the same rules; a pointer that comes late says so.
//!
//! How far a channel was read is kept in memory only. At the start nothing is known of it, so only the
//! last minutes are read, and an answer of ours that stands there already counts.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::actions::{self, Found};
use super::cards;
use super::model::{ANSWERED_WITHIN, CATCH_UP_AT_START, CATCH_UP_FOR, LATE_AFTER, before_messages_of};
use super::plan::Step;
use super::sending::Pointing;
use crate::discord::rest::messages::{PAGE, Read};
use crate::discord::{Bot, Spoken, on_error};
use crate::ids::{ChannelId, GroupId, MessageId, UserId};
use crate::outbox::{Messenger, Place};
use crate::refusal::Stop;
use crate::roster::{Known, LastRead};

/// Pages read per channel: 200 messages are more than a group writes in a usual outage.
const PAGES: usize = 2;

/// Reads what was missed in every watched channel and answers it.
///
/// # Errors
/// When Discord does not say who we are.
pub async fn catch_up(bot: &Bot) -> Result<(), Stop> {
    let last = bot.deps.roster.last_heard();
    let me = bot.rest.me().await;
    let mut read_to = Vec::new();
    if let Ok(me) = me {
        for (channel, known) in places(bot, &last) {
            let message = missed_in(bot, channel, &known, last.get(&channel).map(|(_, message)| *message), me).await;
            read_to.push((channel, (known.group, message)));
        }
    }
    bot.deps.roster.caught_up(read_to);
    me?;
    Ok(())
}

/// The watched channels, and the threads of them in which something was heard.
fn places(bot: &Bot, last: &HashMap<ChannelId, LastRead>) -> Vec<(ChannelId, Known)> {
    let groups = bot.deps.roster.watched();
    let mut seen = HashSet::new();
    let own = groups.iter().map(|known| (known.channel, known.clone()));
    let of = |group: &GroupId| groups.iter().find(|known| known.group == *group).cloned();
    let threads = last.iter().filter_map(|(channel, (group, _))| Some((*channel, of(group)?)));
    own.chain(threads).filter(|(channel, _)| seen.insert(*channel)).collect()
}

/// Reads and answers what was missed in one place; gives the message up to which it was read.
async fn missed_in(bot: &Bot, channel: ChannelId, known: &Known, last: Option<MessageId>, me: UserId) -> MessageId {
    let now = bot.deps.clock.now();
    let mut after = match last {
        Some(last) => last.max(before_messages_of(now - CATCH_UP_FOR)),
        None => before_messages_of(now - CATCH_UP_AT_START),
    };
    let mut missed: Vec<Read> = Vec::new();
    for _ in 0..PAGES {
        let page = match bot.rest.messages(channel, Some(after)).await {
            Ok(page) => page,
            Err(error) => {
                tracing::info!(%channel, %error, "what was missed cannot be read");
                break;
            }
        };
        let is_last = page.len() < PAGE;
        after = page.last().map_or(after, |read| read.message);
        missed.extend(page);
        if is_last {
            break;
        }
    }
    // Only at the start: later the roster knows who was answered.
    let ours = missed
        .iter()
        .filter(|read| last.is_none() && read.author == me && cards::is_note(&read.words))
        .map(|read| read.at);
    let mut lines: Vec<DateTime<Utc>> = ours.collect();
    for read in missed.into_iter().filter(|read| read.is_words) {
        let spoken = spoken(channel, known, read);
        if let Err(stop) = hear(bot, &spoken, last.is_none(), &mut lines).await {
            on_error::unasked(&stop, "catching up", "crisis");
        }
    }
    after
}

fn spoken(channel: ChannelId, known: &Known, read: Read) -> Spoken {
    Spoken {
        guild: Some(known.guild),
        channel,
        parent: Some(known.channel),
        message: read.message,
        author: read.author,
        words: read.words,
        edited: false,
        at: read.at,
    }
}

async fn hear(bot: &Bot, spoken: &Spoken, at_start: bool, lines: &mut Vec<DateTime<Utc>>) -> Result<(), Stop> {
    let Some(found) = actions::look(&bot.deps, spoken) else { return Ok(()) };
    if at_start && was_answered(bot, spoken, &found, lines).await {
        if let Some(pointing) = Pointing::begin(&bot.deps.roster, found.member, found.noticed.level, spoken.at) {
            pointing.stands();
        }
        return Ok(());
    }
    let late = bot.deps.clock.now() - spoken.at > LATE_AFTER;
    actions::answer(bot, spoken, &found, late).await
}

/// Whether an earlier life of this program answered: each line of ours answers one message at most.
async fn was_answered(bot: &Bot, spoken: &Spoken, found: &Found, lines: &mut Vec<DateTime<Utc>>) -> bool {
    if found.step == Step::Private {
        let card = actions::pointer(&bot.deps, found, false);
        if matches!(bot.rest.find(Place::Direct(spoken.author), &card, spoken.at).await, Ok(Some(_))) {
            return true;
        }
    }
    let answers = |line: &DateTime<Utc>| *line >= spoken.at && *line - spoken.at <= ANSWERED_WITHIN;
    lines.iter().position(answers).map(|at| lines.remove(at)).is_some()
}
