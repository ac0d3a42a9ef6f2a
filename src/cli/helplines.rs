//! `daymark helplines`: which facts are old.

use clap::Args;

use super::say;
use crate::app::{Ended, open_helplines};
use crate::clock::Clock;
use crate::config::Config;

/// What `helplines` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// From how many days on a fact counts as old
    #[arg(long, default_value_t = 365, value_name = "DAYS")]
    older_than: u32,
}

/// Lists every line whose facts are older, oldest first.
pub fn run(config: &Config, options: &Options) -> Result<(), Ended> {
    let directory = open_helplines(config.helplines.as_deref())?;
    let stale = directory.stale(Clock::system().now().date_naive(), options.older_than);
    for line in &stale {
        let country = line.country.map_or_else(|| "international".to_owned(), |code| code.to_string());
        say(format_args!(
            "{country}  {}  verified {} ({} days ago)  {}",
            line.id, line.verified_on, line.age_days, line.name
        ));
    }
    say(format_args!(
        "{} of {} lines were verified more than {} days ago. Check each on its own site, then change `verified_on` in the file.",
        stale.len(),
        directory.line_count() + directory.international().len(),
        options.older_than
    ));
    Ok(())
}
