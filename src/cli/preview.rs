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
use crate::ids::GuildId;
use crate::outbox::{Delivery, Place, State};
use crate::sessions::model::LATE_AFTER;
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
    let database =
        Database::open_existing(&config.database).await.map_err(|error| Ended::Configuration(error.to_string()))?;
    let now = Clock::system().now();
    let span = TimeDelta::days(options.days);
    if options.past {
        let guilds: std::collections::BTreeSet<_> =
            groups::store::all(database.read()).await?.into_iter().map(|group| group.guild).collect();
        for guild in guilds {
            past(guild, &outbox::store::list(database.read(), guild, now - span, &State::ALL).await?);
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

/// What went out in one server, late or not, what did not and why: counts, then one line for each. Numbers are
/// ids; nobody is named.
fn past(guild: GuildId, all: &[Delivery]) {
    if all.is_empty() {
        return;
    }
    let count = |state: State| all.iter().filter(|one| one.state == state).count();
    say(format_args!(
        "server {guild}: {} sent ({} of them late), {} expired, {} undeliverable, {} no longer true, {} on their way",
        count(State::Sent),
        all.iter().filter(|one| late(one).is_some()).count(),
        count(State::Expired),
        count(State::Undeliverable),
        count(State::Cancelled),
        count(State::Pending) + count(State::Sending),
    ));
    for one in all {
        let place = match one.place {
            Place::Channel(channel) => format!("channel {channel}"),
            Place::Direct(_) => "a direct message".to_owned(),
        };
        let late = late(one).map(|minutes| format!("  {minutes} min late")).unwrap_or_default();
        let why = match (&one.reason, one.state) {
            (None, _) => String::new(),
            (Some(reason), State::Expired | State::Undeliverable) => {
                format!("  ({reason}: {})", sessions::cards::reason_words(reason))
            }
            (Some(reason), State::Pending | State::Sending | State::Sent | State::Cancelled) => format!("  ({reason})"),
        };
        say(format_args!(
            "  {}  {:<13}  {:>6}  {}  {place}{late}{why}",
            one.due_at.format("%F %H:%M UTC"),
            one.state.word(),
            one.id,
            one.kind
        ));
    }
}

/// By how many minutes something was seen late; none when it was in time, or not seen.
fn late(one: &Delivery) -> Option<i64> {
    let settled = one.settled_at.filter(|_| one.state == State::Sent)?;
    let delay = settled - one.due_at;
    (delay >= LATE_AFTER).then(|| delay.num_minutes())
}
