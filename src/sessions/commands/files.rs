//! `/schedule export|import`.

use super::typed::{is_none, read_address, read_link, read_title, usual_leads};
use super::{facilitated, groups_here, pressed_group, read};
use crate::config::MINUTES;
use crate::discord::{Asked, AttachmentArg, Bot, Ctx};
use crate::groups::Group;
use crate::groups::commands::misread;
use crate::ids::{ChannelId, ImportId, RoleId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::exchange::{self, FILE_LIMIT, Offered};
use crate::sessions::model::{Details, Exceptions, SERIES_PER_GROUP, Series};
use crate::sessions::{actions, cards, ics};

/// The group's sessions as a file that can be changed and read back
#[poise::command(slash_command, guild_only)]
pub(super) async fn export(
    ctx: Ctx<'_>,
    #[description = "As a calendar (.ics) instead of a text that can be edited (.toml)"] calendar: Option<bool>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    let (name, text) = match calendar {
        Some(true) => ("schedule.ics", actions::export_calendar(deps, &group).await?),
        Some(false) | None => ("schedule.toml", actions::export_toml(deps, group.id).await?),
    };
    asked.reply(&cards::exported(&group, name, text)).await
}

/// Read the group's sessions from a file; you see what changes before it is saved
#[poise::command(slash_command, guild_only)]
pub(super) async fn import(
    ctx: Ctx<'_>,
    #[description = "A file from /schedule export, or a calendar (.ics)"] file: AttachmentArg,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let bot = ctx.data();
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    if usize::try_from(file.size).is_ok_and(|size| size > FILE_LIMIT) {
        exchange::text(&vec![0; FILE_LIMIT + 1])?;
    }
    asked.defer().await?;
    let bytes = bot.rest.attachment(&file.url, FILE_LIMIT + 1).await?;
    let text = exchange::text(&bytes)?;
    let known = actions::known(&bot.deps, group.id).await?;
    let wanted = wanted(text, &group, &known)?;
    let all: Vec<String> = wanted.iter().map(|(details, _)| details.title.to_lowercase()).collect();
    let left = known.iter().filter(|series| !all.contains(&series.details.title.to_lowercase())).count();
    let card = match actions::draft_import(&bot.deps, group.id, asked.user, wanted).await? {
        Some((id, changes)) => {
            let same = all.len() - changes.len();
            cards::confirm_import(&group, id, &changes, &known, same, left, bot.deps.clock.now())
        }
        None => cards::nothing_to_import(&group),
    };
    asked.reply(&card).await
}

/// What a file wants the schedule to be, as far as it says something.
fn wanted(text: &str, group: &Group, known: &[Series]) -> Result<Vec<(Details, Exceptions)>, Refusal> {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let is_calendar = begins.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    let offered = if is_calendar { ics::read::series(begins, group.zone)? } else { exchange::from_toml(text)? };
    if offered.is_empty() {
        let now = "`/schedule export` shows what a file looks like.";
        return Err(Refusal::new("There is no session in the file.", "", now));
    }
    if offered.len() > SERIES_PER_GROUP {
        let why = format!("A group has up to {SERIES_PER_GROUP} series.");
        return Err(Refusal::new(format!("The file has {} series.", offered.len()), why, "Take some out."));
    }
    let mut all: Vec<(Details, Exceptions)> = Vec::new();
    for one in offered {
        let line = one.line;
        let at_line = |refusal: Refusal| Refusal { what: format!("Line {line}: {}", refusal.what), ..refusal };
        let title = read_title(&one.title).map_err(at_line)?;
        if all.iter().any(|(details, _)| details.title.to_lowercase() == title.to_lowercase()) {
            let what = "a session of that title comes before it in the file.";
            return Err(exchange::wrong(line, what, "Titles tell sessions apart.", "Give one of them another title."));
        }
        let before = known.iter().find(|series| series.details.title.to_lowercase() == title.to_lowercase());
        let exceptions = one.exceptions.clone();
        all.push((details(one, title, group, before).map_err(at_line)?, exceptions));
    }
    Ok(all)
}

fn details(one: Offered, title: String, group: &Group, before: Option<&Series>) -> Result<Details, Refusal> {
    let now = "For example: `when = \"mon,wed,fri 18:00\"`";
    let recurrence = one.recurrence.ok_or_else(|| Refusal::new("it does not say when it meets.", "", now))?;
    let minutes = one.minutes.unwrap_or(60);
    if !MINUTES.contains(&minutes) {
        let why = format!("A session lasts {} minutes to {} hours.", MINUTES.start(), MINUTES.end() / 60);
        return Err(Refusal::new("its length does not fit.", why, "For example: `minutes = 90`"));
    }
    let mut details = Details::plain(title, recurrence, one.zone.unwrap_or(group.zone), minutes, Default::default());
    details.leads = match (one.leads, before) {
        (Some(text), _) => text.parse().map_err(misread)?,
        (None, Some(series)) => series.details.leads.clone(),
        (None, None) => usual_leads(&details, &mut Vec::new())?,
    };
    (details.starts_on, details.ends_on) = (one.starts_on, one.ends_on);
    let known = before.map(|series| series.details.clone());
    if let Some(known) = &known {
        // What no file says: who holds it, for whom it is, how many can come.
        details.host = known.host;
        (details.audience, details.capacity, details.counts_public) =
            (known.audience, known.capacity, known.counts_public);
    }
    if one.says_more {
        details.venue.link = one.link.filter(|text| !is_none(text)).as_deref().map(read_link).transpose()?;
        details.venue.channel = one.channel.map(ChannelId::new);
        details.ping = one.ping.map(RoleId::new);
        if details.ping.is_some_and(|role| role.raw() == group.guild.raw()) {
            return Err(Refusal::new("reminders do not ping everybody.", "", "Name another role, or none."));
        }
    } else if let Some(known) = known {
        details.venue.link = known.venue.link;
        details.venue.channel = known.venue.channel;
        details.ping = known.ping;
    }
    details.venue.address = one.address.as_deref().map(read_address).transpose()?.flatten();
    details.check().map_err(misread)?;
    Ok(details)
}

/// The buttons below what a file would change.
pub(super) async fn pressed(bot: &Bot, asked: &Asked, id: &str, save: bool) -> Result<(), Stop> {
    let id: ImportId = read(id)?;
    let group = pressed_group(bot, asked, actions::import_group(&bot.deps, id).await?).await?;
    if save {
        let done = actions::save_import(&bot.deps, id, asked.user).await?;
        return asked.update(&cards::imported(&group, &done)).await;
    }
    actions::discard_import(&bot.deps, id, asked.user).await?;
    asked.update(&cards::discarded()).await
}
