//! What is kept about a member by this slice, and what facilitators changed.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::super::model::{Group, Shared};
use super::super::part::{Part, instant, seconds};
use super::super::store::{self, Change, changes, looks};
use crate::deps::Deps;
use crate::ids::{GroupId, Member, UserId};
use crate::refusal::Stop;
use crate::vault::Place;

/// The most changes of one person that go into their copy; more than anybody makes in the time they are kept.
const CHANGES_IN_COPY: i64 = 10_000;

/// How long it is kept that somebody looked at what a member shared: as long as the reasons themselves, half a year.
pub const LOOKS_KEPT: TimeDelta = TimeDelta::days(183);

/// This slice's part of what is kept about a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn export(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let pool = deps.database.read();
    let mut groups =
        Part::new("memberships", "Groups you belong to", "So that a group's sessions and check-ins reach you.");
    for (name, joined_at, left_at) in store::kept::memberships(pool, member).await? {
        groups.push(json!({"group": name, "joined_at": seconds(joined_at), "left_at": left_at.map(seconds)}));
    }
    let mut decisions =
        Part::new("decisions", "What you said yes or no to", "So that nothing is kept or sent against your word.");
    for (purpose, given, words, at) in store::kept::decisions(pool, member).await? {
        let answer = if given { "yes" } else { "no" };
        decisions.push(
            json!({"about": purpose.word(), "answer": answer, "version_of_the_words": words, "decided_at": seconds(at)}),
        );
    }
    let set = super::settings::settings(deps, member).await?;
    let mut settings =
        Part::new("settings", "What you set", "So that hours are yours, and nothing comes while you rest.");
    if set.revision > 0 {
        settings.push(json!({
            "zone": set.zone.map(|zone| zone.to_string()),
            "quiet_hours": (!set.quiet.is_none()).then(|| set.quiet.to_string()),
            "away_since": set.away.map(|away| instant(away.since)),
            "away_until": set.away.and_then(|away| away.until).map(instant),
        }));
    }
    let mut changed =
        Part::new("changes", "What you changed as a facilitator", "So that facilitators see who changed what.")
            .for_days(deps.config.retention.changes);
    for change in changes::by(pool, member, CHANGES_IN_COPY).await? {
        changed.push(json!({
            "what": change.what, "about": change.about, "was": change.was, "became": change.became, "at": instant(change.at),
        }));
    }
    let mut looked = Part::new("looks", "Who looked at what you shared", "So that you know.")
        .for_days(u32::try_from(LOOKS_KEPT.num_days()).unwrap_or_default());
    for look in looks::of(pool, member, CHANGES_IN_COPY).await? {
        looked.push(json!({
            "group": look.group, "at": look.what.words(), "who": look.by, "times": look.times,
            "first_at": instant(look.first_at), "last_at": instant(look.last_at),
        }));
    }
    Ok(vec![groups, decisions, settings, changed, looked])
}

/// Fills a part with what a statement of a slice gives, with what is sealed opened under `sealed_is`; `place` says for
/// each row's number where it belongs.
///
/// # Errors
/// When the database cannot be read.
pub async fn fill(
    deps: &Deps,
    member: Member,
    part: &mut Part,
    statement: &'static str,
    sealed_is: &'static str,
    place: impl Fn(i64) -> Place<'static>,
) -> Result<(), Stop> {
    for (open, number, sealed) in store::kept::written(deps.database.read(), statement, member).await? {
        let mut row: Value = serde_json::from_str(&open)?;
        // What was taken back is empty.
        if let (Some(sealed), Value::Object(fields)) = (sealed.filter(|sealed| !sealed.is_empty()), &mut row) {
            fields.insert(sealed_is.to_owned(), opened(deps, member, place(number), &sealed).await);
        }
        part.push(row);
    }
    Ok(())
}

/// A sealed value, opened; words that say so where it does not open, because one damaged value must not keep
/// somebody from everything else that is theirs.
pub async fn opened(deps: &Deps, member: Member, place: Place<'static>, sealed: &[u8]) -> Value {
    let plain = super::open(deps, member, place, sealed).await.ok().flatten();
    let read = |plain: &[u8]| {
        serde_json::from_slice(plain).ok().or_else(|| Some(Value::from(std::str::from_utf8(plain).ok()?)))
    };
    plain.and_then(|plain| read(&plain)).unwrap_or_else(|| "this cannot be opened any more".into())
}

/// Keeps what somebody changed in a group, or for a whole guild, in the caller's transaction. Who it was is whoever these parts act
/// for; `was` and `became` hold ids, times and settings, never anything a member wrote.
///
/// # Errors
/// When the database cannot be written.
pub async fn record(
    deps: &Deps,
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    (of, what, about): (impl Into<changes::Of>, &'static str, Option<i64>),
    was: Value,
    became: Value,
) -> sqlx::Result<()> {
    let change = Change { of: of.into(), actor: deps.acting, what, about, was, became };
    store::record(tx, &change, deps.clock.now()).await
}

/// Keeps that whoever these parts act for looks at what members shared, before it is shown to them: what cannot be
/// kept is not shown. Looking at what is one's own is nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn look(
    deps: &Deps,
    group: GroupId,
    what: Shared,
    members: impl IntoIterator<Item = UserId>,
) -> Result<(), Stop> {
    let Some(by) = deps.acting else { return Ok(()) };
    let members: std::collections::BTreeSet<UserId> = members.into_iter().filter(|member| *member != by).collect();
    if members.is_empty() {
        return Ok(());
    }
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    for member in members {
        looks::keep(&mut tx, (group, member, what), by, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Who looked at what a member had shared, the latest first, up to `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn looks(deps: &Deps, member: Member, limit: i64) -> Result<Vec<looks::Look>, Stop> {
    Ok(looks::of(deps.database.read(), member, limit).await?)
}

/// Removes what was looked at long ago, in the caller's transaction; gives how much.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune_looks(tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>, now: DateTime<Utc>) -> sqlx::Result<u64> {
    looks::prune(tx, now.checked_sub_signed(LOOKS_KEPT).unwrap_or(now)).await
}

/// A group's settings as they stand in its record.
pub fn written(group: &Group) -> Value {
    json!({
        "name": group.name,
        "zone": group.zone.to_string(),
        "channel": group.channel,
        "country": group.country,
        "facilitator_role": group.facilitator_role,
        "facilitator_channel": group.facilitator_channel,
        "noticing": group.noticing,
        "checkin": group.checkin.as_ref().map(|checkin| format!("{} {}", checkin.days, checkin.at.format("%H:%M"))),
    })
}

/// What differs between two such values, as a pair of objects; nulls when nothing does.
pub fn differing(was: &Value, became: &Value) -> (Value, Value) {
    let (Value::Object(was), Value::Object(became)) = (was, became) else { return (was.clone(), became.clone()) };
    let (mut left, mut right) = (serde_json::Map::new(), serde_json::Map::new());
    for (key, value) in became.iter().filter(|(key, value)| was.get(*key) != Some(*value)) {
        left.insert(key.clone(), was.get(key).cloned().unwrap_or(Value::Null));
        right.insert(key.clone(), value.clone());
    }
    if right.is_empty() { (Value::Null, Value::Null) } else { (Value::Object(left), Value::Object(right)) }
}

/// One page of what was changed in a group before that number, newest first, and whether there is more.
///
/// # Errors
/// When the database cannot be read.
pub async fn changes(deps: &Deps, group: GroupId, before: i64) -> Result<(Vec<changes::Kept>, bool), Stop> {
    let mut page = changes::list(deps.database.read(), group, before).await?;
    let most = usize::try_from(changes::PAGE).unwrap_or(usize::MAX);
    let more = page.len() > most;
    page.truncate(most);
    Ok((page, more))
}
