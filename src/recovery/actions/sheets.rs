//! A member's sealed sheets: read, changed and kept whole.

use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::deps::Deps;
use crate::groups::actions as members;
use crate::ids::Member;
use crate::recovery::model::Sheet;
use crate::recovery::store::sheets as store;
use crate::refusal::Stop;
use crate::vault;

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

pub(super) fn place(member: Member, sheet: Sheet) -> vault::Place<'static> {
    vault::Place {
        table: "recovery_sheet",
        column: sheet.word(),
        member: member.user.snowflake(),
        row: member.guild.raw(),
    }
}

/// What stands on a member's sheet; an empty one when there is none.
///
/// # Errors
/// When a database cannot be read.
pub async fn load<T: DeserializeOwned + Default>(deps: &Deps, member: Member, sheet: Sheet) -> Result<T, Stop> {
    read(deps, member, sheet, store::find(deps.database.read(), member, sheet).await?).await
}

/// As [`load`], as it stands inside a write transaction.
///
/// # Errors
/// As [`load`].
pub async fn load_in<T: DeserializeOwned + Default>(
    deps: &Deps,
    tx: &mut Tx,
    member: Member,
    sheet: Sheet,
) -> Result<T, Stop> {
    let sealed = store::find_in(tx, member, sheet).await?;
    read(deps, member, sheet, sealed).await
}

async fn read<T: DeserializeOwned + Default>(
    deps: &Deps,
    member: Member,
    sheet: Sheet,
    sealed: Option<Vec<u8>>,
) -> Result<T, Stop> {
    let Some(sealed) = sealed else { return Ok(T::default()) };
    let plain = members::open(deps, member, place(member, sheet), &sealed).await?;
    Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?.unwrap_or_default())
}

/// Keeps what stands on a member's sheet.
///
/// # Errors
/// When a database cannot be written.
pub async fn keep<T: Serialize>(deps: &Deps, tx: &mut Tx, member: Member, sheet: Sheet, value: &T) -> Result<(), Stop> {
    let plain = Zeroizing::new(serde_json::to_vec(value)?);
    let sealed = members::seal(deps, member, place(member, sheet), &plain).await?;
    Ok(store::keep(tx, member, sheet, &sealed, deps.clock.now()).await?)
}

/// Changes a member's sheet in one write transaction, so that two devices at once lose nothing of each other.
///
/// # Errors
/// Whatever the change refuses; nothing is kept then.
pub async fn change<T: DeserializeOwned + Default + Serialize, R>(
    deps: &Deps,
    member: Member,
    sheet: Sheet,
    alter: impl FnOnce(&mut T) -> Result<R, Stop>,
) -> Result<(T, R), Stop> {
    let mut tx = deps.database.write().await?;
    let mut value: T = load_in(deps, &mut tx, member, sheet).await?;
    let given = alter(&mut value)?;
    keep(deps, &mut tx, member, sheet, &value).await?;
    tx.commit().await?;
    Ok((value, given))
}

/// Removes a member's sheet.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(deps: &Deps, member: Member, sheet: Sheet) -> Result<(), Stop> {
    let mut tx = deps.database.write().await?;
    store::remove(&mut tx, member, sheet).await?;
    tx.commit().await?;
    Ok(())
}
