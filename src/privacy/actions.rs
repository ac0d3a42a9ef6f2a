//! Looking at, copying, and forgetting what is kept about a member. Asks every slice for its part.

pub mod leaving;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::copy::{self, Copy};
use super::store as everywhere;
use crate::alumni;
use crate::checkins;
use crate::crisis;
use crate::database::Database;
use crate::deps::Deps;
use crate::groups::part::{Part, instant};
use crate::groups::store::Forgotten;
use crate::groups::store::looks::Look;
use crate::groups::{
    self,
    model::{Consents, Settings},
};
use crate::ids::{GroupId, Member};
use crate::outbox;
use crate::recovery;
use crate::refusal::Stop;
use crate::sessions;
use crate::sessions::model::FeedOf;
use crate::sessions::model::attending::KeptOf;

/// Letters and digits of a receipt: none that is mistaken for another on paper or by ear.
const RECEIPT_LETTERS: &[u8; 24] = b"ABCDEFGHJKMNPQRTUVWXY346";
/// Letters in a receipt.
const RECEIPT_LENGTH: usize = 8;

/// What is kept about a member, as counts and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The groups they belong to here, by name.
    pub groups: Vec<String>,
    /// How many check-in answers.
    pub answers: i64,
    /// Since when.
    pub answers_since: Option<DateTime<Utc>>,
    /// How many days each answer is kept.
    pub answers_days: u32,
    /// Whether choices about their check-ins are kept (what is asked, what helps them).
    pub checkin_wishes: bool,
    /// Whether they are asked by direct message at their own hour.
    pub asked_directly: bool,
    /// What is kept about their sessions: answers, attendance, reminders, notes.
    pub sessions: KeptOf,
    /// Their own tools.
    pub recovery: recovery::actions::Kept,
    /// Since when a calendar program can read their sessions at an address of theirs.
    pub feed_since: Option<DateTime<Utc>>,
    /// How many things they shared stand.
    pub shares: i64,
    /// On how many days they marked a home practice.
    pub practice_days: i64,
    /// Whether they are counted in their group's weather; none when they were not asked.
    pub counted: Option<bool>,
    /// What they wished for when they go quiet, by group.
    pub quiet: Vec<checkins::model::Quiet>,
    /// What they set for themselves: zone, quiet hours, being away.
    pub settings: Settings,
    /// How many concerns about them, their own calls for a person included.
    pub concerns: i64,
    /// How many stretches of hours they are on call.
    pub duties: i64,
    /// The groups they belong to that tell their responders when words worry, and whether of them.
    pub tells: Vec<(GroupId, String, bool)>,
    /// What is kept on the way down the steps and after it: questions, and touches they agreed to.
    pub alumni: alumni::actions::KeptOf,
    /// The step they are on, by group.
    pub steps: Vec<(String, String)>,
    /// What they agreed to.
    pub consents: Consents,
    /// Who looked at what they shared, the latest first; one more than is shown.
    pub looks: Vec<Look>,
    /// Everything else that is kept: what it is, how many, and for how many days each.
    pub others: Vec<(&'static str, usize, Option<u32>)>,
    /// How long what is kept waits for somebody who leaves the server, in days.
    pub grace_days: u32,
}

/// Most looks at what somebody shared that the card shows; the rest is in their copy.
pub const LOOKS_SHOWN: i64 = 5;

/// Parts that the card shows in words of its own.
const SHOWN: &[&str] = &[
    "looks",
    "asking_for_others",
    "caring_notes",
    "caring_wish",
    "caring_sent",
    "steps",
    "step_questions",
    "touches",
    "touch_answers",
    "alumni_listing",
    "mentoring",
    "memberships",
    "decisions",
    "settings",
    "checkin_answers",
    "checkin_wishes",
    "checkin_direct",
    "shares",
    "weather",
    "reach_out",
    "session_answers",
    "attendance",
    "session_reminders",
    "missed_note_decisions",
    "missed_notes",
    "calendar_address",
    "practice",
    "own_sheets",
    "own_reminders",
    "buddy",
];

/// Counts what is kept about a member.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(deps: &Deps, member: Member) -> Result<Kept, Stop> {
    let (mut names, mut tells, mut steps) = (Vec::new(), Vec::new(), Vec::new());
    for group in groups::actions::joined(deps, member).await? {
        let name = groups::actions::find(deps, group).await?.name;
        if deps.roster.care().tells(group) {
            let told = deps.roster.care().told(member.user, group) == Some(true);
            tells.push((group, name.clone(), told));
        }
        if let Some(step) = groups::store::steps::of_member(deps.database.read(), group, member.user).await? {
            steps.push((name.clone(), step.name));
        }
        names.push(name);
    }
    let (answers, answers_since) = checkins::store::count(deps.database.read(), member).await?;
    // Whatever cannot be read, somebody can look, and be forgotten.
    let parts = parts(deps, member).await.unwrap_or_else(|stop| {
        if let Stop::Fault(error) = stop {
            tracing::error!(error = format!("{error:#}"), "not everything that is kept of somebody can be read");
        }
        Vec::new()
    });
    let others = parts.into_iter().filter(|part| !SHOWN.contains(&part.name));
    let others = others.filter(|part| !part.rows.is_empty()).map(|part| (part.title, part.rows.len(), part.days));
    Ok(Kept {
        groups: names,
        answers,
        answers_since,
        answers_days: deps.config.retention.answers,
        checkin_wishes: checkins::store::wishes(deps.database.read(), member).await?.is_some(),
        asked_directly: checkins::store::prompts::count(deps.database.read(), member).await? > 0,
        sessions: sessions::actions::attending::count(deps, member).await?,
        recovery: recovery::actions::kept(deps, member).await?,
        feed_since: sessions::store::feeds::since(deps.database.read(), FeedOf::Member(member)).await?,
        shares: checkins::store::sharing::count(deps.database.read(), member).await?,
        practice_days: sessions::practice::store::count(deps.database.read(), member).await?,
        counted: checkins::actions::weather::counted(deps, member).await?,
        quiet: checkins::store::silence::of_member(deps.database.read(), member).await?,
        settings: groups::actions::settings::settings(deps, member).await?,
        concerns: crisis::store::count_of(deps.database.read(), member).await?,
        duties: crisis::store::duties_of(deps.database.read(), member).await?,
        tells,
        alumni: alumni::actions::count(deps, member).await?,
        steps,
        consents: groups::actions::consents(deps, member).await?,
        looks: groups::actions::kept::looks(deps, member, LOOKS_SHOWN + 1).await?,
        others: others.collect(),
        grace_days: deps.config.retention.grace,
    })
}

/// Everything that is kept about a member, opened, in parts; each slice gives its own.
///
/// # Errors
/// When a database cannot be read, or a value does not open.
pub async fn parts(deps: &Deps, member: Member) -> Result<Vec<Part>, Stop> {
    let mut parts = groups::actions::kept::export(deps, member).await?;
    parts.extend(sessions::actions::kept::export(deps, member).await?);
    parts.extend(checkins::actions::kept::export(deps, member).await?);
    parts.extend(crisis::kept::export(deps, member).await?);
    parts.extend(recovery::actions::kept::export(deps, member).await?);
    parts.extend(alumni::actions::kept::export(deps, member).await?);
    parts.push(delivered(deps, member).await?);
    Ok(parts)
}

async fn delivered(deps: &Deps, member: Member) -> Result<Part, Stop> {
    let mut part =
        Part::new("direct_messages", "Direct messages to you", "So that each is sent once, and none is lost.")
            .for_days(deps.config.retention.deliveries);
    for sent in outbox::store::list_direct(deps.database.read(), member.guild, member.user).await? {
        part.push(json!({
            "kind": sent.kind, "due_at": instant(sent.due_at), "state": sent.state.word(),
            "settled_at": sent.settled_at.map(instant),
        }));
    }
    Ok(part)
}

/// The copy a member is given: everything that is kept about them, as files in memory.
///
/// # Errors
/// Refused when it is larger than can be sent; as [`parts`].
pub async fn copy(deps: &Deps, member: Member) -> Result<Copy, Stop> {
    let parts = parts(deps, member).await?;
    let now = deps.clock.now();
    // Packing a long life takes a while; others are answered meanwhile.
    tokio::task::spawn_blocking(move || copy::pack(&parts, now, copy::UPLOAD_LIMIT)).await?
}

/// Why somebody is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// They asked for it.
    Asked,
    /// They left the server, and did not come back.
    Gone,
}

/// Forgets a member: first the key, so that nothing sealed can ever be read again, then every row, then
/// what memory holds, then what the write-ahead logs still hold of it all. Gives the receipt.
///
/// # Errors
/// When a database cannot be written; doing it again finishes what is left.
pub async fn forget(deps: &Deps, member: Member) -> Result<String, Stop> {
    Ok(forget_as(deps, member, Why::Asked).await?)
}

async fn forget_as(deps: &Deps, member: Member, why: Why) -> anyhow::Result<String> {
    let at = deps.clock.now();
    let receipt = receipt(member, at);
    // The data file is locked first, so that nothing is sealed with a fresh key in between.
    let mut tx = deps.database.write().await?;
    let mut keys = deps.database.write_keys().await?;
    groups::store::destroy_key(&mut keys, member).await?;
    let given = (why == Why::Asked).then(|| receipt.clone());
    groups::store::keep_forgotten(&mut keys, &Forgotten { member, at, receipt: given }).await?;
    keys.commit().await?;
    deps.vault.forget(member.user.snowflake());
    // Whoever they are matched with reads one kind line; after the rows are gone nobody could be told.
    alumni::mentors::actions::end_all(&mut tx, member, deps.clock.now()).await?;
    forget_rows(&mut tx, member, DateTime::<Utc>::MAX_UTC).await?;
    forget_rest(&mut tx, member).await?;
    let missed = everywhere::sweep(&mut tx, member).await?;
    tx.commit().await?;
    if !missed.is_empty() {
        tracing::warn!(tables = missed.join(", "), "rows of somebody who was forgotten were removed by the net alone");
    }
    deps.roster.forget(member);
    deps.database.fold().await;
    // Somebody may have been reading, and a place of theirs may be free for the next: the planner looks.
    deps.planner.ring();
    Ok(receipt)
}

/// What proves that somebody was forgotten at that moment: short enough to be read out, and nothing can be learnt
/// from it.
fn receipt(member: Member, at: DateTime<Utc>) -> String {
    let mut hash = Sha256::new_with_prefix(b"daymark receipt v1");
    for number in [member.guild.raw(), member.user.raw(), at.timestamp()] {
        hash.update(number.to_be_bytes());
    }
    let letters: Vec<char> = hash
        .finalize()
        .iter()
        .take(RECEIPT_LENGTH)
        .map(|byte| char::from(RECEIPT_LETTERS[usize::from(*byte) % RECEIPT_LETTERS.len()]))
        .collect();
    let (first, second) = letters.split_at(RECEIPT_LENGTH / 2);
    format!("{}-{}", first.iter().collect::<String>(), second.iter().collect::<String>())
}

/// Removes what a member had left in the tables of every slice by then.
async fn forget_rows(
    tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    member: Member,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    checkins::actions::forget(tx, member, until).await?;
    sessions::actions::attending::forget(tx, member, until).await?;
    recovery::actions::forget(tx, member, until).await?;
    sessions::practice::store::forget(tx, member, until).await?;
    groups::store::forget(tx, member, until).await?;
    crisis::actions::forget(tx, member, until).await?;
    alumni::actions::forget(tx, member, until).await?;
    sessions::actions::forget(tx, member, until).await?;
    outbox::store::forget_direct(tx, member.guild, member.user, until).await?;
    Ok(())
}

/// Removes what a member had left that does not say since when: only where they did not come back since.
async fn forget_rest(tx: &mut sqlx::Transaction<'static, sqlx::Sqlite>, member: Member) -> sqlx::Result<()> {
    checkins::actions::forget_rest(tx, member).await?;
    sessions::actions::forget_rest(tx, member).await?;
    groups::store::settings::forget(tx, member).await?;
    Ok(())
}

/// Forgets again whoever was forgotten: a restored backup may have brought them back. What is newer than their
/// wish is theirs and stays.
///
/// # Errors
/// When a database cannot be written; nothing of it is half done then.
pub async fn forget_again(database: &Database) -> anyhow::Result<()> {
    let forgotten = groups::store::forgotten(database.read_keys()).await?;
    if forgotten.is_empty() {
        return Ok(());
    }
    let mut keys = database.write_keys().await?;
    groups::store::destroy_forgotten_keys(&mut keys).await?;
    keys.commit().await?;
    let mut tx = database.write().await?;
    for Forgotten { member, at, .. } in forgotten {
        forget_rows(&mut tx, member, at).await?;
        if groups::store::joined_in(&mut tx, member).await?.is_empty() {
            forget_rest(&mut tx, member).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Who was forgotten, to be carried over when the keys are put back from a backup.
///
/// # Errors
/// When the keys cannot be read.
pub async fn forgotten(database: &Database) -> anyhow::Result<Vec<Forgotten>> {
    Ok(groups::store::forgotten(database.read_keys()).await?)
}

/// Keeps that these were forgotten, and forgets them again.
///
/// # Errors
/// As [`forget_again`].
pub async fn carry_over(database: &Database, forgotten: &[Forgotten]) -> anyhow::Result<()> {
    let mut keys = database.write_keys().await?;
    for one in forgotten {
        groups::store::keep_forgotten(&mut keys, one).await?;
    }
    keys.commit().await?;
    forget_again(database).await
}

/// Erases what was kept long enough, in small batches, once a day: answers, calls for a person, deliveries,
/// changes, and everything of people and guilds whose time of grace is over; `started` is when this program did.
///
/// # Errors
/// When a database cannot be written; the next time goes on with what is left.
pub async fn prune(deps: &Deps, started: DateTime<Utc>, now: DateTime<Utc>) -> anyhow::Result<()> {
    let kept = deps.config.retention;
    let before = |days: u32| now - TimeDelta::days(i64::from(days));
    leaving::end_grace(deps, started, now).await?;
    checkins::actions::kept::prune(deps, before(kept.answers)).await?;
    loop {
        let mut tx = deps.database.write().await?;
        let mut removed = outbox::store::prune(&mut tx, before(kept.deliveries)).await?;
        removed += outbox::store::prune_concerns(&mut tx, before(kept.concerns)).await?;
        removed += groups::store::changes::prune(&mut tx, before(kept.changes)).await?;
        removed += groups::actions::kept::prune_looks(&mut tx, now).await?;
        tx.commit().await?;
        if removed == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{GuildId, UserId};

    #[test]
    fn a_receipt_names_one_forgetting_and_no_person() {
        let member = Member { guild: GuildId::new(10), user: UserId::new(40) };
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let code = receipt(member, at);
        assert_eq!((code.len(), receipt(member, at)), (9, code.clone()));
        assert_ne!(receipt(member, at + TimeDelta::seconds(1)), code);
        assert_ne!(receipt(Member { user: UserId::new(41), ..member }, at), code);
        assert!(code.bytes().all(|letter| letter == b'-' || RECEIPT_LETTERS.contains(&letter)), "{code}");
    }
}
