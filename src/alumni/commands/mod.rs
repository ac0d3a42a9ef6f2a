//! `/steps`, `/step`, `/member`, `/mentor`, `/caring`, and where every press of this slice leads.

mod step;
mod steps;

use super::{mentors, notes};
use crate::discord::{Asked, Bot, Pressed, Slice};
use crate::groups::{Group, actions as groups};
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "felt", "hour", "m_end", "m_find", "m_no", "m_out", "m_room", "m_topics", "m_yes", "n_drop", "n_hand", "n_no",
    "n_out", "n_review", "n_stop", "n_wish", "n_write", "n_wrote", "n_yes", "no", "open", "preset", "share", "stop",
    "t_bot", "t_no", "t_open", "t_take", "t_yes", "touches", "yes",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "alumni",
        commands: || {
            vec![
                steps::steps_command(),
                step::step_command(),
                steps::member_command(),
                mentors::commands::mentor(),
                notes::commands::caring(),
            ]
        },
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: None,
    }
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match pressed.press.verb.as_str() {
        verb if verb.starts_with("m_") => mentors::commands::press(bot, &pressed, &args).await,
        verb if verb.starts_with("n_") => notes::commands::press(bot, &pressed, &args).await,
        verb if verb.starts_with("t_") => step::companions(bot, &pressed, &args).await,
        _ => steps::press(bot, &pressed, &args).await,
    }
}

/// The group a member means: the named one, or the only one they belong to.
pub(in crate::alumni) async fn belonging(
    bot: &Bot,
    asked: &Asked,
    name: Option<&str>,
) -> Result<(Member, Group), Stop> {
    let member = asked.member()?;
    let joined = groups::joined(&bot.deps, member).await?;
    let group = match (name, joined.as_slice()) {
        (None, [only]) => groups::find(&bot.deps, *only).await?,
        (_, _) => groups::choose(&bot.deps, asked.guild, name).await?,
    };
    if !joined.contains(&group.id) {
        return Err(Refusal::new("This is for members of the group.", "", "`/join` takes you in.").into());
    }
    Ok((member, group))
}

/// The group of a button, if the person belongs to it; also pressed in a direct message.
pub(in crate::alumni) async fn own(bot: &Bot, asked: &Asked, group: &str) -> Result<(Member, Group), Stop> {
    let group = groups::find(&bot.deps, read(group)?).await?;
    let member = Member { guild: group.guild, user: asked.user };
    let elsewhere = asked.guild.is_some_and(|guild| guild != group.guild);
    if elsewhere || !groups::belongs(&bot.deps, member, group.id).await? {
        return Err(Refusal::old_button().into());
    }
    Ok((member, group))
}

/// Reads a number of a custom id.
pub(in crate::alumni) fn read<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}
