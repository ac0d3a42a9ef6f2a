//! `daymark check`: what is missing before the bot can work, in plain words, before anybody misses it.

use super::{say, unanswered};
use crate::app::{self, Ended};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::discord::Rest;
use crate::discord::startup_check::{self, Checked, Finding};
use crate::groups;
use crate::refusal::Stop;

/// Looks at everything that can be looked at without running, and changes nothing on Discord.
pub async fn run(config: Config) -> Result<(), Ended> {
    let token = config::secret("DISCORD_TOKEN", "the bot's token from Discord's developer portal")
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    let rest = Rest::new(config.api_base.as_deref(), &token)?;
    let deps = app::open(config, Clock::system()).await?;
    say("Configuration, key, database, lexicon and helplines: fine.");
    groups::actions::apply_declared(&deps).await.map_err(|stop| match stop {
        Stop::Refusal(refusal) => Ended::Configuration(refusal.to_string()),
        Stop::Fault(error) => Ended::Fault(error),
    })?;
    let application = rest.application().await.map_err(|error| unanswered(&rest, &error))?;
    say("Token: Discord knows it.");
    let mut grave = 0;
    grave += report("Intents", &startup_check::intents(application));
    let all = groups::store::all(deps.database.read()).await?;
    let checked: Vec<Checked> = all.iter().map(groups::commands::checked).collect();
    let findings = startup_check::look(&rest, &checked).await.map_err(|error| unanswered(&rest, &error))?;
    for (group, findings) in all.iter().zip(&findings) {
        grave += report(&group.name, findings);
    }
    if all.is_empty() {
        say("No group is set up yet: run /group setup on Discord, or declare one in the configuration.");
    }
    deps.database.close().await;
    if grave == 0 {
        Ok(())
    } else {
        Err(Ended::Configuration("the bot cannot do its work until this is put right.".to_owned()))
    }
}

/// Prints what was found, and counts what cannot be worked without.
fn report(about: &str, findings: &[Finding]) -> usize {
    if findings.is_empty() {
        say(format_args!("{about}: fine."));
    }
    for finding in findings {
        say(format_args!("{about}: {finding}"));
    }
    findings.iter().filter(|finding| finding.grave).count()
}
