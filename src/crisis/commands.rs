//! `/helplines`, the ear for messages, and the buttons of the pointer.

use futures::future::BoxFuture;

use super::actions;
use super::cards;
use crate::discord::{Asked, Bot, Ctx, Pressed, Slice, Spoken};
use crate::groups::commands::countries;
use crate::refusal::{Refusal, Stop};

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "crisis",
        commands: || vec![helplines()],
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: Some(spoken),
        happened: None,
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
            asked.guild.and_then(|guild| actions::country_of(deps, guild)).and_then(|code| deps.helplines.country(code))
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

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let deps = &bot.deps;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("open", [ticket]) => asked.reply(&actions::opened(deps, asked.user, asked.guild, ticket)).await,
        ("more", []) => {
            let guild = asked.guild.or_else(|| deps.roster.home(asked.user));
            let country =
                guild.and_then(|guild| actions::country_of(deps, guild)).and_then(|code| deps.helplines.country(code));
            asked.reply(&listed(deps, country)).await
        }
        ("handup", []) => match known(bot, asked) {
            Some(known) => asked.reply(&cards::hand_up_preview(known.facilitator_channel, asked.user)).await,
            None => asked.reply(&cards::nobody_here()).await,
        },
        ("handup_yes", []) => match known(bot, asked) {
            Some(known) => {
                actions::raise_hand(bot, asked.user, &known).await?;
                asked.update(&cards::hand_up_posted(known.facilitator_channel)).await
            }
            None => asked.update(&cards::nobody_here()).await,
        },
        ("handup_no", []) => asked.update(&cards::hand_up_not_now()).await,
        ("mute", []) => {
            let guild = asked.guild.or_else(|| deps.roster.home(asked.user)).ok_or_else(Refusal::old_button)?;
            actions::mute(deps, crate::ids::Member { guild, user: asked.user }).await?;
            asked.reply(&cards::muted()).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

fn known(bot: &Bot, asked: &Asked) -> Option<crate::roster::Known> {
    let guild = asked.guild.or_else(|| bot.deps.roster.home(asked.user));
    actions::asked_where(&bot.deps, guild, asked.channel)
}
