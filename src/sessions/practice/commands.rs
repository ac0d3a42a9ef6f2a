//! `/practice set|show`, and the buttons that belong to them.

use super::model::{Kind, Practice};
use super::{actions, cards};
use crate::calendar::Misread;
use crate::discord::{Asked, Bot, Choices, Ctx, choices};
use crate::groups::commands::{facilitated, groups_here, misread};
use crate::groups::{Group, actions as groups};
use crate::ids::{Member, PracticeId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::commands::{named_series, titles};

/// Something to try between sessions
#[poise::command(slash_command, guild_only, subcommands("set", "show"), subcommand_required)]
pub async fn practice(_: Ctx<'_>) -> Result<(), Stop> {
    Ok(())
}

/// Set a home practice; it is told with the next reminder and below check-ins
#[poise::command(slash_command, guild_only)]
async fn set(
    ctx: Ctx<'_>,
    #[description = "What to do: thought record, mindfulness, journal, or own words"]
    #[autocomplete = "kinds"]
    kind: String,
    #[description = "Your words for it, such as: Three things that went right today"] words: Option<String>,
    #[description = "For how many minutes a day, such as: 10"] minutes: Option<u32>,
    #[description = "Which session it belongs to; without it, the whole group"]
    #[autocomplete = "titles"]
    session: Option<String>,
    #[description = "Last day, such as: 2026-12-20"] until: Option<String>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let (group, series) = match &session {
        Some(title) => {
            let (group, series) = named_series(&ctx, &asked, title, group.as_deref()).await?;
            groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
            (group, Some(series))
        }
        None => (facilitated(ctx.data(), &asked, group.as_deref()).await?, None),
    };
    let wrong = |text: &str, why: &str, example: &str| misread(Misread::new(text, why, example));
    let until_on =
        until.as_deref().map(|text| text.trim().parse().map_err(|_| wrong(text, "it is not a date", "2026-12-20")));
    let words = words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    let wanted = Practice {
        id: PracticeId::new(0),
        group: group.id,
        series: series.as_ref().map(|series| series.id),
        kind: Kind::of_words(&kind).ok_or_else(|| wrong(&kind, "it is none of the kinds", "thought record"))?,
        minutes,
        words: words.filter(|words| !words.is_empty()),
        until_on: until_on.transpose()?,
        set_at: deps.clock.now(),
    };
    let practice = actions::set(deps, &group, wanted).await?;
    asked.reply(&cards::set(&practice, series.as_ref().map(|series| series.details.title.as_str()))).await
}

/// See what there is to practise, and mark it for yourself
#[poise::command(slash_command, guild_only)]
async fn show(
    ctx: Ctx<'_>,
    #[description = "Which group, when there are several"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let member = asked.member()?;
    let mine = groups::joined(deps, member).await?;
    let group = match (group, mine.as_slice()) {
        (None, [only]) => groups::find(deps, *only).await?,
        (group, _) => groups::choose(deps, asked.guild, group.as_deref()).await?,
    };
    let belongs = mine.contains(&group.id);
    let ends = groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild()).is_ok();
    if !belongs && !ends {
        return Err(Refusal::new("This is for members of the group.", "", "`/join` takes you in.").into());
    }
    let mut practices = Vec::new();
    for practice in actions::open(deps, &group).await? {
        let days = actions::days(deps, member, practice.id).await?;
        practices.push((practice, days));
    }
    asked.reply(&cards::list(&practices, belongs, ends)).await
}

/// A practice was marked as done.
pub(in crate::sessions) async fn done(bot: &Bot, asked: &Asked, practice: PracticeId) -> Result<(), Stop> {
    let (practice, group) = named(bot, asked, practice).await?;
    let member = Member { guild: group.guild, user: asked.user };
    if !groups::belongs(&bot.deps, member, group.id).await? {
        return asked.reply(&crate::groups::cards::join_first(&group)).await;
    }
    let days = actions::mark(&bot.deps, member, &group, practice.id).await?;
    asked.reply(&cards::marked(&practice, days)).await
}

/// A practice was ended.
pub(in crate::sessions) async fn end(bot: &Bot, asked: &Asked, practice: PracticeId) -> Result<(), Stop> {
    let (practice, group) = named(bot, asked, practice).await?;
    if asked.guild.is_none() {
        return Err(Refusal::old_button().into());
    }
    groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild())?;
    actions::end(&bot.deps, &practice).await?;
    asked.update(&cards::ended(&practice)).await
}

/// The practice of a button, with its group: of this server, or pressed in a direct message.
async fn named(bot: &Bot, asked: &Asked, practice: PracticeId) -> Result<(Practice, Group), Stop> {
    let practice = actions::find(&bot.deps, practice).await?;
    let group = groups::find(&bot.deps, practice.group).await?;
    if asked.guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    Ok((practice, group))
}

/// Kinds that fit what was typed so far.
async fn kinds(_: Ctx<'_>, partial: &str) -> Choices {
    let typed = partial.trim().to_lowercase();
    let fit = Kind::ALL.into_iter().filter(|kind| kind.words().contains(&typed));
    choices(fit.map(|kind| (kind.words().to_owned(), kind.words().to_owned())))
}
