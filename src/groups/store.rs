//! How groups, memberships and consents are kept. No decisions here.

pub mod care;
pub mod changes;
pub mod departures;
pub mod kept;
pub mod looks;
pub mod settings;
pub mod steps;

pub use changes::{Change, record};

use chrono::{DateTime, NaiveTime, Utc};
use sqlx::{FromRow, Sqlite, SqlitePool, Transaction};

use super::model::{Checkin, Consents, Group, Purpose, Source, Standing, Wanted};
use crate::calendar::{Weekdays, Zone};
use crate::ids::{ChannelId, GroupId, GuildId, Member, RoleId, UserId};

type Tx<'a> = Transaction<'a, Sqlite>;

const ALL: &str = "SELECT id, guild_id, name, zone, channel_id, country, facilitator_role_id, \
    facilitator_channel_id, noticing, checkin_at, checkin_days, checkin_next_at, source FROM support_group ORDER BY id";
const ONE: &str = "SELECT id, guild_id, name, zone, channel_id, country, facilitator_role_id, \
    facilitator_channel_id, noticing, checkin_at, checkin_days, checkin_next_at, source FROM support_group WHERE id = ?";
const IN_GUILD: &str = "SELECT id, guild_id, name, zone, channel_id, country, facilitator_role_id, \
    facilitator_channel_id, noticing, checkin_at, checkin_days, checkin_next_at, source FROM support_group \
    WHERE guild_id = ? ORDER BY id";
const SERVED: &str = "SELECT id, guild_id, name, zone, channel_id, country, facilitator_role_id, \
    facilitator_channel_id, noticing, checkin_at, checkin_days, checkin_next_at, source FROM support_group \
    WHERE guild_id IN (SELECT id FROM guild WHERE left_at IS NULL) ORDER BY id";
const CHECKIN_DUE: &str = "SELECT id, guild_id, name, zone, channel_id, country, facilitator_role_id, \
    facilitator_channel_id, noticing, checkin_at, checkin_days, checkin_next_at, source FROM support_group \
    WHERE checkin_next_at IS NOT NULL AND checkin_next_at <= ? ORDER BY checkin_next_at LIMIT ?";
const CHECKIN_NEXT: &str = "SELECT MIN(checkin_next_at) FROM support_group WHERE checkin_next_at IS NOT NULL";
const SET_CHECKIN_NEXT: &str = "UPDATE support_group SET checkin_next_at = ? WHERE id = ?";
const KNOW_GUILD: &str = "INSERT INTO guild (id, joined_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING";
const ENTER_GUILD: &str =
    "INSERT INTO guild (id, joined_at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET left_at = NULL";
const LEAVE_GUILD: &str = "UPDATE guild SET left_at = ? WHERE id = ? AND left_at IS NULL";
const UPSERT: &str = "INSERT INTO support_group (guild_id, name, zone, channel_id, country, facilitator_role_id, \
    facilitator_channel_id, noticing, checkin_at, checkin_days, checkin_next_at, source, created_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (guild_id, name) DO UPDATE SET name = excluded.name, zone = excluded.zone, channel_id = excluded.channel_id, \
    country = excluded.country, facilitator_role_id = excluded.facilitator_role_id, \
    facilitator_channel_id = excluded.facilitator_channel_id, noticing = excluded.noticing, \
    checkin_at = excluded.checkin_at, checkin_days = excluded.checkin_days, \
    checkin_next_at = excluded.checkin_next_at, source = excluded.source RETURNING id";
const JOIN: &str = "INSERT INTO membership (group_id, user_id, joined_at) VALUES (?, ?, ?) \
    ON CONFLICT (group_id, user_id) DO UPDATE SET joined_at = excluded.joined_at, left_at = NULL WHERE left_at IS NOT NULL";
const LEAVE: &str = "UPDATE membership SET left_at = ? WHERE group_id = ? AND user_id = ? AND left_at IS NULL";
const LEAVE_ALL: &str = "UPDATE membership SET left_at = ? WHERE user_id = ? AND left_at IS NULL \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?)";
const STANDING: &str = "SELECT left_at FROM membership WHERE group_id = ? AND user_id = ?";
const JOINED: &str = "SELECT m.group_id FROM membership m JOIN support_group g ON g.id = m.group_id \
    WHERE g.guild_id = ? AND m.user_id = ? AND m.left_at IS NULL ORDER BY m.group_id";
const ALL_MEMBERSHIPS: &str = "SELECT group_id, user_id FROM membership WHERE left_at IS NULL";
const CONSENTS: &str =
    "SELECT purpose, given FROM consent WHERE guild_id = ? AND user_id = ? AND (text_version = ? OR given = 0)";
const AGREED: &str = "SELECT EXISTS (SELECT 1 FROM membership WHERE group_id = ? AND user_id = ? AND left_at IS NULL) \
    AND EXISTS (SELECT 1 FROM consent WHERE guild_id = ? AND user_id = ? AND purpose = ? AND given = 1 AND text_version = ?)";
const DECIDE: &str = "INSERT INTO consent (guild_id, user_id, purpose, given, text_version, decided_at) VALUES (?, ?, ?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id, purpose) DO UPDATE SET given = excluded.given, text_version = excluded.text_version, \
    decided_at = excluded.decided_at";
const ALL_CONSENTS: &str = "SELECT guild_id, user_id, purpose, given FROM consent WHERE text_version = ? OR given = 0";
const FORGET_CONSENTS: &str = "DELETE FROM consent WHERE guild_id = ? AND user_id = ? AND decided_at <= ?";
const WITHDRAW_ALL: &str =
    "DELETE FROM consent WHERE guild_id = ? AND user_id = ? AND NOT (purpose = 'noticing' AND given = 0)";
const FORGET_MEMBERSHIPS: &str = "DELETE FROM membership WHERE user_id = ? AND joined_at <= ? \
    AND group_id IN (SELECT id FROM support_group WHERE guild_id = ?)";
const KEY: &str = "SELECT wrapped FROM member_key WHERE guild_id = ? AND user_id = ?";
const KEEP_KEY: &str = "INSERT INTO member_key (guild_id, user_id, wrapped, created_at) VALUES (?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id) DO NOTHING";
const DESTROY_KEY: &str = "DELETE FROM member_key WHERE guild_id = ? AND user_id = ?";
const KEEP_FORGOTTEN: &str = "INSERT INTO forgotten (guild_id, user_id, at, receipt) VALUES (?, ?, ?, ?) \
    ON CONFLICT (guild_id, user_id) DO UPDATE SET at = max(at, excluded.at), receipt = COALESCE(excluded.receipt, receipt)";
const FORGOTTEN: &str = "SELECT guild_id, user_id, at, receipt FROM forgotten ORDER BY at";
const DESTROY_GUILD_KEYS: &str = "DELETE FROM member_key WHERE guild_id = ?";
const WRAPPED: &str = "SELECT guild_id, user_id, wrapped FROM member_key ORDER BY guild_id, user_id";
const REWRAP: &str = "UPDATE member_key SET wrapped = ? WHERE guild_id = ? AND user_id = ?";
const CHANGE_FINGERPRINT: &str = "UPDATE installation SET fingerprint = ? WHERE one = 1";
const DESTROY_FORGOTTEN_KEYS: &str = "DELETE FROM member_key WHERE EXISTS (SELECT 1 FROM forgotten f \
    WHERE f.guild_id = member_key.guild_id AND f.user_id = member_key.user_id AND member_key.created_at <= f.at)";
const FINGERPRINT: &str = "SELECT fingerprint FROM installation WHERE one = 1";
const KEEP_FINGERPRINT: &str = "INSERT INTO installation (one, fingerprint) VALUES (1, ?)";

/// Every statement of this file on the data file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[
    ALL,
    ONE,
    IN_GUILD,
    SERVED,
    CHECKIN_DUE,
    CHECKIN_NEXT,
    SET_CHECKIN_NEXT,
    KNOW_GUILD,
    ENTER_GUILD,
    LEAVE_GUILD,
    UPSERT,
    JOIN,
    LEAVE,
    LEAVE_ALL,
    STANDING,
    JOINED,
    ALL_MEMBERSHIPS,
    CONSENTS,
    AGREED,
    DECIDE,
    ALL_CONSENTS,
    FORGET_CONSENTS,
    WITHDRAW_ALL,
    FORGET_MEMBERSHIPS,
];
/// Every statement of this file on `keys.db`.
pub const KEY_STATEMENTS: &[&str] = &[
    KEY,
    KEEP_KEY,
    DESTROY_KEY,
    KEEP_FORGOTTEN,
    FORGOTTEN,
    DESTROY_FORGOTTEN_KEYS,
    DESTROY_GUILD_KEYS,
    WRAPPED,
    REWRAP,
    CHANGE_FINGERPRINT,
    FINGERPRINT,
    KEEP_FINGERPRINT,
];

/// A row that this binary cannot read; the database was changed by something else.
#[derive(Debug, thiserror::Error)]
#[error("group {group} has a {column} that cannot be read")]
pub struct BadRow {
    /// The group.
    pub group: GroupId,
    column: &'static str,
}

#[derive(FromRow)]
struct Row {
    id: GroupId,
    guild_id: GuildId,
    name: String,
    zone: String,
    channel_id: ChannelId,
    country: String,
    facilitator_role_id: Option<RoleId>,
    facilitator_channel_id: Option<ChannelId>,
    noticing: bool,
    checkin_at: Option<String>,
    checkin_days: String,
    checkin_next_at: Option<i64>,
    source: Source,
}

impl Row {
    fn read(self) -> Result<Group, BadRow> {
        let bad = |column| BadRow { group: self.id, column };
        let checkin = match self.checkin_at {
            None => None,
            Some(at) => Some(Checkin {
                at: NaiveTime::parse_from_str(&at, "%H:%M").map_err(|_| bad("checkin_at"))?,
                days: self.checkin_days.parse::<Weekdays>().map_err(|_| bad("checkin_days"))?,
                next_at: self.checkin_next_at.and_then(|at| DateTime::from_timestamp(at, 0)),
            }),
        };
        Ok(Group {
            id: self.id,
            guild: self.guild_id,
            name: self.name,
            zone: Zone::from_stored(&self.zone).map_err(|_| bad("zone"))?,
            channel: self.channel_id,
            country: self.country,
            facilitator_role: self.facilitator_role_id,
            facilitator_channel: self.facilitator_channel_id,
            noticing: self.noticing,
            checkin,
            source: self.source,
        })
    }
}

/// The rows that can be read. One that cannot is told and left out, so that it stops no other group.
fn readable(rows: Vec<Row>) -> Vec<Group> {
    let (groups, bad) = sorted(rows);
    for row in bad {
        tracing::error!(group = %row.group, error = %row, "a group is left out until its row is mended");
    }
    groups
}

fn sorted(rows: Vec<Row>) -> (Vec<Group>, Vec<BadRow>) {
    let (mut groups, mut bad) = (Vec::new(), Vec::new());
    for row in rows {
        match row.read() {
            Ok(group) => groups.push(group),
            Err(error) => bad.push(error),
        }
    }
    (groups, bad)
}

/// All groups that can be read.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(pool: &SqlitePool) -> anyhow::Result<Vec<Group>> {
    Ok(readable(sqlx::query_as(ALL).fetch_all(pool).await?))
}

/// The groups of guilds that the bot is in.
///
/// # Errors
/// As [`all`].
pub async fn served(pool: &SqlitePool) -> anyhow::Result<Vec<Group>> {
    Ok(readable(sqlx::query_as(SERVED).fetch_all(pool).await?))
}

/// One group.
///
/// # Errors
/// When the database cannot be read, or the row is not ours.
pub async fn find(pool: &SqlitePool, group: GroupId) -> anyhow::Result<Option<Group>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(group).fetch_optional(pool).await?;
    Ok(row.map(Row::read).transpose()?)
}

/// One group, as it stands inside a write transaction.
///
/// # Errors
/// As [`all`].
pub async fn find_in(tx: &mut Tx<'_>, group: GroupId) -> anyhow::Result<Option<Group>> {
    let row: Option<Row> = sqlx::query_as(ONE).bind(group).fetch_optional(&mut **tx).await?;
    Ok(row.map(Row::read).transpose()?)
}

/// The groups of a guild, oldest first.
///
/// # Errors
/// As [`all`].
pub async fn in_guild(pool: &SqlitePool, guild: GuildId) -> anyhow::Result<Vec<Group>> {
    Ok(readable(sqlx::query_as(IN_GUILD).bind(guild).fetch_all(pool).await?))
}

/// Groups whose prompt is due, up to `limit` in all, earliest first, and those that cannot be read.
///
/// # Errors
/// As [`all`].
pub async fn checkin_due(tx: &mut Tx<'_>, now: DateTime<Utc>, limit: u32) -> sqlx::Result<(Vec<Group>, Vec<BadRow>)> {
    Ok(sorted(sqlx::query_as(CHECKIN_DUE).bind(now.timestamp()).bind(limit).fetch_all(&mut **tx).await?))
}

/// When the next prompt of any group is due.
///
/// # Errors
/// When the database cannot be read.
pub async fn checkin_next(pool: &SqlitePool) -> sqlx::Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = sqlx::query_scalar(CHECKIN_NEXT).fetch_one(pool).await?;
    Ok(at.and_then(|at| DateTime::from_timestamp(at, 0)))
}

/// Keeps when a group's next prompt is due.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_checkin_next(tx: &mut Tx<'_>, group: GroupId, at: Option<DateTime<Utc>>) -> sqlx::Result<()> {
    sqlx::query(SET_CHECKIN_NEXT).bind(at.map(|at| at.timestamp())).bind(group).execute(&mut **tx).await?;
    Ok(())
}

/// The bot is in this guild (again).
///
/// # Errors
/// When the database cannot be written.
pub async fn enter_guild(tx: &mut Tx<'_>, guild: GuildId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(ENTER_GUILD).bind(guild).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that the bot is in a guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn know_guild(tx: &mut Tx<'_>, guild: GuildId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(KNOW_GUILD).bind(guild).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that the bot was removed from a guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave_guild(tx: &mut Tx<'_>, guild: GuildId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(LEAVE_GUILD).bind(now.timestamp()).bind(guild).execute(&mut **tx).await?;
    Ok(())
}

/// Makes the wanted group, or brings the one of that name in that guild to it.
///
/// # Errors
/// When the database cannot be written.
pub async fn upsert(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    checkin_next_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> sqlx::Result<GroupId> {
    sqlx::query_scalar(UPSERT)
        .bind(wanted.guild)
        .bind(&wanted.name)
        .bind(wanted.zone.name())
        .bind(wanted.channel)
        .bind(&wanted.country)
        .bind(wanted.facilitator_role)
        .bind(wanted.facilitator_channel)
        .bind(wanted.noticing)
        .bind(wanted.checkin.as_ref().map(|(at, _)| at.format("%H:%M").to_string()))
        .bind(wanted.checkin.as_ref().map_or(Weekdays::ALL, |(_, days)| *days).to_string())
        .bind(checkin_next_at.map(|at| at.timestamp()))
        .bind(wanted.source)
        .bind(now.timestamp())
        .fetch_one(&mut **tx)
        .await
}

/// Keeps that a member belongs to a group.
///
/// # Errors
/// When the database cannot be written.
pub async fn join(tx: &mut Tx<'_>, group: GroupId, user: UserId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(JOIN).bind(group).bind(user).bind(now.timestamp()).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that a member left a group.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave(tx: &mut Tx<'_>, group: GroupId, user: UserId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(LEAVE).bind(now.timestamp()).bind(group).bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps that a member left every group of a guild.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave_all(tx: &mut Tx<'_>, member: Member, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(LEAVE_ALL).bind(now.timestamp()).bind(member.user).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}

/// Whether a person belongs to a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn standing(pool: &SqlitePool, group: GroupId, user: UserId) -> sqlx::Result<Standing> {
    let row: Option<Option<i64>> = sqlx::query_scalar(STANDING).bind(group).bind(user).fetch_optional(pool).await?;
    Ok(match row {
        None => Standing::Stranger,
        Some(None) => Standing::Joined,
        Some(Some(_)) => Standing::Left,
    })
}

/// The groups of the guild that a member belongs to.
///
/// # Errors
/// When the database cannot be read.
pub async fn joined(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<GroupId>> {
    sqlx::query_scalar(JOINED).bind(member.guild).bind(member.user).fetch_all(pool).await
}

/// The groups of the guild that a member belongs to, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn joined_in(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<Vec<GroupId>> {
    sqlx::query_scalar(JOINED).bind(member.guild).bind(member.user).fetch_all(&mut **tx).await
}

/// What a member decided: a yes counts with the words of `version` only, a no for ever.
///
/// # Errors
/// When the database cannot be read.
pub async fn consents(pool: &SqlitePool, member: Member, version: i64) -> sqlx::Result<Consents> {
    let rows: Vec<(Purpose, bool)> =
        sqlx::query_as(CONSENTS).bind(member.guild).bind(member.user).bind(version).fetch_all(pool).await?;
    let mut consents = Consents::default();
    for (purpose, given) in rows {
        consents.set(purpose, given);
    }
    Ok(consents)
}

/// Who belongs to which group.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_memberships(pool: &SqlitePool) -> sqlx::Result<Vec<(GroupId, UserId)>> {
    sqlx::query_as(ALL_MEMBERSHIPS).fetch_all(pool).await
}

/// Whether a member belongs to a group and agreed to a purpose, as it stands inside a write transaction.
///
/// # Errors
/// When the database cannot be read.
pub async fn agreed_in(
    tx: &mut Tx<'_>,
    member: Member,
    group: GroupId,
    purpose: Purpose,
    version: i64,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(AGREED)
        .bind(group)
        .bind(member.user)
        .bind(member.guild)
        .bind(member.user)
        .bind(purpose)
        .bind(version)
        .fetch_one(&mut **tx)
        .await
}

/// Every decision that counts, as [`consents`] says.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_consents(pool: &SqlitePool, version: i64) -> sqlx::Result<Vec<(Member, Purpose, bool)>> {
    let rows: Vec<(GuildId, UserId, Purpose, bool)> =
        sqlx::query_as(ALL_CONSENTS).bind(version).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(guild, user, purpose, given)| (Member { guild, user }, purpose, given)).collect())
}

/// Keeps a decision.
///
/// # Errors
/// When the database cannot be written.
pub async fn decide(
    tx: &mut Tx<'_>,
    member: Member,
    purpose: Purpose,
    given: bool,
    version: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(DECIDE)
        .bind(member.guild)
        .bind(member.user)
        .bind(purpose)
        .bind(given)
        .bind(version)
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Withdraws what a leaving member agreed to; that their words are not to be noticed stays.
///
/// # Errors
/// When the database cannot be written.
pub async fn withdraw_all(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(WITHDRAW_ALL).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    Ok(())
}

/// Removes every trace of a member up to then from the tables of this slice; the key is another file's.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, member: Member, until: DateTime<Utc>) -> sqlx::Result<()> {
    changes::forget_actor(tx, member, until).await?;
    departures::drop_one(tx, member).await?;
    care::forget_told(tx, member, until).await?;
    steps::forget(tx, member, until).await?;
    looks::forget(tx, member, until).await?;
    let until = until.timestamp();
    sqlx::query(FORGET_CONSENTS).bind(member.guild).bind(member.user).bind(until).execute(&mut **tx).await?;
    sqlx::query(FORGET_MEMBERSHIPS).bind(member.user).bind(until).bind(member.guild).execute(&mut **tx).await?;
    Ok(())
}

/// A member's wrapped key.
///
/// # Errors
/// When `keys.db` cannot be read.
pub async fn key(keys: &SqlitePool, member: Member) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar(KEY).bind(member.guild).bind(member.user).fetch_optional(keys).await
}

/// Keeps a member's wrapped key unless there is one, and gives the one that is kept.
///
/// # Errors
/// When `keys.db` cannot be written.
pub async fn keep_key(tx: &mut Tx<'_>, member: Member, wrapped: &[u8], now: DateTime<Utc>) -> sqlx::Result<Vec<u8>> {
    sqlx::query(KEEP_KEY)
        .bind(member.guild)
        .bind(member.user)
        .bind(wrapped)
        .bind(now.timestamp())
        .execute(&mut **tx)
        .await?;
    sqlx::query_scalar(KEY).bind(member.guild).bind(member.user).fetch_one(&mut **tx).await
}

/// Destroys a member's key; what was sealed with it can be read by nobody any more.
///
/// # Errors
/// When `keys.db` cannot be written.
pub async fn destroy_key(tx: &mut Tx<'_>, member: Member) -> sqlx::Result<()> {
    sqlx::query(DESTROY_KEY).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    Ok(())
}

/// Somebody who was forgotten, and what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Who, and where.
    pub member: Member,
    /// When they were last forgotten.
    pub at: DateTime<Utc>,
    /// The code they were given then; none when nobody was there to be given one.
    pub receipt: Option<String>,
}

/// Keeps that a member was forgotten then, so that a restored backup does not bring them back; the latest counts.
///
/// # Errors
/// As [`destroy_key`].
pub async fn keep_forgotten(tx: &mut Tx<'_>, forgotten: &Forgotten) -> sqlx::Result<()> {
    sqlx::query(KEEP_FORGOTTEN)
        .bind(forgotten.member.guild)
        .bind(forgotten.member.user)
        .bind(forgotten.at.timestamp())
        .bind(&forgotten.receipt)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Who was forgotten, and when.
///
/// # Errors
/// When `keys.db` cannot be read.
pub async fn forgotten(keys: &SqlitePool) -> sqlx::Result<Vec<Forgotten>> {
    let rows: Vec<(GuildId, UserId, i64, Option<String>)> = sqlx::query_as(FORGOTTEN).fetch_all(keys).await?;
    let read = |(guild, user, at, receipt)| {
        Some(Forgotten { member: Member { guild, user }, at: DateTime::from_timestamp(at, 0)?, receipt })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Destroys the key of everybody in a guild.
///
/// # Errors
/// As [`destroy_key`].
pub async fn destroy_guild_keys(tx: &mut Tx<'_>, guild: GuildId) -> sqlx::Result<()> {
    sqlx::query(DESTROY_GUILD_KEYS).bind(guild).execute(&mut **tx).await?;
    Ok(())
}

/// Every member's wrapped key, inside a write transaction.
///
/// # Errors
/// When `keys.db` cannot be read.
pub async fn wrapped(tx: &mut Tx<'_>) -> sqlx::Result<Vec<(Member, Vec<u8>)>> {
    let rows: Vec<(GuildId, UserId, Vec<u8>)> = sqlx::query_as(WRAPPED).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|(guild, user, wrapped)| (Member { guild, user }, wrapped)).collect())
}

/// Keeps a member's key in another wrapping.
///
/// # Errors
/// When `keys.db` cannot be written.
pub async fn rewrap(tx: &mut Tx<'_>, member: Member, wrapped: &[u8]) -> sqlx::Result<()> {
    sqlx::query(REWRAP).bind(wrapped).bind(member.guild).bind(member.user).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps the fingerprint of another operator's key in place of the one before.
///
/// # Errors
/// When `keys.db` cannot be written.
pub async fn change_fingerprint(tx: &mut Tx<'_>, fingerprint: &str) -> sqlx::Result<()> {
    sqlx::query(CHANGE_FINGERPRINT).bind(fingerprint).execute(&mut **tx).await?;
    Ok(())
}

/// Destroys the keys that a restored backup brought back.
///
/// # Errors
/// As [`destroy_key`].
pub async fn destroy_forgotten_keys(tx: &mut Tx<'_>) -> sqlx::Result<u64> {
    Ok(sqlx::query(DESTROY_FORGOTTEN_KEYS).execute(&mut **tx).await?.rows_affected())
}

/// The fingerprint of the operator's key that this installation was begun with.
///
/// # Errors
/// When `keys.db` cannot be read.
pub async fn fingerprint(keys: &SqlitePool) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(FINGERPRINT).fetch_optional(keys).await
}

/// The same, in a transaction.
///
/// # Errors
/// As [`fingerprint`].
pub async fn fingerprint_in(tx: &mut Tx<'_>) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(FINGERPRINT).fetch_optional(&mut **tx).await
}

/// Keeps the fingerprint of the operator's key.
///
/// # Errors
/// When `keys.db` cannot be written.
pub async fn keep_fingerprint(tx: &mut Tx<'_>, fingerprint: &str) -> sqlx::Result<()> {
    sqlx::query(KEEP_FINGERPRINT).bind(fingerprint).execute(&mut **tx).await?;
    Ok(())
}
