//! `/helplines`, the ear for messages, and the buttons of the pointer.

use futures::future::BoxFuture;

use super::actions::{self, Hand};
use super::{cards, catching_up};
use crate::discord::{Asked, Bot, Ctx, Happened, Pressed, Slice, Spoken};
use crate::groups::commands::countries;
use crate::outbox::{Messenger, Place};
use crate::refusal::{Refusal, Stop};
use crate::roster::Known;

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "crisis",
        commands: || vec![helplines(), super::words::commands::command()],
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
                let card = cards::helplines_anywhere(&actions::here(deps, None));
                return asked.reply(&card).await;
            }
        },
        None => {
            let groups = actions::groups_for(deps, asked.guild, asked.channel, asked.user);
            actions::country_of(&groups).and_then(|code| deps.helplines.country(code))
        }
    };
    asked.reply(&listed(deps, found)).await
}

fn listed(deps: &crate::deps::Deps, country: Option<&crate::helplines::Country>) -> crate::card::Card {
    match country {
        Some(country) => cards::helplines(&actions::here(deps, Some(country.code)), country),
        None => cards::helplines_anywhere(&actions::here(deps, None)),
    }
}

fn spoken<'a>(bot: &'a Bot, spoken: &'a Spoken) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(actions::heard(bot, spoken))
}

fn happened<'a>(bot: &'a Bot, happened: &'a Happened) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(async move {
        match happened {
            Happened::FreshReady => catching_up::catch_up(bot).await,
            Happened::GuildJoined(_)
            | Happened::GuildLeft(_)
            | Happened::MemberLeft(_)
            | Happened::MemberJoined(_)
            | Happened::ChannelGone(..) => Ok(()),
        }
    })
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("open", [note]) => open(bot, asked, note).await,
        ("more", group) => {
            let country = actions::country_of(&meant(bot, asked, group));
            asked.reply(&listed(deps, country.and_then(|code| deps.helplines.country(code)))).await
        }
        ("handup", group) => {
            let groups = meant(bot, asked, group);
            asked
                .reply(&match groups.as_slice() {
                    [] => cards::nobody_here(),
                    [known] => cards::hand_up_preview(known, asked.user),
                    several => cards::which_group(several),
                })
                .await
        }
        ("handup_yes", group) => match meant(bot, asked, group).as_slice() {
            [known] => {
                let channel = known.facilitator_channel;
                let card = match actions::raise_hand(bot, asked.user, known).await {
                    Hand::Posted => cards::hand_up_posted(channel),
                    Hand::Already => cards::hand_up_already(channel),
                    Hand::Trying => cards::hand_up_trying(channel),
                    Hand::Failed => cards::hand_up_failed(channel),
                };
                asked.update(&card).await
            }
            _ => asked.update(&cards::nobody_here()).await,
        },
        ("handup_no", []) => asked.update(&cards::hand_up_not_now()).await,
        ("mute", group) => {
            let named = named(bot, group).map(|known| known.guild);
            let guild =
                asked.guild.or(named).or_else(|| deps.roster.home(asked.user)).ok_or_else(Refusal::old_button)?;
            actions::mute(deps, crate::ids::Member { guild, user: asked.user }).await?;
            asked.reply(&cards::muted()).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

/// Opens a note. Once its author read it, its line says so and has no button any more, as far as
/// Discord lets us: nobody else is to wonder whom it is for.
async fn open(bot: &Bot, asked: &Asked, note: &str) -> Result<(), Stop> {
    let (card, is_theirs) = actions::opened(&bot.deps, asked.user, (asked.guild, asked.channel), note);
    asked.reply(&card).await?;
    if let Some(message) = asked.message.filter(|_| is_theirs)
        && let Err(error) = bot.rest.edit(Place::Channel(asked.channel), message, &cards::note_opened()).await
    {
        tracing::debug!(%error, "an opened note keeps its button");
    }
    Ok(())
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
