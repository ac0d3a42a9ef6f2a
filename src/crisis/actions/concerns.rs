//! Concerns: raising them, calling one circle after another, and telling the truth when nobody answers.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use super::{hand, here_of};
use crate::crisis::cards::{self, concern::Callees, words::Language};
use crate::crisis::lexicon::Level;
use crate::crisis::model::Noticed;
use crate::crisis::model::concern::{CALLED, Circle, Concern, Handed, Kind, MINUTES, State, Step, Told, What};
use crate::crisis::plan::concern::{self as plan, Happening, No, Says, Turn};
use crate::crisis::store;
use crate::deps::Deps;
use crate::groups::actions::kept::{differing, record};
use crate::groups::{actions as members, store as groups};
use crate::ids::{ChannelId, ConcernId, GroupId, Member, MessageId, RoleId, UserId};
use crate::outbox::{self, Class, Drawn, Envelope, NewEnvelope, Place};
use crate::refusal::{Refusal, Stop};
use crate::roster::{Circles, Known};

/// The kind of envelope that calls a wider circle.
pub const CALL: &str = "crisis.call";
/// The kind of envelope that tells a member that nobody answered.
pub const TRUTH: &str = "crisis.truth";
/// The kind of envelope that tells a group's members that its responders may be told.
pub const NOTICE: &str = "crisis.notice";
/// What the sealed notes that tell the truth are for; part of what they are sealed with.
const TRUTHS: &str = "crisis truth";
/// A call that could not be posted for so long helps nobody any more.
pub(super) const CALLS_FOR: TimeDelta = TimeDelta::hours(12);
/// How long a concern of a group that is not served waits before it is looked at again.
const PARKED: TimeDelta = TimeDelta::hours(1);

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

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

/// What the row of a concern says is to be posted, and where.
pub(super) struct Kept {
    /// The concern.
    pub id: ConcernId,
    /// Counts its calls.
    pub round: i64,
    /// Who is called first.
    pub circle: Circle,
    /// Whom that pings.
    pub callees: Callees,
    /// Whether it is new; else it was raised before and is open.
    pub is_new: bool,
}

/// What is raised.
#[derive(Clone, Copy)]
pub(super) struct Raising<'a> {
    /// About whom.
    pub member: Member,
    /// Where.
    pub known: &'a Known,
    /// What was noticed and where it stands; none when they asked.
    pub noticed: Option<(Noticed, (ChannelId, MessageId))>,
    /// What they chose to say.
    pub words: Option<&'a str>,
}

/// Whom a group lets be told: what it set up, else its facilitators, and only when a member asks.
pub fn circles_of(deps: &Deps, known: &Known) -> Circles {
    deps.roster.care().circles(known.group).unwrap_or(Circles {
        channel: known.facilitator_channel,
        role: known.facilitator_role,
        next: None,
        minutes: MINUTES,
        from: None,
    })
}

fn patience(circles: &Circles) -> TimeDelta {
    TimeDelta::minutes(i64::from(circles.minutes))
}

/// The role that comes last, unless it is the responders' own.
fn last_role(circles: &Circles, known: &Known) -> Option<RoleId> {
    circles.next.or(known.facilitator_role).filter(|role| Some(*role) != circles.role)
}

/// The circles that a group has at this moment, from the nearest to the widest.
fn available(circles: &Circles, known: &Known, on_call: &[UserId]) -> Vec<Circle> {
    let there = [
        (Circle::OnCall, !on_call.is_empty()),
        (Circle::Responders, circles.role.is_some() || last_role(circles, known).is_none()),
        (Circle::Next, last_role(circles, known).is_some()),
    ];
    there.into_iter().filter(|(_, there)| *there).map(|(circle, _)| circle).collect()
}

fn callees(circle: Circle, circles: &Circles, known: &Known, on_call: Vec<UserId>) -> Callees {
    match circle {
        Circle::OnCall => Callees { users: on_call, role: None },
        Circle::Responders => Callees { users: Vec::new(), role: circles.role },
        Circle::Next => Callees { users: Vec::new(), role: last_role(circles, known) },
    }
}

/// Who on the rota is called at this moment.
pub(super) async fn on_call(
    deps: &Deps,
    connection: &mut SqliteConnection,
    known: &Known,
    member: UserId,
) -> anyhow::Result<Vec<UserId>> {
    let rota = store::rota(&mut *connection, known.group).await?;
    if rota.is_empty() {
        return Ok(Vec::new());
    }
    let zone = groups::find(deps.database.read(), known.group).await?.map(|group| group.zone);
    let loads = store::loads(connection, known.group).await?;
    let now = deps.clock.now();
    Ok(zone.map(|zone| plan::on_call(&rota, &loads, member, zone, now, CALLED)).unwrap_or_default())
}

/// Whom a circle's call pings, as the rota says at this moment.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn callees_of(deps: &Deps, known: &Known, member: UserId, circle: Circle) -> anyhow::Result<Callees> {
    let mut connection = deps.database.read().acquire().await?;
    let on_call = on_call(deps, &mut connection, known, member).await?;
    Ok(callees(circle, &circles_of(deps, known), known, on_call))
}

/// Keeps a concern, or finds the one that is open; a member who asks turns one that words raised, or that
/// nobody answered, into a fresh call.
pub(super) async fn keep(deps: &Deps, tx: &mut Tx, raising: Raising<'_>, now: DateTime<Utc>) -> anyhow::Result<Kept> {
    let Raising { member, known, noticed, words } = raising;
    let circles = circles_of(deps, known);
    let on_call = on_call(deps, tx, known, member.user).await?;
    let circle = available(&circles, known, &on_call).first().copied().unwrap_or(Circle::Responders);
    let next_at = now + patience(&circles);
    let note = |what, circle| Step { at: now, what, actor: None, circle };
    let kept = match store::open(tx, known.group, member.user).await? {
        None => {
            let id = store::raise(tx, (member, known.group), noticed, circle, (now, next_at)).await?;
            store::note(tx, id, note(What::Raised, None)).await?;
            (id, 0, true)
        }
        Some(open) => {
            store::note(tx, open.id, note(What::Again, None)).await?;
            let anew = open.kind == Kind::Noticed || open.state == State::Unanswered;
            if noticed.is_none() && anew {
                store::asked(tx, open.id, circle, next_at).await?;
            }
            (open.id, open.round + 1, noticed.is_none() && anew)
        }
    };
    let (id, round, is_new) = kept;
    if is_new {
        store::note(tx, id, note(What::Called, Some(circle))).await?;
    }
    if let Some(words) = words.filter(|_| is_new) {
        let sealed = members::seal(deps, member, place(member, id), words.as_bytes()).await;
        match sealed {
            Ok(sealed) => store::set_words(tx, id, &sealed).await?,
            Err(Stop::Refusal(refusal)) => anyhow::bail!("words could not be sealed: {refusal}"),
            Err(Stop::Fault(error)) => return Err(error),
        }
    }
    Ok(Kept { id, round, circle, callees: callees(circle, &circles, known, on_call), is_new })
}

fn place(member: Member, concern: ConcernId) -> crate::vault::Place<'static> {
    let member = member.user.snowflake();
    crate::vault::Place { table: "concern", column: "words", member, row: concern.raw() }
}

/// What the member chose to say, opened.
///
/// # Errors
/// When the databases cannot be read.
pub async fn words_of(deps: &Deps, concern: &Concern) -> Result<Option<Zeroizing<String>>, Stop> {
    let Some(sealed) = &concern.words else { return Ok(None) };
    let opened = members::open(deps, concern.member, place(concern.member, concern.id), sealed).await?;
    Ok(opened.map(|bytes| Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())))
}

/// What became of a press on a concern.
pub enum Pressed {
    /// It stands so now; whether the responder holds many.
    Turned(Box<Concern>, bool),
    /// Nothing happened.
    No(No, Box<Concern>),
}

/// A responder pressed, or the member took it back.
///
/// # Errors
/// Refused when there is no such concern; a fault when the database cannot be written.
pub async fn press(
    deps: &Deps,
    known: &Known,
    user: UserId,
    happening: Happening,
    handed: Option<Handed>,
) -> Result<Pressed, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    let Some(open) = store::open(&mut tx, known.group, user).await? else {
        drop(tx);
        let latest = store::latest(deps.database.read(), known.group, user).await?;
        let latest = latest.ok_or_else(|| {
            Refusal::new("This is not kept any more.", "", "Please write to them all the same, if you can.")
        })?;
        return Ok(Pressed::No(No::Over, Box::new(latest)));
    };
    let circles = circles_of(deps, known);
    let on_call = on_call(deps, &mut tx, known, user).await?;
    let available = available(&circles, known, &on_call);
    let turn = match plan::turn(&open, happening, &available, patience(&circles), now) {
        Ok(turn) => turn,
        Err(no) => return Ok(Pressed::No(no, Box::new(open))),
    };
    keep_turn(&mut tx, &open, happening, turn, now).await?;
    if let Some(handed) = handed {
        store::hand(&mut tx, open.id, handed).await?;
    }
    if turn.says == Says::Calls {
        enqueue_call(&mut tx, &open, known, turn.circle, (circles.channel, now)).await?;
    }
    if turn.state == State::Withdrawn {
        // Whoever was called may stand down.
        enqueue_over(&mut tx, &open, known, (circles.channel, now)).await?;
    }
    let loads = store::loads(&mut tx, known.group).await?;
    tx.commit().await?;
    deps.courier.ring();
    deps.planner.ring();
    let concern = store::find(deps.database.read(), open.id).await?.unwrap_or(open);
    let load = |who| loads.iter().find(|(known, _)| *known == who).map_or(0, |(_, load)| *load);
    let loaded = concern.responder.is_some_and(|who| load(who) >= crate::crisis::model::concern::LOAD);
    Ok(Pressed::Turned(Box::new(concern), loaded))
}

async fn keep_turn(
    tx: &mut Tx,
    concern: &Concern,
    happening: Happening,
    turn: Turn,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let calls = turn.says == Says::Calls;
    store::turn(tx, concern.id, (turn.state, turn.circle, turn.responder), turn.next_at, calls).await?;
    let (what, actor) = match happening {
        Happening::Here(who) => (Some(What::Here), Some(who)),
        Happening::NeedBackup(who) => (Some(What::Backup), Some(who)),
        Happening::Closed(who) => (Some(What::Closed), Some(who)),
        Happening::HandedOn(who) => (Some(What::Handed), Some(who)),
        Happening::Withdrawn => (Some(What::Withdrawn), None),
        Happening::TimeUp if turn.state != concern.state && turn.state == State::Unanswered => {
            (Some(What::Unanswered), None)
        }
        Happening::TimeUp => (None, None),
    };
    if let Some(what) = what {
        store::note(tx, concern.id, Step { at: now, what, actor, circle: None }).await?;
    }
    if calls {
        let step = Step { at: now, what: What::Called, actor: None, circle: Some(turn.circle) };
        store::note(tx, concern.id, step).await?;
    }
    Ok(())
}

fn key(concern: &Concern, what: &str) -> String {
    format!("concern:{}/{}/{what}", concern.member.user, concern.id)
}

fn prefix(member: Member) -> String {
    format!("concern:{}/", member.user)
}

/// Tells the responders that a call was taken back.
async fn enqueue_over(
    tx: &mut Tx,
    concern: &Concern,
    known: &Known,
    (channel, now): (ChannelId, DateTime<Utc>),
) -> anyhow::Result<()> {
    let (round, circle) = (concern.round, concern.circle);
    let envelope = NewEnvelope {
        class: Class::Concern,
        dedupe_key: key(concern, "over"),
        guild: known.guild,
        place: Place::Channel(channel),
        kind: CALL,
        subject: serde_json::to_value(CallSubject { concern: concern.id, round, circle, over: true })?,
        due_at: now,
        expires_at: now + CALLS_FOR,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    Ok(())
}

async fn enqueue_call(
    tx: &mut Tx,
    concern: &Concern,
    known: &Known,
    circle: Circle,
    (channel, now): (ChannelId, DateTime<Utc>),
) -> anyhow::Result<()> {
    let round = concern.round + 1;
    let envelope = NewEnvelope {
        class: Class::Concern,
        dedupe_key: key(concern, &format!("call-{round}")),
        guild: known.guild,
        place: Place::Channel(channel),
        kind: CALL,
        subject: serde_json::to_value(CallSubject { concern: concern.id, round, circle, over: false })?,
        due_at: now,
        expires_at: now + CALLS_FOR,
    };
    outbox::enqueue(tx, now, &envelope).await?;
    Ok(())
}

/// Looks at every concern whose time is up, and says when to look again.
///
/// # Errors
/// When the database cannot be written; nothing is half done then.
pub async fn tick(deps: &Deps) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = deps.clock.now();
    loop {
        let mut tx = deps.database.write().await?;
        let due = store::due(&mut tx, now).await?;
        if due.is_empty() {
            break;
        }
        for concern in &due {
            look_at(deps, &mut tx, concern, now).await?;
        }
        tx.commit().await?;
        deps.courier.ring();
    }
    Ok(store::next(deps.database.read()).await?)
}

async fn look_at(deps: &Deps, tx: &mut Tx, concern: &Concern, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(known) = deps.roster.group(concern.group) else {
        // The bot was removed; it goes on when it is back.
        return Ok(store::turn(tx, concern.id, stands(concern), Some(now + PARKED), false).await?);
    };
    if concern.state == State::Unanswered {
        return told(deps, tx, concern, &known, now).await;
    }
    let circles = circles_of(deps, &known);
    let on_call = on_call(deps, tx, &known, concern.member.user).await?;
    let available = available(&circles, &known, &on_call);
    let Ok(turn) = plan::turn(concern, Happening::TimeUp, &available, patience(&circles), now) else {
        return Ok(store::turn(tx, concern.id, stands(concern), None, false).await?);
    };
    keep_turn(tx, concern, Happening::TimeUp, turn, now).await?;
    match turn.says {
        Says::Nothing => Ok(()),
        Says::Calls => enqueue_call(tx, concern, &known, turn.circle, (circles.channel, now)).await,
        Says::Truth => {
            let direct = deps.roster.wishes(concern.member).direct_messages == Some(true);
            let told = if direct { Told::Direct } else { Told::Line };
            tell(tx, concern, &known, told, turn.next_at.filter(|_| direct), now).await
        }
    }
}

fn stands(concern: &Concern) -> (State, Circle, Option<UserId>) {
    (concern.state, concern.circle, concern.responder)
}

async fn tell(
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
async fn told(deps: &Deps, tx: &mut Tx, concern: &Concern, known: &Known, now: DateTime<Utc>) -> anyhow::Result<()> {
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

/// Switches concerns on, or changes how they go; whether the members are told now.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_circles(deps: &Deps, known: &Known, circles: Circles, role: RoleId) -> Result<bool, Stop> {
    let now = deps.clock.now();
    let fresh = circles.from.is_some() && !deps.roster.care().tells(known.group);
    let mut tx = deps.database.write().await?;
    groups::care::keep_circles(&mut tx, known.group, &circles, role, now).await?;
    let was = deps.roster.care().circles(known.group).map_or(Value::Null, |before| written(&before));
    let (was, became) = differing(&was, &written(&circles));
    if !became.is_null() {
        record(deps, &mut tx, (known.group, "concerns.on", None), was, became).await?;
    }
    if fresh {
        let envelope = NewEnvelope {
            class: Class::Prompt,
            dedupe_key: format!("notice:{}/{}", known.group, now.timestamp()),
            guild: known.guild,
            place: Place::Channel(known.channel),
            kind: NOTICE,
            subject: serde_json::to_value(NoticeSubject { group: known.group })?,
            due_at: now,
            expires_at: now + TimeDelta::days(2),
        };
        outbox::enqueue(&mut tx, now, &envelope).await?;
    }
    tx.commit().await?;
    deps.roster.care().set_circles(known.group, Some(circles));
    deps.courier.ring();
    Ok(fresh)
}

/// Who is told, as it stands in the group's record.
fn written(circles: &Circles) -> Value {
    json!({
        "channel": circles.channel,
        "role": circles.role,
        "next_role": circles.next,
        "minutes": circles.minutes,
        "from": circles.from.map_or("never", Level::word),
    })
}

/// Switches concerns off: nobody is told of words any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_circles(deps: &Deps, group: GroupId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    groups::care::drop_circles(&mut tx, group).await?;
    if let Some(before) = deps.roster.care().circles(group) {
        record(deps, &mut tx, (group, "concerns.off", None), written(&before), Value::Null).await?;
    }
    tx.commit().await?;
    deps.roster.care().set_circles(group, None);
    Ok(())
}

/// Removes what a member had left here by then: their concerns, their name in others', their hours on call.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    outbox::store::forget_matching(tx, &prefix(member), until).await?;
    store::forget(tx, member, until).await
}

/// Removes concerns whose time is over.
///
/// # Errors
/// When the database cannot be written.
pub async fn prune(deps: &Deps, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = deps.database.write().await?;
    store::prune(&mut tx, now - TimeDelta::days(i64::from(deps.config.retention.concerns))).await?;
    Ok(tx.commit().await?)
}

/// Whether responders may be told of these words of that member.
pub(super) fn tells(deps: &Deps, known: &Known, user: UserId, noticed: Noticed) -> bool {
    let care = deps.roster.care();
    let from = care.circles(known.group).and_then(|circles| circles.from);
    plan::raises(noticed.level, from, care.told(user, known.group))
}

/// Raises a concern for words, where the group wants that and the member knows. It never holds up the answer
/// to the member, and what fails here is told in the log alone.
pub async fn noticed(
    bot: &crate::discord::Bot,
    known: &Known,
    member: Member,
    found: (Noticed, (ChannelId, MessageId)),
) {
    if !tells(&bot.deps, known, member.user, found.0) {
        return;
    }
    let raising = Raising { member, known, noticed: Some(found), words: None };
    let raised = hand::raise(bot, raising).await;
    tracing::info!(group = %known.group, level = %found.0.level, ?raised, "words raised a concern");
}
