//! What a server shows under Events
//! (<https://docs.discord.com/developers/resources/guild-scheduled-event>).

use reqwest::Method;
use serde_json::Value;

use super::messages::id_of;
use super::{Call, CallError, Rest, Retry};
use crate::discord::limits::Priority;
use crate::ids::GuildId;

const ALL: &str = "/guilds/{guild}/scheduled-events";
const ONE: &str = "/guilds/{guild}/scheduled-events/{event}";

fn call(method: Method, guild: GuildId, id: Option<u64>) -> Call<'static> {
    let (template, path) = match id {
        None => (ALL, format!("/guilds/{guild}/scheduled-events")),
        Some(id) => (ONE, format!("/guilds/{guild}/scheduled-events/{id}")),
    };
    Call::idempotent(method, template, path, guild.snowflake()).priority(Priority::Background)
}

impl Rest {
    /// Everything that a server shows, as Discord writes it; 100 at most.
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn scheduled(&self, guild: GuildId) -> Result<Vec<Value>, CallError> {
        match self.run(call(Method::GET, guild, None)).await? {
            Value::Array(all) => Ok(all),
            _ => Err(CallError::Unsure("the answer is not a list")),
        }
    }

    /// Makes one and gives its id. Not repeated here when the answer is lost: look first.
    ///
    /// # Errors
    /// As [`CallError`]; 30038 when the server shows as many as Discord takes.
    pub async fn make_scheduled(&self, guild: GuildId, body: Value) -> Result<u64, CallError> {
        let call = call(Method::POST, guild, None).body(body).retry(Retry::Never);
        Ok(id_of(&self.run(call).await?)?.unsigned_abs())
    }

    /// Changes one.
    ///
    /// # Errors
    /// As [`CallError`]; gone when it was deleted.
    pub async fn change_scheduled(&self, guild: GuildId, id: u64, body: Value) -> Result<(), CallError> {
        self.run(call(Method::PATCH, guild, Some(id)).body(body)).await.map(|_| ())
    }

    /// Deletes one; one that is gone already is no error.
    ///
    /// # Errors
    /// As [`CallError`].
    pub async fn delete_scheduled(&self, guild: GuildId, id: u64) -> Result<(), CallError> {
        match self.run(call(Method::DELETE, guild, Some(id))).await {
            Err(error) if error.is_gone() => Ok(()),
            other => other.map(|_| ()),
        }
    }
}
