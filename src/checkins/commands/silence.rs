//! `/reach-out`, and the presses about silence.

use super::super::actions::silence;
use super::super::cards;
use super::super::model::Tell;
use super::{group_id, mine};
use crate::discord::{Asked, Bot, Ctx, Pressed, UserArg};
use crate::groups::cards as group_cards;
use crate::groups::commands::groups_here;
use crate::groups::{Group, actions as groups};
use crate::ids::{Member, UserId};
use crate::refusal::{Refusal, Stop};

/// Choose whether I write to you once when you have gone quiet, and who else is told
#[poise::command(slash_command, guild_only, rename = "reach-out")]
pub async fn reach_out(
    ctx: Ctx<'_>,
    #[description = "One person of your group who is told two days later that it has been quiet"] buddy: Option<
        UserArg,
    >,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let group = match (group, mine(bot, &asked).await?.as_slice()) {
        (None, [only]) => groups::find(&bot.deps, *only).await?,
        (group, _) => groups::choose(&bot.deps, asked.guild, group.as_deref()).await?,
    };
    let (member, group) = own(bot, &asked, group).await?;
    let buddy = buddy.map(|user| UserId::from_snowflake(user.get()));
    if let Some(buddy) = buddy {
        super::super::actions::sharing::reachable(&bot.deps, member, &group, buddy).await?;
    }
    show(bot, &asked, &group, buddy).await
}

async fn show(bot: &Bot, asked: &Asked, group: &Group, buddy: Option<UserId>) -> Result<(), Stop> {
    let after = silence::after(&bot.deps, group).await?;
    let now = silence::find(&bot.deps, group.id, asked.user).await?.map(|quiet| quiet.tell);
    asked.reply(&cards::reach_out(group, after, now, buddy)).await
}

/// A group that the person belongs to and lets keep their check-ins: without them everything is silence.
async fn own(bot: &Bot, asked: &Asked, group: Group) -> Result<(Member, Group), Stop> {
    let member = Member { guild: group.guild, user: asked.user };
    if asked.guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    if !groups::belongs(&bot.deps, member, group.id).await? {
        return Err(Refusal::new("This is for members of the group.", "", "`/join` takes you in.").into());
    }
    if groups::consents(&bot.deps, member).await?.checkins != Some(true) {
        return Err(Refusal::new(
            "I keep no check-ins of yours, so I cannot tell when you have gone quiet.",
            "",
            "`/privacy` changes that whenever you like.",
        )
        .into());
    }
    Ok((member, group))
}

/// The presses of this file.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let verb = pressed.press.verb.as_str();
    let Some((group, rest)) = args.split_first().filter(|_| verb.starts_with("quiet")) else {
        return super::weather::press(bot, pressed, args).await;
    };
    let group = groups::find(&bot.deps, group_id(group)?).await?;
    if asked.guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    let member = Member { guild: group.guild, user: asked.user };
    match (verb, rest) {
        ("quiet", []) => {
            let (_, group) = own(bot, asked, group).await?;
            show(bot, asked, &group, None).await
        }
        ("quiet_yes", [tell]) => {
            let tell = match *tell {
                "nobody" => Tell::Nobody,
                "facilitators" => Tell::Facilitators,
                _ => return Err(Refusal::old_button().into()),
            };
            wish(bot, asked, group, tell).await
        }
        ("quiet_yes", ["buddy", buddy]) => {
            let buddy = buddy.parse().map_err(|_| Refusal::old_button())?;
            wish(bot, asked, group, Tell::Buddy(buddy)).await
        }
        ("quiet_no", []) => {
            silence::stop(&bot.deps, group.id, asked.user).await?;
            asked.reply(&cards::quiet_stopped()).await
        }
        ("quiet_untell", []) => {
            silence::tell_nobody(&bot.deps, group.id, asked.user).await?;
            asked.reply(&cards::quiet_untold()).await
        }
        ("quiet_away", []) => {
            // Whoever does not belong is written to by nobody, and nothing is kept of them.
            if !groups::belongs(&bot.deps, member, group.id).await? {
                return asked.reply(&group_cards::join_first(&group)).await;
            }
            let settings = groups::settings::go_away(&bot.deps, member, None).await?;
            match settings.away {
                Some(away) => asked.reply(&crate::groups::cards::me::away(away, None)).await,
                None => Err(Refusal::old_button().into()),
            }
        }
        ("quiet_relieve", []) => {
            silence::relieve(&bot.deps, member).await?;
            asked.reply(&cards::relieved()).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

async fn wish(bot: &Bot, asked: &Asked, group: Group, tell: Tell) -> Result<(), Stop> {
    let (member, group) = own(bot, asked, group).await?;
    silence::wish(&bot.deps, member, &group, tell).await?;
    asked.update(&cards::quiet_kept(tell)).await
}
