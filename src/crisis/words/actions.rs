//! Changing a guild's words, trying them out, and looking at words with them.
//!
//! A change is compiled before it is kept, so that what cannot be used is never kept; after the commit it is
//! in force with the next message. The message path reads memory only.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::model::{Change, DryRun, Entry, MOST, Tally, overlay};
use super::store;
use crate::card::inert;
use crate::crisis::lexicon::{Explanation, Level, Lexicon, LexiconError, PhraseId, Sensitivity, Verdict};
use crate::deps::Deps;
use crate::discord::{Bot, Spoken};
use crate::groups;
use crate::groups::actions::kept::record;
use crate::ids::{ChannelId, GuildId, RoleId};
use crate::refusal::{Refusal, Stop};

/// Fills the memory that looking at words relies on. Words of a guild that a newer lexicon cannot take any
/// more are left out, all of that guild's together, and said in the log; the shared lexicon counts there.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(deps: &Deps) -> anyhow::Result<()> {
    let mut guilds: BTreeMap<GuildId, Vec<Entry>> = BTreeMap::new();
    for (guild, entry) in store::all(deps.database.read()).await? {
        guilds.entry(guild).or_default().push(entry);
    }
    for (guild, mut entries) in guilds {
        // A phrase that the shared lexicon no longer has need not be switched off.
        entries.retain(|entry| match &entry.change {
            Change::Remove(phrase) => deps.lexicon.has_phrase(phrase),
            Change::Add { .. } | Change::Allow(_) => true,
        });
        match deps.lexicon.with_overlay(&overlay(&entries)) {
            Ok(lexicon) => deps.roster.know_lexicon(guild, Some(lexicon)),
            Err(error) => {
                tracing::error!(%guild, problems = error.problems.len(), "a guild's words cannot be used, the shared ones count")
            }
        }
    }
    for (channel, sensitivity) in store::sensitivities(deps.database.read()).await? {
        deps.roster.know_sensitivity(channel, sensitivity);
    }
    Ok(())
}

/// The verdict about what somebody wrote, with the words of their guild and the sensitivity of the channel;
/// a thread follows its channel unless it has one of its own.
pub fn verdict(deps: &Deps, spoken: &Spoken) -> Verdict {
    let sensitivity = sensitivity_at(deps, spoken.channel, spoken.parent);
    verdict_in(deps, spoken.guild, &spoken.words, sensitivity)
}

/// How readily a channel or thread is answered.
pub fn sensitivity_at(deps: &Deps, channel: ChannelId, parent: Option<ChannelId>) -> Sensitivity {
    deps.roster
        .sensitivity(channel)
        .or_else(|| parent.and_then(|parent| deps.roster.sensitivity(parent)))
        .unwrap_or_default()
}

/// The verdict about a text with the words of a guild.
pub fn verdict_in(deps: &Deps, guild: Option<GuildId>, text: &str, sensitivity: Sensitivity) -> Verdict {
    lexicon_of(deps, guild).check(text, sensitivity)
}

fn lexicon_of(deps: &Deps, guild: Option<GuildId>) -> Lexicon {
    guild.and_then(|guild| deps.roster.lexicon(guild)).unwrap_or_else(|| deps.lexicon.clone())
}

/// The phrase that `is` says, among those looked for in a guild and the shared ones that were switched off there.
pub fn phrase(deps: &Deps, guild: Option<GuildId>, is: impl Fn(&str) -> bool) -> Option<PhraseId> {
    let find = |lexicon: &Lexicon| lexicon.phrases().into_iter().map(|listed| listed.id).find(|id| is(id.as_str()));
    find(&lexicon_of(deps, guild)).or_else(|| find(&deps.lexicon))
}

/// Refuses who facilitates none of the guild's groups.
///
/// # Errors
/// The refusal; when there is no group here; when the database cannot be read.
pub async fn require_facilitator(
    deps: &Deps,
    guild: Option<GuildId>,
    roles: &[RoleId],
    manages: bool,
) -> Result<GuildId, Stop> {
    let known = groups::actions::here(deps, guild).await?;
    let Some(first) = known.first() else {
        return Err(match groups::actions::choose(deps, guild, None).await {
            Ok(group) => Stop::Fault(anyhow::anyhow!("group {} was there and was not", group.id)),
            Err(stop) => stop,
        });
    };
    let allowed = known.iter().any(|group| groups::actions::require_facilitator(group, roles, manages).is_ok());
    if allowed {
        Ok(first.guild)
    } else {
        groups::actions::require_facilitator(first, roles, manages).map(|()| first.guild).map_err(Stop::from)
    }
}

/// A guild's changes.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(deps: &Deps, guild: GuildId) -> Result<Vec<Entry>, Stop> {
    Ok(store::in_guild(deps.database.read(), guild).await?)
}

/// The channels of a guild that are not balanced.
///
/// # Errors
/// When the database cannot be read.
pub async fn sensitivities(deps: &Deps, guild: GuildId) -> Result<Vec<(ChannelId, Sensitivity)>, Stop> {
    Ok(store::sensitivities_in(deps.database.read(), guild).await?)
}

/// Compiles a change together with the others, keeps it, and puts it in force.
///
/// # Errors
/// Refused when it is there already, when there is no room, or when it cannot be used.
pub async fn change(deps: &Deps, guild: GuildId, change: Change) -> Result<Entry, Stop> {
    let mut tx = deps.database.write().await?;
    let mut entries = store::in_guild_now(&mut tx, guild).await?;
    if entries.iter().any(|entry| entry.change.kind() == change.kind() && entry.change.words() == change.words()) {
        return Err(Refusal::new("That is on your list already.", "", "`/words list` shows it.").into());
    }
    if entries.len() >= MOST {
        return Err(Refusal::new(
            "There is no room for more words.",
            format!("{MOST} changes are the most, so that people can still read the list."),
            "Take one off with `/words remove` first.",
        )
        .into());
    }
    if let Change::Remove(phrase) = &change
        && !deps.lexicon.has_phrase(phrase)
    {
        return Err(unknown(phrase.as_str()));
    }
    let id = store::add(&mut tx, guild, &change, deps.clock.now()).await?;
    let entry = Entry { id, change };
    entries.push(entry.clone());
    let lexicon = deps.lexicon.with_overlay(&overlay(&entries)).map_err(|error| unusable(&entry, &error))?;
    record(deps, &mut tx, (guild, "words.change", Some(id)), Value::Null, written(&entry)).await?;
    tx.commit().await?;
    deps.roster.know_lexicon(guild, Some(lexicon));
    Ok(entry)
}

/// A change of words as it stands in the record: never the words, which people here may have said; `/words list`
/// has them under their number.
fn written(entry: &Entry) -> Value {
    match &entry.change {
        Change::Add { level, topic, .. } => json!({"kind": "looked for", "level": level.word(), "topic": topic.word()}),
        Change::Remove(phrase) => json!({"kind": "not looked for", "phrase": phrase.as_str()}),
        Change::Allow(_) => json!({"kind": "allowed"}),
    }
}

/// What taking something off the list did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A change of the guild's own is taken back.
    Back(Entry),
    /// A shared phrase is no longer looked for here.
    Off(Entry),
}

/// Takes a change of the guild's own back, or switches a shared phrase off.
///
/// # Errors
/// Refused when nothing has that name.
pub async fn remove(deps: &Deps, guild: GuildId, name: &str) -> Result<Taken, Stop> {
    let name = name.trim();
    let mut tx = deps.database.write().await?;
    let mut entries = store::in_guild_now(&mut tx, guild).await?;
    let Some(at) = entries.iter().position(|entry| entry.name() == name || entry.change.words() == name) else {
        tx.rollback().await?;
        return change(deps, guild, Change::Remove(PhraseId::from(name))).await.map(Taken::Off);
    };
    let entry = entries.remove(at);
    store::drop(&mut tx, guild, entry.id).await?;
    let lexicon = match entries.as_slice() {
        [] => None,
        entries => Some(deps.lexicon.with_overlay(&overlay(entries)).map_err(|error| unusable(&entry, &error))?),
    };
    record(deps, &mut tx, (guild, "words.back", Some(entry.id)), written(&entry), Value::Null).await?;
    tx.commit().await?;
    deps.roster.know_lexicon(guild, lexicon);
    Ok(Taken::Back(entry))
}

/// Keeps how readily a channel is answered, from the next message on.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_sensitivity(
    deps: &Deps,
    guild: GuildId,
    channel: ChannelId,
    sensitivity: Sensitivity,
) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::set_sensitivity(&mut tx, guild, channel, sensitivity).await?;
    let is = |how: Sensitivity| json!({"channel": channel, "sensitivity": how.word()});
    let before = is(sensitivity_at(deps, channel, None));
    if before != is(sensitivity) {
        record(deps, &mut tx, (guild, "words.sensitivity", None), before, is(sensitivity)).await?;
    }
    tx.commit().await?;
    deps.roster.know_sensitivity(channel, sensitivity);
    Ok(())
}

/// How a verdict about a text would come about here. The text is kept nowhere.
pub fn explain(deps: &Deps, guild: GuildId, channel: ChannelId, text: &str) -> (Explanation, Sensitivity) {
    let sensitivity = sensitivity_at(deps, channel, None);
    (lexicon_of(deps, Some(guild)).explain(text, sensitivity), sensitivity)
}

/// Reads the newest messages of a channel once and counts what would have been answered. Neither words nor
/// authors are kept or told.
///
/// # Errors
/// Refused when the channel's history cannot be read.
pub async fn dry_run(bot: &Bot, guild: GuildId, channel: ChannelId, last: u16) -> Result<DryRun, Stop> {
    let lexicon = lexicon_of(&bot.deps, Some(guild));
    let sensitivity = sensitivity_at(&bot.deps, channel, None);
    let mut counts: BTreeMap<(std::cmp::Reverse<Level>, PhraseId), usize> = BTreeMap::new();
    let (mut read, mut left, mut before) = (0, usize::from(last), None);
    while left > 0 {
        let page = bot.rest.older_messages(channel, before).await.map_err(|_| {
            Refusal::new(
                "I cannot read that channel's messages.",
                "A dry run needs to see the channel and its message history.",
                "Allow me \"View Channel\" and \"Read Message History\" there, then try again.",
            )
        })?;
        before = page.last().map(|message| message.message);
        let ended = page.len() < crate::discord::rest::messages::PAGE;
        for message in page.into_iter().take(left) {
            left -= 1;
            if !message.is_words {
                continue;
            }
            read += 1;
            let verdict = lexicon.check(&message.words, sensitivity);
            if let Some(phrase) = verdict.phrase.filter(|_| verdict.level > Level::None) {
                *counts.entry((std::cmp::Reverse(verdict.level), phrase)).or_default() += 1;
            }
        }
        if ended || before.is_none() {
            break;
        }
    }
    let tallies = counts.into_iter().map(|((level, phrase), count)| Tally { phrase, level: level.0, count }).collect();
    Ok(DryRun { read, tallies })
}

fn unknown(name: &str) -> Stop {
    Refusal::new(
        format!("Nothing here is called “{}”.", inert(name)),
        "A shared phrase has a name such as `en.suicide.slang`; your own are called `guild.` and a number.",
        "Pick one that comes up while you type, or look at `/words list`.",
    )
    .into()
}

/// What is wrong with a change, in the engine's own words; the others are not to blame.
fn unusable(entry: &Entry, error: &LexiconError) -> Stop {
    let first = error.problems.first();
    let why = first.map(|problem| problem.what.clone()).unwrap_or_default();
    Refusal::new(
        format!("“{}” cannot be used. The words in force stay as they are.", inert(entry.change.words())),
        inert(&why),
        "For example: `pattern:(going|want) to the blue door level:low topic:suicide`",
    )
    .into()
}
