//! What is said of a concern: calls of wider circles, the truth for the member, the notice for a group.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::circles::{callees_of, circles_of};
use super::{Tx, here_of};
use crate::crisis::cards::{self, words::Language};
use crate::crisis::model::concern::{Circle, Concern, State, Step, Told, What};
use crate::crisis::store;
use crate::deps::Deps;
use crate::ids::{ChannelId, ConcernId, GroupId, Member, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::roster::Known;

/// The kind of envelope that calls a wider circle.
pub const CALL: &str = "crisis.call";
/// The kind of envelope that tells a member that nobody answered.
pub const TRUTH: &str = "crisis.truth";
/// The kind of envelope that tells a group's members that its responders may be told.
pub const NOTICE: &str = "crisis.notice";
/// What the sealed notes that tell the truth are for; part of what they are sealed with.
const TRUTHS: &str = "crisis truth";
/// A call that could not be posted for so long helps nobody any more.
pub(in crate::crisis::actions) const CALLS_FOR: TimeDelta = TimeDelta::hours(12);
/// A notice that could not be posted for so long is none any more.
const NOTICE_FOR: TimeDelta = TimeDelta::days(2);

/// The ids a wider call is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct CallSubject {
    concern: ConcernId,
    round: i64,
    circle: Circle,
    /// Nobody is called: it was taken back.
    #[serde(default)]
    over: bool,
}

/// The ids the truth is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct TruthSubject {
    concern: ConcernId,
}

/// The ids a notice is drawn from.
#[derive(Debug, Serialize, Deserialize)]
struct NoticeSubject {
    group: GroupId,
}

fn key(concern: &Concern, what: &str) -> String {
    format!("concern:{}/{}/{what}", concern.member.user, concern.id)
}

/// What the keys of everything said for a member begin with.
pub(super) fn prefix(member: Member) -> String {
    format!("concern:{}/", member.user)
}

/// Calls a circle, once per round; `over` tells those who were called that it was taken back.
pub(super) async fn enqueue_call(
    tx: &mut Tx,
    concern: &Concern,
    known: &Known,
    (circle, over): (Circle, bool),
    (channel, now): (ChannelId, DateTime<Utc>),
) -> anyhow::Result<()> {
    let round = if over { concern.round } else { concern.round + 1 };
    let what = if over { "over".to_owned() } else { format!("call-{round}") };
    let envelope = NewEnvelope {
        class: Class::Concern,
        dedupe_key: key(concern, &what),
        guild: known.guild,
        place: Place::Channel(channel),
        kind: CALL,
        subject: serde_json::to_value(CallSubject { concern: concern.id, round, circle, over })?,
        due_at: now,
        expires_at: now + CALLS_FOR,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    Ok(())
}

/// Tells a group's members that its responders may be told.
pub(super) async fn enqueue_notice(tx: &mut Tx, known: &Known, now: DateTime<Utc>) -> anyhow::Result<()> {
    let envelope = NewEnvelope {
        class: Class::Prompt,
        dedupe_key: format!("notice:{}/{}", known.group, now.timestamp()),
        guild: known.guild,
        place: Place::Channel(known.channel),
        kind: NOTICE,
        subject: serde_json::to_value(NoticeSubject { group: known.group })?,
        due_at: now,
        expires_at: now + NOTICE_FOR,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    Ok(())
}

/// Tells the member that nobody answered.
pub(super) async fn tell(
    tx: &mut Tx,
    concern: &Concern,
    known: &Known,
    told: Told,
    next_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let place = match told {
        Told::Direct => Place::Direct(concern.member.user),
        Told::Line | Told::No => Place::Channel(known.channel),
    };
    let envelope = NewEnvelope {
        class: Class::Concern,
        dedupe_key: key(concern, &format!("truth-{}-{}", concern.round, told.word())),
        guild: known.guild,
        place,
        kind: TRUTH,
        subject: serde_json::to_value(TruthSubject { concern: concern.id })?,
        due_at: now,
        expires_at: now + CALLS_FOR,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    store::tell(tx, concern.id, told, next_at).await?;
    store::note(tx, concern.id, Step { at: now, what: What::Told, actor: None, circle: None }).await?;
    Ok(())
}

/// Whether the direct message arrived; if Discord refused it, a note in the channel says it.
pub(super) async fn told(
    deps: &Deps,
    tx: &mut Tx,
    concern: &Concern,
    known: &Known,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let key = key(concern, &format!("truth-{}-{}", concern.round, Told::Direct.word()));
    let delivery = outbox::store::list_matching(deps.database.read(), &key).await?.pop();
    match delivery.map(|delivery| delivery.state) {
        Some(outbox::State::Pending | outbox::State::Sending) => {
            Ok(store::tell(tx, concern.id, Told::Direct, Some(now + TimeDelta::minutes(1))).await?)
        }
        Some(outbox::State::Undeliverable | outbox::State::Expired) => {
            tell(tx, concern, known, Told::Line, None, now).await
        }
        Some(outbox::State::Sent | outbox::State::Cancelled) | None => {
            Ok(store::tell(tx, concern.id, concern.told, None).await?)
        }
    }
}

/// Draws an envelope of a concern at the moment it is sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn draw(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    match envelope.kind.as_str() {
        NOTICE => {
            let subject: NoticeSubject = serde_json::from_value(envelope.subject.clone())?;
            let tells = deps.roster.care().tells(subject.group);
            Ok(if tells { Drawn::Card(cards::concern::notice(subject.group)) } else { Drawn::Gone("switched_off") })
        }
        TRUTH => draw_truth(deps, envelope).await,
        _ => draw_call(deps, envelope).await,
    }
}

async fn draw_call(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: CallSubject = serde_json::from_value(envelope.subject.clone())?;
    let Some(concern) = store::find(deps.database.read(), subject.concern).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    let Some(known) = deps.roster.group(concern.group) else { return Ok(Drawn::Gone("removed")) };
    if subject.over {
        return Ok(Drawn::Card(cards::concern::standing(&concern, None)));
    }
    let calls = matches!(concern.state, State::Waiting | State::Backup);
    if !calls || concern.round != subject.round {
        return Ok(Drawn::Gone("answered"));
    }
    let callees = callees_of(deps, &known, concern.member.user, subject.circle).await?;
    let minutes = circles_of(deps, &known).minutes;
    Ok(Drawn::Card(cards::concern::call_again(&concern, &callees, minutes)))
}

async fn draw_truth(deps: &Deps, envelope: &Envelope) -> anyhow::Result<Drawn> {
    let subject: TruthSubject = serde_json::from_value(envelope.subject.clone())?;
    let Some(concern) = store::find(deps.database.read(), subject.concern).await? else {
        return Ok(Drawn::Gone("removed"));
    };
    if concern.state != State::Unanswered {
        return Ok(Drawn::Gone("answered"));
    }
    let known: Vec<Known> = deps.roster.group(concern.group).into_iter().collect();
    Ok(Drawn::Card(match envelope.place {
        Place::Direct(_) => cards::concern::truth(&here_of(deps, &known, Language::En)),
        Place::Channel(_) => {
            let mut note = concern.member.user.raw().to_be_bytes().to_vec();
            note.extend(concern.group.raw().to_be_bytes());
            cards::truth_line(&deps.vault.seal_token(TRUTHS, &note)?)
        }
    }))
}

/// The card behind a note that tells the truth, and whether it is the presser's.
pub fn opened_truth(deps: &Deps, presser: UserId, note: &str, language: Language) -> Option<(crate::card::Card, bool)> {
    let bytes = deps.vault.open_token(TRUTHS, note).ok()?;
    let (author, group) = bytes.split_first_chunk::<8>()?;
    let group = GroupId::new(i64::from_be_bytes(*group.first_chunk::<8>()?));
    let known: Vec<Known> = deps.roster.group(group).into_iter().collect();
    let here = here_of(deps, &known, language);
    let is_theirs = UserId::new(i64::from_be_bytes(*author)) == presser;
    Some((if is_theirs { cards::concern::truth(&here) } else { cards::not_yours(&here) }, is_theirs))
}
