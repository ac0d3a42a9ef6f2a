//! Counting days, reading dates and marks, steps of goals, and that every card fits.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::calendar::{Zone, resolved};
use crate::coping::{Breath, Library};
use crate::ids::{ChannelId, GroupId, GuildId, UserId};
use crate::recovery::cards;
use crate::recovery::model::goal::{Goal, Goals, Rhythm, Setup, Step, Win, Wins};
use crate::recovery::model::milestone::{Heard, Milestone, Milestones, STRETCHES_LIMIT, Yearly};
use crate::recovery::model::safety_plan::{BadDays, Part, SafetyPlan};
use crate::recovery::plan::{breathing, goals, milestones as plan};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn counting(since: &str) -> Milestone {
    Milestone { number: 1, called: "Sober".into(), since: day(since), marks: vec![1, 30, 365], ..Milestone::default() }
}

#[test]
fn dates_are_read_as_people_write_them_and_impossible_ones_are_refused() {
    let today = day("2026-03-02");
    for (text, date) in [
        ("", "2026-03-02"),
        ("Today", "2026-03-02"),
        ("yesterday", "2026-03-01"),
        ("2025-12-31", "2025-12-31"),
        ("5 march 2025", "2025-03-05"),
        ("March 5, 2025", "2025-03-05"),
        ("the 5th of march 2025", "2025-03-05"),
        ("5 march", "2025-03-05"),
        ("1 mar", "2026-03-01"),
        ("29 feb", "2024-02-29"),
    ] {
        assert_eq!(plan::counted_from(text, today).unwrap(), day(date), "{text}");
    }
    for (text, said) in [
        ("2026-03-03", "still ahead"),
        ("1899-12-31", "before 1900"),
        ("1 jan 1300", "before 1900"),
        ("2026-02-30", "no date"),
        ("long ago", "no date"),
        ("03/04/2025", "no date"),
        ("5 march 2025 again", "no date"),
        ("**5**", "no date"),
    ] {
        let refusal = plan::counted_from(text, today).unwrap_err().to_string();
        assert!(refusal.contains(said) && refusal.contains("For example"), "{text}: {refusal}");
    }
}

/// Since when, the wish, the moment; the days that are said next, their local day, and to whom.
#[test]
fn an_anniversary_comes_each_year_to_whom_its_member_chose() {
    let zone: Zone = "America/New_York".parse().unwrap();
    let check = |since: &str, yearly: Yearly, marks: &[u32], now: &str, expected: Option<(u32, &str, Heard)>| {
        let one = Milestone { yearly, marks: marks.to_vec(), ..counting(since) };
        let now = resolved(now.parse::<NaiveDateTime>().unwrap(), zone).at;
        let found = plan::next_mark(&one, zone, now).map(|(days, at)| {
            let local = crate::calendar::to_civil(at, zone);
            assert_eq!(local.format("%H:%M").to_string(), "10:00");
            (days, local.date().to_string(), plan::heard(&one, days).unwrap())
        });
        let expected = expected.map(|(days, on, heard)| (days, on.to_owned(), heard));
        assert_eq!(found, expected, "{since} {yearly:?} {marks:?} {now}");
    };
    let (mine, group) = (Heard::Member, Heard::Group);
    check("2025-03-05", Yearly::Unmarked, &[], "2026-03-02T12:00:00", None);
    check("2025-03-05", Yearly::Privately, &[], "2026-03-02T12:00:00", Some((365, "2026-03-05", mine)));
    check("2025-03-05", Yearly::InChannel, &[], "2026-03-05T09:59:59", Some((365, "2026-03-05", group)));
    check("2025-03-05", Yearly::Privately, &[], "2026-03-05T10:00:00", Some((730, "2027-03-05", mine)));
    check("2026-03-02", Yearly::Privately, &[], "2026-03-02T08:00:00", Some((365, "2027-03-02", mine)));
    // Whoever counts from the 29th of February has the 28th in other years, and the 29th when there is one.
    check("2024-02-29", Yearly::Privately, &[], "2026-01-01T08:00:00", Some((730, "2026-02-28", mine)));
    check("2024-02-29", Yearly::Privately, &[], "2027-12-01T08:00:00", Some((1461, "2028-02-29", mine)));
    // The day is said once: the announcement they chose is heard by its member as well.
    check("2025-03-05", Yearly::Privately, &[365], "2026-03-02T12:00:00", Some((365, "2026-03-05", group)));
    check("2025-03-05", Yearly::Privately, &[30, 400], "2026-04-02T12:00:00", Some((400, "2026-04-09", group)));
    // A hundred years is as far as days are counted.
    check("1900-01-01", Yearly::InChannel, &[], "2026-03-02T12:00:00", None);
}

#[test]
fn marks_are_numbers_of_days_from_one_on() {
    assert_eq!(plan::marks("30, 7;1 30").unwrap(), [1, 7, 30]);
    assert_eq!(plan::marks("  ").unwrap(), Vec::<u32>::new());
    for (text, said) in [
        ("0", "Marks begin at 1"),
        ("-3", "no number of days"),
        ("ten", "no number of days"),
        ("40000", "hundred years"),
        ("99999999999", "no number"),
    ] {
        assert!(plan::marks(text).unwrap_err().to_string().contains(said), "{text}");
    }
    let many: Vec<String> = (1..=21).map(|n: u32| n.to_string()).collect();
    assert!(plan::marks(&many.join(" ")).unwrap_err().to_string().contains("21 marks"));
}

#[test]
fn a_slip_takes_no_day_away_however_many_there_are() {
    let mut one = counting("2026-01-01");
    plan::slip(&mut one, day("2026-01-31"), day("2026-02-02"));
    let today = day("2026-02-12");
    assert_eq!((plan::days(one.since, today), plan::total(&one, today), plan::longest(&one, today)), (10, 40, 30));
    // A slip before the count began cannot make days negative.
    plan::slip(&mut one, day("2025-06-01"), day("2025-06-01"));
    assert_eq!((plan::total(&one, day("2026-02-02")), one.since), (30, day("2026-02-02")));
    let mut many = counting("2020-01-01");
    let start = day("2020-01-01");
    for number in 1..=(STRETCHES_LIMIT as i64 + 50) {
        let on = start + TimeDelta::days(number * 3);
        plan::slip(&mut many, on, on);
    }
    assert_eq!(many.before.len(), STRETCHES_LIMIT);
    let today = start + TimeDelta::days((STRETCHES_LIMIT as i64 + 50) * 3);
    assert_eq!(i64::from(plan::total(&many, today)), (STRETCHES_LIMIT as i64 + 50) * 3, "every day still counts");
}

#[test]
fn the_next_mark_is_at_ten_in_the_morning_of_its_day() {
    let zone: Zone = "America/New_York".parse().unwrap();
    let at = |text: &str| resolved(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), zone).at;
    let one = counting("2026-02-06");
    assert_eq!(
        plan::next_mark(&one, zone, at("2026-03-01 12:00")),
        Some((30, at("2026-03-08 10:00"))),
        "through the clock change"
    );
    assert_eq!(plan::next_mark(&one, zone, at("2026-03-08 10:00")).unwrap().0, 365);
    assert_eq!(plan::next_mark(&one, zone, at("2027-03-08 10:00")), None);
}

#[test]
fn steps_are_read_tapped_and_asked_again_when_their_time_comes() {
    let read = goals::steps("Daily: phone away\n\nweekly:  a walk\nbuy: a clock").unwrap();
    assert_eq!(
        read,
        [
            (Rhythm::Daily, "phone away".to_owned()),
            (Rhythm::Weekly, "a walk".to_owned()),
            (Rhythm::Once, "buy: a clock".to_owned())
        ]
    );
    assert!(goals::steps("a\nb\nc\nd\ne\nf").unwrap_err().to_string().contains("6 steps"));
    assert!(goals::steps(&"x".repeat(101)).unwrap_err().to_string().contains("Step 1"));
    assert!(goals::steps("daily:").unwrap_err().to_string().contains("Step 1"));
    let mut step = Step { number: 1, what: "x".into(), rhythm: Rhythm::Weekly, done_on: Vec::new() };
    goals::tap(&mut step, day("2026-03-03"));
    assert!(goals::is_done(&step, day("2026-03-08")) && !goals::is_done(&step, day("2026-03-09")));
    goals::done(&mut step, day("2026-03-04"));
    assert_eq!(step.done_on.len(), 1, "saying so twice changes nothing");
    goals::tap(&mut step, day("2026-03-05"));
    assert_eq!(step.done_on.len(), 0, "a tap takes a tap back");
    assert!(goals::is_weekly(&"sun 18:00".parse().unwrap()) && !goals::is_weekly(&"daily 18:00".parse().unwrap()));
}

fn group() -> crate::groups::Group {
    crate::groups::Group {
        id: GroupId::new(1),
        guild: GuildId::new(2),
        name: "E*v*ening ".repeat(10),
        zone: Zone::UTC,
        channel: ChannelId::new(3),
        country: "US".into(),
        facilitator_role: None,
        facilitator_channel: None,
        noticing: true,
        checkin: None,
        source: crate::groups::model::Source::Discord,
    }
}

#[test]
fn every_card_fits_also_with_the_longest_and_the_strangest_words() {
    let hostile = |count: usize| "*_".repeat(count / 2);
    let today = day("2026-03-02");
    let mut plan_of = SafetyPlan::default();
    for part in Part::ALL {
        plan_of.write(part, Some(hostile(800)));
    }
    let words = BadDays { helps: Some(hostile(500)), not_to_say: Some(hostile(500)), whom: Some(hostile(500)) };
    let stone =
        Milestone { called: hostile(60), marks: (1..=20).map(|n| n * 1000).collect(), ..counting("2020-01-01") };
    let step = |number| Step { number, what: hostile(100), rhythm: Rhythm::Daily, done_on: vec![today] };
    let goal = Goal { number: 9, what: hostile(100), steps: (1..=5).map(step).collect() };
    let win = Win { number: 1, what: hostile(300), on: today };
    let (user, group) = (UserId::new(5), group());
    let goals = Goals { last: 9, all: vec![goal.clone(); 10] };
    let mut all = vec![
        cards::safety_plan::begin(),
        cards::safety_plan::plan(&plan_of),
        cards::safety_plan::file(&plan_of),
        cards::safety_plan::words(&words),
        cards::safety_plan::hand_preview(group.id, group.channel, user, &words),
        cards::milestones::list(&Milestones { last: 9, all: vec![stone.clone(); 10] }, today),
        cards::milestones::one(&stone, today, Some(&group)),
        cards::milestones::year_choice(user, &stone, &group),
        cards::milestones::reminded(&stone),
        cards::milestones::day(&stone, today),
        cards::milestones::slipped(&stone, today),
        cards::milestones::tolerance(),
        cards::milestones::announce_sure(user, &stone, &group, &stone.marks),
        cards::goals::list(&goals, today),
        cards::goals::one(&goal, today),
        cards::goals::wins(&Wins { last: 20, all: vec![win.clone(); 20] }),
        cards::goals::digest(&vec![(user, win.clone()); 15]),
        cards::goals::share_preview(user, &win, group.id, group.channel, true),
        cards::goals::setup(&group, &Setup::default(), "off"),
    ];
    all.extend(Part::ALL.map(|part| cards::safety_plan::step(part, &plan_of)));
    let library = Library::embedded().unwrap();
    for skill in library.all() {
        all.push(cards::coping::skill(skill));
        all.push(cards::coping::over(skill));
        all.extend((1..=skill.steps.len()).filter_map(|number| cards::coping::step(skill, number)));
        all.extend(
            skill.breath.into_iter().flat_map(breathing::beats).map(|beat| cards::coping::beat(skill, Some(beat))),
        );
    }
    all.push(cards::coping::all(library.all(), 9));
    for card in &all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
    }
    let breath = Breath { in_seconds: 4, out_seconds: 6, rounds: 2 };
    assert_eq!(breathing::beats(breath).iter().map(|beat| beat.seconds).collect::<Vec<_>>(), [4, 6, 4, 6]);
}
