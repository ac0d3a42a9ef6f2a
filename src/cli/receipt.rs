//! `daymark receipt`: that somebody was forgotten, looked up by the code they were given.

use clap::Args;

use super::say;
use crate::app::Ended;
use crate::config::Config;
use crate::database::Database;
use crate::privacy;

/// What `receipt` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// The code, such as F7KQ-2MXD
    code: String,
}

/// Looks the code up, and changes nothing.
pub async fn run(config: Config, options: Options) -> Result<(), Ended> {
    let database =
        Database::open_existing(&config.database).await.map_err(|error| Ended::Configuration(error.to_string()))?;
    let found = privacy::actions::forgotten(&database).await;
    database.close().await;
    let code = options.code.trim().to_ascii_uppercase();
    match found?.into_iter().find(|one| one.receipt.as_deref() == Some(&code)) {
        Some(one) => {
            say(format_args!(
                "{code}: user {} was forgotten in server {} on {}. Their key was destroyed then, and their rows removed.",
                one.member.user,
                one.member.guild,
                one.at.format("%Y-%m-%d at %H:%M:%S UTC")
            ));
            Ok(())
        }
        None => Err(Ended::Configuration(format!(
            "no receipt {code} is known here. Somebody who was forgotten again since has the later code."
        ))),
    }
}
