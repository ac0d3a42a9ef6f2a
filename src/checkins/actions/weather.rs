//! A group's weather, who may see it, and who is counted. Answers are opened in memory for it, and nothing
//! of them is kept or logged.

use chrono::{DateTime, Days, TimeDelta, Utc};

use super::super::model::{Agreed, Answer, COUNTED_TEXT, Mood, Seen, WEATHER_ANSWERS, Weather};
use super::super::plan::weather as plan;
use super::super::store::weather as store;
use crate::deps::Deps;
use crate::groups::model::CONSENT_TEXT;
use crate::groups::{Group, actions as members};
use crate::ids::{GroupId, Member, UserId};
use crate::refusal::Stop;

/// What the noise of a weather is drawn for; part of what it is drawn from.
const NOISE: &str = "group weather";
/// How long weathers are kept: nobody sees one but that of the last week.
const WEATHER_KEPT: TimeDelta = TimeDelta::days(28);

/// What a group agreed to beyond asking.
///
/// # Errors
/// When the database cannot be read.
pub async fn agreed(deps: &Deps, group: GroupId) -> Result<Agreed, Stop> {
    Ok(store::agreed(deps.database.read(), group).await?)
}

/// Changes what a group agreed to.
///
/// # Errors
/// When the database cannot be written.
pub async fn agree(deps: &Deps, group: GroupId, change: impl FnOnce(&mut Agreed)) -> Result<Agreed, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let mut agreed = store::agreed_in(&mut tx, group).await?;
    let was = written(agreed);
    change(&mut agreed);
    let (was, became) = members::kept::differing(&was, &written(agreed));
    if !became.is_null() {
        members::kept::record(deps, &mut tx, (group, "checkins.agreed", None), was, became).await?;
    }
    store::keep_agreed(&mut tx, group, agreed, now).await?;
    super::super::store::silence::look_again(&mut tx, group, now).await?;
    tx.commit().await?;
    deps.planner.ring();
    Ok(agreed)
}

/// What a group agreed to, as it stands in its record.
fn written(agreed: Agreed) -> serde_json::Value {
    serde_json::json!({"weather": agreed.weather.word(), "quiet_after": agreed.quiet_after})
}

/// Whether a member lets themselves be counted; none when they were not asked yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn counted(deps: &Deps, member: Member) -> Result<Option<bool>, Stop> {
    Ok(store::counted(deps.database.read(), member, COUNTED_TEXT).await?)
}

/// Whether a member is to be asked if they may be counted: their group looks at its weather, and they have
/// not said.
///
/// # Errors
/// When the database cannot be read.
pub async fn asks(deps: &Deps, member: Member, group: GroupId) -> Result<bool, Stop> {
    Ok(agreed(deps, group).await?.weather != Seen::Off && counted(deps, member).await?.is_none())
}

/// Keeps whether a member lets themselves be counted, from the next weather on.
///
/// # Errors
/// When the database cannot be written.
pub async fn count_me(deps: &Deps, member: Member, given: bool) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::keep_counted(&mut tx, member, given, COUNTED_TEXT, deps.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The weather of a group's last week; nothing when too few were counted. It is reckoned once and kept: see
/// `plan::weather` for what protects whom.
///
/// # Errors
/// When a database cannot be read or written.
pub async fn weather(deps: &Deps, group: &Group) -> Result<Option<Weather>, Stop> {
    let now = deps.clock.now();
    let week_on = plan::week_of(now, group.zone);
    let until = week_on.checked_add_days(Days::new(6)).unwrap_or(week_on);
    let mut tx = deps.database.write().await?;
    if let Some(kept) = store::weather(&mut tx, group.id, week_on).await? {
        return Ok(Some(kept));
    }
    let versions = (COUNTED_TEXT, CONSENT_TEXT);
    let sealed = store::answers(&mut tx, group.id, (week_on, until), versions, WEATHER_ANSWERS).await?;
    let Some(spread) = plan::spread(moods(deps, group, &sealed).await?) else { return Ok(None) };
    let about = plan::blurred(spread, |bucket| {
        let fact = format!("{}/{week_on}/{spread:?}/{bucket}", group.id);
        deps.vault.chance(NOISE, fact.as_bytes())
    });
    let weather = Weather { week_on, about };
    store::keep(&mut tx, group.id, &weather, now).await?;
    tx.commit().await?;
    Ok(Some(weather))
}

/// Opens the moods of a week, member by member.
async fn moods(deps: &Deps, group: &Group, sealed: &[store::Counted]) -> Result<Vec<(UserId, Mood)>, Stop> {
    let mut moods = Vec::new();
    for of_one in sealed.chunk_by(|one, next| one.0 == next.0) {
        let Some((user, ..)) = of_one.first() else { continue };
        let member = Member { guild: group.guild, user: *user };
        let places = of_one.iter().map(|(_, prompt, sealed)| (super::place(member, *prompt), sealed.as_slice()));
        for plain in members::open_all(deps, member, places).await? {
            let answer: Answer = serde_json::from_slice(&plain)?;
            moods.extend(answer.mood.map(|mood| (*user, mood)));
        }
    }
    Ok(moods)
}

/// Removes weathers that nobody sees any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - WEATHER_KEPT).await?;
    tx.commit().await?;
    Ok(())
}
