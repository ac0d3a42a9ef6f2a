//! The commands of a member's own tools, and where every press of this slice leads.

mod buddies;
mod coping;
mod goals;
mod milestones;
mod reminding;
mod safety_plan;

use crate::crisis::commands::screen;
use crate::discord::{Asked, Bot, Pressed, Slice};
use crate::groups::commands::pressed_group;
use crate::groups::{Group, actions as groups};
use crate::ids::Member;
use crate::refusal::{Refusal, Stop};

/// The verbs of this slice's presses.
#[rustfmt::skip]
const PRESSES: &[&str] = &[
    "agree", "away_all", "buddy_block", "buddy_join", "buddy_of", "buddy_open", "buddy_skip", "buddy_stop",
    "buddy_unskip", "buddy_which", "change", "changed", "close", "cope", "cope_add", "cope_added", "cope_all",
    "cope_breathe", "cope_drop", "cope_for", "cope_mark", "cope_open", "cope_step", "decline", "done", "goal",
    "goal_change", "goal_end", "goal_new", "goal_remind", "goal_reminded", "goal_tap", "goal_wrote", "goals",
    "open", "plan", "plan_done", "plan_edit", "plan_erase", "plan_erase_yes", "plan_file", "plan_step*",
    "plan_write", "plan_wrote", "reminder", "reminders", "show", "snooze", "stone", "stone_announce", "stone_day",
    "stone_made", "stone_marked", "stone_marks", "stone_new", "stone_open", "stone_quiet", "stone_remove",
    "stone_remove_yes", "stone_slip", "stone_slipped", "stone_year", "stone_yearly", "stop", "win_drop", "win_new",
    "win_post", "win_share", "win_to*", "win_wrote", "wins", "words", "words_erase", "words_for", "words_hand",
    "words_post", "words_write", "words_wrote",
];

/// What this slice offers to Discord.
pub fn slice() -> Slice {
    Slice {
        name: "recovery",
        commands: || {
            vec![
                reminding::remind(),
                safety_plan::plan(),
                coping::cope(),
                coping::cope_setup(),
                milestones::milestone(),
                goals::goal(),
                goals::win(),
                goals::recovery_setup(),
                buddies::buddy(),
            ]
        },
        presses: PRESSES,
        press: Some(|bot, pressed| Box::pin(press(bot, pressed))),
        spoken: None,
        happened: None,
    }
}

async fn press(bot: &Bot, pressed: Pressed) -> Result<(), Stop> {
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match pressed.press.verb.as_str() {
        "show" | "done" | "snooze" | "stop" | "change" | "changed" | "open" | "close" | "agree" | "decline"
        | "reminders" | "reminder" => reminding::press(bot, &pressed, &args).await,
        "away_all" => reminding::pause_all(bot, &pressed.asked).await,
        verb if verb.starts_with("cope") => coping::press(bot, &pressed, &args).await,
        verb if verb.starts_with("buddy") => buddies::press(bot, &pressed, &args).await,
        verb if verb.starts_with("stone") => milestones::press(bot, &pressed, &args).await,
        verb if verb.starts_with("goal") || verb.starts_with("win") => goals::press(bot, &pressed, &args).await,
        verb if verb.starts_with("plan") || verb.starts_with("words") => safety_plan::press(bot, &pressed, &args).await,
        _ => Err(Refusal::old_button().into()),
    }
}

/// What was typed into a field of the form.
fn typed<'a>(pressed: &'a Pressed, id: &str) -> &'a str {
    pressed.inputs.get(id).map_or("", |text| text.trim())
}

/// The member who asks: where they press, or in a direct message the guild they are known in.
fn member_of(bot: &Bot, asked: &Asked) -> Result<Member, Refusal> {
    let nowhere = || {
        Refusal::new(
            "From here I can't tell which server this belongs to.",
            "",
            "Run the command in your group's server, such as `/plan`. `/helplines` works everywhere.",
        )
    };
    let guild = asked.guild.or_else(|| bot.deps.roster.home(asked.user)).ok_or_else(nowhere)?;
    Ok(Member { guild, user: asked.user })
}

/// Some words that somebody must have written.
///
/// # Errors
/// Refused when there is nothing to be seen in them, or more than fits.
fn words_of(text: &str, limit: u16, part: &str, example: &str) -> Result<String, Refusal> {
    let count = text.trim().chars().count();
    if count > usize::from(limit) {
        return Err(Refusal::new(
            format!("The {part} is longer than fits: {count} characters, and {limit} fit."),
            "",
            format!("Shorter works, such as: {example}"),
        ));
    }
    if text.chars().all(is_unseen) {
        return Err(Refusal::new(
            format!("The {part} is empty."),
            "",
            format!("Write a few words, such as: {example}"),
        ));
    }
    Ok(text.trim().to_owned())
}

/// What somebody wrote, up to `limit` characters; nothing when there is nothing to be seen in it.
fn seen(text: &str, limit: u16) -> Option<String> {
    let kept: String = text.trim().chars().take(usize::from(limit)).collect();
    (!kept.chars().all(is_unseen)).then_some(kept)
}

/// Whether a character shows nothing: blanks, zero-width and direction characters.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// A group that the member belongs to, named in a custom id.
async fn own_group(bot: &Bot, member: Member, text: &str) -> Result<Group, Stop> {
    let group = groups::find(&bot.deps, text.parse().map_err(|_| Refusal::old_button())?).await?;
    if group.guild != member.guild || !groups::belongs(&bot.deps, member, group.id).await? {
        return Err(Refusal::old_button().into());
    }
    Ok(group)
}

/// A group of this server that the person may change, named in a custom id.
async fn facilitated(bot: &Bot, asked: &Asked, text: &str) -> Result<Group, Stop> {
    pressed_group(bot, asked, text.parse().map_err(|_| Refusal::old_button())?).await
}
