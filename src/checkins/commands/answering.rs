//! The presses with which somebody answers.

use super::super::actions::{Gate, Turn};
use super::super::model::{Answer, Change, LINE_LIMIT, Mood, Question, Skill, WORDS_LIMIT, words_of};
use super::super::{actions, cards};
use super::{open_gate, practise, turn, turned_away};
use crate::card::Card;
use crate::crisis;
use crate::discord::{Asked, Bot, Pressed};
use crate::refusal::{Refusal, Stop};

/// The first tap, which is a whole answer.
pub async fn mood(bot: &Bot, asked: &Asked, prompt: &str, mood: &str) -> Result<(), Stop> {
    let mood = Mood::of_number(mood).ok_or_else(Refusal::old_button)?;
    let turn = turn(bot, asked, prompt).await?;
    let gate = actions::gate(&bot.deps, &turn).await?;
    if gate != Gate::Open {
        return turned_away(asked, &turn, gate, mood == Mood::Hard).await;
    }
    let answer = actions::answer(&bot.deps, &turn, vec![Change::Mood(mood)]).await?;
    asked.reply(&thanks(bot, &turn, &answer).await?).await
}

/// The answer to an answer, with what there is to practise and, once, the question about the weather.
async fn thanks(bot: &Bot, turn: &Turn, answer: &Answer) -> Result<Card, Stop> {
    let reply = actions::reply(&bot.deps, turn, answer).await?;
    let mut card = cards::thanks(&turn.window, &reply);
    practise(bot, turn.member, &turn.group, &mut card).await?;
    // After a hard day nobody is asked for anything.
    if !reply.person && actions::weather::asks(&bot.deps, turn.member, turn.group.id).await? {
        cards::may_i_count(&mut card, turn.group.id, turn.window.id);
    }
    Ok(card)
}

/// Opens the form for the one line.
pub async fn line(bot: &Bot, asked: &Asked, prompt: &str) -> Result<(), Stop> {
    let Some(turn) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    let before = actions::answered(&bot.deps, turn.member, turn.window.id).await?;
    asked.show(&cards::line_form(turn.window.id, before.as_ref())).await
}

/// Opens the second step, or turns its page.
pub async fn more(bot: &Bot, asked: &Asked, prompt: &str, page: &str) -> Result<(), Stop> {
    let page = page.parse().map_err(|_| Refusal::old_button())?;
    let Some(turn) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    let answer = actions::answered(&bot.deps, turn.member, turn.window.id).await?.unwrap_or_default();
    let (_, questions) = actions::asked(&bot.deps, &turn).await?;
    asked.update(&cards::more(&turn.window, &answer, &questions, page)).await
}

/// Something was chosen in a select.
pub async fn set(bot: &Bot, pressed: &Pressed, prompt: &str, question: &str, page: &str) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let question = Question::of_word(question).ok_or_else(Refusal::old_button)?;
    let change = cards::chosen(question, &pressed.values).ok_or_else(Refusal::old_button)?;
    let page = page.parse().map_err(|_| Refusal::old_button())?;
    let Some(turn) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    let answer = actions::answer(&bot.deps, &turn, vec![change]).await?;
    let (_, questions) = actions::asked(&bot.deps, &turn).await?;
    asked.update(&cards::more(&turn.window, &answer, &questions, page)).await
}

/// Opens the form for everything that is answered in words.
pub async fn words(bot: &Bot, asked: &Asked, prompt: &str) -> Result<(), Stop> {
    let Some(turn) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    let before = actions::answered(&bot.deps, turn.member, turn.window.id).await?.unwrap_or_default();
    let (setup, questions) = actions::asked(&bot.deps, &turn).await?;
    let form = cards::words_form(turn.window.id, &setup, &questions, &before).ok_or_else(Refusal::old_button)?;
    asked.show(&form).await
}

/// A form came back. Words first: a text that worries is answered with the pointer even when it cannot be
/// kept.
pub async fn wrote(bot: &Bot, pressed: &Pressed, prompt: &str, second_step: bool) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let typed = pressed.inputs.values().map(String::as_str).collect::<Vec<_>>();
    let typed = zeroize::Zeroizing::new(typed.join("\n\n"));
    let whose = turn(bot, asked, prompt).await;
    let member = match &whose {
        Ok(turn) => turn.member,
        Err(_) => asked.member()?,
    };
    let pointer = crisis::actions::pointer_for(&bot.deps, member, &typed);
    if let Some(pointer) = &pointer {
        asked.reply(pointer).await?;
    }
    whose?;
    let Some(turn) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    let setup = actions::setup(&bot.deps, turn.group.id).await?;
    let changes = pressed.inputs.iter().filter_map(|(id, typed)| change(id, typed, &setup.own)).collect();
    let answer = actions::answer(&bot.deps, &turn, changes).await?;
    if pointer.is_some() {
        return Ok(());
    }
    if second_step {
        let (_, questions) = actions::asked(&bot.deps, &turn).await?;
        return asked.update(&cards::more(&turn.window, &answer, &questions, 0)).await;
    }
    asked.reply(&thanks(bot, &turn, &answer).await?).await
}

/// What one input of a form changes.
fn change(id: &str, typed: &str, own: &[String]) -> Option<Change> {
    match id {
        "line" => Some(Change::Line(words_of(typed, LINE_LIMIT))),
        "win" => Some(Change::Win(words_of(typed, WORDS_LIMIT))),
        other => {
            let at = other.strip_prefix("own")?.parse::<usize>().ok()?.checked_sub(1)?;
            Some(Change::Own(own.get(at)?.clone(), words_of(typed, WORDS_LIMIT)))
        }
    }
}

/// The second step is over.
pub async fn done(bot: &Bot, asked: &Asked, prompt: &str) -> Result<(), Stop> {
    let Some(turn) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    let answer = actions::answered(&bot.deps, turn.member, turn.window.id).await?.unwrap_or_default();
    asked.update(&thanks(bot, &turn, &answer).await?).await
}

/// A suggestion was marked as helpful, or as not theirs.
pub async fn mark(bot: &Bot, asked: &Asked, prompt: &str, skill: &str, helps: bool) -> Result<(), Stop> {
    let skill = Skill::of_word(skill).ok_or_else(Refusal::old_button)?;
    let Some(turn) = open_gate(bot, asked, prompt).await? else { return Ok(()) };
    actions::wish(&bot.deps, turn.member, |wishes| wishes.mark(skill, helps)).await?;
    asked.reply(&cards::marked(skill, helps)).await
}
