//! `/schedule export|import`.

use super::typed::{is_none, read_address, read_capacity, read_link, read_title, usual_leads};
use super::{facilitated, groups_here, pressed_group, read};
use crate::config::MINUTES;
use crate::discord::{Asked, AttachmentArg, Bot, Ctx};
use crate::groups::Group;
use crate::groups::commands::misread;
use crate::ids::{ChannelId, ImportId, RoleId, UserId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::exchange::{self, FILE_LIMIT, Offered, Wanted};
use crate::sessions::model::attending::Audience;
use crate::sessions::model::{Details, SERIES_PER_GROUP, Series};
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
    let named: Vec<&Details> = wanted.iter().map(|one| &one.details).collect();
    actions::still_there(&bot.rest, group.guild, &named).await?;
    let all: Vec<String> = wanted.iter().map(|one| one.details.title.to_lowercase()).collect();
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
fn wanted(text: &str, group: &Group, known: &[Series]) -> Result<Vec<Wanted>, Refusal> {
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
    let mut all: Vec<Wanted> = Vec::new();
    for one in offered {
        let line = one.line;
        let at_line = |refusal: Refusal| Refusal { what: format!("Line {line}: {}", refusal.what), ..refusal };
        let title = read_title(&one.title).map_err(at_line)?;
        if all.iter().any(|one| one.details.title.to_lowercase() == title.to_lowercase()) {
            let what = "a session of that title comes before it in the file.";
            return Err(exchange::wrong(line, what, "Titles tell sessions apart.", "Give one of them another title."));
        }
        let before = known.iter().find(|series| series.details.title.to_lowercase() == title.to_lowercase());
        let (paused, exceptions) = (one.paused, one.exceptions.clone());
        all.push(Wanted { details: details(one, title, group, before).map_err(at_line)?, paused, exceptions });
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
    if let Some(known) = before.map(|series| &series.details) {
        // What the file does not say stays as it is.
        details.host = known.host;
        (details.audience, details.capacity, details.counts_public) =
            (known.audience, known.capacity, known.counts_public);
        details.venue = known.venue.clone();
        details.ping = known.ping;
    }
    if one.says_link {
        details.venue.link = one.link.filter(|text| !is_none(text)).as_deref().map(read_link).transpose()?;
    }
    if one.says_channel {
        details.venue.channel = one.channel.map(ChannelId::new);
        details.ping = one.ping.map(RoleId::new);
    }
    if details.ping.is_some_and(|role| role.raw() == group.guild.raw()) {
        return Err(Refusal::new("reminders do not ping everybody.", "", "Name another role, or none."));
    }
    if let Some(host) = one.host {
        details.host = read_host(&host)?;
    }
    if let Some(word) = one.audience {
        details.audience = read_audience(&word, one.audience_role.map(RoleId::new), group)?;
    } else if one.audience_role.is_some() {
        return Err(Refusal::new("it has an audience_role and no audience.", "", AUDIENCES));
    }
    if let Some(places) = one.capacity {
        let now = "For example: `capacity = 12`";
        details.capacity = read_capacity(places).map_err(|no| Refusal { now: now.to_owned(), ..no })?;
    }
    details.counts_public = one.counts.unwrap_or(details.counts_public);
    details.venue.address = one.address.as_deref().map(read_address).transpose()?.flatten();
    details.check().map_err(misread)?;
    Ok(details)
}

/// What a file says of whom a session is for.
const AUDIENCES: &str =
    "For example: `audience = \"members\"`, or `audience = \"alumni\"` and `audience_role = \"1204567890123456789\"`";

/// Who holds it: a person's number, or `none`.
fn read_host(text: &str) -> Result<Option<UserId>, Refusal> {
    let text = text.trim();
    if is_none(text) {
        return Ok(None);
    }
    let number = text.parse::<i64>().ok().filter(|number| *number > 0);
    number.map(|number| Some(UserId::new(number))).ok_or_else(|| {
        Refusal::new(
            "host is no number of Discord's.",
            "",
            "For example: `host = \"1204567890123456789\"`, or `host = \"none\"`",
        )
    })
}

fn read_audience(word: &str, role: Option<RoleId>, group: &Group) -> Result<Audience, Refusal> {
    if role.is_some_and(|role| role.raw() == group.guild.raw()) {
        return Err(Refusal::new("audience_role is the role that everybody has.", "It says nothing.", AUDIENCES));
    }
    Audience::of_word(&word.trim().to_lowercase(), role).ok_or_else(|| {
        let why = "It is members without a role, or role or alumni with one.";
        Refusal::new("audience and audience_role do not fit.", why, AUDIENCES)
    })
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use rand::rngs::StdRng;
    use rand::seq::IndexedRandom;
    use rand::{Rng, SeedableRng};

    use super::*;
    use crate::calendar::Recurrence;
    use crate::ids::GuildId;
    use crate::sessions::ics::tests::random;
    use crate::sessions::model::{Exception, Going};
    use crate::sessions::plan;
    use crate::sessions::tests::attending::group;

    /// A series in which everything that a file can say is said, or is not.
    fn whole(rng: &mut StdRng) -> (Series, DateTime<Utc>) {
        let (mut series, now) = random(rng);
        let details = &mut series.details;
        details.leads = ["none", "15m", "30m 5m"].choose(rng).unwrap().parse().unwrap();
        details.minutes = rng.random_range(5..=720);
        details.host = rng.random_bool(0.5).then(|| UserId::new(rng.random_range(1..i64::MAX)));
        details.ping = rng.random_bool(0.5).then(|| RoleId::new(rng.random_range(1_000..i64::MAX)));
        details.venue.channel = rng.random_bool(0.5).then(|| ChannelId::new(rng.random_range(1..i64::MAX)));
        details.venue.address = rng.random_bool(0.5).then(|| "12 River Street, room 4; \"the blue one\"".to_owned());
        details.venue.link = rng.random_bool(0.5).then(|| "https://meet.example.org/a?b=c".to_owned());
        let role = RoleId::new(rng.random_range(1_000..i64::MAX));
        details.audience = *[Audience::Members, Audience::Role(role), Audience::Alumni(role)].choose(rng).unwrap();
        details.capacity = rng.random_bool(0.5).then(|| rng.random_range(1..=500));
        details.counts_public = rng.random_bool(0.5);
        // One that was moved out of the past into the days ahead is still to be held.
        let before = plan::occurrences(&series, now - TimeDelta::days(9), now).last();
        if let Some(before) = before {
            let ahead = Exception::Moved((now + TimeDelta::days(2)).date_naive().and_hms_opt(12, 34, 0).unwrap());
            series.exceptions.insert(before.id, ahead);
        }
        if rng.random_bool(0.2) {
            series.going = Going::Paused;
        }
        (series, now)
    }

    /// What stands in an empty group after a file was read and saved.
    fn read_into_an_empty_group(text: &str, now: DateTime<Utc>) -> Series {
        let wanted = wanted(text, &group(), &[]).unwrap_or_else(|no| panic!("{no}\n{text}"));
        let [change] = <[_; 1]>::try_from(exchange::changes(&[], wanted, now)).unwrap();
        let mut series = Series::sketch(group().id, change.details, now);
        series.exceptions = change.exceptions.into_iter().collect();
        series.going = if change.paused == Some(true) { Going::Paused } else { Going::On };
        series
    }

    fn calendar(series: &Series, now: DateTime<Utc>) -> String {
        let entry = ics::Entry { series: series.clone(), guild: GuildId::new(7), changed_at: now };
        ics::export(&[entry], now)
    }

    #[test]
    fn what_is_exported_makes_the_same_schedule_in_an_empty_group() {
        for seed in 0..300 {
            let (series, now) = whole(&mut StdRng::seed_from_u64(seed));
            let text = exchange::to_toml(std::slice::from_ref(&series), now).unwrap();
            let again = read_into_an_empty_group(&text, now);
            assert_eq!((&again.details, again.going), (&series.details, series.going), "seed {seed}\n{text}");
            let second = exchange::to_toml(&[again], now).unwrap();
            assert_eq!(second, text, "seed {seed}");
        }
    }

    #[test]
    fn a_calendar_of_ours_loses_the_way_in_and_nothing_else() {
        let mut same = 0;
        for seed in 0..300 {
            let (mut series, now) = whole(&mut StdRng::seed_from_u64(seed));
            let once = matches!(series.details.recurrence, Recurrence::Once(_));
            if once && matches!(series.exceptions.values().next(), Some(Exception::Skipped | Exception::Cancelled)) {
                // What happens once and does not is nothing that could be read back.
                continue;
            }
            let text = calendar(&series, now);
            assert!(!text.contains("meet.example.org"), "{text}");
            let again = read_into_an_empty_group(&text, now);
            series.details.venue.link = None;
            if let (true, Some(Exception::Moved(to))) = (once, series.exceptions.values().next()) {
                // It stands where it was moved to.
                series.details.recurrence = Recurrence::Once(crate::calendar::Once::new(*to).unwrap());
                series.exceptions.clear();
            }
            assert_eq!((&again.details, again.going), (&series.details, series.going), "seed {seed}\n{text}");
            assert_eq!(calendar(&again, now), calendar(&series, now), "seed {seed}");
            same += 1;
        }
        assert!(same > 270, "{same}");
    }
}
