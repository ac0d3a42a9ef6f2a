//! What the clock makes check-ins do: the group's prompt, the prompts by direct message, and what becomes
//! of those that nobody uses.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::model::{Direct, Window};
use super::super::store::prompts;
use super::super::{cards, plan, store};
use crate::calendar::{Weekdays, next_daily, to_civil};
use crate::deps::Deps;
use crate::groups::model::{CONSENT_TEXT, Settings, Standing, tapered, whose_day};
use crate::groups::{self, Group, Step, actions as members};
use crate::ids::{GroupId, Member, PromptId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};

/// How long a group that cannot be read is left alone: soon enough after somebody mended its row, and few lines
/// in the log until then.
const PARKED: TimeDelta = TimeDelta::hours(1);
/// Rows a tick takes at once, so that one write transaction stays short.
const BATCH: u32 = 200;
/// Members asked in one write transaction: it takes some hundredths of a second, and nobody waits longer.
const MEMBERS_AT_ONCE: u32 = 2_000;
/// The kind of envelope that carries a group's prompt.
pub const PROMPT: &str = "checkin.prompt";
/// The kind of envelope that carries a prompt by direct message.
pub const DIRECT: &str = "checkin.direct";
/// The kind of envelope that offers to switch off a prompt nobody uses.
pub const UNUSED: &str = "checkin.unused";

/// The ids a prompt is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    prompt: PromptId,
}

/// The ids a prompt by direct message is drawn from, and whether it is the last unless somebody uses it.
#[derive(Debug, Serialize, Deserialize)]
struct DirectSubject {
    prompt: PromptId,
    user: UserId,
    last: bool,
}

/// The ids an offer to switch off is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct UnusedSubject {
    group: GroupId,
    days: u32,
}

/// Opens the windows whose hour has come, enqueues their prompts, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let (due, bad) = groups::store::checkin_due(&mut tx, now, BATCH).await?;
        if due.is_empty() && bad.is_empty() {
            break;
        }
        for row in &bad {
            tracing::error!(group = %row.group, error = %row, "check-ins wait until this row is mended");
            groups::store::set_checkin_next(&mut tx, row.group, Some(now + PARKED)).await?;
        }
        for group in &due {
            ask_group(deps, &mut tx, group, now).await?;
        }
        tx.commit().await?;
        deps.courier.ring();
    }
    while reckon_anew(deps, now).await? {}
    while ask_members(deps, now).await? {}
    while super::silence::look(deps, now).await? {}
    next(deps).await
}

/// When something of this slice is due next.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let groups = groups::store::checkin_next(deps.database.read()).await?;
    let members = prompts::next(deps.database.read()).await?;
    let quiet = store::silence::next(deps.database.read()).await?;
    Ok([groups, members, quiet].into_iter().flatten().min())
}

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

async fn ask_group(deps: &Deps, tx: &mut Tx, group: &Group, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(checkin) = &group.checkin else { return Ok(()) };
    let due_at = plan::latest_due(checkin.next_at.unwrap_or(now), now, |after| {
        members::after_prompt(checkin, group.zone, after)
    });
    let (from, rests) = prompts::rest(tx, group.id).await?;
    // A group that is not served (the bot was removed) is not asked; it goes on when the bot is back.
    if deps.roster.group(group.id).is_some() && !rests {
        let day = to_civil(due_at, group.zone).date();
        let unused = prompts::unused(tx, group.id, from).await?;
        // Nobody needs to decide about prompts in a week of grief.
        let quiet = members::care::quiet_since(deps, group.id).is_some();
        if !quiet && unused >= store::setup_in(tx, group.id).await?.offer_after {
            prompts::keep_rest(tx, group.id, day, true).await?;
            outbox::enqueue(tx, now, &offer(group, day, unused, now)?).await?;
        } else {
            let window = store::open(tx, group.id, day, now, plan::closes_at(day, group.zone)).await?;
            outbox::enqueue(tx, now, &envelope(group, &window, due_at)?).await?;
        }
    }
    let next = members::after_prompt(checkin, group.zone, now);
    Ok(groups::store::set_checkin_next(tx, group.id, next).await?)
}

fn envelope(group: &Group, window: &Window, due_at: DateTime<Utc>) -> anyhow::Result<NewEnvelope> {
    Ok(NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("checkin:{}/{}/prompt", group.id, window.on_date),
        guild: group.guild,
        place: Place::Channel(group.channel),
        kind: PROMPT,
        subject: serde_json::to_value(Subject { prompt: window.id })?,
        due_at,
        expires_at: window.closes_at,
    })
}

fn offer(group: &Group, day: chrono::NaiveDate, days: u32, now: DateTime<Utc>) -> anyhow::Result<NewEnvelope> {
    Ok(NewEnvelope {
        class: Class::Digest,
        dedupe_key: format!("checkin:{}/{day}/unused", group.id),
        guild: group.guild,
        place: Place::Channel(group.facilitator_channel.unwrap_or(group.channel)),
        kind: UNUSED,
        subject: serde_json::to_value(UnusedSubject { group: group.id, days })?,
        due_at: now,
        expires_at: now + chrono::TimeDelta::days(2),
    })
}

/// Reckons the hours of members who changed their zone; whether there may be more of them.
async fn reckon_anew(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let mut tx = deps.database.write().await?;
    let stale = prompts::stale(&mut tx, BATCH).await?;
    for direct in &stale {
        let settings = groups::store::settings::find_in(&mut tx, direct.member).await?;
        let next_at = match groups::store::find_in(&mut tx, direct.group).await? {
            Some(group) => next_direct(direct.at, &settings, &group, now),
            None => None,
        };
        prompts::keep(&mut tx, &Direct { next_at, ..direct.clone() }, settings.revision).await?;
    }
    tx.commit().await?;
    Ok(!stale.is_empty())
}

/// What is looked up once for everybody who is asked in one go.
#[derive(Default)]
struct Asking {
    groups: HashMap<GroupId, Option<(Group, u32)>>,
    steps: HashMap<GroupId, HashMap<UserId, Step>>,
    windows: HashMap<(GroupId, NaiveDate), (Window, HashSet<UserId>)>,
}

impl Asking {
    /// A group, and after how many unused prompts switching off is offered.
    async fn group(&mut self, tx: &mut Tx, group: GroupId) -> anyhow::Result<Option<(Group, u32)>> {
        if let Entry::Vacant(vacant) = self.groups.entry(group) {
            let found = match groups::store::find_in(tx, group).await? {
                Some(found) => Some((found, store::setup_in(tx, group).await?.offer_after)),
                None => None,
            };
            vacant.insert(found);
        }
        Ok(self.groups.get(&group).cloned().flatten())
    }

    /// The step a member is on.
    async fn step(&mut self, tx: &mut Tx, group: GroupId, user: UserId) -> anyhow::Result<Option<&Step>> {
        let steps = match self.steps.entry(group) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => vacant.insert(groups::store::steps::of_members(tx, group).await?),
        };
        Ok(steps.get(&user))
    }

    /// The window of a day, and who has answered it already.
    async fn window(
        &mut self,
        tx: &mut Tx,
        group: &Group,
        day: NaiveDate,
        now: DateTime<Utc>,
    ) -> anyhow::Result<&(Window, HashSet<UserId>)> {
        match self.windows.entry((group.id, day)) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(vacant) => {
                let window = store::open(tx, group.id, day, now, plan::closes_at(day, group.zone)).await?;
                let answered = prompts::answered(tx, window.id).await?.into_iter().collect();
                Ok(vacant.insert((window, answered)))
            }
        }
    }
}

/// Asks the members whose own hour has come; whether there may be more of them. Everything is read and written
/// for all of them at once: when ten thousand hours come in one minute, nothing else is to wait for it.
async fn ask_members(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let mut tx = deps.database.write().await?;
    let due = prompts::due(&mut tx, now, MEMBERS_AT_ONCE).await?;
    let mut asking = Asking::default();
    let (mut envelopes, mut kept) = (Vec::new(), Vec::with_capacity(due.len()));
    for (direct, settings) in &due {
        let Some((group, offer_after)) = asking.group(&mut tx, direct.group).await? else { continue };
        let mut after = Direct { next_at: next_direct(direct.at, settings, &group, now), ..direct.clone() };
        let first = direct.next_at.unwrap_or(now);
        let due_at = plan::latest_due(first, now, |after| next_direct(direct.at, settings, &group, after));
        let zone = settings.zone_in(&group);
        let day = to_civil(due_at, zone).date();
        // Their step may ask on fewer days; the days between count as nothing.
        let asks = tapered(asking.step(&mut tx, group.id, direct.member.user).await?, day.weekday()).prompt;
        if asks && may_ask(deps, direct, &group, settings, due_at) {
            let (window, answered) = asking.window(&mut tx, &group, day, now).await?;
            // Who has answered that day already is not asked about it.
            if !answered.contains(&direct.member.user) {
                let last = direct.unused.saturating_add(1) >= offer_after;
                let subject = DirectSubject { prompt: window.id, user: direct.member.user, last };
                let due_at = settings.not_quiet_from(due_at, zone);
                envelopes.push(direct_envelope(&group, window, due_at, settings, &subject)?);
                after.unused = direct.unused.saturating_add(1);
                after.next_at = after.next_at.filter(|_| !last);
            }
        }
        kept.push((after, settings.revision));
    }
    outbox::store::enqueue_all(&mut tx, now, &envelopes).await?;
    prompts::asked(&mut tx, &kept).await?;
    tx.commit().await?;
    if !due.is_empty() {
        deps.courier.ring();
    }
    Ok(!due.is_empty())
}

/// Whether a member is asked directly: they agreed to direct messages, are here, and the group is served.
fn may_ask(deps: &Deps, direct: &Direct, group: &Group, settings: &Settings, due_at: DateTime<Utc>) -> bool {
    let agreed = deps.roster.wishes(direct.member).direct_messages == Some(true);
    agreed && deps.roster.group(group.id).is_some() && !settings.is_away(due_at)
}

fn direct_envelope(
    group: &Group,
    window: &Window,
    due_at: DateTime<Utc>,
    settings: &Settings,
    subject: &DirectSubject,
) -> anyhow::Result<NewEnvelope> {
    Ok(NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("checkin:{}/{}/direct/{}", group.id, window.on_date, subject.user),
        guild: group.guild,
        place: Place::Direct(subject.user),
        kind: DIRECT,
        subject: serde_json::to_value(subject)?,
        due_at,
        expires_at: plan::closing(window, settings.zone_in(group)),
    })
}

/// When a member is asked next, after `now`: at their hour in their zone.
fn next_direct(at: NaiveTime, settings: &Settings, group: &Group, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    next_daily(now, at, Weekdays::ALL, settings.zone_in(group)).map(|moment| moment.starts_at)
}

/// Draws an envelope of this slice at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    match envelope.kind.as_str() {
        DIRECT => draw_direct(deps, envelope).await,
        super::sharing::SHARE => super::sharing::draw(deps, envelope).await,
        super::silence::NOTE | super::silence::TELL => super::silence::draw(deps, envelope).await,
        UNUSED => {
            let subject: UnusedSubject = serde_json::from_value(envelope.subject.clone())?;
            let group = groups::store::find(deps.database.read(), subject.group).await?;
            Ok(match group.filter(|group| group.checkin.is_some()) {
                Some(group) => Drawn::Card(cards::unused(&group, subject.days)),
                None => Drawn::Gone("switched_off"),
            })
        }
        _ => draw_prompt(deps, envelope).await,
    }
}

async fn draw_prompt(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: Subject = serde_json::from_value(envelope.subject.clone())?;
    let Some(window) = store::find(deps.database.read(), subject.prompt).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    let asked =
        groups::store::find(deps.database.read(), window.group).await?.is_some_and(|group| group.checkin.is_some());
    let quiet = members::care::quiet_since(deps, window.group).is_some();
    Ok(match (asked, quiet) {
        (true, false) => {
            let steps = groups::store::steps::of_group(deps.database.read(), window.group).await?;
            Drawn::Card(cards::prompt(&window, whose_day(&steps, window.on_date.weekday()).as_deref()))
        }
        (true, true) => Drawn::Card(cards::quiet_prompt(&window)),
        (false, _) => Drawn::Gone("switched_off"),
    })
}

async fn draw_direct(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: DirectSubject = serde_json::from_value(envelope.subject.clone())?;
    let pool = deps.database.read();
    let Some(window) = store::find(pool, subject.prompt).await? else { return Ok(Drawn::Gone("removed")) };
    let Some(group) = groups::store::find(pool, window.group).await? else { return Ok(Drawn::Gone("removed")) };
    let member = Member { guild: group.guild, user: subject.user };
    if prompts::find(pool, group.id, subject.user).await?.is_none() {
        return Ok(Drawn::Gone("switched_off"));
    }
    let consents = groups::store::consents(pool, member, CONSENT_TEXT).await?;
    if consents.direct_messages != Some(true) || consents.checkins != Some(true) {
        return Ok(Drawn::Gone("no_consent"));
    }
    if groups::store::standing(pool, group.id, subject.user).await? != Standing::Joined {
        return Ok(Drawn::Gone("left"));
    }
    let now = deps.clock.now();
    let settings = groups::store::settings::find(pool, member).await?;
    if settings.is_away(now) {
        return Ok(Drawn::Gone("away"));
    }
    if store::answer(pool, window.id, member).await?.is_some() {
        return Ok(Drawn::Gone("answered"));
    }
    let from = settings.not_quiet_from(now, settings.zone_in(&group));
    if from > now {
        return Ok(Drawn::Later(from));
    }
    if members::care::quiet_since(deps, group.id).is_some() {
        return Ok(Drawn::Card(cards::quiet_prompt(&window)));
    }
    Ok(Drawn::Card(cards::direct_prompt(&window, &group, subject.last)))
}

/// Sets, changes or ends a member's prompt by direct message.
///
/// # Errors
/// Refused without consent to direct messages, or for an hour in their quiet hours.
pub async fn ask_directly(
    deps: &Deps,
    member: Member,
    group: &Group,
    at: Option<NaiveTime>,
) -> Result<Option<Direct>, Stop> {
    let settings = members::settings::settings(deps, member).await?;
    let direct = match at {
        None => None,
        Some(_) if members::consents(deps, member).await?.direct_messages != Some(true) => {
            return Err(Refusal::new(
                "I only write directly to people who said yes to that.",
                "",
                "`/privacy` turns direct messages on; then choose your hour again.",
            )
            .into());
        }
        Some(at) => {
            let next_at = next_direct(at, &settings, group, deps.clock.now());
            if next_at.is_some_and(|next| settings.quiet.holds(next, settings.zone_in(group))) {
                return Err(Refusal::new(
                    "That hour lies in your quiet hours.",
                    format!("They run {}.", settings.quiet.words()),
                    "Choose another hour, or change them with `/me quiet:`.",
                )
                .into());
            }
            Some(Direct { group: group.id, member, at, next_at, unused: 0 })
        }
    };
    let mut tx = deps.database.write().await?;
    match &direct {
        Some(direct) => prompts::keep(&mut tx, direct, settings.revision).await?,
        None => prompts::remove(&mut tx, group.id, member.user).await?,
    }
    tx.commit().await?;
    deps.planner.ring();
    Ok(direct)
}

/// An answer came: the prompts by direct message are of use, and go on if they rested.
pub(super) async fn used(tx: &mut Tx, group: &Group, member: Member, now: DateTime<Utc>) -> sqlx::Result<()> {
    let Some(direct) = prompts::find_in(tx, group.id, member.user).await? else { return Ok(()) };
    if direct.unused == 0 && direct.next_at.is_some() {
        return Ok(());
    }
    let settings = groups::store::settings::find_in(tx, member).await?;
    let next_at = direct.next_at.or_else(|| next_direct(direct.at, &settings, group, now));
    prompts::keep(tx, &Direct { next_at, unused: 0, ..direct }, settings.revision).await
}

/// The group's prompt goes on after it rested.
///
/// # Errors
/// When the database cannot be written.
pub async fn go_on(deps: &Deps, group: &Group) -> Result<(), Stop> {
    let today = to_civil(deps.clock.now(), group.zone).date();
    let mut tx = deps.database.write().await?;
    prompts::keep_rest(&mut tx, group.id, today, false).await?;
    let (was, became) = (json!({"unused": "rests"}), json!({"unused": "goes on"}));
    members::kept::record(deps, &mut tx, (group.id, "checkins.on", None), was, became).await?;
    tx.commit().await?;
    Ok(())
}
