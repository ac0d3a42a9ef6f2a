//! What people, or the start of the program, can make a group do.

pub mod care;
pub mod kept;
pub mod leaving;
pub mod reach;
pub mod settings;

use chrono::{DateTime, Utc};
use sqlx::SqlitePool;
use zeroize::Zeroizing;

use super::model::{CONSENT_TEXT, Checkin, Consents, GROUPS_PER_GUILD, Group, Purpose, Source, Standing, Wanted};
use super::store::{self, departures::THE_BOT};
use crate::calendar::{self, Weekdays};
use crate::config::{Config, DeclaredGroup};
use crate::database::Database;
use crate::deps::Deps;
use crate::ids::{GroupId, GuildId, Member, RoleId};
use crate::refusal::{Refusal, Stop};
use crate::roster::{Known, Wishes};
use crate::vault::{self, Holder, MasterKey, Place, Vault, VaultError};

/// Fills the memory that crisis answers rely on.
///
/// # Errors
/// When the database cannot be read.
pub async fn load_roster(deps: &Deps) -> anyhow::Result<()> {
    for group in store::served(deps.database.read()).await? {
        remember(deps, &group);
    }
    let mut wishes = std::collections::HashMap::<Member, Wishes>::new();
    for (member, purpose, given) in store::all_consents(deps.database.read(), CONSENT_TEXT).await? {
        let wish = wishes.entry(member).or_default();
        match purpose {
            Purpose::Checkins => {}
            Purpose::DirectMessages => wish.direct_messages = Some(given),
            Purpose::Noticing => wish.noticing = Some(given),
        }
    }
    for (member, wish) in wishes {
        deps.roster.wish(member, wish);
    }
    for (group, user) in store::all_memberships(deps.database.read()).await? {
        deps.roster.join(user, group);
    }
    care::load(deps).await
}

fn remember(deps: &Deps, group: &Group) {
    deps.roster.know(Known {
        group: group.id,
        guild: group.guild,
        name: group.name.clone(),
        channel: group.channel,
        facilitator_channel: group.facilitator_channel.unwrap_or(group.channel),
        facilitator_role: group.facilitator_role,
        country: group.country.clone(),
        noticing: group.noticing,
    });
}

/// Brings every group that the configuration declares to what it says. Doing it twice changes nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn apply_declared(deps: &Deps) -> Result<Vec<(Group, DeclaredGroup)>, Stop> {
    let mut applied = Vec::new();
    for declared in &deps.config.groups {
        // On which days was chosen on Discord; the file names only the hour.
        let days = store::in_guild(deps.database.read(), declared.guild)
            .await?
            .into_iter()
            .find(|group| group.name.to_lowercase() == declared.name.to_lowercase())
            .and_then(|group| group.checkin.map(|checkin| checkin.days))
            .unwrap_or(Weekdays::ALL);
        let wanted = Wanted {
            guild: declared.guild,
            name: declared.name.clone(),
            zone: declared.zone,
            channel: declared.channel,
            country: declared.country.clone(),
            facilitator_role: declared.facilitator_role,
            facilitator_channel: declared.facilitator_channel,
            noticing: declared.noticing,
            checkin: declared.checkin_at.map(|at| (at, days)),
            source: Source::File,
        };
        applied.push((set_up(deps, &wanted).await?, declared.clone()));
    }
    Ok(applied)
}

/// Makes a group or changes the one of that name.
///
/// # Errors
/// Refused when the guild has as many groups as fit, or the country has no helplines that we know.
pub async fn set_up(deps: &Deps, wanted: &Wanted) -> Result<Group, Stop> {
    let now = deps.clock.now();
    let known = store::in_guild(deps.database.read(), wanted.guild).await?;
    let before = known.iter().find(|group| group.name.to_lowercase() == wanted.name.to_lowercase());
    if before.is_none() && known.len() >= GROUPS_PER_GUILD {
        return Err(Refusal::new(
            "There is no room for another group in this server.",
            format!("{GROUPS_PER_GUILD} are the most."),
            "Run `/group setup` with the name of one that is there to change it.",
        )
        .into());
    }
    let next = wanted.checkin.and_then(|(at, days)| match before {
        // A prompt that fell due while we were away must still go out after a declared group is applied again.
        Some(group) if same_prompt(group, wanted) => group.checkin.as_ref().and_then(|checkin| checkin.next_at),
        Some(_) | None => next_prompt(now, at, days, wanted.zone),
    });
    let mut tx = deps.database.write().await?;
    store::know_guild(&mut tx, wanted.guild, now).await?;
    let id = store::upsert(&mut tx, wanted, next, now).await?;
    if let Some(after) = store::find_in(&mut tx, id).await? {
        let was = before.map_or(serde_json::Value::Null, kept::written);
        let (was, became) = kept::differing(&was, &kept::written(&after));
        if !became.is_null() {
            kept::record(deps, &mut tx, (id, "group.setup", None), was, became).await?;
        }
    }
    tx.commit().await?;
    let group = find(deps, id).await?;
    remember(deps, &group);
    deps.planner.ring();
    Ok(group)
}

fn same_prompt(group: &Group, wanted: &Wanted) -> bool {
    let before = group.checkin.as_ref().map(|checkin| (checkin.at, checkin.days));
    before == wanted.checkin && group.zone == wanted.zone
}

/// When a group is asked next, after `now`.
pub fn next_prompt(
    now: DateTime<Utc>,
    at: chrono::NaiveTime,
    days: Weekdays,
    zone: calendar::Zone,
) -> Option<DateTime<Utc>> {
    calendar::next_daily(now, at, days, zone).map(|moment| moment.starts_at)
}

/// The group of that number.
///
/// # Errors
/// Refused when it is gone.
pub async fn find(deps: &Deps, group: GroupId) -> Result<Group, Stop> {
    let found = store::find(deps.database.read(), group).await?;
    found.ok_or_else(|| {
        Refusal::new("That group is not here any more.", "", "`/group list` shows the ones that are.").into()
    })
}

/// The group a person means: the named one, or the only one of the guild.
///
/// # Errors
/// Refused when there is none, or several and none was named.
pub async fn choose(deps: &Deps, guild: Option<GuildId>, name: Option<&str>) -> Result<Group, Stop> {
    let Some(guild) = guild else {
        return Err(Refusal::new(
            "This works inside a server.",
            "Groups live in servers.",
            "Run it in your group's channel.",
        )
        .into());
    };
    let mut groups = store::in_guild(deps.database.read(), guild).await?;
    match name {
        Some(name) => groups
            .into_iter()
            .find(|group| group.name.to_lowercase() == name.trim().to_lowercase() || group.id.to_string() == name.trim())
            .ok_or_else(|| Refusal::new("No group has that name here.", "", "Pick one of the names that come up while you type.").into()),
        None if groups.len() == 1 => Ok(groups.remove(0)),
        None if groups.is_empty() => Err(Refusal::new(
            "There is no group in this server yet.",
            "",
            "A person who may manage the server starts one: `/group setup zone:America/New_York channel:#general country:US`",
        )
        .into()),
        None => Err(Refusal::new("This server has several groups.", "", "Say which one with the `group` option.").into()),
    }
}

/// Whether a person may change the group.
///
/// # Errors
/// Refused when they are neither a facilitator nor may manage the server.
pub fn require_facilitator(group: &Group, roles: &[RoleId], manages: bool) -> Result<(), Refusal> {
    let facilitates = group.facilitator_role.is_some_and(|role| roles.contains(&role));
    if facilitates || manages {
        return Ok(());
    }
    Err(Refusal::new("This is for the group's facilitators.", "", "Ask one of them; they can do it in a moment."))
}

/// Takes a person into a group.
///
/// # Errors
/// When the database cannot be written.
pub async fn join(deps: &Deps, member: Member, group: GroupId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::join(&mut tx, group, member.user, deps.clock.now()).await?;
    // Whoever joins a group is in its guild, whatever we missed.
    store::departures::drop_one(&mut tx, member).await?;
    tx.commit().await?;
    deps.roster.join(member.user, group);
    Ok(())
}

/// Takes a person out of a group. What they agreed to stays, unless it was their last group here: then
/// nothing more is agreed, and coming back is asked again.
///
/// # Errors
/// When the database cannot be written.
pub async fn leave(deps: &Deps, member: Member, group: GroupId) -> Result<(), Stop> {
    let now = deps.clock.now();
    let others = joined(deps, member).await?.into_iter().any(|other| other != group);
    let mut tx = deps.database.write().await?;
    store::leave(&mut tx, group, member.user, now).await?;
    store::steps::leave(&mut tx, group, member.user).await?;
    if !others {
        crate::outbox::store::cancel_direct(&mut tx, now, member.guild, member.user, "left").await?;
        store::withdraw_all(&mut tx, member).await?;
    }
    tx.commit().await?;
    deps.roster.leave(member.user, group);
    if !others {
        withdraw_wishes(deps, member);
    }
    // A place they had may be free for somebody now.
    deps.planner.ring();
    Ok(())
}

/// Forgets what was agreed to in memory; that words are not to be noticed stays, as in the table.
fn withdraw_wishes(deps: &Deps, member: Member) {
    let refused = deps.roster.wishes(member).noticing == Some(false);
    deps.roster.wish(member, Wishes { direct_messages: None, noticing: refused.then_some(false) });
}

/// The groups a member belongs to.
///
/// # Errors
/// When the database cannot be read.
pub async fn joined(deps: &Deps, member: Member) -> Result<Vec<GroupId>, Stop> {
    Ok(store::joined(deps.database.read(), member).await?)
}

/// Whether a person belongs to a group.
///
/// # Errors
/// When the database cannot be read.
pub async fn belongs(deps: &Deps, member: Member, group: GroupId) -> Result<bool, Stop> {
    Ok(store::standing(deps.database.read(), group, member.user).await? == Standing::Joined)
}

/// What a member decided, with the present words.
///
/// # Errors
/// When the database cannot be read.
pub async fn consents(deps: &Deps, member: Member) -> Result<Consents, Stop> {
    Ok(store::consents(deps.database.read(), member, CONSENT_TEXT).await?)
}

/// The groups of the guild somebody speaks in, oldest first; none in a direct message.
///
/// # Errors
/// When the database cannot be read.
pub async fn here(deps: &Deps, guild: Option<GuildId>) -> Result<Vec<Group>, Stop> {
    match guild {
        Some(guild) => Ok(store::in_guild(deps.database.read(), guild).await?),
        None => Ok(Vec::new()),
    }
}

/// Keeps a member's decision and acts on a no at once.
///
/// # Errors
/// When the database cannot be written.
pub async fn decide(deps: &Deps, member: Member, purpose: Purpose, given: bool) -> Result<Consents, Stop> {
    let now = deps.clock.now();
    let mut tx = deps.database.write().await?;
    store::know_guild(&mut tx, member.guild, now).await?;
    store::decide(&mut tx, member, purpose, given, CONSENT_TEXT, now).await?;
    if purpose == Purpose::DirectMessages && !given {
        crate::outbox::store::cancel_direct(&mut tx, now, member.guild, member.user, "no_consent").await?;
    }
    tx.commit().await?;
    let consents = consents(deps, member).await?;
    deps.roster.wish(member, Wishes { direct_messages: consents.direct_messages, noticing: consents.noticing });
    Ok(consents)
}

/// Seals a value of a member with their own key, making the key at first use.
///
/// # Errors
/// When `keys.db` cannot be read or written, or the key does not open.
pub async fn seal(deps: &Deps, member: Member, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, Stop> {
    let wrapped = match store::key(deps.database.read_keys(), member).await? {
        Some(wrapped) => wrapped,
        None => {
            let mut tx = deps.database.write_keys().await?;
            // Asked in the transaction that keeps the key: a change of the operator's key lies wholly before it or
            // wholly after it, so no key is left wrapped by the one that was given up.
            let in_force = store::fingerprint_in(&mut tx).await?;
            if in_force.is_some_and(|in_force| !deps.vault.accept(&in_force)) {
                return Err(anyhow::anyhow!("the operator's key was changed, and the new one is not found").into());
            }
            let holder = Holder { member: member.user.snowflake(), scope: member.guild.snowflake() };
            let fresh = deps.vault.new_wrapped_key(holder)?;
            let kept = store::keep_key(&mut tx, member, &fresh, deps.clock.now()).await?;
            tx.commit().await?;
            kept
        }
    };
    Ok(deps.vault.seal(&wrapped, member.guild.snowflake(), place, plain)?)
}

/// Opens a sealed value of a member; none when their key was destroyed.
///
/// # Errors
/// When `keys.db` cannot be read, or the value was moved or changed.
pub async fn open(
    deps: &Deps,
    member: Member,
    place: Place<'_>,
    sealed: &[u8],
) -> Result<Option<Zeroizing<Vec<u8>>>, Stop> {
    let Some(wrapped) = store::key(deps.database.read_keys(), member).await? else {
        return Ok(None);
    };
    let opened: Result<_, VaultError> = deps.vault.open(&wrapped, member.guild.snowflake(), place, sealed);
    Ok(Some(opened?))
}

/// Opens many sealed values of a member with one look at their key; none when it was destroyed.
///
/// # Errors
/// As [`open`].
pub async fn open_all<'a>(
    deps: &Deps,
    member: Member,
    sealed: impl IntoIterator<Item = (Place<'a>, &'a [u8])>,
) -> Result<Vec<Zeroizing<Vec<u8>>>, Stop> {
    let Some(wrapped) = store::key(deps.database.read_keys(), member).await? else {
        return Ok(Vec::new());
    };
    let scope = member.guild.snowflake();
    let opened: Result<Vec<_>, VaultError> =
        sealed.into_iter().map(|(place, sealed)| deps.vault.open(&wrapped, scope, place, sealed)).collect();
    Ok(opened?)
}

/// Checks that the operator's key is the one this installation was begun with, and keeps its
/// fingerprint at the first start.
///
/// # Errors
/// One sentence for the operator; nothing is written when the key is another one.
pub async fn check_key(deps: &Deps) -> anyhow::Result<Result<(), String>> {
    let known = known_key(deps.database.read_keys(), &deps.vault, &deps.config).await?;
    if known == Ok(false) {
        let mut tx = deps.database.write_keys().await?;
        store::keep_fingerprint(&mut tx, &deps.vault.fingerprint()).await?;
        tx.commit().await?;
    }
    Ok(known.map(drop))
}

/// Whether the operator's key is known here already; false before the first start.
///
/// # Errors
/// As [`check_key`]; nothing is written at all.
pub async fn known_key(keys: &SqlitePool, vault: &Vault, config: &Config) -> anyhow::Result<Result<bool, String>> {
    Ok(match store::fingerprint(keys).await? {
        // A change of key that was broken off left the new one where the vault looks.
        Some(kept) if vault.accept(&kept) => Ok(true),
        Some(_) => Err(format!(
            "{} is not the key this database was begun with. Put the right key there, or start with an empty database; nothing was changed.",
            config.key_named()
        )),
        None => Ok(false),
    })
}

/// Wraps every member's key by another operator's key, and keeps that key's fingerprint, all in one transaction.
///
/// # Errors
/// When `keys.db` cannot be written, or one of the keys does not open with `old`; nothing is changed then.
pub async fn rewrap(database: &Database, old: &MasterKey, new: &MasterKey) -> anyhow::Result<()> {
    let mut tx = database.write_keys().await?;
    for (member, wrapped) in store::wrapped(&mut tx).await? {
        let holder = Holder { member: member.user.snowflake(), scope: member.guild.snowflake() };
        let wrapped = vault::rewrap(old, new, holder, &wrapped)?;
        store::rewrap(&mut tx, member, &wrapped).await?;
    }
    store::change_fingerprint(&mut tx, new.fingerprint()).await?;
    tx.commit().await?;
    Ok(())
}

/// Reckons the next prompt of a group anew.
pub fn after_prompt(checkin: &Checkin, zone: calendar::Zone, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    next_prompt(now, checkin.at, checkin.days, zone)
}

/// The bot is in a guild (again): its groups are served.
///
/// # Errors
/// When the database cannot be written.
pub async fn arrive(deps: &Deps, guild: GuildId) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::enter_guild(&mut tx, guild, deps.clock.now()).await?;
    store::departures::drop_one(&mut tx, Member { guild, user: THE_BOT }).await?;
    tx.commit().await?;
    for group in store::in_guild(deps.database.read(), guild).await? {
        remember(deps, &group);
    }
    deps.planner.ring();
    Ok(())
}

/// The bot was removed from a guild: what waits for it is cancelled, and nothing new is planned there.
///
/// # Errors
/// When the database cannot be written.
pub async fn depart(deps: &Deps, guild: GuildId) -> Result<(), Stop> {
    let now = deps.clock.now();
    for known in deps.roster.in_guild(guild) {
        deps.roster.drop_group(known.group);
    }
    let mut tx = deps.database.write().await?;
    store::leave_guild(&mut tx, guild, now).await?;
    store::departures::note(&mut tx, Member { guild, user: THE_BOT }, true, now).await?;
    crate::outbox::store::cancel_guild(&mut tx, now, guild, "removed").await?;
    tx.commit().await?;
    Ok(())
}
