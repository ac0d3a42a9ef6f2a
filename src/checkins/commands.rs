//! `/checkin`, the mood buttons, and the form for one line.

use super::actions::{self, Change, Gate};
use super::cards;
use super::model::{LINE_LIMIT, Mood, Window};
use crate::crisis;
use crate::discord::{Asked, Bot, Ctx, Pressed, Slice};
use crate::groups::{Purpose, actions as groups};
use crate::ids::PromptId;
use crate::refusal::{Refusal, Stop};

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "checkins",
        commands: || vec![checkin()],
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: None,
    }
}

/// Say how you are today; only you see it
#[poise::command(slash_command, guild_only)]
async fn checkin(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let mine = groups::joined(&bot.deps, asked.member()?).await?;
    match mine.as_slice() {
        [] => Err(Refusal::new(
            "Check-ins are for members of a group.",
            "",
            "`/join` takes you in; you choose what may be kept.",
        )
        .into()),
        [only] => open_today(bot, &asked, *only, false).await,
        several => {
            let mut names = Vec::new();
            for group in several {
                names.push((*group, groups::find(&bot.deps, *group).await?.name));
            }
            asked.reply(&cards::which_group(&names)).await
        }
    }
}

async fn open_today(bot: &Bot, asked: &Asked, group: crate::ids::GroupId, update: bool) -> Result<(), Stop> {
    let group = groups::find(&bot.deps, group).await?;
    if Some(group.guild) != asked.guild {
        return Err(Refusal::old_button().into());
    }
    let window = actions::today(&bot.deps, &group).await?;
    let before = actions::answered(&bot.deps, asked.member()?, window.id).await?;
    let card = cards::own_prompt(&window, before.as_ref());
    if update { asked.update(&card).await } else { asked.reply(&card).await }
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("mood", [prompt, mood]) => {
            let mood = Mood::of_number(mood).ok_or_else(Refusal::old_button)?;
            if let Some(window) = open_gate(bot, asked, prompt).await? {
                let answer = actions::answer(&bot.deps, asked.member()?, &window, Change::Mood(mood)).await?;
                asked.reply(&cards::thanks(&window, &answer)).await?;
            }
            Ok(())
        }
        ("line", [prompt]) => {
            if let Some(window) = open_gate(bot, asked, prompt).await? {
                let before = actions::answered(&bot.deps, asked.member()?, window.id).await?;
                asked.show(&cards::line_form(window.id, before.as_ref())).await?;
            }
            Ok(())
        }
        ("write", [prompt]) => {
            let line = pressed.inputs.get("line").map(String::as_str).unwrap_or_default();
            write(bot, asked, prompt, line).await
        }
        ("agree", [prompt]) => {
            // First whether the button is of this server at all: a foreign one agrees to nothing here.
            actions::gate(&bot.deps, asked.member()?, number(prompt)?).await?;
            groups::decide(&bot.deps, asked.member()?, Purpose::Checkins, true).await?;
            match actions::gate(&bot.deps, asked.member()?, number(prompt)?).await? {
                Gate::Open(window) => asked.update(&cards::own_prompt(&window, None)).await,
                gate => turned_away(asked, &gate).await,
            }
        }
        ("decline", []) => {
            groups::decide(&bot.deps, asked.member()?, Purpose::Checkins, false).await?;
            asked.update(&cards::declined()).await
        }
        ("choose", []) => {
            let group = pressed.values.first().and_then(|value| value.parse().ok()).ok_or_else(Refusal::old_button)?;
            open_today(bot, asked, group, true).await
        }
        _ => Err(Refusal::old_button().into()),
    }
}

/// Words first: a text that worries is answered with the pointer even when it cannot be kept.
async fn write(bot: &Bot, asked: &Asked, prompt: &str, line: &str) -> Result<(), Stop> {
    let member = asked.member()?;
    let pointer = crisis::actions::pointer_for(&bot.deps, member, line);
    if let Some(pointer) = &pointer {
        asked.reply(pointer).await?;
    }
    let Some(window) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    let trimmed: String = line.trim().chars().take(usize::from(LINE_LIMIT)).collect();
    let kept = (!trimmed.is_empty()).then_some(trimmed);
    let answer = actions::answer(&bot.deps, member, &window, Change::Line(kept)).await?;
    if pointer.is_none() {
        asked.reply(&cards::thanks(&window, &answer)).await?;
    }
    Ok(())
}

/// The window, if this person may answer it; otherwise they are told what is in the way.
async fn open_gate(bot: &Bot, asked: &Asked, prompt: &str) -> Result<Option<Window>, Stop> {
    match actions::gate(&bot.deps, asked.member()?, number(prompt)?).await? {
        Gate::Open(window) => Ok(Some(window)),
        gate => turned_away(asked, &gate).await.map(|()| None),
    }
}

async fn turned_away(asked: &Asked, gate: &Gate) -> Result<(), Stop> {
    match gate {
        Gate::Open(window) => asked.reply(&cards::own_prompt(window, None)).await,
        Gate::Closed(window) => asked.reply(&cards::closed(window.on_date)).await,
        Gate::NotAgreed(window) => asked.reply(&cards::may_i_keep(window.id)).await,
        Gate::NotJoined(group) => asked.reply(&crate::groups::cards::join_first(group)).await,
    }
}

fn number(text: &str) -> Result<PromptId, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}
