//! Tables over steps and touches: the taper of every step on every day, and when a graduate is asked.

use chrono::{DateTime, TimeDelta, Utc, Weekday};

use super::mentors;
use super::mentors::model::{Listing, Match, MatchState, Topic};
use super::model::{AskedBy, Companion, CompanionState, MARKS, PRESET, Touch};
use super::notes::model::Got;
use super::notes::plan as notes;
use super::plan;
use crate::calendar::{Zone, to_civil};
use crate::groups::Step;
use crate::groups::model::{tapered, whose_day};
use crate::ids::{CaringNoteId, GroupId, GuildId, Member, MentorMatchId, StepId, TouchId, UserId};

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn steps() -> Vec<Step> {
    let step = |(at, (name, days, reminders)): (usize, (&str, crate::calendar::Weekdays, bool))| Step {
        id: StepId::new(i64::try_from(at).unwrap() + 1),
        group: GroupId::new(1),
        name: name.to_owned(),
        days,
        reminders,
        role: None,
    };
    PRESET.into_iter().enumerate().map(step).collect()
}

/// For each step and day: g is the group's prompt in the channel saying that the day is theirs (it is there for everybody
/// on every day), p is a check-in by direct message, r are own reminders of sessions, a dot is none of them.
#[test]
fn the_taper_of_every_step_on_every_day() {
    let expected = [
        ("no step", ".pr .pr .pr .pr .pr .pr .pr"),
        ("PHP", "gpr gpr gpr gpr gpr gpr gpr"),
        ("IOP 5 days", "gpr gpr gpr gpr gpr ..r ..r"),
        ("IOP 3 days", "gpr ..r gpr ..r gpr ..r ..r"),
        ("Outpatient", "gpr ..r ..r ..r ..r ..r ..r"),
        ("Alumni", "... ... ... ... ... ... ..."),
    ];
    let steps = steps();
    let all = std::iter::once(None).chain(steps.iter().map(Some));
    for ((name, expected), step) in expected.into_iter().zip(all) {
        assert_eq!(step.map_or("no step", |step| step.name.as_str()), name);
        let day = |day| {
            let due = tapered(step, day);
            let named = whose_day(&steps, day).is_some_and(|due| due.iter().any(|one| Some(*one) == step));
            let letter = |due: bool, letter: &'static str| if due { letter } else { "." };
            format!("{}{}{}", letter(named, "g"), letter(due.prompt, "p"), letter(due.reminders, "r"))
        };
        let week: Vec<String> = WEEK.into_iter().map(day).collect();
        assert_eq!(week.join(" "), expected, "{name}");
    }
}

#[test]
fn the_groups_prompt_names_steps_only_where_they_differ() {
    let steps = steps();
    assert_eq!(whose_day(&[], Weekday::Mon), None);
    assert_eq!(whose_day(&steps[..3], Weekday::Mon), None);
    let names =
        |steps: &[Step], day| whose_day(steps, day).unwrap().iter().map(|step| step.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&steps, Weekday::Tue), ["PHP", "IOP 5 days"]);
    assert_eq!(names(&steps[1..], Weekday::Sun), Vec::<String>::new());
}

#[test]
fn a_step_is_put_where_it_is_wanted_and_no_other_is_lost() {
    let steps = steps();
    let ids = |order: &[i64]| order.iter().map(|id| StepId::new(*id)).collect::<Vec<_>>();
    for (step, to, expected) in [
        (1, 1, [1, 2, 3, 4, 5]),
        (1, 3, [2, 3, 1, 4, 5]),
        (5, 1, [5, 1, 2, 3, 4]),
        (2, 5, [1, 3, 4, 5, 2]),
        (2, 10, [1, 3, 4, 5, 2]),
        (4, 0, [4, 1, 2, 3, 5]),
    ] {
        assert_eq!(plan::placed(&steps, StepId::new(step), to), ids(&expected), "{step} to {to}");
    }
}

/// From whom a touch of the second mark comes.
#[test]
fn a_touch_is_from_whoever_said_so_for_this_very_one() {
    let (ben, mark) = (UserId::new(7), 1);
    let companion = |state, user, taken| Companion { touch: TouchId::new(1), user, state, told: None, taken };
    for (companion, by) in [
        (None, AskedBy::Bot),
        (Some(companion(CompanionState::Asked, Some(ben), None)), AskedBy::Bot),
        (Some(companion(CompanionState::Agreed, Some(ben), Some(1))), AskedBy::Companion(ben)),
        (Some(companion(CompanionState::Agreed, Some(ben), Some(0))), AskedBy::BotInstead(ben)),
        (Some(companion(CompanionState::Agreed, Some(ben), None)), AskedBy::BotInstead(ben)),
        (Some(companion(CompanionState::Gone, None, Some(1))), AskedBy::BotForSomebodyGone),
    ] {
        assert_eq!(plan::asked_by(companion.as_ref(), mark), by, "{companion:?}");
    }
}

#[test]
fn notes_come_four_times_a_year_at_most_in_daylight_and_never_two_in_short_time() {
    let zone: Zone = "America/New_York".parse().unwrap();
    let agreed = at("2026-03-02T12:00:00Z");
    let mut days = std::collections::BTreeSet::new();
    for user in 0..500_i64 {
        let member = person((1_400_000_000_000_000_000 + user * 7_919_000_017) / 3 * 2);
        let mut last: Option<DateTime<Utc>> = None;
        for slot in 0..40 {
            let due = notes::due_at(member, agreed, slot, zone).unwrap();
            assert_eq!(notes::due_at(member, agreed, slot, zone), Some(due), "by rule, not by chance");
            let hour = to_civil(due, zone).time().format("%H:%M").to_string();
            assert!(("10:00".."18:00").contains(&hour.as_str()), "{hour}");
            if let Some(last) = last {
                assert!(due - last > TimeDelta::days(48), "{user}: {last} and {due}");
            }
            last = Some(due);
            if slot == 0 {
                days.insert(to_civil(due, zone).date());
            }
        }
        let year = (0..40).filter_map(|slot| notes::due_at(member, agreed, slot, zone));
        assert_eq!(year.filter(|due| *due < agreed + TimeDelta::days(365)).count(), 4);
    }
    assert!(days.len() > 30, "spread over the weeks: {}", days.len());
    // After a year of outage the next one ahead is next, and nothing is made up for.
    let now = agreed + TimeDelta::days(400);
    let (slot, next) = notes::next(person(1 << 40), agreed, 0, zone, now).unwrap();
    assert!(next > now && slot >= 4);
}

/// Which note person 9 gets, of notes by (writer).
#[test]
fn no_note_comes_again_before_all_were_there_and_none_of_ones_own() {
    let note = |id: i64, author: i64| (CaringNoteId::new(id), UserId::new(author));
    let pick = |all: &[(CaringNoteId, UserId)], got: &[(i64, u32, i64)]| {
        let got = got.iter().map(|(id, times, last)| {
            (CaringNoteId::new(*id), Got { times: *times, last: DateTime::from_timestamp(*last, 0) })
        });
        notes::pick(all, &got.collect(), UserId::new(9)).map(|id| id.raw())
    };
    assert_eq!(pick(&[], &[]), None);
    assert_eq!(pick(&[note(1, 9)], &[]), None);
    let three = [note(1, 5), note(2, 9), note(3, 6), note(4, 5)];
    assert_eq!(pick(&three, &[]), Some(1));
    assert_eq!(pick(&three, &[(1, 1, 50)]), Some(3));
    assert_eq!(pick(&three, &[(1, 1, 50), (3, 1, 40)]), Some(4));
    assert_eq!(pick(&three, &[(1, 1, 50), (3, 1, 40), (4, 1, 60)]), Some(3), "the one they had longest ago");
    assert_eq!(pick(&three, &[(1, 2, 50), (3, 2, 40), (4, 1, 60)]), Some(4));
}

#[test]
fn a_note_is_a_few_words_on_one_line() {
    assert_eq!(notes::words("  Thinking\n of   you. ").unwrap(), "Thinking of you.");
    for (typed, said) in [("", "no words"), (" \u{200b} ..", "no words"), (&"é ".repeat(400)[..], "longer than a note")]
    {
        let refusal = notes::words(typed).unwrap_err().to_string();
        assert!(refusal.contains(said) && refusal.contains("For example"), "{refusal}");
    }
}

#[test]
fn only_the_last_of_several_steps_makes_alumni() {
    let steps = steps();
    let last: Vec<bool> = steps.iter().map(|step| plan::is_last(&steps, step.id)).collect();
    assert_eq!(last, [false, false, false, false, true]);
    assert!(!plan::is_last(&steps[..1], steps[0].id) && !plan::is_last(&[], steps[0].id));
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn touch() -> Touch {
    Touch {
        id: TouchId::new(1),
        group: GroupId::new(1),
        member: Member { guild: GuildId::new(1), user: UserId::new(2) },
        at: "10:00".parse().unwrap(),
        graduated_at: at("2026-03-02T23:30:00Z"),
        mark: 0,
        next_at: None,
        unused: 0,
    }
}

#[test]
fn touches_come_at_the_members_hour_across_clock_changes() {
    let zone: Zone = "America/New_York".parse().unwrap();
    let touch = touch();
    for (mark, days) in MARKS.into_iter().enumerate() {
        let due = plan::touch_at(touch.graduated_at, mark, touch.at, zone).unwrap();
        let local = to_civil(due, zone);
        assert_eq!(local.time(), touch.at, "{mark}");
        let since = local.date() - to_civil(touch.graduated_at, zone).date();
        assert_eq!(since, TimeDelta::days(i64::try_from(days).unwrap()));
    }
    assert_eq!(plan::touch_at(touch.graduated_at, MARKS.len(), touch.at, zone), None);
}

#[test]
fn two_unused_in_a_row_are_the_end_unless_somebody_answers() {
    let zone = Zone::UTC;
    let due = |mark| plan::touch_at(touch().graduated_at, mark, touch().at, zone).unwrap();
    let (first, last) = plan::after_sending(&touch(), 0, zone, due(0));
    assert_eq!((first.mark, first.next_at, first.unused, last), (1, Some(due(1)), 1, false));
    let (second, last) = plan::after_sending(&first, 1, zone, due(1));
    assert_eq!((second.mark, second.next_at, second.unused, last), (2, None, 2, true));
    let again = plan::after_answer(&second, zone, due(1) + TimeDelta::days(3));
    assert_eq!((again.mark, again.next_at, again.unused), (2, Some(due(2)), 0));
    // Answering half a year later goes on with what lies ahead then, and after a year nothing does.
    let late = plan::after_answer(&second, zone, due(3));
    assert_eq!((late.mark, late.next_at), (4, Some(due(4))));
    let over = plan::after_answer(&second, zone, due(4));
    assert_eq!((over.mark, over.next_at), (MARKS.len(), None));
}

#[test]
fn after_months_of_outage_a_graduate_is_asked_once() {
    let zone = Zone::UTC;
    let due = |mark| plan::touch_at(touch().graduated_at, mark, touch().at, zone).unwrap();
    for (now, newest) in [(due(0), 0), (due(2), 2), (due(2) + TimeDelta::days(60), 2), (due(4), 4)] {
        assert_eq!(plan::newest_due(&touch(), zone, now), newest);
    }
    let (after, _) = plan::after_sending(&touch(), 2, zone, due(2) + TimeDelta::days(60));
    assert_eq!((after.mark, after.next_at), (3, Some(due(3))));
}

fn person(user: i64) -> Member {
    Member { guild: GuildId::new(1), user: UserId::new(user) }
}

fn listing(user: i64, topics: &[Topic], capacity: u8, listed: i64) -> Listing {
    let listed_at = DateTime::from_timestamp(listed, 0).unwrap();
    Listing { group: GroupId::new(1), member: person(user), topics: topics.to_vec(), capacity, listed_at }
}

fn matching(mentor: i64, member: i64, state: MatchState) -> Match {
    let id = MentorMatchId::new(mentor * 100 + member);
    Match { id, group: GroupId::new(1), mentor: person(mentor), member: person(member), topic: Topic::Work, state }
}

/// Who is asked for a mentor for work, by person 9.
#[test]
fn the_mentor_who_is_asked_offered_it_has_room_and_was_never_met() {
    let check = |listings: &[Listing], matches: &[Match], expected: Option<i64>| {
        let best = mentors::plan::best(listings, matches, UserId::new(9), Topic::Work);
        assert_eq!(best.map(|one| one.member.user.raw()), expected, "{matches:?}");
    };
    let work = [Topic::Work];
    check(&[], &[], None);
    check(&[listing(1, &[Topic::Family], 2, 0)], &[], None);
    check(&[listing(9, &work, 2, 0)], &[], None);
    check(&[listing(1, &work, 0, 0)], &[], None);
    let two = [listing(1, &work, 1, 5), listing(2, &work, 2, 7)];
    check(&two, &[], Some(1));
    check(&two, &[matching(1, 8, MatchState::Matched)], Some(2));
    check(&two, &[matching(1, 8, MatchState::Ended)], Some(1));
    check(&two, &[matching(1, 9, MatchState::Declined)], Some(2));
    check(&two, &[matching(1, 9, MatchState::Ended), matching(2, 9, MatchState::Asked)], None);
    check(&[listing(1, &[Topic::Work, Topic::Family], 1, 5), listing(2, &work, 1, 7)], &[], Some(2));
}
