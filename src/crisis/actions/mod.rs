//! What happens when words were noticed, and when somebody presses what came of it.
//!
//! Nothing here waits for the database: groups and wishes come from the roster, helplines and lexicon
//! live in memory, and the answer goes straight to Discord (`sending`).

pub mod alarms;
pub mod concerns;
pub mod duty;
pub mod hand;
pub mod lines;
pub mod postvention;

use chrono::{DateTime, Utc};

use crate::card::Card;
use crate::crisis::cards::{self, Here, words::Language};
use crate::crisis::lexicon::Sensitivity;
use crate::crisis::lexicon::{PhraseId, Topic};
use crate::crisis::model::{EDIT_FRESH, Mark, Note, Noticed, OPEN_FOR};
use crate::crisis::plan::{self, Step};
use crate::crisis::sending::{Answer, Pointing};
use crate::deps::Deps;
use crate::discord::{Bot, Spoken};
use crate::helplines::CountryCode;
use crate::ids::{ChannelId, GroupId, GuildId, Member, UserId};
use crate::outbox::{self, Class, Drawn, NewEnvelope, Place};
use crate::refusal::Stop;
use crate::roster::{Known, Wishes};

/// The kind of envelope that answers a direct message which calls for no pointer.
pub const HELLO: &str = "crisis.hello";
/// What the sealed notes of neutral lines are for; part of what they are sealed with.
const NOTES: &str = "crisis note";

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
    /// The phrase that decided.
    pub phrase: Option<PhraseId>,
}

impl Found {
    /// The language of the words, as far as the phrase tells.
    fn language(&self) -> Option<Language> {
        Language::of(self.phrase.as_ref()?.as_str())
    }
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

/// The group whose watched channel, thread or forum post this was written in.
fn watched(deps: &Deps, spoken: &Spoken) -> Option<Known> {
    spoken.guild?;
    let here = deps.roster.listens_at(spoken.channel);
    here.or_else(|| deps.roster.listens_at(spoken.parent?)).filter(|known| known.noticing)
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
    let verdict = crate::crisis::words::actions::verdict(deps, spoken);
    let noticed = Noticed::from(&verdict);
    let step = plan::decide(noticed, true, wishes, None, deps.clock.now());
    if step == Step::Nothing {
        return None;
    }
    if !direct {
        let phrase = verdict.phrase.as_ref().map(|phrase| phrase.as_str());
        tracing::debug!(channel = %spoken.channel, level = %noticed.level, phrase, "words noticed");
    }
    Some(Found { noticed, member, step, known, phrase: verdict.phrase })
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
    // After the answer: it never waits for what others are told.
    if let (Some(known), Some(_)) = (&found.known, spoken.guild) {
        let source = (spoken.channel, spoken.message);
        concerns::noticed(bot, known, found.member, (found.noticed, source)).await;
    }
    Ok(done?)
}

/// Draws everything an answer may need, so that sending it again needs nothing more.
fn drawn(deps: &Deps, bot: &Bot, spoken: &Spoken, found: &Found, late: bool) -> Result<Answer, Stop> {
    let language = found.language().unwrap_or_default();
    let note = Note {
        author: spoken.author,
        group: found.known.as_ref().map_or(GroupId::new(0), |known| known.group),
        noticed: found.noticed,
        at: deps.clock.now(),
        late,
        language: found.language(),
        phrase: found.phrase.as_ref().map(|phrase| Mark::of(phrase.as_str())),
    };
    let note = deps.vault.seal_token(NOTES, &note.bytes())?;
    let private = (found.step == Step::Private).then(|| {
        // A preview on a locked screen shows the first words of a message.
        if found.noticed.topics.contains(Topic::DomesticViolence) {
            cards::private_line(&note, language)
        } else {
            pointer(deps, found, late)
        }
    });
    let line = match (&found.known, spoken.guild) {
        (Some(_), Some(_)) => Some((spoken.channel, cards::neutral_line(&note, late, language))),
        (None, _) | (_, None) => None,
    };
    let (message, level) = (spoken.message, found.noticed.level);
    Ok(Answer { rest: bot.rest.clone(), to: spoken.author, private, line, key: format!("{message}:{level}") })
}

/// The pointer for what was found.
pub fn pointer(deps: &Deps, found: &Found, late: bool) -> Card {
    let candidates = match &found.known {
        Some(known) => vec![known.clone()],
        None => deps.roster.groups_of(found.member.user),
    };
    let tells =
        found.known.as_ref().is_some_and(|known| concerns::tells(deps, known, found.member.user, found.noticed));
    let here = Here { late, tells, ..here_of(deps, &candidates, found.language().unwrap_or_default()) };
    cards::pointer(&here, found.noticed, found.phrase.as_ref().map(PhraseId::as_str))
}

/// The card that somebody who presses the button of a neutral line sees, and for its author the language in
/// which the line may now say that it was opened.
pub fn opened(
    deps: &Deps,
    presser: UserId,
    (guild, channel, locale): (Option<GuildId>, ChannelId, &str),
    note: &str,
) -> (Card, Option<Language>) {
    let now = deps.clock.now();
    let note = deps.vault.open_token(NOTES, note).ok().and_then(|bytes| Note::read(&bytes));
    let candidates = match note.and_then(|note| deps.roster.group(note.group)) {
        Some(known) => vec![known],
        None => groups_for(deps, guild, channel, presser),
    };
    let written = note.filter(|note| note.author == presser).and_then(|note| note.language);
    let here = here_of(deps, &candidates, Language::best(written, Some(locale)));
    match note {
        Some(note) if note.author == presser && now - note.at < OPEN_FOR => {
            let tells = candidates.first().is_some_and(|known| concerns::tells(deps, known, presser, note.noticed));
            let here = Here { late: note.late, tells, ..here };
            let guild = candidates.first().map(|known| known.guild);
            let phrase = note.phrase.and_then(|mark| phrase_of(deps, guild, mark));
            let card = cards::pointer(&here, note.noticed, phrase.as_ref().map(PhraseId::as_str));
            (card, Some(written.unwrap_or_default()))
        }
        Some(note) if note.author != presser => (cards::not_yours(&here), None),
        Some(_) | None => (cards::note_over(&here), None),
    }
}

/// The phrase of that mark, if the guild's lexicon or the shared one still has it.
fn phrase_of(deps: &Deps, guild: Option<GuildId>, mark: Mark) -> Option<PhraseId> {
    crate::crisis::words::actions::phrase(deps, guild, |id| Mark::of(id) == mark)
}

/// The pointer for a text that was typed into a form, if its words call for one. A member who muted
/// noticing sees none.
pub fn pointer_for(deps: &Deps, member: Member, text: &str) -> Option<Card> {
    if deps.roster.wishes(member).noticing == Some(false) {
        return None;
    }
    let verdict = crate::crisis::words::actions::verdict_in(deps, Some(member.guild), text, Sensitivity::Balanced);
    let noticed = Noticed::from(&verdict);
    let candidates = groups_in(deps, Some(member.guild), member.user);
    let phrase = verdict.phrase.as_ref().map(PhraseId::as_str);
    let language = phrase.and_then(Language::of).unwrap_or_default();
    let here = here_of(deps, &candidates, language);
    plan::speaks_for_a_pointer(noticed).then(|| cards::pointer(&here, noticed, phrase))
}

/// Where helplines are looked for when only the country is known, or not even that.
pub fn here(deps: &Deps, guild: Option<GuildId>, country: Option<CountryCode>, language: Language) -> Here<'_> {
    Here {
        directory: &deps.helplines,
        own: guild.map(|guild| deps.roster.care().lines(guild)).unwrap_or_default(),
        country,
        language,
        group: None,
        late: false,
        tells: false,
        now: deps.clock.now(),
    }
}

/// Where helplines are looked for: in the country of these groups, if they agree on one.
pub fn here_of<'a>(deps: &'a Deps, candidates: &[Known], language: Language) -> Here<'a> {
    let group = only(candidates.to_vec()).map(|known| known.group);
    let guild = candidates.first().map(|known| known.guild);
    let here = here(deps, guild, country_of(candidates), language);
    // A line that the guild added works in one country.
    let own = here.own.iter().filter(|line| Some(line.country) == here.country).cloned().collect();
    Here { group, own, ..here }
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
    match deps.roster.listens_at(channel) {
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

/// Draws the answer to a direct message.
pub fn draw_hello() -> Drawn {
    Drawn::Card(cards::hello())
}

/// Removes every call for a person, every concern, and every answer to a direct message, that a member had caused
/// by then.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    outbox::store::forget_matching(tx, &hello_prefix(member.user), until).await?;
    hand::forget(tx, member, until).await
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
