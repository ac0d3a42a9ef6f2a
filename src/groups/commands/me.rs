//! `/me` and `/away`: what members set for themselves.

use chrono::{DateTime, NaiveTime, Utc};

use super::super::{actions, cards};
use super::{misread, zones};
use crate::calendar::{self, Misread, QuietHours, Zone, resolved, to_civil};
use crate::discord::{Asked, Bot, Ctx};
use crate::ids::{GroupId, Member};
use crate::refusal::{Refusal, Stop};

/// See and set your time zone and quiet hours here
#[poise::command(slash_command, guild_only)]
pub async fn me(
    ctx: Ctx<'_>,
    #[description = "The time zone you live in, such as America/Denver; `group` for your group's"]
    #[autocomplete = "zones"]
    zone: Option<String>,
    #[description = "Hours in which I send you nothing, such as 22:00-07:00; `none` for none"] quiet: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let (member, groups) = belonging(bot, &asked).await?;
    let zone = match zone.as_deref().map(str::trim) {
        None => None,
        Some(word) if word.eq_ignore_ascii_case("group") => Some(None),
        Some(text) => Some(Some(text.parse::<Zone>().map_err(misread)?)),
    };
    let quiet = quiet.as_deref().map(|text| text.parse::<QuietHours>().map_err(misread)).transpose()?;
    let settings = if zone.is_some() || quiet.is_some() {
        actions::settings::change_settings(&bot.deps, member, |settings| {
            settings.zone = zone.unwrap_or(settings.zone);
            settings.quiet = quiet.unwrap_or(settings.quiet);
        })
        .await?
    } else {
        actions::settings::settings(&bot.deps, member).await?
    };
    let zone = zone_of(bot, settings.zone, &groups).await?;
    let mut names = Vec::new();
    for group in &groups {
        names.push((*group, actions::find(&bot.deps, *group).await?.name));
    }
    asked.reply(&cards::me::me(&settings, zone, bot.deps.clock.now(), &names)).await
}

/// Pause what I send you; no reason needed
#[poise::command(slash_command, guild_only)]
pub async fn away(
    ctx: Ctx<'_>,
    #[description = "Until when, such as: 20 march, fri, or 10 days; leave it out to say later"] until: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let (member, groups) = belonging(bot, &asked).await?;
    let zone = zone_of(bot, actions::settings::settings(&bot.deps, member).await?.zone, &groups).await?;
    let now = bot.deps.clock.now();
    let until = until.as_deref().map(|text| moment(text, now, zone).map_err(misread)).transpose()?;
    let settings = actions::settings::go_away(&bot.deps, member, until).await?;
    let words = until.map(|until| calendar::until_words(now, until, zone));
    match settings.away {
        Some(away) => asked.reply(&cards::me::away(away, words.as_deref())).await,
        None => asked.reply(&cards::me::back(false)).await,
    }
}

/// "I'm back" was pressed.
pub async fn back(bot: &Bot, asked: &Asked) -> Result<(), Stop> {
    let guild = asked.guild.or_else(|| bot.deps.roster.home(asked.user)).ok_or_else(Refusal::old_button)?;
    let was_away = actions::settings::come_back(&bot.deps, Member { guild, user: asked.user }).await?;
    asked.reply(&cards::me::back(was_away)).await
}

async fn belonging(bot: &Bot, asked: &Asked) -> Result<(Member, Vec<GroupId>), Stop> {
    let member = asked.member()?;
    let groups = actions::joined(&bot.deps, member).await?;
    if groups.is_empty() {
        return Err(Refusal::new("This is for members of a group.", "", "`/join` takes you in.").into());
    }
    Ok((member, groups))
}

async fn zone_of(bot: &Bot, own: Option<Zone>, groups: &[GroupId]) -> Result<Zone, Stop> {
    match (own, groups.first()) {
        (Some(zone), _) => Ok(zone),
        (None, Some(group)) => Ok(actions::find(&bot.deps, *group).await?.zone),
        (None, None) => Ok(Zone::UTC),
    }
}

/// Reads until when somebody is away: a moment, a day (they are back as it begins), or a length.
fn moment(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<DateTime<Utc>, Misread> {
    let as_typed = calendar::moment(text, now, zone);
    let later = match &as_typed {
        Ok(moment) => return Ok(moment.at),
        Err(_) => calendar::moment(&format!("in {text}"), now, zone),
    };
    if let Ok(moment) = later {
        return Ok(moment.at);
    }
    // Noon names the day beyond doubt, also where its midnight is skipped; they are back as the day begins.
    let day = match calendar::moment(&format!("{text} 12:00"), now, zone) {
        Ok(moment) => moment.local.date(),
        Err(_) => return as_typed.map(|moment| moment.at),
    };
    let begins = resolved(day.and_time(NaiveTime::MIN), zone).at;
    if begins > now && day > to_civil(now, zone).date() {
        return Ok(begins);
    }
    Err(Misread::new(text, "that is today; away ends as a day begins", "tomorrow, fri, or 10 days"))
}
