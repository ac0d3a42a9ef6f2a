//! `/schedule who|attendance`, and the buttons by which people answer, are marked, and choose their reminders.

use chrono::{DateTime, Utc};

use super::exceptions::ahead;
use super::typed::read_which;
use super::{groups_here, named_so_far, own_series, pressed_group, read, single, titles};
use crate::calendar::{Leads, OccurrenceId, moment_words};
use crate::card::Card;
use crate::discord::{Asked, Bot, Choices, Ctx, Pressed, choices};
use crate::groups::cards as group_cards;
use crate::groups::commands::misread;
use crate::groups::{Group, actions as groups};
use crate::ids::{GroupId, Member, RoleId, SeriesId, UserId};
use crate::refusal::{Refusal, Stop};
use crate::sessions::actions::Which;
use crate::sessions::actions::attending::{self as actions, Asking};
use crate::sessions::cards::attending as cards;
use crate::sessions::model::attending::{Reason, Reply, SeenBy, Why};
use crate::sessions::model::{Occurrence, Series};
use crate::sessions::plan;

/// See who comes to a session, as far as people said
#[poise::command(slash_command, guild_only)]
pub(super) async fn who(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which day, such as: fri, 2026-12-24; the next one when you say nothing"]
    #[autocomplete = "ahead"]
    on: Option<String>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let now = deps.clock.now();
    let (group, series) = own_series(&ctx, &asked, &title, group.as_deref()).await?;
    let meant = match on.as_deref() {
        None => plan::upcoming(&series, now, 1).pop(),
        Some(on) => on_that_day(&series, on, now)?,
    };
    let Some(held) = meant else {
        let next = plan::upcoming(&series, now, 1).pop();
        let now = match next {
            Some(next) => format!("It is held next on {}.", next.time.words()),
            None => "`/schedule attendance` is for sessions that were held.".to_owned(),
        };
        return Err(Refusal::new("Nothing of it lies ahead then.", "", now).into());
    };
    let (found, tally) = actions::who(deps, &group, &series, held).await?;
    asked.reply(&cards::who(&series, &found, &tally)).await
}

/// The session of a series that is named by one that came up while typing, or the first one of a day.
fn on_that_day(series: &Series, on: &str, now: DateTime<Utc>) -> Result<Option<Occurrence>, Refusal> {
    let found = match read_which(on, None, now, series.details.zone)? {
        Which::One(id) => plan::occurrence(series, id).filter(|held| held.starts_at() > now),
        Which::Days(first, last) => plan::on_days(series, first, last, now).into_iter().next(),
        Which::Among(_) => None,
    };
    Ok(found)
}

/// Mark who was at a session; nobody else ever sees it
#[poise::command(slash_command, guild_only)]
pub(super) async fn attendance(
    ctx: Ctx<'_>,
    #[description = "Which session"]
    #[autocomplete = "titles"]
    title: String,
    #[description = "Which day; the last one that began when you say nothing"]
    #[autocomplete = "lately"]
    on: Option<String>,
    #[description = "Which group"]
    #[autocomplete = "groups_here"]
    group: Option<String>,
) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let now = deps.clock.now();
    let (group, series) = own_series(&ctx, &asked, &title, group.as_deref()).await?;
    let mut connection = deps.database.read().acquire().await?;
    let named = match on.as_deref() {
        Some(on) => Some(read_held(on, &actions::held_lately(&mut connection, &series, now).await?)?),
        None => None,
    };
    let occurrence = actions::to_mark(&mut connection, &series, named, now).await?;
    drop(connection);
    asked.reply(&cards::roll(&series, &actions::roll(deps, &group, &series, occurrence).await?)).await
}

/// Reads which session that was held is meant: one that came up while typing, a date, or the last one on a weekday.
fn read_held(on: &str, lately: &[Occurrence]) -> Result<OccurrenceId, Refusal> {
    let on = on.trim().to_lowercase();
    if let Ok(id) = on.to_uppercase().parse() {
        return Ok(id);
    }
    let wanted = on.parse::<chrono::NaiveDate>().ok();
    let is_meant = |held: &&Occurrence| match wanted {
        Some(date) => held.time.starts_local.date() == date,
        None => on.len() >= 3 && moment_words(held.time.starts_local).to_lowercase().starts_with(&on),
    };
    let found = lately.iter().rfind(is_meant);
    found.map(|held| held.id).ok_or_else(|| {
        let why = "Attendance can be marked until a week after a session began.";
        Refusal::new("No session of it was held then.", why, "Pick one that comes up while you type in `on`.")
    })
}

/// What was held in the last week: of the session that is named already, else of every session here.
async fn lately(ctx: Ctx<'_>, partial: &str) -> Choices {
    let deps = &ctx.data().deps;
    let now = deps.clock.now();
    let all = named_so_far(&ctx).await;
    let Ok(mut connection) = deps.database.read().acquire().await else { return choices([]) };
    let mut held: Vec<(String, Occurrence)> = Vec::new();
    for series in &all {
        let lately = actions::held_lately(&mut connection, series, now).await.unwrap_or_default();
        held.extend(lately.into_iter().map(|one| (series.details.title.clone(), one)));
    }
    held.sort_by_key(|(_, one)| std::cmp::Reverse((one.starts_at(), one.id)));
    single(held, partial)
}

/// Answers a press of these; false when it is none of them.
pub(super) async fn press(bot: &Bot, pressed: &Pressed) -> Result<bool, Stop> {
    let asked = &pressed.asked;
    let args: Vec<&str> = pressed.press.args.iter().map(String::as_str).collect();
    match (pressed.press.verb.as_str(), args.as_slice()) {
        ("rsvp", [series, occurrence, told, reply]) => {
            let reply = Reply::of_word(reply).ok_or_else(Refusal::old_button)?;
            answer(bot, asked, (read(series)?, read(occurrence)?), read_moment(told)?, reply).await?;
        }
        ("look", [series, occurrence]) => {
            let (member, _, series) = mine(bot, asked, read(series)?).await?;
            let (series, mine, tally) = actions::look(&bot.deps, member, series.id, read(occurrence)?).await?;
            asked.reply(&cards::mine(&series, &mine, tally)).await?;
        }
        ("notewish", [series, occurrence, word]) => {
            note_wish(bot, asked, (read(series)?, read(occurrence)?), *word == "yes").await?;
        }
        ("why", [series, occurrence, seen_by]) => {
            let (member, _, series) = mine(bot, asked, read(series)?).await?;
            let why = Why { reason: chosen_reason(pressed)?, seen_by: seen_by_word(seen_by)? };
            actions::keep_why(&bot.deps, member, (series.id, read(occurrence)?), why).await?;
            asked.update(&cards::why_kept(why.seen_by)).await?;
        }
        ("missed", [note, reason]) => {
            let note = actions::note_group(&bot.deps, asked.user, read(note)?).await?;
            let reason = Reason::of_word(reason).ok_or_else(Refusal::old_button)?;
            asked.reply(&cards::missed_who(note.id, reason)).await?;
        }
        ("missedwhy", [note, reason, seen_by]) => {
            let reason = Reason::of_word(reason).ok_or_else(Refusal::old_button)?;
            let why = Why { reason, seen_by: seen_by_word(seen_by)? };
            actions::keep_missed_why(&bot.deps, asked.user, read(note)?, why).await?;
            asked.update(&cards::why_kept(why.seen_by)).await?;
        }
        ("roll" | "unroll" | "voice" | "rollclose", [series, occurrence]) => {
            mark(bot, pressed, read(series)?, read(occurrence)?).await?;
        }
        (verb, [group, rest @ ..]) if WISH_VERBS.contains(&verb) => wish(bot, pressed, read(group)?, rest).await?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// What is pressed below the card of one's own reminders.
const WISH_VERBS: [&str; 6] = ["mine", "leads", "ownleads", "typedleads", "noleads", "missednote"];

fn read_moment(text: &str) -> Result<DateTime<Utc>, Refusal> {
    DateTime::from_timestamp(read(text)?, 0).ok_or_else(Refusal::old_button)
}

fn seen_by_word(word: &str) -> Result<SeenBy, Refusal> {
    SeenBy::of_word(word).ok_or_else(Refusal::old_button)
}

fn chosen_reason(pressed: &Pressed) -> Result<Reason, Refusal> {
    pressed.values.first().and_then(|word| Reason::of_word(word)).ok_or_else(Refusal::old_button)
}

/// Who presses, as a member of the guild of a series that a button names.
async fn mine(bot: &Bot, asked: &Asked, series: SeriesId) -> Result<(Member, Group, Series), Stop> {
    let (group, series) = actions::series_here(&bot.deps, asked.guild, series).await?;
    Ok((Member { guild: group.guild, user: asked.user }, group, series))
}

/// The roles of whoever presses: Discord sends them along in a guild; in a direct message it is asked for them,
/// where they decide.
async fn roles(bot: &Bot, asked: &Asked, member: Member, series: &Series) -> Result<Vec<RoleId>, Stop> {
    match (asked.guild, series.details.audience.role()) {
        (None, Some(_)) => Ok(actions::roles_now(&bot.rest, member).await?),
        (Some(_), _) | (None, None) => Ok(asked.roles.clone()),
    }
}

async fn answer(
    bot: &Bot,
    asked: &Asked,
    what: (SeriesId, OccurrenceId),
    told: DateTime<Utc>,
    reply: Reply,
) -> Result<(), Stop> {
    let (member, _, series) = mine(bot, asked, what.0).await?;
    let roles = roles(bot, asked, member, &series).await?;
    let card = match actions::answer(&bot.deps, (member, &roles), what, told, reply).await? {
        Asking::Kept { series, mine, tally, asks } => {
            let card = cards::mine(&series, &mine, tally);
            if asks { cards::ask_for_note(card, &series, &mine.occurrence) } else { card }
        }
        Asking::Moved(series, held) => cards::has_moved(&series, &held),
        Asking::JoinFirst(group) => group_cards::join_first(&group),
    };
    below(asked, &card).await
}

/// Keeps what somebody said to the question below their answer, and shows the answer as it stands.
async fn note_wish(bot: &Bot, asked: &Asked, what: (SeriesId, OccurrenceId), yes: bool) -> Result<(), Stop> {
    let (member, group, series) = mine(bot, asked, what.0).await?;
    actions::set_missed_note(&bot.deps, &group, member, yes).await?;
    let card = match actions::look(&bot.deps, member, series.id, what.1).await {
        Ok((series, mine, tally)) => cards::note_kept(cards::mine(&series, &mine, tally), yes),
        // The session has begun meanwhile; their word about the note counts all the same.
        Err(Stop::Refusal(_)) => cards::note_kept(Card::default(), yes),
        Err(fault) => return Err(fault),
    };
    below(asked, &card).await
}

/// Answers on the card that only this person sees, if that is where they pressed; else with one of its own.
async fn below(asked: &Asked, card: &Card) -> Result<(), Stop> {
    if asked.is_on_private_card() { asked.update(card).await } else { asked.reply(card).await }
}

async fn mark(bot: &Bot, pressed: &Pressed, series: SeriesId, occurrence: OccurrenceId) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let (_, group, found) = mine(bot, asked, series).await?;
    let group = pressed_group(bot, asked, group.id).await?;
    let what = (series, occurrence);
    let chosen = || pressed.values.iter().map(|id| read::<UserId>(id)).collect::<Result<Vec<_>, _>>();
    let (series, occurrence, left_out) = match pressed.press.verb.as_str() {
        "unroll" => {
            let (series, occurrence) = actions::unmark(deps, &group, what, &chosen()?).await?;
            (series, occurrence, 0)
        }
        "rollclose" => {
            let (series, occurrence) = actions::close(deps, &group, what).await?;
            (series, occurrence, 0)
        }
        "voice" => {
            let here = in_voice(bot, &group, &found)?;
            // Whoever is there and not of the group, such as a guest, is no mistake worth a word.
            let (series, occurrence, _) = actions::mark(deps, &group, what, &here).await?;
            (series, occurrence, 0)
        }
        _ => actions::mark(deps, &group, what, &chosen()?).await?,
    };
    let mut roll = actions::roll(deps, &group, &series, occurrence).await?;
    roll.left_out = left_out;
    asked.update(&cards::roll(&series, &roll)).await
}

/// Who is in the voice channel of a series now.
fn in_voice(bot: &Bot, group: &Group, series: &Series) -> Result<Vec<UserId>, Refusal> {
    let here = series.details.venue.channel.map(|channel| bot.voices.in_channel(group.guild, channel));
    match here {
        Some(here) if !here.is_empty() => Ok(here),
        Some(_) => Err(Refusal::new(
            "Nobody is in the voice channel right now.",
            "I only see who is there at this moment.",
            "Press it again while people are there, or choose them above.",
        )),
        None => Err(Refusal::new(
            "This session has no voice channel.",
            "",
            "Set one with `/schedule edit` and its `channel`, or choose the people above.",
        )),
    }
}

async fn wish(bot: &Bot, pressed: &Pressed, group: GroupId, rest: &[&str]) -> Result<(), Stop> {
    let (asked, deps) = (&pressed.asked, &bot.deps);
    let group = groups::find(deps, group).await?;
    if asked.guild.is_some_and(|guild| guild != group.guild) {
        return Err(Refusal::old_button().into());
    }
    let member = Member { guild: group.guild, user: asked.user };
    let wish = match (pressed.press.verb.as_str(), rest) {
        ("mine", []) if !groups::belongs(deps, member, group.id).await? => {
            return asked.reply(&group_cards::join_first(&group)).await;
        }
        ("mine", []) => {
            let wish = actions::wish(deps, group.id, member).await?;
            let direct = groups::consents(deps, member).await?.direct_messages == Some(true);
            return asked.reply(&cards::wishes(&group, wish.as_ref(), direct)).await;
        }
        ("ownleads", []) => {
            let wish = actions::wish(deps, group.id, member).await?;
            return asked.show(&cards::own_leads(group.id, wish.as_ref())).await;
        }
        ("leads", []) => actions::set_leads(deps, &group, member, read_leads(&pressed.values.join(" "))?).await?,
        ("typedleads", []) => {
            let typed = pressed.inputs.get("leads").map(String::as_str).unwrap_or_default();
            actions::set_leads(deps, &group, member, read_leads(typed)?).await?
        }
        ("noleads", []) => actions::set_leads(deps, &group, member, Leads::default()).await?,
        ("missednote", ["on"]) => actions::set_missed_note(deps, &group, member, true).await?,
        ("missednote", ["off"]) => {
            let wish = actions::set_missed_note(deps, &group, member, false).await?;
            if !asked.is_on_private_card() {
                return asked.reply(&cards::missed_note_off()).await;
            }
            wish
        }
        _ => return Err(Refusal::old_button().into()),
    };
    let direct = groups::consents(deps, member).await?.direct_messages == Some(true);
    asked.update(&cards::wishes(&group, Some(&wish), direct)).await
}

fn read_leads(text: &str) -> Result<Leads, Refusal> {
    text.parse().map_err(misread)
}
