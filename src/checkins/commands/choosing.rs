//! What is asked: chosen by a group with `/checkin-setup`, and by each member for themselves.

use super::super::model::{OWN_LIMIT, Question, Setup};
use super::super::{actions, cards, plan};
use super::group_id;
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::commands::groups_here;
use crate::groups::{Group, actions as groups};
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// Choose what your group is asked at check-in
#[poise::command(slash_command, guild_only, rename = "checkin-setup")]
pub async fn checkin_setup(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = groups::choose(deps, asked.guild, group.as_deref()).await?;
    groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    asked.reply(&cards::setup(&group, &actions::setup(deps, group.id).await?)).await
}

/// The presses of both.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    match (pressed.press.verb.as_str(), args) {
        ("setup_ask", [group]) => ask(bot, asked, group, Some(questions(&pressed.values)?), None).await,
        ("setup_none", [group]) => ask(bot, asked, group, Some(Vec::new()), None).await,
        ("setup_own", [group]) => {
            let group = facilitated(bot, asked, group).await?;
            asked.show(&cards::own_form(group.id, &actions::setup(&bot.deps, group.id).await?)).await
        }
        ("setup_wrote", [group]) => {
            let own = pressed.inputs.values().filter_map(|typed| own_question(typed)).collect();
            ask(bot, asked, group, None, Some(own)).await
        }
        ("mine", [group]) => show_mine(bot, asked, group).await,
        ("mine_ask", [group]) => choose_mine(bot, asked, group, &questions(&pressed.values)?).await,
        ("mine_none", [group]) => choose_mine(bot, asked, group, &[]).await,
        _ => Err(Refusal::old_button().into()),
    }
}

/// A group of this server that the person may change.
async fn facilitated(bot: &Bot, asked: &Asked, group: &str) -> Result<Group, Stop> {
    let group = groups::find(&bot.deps, group_id(group)?).await?;
    if Some(group.guild) != asked.guild {
        return Err(Refusal::old_button().into());
    }
    groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    Ok(group)
}

async fn ask(
    bot: &Bot,
    asked: &Asked,
    group: &str,
    questions: Option<Vec<Question>>,
    own: Option<Vec<String>>,
) -> Result<(), Stop> {
    let group = facilitated(bot, asked, group).await?;
    let before = actions::setup(&bot.deps, group.id).await?;
    let setup = Setup {
        questions: questions.map_or(before.questions, |chosen| chosen.into_iter().collect()),
        own: own.unwrap_or(before.own),
    };
    if !setup.questions.iter().all(|question| Question::FOR_GROUPS.contains(question)) {
        return Err(Refusal::old_button().into());
    }
    actions::set_up(&bot.deps, group.id, &setup).await?;
    asked.update(&cards::setup(&group, &setup)).await
}

fn questions(values: &[String]) -> Result<Vec<Question>, Refusal> {
    values.iter().map(|word| Question::of_word(word)).collect::<Option<_>>().ok_or_else(Refusal::old_button)
}

/// An own question as it was typed: one line, nothing that hides or turns around.
fn own_question(typed: &str) -> Option<String> {
    let hidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    let line: String = typed.trim().chars().filter(|c| !hidden(c)).take(usize::from(OWN_LIMIT)).collect();
    super::super::model::words_of(&line, OWN_LIMIT)
}

/// A group that the person belongs to and may keep wishes for.
async fn own_group(bot: &Bot, asked: &Asked, group: &str) -> Result<(Group, Member), Stop> {
    let group = groups::find(&bot.deps, group_id(group)?).await?;
    let member = Member { guild: group.guild, user: asked.user };
    let elsewhere = asked.guild.is_some_and(|guild| guild != group.guild);
    if elsewhere || !groups::belongs(&bot.deps, member, group.id).await? {
        return Err(Refusal::old_button().into());
    }
    if groups::consents(&bot.deps, member).await?.checkins != Some(true) {
        return Err(Refusal::new(
            "I keep no check-ins of yours, so there is nothing to choose.",
            "",
            "`/privacy` changes that whenever you like.",
        )
        .into());
    }
    Ok((group, member))
}

async fn show_mine(bot: &Bot, asked: &Asked, group: &str) -> Result<(), Stop> {
    let (group, member) = own_group(bot, asked, group).await?;
    let setup = actions::setup(&bot.deps, group.id).await?;
    let wishes = actions::wishes(&bot.deps, member).await?;
    asked.reply(&cards::mine(group.id, &plan::choosable(&setup), &plan::asked(&setup, &wishes))).await
}

async fn choose_mine(bot: &Bot, asked: &Asked, group: &str, wanted: &[Question]) -> Result<(), Stop> {
    let (group, member) = own_group(bot, asked, group).await?;
    let setup = actions::setup(&bot.deps, group.id).await?;
    let wishes = actions::wish(&bot.deps, member, |wishes| *wishes = plan::wish_for(&setup, wishes, wanted)).await?;
    asked.update(&cards::mine(group.id, &plan::choosable(&setup), &plan::asked(&setup, &wishes))).await
}
