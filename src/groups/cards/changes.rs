//! A group's record: what facilitators changed, in words.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::super::model::Group;
use crate::card::{Button, Card, Press, inert};
use crate::ids::UserId;

/// Something that was changed, as it is told.
pub struct Changed<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none for the configuration file and for people who were forgotten since.
    pub actor: Option<UserId>,
    /// What was done.
    pub what: &'a str,
    /// To which of our things.
    pub about: Option<i64>,
    /// How it was.
    pub was: &'a Value,
    /// How it became.
    pub became: &'a Value,
}

/// Most characters of one side of a change; a phone shows two lines of it.
const SIDE_LIMIT: usize = 160;

/// What was changed in a group, newest first; `older` leads to the next page.
pub fn changes(group: &Group, changes: &[Changed<'_>], older: Option<i64>, days: u32) -> Card {
    let mut card = Card::panel(format!("Changes in {}", inert(&group.name)), "")
        .footer(format!("Newest first, each kept {days} days. Only you see this."));
    if changes.is_empty()
        && let Some(panel) = &mut card.panel
    {
        panel.body = "Nothing more.".to_owned();
    }
    for change in changes {
        let who = change.actor.map_or("The configuration, or somebody I forgot".to_owned(), |id| format!("<@{id}>"));
        let about = change.about.map(|id| format!(" #{id}")).unwrap_or_default();
        let value = format!(
            "{who} · <t:{}:f>\n{} → {}",
            change.at.timestamp(),
            side(change.was, "not there"),
            side(change.became, "gone")
        );
        let done = words(change.what).map_or_else(|| inert(&change.what.replace('.', " ")), str::to_owned);
        card = card.field(format!("{done}{about}"), value);
    }
    match older {
        Some(older) => card.buttons([Button::new("Older", Press::new("groups", "audit").arg(group.id).arg(older))]),
        None => card,
    }
}

/// What was done, in words; none for a word of a newer version.
fn words(what: &str) -> Option<&'static str> {
    Some(match what {
        "attendance.close" => "Attendance: everybody is marked",
        "attendance.mark" => "Attendance: marked as there",
        "attendance.unmark" => "Attendance: taken back",
        "buddies.rounds" => "Buddies: when they are paired",
        "checkins.agreed" => "Check-ins: weather and silence",
        "checkins.days" => "Check-ins: days",
        "checkins.off" => "Check-ins: switched off",
        "checkins.on" => "Check-ins: go on although unused",
        "checkins.setup" => "Check-ins: what is asked",
        "concerns.off" => "Concerns: switched off",
        "concerns.on" => "Concerns: who is told",
        "cope.add" => "A skill of the group's own: added",
        "cope.remove" => "A skill of the group's own: taken away",
        "group.setup" => "Group: set up or changed",
        "helpline.add" => "A helpline of this server: added or changed",
        "helpline.remove" => "A helpline of this server: taken off",
        "member.step" => "Steps: a member was asked",
        "member.withdraw" => "Steps: a question was taken back",
        "note.approve" => "Caring notes: one goes out",
        "note.decline" => "Caring notes: one does not go out",
        "oncall.add" => "On call: put themselves on the rota",
        "oncall.remove" => "On call: took themselves off the rota",
        "postvention.off" => "Quiet time: over",
        "postvention.on" => "Quiet time: begun",
        "practice.end" => "Home practice: ended",
        "practice.set" => "Home practice: set",
        "schedule.add" => "Schedule: added",
        "schedule.edit" => "Schedule: changed",
        "schedule.events" => "Schedule: the server's events",
        "schedule.except" => "Schedule: single sessions",
        "schedule.feed" => "Schedule: address of the calendar",
        "schedule.go" => "Schedule: paused, resumed or removed",
        "schedule.holiday" => "Schedule: a day off",
        "schedule.undo" => "Schedule: taken back",
        "steps.place" => "Steps: their order",
        "steps.preset" => "Steps: the usual ones",
        "steps.remove" => "Steps: one was removed",
        "steps.rename" => "Steps: one has another name",
        "steps.set" => "Steps: one was set",
        "words.back" => "Words: a change was taken back",
        "words.change" => "Words: changed for this server",
        "words.sensitivity" => "Words: how readily a channel is answered",
        "words.watch" => "Words: where else they are looked at",
        _ => return None,
    })
}

/// One side of a change, made inert and short.
fn side(value: &Value, nothing: &str) -> String {
    match value {
        Value::Null => nothing.to_owned(),
        Value::Object(fields) => {
            let said: Vec<String> = fields.iter().map(|(key, value)| one(key, value)).collect();
            shorter(&said)
        }
        other => shorter(&[inert(&other.to_string())]),
    }
}

/// One of its values, with channels and roles as people see them; a mention in a card of ours pings nobody.
fn one(key: &str, value: &Value) -> String {
    let said = match (key, value) {
        (_, Value::Null) => "none".to_owned(),
        ("channel" | "facilitator_channel", Value::Number(id)) => format!("<#{id}>"),
        ("role" | "next_role" | "facilitator_role", Value::Number(id)) => format!("<@&{id}>"),
        (_, Value::Bool(true)) => "yes".to_owned(),
        (_, Value::Bool(false)) => "no".to_owned(),
        (_, Value::String(text)) => inert(text),
        (_, other) => inert(&other.to_string()),
    };
    format!("{}: {said}", inert(&key.replace('_', " ")))
}

/// The parts that fit, and a mark that there is more; a part is never cut inside a mention.
fn shorter(parts: &[String]) -> String {
    let mut said = String::new();
    for part in parts {
        if said.chars().count() + part.chars().count() > SIDE_LIMIT {
            let room = SIDE_LIMIT.saturating_sub(said.chars().count());
            let cut: String = if part.contains('<') { String::new() } else { part.chars().take(room).collect() };
            return format!("{said}{cut}…");
        }
        if !said.is_empty() {
            said.push_str(", ");
        }
        said.push_str(part);
    }
    said
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_side_of_a_change_is_short_inert_and_in_words() {
        let table = [
            (Value::Null, "nothing".to_owned()),
            (json!({"channel": 7, "role": null}), "channel: <#7>, role: none".to_owned()),
            (json!({"next_role": 9, "reminders": true}), "next role: <@&9>, reminders: yes".to_owned()),
            (json!({"a": "b".repeat(400)}), format!("a: {}…", "b".repeat(157))),
            (json!({"a": "b".repeat(150), "role": 12345678}), format!("a: {}…", "b".repeat(150))),
        ];
        for (value, said) in table {
            assert_eq!(side(&value, "nothing"), said, "{value}");
        }
        let hostile = side(&json!({"name": "**@everyone** <@1>"}), "");
        assert!(!hostile.contains("<@1>") && !hostile.contains("@everyone"), "{hostile}");
    }
}
