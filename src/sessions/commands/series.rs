//! `/schedule add|edit|list|show|pause|resume|remove`.

use super::typed::{self, Typed};
use super::{SHOWN, facilitated, groups_here, named_series, own_series, resumed, titles};
use crate::discord::{Asked, Ctx, PartialChannel, RoleArg, UserArg};
use crate::groups::Group;
use crate::groups::actions as groups;
use crate::groups::commands::zones;
use crate::refusal::Stop;
use crate::sessions::model::{Going, Series};
use crate::sessions::{actions, cards, plan};

/// Put a session on the schedule; you see the next five before it is saved
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "each is one option of the command, as Discord shows it")]
pub(super) async fn add(
    ctx: Ctx<'_>,
    #[description = "What it is called, such as Evening group"] title: String,
    #[description = "When it meets, such as: mon,wed,fri 18:00"] when: String,
    #[description = "Reminders before the start, such as: 1d 1h 15m; `none` for no reminders"] leads: Option<String>,
    #[description = "How long it lasts, such as: 90m"] length: Option<String>,
    #[description = "Time zone its hours are meant in; the group's when you say nothing"]
    #[autocomplete = "zones"]
    zone: Option<String>,
    #[description = "First day, such as: 2026-03-09"] starts: Option<String>,
    #[description = "Last day, such as: 2026-06-26"] ends: Option<String>,
    #[description = "Voice or text channel it is held in"]
    #[channel_types("Voice", "Stage", "Text")]
    channel: Option<PartialChannel>,
    #[description = "Street address or room"] address: Option<String>,
    #[description = "Link to join, beginning with https://; it comes with the last reminder"] link: Option<String>,
    #[description = "Who holds it"] host: Option<UserArg>,
    #[description = "Role that reminders ping; nobody is pinged without this"] ping: Option<RoleArg>,
    #[description = "For whom: members, role or alumni; members when you say nothing"] audience: Option<String>,
    #[description = "The role of those it is for, such as your alumni's"] audience_role: Option<RoleArg>,
    #[description = "How many can come, then a waitlist; 0 for no limit"]
    #[min = 0]
    #[max = 500]
    capacity: Option<i64>,
    #[description = "Let everybody see how many come, never who"] counts: Option<bool>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let group = facilitated(ctx.data(), &asked, group.as_deref()).await?;
    let typed = Typed {
        title: Some(title),
        when: Some(when),
        leads,
        length,
        zone,
        starts,
        ends,
        channel,
        address,
        link,
        host,
        ping,
        audience,
        audience_role,
        capacity,
        counts,
    };
    draft(&ctx, &asked, &group, None, typed, None).await
}

/// Change a session; you see the next five before it is saved
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "each is one option of the command, as Discord shows it")]
pub(super) async fn edit(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "A new title"] new_title: Option<String>,
    #[description = "When it meets, such as: mon,wed,fri 18:00"] when: Option<String>,
    #[description = "Reminders before the start, such as: 1d 1h 15m; `none` for no reminders"] leads: Option<String>,
    #[description = "How long it lasts, such as: 90m"] length: Option<String>,
    #[description = "Time zone its hours are meant in"]
    #[autocomplete = "zones"]
    zone: Option<String>,
    #[description = "First day, such as: 2026-03-09; `none` for no first day"] starts: Option<String>,
    #[description = "Last day, such as: 2026-06-26; `none` for no last day"] ends: Option<String>,
    #[description = "Voice or text channel it is held in"]
    #[channel_types("Voice", "Stage", "Text")]
    channel: Option<PartialChannel>,
    #[description = "Street address or room; `none` for none"] address: Option<String>,
    #[description = "Link to join, beginning with https://; `none` for none"] link: Option<String>,
    #[description = "Who holds it"] host: Option<UserArg>,
    #[description = "Role that reminders ping"] ping: Option<RoleArg>,
    #[description = "For whom: members, role or alumni"] audience: Option<String>,
    #[description = "The role of those it is for, such as your alumni's"] audience_role: Option<RoleArg>,
    #[description = "How many can come, then a waitlist; 0 for no limit"]
    #[min = 0]
    #[max = 500]
    capacity: Option<i64>,
    #[description = "Let everybody see how many come, never who"] counts: Option<bool>,
    #[description = "Take these off: channel, host, ping"] clear: Option<String>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (group, series) = own_series(&ctx, &asked, &title, group.as_deref()).await?;
    let typed = Typed {
        title: new_title,
        when,
        leads,
        length,
        zone,
        starts,
        ends,
        channel,
        address,
        link,
        host,
        ping,
        audience,
        audience_role,
        capacity,
        counts,
    };
    draft(&ctx, &asked, &group, Some(series), typed, clear.as_deref()).await
}

async fn draft(
    ctx: &Ctx<'_>,
    asked: &Asked,
    group: &Group,
    series: Option<Series>,
    typed: Typed,
    clear: Option<&str>,
) -> Result<(), Stop> {
    let deps = &ctx.data().deps;
    let now = deps.clock.now();
    let read = typed::read(typed, clear, group, series.as_ref(), now)?;
    if series.is_some() {
        // What was chosen long ago may be gone; what was chosen just now is there.
        actions::still_there(&ctx.data().rest, group.guild, &[&read.details]).await?;
    }
    let draft = actions::draft(deps, group.id, asked.user, series.as_ref(), &read.details).await?;
    let sketch = match series {
        Some(series) => Series { details: read.details, going: Going::On, ..series },
        None => actions::sketch(group.id, read.details, now),
    };
    let mut notes = read.notes;
    let lost = plan::orphans(&sketch, now);
    if lost > 0 {
        notes.push(format!("{lost} skipped, cancelled or moved before will not fit the new pattern and end with it."));
    }
    let next = plan::upcoming(&sketch, now, SHOWN);
    asked.reply(&cards::confirm(draft, &sketch, &next, &read.assumed, &notes)).await
}

/// Show the group's sessions
#[poise::command(slash_command, guild_only)]
pub(super) async fn list(
    ctx: Ctx<'_>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let group = groups::choose(deps, asked.guild, group.as_deref()).await?;
    let facilitates = groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild()).is_ok();
    let missed = if facilitates { actions::missed(deps, &group).await? } else { Vec::new() };
    asked.reply(&cards::list(&group.name, &actions::schedule(deps, group.id).await?, &missed)).await
}

/// Show everything about one session
#[poise::command(slash_command, guild_only)]
pub(super) async fn show(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let now = ctx.data().deps.clock.now();
    let (group, mut series) = named_series(&ctx, &asked, &title, group.as_deref()).await?;
    if groups::require_facilitator(&group, &asked.roles, asked.may_manage_guild()).is_err() {
        // The way in is for those who read the group's channel, where it comes with the last reminder.
        series.details.venue.link = None;
    }
    asked.reply(&cards::show(&series, &plan::upcoming(&series, now, SHOWN), now)).await
}

/// Let a session rest; nothing is said until you resume it
#[poise::command(slash_command, guild_only)]
pub(super) async fn pause(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (_, series) = own_series(&ctx, &asked, &title, group.as_deref()).await?;
    let (series, told) = actions::go(&ctx.data().deps, series.id, Going::Paused).await?;
    asked.reply(&cards::resting(&series, told)).await
}

/// Let a paused session go on
#[poise::command(slash_command, guild_only)]
pub(super) async fn resume(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (_, series) = own_series(&ctx, &asked, &title, group.as_deref()).await?;
    asked.reply(&resumed(ctx.data(), series.id).await?).await
}

/// Take a session off the schedule
#[poise::command(slash_command, guild_only)]
pub(super) async fn remove(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let (_, series) = own_series(&ctx, &asked, &title, group.as_deref()).await?;
    let (series, told) = actions::go(&ctx.data().deps, series.id, Going::Removed).await?;
    asked.reply(&cards::removed(&series, told)).await
}
