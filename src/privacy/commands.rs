//! `/privacy` and its buttons.

use super::{actions, cards};
use futures::future::BoxFuture;

use crate::checkins;
use crate::discord::{Asked, Bot, Ctx, Happened, Pressed, Slice};
use crate::groups::{Purpose, actions as groups};
use crate::refusal::{Refusal, Stop};

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "copy", "count", "forget", "forget_no", "forget_yes", "quiet_no", "set",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "privacy",
        commands: || vec![privacy()],
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: Some(happened),
    }
}

/// See what is kept about you, change it, or be forgotten
#[poise::command(slash_command, guild_only)]
async fn privacy(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let kept = actions::look(&ctx.data().deps, asked.member()?).await?;
    asked.reply(&cards::kept(&kept)).await
}

fn happened<'a>(bot: &'a Bot, happened: &'a Happened) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(async move {
        match happened {
            Happened::FreshReady => actions::leaving::reconcile(bot).await,
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
    let member = asked.member()?;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("set", [purpose, answer]) => {
            let purpose = Purpose::of_word(purpose).ok_or_else(Refusal::old_button)?;
            groups::decide(&bot.deps, member, purpose, *answer == "yes").await?;
            asked.update(&cards::kept(&actions::look(&bot.deps, member).await?)).await
        }
        ("forget", []) => asked.update(&cards::forget_sure()).await,
        ("count", [to]) => {
            if *to == "yes" && groups::joined(&bot.deps, member).await?.is_empty() {
                return Err(Refusal::new("This is for members of a group here.", "", "`/join` takes you in.").into());
            }
            checkins::actions::weather::count_me(&bot.deps, member, *to == "yes").await?;
            asked.update(&cards::kept(&actions::look(&bot.deps, member).await?)).await
        }
        ("quiet_no", []) => {
            for quiet in actions::look(&bot.deps, member).await?.quiet {
                checkins::actions::silence::stop(&bot.deps, quiet.group, member.user).await?;
            }
            asked.update(&cards::kept(&actions::look(&bot.deps, member).await?)).await
        }
        ("forget_yes", []) => {
            // What they shared is taken back first, while we still know where it stands.
            checkins::actions::sharing::take_back_all(bot, member).await?;
            let receipt = actions::forget(&bot.deps, member).await?;
            asked.update(&cards::forgotten(&receipt)).await
        }
        ("copy", []) => {
            let copy = actions::copy(&bot.deps, member).await?;
            let count = copy.files.len();
            for (at, file) in copy.files.into_iter().enumerate() {
                asked.reply(&cards::copy(copy.rows, at + 1, count, file)).await?;
            }
            Ok(())
        }
        ("forget_no", []) => asked.update(&cards::not_forgotten()).await,
        _ => Err(Refusal::old_button().into()),
    }
}
