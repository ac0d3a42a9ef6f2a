//! `/checkin` and the other commands of check-ins, and where every press of this slice leads.

mod answering;
mod choosing;
mod mood;
mod sharing;
mod silence;
mod weather;

use futures::future::BoxFuture;

use super::actions::{self, Gate, Turn};
use super::cards;
use crate::card::{Card, Row};
use crate::discord::{Asked, Bot, Ctx, Happened, Pressed, Slice};
use crate::groups::{Group, Purpose, actions as groups};
use crate::ids::{GroupId, Member};
use crate::refusal::{Refusal, Stop};
use crate::sessions::practice;

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "agree", "agree_quiet", "agree_weather", "agreed", "beside", "count", "count_me", "decline", "direct_off",
    "direct_on", "done", "helps", "hour", "hour_wrote", "line", "may_count", "mine", "mine_ask",
    "mine_none", "mood", "mood_of", "more", "not_mine", "open", "prompt_off", "prompt_on", "quiet",
    "quiet_away", "quiet_no", "quiet_relieve", "quiet_untell", "quiet_yes", "set", "setup_after", "setup_ask",
    "setup_back", "setup_days", "setup_none", "setup_own", "setup_wrote", "share", "share_chart", "share_no",
    "share_note", "share_pick", "share_practice", "share_to", "trend", "unshare", "words", "write", "wrote",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "checkins",
        commands: || {
            vec![
                checkin(),
                mood::mood(),
                choosing::checkin_setup(),
                sharing::share(),
                weather::checkin_weather(),
                silence::reach_out(),
            ]
        },
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: Some(happened),
    }
}

fn happened<'a>(bot: &'a Bot, happened: &'a Happened) -> BoxFuture<'a, Result<(), Stop>> {
    Box::pin(async move {
        match happened {
            Happened::FreshReady => actions::sharing::catch_up(bot).await,
            Happened::GuildJoined(_)
            | Happened::GuildLeft(_)
            | Happened::MemberLeft(_)
            | Happened::MemberJoined(_)
            | Happened::ChannelGone(..) => Ok(()),
        }
    })
}

/// Say how you are today; only you see it
#[poise::command(slash_command, guild_only)]
async fn checkin(ctx: Ctx<'_>) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    match mine(bot, &asked).await?.as_slice() {
        [only] => open_today(bot, &asked, *only, false).await,
        several => asked.reply(&cards::which_group(&named(bot, several).await?, "open")).await,
    }
}

/// The groups of the person who asks.
async fn mine(bot: &Bot, asked: &Asked) -> Result<Vec<GroupId>, Stop> {
    let mine = groups::joined(&bot.deps, asked.member()?).await?;
    if mine.is_empty() {
        return Err(Refusal::new(
            "Check-ins are for members of a group.",
            "",
            "`/join` takes you in; you choose what may be kept.",
        )
        .into());
    }
    Ok(mine)
}

async fn named(bot: &Bot, groups_of: &[GroupId]) -> Result<Vec<(GroupId, String)>, Stop> {
    let mut names = Vec::new();
    for group in groups_of {
        names.push((*group, groups::find(&bot.deps, *group).await?.name));
    }
    Ok(names)
}

async fn open_today(bot: &Bot, asked: &Asked, group: GroupId, update: bool) -> Result<(), Stop> {
    let group = groups::find(&bot.deps, group).await?;
    if asked.guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    let member = Member { guild: group.guild, user: asked.user };
    if !groups::belongs(&bot.deps, member, group.id).await? {
        return asked.reply(&crate::groups::cards::join_first(&group)).await;
    }
    let window = actions::today(&bot.deps, &group, member).await?;
    let before = actions::answered(&bot.deps, member, window.id).await?;
    let mut card = cards::own_prompt(&window, before.as_ref());
    practise(bot, member, &group, &mut card).await?;
    if update { asked.update(&card).await } else { asked.reply(&card).await }
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("mood", [prompt, mood]) => answering::mood(bot, asked, prompt, mood).await,
        ("line", [prompt]) => answering::line(bot, asked, prompt).await,
        ("write", [prompt]) => answering::wrote(bot, &pressed, prompt, false).await,
        ("more", [prompt, page]) => answering::more(bot, asked, prompt, page).await,
        ("set", [prompt, question, page]) => answering::set(bot, &pressed, prompt, question, page).await,
        ("words", [prompt]) => answering::words(bot, asked, prompt).await,
        ("wrote", [prompt]) => answering::wrote(bot, &pressed, prompt, true).await,
        ("done", [prompt]) => answering::done(bot, asked, prompt).await,
        ("helps", [prompt, skill]) => answering::mark(bot, asked, prompt, skill, true).await,
        ("not_mine", [prompt, skill]) => answering::mark(bot, asked, prompt, skill, false).await,
        ("agree", [prompt]) => {
            // First whether the button is of this server at all: a foreign one agrees to nothing here.
            let turn = turn(bot, asked, prompt).await?;
            // Whoever has not joined decides nothing here, and leaves no trace.
            if !groups::belongs(&bot.deps, turn.member, turn.group.id).await? {
                return turned_away(asked, &turn, Gate::NotJoined, false).await;
            }
            groups::decide(&bot.deps, turn.member, Purpose::Checkins, true).await?;
            match actions::gate(&bot.deps, &turn).await? {
                Gate::Open => asked.update(&cards::own_prompt(&turn.window, None)).await,
                gate => turned_away(asked, &turn, gate, false).await,
            }
        }
        ("decline", [prompt]) => {
            let turn = turn(bot, asked, prompt).await?;
            if !groups::belongs(&bot.deps, turn.member, turn.group.id).await? {
                return turned_away(asked, &turn, Gate::NotJoined, false).await;
            }
            groups::decide(&bot.deps, turn.member, Purpose::Checkins, false).await?;
            asked.update(&cards::declined()).await
        }
        ("mood_of", [group]) => mood::show(bot, asked, group_id(group)?, "14", "none", true).await,
        ("trend", [group, days, second]) => mood::show(bot, asked, group_id(group)?, days, second, true).await,
        ("beside", [group, days]) => {
            let second = pressed.values.first().map_or("none", String::as_str);
            mood::show(bot, asked, group_id(group)?, days, second, true).await
        }
        ("count", [group, days, second, on]) => {
            mood::count(bot, asked, group_id(group)?, *on == "on").await?;
            mood::show(bot, asked, group_id(group)?, days, second, true).await
        }
        ("open", [group]) => open_today(bot, asked, group_id(group)?, asked.is_on_private_card()).await,
        _ => choosing::press(bot, &pressed, &args).await,
    }
}

/// Adds what there is to practise at home, with a button that marks it.
async fn practise(bot: &Bot, member: Member, group: &Group, card: &mut Card) -> Result<(), Stop> {
    let open = practice::actions::open_for(&bot.deps, member, group).await?;
    if !open.is_empty() {
        card.text.push_str(&practice::cards::line(&open));
        let several = open.len() > 1;
        let done = open.iter().map(|one| practice::cards::done_button(one, several)).collect();
        card.rows.push(Row::Buttons(done));
    }
    Ok(())
}

async fn turn(bot: &Bot, asked: &Asked, prompt: &str) -> Result<Turn, Stop> {
    let prompt = prompt.parse().map_err(|_| Refusal::old_button())?;
    actions::turn(&bot.deps, asked.user, asked.guild, prompt).await
}

/// Whose turn it is, if they may answer now; otherwise they are told what is in the way.
async fn open_gate(bot: &Bot, asked: &Asked, prompt: &str) -> Result<Option<Turn>, Stop> {
    let turn = turn(bot, asked, prompt).await?;
    match actions::gate(&bot.deps, &turn).await? {
        Gate::Open => Ok(Some(turn)),
        gate => turned_away(asked, &turn, gate, false).await.map(|()| None),
    }
}

async fn turned_away(asked: &Asked, turn: &Turn, gate: Gate, hard: bool) -> Result<(), Stop> {
    match gate {
        Gate::Open => asked.reply(&cards::own_prompt(&turn.window, None)).await,
        Gate::Closed => asked.reply(&cards::closed(turn.window.on_date)).await,
        Gate::NotAgreed => asked.reply(&cards::may_i_keep(turn.window.id, hard)).await,
        Gate::NotJoined => asked.reply(&crate::groups::cards::join_first(&turn.group)).await,
    }
}

fn group_id(text: &str) -> Result<GroupId, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}
