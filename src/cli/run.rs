//! `daymark run`: the bot, until it is told to stop.

use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::{self, App, Ended, Pace};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::discord::Gateway;

/// Runs until SIGTERM, SIGINT, or an end that no restart can mend.
pub async fn run(config: Config) -> Result<(), Ended> {
    let token = config::secret("DISCORD_TOKEN", "the bot's token from Discord's developer portal")
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let deps = app::open(config, Clock::system()).await?;
    let mut app = App::start(deps, token, Pace::default()).await?;
    let sign_of_life = tokio::spawn(tell_systemd(app.gateway().clone()));
    let ended = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        ended = app.ended() => Some(ended),
    };
    tracing::info!("stopping");
    sign_of_life.abort();
    // Not running under systemd is no fault; there is nobody to tell then.
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    app.stop().await;
    match ended {
        None => Ok(()),
        Some(ended) => Err(ended),
    }
}

/// Tells systemd that the bot is ready once Discord has let it in, and then, as often as `WatchdogSec=`
/// asks for, that it is alive; a bot whose connection is dead stays silent and is started anew.
async fn tell_systemd(gateway: Gateway) {
    gateway.until_sessions(1).await;
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    let Some(within) = sd_notify::watchdog_enabled() else { return };
    let mut beat = tokio::time::interval(within / 3);
    loop {
        beat.tick().await;
        if gateway.health().connected {
            let _ = sd_notify::notify(&[NotifyState::Watchdog]);
        }
    }
}
