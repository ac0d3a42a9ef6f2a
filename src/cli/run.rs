//! `daymark run`: the bot, until it is told to stop.

use tokio::signal::unix::{SignalKind, signal};

use crate::app::{self, App, Ended, Pace};
use crate::clock::Clock;
use crate::config::{self, Config};

/// Runs until SIGTERM, SIGINT, or an end that no restart can mend.
pub async fn run(config: Config) -> Result<(), Ended> {
    let token = config::secret("DISCORD_TOKEN", "the bot's token from Discord's developer portal")
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let deps = app::open(config, Clock::system()).await?;
    let mut app = App::start(deps, token, Pace::default()).await?;
    let ended = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        ended = app.ended() => Some(ended),
    };
    tracing::info!("stopping");
    app.stop().await;
    match ended {
        None => Ok(()),
        Some(ended) => Err(ended),
    }
}
