//! Tables over silence: when somebody is written to, and when not.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::cards;
use super::super::model::{Next, Quiet, Silence, Tell};
use super::super::plan::silence::{heard_on, next, note_at};
use super::{at, group, zone};
use crate::calendar::{QuietHours, Weekdays};
use crate::groups::model::{Away, Settings};
use crate::ids::{GroupId, GuildId, Member, UserId};

fn silence(noted_at: Option<DateTime<Utc>>, tells: bool) -> Silence {
    Silence { heard_on: "2026-03-02".parse().unwrap(), after: 3, noted_at, tells }
}

#[test]
fn the_note_comes_the_morning_after_so_many_missed_days() {
    for (days, after, expected) in [
        ("mon,tue,wed,thu,fri,sat,sun", 3, "2026-03-06T16:00:00Z"),
        // Asked on Tuesdays and Thursdays only: Tuesday, Thursday and the next Tuesday are three.
        ("tue,thu", 3, "2026-03-11T15:00:00Z"),
        ("sun", 2, "2026-03-16T15:00:00Z"),
    ] {
        let days: Weekdays = days.parse().unwrap();
        let noted = note_at("2026-03-02".parse().unwrap(), after, days, zone());
        assert_eq!(noted, Some(at(expected)), "{days}");
    }
}

#[test]
fn one_note_a_stretch_and_the_other_is_told_two_days_later() {
    let noted = at("2026-03-06T16:00:00Z");
    let told = noted + TimeDelta::days(2);
    let settings = Settings::default();
    for (silence, now, expected) in [
        (silence(None, true), at("2026-03-05T12:00:00Z"), Next::Wait(noted)),
        (silence(None, false), noted, Next::Note),
        (silence(Some(noted), false), noted + TimeDelta::days(30), Next::Rest),
        (silence(Some(noted), true), noted, Next::Wait(told)),
        (silence(Some(noted), true), told, Next::Tell),
    ] {
        assert_eq!(next(&silence, &settings, Weekdays::ALL, zone(), now), expected, "{silence:?} {now}");
    }
}

#[test]
fn nothing_comes_while_somebody_is_away_or_in_their_quiet_hours() {
    let noted = at("2026-03-06T16:00:00Z");
    let away =
        |until| Settings { away: Some(Away { since: at("2026-03-03T12:00:00Z"), until }), ..Settings::default() };
    let back = at("2026-03-20T12:00:00Z");
    let all = Weekdays::ALL;
    assert_eq!(next(&silence(None, true), &away(Some(back)), all, zone(), noted), Next::Wait(back));
    assert_eq!(next(&silence(None, true), &away(None), all, zone(), noted), Next::Rest);
    assert_eq!(next(&silence(Some(noted), true), &away(None), all, zone(), back), Next::Rest);
    let night: QuietHours = "10:00-14:00".parse().unwrap();
    let quiet = Settings { quiet: night, ..Settings::default() };
    assert_eq!(next(&silence(None, true), &quiet, all, zone(), noted), Next::Wait(at("2026-03-06T19:00:00Z")));
}

#[test]
fn being_heard_of_is_an_answer_a_wish_or_coming_back() {
    let quiet = Quiet {
        group: GroupId::new(1),
        member: Member { guild: GuildId::new(10), user: UserId::new(40) },
        tell: Tell::Nobody,
        agreed_at: at("2026-02-01T12:00:00Z"),
        heard_at: at("2026-02-20T12:00:00Z"),
        noted_at: None,
        told_at: None,
        next_at: None,
    };
    let heard = |answered: Option<&str>, away: Option<Away>| {
        heard_on(&quiet, answered.map(|day| day.parse().unwrap()), away, zone()).to_string()
    };
    assert_eq!(heard(None, None), "2026-02-20");
    assert_eq!(heard(Some("2026-02-25"), None), "2026-02-25");
    assert_eq!(heard(Some("2026-02-10"), None), "2026-02-20");
    let away = Away { since: at("2026-02-21T12:00:00Z"), until: Some(at("2026-03-01T05:00:00Z")) };
    assert_eq!(heard(Some("2026-02-25"), Some(away)), "2026-03-01");
}

#[test]
fn what_is_told_holds_nothing_but_that_it_is_quiet() {
    let (group, user) = (group(), UserId::new(40));
    let mut all = Vec::new();
    for tell in [Tell::Nobody, Tell::Facilitators, Tell::Buddy(UserId::new(41))] {
        all.extend([cards::quiet_note(&group, tell), cards::quiet_kept(tell)]);
        all.push(cards::reach_out(&group, 5, Some(tell), Some(UserId::new(41))));
    }
    all.extend([cards::quiet_told(&group, user, true), cards::quiet_told(&group, user, false), cards::relieved()]);
    for card in &all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
        assert!(card.pings.users.is_empty());
    }
    let told = &cards::quiet_told(&group, user, true).text;
    for word in ["mood", "low", "hard", "answer", "check-in", "missed"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}
