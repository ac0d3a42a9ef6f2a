//! `/share`, and the presses with which something is shared or taken back.

use chrono::{Days, NaiveDate};
use zeroize::Zeroizing;

use super::super::actions::{self, sharing};
use super::super::cards;
use super::super::model::{NOTE_LIMIT, Part, SPANS, Series, Shared, Window, With, words_of};
use super::super::plan;
use super::{group_id, mine, turn};
use crate::crisis;
use crate::discord::{Asked, Bot, Ctx, Pressed, UserArg};
use crate::groups::{Group, actions as groups};
use crate::ids::{Member, PracticeId, ShareId, UserId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::practice;

/// How far back `/share` looks for a check-in when no day is named.
const LATELY: u64 = 14;

/// Share one thing of a check-in, or take something back
#[poise::command(slash_command, guild_only)]
pub async fn share(
    ctx: Ctx<'_>,
    #[description = "One person of your group, to share it with them alone"] with: Option<UserArg>,
    #[description = "Which day's check-in, such as 2026-03-09; without it, your last one"] day: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let member = asked.member()?;
    let with = with.map(|user| UserId::from_snowflake(user.get()));
    let day = day.as_deref().map(date).transpose()?;
    let mut found = None;
    let mut first = None;
    for group in mine(bot, &asked).await? {
        let group = groups::find(&bot.deps, group).await?;
        let window = last_answered(bot, member, &group, day).await?;
        let is_newer =
            |window: &Window| found.as_ref().is_none_or(|(_, known): &(Group, Window)| known.on_date < window.on_date);
        if let Some(window) = window.filter(is_newer) {
            found = Some((group.clone(), window));
        }
        first.get_or_insert(group);
    }
    let lately = sharing::latest(&bot.deps, member).await?;
    let Some((group, window)) = found else {
        let group = first.ok_or_else(Refusal::old_button)?;
        return asked.reply(&cards::share_what(None, with, &lately, &group)).await;
    };
    if let Some(user) = with {
        sharing::reachable(&bot.deps, member, &group, user).await?;
    }
    let answer = actions::answered(&bot.deps, member, window.id).await?.unwrap_or_default();
    let setup = actions::setup(&bot.deps, group.id).await?;
    asked.reply(&cards::share_what(Some((&window, &answer, &setup)), with, &lately, &group)).await
}

fn date(text: &str) -> Result<NaiveDate, Refusal> {
    let wrong = |_| {
        let misread = crate::calendar::Misread::new(text, "it is not a date", "2026-03-09");
        crate::groups::commands::misread(misread)
    };
    text.trim().parse().map_err(wrong)
}

/// The last window a member answered, or the one of that day.
async fn last_answered(
    bot: &Bot,
    member: Member,
    group: &Group,
    day: Option<NaiveDate>,
) -> Result<Option<Window>, Stop> {
    let zone = groups::settings::settings(&bot.deps, member).await?.zone_in(group);
    let until = day.unwrap_or_else(|| plan::day_of(bot.deps.clock.now(), zone));
    let from = day.or_else(|| until.checked_sub_days(Days::new(LATELY))).unwrap_or(until);
    actions::last_answered(&bot.deps, member, group.id, from, until).await
}

/// The presses of this file.
pub async fn press(bot: &Bot, pressed: &Pressed, args: &[&str]) -> Result<(), Stop> {
    let asked = &pressed.asked;
    match (pressed.press.verb.as_str(), args) {
        ("share", [prompt, with]) => {
            let (turn, answer) = answered(bot, asked, prompt).await?;
            let setup = actions::setup(&bot.deps, turn.group.id).await?;
            let found = Some((&turn.window, &answer, &setup));
            asked.reply(&cards::share_what(found, user(with)?, &[], &turn.group)).await
        }
        ("share_pick", [prompt, with]) => {
            let part = pressed.values.first().and_then(|word| Part::of_word(word)).ok_or_else(Refusal::old_button)?;
            let (turn, answer) = answered(bot, asked, prompt).await?;
            let setup = actions::setup(&bot.deps, turn.group.id).await?;
            let shared = cards::part_of(&turn.window, &answer, &setup, part).ok_or_else(Refusal::old_button)?;
            preview(bot, asked, turn.member, &turn.group, &shared, user(with)?).await
        }
        ("share_chart", [group, days, second]) => {
            let days = days.parse().ok().filter(|days| SPANS.contains(days)).ok_or_else(Refusal::old_button)?;
            let (member, group) = belonging(bot, asked, group).await?;
            let trend = actions::trend(&bot.deps, member, &group, days, Series::of_word(second)).await?;
            preview(bot, asked, member, &group, &Shared::chart(&trend), None).await
        }
        ("share_practice", [practice]) => {
            let practice = practice::actions::find(&bot.deps, read(practice)?).await?;
            belonging(bot, asked, &practice.group.to_string()).await?;
            asked.show(&cards::note_form(practice.id)).await
        }
        ("share_note", [practice]) => wrote(bot, pressed, read(practice)?).await,
        ("share_to", [share, place]) => to(bot, asked, read(share)?, place, None).await,
        ("share_to", [share, place, with]) => to(bot, asked, read(share)?, place, user(with)?).await,
        ("share_no", []) => asked.update(&cards::not_shared()).await,
        ("unshare", [share]) => {
            let share = sharing::own(&bot.deps, asked.user, read(share)?).await?;
            // The message is the button's own when it sits on what was shared: then there is nothing to change.
            let gone = sharing::take_back(bot, share.id).await?;
            if asked.is_on_private_card() {
                asked.update(&cards::taken_back(gone)).await
            } else {
                asked.reply(&cards::taken_back(gone)).await
            }
        }
        _ => super::silence::press(bot, pressed, args).await,
    }
}

fn read<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::old_button())
}

fn user(text: &str) -> Result<Option<UserId>, Refusal> {
    Ok(Some(read::<UserId>(text)?).filter(|user| user.raw() > 0))
}

/// The group of a button, if the person belongs to it.
async fn belonging(bot: &Bot, asked: &Asked, group: &str) -> Result<(Member, Group), Stop> {
    let group = groups::find(&bot.deps, group_id(group)?).await?;
    let member = Member { guild: group.guild, user: asked.user };
    let elsewhere = asked.guild.is_some_and(|guild| guild != group.guild);
    if elsewhere || !groups::belongs(&bot.deps, member, group.id).await? {
        return Err(Refusal::old_button().into());
    }
    Ok((member, group))
}

/// Somebody's own answer, whether its window is still open or not.
async fn answered(
    bot: &Bot,
    asked: &Asked,
    prompt: &str,
) -> Result<(actions::Turn, super::super::model::Answer), Stop> {
    let turn = turn(bot, asked, prompt).await?;
    belonging(bot, asked, &turn.group.id.to_string()).await?;
    let answer = actions::answered(&bot.deps, turn.member, turn.window.id).await?.unwrap_or_default();
    Ok((turn, answer))
}

/// Keeps a draft and shows exactly what would be seen.
async fn preview(
    bot: &Bot,
    asked: &Asked,
    member: Member,
    group: &Group,
    shared: &Shared,
    with: Option<UserId>,
) -> Result<(), Stop> {
    let share = sharing::draft(&bot.deps, member, group, shared).await?;
    let seen = sharing::card(asked.user, shared, None, None).await?;
    let card = cards::share_preview(seen, share, group, with);
    if asked.is_on_private_card() { asked.update(&card).await } else { asked.reply(&card).await }
}

/// A note on a home practice was written: words first, as everywhere; then the preview.
async fn wrote(bot: &Bot, pressed: &Pressed, id: PracticeId) -> Result<(), Stop> {
    let asked = &pressed.asked;
    let typed = Zeroizing::new(pressed.inputs.get("note").cloned().unwrap_or_default());
    let practice = practice::actions::find(&bot.deps, id).await;
    let whose = match &practice {
        Ok(practice) => belonging(bot, asked, &practice.group.to_string()).await,
        Err(_) => Err(Refusal::old_button().into()),
    };
    let member = match &whose {
        Ok((member, _)) => *member,
        Err(_) => asked.member()?,
    };
    if let Some(pointer) = crisis::actions::pointer_for(&bot.deps, member, &typed) {
        asked.reply(&pointer).await?;
    }
    let (practice, (member, group)) = (practice?, whose?);
    let note = words_of(&typed, NOTE_LIMIT).ok_or_else(|| {
        Refusal::new("There is nothing to be seen in it.", "", "A few words are enough, or a single emoji.")
    })?;
    let title = practice::cards::title(&practice);
    let shared = Shared::Practice { title, note };
    let share = sharing::draft(&bot.deps, member, &group, &shared).await?;
    let seen = sharing::card(asked.user, &shared, None, None).await?;
    asked.reply(&cards::share_preview(seen, share, &group, None)).await
}

/// "Post it" was pressed below a preview.
async fn to(bot: &Bot, asked: &Asked, id: ShareId, place: &str, person: Option<UserId>) -> Result<(), Stop> {
    let share = sharing::own(&bot.deps, asked.user, id).await?;
    let (_, group) = belonging(bot, asked, &share.group.to_string()).await?;
    let with = match (place, group.facilitator_channel, person) {
        ("channel", _, _) => With::Channel(group.channel),
        ("facilitators", Some(channel), _) => With::Facilitators(channel),
        ("person", _, Some(user)) => With::Person(user),
        _ => return Err(Refusal::old_button().into()),
    };
    sharing::share(&bot.deps, &share, &group, with).await?;
    asked.update(&cards::share_sent(share.id, with)).await
}
