//! `daymark check`: what is missing before the bot can work, in plain words, before anybody misses it.

use super::{say, unanswered};
use crate::app::{self, Ended};
use crate::config::{self, Config};
use crate::database::Database;
use crate::discord::Rest;
use crate::discord::startup_check::{self, Checked, Finding};
use crate::groups::{self, Group};

/// Looks at everything that can be looked at without running, and changes nothing: not on Discord, and no file.
pub async fn run(mut config: Config) -> Result<(), Ended> {
    let token = config::secret("DISCORD_TOKEN", "the bot's token from Discord's developer portal")
        .map_err(|error| Ended::Configuration(error.to_string()))?;
    let rest = Rest::new(config.api_base.as_deref(), &token)?;
    let read = app::read(&config)?;
    app::know_countries(&mut config, &read)?;
    let groups = places(&config, &kept(&config).await?);
    let application = rest.application().await.map_err(|error| unanswered(&rest, &error))?;
    say("Token: Discord knows it.");
    let mut grave = 0;
    grave += report("Intents", &startup_check::intents(application));
    let checked: Vec<Checked> = groups.iter().map(|(_, checked)| *checked).collect();
    let findings = startup_check::look(&rest, &checked).await.map_err(|error| unanswered(&rest, &error))?;
    for ((name, _), findings) in groups.iter().zip(&findings) {
        grave += report(name, findings);
    }
    if groups.is_empty() {
        say("No group is set up yet: run /group setup on Discord, or declare one in the configuration.");
    }
    if grave == 0 {
        Ok(())
    } else {
        Err(Ended::Configuration("the bot cannot do its work until this is put right.".to_owned()))
    }
}

/// The groups that are kept in the database; none before the first start.
async fn kept(config: &Config) -> Result<Vec<Group>, Ended> {
    let vault = app::existing_vault(config)?;
    if !config.database.exists() {
        say("Configuration, lexicon and helplines: fine.");
        say(format_args!(
            "There is no database yet: {} is made at the first start, and the key {} if it is not there.",
            config.database.display(),
            config.key_file.display()
        ));
        return Ok(Vec::new());
    }
    let database =
        Database::open_existing(&config.database).await.map_err(|error| Ended::Configuration(error.to_string()))?;
    let known = match &vault {
        Some(vault) if Database::has_keys(&config.database) => {
            groups::actions::known_key(database.read_keys(), vault, config).await
        }
        Some(_) | None => Ok(Ok(false)),
    };
    let groups = groups::store::all(database.read()).await;
    database.close().await;
    known?.map_err(Ended::Configuration)?;
    say("Configuration, key, database, lexicon and helplines: fine.");
    Ok(groups?)
}

/// Every group by name with its places: the kept ones, where the configuration does not declare them anew, and
/// the declared ones.
fn places(config: &Config, kept: &[Group]) -> Vec<(String, Checked)> {
    let declared_anew = |group: &&Group| {
        let name = group.name.to_lowercase();
        config.groups.iter().any(|one| one.guild == group.guild && one.name.to_lowercase() == name)
    };
    let kept = kept.iter().filter(|group| !declared_anew(group));
    let kept = kept.map(|group| (group.name.clone(), groups::commands::checked(group)));
    let declared = config.groups.iter().map(|group| {
        let facilitator_channel = group.facilitator_channel.unwrap_or(group.channel);
        let (guild, channel) = (group.guild, group.channel);
        let facilitator_role = group.facilitator_role;
        (group.name.clone(), Checked { guild, channel, facilitator_channel, facilitator_role, given_role: None })
    });
    kept.chain(declared).collect()
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
