//! Concerns: raising them, calling one circle after another, and telling the truth when nobody answers.

mod circles;
mod said;
mod waiting;

pub(super) use circles::{callees_of, on_call};
pub use circles::{circles_of, drop_circles, set_circles};
pub(super) use said::CALLS_FOR;
pub use said::{CALL, NOTICE, TRUTH, draw, opened_truth};
pub use waiting::tick;

use chrono::{DateTime, TimeDelta, Utc};
use zeroize::Zeroizing;

use self::circles::{available, callees, patience};
use self::said::{enqueue_call, prefix};
use super::{hand, here_of};
use crate::crisis::cards::concern::Callees;
use crate::crisis::model::Noticed;
use crate::crisis::model::concern::{Circle, Concern, Handed, Kind, State, Step, What};
use crate::crisis::plan::concern::{self as plan, Happening, No, Says, Turn};
use crate::crisis::store;
use crate::deps::Deps;
use crate::groups::actions as members;
use crate::groups::model::Shared;
use crate::ids::{ChannelId, ConcernId, Member, MessageId, UserId};
use crate::outbox;
use crate::refusal::{Refusal, Stop};
use crate::roster::Known;

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

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

/// The same for a responder who pressed, who is kept for the member as one who looked.
///
/// # Errors
/// As [`words_of`], and when it cannot be kept.
pub async fn shown_words(deps: &Deps, concern: &Concern) -> Result<Option<Zeroizing<String>>, Stop> {
    let words = words_of(deps, concern).await?;
    if words.is_some() {
        members::kept::look(deps, concern.group, Shared::Words, [concern.member.user]).await?;
    }
    Ok(words)
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
        enqueue_call(&mut tx, &open, known, (turn.circle, false), (circles.channel, now)).await?;
    }
    if turn.state == State::Withdrawn {
        // Whoever was called may stand down.
        enqueue_call(&mut tx, &open, known, (open.circle, true), (circles.channel, now)).await?;
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
