//! What people can make a home practice do.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};

use super::model::{MINUTES_LIMIT, PRACTICES_PER_GROUP, Practice, WORDS_LIMIT};
use super::{Kind, cards, store};
use crate::calendar::to_civil;
use crate::card::Card;
use crate::deps::Deps;
use crate::groups::actions::kept::record;
use crate::groups::{Group, actions as groups};
use crate::ids::{Member, PracticeId, SeriesId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::model::Series;

/// Practices told in one reminder or below one check-in; more is a list, and lists are `/practice show`.
const TOLD: usize = 2;
/// How long ended practices and their marks are kept: a program's length.
const KEPT: TimeDelta = TimeDelta::days(180);

/// Sets a practice.
///
/// # Errors
/// Refused when it does not fit, naming the part, or when the group has as many as fit.
pub async fn set(deps: &Deps, group: &Group, wanted: Practice) -> Result<Practice, Stop> {
    check(&wanted)?;
    let today = to_civil(deps.clock.now(), group.zone).date();
    if wanted.until_on.is_some_and(|until| until < today) {
        return Err(Refusal::new("That last day is over already.", "", "For example: `until:2026-12-20`").into());
    }
    if store::open(deps.database.read(), group.id, today, None).await?.len() >= PRACTICES_PER_GROUP {
        return Err(Refusal::new(
            format!("There are {PRACTICES_PER_GROUP} practices already."),
            "More would not be done, only be missed.",
            "`/practice show` ends one.",
        )
        .into());
    }
    let mut tx = deps.database.write().await?;
    let id = store::add(&mut tx, &wanted).await?;
    record(deps, &mut tx, (group.id, "practice.set", Some(id.raw())), Value::Null, written(&wanted)).await?;
    tx.commit().await?;
    Ok(Practice { id, ..wanted })
}

/// A practice as it stands in the group's record, without its words.
fn written(practice: &Practice) -> Value {
    let until = practice.until_on.map(|day| day.to_string());
    json!({"kind": practice.kind.words(), "series": practice.series, "minutes": practice.minutes, "until": until})
}

fn check(wanted: &Practice) -> Result<(), Refusal> {
    let length = wanted.words.as_deref().map_or(0, |words| words.chars().count());
    if length > WORDS_LIMIT {
        return Err(Refusal::new(
            "Those words do not fit.",
            format!("They have {length} characters; {WORDS_LIMIT} fit into a reminder on a phone."),
            "For example: `words:Three things that went right today`",
        ));
    }
    if wanted.kind == Kind::Own && length == 0 {
        return Err(Refusal::new(
            "There is nothing to do in it yet.",
            "A practice of your own needs your words.",
            "For example: `kind:own words:One walk before noon`",
        ));
    }
    if wanted.minutes.is_some_and(|minutes| !(1..=MINUTES_LIMIT).contains(&minutes)) {
        return Err(Refusal::new(
            "Those minutes do not fit.",
            format!("1 to {MINUTES_LIMIT} a day can be said."),
            "For example: `minutes:10`",
        ));
    }
    Ok(())
}

/// A practice that goes on.
///
/// # Errors
/// Refused when it has ended.
pub async fn find(deps: &Deps, practice: PracticeId) -> Result<Practice, Stop> {
    store::find(deps.database.read(), practice).await?.ok_or_else(|| {
        Refusal::new("That practice has ended.", "", "`/practice show` shows what there is at the moment.").into()
    })
}

/// What there is to do in a group today, as the group lives it.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(deps: &Deps, group: &Group) -> Result<Vec<Practice>, Stop> {
    let today = to_civil(deps.clock.now(), group.zone).date();
    Ok(store::open(deps.database.read(), group.id, today, None).await?)
}

/// What there is to do for a member today, and has not been marked by them; the first few.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_for(deps: &Deps, member: Member, group: &Group) -> Result<Vec<Practice>, Stop> {
    let today = today_of(deps, member, group).await?;
    let mut left = Vec::new();
    for practice in open(deps, group).await? {
        if !store::is_marked(deps.database.read(), practice.id, member, today).await? {
            left.push(practice);
        }
    }
    left.truncate(TOLD);
    Ok(left)
}

async fn today_of(deps: &Deps, member: Member, group: &Group) -> Result<NaiveDate, Stop> {
    let zone = groups::settings::settings(deps, member).await?.zone_in(group);
    Ok(to_civil(deps.clock.now(), zone).date())
}

/// On how many days a member marked a practice.
///
/// # Errors
/// When the database cannot be read.
pub async fn days(deps: &Deps, member: Member, practice: PracticeId) -> Result<i64, Stop> {
    Ok(store::days(deps.database.read(), practice, member).await?)
}

/// A member marks a practice for today; twice is once. Gives on how many days they marked it.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark(deps: &Deps, member: Member, group: &Group, practice: PracticeId) -> Result<i64, Stop> {
    let today = today_of(deps, member, group).await?;
    let mut tx = deps.database.write().await?;
    store::mark(&mut tx, practice, member, today, deps.clock.now()).await?;
    tx.commit().await?;
    days(deps, member, practice).await
}

/// Ends a practice.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(deps: &Deps, practice: &Practice) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    if store::end(&mut tx, practice.id, deps.clock.now()).await? {
        let about = (practice.group, "practice.end", Some(practice.id.raw()));
        record(deps, &mut tx, about, written(practice), Value::Null).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A reminder with what there is to practise until then.
///
/// # Errors
/// When the database cannot be read.
pub async fn told(deps: &Deps, series: &Series, mut reminder: Card) -> anyhow::Result<Card> {
    let today = to_civil(deps.clock.now(), series.details.zone).date();
    let mut practices = for_series(deps, series, today).await?;
    practices.truncate(TOLD);
    reminder.text.push_str(&cards::line(&practices));
    Ok(reminder)
}

async fn for_series(deps: &Deps, series: &Series, today: NaiveDate) -> sqlx::Result<Vec<Practice>> {
    let id: SeriesId = series.id;
    store::open(deps.database.read(), series.group, today, Some(id)).await
}

/// Removes practices that ended long ago, with their marks.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - KEPT).await?;
    tx.commit().await?;
    Ok(())
}
