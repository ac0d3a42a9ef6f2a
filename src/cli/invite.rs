//! `daymark invite`: the link that brings the bot into a server, with exactly the permissions it uses.

use clap::Args;

use super::{say, unanswered};
use crate::app::Ended;
use crate::config::{self, Config};
use crate::discord::Rest;
use crate::discord::startup_check::INVITED_WITH;

/// What `invite` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// The application's id from the developer portal; without it Discord is asked with the token
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    application: Option<u64>,
}

/// Prints the link.
pub async fn run(config: Config, options: Options) -> Result<(), Ended> {
    let id = match options.application {
        Some(id) => id,
        None => asked(&config).await?,
    };
    say(format_args!(
        "https://discord.com/oauth2/authorize?client_id={id}&scope=bot+applications.commands&permissions={INVITED_WITH}"
    ));
    Ok(())
}

async fn asked(config: &Config) -> Result<u64, Ended> {
    let token = config::secret("DISCORD_TOKEN", "the bot's token (or give --application ID)")
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    let rest = Rest::new(config.api_base.as_deref(), &token)?;
    rest.application_id().await.map_err(|error| unanswered(&rest, &error))
}
