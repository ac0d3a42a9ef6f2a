//! Members' own reminders by direct message, and their wish for a note when they are missed.

use chrono::{DateTime, Utc};

use super::{DIRECT, QUIET, Tx, addressee, at_key, may_write, roles_now, takes_direct};
use crate::calendar::Leads;
use crate::deps::Deps;
use crate::discord::Rest;
use crate::groups::model::{Settings, Standing};
use crate::groups::{self, Group, actions as members};
use crate::ids::{GroupId, Member};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};
use crate::sessions::actions::RemindSubject;
use crate::sessions::cards::attending as cards;
use crate::sessions::model::attending::{Audience, Reply, Wish};
use crate::sessions::model::{LATE_AFTER, Series};
use crate::sessions::plan::attending::{Fate, OwnReminder, Wished};
use crate::sessions::plan::{self, attending as attend};
use crate::sessions::store::{self, answers, wishes};

/// Wishes a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;

/// What a member wishes of a group's sessions.
///
/// # Errors
/// When the database cannot be read.
pub async fn wish(deps: &Deps, group: GroupId, member: Member) -> Result<Option<Wish>, Stop> {
    let mut connection = deps.database.read().acquire().await?;
    Ok(wishes::find(&mut connection, group, member.user).await?)
}

async fn change(
    deps: &Deps,
    group: &Group,
    member: Member,
    needs_direct: bool,
    decides_note: Option<bool>,
    change: impl FnOnce(&mut Wish),
) -> Result<Wish, Stop> {
    let now = deps.clock.now();
    if !members::belongs(deps, member, group.id).await? {
        return Err(Refusal::new("This is for members of the group.", "", "`/join` takes you in.").into());
    }
    if needs_direct && members::consents(deps, member).await?.direct_messages != Some(true) {
        return Err(Refusal::new(
            "I only write directly to people who said yes to that.",
            "",
            "`/privacy` turns direct messages on; then choose again.",
        )
        .into());
    }
    let mut tx = deps.database.write().await?;
    let fresh = Wish {
        group: group.id,
        member,
        leads: Leads::default(),
        missed_note: false,
        planned_until: now,
        next_at: None,
    };
    let mut wish = wishes::find(&mut tx, group.id, member.user).await?.unwrap_or(fresh);
    let before = wish.leads.clone();
    change(&mut wish);
    if wish.leads != before {
        // What lies behind is not made up for: they chose just now.
        wish.planned_until = now;
        wish.next_at = (!wish.leads.is_empty()).then_some(now);
    }
    if let Some(given) = decides_note {
        wishes::decide_note(&mut tx, group.id, member, given, now).await?;
    }
    if wish.leads.is_empty() && !wish.missed_note {
        wishes::remove(&mut tx, group.id, member.user).await?;
    } else {
        wishes::keep(&mut tx, &wish, now).await?;
    }
    tx.commit().await?;
    deps.planner.ring();
    Ok(wish)
}

/// Sets how long before sessions a member is reminded by direct message; none: not at all.
///
/// # Errors
/// Refused when they do not belong to the group, or said no to direct messages.
pub async fn set_leads(deps: &Deps, group: &Group, member: Member, leads: Leads) -> Result<Wish, Stop> {
    let needs_direct = !leads.is_empty();
    change(deps, group, member, needs_direct, None, |wish| wish.leads = leads).await
}

/// Sets whether a member wants a note after missing two in a row, and keeps that they said so.
///
/// # Errors
/// As [`set_leads`].
pub async fn set_missed_note(deps: &Deps, group: &Group, member: Member, on: bool) -> Result<Wish, Stop> {
    change(deps, group, member, on, Some(on), |wish| wish.missed_note = on).await
}

/// Whether a member is to be asked, here and now, for a note when they are missed: once for each group, and only who
/// belongs to it and agreed to direct messages, because that is how it would come.
pub(super) async fn asks_for_note(
    deps: &Deps,
    tx: &mut Tx,
    group: GroupId,
    member: Member,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    if !takes_direct(deps, member) || !groups::store::joined_in(tx, member).await?.contains(&group) {
        return Ok(false);
    }
    wishes::ask_note(tx, group, member, now).await
}

/// Enqueues what fell due of members' own reminders.
pub(super) async fn tick(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    loop {
        let mut tx = deps.database.write().await?;
        let mut due = wishes::stale(&mut tx, BATCH).await?;
        due.extend(wishes::due(&mut tx, now, BATCH).await?);
        if due.is_empty() {
            return Ok(());
        }
        let mut schedule: Option<(GroupId, Vec<Series>)> = None;
        due.sort_by_key(|wish| wish.group);
        due.dedup_by_key(|wish| (wish.group, wish.member));
        for wish in &due {
            let series = match schedule.take() {
                Some((group, series)) if group == wish.group => series,
                Some(_) | None => store::of_group(&mut tx, wish.group).await?,
            };
            remind(deps, &mut tx, wish, &series, now).await?;
            schedule = Some((wish.group, series));
        }
        tx.commit().await?;
        deps.courier.ring();
    }
}

/// Enqueues what fell due of one group's own reminders, before its schedule changes.
pub(in crate::sessions::actions) async fn catch_up(
    deps: &Deps,
    tx: &mut Tx,
    group: GroupId,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let due = wishes::due_of(tx, group, now).await?;
    if due.is_empty() {
        return Ok(());
    }
    let all = store::of_group(tx, group).await?;
    for wish in &due {
        remind(deps, tx, wish, &all, now).await?;
    }
    Ok(())
}

async fn remind(deps: &Deps, tx: &mut Tx, wish: &Wish, all: &[Series], now: DateTime<Utc>) -> anyhow::Result<()> {
    let settings = groups::store::settings::find_in(tx, wish.member).await?;
    let Some(group) = groups::store::find_in(tx, wish.group).await? else { return Ok(()) };
    if !groups::store::joined_in(tx, wish.member).await?.contains(&wish.group) {
        // They left; should they come back, they choose anew.
        wishes::remove(tx, wish.group, wish.member.user).await?;
        return Ok(());
    }
    let wished = Wished { leads: &wish.leads, quiet: settings.quiet, zone: settings.zone_in(&group) };
    let from = plan::catch_up_from(wish.planned_until, now);
    let step = groups::store::steps::of_member_in(tx, wish.group, wish.member.user).await?;
    if step.is_none_or(|step| step.reminders) && may_remind(deps, wish, &settings, now) {
        for series in all {
            for (own, fate) in attend::own_due(series, wished, from, now) {
                let new = envelope(series, &own, wish.member)?;
                let is_new = outbox::enqueue(tx, now, &new).await?;
                if fate == Fate::LeaveOut && is_new {
                    outbox::cancel_matching(tx, now, &new.dedupe_key, QUIET).await?;
                }
            }
        }
    }
    let next = all.iter().filter_map(|series| attend::own_next(series, wished, now)).min();
    wishes::planned(tx, wish, now, next, settings.revision).await?;
    Ok(())
}

fn may_remind(deps: &Deps, wish: &Wish, settings: &Settings, now: DateTime<Utc>) -> bool {
    let served = deps.roster.group(wish.group).is_some();
    served && takes_direct(deps, wish.member) && !settings.is_away(now)
}

fn envelope(series: &Series, own: &OwnReminder, member: Member) -> anyhow::Result<NewEnvelope> {
    let starts_at = own.occurrence.starts_at();
    let subject = RemindSubject {
        series: series.id,
        occurrence: own.occurrence.id,
        starts_at: Some(starts_at),
        lead: Some(own.lead),
    };
    Ok(NewEnvelope {
        class: Class::Reminder,
        // The person comes before the lead, and the key ends in a word: no key is the beginning of another one.
        dedupe_key: format!("{}/direct-{}/lead-{}/dm", at_key(series, &own.occurrence), member.user, own.lead),
        guild: member.guild,
        place: Place::Direct(member.user),
        kind: DIRECT,
        subject: serde_json::to_value(subject)?,
        due_at: own.due_at,
        expires_at: starts_at,
    })
}

/// Draws a reminder of a member's own at the moment it is sent.
pub(super) async fn draw(deps: &Deps, rest: &Rest, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: RemindSubject = serde_json::from_value(envelope.subject.clone())?;
    let Some(member) = addressee(envelope) else { return Ok(Drawn::Gone("changed")) };
    let now = deps.clock.now();
    let mut connection = deps.database.read().acquire().await?;
    let Some(series) = store::find(&mut connection, subject.series).await? else { return Ok(Drawn::Gone("removed")) };
    let Some(held) = plan::occurrence(&series, subject.occurrence) else { return Ok(Drawn::Gone("changed")) };
    if subject.starts_at.is_some_and(|told| told != held.starts_at()) {
        return Ok(Drawn::Gone("changed"));
    }
    if held.starts_at() <= now {
        return Ok(Drawn::Gone("started"));
    }
    let wish = wishes::find(&mut connection, series.group, member.user).await?;
    let Some(wish) = wish.filter(|wish| !wish.leads.is_empty()) else { return Ok(Drawn::Gone("switched_off")) };
    let entries = answers::entries(&mut connection, series.id, held.id).await?;
    drop(connection);
    let step = groups::store::steps::of_member(deps.database.read(), series.group, member.user).await?;
    if step.is_some_and(|step| !step.reminders) {
        return Ok(Drawn::Gone("stepped_down"));
    }
    if entries.iter().any(|one| one.user == member.user && one.reply == Reply::Cannot) {
        return Ok(Drawn::Gone("not_coming"));
    }
    let Some(group) = groups::store::find(deps.database.read(), series.group).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    if !is_for(deps, rest, &series, member).await? {
        return Ok(Drawn::Gone("not_for_them"));
    }
    if let Err(otherwise) = may_write(deps, member, &group, Some(held.starts_at())).await? {
        return Ok(otherwise);
    }
    let last = subject.lead.is_none_or(|lead| wish.leads.iter().last().is_none_or(|shortest| lead <= shortest));
    let late = now - envelope.due_at >= LATE_AFTER;
    let card = cards::own_reminder(&series, &held, last, late);
    Ok(Drawn::Card(crate::sessions::practice::actions::told(deps, &series, card).await?))
}

/// Whether somebody still belongs to the group and to those a series is for, as Discord has their roles now.
async fn is_for(deps: &Deps, rest: &Rest, series: &Series, member: Member) -> anyhow::Result<bool> {
    let joined = groups::store::standing(deps.database.read(), series.group, member.user).await? == Standing::Joined;
    let roles = match series.details.audience {
        Audience::Members => Vec::new(),
        Audience::Role(_) | Audience::Alumni(_) => roles_now(rest, member).await?,
    };
    Ok(joined && series.details.audience.admits(joined, &roles))
}
