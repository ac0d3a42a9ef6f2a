//! After a lost session, and at the start of the program: the words that were written meanwhile in watched
//! channels, their threads and the posts of watched forums are looked at once, with the same rules; a pointer
//! that comes late says so.
//!
//! How far a channel was read is kept in memory only. At the start nothing is known of it, so only the
//! last minutes are read, and an answer of ours that stands there already counts.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::actions::{self, Found};
use super::cards;
use super::model::{ANSWERED_WITHIN, CATCH_UP_AT_START, CATCH_UP_FOR, LATE_AFTER, before_messages_of};
use super::plan::Step;
use super::sending::Pointing;
use crate::discord::rest::guilds::ThreadFacts;
use crate::discord::rest::messages::{PAGE, Read};
use crate::discord::{Bot, Spoken, on_error, titled};
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::outbox::{Messenger, Place};
use crate::refusal::Stop;
use crate::roster::{Known, LastRead, PlaceKind};

/// Pages read per channel: 200 messages are more than a group writes in a usual outage.
const PAGES: usize = 2;
/// Most threads and forum posts read of one guild, the newest first: more than people write in during a usual
/// outage, and read in seconds within Discord's limits.
const MOST_THREADS: usize = 50;

/// A channel, thread or post to be read.
struct Spot {
    channel: ChannelId,
    /// The watched place it is in; itself, unless it is a thread.
    parent: ChannelId,
    known: Known,
    /// What a thread is called.
    title: Zeroizing<String>,
    /// The newest message of it that was looked at.
    last: Option<MessageId>,
}

/// Reads what was missed in every watched channel and answers it.
///
/// # Errors
/// When Discord does not say who we are.
pub async fn catch_up(bot: &Bot) -> Result<(), Stop> {
    let last = bot.deps.roster.last_heard();
    let me = bot.rest.me().await;
    let mut read_to = Vec::new();
    if let Ok(me) = me {
        for spot in spots(bot, &last).await {
            let message = missed_in(bot, &spot, me).await;
            read_to.push((spot.channel, (spot.known.group, message)));
        }
    }
    bot.deps.roster.caught_up(read_to);
    me?;
    Ok(())
}

/// The watched channels, and their threads and posts in which something may have been written since.
async fn spots(bot: &Bot, last: &HashMap<ChannelId, LastRead>) -> Vec<Spot> {
    let roster = &bot.deps.roster;
    let mut watched: HashMap<ChannelId, (Known, PlaceKind)> = HashMap::new();
    for known in roster.watched() {
        for (channel, kind) in roster.places().of_group(known.group) {
            watched.insert(channel, (known.clone(), kind));
        }
        watched.insert(known.channel, (known, PlaceKind::Channel));
    }
    let spot = |channel, parent, known: &Known, title| {
        let last = last.get(&channel).map(|(_, message)| *message);
        Spot { channel, parent, known: known.clone(), title, last }
    };
    let read = watched.iter().filter(|(_, (_, kind))| *kind == PlaceKind::Channel);
    let mut spots: Vec<Spot> =
        read.map(|(channel, (known, _))| spot(*channel, *channel, known, Zeroizing::default())).collect();
    let guilds: BTreeSet<GuildId> = watched.values().map(|(known, _)| known.guild).collect();
    for guild in guilds {
        match bot.rest.active_threads(guild).await {
            Ok(threads) => {
                let threads = threads.into_iter().filter_map(|thread| Some((watched.get(&thread.parent)?, thread)));
                let unread = threads.filter(|(_, thread)| is_unread(bot, thread, last)).collect();
                let newest = newest_first(unread).into_iter();
                spots.extend(newest.map(|((known, _), thread)| spot(thread.id, thread.parent, known, thread.title)));
            }
            Err(error) => {
                tracing::info!(%guild, %error, "threads cannot be listed, those heard before are read");
                let of =
                    |group| roster.watched().into_iter().find(|known| known.group == group && known.guild == guild);
                let heard = last.iter().filter(|(channel, _)| !watched.contains_key(*channel));
                let heard = heard.filter_map(|(channel, (group, _))| Some((*channel, of(*group)?)));
                spots.extend(
                    heard
                        .take(MOST_THREADS)
                        .map(|(channel, known)| spot(channel, known.channel, &known, Zeroizing::default())),
                );
            }
        }
    }
    spots
}

/// Whether anything may stand in a thread that was not looked at and is not too old to be answered.
fn is_unread(bot: &Bot, thread: &ThreadFacts, last: &HashMap<ChannelId, LastRead>) -> bool {
    let read = last.get(&thread.id).map(|(_, message)| *message);
    thread.newest.is_some_and(|newest| newest > since(bot, read))
}

fn newest_first<T>(mut threads: Vec<(T, ThreadFacts)>) -> Vec<(T, ThreadFacts)> {
    threads.sort_by_key(|(_, thread)| std::cmp::Reverse(thread.newest));
    threads.truncate(MOST_THREADS);
    threads
}

/// The message after which a place is read, when it was looked at up to `last`.
fn since(bot: &Bot, last: Option<MessageId>) -> MessageId {
    let now = bot.deps.clock.now();
    match last {
        Some(last) => last.max(before_messages_of(now - CATCH_UP_FOR)),
        None => before_messages_of(now - CATCH_UP_AT_START),
    }
}

/// Reads and answers what was missed in one place; gives the message up to which it was read.
async fn missed_in(bot: &Bot, spot: &Spot, me: UserId) -> MessageId {
    let (channel, last) = (spot.channel, spot.last);
    let mut after = since(bot, last);
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
        let spoken = spoken(spot, read);
        if let Err(stop) = hear(bot, &spoken, last.is_none(), &mut lines).await {
            on_error::unasked(&stop, "catching up", "crisis");
        }
    }
    after
}

fn spoken(spot: &Spot, read: Read) -> Spoken {
    // The first message of a forum post has the id of its thread, and its author wrote the title as well.
    let begins = read.message.raw() == spot.channel.raw();
    Spoken {
        guild: Some(spot.known.guild),
        channel: spot.channel,
        parent: Some(spot.parent),
        message: read.message,
        author: read.author,
        words: if begins { titled(&spot.title, &read.words) } else { read.words },
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
