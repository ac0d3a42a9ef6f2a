//! `/helplines`, `/now`, the ear for messages, and the buttons of the pointer.

mod coach;
mod concerns;
mod lines;
mod postvention;

use futures::future::BoxFuture;

use crate::card::Card;
use crate::crisis::actions;
use crate::crisis::actions::hand::{self, Hand};
use crate::crisis::cards::concern::Became;
use crate::crisis::cards::words::Language;
use crate::crisis::{cards, catching_up, places};
use crate::deps::Deps;
use crate::discord::{Asked, Bot, Ctx, Happened, Pressed, Slice, Spoken};
use crate::groups::commands::countries;
use crate::helplines::Country;
use crate::ids::Member;
use crate::outbox::{Messenger, Place};
use crate::refusal::{Refusal, Stop};
use crate::roster::Known;

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "backup", "closed", "hand_on", "handed", "handup", "handup_no", "handup_say", "handup_words", "handup_yes",
    "here", "more", "mute", "o", "open", "take_back", "tell", "told", "truth", "why", "wrong", "wrong_no",
    "wrong_yes",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "crisis",
        commands: || {
            vec![
                helplines(),
                now(),
                concerns::concerns(),
                concerns::oncall(),
                coach::worried(),
                postvention::postvention(),
                lines::helpline(),
                crate::crisis::words::commands::command(),
            ]
        },
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: Some(spoken),
        happened: Some(happened),
    }
}

/// Find somebody to talk to, right now
#[poise::command(slash_command)]
async fn helplines(
    ctx: Ctx<'_>,
    #[description = "Where you are, such as United States"]
    #[autocomplete = "countries"]
    country: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let found = match &country {
        Some(text) => match deps.helplines.find_country(text) {
            Some(country) => Some(country),
            None => {
                let card = cards::helplines_anywhere(&actions::here(deps, asked.guild, None, reads(&asked)));
                return asked.reply(&card).await;
            }
        },
        None => {
            let groups = actions::groups_for(deps, asked.guild, asked.channel, asked.user);
            actions::country_of(&groups).and_then(|code| deps.helplines.country(code))
        }
    };
    asked.reply(&listed(deps, &asked, found)).await
}

/// Ask for a person from your group, or find somebody to talk to, now
#[poise::command(slash_command)]
async fn now(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let groups = actions::groups_for(deps, asked.guild, asked.channel, asked.user);
    let raised = actions::duty::raised(deps, asked.user, &groups).await;
    asked.reply(&cards::now(&actions::here_of(deps, &groups, reads(&asked)), &raised)).await
}

/// The language in which somebody reads Discord, as far as we speak it.
fn reads(asked: &Asked) -> Language {
    Language::best(None, Some(&asked.locale))
}

fn listed(deps: &Deps, asked: &Asked, country: Option<&Country>) -> Card {
    let guild = asked.guild.or_else(|| deps.roster.home(asked.user));
    let here = actions::here(deps, guild, country.map(|country| country.code), reads(asked));
    match country {
        Some(country) => cards::helplines(&here, country),
        None => cards::helplines_anywhere(&here),
    }
}

fn spoken<'a>(bot: &'a Bot, spoken: &'a Spoken) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(actions::heard(bot, spoken))
}

fn happened<'a>(bot: &'a Bot, happened: &'a Happened) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(async move {
        match happened {
            Happened::FreshReady => catching_up::catch_up(bot).await,
            Happened::MemberLeft(member) => actions::duty::gone(&bot.deps, *member).await,
            Happened::ChannelGone(_, channel) => places::actions::gone(&bot.deps, *channel).await,
            Happened::GuildJoined(_) | Happened::GuildLeft(_) | Happened::MemberJoined(_) => Ok(()),
        }
    })
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        // Older notes have the longer verb.
        ("o" | "open", [note]) => open(bot, asked, note).await,
        ("why", group) => {
            let here = actions::here_of(deps, &meant(bot, asked, group), reads(asked));
            asked.reply(&cards::reasons(&here, None)).await
        }
        ("wrong" | "wrong_yes", [phrase, group @ ..]) => {
            let is_sure = pressed.press.verb == "wrong_yes";
            wrong(bot, asked, phrase, &meant(bot, asked, group), is_sure).await
        }
        ("wrong_no", []) => asked.update(&cards::wrong_done(reads(asked), false)).await,
        ("more", group) => {
            let country = actions::country_of(&meant(bot, asked, group));
            asked.reply(&listed(deps, asked, country.and_then(|code| deps.helplines.country(code)))).await
        }
        ("handup" | "handup_yes" | "handup_say" | "handup_words" | "take_back", group) => {
            asks_for_a_person(bot, &pressed, group).await
        }
        ("told" | "tell" | "truth" | "here" | "backup" | "closed" | "hand_on" | "handed", args) => {
            concerns::press(bot, asked, &pressed.press.verb, args).await
        }
        ("handup_no", []) => asked.update(&cards::hand_up_not_now(reads(asked))).await,
        ("mute", group) => {
            let named = named(bot, group).map(|known| known.guild);
            let guild =
                asked.guild.or(named).or_else(|| deps.roster.home(asked.user)).ok_or_else(Refusal::old_button)?;
            actions::mute(deps, Member { guild, user: asked.user }).await?;
            asked.reply(&cards::muted(reads(asked))).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

/// Everything on the way to a person from the group.
async fn asks_for_a_person(bot: &Bot, pressed: &Pressed, group: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let groups = meant(bot, asked, group);
    match (pressed.press.verb.as_str(), groups.as_slice()) {
        ("handup", []) => asked.reply(&cards::nobody_here(reads(asked))).await,
        ("handup", [known]) => {
            let circles = actions::concerns::circles_of(&bot.deps, known);
            let rota = bot.deps.roster.care().circles(known.group).is_some();
            let card =
                cards::concern::hand_up_preview(known, asked.user, (circles.channel, circles.role), rota, reads(asked));
            asked.reply(&card).await
        }
        ("handup", several) => asked.reply(&cards::which_group(several, reads(asked))).await,
        ("handup_yes", [known]) => {
            let card = handed_up(bot, asked, known, None).await;
            asked.update(&card).await
        }
        ("handup_say", [known]) => asked.show(&cards::concern::words_form(known.group)).await,
        ("handup_words", [known]) => with_words(bot, pressed, known).await,
        ("take_back", [known]) => concerns::take_back(bot, asked, known).await,
        (_, _) => asked.update(&cards::nobody_here(reads(asked))).await,
    }
}

/// Opens a note. Once its author read it, its line says so and has no button any more, as far as
/// Discord lets us: nobody else is to wonder whom it is for.
async fn open(bot: &Bot, asked: &Asked, note: &str) -> Result<(), Stop> {
    let (card, theirs) = actions::opened(&bot.deps, asked.user, (asked.guild, asked.channel, &asked.locale), note);
    asked.reply(&card).await?;
    if let Some(language) = theirs {
        close_note(bot, asked, language).await;
    }
    Ok(())
}

/// The line of a note that was opened says so.
async fn close_note(bot: &Bot, asked: &Asked, language: Language) {
    if let Some(message) = asked.message
        && let Err(error) = bot.rest.edit(Place::Channel(asked.channel), message, &cards::note_opened(language)).await
    {
        tracing::debug!(%error, "an opened note keeps its button");
    }
}

/// "This was wrong": first what would be sent, then, if they say so, the phrase's name and nothing else.
async fn wrong(bot: &Bot, asked: &Asked, phrase: &str, groups: &[Known], is_sure: bool) -> Result<(), Stop> {
    let Some(known) = groups.first() else { return asked.reply(&cards::wrong_done(reads(asked), false)).await };
    if !is_sure {
        let here = actions::here_of(&bot.deps, groups, reads(asked));
        return asked.reply(&cards::wrong(&here, phrase)).await;
    }
    let counted = actions::alarms::count(&bot.deps, asked.user, known.group, phrase).await?;
    asked.update(&cards::wrong_done(reads(asked), counted)).await
}

/// Calls for a person and says what became of it.
async fn handed_up(bot: &Bot, asked: &Asked, known: &Known, words: Option<&str>) -> Card {
    let circles = actions::concerns::circles_of(&bot.deps, known);
    let (channel, member) = (circles.channel, Member { guild: known.guild, user: asked.user });
    let became = match hand::raise_hand(bot, member, known, words).await {
        Hand::Posted(is_kept) => Became::Posted(is_kept.then_some(circles.minutes)),
        Hand::Already => Became::Already,
        Hand::Trying => Became::Trying,
        Hand::Failed => Became::Failed,
    };
    cards::concern::hand_up_became(known.group, channel, became, reads(asked))
}

/// The words for the responders came back: they are posted, and a text that worries is answered as well.
async fn with_words(bot: &Bot, pressed: &Pressed, known: &Known) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let typed = zeroize::Zeroizing::new(pressed.inputs.get("words").cloned().unwrap_or_default());
    let words = Some(typed.trim()).filter(|words| !words.is_empty());
    let member = Member { guild: known.guild, user: asked.user };
    let card = handed_up(bot, asked, known, words).await;
    asked.update(&card).await?;
    match words.and_then(|words| actions::pointer_for(&bot.deps, member, words)) {
        Some(pointer) => asked.reply(&pointer).await,
        None => Ok(()),
    }
}

/// The groups that a press may mean: the one it names, else what the place and the person tell.
fn meant(bot: &Bot, asked: &Asked, args: &[&str]) -> Vec<Known> {
    match named(bot, args) {
        Some(known) => vec![known],
        None => actions::groups_for(&bot.deps, asked.guild, asked.channel, asked.user),
    }
}

fn named(bot: &Bot, args: &[&str]) -> Option<Known> {
    bot.deps.roster.group(args.first()?.parse().ok()?)
}

/// Looks at what somebody typed into a form before anything else is done with it: words that worry are answered with
/// the pointer, for the writer alone, also when the rest is refused.
///
/// # Errors
/// When Discord did not take the answer.
pub async fn screen(bot: &Bot, asked: &Asked, member: Member, words: &[&str]) -> Result<(), Stop> {
    let typed = zeroize::Zeroizing::new(words.join("\n\n"));
    match actions::pointer_for(&bot.deps, member, &typed) {
        Some(pointer) => asked.reply(&pointer).await,
        None => Ok(()),
    }
}
