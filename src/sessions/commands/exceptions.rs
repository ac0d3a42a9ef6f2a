//! `/schedule skip|move|cancel`.

use super::typed::{read_to, read_which};
use super::{facilitated, groups_here, named_so_far, own_series, single, titles};
use crate::discord::{Asked, Choices, Ctx};
use crate::ids::SeriesId;
use crate::refusal::Stop;
use crate::sessions::actions::{self, Which};
use crate::sessions::model::Exception;
use crate::sessions::{cards, plan};

/// Most choices that Discord shows.
const CHOICES: usize = 25;

/// Leave out a session or some days, such as a holiday
#[poise::command(slash_command, guild_only)]
pub(super) async fn skip(
    ctx: Ctx<'_>,
    #[description = "Which day, such as: 2026-12-24, tomorrow, fri"]
    #[autocomplete = "ahead"]
    on: String,
    #[description = "Up to which day, such as: 2027-01-01"] until: Option<String>,
    #[description = "Which session; without it, everything of the group on those days"]
    #[autocomplete = "titles"]
    title: Option<String>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    take_out(&ctx, Exception::Skipped, &on, until.as_deref(), title.as_deref(), group.as_deref()).await
}

/// Call off a session, or everything today, such as on a snow day
#[poise::command(slash_command, guild_only)]
pub(super) async fn cancel(
    ctx: Ctx<'_>,
    #[description = "Which day, such as: today, 2026-12-24, fri"]
    #[autocomplete = "ahead"]
    on: String,
    #[description = "Up to which day, such as: 2027-01-01"] until: Option<String>,
    #[description = "Which session; without it, everything of the group on those days"]
    #[autocomplete = "titles"]
    title: Option<String>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    take_out(&ctx, Exception::Cancelled, &on, until.as_deref(), title.as_deref(), group.as_deref()).await
}

async fn take_out(
    ctx: &Ctx<'_>,
    exception: Exception,
    on: &str,
    until: Option<&str>,
    title: Option<&str>,
    group: Option<&str>,
) -> Result<(), Stop> {
    let asked = Asked::of(ctx);
    let deps = &ctx.data().deps;
    let now = deps.clock.now();
    let (group, only): (_, Option<SeriesId>) = match title {
        Some(title) => {
            let (group, series) = own_series(ctx, &asked, title, group).await?;
            (group, Some(series.id))
        }
        None => (facilitated(ctx.data(), &asked, group).await?, None),
    };
    let which = read_which(on, until, now, group.zone)?;
    let done = actions::except(deps, group.id, only, which, exception).await?;
    asked.reply(&cards::excepted(done.change, &done.were, exception, done.told)).await
}

/// Hold one session at another time
#[poise::command(slash_command, guild_only, rename = "move")]
pub(super) async fn move_one(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which day, such as: 2026-12-24, tomorrow, fri"]
    #[autocomplete = "ahead"]
    on: String,
    #[description = "To when, such as: thu 18:30, or 19:30 for the same day"] to: String,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let now = deps.clock.now();
    let (group, series) = own_series(&ctx, &asked, &title, group.as_deref()).await?;
    let zone = series.details.zone;
    let which = read_which(&on, None, now, zone)?;
    let held = match &which {
        Which::One(id) => plan::occurrence(&series, *id),
        Which::Days(first, last) => plan::on_days(&series, *first, *last, now).pop(),
        Which::Among(_) => None,
    };
    let exception = Exception::Moved(read_to(&to, held.as_ref(), now, zone)?);
    let done = actions::except(deps, group.id, Some(series.id), which, exception).await?;
    asked.reply(&cards::excepted(done.change, &done.were, exception, done.told)).await
}

/// What lies ahead: of the session that is named already, else of every session here.
pub(super) async fn ahead(ctx: Ctx<'_>, partial: &str) -> Choices {
    let now = ctx.data().deps.clock.now();
    let all = named_so_far(&ctx).await;
    let next = all.iter().flat_map(|series| {
        plan::upcoming(series, now, CHOICES).into_iter().map(|one| (series.details.title.clone(), one))
    });
    let mut next: Vec<_> = next.collect();
    next.sort_by_key(|(_, one)| (one.starts_at(), one.id));
    single(next, partial)
}
