//! What is asked: chosen by a group with `/checkin-setup`, and by each member for themselves.

use super::super::model::{OFFER_AFTER, OWN_LIMIT, Question, Setup};
use super::super::store::prompts;
use super::super::{actions, cards, plan};
use super::group_id;
use crate::calendar::{Weekdays, time_of_day};
use crate::card::Card;
use crate::discord::{Asked, Bot, Ctx, Pressed};
use crate::groups::commands::{self as group_commands, groups_here, misread, pressed_group};
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
    let group = group_commands::facilitated(ctx.data(), &asked, group.as_deref()).await?;
    asked.reply(&cards::setup(&group, &actions::setup(deps, group.id).await?)).await
}

/// The presses of both.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    match (pressed.press.verb.as_str(), args) {
        ("setup_ask", [group]) => {
            let chosen = questions(&pressed.values)?;
            ask(bot, asked, group, |setup| setup.questions = chosen.into_iter().collect()).await
        }
        ("setup_none", [group]) => ask(bot, asked, group, |setup| setup.questions.clear()).await,
        ("setup_after", [group]) => {
            let after = pressed.values.first().and_then(|days| days.parse().ok());
            let after = after.filter(|days| OFFER_AFTER.contains(days)).ok_or_else(Refusal::old_button)?;
            ask(bot, asked, group, |setup| setup.offer_after = after).await
        }
        ("setup_days", [group]) => {
            let group = facilitated(bot, asked, group).await?;
            let days = pressed.values.join(",").parse::<Weekdays>().map_err(|_| Refusal::old_button())?;
            let group = groups::settings::set_prompt_days(&bot.deps, &group, days).await?;
            asked.update(&cards::setup(&group, &actions::setup(&bot.deps, group.id).await?)).await
        }
        ("prompt_off", [group]) => {
            let group = facilitated(bot, asked, group).await?;
            groups::settings::switch_prompt_off(&bot.deps, &group).await?;
            asked.update(&cards::switched_off(&group)).await
        }
        ("prompt_on", [group]) => {
            let group = facilitated(bot, asked, group).await?;
            actions::prompts::go_on(&bot.deps, &group).await?;
            asked.update(&cards::gone_on(&group)).await
        }
        ("setup_own", [group]) => {
            let group = facilitated(bot, asked, group).await?;
            asked.show(&cards::own_form(group.id, &actions::setup(&bot.deps, group.id).await?)).await
        }
        ("setup_wrote", [group]) => {
            let own = pressed.inputs.values().filter_map(|typed| own_question(typed)).collect();
            ask(bot, asked, group, |setup| setup.own = own).await
        }
        ("mine", [group]) => show_mine(bot, asked, group).await,
        ("mine_ask", [group]) => choose_mine(bot, asked, group, &questions(&pressed.values)?).await,
        ("mine_none", [group]) => choose_mine(bot, asked, group, &[]).await,
        ("hour", [group]) => {
            let (group, member) = own_group(bot, asked, group).await?;
            let before = prompts::find(bot.deps.database.read(), group.id, member.user).await?;
            asked.show(&cards::hour_form(group.id, before.map(|direct| direct.at))).await
        }
        ("hour_wrote", [group]) => {
            let (group, member) = own_group(bot, asked, group).await?;
            let typed = pressed.inputs.get("hour").map(|typed| typed.trim()).unwrap_or_default();
            let at = if typed.is_empty() { None } else { Some(time_of_day(typed).map_err(misread)?) };
            actions::prompts::ask_directly(&bot.deps, member, &group, at).await?;
            asked.update(&mine(bot, &group, member).await?).await
        }
        ("direct_off", [group]) => {
            let (group, member) = own_group(bot, asked, group).await?;
            actions::prompts::ask_directly(&bot.deps, member, &group, None).await?;
            asked.reply(&cards::stopped_directly()).await
        }
        ("direct_on", [group]) => {
            let (group, member) = own_group(bot, asked, group).await?;
            let before = prompts::find(bot.deps.database.read(), group.id, member.user).await?;
            let at = before.ok_or_else(Refusal::old_button)?.at;
            actions::prompts::ask_directly(&bot.deps, member, &group, Some(at)).await?;
            asked.reply(&mine(bot, &group, member).await?).await
        }
        _ => super::sharing::press(bot, pressed, args).await,
    }
}

/// A group of this server that the person may change.
pub(super) async fn facilitated(bot: &Bot, asked: &Asked, group: &str) -> Result<Group, Stop> {
    pressed_group(bot, asked, group_id(group)?).await
}

async fn ask(bot: &Bot, asked: &Asked, group: &str, change: impl FnOnce(&mut Setup)) -> Result<(), Stop> {
    let group = facilitated(bot, asked, group).await?;
    let mut setup = actions::setup(&bot.deps, group.id).await?;
    change(&mut setup);
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
    asked.reply(&mine(bot, &group, member).await?).await
}

/// What a member chose, as a card.
async fn mine(bot: &Bot, group: &Group, member: Member) -> Result<Card, Stop> {
    let setup = actions::setup(&bot.deps, group.id).await?;
    let wishes = actions::wishes(&bot.deps, member).await?;
    let direct = prompts::find(bot.deps.database.read(), group.id, member.user).await?;
    let zone = groups::settings::settings(&bot.deps, member).await?.zone_in(group);
    let direct = direct.map(|direct| (direct.at, zone, direct.next_at.is_some()));
    let counted = actions::weather::counted(&bot.deps, member).await? == Some(true);
    Ok(cards::mine(group.id, &plan::choosable(&setup), &plan::asked(&setup, &wishes), direct, counted))
}

async fn choose_mine(bot: &Bot, asked: &Asked, group: &str, wanted: &[Question]) -> Result<(), Stop> {
    let (group, member) = own_group(bot, asked, group).await?;
    let setup = actions::setup(&bot.deps, group.id).await?;
    actions::wish(&bot.deps, member, |wishes| *wishes = plan::wish_for(&setup, wishes, wanted)).await?;
    asked.update(&mine(bot, &group, member).await?).await
}
