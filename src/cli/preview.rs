//! `daymark preview`: what will be said, where and when; with `--past`, what was.

use chrono::TimeDelta;
use clap::Args;

use super::say;
use crate::app::Ended;
use crate::calendar::full_moment_words;
use crate::calendar::to_civil;
use crate::clock::Clock;
use crate::config::Config;
use crate::database::Database;
use crate::outbox::{Place, State};
use crate::{groups, outbox, sessions};

/// What `preview` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// How many days
    #[arg(long, default_value_t = 14, value_name = "DAYS", value_parser = clap::value_parser!(i64).range(1..=366))]
    days: i64,
    /// Show what was sent, and what was not, instead
    #[arg(long)]
    past: bool,
}

/// Lists, and sends nothing.
pub async fn run(config: Config, options: Options) -> Result<(), Ended> {
    let database = Database::open_existing(&config.database).await.map_err(|error| Ended::Configuration(error.to_string()))?;
    let now = Clock::system().now();
    let span = TimeDelta::days(options.days);
    if options.past {
        let guilds: std::collections::BTreeSet<_> =
            groups::store::all(database.read()).await?.into_iter().map(|group| group.guild).collect();
        for guild in guilds {
            for delivery in outbox::store::list(database.read(), guild, now - span, &State::ALL).await? {
                let place = match delivery.place {
                    Place::Channel(channel) => format!("channel {channel}"),
                    Place::Direct(_) => "a direct message".to_owned(),
                };
                let reason = delivery.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
                say(format_args!(
                    "{}  {:<13}  {}  {place}{reason}",
                    delivery.due_at.format("%F %H:%M UTC"),
                    delivery.state.word(),
                    delivery.kind
                ));
            }
        }
    } else {
        for group in groups::store::all(database.read()).await? {
            say(format_args!("{} ({}, channel {})", group.name, group.zone, group.channel));
            let mut connection = database.read().acquire().await?;
            for said in sessions::actions::preview(&mut connection, &group, now, now + span).await? {
                say(format_args!("  {}  {}", full_moment_words(to_civil(said.at, group.zone)), said.words));
            }
        }
    }
    database.close().await;
    Ok(())
}
