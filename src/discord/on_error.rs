//! When something does not happen: a refusal becomes an ephemeral card as it is, a fault is logged once
//! with its whole chain, and the person gets a calm sentence with a reference number. Never a raw error,
//! never silence.

use rand::Rng;
use serenity::all::Permissions;

use super::{Asked, Bot};
use crate::card::Card;
use crate::refusal::{Refusal, Stop};

/// Letters of a reference number: none that is mistaken for another on paper or by ear.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXYZ";
/// Letters in a reference number: enough that two faults of one day hardly share it.
const REFERENCE_LENGTH: usize = 6;

/// A new reference number.
pub fn reference() -> String {
    let mut random = rand::rng();
    (0..REFERENCE_LENGTH).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect()
}

/// What a person sees of a fault.
pub fn fault_card(reference: &str) -> Card {
    Card::text(format!(
        "Something went wrong on my side, and I could not finish that. It is not your fault, and it has been noted.\n\
         Please try again in a minute. If it keeps happening, tell whoever runs this bot the reference `{reference}`.\n\
         If you need somebody to talk to now, `/helplines` still works."
    ))
}

/// Logs a fault once, with its whole chain, and gives the reference number it can be found by.
pub fn log(what: &str, slice: &str, error: &anyhow::Error) -> String {
    let reference = reference();
    tracing::error!(reference, slice, what, error = format!("{error:#}"), "something failed");
    reference
}

/// Tells the person why what they asked for did not happen.
pub async fn answer(asked: &Asked, stop: Stop, what: &str, slice: &str) {
    let card = match stop {
        Stop::Refusal(refusal) => refusal.card(),
        Stop::Fault(error) => fault_card(&log(what, slice, &error)),
    };
    if let Err(Stop::Fault(error)) = asked.reply(&card).await {
        tracing::warn!(what, slice, error = format!("{error:#}"), "a person could not be told that something failed");
    }
}

/// Logs why something that nobody asked for did not happen; there is nobody to answer.
pub fn unasked(stop: &Stop, what: &str, slice: &str) {
    match stop {
        Stop::Refusal(_) => tracing::warn!(what, slice, "refused where nobody asked"),
        Stop::Fault(error) => {
            log(what, slice, error);
        }
    }
}

/// What an error of poise's means for the person.
pub(super) fn stop_of(error: poise::FrameworkError<'_, Bot, Stop>) -> Stop {
    use poise::FrameworkError as E;
    match error {
        E::Command { error, .. } | E::EventHandler { error, .. } | E::CommandCheckFailed { error: Some(error), .. } => {
            error
        }
        E::CommandCheckFailed { error: None, .. } | E::NotAnOwner { .. } => {
            Refusal::new("This command is not open to you here.", "", "Ask a facilitator of your group.").into()
        }
        E::SubcommandRequired { .. } => {
            Refusal::new("This command needs one more word.", "", "Pick one of the entries Discord lists below it.")
                .into()
        }
        E::ArgumentParse { .. } => Refusal::new(
            "One of the options could not be read.",
            "It is of another kind than the command expects.",
            "Pick it from the list that Discord shows, and run the command again.",
        )
        .into(),
        E::CommandStructureMismatch { .. } | E::UnknownInteraction { .. } => Refusal::new(
            "This command has changed since Discord last showed it to you.",
            "",
            "Wait a minute or restart Discord, then pick it from the list again.",
        )
        .into(),
        E::CooldownHit { remaining_cooldown, .. } => Refusal::new(
            "That was a moment ago.",
            "",
            format!("Try again in {} seconds.", remaining_cooldown.as_secs() + 1),
        )
        .into(),
        E::MissingUserPermissions { missing_permissions, .. } => Refusal::new(
            "This command is for people who may change this server.",
            missing_permissions.map(lacking).unwrap_or_default(),
            "Ask somebody who does to run it.",
        )
        .into(),
        E::MissingBotPermissions { missing_permissions, .. } => Refusal::new(
            "I am not allowed to do that here.",
            lacking(missing_permissions),
            "Somebody who manages this server can give me that permission.",
        )
        .into(),
        E::GuildOnly { .. } => {
            Refusal::new("This works inside a server.", "Groups live in servers.", "Run it in your group's channel.")
                .into()
        }
        E::DmOnly { .. } => Refusal::new("This works in direct messages only.", "", "Send it to me directly.").into(),
        E::CommandPanic { .. } => Stop::Fault(anyhow::anyhow!("a command panicked")),
        _ => Stop::Fault(anyhow::anyhow!("the command framework failed")),
    }
}

fn lacking(missing: Permissions) -> String {
    format!("It needs the permission {}.", missing.get_permission_names().join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_plain() {
        for _ in 0..100 {
            let reference = reference();
            assert_eq!(reference.len(), REFERENCE_LENGTH);
            assert!(reference.bytes().all(|letter| LETTERS.contains(&letter)), "{reference}");
        }
        assert!(fault_card("ABCDEF").problems().is_empty());
        assert!(fault_card("ABCDEF").text.contains("ABCDEF"));
    }
}
