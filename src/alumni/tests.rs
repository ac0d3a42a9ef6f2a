//! Tables over steps and touches: the taper of every step on every day, and when a graduate is asked.

use chrono::{DateTime, TimeDelta, Utc, Weekday};

use super::mentors;
use super::mentors::model::{Listing, Match, MatchState, Topic};
use super::model::{MARKS, PRESET, Touch};
use super::plan;
use crate::calendar::{Zone, to_civil};
use crate::groups::Step;
use crate::groups::model::tapered;
use crate::ids::{GroupId, GuildId, Member, MentorMatchId, StepId, TouchId, UserId};

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

/// For each step and day: p is a check-in by direct message, r are own reminders of sessions, a dot is neither.
#[test]
fn the_taper_of_every_step_on_every_day() {
    let expected = [
        ("no step", "pr pr pr pr pr pr pr"),
        ("PHP", "pr pr pr pr pr pr pr"),
        ("IOP 5 days", "pr pr pr pr pr .r .r"),
        ("IOP 3 days", "pr .r pr .r pr .r .r"),
        ("Outpatient", "pr .r .r .r .r .r .r"),
        ("Alumni", ".. .. .. .. .. .. .."),
    ];
    let steps = steps();
    let all = std::iter::once(None).chain(steps.iter().map(Some));
    for ((name, expected), step) in expected.into_iter().zip(all) {
        assert_eq!(step.map_or("no step", |step| step.name.as_str()), name);
        let day = |day| {
            let due = tapered(step, day);
            format!("{}{}", if due.prompt { "p" } else { "." }, if due.reminders { "r" } else { "." })
        };
        let week: Vec<String> = WEEK.into_iter().map(day).collect();
        assert_eq!(week.join(" "), expected, "{name}");
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
